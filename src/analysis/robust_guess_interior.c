/* A primal-dual interior point method for the robust program.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mehrotra's predictor and corrector, and after them Gondzio's correctors, which pull products that
 * a longer step would leave far from the others back to them: a factorisation costs much more than
 * a solution with it. The start need not be feasible.
 */
#include "analysis/robust_guess_newton.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define MOST_ITERATIONS 80
#define CLOSE_ENOUGH    1e-11 /* of complementarity, beside the objective */
#define FEASIBLE_ENOUGH 1e-10 /* of residuals, likewise */
#define GOOD_ENOUGH     1e-7  /* of both, where it can get no further */
#define TOWARDS_BOUND   .995
/* Correctors: how many at most for each so many variables and at most; how much longer a step they
 * try for; what products they leave alone, in units of their average; what gain makes another. */
#define CORRECTOR_VARIABLES 150
#define MOST_CORRECTORS     4
#define LONGER              .3
#define SMALLEST_PRODUCT    .1
#define LARGEST_PRODUCT     10
#define WORTHWHILE          .03

/* Everything in the middle: no trade but half of the good, all slacks of the size of a value. */
static void start(sb_guess_newton *m)
{
    const sb_guess_program *program = m->program;
    size_t n = program->variables;
    double mass = 1.0 / (double)program->types;
    for (size_t variable = 0; variable < program->variables; variable++) {
        double least = program->least[variable];
        double most = program->most[variable];
        m->z[variable] = isfinite(least) ? (least + most) / 2 : 0;
        if (isfinite(least) && least < most) {
            m->slack[variable] = m->slack[n + variable] = (most - least) / 2;
            m->dual[variable] = m->dual[n + variable] =
                mass / (double)program->signals / (most - least);
            m->complementarities += 2;
        }
    }
    for (size_t g = 0; g < program->group_count; g++) {
        sb_guess_inner *own = &m->inner[g];
        *own->sigma = 1;
        *own->lambda = mass;
        m->complementarities++;
        for (size_t w = 0; w < program->signals; w++) {
            double width = program->groups[g].width[w];
            if (width > 0) {
                own->b[w] = own->gamma[w] = fmin(*own->sigma * 2 / width, 1e3);
                own->eta[w] = own->zeta[w] = *own->lambda * width / 2;
                m->complementarities += 2;
            }
        }
    }
}

static void shorten(double *step, double value, double change)
{
    if (change < 0 && *step * change < -value) {
        *step = -value / change;
    }
}

/* The longest steps that keep slacks and multipliers positive, of at most 1 / TOWARDS_BOUND. */
static void longest_steps(const sb_guess_newton *m, double *primal, double *dual)
{
    *primal = *dual = 1 / TOWARDS_BOUND;
    for (size_t k = 0; k < m->pair_count; k++) {
        shorten(primal, m->slack[k], m->slack_change[k]);
        shorten(dual, m->dual[k], m->dual_change[k]);
    }
}

/* Complementarity after steps along the direction. */
static double mu_after(const sb_guess_newton *m, double primal, double dual)
{
    double sum = 0;
    for (size_t k = 0; k < m->pair_count; k++) {
        sum +=
            (m->slack[k] + primal * m->slack_change[k]) * (m->dual[k] + dual * m->dual_change[k]);
    }
    return sum / (double)m->complementarities;
}

/* Targets: every product to become `middle`, less the second order of the last direction where
 * `corrected`. */
static void aim(sb_guess_newton *m, double middle, bool corrected)
{
    double second = corrected ? 1 : 0;
    for (size_t k = 0; k < m->pair_count; k++) {
        m->target[k] =
            middle - m->slack[k] * m->dual[k] - second * m->slack_change[k] * m->dual_change[k];
    }
}

/* Change the targets so that products after these steps come nearer to the middle. */
static void centre(sb_guess_newton *m, double middle, double primal, double dual)
{
    for (size_t k = 0; k < m->pair_count; k++) {
        double product =
            (m->slack[k] + primal * m->slack_change[k]) * (m->dual[k] + dual * m->dual_change[k]);
        double wanted = fmax(SMALLEST_PRODUCT * middle, fmin(LARGEST_PRODUCT * middle, product));
        m->kept[k] = m->target[k];
        m->target[k] += fmax(wanted - product, -LARGEST_PRODUCT * middle);
    }
}

/* Correct the direction as long as that makes the steps longer. */
static void correct(sb_guess_newton *m, double middle, double *primal, double *dual)
{
    size_t most = m->program->variables / CORRECTOR_VARIABLES;
    most = most < MOST_CORRECTORS ? most : MOST_CORRECTORS;
    for (size_t k = 0; k < most && fmin(*primal, *dual) < 1 - LONGER / 2; k++) {
        double longer_primal;
        double longer_dual;
        centre(m, middle, fmin(1, *primal + LONGER), fmin(1, *dual + LONGER));
        sb_guess_newton_direction(m);
        longest_steps(m, &longer_primal, &longer_dual);
        double gain = fmin(longer_primal - *primal, longer_dual - *dual);
        double total = longer_primal - *primal + longer_dual - *dual;
        if (total < WORTHWHILE || gain < -WORTHWHILE) {
            memcpy(m->target, m->kept, m->pair_count * sizeof *m->target);
            sb_guess_newton_direction(m);
            return;
        }
        *primal = longer_primal;
        *dual = longer_dual;
    }
}

