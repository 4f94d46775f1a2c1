/* How the optimum moves when one probability moves: the whole table, cell by cell.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/sensitivity.h"

#include <stdlib.h>

#include "analysis/sensitivity_parts.h"
#include "base/memory.h"

/* ---- storage ---- */

static void init_side(sb_sensitivity_side *side)
{
    *side = (sb_sensitivity_side){.exists = false};
    fmpq_init(&side->jump_size);
    fmpq_init(&side->derivative);
}

void sb_sensitivity_cell_init(sb_sensitivity_cell *cell)
{
    cell->kind = SB_SENSITIVITY_UNKNOWN;
    init_side(&cell->down);
    init_side(&cell->up);
}

void sb_sensitivity_cell_clear(sb_sensitivity_cell *cell)
{
    fmpq_clear(&cell->down.jump_size);
    fmpq_clear(&cell->down.derivative);
    fmpq_clear(&cell->up.jump_size);
    fmpq_clear(&cell->up.derivative);
    sb_sensitivity_cell_init(cell);
}

void sb_sensitivity_init(sb_sensitivity *sensitivity)
{
    *sensitivity = (sb_sensitivity){.mode = SB_MASS_MARGINALS};
    sb_notes_init(&sensitivity->remarks);
}

void sb_sensitivity_clear(sb_sensitivity *sensitivity)
{
    for (size_t k = 0; sensitivity->cells != NULL && k < sensitivity->profile_count; k++) {
        sb_sensitivity_cell_clear(&sensitivity->cells[k]);
    }
    free(sensitivity->cells);
    sb_notes_clear(&sensitivity->remarks);
    sb_sensitivity_init(sensitivity);
}

const char *sb_sensitivity_kind_name(sb_sensitivity_kind kind)
{
    static const char *const names[] = {"smooth", "kink", "jump", "edge", "fixed", "unknown"};
    return names[kind];
}

/* ---- the work at t = 0 ---- */

static void clear_work(sb_sensitivity_work *work)
{
    size_t profiles =
        work->environment == NULL ? 0 : sb_environment_profile_count(work->environment);
    sb_rationals_free(work->direction, profiles);
    sb_rationals_free(work->columns, work->basis.columns);
    sb_rationals_free(work->duals, work->basis.rows);
    sb_known_basis_clear(&work->basis);
    sb_known_basis_clear(&work->latest);
    sb_environment_free(work->environment);
    sb_environment_free(work->moved);
    fmpq_clear(work->optimum);
}

/* Weights that sum to 1, so that rows in weights are rows in probabilities. */
static sb_status normalise(sb_environment *environment, sb_error *error)
{
    size_t profiles = sb_environment_profile_count(environment);
    fmpq *weights = sb_rationals_new(profiles);
    if (weights == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t cell = 0; cell < profiles; cell++) {
        sb_environment_probability(weights + cell, environment, cell);
    }
    sb_status status = sb_environment_set_weights(environment, weights, error);
    sb_rationals_free(weights, profiles);
    return status;
}

static sb_status find_start(sb_sensitivity_work *work, sb_error *error)
{
    fmpq_t zero;
    fmpq_init(zero);
    sb_sensitivity_point *point = NULL;
    bool optimal = false;
    sb_status status = sb_sensitivity_point_new(work, zero, &point, error);
    if (status == SB_OK) {
        status = sb_sensitivity_solve(point, &work->basis, &work->patience, &optimal, error);
    }
    if (status == SB_OK && !optimal) {
        status = sb_error_set(error, SB_ERROR_USAGE,
                              "there is no proved optimum whose sensitivity could be found");
    }
    if (status == SB_OK) {
        work->columns = sb_rationals_new(work->basis.columns);
        work->duals = sb_rationals_new(work->basis.rows);
        status = work->columns == NULL || work->duals == NULL ? sb_out_of_memory(error) : SB_OK;
    }
    if (status == SB_OK) {
        status = sb_sensitivity_is_optimal(point, &work->basis, &work->patience, &optimal,
                                           work->optimum, work->columns, work->duals, error);
    }
    if (status == SB_OK && !optimal) {
        status =
            sb_error_set(error, SB_ERROR_INTERNAL, "the basis of a proved optimum is not optimal");
    }
    sb_sensitivity_point_free(point);
    fmpq_clear(zero);
    return status;
}

