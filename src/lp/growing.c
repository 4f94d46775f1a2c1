/* A program that grows by rows: one GLPK problem for all rounds.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/growing.h"

#include <math.h>
#include <stdlib.h>

#include <glpk.h>

#include "base/memory.h"
#include "lp/glpk_guard.h"
#include "lp/glpk_simplex.h"

/* The cancel flag is looked at after this many iterations. */
#define ITERATIONS_AT_A_TIME 500
#define MOST_ITERATIONS      100000

bool sb_new_rows_entry(sb_new_rows *rows, size_t column, double coefficient)
{
    size_t needed = rows->entry_count + 1;
    if (!sb_grow(&rows->columns, &rows->columns_capacity, needed, sizeof *rows->columns) ||
        !sb_grow(&rows->coefficients, &rows->coefficients_capacity, needed,
                 sizeof *rows->coefficients)) {
        return false;
    }
    rows->columns[rows->entry_count] = (int)column + 1;
    rows->coefficients[rows->entry_count++] = coefficient;
    return true;
}

bool sb_new_rows_end(sb_new_rows *rows, double lower, double upper)
{
    if (!sb_grow(&rows->rows, &rows->capacity, rows->count + 1, sizeof *rows->rows)) {
        return false;
    }
    rows->rows[rows->count++] = (struct sb_new_row){lower, upper, rows->entry_count};
    return true;
}

void sb_new_rows_clear(sb_new_rows *rows)
{
    free(rows->rows);
    free(rows->columns);
    free(rows->coefficients);
    *rows = (sb_new_rows){0};
}

void sb_growing_answer_clear(sb_growing_answer *answer)
{
    free(answer->z);
    free(answer->duals);
    free(answer->columns);
    free(answer->rows);
    *answer = (sb_growing_answer){0};
}

/* Everything the guarded part needs and leaves behind. */
typedef struct growing_run {
    const sb_growing_program *program;
    const sb_patience *patience;
    size_t most_rounds;
    sb_growing_answer *answer;
    sb_new_rows rows; /* of one round */
    sb_error *error;
    sb_status status;
    glp_prob *problem;
} growing_run;

static int kind_of_bounds(double lower, double upper)
{
    if (isinf(lower)) {
        return isinf(upper) ? GLP_FR : GLP_UP;
    }
    return isinf(upper) ? GLP_LO : lower < upper ? GLP_DB : GLP_FX;
}

static void add_rows(growing_run *run, const sb_new_rows *rows)
{
    if (rows->count == 0) {
        return;
    }
    run->answer->entry_count += rows->entry_count;
    int first = glp_add_rows(run->problem, (int)rows->count);
    size_t begin = 0;
    for (size_t k = 0; k < rows->count; k++) {
        const struct sb_new_row *row = &rows->rows[k];
        int number = first + (int)k;
        glp_set_row_bnds(run->problem, number, kind_of_bounds(row->lower, row->upper), row->lower,
                         row->upper);
        /* GLPK counts entries from 1. */
        glp_set_mat_row(run->problem, number, (int)(row->end - begin), rows->columns + begin - 1,
                        rows->coefficients + begin - 1);
        begin = row->end;
    }
}

static void load(growing_run *run)
{
    const sb_growing_program *program = run->program;
    glp_set_obj_dir(run->problem, GLP_MIN);
    glp_add_cols(run->problem, (int)program->column_count);
    for (size_t column = 0; column < program->column_count; column++) {
        const sb_growing_column *made = &program->columns[column];
        int number = (int)column + 1;
        double lower = made->free ? -INFINITY : 0, upper = made->free ? INFINITY : made->upper;
        glp_set_col_bnds(run->problem, number, kind_of_bounds(lower, upper), lower, upper);
        glp_set_obj_coef(run->problem, number, made->cost);
        if (made->basic) {
            glp_set_col_stat(run->problem, number, GLP_BS);
        }
    }
    add_rows(run, &program->start);
    for (size_t row = 0; row < program->start.count; row++) {
        if (program->tight_start[row]) {
            glp_set_row_stat(run->problem, (int)row + 1, GLP_NL);
        }
    }
}

