/* Robust mechanisms: incentives that hold for every belief in a consistent set.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One bidder and a signal. Allocation and payment depend on the reported type and the signal alone,
 * U(r; t, omega) = sum_o p(o | r, omega) u(t, o) - x(r, omega), and for all types t and all r that
 * t may report (reporting sets; without them, all)
 *
 *     robust IC   min over q in P_t of sum_omega q(omega) [U(t; t, omega) - U(r; t, omega)] >= 0
 *     robust IR   min over q in P_t of sum_omega q(omega) [U(t; t, omega) - outside(t)]     >= 0
 *
 * in place of the interim rules (ic: bayes-nash, ir: ex-interim). Ex-post rules hold at every
 * signal anyway and `none` stays none; ex-ante IR and deterministic mechanisms have no robust form
 * and are refused. The payments rule is kept. For boxes this is solvable in polynomial time: the
 * inner minimum is a fractional knapsack, hence a cheap separation oracle.
 *
 * Two objectives. `estimate`: the environment's objective under pi^. `worst-case`:
 * sum_t pi^(t) min over q in P_t of the objective's expectation under q.
 *
 * Two methods that give the same optimum. `cuts`: solve with the rows (cuts) so far, ask the oracle
 * for the worst belief of each pair (t, r), add rows that are violated, solve again by the dual
 * simplex method, until none is. `compact`: each inner minimum replaced by its linear programming
 * dual, one program.
 *
 * A cut's row is written per type (not multiplied by its probability).
 */
#ifndef SIDEBET_ROBUST_H
#define SIDEBET_ROBUST_H

#include "sidebet/consistent_set.h"
#include "sidebet/declarations.h"
#include "sidebet/design.h"

SB_DECLARATIONS_BEGIN

typedef enum sb_robust_objective { SB_ROBUST_ESTIMATE, SB_ROBUST_WORST_CASE } sb_robust_objective;
typedef enum sb_robust_method { SB_ROBUST_CUTS, SB_ROBUST_COMPACT } sb_robust_method;
/* Which violated rows a round adds. */
typedef enum sb_cut_choice {
    SB_CUTS_ONE,      /* the most violated one */
    SB_CUTS_PER_TYPE, /* the most violated one of each type */
    SB_CUTS_ALL       /* the worst belief of every violated pair */
} sb_cut_choice;
/* What the first relaxation holds. */
typedef enum sb_cut_beginning {
    SB_CUTS_FROM_ESTIMATE, /* the rows of the estimate itself: the Bayesian program */
    SB_CUTS_FROM_NOTHING   /* no incentive or participation row: the first rounds are unbounded */
} sb_cut_beginning;

/* "estimate", "worst-case"; "cuts", "compact"; "one", "type", "all"; "estimate", "nothing". */
const char *sb_robust_objective_name(sb_robust_objective objective);
const char *sb_robust_method_name(sb_robust_method method);
const char *sb_cut_choice_name(sb_cut_choice choice);
const char *sb_cut_beginning_name(sb_cut_beginning beginning);

typedef struct sb_robust_options {
    sb_robust_objective objective;
    sb_robust_method method;    /* sb_robust_solve only */
    sb_cut_choice choice;       /* sb_robust_run only */
    sb_cut_beginning beginning; /* sb_robust_run only */
    double tolerance;           /* floating: a row is violated below -tolerance (scaled by
                                   1 + largest value); exact: below 0. Default 1e-9 */
    size_t most_rounds;         /* 0: no limit; met: SB_ERROR_LIMIT with what there is */
    sb_lp_options lp;           /* exact false: floating throughout; the time limit is of all
                                   rounds of sb_robust_solve's proof together, which then leaves
                                   the floating answer, and of each round of a run by itself */
} sb_robust_options;
#define SB_ROBUST_OPTIONS_DEFAULT                                                                  \
    ((sb_robust_options){.objective = SB_ROBUST_ESTIMATE,                                          \
                         .method = SB_ROBUST_CUTS,                                                 \
                         .choice = SB_CUTS_ALL,                                                    \
                         .beginning = SB_CUTS_FROM_ESTIMATE,                                       \
                         .tolerance = 1e-9,                                                        \
                         .most_rounds = 0,                                                         \
                         .lp = {.exact = true, .time_limit = 0, .cancel = NULL}})

/* ---- rows ---- */

typedef enum sb_cut_kind {
    SB_CUT_INCENTIVE,     /* type would rather not report `report` */
    SB_CUT_PARTICIPATION, /* type would rather take part */
    SB_CUT_OBJECTIVE      /* worst case: what the seller expects of the type */
} sb_cut_kind;
/* "incentive", "participation", "objective". */
const char *sb_cut_kind_name(sb_cut_kind kind);

typedef struct sb_cut {
    sb_cut_kind kind;
    size_t type, report; /* report SB_NOWHERE unless incentive */
    fmpq *belief;        /* signal_count numbers: a vertex of the type's set */
    fmpq violation; /* > 0: by how much the relaxation's mechanism breaks the row (unbounded: by
                       how much its ray does) */
    bool added;     /* one of those that the next round adds */
} sb_cut;

/* ---- the stepped algorithm ---- */

/* One round: the relaxation with the cuts so far, its optimum, and what the oracle says of it. */
typedef struct sb_robust_round {
    size_t round; /* 0: the beginning */
    sb_lp_status status;
    sb_proof proof;
    fmpq objective;          /* optimal only: an upper bound of the robust optimum, falling */
    sb_mechanism *mechanism; /* optimal: of this relaxation; unbounded: a ray along which the
                                objective grows; else NULL */
    size_t cut_count; /* rows cut before this round (beginning's rows not counted) and still kept */
    size_t dropped;   /* rows slack for so long that this round left them out */
    size_t found_count;
    sb_cut *found;     /* the violated rows, one a pair at most, the most violated first */
    fmpq violation;    /* the largest; 0 when none is found */
    bool finished;     /* optimal and nothing found, or infeasible or failed: no further round */
    size_t iterations; /* of the floating simplex, exact pivots included */
    double seconds;
    char reason[160]; /* failed: why */
} sb_robust_round;

