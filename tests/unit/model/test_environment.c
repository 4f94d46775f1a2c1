/* Environments: made as described, numbered consistently, found by label.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sidebet/environment.h"

static int allocations_left = INT_MAX;

void *sb_memory_resize(void *memory, size_t bytes)
{
    if (allocations_left <= 0) {
        return NULL;
    }
    allocations_left--;
    return realloc(memory, bytes == 0 ? 1 : bytes);
}

static void assert_number(const fmpq *value, const char *expected)
{
    char *text = sb_rational_format(value, SB_NUMBER_FRACTION);
    assert_string_equal(text, expected);
    free(text);
}

static fmpq *numbers(size_t count, const char *const *texts)
{
    fmpq *values = sb_rationals_new(count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(sb_rational_parse(values + i, texts[i], strlen(texts[i]), NULL), SB_OK);
    }
    return values;
}

/* Two bidders of 3 and 2 types, and a signal of 4. */
static sb_status make_item(sb_environment **environment, sb_error *error)
{
    fmpq *first = numbers(3, (const char *[]){"1", "0.5", "1/3"});
    fmpq *second = numbers(2, (const char *[]){"2", "7"});
    static const char *const labels[] = {"low", "high"};
    const sb_bidder_description bidders[] = {{"Ann", 3, NULL, first}, {"Bob", 2, labels, second}};
    fmpq_t reserve;
    fmpq_init(reserve);
    fmpq_set_si(reserve, 1, 4);
    sb_status status =
        sb_environment_new_item(bidders, 2, "weather", 4, NULL, reserve, environment, error);
    fmpq_clear(reserve);
    sb_rationals_free(first, 3);
    sb_rationals_free(second, 2);
    return status;
}

static sb_environment *item(void)
{
    sb_environment *environment = NULL;
    sb_error error;
    sb_error_clear(&error);
    if (make_item(&environment, &error) != SB_OK) {
        fail_msg("%s", error.message);
    }
    return environment;
}

static const char *const general_types[] = {"low", "high"};
static const char *const general_outcomes[] = {"to Alice", "to Bob", "museum"};
static const sb_agent_description general_agents[] = {{"Alice", 2, general_types},
                                                      {"Bob", 2, general_types}};

static void an_item_is_complete(void **state)
{
    (void)state;
    sb_environment *made = item();
    assert_int_equal(made->form, SB_FORM_ITEM);
    assert_string_equal(made->title, "");
    assert_int_equal(made->agent_count, 2);
    assert_true(made->has_signal);
    assert_string_equal(made->signal_name, "weather");
    assert_int_equal(made->outcome_count, 3);
    assert_string_equal(made->outcomes[0], "Ann gets it");
    assert_string_equal(made->outcomes[1], "Bob gets it");
    assert_string_equal(made->outcomes[2], "nobody gets it");
    assert_string_equal(made->agents[0].types[0], "1");
    assert_string_equal(made->agents[0].types[1], "0.5");
    assert_string_equal(made->agents[0].types[2], "1/3");
    assert_string_equal(made->agents[1].types[1], "high");
    assert_string_equal(made->signals[3], "4");
    for (size_t i = 0; i < 2; i++) {
        const sb_agent *agent = &made->agents[i];
        for (size_t t = 0; t < agent->type_count; t++) {
            assert_true(fmpq_is_zero(agent->outside + t));
            for (size_t o = 0; o < 3; o++) {
                const fmpq *utility = agent->utilities + t * 3 + o;
                assert_true(o == i ? fmpq_equal(utility, agent->values + t)
                                   : fmpq_is_zero(utility));
            }
        }
    }
    assert_number(made->designer, "0");
    assert_number(made->designer + 1, "0");
    assert_number(made->designer + 2, "1/4");
    assert_number(&made->reserve, "1/4");
    assert_int_equal(sb_environment_profile_count(made), 24);
    for (size_t i = 0; i < 24; i++) {
        assert_number(made->weights + i, "1");
    }
    assert_number(&made->weight_sum, "24");
    assert_int_equal(made->source.kind, SB_PRIOR_TABLE);
    assert_true(sb_environment_labels_are_values(made, 0));
    assert_false(sb_environment_labels_are_values(made, 1));
    sb_environment_free(made);
    sb_environment_free(NULL);
}

