/* Programs in interim payments: the same optima as in payments, recovered and proved.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/design_interim.h"
#include "mechanism/design_program.h"
#include "mechanism/design_rows.h"
#include "sidebet/checker.h"
#include "unit/mechanism/lagrangian.h"

static void solve_with(const sb_environment *environment, sb_design_solver *solver,
                       sb_solution *solution)
{
    sb_error error;
    sb_error_clear(&error);
    sb_solution_init(solution);
    if (sb_design_solve(environment, solver, NULL, solution, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    assert_int_equal(solution->proof, SB_PROOF_EXACT);
}

/* The same status and optimum as the program in payments, and a proof of it there. */
static void assert_same_as_in_payments(const sb_environment *environment,
                                       const sb_solution *solution)
{
    sb_design *design = NULL;
    sb_lp_result result;
    sb_lp_result_init(&result);
    assert_int_equal(sb_design_new(environment, &design, NULL), SB_OK);
    assert_int_equal(sb_lp_solve(sb_design_program(design), NULL, NULL, &result, NULL), SB_OK);
    assert_int_equal(result.proof, SB_PROOF_EXACT);
    assert_string_equal(sb_lp_status_name(result.status), sb_lp_status_name(solution->status));
    if (result.status == SB_LP_OPTIMAL) {
        assert_true(fmpq_equal(&result.objective, &solution->objective));
    }
    sb_lp_result_clear(&result);
    sb_design_free(design);
}

/* Dual feasible for the full program: payment columns have a zero in the Lagrangian. */
static void assert_proved(const sb_environment *environment, const sb_solution *solution)
{
    fmpq_t bound;
    fmpq_init(bound);
    assert_true(lagrangian_bound(bound, environment, solution, solution->status == SB_LP_OPTIMAL));
    if (solution->status == SB_LP_OPTIMAL) {
        assert_true(fmpq_equal(bound, &solution->objective));
    } else {
        assert_true(fmpq_sgn(bound) < 0);
    }
    fmpq_clear(bound);
}

/* More than 32 payments, with repeated, mixed and impossible types. */
static sb_environment *random_environment(property_stream *stream)
{
    char values[3][64];
    static const size_t shapes[][4] = {{1, 6, 0, 7}, {1, 7, 0, 5}, {2, 4, 5, 0}, {2, 6, 4, 0},
                                       {2, 3, 3, 2}, {1, 9, 0, 4}, {1, 4, 0, 9}, {2, 2, 9, 0}};
    const size_t *shape = shapes[property_between(stream, 0, 7)];
    random_values(stream, shape[1], 0, 7, values[0], sizeof values[0]);
    random_values(stream, shape[2], 0, 7, values[1], sizeof values[1]);
    sb_environment *environment =
        item(shape[0], (const char *const[]){values[0], values[1]}, shape[3],
             property_between(stream, 0, 1) ? "3/2" : NULL, NULL);
    random_weights(environment, stream, 9);
    return environment;
}

static void which_programs(void **state)
{
    (void)state;
    sb_environment *large = two_bidders("1 2 3 4 5", "1 2 3 4 5", NULL);
    sb_environment *small = two_bidders("1 2", "1 2", NULL);
    assert_false(sb_interim_applies(small, &small->rules));
    static const struct {
        const char *rule, *choice;
        bool applies;
    } choices[] = {{"ic", "ex-post", false},    {"ic", "none", true},
                   {"ic", "bayes-nash", true},  {"ir", "ex-post", false},
                   {"ir", "none", true},        {"ir", "ex-ante", true},
                   {"ir", "ex-interim", true},  {"objective", "welfare", true},
                   {"payments", "none", false}, {"payments", "bounded:5", false},
                   {"payments", "free", true}};
    for (size_t k = 0; k < sizeof choices / sizeof choices[0]; k++) {
        assert_int_equal(sb_rules_set(&large->rules, choices[k].rule, choices[k].choice, NULL),
                         SB_OK);
        assert_int_equal(sb_interim_applies(large, &large->rules), choices[k].applies);
    }
    /* what is exported stays in payments, with the same rows */
    sb_design *exported = NULL, *solved = NULL;
    assert_int_equal(sb_design_new(large, &exported, NULL), SB_OK);
    assert_int_equal(sb_design_new_to_solve(large, &large->rules, 0, true, &solved, NULL), SB_OK);
    size_t rows = sb_lp_row_count(sb_design_program(exported));
    assert_int_equal(rows, sb_lp_row_count(sb_design_program(solved)));
    assert_true(sb_design_payment_column(exported, 0, 0) != SB_NOWHERE);
    assert_true(sb_design_payment_column(solved, 0, 0) == SB_NOWHERE);
    for (size_t row = 0; row < rows; row++) {
        const sb_constraint *left = sb_design_constraint(exported, row);
        const sb_constraint *right = sb_design_constraint(solved, row);
        assert_true(left->kind == right->kind && left->agent == right->agent &&
                    left->type == right->type && left->report == right->report);
    }
    sb_design_free(exported);
    sb_design_free(solved);
    sb_environment_free(large);
    sb_environment_free(small);
}

