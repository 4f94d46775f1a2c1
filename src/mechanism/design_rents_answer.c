/* From programs in rents to the answer of the whole program.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The multiplier of a rule against a lie is that of the cuts of the report, each times the part
 * that the lying type has in it. Then the columns of rents say what participation costs, and those
 * of outcomes what a profile is worth.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_rents_parts.h"

/* sum over profiles of the probability of what counts at the allocation, less the rents' cost. */
static void set_objective(fmpq_t objective, const sb_rents *rents, const fmpq *allocation)
{
    size_t outcomes = rents->design->outcome_count;
    fmpq_t term, at_profile, outside;
    fmpq_init(term);
    fmpq_init(at_profile);
    fmpq_init(outside);
    fmpq_zero(objective);
    for (size_t profile = 0; profile < rents->design->profile_count; profile++) {
        fmpq_zero(at_profile);
        for (size_t k = profile * outcomes; k < (profile + 1) * outcomes; k++) {
            if (!fmpq_is_zero(allocation + k)) {
                fmpq_addmul(at_profile, allocation + k, rents->gains + k);
            }
        }
        fmpq_addmul(objective, at_profile, rents->environment->weights + profile);
    }
    for (size_t agent = 0; agent < rents->design->agent_count; agent++) {
        for (size_t type = 0; type < rents->lazy->agents[agent].types; type++) {
            fmpq_add(outside, outside, rents->rents + sb_rents_index(rents, agent, type));
        }
    }
    fmpq_mul(term, outside, &rents->design->objective.payments);
    fmpq_sub(objective, objective, term);
    fmpq_div(objective, objective, &rents->environment->weight_sum);
    fmpq_clear(term);
    fmpq_clear(at_profile);
    fmpq_clear(outside);
}

/* The multiplier of a cut; NULL: zero. */
static const fmpq *dual_of(const sb_rents *rents, const sb_rents_cut *cut)
{
    const fmpq *dual = cut->row == SB_NOWHERE ? NULL : rents->proved.duals + cut->row;
    return dual == NULL || fmpq_is_zero(dual) ? NULL : dual;
}

/* The rules against the lies that cuts are made of. */
static void set_incentive_duals(const sb_rents *rents, fmpq *duals)
{
    for (size_t c = 0; c < rents->cut_count; c++) {
        const sb_rents_cut *cut = &rents->cuts[c];
        const fmpq *dual = dual_of(rents, cut);
        const sb_lazy_agent *made = &rents->lazy->agents[cut->agent];
        for (size_t type = 0; dual != NULL && type < made->types; type++) {
            if (!fmpq_is_zero(cut->parts + type)) {
                size_t rule = made->rules[type * made->types + cut->report];
                fmpq_addmul(duals + rents->design->profile_count + rule, dual, cut->parts + type);
            }
        }
    }
}

/* Participation: what is left of the cost of a type's rent when its rules are paid for; all the
 * same ex ante. */
static void set_participation_dual(fmpq_t dual, const sb_rents *rents, const fmpq *duals,
                                   size_t agent, size_t type)
{
    const sb_lazy_agent *made = &rents->lazy->agents[agent];
    const fmpq *rules = duals + rents->design->profile_count;
    sb_rents_rent_cost(dual, rents);
    for (size_t other = 0; other < made->types; other++) {
        size_t own = made->rules[type * made->types + other];
        if (own != SB_NOWHERE) {
            fmpq_sub(dual, dual, rules + own);
        }
    }
    for (size_t c = 0; c < rents->cut_count; c++) {
        const sb_rents_cut *cut = &rents->cuts[c];
        const fmpq *of_cut = dual_of(rents, cut);
        if (of_cut != NULL && cut->agent == agent && cut->report == type) {
            fmpq_add(dual, dual, of_cut);
        }
    }
}

static void set_participation_duals(const sb_rents *rents, fmpq *duals)
{
    const sb_lazy *lazy = rents->lazy;
    for (size_t row = rents->design->profile_count; row < lazy->fixed_rows; row++) {
        const sb_constraint *rule = sb_design_constraint(rents->design, row);
        size_t type = rule->type;
        for (size_t k = 0; type == SB_NOWHERE; k++) {
            type = sb_rents_has_weight(rents, rule->agent, k) ? k : SB_NOWHERE;
        }
        set_participation_dual(duals + row + lazy->rule_count, rents, duals, rule->agent, type);
    }
}

