/* Payments of programs in rents, in rationals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * At a mixture those at which the types of the envelope's basis gain nothing by lying; at an
 * extreme report a fee, and as much of a side bet in few digits as it takes. Payments must keep
 * every rule; where they do not, a linear program in rationals decides about the report.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "lp/integer_array.h"
#include "mechanism/design_rents_kernel.h"
#include "mechanism/design_rents_paying.h"
#include "mechanism/interim_utilities.h"

/* ---- payments for one report ---- */

const fmpq *sb_rents_worth_of(const sb_rents_paying *work, size_t type)
{
    return work->worth + type * work->own->envelope.types + work->report;
}

bool sb_rents_may_report(const sb_rents_paying *work, size_t type)
{
    const sb_envelope *envelope = &work->own->envelope;
    return envelope->may_report[work->report * envelope->types + type];
}

void sb_rents_expect_payment(sb_rents_paying *work, size_t type)
{
    fmpz_zero(work->left);
    for (size_t k = 0; k < work->own->envelope.rank; k++) {
        fmpz_addmul(work->left, sb_rents_coordinate(work->own, type, k), work->numerators + k);
    }
}

void sb_rents_clear_fractions(sb_rents_paying *work)
{
    fmpz_one(work->denominator);
    sb_integer_array_scale(work->numerators, work->payments, work->own->envelope.rank,
                           work->denominator);
}

/* The type pays at least what the report is worth to it. */
static bool is_deterred(sb_rents_paying *work, size_t type)
{
    const fmpq *worth = sb_rents_worth_of(work, type);
    sb_rents_expect_payment(work, type);
    fmpz_mul(work->left, work->left, fmpq_denref(worth));
    fmpz_mul(work->right, work->denominator, work->own->scales + type);
    fmpz_mul(work->right, work->right, fmpq_numref(worth));
    return fmpz_cmp(work->left, work->right) >= 0;
}

static bool all_are_deterred(sb_rents_paying *work)
{
    sb_rents_clear_fractions(work);
    bool all = true;
    for (size_t type = 0; all && type < work->own->envelope.types; type++) {
        all = !sb_rents_may_report(work, type) || is_deterred(work, type);
    }
    return all;
}

/* What the report itself would pay: in work->value. Fractions are cleared. */
static void value_truth(sb_rents_paying *work)
{
    sb_rents_expect_payment(work, work->report);
    fmpz_mul(work->right, work->denominator, work->own->scales + work->report);
    fmpq_set_fmpz_frac(work->value, work->left, work->right);
}

/* All payments raised until the truth pays exactly what it is worth; false: it would pay more
 * already. */
static bool raise_to_truth(sb_rents_paying *work)
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
static bool pay_at_basis(sb_rents_paying *work, sb_rents_kernel *system)
{
    const sb_rents_agent *own = work->own;
    fmpq_t sum;
    fmpq_init(sum);
    for (size_t k = 0; k < own->envelope.rank; k++) {
        size_t type = own->envelope.coordinates[k];
        fmpq_zero(work->payments + k);
        if (system->covered[k]) {
            fmpq_div(work->payments + k, sb_rents_worth_of(work, type), own->totals + type);
        }
    }
    fmpq *sides = sb_rationals_new(system->size);
    bool solved = sides != NULL;
    for (size_t row = 0; solved && row < system->size; row++) {
        size_t type = system->types[row];
        fmpq_mul_fmpz(sides + row, sb_rents_worth_of(work, type), own->scales + type);
        for (size_t k = 0; k < own->envelope.rank; k++) {
            const fmpz *entry = sb_rents_coordinate(own, type, k);
            if (!fmpz_is_zero(entry) && !fmpq_is_zero(work->payments + k)) {
                fmpq_mul_fmpz(sum, work->payments + k, entry);
                fmpq_sub(sides + row, sides + row, sum);
            }
        }
        for (size_t k = 0; k < system->size; k++) {
            fmpz_set(fmpz_mat_entry(system->matrix, (slong)row, (slong)k),
                     sb_rents_coordinate(own, type, system->left[k]));
        }
    }
    if (solved && system->size > 0) {
        fmpz_one(work->right);
        sb_integer_array_scale(fmpz_mat_entry(system->right, 0, 0), sides, system->size,
                               work->right);
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

/* ---- ways to pay ---- */

/* A cut with these parts, which are its own then. */
static sb_status add_cut_of(sb_rents_paying *work, fmpq *parts, size_t *broken)
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
static sb_status pay_by_program(sb_rents_paying *work, size_t *broken)
{
    fmpq *parts = NULL;
    bool extreme = false;
    sb_status status = sb_rents_decide_report(work, &parts, &extreme);
    sb_envelope_state state = work->own->envelope.reports[work->report].state;
    if (status != SB_OK || work->rents->lost) {
        return status;
    }
    if (extreme) {
        (void)sb_rents_pay_extreme(work, true);
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
static sb_status pay_mixture(sb_rents_paying *work, bool *paid, size_t *broken)
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

static sb_status pay_report(sb_rents_paying *work, size_t *broken)
{
    bool paid = false;
    sb_status status = SB_OK;
    fmpq_set(work->truth, sb_rents_worth_of(work, work->report));
    if (work->own->envelope.reports[work->report].state == SB_ENVELOPE_MIXTURE) {
        status = pay_mixture(work, &paid, broken);
    } else {
        paid = sb_rents_pay_extreme(work, false);
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
    sb_rents_paying work = {.rents = rents,
                            .own = own,
                            .agent = agent,
                            .worth = worth,
                            .payments = sb_rationals_new(rank),
                            .numerators = sb_integer_array_new(rank),
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
    sb_integer_array_free(work.numerators, rank);
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
