/* Environment files: what is read, what is noted, what is written.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sidebet/environment_file.h"

#define TWO_BIDDERS                                                                                \
    "item: {bidders: [{name: agent 1, values: [1, 2]}, {name: agent 2, values: [1, 2]}]}\n"

static sb_environment *parse(const char *text, sb_notes *notes)
{
    sb_environment *environment = NULL;
    sb_error error;
    char message[2048];
    sb_error_clear(&error);
    if (sb_environment_parse(text, strlen(text), "test.yaml", &environment, notes, &error) !=
        SB_OK) {
        sb_error_format(&error, message, sizeof message);
        fail_msg("%s", message);
    }
    return environment;
}

static void assert_refused(const char *text, int line, int column, const char *part)
{
    sb_environment *environment = NULL;
    sb_error error;
    sb_error_clear(&error);
    sb_status status =
        sb_environment_parse(text, strlen(text), "test.yaml", &environment, NULL, &error);
    assert_int_not_equal(status, SB_OK);
    assert_null(environment);
    assert_string_equal(error.file, "test.yaml");
    if (strstr(error.message, part) == NULL) {
        fail_msg("'%s' lacks '%s'", error.message, part);
    }
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
}

static void assert_number(const fmpq_t value, const char *text)
{
    fmpq_t expected;
    fmpq_init(expected);
    assert_int_equal(sb_rational_parse(expected, text, strlen(text), NULL), SB_OK);
    if (!fmpq_equal(value, expected)) {
        char *found = sb_rational_format(value, SB_NUMBER_DECIMAL);
        fail_msg("%s is not %s", found, text);
    }
    fmpq_clear(expected);
}

static char *format(const sb_environment *environment)
{
    char *text = NULL;
    assert_int_equal(sb_environment_format(environment, &text, NULL), SB_OK);
    return text;
}

static void assert_round_trip(const sb_environment *environment)
{
    char *text = format(environment);
    sb_environment *again = parse(text, NULL);
    assert_true(sb_environment_equal(environment, again));
    char *text_again = format(again);
    assert_string_equal(text, text_again);
    free(text);
    free(text_again);
    sb_environment_free(again);
}

/* ---- the demos ---- */

static void almost_independent_is_exact(void **state)
{
    (void)state;
    sb_environment *environment = NULL;
    sb_notes notes;
    sb_notes_init(&notes);
    assert_int_equal(sb_environment_read(SB_SOURCE_DIR "/demos/almost-independent.yaml",
                                         &environment, &notes, NULL),
                     SB_OK);
    assert_int_equal(notes.count, 0);
    assert_string_equal(environment->title, "Almost independent");
    assert_int_equal(environment->agent_count, 2);
    assert_false(environment->has_signal);
    assert_number(&environment->weights[0], "251/1000");
    assert_number(&environment->weights[1], "1/4");
    assert_number(&environment->weights[2], "1/4");
    assert_number(&environment->weights[3], "249/1000");
    char *text = format(environment);
    assert_string_equal(text, "title: Almost independent\n"
                              "item:\n"
                              "  bidders:\n"
                              "    - {name: agent 1, values: [1, 2]}\n"
                              "    - {name: agent 2, values: [1, 2]}\n"
                              "prior:\n"
                              "  - [0.251, 0.250]\n"
                              "  - [0.250, 0.249]\n"
                              "rules: {ic: bayes-nash, ir: ex-interim, objective: revenue}\n");
    free(text);
    sb_environment_free(environment);
    sb_notes_clear(&notes);
}

static int is_yaml(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot != NULL && strcmp(dot, ".yaml") == 0;
}

