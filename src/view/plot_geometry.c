/* The figure of beliefs and values: points, their envelope, side bets.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Types are told apart by marker: a disc has a side bet, a cross has none, a ring needs none; a
 * plus is the mixture above a cross.
 */
#include "view/plot_geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/number_text.h"
#include "view/plot_models.h"

enum { label_number = 8 };

static const double least_loading = 0.25; /* of the largest, to be named */

/* ---- words ---- */

char *sb_geometry_corner_name(const sb_geometry_view *view, size_t corner)
{
    size_t signal = view->geometry->corners[corner];
    return signal == SB_NOWHERE
               ? sb_copy_text("all others")
               : sb_environment_others_label(view->environment, view->geometry->agent, signal);
}

/* The signal with the largest loading of a sign; SB_NOWHERE: none to speak of. */
static size_t largest_loading(const sb_geometry *geometry, size_t component, double sign)
{
    const double *loadings = geometry->loadings + component * geometry->others_count;
    double most = 0;
    double of_sign = 0;
    size_t found = SB_NOWHERE;
    for (size_t k = 0; k < geometry->others_count; k++) {
        most = fmax(most, fabs(loadings[k]));
        if (sign * loadings[k] > of_sign) {
            of_sign = sign * loadings[k];
            found = k;
        }
    }
    return of_sign > least_loading * most ? found : SB_NOWHERE;
}

char *sb_geometry_component_name(const sb_geometry_view *view, size_t component)
{
    const sb_geometry *geometry = view->geometry;
    sb_text text;
    sb_text_init(&text);
    for (int side = 0; side < 2; side++) {
        size_t signal = largest_loading(geometry, component, side == 0 ? 1 : -1);
        if (signal != SB_NOWHERE) {
            char *label = sb_environment_others_label(view->environment, geometry->agent, signal);
            sb_text_add_format(&text, "%s%s %s", text.length > 0 ? ", " : "",
                               side == 0 ? "more" : "less", label == NULL ? "" : label);
            free(label);
        }
    }
    return sb_text_take(&text, NULL);
}

static char *axis_name(const sb_geometry_view *view, size_t axis)
{
    const sb_geometry *geometry = view->geometry;
    if (geometry->projection == SB_PROJECTION_COMPONENTS) {
        char *name = sb_geometry_component_name(view, axis);
        char *text = sb_format_text("component %zu, %.3g %% of the spread: %s", axis + 1,
                                    100 * geometry->shares[axis], name == NULL ? "" : name);
        free(name);
        return text;
    }
    const sb_environment *environment = view->environment;
    bool lumped = geometry->corners[axis] == SB_NOWHERE;
    char *name = sb_geometry_corner_name(view, axis);
    char *text = NULL;
    if (lumped || sb_environment_player_count(environment) != 2) {
        text = sb_format_text("probability of %s", name == NULL ? "" : name);
    } else if (environment->has_signal) {
        text = sb_format_text("probability of %s %s", environment->signal_name,
                              name == NULL ? "" : name);
    } else {
        text =
            sb_format_text("probability that %s is %s",
                           environment->agents[1 - geometry->agent].name, name == NULL ? "" : name);
    }
    free(name);
    return text;
}

/* ---- places ---- */

size_t sb_geometry_view_picture(const sb_geometry_view *view)
{
    const sb_geometry *geometry = view->geometry;
    size_t first = SB_NOWHERE;
    bool fails = false;
    for (size_t t = 0; t < geometry->type_count && !fails; t++) {
        const sb_geometry_type *type = &geometry->types[t];
        /* Types that need no bet stand in the others' picture, not in one of their own. */
        fails = type->confirmed && !type->holds;
        if (fails || (first == SB_NOWHERE && type->confirmed && type->needs_bet)) {
            first = type->picture;
        }
    }
    if (view->type == SB_NOWHERE) {
        return first == SB_NOWHERE && geometry->picture_count > 0 ? 0 : first;
    }
    const sb_geometry_type *chosen = &geometry->types[view->type];
    if (!chosen->confirmed || (!chosen->needs_bet && first != SB_NOWHERE)) {
        return first;
    }
    return chosen->picture;
}

typedef struct sb_scene {
    const sb_geometry_view *view;
    const sb_geometry *geometry;
    const sb_geometry_picture *picture; /* NULL: none */
    sb_plot plot;
    bool plane; /* places in two dimensions; else heights over one */
} sb_scene;

