/* Figures: ticks, limits, and every size of canvas.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "view/plot_canvas.h"
#include "view/plot_models.h"
#include "view/plot_ticks.h"

static const sb_rules of_revenue = {.choice[SB_RULE_OBJECTIVE] = SB_OBJECTIVE_REVENUE};

static void expect_ticks(double low, double high, bool logarithmic, int most, bool ascii,
                         const char *expected)
{
    sb_plot_axis axis = {NULL, logarithmic, low, high};
    sb_plot_ticks ticks;
    sb_plot_ticks_of(&ticks, &axis, most, ascii);
    sb_text all;
    sb_text_init(&all);
    for (size_t k = 0; k < ticks.count; k++) {
        sb_text_add_format(&all, "%s%s", k > 0 ? " " : "", ticks.ticks[k].label);
    }
    char *labels = sb_text_take(&all, NULL);
    assert_string_equal(labels, expected);
    free(labels);
}

static void test_ticks(void **state)
{
    (void)state;
    expect_ticks(0, 1, false, 6, false, "0.0 0.2 0.4 0.6 0.8 1.0");
    expect_ticks(1.45, 1.8, false, 5, false, "1.5 1.6 1.7 1.8");
    expect_ticks(-3, 2, false, 4, false, "-2 0 2");
    expect_ticks(0, 30000, false, 4, false, "0 10000 20000 30000");
    expect_ticks(0, 3e8, false, 4, false, "0 1e8 2e8 3e8");
    expect_ticks(1e-6, 1, true, 9, false,
                 "10\xE2\x81\xBB\xE2\x81\xB6 10\xE2\x81\xBB\xE2\x81\xB5 10\xE2\x81\xBB\xE2\x81\xB4 "
                 "10\xE2\x81\xBB\xC2\xB3 10\xE2\x81\xBB\xC2\xB2 10\xE2\x81\xBB\xC2\xB9 1");
    expect_ticks(1e-6, 1, true, 4, true, "1e-6 1e-4 1e-2 1");
    expect_ticks(1e-6, 1, true, 3, true, "1e-6 1e-3 1");
    expect_ticks(1, 1e12, true, 5, true, "1 1e3 1e6 1e9 1e12");
    expect_ticks(1, 1000, true, 8, true, "1 10 100 1000");
    expect_ticks(1.5, 40, true, 9, true, "2 5 10 20");
    expect_ticks(2e5, 4e6, true, 9, true, "2e5 5e5 1e6 2e6");
    expect_ticks(1, 1, false, 5, false, "");
}

/* Within the axis, ascending, never more than asked for. */
static void test_ticks_of_any_axis(void **state)
{
    (void)state;
    unsigned long long random = 7;
    for (int round = 0; round < 20000; round++) {
        double part[3];
        for (int k = 0; k < 3; k++) {
            random = random * 6364136223846793005ULL + 1442695040888963407ULL;
            part[k] = (double)(random >> 11) / 9007199254740992.0;
        }
        bool logarithmic = round % 2 == 0;
        sb_plot_axis axis = {NULL, logarithmic, pow(10, 600 * part[0] - 300), 0};
        axis.high = axis.low * (1 + pow(10, 40 * part[1] - 6));
        if (!logarithmic && round % 3 == 0) {
            axis.low = -axis.low;
            axis.high = fabs(axis.low) * part[1];
        }
        if (!isfinite(axis.high)) {
            continue;
        }
        int most = (int)(part[2] * 40);
        sb_plot_ticks ticks;
        sb_plot_ticks_of(&ticks, &axis, most, round % 5 == 0);
        assert_true((int)ticks.count <= most && ticks.count <= SB_PLOT_MOST_TICKS);
        for (size_t k = 0; k < ticks.count; k++) {
            double place = sb_plot_place(&axis, ticks.ticks[k].value);
            assert_true(place >= -1e-6 && place <= 1 + 1e-6);
            assert_true(k == 0 || ticks.ticks[k].value > ticks.ticks[k - 1].value);
            assert_true(ticks.ticks[k].label[0] != '\0');
        }
    }
}

