/* The blow-up screen: its sentences follow from the numbers, and it draws at every size.
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

#include "view/blow_up.h"

#define LAMBDA "\xCE\xBB"

static void set(fmpq_t number, double value)
{
    fmpq_init(number);
    sb_rational_from_double(number, value);
}

/* Curves as functions of lambda. */
typedef struct sb_made {
    double (*revenue)(double lambda);
    double (*surplus)(double lambda);
    double (*payment)(double lambda);
    bool smallest;
    sb_lp_status status;
    int beyond; /* points at lambda > 1 */
} sb_made;

static sb_sweep sweep_of(const sb_made *made)
{
    sb_sweep sweep = {0, calloc(32, sizeof(sb_sweep_point))};
    assert_non_null(sweep.points);
    for (int k = -25; k <= made->beyond; k++) {
        double lambda = k == -25 ? 0 : pow(10, k / 4.0);
        sb_sweep_point *point = &sweep.points[sweep.count++];
        set(&point->lambda, lambda);
        set(&point->revenue, made->revenue(lambda));
        set(&point->full_surplus, made->surplus(lambda));
        set(&point->ex_post, 1);
        set(&point->vertex_payment, lambda == 0 ? 2 : 2 * made->payment(lambda));
        set(&point->smallest_payment, lambda == 0 ? 1 : made->payment(lambda));
        point->has_ex_post = true;
        point->has_smallest_payment = made->smallest;
        point->status = made->status;
        point->smallest_singular_value = lambda * 4e-6;
    }
    return sweep;
}

static void clear(sb_sweep *sweep)
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

static double drop(double lambda)
{
    return lambda == 0 ? 1.499 : 1.749;
}

static double flat(double lambda)
{
    (void)lambda;
    return 1.749;
}

static double falling(double lambda)
{
    return 1.5 + lambda / 4;
}

static double falling_and_drop(double lambda)
{
    return lambda == 0 ? 1 : 1.5 + lambda / 4;
}

static double rising_beyond(double lambda)
{
    return lambda > 1 ? 1.749 * lambda : drop(lambda);
}

static double inverse(double lambda)
{
    return 31375 / lambda;
}

static double inverse_square(double lambda)
{
    return 3 / (lambda * lambda);
}

static double bounded(double lambda)
{
    return 4 + lambda;
}

static double odd(double lambda)
{
    return pow(lambda, -1.5);
}

static void expect_lesson(const sb_made *made, const char *expected)
{
    sb_sweep sweep = sweep_of(made);
    sb_rules rules;
    sb_rules_init(&rules);
    char *lesson = sb_blow_up_lesson(&sweep, &rules);
    sb_rules_clear(&rules);
    assert_string_equal(lesson, expected);
    free(lesson);
    clear(&sweep);
}

static void test_lessons(void **state)
{
    (void)state;
    expect_lesson(&(sb_made){drop, flat, inverse, true, SB_LP_OPTIMAL, 0},
                  "revenue stays at 1.749, the full surplus, for every " LAMBDA
                  " > 0 and drops to 1.499 at " LAMBDA " = 0; the smallest payments grow like "
                  "1/" LAMBDA);
    expect_lesson(&(sb_made){rising_beyond, flat, inverse, true, SB_LP_OPTIMAL, 4},
                  "revenue stays at 1.749, the full surplus, for every " LAMBDA
                  " > 0 up to 1 and drops to 1.499 at " LAMBDA
                  " = 0; the smallest payments grow like 1/" LAMBDA);
    expect_lesson(&(sb_made){drop, flat, inverse, true, SB_LP_OPTIMAL, 4},
                  "revenue stays at 1.749, the full surplus, for every " LAMBDA
                  " > 0 and drops to 1.499 at " LAMBDA " = 0; the smallest payments grow like "
                  "1/" LAMBDA);
    expect_lesson(&(sb_made){drop, falling, inverse_square, false, SB_LP_OPTIMAL, 0},
                  "revenue stays at 1.749 for every " LAMBDA " > 0 and drops to 1.499 at " LAMBDA
                  " = 0; the payments at the vertex grow like 1/" LAMBDA "\xC2\xB2");
    expect_lesson(&(sb_made){falling, flat, bounded, true, SB_LP_OPTIMAL, 0},
                  "revenue goes to 1.5 as " LAMBDA " goes to 0, without a jump at " LAMBDA
                  " = 0; the smallest payments stay bounded");
    expect_lesson(&(sb_made){falling_and_drop, flat, odd, true, SB_LP_OPTIMAL, 0},
                  "revenue goes to 1.5 as " LAMBDA " goes to 0 and drops to 1 at " LAMBDA
                  " = 0; the smallest payments grow like 1/" LAMBDA "^1.50");
    expect_lesson(&(sb_made){flat, flat, bounded, true, SB_LP_UNBOUNDED, 0},
                  "revenue is unbounded at every " LAMBDA ": choose other rules");
}

