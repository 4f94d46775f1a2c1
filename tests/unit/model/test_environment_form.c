/* The short forms beyond one item: what follows from their numbers, edits, files, refusals.
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
#include "property.h"
#include "sidebet/environment_file.h"

/* The library's one source of memory, made to fail at will. */
static int allocations_left = INT_MAX;

void *sb_memory_resize(void *memory, size_t bytes)
{
    if (allocations_left <= 0) {
        return NULL;
    }
    allocations_left--;
    return realloc(memory, bytes);
}

#define UNIFORM_2 "prior: {independent: [[1, 1], [1, 1]]}\n"

static const char units_text[] =
    "units: {count: 2, bidders: [{name: a, values: [1, 2]}, {name: b, values: {low: 1, high: 3}},\n"
    "        {name: c, values: [4, 5]}], reserve: 1/2}\n"
    "prior: {independent: [[1, 1], [1, 1], [1, 1]]}\n";
static const char items_text[] =
    "items: {names: [left, right], bidders: [{name: a, values: {poor: [1, 2], rich: [3, 4]}},\n"
    "        {name: b, wants: [left, right], values: [2, 5]}], reserves: [0, 1/4]}\n" UNIFORM_2;
static const char good_text[] = "public-good: {cost: 3, agents: [{name: a, values: [1, 2]}, {name: "
                                "b, values: [1, 2]}]}\n" UNIFORM_2;
static const char trade_text[] =
    "trade: {buyer: {values: [1, 2]}, seller: {name: s, costs: {low: 0, high: 3/2}}}\n" UNIFORM_2;
static const char division_text[] =
    "division:\n"
    "  assets: [{name: house, otherwise: [sold, kept]}, car]\n"
    "  agents:\n"
    "    - {name: A, values: {low: {car: 4, house: 1, house sold: 2, house kept: 3}}}\n"
    "    - {name: B, values: {low: [5, 6, 7, 8], high: [9, 10, 11, 12]}}\n"
    "prior: [[1, 1]]\n";

static sb_environment *parse(const char *text)
{
    sb_environment *environment = NULL;
    sb_error error;
    char message[2048];
    sb_error_clear(&error);
    if (sb_environment_parse(text, strlen(text), "test.yaml", &environment, NULL, &error) !=
        SB_OK) {
        sb_error_format(&error, message, sizeof message);
        fail_msg("%s", message);
    }
    return environment;
}

static void assert_number(const fmpq_t value, const char *text)
{
    char *written = sb_rational_format(value, SB_NUMBER_FRACTION);
    assert_string_equal(written, text);
    free(written);
}

/* "label: u_0 | u_1 of each type | u_2 ..." of all outcomes in order. */
static void assert_outcomes(const sb_environment *environment, const char *const *lines,
                            size_t count)
{
    assert_int_equal(environment->outcome_count, count);
    for (size_t outcome = 0; outcome < count; outcome++) {
        char line[512];
        size_t used = 0;
        char *number = sb_rational_format(environment->designer + outcome, SB_NUMBER_FRACTION);
        used +=
            (size_t)snprintf(line, sizeof line, "%s: %s", environment->outcomes[outcome], number);
        free(number);
        for (size_t i = 0; i < environment->agent_count; i++) {
            const sb_agent *agent = &environment->agents[i];
            used += (size_t)snprintf(line + used, sizeof line - used, " |");
            for (size_t type = 0; type < agent->type_count; type++) {
                number = sb_rational_format(agent->utilities + type * environment->outcome_count +
                                                outcome,
                                            SB_NUMBER_FRACTION);
                used += (size_t)snprintf(line + used, sizeof line - used, " %s", number);
                free(number);
            }
        }
        assert_string_equal(line, lines[outcome]);
    }
}

#define ASSERT_OUTCOMES(environment, ...)                                                          \
    do {                                                                                           \
        static const char *const lines[] = {__VA_ARGS__};                                          \
        assert_outcomes(environment, lines, sizeof lines / sizeof lines[0]);                       \
    } while (0)

