/* From the interior point to a vertex.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The interior method's multipliers, those of bounds and each group's split over vertices of its
 * set, belong to rows that together hold the optimum up; they are more than there are variables.
 * They enter one after another a square matrix B with its inverse kept: bounds at once, the other
 * places are open, with unit vectors in them at first. A row that is a mixture of those before it
 * hands its multiplier on to them, or takes the place of the first whose multiplier that uses up,
 * so that all multipliers stay positive. Where places are still open, the point may move along the
 * inverse's columns without leaving the rows so far or losing anything of the objective: it is
 * moved until a row or a bound stops it, which then takes the place.
 */
#include "analysis/robust_guess_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define SMALL_PIVOT  1e-7  /* an entry of a mixture below this is rounding */
#define TOLERANCE    1e-10 /* a row is broken below this, beside the largest payment */
#define FAR          1e7   /* how far a direction is followed, beside that */
#define SAME         1e-13 /* multipliers this near are alike */
#define TIGHT        1e-4  /* a variable nearer than this to its bound may be at it */
#define NEGATIVE     1e-11 /* a multiplier below minus this is wrong */
#define MOST_PIVOTS  100   /* to mend those */
#define MOST_BISECTS 60

typedef struct search {
    const sb_guess_program *program;
    const sb_guess_interior *interior;
    sb_guess_vertex *vertex;
    double *inverse;       /* of B: variables by places */
    bool *unit;            /* a variable's row of the inverse is as at first: its own place alone */
    double *row, *mixture; /* a row of B to be; what it is made of */
    double *multipliers;   /* one a place in B */
    size_t *holder;        /* what is in a place: an index of the vertex's rows, or one of these: */
    size_t *bound_of;      /* the variable whose bound is in a place, if one is */
    double *along;         /* a direction */
    double *difference, *slope, *there, *belief;
    size_t *order;
    unsigned char *places;
    double size; /* of the largest variable */
} search;

#define OPEN  SB_NOWHERE       /* a unit vector: the variable is held by nothing yet */
#define BOUND (SB_NOWHERE - 1) /* a bound of some variable */

static void search_free(search *s)
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

static bool search_allocate(search *s)
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
    s->vertex->rows = sb_allocate(n + MOST_PIVOTS, sizeof *s->vertex->rows);
    return s->inverse != NULL && s->unit != NULL && s->row != NULL && s->mixture != NULL &&
           s->multipliers != NULL && s->holder != NULL && s->bound_of != NULL && s->along != NULL &&
           s->difference != NULL && s->slope != NULL && s->there != NULL && s->belief != NULL &&
           s->order != NULL && s->places != NULL && s->vertex->point != NULL &&
           s->vertex->fixed != NULL && s->vertex->rows != NULL;
}

/* Every variable's own place: its bound where it is at one (the slack is small beside the reduced
 * cost, both measured), else open. A bound's row points inwards. */
static void fill_places(search *s)
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
        s->holder[k] = low || high ? BOUND : OPEN;
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

static void add_piece(const search *s, size_t start, double factor)
{
    for (size_t w = 0; w < s->program->signals; w++) {
        s->row[start + w] += factor * s->belief[w];
    }
}

