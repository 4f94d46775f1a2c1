/* Changing one probability under each mass mode.
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
#include "sidebet/prior_edit.h"

static void set(fmpq_t value, const char *text)
{
    assert_int_equal(sb_rational_parse(value, text, strlen(text), NULL), SB_OK);
}

static void assert_weights(const sb_environment *environment, const char *const *expected)
{
    fmpq_t value;
    fmpq_init(value);
    for (size_t cell = 0; cell < sb_environment_profile_count(environment); cell++) {
        set(value, expected[cell]);
        if (!fmpq_equal(value, &environment->weights[cell])) {
            char *found = sb_rational_format(&environment->weights[cell], SB_NUMBER_FRACTION);
            fail_msg("cell %zu: %s is not %s", cell, found, expected[cell]);
        }
    }
    fmpq_clear(value);
}

/* Bidders with the given numbers of types, all weights 1. */
static sb_environment *make(const size_t *sizes, size_t count)
{
    fmpq *values = sb_rationals_new(8);
    sb_bidder_description bidders[3];
    static const char *const names[3] = {"a", "b", "c"};
    for (size_t index = 0; index < 8; index++) {
        fmpq_set_ui(&values[index], index + 1, 1);
    }
    for (size_t agent = 0; agent < count; agent++) {
        bidders[agent] = (sb_bidder_description){names[agent], sizes[agent], NULL, values};
    }
    sb_environment *environment = NULL;
    assert_int_equal(
        sb_environment_new_item(bidders, count, NULL, 0, NULL, NULL, &environment, NULL), SB_OK);
    sb_rationals_free(values, 8);
    return environment;
}

static sb_environment *lecture(const char *const *weights)
{
    static const size_t sizes[] = {2, 2};
    sb_environment *environment = make(sizes, 2);
    fmpq *numbers = sb_rationals_new(4);
    for (size_t cell = 0; cell < 4; cell++) {
        set(&numbers[cell], weights[cell]);
    }
    assert_int_equal(sb_environment_set_weights(environment, numbers, NULL), SB_OK);
    sb_rationals_free(numbers, 4);
    return environment;
}

static sb_status change(sb_environment *environment, size_t cell, const char *text,
                        sb_mass_mode mode, sb_error *error)
{
    fmpq_t number;
    fmpq_init(number);
    set(number, text);
    sb_status status = sb_prior_set_cell(environment, cell, number, mode, error);
    fmpq_clear(number);
    return status;
}

static void modes_are_described(void **state)
{
    (void)state;
    for (int mode = 0; mode < SB_MASS_COUNT; mode++) {
        const sb_mass_mode_description *description = sb_mass_mode_describe((sb_mass_mode)mode);
        assert_non_null(description);
        assert_true(description->name[0] && description->title[0] && description->explanation[0]);
        for (int other = 0; other < mode; other++) {
            assert_string_not_equal(description->name,
                                    sb_mass_mode_describe((sb_mass_mode)other)->name);
        }
    }
    assert_null(sb_mass_mode_describe(SB_MASS_COUNT));
}

static void each_mode_moves_its_cells(void **state)
{
    (void)state;
    static const char *const start[] = {"0.25", "0.25", "0.25", "0.25"};
    sb_environment *environment = lecture(start);
    assert_int_equal(change(environment, 0, "0.251", SB_MASS_MARGINALS, NULL), SB_OK);
    assert_weights(environment, (const char *const[]){"0.251", "0.249", "0.249", "0.251"});
    sb_environment_free(environment);

    environment = lecture(start);
    assert_int_equal(change(environment, 1, "0.4", SB_MASS_ROW, NULL), SB_OK);
    assert_weights(environment, (const char *const[]){"0.1", "0.4", "0.25", "0.25"});
    assert_int_equal(change(environment, 0, "0.7", SB_MASS_SCALE, NULL), SB_OK);
    assert_weights(environment, (const char *const[]){"0.7", "2/15", "1/12", "1/12"});
    assert_int_equal(change(environment, 3, "5", SB_MASS_FREE, NULL), SB_OK);
    assert_weights(environment, (const char *const[]){"0.7", "2/15", "1/12", "5"});
    fmpq_t number;
    fmpq_init(number);
    sb_prior_cell(number, environment, 3, SB_MASS_FREE);
    assert_int_equal(fmpq_cmp_ui(number, 5), 0);
    sb_prior_cell(number, environment, 3, SB_MASS_SCALE);
    assert_true(fmpq_cmp_ui(number, 1) < 0);
    fmpq_clear(number);
    sb_environment_free(environment);
}

