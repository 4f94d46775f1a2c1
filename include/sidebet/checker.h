/* The independent checker: is this mechanism what it claims to be?
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every slack and the revenue are recomputed from the mechanism, the utilities and the prior alone.
 * It shares no row with the design program, so that a mistake there cannot hide here.
 */
#ifndef SIDEBET_CHECKER_H
#define SIDEBET_CHECKER_H

#include "sidebet/declarations.h"
#include "sidebet/design.h"

SB_DECLARATIONS_BEGIN

typedef struct sb_slack {
    sb_constraint constraint; /* incentive or participation */
    fmpq slack;               /* >= 0: satisfied; interim rules: times the type's probability */
} sb_slack;

typedef struct sb_check {
    bool accepted; /* every rule holds within the tolerance */
    size_t slack_count;
    sb_slack *slacks; /* all IC and IR rules of the environment's rules */
    fmpq revenue, welfare;
    fmpq objective;         /* what the environment's rules maximise */
    fmpq largest_violation; /* over slacks, probabilities (sums, signs) and payment rules */
    char complaint[256];    /* the worst violation in words; "" when accepted */
} sb_check;

void sb_check_init(sb_check *check);
void sb_check_clear(sb_check *check);

/* tolerance 0: exact. Shapes must fit the environment (usage error otherwise). */
sb_status sb_check_mechanism(const sb_environment *environment, const sb_mechanism *mechanism,
                             const fmpq_t tolerance, sb_check *check, sb_error *error);

SB_DECLARATIONS_END

#endif
