/* Samples: drawn from a prior, written and read as CSV.
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
#include "sidebet/samples.h"

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

static const long weights[] = {8, 0, 4, 0, 0, 0, 1, 2, 1};

/* Three types and three signals: one type and two pairs more never occur. */
static sb_environment *environment_of(const char *name, const char *const *types,
                                      const char *const *signals)
{
    fmpq *numbers = sb_rationals_new(9);
    for (size_t i = 0; i < 9; i++) {
        fmpq_set_si(numbers + i, weights[i], 16);
    }
    const sb_bidder_description bidder = {name, 3, types, numbers};
    sb_environment *environment = NULL;
    assert_int_equal(
        sb_environment_new_item(&bidder, 1, "weather", 3, signals, NULL, &environment, NULL),
        SB_OK);
    assert_int_equal(sb_environment_set_weights(environment, numbers, NULL), SB_OK);
    sb_rationals_free(numbers, 9);
    return environment;
}

static sb_environment *weather(void)
{
    static const char *const types[] = {"low", "mid", "high"};
    static const char *const signals[] = {"rain", "dry", "hail"};
    return environment_of("bidder", types, signals);
}

/* Labels that CSV must quote, or that look like something else. */
static sb_environment *awkward(void)
{
    static const char *const types[] = {"low; or \"so\"", "#3", "1,5"};
    static const char *const signals[] = {"type,signal", "count", "na\xC3\xAFve"};
    return environment_of("a;b, c", types, signals);
}

static sb_samples *draw(const sb_environment *environment, size_t count, uint64_t seed,
                        size_t *sequence)
{
    sb_samples *samples = NULL;
    sb_random_stream stream;
    sb_random_stream_init(&stream, seed, NULL, 0);
    assert_int_equal(sb_samples_new(environment, &samples, NULL), SB_OK);
    assert_int_equal(sb_samples_draw(samples, environment, count, &stream, sequence, NULL), SB_OK);
    return samples;
}

static bool same(const sb_samples *left, const sb_samples *right)
{
    return left->type_count == right->type_count && left->signal_count == right->signal_count &&
           left->total == right->total &&
           memcmp(left->counts, right->counts,
                  left->type_count * left->signal_count * sizeof *left->counts) == 0;
}

/* ---- drawing ---- */

/* Chi-square with four degrees of freedom: 18.47 is met once in a thousand. The seed is fixed. */
static void draws_follow_the_prior(void **state)
{
    (void)state;
    enum { DRAWS = 160000 };
    sb_environment *environment = weather();
    sb_samples *samples = draw(environment, DRAWS, 5, NULL);
    assert_int_equal(samples->total, DRAWS);
    double chi_square = 0;
    for (size_t pair = 0; pair < 9; pair++) {
        double expected = DRAWS * (double)weights[pair] / 16;
        double difference = (double)samples->counts[pair] - expected;
        if (weights[pair] == 0) {
            assert_int_equal(samples->counts[pair], 0);
        } else {
            chi_square += difference * difference / expected;
        }
    }
    assert_true(chi_square < 18.47 && chi_square > 0);
    sb_samples_free(samples);
    sb_environment_free(environment);
}

static void the_same_seed_draws_the_same(void **state)
{
    (void)state;
    sb_environment *environment = weather();
    size_t one_sequence[100];
    size_t other_sequence[100];
    sb_samples *one = draw(environment, 100, 7, one_sequence);
    sb_samples *other = draw(environment, 100, 7, other_sequence);
    assert_true(same(one, other));
    assert_memory_equal(one_sequence, other_sequence, sizeof one_sequence);
    size_t counts[9] = {0};
    for (size_t i = 0; i < 100; i++) {
        counts[one_sequence[i]]++;
    }
    assert_memory_equal(counts, one->counts, sizeof counts);
    sb_samples_free(other);
    other = draw(environment, 100, 8, NULL);
    assert_false(same(one, other));
    sb_samples_free(other);
    sb_samples_free(one);
    sb_environment_free(environment);
}

/* Draws in parts are the draws at once. */
static void draws_add_up(void **state)
{
    (void)state;
    sb_environment *environment = weather();
    sb_samples *whole = draw(environment, 50, 3, NULL);
    sb_samples *parts = NULL;
    sb_random_stream stream;
    sb_random_stream_init(&stream, 3, NULL, 0);
    assert_int_equal(sb_samples_new(environment, &parts, NULL), SB_OK);
    for (size_t part = 0; part < 5; part++) {
        assert_int_equal(sb_samples_draw(parts, environment, 10, &stream, NULL, NULL), SB_OK);
    }
    assert_true(same(whole, parts));
    size_t rows = 0;
    for (size_t type = 0; type < 3; type++) {
        rows += sb_samples_of_type(whole, type);
    }
    assert_int_equal(rows, 50);
    assert_int_equal(sb_samples_of_type(whole, 1), 0);
    sb_samples *copy = sb_samples_copy(whole);
    assert_true(same(copy, whole) && copy->counts != whole->counts);
    sb_samples_free(copy);
    sb_samples_free(whole);
    sb_samples_free(parts);
    sb_environment_free(environment);
}

