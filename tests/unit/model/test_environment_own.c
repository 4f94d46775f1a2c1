/* What agents have of their own: choices of rules, reporting sets; and the names of goods.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "sidebet/environment_file.h"

#define BIDDERS                                                                                    \
    "item:\n"                                                                                      \
    "  bidders:\n"                                                                                 \
    "    - {name: Alice, values: {low: 1, middle: 2, high: 3}}\n"                                  \
    "    - {name: Bob, values: {low: 1, high: 2}}\n"                                               \
    "    - {name: Carol, values: [5]}\n"                                                           \
    "prior: [[[1], [1]], [[1], [1]], [[1], [1]]]\n"

static sb_environment *parse(const char *text)
{
    sb_error error;
    sb_error_clear(&error);
    sb_environment *environment = NULL;
    if (sb_environment_parse(text, strlen(text), "text", &environment, NULL, &error) != SB_OK) {
        fail_msg("%d: %s", error.line, error.message);
    }
    return environment;
}

/* The file that is written has this line. */
static void assert_written(const sb_environment *environment, const char *line)
{
    char *text = NULL;
    assert_int_equal(sb_environment_format(environment, &text, NULL), SB_OK);
    if (strstr(text, line) == NULL) {
        fail_msg("no line '%s' in\n%s", line, text);
    }
    sb_environment *again = parse(text);
    assert_true(sb_environment_equal(environment, again));
    sb_environment_free(again);
    free(text);
}

static void assert_rule(const sb_environment *environment, sb_rule rule, const char *expected)
{
    char *text = sb_environment_format_rule(environment, rule);
    assert_string_equal(text, expected);
    free(text);
}

static void rules_by_agent_are_read_and_written(void **state)
{
    (void)state;
    sb_environment *made =
        parse(BIDDERS "rules: {ic: {Bob: none}, ir: {Carol: ex-post, Alice: none, Bob: none}}\n");
    assert_int_equal(sb_rules_of(&made->rules, SB_RULE_INCENTIVES, 0), SB_IC_BAYES_NASH);
    assert_int_equal(sb_rules_of(&made->rules, SB_RULE_INCENTIVES, 1), SB_IC_NONE);
    assert_rule(made, SB_RULE_INCENTIVES, "bayes-nash (Bob: none)");
    assert_rule(made, SB_RULE_PARTICIPATION, "none (Carol: ex-post)");
    assert_rule(made, SB_RULE_PAYMENTS, "free");
    assert_written(made, "rules: {ic: {Alice: bayes-nash, Bob: none, Carol: bayes-nash}, "
                         "ir: {Alice: none, Bob: none, Carol: ex-post}, objective: revenue}");
    sb_environment_free(made);
    /* Who is left out has the initial choice, and where all agree there is one for all. */
    made = parse(BIDDERS "rules: {ir: {Alice: ex-interim}, ic: {Alice: none, Bob: none, "
                         "Carol: none}}\n");
    assert_false(sb_rules_differ(&made->rules, SB_RULE_PARTICIPATION));
    assert_false(sb_rules_differ(&made->rules, SB_RULE_INCENTIVES));
    assert_written(made, "rules: {ic: none, ir: ex-interim, objective: revenue}");
    sb_environment_free(made);
}

/* Whatever way they are arrived at, rules that say the same of every agent are the same. */
static void equal_rules_are_equal(void **state)
{
    (void)state;
    sb_environment *one = parse(BIDDERS);
    sb_environment *other = parse(BIDDERS "rules: {ir: ex-post}\n");
    const sb_rule ir = SB_RULE_PARTICIPATION;
    assert_int_equal(sb_environment_set_rule(one, ir, 0, "ex-post", NULL), SB_OK);
    assert_rule(one, ir, "ex-interim (Alice: ex-post)");
    assert_int_equal(sb_environment_set_rule(one, ir, 2, "none", NULL), SB_OK);
    assert_rule(one, ir, "ex-interim (Alice: ex-post, Carol: none)");
    assert_int_equal(sb_environment_set_rule(other, ir, 1, "ex-interim", NULL), SB_OK);
    assert_rule(other, ir, "ex-post (Bob: ex-interim)");
    assert_false(sb_environment_equal(one, other));
    assert_int_equal(sb_environment_set_rule(other, ir, 2, "none", NULL), SB_OK);
    assert_true(sb_environment_equal(one, other));
    /* One for all ends what agents had of their own. */
    assert_int_equal(sb_environment_set_rule(other, ir, (size_t)-1, "ex-ante", NULL), SB_OK);
    assert_rule(other, ir, "ex-ante");
    sb_environment_free(one);
    sb_environment_free(other);
}

