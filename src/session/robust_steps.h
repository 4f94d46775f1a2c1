/* The rounds of a robust run as the screens read them: copies that never change.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where in the run one is belongs to the session's history; the rounds are results like all others.
 * Publications that follow one another share the rounds they have in common, so that a round seen
 * before is the very same when one comes back to it.
 */
#ifndef SB_SESSION_ROBUST_STEPS_H
#define SB_SESSION_ROBUST_STEPS_H

#include "sidebet/robust.h"
#include "sidebet/robust_price.h"

#define SB_ROBUST_LAST ((size_t)-1)

/* Which run, beside the environment and its set of beliefs, and which round of it is in hand. */
typedef struct sb_robust_plan {
    sb_robust_objective objective;
    sb_cut_choice choice;
    sb_cut_beginning beginning;
    size_t round;  /* SB_ROBUST_LAST: the last, or the first whose violation is small enough */
    double enough; /* what is small enough for the last round; 0: none broken */
} sb_robust_plan;
#define SB_ROBUST_PLAN_DEFAULT                                                                     \
    ((sb_robust_plan){.objective = SB_ROBUST_ESTIMATE,                                             \
                      .choice = SB_CUTS_ALL,                                                       \
                      .beginning = SB_CUTS_FROM_ESTIMATE,                                          \
                      .round = 0,                                                                  \
                      .enough = 0})
/* The same rounds, wherever in them one is. */
bool sb_robust_plan_same_run(const sb_robust_plan *left, const sb_robust_plan *right);
bool sb_robust_plan_equal(const sb_robust_plan *left, const sb_robust_plan *right);

/* The row of a type that a round's mechanism breaks most, or comes nearest to breaking. */
typedef struct sb_robust_row {
    bool known;
    bool added; /* one of the cuts that the next round has */
    sb_cut_kind kind;
    size_t report; /* SB_NOWHERE unless kind is SB_CUT_INCENTIVE */
    fmpq *belief;  /* the worst of the type's set for it */
    fmpq slack;    /* < 0: broken, by so much */
} sb_robust_row;

/* A round: see sb_robust_round, of which it copies what is shown. */
typedef struct sb_robust_step {
    size_t round;
    sb_lp_status status;
    sb_proof proof;
    fmpq objective;
    sb_mechanism *mechanism; /* NULL where the round has none */
    size_t cut_count, dropped, found_count, added_count;
    fmpq violation;
    size_t worst; /* the type of the most broken row; SB_NOWHERE when none is */
    size_t type_count, signal_count;
    sb_robust_row *rows; /* one a type */
    bool finished;
    size_t iterations;
    double seconds;
    char *sentence; /* what happened and why */
    char reason[160];
} sb_robust_step;

/* The rounds known so far. */
typedef struct sb_robust_steps {
    sb_robust_plan plan; /* its round is not looked at */
    bool exact;          /* proved in rationals where that is fast enough, else floating */
    char problem[700];   /* why there is no run; "" when there is one */
    bool has_set;
    sb_consistent_set set;
    size_t count, capacity;
    const sb_robust_step **items; /* owned by reference */
} sb_robust_steps;

void sb_robust_steps_init(sb_robust_steps *steps);
void sb_robust_steps_clear(sb_robust_steps *steps);
/* The rounds of `from` too, by reference; to is initialised. */
sb_status sb_robust_steps_copy(sb_robust_steps *to, const sb_robust_steps *from, sb_error *error);
/* Take over what is new in a run. */
sb_status sb_robust_steps_follow(sb_robust_steps *steps, const sb_robust_run *run, sb_error *error);
/* The round that a plan has in hand, of those known; count 0: 0. */
size_t sb_robust_steps_at(const sb_robust_steps *steps, const sb_robust_plan *plan);
/* Whether all that a plan asks for is known. */
bool sb_robust_steps_reach(const sb_robust_steps *steps, const sb_robust_plan *plan);
/* Write the history of the rounds up to `last`, as sb_robust_history_format does, by going through
 * them once more. */
sb_status sb_robust_steps_save(const sb_robust_steps *steps, const sb_environment *environment,
                               size_t last, const char *path, sb_error *error);
/* The last known round ends the run. */
bool sb_robust_steps_finished(const sb_robust_steps *steps);

/* "box ±0.01", "every belief", "the estimate alone, 1 constraint". Freed by the caller; NULL when
 * memory runs out. */
char *sb_robust_set_text(const sb_set_description *set);

/* The end of a run, found in another way. */
typedef struct sb_robust_check {
    bool known;
    sb_robust_plan plan;
    bool certified; /* the oracle finds no broken row, in rationals */
    bool compared;  /* the compact program was solved */
    sb_robust_solution compact;
    char reason[160]; /* why it was not */
    bool proved;      /* the end of a floating run has been found in rationals too */
    fmpq optimum;     /* proved only */
} sb_robust_check;

/* Revenue against the size of the box. */
typedef struct sb_price_curve {
    sb_robust_objective objective;
    sb_robust_price price;
    size_t planned;
    char problem[700];
} sb_price_curve;

#endif
