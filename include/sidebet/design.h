/* Automated mechanism design: the program whose solution is the best mechanism under the rules.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns: p(o|psi) >= 0 for every profile and outcome, x_i(psi) for every agent and profile (none
 * under `payments: none`, within [-B, B] under `bounded:B`, >= 0 under `no-subsidies`).
 * Rows: sum_o p(o|psi) = 1; incentive compatibility and individual rationality as the rules say:
 *   Bayes-Nash   sum_{psi_-i} pi(t, psi_-i) [U_i(t; t, psi_-i) - U_i(r; t, psi_-i)] >= 0
 *   ex-post IC   U_i(t; t, psi_-i) - U_i(r; t, psi_-i) >= 0      for every psi_-i
 *   ex-ante      sum_t sum_{psi_-i} pi(t, psi_-i) [U_i(t; t, psi_-i) - outside_i(t)] >= 0
 *   ex-interim   the same for each t;   ex-post IR   U_i(t; t, psi_-i) >= outside_i(t)
 *   no-deficit   sum_i x_i(psi) >= 0;   balanced     sum_i x_i(psi) = 0
 * A type of probability zero has no interim row. In the ex-post rules every profile counts. Agents
 * may have choices of their own of the rules of both kinds (sb_rules_of), and r ranges over what t
 * may report (sb_environment_may_report).
 */
#ifndef SIDEBET_DESIGN_H
#define SIDEBET_DESIGN_H

#include "sidebet/declarations.h"
#include "sidebet/environment.h"
#include "sidebet/integer_program.h"
#include "sidebet/linear_program.h"
#include "sidebet/mechanism.h"

SB_DECLARATIONS_BEGIN

typedef enum sb_constraint_kind {
    SB_CONSTRAINT_PROBABILITY,   /* the outcome probabilities of a profile sum to 1 */
    SB_CONSTRAINT_INCENTIVE,     /* type would rather not report `report` */
    SB_CONSTRAINT_PARTICIPATION, /* type would rather take part */
    SB_CONSTRAINT_BUDGET         /* the payments of a profile sum to at least, or to exactly, 0 */
} sb_constraint_kind;

#define SB_NOWHERE ((size_t)-1)

/* Which rule at which place; the same record names a row of the program, a slack of the checker and
 * a line on the screen. Fields that do not apply are SB_NOWHERE. */
typedef struct sb_constraint {
    sb_constraint_kind kind;
    size_t profile; /* probability, budget */
    size_t agent;   /* incentive, participation */
    size_t type;    /* incentive; participation unless ex-ante */
    size_t report;  /* incentive */
    size_t others;  /* the ex-post rules */
} sb_constraint;

/* "agent 1 of type 2 gains nothing by reporting 1", "agent 2 of type 1 takes part", with
 * " when the others are (…)" in the ex-post rules. Freed by the caller. */
char *sb_constraint_describe(const sb_environment *environment, const sb_constraint *constraint);

/* The program of an environment under its rules. */
typedef struct sb_design sb_design;
sb_status sb_design_new(const sb_environment *environment, sb_design **design, sb_error *error);
void sb_design_free(sb_design *design);
const sb_lp *sb_design_program(const sb_design *design);
/* Which rule a row of the program is. */
const sb_constraint *sb_design_constraint(const sb_design *design, size_t row);
size_t sb_design_allocation_column(const sb_design *design, size_t profile, size_t outcome);
/* SB_NOWHERE under `payments: none`. */
size_t sb_design_payment_column(const sb_design *design, size_t profile, size_t agent);

/* How large the program of sb_design_new is, known before it is built; rules NULL: the
 * environment's own. Counts are exact (doubles, since products may be large); bytes is about what
 * building and solving it in double precision takes. */
