/* The optimum by cuts: floating rounds first, then proved ones until the oracle is content.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The floating rounds end when the oracle finds no new row. Then the last basis is proved; where
 * the oracle in rationals still finds a row, it is added and the relaxation proved again. A proved
 * relaxation obeys every row it has, so each such round adds rows that were not there, of the
 * finitely many that the sets' vertices give: it ends.
 */
#include <stdlib.h>

#include "analysis/robust_solve.h"
#include "base/memory.h"

typedef struct cutting {
    sb_robust_program *program;
    const sb_robust_options *options;
    sb_robust_solution *solution;
    sb_lp_result *result;
    sb_lp_solver *solver;
    sb_cut *cuts; /* those that are rows */
    size_t count, capacity;
    sb_error *error;
} cutting;

static bool same_row(const sb_cut *one, const sb_cut *other, size_t signal_count)
{
    bool same =
        one->kind == other->kind && one->type == other->type && one->report == other->report;
    for (size_t signal = 0; same && signal < signal_count; signal++) {
        same = fmpq_equal(one->belief + signal, other->belief + signal) != 0;
    }
    return same;
}

static bool is_row(const cutting *c, const sb_cut *cut)
{
    for (size_t k = 0; k < c->count; k++) {
        if (same_row(&c->cuts[k], cut, c->program->signals)) {
            return true;
        }
    }
    return false;
}

/* Add a cut, which becomes ours, unless it is a row already. */
static sb_status take(cutting *c, sb_cut *cut, bool *added)
{
    if (is_row(c, cut)) {
        return SB_OK;
    }
    if (!sb_grow(&c->cuts, &c->capacity, c->count + 1, sizeof *c->cuts)) {
        return sb_out_of_memory(c->error);
    }
    sb_status status = sb_robust_program_add_cut(c->program, cut, c->error);
    if (status == SB_OK) {
        c->cuts[c->count++] = *cut;
        sb_cut_init(cut);
        *added = true;
    }
    return status;
}

/* Solve the relaxation; an unbounded one needs its ray, which only the exact method gives. */
static sb_status solve_relaxation(cutting *c, bool exact)
{
    sb_lp_options options = c->options->lp;
    options.exact = exact;
    sb_status status = sb_lp_solve(c->program->lp, c->solver, &options, c->result, c->error);
    if (status == SB_OK && c->result->status == SB_LP_UNBOUNDED && c->result->columns == NULL) {
        sb_robust_solution_count(c->solution, c->result);
        options.exact = true;
        status = sb_lp_solve(c->program->lp, c->solver, &options, c->result, c->error);
    }
    if (status == SB_OK) {
        sb_robust_solution_count(c->solution, c->result);
        c->solution->rounds++;
    }
    return status;
}

/* Ask the oracle about the relaxation's answer and add what it finds. */
static sb_status separate(cutting *c, const fmpq_t tolerance, bool *added)
{
    bool ray = c->result->status == SB_LP_UNBOUNDED;
    sb_mechanism *mechanism = NULL;
    fmpq *worths = NULL;
    sb_cut *found = NULL;
    size_t count = 0;
    sb_status status =
        sb_robust_program_read(c->program, c->result->columns, ray, &mechanism, &worths, c->error);
    if (status == SB_OK) {
        sb_robust_question question = sb_robust_program_question(c->program);
        question.mechanism = mechanism;
        question.worths = worths;
        question.ray = ray;
        question.more_than = ray ? NULL : tolerance;
        status = sb_robust_find(&question, &found, &count, c->error);
    }
    for (size_t k = 0; status == SB_OK && k < count; k++) {
        status = take(c, &found[k], added);
    }
    sb_cuts_free(found, count, c->program->signals);
    sb_mechanism_free(mechanism);
    sb_rationals_free(worths, c->program->types);
    return status;
}

/* Rounds of one kind until the oracle is content or there is nothing to ask it. */
static sb_status run_rounds(cutting *c, bool exact)
{
    fmpq_t tolerance;
    fmpq_init(tolerance);
    sb_robust_options options = *c->options;
    options.lp.exact = exact;
    sb_robust_tolerance(tolerance, c->program->environment, &options);
    bool added = true;
    sb_status status = SB_OK;
    while (status == SB_OK && added) {
        if (c->options->most_rounds != 0 && c->solution->rounds >= c->options->most_rounds) {
            status = sb_error_set(c->error, SB_ERROR_LIMIT, "the limit of %zu rounds is met",
                                  c->options->most_rounds);
            break;
        }
        added = false;
        status = solve_relaxation(c, exact);
        if (status == SB_OK && c->result->columns != NULL) {
            status = separate(c, tolerance, &added);
        }
    }
    fmpq_clear(tolerance);
    return status;
}

sb_status sb_robust_cut(sb_robust_program *program, const sb_robust_options *options,
                        sb_robust_solution *solution, sb_lp_result *result, sb_error *error)
{
    cutting c = {.program = program,
                 .options = options,
                 .solution = solution,
                 .result = result,
                 .solver = sb_lp_solver_new(),
                 .error = error};
    if (c.solver == NULL) {
        return sb_out_of_memory(error);
    }
    size_t rows = 0;
    sb_status status = sb_robust_program_add_estimate(program, false, &rows, error);
    if (status == SB_OK) {
        status = run_rounds(&c, false);
    }
    if (status == SB_OK && options->lp.exact && result->proof != SB_PROOF_EXACT) {
        status = run_rounds(&c, true);
    }
    solution->cuts = c.count;
    sb_cuts_free(c.cuts, c.count, program->signals);
    sb_lp_solver_free(c.solver);
    return status;
}
