/* One side of a direction: does the optimum jump, and how steep is it then?
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A basis that is optimal at 0 and at a small step, or at two tiny steps a thousandfold apart, is
 * taken for the one that is optimal in between and all the way to 0. Where its matrix stays regular
 * at 0, it is optimal there too, so that nothing jumps, and with its mechanism x and its duals y
 * the slope is that of the Lagrangian c x - y (A x - b), which is linear in t. Where its matrix is
 * singular at 0, payments have no limit and the optimum may jump: the optimum is computed exactly
 * at two steps far smaller still, and its limit and slope are the simplest fractions near both.
 */
#include "analysis/sensitivity_parts.h"
#include "base/memory.h"

enum {
    STEP_BITS = 10,    /* a thousandfold */
    START_SHRINKS = 2, /* the same where the basis at 0 is tried */
    MOST_SHRINKS = 6,  /* how often a step at which the basis changes is made smaller */
};

/* Bits of the steps from which a limit is read, more where they do not suffice. */
static const ulong limit_bits[] = {96, 384, 1536};
enum { LIMIT_TRIES = sizeof limit_bits / sizeof limit_bits[0] };

/* t = sign * 2^-exponent, the largest at most a thousandth of the room. False: there is no room. */
static bool find_step(const sb_sensitivity_work *work, int sign, ulong *exponent)
{
    fmpq_t room;
    fmpq_t limit;
    fmpq_init(room);
    fmpq_init(limit);
    bool bounded = false;
    for (size_t cell = 0; cell < sb_environment_profile_count(work->environment); cell++) {
        if (fmpq_sgn(work->direction + cell) * sign < 0) {
            fmpq_div(limit, work->environment->weights + cell, work->direction + cell);
            fmpq_abs(limit, limit);
            if (!bounded || fmpq_cmp(limit, room) < 0) {
                fmpq_set(room, limit);
            }
            bounded = true;
        }
    }
    bool possible = bounded && fmpq_sgn(room) > 0;
    *exponent = 0;
    if (possible) {
        fmpq_inv(room, room);
        fmpz_t ceiling;
        fmpz_init(ceiling);
        fmpz_cdiv_q(ceiling, fmpq_numref(room), fmpq_denref(room));
        *exponent = STEP_BITS + fmpz_bits(ceiling);
        fmpz_clear(ceiling);
    }
    fmpq_clear(room);
    fmpq_clear(limit);
    return possible;
}

static void set_step(fmpq_t t, int sign, ulong exponent)
{
    fmpq_set_si(t, sign, 1);
    fmpq_div_2exp(t, t, exponent);
}

static sb_status is_optimal_at(sb_sensitivity_work *work, const sb_known_basis *basis,
                               const fmpq_t t, bool *optimal, fmpq_t optimum, sb_error *error)
{
    sb_sensitivity_point *point = NULL;
    sb_status status = sb_sensitivity_point_new(work, t, &point, error);
    if (status == SB_OK) {
        status = sb_sensitivity_is_optimal(point, basis, &work->patience, optimal, optimum, NULL,
                                           NULL, error);
    }
    sb_sensitivity_point_free(point);
    return status;
}

/* Is the basis optimal at this step and at a thousandth of it? */
static sb_status confirm(sb_sensitivity_work *work, const sb_known_basis *basis, int sign,
                         ulong exponent, bool *confirmed, sb_error *error)
{
    fmpq_t t;
    fmpq_t optimum;
    fmpq_init(t);
    fmpq_init(optimum);
    sb_status status = SB_OK;
    *confirmed = basis->statuses != NULL;
    for (ulong k = 0; status == SB_OK && *confirmed && k < 2; k++) {
        set_step(t, sign, exponent + k * STEP_BITS);
        status = is_optimal_at(work, basis, t, confirmed, optimum, error);
    }
    fmpq_clear(t);
    fmpq_clear(optimum);
    return status;
}

static sb_status reach(sb_sensitivity_work *work, sb_known_basis *basis, int sign, ulong exponent,
                       bool floating, bool *optimal, sb_error *error)
{
    fmpq_t t;
    fmpq_init(t);
    set_step(t, sign, exponent);
    sb_sensitivity_point *point = NULL;
    sb_status status = sb_sensitivity_point_new(work, t, &point, error);
    if (status == SB_OK) {
        status = floating ? sb_sensitivity_solve(point, basis, &work->patience, optimal, error)
                          : sb_sensitivity_pivot(point, basis, &work->patience, optimal, error);
    }
    sb_sensitivity_point_free(point);
    fmpq_clear(t);
    return status;
}

