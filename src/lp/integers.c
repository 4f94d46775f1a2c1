/* Scaling a linear program to integers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/integers.h"

#include <stdlib.h>

#include "base/memory.h"
#include "lp/integer_array.h"

bool sb_lp_bounds_fixed(const sb_lp_bounds *bounds)
{
    return bounds->has_lower && bounds->has_upper && fmpq_equal(&bounds->lower, &bounds->upper);
}

bool sb_lp_bounds_empty(const sb_lp_bounds *bounds)
{
    return bounds->has_lower && bounds->has_upper && fmpq_cmp(&bounds->lower, &bounds->upper) > 0;
}

/* The factor that turns numbers into coprime integers, gathered one number at a time. */
typedef struct coprime_scale {
    fmpz_t denominators; /* their least common multiple */
    fmpz_t numerators;   /* their greatest common divisor; 0 before the first nonzero number */
} coprime_scale;

static void coprime_init(coprime_scale *scale)
{
    fmpz_init_set_ui(scale->denominators, 1);
    fmpz_init(scale->numerators);
}

static void coprime_add(coprime_scale *scale, const fmpq *value)
{
    if (!fmpq_is_zero(value)) {
        fmpz_lcm(scale->denominators, scale->denominators, fmpq_denref(value));
        fmpz_gcd(scale->numerators, scale->numerators, fmpq_numref(value));
    }
}

static void coprime_get(fmpq *factor, const coprime_scale *scale)
{
    if (fmpz_is_zero(scale->numerators)) {
        fmpq_one(factor);
    } else {
        fmpq_set_fmpz_frac(factor, scale->denominators, scale->numerators);
    }
}

static void coprime_clear(coprime_scale *scale)
{
    fmpz_clear(scale->denominators);
    fmpz_clear(scale->numerators);
}

/* factor * value, known to be an integer. */
static void scaled_integer(fmpz *result, const fmpq *value, const fmpq *factor)
{
    fmpz_t rest;
    fmpz_init(rest);
    fmpz_divexact(rest, fmpq_numref(factor), fmpq_denref(value));
    fmpz_divexact(result, fmpq_numref(value), fmpq_denref(factor));
    fmpz_mul(result, result, rest);
    fmpz_clear(rest);
}

static void scale_bounds(sb_lp_bounds *scaled, const sb_lp_bounds *bounds, const fmpq *factor)
{
    scaled->has_lower = bounds->has_lower;
    scaled->has_upper = bounds->has_upper;
    fmpq_mul(&scaled->lower, &bounds->lower, factor);
    fmpq_mul(&scaled->upper, &bounds->upper, factor);
}

static void scale_cost(sb_lp_integers *integers, const sb_lp *lp)
{
    coprime_scale scale;
    coprime_init(&scale);
    for (size_t column = 0; column < lp->column_count; column++) {
        coprime_add(&scale, &lp->columns[column].cost);
    }
    coprime_get(&integers->cost_scale, &scale);
    coprime_clear(&scale);
    for (size_t column = 0; column < lp->column_count; column++) {
        fmpz *cost = &integers->cost[column];
        const fmpq *given = &lp->columns[column].cost;
        if (fmpq_is_zero(given)) {
            continue;
        }
        scaled_integer(cost, given, &integers->cost_scale);
        if (lp->direction == SB_MAXIMISE) {
            fmpz_neg(cost, cost);
        }
    }
    if (lp->direction == SB_MAXIMISE) {
        fmpq_neg(&integers->cost_scale, &integers->cost_scale);
    }
}

static void scale_rows(sb_lp_integers *integers, const sb_lp *lp)
{
    for (size_t row = 0; row < lp->row_count; row++) {
        coprime_scale scale;
        coprime_init(&scale);
        for (size_t k = lp->row_starts[row]; k < lp->row_starts[row + 1]; k++) {
            coprime_add(&scale, &lp->entries[k]);
        }
        coprime_get(&integers->row_scales[row], &scale);
        coprime_clear(&scale);
        scale_bounds(&integers->bounds[lp->column_count + row], &lp->rows[row].bounds,
                     &integers->row_scales[row]);
    }
}