static void wrong_rules_change_nothing(void **state)
{
    (void)state;
    sb_environment *made = parse(BIDDERS "rules: {ir: {Bob: none}}\n");
    sb_environment *before = sb_environment_copy(made);
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_environment_set_rule(made, SB_RULE_INCENTIVES, 3, "none", &error),
                     SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_rule(made, SB_RULE_INCENTIVES, 0, "ex-ante", &error),
                     SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_rule(made, SB_RULE_PAYMENTS, 0, "none", &error),
                     SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "one for all"));
    assert_true(sb_environment_equal(made, before));
    sb_environment_free(before);
    sb_environment_free(made);
}

static void reporting_sets_are_read_and_written(void **state)
{
    (void)state;
    sb_environment *made =
        parse(BIDDERS "reports: {Alice: {high: [low], low: [middle, low]}, Bob: {low: []}}\n");
    assert_true(sb_environment_may_report(made, 0, 2, 0));
    assert_true(sb_environment_may_report(made, 0, 2, 2)); /* itself, listed or not */
    assert_false(sb_environment_may_report(made, 0, 2, 1));
    assert_true(sb_environment_may_report_any(made, 0, 1));
    assert_false(sb_environment_may_report_any(made, 0, 0));
    assert_false(sb_environment_has_reporting_sets(made, 2));
    char *text = sb_environment_format_reports(made, 0);
    assert_string_equal(text, "{low: [low, middle], high: [low, high]}");
    free(text);
    text = sb_environment_format_reports(made, 2);
    assert_string_equal(text, "{}");
    free(text);
    assert_written(made, "reports:\n"
                         "  Alice: {low: [low, middle], high: [low, high]}\n"
                         "  Bob: {low: [low]}\n");
    sb_environment_free(made);
    /* What leaves nothing out says nothing. */
    made = parse(BIDDERS "reports: {Alice: {high: [low, middle]}, Bob: {}}\n");
    assert_false(sb_environment_has_reporting_sets(made, (size_t)-1));
    sb_environment_free(made);
}

/* low may report middle, and middle high, but low not high: the classic that is not nested. */
static void sets_that_are_not_nested(void **state)
{
    (void)state;
    sb_environment *made =
        parse(BIDDERS "reports: {Alice: {low: [middle], middle: [high], high: []}}\n");
    size_t type = 9, between = 9, report = 9;
    assert_false(sb_environment_reports_are_nested(made, 0, &type, &between, &report));
    assert_int_equal(type, 0);
    assert_int_equal(between, 1);
    assert_int_equal(report, 2);
    assert_int_equal(sb_environment_set_report(made, 0, 0, 2, true, NULL), SB_OK);
    assert_true(sb_environment_reports_are_nested(made, 0, NULL, NULL, NULL));
    sb_environment_free(made);
}

/* Sets follow their types through additions, removals and new names. */
static void sets_follow_their_types(void **state)
{
    (void)state;
    sb_environment *made =
        parse(BIDDERS "reports: {Alice: {low: [middle], high: []}, Bob: {high: []}}\n");
    fmpq_t value;
    fmpq_init(value);
    fmpq_set_ui(value, 4, 1);
    assert_int_equal(sb_environment_rename_type(made, 0, 1, "so, so", NULL), SB_OK);
    assert_int_equal(sb_environment_rename_player(made, 0, "the first", NULL), SB_OK);
    assert_int_equal(sb_environment_add_type(made, 0, "top", value, NULL), SB_OK);
    assert_written(made, "  the first: {low: [low, \"so, so\", top], high: [high, top]}\n");
    assert_int_equal(sb_environment_remove_type(made, 0, 0, NULL), SB_OK);
    assert_written(made, "  the first: {high: [high, top]}\n");
    assert_int_equal(sb_environment_remove_type(made, 1, 0, NULL), SB_OK);
    assert_false(sb_environment_has_reporting_sets(made, 1));
    fmpq_clear(value);
    sb_environment_free(made);
}

static void sets_have_limits(void **state)
{
    (void)state;
    sb_environment *made = parse(BIDDERS);
    sb_environment *before = sb_environment_copy(made);
    bool allowed[3] = {false, true, false};
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_environment_set_report(made, 0, 1, 1, false, &error), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_reports(made, 0, 3, allowed, &error), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_reports(made, 3, 0, allowed, &error), SB_ERROR_USAGE);
    assert_true(sb_environment_equal(made, before));
    assert_int_equal(sb_environment_set_reports(made, 0, 0, allowed, NULL), SB_OK);
    assert_false(sb_environment_equal(made, before));
    assert_int_equal(sb_environment_set_report(made, 0, 0, 2, true, NULL), SB_OK);
    assert_true(sb_environment_equal(made, before)); /* nothing is left out */
    sb_environment_free(before);
    sb_environment_free(made);
    /* Many types would need the square of so many marks. */
    fmpq *values = sb_rationals_new(SB_MAX_REPORTING_TYPES + 1);
    for (ulong k = 0; k <= SB_MAX_REPORTING_TYPES; k++) {
        fmpq_set_ui(values + k, k, 1);
    }
    sb_bidder_description many = {
        .name = "many", .value_count = SB_MAX_REPORTING_TYPES + 1, .values = values};
    assert_int_equal(sb_environment_new_item(&many, 1, NULL, 0, NULL, NULL, &made, &error), SB_OK);
    assert_int_equal(sb_environment_set_report(made, 0, 0, 1, false, &error), SB_ERROR_LIMIT);
    assert_int_equal(sb_environment_set_report(made, 0, 0, 1, true, &error), SB_OK);
    sb_rationals_free(values, SB_MAX_REPORTING_TYPES + 1);
    sb_environment_free(made);
}

