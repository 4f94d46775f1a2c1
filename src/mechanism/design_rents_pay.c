/* Payments of programs in rents, in rationals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * At a mixture those at which the types of the envelope's basis gain nothing by lying; at an
 * extreme report a fee, and as much of a side bet in few digits as it takes. Payments must keep
 * every rule; where they do not, a linear program in rationals decides about the report.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_rents_kernel.h"
#include "mechanism/interim_utilities.h"

/* A side bet keeps this many binary digits more than it needs to separate. */
#define DIGITS_TO_SPARE 4

/* ---- payments for one report ---- */

typedef struct paying {
    sb_rents *rents;
    sb_rents_agent *own;
    size_t agent, report;
    const fmpq *worth; /* type by report, in weights, rents taken off */
    fmpq *payments;    /* z, one an independent type */
    fmpz *numerators;  /* of the payments over their least denominator */
    fmpz_t denominator, left, right;
    fmpq_t truth, value;
    sb_error *error;
} paying;

static const fmpq *worth_of(const paying *work, size_t type)
{
    return work->worth + type * work->own->envelope.types + work->report;
}

static bool may_report(const paying *work, size_t type)
{
    const sb_envelope *envelope = &work->own->envelope;
    return envelope->may_report[work->report * envelope->types + type];
}

/* What a type expects to pay, times the common denominator and the type's scale: in work->left. */
static void expect_payment(paying *work, size_t type)
{
    fmpz_zero(work->left);
    for (size_t k = 0; k < work->own->envelope.rank; k++) {
        fmpz_addmul(work->left, sb_rents_coordinate(work->own, type, k), work->numerators + k);
    }
}

static void clear_fractions(paying *work)
{
    fmpz_one(work->denominator);
    for (size_t k = 0; k < work->own->envelope.rank; k++) {
        fmpz_lcm(work->denominator, work->denominator, fmpq_denref(work->payments + k));
    }
    for (size_t k = 0; k < work->own->envelope.rank; k++) {
        fmpz_divexact(work->numerators + k, work->denominator, fmpq_denref(work->payments + k));
        fmpz_mul(work->numerators + k, work->numerators + k, fmpq_numref(work->payments + k));
    }
}

/* The type pays at least what the report is worth to it. */
static bool is_deterred(paying *work, size_t type)
{
    const fmpq *worth = worth_of(work, type);
    expect_payment(work, type);
    fmpz_mul(work->left, work->left, fmpq_denref(worth));
    fmpz_mul(work->right, work->denominator, work->own->scales + type);
    fmpz_mul(work->right, work->right, fmpq_numref(worth));
    return fmpz_cmp(work->left, work->right) >= 0;
}

static bool all_are_deterred(paying *work)
{
    clear_fractions(work);
    bool all = true;
    for (size_t type = 0; all && type < work->own->envelope.types; type++) {
        all = !may_report(work, type) || is_deterred(work, type);
    }
    return all;
}

/* What the report itself would pay: in work->value. Fractions are cleared. */
static void value_truth(paying *work)
{
    expect_payment(work, work->report);
    fmpz_mul(work->right, work->denominator, work->own->scales + work->report);
    fmpq_set_fmpz_frac(work->value, work->left, work->right);
}

/* All payments raised until the truth pays exactly what it is worth; false: it would pay more
 * already. */
static bool raise_to_truth(paying *work)
{
    value_truth(work);
    fmpq_sub(work->value, work->truth, work->value);
    if (fmpq_sgn(work->value) < 0) {
        return false;
    }
    fmpq_div(work->value, work->value, work->own->totals + work->report);
    for (size_t k = 0; k < work->own->envelope.rank; k++) {
        fmpq_add(work->payments + k, work->payments + k, work->value);
    }
    return true;
}

