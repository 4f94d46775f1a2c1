/* The prior as a table on the screen: its numbers, and the window that is drawn.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_PRIOR_TABLE_H
#define SB_VIEW_PRIOR_TABLE_H

#include "session/session.h"
#include "view/number_text.h"
#include "view/widgets.h"

/* In larger tables only what is shown sets the range of colours and the digits. */
enum { SB_PRIOR_RANGE_CELLS = 10000 };

/* The last two players as rows and columns; with more, the slice at the cursor's types of the
 * others. One agent's table has its types as rows, and all others' profiles as columns. */
typedef struct sb_prior_table {
    const sb_environment *environment;
    const sb_display *display;
    bool has_rows; /* at least two players */
    size_t row_player, column_player;
    size_t rows, columns;
    size_t cursor_row, cursor_column;
    size_t types[SB_MAX_PLAYERS]; /* the slice */
    bool sliced;                  /* more than two players, and not one agent's table */
    bool unmarked;                /* what a marked rule is about must not be seen yet */
    bool one_agent;               /* the row player's, against what all others are */
} sb_prior_table;

/* prior_table.c */
sb_prior_table sb_prior_table_of(const sb_session *session);
/* The same table of another environment, with the cursor where it would be there. */
sb_prior_table sb_prior_table_of_environment(const sb_environment *environment,
                                             const sb_display *display);
/* Above a column its label, above them all whose types they are: freed by the caller. */
char *sb_prior_column_label(const sb_prior_table *table, size_t column);
char *sb_prior_columns_name(const sb_prior_table *table);
size_t sb_prior_profile(const sb_prior_table *table, size_t row, size_t column);
void sb_prior_probability(fmpq_t probability, const sb_prior_table *table, size_t row,
                          size_t column);
/* Sums of the table's probabilities along a row or a column: the marginals of two players. */
void sb_prior_sum(fmpq_t sum, const sb_prior_table *table, bool row, size_t index);
/* pi(others | type of the row player); false for a type of probability zero. */
bool sb_prior_conditional(fmpq_t conditional, const sb_prior_table *table, size_t row,
                          size_t column);
/* The colour of a weight in the range of those shown. */
sb_style sb_prior_heat(const fmpq_t weight, const fmpq_t low, const fmpq_t high);
/* Conditionals are asked for, and the row player is an agent that has beliefs. */
bool sb_prior_can_condition(const sb_prior_table *table);

/* The window that is drawn, in rows and columns of the table. */
typedef struct sb_prior_window {
    size_t first_row, rows, first_column, columns;
    int label;    /* columns of the row labels */
    int cell;     /* columns of a cell */
    int gap;      /* columns before each cell: 1 at least, for the brackets */
    bool sums;    /* of the rows, at the right */
    bool names;   /* a line with the column player's name */
    bool totals;  /* a line with the column sums */
    bool beside;  /* conditionals beside the joint */
    bool instead; /* conditionals in place of the joint */
    sb_number_format format;
} sb_prior_window;

/* prior_window.c: what fits into an area */
sb_prior_window sb_prior_window_of(const sb_prior_table *table, const sb_canvas *canvas,
                                   sb_rectangle area);

#endif
