/* The cell buffer that every screen is drawn into.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A canvas is a rectangle of cells; a cell holds one character (UTF-8, with its combining marks)
 * and a style. A wide character fills its cell and leaves the next one empty (width 0). Drawing
 * outside is clipped. Nothing here knows curses: tests read the buffer, the terminal paints it.
 */
#ifndef SB_VIEW_CANVAS_H
#define SB_VIEW_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

/* What a cell means; how that looks is the terminal's business (colours, or bold/underline/reverse
 * where there are none). */
typedef enum sb_style {
    SB_STYLE_NORMAL,
    SB_STYLE_DIM,            /* labels, rules, units */
    SB_STYLE_HEADING,        /* pane titles */
    SB_STYLE_HEADING_ACTIVE, /* of the pane that has the keys */
    SB_STYLE_TITLE,          /* the top row */
    SB_STYLE_STRONG,         /* the number to look at */
    SB_STYLE_GOOD,           /* yes, holds, exact */
    SB_STYLE_BAD,            /* no, fails */
    SB_STYLE_WARNING,        /* floating, unsaved */
    SB_STYLE_ERROR,          /* messages */
    SB_STYLE_NEGATIVE,       /* an agent is paid */
    SB_STYLE_KEY,            /* a key on the bottom row */
    SB_STYLE_HINT,           /* its label */
    SB_STYLE_ENTRY,          /* the text being typed */
    SB_STYLE_BAR_REVENUE,
    SB_STYLE_BAR_SURPLUS,
    SB_STYLE_BAR_OTHER,
    SB_STYLE_HEAT_0,
    SB_STYLE_HEAT_1,
    SB_STYLE_HEAT_2,
    SB_STYLE_HEAT_3,
    SB_STYLE_HEAT_4,
    SB_STYLE_HEAT_5,
    SB_STYLE_HEAT_6, /* low to high, of a table's own range */
    SB_STYLE_COUNT
} sb_style;

typedef struct sb_cell {
    char bytes[16];      /* UTF-8, terminated; "" behind a wide character */
    unsigned char width; /* 0, 1 or 2 */
    unsigned char style; /* sb_style */
    bool reverse;        /* the cursor's cell */
} sb_cell;

/* What a click on a part of the canvas does: a command, or a key. */
typedef struct sb_target {
    int row, column, rows, columns;
    bool is_key;
    char *text;
} sb_target;

typedef struct sb_canvas {
    int rows, columns;
    bool ascii;                    /* draw with ASCII alone */
    bool letters;                  /* ascii: but with letters, light lines and blocks */
    sb_cell *cells;                /* rows * columns */
    int cursor_row, cursor_column; /* where the terminal's cursor belongs; -1: hidden */
    sb_target *targets;            /* the later ones lie above the earlier ones */
    size_t target_count, target_capacity;
} sb_canvas;

bool sb_canvas_init(sb_canvas *canvas, int rows, int columns, bool ascii);
void sb_canvas_clear(sb_canvas *canvas); /* frees */
void sb_canvas_erase(sb_canvas *canvas); /* all blank, normal, cursor hidden */

/* Draw a UTF-8 text (NULL: nothing); control and invalid bytes become a replacement mark, never
 * reach the terminal. At most width columns (a cut text ends in an ellipsis); returns the columns
 * drawn. In an ASCII canvas known symbols are translated, others become '?'; where it has letters
 * these stay, as do light lines, blocks and what has no translation. */
int sb_canvas_text(sb_canvas *canvas, int row, int column, int width, sb_style style,
                   const char *text);
/* The same, flush right within width. */
int sb_canvas_text_right(sb_canvas *canvas, int row, int column, int width, sb_style style,
                         const char *text);
void sb_canvas_reverse(sb_canvas *canvas, int row, int column, int width);
void sb_canvas_fill(sb_canvas *canvas, int row, int column, int rows, int columns, sb_style style);
/* A horizontal bar of fraction (0..1) of width, in eighths of a cell (ASCII: '#'; with letters in
 * halves). */
void sb_canvas_bar(sb_canvas *canvas, int row, int column, int width, double fraction,
                   sb_style style);

/* Let a click there run a command, or press a key. Where memory runs out a click does nothing. */
void sb_canvas_target(sb_canvas *canvas, int row, int column, int rows, int columns, bool is_key,
                      const char *text);
/* What a click does; NULL: nothing. */
const sb_target *sb_canvas_target_at(const sb_canvas *canvas, int row, int column);

/* Columns a text takes on this canvas: longer than sb_text_width where ASCII spells a symbol out.
 */
int sb_canvas_text_width(const sb_canvas *canvas, const char *text);

/* The text of the buffer, rows separated by newlines, trailing blanks cut: for tests and `show`.
 * Freed by the caller. */
char *sb_canvas_dump(const sb_canvas *canvas);

#endif
