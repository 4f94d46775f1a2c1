/* Robust optima: published figures, limits, order, and the two methods against each other.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "unit/analysis/robust_cases.h"

/* ---- the table of midpoint grids ---- */

static void figures_of_normal_tables(void **state)
{
    (void)state;
    static const struct {
        size_t size;
        double bayesian, robust[3], ex_post;
    } lines[] = {{5, 3.0000, {2.9185, 2.7642, 2.3145}, 2.2122},
                 {10, 5.5000, {5.1153, 4.3627, 3.5401}, 3.5401},
                 {15, 8.0000, {7.0004, 5.4599, 4.9097}, 4.9097}};
    static const char *const radii[] = {".01", ".03", ".1"};
    for (size_t line = 0; line < (size_t)property_cases(3); line++) {
        sb_environment *environment = normal(lines[line].size);
        fmpq_t objective;
        fmpq_init(objective);
        optimum(objective, environment, "bayes-nash", "ex-interim");
        assert_close(objective, lines[line].bayesian, 5e-5);
        optimum(objective, environment, "ex-post", "ex-post");
        assert_close(objective, lines[line].ex_post, 5e-5);
        fmpq_clear(objective);
        for (size_t k = 0; k < 3; k++) {
            sb_consistent_set set;
            box(&set, environment, radii[k]);
            sb_robust_solution solution;
            solve_robust(environment, &set, NULL, &solution);
            assert_close(&solution.objective, lines[line].robust[k], 5e-5);
            sb_robust_solution_clear(&solution);
            sb_consistent_set_clear(&set);
        }
        sb_environment_free(environment);
    }
}

/* ---- limits and order ---- */

static void limits_are_exact(void **state)
{
    (void)state;
    property_stream stream = {5};
    fmpq_t robust, limit;
    fmpq_init(robust);
    fmpq_init(limit);
    for (int round = 0; round < property_cases(80); round++) {
        sb_environment *environment =
            random_environment(&stream, (size_t)property_between(&stream, 1, 4),
                               (size_t)property_between(&stream, 1, 4));
        sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
        options.method = round % 2 == 0 ? SB_ROBUST_CUTS : SB_ROBUST_COMPACT;
        sb_consistent_set set;
        box(&set, environment, "0");
        robust_optimum(robust, environment, &set, &options);
        optimum(limit, environment, "bayes-nash", "ex-interim");
        assert_true(fmpq_equal(robust, limit));
        ok(sb_consistent_set_simplex(&set, environment, HERE));
        robust_optimum(robust, environment, &set, &options);
        optimum(limit, environment, "ex-post", "ex-post");
        assert_true(fmpq_equal(robust, limit));
        sb_consistent_set_clear(&set);
        sb_environment_free(environment);
    }
    fmpq_clear(robust);
    fmpq_clear(limit);
}

