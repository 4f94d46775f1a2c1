/* Exact solutions with a basis matrix, lifted from its factor modulo a prime (Dixon).
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * x = x0 + x1 p + x2 p^2 + ..., where B x_k = r_k (mod p) and r_(k+1) = (r_k - B x_k) / p, r_0 = b.
 * Digits are symmetric about 0, so that an integral solution ends with a zero residual. Once b is
 * used up residuals are no larger than the entries of B: where those fit machine words, the
 * division by p is exact and is one multiplication modulo 2^64.
 */
#include <stdlib.h>

#include <flint/nmod_vec.h>

#include "base/memory.h"
#include "lp/exact_basis.h"
#include "lp/integer_array.h"

#define SMALL_LIMIT ((double)((ulong)1 << 61))

typedef struct lifting {
    sb_exact_basis *basis;
    bool transposed;
    bool small; /* residuals are in small_residual, not in residual */
    size_t steps;
    fmpz_t modulus;    /* p^steps */
    fmpz_t bound;      /* numerators and denominators below it are unique */
    fmpz_t sum_limit;  /* the largest sum of absolute entries of an equation */
    fmpz_t side_limit; /* the largest absolute right side */
} lifting;

/* The entries of the basis column at a position. */
typedef struct column_entries {
    size_t count;
    const size_t *rows;
    const fmpz *values;
    const slong *small;
} column_entries;

static column_entries basis_column(const sb_exact_basis *basis, size_t position)
{
    const sb_lp_integers *program = basis->program;
    size_t variable = basis->head[position];
    size_t start = program->starts[variable];
    return (column_entries){program->starts[variable + 1] - start, program->entry_rows + start,
                            program->entries + start,
                            program->small_entries != NULL ? program->small_entries + start : NULL};
}

static bool is_activity(const sb_exact_basis *basis, size_t position)
{
    return basis->head[position] >= basis->program->columns;
}

static size_t activity_row(const sb_exact_basis *basis, size_t position)
{
    return basis->head[position] - basis->program->columns;
}

/* The largest sum of absolute entries over the equations of the system. */
static void measure_equations(lifting *lift)
{
    const sb_exact_basis *basis = lift->basis;
    fmpz *sums = basis->residual; /* free until the right side is copied */
    sb_integer_array_zero(sums, basis->size);
    fmpz_t absolute;
    fmpz_init(absolute);
    for (size_t position = 0; position < basis->size; position++) {
        if (is_activity(basis, position)) {
            fmpz *sum = &sums[lift->transposed ? position : activity_row(basis, position)];
            fmpz_add_ui(sum, sum, 1);
            continue;
        }
        column_entries column = basis_column(basis, position);
        for (size_t k = 0; k < column.count; k++) {
            fmpz *sum = &sums[lift->transposed ? position : column.rows[k]];
            fmpz_abs(absolute, &column.values[k]);
            fmpz_add(sum, sum, absolute);
        }
    }
    for (size_t equation = 0; equation < basis->size; equation++) {
        if (fmpz_cmp(&sums[equation], lift->sum_limit) > 0) {
            fmpz_set(lift->sum_limit, &sums[equation]);
        }
    }
    fmpz_clear(absolute);
}

static void start(lifting *lift, const fmpz *right_side)
{
    sb_exact_basis *basis = lift->basis;
    fmpz_init_set_ui(lift->modulus, 1);
    fmpz_init(lift->bound);
    fmpz_init(lift->sum_limit);
    fmpz_init(lift->side_limit);
    measure_equations(lift);
    for (size_t k = 0; k < basis->size; k++) {
        fmpz_set(&basis->residual[k], &right_side[k]);
        if (fmpz_cmpabs(&right_side[k], lift->side_limit) > 0) {
            fmpz_abs(lift->side_limit, &right_side[k]);
        }
    }
}

static void finish(lifting *lift)
{
    fmpz_clear(lift->modulus);
    fmpz_clear(lift->bound);
    fmpz_clear(lift->sum_limit);
    fmpz_clear(lift->side_limit);
}

/* Go over to machine words once all residuals fit. */
static void try_small(lifting *lift)
{
    sb_exact_basis *basis = lift->basis;
    if (lift->small || basis->program->small_entries == NULL ||
        fmpz_get_d(lift->sum_limit) >= SMALL_LIMIT) {
        return;
    }
    for (size_t k = 0; k < basis->size; k++) {
        if (!COEFF_IS_MPZ(basis->residual[k])) {
            continue;
        }
        return;
    }
    for (size_t k = 0; k < basis->size; k++) {
        basis->small_residual[k] = (ulong)fmpz_get_si(&basis->residual[k]);
    }
    lift->small = true;
}

