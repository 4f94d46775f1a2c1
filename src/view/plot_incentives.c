/* The figure of an incentive graph: who would misreport as whom.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot_incentives.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/number_text.h"
#include "view/plot_arrows.h"
#include "view/plot_matrix.h"
#include "view/plot_models.h"

enum { number_columns = 8, few_columns = 6, most_nodes = 8 };

/* Nodes are, from the left: before its type (where something is decided then), stays away (where
 * an arrow leads there), the types. */
typedef struct nodes {
    bool before, away;
} nodes;

static nodes nodes_of(const sb_incentive_graph *graph)
{
    nodes found = {false, false};
    for (size_t k = 0; k < graph->edge_count; k++) {
        found.before = found.before || graph->edges[k].type == SB_NOWHERE;
        found.away = found.away || graph->edges[k].report == SB_NOWHERE;
    }
    return found;
}

static size_t type_node(nodes there, size_t type)
{
    return (size_t)there.before + (size_t)there.away + type;
}

static char *label_of(const sb_incentive_graph *graph, const sb_incentive_edge *edge)
{
    sb_text text;
    sb_text_init(&text);
    if (edge->binding > 0 && graph->has_duals) {
        char *dual = sb_number_text(&edge->dual, number_columns, false);
        sb_text_add(&text, dual == NULL ? "" : dual);
        free(dual);
    } else if (edge->binding == 0) {
        char *slack = sb_number_text(&edge->slack, number_columns, false);
        sb_text_add_format(&text, "slack %s", slack == NULL ? "" : slack);
        free(slack);
    }
    if (edge->places > 1 && edge->binding > 0) {
        sb_text_add_format(&text, "%sat %zu of %zu", text.length > 0 ? " " : "", edge->binding,
                           edge->places);
    }
    return sb_text_take(&text, NULL);
}

static void fill(sb_plot_arrows *arrows, const sb_environment *environment,
                 const sb_incentive_graph *graph, nodes there)
{
    if (there.before) {
        arrows->nodes[0] = (sb_plot_node){sb_copy_text("before its type"), true};
    }
    if (there.away) {
        arrows->nodes[there.before] = (sb_plot_node){sb_copy_text("stays away"), true};
    }
    for (size_t type = 0; type < graph->type_count; type++) {
        arrows->nodes[type_node(there, type)] = (sb_plot_node){
            sb_copy_text(sb_environment_label(environment, graph->agent, type)), false};
    }
    for (size_t k = 0; k < graph->edge_count; k++) {
        const sb_incentive_edge *edge = &graph->edges[k];
        bool worth = !graph->has_duals || !fmpq_is_zero(&edge->dual);
        arrows->arrows[k] = (sb_plot_arrow){
            .from = edge->type == SB_NOWHERE ? 0 : type_node(there, edge->type),
            .to =
                edge->report == SB_NOWHERE ? (size_t)there.before : type_node(there, edge->report),
            .line = edge->binding == 0 ? SB_PLOT_DOTTED
                    : worth            ? SB_PLOT_SOLID
                                       : SB_PLOT_DASHED,
            .label = label_of(graph, edge),
        };
    }
    if (graph->edge_count == 0) {
        arrows->nothing = sb_copy_text(graph->replies ? "all its types tell the truth"
                                                      : "none of its rules binds");
    }
}

/* ---- many types: a table of pairs ---- */

static char *pair_text(const sb_incentive_graph *graph, const sb_incentive_edge *edge)
{
    if (edge->binding == 0) {
        return sb_copy_text("");
    }
    return graph->has_duals ? sb_number_text(&edge->dual, few_columns, false)
                            : sb_copy_text("\xE2\x97\x8F");
}

static sb_plot_matrix *matrix_of(const sb_environment *environment, const sb_incentive_graph *graph)
{
    size_t types = graph->type_count;
    size_t rows = types + (nodes_of(graph).before ? 1 : 0);
    sb_plot_matrix *matrix = sb_plot_matrix_new(rows, types + 1);
    if (matrix == NULL) {
        return NULL;
    }
    for (size_t type = 0; type < types; type++) {
        const char *label = sb_environment_label(environment, graph->agent, type);
        matrix->row_names[type] = sb_copy_text(label);
        matrix->column_names[type] = sb_copy_text(label);
        sb_plot_matrix_set(matrix, type, type, (double)NAN, sb_copy_text("\xE2\x80\x93"));
    }
    matrix->column_names[types] = sb_copy_text("away");
    if (rows > types) {
        matrix->row_names[types] = sb_copy_text("before");
    }
    for (size_t k = 0; k < graph->edge_count; k++) {
        const sb_incentive_edge *edge = &graph->edges[k];
        bool counts = edge->binding > 0;
        sb_plot_matrix_set(matrix, edge->type == SB_NOWHERE ? types : edge->type,
                           edge->report == SB_NOWHERE ? types : edge->report,
                           !counts            ? (double)NAN
                           : graph->has_duals ? sb_plot_coordinate(&edge->dual)
                                              : 1,
                           pair_text(graph, edge));
    }
    sb_plot_matrix_fit(matrix);
    return matrix;
}

static bool is_crowded(const sb_incentive_graph *graph)
{
    return graph->type_count > most_nodes;
}

sb_plot sb_plot_of_incentives(const sb_environment *environment, const sb_incentive_graph *graph)
{
    char *title = sb_format_text(graph->replies ? "Replies of %s to the frozen mechanism"
                                                : "Incentives of %s",
                                 environment->agents[graph->agent].name);
    nodes there = nodes_of(graph);
    sb_plot plot;
    sb_plot_init(&plot, title == NULL ? "" : title, "report", "type");
    if (is_crowded(graph)) {
        plot.matrix = matrix_of(environment, graph);
    } else {
        plot.arrows = sb_plot_arrows_new(type_node(there, graph->type_count), graph->edge_count);
    }
    if (plot.arrows != NULL) {
        fill(plot.arrows, environment, graph, there);
    }
    free(title);
    return plot;
}

const char *sb_plot_incentives_caption(const sb_incentive_graph *graph)
{
    if (is_crowded(graph)) {
        return graph->replies     ? "What each type does instead of telling the truth, with what "
                                    "it gains; grey: it does not."
               : graph->has_duals ? "Each type's rules against each report, and against staying "
                                    "away: the dual where the rule binds; grey where it does not."
                                  : "Each type's rules against each report, and against staying "
                                    "away: marked where the rule binds; grey where it does not.";
    }
    return graph->replies     ? "An arrow leads to what a type does instead of telling the truth; "
                                "its number is what it gains."
           : graph->has_duals ? "An arrow leads to a report that would serve a type as well as the "
                                "truth; its number is the rule's dual. Dashed: the dual is 0; "
                                "dotted: the rule does not bind."
                              : "An arrow leads to a report that would serve a type as well as the "
                                "truth. Dotted: the rule does not bind.";
}
