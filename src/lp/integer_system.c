/* Cramer's rule modulo many primes.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/integer_system.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "lp/integer_array.h"
#include "lp/modular_square.h"

/* 2^60 less these are the largest primes below 2^60. */
static const unsigned short below_the_limit[] = {
    93,   107,  173,  179,  257,  279,  369,  395,  399,  453,  557,  579,  629,  669,  695,  707,
    717,  725,  753,  777,  797,  879,  933,  983,  999,  1127, 1137, 1187, 1199, 1293, 1319, 1329,
    1449, 1473, 1503, 1505, 1577, 1589, 1655, 1659, 1707, 1763, 1809, 1815, 1829, 1875, 1949, 2019,
    2043, 2063, 2127, 2147, 2165, 2189, 2235, 2259, 2285, 2385, 2457, 2463, 2529, 2559, 2565, 2687,
    2697, 2709, 2733, 2799, 2849, 3105, 3113, 3197, 3243, 3245, 3269, 3273, 3369, 3429, 3449, 3483,
    3497, 3545, 3555, 3605, 3623, 3629, 3635, 3663, 3677, 3717, 3743, 3749, 3755, 3777, 3803, 3813,
    3869, 3903, 3945, 3987, 4025, 4065, 4067, 4143, 4167, 4185, 4223, 4245, 4307, 4325, 4407, 4449,
    4463, 4485, 4595, 4619, 4625, 4683, 4695, 4835, 4853, 4865, 4893, 4925, 4965, 4983, 5007, 5037,
    5043, 5067, 5145, 5177, 5183, 5205, 5385, 5415, 5459, 5465, 5505, 5535, 5579, 5603, 5619, 5673,
    5777, 5849, 5879, 5913, 5969, 6023, 6027, 6047, 6093, 6099, 6159, 6299, 6305, 6375, 6503, 6515,
};
#define PRIME_COUNT  (sizeof below_the_limit / sizeof *below_the_limit)
#define BITS_A_PRIME 59.999
/* A matrix that is singular modulo so many primes is taken for singular. */
#define SINGULAR_PRIMES 2
/* With more changed rows than size / this, the matrix is factored anew. */
#define FEW_ROWS 8

typedef struct residues {
    bool current;             /* of the matrix and the sides before the changes below */
    sb_modular_square square; /* of that matrix */
    size_t side_count;
    ulong *solutions; /* side by side */
} residues;

struct sb_integer_system {
    size_t size;
    fmpz *matrix, *former; /* former: as last solved, where a row has changed since */
    bool *changed;         /* rows since then */
    size_t side_count;     /* as last solved */
    fmpz *sides;
    bool solved;        /* there is a last time */
    size_t prime_count; /* in use then */
    size_t *primes;     /* which: those that divide the determinant are left out */
    residues *modulo;   /* one a prime of the table, made when it is needed */
    fmpz_comb_t comb;   /* of the first comb_count in use; 0: none */
    size_t comb_count;
    ulong *comb_primes;     /* which the comb points to */
    ulong *matrix_residues; /* scratch: size by size */
    ulong *vector, *direction;
};

unsigned long sb_integer_system_prime(size_t k)
{
    return k < PRIME_COUNT ? (1UL << 60) - below_the_limit[k] : 0;
}

sb_integer_system *sb_integer_system_new(size_t size)
{
    sb_integer_system *system = sb_allocate(1, sizeof *system);
    if (system == NULL) {
        return NULL;
    }
    system->size = size;
    system->matrix = sb_integer_array_new(size * size);
    system->former = sb_integer_array_new(size * size);
    system->changed = sb_allocate(size, sizeof *system->changed);
    system->primes = sb_allocate(PRIME_COUNT, sizeof *system->primes);
    system->modulo = sb_allocate(PRIME_COUNT, sizeof *system->modulo);
    system->matrix_residues = sb_allocate(size * size, sizeof(ulong));
    system->vector = sb_allocate(PRIME_COUNT + size, sizeof(ulong));
    system->direction = sb_allocate(size, sizeof(ulong));
    system->comb_primes = sb_allocate(PRIME_COUNT, sizeof(ulong));
    if (system->matrix == NULL || system->former == NULL || system->changed == NULL ||
        system->primes == NULL || system->modulo == NULL || system->matrix_residues == NULL ||
        system->vector == NULL || system->direction == NULL || system->comb_primes == NULL) {
        sb_integer_system_free(system);
        return NULL;
    }
    return system;
}

