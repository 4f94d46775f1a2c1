/* What Tab does on the command line.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tui/completion.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <readline/readline.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/commands.h"

static size_t count_words(char **words)
{
    size_t count = 0;
    while (words != NULL && words[count] != NULL) {
        count++;
    }
    return count;
}

/* The bytes all words begin with, not ending inside a character. */
static size_t common_length(char **words)
{
    size_t length = strlen(words[0]);
    for (size_t i = 1; words[i] != NULL; i++) {
        size_t same = 0;
        while (same < length && words[i][same] == words[0][same]) {
            same++;
        }
        length = same;
    }
    while (length > 0 && ((unsigned char)words[0][length] & 0xC0U) == 0x80U) {
        length--;
    }
    return length;
}

/* Files that begin with a prefix, directories with a slash at the end. */
static char **find_files(const char *prefix)
{
    char **words = NULL;
    size_t capacity = 0;
    size_t count = 0;
    rl_filename_completion_desired = 1;
    char *name = NULL;
    for (int state = 0; (name = rl_filename_completion_function(prefix, state)) != NULL;
         state = 1) {
        struct stat about;
        bool folder = stat(name, &about) == 0 && S_ISDIR(about.st_mode);
        char *word = sb_format_text("%s%s", name, folder ? "/" : "");
        free(name);
        if (word == NULL || !sb_grow(&words, &capacity, count + 2, sizeof *words)) {
            free(word);
            break;
        }
        words[count++] = word;
        words[count] = NULL;
    }
    return words;
}

/* A file name as a word of the command language: quoted where it holds blanks or quotes. */
static char *as_word(const char *name, bool close)
{
    if (strpbrk(name, " \t\"\\#") == NULL) {
        return sb_copy_text(name);
    }
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, "\"");
    for (; *name != '\0'; name++) {
        sb_text_add(&text, *name == '"' || *name == '\\' ? "\\" : "");
        sb_text_add_part(&text, name, 1);
    }
    sb_text_add(&text, close ? "\"" : "");
    return sb_text_take(&text, NULL);
}

/* The name behind a word that may have been quoted. */
static char *as_name(const char *word, size_t length)
{
    sb_text text;
    sb_text_init(&text);
    bool quoted = length > 0 && word[0] == '"';
    for (size_t i = quoted ? 1 : 0; i < length && !(quoted && word[i] == '"'); i++) {
        if (quoted && word[i] == '\\' && i + 1 < length) {
            i++;
        }
        sb_text_add_part(&text, word + i, 1);
    }
    return sb_text_take(&text, NULL);
}

static char *replacement(char **words, bool files)
{
    if (words == NULL || words[0] == NULL) {
        return NULL;
    }
    bool alone = words[1] == NULL;
    char *common = sb_copy_text_part(words[0], common_length(words));
    if (common == NULL || common[0] == '\0') {
        free(common);
        return NULL;
    }
    size_t length = strlen(common);
    bool open = common[length - 1] == '/' || common[length - 1] == ':';
    char *word = files ? as_word(common, alone && !open) : sb_copy_text(common);
    free(common);
    char *text = word == NULL ? NULL : sb_format_text("%s%s", word, alone && !open ? " " : "");
    free(word);
    return text;
}

static int compare(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

void sb_completion_find(const sb_session *session, const char *text, size_t point,
                        sb_completion *completion)
{
    memset(completion, 0, sizeof *completion);
    size_t start = point;
    bool files = false;
    char **words = sb_command_complete(session, text, point, &start, &files);
    completion->start = start;
    if (files && words == NULL && start <= point) {
        char *prefix = as_name(text + start, point - start);
        words = prefix == NULL ? NULL : find_files(prefix);
        free(prefix);
    } else {
        files = false;
    }
    size_t count = count_words(words);
    if (words != NULL && files && count > 1) {
        qsort(words, count, sizeof *words, compare); /* the system lists them in any order */
    }
    completion->insert = replacement(words, files);
    if (count > 1) {
        completion->matches = words;
    } else {
        sb_completions_free(words);
    }
}

void sb_completion_clear(sb_completion *completion)
{
    free(completion->insert);
    sb_completions_free(completion->matches);
    memset(completion, 0, sizeof *completion);
}
