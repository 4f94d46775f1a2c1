/* The geometry screen: beliefs as points, values above them, and the bets between.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wide: the picture at the left, the type in hand at the right; narrow: below each other. Under
 * both the answer.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "view/geometry.h"
#include "view/number_text.h"
#include "view/panes.h"
#include "view/plot_canvas.h"

enum {
    beside_columns = 72,
    words_columns = 30,
    wide_columns = 110,
    wide_words = 40,
    least_plot = 8,
    most_answer = 3 /* rows below */
};

/* In the plane the lines have no names of their own. As much of it as fits. */
static char *legend_of(const sb_geometry_look *look, const sb_canvas *canvas, int columns)
{
    const sb_geometry *geometry = look->view.geometry;
    const sb_geometry_type *type = &geometry->types[look->view.type];
    char *lines = NULL;
    if (geometry->dimensions == 2 && type->mixture != NULL) {
        lines = sb_copy_text("  \xE2\x95\x8C its mixture");
    } else if (geometry->dimensions == 2 && type->bet != NULL && type->needs_bet &&
               geometry->projection != SB_PROJECTION_WHOLE) {
        lines = sb_copy_text("  its bet: no line here");
    } else if (geometry->dimensions == 2 && type->bet != NULL && type->needs_bet) {
        char *value = sb_number_text(&type->value, 8, look->fractions);
        lines = sb_format_text("  \xE2\x95\x8C bet costs %s", value == NULL ? "" : value);
        free(value);
    }
    static const char *const marks[] = {
        "\xE2\x97\x8F side bet  \xC3\x97 none  \xE2\x97\x8B needs none",
        "\xE2\x97\x8F side bet  \xC3\x97 none", "\xE2\x97\x8F bet \xC3\x97 none"};
    enum { fullnesses = sizeof marks / sizeof marks[0] };
    char *legend = NULL;
    for (int k = 0; k <= fullnesses; k++) { /* the last: marks alone */
        free(legend);
        legend = k < fullnesses ? sb_format_text("%s%s", marks[k], lines == NULL ? "" : lines)
                                : sb_copy_text(marks[0]);
        if (legend == NULL || sb_canvas_text_width(canvas, legend) <= columns) {
            break;
        }
    }
    free(lines);
    return legend;
}

static void draw_picture(const sb_geometry_look *look, sb_canvas *canvas, sb_rectangle area)
{
    sb_lines lines;
    sb_lines_init(&lines);
    sb_geometry_picture_lines(&lines, canvas, area.columns - 2, look);
    sb_plot plot = sb_plot_of_geometry(&look->view);
    int words = (int)lines.count;
    words = words < area.rows / 4 ? words : area.rows / 4;
    /* The picture comes before what it leaves out. */
    int spare = area.rows - 1 - least_plot;
    words = words < spare ? words : spare > 0 ? spare : 0;
    sb_rectangle drawn = area;
    drawn.rows -= 1 + words;
    sb_plot_draw(&plot, canvas, drawn, true, NULL, false);
    sb_lines_draw(&lines, canvas, drawn.row + drawn.rows, area.column + 1, words, area.columns - 2,
                  0, SB_STYLE_COUNT);
    char *legend = legend_of(look, canvas, area.columns - 2);
    sb_canvas_text(canvas, area.row + area.rows - 1, area.column + 1, area.columns - 2,
                   SB_STYLE_DIM, legend);
    free(legend);
    sb_plot_clear(&plot);
    sb_lines_clear(&lines);
}

static char *range_of(const sb_geometry_look *look)
{
    return sb_format_text("%zu of %zu", look->view.type + 1, look->view.geometry->type_count);
}

