/* Dense integer systems by many primes, against FLINT's own solver, also after changes.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <flint/fmpq_mat.h>

#include "lp/integer_array.h"
#include "lp/integer_system.h"
#include "property.h"

typedef struct trial {
    size_t size, side_count;
    fmpz_mat_t matrix, sides; /* a side is a column */
    sb_integer_system *system;
    property_stream stream;
    long largest;
} trial;

static void trial_init(trial *made, size_t size, size_t side_count, unsigned seed, long largest)
{
    *made = (trial){.size = size, .side_count = side_count, .largest = largest};
    made->stream.state = seed;
    fmpz_mat_init(made->matrix, (slong)size, (slong)size);
    fmpz_mat_init(made->sides, (slong)size, (slong)side_count);
    made->system = sb_integer_system_new(size);
    assert_non_null(made->system);
}

static void trial_clear(trial *made)
{
    fmpz_mat_clear(made->matrix);
    fmpz_mat_clear(made->sides);
    sb_integer_system_free(made->system);
}

static long draw(trial *made)
{
    return property_between(&made->stream, -made->largest, made->largest);
}

static void fill_row(trial *made, size_t row)
{
    for (size_t k = 0; k < made->size; k++) {
        fmpz_set_si(fmpz_mat_entry(made->matrix, (slong)row, (slong)k), draw(made));
    }
    for (size_t side = 0; side < made->side_count; side++) {
        fmpz_set_si(fmpz_mat_entry(made->sides, (slong)row, (slong)side), draw(made));
    }
}

static void fill(trial *made)
{
    for (size_t row = 0; row < made->size; row++) {
        fill_row(made, row);
    }
}

/* Solve; where that is done, the solution must be FLINT's. Returns whether it is done. */
static bool solve(trial *made)
{
    size_t size = made->size, count = made->side_count;
    fmpz *sides = sb_integer_array_new(count * size);
    fmpz *numerators = sb_integer_array_new(count * size);
    for (size_t row = 0; row < size; row++) {
        for (size_t k = 0; k < size; k++) {
            sb_integer_system_set(made->system, row, k,
                                  fmpz_mat_entry(made->matrix, (slong)row, (slong)k));
        }
        for (size_t side = 0; side < count; side++) {
            fmpz_set(sides + side * size + row,
                     fmpz_mat_entry(made->sides, (slong)row, (slong)side));
        }
    }
    bool solved = false;
    fmpz_t determinant, expected;
    fmpz_init(determinant);
    fmpz_init(expected);
    assert_int_equal(
        sb_integer_system_solve(made->system, count, sides, numerators, determinant, &solved, NULL),
        SB_OK);
    fmpz_mat_det(expected, made->matrix);
    if (solved) {
        assert_true(fmpz_equal(determinant, expected));
        fmpz_mat_t solution, product, wanted;
        fmpz_mat_init(solution, (slong)size, (slong)count);
        fmpz_mat_init(product, (slong)size, (slong)count);
        fmpz_mat_init(wanted, (slong)size, (slong)count);
        for (size_t k = 0; k < count * size; k++) {
            fmpz_set(fmpz_mat_entry(solution, (slong)(k % size), (slong)(k / size)),
                     numerators + k);
        }
        fmpz_mat_mul(product, made->matrix, solution);
        for (size_t k = 0; k < count * size; k++) {
            fmpz_mul(fmpz_mat_entry(wanted, (slong)(k % size), (slong)(k / size)),
                     fmpz_mat_entry(made->sides, (slong)(k % size), (slong)(k / size)),
                     determinant);
        }
        assert_true(fmpz_mat_equal(product, wanted));
        fmpz_mat_clear(solution);
        fmpz_mat_clear(product);
        fmpz_mat_clear(wanted);
    } else {
        assert_true(fmpz_is_zero(expected));
    }
    fmpz_clear(determinant);
    fmpz_clear(expected);
    sb_integer_array_free(sides, count * size);
    sb_integer_array_free(numerators, count * size);
    return solved;
}

static void primes_are_prime(void **state)
{
    (void)state;
    size_t count = 0;
    for (unsigned long prime; (prime = sb_integer_system_prime(count)) != 0; count++) {
        assert_true(n_is_prime(prime));
        assert_true(prime < 1UL << 60);
        assert_true(count == 0 || prime < sb_integer_system_prime(count - 1));
    }
    assert_true(count >= 100);
}

