/* An incentive graph drawn into cells: arrows for few types, a matrix for many.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nodes stand side by side, each above a line of its own, as in a sequence diagram; an edge is an
 * arrow from line to line in a row of its own. So no arrows cross, every one has room for its
 * numbers, and any number of them can be scrolled.
 */
#include "view/incentive_diagram.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/lp_rows.h"
#include "view/number_text.h"

enum {
    number_columns = 9,
    count_columns = 11, /* "12 of 30" */
    least_node = 5,
    most_node = 14,
    head_rows = 2,
    least_cell = 3,
    most_cell = 8,
    most_label = 12,
    away_columns = 6
};

/* ---- nodes ---- */

static bool has_before(const sb_incentive_graph *graph)
{
    return graph->edge_count > 0 && graph->edges[graph->edge_count - 1].type == SB_NOWHERE;
}

/* Types, "stays away", and before the types what is decided before they are known. */
static int node_count(const sb_incentive_graph *graph)
{
    return (int)graph->type_count + 1 + (has_before(graph) ? 1 : 0);
}

static bool gathers(const sb_incentive_graph *graph)
{
    for (size_t k = 0; k < graph->edge_count; k++) {
        if (graph->edges[k].places > 1) {
            return true;
        }
    }
    return false;
}

static int numbers_of(const sb_incentive_look *look)
{
    return number_columns + (look->graph->all ? number_columns + 1 : 0) +
           (gathers(look->graph) ? count_columns : 0) + 1;
}

static int node_width(const sb_incentive_look *look, int columns)
{
    int width = (columns - numbers_of(look)) / node_count(look->graph);
    return width < most_node ? width : most_node;
}

bool sb_incentive_is_diagram(const sb_incentive_look *look, int columns)
{
    return look->graph->type_count <= SB_INCENTIVES_DIAGRAM_TYPES &&
           node_width(look, columns) >= least_node;
}

int sb_incentive_rows(const sb_incentive_look *look, int columns)
{
    size_t count =
        sb_incentive_is_diagram(look, columns) ? look->graph->edge_count : look->graph->type_count;
    return head_rows + (int)(count < 1000 ? count : 1000);
}

/* ---- arrows ---- */

typedef struct diagram {
    const sb_incentive_look *look;
    sb_canvas *canvas;
    sb_rectangle area;
    int width; /* of a node */
} diagram;

static int node_of(const diagram *draw, size_t type, bool report)
{
    int before = has_before(draw->look->graph) ? 1 : 0;
    if (type != SB_NOWHERE) {
        return before + (int)type;
    }
    return report ? before + (int)draw->look->graph->type_count : 0;
}

static int column_of(const diagram *draw, int node)
{
    return draw->area.column + node * draw->width + draw->width / 2;
}

static const char *node_name(const diagram *draw, int node)
{
    const sb_incentive_graph *graph = draw->look->graph;
    size_t type = (size_t)node;
    if (has_before(graph)) {
        if (node == 0) {
            return "before";
        }
        type--;
    }
    if (type == graph->type_count) {
        return draw->width > 10 ? "stays away" : "away";
    }
    return sb_environment_label(draw->look->environment, graph->agent, type);
}

static void draw_nodes(const diagram *draw)
{
    int nodes = node_count(draw->look->graph);
    for (int node = 0; node < nodes; node++) {
        bool away = node == nodes - 1;
        const char *name = node_name(draw, node);
        int width = sb_canvas_text_width(draw->canvas, name);
        width = width < draw->width - 1 ? width : draw->width - 1;
        int column = column_of(draw, node);
        sb_canvas_text(draw->canvas, draw->area.row, column - width / 2, width,
                       away ? SB_STYLE_DIM : SB_STYLE_NORMAL, name);
        sb_canvas_text(draw->canvas, draw->area.row + 1, column, 1,
                       sb_style_when(draw->look->stale, away ? SB_STYLE_DIM : SB_STYLE_STRONG),
                       away ? "\xE2\x97\x8B" : "\xE2\x97\x8F");
    }
    int column = draw->area.column + nodes * draw->width;
    if (draw->look->graph->has_duals) {
        sb_canvas_text_right(draw->canvas, draw->area.row, column, number_columns, SB_STYLE_DIM,
                             draw->look->graph->replies ? "gain" : "dual");
    }
    if (draw->look->graph->all) {
        sb_canvas_text_right(draw->canvas, draw->area.row, column + number_columns + 1,
                             number_columns, SB_STYLE_DIM, "slack");
    }
}

