/* The cell buffer that every screen is drawn into.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Invariant: a cell of width 2 is followed by a cell of width 0 with empty bytes, and a cell of
 * width 0 stands nowhere else. put_character keeps it when it overwrites half of a wide character.
 */
#include "view/canvas.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/ascii.h"

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */
static const char ellipsis[] = "\xE2\x80\xA6";

static void blank_cell(sb_cell *cell, sb_style style)
{
    memset(cell, 0, sizeof *cell);
    cell->bytes[0] = ' ';
    cell->width = 1;
    cell->style = (unsigned char)style;
}

bool sb_canvas_init(sb_canvas *canvas, int rows, int columns, bool ascii)
{
    memset(canvas, 0, sizeof *canvas);
    canvas->rows = rows > 0 ? rows : 0;
    canvas->columns = columns > 0 ? columns : 0;
    canvas->ascii = ascii;
    canvas->cells = sb_allocate((size_t)canvas->rows * (size_t)canvas->columns, sizeof(sb_cell));
    if (canvas->cells == NULL) {
        canvas->rows = 0;
        canvas->columns = 0;
        return false;
    }
    sb_canvas_erase(canvas);
    return true;
}

static void forget_targets(sb_canvas *canvas)
{
    for (size_t k = 0; k < canvas->target_count; k++) {
        free(canvas->targets[k].text);
    }
    canvas->target_count = 0;
}

void sb_canvas_target(sb_canvas *canvas, int row, int column, int rows, int columns, bool is_key,
                      const char *text)
{
    sb_target target = {row, column, rows, columns, is_key, sb_copy_text(text)};
    if (target.text == NULL || !sb_grow((void *)&canvas->targets, &canvas->target_capacity,
                                        canvas->target_count + 1, sizeof *canvas->targets)) {
        free(target.text);
        return;
    }
    canvas->targets[canvas->target_count++] = target;
}

const sb_target *sb_canvas_target_at(const sb_canvas *canvas, int row, int column)
{
    for (size_t k = canvas->target_count; k > 0; k--) {
        const sb_target *target = &canvas->targets[k - 1];
        if (row >= target->row && row < target->row + target->rows && column >= target->column &&
            column < target->column + target->columns) {
            return target;
        }
    }
    return NULL;
}

void sb_canvas_clear(sb_canvas *canvas)
{
    forget_targets(canvas);
    free(canvas->targets);
    canvas->targets = NULL;
    canvas->target_capacity = 0;
    free(canvas->cells);
    canvas->cells = NULL;
    canvas->rows = 0;
    canvas->columns = 0;
}

void sb_canvas_erase(sb_canvas *canvas)
{
    forget_targets(canvas);
    size_t count = (size_t)canvas->rows * (size_t)canvas->columns;
    for (size_t i = 0; i < count; i++) {
        blank_cell(&canvas->cells[i], SB_STYLE_NORMAL);
    }
    canvas->cursor_row = -1;
    canvas->cursor_column = -1;
}

static sb_cell *cell_at(const sb_canvas *canvas, int row, int column)
{
    if (row < 0 || row >= canvas->rows || column < 0 || column >= canvas->columns) {
        return NULL;
    }
    return &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
}

/* Before a cell changes, the other half of a wide character it belongs to becomes blank. */
static void split_wide(sb_canvas *canvas, int row, int column)
{
    sb_cell *cell = cell_at(canvas, row, column);
    if (cell == NULL) {
        return;
    }
    if (cell->width == 0) {
        sb_cell *before = cell_at(canvas, row, column - 1);
        if (before != NULL && before->width == 2) {
            blank_cell(before, (sb_style)before->style);
        }
    } else if (cell->width == 2) {
        sb_cell *after = cell_at(canvas, row, column + 1);
        if (after != NULL) {
            blank_cell(after, (sb_style)cell->style);
        }
    }
}

