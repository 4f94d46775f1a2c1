/* The robust screen's figures: the falling bound, and the price of robustness, with a cursor.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "view/plot_models.h"
#include "view/plot_robust.h"
#include "view/robust.h"

enum { least_rounds = 4 }; /* of the axis, so that the first steps do not stretch it */

sb_plot sb_plot_of_bound(const sb_robust_look *look)
{
    size_t count = look->step == NULL ? 0 : look->step->round + 1;
    size_t places = count < least_rounds + 1 ? least_rounds + 1 : count;
    double *bounds = sb_allocate(places, sizeof *bounds);
    for (size_t round = 0; bounds != NULL && round < places; round++) {
        const sb_robust_step *step = round < count ? look->steps->items[round] : NULL;
        bool optimal = step != NULL && step->status == SB_LP_OPTIMAL;
        bounds[round] = optimal ? sb_plot_coordinate(&step->objective) : (double)NAN;
    }
    bool bayesian = look->bayesian != NULL && look->bayesian->status == SB_LP_OPTIMAL;
    bool ex_post = look->ex_post != NULL && look->ex_post->status == SB_LP_OPTIMAL &&
                   look->plan->objective == SB_ROBUST_ESTIMATE;
    sb_plot plot = sb_plot_of_robust_rounds(
        bounds == NULL ? 0 : places, bounds,
        bayesian ? sb_plot_coordinate(&look->bayesian->objective) : (double)NAN,
        ex_post ? sb_plot_coordinate(&look->ex_post->objective) : (double)NAN);
    free(bounds);
    plot.has_marker = count > 0;
    plot.marker_x = count > 0 ? (double)(count - 1) : 0;
    return plot;
}

sb_plot sb_plot_of_price(const sb_robust_look *look)
{
    sb_plot plot = sb_plot_of_robust_price(&look->price->price, look->price->objective);
    const sb_set_description *set = &look->environment->robust;
    double radius = set->kind == SB_SET_BOX ? sb_plot_coordinate(&set->radius) : (double)NAN;
    plot.has_marker = radius >= plot.x.low && radius <= plot.x.high;
    plot.marker_x = plot.has_marker ? radius : 0;
    return plot;
}