/* False: no optimum was found, or run->status says why. */
static bool optimise(growing_run *run)
{
    glp_smcp settings;
    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.presolve = GLP_OFF;
    settings.meth = GLP_DUALP;
    settings.r_test = GLP_RT_FLIP;
    settings.it_lim = ITERATIONS_AT_A_TIME;
    int code = sb_glpk_simplex(run->problem, &settings, MOST_ITERATIONS + 1, run->patience,
                               &run->status, run->error);
    run->answer->iterations = (size_t)glp_get_it_cnt(run->problem);
    return code == 0 && run->status == SB_OK && run->answer->iterations <= MOST_ITERATIONS &&
           glp_get_status(run->problem) == GLP_OPT;
}

static void read_basis(growing_run *run)
{
    sb_growing_answer *answer = run->answer;
    answer->duals = sb_allocate(answer->row_count, sizeof *answer->duals);
    if (answer->duals == NULL) {
        run->status = sb_out_of_memory(run->error);
        return;
    }
    for (size_t column = 0; column < run->program->column_count; column++) {
        answer->columns[column] =
            sb_status_from_glpk(glp_get_col_stat(run->problem, (int)column + 1));
    }
    for (size_t row = 0; row < answer->row_count; row++) {
        answer->rows[row] = sb_status_from_glpk(glp_get_row_stat(run->problem, (int)row + 1));
        answer->duals[row] = glp_get_row_dual(run->problem, (int)row + 1);
    }
}

/* One round: the rows that the present point breaks, and the optimum with them. */
static bool go_on(growing_run *run, bool *settled)
{
    const sb_growing_program *program = run->program;
    sb_growing_answer *answer = run->answer;
    run->rows.count = run->rows.entry_count = 0;
    run->status = program->break_rows(program->context, answer->z, &run->rows, run->error);
    *settled = run->rows.count == 0;
    if (run->status != SB_OK || *settled) {
        return run->status == SB_OK;
    }
    answer->row_count += run->rows.count;
    if (!sb_grow(&answer->rows, &answer->row_capacity, answer->row_count, sizeof *answer->rows)) {
        run->status = sb_out_of_memory(run->error);
        return false;
    }
    add_rows(run, &run->rows);
    if (!optimise(run)) {
        return false;
    }
    for (size_t column = 0; column < program->column_count; column++) {
        answer->z[column] = glp_get_col_prim(run->problem, (int)column + 1);
    }
    return true;
}

static void run_rounds(void *context)
{
    growing_run *run = context;
    bool settled = false, going = true;
    run->problem = glp_create_prob();
    load(run);
    while (going && !settled && run->answer->rounds < run->most_rounds) {
        run->answer->rounds++;
        going = go_on(run, &settled);
    }
    if (going && settled) {
        read_basis(run);
        run->answer->optimal = run->status == SB_OK;
    }
    glp_delete_prob(run->problem);
}

sb_status sb_growing_solve(const sb_growing_program *program, const sb_patience *patience,
                           size_t most_rounds, sb_growing_answer *answer, sb_error *error)
{
    *answer = (sb_growing_answer){.row_count = program->start.count};
    growing_run run = {.program = program,
                       .patience = patience,
                       .most_rounds = most_rounds,
                       .answer = answer,
                       .error = error,
                       .status = SB_OK};
    answer->z = sb_allocate(program->column_count, sizeof *answer->z);
    answer->columns = sb_allocate(program->column_count, sizeof *answer->columns);
    if (answer->z == NULL || answer->columns == NULL ||
        !sb_grow(&answer->rows, &answer->row_capacity, program->start.count,
                 sizeof *answer->rows)) {
        return sb_out_of_memory(error);
    }
    if (!sb_glpk_guard(run_rounds, &run)) {
        answer->optimal = false;
    }
    sb_new_rows_clear(&run.rows);
    return run.status;
}
