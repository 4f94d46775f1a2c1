/* Descriptions of consistent sets: what they refuse, and how they follow the environment.
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
#include "sidebet/environment.h"

/* The library's one source of memory, made to fail at will. */
static int allocations_left = INT_MAX;

void *sb_memory_resize(void *memory, size_t bytes)
{
    if (allocations_left <= 0) {
        return NULL;
    }
    allocations_left--;
    return realloc(memory, bytes == 0 ? 1 : bytes);
}

static fmpq *numbers(const char *const *texts, size_t count)
{
    fmpq *values = sb_rationals_new(count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(sb_rational_parse(values + i, texts[i], strlen(texts[i]), NULL), SB_OK);
    }
    return values;
}

static void assert_numbers(const fmpq *values, const char *const *texts, size_t count)
{
    fmpq *expected = numbers(texts, count);
    for (size_t i = 0; i < count; i++) {
        if (!fmpq_equal(expected + i, values + i)) {
            fail_msg("number %zu is not %s", i, texts[i]);
        }
    }
    sb_rationals_free(expected, count);
}

static void box(sb_set_description *description, size_t types, size_t signals, const char *radius)
{
    fmpq *number = numbers(&radius, 1);
    assert_int_equal(sb_set_description_box(description, types, signals, number, NULL), SB_OK);
    sb_rationals_free(number, 1);
}

static const char *const lowers[] = {"0", "0.1", "0.2", "0.3", "0.4", "0.5"};
static const char *const uppers[] = {"0.5", "0.6", "0.7", "0.8", "0.9", "1"};

static void tables(sb_set_description *description)
{
    fmpq *lower = numbers(lowers, 6);
    fmpq *upper = numbers(uppers, 6);
    assert_int_equal(sb_set_description_tables(description, 2, 3, lower, upper, NULL), SB_OK);
    sb_rationals_free(lower, 6);
    sb_rationals_free(upper, 6);
}

static void constrain(sb_set_description *description, size_t type, const char *const *coefficients,
                      const char *lower, const char *upper)
{
    fmpq *row = numbers(coefficients, 3);
    fmpq *least = lower == NULL ? NULL : numbers(&lower, 1);
    fmpq *most = upper == NULL ? NULL : numbers(&upper, 1);
    assert_int_equal(sb_set_description_constrain(description, 2, 3, type, row, least, most, NULL),
                     SB_OK);
    sb_rationals_free(row, 3);
    sb_rationals_free(least, 1);
    sb_rationals_free(most, 1);
}

static const char *const difference[] = {"1", "0", "-1"};
static const char *const weighted[] = {"1", "2", "3"};

/* Tables of 2 x 3 with one constraint of the first type, one of the second, one of every type. */
static void everything(sb_set_description *description)
{
    tables(description);
    constrain(description, 0, difference, "0", NULL);
    constrain(description, 1, weighted, NULL, "5/2");
    constrain(description, SB_EVERY_TYPE, difference, "-1", "0.2");
}

static void a_new_one_says_nothing(void **state)
{
    (void)state;
    sb_set_description one;
    sb_set_description other;
    sb_set_description_init(&one);
    sb_set_description_init(&other);
    assert_int_equal(one.kind, SB_SET_NONE);
    assert_true(sb_set_description_equal(&one, &other));
    assert_int_equal(sb_set_description_add(&one, true, NULL), SB_OK);
    sb_set_description_remove(&one, false, 0);
    assert_true(sb_set_description_equal(&one, &other));
    sb_set_description_clear(&one);
    sb_set_description_clear(&other);
}

static void out_of_range_is_refused(void **state)
{
    (void)state;
    sb_set_description description;
    sb_set_description before;
    sb_set_description_init(&description);
    sb_set_description_init(&before);
    everything(&description);
    assert_int_equal(sb_set_description_copy(&before, &description, NULL), SB_OK);
    sb_error error;
    fmpq *bad = numbers((const char *const[]){"-1/100"}, 1);
    assert_int_equal(sb_set_description_box(&description, 2, 3, bad, &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "negative"));

    fmpq *lower = numbers(lowers, 6);
    fmpq *upper = numbers(uppers, 6);
    fmpq_set_si(lower + 4, 95, 100);
    assert_int_equal(sb_set_description_tables(&description, 2, 3, lower, upper, &error),
                     SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "type 2 and signal 2"));
    fmpq_set_si(lower + 4, -1, 100);
    assert_int_equal(sb_set_description_tables(&description, 2, 3, lower, upper, &error),
                     SB_ERROR_INPUT);
    fmpq_zero(lower + 4);
    fmpq_set_si(upper + 5, 101, 100);
    assert_int_equal(sb_set_description_tables(&description, 2, 3, lower, upper, &error),
                     SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "larger than 1"));

    assert_int_equal(
        sb_set_description_constrain(&description, 2, 3, 2, lower, NULL, upper, &error),
        SB_ERROR_INPUT);
    assert_int_equal(sb_set_description_constrain(&description, 2, 3, 1, lower, NULL, NULL, &error),
                     SB_ERROR_INPUT);
    assert_int_equal(
        sb_set_description_constrain(&description, 2, 3, 1, lower, upper, lower, &error),
        SB_ERROR_INPUT);
    assert_int_equal(
        sb_set_description_constrain(&description, 2, 4, 1, lower, NULL, upper, &error),
        SB_ERROR_INTERNAL);
    assert_true(sb_set_description_equal(&description, &before));
    sb_rationals_free(bad, 1);
    sb_rationals_free(lower, 6);
    sb_rationals_free(upper, 6);
    sb_set_description_clear(&before);
    sb_set_description_clear(&description);
}

