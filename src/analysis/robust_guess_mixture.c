/* A belief as a mixture of vertices of its box.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where several signals tie, the interior method ends at a belief amid the beliefs that are worst.
 * The vertex that fills the fullest signals first lies on every face that the belief lies on;
 * taking as much of it away as the bounds allow leaves a belief on a smaller face. So there are no
 * more vertices than tied signals.
 */
#include "analysis/robust_guess_parts.h"

#include <math.h>
#include <string.h>

/* Less than this is nothing, beside a width, a total or a share. */
#define NOTHING 1e-9

/* What the tied signals carry together, spread so that it is exactly what the others leave. */
static double spread(const sb_guess_program *program, const sb_guess_interior *interior, size_t g,
                     double *above, size_t *tied, size_t *tied_count)
{
    const sb_guess_group *group = &program->groups[g];
    const unsigned char *ties = interior->ties + g * program->signals;
    const double *flows = interior->flows + g * program->signals;
    double rest = group->rest;
    double carried = 0;
    double room = 0;
    *tied_count = 0;
    for (size_t w = 0; w < program->signals; w++) {
        if (ties[w] == SB_GUESS_CHEAP) {
            rest -= group->width[w];
        } else if (ties[w] == SB_GUESS_TIED) {
            above[w] = fmin(flows[w] / interior->masses[g], group->width[w]);
            carried += above[w];
            room += group->width[w] - above[w];
            tied[(*tied_count)++] = w;
        }
    }
    double off = rest - carried;
    for (size_t k = 0; k < *tied_count; k++) {
        size_t w = tied[k];
        if (off < 0 && carried > 0) {
            above[w] += off * above[w] / carried;
        } else if (off > 0 && room > 0) {
            above[w] += off * (group->width[w] - above[w]) / room;
        }
    }
    return rest;
}

/* The vertex of the face: fill the fullest first. Returns the largest amount of it there is. */
static double peel(const sb_guess_group *group, double rest, double *above, double *vertex,
                   size_t *tied, size_t count, unsigned char *places)
{
    for (size_t k = 1; k < count; k++) {
        size_t signal = tied[k];
        double fullness = above[signal] / group->width[signal];
        size_t at = k;
        for (; at > 0 && above[tied[at - 1]] / group->width[tied[at - 1]] < fullness; at--) {
            tied[at] = tied[at - 1];
        }
        tied[at] = signal;
    }
    double amount = 1;
    for (size_t k = 0; k < count; k++) {
        size_t w = tied[k];
        double width = group->width[w];
        vertex[w] = fmax(0, fmin(rest, width));
        rest -= vertex[w];
        places[w] = vertex[w] > 0 ? SB_GUESS_UPPER : SB_GUESS_LOWER;
        if (vertex[w] > 0 && (rest <= 0 || k + 1 == count)) {
            places[w] = SB_GUESS_REMAINDER;
        }
        if (vertex[w] > NOTHING * width) {
            amount = fmin(amount, above[w] / vertex[w]);
        }
        if (width - vertex[w] > NOTHING * width) {
            amount = fmin(amount, (width - above[w]) / (width - vertex[w]));
        }
    }
    return fmax(0, amount);
}

size_t sb_guess_decompose(const sb_guess_program *program, const sb_guess_interior *interior,
                          size_t g, size_t most, unsigned char *places, double *shares,
                          double *scratch, size_t *order)
{
    const sb_guess_group *group = &program->groups[g];
    size_t signals = program->signals;
    double *above = scratch;
    double *vertex = scratch + signals;
    size_t count;
    double rest = spread(program, interior, g, above, order, &count);
    size_t found = 0;
    double share = 1;
    while (found < most && share > NOTHING) {
        unsigned char *target = places + found * signals;
        size_t last = SB_NOWHERE;
        for (size_t w = 0; w < signals; w++) {
            bool cheap = interior->ties[g * signals + w] == SB_GUESS_CHEAP;
            target[w] = cheap ? SB_GUESS_UPPER : SB_GUESS_LOWER;
            last = cheap ? w : last;
        }
        double amount = peel(group, rest, above, vertex, order, count, target);
        if ((count == 0 || rest <= 0) && last != SB_NOWHERE) {
            target[last] = SB_GUESS_REMAINDER; /* nothing is left for the tied */
        }
        bool done = count == 0 || rest <= 0 || amount > 1 - NOTHING || found + 1 == most;
        shares[found++] = done ? share : share * amount;
        share = done ? 0 : share * (1 - amount);
        for (size_t k = 0; k < count && !done; k++) {
            size_t w = order[k];
            above[w] = (above[w] - amount * vertex[w]) / (1 - amount);
            above[w] = fmax(0, fmin(group->width[w], above[w]));
        }
    }
    return found;
}
