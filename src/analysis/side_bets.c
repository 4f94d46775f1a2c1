/* Side bets: a lottery that a type values at what it is given and every other type that may report
 * it at no less than what it would gain by that; or a mixture of such types that proves there is
 * none.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may be given to a report t when the others are psi_-i: an efficient outcome if that has
 * positive probability, any outcome if it has not (it is then reached by liars alone). An outcome
 * that is worth the same to t and no more to any liar than another one makes that other needless.
 *
 * What is given to a report t, and what it pays, is in t's own participation row and in the
 * incentive rows of the types that may report t, and nowhere else. Where all rents are taken these
 * rows know nothing of other reports: s has its outside option from the truth. So reporting sets
 * leave out the rows of those that may not report t, and nothing else changes: the condition stays
 * necessary for each type, and sufficient for all types of one agent together.
 */
#include <stdlib.h>

#include "analysis/extraction.h"
#include "base/memory.h"

typedef struct side_bet_search {
    const sb_environment *environment;
    const sb_beliefs *beliefs;
    const sb_efficiency *efficiency;
    size_t type;
    /* outcomes[starts[k] .. starts[k + 1]) may be given when the others are k */
    size_t *outcomes, *starts;
    size_t capacity;
    /* the mixtures: columns for those others where more than one outcome may be given */
    size_t choice_count;
    size_t *choice_columns, *choice_others, *choice_outcomes;
    fmpq *coefficients; /* one a choice: scratch */
    sb_error *error;
} side_bet_search;

static const fmpq *utility_of(const side_bet_search *search, size_t type, size_t outcome)
{
    return search->environment->agents[search->beliefs->agent].utilities +
           type * search->environment->outcome_count + outcome;
}

static const fmpq *chance_of(const side_bet_search *search, size_t type, size_t others)
{
    return sb_belief_of(search->beliefs, type) + others;
}

/* Does the type's bet say anything of s: is it the type, or may it report it? */
static bool concerns(const side_bet_search *search, size_t s)
{
    return search->beliefs->has_belief[s] &&
           sb_environment_may_report(search->environment, search->beliefs->agent, s, search->type);
}

static bool makes_needless(const side_bet_search *search, size_t better, size_t other,
                           size_t others)
{
    for (size_t s = 0; s < search->beliefs->type_count; s++) {
        if (fmpq_is_zero(chance_of(search, s, others)) || !concerns(search, s)) {
            continue;
        }
        int order = fmpq_cmp(utility_of(search, s, better), utility_of(search, s, other));
        if (order > 0 || (s == search->type && order != 0)) {
            return false;
        }
    }
    return true;
}

/* Keep an outcome unless a kept one makes it needless; drop those that it makes needless. */
static void keep_outcome(side_bet_search *search, size_t outcome, size_t others, size_t *end)
{
    size_t start = search->starts[others], kept = start;
    for (size_t k = start; k < *end; k++) {
        if (makes_needless(search, search->outcomes[k], outcome, others)) {
            return; /* nothing was dropped: the relation is transitive */
        }
    }
    for (size_t k = start; k < *end; k++) {
        if (!makes_needless(search, outcome, search->outcomes[k], others)) {
            search->outcomes[kept++] = search->outcomes[k];
        }
    }
    search->outcomes[kept] = outcome;
    *end = kept + 1;
}

static sb_status find_outcomes(side_bet_search *search)
{
    size_t others_count = search->beliefs->others_count;
    size_t outcome_count = search->environment->outcome_count;
    search->starts = sb_allocate(others_count + 1, sizeof *search->starts);
    if (search->starts == NULL) {
        return sb_out_of_memory(search->error);
    }
    size_t end = 0;
    for (size_t others = 0; others < others_count; others++) {
        search->starts[others] = end;
        if (!sb_grow(&search->outcomes, &search->capacity, end + outcome_count,
                     sizeof *search->outcomes)) {
            return sb_out_of_memory(search->error);
        }
        size_t profile = sb_environment_profile_of(search->environment, search->beliefs->agent,
                                                   search->type, others);
        bool reached = !fmpq_is_zero(chance_of(search, search->type, others));
        const bool *efficient = search->efficiency->efficient + profile * outcome_count;
        for (size_t o = 0; o < outcome_count && sb_beliefs_expect(search->beliefs, others); o++) {
            if (!reached || efficient[o]) {
                keep_outcome(search, o, others, &end);
            }
        }
        size_t count = end - search->starts[others];
        search->choice_count += count > 1 ? count : 0;
    }
    search->starts[others_count] = end;
    return SB_OK;
}

