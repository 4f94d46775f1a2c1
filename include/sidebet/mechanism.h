/* Direct mechanisms: who gets what, who pays what, at every profile of reports.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * p(o | psi) is the probability of outcome o, x_i(psi) the payment from agent i to the seller
 * (negative: paid to the agent). By the revelation principle nothing is lost by looking at these
 * alone.
 */
#ifndef SIDEBET_MECHANISM_H
#define SIDEBET_MECHANISM_H

#include "sidebet/declarations.h"
#include "sidebet/environment.h"

SB_DECLARATIONS_BEGIN

typedef struct sb_mechanism {
    size_t agent_count, outcome_count, profile_count;
    fmpq *allocation; /* p(o | psi) at [psi * outcome_count + o] */
    fmpq *payments;   /* x_i(psi) at [psi * agent_count + i] */
} sb_mechanism;

/* All zeros, in the shape of an environment; NULL when memory runs out. */
sb_mechanism *sb_mechanism_new(const sb_environment *environment);
sb_mechanism *sb_mechanism_copy(const sb_mechanism *mechanism);
void sb_mechanism_free(sb_mechanism *mechanism); /* NULL allowed */

/* max |x_i(psi)| over all agents and profiles, of positive probability or not. */
void sb_mechanism_max_payment(fmpq_t largest, const sb_mechanism *mechanism);

/* U_i(report; type, psi_-i) = sum_o p(o | report, psi_-i) u_i(type, o) - x_i(report, psi_-i). */
void sb_mechanism_utility(fmpq_t utility, const sb_environment *environment,
                          const sb_mechanism *mechanism, size_t agent, size_t type, size_t report,
                          size_t others);

/* sum over psi_-i of pi(type, psi_-i) U_i(report; type, psi_-i): the interim utility times the
 * type's probability, so that nothing is divided by a probability. */
void sb_mechanism_interim_utility(fmpq_t utility, const sb_environment *environment,
                                  const sb_mechanism *mechanism, size_t agent, size_t type,
                                  size_t report);

/* Sum over psi of pi(psi) [sum_i x_i(psi) + sum_o p(o|psi) u_0(o)], everybody truthful. */
void sb_mechanism_revenue(fmpq_t revenue, const sb_environment *environment,
                          const sb_mechanism *mechanism);
/* Sum over psi of pi(psi) sum_o p(o|psi) [sum_i u_i(theta_i, o) + u_0(o)]. */
void sb_mechanism_welfare(fmpq_t welfare, const sb_environment *environment,
                          const sb_mechanism *mechanism);
/* What the environment's rules maximise: revenue, welfare, ... (sb_objective_weights). */
void sb_mechanism_objective(fmpq_t objective, const sb_environment *environment,
                            const sb_mechanism *mechanism);

SB_DECLARATIONS_END

#endif
