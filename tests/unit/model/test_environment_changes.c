/* The prior's sums, and changes: each leaves a valid environment or nothing happened.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "property.h"
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

/* What every environment must satisfy at every moment. */
static void assert_valid(const sb_environment *environment)
{
    size_t count = sb_environment_profile_count(environment);
    fmpq_t sum;
    fmpq_init(sum);
    sb_rationals_sum(sum, environment->weights, count);
    assert_true(fmpq_equal(sum, &environment->weight_sum));
    assert_true(fmpq_sgn(sum) > 0);
    for (size_t i = 0; i < count; i++) {
        assert_true(fmpq_sgn(environment->weights + i) >= 0);
    }
    for (size_t p = 0; p < sb_environment_player_count(environment); p++) {
        size_t size = sb_environment_player_size(environment, p);
        assert_true(size > 0);
        for (size_t t = 0; t < size; t++) {
            for (size_t s = 0; s < t; s++) {
                assert_string_not_equal(sb_environment_label(environment, p, s),
                                        sb_environment_label(environment, p, t));
            }
        }
    }
    for (size_t i = 0; environment->form == SB_FORM_ITEM && i < environment->agent_count; i++) {
        const sb_agent *agent = &environment->agents[i];
        assert_memory_equal(environment->outcomes[i], agent->name, strlen(agent->name));
        for (size_t t = 0; t < agent->type_count; t++) {
            for (size_t o = 0; o < environment->outcome_count; o++) {
                const fmpq *utility = agent->utilities + t * environment->outcome_count + o;
                assert_true(o == i ? fmpq_equal(utility, agent->values + t)
                                   : fmpq_is_zero(utility));
            }
        }
    }
    assert_true((environment->source.marginals != NULL) ==
                (environment->source.kind == SB_PRIOR_INDEPENDENT));
    fmpq_clear(sum);
}

/* Two bidders of 3 and 2 types and a signal of 2, weights 0, 1, 2, .., 11. */
static sb_environment *item(void)
{
    fmpq *values = sb_rationals_new(3);
    for (size_t i = 0; i < 3; i++) {
        fmpq_set_si(values + i, (slong)i + 1, 1);
    }
    const sb_bidder_description bidders[] = {{"Ann", 3, NULL, values}, {"Bob", 2, NULL, values}};
    sb_environment *made = NULL;
    assert_int_equal(sb_environment_new_item(bidders, 2, "weather", 2, NULL, NULL, &made, NULL),
                     SB_OK);
    sb_rationals_free(values, 3);
    fmpq *weights = sb_rationals_new(12);
    for (size_t i = 0; i < 12; i++) {
        fmpq_set_si(weights + i, (slong)i, 1);
    }
    assert_int_equal(sb_environment_set_weights(made, weights, NULL), SB_OK);
    sb_rationals_free(weights, 12);
    assert_number(&made->weight_sum, "66");
    assert_valid(made);
    return made;
}

static sb_environment *general(void)
{
    static const char *const types[] = {"low", "high"};
    static const char *const outcomes[] = {"yes", "no"};
    const sb_agent_description agents[] = {{"Alice", 2, types}, {"Bob", 2, types}};
    sb_environment *made = NULL;
    assert_int_equal(sb_environment_new_general(agents, 2, outcomes, 2, NULL, 0, NULL, &made, NULL),
                     SB_OK);
    return made;
}

