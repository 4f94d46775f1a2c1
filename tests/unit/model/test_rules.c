/* Rules: the table is complete, and names are read back as written.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sidebet/rules.h"

static void the_table_is_complete(void **state)
{
    (void)state;
    static const char *const names[SB_RULE_COUNT] = {"ic", "ir", "objective", "payments",
                                                     "deterministic"};
    static const int counts[SB_RULE_COUNT] = {3, 4, 5, 6, 2};
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        const sb_rule_description *description = sb_rule_describe((sb_rule)rule);
        assert_string_equal(description->name, names[rule]);
        assert_int_equal(description->choice_count, counts[rule]);
        assert_true(description->title[0] != '\0');
        assert_true(description->initial >= 0 && description->initial < description->choice_count);
        for (int i = 0; i < description->choice_count; i++) {
            const sb_rule_choice *choice = &description->choices[i];
            assert_non_null(choice->name);
            assert_null(strpbrk(choice->name, ": ,"));
            /* one sentence */
            size_t length = strlen(choice->explanation);
            assert_true(length > 20);
            assert_true(strchr(choice->explanation, '.') == choice->explanation + length - 1);
            for (int j = 0; j < i; j++) {
                assert_string_not_equal(choice->name, description->choices[j].name);
            }
        }
    }
}

static void initial_rules(void **state)
{
    (void)state;
    sb_rules rules;
    sb_rules_init(&rules);
    assert_int_equal(rules.choice[SB_RULE_INCENTIVES], SB_IC_BAYES_NASH);
    assert_int_equal(rules.choice[SB_RULE_PARTICIPATION], SB_IR_EX_INTERIM);
    assert_int_equal(rules.choice[SB_RULE_OBJECTIVE], SB_OBJECTIVE_REVENUE);
    assert_int_equal(rules.choice[SB_RULE_PAYMENTS], SB_PAYMENTS_FREE);
    sb_rules_clear(&rules);
}

static void every_choice_reads_back(void **state)
{
    (void)state;
    sb_rules rules;
    sb_rules_init(&rules);
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        const sb_rule_description *description = sb_rule_describe((sb_rule)rule);
        for (int i = 0; i < description->choice_count; i++) {
            char text[64];
            const char *takes = description->choices[i].takes;
            const char *given = takes == NULL               ? ""
                                : strcmp(takes, "SUM") == 0 ? ":revenue+0.5*agents-0.25*designer"
                                                            : ":0.25";
            (void)snprintf(text, sizeof text, "%s%s", description->choices[i].name, given);
            assert_int_equal(sb_rules_set(&rules, description->name, text, NULL), SB_OK);
            assert_int_equal(rules.choice[rule], i);
            char *back = sb_rules_format(&rules, (sb_rule)rule);
            assert_string_equal(back, text);
            free(back);
        }
    }
    sb_rules_clear(&rules);
}

static void by_the_enums(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *choice;
        sb_rule which;
        int value;
    } cases[] = {
        {"ic", "bayes-nash", SB_RULE_INCENTIVES, SB_IC_BAYES_NASH},
        {"ic", "ex-post", SB_RULE_INCENTIVES, SB_IC_EX_POST},
        {"ic", "none", SB_RULE_INCENTIVES, SB_IC_NONE},
        {"ir", "ex-ante", SB_RULE_PARTICIPATION, SB_IR_EX_ANTE},
        {"ir", "ex-interim", SB_RULE_PARTICIPATION, SB_IR_EX_INTERIM},
        {"ir", "ex-post", SB_RULE_PARTICIPATION, SB_IR_EX_POST},
        {"ir", "none", SB_RULE_PARTICIPATION, SB_IR_NONE},
        {"objective", "revenue", SB_RULE_OBJECTIVE, SB_OBJECTIVE_REVENUE},
        {"objective", "welfare", SB_RULE_OBJECTIVE, SB_OBJECTIVE_WELFARE},
        {"payments", "free", SB_RULE_PAYMENTS, SB_PAYMENTS_FREE},
        {"payments", "none", SB_RULE_PAYMENTS, SB_PAYMENTS_NONE},
        {"payments", "bounded:100", SB_RULE_PAYMENTS, SB_PAYMENTS_BOUNDED},
    };
    sb_rules rules;
    sb_rules_init(&rules);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rules.choice[cases[i].which] = -1;
        assert_int_equal(sb_rules_set(&rules, cases[i].rule, cases[i].choice, NULL), SB_OK);
        assert_int_equal(rules.choice[cases[i].which], cases[i].value);
    }
    assert_int_equal(fmpq_cmp_si(&rules.payment_bound, 100), 0);
    sb_rules_clear(&rules);
}

