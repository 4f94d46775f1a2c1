/* What every type expects of every report, in integers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/interim_utilities.h"

#include <stdlib.h>

#include <flint/fmpz_mat.h>
#include <flint/fmpz_vec.h>

#include "base/memory.h"

/* Numbers as integers over one denominator, row by row. */
typedef struct cleared {
    fmpz_mat_t integers;
    fmpz_t denominator;
} cleared;

static void cleared_init(cleared *numbers, size_t rows, size_t columns)
{
    fmpz_mat_init(numbers->integers, (slong)rows, (slong)columns);
    fmpz_init_set_ui(numbers->denominator, 1);
}

static void cleared_clear(cleared *numbers)
{
    fmpz_mat_clear(numbers->integers);
    fmpz_clear(numbers->denominator);
}

static void note(cleared *numbers, const fmpq *number)
{
    if (!fmpz_is_one(fmpq_denref(number))) {
        fmpz_lcm(numbers->denominator, numbers->denominator, fmpq_denref(number));
    }
}

static void set(cleared *numbers, size_t row, size_t column, const fmpq *number)
{
    fmpz *entry = fmpz_mat_entry(numbers->integers, (slong)row, (slong)column);
    fmpz_divexact(entry, numbers->denominator, fmpq_denref(number));
    fmpz_mul(entry, entry, fmpq_numref(number));
}

/* Reports at which the mechanism does the same give every type the same: they are summed once. */
typedef struct summing {
    const sb_environment *environment;
    const sb_mechanism *mechanism;
    size_t agent, types, others_count, outcome_count;
    size_t *report_of, *column_of; /* of a different report; of any */
    size_t different;
    cleared weights, values;  /* type by others; type by outcome */
    fmpz_mat_t numbers, sums; /* others, and type, by different report */
    fmpz_mat_t from_outcomes; /* type by different report */
    fmpz *outcome_scales;     /* per different report */
    fmpz *payment_scales;
    bool in_weights; /* not a unit of all weight together */
} summing;

static size_t profile_of(const summing *work, size_t type, size_t others)
{
    return sb_environment_profile_of(work->environment, work->agent, type, others);
}

static const fmpq *payment_at(const summing *work, size_t report, size_t others)
{
    return work->mechanism->payments +
           profile_of(work, report, others) * work->mechanism->agent_count + work->agent;
}

static const fmpq *chances_at(const summing *work, size_t report, size_t others)
{
    return work->mechanism->allocation + profile_of(work, report, others) * work->outcome_count;
}

static bool does_the_same(const summing *work, size_t left, size_t right)
{
    bool same = true;
    for (size_t others = 0; same && others < work->others_count; others++) {
        const fmpq *one = chances_at(work, left, others), *other = chances_at(work, right, others);
        same = fmpq_equal(payment_at(work, left, others), payment_at(work, right, others));
        for (size_t o = 0; same && o < work->outcome_count; o++) {
            same = fmpq_equal(one + o, other + o);
        }
    }
    return same;
}

static void find_different_reports(summing *work)
{
    work->different = 0;
    for (size_t report = 0; report < work->types; report++) {
        size_t column = 0;
        while (column < work->different && !does_the_same(work, report, work->report_of[column])) {
            column++;
        }
        work->column_of[report] = column;
        if (column == work->different) {
            work->report_of[work->different++] = report;
        }
    }
}

/* The weights and utilities of all types. */
static void clear_types(summing *work)
{
    const fmpq *utilities = work->environment->agents[work->agent].utilities;
    size_t values = work->types * work->outcome_count, cells = work->types * work->others_count;
    for (size_t k = 0; k < values; k++) {
        note(&work->values, utilities + k);
    }
    for (size_t k = 0; k < values; k++) {
        set(&work->values, k / work->outcome_count, k % work->outcome_count, utilities + k);
    }
    for (int pass = 0; pass < 2; pass++) {
        for (size_t k = 0; k < cells; k++) {
            size_t type = k / work->others_count, others = k % work->others_count;
            const fmpq *weight = work->environment->weights + profile_of(work, type, others);
            if (pass == 0) {
                note(&work->weights, weight);
            } else {
                set(&work->weights, type, others, weight);
            }
        }
    }
}

