/* Inside of a design program: shared by its rows, its columns and their names.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MECHANISM_DESIGN_ROWS_H
#define SB_MECHANISM_DESIGN_ROWS_H

#include "mechanism/design_interim.h"

struct sb_design {
    const sb_environment *environment; /* while building only */
    const sb_rules *rules;             /* while building only */
    sb_objective_weights objective;
    size_t agent_count, outcome_count, profile_count;
    bool nameless;       /* nobody reads the names of columns and rows */
    bool has_payments;   /* payments are columns of their own */
    sb_interim *interim; /* else interim payments may be; NULL: none */
    sb_lp *program;
    sb_constraint *constraints; /* one a row */
    size_t constraint_count, constraint_capacity;
    /* the row being collected */
    size_t term_count, term_capacity, coefficient_capacity;
    size_t *columns;
    fmpq *coefficients;
};

/* What the objective counts of an outcome at a profile, before it is multiplied by its probability
 * (design_program.c). */
void sb_design_outcome_value(fmpq_t value, const sb_environment *environment,
                             const sb_objective_weights *weights, size_t profile, size_t outcome);

/* "p(agent 1 gets it | 2, 1)": kind is "p" or "x". Freed by the caller. */
char *sb_design_column_name(const sb_environment *environment, const char *kind, const char *what,
                            size_t profile, sb_error *error);
/* "IC agent 1: 2 as 1", "IR agent 2: 1 | rain", "sum | 2, 1". Freed by the caller. */
char *sb_design_row_name(const sb_environment *environment, const sb_constraint *constraint,
                         sb_error *error);

/* The outcome probabilities of every profile sum to 1. */
sb_status sb_design_add_probability_rows(sb_design *design, sb_error *error);
/* Every incentive rule of one agent under the rules' choice, in the order of the rows. */
typedef sb_status (*sb_constraint_visitor)(void *context, const sb_constraint *constraint,
                                           sb_error *error);
sb_status sb_design_visit_incentives(const sb_environment *environment, const sb_rules *rules,
                                     size_t agent, sb_constraint_visitor visit, void *context,
                                     sb_error *error);
/* The row of one incentive rule. */
sb_status sb_design_add_incentive_row(sb_design *design, const sb_constraint *constraint,
                                      sb_error *error);
/* The rows of one agent under the rules' choice. */
sb_status sb_design_add_incentive_rows(sb_design *design, size_t agent, sb_error *error);
sb_status sb_design_add_participation_rows(sb_design *design, size_t agent, sb_error *error);
/* What the payments of a profile may sum to, where the rules say. */
sb_status sb_design_add_budget_rows(sb_design *design, sb_error *error);

#endif
