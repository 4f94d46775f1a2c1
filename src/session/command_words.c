/* Splitting and quoting the words of a command line.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/words.h"

void sb_words_init(sb_words *words)
{
    *words = (sb_words){0};
}

void sb_words_clear(sb_words *words)
{
    for (size_t word = 0; word < words->count; word++) {
        free(words->texts[word]);
    }
    free(words->texts);
    free(words->starts);
    sb_words_init(words);
}

static bool is_blank(char character)
{
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static sb_status add(sb_words *words, sb_text *text, size_t start, sb_error *error)
{
    char *word = sb_text_take(text, error);
    if (word == NULL) {
        return SB_ERROR_MEMORY;
    }
    if (!sb_grow(&words->texts, &words->capacity, words->count + 1, sizeof *words->texts) ||
        !sb_grow(&words->starts, &words->starts_capacity, words->count + 1,
                 sizeof *words->starts)) {
        free(word);
        return sb_out_of_memory(error);
    }
    words->texts[words->count] = word;
    words->starts[words->count] = start;
    words->count++;
    return SB_OK;
}

/* One word from *at on; *at moves behind it. */
static void read_word(const char *line, size_t length, size_t *at, sb_words *words, sb_text *text)
{
    bool quoted = false;
    size_t index = *at;
    for (; index < length && (quoted || !is_blank(line[index])); index++) {
        bool escape = quoted && line[index] == '\\' && index + 1 < length &&
                      (line[index + 1] == '"' || line[index + 1] == '\\');
        if (escape) {
            index++;
            sb_text_add_part(text, line + index, 1);
        } else if (line[index] == '"') {
            quoted = !quoted;
        } else {
            sb_text_add_part(text, line + index, 1);
        }
    }
    words->open_quote = quoted;
    words->open_word = index == length;
    *at = index;
}

sb_status sb_words_split(const char *line, size_t length, sb_words *words, sb_error *error)
{
    size_t at = 0;
    for (;;) {
        while (at < length && is_blank(line[at])) {
            at++;
        }
        if (at == length) {
            return SB_OK;
        }
        bool number = words->count > 0 && at + 1 < length && is_digit(line[at + 1]);
        if (line[at] == '#' && !number) {
            words->comment = true;
            words->open_word = false;
            return SB_OK;
        }
        size_t start = at;
        sb_text text;
        sb_text_init(&text);
        read_word(line, length, &at, words, &text);
        sb_status status = add(words, &text, start, error);
        sb_text_clear(&text);
        if (status != SB_OK) {
            return status;
        }
    }
}

/* Put one text in the place of words [from, to). */
static sb_status replace(sb_words *words, size_t from, size_t to, sb_text *text, sb_error *error)
{
    char *joined = sb_text_take(text, error);
    if (joined == NULL) {
        return SB_ERROR_MEMORY;
    }
    for (size_t word = from; word < to; word++) {
        free(words->texts[word]);
    }
    words->texts[from] = joined;
    size_t gone = to - from - 1;
    for (size_t word = to; word < words->count; word++) {
        words->texts[word - gone] = words->texts[word];
        words->starts[word - gone] = words->starts[word];
    }
    words->count -= gone;
    return SB_OK;
}

sb_status sb_words_join(sb_words *words, size_t from, size_t to, const char *separator,
                        sb_error *error)
{
    if (to <= from + 1) {
        return SB_OK;
    }
    sb_text text;
    sb_text_init(&text);
    for (size_t word = from; word < to; word++) {
        sb_text_add(&text, word == from ? "" : separator);
        sb_text_add(&text, words->texts[word]);
    }
    return replace(words, from, to, &text, error);
}

sb_status sb_words_join_quoted(sb_words *words, size_t from, size_t to, sb_error *error)
{
    if (to <= from + 1) {
        return SB_OK;
    }
    sb_text text;
    sb_text_init(&text);
    for (size_t word = from; word < to; word++) {
        sb_text_add(&text, word == from ? "" : " ");
        sb_words_quote(&text, words->texts[word]);
    }
    return replace(words, from, to, &text, error);
}

void sb_words_quote(sb_text *text, const char *word)
{
    bool plain = word[0] != '\0' && (word[0] != '#' || is_digit(word[1]));
    for (const char *at = word; *at != '\0'; at++) {
        plain = plain && !is_blank(*at) && *at != '"';
    }
    if (plain) {
        sb_text_add(text, word);
        return;
    }
    sb_text_add(text, "\"");
    for (const char *at = word; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\') {
            sb_text_add(text, "\\");
        }
        sb_text_add_part(text, at, 1);
    }
    sb_text_add(text, "\"");
}