static double coordinate(const sb_scene *scene, size_t type, size_t k)
{
    return sb_plot_coordinate(scene->geometry->places + type * scene->geometry->dimensions + k);
}

/* Where a belief is drawn in the plane. */
static void plane_place(const sb_scene *scene, double first, double second, double *x, double *y)
{
    bool triangle = scene->geometry->corner_count == SB_GEOMETRY_MOST_SIGNALS;
    double third = 1 - first - second;
    *x = triangle ? second + third / 2 : first;
    *y = triangle ? third : second;
}

static void place_of(const sb_scene *scene, size_t type, double *x, double *y)
{
    if (scene->plane) {
        plane_place(scene, coordinate(scene, type, 0), coordinate(scene, type, 1), x, y);
    } else {
        *x = coordinate(scene, type, 0);
        *y = sb_plot_coordinate(scene->picture->heights + type);
    }
}

/* ---- types ---- */

typedef enum sb_standing { HAS_BET, HAS_NONE, NEEDS_NONE, STANDING_COUNT } sb_standing;

static sb_standing standing_of(const sb_geometry_type *type)
{
    return !type->confirmed || !type->needs_bet ? NEEDS_NONE : type->holds ? HAS_BET : HAS_NONE;
}

static void add_type(const sb_scene *scene, sb_plot_series *series, size_t type)
{
    double x = 0;
    double y = 0;
    place_of(scene, type, &x, &y);
    const char *name = sb_environment_label(scene->view->environment, scene->geometry->agent, type);
    char *height =
        scene->plane ? sb_number_text(scene->picture->heights + type, label_number, false) : NULL;
    /* Where types are named by their values, one number is enough. */
    bool both = height != NULL && strcmp(height, name) != 0;
    char *label = both ? sb_format_text("%s: %s", name, height) : sb_copy_text(name);
    sb_plot_labelled_point(series, x, y, label == NULL ? "" : label);
    free(label);
    free(height);
}

static void add_types(sb_scene *scene)
{
    static const sb_plot_marker markers[STANDING_COUNT] = {SB_PLOT_DISC, SB_PLOT_CROSS,
                                                           SB_PLOT_RING};
    static const sb_style styles[STANDING_COUNT] = {SB_STYLE_GOOD, SB_STYLE_BAD, SB_STYLE_NORMAL};
    size_t chosen = scene->view->type;
    for (int standing = 0; standing < STANDING_COUNT; standing++) {
        sb_plot_series *series = NULL;
        for (size_t t = 0; t < scene->geometry->type_count; t++) {
            if (scene->picture->has[t] && t != chosen &&
                standing_of(&scene->geometry->types[t]) == (sb_standing)standing) {
                series = series != NULL ? series
                                        : sb_plot_add(&scene->plot, "", SB_PLOT_POINTS,
                                                      markers[standing], styles[standing]);
                add_type(scene, series, t);
            }
        }
    }
    if (chosen != SB_NOWHERE && scene->picture->has[chosen]) {
        sb_plot_series *series =
            sb_plot_add(&scene->plot, "", SB_PLOT_POINTS,
                        markers[standing_of(&scene->geometry->types[chosen])], SB_STYLE_STRONG);
        add_type(scene, series, chosen);
    }
}

/* ---- lines ---- */

static sb_plot_series *add_line(sb_scene *scene, const char *name, sb_plot_line line,
                                sb_style style)
{
    sb_plot_series *series = sb_plot_add(&scene->plot, name, line, SB_PLOT_PLUS, style);
    if (series != NULL) {
        series->unmarked = true;
    }
    return series;
}

static void add_envelope(sb_scene *scene)
{
    sb_plot_series *series = add_line(scene, "envelope", SB_PLOT_SOLID, SB_STYLE_BAR_SURPLUS);
    for (size_t p = 0; p < scene->picture->piece_count; p++) {
        const sb_geometry_piece *piece = &scene->picture->pieces[p];
        for (size_t k = 0; piece->corner_count > 1 && k <= piece->corner_count; k++) {
            double x = 0;
            double y = 0;
            place_of(scene, piece->types[k % piece->corner_count], &x, &y);
            sb_plot_point(series, x, y);
        }
        sb_plot_point(series, NAN, NAN);
    }
}

