/* A primal-dual interior point method for the robust program.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The dual of a group's inner minimum makes its row
 *
 *     lower d + rest s - width b >= 0,    b >= 0,    b >= s - d
 *
 * with a number s and one b a signal of its own. Their Newton equations are solved by hand: with
 * the barrier weights eta/b and zeta/gamma of a signal (gamma the slack of b >= s - d), E their sum
 * and
 *
 *     omega = (eta/b)(zeta/gamma)/E,    rho = width (zeta/gamma)/E,    S = sum omega,
 *     a = lower + rho + (omega/S)(rest - sum rho),
 *     tau = sigma/lambda + sum width^2/E + (rest - sum rho)^2/S
 *
 * (sigma the row's slack, lambda its multiplier) the group adds
 *
 *     C^T [diag omega - omega omega^T/S + a a^T/tau] C
 *
 * to the matrix over the mechanism, C being d's coefficients. The vector a sums to one: it is the
 * belief that the row is taken at, smoothed. So the matrix is as small as the mechanism, whatever
 * the number of groups. Mehrotra's predictor and corrector; the start need not be feasible.
 */
#include "analysis/robust_guess_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define MOST_ITERATIONS 80
#define CLOSE_ENOUGH    1e-11 /* of complementarity and residuals, beside the objective */
#define GOOD_ENOUGH     1e-7  /* where it can get no further */
#define TOWARDS_BOUND   .995
/* Keeps directions that no row sees from running away. */
#define PROXIMAL 1e-12

/* One group's own variables, slacks and multipliers, and what is derived from them each time. */
typedef struct inner {
    double s, sigma, lambda;
    double *b, *gamma, *eta, *zeta;
    double *excess;                   /* E */
    double *omega, *rho, *belief;     /* belief: a */
    double *target_eta, *target_zeta; /* what b eta and gamma zeta are to change by */
    double *change_b, *change_gamma, *change_eta, *change_zeta;
    double *difference_residual, *multiplier_residual, *shift;
    double target_lambda, row_residual, s_residual;
    double omega_sum, slope, tau; /* S; rest - sum rho */
    double kappa;
    double change_s, change_sigma, change_lambda;
} inner;
#define INNER_VECTORS 17

typedef struct method {
    const sb_guess_program *program;
    inner *inner;
    double *vectors; /* of all inner */
    double *z, *change, *gradient, *rhs;
    double *low_slack, *low_dual, *high_slack, *high_dual;
    double *low_target, *high_target, *low_change, *high_change;
    double *matrix, *scratch, *block;
    size_t complementarities;
    double mu, residual, objective;
} method;

static bool method_allocate(method *m)
{
    const sb_guess_program *program = m->program;
    size_t n = program->variables;
    size_t signals = program->signals;
    m->inner = sb_allocate(program->group_count, sizeof *m->inner);
    m->vectors = sb_allocate(program->group_count * INNER_VECTORS * signals, sizeof(double));
    m->z = sb_allocate(12 * n, sizeof(double));
    m->matrix = sb_allocate(n * n, sizeof(double));
    m->scratch = sb_allocate(2 * signals + n, sizeof(double));
    m->block = sb_allocate(signals * signals, sizeof(double));
    if (m->inner == NULL || m->vectors == NULL || m->z == NULL || m->matrix == NULL ||
        m->scratch == NULL || m->block == NULL) {
        return false;
    }
    double **parts[] = {&m->change,      &m->gradient,   &m->rhs,        &m->low_slack,
                        &m->low_dual,    &m->high_slack, &m->high_dual,  &m->low_target,
                        &m->high_target, &m->low_change, &m->high_change};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        *parts[k] = m->z + (k + 1) * n;
    }
    double *next = m->vectors;
    for (size_t g = 0; g < program->group_count; g++) {
        inner *own = &m->inner[g];
        double **vectors[INNER_VECTORS] = {&own->b,
                                           &own->gamma,
                                           &own->eta,
                                           &own->zeta,
                                           &own->excess,
                                           &own->omega,
                                           &own->rho,
                                           &own->belief,
                                           &own->target_eta,
                                           &own->target_zeta,
                                           &own->change_b,
                                           &own->change_gamma,
                                           &own->change_eta,
                                           &own->change_zeta,
                                           &own->difference_residual,
                                           &own->multiplier_residual,
                                           &own->shift};
        for (size_t k = 0; k < INNER_VECTORS; k++) {
            *vectors[k] = next;
            next += signals;
        }
    }
    return true;
}