/* Find the basis that is optimal near 0 on this side, where it is not the one at 0. */
static sb_status find_basis(sb_sensitivity_work *work, int sign, ulong exponent,
                            sb_known_basis *basis, bool *confirmed, sb_error *error)
{
    sb_status status = confirm(work, &work->latest, sign, exponent + STEP_BITS, confirmed, error);
    if (status == SB_OK) {
        status = sb_known_basis_copy(
            basis, work->latest.statuses != NULL ? &work->latest : &work->basis, error);
    }
    bool optimal = false;
    if (status == SB_OK && !*confirmed) {
        status = reach(work, basis, sign, exponent, true, &optimal, error);
    }
    for (int k = 0; status == SB_OK && optimal && !*confirmed && k < MOST_SHRINKS; k++) {
        exponent += STEP_BITS;
        status = confirm(work, basis, sign, exponent, confirmed, error);
        if (status == SB_OK && !*confirmed) {
            status = reach(work, basis, sign, exponent, false, &optimal, error);
        }
    }
    return status;
}

/* ---- where the basis is optimal at 0 as well ---- */

/* Slope of the Lagrangian, which is the optimum at 0. */
static void slope_of(const sb_sensitivity_work *work, const sb_sensitivity_point *point,
                     const fmpq_t t, const fmpq *columns, const fmpq *duals, fmpq_t slope)
{
    sb_sensitivity_lagrangian(slope, point, columns, duals);
    fmpq_sub(slope, slope, work->optimum);
    fmpq_div(slope, slope, t);
}

/* Is the basis at 0 optimal on this side too? Then the slope. */
static sb_status try_start(sb_sensitivity_work *work, int sign, ulong exponent, bool *optimal,
                           fmpq_t slope, sb_error *error)
{
    fmpq_t t;
    fmpq_t optimum;
    fmpq_init(t);
    fmpq_init(optimum);
    set_step(t, sign, exponent);
    sb_sensitivity_point *point = NULL;
    sb_status status = sb_sensitivity_point_new(work, t, &point, error);
    if (status == SB_OK) {
        status = sb_sensitivity_is_optimal(point, &work->basis, &work->patience, optimal, optimum,
                                           NULL, NULL, error);
    }
    if (status == SB_OK && *optimal) {
        slope_of(work, point, t, work->columns, work->duals, slope);
    }
    sb_sensitivity_point_free(point);
    fmpq_clear(t);
    fmpq_clear(optimum);
    return status;
}

/* The same of another basis: *regular where it is optimal at 0. */
static sb_status slope_of_basis(sb_sensitivity_work *work, const sb_known_basis *basis, int sign,
                                ulong exponent, bool *regular, fmpq_t slope, sb_error *error)
{
    fmpq_t t;
    fmpq_t optimum;
    fmpq_init(t);
    fmpq_init(optimum);
    sb_sensitivity_point *here = NULL;
    sb_sensitivity_point *there = NULL;
    *regular = false;
    fmpq *columns = sb_rationals_new(basis->columns);
    fmpq *duals = sb_rationals_new(basis->rows);
    sb_status status = columns == NULL || duals == NULL
                           ? sb_out_of_memory(error)
                           : sb_sensitivity_point_new(work, t, &here, error);
    if (status == SB_OK) {
        status = sb_sensitivity_is_optimal(here, basis, &work->patience, regular, optimum, columns,
                                           duals, error);
    }
    if (status == SB_OK && *regular) {
        set_step(t, sign, exponent);
        status = sb_sensitivity_point_new(work, t, &there, error);
    }
    if (status == SB_OK && *regular) {
        slope_of(work, there, t, columns, duals, slope);
    }
    sb_sensitivity_point_free(here);
    sb_sensitivity_point_free(there);
    sb_rationals_free(columns, basis->columns);
    sb_rationals_free(duals, basis->rows);
    fmpq_clear(t);
    fmpq_clear(optimum);
    return status;
}

/* ---- where it is not: limits ---- */

