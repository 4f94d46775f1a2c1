/* The figures of the table and of the incentive graph.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/lp_rows.h"
#include "view/figure.h"
#include "view/panes.h"
#include "view/plot_incentives.h"
#include "view/plot_prior.h"
#include "view/sensitivity_layer.h"

/* ---- the table ---- */

static void begin_prior_data(sb_text_table *data, const sb_prior_table *table, bool layer)
{
    const sb_environment *environment = table->environment;
    size_t players = sb_environment_player_count(environment);
    bool conditional = !layer && sb_prior_can_condition(table);
    sb_text_table_init(data, players + (layer ? 3 : conditional ? 2 : 1), players);
    for (size_t player = 0; player < players; player++) {
        sb_text_table_add(data, sb_environment_player_name(environment, player));
    }
    sb_text_table_add(data, "probability");
    if (layer) {
        sb_text_table_add(data, "change");
        sb_text_table_add(data, "kind");
    } else if (conditional) {
        sb_text_table_add(data, "conditional");
    }
}

static void add_prior_row(sb_text_table *data, const sb_prior_table *table,
                          const sb_sensitivity *layer, size_t row, size_t column)
{
    const sb_environment *environment = table->environment;
    size_t profile = sb_prior_profile(table, row, column);
    for (size_t player = 0; player < sb_environment_player_count(environment); player++) {
        sb_text_table_add(
            data, sb_environment_label(environment, player,
                                       sb_environment_type_at(environment, profile, player)));
    }
    fmpq_t number;
    fmpq_init(number);
    sb_prior_probability(number, table, row, column);
    sb_text_table_add_number(data, number, false);
    if (layer != NULL) {
        const sb_sensitivity_cell *cell = &layer->cells[profile];
        if (sb_sensitivity_number(number, cell)) {
            sb_text_table_add_number(data, number, false);
        } else {
            sb_text_table_add(data, "");
        }
        sb_text_table_add(data, sb_sensitivity_kind_name(cell->kind));
    } else if (sb_prior_can_condition(table)) {
        if (sb_prior_conditional(number, table, row, column)) {
            sb_text_table_add_number(data, number, false);
        } else {
            sb_text_table_add(data, "");
        }
    }
    fmpq_clear(number);
}

void sb_table_figure(const sb_session *session, sb_view_figure *figure)
{
    if (sb_session_environment(session) == NULL) {
        figure->missing = sb_copy_text("no environment is open");
        return;
    }
    sb_prior_table table = sb_prior_table_of(session);
    const sb_sensitivity *layer = sb_view_sensitivity(session);
    if (layer != NULL && (layer->profile_count != sb_environment_profile_count(table.environment) ||
                          sb_view_stale(session) || layer->mode != sb_session_mass_mode(session))) {
        layer = NULL;
    }
    if (layer == NULL && sb_session_display(session)->sensitivity) {
        figure->missing = sb_copy_text("the derivatives are not known yet, or there is no optimum "
                                       "to move: ask for the figure again soon");
        return;
    }
    if (table.rows > SB_PLOT_MOST_CELLS / table.columns) {
        figure->missing = sb_format_text("the table has %zu x %zu cells, more than a picture shows "
                                         "(%d): table prior FILE writes them",
                                         table.rows, table.columns, SB_PLOT_MOST_CELLS);
        return;
    }
    figure->plots[figure->count++] = sb_plot_of_prior(&table, layer);
    figure->caption = sb_plot_prior_caption(&table, layer);
    begin_prior_data(&figure->data, &table, layer != NULL);
    for (size_t row = 0; row < table.rows; row++) {
        for (size_t column = 0; column < table.columns; column++) {
            add_prior_row(&figure->data, &table, layer, row, column);
        }
    }
}

/* ---- the incentive graph ---- */

static void incentives_data(sb_text_table *data, const sb_environment *environment,
                            const sb_incentive_graph *graph, bool exact)
{
    const char *const headings[] = {"agent", "type",    "report", graph->replies ? "gain" : "dual",
                                    "slack", "binding", "places"};
    enum { columns = sizeof headings / sizeof headings[0] };
    sb_text_table_init(data, columns, 3);
    for (size_t k = 0; k < columns; k++) {
        sb_text_table_add(data, headings[k]);
    }
    data->unproved = !exact;
    for (size_t k = 0; k < graph->edge_count; k++) {
        const sb_incentive_edge *edge = &graph->edges[k];
        char *binding = sb_format_text("%zu", edge->binding);
        char *places = sb_format_text("%zu", edge->places);
        sb_text_table_add(data, environment->agents[graph->agent].name);
        sb_text_table_add(data, edge->type == SB_NOWHERE
                                    ? "before its type"
                                    : sb_environment_label(environment, graph->agent, edge->type));
        sb_text_table_add(data,
                          edge->report == SB_NOWHERE
                              ? "stays away"
                              : sb_environment_label(environment, graph->agent, edge->report));
        if (graph->has_duals) {
            sb_text_table_add_number(data, &edge->dual, false);
        } else {
            sb_text_table_add(data, "");
        }
        sb_text_table_add_number(data, &edge->slack, false);
        sb_text_table_add(data, binding);
        sb_text_table_add(data, places);
        free(binding);
        free(places);
    }
}

void sb_incentives_figure(const sb_session *session, sb_view_figure *figure)
{
    const sb_environment *environment = sb_session_environment(session);
    sb_incentive_graph graph;
    bool found = sb_incentives_graph(&graph, session);
    if (environment == NULL) {
        figure->missing = sb_copy_text("no environment is open");
    } else if (!found) {
        figure->missing =
            sb_copy_text(sb_session_solving(session)
                             ? "the figure is still being computed: ask for it again soon"
                         : graph.replies ? "what types reply is not known: freeze a mechanism first"
                                         : "there is no optimum whose incentives could be drawn");
    } else {
        const sb_solution *solution = graph.replies ? NULL : sb_lp_solution(session);
        figure->plots[figure->count++] = sb_plot_of_incentives(environment, &graph);
        figure->caption = sb_copy_text(sb_plot_incentives_caption(&graph));
        incentives_data(&figure->data, environment, &graph,
                        solution == NULL || solution->proof == SB_PROOF_EXACT);
    }
    sb_incentive_graph_clear(&graph);
}