static void method_free(method *m)
{
    free(m->inner);
    free(m->vectors);
    free(m->z);
    free(m->matrix);
    free(m->scratch);
    free(m->block);
}

/* Everything in the middle: no trade but half of the good, all slacks of the size of a value. */
static void start(method *m)
{
    const sb_guess_program *program = m->program;
    double mass = 1.0 / (double)program->types;
    for (size_t variable = 0; variable < program->variables; variable++) {
        double least = program->least[variable];
        double most = program->most[variable];
        m->z[variable] = isfinite(least) ? (least + most) / 2 : 0;
        if (isfinite(least) && least < most) {
            m->low_slack[variable] = m->high_slack[variable] = (most - least) / 2;
            m->low_dual[variable] = m->high_dual[variable] =
                mass / (double)program->signals / (most - least);
            m->complementarities += 2;
        }
    }
    for (size_t g = 0; g < program->group_count; g++) {
        inner *own = &m->inner[g];
        own->sigma = 1;
        own->lambda = mass;
        m->complementarities++;
        for (size_t w = 0; w < program->signals; w++) {
            double width = program->groups[g].width[w];
            if (width > 0) {
                own->b[w] = own->gamma[w] = fmin(own->sigma * 2 / width, 1e3);
                own->eta[w] = own->zeta[w] = own->lambda * width / 2;
                m->complementarities += 2;
            }
        }
    }
}

/* C^T of a vector over the signals, added to a vector over the variables. */
static void add_transposed(const sb_guess_program *program, const sb_guess_group *group,
                           const double *vector, double factor, double *sum)
{
    double a = factor * group->allocation_coefficient;
    double b = factor * group->payment_coefficient;
    double *allocation = sum + sb_guess_allocation(program, group->type);
    double *payment = sum + sb_guess_payment(program, group->type);
    double total = 0;
    for (size_t w = 0; w < program->signals; w++) {
        allocation[w] += a * vector[w];
        payment[w] += b * vector[w];
        total += vector[w];
    }
    if (group->kind == SB_CUT_OBJECTIVE) {
        sum[sb_guess_expected(program, group->type)] -= factor * total;
    }
    if (group->report == SB_NOWHERE) {
        return;
    }
    allocation = sum + sb_guess_allocation(program, group->report);
    payment = sum + sb_guess_payment(program, group->report);
    for (size_t w = 0; w < program->signals; w++) {
        allocation[w] -= a * vector[w];
        payment[w] -= b * vector[w];
    }
}

static void group_residuals(method *m, size_t g, double *products, double *worst)
{
    const sb_guess_program *program = m->program;
    const sb_guess_group *group = &program->groups[g];
    inner *own = &m->inner[g];
    double *d = m->scratch;
    double *held = m->scratch + program->signals;
    sb_guess_difference(program, group, m->z, false, d);
    double row = group->rest * own->s;
    double flow = 0;
    for (size_t w = 0; w < program->signals; w++) {
        double width = group->width[w];
        row += group->lower[w] * d[w];
        held[w] = own->lambda * group->lower[w];
        if (width > 0) {
            row -= width * own->b[w];
            own->difference_residual[w] = own->gamma[w] - (own->b[w] - own->s + d[w]);
            own->multiplier_residual[w] = width * own->lambda - own->eta[w] - own->zeta[w];
            flow += own->zeta[w];
            held[w] += own->zeta[w];
            *products += own->b[w] * own->eta[w] + own->gamma[w] * own->zeta[w];
            *worst = fmax(*worst, width * fabs(own->difference_residual[w]));
            *worst = fmax(*worst, fabs(own->multiplier_residual[w]));
        }
    }
    own->row_residual = own->sigma - row;
    own->s_residual = flow - group->rest * own->lambda;
    *products += own->sigma * own->lambda;
    *worst = fmax(*worst, fabs(own->row_residual));
    *worst = fmax(*worst, fabs(own->s_residual));
    add_transposed(program, group, held, 1, m->gradient);
}

/* How far from feasible and complementary the point is; gradient becomes what the multipliers leave
 * of the objective. */
