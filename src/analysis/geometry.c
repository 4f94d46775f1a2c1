/* Geometry: the picture of one agent's beliefs and values.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What types are worth and whether they have side bets comes from full_extraction.c; here it gets a
 * place, an envelope, and for failing types the mixture that is worth most.
 */
#include "analysis/geometry.h"

#include <stdlib.h>

#include "base/memory.h"

typedef struct geometry_work {
    const sb_environment *environment;
    const sb_agent_extraction *extraction;
    const sb_lp_options *options;
    sb_beliefs beliefs;
    sb_geometry *geometry;
    sb_error *error;
} geometry_work;

/* ---- life ---- */

void sb_geometry_init(sb_geometry *geometry)
{
    *geometry = (sb_geometry){.types = NULL, .pictures = NULL};
}

static void clear_picture(sb_geometry_picture *picture, size_t type_count)
{
    for (size_t p = 0; p < picture->piece_count; p++) {
        for (size_t k = 0; k < 3; k++) {
            fmpq_clear(&picture->pieces[p].plane[k]);
        }
        free(picture->pieces[p].types);
    }
    free(picture->pieces);
    free(picture->has);
    sb_rationals_free(picture->heights, type_count);
    sb_rationals_free(picture->envelope, type_count);
}

void sb_geometry_clear(sb_geometry *geometry)
{
    size_t types = geometry->type_count;
    for (size_t p = 0; p < geometry->picture_count; p++) {
        clear_picture(&geometry->pictures[p], types);
    }
    for (size_t t = 0; geometry->types != NULL && t < types; t++) {
        fmpq_clear(&geometry->types[t].value);
        fmpq_clear(&geometry->types[t].envelope);
        sb_rationals_free(geometry->types[t].mixture, types);
        sb_rationals_free(geometry->types[t].slack, types);
        sb_rationals_free(geometry->types[t].values, types);
        sb_rationals_free(geometry->types[t].bet, geometry->others_count);
    }
    free(geometry->pictures);
    free(geometry->types);
    free(geometry->loadings);
    sb_rationals_free(geometry->places, types * geometry->dimensions);
    sb_rationals_free(geometry->chances, types);
    sb_geometry_init(geometry);
}

/* ---- pictures ---- */

/* Whether type s stands in the picture of type t. */
static bool bears_on(const geometry_work *work, size_t s, size_t t)
{
    return work->geometry->types[s].has_belief &&
           (s == t || sb_environment_may_report(work->environment, work->geometry->agent, s, t));
}

/* Paying nothing keeps everybody away and takes all there is: nobody gains by this report. */
static bool needs_bet(const geometry_work *work, size_t t)
{
    const fmpq *values = work->geometry->types[t].values;
    for (size_t s = 0; s < work->geometry->type_count; s++) {
        if (bears_on(work, s, t) && fmpq_sgn(values + s) > 0) {
            return true;
        }
    }
    return !fmpq_is_zero(values + t);
}

static bool same_picture(const geometry_work *work, size_t t, const sb_geometry_picture *picture)
{
    const fmpq *values = work->geometry->types[t].values;
    const fmpq *others = work->geometry->types[picture->type].values;
    for (size_t s = 0; s < work->geometry->type_count; s++) {
        bool here = bears_on(work, s, t);
        if (here != bears_on(work, s, picture->type) ||
            (here && !fmpq_equal(values + s, others + s))) {
            return false;
        }
    }
    return true;
}

static sb_status new_picture(geometry_work *work, size_t t)
{
    sb_geometry *geometry = work->geometry;
    size_t types = geometry->type_count;
    const fmpq *values = geometry->types[t].values;
    sb_geometry_picture *picture = &geometry->pictures[geometry->picture_count];
    *picture = (sb_geometry_picture){.type = t};
    picture->has = sb_allocate(types, sizeof *picture->has);
    picture->heights = sb_rationals_new(types);
    picture->envelope = sb_rationals_new(types);
    geometry->picture_count++;
    if (picture->has == NULL || picture->heights == NULL || picture->envelope == NULL) {
        return sb_out_of_memory(work->error);
    }
    for (size_t s = 0; s < types; s++) {
        picture->has[s] = geometry->types[s].placed && bears_on(work, s, t);
        if (picture->has[s]) {
            fmpq_div(picture->heights + s, values + s, geometry->chances + s);
        }
    }
    return sb_geometry_hull(picture, geometry->places, geometry->dimensions, types, work->error);
}

static sb_status find_pictures(geometry_work *work)
{
    sb_geometry *geometry = work->geometry;
    geometry->pictures = sb_allocate(geometry->type_count, sizeof *geometry->pictures);
    if (geometry->pictures == NULL) {
        return sb_out_of_memory(work->error);
    }
    size_t needed = SB_NOWHERE;
    geometry->shared = true;
    sb_status status = SB_OK;
    for (size_t t = 0; status == SB_OK && t < geometry->type_count; t++) {
        sb_geometry_type *type = &geometry->types[t];
        type->picture = SB_NOWHERE;
        if (!type->confirmed) {
            continue;
        }
        for (size_t p = 0; type->picture == SB_NOWHERE && p < geometry->picture_count; p++) {
            if (same_picture(work, t, &geometry->pictures[p])) {
                type->picture = p;
            }
        }
        if (type->picture == SB_NOWHERE) {
            type->picture = geometry->picture_count;
            status = new_picture(work, t);
        }
        if (type->needs_bet) {
            geometry->shared =
                geometry->shared && (needed == SB_NOWHERE || needed == type->picture);
            needed = type->picture;
        }
    }
    return status;
}

/* ---- types ---- */

/* One item, one bidder, a type that is served whenever it expects the signal: as if it were always
 * served, for no less than anybody would pay at the signals that it does not expect. */
