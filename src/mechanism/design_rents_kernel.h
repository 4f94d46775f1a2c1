/* The small system of linear equations that a basis of an envelope leaves to solve.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Most types of a basis are independent ones, whose coordinates are unit vectors.
 */
#ifndef SB_MECHANISM_DESIGN_RENTS_KERNEL_H
#define SB_MECHANISM_DESIGN_RENTS_KERNEL_H

#include "mechanism/design_rents_parts.h"

/* The types of a basis that are not independent ones, and the coordinates that are left to them. */
typedef struct sb_rents_kernel {
    size_t size, *types, *left;
    bool *covered; /* per coordinate: its own type is in the basis */
    fmpz_mat_t matrix, right, solution;
    fmpz_t denominator;
} sb_rents_kernel;

/* The parts of basis that matter; matrix and right side are to be filled. False when memory runs
 * out. Size SIZE_MAX: not a basis. Cleared in any case. */
bool sb_rents_kernel_init(sb_rents_kernel *system, const sb_envelope *envelope,
                          const size_t *basis);
void sb_rents_kernel_clear(sb_rents_kernel *system);
/* False: singular. */
bool sb_rents_kernel_solve(sb_rents_kernel *system);
void sb_rents_kernel_get(fmpq_t value, const sb_rents_kernel *system, size_t k);

/* coordinates(type, k) times the type's scale. */
const fmpz *sb_rents_coordinate(const sb_rents_agent *own, size_t type, size_t k);

#endif
