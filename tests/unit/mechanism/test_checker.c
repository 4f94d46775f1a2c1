/* The checker: accepts what obeys the rules, and names what does not.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/checker.h"
#include "unit/mechanism/environments.h"

/* The second-price auction of two bidders {1, 2}; ties go to agent 1. */
static sb_mechanism *second_price(const sb_environment *environment)
{
    sb_mechanism *mechanism = sb_mechanism_new(environment);
    for (size_t profile = 0; profile < 4; profile++) {
        size_t winner = profile == 1 ? 1 : 0;
        fmpq_one(mechanism->allocation + profile * 3 + winner);
        fmpq_set_si(mechanism->payments + profile * 2 + winner, profile == 3 ? 2 : 1, 1);
    }
    return mechanism;
}

static void check_exactly(const sb_environment *environment, const sb_mechanism *mechanism,
                          sb_check *check)
{
    fmpq_t zero;
    fmpq_init(zero);
    sb_check_init(check);
    assert_int_equal(sb_check_mechanism(environment, mechanism, zero, check, NULL), SB_OK);
    fmpq_clear(zero);
}

static void the_second_price_auction_passes(void **state)
{
    (void)state;
    static const struct {
        const char *ic, *ir;
        size_t rules;
    } cases[] = {{"bayes-nash", "ex-interim", 8},
                 {"ex-post", "ex-post", 16},
                 {"ex-post", "ex-ante", 10},
                 {"none", "none", 0}};
    sb_environment *environment = two_bidders("1 2", "1 2", "1 2 3 4");
    sb_mechanism *mechanism = second_price(environment);
    for (size_t k = 0; k < 4; k++) {
        set_rules(environment, cases[k].ic, cases[k].ir);
        sb_check check;
        check_exactly(environment, mechanism, &check);
        assert_true(check.accepted);
        assert_string_equal(check.complaint, "");
        assert_int_equal(check.slack_count, cases[k].rules);
        assert_number(&check.revenue, "1.4");
        assert_number(&check.welfare, "1.9");
        sb_check_clear(&check);
    }
    sb_mechanism_free(mechanism);
    sb_environment_free(environment);
}

/* Change one number of the auction and see what the checker says. */
static void complains(const char *payments, bool is_payment, size_t index, long change,
                      const char *violation, const char *complaint)
{
    sb_environment *environment = two_bidders("1 2", "1 2", "1 2 3 4");
    set_rules(environment, "ex-post", "ex-post");
    assert_int_equal(sb_rules_set(&environment->rules, "payments", payments, NULL), SB_OK);
    sb_mechanism *mechanism = second_price(environment);
    fmpq *number = (is_payment ? mechanism->payments : mechanism->allocation) + index;
    fmpq_add_si(number, number, change);
    sb_check check;
    check_exactly(environment, mechanism, &check);
    assert_false(check.accepted);
    assert_number(&check.largest_violation, violation);
    if (strstr(check.complaint, complaint) == NULL) {
        fail_msg("complaint: %s", check.complaint);
    }
    sb_check_clear(&check);
    sb_mechanism_free(mechanism);
    sb_environment_free(environment);
}

static void violations_are_named(void **state)
{
    (void)state;
    complains("free", true, 0, 3, "3",
              "agent 1 of type 1 gains nothing by reporting 2 when the others are 1: short by 3");
    complains("free", true, 4, -5, "5",
              "agent 1 of type 1 gains nothing by reporting 2 when the others are 1");
    complains("free", false, 2, 1, "1", "do not sum to 1 at (1, 1)");
    complains("free", false, 2, -7, "7", "at (1, 1)");
    complains("none", false, 2, 0, "2", "there is a payment, and none is allowed at (2, 2)");
    complains("bounded:1", false, 2, 0, "1", "a payment exceeds the bound at (2, 2)");
}

static void interim_rules_weigh_by_probability(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 2 3 4");
    sb_mechanism *mechanism = second_price(environment);
    fmpq_add_si(mechanism->payments, mechanism->payments, 1); /* agent 1 pays 2 at (1, 1) */
    sb_check check;
    check_exactly(environment, mechanism, &check);
    assert_false(check.accepted);
    assert_number(&check.largest_violation, "0.1");
    assert_non_null(strstr(check.complaint, "agent 1 of type 1 takes part"));
    sb_check_clear(&check);
    /* within a tolerance it passes, and the violation is still told */
    fmpq_t tolerance;
    fmpq_init(tolerance);
    fmpq_set_si(tolerance, 1, 10);
    sb_check_init(&check);
    assert_int_equal(sb_check_mechanism(environment, mechanism, tolerance, &check, NULL), SB_OK);
    assert_true(check.accepted);
    assert_number(&check.largest_violation, "0.1");
    fmpq_clear(tolerance);
    sb_check_clear(&check);
    sb_mechanism_free(mechanism);
    sb_environment_free(environment);
}

static void another_shape_is_refused(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", NULL);
    sb_environment *larger = two_bidders("1 2", "1 2 3", NULL);
    sb_mechanism *mechanism = second_price(environment);
    fmpq_t zero;
    fmpq_init(zero);
    sb_check check;
    sb_check_init(&check);
    assert_int_equal(sb_check_mechanism(larger, mechanism, zero, &check, NULL), SB_ERROR_USAGE);
    assert_false(check.accepted);
    fmpq_clear(zero);
    sb_check_clear(&check);
    sb_mechanism_free(mechanism);
    sb_environment_free(larger);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_price_auction_passes),
        cmocka_unit_test(violations_are_named),
        cmocka_unit_test(interim_rules_weigh_by_probability),
        cmocka_unit_test(another_shape_is_refused),
    };
    return cmocka_run_group_tests_name("checker", tests, NULL, NULL);
}