/* A straight line through two heights at x = 0 and 1, as far as the frame goes. */
static void add_straight(const sb_scene *scene, sb_plot_series *series, double at_zero,
                         double at_one)
{
    const sb_plot *plot = &scene->plot;
    double slope = at_one - at_zero;
    double from = plot->x.low;
    double to = plot->x.high;
    if (slope != 0) {
        double low = (plot->y.low - at_zero) / slope;
        double high = (plot->y.high - at_zero) / slope;
        from = fmax(from, fmin(low, high));
        to = fmin(to, fmax(low, high));
    } else if (at_zero < plot->y.low || at_zero > plot->y.high) {
        return;
    }
    if (from <= to) {
        sb_plot_point(series, from, at_zero + slope * from);
        sb_plot_point(series, to, at_zero + slope * to);
        sb_plot_point(series, NAN, NAN);
    }
}

static double at_corner(const sb_scene *scene, const fmpq *numbers, size_t corner)
{
    return sb_plot_coordinate(numbers + scene->geometry->corners[corner]);
}

/* The beliefs that expect a bet to cost what it costs its type: in the triangle a line. */
static void add_level(const sb_scene *scene, sb_plot_series *series, const fmpq *bet, double level)
{
    double corner[SB_GEOMETRY_MOST_SIGNALS];
    for (size_t k = 0; k < SB_GEOMETRY_MOST_SIGNALS; k++) {
        corner[k] = at_corner(scene, bet, k) - level;
    }
    size_t found = 0;
    for (size_t k = 0; k < SB_GEOMETRY_MOST_SIGNALS && found < 2; k++) {
        size_t next = (k + 1) % SB_GEOMETRY_MOST_SIGNALS;
        if ((corner[k] >= 0) != (corner[next] >= 0)) {
            double share[SB_GEOMETRY_MOST_SIGNALS] = {0, 0, 0};
            share[next] = corner[k] / (corner[k] - corner[next]);
            share[k] = 1 - share[next];
            double x = 0;
            double y = 0;
            plane_place(scene, share[0], share[1], &x, &y);
            sb_plot_point(series, x, y);
            found++;
        }
    }
    sb_plot_point(series, NAN, NAN);
}

static void add_bet(const sb_scene *scene, sb_plot_series *series, const fmpq *bet, double level)
{
    if (scene->plane) {
        add_level(scene, series, bet, level);
    } else if (scene->geometry->corner_count == 2) {
        add_straight(scene, series, at_corner(scene, bet, 1), at_corner(scene, bet, 0));
    }
}

static bool shows_bet(const sb_scene *scene, size_t t)
{
    const sb_geometry_type *type = &scene->geometry->types[t];
    return (scene->view->type == SB_NOWHERE || scene->view->type == t) && type->confirmed &&
           type->holds && type->needs_bet &&
           &scene->geometry->pictures[type->picture] == scene->picture;
}

static void add_bets(sb_scene *scene)
{
    const sb_geometry_view *view = scene->view;
    const sb_geometry *geometry = scene->geometry;
    if (geometry->projection != SB_PROJECTION_WHOLE || geometry->corner_count < 2) {
        return;
    }
    char *name = NULL;
    if (view->type == SB_NOWHERE) {
        name = sb_copy_text(scene->plane ? "bets that cost v" : "side bets");
    } else {
        name = sb_format_text(scene->plane ? "bet of %s costs v" : "bet of %s",
                              sb_environment_label(view->environment, geometry->agent, view->type));
    }
    sb_plot_series *series = NULL;
    for (size_t t = 0; t < geometry->type_count; t++) {
        if (shows_bet(scene, t)) {
            const sb_geometry_type *type = &geometry->types[t];
            series = series != NULL ? series
                                    : add_line(scene, name == NULL ? "" : name, SB_PLOT_DASHED,
                                               SB_STYLE_BAR_REVENUE);
            add_bet(scene, series, type->bet, sb_plot_coordinate(&type->value));
        }
    }
    free(name);
    const sb_environment *environment = view->environment;
    if (!scene->plane && view->extraction->linear_payments != NULL &&
        environment->agent_count == 1 && environment->form == SB_FORM_ITEM) {
        add_bet(scene, add_line(scene, "linear G", SB_PLOT_DOTTED, SB_STYLE_BAR_OTHER),
                view->extraction->linear_payments, 0);
    }
}

/* ---- mixtures ---- */

/* Over a line: from the failing type up to the mixture. In the plane: to the types it is made of.
 */
