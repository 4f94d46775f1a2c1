/* What the files of robust design share: its columns, its rows, its oracle.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns: p(o | theta, omega) of every outcome but the last, whose probability is what the others
 * leave; x(theta, omega); in the worst case one number a type, what the seller expects of it (its
 * worth). So utilities count from that of the last outcome. Rows: the others' probabilities sum to
 * at most 1 (a bound where there is one other), the ex-post rules' rows, then the cuts or, in the
 * compact program, the duals of the inner minima.
 */
#ifndef SB_ANALYSIS_ROBUST_PROGRAM_H
#define SB_ANALYSIS_ROBUST_PROGRAM_H

#include "sidebet/robust.h"

typedef struct sb_robust_program {
    const sb_environment *environment; /* not owned, like the set */
    const sb_consistent_set *set;
    sb_robust_objective objective;
    sb_objective_weights weights; /* of what the rules maximise */
    size_t types, signals;
    size_t outcomes;                              /* but the last */
    bool has_payments;                            /* there are columns of payments */
    bool robust_incentives, robust_participation; /* which rules the set is asked about */
    bool ex_post_incentives, ex_post_participation;
    size_t first_payment, first_worth; /* columns */
    size_t *worths;                    /* worst case: column of a type's worth, or SB_NOWHERE */
    fmpq constant;                     /* objective less that of the linear program */
    size_t fixed_rows;                 /* rows before the cuts */
    sb_lp *lp;
    /* the row being collected */
    size_t term_count, term_capacity;
    size_t *columns;
    fmpq *coefficients;
} sb_robust_program;

/* Usage error where there is no robust form. The program has its columns and fixed rows. */
sb_status sb_robust_program_init(sb_robust_program *program, const sb_environment *environment,
                                 const sb_consistent_set *set, sb_robust_objective objective,
                                 sb_error *error);
void sb_robust_program_clear(sb_robust_program *program);

/* Whether a rule of this kind is asked of a type (and of a report, for an incentive). */
bool sb_robust_program_asks(const sb_robust_program *program, sb_cut_kind kind, size_t type,
                            size_t report);

/* Begin a row; add weight times the expression of a rule at one signal; what the rule's expectation
 * must at least be, counted from the last outcome. */
void sb_robust_program_begin_row(sb_robust_program *program);
void sb_robust_program_add_term(sb_robust_program *program, size_t column, const fmpq_t coefficient,
                                bool negative);
void sb_robust_program_add_rule(sb_robust_program *program, sb_cut_kind kind, size_t type,
                                size_t report, size_t signal, const fmpq_t weight);
void sb_robust_program_least(fmpq_t least, const sb_robust_program *program, sb_cut_kind kind,
                             size_t type);
/* The worth's share of an objective row. */
void sb_robust_program_add_worth(sb_robust_program *program, sb_cut_kind kind, size_t type);
/* The collected row is at least `least`. */
sb_status sb_robust_program_end_row(sb_robust_program *program, const fmpq_t least,
                                    sb_error *error);

/* What the objective counts of an outcome more than of the last one. */
void sb_robust_program_worth(fmpq_t worth, const sb_robust_program *program, size_t type,
                             size_t outcome);
/* A cut's row at the end of the program. */
sb_status sb_robust_program_add_cut(sb_robust_program *program, const sb_cut *cut, sb_error *error);
/* The rows of the estimate itself: all, or those of the worths alone. */
sb_status sb_robust_program_add_estimate(sb_robust_program *program, bool worths_alone,
                                         size_t *count, sb_error *error);

/* A mechanism (ray: a direction of mechanisms) and the worths (an array of `types`, or NULL where
 * the objective has none) out of the columns of a solution. */
sb_status sb_robust_program_read(const sb_robust_program *program, const fmpq *columns, bool ray,
                                 sb_mechanism **mechanism, fmpq **worths, sb_error *error);

/* ---- the oracle ---- */

typedef struct sb_robust_question {
    const sb_environment *environment;
    const sb_consistent_set *set;
    const sb_mechanism *mechanism;
    const fmpq *worths;                  /* NULL: no objective rows */
    const sb_objective_weights *weights; /* what the worths count */
    bool ray;                       /* the mechanism is a direction: nothing but 0 is asked of it */
    bool incentives, participation; /* over the set */
    bool ex_post_incentives, ex_post_participation; /* over every belief */
    const fmpq *more_than;                          /* violations up to this are none; NULL: 0 */
} sb_robust_question;

/* What a program asks; the mechanism, the worths, ray and more_than are the caller's to set. */
sb_robust_question sb_robust_program_question(const sb_robust_program *program);

/* The worst belief of every violated rule in rationals, the most violated first. found: an array
 * of *count cuts with none `added`, freed by sb_cuts_free. */
sb_status sb_robust_find(const sb_robust_question *question, sb_cut **found, size_t *count,
                         sb_error *error);
/* The most violated first; ties by kind, type and report. */
void sb_cuts_sort(sb_cut *cuts, size_t count);
/* By how much a cut's row is broken: 0 or less where it is not. */
sb_status sb_robust_violation(fmpq_t violation, const sb_robust_question *question,
                              const sb_cut *cut, sb_error *error);
void sb_cuts_free(sb_cut *cuts, size_t count, size_t signal_count);
sb_status sb_cut_copy(sb_cut *to, const sb_cut *from, size_t signal_count, sb_error *error);

/* Mark those that a round adds. */
void sb_robust_choose(sb_cut *found, size_t count, sb_cut_choice choice);

/* What an objective counts of a type at each signal, everybody truthful: signal_count numbers. */
void sb_robust_expectations(fmpq *values, const sb_environment *environment,
                            const sb_objective_weights *weights, const sb_mechanism *mechanism,
                            size_t type);

/* The options' tolerance in the units of the environment's values. */
void sb_robust_tolerance(fmpq_t tolerance, const sb_environment *environment,
                         const sb_robust_options *options);

/* Usage error where the environment, its rules or the set have no robust form. */
sb_status sb_robust_check_form(const sb_environment *environment, const sb_consistent_set *set,
                               sb_error *error);

#endif
