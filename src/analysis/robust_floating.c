/* The separation oracle in doubles.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/robust_floating.h"

#include <stdlib.h>

#include "analysis/consistent_set_fill.h"
#include "base/memory.h"

/* ---- the data in doubles ---- */

static void fill_sets(sb_floating_oracle *oracle)
{
    const sb_consistent_set *set = oracle->program->set;
    size_t signals = set->signal_count;
    for (size_t type = 0; type < set->type_count; type++) {
        oracle->is_box[type] = sb_consistent_set_is_box(set, type);
        oracle->rest[type] = 1;
        for (size_t k = type * signals; k < (type + 1) * signals; k++) {
            oracle->lower[k] = sb_rational_to_double(set->lower + k);
            oracle->width[k] = sb_rational_to_double(set->upper + k) - oracle->lower[k];
            oracle->rest[type] -= oracle->lower[k];
        }
    }
}

static void fill_values(sb_floating_oracle *oracle)
{
    const sb_robust_program *program = oracle->program;
    const sb_environment *environment = program->environment;
    const fmpq *utilities = environment->agents[0].utilities;
    double agents = sb_rational_to_double(&program->weights.agents);
    double designer = sb_rational_to_double(&program->weights.designer);
    double last_of_designer = sb_rational_to_double(environment->designer + program->outcomes);
    oracle->payment_weight = sb_rational_to_double(&program->weights.payments);
    for (size_t type = 0; type < program->types; type++) {
        const fmpq *of_type = utilities + type * (program->outcomes + 1);
        double last = sb_rational_to_double(of_type + program->outcomes);
        oracle->outside[type] = sb_rational_to_double(environment->agents[0].outside + type) - last;
        for (size_t o = 0; o < program->outcomes; o++) {
            double utility = sb_rational_to_double(of_type + o) - last;
            double own = sb_rational_to_double(environment->designer + o) - last_of_designer;
            oracle->utilities[type * program->outcomes + o] = utility;
            oracle->counted[type * program->outcomes + o] = agents * utility + designer * own;
        }
    }
}

sb_status sb_floating_oracle_init(sb_floating_oracle *oracle, const sb_robust_program *program,
                                  sb_error *error)
{
    size_t cells = program->types * program->signals;
    *oracle = (sb_floating_oracle){.program = program};
    oracle->lower = sb_allocate(cells, sizeof *oracle->lower);
    oracle->width = sb_allocate(cells, sizeof *oracle->width);
    oracle->rest = sb_allocate(program->types, sizeof *oracle->rest);
    oracle->utilities = sb_allocate(program->types * program->outcomes, sizeof *oracle->utilities);
    oracle->counted = sb_allocate(program->types * program->outcomes, sizeof *oracle->counted);
    oracle->outside = sb_allocate(program->types, sizeof *oracle->outside);
    oracle->is_box = sb_allocate(program->types, sizeof *oracle->is_box);
    oracle->values = sb_allocate(program->signals, sizeof *oracle->values);
    oracle->order = sb_allocate(program->signals, sizeof *oracle->order);
    if (oracle->lower == NULL || oracle->width == NULL || oracle->rest == NULL ||
        oracle->utilities == NULL || oracle->counted == NULL || oracle->outside == NULL ||
        oracle->is_box == NULL || oracle->values == NULL || oracle->order == NULL) {
        sb_floating_oracle_clear(oracle);
        return sb_out_of_memory(error);
    }
    fill_sets(oracle);
    fill_values(oracle);
    return SB_OK;
}

void sb_floating_oracle_clear(sb_floating_oracle *oracle)
{
    free(oracle->lower);
    free(oracle->width);
    free(oracle->rest);
    free(oracle->utilities);
    free(oracle->counted);
    free(oracle->outside);
    free(oracle->is_box);
    free(oracle->values);
    free(oracle->order);
    *oracle = (sb_floating_oracle){0};
}

/* ---- one rule ---- */

