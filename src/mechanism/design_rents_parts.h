/* Inside of design programs in rents.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MECHANISM_DESIGN_RENTS_PARTS_H
#define SB_MECHANISM_DESIGN_RENTS_PARTS_H

#include "lp/growing.h"
#include "mechanism/design_rents.h"
#include "mechanism/envelope.h"

/* One cut: what a report may not gain. */
typedef struct sb_rents_cut {
    size_t agent, report;
    size_t *basis; /* of the envelope, as many as the agent's rank */
    fmpq *parts;   /* m(t), one a type, in rationals; NULL: not made */
    size_t row;    /* of the program that is proved; SB_NOWHERE: none */
} sb_rents_cut;

/* One agent. Payments of a report are numbers z(k), one an independent type: type t expects to pay
 * sum_k coordinates(t, k) z(k) in weights, where these sum to the type's total weight. */
typedef struct sb_rents_agent {
    sb_envelope envelope;
    fmpz_mat_t coordinates; /* type by k, each row times its scale */
    fmpz *scales;
    fmpq *totals;
    size_t first_rent;   /* of the types' columns */
    bool rents_are_free; /* a type may gain less than its outside option */
    double *worth;       /* scratch: one a type */
} sb_rents_agent;

typedef struct sb_rents {
    sb_lazy *lazy;
    const sb_environment *environment;
    sb_design *design;
    const sb_lp_options *options; /* of the caller */
    sb_rents_agent *agents;
    size_t *best;         /* per profile: the outcome where everybody pays all that it gains */
    fmpq *gains;          /* profile by outcome: what counts of it then, without the probability */
    size_t *first_choice; /* per profile: the columns of its other outcomes; SB_NOWHERE: it stays
                             with the best */
    size_t choice_count, column_count;
    sb_growing_column *columns;
    sb_growing_program growing;
    bool *tight_start;
    double unit; /* mean weight */
    bool lost;   /* double precision does not do */
    sb_rents_cut *cuts;
    size_t cut_count, cut_capacity;
    sb_growing_answer answer;
    /* in rationals */
    sb_lp *program;
    sb_lp_solver *solver;
    sb_lp_result proved;
    size_t start_rows;
    fmpq *allocation, *rents; /* profile by outcome; per type of all agents */
    fmpq *payments;           /* z, per column of interim payments */
} sb_rents;

/* Whether a type has any weight: others have neither rent nor rules of their own. */
bool sb_rents_has_weight(const sb_rents *rents, size_t agent, size_t type);
/* The number of a type's rent among all agents' types. */
size_t sb_rents_index(const sb_rents *rents, size_t agent, size_t type);
/* Column of an outcome that is not the best; SB_NOWHERE: it is, or the profile stays with it. */
size_t sb_rents_choice(const sb_rents *rents, size_t profile, size_t outcome);

/* ---- in double precision (design_rents_rounds.c) ---- */

/* Which reports are extreme, the columns and the rows at the start. */
sb_status sb_rents_begin(sb_rents *rents, sb_error *error);
/* sb_growing_program.break_rows: context is the rents. Values are left in lazy->chances (the
 * allocation) and in the agents' envelopes. */
sb_status sb_rents_break(void *context, const double *z, sb_new_rows *rows, sb_error *error);
/* What type t of an agent would have of the report's outcomes, its rent taken off, a unit of its
 * weight; z as in sb_rents_break. */
double sb_rents_worth(const sb_rents *rents, size_t agent, size_t type, size_t report,
                      const double *z);
/* The same of every type that may make the report, else zero: in the agent's scratch. */
void sb_rents_fill_worths(const sb_rents *rents, size_t agent, size_t report, const double *z);
/* Payments at z, one an independent type and report, as columns of the interim program
 * (design_rents_pay_floating.c). */
sb_status sb_rents_pay(const sb_rents *rents, const double *z, fmpq *columns, sb_error *error);

/* ---- in rationals (design_rents_cut.c, _pay.c, and _extreme.c, _decide.c for one report) ---- */

/* cut->parts from its basis. *made false: they are not what they were taken for. */
sb_status sb_rents_make_parts(const sb_rents *rents, sb_rents_cut *cut, bool *made,
                              sb_error *error);
/* Payments z for every report at rents->allocation and rents->rents; where there are none cuts with
 * parts are added, and counted in *broken. rents->lost: something was not as double precision had
 * it. */
sb_status sb_rents_pay_exactly(sb_rents *rents, size_t *broken, sb_error *error);
sb_status sb_rents_add_cut(sb_rents *rents, size_t agent, size_t report, sb_rents_cut **cut,
                           sb_error *error);

/* ---- the program in rationals, and the answer (design_rents_program.c, _answer.c) ---- */

/* The program with the cuts that hold with equality, from their basis. */
sb_status sb_rents_make_program(sb_rents *rents, sb_error *error);
/* The row of a cut that has its parts. */
sb_status sb_rents_add_cut_row(sb_rents *rents, sb_rents_cut *cut, sb_error *error);
/* rents->allocation and ->rents from rents->proved. */
void sb_rents_read(sb_rents *rents);
/* What a unit of rent, in weights, counts in the objective. */
void sb_rents_rent_cost(fmpq_t cost, const sb_rents *rents);
/* All of the result from what was proved and paid. */
sb_status sb_rents_answer(const sb_rents *rents, sb_lp_result *result, sb_error *error);
/* The same where nothing was proved. */
sb_status sb_rents_answer_in_doubles(sb_rents *rents, sb_lp_result *result, sb_error *error);

#endif
