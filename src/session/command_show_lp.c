/* What is printed of the program and its incentives, and what expect compares.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/expect.h"
#include "session/lp_rows.h"

/* ---- the program ---- */

/* The solution of the environment in hand: solved for here in scripts and at prompts. */
static const sb_solution *solved(sb_call *call)
{
    sb_session *session = call->session;
    const sb_results *results = session->interactive && call->for_message
                                    ? sb_session_results_at_hand(session)
                                    : sb_session_complete_results(session, call->error);
    const sb_solution *solution = results == NULL || !sb_session_results_current(session)
                                      ? NULL
                                      : sb_results_solution(results);
    if (solution == NULL && call->error->status == SB_OK) {
        sb_error_set(call->error, SB_ERROR_USAGE, "the program has no answer yet");
        sb_error_set_hint(call->error, "try again in a moment");
    }
    return solution;
}

sb_status sb_lp_format_text(sb_call *call, const sb_design_listing *listing, char **text)
{
    enum { width = 80 };
    const sb_solution *solution = solved(call);
    return solution == NULL ? call->error->status
                            : sb_design_format_text(listing, solution, width, text, call->error);
}

sb_status sb_show_lp(sb_call *call)
{
    sb_design_listing *listing = NULL;
    char *text = NULL;
    sb_status status = sb_design_listing_new(sb_call_environment(call), &listing, call->error);
    if (status == SB_OK) {
        status = sb_lp_format_text(call, listing, &text);
    }
    if (status == SB_OK) {
        sb_text_add(call->output, text);
    }
    free(text);
    sb_design_listing_free(listing);
    return status;
}

/* ---- incentives ---- */

/* "  2 as 1: dual 0.25, at 2 of 3" */
static void show_edge(sb_text *output, const sb_agent *agent, const sb_incentive_graph *graph,
                      const sb_incentive_edge *edge)
{
    const char *type = edge->type == SB_NOWHERE ? "any type" : agent->types[edge->type];
    if (edge->report == SB_NOWHERE) {
        sb_text_add_format(output, "  %s away", type);
    } else {
        sb_text_add_format(output, "  %s as %s", type, agent->types[edge->report]);
    }
    if (graph->has_duals) {
        sb_text_add(output, ": dual ");
        sb_text_add_rational(output, &edge->dual, SB_NUMBER_DECIMAL);
    }
    if (edge->places > 1) {
        sb_text_add_format(output, ", at %zu of %zu", edge->binding, edge->places);
    }
    sb_text_add(output, "\n");
}

sb_status sb_show_incentives(sb_call *call)
{
    const sb_environment *environment = sb_call_environment(call);
    const sb_solution *solution = solved(call);
    if (solution == NULL) {
        return call->error->status;
    }
    sb_status status = SB_OK;
    sb_incentive_graph graph;
    sb_incentive_graph_init(&graph);
    for (size_t agent = 0; status == SB_OK && agent < environment->agent_count; agent++) {
        status = sb_incentive_graph_build(environment, solution, agent, SB_NOWHERE, false, &graph,
                                          call->error);
        sb_text_add_format(call->output, "%s\n", environment->agents[agent].name);
        for (size_t k = 0; k < graph.edge_count; k++) {
            show_edge(call->output, &environment->agents[agent], &graph, &graph.edges[k]);
        }
    }
    sb_incentive_graph_clear(&graph);
    return status;
}

/* ---- single numbers ---- */

static sb_status find_report(sb_call *call, size_t argument, size_t agent, size_t *report)
{
    if (strcmp(call->arguments[argument], "away") == 0) {
        *report = SB_NOWHERE;
        return SB_OK;
    }
    return sb_call_type(call, argument, agent, report);
}

static sb_status compare_edge(sb_call *call, const char *what, const sb_solution *solution,
                              size_t agent, size_t type, size_t report)
{
    sb_incentive_graph graph;
    sb_incentive_graph_init(&graph);
    sb_status status = sb_incentive_graph_build(sb_call_environment(call), solution, agent,
                                                SB_NOWHERE, true, &graph, call->error);
    const sb_incentive_edge *found = NULL;
    for (size_t k = 0; k < graph.edge_count; k++) {
        bool its = graph.edges[k].type == type && graph.edges[k].report == report;
        found = its ? &graph.edges[k] : found;
    }
    if (status == SB_OK && found == NULL) {
        status = sb_error_set(call->error, SB_ERROR_USAGE, "there is no such rule");
        sb_error_set_hint(call->error, "show lp lists the rules");
    } else if (status == SB_OK && strcmp(what, "dual") == 0 && !graph.has_duals) {
        status = sb_error_set(call->error, SB_ERROR_USAGE,
                              "a search for deterministic mechanisms tells no duals");
    } else if (status == SB_OK) {
        status =
            sb_expect_number(call, what, strcmp(what, "dual") == 0 ? &found->dual : &found->slack,
                             sb_proof_name(solution->proof));
    }
    sb_incentive_graph_clear(&graph);
    return status;
}

sb_status sb_expect_incentive(sb_call *call)
{
    size_t agent = 0, type = 0, report = 0;
    sb_status status = sb_expect_type(call, 2, &agent, &type);
    if (status == SB_OK) {
        status = find_report(call, 3, agent, &report);
    }
    if (status != SB_OK) {
        return status;
    }
    const sb_results *results = sb_session_complete_results(call->session, call->error);
    const sb_solution *solution = results == NULL ? NULL : sb_results_solution(results);
    if (results == NULL) {
        return call->error->status;
    }
    if (solution == NULL) {
        return sb_error_set(call->error, SB_ERROR_INTERNAL, "the answer is not known: %s",
                            sb_results_failure(results));
    }
    return compare_edge(call, call->arguments[0], solution, agent, type, report);
}
