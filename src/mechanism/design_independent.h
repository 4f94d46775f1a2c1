/* Where every agent's types are independent the best mechanism is known without a program.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Crémer and McLean: under interim rules with free payments, where the beliefs of every agent's
 * types are linearly independent and all may stay away, the outcome is at every profile the best
 * for the objective when agents pay all that they gain, and for each report r of an agent the side
 * bets x(r, .) solve
 *
 *     sum over psi_-i of w(t, psi_-i) x(r, psi_-i) = sum of w(t, psi_-i) [u(t, o(r, psi_-i)) -
 * outside(t)]
 *
 * for all types t: truthful or not, a type gets what it would have outside. (What a type may not
 * report, or without incentive rules a lie, has side 0.) This is the vertex that the program in
 * interim payments has at its starting basis (design_interim.h), so that one need not be told from
 * the other. Its multipliers are known too: nothing for incentives, the objective's weight of
 * payments for participation.
 */
#ifndef SB_MECHANISM_DESIGN_INDEPENDENT_H
#define SB_MECHANISM_DESIGN_INDEPENDENT_H

#include "sidebet/design.h"

/* What an edit leaves: one row of an agent's weights is solved again alone. */
typedef struct sb_independent sb_independent;
sb_independent *sb_independent_new(void);
void sb_independent_free(sb_independent *memory); /* NULL allowed */

/* Whether the rules are such and no agent has more types than the others have profiles. */
bool sb_independent_applies(const sb_environment *environment, const sb_rules *rules);

/* The best mechanism, and what the objective is then. *mechanism NULL: the types of some agent are
 * dependent (or numbers are too long), and the program is to be solved. */
sb_status sb_independent_solve(const sb_environment *environment, const sb_rules *rules,
                               sb_independent *memory, sb_mechanism **mechanism, fmpq_t objective,
                               sb_error *error);
/* The objective alone; *known false: as above. */
sb_status sb_independent_value(const sb_environment *environment, const sb_rules *rules,
                               sb_independent *memory, bool *known, fmpq_t objective,
                               sb_error *error);

/* sb_independent_solve with all that is reported of it, once the checker has seen every rule.
 * *known false, and nothing filled in: the program is to be solved (design_independent_report.c).
 */
sb_status sb_independent_report(const sb_environment *environment, sb_independent *memory,
                                sb_solution *solution, bool *known, sb_error *error);

/* What the objective gains at a profile by the outcome chosen there, as of the last of these: the
 * multiplier of its probability row is this times the profile's probability. */
const fmpq *sb_independent_gain(const sb_independent *memory, size_t profile);
/* What the objective counts of payments: the multiplier of participation. */
const fmpq *sb_independent_payment_weight(const sb_independent *memory);

#endif