/* The payments at which the types of the basis gain nothing by lying. */
static bool pay_at_basis(paying *work, sb_rents_kernel *system)
{
    const sb_rents_agent *own = work->own;
    fmpq_t sum;
    fmpq_init(sum);
    for (size_t k = 0; k < own->envelope.rank; k++) {
        size_t type = own->envelope.coordinates[k];
        fmpq_zero(work->payments + k);
        if (system->covered[k]) {
            fmpq_div(work->payments + k, worth_of(work, type), own->totals + type);
        }
    }
    fmpq *sides = sb_rationals_new(system->size);
    bool solved = sides != NULL;
    fmpz_one(work->right);
    for (size_t row = 0; solved && row < system->size; row++) {
        size_t type = system->types[row];
        fmpq_mul_fmpz(sides + row, worth_of(work, type), own->scales + type);
        for (size_t k = 0; k < own->envelope.rank; k++) {
            const fmpz *entry = sb_rents_coordinate(own, type, k);
            if (!fmpz_is_zero(entry) && !fmpq_is_zero(work->payments + k)) {
                fmpq_mul_fmpz(sum, work->payments + k, entry);
                fmpq_sub(sides + row, sides + row, sum);
            }
        }
        fmpz_lcm(work->right, work->right, fmpq_denref(sides + row));
        for (size_t k = 0; k < system->size; k++) {
            fmpz_set(fmpz_mat_entry(system->matrix, (slong)row, (slong)k),
                     sb_rents_coordinate(own, type, system->left[k]));
        }
    }
    for (size_t row = 0; solved && row < system->size; row++) {
        fmpz *entry = fmpz_mat_entry(system->right, (slong)row, 0);
        fmpz_divexact(entry, work->right, fmpq_denref(sides + row));
        fmpz_mul(entry, entry, fmpq_numref(sides + row));
    }
    solved = solved && sb_rents_kernel_solve(system);
    for (size_t k = 0; solved && k < system->size; k++) {
        sb_rents_kernel_get(sum, system, k);
        fmpq_div_fmpz(work->payments + system->left[k], sum, work->right);
    }
    sb_rationals_free(sides, system->size);
    fmpq_clear(sum);
    return solved;
}

/* The short number with `digits` binary digits after the point that is at least as large. */
static void round_up(fmpq_t number, slong digits)
{
    fmpz_t rounded;
    fmpz_init(rounded);
    fmpq_t scaled;
    fmpq_init(scaled);
    if (digits >= 0) {
        fmpq_mul_2exp(scaled, number, (flint_bitcnt_t)digits);
    } else {
        fmpq_div_2exp(scaled, number, (flint_bitcnt_t)-digits);
    }
    fmpz_cdiv_q(rounded, fmpq_numref(scaled), fmpq_denref(scaled));
    fmpq_set_fmpz(number, rounded);
    if (digits >= 0) {
        fmpq_div_2exp(number, number, (flint_bitcnt_t)digits);
    } else {
        fmpq_mul_2exp(number, number, (flint_bitcnt_t)-digits);
    }
    fmpq_clear(scaled);
    fmpz_clear(rounded);
}

/* The most that the report is worth to a type that may make it, a unit of its weight: in
 * work->value, rounded up to few digits. False: there is none. */
static bool find_most(paying *work)
{
    fmpq_t worth;
    fmpq_init(worth);
    bool found = false;
    for (size_t type = 0; type < work->own->envelope.types; type++) {
        if (may_report(work, type)) {
            fmpq_div(worth, worth_of(work, type), work->own->totals + type);
            if (!found || fmpq_cmp(worth, work->value) > 0) {
                fmpq_swap(worth, work->value);
            }
            found = true;
        }
    }
    fmpq_clear(worth);
    if (found) {
        int exponent = 0;
        (void)frexp(sb_rational_to_double(work->value), &exponent);
        round_up(work->value, 12 - exponent);
    }
    return found;
}