static void test_exponent(void **state)
{
    (void)state;
    double x[12];
    double y[12];
    double exponent = 0;
    for (int k = 0; k < 12; k++) {
        x[k] = pow(10, k / 2.0 - 6);
        y[k] = 7 / x[k];
    }
    assert_true(sb_blow_up_exponent(x, y, 12, &exponent));
    assert_float_equal(exponent, 1, 1e-9);
    assert_false(sb_blow_up_exponent(x, y, 2, &exponent)); /* too few */
    assert_false(sb_blow_up_exponent(x, y, 4, &exponent)); /* too short a stretch */
    y[2] *= 3;                                             /* not a power */
    assert_false(sb_blow_up_exponent(x, y, 12, &exponent));
    y[2] = NAN; /* unknown points are left out */
    assert_true(sb_blow_up_exponent(x, y, 12, &exponent));
    assert_float_equal(exponent, 1, 1e-9);
}

static char *dump(const sb_blow_up *blow_up, int rows, int columns)
{
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, rows, columns, false));
    sb_blow_up_draw(blow_up, &canvas, (sb_rectangle){0, 0, rows, columns});
    char *text = sb_canvas_dump(&canvas);
    sb_canvas_clear(&canvas);
    return text;
}

static sb_cap made_cap(void)
{
    static const double numbers[][2] = {{0, 0.875}, {1, 1.25}, {1.5, 1.5}, {31375, 1.749}};
    sb_cap cap = {.complete = true, .count = 4, .points = calloc(4, sizeof(sb_cap_point))};
    assert_non_null(cap.points);
    for (size_t k = 0; k < 4; k++) {
        set(&cap.points[k].bound, numbers[k][0]);
        set(&cap.points[k].objective, numbers[k][1]);
    }
    return cap;
}

static void clear_cap(sb_cap *cap)
{
    for (size_t k = 0; k < cap->count; k++) {
        fmpq_clear(&cap->points[k].bound);
        fmpq_clear(&cap->points[k].objective);
    }
    free(cap->points);
}

static void expect(const sb_blow_up *blow_up, int rows, int columns, const char *text, bool there)
{
    char *screen = dump(blow_up, rows, columns);
    if ((strstr(screen, text) != NULL) != there) {
        fail_msg("\"%s\" is%s on the screen:\n%s", text, there ? " not" : "", screen);
    }
    free(screen);
}