static void serve_always(geometry_work *work, size_t t)
{
    const sb_environment *environment = work->environment;
    const sb_agent *agent = &environment->agents[work->geometry->agent];
    sb_geometry_type *type = &work->geometry->types[t];
    if (environment->form != SB_FORM_ITEM || environment->agent_count > 1 || !type->needs_bet) {
        return;
    }
    fmpq_t most;
    fmpq_init(most);
    fmpq_sub(most, agent->values + t, agent->outside + t);
    bool served = fmpq_equal(most, type->values + t);
    fmpq_set(most, agent->values + t);
    for (size_t s = 0; served && s < agent->type_count; s++) {
        fmpq_sub(type->values + s, agent->values + s, agent->outside + s);
        if (fmpq_cmp(agent->values + s, most) > 0) {
            fmpq_set(most, agent->values + s);
        }
    }
    for (size_t k = 0; served && type->bet != NULL && k < work->geometry->others_count; k++) {
        if (fmpq_is_zero(sb_belief_of(&work->beliefs, t) + k) &&
            sb_beliefs_expect(&work->beliefs, k)) {
            fmpq_add(type->bet + k, type->bet + k, most);
        }
    }
    fmpq_clear(most);
}

static sb_status find_slack(geometry_work *work, size_t t)
{
    sb_geometry_type *type = &work->geometry->types[t];
    type->slack = sb_rationals_new(work->geometry->type_count);
    if (type->slack == NULL) {
        return sb_out_of_memory(work->error);
    }
    for (size_t s = 0; s < work->geometry->type_count; s++) {
        if (work->beliefs.has_belief[s]) {
            sb_rationals_dot(type->slack + s, type->bet, sb_belief_of(&work->beliefs, s),
                             work->geometry->others_count);
            fmpq_sub(type->slack + s, type->slack + s, type->values + s);
        }
    }
    return SB_OK;
}

/* The mixture of types that believes the same and is worth most. */
static sb_status find_mixture(geometry_work *work, size_t t)
{
    sb_geometry_type *type = &work->geometry->types[t];
    size_t types = work->geometry->type_count;
    bool inside = false;
    bool *has = sb_allocate(types, sizeof *has);
    type->mixture = sb_rationals_new(types);
    sb_status status = SB_OK;
    if (has == NULL || type->mixture == NULL) {
        status = sb_out_of_memory(work->error);
    } else {
        for (size_t s = 0; s < types; s++) {
            has[s] = bears_on(work, s, t);
        }
        status = sb_concave_envelope_at(work->beliefs.conditional, type->values, has, types,
                                        work->geometry->others_count,
                                        sb_belief_of(&work->beliefs, t), work->options, &inside,
                                        &type->envelope, type->mixture, work->error);
    }
    free(has);
    if (status == SB_OK && (!inside || fmpq_cmp(&type->envelope, &type->value) <= 0)) {
        status = sb_error_set(work->error, SB_ERROR_INTERNAL,
                              "the envelope does not lie above a type without a side bet");
    }
    return status;
}

static sb_status find_type(geometry_work *work, size_t t)
{
    sb_geometry_type *type = &work->geometry->types[t];
    const sb_side_bet *bet = &work->extraction->side_bets[t];
    type->confirmed = type->has_belief && bet->values != NULL;
    if (!type->confirmed) {
        return SB_OK;
    }
    type->holds = bet->holds;
    type->values = sb_rationals_copy(bet->values, work->geometry->type_count);
    type->bet = bet->holds ? sb_rationals_copy(bet->lottery, work->geometry->others_count) : NULL;
    if (type->values == NULL || (bet->holds && type->bet == NULL)) {
        return sb_out_of_memory(work->error);
    }
    type->needs_bet = needs_bet(work, t);
    serve_always(work, t);
    fmpq_set(&type->value, type->values + t);
    fmpq_set(&type->envelope, type->values + t);
    return type->holds ? find_slack(work, t) : find_mixture(work, t);
}

static sb_status find(geometry_work *work)
{
    sb_geometry *geometry = work->geometry;
    geometry->types = sb_allocate(geometry->type_count, sizeof *geometry->types);
    if (geometry->types == NULL) {
        return sb_out_of_memory(work->error);
    }
    for (size_t t = 0; t < geometry->type_count; t++) {
        fmpq_init(&geometry->types[t].value);
        fmpq_init(&geometry->types[t].envelope);
        geometry->types[t].has_belief = work->beliefs.has_belief[t];
    }
    sb_status status = sb_geometry_place(geometry, &work->beliefs, work->error);
    for (size_t t = 0; status == SB_OK && t < geometry->type_count; t++) {
        status = find_type(work, t);
    }
    return status == SB_OK ? find_pictures(work) : status;
}

sb_status sb_geometry_find(const sb_environment *environment, const sb_extraction *extraction,
                           const sb_geometry_choice *choice, const sb_lp_options *options,
                           sb_geometry *geometry, sb_error *error)
{
    sb_geometry_clear(geometry);
    sb_status status = sb_geometry_choice_check(environment, choice, error);
    if (status != SB_OK) {
        return status;
    }
    geometry_work work = {.environment = environment,
                          .extraction = &extraction->agents[choice->agent],
                          .options = options,
                          .geometry = geometry,
                          .error = error};
    status = sb_beliefs_find(&work.beliefs, environment, choice->agent, error);
    if (status != SB_OK) {
        return status;
    }
    geometry->choice = *choice;
    geometry->agent = choice->agent;
    geometry->type_count = work.beliefs.type_count;
    geometry->others_count = work.beliefs.others_count;
    geometry->reporting_sets = sb_environment_has_reporting_sets(environment, choice->agent);
    status = find(&work);
    sb_beliefs_clear(&work.beliefs);
    return status;
}
