/* Interim payments for lies that no row is about.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For a report r the open columns y(k, r) are set one after the other, k ascending. A rule without
 * a row against the lie of type t is a lower bound on sum_k c(t, k) y(k, r); it is up to the last
 * open k with c(t, k) != 0 to keep it, which it can where c(t, k) > 0: y(k, r) is the least number
 * that keeps all such rules. One of them then holds with equality, and it has no column that is set
 * later: a basis of the program with these rows is triangular, and the point stays a vertex. A rule
 * that is up to a negative c(t, k), or to no open column, may be broken: then it becomes a row.
 */
#include <stdlib.h>

#include "mechanism/design_lazy_parts.h"

/* Per type: which open column of a report a rule without a row is up to. */
static void find_last_open(sb_lazy_agent *made, const sb_lazy *lazy, size_t agent, size_t report)
{
    const sb_interim *interim = lazy->design->interim;
    size_t rank = interim->agents[agent].rank;
    for (size_t type = 0; type < made->types; type++) {
        made->last_open[type] = SB_NOWHERE;
        size_t rule = made->rules[type * made->types + report];
        for (size_t k = rank; rule != SB_NOWHERE && lazy->rules[rule].row == SB_NOWHERE && k > 0;
             k--) {
            if (!lazy->used[sb_interim_column(interim, agent, k - 1, report)] &&
                made->combinations[type * rank + k - 1] != 0) {
                made->last_open[type] = k - 1;
                break;
            }
        }
    }
}

/* ---- in double precision ---- */

static void subtract_payment(sb_lazy_agent *made, size_t rank, size_t k, size_t report, double paid)
{
    for (size_t type = 0; type < made->types; type++) {
        made->expected[type * made->types + report] -= made->combinations[type * rank + k] * paid;
    }
}

/* The least payment that keeps the rules which are up to it. */
static double least_payment(const sb_lazy_agent *made, size_t rank, size_t k, size_t report)
{
    double least = 0;
    bool found = false;
    for (size_t type = 0; type < made->types; type++) {
        double part = made->combinations[type * rank + k];
        if (made->last_open[type] == k && part > 0) {
            const double *expected = made->expected + type * made->types;
            double needed = (expected[report] - expected[type]) / part;
            least = !found || needed > least ? needed : least;
            found = true;
        }
    }
    return least;
}

/* Subtract what the program has decided. */
static void subtract_used(sb_lazy *lazy, size_t agent, size_t report)
{
    const sb_interim *interim = lazy->design->interim;
    size_t rank = interim->agents[agent].rank;
    for (size_t k = 0; k < rank; k++) {
        size_t column = sb_interim_column(interim, agent, k, report);
        if (lazy->used[column]) {
            subtract_payment(&lazy->agents[agent], rank, k, report, lazy->chances[column]);
        }
    }
}

void sb_lazy_pay(sb_lazy *lazy, size_t agent)
{
    const sb_interim *interim = lazy->design->interim;
    sb_lazy_agent *made = &lazy->agents[agent];
    size_t rank = interim->agents[agent].rank;
    for (size_t report = 0; report < made->types; report++) {
        subtract_used(lazy, agent, report);
    }
    for (size_t report = 0; report < made->types; report++) {
        find_last_open(made, lazy, agent, report);
        for (size_t k = 0; k < rank; k++) {
            if (!lazy->used[sb_interim_column(interim, agent, k, report)]) {
                subtract_payment(made, rank, k, report, least_payment(made, rank, k, report));
            }
        }
    }
}

/* ---- in rationals ---- */

typedef struct paying {
    const sb_lazy *lazy;
    size_t agent, types, rank;
    const fmpq *combinations;
    fmpq *expected, *columns;
    fmpq_t needed, least;
} paying;

static void subtract_exactly(const paying *work, size_t k, size_t report)
{
    const fmpq *paid =
        work->columns + sb_interim_column(work->lazy->design->interim, work->agent, k, report);
    for (size_t type = 0; !fmpq_is_zero(paid) && type < work->types; type++) {
        const fmpq *part = work->combinations + type * work->rank + k;
        if (!fmpq_is_zero(part)) {
            fmpq_submul(work->expected + type * work->types + report, part, paid);
        }
    }
}

/* In work->least. */
static void find_least_exactly(paying *work, size_t k, size_t report)
{
    const sb_lazy_agent *made = &work->lazy->agents[work->agent];
    bool found = false;
    fmpq_zero(work->least);
    for (size_t type = 0; type < work->types; type++) {
        const fmpq *part = work->combinations + type * work->rank + k;
        if (made->last_open[type] == k && fmpq_sgn(part) > 0) {
            const fmpq *expected = work->expected + type * work->types;
            fmpq_sub(work->needed, expected + report, expected + type);
            fmpq_div(work->needed, work->needed, part);
            if (!found || fmpq_cmp(work->needed, work->least) > 0) {
                fmpq_swap(work->least, work->needed);
            }
            found = true;
        }
    }
}

/* columns[i] is set for the open ones. */
static void pay_for_report(paying *work, size_t report)
{
    const sb_interim *interim = work->lazy->design->interim;
    find_last_open(&work->lazy->agents[work->agent], work->lazy, work->agent, report);
    for (size_t k = 0; k < work->rank; k++) {
        size_t column = sb_interim_column(interim, work->agent, k, report);
        if (!work->lazy->used[column]) {
            find_least_exactly(work, k, report);
            fmpq_set(work->columns + column, work->least);
            subtract_exactly(work, k, report);
        }
    }
}

void sb_lazy_pay_exactly(const sb_lazy *lazy, size_t agent, fmpq *expected, fmpq *columns)
{
    const sb_interim *interim = lazy->design->interim;
    paying work = {.lazy = lazy,
                   .agent = agent,
                   .types = lazy->agents[agent].types,
                   .rank = interim->agents[agent].rank,
                   .combinations = interim->agents[agent].combinations,
                   .expected = expected,
                   .columns = columns};
    fmpq_init(work.needed);
    fmpq_init(work.least);
    for (size_t k = 0; k < work.rank * work.types; k++) {
        if (lazy->used[sb_interim_column(interim, agent, k / work.types, k % work.types)]) {
            subtract_exactly(&work, k / work.types, k % work.types);
        }
    }
    for (size_t report = 0; report < work.types; report++) {
        pay_for_report(&work, report);
    }
    fmpq_clear(work.needed);
    fmpq_clear(work.least);
}
