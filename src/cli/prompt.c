/* The prompt: one line at a time from a person, with completion and history.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * readline keeps its state in globals and calls back without an argument, so what it needs is here
 * in one static record.
 */
#include "cli/prompt.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "tui/completion.h"
#include "tui/history_path.h"

enum { LONGEST_HISTORY = 1000 };

static struct {
    const sb_session *session;
    char *history; /* path; NULL: none is kept */
    volatile sig_atomic_t interrupted;
    sb_cancel_flag cancelled; /* while a line is run */
    struct sigaction before;
} prompt;

/* ---- completion ---- */

/* readline shows a list whose first entry is what all have in common. */
static void list_matches(char **matches)
{
    size_t count = 0;
    size_t widest = 0;
    for (; matches[count] != NULL; count++) {
        size_t width = strlen(matches[count]);
        widest = width > widest ? width : widest;
    }
    char **list = calloc(count + 2, sizeof *list);
    if (list == NULL) {
        return;
    }
    char nothing[] = "";
    list[0] = nothing;
    memcpy(list + 1, matches, count * sizeof *list);
    rl_completion_display_matches_hook = NULL;
    rl_display_match_list(list, (int)count, (int)widest);
    rl_forced_update_display();
    free(list);
}

/* The Tab key: the same completion as in the explorer. */
static int complete(int count, int key)
{
    (void)count;
    (void)key;
    sb_completion completion;
    sb_completion_find(prompt.session, rl_line_buffer, (size_t)rl_point, &completion);
    size_t typed = (size_t)rl_point - completion.start;
    bool changes = completion.insert != NULL &&
                   (strlen(completion.insert) != typed ||
                    strncmp(completion.insert, rl_line_buffer + completion.start, typed) != 0);
    if (changes) {
        rl_begin_undo_group();
        rl_delete_text((int)completion.start, rl_point);
        rl_point = (int)completion.start;
        rl_insert_text(completion.insert);
        rl_end_undo_group();
    } else if (completion.matches != NULL) {
        list_matches(completion.matches);
    } else {
        rl_ding();
    }
    sb_completion_clear(&completion);
    return 0;
}

/* ---- interrupts ---- */

static void note_interrupt(int number)
{
    (void)number;
    prompt.interrupted = 1;
}

static void note_cancel(int number)
{
    (void)number;
    atomic_store(&prompt.cancelled, true);
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

/* A signal that came between two reads is noticed here, and one that came with a key before the
 * key is: it belongs to the next line. */
static int read_character(FILE *stream)
{
    drop_line();
    int key = rl_getc(stream);
    drop_line();
    return key;
}

/* ---- lines ---- */

void sb_prompt_open(sb_session *session)
{
    prompt.session = session;
    struct sigaction action = {0};
    action.sa_handler = note_cancel;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &prompt.before);
    sb_session_set_cancel(session, &prompt.cancelled);
    rl_readline_name = "sidebet";
    rl_bind_key('\t', complete);
    rl_signal_event_hook = drop_line;
    rl_getc_function = read_character;
    using_history();
    stifle_history(LONGEST_HISTORY);
    prompt.history = sb_history_path();
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
    atomic_store(&prompt.cancelled, false);
    sigaction(SIGINT, &before, NULL);
    if (line == NULL) {
        printf("\n"); /* Ctrl-D leaves the cursor behind the prompt */
    } else {
        remember(line);
    }
    return line;
}

void sb_prompt_close(sb_session *session)
{
    sb_session_set_cancel(session, NULL);
    sigaction(SIGINT, &prompt.before, NULL);
    if (prompt.history != NULL) {
        history_truncate_file(prompt.history, LONGEST_HISTORY);
    }
    free(prompt.history);
    prompt.history = NULL;
    clear_history();
}