/* The stream gives the smallest and the largest number: the first and the last possible pair. */
static void the_ends_are_possible_pairs(void **state)
{
    (void)state;
    sb_environment *environment = weather();
    fmpq *moved = sb_rationals_new(9);
    fmpq_set_si(moved + 2, 1, 3);
    fmpq_set_si(moved + 6, 1, 7);
    assert_int_equal(sb_environment_set_weights(environment, moved, NULL), SB_OK);
    sb_rationals_free(moved, 9);
    /* xoshiro256** multiplies the second word by 5, turns it left by 7 and multiplies by 9. */
    uint64_t turned = UINT64_MAX * UINT64_C(0x8E38E38E38E38E39);
    uint64_t largest = ((turned >> 7) | (turned << 57)) * UINT64_C(0xCCCCCCCCCCCCCCCD);
    const uint64_t seconds[] = {0, largest};
    const size_t pairs[] = {2, 6};
    for (size_t i = 0; i < 2; i++) {
        sb_random_stream stream = {{1, seconds[i], 0, 0}};
        sb_samples *samples = NULL;
        size_t pair = 9;
        assert_int_equal(sb_samples_new(environment, &samples, NULL), SB_OK);
        assert_int_equal(sb_samples_draw(samples, environment, 1, &stream, &pair, NULL), SB_OK);
        assert_int_equal(pair, pairs[i]);
        sb_samples_free(samples);
    }
    sb_environment_free(environment);
}

static void other_shapes_are_refused(void **state)
{
    (void)state;
    sb_environment *environment = weather();
    sb_samples *samples = draw(environment, 5, 1, NULL);
    sb_random_stream stream = {{1, 2, 3, 4}};
    samples->total = SIZE_MAX - 2;
    assert_int_equal(sb_samples_draw(samples, environment, 3, &stream, NULL, NULL), SB_ERROR_LIMIT);
    assert_int_equal(sb_environment_remove_type(environment, 0, 1, NULL), SB_OK);
    assert_int_equal(sb_samples_draw(samples, environment, 1, &stream, NULL, NULL), SB_ERROR_USAGE);
    sb_samples_free(samples);
    sb_environment_free(environment);

    fmpq *values = sb_rationals_new(1);
    const sb_bidder_description bidders[] = {{"a", 1, NULL, values}, {"b", 1, NULL, values}};
    for (size_t agents = 1; agents <= 2; agents++) { /* no signal; two agents */
        assert_int_equal(sb_environment_new_item(bidders, agents, "s", agents - 1, NULL, NULL,
                                                 &environment, NULL),
                         SB_OK);
        sb_error error;
        assert_int_equal(sb_samples_new(environment, &samples, &error), SB_ERROR_USAGE);
        assert_null(samples);
        assert_true(error.hint[0] != '\0');
        sb_environment_free(environment);
    }
    sb_rationals_free(values, 1);
}

/* ---- CSV ---- */

static void written_samples_are_read_back(void **state)
{
    (void)state;
    for (int kind = 0; kind < 2; kind++) {
        sb_environment *environment = kind == 0 ? weather() : awkward();
        size_t sequence[200];
        sb_samples *samples = draw(environment, 200, 11, sequence);
        for (int counted = 0; counted < 2; counted++) {
            char *text = NULL;
            assert_int_equal(sb_samples_format(samples, environment, counted != 0 ? NULL : sequence,
                                               200, &text, NULL),
                             SB_OK);
            sb_samples *again = NULL;
            sb_error error;
            sb_error_clear(&error);
            if (sb_samples_parse(text, strlen(text), "x.csv", environment, &again, &error) !=
                SB_OK) {
                fail_msg("%s in\n%s", error.message, text);
            }
            assert_true(same(samples, again));
            sb_samples_free(again);
            free(text);
        }
        sb_samples_free(samples);
        sb_environment_free(environment);
    }
}

