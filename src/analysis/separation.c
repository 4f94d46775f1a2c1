/* The separation of beliefs: a linear program a type.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     maximise g   subject to   z . (pi(. | s) - pi(. | t)) - g >= 0 for all s != t that may
 *                                                                  report t,
 *
 * with |z| <= 1 entry by entry for the 1-norm; for the maximum norm z = a - b with a, b >= 0 whose
 * entries sum to at most 1. The multipliers of the rows sum to 1, since g is free: the mixture.
 */
#include "sidebet/separation.h"

#include <stdlib.h>

#include "analysis/extraction.h"
#include "base/memory.h"

typedef struct separation_search {
    const sb_environment *environment;
    const sb_beliefs *beliefs;
    const sb_lp_options *options;
    sb_lp_solver *solver; /* the programs of all types have the same shape, or nearly so */
    sb_separation *separation;
    size_t columns;     /* of z: others_count, or twice as many */
    size_t *places;     /* columns + 1 of them: 0, 1, 2, ... */
    fmpq *coefficients; /* of a row: scratch */
    fmpq_t zero, one, minus_one;
    sb_error *error;
} separation_search;

const char *sb_norm_name(sb_norm norm)
{
    return norm == SB_NORM_ONE ? "1-norm" : "maximum norm";
}

void sb_separation_init(sb_separation *separation)
{
    *separation = (sb_separation){.norm = SB_NORM_ONE, .alone = true, .proof = SB_PROOF_NONE};
    fmpq_init(&separation->gamma);
}

void sb_separation_clear(sb_separation *separation)
{
    for (size_t type = 0; separation->types != NULL && type < separation->type_count; type++) {
        sb_type_separation *one = &separation->types[type];
        fmpq_clear(&one->distance);
        sb_rationals_free(one->separating, separation->others_count);
        sb_rationals_free(one->mixture, separation->type_count);
    }
    free(separation->types);
    fmpq_clear(&separation->gamma);
    sb_separation_init(separation);
}

/* Is s one of those that t is to be told from: another type that may report t? */
static bool is_other(const sb_environment *environment, const sb_beliefs *beliefs, size_t type,
                     size_t s)
{
    return s != type && beliefs->has_belief[s] &&
           sb_environment_may_report(environment, beliefs->agent, s, type);
}

/* ---- the program ---- */

static sb_status add_columns(separation_search *search, sb_lp *program)
{
    bool box = search->separation->norm == SB_NORM_ONE;
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < search->columns; k++) {
        status = sb_lp_add_column(program, NULL, box ? search->minus_one : search->zero,
                                  box ? search->one : NULL, NULL, NULL, search->error);
    }
    return status != SB_OK
               ? status
               : sb_lp_add_column(program, NULL, NULL, NULL, search->one, NULL, search->error);
}

/* z . (pi(. | s) - pi(. | t)) - g >= 0 */
static sb_status add_type_row(separation_search *search, sb_lp *program, size_t type, size_t s)
{
    const fmpq *own = sb_belief_of(search->beliefs, type);
    const fmpq *other = sb_belief_of(search->beliefs, s);
    size_t others = search->beliefs->others_count;
    for (size_t k = 0; k < others; k++) {
        fmpq_sub(search->coefficients + k, other + k, own + k);
        if (search->columns > others) {
            fmpq_neg(search->coefficients + others + k, search->coefficients + k);
        }
    }
    fmpq_set(search->coefficients + search->columns, search->minus_one);
    return sb_lp_add_row(program, NULL, search->zero, NULL, search->columns + 1, search->places,
                         search->coefficients, NULL, search->error);
}

/* The sum of |z| is at most 1. */
static sb_status add_norm_row(separation_search *search, sb_lp *program)
{
    for (size_t k = 0; k < search->columns; k++) {
        fmpq_one(search->coefficients + k);
    }
    return sb_lp_add_row(program, NULL, NULL, search->one, search->columns, search->places,
                         search->coefficients, NULL, search->error);
}

static sb_status build_program(separation_search *search, size_t type, sb_lp **program)
{
    *program = sb_lp_new(SB_MAXIMISE);
    if (*program == NULL) {
        return sb_out_of_memory(search->error);
    }
    sb_status status = add_columns(search, *program);
    for (size_t s = 0; status == SB_OK && s < search->beliefs->type_count; s++) {
        if (is_other(search->environment, search->beliefs, type, s)) {
            status = add_type_row(search, *program, type, s);
        }
    }
    if (status == SB_OK && search->separation->norm == SB_NORM_MAXIMUM) {
        status = add_norm_row(search, *program);
    }
    return status;
}

static void read_answer(const separation_search *search, size_t type, const sb_lp_result *result)
{
    sb_type_separation *one = &search->separation->types[type];
    size_t others = search->beliefs->others_count, row = 0;
    fmpq_set(&one->distance, result->columns + search->columns);
    for (size_t k = 0; k < others; k++) {
        fmpq_set(one->separating + k, result->columns + k);
        if (search->columns > others) {
            fmpq_sub(one->separating + k, one->separating + k, result->columns + others + k);
        }
    }
    for (size_t s = 0; s < search->beliefs->type_count; s++) {
        if (is_other(search->environment, search->beliefs, type, s)) {
            fmpq_abs(one->mixture + s, result->duals + row++);
        }
    }
}

