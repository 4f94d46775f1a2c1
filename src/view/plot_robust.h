/* The figures of robust design, made from its results.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each is cleared by the caller (sb_plot_clear). Results in part give the part that is there.
 */
#ifndef SB_VIEW_PLOT_ROBUST_H
#define SB_VIEW_PLOT_ROBUST_H

#include "sidebet/robust_price.h"
#include "view/plot.h"

/* The falling bound: bounds[k] is the optimum of round k (NaN: unbounded), between the two limits
 * as lines (NaN: not known). */
sb_plot sb_plot_of_robust_rounds(size_t count, const double *bounds, double bayesian,
                                 double ex_post);
/* The robust optimum against the radius of the box, logarithmic with a column for 0, between the
 * two limits. The objective only names the curve. */
sb_plot sb_plot_of_robust_price(const sb_robust_price *price, sb_robust_objective objective);

#endif
