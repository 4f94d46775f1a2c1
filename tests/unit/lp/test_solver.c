/* Solvers: cancelling, time limits, threads, errors inside GLPK.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glpk.h>

#include "certificate.h"
#include "lp/glpk_guard.h"
#include "two_bidders.h"

/* Nearly a product, so that exact pivots remain to be done after the floating solver. */
static sb_lp *hard_program(size_t types)
{
    fmpq *prior = sb_rationals_new(types * types);
    fmpq_t change;
    fmpq_init(change);
    for (size_t a = 0; a < types; a++) {
        for (size_t b = 0; b < types; b++) {
            fmpq *cell = &prior[a * types + b];
            fmpq_set_si(cell, (slong)((a + 2) * (b + 3)), 1);
            fmpq_set_si(change, (slong)((7 * a * a * b + 5 * b * b + 11 * a * b) % 13), 1000000000);
            fmpq_add(cell, cell, change);
        }
    }
    sb_lp *lp = two_bidders_program(types, prior);
    fmpq_clear(change);
    sb_rationals_free(prior, types * types);
    return lp;
}

static void a_raised_flag_cancels(void **state)
{
    (void)state;
    sb_lp *lp = hard_program(6);
    atomic_bool cancel = true;
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.cancel = &cancel;
    sb_lp_result result;
    sb_error error;
    sb_lp_result_init(&result);
    sb_lp_solver *solver = sb_lp_solver_new();
    assert_int_equal(sb_lp_solve(lp, solver, &options, &result, &error), SB_ERROR_CANCELLED);
    assert_int_equal(error.status, SB_ERROR_CANCELLED);
    assert_null(result.columns);
    assert_int_equal(result.proof, SB_PROOF_NONE);
    /* The solver is as good as before. */
    cancel = false;
    assert_int_equal(sb_lp_solve(lp, solver, &options, &result, &error), SB_OK);
    const char *wrong = check_certificate(lp, &result);
    assert_string_equal(wrong != NULL ? wrong : "", "");
    sb_lp_solver_free(solver);
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
}

typedef struct cancelled_solve {
    sb_lp *lp;
    atomic_bool cancel;
    sb_status status;
} cancelled_solve;