static void probabilities(void **state)
{
    (void)state;
    sb_environment *made = item();
    fmpq_t probability;
    fmpq_init(probability);
    sb_environment_probability(probability, made, 11);
    assert_number(probability, "1/6");
    sb_environment_probability(probability, made, 0);
    assert_number(probability, "0");
    sb_environment_marginal(probability, made, 0, 0); /* 0+1+2+3 of 66 */
    assert_number(probability, "1/11");
    sb_environment_marginal(probability, made, 1, 1); /* 2+3+6+7+10+11 */
    assert_number(probability, "13/22");
    sb_environment_marginal(probability, made, 2, 0); /* 0+2+4+6+8+10 */
    assert_number(probability, "5/11");
    fmpq *conditional = sb_rationals_new(4);
    assert_true(sb_environment_conditional(conditional, made, 0, 2)); /* 8 9 10 11 of 38 */
    assert_number(conditional, "4/19");
    assert_number(conditional + 3, "11/38");
    fmpq_zero(probability);
    assert_int_equal(sb_environment_set_weight(made, 1, probability, NULL), SB_OK);
    assert_int_equal(sb_environment_set_weight(made, 2, probability, NULL), SB_OK);
    assert_int_equal(sb_environment_set_weight(made, 3, probability, NULL), SB_OK);
    assert_false(sb_environment_conditional(conditional, made, 0, 0));
    for (size_t i = 0; i < 4; i++) {
        assert_true(fmpq_is_zero(conditional + i));
    }
    assert_valid(made);
    sb_rationals_free(conditional, 4);
    fmpq_clear(probability);
    sb_environment_free(made);
}

static void random_weights(sb_environment *environment, property_stream *stream)
{
    fmpq_t weight;
    fmpq_init(weight);
    for (size_t i = 0; i < sb_environment_profile_count(environment); i++) {
        fmpq_set_si(weight, property_between(stream, 0, 9), (ulong)property_between(stream, 1, 12));
        (void)sb_environment_set_weight(environment, i, weight, NULL);
        assert_valid(environment);
    }
    fmpq_clear(weight);
}

static void sums_are_one_and_no_correlation_keeps_marginals(void **state)
{
    (void)state;
    property_stream stream = {42};
    for (int round = 0; round < property_cases(40); round++) {
        sb_environment *made = item();
        random_weights(made, &stream);
        sb_environment *apart = sb_environment_without_correlation(made);
        assert_non_null(apart);
        assert_valid(apart);
        assert_number(&apart->weight_sum, "1");
        assert_int_equal(apart->source.kind, SB_PRIOR_INDEPENDENT);
        fmpq_t sum;
        fmpq_t one;
        fmpq_t other;
        fmpq_init(sum);
        fmpq_init(one);
        fmpq_init(other);
        fmpq *conditional = sb_rationals_new(6);
        for (size_t p = 0; p < 3; p++) {
            fmpq_zero(sum);
            for (size_t t = 0; t < sb_environment_player_size(made, p); t++) {
                sb_environment_marginal(one, made, p, t);
                sb_environment_marginal(other, apart, p, t);
                assert_true(fmpq_equal(one, other));
                fmpq_add(sum, sum, one);
                if (p < 2) {
                    bool possible = sb_environment_conditional(conditional, made, p, t);
                    assert_int_equal(possible, !fmpq_is_zero(one));
                    sb_rationals_sum(other, conditional, sb_environment_others_count(made, p));
                    assert_true(possible ? fmpq_is_one(other) : fmpq_is_zero(other));
                }
            }
            assert_true(fmpq_is_one(sum));
        }
        for (size_t i = 0; i < 12; i++) { /* the product, profile by profile */
            fmpq_one(one);
            for (size_t p = 0; p < 3; p++) {
                sb_environment_marginal(other, made, p, sb_environment_type_at(made, i, p));
                fmpq_mul(one, one, other);
            }
            sb_environment_probability(other, apart, i);
            assert_true(fmpq_equal(one, other));
        }
        sb_environment *again = sb_environment_without_correlation(apart);
        assert_true(sb_environment_equal(again, apart));
        sb_environment_free(again);
        sb_rationals_free(conditional, 6);
        fmpq_clear(other);
        fmpq_clear(one);
        fmpq_clear(sum);
        sb_environment_free(apart);
        sb_environment_free(made);
    }
}

