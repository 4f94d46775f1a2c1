/* The optimal mechanisms of a design program, as linear conditions.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By complementary slackness with any optimal multipliers a mechanism that obeys the rules is
 * optimal if and only if the rules with a multiplier hold with equality and the columns with a
 * reduced cost are at their bound. Under these conditions most allocations are decided, and where a
 * type is held to its outside option that number may stand for its utility in each of its incentive
 * rules. What is left falls apart into blocks, often one for each report.
 */
#ifndef SB_MECHANISM_OPTIMAL_FACE_H
#define SB_MECHANISM_OPTIMAL_FACE_H

#include "sidebet/design.h"

typedef enum sb_face_column {
    SB_FACE_OPEN, /* differs among optimal mechanisms, as far as is known */
    SB_FACE_ZERO, /* an allocation, or a payment that cannot be negative, that is 0 in all */
    SB_FACE_ONE,  /* an allocation that is 1 */
    SB_FACE_BOUND /* a payment at +-B */
} sb_face_column;

typedef struct sb_face {
    sb_design *design;
    const sb_lp *program;
    fmpq *duals; /* one a row */
    sb_face_column *columns;
    size_t *partners; /* per row: the participation row (an equation) to subtract, or SB_NOWHERE */
    size_t *anchors;  /* per incentive row: the reported type's participation row (an equation), or
                         SB_NOWHERE */
    size_t payment_start; /* columns from here on are payments */
    /* Blocks: the open columns and the rows of each, as lists. A block is named by one column. */
    size_t *parents;
    size_t *first_column, *next_column, *first_row, *next_row;
    bool any_payment_at_bound;
} sb_face;

/* From the multipliers of an exact optimum of this environment; a usage error where they are not.
 * On failure nothing is held. */
sb_status sb_face_init(sb_face *face, const sb_environment *environment,
                       const sb_solution *solution, sb_error *error);
/* The same of the deterministic mechanisms with the allocation of `mechanism`: duals are those of
 * the plain program with its probabilities fixed. */
sb_status sb_face_init_at(sb_face *face, const sb_environment *environment,
                          const sb_mechanism *mechanism, const fmpq *duals, sb_error *error);
void sb_face_clear(sb_face *face);

/* Sort the open columns and the rows into blocks: what the two functions above do last. */
sb_status sb_face_find_blocks(sb_face *face, sb_error *error);
/* Whether the column names a block (then first_column and first_row start its lists). */
bool sb_face_is_block(const sb_face *face, size_t column);

/* The row less its partner, and with that multiple of its anchor that makes its payments sum to
 * zero: near independence what is left of them is the correlation alone, which doubles can see.
 * Terms of open columns only (in arrays of sb_face_row_room numbers), all else moved to the bound.
 * *equation: holds with equality, else at least *bound. Returns the number of terms; a column may
 * be named twice. */
size_t sb_face_row(const sb_face *face, size_t row, size_t *columns, fmpq *coefficients,
                   fmpq_t bound, bool *equation);
/* Enough room for any row. */
size_t sb_face_row_room(const sb_face *face);

#endif
