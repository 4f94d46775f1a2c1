/* From the interior point to a vertex: the walk as a whole (robust_guess_search.h).
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/robust_guess_search.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

#define NEGATIVE 1e-11 /* a multiplier below minus this is wrong */

/* The place with the smallest multiplier below zero, or SB_NOWHERE. */
static size_t wrong_place(const sb_guess_search *s)
{
    size_t worst = SB_NOWHERE;
    double smallest = -NEGATIVE;
    for (size_t k = 0; k < s->program->variables; k++) {
        size_t variable = s->bound_of[k];
        bool pinned = s->holder[k] == SB_GUESS_BOUND &&
                      !(s->program->least[variable] < s->program->most[variable]);
        if (s->holder[k] != SB_GUESS_OPEN && !pinned && s->multipliers[k] < smallest) {
            smallest = s->multipliers[k];
            worst = k;
        }
    }
    return worst;
}

/* Where rounding left a multiplier below zero the objective grows along the inverse's column:
 * pivots of the simplex method, the oracle naming the row that enters. */
static bool mend(sb_guess_search *s)
{
    bool enough = true;
    for (size_t pivot = 0; pivot < SB_GUESS_MOST_PIVOTS && enough; pivot++) {
        sb_guess_find_multipliers(s);
        size_t place = wrong_place(s);
        if (place == SB_NOWHERE) {
            break;
        }
        if (s->holder[place] == SB_GUESS_BOUND) {
            s->vertex->fixed[s->bound_of[place]] = false;
        }
        if (!sb_guess_push(s, place, 1, &enough)) {
            s->vertex->reached = false;
            break;
        }
        sb_guess_settle(s);
    }
    return enough;
}

/* The multipliers of rows and bounds as they are now, and how the point does. */
static void judge(sb_guess_search *s)
{
    const sb_guess_program *program = s->program;
    sb_guess_vertex *vertex = s->vertex;
    sb_guess_find_multipliers(s);
    vertex->smallest_multiplier = 0;
    vertex->objective = program->cost_constant;
    for (size_t k = 0; k < program->variables; k++) {
        if (s->holder[k] != SB_GUESS_OPEN && program->least[k] < program->most[k]) {
            vertex->smallest_multiplier = fmin(vertex->smallest_multiplier, s->multipliers[k]);
        }
        if (s->holder[k] != SB_GUESS_OPEN && s->holder[k] != SB_GUESS_BOUND) {
            vertex->rows[s->holder[k]].multiplier = s->multipliers[k];
        }
        vertex->objective += program->cost[k] * vertex->point[k];
        vertex->violation = fmax(vertex->violation, program->least[k] - vertex->point[k]);
        vertex->violation = fmax(vertex->violation, vertex->point[k] - program->most[k]);
    }
    for (size_t g = 0; g < program->group_count; g++) {
        sb_guess_difference(program, &program->groups[g], vertex->point, false, s->difference);
        vertex->violation =
            fmax(vertex->violation, -sb_guess_worst(program, &program->groups[g], s->difference,
                                                    NULL, NULL, s->order));
    }
    vertex->objective *= program->unit;
    vertex->violation *= program->unit;
}

/* Leave out the rows that are gone. */
static void keep_present(sb_guess_vertex *vertex)
{
    size_t kept = 0;
    for (size_t row = 0; row < vertex->row_count; row++) {
        if (vertex->rows[row].group == SB_NOWHERE) {
            free(vertex->rows[row].places);
        } else {
            vertex->rows[kept++] = vertex->rows[row];
        }
    }
    vertex->row_count = kept;
}

static sb_status find(sb_guess_search *s, const atomic_bool *cancel, sb_error *error)
{
    bool enough = sb_guess_offer_all(s);
    sb_guess_settle(s);
    s->vertex->reached = true;
    for (size_t place = 0; place < s->program->variables && enough; place++) {
        if (s->holder[place] == SB_GUESS_OPEN && !sb_guess_fill_open(s, place, &enough)) {
            s->vertex->reached = false;
        }
        if (cancel != NULL && atomic_load(cancel)) {
            return sb_error_set(error, SB_ERROR_CANCELLED, "cancelled");
        }
    }
    if (!enough) {
        return sb_out_of_memory(error);
    }
    sb_guess_settle(s);
    if (!mend(s)) {
        return sb_out_of_memory(error);
    }
    sb_guess_settle(s);
    judge(s);
    keep_present(s->vertex);
    return SB_OK;
}

sb_status sb_guess_vertex_find(const sb_guess_program *program, const sb_guess_interior *interior,
                               const atomic_bool *cancel, sb_guess_vertex *vertex, sb_error *error)
{
    *vertex = (sb_guess_vertex){0};
    sb_guess_search s = {.program = program, .interior = interior, .vertex = vertex, .size = 1};
    bool enough = sb_guess_search_allocate(&s);
    sb_status status = SB_OK;
    if (enough) {
        sb_guess_fill_places(&s);
        status = find(&s, cancel, error);
    } else {
        status = sb_out_of_memory(error);
    }
    sb_guess_search_free(&s);
    if (status != SB_OK) {
        sb_guess_vertex_clear(vertex);
    }
    return status;
}

void sb_guess_vertex_clear(sb_guess_vertex *vertex)
{
    for (size_t row = 0; row < vertex->row_count; row++) {
        free(vertex->rows[row].places);
    }
    free(vertex->rows);
    free(vertex->point);
    free(vertex->fixed);
    *vertex = (sb_guess_vertex){0};
}
