/* The figures of learning: promises toward independence, balls of beliefs, revenue from samples.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_PLOT_LEARNING_H
#define SB_VIEW_PLOT_LEARNING_H

#include "sidebet/indistinguishable.h"
#include "sidebet/sample_size.h"
#include "view/plot.h"

/* Each is cleared by the caller. */

/* Against lambda: the optimum of each prior, what can be promised over it and all smaller ones
 * without samples, and at most with them, and the limit's optimum. */
sb_plot sb_plot_of_promises(const sb_indistinguishable *near);
/* Mean revenue against the number of samples, with 95 % bands, and the full surplus. */
sb_plot sb_plot_of_samples(const sb_sample_measure *measures, size_t count, double full_surplus);
/* The radius of the ball against the loss, one series a promise; both axes logarithmic. losses has
 * count numbers, radii[promise] as many, NaN where there is no ball. */
sb_plot sb_plot_of_balls(size_t count, const double *losses,
                         const double *const radii[SB_BALL_PROMISE_COUNT]);

#endif
