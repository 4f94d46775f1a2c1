/* The square matrix of the rows that hold the optimum up, and its inverse.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/robust_guess_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define TIGHT 1e-4 /* a variable nearer than this to its bound may be at it */

void sb_guess_search_free(sb_guess_search *s)
{
    free(s->inverse);
    free(s->unit);
    free(s->row);
    free(s->mixture);
    free(s->multipliers);
    free(s->holder);
    free(s->bound_of);
    free(s->along);
    free(s->difference);
    free(s->slope);
    free(s->there);
    free(s->belief);
    free(s->order);
    free(s->places);
}

bool sb_guess_search_allocate(sb_guess_search *s)
{
    const sb_guess_program *program = s->program;
    size_t n = program->variables;
    size_t signals = program->signals;
    s->inverse = sb_allocate(n * n, sizeof(double));
    s->unit = sb_allocate(n, sizeof *s->unit);
    s->row = sb_allocate(n, sizeof(double));
    s->mixture = sb_allocate(n, sizeof(double));
    s->multipliers = sb_allocate(n, sizeof(double));
    s->holder = sb_allocate(n, sizeof *s->holder);
    s->bound_of = sb_allocate(n, sizeof *s->bound_of);
    s->along = sb_allocate(n, sizeof(double));
    s->difference = sb_allocate(signals, sizeof(double));
    s->slope = sb_allocate(signals, sizeof(double));
    s->there = sb_allocate(signals, sizeof(double));
    s->belief = sb_allocate(signals, sizeof(double));
    s->order = sb_allocate(signals, sizeof *s->order);
    s->places = sb_allocate(signals * (signals + 2), 1);
    s->vertex->point = sb_allocate(n, sizeof(double));
    s->vertex->fixed = sb_allocate(n, sizeof(bool));
    s->vertex->rows = sb_allocate(n + SB_GUESS_MOST_PIVOTS, sizeof *s->vertex->rows);
    return s->inverse != NULL && s->unit != NULL && s->row != NULL && s->mixture != NULL &&
           s->multipliers != NULL && s->holder != NULL && s->bound_of != NULL && s->along != NULL &&
           s->difference != NULL && s->slope != NULL && s->there != NULL && s->belief != NULL &&
           s->order != NULL && s->places != NULL && s->vertex->point != NULL &&
           s->vertex->fixed != NULL && s->vertex->rows != NULL;
}

/* Every variable's own place: its bound where it is at one (the slack is small beside the reduced
 * cost, both measured), else open. A bound's row points inwards. */
void sb_guess_fill_places(sb_guess_search *s)
{
    const sb_guess_program *program = s->program;
    sb_guess_vertex *vertex = s->vertex;
    size_t n = program->variables;
    double usual = (double)(program->types * program->signals);
    for (size_t k = 0; k < n; k++) {
        double value = s->interior->point[k];
        double dual = s->interior->bound_duals[k];
        double least = program->least[k];
        double most = program->most[k];
        bool low = least == most || value - least < fmin(TIGHT, dual * usual);
        bool high = !low && most - value < fmin(TIGHT, -dual * usual);
        vertex->point[k] = low ? least : high ? most : value;
        vertex->fixed[k] = low || high;
        s->holder[k] = low || high ? SB_GUESS_BOUND : SB_GUESS_OPEN;
        s->bound_of[k] = k;
        s->multipliers[k] = low || high ? fabs(dual) : 0;
        s->inverse[k * n + k] = high ? -1 : 1;
        s->unit[k] = true;
        s->size = fmax(s->size, fabs(value));
    }
}

/* The belief of places, in numbers. */
static void belief_of(const sb_guess_program *program, const sb_guess_group *group,
                      const unsigned char *places, double *belief)
{
    double sum = 0;
    size_t last = SB_NOWHERE;
    for (size_t w = 0; w < program->signals; w++) {
        belief[w] = group->lower[w] + (places[w] == SB_GUESS_UPPER ? group->width[w] : 0);
        if (places[w] == SB_GUESS_REMAINDER) {
            last = w;
        } else {
            sum += belief[w];
        }
    }
    if (last != SB_NOWHERE) {
        belief[last] = 1 - sum;
    }
}

static void add_piece(const sb_guess_search *s, size_t start, double factor)
{
    for (size_t w = 0; w < s->program->signals; w++) {
        s->row[start + w] += factor * s->belief[w];
    }
}

/* A group's row at a vertex of its set. */
void sb_guess_make_row(sb_guess_search *s, const sb_guess_group *group, const unsigned char *places)
{
    const sb_guess_program *program = s->program;
    double a = group->allocation_coefficient;
    double b = group->payment_coefficient;
    memset(s->row, 0, program->variables * sizeof *s->row);
    belief_of(program, group, places, s->belief);
    add_piece(s, sb_guess_allocation(program, group->type), a);
    add_piece(s, sb_guess_payment(program, group->type), b);
    if (group->report != SB_NOWHERE) {
        add_piece(s, sb_guess_allocation(program, group->report), -a);
        add_piece(s, sb_guess_payment(program, group->report), -b);
    }
    if (group->kind == SB_CUT_OBJECTIVE) {
        s->row[sb_guess_expected(program, group->type)] -= 1;
    }
}