static void residuals(method *m)
{
    const sb_guess_program *program = m->program;
    double products = 0;
    double worst = 0;
    m->objective = program->cost_constant;
    for (size_t variable = 0; variable < program->variables; variable++) {
        m->gradient[variable] =
            program->cost[variable] + m->low_dual[variable] - m->high_dual[variable];
        m->objective += program->cost[variable] * m->z[variable];
        products += m->low_slack[variable] * m->low_dual[variable] +
                    m->high_slack[variable] * m->high_dual[variable];
    }
    for (size_t g = 0; g < program->group_count; g++) {
        group_residuals(m, g, &products, &worst);
    }
    for (size_t variable = 0; variable < program->variables; variable++) {
        worst = fmax(worst, fabs(m->gradient[variable]));
    }
    m->mu = products / (double)m->complementarities;
    m->residual = worst;
}

/* The barrier weights of one group. */
static void weigh(const sb_guess_program *program, const sb_guess_group *group, inner *own)
{
    double omega_sum = 0;
    double rho_sum = 0;
    double tau = own->sigma / own->lambda;
    for (size_t w = 0; w < program->signals; w++) {
        double width = group->width[w];
        own->omega[w] = own->rho[w] = 0;
        if (width > 0) {
            double lower_weight = own->eta[w] / own->b[w];
            double upper_weight = own->zeta[w] / own->gamma[w];
            own->excess[w] = lower_weight + upper_weight;
            own->omega[w] = lower_weight * (upper_weight / own->excess[w]);
            own->rho[w] = width * (upper_weight / own->excess[w]);
            omega_sum += own->omega[w];
            rho_sum += own->rho[w];
            tau += width * width / own->excess[w];
        }
    }
    own->omega_sum = omega_sum;
    own->slope = omega_sum > 0 ? group->rest - rho_sum : 0;
    own->tau = tau + (omega_sum > 0 ? own->slope * own->slope / omega_sum : 0);
    for (size_t w = 0; w < program->signals; w++) {
        own->belief[w] = group->lower[w] + own->rho[w] +
                         (omega_sum > 0 ? own->omega[w] / omega_sum * own->slope : 0);
    }
}

/* matrix block at (row, column) += factor * block; the diagonal block's upper half is harmless. */
static void add_block(method *m, size_t row, size_t column, double factor)
{
    size_t signals = m->program->signals;
    for (size_t i = 0; i < signals; i++) {
        double *target = m->matrix + (row + i) * m->program->variables + column;
        const double *source = m->block + i * signals;
        for (size_t j = 0; j < signals; j++) {
            target[j] += factor * source[j];
        }
    }
}

static void add_group_to_matrix(method *m, size_t g)
{
    const sb_guess_program *program = m->program;
    const sb_guess_group *group = &program->groups[g];
    const inner *own = &m->inner[g];
    size_t signals = program->signals;
    for (size_t i = 0; i < signals; i++) {
        double left = own->omega_sum > 0 ? -own->omega[i] / own->omega_sum : 0;
        double right = own->belief[i] / own->tau;
        double *row = m->block + i * signals;
        for (size_t j = 0; j < signals; j++) {
            row[j] = left * own->omega[j] + right * own->belief[j];
        }
        row[i] += own->omega[i];
    }
    size_t starts[4] = {sb_guess_allocation(program, group->type),
                        sb_guess_payment(program, group->type), 0, 0};
    double factors[4] = {group->allocation_coefficient, group->payment_coefficient, 0, 0};
    size_t count = 2;
    if (group->report != SB_NOWHERE) {
        starts[2] = sb_guess_allocation(program, group->report);
        starts[3] = sb_guess_payment(program, group->report);
        factors[2] = -factors[0];
        factors[3] = -factors[1];
        count = 4;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            if (starts[i] >= starts[j]) {
                add_block(m, starts[i], starts[j], factors[i] * factors[j]);
            }
        }
    }
    if (group->kind == SB_CUT_OBJECTIVE) {
        double *row = m->matrix + sb_guess_expected(program, group->type) * program->variables;
        for (size_t i = 0; i < count; i++) {
            for (size_t w = 0; w < signals; w++) {
                row[starts[i] + w] -= factors[i] * own->belief[w] / own->tau;
            }
        }
        row[sb_guess_expected(program, group->type)] += 1 / own->tau;
    }
}

