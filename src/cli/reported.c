/* Which of the optimal mechanisms is reported: the vertex, or one with the smallest payments.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/reported.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/exit_status.h"
#include "cli/input.h"
#include "cli/progress.h"
#include "sidebet/checker.h"
#include "sidebet/smallest_payments.h"

static const double MANY_NONZEROS = 2e5;
static const double BYTES_PER_MEGABYTE = 1e6;

static bool same_constraint(const sb_constraint *left, const sb_constraint *right)
{
    return left->kind == right->kind && left->profile == right->profile &&
           left->agent == right->agent && left->type == right->type &&
           left->report == right->report && left->others == right->others;
}

/* What relaxing a rule is worth depends on the optimum alone, not on the mechanism. */
static void find_dual(fmpq_t dual, const sb_solution *solution, const sb_constraint *constraint)
{
    for (size_t i = 0; i < solution->binding_count; i++) {
        if (same_constraint(&solution->bindings[i].constraint, constraint)) {
            fmpq_set(dual, &solution->bindings[i].dual);
            return;
        }
    }
    fmpq_zero(dual); /* slack at the vertex: worth nothing */
}

static void free_bindings(sb_binding *bindings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fmpq_clear(&bindings[i].dual);
    }
    free(bindings);
}

/* The rules with slack zero at the mechanism, in the checker's order. */
static sb_status find_bindings(const sb_environment *environment, const sb_mechanism *mechanism,
                               sb_solution *solution, sb_error *error)
{
    fmpq_t zero;
    fmpq_init(zero);
    sb_check check;
    sb_check_init(&check);
    sb_status status = sb_check_mechanism(environment, mechanism, zero, &check, error);
    sb_binding *bindings = NULL;
    if (status == SB_OK) {
        bindings = sb_allocate(check.slack_count, sizeof *bindings);
        status = bindings == NULL ? sb_out_of_memory(error) : SB_OK;
    }
    if (status == SB_OK && !check.accepted) {
        status = sb_error_set(error, SB_ERROR_INTERNAL,
                              "the checker refuses the mechanism with the smallest payments: %s",
                              check.complaint);
    }
    size_t count = 0;
    for (size_t i = 0; status == SB_OK && bindings != NULL && i < check.slack_count; i++) {
        if (fmpq_is_zero(&check.slacks[i].slack)) {
            bindings[count].constraint = check.slacks[i].constraint;
            fmpq_init(&bindings[count].dual);
            find_dual(&bindings[count].dual, solution, &bindings[count].constraint);
            count++;
        }
    }
    if (status == SB_OK) {
        free_bindings(solution->bindings, solution->binding_count);
        solution->bindings = bindings;
        solution->binding_count = count;
    } else {
        free_bindings(bindings, count);
    }
    sb_check_clear(&check);
    fmpq_clear(zero);
    return status;
}

static sb_status use_smallest(const sb_environment *environment, const sb_lp_options *options,
                              sb_solution *solution, bool *found, sb_error *error)
{
    sb_smallest_payments smallest;
    sb_smallest_payments_init(&smallest);
    sb_status status =
        sb_smallest_payments_find(environment, solution, NULL, options, &smallest, error);
    if (status == SB_OK && smallest.mechanism != NULL && smallest.proof == SB_PROOF_EXACT) {
        status = find_bindings(environment, smallest.mechanism, solution, error);
        if (status == SB_OK) {
            sb_mechanism_free(solution->mechanism);
            solution->mechanism = smallest.mechanism;
            smallest.mechanism = NULL;
            fmpq_set(&solution->max_payment, &smallest.largest);
            *found = true;
        }
    } else if (status == SB_OK) {
        sb_notes_add(&solution->remarks,
                     "the smallest payments could not be proved (%s); the vertex is reported",
                     smallest.reason[0] != '\0' ? smallest.reason : "no exact answer");
    }
    sb_smallest_payments_clear(&smallest);
    return status;
}

/* ---- deterministic mechanisms ---- */

