/* Full surplus extraction (FSE): can the seller get all there is?
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Gamma_i is the matrix of conditionals pi(psi_-i | theta_i), one row a type of positive
 * probability. Decisions are exact: every LP behind them is proved in rationals.
 *
 *  - rank: Gamma_i of full row rank for every agent suffices (Cremer and McLean 1988).
 *  - concave G (side bets): type t of agent i is held to its outside option and nobody gains by
 *    imitating t if and only if there is a lottery z_t over psi_-i with
 *        z_t . pi(.|t) = W(t|t) and z_t . pi(.|s) >= W(s|t) for all s of positive probability,
 *    W(s|t) = sum over psi_-i of pi(psi_-i|s) u_i(s, o*(t, psi_-i)) - outside_i(s), the value for s
 *    of what t is efficiently given. For one item always sold W(s|t) = v(s): the condition
 *    "G(pi(.|t)) = v(t) for a concave G", G = min over t of z_t. Where several outcomes are
 * efficient at a profile, any mixture of them may be used: the mixture is part of the program, so a
 * type not worth serving (v(t) at or below the seller's value) needs no bet. Where (t, psi_-i) has
 *    probability zero only liars get there and any outcome may be used.
 *    Where it fails, Farkas' lemma gives a mixture of other types that believes what t believes and
 *    is worth more: the witness.
 *  - linear G: one payment schedule for all reports. Single item, one bidder: there are x(omega),
 * the payment of those served, y(omega), of those not served, and u(omega), the utility of those
 *    whose value is the seller's own (served or not), with x . pi(.|t) = v(t) for every type worth
 *    serving, y . pi(.|t) = 0 for every type not worth serving, u . pi(.|t) = 0 for those in
 * between, and no type tempted at any omega that it holds possible. Several agents (and general
 *    outcomes): a participation fee c(psi_-i) on top of the pivot mechanism with
 *    Gamma_i c = the interim rents there. Outside options are added to each of these.
 *  - bayesian, ex_post_ic: the answers themselves, under ex-interim IR. One bidder: the conditions
 *    decide. Several agents: a side bet that fails says no; full row rank of every agent says yes;
 * so do side bets for every agent and type where the efficient outcome is unique at every profile
 * of positive probability; otherwise optimal revenue = full surplus (which is net of outside
 * options) does, exactly. Ex-post IC: no where the Bayes-Nash answer is no; yes with a fee for
 * every agent; for one item no where some agent has no prices x(psi_-i), y(psi_-i) of the kind
 * above, and yes where all have, efficient outcomes are unique and no profile has probability zero;
 * else optimal revenue decides.
 *
 * Reporting sets. Only a type s that may report t can be tempted by t's bet: the rows for the
 * others go, the witness mixes types that may report t alone, and with fewer rows left there is no
 * longer one concave G (z_t . pi(.|s) may lie below v(s) where s may not report t). Each bet stays
 * necessary, and full rank sufficient. The schedules of one bidder under ex-post IC need no longer
 * be one: with every type worth serving there must be x_t with x_t . pi(.|t) = v(t) and
 *     x_t(omega) <= x_r(omega) for every omega and every r that t may report;
 * payment_schedules.c has the general form and the proof. The participation fee is one for all
 * reports still; where there is none, optimal revenue under the sets decides. What is asked of
 * mechanisms is that the truth be best among the reports that a type may make; where reporting sets
 * are not nested (environment.h) others may extract more.
 *
 * Rules. The questions are about Bayes-Nash or ex-post IC with ex-interim IR for every agent,
 * whatever the environment's rules are, common or an agent's own.
 */
#ifndef SIDEBET_FULL_EXTRACTION_H
#define SIDEBET_FULL_EXTRACTION_H

#include "sidebet/declarations.h"
#include "sidebet/design.h"

SB_DECLARATIONS_BEGIN

/* Not confirmed: a time limit was met before the proof. */
typedef enum sb_answer { SB_ANSWER_NO, SB_ANSWER_YES, SB_ANSWER_NOT_CONFIRMED } sb_answer;

typedef struct sb_side_bet {
    bool has_belief; /* the type has positive probability; else nothing below is set */
    bool holds;
    fmpq *lottery; /* z_t, others_count numbers, with the smallest largest |z|; NULL if it fails */
    fmpq *mixture; /* witness: weights on types, sum 1; NULL if it holds. Neither lottery nor
                      mixture: not confirmed */
    fmpq mixture_value; /* sum of mixture(s) W(s|t), > own_value; where several outcomes may be
                           used, at those that make the difference least */
    fmpq own_value;     /* W(t|t): at the mixture of outcomes used, or at those of the witness */
    fmpq *values;       /* W(s|t), one a type s, at the same outcomes; NULL: not confirmed */
} sb_side_bet;

typedef struct sb_agent_extraction {
    size_t type_count, others_count;
    size_t types_with_belief;       /* types of positive probability: rows of Gamma_i */
    size_t rank;                    /* exact */
    bool full_rank;                 /* rank == types_with_belief */
    double smallest_singular_value; /* of Gamma_i, the types_with_belief-th largest; 0 when there
                                       are fewer columns */
    size_t *belief_block; /* per type: number of the block of types that share its belief, from 0
                             in order of appearance; SB_NOWHERE for probability zero */
    size_t distinct_beliefs;
    bool concave;           /* every type's side bet holds, each at the efficient outcomes that
                               suit it: where several are, others may need other ones */
    size_t failing_type;    /* the first that fails, else SB_NOWHERE */
    sb_side_bet *side_bets; /* one a type */
    bool linear;            /* or, for one bidder with reporting sets, there are such schedules */
    fmpq *linear_payments;  /* x(omega) or c(psi_-i), others_count numbers; NULL if not linear, and
                               where there are schedules */
    fmpq *schedules; /* one bidder with reporting sets: x_t(omega) at [t * others_count + omega];
                        NULL if there are none, and in all other cases */
} sb_agent_extraction;

typedef struct sb_extraction {
    fmpq full_surplus;
    size_t agent_count;
    sb_agent_extraction *agents;
    double prior_smallest_singular_value; /* of the table pi(theta_1, psi_-1), rows and columns of
                                             probability zero left out; 0 when its rank is below
                                             the smaller of their numbers */
    bool efficient_outcome_unique;        /* at every profile of positive probability */
    bool some_types_not_served;           /* the form with types not worth serving was used */
    sb_answer bayesian, ex_post_ic;
    sb_notes reasons; /* one sentence for each answer: how it was decided */
} sb_extraction;

void sb_extraction_init(sb_extraction *extraction);
void sb_extraction_clear(sb_extraction *extraction);

/* Every type of every agent has a side bet, and the answer is no all the same: where several
 * outcomes are efficient the bets count on different ones, and only one comes about. */
bool sb_extraction_ties_conflict(const sb_extraction *extraction);

/* options->exact is taken as true. */
sb_status sb_full_extraction(const sb_environment *environment, const sb_lp_options *options,
                             sb_extraction *extraction, sb_error *error);

SB_DECLARATIONS_END

#endif