/* The side bet of an extreme report in few digits; false: it does not separate in rationals. */
static bool make_side_bet(paying *work)
{
    const sb_envelope *envelope = &work->own->envelope;
    double *function = sb_allocate(envelope->rank, sizeof *function);
    if (function == NULL) {
        return false;
    }
    double size = 0;
    for (size_t type = 0; type < envelope->types; type++) {
        double sum = 0;
        for (size_t k = 0; k < envelope->rank; k++) {
            sum += fabs(envelope->points[type * envelope->rank + k]);
        }
        size = fmax(size, sum);
    }
    int exponent = 0;
    (void)frexp(envelope->reports[work->report].extremeness / 2 / size, &exponent);
    exponent -= DIGITS_TO_SPARE;
    sb_envelope_separate(envelope, work->report, function);
    fmpz_one(work->denominator);
    for (size_t k = 0; k < envelope->rank; k++) {
        fmpz_set_d(work->numerators + k, round(ldexp(function[k], -exponent)));
    }
    free(function);
    expect_payment(work, work->report);
    bool good = fmpz_sgn(work->left) < 0;
    for (size_t type = 0; good && type < envelope->types; type++) {
        if (may_report(work, type)) {
            expect_payment(work, type);
            good = fmpz_sgn(work->left) >= 0;
        }
    }
    return good;
}

/* work->numerators is a side bet: the fee in work->value, and as much of the bet as makes the truth
 * pay what it is worth. */
static void pay_fee_and_bet(paying *work)
{
    const sb_rents_agent *own = work->own;
    fmpq_t times;
    fmpq_init(times);
    fmpq_mul(times, work->value, own->totals + work->report);
    fmpq_sub(times, work->truth, times);
    expect_payment(work, work->report);
    fmpq_mul_fmpz(times, times, own->scales + work->report);
    fmpq_div_fmpz(times, times, work->left);
    for (size_t k = 0; k < own->envelope.rank; k++) {
        fmpq_mul_fmpz(work->payments + k, times, work->numerators + k);
        fmpq_add(work->payments + k, work->payments + k, work->value);
    }
    fmpq_clear(times);
}

/* Everybody pays the same, a unit of weight. */
static void pay_fee(paying *work)
{
    for (size_t k = 0; k < work->own->envelope.rank; k++) {
        fmpq_set(work->payments + k, work->value);
    }
}

/* True where payments were found. bet: work->numerators is a side bet already. */
static bool pay_extreme(paying *work, bool bet)
{
    const sb_rents_agent *own = work->own;
    bool weighs = sb_rents_has_weight(work->rents, work->agent, work->report);
    bool found = find_most(work);
    if (weighs) {
        fmpq_t own_worth;
        fmpq_init(own_worth);
        fmpq_div(own_worth, work->truth, own->totals + work->report);
        bool needed = found && fmpq_cmp(work->value, own_worth) > 0;
        if (!needed) {
            fmpq_swap(work->value, own_worth);
        }
        fmpq_clear(own_worth);
        if (needed) {
            bool made = bet || make_side_bet(work);
            if (made) {
                pay_fee_and_bet(work);
            }
            return made;
        }
    } else if (!found) {
        fmpq_zero(work->value);
    }
    pay_fee(work);
    return true;
}

/* ---- a linear program about a report ---- */

/* A column a type that may report, and a row a coordinate. entries: as many as types. */
static sb_status fill_report_program(const paying *work, sb_lp *program, size_t *columns,
                                     fmpq *entries, sb_error *error)
{
    const sb_rents_agent *own = work->own;
    size_t types = own->envelope.types;
    fmpq_t zero, right;
    fmpq_init(zero);
    fmpq_init(right);
    sb_status status = SB_OK;
    for (size_t type = 0; status == SB_OK && type < types; type++) {
        columns[type] = type;
        status = sb_lp_add_column(program, NULL, zero, may_report(work, type) ? NULL : zero,
                                  worth_of(work, type), NULL, error);
    }
    for (size_t k = 0; status == SB_OK && k < own->envelope.rank; k++) {
        for (size_t type = 0; type < types; type++) {
            fmpq_set_fmpz_frac(entries + type, sb_rents_coordinate(own, type, k),
                               own->scales + type);
        }
        fmpq_set(right, entries + work->report);
        status = sb_lp_add_row(program, NULL, right, right, types, columns, entries, NULL, error);
    }
    fmpq_clear(zero);
    fmpq_clear(right);
    return status;
}

