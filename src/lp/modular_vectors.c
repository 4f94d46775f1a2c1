/* Sparse vectors modulo a prime: appending, adding multiples, inner products.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/modular_vectors.h"

#include <stdlib.h>

#include "base/memory.h"

__extension__ typedef unsigned __int128 double_word;

void sb_modular_vectors_reset(sb_modular_vectors *vectors)
{
    vectors->count = 0;
}

void sb_modular_vectors_clear(sb_modular_vectors *vectors)
{
    free(vectors->starts);
    free(vectors->entries);
    *vectors = (sb_modular_vectors){0};
}

bool sb_modular_vectors_append(sb_modular_vectors *vectors, size_t *end, size_t index, ulong value,
                               ulong prime)
{
    if (*end >= vectors->entries_capacity && !sb_grow(&vectors->entries, &vectors->entries_capacity,
                                                      *end + 1, sizeof *vectors->entries)) {
        return false;
    }
    vectors->entries[*end] = (sb_modular_entry){index, value, n_mulmod_precomp_shoup(value, prime)};
    (*end)++;
    return true;
}

bool sb_modular_vectors_finish(sb_modular_vectors *vectors, size_t end)
{
    if (!sb_grow(&vectors->starts, &vectors->starts_capacity, vectors->count + 2,
                 sizeof *vectors->starts)) {
        return false;
    }
    if (vectors->count == 0) {
        vectors->starts[0] = 0;
    }
    vectors->starts[++vectors->count] = end;
    return true;
}

void sb_modular_vectors_subtract(const sb_modular_vectors *vectors, size_t k, ulong scale,
                                 ulong *dense, ulong prime)
{
    for (size_t e = vectors->starts[k]; e < vectors->starts[k + 1]; e++) {
        const sb_modular_entry *entry = &vectors->entries[e];
        ulong product = n_mulmod_shoup(entry->value, scale, entry->quotient, prime);
        dense[entry->index] = n_submod(dense[entry->index], product, prime);
    }
}

ulong sb_modular_vectors_dot(const sb_modular_vectors *vectors, size_t k, const ulong *dense,
                             ulong prime, ulong prime_inverse)
{
    double_word sum = 0;
    size_t until_reduction = 128;
    for (size_t e = vectors->starts[k]; e < vectors->starts[k + 1]; e++) {
        const sb_modular_entry *entry = &vectors->entries[e];
        sum += (double_word)entry->value * dense[entry->index];
        if (--until_reduction == 0) {
            sum = n_ll_mod_preinv((ulong)(sum >> 64), (ulong)sum, prime, prime_inverse);
            until_reduction = 127;
        }
    }
    return n_ll_mod_preinv((ulong)(sum >> 64), (ulong)sum, prime, prime_inverse);
}