/* Each difference alone makes two descriptions differ. */
static void equality_sees_everything(void **state)
{
    (void)state;
    sb_set_description one;
    sb_set_description other;
    sb_set_description_init(&one);
    sb_set_description_init(&other);
    everything(&one);
    assert_false(sb_set_description_equal(&one, &other));
    assert_int_equal(sb_set_description_copy(&other, &one, NULL), SB_OK);
    assert_true(sb_set_description_equal(&one, &other));
    fmpq_set_si(other.lower + 5, 1, 7);
    assert_false(sb_set_description_equal(&one, &other));
    fmpq_set(other.lower + 5, one.lower + 5);
    fmpq_set_si(other.upper, 1, 7);
    assert_false(sb_set_description_equal(&one, &other));
    fmpq_set(other.upper, one.upper);
    fmpq_set_si(other.constraints[1].coefficients + 2, 1, 7);
    assert_false(sb_set_description_equal(&one, &other));
    fmpq_set(other.constraints[1].coefficients + 2, one.constraints[1].coefficients + 2);
    other.constraints[1].type = SB_EVERY_TYPE;
    assert_false(sb_set_description_equal(&one, &other));
    other.constraints[1].type = 1;
    fmpq_set_si(&other.constraints[2].upper, 1, 7);
    assert_false(sb_set_description_equal(&one, &other));
    fmpq_set(&other.constraints[2].upper, &one.constraints[2].upper);
    other.constraints[2].has_lower = false;
    assert_false(sb_set_description_equal(&one, &other));
    other.constraints[2].has_lower = true;
    assert_true(sb_set_description_equal(&one, &other));

    box(&one, 2, 3, "0.01"); /* the constraints stay: the shape is the same */
    assert_int_equal(one.constraint_count, 3);
    assert_null(one.lower);
    assert_int_equal(sb_set_description_copy(&other, &one, NULL), SB_OK);
    assert_true(sb_set_description_equal(&one, &other));
    box(&other, 2, 3, "0.02");
    assert_false(sb_set_description_equal(&one, &other));
    box(&one, 2, 4, "0.02"); /* another shape: they go */
    assert_int_equal(one.constraint_count, 0);
    sb_set_description_clear(&one);
    sb_set_description_clear(&other);
}

static void types_and_signals_are_added(void **state)
{
    (void)state;
    sb_set_description description;
    sb_set_description_init(&description);
    everything(&description);
    assert_int_equal(sb_set_description_add(&description, true, NULL), SB_OK);
    assert_int_equal(description.signal_count, 4);
    assert_numbers(description.lower,
                   (const char *const[]){"0", "0.1", "0.2", "0", "0.3", "0.4", "0.5", "0"}, 8);
    assert_numbers(description.upper,
                   (const char *const[]){"0.5", "0.6", "0.7", "1", "0.8", "0.9", "1", "1"}, 8);
    assert_numbers(description.constraints[1].coefficients,
                   (const char *const[]){"1", "2", "3", "0"}, 4);
    assert_int_equal(sb_set_description_add(&description, false, NULL), SB_OK);
    assert_int_equal(description.type_count, 3);
    assert_numbers(description.lower + 4,
                   (const char *const[]){"0.3", "0.4", "0.5", "0", "0", "0", "0", "0"}, 8);
    assert_numbers(description.upper + 4,
                   (const char *const[]){"0.8", "0.9", "1", "1", "1", "1", "1", "1"}, 8);
    sb_set_description_clear(&description);
}

static void types_and_signals_are_removed(void **state)
{
    (void)state;
    sb_set_description description;
    sb_set_description_init(&description);
    everything(&description);
    sb_set_description_remove(&description, true, 1);
    assert_int_equal(description.signal_count, 2);
    assert_numbers(description.lower, (const char *const[]){"0", "0.2", "0.3", "0.5"}, 4);
    assert_numbers(description.upper, (const char *const[]){"0.5", "0.7", "0.8", "1"}, 4);
    assert_numbers(description.constraints[1].coefficients, (const char *const[]){"1", "3"}, 2);
    sb_set_description_remove(&description, false, 0);
    assert_int_equal(description.type_count, 1);
    assert_numbers(description.lower, (const char *const[]){"0.3", "0.5"}, 2);
    /* The first type's constraint went with it, the second's is the first's now. */
    assert_int_equal(description.constraint_count, 2);
    assert_int_equal(description.constraints[0].type, 0);
    assert_true(description.constraints[1].type == SB_EVERY_TYPE);
    sb_set_description_clear(&description);
}

