/* A basis of [A -I] z = 0: its factor modulo a prime, and its columns.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/exact_basis.h"

#include <stdlib.h>

#include <flint/nmod_vec.h>

#include "base/memory.h"
#include "lp/integer_array.h"

/* Where the search for primes starts, and how often another prime is tried before a matrix counts
 * as singular. */
#define FIRST_PRIME_SEARCH (SB_MODULAR_PRIME_LIMIT - ((ulong)1 << 40))
#define PRIMES_TO_TRY      2
#define ETAS_BEFORE_FACTOR 64

bool sb_exact_vector_init(sb_exact_vector *vector, size_t size)
{
    vector->size = size;
    vector->numerators = sb_integer_array_new(size);
    fmpz_init_set_ui(vector->denominator, 1);
    return vector->numerators != NULL;
}

void sb_exact_vector_clear(sb_exact_vector *vector)
{
    sb_integer_array_free(vector->numerators, vector->size);
    vector->numerators = NULL;
    fmpz_clear(vector->denominator);
}

void sb_exact_vector_get(fmpq_t value, const sb_exact_vector *vector, size_t index)
{
    fmpq_set_fmpz_frac(value, &vector->numerators[index], vector->denominator);
}

sb_status sb_exact_basis_init(sb_exact_basis *basis, const sb_lp_integers *program, sb_error *error)
{
    *basis = (sb_exact_basis){.program = program, .size = program->rows};
    sb_modular_factor_init(&basis->factor);
    basis->head = sb_allocate(basis->size, sizeof *basis->head);
    basis->residual = sb_integer_array_new(basis->size);
    basis->small_residual = sb_allocate(basis->size, sizeof *basis->small_residual);
    basis->residues = sb_allocate(basis->size, sizeof *basis->residues);
    if (basis->head == NULL || basis->residual == NULL || basis->small_residual == NULL ||
        basis->residues == NULL) {
        sb_exact_basis_clear(basis);
        return sb_out_of_memory(error);
    }
    return SB_OK;
}

void sb_exact_basis_clear(sb_exact_basis *basis)
{
    sb_modular_factor_clear(&basis->factor);
    sb_integer_array_free(basis->residual, basis->size);
    free(basis->head);
    free(basis->small_residual);
    free(basis->residues);
    free(basis->digit_table);
    *basis = (sb_exact_basis){0};
}

/* The basis matrix modulo a prime. */
typedef struct residue_matrix {
    size_t *starts, *rows;
    ulong *values;
} residue_matrix;

static void residue_matrix_clear(residue_matrix *matrix)
{
    free(matrix->starts);
    free(matrix->rows);
    free(matrix->values);
}

static bool residue_matrix_init(residue_matrix *matrix, const sb_exact_basis *basis)
{
    const sb_lp_integers *program = basis->program;
    *matrix = (residue_matrix){0};
    matrix->starts = sb_allocate(basis->size + 1, sizeof *matrix->starts);
    if (matrix->starts == NULL) {
        return false;
    }
    for (size_t position = 0; position < basis->size; position++) {
        size_t variable = basis->head[position];
        size_t count = variable < program->columns
                           ? program->starts[variable + 1] - program->starts[variable]
                           : 1;
        matrix->starts[position + 1] = matrix->starts[position] + count;
    }
    matrix->rows = sb_allocate(matrix->starts[basis->size], sizeof *matrix->rows);
    matrix->values = sb_allocate(matrix->starts[basis->size], sizeof *matrix->values);
    return matrix->rows != NULL && matrix->values != NULL;
}

static void residue_matrix_fill(residue_matrix *matrix, const sb_exact_basis *basis, ulong prime)
{
    const sb_lp_integers *program = basis->program;
    nmod_t modulus;
    nmod_init(&modulus, prime);
    for (size_t position = 0; position < basis->size; position++) {
        size_t at = matrix->starts[position];
        size_t variable = basis->head[position];
        if (variable >= program->columns) {
            matrix->rows[at] = variable - program->columns;
            matrix->values[at] = prime - 1;
            continue;
        }
        for (size_t k = program->starts[variable]; k < program->starts[variable + 1]; k++, at++) {
            matrix->rows[at] = program->entry_rows[k];
            matrix->values[at] = fmpz_get_nmod(&program->entries[k], modulus);
        }
    }
}