static void test_numbers(void **state)
{
    (void)state;
    char text[32];
    sb_plot_number(text, sizeof text, 62750);
    assert_string_equal(text, "62750");
    sb_plot_number(text, sizeof text, 3.1251e12);
    assert_string_equal(text, "3.1251e12");
    sb_plot_number(text, sizeof text, -4e-7);
    assert_string_equal(text, "-4e-7");
    sb_plot_number(text, sizeof text, 1.749);
    assert_string_equal(text, "1.749");
}

static void add_sweep_point(sb_sweep *sweep, double lambda, double revenue, double payment)
{
    sb_sweep_point *point = &sweep->points[sweep->count++];
    fmpq *const numbers[] = {&point->lambda,  &point->revenue,        &point->full_surplus,
                             &point->ex_post, &point->vertex_payment, &point->smallest_payment};
    const double values[] = {lambda, revenue, 1.749, 1.499, 2 * payment, payment};
    for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++) {
        fmpq_init(numbers[k]);
        sb_rational_from_double(numbers[k], values[k]);
    }
    point->status = SB_LP_OPTIMAL;
    point->has_ex_post = true;
    point->has_smallest_payment = true;
}

/* Revenue 1.749 down to lambda = 1e-6, 1.499 at 0; payments 100/lambda. */
static sb_sweep made_sweep(void)
{
    sb_sweep sweep = {0, calloc(32, sizeof(sb_sweep_point))};
    assert_non_null(sweep.points);
    add_sweep_point(&sweep, 0, 1.499, 2);
    for (int k = -24; k <= 0; k++) {
        double lambda = pow(10, k / 4.0);
        add_sweep_point(&sweep, lambda, 1.749, 100 / lambda);
    }
    return sweep;
}

static void clear_sweep(sb_sweep *sweep)
{
    for (size_t k = 0; k < sweep->count; k++) {
        sb_sweep_point *point = &sweep->points[k];
        fmpq_clear(&point->lambda);
        fmpq_clear(&point->revenue);
        fmpq_clear(&point->full_surplus);
        fmpq_clear(&point->ex_post);
        fmpq_clear(&point->vertex_payment);
        fmpq_clear(&point->smallest_payment);
    }
    free(sweep->points);
}

/* The jump fills the axis: it does not begin at 0. */
static void test_zoom(void **state)
{
    (void)state;
    sb_sweep sweep = made_sweep();
    sb_plot plot = sb_plot_of_sweep_revenue(&sweep, &of_revenue);
    assert_true(plot.y.low > 1.3 && plot.y.low < 1.499);
    assert_true(plot.y.high > 1.749 && plot.y.high < 1.9);
    assert_true(plot.has_zero_column && plot.x.logarithmic);
    double jump = sb_plot_place(&plot.y, 1.749) - sb_plot_place(&plot.y, 1.499);
    assert_true(jump > 0.5);
    sb_plot_clear(&plot);
    plot = sb_plot_of_sweep_payments(&sweep);
    assert_true(plot.y.logarithmic);
    assert_true(plot.y.low <= 2 && plot.y.high >= 2e8 && plot.y.high <= 1e9);
    sb_plot_clear(&plot);
    clear_sweep(&sweep);
}

/* The row of a glyph in a column, below the heading and the values at the cursor. */
static int glyph_row(const sb_canvas *canvas, int column, const char *glyph)
{
    for (int row = 2; row < canvas->rows; row++) {
        if (strcmp(canvas->cells[row * canvas->columns + column].bytes, glyph) == 0) {
            return row;
        }
    }
    return -1;
}

/* At 0 revenue stands lower than the surplus, in the strip left of the break; both are named, and
 * read out at the cursor. */
