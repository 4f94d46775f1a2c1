/* The right half of the misbelief screen: what the seller earns, who does what, how safe it is.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/misbelief_panel.h"

#include <stdlib.h>

#include "base/memory.h"
#include "view/number_text.h"
#include "view/plot_canvas.h"
#include "view/plot_models.h"

enum {
    bars = 3,
    label_columns = 14,
    number_columns = 10,
    curve_rows = 8, /* least for the curve */
    reply_rows = 4, /* least for the replies: before the radius gets any */
    most_sentence = 4,
};

typedef struct sb_signed_bar {
    const char *label;
    const fmpq *number; /* NULL: word instead */
    const char *word;
    sb_style style;
} sb_signed_bar;

/* A bar from zero, to the left where the number is negative. Losses are of whole cells, one at
 * least, so that none is too small to be seen. */
static void draw_bar(sb_canvas *canvas, int row, int column, int width, double low, double high,
                     const sb_signed_bar *bar, bool stale)
{
    if (width <= 0 || !(high > low)) {
        return;
    }
    double number = sb_rational_to_double(bar->number);
    int zero = (int)(-low / (high - low) * width + 0.5);
    zero = low < 0 && zero == 0 ? 1 : zero;
    zero = zero >= width && high > 0 ? width - 1 : zero; /* a gain is not too small either */
    if (number < 0) {
        int cells = (int)(number / low * zero + 0.5);
        cells = cells < 1 ? 1 : cells;
        for (int k = 0; k < cells && k < zero; k++) {
            sb_canvas_text(canvas, row, column + zero - 1 - k, 1,
                           sb_style_when(stale, SB_STYLE_NEGATIVE), "\xE2\x96\x88");
        }
    } else if (high > 0) {
        sb_canvas_bar(canvas, row, column + zero, width - zero, number / high,
                      sb_style_when(stale, bar->style));
    }
    if (low < 0 && zero < width && number <= 0) {
        sb_canvas_text(canvas, row, column + zero, 1, SB_STYLE_DIM, "\xE2\x94\x82");
    }
}

static int draw_earnings(const sb_misbelief_panel *panel, sb_canvas *canvas, sb_rectangle area)
{
    const sb_misbelief *misbelief = panel->misbelief;
    const sb_signed_bar list[bars] = {
        {"as designed", &misbelief->designed_revenue, "", SB_STYLE_BAR_OTHER},
        {"now", &misbelief->revenue, "", SB_STYLE_BAR_REVENUE},
        {"best for truth", panel->truth_optimum,
         panel->optimum_word == NULL ? "..." : panel->optimum_word, SB_STYLE_BAR_SURPLUS},
    };
    double low = 0;
    double high = 0;
    for (int k = 0; k < bars; k++) {
        double number = list[k].number == NULL ? 0 : sb_rational_to_double(list[k].number);
        low = number < low ? number : low;
        high = number > high ? number : high;
    }
    int column = area.column + 1;
    int end = area.column + area.columns;
    int bar_column = column + label_columns + 1 + number_columns + 1;
    int row = area.row;
    for (int k = 0; k < bars && row < area.row + area.rows; k++, row++) {
        sb_canvas_text(canvas, row, column, label_columns, SB_STYLE_DIM, list[k].label);
        if (list[k].number == NULL) {
            sb_canvas_text(canvas, row, column + label_columns + 1,
                           end - column - label_columns - 1, SB_STYLE_DIM, list[k].word);
            continue;
        }
        char *text = sb_number_text(list[k].number, number_columns, panel->fractions);
        sb_style style = k == 1 ? SB_STYLE_STRONG : SB_STYLE_NORMAL;
        style = fmpq_sgn(list[k].number) < 0 ? SB_STYLE_BAD : style;
        sb_draw_number(canvas, row, column + label_columns + 1, number_columns,
                       sb_style_when(panel->stale, style), text);
        free(text);
        draw_bar(canvas, row, bar_column, end - 1 - bar_column, low, high, &list[k], panel->stale);
    }
    return row;
}