static void equal_values_get_different_labels(void **state)
{
    (void)state;
    fmpq *values = numbers(6, (const char *[]){"1", "2", "1.0", "2/2", "1/2", "2"});
    const sb_bidder_description bidder = {"b", 6, NULL, values};
    sb_environment *made = NULL;
    assert_int_equal(sb_environment_new_item(&bidder, 1, NULL, 0, NULL, NULL, &made, NULL), SB_OK);
    static const char *const expected[] = {"1", "2", "1 (b)", "1 (c)", "0.5", "2 (b)"};
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(made->agents[0].types[i], expected[i]);
    }
    assert_true(sb_environment_labels_are_values(made, 0));
    assert_false(made->has_signal);
    assert_null(made->signal_name);
    assert_int_equal(sb_environment_player_count(made), 1);
    assert_int_equal(sb_environment_others_count(made, 0), 1);
    sb_environment_free(made);
    /* many, and a value too long for a label */
    fmpq *many = sb_rationals_new(60);
    for (size_t i = 0; i < 60; i++) {
        assert_int_equal(sb_rational_parse(many + i, "1/3e70", 6, NULL), SB_OK);
    }
    const sb_bidder_description crowd = {"b", 60, NULL, many};
    assert_int_equal(sb_environment_new_item(&crowd, 1, NULL, 0, NULL, NULL, &made, NULL), SB_OK);
    assert_string_equal(made->agents[0].types[0], "3.3333333333333333e-71");
    assert_string_equal(made->agents[0].types[25], "3.3333333333333333e-71 (z)");
    assert_string_equal(made->agents[0].types[59], "3.3333333333333333e-71 (60)");
    sb_environment_free(made);
    sb_rationals_free(many, 60);
    sb_rationals_free(values, 6);
}

static void the_general_form(void **state)
{
    (void)state;
    sb_environment *made = NULL;
    static const char *const signals[] = {"rain", "dry"};
    assert_int_equal(sb_environment_new_general(general_agents, 2, general_outcomes, 3, "weather",
                                                2, signals, &made, NULL),
                     SB_OK);
    assert_int_equal(made->form, SB_FORM_GENERAL);
    assert_null(made->agents[0].values);
    assert_string_equal(made->outcomes[2], "museum");
    assert_string_equal(sb_environment_label(made, 2, 1), "dry");
    for (size_t i = 0; i < 6; i++) {
        assert_true(fmpq_is_zero(made->agents[1].utilities + i));
    }
    assert_int_equal(sb_environment_profile_count(made), 8);
    assert_number(&made->weight_sum, "8");
    assert_false(sb_environment_labels_are_values(made, 0));
    sb_environment_free(made);
}

static sb_status try_item(const char *name, const char *other, const char *label,
                          const char *signal, sb_error *error)
{
    fmpq *values = numbers(2, (const char *[]){"1", "2"});
    const char *const labels[] = {"x", label};
    const sb_bidder_description bidders[] = {{name, 2, labels, values}, {other, 2, NULL, values}};
    sb_environment *made = NULL;
    sb_status status = sb_environment_new_item(bidders, 2, signal, 2, NULL, NULL, &made, error);
    assert_true((status == SB_OK) == (made != NULL));
    sb_environment_free(made);
    sb_rationals_free(values, 2);
    return status;
}