/* number times a multiple of its denominator. */
static void clear_denominator(fmpz_t integer, const fmpq *number, const fmpz_t denominator)
{
    fmpz_divexact(integer, denominator, fmpq_denref(number));
    fmpz_mul(integer, integer, fmpq_numref(number));
}

static void lcm_of_denominators(fmpz_t denominator, const fmpq *number)
{
    if (!fmpz_divisible(denominator, fmpq_denref(number))) {
        fmpz_lcm(denominator, denominator, fmpq_denref(number));
    }
}

/* work->sums: the payments of each report, in weights, times its scale. */
static void sum_payments(summing *work)
{
    for (size_t column = 0; column < work->different; column++) {
        size_t report = work->report_of[column];
        fmpz *scale = work->payment_scales + column;
        fmpz_one(scale);
        for (size_t others = 0; others < work->others_count; others++) {
            lcm_of_denominators(scale, payment_at(work, report, others));
        }
        for (size_t others = 0; others < work->others_count; others++) {
            clear_denominator(fmpz_mat_entry(work->numbers, (slong)others, (slong)column),
                              payment_at(work, report, others), scale);
        }
    }
    fmpz_mat_mul(work->sums, work->weights.integers, work->numbers);
}

static void sum_outcome(summing *work, size_t outcome)
{
    for (size_t column = 0; column < work->different; column++) {
        for (size_t others = 0; others < work->others_count; others++) {
            clear_denominator(fmpz_mat_entry(work->numbers, (slong)others, (slong)column),
                              chances_at(work, work->report_of[column], others) + outcome,
                              work->outcome_scales + column);
        }
    }
    fmpz_mat_mul(work->sums, work->weights.integers, work->numbers);
    for (size_t type = 0; type < work->types; type++) {
        const fmpz *value = fmpz_mat_entry(work->values.integers, (slong)type, (slong)outcome);
        for (size_t column = 0; column < work->different; column++) {
            fmpz_addmul(fmpz_mat_entry(work->from_outcomes, (slong)type, (slong)column), value,
                        fmpz_mat_entry(work->sums, (slong)type, (slong)column));
        }
    }
}

static void sum_outcomes(summing *work)
{
    for (size_t column = 0; column < work->different; column++) {
        fmpz_one(work->outcome_scales + column);
        for (size_t others = 0; others < work->others_count; others++) {
            const fmpq *chances = chances_at(work, work->report_of[column], others);
            for (size_t o = 0; o < work->outcome_count; o++) {
                lcm_of_denominators(work->outcome_scales + column, chances + o);
            }
        }
    }
    for (size_t o = 0; o < work->outcome_count; o++) {
        sum_outcome(work, o);
    }
}

/* What outcomes are worth less what is paid, over one denominator. */
static void join(fmpq *utility, const summing *work, size_t type, size_t column)
{
    const fmpz *worth = fmpz_mat_entry(work->from_outcomes, (slong)type, (slong)column);
    const fmpz *paid = fmpz_mat_entry(work->sums, (slong)type, (slong)column);
    fmpz_t numerator, scale;
    fmpz_init(numerator);
    fmpz_init(scale);
    fmpz_mul(scale, work->outcome_scales + column, work->values.denominator);
    fmpz_mul(numerator, worth, work->payment_scales + column);
    fmpz_submul(numerator, paid, scale);
    if (fmpz_is_zero(numerator)) {
        fmpq_zero(utility);
    } else {
        fmpz_mul(scale, scale, work->payment_scales + column);
        fmpz_mul(scale, scale, work->weights.denominator);
        fmpq_set_fmpz_frac(utility, numerator, scale);
        if (!work->in_weights) {
            fmpq_div(utility, utility, &work->environment->weight_sum);
        }
    }
    fmpz_clear(numerator);
    fmpz_clear(scale);
}

