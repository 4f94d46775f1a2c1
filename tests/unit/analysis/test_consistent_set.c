/* Consistent sets: their bounds, what is refused and why, the worst belief.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "unit/analysis/robust_cases.h"

static sb_belief_constraint constraint_of(size_t type, const char *coefficients, const char *lower,
                                          const char *upper)
{
    sb_belief_constraint constraint = {.type = type,
                                       .coefficients = sb_rationals_new(8),
                                       .has_lower = lower != NULL,
                                       .has_upper = upper != NULL};
    read_numbers(coefficients, constraint.coefficients, 8);
    fmpq_init(&constraint.lower);
    fmpq_init(&constraint.upper);
    if (lower != NULL) {
        read_numbers(lower, &constraint.lower, 1);
    }
    if (upper != NULL) {
        read_numbers(upper, &constraint.upper, 1);
    }
    return constraint;
}

static void forget_constraint(sb_belief_constraint *constraint)
{
    sb_rationals_free(constraint->coefficients, 8);
    fmpq_clear(&constraint->lower);
    fmpq_clear(&constraint->upper);
}

static void assert_refused(sb_status status, const sb_error *error, const char *words)
{
    assert_int_equal(status, SB_ERROR_INPUT);
    if (strstr(error->message, words) == NULL) {
        print_error("message is \"%s\", without \"%s\"\n", error->message, words);
        fail();
    }
}

static void bounds_of_a_box(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 3, "2 1 7 0 5 5");
    sb_consistent_set set;
    box(&set, environment, ".3");
    assert_number(set.lower + 0, "0"); /* .2 - .3 */
    assert_number(set.upper + 0, ".5");
    assert_number(set.lower + 2, ".4");
    assert_number(set.upper + 2, "1");
    assert_number(set.lower + 3, "0");
    assert_number(set.upper + 4, ".8");
    assert_number(set.estimate + 1, ".1");
    assert_number(set.marginal + 1, ".5");
    sb_consistent_set copy;
    sb_consistent_set_init(&copy);
    ok(sb_consistent_set_copy(&copy, &set, HERE));
    assert_number(copy.upper + 4, ".8");
    sb_consistent_set_clear(&copy);
    /* a refusal leaves the set alone */
    fmpq *minus = sb_rationals_new(1);
    read_numbers("-.1", minus, 1);
    sb_error error;
    assert_refused(sb_consistent_set_box(&set, environment, minus, &error), &error, "negative");
    assert_number(set.upper + 4, ".8");
    sb_rationals_free(minus, 1);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

static void types_without_a_conditional(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "1 2 0 0");
    sb_consistent_set set;
    box(&set, environment, ".1");
    assert_true(set.has_set[0] && set.has_estimate[0]);
    assert_false(set.has_set[1] || set.has_estimate[1]);
    fmpq *bounds = sb_rationals_new(8);
    read_numbers("0 0 .2 .3  1 1 .6 .7", bounds, 8);
    ok(sb_consistent_set_tables(&set, environment, bounds, bounds + 4, HERE));
    assert_true(set.has_set[1]);
    assert_false(set.has_estimate[1]);
    ok(sb_consistent_set_simplex(&set, environment, HERE));
    assert_true(set.has_set[1]);
    sb_rationals_free(bounds, 8);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

static void two_agents_are_refused(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 1");
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    sb_error error;
    assert_int_equal(sb_consistent_set_point(&set, environment, &error), SB_ERROR_USAGE);
    assert_true(error.hint[0] != '\0');
    sb_environment_free(environment);
}

static void tables_that_hold_nothing(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "1 1 1 3");
    fmpq *bounds = sb_rationals_new(8);
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    sb_error error;
    static const struct {
        const char *bounds, *words;
    } cases[] = {
        {"0 0 0 0  1 1 1 .7", "type 2 does not hold the estimate: the chance of signal 2 is 0.75"},
        {"0 0 .3 0  1 1 1 1", "type 2 does not hold the estimate: the chance of signal 1 is 0.25"},
        {"0 0 0 0  .4 .5 1 1", "type 1 is empty: its upper bounds sum to 0.9"},
        {"0 0 .6 .7  1 1 1 1", "type 2 is empty: its lower bounds sum to 1.3"},
        {"0 0 .6 0  1 1 .5 1", "type 2 is empty: its lower bound of signal 1"}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        read_numbers(cases[k].bounds, bounds, 8);
        assert_refused(sb_consistent_set_tables(&set, environment, bounds, bounds + 4, &error),
                       &error, cases[k].words);
    }
    sb_rationals_free(bounds, 8);
    sb_environment_free(environment);
}