static sb_status make_report_program(const paying *work, sb_lp **made, sb_error *error)
{
    size_t types = work->own->envelope.types;
    *made = sb_lp_new(SB_MAXIMISE);
    size_t *columns = sb_allocate(types, sizeof *columns);
    fmpq *entries = sb_rationals_new(types);
    sb_status status = *made == NULL || columns == NULL || entries == NULL
                           ? sb_out_of_memory(error)
                           : fill_report_program(work, *made, columns, entries, error);
    free(columns);
    sb_rationals_free(entries, types);
    return status;
}

/* The program in rationals decides: payments at its duals, and parts at its columns. *extreme: it
 * has no solution; then work->numerators is a side bet. */
static sb_status decide_report(paying *work, fmpq **parts, bool *extreme)
{
    sb_lp *program = NULL;
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = make_report_program(work, &program, work->error);
    sb_lp_options options = {.exact = true, .cancel = work->rents->options->cancel};
    if (status == SB_OK) {
        status = sb_lp_solve(program, NULL, &options, &result, work->error);
    }
    *parts = NULL;
    *extreme = status == SB_OK && result.status == SB_LP_INFEASIBLE;
    bool known = status == SB_OK && result.proof == SB_PROOF_EXACT &&
                 (*extreme || result.status == SB_LP_OPTIMAL);
    for (size_t k = 0; known && k < work->own->envelope.rank; k++) {
        fmpq_set(work->payments + k, result.duals + k);
        if (*extreme) {
            fmpq_neg(work->payments + k, work->payments + k);
        }
    }
    if (known) {
        clear_fractions(work);
        *parts = *extreme ? NULL : result.columns;
        result.columns = *extreme ? result.columns : NULL;
    } else if (status == SB_OK) {
        work->rents->lost = true;
    }
    sb_lp_result_clear(&result);
    sb_lp_free(program);
    return status;
}

/* A cut with these parts, which are its own then. */
static sb_status add_cut_of(paying *work, fmpq *parts, size_t *broken)
{
    sb_rents_cut *cut = NULL;
    sb_status status = sb_rents_add_cut(work->rents, work->agent, work->report, &cut, work->error);
    if (status != SB_OK) {
        sb_rationals_free(parts, work->own->envelope.types);
        return status;
    }
    cut->parts = parts;
    ++*broken;
    return SB_OK;
}

/* What double precision could not tell. */
static sb_status pay_by_program(paying *work, size_t *broken)
{
    fmpq *parts = NULL;
    bool extreme = false;
    sb_status status = decide_report(work, &parts, &extreme);
    sb_envelope_state state = work->own->envelope.reports[work->report].state;
    if (status != SB_OK || work->rents->lost) {
        return status;
    }
    if (extreme) {
        (void)pay_extreme(work, true);
        return SB_OK;
    }
    if (raise_to_truth(work)) {
        sb_rationals_free(parts, work->own->envelope.types);
        return SB_OK;
    }
    if (state != SB_ENVELOPE_MIXTURE) {
        /* Its outcomes were taken to be the best. */
        sb_rationals_free(parts, work->own->envelope.types);
        work->rents->lost = true;
        return SB_OK;
    }
    return add_cut_of(work, parts, broken);
}

/* At the basis of the envelope. *paid false: that is for the program to decide. */
static sb_status pay_mixture(paying *work, bool *paid, size_t *broken)
{
    const sb_envelope *envelope = &work->own->envelope;
    sb_rents_kernel system;
    bool allocated = sb_rents_kernel_init(&system, envelope, envelope->reports[work->report].basis);
    *paid = allocated && system.size != SIZE_MAX && pay_at_basis(work, &system) &&
            all_are_deterred(work);
    sb_rents_kernel_clear(&system);
    if (!allocated) {
        return sb_out_of_memory(work->error);
    }
    if (!*paid || raise_to_truth(work)) {
        return SB_OK;
    }
    sb_rents_cut *cut = NULL;
    sb_status status = sb_rents_add_cut(work->rents, work->agent, work->report, &cut, work->error);
    if (status == SB_OK) {
        status = sb_rents_make_parts(work->rents, cut, paid, work->error);
        *broken += *paid;
        work->rents->cut_count -= !*paid;
        if (!*paid) {
            free(cut->basis);
        }
    }
    return status;
}