/* One character of 1 or 2 columns; a wide one that would be clipped leaves a blank. */
static void put_character(sb_canvas *canvas, int row, int column, int width, sb_style style,
                          const char *bytes, size_t length)
{
    if (width == 2 && (column < 0 || column + 1 >= canvas->columns)) {
        for (int i = 0; i < 2; i++) {
            put_character(canvas, row, column + i, 1, style, " ", 1);
        }
        return;
    }
    sb_cell *cell = cell_at(canvas, row, column);
    if (cell == NULL) {
        return;
    }
    for (int i = 0; i < width; i++) {
        split_wide(canvas, row, column + i);
    }
    blank_cell(cell, style);
    if (length >= sizeof cell->bytes) {
        length = sizeof cell->bytes - 1;
    }
    memcpy(cell->bytes, bytes, length);
    cell->bytes[length] = '\0';
    cell->width = (unsigned char)width;
    if (width == 2) {
        sb_cell *after = cell + 1;
        blank_cell(after, style);
        after->bytes[0] = '\0';
        after->width = 0;
    }
}

static void put_mark(sb_canvas *canvas, int row, int column, const char *bytes, size_t length)
{
    sb_cell *cell = cell_at(canvas, row, column);
    if (cell != NULL && cell->width == 0) {
        cell = cell_at(canvas, row, column - 1);
    }
    if (cell == NULL) {
        return;
    }
    size_t present = strlen(cell->bytes);
    if (present + length < sizeof cell->bytes) {
        memcpy(cell->bytes + present, bytes, length);
        cell->bytes[present + length] = '\0';
    }
}

typedef struct sb_glyph {
    const char *bytes;
    size_t length; /* of what is drawn */
    size_t taken;  /* of the text */
    int width;
    bool spelt; /* one ASCII character a cell */
} sb_glyph;

/* What fonts of text consoles have: Latin letters, light lines, blocks. */
static bool console_has(uint32_t character)
{
    return character < 0x0250 || (character >= 0x2580 && character <= 0x2593) ||
           character == 0x2500 || character == 0x2502 || character == 0x2514 ||
           character == 0x251C || character == 0x2524 || character == 0x2534 || character == 0x253C;
}

/* The ASCII spelling of a character on this canvas; NULL: it is drawn as it is. */
static const char *spelling(const sb_canvas *canvas, uint32_t character)
{
    if (!canvas->ascii || (canvas->letters && console_has(character))) {
        return NULL;
    }
    const char *text = sb_ascii_spelling(character);
    return canvas->letters && strcmp(text, "?") == 0 ? NULL : text;
}

static sb_glyph next_glyph(const sb_canvas *canvas, const char *text, size_t left)
{
    uint32_t character = 0;
    size_t taken = sb_text_character(text, left, &character);
    sb_glyph glyph = {replacement, sizeof replacement - 1, taken, 1, false};
    bool valid = taken > 0 && !sb_character_is_control(character);
    if (taken == 0) {
        glyph.taken = 1;
    }
    if (!valid) {
        if (canvas->ascii) {
            glyph.bytes = "?";
            glyph.length = 1;
        }
        return glyph;
    }
    size_t columns = sb_character_width(character);
    const char *spelt = spelling(canvas, character);
    if (canvas->ascii && columns == 0) {
        glyph.length = 0;
        glyph.width = 0;
    } else if (spelt != NULL) {
        glyph.spelt = true;
        glyph.bytes = spelt;
        glyph.length = strlen(glyph.bytes);
        glyph.width = (int)glyph.length;
    } else {
        glyph.bytes = text;
        glyph.length = taken;
        glyph.width = (int)columns;
    }
    return glyph;
}

int sb_canvas_text_width(const sb_canvas *canvas, const char *text)
{
    if (text == NULL) {
        return 0;
    }
    int width = 0;
    size_t left = strlen(text);
    while (left > 0) {
        sb_glyph glyph = next_glyph(canvas, text, left);
        width += glyph.width;
        text += glyph.taken;
        left -= glyph.taken;
    }
    return width;
}

static void put_glyph(sb_canvas *canvas, int row, int column, sb_style style, const sb_glyph *glyph)
{
    if (glyph->width == 0) {
        if (glyph->length > 0) {
            put_mark(canvas, row, column - 1, glyph->bytes, glyph->length);
        }
    } else if (glyph->spelt) {
        for (size_t i = 0; i < glyph->length; i++) {
            put_character(canvas, row, column + (int)i, 1, style, glyph->bytes + i, 1);
        }
    } else {
        put_character(canvas, row, column, glyph->width, style, glyph->bytes, glyph->length);
    }
}