/* reduced[profile, outcome] -= what the rules against a report count of it. */
static void take_off_rules(const sb_rents *rents, const fmpq *duals, size_t agent, fmpq *reduced)
{
    const sb_lazy_agent *made = &rents->lazy->agents[agent];
    const sb_agent *data = &rents->environment->agents[agent];
    size_t outcomes = rents->design->outcome_count;
    fmpq_t factor, by_weight;
    fmpq_init(factor);
    fmpq_init(by_weight);
    for (size_t k = 0; k < made->types * made->types; k++) {
        size_t type = k / made->types, report = k % made->types, rule = made->rules[k];
        if (rule == SB_NOWHERE || fmpq_is_zero(duals + rents->design->profile_count + rule)) {
            continue;
        }
        for (size_t others = 0; others < made->others; others++) {
            size_t profile = made->profiles[report * made->others + others];
            fmpq_mul(by_weight, duals + rents->design->profile_count + rule,
                     rents->environment->weights + made->profiles[type * made->others + others]);
            for (size_t o = 0; o < outcomes; o++) {
                const fmpq *utility = data->utilities + type * outcomes + o;
                if (!fmpq_is_zero(utility)) {
                    fmpq_mul(factor, by_weight, utility);
                    fmpq_add(reduced + profile * outcomes + o, reduced + profile * outcomes + o,
                             factor);
                }
            }
        }
    }
    fmpq_clear(factor);
    fmpq_clear(by_weight);
}

/* And of the truth: all rules of the report's cuts together, each in weights. */
static void take_off_truth(const sb_rents *rents, size_t agent, fmpq *reduced)
{
    const sb_lazy_agent *made = &rents->lazy->agents[agent];
    const sb_agent *data = &rents->environment->agents[agent];
    size_t outcomes = rents->design->outcome_count;
    fmpq_t factor;
    fmpq_init(factor);
    for (size_t c = 0; c < rents->cut_count; c++) {
        const sb_rents_cut *cut = &rents->cuts[c];
        const fmpq *dual = dual_of(rents, cut);
        if (cut->agent != agent || dual == NULL) {
            continue;
        }
        for (size_t k = 0; k < made->others * outcomes; k++) {
            size_t profile = made->profiles[cut->report * made->others + k / outcomes];
            const fmpq *utility = data->utilities + cut->report * outcomes + k % outcomes;
            if (!fmpq_is_zero(utility)) {
                fmpq_mul(factor, dual, rents->environment->weights + profile);
                fmpq_mul(factor, factor, utility);
                fmpq *entry = reduced + profile * outcomes + k % outcomes;
                fmpq_sub(entry, entry, factor);
            }
        }
    }
    fmpq_clear(factor);
}

/* What the most valuable outcome is worth when the rules are paid for. */
static sb_status set_probability_duals(const sb_rents *rents, fmpq *duals, sb_error *error)
{
    size_t outcomes = rents->design->outcome_count, profiles = rents->design->profile_count;
    fmpq *reduced = sb_rationals_new(profiles * outcomes);
    if (reduced == NULL) {
        return sb_out_of_memory(error);
    }
    fmpq_t probability;
    fmpq_init(probability);
    for (size_t k = 0; k < profiles * outcomes; k++) {
        bool chosen = rents->first_choice[k / outcomes] != SB_NOWHERE;
        if (chosen || k % outcomes == rents->best[k / outcomes]) {
            sb_environment_probability(probability, rents->environment, k / outcomes);
            fmpq_mul(reduced + k, rents->gains + k, probability);
        }
    }
    for (size_t agent = 0; agent < rents->design->agent_count; agent++) {
        take_off_rules(rents, duals, agent, reduced);
        take_off_truth(rents, agent, reduced);
    }
    for (size_t profile = 0; profile < profiles; profile++) {
        size_t best = profile * outcomes + rents->best[profile];
        fmpq_set(duals + profile, reduced + best);
        for (size_t k = profile * outcomes; k < (profile + 1) * outcomes; k++) {
            if (rents->first_choice[profile] != SB_NOWHERE &&
                fmpq_cmp(reduced + k, duals + profile) > 0) {
                fmpq_set(duals + profile, reduced + k);
            }
        }
    }
    fmpq_clear(probability);
    sb_rationals_free(reduced, profiles * outcomes);
    return SB_OK;
}

