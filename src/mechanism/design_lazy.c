/* Solving with few incentive rows: rounds in floating point, then the proof.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/design_lazy.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "mechanism/design_lazy_parts.h"
#include "mechanism/design_rents.h"

/* Rounds after which the whole program is quicker. */
#define MOST_ROUNDS 60
/* So many rules are made at once, in payments and in interim payments of dependent types: see
 * README.md here. In rents are solved more than the former. */
#define FEW_RULES         100
#define FEW_INTERIM_RULES 400

void sb_lazy_memory_clear(sb_lazy_memory *memory)
{
    free(memory->rows);
    *memory = (sb_lazy_memory){0};
}

static sb_status count_rule(void *context, const sb_constraint *constraint, sb_error *error)
{
    (void)constraint;
    (void)error;
    ++*(size_t *)context;
    return SB_OK;
}

bool sb_lazy_applies(const sb_environment *environment, const sb_rules *rules)
{
    size_t count = 0;
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        (void)sb_design_visit_incentives(environment, rules, agent, count_rule, &count, NULL);
    }
    return sb_interim_applies(environment, rules) ? count > 0 : count > FEW_RULES;
}

/* ---- the work ---- */

typedef struct solving {
    sb_lazy lazy;
    sb_lazy_memory *memory;
    sb_lp_solver *solver;
    sb_lp_options options; /* of the caller */
    double began_proof;    /* < 0: not yet */
    sb_lp_result *result;
    size_t iterations, pivots; /* of the solves before the last */
    double floating_seconds, exact_seconds;
    sb_lazy_counts *counts;
    sb_error *error;
} solving;

/* One solve of the rows that there are. */
static sb_status solve_rows(solving *work, bool exact)
{
    sb_lp_result *result = work->result;
    work->iterations += result->floating_iterations;
    work->pivots += result->exact_pivots;
    work->floating_seconds += result->floating_seconds;
    work->exact_seconds += result->exact_seconds;
    sb_lp_options options = work->options;
    options.exact = exact;
    options.bare = true;
    if (exact && options.time_limit > 0) {
        if (work->began_proof < 0) {
            work->began_proof = sb_seconds();
        }
        const double least = 1e-9;
        double left = options.time_limit - (sb_seconds() - work->began_proof);
        options.time_limit = left > least ? left : least;
    }
    work->counts->rounds++;
    sb_status status =
        sb_lp_solve(work->lazy.design->program, work->solver, &options, result, work->error);
    if (exact && options.time_limit > 0 && result->reason[0] != '\0' &&
        result->proof != SB_PROOF_EXACT && result->status != SB_LP_FAILED) {
        /* The limit of all rounds together, not what was left of it for the last. */
        (void)snprintf(result->reason, sizeof result->reason,
                       "the exact part met its time limit of %g s", work->options.time_limit);
    }
    return status;
}

/* ---- where to start ---- */

/* Whether the last program was about the same rules. */
static bool remembers(const solving *work)
{
    const sb_lazy_memory *memory = work->memory;
    return memory->rows != NULL && memory->rule_count == work->lazy.rule_count &&
           memory->interim == (work->lazy.design->interim != NULL);
}

/* Every agent pays all that it gains at the best outcomes, at every profile: dual feasible where
 * each has a row of its own that says it may stay away. False where that is not so. */
static bool mark_surplus_basis(const sb_lazy *lazy, bool *columns, bool *rows)
{
    const sb_design *design = lazy->design;
    size_t optional = 0;
    fmpq_t gain;
    fmpq_init(gain);
    for (size_t row = 0; row < sb_lp_row_count(design->program); row++) {
        const sb_constraint *rule = sb_design_constraint(design, row);
        if (rule->kind == SB_CONSTRAINT_PROBABILITY) {
            size_t best =
                sb_interim_best_outcome(lazy->environment, &design->objective, rule->profile, gain);
            columns[sb_design_allocation_column(design, rule->profile, best)] = true;
        } else if (rule->kind == SB_CONSTRAINT_PARTICIPATION && rule->others != SB_NOWHERE) {
            size_t profile =
                sb_environment_profile_of(lazy->environment, rule->agent, rule->type, rule->others);
            columns[sb_design_payment_column(design, profile, rule->agent)] = true;
            optional++;
        } else {
            rows[row] = true;
        }
    }
    fmpq_clear(gain);
    return optional == design->profile_count * design->agent_count;
}

