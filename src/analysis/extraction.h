/* What the files behind full surplus extraction share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_EXTRACTION_H
#define SB_ANALYSIS_EXTRACTION_H

#include "analysis/efficiency.h"
#include "sidebet/full_extraction.h"

/* What one agent believes about the others. */
typedef struct sb_beliefs {
    size_t agent, type_count, others_count;
    bool *has_belief; /* one a type: positive probability */
    fmpq *
        conditional; /* pi(others | type) at [type * others_count + others]; zeros without belief */
} sb_beliefs;
sb_status sb_beliefs_find(sb_beliefs *beliefs, const sb_environment *environment, size_t agent,
                          sb_error *error);
void sb_beliefs_clear(sb_beliefs *beliefs);
/* pi(.|type) */
const fmpq *sb_belief_of(const sb_beliefs *beliefs, size_t type);
/* Does any type expect the others to be so with positive probability? */
bool sb_beliefs_expect(const sb_beliefs *beliefs, size_t others);
/* Rank, smallest singular value and blocks of equal beliefs. */
sb_status sb_beliefs_describe(const sb_beliefs *beliefs, sb_agent_extraction *extraction,
                              sb_error *error);

/* Did a linear program decide a question? */
typedef enum sb_decision { SB_DECISION_NO, SB_DECISION_YES, SB_DECISION_OPEN } sb_decision;

/* Columns 0..others_count-1 hold a lottery z over the others shifted by a bound, and column
 * others_count the bound M, to be minimised: z = y - M, 0 <= y <= 2M, so that |z| <= M. */
sb_lp *sb_lottery_program_new(size_t others_count, sb_error *error);
/* The expected value of the lottery under a belief, which is y . belief - M, between two numbers
 * (NULL: unbounded), less extra columns with their coefficients. */
sb_status sb_lottery_program_add(sb_lp *program, const fmpq *belief, size_t others_count,
                                 const fmpq *lower, const fmpq *upper, size_t extra_count,
                                 const size_t *extra_columns, const fmpq *extra_coefficients,
                                 sb_error *error);
/* Add y <= 2M, solve, and read z (NULL unless the answer is yes; 0 where no type ever expects the
 * others to be); result for witnesses. */
sb_status sb_lottery_program_solve(sb_lp *program, const sb_beliefs *beliefs,
                                   const sb_lp_options *options, sb_decision *decision,
                                   fmpq **lottery, sb_lp_result *result, sb_error *error);

/* The side bet of one type, or the witness that there is none. */
sb_status sb_side_bet_find(sb_side_bet *bet, sb_decision *decision,
                           const sb_environment *environment, const sb_beliefs *beliefs,
                           const sb_efficiency *efficiency, size_t type,
                           const sb_lp_options *options, sb_error *error);

/* A participation fee c on top of the pivot mechanism that takes all interim rents. */
sb_status sb_pivot_fee_find(fmpq **fee, sb_decision *decision, const sb_environment *environment,
                            const sb_beliefs *beliefs, const sb_lp_options *options,
                            sb_error *error);

/* Single item: what it is worth without the agent, by others: the largest of the others' values and
 * the reserve. */
void sb_item_alternatives(fmpq *alternatives, const sb_environment *environment,
                          const sb_beliefs *beliefs);

/* Single item: prices x(others) for those who get the item and y(others) for those who do not that
 * leave this agent no rent under ex-post IC, any type free to report any. Necessary for several
 * agents, and exact for one. prices (may be NULL): x, with the smallest largest |x|. */
sb_status sb_posted_prices_find(fmpq **prices, sb_decision *decision,
                                const sb_environment *environment, const sb_beliefs *beliefs,
                                const sb_lp_options *options, sb_error *error);

/* The same where reporting sets say what a type may report: payments x_t(others), one schedule a
 * report. schedules (may be NULL): at [type * others_count + others], with the smallest largest
 * |x|. */
sb_status sb_payment_schedules_find(fmpq **schedules, sb_decision *decision,
                                    const sb_environment *environment, const sb_beliefs *beliefs,
                                    const sb_lp_options *options, sb_error *error);

#endif
