/* The smallest singular value of a rational matrix, to nearly full precision.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_SINGULAR_VALUES_H
#define SB_ANALYSIS_SINGULAR_VALUES_H

#include <stddef.h>

#include "sidebet/error.h"
#include "sidebet/rational.h"

/* Rank, exactly, of row_count x column_count numbers, row by row. */
size_t sb_rank(const fmpq *matrix, size_t row_count, size_t column_count);

/* The min(rows, columns)-th largest singular value; 0 where the rank is below that. */
sb_status sb_smallest_singular_value(double *smallest, const fmpq *matrix, size_t row_count,
                                     size_t column_count, sb_error *error);

#endif
