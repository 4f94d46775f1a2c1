/* Finding payments for one report of a program in rents, in rationals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MECHANISM_DESIGN_RENTS_PAYING_H
#define SB_MECHANISM_DESIGN_RENTS_PAYING_H

#include "mechanism/design_rents_parts.h"

typedef struct sb_rents_paying {
    sb_rents *rents;
    sb_rents_agent *own;
    size_t agent, report;
    const fmpq *worth; /* type by report, in weights, rents taken off */
    fmpq *payments;    /* z, one an independent type */
    fmpz *numerators;  /* of the payments over their least denominator */
    fmpz_t denominator, left, right;
    fmpq_t truth, value;
    sb_error *error;
} sb_rents_paying;

/* What the report is worth to a type, in weights, its rent taken off. */
const fmpq *sb_rents_worth_of(const sb_rents_paying *work, size_t type);
/* Whether a rule forbids the type to make the report: others need not be deterred. */
bool sb_rents_may_report(const sb_rents_paying *work, size_t type);
/* What a type expects to pay, times the common denominator and the type's scale: in work->left. */
void sb_rents_expect_payment(sb_rents_paying *work, size_t type);
/* work->numerators and ->denominator from ->payments. */
void sb_rents_clear_fractions(sb_rents_paying *work);

/* True where payments were found. bet: work->numerators is a side bet already. */
bool sb_rents_pay_extreme(sb_rents_paying *work, bool bet);
/* The program in rationals decides: payments at its duals, and parts at its columns. *extreme: it
 * has no solution; then work->numerators is a side bet. */
sb_status sb_rents_decide_report(sb_rents_paying *work, fmpq **parts, bool *extreme);

#endif
