/* A real pseudo-terminal with an emulator behind it, for tests of the explorer.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing here sleeps a fixed time: every wait polls the pseudo-terminal until what is awaited is
 * there, or fails after a deadline with the screen in the message.
 */
#ifndef SB_TESTS_TERMINAL_H
#define SB_TESTS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <vterm.h>

typedef struct terminal terminal;

typedef struct terminal_options {
    int rows, columns;
    const char *term;   /* NULL: xterm-256color */
    const char *locale; /* NULL: C.UTF-8 */
    const char *extra;  /* one more NAME=VALUE, or NULL */
    /* Called in the child before the program, with the state folder; NULL: nothing. */
    void (*prepare)(const char *folder);
} terminal_options;

/* A temporary folder for the state of the program; removed by terminal_free. */
terminal *terminal_start(const terminal_options *options, char *const *arguments);
void terminal_free(terminal *t);
/* The program on a file; locale and extra as in the options. */
terminal *terminal_open(const char *file, int rows, int columns, const char *locale,
                        const char *extra);
/* Leave by Q: the exit status is 0 and the terminal as it was. Frees it. */
void terminal_quit(terminal *t);
/* The program under test: $SIDEBET_PROGRAM, else build/sidebet. */
const char *terminal_program(void);

void terminal_send(terminal *t, const char *keys);
void terminal_send_bytes(terminal *t, const char *bytes, size_t length);
/* What was sent and the program has not read yet, in bytes. */
int terminal_unread(const terminal *t);
/* How often the program has cleared the whole screen, as C-l makes it do. */
long terminal_clears(const terminal *t);
/* Show what the program writes until it is silent for so long; false: it wrote nothing. */
bool terminal_listen(terminal *t, int milliseconds);
/* Has the program ended? Then its exit status, as terminal_wait_exit has it. */
bool terminal_has_ended(terminal *t, int *status);
void terminal_resize(terminal *t, int rows, int columns);
void terminal_signal(terminal *t, int number);
pid_t terminal_child(const terminal *t);

/* Wait until the text is on the screen (or is not any more); fails the test after the deadline. */
void terminal_wait_for(terminal *t, const char *text);
void terminal_wait_gone(terminal *t, const char *text);
/* Wait for one row that holds both. */
void terminal_wait_for_row(terminal *t, const char *first, const char *second);
bool terminal_shows(terminal *t, const char *text);
/* The screen's text, rows separated by newlines; owned by the terminal. */
const char *terminal_text(terminal *t);
VTermScreenCell terminal_cell(terminal *t, int row, int column);
int terminal_rows(const terminal *t);
int terminal_columns(const terminal *t);
bool terminal_in_alternate_screen(const terminal *t);
void terminal_wait_alternate_screen(terminal *t, bool in);
void terminal_wait_cursor(terminal *t, bool shown);

/* Wait for the end: the exit status, or 1000 + the signal that killed it. */
int terminal_wait_exit(terminal *t);
/* The terminal's modes are those from before the program, and the normal screen is shown. */
bool terminal_is_restored(const terminal *t);
/* Modes of the terminal (mouse, bracketed paste, keypad and so on) that the program changed and did
 * not change back, as the sequences that did it; "": none. */
const char *terminal_modes_left(const terminal *t);
/* A path in the state folder, overwritten by the next call. */
const char *terminal_state_path(const terminal *t, const char *name);
/* Files below the state folder whose name is not `except`. */
int terminal_state_files(const terminal *t, const char *except);

#endif