static void refusals_change_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *choice, *told;
    } cases[] = {
        {"icc", "none", "ic, ir, objective, payments and deterministic"},
        {"", "", "ic, ir, objective, payments and deterministic"},
        {"ic", "expost", "bayes-nash, ex-post or none"},
        {"ic", "", "bayes-nash, ex-post or none"},
        {"ir", "Ex-post", "ex-ante, ex-interim, ex-post or none"},
        {"ic", "none:3", "bayes-nash, ex-post or none"},
        {"objective", "profit", "revenue, welfare, agents, designer or weights:SUM"},
        {"objective", "weights", "weights:revenue+0.5*agents"},
        {"objective", "weights:", "not a sum of objectives"},
        {"objective", "weights:revenue+", "not a sum of objectives"},
        {"objective", "weights:2revenue", "not a sum of objectives"},
        {"objective", "weights:revenue agents", "not a sum of objectives"},
        {"objective", "weights:2*profit", "not a sum of objectives"},
        {"objective", "weights:revenue-revenue", "revenue stands twice"},
        {"objective", "weights:0*revenue", "all weights"},
        {"objective", "weights:1/0*revenue", "1/0"},
        {"objective", "revenue:2", "weights:SUM"},
        {"payments", "bound", "free, none, bounded:NUMBER, no-subsidies, no-deficit or balanced"},
        {"payments", "bounded", "bounded:100"},
        {"payments", "bounded:", "number"},
        {"payments", "bounded:0", "greater than zero"},
        {"payments", "bounded:-1", "greater than zero"},
        {"payments", "bounded:x", "'x'"},
    };
    sb_rules rules;
    sb_rules before;
    sb_rules_init(&rules);
    sb_rules_init(&before);
    assert_int_equal(sb_rules_set(&rules, "payments", "bounded:7", NULL), SB_OK);
    sb_rules_copy(&before, &rules);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sb_error error;
        assert_int_not_equal(sb_rules_set(&rules, cases[i].rule, cases[i].choice, &error), SB_OK);
        char text[2048];
        sb_error_format(&error, text, sizeof text);
        if (strstr(text, cases[i].told) == NULL) {
            fail_msg("'%s' does not tell '%s'", text, cases[i].told);
        }
        assert_true(sb_rules_equal(&rules, &before));
    }
    sb_rules_clear(&before);
    sb_rules_clear(&rules);
}

static void equality(void **state)
{
    (void)state;
    sb_rules one;
    sb_rules other;
    sb_rules_init(&one);
    sb_rules_init(&other);
    assert_true(sb_rules_equal(&one, &other));
    assert_int_equal(sb_rules_set(&one, "payments", "bounded:1/3", NULL), SB_OK);
    assert_false(sb_rules_equal(&one, &other));
    assert_int_equal(sb_rules_set(&other, "payments", "bounded:0.3", NULL), SB_OK);
    assert_false(sb_rules_equal(&one, &other));
    sb_rules_copy(&other, &one);
    assert_true(sb_rules_equal(&one, &other));
    char *text = sb_rules_format(&other, SB_RULE_PAYMENTS);
    assert_string_equal(text, "bounded:1/3");
    free(text);
    /* a bound that is no longer in force makes no difference */
    assert_int_equal(sb_rules_set(&one, "payments", "free", NULL), SB_OK);
    assert_int_equal(sb_rules_set(&other, "payments", "bounded:5", NULL), SB_OK);
    assert_int_equal(sb_rules_set(&other, "payments", "free", NULL), SB_OK);
    assert_true(sb_rules_equal(&one, &other));
    sb_rules_clear(&one);
    sb_rules_clear(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_complete),   cmocka_unit_test(initial_rules),
        cmocka_unit_test(every_choice_reads_back), cmocka_unit_test(by_the_enums),
        cmocka_unit_test(refusals_change_nothing), cmocka_unit_test(equality),
    };
    int failed = cmocka_run_group_tests_name("rules", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
