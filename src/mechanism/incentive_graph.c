/* The incentive rules of one agent as a graph.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/incentive_graph.h"

#include <stdlib.h>

#include "base/memory.h"
#include "sidebet/design_text.h"

void sb_incentive_graph_init(sb_incentive_graph *graph)
{
    *graph = (sb_incentive_graph){.others = SB_NOWHERE};
}

void sb_incentive_graph_clear(sb_incentive_graph *graph)
{
    for (size_t k = 0; k < graph->edge_count; k++) {
        fmpq_clear(&graph->edges[k].dual);
        fmpq_clear(&graph->edges[k].slack);
    }
    free(graph->edges);
    sb_incentive_graph_init(graph);
}

/* ---- edges ---- */

typedef struct builder {
    const sb_environment *environment;
    const sb_solution *solution;
    sb_incentive_graph *graph;
    fmpq_t number;
} builder;

/* Room for all edges there can be. */
static sb_status make_room(builder *build, size_t count, sb_error *error)
{
    build->graph->edges = sb_allocate(count, sizeof *build->graph->edges);
    return build->graph->edges == NULL ? sb_out_of_memory(error) : SB_OK;
}

static sb_incentive_edge *add_edge(builder *build, size_t type, size_t report)
{
    sb_incentive_edge *edge = &build->graph->edges[build->graph->edge_count++];
    edge->type = type;
    edge->report = report;
    fmpq_init(&edge->dual);
    fmpq_init(&edge->slack);
    return edge;
}

/* One of the rules that an edge gathers. */
static void add_rule(builder *build, sb_incentive_edge *edge, const sb_constraint *constraint)
{
    const sb_binding *binding = sb_solution_binding(build->solution, constraint);
    if (binding != NULL) {
        edge->binding++;
        fmpq_add(&edge->dual, &edge->dual, &binding->dual);
        fmpq_zero(build->number); /* in a floating answer: within the tolerance */
    } else {
        sb_constraint_slack(build->number, build->environment, build->solution->mechanism,
                            constraint);
    }
    if (edge->places == 0 || fmpq_cmp(build->number, &edge->slack) < 0) {
        fmpq_set(&edge->slack, build->number);
    }
    edge->places++;
}

/* All rules of a block become edges. */
static void add_block(builder *build, const sb_design_listing *listing,
                      const sb_design_block *block)
{
    size_t pairs = block->row_count / block->places;
    bool chosen = block->places > 1 && build->graph->others != SB_NOWHERE;
    for (size_t pair = 0; pair < pairs; pair++) {
        size_t first = block->first_row + pair * block->places;
        sb_constraint constraint = sb_design_listing_constraint(listing, first);
        sb_incentive_edge *edge = add_edge(build, constraint.type, constraint.report);
        for (size_t place = 0; place < block->places; place++) {
            if (!chosen || place == build->graph->others) {
                constraint = sb_design_listing_constraint(listing, first + place);
                add_rule(build, edge, &constraint);
            }
        }
    }
}

/* How many rules a binding edge gathers. */
static size_t places_of(const builder *build, const sb_constraint *constraint)
{
    bool all = constraint->others != SB_NOWHERE && build->graph->others == SB_NOWHERE;
    return all ? sb_environment_others_count(build->environment, constraint->agent) : 1;
}

/* The bindings of one edge stand together. */
static sb_status add_bindings(builder *build, sb_error *error)
{
    const sb_solution *solution = build->solution;
    sb_incentive_graph *graph = build->graph;
    sb_status status = make_room(build, solution->binding_count, error);
    for (size_t k = 0; status == SB_OK && k < solution->binding_count; k++) {
        const sb_constraint *constraint = &solution->bindings[k].constraint;
        bool elsewhere = constraint->others != SB_NOWHERE && graph->others != SB_NOWHERE &&
                         constraint->others != graph->others;
        if (constraint->agent != graph->agent || elsewhere) {
            continue;
        }
        sb_incentive_edge *last =
            graph->edge_count > 0 ? &graph->edges[graph->edge_count - 1] : NULL;
        if (last == NULL || last->type != constraint->type || last->report != constraint->report) {
            last = add_edge(build, constraint->type, constraint->report);
            last->places = places_of(build, constraint);
        }
        last->binding++;
        fmpq_add(&last->dual, &last->dual, &solution->bindings[k].dual);
    }
    return status;
}