static void normal_limits_are_exact(void **state)
{
    (void)state;
    sb_environment *environment = normal(5);
    fmpq_t robust, limit;
    fmpq_init(robust);
    fmpq_init(limit);
    sb_consistent_set set;
    box(&set, environment, "0");
    robust_optimum(robust, environment, &set, NULL);
    optimum(limit, environment, "bayes-nash", "ex-interim");
    assert_true(fmpq_equal(robust, limit));
    sb_consistent_set_clear(&set);
    box(&set, environment, "1");
    robust_optimum(robust, environment, &set, NULL);
    optimum(limit, environment, "ex-post", "ex-post");
    assert_true(fmpq_equal(robust, limit));
    fmpq_clear(robust);
    fmpq_clear(limit);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

/* ex-post <= robust over the larger box <= over the smaller <= Bayesian */
static void sandwich_of(property_stream *stream)
{
    sb_environment *environment = random_environment(stream, (size_t)property_between(stream, 2, 3),
                                                     (size_t)property_between(stream, 2, 3));
    static const char *const radii[] = {"0.002", "0.01", "0.05", "0.1", "0.2", "0.4"};
    size_t small = (size_t)property_between(stream, 0, 4);
    size_t large = (size_t)property_between(stream, (long)small + 1, 5);
    fmpq *values = sb_rationals_new(4);
    sb_consistent_set set;
    optimum(values, environment, "ex-post", "ex-post");
    box(&set, environment, radii[large]);
    robust_optimum(values + 1, environment, &set, NULL);
    sb_consistent_set_clear(&set);
    box(&set, environment, radii[small]);
    sb_robust_solution solution;
    solve_robust(environment, &set, NULL, &solution);
    fmpq_set(values + 2, &solution.objective);
    assert_true(fmpq_equal(&solution.objective, &solution.revenue));
    assert_true(fmpq_cmp(&solution.worst_case, &solution.revenue) <= 0);
    sb_robust_solution_clear(&solution);
    sb_consistent_set_clear(&set);
    optimum(values + 3, environment, "bayes-nash", "ex-interim");
    for (size_t k = 0; k < 3; k++) {
        assert_true(fmpq_cmp(values + k, values + k + 1) <= 0);
    }
    sb_rationals_free(values, 4);
    sb_environment_free(environment);
}

static void sandwich_on_random_tables(void **state)
{
    (void)state;
    property_stream stream = {7};
    for (int round = 0; round < property_cases(300); round++) {
        sandwich_of(&stream);
    }
}

/* ---- cuts against the compact program ---- */

static void compare_methods(const sb_environment *environment, const sb_consistent_set *set,
                            sb_robust_objective objective, bool exact)
{
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.objective = objective;
    options.lp.exact = exact;
    sb_robust_solution cuts, compact;
    solve_robust(environment, set, &options, &cuts);
    options.method = SB_ROBUST_COMPACT;
    solve_robust(environment, set, &options, &compact);
    if (exact) {
        assert_true(fmpq_equal(&cuts.objective, &compact.objective));
    } else {
        double size = sb_rational_to_double(&cuts.objective);
        assert_close(&compact.objective, size, 1e-9 * (1 + (size > 0 ? size : -size)));
    }
    if (objective == SB_ROBUST_WORST_CASE && exact &&
        environment->rules.choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE) {
        assert_true(fmpq_equal(&cuts.objective, &cuts.worst_case));
        assert_true(fmpq_equal(&compact.objective, &compact.worst_case));
    }
    assert_int_equal(compact.cuts, 0);
    sb_robust_solution_clear(&cuts);
    sb_robust_solution_clear(&compact);
}

static void methods_agree(void **state)
{
    (void)state;
    property_stream stream = {13};
    static const char *const radii[] = {"0.01", "0.05", "0.2"};
    for (int round = 0; round < property_cases(60); round++) {
        sb_environment *environment =
            random_environment(&stream, (size_t)property_between(&stream, 2, 4),
                               (size_t)property_between(&stream, 2, 4));
        sb_consistent_set set;
        box(&set, environment, radii[round % 3]);
        for (int exact = 0; exact < 2; exact++) {
            compare_methods(environment, &set, SB_ROBUST_ESTIMATE, exact == 1);
            compare_methods(environment, &set, SB_ROBUST_WORST_CASE, exact == 1);
        }
        sb_consistent_set_clear(&set);
        sb_environment_free(environment);
    }
}

static void methods_agree_on_a_normal_table(void **state)
{
    (void)state;
    sb_environment *environment = normal(6);
    sb_consistent_set set;
    box(&set, environment, ".02");
    for (int exact = 0; exact < 2; exact++) {
        compare_methods(environment, &set, SB_ROBUST_ESTIMATE, exact == 1);
        compare_methods(environment, &set, SB_ROBUST_WORST_CASE, exact == 1);
    }
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

static void methods_agree_under_other_rules(void **state)
{
    (void)state;
    property_stream stream = {17};
    static const char *const rules[][4] = {
        {"ex-post", "ex-interim", "revenue", "free"},
        {"bayes-nash", "ex-post", "revenue", "free"},
        {"bayes-nash", "ex-interim", "welfare", "free"},
        {"bayes-nash", "ex-interim", "revenue", "bounded:2"},
        {"bayes-nash", "ex-interim", "revenue", "none"},
        {"bayes-nash", "none", "welfare", "none"},
        {"none", "ex-interim", "revenue", "free"},
        {"bayes-nash", "ex-interim", "weights:revenue+0.5*agents", "free"},
        {"bayes-nash", "ex-interim", "revenue", "no-subsidies"},
        {"bayes-nash", "ex-interim", "agents", "no-deficit"},
        {"bayes-nash", "ex-interim", "designer", "balanced"},
    };
    fmpq_t robust, limit;
    fmpq_init(robust);
    fmpq_init(limit);
    for (int round = 0; round < property_cases(44); round++) {
        sb_environment *environment = random_environment(&stream, 3, 3);
        const char *const *chosen = rules[(size_t)round % (sizeof rules / sizeof *rules)];
        set_rules(environment, chosen[0], chosen[1]);
        ok(sb_rules_set(&environment->rules, "objective", chosen[2], HERE));
        ok(sb_rules_set(&environment->rules, "payments", chosen[3], HERE));
        sb_consistent_set set;
        box(&set, environment, "0.04");
        compare_methods(environment, &set, SB_ROBUST_ESTIMATE, true);
        compare_methods(environment, &set, SB_ROBUST_WORST_CASE, true);
        ok(sb_consistent_set_point(&set, environment, HERE));
        robust_optimum(robust, environment, &set, NULL);
        optimum(limit, environment, chosen[0], chosen[1]);
        assert_true(fmpq_equal(robust, limit));
        sb_consistent_set_clear(&set);
        sb_environment_free(environment);
    }
    fmpq_clear(robust);
    fmpq_clear(limit);
}

/* ---- any outcomes ---- */

static sb_environment *random_general(property_stream *stream)
{
    static const char *const types[] = {"low", "middle", "high"};
    static const char *const outcomes[] = {"a", "b", "c"};
    sb_agent_description agent = {"Alice", 3, types};
    sb_environment *environment = NULL;
    ok(sb_environment_new_general(&agent, 1, outcomes, 3, "weather", 2, NULL, &environment, HERE));
    fmpq *weights = sb_rationals_new(6);
    for (size_t k = 0; k < 9; k++) {
        fmpq_set_si(environment->agents[0].utilities + k, property_between(stream, -3, 9), 1);
    }
    for (size_t k = 0; k < 3; k++) {
        fmpq_set_si(environment->agents[0].outside + k, property_between(stream, 0, 2), 2);
        fmpq_set_si(environment->designer + k, property_between(stream, -2, 2), 1);
    }
    for (size_t k = 0; k < 6; k++) {
        fmpq_set_si(weights + k, property_between(stream, 1, 9), 1);
    }
    ok(sb_environment_set_weights(environment, weights, HERE));
    sb_rationals_free(weights, 6);
    return environment;
}

static void any_outcomes(void **state)
{
    (void)state;
    property_stream stream = {19};
    fmpq_t robust, limit;
    fmpq_init(robust);
    fmpq_init(limit);
    for (int round = 0; round < property_cases(40); round++) {
        sb_environment *environment = random_general(&stream);
        if (round % 2 == 1) {
            ok(sb_rules_set(&environment->rules, "objective", "welfare", HERE));
        }
        sb_consistent_set set;
        box(&set, environment, "0");
        robust_optimum(robust, environment, &set, NULL);
        optimum(limit, environment, "bayes-nash", "ex-interim");
        assert_true(fmpq_equal(robust, limit));
        ok(sb_consistent_set_simplex(&set, environment, HERE));
        robust_optimum(robust, environment, &set, NULL);
        optimum(limit, environment, "ex-post", "ex-post");
        assert_true(fmpq_equal(robust, limit));
        sb_consistent_set_clear(&set);
        box(&set, environment, ".08");
        compare_methods(environment, &set, SB_ROBUST_ESTIMATE, true);
        compare_methods(environment, &set, SB_ROBUST_WORST_CASE, true);
        sb_consistent_set_clear(&set);
        sb_environment_free(environment);
    }
    fmpq_clear(robust);
    fmpq_clear(limit);
}

/* ---- types and rules at the edge ---- */

static void impossible_types_ask_nothing(void **state)
{
    (void)state;
    /* the type of value 9 never comes: without rows it changes nothing, with tables it must be
     * content too */
    sb_environment *with = one_bidder_and_signal("1 2 9", 2, "2 1 1 2 0 0");
    sb_environment *without = one_bidder_and_signal("1 2", 2, "2 1 1 2");
    fmpq_t one, other;
    fmpq_init(one);
    fmpq_init(other);
    sb_consistent_set set;
    box(&set, with, ".1");
    robust_optimum(one, with, &set, NULL);
    sb_consistent_set_clear(&set);
    box(&set, without, ".1");
    robust_optimum(other, without, &set, NULL);
    assert_true(fmpq_equal(one, other));
    ok(sb_consistent_set_simplex(&set, with, HERE));
    sb_robust_options compact = SB_ROBUST_OPTIONS_DEFAULT;
    compact.method = SB_ROBUST_COMPACT;
    robust_optimum(one, with, &set, NULL);
    robust_optimum(other, with, &set, &compact);
    assert_true(fmpq_equal(one, other));
    fmpq_clear(one);
    fmpq_clear(other);
    sb_consistent_set_clear(&set);
    sb_environment_free(with);
    sb_environment_free(without);
}

static void forms_that_are_refused(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "2 1 1 2");
    sb_consistent_set set;
    box(&set, environment, ".1");
    sb_robust_solution solution;
    sb_robust_solution_init(&solution);
    sb_error error;
    set_rules(environment, "bayes-nash", "ex-ante");
    assert_int_equal(sb_robust_solve(environment, &set, NULL, &solution, &error), SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "ex-ante"));
    set_rules(environment, "bayes-nash", "ex-interim");
    ok(sb_rules_set(&environment->rules, "deterministic", "true", HERE));
    assert_int_equal(sb_robust_solve(environment, &set, NULL, &solution, &error), SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "randomised mechanisms only"));
    ok(sb_rules_set(&environment->rules, "deterministic", "false", HERE));
    sb_environment *other = one_bidder_and_signal("1 2", 3, "2 1 1 2 1 1");
    assert_int_equal(sb_robust_solve(other, &set, NULL, &solution, &error), SB_ERROR_USAGE);
    sb_environment_free(other);
    other = two_bidders("1 2", "1 2", "1 1 1 1");
    assert_int_equal(sb_robust_solve(other, &set, NULL, &solution, &error), SB_ERROR_USAGE);
    sb_environment_free(other);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

