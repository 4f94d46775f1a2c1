/* The incentive screen: who would misreport as whom.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/lp_rows.h"
#include "view/figure.h"
#include "view/incentive_diagram.h"
#include "view/panes.h"

/* Why there is no graph. */
static const char *reason_of(const sb_session *session)
{
    const sb_results *results = sb_session_results_at_hand(session);
    bool current = results != NULL && sb_session_results_current(session);
    const sb_solution *solution = current ? sb_results_solution(results) : NULL;
    if (sb_session_display(session)->incentive_replies) {
        return current && sb_results_complete(results)
                   ? "What the frozen mechanism's types do under this table is not known."
                   : "The replies are being computed.";
    }
    if (solution == NULL) {
        return "The program is being solved.";
    }
    return solution->status == SB_LP_INFEASIBLE
               ? "The program is infeasible: there is no mechanism whose incentives could be shown."
           : solution->status == SB_LP_UNBOUNDED
               ? "The program is unbounded: there is no mechanism whose incentives could be shown."
               : "The program has no answer whose incentives could be shown.";
}

/* "others (low, rain)", "all 6 profiles of the others", "" */
static char *others_text(const sb_environment *environment, const sb_incentive_graph *graph)
{
    if (!graph->ex_post) {
        return NULL;
    }
    if (graph->others == SB_NOWHERE) {
        return sb_format_text("all %zu profiles of the others",
                              sb_environment_others_count(environment, graph->agent));
    }
    char *label = sb_environment_others_label(environment, graph->agent, graph->others);
    char *text = sb_format_text("when the others are %s", label == NULL ? "" : label);
    free(label);
    return text;
}

static void draw_heading(const sb_session *session, const sb_environment *environment,
                         const sb_incentive_graph *graph, sb_canvas *canvas, sb_rectangle area)
{
    const sb_display *display = sb_session_display(session);
    char *title = sb_format_text(graph->replies ? "Replies of %s to the frozen mechanism"
                                                : "Incentives of %s",
                                 environment->agents[graph->agent].name);
    char *others = others_text(environment, graph);
    bool few = display->incentive_slack && !graph->all;
    char *right =
        environment->agent_count > 1
            ? sb_format_text("%zu of %zu agents", graph->agent + 1, environment->agent_count)
            : NULL;
    sb_heading heading = {.title = title == NULL ? "" : title,
                          .note = few && others == NULL ? "binding rules alone: there are too many"
                                                        : others,
                          .right = right,
                          .active = true,
                          .note_style = SB_STYLE_DIM,
                          .right_style = SB_STYLE_DIM};
    sb_draw_heading(canvas, area, &heading);
    free(right);
    free(others);
    free(title);
}

/* The edge of a pair that is not in the graph: its slack, where that is one rule's. */
static char *pair_sentence(const sb_session *session, const sb_incentive_look *look)
{
    size_t report = look->report == look->graph->type_count ? SB_NOWHERE : look->report;
    if (look->type == report) {
        return sb_copy_text("the truth");
    }
    for (size_t k = 0; k < look->graph->edge_count; k++) {
        const sb_incentive_edge *edge = &look->graph->edges[k];
        if (edge->type == look->type && edge->report == report) {
            return sb_incentive_edge_sentence(look, edge);
        }
    }
    if (look->graph->replies) {
        return sb_copy_text("not what it does");
    }
    sb_incentive_edge pair = {.type = look->type, .report = report, .places = 1};
    sb_constraint constraint = sb_incentive_edge_constraint(look->graph, &pair);
    sb_design_listing *listing = NULL;
    if (sb_design_listing_new(look->environment, &listing, NULL) != SB_OK) {
        return NULL;
    }
    size_t row = sb_design_listing_find(listing, &constraint);
    bool one = row != SB_NOWHERE;
    if (one) {
        constraint = sb_design_listing_constraint(listing, row);
        one = constraint.others == SB_NOWHERE || look->graph->others != SB_NOWHERE;
    }
    sb_design_listing_free(listing);
    if (row == SB_NOWHERE) {
        return sb_copy_text("there is no such rule");
    }
    if (!one) {
        return sb_copy_text("binds at no profile of the others");
    }
    fmpq_init(&pair.dual);
    fmpq_init(&pair.slack);
    sb_constraint_slack(&pair.slack, look->environment, sb_lp_solution(session)->mechanism,
                        &constraint);
    char *sentence = sb_incentive_edge_sentence(look, &pair);
    fmpq_clear(&pair.dual);
    fmpq_clear(&pair.slack);
    return sentence;
}

