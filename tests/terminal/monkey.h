/* A monkey at the explorer: events at random, kept in a log that can be played again.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run of the program is an episode: it opens an example, does what the log says, and ends by a
 * key or a signal. The log is text, one event a line, written before the event is done:
 *
 *     file demos/weather.yaml      what is opened (a copy of it)
 *     size 24 80                   the window, at the start and later
 *     keys .25\r                   bytes, written as C writes them
 *     signal 28
 *     wait 300                     milliseconds
 *     probe                        the program must answer
 *     table                        the table shown must be the table saved
 *     undo                         undo must lead to the start, and redo back
 *     end 15                       by a signal; 0: by Q
 */
#ifndef SB_TESTS_MONKEY_H
#define SB_TESTS_MONKEY_H

#include <stdio.h>

#include "terminal/monkey_words.h"
#include "terminal/terminal.h"

typedef struct monkey_count {
    long episodes, presses, typed, sizes, signals, probes, tables, cells, undos, steps;
    double slowest; /* seconds until an answer */
} monkey_count;

typedef struct monkey {
    const monkey_words *words;
    property_stream random;
    terminal *screen;
    FILE *log;
    char folder[64]; /* the working directory of the program, removed after an episode that holds */
    char log_path[96];
    char line[1024]; /* the event in hand */
    monkey_count count;
    long answers; /* so many were waited for */
    bool replaying;
    bool leaves;      /* keys that may end the program were pressed */
    bool interrupts;  /* Ctrl-C was: behind such a key, it is for whoever has the terminal then */
    bool start_known; /* start.yaml is what undo leads to */
    long long opened; /* stands for the last file that was opened */
} monkey;

/* One episode of about so many keys. Fails the test, the log kept, where something does not hold.
 */
void monkey_episode(monkey *at, uint64_t seed, long keys);
/* The events of a log once more. */
void monkey_replay(monkey *at, const char *path);

/* ---- for its parts ---- */

/* To a screen by its function key, and then keys, until so many were pressed and typed. */
void monkey_visit(monkey *at, long keys);
/* An event, as the log has it: into the log, then done. */
void monkey_event(monkey *at, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Bytes, as one event. */
void monkey_press(monkey *at, const char *bytes, size_t length);
/* Fail the test with the screen, and with where the log is. */
#define monkey_fail(at, ...)                                                                       \
    do {                                                                                           \
        (void)fprintf(stderr, __VA_ARGS__);                                                        \
        monkey_tell(at);                                                                           \
        fail_msg(__VA_ARGS__);                                                                     \
    } while (0)
void monkey_tell(monkey *at);
/* Send bytes; they do not count as pressed. */
void monkey_send(monkey *at, const char *bytes);
/* The program must read all that was sent, and paint. */
void monkey_probe(monkey *at);
/* Out of everything, to the table screen of the explorer's own work, as large as can be. */
void monkey_settle(monkey *at);
void monkey_check_table(monkey *at);
void monkey_check_undo(monkey *at);
void monkey_check_end(monkey *at, int expected, int status);

#endif
