/* Inside of the lazy solution of design programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MECHANISM_DESIGN_LAZY_PARTS_H
#define SB_MECHANISM_DESIGN_LAZY_PARTS_H

#include "mechanism/design_lazy.h"

typedef struct sb_lazy_rule {
    sb_constraint constraint;
    size_t row;    /* of the program; SB_NOWHERE: left out */
    size_t column; /* the interim payment of this very lie, where the type is independent: it has
                      the row of the rule as soon as it has any, and enters the basis with it;
                      SB_NOWHERE: none */
    double gain;   /* by the lie, in double precision; 0: less than a hair */
    bool wanted;   /* to become a row */
} sb_lazy_rule;

/* One agent in double precision. */
typedef struct sb_lazy_agent {
    size_t types, others;
    bool interim;         /* its rules are Bayes-Nash */
    size_t *profiles;     /* type by others */
    double *weights;      /* type by others */
    double *totals;       /* of the weights of each type */
    double *utilities;    /* type by outcome */
    double *combinations; /* type by pivot */
    size_t *rules;        /* type by report; SB_NOWHERE where no rule forbids the lie */
    double *expected;     /* what a type expects of a report, in weights: type by report */
    size_t *last_open;    /* scratch: one a type */
} sb_lazy_agent;

typedef struct sb_lazy {
    const sb_environment *environment;
    sb_design *design;
    size_t rule_count, rule_capacity;
    sb_lazy_rule *rules; /* in the order of the whole program */
    size_t fixed_rows;   /* rows of other rules; they come first */
    size_t column_count;
    bool *used;         /* columns with an entry in some row */
    size_t *decided_by; /* per column: the rule that decides it; SB_NOWHERE */
    sb_lazy_agent *agents;
    double *chances, *payments; /* of all columns, in double precision */
} sb_lazy;

/* List the rules and set all else up. */
sb_status sb_lazy_init(sb_lazy *lazy, sb_design *design, sb_error *error);
void sb_lazy_clear(sb_lazy *lazy);

/* Want all rows. */
void sb_lazy_want_all(sb_lazy *lazy);
/* Want the rows of lies between neighbours: types next to each other in what outcomes are worth. */
sb_status sb_lazy_want_neighbours(sb_lazy *lazy, sb_error *error);
/* Make the rows of these rules, in this order. */
sb_status sb_lazy_add_rows_in_order(sb_lazy *lazy, const size_t *rules, size_t count,
                                    sb_error *error);
/* Make the wanted rows, and those that decide columns which they have; where the solver (NULL:
 * none) keeps a basis of the program before, the columns enter it. */
sb_status sb_lazy_add_rows(sb_lazy *lazy, sb_lp_solver *solver, sb_error *error);

/* In interim payments: set the open columns (those without an entry in any row) to the least that
 * keeps rules without a row, report by report, and subtract from what an agent's types expect what
 * they pay: in double precision, and in rationals (expected: type by report; columns are set). */
void sb_lazy_pay(sb_lazy *lazy, size_t agent);
void sb_lazy_pay_exactly(const sb_lazy *lazy, size_t agent, fmpq *expected, fmpq *columns);

/* Want rules without a row that the columns break by more than a hair, in double precision; of
 * those about one agent's report under Bayes-Nash only the few that are broken most. Returns how
 * many are broken. */
size_t sb_lazy_separate(sb_lazy *lazy, const fmpq *columns);
/* Set the open columns in rationals; separate: and want the rules without a row that are broken. */
sb_status sb_lazy_complete(sb_lazy *lazy, fmpq *columns, bool separate, size_t *broken,
                           sb_error *error);

#endif
