/* The rows that the interior method found enter the matrix, heaviest first.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/robust_guess_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define SAME 1e-13 /* multipliers this near are alike */

/* The open place with the largest entry of the mixture, or SB_NOWHERE. */
static size_t open_place(const sb_guess_search *s)
{
    size_t best = SB_NOWHERE;
    double largest = SB_GUESS_SMALL_PIVOT;
    for (size_t place = 0; place < s->program->variables; place++) {
        if (s->holder[place] == SB_GUESS_OPEN && fabs(s->mixture[place]) > largest) {
            largest = fabs(s->mixture[place]);
            best = place;
        }
    }
    return best;
}

/* How much of a row's multiplier the others can take before one of theirs is used up, and its place
 * (left alone where they can take it all). Among those used up as good as first, the one with the
 * largest entry of the mixture: the matrix stays well conditioned. */
static double used_up_first(const sb_guess_search *s, double multiplier, size_t *place)
{
    size_t n = s->program->variables;
    double bound = INFINITY;
    for (size_t k = 0; k < n; k++) {
        if (s->holder[k] != SB_GUESS_OPEN && s->mixture[k] < -SB_GUESS_SMALL_PIVOT) {
            bound = fmin(bound, (s->multipliers[k] + SAME) / -s->mixture[k]);
        }
    }
    double handed = multiplier;
    double largest = 0;
    for (size_t k = 0; k < n && bound < multiplier; k++) {
        if (s->holder[k] != SB_GUESS_OPEN && -s->mixture[k] > largest &&
            s->mixture[k] < -SB_GUESS_SMALL_PIVOT && s->multipliers[k] <= bound * -s->mixture[k]) {
            largest = -s->mixture[k];
            handed = s->multipliers[k] / largest;
            *place = k;
        }
    }
    return fmin(handed, multiplier);
}

/* A row with a multiplier enters, or hands it on. */
static bool offer(sb_guess_search *s, size_t group, const unsigned char *places, double multiplier)
{
    size_t n = s->program->variables;
    sb_guess_make_row(s, &s->program->groups[group], places);
    sb_guess_mix(s, s->row);
    size_t place = open_place(s);
    if (place != SB_NOWHERE) {
        sb_guess_enter(s, place);
        s->multipliers[place] = multiplier;
        return sb_guess_keep_row(s, place, group, places);
    }
    double handed = used_up_first(s, multiplier, &place);
    for (size_t k = 0; k < n; k++) {
        if (s->holder[k] != SB_GUESS_OPEN) {
            s->multipliers[k] = fmax(0, s->multipliers[k] + handed * s->mixture[k]);
        }
    }
    if (place == SB_NOWHERE) {
        return true;
    }
    sb_guess_enter(s, place);
    s->multipliers[place] = multiplier - handed;
    return sb_guess_keep_row(s, place, group, places);
}

typedef struct ranked {
    double mass;
    size_t group;
} ranked;

static int heavier_first(const void *left, const void *right)
{
    const ranked *a = left;
    const ranked *b = right;
    if (a->mass != b->mass) {
        return a->mass > b->mass ? -1 : 1;
    }
    return a->group < b->group ? -1 : a->group > b->group;
}

/* Whether a group holds the optimum up: its mass is large beside its slack. */
static bool holds_up(sb_guess_search *s, size_t group)
{
    sb_guess_difference(s->program, &s->program->groups[group], s->interior->point, false,
                        s->difference);
    double slack =
        sb_guess_worst(s->program, &s->program->groups[group], s->difference, NULL, NULL, s->order);
    return s->interior->masses[group] * (double)s->program->types > fmax(slack, SB_GUESS_TOLERANCE);
}

bool sb_guess_offer_all(sb_guess_search *s)
{
    const sb_guess_program *program = s->program;
    size_t signals = program->signals;
    size_t count = 0;
    ranked *list = sb_allocate(program->group_count, sizeof *list);
    double *numbers = sb_allocate(4 * signals + 4, sizeof *numbers);
    bool enough = list != NULL && numbers != NULL;
    for (size_t g = 0; g < program->group_count && enough; g++) {
        if (holds_up(s, g)) {
            list[count++] = (ranked){s->interior->masses[g], g};
        }
    }
    if (enough) {
        qsort(list, count, sizeof *list, heavier_first);
    }
    for (size_t k = 0; k < count && enough; k++) {
        double *shares = numbers;
        size_t found = sb_guess_decompose(program, s->interior, list[k].group, signals + 1,
                                          s->places, shares, numbers + signals + 1, s->order);
        for (size_t part = 0; part < found && enough; part++) {
            enough =
                offer(s, list[k].group, s->places + part * signals, shares[part] * list[k].mass);
        }
    }
    free(list);
    free(numbers);
    return enough;
}
