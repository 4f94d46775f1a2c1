/* The figures of the screens that have one.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/comparison.h"
#include "view/baselines.h"
#include "view/blow_up.h"
#include "view/figure.h"
#include "view/number_text.h"
#include "view/panes.h"
#include "view/plot_geometry.h"
#include "view/plot_models.h"
#include "view/plot_simulation.h"
#include "view/robust.h"

/* ---- helps ---- */

static void begin_data(sb_text_table *table, const char *const *headings, size_t columns)
{
    sb_text_table_init(table, columns, 0);
    for (size_t k = 0; k < columns; k++) {
        sb_text_table_add(table, headings[k]);
    }
}
#define BEGIN_DATA(table, headings)                                                                \
    begin_data(table, headings, sizeof(headings) / sizeof(headings)[0])

static void add_number(sb_text_table *table, const fmpq *number, bool exact)
{
    if (number == NULL) {
        sb_text_table_add(table, "");
        return;
    }
    table->unproved = !exact;
    sb_text_table_add_number(table, number, false);
}

static void missing(sb_view_figure *figure, const sb_session *session, const char *nothing)
{
    figure->missing = sb_copy_text(
        sb_session_environment(session) == NULL ? "no environment is open"
        : sb_session_solving(session) ? "the figure is still being computed: ask for it again soon"
                                      : nothing);
}

static void take(sb_view_figure *figure, sb_plot plot)
{
    figure->plots[figure->count++] = plot;
}

/* ---- blow-up ---- */

static void sweep_data(sb_text_table *table, const sb_sweep *sweep)
{
    static const char *const headings[] = {"lambda",
                                           "revenue",
                                           "full_surplus",
                                           "ex_post",
                                           "smallest_max_payment",
                                           "vertex_max_payment",
                                           "smallest_singular_value",
                                           "status",
                                           "proof"};
    BEGIN_DATA(table, headings);
    for (size_t k = 0; k < sweep->count; k++) {
        const sb_sweep_point *point = &sweep->points[k];
        bool optimal = point->status == SB_LP_OPTIMAL;
        bool exact = point->proof == SB_PROOF_EXACT;
        add_number(table, &point->lambda, true);
        add_number(table, optimal ? &point->revenue : NULL, exact);
        add_number(table, &point->full_surplus, true);
        add_number(table, point->has_ex_post ? &point->ex_post : NULL, exact);
        add_number(table, point->has_smallest_payment ? &point->smallest_payment : NULL, exact);
        add_number(table, optimal ? &point->vertex_payment : NULL, exact);
        sb_text_table_add_double(table, point->smallest_singular_value);
        sb_text_table_add(table, sb_lp_status_name(point->status));
        sb_text_table_add(table, sb_proof_name(point->proof));
    }
}

static void cap_data(sb_text_table *table, const sb_cap *cap)
{
    static const char *const headings[] = {"bound", "revenue", "proof"};
    bool exact = cap->proof == SB_PROOF_EXACT;
    BEGIN_DATA(table, headings);
    for (size_t k = 0; k < cap->count; k++) {
        add_number(table, &cap->points[k].bound, exact);
        add_number(table, &cap->points[k].objective, exact);
        sb_text_table_add(table, sb_proof_name(cap->proof));
    }
}

void sb_blow_up_figure(const sb_session *session, sb_view_figure *figure)
{
    const sb_results *results = sb_session_results_at_hand(session);
    const sb_environment *environment = sb_session_curve_environment(session);
    const sb_sweep *sweep = results == NULL ? NULL : sb_results_sweep(results);
    const sb_cap *cap = results == NULL ? NULL : sb_results_cap(results);
    bool on_cap = sb_session_display(session)->cap_plot;
    if (environment == NULL || (on_cap && (cap == NULL || cap->count == 0)) ||
        (!on_cap && (sweep == NULL || sweep->count == 0))) {
        missing(figure, session, "the curve is not defined under these rules");
    } else if (on_cap) {
        take(figure, sb_plot_of_cap(cap));
        figure->caption = sb_blow_up_cap_lesson(cap);
        cap_data(&figure->data, cap);
    } else {
        take(figure, sb_plot_of_sweep_revenue(sweep, &environment->rules));
        take(figure, sb_plot_of_sweep_payments(sweep));
        figure->caption = sb_blow_up_lesson(sweep, &environment->rules);
        sweep_data(&figure->data, sweep);
    }
}

/* ---- geometry ---- */

