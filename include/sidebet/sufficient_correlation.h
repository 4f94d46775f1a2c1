/* Sufficient correlation: one mechanism that is nearly optimal for every prior nearby.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One bidder and a signal, a single item, Bayes-Nash incentives, ex-interim individual rationality.
 * Beliefs near a prior: for each type all conditionals within delta of its own in the 1-norm; the
 * probabilities of the types stay. Every type t worth serving is offered the item for a bet z_t,
 *
 *     z_t . pi_t = v(t),   z_t . pi_s >= v(s) + gamma_t  for the other types s that may report t,
 *
 * whose spread is M_t: half the difference of its largest and smallest entry. Since two beliefs sum
 * to the same, z_t is worth at most M_t delta more or less at a belief within delta. So it is sold
 * for z_t - M_t delta: the type itself then takes part, pays at least v(t) - 2 M_t delta, and where
 * gamma_t >= 2 M_t delta no other type wants it.
 *
 *   truthful   gamma_t >= 2 M_t delta for every bet: all rules hold on the ball, and it earns at
 *              least the full surplus less 2 delta sum_t pi(t) M_t.
 *   revenue    It earns the full surplus less k, whichever bet each type prefers. Either gamma_t
 *              >= 0: a type may prefer another's bet, but whichever it takes, it buys and pays at
 *              least v(s) - 2 M delta, M the largest spread. That exists wherever the full surplus
 *              can be extracted. (But types worth less than the item is to the seller must not buy:
 *              they are kept off as above, and such a margin may be missing.) Or the bets are those
 *              of the truthful ball, with more spread, but each type loses by its own bet alone.
 *              The larger ball of the two is taken, so it is never smaller than the truthful one.
 *              (Bets that keep off some types and not others may do better still; they are not
 *              looked for.)
 *
 * The best bets at a delta, scaled by 1 / M_t, are linear programs, one a type; with the loss
 * bounded for each type, delta is a variable of them too, which gives the exact largest delta with
 * 2 M_t delta <= k. The ball is then widened until the expected loss is k.
 *
 * That ball is a guarantee. sb_keeps_optimum measures the largest on which a given mechanism keeps
 * its rules and a revenue, whatever it was made from.
 *
 * Reporting sets: a bet that a type may not choose cannot tempt it, so that "other types" are those
 * that may report t. Both promises hold word for word, each type taking the best of the reports it
 * may make.
 */
#ifndef SIDEBET_SUFFICIENT_CORRELATION_H
#define SIDEBET_SUFFICIENT_CORRELATION_H

#include "sidebet/declarations.h"
#include "sidebet/design.h"

SB_DECLARATIONS_BEGIN

typedef enum sb_ball_promise {
    SB_BALL_TRUTHFUL,
    SB_BALL_REVENUE,
    SB_BALL_PROMISE_COUNT
} sb_ball_promise;
const char *sb_ball_promise_name(sb_ball_promise promise); /* "truthful", "revenue" */

typedef struct sb_correlation_ball {
    bool found; /* false: the surplus cannot be extracted, or only just; reason says who stops it */
    sb_ball_promise promise;
    fmpq loss;         /* k */
    fmpq full_surplus; /* of the prior */
    fmpq radius;       /* delta, 1-norm, at most 2: all beliefs */
    fmpq each_type;    /* the largest delta at which no type by itself brings k less, exactly */
    bool largest;      /* no larger delta is possible in these ways; false: none that is larger by
                          a millionth */
    fmpq spread;       /* the largest M_t */
    fmpq guaranteed;   /* at least full surplus - k */
    size_t type_count;
    bool *served;  /* one a type: worth serving, and possible; the others neither get nor pay */
    fmpq *spreads; /* M_t, where served */
    fmpq *margins; /* gamma_t, the smallest over s; where served and another type may report it */
    sb_mechanism *mechanism; /* sells z_t - M_t delta */
    sb_proof proof;
    char reason[320];
} sb_correlation_ball;
void sb_correlation_ball_init(sb_correlation_ball *ball);
void sb_correlation_ball_clear(sb_correlation_ball *ball);

/* The largest ball. The rules of the environment do not matter. loss > 0, one bidder, one item, a
 * signal and no outside options, else a usage error. options NULL: the default. */
sb_status sb_correlation_ball_find(const sb_environment *environment, sb_ball_promise promise,
                                   const fmpq_t loss, const sb_lp_options *options,
                                   sb_correlation_ball *ball, sb_error *error);
/* The same with the loss bounded for each type rather than in expectation (radius = each_type): the
 * promise then holds however often each type comes, as it has to where the types' probabilities are
 * estimated too. */
sb_status sb_correlation_ball_for_each_type(const sb_environment *environment,
                                            sb_ball_promise promise, const fmpq_t loss,
                                            const sb_lp_options *options, sb_correlation_ball *ball,
                                            sb_error *error);

/* The largest ball on which a mechanism keeps its incentive and participation rules (Bayes-Nash and
 * ex-interim, as far as the environment's rules and reporting sets ask for them) and earns,
 * everybody truthful, at least `least`. Exact: a row is linear in the belief, and its smallest
 * value over the ball moves delta / 2 of mass from the best signals to the worst. */
typedef struct sb_kept_ball {
    bool unlimited;           /* every belief; then nothing below is set */
    fmpq radius;              /* at most 2 */
    bool by_revenue;          /* beyond the radius it may earn less; else a rule breaks */
    sb_constraint constraint; /* that rule */
    size_t signal_count;
    fmpq *belief; /* of its type, at the edge of the ball; NULL where by_revenue */
} sb_kept_ball;
void sb_kept_ball_init(sb_kept_ball *ball);
void sb_kept_ball_clear(sb_kept_ball *ball);

/* One agent (usage error else). Input error where the mechanism breaks a rule, or earns less, at
 * the prior itself. */
sb_status sb_keeps_optimum(const sb_environment *environment, const sb_mechanism *mechanism,
                           const fmpq_t least, sb_kept_ball *ball, sb_error *error);

SB_DECLARATIONS_END

#endif
