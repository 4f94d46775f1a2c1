/* The figures of this program, made from its results.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each is cleared by the caller (sb_plot_clear). Results in part give the part that is there.
 */
#ifndef SB_VIEW_PLOT_MODELS_H
#define SB_VIEW_PLOT_MODELS_H

#include "sidebet/payment_cap.h"
#include "sidebet/sweep.h"
#include "view/plot.h"

/* Revenue, full surplus and the ex-post optimum against lambda, and the optimum at independence as
 * a line, so that the jump there shows; under another objective, that objective and the largest
 * welfare, which limits it. The axis begins below the lowest number, not at 0. */
sb_plot sb_plot_of_sweep_revenue(const sb_sweep *sweep, const sb_rules *rules);
/* The largest payment, smallest and vertex, against lambda; both axes logarithmic. */
sb_plot sb_plot_of_sweep_payments(const sb_sweep *sweep);
/* The optimum against the bound on payments: B logarithmic with a column for 0, the breakpoints as
 * points, the line between them (straight in B, so curved here). */
sb_plot sb_plot_of_cap(const sb_cap *cap);
/* The truth moves from the belief (s = 0) towards another prior (s = 1) and beyond. */
sb_plot sb_plot_of_misbelief(size_t count, const double *s, const double *frozen_revenue,
                             const double *truth_optimum);

/* A number as a coordinate: NaN where it is too large or too small for one. */
double sb_plot_coordinate(const fmpq_t number);

#endif
