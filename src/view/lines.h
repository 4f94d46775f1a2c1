/* Styled lines: what a scrolling pane has to say, before it is known where it will be drawn.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Adding never fails visibly: what memory has no room for is missing.
 */
#ifndef SB_VIEW_LINES_H
#define SB_VIEW_LINES_H

#include "view/canvas.h"

typedef struct sb_span {
    sb_style style;
    char *text;
} sb_span;

typedef struct sb_line {
    sb_span *spans;
    size_t count, capacity;
} sb_line;

typedef struct sb_lines {
    sb_line *items;
    size_t count, capacity;
} sb_lines;

void sb_lines_init(sb_lines *lines);
void sb_lines_clear(sb_lines *lines);
/* Begin a line. */
void sb_lines_begin(sb_lines *lines);
/* Add to the line begun last (printf style). */
void sb_lines_add(sb_lines *lines, sb_style style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Begin as many lines as a sentence takes: its words wrapped at width columns of the canvas, each
 * line indented. */
void sb_lines_wrap(sb_lines *lines, const sb_canvas *canvas, sb_style style, int indent, int width,
                   const char *sentence);
/* The text of one line, freed by the caller; NULL when memory runs out. */
char *sb_lines_text(const sb_lines *lines, size_t index);
/* Draw lines[first..] into rows rows; all in `overrule` unless it is SB_STYLE_COUNT. */
void sb_lines_draw(const sb_lines *lines, sb_canvas *canvas, int row, int column, int rows,
                   int columns, size_t first, sb_style overrule);

#endif
