/* Solving with a factored matrix modulo a prime, and replacing its columns.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Vectors over rows and vectors over columns share one array: the lower half works in rows, the
 * upper half turns rows into columns pivot by pivot, the etas work in columns.
 */
#include "lp/modular_factor.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lp/modular_vectors.h"

void sb_modular_factor_init(sb_modular_factor *factor)
{
    *factor = (sb_modular_factor){0};
}

void sb_modular_factor_clear(sb_modular_factor *factor)
{
    free(factor->pivot_rows);
    free(factor->pivot_columns);
    free(factor->pivot_inverses);
    free(factor->eta_columns);
    free(factor->eta_inverses);
    free(factor->scratch);
    sb_modular_vectors_clear(&factor->lower);
    sb_modular_vectors_clear(&factor->upper);
    sb_modular_vectors_clear(&factor->etas);
    *factor = (sb_modular_factor){0};
}

void sb_modular_factor_solve(sb_modular_factor *factor, ulong *vector)
{
    ulong prime = factor->prime;
    ulong inverse = factor->prime_inverse;
    for (size_t k = 0; k < factor->size; k++) {
        ulong value = vector[factor->pivot_rows[k]];
        if (value != 0) {
            sb_modular_vectors_subtract(&factor->lower, k, value, vector, prime);
        }
    }
    ulong *solution = factor->scratch;
    for (size_t k = factor->size; k-- > 0;) {
        ulong value = vector[factor->pivot_rows[k]];
        if (factor->upper.starts[k] != factor->upper.starts[k + 1]) {
            value = n_submod(
                value, sb_modular_vectors_dot(&factor->upper, k, solution, prime, inverse), prime);
        }
        solution[factor->pivot_columns[k]] =
            value == 0 ? 0 : n_mulmod2_preinv(value, factor->pivot_inverses[k], prime, inverse);
    }
    memcpy(vector, solution, factor->size * sizeof *vector);
    for (size_t k = 0; k < factor->etas.count; k++) {
        ulong *pivot = &vector[factor->eta_columns[k]];
        if (*pivot != 0) {
            *pivot = n_mulmod2_preinv(*pivot, factor->eta_inverses[k], prime, inverse);
            sb_modular_vectors_subtract(&factor->etas, k, *pivot, vector, prime);
        }
    }
}

void sb_modular_factor_solve_transposed(sb_modular_factor *factor, ulong *vector)
{
    ulong prime = factor->prime;
    ulong inverse = factor->prime_inverse;
    for (size_t k = factor->etas.count; k-- > 0;) {
        ulong *pivot = &vector[factor->eta_columns[k]];
        ulong sum = sb_modular_vectors_dot(&factor->etas, k, vector, prime, inverse);
        *pivot =
            n_mulmod2_preinv(n_submod(*pivot, sum, prime), factor->eta_inverses[k], prime, inverse);
    }
    ulong *solution = factor->scratch;
    for (size_t k = 0; k < factor->size; k++) {
        ulong value = vector[factor->pivot_columns[k]];
        if (value != 0) {
            value = n_mulmod2_preinv(value, factor->pivot_inverses[k], prime, inverse);
            sb_modular_vectors_subtract(&factor->upper, k, value, vector, prime);
        }
        solution[factor->pivot_rows[k]] = value;
    }
    for (size_t k = factor->size; k-- > 0;) {
        if (factor->lower.starts[k] != factor->lower.starts[k + 1]) {
            ulong *value = &solution[factor->pivot_rows[k]];
            *value = n_submod(
                *value, sb_modular_vectors_dot(&factor->lower, k, solution, prime, inverse), prime);
        }
    }
    memcpy(vector, solution, factor->size * sizeof *vector);
}

sb_status sb_modular_factor_replace(sb_modular_factor *factor, size_t column, const ulong *alpha,
                                    sb_error *error)
{
    size_t k = factor->etas.count;
    size_t end = k == 0 ? 0 : factor->etas.starts[k];
    for (size_t i = 0; i < factor->size; i++) {
        if (i != column && alpha[i] != 0 &&
            !sb_modular_vectors_append(&factor->etas, &end, i, alpha[i], factor->prime)) {
            return sb_out_of_memory(error);
        }
    }
    if (!sb_grow(&factor->eta_columns, &factor->eta_columns_capacity, k + 1,
                 sizeof *factor->eta_columns) ||
        !sb_grow(&factor->eta_inverses, &factor->eta_inverses_capacity, k + 1,
                 sizeof *factor->eta_inverses) ||
        !sb_modular_vectors_finish(&factor->etas, end)) {
        return sb_out_of_memory(error);
    }
    factor->eta_columns[k] = column;
    factor->eta_inverses[k] = n_invmod(alpha[column], factor->prime);
    return SB_OK;
}