static void names_are_checked(void **state)
{
    (void)state;
    char longest[SB_MAX_LABEL + 2];
    memset(longest, 'a', sizeof longest);
    longest[SB_MAX_LABEL] = '\0';
    assert_int_equal(try_item("a", "b", "y", "s", NULL), SB_OK);
    assert_int_equal(try_item("θ agent", "b", "niedrig, mittel", NULL, NULL), SB_OK);
    assert_int_equal(try_item("a", "b", longest, "s", NULL), SB_OK);
    assert_int_equal(try_item(longest, "b", "y", "s", NULL), SB_OK);
    longest[SB_MAX_LABEL] = 'a';
    longest[SB_MAX_LABEL + 1] = '\0';
    static const char *const bad[] = {"", "a\nb", "\x1b[1m", "\xff", " a", "a "};
    sb_error error;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(try_item(bad[i], "b", "y", "s", &error), SB_ERROR_INPUT);
        assert_int_equal(try_item("a", "b", bad[i], "s", &error), SB_ERROR_INPUT);
        assert_int_equal(try_item("a", "b", "y", bad[i], &error), SB_ERROR_INPUT);
    }
    assert_int_equal(try_item(longest, "b", "y", "s", &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "64"));
    assert_int_equal(try_item("a", "a", "y", "s", &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "'a'"));
    assert_int_equal(try_item("a", "b", "y", "b", &error), SB_ERROR_INPUT);
    assert_int_equal(try_item("a", "b", "x", "s", &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "'x' comes twice for a"));
    assert_int_equal(try_item("nobody", "b", "y", "s", &error), SB_ERROR_INPUT);
    static const char *const twice[] = {"o", "p", "o"};
    sb_environment *made = NULL;
    assert_int_equal(
        sb_environment_new_general(general_agents, 2, twice, 3, NULL, 0, NULL, &made, &error),
        SB_ERROR_INPUT);
    assert_null(made);
}

static sb_status try_sizes(size_t agents, size_t types, size_t outcomes, size_t signals)
{
    size_t most = types > outcomes ? types : outcomes;
    char **labels = calloc(most + 1, sizeof *labels);
    char *texts = calloc(most + 1, 12);
    char names[20][12];
    sb_agent_description descriptions[20];
    for (size_t i = 0; i < most; i++) {
        labels[i] = texts + 12 * i;
        (void)snprintf(labels[i], 12, "%u", (unsigned)i);
    }
    for (size_t i = 0; i < agents; i++) {
        (void)snprintf(names[i], sizeof names[i], "agent %u", (unsigned)i);
        descriptions[i] =
            (sb_agent_description){names[i], types, (const char *const *)(void *)labels};
    }
    sb_environment *made = NULL;
    sb_error error;
    sb_error_clear(&error);
    sb_status status =
        sb_environment_new_general(descriptions, agents, (const char *const *)(void *)labels,
                                   outcomes, "s", signals, NULL, &made, &error);
    assert_true((status == SB_OK) == (made != NULL));
    assert_int_equal(error.status, status);
    sb_environment_free(made);
    free(texts);
    free(labels);
    return status;
}

static void sizes_are_limited(void **state)
{
    (void)state;
    assert_int_equal(try_sizes(1, 1, 1, 0), SB_OK);
    assert_int_equal(try_sizes(16, 2, 2, 0), SB_OK);
    assert_int_equal(try_sizes(0, 1, 1, 0), SB_ERROR_INPUT);
    assert_int_equal(try_sizes(1, 0, 1, 0), SB_ERROR_INPUT);
    assert_int_equal(try_sizes(1, 1, 0, 0), SB_ERROR_INPUT);
    assert_int_equal(try_sizes(17, 1, 1, 0), SB_ERROR_LIMIT);
    assert_int_equal(try_sizes(16, 1, 1, 2), SB_ERROR_LIMIT);
    assert_int_equal(try_sizes(1, 1, 10000, 0), SB_OK);
    assert_int_equal(try_sizes(1, 1, 10001, 0), SB_ERROR_LIMIT);
    assert_int_equal(try_sizes(2, 1000, 1, 0), SB_OK);
    assert_int_equal(try_sizes(2, 1001, 1, 0), SB_ERROR_LIMIT);
    assert_int_equal(try_sizes(2, 1000, 1, 2), SB_ERROR_LIMIT);
    assert_int_equal(try_sizes(16, 1000, 1, 0), SB_ERROR_LIMIT);
    assert_int_equal(try_sizes(1, 1, 1, 1000001), SB_ERROR_LIMIT);
    assert_int_equal(try_sizes(1, 1001, 10000, 0), SB_ERROR_LIMIT);
}

