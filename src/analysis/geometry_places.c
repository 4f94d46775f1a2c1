/* Where the types stand in a picture of their beliefs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/geometry.h"
#include "base/memory.h"
#include "base/text.h"

const char *sb_projection_name(sb_projection projection)
{
    static const char *const names[SB_PROJECTION_COUNT] = {"whole", "lumped", "among",
                                                           "components"};
    return names[projection];
}

bool sb_geometry_choice_equal(const sb_geometry_choice *left, const sb_geometry_choice *right)
{
    bool equal = left->agent == right->agent && left->components == right->components &&
                 left->signal_count == right->signal_count;
    for (size_t k = 0; equal && k < left->signal_count; k++) {
        equal = left->signals[k] == right->signals[k];
    }
    return equal;
}

static sb_status refuse_signal(const sb_environment *environment, const sb_geometry_choice *choice,
                               size_t k, const char *why, sb_error *error)
{
    char *label = sb_environment_others_label(environment, choice->agent, choice->signals[k]);
    sb_error_set(error, SB_ERROR_USAGE, "%s %s", label == NULL ? "it" : label, why);
    free(label);
    return SB_ERROR_USAGE;
}

/* Does some type expect the others to be so with positive probability? */
static bool is_expected(const sb_environment *environment, size_t agent, size_t others)
{
    for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
        size_t profile = sb_environment_profile_of(environment, agent, type, others);
        if (!fmpq_is_zero(environment->weights + profile)) {
            return true;
        }
    }
    return false;
}

/* ---- finding a signal ---- */

/* The same but for blanks and one pair of parentheses around. */
static bool same_label(const char *left, const char *right)
{
    while (*left != '\0' || *right != '\0') {
        bool skip_left = *left == ' ' || *left == '(' || *left == ')';
        bool skip_right = *right == ' ' || *right == '(' || *right == ')';
        if (!skip_left && !skip_right && *left != *right) {
            return false;
        }
        left += skip_left || (!skip_right && *left != '\0') ? 1 : 0;
        right += skip_right || (!skip_left && *right != '\0') ? 1 : 0;
    }
    return true;
}

static sb_status no_such_signal(const sb_environment *environment, size_t agent, const char *label,
                                sb_error *error)
{
    enum { most_named = 12 };
    size_t others = sb_environment_others_count(environment, agent);
    sb_text list;
    sb_text_init(&list);
    for (size_t k = 0; k < others && k < most_named; k++) {
        char *name = sb_environment_others_label(environment, agent, k);
        sb_text_add_format(&list, "%s%s", k == 0 ? "" : ", ", name == NULL ? "" : name);
        free(name);
    }
    sb_text_add(&list, others > most_named ? ", and so on" : "");
    char *names = sb_text_take(&list, error);
    if (names == NULL) {
        return SB_ERROR_MEMORY;
    }
    sb_error_set(error, SB_ERROR_USAGE, "there is no signal `%.80s` for %s", label,
                 environment->agents[agent].name);
    sb_error_set_hint(error, "there are %s", names);
    free(names);
    return SB_ERROR_USAGE;
}

sb_status sb_geometry_find_signal(const sb_environment *environment, size_t agent,
                                  const char *label, size_t *signal, sb_error *error)
{
    size_t others = sb_environment_others_count(environment, agent);
    for (size_t pass = 0; pass < 2; pass++) { /* the very label before one that is as good */
        for (size_t k = 0; k < others; k++) {
            char *name = sb_environment_others_label(environment, agent, k);
            if (name == NULL) {
                return sb_out_of_memory(error);
            }
            bool found = pass == 0 ? strcmp(name, label) == 0 : same_label(name, label);
            free(name);
            if (found) {
                *signal = k;
                return SB_OK;
            }
        }
    }
    char *end = NULL;
    unsigned long number = label[0] == '#' ? strtoul(label + 1, &end, 10) : 0;
    if (end != NULL && *end == '\0' && number >= 1 && number <= others) {
        *signal = number - 1;
        return SB_OK;
    }
    return no_such_signal(environment, agent, label, error);
}

