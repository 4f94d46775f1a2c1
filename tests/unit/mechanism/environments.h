/* Environments for tests, written briefly: numbers are texts with blanks between them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_MECHANISM_ENVIRONMENTS_H
#define SB_TESTS_MECHANISM_ENVIRONMENTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "property.h"
#include "sidebet/design.h"

/* Read up to limit numbers; returns how many. */
static inline size_t read_numbers(const char *text, fmpq *numbers, size_t limit)
{
    size_t count = 0;
    while (*text != '\0') {
        size_t blanks = strspn(text, " "), length = strcspn(text + blanks, " ");
        if (length > 0) {
            assert_true(count < limit);
            assert_int_equal(sb_rational_parse(numbers + count++, text + blanks, length, NULL),
                             SB_OK);
        }
        text += blanks + length;
    }
    return count;
}

#define assert_number(number, text)                                                                \
    do {                                                                                           \
        fmpq_t wanted_;                                                                            \
        fmpq_init(wanted_);                                                                        \
        assert_int_equal(sb_rational_parse(wanted_, (text), strlen(text), NULL), SB_OK);           \
        if (!fmpq_equal(wanted_, (number))) {                                                      \
            char *is_ = sb_rational_format((number), SB_NUMBER_FRACTION);                          \
            print_error("number is %s, not %s\n", is_, (text));                                    \
            free(is_);                                                                             \
            fail();                                                                                \
        }                                                                                          \
        fmpq_clear(wanted_);                                                                       \
    } while (0)

static inline void set_weights(sb_environment *environment, const char *weights)
{
    size_t count = sb_environment_profile_count(environment);
    fmpq *numbers = sb_rationals_new(count);
    assert_int_equal(read_numbers(weights, numbers, count), count);
    assert_int_equal(sb_environment_set_weights(environment, numbers, NULL), SB_OK);
    sb_rationals_free(numbers, count);
}

