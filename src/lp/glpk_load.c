/* A program in scaled integers as a GLPK problem.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/glpk_load.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

bool sb_glpk_arrays_init(sb_glpk_arrays *arrays, const sb_lp_integers *program)
{
    arrays->rows = sb_allocate(program->entry_count + 1, sizeof *arrays->rows);
    arrays->columns = sb_allocate(program->entry_count + 1, sizeof *arrays->columns);
    arrays->values = sb_allocate(program->entry_count + 1, sizeof *arrays->values);
    return arrays->rows != NULL && arrays->columns != NULL && arrays->values != NULL;
}

void sb_glpk_arrays_clear(sb_glpk_arrays *arrays)
{
    free(arrays->rows);
    free(arrays->columns);
    free(arrays->values);
    *arrays = (sb_glpk_arrays){0};
}

/* GLPK's word for a pair of bounds, and the bounds as doubles. */
static int bound_type(const sb_lp_bounds *bounds, double *lower, double *upper)
{
    *lower = bounds->has_lower ? sb_rational_to_double(&bounds->lower) : 0;
    *upper = bounds->has_upper ? sb_rational_to_double(&bounds->upper) : 0;
    if (bounds->has_lower && bounds->has_upper) {
        return *lower < *upper ? GLP_DB : GLP_FX;
    }
    if (bounds->has_lower) {
        return GLP_LO;
    }
    return bounds->has_upper ? GLP_UP : GLP_FR;
}

static int number_of(const int *numbers, size_t index)
{
    return numbers == NULL ? (int)index + 1 : numbers[index];
}

static void load_rows(glp_prob *problem, const sb_lp_integers *program, const int *numbers)
{
    double lower;
    double upper;
    for (size_t row = 0; row < program->rows; row++) {
        int number = number_of(numbers, row);
        int type = bound_type(&program->bounds[program->columns + row], &lower, &upper);
        if (number > 0) {
            glp_set_row_bnds(problem, number, type, lower, upper);
        }
    }
}

/* Bounds and cost of a column that stands for its complement too. */
static void load_folded(glp_prob *problem, const sb_lp_integers *program, const sb_lp_fold *fold,
                        size_t column)
{
    size_t complement = fold->complements[column];
    const sb_lp_bounds *bounds = &program->bounds[program->columns + fold->bounds[column]];
    double upper = sb_rational_to_double(&bounds->lower) /
                   fmpz_get_d(&program->entries[program->starts[complement]]);
    double cost = fmpz_get_d(&program->cost[column]) - fmpz_get_d(&program->cost[complement]);
    glp_set_col_bnds(problem, fold->column_numbers[column], GLP_DB, 0, upper);
    glp_set_obj_coef(problem, fold->column_numbers[column], cost);
}

void sb_glpk_load(glp_prob *problem, const sb_lp_integers *program, const sb_lp_fold *fold,
                  sb_glpk_arrays *arrays)
{
    double lower;
    double upper;
    size_t rows = fold == NULL ? program->rows : fold->rows;
    size_t columns = fold == NULL ? program->columns : fold->columns;
    const int *row_numbers = fold == NULL ? NULL : fold->row_numbers;
    const int *column_numbers = fold == NULL ? NULL : fold->column_numbers;
    int entries = 0;
    glp_set_obj_dir(problem, GLP_MIN);
    if (rows > 0) {
        glp_add_rows(problem, (int)rows);
    }
    if (columns > 0) {
        glp_add_cols(problem, (int)columns);
    }
    load_rows(problem, program, row_numbers);
    for (size_t column = 0; column < program->columns; column++) {
        int number = number_of(column_numbers, column);
        if (number == 0) {
            continue;
        }
        if (fold != NULL && fold->complements[column] != SB_NOT_FOLDED) {
            load_folded(problem, program, fold, column);
        } else {
            int type = bound_type(&program->bounds[column], &lower, &upper);
            glp_set_col_bnds(problem, number, type, lower, upper);
            glp_set_obj_coef(problem, number, fmpz_get_d(&program->cost[column]));
        }
        for (size_t k = program->starts[column]; k < program->starts[column + 1]; k++) {
            int row = number_of(row_numbers, program->entry_rows[k]);
            if (row > 0) {
                entries++;
                arrays->rows[entries] = row;
                arrays->columns[entries] = number;
                arrays->values[entries] = fmpz_get_d(&program->entries[k]);
            }
        }
    }
    glp_load_matrix(problem, entries, arrays->rows, arrays->columns, arrays->values);
    glp_scale_prob(problem, GLP_SF_AUTO);
}

bool sb_glpk_takes(const sb_lp_integers *program)
{
    if (program->rows >= INT_MAX || program->columns >= INT_MAX ||
        program->entry_count >= INT_MAX) {
        return false;
    }
    bool finite = true;
    for (size_t k = 0; k < program->entry_count; k++) {
        finite = finite && isfinite(fmpz_get_d(&program->entries[k]));
    }
    for (size_t column = 0; column < program->columns; column++) {
        finite = finite && isfinite(fmpz_get_d(&program->cost[column]));
    }
    for (size_t variable = 0; variable < program->columns + program->rows; variable++) {
        double lower;
        double upper;
        (void)bound_type(&program->bounds[variable], &lower, &upper);
        finite = finite && isfinite(lower) && isfinite(upper);
    }
    return finite;
}