static sb_status begin_work(sb_sensitivity_work *work, const sb_environment *environment,
                            sb_mass_mode mode, const sb_lp_options *options, sb_error *error)
{
    *work = (sb_sensitivity_work){.mode = mode};
    fmpq_init(work->optimum);
    if (options != NULL) {
        work->patience.cancel = options->cancel;
        work->patience.deadline = options->time_limit > 0 ? sb_seconds() + options->time_limit : 0;
    }
    sb_status status = sb_design_want_randomised(environment, "sensitivity", error);
    if (status != SB_OK) {
        return status;
    }
    work->environment = sb_environment_copy(environment);
    if (work->environment == NULL) {
        return sb_out_of_memory(error);
    }
    status = normalise(work->environment, error);
    if (status != SB_OK) {
        return status;
    }
    work->moved = sb_environment_copy(work->environment);
    work->direction = sb_rationals_new(sb_environment_profile_count(environment));
    if (work->moved == NULL || work->direction == NULL) {
        return sb_out_of_memory(error);
    }
    return find_start(work, error);
}

/* ---- one cell ---- */

static sb_sensitivity_kind kind_of(const sb_sensitivity_cell *cell)
{
    const sb_sensitivity_side *down = &cell->down;
    const sb_sensitivity_side *up = &cell->up;
    if (!down->exists && !up->exists) {
        return SB_SENSITIVITY_FIXED;
    }
    if ((down->exists && !down->confirmed) || (up->exists && !up->confirmed)) {
        return SB_SENSITIVITY_UNKNOWN;
    }
    if (down->jump || up->jump) {
        return SB_SENSITIVITY_JUMP;
    }
    if (!down->exists || !up->exists) {
        return SB_SENSITIVITY_EDGE;
    }
    return fmpq_equal(&down->derivative, &up->derivative) ? SB_SENSITIVITY_SMOOTH
                                                          : SB_SENSITIVITY_KINK;
}

static sb_status find_cell(sb_sensitivity_work *work, size_t profile, sb_sensitivity_cell *cell,
                           sb_error *error)
{
    sb_sensitivity_cell_clear(cell);
    if (!sb_sensitivity_direction(work->direction, work->environment, profile, work->mode)) {
        cell->kind = SB_SENSITIVITY_FIXED;
        return SB_OK;
    }
    sb_status status = sb_sensitivity_find_side(work, 1, &cell->up, error);
    if (status == SB_OK) {
        status = sb_sensitivity_find_side(work, -1, &cell->down, error);
    }
    if (status == SB_OK) {
        cell->kind = kind_of(cell);
    }
    return status;
}

sb_status sb_sensitivity_of_cell(const sb_environment *environment, size_t profile,
                                 sb_mass_mode mode, const sb_lp_options *options,
                                 sb_sensitivity_cell *cell, sb_error *error)
{
    sb_sensitivity_work work;
    sb_sensitivity_cell_clear(cell);
    sb_status status = begin_work(&work, environment, mode, options, error);
    if (status == SB_OK) {
        status = find_cell(&work, profile, cell, error);
    }
    clear_work(&work);
    return status;
}

/* ---- the table ---- */

/* Whether the beliefs of an agent are the same for all its types, of which there are two at least.
 */
static bool beliefs_are_constant(const sb_environment *environment, size_t agent, fmpq *first,
                                 fmpq *belief)
{
    size_t others = sb_environment_others_count(environment, agent);
    size_t possible = 0;
    for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
        fmpq *here = possible == 0 ? first : belief;
        if (!sb_environment_conditional(here, environment, agent, type)) {
            continue;
        }
        possible++;
        for (size_t k = 0; possible > 1 && k < others; k++) {
            if (!fmpq_equal(first + k, belief + k)) {
                return false;
            }
        }
    }
    return possible > 1;
}