static bool surplus_basis_applies(const sb_design *design)
{
    return design->has_payments && design->rules->choice[SB_RULE_PAYMENTS] == SB_PAYMENTS_FREE &&
           fmpq_sgn(&design->objective.payments) >= 0;
}

/* *optimal: the start is known to be the end. */
static sb_status start(solving *work, bool *optimal)
{
    const sb_lazy *lazy = &work->lazy;
    sb_design *design = lazy->design;
    *optimal = design->interim != NULL && sb_interim_start_is_optimal(design->interim, design);
    if (!*optimal && remembers(work) && work->memory->column_count == lazy->column_count &&
        sb_lp_solver_remembers(work->solver, design->program)) {
        return SB_OK;
    }
    sb_lp_solver_forget(work->solver);
    if (design->interim != NULL) {
        return sb_interim_start(design->interim, lazy->environment, design, work->solver, *optimal,
                                work->error);
    }
    bool *columns = sb_allocate(lazy->column_count, sizeof *columns);
    bool *rows = sb_allocate(sb_lp_row_count(design->program), sizeof *rows);
    sb_status status = SB_OK;
    if (columns == NULL || rows == NULL) {
        status = sb_out_of_memory(work->error);
    } else if (surplus_basis_applies(design) && mark_surplus_basis(lazy, columns, rows)) {
        status = sb_lp_solver_start(work->solver, design->program, columns, rows, work->error);
    }
    free(columns);
    free(rows);
    return status;
}

static sb_status begin(solving *work, bool *optimal)
{
    sb_lazy *lazy = &work->lazy;
    sb_status status = SB_OK;
    if (remembers(work)) {
        /* In the order of the last program, which its basis has. */
        status = sb_lazy_add_rows_in_order(lazy, work->memory->rows, work->memory->row_count,
                                           work->error);
    } else if (lazy->design->interim == NULL) {
        status = sb_lazy_want_neighbours(lazy, work->error);
    } else if (lazy->rule_count <= FEW_INTERIM_RULES &&
               !sb_interim_has_full_rank(lazy->design->interim)) {
        sb_lazy_want_all(lazy);
    }
    if (status == SB_OK) {
        status = sb_lazy_add_rows(lazy, NULL, work->error);
    }
    return status == SB_OK ? start(work, optimal) : status;
}

/* ---- rounds ---- */

/* True: every rule holds at the result within a hair, or there is no optimum of these rows. */
static sb_status solve_in_rounds(solving *work, bool *settled)
{
    *settled = false;
    while (!*settled && work->counts->rounds < MOST_ROUNDS) {
        sb_status status = solve_rows(work, false);
        if (status != SB_OK) {
            return status;
        }
        *settled = work->result->status != SB_LP_OPTIMAL ||
                   sb_lazy_separate(&work->lazy, work->result->columns) == 0;
        if (!*settled) {
            status = sb_lazy_add_rows(&work->lazy, work->solver, work->error);
        }
        if (status != SB_OK) {
            return status;
        }
    }
    return SB_OK;
}

/* Proofs until no rule without a row is broken; *settled false: rounds ran out. */
static sb_status prove(solving *work, bool *settled)
{
    *settled = false;
    while (!*settled && work->counts->rounds < MOST_ROUNDS) {
        sb_status status = solve_rows(work, true);
        if (status != SB_OK) {
            return status;
        }
        const sb_lp_result *result = work->result;
        if (result->status != SB_LP_OPTIMAL) {
            *settled = true;
            return SB_OK;
        }
        size_t broken = 0;
        if (result->proof == SB_PROOF_EXACT) {
            status = sb_lazy_complete(&work->lazy, result->columns, true, &broken, work->error);
        } else {
            broken = sb_lazy_separate(&work->lazy, result->columns);
        }
        *settled = broken == 0;
        if (status == SB_OK && !*settled) {
            status = sb_lazy_add_rows(&work->lazy, work->solver, work->error);
        }
        if (status != SB_OK) {
            return status;
        }
    }
    return SB_OK;
}

