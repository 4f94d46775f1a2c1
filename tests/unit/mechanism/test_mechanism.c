/* Values of a mechanism worked out by hand.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/mechanism.h"
#include "unit/mechanism/environments.h"

/* Two bidders {1, 2}, agent 1 always gets it and pays 3; agent 2 gets 1 (pays -1) at (2, 1). */
static sb_mechanism *hand_mechanism(const sb_environment *environment)
{
    sb_mechanism *mechanism = sb_mechanism_new(environment);
    for (size_t profile = 0; profile < 4; profile++) {
        fmpq_one(mechanism->allocation + profile * 3);
        fmpq_set_si(mechanism->payments + profile * 2, 3, 1);
    }
    fmpq_set_si(mechanism->payments + 2 * 2 + 1, -1, 1);
    return mechanism;
}

static void values_by_hand(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 2 3 4");
    sb_mechanism *mechanism = hand_mechanism(environment);
    fmpq_t number;
    fmpq_init(number);
    sb_mechanism_revenue(number, environment, mechanism);
    assert_number(number, "2.7"); /* 3 - 0.3 */
    sb_mechanism_welfare(number, environment, mechanism);
    assert_number(number, "1.7"); /* agent 1's value */
    sb_mechanism_max_payment(number, mechanism);
    assert_number(number, "3");
    sb_mechanism_utility(number, environment, mechanism, 0, 1, 0, 1);
    assert_number(number, "-1");
    /* agent 2 of type 1, truthful: others (agent 1) 1 or 2 with .1 and .3; gets 1 at the second */
    sb_mechanism_interim_utility(number, environment, mechanism, 1, 0, 0);
    assert_number(number, "0.3");
    sb_mechanism_interim_utility(number, environment, mechanism, 1, 1, 0);
    assert_number(number, "0.4");
    fmpq_clear(number);
    sb_mechanism *copy = sb_mechanism_copy(mechanism);
    sb_mechanism_free(mechanism);
    assert_number(copy->payments + 5, "-1");
    assert_number(copy->allocation + 9, "1");
    sb_mechanism_free(copy);
    sb_environment_free(environment);
}

static void the_designers_own_value_counts(void **state)
{
    (void)state;
    sb_environment *environment =
        item(1, (const char *const[]){"1 2"}, 0, "5", "1 1"); /* nobody gets it: 5 */
    sb_mechanism *mechanism = sb_mechanism_new(environment);
    fmpq_one(mechanism->allocation + 1);
    fmpq_one(mechanism->allocation + 2);
    fmpq_set_si(mechanism->payments + 1, 2, 1);
    fmpq_t number;
    fmpq_init(number);
    sb_mechanism_revenue(number, environment, mechanism);
    assert_number(number, "3.5");
    sb_mechanism_welfare(number, environment, mechanism);
    assert_number(number, "3.5");
    fmpq_clear(number);
    sb_mechanism_free(mechanism);
    sb_environment_free(environment);
}

static void rules_in_words(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", NULL);
    static const struct {
        sb_constraint constraint;
        const char *text;
    } cases[] = {
        {{SB_CONSTRAINT_INCENTIVE, SB_NOWHERE, 0, 1, 0, SB_NOWHERE},
         "agent 1 of type 2 gains nothing by reporting 1"},
        {{SB_CONSTRAINT_INCENTIVE, SB_NOWHERE, 0, 1, 0, 1},
         "agent 1 of type 2 gains nothing by reporting 1 when the others are 2"},
        {{SB_CONSTRAINT_PARTICIPATION, SB_NOWHERE, 1, 0, SB_NOWHERE, SB_NOWHERE},
         "agent 2 of type 1 takes part"},
        {{SB_CONSTRAINT_PARTICIPATION, SB_NOWHERE, 1, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE},
         "agent 2 takes part before learning its type"},
        {{SB_CONSTRAINT_PROBABILITY, 2, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE},
         "the probabilities of the outcomes at (2, 1) sum to 1"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        char *text = sb_constraint_describe(environment, &cases[k].constraint);
        assert_string_equal(text, cases[k].text);
        free(text);
    }
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_by_hand),
        cmocka_unit_test(the_designers_own_value_counts),
        cmocka_unit_test(rules_in_words),
    };
    return cmocka_run_group_tests_name("mechanism", tests, NULL, NULL);
}
