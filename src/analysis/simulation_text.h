/* What writing and reading a simulation's text have in common.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_SIMULATION_TEXT_H
#define SB_ANALYSIS_SIMULATION_TEXT_H

#include "analysis/simulation_parts.h"

extern const char sb_simulation_first_line[]; /* names the format and its version */
extern const char sb_simulation_columns[];    /* the CSV header */
/* Of which optimal mechanism the payments are: by sb_contender_outcome.smallest_payments. */
extern const char *const sb_simulation_payments[2];

/* A text that is being read, a line at a time. */
typedef struct sb_simulation_reader {
    const char *name;
    const char *at, *end;
    int line;          /* number of the line that was read last */
    const char *begin; /* that line, `length` bytes without its end */
    size_t length;
    sb_error *error;
} sb_simulation_reader;
/* The next line; false at the end. */
bool sb_simulation_next_line(sb_simulation_reader *reader);
/* An input error at the line that was read last, printf style. */
sb_status sb_simulation_refuse(const sb_simulation_reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Read the plan's lines into *plan (cleared by the caller whatever happens) up to the CSV header,
 * which is the line read last then. */
sb_status sb_simulation_read_plan(sb_simulation_reader *reader, sb_simulation_plan *plan);

/* Part of a line as a number: false where it is none. */
bool sb_simulation_read_count(const char *text, size_t length, size_t *count);
bool sb_simulation_read_double(const char *text, size_t length, double *number); /* "": NaN */

#endif