static void constraints_that_exclude(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2 3", 2, "1 1 1 3 0 0");
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    ok(sb_consistent_set_simplex(&set, environment, HERE));
    sb_error error;
    sb_belief_constraint constraint = constraint_of(1, "1 0", ".3", NULL);
    assert_refused(sb_consistent_set_constrain(&set, environment, 1, &constraint, &error), &error,
                   "type 2 does not hold the estimate: constraint 1 is 0.25");
    assert_int_equal(set.constraint_count, 0);
    forget_constraint(&constraint);
    constraint = constraint_of(SB_EVERY_TYPE, "1 1", NULL, ".9");
    assert_refused(sb_consistent_set_constrain(&set, environment, 1, &constraint, &error), &error,
                   "type 1 is empty");
    forget_constraint(&constraint);
    constraint = constraint_of(2, "2 3", "4", NULL); /* no estimate: only emptiness counts */
    assert_refused(sb_consistent_set_constrain(&set, environment, 1, &constraint, &error), &error,
                   "type 3 is empty");
    forget_constraint(&constraint);
    constraint = constraint_of(SB_EVERY_TYPE, "1 0", NULL, ".5");
    ok(sb_consistent_set_constrain(&set, environment, 1, &constraint, HERE));
    assert_false(sb_consistent_set_is_box(&set, 2));
    fmpq *belief = sb_rationals_new(2);
    read_numbers(".5 .5", belief, 2);
    assert_true(sb_consistent_set_contains(&set, 0, belief));
    read_numbers(".6 .4", belief, 2);
    assert_false(sb_consistent_set_contains(&set, 0, belief));
    read_numbers(".4 .5", belief, 2);
    assert_false(sb_consistent_set_contains(&set, 0, belief));
    sb_rationals_free(belief, 2);
    forget_constraint(&constraint);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

static void described_sets(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "1 1 1 3");
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    sb_set_description description;
    sb_set_description_init(&description);
    ok(sb_consistent_set_described(&set, environment, &description, HERE));
    assert_number(set.lower + 2, ".25");
    assert_number(set.upper + 2, ".25");
    fmpq *numbers = sb_rationals_new(2);
    read_numbers(".1 .2", numbers, 2);
    ok(sb_set_description_box(&description, 2, 2, numbers, HERE));
    read_numbers("1 0", numbers, 2);
    fmpq *lower = sb_rationals_new(1);
    read_numbers(".2", lower, 1);
    ok(sb_set_description_constrain(&description, 2, 2, 1, numbers, lower, NULL, HERE));
    ok(sb_consistent_set_described(&set, environment, &description, HERE));
    assert_number(set.upper + 2, ".35");
    assert_int_equal(set.constraint_count, 1);
    sb_environment *other = one_bidder_and_signal("1 2 3", 2, "1 1 1 3 1 1");
    sb_error error;
    assert_refused(sb_consistent_set_described(&set, other, &description, &error), &error,
                   "2 types");
    sb_environment_free(other);
    sb_rationals_free(numbers, 2);
    sb_rationals_free(lower, 1);
    sb_set_description_clear(&description);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

/* ---- the worst belief ---- */

static void ties_go_to_the_lower_signal(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1", 3, "1 1 1");
    sb_consistent_set set;
    box(&set, environment, "1/6");
    fmpq *numbers = sb_rationals_new(6);
    fmpq_t minimum;
    fmpq_init(minimum);
    read_numbers("2 2 2", numbers, 3);
    ok(sb_consistent_set_worst(&set, 0, numbers, numbers + 3, minimum, HERE));
    assert_number(numbers + 3, "1/2");
    assert_number(numbers + 4, "1/3");
    assert_number(numbers + 5, "1/6");
    assert_number(minimum, "2");
    read_numbers("3 1 2", numbers, 3);
    ok(sb_consistent_set_worst(&set, 0, numbers, NULL, minimum, HERE));
    assert_number(minimum, "5/3"); /* 3/6 + 1/2 + 2/3 */
    fmpq_clear(minimum);
    sb_rationals_free(numbers, 6);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

/* A constraint that says nothing sends the same box to the linear program: the two must agree. */
static void program_agrees_with_knapsack(void **state)
{
    (void)state;
    property_stream stream = {11};
    fmpq *coefficients = sb_rationals_new(8), *belief = sb_rationals_new(8);
    fmpq_t one, other;
    fmpq_init(one);
    fmpq_init(other);
    for (int round = 0; round < property_cases(60); round++) {
        size_t signals = (size_t)property_between(&stream, 2, 5);
        sb_environment *environment = random_environment(&stream, 2, signals);
        sb_consistent_set plain, constrained;
        box(&plain, environment, round % 2 == 0 ? ".07" : ".3");
        sb_consistent_set_init(&constrained);
        ok(sb_consistent_set_copy(&constrained, &plain, HERE));
        sb_belief_constraint nothing = constraint_of(SB_EVERY_TYPE, "1 1 1 1 1", NULL, "2");
        ok(sb_consistent_set_constrain(&constrained, environment, 1, &nothing, HERE));
        for (size_t signal = 0; signal < signals; signal++) {
            fmpq_set_si(coefficients + signal, property_between(&stream, -9, 9), 4);
        }
        for (size_t type = 0; type < 2; type++) {
            if (plain.has_set[type]) {
                ok(sb_consistent_set_worst(&plain, type, coefficients, belief, one, HERE));
                assert_true(sb_consistent_set_contains(&plain, type, belief));
                ok(sb_consistent_set_worst(&constrained, type, coefficients, belief, other, HERE));
                assert_true(sb_consistent_set_contains(&plain, type, belief));
                assert_true(fmpq_equal(one, other));
            }
        }
        forget_constraint(&nothing);
        sb_consistent_set_clear(&plain);
        sb_consistent_set_clear(&constrained);
        sb_environment_free(environment);
    }
    fmpq_clear(one);
    fmpq_clear(other);
    sb_rationals_free(coefficients, 8);
    sb_rationals_free(belief, 8);
}

static void worst_under_a_constraint(void **state)
{
    (void)state;
    /* q3 <= q1 on the whole simplex: the least of (3, 2, 0) q is at (1/2, 0, 1/2) */
    sb_environment *environment = one_bidder_and_signal("1", 3, "1 1 1");
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    ok(sb_consistent_set_simplex(&set, environment, HERE));
    sb_belief_constraint constraint = constraint_of(0, "1 0 -1", "0", NULL);
    ok(sb_consistent_set_constrain(&set, environment, 1, &constraint, HERE));
    fmpq *numbers = sb_rationals_new(6);
    fmpq_t minimum;
    fmpq_init(minimum);
    read_numbers("3 2 0", numbers, 3);
    ok(sb_consistent_set_worst(&set, 0, numbers, numbers + 3, minimum, HERE));
    assert_number(minimum, "3/2");
    assert_number(numbers + 3, "1/2");
    assert_number(numbers + 4, "0");
    fmpq_clear(minimum);
    sb_rationals_free(numbers, 6);
    forget_constraint(&constraint);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_of_a_box),
        cmocka_unit_test(types_without_a_conditional),
        cmocka_unit_test(two_agents_are_refused),
        cmocka_unit_test(tables_that_hold_nothing),
        cmocka_unit_test(constraints_that_exclude),
        cmocka_unit_test(described_sets),
        cmocka_unit_test(ties_go_to_the_lower_signal),
        cmocka_unit_test(program_agrees_with_knapsack),
        cmocka_unit_test(worst_under_a_constraint),
    };
    return cmocka_run_group_tests_name("consistent sets", tests, NULL, NULL);
}