static void units_are_sets(void **state)
{
    (void)state;
    sb_environment *environment = parse(units_text);
    ASSERT_OUTCOMES(environment, "a and b get one: 0 | 1 2 | 1 3 | 0 0",
                    "a and c get one: 0 | 1 2 | 0 0 | 4 5", "b and c get one: 0 | 0 0 | 1 3 | 4 5",
                    "a gets one: 1/2 | 1 2 | 0 0 | 0 0", "b gets one: 1/2 | 0 0 | 1 3 | 0 0",
                    "c gets one: 1/2 | 0 0 | 0 0 | 4 5", "nobody gets one: 1 | 0 0 | 0 0 | 0 0");
    sb_environment_free(environment);
    /* More units than bidders: the rest is kept. */
    environment = parse("units: {count: 3, bidders: [{name: a, values: [1]}], reserve: 2}\n"
                        "prior: [1]\n");
    ASSERT_OUTCOMES(environment, "a gets one: 4 | 1", "nobody gets one: 6 | 0");
    sb_environment_free(environment);
}

static void items_are_assigned(void **state)
{
    (void)state;
    sb_environment *environment = parse(items_text);
    ASSERT_OUTCOMES(environment, "left and right to a: 0 | 3 7 | 0 0",
                    "left to a, right to b: 0 | 1 3 | 0 0", "left to a: 1/4 | 1 3 | 0 0",
                    "right to a, left to b: 0 | 2 4 | 0 0", "left and right to b: 0 | 0 0 | 2 5",
                    "left to b: 1/4 | 0 0 | 0 0", "right to a: 0 | 2 4 | 0 0",
                    "right to b: 0 | 0 0 | 0 0", "nobody gets anything: 1/4 | 0 0 | 0 0");
    sb_environment_free(environment);
    environment = parse("items: {names: [x, y, z], bidders: [{values: [[1, 1/2, 3]]}]}\n"
                        "prior: [1]\n");
    assert_string_equal(environment->agents[0].types[0], "1+0.5+3");
    assert_string_equal(environment->outcomes[0], "x, y and z to agent 1");
    assert_int_equal(environment->outcome_count, 8);
    sb_environment_free(environment);
}

static void a_public_good_costs(void **state)
{
    (void)state;
    sb_environment *environment = parse(good_text);
    ASSERT_OUTCOMES(environment, "provided: -3 | 1 2 | 1 2", "not provided: 0 | 0 0 | 0 0");
    sb_environment_free(environment);
}

static void a_seller_has_costs(void **state)
{
    (void)state;
    sb_environment *environment = parse(trade_text);
    assert_string_equal(environment->agents[0].name, "buyer");
    ASSERT_OUTCOMES(environment, "trade: 0 | 1 2 | 0 -3/2", "no trade: 0 | 0 0 | 0 0");
    sb_environment_free(environment);
}

static void assets_are_divided(void **state)
{
    (void)state;
    sb_environment *environment = parse(division_text);
    ASSERT_OUTCOMES(environment, "house and car to A: 0 | 5 | 0 0",
                    "house to A, car to B: 0 | 1 | 8 12", "car to A, house to B: 0 | 4 | 5 9",
                    "house and car to B: 0 | 0 | 13 21", "car to A, house sold: 0 | 6 | 6 10",
                    "car to B, house sold: 0 | 2 | 14 22", "car to A, house kept: 0 | 7 | 7 11",
                    "car to B, house kept: 0 | 3 | 15 23");
    sb_environment_free(environment);
}

/* Who stays away gets nothing, and nobody else's share changes. */
static void what_absent_agents_get_is_kept(void **state)
{
    (void)state;
    sb_environment *environment = parse(units_text);
    bool away[3] = {true, false, false};
    /* a and b: b alone; a and c: c alone; a alone: nobody. */
    static const size_t without_a[] = {4, 5, 2, 6, 4, 5, 6};
    for (size_t outcome = 0; outcome < 7; outcome++) {
        assert_int_equal(sb_environment_outcome_without(environment, outcome, away),
                         without_a[outcome]);
    }
    away[0] = false;
    assert_int_equal(sb_environment_outcome_without(environment, 1, away), 1);
    sb_environment_free(environment);

    environment = parse(items_text);
    bool away_b[2] = {false, true};
    for (size_t outcome = 0; outcome < environment->outcome_count; outcome++) {
        size_t left = sb_environment_outcome_without(environment, outcome, away_b);
        for (size_t type = 0; type < 2; type++) {
            size_t row = type * environment->outcome_count;
            assert_true(fmpq_is_zero(environment->agents[1].utilities + row + left));
            assert_true(fmpq_equal(environment->agents[0].utilities + row + left,
                                   environment->agents[0].utilities + row + outcome));
        }
    }
    assert_string_equal(
        environment->outcomes[sb_environment_outcome_without(environment, 1, away_b)], "left to a");
    sb_environment_free(environment);

    environment = parse(trade_text);
    assert_int_equal(sb_environment_outcome_without(environment, 0, away_b), 1);
    sb_environment_free(environment);
}

