/* The bet of one type that tells it from the others with the smallest spread.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With y = (z - centre) / M and tau = 1 / M, the rows of the bet of type t are
 *
 *     y . (pi_s - pi_t) - (v(s) - v(t)) tau - 2 delta [s needs a margin] >= 0,   |y| <= 1,
 *
 * one for each type s that may report t, linear in y, tau and delta together. The loss is one row
 * more, loss tau - 2 delta + free >= 0, whose last column is held at 0 while delta is looked for.
 * Where no type that may report t is worth more than t, the bet is the price v(t): no spread at
 * all, which no finite tau stands for.
 */
#include <stdlib.h>

#include "analysis/sufficient_correlation.h"
#include "base/memory.h"

struct sb_scaled_bet {
    const sb_environment *environment;
    const sb_beliefs *beliefs;
    size_t type;
    bool constant; /* the price v(t) will do */
    sb_lp *program;
    sb_lp_solver *solver;
    size_t tau, delta, free; /* columns; y is 0 .. signal_count - 1 */
};

static const fmpq *value_of(const sb_scaled_bet *bet, size_t type)
{
    return bet->environment->agents[0].values + type;
}

/* Is there another type that may report this one? */
static bool is_tempted(const sb_scaled_bet *bet, size_t s)
{
    return s != bet->type && bet->beliefs->has_belief[s] &&
           sb_environment_may_report(bet->environment, 0, s, bet->type);
}

static bool is_worth_most(const sb_scaled_bet *bet)
{
    for (size_t s = 0; s < bet->beliefs->type_count; s++) {
        if (is_tempted(bet, s) && fmpq_cmp(value_of(bet, s), value_of(bet, bet->type)) > 0) {
            return false;
        }
    }
    return true;
}

/* ---- the program ---- */

typedef struct bet_rows {
    sb_scaled_bet *bet;
    const bool *margin;
    const fmpq *loss;
    size_t *columns;
    fmpq *coefficients;
    fmpq_t zero, one, two;
    sb_error *error;
} bet_rows;

static sb_status add_columns(bet_rows *rows)
{
    sb_scaled_bet *bet = rows->bet;
    fmpq_t low;
    fmpq_init(low);
    fmpq_neg(low, rows->one);
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < bet->beliefs->others_count; k++) {
        status = sb_lp_add_column(bet->program, NULL, low, rows->one, NULL, NULL, rows->error);
    }
    if (status == SB_OK) {
        status =
            sb_lp_add_column(bet->program, NULL, rows->zero, NULL, NULL, &bet->tau, rows->error);
    }
    if (status == SB_OK) {
        status = sb_lp_add_column(bet->program, NULL, rows->zero, rows->two, NULL, &bet->delta,
                                  rows->error);
    }
    if (status == SB_OK) {
        status = sb_lp_add_column(bet->program, NULL, rows->zero, rows->zero, NULL, &bet->free,
                                  rows->error);
    }
    fmpq_clear(low);
    return status;
}

static sb_status add_type_row(bet_rows *rows, size_t s)
{
    const sb_scaled_bet *bet = rows->bet;
    const fmpq *own = sb_belief_of(bet->beliefs, bet->type);
    const fmpq *other = sb_belief_of(bet->beliefs, s);
    size_t count = bet->beliefs->others_count;
    for (size_t k = 0; k < count; k++) {
        rows->columns[k] = k;
        fmpq_sub(rows->coefficients + k, other + k, own + k);
    }
    rows->columns[count] = bet->tau;
    fmpq_sub(rows->coefficients + count, value_of(bet, bet->type), value_of(bet, s));
    rows->columns[count + 1] = bet->delta;
    fmpq_set_si(rows->coefficients + count + 1, rows->margin[s] ? -2 : 0, 1);
    return sb_lp_add_row(bet->program, NULL, rows->zero, NULL, count + 2, rows->columns,
                         rows->coefficients, NULL, rows->error);
}

static sb_status add_loss_row(bet_rows *rows)
{
    const sb_scaled_bet *bet = rows->bet;
    size_t columns[] = {bet->tau, bet->delta, bet->free};
    fmpq_set(rows->coefficients, rows->loss);
    fmpq_set_si(rows->coefficients + 1, -2, 1);
    fmpq_one(rows->coefficients + 2);
    return sb_lp_add_row(bet->program, NULL, rows->zero, NULL, 3, columns, rows->coefficients, NULL,
                         rows->error);
}

static sb_status add_all(bet_rows *rows)
{
    const sb_scaled_bet *bet = rows->bet;
    if (rows->columns == NULL || rows->coefficients == NULL) {
        return sb_out_of_memory(rows->error);
    }
    sb_status status = add_columns(rows);
    for (size_t s = 0; status == SB_OK && s < bet->beliefs->type_count; s++) {
        if (is_tempted(bet, s)) {
            status = add_type_row(rows, s);
        }
    }
    return status == SB_OK ? add_loss_row(rows) : status;
}

static sb_status build_program(sb_scaled_bet *bet, const bool *margin, const fmpq_t loss,
                               sb_error *error)
{
    size_t room = bet->beliefs->others_count + 3;
    bet_rows rows = {.bet = bet,
                     .margin = margin,
                     .loss = loss,
                     .columns = sb_allocate(room, sizeof(size_t)),
                     .coefficients = sb_rationals_new(room),
                     .error = error};
    fmpq_init(rows.zero);
    fmpq_init(rows.one);
    fmpq_init(rows.two);
    fmpq_one(rows.one);
    fmpq_set_si(rows.two, 2, 1);
    sb_status status = add_all(&rows);
    free(rows.columns);
    sb_rationals_free(rows.coefficients, room);
    fmpq_clear(rows.zero);
    fmpq_clear(rows.one);
    fmpq_clear(rows.two);
    return status;
}

