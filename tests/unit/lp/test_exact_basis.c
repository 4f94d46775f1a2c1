/* The modular factor and exact solutions lifted from it, against FLINT's own dense solver.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include <flint/fmpq_mat.h>

#include "lp/exact_basis.h"
#include "lp/integer_array.h"

static uint64_t seed = 0x123456789abcdefU;

static slong between(slong low, slong high)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return low + (slong)(seed % (uint64_t)(high - low + 1));
}

/* A program with `size` rows and 2 * size columns; entries of up to `words` machine words. */
static sb_lp *random_matrix(size_t size, int density, int words)
{
    sb_lp *lp = sb_lp_new(SB_MINIMISE);
    size_t columns = 2 * size;
    size_t *indices = calloc(columns, sizeof *indices);
    fmpq *values = sb_rationals_new(columns);
    for (size_t j = 0; j < columns; j++) {
        assert_int_equal(sb_lp_add_column(lp, NULL, NULL, NULL, NULL, NULL, NULL), SB_OK);
    }
    for (size_t i = 0; i < size; i++) {
        size_t count = 0;
        for (size_t j = 0; j < columns; j++) {
            if (between(0, 99) < density) {
                indices[count] = j;
                fmpz *value = fmpq_numref(&values[count]);
                fmpz_set_si(value, between(-9, 9));
                for (int k = 1; k < words; k++) {
                    fmpz_mul_2exp(value, value, 64);
                    fmpz_add_si(value, value, between(-1000000, 1000000));
                }
                count++;
            }
        }
        assert_int_equal(sb_lp_add_row(lp, NULL, NULL, NULL, count, indices, values, NULL, NULL),
                         SB_OK);
    }
    free(indices);
    sb_rationals_free(values, columns);
    return lp;
}

static void dense_basis(fmpz_mat_t dense, const sb_exact_basis *basis)
{
    fmpz_t one;
    fmpz_init_set_ui(one, 1);
    fmpz *entries = sb_integer_array_new(basis->size);
    for (size_t position = 0; position < basis->size; position++) {
        sb_integer_array_zero(entries, basis->size);
        sb_exact_column_add(entries, basis->program, basis->head[position], one);
        for (size_t row = 0; row < basis->size; row++) {
            fmpz_set(fmpz_mat_entry(dense, (slong)row, (slong)position), &entries[row]);
        }
    }
    sb_integer_array_free(entries, basis->size);
    fmpz_clear(one);
}

/* Both systems with a random right side agree with FLINT. */
static void compare_solutions(sb_exact_basis *basis)
{
    slong size = (slong)basis->size;
    fmpz_mat_t dense;
    fmpz_mat_t side;
    fmpq_mat_t solution;
    fmpz_mat_init(dense, size, size);
    fmpz_mat_init(side, size, 1);
    fmpq_mat_init(solution, size, 1);
    dense_basis(dense, basis);
    sb_exact_vector x;
    assert_true(sb_exact_vector_init(&x, basis->size));
    fmpz *right_side = sb_integer_array_new(basis->size);
    fmpq_t value;
    fmpq_init(value);
    for (int transposed = 0; transposed < 2; transposed++) {
        for (slong k = 0; k < size; k++) {
            fmpz_set_si(&right_side[k], between(0, 2) == 0 ? between(-99, 99) : 0);
            fmpz_mul_2exp(&right_side[k], &right_side[k], (ulong)between(0, 1) * 100);
            fmpz_set(fmpz_mat_entry(side, k, 0), &right_side[k]);
        }
        if (transposed) {
            fmpz_mat_transpose(dense, dense);
            assert_int_equal(sb_exact_basis_solve_transposed(basis, right_side, &x, NULL, NULL),
                             SB_OK);
        } else {
            assert_int_equal(sb_exact_basis_solve(basis, right_side, &x, NULL, NULL), SB_OK);
        }
        assert_true(fmpq_mat_solve_fmpz_mat_dixon(solution, dense, side));
        for (slong k = 0; k < size; k++) {
            sb_exact_vector_get(value, &x, (size_t)k);
            assert_true(fmpq_equal(value, fmpq_mat_entry(solution, k, 0)));
        }
    }
    fmpq_clear(value);
    sb_integer_array_free(right_side, basis->size);
    sb_exact_vector_clear(&x);
    fmpz_mat_clear(dense);
    fmpz_mat_clear(side);
    fmpq_mat_clear(solution);
}

/* Factor a random choice of columns, repaired where singular; solve; replace columns; solve. */
static size_t exercise_basis(size_t size, int density, int words)
{
    sb_lp *lp = random_matrix(size, density, words);
    sb_lp_integers integers;
    sb_exact_basis basis;
    assert_int_equal(sb_lp_integers_init(&integers, lp, NULL), SB_OK);
    assert_int_equal(sb_exact_basis_init(&basis, &integers, NULL), SB_OK);
    size_t *removed = calloc(size, sizeof *removed);
    size_t removed_count = 0;
    for (size_t k = 0; k < size; k++) {
        basis.head[k] = 2 * k;
    }
    assert_int_equal(sb_exact_basis_factor(&basis, removed, &removed_count, NULL), SB_OK);
    compare_solutions(&basis);
    fmpz *side = sb_integer_array_new(size);
    sb_exact_vector alpha;
    assert_true(sb_exact_vector_init(&alpha, size));
    fmpz_t one;
    fmpz_init_set_ui(one, 1);
    for (size_t k = 0; k < size && k < 5; k++) {
        size_t entering = 2 * k + 1;
        sb_integer_array_zero(side, size);
        sb_exact_column_add(side, &integers, entering, one);
        assert_int_equal(sb_exact_basis_solve(&basis, side, &alpha, NULL, NULL), SB_OK);
        size_t position = (size_t)between(0, (slong)size - 1);
        if (fmpz_is_zero(&alpha.numerators[position])) {
            continue;
        }
        bool replaced = false;
        assert_int_equal(sb_exact_basis_replace(&basis, position, entering, &replaced, NULL),
                         SB_OK);
        assert_true(replaced);
    }
    compare_solutions(&basis);
    fmpz_clear(one);
    sb_exact_vector_clear(&alpha);
    sb_integer_array_free(side, size);
    free(removed);
    sb_exact_basis_clear(&basis);
    sb_lp_integers_clear(&integers);
    sb_lp_free(lp);
    return removed_count;
}

static void solutions_agree_with_flint(void **state)
{
    (void)state;
    for (size_t size = 1; size <= 12; size++) {
        for (int trial = 0; trial < 6; trial++) {
            exercise_basis(size, 30 + 14 * trial, 1);
        }
    }
    exercise_basis(40, 10, 1);
    exercise_basis(40, 60, 1);
}

static void entries_of_several_words(void **state)
{
    (void)state;
    for (size_t size = 1; size <= 10; size++) {
        exercise_basis(size, 70, 2);
        exercise_basis(size, 50, 4);
    }
}

static void singular_bases_are_repaired(void **state)
{
    (void)state;
    size_t repaired = 0;
    for (int trial = 0; trial < 50; trial++) {
        repaired += exercise_basis(8, 18, 1) > 0;
    }
    assert_true(repaired > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solutions_agree_with_flint),
        cmocka_unit_test(entries_of_several_words),
        cmocka_unit_test(singular_bases_are_repaired),
    };
    int failed = cmocka_run_group_tests_name("lp/exact_basis", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
