/* Three signals: beliefs are points of a triangle, sets are polygons in it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each corner is one signal for certain. The type in hand has its set drawn whole, the worst belief
 * marked, and the line on which it would not mind to do what tempts it most: beliefs beyond that
 * line break the rule.
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "view/plot_models.h"
#include "view/plot_raster.h"
#include "view/robust.h"

enum { most_corners = 64, most_label = 6 };

static const double least_size = 2e-3; /* of what is drawn about a set that is a point */

typedef struct sb_belief_polygon {
    size_t count;
    double corners[most_corners][3];
} sb_belief_polygon;

static double along(const double coefficients[3], const double belief[3])
{
    return coefficients[0] * belief[0] + coefficients[1] * belief[1] + coefficients[2] * belief[2];
}

/* Keep what has coefficients . q >= bound. */
static void cut_polygon(sb_belief_polygon *polygon, const double coefficients[3], double bound)
{
    sb_belief_polygon left = {.count = 0};
    for (size_t k = 0; k < polygon->count; k++) {
        const double *here = polygon->corners[k];
        const double *next = polygon->corners[(k + 1) % polygon->count];
        double above = along(coefficients, here) - bound;
        double after = along(coefficients, next) - bound;
        if (above >= -1e-12 && left.count < most_corners) {
            for (size_t i = 0; i < 3; i++) {
                left.corners[left.count][i] = here[i];
            }
            left.count++;
        }
        bool crosses = (above > 1e-12 && after < -1e-12) || (above < -1e-12 && after > 1e-12);
        if (crosses && left.count < most_corners) {
            double share = above / (above - after);
            for (size_t i = 0; i < 3; i++) {
                left.corners[left.count][i] = here[i] + share * (next[i] - here[i]);
            }
            left.count++;
        }
    }
    *polygon = left;
}

