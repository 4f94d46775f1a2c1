/* Programs written in MPS format and read back by GLPK.
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

static char *written(const sb_lp *lp, const bool *binary)
{
    char *text = NULL;
    assert_int_equal(sb_integer_format_mps(lp, binary, &text, NULL), SB_OK);
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
    column(lp, "-", "3", "1");
    row(lp, "1", "1 1", "1");
    row(lp, "-1/3", "0 1/7 2", "5");
    row(lp, "-", "0 0 0 1.5", "0.5");
    char *text = written(lp, NULL);
    assert_string_equal(text, "* to be minimised; the objective is multiplied by -1\n"
                              "NAME sidebet\n"
                              "ROWS\n"
                              " N objective\n"
                              " E r1\n"
                              " G r2\n"
                              " L r3\n"
                              " L _most.x3\n"
                              "COLUMNS\n"
                              " x1 objective -0.25\n"
                              " x1 r1 1\n"
                              " x2 objective 1\n"
                              " x2 r1 1\n"
                              " x2 r2 3\n"
                              " x3 r2 42\n"
                              " x3 _most.x3 3\n"
                              " x4 r3 1.5\n"
                              " x5 objective 0\n"
                              " x6 objective -1\n"
                              "RHS\n"
                              " rhs r1 1\n"
                              " rhs r2 -7\n"
                              " rhs r3 0.5\n"
                              " rhs _most.x3 1\n"
                              "RANGES\n"
                              " range r2 112\n"
                              "BOUNDS\n"
                              " FR bound x2\n"
                              " LO bound x4 -2\n"
                              " UP bound x4 2.5\n"
                              " FX bound x5 7\n"
                              " MI bound x6\n"
                              " UP bound x6 3\n"
                              "ENDATA\n");
    free(text);
    sb_lp_free(lp);
}

/* Read by GLPK. */
static glp_prob *read_back(const char *text)
{
    char path[] = "/tmp/sidebet-mps-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, text, strlen(text)), (ssize_t)strlen(text));
    close(descriptor);
    glp_term_out(GLP_OFF);
    glp_prob *problem = glp_create_prob();
    assert_int_equal(glp_read_mps(problem, GLP_MPS_FILE, NULL, path), 0);
    assert_int_equal(unlink(path), 0);
    return problem;
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
    char *text = written(lp, NULL);
    assert_non_null(strstr(text, "multiplied by -27\n"));
    glp_prob *problem = read_back(text);
    assert_int_equal(glp_get_obj_dir(problem), GLP_MIN);
    glp_smcp settings;
    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    assert_int_equal(glp_simplex(problem, &settings), 0);
    assert_true(fabs(glp_get_obj_val(problem) + 27 * expected) < 1e-6);
    glp_delete_prob(problem);
    glp_free_env();
    free(text);
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
    sb_rationals_free(prior, 9);
}

/* Ranges, bounds of every kind and their rows mean to GLPK what they mean here. */
static void bounds_are_understood(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MINIMISE);
    column(lp, "1/3", "-", "1");
    column(lp, "-2", "2.5", "-1");
    column(lp, "-", "3", "-1");
    column(lp, "-", "-", "1");
    row(lp, "-1/3", "0 0 0 1", "5");
    char *text = written(lp, NULL);
    assert_null(strstr(text, "* to be minimised")); /* as it is */
    glp_prob *problem = read_back(text);
    glp_smcp settings;
    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    assert_int_equal(glp_simplex(problem, &settings), 0);
    assert_int_equal(glp_get_status(problem), GLP_OPT);
    assert_true(fabs(glp_get_obj_val(problem) + 5.5) < 1e-9);
    glp_delete_prob(problem);
    glp_free_env();
    free(text);
    sb_lp_free(lp);
}

static void binary_columns_are_marked(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    column(lp, "0", "-", "0");
    column(lp, "0", "1", "1");
    column(lp, "0", "1", "1");
    row(lp, "-", "1 2 2", "3");
    const bool binary[] = {false, true, true};
    char *text = written(lp, binary);
    assert_non_null(strstr(text, " M2 'MARKER' 'INTORG'\n x2 "));
    assert_non_null(strstr(text, " M4 'MARKER' 'INTEND'\nRHS\n"));
    glp_prob *problem = read_back(text);
    assert_int_equal(glp_get_num_bin(problem), 2);
    glp_iocp settings;
    glp_init_iocp(&settings);
    settings.presolve = GLP_ON;
    assert_int_equal(glp_intopt(problem, &settings), 0);
    assert_true(glp_mip_obj_val(problem) == -1); /* -3/2 without the markers */
    glp_delete_prob(problem);
    glp_free_env();
    free(text);
    sb_lp_free(lp);
}

static void a_program_without_columns_is_refused(void **state)
{
    (void)state;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    char *text = NULL;
    sb_error error;
    assert_int_equal(sb_integer_format_mps(lp, NULL, &text, &error), SB_ERROR_INPUT);
    assert_null(text);
    sb_lp_free(lp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_a_small_program),
        cmocka_unit_test(read_back_by_another_solver),
        cmocka_unit_test(bounds_are_understood),
        cmocka_unit_test(binary_columns_are_marked),
        cmocka_unit_test(a_program_without_columns_is_refused),
    };
    int failed = cmocka_run_group_tests_name("lp/format_mps", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
