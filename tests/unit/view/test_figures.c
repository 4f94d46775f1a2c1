/* Figures of screens: each screen has one or says why not; colours that all people tell apart.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "view/figure.h"
#include "view/plot_arrows.h"
#include "view/plot_matrix.h"
#include "view/plot_palette.h"
#include "view/view.h"

/* ---- colours ---- */

typedef struct colour {
    double red, green, blue; /* linear */
} colour;

static double linear(unsigned char byte)
{
    double share = byte / 255.0;
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

static colour linear_of(sb_style style)
{
    sb_plot_colour bytes = sb_plot_colour_of(style);
    return (colour){linear(bytes.red), linear(bytes.green), linear(bytes.blue)};
}

/* Contrast with white, as the Web Content Accessibility Guidelines define it. */
static double contrast_with_white(colour seen)
{
    double luminance = 0.2126 * seen.red + 0.7152 * seen.green + 0.0722 * seen.blue;
    return 1.05 / (luminance + 0.05);
}

/* How it is seen without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1). */
static const double cones[][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868},
     {0.114503, 0.786281, 0.099216},
     {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968},
     {0.280085, 0.672501, 0.047413},
     {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779},
     {-0.078411, 0.930809, 0.147602},
     {0.004733, 0.691367, 0.303900}},
};
enum { kinds = sizeof cones / sizeof cones[0] };

static colour seen_by(size_t kind, colour as)
{
    const double(*m)[3] = cones[kind];
    return (colour){fmax(m[0][0] * as.red + m[0][1] * as.green + m[0][2] * as.blue, 0),
                    fmax(m[1][0] * as.red + m[1][1] * as.green + m[1][2] * as.blue, 0),
                    fmax(m[2][0] * as.red + m[2][1] * as.green + m[2][2] * as.blue, 0)};
}

static double root(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* Lightness and the two opponent axes (CIELAB, D65). */
static void lab(colour as, double *axes)
{
    double x = root((0.4124 * as.red + 0.3576 * as.green + 0.1805 * as.blue) / 0.9505);
    double y = root(0.2126 * as.red + 0.7152 * as.green + 0.0722 * as.blue);
    double z = root((0.0193 * as.red + 0.1192 * as.green + 0.9505 * as.blue) / 1.089);
    axes[0] = 116 * y - 16;
    axes[1] = 500 * (x - y);
    axes[2] = 200 * (y - z);
}

static double distance(colour left, colour right)
{
    double a[3];
    double b[3];
    lab(left, a);
    lab(right, b);
    return sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) +
                (a[2] - b[2]) * (a[2] - b[2]));
}

/* Curves that share a plot: those with names must be readable, and no two alike to anybody. A
 * difference of 2.3 is just noticeable. */
static void test_palette(void **state)
{
    (void)state;
    static const sb_style styles[] = {SB_STYLE_BAR_REVENUE, SB_STYLE_BAR_SURPLUS,
                                      SB_STYLE_BAR_OTHER, SB_STYLE_NORMAL};
    enum { count = sizeof styles / sizeof styles[0] };
    assert_true(contrast_with_white((colour){1, 1, 1}) == 1);
    assert_true(fabs(contrast_with_white((colour){0, 0, 0}) - 21) < 1e-9);
    for (size_t i = 0; i < count; i++) {
        if (contrast_with_white(linear_of(styles[i])) < 4.5) {
            fail_msg("style %d has contrast %g with white", (int)styles[i],
                     contrast_with_white(linear_of(styles[i])));
        }
        for (size_t j = 0; j < i; j++) {
            for (size_t kind = 0; kind < kinds; kind++) {
                double apart = distance(seen_by(kind, linear_of(styles[i])),
                                        seen_by(kind, linear_of(styles[j])));
                if (apart < 15) {
                    fail_msg("styles %d and %d are %g apart for kind %zu of vision", (int)styles[i],
                             (int)styles[j], apart, kind);
                }
            }
        }
    }
    assert_true(contrast_with_white(linear_of(SB_STYLE_BAD)) > 4.5);
}

/* ---- screens ---- */

static sb_session *session_with(const char *path, const char *const *commands)
{
    sb_error error;
    sb_error_clear(&error);
    sb_session *session = sb_session_new(false, &error);
    assert_int_equal(sb_session_open(session, path, &error), SB_OK);
    sb_text said;
    sb_text_init(&said);
    for (; *commands != NULL; commands++) {
        if (sb_session_command(session, *commands, &said, &error) != SB_OK) {
            fail_msg("%s: %s", *commands, error.message);
        }
    }
    sb_text_clear(&said);
    assert_int_equal(sb_session_complete_display(session, &error), SB_OK);
    return session;
}