static sb_status begin_answer(const sb_rents *rents, sb_lp_result *result, sb_error *error)
{
    const sb_lazy *lazy = rents->lazy;
    sb_lp_result_clear(result);
    result->status = SB_LP_OPTIMAL;
    result->column_count = lazy->column_count;
    result->row_count = lazy->fixed_rows + lazy->rule_count;
    result->columns = sb_rationals_new(result->column_count);
    result->duals = sb_rationals_new(result->row_count);
    return result->columns != NULL && result->duals != NULL ? SB_OK : sb_out_of_memory(error);
}

sb_status sb_rents_answer(const sb_rents *rents, sb_lp_result *result, sb_error *error)
{
    sb_status status = begin_answer(rents, result, error);
    if (status != SB_OK) {
        return status;
    }
    size_t chances = rents->design->profile_count * rents->design->outcome_count;
    for (size_t column = 0; column < result->column_count; column++) {
        fmpq_swap(result->columns + column, column < chances ? rents->allocation + column
                                                             : rents->payments + column - chances);
    }
    set_objective(&result->objective, rents, result->columns);
    set_incentive_duals(rents, result->duals);
    set_participation_duals(rents, result->duals);
    result->proof = SB_PROOF_EXACT;
    return set_probability_duals(rents, result->duals, error);
}

/* What a cut in double precision costs, as a multiplier of one in rationals. Left out where its
 * parts are not known. */
static sb_status read_cut_duals(sb_rents *rents, sb_error *error)
{
    double scale = rents->unit / sb_rational_to_double(&rents->environment->weight_sum);
    sb_status status = SB_OK;
    sb_lp_result_clear(&rents->proved);
    rents->proved.row_count = rents->cut_count;
    rents->proved.duals = sb_rationals_new(rents->cut_count);
    if (rents->proved.duals == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t c = 0; status == SB_OK && c < rents->cut_count; c++) {
        sb_rents_cut *cut = &rents->cuts[c];
        size_t row = rents->growing.start.count + c;
        double total = rents->lazy->agents[cut->agent].totals[cut->report];
        bool made = row < rents->answer.row_count && rents->answer.rows[row] != SB_BASIC;
        if (made && cut->parts == NULL) {
            status = sb_rents_make_parts(rents, cut, &made, error);
        }
        cut->row = made ? c : SB_NOWHERE;
        if (made) {
            sb_rational_from_double(rents->proved.duals + c,
                                    -scale / total * rents->answer.duals[row]);
        }
    }
    return status;
}

sb_status sb_rents_answer_in_doubles(sb_rents *rents, sb_lp_result *result, sb_error *error)
{
    sb_status status = begin_answer(rents, result, error);
    if (status == SB_OK) {
        status = read_cut_duals(rents, error);
    }
    if (status != SB_OK) {
        return status;
    }
    set_incentive_duals(rents, result->duals);
    set_participation_duals(rents, result->duals);
    status = set_probability_duals(rents, result->duals, error);
    if (status != SB_OK) {
        return status;
    }
    result->proof = SB_PROOF_FLOATING;
    size_t chances = rents->design->profile_count * rents->design->outcome_count;
    for (size_t column = 0; column < chances; column++) {
        sb_rational_from_double(result->columns + column, rents->lazy->chances[column]);
    }
    status = sb_rents_pay(rents, rents->answer.z, result->columns, error);
    for (size_t column = 0; status == SB_OK && column < result->column_count; column++) {
        fmpq_addmul(&result->objective, sb_lp_column(rents->design->program, column).cost,
                    result->columns + column);
    }
    return status;
}