/* ---- goods ---- */

#define DIVISION                                                                                   \
    "division:\n"                                                                                  \
    "  assets: [{name: house, otherwise: [sold, let]}, car]\n"                                     \
    "  agents:\n"                                                                                  \
    "    - {name: a, values: {x: [1, 2, 3, 4]}}\n"                                                 \
    "    - {name: b, values: {x: [1, 2, 3, 4]}}\n"                                                 \
    "prior: [[1]]\n"

static void goods_are_renamed(void **state)
{
    (void)state;
    sb_environment *made = parse(DIVISION);
    assert_int_equal(sb_environment_rename_good(made, 0, "flat", NULL), SB_OK);
    assert_int_equal(sb_environment_rename_use(made, 0, 1, "left empty", NULL), SB_OK);
    assert_string_equal(made->goods[0].name, "flat");
    size_t outcome = 99;
    assert_int_equal(sb_environment_find_outcome(made, "car to b, flat left empty", &outcome, NULL),
                     SB_OK);
    char *entry = sb_environment_entry_name(made, 0, 2);
    assert_string_equal(entry, "flat left empty");
    free(entry);
    assert_written(made, "    - {name: flat, otherwise: [sold, left empty]}\n");
    sb_environment_free(made);
}

static void names_of_goods_that_are_refused(void **state)
{
    (void)state;
    sb_environment *made = parse(DIVISION);
    sb_environment *before = sb_environment_copy(made);
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_environment_rename_good(made, 1, "house", &error), SB_ERROR_INPUT);
    assert_int_equal(sb_environment_rename_good(made, 1, "house sold", &error), SB_ERROR_INPUT);
    assert_int_equal(sb_environment_rename_use(made, 0, 0, "let", &error), SB_ERROR_INPUT);
    assert_int_equal(sb_environment_rename_good(made, 0, " x", &error), SB_ERROR_INPUT);
    assert_int_equal(sb_environment_rename_good(made, 0, "", &error), SB_ERROR_INPUT);
    assert_int_equal(sb_environment_rename_use(made, 0, 0, "a\nb", &error), SB_ERROR_INPUT);
    assert_int_equal(sb_environment_rename_good(made, 2, "x", &error), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_rename_use(made, 1, 0, "x", &error), SB_ERROR_USAGE);
    assert_true(sb_environment_equal(made, before));
    sb_environment_free(before);
    sb_environment_free(made);
    made = parse(BIDDERS);
    assert_int_equal(sb_environment_rename_good(made, 0, "x", &error), SB_ERROR_USAGE);
    sb_environment_free(made);
}

/* A name of 64 bytes leaves no room in an outcome's label: agents go by numbers there, or codes. */
static void long_names_shorten_outcomes(void **state)
{
    (void)state;
    char name[SB_MAX_LABEL + 1];
    memset(name, 'n', SB_MAX_LABEL);
    name[SB_MAX_LABEL] = '\0';
    sb_environment *made = parse("items:\n"
                                 "  names: [left, right]\n"
                                 "  bidders: [{name: a, values: [[1, 2], [3, 4]]}]\n"
                                 "prior: [1, 1]\n");
    assert_string_equal(made->outcomes[0], "left and right to a");
    assert_int_equal(sb_environment_rename_good(made, 1, name, NULL), SB_OK);
    assert_string_equal(made->outcomes[0], "1 1");
    for (size_t outcome = 0; outcome < made->outcome_count; outcome++) {
        assert_true(strlen(made->outcomes[outcome]) <= SB_MAX_LABEL);
    }
    assert_int_equal(sb_environment_rename_good(made, 1, "right", NULL), SB_OK);
    assert_string_equal(made->outcomes[0], "left and right to a");
    sb_environment_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_by_agent_are_read_and_written),
        cmocka_unit_test(equal_rules_are_equal),
        cmocka_unit_test(wrong_rules_change_nothing),
        cmocka_unit_test(reporting_sets_are_read_and_written),
        cmocka_unit_test(sets_that_are_not_nested),
        cmocka_unit_test(sets_follow_their_types),
        cmocka_unit_test(sets_have_limits),
        cmocka_unit_test(goods_are_renamed),
        cmocka_unit_test(names_of_goods_that_are_refused),
        cmocka_unit_test(long_names_shorten_outcomes),
    };
    int failed = cmocka_run_group_tests_name("what agents have of their own", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