/* The inverse of an odd number modulo 2^64 by Newton's iteration: each step doubles the bits. */
static uint64_t inverse_modulo_word(uint64_t odd)
{
    uint64_t inverse = odd; /* right to 3 bits */
    for (int step = 0; step < 5; step++) {
        inverse *= 2 - odd * inverse;
    }
    return inverse;
}

sb_status sb_exact_basis_factor(sb_exact_basis *basis, size_t *removed, size_t *removed_count,
                                sb_error *error)
{
    residue_matrix matrix;
    size_t *rows = sb_allocate(basis->size, sizeof *rows);
    size_t deficiency = 0;
    ulong prime = FIRST_PRIME_SEARCH;
    sb_status status = SB_OK;
    *removed_count = 0;
    bool allocated = residue_matrix_init(&matrix, basis);
    if (!allocated || rows == NULL) {
        residue_matrix_clear(&matrix);
        free(rows);
        return sb_out_of_memory(error);
    }
    for (int attempt = 0; status == SB_OK && attempt < PRIMES_TO_TRY; attempt++) {
        /* The primes start after the last one used: it may just have divided a pivot. */
        prime =
            n_nextprime(attempt == 0 && basis->factor.prime != 0 ? basis->factor.prime : prime, 0);
        if (prime >= SB_MODULAR_PRIME_LIMIT) {
            prime = n_nextprime(FIRST_PRIME_SEARCH, 0);
        }
        residue_matrix_fill(&matrix, basis, prime);
        sb_modular_matrix view = {basis->size, matrix.starts, matrix.rows, matrix.values};
        status = sb_modular_factor_compute(&basis->factor, &view, prime, rows, removed, &deficiency,
                                           error);
        if (deficiency == 0) {
            break;
        }
    }
    for (size_t k = 0; status == SB_OK && k < deficiency; k++) {
        size_t position = removed[k];
        removed[k] = basis->head[position];
        basis->head[position] = basis->program->columns + rows[k];
    }
    *removed_count = status == SB_OK ? deficiency : 0;
    basis->prime_word_inverse = inverse_modulo_word(prime);
    residue_matrix_clear(&matrix);
    free(rows);
    return status;
}

sb_status sb_exact_basis_replace(sb_exact_basis *basis, size_t position, size_t entering,
                                 bool *replaced, sb_error *error)
{
    const sb_lp_integers *program = basis->program;
    sb_modular_factor *factor = &basis->factor;
    basis->head[position] = entering;
    *replaced = false;
    if (factor->etas.count >= ETAS_BEFORE_FACTOR) {
        return SB_OK;
    }
    nmod_t modulus;
    nmod_init(&modulus, factor->prime);
    ulong *alpha = basis->residues;
    for (size_t row = 0; row < basis->size; row++) {
        alpha[row] = 0;
    }
    if (entering >= program->columns) {
        alpha[entering - program->columns] = factor->prime - 1;
    } else {
        for (size_t k = program->starts[entering]; k < program->starts[entering + 1]; k++) {
            alpha[program->entry_rows[k]] = fmpz_get_nmod(&program->entries[k], modulus);
        }
    }
    sb_modular_factor_solve(factor, alpha);
    if (alpha[position] == 0) {
        return SB_OK;
    }
    *replaced = true;
    return sb_modular_factor_replace(factor, position, alpha, error);
}

void sb_exact_column_dot(fmpz_t product, const sb_lp_integers *program, const fmpz *vector,
                         size_t variable)
{
    if (variable >= program->columns) {
        fmpz_neg(product, &vector[variable - program->columns]);
        return;
    }
    fmpz_zero(product);
    for (size_t k = program->starts[variable]; k < program->starts[variable + 1]; k++) {
        const fmpz *entry = &vector[program->entry_rows[k]];
        if (!fmpz_is_zero(entry)) {
            fmpz_addmul(product, entry, &program->entries[k]);
        }
    }
}

void sb_exact_column_add(fmpz *vector, const sb_lp_integers *program, size_t variable,
                         const fmpz_t scale)
{
    if (variable >= program->columns) {
        fmpz *entry = &vector[variable - program->columns];
        fmpz_sub(entry, entry, scale);
        return;
    }
    for (size_t k = program->starts[variable]; k < program->starts[variable + 1]; k++) {
        fmpz_addmul(&vector[program->entry_rows[k]], scale, &program->entries[k]);
    }
}
