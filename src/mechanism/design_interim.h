/* Interim-payment coordinates: payments as each type expects them, one number a type and report.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Under interim rules without bounds on payments, the payments of agent i enter the program through
 *     y_i(t, r) = sum over psi_-i of w(t, psi_-i) x_i(r, psi_-i)
 * alone: what type t expects to pay when it reports r (in weights). For each report the vector
 * y_i(., r) ranges over the column space of the matrix of weights: the numbers of a maximal set of
 * independent types (the pivots) are free, and those of the other types are combinations of them.
 * However near independence the prior is, a program in these numbers is well conditioned; the
 * payments themselves are recovered from them in rationals, once, at the end.
 */
#ifndef SB_MECHANISM_DESIGN_INTERIM_H
#define SB_MECHANISM_DESIGN_INTERIM_H

#include <flint/fmpz_mat.h>

#include "sidebet/design.h"

typedef struct sb_interim_agent {
    size_t type_count, rank;
    size_t *pivot_types;  /* rank of them, ascending */
    size_t *pivot_others; /* where payments are made; the others' profiles left out pay nothing */
    fmpq *combinations;   /* y(t, r) = sum_k combinations[t * rank + k] y(pivot_types[k], r) */
    fmpz_mat_t weights;   /* pivot types by pivot others, times weight_scale */
    size_t first_column;  /* y(pivot k, r) is column first_column + k * type_count + r */
} sb_interim_agent;

typedef struct sb_interim {
    size_t agent_count, column_count; /* columns of payments, after those of allocations */
    fmpz_t weight_scale;              /* makes all weights integers */
    sb_interim_agent *agents;
} sb_interim;

/* Whether these rules and this size are solved in interim payments. */
bool sb_interim_applies(const sb_environment *environment, const sb_rules *rules);

/* first_column: that of all payments. NULL when memory runs out. */
sb_interim *sb_interim_new(const sb_environment *environment, size_t first_column);
void sb_interim_free(sb_interim *interim); /* NULL allowed */
/* Every agent's types are independent: then the full surplus is extracted. */
bool sb_interim_has_full_rank(const sb_interim *interim);

/* The column of y(pivot k, report). */
size_t sb_interim_column(const sb_interim *interim, size_t agent, size_t k, size_t report);

/* payments (as in sb_mechanism) from the values of all columns. */
sb_status sb_interim_recover(const sb_interim *interim, const sb_environment *environment,
                             const fmpq *columns, fmpq *payments, sb_error *error);

/* ---- where to start (design_interim_start.c) ---- */

/* What an outcome counts, by sb_design_outcome_value, where agents pay all that they gain. Cleared
 * by sb_objective_weights_clear. */
void sb_interim_surplus_weights(sb_objective_weights *surplus, const sb_objective_weights *weights);
/* The best outcome at a profile then, and what it counts. */
size_t sb_interim_best_outcome(const sb_environment *environment,
                               const sb_objective_weights *weights, size_t profile, fmpq_t gain);

/* The interim payment that the row of an incentive or participation rule decides; SB_NOWHERE where
 * the row itself is basic: that of a type that is not independent. */
size_t sb_interim_decided_column(const sb_interim *interim, const sb_constraint *rule);
/* The basis to start at: every type is held to its outside option, outcomes are the best for the
 * objective then, and lies of independent types gain nothing. Whether it is known to be optimal:
 * full rank, every type may stay away, and payments do not count against the objective. */
bool sb_interim_start_is_optimal(const sb_interim *interim, const sb_design *design);
/* Let the solver begin there; optimal: it is known to be, and goes straight to the proof. */
sb_status sb_interim_start(const sb_interim *interim, const sb_environment *environment,
                           const sb_design *design, sb_lp_solver *solver, bool optimal,
                           sb_error *error);
/* Ask for the proof then, also where none was asked for: it takes less time than any floating
 * solve. */
void sb_interim_prove_start(sb_lp_options *options);

#endif
