/* Branch and bound in rationals: depth first from the best solution known.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The path from the root to the node at hand is a stack of branchings. Each node's relaxation is
 * solved exactly, from the basis of the one before. A node ends where it is infeasible, where its
 * relaxation is not better than the best solution, or where it is a solution itself; then the path
 * goes back to the last branching whose other side is still open. Both sides of all branchings
 * ended: nothing better is left.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "lp/integer_search.h"

typedef struct branching {
    size_t column;
    int value;    /* on the path now */
    bool last;    /* the other side has ended */
    fmpq optimum; /* of the relaxation before the column was fixed */
} branching;

typedef struct exact_search {
    sb_integer_search *search;
    const sb_lp *original;
    sb_patience patience;
    branching *path;
    size_t depth, capacity;
} exact_search;

/* The binary column farthest from 0 and 1, and the nearer of the two; none: a solution. */
static size_t choose_column(const exact_search *work, const fmpq *columns, int *value)
{
    size_t chosen = work->search->columns;
    fmpq_t distance, largest, half;
    fmpq_init(distance);
    fmpq_init(largest);
    fmpq_init(half);
    fmpq_set_si(half, 1, 2);
    for (size_t column = 0; column < work->search->columns; column++) {
        if (!work->search->binary[column]) {
            continue;
        }
        bool up = fmpq_cmp(columns + column, half) >= 0;
        fmpq_set_si(distance, up, 1);
        fmpq_sub(distance, distance, columns + column);
        fmpq_abs(distance, distance);
        if (fmpq_cmp(distance, largest) > 0) {
            fmpq_set(largest, distance);
            chosen = column;
            *value = up;
        }
    }
    fmpq_clear(distance);
    fmpq_clear(largest);
    fmpq_clear(half);
    return chosen;
}

static sb_status branch(exact_search *work, size_t column, int value, const fmpq_t optimum)
{
    if (!sb_grow(&work->path, &work->capacity, work->depth + 1, sizeof *work->path)) {
        return sb_out_of_memory(work->search->error);
    }
    branching *made = &work->path[work->depth++];
    *made = (branching){.column = column, .value = value};
    fmpq_init(&made->optimum);
    fmpq_set(&made->optimum, optimum);
    return sb_integer_fix(work->search, column, value);
}

/* To the next open side; *more false: there is none. */
static sb_status go_back(exact_search *work, bool *more)
{
    sb_status status = SB_OK;
    *more = false;
    while (status == SB_OK && work->depth > 0 && !*more) {
        branching *at = &work->path[work->depth - 1];
        if (!at->last && sb_integer_improves(work->search, &at->optimum)) {
            at->last = true;
            at->value = 1 - at->value;
            *more = true;
            status = sb_integer_fix(work->search, at->column, at->value);
        } else {
            status = sb_integer_release(work->search, work->original, at->column);
            fmpq_clear(&at->optimum);
            work->depth--;
        }
    }
    return status;
}

/* The best that is still possible: of the open sides and the node at hand. */
static double open_bound(const exact_search *work, const fmpq_t here)
{
    bool maximise = sb_lp_direction(work->search->lp) == SB_MAXIMISE;
    double bound = sb_rational_to_double(here);
    for (size_t k = 0; k < work->depth; k++) {
        double other = sb_rational_to_double(&work->path[k].optimum);
        if (!work->path[k].last && (maximise ? other > bound : other < bound)) {
            bound = other;
        }
    }
    return bound;
}

/* Solve the node at hand; *ended: nothing below it is better. Else the path goes deeper. */
static sb_status look_at_node(exact_search *work, bool *ended)
{
    sb_integer_search *search = work->search;
    sb_lp_options options = {.exact = true, .cancel = search->options->cancel};
    sb_lp_result relaxed;
    sb_lp_result_init(&relaxed);
    search->result->exact_nodes++;
    sb_status status = sb_lp_solve(search->lp, search->solver, &options, &relaxed, search->error);
    *ended = true;
    if (status == SB_OK && relaxed.proof != SB_PROOF_EXACT) {
        status = sb_error_set(search->error, SB_ERROR_LIMIT, "a node could not be proved");
    } else if (status == SB_OK && relaxed.status == SB_LP_UNBOUNDED) {
        status = sb_error_set(search->error, SB_ERROR_INTERNAL,
                              "a node is unbounded below a bounded relaxation");
    } else if (status == SB_OK && relaxed.status == SB_LP_OPTIMAL &&
               sb_integer_improves(search, &relaxed.objective)) {
        int value = 0;
        size_t column = choose_column(work, relaxed.columns, &value);
        *ended = column == search->columns;
        status = *ended ? sb_integer_offer(search, relaxed.columns, &relaxed.objective)
                        : branch(work, column, value, &relaxed.objective);
        double bound = open_bound(work, &relaxed.objective);
        search->result->bound = bound;
        size_t nodes = search->result->floating_nodes + search->result->exact_nodes;
        sb_integer_report(search, true, bound, nodes, false);
    }
    sb_lp_result_clear(&relaxed);
    return status;
}

static sb_status search_tree(exact_search *work, bool *complete)
{
    sb_status status = SB_OK;
    bool more = true;
    while (status == SB_OK && more) {
        status = sb_patience_check(&work->patience, work->search->error);
        bool ended = false;
        if (status == SB_OK) {
            status = look_at_node(work, &ended);
        }
        if (status == SB_OK && ended) {
            status = go_back(work, &more);
        }
    }
    *complete = status == SB_OK;
    return status;
}

sb_status sb_integer_prove(sb_integer_search *search, const sb_lp *original, bool *complete)
{
    double limit = search->options->time_limit;
    exact_search work = {
        .search = search,
        .original = original,
        .patience = {search->options->cancel, limit > 0 ? sb_seconds() + limit : 0}};
    sb_status status = search_tree(&work, complete);
    if (status == SB_ERROR_LIMIT) {
        sb_error_clear(search->error);
        status = SB_OK;
    }
    for (size_t k = 0; k < work.depth; k++) {
        fmpq_clear(&work.path[k].optimum);
    }
    free(work.path);
    return status;
}