/* A column for each outcome of a mixture. */
static sb_status add_choices(side_bet_search *search, sb_lp *program)
{
    search->choice_columns = sb_allocate(search->choice_count, sizeof(size_t));
    search->choice_others = sb_allocate(search->choice_count, sizeof(size_t));
    search->choice_outcomes = sb_allocate(search->choice_count, sizeof(size_t));
    search->coefficients = sb_rationals_new(search->choice_count);
    if (search->choice_columns == NULL || search->choice_others == NULL ||
        search->choice_outcomes == NULL || search->coefficients == NULL) {
        return sb_out_of_memory(search->error);
    }
    fmpq_t zero;
    fmpq_init(zero);
    size_t next = 0;
    sb_status status = SB_OK;
    for (size_t others = 0; others < search->beliefs->others_count; others++) {
        size_t start = search->starts[others], end = search->starts[others + 1];
        for (size_t k = start; status == SB_OK && end - start > 1 && k < end; k++) {
            search->choice_others[next] = others;
            search->choice_outcomes[next] = search->outcomes[k];
            status = sb_lp_add_column(program, NULL, zero, NULL, NULL,
                                      &search->choice_columns[next++], search->error);
        }
    }
    fmpq_clear(zero);
    return status;
}

/* z . pi(.|s) - (value of the mixtures) >= (value of what is certain) - outside; = for the type. */
static sb_status add_type_row(side_bet_search *search, sb_lp *program, size_t s)
{
    fmpq_t value;
    fmpq_init(value);
    fmpq_neg(value, search->environment->agents[search->beliefs->agent].outside + s);
    for (size_t others = 0; others < search->beliefs->others_count; others++) {
        size_t start = search->starts[others];
        if (search->starts[others + 1] - start == 1) {
            fmpq_addmul(value, chance_of(search, s, others),
                        utility_of(search, s, search->outcomes[start]));
        }
    }
    for (size_t k = 0; k < search->choice_count; k++) {
        fmpq_mul(search->coefficients + k, chance_of(search, s, search->choice_others[k]),
                 utility_of(search, s, search->choice_outcomes[k]));
    }
    sb_status status = sb_lottery_program_add(
        program, sb_belief_of(search->beliefs, s), search->beliefs->others_count, value,
        s == search->type ? value : NULL, search->choice_count, search->choice_columns,
        search->coefficients, search->error);
    fmpq_clear(value);
    return status;
}

/* The probabilities of each mixture sum to 1. */
static sb_status add_mixture_rows(side_bet_search *search, sb_lp *program)
{
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    for (size_t k = 0; k < search->choice_count; k++) {
        fmpq_one(search->coefficients + k);
    }
    sb_status status = SB_OK;
    for (size_t first = 0; status == SB_OK && first < search->choice_count;) {
        size_t others = search->choice_others[first];
        size_t count = search->starts[others + 1] - search->starts[others];
        status = sb_lp_add_row(program, NULL, one, one, count, search->choice_columns + first,
                               search->coefficients, NULL, search->error);
        first += count;
    }
    fmpq_clear(one);
    return status;
}

static sb_status build_program(side_bet_search *search, sb_lp **program)
{
    sb_status status = find_outcomes(search);
    if (status != SB_OK) {
        return status;
    }
    *program = sb_lottery_program_new(search->beliefs->others_count, search->error);
    if (*program == NULL) {
        return SB_ERROR_MEMORY;
    }
    status = add_choices(search, *program);
    for (size_t s = 0; status == SB_OK && s < search->beliefs->type_count; s++) {
        if (concerns(search, s)) {
            status = add_type_row(search, *program, s);
        }
    }
    return status == SB_OK ? add_mixture_rows(search, *program) : status;
}

