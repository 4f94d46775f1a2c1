/* The Newton equations of the interior point method.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The dual of a group's inner minimum makes its row
 *
 *     lower d + rest s - width b >= 0,    b >= 0,    b >= s - d
 *
 * with a number s and one b a signal of its own. Their equations are solved by hand: with the
 * barrier weights eta/b and zeta/gamma of a signal (gamma the slack of b >= s - d), E their sum and
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
 * the number of groups.
 */
#include "analysis/robust_guess_newton.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Keeps directions that no row sees from running away. */
#define PROXIMAL 1e-12

/* Vectors over the signals of each group, beside those of its pairs. */
#define INNER_VECTORS 7

/* Bounds of the variables, rows of the groups, two a signal of each group. */
static size_t count_pairs(const sb_guess_program *program)
{
    return 2 * program->variables + program->group_count * (1 + 2 * program->signals);
}

static void point_pair(const sb_guess_newton *m, size_t at, double **slack, double **dual,
                       double **slack_change, double **dual_change, double **target)
{
    *slack = m->slack + at;
    *dual = m->dual + at;
    *slack_change = m->slack_change + at;
    *dual_change = m->dual_change + at;
    *target = m->target + at;
}

static void place_pairs(sb_guess_newton *m)
{
    const sb_guess_program *program = m->program;
    size_t n = program->variables;
    size_t at = 2 * n;
    m->pair_count = count_pairs(program);
    double **arrays[] = {&m->dual, &m->slack_change, &m->dual_change, &m->target, &m->kept};
    for (size_t k = 0; k < sizeof arrays / sizeof *arrays; k++) {
        *arrays[k] = m->slack + (k + 1) * m->pair_count;
    }
    double *next = m->vectors;
    for (size_t g = 0; g < program->group_count; g++) {
        sb_guess_inner *own = &m->inner[g];
        point_pair(m, at, &own->sigma, &own->lambda, &own->change_sigma, &own->change_lambda,
                   &own->target_lambda);
        point_pair(m, at + 1, &own->b, &own->eta, &own->change_b, &own->change_eta,
                   &own->target_eta);
        point_pair(m, at + 1 + program->signals, &own->gamma, &own->zeta, &own->change_gamma,
                   &own->change_zeta, &own->target_zeta);
        at += 1 + 2 * program->signals;
        double **vectors[INNER_VECTORS] = {&own->excess,
                                           &own->omega,
                                           &own->rho,
                                           &own->belief,
                                           &own->difference_residual,
                                           &own->multiplier_residual,
                                           &own->shift};
        for (size_t k = 0; k < INNER_VECTORS; k++) {
            *vectors[k] = next;
            next += program->signals;
        }
    }
}

sb_status sb_guess_newton_init(sb_guess_newton *m, const sb_guess_program *program, sb_error *error)
{
    size_t n = program->variables;
    size_t signals = program->signals;
    *m = (sb_guess_newton){.program = program};
    m->inner = sb_allocate(program->group_count, sizeof *m->inner);
    m->vectors = sb_allocate(program->group_count * INNER_VECTORS * signals, sizeof(double));
    m->slack = sb_allocate(6 * count_pairs(program), sizeof(double));
    m->z = sb_allocate(4 * n, sizeof(double));
    m->matrix = sb_allocate(n * n, sizeof(double));
    m->scratch = sb_allocate(2 * signals, sizeof(double));
    m->block = sb_allocate(signals * signals, sizeof(double));
    if (m->inner == NULL || m->vectors == NULL || m->slack == NULL || m->z == NULL ||
        m->matrix == NULL || m->scratch == NULL || m->block == NULL) {
        sb_guess_newton_clear(m);
        return sb_out_of_memory(error);
    }
    m->change = m->z + n;
    m->gradient = m->z + 2 * n;
    m->rhs = m->z + 3 * n;
    place_pairs(m);
    return SB_OK;
}