static void add_mixture(const sb_scene *scene, sb_plot_series *line, sb_plot_series *points,
                        size_t t)
{
    const sb_geometry_type *type = &scene->geometry->types[t];
    double x = 0;
    double y = 0;
    place_of(scene, t, &x, &y);
    if (!scene->plane) {
        double above =
            sb_plot_coordinate(&type->envelope) / sb_plot_coordinate(scene->geometry->chances + t);
        sb_plot_point(line, x, y);
        sb_plot_point(line, x, above);
        sb_plot_labelled_point(points, x, above, "mixture");
        sb_plot_point(line, NAN, NAN);
        return;
    }
    for (size_t s = 0; s < scene->geometry->type_count; s++) {
        if (scene->geometry->types[s].placed && !fmpq_is_zero(type->mixture + s)) {
            double other_x = 0;
            double other_y = 0;
            place_of(scene, s, &other_x, &other_y);
            sb_plot_point(line, x, y);
            sb_plot_point(line, other_x, other_y);
            sb_plot_point(line, NAN, NAN);
        }
    }
}

static void add_mixtures(sb_scene *scene)
{
    sb_plot_series *line = NULL;
    sb_plot_series *points = NULL;
    for (size_t t = 0; t < scene->geometry->type_count; t++) {
        const sb_geometry_type *type = &scene->geometry->types[t];
        bool shown = scene->view->type == SB_NOWHERE || scene->view->type == t;
        if (!shown || !type->placed || type->mixture == NULL ||
            &scene->geometry->pictures[type->picture] != scene->picture) {
            continue;
        }
        if (line == NULL) {
            line = add_line(scene, scene->plane ? "mixture" : "", SB_PLOT_DASHED, SB_STYLE_BAD);
            points = scene->plane ? NULL
                                  : sb_plot_add(&scene->plot, "", SB_PLOT_POINTS, SB_PLOT_PLUS,
                                                SB_STYLE_BAD);
        }
        add_mixture(scene, line, points, t);
    }
}

/* ---- the whole ---- */

static void begin(sb_scene *scene)
{
    const sb_geometry_view *view = scene->view;
    const sb_geometry *geometry = scene->geometry;
    const char *agent = view->environment->agents[geometry->agent].name;
    char *title = sb_format_text("Beliefs and values of %s", agent);
    char *x_name = axis_name(view, 0);
    char *y_name = NULL;
    if (scene->plane) {
        y_name = axis_name(view, 1);
    } else if (geometry->projection == SB_PROJECTION_AMONG) {
        y_name = sb_copy_text("value over chance");
    } else if (geometry->shared || scene->picture == NULL) {
        y_name = sb_copy_text("value");
    } else {
        y_name = sb_format_text(
            "value of reporting %s",
            sb_environment_label(view->environment, geometry->agent, scene->picture->type));
    }
    sb_plot_init(&scene->plot, title == NULL ? "" : title, x_name == NULL ? "" : x_name,
                 y_name == NULL ? "" : y_name);
    if (geometry->corner_count == SB_GEOMETRY_MOST_SIGNALS) {
        char *corners[SB_GEOMETRY_MOST_SIGNALS];
        for (size_t k = 0; k < SB_GEOMETRY_MOST_SIGNALS; k++) {
            corners[k] = sb_geometry_corner_name(view, k);
        }
        if (corners[0] != NULL && corners[1] != NULL && corners[2] != NULL) {
            sb_plot_make_triangle(&scene->plot, (const char *const *)corners);
        }
        for (size_t k = 0; k < SB_GEOMETRY_MOST_SIGNALS; k++) {
            free(corners[k]);
        }
    }
    free(title);
    free(x_name);
    free(y_name);
}

static void fit(sb_scene *scene)
{
    const sb_geometry *geometry = scene->geometry;
    if (geometry->corner_count == SB_GEOMETRY_MOST_SIGNALS) {
        return;
    }
    sb_plot_fit_y(&scene->plot);
    if (geometry->corner_count > 0 && !scene->view->close_up) {
        scene->plot.x.low = 0;
        scene->plot.x.high = 1;
    } else {
        sb_plot_fit_x(&scene->plot, false);
    }
}

sb_plot sb_plot_of_geometry(const sb_geometry_view *view)
{
    size_t picture = sb_geometry_view_picture(view);
    sb_scene scene = {.view = view,
                      .geometry = view->geometry,
                      .picture = picture == SB_NOWHERE ? NULL : &view->geometry->pictures[picture],
                      .plane = view->geometry->dimensions == 2};
    begin(&scene);
    if (scene.picture != NULL) {
        /* Points first: they say how far the axes go. */
        add_mixtures(&scene);
        add_types(&scene);
        fit(&scene);
        add_envelope(&scene);
        add_bets(&scene);
    }
    return scene.plot;
}
