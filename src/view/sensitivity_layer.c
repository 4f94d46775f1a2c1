/* How the optimum moves with each cell of the prior, as a layer on its table.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/sensitivity_layer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/number_text.h"
#include "view/plot_ticks.h"

enum { middle = 3, number_columns = 10 }; /* middle: of the seven steps of heat */

static const sb_sensitivity_side *other_side(const sb_sensitivity_cell *cell,
                                             const sb_sensitivity_side *side)
{
    return side == &cell->up ? &cell->down : &cell->up;
}

static bool steeper(const fmpq_t left, const fmpq_t right)
{
    fmpq_t first;
    fmpq_t second;
    fmpq_init(first);
    fmpq_init(second);
    fmpq_abs(first, left);
    fmpq_abs(second, right);
    bool more = fmpq_cmp(first, second) > 0;
    fmpq_clear(second);
    fmpq_clear(first);
    return more;
}

/* The side whose number is shown; NULL where none exists. */
static const sb_sensitivity_side *shown_side(const sb_sensitivity_cell *cell)
{
    const sb_sensitivity_side *side = &cell->up;
    if (cell->kind == SB_SENSITIVITY_JUMP) {
        side = cell->up.exists && cell->up.jump ? &cell->up : &cell->down;
    } else if (cell->kind == SB_SENSITIVITY_KINK) {
        side = steeper(&cell->down.derivative, &cell->up.derivative) ? &cell->down : &cell->up;
    } else if (!side->exists) {
        side = other_side(cell, side);
    }
    return side->exists ? side : NULL;
}

bool sb_sensitivity_number(fmpq_t number, const sb_sensitivity_cell *cell)
{
    if (cell->kind == SB_SENSITIVITY_FIXED || cell->kind == SB_SENSITIVITY_UNKNOWN) {
        return false;
    }
    const sb_sensitivity_side *side = shown_side(cell);
    if (side == NULL) {
        return false;
    }
    fmpq_set(number, cell->kind == SB_SENSITIVITY_JUMP ? &side->jump_size : &side->derivative);
    return true;
}

static bool number_of(const sb_sensitivity_cell *cell, double *value)
{
    fmpq_t number;
    fmpq_init(number);
    bool known = sb_sensitivity_number(number, cell);
    *value = sb_rational_to_double(number);
    fmpq_clear(number);
    return known;
}

double sb_sensitivity_largest(const sb_sensitivity *sensitivity)
{
    double largest = 0;
    for (size_t k = 0; k < sensitivity->profile_count; k++) {
        double value = 0;
        if (number_of(&sensitivity->cells[k], &value)) {
            largest = fmax(largest, fabs(value));
        }
    }
    return largest;
}

sb_style sb_sensitivity_style(const sb_sensitivity_cell *cell, double largest)
{
    double value = 0;
    if (!number_of(cell, &value)) {
        return SB_STYLE_DIM;
    }
    int step = largest > 0 ? (int)lround(middle * value / largest) : 0;
    if (step == 0 && value != 0) {
        step = value > 0 ? 1 : -1; /* the middle is for no change at all */
    }
    return (sb_style)(SB_STYLE_HEAT_0 + middle + step);
}

char *sb_sensitivity_text(const sb_sensitivity_cell *cell, int width, bool fractions)
{
    if (cell->kind == SB_SENSITIVITY_UNKNOWN) {
        return sb_copy_text("? ");
    }
    fmpq_t number;
    fmpq_init(number);
    char *text = NULL;
    if (sb_sensitivity_number(number, cell)) {
        const char *mark = cell->kind == SB_SENSITIVITY_KINK   ? "^"
                           : cell->kind == SB_SENSITIVITY_JUMP ? "!"
                                                               : " ";
        char *digits = sb_number_text(number, width - 1, fractions);
        text = digits == NULL ? NULL : sb_format_text("%s%s", digits, mark);
        free(digits);
    } else {
        text = sb_copy_text("- ");
    }
    fmpq_clear(number);
    return text;
}