/* Plots with points inside their axes, a table of numbers without holes in its rows. */
static void expect_figure(const char *path, const char *const *commands, size_t plots)
{
    sb_session *session = session_with(path, commands);
    sb_view_figure figure;
    sb_view_figure_of(session, &figure);
    if (plots == 0) {
        assert_int_equal(figure.count, 0);
        assert_non_null(figure.missing);
    } else {
        assert_int_equal(figure.count, plots);
        assert_null(figure.missing);
        for (size_t k = 0; k < figure.count; k++) {
            bool picture = figure.plots[k].matrix != NULL || figure.plots[k].arrows != NULL;
            assert_true(picture || figure.plots[k].series_count > 0);
            assert_true(figure.plots[k].x.low < figure.plots[k].x.high);
            assert_false(figure.plots[k].has_marker);
        }
        const sb_text_table *numbers = sb_view_figure_numbers(&figure);
        assert_true(numbers->columns > 1 && numbers->count > numbers->columns);
        assert_int_equal(numbers->count % numbers->columns, 0);
        assert_false(numbers->failed);
    }
    sb_view_figure_clear(&figure);
    sb_session_free(session);
}
#define EXPECT_FIGURE(path, plots, ...)                                                            \
    expect_figure(SB_SOURCE_DIR "/demos/" path, (const char *const[]){__VA_ARGS__, NULL}, plots)

static void test_screens(void **state)
{
    (void)state;
    for (int screen = 0; screen < SB_SCREEN_COUNT; screen++) {
        assert_non_null(sb_screen_view_of((sb_screen)screen)->figure);
    }
    EXPECT_FIGURE("almost-independent.yaml", 2, "screen blow-up");
    EXPECT_FIGURE("almost-independent.yaml", 1, "screen blow-up", "curve cap");
    EXPECT_FIGURE("almost-independent.yaml", 1, "screen geometry");
    EXPECT_FIGURE("almost-independent.yaml", 1, "screen baselines");
    EXPECT_FIGURE("almost-independent.yaml", 0, "screen misbelief");
    EXPECT_FIGURE("almost-independent.yaml", 1, "freeze", "set 1,1 0.3", "screen misbelief");
    EXPECT_FIGURE("almost-independent.yaml", 0, "screen robust");
    EXPECT_FIGURE("weather.yaml", 1, "screen robust", "robust box 1/10");
    EXPECT_FIGURE("weather.yaml", 1, "screen robust", "robust view price");
    EXPECT_FIGURE("weather.yaml", 0, "screen simulate");
    EXPECT_FIGURE("almost-independent.yaml", 1, "screen table");
    EXPECT_FIGURE("almost-independent.yaml", 1, "screen table", "conditionals on");
    EXPECT_FIGURE("almost-independent.yaml", 1, "screen table", "sensitivity on");
    EXPECT_FIGURE("three-bidders.yaml", 1, "screen table");
    EXPECT_FIGURE("weather.yaml", 1, "screen incentives");
    EXPECT_FIGURE("gaussian.yaml", 1, "screen incentives");
    static const char *const none[] = {"screen lp", "screen help"};
    for (size_t k = 0; k < sizeof none / sizeof none[0]; k++) {
        EXPECT_FIGURE("almost-independent.yaml", 0, none[k]);
    }
}

static sb_view_figure figure_of(const char *path, const char *screen)
{
    const char *const commands[] = {screen, NULL};
    sb_session *session = session_with(path, commands);
    sb_view_figure figure;
    sb_view_figure_of(session, &figure);
    sb_session_free(session);
    return figure;
}

