/* Commands about what agents have of their own, and about the names of goods.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

static const char sale[] = "item:\n"
                           "  bidders:\n"
                           "    - {name: agent 1, values: {low: 1, so so: 2, any: 3}}\n"
                           "    - {name: Bob, values: {low: 1, high: 2}}\n"
                           "signal: {name: sky, values: [grey, blue]}\n"
                           "prior: {independent: [[0.2, 0.3, 0.5], [0.5, 0.5], [0.5, 0.5]]}\n";

/* The text as a file of an environment, open. */
static sb_session *open_text(const char *folder, const char *text)
{
    const char *path = in(folder, "sale.yaml");
    put(path, text);
    return open_session(path, false);
}

static int choice_of(const sb_session *session, sb_rule rule, size_t agent)
{
    return sb_rules_of(&sb_session_environment(session)->rules, rule, agent);
}

static bool may(const sb_session *session, size_t type, size_t report)
{
    return sb_environment_may_report(sb_session_environment(session), 0, type, report);
}

static void test_rules_of_one_agent(void **state)
{
    (void)state;
    const char *folder = new_folder();
    sb_session *session = open_text(folder, sale);
    run(session, "ic ex-post agent 1"); /* two words that are one name */
    run(session, "ir none #2");
    assert_int_equal(choice_of(session, SB_RULE_INCENTIVES, 0), SB_IC_EX_POST);
    assert_int_equal(choice_of(session, SB_RULE_INCENTIVES, 1), SB_IC_BAYES_NASH);
    assert_int_equal(choice_of(session, SB_RULE_PARTICIPATION, 1), SB_IR_NONE);
    expect_output(session, "show rules", "ic bayes-nash  (");
    expect_output(session, "show rules", "  agent 1: ex-post  (");
    expect_output(session, "history", "ic ex-post \"agent 1\"");
    expect_output(session, "history", "ir none Bob");
    run(session, "undo");
    assert_int_equal(choice_of(session, SB_RULE_PARTICIPATION, 1), SB_IR_EX_INTERIM);
    assert_int_equal(choice_of(session, SB_RULE_INCENTIVES, 0), SB_IC_EX_POST);
    run(session, "redo");
    assert_int_equal(choice_of(session, SB_RULE_PARTICIPATION, 1), SB_IR_NONE);
    refuse(session, "ic none Bobb", "Bob");
    refuse(session, "ic none sky", "signal");
    refuse(session, "ic sometimes Bob", "ex-post");
    refuse(session, "payments none Bob", "usage");
    run(session, "ir ex-post"); /* for all */
    assert_int_equal(choice_of(session, SB_RULE_PARTICIPATION, 0), SB_IR_EX_POST);
    assert_int_equal(choice_of(session, SB_RULE_PARTICIPATION, 1), SB_IR_EX_POST);
    sb_session_free(session);
    remove_folder(folder);
}

/* The keys go round for all, and say whose own choice that ends. */
static void test_the_next_choice_is_for_all(void **state)
{
    (void)state;
    const char *folder = new_folder();
    sb_session *session = open_text(folder, sale);
    sb_error error;
    assert_int_equal(sb_session_command(session, "rule-next ir", NULL, &error), SB_OK);
    assert_null(strstr(message_of(session), "for all"));
    run(session, "ir ex-interim");
    run(session, "ir none Bob");
    assert_int_equal(sb_session_command(session, "rule-next ir", NULL, &error), SB_OK);
    assert_non_null(strstr(message_of(session), "ir ex-post for all; the own choice of Bob is"));
    assert_int_equal(choice_of(session, SB_RULE_PARTICIPATION, 1), SB_IR_EX_POST);
    run(session, "undo");
    assert_int_equal(choice_of(session, SB_RULE_PARTICIPATION, 1), SB_IR_NONE);
    assert_int_equal(sb_session_command(session, "show rules", NULL, &error), SB_OK);
    assert_non_null(strstr(message_of(session), "ir ex-interim (Bob: none), objective"));
    sb_session_free(session);
    remove_folder(folder);
}

