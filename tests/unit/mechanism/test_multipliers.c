/* The proof's multipliers, rays and starting points: they prove what the solution says.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/checker.h"
#include "unit/mechanism/lagrangian.h"

static void solve(const sb_environment *environment, sb_solution *solution)
{
    sb_error error;
    sb_error_clear(&error);
    sb_solution_init(solution);
    if (sb_design_solve(environment, NULL, NULL, solution, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    assert_int_equal(solution->proof, SB_PROOF_EXACT);
}

static void set_payments(sb_environment *environment, const char *choice)
{
    assert_int_equal(sb_rules_set(&environment->rules, "payments", choice, NULL), SB_OK);
}

/* The multipliers prove the optimum, or that there is no mechanism. */
static void assert_proved(const sb_environment *environment, const sb_solution *solution)
{
    fmpq_t bound;
    fmpq_init(bound);
    bool optimal = solution->status == SB_LP_OPTIMAL;
    assert_true(lagrangian_bound(bound, environment, solution, optimal));
    if (optimal) {
        assert_true(fmpq_equal(bound, &solution->objective));
    } else {
        assert_int_equal(solution->status, SB_LP_INFEASIBLE);
        assert_true(fmpq_sgn(bound) < 0);
    }
    fmpq_clear(bound);
    for (size_t k = 0; k < solution->multiplier_count; k++) {
        assert_false(fmpq_is_zero(&solution->multipliers[k].value));
    }
}

static bool accepted(const sb_environment *environment, const sb_mechanism *mechanism,
                     fmpq_t revenue)
{
    fmpq_t zero;
    fmpq_init(zero);
    sb_check check;
    sb_check_init(&check);
    assert_int_equal(sb_check_mechanism(environment, mechanism, zero, &check, NULL), SB_OK);
    bool answer = check.accepted;
    fmpq_set(revenue, &check.revenue);
    sb_check_clear(&check);
    fmpq_clear(zero);
    return answer;
}

/* The start obeys the rules, and so does every step along the ray, which always earns more. */
static void assert_ray(const sb_environment *environment, const sb_solution *solution)
{
    fmpq_t before, after, step;
    fmpq_init(before);
    fmpq_init(after);
    fmpq_init(step);
    assert_int_equal(solution->status, SB_LP_UNBOUNDED);
    assert_null(solution->mechanism);
    assert_int_equal(solution->multiplier_count, 0);
    sb_mechanism *moved = sb_mechanism_copy(solution->start);
    assert_true(accepted(environment, moved, before));
    for (long length = 1; length <= 1000000; length *= 1000) {
        fmpq_set_si(step, length, 3);
        for (size_t k = 0; k < moved->profile_count * moved->outcome_count; k++) {
            fmpq_addmul(moved->allocation + k, step, solution->ray->allocation + k);
        }
        for (size_t k = 0; k < moved->profile_count * moved->agent_count; k++) {
            fmpq_addmul(moved->payments + k, step, solution->ray->payments + k);
        }
        assert_true(accepted(environment, moved, after));
        assert_true(fmpq_cmp(after, before) > 0);
        fmpq_set(before, after);
    }
    sb_mechanism_free(moved);
    fmpq_clear(before);
    fmpq_clear(after);
    fmpq_clear(step);
}

/* Low (3/4) and high (1/4), values 1 and 2, sold to both at 1: one more unit of probability at the
 * low type's profile would be sold to both as well. */
static void units(void **state)
{
    (void)state;
    sb_environment *environment = item(1, (const char *const[]){"1 2"}, 0, NULL, "21 7");
    sb_solution solution;
    solve(environment, &solution);
    assert_number(&solution.objective, "1");
    assert_proved(environment, &solution);
    size_t participation = 0;
    for (size_t k = 0; k < solution.multiplier_count; k++) {
        if (solution.multipliers[k].constraint.kind == SB_CONSTRAINT_PARTICIPATION) {
            participation++;
            assert_int_equal(solution.multipliers[k].constraint.type, 0);
            assert_number(&solution.multipliers[k].value, "4/3");
        }
    }
    assert_int_equal(participation, 1);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

static void infeasible_rules_are_refuted(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 2 3 4");
    fmpq_set_si(environment->agents[0].outside, 5, 1);
    sb_solution solution;
    static const char *const choices[] = {"none", "bounded:1"};
    static const char *const participations[] = {"ex-ante", "ex-interim", "ex-post"};
    for (size_t k = 0; k < 6; k++) {
        set_payments(environment, choices[k % 2]);
        set_rules(environment, k % 2 ? "bayes-nash" : "ex-post", participations[k / 2]);
        solve(environment, &solution);
        if (solution.status == SB_LP_INFEASIBLE) {
            assert_true(solution.multiplier_count > 0);
        }
        assert_proved(environment, &solution);
        sb_solution_clear(&solution);
    }
    sb_environment_free(environment);
}

static void random_solutions_are_proved(void **state)
{
    (void)state;
    static const char *const incentives[] = {"bayes-nash", "ex-post", "none"};
    static const char *const participations[] = {"ex-ante", "ex-interim", "ex-post", "none"};
    static const char *const payments[] = {"free", "none", "bounded:1", "bounded:7/2"};
    static const char *const objectives[] = {"revenue", "welfare"};
    property_stream stream = {21};
    size_t seen[3] = {0, 0, 0};
    for (int k = 0; k < property_cases(300); k++) {
        char first[64], second[64];
        size_t bidders = (size_t)property_between(&stream, 1, 2);
        random_values(&stream, (size_t)property_between(&stream, 1, 3), 0, 5, first, sizeof first);
        random_values(&stream, (size_t)property_between(&stream, 1, 3), 0, 5, second,
                      sizeof second);
        sb_environment *environment =
            item(bidders, (const char *const[]){first, second}, bidders == 1 ? 2 : 0, NULL, NULL);
        random_weights(environment, &stream, 5);
        for (size_t agent = 0; agent < bidders; agent++) {
            fmpq_set_si(environment->agents[agent].outside, property_between(&stream, -1, 2), 2);
        }
        set_rules(environment, incentives[property_between(&stream, 0, 2)],
                  participations[property_between(&stream, 0, 3)]);
        set_payments(environment, payments[property_between(&stream, 0, 3)]);
        assert_int_equal(sb_rules_set(&environment->rules, "objective",
                                      objectives[property_between(&stream, 0, 1)], NULL),
                         SB_OK);
        sb_solution solution;
        solve(environment, &solution);
        seen[solution.status]++;
        if (solution.status == SB_LP_UNBOUNDED) {
            assert_ray(environment, &solution);
        } else {
            assert_null(solution.ray);
            assert_null(solution.start);
            assert_proved(environment, &solution);
        }
        sb_solution_clear(&solution);
        sb_environment_free(environment);
    }
    assert_true(seen[SB_LP_OPTIMAL] > 0 && seen[SB_LP_INFEASIBLE] > 0 && seen[SB_LP_UNBOUNDED] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units),
        cmocka_unit_test(infeasible_rules_are_refuted),
        cmocka_unit_test(random_solutions_are_proved),
    };
    int failed = cmocka_run_group_tests_name("multipliers", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
