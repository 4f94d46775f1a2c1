/* Programs written in CPLEX LP format and read back by GLPK.
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
#include <unistd.h>

#include <glpk.h>

#include "build_lp.h"
#include "sidebet/integer_program.h"
#include "two_bidders.h"

static char *written(const sb_lp *lp)
{
    char *text = NULL;
    assert_int_equal(sb_lp_format_cplex(lp, &text, NULL), SB_OK);
    assert_non_null(text);
    return text;
}

static void text_of_a_small_program(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "0", "-", "0.25");
    column(lp, "-", "-", "-1");
    column(lp, "0", "1/3", "0");
    column(lp, "-2", "2.5", "0");
    column(lp, "7", "7", "0");
    row(lp, "1", "1 1", "1");
    row(lp, "-1/3", "0 1/7 2", "5");
    row(lp, "-", "0 0 0 1.5", "0.5");
    char *text = written(lp);
    assert_string_equal(text, "Maximize\n"
                              " objective: + 0.25 x1 - 1 x2\n"
                              "Subject To\n"
                              " r1: + 1 x1 + 1 x2 = 1\n"
                              " r2.low: + 3 x2 + 42 x3 >= -7\n"
                              " r2.high: + 3 x2 + 42 x3 <= 105\n"
                              " r3: + 1.5 x4 <= 0.5\n"
                              " _bound.x3: + 3 x3 <= 1\n"
                              "Bounds\n"
                              " 0 <= x1\n"
                              " x2 free\n"
                              " 0 <= x3\n"
                              " -2 <= x4 <= 2.5\n"
                              " x5 = 7\n"
                              "End\n");
    free(text);
    sb_lp_free(lp);
}

static void names_are_kept_where_the_format_can_take_them(void **state)
{
    (void)state;
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    const size_t first = 0;
    sb_lp *lp = sb_lp_new(SB_MINIMISE);
    assert_int_equal(sb_lp_add_column(lp, "pay [low, 2]", NULL, NULL, one, NULL, NULL), SB_OK);
    assert_int_equal(sb_lp_add_column(lp, "end", NULL, NULL, NULL, NULL, NULL), SB_OK);
    assert_int_equal(sb_lp_add_row(lp, "a b", one, NULL, 1, &first, one, NULL, NULL), SB_OK);
    assert_int_equal(sb_lp_add_row(lp, "a-b", one, NULL, 1, &first, one, NULL, NULL), SB_OK);
    char *text = written(lp);
    assert_non_null(strstr(text, "pay__low,_2_ free"));
    assert_non_null(strstr(text, "_end free"));
    assert_non_null(strstr(text, "\\ r1 is a b\n\\ r2 is a-b\n"));
    free(text);
    sb_lp_free(lp);
    fmpq_clear(one);
}

/* Write to a file, read with GLPK, solve: the same optimum. */
static double solved_by_glpk(const sb_lp *lp)
{
    char path[] = "/tmp/sidebet-lp-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    char *text = written(lp);
    FILE *stream = fdopen(file, "w");
    assert_non_null(stream);
    assert_true(fputs(text, stream) >= 0);
    assert_int_equal(fclose(stream), 0);
    free(text);
    int output = glp_term_out(GLP_OFF);
    glp_prob *problem = glp_create_prob();
    assert_int_equal(glp_read_lp(problem, NULL, path), 0);
    glp_smcp settings;
    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    assert_int_equal(glp_simplex(problem, &settings), 0);
    assert_int_equal(glp_get_status(problem), GLP_OPT);
    double objective = glp_get_obj_val(problem);
    glp_delete_prob(problem);
    glp_term_out(output);
    glp_free_env();
    assert_int_equal(unlink(path), 0);
    return objective;
}

static void read_back_by_another_solver(void **state)
{
    (void)state;
    fmpq *prior = sb_rationals_new(9);
    for (int k = 0; k < 9; k++) {
        fmpq_set_si(&prior[k], k % 4 == 0 ? 5 : 2, 27);
    }
    sb_lp *lp = two_bidders_program(3, prior);
    sb_lp_result result;
    sb_lp_result_init(&result);
    assert_int_equal(sb_lp_solve_exactly(lp, &result, NULL), SB_OK);
    double expected = sb_rational_to_double(&result.objective);
    /* The objective's common denominator is 27. */
    assert_true(fabs(solved_by_glpk(lp) - 27 * expected) < 1e-6);
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
    sb_rationals_free(prior, 9);
}

static void a_program_without_columns_is_refused(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    char *text = NULL;
    sb_error error;
    assert_int_equal(sb_lp_format_cplex(lp, &text, &error), SB_ERROR_INPUT);
    assert_null(text);
    sb_lp_free(lp);
}

static void binary_columns_are_named(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "0", "1", "1");
    column(lp, "0", "1", "1");
    column(lp, "0", "-", "0");
    row(lp, "-", "2 2 1", "3");
    const bool binary[] = {true, true, false};
    char *text = NULL;
    assert_int_equal(sb_integer_format_cplex(lp, binary, &text, NULL), SB_OK);
    char path[] = "/tmp/sidebet-lp-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, text, strlen(text)), (ssize_t)strlen(text));
    close(descriptor);
    glp_term_out(GLP_OFF);
    glp_prob *problem = glp_create_prob();
    assert_int_equal(glp_read_lp(problem, NULL, path), 0);
    assert_int_equal(glp_get_num_bin(problem), 2);
    glp_iocp settings;
    glp_init_iocp(&settings);
    settings.presolve = GLP_ON;
    assert_int_equal(glp_intopt(problem, &settings), 0);
    assert_true(glp_mip_obj_val(problem) == 1); /* 3/2 without the section */
    glp_delete_prob(problem);
    glp_free_env();
    unlink(path);
    free(text);
    sb_lp_free(lp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_a_small_program),
        cmocka_unit_test(names_are_kept_where_the_format_can_take_them),
        cmocka_unit_test(read_back_by_another_solver),
        cmocka_unit_test(a_program_without_columns_is_refused),
        cmocka_unit_test(binary_columns_are_named),
    };
    int failed = cmocka_run_group_tests_name("lp/format", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
