/* What panes are made of: rectangles, headings, numbers that fit.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_WIDGETS_H
#define SB_VIEW_WIDGETS_H

#include "sidebet/environment.h"
#include "view/canvas.h"
#include "view/lines.h"

/* Empty (nothing is drawn) when rows or columns is 0. */
typedef struct sb_rectangle {
    int row, column, rows, columns;
} sb_rectangle;

/* The first row of a pane: `─ Title ─ note ───── right ─`, heavy where the pane has the keys. What
 * does not fit is left out, the right text before the note. NULL texts are skipped. */
typedef struct sb_heading {
    const char *title, *note, *right;
    bool active;
    sb_style note_style, right_style;
} sb_heading;
/* Nothing would be left out. */
bool sb_heading_fits(const sb_canvas *canvas, sb_rectangle area, const sb_heading *heading);
void sb_draw_heading(sb_canvas *canvas, sb_rectangle area, const sb_heading *heading);

/* "3-12 of 20" with arrows towards what is hidden; NULL when all is shown. Freed by the caller. */
char *sb_range_text(size_t first, size_t shown, size_t all);

/* First line to show: `scroll` clamped so that the window is full. */
size_t sb_clamp_scroll(size_t scroll, size_t shown, size_t all);
/* First of `shown` items that keeps `cursor` in the window, near its middle. */
size_t sb_scroll_around(size_t cursor, size_t shown, size_t all);

/* A number's text flush right in width columns; '#' marks fill the place where even the shortest
 * form is too wide. */
void sb_draw_number(sb_canvas *canvas, int row, int column, int width, sb_style style,
                    const char *text);

/* Lines in a pane below its heading, scrolled, with the range in the heading. */
void sb_draw_lines_pane(sb_canvas *canvas, sb_rectangle area, const sb_lines *lines, size_t scroll,
                        const sb_heading *heading, sb_style overrule);

/* The text being typed at a cell, as wide as it needs within the area; places the cursor. */
void sb_draw_entry(sb_canvas *canvas, sb_rectangle area, int row, int column, int width,
                   const char *text, size_t point);

/* style, or dim where what is shown is out of date */
sb_style sb_style_when(bool stale, sb_style style);

#endif
