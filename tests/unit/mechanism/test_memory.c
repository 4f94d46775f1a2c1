/* Memory that runs out at every single request while designing: an error, and nothing leaks.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/memory.h"
#include "sidebet/smallest_payments.h"
#include "unit/mechanism/own.h"

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

/* Solve until no request fails; every seventh request only under slow tools. Notes that are not
 * written for want of memory are no error. */
static void solve_again_and_again(const sb_environment *environment, sb_solution *solution)
{
    sb_status status = SB_ERROR_MEMORY;
    bool met = true;
    long step = property_cases(10) < 10 ? 7 : 1, failures = 0;
    sb_solution_init(solution);
    for (; met; failures += step) {
        requests_left = failures;
        status = sb_design_solve(environment, NULL, NULL, solution, NULL);
        met = requests_left < 0;
        requests_left = -1;
        assert_true(status == SB_OK || status == SB_ERROR_MEMORY);
        assert_true(status == SB_OK || (!solution->mechanism && !solution->multipliers));
    }
    assert_int_equal(status, SB_OK);
    assert_int_equal(solution->proof, SB_PROOF_EXACT);
    assert_true(failures > 100);
}

static void find_again_and_again(const sb_environment *environment, const sb_solution *solution)
{
    sb_smallest_payments smallest;
    sb_smallest_payments_init(&smallest);
    sb_status status = SB_ERROR_MEMORY;
    bool met = true;
    long step = property_cases(10) < 10 ? 7 : 1, failures = 0;
    for (; met; failures += step) {
        requests_left = failures;
        status = sb_smallest_payments_find(environment, solution, NULL, NULL, &smallest, NULL);
        met = requests_left < 0;
        requests_left = -1;
        assert_int_equal(status, met ? SB_ERROR_MEMORY : SB_OK);
        assert_true(status == SB_OK || !smallest.mechanism);
    }
    assert_int_equal(smallest.proof, SB_PROOF_EXACT);
    assert_true(failures > 100);
    sb_smallest_payments_clear(&smallest);
}

static void in_payments(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".251 .25 .25 .249");
    sb_solution solution;
    solve_again_and_again(environment, &solution);
    find_again_and_again(environment, &solution);
    assert_number(&solution.objective, "1.749");
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

/* Six types, the third of which believes what the first two believe together. */
static void in_interim_payments(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2 3 5 6 7", 6,
                                                        "1 2 3 4 5 6 2 1 1 1 1 1 3 3 4 5 6 7 "
                                                        "1 1 2 1 1 1 1 1 1 2 1 1 1 1 1 1 2 1");
    sb_solution solution;
    solve_again_and_again(environment, &solution);
    find_again_and_again(environment, &solution);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

/* Found by a search, with a reporting set and a rule of one agent's own. */
static void deterministic_ones(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".251 .25 .25 .249");
    environment->rules.choice[SB_RULE_DETERMINISTIC] = SB_DETERMINISTIC;
    set_own(environment, 0, "bayes-nash", "ex-post");
    set_reports(environment, 1, "11 01");
    sb_solution solution;
    solve_again_and_again(environment, &solution);
    assert_true(solution.searched);
    find_again_and_again(environment, &solution);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

/* Ex-post rules of enough types that rows are made when they are needed. */
static void rows_when_needed(void **state)
{
    (void)state;
    sb_environment *environment =
        one_bidder_and_signal("1 2 3 4 5 6 7 8 9", 3,
                              "1 2 3 4 5 6 2 1 1 1 1 1 3 3 4 5 6 7 1 1 2 1 "
                              "1 1 1 1 1");
    sb_solution solution;
    set_rules(environment, "ex-post", "ex-post");
    solve_again_and_again(environment, &solution);
    assert_int_equal(solution.status, SB_LP_OPTIMAL);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

/* Eleven types with four signals: payments are projected out. */
static void in_rents(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal(
        "1 2 3 4 5 6 7 8 9 10 11", 4,
        "9 1 1 1 1 9 1 1 1 1 9 1 1 1 1 9 3 2 2 3 5 5 1 1 4 2 3 3 1 2 5 4 2 2 2 2 7 3 1 1 3 4 3 2");
    sb_solution solution;
    solve_again_and_again(environment, &solution);
    assert_true(solution.rounds > 1);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

static void without_an_optimum(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", NULL);
    sb_solution solution;
    set_rules(environment, "bayes-nash", "none");
    solve_again_and_again(environment, &solution);
    assert_int_equal(solution.status, SB_LP_UNBOUNDED);
    assert_non_null(solution.ray);
    sb_solution_clear(&solution);
    set_own(environment, 0, "bayes-nash", "ex-interim"); /* remedies by agent too */
    solve_again_and_again(environment, &solution);
    assert_int_equal(solution.status, SB_LP_UNBOUNDED);
    sb_solution_clear(&solution);
    set_rules(environment, "bayes-nash", "ex-post");
    fmpq_set_si(environment->agents[0].outside, 5, 1);
    assert_int_equal(sb_rules_set(&environment->rules, "payments", "none", NULL), SB_OK);
    solve_again_and_again(environment, &solution);
    assert_int_equal(solution.status, SB_LP_INFEASIBLE);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_payments),        cmocka_unit_test(in_interim_payments),
        cmocka_unit_test(deterministic_ones), cmocka_unit_test(rows_when_needed),
        cmocka_unit_test(in_rents),           cmocka_unit_test(without_an_optimum),
    };
    int failed = cmocka_run_group_tests_name("mechanism/memory", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
