/* The manual inside the program: its topics, how they are found, what is shown of them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include "session/commands.h"
#include "session/keys.h"
#include "session/manual.h"
#include "sidebet/rules.h"

/* What is shown, as one text; NULL and an error where nothing is. */
static char *shown(const char *topic, sb_error *error)
{
    sb_manual manual;
    sb_manual_text text;
    sb_text plain;
    sb_manual_init(&manual);
    sb_manual_text_init(&text);
    sb_text_init(&plain);
    sb_error_clear(error);
    bool found = sb_manual_explain(&manual, topic, &text, error) == SB_OK;
    sb_manual_format(&text, 80, &plain);
    sb_manual_text_clear(&text);
    sb_manual_clear(&manual);
    char *bytes = found ? sb_text_take(&plain, NULL) : NULL;
    sb_text_clear(&plain);
    return bytes;
}

static void expect_text(const char *topic, const char *part)
{
    sb_error error;
    char *text = shown(topic, &error);
    if (text == NULL || strstr(text, part) == NULL) {
        fail_msg("help %s has no '%s':\n%s%s", topic, part, text == NULL ? "" : text,
                 error.message);
    }
    free(text);
}

static void expect_none(const char *topic, const char *message, const char *hint)
{
    sb_error error;
    char *text = shown(topic, &error);
    if (text != NULL || strstr(error.message, message) == NULL ||
        strstr(error.hint, hint) == NULL) {
        fail_msg("help %s: %s; %s", topic, error.message, error.hint);
    }
}

/* Whatever is in a table of the program is explained. */
static void test_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < sb_command_count(); i++) {
        expect_text(sb_command_at(i)->name, "COMMANDS, ");
    }
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        const sb_rule_description *described = sb_rule_describe((sb_rule)rule);
        expect_text(described->name, "CHOICE");
        for (int choice = 0; choice < described->choice_count; choice++) {
            if (strlen(described->choices[choice].name) > 1) {
                expect_text(described->choices[choice].name, "OPTIONS, --");
            }
        }
    }
    for (size_t i = 0; i < sb_key_count(); i++) {
        char *key = strdup(sb_key_at(i)->keys);
        key[strcspn(key, " ")] = '\0';
        expect_text(key, "KEYS, ");
        free(key);
    }
}

static void test_names(void **state)
{
    (void)state;
    expect_text("--certificate", "Write the proof to FILE");
    expect_text("certificate", "Write the proof to FILE");
    expect_text("CERTIFICATE", "Write the proof to FILE");
    expect_text("exit status", "EXIT STATUS · sidebet(1)");
    expect_text("exit-status", "EXIT STATUS · sidebet(1)");
    expect_text("consistent sets", "sidebet(5)");
    expect_text("public-good", "A good for all");
    expect_text("short forms", "One item is for sale");
    expect_text("json solve", "max_payment");
    expect_text("keys on the table screen", "KEYS, On the table screen");
    expect_text("sidebet(5)", "SEE ALSO");
    expect_text("FSE", "The seller earns all that the efficient outcome is worth");
    expect_text("full surplus extraction", "NOTIONS · sidebet(7)");
    expect_text("ε-robust", "Robust for a set that holds the truth");
    expect_text("partial verification", "could be disproved");
    expect_text("simple example", "sidebet solve demos/simple-example.yaml");
    /* A key by itself: its capital is another. */
    expect_text("b", "Payments near independence");
    expect_text("B", "A mechanism for every belief");
    /* The only one that begins so. */
    expect_text("determinis", "--deterministic");
    /* One whose explanation comes with those below. */
    expect_text("lower", "With --upper");
}

static void test_unknown(void **state)
{
    (void)state;
    expect_none("certifcate", "no help on 'certifcate'", "did you mean certificate?");
    expect_none("xyzzy", "no help on 'xyzzy'", "help lists");
    expect_none("in", "'in' may be several topics", "independent");
    expect_none("", "no help on ''", "help lists");
    /* JSON members are no topics. */
    expect_none("largest_violation", "no help", "");
}