static void profiles_are_numbered_as_nested_lists(void **state)
{
    (void)state;
    sb_environment *made = item();
    assert_int_equal(sb_environment_player_count(made), 3);
    assert_string_equal(sb_environment_player_name(made, 0), "Ann");
    assert_string_equal(sb_environment_player_name(made, 2), "weather");
    size_t profile = 0;
    for (size_t a = 0; a < 3; a++) {
        for (size_t b = 0; b < 2; b++) {
            for (size_t s = 0; s < 4; s++, profile++) {
                const size_t expected[] = {a, b, s};
                size_t types[SB_MAX_PLAYERS];
                sb_environment_profile_split(made, profile, types);
                assert_memory_equal(types, expected, sizeof expected);
                assert_int_equal(sb_environment_profile_join(made, types), profile);
                for (size_t p = 0; p < 3; p++) {
                    assert_int_equal(sb_environment_type_at(made, profile, p), expected[p]);
                }
                /* the others of each, numbered the same way */
                assert_int_equal(sb_environment_others_at(made, 0, profile), b * 4 + s);
                assert_int_equal(sb_environment_others_at(made, 1, profile), a * 4 + s);
                assert_int_equal(sb_environment_others_at(made, 2, profile), a * 2 + b);
            }
        }
    }
    assert_int_equal(profile, sb_environment_profile_count(made));
    for (size_t p = 0; p < 3; p++) {
        size_t size = sb_environment_player_size(made, p);
        assert_int_equal(sb_environment_others_count(made, p) * size, 24);
        for (size_t t = 0; t < size; t++) {
            for (size_t o = 0; o < sb_environment_others_count(made, p); o++) {
                size_t at = sb_environment_profile_of(made, p, t, o);
                assert_int_equal(sb_environment_type_at(made, at, p), t);
                assert_int_equal(sb_environment_others_at(made, p, at), o);
            }
        }
    }
    char *label = sb_environment_profile_label(made, 13); /* (1, 1, 1) from 0 */
    assert_string_equal(label, "(0.5, high, 2)");
    free(label);
    label = sb_environment_others_label(made, 1, 5);
    assert_string_equal(label, "(0.5, 2)");
    free(label);
    sb_environment_free(made);
    assert_int_equal(sb_environment_new_general(general_agents, 2, general_outcomes, 3, NULL, 0,
                                                NULL, &made, NULL),
                     SB_OK);
    label = sb_environment_others_label(made, 0, 1);
    assert_string_equal(label, "high");
    free(label);
    sb_environment_free(made);
    assert_int_equal(sb_environment_new_general(general_agents, 1, general_outcomes, 3, NULL, 0,
                                                NULL, &made, NULL),
                     SB_OK);
    label = sb_environment_others_label(made, 0, 0);
    assert_string_equal(label, "");
    free(label);
    label = sb_environment_profile_label(made, 1);
    assert_string_equal(label, "(high)");
    free(label);
    sb_environment_free(made);
}