typedef struct sb_design_size {
    double columns, rows, nonzeros, bytes;
} sb_design_size;
sb_design_size sb_design_size_of(const sb_environment *environment, const sb_rules *rules);
/* What sb_design_solve and sb_design_value take. *lazily: incentive rows are made when they are
 * needed, the counts are those that may be made, and bytes is about what they take. Else this is
 * sb_design_size_of. */
sb_status sb_design_size_to_solve(const sb_environment *environment, const sb_rules *rules,
                                  sb_design_size *size, bool *lazily, sb_error *error);
/* SB_ERROR_LIMIT with the counts where it would need more than memory_limit bytes (<= 0:
 * SB_DESIGN_MEMORY_LIMIT). sb_design_new and all that build whole programs ask this first; what is
 * solved asks the second, and the first where the rows that are needed decide nothing. */
#define SB_DESIGN_MEMORY_LIMIT 4e9
sb_status sb_design_check_size(const sb_environment *environment, const sb_rules *rules,
                               double memory_limit, sb_error *error);
sb_status sb_design_check_size_to_solve(const sb_environment *environment, const sb_rules *rules,
                                        double memory_limit, sb_error *error);

/* ---- solving ---- */

typedef struct sb_binding {
    sb_constraint constraint; /* incentive or participation, satisfied with equality */
    fmpq dual;                /* gain in the objective per unit by which the row (multiplied by the
                                 type's probability, as above) is relaxed; >= 0 */
} sb_binding;

/* One multiplier of the proof. Write every incentive and participation rule k in probabilities as
 * g_k(p, x) >= b_k, and c(p, x) for the objective. With lambda_k the values of those rules (> 0, in
 * the units of sb_binding's dual), mu_psi those of the probability rows (either sign) and kappa_psi
 * those of the budget rows (>= 0 where a surplus is allowed, else either sign),
 *
 *     L(p, x) = c(p, x) + sum_k lambda_k [g_k(p, x) - b_k] + sum_psi mu_psi [1 - sum_o p(o|psi)]
 *               + sum_psi kappa_psi sum_i x_i(psi)
 *
 * is at least c(p, x) at every mechanism that obeys the rules. Optimal: the largest L over p >= 0
 * and all payments (|x| <= B under `bounded:B`, x >= 0 under `no-subsidies`) is the optimum.
 * Infeasible: the same with c left out, and the largest L is negative. */
typedef struct sb_multiplier {
    sb_constraint constraint; /* any kind */
    fmpq value;
} sb_multiplier;

/* How a solution was found. */
typedef enum sb_method {
    SB_METHOD_PROGRAM,     /* the whole linear program */
    SB_METHOD_LAZY,        /* a program whose incentive rows are made when they are needed */
    SB_METHOD_INDEPENDENT, /* no program: at independent beliefs the best mechanism is known */
    SB_METHOD_SEARCH       /* deterministic: branch and bound */
} sb_method;

/* "program", "lazy", "independent", "search". Static. */
const char *sb_method_name(sb_method method);

typedef struct sb_solution {
    sb_lp_status status;
    sb_proof proof;
    fmpq objective, revenue, welfare, max_payment; /* optimal only */
    sb_mechanism *mechanism;                       /* NULL unless optimal; a vertex, or side_bets */
    size_t binding_count;
    sb_binding *bindings; /* every incentive and participation rule with slack zero (floating:
                             within 1e-9), in the order of the rows */
    size_t multiplier_count;
    sb_multiplier *multipliers; /* exact answers only. Optimal: every dual that is not zero.
                                   Infeasible: Farkas multipliers. Else none */
    sb_mechanism *start, *ray;  /* unbounded and exact: a mechanism that obeys the rules, and a
                                   direction from it that keeps them while the objective grows for
                                   ever; else NULL */
    sb_notes explanation;       /* infeasible or unbounded: why, and which single change of a rule
                                   gives an optimum (each was solved, none is guessed) */
    sb_notes remarks;           /* types of probability zero, reporting sets under which truthful
                                   mechanisms may not be best */
    double largest_violation;   /* by the checker; 0 when exact */
    sb_method method;
    bool side_bets; /* payments were put together from fees and side bets, after the outcomes: an
                       optimal mechanism, but no vertex of the program */
    size_t columns, rows, nonzeros; /* of the program that was solved: where incentive rows were
                                       made as they were needed, of the last one; 0 without one */
    size_t rounds;                  /* how many programs were solved so; else 0 */
    size_t floating_iterations, exact_pivots;
    double build_seconds, floating_seconds, exact_seconds;
    bool searched;  /* deterministic: found by branch and bound; no duals, no multipliers. Where
                       the proof is floating the mechanism still obeys the rules exactly */
    double bound;   /* deterministic: no deterministic mechanism is known to be able to do better
                       than this; the objective where the search came to its end */
    size_t nodes;   /* deterministic: looked at in the search */
    bool incumbent; /* deterministic, status optimal: the best that was found by a search which did
                       not come to its end; better ones may exist, up to the bound */
    char reason[224]; /* failed, or why the proof is not exact */
} sb_solution;