static void draw_words(const sb_session *session, const sb_incentive_look *look, bool diagram,
                       sb_canvas *canvas, int row)
{
    char *sentence = NULL;
    if (!diagram && look->cursor == SB_NOWHERE) {
        sentence = pair_sentence(session, look);
    } else if (look->cursor < look->graph->edge_count) {
        sentence = sb_incentive_edge_sentence(look, &look->graph->edges[look->cursor]);
    }
    sb_canvas_text(canvas, row, 1, canvas->columns - 2, SB_STYLE_STRONG, sentence);
    free(sentence);
    sb_canvas_text(canvas, row + 1, 1, canvas->columns - 2, SB_STYLE_DIM,
                   look->graph->replies ? "where no arrow leads from a type it tells the truth"
                   : diagram
                       ? "an arrow leads to a report that would serve a type as well as the truth"
                       : sb_incentive_matrix_legend());
}

static void draw_graph(const sb_session *session, sb_incentive_look *look, sb_canvas *canvas,
                       sb_rectangle area)
{
    bool diagram = sb_incentive_is_diagram(look, area.columns);
    int words = area.rows > 8 ? 3 : 0;
    int wanted = sb_incentive_rows(look, area.columns);
    sb_rectangle above = area;
    above.rows -= words;
    above.rows = above.rows < wanted ? above.rows : wanted;
    if (!diagram && look->cursor < look->graph->edge_count) { /* a narrow terminal */
        const sb_incentive_edge *edge = &look->graph->edges[look->cursor];
        look->type = edge->type;
        look->report = edge->report == SB_NOWHERE ? look->graph->type_count : edge->report;
    }
    sb_incentive_draw(look, canvas, above);
    if (words > 0) {
        draw_words(session, look, diagram, canvas, above.row + above.rows + 1);
    }
}

static void draw(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    const sb_environment *environment = sb_session_environment(session);
    if (environment == NULL) {
        sb_draw_nothing_open(canvas, top, rows);
        return;
    }
    const sb_display *display = sb_session_display(session);
    sb_incentive_graph graph;
    if (!sb_incentives_graph(&graph, session)) {
        graph.agent =
            display->incentive_agent < environment->agent_count ? display->incentive_agent : 0;
        sb_rectangle area = {top, 0, rows, canvas->columns};
        draw_heading(session, environment, &graph, canvas, area);
        sb_canvas_text(canvas, top + 2, 1, canvas->columns - 2, SB_STYLE_NORMAL,
                       reason_of(session));
        sb_incentive_graph_clear(&graph);
        return;
    }
    sb_rectangle area = {top, 0, rows, canvas->columns};
    draw_heading(session, environment, &graph, canvas, area);
    bool edges = sb_incentives_by_edge(session);
    sb_incentive_look look = {.environment = environment,
                              .graph = &graph,
                              .cursor = SB_NOWHERE,
                              .type = SB_NOWHERE,
                              .report = SB_NOWHERE,
                              .fractions = display->fractions,
                              .stale = sb_view_stale(session)};
    if (edges) {
        look.cursor = display->incentive_edge;
    } else {
        look.type = display->incentive_type;
        look.report = display->incentive_report;
    }
    sb_rectangle body = {top + 2, 1, rows - 2, canvas->columns - 2};
    if (edges && graph.edge_count == 0) {
        sb_canvas_text(canvas, top + 2, 1, canvas->columns - 2, SB_STYLE_NORMAL,
                       graph.replies ? "All its types tell the truth."
                                     : "None of its rules binds.");
    } else {
        draw_graph(session, &look, canvas, body);
    }
    sb_incentive_graph_clear(&graph);
}

const sb_screen_view sb_incentive_screen = {SB_SCREEN_INCENTIVES, "incentives", draw,
                                            sb_incentives_figure};
