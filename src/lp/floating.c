/* The double-precision answer: GLPK's simplex method on the scaled integers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/floating.h"

#include <stdio.h>
#include <stdlib.h>

#include <glpk.h>

#include "base/memory.h"
#include "lp/glpk_guard.h"
#include "lp/glpk_load.h"
#include "lp/glpk_simplex.h"

/* The cancel flag is looked at after this many iterations; fixed, so that a solve is repeatable. */
#define ITERATIONS_AT_A_TIME 1000
/* Smaller programs are given as they stand: which vertex they end in is known. */
#define ROWS_WORTH_FOLDING 100
/* Beyond this many for each row and column the method is taken to be stuck. */
#define ITERATIONS_PER_LINE 10

/* Everything the guarded part needs and leaves behind. */
typedef struct floating_run {
    const sb_lp_integers *program;
    sb_variable_status *statuses;
    bool warm, dual;
    const sb_patience *patience;
    sb_floating_outcome *outcome;
    sb_error *error;
    sb_status status;
    glp_prob *problem;
    sb_glpk_arrays arrays;
    sb_lp_fold fold;
} floating_run;

void sb_slack_basis(const sb_lp_integers *program, sb_variable_status *statuses)
{
    for (size_t variable = 0; variable < program->columns + program->rows; variable++) {
        const sb_lp_bounds *bounds = &program->bounds[variable];
        statuses[variable] = variable >= program->columns ? SB_BASIC
                             : bounds->has_lower          ? SB_AT_LOWER
                             : bounds->has_upper          ? SB_AT_UPPER
                                                          : SB_AT_ZERO;
    }
}

/* Of x, its complement and the row that ties them two are basic where x is basic in the folded
 * program, else one. */
static int folded_status(const floating_run *run, size_t column)
{
    const sb_lp_fold *fold = &run->fold;
    int basic = run->statuses[column] == SB_BASIC;
    int others = (run->statuses[fold->complements[column]] == SB_BASIC) +
                 (run->statuses[run->program->columns + fold->bounds[column]] == SB_BASIC);
    if (basic + others >= 2) {
        return GLP_BS;
    }
    return basic > 0 ? GLP_NU : GLP_NL;
}

static void set_basis(const floating_run *run)
{
    const sb_lp_integers *program = run->program;
    for (size_t variable = 0; variable < program->columns + program->rows; variable++) {
        int status = sb_status_for_glpk(run->statuses[variable]);
        bool column = variable < program->columns;
        int number = column ? run->fold.column_numbers[variable]
                            : run->fold.row_numbers[variable - program->columns];
        if (column && run->fold.complements[variable] != SB_NOT_FOLDED) {
            status = folded_status(run, variable);
        }
        if (number > 0 && column) {
            glp_set_col_stat(run->problem, number, status);
        } else if (number > 0) {
            glp_set_row_stat(run->problem, number, status);
        }
    }
}

/* The statuses of x and its complement; the row that ties them is never basic. */
static void unfold(const floating_run *run, size_t column, int status)
{
    run->statuses[column] = status == GLP_NL ? SB_AT_LOWER : SB_BASIC;
    run->statuses[run->fold.complements[column]] = status == GLP_NU ? SB_AT_LOWER : SB_BASIC;
    run->statuses[run->program->columns + run->fold.bounds[column]] = SB_AT_LOWER;
}

static void get_basis(const floating_run *run)
{
    const sb_lp_integers *program = run->program;
    for (size_t row = 0; row < program->rows; row++) {
        int number = run->fold.row_numbers[row];
        if (number > 0) {
            run->statuses[program->columns + row] =
                sb_status_from_glpk(glp_get_row_stat(run->problem, number));
        }
    }
    for (size_t column = 0; column < program->columns; column++) {
        int number = run->fold.column_numbers[column];
        int status = number > 0 ? glp_get_col_stat(run->problem, number) : 0;
        if (number > 0 && run->fold.complements[column] != SB_NOT_FOLDED) {
            unfold(run, column, status);
        } else if (number > 0) {
            run->statuses[column] = sb_status_from_glpk(status);
        }
    }
}

/* The dual method where a warm basis is dual but not primal feasible or where asked for, else the
 * primal one. */
static int choose_method(const floating_run *run)
{
    if (!run->warm || glp_warm_up(run->problem) != 0) {
        return run->dual ? GLP_DUALP : GLP_PRIMAL;
    }
    bool primal_feasible = glp_get_prim_stat(run->problem) == GLP_FEAS;
    bool dual_feasible = glp_get_dual_stat(run->problem) == GLP_FEAS;
    return dual_feasible && !primal_feasible ? GLP_DUALP : GLP_PRIMAL;
}

static void set_failure(floating_run *run, const char *reason)
{
    run->outcome->status = SB_LP_FAILED;
    (void)snprintf(run->outcome->reason, sizeof run->outcome->reason, "%s", reason);
}

/* What to try where GLPK breaks off: fresh factors more often (its progress is kept between calls),
 * the plain ratio test, another start, the dual method. */
typedef struct attempt {
    int method, ratio_test, iterations;
    bool restart; /* from the basis of all row activities */
} attempt;
static const attempt attempts[] = {{0, GLP_RT_HAR, ITERATIONS_AT_A_TIME, false},
                                   {GLP_PRIMAL, GLP_RT_STD, 50, false},
                                   {GLP_PRIMAL, GLP_RT_STD, 50, true},
                                   {GLP_DUALP, GLP_RT_HAR, 50, true}};
#define ATTEMPTS (sizeof attempts / sizeof *attempts)

