/* Incentive rows made when they are needed: the answers of the whole program, and their proofs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every lazy answer is held against the whole program in the same coordinates, row by row in
 * rationals (the mechanism obeys, the duals prove), and against the whole program in payments.
 */
#include <stdatomic.h>

#include "sidebet/environment_file.h"
#include "unit/mechanism/whole_program.h"

/* ---- random environments ---- */

static sb_environment *random_environment(property_stream *stream)
{
    static const general_shape shapes[] = {{1, {5, 0}, 7}, {1, {7, 0}, 3}, {1, {6, 0}, 6},
                                           {2, {4, 5}, 0}, {2, {3, 3}, 2}, {2, {2, 6}, 0},
                                           {1, {3, 0}, 2}, {2, {3, 2}, 0}};
    const general_shape *shape = &shapes[property_between(stream, 0, 7)];
    sb_environment *environment =
        general_environment(shape, (size_t)property_between(stream, 2, 4));
    bool single = property_between(stream, 0, 1) == 0, outside = property_between(stream, 0, 1);
    random_utilities(environment, stream, single, outside);
    random_weights(environment, stream, 9);
    return environment;
}

/* Any rules, or those with an optimum more often than not. */
static void random_rules(sb_environment *environment, property_stream *stream)
{
    static const char *const any[][2] = {{"ic", "bayes-nash"},
                                         {"ic", "ex-post"},
                                         {"ir", "ex-ante"},
                                         {"ir", "ex-interim"},
                                         {"ir", "ex-post"},
                                         {"ir", "none"},
                                         {"objective", "welfare"},
                                         {"objective", "agents"},
                                         {"objective", "designer"},
                                         {"objective", "weights:revenue+1/2*agents+2*designer"},
                                         {"payments", "none"},
                                         {"payments", "bounded:3/2"},
                                         {"payments", "no-subsidies"},
                                         {"payments", "no-deficit"},
                                         {"payments", "balanced"}};
    long changes = property_between(stream, 0, 3);
    for (long k = 0; k < changes; k++) {
        const char *const *rule = any[property_between(stream, 0, 14)];
        assert_int_equal(sb_rules_set(&environment->rules, rule[0], rule[1], NULL), SB_OK);
    }
    if (environment->agent_count == 2 && property_between(stream, 0, 2) == 0) {
        sb_rules_choose_own(&environment->rules, SB_RULE_INCENTIVES, 1,
                            (int)property_between(stream, 0, 2));
        sb_rules_choose_own(&environment->rules, SB_RULE_PARTICIPATION, 0,
                            (int)property_between(stream, 0, 3));
    }
}

static void random_reporting_sets(sb_environment *environment, property_stream *stream)
{
    for (size_t k = 0; k < 6 && property_between(stream, 0, 2) == 0; k++) {
        size_t agent = k % environment->agent_count;
        long last = (long)environment->agents[agent].type_count - 1;
        size_t type = (size_t)property_between(stream, 0, last);
        size_t report = (size_t)property_between(stream, 0, last);
        if (type != report) {
            assert_int_equal(
                sb_environment_set_report(environment, agent, type, report, false, NULL), SB_OK);
        }
    }
}

static void any_rules(void **state)
{
    (void)state;
    property_stream stream = {71};
    int cases = property_cases(500);
    size_t seen[3] = {0}, interim = 0, fewer = 0;
    for (int k = 0; k < cases; k++) {
        sb_environment *environment = random_environment(&stream);
        random_rules(environment, &stream);
        random_reporting_sets(environment, &stream);
        sb_lp_solver *solver = sb_lp_solver_new();
        answer found = {0};
        solve_lazily(environment, NULL, solver, NULL, &found);
        seen[assert_answers_the_whole(environment, &found)]++;
        interim += found.design->interim != NULL;
        fewer += found.solved && found.counts.rows < found.result.row_count;
        clear_answer(&found);
        sb_lp_solver_free(solver);
        sb_environment_free(environment);
    }
    if (cases == 500) {
        assert_true(seen[SB_LP_OPTIMAL] > 200 && seen[SB_LP_INFEASIBLE] > 5 &&
                    seen[SB_LP_UNBOUNDED] > 20);
        assert_true(interim > 100 && fewer > 200);
    }
}