static void the_text_is_as_documented(void **state)
{
    (void)state;
    sb_environment *environment = awkward();
    sb_samples *samples = NULL;
    char *text = NULL;
    assert_int_equal(sb_samples_new(environment, &samples, NULL), SB_OK);
    samples->counts[0] = 2;
    samples->counts[8] = 1;
    samples->total = 3;
    assert_int_equal(sb_samples_format(samples, environment, NULL, 0, &text, NULL), SB_OK);
    assert_string_equal(text, "\"a;b, c\",weather,count\n"
                              "\"low; or \"\"so\"\"\",\"type,signal\",2\n"
                              "\"1,5\",na\xC3\xAFve,1\n");
    free(text);
    assert_int_equal(
        sb_samples_format(samples, environment, (const size_t[]){8, 4}, 2, &text, NULL), SB_OK);
    assert_string_equal(text, "\"a;b, c\",weather\n\"1,5\",na\xC3\xAFve\n#3,count\n");
    free(text);
    sb_samples_free(samples);
    sb_environment_free(environment);
}

/* A byte order mark, CRLF, empty lines, "#k", another separator, a pair that comes twice. */
static void what_people_write_is_read(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "bidder,weather\nlow,rain\nhigh,hail\nlow,rain\n",
        ("\xEF\xBB\xBF"
         "bidder,weather\r\nlow,rain\r\n\r\nhigh,hail\r\n\"low\",rain"),
        "bidder, weather\n#1,rain\n#3,#3\n low , #1 \n",
        "bidder;weather;count\nlow;rain;1\nhigh;hail;1\nmid;rain;0\nlow;rain;1\n",
        "bidder\tweather\tcount\nhigh\thail\t1\nlow\train\t4/2\n",
    };
    sb_environment *environment = weather();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        sb_samples *samples = NULL;
        assert_int_equal(
            sb_samples_parse(texts[i], strlen(texts[i]), "x", environment, &samples, NULL), SB_OK);
        assert_int_equal(samples->total, 3);
        assert_int_equal(samples->counts[0], 2);
        assert_int_equal(samples->counts[8], 1);
        sb_samples_free(samples);
    }
    sb_samples *none = NULL;
    assert_int_equal(sb_samples_parse("bidder,weather\n", 15, "x", environment, &none, NULL),
                     SB_OK);
    assert_int_equal(none->total, 0);
    sb_samples_free(none);
    sb_environment_free(environment);
}

typedef struct broken_text {
    const char *text;
    int line, column;
    const char *message, *hint;
} broken_text;

static void what_is_wrong_is_said_and_where(void **state)
{
    (void)state;
    static const broken_text broken[] = {
        {"", 1, 1, "the table is empty", "begin with a line"},
        {"\n\n \n", 1, 1, "the table is empty", "begin with a line"},
        {"low,rain\n", 1, 1, "expected the header 'bidder' here, found 'low'",
         "begin with the line bidder,weather"},
        {"bidder,signal\nlow,rain\n", 1, 8, "expected the header 'weather'", ""},
        {"bidder,weather,n\nlow,rain,1\n", 1, 16, "expected the header 'count'",
         "bidder,weather,count"},
        {"bidder\nlow\n", 1, 1, "2 or 3 columns, found 1", "one sample a line"},
        {"bidder,weather\nlow,rain,3\n", 2, 1, "3 fields, the first line has 2", ""},
        {"bidder,weather\nlow,rain\nlow,snow\n", 3, 5,
         "weather has no value 'snow': there is rain, dry, hail", ""},
        {"bidder,weather\nlow,rain\n\nhihg,rain\n", 4, 1, "bidder has no type 'hihg'", ""},
        {"bidder,weather\n#4,rain\n", 2, 1, "bidder has no type '#4'", ""},
        {"bidder,weather,count\nlow,rain,-1\n", 2, 10, "the count '-1' is negative", "0, 1, 2"},
        {"bidder,weather,count\nlow,rain,1.5\n", 2, 10, "'1.5' is not a whole number", "0, 1, 2"},
        {"bidder,weather,count\nlow,rain,many\n", 2, 10, "many", ""},
        {"bidder,weather,count\nlow,rain,\n", 2, 10, "", ""},
        {"bidder,weather,count\nlow,rain,1e30\n", 2, 10, "'1e30' is too large", "10^18"},
        {"bidder,weather,count\nlow,rain,1e19\nlow,dry,1e19\n", 3, 9, "add up to too many",
         "10^18"},
        {"bidder,weather\n\"low,rain\n", 2, 1, "quotes", ""},
    };
    sb_environment *environment = weather();
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        const broken_text *sample = &broken[i];
        sb_samples *samples = NULL;
        sb_error error;
        sb_error_clear(&error);
        assert_int_equal(sb_samples_parse(sample->text, strlen(sample->text), "x.csv", environment,
                                          &samples, &error),
                         SB_ERROR_INPUT);
        assert_int_equal(error.status, SB_ERROR_INPUT);
        assert_null(samples);
        if (error.line != sample->line || error.column != sample->column ||
            strstr(error.message, sample->message) == NULL ||
            strstr(error.hint, sample->hint) == NULL || strcmp(error.file, "x.csv") != 0) {
            fail_msg("%d:%d: %s; %s for\n%s", error.line, error.column, error.message, error.hint,
                     sample->text);
        }
    }
    sb_samples *samples = NULL;
    assert_int_equal(sb_samples_read("no-such-file.csv", environment, &samples, NULL), SB_ERROR_IO);
    assert_null(samples);
    sb_environment_free(environment);
}

