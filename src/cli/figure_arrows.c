/* A panel that is a graph: nodes on a line, arrows as arcs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What leads to the right goes over the line of nodes, what leads to the left under it; the further
 * an arrow leads, the higher it goes. Numbers stand at the middles of the arcs.
 */
#include "cli/figure_arrows.h"

#include <math.h>

enum { ARC_STEPS = 32 };

static const double letter_size = 13;
static const double least_size = 7;
static const double least_number = 6;
static const double side = 40; /* left and right of the outermost nodes, at least */
static const double radius = 4.5;
static const double name_gap = 4;
static const double most_rise = 46; /* of an arc, for each step it takes */
static const double head_length = 9;
static const double head_width = 4;

static const sb_colour blue = {0x00, 0x52, 0x9b};
static const sb_colour pale = {0x88, 0x88, 0x88};

typedef struct arrows_panel {
    const sb_pen *pen;
    const sb_plot_arrows *arrows;
    double left, middle, step; /* the first node; the line's height; from node to node */
    double below;              /* from the line to where arcs under it begin: under the names */
    double rise;               /* of an arc, for each step it takes */
    double size;               /* of the nodes' names, and of the numbers (0: no room) */
    double number_size;
} arrows_panel;

double sb_arrows_width(const sb_plot *plot, double frame_width)
{
    (void)plot;
    return frame_width + 2 * side;
}

double sb_arrows_title_left(const sb_plot *plot)
{
    (void)plot;
    return 4;
}

static double node_at(const arrows_panel *panel, size_t node)
{
    return panel->left + (double)node * panel->step;
}

/* ---- arrows ---- */

static sb_ink ink_of(const sb_plot_arrow *arrow)
{
    return (sb_ink){arrow->line == SB_PLOT_DOTTED ? pale : blue,
                    arrow->line == SB_PLOT_SOLID ? 2 : 1.3,
                    arrow->line == SB_PLOT_SOLID    ? SB_DASH_NONE
                    : arrow->line == SB_PLOT_DASHED ? SB_DASH_LONG
                                                    : SB_DASH_DOTS};
}

/* Half an ellipse over the line (to the right) or under it (to the left). */
static sb_place arc_at(const arrows_panel *panel, const sb_plot_arrow *arrow, double share)
{
    double from = node_at(panel, arrow->from);
    double to = node_at(panel, arrow->to);
    double steps = fabs((double)arrow->to - (double)arrow->from);
    double up = arrow->to > arrow->from ? -1 : 1;
    double start = panel->middle + (up < 0 ? -radius - 2 : panel->below);
    return (sb_place){(from + to) / 2 - (to - from) / 2 * cos(M_PI * share),
                      start + up * panel->rise * steps * sin(M_PI * share)};
}

static void draw_head(const arrows_panel *panel, const sb_plot_arrow *arrow)
{
    sb_place tip = arc_at(panel, arrow, 1);
    sb_place before = arc_at(panel, arrow, 0.94);
    double length = fmax(hypot(tip.x - before.x, tip.y - before.y), 1e-6);
    double x = (tip.x - before.x) / length;
    double y = (tip.y - before.y) / length;
    sb_place base = {tip.x - x * head_length, tip.y - y * head_length};
    const sb_place corners[] = {tip,
                                {base.x - y * head_width, base.y + x * head_width},
                                {base.x + y * head_width, base.y - x * head_width}};
    panel->pen->area(panel->pen->state, corners, 3, ink_of(arrow).colour, "head");
}

static void draw_arc(const arrows_panel *panel, const sb_plot_arrow *arrow)
{
    sb_place places[ARC_STEPS + 1];
    for (int k = 0; k <= ARC_STEPS; k++) {
        places[k] = arc_at(panel, arrow, (double)k / ARC_STEPS * 0.97);
    }
    panel->pen->polyline(panel->pen->state, places, ARC_STEPS + 1, ink_of(arrow));
    draw_head(panel, arrow);
}