/* Turn the rows into columns: count, then place. */
static void transpose(sb_lp_integers *integers, const sb_lp *lp)
{
    size_t *starts = integers->starts;
    for (size_t k = 0; k < integers->entry_count; k++) {
        starts[lp->entry_columns[k] + 1]++;
    }
    for (size_t column = 0; column < lp->column_count; column++) {
        starts[column + 1] += starts[column];
    }
    bool small = true;
    for (size_t row = 0; row < lp->row_count; row++) {
        for (size_t k = lp->row_starts[row]; k < lp->row_starts[row + 1]; k++) {
            size_t at = starts[lp->entry_columns[k]]++;
            integers->entry_rows[at] = row;
            scaled_integer(&integers->entries[at], &lp->entries[k], &integers->row_scales[row]);
            if (fmpz_fits_si(&integers->entries[at])) {
                integers->small_entries[at] = fmpz_get_si(&integers->entries[at]);
            } else {
                small = false;
            }
        }
    }
    for (size_t column = lp->column_count; column > 0; column--) {
        starts[column] = starts[column - 1];
    }
    starts[0] = 0;
    if (!small) {
        free(integers->small_entries);
        integers->small_entries = NULL;
    }
}

sb_status sb_lp_integers_init(sb_lp_integers *integers, const sb_lp *lp, sb_error *error)
{
    size_t variables = lp->column_count + lp->row_count;
    *integers = (sb_lp_integers){
        .rows = lp->row_count, .columns = lp->column_count, .entry_count = sb_lp_nonzero_count(lp)};
    fmpq_init(&integers->cost_scale);
    /* One word more than a column needs: starts[] serves as a cursor while placing. */
    integers->starts = sb_allocate(lp->column_count + 2, sizeof *integers->starts);
    integers->entry_rows = sb_allocate(integers->entry_count, sizeof *integers->entry_rows);
    integers->entries = sb_integer_array_new(integers->entry_count);
    integers->small_entries = sb_allocate(integers->entry_count, sizeof *integers->small_entries);
    integers->cost = sb_integer_array_new(lp->column_count);
    integers->bounds = sb_allocate(variables, sizeof *integers->bounds);
    integers->row_scales = sb_rationals_new(lp->row_count);
    if (integers->bounds != NULL) {
        for (size_t variable = 0; variable < variables; variable++) {
            fmpq_init(&integers->bounds[variable].lower);
            fmpq_init(&integers->bounds[variable].upper);
        }
    }
    if (integers->starts == NULL || integers->entry_rows == NULL || integers->entries == NULL ||
        integers->small_entries == NULL || integers->cost == NULL || integers->bounds == NULL ||
        integers->row_scales == NULL) {
        sb_lp_integers_clear(integers);
        return sb_out_of_memory(error);
    }
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    for (size_t column = 0; column < lp->column_count; column++) {
        scale_bounds(&integers->bounds[column], &lp->columns[column].bounds, one);
    }
    fmpq_clear(one);
    scale_cost(integers, lp);
    scale_rows(integers, lp);
    transpose(integers, lp);
    return SB_OK;
}

void sb_lp_integers_clear(sb_lp_integers *integers)
{
    sb_integer_array_free(integers->entries, integers->entry_count);
    sb_integer_array_free(integers->cost, integers->columns);
    if (integers->bounds != NULL) {
        for (size_t variable = 0; variable < integers->columns + integers->rows; variable++) {
            fmpq_clear(&integers->bounds[variable].lower);
            fmpq_clear(&integers->bounds[variable].upper);
        }
    }
    sb_rationals_free(integers->row_scales, integers->rows);
    free(integers->starts);
    free(integers->entry_rows);
    free(integers->small_entries);
    free(integers->bounds);
    fmpq_clear(&integers->cost_scale);
    *integers = (sb_lp_integers){0};
}
