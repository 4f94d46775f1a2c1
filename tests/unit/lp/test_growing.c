/* Programs that grow by rows: optima, bases, and giving up.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdatomic.h>

#include "lp/growing.h"

#define DIRECTIONS 24

/* On the far side of every tangent of a quarter of the circle of radius 1, one at a time. */
static sb_status break_tangents(void *context, const double *z, sb_new_rows *rows, sb_error *error)
{
    size_t *asked = context;
    double worst = 1e-9;
    size_t chosen = DIRECTIONS;
    (void)error;
    ++*asked;
    for (size_t k = 0; k < DIRECTIONS; k++) {
        double angle = (double)k * acos(0) / (DIRECTIONS - 1);
        double broken = 1 - cos(angle) * z[0] - sin(angle) * z[1];
        if (broken > worst) {
            worst = broken;
            chosen = k;
        }
    }
    if (chosen < DIRECTIONS) {
        double angle = (double)chosen * acos(0) / (DIRECTIONS - 1);
        assert_true(sb_new_rows_entry(rows, 0, cos(angle)));
        assert_true(sb_new_rows_entry(rows, 1, sin(angle)));
        assert_true(sb_new_rows_end(rows, 1, INFINITY));
    }
    return SB_OK;
}

static void tangents(void **state)
{
    (void)state;
    size_t asked = 0;
    const sb_growing_column columns[] = {{.upper = INFINITY, .cost = 3},
                                         {.upper = INFINITY, .cost = 2}};
    sb_growing_program program = {
        .column_count = 2, .columns = columns, .break_rows = break_tangents, .context = &asked};
    sb_growing_answer answer;
    assert_int_equal(sb_growing_solve(&program, NULL, 100, &answer, NULL), SB_OK);
    assert_true(answer.optimal);
    /* Beyond the two at the ends of the quarter is beyond all. */
    assert_true(fabs(answer.z[0] - 1) < 1e-7 && fabs(answer.z[1] - 1) < 1e-7);
    assert_int_equal(answer.rounds, asked);
    assert_int_equal(answer.row_count, asked - 1);
    size_t basic = 0;
    double bound = 0;
    for (size_t row = 0; row < answer.row_count; row++) {
        basic += answer.rows[row] == SB_BASIC;
        bound += answer.duals[row];
    }
    basic += answer.columns[0] == SB_BASIC;
    basic += answer.columns[1] == SB_BASIC;
    assert_int_equal(basic, answer.row_count);
    assert_true(fabs(bound - 5) < 1e-7);
    sb_growing_answer_clear(&answer);
    assert_int_equal(sb_growing_solve(&program, NULL, 1, &answer, NULL), SB_OK);
    assert_false(answer.optimal);
    sb_growing_answer_clear(&answer);
}

static sb_status want_one(void *context, const double *z, sb_new_rows *rows, sb_error *error)
{
    (void)context;
    (void)error;
    if (z[0] < 1 - 1e-9) {
        assert_true(sb_new_rows_entry(rows, 0, 1) && sb_new_rows_end(rows, 1, INFINITY));
    }
    return SB_OK;
}

/* The first row at the start holds with equality, and a free column is basic in it. */
static void free_columns(void **state)
{
    (void)state;
    const sb_growing_column columns[] = {{.free = true, .basic = true, .cost = 1},
                                         {.free = true, .cost = 1},
                                         {.upper = 1, .cost = 4}};
    const bool tight[] = {true, false};
    sb_growing_program program = {
        .column_count = 3, .columns = columns, .tight_start = tight, .break_rows = want_one};
    assert_true(sb_new_rows_entry(&program.start, 0, 1) &&
                sb_new_rows_entry(&program.start, 1, 1) &&
                sb_new_rows_end(&program.start, 0, INFINITY));
    assert_true(sb_new_rows_entry(&program.start, 2, 1) &&
                sb_new_rows_end(&program.start, -INFINITY, 1));
    sb_growing_answer answer;
    assert_int_equal(sb_growing_solve(&program, NULL, 9, &answer, NULL), SB_OK);
    assert_true(answer.optimal);
    assert_int_equal(answer.row_count, 3);
    assert_int_equal(answer.entry_count, 4);
    assert_true(fabs(answer.z[0] - 1) < 1e-9 && fabs(answer.z[1] + 1) < 1e-9 && answer.z[2] == 0);
    sb_growing_answer_clear(&answer);
    sb_new_rows_clear(&program.start);
}

/* No point is outside and inside: the solver says no optimum; and a raised flag ends it. */
static sb_status want_two(void *context, const double *z, sb_new_rows *rows, sb_error *error)
{
    (void)context;
    (void)error;
    if (z[0] < 2) {
        assert_true(sb_new_rows_entry(rows, 0, 1) && sb_new_rows_end(rows, 2, INFINITY));
    }
    return SB_OK;
}

static void no_answer(void **state)
{
    (void)state;
    const sb_growing_column column = {.upper = 1, .cost = 1};
    sb_growing_program program = {.column_count = 1, .columns = &column, .break_rows = want_two};
    sb_growing_answer answer;
    assert_int_equal(sb_growing_solve(&program, NULL, 9, &answer, NULL), SB_OK);
    assert_false(answer.optimal);
    sb_growing_answer_clear(&answer);
    atomic_bool cancel;
    atomic_init(&cancel, true);
    sb_patience patience = {&cancel, 0};
    sb_error error;
    assert_int_equal(sb_growing_solve(&program, &patience, 9, &answer, &error), SB_ERROR_CANCELLED);
    assert_false(answer.optimal);
    sb_growing_answer_clear(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tangents),
        cmocka_unit_test(free_columns),
        cmocka_unit_test(no_answer),
    };
    return cmocka_run_group_tests_name("lp/growing", tests, NULL, NULL);
}