static void test_jump_is_drawn(void **state)
{
    (void)state;
    sb_sweep sweep = made_sweep();
    sb_plot plot = sb_plot_of_sweep_revenue(&sweep, &of_revenue);
    plot.has_marker = true;
    plot.marker_x = 1;
    for (int ascii = 0; ascii < 2; ascii++) {
        sb_canvas canvas;
        assert_true(sb_canvas_init(&canvas, 16, 80, ascii == 1));
        sb_plot_draw(&plot, &canvas, (sb_rectangle){0, 0, 16, 80}, true, NULL, false);
        int revenue = -1;
        int surplus = -1;
        for (int column = 5; column < 10; column++) {
            int row = glyph_row(&canvas, column, ascii == 1 ? "*" : "\xE2\x97\x8F");
            revenue = row > revenue ? row : revenue;
            row = glyph_row(&canvas, column, ascii == 1 ? "o" : "\xE2\x97\x8B");
            surplus = row > surplus ? row : surplus;
        }
        assert_true(surplus > 0 && revenue > surplus + 4);
        char *text = sb_canvas_dump(&canvas);
        assert_non_null(strstr(text, ascii == 1 ? "* revenue" : "\xE2\x97\x8F revenue"));
        assert_non_null(strstr(text, ascii == 1 ? "o full surplus" : "\xE2\x97\x8B full surplus"));
        assert_non_null(strstr(text, "no correlation"));
        assert_non_null(strstr(text, ascii == 1 ? "at 1: * 1.749" : "at 1: \xE2\x97\x8F 1.749"));
        assert_non_null(strstr(text, ascii == 1 ? "1e-6" : "10\xE2\x81\xBB\xE2\x81\xB6"));
        free(text);
        sb_canvas_clear(&canvas);
    }
    sb_plot_clear(&plot);
    clear_sweep(&sweep);
}

static void test_cap(void **state)
{
    (void)state;
    static const char *const numbers[][2] = {
        {"0", "1"}, {"1", "1.4"}, {"1.5", "1.499"}, {"31375", "1.749"}};
    sb_cap cap = {.complete = true, .count = 4, .points = calloc(4, sizeof(sb_cap_point))};
    assert_non_null(cap.points);
    for (size_t k = 0; k < 4; k++) {
        fmpq_init(&cap.points[k].bound);
        fmpq_init(&cap.points[k].objective);
        (void)sb_rational_parse(&cap.points[k].bound, numbers[k][0], strlen(numbers[k][0]), NULL);
        (void)sb_rational_parse(&cap.points[k].objective, numbers[k][1], strlen(numbers[k][1]),
                                NULL);
    }
    sb_plot plot = sb_plot_of_cap(&cap);
    assert_true(plot.has_zero_column);
    assert_true(plot.x.low <= 1 && plot.x.high > 31375);
    for (size_t k = 0; k < 4; k++) {
        double y = 0;
        assert_true(
            sb_plot_value_at(&plot.series[0], sb_rational_to_double(&cap.points[k].bound), &y));
        assert_float_equal(y, sb_rational_to_double(&cap.points[k].objective), 1e-12);
    }
    /* Halfway between breakpoints: on the chord. */
    const sb_plot_series *line = &plot.series[0];
    for (size_t k = 0; k < line->count; k++) {
        if (line->x[k] > 1.5 && line->x[k] < 31375) {
            double chord = 1.499 + 0.25 * (line->x[k] - 1.5) / (31375 - 1.5);
            assert_float_equal(line->y[k], chord, 1e-9);
        }
    }
    sb_plot_clear(&plot);
    for (size_t k = 0; k < 4; k++) {
        fmpq_clear(&cap.points[k].bound);
        fmpq_clear(&cap.points[k].objective);
    }
    free(cap.points);
}

/* ---- every size ---- */

static const char outside[] = "?";

/* Nothing is drawn outside the area; every cell inside is sound. */
static void draw_at(const sb_plot *plot, int rows, int columns, bool ascii)
{
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, rows + 4, columns + 6, ascii));
    for (int row = 0; row < canvas.rows; row++) {
        for (int column = 0; column < canvas.columns; column++) {
            sb_canvas_text(&canvas, row, column, 1, SB_STYLE_NORMAL, outside);
        }
    }
    sb_rectangle area = {2, 3, rows, columns};
    sb_canvas_fill(&canvas, area.row, area.column, rows, columns, SB_STYLE_NORMAL);
    sb_plot_draw(plot, &canvas, area, rows % 2 == 0, "a note", columns % 2 == 0);
    for (int row = 0; row < canvas.rows; row++) {
        for (int column = 0; column < canvas.columns; column++) {
            const sb_cell *cell = &canvas.cells[row * canvas.columns + column];
            bool within = row >= 2 && row < 2 + rows && column >= 3 && column < 3 + columns;
            assert_int_equal(cell->width, 1);
            assert_true(cell->style < SB_STYLE_COUNT);
            if (!within) {
                assert_string_equal(cell->bytes, outside);
            }
            for (const char *byte = cell->bytes; ascii && *byte != '\0'; byte++) {
                assert_true((unsigned char)*byte >= 0x20 && (unsigned char)*byte < 0x7F);
            }
        }
    }
    sb_canvas_clear(&canvas);
}

