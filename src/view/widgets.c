/* What panes are made of: rectangles, headings, numbers that fit.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/widgets.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const char light_rule[] = "\xE2\x94\x80";
static const char heavy_rule[] = "\xE2\x94\x81";

bool sb_heading_fits(const sb_canvas *canvas, sb_rectangle area, const sb_heading *heading)
{
    int note = sb_canvas_text_width(canvas, heading->note);
    int right = sb_canvas_text_width(canvas, heading->right);
    int used = 1 + sb_canvas_text_width(canvas, heading->title) + 2;
    used += note > 0 ? note + 3 : 0;
    used += right > 0 ? right + 4 : 0;
    return used <= area.columns;
}

void sb_draw_heading(sb_canvas *canvas, sb_rectangle area, const sb_heading *heading)
{
    if (area.rows <= 0 || area.columns <= 0) {
        return;
    }
    sb_style rule_style = heading->active ? SB_STYLE_HEADING : SB_STYLE_DIM;
    const char *rule = heading->active ? heavy_rule : light_rule;
    for (int i = 0; i < area.columns; i++) {
        sb_canvas_text(canvas, area.row, area.column + i, 1, rule_style, rule);
    }
    int end = area.column + area.columns;
    int at = area.column + 1;
    int title = sb_canvas_text_width(canvas, heading->title);
    if (title + 3 > area.columns && !heading->active) { /* the bar shows where the focus is */
        at = area.column;
    }
    sb_canvas_fill(canvas, area.row, at, 1, title + 2 < end - at ? title + 2 : end - at,
                   heading->active ? SB_STYLE_HEADING_ACTIVE : SB_STYLE_HEADING);
    sb_canvas_text(canvas, area.row, at + 1, end - at - 1,
                   heading->active ? SB_STYLE_HEADING_ACTIVE : SB_STYLE_HEADING, heading->title);
    at += title + 2;
    int note = sb_canvas_text_width(canvas, heading->note);
    int right = sb_canvas_text_width(canvas, heading->right);
    if (note > 0 && at + note + 3 <= end) {
        at++;
        sb_canvas_fill(canvas, area.row, at, 1, note + 2, heading->note_style);
        sb_canvas_text(canvas, area.row, at + 1, note, heading->note_style, heading->note);
        at += note + 2;
    }
    if (right > 0 && at + right + 4 <= end) {
        at = end - right - 3;
        sb_canvas_fill(canvas, area.row, at, 1, right + 2, heading->right_style);
        sb_canvas_text(canvas, area.row, at + 1, right, heading->right_style, heading->right);
    }
}

char *sb_range_text(size_t first, size_t shown, size_t all)
{
    if (shown >= all) {
        return NULL;
    }
    const char *up = first > 0 ? "\xE2\x96\xB2" : "";
    const char *down = first + shown < all ? "\xE2\x96\xBC" : "";
    if (shown == 0) {
        return sb_format_text("0 of %zu %s", all, down);
    }
    return sb_format_text("%zu-%zu of %zu %s%s", first + 1, first + shown, all, up, down);
}

size_t sb_clamp_scroll(size_t scroll, size_t shown, size_t all)
{
    if (shown >= all) {
        return 0;
    }
    return scroll < all - shown ? scroll : all - shown;
}

size_t sb_scroll_around(size_t cursor, size_t shown, size_t all)
{
    size_t before = shown / 2;
    return sb_clamp_scroll(cursor > before ? cursor - before : 0, shown, all);
}

void sb_draw_number(sb_canvas *canvas, int row, int column, int width, sb_style style,
                    const char *text)
{
    if (sb_canvas_text_width(canvas, text) <= width) {
        sb_canvas_text_right(canvas, row, column, width, style, text);
        return;
    }
    for (int i = 0; i < width; i++) {
        sb_canvas_text(canvas, row, column + i, 1, style, "#");
    }
}

void sb_draw_lines_pane(sb_canvas *canvas, sb_rectangle area, const sb_lines *lines, size_t scroll,
                        const sb_heading *heading, sb_style overrule)
{
    if (area.rows <= 0 || area.columns <= 0) {
        return;
    }
    size_t shown = (size_t)(area.rows - 1);
    size_t first = sb_clamp_scroll(scroll, shown, lines->count);
    char *range = sb_range_text(first, shown, lines->count);
    sb_heading with_range = *heading;
    if (range != NULL) {
        with_range.right = range;
        with_range.right_style = SB_STYLE_DIM;
    }
    sb_draw_heading(canvas, area, &with_range);
    free(range);
    sb_lines_draw(lines, canvas, area.row + 1, area.column + 1, area.rows - 1, area.columns - 1,
                  first, overrule);
}

/* Columns of text[0..point). */
static int columns_before(const sb_canvas *canvas, const char *text, size_t point)
{
    char *before = sb_copy_text_part(text, point);
    int columns = sb_canvas_text_width(canvas, before);
    free(before);
    return columns;
}

void sb_draw_entry(sb_canvas *canvas, sb_rectangle area, int row, int column, int width,
                   const char *text, size_t point)
{
    int wanted = sb_canvas_text_width(canvas, text) + 1;
    int end = area.column + area.columns;
    if (wanted > width) {
        width = wanted;
    }
    if (width > area.columns) {
        width = area.columns;
    }
    if (column + width > end) {
        column = end - width;
    }
    sb_canvas_fill(canvas, row, column, 1, width, SB_STYLE_ENTRY);
    /* The tail of the text before the cursor is what must be seen. */
    while (*text != '\0' && columns_before(canvas, text, point) > width - 1) {
        size_t step = 1;
        while (((unsigned char)text[step] & 0xC0U) == 0x80U) {
            step++;
        }
        text += step;
        point = point > step ? point - step : 0;
    }
    sb_canvas_text(canvas, row, column, width, SB_STYLE_ENTRY, text);
    canvas->cursor_row = row;
    canvas->cursor_column = column + columns_before(canvas, text, point);
}

sb_style sb_style_when(bool stale, sb_style style)
{
    return stale ? SB_STYLE_DIM : style;
}