/* The residues of the residual; false when it is zero. */
static bool reduce_residual(lifting *lift)
{
    sb_exact_basis *basis = lift->basis;
    nmod_t modulus;
    nmod_init(&modulus, basis->factor.prime);
    bool nonzero = false;
    for (size_t k = 0; k < basis->size; k++) {
        ulong residue;
        if (lift->small) {
            slong value = (slong)basis->small_residual[k];
            ulong absolute = value < 0 ? -(ulong)value : (ulong)value;
            NMOD_RED(residue, absolute, modulus);
            if (value < 0) {
                residue = n_negmod(residue, modulus.n);
            }
            nonzero = nonzero || value != 0;
        } else {
            residue = fmpz_get_nmod(&basis->residual[k], modulus);
            nonzero = nonzero || !fmpz_is_zero(&basis->residual[k]);
        }
        basis->residues[k] = residue;
    }
    return nonzero;
}

/* residual = (residual - B digits) / p in machine words, modulo 2^64 throughout. */
static void update_small(lifting *lift, const slong *digits)
{
    sb_exact_basis *basis = lift->basis;
    ulong *residual = basis->small_residual;
    for (size_t position = 0; position < basis->size; position++) {
        if (is_activity(basis, position)) {
            size_t row = activity_row(basis, position);
            if (lift->transposed) {
                residual[position] += (ulong)digits[row];
            } else {
                residual[row] += (ulong)digits[position];
            }
            continue;
        }
        column_entries column = basis_column(basis, position);
        if (lift->transposed) {
            ulong sum = 0;
            for (size_t k = 0; k < column.count; k++) {
                sum += (ulong)column.small[k] * (ulong)digits[column.rows[k]];
            }
            residual[position] -= sum;
        } else if (digits[position] != 0) {
            ulong digit = (ulong)digits[position];
            for (size_t k = 0; k < column.count; k++) {
                residual[column.rows[k]] -= (ulong)column.small[k] * digit;
            }
        }
    }
    for (size_t k = 0; k < basis->size; k++) {
        residual[k] *= basis->prime_word_inverse;
    }
}

static void update_large(lifting *lift, const slong *digits)
{
    sb_exact_basis *basis = lift->basis;
    fmpz *residual = basis->residual;
    for (size_t position = 0; position < basis->size; position++) {
        if (is_activity(basis, position)) {
            size_t row = activity_row(basis, position);
            size_t equation = lift->transposed ? position : row;
            slong digit = digits[lift->transposed ? row : position];
            fmpz_add_si(&residual[equation], &residual[equation], digit);
            continue;
        }
        column_entries column = basis_column(basis, position);
        for (size_t k = 0; k < column.count; k++) {
            slong digit = digits[lift->transposed ? column.rows[k] : position];
            if (digit != 0) {
                fmpz_submul_si(&residual[lift->transposed ? position : column.rows[k]],
                               &column.values[k], digit);
            }
        }
    }
    for (size_t k = 0; k < basis->size; k++) {
        fmpz_divexact_ui(&residual[k], &residual[k], basis->factor.prime);
    }
}

/* One more digit of every entry. */
static sb_status lift_digit(lifting *lift, sb_error *error)
{
    sb_exact_basis *basis = lift->basis;
    size_t size = basis->size;
    ulong prime = basis->factor.prime;
    if (!sb_grow(&basis->digit_table, &basis->digit_capacity, (lift->steps + 1) * size,
                 sizeof *basis->digit_table)) {
        return sb_out_of_memory(error);
    }
    if (lift->transposed) {
        sb_modular_factor_solve_transposed(&basis->factor, basis->residues);
    } else {
        sb_modular_factor_solve(&basis->factor, basis->residues);
    }
    slong *digits = basis->digit_table + lift->steps * size;
    for (size_t k = 0; k < size; k++) {
        ulong digit = basis->residues[k];
        digits[k] = digit > prime / 2 ? -(slong)(prime - digit) : (slong)digit;
    }
    if (lift->small) {
        update_small(lift, digits);
    } else {
        update_large(lift, digits);
        try_small(lift);
    }
    lift->steps++;
    fmpz_mul_ui(lift->modulus, lift->modulus, prime);
    basis->digits++;
    return SB_OK;
}

/* Entry k from its digits (Horner). */
static void evaluate(fmpz_t value, const lifting *lift, size_t k)
{
    const sb_exact_basis *basis = lift->basis;
    fmpz_zero(value);
    for (size_t step = lift->steps; step-- > 0;) {
        if (!fmpz_is_zero(value)) {
            fmpz_mul_ui(value, value, basis->factor.prime);
        }
        slong digit = basis->digit_table[step * basis->size + k];
        if (digit != 0) {
            fmpz_add_si(value, value, digit);
        }
    }
}