static void draw_all_sizes(const sb_plot *plot)
{
    for (int rows = 0; rows <= 40; rows++) {
        for (int columns = 0; columns <= 100; columns += rows % 3 == 0 ? 1 : 7) {
            draw_at(plot, rows, columns, (rows + columns) % 3 == 0);
        }
    }
}

static void test_every_size(void **state)
{
    (void)state;
    sb_sweep sweep = made_sweep();
    sb_plot plot = sb_plot_of_sweep_revenue(&sweep, &of_revenue);
    draw_all_sizes(&plot);
    plot.has_marker = true;
    plot.marker_x = 0;
    draw_all_sizes(&plot);
    sb_plot_clear(&plot);
    plot = sb_plot_of_sweep_payments(&sweep);
    plot.has_marker = true;
    plot.marker_x = sb_rational_to_double(&sweep.points[9].lambda);
    draw_all_sizes(&plot);
    sb_plot_clear(&plot);
    clear_sweep(&sweep);
    const double s[] = {0, 0, 0.5, 1, 2};
    const double frozen[] = {1.749, NAN, -1e9, INFINITY, -62750};
    const double optimum[] = {1.749, 1.7, 1.6, 1.5, -1e300};
    plot = sb_plot_of_misbelief(5, s, frozen, optimum);
    plot.has_marker = true;
    plot.marker_x = 1e9; /* outside */
    draw_all_sizes(&plot);
    sb_plot_clear(&plot);
}

/* Labels stand beside their points, one upon another never, an unmarked line has no markers. */
static void test_labels(void **state)
{
    (void)state;
    sb_plot plot;
    sb_plot_init(&plot, "Labels", "x", "y");
    sb_plot_series *line =
        sb_plot_add(&plot, "line", SB_PLOT_DASHED, SB_PLOT_PLUS, SB_STYLE_BAR_OTHER);
    line->unmarked = true;
    sb_plot_point(line, 0, 0);
    sb_plot_point(line, 1, 1); /* upwards: a pattern across would not be seen */
    sb_plot_series *points = sb_plot_add(&plot, "", SB_PLOT_POINTS, SB_PLOT_DISC, SB_STYLE_STRONG);
    sb_plot_labelled_point(points, 0.5, 0.1, "first");
    sb_plot_labelled_point(points, 0.5, 0.1, "second");
    sb_plot_labelled_point(points, 1, 0.5, "third");
    assert_int_equal(points->count, 3);
    sb_plot_fit_x(&plot, true);
    sb_plot_fit_y(&plot);
    for (int ascii = 0; ascii < 2; ascii++) {
        sb_canvas canvas;
        assert_true(sb_canvas_init(&canvas, 20, 60, ascii != 0));
        sb_plot_draw(&plot, &canvas, (sb_rectangle){0, 0, 20, 60}, false, NULL, false);
        char *text = sb_canvas_dump(&canvas);
        assert_non_null(strstr(text, ascii != 0 ? "*first"
                                                : "\xE2\x97\x8F"
                                                  "first"));
        assert_non_null(strstr(text, "second"));
        assert_non_null(strstr(text, ascii != 0 ? "third*" : "third\xE2\x97\x8F"));
        assert_non_null(strstr(text, ascii != 0 ? "~ line" : "\xE2\x95\x8C line"));
        size_t dashes = 0;
        for (const char *at = text; *at != '\0'; at++) {
            dashes += *at == '~' ? 1 : 0;
        }
        assert_true(ascii == 0 || dashes > 5);
        free(text);
        sb_canvas_clear(&canvas);
    }
    draw_all_sizes(&plot);
    sb_plot_clear(&plot);
}