static void demos_are_read_without_remarks(void **state)
{
    (void)state;
    struct dirent **entries = NULL;
    int count = scandir(SB_SOURCE_DIR "/demos", &entries, is_yaml, alphasort);
    assert_true(count >= 10);
    for (int index = 0; index < count; index++) {
        char path[1024];
        sb_environment *environment = NULL;
        sb_notes notes;
        sb_notes_init(&notes);
        snprintf(path, sizeof path, SB_SOURCE_DIR "/demos/%s", entries[index]->d_name);
        assert_int_equal(sb_environment_read(path, &environment, &notes, NULL), SB_OK);
        assert_int_equal(notes.count, 0);
        assert_true(environment->title[0] != '\0');
        assert_round_trip(environment);
        sb_environment_free(environment);
        sb_notes_clear(&notes);
        free(entries[index]);
    }
    free(entries);
}

static void long_form_is_read(void **state)
{
    (void)state;
    sb_environment *environment = parse("agents:\n"
                                        "  - {name: Alice, types: [low, high]}\n"
                                        "  - {types: [only]}\n"
                                        "outcomes: [sold, kept]\n"
                                        "utilities:\n"
                                        "  agent 2: {only: [-1/3, 0]}\n"
                                        "  Alice: {high: [\"3\", 4], low: [1, 2]}\n"
                                        "designer: [0.5, 0]\n"
                                        "outside: {Alice: {high: 7}}\n"
                                        "prior: [[0.5], [0.5]]\n"
                                        "rules: {payments: {bounded: 100}, ir: ex-post}\n",
                                        NULL);
    assert_int_equal(environment->form, SB_FORM_GENERAL);
    assert_string_equal(environment->agents[1].name, "agent 2");
    assert_number(&environment->agents[0].utilities[1], "2");
    assert_number(&environment->agents[0].utilities[2], "3");
    assert_number(&environment->agents[1].utilities[0], "-1/3");
    assert_number(&environment->designer[0], "1/2");
    assert_number(&environment->agents[0].outside[0], "0");
    assert_number(&environment->agents[0].outside[1], "7");
    assert_int_equal(environment->rules.choice[SB_RULE_PAYMENTS], SB_PAYMENTS_BOUNDED);
    assert_int_equal(environment->rules.choice[SB_RULE_PARTICIPATION], SB_IR_EX_POST);
    assert_number(&environment->rules.payment_bound, "100");
    assert_round_trip(environment);
    sb_environment_free(environment);

    environment = parse("item: {bidders: [{values: {weak: 1, strong: 1}}], reserve: 0.5}\n"
                        "prior: [1/2, 1/2]\n"
                        "rules: {payments: 'bounded:1/3'}\n",
                        NULL);
    assert_string_equal(environment->agents[0].name, "bidder");
    assert_string_equal(environment->agents[0].types[1], "strong");
    assert_number(&environment->reserve, "1/2");
    assert_number(&environment->rules.payment_bound, "1/3");
    assert_round_trip(environment);
    sb_environment_free(environment);
}

static void short_form_has_defaults(void **state)
{
    (void)state;
    sb_environment *environment = parse("item: {bidders: [{values: [1, 2.50]}, {values: [1/2]}]}\n"
                                        "signal: {values: [yes]}\n"
                                        "prior: [[[0.5]], [[0.5]]]\n",
                                        NULL);
    assert_string_equal(environment->title, "");
    assert_string_equal(environment->agents[0].name, "agent 1");
    assert_string_equal(environment->agents[1].name, "agent 2");
    assert_string_equal(environment->agents[0].types[1], "2.5");
    assert_string_equal(environment->agents[1].types[0], "0.5");
    assert_string_equal(environment->signal_name, "signal");
    assert_int_equal(environment->signal_count, 1);
    assert_string_equal(environment->signals[0], "yes");
    char *text = format(environment);
    assert_non_null(strstr(text, "values: [\"yes\"]"));
    free(text);
    assert_round_trip(environment);
    sb_environment_free(environment);
}

/* ---- notes ---- */

static void assert_note(const char *text, size_t count, const char *expected)
{
    sb_notes notes;
    sb_notes_init(&notes);
    sb_environment_free(parse(text, &notes));
    assert_int_equal(notes.count, count);
    assert_string_equal(notes.texts[0], expected);
    sb_notes_clear(&notes);
}

