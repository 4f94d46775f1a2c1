/* What the files of the design program share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MECHANISM_DESIGN_PROGRAM_H
#define SB_MECHANISM_DESIGN_PROGRAM_H

#include "mechanism/design_independent.h"
#include "mechanism/design_lazy.h"
#include "sidebet/checker.h"

struct sb_design_solver {
    sb_lp_solver *solver;         /* of programs in payments */
    sb_lp_solver *interim_solver; /* of programs in interim payments */
    sb_lazy_memory lazy;
    sb_independent *independent; /* where the best mechanism is known without a program */
    bool programs_only;          /* solve a program even there: for tests */
};

/* The program of an environment under any rules, if it is not too large, in interim payments where
 * that pays and without names. Its rows are those of sb_design_new in the same order; incentives
 * false: those of incentive rules left out. */
sb_status sb_design_new_to_solve(const sb_environment *environment, const sb_rules *rules,
                                 double memory_limit, bool incentives, sb_design **design,
                                 sb_error *error);

/* The best payments at the allocation of a deterministic mechanism: the plain program with its
 * probabilities fixed, whose columns and rows are those of sb_design_new. Usage error where the
 * mechanism is not of this shape. */
sb_status sb_design_pay_best(const sb_environment *environment, const sb_mechanism *mechanism,
                             const sb_lp_options *options, sb_lp_result *result, sb_error *error);

/* The options of a search where those of a linear program were given. NULL: the default. */
sb_integer_options sb_design_search_options(const sb_lp_options *options);
/* sb_design_value for deterministic mechanisms. */
sb_status sb_design_search_value(const sb_environment *environment, const sb_rules *rules,
                                 const sb_lp_options *options, sb_lp_status *status,
                                 sb_proof *proof, fmpq_t objective, sb_error *error);

/* ---- reporting (design_solution.c) ---- */

/* Look at solution->mechanism with the checker and report what it is worth; tolerance zero: it was
 * proved, and that the checker refuses it, or knows another objective, is a defect. */
sb_status sb_design_check_optimum(const sb_environment *environment, const fmpq_t tolerance,
                                  sb_solution *solution, sb_check *check, sb_error *error);
/* The duals of an exact answer that are not zero, of any status. */
sb_status sb_design_report_multipliers(const sb_environment *environment, const sb_design *design,
                                       const sb_lp_result *result, sb_solution *solution,
                                       sb_error *error);
/* Unbounded: a mechanism to start from and the direction to go. */
sb_status sb_design_report_ray(const sb_environment *environment, const sb_design *design,
                               const sb_lp_result *result, sb_solution *solution, sb_error *error);
/* Turn an optimum of the program's columns into a mechanism, check it and report what it is worth.
 * result is exact or floating. */
sb_status sb_design_report(const sb_environment *environment, const sb_design *design,
                           const sb_lp_result *result, sb_solution *solution, sb_error *error);

/* ---- the rest ---- */

/* sb_design_new under any rules. */
sb_status sb_design_new_plain(const sb_environment *environment, const sb_rules *rules,
                              double memory_limit, sb_design **design, sb_error *error);

/* Types of probability zero, reporting sets under which the revelation principle fails. */
void sb_design_remark(const sb_environment *environment, sb_notes *remarks);

/* Fill solution->explanation: why the program has no optimum, and which single change of a rule
 * gives one. result is that of the program, infeasible or unbounded; then solution->ray is known
 * where it is proved. */
sb_status sb_design_explain(const sb_environment *environment, const sb_design *design,
                            const sb_lp_result *result, const sb_lp_options *options,
                            sb_solution *solution, sb_error *error);

#endif