/* max x + y, x + 2 y <= 4, 3 x + y <= 6: both rows bind. */
static void a_known_basis_is_the_start(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    fmpq *numbers = sb_rationals_new(5);
    fmpq_one(numbers);
    fmpq_set_si(numbers + 1, 2, 1);
    fmpq_set_si(numbers + 2, 3, 1);
    fmpq_set_si(numbers + 3, 4, 1);
    fmpq_set_si(numbers + 4, 6, 1);
    fmpq *zero = sb_rationals_new(1), *pair = sb_rationals_new(2);
    const size_t both[] = {0, 1};
    for (size_t column = 0; column < 2; column++) {
        assert_int_equal(sb_lp_add_column(lp, NULL, zero, NULL, numbers, NULL, NULL), SB_OK);
    }
    assert_int_equal(sb_lp_add_row(lp, NULL, NULL, numbers + 3, 2, both, numbers, NULL, NULL),
                     SB_OK);
    fmpq_set(pair, numbers + 2);
    fmpq_set(pair + 1, numbers);
    assert_int_equal(sb_lp_add_row(lp, NULL, NULL, numbers + 4, 2, both, pair, NULL, NULL), SB_OK);
    sb_lp_solver *solver = sb_lp_solver_new();
    sb_lp_result result;
    sb_error error;
    sb_lp_result_init(&result);
    bool columns[] = {true, true}, rows[] = {false, false};
    assert_false(sb_lp_solver_remembers(solver, lp));
    assert_int_equal(sb_lp_solver_start(solver, lp, columns, rows, &error), SB_OK);
    assert_true(sb_lp_solver_remembers(solver, lp));
    assert_int_equal(sb_lp_solve(lp, solver, NULL, &result, &error), SB_OK);
    assert_string_equal(check_certificate(lp, &result) == NULL ? "" : "wrong", "");
    assert_int_equal(result.floating_iterations, 0);
    assert_int_equal(result.exact_pivots, 0);
    /* from another basis the answer is the same; a set that is no basis is refused */
    columns[0] = false;
    rows[1] = true;
    assert_int_equal(sb_lp_solver_start(solver, lp, columns, rows, &error), SB_OK);
    assert_int_equal(sb_lp_solve(lp, solver, NULL, &result, &error), SB_OK);
    assert_string_equal(check_certificate(lp, &result) == NULL ? "" : "wrong", "");
    /* a trusted basis goes straight to the proof; trust misplaced costs exact pivots */
    assert_int_equal(sb_lp_solver_trust(solver, lp, columns, rows, NULL, &error), SB_OK);
    assert_int_equal(sb_lp_solve(lp, solver, NULL, &result, &error), SB_OK);
    assert_string_equal(check_certificate(lp, &result) == NULL ? "" : "wrong", "");
    assert_int_equal(result.floating_iterations, 0);
    assert_true(result.exact_pivots > 0);
    /* both columns at upper bounds of 1, where the rows have slack */
    assert_int_equal(sb_lp_set_column_bounds(lp, 0, zero, numbers, &error), SB_OK);
    const bool basic_columns[] = {false, false}, basic_rows[] = {true, true},
               upper[] = {true, true};
    assert_int_equal(sb_lp_set_column_bounds(lp, 1, zero, numbers, &error), SB_OK);
    assert_int_equal(sb_lp_solver_trust(solver, lp, basic_columns, basic_rows, upper, &error),
                     SB_OK);
    assert_int_equal(sb_lp_solve(lp, solver, NULL, &result, &error), SB_OK);
    assert_string_equal(check_certificate(lp, &result) == NULL ? "" : "wrong", "");
    assert_int_equal(result.exact_pivots, 0);
    assert_true(fmpq_is_one(result.columns) && fmpq_is_one(result.columns + 1));
    columns[0] = true;
    assert_int_equal(sb_lp_solver_start(solver, lp, columns, rows, &error), SB_ERROR_INTERNAL);
    sb_lp_result_clear(&result);
    sb_lp_solver_free(solver);
    sb_lp_free(lp);
    sb_rationals_free(numbers, 5);
    sb_rationals_free(zero, 1);
    sb_rationals_free(pair, 2);
}

static void *solve_until_cancelled(void *context)
{
    cancelled_solve *work = context;
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.cancel = &work->cancel;
    sb_lp_result result;
    sb_lp_result_init(&result);
    do {
        work->status = sb_lp_solve(work->lp, NULL, &options, &result, NULL);
    } while (work->status == SB_OK);
    sb_lp_result_clear(&result);
    flint_cleanup();
    return NULL;
}

static void another_thread_cancels(void **state)
{
    (void)state;
    cancelled_solve work = {.lp = hard_program(7), .status = SB_OK};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, solve_until_cancelled, &work), 0);
    usleep(30000);
    work.cancel = true;
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(work.status, SB_ERROR_CANCELLED);
    sb_lp_free(work.lp);
}

static void a_met_time_limit_leaves_the_floating_answer(void **state)
{
    (void)state;
    fmpq *prior = sb_rationals_new(9);
    for (int k = 0; k < 9; k++) {
        fmpq_set_si(&prior[k], k % 4 == 0 ? 5 : 2, 27);
    }
    sb_lp *lp = two_bidders_program(3, prior);
    sb_rationals_free(prior, 9);
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.time_limit = 1e-9;
    sb_lp_result result;
    sb_error error;
    sb_lp_result_init(&result);
    assert_int_equal(sb_lp_solve(lp, NULL, &options, &result, &error), SB_OK);
    assert_int_equal(result.status, SB_LP_OPTIMAL);
    assert_int_equal(result.proof, SB_PROOF_FLOATING);
    assert_non_null(strstr(result.reason, "time limit"));
    assert_non_null(result.columns);
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
}

