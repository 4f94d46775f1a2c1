/* A linear program in double precision that grows by rows while its solver goes on.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     minimise c z   subject to  rows,  0 <= z <= upper (or z without bounds)
 *
 * z = 0 is optimal for the rows at the start. Each round asks for rows that the present optimum
 * breaks and lets the dual simplex method go on from its basis; the problem is loaded once. Numbers
 * are taken as they come: the caller scales them.
 */
#ifndef SB_LP_GROWING_H
#define SB_LP_GROWING_H

#include <stdbool.h>
#include <stddef.h>

#include "lp/patience.h"
#include "lp/variable_status.h"

/* Rows sum_k coefficients[k] z[columns[k]] within bounds (infinities: none), one after another. */
typedef struct sb_new_rows {
    size_t count, capacity;
    struct sb_new_row {
        double lower, upper;
        size_t end; /* of its entries; they begin where those of the row before end */
    } * rows;
    size_t entry_count, columns_capacity, coefficients_capacity;
    int *columns; /* counted from 1 */
    double *coefficients;
} sb_new_rows;

/* An entry of the row that the next sb_new_rows_end closes; false when memory runs out. */
bool sb_new_rows_entry(sb_new_rows *rows, size_t column, double coefficient);
bool sb_new_rows_end(sb_new_rows *rows, double lower, double upper);
void sb_new_rows_clear(sb_new_rows *rows);

typedef struct sb_growing_column {
    double upper, cost; /* upper: infinity without a bound */
    bool free;          /* no bounds at all */
    bool basic;         /* at the start; as many as rows at the start that hold with equality */
} sb_growing_column;

typedef struct sb_growing_program {
    size_t column_count;
    const sb_growing_column *columns;
    sb_new_rows start;       /* the rows at the start */
    const bool *tight_start; /* which of them are not basic */
    /* Append the rows that z breaks; none: z is the answer. Not to be left by a jump. */
    sb_status (*break_rows)(void *context, const double *z, sb_new_rows *rows, sb_error *error);
    void *context;
} sb_growing_program;

typedef struct sb_growing_answer {
    bool optimal; /* false: the solver gave up, or rounds ran out */
    double *z;
    double *duals;                      /* one a row: the cost of a unit of its bound */
    sb_variable_status *columns, *rows; /* the basis */
    size_t row_count, entry_count, rounds, iterations;
    size_t row_capacity;
} sb_growing_answer;

/* The answer is the caller's also on failure. */
sb_status sb_growing_solve(const sb_growing_program *program, const sb_patience *patience,
                           size_t most_rounds, sb_growing_answer *answer, sb_error *error);
void sb_growing_answer_clear(sb_growing_answer *answer);

#endif