sb_status sb_scaled_bet_new(const sb_environment *environment, const sb_beliefs *beliefs,
                            size_t type, const bool *margin, const fmpq_t loss, sb_scaled_bet **bet,
                            sb_error *error)
{
    sb_scaled_bet *made = sb_allocate(1, sizeof *made);
    *bet = NULL;
    if (made == NULL) {
        return sb_out_of_memory(error);
    }
    made->environment = environment;
    made->beliefs = beliefs;
    made->type = type;
    made->constant = is_worth_most(made);
    sb_status status = SB_OK;
    if (!made->constant) {
        made->program = sb_lp_new(SB_MAXIMISE);
        made->solver = sb_lp_solver_new();
        status = made->program == NULL || made->solver == NULL
                     ? sb_out_of_memory(error)
                     : build_program(made, margin, loss, error);
    }
    if (status != SB_OK) {
        sb_scaled_bet_free(made);
        return status;
    }
    *bet = made;
    return SB_OK;
}

void sb_scaled_bet_free(sb_scaled_bet *bet)
{
    if (bet != NULL) {
        sb_lp_free(bet->program);
        sb_lp_solver_free(bet->solver);
        free(bet);
    }
}

/* ---- its answers ---- */

static sb_status solve(sb_scaled_bet *bet, const sb_lp_options *options, sb_lp_result *result,
                       sb_proof *proof, sb_error *error)
{
    sb_status status = sb_lp_solve(bet->program, bet->solver, options, result, error);
    if (status == SB_OK && result->status == SB_LP_FAILED) {
        return sb_error_set(error, SB_ERROR_LIMIT, "the program of a side bet had no answer: %s",
                            result->reason);
    }
    if (status == SB_OK && result->proof > *proof) {
        *proof = result->proof;
    }
    return status;
}

/* Maximise one of tau and delta. delta NULL: free up to 2, under the loss. */
static sb_status set_question(sb_scaled_bet *bet, const fmpq *delta, sb_error *error)
{
    fmpq_t zero, one, two;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_init(two);
    fmpq_one(one);
    fmpq_set_si(two, 2, 1);
    bool fixed = delta != NULL;
    sb_lp_set_cost(bet->program, bet->tau, fixed ? one : zero);
    sb_lp_set_cost(bet->program, bet->delta, fixed ? zero : one);
    sb_status status = sb_lp_set_column_bounds(bet->program, bet->delta, fixed ? delta : zero,
                                               fixed ? delta : two, error);
    if (status == SB_OK) {
        status = sb_lp_set_column_bounds(bet->program, bet->free, zero, fixed ? NULL : zero, error);
    }
    fmpq_clear(zero);
    fmpq_clear(one);
    fmpq_clear(two);
    return status;
}

sb_status sb_scaled_bet_largest_radius(sb_scaled_bet *bet, const sb_lp_options *options,
                                       fmpq_t radius, sb_proof *proof, sb_error *error)
{
    if (bet->constant) {
        fmpq_set_si(radius, 2, 1);
        return SB_OK;
    }
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = set_question(bet, NULL, error);
    if (status == SB_OK) {
        status = solve(bet, options, &result, proof, error);
    }
    if (status == SB_OK) { /* feasible, by zeros, and bounded */
        fmpq_set(radius, &result.objective);
    }
    sb_lp_result_clear(&result);
    return status;
}

/* z = y M + centre with z . pi_t = v(t) */
static void unscale(const sb_scaled_bet *bet, const fmpq *scaled, const fmpq_t spread, fmpq *z)
{
    size_t count = bet->beliefs->others_count;
    fmpq_t centre;
    fmpq_init(centre);
    for (size_t k = 0; k < count; k++) {
        fmpq_mul(z + k, scaled + k, spread);
    }
    sb_rationals_dot(centre, z, sb_belief_of(bet->beliefs, bet->type), count);
    fmpq_sub(centre, value_of(bet, bet->type), centre);
    for (size_t k = 0; k < count; k++) {
        fmpq_add(z + k, z + k, centre);
    }
    fmpq_clear(centre);
}

sb_status sb_scaled_bet_smallest_spread(sb_scaled_bet *bet, const fmpq_t radius,
                                        const sb_lp_options *options, bool *possible, fmpq_t spread,
                                        fmpq *bet_payments, sb_proof *proof, sb_error *error)
{
    *possible = true;
    fmpq_zero(spread);
    if (bet->constant) {
        for (size_t k = 0; bet_payments != NULL && k < bet->beliefs->others_count; k++) {
            fmpq_set(bet_payments + k, value_of(bet, bet->type));
        }
        return SB_OK;
    }
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = set_question(bet, radius, error);
    if (status == SB_OK) {
        status = solve(bet, options, &result, proof, error);
    }
    if (status == SB_OK) {
        *possible = result.status == SB_LP_OPTIMAL && fmpq_sgn(&result.objective) > 0;
    }
    if (status == SB_OK && *possible) {
        fmpq_inv(spread, &result.objective);
        if (bet_payments != NULL) {
            unscale(bet, result.columns, spread, bet_payments);
        }
    }
    sb_lp_result_clear(&result);
    return status;
}
