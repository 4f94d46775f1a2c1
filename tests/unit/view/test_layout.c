/* The layout: nothing overlaps, nothing is outside, the pane in hand is always there.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "property.h"
#include "view/layout.h"
#include "view/view.h"

enum { rectangles = SB_PANE_COUNT + 2, most_rows = 60, most_columns = 140 };

static void collect(const sb_layout *layout, sb_rectangle *list)
{
    list[0] = layout->rules;
    list[1] = layout->results;
    for (int pane = 0; pane < SB_PANE_COUNT; pane++) {
        list[2 + pane] = layout->pane[pane];
    }
}

static void check(const sb_measures *measures, sb_pane active, int rows, int columns)
{
    static unsigned char used[most_rows][most_columns];
    memset(used, 0, sizeof used);
    sb_layout layout;
    sb_layout_compute(&layout, measures, active, 1, rows, columns);
    sb_rectangle list[rectangles];
    collect(&layout, list);
    for (int i = 0; i < rectangles; i++) {
        assert_true(list[i].rows >= 0 && list[i].columns >= 0);
        for (int r = list[i].row; r < list[i].row + list[i].rows; r++) {
            for (int c = list[i].column; c < list[i].column + list[i].columns; c++) {
                assert_true(r >= 1 && r < 1 + rows && c >= 0 && c < columns);
                assert_int_equal(used[r][c]++, 0);
            }
        }
    }
    if (rows >= SB_VIEW_MIN_ROWS - 3 && columns >= SB_VIEW_MIN_COLUMNS) {
        int wanted = measures->rows[active];
        assert_true(layout.pane[active].rows >= (wanted < 3 ? wanted : 3));
        assert_true(layout.results.rows >= 2);
    }
}

static void test_nothing_overlaps(void **state)
{
    (void)state;
    const int prior_columns[] = {12, 33, 45, 76, 90, 139, 500};
    const int heights[] = {2, 5, 14, 60, 1002};
    const int stride = property_cases(10) < 10 ? 9 : 1; /* of rows and columns, under slow tools */
    for (size_t w = 0; w < sizeof prior_columns / sizeof prior_columns[0]; w++) {
        for (size_t h = 0; h < sizeof heights / sizeof heights[0]; h++) {
            sb_measures measures = {.prior_columns = prior_columns[w],
                                    .results_rows = 9 + 4 * (h > 2)};
            for (int pane = 0; pane < SB_PANE_COUNT; pane++) {
                measures.rows[pane] = heights[(h + (size_t)pane) % 5];
            }
            for (int active = 0; active < SB_PANE_COUNT; active++) {
                for (int rows = 0; rows < 50; rows += stride) {
                    for (int columns = 0; columns < 135; columns += stride + rows % 3) {
                        check(&measures, (sb_pane)active, rows, columns);
                    }
                }
            }
        }
    }
}

/* The lecture's table on an ordinary terminal: every pane is there, all of what matters fits. */
static void test_the_example_fits(void **state)
{
    (void)state;
    sb_measures measures = {.prior_columns = 34, .results_rows = 9};
    measures.rows[SB_PANE_PRIOR] = 6;
    measures.rows[SB_PANE_VALUES] = 3;
    measures.rows[SB_PANE_MECHANISM] = 6;
    measures.rows[SB_PANE_CONDITIONS] = 10;
    measures.rows[SB_PANE_BINDING] = 8;
    sb_layout layout;
    sb_layout_compute(&layout, &measures, SB_PANE_PRIOR, 1, 21, 80);
    assert_int_equal(layout.rules.rows, 1);
    assert_int_equal(layout.results.rows, 9);
    assert_int_equal(layout.pane[SB_PANE_PRIOR].rows, 6);
    assert_int_equal(layout.pane[SB_PANE_VALUES].rows, 3);
    assert_int_equal(layout.pane[SB_PANE_MECHANISM].rows, 6);
    assert_true(layout.pane[SB_PANE_CONDITIONS].rows >= 6);
    assert_true(layout.pane[SB_PANE_BINDING].rows >= 3);
}

static void test_a_wide_prior_gets_the_width(void **state)
{
    (void)state;
    sb_measures measures = {.prior_columns = 75, .results_rows = 9};
    for (int pane = 0; pane < SB_PANE_COUNT; pane++) {
        measures.rows[pane] = 40;
    }
    measures.rows[SB_PANE_PRIOR] = 14;
    sb_layout layout;
    sb_layout_compute(&layout, &measures, SB_PANE_PRIOR, 1, 21, 80);
    assert_int_equal(layout.pane[SB_PANE_PRIOR].columns, 80);
    assert_true(layout.pane[SB_PANE_PRIOR].rows >= 13);
    assert_true(layout.results.rows >= 6);
    sb_layout_compute(&layout, &measures, SB_PANE_MECHANISM, 1, 21, 80);
    assert_true(layout.pane[SB_PANE_MECHANISM].rows >= 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_overlaps),
        cmocka_unit_test(test_the_example_fits),
        cmocka_unit_test(test_a_wide_prior_gets_the_width),
    };
    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
