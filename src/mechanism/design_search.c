/* Deterministic mechanisms: the design program with probabilities of 0 or 1.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mechanism that a search returns obeys the rules exactly, whether or not the search came to
 * its end; only that nothing is better may be open.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_program.h"

/* For each remedy that is tried, where there is no optimum. */
#define SECONDS_FOR_REMEDY 1

sb_status sb_design_want_randomised(const sb_environment *environment, const char *what,
                                    sb_error *error)
{
    if (environment->rules.choice[SB_RULE_DETERMINISTIC] != SB_DETERMINISTIC) {
        return SB_OK;
    }
    sb_error_set(error, SB_ERROR_USAGE,
                 "%s is known for randomised mechanisms only, whose program is linear", what);
    sb_error_set_hint(error, "choose deterministic: false");
    return SB_ERROR_USAGE;
}

sb_integer_options sb_design_search_options(const sb_lp_options *options)
{
    const sb_lp_options standard = SB_LP_OPTIONS_DEFAULT;
    options = options == NULL ? &standard : options;
    return (sb_integer_options){.exact = options->exact,
                                .time_limit = options->time_limit,
                                .memory_limit = options->memory_limit,
                                .cancel = options->cancel};
}

/* The program under any rules with payments as columns, and which columns are probabilities. */
static sb_status search(const sb_environment *environment, const sb_rules *rules,
                        const sb_integer_options *options, sb_design **design,
                        sb_integer_result *result, sb_error *error)
{
    sb_status status =
        sb_design_new_plain(environment, rules, options->memory_limit, design, error);
    if (status != SB_OK) {
        return status;
    }
    const sb_lp *program = sb_design_program(*design);
    bool *binary = sb_allocate(sb_lp_column_count(program), sizeof *binary);
    if (binary == NULL) {
        return sb_out_of_memory(error);
    }
    size_t probabilities = sb_environment_profile_count(environment) * environment->outcome_count;
    for (size_t column = 0; column < probabilities; column++) {
        binary[column] = true;
    }
    status = sb_integer_solve(program, binary, options, result, error);
    free(binary);
    return status;
}

/* A mechanism that is not proved to be the best stands beside what could still be had. */
static void say_why(const sb_integer_result *result, const sb_integer_options *options,
                    sb_solution *solution)
{
    bool proved = result->proof == SB_PROOF_EXACT || (result->complete && !options->exact);
    if (result->status != SB_LP_OPTIMAL || proved) {
        (void)snprintf(solution->reason, sizeof solution->reason, "%s", result->reason);
        return;
    }
    const char *why = result->reason[0] != '\0' ? result->reason
                      : result->complete        ? "the search was stopped before its proof"
                                                : "the search was stopped";
    solution->incumbent = true;
    double objective = sb_rational_to_double(&result->objective);
    double gap = fabs(result->bound - objective);
    char share[40] = "";
    if (objective != 0) {
        const double percent = 100;
        (void)snprintf(share, sizeof share, " (gap %.2g %%)", percent * gap / fabs(objective));
    }
    (void)snprintf(solution->reason, sizeof solution->reason,
                   "%.70s; no deterministic mechanism does better than %.9g%s", why, result->bound,
                   share);
}

const char *sb_solution_status_name(const sb_solution *solution)
{
    return solution->incumbent ? "incumbent" : sb_lp_status_name(solution->status);
}

const char *sb_solution_status_words(const sb_solution *solution)
{
    return solution->incumbent ? "best found" : sb_lp_status_name(solution->status);
}

const char *sb_solution_proof_words(const sb_solution *solution)
{
    return solution->incumbent ? "not proved" : sb_proof_name(solution->proof);
}

static void copy_measurements(sb_solution *solution, const sb_lp *program,
                              const sb_integer_result *result, const sb_integer_options *options)
{
    solution->searched = true;
    solution->method = SB_METHOD_SEARCH;
    solution->status = result->status;
    solution->proof = result->proof;
    solution->bound = result->bound;
    solution->nodes = result->floating_nodes + result->exact_nodes;
    solution->columns = sb_lp_column_count(program);
    solution->rows = sb_lp_row_count(program);
    solution->nonzeros = sb_lp_nonzero_count(program);
    solution->floating_seconds = result->floating_seconds;
    solution->exact_seconds = result->exact_seconds;
    say_why(result, options, solution);
}

/* The solution of an integer program is exact whatever is known of its rivals. */
static sb_status report(const sb_environment *environment, const sb_design *design,
                        const sb_integer_options *options, sb_integer_result *found,
                        sb_solution *solution, sb_error *error)
{
    sb_lp_result result;
    sb_lp_result_init(&result);
    result.status = found->status;
    result.proof = SB_PROOF_EXACT;
    result.column_count = found->column_count;
    result.row_count = sb_lp_row_count(sb_design_program(design));
    result.columns = found->columns;
    found->columns = NULL;
    fmpq_set(&result.objective, &found->objective);
    sb_status status = SB_OK;
    if (found->status == SB_LP_OPTIMAL) {
        result.duals = sb_rationals_new(result.row_count);
        status = result.duals == NULL
                     ? sb_out_of_memory(error)
                     : sb_design_report(environment, design, &result, solution, error);
    } else {
        sb_lp_options remedies = {
            .exact = true, .time_limit = SECONDS_FOR_REMEDY, .cancel = options->cancel};
        status = sb_design_explain(environment, design, &result, &remedies, solution, error);
    }
    sb_lp_result_clear(&result);
    return status;
}

sb_status sb_design_search(const sb_environment *environment, const sb_integer_options *options,
                           sb_solution *solution, sb_error *error)
{
    sb_solution_clear(solution);
    sb_design *design = NULL;
    sb_integer_result found;
    sb_integer_result_init(&found);
    sb_status status = search(environment, &environment->rules, options, &design, &found, error);
    bool cancelled = status == SB_ERROR_CANCELLED;
    if (status == SB_OK || (cancelled && found.columns != NULL)) {
        copy_measurements(solution, sb_design_program(design), &found, options);
        sb_design_remark(environment, &solution->remarks);
        if (found.status != SB_LP_FAILED) {
            sb_status reported =
                report(environment, design, options, &found, solution, cancelled ? NULL : error);
            status = cancelled ? status : reported;
        }
    }
    if (status != SB_OK && !cancelled) {
        sb_solution_clear(solution);
    }
    sb_integer_result_clear(&found);
    sb_design_free(design);
    return status;
}

sb_status sb_design_search_value(const sb_environment *environment, const sb_rules *rules,
                                 const sb_lp_options *options, sb_lp_status *status,
                                 sb_proof *proof, fmpq_t objective, sb_error *error)
{
    sb_design *design = NULL;
    sb_integer_result found;
    sb_integer_result_init(&found);
    sb_integer_options converted = sb_design_search_options(options);
    sb_status done = search(environment, rules, &converted, &design, &found, error);
    if (done == SB_OK) {
        *status = found.status;
        *proof = found.proof;
        if (found.status == SB_LP_OPTIMAL) {
            fmpq_set(objective, &found.objective);
        }
    }
    sb_integer_result_clear(&found);
    sb_design_free(design);
    return done;
}