static void huge_counts_are_read(void **state)
{
    (void)state;
    static const char text[] = "bidder,weather,count\nlow,rain,1000000000000000000\nlow,dry,2e17\n";
    sb_environment *environment = weather();
    sb_samples *samples = NULL;
    assert_int_equal(sb_samples_parse(text, strlen(text), "x", environment, &samples, NULL), SB_OK);
    assert_true(samples->total == (size_t)1200000000000000000);
    sb_samples_free(samples);
    sb_environment_free(environment);
}

/* Damage a good text in a few places: it is read or refused with a place, never worse. */
static void damaged_texts_do_no_harm(void **state)
{
    (void)state;
    static const char bytes[] = ",;\"\n\r\t #0123456789e-/\xC3\xFF\x01";
    property_stream stream = {30};
    sb_environment *environment = awkward();
    sb_samples *samples = draw(environment, 12, 3, NULL);
    size_t read = 0;
    int cases = property_cases(4000);
    for (int number = 0; number < cases; number++) {
        char *text = NULL;
        assert_int_equal(sb_samples_format(samples, environment, NULL, 0, &text, NULL), SB_OK);
        size_t length = strlen(text);
        for (long change = property_between(&stream, 1, 3); change > 0; change--) {
            text[property_between(&stream, 0, (long)length - 1)] =
                bytes[property_between(&stream, 0, (long)sizeof bytes - 2)];
        }
        sb_error error;
        sb_error_clear(&error);
        sb_samples *again = NULL;
        sb_status status = sb_samples_parse(text, length, "text", environment, &again, &error);
        assert_true((status == SB_OK) == (again != NULL));
        if (status != SB_OK && (error.line < 1 || error.column < 1 || error.message[0] == '\0')) {
            fail_msg("no place: %s", error.message);
        }
        size_t total = 0;
        for (size_t pair = 0; again != NULL && pair < 9; pair++) {
            total += again->counts[pair];
        }
        assert_true(again == NULL || total == again->total);
        read += status == SB_OK;
        sb_samples_free(again);
        free(text);
    }
    assert_true(read > 0 && read < (size_t)cases);
    sb_samples_free(samples);
    sb_environment_free(environment);
}

/* Wherever memory runs out: nothing leaks, and the status says so. */
static void shortage_is_reported(void **state)
{
    (void)state;
    static const char text[] = "bidder,weather,count\nlow,rain,3\nhigh,hail,2\n";
    sb_environment *environment = weather();
    bool done = false;
    for (int allowed = 0; !done; allowed++) {
        sb_samples *samples = NULL;
        char *written = NULL;
        sb_random_stream stream = {{1, 2, 3, 4}};
        allocations_left = allowed;
        sb_status status = sb_samples_parse(text, strlen(text), "x", environment, &samples, NULL);
        if (status == SB_OK) {
            status = sb_samples_draw(samples, environment, 10, &stream, NULL, NULL);
        }
        if (status == SB_OK) {
            status = sb_samples_format(samples, environment, NULL, 0, &written, NULL);
        }
        sb_samples *copy = status == SB_OK ? sb_samples_copy(samples) : NULL;
        done = copy != NULL;
        allocations_left = INT_MAX;
        assert_true(status == SB_OK || status == SB_ERROR_MEMORY);
        sb_samples_free(copy);
        sb_samples_free(samples);
        free(written);
        assert_true(allowed < 1000);
    }
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_follow_the_prior),
        cmocka_unit_test(the_same_seed_draws_the_same),
        cmocka_unit_test(draws_add_up),
        cmocka_unit_test(the_ends_are_possible_pairs),
        cmocka_unit_test(other_shapes_are_refused),
        cmocka_unit_test(written_samples_are_read_back),
        cmocka_unit_test(the_text_is_as_documented),
        cmocka_unit_test(what_people_write_is_read),
        cmocka_unit_test(what_is_wrong_is_said_and_where),
        cmocka_unit_test(huge_counts_are_read),
        cmocka_unit_test(damaged_texts_do_no_harm),
        cmocka_unit_test(shortage_is_reported),
    };
    int failed = cmocka_run_group_tests_name("samples", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