/* All lines fit, but those that are not to be broken. */
static void test_width(void **state)
{
    (void)state;
    for (size_t width = 30; width <= 120; width += 30) {
        sb_manual manual;
        sb_manual_text text;
        sb_text plain;
        sb_manual_init(&manual);
        sb_manual_text_init(&text);
        sb_text_init(&plain);
        assert_int_equal(sb_manual_explain(&manual, "ic", &text, NULL), SB_OK);
        sb_manual_format(&text, width, &plain);
        for (const char *line = plain.bytes; *line != '\0';) {
            char *copy = strndup(line, strcspn(line, "\n"));
            assert_true(sb_text_width(copy) <= width);
            line += strlen(copy) + 1;
            free(copy);
        }
        sb_text_clear(&plain);
        sb_manual_text_clear(&text);
        sb_manual_clear(&manual);
    }
}

/* Macros and escapes that the pages may come to use. */
static void test_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line, *text;
    } cases[] = {
        {"Fl -ic Ar CHOICE", "--ic CHOICE"},
        {"Fl o , Fl -output Ar FILE .", "-o, --output FILE."},
        {"Fl", "-"},
        {"Cm open Oo Ar FILE Oc , Cm e", "open [FILE], e"},
        {"Pq Fl -box ,", "(--box),"},
        {"Pq Ql vcg", "(‘vcg’)"},
        {"Ql \"a b\" .", "‘a b’."},
        {"Cm bounded : Ns Ar NUMBER", "bounded:NUMBER"},
        {"Xr sidebet 5 ;", "sidebet(5);"},
        {"Nm", "sidebet"},
        {"Brq Ic count : Ar k , Ic bidders", "{count: k, bidders}"},
        {"Cm \\&on | Cm \\&off", "on | off"},
        {"Ar BELIEF TRUTH", "BELIEF TRUTH"},
        {"No \\(mi2 \\- \\e \\(dqx\\(dq \\[u03B5]", "−2 - \\ \"x\" ε"},
        {"Li \".\"", "."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sb_mdoc_flow flow = {.joined = false};
        sb_text_init(&flow.text);
        sb_mdoc_add_macros(&flow, cases[i].line);
        assert_string_equal(flow.text.bytes, cases[i].text);
        sb_text_clear(&flow.text);
    }
}

/* In the explorer a topic is a screen; a search goes round. */
static void act(sb_session *session, const char *line)
{
    sb_error error;
    sb_error_clear(&error);
    if (sb_session_command(session, line, NULL, &error) != SB_OK) {
        fail_msg("%s: %s", line, error.message);
    }
}

static void test_explorer(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    const sb_display *display = sb_session_display(session);
    assert_int_equal(sb_session_command(session, "find cut", NULL, NULL), SB_ERROR_USAGE);
    act(session, "help exit status");
    assert_int_equal(display->screen, SB_SCREEN_HELP);
    assert_string_equal(display->help_topic, "exit status");
    assert_int_equal(sb_session_command(session, "find next", NULL, NULL), SB_ERROR_USAGE);
    sb_session_press(session, "Down");
    assert_int_equal(display->help_scroll, 1);
    act(session, "find full surplus");
    assert_string_equal(display->help_search, "full surplus");
    sb_session_press(session, "n");
    sb_session_press(session, "n");
    sb_session_press(session, "N");
    assert_int_equal(display->help_match, 1);
    sb_session_press(session, "Down");
    assert_int_equal(display->help_offset, 1);
    /* A topic there is not leaves the screen as it was. */
    assert_int_equal(sb_session_command(session, "help nonsense", NULL, NULL), SB_ERROR_USAGE);
    assert_string_equal(display->help_topic, "exit status");
    sb_session_press(session, "Backspace");
    assert_string_equal(display->help_topic, "");
    assert_string_equal(display->help_search, "");
    sb_session_press(session, "Escape");
    assert_int_equal(display->screen, SB_SCREEN_TABLE);
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),  cmocka_unit_test(test_names),
        cmocka_unit_test(test_unknown), cmocka_unit_test(test_width),
        cmocka_unit_test(test_lines),   cmocka_unit_test(test_explorer)};
    return cmocka_run_group_tests_name("manual", tests, NULL, NULL);
}
