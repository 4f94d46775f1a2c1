/* Environment files under random data: what is written reads back the same, noise is refused.
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

#include "property.h"
#include "sidebet/environment_file.h"

#define MOST_TYPES  ((size_t)4)
#define MOST_AGENTS ((size_t)3)

/* A label of characters that YAML treats in special ways; the number keeps labels apart. */
static void random_label(property_stream *stream, size_t number, char label[64])
{
    static const char *const pieces[] = {"a",  " ", ":", ": ", " #", "-",      "'",          "\"",
                                         "\\", ",", "[", "]",  "{",  "}",      "\u00e9",     "&",
                                         "*",  "!", "|", ">",  "%",  "\u4e2d", "\U0001F600", "0"};
    const size_t count = sizeof pieces / sizeof pieces[0];
    long length = property_between(stream, 0, 4);
    size_t used = 0;
    for (long index = 0; index < length; index++) {
        const char *piece = pieces[property_between(stream, 0, (long)count - 1)];
        if (used == 0 && piece[0] == ' ') {
            continue;
        }
        used += (size_t)snprintf(label + used, 64 - used, "%s", piece);
    }
    snprintf(label + used, 64 - used, "%zu", number);
}

static void random_number(property_stream *stream, fmpq_t value, bool positive)
{
    static const ulong denominators[] = {1, 2, 10, 1000, 3, 7, 1000000000UL};
    fmpq_set_si(value, property_between(stream, positive ? 0 : -2000, 2000),
                denominators[property_between(stream, 0, 6)]);
}

typedef struct random_labels {
    char texts[MOST_AGENTS + 2][MOST_TYPES][64];
    const char *pointers[MOST_AGENTS + 2][MOST_TYPES];
} random_labels;

static void fill_labels(property_stream *stream, random_labels *labels)
{
    for (size_t group = 0; group < MOST_AGENTS + 2; group++) {
        for (size_t index = 0; index < MOST_TYPES; index++) {
            random_label(stream, index, labels->texts[group][index]);
            labels->pointers[group][index] = labels->texts[group][index];
        }
    }
}

static sb_environment *random_item(property_stream *stream, const random_labels *labels,
                                   const char *const *names, size_t agents, size_t signals)
{
    fmpq *values = sb_rationals_new(MOST_AGENTS * MOST_TYPES);
    sb_bidder_description bidders[MOST_AGENTS];
    for (size_t index = 0; index < MOST_AGENTS * MOST_TYPES; index++) {
        random_number(stream, &values[index], false);
    }
    for (size_t agent = 0; agent < agents; agent++) {
        bidders[agent] = (sb_bidder_description){
            .name = names[agent],
            .value_count = (size_t)property_between(stream, 1, (long)MOST_TYPES),
            .labels = property_between(stream, 0, 1) == 0 ? NULL : labels->pointers[agent],
            .values = values + agent * MOST_TYPES,
        };
    }
    fmpq_t reserve;
    fmpq_init(reserve);
    random_number(stream, reserve, true);
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_new_item(bidders, agents, names[MOST_AGENTS], signals,
                                             labels->pointers[MOST_AGENTS], reserve, &environment,
                                             NULL),
                     SB_OK);
    fmpq_clear(reserve);
    sb_rationals_free(values, MOST_AGENTS * MOST_TYPES);
    return environment;
}

static sb_environment *random_general(property_stream *stream, const random_labels *labels,
                                      const char *const *names, size_t agent_count, size_t signals)
{
    sb_agent_description agents[MOST_AGENTS];
    size_t outcomes = (size_t)property_between(stream, 1, (long)MOST_TYPES);
    for (size_t agent = 0; agent < agent_count; agent++) {
        agents[agent] = (sb_agent_description){
            .name = names[agent],
            .type_count = (size_t)property_between(stream, 1, (long)MOST_TYPES),
            .types = labels->pointers[agent],
        };
    }
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_new_general(agents, agent_count,
                                                labels->pointers[MOST_AGENTS + 1], outcomes,
                                                names[MOST_AGENTS], signals,
                                                labels->pointers[MOST_AGENTS], &environment, NULL),
                     SB_OK);
    for (size_t agent = 0; agent < agent_count; agent++) {
        sb_agent *made = &environment->agents[agent];
        for (size_t index = 0; index < made->type_count * outcomes; index++) {
            random_number(stream, &made->utilities[index], false);
        }
    }
    for (size_t outcome = 0; outcome < outcomes; outcome++) {
        random_number(stream, &environment->designer[outcome], false);
    }
    return environment;
}

