/* The program of automated mechanism design as a person would write it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A listing names every row of the program of design.h, in the same order, without building it: the
 * rows of any size of program can be counted, found and looked at one by one. A row is written in
 * probabilities, grouped by what the agent does not know:
 *
 *     0.251 [p(agent 1 gets it | 1, 1) - x(agent 1 | 1, 1)] + 0.25 [...] >= 0
 *
 * Texts are UTF-8, with the signs of mathematics; blanks inside a term are no-break spaces, so that
 * wrapping leaves terms whole. All texts are freed by the caller, and NULL when memory runs out.
 */
#ifndef SIDEBET_DESIGN_TEXT_H
#define SIDEBET_DESIGN_TEXT_H

#include "sidebet/declarations.h"
#include "sidebet/design.h"

SB_DECLARATIONS_BEGIN

/* ---- which rows there are ---- */

/* Rows that one rule gives for one agent, or for all profiles. */
typedef struct sb_design_block {
    sb_constraint_kind kind;
    size_t agent; /* incentive, participation; else SB_NOWHERE */
    int choice;   /* sb_incentives, sb_participation; budget: sb_payments; else 0 */
    size_t first_row, row_count;
    size_t
        places; /* rows for each type or pair: the others' profiles in the ex-post rules, else 1 */
    size_t *before; /* pairs (types) of the types before each type, and of all; NULL: no types */
} sb_design_block;

typedef struct sb_design_listing {
    const sb_environment *environment; /* not owned */
    size_t block_count, row_count;
    sb_design_block *blocks; /* those that have rows, in the order of the rows */
} sb_design_listing;

/* Under the environment's rules; the environment must outlive the listing. */
sb_status sb_design_listing_new(const sb_environment *environment, sb_design_listing **listing,
                                sb_error *error);
void sb_design_listing_free(sb_design_listing *listing); /* NULL allowed */
/* Which rule a row is; row < row_count. */
sb_constraint sb_design_listing_constraint(const sb_design_listing *listing, size_t row);
/* The row of a rule, or SB_NOWHERE. */
size_t sb_design_listing_find(const sb_design_listing *listing, const sb_constraint *constraint);
/* The block that a row is in. */
size_t sb_design_listing_block_of(const sb_design_listing *listing, size_t row);

/* ---- a row in numbers ---- */

typedef struct sb_design_term {
    bool payment;          /* x_index(profile), else p(index | profile) */
    size_t profile, index; /* the agent, or the outcome */
    fmpq coefficient;      /* not zero; to be multiplied by the group's factor */
} sb_design_term;

/* factor * sum of terms: what stands at one profile of the others, times its probability. */
typedef struct sb_design_group {
    fmpq factor;
    size_t first, count; /* terms */
} sb_design_group;

typedef struct sb_design_sum {
    size_t group_count, group_capacity, term_count, term_capacity;
    sb_design_group *groups;
    sb_design_term *terms;
    size_t left_out; /* groups beyond the most that were asked for */
    bool equation;   /* = bound, else >= bound */
    fmpq bound;      /* rows only */
} sb_design_sum;
void sb_design_sum_init(sb_design_sum *sum);
void sb_design_sum_clear(sb_design_sum *sum);

/* A row, or the objective (listing->row_count), of which at most `most` groups are collected (0:
 * all). sum is initialised. */
sb_status sb_design_sum_of(const sb_design_listing *listing, size_t row, size_t most,
                           sb_design_sum *sum, sb_error *error);

/* How much a mechanism has to spare at a rule, in the units of the program's rows in probabilities:
 * the left side less the right. */
void sb_constraint_slack(fmpq_t slack, const sb_environment *environment,
                         const sb_mechanism *mechanism, const sb_constraint *constraint);

/* Probabilities, and payments that balance. */
bool sb_constraint_is_equation(const sb_environment *environment, const sb_constraint *constraint);

/* The dual of a rule that the solution tells: what the optimum gains for each unit by which it is
 * relaxed, or by which the right side of an equation grows; 0 where the rule is not binding. False
 * where it tells none (no optimum, a deterministic search; probabilities and budgets of a floating
 * answer). */
bool sb_solution_dual(fmpq_t dual, const sb_environment *environment, const sb_solution *solution,
                      const sb_constraint *constraint);
/* Whether a rule that is no equation has no slack (floating: at most 1e-9) at the optimum. */
bool sb_solution_binds(const sb_environment *environment, const sb_solution *solution,
                       const sb_constraint *constraint);
/* The binding of a rule; NULL where the rule has slack, or where there is no optimum. */
const sb_binding *sb_solution_binding(const sb_solution *solution, const sb_constraint *constraint);

/* ---- texts ---- */

typedef enum sb_design_notation { SB_NOTATION_TEXT, SB_NOTATION_LATEX } sb_design_notation;

/* "IC agent 1: 2 as 1", "IR agent 2: 1 | rain", "sum | 2, 1", "budget | 2, 1": the names in
 * exported programs. */
char *sb_constraint_name(const sb_environment *environment, const sb_constraint *constraint);

/* "Bayes-Nash incentive compatibility of agent 1" */
char *sb_design_heading(const sb_design_listing *listing, size_t block);
/* The rule in general, once for all its rows: "Σ[θ_-i] π(θ_i, θ_-i) [U_i(θ_i; θ_i, θ_-i) − ..] ≥ 0
 * for all .." In LaTeX without dollar signs. */
char *sb_design_formula(const sb_design_listing *listing, size_t block, sb_design_notation kind);
/* What is maximised, in general. */
char *sb_design_objective_formula(const sb_design_listing *listing, sb_design_notation kind);
/* What U_i is in these formulas, and the range of the columns: "p(o | ψ) ≥ 0". */
char *sb_design_utility_formula(const sb_design_listing *listing, sb_design_notation kind);
char *sb_design_range_formula(const sb_design_listing *listing, sb_design_notation kind);

/* What the letters stand for: "ψ = (θ_1, ω): θ_1 is the type of bidder, ω the weather". */
char *sb_design_symbols(const sb_design_listing *listing, sb_design_notation kind);

/* A row, or the objective (listing->row_count), in numbers: exact, or where width > 0 each in at
 * most so many columns, rounded where it must be. What is left out beyond `most` groups (0: nothing
 * is) is counted: "… (27 of 30 profiles left out)". */
char *sb_design_row_text(const sb_design_listing *listing, size_t row, sb_number_style numbers,
                         size_t width, size_t most);

/* The whole program as text: what is maximised, then each rule in general and row by row, with the
 * slacks and duals of its solution beside the rows, wrapped at width columns where that can be.
 * solution NULL: the rules in general only. */
sb_status sb_design_format_text(const sb_design_listing *listing, const sb_solution *solution,
                                size_t width, char **result, sb_error *error);

/* The program for other solvers, in MPS or in CPLEX LP format, under the names of its rows and
 * columns; under deterministic mechanisms the outcomes are binary columns. memory_limit as in
 * sb_design_check_size. */
sb_status sb_design_format_solver(const sb_environment *environment, bool mps, double memory_limit,
                                  char **text, sb_error *error);

/* A text as LaTeX prints it: \ { } $ & # % _ ^ ~ < > | " escaped. */
char *sb_latex_escape(const char *text);
/* The whole program as a fragment of a LaTeX document that has amsmath: a heading, the general
 * formula and the rows of each rule. */
sb_status sb_design_format_latex(const sb_design_listing *listing, char **result, sb_error *error);

SB_DECLARATIONS_END

#endif