/* One solver through edits of weights, which change the rank now and then. */
static void through_edits(void **state)
{
    (void)state;
    property_stream stream = {72};
    int cases = property_cases(40);
    for (int k = 0; k < cases; k++) {
        sb_environment *environment = random_environment(&stream);
        random_rules(environment, &stream);
        sb_lp_solver *solver = sb_lp_solver_new();
        sb_lazy_memory memory = {0};
        for (int edit = 0; edit < 5; edit++) {
            answer found = {0};
            solve_lazily(environment, &memory, solver, NULL, &found);
            assert_answers_the_whole(environment, &found);
            clear_answer(&found);
            long last = (long)sb_environment_profile_count(environment) - 1;
            fmpq_t weight;
            fmpq_init(weight);
            fmpq_set_si(weight, property_between(&stream, 1, 9), 2);
            sb_environment_set_weight(environment, (size_t)property_between(&stream, 0, last),
                                      weight, NULL);
            fmpq_clear(weight);
        }
        sb_lazy_memory_clear(&memory);
        sb_lp_solver_free(solver);
        sb_environment_free(environment);
    }
}

/* ---- without a proof ---- */

/* Types that believe what others believe together: rules without a row are broken at first. */
static sb_environment *mixtures(size_t types)
{
    char values[128] = "";
    size_t length = 0;
    for (size_t k = 0; k < types; k++) {
        length += (size_t)snprintf(values + length, sizeof values - length, "%zu ", k + 1);
    }
    sb_environment *environment = one_bidder_and_signal(values, types, NULL);
    property_stream stream = {73};
    fmpq *numbers = sb_rationals_new(types * types);
    for (size_t cell = 0; cell < types * types; cell++) {
        size_t type = cell / types;
        if (type % 2 == 0) {
            fmpq_set_si(numbers + cell, property_between(&stream, 1, 99), 1);
        }
    }
    for (size_t cell = 0; cell < types * types; cell++) {
        size_t type = cell / types, signal = cell % types;
        if (type % 2 == 1) {
            fmpq_add(numbers + cell, numbers + (type - 1) * types + signal,
                     numbers + (type + 1) % types * types + signal);
        }
    }
    assert_int_equal(sb_environment_set_weights(environment, numbers, NULL), SB_OK);
    sb_rationals_free(numbers, types * types);
    return environment;
}

static void floating_answers_break_nothing(void **state)
{
    (void)state;
    static const char *const rules[][2] = {
        {"bayes-nash", "ex-interim"}, {"bayes-nash", "ex-post"}, {"ex-post", "ex-post"}};
    sb_environment *environment = mixtures(22);
    sb_lp_options options = {.exact = false};
    for (size_t k = 0; k < 3; k++) {
        set_rules(environment, rules[k][0], rules[k][1]);
        assert_true(sb_lazy_applies(environment, &environment->rules));
        sb_solution exact, floating;
        sb_solution_init(&exact);
        sb_solution_init(&floating);
        assert_int_equal(sb_design_solve(environment, NULL, NULL, &exact, NULL), SB_OK);
        assert_int_equal(sb_design_solve(environment, NULL, &options, &floating, NULL), SB_OK);
        assert_int_equal(exact.proof, SB_PROOF_EXACT);
        assert_int_equal(floating.proof, SB_PROOF_FLOATING);
        assert_true(floating.largest_violation < 1e-6);
        double gap =
            sb_rational_to_double(&exact.objective) - sb_rational_to_double(&floating.objective);
        assert_true(gap < 1e-6 && gap > -1e-6);
        assert_true(exact.rounds > (k < 2) && floating.rounds > 0);
        assert_true(exact.binding_count > 0 && exact.multiplier_count > 0);
        assert_true((double)exact.rows < sb_design_size_of(environment, NULL).rows);
        sb_solution_clear(&exact);
        sb_solution_clear(&floating);
    }
    sb_environment_free(environment);
}