/* Rank 2 of 3: the third type believes what the others believe together. */
static void dependent_types(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2 3", 3, "1 2 3 2 0 4 3 2 7");
    sb_interim *interim = sb_interim_new(environment, 27);
    assert_false(sb_interim_has_full_rank(interim));
    assert_int_equal(interim->column_count, 6);
    assert_int_equal(interim->agents[0].rank, 2);
    assert_int_equal(interim->agents[0].pivot_types[0], 0);
    assert_int_equal(interim->agents[0].pivot_types[1], 1);
    assert_number(interim->agents[0].combinations + 4, "1");
    assert_number(interim->agents[0].combinations + 5, "1");
    /* y(1, 2nd report) = 7, y(2, 2nd report) = 4/3: paid at two signals, expected by all three */
    fmpq *columns = sb_rationals_new(27 + 6), *payments = sb_rationals_new(9);
    fmpq_set_si(columns + sb_interim_column(interim, 0, 0, 1), 7, 1);
    fmpq_set_si(columns + sb_interim_column(interim, 0, 1, 1), 4, 3);
    assert_int_equal(sb_interim_recover(interim, environment, columns, payments, NULL), SB_OK);
    static const char *const expected[] = {"7", "4/3", "25/3"};
    fmpq_t sum;
    fmpq_init(sum);
    for (size_t type = 0; type < 3; type++) {
        sb_rationals_dot(sum, environment->weights + 3 * type, payments + 3, 3);
        assert_number(sum, expected[type]);
    }
    fmpq_clear(sum);
    for (size_t k = 0; k < 9; k++) {
        assert_true(k / 3 == 1 || fmpq_is_zero(payments + k));
    }
    sb_rationals_free(columns, 33);
    sb_rationals_free(payments, 9);
    sb_interim_free(interim);
    sb_environment_free(environment);
}

static void random_environments(void **state)
{
    (void)state;
    static const char *const incentives[] = {"bayes-nash", "bayes-nash", "none"};
    static const char *const participations[] = {"ex-interim", "ex-interim", "ex-ante", "none"};
    static const char *const objectives[] = {"revenue", "revenue", "welfare"};
    property_stream stream = {41};
    size_t full = 0, deficient = 0, unbounded = 0;
    for (int k = 0; k < property_cases(120); k++) {
        sb_environment *environment = random_environment(&stream);
        fmpq_set_si(environment->agents[0].outside, property_between(&stream, -1, 2), 2);
        set_rules(environment, incentives[property_between(&stream, 0, 2)],
                  participations[property_between(&stream, 0, 3)]);
        assert_int_equal(sb_rules_set(&environment->rules, "objective",
                                      objectives[property_between(&stream, 0, 2)], NULL),
                         SB_OK);
        assert_true(sb_interim_applies(environment, &environment->rules));
        sb_interim *interim = sb_interim_new(environment, 0);
        sb_interim_has_full_rank(interim) ? full++ : deficient++;
        sb_interim_free(interim);
        sb_solution solution;
        solve_with(environment, NULL, &solution);
        assert_same_as_in_payments(environment, &solution);
        if (solution.status == SB_LP_UNBOUNDED) {
            unbounded++;
            assert_non_null(solution.start);
            fmpq_t gain;
            fmpq_init(gain);
            sb_mechanism_revenue(gain, environment, solution.ray);
            assert_true(fmpq_sgn(gain) > 0);
            fmpq_clear(gain);
        } else {
            assert_proved(environment, &solution);
        }
        sb_solution_clear(&solution);
        sb_environment_free(environment);
    }
    assert_true(full > 0 && deficient > 0 && unbounded > 0);
}

/* At full rank the starting basis is the optimum: nothing is left to do, even after an edit. */
static void full_rank_needs_no_pivot(void **state)
{
    (void)state;
    property_stream stream = {42};
    sb_design_solver *solver = sb_design_solver_new();
    sb_environment *environment = two_bidders("1 2 3 4 5 6", "2 3 5 6 8 9", NULL);
    fmpq_t weight;
    fmpq_init(weight);
    for (size_t turn = 0; turn < 5; turn++) {
        if (turn == 0) {
            random_weights(environment, &stream, 9999);
            for (size_t k = 0; k < 36; k++) {
                fmpq_set_si(weight, property_between(&stream, 1, 9999), 1);
                assert_int_equal(sb_environment_set_weight(environment, k, weight, NULL), SB_OK);
            }
        }
        fmpq_set_si(weight, property_between(&stream, 1, 9999), 1);
        assert_int_equal(sb_environment_set_weight(environment, turn, weight, NULL), SB_OK);
        sb_solution solution;
        solve_with(environment, solver, &solution);
        assert_int_equal(solution.floating_iterations, 0);
        assert_int_equal(solution.exact_pivots, 0);
        assert_proved(environment, &solution);
        sb_solution_clear(&solution);
    }
    fmpq_clear(weight);
    sb_environment_free(environment);
    sb_design_solver_free(solver);
}

/* One solver through edits that change the rank, the rules and so the shape of the program. */
static void a_warm_solver_through_changes_of_rank(void **state)
{
    (void)state;
    static const char *const participations[] = {"ex-interim", "ex-ante", "ex-post"};
    property_stream stream = {43};
    sb_design_solver *solver = sb_design_solver_new();
    for (int k = 0; k < property_cases(60); k++) {
        sb_environment *environment =
            one_bidder_and_signal("1 2 3 5 7 8", 6 + (size_t)property_between(&stream, 0, 1), NULL);
        random_weights(environment, &stream, 5);
        set_rules(environment, "bayes-nash", participations[property_between(&stream, 0, 2)]);
        sb_solution solution;
        solve_with(environment, solver, &solution);
        assert_same_as_in_payments(environment, &solution);
        assert_proved(environment, &solution);
        sb_solution_clear(&solution);
        sb_environment_free(environment);
    }
    sb_design_solver_free(solver);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(which_programs),
        cmocka_unit_test(dependent_types),
        cmocka_unit_test(random_environments),
        cmocka_unit_test(full_rank_needs_no_pivot),
        cmocka_unit_test(a_warm_solver_through_changes_of_rank),
    };
    int failed = cmocka_run_group_tests_name("interim payments", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