static void show_search(void *context, const sb_integer_progress *progress)
{
    (void)context;
    char line[160];
    if (!progress->has_solution) {
        (void)snprintf(line, sizeof line, "searching: nothing yet, at most %.6g; %zu nodes, %.0f s",
                       progress->bound, progress->nodes, progress->seconds);
    } else {
        (void)snprintf(
            line, sizeof line, "%s: best %.6g, at most %.6g (gap %.2g%%); %zu nodes, %.0f s",
            progress->proving ? "proving" : "searching", progress->objective, progress->bound,
            100 * fabs(progress->bound - progress->objective) /
                fmax(fabs(progress->objective), 1e-9),
            progress->nodes, progress->seconds);
    }
    sb_progress_line(line);
}

/* With what it has so far on a terminal; Ctrl-C ends it with that. */
static sb_status search(const sb_environment *environment, const sb_lp_options *options,
                        sb_solution *solution, sb_error *error)
{
    sb_integer_options how = {.exact = options->exact,
                              .time_limit = options->time_limit,
                              .memory_limit = options->memory_limit,
                              .cancel = options->cancel,
                              .progress = show_search};
    sb_status status = sb_design_search(environment, &how, solution, error);
    sb_progress_end();
    if (status == SB_ERROR_CANCELLED && solution->mechanism != NULL) {
        sb_notes_add(&solution->remarks, "interrupted: this is the best mechanism so far");
        return SB_OK;
    }
    return status;
}

/* A large program is announced before it is built: it may take its time. */
static sb_status announce(const sb_environment *environment, sb_error *error)
{
    sb_design_size whole = sb_design_size_of(environment, NULL), size;
    if (whole.nonzeros < MANY_NONZEROS) {
        return SB_OK;
    }
    bool lazily = false;
    sb_status status = sb_design_size_to_solve(environment, NULL, &size, &lazily, error);
    if (status != SB_OK) {
        return status;
    }
    sb_notes notes;
    sb_notes_init(&notes);
    if (lazily) {
        sb_notes_add(&notes,
                     "the whole program has %.0f variables, %.0f rows and %.0f nonzeros (about "
                     "%.0f MB); its incentive rows are made when they are needed: about %.0f MB",
                     whole.columns, whole.rows, whole.nonzeros, whole.bytes / BYTES_PER_MEGABYTE,
                     size.bytes / BYTES_PER_MEGABYTE);
    } else {
        sb_notes_add(&notes,
                     "the program has %.0f variables, %.0f rows and %.0f nonzeros: about %.0f MB",
                     size.columns, size.rows, size.nonzeros, size.bytes / BYTES_PER_MEGABYTE);
    }
    sb_exit_print_notes(&notes);
    sb_notes_clear(&notes);
    return SB_OK;
}

sb_status sb_reported_solve(const sb_arguments *arguments, const sb_environment *environment,
                            sb_solution *solution, bool *smallest, sb_error *error)
{
    *smallest = false;
    if (arguments->smallest_payments && !arguments->exact) {
        sb_error_set(error, SB_ERROR_USAGE, "the smallest payments are found among proved optima");
        sb_error_set_hint(error, "leave out --proof floating or --report-payments smallest");
        return SB_ERROR_USAGE;
    }
    sb_lp_options options = sb_input_options(arguments);
    bool deterministic = environment->rules.choice[SB_RULE_DETERMINISTIC] == SB_DETERMINISTIC;
    sb_status status = announce(environment, error);
    if (status == SB_OK) {
        status = deterministic ? search(environment, &options, solution, error)
                               : sb_design_solve(environment, NULL, &options, solution, error);
    }
    if (status != SB_OK || !arguments->smallest_payments || solution->status != SB_LP_OPTIMAL) {
        return status;
    }
    if (solution->proof != SB_PROOF_EXACT) {
        sb_notes_add(&solution->remarks, "the smallest payments are not known, as the optimum is "
                                         "not proved; the vertex is reported");
        return SB_OK;
    }
    return use_smallest(environment, &options, solution, smallest, error);
}