static void draw_words(const sb_geometry_look *look, sb_canvas *canvas, sb_rectangle area)
{
    sb_lines lines;
    sb_lines_init(&lines);
    sb_geometry_type_lines(&lines, canvas, area.columns - 2, look);
    char *range = range_of(look);
    sb_heading heading = {.title = "Type in hand", .right = range, .right_style = SB_STYLE_DIM};
    sb_draw_heading(canvas, area, &heading);
    free(range);
    size_t rows = (size_t)(area.rows - 1);
    size_t first = sb_clamp_scroll(look->scroll, rows, lines.count);
    sb_lines_draw(&lines, canvas, area.row + 1, area.column + 1, area.rows - 1, area.columns - 2,
                  first, SB_STYLE_COUNT);
    if (first + rows < lines.count) {
        sb_canvas_text(canvas, area.row + area.rows - 1, area.column + area.columns - 1, 1,
                       SB_STYLE_NORMAL, "\xE2\x80\xA6");
    }
    sb_lines_clear(&lines);
}

static void draw_look(const sb_geometry_look *look, sb_canvas *canvas, sb_rectangle area)
{
    sb_lines answer;
    sb_lines_init(&answer);
    sb_geometry_answer_lines(&answer, canvas, area.columns - 2, look);
    int rows = answer.count < most_answer ? (int)answer.count : most_answer;
    rows = rows < area.rows / 5 ? rows : area.rows / 5;
    sb_rectangle body = area;
    body.rows -= rows;
    sb_lines_draw(&answer, canvas, body.row + body.rows, area.column + 1, rows, area.columns - 2, 0,
                  SB_STYLE_COUNT);
    sb_lines_clear(&answer);
    sb_rectangle picture = body;
    sb_rectangle words = body;
    if (area.columns >= beside_columns) {
        words.columns = area.columns >= wide_columns ? wide_words : words_columns;
        picture.columns -= words.columns + 1;
        words.column += picture.columns + 1;
    } else {
        words.rows = body.rows / 2;
        words.rows = body.rows - words.rows < least_plot ? body.rows - least_plot : words.rows;
        words.rows = words.rows < 2 ? 0 : words.rows;
        picture.rows -= words.rows;
        words.row += picture.rows;
    }
    if (picture.rows < least_plot + 1) { /* no room for one: its words instead */
        draw_words(look, canvas, body);
        return;
    }
    draw_picture(look, canvas, picture);
    if (words.rows > 0) {
        draw_words(look, canvas, words);
    }
}

static void draw_waiting(const sb_session *session, sb_canvas *canvas, int top)
{
    const sb_results *results = sb_session_results_at_hand(session);
    bool failed = results != NULL && !sb_session_solving(session);
    const char *text = failed ? sb_results_failure(results) : "computing\xE2\x80\xA6";
    sb_rectangle area = {top, 0, 1, canvas->columns};
    sb_heading heading = {.title = "Beliefs and values", .active = true};
    sb_draw_heading(canvas, area, &heading);
    sb_canvas_text(canvas, top + 1, 1, canvas->columns - 2, SB_STYLE_DIM, text);
}

static void draw(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    const sb_environment *environment = sb_session_environment(session);
    if (environment == NULL) {
        sb_draw_nothing_open(canvas, top, rows);
        return;
    }
    const sb_geometry *geometry = sb_session_geometry(session);
    if (geometry == NULL) {
        draw_waiting(session, canvas, top);
        return;
    }
    const sb_display *display = sb_session_display(session);
    const sb_extraction *extraction = sb_results_extraction(sb_session_results_at_hand(session));
    sb_geometry_look look = {
        .view = {.environment = environment,
                 .extraction = &extraction->agents[geometry->agent],
                 .geometry = geometry,
                 .type = sb_session_geometry_type(session),
                 .close_up = display->geometry_close_up},
        .extraction = extraction,
        .fractions = display->fractions,
        .scroll = display->geometry_scroll,
    };
    draw_look(&look, canvas, (sb_rectangle){top, 0, rows, canvas->columns});
}

const sb_screen_view sb_geometry_screen = {SB_SCREEN_GEOMETRY, "geometry", draw,
                                           sb_geometry_figure};
