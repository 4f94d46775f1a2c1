/* What can be asked: one table that expect and ask, completion, help and the manual share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_EXPECT_H
#define SB_SESSION_EXPECT_H

#include "session/command.h"

/* A question: its name, which it takes, the words it takes as a command (an agent's name may be
 * several), what it asks for, and what answers it. A function finds the question and its words in
 * the call's arguments, the answer that is said (or a placeholder, see sb_call.asked) last. */
#define SB_QUESTIONS(X)                                                                            \
    X("revenue", "", 0, "what the seller expects to get", sb_expect_of_solution)                   \
    X("objective", "", 0, "the optimum of what is maximised", sb_expect_of_solution)               \
    X("welfare", "", 0, "what all together expect", sb_expect_of_solution)                         \
    X("max-payment", "", 0, "the largest payment of the vertex", sb_expect_of_solution)            \
    X("status", "", 0, "optimal, incumbent (the best found), infeasible, unbounded or failed",     \
      sb_expect_of_solution)                                                                       \
    X("proof", "", 0, "exact, floating or none", sb_expect_of_solution)                            \
    X("full-surplus", "", 0, "the most that any mechanism could extract", sb_expect_full_surplus)  \
    X("ex-post-optimum", "", 0, "the optimum under ex-post rules", sb_expect_baseline)             \
    X("no-correlation", "", 0, "the optimum at the product of the marginals", sb_expect_baseline)  \
    X("auction", " NAME", 1, "what vcg, second-price, first-price or myerson brings, or none",     \
      sb_expect_auction)                                                                           \
    X("smallest-payment", "", 0, "the largest payment that an optimum needs", sb_expect_smallest)  \
    X("probability", " PROFILE", 1, "of the table", sb_expect_probability)                         \
    X("marginal", " PLAYER TYPE", 2, "the probability of a type or signal", sb_expect_marginal)    \
    X("belief", " AGENT PROFILE", 2,                                                               \
      "the probability that an agent gives the others' types in a profile, given its own there",   \
      sb_expect_belief)                                                                            \
    X("value", " AGENT TYPE", 2, "what the type values", sb_expect_value)                          \
    X("payment", " AGENT PROFILE", 2, "of the mechanism that is shown (payments-shown)",           \
      sb_expect_payment)                                                                           \
    X("allocation", " OUTCOME PROFILE", 2, "its probability", sb_expect_allocation)                \
    X("rent", " AGENT TYPE", 2, "what a type that takes part expects to gain", sb_expect_rent)     \
    X("rank", " AGENT", 1, "of the matrix of beliefs", sb_expect_rank)                             \
    X("distinct-beliefs", " AGENT", 1, "how many there are", sb_expect_distinct)                   \
    X("singular-value", " AGENT", 1, "the smallest, of that matrix", sb_expect_singular_value)     \
    X("separation", " AGENT", 1, "gamma, in the 1-norm", sb_expect_separation)                     \
    X("fse", " bayesian|ex-post", 1, "can the full surplus be extracted: yes or no",               \
      sb_expect_fse)                                                                               \
    X("envelope", " AGENT TYPE", 2, "the concave envelope of the values at the type's belief",     \
      sb_expect_envelope)                                                                          \
    X("dual", " AGENT TYPE REPORT|away", 3,                                                        \
      "of the rule against that report; of ex-post rules the sum", sb_expect_incentive)            \
    X("slack", " AGENT TYPE REPORT|away", 3, "of that rule; of ex-post rules the smallest",        \
      sb_expect_incentive)                                                                         \
    X("misbelief-revenue", "", 0, "what the frozen mechanism earns", sb_expect_misbelief)          \
    X("reply", " AGENT TYPE", 2, "to the frozen mechanism: truth, exit or the report",             \
      sb_expect_reply)                                                                             \
    X("safe-radius", "", 0, "how wrong beliefs may be for it, or unlimited",                       \
      sb_expect_safe_radius)                                                                       \
    X("robust-bound", "", 0, "of the round in hand", sb_expect_robust_round)                       \
    X("robust-violation", "", 0, "the most that a belief breaks a rule by there",                  \
      sb_expect_robust_round)                                                                      \
    X("robust-round", "", 0, "its number", sb_expect_robust_round)                                 \
    X("robust-finished", "", 0, "yes or no", sb_expect_robust_round)                               \
    X("robust-optimum", "", 0, "at the end of the robust run", sb_expect_robust_round)             \
    X("sample-size", " LOSS EPSILON", 2,                                                           \
      "samples that suffice for the full surplus but for a loss, but for a probability",           \
      sb_expect_sample_size)                                                                       \
    X("simulated", " MECHANISM", 1,                                                                \
      "its mean share of the full surplus, at the point in hand of the simulation",                \
      sb_expect_simulated)

/* Their names, NULL-terminated (command_expect.c). */
extern const char *const sb_expect_words[];

#define SB_EXPECT_SENTENCE(name, which, words, about, run) name which ": " about ". "
/* All questions in sentences, for `help expect`. */
#define SB_EXPECT_SENTENCES SB_QUESTIONS(SB_EXPECT_SENTENCE)

/* ---- comparing, or telling ---- */

sb_status sb_expect_number(sb_call *call, const char *what, const fmpq *found, const char *proof);
/* words NULL: any word. */
sb_status sb_expect_word(sb_call *call, const char *what, const char *const *words,
                         const char *found);
/* A whole number, and a double, which is floating. */
sb_status sb_expect_count(sb_call *call, const char *what, size_t found);
sb_status sb_expect_double(sb_call *call, const char *what, double found);
/* There is no number, as no program has an optimum. */
sb_status sb_expect_not_optimal(sb_call *call, const char *what, sb_lp_status status);
/* The part of the results that answers is missing. */
sb_status sb_expect_missing(sb_call *call, const sb_results *results);

/* ---- which: words 1, 2 and so on ---- */

/* Brings an agent's name, of whatever many words, into argument 1, where `behind` words and the
 * answer follow it. */
sb_status sb_expect_agent(sb_call *call, size_t behind, size_t *agent);
/* The same, and the agent's type in the first of those words. */
sb_status sb_expect_type(sb_call *call, size_t behind, size_t *agent, size_t *type);

/* ---- the questions ---- */

sb_status sb_expect_of_solution(sb_call *call);
sb_status sb_expect_full_surplus(sb_call *call);
sb_status sb_expect_baseline(sb_call *call);
sb_status sb_expect_auction(sb_call *call);
sb_status sb_expect_smallest(sb_call *call);
sb_status sb_expect_probability(sb_call *call);
sb_status sb_expect_marginal(sb_call *call);
sb_status sb_expect_belief(sb_call *call);
sb_status sb_expect_value(sb_call *call);
sb_status sb_expect_payment(sb_call *call);
sb_status sb_expect_allocation(sb_call *call);
sb_status sb_expect_rent(sb_call *call);
sb_status sb_expect_rank(sb_call *call);
sb_status sb_expect_distinct(sb_call *call);
sb_status sb_expect_singular_value(sb_call *call);
sb_status sb_expect_separation(sb_call *call);
sb_status sb_expect_fse(sb_call *call);
sb_status sb_expect_envelope(sb_call *call);
sb_status sb_expect_incentive(sb_call *call);
sb_status sb_expect_misbelief(sb_call *call);
sb_status sb_expect_reply(sb_call *call);
sb_status sb_expect_safe_radius(sb_call *call);
sb_status sb_expect_robust_round(sb_call *call);
sb_status sb_expect_sample_size(sb_call *call);
sb_status sb_expect_simulated(sb_call *call);

#endif