/* Any of the short forms beyond one item; a trade has two agents. */
static sb_environment *random_form(property_stream *stream, const random_labels *labels,
                                   const char *const *names, size_t agent_count, size_t signals)
{
    sb_environment_form kind =
        (sb_environment_form)property_between(stream, SB_FORM_UNITS, SB_FORM_COUNT - 1);
    agent_count = kind == SB_FORM_TRADE ? 2 : agent_count;
    char goods_texts[3][64];
    char *uses[2] = {"sold", "kept: by all"};
    sb_good goods[3];
    size_t good_count = (size_t)property_between(stream, 1, 3);
    for (size_t g = 0; g < 3; g++) {
        random_label(stream, g, goods_texts[g]);
        goods[g] = (sb_good){.name = goods_texts[g], .uses = uses};
        fmpq_init(&goods[g].reserve);
        if (kind == SB_FORM_ITEMS) {
            random_number(stream, &goods[g].reserve, false);
        } else if (kind == SB_FORM_DIVISION) {
            goods[g].use_count = (size_t)property_between(stream, 0, 2);
        }
    }
    sb_valuer_description agents[MOST_AGENTS];
    fmpq *values = sb_rationals_new(MOST_AGENTS * MOST_TYPES * 9);
    for (size_t index = 0; index < MOST_AGENTS * MOST_TYPES * 9; index++) {
        random_number(stream, &values[index], false);
    }
    for (size_t agent = 0; agent < agent_count; agent++) {
        agents[agent] = (sb_valuer_description){
            .name = names[agent],
            .type_count = (size_t)property_between(stream, 1, (long)MOST_TYPES),
            .labels = property_between(stream, 0, 1) == 0 ? NULL : labels->pointers[agent],
            .values = values + agent * MOST_TYPES * 9,
            .wants = kind == SB_FORM_ITEMS
                         ? (unsigned)property_between(stream, 0, (1 << good_count) - 1)
                         : 0,
        };
    }
    sb_form_description form = {.form = kind,
                                .agent_count = agent_count,
                                .agents = agents,
                                .unit_count = (size_t)property_between(stream, 1, 4),
                                .reserve = values,
                                .cost = values + 1,
                                .good_count = good_count,
                                .goods = goods};
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_new_form(&form, names[MOST_AGENTS], signals,
                                             labels->pointers[MOST_AGENTS], &environment, NULL),
                     SB_OK);
    assert_int_equal(environment->form, kind);
    for (size_t g = 0; g < 3; g++) {
        fmpq_clear(&goods[g].reserve);
    }
    sb_rationals_free(values, MOST_AGENTS * MOST_TYPES * 9);
    return environment;
}

static void random_prior_and_rules(property_stream *stream, sb_environment *environment)
{
    size_t profiles = sb_environment_profile_count(environment);
    size_t lists = sb_environment_marginal_count(environment);
    fmpq *weights = sb_rationals_new(profiles + lists);
    for (size_t index = 0; index < profiles + lists; index++) {
        random_number(stream, &weights[index], true);
        fmpq_add_si(&weights[index], &weights[index], 1);
    }
    if (property_between(stream, 0, 3) == 0) {
        assert_int_equal(sb_environment_set_independent(environment, weights, NULL), SB_OK);
    } else {
        assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
    }
    environment->source.style =
        property_between(stream, 0, 1) == 0 ? SB_NUMBER_DECIMAL : SB_NUMBER_FRACTION;
    sb_rationals_free(weights, profiles + lists);
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        const sb_rule_description *description = sb_rule_describe((sb_rule)rule);
        environment->rules.choice[rule] =
            (int)property_between(stream, 0, description->choice_count - 1);
    }
    fmpq_set_ui(&environment->rules.payment_bound, (ulong)property_between(stream, 1, 99), 7);
    for (int k = 0; k < SB_OBJECTIVE_WEIGHTS; k++) {
        random_number(stream, environment->rules.weights + k, true);
    }
    fmpq_set_si(environment->rules.weights, property_between(stream, 1, 9), 7); /* not all zero */
    size_t types = environment->agents[0].type_count;
    for (size_t type = 0; type < types && property_between(stream, 0, 1) == 0; type++) {
        random_number(stream, &environment->agents[0].outside[type], false);
    }
}