static void finding(void **state)
{
    (void)state;
    sb_environment *made = item();
    size_t found = 99;
    sb_error error;
    assert_int_equal(sb_environment_find_player(made, "Bob", &found, NULL), SB_OK);
    assert_int_equal(found, 1);
    assert_int_equal(sb_environment_find_player(made, "weather", &found, NULL), SB_OK);
    assert_int_equal(found, 2);
    assert_int_equal(sb_environment_find_player(made, "#1", &found, NULL), SB_OK);
    assert_int_equal(found, 0);
    static const char *const no_player[] = {"bob", "", "#0", "#4", "#", "#x", "#99999999999999"};
    for (size_t i = 0; i < sizeof no_player / sizeof *no_player; i++) {
        assert_int_equal(sb_environment_find_player(made, no_player[i], &found, &error),
                         SB_ERROR_USAGE);
        assert_non_null(strstr(error.message, "Ann, Bob, weather"));
    }
    assert_int_equal(found, 0);
    assert_int_equal(sb_environment_find_type(made, 0, "1/3", &found, NULL), SB_OK);
    assert_int_equal(found, 2);
    assert_int_equal(sb_environment_find_type(made, 1, "#2", &found, NULL), SB_OK);
    assert_int_equal(found, 1);
    assert_int_equal(sb_environment_find_type(made, 2, "4", &found, NULL), SB_OK);
    assert_int_equal(found, 3);
    assert_int_equal(sb_environment_find_type(made, 1, "middle", &found, &error), SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "Bob"));
    assert_non_null(strstr(error.message, "low, high"));
    assert_int_equal(sb_environment_find_outcome(made, "nobody gets it", &found, NULL), SB_OK);
    assert_int_equal(found, 2);
    assert_int_equal(sb_environment_find_outcome(made, "x", &found, &error), SB_ERROR_USAGE);
    sb_environment_free(made);
}

static void finding_profiles(void **state)
{
    (void)state;
    sb_environment *made = item();
    size_t found = 99;
    sb_error error;
    static const char *const same[] = {"0.5,high,2", "(0.5, high, 2)", " ( 0.5 ,high , 2 ) ",
                                       "#2, #2, #2", "(0.5,#2,2)",     "  0.5,high,2  "};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        found = 99;
        assert_int_equal(sb_environment_find_profile(made, same[i], &found, NULL), SB_OK);
        assert_int_equal(found, 13);
    }
    for (size_t profile = 0; profile < 24; profile++) {
        char *label = sb_environment_profile_label(made, profile);
        assert_int_equal(sb_environment_find_profile(made, label, &found, NULL), SB_OK);
        assert_int_equal(found, profile);
        free(label);
    }
    static const struct {
        const char *text, *told;
    } bad[] = {{"0.5,high", "has 2"},      {"", "has 1"},         {"0.5,high,2,1", "has 4"},
               {"0.5,middle,2", "middle"}, {"0.5,high,9", "'9'"}, {"(0.5,high,2", "(0.5"},
               {"0.5,high,2)", "2)"},      {"0.5,,2", "''"},      {"#4,high,2", "#4"},
               {"0.5 high 2", "has 1"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(sb_environment_find_profile(made, bad[i].text, &found, &error),
                         SB_ERROR_USAGE);
        if (strstr(error.message, bad[i].told) == NULL) {
            fail_msg("'%s' does not tell '%s'", error.message, bad[i].told);
        }
    }
    /* labels with commas and parentheses */
    assert_int_equal(sb_environment_rename_type(made, 0, 0, "1, 2", NULL), SB_OK);
    assert_int_equal(sb_environment_rename_type(made, 1, 0, "2", NULL), SB_OK);
    assert_int_equal(sb_environment_rename_type(made, 0, 1, "1", NULL), SB_OK);
    assert_int_equal(sb_environment_rename_type(made, 2, 3, "(4)", NULL), SB_OK);
    assert_int_equal(sb_environment_rename_type(made, 2, 2, "#1", NULL), SB_OK);
    for (size_t profile = 0; profile < 24; profile++) {
        char *label = sb_environment_profile_label(made, profile);
        assert_int_equal(sb_environment_find_profile(made, label, &found, NULL), SB_OK);
        assert_int_equal(found, profile);
        free(label);
    }
    sb_environment_free(made);
}