/* ---- afterwards ---- */

/* Number the rows of incentive rules that hold with equality; the others are dropped. Returns how
 * many are kept. */
static size_t number_tight_rows(const solving *work, size_t *numbers, bool *dropped)
{
    size_t kept = 0;
    for (size_t row = work->lazy.fixed_rows; row < work->counts->rows; row++) {
        dropped[row] = sb_lp_solver_row_is_basic(work->solver, row);
        numbers[row] = kept;
        kept += !dropped[row];
    }
    return kept;
}

/* The rows that hold with equality: the next program starts with them, and with the basis of the
 * solver, which the others leave. */
static sb_status remember(solving *work)
{
    const sb_lazy *lazy = &work->lazy;
    size_t *numbers = sb_allocate(work->counts->rows, sizeof *numbers);
    bool *dropped = sb_allocate(work->counts->rows, sizeof *dropped);
    size_t *rules = sb_allocate(work->counts->rows, sizeof *rules);
    if (numbers == NULL || dropped == NULL || rules == NULL) {
        free(numbers);
        free(dropped);
        free(rules);
        return sb_out_of_memory(work->error);
    }
    size_t kept = number_tight_rows(work, numbers, dropped);
    for (size_t k = 0; k < lazy->rule_count; k++) {
        size_t row = lazy->rules[k].row;
        if (row != SB_NOWHERE && !dropped[row]) {
            rules[numbers[row]] = k;
        }
    }
    sb_lp_drop_rows(lazy->design->program, work->solver, dropped);
    free(numbers);
    free(dropped);
    sb_lazy_memory_clear(work->memory);
    *work->memory = (sb_lazy_memory){.interim = lazy->design->interim != NULL,
                                     .rule_count = lazy->rule_count,
                                     .column_count = lazy->column_count,
                                     .row_count = kept,
                                     .rows = rules};
    return SB_OK;
}

/* The constraints of the whole program, in its order: probabilities, incentives, the rest. */
static sb_status expand_constraints(const sb_lazy *lazy, sb_error *error)
{
    sb_design *design = lazy->design;
    size_t first = design->profile_count, count = lazy->fixed_rows + lazy->rule_count;
    sb_constraint *constraints = sb_allocate(count, sizeof *constraints);
    if (constraints == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t k = 0; k < count; k++) {
        bool rule = k >= first && k - first < lazy->rule_count;
        constraints[k] = rule ? lazy->rules[k - first].constraint
                              : *sb_design_constraint(design, k < first ? k : k - lazy->rule_count);
    }
    free(design->constraints);
    design->constraints = constraints;
    design->constraint_count = design->constraint_capacity = count;
    return SB_OK;
}

/* The constraints and the duals of the whole program, in its order. */
static sb_status expand(solving *work)
{
    const sb_lazy *lazy = &work->lazy;
    sb_lp_result *result = work->result;
    size_t first = lazy->design->profile_count, count = lazy->fixed_rows + lazy->rule_count;
    fmpq *duals = sb_rationals_new(count);
    if (duals == NULL) {
        return sb_out_of_memory(work->error);
    }
    for (size_t k = 0; result->duals != NULL && k < count; k++) {
        bool rule = k >= first && k - first < lazy->rule_count;
        size_t row = rule ? lazy->rules[k - first].row : k < first ? k : k - lazy->rule_count;
        if (row != SB_NOWHERE) {
            fmpq_swap(duals + k, result->duals + row);
        }
    }
    if (result->duals != NULL) {
        sb_rationals_free(result->duals, result->row_count);
        result->duals = duals;
    } else {
        sb_rationals_free(duals, count);
    }
    result->row_count = count;
    return expand_constraints(lazy, work->error);
}

