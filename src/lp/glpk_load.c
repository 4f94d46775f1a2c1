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

void sb_glpk_load(glp_prob *problem, const sb_lp_integers *program, sb_glpk_arrays *arrays)
{
    double lower;
    double upper;
    glp_set_obj_dir(problem, GLP_MIN);
    if (program->rows > 0) {
        glp_add_rows(problem, (int)program->rows);
    }
    if (program->columns > 0) {
        glp_add_cols(problem, (int)program->columns);
    }
    for (size_t row = 0; row < program->rows; row++) {
        int type = bound_type(&program->bounds[program->columns + row], &lower, &upper);
        glp_set_row_bnds(problem, (int)row + 1, type, lower, upper);
    }
    for (size_t column = 0; column < program->columns; column++) {
        int type = bound_type(&program->bounds[column], &lower, &upper);
        glp_set_col_bnds(problem, (int)column + 1, type, lower, upper);
        glp_set_obj_coef(problem, (int)column + 1, fmpz_get_d(&program->cost[column]));
        for (size_t k = program->starts[column]; k < program->starts[column + 1]; k++) {
            arrays->rows[k + 1] = (int)program->entry_rows[k] + 1;
            arrays->columns[k + 1] = (int)column + 1;
            arrays->values[k + 1] = fmpz_get_d(&program->entries[k]);
        }
    }
    glp_load_matrix(problem, (int)program->entry_count, arrays->rows, arrays->columns,
                    arrays->values);
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
