/* Moving the point along free directions until a row or a bound stops it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/robust_guess_search.h"

#include <math.h>
#include <string.h>

#define FAR          1e7 /* how far a direction is followed, beside the largest payment */
#define MOST_BISECTS 60

/* What stops a move. */
typedef struct obstacle {
    double distance;
    size_t group;    /* or: */
    size_t variable; /* SB_NOWHERE: none */
} obstacle;

/* How far the point may go before a group's row breaks; the row's places go to s->places. */
static void stop_at_group(sb_guess_search *s, size_t g, obstacle *first, unsigned char *places)
{
    const sb_guess_program *program = s->program;
    const sb_guess_group *group = &program->groups[g];
    size_t signals = program->signals;
    sb_guess_difference(program, group, s->vertex->point, false, s->difference);
    sb_guess_difference(program, group, s->along, true, s->slope);
    for (size_t attempt = 0; attempt < MOST_BISECTS; attempt++) {
        for (size_t w = 0; w < signals; w++) {
            s->there[w] = s->difference[w] + first->distance * s->slope[w];
        }
        double value = sb_guess_worst(program, group, s->there, s->places, s->belief, s->order);
        if (value >= -SB_GUESS_TOLERANCE * s->size) {
            return;
        }
        double here = 0;
        double falls = 0;
        for (size_t w = 0; w < signals; w++) {
            here += s->belief[w] * s->difference[w];
            falls -= s->belief[w] * s->slope[w];
        }
        if (falls <= SB_GUESS_SMALL_PIVOT) {
            return;
        }
        first->distance = fmax(0, fmin(first->distance, here / falls));
        first->group = g;
        first->variable = SB_NOWHERE;
        memcpy(places, s->places, signals);
        if (first->distance <= 0) {
            return;
        }
    }
}

static void stop_at_bounds(const sb_guess_search *s, obstacle *first)
{
    const sb_guess_program *program = s->program;
    for (size_t k = 0; k < program->variables; k++) {
        double speed = s->along[k];
        double room = speed > 0 ? program->most[k] - s->vertex->point[k]
                                : s->vertex->point[k] - program->least[k];
        if (!s->vertex->fixed[k] && fabs(speed) > SB_GUESS_SMALL_PIVOT &&
            room < first->distance * fabs(speed)) {
            *first = (obstacle){fmax(0, room / fabs(speed)), SB_NOWHERE, k};
        }
    }
}

/* Go as far as the obstacle, which takes the place. */
static bool stop_at(sb_guess_search *s, size_t place, const obstacle *first,
                    const unsigned char *places)
{
    sb_guess_vertex *vertex = s->vertex;
    for (size_t k = 0; k < s->program->variables; k++) {
        vertex->point[k] += first->distance * s->along[k];
    }
    vertex->pushes++;
    if (first->variable == SB_NOWHERE) {
        sb_guess_make_row(s, &s->program->groups[first->group], places);
        sb_guess_mix(s, s->row);
        sb_guess_enter(s, place);
        return sb_guess_keep_row(s, place, first->group, places);
    }
    size_t variable = first->variable;
    bool high = s->along[variable] > 0;
    vertex->fixed[variable] = true;
    vertex->point[variable] = high ? s->program->most[variable] : s->program->least[variable];
    memset(s->row, 0, s->program->variables * sizeof *s->row);
    s->row[variable] = high ? -1 : 1;
    sb_guess_mix(s, s->row);
    sb_guess_enter(s, place);
    if (s->holder[place] != SB_GUESS_OPEN && s->holder[place] != SB_GUESS_BOUND) {
        vertex->rows[s->holder[place]].group = SB_NOWHERE; /* gone */
    }
    s->holder[place] = SB_GUESS_BOUND;
    s->bound_of[place] = variable;
    return true;
}

/* A line that no row sees: the place's own variable goes to zero along it, where a column that is
 * not basic stays. */
static void rest_at_zero(sb_guess_search *s, size_t place)
{
    sb_guess_vertex *vertex = s->vertex;
    double distance = -vertex->point[place] / s->along[place];
    for (size_t k = 0; k < s->program->variables; k++) {
        vertex->point[k] += distance * s->along[k];
    }
    vertex->point[place] = 0;
    vertex->fixed[place] = true;
    s->holder[place] = SB_GUESS_BOUND;
    s->bound_of[place] = place;
}

/* Along the inverse's column of a place, forwards or backwards, until something takes the place.
 * False where nothing does. */
bool sb_guess_push(sb_guess_search *s, size_t place, double sign, bool *enough)
{
    const sb_guess_program *program = s->program;
    size_t n = program->variables;
    double largest = 0;
    for (size_t k = 0; k < n; k++) {
        s->along[k] = sign * s->inverse[k * n + place];
        largest = fmax(largest, fabs(s->along[k]));
    }
    for (size_t k = 0; k < n; k++) {
        s->along[k] /= largest;
    }
    obstacle first = {FAR * s->size, SB_NOWHERE, SB_NOWHERE};
    unsigned char *places = s->places + program->signals;
    stop_at_bounds(s, &first);
    for (size_t g = 0; g < program->group_count; g++) {
        stop_at_group(s, g, &first, places);
    }
    if (first.group == SB_NOWHERE && first.variable == SB_NOWHERE) {
        return false;
    }
    *enough = stop_at(s, place, &first, places);
    return true;
}

/* Fill an open place, the way that does not lower the objective first. False where that leads on
 * and on to more. */
bool sb_guess_fill_open(sb_guess_search *s, size_t place, bool *enough)
{
    size_t n = s->program->variables;
    double gain = 0;
    double largest = 0;
    for (size_t k = 0; k < n; k++) {
        gain += s->inverse[k * n + place] * s->program->cost[k];
        largest = fmax(largest, fabs(s->inverse[k * n + place]));
    }
    double sign = gain >= 0 ? 1 : -1;
    if (sb_guess_push(s, place, sign, enough) || sb_guess_push(s, place, -sign, enough)) {
        return true;
    }
    if (fabs(gain) > SB_GUESS_SMALL_PIVOT * largest) {
        return false;
    }
    rest_at_zero(s, place);
    return true;
}
