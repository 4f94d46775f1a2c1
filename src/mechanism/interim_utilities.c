/* What every type expects of every report, in integers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/interim_utilities.h"

#include <flint/fmpz_mat.h>

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

static void begin(cleared *numbers)
{
    fmpz_one(numbers->denominator);
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

static const fmpz *entry_of(const cleared *numbers, size_t row, size_t column)
{
    return fmpz_mat_entry(numbers->integers, (slong)row, (slong)column);
}

typedef struct summing {
    const sb_environment *environment;
    const sb_mechanism *mechanism;
    size_t agent, others_count;
    cleared weights;  /* type by others */
    cleared values;   /* type by outcome */
    cleared outcomes; /* others by outcome, of one report */
    cleared payments; /* 1 by others, of one report */
    fmpz_t from_outcomes, from_payments, at_others;
} summing;

static size_t profile_of(const summing *work, size_t type, size_t others)
{
    return sb_environment_profile_of(work->environment, work->agent, type, others);
}

/* The weights and utilities of all types. */
static void clear_types(summing *work, size_t types, size_t outcomes)
{
    const fmpq *utilities = work->environment->agents[work->agent].utilities;
    for (size_t k = 0; k < types * outcomes; k++) {
        note(&work->values, utilities + k);
    }
    for (size_t k = 0; k < types * outcomes; k++) {
        set(&work->values, k / outcomes, k % outcomes, utilities + k);
    }
    for (size_t k = 0; k < types * work->others_count; k++) {
        note(&work->weights, work->environment->weights +
                                 profile_of(work, k / work->others_count, k % work->others_count));
    }
    for (size_t k = 0; k < types * work->others_count; k++) {
        size_t type = k / work->others_count, others = k % work->others_count;
        set(&work->weights, type, others,
            work->environment->weights + profile_of(work, type, others));
    }
}

static void clear_payments(summing *work, size_t report)
{
    const sb_mechanism *mechanism = work->mechanism;
    begin(&work->payments);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t others = 0; others < work->others_count; others++) {
            const fmpq *payment = mechanism->payments +
                                  profile_of(work, report, others) * mechanism->agent_count +
                                  work->agent;
            if (pass == 0) {
                note(&work->payments, payment);
            } else {
                set(&work->payments, 0, others, payment);
            }
        }
    }
}

static void clear_outcomes(summing *work, size_t report)
{
    const sb_mechanism *mechanism = work->mechanism;
    size_t outcomes = mechanism->outcome_count;
    begin(&work->outcomes);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t k = 0; k < work->others_count * outcomes; k++) {
            const fmpq *chance = mechanism->allocation +
                                 profile_of(work, report, k / outcomes) * outcomes + k % outcomes;
            if (pass == 0) {
                note(&work->outcomes, chance);
            } else {
                set(&work->outcomes, k / outcomes, k % outcomes, chance);
            }
        }
    }
}

static void sum_payments(summing *work, size_t type)
{
    fmpz_zero(work->from_payments);
    for (size_t others = 0; others < work->others_count; others++) {
        fmpz_addmul(work->from_payments, entry_of(&work->payments, 0, others),
                    entry_of(&work->weights, type, others));
    }
}

static void sum_outcomes(summing *work, size_t type)
{
    size_t outcomes = work->mechanism->outcome_count;
    fmpz_zero(work->from_outcomes);
    for (size_t others = 0; others < work->others_count; others++) {
        fmpz_zero(work->at_others);
        for (size_t o = 0; o < outcomes; o++) {
            fmpz_addmul(work->at_others, entry_of(&work->outcomes, others, o),
                        entry_of(&work->values, type, o));
        }
        fmpz_addmul(work->from_outcomes, work->at_others, entry_of(&work->weights, type, others));
    }
}

static void begin_summing(summing *work, const sb_environment *environment,
                          const sb_mechanism *mechanism, size_t agent)
{
    size_t types = environment->agents[agent].type_count;
    work->environment = environment;
    work->mechanism = mechanism;
    work->agent = agent;
    work->others_count = sb_environment_others_count(environment, agent);
    cleared_init(&work->weights, types, work->others_count);
    cleared_init(&work->values, types, mechanism->outcome_count);
    cleared_init(&work->outcomes, work->others_count, mechanism->outcome_count);
    cleared_init(&work->payments, 1, work->others_count);
    fmpz_init(work->from_outcomes);
    fmpz_init(work->from_payments);
    fmpz_init(work->at_others);
    clear_types(work, types, mechanism->outcome_count);
}

static void end_summing(summing *work)
{
    cleared_clear(&work->weights);
    cleared_clear(&work->values);
    cleared_clear(&work->outcomes);
    cleared_clear(&work->payments);
    fmpz_clear(work->from_outcomes);
    fmpz_clear(work->from_payments);
    fmpz_clear(work->at_others);
}

void sb_interim_utilities(fmpq *utilities, const sb_environment *environment,
                          const sb_mechanism *mechanism, size_t agent)
{
    summing work;
    begin_summing(&work, environment, mechanism, agent);
    size_t types = environment->agents[agent].type_count;
    fmpq_t paid;
    fmpz_t denominator;
    fmpq_init(paid);
    fmpz_init(denominator);
    for (size_t report = 0; report < types; report++) {
        clear_outcomes(&work, report);
        clear_payments(&work, report);
        fmpz_mul(denominator, work.outcomes.denominator, work.values.denominator);
        for (size_t type = 0; type < types; type++) {
            fmpq *utility = utilities + type * types + report;
            sum_outcomes(&work, type);
            sum_payments(&work, type);
            fmpq_set_fmpz_frac(utility, work.from_outcomes, denominator);
            fmpq_set_fmpz_frac(paid, work.from_payments, work.payments.denominator);
            fmpq_sub(utility, utility, paid);
            fmpq_div_fmpz(utility, utility, work.weights.denominator);
            fmpq_div(utility, utility, &environment->weight_sum);
        }
    }
    fmpq_clear(paid);
    fmpz_clear(denominator);
    end_summing(&work);
}

static void lcm_of_denominators(fmpz_t denominator, const fmpq *number)
{
    if (!fmpz_divisible(denominator, fmpq_denref(number))) {
        fmpz_lcm(denominator, denominator, fmpq_denref(number));
    }
}

/* number times a multiple of its denominator. */
static void clear_denominator(fmpz_t integer, const fmpq *number, const fmpz_t denominator)
{
    fmpz_divexact(integer, denominator, fmpq_denref(number));
    fmpz_mul(integer, integer, fmpq_numref(number));
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