/* The table of 1/6 1/6, 1/4 1/12, 0 1/3: every cell's number, and darker where it is larger. */
static void test_heat_map(void **state)
{
    (void)state;
    sb_view_figure figure = figure_of(SB_SOURCE_DIR "/demos/weather.yaml", "screen table");
    const sb_plot_matrix *matrix = figure.plots[0].matrix;
    assert_non_null(matrix);
    assert_int_equal(matrix->rows, 3);
    assert_int_equal(matrix->columns, 2);
    assert_string_equal(matrix->row_names[2], "3");
    assert_string_equal(matrix->column_names[0], "rain");
    static const double numbers[] = {1.0 / 6, 1.0 / 6, 1.0 / 4, 1.0 / 12, 0, 1.0 / 3};
    static const char *const texts[] = {"0.166667", "0.166667", "0.25",
                                        ".0833333", "0",        "0.333333"};
    for (size_t k = 0; k < 6; k++) {
        assert_true(fabs(matrix->numbers[k] - numbers[k]) < 1e-15);
        assert_string_equal(matrix->texts[k], texts[k]);
    }
    assert_true(matrix->low == 0 && fabs(matrix->high - 1.0 / 3) < 1e-15);
    assert_true(fabs(sb_plot_matrix_shade(matrix, 0.25) - 0.75) < 1e-12);
    sb_view_figure_clear(&figure);
}

/* For every kind of colour vision lightness alone tells larger from smaller. */
static void test_shades(void **state)
{
    (void)state;
    sb_plot_matrix *matrix = sb_plot_matrix_new(1, 2);
    assert_non_null(matrix);
    for (int diverging = 0; diverging < 2; diverging++) {
        matrix->diverging = diverging == 1;
        for (size_t kind = 0; kind < kinds; kind++) {
            for (int side = diverging == 1 ? -1 : 1; side <= 1; side += 2) {
                double before = INFINITY;
                for (int k = 0; k <= 10; k++) {
                    sb_plot_colour bytes = sb_plot_matrix_colour(matrix, side * k / 10.0);
                    colour seen = {linear(bytes.red), linear(bytes.green), linear(bytes.blue)};
                    double axes[3];
                    lab(seen_by(kind, seen), axes);
                    assert_true(axes[0] < before - 2.3);
                    before = axes[0];
                }
            }
        }
    }
    sb_plot_matrix_free(matrix);
}

/* "stays away" and three types; the arrows and their duals are those of the graph. */
static void test_arrows(void **state)
{
    (void)state;
    sb_view_figure figure = figure_of(SB_SOURCE_DIR "/demos/weather.yaml", "screen incentives");
    const sb_plot_arrows *arrows = figure.plots[0].arrows;
    assert_non_null(arrows);
    assert_int_equal(arrows->node_count, 4);
    assert_string_equal(arrows->nodes[0].name, "stays away");
    assert_true(arrows->nodes[0].box);
    assert_string_equal(arrows->nodes[3].name, "3");
    assert_int_equal(arrows->arrow_count, 6);
    assert_int_equal(arrows->arrows[0].from, 1);
    assert_int_equal(arrows->arrows[0].to, 0);
    assert_string_equal(arrows->arrows[0].label, "2");
    assert_int_equal(arrows->arrows[4].line, SB_PLOT_DASHED); /* its dual is 0 */
    sb_view_figure_clear(&figure);
    figure = figure_of(SB_SOURCE_DIR "/demos/gaussian.yaml", "screen incentives");
    assert_null(figure.plots[0].arrows); /* ten types are a table of pairs */
    assert_int_equal(figure.plots[0].matrix->columns, 11);
    sb_view_figure_clear(&figure);
}

/* A look at other screens leaves no trace. */
static void test_look(void **state)
{
    (void)state;
    static const char *const commands[] = {"screen geometry", NULL};
    sb_session *session = session_with(SB_SOURCE_DIR "/demos/almost-independent.yaml", commands);
    sb_error error;
    sb_error_clear(&error);
    sb_display before = *sb_session_display(session);
    sb_session_view *view = sb_session_keep_view(session);
    assert_non_null(view);
    assert_int_equal(sb_session_look(session, SB_SCREEN_BLOW_UP, &error), SB_OK);
    sb_session_look_at(session, true, SB_ROBUST_PRICE);
    assert_non_null(sb_session_curve_environment(session));
    sb_session_restore_view(session, view);
    assert_int_equal(sb_session_display(session)->screen, SB_SCREEN_GEOMETRY);
    assert_int_equal(sb_session_display(session)->cap_plot, before.cap_plot);
    assert_int_equal(sb_session_undo_count(session), 0);
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_palette),  cmocka_unit_test(test_screens),
        cmocka_unit_test(test_heat_map), cmocka_unit_test(test_shades),
        cmocka_unit_test(test_arrows),   cmocka_unit_test(test_look),
    };
    return cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}