static void assert_refusal(const char *const *weights, size_t cell, const char *text,
                           sb_mass_mode mode, const char *message)
{
    sb_environment *environment = lecture(weights);
    sb_environment *before = sb_environment_copy(environment);
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(change(environment, cell, text, mode, &error), SB_ERROR_INPUT);
    assert_string_equal(error.message, message);
    assert_true(sb_environment_equal(environment, before));
    assert_int_equal(change(environment, cell, text, mode, NULL), SB_ERROR_INPUT);
    sb_environment_free(environment);
    sb_environment_free(before);
}

static void refusals_name_the_range(void **state)
{
    (void)state;
    static const char *const near[] = {"0.251", "0.250", "0.250", "0.249"};
    static const char *const even[] = {"1", "1", "1", "1"};
    static const char *const edge[] = {"0.25", "0.249", "0.251", "0.25"};
    static const char *const corner[] = {"0.3", "0", "0", "0.7"};
    static const char *const one[] = {"1", "0", "0", "0"};
    assert_refusal(near, 0, "0.6", SB_MASS_MARGINALS,
                   "the cell can be between 0.002 and 0.501 while both marginals are kept");
    assert_refusal(edge, 0, "0.5", SB_MASS_MARGINALS,
                   "the cell can be between 0 and 0.499 while both marginals are kept");
    assert_refusal(even, 0, "0.6", SB_MASS_ROW,
                   "the cell can be between 0 and 0.5 while the row is kept");
    assert_refusal(even, 0, "1.5", SB_MASS_SCALE,
                   "the cell can be between 0 and 1 while the rest is scaled");
    assert_refusal(even, 0, "-1", SB_MASS_FREE, "a weight can be 0 or more");
    assert_refusal(corner, 0, "0.4", SB_MASS_ROW, "the cell has to stay 0.3 while the row is kept");
    assert_refusal(one, 0, "0.5", SB_MASS_SCALE, "the cell has to stay 1 while the rest is scaled");
    assert_refusal(one, 0, "0.5", SB_MASS_MARGINALS,
                   "the cell has to stay 1 while both marginals are kept");
    assert_refusal(one, 3, "0.5", SB_MASS_MARGINALS,
                   "the cell has to stay 0 while both marginals are kept");
}

static void staying_is_always_possible(void **state)
{
    (void)state;
    static const char *const one[] = {"2", "0", "0", "0"};
    for (int mode = SB_MASS_SCALE; mode < SB_MASS_COUNT; mode++) {
        sb_environment *environment = lecture(one);
        assert_int_equal(change(environment, 0, "1", (sb_mass_mode)mode, NULL), SB_OK);
        assert_weights(environment, (const char *const[]){"1", "0", "0", "0"});
        sb_environment_free(environment);
    }
}

/* ---- properties ---- */

static void random_weights(property_stream *stream, sb_environment *environment)
{
    size_t profiles = sb_environment_profile_count(environment);
    fmpq *weights = sb_rationals_new(profiles);
    for (size_t cell = 0; cell < profiles; cell++) {
        fmpq_set_si(&weights[cell], property_between(stream, cell == 0, 9), 3);
    }
    assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
    sb_rationals_free(weights, profiles);
}

static void assert_same_marginals(const sb_environment *one, const sb_environment *other)
{
    fmpq_t left;
    fmpq_t right;
    fmpq_init(left);
    fmpq_init(right);
    for (size_t player = 0; player < sb_environment_player_count(one); player++) {
        for (size_t type = 0; type < sb_environment_player_size(one, player); type++) {
            sb_environment_marginal(left, one, player, type);
            sb_environment_marginal(right, other, player, type);
            assert_true(fmpq_equal(left, right));
        }
    }
    fmpq_clear(left);
    fmpq_clear(right);
}

/* Rows: all players but the last fixed. */
static void assert_same_rows(const sb_environment *one, const sb_environment *other, size_t changed)
{
    size_t size = sb_environment_player_size(one, sb_environment_player_count(one) - 1);
    fmpq_t left;
    fmpq_t right;
    fmpq_init(left);
    fmpq_init(right);
    for (size_t first = 0; first < sb_environment_profile_count(one); first += size) {
        sb_rationals_sum(left, one->weights + first, size);
        fmpq_div(left, left, &one->weight_sum);
        sb_rationals_sum(right, other->weights + first, size);
        fmpq_div(right, right, &other->weight_sum);
        assert_true(fmpq_equal(left, right));
        for (size_t cell = first; cell < first + size && changed / size != first / size; cell++) {
            sb_environment_probability(left, one, cell);
            assert_true(fmpq_equal(left, &other->weights[cell]));
        }
    }
    fmpq_clear(left);
    fmpq_clear(right);
}

