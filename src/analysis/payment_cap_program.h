/* What the files of the payment-cap frontier share: programs with payments bounded by one number.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_PAYMENT_CAP_PROGRAM_H
#define SB_ANALYSIS_PAYMENT_CAP_PROGRAM_H

#include "sidebet/payment_cap.h"

/* A copy that can be changed. lowers: lower bounds of the rows in place of those of rows that have
 * one, an array of as many numbers as there are rows; NULL: as they are. face (optimal and exact,
 * of the copied program with these lower bounds): only its optimal solutions are left, by
 * complementary slackness; NULL: all. */
sb_status sb_program_copy(sb_lp **copy, const sb_lp *program, const fmpq *lowers,
                          const sb_lp_result *face, sb_error *error);

/* The columns of payments of a design: the count there is and an array, freed by the caller. */
sb_status sb_payment_columns_find(size_t **columns, size_t *count,
                                  const sb_environment *environment, const sb_design *design,
                                  sb_error *error);

/* Forget a maximisation's objective and find the smallest t with |x| <= t in these columns. t is
 * the new last column, the objective is -t. */
sb_status sb_program_minimise_largest(sb_lp *program, const size_t *columns, size_t count,
                                      sb_error *error);

/* |x| <= bound in these columns. */
sb_status sb_program_bound_columns(sb_lp *program, const size_t *columns, size_t count,
                                   const fmpq_t bound, sb_error *error);

/* Drop the points of a complete frontier that lie within a straight piece. */
void sb_cap_drop_points_between(sb_cap *cap);

#endif