static void weights_are_checked(void **state)
{
    (void)state;
    sb_environment *made = item();
    sb_environment *before = sb_environment_copy(made);
    sb_error error;
    fmpq_t number;
    fmpq_init(number);
    fmpq_set_si(number, -1, 1000);
    assert_int_equal(sb_environment_set_weight(made, 3, number, &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "(1, 2, 2)"));
    assert_int_equal(sb_environment_set_weight(made, 12, number, &error), SB_ERROR_USAGE);
    fmpq *weights = sb_rationals_new(12);
    assert_int_equal(sb_environment_set_weights(made, weights, &error), SB_ERROR_INPUT);
    fmpq_set_si(weights + 11, -1, 1);
    fmpq_set_si(weights + 10, 5, 1);
    assert_int_equal(sb_environment_set_weights(made, weights, &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "(3, 2, 2)"));
    assert_true(sb_environment_equal(made, before));
    fmpq_zero(weights + 11);
    assert_int_equal(sb_environment_set_weights(made, weights, &error), SB_OK);
    fmpq_zero(number);
    assert_int_equal(sb_environment_set_weight(made, 10, number, &error), SB_ERROR_INPUT);
    assert_number(&made->weight_sum, "5");
    assert_valid(made);
    sb_rationals_free(weights, 12);
    fmpq_clear(number);
    sb_environment_free(before);
    sb_environment_free(made);
}

static void independent_lists_are_kept_until_an_edit(void **state)
{
    (void)state;
    sb_environment *made = item();
    fmpq *lists = sb_rationals_new(7);
    for (size_t i = 0; i < 7; i++) {
        fmpq_set_si(lists + i, (slong)i + 1, 2);
    }
    assert_int_equal(sb_environment_marginal_count(made), 7);
    for (int edit = 0; edit < 5; edit++) {
        assert_int_equal(sb_environment_set_independent(made, lists, NULL), SB_OK);
        assert_valid(made);
        assert_int_equal(made->source.kind, SB_PRIOR_INDEPENDENT);
        if (edit == 0) {
            /* (1, 1, 1) from 0: 2/2 * 5/2 * 7/2 */
            size_t at = sb_environment_profile_join(made, (size_t[]){1, 1, 1});
            assert_number(made->weights + at, "35/4");
        }
        sb_status status = SB_ERROR_INTERNAL;
        switch (edit) {
        case 0:
            assert_int_equal(sb_environment_set_value(made, 0, 0, lists + 6, NULL), SB_OK);
            assert_int_equal(made->source.kind, SB_PRIOR_INDEPENDENT); /* no edit of the prior */
            status = sb_environment_set_weight(made, 0, lists, NULL);
            break;
        case 1:
            status = sb_environment_set_weights(made, made->weights, NULL);
            break;
        case 2:
            status = sb_environment_add_type(made, 2, "fog", NULL, NULL);
            break;
        case 3:
            status = sb_environment_remove_type(made, 2, 1, NULL);
            break;
        default:
            status = sb_environment_set_independent(made, made->source.marginals, NULL);
            assert_int_equal(made->source.kind, SB_PRIOR_INDEPENDENT);
            break;
        }
        assert_int_equal(status, SB_OK);
        assert_valid(made);
        if (edit < 4) {
            assert_int_equal(made->source.kind, SB_PRIOR_TABLE);
        }
        sb_environment_free(made);
        made = item();
    }
    sb_environment *before = sb_environment_copy(made);
    sb_error error;
    fmpq_set_si(lists + 4, -1, 1);
    assert_int_equal(sb_environment_set_independent(made, lists, &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "Bob"));
    fmpq_zero(lists + 3);
    fmpq_zero(lists + 4);
    assert_int_equal(sb_environment_set_independent(made, lists, &error), SB_ERROR_INPUT);
    assert_true(sb_environment_equal(made, before));
    sb_environment_free(before);
    sb_rationals_free(lists, 7);
    sb_environment_free(made);
}