static sb_status find_independence(const sb_environment *environment, bool *independent,
                                   sb_error *error)
{
    size_t profiles = sb_environment_profile_count(environment);
    fmpq *first = sb_rationals_new(profiles);
    fmpq *belief = sb_rationals_new(profiles);
    sb_status status = first == NULL || belief == NULL ? sb_out_of_memory(error) : SB_OK;
    *independent = false;
    for (size_t agent = 0; status == SB_OK && agent < environment->agent_count; agent++) {
        *independent = *independent || beliefs_are_constant(environment, agent, first, belief);
    }
    sb_rationals_free(first, profiles);
    sb_rationals_free(belief, profiles);
    return status;
}

static bool is_larger(const fmpq *jump, const fmpq *largest)
{
    fmpq_t first;
    fmpq_t second;
    fmpq_init(first);
    fmpq_init(second);
    fmpq_abs(first, jump);
    fmpq_abs(second, largest);
    bool larger = fmpq_cmp(first, second) > 0;
    fmpq_clear(first);
    fmpq_clear(second);
    return larger;
}

/* The largest jump of all, in words. */
static void remark_on_jumps(const sb_sensitivity_work *work, sb_sensitivity *sensitivity)
{
    const fmpq *largest = NULL;
    size_t profile = 0;
    for (size_t k = 0; k < sensitivity->profile_count; k++) {
        const sb_sensitivity_side *sides[] = {&sensitivity->cells[k].down,
                                              &sensitivity->cells[k].up};
        for (size_t s = 0; s < 2; s++) {
            if (sides[s]->jump && (largest == NULL || is_larger(&sides[s]->jump_size, largest))) {
                largest = &sides[s]->jump_size;
                profile = k;
            }
        }
    }
    if (largest == NULL) {
        return;
    }
    char *label = sb_environment_profile_label(work->environment, profile);
    char *from = sb_rational_display(work->optimum, 12, NULL);
    char *size = sb_rational_display(largest, 12, NULL);
    if (label != NULL && from != NULL && size != NULL) {
        sb_notes_add(&sensitivity->remarks,
                     "%s%s is %s here and jumps by %s as soon as the probability of %s moves, "
                     "however little",
                     sensitivity->at_independence ? "an agent's beliefs do not depend on its type: "
                                                  : "",
                     sb_rules_objective_noun(&work->environment->rules), from, size, label);
    }
    free(label);
    free(from);
    free(size);
}

static sb_status find_cells(sb_sensitivity_work *work, sb_sensitivity *sensitivity, sb_error *error)
{
    sb_status status = SB_OK;
    size_t done = 0;
    while (status == SB_OK && done < sensitivity->profile_count) {
        status = find_cell(work, done, &sensitivity->cells[done], error);
        done += status == SB_OK;
    }
    if (status == SB_ERROR_LIMIT) {
        /* The cell at hand and those behind it stay unknown. */
        sb_error_clear(error);
        sb_sensitivity_cell_clear(&sensitivity->cells[done]);
        sb_notes_add(&sensitivity->remarks, "time ran out after %zu of %zu probabilities", done,
                     sensitivity->profile_count);
        status = SB_OK;
    }
    return status;
}

sb_status sb_sensitivity_run(const sb_environment *environment, sb_mass_mode mode,
                             const sb_lp_options *options, sb_sensitivity *sensitivity,
                             sb_error *error)
{
    sb_sensitivity_clear(sensitivity);
    sensitivity->mode = mode;
    size_t profiles = sb_environment_profile_count(environment);
    sensitivity->cells = sb_allocate(profiles, sizeof *sensitivity->cells);
    if (sensitivity->cells == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t k = 0; k < profiles; k++) {
        sb_sensitivity_cell_init(&sensitivity->cells[k]);
    }
    sensitivity->profile_count = profiles;
    sb_sensitivity_work work;
    sb_status status = begin_work(&work, environment, mode, options, error);
    if (status == SB_OK) {
        status = find_independence(environment, &sensitivity->at_independence, error);
    }
    if (status == SB_OK) {
        status = find_cells(&work, sensitivity, error);
    }
    if (status == SB_OK) {
        remark_on_jumps(&work, sensitivity);
    } else {
        sb_sensitivity_clear(sensitivity);
    }
    clear_work(&work);
    return status;
}