static void remarks_are_noted(void **state)
{
    (void)state;
    assert_note(TWO_BIDDERS "prior: [[1, 0.5], [0.25, 0.25]]\n", 1,
                "the prior sums to 2, not 1: read as weights");
    assert_note(TWO_BIDDERS "prior: [[0.5, 0.5], [0, 0]]\n", 1,
                "the type '2' of 'agent 1' has probability zero: no interim constraint holds for "
                "it");
    assert_note("item: {bidders: [{values: [1, 2]}]}\n"
                "signal: {name: weather, values: [rain, dry]}\n"
                "prior: [[0.5, 0], [0.5, 0]]\n",
                1, "the value 'dry' of 'weather' has probability zero");
    assert_note(TWO_BIDDERS "prior: {independent: [[1, 3], [0.5, 0.5]]}\n", 1,
                "the independent prior of 'agent 1' sums to 4, not 1: read as weights");
}

/* ---- generators ---- */

static void independent_is_a_product(void **state)
{
    (void)state;
    sb_environment *environment =
        parse(TWO_BIDDERS "signal: {values: [a, b, c]}\n"
                          "prior: {independent: [[0.8, 0.2], [1/3, 2/3], [0.5, 0.25, 0.25]]}\n",
              NULL);
    assert_int_equal(environment->source.kind, SB_PRIOR_INDEPENDENT);
    assert_number(&environment->weights[0], "2/15");
    assert_number(&environment->weights[11], "1/30");
    assert_round_trip(environment);
    fmpq_t weight;
    fmpq_init(weight);
    assert_int_equal(sb_environment_set_weight(environment, 0, weight, NULL), SB_OK);
    fmpq_clear(weight);
    char *text = format(environment);
    assert_null(strstr(text, "independent"));
    free(text);
    assert_round_trip(environment);
    sb_environment_free(environment);
}

/* The entries were computed with 80 digits by another program. */
static void normal_is_rounded_correctly(void **state)
{
    (void)state;
    static const char *const thirty[9] = {
        "0.049015830752568315972415042606", "0.049015830752568315972415042606",
        "0.000236645979779505112991155250", "0.049015830752568315972415042606",
        "0.705431723525031093939527433865", "0.049015830752568315972415042606",
        "0.000236645979779505112991155250", "0.049015830752568315972415042606",
        "0.049015830752568315972415042606"};
    static const char *const twelve[3] = {"0.049015830753", "0.049015830753", "0.00023664598"};
    const char *text = "item: {bidders: [{values: [1, 2, 3]}, {values: [1, 2, 3]}]}\n"
                       "prior: {bivariate-normal: {correlation: 0.5, from: -2, to: 2}}\n";
    sb_environment *environment = parse(text, NULL);
    for (size_t cell = 0; cell < 3; cell++) {
        assert_number(&environment->weights[cell], twelve[cell]);
    }
    assert_round_trip(environment);
    sb_environment_free(environment);
    environment =
        parse("item: {bidders: [{values: [1, 2, 3]}, {values: [1, 2, 3]}]}\n"
              "prior: {bivariate-normal: {correlation: 1/2, from: -2, to: 2, digits: 30}}\n",
              NULL);
    for (size_t cell = 0; cell < 9; cell++) {
        assert_number(&environment->weights[cell], thirty[cell]);
    }
    assert_round_trip(environment);
    sb_environment_free(environment);
    /* A single point sits in the middle, so both rows are alike. */
    environment = parse("item: {bidders: [{values: [1, 2]}, {values: [1]}]}\n"
                        "prior: {bivariate-normal: {correlation: 0, from: -50, to: 50}}\n",
                        NULL);
    assert_number(&environment->weights[0], "0.5");
    assert_number(&environment->weights[1], "0.5");
    sb_environment_free(environment);
    /* Far in the tail the largest density still is the unit. */
    environment = parse("item: {bidders: [{values: [1, 2]}, {values: [1, 2]}]}\n"
                        "prior: {bivariate-normal: {correlation: 0, from: 1000, to: 1001}}\n",
                        NULL);
    assert_number(&environment->weights[0], "1");
    assert_number(&environment->weights[3], "0");
    sb_environment_free(environment);
}