/* The simplest fraction within 2^-bits. */
static void simplest_near(fmpq_t simplest, const fmpq_t value, ulong bits)
{
    fmpq_t low;
    fmpq_t high;
    fmpq_t radius;
    fmpq_init(low);
    fmpq_init(high);
    fmpq_init(radius);
    fmpq_one(radius);
    fmpq_div_2exp(radius, radius, bits);
    fmpq_sub(low, value, radius);
    fmpq_add(high, value, radius);
    fmpq_simplest_between(simplest, low, high);
    fmpq_clear(low);
    fmpq_clear(high);
    fmpq_clear(radius);
}

/* Of the optimum at t, which differs from the limit by about t, the limit and the slope. */
static void read_limit(fmpq_t limit, fmpq_t slope, const fmpq_t optimum, const fmpq_t t, ulong bits)
{
    simplest_near(limit, optimum, bits / 2);
    fmpq_sub(slope, optimum, limit);
    fmpq_div(slope, slope, t);
    simplest_near(slope, slope, bits / 2);
}

static sb_status find_limit(sb_sensitivity_work *work, const sb_known_basis *basis, int sign,
                            ulong exponent, bool *found, fmpq_t limit, fmpq_t slope,
                            sb_error *error)
{
    fmpq_t t;
    fmpq_t optimum;
    fmpq_t other_limit;
    fmpq_t other_slope;
    fmpq_init(t);
    fmpq_init(optimum);
    fmpq_init(other_limit);
    fmpq_init(other_slope);
    sb_status status = SB_OK;
    *found = false;
    for (size_t k = 0; status == SB_OK && !*found && k < LIMIT_TRIES; k++) {
        ulong bits = limit_bits[k];
        bool optimal = false;
        set_step(t, sign, exponent + bits);
        status = is_optimal_at(work, basis, t, &optimal, optimum, error);
        if (status != SB_OK || !optimal) {
            break;
        }
        read_limit(limit, slope, optimum, t, bits);
        bits += bits / 2;
        set_step(t, sign, exponent + bits);
        status = is_optimal_at(work, basis, t, &optimal, optimum, error);
        if (status != SB_OK || !optimal) {
            break;
        }
        read_limit(other_limit, other_slope, optimum, t, bits);
        *found = fmpq_equal(limit, other_limit) && fmpq_equal(slope, other_slope);
    }
    fmpq_clear(t);
    fmpq_clear(optimum);
    fmpq_clear(other_limit);
    fmpq_clear(other_slope);
    return status;
}

/* ---- the whole ---- */

static sb_status judge_basis(sb_sensitivity_work *work, const sb_known_basis *basis, int sign,
                             ulong exponent, sb_sensitivity_side *side, sb_error *error)
{
    bool regular = false;
    sb_status status =
        slope_of_basis(work, basis, sign, exponent, &regular, &side->derivative, error);
    if (status != SB_OK || regular) {
        return status;
    }
    fmpq_t limit;
    fmpq_init(limit);
    status =
        find_limit(work, basis, sign, exponent, &side->confirmed, limit, &side->derivative, error);
    if (status == SB_OK && side->confirmed) {
        fmpq_sub(&side->jump_size, limit, work->optimum);
        side->jump = !fmpq_is_zero(&side->jump_size);
    }
    fmpq_clear(limit);
    return status;
}

sb_status sb_sensitivity_find_side(sb_sensitivity_work *work, int sign, sb_sensitivity_side *side,
                                   sb_error *error)
{
    ulong exponent = 0;
    side->exists = find_step(work, sign, &exponent);
    if (!side->exists) {
        return SB_OK;
    }
    /* The longer step has the shorter numbers. Where it was too long once, it is not tried again.
     */
    sb_status status = SB_OK;
    for (ulong shrinks = work->shrinks; status == SB_OK && !side->confirmed; shrinks++) {
        if (shrinks > START_SHRINKS) {
            break;
        }
        status = try_start(work, sign, exponent + shrinks * STEP_BITS, &side->confirmed,
                           &side->derivative, error);
        work->shrinks = side->confirmed ? shrinks : START_SHRINKS;
    }
    if (status != SB_OK || side->confirmed) {
        return status;
    }
    sb_known_basis basis = {0};
    status = find_basis(work, sign, exponent, &basis, &side->confirmed, error);
    if (status == SB_OK && side->confirmed) {
        status = judge_basis(work, &basis, sign, exponent, side, error);
    }
    if (status == SB_OK && side->confirmed) {
        sb_known_basis_clear(&work->latest);
        work->latest = basis;
        basis = (sb_known_basis){0};
    }
    sb_known_basis_clear(&basis);
    return status;
}
