/* Memory that runs out at every single request: an error each time, and nothing leaks or breaks.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/memory.h"
#include "certificate.h"
#include "two_bidders.h"

/* Requests until the one that fails; negative: none fails. */
static long requests_left = -1;

/* Takes the place of the library's own. */
void *sb_memory_resize(void *memory, size_t bytes)
{
    if (requests_left == 0) {
        requests_left = -1;
        return NULL;
    }
    if (requests_left > 0) {
        requests_left--;
    }
    return realloc(memory, bytes > 0 ? bytes : 1);
}

static sb_lp *small_program(void)
{
    fmpq *prior = sb_rationals_new(4);
    for (int k = 0; k < 4; k++) {
        fmpq_set_si(&prior[k], 250000000 + (k == 0) - (k == 3), 1000000000);
    }
    sb_lp *lp = two_bidders_program(2, prior);
    sb_rationals_free(prior, 4);
    return lp;
}

static void solving(void **state)
{
    (void)state;
    sb_lp *lp = small_program();
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_lp_solver *solver = sb_lp_solver_new();
    sb_status status = SB_ERROR_MEMORY;
    long failures = 0;
    for (; status != SB_OK; failures++) {
        requests_left = failures;
        status = sb_lp_solve(lp, failures % 2 == 0 ? solver : NULL, NULL, &result, NULL);
        bool met = requests_left < 0;
        requests_left = -1;
        assert_true(status == SB_OK ? !met : status == SB_ERROR_MEMORY);
    }
    assert_true(failures > 30);
    const char *wrong = check_certificate(lp, &result);
    assert_string_equal(wrong != NULL ? wrong : "", "");
    sb_lp_solver_free(solver);
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
}

static void writing(void **state)
{
    (void)state;
    sb_lp *lp = small_program();
    char *text = NULL;
    sb_status status = SB_ERROR_MEMORY;
    long failures = 0;
    for (; status != SB_OK; failures++) {
        requests_left = failures;
        status = sb_lp_format_cplex(lp, &text, NULL);
        requests_left = -1;
        assert_true(status == SB_OK ? text != NULL : status == SB_ERROR_MEMORY && text == NULL);
    }
    assert_true(failures > 20);
    free(text);
    sb_lp_free(lp);
}

/* Build a program, giving up at the first error; NULL then. */
static sb_lp *try_to_build(sb_status *status)
{
    const size_t columns[3] = {0, 1, 0};
    fmpq values[3];
    for (int k = 0; k < 3; k++) {
        fmpq_init(&values[k]);
        fmpq_set_si(&values[k], 1, (ulong)k + 2);
    }
    sb_lp *lp = sb_lp_new(SB_MINIMISE);
    *status = lp != NULL ? SB_OK : SB_ERROR_MEMORY;
    for (int k = 0; *status == SB_OK && k < 20; k++) {
        *status = sb_lp_add_column(lp, "name", &values[0], NULL, NULL, NULL, NULL);
        if (*status == SB_OK && k > 0) {
            *status =
                sb_lp_add_row(lp, "name", &values[0], &values[0], 3, columns, values, NULL, NULL);
        }
    }
    for (int k = 0; k < 3; k++) {
        fmpq_clear(&values[k]);
    }
    if (*status != SB_OK) {
        sb_lp_free(lp);
        return NULL;
    }
    return lp;
}

static void building(void **state)
{
    (void)state;
    sb_status status = SB_ERROR_MEMORY;
    sb_lp *lp = NULL;
    long failures = 0;
    for (; status != SB_OK; failures++) {
        requests_left = failures;
        lp = try_to_build(&status);
        requests_left = -1;
        assert_true(status == SB_OK || status == SB_ERROR_MEMORY);
    }
    assert_true(failures > 40);
    assert_int_equal(sb_lp_row_count(lp), 19);
    sb_lp_free(lp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solving),
        cmocka_unit_test(writing),
        cmocka_unit_test(building),
    };
    int failed = cmocka_run_group_tests_name("lp/memory", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