/* The multipliers of the other types' rows, scaled to sum to 1. */
static void read_mixture(const side_bet_search *search, const sb_lp_result *result, fmpq *mixture)
{
    fmpq_t sum;
    fmpq_init(sum);
    size_t row = 0;
    for (size_t s = 0; s < search->beliefs->type_count; s++) {
        if (concerns(search, s)) {
            if (s != search->type) {
                fmpq_abs(mixture + s, result->duals + row);
                fmpq_add(sum, sum, mixture + s);
            }
            row++;
        }
    }
    for (size_t s = 0; !fmpq_is_zero(sum) && s < search->beliefs->type_count; s++) {
        fmpq_div(mixture + s, mixture + s, sum);
    }
    fmpq_clear(sum);
}

/* What an outcome is worth to the mixture of types when the others are so, times their chance. */
static void worth_to_mixture(fmpq_t worth, const side_bet_search *search, const fmpq *mixture,
                             size_t others, size_t outcome)
{
    fmpq_t term;
    fmpq_init(term);
    fmpq_zero(worth);
    for (size_t s = 0; s < search->beliefs->type_count; s++) {
        if (!fmpq_is_zero(mixture + s)) {
            fmpq_mul(term, chance_of(search, s, others), utility_of(search, s, outcome));
            fmpq_addmul(worth, mixture + s, term);
        }
    }
    fmpq_clear(term);
}

/* What the report of the type is worth to each type, at the outcomes that the solution mixes or,
 * where the bet fails, at those that are worst for the mixture of types. */
static void add_values(const side_bet_search *search, size_t others, size_t outcome,
                       const fmpq *share, fmpq *values)
{
    fmpq_t term;
    fmpq_init(term);
    for (size_t s = 0; s < search->beliefs->type_count; s++) {
        fmpq_mul(term, chance_of(search, s, others), utility_of(search, s, outcome));
        if (share != NULL) {
            fmpq_mul(term, term, share);
        }
        fmpq_add(values + s, values + s, term);
    }
    fmpq_clear(term);
}

static sb_status new_values(const side_bet_search *search, sb_side_bet *bet)
{
    size_t count = search->beliefs->type_count;
    bet->values = sb_rationals_new(count);
    if (bet->values == NULL) {
        return sb_out_of_memory(search->error);
    }
    for (size_t s = 0; s < count; s++) {
        fmpq_neg(bet->values + s, search->environment->agents[search->beliefs->agent].outside + s);
    }
    return SB_OK;
}

static sb_status read_values(const side_bet_search *search, const sb_lp_result *result,
                             sb_side_bet *bet)
{
    sb_status status = new_values(search, bet);
    if (status != SB_OK) {
        return status;
    }
    for (size_t others = 0; others < search->beliefs->others_count; others++) {
        size_t start = search->starts[others];
        if (search->starts[others + 1] - start == 1) {
            add_values(search, others, search->outcomes[start], NULL, bet->values);
        }
    }
    for (size_t k = 0; k < search->choice_count; k++) {
        add_values(search, search->choice_others[k], search->choice_outcomes[k],
                   result->columns + search->choice_columns[k], bet->values);
    }
    return SB_OK;
}

/* Worth to the mixture and to the type itself, at the outcomes that are worst for the mixture
 * relative to the type: even there the mixture is worth more. */