/* ---- all types ---- */

static sb_status separate(separation_search *search, size_t type)
{
    sb_separation *separation = search->separation;
    sb_lp *program = NULL;
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_status status = build_program(search, type, &program);
    if (status == SB_OK) {
        status = sb_lp_solve(program, search->solver, search->options, &result, search->error);
    }
    if (status == SB_OK && result.status != SB_LP_OPTIMAL) {
        status = sb_error_set(
            search->error, result.status == SB_LP_FAILED ? SB_ERROR_LIMIT : SB_ERROR_INTERNAL,
            "the program of the distance between beliefs had no answer: %s",
            result.reason[0] != '\0' ? result.reason : sb_lp_status_name(result.status));
    }
    if (status == SB_OK) {
        read_answer(search, type, &result);
        separation->proof = result.proof > separation->proof ? result.proof : separation->proof;
    }
    sb_lp_result_clear(&result);
    sb_lp_free(program);
    return status;
}

static bool has_others(const sb_environment *environment, const sb_beliefs *beliefs, size_t type)
{
    for (size_t s = 0; s < beliefs->type_count; s++) {
        if (is_other(environment, beliefs, type, s)) {
            return true;
        }
    }
    return false;
}

static sb_status new_types(sb_separation *separation, const sb_environment *environment,
                           const sb_beliefs *beliefs, sb_error *error)
{
    separation->type_count = beliefs->type_count;
    separation->others_count = beliefs->others_count;
    separation->types = sb_allocate(beliefs->type_count, sizeof *separation->types);
    if (separation->types == NULL) {
        return sb_out_of_memory(error);
    }
    bool complete = true;
    for (size_t type = 0; type < beliefs->type_count; type++) {
        sb_type_separation *one = &separation->types[type];
        one->has_belief = beliefs->has_belief[type];
        one->alone = one->has_belief && !has_others(environment, beliefs, type);
        fmpq_init(&one->distance);
        one->separating = sb_rationals_new(beliefs->others_count);
        one->mixture = sb_rationals_new(beliefs->type_count);
        complete = complete && one->separating != NULL && one->mixture != NULL;
        separation->alone = separation->alone && (one->alone || !one->has_belief);
    }
    return complete ? SB_OK : sb_out_of_memory(error);
}

static sb_status separate_all(separation_search *search)
{
    sb_separation *separation = search->separation;
    sb_status status = SB_OK;
    bool first = true;
    separation->proof = SB_PROOF_EXACT;
    for (size_t type = 0; status == SB_OK && type < separation->type_count; type++) {
        const sb_type_separation *one = &separation->types[type];
        if (!one->has_belief || one->alone) {
            continue;
        }
        status = separate(search, type);
        if (first || fmpq_cmp(&one->distance, &separation->gamma) < 0) {
            fmpq_set(&separation->gamma, &one->distance);
            separation->type = type;
        }
        first = false;
    }
    return status;
}

static sb_status prepare(separation_search *search)
{
    size_t others = search->beliefs->others_count;
    search->columns = search->separation->norm == SB_NORM_ONE ? others : 2 * others;
    search->solver = sb_lp_solver_new();
    search->places = sb_allocate(search->columns + 1, sizeof *search->places);
    search->coefficients = sb_rationals_new(search->columns + 1);
    if (search->solver == NULL || search->places == NULL || search->coefficients == NULL) {
        return sb_out_of_memory(search->error);
    }
    for (size_t k = 0; k <= search->columns; k++) {
        search->places[k] = k;
    }
    return SB_OK;
}

static sb_status search_beliefs(const sb_environment *environment, const sb_beliefs *beliefs,
                                const sb_lp_options *options, sb_separation *separation,
                                sb_error *error)
{
    separation_search search = {.environment = environment,
                                .beliefs = beliefs,
                                .options = options,
                                .separation = separation,
                                .error = error};
    fmpq_init(search.zero);
    fmpq_init(search.one);
    fmpq_init(search.minus_one);
    fmpq_one(search.one);
    fmpq_neg(search.minus_one, search.one);
    sb_status status = prepare(&search);
    if (status == SB_OK) {
        status = separate_all(&search);
    }
    sb_lp_solver_free(search.solver);
    free(search.places);
    sb_rationals_free(search.coefficients, search.columns + 1);
    fmpq_clear(search.zero);
    fmpq_clear(search.one);
    fmpq_clear(search.minus_one);
    return status;
}

sb_status sb_separation_find(const sb_environment *environment, size_t agent, sb_norm norm,
                             const sb_lp_options *options, sb_separation *separation,
                             sb_error *error)
{
    sb_separation_clear(separation);
    if (agent >= environment->agent_count) {
        return sb_error_set(error, SB_ERROR_USAGE, "there is no agent number %zu", agent + 1);
    }
    sb_beliefs beliefs;
    sb_status status = sb_beliefs_find(&beliefs, environment, agent, error);
    if (status != SB_OK) {
        return status;
    }
    separation->norm = norm;
    status = new_types(separation, environment, &beliefs, error);
    if (status == SB_OK && !separation->alone) {
        status = search_beliefs(environment, &beliefs, options, separation, error);
    }
    sb_beliefs_clear(&beliefs);
    if (status != SB_OK) {
        sb_separation_clear(separation);
    }
    return status;
}