static void random_is_the_same_everywhere(void **state)
{
    (void)state;
    sb_environment *environment = parse(TWO_BIDDERS "prior: {random: {seed: 7}}\n", NULL);
    assert_number(&environment->weights[0], "0.4488");
    assert_number(&environment->weights[1], "0.5805");
    assert_number(&environment->weights[2], "0.9347");
    assert_number(&environment->weights[3], "0.2204");
    char *text = format(environment);
    assert_non_null(strstr(text, "  random: {seed: 7, digits: 4}\n"));
    free(text);
    assert_round_trip(environment);
    sb_environment_free(environment);
    environment =
        parse(TWO_BIDDERS "prior: {random: {seed: 18446744073709551615, digits: 18}}\n", NULL);
    assert_round_trip(environment);
    sb_environment_free(environment);
    assert_refused(TWO_BIDDERS "prior: {random: {seed: 18446744073709551616}}\n", 2, 24,
                   "whole number");
    assert_refused(TWO_BIDDERS "prior: {random: {seed: 1, digits: 0}}\n", 2, 35, "at least 1");
}

/* ---- places ---- */

static void places_are_named(void **state)
{
    (void)state;
    assert_refused(TWO_BIDDERS "prior: [[1, 1], [1, x]]\n", 2, 21, "the prior at (2, 2)");
    assert_refused(TWO_BIDDERS "signal: {values: [rain, dry]}\nprior: [[[1, 1], [1]], [1, 1]]\n", 3,
                   18, "agent 1 = '1', agent 2 = '2'");
    assert_refused(TWO_BIDDERS "prior: {independent: [[1, 1], [1, -1]]}\n", 2, 35,
                   "the independent prior of 'agent 2'");
    assert_refused(TWO_BIDDERS "prior: {independent: [[1, 1]]}\n", 2, 22, "expected 2 lists");
    assert_refused(TWO_BIDDERS "prior: {independent: [[1, 1], [0, 0]]}\n", 2, 31, "sums to zero");
    assert_refused("title: \"\u00e9\u00e9\" \nitem: 3\nprior: 1\n", 2, 7, "found '3'");
    assert_refused("title: {\u00e9: [}\n", 1, 13, "not valid YAML");
    assert_refused("item: {bidders: [{values: [1]}]}\nprior:\n", 2, 7, "found nothing");
    assert_refused("item: {bidders: [{name: nobody, values: [1]}]}\nprior: [1]\n", 1, 7, "nobody");
    assert_refused("item: {bidders: [{name: ' x', values: [1]}]}\nprior: [1]\n", 1, 25, "blank");
    assert_refused("? [a, b]\n: 1\n", 1, 3, "key");
}

/* ---- files ---- */

static void relative_tables_are_found(void **state)
{
    (void)state;
    char folder[] = "/tmp/sidebet-test-XXXXXX";
    char path[128];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/table.csv", folder);
    FILE *stream = fopen(path, "w");
    assert_non_null(stream);
    fputs(",1,2\r\n1,1/8,1/8\r\n2,1/4,1/2\r\n", stream);
    fclose(stream);
    snprintf(path, sizeof path, "%s/test.yaml", folder);
    const char *text = TWO_BIDDERS "prior: {csv: table.csv}\n";
    sb_environment *environment = NULL;
    sb_notes notes;
    sb_notes_init(&notes);
    assert_int_equal(sb_environment_parse(text, strlen(text), path, &environment, &notes, NULL),
                     SB_OK);
    assert_int_equal(notes.count, 0);
    assert_number(&environment->weights[3], "1/2");
    assert_int_equal(environment->source.kind, SB_PRIOR_TABLE);

    /* Saving and reading again. */
    assert_int_equal(sb_environment_save(environment, path, NULL), SB_OK);
    sb_environment *again = NULL;
    assert_int_equal(sb_environment_read(path, &again, &notes, NULL), SB_OK);
    assert_true(sb_environment_equal(environment, again));
    char *written = format(again);
    assert_non_null(strstr(written, "  - [1/8, 1/8]\n  - [1/4, 1/2]\n"));
    free(written);
    sb_environment_free(again);
    sb_environment_free(environment);
    sb_notes_clear(&notes);
    unlink(path);
    snprintf(path, sizeof path, "%s/table.csv", folder);
    unlink(path);
    rmdir(folder);
}

