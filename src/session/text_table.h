/* Tables: what `show` prints, aligned, and what `table` writes to files (table_list.h).
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_TEXT_TABLE_H
#define SB_SESSION_TEXT_TABLE_H

#include "base/text.h"

typedef struct sb_text_cell {
    char *text;   /* for people; numbers may be rounded */
    char *exact;  /* of a number that is proved, as a fraction; else NULL */
    bool number;  /* and then: */
    bool rounded; /* the text says less than the number */
    double value; /* the nearest double */
} sb_text_cell;

typedef struct sb_text_table {
    size_t columns;
    size_t left; /* so many columns, from the first, are flush left; the rest right */
    size_t count, capacity;
    sb_text_cell *cells;         /* row by row */
    const char *const *headings; /* for files, of a table whose first row is no heading; static */
    bool unproved;               /* numbers added from now on are not proved */
    bool failed;
} sb_text_table;

void sb_text_table_init(sb_text_table *table, size_t columns, size_t left);
void sb_text_table_clear(sb_text_table *table);
/* The next cell; rows follow one another. NULL counts as a failed allocation. */
void sb_text_table_add(sb_text_table *table, const char *text);
/* A number as short as it gets within 12 characters, a + before it if signed and positive. */
void sb_text_table_add_number(sb_text_table *table, const fmpq_t number, bool plus);
/* A number that is a double, not proved; nothing where it is not finite. */
void sb_text_table_add_double(sb_text_table *table, double number);
/* Append the rows to text, each indented by two blanks. */
void sb_text_table_write(const sb_text_table *table, sb_text *text);

/* "1.749", "0.33333" for people. */
void sb_text_add_number(sb_text *text, const fmpq_t number);

#endif
