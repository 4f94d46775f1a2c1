/* Branch and bound in double precision: GLPK's, for good solutions early.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <glpk.h>

#include "base/memory.h"
#include "lp/glpk_guard.h"
#include "lp/glpk_load.h"
#include "lp/glpk_simplex.h"
#include "lp/integer_search.h"

typedef struct proposal_run {
    sb_integer_search *search;
    sb_lp_integers program;
    sb_glpk_arrays arrays;
    sb_patience patience;
    glp_prob *problem;
    bool *ones;
    size_t nodes;
    bool found, complete;
    sb_status status;
} proposal_run;

/* GLPK minimises cost times cost_scale; back to the program's own units. */
static double own_units(const proposal_run *run, double objective)
{
    return objective / sb_rational_to_double(&run->program.cost_scale);
}

static void look_in(glp_tree *tree, void *context)
{
    proposal_run *run = context;
    if (glp_ios_reason(tree) != GLP_ISELECT && glp_ios_reason(tree) != GLP_IBINGO) {
        return;
    }
    int active = 0;
    int all = 0;
    int created = 0;
    glp_ios_tree_size(tree, &active, &all, &created);
    run->nodes = (size_t)created;
    int best = glp_ios_best_node(tree);
    double bound = best == 0 ? NAN : own_units(run, glp_ios_node_bound(tree, best));
    if (fabs(bound) < 1e300) { /* GLPK's infinity is DBL_MAX */
        run->search->result->bound = bound;
    }
    if (glp_ios_reason(tree) == GLP_IBINGO) {
        run->search->has_proposal = true;
        run->search->proposal = own_units(run, glp_get_obj_val(glp_ios_get_prob(tree)));
    }
    sb_integer_report(run->search, false, run->search->result->bound, run->nodes, false);
    run->status = sb_patience_check(&run->patience, run->search->error);
    if (run->status != SB_OK) {
        glp_ios_terminate(tree);
    }
}

/* Binary columns at their places; GLPK wants integer bounds. */
static void mark_binary(proposal_run *run)
{
    for (size_t column = 0; column < run->search->columns; column++) {
        if (run->search->binary[column]) {
            glp_set_col_kind(run->problem, (int)column + 1, GLP_IV);
            const sb_lp_bounds *bounds = &run->program.bounds[column];
            double lower = bounds->has_lower ? ceil(sb_rational_to_double(&bounds->lower)) : 0;
            double upper = bounds->has_upper ? floor(sb_rational_to_double(&bounds->upper)) : 1;
            glp_set_col_bnds(run->problem, (int)column + 1, lower < upper ? GLP_DB : GLP_FX, lower,
                             upper);
        }
    }
}

static void set_start(const proposal_run *run)
{
    const sb_lp_solver *solver = run->search->solver;
    if (solver->statuses == NULL) {
        glp_adv_basis(run->problem, 0);
        return;
    }
    for (size_t variable = 0; variable < run->program.columns + run->program.rows; variable++) {
        int status = sb_status_for_glpk(solver->statuses[variable]);
        if (variable < run->program.columns) {
            glp_set_col_stat(run->problem, (int)variable + 1, status);
        } else {
            glp_set_row_stat(run->problem, (int)(variable - run->program.columns) + 1, status);
        }
    }
}

/* In pieces, so that who calls the search off, or its time, is noticed. */
static bool solve_relaxation(proposal_run *run)
{
    enum { ITERATIONS_AT_A_TIME = 200 };
    glp_smcp settings;
    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.it_lim = ITERATIONS_AT_A_TIME;
    int code = sb_glpk_simplex(run->problem, &settings, SIZE_MAX, &run->patience, &run->status,
                               run->search->error);
    return code == 0 && run->status == SB_OK;
}

static void run_glpk(void *context)
{
    proposal_run *run = context;
    run->problem = glp_create_prob();
    sb_glpk_load(run->problem, &run->program, NULL, &run->arrays);
    mark_binary(run);
    set_start(run);
    if (!solve_relaxation(run) || glp_get_status(run->problem) != GLP_OPT) {
        run->complete = glp_get_status(run->problem) == GLP_NOFEAS;
        glp_delete_prob(run->problem);
        return;
    }
    glp_iocp settings;
    glp_init_iocp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.cb_func = look_in;
    settings.cb_info = run;
    settings.gmi_cuts = GLP_ON;
    run->complete = glp_intopt(run->problem, &settings) == 0;
    int status = glp_mip_status(run->problem);
    run->found = status == GLP_OPT || status == GLP_FEAS;
    for (size_t column = 0; run->found && column < run->search->columns; column++) {
        run->ones[column] = glp_mip_col_val(run->problem, (int)column + 1) > 0.5;
    }
    if (run->found && run->complete) {
        run->search->result->bound = own_units(run, glp_mip_obj_val(run->problem));
    }
    glp_delete_prob(run->problem);
}

sb_status sb_integer_propose(sb_integer_search *search, bool **ones, bool *complete)
{
    *ones = NULL;
    *complete = false;
    double limit = search->options->time_limit;
    proposal_run run = {
        .search = search,
        .patience = {search->options->cancel, limit > 0 ? sb_seconds() + limit : 0}};
    sb_status status = sb_lp_integers_init(&run.program, search->lp, search->error);
    if (status != SB_OK) {
        return status;
    }
    run.ones = sb_allocate(search->columns, sizeof *run.ones);
    if (!sb_glpk_arrays_init(&run.arrays, &run.program) || run.ones == NULL) {
        status = sb_out_of_memory(search->error);
    } else if (sb_glpk_takes(&run.program) && !sb_glpk_guard(run_glpk, &run)) {
        run.found = run.complete = false;
        (void)snprintf(search->result->reason, sizeof search->result->reason,
                       "the floating search broke down: not enough memory, or a defect");
    }
    search->result->floating_nodes = run.nodes;
    if (run.status == SB_ERROR_CANCELLED) {
        status = SB_ERROR_CANCELLED;
    } else if (run.status == SB_ERROR_LIMIT) {
        sb_error_clear(search->error);
    }
    *complete = run.complete && status == SB_OK;
    if (run.found && (status == SB_OK || status == SB_ERROR_CANCELLED)) {
        *ones = run.ones;
        run.ones = NULL;
    }
    free(run.ones);
    sb_glpk_arrays_clear(&run.arrays);
    sb_lp_integers_clear(&run.program);
    return status;
}