static void without_an_optimum(void **state)
{
    (void)state;
    for (int method = SB_ROBUST_CUTS; method <= SB_ROBUST_COMPACT; method++) {
        sb_environment *environment = one_bidder_and_signal("1 2", 2, "2 1 1 2");
        sb_consistent_set set;
        box(&set, environment, ".1");
        sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
        options.method = (sb_robust_method)method;
        sb_robust_solution solution;
        sb_robust_solution_init(&solution);
        set_rules(environment, "bayes-nash", "none");
        ok(sb_robust_solve(environment, &set, &options, &solution, HERE));
        assert_int_equal(solution.status, SB_LP_UNBOUNDED);
        set_rules(environment, "bayes-nash", "ex-interim");
        ok(sb_rules_set(&environment->rules, "payments", "none", HERE));
        fmpq *outside = sb_rationals_new(1);
        read_numbers("3", outside, 1);
        ok(sb_environment_set_outside(environment, 0, 0, outside, HERE));
        ok(sb_robust_solve(environment, &set, &options, &solution, HERE));
        assert_int_equal(solution.status, SB_LP_INFEASIBLE);
        assert_int_equal(solution.proof, SB_PROOF_EXACT);
        assert_null(solution.mechanism);
        sb_rationals_free(outside, 1);
        sb_robust_solution_clear(&solution);
        sb_consistent_set_clear(&set);
        sb_environment_free(environment);
    }
}

