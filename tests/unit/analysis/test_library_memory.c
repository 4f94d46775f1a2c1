/* Memory that runs out inside libraries (libyaml, GLPK, GSL, the C library): an error, no leak.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * malloc() itself is replaced here, so that every request of the process counts, but for those of
 * GMP and FLINT, which cannot return an error. Blocks are counted to see what is not given back.
 * Under AddressSanitizer, which replaces malloc() too, there is nothing to test.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <flint/flint.h>
#include <gmp.h>

#include "property.h"
#include "sanitizer.h"
#include "sidebet/certificate.h"
#include "sidebet/environment_file.h"
#include "sidebet/full_extraction.h"
#include "sidebet/geometry.h"
#include "sidebet/smallest_payments.h"
#include "sidebet/sweep.h"

#if defined(__GLIBC__) && !ADDRESS_SANITIZER
#define REPLACED 1
#else
#define REPLACED 0
#endif

static long requests_left = -1; /* until the one that fails; negative: none fails */
static long blocks;             /* not given back */

#if REPLACED
void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *memory, size_t bytes);
void __libc_free(void *memory);

static bool fails(void)
{
    if (requests_left != 0) {
        requests_left -= requests_left > 0;
        return false;
    }
    requests_left = -1;
    errno = ENOMEM;
    return true;
}

static void *counted(void *memory)
{
    blocks += memory != NULL;
    return memory;
}

void *malloc(size_t bytes)
{
    return fails() ? NULL : counted(__libc_malloc(bytes));
}

void *calloc(size_t count, size_t bytes)
{
    return fails() ? NULL : counted(__libc_calloc(count, bytes));
}

void *realloc(void *memory, size_t bytes)
{
    if (fails()) {
        return NULL;
    }
    return memory == NULL ? counted(__libc_malloc(bytes)) : __libc_realloc(memory, bytes);
}

void free(void *memory)
{
    blocks -= memory != NULL;
    __libc_free(memory);
}

static void *resize_number(void *memory, size_t old_bytes, size_t bytes)
{
    (void)old_bytes;
    return __libc_realloc(memory, bytes);
}

static void free_number(void *memory, size_t bytes)
{
    (void)bytes;
    __libc_free(memory);
}

static void leave_numbers_alone(void)
{
    mp_set_memory_functions(__libc_malloc, resize_number, free_number);
    __flint_set_memory_functions(__libc_malloc, __libc_calloc, __libc_realloc, __libc_free);
}
#else
static void leave_numbers_alone(void)
{
}
#endif

typedef sb_status (*attempt)(const sb_environment *environment, sb_error *error);

/* Every request in turn fails, or every so-many-th, until all are granted. */
static void again_and_again(attempt tried, const sb_environment *environment, long step)
{
    step *= property_cases(10) < 10 ? 10 : 1;
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(tried(environment, &error), SB_OK); /* what is kept for good is there now */
    long failures = 0, refused = 0;
    for (bool met = true; met; failures += step) {
        sb_error_clear(&error);
        long before = blocks;
        requests_left = failures;
        sb_status status = tried(environment, &error);
        met = requests_left < 0;
        requests_left = -1;
        if (blocks != before) {
            print_error("%ld blocks are left after request %ld\n", blocks - before, failures);
        }
        assert_int_equal(blocks, before);
        /* What is done without (a buffer, a note) is no error; all others are this one. */
        assert_true(status == SB_OK || status == SB_ERROR_MEMORY);
        assert_true(status == SB_OK || strstr(error.message, "not enough memory") != NULL);
        refused += status != SB_OK;
    }
    assert_true(refused > 10);
}

#define DEMO(name) SB_SOURCE_DIR "/demos/" name ".yaml"

static sb_environment *demo(const char *path)
{
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_read(path, &environment, NULL, NULL), SB_OK);
    return environment;
}

static sb_status read_file(const sb_environment *environment, sb_error *error)
{
    (void)environment;
    sb_environment *read = NULL;
    sb_status status = sb_environment_read(DEMO("divorce"), &read, NULL, error);
    assert_true((status == SB_OK) == (read != NULL));
    sb_environment_free(read);
    return status;
}