static sb_style edge_style(const sb_incentive_look *look, const sb_incentive_edge *edge)
{
    bool worth = look->graph->has_duals && !fmpq_is_zero(&edge->dual);
    sb_style style = edge->binding == 0 ? SB_STYLE_DIM : worth ? SB_STYLE_STRONG : SB_STYLE_NORMAL;
    return sb_style_when(look->stale, style);
}

static void draw_arrow(const diagram *draw, int row, const sb_incentive_edge *edge)
{
    int from = column_of(draw, node_of(draw, edge->type, false));
    int to = column_of(draw, node_of(draw, edge->report, true));
    sb_style style = edge_style(draw->look, edge);
    bool right = to > from;
    int first = right ? from + 1 : to + 2, last = right ? to - 2 : from - 1;
    const char *line = edge->binding > 0 ? "\xE2\x94\x80" : "\xE2\x94\x84";
    for (int column = first; column <= last; column++) {
        sb_canvas_text(draw->canvas, row, column, 1, style, line);
    }
    sb_canvas_text(draw->canvas, row, from, 1, style, right ? "\xE2\x94\x9C" : "\xE2\x94\xA4");
    sb_canvas_text(draw->canvas, row, right ? to - 1 : to + 1, 1, style,
                   right ? "\xE2\x96\xB6" : "\xE2\x97\x80");
}

static void draw_numbers(const diagram *draw, int row, const sb_incentive_edge *edge)
{
    const sb_incentive_look *look = draw->look;
    int column = draw->area.column + node_count(look->graph) * draw->width;
    sb_style style = edge_style(look, edge);
    if (look->graph->has_duals && edge->binding > 0) {
        char *text = sb_number_text(&edge->dual, number_columns - 1, look->fractions);
        sb_draw_number(draw->canvas, row, column + 1, number_columns - 1, style, text);
        free(text);
    }
    column += number_columns + 1;
    if (look->graph->all) {
        char *text = sb_number_text(&edge->slack, number_columns - 1, look->fractions);
        sb_draw_number(draw->canvas, row, column + 1, number_columns - 1, style, text);
        free(text);
        column += number_columns + 1;
    }
    if (edge->places > 1) {
        char *text = sb_format_text("%zu of %zu", edge->binding, edge->places);
        sb_canvas_text(draw->canvas, row, column + 1, count_columns - 1, style, text);
        free(text);
    }
}

static void draw_edges(const diagram *draw)
{
    const sb_incentive_look *look = draw->look;
    int nodes = node_count(look->graph);
    size_t shown = draw->area.rows > head_rows ? (size_t)(draw->area.rows - head_rows) : 0;
    size_t all = look->graph->edge_count;
    shown = shown < all ? shown : all;
    size_t first = sb_scroll_around(look->cursor == SB_NOWHERE ? 0 : look->cursor, shown, all);
    for (size_t k = 0; k < shown; k++) {
        const sb_incentive_edge *edge = &look->graph->edges[first + k];
        int row = draw->area.row + head_rows + (int)k;
        for (int node = 0; node < nodes; node++) {
            sb_canvas_text(draw->canvas, row, column_of(draw, node), 1, SB_STYLE_DIM,
                           node == nodes - 1 ? "\xE2\x94\x8A" : "\xE2\x94\x82");
        }
        draw_arrow(draw, row, edge);
        draw_numbers(draw, row, edge);
        if (first + k == look->cursor) {
            sb_canvas_reverse(draw->canvas, row, draw->area.column,
                              nodes * draw->width + numbers_of(look));
        }
    }
}