static void *solve_often(void *context)
{
    size_t types = *(const size_t *)context;
    sb_lp *lp = hard_program(types);
    sb_lp_solver *solver = sb_lp_solver_new();
    sb_lp_result result;
    sb_lp_result_init(&result);
    const char *wrong = NULL;
    for (int k = 0; k < 10 && wrong == NULL; k++) {
        sb_lp_solver_forget(solver);
        if (sb_lp_solve(lp, solver, NULL, &result, NULL) != SB_OK) {
            wrong = "a solve failed";
        } else {
            wrong = check_certificate(lp, &result);
        }
    }
    sb_lp_result_clear(&result);
    sb_lp_solver_free(solver);
    sb_lp_free(lp);
    flint_cleanup();
    return wrong == NULL ? NULL : context;
}

static void two_threads_solve_at_once(void **state)
{
    (void)state;
    pthread_t threads[2];
    size_t types[2] = {4, 5};
    for (int k = 0; k < 2; k++) {
        assert_int_equal(pthread_create(&threads[k], NULL, solve_often, &types[k]), 0);
    }
    for (int k = 0; k < 2; k++) {
        void *wrong = NULL;
        assert_int_equal(pthread_join(threads[k], &wrong), 0);
        assert_null(wrong);
    }
}

static void misuse_glpk(void *context)
{
    glp_prob *problem = glp_create_prob();
    *(int *)context = 1;
    glp_add_rows(problem, -1);
    *(int *)context = 2;
}

static void use_glpk_well(void *context)
{
    glp_prob *problem = glp_create_prob();
    *(int *)context = glp_add_rows(problem, 3);
    glp_delete_prob(problem);
}

static void errors_inside_glpk_come_back_quietly(void **state)
{
    (void)state;
    int reached = 0;
    (void)fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    FILE *captured = tmpfile();
    assert_non_null(captured);
    assert_true(dup2(fileno(captured), STDOUT_FILENO) >= 0);
    bool done = sb_glpk_guard(misuse_glpk, &reached);
    (void)fflush(stdout);
    assert_true(dup2(kept, STDOUT_FILENO) >= 0);
    close(kept);
    assert_int_equal(fseek(captured, 0, SEEK_END), 0);
    assert_int_equal(ftell(captured), 0);
    assert_int_equal(fclose(captured), 0);
    assert_false(done);
    assert_int_equal(reached, 1);
    /* GLPK works on afterwards, and so do solvers. */
    assert_true(sb_glpk_guard(use_glpk_well, &reached));
    assert_int_equal(reached, 1);
    sb_lp *lp = hard_program(3);
    sb_lp_result result;
    sb_lp_result_init(&result);
    assert_int_equal(sb_lp_solve_exactly(lp, &result, NULL), SB_OK);
    assert_int_equal(result.proof, SB_PROOF_EXACT);
    assert_true(result.floating_iterations > 0);
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
}

static void the_callers_own_glpk_objects_survive(void **state)
{
    (void)state;
    glp_prob *own = glp_create_prob();
    glp_set_prob_name(own, "own");
    int reached = 0;
    assert_true(sb_glpk_guard(use_glpk_well, &reached));
    assert_string_equal(glp_get_prob_name(own), "own");
    glp_delete_prob(own);
    glp_free_env();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_known_basis_is_the_start),
        cmocka_unit_test(a_raised_flag_cancels),
        cmocka_unit_test(another_thread_cancels),
        cmocka_unit_test(a_met_time_limit_leaves_the_floating_answer),
        cmocka_unit_test(two_threads_solve_at_once),
        cmocka_unit_test(errors_inside_glpk_come_back_quietly),
        cmocka_unit_test(the_callers_own_glpk_objects_survive),
    };
    int failed = cmocka_run_group_tests_name("lp/solver", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