/* Choices and reporting sets of some agents' own. */
static void random_own_rules(property_stream *stream, sb_environment *environment)
{
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        size_t types = environment->agents[agent].type_count;
        bool allowed[MOST_TYPES];
        for (int rule = 0; rule < SB_RULE_OBJECTIVE; rule++) {
            const sb_rule_description *description = sb_rule_describe((sb_rule)rule);
            long choice = property_between(stream, 0, description->choice_count - 1);
            if (property_between(stream, 0, 1) == 0) {
                assert_int_equal(sb_environment_set_rule(environment, (sb_rule)rule, agent,
                                                         description->choices[choice].name, NULL),
                                 SB_OK);
                assert_int_equal(sb_rules_of(&environment->rules, (sb_rule)rule, agent), choice);
            }
        }
        for (size_t type = 0; type < types && property_between(stream, 0, 2) > 0; type++) {
            for (size_t report = 0; report < types; report++) {
                allowed[report] = property_between(stream, 0, 1) == 0;
            }
            assert_int_equal(sb_environment_set_reports(environment, agent, type, allowed, NULL),
                             SB_OK);
        }
    }
}

/* From 0 to 1. */
static void random_probability(property_stream *stream, fmpq_t value)
{
    static const ulong denominators[] = {1, 10, 1000, 3, 7, 1000000000UL};
    ulong denominator = denominators[property_between(stream, 0, 5)];
    fmpq_set_ui(value, (ulong)property_between(stream, 0, 1000) % (denominator + 1), denominator);
}

static void random_constraint(property_stream *stream, sb_environment *environment)
{
    size_t types = environment->agents[0].type_count;
    size_t signals = environment->signal_count;
    fmpq *numbers = sb_rationals_new(signals + 2);
    for (size_t index = 0; index < signals + 2; index++) {
        random_number(stream, &numbers[index], false);
    }
    const fmpq *lower = &numbers[signals];
    const fmpq *upper = &numbers[signals + 1];
    if (fmpq_cmp(lower, upper) > 0) {
        fmpq_swap(&numbers[signals], &numbers[signals + 1]);
    }
    long sides = property_between(stream, 0, 2);
    size_t type = (size_t)property_between(stream, 0, (long)types);
    assert_int_equal(sb_set_description_constrain(
                         &environment->robust, types, signals, type == types ? SB_EVERY_TYPE : type,
                         numbers, sides == 0 ? NULL : lower, sides == 1 ? NULL : upper, NULL),
                     SB_OK);
    sb_rationals_free(numbers, signals + 2);
}

static void random_set(property_stream *stream, sb_environment *environment)
{
    size_t types = environment->agents[0].type_count;
    size_t entries = types * environment->signal_count;
    fmpq *bounds = sb_rationals_new(2 * entries);
    for (size_t index = 0; index < entries; index++) {
        random_probability(stream, &bounds[index]);
        random_probability(stream, &bounds[entries + index]);
        if (fmpq_cmp(&bounds[index], &bounds[entries + index]) > 0) {
            fmpq_swap(&bounds[index], &bounds[entries + index]);
        }
    }
    long kind = property_between(stream, 0, 2);
    sb_status status = SB_OK;
    if (kind == 1) {
        status = sb_set_description_box(&environment->robust, types, environment->signal_count,
                                        bounds, NULL);
    } else if (kind == 2) {
        status = sb_set_description_tables(&environment->robust, types, environment->signal_count,
                                           bounds, bounds + entries, NULL);
    }
    assert_int_equal(status, SB_OK);
    for (long left = property_between(stream, 0, 3); left > 0; left--) {
        random_constraint(stream, environment);
    }
    sb_rationals_free(bounds, 2 * entries);
}