/* A run owns its rounds; they never change once made. Step back returns to the round before (the
 * very same state); stepping forward from there gives rounds identical to those seen before. The
 * environment and the set are copied. */
typedef struct sb_robust_run sb_robust_run;
/* Make a run and its round 0. options NULL: the default. Usage error where the environment or its
 * rules have no robust form. */
sb_status sb_robust_run_new(const sb_environment *environment, const sb_consistent_set *set,
                            const sb_robust_options *options, sb_robust_run **run, sb_error *error);
void sb_robust_run_free(sb_robust_run *run); /* NULL allowed */
/* One round more; SB_OK and no change where the current one is finished. */
sb_status sb_robust_run_step(sb_robust_run *run, sb_error *error);
/* To the round before; false at the first. */
bool sb_robust_run_back(sb_robust_run *run);
/* Step until finished, or until the largest violation is at most `violation` (NULL: 0). progress
 * (may be NULL) is called after each round; false stops (SB_ERROR_CANCELLED, the rounds stay). */
sb_status sb_robust_run_on(sb_robust_run *run, const fmpq *violation,
                           bool (*progress)(void *context, const sb_robust_round *round),
                           void *context, sb_error *error);
/* The current round, and any computed one (rounds after the current one may be known already after
 * a step back). Pointers valid until the run is freed. */
size_t sb_robust_run_current(const sb_robust_run *run);
size_t sb_robust_run_count(const sb_robust_run *run);
const sb_robust_round *sb_robust_run_round(const sb_robust_run *run, size_t round);
const sb_environment *sb_robust_run_environment(const sb_robust_run *run);
const sb_consistent_set *sb_robust_run_set(const sb_robust_run *run);

/* What happened in a round and why, in one sentence: "Type 3 of belief (…) would report 2 and gain
 * 0.31; the cut takes the bound from 5.5 to 5.21." Freed by the caller. */
char *sb_robust_round_describe(const sb_robust_run *run, size_t round);
/* "type 3, report 2" or "type 3, staying away". Freed by the caller. */
char *sb_cut_describe(const sb_environment *environment, const sb_cut *cut);

/* The history as CSV, one added cut a line: round, objective, kind, type, report, violation, the
 * belief's entries, exact. Freed by the caller. Replaying it adds the same rows in the same rounds
 * and checks that each belief lies in the set, that each row was violated by as much as is written,
 * and that each round's objective and the last one's largest violation are those written; an input
 * error names the line that does not hold. A round is repeated in the arithmetic, exact or
 * floating, that it was made in, whatever the options say, and without a limit of rounds; the
 * options are those of what follows. */
sb_status sb_robust_history_format(const sb_robust_run *run, char **text, sb_error *error);
sb_status sb_robust_history_replay(const sb_environment *environment, const sb_consistent_set *set,
                                   const sb_robust_options *options, const char *text,
                                   size_t length, const char *name, sb_robust_run **run,
                                   sb_error *error);

/* ---- the optimum ---- */

typedef struct sb_robust_solution {
    sb_lp_status status;
    sb_proof proof;  /* exact: optimal basis proved in rationals and no violated row in rationals */
    fmpq objective;  /* as options->objective says; optimal only, as all that follows */
    fmpq revenue;    /* under pi^, everybody truthful */
    fmpq worst_case; /* sum_t pi^(t) min_q revenue: what the seller is sure of */
    fmpq max_payment;
    sb_mechanism *mechanism; /* NULL unless optimal */
    sb_robust_method method;
    size_t rounds, cuts;            /* cuts: rows in the last program; compact: 0 */
    size_t columns, rows, nonzeros; /* of the last program */
    bool certified;                 /* the exact oracle finds no violated row */
    double largest_violation;       /* of any robust row, by the oracle; 0 when certified */
    size_t iterations, exact_pivots;
    double floating_seconds, exact_seconds, seconds;
    char reason[160]; /* failed, or why the proof is not exact */
} sb_robust_solution;
void sb_robust_solution_init(sb_robust_solution *solution);
void sb_robust_solution_clear(sb_robust_solution *solution);

/* The robust optimum, as fast as we can. It may reach it by other rounds than a stepped run does;
 * the optimum is the same. options NULL: the default. SB_OK also for infeasible, unbounded and
 * failed; else as sb_design_solve, and SB_ERROR_USAGE as sb_robust_run_new. */
sb_status sb_robust_solve(const sb_environment *environment, const sb_consistent_set *set,
                          const sb_robust_options *options, sb_robust_solution *solution,
                          sb_error *error);

/* The oracle in rationals over every robust row of a mechanism: whether all hold, and the most
 * violated one otherwise (*worst may be NULL; else initialised by sb_cut_init). */
void sb_cut_init(sb_cut *cut);
void sb_cut_clear(sb_cut *cut, size_t signal_count);
sb_status sb_robust_certify(const sb_environment *environment, const sb_consistent_set *set,
                            const sb_mechanism *mechanism, bool *holds, sb_cut *worst,
                            sb_error *error);
/* sum_t pi^(t) min over q in P_t of the expected revenue under q, everybody truthful. */
sb_status sb_robust_worst_case(fmpq_t revenue, const sb_environment *environment,
                               const sb_consistent_set *set, const sb_mechanism *mechanism,
                               sb_error *error);

SB_DECLARATIONS_END

#endif