static void copies_are_equal_and_apart(void **state)
{
    (void)state;
    sb_environment *made = item();
    fmpq *lists = numbers(9, (const char *[]){"1", "2", "3", "1", "1/2", "1", "1", "1", "5"});
    assert_int_equal(sb_environment_set_independent(made, lists, NULL), SB_OK);
    sb_rationals_free(lists, 9);
    assert_int_equal(sb_rules_set(&made->rules, "payments", "bounded:3", NULL), SB_OK);
    assert_int_equal(sb_environment_set_title(made, "A title", NULL), SB_OK);
    sb_environment *copy = sb_environment_copy(made);
    assert_non_null(copy);
    assert_true(sb_environment_equal(made, copy));
    assert_true(sb_environment_equal(copy, made));
    fmpq_t number;
    fmpq_init(number);
    fmpq_set_si(number, 9, 7);
    for (int change = 0; change < 10; change++) {
        switch (change) {
        case 0:
            sb_environment_set_title(copy, "Another", NULL);
            break;
        case 1:
            sb_environment_set_value(copy, 0, 1, number, NULL);
            break;
        case 2:
            sb_environment_set_weight(copy, 5, number, NULL);
            break;
        case 3:
            sb_environment_rename_player(copy, 1, "Bert", NULL);
            break;
        case 4:
            sb_environment_rename_type(copy, 2, 1, "fog", NULL);
            break;
        case 5:
            sb_rules_set(&copy->rules, "ic", "none", NULL);
            break;
        case 6:
            sb_environment_set_reserve(copy, number, NULL);
            break;
        case 7:
            sb_environment_set_outside(copy, 1, 1, number, NULL);
            break;
        case 8:
            sb_environment_set_weights(copy, copy->weights, NULL); /* the source alone */
            break;
        default:
            sb_environment_add_type(copy, 2, NULL, NULL, NULL);
            break;
        }
        assert_false(sb_environment_equal(made, copy));
        assert_false(sb_environment_equal(copy, made));
        sb_environment_free(copy);
        copy = sb_environment_copy(made);
        assert_true(sb_environment_equal(made, copy));
    }
    fmpq_clear(number);
    sb_environment_free(copy);
    sb_environment_free(made);
}

static void running_out_of_memory_is_survived(void **state)
{
    (void)state;
    sb_status status = SB_ERROR_MEMORY;
    int failures = 0;
    for (int allowed = 0; status != SB_OK; allowed++) {
        sb_environment *made = NULL;
        fmpq *values = numbers(3, (const char *[]){"1", "2", "1"});
        const sb_bidder_description bidder = {"b", 3, NULL, values};
        allocations_left = allowed;
        sb_error error;
        status = sb_environment_new_item(&bidder, 1, "s", 2, NULL, NULL, &made, &error);
        allocations_left = INT_MAX;
        sb_rationals_free(values, 3);
        if (status != SB_OK) {
            assert_int_equal(status, SB_ERROR_MEMORY);
            assert_int_equal(error.status, SB_ERROR_MEMORY);
            assert_null(made);
            failures++;
        }
        sb_environment_free(made);
    }
    assert_true(failures > 20);
    status = SB_ERROR_MEMORY;
    failures = 0;
    for (int allowed = 0; status != SB_OK; allowed++, failures++) {
        sb_environment *made = NULL;
        allocations_left = allowed;
        status = sb_environment_new_general(general_agents, 2, general_outcomes, 3, "s", 2, NULL,
                                            &made, NULL);
        allocations_left = INT_MAX;
        assert_true(status == SB_OK || status == SB_ERROR_MEMORY);
        sb_environment_free(made);
    }
    assert_true(failures > 20);
    sb_environment *made = item();
    sb_environment *copy = NULL;
    for (int allowed = 0; copy == NULL; allowed++) {
        allocations_left = allowed;
        copy = sb_environment_copy(made);
        allocations_left = INT_MAX;
    }
    assert_true(sb_environment_equal(made, copy));
    sb_environment_free(copy);
    sb_environment_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_is_complete),
        cmocka_unit_test(equal_values_get_different_labels),
        cmocka_unit_test(the_general_form),
        cmocka_unit_test(names_are_checked),
        cmocka_unit_test(sizes_are_limited),
        cmocka_unit_test(profiles_are_numbered_as_nested_lists),
        cmocka_unit_test(finding),
        cmocka_unit_test(finding_profiles),
        cmocka_unit_test(copies_are_equal_and_apart),
        cmocka_unit_test(running_out_of_memory_is_survived),
    };
    int failed = cmocka_run_group_tests_name("environment", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
