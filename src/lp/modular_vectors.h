/* Sparse vectors modulo a prime: appending, adding multiples, inner products.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_LP_MODULAR_VECTORS_H
#define SB_LP_MODULAR_VECTORS_H

#include "lp/modular_factor.h"

void sb_modular_vectors_reset(sb_modular_vectors *vectors);
void sb_modular_vectors_clear(sb_modular_vectors *vectors);
/* Append an entry to the vector that is being written. */
bool sb_modular_vectors_append(sb_modular_vectors *vectors, size_t *end, size_t index, ulong value,
                               ulong prime);
/* Finish the vector whose entries end at `end`. */
bool sb_modular_vectors_finish(sb_modular_vectors *vectors, size_t end);

/* dense -= scale * vector k */
void sb_modular_vectors_subtract(const sb_modular_vectors *vectors, size_t k, ulong scale,
                                 ulong *dense, ulong prime);
/* The inner product of vector k and a dense one, reduced. */
ulong sb_modular_vectors_dot(const sb_modular_vectors *vectors, size_t k, const ulong *dense,
                             ulong prime, ulong prime_inverse);

#endif
