/* The heat layer of derivatives: numbers, marks, colours, words.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "view/sensitivity_layer.h"

/* up and down: numerators over 4; a jump's size likewise. */
static sb_sensitivity_cell made(sb_sensitivity_kind kind, slong down, slong up)
{
    sb_sensitivity_cell cell = {.kind = kind};
    sb_sensitivity_side *const sides[] = {&cell.down, &cell.up};
    const slong quarters[] = {down, up};
    for (size_t k = 0; k < 2; k++) {
        fmpq_init(&sides[k]->jump_size);
        fmpq_init(&sides[k]->derivative);
        sides[k]->exists = kind != SB_SENSITIVITY_FIXED;
        sides[k]->confirmed = kind != SB_SENSITIVITY_UNKNOWN;
        sides[k]->jump = kind == SB_SENSITIVITY_JUMP;
        fmpq_set_si(sides[k]->jump ? &sides[k]->jump_size : &sides[k]->derivative, quarters[k], 4);
    }
    if (kind == SB_SENSITIVITY_EDGE) {
        cell.down.exists = false;
    }
    return cell;
}

static void clear(sb_sensitivity_cell *cell)
{
    fmpq_clear(&cell->down.jump_size);
    fmpq_clear(&cell->down.derivative);
    fmpq_clear(&cell->up.jump_size);
    fmpq_clear(&cell->up.derivative);
}

static void expect(sb_sensitivity_kind kind, slong down, slong up, const char *text, sb_style style,
                   const char *sentence)
{
    sb_sensitivity_cell cell = made(kind, down, up);
    char *shown = sb_sensitivity_text(&cell, 8, false);
    assert_string_equal(shown, text);
    free(shown);
    assert_int_equal(sb_sensitivity_style(&cell, 2), style);
    shown = sb_sensitivity_sentence(&cell, "revenue", true, false);
    assert_string_equal(shown, sentence);
    free(shown);
    clear(&cell);
}

static void test_cells(void **state)
{
    (void)state;
    expect(SB_SENSITIVITY_SMOOTH, 5, 5, "1.25 ", SB_STYLE_HEAT_5,
           "revenue: slope 1.25 per unit of this probability, on both sides");
    expect(SB_SENSITIVITY_SMOOTH, -8, -8, "-2 ", SB_STYLE_HEAT_0,
           "revenue: slope -2 per unit of this probability, on both sides");
    expect(SB_SENSITIVITY_SMOOTH, 0, 0, "0 ", SB_STYLE_HEAT_3,
           "revenue: slope 0 per unit of this probability, on both sides");
    expect(SB_SENSITIVITY_KINK, -6, 2, "-1.5^", SB_STYLE_HEAT_1,
           "revenue has a kink: upwards its slope is 0.5, downwards its slope is -1.5");
    expect(SB_SENSITIVITY_JUMP, -1, 1, "0.25!", SB_STYLE_HEAT_4,
           "independent, so revenue jumps: upwards it rises by 0.25 at once, downwards it drops by "
           "0.25 at once");
    expect(SB_SENSITIVITY_EDGE, 0, 4, "1 ", SB_STYLE_HEAT_5,
           "revenue: upwards its slope is 1, downwards it cannot move");
    expect(SB_SENSITIVITY_FIXED, 0, 0, "- ", SB_STYLE_DIM, "this cell cannot move in this mode");
    expect(SB_SENSITIVITY_UNKNOWN, 0, 0, "? ", SB_STYLE_DIM,
           "how revenue moves here is not confirmed within the limits");
}

static void test_largest(void **state)
{
    (void)state;
    sb_sensitivity_cell cells[3] = {made(SB_SENSITIVITY_SMOOTH, 1, 1),
                                    made(SB_SENSITIVITY_KINK, -12, 4),
                                    made(SB_SENSITIVITY_FIXED, 400, 400)};
    sb_sensitivity sensitivity = {.profile_count = 3, .cells = cells};
    assert_float_equal(sb_sensitivity_largest(&sensitivity), 3, 0);
    for (size_t k = 0; k < 3; k++) {
        clear(&cells[k]);
    }
}

static void test_legend(void **state)
{
    (void)state;
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 1, 60, false));
    sb_sensitivity_legend_draw(&canvas, 0, 1, 50, 1.25);
    char *text = sb_canvas_dump(&canvas);
    assert_string_equal(text, " -1.25 ---0+++ 1.25  ^ kink  ! jump\n");
    free(text);
    for (int width = 0; width < 50; width++) { /* whole words or nothing, never beyond */
        sb_canvas_erase(&canvas);
        sb_sensitivity_legend_draw(&canvas, 0, 1, width, 1.25);
        for (int column = width + 1; column < 60; column++) {
            assert_string_equal(canvas.cells[column].bytes, " ");
        }
    }
    sb_canvas_clear(&canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_largest),
        cmocka_unit_test(test_legend),
    };
    int failed = cmocka_run_group_tests_name("sensitivity_layer", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