static void factor(method *m)
{
    const sb_guess_program *program = m->program;
    size_t n = program->variables;
    memset(m->matrix, 0, n * n * sizeof *m->matrix);
    for (size_t g = 0; g < program->group_count; g++) {
        weigh(program, &program->groups[g], &m->inner[g]);
        add_group_to_matrix(m, g);
    }
    for (size_t variable = 0; variable < n; variable++) {
        double weight = PROXIMAL;
        if (m->low_slack[variable] > 0) {
            weight += m->low_dual[variable] / m->low_slack[variable] +
                      m->high_dual[variable] / m->high_slack[variable];
        }
        m->matrix[variable * n + variable] += weight;
    }
    sb_guess_factor(m->matrix, n);
}

/* The right side that a group adds: shift = what its inner variables do by themselves. */
static void add_group_rhs(method *m, size_t g)
{
    const sb_guess_program *program = m->program;
    const sb_guess_group *group = &program->groups[g];
    inner *own = &m->inner[g];
    double total = own->s_residual;
    double kappa = own->target_lambda / own->lambda + own->row_residual;
    for (size_t w = 0; w < program->signals; w++) {
        own->shift[w] = 0;
        if (group->width[w] > 0) {
            double up = own->target_zeta[w] / own->gamma[w];
            double own_push = own->target_eta[w] / own->b[w] + up - own->multiplier_residual[w];
            double share = own->zeta[w] / own->gamma[w] / own->excess[w];
            own->shift[w] = up - share * own_push + own->omega[w] * own->difference_residual[w];
            total += own->shift[w];
            kappa += group->width[w] * own_push / own->excess[w] +
                     own->rho[w] * own->difference_residual[w];
        }
    }
    if (own->omega_sum > 0) {
        kappa += own->slope / own->omega_sum * total;
        for (size_t w = 0; w < program->signals; w++) {
            own->shift[w] -= own->omega[w] / own->omega_sum * total;
        }
    }
    own->kappa = kappa;
    add_transposed(program, group, own->shift, 1, m->rhs);
    add_transposed(program, group, own->belief, kappa / own->tau, m->rhs);
}

static void expand_group(method *m, size_t g)
{
    const sb_guess_program *program = m->program;
    const sb_guess_group *group = &program->groups[g];
    inner *own = &m->inner[g];
    double *d = m->scratch;
    sb_guess_difference(program, group, m->change, true, d);
    double along = 0;
    double sum = -own->s_residual;
    for (size_t w = 0; w < program->signals; w++) {
        along += own->belief[w] * d[w];
        if (group->width[w] > 0) {
            double up = own->target_zeta[w] / own->gamma[w];
            double own_push = own->target_eta[w] / own->b[w] + up - own->multiplier_residual[w];
            double share = own->zeta[w] / own->gamma[w] / own->excess[w];
            sum += own->omega[w] * (d[w] - own->difference_residual[w]) - (up - share * own_push);
        }
    }
    own->change_lambda = (own->kappa - along) / own->tau;
    own->change_sigma = (own->target_lambda - own->sigma * own->change_lambda) / own->lambda;
    own->change_s =
        own->omega_sum > 0 ? (own->slope * own->change_lambda + sum) / own->omega_sum : 0;
    for (size_t w = 0; w < program->signals; w++) {
        double width = group->width[w];
        if (width > 0) {
            double up = own->target_zeta[w] / own->gamma[w];
            double own_push = own->target_eta[w] / own->b[w] + up - own->multiplier_residual[w];
            double upper_weight = own->zeta[w] / own->gamma[w];
            double apart = d[w] - own->change_s - own->difference_residual[w];
            own->change_b[w] =
                (own_push - width * own->change_lambda - upper_weight * apart) / own->excess[w];
            own->change_gamma[w] = own->change_b[w] + apart;
            own->change_zeta[w] = up - upper_weight * own->change_gamma[w];
            own->change_eta[w] = (own->target_eta[w] - own->eta[w] * own->change_b[w]) / own->b[w];
        }
    }
}

