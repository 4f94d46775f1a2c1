/* Parts of the floating guess at a robust optimum: its program, interior method and vertex.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program in doubles. Variables z, type by type: the probability p(t, .) of the first outcome,
 * the payment x(t, .), and at the end, under the worst-case objective, what the seller expects of
 * each type. A group stands for one robust row,
 *
 *     min over q in P of  sum_w q(w) d(w)  >= 0,
 *     d(w) = a [p(t, w) - p(r, w)] + b [x(t, w) - x(r, w)] + constant - expected(t),
 *
 * without the terms of r where there is no report, and without expected(t) but in rows of the
 * objective. P is the box lower <= q <= lower + width cut by sum q = 1; `rest` is what is left of
 * the one after all lower bounds.
 */
#ifndef SB_ANALYSIS_ROBUST_GUESS_PARTS_H
#define SB_ANALYSIS_ROBUST_GUESS_PARTS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "sidebet/full_extraction.h"
#include "sidebet/robust.h"

typedef struct sb_guess_group {
    sb_cut_kind kind;
    size_t type, report; /* report SB_NOWHERE: none */
    bool ex_post;        /* a rule that holds at every signal; its rows are no cuts */
    double allocation_coefficient, payment_coefficient, constant;
    const double *lower, *width; /* one a signal */
    double rest;
} sb_guess_group;

typedef struct sb_guess_program {
    size_t types, signals, variables;
    bool worst_case;
    double unit; /* utilities and payments are divided by it */
    double *cost, cost_constant;
    double *least, *most; /* bounds of the variables, infinite where there are none */
    double *box_lower, *box_width, *box_rest;
    double *zeros, *ones; /* the simplex */
    size_t group_count;
    sb_guess_group *groups;
} sb_guess_program;

static inline size_t sb_guess_allocation(const sb_guess_program *program, size_t type)
{
    return 2 * program->signals * type;
}
static inline size_t sb_guess_payment(const sb_guess_program *program, size_t type)
{
    return 2 * program->signals * type + program->signals;
}
static inline size_t sb_guess_expected(const sb_guess_program *program, size_t type)
{
    return 2 * program->signals * program->types + type;
}

/* SB_OK with *reason NULL: built; with a reason: this engine does not handle the question. */
sb_status sb_guess_program_build(sb_guess_program *program, const sb_environment *environment,
                                 const sb_consistent_set *set, sb_robust_objective objective,
                                 const char **reason, sb_error *error);
void sb_guess_program_clear(sb_guess_program *program);

/* d(.) of a group at a point; linear: without the constant. */
void sb_guess_difference(const sb_guess_program *program, const sb_guess_group *group,
                         const double *point, bool linear, double *difference);

/* A vertex of a box: each signal at its lower or upper bound but one, which takes what remains. */
typedef enum sb_guess_place { SB_GUESS_LOWER, SB_GUESS_UPPER, SB_GUESS_REMAINDER } sb_guess_place;
/* The belief that minimises sum q d, as places and as numbers (either may be NULL); the minimum. */
double sb_guess_worst(const sb_guess_program *program, const sb_guess_group *group,
                      const double *difference, unsigned char *places, double *belief,
                      size_t *order);

/* Where the interior method ended. */
typedef struct sb_guess_interior {
    double *point;       /* the variables */
    double *bound_duals; /* reduced cost of each variable's bounds: lower's less upper's */
    double *masses;      /* one a group: its multiplier */
    double *flows;       /* group by signal: mass times what the belief has above its lower bound */
    unsigned char *ties; /* group by signal: sb_guess_tie */
    double objective, gap, residual;
    size_t iterations;
} sb_guess_interior;
typedef enum sb_guess_tie { SB_GUESS_DEAR, SB_GUESS_CHEAP, SB_GUESS_TIED } sb_guess_tie;

sb_status sb_guess_interior_solve(const sb_guess_program *program, const atomic_bool *cancel,
                                  sb_guess_interior *interior, bool *converged, sb_error *error);
void sb_guess_interior_clear(sb_guess_interior *interior);

/* A row that holds the optimum up: a group at one vertex of its set. */
typedef struct sb_guess_row {
    size_t group;
    unsigned char *places; /* one a signal: sb_guess_place */
    double multiplier;     /* at the vertex; about zero or more where it is optimal */
} sb_guess_row;

/* A vertex of the robust program at which it is optimal: variables at a bound, and rows that are as
 * many as the other variables and independent in them. */
typedef struct sb_guess_vertex {
    double *point;
    bool *fixed; /* one a variable: at a bound */
    size_t row_count;
    sb_guess_row *rows;
    double objective;
    double violation;           /* the largest, of any row */
    double smallest_multiplier; /* of the rows */
    size_t pushes;              /* rows found on the way from the interior point */
    bool reached;               /* false: some variable is held by nothing */
} sb_guess_vertex;
sb_status sb_guess_vertex_find(const sb_guess_program *program, const sb_guess_interior *interior,
                               const atomic_bool *cancel, sb_guess_vertex *vertex, sb_error *error);
void sb_guess_vertex_clear(sb_guess_vertex *vertex);

/* A belief inside a group's set, given by the flows and ties of the interior method, as a mixture
 * of vertices: up to `most` of them, their places one after another, and their shares of the mass.
 * Returns how many. scratch: 2 * signals numbers, order: signals. */
size_t sb_guess_decompose(const sb_guess_program *program, const sb_guess_interior *interior,
                          size_t group, size_t most, unsigned char *places, double *shares,
                          double *scratch, size_t *order);

/* Factor a symmetric positive matrix (its lower triangle, row after row) into
 * L L^T in place; pivots that vanish are replaced by a huge number, which fixes their variable. */
void sb_guess_factor(double *matrix, size_t size);
void sb_guess_factor_solve(const double *matrix, size_t size, double *vector);
/* vector += factor * other */
void sb_guess_add_multiple(double *vector, double factor, const double *other, size_t count);

#endif