static void missing_files_are_reported(void **state)
{
    (void)state;
    sb_environment *environment = NULL;
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(
        sb_environment_read(SB_SOURCE_DIR "/no-such-file.yaml", &environment, NULL, &error),
        SB_ERROR_IO);
    assert_null(environment);
    assert_non_null(strstr(error.message, "no-such-file.yaml"));
}

static void byte_order_mark_is_passed_over(void **state)
{
    (void)state;
    sb_environment *environment =
        parse("\xEF\xBB\xBF" TWO_BIDDERS "prior: [[1, 1], [1, 1]]\r\n", NULL);
    sb_environment_free(environment);
}

static void labels_are_quoted_where_needed(void **state)
{
    (void)state;
    static const char *const labels[] = {"yes",  "1",          "a: b", "#x",   "\u00e9t\u00e9",
                                         "a, b", "- x",        "-",    "?",    "\"q\"",
                                         "it's", "\\n",        "null", "~",    "*a",
                                         "&a",   "!t",         "%p",   "@at",  "`b`",
                                         "{x}",  "[y]",        "a #b", "x:",   "---",
                                         "...",  "\U0001F600", "1e5",  "TRUE", "|",
                                         ">",    "=",          "<<",   "a  b"};
    size_t count = sizeof labels / sizeof labels[0];
    const char *outcomes[] = {"to: me", "no"};
    sb_agent_description agent = {.name = "a: [b]", .type_count = count, .types = labels};
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_new_general(&agent, 1, outcomes, 2, "the #signal", count,
                                                labels, &environment, NULL),
                     SB_OK);
    for (size_t type = 0; type < count; type++) {
        fmpq_set_ui(&environment->agents[0].utilities[2 * type], type, 7);
        fmpq_set_ui(&environment->agents[0].outside[type], type % 3, 1);
    }
    assert_int_equal(sb_environment_set_title(environment, "Yes, \"no\": #1, and \\ more?", NULL),
                     SB_OK);
    assert_round_trip(environment);
    sb_environment_free(environment);
}

/* A number that no file can hold is refused when writing and not only when reading back. */
static void unreadable_numbers_are_not_written(void **state)
{
    (void)state;
    sb_environment *environment =
        parse("item: {bidders: [{values: [1, 2]}]}\nprior: [1e4096/1e-4095, 1e4096]\n", NULL);
    char *text = NULL;
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_environment_format(environment, &text, &error), SB_ERROR_LIMIT);
    assert_null(text);
    assert_non_null(strstr(error.message, "4096 characters"));
    fmpq_t weight;
    fmpq_init(weight);
    fmpq_one(weight);
    assert_int_equal(sb_environment_set_weight(environment, 0, weight, NULL), SB_OK);
    fmpq_clear(weight);
    assert_round_trip(environment);
    sb_environment_free(environment);
}

static const char one_bidder[] = "item: {bidders: [{name: bidder, values: {low: 1, high: 2}}]}\n"
                                 "signal: {name: weather, values: [rain, dry, hail]}\n"
                                 "prior: [[1/8, 1/4, 1/8], [0.25, 0.125, 0.125]]\n";