static void certify_finds_the_worst(void **state)
{
    (void)state;
    /* sell at 2 to whoever reports 2, give for nothing else: type 2 lies, and gains 1 + 1 */
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    sb_consistent_set set;
    box(&set, environment, ".25");
    sb_mechanism *mechanism = sb_mechanism_new(environment);
    for (size_t profile = 0; profile < 4; profile++) {
        fmpq_one(mechanism->allocation + 2 * profile);
    }
    read_numbers("0 1 2 2", mechanism->payments, 4);
    bool holds = true;
    sb_cut worst;
    sb_cut_init(&worst);
    ok(sb_robust_certify(environment, &set, mechanism, &holds, &worst, HERE));
    assert_false(holds);
    assert_int_equal(worst.kind, SB_CUT_INCENTIVE);
    assert_int_equal(worst.type, 1);
    assert_int_equal(worst.report, 0);
    assert_number(worst.belief, "1/2"); /* 1/4 + 1/4: signal 1 is the one where lying pays most */
    assert_number(&worst.violation, "3/2");
    fmpq_t revenue;
    fmpq_init(revenue);
    ok(sb_robust_worst_case(revenue, environment, &set, mechanism, HERE));
    assert_number(revenue, "1"); /* (0 + 2) / 2: signal 1 is sure in the worst case of type 1 */
    fmpq_clear(revenue);
    sb_cut_clear(&worst, 2);
    sb_mechanism_free(mechanism);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

/* A constraint, if only that a probability is at most 1, leaves the quick way. */
static void leave_the_quick_way(const sb_environment *environment, sb_consistent_set *set)
{
    fmpq *first = sb_rationals_new(set->signal_count);
    fmpq_one(first);
    sb_belief_constraint constraint = {.type = 0, .coefficients = first, .has_upper = true};
    fmpq_init(&constraint.lower);
    fmpq_init(&constraint.upper);
    fmpq_one(&constraint.upper);
    ok(sb_consistent_set_constrain(set, environment, 1, &constraint, HERE));
    fmpq_clear(&constraint.lower);
    fmpq_clear(&constraint.upper);
    sb_rationals_free(first, set->signal_count);
}

static void compare_ways(const sb_environment *environment, const char *radius, bool exact)
{
    sb_consistent_set set;
    box(&set, environment, radius);
    for (int objective = SB_ROBUST_ESTIMATE; objective <= SB_ROBUST_WORST_CASE; objective++) {
        sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
        options.objective = (sb_robust_objective)objective;
        options.lp.exact = exact;
        sb_robust_solution quick, slow;
        solve_robust(environment, &set, &options, &quick);
        sb_consistent_set constrained;
        sb_consistent_set_init(&constrained);
        ok(sb_consistent_set_copy(&constrained, &set, HERE));
        leave_the_quick_way(environment, &constrained);
        solve_robust(environment, &constrained, &options, &slow);
        if (exact) {
            assert_true(fmpq_equal(&quick.objective, &slow.objective));
        } else {
            assert_close(&slow.objective, sb_rational_to_double(&quick.objective), 1e-7);
        }
        sb_robust_solution_clear(&quick);
        sb_robust_solution_clear(&slow);
        sb_consistent_set_clear(&constrained);
    }
    sb_consistent_set_clear(&set);
}

/* The same optimum from a guess and by rounds of cuts from the estimate's rows. */
static void rounds_agree_with_the_guess(void **state)
{
    (void)state;
    property_stream stream = {41};
    for (int round = 0; round < property_cases(20); round++) {
        sb_environment *environment = random_environment(&stream, 3, 4);
        compare_ways(environment, round % 2 == 0 ? ".03" : ".2", true);
        sb_environment_free(environment);
    }
    sb_environment *environment = normal(6);
    compare_ways(environment, ".02", true);
    compare_ways(environment, ".02", false);
    sb_environment_free(environment);
}

static void limit_of_rounds(void **state)
{
    (void)state;
    sb_environment *environment = normal(5);
    sb_consistent_set set;
    box(&set, environment, ".01");
    leave_the_quick_way(environment, &set);
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.most_rounds = 1;
    sb_robust_solution solution;
    sb_robust_solution_init(&solution);
    sb_error error;
    assert_int_equal(sb_robust_solve(environment, &set, &options, &solution, &error),
                     SB_ERROR_LIMIT);
    assert_int_equal(solution.rounds, 1);
    atomic_bool cancel = true;
    options.most_rounds = 0;
    options.lp.cancel = &cancel;
    assert_int_equal(sb_robust_solve(environment, &set, &options, &solution, &error),
                     SB_ERROR_CANCELLED);
    sb_robust_solution_clear(&solution);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

/* A proof that takes too long leaves the floating optimum, and says so. */
static void limit_of_time(void **state)
{
    (void)state;
    sb_environment *environment = normal(6);
    for (int constrained = 0; constrained < 2; constrained++) {
        sb_consistent_set set;
        box(&set, environment, ".01");
        sb_robust_solution proved, solution;
        solve_robust(environment, &set, NULL, &proved);
        if (constrained == 1) {
            leave_the_quick_way(environment, &set);
        }
        sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
        options.lp.time_limit = 1e-9;
        sb_robust_solution_init(&solution);
        ok(sb_robust_solve(environment, &set, &options, &solution, HERE));
        assert_int_equal(solution.status, SB_LP_OPTIMAL);
        assert_int_equal(solution.proof, SB_PROOF_FLOATING);
        assert_non_null(strstr(solution.reason, "limit"));
        assert_true(solution.largest_violation < 1e-7);
        assert_close(&solution.objective, sb_rational_to_double(&proved.objective), 1e-7);
        sb_robust_solution_clear(&proved);
        sb_robust_solution_clear(&solution);
        sb_consistent_set_clear(&set);
    }
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_of_normal_tables),
        cmocka_unit_test(limits_are_exact),
        cmocka_unit_test(normal_limits_are_exact),
        cmocka_unit_test(sandwich_on_random_tables),
        cmocka_unit_test(methods_agree),
        cmocka_unit_test(methods_agree_on_a_normal_table),
        cmocka_unit_test(methods_agree_under_other_rules),
        cmocka_unit_test(any_outcomes),
        cmocka_unit_test(impossible_types_ask_nothing),
        cmocka_unit_test(forms_that_are_refused),
        cmocka_unit_test(without_an_optimum),
        cmocka_unit_test(certify_finds_the_worst),
        cmocka_unit_test(rounds_agree_with_the_guess),
        cmocka_unit_test(limit_of_rounds),
        cmocka_unit_test(limit_of_time),
    };
    return cmocka_run_group_tests_name("robust optima", tests, NULL, NULL);
}
