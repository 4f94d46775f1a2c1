/* The prompt: one line at a time from a person, with completion and history.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * readline keeps its state in globals and calls back without an argument, so what it needs is here
 * in one static record.
 */
#include "cli/prompt.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "cli/history_file.h"
#include "session/commands.h"

enum { LONGEST_HISTORY = 1000 };

static struct {
    const sb_session *session;
    char *history; /* path; NULL: none is kept */
    volatile sig_atomic_t interrupted;
} prompt;

/* ---- completion ---- */

/* What all words begin with, as readline wants it in front of them. */
static char *common_beginning(char **words)
{
    size_t length = strlen(words[0]);
    for (size_t i = 1; words[i] != NULL; i++) {
        size_t same = 0;
        while (same < length && words[0][same] == words[i][same]) {
            same++;
        }
        length = same;
    }
    /* Not in the middle of a character. */
    while (length > 0 && ((unsigned char)words[0][length] & 0xC0) == 0x80) {
        length--;
    }
    return strndup(words[0], length);
}

/* readline frees the array and the words with free(). */
static char **matches_of(char **words)
{
    size_t count = 0;
    while (words[count] != NULL) {
        count++;
    }
    char **matches = calloc(count + 2, sizeof *matches);
    if (matches == NULL) {
        return NULL;
    }
    matches[0] = common_beginning(words);
    for (size_t i = 0; count > 1 && i < count; i++) {
        matches[i + 1] = strdup(words[i]);
    }
    return matches;
}

static char **complete(const char *word, int start, int end)
{
    size_t begin = 0;
    bool files = false;
    char **words = sb_command_complete(prompt.session, rl_line_buffer, (size_t)end, &begin, &files);
    char **matches = NULL;
    if (words != NULL && begin == (size_t)start) {
        matches = matches_of(words);
    }
    sb_completions_free(words);
    if (matches == NULL && files) {
        return rl_completion_matches(word, rl_filename_completion_function);
    }
    rl_attempted_completion_over = 1;
    return matches;
}

/* ---- interrupts ---- */

static void note_interrupt(int number)
{
    (void)number;
    prompt.interrupted = 1;
}

/* readline calls this when a signal came while it waits. */
static int drop_line(void)
{
    if (prompt.interrupted) {
        prompt.interrupted = 0;
        rl_free_line_state();
        rl_callback_sigcleanup();
        rl_replace_line("", 1);
        rl_crlf();
        rl_on_new_line();
        rl_redisplay();
    }
    return 0;
}

/* ---- lines ---- */

void sb_prompt_open(const sb_session *session)
{
    static const char blanks[] = " \t";
    prompt.session = session;
    rl_readline_name = "sidebet";
    rl_attempted_completion_function = complete;
    rl_basic_word_break_characters = blanks;
    rl_completer_word_break_characters = blanks;
    rl_signal_event_hook = drop_line;
    using_history();
    stifle_history(LONGEST_HISTORY);
    prompt.history = sb_history_file_open();
    if (prompt.history != NULL) {
        read_history(prompt.history);
    }
}

static void remember(const char *line)
{
    if (line[strspn(line, " \t")] == '\0') {
        return;
    }
    add_history(line);
    if (prompt.history != NULL) {
        append_history(1, prompt.history);
    }
}

char *sb_prompt_read(void)
{
    struct sigaction action = {0};
    struct sigaction before;
    action.sa_handler = note_interrupt;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &before);
    char *line = readline("sidebet> ");
    sigaction(SIGINT, &before, NULL);
    if (line == NULL) {
        printf("\n"); /* Ctrl-D leaves the cursor behind the prompt */
    } else {
        remember(line);
    }
    return line;
}

void sb_prompt_close(void)
{
    if (prompt.history != NULL) {
        history_truncate_file(prompt.history, LONGEST_HISTORY);
    }
    free(prompt.history);
    prompt.history = NULL;
    clear_history();
}