/* mixture = row times the inverse: what the row is made of. */
void sb_guess_mix(sb_guess_search *s, const double *row)
{
    size_t n = s->program->variables;
    memset(s->mixture, 0, n * sizeof *s->mixture);
    for (size_t k = 0; k < n; k++) {
        if (row[k] != 0 && s->unit[k]) {
            s->mixture[k] += row[k] * s->inverse[k * n + k];
        } else if (row[k] != 0) {
            sb_guess_add_multiple(s->mixture, row[k], s->inverse + k * n, n);
        }
    }
}

/* Put the row whose mixture is known into a place. */
void sb_guess_enter(sb_guess_search *s, size_t place)
{
    size_t n = s->program->variables;
    double pivot = s->mixture[place];
    for (size_t k = 0; k < n; k++) {
        double *target = s->inverse + k * n;
        double factor = target[place] / pivot;
        if (factor != 0) {
            sb_guess_add_multiple(target, -factor, s->mixture, n);
            target[place] = factor;
            s->unit[k] = false;
        }
    }
}

/* Say that a group's row is in a place. */
bool sb_guess_keep_row(sb_guess_search *s, size_t place, size_t group, const unsigned char *places)
{
    sb_guess_vertex *vertex = s->vertex;
    size_t signals = s->program->signals;
    if (s->holder[place] == SB_GUESS_OPEN || s->holder[place] == SB_GUESS_BOUND) {
        unsigned char *copy = sb_allocate(signals, 1);
        if (copy == NULL) {
            return false;
        }
        if (s->holder[place] == SB_GUESS_BOUND) {
            vertex->fixed[s->bound_of[place]] = false;
        }
        vertex->rows[vertex->row_count].places = copy;
        s->holder[place] = vertex->row_count++;
    }
    sb_guess_row *row = &vertex->rows[s->holder[place]];
    row->group = group;
    memcpy(row->places, places, signals);
    return true;
}

/* Move the point onto the rows exactly: they bind. */
void sb_guess_settle(sb_guess_search *s)
{
    const sb_guess_program *program = s->program;
    size_t n = program->variables;
    memset(s->row, 0, n * sizeof *s->row);
    for (size_t place = 0; place < n; place++) {
        if (s->holder[place] == SB_GUESS_OPEN || s->holder[place] == SB_GUESS_BOUND) {
            continue;
        }
        const sb_guess_row *row = &s->vertex->rows[s->holder[place]];
        const sb_guess_group *group = &program->groups[row->group];
        sb_guess_difference(program, group, s->vertex->point, false, s->difference);
        belief_of(program, group, row->places, s->belief);
        for (size_t w = 0; w < program->signals; w++) {
            s->row[place] -= s->belief[w] * s->difference[w];
        }
    }
    for (size_t k = 0; k < n; k++) {
        double change = 0;
        for (size_t place = 0; place < n && !s->unit[k]; place++) {
            change += s->inverse[k * n + place] * s->row[place];
        }
        s->vertex->point[k] += change;
    }
}

/* Add a multiple of what is in a place to the objective's row. */
static void add_place(sb_guess_search *s, size_t place, double factor, double *sum)
{
    size_t n = s->program->variables;
    if (s->holder[place] == SB_GUESS_OPEN) {
        sum[place] += factor;
    } else if (s->holder[place] == SB_GUESS_BOUND) {
        size_t variable = s->bound_of[place];
        bool high = s->program->least[variable] < s->program->most[variable] &&
                    s->vertex->point[variable] == s->program->most[variable];
        sum[variable] += high ? -factor : factor;
    } else {
        const sb_guess_row *row = &s->vertex->rows[s->holder[place]];
        sb_guess_make_row(s, &s->program->groups[row->group], row->places);
        sb_guess_add_multiple(sum, factor, s->row, n);
    }
}

/* What holds the objective's gradient up: one a place. The second time for what rounding left. */
void sb_guess_find_multipliers(sb_guess_search *s)
{
    const sb_guess_program *program = s->program;
    size_t n = program->variables;
    sb_guess_mix(s, program->cost);
    for (size_t k = 0; k < n; k++) {
        s->multipliers[k] = -s->mixture[k];
    }
    memcpy(s->along, program->cost, n * sizeof *s->along);
    for (size_t k = 0; k < n; k++) {
        if (s->multipliers[k] != 0) {
            add_place(s, k, s->multipliers[k], s->along);
        }
    }
    sb_guess_mix(s, s->along);
    for (size_t k = 0; k < n; k++) {
        s->multipliers[k] -= s->mixture[k];
    }
}