static void move(sb_guess_newton *m, double primal, double dual)
{
    const sb_guess_program *program = m->program;
    for (size_t variable = 0; variable < program->variables; variable++) {
        m->z[variable] += primal * m->change[variable];
    }
    for (size_t g = 0; g < program->group_count; g++) {
        m->inner[g].s += primal * m->inner[g].change_s;
    }
    for (size_t k = 0; k < m->pair_count; k++) {
        m->slack[k] += primal * m->slack_change[k];
        m->dual[k] += dual * m->dual_change[k];
    }
}

static void iterate(sb_guess_newton *m)
{
    double primal;
    double dual;
    sb_guess_newton_factor(m);
    aim(m, 0, false);
    sb_guess_newton_direction(m);
    longest_steps(m, &primal, &dual);
    double left = mu_after(m, fmin(1, primal), fmin(1, dual)) / m->mu;
    double middle = m->mu * left * left * left;
    aim(m, middle, true);
    sb_guess_newton_direction(m);
    longest_steps(m, &primal, &dual);
    correct(m, middle, &primal, &dual);
    move(m, TOWARDS_BOUND * primal, TOWARDS_BOUND * dual);
}

/* Which signals a group's belief fills (cheap), leaves (dear) or shares out among (tied). */
static void read_ties(const sb_guess_newton *m, size_t g, double size, sb_guess_interior *interior)
{
    const sb_guess_program *program = m->program;
    const sb_guess_group *group = &program->groups[g];
    const sb_guess_inner *own = &m->inner[g];
    for (size_t w = 0; w < program->signals; w++) {
        size_t at = g * program->signals + w;
        double full = *own->lambda * group->width[w];
        interior->flows[at] = own->zeta[w];
        bool level = own->gamma[w] / size < own->zeta[w] / full;
        bool unfilled = own->b[w] / size < own->eta[w] / full;
        interior->ties[at] = (unsigned char)(group->width[w] <= 0 ? SB_GUESS_DEAR
                                             : level && unfilled  ? SB_GUESS_TIED
                                             : level              ? SB_GUESS_CHEAP
                                                                  : SB_GUESS_DEAR);
    }
    interior->masses[g] = *own->lambda;
}

static bool interior_allocate(const sb_guess_program *program, sb_guess_interior *interior)
{
    size_t cells = program->group_count * program->signals;
    interior->point = sb_allocate(program->variables, sizeof(double));
    interior->bound_duals = sb_allocate(program->variables, sizeof(double));
    interior->masses = sb_allocate(program->group_count, sizeof(double));
    interior->flows = sb_allocate(cells, sizeof(double));
    interior->ties = sb_allocate(cells, 1);
    return interior->point != NULL && interior->bound_duals != NULL && interior->masses != NULL &&
           interior->flows != NULL && interior->ties != NULL;
}

static void read_answer(const sb_guess_newton *m, sb_guess_interior *interior)
{
    const sb_guess_program *program = m->program;
    size_t n = program->variables;
    double size = 1;
    for (size_t variable = 0; variable < program->variables; variable++) {
        size = fmax(size, fabs(m->z[variable]));
        interior->point[variable] = m->z[variable];
        interior->bound_duals[variable] = m->dual[variable] - m->dual[n + variable];
    }
    for (size_t g = 0; g < program->group_count; g++) {
        read_ties(m, g, size, interior);
    }
    interior->objective = m->objective * program->unit;
    interior->gap = m->mu * (double)m->complementarities * program->unit;
    interior->residual = m->residual * program->unit;
}

static sb_status run(sb_guess_newton *m, const atomic_bool *cancel, sb_guess_interior *interior,
                     bool *converged, sb_error *error)
{
    double best = INFINITY;
    size_t stalled = 0;
    start(m);
    for (;;) {
        sb_guess_newton_residuals(m);
        double gap = m->mu * (double)m->complementarities / (1 + fabs(m->objective));
        double residual = m->residual / (1 + fabs(m->objective));
        double distance = fmax(gap, residual);
        if (!(distance < INFINITY)) {
            return SB_OK;
        }
        if (distance < best) {
            read_answer(m, interior);
            *converged = distance < GOOD_ENOUGH;
        }
        stalled = distance < .9 * best ? 0 : stalled + 1;
        best = fmin(best, distance);
        bool close = gap < CLOSE_ENOUGH && residual < FEASIBLE_ENOUGH;
        if (close || stalled >= 6 || interior->iterations == MOST_ITERATIONS) {
            return SB_OK;
        }
        if (cancel != NULL && atomic_load(cancel)) {
            return sb_error_set(error, SB_ERROR_CANCELLED, "cancelled");
        }
        iterate(m);
        interior->iterations++;
    }
}

sb_status sb_guess_interior_solve(const sb_guess_program *program, const atomic_bool *cancel,
                                  sb_guess_interior *interior, bool *converged, sb_error *error)
{
    *interior = (sb_guess_interior){0};
    *converged = false;
    sb_guess_newton m;
    sb_status status = sb_guess_newton_init(&m, program, error);
    if (status != SB_OK) {
        return status;
    }
    status = interior_allocate(program, interior) ? run(&m, cancel, interior, converged, error)
                                                  : sb_out_of_memory(error);
    sb_guess_newton_clear(&m);
    if (status != SB_OK) {
        sb_guess_interior_clear(interior);
    }
    return status;
}

void sb_guess_interior_clear(sb_guess_interior *interior)
{
    free(interior->point);
    free(interior->bound_duals);
    free(interior->masses);
    free(interior->flows);
    free(interior->ties);
    *interior = (sb_guess_interior){0};
}
