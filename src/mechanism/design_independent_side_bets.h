/* The side bets of one agent whose types are independent.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MECHANISM_DESIGN_INDEPENDENT_SIDE_BETS_H
#define SB_MECHANISM_DESIGN_INDEPENDENT_SIDE_BETS_H

#include "lp/integer_system.h"
#include "sidebet/environment.h"
#include "sidebet/mechanism.h"

typedef struct sb_side_bets {
    size_t agent, types, others, outcomes;
    size_t *profiles; /* type by others */
    bool settled;     /* there is a solution, of all that is below */
    int incentives;   /* its rule */
    bool sets;        /* it has reporting sets */
    fmpq *weights;    /* type by others */
    fmpz *rows;       /* the same, of each type times the least number that makes them integers */
    fmpz *row_sums;
    bool *changed;           /* rows, since the last solution */
    bool known, independent; /* whether the rows are: modulo a prime, hence altogether */
    fmpq *utilities;         /* type by outcome, then what is outside, type by type */
    fmpz *values;            /* the same times value_scale */
    fmpz_t value_scale;
    size_t *pivots;    /* as many of the others' profiles: where payments are made */
    size_t *side_of;   /* per report: reports at which outcomes are the same have one side */
    size_t *report_of; /* per side */
    size_t side_count;
    fmpz *sides;      /* side by type */
    fmpz *numerators; /* of the payments: side by pivot */
    fmpz_t determinant;
    sb_integer_system *system;
} sb_side_bets;

sb_status sb_side_bets_init(sb_side_bets *bets, const sb_environment *environment, size_t agent,
                            sb_error *error);
void sb_side_bets_clear(sb_side_bets *bets); /* zeroed: allowed */

/* Copy a number; whether it was another. */
bool sb_side_bets_take(fmpq *to, const fmpq *from);
/* Take the weights over; false: the types are not independent. True is proved where it is asked to
 * be sure; else a square system may still turn out to be singular. */
bool sb_side_bets_take_weights(sb_side_bets *bets, const sb_environment *environment, bool surely);
/* Take over what the agent's outcomes are worth; whether that has changed. */
bool sb_side_bets_take_values(sb_side_bets *bets, const sb_environment *environment,
                              int incentives);
/* outcomes: chosen, per profile; where they or the values have changed, bets->settled is false.
 * *solved false: dependent. */
sb_status sb_side_bets_solve(sb_side_bets *bets, const sb_environment *environment,
                             const size_t *outcomes, bool *solved, sb_error *error);
/* The agent's payments in lowest terms. */
void sb_side_bets_pay(const sb_side_bets *bets, sb_mechanism *mechanism);

#endif