static sb_status finish(solving *work)
{
    sb_lp_result *result = work->result;
    sb_status status = SB_OK;
    size_t broken = 0;
    work->counts->rows = sb_lp_row_count(work->lazy.design->program);
    work->counts->nonzeros = sb_lp_nonzero_count(work->lazy.design->program);
    if (result->status == SB_LP_OPTIMAL && result->proof != SB_PROOF_EXACT) {
        status = sb_lazy_complete(&work->lazy, result->columns, false, &broken, work->error);
    }
    result->floating_iterations += work->iterations;
    result->exact_pivots += work->pivots;
    result->floating_seconds += work->floating_seconds;
    result->exact_seconds += work->exact_seconds;
    status = status == SB_OK ? expand(work) : status;
    return status == SB_OK ? remember(work) : status;
}

static sb_status solve(solving *work, bool *solved)
{
    bool optimal = false, settled = false;
    sb_status status = begin(work, &optimal);
    if (status != SB_OK) {
        return status;
    }
    if (optimal) {
        sb_interim_prove_start(&work->options);
    }
    if (!optimal) {
        status = solve_in_rounds(work, &settled);
        sb_lp_solver_trust_kept(work->solver);
    }
    if (status == SB_OK && (optimal || settled) && work->options.exact) {
        status = prove(work, &settled);
    }
    const sb_lp_result *result = work->result;
    *solved = status == SB_OK && settled &&
              (result->status == SB_LP_OPTIMAL || result->status == SB_LP_INFEASIBLE);
    if (!*solved) {
        sb_lp_solver_forget(work->solver);
        sb_lazy_memory_clear(work->memory);
    }
    return *solved ? finish(work) : status;
}

/* ---- in rents ---- */

static bool goes_through_rents(const sb_lazy *lazy)
{
    const sb_design *design = lazy->design;
    return design->interim != NULL && lazy->rule_count > FEW_RULES &&
           !sb_interim_start_is_optimal(design->interim, design);
}

static sb_status solve_in_rents(sb_lazy *lazy, const sb_lp_options *options, bool *solved,
                                sb_lp_result *result, sb_lazy_counts *counts, sb_error *error)
{
    sb_status status = sb_rents_solve(lazy, options, solved, result, counts, error);
    return status == SB_OK && *solved ? expand_constraints(lazy, error) : status;
}

sb_status sb_lazy_solve_in_rents(sb_design *design, const sb_lp_options *options, bool *solved,
                                 sb_lp_result *result, sb_lazy_counts *counts, sb_error *error)
{
    *solved = false;
    *counts = (sb_lazy_counts){0};
    sb_lp_options chosen = options == NULL ? SB_LP_OPTIONS_DEFAULT : *options;
    sb_lazy lazy;
    sb_status status = sb_lazy_init(&lazy, design, error);
    if (status == SB_OK) {
        status = solve_in_rents(&lazy, &chosen, solved, result, counts, error);
    }
    sb_lazy_clear(&lazy);
    return status;
}

sb_status sb_lazy_solve(sb_design *design, sb_lazy_memory *memory, sb_lp_solver *solver,
                        const sb_lp_options *options, bool *solved, sb_lp_result *result,
                        sb_lazy_counts *counts, sb_error *error)
{
    *solved = false;
    *counts = (sb_lazy_counts){0};
    sb_lazy_memory none = {0};
    solving work = {.memory = memory == NULL ? &none : memory,
                    .solver = solver,
                    .options = options == NULL ? SB_LP_OPTIONS_DEFAULT : *options,
                    .began_proof = -1,
                    .result = result,
                    .counts = counts,
                    .error = error};
    sb_status status = sb_lazy_init(&work.lazy, design, error);
    if (status == SB_OK && goes_through_rents(&work.lazy)) {
        status = solve_in_rents(&work.lazy, &work.options, solved, result, counts, error);
    }
    if (status == SB_OK && *solved) {
        /* Nothing of it is remembered: the next program starts as quickly from nothing. */
        sb_lp_solver_forget(solver);
        sb_lazy_memory_clear(work.memory);
    } else if (status == SB_OK) {
        status = solve(&work, solved);
    }
    sb_lazy_clear(&work.lazy);
    sb_lazy_memory_clear(&none);
    return status;
}