/* On the arc, which is interrupted for it. */
static void draw_number(const arrows_panel *panel, const sb_plot_arrow *arrow)
{
    if (panel->number_size <= 0 || arrow->label == NULL || arrow->label[0] == '\0') {
        return;
    }
    sb_place at = arc_at(panel, arrow, 0.5);
    double half = sb_panel_text_width(arrow->label, panel->number_size) / 2 + 2;
    double above = panel->number_size * 0.5;
    sb_pen_fill_box(panel->pen, (sb_place){at.x - half, at.y - above},
                    (sb_place){at.x + half, at.y + above}, sb_pen_white, "behind");
    sb_pen_write(panel->pen, at.x, at.y + panel->number_size * 0.36, arrow->label,
                 panel->number_size, SB_ANCHOR_MIDDLE, sb_pen_black);
}

/* ---- nodes ---- */

static void draw_node(const arrows_panel *panel, size_t k)
{
    const sb_plot_node *node = &panel->arrows->nodes[k];
    double x = node_at(panel, k);
    double y = panel->middle;
    if (node->box) {
        const sb_place top_left = {x - radius, y - radius};
        const sb_place bottom_right = {x + radius, y + radius};
        sb_pen_fill_box(panel->pen, top_left, bottom_right, sb_pen_white, "node");
        sb_pen_box(panel->pen, top_left, bottom_right, (sb_ink){sb_pen_black, 1.5, SB_DASH_NONE});
    } else {
        panel->pen->marker(panel->pen->state, (sb_place){x, y}, radius, SB_SHAPE_DISC, sb_pen_black,
                           "node");
    }
}

static void draw_name(const arrows_panel *panel, size_t k)
{
    sb_pen_write(panel->pen, node_at(panel, k),
                 panel->middle + radius + name_gap + panel->size * 0.85,
                 panel->arrows->nodes[k].name, panel->size, SB_ANCHOR_MIDDLE, sb_pen_black);
}

static void measure(arrows_panel *panel, double top)
{
    const sb_plot_arrows *arrows = panel->arrows;
    double widest = 0.1;
    for (size_t k = 0; k < arrows->node_count; k++) {
        widest = fmax(widest, sb_panel_text_width(arrows->nodes[k].name, 1));
    }
    panel->size = fmax(least_size, fmin(letter_size, 0.95 * panel->step / widest));
    panel->below = radius + name_gap + panel->size + name_gap;
    double over = 0;
    double under = 0;
    for (size_t k = 0; k < arrows->arrow_count; k++) {
        double steps = (double)arrows->arrows[k].to - (double)arrows->arrows[k].from;
        over = fmax(over, steps);
        under = fmax(under, -steps);
    }
    double room = SB_PANEL_HEIGHT - panel->below - 3 * radius;
    panel->rise = fmin(room / fmax(over + under, 1), most_rise);
    panel->middle = top + (room - panel->rise * (over + under)) / 2 + panel->rise * over + radius;
    panel->number_size = fmin(12, panel->rise * 0.95);
    panel->number_size = panel->number_size < least_number ? 0 : panel->number_size;
}

void sb_arrows_draw_panel(const sb_pen *pen, const sb_plot *plot, double left, double top,
                          double frame_width)
{
    const sb_plot_arrows *arrows = plot->arrows;
    double spaces = arrows->node_count > 1 ? (double)(arrows->node_count - 1) : 1;
    arrows_panel panel = {
        .pen = pen, .arrows = arrows, .left = left + side, .step = frame_width / spaces};
    measure(&panel, top);
    for (size_t k = 0; k < arrows->arrow_count; k++) {
        draw_arc(&panel, &arrows->arrows[k]);
    }
    for (size_t k = 0; k < arrows->node_count; k++) {
        draw_node(&panel, k);
        draw_name(&panel, k);
    }
    for (size_t k = 0; k < arrows->arrow_count; k++) {
        draw_number(&panel, &arrows->arrows[k]);
    }
    if (arrows->nothing != NULL) {
        sb_pen_write(pen, left + side + frame_width / 2, panel.middle - SB_PANEL_HEIGHT / 4,
                     arrows->nothing, letter_size, SB_ANCHOR_MIDDLE, sb_pen_black);
    }
}
