/* Numbers in the reports for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_REPORT_NUMBER_H
#define SB_CLI_REPORT_NUMBER_H

#include <stdbool.h>

#include "base/text.h"

/* "1.749 = 1749/1000", "70", "25/6, about 4.1666667"; a fraction too long to read is left out, and
 * an inexact number is the decimal alone. */
void sb_report_add_number(sb_text *text, const fmpq_t value, bool exact);
/* Cells of a table are at most this wide, and at least this. */
enum { SB_REPORT_CELL_WIDTH = 14, SB_REPORT_LEAST_CELL_WIDTH = 5 };

/* A short form for a table's cell: exact where that has at most `width` characters, else rounded,
 * and *rounded is set (else it is left alone; may be NULL). Freed by the caller. */
char *sb_report_cell(const fmpq_t value, size_t width, bool *rounded);
/* The short form, appended to a sentence. */
void sb_report_add_cell(sb_text *text, const fmpq_t value);
/* How wide the cells can be where `columns` of them stand in `room` columns of text. */
size_t sb_report_cell_width(size_t room, size_t columns);
/* "100", "85.71": part of whole in percent; an exact one is never 100 where something is missing.
 * whole > 0. */
void sb_report_add_percent(sb_text *text, const fmpq_t part, const fmpq_t whole, bool exact);

#endif