static bool begin_summing(summing *work)
{
    cleared_init(&work->weights, work->types, work->others_count);
    cleared_init(&work->values, work->types, work->outcome_count);
    fmpz_mat_init(work->numbers, 0, 0);
    fmpz_mat_init(work->sums, 0, 0);
    fmpz_mat_init(work->from_outcomes, 0, 0);
    work->report_of = sb_allocate(work->types, sizeof *work->report_of);
    work->column_of = sb_allocate(work->types, sizeof *work->column_of);
    work->outcome_scales = _fmpz_vec_init((slong)work->types);
    work->payment_scales = _fmpz_vec_init((slong)work->types);
    if (work->report_of == NULL || work->column_of == NULL) {
        return false;
    }
    clear_types(work);
    find_different_reports(work);
    slong types = (slong)work->types, different = (slong)work->different;
    fmpz_mat_clear(work->numbers);
    fmpz_mat_clear(work->sums);
    fmpz_mat_clear(work->from_outcomes);
    fmpz_mat_init(work->numbers, (slong)work->others_count, different);
    fmpz_mat_init(work->sums, types, different);
    fmpz_mat_init(work->from_outcomes, types, different);
    return true;
}

static void end_summing(summing *work)
{
    cleared_clear(&work->weights);
    cleared_clear(&work->values);
    fmpz_mat_clear(work->numbers);
    fmpz_mat_clear(work->sums);
    fmpz_mat_clear(work->from_outcomes);
    free(work->report_of);
    free(work->column_of);
    _fmpz_vec_clear(work->outcome_scales, (slong)work->types);
    _fmpz_vec_clear(work->payment_scales, (slong)work->types);
}

static bool find_utilities(fmpq *utilities, const sb_environment *environment,
                           const sb_mechanism *mechanism, size_t agent, bool in_weights)
{
    summing work = {.environment = environment,
                    .mechanism = mechanism,
                    .agent = agent,
                    .types = environment->agents[agent].type_count,
                    .others_count = sb_environment_others_count(environment, agent),
                    .outcome_count = mechanism->outcome_count,
                    .in_weights = in_weights};
    bool begun = begin_summing(&work);
    if (begun) {
        sum_outcomes(&work);
        sum_payments(&work);
        for (size_t k = 0; k < work.types * work.types; k++) {
            size_t type = k / work.types, report = k % work.types;
            size_t column = work.column_of[report], first = work.report_of[column];
            if (first == report) {
                join(utilities + k, &work, type, column);
            } else {
                fmpq_set(utilities + k, utilities + type * work.types + first);
            }
        }
    }
    end_summing(&work);
    return begun;
}

bool sb_interim_utilities(fmpq *utilities, const sb_environment *environment,
                          const sb_mechanism *mechanism, size_t agent)
{
    return find_utilities(utilities, environment, mechanism, agent, false);
}

bool sb_interim_utilities_in_weights(fmpq *utilities, const sb_environment *environment,
                                     const sb_mechanism *mechanism, size_t agent)
{
    return find_utilities(utilities, environment, mechanism, agent, true);
}

void sb_interim_payment(fmpq_t payment, const sb_environment *environment,
                        const sb_mechanism *mechanism, size_t agent, size_t type)
{
    size_t others_count = sb_environment_others_count(environment, agent);
    const fmpq *payments = mechanism->payments + agent;
    fmpz_t of_weights, of_payments, weight, paid, sum;
    fmpz_init_set_ui(of_weights, 1);
    fmpz_init_set_ui(of_payments, 1);
    fmpz_init(weight);
    fmpz_init(paid);
    fmpz_init(sum);
    for (size_t others = 0; others < others_count; others++) {
        size_t profile = sb_environment_profile_of(environment, agent, type, others);
        lcm_of_denominators(of_weights, environment->weights + profile);
        lcm_of_denominators(of_payments, payments + profile * mechanism->agent_count);
    }
    for (size_t others = 0; others < others_count; others++) {
        size_t profile = sb_environment_profile_of(environment, agent, type, others);
        clear_denominator(weight, environment->weights + profile, of_weights);
        clear_denominator(paid, payments + profile * mechanism->agent_count, of_payments);
        fmpz_addmul(sum, weight, paid);
    }
    fmpz_mul(of_weights, of_weights, of_payments);
    fmpq_set_fmpz_frac(payment, sum, of_weights);
    fmpz_clear(of_weights);
    fmpz_clear(of_payments);
    fmpz_clear(weight);
    fmpz_clear(paid);
    fmpz_clear(sum);
}