static void geometry_data(sb_text_table *table, const sb_geometry_view *view)
{
    static const char *const headings[] = {"type", "x", "y", "value", "envelope", "side_bet"};
    const sb_geometry *geometry = view->geometry;
    BEGIN_DATA(table, headings);
    for (size_t t = 0; t < geometry->type_count; t++) {
        const sb_geometry_type *type = &geometry->types[t];
        const fmpq *place = geometry->places + t * geometry->dimensions;
        bool exact = geometry->projection != SB_PROJECTION_COMPONENTS;
        sb_text_table_add(table, sb_environment_label(view->environment, geometry->agent, t));
        add_number(table, type->placed ? place : NULL, exact);
        add_number(table, type->placed && geometry->dimensions > 1 ? place + 1 : NULL, exact);
        add_number(table, type->confirmed ? &type->value : NULL, true);
        add_number(table, type->confirmed ? &type->envelope : NULL, true);
        sb_text_table_add(table, !type->has_belief  ? "probability zero"
                                 : !type->confirmed ? "not confirmed"
                                 : !type->needs_bet ? "needs none"
                                 : type->holds      ? "yes"
                                                    : "no");
    }
}

void sb_geometry_figure(const sb_session *session, sb_view_figure *figure)
{
    const sb_geometry *geometry = sb_session_geometry(session);
    const sb_results *results = sb_session_results_at_hand(session);
    const sb_extraction *extraction = results == NULL ? NULL : sb_results_extraction(results);
    if (sb_session_environment(session) == NULL || geometry == NULL || extraction == NULL) {
        const char *failure = results == NULL ? "" : sb_results_failure(results);
        missing(figure, session, failure[0] == '\0' ? "the picture is not known" : failure);
        return;
    }
    sb_geometry_view view = {.environment = sb_session_environment(session),
                             .extraction = &extraction->agents[geometry->agent],
                             .geometry = geometry,
                             .type = sb_session_geometry_type(session),
                             .close_up = sb_session_display(session)->geometry_close_up};
    take(figure, sb_plot_of_geometry(&view));
    geometry_data(&figure->data, &view);
    figure->caption = sb_copy_text("Disc: the type has a side bet that keeps the others away; "
                                   "cross: there is none; ring: it needs none.");
}

/* ---- misbelief ---- */

void sb_misbelief_figure(const sb_session *session, sb_view_figure *figure)
{
    const sb_results *results = sb_session_results_at_hand(session);
    const sb_belief_curve *curve = results == NULL ? NULL : sb_results_belief_curve(results);
    if (sb_session_belief(session) == NULL) {
        figure->missing = sb_copy_text("nothing is frozen: freeze a mechanism first, then change "
                                       "the table");
    } else if (curve == NULL || curve->count == 0) {
        missing(figure, session, "the curve is not known");
    } else {
        static const char *const headings[] = {"s", "revenue", "truth_optimum"};
        take(figure, sb_plot_of_misbelief(curve->count, curve->s, curve->frozen_revenue,
                                          curve->truth_optimum));
        BEGIN_DATA(&figure->data, headings);
        for (size_t k = 0; k < curve->count; k++) {
            sb_text_table_add_double(&figure->data, curve->s[k]);
            sb_text_table_add_double(&figure->data, curve->frozen_revenue[k]);
            sb_text_table_add_double(&figure->data, curve->truth_optimum[k]);
        }
    }
}

/* ---- robust ---- */

static void price_data(sb_text_table *table, const sb_robust_price *price)
{
    static const char *const headings[] = {"radius",      "revenue", "worst_case",
                                           "max_payment", "status",  "proof"};
    BEGIN_DATA(table, headings);
    for (size_t k = 0; k < price->count; k++) {
        const sb_price_point *point = &price->points[k];
        bool optimal = point->status == SB_LP_OPTIMAL;
        bool exact = point->proof == SB_PROOF_EXACT;
        add_number(table, &point->radius, true);
        add_number(table, optimal ? &point->objective : NULL, exact);
        add_number(table, optimal ? &point->worst_case : NULL, exact);
        add_number(table, optimal ? &point->max_payment : NULL, exact);
        sb_text_table_add(table, sb_lp_status_name(point->status));
        sb_text_table_add(table, sb_proof_name(point->proof));
    }
}

static void bound_data(sb_text_table *table, const sb_robust_look *look)
{
    static const char *const headings[] = {"round", "bound",  "violation",
                                           "cuts",  "status", "proof"};
    BEGIN_DATA(table, headings);
    for (size_t k = 0; k <= look->step->round; k++) {
        const sb_robust_step *step = look->steps->items[k];
        bool exact = step->proof == SB_PROOF_EXACT;
        char *round = sb_format_text("%zu", step->round);
        char *cuts = sb_format_text("%zu", step->cut_count);
        sb_text_table_add(table, round);
        add_number(table, step->status == SB_LP_OPTIMAL ? &step->objective : NULL, exact);
        add_number(table, &step->violation, exact);
        sb_text_table_add(table, cuts);
        sb_text_table_add(table, sb_lp_status_name(step->status));
        sb_text_table_add(table, sb_proof_name(step->proof));
        free(cuts);
        free(round);
    }
}