int sb_canvas_text(sb_canvas *canvas, int row, int column, int width, sb_style style,
                   const char *text)
{
    if (text == NULL || width <= 0) {
        return 0;
    }
    int whole = sb_canvas_text_width(canvas, text);
    bool cut = whole > width;
    int room = cut ? width - 1 : width;
    int drawn = 0;
    size_t left = strlen(text);
    while (left > 0) {
        sb_glyph glyph = next_glyph(canvas, text, left);
        if (drawn + glyph.width > room) {
            break;
        }
        if (glyph.width > 0 || drawn > 0) {
            put_glyph(canvas, row, column + drawn, style, &glyph);
        }
        drawn += glyph.width;
        text += glyph.taken;
        left -= glyph.taken;
    }
    if (cut) {
        put_character(canvas, row, column + drawn, 1, style, canvas->ascii ? "~" : ellipsis,
                      canvas->ascii ? 1 : sizeof ellipsis - 1);
        drawn++;
    }
    return drawn;
}

int sb_canvas_text_right(sb_canvas *canvas, int row, int column, int width, sb_style style,
                         const char *text)
{
    int whole = sb_canvas_text_width(canvas, text);
    int indent = whole < width ? width - whole : 0;
    return sb_canvas_text(canvas, row, column + indent, width - indent, style, text);
}

void sb_canvas_reverse(sb_canvas *canvas, int row, int column, int width)
{
    for (int i = 0; i < width; i++) {
        sb_cell *cell = cell_at(canvas, row, column + i);
        if (cell != NULL) {
            cell->reverse = true;
        }
    }
}

void sb_canvas_fill(sb_canvas *canvas, int row, int column, int rows, int columns, sb_style style)
{
    for (int r = row; r < row + rows; r++) {
        for (int c = column; c < column + columns; c++) {
            put_character(canvas, r, c, 1, style, " ", 1);
        }
    }
}

void sb_canvas_bar(sb_canvas *canvas, int row, int column, int width, double fraction,
                   sb_style style)
{
    static const char *const eighths[] = {"",
                                          "\xE2\x96\x8F",
                                          "\xE2\x96\x8E",
                                          "\xE2\x96\x8D",
                                          "\xE2\x96\x8C",
                                          "\xE2\x96\x8B",
                                          "\xE2\x96\x8A",
                                          "\xE2\x96\x89"};
    if (width <= 0 || !(fraction > 0)) {
        return;
    }
    if (fraction > 1) {
        fraction = 1;
    }
    int units = (int)(fraction * 8 * width + 0.5);
    if (units < 1) {
        units = 1; /* something is something */
    }
    bool ascii = canvas->ascii && !canvas->letters;
    if (canvas->letters) {
        units = units < 4 ? 4 : (units + 2) / 4 * 4;
    }
    int whole = ascii ? (units + 4) / 8 : units / 8;
    if (ascii && whole == 0) {
        whole = 1;
    }
    for (int i = 0; i < whole; i++) {
        const char *block = ascii ? "#" : "\xE2\x96\x88";
        put_character(canvas, row, column + i, 1, style, block, strlen(block));
    }
    if (!ascii && units % 8 != 0) {
        const char *part = eighths[units % 8];
        put_character(canvas, row, column + whole, 1, style, part, strlen(part));
    }
}

char *sb_canvas_dump(const sb_canvas *canvas)
{
    sb_text text;
    sb_text_init(&text);
    for (int row = 0; row < canvas->rows; row++) {
        const sb_cell *cells = &canvas->cells[(size_t)row * (size_t)canvas->columns];
        int last = canvas->columns - 1;
        while (last >= 0 && strcmp(cells[last].bytes, " ") == 0) {
            last--;
        }
        for (int column = 0; column <= last; column++) {
            sb_text_add(&text, cells[column].bytes);
        }
        sb_text_add(&text, "\n");
    }
    return sb_text_take(&text, NULL);
}
