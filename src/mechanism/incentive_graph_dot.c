/* Incentive graphs in DOT, the language of graphviz.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "sidebet/incentive_graph.h"

/* A quoted text: quotes and backslashes escaped. */
static void add_quoted(sb_text *text, const char *plain)
{
    sb_text_add(text, "\"");
    for (; *plain != '\0'; plain++) {
        if (*plain == '"' || *plain == '\\') {
            sb_text_add(text, "\\");
        }
        sb_text_add_part(text, plain, 1);
    }
    sb_text_add(text, "\"");
}

static void add_node(sb_text *text, size_t agent, size_t type)
{
    if (type == SB_NOWHERE) {
        sb_text_add_format(text, "a%zu_away", agent + 1);
    } else {
        sb_text_add_format(text, "a%zu_t%zu", agent + 1, type + 1);
    }
}

static void add_edge(sb_text *text, const sb_incentive_graph *graph, const sb_incentive_edge *edge)
{
    sb_text_add(text, "    ");
    if (edge->type == SB_NOWHERE) {
        sb_text_add_format(text, "a%zu_before", graph->agent + 1);
    } else {
        add_node(text, graph->agent, edge->type);
    }
    sb_text_add(text, " -> ");
    add_node(text, graph->agent, edge->report);
    sb_text_add(text, " [label=\"");
    if (edge->binding > 0 && graph->has_duals) {
        char *dual = sb_rational_display(&edge->dual, 10, NULL);
        text->failed = text->failed || dual == NULL;
        sb_text_add(text, dual == NULL ? "" : dual);
        free(dual);
    }
    if (edge->places > 1 && edge->binding > 0) {
        sb_text_add_format(text, "%sat %zu of %zu", graph->has_duals ? "\\n" : "", edge->binding,
                           edge->places);
    }
    sb_text_add(text, "\"");
    if (edge->binding == 0) {
        sb_text_add(text, ", style=dotted, color=gray");
    } else if (graph->has_duals && fmpq_is_zero(&edge->dual)) {
        sb_text_add(text, ", style=dashed");
    }
    sb_text_add(text, "];\n");
}

static void add_agent(sb_text *text, const sb_environment *environment,
                      const sb_incentive_graph *graph)
{
    const sb_agent *agent = &environment->agents[graph->agent];
    sb_text_add_format(text, "  subgraph cluster_%zu {\n    label=", graph->agent + 1);
    add_quoted(text, agent->name);
    sb_text_add(text, ";\n");
    for (size_t type = 0; type < agent->type_count; type++) {
        sb_text_add(text, "    ");
        add_node(text, graph->agent, type);
        sb_text_add(text, " [label=");
        add_quoted(text, agent->types[type]);
        sb_text_add(text, "];\n");
    }
    bool away = false, before = false;
    for (size_t k = 0; k < graph->edge_count; k++) {
        away = away || graph->edges[k].report == SB_NOWHERE;
        before = before || graph->edges[k].type == SB_NOWHERE;
    }
    if (away) {
        sb_text_add_format(text, "    a%zu_away [label=\"stays away\", shape=box];\n",
                           graph->agent + 1);
    }
    if (before) {
        sb_text_add_format(text, "    a%zu_before [label=\"before its type\", shape=box];\n",
                           graph->agent + 1);
    }
    for (size_t k = 0; k < graph->edge_count; k++) {
        add_edge(text, graph, &graph->edges[k]);
    }
    sb_text_add(text, "  }\n");
}

sb_status sb_incentive_graph_format_dot(const sb_environment *environment,
                                        const sb_incentive_graph *graphs, size_t count, char **text,
                                        sb_error *error)
{
    sb_text dot;
    sb_text_init(&dot);
    sb_text_add(&dot, "digraph incentives {\n  label=");
    add_quoted(&dot, environment->title);
    sb_text_add(&dot, ";\n  rankdir=LR;\n");
    for (size_t k = 0; k < count; k++) {
        add_agent(&dot, environment, &graphs[k]);
    }
    sb_text_add(&dot, "}\n");
    *text = sb_text_take(&dot, error);
    return *text == NULL ? SB_ERROR_MEMORY : SB_OK;
}