sb_status sb_geometry_choice_check(const sb_environment *environment,
                                   const sb_geometry_choice *choice, sb_error *error)
{
    if (choice->agent >= environment->agent_count) {
        return sb_error_set(error, SB_ERROR_USAGE, "there is no agent %zu", choice->agent + 1);
    }
    if (choice->signal_count > SB_GEOMETRY_MOST_SIGNALS) {
        return sb_error_set(error, SB_ERROR_USAGE, "a picture has at most three corners");
    }
    size_t others = sb_environment_others_count(environment, choice->agent);
    for (size_t k = 0; k < choice->signal_count; k++) {
        if (choice->signals[k] >= others) {
            return sb_error_set(error, SB_ERROR_USAGE, "there is no signal %zu",
                                choice->signals[k] + 1);
        }
        if (!is_expected(environment, choice->agent, choice->signals[k])) {
            return refuse_signal(environment, choice, k, "has probability zero", error);
        }
        for (size_t j = 0; j < k; j++) {
            if (choice->signals[j] == choice->signals[k]) {
                return refuse_signal(environment, choice, k, "is named twice", error);
            }
        }
    }
    return SB_OK;
}

static bool is_corner(const sb_geometry *geometry, size_t signal)
{
    for (size_t k = 0; k < geometry->corner_count; k++) {
        if (geometry->corners[k] == signal) {
            return true;
        }
    }
    return false;
}

/* The corners that were named, then what is left: nothing, one signal, or all others as one. */
static void choose_corners(sb_geometry *geometry, const sb_beliefs *beliefs)
{
    const sb_geometry_choice *choice = &geometry->choice;
    for (size_t k = 0; k < choice->signal_count; k++) {
        geometry->corners[geometry->corner_count++] = choice->signals[k];
    }
    size_t left = geometry->expected_count - geometry->corner_count;
    geometry->projection = SB_PROJECTION_WHOLE;
    if (geometry->corner_count == SB_GEOMETRY_MOST_SIGNALS) {
        geometry->projection = left > 0 ? SB_PROJECTION_AMONG : SB_PROJECTION_WHOLE;
    } else if (choice->signal_count == 0 || left == 1) { /* the rest one by one */
        for (size_t k = 0; k < beliefs->others_count; k++) {
            if (sb_beliefs_expect(beliefs, k) && !is_corner(geometry, k)) {
                geometry->corners[geometry->corner_count++] = k;
            }
        }
    } else if (left > 1) {
        geometry->projection = SB_PROJECTION_LUMPED;
        geometry->corners[geometry->corner_count++] = SB_NOWHERE;
    }
}

static void place_type(sb_geometry *geometry, const sb_beliefs *beliefs, size_t type)
{
    const fmpq *belief = sb_belief_of(beliefs, type);
    fmpq *chance = geometry->chances + type;
    if (geometry->projection == SB_PROJECTION_AMONG) {
        fmpq_zero(chance);
        for (size_t k = 0; k < geometry->corner_count; k++) {
            fmpq_add(chance, chance, belief + geometry->corners[k]);
        }
    }
    geometry->types[type].placed = beliefs->has_belief[type] && !fmpq_is_zero(chance);
    for (size_t k = 0; geometry->types[type].placed && k < geometry->dimensions; k++) {
        fmpq_div(geometry->places + type * geometry->dimensions + k, belief + geometry->corners[k],
                 chance);
    }
}

sb_status sb_geometry_place(sb_geometry *geometry, const sb_beliefs *beliefs, sb_error *error)
{
    for (size_t k = 0; k < beliefs->others_count; k++) {
        geometry->expected_count += sb_beliefs_expect(beliefs, k);
    }
    geometry->chances = sb_rationals_new(geometry->type_count);
    if (geometry->chances == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t type = 0; type < geometry->type_count; type++) {
        fmpq_one(geometry->chances + type);
    }
    bool all = geometry->expected_count <= SB_GEOMETRY_MOST_SIGNALS;
    if (geometry->choice.components || (!all && geometry->choice.signal_count == 0)) {
        return sb_geometry_components(geometry, beliefs, error);
    }
    choose_corners(geometry, beliefs);
    geometry->dimensions = geometry->corner_count == SB_GEOMETRY_MOST_SIGNALS ? 2 : 1;
    geometry->places = sb_rationals_new(geometry->type_count * geometry->dimensions);
    if (geometry->places == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t type = 0; type < geometry->type_count; type++) {
        place_type(geometry, beliefs, type);
    }
    return SB_OK;
}