static int draw_sentence(const sb_misbelief_panel *panel, sb_canvas *canvas, sb_rectangle area,
                         int row)
{
    bool bad = false;
    char *sentence = sb_misbelief_sentence(panel->misbelief, panel->fractions, &bad);
    sb_lines lines;
    sb_lines_init(&lines);
    sb_lines_wrap(&lines, canvas, bad ? SB_STYLE_BAD : SB_STYLE_GOOD, 0, area.columns - 2,
                  sentence == NULL ? "" : sentence);
    free(sentence);
    if (!fmpq_equal(&panel->misbelief->revenue, &panel->misbelief->joint_revenue)) {
        char *joint =
            sb_number_text(&panel->misbelief->joint_revenue, number_columns, panel->fractions);
        sb_lines_begin(&lines);
        sb_lines_add(&lines, SB_STYLE_DIM, "all these replies at once: ");
        sb_lines_add(&lines, SB_STYLE_NORMAL, "%s", joint == NULL ? "" : joint);
        free(joint);
    }
    int rows = area.row + area.rows - row;
    rows = rows < most_sentence ? rows : most_sentence;
    rows = (int)lines.count < rows ? (int)lines.count : rows;
    sb_lines_draw(&lines, canvas, row, area.column + 1, rows, area.columns - 2, 0,
                  panel->stale ? SB_STYLE_DIM : SB_STYLE_COUNT);
    sb_lines_clear(&lines);
    return row + rows;
}

static void draw_curve(const sb_misbelief_panel *panel, sb_canvas *canvas, sb_rectangle area)
{
    if (panel->curve_count == 0) {
        sb_heading heading = {.title = "Revenue as the truth moves away"};
        sb_draw_heading(canvas, area, &heading);
        if (area.rows > 1) {
            sb_canvas_text(canvas, area.row + 1, area.column + 1, area.columns - 1, SB_STYLE_DIM,
                           "computing\xE2\x80\xA6");
        }
        return;
    }
    sb_plot plot = sb_plot_of_misbelief(panel->curve_count, panel->curve_s, panel->curve_frozen,
                                        panel->curve_optimum);
    plot.has_marker = true;
    plot.marker_x = panel->point < panel->curve_count ? panel->curve_s[panel->point] : 1;
    plot.click = "curve point";
    for (size_t k = 0; k < panel->curve_count; k++) {
        sb_plot_add_click(&plot, panel->curve_s[k]);
    }
    sb_plot_draw(&plot, canvas, area, false, NULL, panel->stale);
    sb_plot_clear(&plot);
}

/* The replies take what they need, the radius what is left, and something at least. */
static void draw_words(const sb_misbelief_panel *panel, sb_canvas *canvas, sb_rectangle area)
{
    sb_style overrule = panel->stale ? SB_STYLE_DIM : SB_STYLE_COUNT;
    sb_lines replies;
    sb_lines radius;
    sb_lines_init(&replies);
    sb_lines_init(&radius);
    size_t first = 0;
    sb_misbelief_reply_lines(&replies, canvas, area.columns - 2, panel, &first);
    sb_misbelief_radius_lines(&radius, canvas, area.columns - 2, panel);
    int wanted = 1 + (int)(replies.count < 1000 ? replies.count : 1000);
    int below = 1 + (int)(radius.count < 1000 ? radius.count : 1000);
    int spare = area.rows - wanted;
    if (spare < below) {
        int least = area.rows > 2 * reply_rows ? area.rows / 3 : 0;
        spare = spare > least ? spare : least;
    }
    int rows = spare < below ? spare : below;
    rows = rows < 2 ? 0 : rows;
    sb_rectangle above = area;
    above.rows -= rows;
    /* Replies from the chosen agent on, where not all fit. */
    bool all = (int)replies.count < above.rows;
    sb_heading heading = {.title = "Who does what", .note_style = SB_STYLE_DIM};
    sb_draw_lines_pane(canvas, above, &replies, all ? 0 : first, &heading, overrule);
    if (rows > 0) {
        sb_rectangle last = area;
        last.row += above.rows;
        last.rows = rows;
        heading.title = "Safe radius";
        sb_draw_lines_pane(canvas, last, &radius, 0, &heading, SB_STYLE_COUNT);
    }
    sb_lines_clear(&radius);
    sb_lines_clear(&replies);
}

void sb_misbelief_panel_draw(const sb_misbelief_panel *panel, sb_canvas *canvas, sb_rectangle area)
{
    if (area.rows <= 0 || area.columns <= 0) {
        return;
    }
    sb_heading heading = {.title = "What the seller earns"};
    sb_draw_heading(canvas, area, &heading);
    sb_rectangle body = area;
    body.row++;
    body.rows--;
    if (body.rows <= 0) {
        return;
    }
    if (panel->misbelief == NULL) {
        sb_canvas_text(canvas, body.row, body.column + 1, body.columns - 1, SB_STYLE_DIM,
                       panel->optimum_word == NULL ? "computing\xE2\x80\xA6" : panel->optimum_word);
        return;
    }
    int row = draw_earnings(panel, canvas, body);
    row = draw_sentence(panel, canvas, body, row);
    sb_rectangle rest = {row, area.column, area.row + area.rows - row, area.columns};
    if (panel->show_curve && rest.rows >= curve_rows) {
        draw_curve(panel, canvas, rest);
    } else if (rest.rows > 1) {
        draw_words(panel, canvas, rest);
    }
}