static void forget_comb(sb_integer_system *system)
{
    if (system->comb_count > 0) {
        fmpz_comb_clear(system->comb);
        system->comb_count = 0;
    }
}

void sb_integer_system_free(sb_integer_system *system)
{
    if (system == NULL) {
        return;
    }
    for (size_t k = 0; system->modulo != NULL && k < PRIME_COUNT; k++) {
        sb_modular_square_clear(&system->modulo[k].square);
        free(system->modulo[k].solutions);
    }
    forget_comb(system);
    sb_integer_array_free(system->matrix, system->size * system->size);
    sb_integer_array_free(system->former, system->size * system->size);
    sb_integer_array_free(system->sides, system->side_count * system->size);
    free(system->changed);
    free(system->primes);
    free(system->modulo);
    free(system->matrix_residues);
    free(system->vector);
    free(system->direction);
    free(system->comb_primes);
    free(system);
}

/* Its former entries are needed as long as the residues are of them. */
static void mark_changed(sb_integer_system *system, size_t row)
{
    size_t size = system->size;
    if (!system->changed[row]) {
        system->changed[row] = true;
        for (size_t k = 0; k < size; k++) {
            fmpz_set(system->former + row * size + k, system->matrix + row * size + k);
        }
    }
}

void sb_integer_system_set(sb_integer_system *system, size_t row, size_t column, const fmpz_t entry)
{
    size_t size = system->size;
    if (fmpz_equal(system->matrix + row * size + column, entry)) {
        return;
    }
    mark_changed(system, row);
    fmpz_set(system->matrix + row * size + column, entry);
}

/* ---- how many primes ---- */

/* The logarithm to base 2 of the sum of squares of a row and one more number, rounded up. */
static double log_of_squares(const fmpz *row, size_t size, const fmpz_t more)
{
    flint_bitcnt_t bits = fmpz_bits(more);
    for (size_t k = 0; k < size; k++) {
        flint_bitcnt_t of_entry = fmpz_bits(row + k);
        bits = of_entry > bits ? of_entry : bits;
    }
    double sum = 0;
    for (size_t k = 0; k <= size; k++) {
        slong exponent = 0;
        double entry = fmpz_get_d_2exp(&exponent, k < size ? row + k : more);
        entry = ldexp(entry, (int)(exponent - (slong)bits));
        sum += entry * entry;
    }
    const double hair = 1e-6;
    return bits == 0 ? 0 : 2.0 * (double)bits + log2(sum) + hair;
}

/* Hadamard: the determinant is no larger than the product of the rows' lengths. */
static double bits_needed(const sb_integer_system *system, size_t side_count, const fmpz *sides)
{
    size_t size = system->size;
    const double sign_and_rounding = 2;
    double bits = sign_and_rounding;
    for (size_t row = 0; row < size; row++) {
        const fmpz *largest = sides + row;
        for (size_t side = 1; side < side_count; side++) {
            const fmpz *entry = sides + side * size + row;
            largest = fmpz_cmpabs(entry, largest) > 0 ? entry : largest;
        }
        bits += log_of_squares(system->matrix + row * size, size, largest) / 2;
    }
    return bits;
}

/* ---- modulo one prime ---- */

static void reduce(ulong *residue, const fmpz *numbers, size_t count, nmod_t modulus)
{
    for (size_t k = 0; k < count; k++) {
        residue[k] = fmpz_get_nmod(numbers + k, modulus);
    }
}

static bool factor(sb_integer_system *system, residues *modulo)
{
    reduce(system->matrix_residues, system->matrix, system->size * system->size,
           modulo->square.modulus);
    return sb_modular_square_factor(&modulo->square, system->matrix_residues);
}