typedef struct rule {
    sb_cut_kind kind;
    size_t type, report;
} rule;

/* What `weights` (a number an outcome) and payments come to at a report and a signal. */
static double value_at(const sb_floating_oracle *oracle, const double *columns,
                       const double *weights, double payment_weight, size_t report, size_t signal)
{
    const sb_robust_program *program = oracle->program;
    size_t profile = report * program->signals + signal;
    double value = 0;
    for (size_t o = 0; o < program->outcomes; o++) {
        value += weights[o] * columns[profile * program->outcomes + o];
    }
    if (program->has_payments) {
        value += payment_weight * columns[program->first_payment + profile];
    }
    return value;
}

/* The rule's expression at each signal, in oracle->values; what it must at least be is taken off.
 */
static void fill_rule(sb_floating_oracle *oracle, const rule *r, const double *columns)
{
    const sb_robust_program *program = oracle->program;
    const double *utilities = oracle->utilities + r->type * program->outcomes;
    for (size_t signal = 0; signal < program->signals; signal++) {
        double value = 0;
        switch (r->kind) {
        case SB_CUT_INCENTIVE:
            value = value_at(oracle, columns, utilities, -1, r->type, signal) -
                    value_at(oracle, columns, utilities, -1, r->report, signal);
            break;
        case SB_CUT_PARTICIPATION:
            value = value_at(oracle, columns, utilities, -1, r->type, signal) -
                    oracle->outside[r->type];
            break;
        case SB_CUT_OBJECTIVE:
            value = value_at(oracle, columns, oracle->counted + r->type * program->outcomes,
                             oracle->payment_weight, r->type, signal) -
                    columns[program->worths[r->type]];
            break;
        }
        oracle->values[signal] = value;
    }
}

/* By insertion: few signals, and often nearly in order. Ties stay in the signals' order. */
static void sort_signals(sb_floating_oracle *oracle)
{
    size_t signals = oracle->program->signals;
    for (size_t k = 0; k < signals; k++) {
        size_t place = k;
        for (; place > 0 && oracle->values[oracle->order[place - 1]] > oracle->values[k]; place--) {
            oracle->order[place] = oracle->order[place - 1];
        }
        oracle->order[place] = k;
    }
}

/* The least over the box (the constraints left aside) of the rule in oracle->values. */
static double least_over_box(sb_floating_oracle *oracle, size_t type)
{
    size_t signals = oracle->program->signals;
    const double *lower = oracle->lower + type * signals, *width = oracle->width + type * signals;
    double sum = 0, left = oracle->rest[type];
    for (size_t signal = 0; signal < signals; signal++) {
        sum += lower[signal] * oracle->values[signal];
    }
    sort_signals(oracle);
    for (size_t k = 0; left > 0 && k < signals; k++) {
        size_t signal = oracle->order[k];
        double filled = width[signal] < left ? width[signal] : left;
        sum += filled * oracle->values[signal];
        left -= filled;
    }
    return sum;
}

/* The next rule that is asked; false after the last. Start from a type and report of 0. */
static bool next_rule(const sb_robust_program *program, rule *r, bool first)
{
    for (bool moved = first; r->type < program->types; moved = true) {
        if (moved && sb_robust_program_asks(program, r->kind, r->type, r->report)) {
            return true;
        }
        if (r->kind == SB_CUT_INCENTIVE && r->report + 1 < program->types) {
            r->report++;
        } else if (r->kind == SB_CUT_INCENTIVE) {
            *r = (rule){SB_CUT_PARTICIPATION, r->type, SB_NOWHERE};
        } else if (r->kind == SB_CUT_PARTICIPATION) {
            r->kind = SB_CUT_OBJECTIVE;
        } else {
            *r = (rule){SB_CUT_INCENTIVE, r->type + 1, 0};
        }
    }
    return false;
}