/* ---- files ---- */

static void assert_survives_writing(const sb_environment *environment)
{
    char *text = NULL;
    assert_int_equal(sb_environment_format(environment, &text, NULL), SB_OK);
    sb_environment *read = parse(text);
    assert_true(sb_environment_equal(environment, read));
    sb_environment_free(read);
    sb_environment *copy = sb_environment_copy(environment);
    assert_true(sb_environment_equal(environment, copy));
    sb_environment_free(copy);
    free(text);
}

static void files_keep_the_form(void **state)
{
    (void)state;
    static const char *const texts[] = {units_text, items_text, good_text, trade_text,
                                        division_text};
    static const char *const keys[] = {"units:", "items:", "public-good:", "trade:", "division:"};
    for (size_t index = 0; index < 5; index++) {
        sb_environment *environment = parse(texts[index]);
        char *text = NULL;
        assert_int_equal(sb_environment_format(environment, &text, NULL), SB_OK);
        assert_int_equal(strncmp(text, keys[index], strlen(keys[index])), 0);
        assert_null(strstr(text, "utilities"));
        assert_survives_writing(environment);
        free(text);
        sb_environment_free(environment);
    }
}

static void what_differs_is_not_equal(void **state)
{
    (void)state;
    sb_environment *one = parse(items_text);
    sb_environment *other = sb_environment_copy(one);
    fmpq_t number;
    fmpq_init(number);
    fmpq_set_si(number, 7, 1);
    assert_int_equal(sb_environment_set_good_reserve(other, 0, number, NULL), SB_OK);
    assert_false(sb_environment_equal(one, other));
    fmpq_zero(number);
    assert_int_equal(sb_environment_set_good_reserve(other, 0, number, NULL), SB_OK);
    assert_true(sb_environment_equal(one, other));
    /* A bidder who wants one item for 0 is not one who wants another for 0. */
    other->agents[1].wants = 1;
    assert_false(sb_environment_equal(one, other));
    fmpq_clear(number);
    sb_environment_free(one);
    sb_environment_free(other);
}

/* ---- changes ---- */

