/* The walk from the interior point to a vertex: its state and its steps.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The interior method's multipliers, those of bounds and each group's split over vertices of its
 * set, belong to rows that together hold the optimum up; they are more than there are variables.
 * They enter one after another a square matrix B with its inverse kept: bounds at once, the other
 * places are open, with unit vectors in them at first. A row that is a mixture of those before it
 * hands its multiplier on to them, or takes the place of the first whose multiplier that uses up,
 * so that all multipliers stay positive. Where places are still open, the point may move along the
 * inverse's columns without leaving the rows so far or losing anything of the objective: it is
 * moved until a row or a bound stops it, which then takes the place.
 */
#ifndef SB_ANALYSIS_ROBUST_GUESS_SEARCH_H
#define SB_ANALYSIS_ROBUST_GUESS_SEARCH_H

#include "analysis/robust_guess_parts.h"

#define SB_GUESS_SMALL_PIVOT 1e-7  /* an entry of a mixture below this is rounding */
#define SB_GUESS_TOLERANCE   1e-10 /* a row is broken below this, beside the largest payment */
#define SB_GUESS_MOST_PIVOTS 100   /* to mend multipliers below zero */

typedef struct sb_guess_search {
    const sb_guess_program *program;
    const sb_guess_interior *interior;
    sb_guess_vertex *vertex;
    double *inverse;       /* of B: variables by places */
    bool *unit;            /* a variable's row of the inverse is as at first: its own place alone */
    double *row, *mixture; /* a row of B to be; what it is made of */
    double *multipliers;   /* one a place in B */
    size_t *holder;        /* what is in a place: an index of the vertex's rows, or one of these: */
    size_t *bound_of;      /* the variable whose bound is in a place, if one is */
    double *along;         /* a direction */
    double *difference, *slope, *there, *belief;
    size_t *order;
    unsigned char *places;
    double size; /* of the largest variable */
} sb_guess_search;

#define SB_GUESS_OPEN  SB_NOWHERE       /* a unit vector: the variable is held by nothing yet */
#define SB_GUESS_BOUND (SB_NOWHERE - 1) /* a bound of some variable */

/* ---- the matrix ---- */

bool sb_guess_search_allocate(sb_guess_search *s);
void sb_guess_search_free(sb_guess_search *s);
/* Every variable's own place: its bound where it is at one, else open. */
void sb_guess_fill_places(sb_guess_search *s);
/* row becomes a group's row at a vertex of its set. */
void sb_guess_make_row(sb_guess_search *s, const sb_guess_group *group,
                       const unsigned char *places);
/* mixture becomes row times the inverse: what the row is made of. */
void sb_guess_mix(sb_guess_search *s, const double *row);
/* Put the row whose mixture is known into a place. */
void sb_guess_enter(sb_guess_search *s, size_t place);
/* Say that a group's row is in a place; false when memory runs out. */
bool sb_guess_keep_row(sb_guess_search *s, size_t place, size_t group, const unsigned char *places);
/* Move the point onto the rows exactly: they bind. */
void sb_guess_settle(sb_guess_search *s);
/* What holds the objective's gradient up: one multiplier a place. */
void sb_guess_find_multipliers(sb_guess_search *s);

/* ---- filling it ---- */

/* The rows with multipliers enter, or hand them on; false when memory runs out. */
bool sb_guess_offer_all(sb_guess_search *s);
/* Along the inverse's column of a place, forwards or backwards, until something takes the place.
 * False where nothing does. *enough: memory did not run out. */
bool sb_guess_push(sb_guess_search *s, size_t place, double sign, bool *enough);
/* Fill an open place. False where that leads on and on to more. */
bool sb_guess_fill_open(sb_guess_search *s, size_t place, bool *enough);

#endif