/* The ratios of the cells that give way are kept. */
static void assert_same_ratios(const sb_environment *one, const sb_environment *other,
                               size_t changed, size_t first, size_t count)
{
    fmpq_t left;
    fmpq_t right;
    fmpq_init(left);
    fmpq_init(right);
    for (size_t a = first; a < first + count; a++) {
        for (size_t b = first; b < a; b++) {
            if (a != changed && b != changed) {
                fmpq_mul(left, &one->weights[a], &other->weights[b]);
                fmpq_mul(right, &one->weights[b], &other->weights[a]);
                assert_true(fmpq_equal(left, right));
            }
        }
    }
    fmpq_clear(left);
    fmpq_clear(right);
}

/* The range in a refusal is the exact one: its ends are possible, and put some cell to zero. */
static void assert_ends_possible(const sb_environment *environment, size_t cell, sb_mass_mode mode,
                                 const sb_error *error)
{
    char low[64];
    char high[64];
    if (sscanf(error->message, "the cell can be between %63s and %63s", low, high) != 2 ||
        strstr(error->message, "about") != NULL) {
        return;
    }
    const char *ends[] = {low, high};
    for (size_t end = 0; end < 2; end++) {
        sb_environment *copy = sb_environment_copy(environment);
        assert_int_equal(change(copy, cell, ends[end], mode, NULL), SB_OK);
        bool touches = false;
        for (size_t other = 0; other < sb_environment_profile_count(copy); other++) {
            touches = touches || fmpq_is_zero(&copy->weights[other]);
        }
        assert_true(touches);
        sb_environment_free(copy);
    }
}

static void what_a_mode_keeps_is_kept(void **state)
{
    (void)state;
    property_stream stream = {22};
    int moved[SB_MASS_COUNT] = {0};
    int refused[SB_MASS_COUNT] = {0};
    int cases = property_cases(3000);
    fmpq_t number;
    fmpq_init(number);
    for (int round = 0; round < cases; round++) {
        size_t count = (size_t)property_between(&stream, 1, 3);
        size_t sizes[3];
        for (size_t player = 0; player < 3; player++) {
            sizes[player] = (size_t)property_between(&stream, 1, 4);
        }
        sb_environment *environment = make(sizes, count);
        random_weights(&stream, environment);
        sb_environment *before = sb_environment_copy(environment);
        size_t profiles = sb_environment_profile_count(environment);
        size_t row = sizes[count - 1];
        size_t cell = (size_t)property_between(&stream, 0, (long)profiles - 1);
        sb_mass_mode mode = (sb_mass_mode)property_between(&stream, 1, SB_MASS_COUNT - 1);
        sb_error error;
        sb_error_clear(&error);
        sb_prior_cell(number, environment, cell, mode);
        if (property_between(&stream, 0, 9) == 0) {
            fmpq_set_si(number, property_between(&stream, -3, 30), 20);
        } else { /* a small step is possible more often */
            fmpq_t step;
            fmpq_init(step);
            fmpq_set_si(step, property_between(&stream, -9, 9), 1000);
            fmpq_add(number, number, step);
            fmpq_clear(step);
        }
        if (sb_prior_set_cell(environment, cell, number, mode, &error) == SB_OK) {
            moved[mode]++;
            assert_true(fmpq_equal(&environment->weights[cell], number));
            assert_true(fmpq_is_one(&environment->weight_sum));
            for (size_t other = 0; other < profiles; other++) {
                assert_true(fmpq_sgn(&environment->weights[other]) >= 0);
            }
            if (mode == SB_MASS_MARGINALS) {
                assert_same_marginals(before, environment);
            } else if (mode == SB_MASS_ROW) {
                assert_same_rows(before, environment, cell);
                assert_same_ratios(before, environment, cell, cell / row * row, row);
            } else {
                assert_same_ratios(before, environment, cell, 0, profiles);
            }
        } else {
            refused[mode]++;
            assert_int_equal(error.status, SB_ERROR_INPUT);
            assert_true(sb_environment_equal(environment, before));
            assert_ends_possible(environment, cell, mode, &error);
        }
        sb_environment_free(environment);
        sb_environment_free(before);
    }
    fmpq_clear(number);
    for (int mode = SB_MASS_SCALE; mode < SB_MASS_COUNT; mode++) {
        assert_true(moved[mode] * 10 > cases / SB_MASS_COUNT);
        assert_true(refused[mode] > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modes_are_described),       cmocka_unit_test(each_mode_moves_its_cells),
        cmocka_unit_test(refusals_name_the_range),   cmocka_unit_test(staying_is_always_possible),
        cmocka_unit_test(what_a_mode_keeps_is_kept),
    };
    int failed = cmocka_run_group_tests_name("editing the prior", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