/* The symmetric residue of value modulo the modulus. */
static void reduce(fmpz_t value, const lifting *lift)
{
    fmpz_smod(value, value, lift->modulus);
}

/* Read off entry k over the common denominator, which may have to grow: then factor says by what.
 * False when the digits do not yet determine it. */
static bool reconstruct_entry(const lifting *lift, size_t k, sb_exact_vector *x, fmpz_t factor)
{
    fmpz *numerator = &x->numerators[k];
    fmpz_one(factor);
    evaluate(numerator, lift, k);
    if (!fmpz_is_one(x->denominator)) {
        fmpz_mul(numerator, numerator, x->denominator);
        reduce(numerator, lift);
    }
    if (fmpz_cmpabs(numerator, lift->bound) <= 0) {
        return true;
    }
    fmpz_t residue;
    fmpz_init(residue);
    fmpz_mod(residue, numerator, lift->modulus);
    bool found = _fmpq_reconstruct_fmpz_2(numerator, factor, residue, lift->modulus, lift->bound,
                                          lift->bound) != 0;
    fmpz_clear(residue);
    if (found) {
        fmpz_mul(x->denominator, x->denominator, factor);
    }
    return found && fmpz_cmp(x->denominator, lift->bound) <= 0;
}

/* Whether B x = b holds because both sides agree modulo p^k and are too small to differ. */
static bool too_small_to_differ(const lifting *lift, const sb_exact_vector *x)
{
    fmpz_t largest;
    fmpz_t side;
    fmpz_init(largest);
    fmpz_init(side);
    for (size_t k = 0; k < x->size; k++) {
        if (fmpz_cmpabs(&x->numerators[k], largest) > 0) {
            fmpz_abs(largest, &x->numerators[k]);
        }
    }
    fmpz_mul(largest, largest, lift->sum_limit);
    fmpz_mul(side, x->denominator, lift->side_limit);
    fmpz_add(largest, largest, side);
    bool proved = fmpz_cmp(largest, lift->modulus) < 0;
    fmpz_clear(largest);
    fmpz_clear(side);
    return proved;
}

static bool reconstruct(lifting *lift, sb_exact_vector *x)
{
    sb_exact_basis *basis = lift->basis;
    size_t size = basis->size;
    fmpz_t factor;
    fmpz_init(factor);
    fmpz_one(x->denominator);
    fmpz_fdiv_q_2exp(lift->bound, lift->modulus, 1);
    fmpz_sqrt(lift->bound, lift->bound);
    bool done = true;
    size_t first = basis->suspect < size ? basis->suspect : 0;
    for (size_t count = 0; done && count < size; count++) {
        size_t k = (first + count) % size;
        done = reconstruct_entry(lift, k, x, factor);
        if (!done) {
            basis->suspect = k;
            break;
        }
        for (size_t earlier = 0; !fmpz_is_one(factor) && earlier < count; earlier++) {
            fmpz *numerator = &x->numerators[(first + earlier) % size];
            fmpz_mul(numerator, numerator, factor);
        }
    }
    fmpz_clear(factor);
    return done && too_small_to_differ(lift, x);
}

static sb_status solve(sb_exact_basis *basis, bool transposed, const fmpz *right_side,
                       sb_exact_vector *x, const sb_patience *patience, sb_error *error)
{
    lifting lift = {.basis = basis, .transposed = transposed};
    start(&lift, right_side);
    try_small(&lift);
    basis->solutions++;
    size_t next_trial = 3;
    sb_status status = SB_OK;
    while (status == SB_OK) {
        if (!reduce_residual(&lift)) {
            fmpz_one(x->denominator);
            for (size_t k = 0; k < basis->size; k++) {
                evaluate(&x->numerators[k], &lift, k);
            }
            break;
        }
        status = lift_digit(&lift, error);
        if (status == SB_OK && lift.steps >= next_trial) {
            if (reconstruct(&lift, x)) {
                break;
            }
            next_trial = lift.steps + 1 + lift.steps / 4;
        }
        if (status == SB_OK) {
            status = sb_patience_check(patience, error);
        }
    }
    finish(&lift);
    return status;
}

sb_status sb_exact_basis_solve(sb_exact_basis *basis, const fmpz *right_side, sb_exact_vector *x,
                               const sb_patience *patience, sb_error *error)
{
    return solve(basis, false, right_side, x, patience, error);
}

sb_status sb_exact_basis_solve_transposed(sb_exact_basis *basis, const fmpz *right_side,
                                          sb_exact_vector *y, const sb_patience *patience,
                                          sb_error *error)
{
    return solve(basis, true, right_side, y, patience, error);
}