/* A group's row at a vertex of its set. */
static void make_row(search *s, const sb_guess_group *group, const unsigned char *places)
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
static void mix(search *s, const double *row)
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
static void enter(search *s, size_t place)
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
static bool keep_row(search *s, size_t place, size_t group, const unsigned char *places)
{
    sb_guess_vertex *vertex = s->vertex;
    size_t signals = s->program->signals;
    if (s->holder[place] == OPEN || s->holder[place] == BOUND) {
        unsigned char *copy = sb_allocate(signals, 1);
        if (copy == NULL) {
            return false;
        }
        if (s->holder[place] == BOUND) {
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

/* The open place with the largest entry of the mixture, or SB_NOWHERE. */
static size_t open_place(const search *s)
{
    size_t best = SB_NOWHERE;
    double largest = SMALL_PIVOT;
    for (size_t place = 0; place < s->program->variables; place++) {
        if (s->holder[place] == OPEN && fabs(s->mixture[place]) > largest) {
            largest = fabs(s->mixture[place]);
            best = place;
        }
    }
    return best;
}

/* How much of a row's multiplier the others can take before one of theirs is used up, and its place
 * (left alone where they can take it all). Among those used up as good as first, the one with the
 * largest entry of the mixture: the matrix stays well conditioned. */
static double used_up_first(const search *s, double multiplier, size_t *place)
{
    size_t n = s->program->variables;
    double bound = INFINITY;
    for (size_t k = 0; k < n; k++) {
        if (s->holder[k] != OPEN && s->mixture[k] < -SMALL_PIVOT) {
            bound = fmin(bound, (s->multipliers[k] + SAME) / -s->mixture[k]);
        }
    }
    double handed = multiplier;
    double largest = 0;
    for (size_t k = 0; k < n && bound < multiplier; k++) {
        if (s->holder[k] != OPEN && -s->mixture[k] > largest && s->mixture[k] < -SMALL_PIVOT &&
            s->multipliers[k] <= bound * -s->mixture[k]) {
            largest = -s->mixture[k];
            handed = s->multipliers[k] / largest;
            *place = k;
        }
    }
    return fmin(handed, multiplier);
}

/* A row with a multiplier enters, or hands it on. */
static bool offer(search *s, size_t group, const unsigned char *places, double multiplier)
{
    size_t n = s->program->variables;
    make_row(s, &s->program->groups[group], places);
    mix(s, s->row);
    size_t place = open_place(s);
    if (place != SB_NOWHERE) {
        enter(s, place);
        s->multipliers[place] = multiplier;
        return keep_row(s, place, group, places);
    }
    double handed = used_up_first(s, multiplier, &place);
    for (size_t k = 0; k < n; k++) {
        if (s->holder[k] != OPEN) {
            s->multipliers[k] = fmax(0, s->multipliers[k] + handed * s->mixture[k]);
        }
    }
    if (place == SB_NOWHERE) {
        return true;
    }
    enter(s, place);
    s->multipliers[place] = multiplier - handed;
    return keep_row(s, place, group, places);
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
static bool holds_up(search *s, size_t group)
{
    sb_guess_difference(s->program, &s->program->groups[group], s->interior->point, false,
                        s->difference);
    double slack =
        sb_guess_worst(s->program, &s->program->groups[group], s->difference, NULL, NULL, s->order);
    return s->interior->masses[group] * (double)s->program->types > fmax(slack, TOLERANCE);
}

static bool offer_all(search *s)
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

/* Move the point onto the rows exactly: they bind. */
static void settle(search *s)
{
    const sb_guess_program *program = s->program;
    size_t n = program->variables;
    memset(s->row, 0, n * sizeof *s->row);
    for (size_t place = 0; place < n; place++) {
        if (s->holder[place] == OPEN || s->holder[place] == BOUND) {
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

/* What stops a move. */
typedef struct obstacle {
    double distance;
    size_t group;    /* or: */
    size_t variable; /* SB_NOWHERE: none */
} obstacle;

/* How far the point may go before a group's row breaks; the row's places go to s->places. */
static void stop_at_group(search *s, size_t g, obstacle *first, unsigned char *places)
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
        if (value >= -TOLERANCE * s->size) {
            return;
        }
        double here = 0;
        double falls = 0;
        for (size_t w = 0; w < signals; w++) {
            here += s->belief[w] * s->difference[w];
            falls -= s->belief[w] * s->slope[w];
        }
        if (falls <= SMALL_PIVOT) {
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

static void stop_at_bounds(const search *s, obstacle *first)
{
    const sb_guess_program *program = s->program;
    for (size_t k = 0; k < program->variables; k++) {
        double speed = s->along[k];
        double room = speed > 0 ? program->most[k] - s->vertex->point[k]
                                : s->vertex->point[k] - program->least[k];
        if (!s->vertex->fixed[k] && fabs(speed) > SMALL_PIVOT &&
            room < first->distance * fabs(speed)) {
            *first = (obstacle){fmax(0, room / fabs(speed)), SB_NOWHERE, k};
        }
    }
}

/* Go as far as the obstacle, which takes the place. */
static bool stop_at(search *s, size_t place, const obstacle *first, const unsigned char *places)
{
    sb_guess_vertex *vertex = s->vertex;
    for (size_t k = 0; k < s->program->variables; k++) {
        vertex->point[k] += first->distance * s->along[k];
    }
    vertex->pushes++;
    if (first->variable == SB_NOWHERE) {
        make_row(s, &s->program->groups[first->group], places);
        mix(s, s->row);
        enter(s, place);
        return keep_row(s, place, first->group, places);
    }
    size_t variable = first->variable;
    bool high = s->along[variable] > 0;
    vertex->fixed[variable] = true;
    vertex->point[variable] = high ? s->program->most[variable] : s->program->least[variable];
    memset(s->row, 0, s->program->variables * sizeof *s->row);
    s->row[variable] = high ? -1 : 1;
    mix(s, s->row);
    enter(s, place);
    if (s->holder[place] != OPEN && s->holder[place] != BOUND) {
        vertex->rows[s->holder[place]].group = SB_NOWHERE; /* gone */
    }
    s->holder[place] = BOUND;
    s->bound_of[place] = variable;
    return true;
}

/* A line that no row sees: the place's own variable goes to zero along it, where a column that is
 * not basic stays. */
static void rest_at_zero(search *s, size_t place)
{
    sb_guess_vertex *vertex = s->vertex;
    double distance = -vertex->point[place] / s->along[place];
    for (size_t k = 0; k < s->program->variables; k++) {
        vertex->point[k] += distance * s->along[k];
    }
    vertex->point[place] = 0;
    vertex->fixed[place] = true;
    s->holder[place] = BOUND;
    s->bound_of[place] = place;
}

/* Along the inverse's column of a place, forwards or backwards, until something takes the place.
 * False where nothing does. */
static bool push_along(search *s, size_t place, double sign, bool *enough)
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
static bool fill_open(search *s, size_t place, bool *enough)
{
    size_t n = s->program->variables;
    double gain = 0;
    double largest = 0;
    for (size_t k = 0; k < n; k++) {
        gain += s->inverse[k * n + place] * s->program->cost[k];
        largest = fmax(largest, fabs(s->inverse[k * n + place]));
    }
    double sign = gain >= 0 ? 1 : -1;
    if (push_along(s, place, sign, enough) || push_along(s, place, -sign, enough)) {
        return true;
    }
    if (fabs(gain) > SMALL_PIVOT * largest) {
        return false;
    }
    rest_at_zero(s, place);
    return true;
}

/* Add a multiple of what is in a place to the objective's row. */
static void add_place(search *s, size_t place, double factor, double *sum)
{
    size_t n = s->program->variables;
    if (s->holder[place] == OPEN) {
        sum[place] += factor;
    } else if (s->holder[place] == BOUND) {
        size_t variable = s->bound_of[place];
        bool high = s->program->least[variable] < s->program->most[variable] &&
                    s->vertex->point[variable] == s->program->most[variable];
        sum[variable] += high ? -factor : factor;
    } else {
        const sb_guess_row *row = &s->vertex->rows[s->holder[place]];
        make_row(s, &s->program->groups[row->group], row->places);
        sb_guess_add_multiple(sum, factor, s->row, n);
    }
}

/* What holds the objective's gradient up: one a place. The second time for what rounding left. */
static void find_multipliers(search *s)
{
    const sb_guess_program *program = s->program;
    size_t n = program->variables;
    mix(s, program->cost);
    for (size_t k = 0; k < n; k++) {
        s->multipliers[k] = -s->mixture[k];
    }
    memcpy(s->along, program->cost, n * sizeof *s->along);
    for (size_t k = 0; k < n; k++) {
        if (s->multipliers[k] != 0) {
            add_place(s, k, s->multipliers[k], s->along);
        }
    }
    mix(s, s->along);
    for (size_t k = 0; k < n; k++) {
        s->multipliers[k] -= s->mixture[k];
    }
}

/* The place with the smallest multiplier below zero, or SB_NOWHERE. */
static size_t wrong_place(const search *s)
{
    size_t worst = SB_NOWHERE;
    double smallest = -NEGATIVE;
    for (size_t k = 0; k < s->program->variables; k++) {
        size_t variable = s->bound_of[k];
        bool pinned =
            s->holder[k] == BOUND && !(s->program->least[variable] < s->program->most[variable]);
        if (s->holder[k] != OPEN && !pinned && s->multipliers[k] < smallest) {
            smallest = s->multipliers[k];
            worst = k;
        }
    }
    return worst;
}

/* Where rounding left a multiplier below zero the objective grows along the inverse's column:
 * pivots of the simplex method, the oracle naming the row that enters. */
static bool mend(search *s)
{
    bool enough = true;
    for (size_t pivot = 0; pivot < MOST_PIVOTS && enough; pivot++) {
        find_multipliers(s);
        size_t place = wrong_place(s);
        if (place == SB_NOWHERE) {
            break;
        }
        if (s->holder[place] == BOUND) {
            s->vertex->fixed[s->bound_of[place]] = false;
        }
        if (!push_along(s, place, 1, &enough)) {
            s->vertex->reached = false;
            break;
        }
        settle(s);
    }
    return enough;
}

/* The multipliers of rows and bounds as they are now, and how the point does. */
static void judge(search *s)
{
    const sb_guess_program *program = s->program;
    sb_guess_vertex *vertex = s->vertex;
    find_multipliers(s);
    vertex->smallest_multiplier = 0;
    vertex->objective = program->cost_constant;
    for (size_t k = 0; k < program->variables; k++) {
        if (s->holder[k] != OPEN && program->least[k] < program->most[k]) {
            vertex->smallest_multiplier = fmin(vertex->smallest_multiplier, s->multipliers[k]);
        }
        if (s->holder[k] != OPEN && s->holder[k] != BOUND) {
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

static sb_status find(search *s, const atomic_bool *cancel, sb_error *error)
{
    bool enough = offer_all(s);
    settle(s);
    s->vertex->reached = true;
    for (size_t place = 0; place < s->program->variables && enough; place++) {
        if (s->holder[place] == OPEN && !fill_open(s, place, &enough)) {
            s->vertex->reached = false;
        }
        if (cancel != NULL && atomic_load(cancel)) {
            return sb_error_set(error, SB_ERROR_CANCELLED, "cancelled");
        }
    }
    if (!enough) {
        return sb_out_of_memory(error);
    }
    settle(s);
    if (!mend(s)) {
        return sb_out_of_memory(error);
    }
    settle(s);
    judge(s);
    keep_present(s->vertex);
    return SB_OK;
}

sb_status sb_guess_vertex_find(const sb_guess_program *program, const sb_guess_interior *interior,
                               const atomic_bool *cancel, sb_guess_vertex *vertex, sb_error *error)
{
    *vertex = (sb_guess_vertex){0};
    search s = {.program = program, .interior = interior, .vertex = vertex, .size = 1};
    bool enough = search_allocate(&s);
    sb_status status = SB_OK;
    if (enough) {
        fill_places(&s);
        status = find(&s, cancel, error);
    } else {
        status = sb_out_of_memory(error);
    }
    search_free(&s);
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
