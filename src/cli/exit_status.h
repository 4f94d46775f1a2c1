/* How the program ends: exit statuses, messages, and output that is known to have arrived.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_EXIT_STATUS_H
#define SB_CLI_EXIT_STATUS_H

#include "base/text.h"
#include "sidebet/error.h"

enum {
    SB_EXIT_SOLVED = 0,
    SB_EXIT_NEGATIVE = 1,  /* an answer, and it is no: infeasible, unbounded, no full extraction */
    SB_EXIT_BAD_INPUT = 2, /* the command line or a file is wrong */
    SB_EXIT_FAILURE = 3,   /* memory, output, time, a defect */
    SB_EXIT_INTERRUPTED = 130 /* then by the signal itself: 143 after SIGTERM */
};

/* The exit status that a failed call leads to. */
int sb_exit_status_of(sb_status status);
/* Of a call that reads a file or a command: what cannot be read, or is larger than sidebet takes,
 * is bad input. Changes error->status likewise. */
sb_status sb_exit_blame_input(sb_status status, sb_error *error);
/* Write "sidebet: FILE:LINE:COLUMN: message; hint" to standard error. Returns the exit status. */
int sb_exit_with_error(const sb_error *error);
/* Write every note as one line of standard error. */
void sb_exit_print_notes(const sb_notes *notes);
/* Write a finished text to standard output and clear it. SB_ERROR_MEMORY when building it failed,
 * SB_ERROR_IO when it could not be written. */
sb_status sb_exit_print(sb_text *text, sb_error *error);
/* Close standard output; a failure (a full disk, a closed pipe) that was not reported yet turns
 * exit_status into SB_EXIT_FAILURE. Called once, last. */
int sb_exit_close(int exit_status);

#endif
