/* Sequences of keys, as a person presses them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

/* Keys separated by blanks. */
static void press(sb_session *session, const char *keys)
{
    char copy[256];
    snprintf(copy, sizeof copy, "%s", keys);
    char *rest = NULL;
    for (char *key = strtok_r(copy, " ", &rest); key != NULL; key = strtok_r(NULL, " ", &rest)) {
        sb_session_press(session, key);
    }
}

static void expect_probability(sb_session *session, const char *profile, const char *number)
{
    char text[128];
    snprintf(text, sizeof text, "expect probability %s %s", profile, number);
    run(session, text);
}

static void test_type_a_number(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    press(session, ". 2 5 Tab");
    expect_probability(session, "1,1", "250/999");
    assert_int_equal(sb_session_display(session)->cursor[1], 1);
    press(session, "j 1 / 4 Enter");
    assert_false(sb_session_entry(session)->active);
    expect_probability(session, "2,2", "1/4");
    run(session, "expect revenue 1.5");
    press(session, "u u");
    run(session, "expect revenue 1.749");
    press(session, "C-r U");
    run(session, "expect revenue 1.5");
    sb_session_free(session);
}

static void test_edit_the_present_number(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    press(session, "Enter");
    assert_string_equal(sb_session_entry(session)->text, "0.251");
    assert_int_equal(sb_session_entry(session)->point, 5);
    press(session, "Backspace 5 Left Left Delete 7 Home Right End");
    assert_string_equal(sb_session_entry(session)->text, "0.275");
    press(session, "C-u 3");
    assert_string_equal(sb_session_entry(session)->text, "3");
    press(session, "Escape");
    assert_false(sb_session_entry(session)->active);
    assert_int_equal(sb_session_undo_count(session), 0);
    press(session, "e C-u Enter"); /* nothing typed: nothing set */
    assert_false(sb_session_entry(session)->active);
    assert_int_equal(sb_session_undo_count(session), 0);
    sb_session_free(session);
}

static void test_wrong_number_stays_open(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    press(session, "1 q + Enter");
    assert_true(sb_session_entry(session)->active);
    assert_int_equal(sb_session_message(session, NULL), SB_MESSAGE_ERROR);
    assert_non_null(strstr(message_of(session), "1q+"));
    press(session, "Backspace Backspace Backspace Backspace Backspace - 2 Enter");
    assert_true(sb_session_entry(session)->active); /* negative */
    press(session, "C-u 2 é Left Backspace");
    assert_string_equal(sb_session_entry(session)->text, "é");
    press(session, "Delete Space . 5 Enter");
    assert_false(sb_session_entry(session)->active);
    assert_int_equal(sb_session_message(session, NULL), SB_MESSAGE_NONE);
    assert_int_equal(sb_session_undo_count(session), 1);
    sb_session_free(session);
}

static void test_long_entry(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    press(session, "0 .");
    for (int digit = 0; digit < 200; digit++) {
        press(session, "1");
    }
    assert_int_equal(strlen(sb_session_entry(session)->text),
                     sizeof sb_session_entry(session)->text - 1);
    assert_int_equal(sb_session_message(session, NULL), SB_MESSAGE_ERROR);
    press(session, "Enter");
    assert_int_equal(sb_session_undo_count(session), 1);
    press(session, "Enter"); /* the number has too many characters to be edited */
    assert_true(sb_session_entry(session)->active);
    sb_session_free(session);
}

static void test_nudges_and_modes(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("simple-example"), false);
    press(session, "m m m");
    assert_int_equal(sb_session_mass_mode(session), SB_MASS_MARGINALS);
    press(session, "+ +");
    expect_probability(session, "1,1", "0.252");
    expect_probability(session, "2,2", "0.252");
    expect_probability(session, "1,2", "0.248");
    press(session, "> -");
    expect_probability(session, "1,1", "0.242");
    press(session, "< < _ m");
    expect_probability(session, "1,1", "0.2419");
    assert_int_equal(sb_session_mass_mode(session), SB_MASS_FREE);
    sb_session_free(session);
}

static void test_rules(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    press(session, "I");
    run(session, "expect revenue 1.749"); /* full rank: also by an ex-post mechanism */
    press(session, "P P");                /* ex-post, none */
    assert_int_equal(sb_session_environment(session)->rules.choice[SB_RULE_PARTICIPATION],
                     SB_IR_NONE);
    run(session, "expect status unbounded");
    press(session, "P P O");
    assert_int_equal(sb_session_environment(session)->rules.choice[SB_RULE_OBJECTIVE],
                     SB_OBJECTIVE_WELFARE);
    press(session, "$");
    assert_int_equal(sb_session_environment(session)->rules.choice[SB_RULE_PAYMENTS],
                     SB_PAYMENTS_NONE);
    press(session, "$"); /* no bound is known */
    assert_int_equal(sb_session_environment(session)->rules.choice[SB_RULE_PAYMENTS],
                     SB_PAYMENTS_NO_SUBSIDIES);
    press(session, "$ $ $");
    assert_int_equal(sb_session_environment(session)->rules.choice[SB_RULE_PAYMENTS],
                     SB_PAYMENTS_FREE);
    run(session, "payments bounded:10");
    press(session, "$ $ $ $ $ $");
    assert_int_equal(sb_session_environment(session)->rules.choice[SB_RULE_PAYMENTS],
                     SB_PAYMENTS_BOUNDED);
    sb_session_free(session);
}