/* All sides; same_matrix: that of the factor that there is. */
static bool solve_anew(sb_integer_system *system, residues *modulo, bool same_matrix,
                       size_t side_count, const fmpz *sides)
{
    size_t size = system->size;
    nmod_t modulus = modulo->square.modulus;
    if (!(same_matrix && modulo->current) && !factor(system, modulo)) {
        return false;
    }
    reduce(modulo->solutions, sides, side_count * size, modulus);
    for (size_t side = 0; side < side_count; side++) {
        sb_modular_square_solve(&modulo->square, modulo->solutions + side * size);
    }
    return true;
}

/* The matrix and the sides change in one row. */
static bool change_row(sb_integer_system *system, residues *modulo, size_t row, const fmpz *sides)
{
    size_t size = system->size;
    nmod_t modulus = modulo->square.modulus;
    ulong *difference = system->vector, factor = 0;
    for (size_t k = 0; k < size; k++) {
        ulong now = fmpz_get_nmod(system->matrix + row * size + k, modulus);
        ulong before = fmpz_get_nmod(system->former + row * size + k, modulus);
        difference[k] = nmod_sub(now, before, modulus);
    }
    if (!sb_modular_square_add_to_row(&modulo->square, row, difference, system->direction,
                                      &factor)) {
        return false;
    }
    for (size_t side = 0; side < system->side_count; side++) {
        ulong *solution = modulo->solutions + side * size;
        ulong now = fmpz_get_nmod(sides + side * size + row, modulus);
        ulong before = fmpz_get_nmod(system->sides + side * size + row, modulus);
        sb_modular_add(solution, system->direction, nmod_sub(now, before, modulus), size, modulus);
        ulong along =
            nmod_mul(sb_modular_dot(difference, solution, size, modulus), factor, modulus);
        sb_modular_add(solution, system->direction, nmod_neg(along, modulus), size, modulus);
    }
    return true;
}

/* Where only the marked rows have changed. */
static bool solve_changes(sb_integer_system *system, residues *modulo, const fmpz *sides)
{
    bool solved = true;
    for (size_t row = 0; solved && row < system->size; row++) {
        solved = !system->changed[row] || change_row(system, modulo, row, sides);
    }
    return solved;
}

/* ---- all primes ---- */

static bool has_same_matrix(const sb_integer_system *system)
{
    bool same = system->solved;
    for (size_t row = 0; same && row < system->size; row++) {
        same = !system->changed[row];
    }
    return same;
}

/* Whether sides are as they were but for few rows, which are marked. */
static bool has_few_changes(sb_integer_system *system, size_t side_count, const fmpz *sides)
{
    size_t size = system->size, count = 0;
    if (!system->solved || side_count != system->side_count) {
        return false;
    }
    for (size_t row = 0; row < size; row++) {
        bool changed = system->changed[row];
        for (size_t side = 0; !changed && side < side_count; side++) {
            size_t entry = side * size + row;
            changed = !fmpz_equal(sides + entry, system->sides + entry);
        }
        if (changed) {
            mark_changed(system, row);
        }
        count += changed;
    }
    return count <= 1 + size / FEW_ROWS;
}

static bool make_room(residues *modulo, size_t size, size_t prime, size_t side_count)
{
    if (modulo->square.size == 0 &&
        !sb_modular_square_init(&modulo->square, size, sb_integer_system_prime(prime))) {
        return false;
    }
    if (modulo->solutions == NULL || side_count != modulo->side_count) {
        free(modulo->solutions);
        modulo->side_count = side_count;
        modulo->solutions = sb_allocate(side_count * size, sizeof(ulong));
    }
    return modulo->solutions != NULL;
}

/* What has changed since the last time. */
typedef struct changes {
    bool same_matrix, few;
} changes;

