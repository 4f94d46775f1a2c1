/* Environment files when memory runs out: wherever it does, the reader says so and leaks nothing.
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
#include "sidebet/environment_file.h"
#include "sidebet/prior_edit.h"

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

/* One more allocation each time, until the reader gets through. */
static void read_under_shortage(const char *path)
{
    for (int allowed = 0;; allowed++) {
        sb_environment *environment = NULL;
        sb_error error;
        sb_error_clear(&error);
        allocations_left = allowed;
        sb_status status = sb_environment_read(path, &environment, NULL, &error);
        allocations_left = INT_MAX;
        if (status == SB_OK) {
            assert_true(allowed > 10);
            sb_environment_free(environment);
            return;
        }
        assert_int_equal(status, SB_ERROR_MEMORY);
        assert_int_equal(error.status, SB_ERROR_MEMORY);
        assert_null(environment);
    }
}

static void reading_survives(void **state)
{
    (void)state;
    read_under_shortage(SB_SOURCE_DIR "/demos/almost-independent.yaml");
    read_under_shortage(SB_SOURCE_DIR "/demos/divorce.yaml");
    read_under_shortage(SB_SOURCE_DIR "/demos/concave.yaml");
    read_under_shortage(SB_SOURCE_DIR "/tests/broken/tables/three-by-two.csv");
    read_under_shortage(SB_SOURCE_DIR "/tests/broken/tables/consistent-set.yaml");
    read_under_shortage(SB_SOURCE_DIR "/tests/broken/tables/own-rules.yaml");
}

static void writing_survives(void **state)
{
    (void)state;
    static const char *const paths[] = {SB_SOURCE_DIR "/demos/almost-independent.yaml",
                                        SB_SOURCE_DIR "/demos/divorce.yaml",
                                        SB_SOURCE_DIR "/tests/broken/tables/consistent-set.yaml",
                                        SB_SOURCE_DIR "/tests/broken/tables/own-rules.yaml"};
    for (size_t index = 0; index < 4; index++) {
        sb_environment *environment = NULL;
        assert_int_equal(sb_environment_read(paths[index], &environment, NULL, NULL), SB_OK);
        sb_status status = SB_ERROR_MEMORY;
        char *whole = NULL;
        assert_int_equal(sb_environment_format(environment, &whole, NULL), SB_OK);
        for (int allowed = 0; status != SB_OK; allowed++) {
            char *text = NULL;
            allocations_left = allowed;
            status = sb_environment_format(environment, &text, NULL);
            allocations_left = INT_MAX;
            if (status == SB_OK) {
                assert_string_equal(text, whole);
            } else {
                assert_int_equal(status, SB_ERROR_MEMORY);
                assert_null(text);
            }
            free(text);
        }
        free(whole);
        sb_environment_free(environment);
    }
}

static void editing_survives(void **state)
{
    (void)state;
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_read(SB_SOURCE_DIR "/demos/almost-independent.yaml",
                                         &environment, NULL, NULL),
                     SB_OK);
    sb_environment *before = sb_environment_copy(environment);
    fmpq_t number;
    fmpq_init(number);
    fmpq_set_ui(number, 3, 10);
    sb_status status = SB_ERROR_MEMORY;
    for (int allowed = 0; status != SB_OK; allowed++) {
        allocations_left = allowed;
        status = sb_prior_set_cell(environment, 0, number, SB_MASS_MARGINALS, NULL);
        allocations_left = INT_MAX;
        if (status != SB_OK) {
            assert_int_equal(status, SB_ERROR_MEMORY);
            assert_true(sb_environment_equal(environment, before));
        }
    }
    fmpq_clear(number);
    sb_environment_free(before);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_survives),
        cmocka_unit_test(writing_survives),
        cmocka_unit_test(editing_survives),
    };
    int failed = cmocka_run_group_tests_name("environment files, memory", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