static sb_status pay_report(paying *work, size_t *broken)
{
    bool paid = false;
    sb_status status = SB_OK;
    fmpq_set(work->truth, worth_of(work, work->report));
    if (work->own->envelope.reports[work->report].state == SB_ENVELOPE_MIXTURE) {
        status = pay_mixture(work, &paid, broken);
    } else {
        paid = pay_extreme(work, false);
    }
    return status != SB_OK || paid ? status : pay_by_program(work, broken);
}

/* ---- all reports ---- */

/* What every report is worth to every type, in weights, rents taken off. False when memory runs
 * out. */
static bool fill_worths(const sb_rents *rents, const sb_mechanism *mechanism, size_t agent,
                        fmpq *worth)
{
    size_t types = rents->lazy->agents[agent].types;
    bool made = sb_interim_utilities_in_weights(worth, rents->environment, mechanism, agent);
    for (size_t k = 0; made && k < types * types; k++) {
        fmpq_sub(worth + k, worth + k, rents->rents + sb_rents_index(rents, agent, k / types));
    }
    return made;
}

static sb_status pay_agent(sb_rents *rents, const sb_mechanism *mechanism, size_t agent,
                           size_t *broken, sb_error *error)
{
    const sb_interim *interim = rents->design->interim;
    sb_rents_agent *own = &rents->agents[agent];
    size_t types = own->envelope.types, rank = own->envelope.rank;
    fmpq *worth = sb_rationals_new(types * types);
    paying work = {.rents = rents,
                   .own = own,
                   .agent = agent,
                   .worth = worth,
                   .payments = sb_rationals_new(rank),
                   .numerators = sb_allocate(rank, sizeof(fmpz)),
                   .error = error};
    fmpz_init(work.denominator);
    fmpz_init(work.left);
    fmpz_init(work.right);
    fmpq_init(work.truth);
    fmpq_init(work.value);
    bool made = worth != NULL && work.payments != NULL && work.numerators != NULL &&
                fill_worths(rents, mechanism, agent, worth);
    sb_status status = made ? SB_OK : sb_out_of_memory(error);
    for (size_t report = 0; status == SB_OK && !rents->lost && report < types; report++) {
        work.report = report;
        status = pay_report(&work, broken);
        for (size_t k = 0; status == SB_OK && k < rank; k++) {
            size_t column = sb_interim_column(interim, agent, k, report);
            fmpq_mul(rents->payments + column - interim->agents[0].first_column, work.payments + k,
                     own->totals + own->envelope.coordinates[k]);
        }
    }
    for (size_t k = 0; work.numerators != NULL && k < rank; k++) {
        fmpz_clear(work.numerators + k);
    }
    free(work.numerators);
    sb_rationals_free(work.payments, rank);
    sb_rationals_free(worth, types * types);
    fmpz_clear(work.denominator);
    fmpz_clear(work.left);
    fmpz_clear(work.right);
    fmpq_clear(work.truth);
    fmpq_clear(work.value);
    return status;
}

sb_status sb_rents_pay_exactly(sb_rents *rents, size_t *broken, sb_error *error)
{
    *broken = 0;
    sb_mechanism *mechanism = sb_mechanism_new(rents->environment);
    if (mechanism == NULL) {
        return sb_out_of_memory(error);
    }
    size_t chances = rents->design->profile_count * rents->design->outcome_count;
    for (size_t k = 0; k < chances; k++) {
        fmpq_set(mechanism->allocation + k, rents->allocation + k);
    }
    sb_status status = SB_OK;
    for (size_t agent = 0; status == SB_OK && agent < rents->design->agent_count; agent++) {
        status = pay_agent(rents, mechanism, agent, broken, error);
    }
    sb_mechanism_free(mechanism);
    return status;
}