void sb_robust_figure(const sb_session *session, sb_view_figure *figure)
{
    const sb_environment *environment = sb_session_environment(session);
    if (environment != NULL && (environment->agent_count != 1 || !environment->has_signal)) {
        figure->missing = sb_copy_text("robust mechanisms are for one bidder and a signal");
        return;
    }
    sb_robust_look look = sb_robust_look_of(session);
    bool price = look.view == SB_ROBUST_PRICE;
    if (price && look.price != NULL && look.price->price.count > 0) {
        take(figure, sb_plot_of_price(&look));
        price_data(&figure->data, &look.price->price);
    } else if (!price && look.step != NULL) {
        take(figure, sb_plot_of_bound(&look));
        figure->caption = look.step->sentence[0] == '\0' ? NULL : sb_copy_text(look.step->sentence);
        bound_data(&figure->data, &look);
    } else {
        const sb_results *results = sb_session_results_at_hand(session);
        const char *failure = results == NULL ? "" : sb_results_failure(results);
        const char *problem = price && look.price != NULL    ? look.price->problem
                              : !price && look.steps != NULL ? look.steps->problem
                                                             : failure;
        missing(figure, session, problem[0] == '\0' ? "there is no robust run" : problem);
    }
}

/* ---- simulate ---- */

void sb_simulate_figure(const sb_session *session, sb_view_figure *figure)
{
    const sb_simulation *simulation = sb_session_simulation(session);
    const sb_display *display = sb_session_display(session);
    if (simulation == NULL || sb_simulation_done(simulation) == 0) {
        figure->missing = sb_copy_text("nothing is simulated yet: simulate start begins");
        return;
    }
    take(figure, sb_plot_of_simulation_revenue(simulation, display->simulation_axis,
                                               display->simulation_at));
    take(figure,
         sb_plot_of_simulation_time(simulation, display->simulation_axis, display->simulation_at));
    figure->caption =
        sb_format_text("%zu of %zu repetitions; bands: 95 %% intervals of the mean.",
                       sb_simulation_done(simulation), sb_simulation_total(simulation));
}

/* ---- baselines ---- */

static sb_style style_of(const sb_comparison *row, size_t index)
{
    return index == SB_COMPARISON_OPTIMUM        ? SB_STYLE_BAR_REVENUE
           : index == SB_COMPARISON_FULL_SURPLUS ? SB_STYLE_BAR_SURPLUS
           : row->breaks_rules                   ? SB_STYLE_DIM
                                                 : SB_STYLE_BAR_OTHER;
}

static void add_bar(sb_plot *plot, const sb_comparison *row, size_t index, const char *name)
{
    sb_plot_series *bar =
        sb_plot_add(plot, name, SB_PLOT_SOLID, SB_PLOT_DISC, style_of(row, index));
    char *number = sb_number_text(row->objective, 10, false);
    char *label = sb_format_text("%s%s%s", number == NULL ? "" : number,
                                 row->breaks_rules ? ", breaks the rules" : "",
                                 row->exact ? "" : ", floating");
    sb_plot_labelled_point(bar, sb_plot_coordinate(row->objective), 0, label);
    free(label);
    free(number);
}

void sb_baselines_figure(const sb_session *session, sb_view_figure *figure)
{
    static const char *const headings[] = {"mechanism", "objective", "revenue", "welfare", "word"};
    const sb_environment *environment = sb_results_environment(session);
    const sb_results *results = sb_session_results_at_hand(session);
    if (environment == NULL || results == NULL) {
        missing(figure, session, "nothing is known");
        return;
    }
    const char *noun = sb_rules_objective_noun(&environment->rules);
    sb_plot plot;
    sb_plot_init(&plot, "Beside the optimum", noun, "");
    plot.bars = true;
    BEGIN_DATA(&figure->data, headings);
    const sb_mechanism *best = sb_session_shown_mechanism(session, NULL, NULL);
    for (size_t index = 0; index < SB_COMPARISON_COUNT; index++) {
        sb_comparison row = sb_comparison_at(results, best, index);
        sb_text_table_add(&figure->data, sb_comparison_title(index, environment));
        add_number(&figure->data, row.objective, row.exact);
        add_number(&figure->data, row.revenue, row.exact);
        add_number(&figure->data, row.welfare, row.exact);
        sb_text_table_add(&figure->data, !row.known         ? "not known"
                                         : row.breaks_rules ? "breaks the rules"
                                         : row.word == NULL ? ""
                                                            : row.word);
        if (row.known && row.objective != NULL) {
            add_bar(&plot, &row, index, sb_comparison_title(index, environment));
        }
    }
    sb_plot_fit_bars(&plot);
    take(figure, plot);
}
