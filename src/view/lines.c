/* Styled lines: what a scrolling pane has to say, before it is known where it will be drawn.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/lines.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

void sb_lines_init(sb_lines *lines)
{
    memset(lines, 0, sizeof *lines);
}

void sb_lines_clear(sb_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        for (size_t k = 0; k < lines->items[i].count; k++) {
            free(lines->items[i].spans[k].text);
        }
        free(lines->items[i].spans);
    }
    free(lines->items);
    sb_lines_init(lines);
}

void sb_lines_begin(sb_lines *lines)
{
    if (sb_grow(&lines->items, &lines->capacity, lines->count + 1, sizeof *lines->items)) {
        memset(&lines->items[lines->count], 0, sizeof *lines->items);
        lines->count++;
    }
}

/* Takes over text. */
static void add_text(sb_lines *lines, sb_style style, char *text)
{
    if (lines->count == 0) {
        sb_lines_begin(lines);
    }
    sb_line *line = lines->count > 0 ? &lines->items[lines->count - 1] : NULL;
    if (text == NULL || line == NULL ||
        !sb_grow(&line->spans, &line->capacity, line->count + 1, sizeof *line->spans)) {
        free(text);
        return;
    }
    line->spans[line->count++] = (sb_span){style, text};
}

void sb_lines_add(sb_lines *lines, sb_style style, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = length >= 0 ? sb_allocate((size_t)length + 1, 1) : NULL;
    if (text != NULL) {
        (void)vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    add_text(lines, style, text);
}

void sb_lines_wrap(sb_lines *lines, const sb_canvas *canvas, sb_style style, int indent, int width,
                   const char *sentence)
{
    int used = width + 1; /* no line begun yet */
    while (*sentence != '\0') {
        size_t length = strcspn(sentence, " ");
        char *word = sb_copy_text_part(sentence, length);
        if (word == NULL) {
            return;
        }
        int columns = sb_canvas_text_width(canvas, word);
        if (used + 1 + columns > width) {
            sb_lines_begin(lines);
            sb_lines_add(lines, style, "%*s%s", indent, "", word);
            used = indent + columns;
        } else {
            sb_lines_add(lines, style, " %s", word);
            used += 1 + columns;
        }
        free(word);
        sentence += length;
        sentence += strspn(sentence, " ");
    }
}

char *sb_lines_text(const sb_lines *lines, size_t index)
{
    sb_text text;
    sb_text_init(&text);
    for (size_t k = 0; index < lines->count && k < lines->items[index].count; k++) {
        sb_text_add(&text, lines->items[index].spans[k].text);
    }
    return sb_text_take(&text, NULL);
}

void sb_lines_draw(const sb_lines *lines, sb_canvas *canvas, int row, int column, int rows,
                   int columns, size_t first, sb_style overrule)
{
    for (int r = 0; r < rows && first + (size_t)r < lines->count; r++) {
        const sb_line *line = &lines->items[first + (size_t)r];
        int used = 0;
        for (size_t k = 0; k < line->count && used < columns; k++) {
            sb_style style = overrule == SB_STYLE_COUNT ? line->spans[k].style : overrule;
            used += sb_canvas_text(canvas, row + r, column + used, columns - used, style,
                                   line->spans[k].text);
        }
    }
}