static void test_screen(void **state)
{
    (void)state;
    sb_sweep sweep = sweep_of(&(sb_made){drop, flat, inverse, true, SB_LP_OPTIMAL, 0});
    sb_cap cap = made_cap();
    sb_rules rules;
    sb_rules_init(&rules);
    sb_blow_up blow_up = {
        .rules = &rules, .sweep = &sweep, .cap = &cap, .cursor = 25, .cap_complete = true};
    expect(&blow_up, 21, 80, "26 points so far", true);
    blow_up.sweep_complete = true;
    expect(&blow_up, 21, 80, "points so far", false);
    expect(&blow_up, 21, 80, "Largest payment", true);
    expect(&blow_up, 21, 80, "under a payment cap", false);
    expect(&blow_up, 21, 80, "smallest payments 31375  vertex payments 62750", true);
    expect(&blow_up, 21, 80, "\xCF\x83 min 4.0e-06", true);
    expect(&blow_up, 21, 80, "drops to 1.499", true);
    blow_up.cursor = 0;
    expect(&blow_up, 21, 80, LAMBDA " = 0  revenue 1.499  exact", true);
    blow_up.on_cap = true;
    expect(&blow_up, 21, 80, "under a payment cap", true);
    expect(&blow_up, 21, 80, "Largest payment", false);
    expect(&blow_up, 21, 80, "B = 0  revenue 0.875  exact  breakpoint 1 of 4", true);
    expect(&blow_up, 21, 80, "one unit more earns 0.375", true);
    expect(&blow_up, 21, 80,
           "reaching 1.749 takes payments up to 31375; with none above 1.5 it is 1.5", true);
    blow_up.cursor = 99; /* the curve was longer once */
    expect(&blow_up, 21, 80, "more room earns nothing", true);
    expect(&blow_up, 37, 120, "Largest payment", true);
    expect(&blow_up, 37, 120, "under a payment cap", true);
    blow_up.cap = NULL;
    expect(&blow_up, 21, 80, "computing", true);
    blow_up.no_more = true;
    expect(&blow_up, 21, 80, "not defined under these rules", true);
    clear_cap(&cap);
    clear(&sweep);
    sb_rules_clear(&rules);
}

/* A click anywhere on a curve chooses the point nearest to it, by its number: the leftmost column
 * the one at 0, the rightmost the last, and every one in between has a column of its own or shares
 * one. */
static void test_clicks(void **state)
{
    (void)state;
    sb_sweep sweep = sweep_of(&(sb_made){flat, flat, inverse, true, SB_LP_OPTIMAL, 0});
    sb_cap cap = made_cap();
    sb_rules rules;
    sb_rules_init(&rules);
    const sb_blow_up blow_up = {.rules = &rules,
                                .sweep = &sweep,
                                .cap = &cap,
                                .sweep_complete = true,
                                .cap_complete = true};
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 24, 120, false));
    sb_blow_up_draw(&blow_up, &canvas, (sb_rectangle){0, 0, 24, 120});
    size_t before = 0;
    size_t clickable = 0;
    for (int column = 0; column < 60; column++) {
        const sb_target *target = sb_canvas_target_at(&canvas, 8, column);
        if (target == NULL) {
            continue;
        }
        size_t number = 0;
        assert_false(target->is_key);
        assert_int_equal(sscanf(target->text, "curve sweep %zu", &number), 1);
        assert_true(number >= 1 && number >= before && number <= sweep.count);
        if (clickable++ == 0) {
            assert_int_equal(number, 1);
        }
        before = number;
    }
    assert_int_equal(before, sweep.count);
    assert_true(clickable > 20);
    sb_canvas_clear(&canvas);
    sb_rules_clear(&rules);
    clear_cap(&cap);
    clear(&sweep);
}

static void test_every_size(void **state)
{
    (void)state;
    sb_sweep sweep = sweep_of(&(sb_made){drop, flat, inverse, true, SB_LP_OPTIMAL, 0});
    sb_cap cap = made_cap();
    sb_rules rules;
    sb_rules_init(&rules);
    for (int on_cap = 0; on_cap < 2; on_cap++) {
        sb_blow_up blow_up = {
            .rules = &rules, .sweep = &sweep, .cap = &cap, .on_cap = on_cap == 1, .cursor = 1};
        for (int rows = 0; rows <= 50; rows += 3) {
            for (int columns = 0; columns <= 140; columns += 7) {
                free(dump(&blow_up, rows, columns));
            }
        }
    }
    clear_cap(&cap);
    clear(&sweep);
    sb_rules_clear(&rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lessons),    cmocka_unit_test(test_exponent),
        cmocka_unit_test(test_screen),     cmocka_unit_test(test_clicks),
        cmocka_unit_test(test_every_size),
    };
    int failed = cmocka_run_group_tests_name("blow_up", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