double sb_floating_oracle_violation(sb_floating_oracle *oracle, const double *columns)
{
    double largest = 0;
    rule r = {SB_CUT_INCENTIVE, 0, 0};
    for (bool more = next_rule(oracle->program, &r, true); more;
         more = next_rule(oracle->program, &r, false)) {
        fill_rule(oracle, &r, columns);
        double violation = -least_over_box(oracle, r.type);
        largest = violation > largest ? violation : largest;
    }
    return largest;
}

/* ---- what it finds ---- */

/* The exact belief of the rule at hand: the vertex of the order, or by a linear program. */
static sb_status set_belief(const sb_floating_oracle *oracle, sb_cut *cut, sb_error *error)
{
    const sb_robust_program *program = oracle->program;
    cut->belief = sb_rationals_new(program->signals);
    if (cut->belief == NULL) {
        return sb_out_of_memory(error);
    }
    if (oracle->is_box[cut->type]) {
        sb_consistent_set_fill(program->set, cut->type, oracle->order, cut->belief);
        return SB_OK;
    }
    fmpq *coefficients = sb_rationals_new(program->signals);
    if (coefficients == NULL) {
        return sb_out_of_memory(error);
    }
    fmpq_t minimum;
    fmpq_init(minimum);
    for (size_t signal = 0; signal < program->signals; signal++) {
        sb_rational_from_double(coefficients + signal, oracle->values[signal]);
    }
    sb_status status =
        sb_consistent_set_worst(program->set, cut->type, coefficients, cut->belief, minimum, error);
    fmpq_clear(minimum);
    sb_rationals_free(coefficients, program->signals);
    return status;
}

/* How far the rule in oracle->values is broken at a belief. */
static double violation_at(const sb_floating_oracle *oracle, const fmpq *belief)
{
    double sum = 0;
    for (size_t signal = 0; signal < oracle->program->signals; signal++) {
        sum += sb_rational_to_double(belief + signal) * oracle->values[signal];
    }
    return -sum;
}

static sb_status ask(sb_floating_oracle *oracle, const rule *r, const double *columns,
                     double tolerance, sb_cut *cut, sb_error *error)
{
    fill_rule(oracle, r, columns);
    double violation = -least_over_box(oracle, r->type);
    if (violation <= tolerance) {
        return SB_OK;
    }
    cut->kind = r->kind;
    cut->type = r->type;
    cut->report = r->report;
    sb_status status = set_belief(oracle, cut, error);
    if (status == SB_OK && !oracle->is_box[r->type]) {
        violation = violation_at(oracle, cut->belief);
    }
    if (status == SB_OK) {
        sb_rational_from_double(&cut->violation, violation);
        cut->added = violation > tolerance;
    }
    return status;
}

sb_status sb_floating_oracle_find(sb_floating_oracle *oracle, const double *columns,
                                  double tolerance, sb_cut **found, size_t *count, sb_error *error)
{
    sb_cut *cuts = NULL;
    size_t capacity = 0, kept = 0;
    size_t signals = oracle->program->signals;
    sb_status status = SB_OK;
    rule r = {SB_CUT_INCENTIVE, 0, 0};
    for (bool more = next_rule(oracle->program, &r, true); status == SB_OK && more;
         more = next_rule(oracle->program, &r, false)) {
        if (!sb_grow(&cuts, &capacity, kept + 1, sizeof *cuts)) {
            status = sb_out_of_memory(error);
            break;
        }
        sb_cut_init(&cuts[kept]);
        status = ask(oracle, &r, columns, tolerance, &cuts[kept], error);
        if (status == SB_OK && cuts[kept].added) {
            cuts[kept++].added = false;
        } else {
            sb_cut_clear(&cuts[kept], signals);
        }
    }
    if (status != SB_OK) {
        sb_cuts_free(cuts, kept, signals);
        return status;
    }
    sb_cuts_sort(cuts, kept);
    *found = cuts;
    *count = kept;
    return SB_OK;
}