static int compare_edges(const void *left, const void *right)
{
    const sb_incentive_edge *one = left, *other = right;
    if (one->type != other->type) {
        return one->type < other->type ? -1 : 1;
    }
    return (one->report > other->report) - (one->report < other->report);
}

static sb_status add_all(builder *build, sb_error *error)
{
    sb_design_listing *listing = NULL;
    size_t count = 0;
    sb_status status = sb_design_listing_new(build->environment, &listing, error);
    for (size_t k = 0; status == SB_OK && k < listing->block_count; k++) {
        const sb_design_block *block = &listing->blocks[k];
        count += block->agent == build->graph->agent ? block->row_count / block->places : 0;
    }
    if (status == SB_OK) {
        status = make_room(build, count, error);
    }
    for (size_t k = 0; status == SB_OK && k < listing->block_count; k++) {
        if (listing->blocks[k].agent == build->graph->agent) {
            add_block(build, listing, &listing->blocks[k]);
        }
    }
    sb_design_listing_free(listing);
    return status;
}

sb_status sb_incentive_graph_build(const sb_environment *environment, const sb_solution *solution,
                                   size_t agent, size_t others, bool all, sb_incentive_graph *graph,
                                   sb_error *error)
{
    if (solution->status != SB_LP_OPTIMAL || solution->mechanism == NULL) {
        return sb_error_set(error, SB_ERROR_USAGE,
                            "there is no optimal mechanism whose incentives could be shown");
    }
    sb_incentive_graph_clear(graph);
    const sb_rules *rules = &environment->rules;
    graph->agent = agent;
    graph->type_count = environment->agents[agent].type_count;
    graph->others = others < sb_environment_others_count(environment, agent) ? others : SB_NOWHERE;
    graph->ex_post = sb_rules_of(rules, SB_RULE_INCENTIVES, agent) == SB_IC_EX_POST ||
                     sb_rules_of(rules, SB_RULE_PARTICIPATION, agent) == SB_IR_EX_POST;
    graph->has_duals = !solution->searched;
    graph->all = all;
    builder build = {.environment = environment, .solution = solution, .graph = graph};
    fmpq_init(build.number);
    sb_status status = all ? add_all(&build, error) : add_bindings(&build, error);
    fmpq_clear(build.number);
    if (graph->edge_count > 0) {
        qsort(graph->edges, graph->edge_count, sizeof *graph->edges, compare_edges);
    }
    return status;
}

sb_status sb_incentive_graph_of_replies(const sb_environment *environment,
                                        const sb_misbelief *misbelief, size_t agent,
                                        sb_incentive_graph *graph, sb_error *error)
{
    sb_incentive_graph_clear(graph);
    graph->agent = agent;
    graph->type_count = environment->agents[agent].type_count;
    graph->replies = true;
    graph->has_duals = true;
    builder build = {.environment = environment, .graph = graph};
    sb_status status = make_room(&build, graph->type_count, error);
    for (size_t type = 0; status == SB_OK && type < graph->type_count; type++) {
        const sb_reply *reply = &misbelief->agents[agent].replies[type];
        if (reply->action == SB_ACTION_TRUTH) {
            continue;
        }
        bool away = reply->action == SB_ACTION_EXIT;
        sb_incentive_edge *edge = add_edge(&build, type, away ? SB_NOWHERE : reply->report);
        edge->places = 1;
        edge->binding = 1;
        fmpq_sub(&edge->dual, &reply->utility, &reply->truth_utility);
    }
    return status;
}

sb_constraint sb_incentive_edge_constraint(const sb_incentive_graph *graph,
                                           const sb_incentive_edge *edge)
{
    bool away = edge->report == SB_NOWHERE;
    return (sb_constraint){.kind = away ? SB_CONSTRAINT_PARTICIPATION : SB_CONSTRAINT_INCENTIVE,
                           .profile = SB_NOWHERE,
                           .agent = graph->agent,
                           .type = edge->type,
                           .report = edge->report,
                           .others = graph->others};
}