/* One item; values: one text a bidder; signals 0: none; reserve and weights may be NULL. */
static inline sb_environment *item(size_t bidders, const char *const *values, size_t signals,
                                   const char *reserve, const char *weights)
{
    static const char *const names[] = {"agent 1", "agent 2", "agent 3"};
    sb_bidder_description descriptions[3];
    fmpq *numbers[3];
    assert_true(bidders <= 3);
    for (size_t i = 0; i < bidders; i++) {
        numbers[i] = sb_rationals_new(32);
        descriptions[i] = (sb_bidder_description){names[i], read_numbers(values[i], numbers[i], 32),
                                                  NULL, numbers[i]};
    }
    /* A label is the value's text, and labels are distinct: number the types. */
    static const char *const labels[] = {"1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",
                                         "9",  "10", "11", "12", "13", "14", "15", "16",
                                         "17", "18", "19", "20", "21", "22", "23", "24"};
    for (size_t i = 0; i < bidders; i++) {
        descriptions[i].labels = labels;
    }
    fmpq *kept = sb_rationals_new(1);
    if (reserve != NULL) {
        read_numbers(reserve, kept, 1);
    }
    sb_environment *environment = NULL;
    sb_error error;
    sb_error_clear(&error);
    if (sb_environment_new_item(descriptions, bidders, signals > 0 ? "signal" : NULL, signals, NULL,
                                kept, &environment, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    for (size_t i = 0; i < bidders; i++) {
        sb_rationals_free(numbers[i], 32);
    }
    sb_rationals_free(kept, 1);
    if (weights != NULL) {
        set_weights(environment, weights);
    }
    return environment;
}

static inline sb_environment *two_bidders(const char *first, const char *second,
                                          const char *weights)
{
    return item(2, (const char *const[]){first, second}, 0, NULL, weights);
}

static inline sb_environment *one_bidder_and_signal(const char *values, size_t signals,
                                                    const char *weights)
{
    return item(1, (const char *const[]){values}, signals, NULL, weights);
}

static inline void assert_same_constraint(const sb_constraint *one, const sb_constraint *other)
{
    assert_int_equal(one->kind, other->kind);
    assert_int_equal(one->profile, other->profile);
    assert_int_equal(one->agent, other->agent);
    assert_int_equal(one->type, other->type);
    assert_int_equal(one->report, other->report);
    assert_int_equal(one->others, other->others);
}

static inline void set_rules(sb_environment *environment, const char *ic, const char *ir)
{
    assert_int_equal(sb_rules_set(&environment->rules, "ic", ic, NULL), SB_OK);
    assert_int_equal(sb_rules_set(&environment->rules, "ir", ir, NULL), SB_OK);
}

/* The optimum under the rules named, proved. */
static inline void optimum(fmpq_t objective, const sb_environment *environment, const char *ic,
                           const char *ir)
{
    sb_rules rules;
    sb_rules_init(&rules);
    sb_rules_copy(&rules, &environment->rules);
    assert_int_equal(sb_rules_set(&rules, "ic", ic, NULL), SB_OK);
    assert_int_equal(sb_rules_set(&rules, "ir", ir, NULL), SB_OK);
    sb_lp_status status = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    sb_error error;
    sb_error_clear(&error);
    if (sb_design_value(environment, &rules, NULL, NULL, &status, &proof, objective, &error) !=
        SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    assert_int_equal(status, SB_LP_OPTIMAL);
    assert_int_equal(proof, SB_PROOF_EXACT);
    sb_rules_clear(&rules);
}

#define assert_optimum(environment, ic, ir, text)                                                  \
    do {                                                                                           \
        fmpq_t objective_;                                                                         \
        fmpq_init(objective_);                                                                     \
        optimum(objective_, (environment), (ic), (ir));                                            \
        assert_number(objective_, (text));                                                         \
        fmpq_clear(objective_);                                                                    \
    } while (0)

/* Random integer weights 0..most, some rows repeated, mixed or emptied; never all zero. */
static inline void random_weights(sb_environment *environment, property_stream *stream, long most)
{
    size_t count = sb_environment_profile_count(environment);
    size_t rows = environment->agents[0].type_count, width = count / rows;
    fmpq *weights = sb_rationals_new(count);
    bool zeros = property_between(stream, 0, 2) == 0;
    for (size_t k = 0; k < count; k++) {
        fmpq_set_si(weights + k, property_between(stream, zeros ? 0 : 1, most), 1);
    }
    for (size_t row = 2; row < rows; row++) {
        long kind = property_between(stream, 0, 5);
        for (size_t k = 0; k < width; k++) {
            fmpq *cell = weights + row * width + k;
            if (kind == 0) {
                fmpq_set(cell, cell - width); /* the belief of the type before */
            } else if (kind == 1) {
                fmpq_add(cell, cell - width, cell - 2 * width); /* between the two before */
            } else if (kind == 2 && zeros) {
                fmpq_zero(cell); /* impossible */
            }
        }
    }
    fmpq_t sum;
    fmpq_init(sum);
    sb_rationals_sum(sum, weights, count);
    if (fmpq_is_zero(sum)) {
        fmpq_one(weights);
    }
    fmpq_clear(sum);
    assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
    sb_rationals_free(weights, count);
}

/* How many agents (two at most), types of each, and signals. */
typedef struct general_shape {
    size_t agents, types[2], signals;
} general_shape;

/* Any outcomes, all numbers zero. */
static inline sb_environment *general_environment(const general_shape *shape, size_t outcome_count)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    static const char *const outcomes[] = {"w", "x", "y", "z"};
    sb_agent_description agents[2] = {{"A", shape->types[0], names}, {"B", shape->types[1], names}};
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_new_general(agents, shape->agents, outcomes, outcome_count,
                                                shape->signals > 0 ? "sky" : NULL, shape->signals,
                                                names, &environment, NULL),
                     SB_OK);
    return environment;
}

/* Random utilities, of one outcome for each agent where single; outside options where there are;
 * and the designer's values. */
static inline void random_utilities(sb_environment *environment, property_stream *stream,
                                    bool single, bool outside)
{
    size_t outcome_count = environment->outcome_count;
    for (size_t i = 0; i < environment->agent_count; i++) {
        sb_agent *agent = &environment->agents[i];
        for (size_t k = 0; k < agent->type_count * outcome_count; k++) {
            bool wanted = !single || k % outcome_count == i;
            fmpq_set_si(agent->utilities + k, wanted ? property_between(stream, -2, 8) : 0, 3);
        }
        for (size_t k = 0; k < agent->type_count && outside; k++) {
            fmpq_set_si(agent->outside + k, property_between(stream, -1, 2), 2);
        }
    }
    for (size_t o = 0; o < outcome_count; o++) {
        fmpq_set_si(environment->designer + o, property_between(stream, -2, 2), 7);
    }
}

/* Random values low..high for one bidder, as a text. */
static inline const char *random_values(property_stream *stream, size_t count, long low, long high,
                                        char *text, size_t size)
{
    size_t length = 0;
    text[0] = '\0';
    for (size_t k = 0; k < count; k++) {
        length += (size_t)snprintf(text + length, size - length, "%ld ",
                                   property_between(stream, low, high));
    }
    return text;
}

/* Divorce: one gets the painting, the other, a museum, or it is cut; high .2, low .8. */
static inline sb_environment *divorce(const char *high, const char *low)
{
    static const char *const types[] = {"high", "low"};
    static const char *const outcomes[] = {"to Alice", "to Bob", "museum", "cut, Alice has it",
                                           "cut, Bob has it"};
    sb_agent_description agents[] = {{"Alice", 2, types}, {"Bob", 2, types}};
    sb_environment *environment = NULL;
    assert_int_equal(
        sb_environment_new_general(agents, 2, outcomes, 5, NULL, 0, NULL, &environment, NULL),
        SB_OK);
    fmpq *row = sb_rationals_new(5);
    for (size_t agent = 0; agent < 2; agent++) {
        for (size_t type = 0; type < 2; type++) {
            /* the texts list: gets it, the other gets it, museum, has the pieces, has them not */
            assert_int_equal(read_numbers(type == 0 ? high : low, row, 5), 5);
            for (size_t o = 0; o < 5; o++) {
                size_t at = agent == 0 || o == 2 ? o : o < 2 ? 1 - o : 7 - o;
                fmpq_set(environment->agents[agent].utilities + type * 5 + o, row + at);
            }
        }
    }
    sb_rationals_free(row, 5);
    set_weights(environment, "0.04 0.16 0.16 0.64");
    assert_int_equal(sb_rules_set(&environment->rules, "objective", "welfare", NULL), SB_OK);
    assert_int_equal(sb_rules_set(&environment->rules, "payments", "none", NULL), SB_OK);
    return environment;
}

#endif