static sb_status solve(const sb_environment *environment, bool exact, sb_error *error)
{
    sb_lp_options options = {.exact = exact};
    sb_solution solution;
    sb_solution_init(&solution);
    sb_status status = sb_design_solve(environment, NULL, &options, &solution, error);
    /* Where memory runs out it says neither optimal nor infeasible. */
    assert_true(status == SB_OK ? solution.status == SB_LP_OPTIMAL : solution.mechanism == NULL);
    sb_solution_clear(&solution);
    return status;
}

static sb_status solve_floating(const sb_environment *environment, sb_error *error)
{
    return solve(environment, false, error);
}

static sb_status solve_exactly(const sb_environment *environment, sb_error *error)
{
    return solve(environment, true, error);
}

static sb_status certify(const sb_environment *environment, sb_error *error)
{
    sb_solution solution;
    sb_smallest_payments smallest;
    sb_verdict verdict;
    sb_solution_init(&solution);
    sb_smallest_payments_init(&smallest);
    sb_verdict_init(&verdict);
    char *text = NULL;
    sb_status status = sb_design_solve(environment, NULL, NULL, &solution, error);
    if (status == SB_OK) {
        status = sb_smallest_payments_find(environment, &solution, NULL, NULL, &smallest, error);
    }
    if (status == SB_OK) {
        status = sb_certificate_format(environment, &solution, &text, error);
    }
    if (status == SB_OK) {
        status = sb_certificate_verify_text(text, strlen(text), "certificate", environment,
                                            &verdict, error);
        assert_int_equal(verdict.accepted, status == SB_OK); /* never refused for want of memory */
    }
    free(text);
    sb_verdict_clear(&verdict);
    sb_smallest_payments_clear(&smallest);
    sb_solution_clear(&solution);
    return status;
}

static sb_status check(const sb_environment *environment, sb_error *error)
{
    sb_extraction extraction;
    sb_extraction_init(&extraction);
    sb_status status = sb_full_extraction(environment, NULL, &extraction, error);
    sb_extraction_clear(&extraction);
    return status;
}

static sb_status follow(const sb_environment *environment, sb_error *error)
{
    sb_sweep_options options = SB_SWEEP_OPTIONS_DEFAULT;
    options.points = 1;
    options.decades = 2;
    sb_sweep sweep;
    sb_sweep_init(&sweep);
    sb_status status = sb_sweep_run(environment, &options, &sweep, error);
    sb_sweep_clear(&sweep);
    return status;
}

/* Before anything is allocated that a skipped test would leave. */
static void need_own_allocator(void)
{
    if (REPLACED == 0) {
        skip();
    }
}

static void test_reading(void **state)
{
    (void)state;
    need_own_allocator();
    again_and_again(read_file, NULL, 1);
}

static void test_designing(void **state)
{
    (void)state;
    need_own_allocator();
    sb_environment *two = demo(DEMO("almost-independent")), *one = demo(DEMO("gaussian"));
    again_and_again(solve_floating, two, 1);
    again_and_again(solve_exactly, two, 1);
    again_and_again(solve_exactly, one, 5);
    sb_environment_free(one);
    sb_environment_free(two);
}

static void test_certifying(void **state)
{
    (void)state;
    need_own_allocator();
    sb_environment *environment = demo(DEMO("weather"));
    again_and_again(certify, environment, 3);
    sb_environment_free(environment);
}

static void test_analysing(void **state)
{
    (void)state;
    need_own_allocator();
    sb_environment *environment = demo(DEMO("almost-independent"));
    again_and_again(check, environment, 3);
    again_and_again(follow, environment, 23);
    sb_environment_free(environment);
}

int main(void)
{
    leave_numbers_alone();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading),
        cmocka_unit_test(test_designing),
        cmocka_unit_test(test_certifying),
        cmocka_unit_test(test_analysing),
    };
    return cmocka_run_group_tests_name("library memory", tests, NULL, NULL);
}
