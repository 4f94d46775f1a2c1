/* What every type expects of every report, all at once.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sums of sb_mechanism_interim_utility with the fractions cleared first: the payments of one
 * report share a large denominator, which is taken out once and not at each addition.
 */
#ifndef SB_MECHANISM_INTERIM_UTILITIES_H
#define SB_MECHANISM_INTERIM_UTILITIES_H

#include "sidebet/mechanism.h"

/* sb_mechanism_interim_utility of every type (all of an agent's) and report, at
 * utilities[type * type_count + report]. False when memory runs out. */
bool sb_interim_utilities(fmpq *utilities, const sb_environment *environment,
                          const sb_mechanism *mechanism, size_t agent);
/* The same in weights: times their sum. */
bool sb_interim_utilities_in_weights(fmpq *utilities, const sb_environment *environment,
                                     const sb_mechanism *mechanism, size_t agent);

/* sum over psi_-i of w(type, psi_-i) x_i(type, psi_-i), in weights. */
void sb_interim_payment(fmpq_t payment, const sb_environment *environment,
                        const sb_mechanism *mechanism, size_t agent, size_t type);

/* sb_mechanism_objective where revenue and welfare are known. */
void sb_mechanism_objective_of(fmpq_t objective, const sb_environment *environment,
                               const sb_mechanism *mechanism, const fmpq_t revenue,
                               const fmpq_t welfare);

#endif