static sb_environment *random_environment(property_stream *stream)
{
    random_labels labels;
    fill_labels(stream, &labels);
    const char *names[MOST_AGENTS + 1];
    char name_texts[MOST_AGENTS + 1][64];
    for (size_t index = 0; index <= MOST_AGENTS; index++) {
        random_label(stream, index, name_texts[index]);
        names[index] = name_texts[index];
    }
    size_t agents = (size_t)property_between(stream, 1, (long)MOST_AGENTS);
    size_t signals = (size_t)property_between(stream, 0, (long)MOST_TYPES);
    long form = property_between(stream, 0, 4);
    sb_environment *environment = form == 0 ? random_item(stream, &labels, names, agents, signals)
                                  : form == 1
                                      ? random_general(stream, &labels, names, agents, signals)
                                      : random_form(stream, &labels, names, agents, signals);
    agents = environment->agent_count;
    random_prior_and_rules(stream, environment);
    random_own_rules(stream, environment);
    if (agents == 1 && signals > 0) {
        random_set(stream, environment);
    }
    return environment;
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    property_stream stream = {20};
    int cases = property_cases(2000);
    int differing = 0;
    int restricted = 0;
    for (int number = 0; number < cases; number++) {
        sb_environment *environment = random_environment(&stream);
        sb_environment *again = NULL;
        char *text = NULL;
        sb_error error;
        sb_error_clear(&error);
        assert_int_equal(sb_environment_format(environment, &text, &error), SB_OK);
        if (sb_environment_parse(text, strlen(text), "text", &again, NULL, &error) != SB_OK ||
            !sb_environment_equal(environment, again)) {
            fail_msg("case %d: %d: %s\n%s", number, error.line, error.message, text);
        }
        free(text);
        differing += sb_rules_differ(&environment->rules, SB_RULE_PARTICIPATION);
        restricted += sb_environment_has_reporting_sets(environment, (size_t)-1);
        sb_environment_free(environment);
        sb_environment_free(again);
    }
    assert_in_range(differing, cases / 20, cases - cases / 20); /* there were such */
    assert_in_range(restricted, cases / 20, cases - cases / 20);
}

/* Damage a good text in a few places: it is read or refused with a place, never worse. */
static void damaged_texts_do_no_harm(void **state)
{
    (void)state;
    static const char bytes[] = "[]{}:,-#\"'&*!|>%\n\t 0159./eyx\xC3\xFF\x01";
    property_stream stream = {21};
    int cases = property_cases(4000);
    for (int number = 0; number < cases; number++) {
        sb_environment *environment = random_environment(&stream);
        char *text = NULL;
        assert_int_equal(sb_environment_format(environment, &text, NULL), SB_OK);
        sb_environment_free(environment);
        size_t length = strlen(text);
        for (long change = property_between(&stream, 1, 3); change > 0; change--) {
            text[property_between(&stream, 0, (long)length - 1)] =
                bytes[property_between(&stream, 0, (long)sizeof bytes - 2)];
        }
        sb_error error;
        sb_error_clear(&error);
        sb_environment *again = NULL;
        sb_status status = sb_environment_parse(text, length, "text", &again, NULL, &error);
        if (status != SB_OK) {
            assert_null(again);
            assert_true(error.message[0] != '\0');
            if (error.line < 1 || error.column < 1) {
                fail_msg("no place: %s", error.message);
            }
        }
        sb_environment_free(again);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(damaged_texts_do_no_harm),
    };
    int failed = cmocka_run_group_tests_name("environment files, random", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