static void random_systems(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < 60; seed++) {
        trial made;
        trial_init(&made, 1 + seed % 12, 1 + seed % 5, seed, seed % 3 == 0 ? 3 : 1L << 40);
        fill(&made);
        solve(&made);
        trial_clear(&made);
    }
}

static void rows_change(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < 12; seed++) {
        trial made;
        trial_init(&made, 2 + seed, 3, seed, 9999);
        fill(&made);
        assert_true(solve(&made));
        for (unsigned turn = 0; turn < 40; turn++) {
            size_t row = (size_t)property_between(&made.stream, 0, (long)made.size - 1);
            if (turn % 7 == 6) {
                made.largest *= 1000; /* more primes are needed */
            } else if (turn % 7 == 0) {
                made.largest = 9999;
            }
            if (turn % 4 == 3) {
                fmpz_set_si(fmpz_mat_entry(made.sides, (slong)row, 1), draw(&made));
            } else if (turn % 4 == 2) {
                fmpz_set_si(fmpz_mat_entry(made.matrix, (slong)row, 0), draw(&made));
            } else {
                fill_row(&made, row);
            }
            assert_true(solve(&made));
        }
        trial_clear(&made);
    }
}

static void singular_and_back(void **state)
{
    (void)state;
    trial made;
    trial_init(&made, 6, 2, 7, 50);
    fill(&made);
    assert_true(solve(&made));
    fmpz_mat_t kept;
    fmpz_mat_init_set(kept, made.matrix);
    for (slong k = 0; k < 6; k++) {
        fmpz_mul_ui(fmpz_mat_entry(made.matrix, 3, k), fmpz_mat_entry(made.matrix, 1, k), 5);
    }
    assert_false(solve(&made));
    assert_false(solve(&made));
    fmpz_mat_set(made.matrix, kept);
    assert_true(solve(&made));
    fmpz_mat_zero(made.matrix);
    assert_false(solve(&made));
    fmpz_mat_clear(kept);
    trial_clear(&made);
}

/* Many primes, and sums of so many products that their upper words exceed a prime. */
static void many_primes(void **state)
{
    (void)state;
    const size_t sizes[] = {40, 60, 130};
    for (size_t k = 0; k < 3; k++) {
        trial made;
        trial_init(&made, sizes[k], 2, 5, k == 0 ? 1L << 60 : 9999);
        fill(&made);
        assert_true(solve(&made));
        for (size_t row = 0; row < 3; row++) {
            fill_row(&made, 7 * row);
            assert_true(solve(&made));
        }
        trial_clear(&made);
    }
}

/* A prime in use divides the determinant: it is left out. */
static void a_prime_divides(void **state)
{
    (void)state;
    trial made;
    trial_init(&made, 3, 2, 3, 100);
    fill(&made);
    assert_true(solve(&made));
    fmpz_mat_one(made.matrix);
    fmpz_set_ui(fmpz_mat_entry(made.matrix, 1, 1), sb_integer_system_prime(0));
    assert_true(solve(&made));
    fmpz_set_ui(fmpz_mat_entry(made.matrix, 1, 1), 3);
    assert_true(solve(&made));
    trial_clear(&made);
}

static void sides_change_in_number(void **state)
{
    (void)state;
    trial made;
    trial_init(&made, 5, 4, 11, 1L << 50);
    fill(&made);
    assert_true(solve(&made));
    size_t counts[] = {2, 4, 1, 3};
    for (size_t k = 0; k < 4; k++) {
        made.side_count = counts[k];
        made.largest = k % 2 == 0 ? 10 : 1L << 60; /* fewer and more primes */
        fill_row(&made, k);
        fill_row(&made, (k + 1) % 5);
        fill_row(&made, (k + 3) % 5);
        assert_true(solve(&made));
    }
    made.side_count = 4; /* what was allocated */
    trial_clear(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(primes_are_prime),
        cmocka_unit_test(random_systems),
        cmocka_unit_test(rows_change),
        cmocka_unit_test(singular_and_back),
        cmocka_unit_test(a_prime_divides),
        cmocka_unit_test(many_primes),
        cmocka_unit_test(sides_change_in_number),
    };
    int failed = cmocka_run_group_tests_name("lp/integer_system", tests, NULL, NULL);
    flint_cleanup_master();
    return failed;
}