static void apply(const floating_run *run, const attempt *chosen, glp_smcp *settings)
{
    settings->r_test = chosen->ratio_test;
    settings->it_lim = chosen->iterations;
    settings->meth = chosen->method;
    if (settings->meth == 0) {
        settings->meth = choose_method(run);
    }
    if (chosen->restart) {
        glp_std_basis(run->problem);
    }
}

/* Iterate until GLPK is done, stuck or cancelled. True when its status is to be read. */
static bool iterate(floating_run *run)
{
    const sb_lp_integers *program = run->program;
    size_t limit = 1000 + ITERATIONS_PER_LINE * (program->rows + program->columns);
    glp_smcp settings;
    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.presolve = GLP_OFF;
    size_t next = 0;
    apply(run, &attempts[next++], &settings);
    for (;;) {
        int code = sb_glpk_simplex(run->problem, &settings, limit, run->patience, &run->status,
                                   run->error);
        run->outcome->iterations = (size_t)glp_get_it_cnt(run->problem);
        if (run->status != SB_OK) {
            return false;
        }
        if (code == 0) {
            return true;
        }
        bool exhausted = run->outcome->iterations >= limit;
        if (exhausted || next == ATTEMPTS) {
            set_failure(run, exhausted ? "the floating solver ran out of iterations"
                                       : "the floating solver met numerical trouble");
            return false;
        }
        apply(run, &attempts[next++], &settings);
    }
}

/* What is missing of a row a x + a s = b: s, and the multiplier, which the cost of s decides unless
 * s is zero; then that of x does. */
static void read_complement(const floating_run *run, size_t column, int number)
{
    const sb_lp_integers *program = run->program;
    size_t complement = run->fold.complements[column], row = run->fold.bounds[column];
    double entry = fmpz_get_d(&program->entries[program->starts[complement]]);
    double price = fmpz_get_d(&program->cost[complement]);
    if (glp_get_col_stat(run->problem, number) == GLP_NU) {
        price += glp_get_col_dual(run->problem, number);
    }
    run->outcome->values[complement] =
        sb_rational_to_double(&program->bounds[program->columns + row].lower) / entry -
        run->outcome->values[column];
    run->outcome->multipliers[row] = price / entry;
}

static void read_answer(floating_run *run)
{
    const sb_lp_integers *program = run->program;
    switch (glp_get_status(run->problem)) {
    case GLP_OPT:
        run->outcome->status = SB_LP_OPTIMAL;
        break;
    case GLP_NOFEAS:
        run->outcome->status = SB_LP_INFEASIBLE;
        return;
    case GLP_UNBND:
        run->outcome->status = SB_LP_UNBOUNDED;
        return;
    default:
        set_failure(run, "the floating solver came to no conclusion");
        return;
    }
    for (size_t row = 0; row < program->rows; row++) {
        int number = run->fold.row_numbers[row];
        if (number > 0) {
            run->outcome->multipliers[row] = glp_get_row_dual(run->problem, number);
        }
    }
    for (size_t column = 0; column < program->columns; column++) {
        int number = run->fold.column_numbers[column];
        if (number > 0) {
            run->outcome->values[column] = glp_get_col_prim(run->problem, number);
        }
        if (number > 0 && run->fold.complements[column] != SB_NOT_FOLDED) {
            read_complement(run, column, number);
        }
    }
}

static void run_glpk(void *context)
{
    floating_run *run = context;
    run->problem = glp_create_prob();
    sb_glpk_load(run->problem, run->program, &run->fold, &run->arrays);
    if (run->warm) {
        set_basis(run);
    } else {
        glp_adv_basis(run->problem, 0);
    }
    if (iterate(run)) {
        read_answer(run);
    }
    get_basis(run);
    glp_delete_prob(run->problem);
}

sb_status sb_floating_solve(const sb_lp_integers *program, sb_variable_status *statuses, bool warm,
                            bool dual, const sb_patience *patience, sb_floating_outcome *outcome,
                            sb_error *error)
{
    *outcome = (sb_floating_outcome){.status = SB_LP_FAILED};
    floating_run run = {.program = program,
                        .statuses = statuses,
                        .warm = warm,
                        .dual = dual,
                        .patience = patience,
                        .outcome = outcome,
                        .error = error,
                        .status = SB_OK};
    outcome->values = sb_allocate(program->columns, sizeof *outcome->values);
    outcome->multipliers = sb_allocate(program->rows, sizeof *outcome->multipliers);
    if (!sb_lp_fold_init(&run.fold, program, program->rows > ROWS_WORTH_FOLDING) ||
        !sb_glpk_arrays_init(&run.arrays, program) || outcome->values == NULL ||
        outcome->multipliers == NULL) {
        run.status = sb_out_of_memory(error);
    }
    if (!warm) {
        sb_slack_basis(program, statuses);
    }
    if (run.status == SB_OK && !sb_glpk_takes(program)) {
        set_failure(&run, "the numbers are too large for the floating solver");
    } else if (run.status == SB_OK && !sb_glpk_guard(run_glpk, &run)) {
        set_failure(&run, "the floating solver broke down: not enough memory, or a defect");
    }
    sb_glpk_arrays_clear(&run.arrays);
    sb_lp_fold_clear(&run.fold);
    if (run.status != SB_OK) {
        sb_floating_outcome_clear(outcome);
    }
    return run.status;
}

void sb_floating_outcome_clear(sb_floating_outcome *outcome)
{
    free(outcome->values);
    free(outcome->multipliers);
    outcome->values = NULL;
    outcome->multipliers = NULL;
}