/* A triangle has equal sides (cells are twice as high as wide), and its corners are named. */
static void test_triangle(void **state)
{
    (void)state;
    static const char *const corners[SB_PLOT_CORNERS] = {"west", "east", "north"};
    sb_plot plot;
    sb_plot_init(&plot, "Triangle", "", "");
    sb_plot_make_triangle(&plot, corners);
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 24, 80, false));
    sb_plot_draw(&plot, &canvas, (sb_rectangle){0, 0, 24, 80}, false, NULL, false);
    int north = -1;
    int west = -1;
    for (int row = 0; row < 24; row++) {
        for (int column = 0; column < 80; column++) {
            const char *bytes = canvas.cells[row * 80 + column].bytes;
            north = row > 0 && bytes[0] == 'n' ? row : north;
            west = bytes[0] == 'w' ? row : west;
        }
    }
    assert_int_equal(north, 1);
    assert_int_equal(west, 23);
    draw_all_sizes(&plot);
    sb_canvas_clear(&canvas);
    sb_plot_clear(&plot);
}

/* Plots without a point, with one, and with numbers no axis can hold. */
/* A band is within the limits, and stands as an upright line at each of its points. */
static void test_band(void **state)
{
    (void)state;
    sb_plot plot;
    sb_plot_init(&plot, "Band", "x", "y");
    sb_plot_series *series =
        sb_plot_add(&plot, "mean", SB_PLOT_SOLID, SB_PLOT_DISC, SB_STYLE_BAR_REVENUE);
    for (int k = 0; k <= 20; k++) {
        sb_plot_band_point(series, k, 5, k == 10 ? 1 : NAN, k == 10 ? 9 : NAN);
    }
    assert_int_equal(series->count, 21);
    assert_true(series->low[10] == 1 && series->high[10] == 9 && isnan(series->low[20]));
    sb_plot_fit_x(&plot, true);
    sb_plot_fit_y(&plot);
    assert_true(plot.y.low <= 1 && plot.y.high >= 9);
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 20, 60, false));
    sb_plot_draw(&plot, &canvas, (sb_rectangle){0, 0, 20, 60}, false, "", false);
    int most = 0;
    for (int column = 0; column < canvas.columns; column++) {
        int dots = 0;
        for (int row = 0; row < canvas.rows; row++) {
            const char *bytes = canvas.cells[row * canvas.columns + column].bytes;
            dots += bytes[0] == '\xE2' && (unsigned char)bytes[1] >= 0xA0 &&
                            (unsigned char)bytes[1] <= 0xA3
                        ? 1
                        : 0;
        }
        most = dots > most ? dots : most;
    }
    assert_true(most >= 8);
    sb_canvas_clear(&canvas);
    sb_plot_clear(&plot);
}

static void test_degenerate(void **state)
{
    (void)state;
    sb_sweep nothing = {0, NULL};
    sb_plot plots[3] = {sb_plot_of_sweep_revenue(&nothing, &of_revenue),
                        sb_plot_of_sweep_payments(&nothing),
                        sb_plot_of_misbelief(0, NULL, NULL, NULL)};
    for (size_t k = 0; k < 3; k++) {
        assert_true(plots[k].x.low < plots[k].x.high && plots[k].y.low < plots[k].y.high);
        draw_at(&plots[k], 12, 40, k == 1);
        sb_plot_clear(&plots[k]);
    }
    sb_cap cap = {0};
    sb_plot plot = sb_plot_of_cap(&cap);
    draw_at(&plot, 12, 40, false);
    sb_plot_clear(&plot);
    const double place[] = {0.5};
    const double wild[] = {1e308};
    plot = sb_plot_of_misbelief(1, place, wild, wild);
    draw_all_sizes(&plot);
    sb_plot_clear(&plot);
    fmpq_t tiny;
    fmpq_init(tiny);
    assert_int_equal(sb_rational_parse(tiny, "1e-400", 6, NULL), SB_OK);
    assert_true(isnan(sb_plot_coordinate(tiny)));
    fmpq_clear(tiny);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ticks),         cmocka_unit_test(test_ticks_of_any_axis),
        cmocka_unit_test(test_numbers),       cmocka_unit_test(test_zoom),
        cmocka_unit_test(test_jump_is_drawn), cmocka_unit_test(test_cap),
        cmocka_unit_test(test_every_size),    cmocka_unit_test(test_degenerate),
        cmocka_unit_test(test_band),          cmocka_unit_test(test_labels),
        cmocka_unit_test(test_triangle),
    };
    int failed = cmocka_run_group_tests_name("plot", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
