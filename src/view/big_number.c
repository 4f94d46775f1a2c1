/* A number three rows high, for the back of the classroom.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Digits of 3 by 5 points; half blocks put two points above each other into a cell, so points are
 * about square.
 */
#include "view/big_number.h"

#include <string.h>

typedef struct sb_big_digit {
    char character;
    int width;
    const char *points; /* five rows of `width` points, top first */
} sb_big_digit;

static const sb_big_digit digits[] = {
    {'?', 3,
     "###"
     "  #"
     " ##"
     "   "
     " # "},
    {'0', 3,
     "###"
     "# #"
     "# #"
     "# #"
     "###"},
    {'1', 3,
     " # "
     "## "
     " # "
     " # "
     "###"},
    {'2', 3,
     "###"
     "  #"
     "###"
     "#  "
     "###"},
    {'3', 3,
     "###"
     "  #"
     "###"
     "  #"
     "###"},
    {'4', 3,
     "# #"
     "# #"
     "###"
     "  #"
     "  #"},
    {'5', 3,
     "###"
     "#  "
     "###"
     "  #"
     "###"},
    {'6', 3,
     "###"
     "#  "
     "###"
     "# #"
     "###"},
    {'7', 3,
     "###"
     "  #"
     "  #"
     "  #"
     "  #"},
    {'8', 3,
     "###"
     "# #"
     "###"
     "# #"
     "###"},
    {'9', 3,
     "###"
     "# #"
     "###"
     "  #"
     "###"},
    {'.', 1,
     " "
     " "
     " "
     " "
     "#"},
    {'-', 2,
     "  "
     "  "
     "##"
     "  "
     "  "},
    {'/', 3,
     "  #"
     "  #"
     " # "
     "#  "
     "#  "},
};

static const sb_big_digit *digit_of(char character)
{
    for (size_t i = 0; i < sizeof digits / sizeof digits[0]; i++) {
        if (digits[i].character == character) {
            return &digits[i];
        }
    }
    return NULL;
}

int sb_big_number_columns(const sb_canvas *canvas, const char *text)
{
    if (canvas->ascii || text == NULL) {
        return 0;
    }
    int columns = 0;
    for (; *text != '\0'; text++) {
        const sb_big_digit *digit = digit_of(*text);
        if (digit == NULL) {
            return 0;
        }
        columns += digit->width + (columns > 0 ? 1 : 0);
    }
    return columns;
}

static bool point_at(const sb_big_digit *digit, int row, int column)
{
    return row < 5 && digit->points[row * digit->width + column] == '#';
}

void sb_big_number_draw(sb_canvas *canvas, int row, int column, sb_style style, const char *text)
{
    static const char *const blocks[] = {" ", "\xE2\x96\x80", "\xE2\x96\x84", "\xE2\x96\x88"};
    for (; *text != '\0'; text++) {
        const sb_big_digit *digit = digit_of(*text);
        for (int y = 0; digit != NULL && y < SB_BIG_ROWS; y++) {
            for (int x = 0; x < digit->width; x++) {
                int block =
                    (point_at(digit, 2 * y, x) ? 1 : 0) + (point_at(digit, 2 * y + 1, x) ? 2 : 0);
                sb_canvas_text(canvas, row + y, column + x, 1, style, blocks[block]);
            }
        }
        column += digit == NULL ? 0 : digit->width + 1;
    }
}