/* A type may be called as one of the command's words: it stands where that cannot. */
static void test_reports(void **state)
{
    (void)state;
    const char *folder = new_folder();
    sb_session *session = open_text(folder, sale);
    expect_output(session, "show reports", "any type may report any");
    run(session, "reports agent 1 any only low");
    assert_true(may(session, 2, 0) && may(session, 2, 2) && !may(session, 2, 1));
    assert_true(may(session, 0, 1));
    run(session, "reports agent 1 any also \"so so\"");
    assert_true(may(session, 2, 1));
    assert_false(sb_environment_has_reporting_sets(sb_session_environment(session), 0));
    run(session, "reports agent 1 \"so so\" not any low");
    assert_true(!may(session, 1, 0) && !may(session, 1, 2) && may(session, 1, 1));
    run(session, "reports \"agent 1\" low only any");
    run(session, "reports \"agent 1\" #1 any");
    assert_true(may(session, 0, 1) && may(session, 0, 2));
    expect_output(session, "history", "reports \"agent 1\" any only low\n");
    expect_output(session, "history", "reports \"agent 1\" any any\n");
    expect_output(session, "history", "reports \"agent 1\" \"so so\" only\n");
    expect_output(session, "show reports", "  so so    -    yes    -\n");
    expect_output(session, "show reports", "Bob: any type may report any");
    run(session, "undo 3");
    assert_true(may(session, 1, 0));
    run(session, "redo");
    assert_false(may(session, 1, 0));
    refuse(session, "reports sky grey any", "signal");
    refuse(session, "reports Bob low some", "only");
    refuse(session, "reports Bob low only middle", "high");
    refuse(session, "reports Bob low not low", "itself");
    refuse(session, "reports Bob low also", "usage");
    refuse(session, "reports Bob low any high", "usage");
    refuse(session, "reports Bob", "usage");
    sb_session_free(session);
    remove_folder(folder);
}

static void test_sets_that_are_not_nested_say_so(void **state)
{
    (void)state;
    const char *folder = new_folder();
    sb_session *session = open_text(folder, sale);
    run(session, "reports agent 1 low only \"so so\"");
    expect_output(session, "show reports",
                  "not nested: low may report so so, which may report any, which low may not");
    run(session, "reports agent 1 \"so so\" not any");
    char *text = output_of(session, "show reports");
    assert_null(strstr(text, "not nested"));
    free(text);
    sb_error error;
    assert_int_equal(sb_session_command(session, "show reports", NULL, &error), SB_OK);
    assert_string_equal(message_of(session), "agent 1 may report {low: [low, so so], so so: "
                                             "[low, so so]}");
    sb_session_free(session);
    remove_folder(folder);
}

/* What the history says leads from the file to the same environment. */
static void test_a_script_repeats_them(void **state)
{
    (void)state;
    const char *folder = new_folder();
    sb_session *session = open_text(folder, sale);
    run(session, "ir none agent 1");
    run(session, "reports agent 1 low only any");
    run(session, "rename-type agent 1 low \"#3\"");
    run(session, "reports agent 1 any only \"#3\"");
    run(session, "reports agent 1 #1 not any");
    run(session, "rename agent 1 the first");
    run(session, "ic ex-post \"the first\"");
    const char *path = in(folder, "again.sb");
    run(session, line("write-script %s", path));
    sb_session *again = sb_session_new(false, NULL);
    FILE *script = fopen(path, "r");
    assert_non_null(script);
    char text[400];
    while (fgets(text, sizeof text, script) != NULL) {
        text[strcspn(text, "\n")] = '\0';
        run(again, text);
    }
    fclose(script);
    assert_true(
        sb_environment_equal(sb_session_environment(session), sb_session_environment(again)));
    assert_false(may(again, 0, 2));
    sb_session_free(again);
    sb_session_free(session);
    remove_folder(folder);
}

static void test_goods(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("division"), false);
    run(session, "rename-good house summer house");
    run(session, "rename-use \"summer house\" sold let for a year");
    expect_output(session, "show values", "summer house let for a year");
    expect_output(session, "history", "rename-use \"summer house\" sold \"let for a year\"");
    run(session, "value Alice road \"summer house\" 7");
    run(session, "undo 2");
    expect_output(session, "show values", "summer house sold");
    run(session, "redo 2");
    expect_output(session, "show values", "summer house let for a year");
    refuse(session, "rename-good garage x", "house");
    refuse(session, "rename-good car \"summer house\"", "once");
    refuse(session, "rename-use car sold let", "only go");
    refuse(session, "rename-use #1 rented let", "let for a year");
    sb_session_free(session);
    session = open_session(DEMO("two-items"), false);
    run(session, "rename-good left #2");
    run(session, "rename-good \"#2\" #1"); /* a name comes before a position */
    run(session, "rename-good right \"#2\"");
    expect_output(session, "show values", "#1");
    run(session, "reserve \"#2\" 3");
    assert_true(fmpq_equal_si(&sb_session_environment(session)->goods[1].reserve, 3));
    sb_session_free(session);
    session = open_session(DEMO("almost-independent"), false);
    refuse(session, "rename-good item x", "only items");
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules_of_one_agent),
        cmocka_unit_test(test_the_next_choice_is_for_all),
        cmocka_unit_test(test_reports),
        cmocka_unit_test(test_sets_that_are_not_nested_say_so),
        cmocka_unit_test(test_a_script_repeats_them),
        cmocka_unit_test(test_goods),
    };
    return cmocka_run_group_tests_name("commands of agents", tests, NULL, NULL);
}
