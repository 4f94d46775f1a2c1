/* Numbers in the reports for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_REPORT_NUMBER_H
#define SB_CLI_REPORT_NUMBER_H

#include "base/text.h"

/* "1.749 = 1749/1000", "70", "25/6, about 4.1666667"; a fraction too long to read is left out, and
 * an inexact number is the decimal alone. */
void sb_report_add_number(sb_text *text, const fmpq_t value, bool exact);
/* A short form for a table's cell or a sentence: exact where it is short. Freed by the caller. */
char *sb_report_cell(const fmpq_t value);
/* The same, appended. */
void sb_report_add_cell(sb_text *text, const fmpq_t value);
/* "100", "85.71": part of whole in percent; never 100 where something is missing. whole > 0. */
void sb_report_add_percent(sb_text *text, const fmpq_t part, const fmpq_t whole);

#endif