/* The Newton direction for the targets. */
static void direction(method *m)
{
    const sb_guess_program *program = m->program;
    size_t n = program->variables;
    for (size_t variable = 0; variable < n; variable++) {
        m->rhs[variable] = m->gradient[variable];
        if (m->low_slack[variable] > 0) {
            m->rhs[variable] += m->low_target[variable] / m->low_slack[variable] -
                                m->high_target[variable] / m->high_slack[variable];
        }
    }
    for (size_t g = 0; g < program->group_count; g++) {
        add_group_rhs(m, g);
    }
    memcpy(m->change, m->rhs, n * sizeof *m->change);
    sb_guess_factor_solve(m->matrix, n, m->change);
    for (size_t variable = 0; variable < n; variable++) {
        if (m->low_slack[variable] > 0) {
            m->low_change[variable] =
                (m->low_target[variable] - m->low_dual[variable] * m->change[variable]) /
                m->low_slack[variable];
            m->high_change[variable] =
                (m->high_target[variable] + m->high_dual[variable] * m->change[variable]) /
                m->high_slack[variable];
        }
    }
    for (size_t g = 0; g < program->group_count; g++) {
        expand_group(m, g);
    }
}

static void shorten(double *step, double value, double change)
{
    if (change < 0 && *step * change < -value) {
        *step = -value / change;
    }
}

/* The longest steps that keep slacks (primal) and multipliers (dual) positive, at most 1/share. */
static void longest_steps(const method *m, double *primal, double *dual)
{
    const sb_guess_program *program = m->program;
    for (size_t variable = 0; variable < program->variables; variable++) {
        if (m->low_slack[variable] > 0) {
            shorten(primal, m->low_slack[variable], m->change[variable]);
            shorten(primal, m->high_slack[variable], -m->change[variable]);
            shorten(dual, m->low_dual[variable], m->low_change[variable]);
            shorten(dual, m->high_dual[variable], m->high_change[variable]);
        }
    }
    for (size_t g = 0; g < program->group_count; g++) {
        const inner *own = &m->inner[g];
        shorten(primal, own->sigma, own->change_sigma);
        shorten(dual, own->lambda, own->change_lambda);
        for (size_t w = 0; w < program->signals; w++) {
            if (program->groups[g].width[w] > 0) {
                shorten(primal, own->b[w], own->change_b[w]);
                shorten(primal, own->gamma[w], own->change_gamma[w]);
                shorten(dual, own->eta[w], own->change_eta[w]);
                shorten(dual, own->zeta[w], own->change_zeta[w]);
            }
        }
    }
}

/* Complementarity after steps along the direction. */
static double mu_after(const method *m, double primal, double dual)
{
    const sb_guess_program *program = m->program;
    double sum = 0;
    for (size_t variable = 0; variable < program->variables; variable++) {
        if (m->low_slack[variable] > 0) {
            double move = primal * m->change[variable];
            sum += (m->low_slack[variable] + move) *
                       (m->low_dual[variable] + dual * m->low_change[variable]) +
                   (m->high_slack[variable] - move) *
                       (m->high_dual[variable] + dual * m->high_change[variable]);
        }
    }
    for (size_t g = 0; g < program->group_count; g++) {
        const inner *own = &m->inner[g];
        sum +=
            (own->sigma + primal * own->change_sigma) * (own->lambda + dual * own->change_lambda);
        for (size_t w = 0; w < program->signals; w++) {
            if (program->groups[g].width[w] > 0) {
                sum += (own->b[w] + primal * own->change_b[w]) *
                           (own->eta[w] + dual * own->change_eta[w]) +
                       (own->gamma[w] + primal * own->change_gamma[w]) *
                           (own->zeta[w] + dual * own->change_zeta[w]);
            }
        }
    }
    return sum / (double)m->complementarities;
}

/* Targets: every product to become `middle`, less the second order of the last direction where
 * `corrected`. */
static void aim(method *m, double middle, bool corrected)
{
    const sb_guess_program *program = m->program;
    double second = corrected ? 1 : 0;
    for (size_t variable = 0; variable < program->variables; variable++) {
        if (m->low_slack[variable] > 0) {
            m->low_target[variable] = middle - m->low_slack[variable] * m->low_dual[variable] -
                                      second * m->change[variable] * m->low_change[variable];
            m->high_target[variable] = middle - m->high_slack[variable] * m->high_dual[variable] +
                                       second * m->change[variable] * m->high_change[variable];
        }
    }
    for (size_t g = 0; g < program->group_count; g++) {
        inner *own = &m->inner[g];
        own->target_lambda =
            middle - own->sigma * own->lambda - second * own->change_sigma * own->change_lambda;
        for (size_t w = 0; w < program->signals; w++) {
            own->target_eta[w] =
                middle - own->b[w] * own->eta[w] - second * own->change_b[w] * own->change_eta[w];
            own->target_zeta[w] = middle - own->gamma[w] * own->zeta[w] -
                                  second * own->change_gamma[w] * own->change_zeta[w];
        }
    }
}