/* What is asked for before a program is solved is what its rows take that are made, not all. */
static void the_limit_on_memory_knows_which_rows_are_made(void **state)
{
    (void)state;
    static const char *const rules[][2] = {
        {"bayes-nash", "ex-interim"}, {"bayes-nash", "ex-post"}, {"ex-post", "ex-post"}};
    sb_environment *environment = mixtures(22);
    for (size_t k = 0; k < 3; k++) {
        set_rules(environment, rules[k][0], rules[k][1]);
        sb_design_size whole = sb_design_size_of(environment, NULL), size;
        bool lazily = false;
        assert_int_equal(sb_design_size_to_solve(environment, NULL, &size, &lazily, NULL), SB_OK);
        assert_true(lazily);
        assert_true(size.bytes < whole.bytes && size.rows <= whole.rows);
        sb_solution solution;
        sb_solution_init(&solution);
        sb_lp_options options = {.exact = true, .memory_limit = size.bytes};
        assert_int_equal(sb_design_solve(environment, NULL, &options, &solution, NULL), SB_OK);
        assert_int_equal(solution.status, SB_LP_OPTIMAL);
        assert_true((double)solution.columns <= size.columns);
        assert_true((double)solution.rows <= size.rows);
        assert_true((double)solution.nonzeros <= size.nonzeros);
        sb_error error;
        sb_error_clear(&error);
        options.memory_limit = size.bytes - 1;
        assert_int_equal(sb_design_solve(environment, NULL, &options, &solution, &error),
                         SB_ERROR_LIMIT);
        assert_non_null(strstr(error.message, "the whole program would have"));
        assert_non_null(strstr(error.message, "made when they are needed it would need about"));
        /* What is built whole needs all. */
        assert_int_equal(sb_design_check_size(environment, NULL, size.bytes, &error),
                         SB_ERROR_LIMIT);
        environment->rules.choice[SB_RULE_DETERMINISTIC] = SB_DETERMINISTIC;
        assert_int_equal(sb_design_check_size_to_solve(environment, NULL, size.bytes, &error),
                         SB_ERROR_LIMIT);
        environment->rules.choice[SB_RULE_DETERMINISTIC] = SB_RANDOMISED;
        sb_solution_clear(&solution);
    }
    sb_environment_free(environment);
}

static void time_and_patience_run_out(void **state)
{
    (void)state;
    sb_environment *environment = mixtures(12);
    atomic_bool cancel;
    atomic_init(&cancel, true);
    sb_lp_options options = {.exact = true, .cancel = &cancel};
    sb_solution solution;
    sb_solution_init(&solution);
    static const char *const rules[][2] = {{"bayes-nash", "ex-interim"}, {"ex-post", "ex-post"}};
    for (size_t k = 0; k < 2; k++) {
        set_rules(environment, rules[k][0], rules[k][1]);
        options = (sb_lp_options){.exact = true, .cancel = &cancel};
        assert_int_equal(sb_design_solve(environment, NULL, &options, &solution, NULL),
                         SB_ERROR_CANCELLED);
        assert_null(solution.mechanism);
        options = (sb_lp_options){.exact = true, .time_limit = 1e-9};
        assert_int_equal(sb_design_solve(environment, NULL, &options, &solution, NULL), SB_OK);
        assert_int_equal(solution.status, SB_LP_OPTIMAL);
        assert_int_equal(solution.proof, SB_PROOF_FLOATING);
        assert_non_null(strstr(solution.reason, "time limit"));
    }
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

/* Beliefs so nearly dependent that double precision calls a feasible program infeasible: said is
 * only what is proved, and the limit that is named is the caller's. */
static void no_verdict_without_proof(void **state)
{
    (void)state;
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_read(SB_SOURCE_DIR
                                         "/tests/unit/mechanism/fixtures/nearly-dependent.yaml",
                                         &environment, NULL, NULL),
                     SB_OK);
    sb_solution solution;
    sb_solution_init(&solution);
    for (int exact = 0; exact < 2; exact++) {
        const sb_lp_options options = {.exact = exact == 1, .time_limit = 0.25};
        assert_int_equal(sb_design_solve(environment, NULL, &options, &solution, NULL), SB_OK);
        assert_true(solution.status == SB_LP_OPTIMAL || solution.status == SB_LP_FAILED);
        assert_true(solution.proof == SB_PROOF_EXACT ||
                    strstr(solution.reason, "limit of 0.25 s") != NULL ||
                    strstr(solution.reason, "not found in time") != NULL);
    }
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_rules),
        cmocka_unit_test(through_edits),
        cmocka_unit_test(floating_answers_break_nothing),
        cmocka_unit_test(the_limit_on_memory_knows_which_rows_are_made),
        cmocka_unit_test(time_and_patience_run_out),
        cmocka_unit_test(no_verdict_without_proof),
    };
    int failed = cmocka_run_group_tests_name("mechanism/lazy", tests, NULL, NULL);
    flint_cleanup_master();
    return failed;
}