static void expect_line(sb_session *session, const char *keys, const char *text)
{
    press(session, keys);
    char *opened = sb_session_take_command_line(session);
    assert_non_null(opened);
    assert_string_equal(opened, text);
    free(opened);
    assert_null(sb_session_take_command_line(session));
}

static void test_lines(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    expect_line(session, ":", "");
    expect_line(session, "S", "save ");
    expect_line(session, "l a", "add-type \"agent 2\" ");
    expect_line(session, "A", "add-type \"agent 1\" ");
    expect_line(session, "x", "remove-type \"agent 2\" 2");
    expect_line(session, "j X", "remove-type \"agent 1\" 2");
    expect_line(session, "r", "rename-type \"agent 2\" 2 ");
    expect_line(session, "Tab r", "rename-type \"agent 1\" 1 ");
    sb_session_free(session);
    session = open_session(DEMO("weather"), false);
    expect_line(session, "a", "add-type weather ");
    expect_line(session, "X", "remove-type bidder 1");
    sb_session_free(session);
}

static void test_values_pane(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    press(session, "Tab j j");
    assert_int_equal(sb_session_display(session)->value_agent, 1);
    press(session, "3 Enter");
    assert_string_equal(sb_session_environment(session)->agents[1].types[0], "3");
    press(session, "Up Enter");
    assert_string_equal(sb_session_entry(session)->text, "2");
    press(session, "Escape >  > > + G h");
    assert_string_equal(sb_session_environment(session)->agents[0].types[1], "3");
    assert_int_equal(sb_session_display(session)->value_type, 1);
    press(session, "u u");
    assert_false(sb_session_modified(session));
    sb_session_free(session);
    session = open_session(DEMO("divorce"), false);
    press(session, "Tab Right 7 Enter -");
    fmpq_t expected;
    fmpq_init(expected);
    fmpq_set_si(expected, 6999, 1000);
    assert_true(fmpq_equal(&sb_session_environment(session)->agents[0].utilities[1], expected));
    sb_session_free(session);
    /* The values of two items are columns, and what follows follows. */
    session = open_session(DEMO("two-items"), false);
    press(session, "Tab Right Right Down 7 Enter -");
    assert_int_equal(sb_session_display(session)->value_outcome, 1);
    const sb_agent *agent = &sb_session_environment(session)->agents[0];
    assert_true(fmpq_equal(&agent->values[3], expected));
    assert_string_equal(agent->types[1], "1+6.999");
    fmpq_add_si(expected, expected, 1);
    assert_true(
        fmpq_equal(&agent->utilities[sb_session_environment(session)->outcome_count], expected));
    press(session, "u u");
    assert_false(sb_session_modified(session));
    fmpq_clear(expected);
    sb_session_free(session);
}

static void test_screens_and_quitting(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    press(session, "?");
    assert_int_equal(sb_session_display(session)->screen, SB_SCREEN_HELP);
    press(session, "j PageDown k");
    assert_int_equal(sb_session_display(session)->help_scroll, 10);
    press(session, "Escape");
    assert_int_equal(sb_session_display(session)->screen, SB_SCREEN_TABLE);
    press(session, "S-Tab");
    assert_int_equal(sb_session_display(session)->pane, SB_PANE_BINDING);
    press(session, "Tab 9 Enter q");
    assert_false(sb_session_quitting(session));
    assert_non_null(strstr(message_of(session), "Q leaves"));
    press(session, "c f");
    assert_true(sb_session_display(session)->conditionals &&
                sb_session_display(session)->fractions);
    press(session, "Z");
    assert_non_null(strstr(message_of(session), "Z does nothing here"));
    sb_session_press(session, "\x01");
    assert_null(strstr(message_of(session), "\x01"));
    press(session, "C-l Q");
    assert_true(sb_session_quitting(session));
    sb_session_free(session);
}

static void test_without_environment(void **state)
{
    (void)state;
    sb_session *session = sb_session_new(false, NULL);
    press(session, "h j + 5 Enter a u w R I $ m ? q : Tab c x");
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_type_a_number),
        cmocka_unit_test(test_edit_the_present_number),
        cmocka_unit_test(test_wrong_number_stays_open),
        cmocka_unit_test(test_long_entry),
        cmocka_unit_test(test_nudges_and_modes),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_values_pane),
        cmocka_unit_test(test_screens_and_quitting),
        cmocka_unit_test(test_without_environment),
    };
    int failed = cmocka_run_group_tests_name("press", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
