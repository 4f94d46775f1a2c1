/* Tours: a script of commands with explanations between the steps.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A tour is a text (*.sbt), line by line:
 *
 *     tour A simple example                  its title, first
 *     # a comment
 *     step How much can we get?              begins a step
 *     : open ../simple-example.yaml          a command, run when the step is entered
 *     The best auction earns {revenue}.      prose; empty lines separate paragraphs
 *     ask Is that all there is?              a question: the screen hides the answer meanwhile
 *     try set 1,1 .3                         a command the reader is asked to type
 *
 * Prose mentions no number of its own: {QUESTION} is replaced by the answer to a question of the
 * command `ask`, computed where the tour stands. {QUESTION = ANSWER} is checked too, {QUESTION =
 * ANSWER within TOLERANCE} likewise; {QUESTION to 4} is rounded to so many decimals; {A - B}, {A /
 * B} and so on compute with two questions' answers. What is in `backquotes` is quoted, not
 * computed: commands and keys. Files are named from the tour's own folder. A tour neither writes a
 * file nor leaves the program: such commands are refused when it is read.
 */
#ifndef SB_SESSION_TOUR_H
#define SB_SESSION_TOUR_H

#include "session/session.h"

typedef struct sb_tour_line {
    char *text;
    int line, column; /* in the file, from 1: where the text begins */
} sb_tour_line;

typedef struct sb_tour_step {
    char *title;
    int line;
    size_t command_count;
    sb_tour_line *commands;
    size_t try_count;
    sb_tour_line *tries;
    sb_tour_line question; /* text NULL: the step asks none */
    size_t paragraph_count;
    sb_tour_line *paragraphs; /* as written, over several lines */
} sb_tour_step;

typedef struct sb_tour {
    char *path, *folder; /* folder ends in a slash, or is "" */
    char *title;
    size_t step_count; /* at least one */
    sb_tour_step *steps;
} sb_tour;

/* Read a tour. Errors name the line. The caller owns *tour. */
sb_status sb_tour_read(const char *path, sb_tour **tour, sb_error *error);
void sb_tour_free(sb_tour *tour); /* NULL allowed */

/* Run the commands of a step in a session, one after another; the first error names the line. */
sb_status sb_tour_enter(const sb_tour *tour, size_t step, sb_session *session, sb_error *error);

/* Around what was computed in a text that is told; sb_tour_plain takes them away. What is read off
 * the table (a probability, a value) is given, not an answer, and begins with a mark of its own. */
#define SB_TOUR_NUMBER_BEGINS '\x0E'
#define SB_TOUR_NUMBER_ENDS   '\x0F'
#define SB_TOUR_GIVEN_BEGINS  '\x10'
void sb_tour_plain(char *text);

/* A paragraph with its numbers, as computed in the session, each between marks. A wrong `= ANSWER`
 * is an error that says both; what cannot be asked is one. Freed by the caller. */
sb_status sb_tour_tell(const sb_tour *tour, const sb_tour_line *paragraph, sb_session *session,
                       char **text, sb_error *error);

/* Play a whole tour in a new session that solves at once, as a reader would who tries all that is
 * asked for, and check it: every command succeeds, every question has an answer, every answer said
 * is right, no number is typed. SB_ERROR_INPUT names the first line that is not so; *checked counts
 * the answers that were compared (may be NULL). */
sb_status sb_tour_check(const sb_tour *tour, size_t *checked, sb_error *error);

#endif