/* A description of one type's constraint alone says nothing once the type is gone. */
static void the_last_constraint_goes_with_its_type(void **state)
{
    (void)state;
    sb_set_description description;
    sb_set_description nothing;
    sb_set_description_init(&description);
    sb_set_description_init(&nothing);
    constrain(&description, 1, difference, "0", NULL);
    assert_int_equal(description.type_count, 2);
    sb_set_description_remove(&description, false, 1);
    assert_true(sb_set_description_equal(&description, &nothing));
    sb_set_description_clear(&description);
    sb_set_description_clear(&nothing);
}

static sb_environment *weather(void)
{
    fmpq *values = numbers((const char *const[]){"1", "2"}, 2);
    const sb_bidder_description bidder = {"bidder", 2, NULL, values};
    sb_environment *environment = NULL;
    assert_int_equal(
        sb_environment_new_item(&bidder, 1, "weather", 3, NULL, NULL, &environment, NULL), SB_OK);
    sb_rationals_free(values, 2);
    everything(&environment->robust);
    return environment;
}

static void an_environment_keeps_its_set(void **state)
{
    (void)state;
    sb_environment *environment = weather();
    sb_environment *copy = sb_environment_copy(environment);
    assert_true(sb_environment_equal(environment, copy));
    box(&copy->robust, 2, 3, "0.1");
    assert_false(sb_environment_equal(environment, copy));
    sb_environment_free(copy);
    copy = sb_environment_copy(environment);
    assert_int_equal(sb_environment_rename_type(environment, 0, 1, "high", NULL), SB_OK);
    assert_true(sb_set_description_equal(&environment->robust, &copy->robust));
    assert_int_equal(sb_environment_add_type(environment, 1, "hail", NULL, NULL), SB_OK);
    assert_int_equal(environment->robust.signal_count, 4);
    assert_int_equal(sb_environment_remove_type(environment, 1, 3, NULL), SB_OK);
    assert_true(sb_set_description_equal(&environment->robust, &copy->robust));
    fmpq *value = numbers((const char *const[]){"3"}, 1);
    assert_int_equal(sb_environment_add_type(environment, 0, NULL, value, NULL), SB_OK);
    assert_int_equal(environment->robust.type_count, 3);
    assert_int_equal(sb_environment_remove_type(environment, 0, 0, NULL), SB_OK);
    assert_int_equal(environment->robust.type_count, 2);
    assert_int_equal(environment->robust.constraint_count, 2);
    sb_rationals_free(value, 1);
    sb_environment_free(copy);
    sb_environment_free(environment);
}

/* Whatever runs out of memory, the description is what it was. */
static void shortage_changes_nothing(void **state)
{
    (void)state;
    sb_environment *environment = weather();
    sb_environment *before = sb_environment_copy(environment);
    fmpq *lower = numbers(lowers, 6);
    fmpq *upper = numbers(lowers, 6);
    int refused = 0;
    for (int allowed = 0; allowed < 64; allowed++) {
        allocations_left = allowed;
        sb_status added = sb_environment_add_type(environment, 1, "hail", NULL, NULL);
        bool undone = true;
        if (added == SB_OK) {
            allocations_left = INT_MAX;
            undone = sb_environment_remove_type(environment, 1, 3, NULL) == SB_OK;
            allocations_left = allowed;
        }
        sb_environment *copy = sb_environment_copy(environment);
        sb_status replaced = allowed >= 2 ? SB_OK
                                          : sb_set_description_tables(&environment->robust, 2, 3,
                                                                      lower, upper, NULL);
        sb_status constrained = allowed >= 2
                                    ? SB_ERROR_MEMORY
                                    : sb_set_description_constrain(&environment->robust, 2, 3, 0,
                                                                   lower, upper, NULL, NULL);
        allocations_left = INT_MAX;
        refused += added == SB_ERROR_MEMORY;
        assert_true(undone && (allowed >= 2 || replaced == SB_ERROR_MEMORY));
        assert_int_equal(constrained, SB_ERROR_MEMORY);
        assert_true(sb_set_description_equal(&environment->robust, &before->robust));
        assert_true(copy == NULL || sb_environment_equal(copy, environment));
        sb_environment_free(copy);
    }
    assert_int_equal(refused, 9); /* the label, two arrays, two tables, coefficients */
    sb_rationals_free(lower, 6);
    sb_rationals_free(upper, 6);
    sb_environment_free(before);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_one_says_nothing),
        cmocka_unit_test(out_of_range_is_refused),
        cmocka_unit_test(equality_sees_everything),
        cmocka_unit_test(types_and_signals_are_added),
        cmocka_unit_test(types_and_signals_are_removed),
        cmocka_unit_test(the_last_constraint_goes_with_its_type),
        cmocka_unit_test(an_environment_keeps_its_set),
        cmocka_unit_test(shortage_changes_nothing),
    };
    int failed = cmocka_run_group_tests_name("set_description", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