static void value_mixture(const side_bet_search *search, sb_side_bet *bet)
{
    const fmpq *outside = search->environment->agents[search->beliefs->agent].outside;
    fmpq_t worth, own, gap, least_worth, least_own, least_gap;
    fmpq_init(worth);
    fmpq_init(own);
    fmpq_init(gap);
    fmpq_init(least_worth);
    fmpq_init(least_own);
    fmpq_init(least_gap);
    fmpq_neg(&bet->own_value, outside + search->type);
    sb_rationals_dot(&bet->mixture_value, bet->mixture, outside, search->beliefs->type_count);
    fmpq_neg(&bet->mixture_value, &bet->mixture_value);
    for (size_t others = 0; others < search->beliefs->others_count; others++) {
        size_t least = search->starts[others];
        for (size_t k = search->starts[others]; k < search->starts[others + 1]; k++) {
            worth_to_mixture(worth, search, bet->mixture, others, search->outcomes[k]);
            fmpq_mul(own, chance_of(search, search->type, others),
                     utility_of(search, search->type, search->outcomes[k]));
            fmpq_sub(gap, worth, own);
            if (k == search->starts[others] || fmpq_cmp(gap, least_gap) < 0) {
                fmpq_set(least_gap, gap);
                fmpq_set(least_worth, worth);
                fmpq_set(least_own, own);
                least = k;
            }
        }
        if (search->starts[others] < search->starts[others + 1]) {
            fmpq_add(&bet->mixture_value, &bet->mixture_value, least_worth);
            fmpq_add(&bet->own_value, &bet->own_value, least_own);
            add_values(search, others, search->outcomes[least], NULL, bet->values);
        }
    }
    fmpq_clear(worth);
    fmpq_clear(own);
    fmpq_clear(gap);
    fmpq_clear(least_worth);
    fmpq_clear(least_own);
    fmpq_clear(least_gap);
}

static bool mixture_believes_the_same(const side_bet_search *search, const fmpq *mixture)
{
    fmpq_t chance;
    fmpq_init(chance);
    bool same = true;
    for (size_t others = 0; same && others < search->beliefs->others_count; others++) {
        fmpq_zero(chance);
        for (size_t s = 0; s < search->beliefs->type_count; s++) {
            fmpq_addmul(chance, mixture + s, chance_of(search, s, others));
        }
        same = fmpq_equal(chance, chance_of(search, search->type, others));
    }
    fmpq_clear(chance);
    return same;
}

static sb_status read_witness(const side_bet_search *search, const sb_lp_result *result,
                              sb_side_bet *bet)
{
    if (result->duals == NULL) {
        return sb_error_set(search->error, SB_ERROR_INTERNAL,
                            "a side bet was refuted without a witness");
    }
    bet->mixture = sb_rationals_new(search->beliefs->type_count);
    if (bet->mixture == NULL) {
        return sb_out_of_memory(search->error);
    }
    sb_status status = new_values(search, bet);
    if (status != SB_OK) {
        return status;
    }
    read_mixture(search, result, bet->mixture);
    value_mixture(search, bet);
    if (!mixture_believes_the_same(search, bet->mixture) ||
        fmpq_cmp(&bet->mixture_value, &bet->own_value) <= 0) {
        return sb_error_set(search->error, SB_ERROR_INTERNAL,
                            "the witness against a side bet does not hold");
    }
    return SB_OK;
}

sb_status sb_side_bet_find(sb_side_bet *bet, sb_decision *decision,
                           const sb_environment *environment, const sb_beliefs *beliefs,
                           const sb_efficiency *efficiency, size_t type,
                           const sb_lp_options *options, sb_error *error)
{
    side_bet_search search = {.environment = environment,
                              .beliefs = beliefs,
                              .efficiency = efficiency,
                              .type = type,
                              .error = error};
    *decision = SB_DECISION_OPEN;
    bet->has_belief = true;
    sb_lp *program = NULL;
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = build_program(&search, &program);
    if (status == SB_OK) {
        status = sb_lottery_program_solve(program, beliefs, options, decision, &bet->lottery,
                                          &result, error);
    }
    if (status == SB_OK && *decision == SB_DECISION_YES) {
        bet->holds = true;
        sb_rationals_dot(&bet->own_value, bet->lottery, sb_belief_of(beliefs, type),
                         beliefs->others_count);
        status = read_values(&search, &result, bet);
    } else if (status == SB_OK && *decision == SB_DECISION_NO) {
        status = read_witness(&search, &result, bet);
    }
    sb_lp_result_clear(&result);
    sb_lp_free(program);
    free(search.outcomes);
    free(search.starts);
    free(search.choice_columns);
    free(search.choice_others);
    free(search.choice_outcomes);
    sb_rationals_free(search.coefficients, search.choice_count);
    return status;
}
