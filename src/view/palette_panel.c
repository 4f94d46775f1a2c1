/* The palette over a screen: what is typed, and below it what fits, with keys and summaries.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/palette_panel.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/palette.h"
#include "view/key_labels.h"
#include "view/widgets.h"

enum { key_columns = 6, command_columns = 24 };

static void draw_item(const sb_palette_item *item, sb_canvas *canvas, int row, bool chosen)
{
    int end = canvas->columns - 1;
    char *label = item->key == NULL ? NULL : sb_key_label(item->key, false, canvas->ascii);
    sb_canvas_text(canvas, row, 1, 1, SB_STYLE_STRONG,
                   chosen ? (canvas->ascii ? ">" : "\xE2\x96\xB8") : " ");
    sb_canvas_text(canvas, row, 2, key_columns, SB_STYLE_KEY, label);
    int column = 3 + key_columns;
    bool is_file = strncmp(item->line, "open ", 5) == 0 && item->line[5] != '\0';
    if (is_file) { /* the end of a path says more than its beginning */
        const char *path = item->line + 5;
        int room = end - column;
        while (sb_canvas_text_width(canvas, path) > room - 5 && path[1] != '\0') {
            path++;
            while (((unsigned char)*path & 0xC0U) == 0x80U) {
                path++;
            }
        }
        int used = sb_canvas_text(canvas, row, column, room, SB_STYLE_STRONG, "open ");
        sb_canvas_text(canvas, row, column + used, room - used, SB_STYLE_STRONG, path);
    } else {
        sb_canvas_text(canvas, row, column, command_columns, SB_STYLE_STRONG, item->line);
        column += command_columns + 1;
        sb_canvas_text(canvas, row, column, end - column, SB_STYLE_NORMAL, item->summary);
    }
    if (chosen) {
        sb_canvas_reverse(canvas, row, 1, end - 1);
    }
    free(label);
}

void sb_palette_panel_draw(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    if (!sb_palette_is_open(session) || rows < 4) {
        return;
    }
    size_t count = sb_palette_count(session);
    size_t chosen = sb_palette_chosen(session);
    size_t room = (size_t)rows - 3;
    size_t shown = count < room ? count : room;
    size_t first = sb_scroll_around(chosen, shown, count);
    sb_canvas_fill(canvas, top, 0, rows, canvas->columns, SB_STYLE_NORMAL);
    char *range = sb_range_text(first, shown, count);
    sb_heading heading = {.title = "Commands, keys and files",
                          .right = range,
                          .right_style = SB_STYLE_DIM,
                          .active = true};
    sb_draw_heading(canvas, (sb_rectangle){top, 0, rows, canvas->columns}, &heading);
    free(range);
    const char *text = sb_palette_text(session);
    sb_canvas_text(canvas, top + 1, 1, 1, SB_STYLE_KEY, ">");
    int used = sb_canvas_text(canvas, top + 1, 3, canvas->columns - 4, SB_STYLE_ENTRY, text);
    canvas->cursor_row = top + 1;
    canvas->cursor_column = 3 + used < canvas->columns ? 3 + used : canvas->columns - 1;
    if (count == 0) {
        sb_canvas_text(canvas, top + 3, 3, canvas->columns - 4, SB_STYLE_DIM,
                       "nothing has these letters in this order");
    }
    for (size_t k = 0; k < shown; k++) {
        draw_item(sb_palette_at(session, first + k), canvas, top + 3 + (int)k, first + k == chosen);
    }
}