void sb_solution_init(sb_solution *solution);
void sb_solution_clear(sb_solution *solution);
/* "optimal", .. as of sb_lp_status; "incumbent" where the search did not come to its end. Static.
 */
const char *sb_solution_status_name(const sb_solution *solution);
/* The same in words for a person: "best found" of an incumbent. Static. */
const char *sb_solution_status_words(const sb_solution *solution);
/* "exact", "floating", "none" as of sb_proof; "not proved" of an incumbent. Static. */
const char *sb_solution_proof_words(const sb_solution *solution);

/* Keeps what speeds up the next solve after an edit. One thread at a time. */
typedef struct sb_design_solver sb_design_solver;
sb_design_solver *sb_design_solver_new(void);
void sb_design_solver_free(sb_design_solver *solver);

/* Find a best mechanism. "Infeasible" and "unbounded" are said only where they are proved: where
 * double precision alone says so the program is tried in rationals, for 10 s at most, and then the
 * answer is "failed". Under interim rules (or none) with free payments, larger programs are
 * solved in interim payments y_i(t, r), what type t expects to pay when it reports r: well
 * conditioned however near independence the prior is. The rows, and so the multipliers, are those
 * of sb_design_program; payments are recovered in rationals. solver NULL: cold. options NULL:
 * exact, no limit. Optimal mechanisms are checked by the independent checker (checker.h) before
 * they are returned: a mechanism that it refuses turns an exact answer into SB_ERROR_INTERNAL.
 * Returns SB_OK also for infeasible, unbounded and failed; else SB_ERROR_CANCELLED,
 * SB_ERROR_MEMORY, SB_ERROR_INTERNAL. */
sb_status sb_design_solve(const sb_environment *environment, sb_design_solver *solver,
                          const sb_lp_options *options, sb_solution *solution, sb_error *error);

/* The same for deterministic mechanisms, whatever the rule says; sb_design_solve calls it with the
 * options of its own where the rule says so. A cancelled search returns SB_ERROR_CANCELLED with
 * the best mechanism so far in the solution (status optimal, proof floating), if there is one. */
sb_status sb_design_search(const sb_environment *environment, const sb_integer_options *options,
                           sb_solution *solution, sb_error *error);

/* Usage error where the rules ask for deterministic mechanisms: for what rests on linear programs
 * and their duals. what begins the sentence: "sensitivity", "the payment-cap frontier". */
sb_status sb_design_want_randomised(const sb_environment *environment, const char *what,
                                    sb_error *error);

/* Only what is needed for a number: the optimal objective under other rules (rules NULL: the
 * environment's own), no explanation. */
sb_status sb_design_value(const sb_environment *environment, const sb_rules *rules,
                          sb_design_solver *solver, const sb_lp_options *options,
                          sb_lp_status *status, sb_proof *proof, fmpq_t objective, sb_error *error);

SB_DECLARATIONS_END

#endif