static sb_environment *parse_robust(const char *section)
{
    char text[1024];
    sb_environment *environment = NULL;
    (void)snprintf(text, sizeof text, "%s%s", one_bidder, section);
    assert_int_equal(sb_environment_parse(text, strlen(text), "text", &environment, NULL, NULL),
                     SB_OK);
    assert_round_trip(environment);
    return environment;
}

static void consistent_sets_are_read(void **state)
{
    (void)state;
    sb_environment *environment = parse_robust("");
    assert_int_equal(environment->robust.kind, SB_SET_NONE);
    assert_int_equal(environment->robust.constraint_count, 0);
    sb_environment_free(environment);

    environment = parse_robust("robust: {box: 0.01}\n");
    assert_int_equal(environment->robust.kind, SB_SET_BOX);
    assert_number(&environment->robust.radius, "1/100");
    sb_environment_free(environment);

    environment = parse_robust("robust:\n"
                               "  upper: [[1, 1/2, 0.25], [1, 1, 1]]\n"
                               "  lower: [[0, 0.5, 0], [0, 1/8, 0]]\n"
                               "  extra:\n"
                               "    - {at-most: 0.2, type: high, coefficients: [1, 0, -1]}\n"
                               "    - {coefficients: [1, 2, 3], at-least: 1/3, at-most: 1/3}\n");
    const sb_set_description *set = &environment->robust;
    assert_int_equal(set->kind, SB_SET_TABLES);
    assert_number(&set->lower[1], "1/2");
    assert_number(&set->upper[1], "1/2");
    assert_number(&set->upper[2], "1/4");
    assert_number(&set->lower[4], "1/8");
    assert_int_equal(set->constraint_count, 2);
    assert_int_equal(set->constraints[0].type, 1);
    assert_false(set->constraints[0].has_lower);
    assert_true(set->constraints[0].has_upper);
    assert_number(&set->constraints[0].upper, "0.2");
    assert_number(&set->constraints[0].coefficients[2], "-1");
    assert_true(set->constraints[1].type == SB_EVERY_TYPE);
    assert_number(&set->constraints[1].lower, "1/3");
    char *text = NULL;
    assert_int_equal(sb_environment_format(environment, &text, NULL), SB_OK);
    const char *section = strstr(text, "robust:");
    assert_non_null(section);
    assert_string_equal(section, "robust:\n"
                                 "  lower:\n    - [0, 0.5, 0]\n    - [0, 0.125, 0]\n"
                                 "  upper:\n    - [1, 0.5, 0.25]\n    - [1, 1, 1]\n"
                                 "  extra:\n"
                                 "    - {type: high, coefficients: [1, 0, -1], at-most: 0.2}\n"
                                 "    - {coefficients: [1, 2, 3], at-least: 1/3, at-most: 1/3}\n");
    free(text);
    sb_environment_free(environment);

    environment = parse_robust("robust: {extra: [{coefficients: [0, 1, 0], at-least: 0.1}]}\n");
    assert_int_equal(environment->robust.kind, SB_SET_NONE);
    assert_int_equal(environment->robust.constraint_count, 1);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(almost_independent_is_exact),
        cmocka_unit_test(demos_are_read_without_remarks),
        cmocka_unit_test(long_form_is_read),
        cmocka_unit_test(short_form_has_defaults),
        cmocka_unit_test(remarks_are_noted),
        cmocka_unit_test(independent_is_a_product),
        cmocka_unit_test(normal_is_rounded_correctly),
        cmocka_unit_test(random_is_the_same_everywhere),
        cmocka_unit_test(places_are_named),
        cmocka_unit_test(relative_tables_are_found),
        cmocka_unit_test(missing_files_are_reported),
        cmocka_unit_test(byte_order_mark_is_passed_over),
        cmocka_unit_test(labels_are_quoted_where_needed),
        cmocka_unit_test(consistent_sets_are_read),
        cmocka_unit_test(unreadable_numbers_are_not_written),
    };
    int failed = cmocka_run_group_tests_name("environment files", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