static void move(method *m, double primal, double dual)
{
    const sb_guess_program *program = m->program;
    for (size_t variable = 0; variable < program->variables; variable++) {
        m->z[variable] += primal * m->change[variable];
        if (m->low_slack[variable] > 0) {
            m->low_slack[variable] += primal * m->change[variable];
            m->high_slack[variable] -= primal * m->change[variable];
            m->low_dual[variable] += dual * m->low_change[variable];
            m->high_dual[variable] += dual * m->high_change[variable];
        }
    }
    for (size_t g = 0; g < program->group_count; g++) {
        inner *own = &m->inner[g];
        own->s += primal * own->change_s;
        own->sigma += primal * own->change_sigma;
        own->lambda += dual * own->change_lambda;
        for (size_t w = 0; w < program->signals; w++) {
            own->b[w] += primal * own->change_b[w];
            own->gamma[w] += primal * own->change_gamma[w];
            own->eta[w] += dual * own->change_eta[w];
            own->zeta[w] += dual * own->change_zeta[w];
        }
    }
}

static void iterate(method *m)
{
    factor(m);
    aim(m, 0, false);
    direction(m);
    double primal = 1;
    double dual = 1;
    longest_steps(m, &primal, &dual);
    double left = mu_after(m, primal, dual) / m->mu;
    aim(m, m->mu * left * left * left, true);
    direction(m);
    primal = dual = 1 / TOWARDS_BOUND;
    longest_steps(m, &primal, &dual);
    move(m, TOWARDS_BOUND * primal, TOWARDS_BOUND * dual);
}

/* Which signals a group's belief fills (cheap), leaves (dear) or shares out among (tied). */
static void read_ties(const method *m, size_t g, double size, sb_guess_interior *interior)
{
    const sb_guess_program *program = m->program;
    const sb_guess_group *group = &program->groups[g];
    const inner *own = &m->inner[g];
    for (size_t w = 0; w < program->signals; w++) {
        size_t at = g * program->signals + w;
        double full = own->lambda * group->width[w];
        interior->flows[at] = own->zeta[w];
        bool level = own->gamma[w] / size < own->zeta[w] / full;
        bool unfilled = own->b[w] / size < own->eta[w] / full;
        interior->ties[at] = (unsigned char)(group->width[w] <= 0 ? SB_GUESS_DEAR
                                             : level && unfilled  ? SB_GUESS_TIED
                                             : level              ? SB_GUESS_CHEAP
                                                                  : SB_GUESS_DEAR);
    }
    interior->masses[g] = own->lambda;
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

static void read_answer(const method *m, sb_guess_interior *interior)
{
    const sb_guess_program *program = m->program;
    double size = 1;
    for (size_t variable = 0; variable < program->variables; variable++) {
        size = fmax(size, fabs(m->z[variable]));
        interior->point[variable] = m->z[variable];
        interior->bound_duals[variable] = m->low_dual[variable] - m->high_dual[variable];
    }
    for (size_t g = 0; g < program->group_count; g++) {
        read_ties(m, g, size, interior);
    }
    interior->objective = m->objective * program->unit;
    interior->gap = m->mu * (double)m->complementarities * program->unit;
    interior->residual = m->residual * program->unit;
}

static sb_status run(method *m, const atomic_bool *cancel, sb_guess_interior *interior,
                     bool *converged, sb_error *error)
{
    double best = INFINITY;
    size_t stalled = 0;
    start(m);
    for (;;) {
        residuals(m);
        double gap = m->mu * (double)m->complementarities;
        double distance = fmax(gap, m->residual) / (1 + fabs(m->objective));
        if (!(distance < INFINITY)) {
            return SB_OK;
        }
        if (distance < best) {
            read_answer(m, interior);
            *converged = distance < GOOD_ENOUGH;
        }
        stalled = distance < .9 * best ? 0 : stalled + 1;
        best = fmin(best, distance);
        if (distance < CLOSE_ENOUGH || stalled >= 6 || interior->iterations == MOST_ITERATIONS) {
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
    method m = {.program = program};
    sb_status status = SB_OK;
    if (!method_allocate(&m) || !interior_allocate(program, interior)) {
        status = sb_out_of_memory(error);
    } else {
        status = run(&m, cancel, interior, converged, error);
    }
    method_free(&m);
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