static void edits_follow(void **state)
{
    (void)state;
    fmpq_t number;
    fmpq_init(number);
    fmpq_set_si(number, 7, 1);
    sb_environment *environment = parse(items_text);
    size_t entry = 9;
    assert_int_equal(sb_environment_entry_count(environment, 0), 2);
    assert_int_equal(sb_environment_find_entry(environment, 0, "right", &entry, NULL), SB_OK);
    assert_int_equal(entry, 1);
    assert_int_equal(sb_environment_set_entry(environment, 0, 1, entry, number, NULL), SB_OK);
    assert_number(environment->agents[0].utilities + environment->outcome_count, "10");
    assert_string_equal(environment->agents[0].types[1], "rich");
    assert_int_equal(sb_environment_set_value(environment, 0, 1, number, NULL), SB_ERROR_USAGE);
    char *name = sb_environment_entry_name(environment, 1, 0);
    assert_string_equal(name, "left and right");
    free(name);
    assert_int_equal(sb_environment_set_value(environment, 1, 0, number, NULL), SB_OK);
    assert_string_equal(environment->agents[1].types[0], "7");
    assert_int_equal(sb_environment_set_reserve(environment, number, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_good_reserve(environment, 0, number, NULL), SB_OK);
    assert_number(environment->designer + environment->outcome_count - 1, "29/4");
    assert_int_equal(sb_environment_set_utility(environment, 0, 0, 0, number, NULL),
                     SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_designer(environment, 0, number, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_rename_outcome(environment, 0, "x", NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_cost(environment, number, NULL), SB_ERROR_USAGE);
    assert_survives_writing(environment);
    sb_environment_free(environment);

    environment = parse(good_text);
    assert_int_equal(sb_environment_set_cost(environment, number, NULL), SB_OK);
    assert_number(environment->designer, "-7");
    assert_survives_writing(environment);
    sb_environment_free(environment);

    environment = parse(trade_text);
    assert_int_equal(sb_environment_set_value(environment, 1, 0, number, NULL), SB_OK);
    assert_number(environment->agents[1].utilities, "-7");
    assert_survives_writing(environment);
    sb_environment_free(environment);
    fmpq_clear(number);
}

static void types_come_and_go(void **state)
{
    (void)state;
    fmpq_t number;
    fmpq_init(number);
    fmpq_set_si(number, 7, 1);
    sb_environment *environment = parse(units_text);
    sb_environment *before = sb_environment_copy(environment);
    assert_int_equal(sb_environment_set_weights(before, before->weights, NULL), SB_OK);
    assert_int_equal(sb_environment_add_type(environment, 1, NULL, number, NULL), SB_OK);
    assert_string_equal(environment->agents[1].types[2], "7");
    assert_number(environment->agents[1].utilities + 2 * environment->outcome_count, "7");
    assert_survives_writing(environment);
    assert_int_equal(sb_environment_remove_type(environment, 1, 2, NULL), SB_OK);
    assert_true(sb_environment_equal(environment, before));
    assert_int_equal(sb_environment_add_type(environment, 1, "x", NULL, NULL), SB_ERROR_USAGE);
    sb_environment_free(before);
    sb_environment_free(environment);

    environment = parse(division_text);
    assert_int_equal(sb_environment_add_type(environment, 0, "new", number, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_add_type(environment, 0, "new", NULL, NULL), SB_OK);
    assert_int_equal(sb_environment_set_entry(environment, 0, 1, 1, number, NULL), SB_OK);
    assert_number(environment->agents[0].utilities + environment->outcome_count + 4, "7");
    assert_survives_writing(environment);
    assert_int_equal(sb_environment_remove_type(environment, 0, 1, NULL), SB_OK);
    assert_number(sb_environment_entry(environment, 0, 0, 3), "4");
    assert_survives_writing(environment);
    sb_environment_free(environment);
    fmpq_clear(number);
}

static void outcomes_follow_names(void **state)
{
    (void)state;
    sb_environment *environment = parse(units_text);
    assert_int_equal(sb_environment_rename_player(environment, 1, "Bob", NULL), SB_OK);
    assert_string_equal(environment->outcomes[0], "a and Bob get one");
    /* "nobody gets one" would come twice. */
    sb_environment *before = sb_environment_copy(environment);
    assert_int_equal(sb_environment_rename_player(environment, 0, "nobody", NULL), SB_ERROR_INPUT);
    assert_true(sb_environment_equal(environment, before));
    assert_int_equal(sb_environment_rename_type(environment, 1, 0, "weak", NULL), SB_OK);
    assert_survives_writing(environment);
    /* Names that make labels too long give way to numbers. */
    assert_int_equal(
        sb_environment_rename_player(
            environment, 0, "a name that is as long as names may be, or at least nearly so", NULL),
        SB_OK);
    assert_string_equal(environment->outcomes[0], "1 and 2 get one");
    assert_string_equal(environment->outcomes[3], "1 gets one");
    assert_survives_writing(environment);
    sb_environment_free(before);
    sb_environment_free(environment);
}

/* ---- limits and memory ---- */

static void too_many_outcomes_are_refused(void **state)
{
    (void)state;
    sb_error error;
    sb_error_clear(&error);
    sb_environment *environment = NULL;
    /* 2^13 divisions are, 2^14 are not. */
    for (int assets = 13; assets <= 14; assets++) {
        char names[128] = "";
        char values[128] = "";
        char text[1024];
        for (int g = 0; g < assets; g++) {
            size_t used = strlen(names);
            snprintf(names + used, sizeof names - used, "%sa%d", g > 0 ? ", " : "", g);
            used = strlen(values);
            snprintf(values + used, sizeof values - used, "%s1", g > 0 ? ", " : "");
        }
        snprintf(text, sizeof text,
                 "division:\n  assets: [%s]\n  agents:\n"
                 "    - {name: A, values: {t: [%s]}}\n    - {name: B, values: {t: [%s]}}\n"
                 "prior: [[1]]\n",
                 names, values, values);
        sb_status status =
            sb_environment_parse(text, strlen(text), "test.yaml", &environment, NULL, &error);
        assert_int_equal(status, assets == 13 ? SB_OK : SB_ERROR_LIMIT);
        if (assets == 13) {
            assert_int_equal(environment->outcome_count, 8192);
            assert_string_equal(environment->outcomes[1], "1 1 1 1 1 1 1 1 1 1 1 1 2");
            sb_environment_free(environment);
        }
    }
    assert_string_equal(error.message, "there are more than 10000 outcomes");
    assert_int_equal(error.line, 2);
}

static void memory_may_run_out(void **state)
{
    (void)state;
    static const char *const texts[] = {units_text, items_text, good_text, trade_text,
                                        division_text};
    fmpq_t number;
    fmpq_init(number);
    fmpq_set_si(number, 7, 1);
    for (size_t index = 0; index < 5; index++) {
        sb_environment *environment = NULL;
        sb_status status = SB_ERROR_MEMORY;
        for (int allowed = 0; status != SB_OK; allowed++) {
            allocations_left = allowed;
            status = sb_environment_parse(texts[index], strlen(texts[index]), "test.yaml",
                                          &environment, NULL, NULL);
            allocations_left = INT_MAX;
            assert_true(status == SB_OK || (status == SB_ERROR_MEMORY && environment == NULL));
        }
        sb_environment *before = sb_environment_copy(environment);
        sb_environment *copy = NULL;
        for (int allowed = 0; copy == NULL; allowed++) {
            allocations_left = allowed;
            copy = sb_environment_copy(environment);
            allocations_left = INT_MAX;
        }
        sb_environment_free(copy);
        status = SB_ERROR_MEMORY;
        for (int allowed = 0; status != SB_OK; allowed++) {
            allocations_left = allowed;
            status = sb_environment_set_entry(environment, 0, 0, 0, number, NULL);
            allocations_left = INT_MAX;
            assert_true(status == SB_OK || sb_environment_equal(environment, before));
        }
        status = SB_ERROR_MEMORY;
        sb_environment_free(environment);
        environment = sb_environment_copy(before);
        for (int allowed = 0; status != SB_OK; allowed++) {
            allocations_left = allowed;
            status = sb_environment_rename_player(environment, 0, "Zoe", NULL);
            allocations_left = INT_MAX;
            assert_true(status == SB_OK || sb_environment_equal(environment, before));
        }
        char *text = NULL;
        for (int allowed = 0; text == NULL; allowed++) {
            allocations_left = allowed;
            status = sb_environment_format(environment, &text, NULL);
            allocations_left = INT_MAX;
            assert_true(status == SB_OK || status == SB_ERROR_MEMORY);
        }
        free(text);
        sb_environment_free(before);
        sb_environment_free(environment);
    }
    fmpq_clear(number);
}

/* ---- edits against files ---- */

/* Random edits of random agents leave what a fresh reading of the edited file gives. */
static void edits_are_as_if_written(void **state)
{
    (void)state;
    static const char *const texts[] = {units_text, items_text, good_text, trade_text,
                                        division_text};
    property_stream stream = {5};
    fmpq_t number;
    fmpq_init(number);
    for (int round = property_cases(200); round > 0; round--) {
        sb_environment *environment = parse(texts[property_between(&stream, 0, 4)]);
        for (int edit = 0; edit < 5; edit++) {
            size_t agent = (size_t)property_between(&stream, 0, (long)environment->agent_count - 1);
            size_t type = (size_t)property_between(&stream, 0,
                                                   (long)environment->agents[agent].type_count - 1);
            size_t entry = (size_t)property_between(
                &stream, 0, (long)sb_environment_entry_count(environment, agent) - 1);
            fmpq_set_si(number, property_between(&stream, -9, 9), 2);
            assert_int_equal(
                sb_environment_set_entry(environment, agent, type, entry, number, NULL), SB_OK);
            assert_true(fmpq_equal(sb_environment_entry(environment, agent, type, entry), number));
        }
        assert_survives_writing(environment);
        sb_environment_free(environment);
    }
    fmpq_clear(number);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_sets),        cmocka_unit_test(items_are_assigned),
        cmocka_unit_test(a_public_good_costs),   cmocka_unit_test(a_seller_has_costs),
        cmocka_unit_test(assets_are_divided),    cmocka_unit_test(what_absent_agents_get_is_kept),
        cmocka_unit_test(files_keep_the_form),   cmocka_unit_test(what_differs_is_not_equal),
        cmocka_unit_test(edits_follow),          cmocka_unit_test(types_come_and_go),
        cmocka_unit_test(outcomes_follow_names), cmocka_unit_test(too_many_outcomes_are_refused),
        cmocka_unit_test(memory_may_run_out),    cmocka_unit_test(edits_are_as_if_written),
    };
    int failed = cmocka_run_group_tests_name("short forms", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