/* Solve modulo enough primes; *solved false: the matrix seems singular. */
static sb_status solve_modulo_primes(sb_integer_system *system, size_t side_count,
                                     const fmpz *sides, changes since, size_t needed, bool *solved,
                                     sb_error *error)
{
    size_t singular = 0, used = 0;
    for (size_t prime = 0; prime < PRIME_COUNT; prime++) {
        residues *modulo = &system->modulo[prime];
        if (used == needed || singular == SINGULAR_PRIMES) {
            modulo->current = false; /* of a matrix before this */
            continue;
        }
        if (!make_room(modulo, system->size, prime, side_count)) {
            return sb_out_of_memory(error);
        }
        bool regular = since.few && modulo->current && solve_changes(system, modulo, sides);
        regular = regular || solve_anew(system, modulo, since.same_matrix, side_count, sides);
        modulo->current = regular;
        singular += !regular;
        if (regular) {
            if (system->primes[used] != prime) {
                forget_comb(system);
            }
            system->primes[used++] = prime;
        }
    }
    *solved = used == needed;
    return SB_OK;
}

static void make_comb(sb_integer_system *system, size_t count)
{
    if (system->comb_count != count) {
        forget_comb(system);
        for (size_t k = 0; k < count; k++) {
            system->comb_primes[k] = sb_integer_system_prime(system->primes[k]);
        }
        fmpz_comb_init(system->comb, system->comb_primes, (slong)count);
        system->comb_count = count;
    }
}

/* The integers from their residues. */
static void join(sb_integer_system *system, size_t count, size_t entries, fmpz *numerators,
                 fmpz_t determinant)
{
    make_comb(system, count);
    fmpz_comb_temp_t scratch;
    fmpz_comb_temp_init(scratch, system->comb);
    ulong *residue = system->vector;
    for (size_t entry = 0; entry < entries; entry++) {
        for (size_t k = 0; k < count; k++) {
            const residues *modulo = &system->modulo[system->primes[k]];
            residue[k] = nmod_mul(modulo->solutions[entry], modulo->square.determinant,
                                  modulo->square.modulus);
        }
        fmpz_multi_CRT_ui(numerators + entry, residue, system->comb, scratch, 1);
    }
    for (size_t k = 0; k < count; k++) {
        residue[k] = system->modulo[system->primes[k]].square.determinant;
    }
    fmpz_multi_CRT_ui(determinant, residue, system->comb, scratch, 1);
    fmpz_comb_temp_clear(scratch);
}

static sb_status remember(sb_integer_system *system, size_t side_count, const fmpz *sides,
                          sb_error *error)
{
    size_t count = side_count * system->size;
    system->solved = false;
    if (side_count != system->side_count || system->sides == NULL) {
        sb_integer_array_free(system->sides, system->side_count * system->size);
        system->sides = sb_integer_array_new(count);
        system->side_count = side_count;
        if (system->sides == NULL) {
            system->side_count = 0;
            return sb_out_of_memory(error);
        }
    }
    for (size_t k = 0; k < count; k++) {
        fmpz_set(system->sides + k, sides + k);
    }
    memset(system->changed, 0, system->size * sizeof *system->changed);
    system->solved = true;
    return SB_OK;
}

sb_status sb_integer_system_solve(sb_integer_system *system, size_t side_count, const fmpz *sides,
                                  fmpz *numerators, fmpz_t determinant, bool *solved,
                                  sb_error *error)
{
    *solved = false;
    double needed = ceil(bits_needed(system, side_count, sides) / BITS_A_PRIME);
    const size_t most_primes = PRIME_COUNT - SINGULAR_PRIMES;
    if (needed > (double)most_primes) {
        return SB_OK;
    }
    changes since = {.same_matrix = has_same_matrix(system)};
    since.few = has_few_changes(system, side_count, sides);
    sb_status status =
        solve_modulo_primes(system, side_count, sides, since, (size_t)needed, solved, error);
    if (status == SB_OK && *solved) {
        join(system, (size_t)needed, side_count * system->size, numerators, determinant);
        status = remember(system, side_count, sides, error);
    }
    if (status != SB_OK || !*solved) {
        system->solved = false;
    }
    return status;
}
