/* Running commands one after another, with their output and errors on the standard streams.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_EXECUTE_H
#define SB_CLI_EXECUTE_H

#include "cli/options.h"
#include "session/session.h"

typedef struct sb_execution {
    sb_session *session;
    const char *file;        /* named in messages; NULL: typed by a person, no place is given */
    int line;                /* of the command at hand, from 1 */
    size_t expected, failed; /* expect commands that were judged, and those that did not hold */
    int exit_status;         /* the worst so far */
    bool silent;             /* nothing goes to standard output */
} sb_execution;

/* Run one line: output to standard output, a failure to standard error. Returns false when it
 * failed (also a failed expect); execution->exit_status says how badly. */
bool sb_execute_line(sb_execution *execution, const char *line);

/* Run all lines of a file ("-": standard input) until one fails or the session is left; with
 * keep_going an expect that does not hold ends nothing. What the lines did is in the execution; the
 * status is of reading the file. */
sb_status sb_execute_script(sb_execution *execution, const char *path, bool keep_going,
                            sb_error *error);

/* Is this the failure of an answer that is not as said (an expect, a tour's `= ANSWER`), not of a
 * mistake? */
bool sb_error_is_expectation(const sb_error *error);

/* Put the rules of the command line in place of those of the file that is open, as commands. */
sb_status sb_execute_rules(sb_session *session, const sb_arguments *arguments, sb_error *error);

/* Open a file and put the rules of the command line in place of its own, as commands. */
sb_status sb_execute_open(sb_session *session, const sb_arguments *arguments, const char *path,
                          sb_error *error);

#endif
