/* The rows of the LP screen, and the graph of the incentive screen.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/lp_rows.h"

#include <stdlib.h>

#include "base/memory.h"

const sb_solution *sb_lp_solution(const sb_session *session)
{
    const sb_results *results = sb_session_results_at_hand(session);
    const sb_solution *solution = NULL;
    if (results != NULL && sb_session_results_current(session)) {
        solution = sb_results_solution(results);
    }
    bool optimal = solution != NULL && solution->status == SB_LP_OPTIMAL;
    return optimal && solution->mechanism != NULL ? solution : NULL;
}

/* ---- rows ---- */

/* Rows that bind, within those shown: worth something first. */
static bool find_front(sb_lp_rows *rows)
{
    const sb_solution *solution = rows->solution;
    rows->front = sb_allocate(solution->binding_count, sizeof *rows->front);
    rows->sorted = sb_allocate(solution->binding_count, sizeof *rows->sorted);
    if (rows->front == NULL || rows->sorted == NULL) {
        return false;
    }
    size_t worth = 0;
    for (size_t k = 0; k < solution->binding_count; k++) {
        size_t row = sb_design_listing_find(rows->listing, &solution->bindings[k].constraint);
        if (row != SB_NOWHERE && row >= rows->first && row < rows->first + rows->count) {
            rows->sorted[rows->front_count++] = row;
            worth += fmpq_is_zero(&solution->bindings[k].dual) ? 0 : 1;
        }
    }
    size_t at = 0, behind = worth;
    for (size_t k = 0; k < rows->front_count; k++) {
        sb_constraint constraint = sb_design_listing_constraint(rows->listing, rows->sorted[k]);
        const sb_binding *binding = sb_solution_binding(solution, &constraint);
        bool first = binding != NULL && !fmpq_is_zero(&binding->dual);
        rows->front[first ? at++ : behind++] = rows->sorted[k];
    }
    return true;
}

bool sb_lp_rows_init(sb_lp_rows *rows, const sb_session *session)
{
    *rows = (sb_lp_rows){0};
    const sb_environment *environment = sb_session_environment(session);
    const sb_display *display = sb_session_display(session);
    if (environment == NULL || sb_design_listing_new(environment, &rows->listing, NULL) != SB_OK) {
        return false;
    }
    rows->solution = sb_lp_solution(session);
    rows->objective = display->lp_rule == 0 || display->lp_rule > rows->listing->block_count;
    if (rows->objective) {
        rows->count = rows->listing->row_count;
    } else {
        const sb_design_block *block = &rows->listing->blocks[display->lp_rule - 1];
        rows->first = block->first_row;
        rows->count = block->row_count;
    }
    rows->lines = rows->count + (rows->objective ? 1 : 0);
    return display->lp_in_order || rows->solution == NULL || find_front(rows);
}

void sb_lp_rows_clear(sb_lp_rows *rows)
{
    sb_design_listing_free(rows->listing);
    free(rows->front);
    free(rows->sorted);
    *rows = (sb_lp_rows){0};
}

/* How many of the rows put first stand before a row in the program. */
static size_t front_before(const sb_lp_rows *rows, size_t row)
{
    size_t low = 0, high = rows->front_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows->sorted[middle] < row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

size_t sb_lp_rows_at(const sb_lp_rows *rows, size_t line)
{
    if (rows->objective && line == 0) {
        return rows->listing->row_count;
    }
    line -= rows->objective ? 1 : 0;
    if (line < rows->front_count) {
        return rows->front[line];
    }
    line -= rows->front_count;
    /* The row that has `line` rows of the others before it: those put first are passed over. */
    size_t low = 0, high = rows->front_count; /* so many of them come before it */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows->sorted[middle] - rows->first - middle <= line) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return rows->first + line + low;
}

size_t sb_lp_rows_line(const sb_lp_rows *rows, size_t row)
{
    size_t begin = rows->objective ? 1 : 0;
    if (row < rows->first || row >= rows->first + rows->count) {
        return 0;
    }
    size_t before = front_before(rows, row);
    if (before < rows->front_count && rows->sorted[before] == row) {
        for (size_t k = 0; k < rows->front_count; k++) {
            if (rows->front[k] == row) {
                return begin + k;
            }
        }
    }
    return begin + rows->front_count + (row - rows->first) - before;
}

/* ---- the graph ---- */

bool sb_incentives_by_edge(const sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    size_t agent = sb_session_display(session)->incentive_agent;
    return environment != NULL && agent < environment->agent_count &&
           environment->agents[agent].type_count <= SB_INCENTIVES_DIAGRAM_TYPES;
}

/* How many slacks all edges of an agent are made of. */
static size_t rule_count(const sb_environment *environment, size_t agent)
{
    sb_design_listing *listing = NULL;
    size_t count = 0;
    if (sb_design_listing_new(environment, &listing, NULL) != SB_OK) {
        return SB_NOWHERE;
    }
    for (size_t k = 0; k < listing->block_count; k++) {
        count += listing->blocks[k].agent == agent ? listing->blocks[k].row_count : 0;
    }
    sb_design_listing_free(listing);
    return count;
}

/* Of the frozen mechanism under this table. */
static bool replies_graph(sb_incentive_graph *graph, const sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    const sb_results *results = sb_session_results_at_hand(session);
    size_t agent = sb_session_display(session)->incentive_agent;
    const sb_misbelief *misbelief = NULL;
    if (environment != NULL && results != NULL && sb_session_results_current(session)) {
        misbelief = sb_results_misbelief(results);
    }
    return misbelief != NULL && agent < misbelief->agent_count &&
           agent < environment->agent_count &&
           misbelief->agents[agent].type_count == environment->agents[agent].type_count &&
           sb_incentive_graph_of_replies(environment, misbelief, agent, graph, NULL) == SB_OK;
}

bool sb_incentives_graph(sb_incentive_graph *graph, const sb_session *session)
{
    sb_incentive_graph_init(graph);
    if (sb_session_display(session)->incentive_replies) {
        graph->replies = true;
        return replies_graph(graph, session);
    }
    const sb_environment *environment = sb_session_environment(session);
    const sb_display *display = sb_session_display(session);
    const sb_solution *solution = environment == NULL ? NULL : sb_lp_solution(session);
    size_t agent = display->incentive_agent;
    if (solution == NULL || agent >= environment->agent_count) {
        return false;
    }
    bool all = display->incentive_slack && sb_incentives_by_edge(session) &&
               rule_count(environment, agent) <= SB_INCENTIVES_MOST_SLACKS;
    size_t others = display->incentive_others == 0 ? SB_NOWHERE : display->incentive_others - 1;
    return sb_incentive_graph_build(environment, solution, agent, others, all, graph, NULL) ==
           SB_OK;
}