/* ---- the matrix ---- */

static const sb_incentive_edge *edge_between(const sb_incentive_graph *graph, size_t type,
                                             size_t report)
{
    size_t low = 0, high = graph->edge_count; /* by type, then report */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const sb_incentive_edge *edge = &graph->edges[middle];
        if (edge->type == type && edge->report == report) {
            return edge;
        }
        if (edge->type < type || (edge->type == type && edge->report < report)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

static char *cell_text(const sb_incentive_look *look, size_t type, size_t report)
{
    size_t to = report == look->graph->type_count ? SB_NOWHERE : report;
    if (to == type) {
        return sb_copy_text("=");
    }
    const sb_incentive_edge *edge = edge_between(look->graph, type, to);
    if (edge == NULL || edge->binding == 0) {
        bool may = to == SB_NOWHERE ||
                   sb_environment_may_report(look->environment, look->graph->agent, type, to);
        return sb_copy_text(may ? "\xC2\xB7" : " ");
    }
    if (edge->binding < edge->places) {
        return edge->binding < 100 ? sb_format_text("%zu", edge->binding) : sb_copy_text("+");
    }
    bool worth = look->graph->has_duals && !fmpq_is_zero(&edge->dual);
    return sb_copy_text(worth ? "\xE2\x97\x8F" : "\xE2\x97\x8B");
}

static sb_style cell_style(const sb_incentive_look *look, size_t type, size_t report)
{
    size_t to = report == look->graph->type_count ? SB_NOWHERE : report;
    const sb_incentive_edge *edge = to == type ? NULL : edge_between(look->graph, type, to);
    return edge == NULL ? SB_STYLE_DIM : edge_style(look, edge);
}

typedef struct matrix {
    int label, cell;              /* columns */
    size_t first_row, rows;       /* types */
    size_t first_column, columns; /* reports; staying away is always shown behind them */
} matrix;

static matrix matrix_of(const sb_incentive_look *look, const sb_canvas *canvas, sb_rectangle area)
{
    const sb_incentive_graph *graph = look->graph;
    matrix window = {.rows = area.rows > head_rows ? (size_t)(area.rows - head_rows) : 0};
    int widest = 1;
    for (size_t type = 0; type < graph->type_count; type++) {
        const char *label = sb_environment_label(look->environment, graph->agent, type);
        int width = sb_canvas_text_width(canvas, label);
        widest = width > widest ? width : widest;
    }
    window.label = widest < most_label ? widest : most_label;
    window.cell = widest + 1 < most_cell ? widest + 1 : most_cell;
    window.cell = window.cell > least_cell ? window.cell : least_cell;
    int columns = (area.columns - window.label - away_columns) / window.cell;
    window.columns = columns > 0 ? (size_t)columns : 0;
    window.columns = window.columns < graph->type_count ? window.columns : graph->type_count;
    window.rows = window.rows < graph->type_count ? window.rows : graph->type_count;
    bool cursor = look->type != SB_NOWHERE;
    window.first_row = sb_scroll_around(cursor ? look->type : 0, window.rows, graph->type_count);
    window.first_column =
        sb_scroll_around(cursor ? look->report : 0, window.columns, graph->type_count);
    return window;
}

static void draw_cell(const sb_incentive_look *look, sb_canvas *canvas, int row, int column,
                      int width, size_t type, size_t report)
{
    char *text = cell_text(look, type, report);
    sb_canvas_text_right(canvas, row, column, width, cell_style(look, type, report), text);
    free(text);
    if (type == look->type && report == look->report) {
        sb_canvas_reverse(canvas, row, column, width);
    }
}

static void draw_matrix(const sb_incentive_look *look, sb_canvas *canvas, sb_rectangle area)
{
    const sb_incentive_graph *graph = look->graph;
    matrix window = matrix_of(look, canvas, area);
    int away = area.column + window.label + (int)window.columns * window.cell;
    sb_canvas_text(canvas, area.row, area.column, area.columns, SB_STYLE_DIM,
                   "type \xE2\x86\x93 as \xE2\x86\x92");
    for (size_t k = 0; k < window.columns; k++) {
        sb_canvas_text_right(
            canvas, area.row + 1, area.column + window.label + (int)k * window.cell + 1,
            window.cell - 1, SB_STYLE_DIM,
            sb_environment_label(look->environment, graph->agent, window.first_column + k));
    }
    sb_canvas_text_right(canvas, area.row + 1, away, away_columns, SB_STYLE_DIM, "away");
    for (size_t r = 0; r < window.rows; r++) {
        size_t type = window.first_row + r;
        int row = area.row + head_rows + (int)r;
        sb_canvas_text_right(canvas, row, area.column, window.label, SB_STYLE_DIM,
                             sb_environment_label(look->environment, graph->agent, type));
        for (size_t k = 0; k < window.columns; k++) {
            int column = area.column + window.label + (int)k * window.cell;
            draw_cell(look, canvas, row, column + 1, window.cell - 1, type,
                      window.first_column + k);
        }
        draw_cell(look, canvas, row, away + 1, away_columns - 1, type, graph->type_count);
    }
}

const char *sb_incentive_matrix_legend(void)
{
    return "\xE2\x97\x8F binds and is worth something  \xE2\x97\x8B binds  2 binds at 2 profiles  "
           "\xC2\xB7 slack";
}

void sb_incentive_draw(const sb_incentive_look *look, sb_canvas *canvas, sb_rectangle area)
{
    if (area.rows < head_rows || area.columns <= 0) {
        return;
    }
    if (!sb_incentive_is_diagram(look, area.columns)) {
        draw_matrix(look, canvas, area);
        return;
    }
    diagram draw = {look, canvas, area, node_width(look, area.columns)};
    draw_nodes(&draw);
    draw_edges(&draw);
}

/* ---- words ---- */

char *sb_incentive_edge_sentence(const sb_incentive_look *look, const sb_incentive_edge *edge)
{
    const sb_environment *environment = look->environment;
    size_t agent = look->graph->agent;
    sb_text text;
    sb_text_init(&text);
    bool replies = look->graph->replies;
    const char *binds = replies ? "" : edge->binding > 0 ? "would as soon " : "would rather not ";
    if (edge->type == SB_NOWHERE) {
        sb_text_add_format(&text, "before it knows its type %s %sstay away",
                           sb_environment_player_name(environment, agent), binds);
    } else if (edge->report == SB_NOWHERE) {
        sb_text_add_format(&text, "type %s %s%s away",
                           sb_environment_label(environment, agent, edge->type), binds,
                           replies ? "stays" : "stay");
    } else {
        sb_text_add_format(
            &text, "type %s %s%s %s", sb_environment_label(environment, agent, edge->type), binds,
            replies ? "reports" : "report", sb_environment_label(environment, agent, edge->report));
    }
    if (edge->binding > 0 && look->graph->has_duals) {
        char *number = sb_number_text(&edge->dual, 12, look->fractions);
        sb_text_add_format(&text, replies ? " and gains %s over the truth" : ": dual %s",
                           number == NULL ? "" : number);
        free(number);
    } else if (edge->binding == 0) {
        char *number = sb_number_text(&edge->slack, 12, look->fractions);
        sb_text_add_format(&text, ": slack %s", number == NULL ? "" : number);
        free(number);
    }
    if (edge->places > 1) {
        sb_text_add_format(&text, ", at %zu of %zu profiles of the others", edge->binding,
                           edge->places);
    }
    return sb_text_take(&text, NULL);
}