void sb_guess_newton_clear(sb_guess_newton *m)
{
    free(m->inner);
    free(m->vectors);
    free(m->slack);
    free(m->z);
    free(m->matrix);
    free(m->scratch);
    free(m->block);
    *m = (sb_guess_newton){0};
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

static void group_residuals(sb_guess_newton *m, size_t g, double *products, double *worst)
{
    const sb_guess_program *program = m->program;
    const sb_guess_group *group = &program->groups[g];
    sb_guess_inner *own = &m->inner[g];
    double *d = m->scratch;
    double *held = m->scratch + program->signals;
    sb_guess_difference(program, group, m->z, false, d);
    double row = group->rest * own->s;
    double flow = 0;
    for (size_t w = 0; w < program->signals; w++) {
        double width = group->width[w];
        row += group->lower[w] * d[w];
        held[w] = *own->lambda * group->lower[w];
        if (width > 0) {
            row -= width * own->b[w];
            own->difference_residual[w] = own->gamma[w] - (own->b[w] - own->s + d[w]);
            own->multiplier_residual[w] = width * *own->lambda - own->eta[w] - own->zeta[w];
            flow += own->zeta[w];
            held[w] += own->zeta[w];
            *products += own->b[w] * own->eta[w] + own->gamma[w] * own->zeta[w];
            *worst = fmax(*worst, width * fabs(own->difference_residual[w]));
            *worst = fmax(*worst, fabs(own->multiplier_residual[w]));
        }
    }
    own->row_residual = *own->sigma - row;
    own->s_residual = flow - group->rest * *own->lambda;
    *products += *own->sigma * *own->lambda;
    *worst = fmax(*worst, fabs(own->row_residual));
    *worst = fmax(*worst, fabs(own->s_residual));
    add_transposed(program, group, held, 1, m->gradient);
}

/* How far from feasible and complementary the point is; gradient becomes what the multipliers leave
 * of the objective. */
void sb_guess_newton_residuals(sb_guess_newton *m)
{
    const sb_guess_program *program = m->program;
    size_t n = program->variables;
    double products = 0;
    double worst = 0;
    m->objective = program->cost_constant;
    for (size_t variable = 0; variable < program->variables; variable++) {
        m->gradient[variable] = program->cost[variable] + m->dual[variable] - m->dual[n + variable];
        m->objective += program->cost[variable] * m->z[variable];
        products +=
            m->slack[variable] * m->dual[variable] + m->slack[n + variable] * m->dual[n + variable];
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
static void weigh(const sb_guess_program *program, const sb_guess_group *group, sb_guess_inner *own)
{
    double omega_sum = 0;
    double rho_sum = 0;
    double tau = *own->sigma / *own->lambda;
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
static void add_block(sb_guess_newton *m, size_t row, size_t column, double factor)
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

static void add_group_to_matrix(sb_guess_newton *m, size_t g)
{
    const sb_guess_program *program = m->program;
    const sb_guess_group *group = &program->groups[g];
    const sb_guess_inner *own = &m->inner[g];
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

void sb_guess_newton_factor(sb_guess_newton *m)
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
        if (m->slack[variable] > 0) {
            weight += m->dual[variable] / m->slack[variable] +
                      m->dual[n + variable] / m->slack[n + variable];
        }
        m->matrix[variable * n + variable] += weight;
    }
    sb_guess_factor(m->matrix, n);
}

/* The right side that a group adds: shift = what its inner variables do by themselves. */
static void add_group_rhs(sb_guess_newton *m, size_t g)
{
    const sb_guess_program *program = m->program;
    const sb_guess_group *group = &program->groups[g];
    sb_guess_inner *own = &m->inner[g];
    double total = own->s_residual;
    double kappa = *own->target_lambda / *own->lambda + own->row_residual;
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

static void expand_group(sb_guess_newton *m, size_t g)
{
    const sb_guess_program *program = m->program;
    const sb_guess_group *group = &program->groups[g];
    sb_guess_inner *own = &m->inner[g];
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
    *own->change_lambda = (own->kappa - along) / own->tau;
    *own->change_sigma = (*own->target_lambda - *own->sigma * *own->change_lambda) / *own->lambda;
    own->change_s =
        own->omega_sum > 0 ? (own->slope * *own->change_lambda + sum) / own->omega_sum : 0;
    for (size_t w = 0; w < program->signals; w++) {
        double width = group->width[w];
        if (width > 0) {
            double up = own->target_zeta[w] / own->gamma[w];
            double own_push = own->target_eta[w] / own->b[w] + up - own->multiplier_residual[w];
            double upper_weight = own->zeta[w] / own->gamma[w];
            double apart = d[w] - own->change_s - own->difference_residual[w];
            own->change_b[w] =
                (own_push - width * *own->change_lambda - upper_weight * apart) / own->excess[w];
            own->change_gamma[w] = own->change_b[w] + apart;
            own->change_zeta[w] = up - upper_weight * own->change_gamma[w];
            own->change_eta[w] = (own->target_eta[w] - own->eta[w] * own->change_b[w]) / own->b[w];
        }
    }
}

/* The Newton direction for the targets. */
void sb_guess_newton_direction(sb_guess_newton *m)
{
    const sb_guess_program *program = m->program;
    size_t n = program->variables;
    for (size_t variable = 0; variable < n; variable++) {
        m->rhs[variable] = m->gradient[variable];
        if (m->slack[variable] > 0) {
            m->rhs[variable] += m->target[variable] / m->slack[variable] -
                                m->target[n + variable] / m->slack[n + variable];
        }
    }
    for (size_t g = 0; g < program->group_count; g++) {
        add_group_rhs(m, g);
    }
    memcpy(m->change, m->rhs, n * sizeof *m->change);
    sb_guess_factor_solve(m->matrix, n, m->change);
    for (size_t variable = 0; variable < n; variable++) {
        if (m->slack[variable] > 0) {
            m->slack_change[variable] = m->change[variable];
            m->slack_change[n + variable] = -m->change[variable];
            m->dual_change[variable] =
                (m->target[variable] - m->dual[variable] * m->change[variable]) /
                m->slack[variable];
            m->dual_change[n + variable] =
                (m->target[n + variable] + m->dual[n + variable] * m->change[variable]) /
                m->slack[n + variable];
        }
    }
    for (size_t g = 0; g < program->group_count; g++) {
        expand_group(m, g);
    }
}