void sb_sensitivity_legend_draw(sb_canvas *canvas, int row, int column, int width, double largest)
{
    static const char *const marks[] = {"  ^ kink", "  ! jump"};
    int end = column + width;
    char number[40];
    number[0] = '-';
    sb_plot_number(number + 1, sizeof number - 1, largest);
    const char *positive = number + 1;
    int digits = sb_canvas_text_width(canvas, positive);
    if (largest > 0 && 2 * digits + 1 + 2 + 2 * middle + 1 <= width) {
        column += 1 + sb_canvas_text(canvas, row, column, end - column, SB_STYLE_NORMAL, number);
        for (int step = 0; step <= 2 * middle; step++, column++) {
            sb_canvas_text(canvas, row, column, 1, (sb_style)(SB_STYLE_HEAT_0 + step),
                           step == middle  ? "0"
                           : step < middle ? "-"
                                           : "+");
        }
        column++;
        column += sb_canvas_text(canvas, row, column, end - column, SB_STYLE_NORMAL, positive);
    }
    for (size_t k = 0; k < sizeof marks / sizeof marks[0]; k++) {
        if (column + sb_canvas_text_width(canvas, marks[k]) <= end) {
            column += sb_canvas_text(canvas, row, column, end - column, SB_STYLE_DIM, marks[k]);
        }
    }
}

/* ---- words ---- */

/* "rises by 0.25" */
static void add_jump(sb_text *text, const fmpq_t size, bool fractions)
{
    fmpq_t positive;
    fmpq_init(positive);
    fmpq_abs(positive, size);
    char *number = sb_number_text(positive, number_columns, fractions);
    sb_text_add_format(text, "%s by %s", fmpq_sgn(size) < 0 ? "drops" : "rises",
                       number == NULL ? "" : number);
    free(number);
    fmpq_clear(positive);
}

/* "upwards it rises by 0.25 at once", "upwards its slope is 1.5" */
static void add_side(sb_text *text, const sb_sensitivity_side *side, const char *direction,
                     bool fractions)
{
    if (!side->exists) {
        sb_text_add_format(text, "%s it cannot move", direction);
    } else if (side->jump) {
        sb_text_add_format(text, "%s it ", direction);
        add_jump(text, &side->jump_size, fractions);
        sb_text_add(text, " at once");
    } else if (!side->confirmed) {
        sb_text_add_format(text, "%s not confirmed", direction);
    } else {
        char *slope = sb_number_text(&side->derivative, number_columns, fractions);
        sb_text_add_format(text, "%s its slope is %s", direction, slope == NULL ? "" : slope);
        free(slope);
    }
}

char *sb_sensitivity_sentence(const sb_sensitivity_cell *cell, const char *objective,
                              bool at_independence, bool fractions)
{
    sb_text text;
    sb_text_init(&text);
    switch (cell->kind) {
    case SB_SENSITIVITY_FIXED:
        sb_text_add(&text, "this cell cannot move in this mode");
        return sb_text_take(&text, NULL);
    case SB_SENSITIVITY_UNKNOWN:
        sb_text_add_format(&text, "how %s moves here is not confirmed within the limits",
                           objective);
        return sb_text_take(&text, NULL);
    case SB_SENSITIVITY_SMOOTH: {
        char *slope = sb_number_text(&cell->up.derivative, number_columns, fractions);
        sb_text_add_format(&text, "%s: slope %s per unit of this probability, on both sides",
                           objective, slope == NULL ? "" : slope);
        free(slope);
        return sb_text_take(&text, NULL);
    }
    case SB_SENSITIVITY_KINK:
        sb_text_add_format(&text, "%s has a kink: ", objective);
        break;
    case SB_SENSITIVITY_JUMP:
        sb_text_add_format(&text, "%s%s jumps: ", at_independence ? "independent, so " : "",
                           objective);
        break;
    case SB_SENSITIVITY_EDGE:
        sb_text_add_format(&text, "%s: ", objective);
        break;
    }
    add_side(&text, &cell->up, "upwards", fractions);
    sb_text_add(&text, ", ");
    add_side(&text, &cell->down, "downwards", fractions);
    return sb_text_take(&text, NULL);
}