static sb_belief_polygon whole_triangle(void)
{
    return (sb_belief_polygon){.count = 3, .corners = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
}

static void cut_both(sb_belief_polygon *polygon, const double coefficients[3], double lower,
                     double upper)
{
    const double turned[3] = {-coefficients[0], -coefficients[1], -coefficients[2]};
    if (isfinite(lower)) {
        cut_polygon(polygon, coefficients, lower);
    }
    if (isfinite(upper)) {
        cut_polygon(polygon, turned, -upper);
    }
}

static sb_belief_polygon polygon_of(const sb_consistent_set *set, size_t type)
{
    sb_belief_polygon polygon = whole_triangle();
    for (size_t signal = 0; signal < 3; signal++) {
        double one[3] = {0, 0, 0};
        one[signal] = 1;
        cut_both(&polygon, one, sb_plot_coordinate(&set->lower[type * 3 + signal]),
                 sb_plot_coordinate(&set->upper[type * 3 + signal]));
    }
    for (size_t k = 0; k < set->constraint_count; k++) {
        const sb_belief_constraint *constraint = &set->constraints[k];
        if (constraint->type == type || constraint->type == SB_EVERY_TYPE) {
            const double coefficients[3] = {sb_plot_coordinate(&constraint->coefficients[0]),
                                            sb_plot_coordinate(&constraint->coefficients[1]),
                                            sb_plot_coordinate(&constraint->coefficients[2])};
            cut_both(&polygon, coefficients,
                     constraint->has_lower ? sb_plot_coordinate(&constraint->lower) : -HUGE_VAL,
                     constraint->has_upper ? sb_plot_coordinate(&constraint->upper) : HUGE_VAL);
        }
    }
    return polygon;
}

/* ---- places: the first signal at the left, the second at the right, the third above ---- */

static void add_belief(sb_plot_series *series, const double belief[3])
{
    sb_plot_point(series, belief[1] + belief[2] / 2, belief[2]);
}

static void add_exact(sb_plot_series *series, const fmpq *belief)
{
    const double point[3] = {sb_plot_coordinate(&belief[0]), sb_plot_coordinate(&belief[1]),
                             sb_plot_coordinate(&belief[2])};
    add_belief(series, point);
}

/* A closed line, and a gap behind it. */
static void add_polygon(sb_plot_series *series, const sb_belief_polygon *polygon)
{
    for (size_t k = 0; polygon->count > 0 && k <= polygon->count; k++) {
        add_belief(series, polygon->corners[k % polygon->count]);
    }
    sb_plot_point(series, NAN, NAN);
}

/* Where coefficients . q = 0 crosses the triangle. */
static void add_indifference(sb_plot_series *series, const double coefficients[3])
{
    sb_belief_polygon polygon = whole_triangle();
    const double turned[3] = {-coefficients[0], -coefficients[1], -coefficients[2]};
    cut_polygon(&polygon, coefficients, 0);
    cut_polygon(&polygon, turned, 0);
    for (size_t k = 0; k < polygon.count; k++) {
        add_belief(series, polygon.corners[k]);
    }
}

/* What part of the triangle is drawn: all of it, or about the set of the type in hand. */
static void scale_of(const sb_robust_look *look, sb_plot *plot)
{
    plot->x.low = 0;
    plot->x.high = 1;
    plot->y.low = 0;
    plot->y.high = 1;
    const sb_consistent_set *set = &look->steps->set;
    if (!look->zoom || !set->has_set[look->type]) {
        return;
    }
    const sb_belief_polygon polygon = polygon_of(set, look->type);
    double middle[3] = {0, 0, 0};
    double size = least_size;
    for (size_t k = 0; k < polygon.count; k++) {
        for (size_t i = 0; i < 3; i++) {
            middle[i] += polygon.corners[k][i] / (double)polygon.count;
        }
    }
    for (size_t k = 0; k < polygon.count; k++) {
        for (size_t i = 0; i < 3; i++) {
            size = fmax(size, 3 * fabs(polygon.corners[k][i] - middle[i]));
        }
    }
    double x = middle[1] + middle[2] / 2;
    plot->x.low = x - size / 2;
    plot->x.high = x + size / 2;
    plot->y.low = middle[2] - size / 2;
    plot->y.high = middle[2] + size / 2;
}

static sb_plot plot_of(const sb_robust_look *look)
{
    const sb_consistent_set *set = &look->steps->set;
    const sb_belief_polygon triangle = whole_triangle();
    sb_plot plot;
    sb_plot_init(&plot, "", "", "");
    scale_of(look, &plot);
    sb_plot_series *outline = sb_plot_add(&plot, "", SB_PLOT_DOTTED, SB_PLOT_PLUS, SB_STYLE_DIM);
    sb_plot_series *others = sb_plot_add(&plot, "", SB_PLOT_SOLID, SB_PLOT_RING, SB_STYLE_NORMAL);
    sb_plot_series *own = sb_plot_add(&plot, "", SB_PLOT_SOLID, SB_PLOT_DISC, SB_STYLE_BAR_REVENUE);
    sb_plot_series *border =
        sb_plot_add(&plot, "", SB_PLOT_DASHED, SB_PLOT_CROSS, SB_STYLE_BAR_OTHER);
    add_polygon(outline, &triangle);
    for (size_t type = 0; type < set->type_count; type++) {
        if (set->has_set[type]) {
            const sb_belief_polygon polygon = polygon_of(set, type);
            add_polygon(type == look->type ? own : others, &polygon);
        }
    }
    double gains[3];
    if (sb_robust_gains(look, look->type, gains)) {
        add_indifference(border, gains);
    }
    return plot;
}

/* ---- names ---- */

/* The cell of the worst belief of the type in hand. */
static bool worst_cell(const sb_robust_look *look, const sb_plot *plot, const sb_plot_frame *frame,
                       int *row, int *column)
{
    const sb_robust_row *worst = &look->step->rows[look->type];
    if (!worst->known) {
        return false;
    }
    double x = sb_plot_coordinate(&worst->belief[1]) + sb_plot_coordinate(&worst->belief[2]) / 2;
    return sb_plot_cell(plot, frame, x, sb_plot_coordinate(&worst->belief[2]), row, column);
}

static void draw_worst(const sb_robust_look *look, sb_canvas *canvas, const sb_plot *plot,
                       const sb_plot_frame *frame)
{
    int row = 0;
    int column = 0;
    if (worst_cell(look, plot, frame, &row, &column)) {
        bool broken = sb_robust_broken(look, &look->step->rows[look->type]);
        sb_canvas_text(canvas, row, column, 1, broken ? SB_STYLE_BAD : SB_STYLE_STRONG, "\xC3\x97");
    }
}

static void draw_type(const sb_robust_look *look, sb_canvas *canvas, const sb_plot *plot,
                      const sb_plot_frame *frame, size_t type)
{
    const sb_consistent_set *set = &look->steps->set;
    if (!set->has_estimate[type]) {
        return;
    }
    sb_plot point;
    sb_plot_init(&point, "", "", "");
    sb_plot_series *series = sb_plot_add(&point, "", SB_PLOT_POINTS, SB_PLOT_RING, SB_STYLE_NORMAL);
    add_exact(series, &set->estimate[type * 3]);
    int row = 0;
    int column = 0;
    if (series != NULL && series->count == 1 &&
        sb_plot_cell(plot, frame, series->x[0], series->y[0], &row, &column)) {
        sb_style style = type == look->type ? SB_STYLE_STRONG : SB_STYLE_NORMAL;
        const char *label = sb_environment_label(look->environment, 0, type);
        sb_canvas_text(canvas, row, column, 1, style, "\xE2\x97\x8B");
        int room = canvas->columns - column - 1;
        int width = sb_canvas_text_width(canvas, label);
        width = width < most_label ? width : most_label;
        width = width < room ? width : room;
        int worst_row = -1;
        int worst = -1;
        bool behind = worst_cell(look, plot, frame, &worst_row, &worst) && worst_row == row &&
                      worst > column && worst <= column + width && column >= width;
        sb_canvas_text(canvas, row, behind ? column - width : column + 1, width, style, label);
    }
    sb_plot_clear(&point);
}

static void draw_corners(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area,
                         const sb_rectangle *body)
{
    char **signals = look->environment->signals;
    int middle = body->column + body->columns / 2;
    int width = sb_canvas_text_width(canvas, signals[2]);
    int most = area.columns - 2;
    width = width < most ? width : most;
    int column = middle - width / 2;
    column = column > area.column ? column : area.column + 1;
    sb_canvas_text(canvas, body->row - 1, column, width, SB_STYLE_DIM, signals[2]);
    int bottom = body->row + body->rows;
    sb_canvas_text(canvas, bottom, body->column, body->columns / 2, SB_STYLE_DIM, signals[0]);
    sb_canvas_text_right(canvas, bottom, middle, body->columns - body->columns / 2, SB_STYLE_DIM,
                         signals[1]);
}

static void draw_legend(const sb_robust_look *look, sb_canvas *canvas, int row, int column,
                        int width)
{
    const sb_robust_row *worst = &look->step->rows[look->type];
    bool border = worst->known && worst->kind != SB_CUT_OBJECTIVE;
    sb_canvas_text(canvas, row, column, width, SB_STYLE_DIM,
                   border ? "\xE2\x97\x8B estimate  \xC3\x97 worst  dashed: indifferent"
                          : "\xE2\x97\x8B estimate  \xC3\x97 worst");
}

void sb_belief_triangle_draw(const sb_robust_look *look, sb_canvas *canvas, sb_rectangle area)
{
    char *title = sb_robust_row_title(look);
    sb_heading heading = {.title = title, .active = true};
    sb_draw_heading(canvas, area, &heading);
    free(title);
    int rows = area.rows - 4; /* heading, a corner above, corners below, what the marks mean */
    if (look->step == NULL || look->steps == NULL || !look->steps->has_set || rows < 4 ||
        area.columns < 16) {
        return;
    }
    int columns = area.columns - 4;
    /* Cells are twice as high as wide. */
    int wide = (int)(rows * 2 / 0.866 + 0.5);
    columns = wide < columns ? wide : columns;
    int high = (int)(columns * 0.866 / 2 + 0.5);
    rows = high < rows ? high : rows;
    sb_rectangle body = {area.row + 2, area.column + (area.columns - columns) / 2, rows, columns};
    sb_plot plot = plot_of(look);
    const sb_plot_frame frame = {.body = body};
    (void)sb_plot_raster(&plot, canvas, &frame, false);
    for (size_t type = 0; type < look->steps->set.type_count; type++) {
        if (type != look->type) {
            draw_type(look, canvas, &plot, &frame, type);
        }
    }
    draw_type(look, canvas, &plot, &frame, look->type);
    draw_worst(look, canvas, &plot, &frame);
    if (!look->zoom) {
        draw_corners(look, canvas, area, &body);
    }
    draw_legend(look, canvas, area.row + area.rows - 1, area.column + 1, area.columns - 2);
    sb_plot_clear(&plot);
}