static void values_move_labels_and_utilities(void **state)
{
    (void)state;
    sb_environment *made = item();
    fmpq_t value;
    fmpq_init(value);
    fmpq_set_si(value, 5, 2);
    assert_int_equal(sb_environment_set_value(made, 0, 1, value, NULL), SB_OK);
    assert_string_equal(made->agents[0].types[1], "2.5");
    assert_valid(made);
    assert_true(sb_environment_labels_are_values(made, 0));
    fmpq_set_si(value, 1, 1); /* another type has this value */
    assert_int_equal(sb_environment_set_value(made, 0, 2, value, NULL), SB_OK);
    assert_string_equal(made->agents[0].types[2], "1 (b)");
    assert_true(sb_environment_labels_are_values(made, 0));
    assert_int_equal(sb_environment_set_value(made, 0, 2, value, NULL), SB_OK);
    assert_string_equal(made->agents[0].types[2], "1 (b)");
    fmpq_set_si(value, 7, 1); /* a suffixed label is still the value's */
    assert_int_equal(sb_environment_set_value(made, 0, 2, value, NULL), SB_OK);
    assert_string_equal(made->agents[0].types[2], "7");
    assert_int_equal(sb_environment_rename_type(made, 0, 0, "poor", NULL), SB_OK);
    assert_int_equal(sb_environment_set_value(made, 0, 0, value, NULL), SB_OK);
    assert_string_equal(made->agents[0].types[0], "poor");
    assert_number(made->agents[0].utilities, "7");
    fmpq_set_si(value, -3, 1);
    assert_int_equal(sb_environment_set_value(made, 1, 0, value, NULL), SB_OK);
    assert_string_equal(made->agents[1].types[0], "-3");
    assert_valid(made);
    fmpq_set_si(value, 1, 3);
    assert_int_equal(sb_environment_set_reserve(made, value, NULL), SB_OK);
    assert_number(made->designer + 2, "1/3");
    assert_number(&made->reserve, "1/3");
    sb_environment *before = sb_environment_copy(made);
    assert_int_equal(sb_environment_set_value(made, 2, 0, value, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_value(made, 0, 3, value, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_utility(made, 0, 0, 0, value, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_designer(made, 0, value, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_rename_outcome(made, 0, "x", NULL), SB_ERROR_USAGE);
    assert_true(sb_environment_equal(made, before));
    fmpq_clear(value);
    sb_environment_free(before);
    sb_environment_free(made);
}

static void the_general_form_is_filled(void **state)
{
    (void)state;
    sb_environment *made = general();
    fmpq_t number;
    fmpq_init(number);
    fmpq_set_si(number, -9, 4);
    assert_int_equal(sb_environment_set_utility(made, 1, 1, 0, number, NULL), SB_OK);
    assert_number(made->agents[1].utilities + 2, "-9/4");
    assert_int_equal(sb_environment_set_designer(made, 1, number, NULL), SB_OK);
    assert_number(made->designer + 1, "-9/4");
    assert_int_equal(sb_environment_set_outside(made, 0, 1, number, NULL), SB_OK);
    assert_number(made->agents[0].outside + 1, "-9/4");
    assert_int_equal(sb_environment_rename_outcome(made, 0, "perhaps", NULL), SB_OK);
    assert_string_equal(made->outcomes[0], "perhaps");
    sb_environment *before = sb_environment_copy(made);
    assert_int_equal(sb_environment_rename_outcome(made, 0, "no", NULL), SB_ERROR_INPUT);
    assert_int_equal(sb_environment_rename_outcome(made, 2, "x", NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_utility(made, 0, 0, 2, number, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_utility(made, 2, 0, 0, number, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_designer(made, 2, number, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_outside(made, 0, 2, number, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_value(made, 0, 0, number, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_reserve(made, number, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_add_type(made, 0, "x", number, NULL), SB_ERROR_USAGE);
    assert_true(sb_environment_equal(made, before));
    sb_environment_free(before);
    /* utilities and outside options move with their types */
    assert_int_equal(sb_environment_add_type(made, 1, "top", NULL, NULL), SB_OK);
    assert_number(made->agents[1].utilities + 2, "-9/4");
    assert_true(fmpq_is_zero(made->agents[1].utilities + 4));
    assert_int_equal(sb_environment_remove_type(made, 1, 0, NULL), SB_OK);
    assert_number(made->agents[1].utilities, "-9/4");
    assert_int_equal(sb_environment_remove_type(made, 0, 0, NULL), SB_OK);
    assert_number(made->agents[0].outside, "-9/4");
    assert_valid(made);
    fmpq_clear(number);
    sb_environment_free(made);
}

static void renaming(void **state)
{
    (void)state;
    sb_environment *made = item();
    sb_error error;
    assert_int_equal(sb_environment_rename_player(made, 0, "Anna", NULL), SB_OK);
    assert_string_equal(made->agents[0].name, "Anna");
    assert_string_equal(made->outcomes[0], "Anna gets it");
    assert_int_equal(sb_environment_rename_player(made, 0, "Anna", NULL), SB_OK);
    assert_int_equal(sb_environment_rename_player(made, 2, "nobody", NULL), SB_OK);
    assert_string_equal(made->signal_name, "nobody");
    assert_int_equal(sb_environment_rename_player(made, 2, "sky", NULL), SB_OK);
    assert_int_equal(sb_environment_rename_type(made, 2, 0, "rain", NULL), SB_OK);
    assert_string_equal(made->signals[0], "rain");
    assert_int_equal(sb_environment_rename_type(made, 2, 0, "rain", NULL), SB_OK);
    assert_int_equal(sb_environment_rename_type(made, 1, 0, made->agents[1].types[0], NULL), SB_OK);
    assert_int_equal(sb_environment_set_title(made, "Ein Titel: θ", NULL), SB_OK);
    sb_environment *before = sb_environment_copy(made);
    assert_int_equal(sb_environment_rename_player(made, 0, "Bob", &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "'Bob'"));
    assert_int_equal(sb_environment_rename_player(made, 0, "sky", NULL), SB_ERROR_INPUT);
    assert_int_equal(sb_environment_rename_player(made, 0, "nobody", NULL), SB_ERROR_INPUT);
    assert_int_equal(sb_environment_rename_player(made, 0, "", NULL), SB_ERROR_INPUT);
    assert_int_equal(sb_environment_rename_player(made, 3, "x", NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_rename_type(made, 0, 0, "2", &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "'2'"));
    assert_int_equal(sb_environment_rename_type(made, 0, 0, "a\tb", NULL), SB_ERROR_INPUT);
    assert_int_equal(sb_environment_rename_type(made, 0, 3, "x", NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_rename_type(made, 3, 0, "x", NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_set_title(made, "two\nlines", NULL), SB_ERROR_INPUT);
    assert_true(sb_environment_equal(made, before));
    sb_environment_free(before);
    sb_environment_free(made);
}

static void a_new_type_has_no_weight_and_goes_again(void **state)
{
    (void)state;
    for (size_t player = 0; player < 3; player++) {
        sb_environment *made = item();
        sb_environment *before = sb_environment_copy(made);
        fmpq_t value;
        fmpq_init(value);
        fmpq_set_si(value, 1, 1);
        size_t size = sb_environment_player_size(made, player);
        assert_int_equal(
            sb_environment_add_type(made, player, NULL, player < 2 ? value : NULL, NULL), SB_OK);
        assert_valid(made);
        assert_number(&made->weight_sum, "66");
        assert_int_equal(sb_environment_player_size(made, player), size + 1);
        assert_string_equal(sb_environment_label(made, player, size), player < 2 ? "1 (b)" : "3");
        for (size_t i = 0; i < sb_environment_profile_count(made); i++) {
            size_t types[SB_MAX_PLAYERS];
            sb_environment_profile_split(made, i, types);
            if (types[player] == size) {
                assert_true(fmpq_is_zero(made->weights + i));
            } else {
                size_t old = sb_environment_profile_join(before, types);
                assert_true(fmpq_equal(made->weights + i, before->weights + old));
            }
        }
        assert_int_equal(sb_environment_remove_type(made, player, size, NULL), SB_OK);
        assert_true(sb_environment_equal(made, before));
        /* removing one that has weight keeps the weights of all others */
        assert_int_equal(sb_environment_remove_type(made, player, 0, NULL), SB_OK);
        assert_valid(made);
        for (size_t i = 0; i < sb_environment_profile_count(made); i++) {
            size_t types[SB_MAX_PLAYERS];
            sb_environment_profile_split(made, i, types);
            assert_string_equal(sb_environment_label(made, player, types[player]),
                                sb_environment_label(before, player, types[player] + 1));
            types[player]++;
            size_t old = sb_environment_profile_join(before, types);
            assert_true(fmpq_equal(made->weights + i, before->weights + old));
        }
        /* from one type back to two */
        while (sb_environment_player_size(made, player) > 1) {
            assert_int_equal(sb_environment_remove_type(made, player, 0, NULL), SB_OK);
        }
        assert_int_equal(
            sb_environment_add_type(made, player, "again", player < 2 ? value : NULL, NULL), SB_OK);
        assert_valid(made);
        for (size_t i = 0; i < sb_environment_profile_count(made); i++) {
            size_t types[SB_MAX_PLAYERS];
            sb_environment_profile_split(made, i, types);
            bool old_type = types[player] == 0;
            types[player] = size - 1;
            size_t old = sb_environment_profile_join(before, types);
            assert_true(old_type ? fmpq_equal(made->weights + i, before->weights + old)
                                 : fmpq_is_zero(made->weights + i));
        }
        fmpq_clear(value);
        sb_environment_free(before);
        sb_environment_free(made);
    }
}

static void types_that_must_stay(void **state)
{
    (void)state;
    sb_environment *made = item();
    fmpq_t number;
    fmpq_init(number);
    sb_error error;
    fmpq *weights = sb_rationals_new(12);
    fmpq_one(weights + 5); /* (2, 1, 2) */
    assert_int_equal(sb_environment_set_weights(made, weights, NULL), SB_OK);
    sb_environment *before = sb_environment_copy(made);
    assert_int_equal(sb_environment_remove_type(made, 0, 1, &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "'2'"));
    assert_int_equal(sb_environment_remove_type(made, 2, 1, NULL), SB_ERROR_INPUT);
    assert_int_equal(sb_environment_remove_type(made, 0, 3, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_remove_type(made, 3, 0, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_add_type(made, 0, "x", NULL, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_add_type(made, 2, "x", number, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_add_type(made, 3, "x", NULL, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_environment_add_type(made, 0, "2", number, &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "'2'"));
    assert_int_equal(sb_environment_add_type(made, 0, "", number, NULL), SB_ERROR_INPUT);
    assert_true(sb_environment_equal(made, before));
    assert_int_equal(sb_environment_remove_type(made, 2, 0, NULL), SB_OK);
    assert_int_equal(sb_environment_remove_type(made, 2, 0, &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "last"));
    assert_valid(made);
    sb_rationals_free(weights, 12);
    fmpq_clear(number);
    sb_environment_free(before);
    sb_environment_free(made);
}

static void growth_is_limited(void **state)
{
    (void)state;
    fmpq *values = sb_rationals_new(1000);
    for (size_t i = 0; i < 1000; i++) {
        fmpq_set_si(values + i, (slong)i, 1);
    }
    const sb_bidder_description bidders[] = {{"a", 1000, NULL, values}, {"b", 1000, NULL, values}};
    sb_environment *made = NULL;
    assert_int_equal(sb_environment_new_item(bidders, 2, NULL, 0, NULL, NULL, &made, NULL), SB_OK);
    assert_int_equal(sb_environment_add_type(made, 0, "x", values, NULL), SB_ERROR_LIMIT);
    assert_int_equal(made->agents[0].type_count, 1000);
    sb_environment_free(made);
    sb_rationals_free(values, 1000);
}

/* One change of the environment, by number; false past the last. */
static bool change(sb_environment *environment, int which, sb_status *status)
{
    fmpq_t number;
    fmpq_init(number);
    fmpq_set_si(number, 17, 3);
    fmpq *lists = NULL;
    bool known = true;
    int allowed = allocations_left;
    allocations_left = INT_MAX;
    lists = sb_rationals_new(7);
    for (size_t i = 0; i < 7; i++) {
        fmpq_one(lists + i);
    }
    allocations_left = allowed;
    switch (which) {
    case 0:
        *status = sb_environment_set_value(environment, 0, 1, number, NULL);
        break;
    case 1:
        *status = sb_environment_rename_type(environment, 0, 1, "new", NULL);
        break;
    case 2:
        *status = sb_environment_rename_player(environment, 0, "new", NULL);
        break;
    case 3:
        *status = sb_environment_set_title(environment, "new", NULL);
        break;
    case 4:
        *status = sb_environment_add_type(environment, 1, NULL, number, NULL);
        break;
    case 5:
        *status = sb_environment_add_type(environment, 2, "new", NULL, NULL);
        break;
    case 6:
        *status = sb_environment_remove_type(environment, 0, 1, NULL);
        break;
    case 7:
        *status = sb_environment_set_independent(environment, lists, NULL);
        break;
    case 8:
        *status = sb_environment_rename_player(environment, 2, "new", NULL);
        break;
    default:
        known = false;
        break;
    }
    sb_rationals_free(lists, 7);
    fmpq_clear(number);
    return known;
}

static void running_out_of_memory_changes_nothing(void **state)
{
    (void)state;
    sb_environment *before = item();
    sb_status status = SB_OK;
    for (int which = 0;; which++) {
        sb_environment *made = sb_environment_copy(before);
        bool known = true;
        status = SB_ERROR_MEMORY;
        for (int allowed = 0; known && status != SB_OK; allowed++) {
            allocations_left = allowed;
            known = change(made, which, &status);
            allocations_left = INT_MAX;
            if (known && status != SB_OK) {
                assert_int_equal(status, SB_ERROR_MEMORY);
                assert_true(sb_environment_equal(made, before));
            }
            assert_valid(made);
            assert_true(!known || allowed > 0 || status != SB_OK); /* each needs memory */
        }
        assert_int_equal(sb_environment_equal(made, before), !known);
        sb_environment_free(made);
        if (!known) {
            assert_int_equal(which, 9);
            break;
        }
    }
    for (int allowed = 0;; allowed++) {
        allocations_left = allowed;
        sb_environment *apart = sb_environment_without_correlation(before);
        allocations_left = INT_MAX;
        if (apart != NULL) {
            assert_true(allowed > 10);
            sb_environment_free(apart);
            break;
        }
    }
    sb_environment_free(before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(probabilities),
        cmocka_unit_test(sums_are_one_and_no_correlation_keeps_marginals),
        cmocka_unit_test(weights_are_checked),
        cmocka_unit_test(independent_lists_are_kept_until_an_edit),
        cmocka_unit_test(values_move_labels_and_utilities),
        cmocka_unit_test(the_general_form_is_filled),
        cmocka_unit_test(renaming),
        cmocka_unit_test(a_new_type_has_no_weight_and_goes_again),
        cmocka_unit_test(types_that_must_stay),
        cmocka_unit_test(growth_is_limited),
        cmocka_unit_test(running_out_of_memory_changes_nothing),
    };
    int failed = cmocka_run_group_tests_name("environment changes", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
