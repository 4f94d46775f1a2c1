/* The figures of a simulation.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot_simulation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const double highest_share = 1.05;
static const double lowest_share = -0.5;

static const struct {
    sb_plot_line line;
    sb_plot_marker marker;
    sb_style style;
} looks[] = {
    [SB_CONTENDER_KNOWN_PRIOR] = {SB_PLOT_DASHED, SB_PLOT_PLUS, SB_STYLE_NORMAL},
    [SB_CONTENDER_EX_POST] = {SB_PLOT_DOTTED, SB_PLOT_CROSS, SB_STYLE_BAR_OTHER},
    [SB_CONTENDER_BAYESIAN] = {SB_PLOT_DASHED, SB_PLOT_RING, SB_STYLE_BAR_SURPLUS},
    [SB_CONTENDER_ROBUST] = {SB_PLOT_SOLID, SB_PLOT_DISC, SB_STYLE_BAR_REVENUE},
};

static const char *axis_label(sb_simulation_axis axis)
{
    static const char *const labels[] = {[SB_AXIS_SAMPLES] = "N: samples",
                                         [SB_AXIS_EPSILON] = "\xCE\xB5: the set may miss the truth",
                                         [SB_AXIS_CORRELATION] = "correlation",
                                         [SB_AXIS_SIGNALS] = "|\xCE\xA9|: signals",
                                         [SB_AXIS_TYPES] = "|\xCE\x98|: types"};
    return labels[axis];
}

typedef struct cells {
    const sb_simulation *simulation;
    sb_simulation_axis axis;
    size_t *numbers; /* of the cells along the axis, by its value */
    size_t count;
} cells;

static double value_of(const cells *along, size_t k)
{
    return sb_simulation_axis_value(&along->simulation->cells[along->numbers[k]], along->axis);
}

/* By value, so that a line never goes back; few enough for insertion. */
static void sort_cells(cells *along)
{
    for (size_t k = 1; k < along->count; k++) {
        for (size_t j = k; j > 0 && value_of(along, j) < value_of(along, j - 1); j--) {
            size_t swapped = along->numbers[j];
            along->numbers[j] = along->numbers[j - 1];
            along->numbers[j - 1] = swapped;
        }
    }
}

static cells cells_along(const sb_simulation *simulation, sb_simulation_axis axis,
                         const size_t *positions)
{
    cells along = {simulation, axis, NULL, 0};
    size_t size = sb_simulation_axis_size(&simulation->plan, axis);
    size_t at[SB_AXIS_COUNT];
    memcpy(at, positions, sizeof at);
    along.numbers = sb_allocate(size, sizeof *along.numbers);
    for (size_t k = 0; along.numbers != NULL && k < size; k++) {
        at[axis] = k;
        along.numbers[along.count++] = sb_simulation_cell_number(&simulation->plan, at);
    }
    sort_cells(&along);
    return along;
}

/* Samples and epsilons span decades; the rest does not. */
static void fit_axis(sb_plot *plot, const cells *along)
{
    plot->x.logarithmic = along->axis == SB_AXIS_SAMPLES || along->axis == SB_AXIS_EPSILON;
    double low = along->count > 0 ? value_of(along, 0) : 1;
    double high = along->count > 0 ? value_of(along, along->count - 1) : 1;
    if (!(high > low)) {
        low = plot->x.logarithmic ? low / 10 : low - 1;
        high = plot->x.logarithmic ? high * 10 : high + 1;
    }
    plot->x.low = low;
    plot->x.high = high;
}

static sb_plot_series *add_series(sb_plot *plot, int contender)
{
    return sb_plot_add(plot, sb_contender_name((sb_contender)contender), looks[contender].line,
                       looks[contender].marker, looks[contender].style);
}

static sb_simulation_summary summary_of(const cells *along, size_t k, int contender)
{
    sb_simulation_summary summary;
    sb_simulation_summarise(&along->simulation->cells[along->numbers[k]],
                            along->simulation->plan.repetitions, (sb_contender)contender, &summary);
    return summary;
}

sb_plot sb_plot_of_simulation_revenue(const sb_simulation *simulation, sb_simulation_axis axis,
                                      const size_t *positions)
{
    sb_plot plot;
    sb_plot_init(&plot, "Revenue over the full surplus", axis_label(axis),
                 "share of the full surplus");
    cells along = cells_along(simulation, axis, positions);
    fit_axis(&plot, &along);
    for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
        if (!simulation->plan.wanted[c]) {
            continue;
        }
        sb_plot_series *series = add_series(&plot, c);
        for (size_t k = 0; k < along.count; k++) {
            sb_simulation_summary summary = summary_of(&along, k, c);
            sb_plot_band_point(series, value_of(&along, k), summary.share, summary.share_lower,
                               summary.share_upper);
        }
    }
    sb_plot_fit_y(&plot);
    /* Nobody earns more than the surplus: no room for what cannot be. */
    plot.y.high = plot.y.high > highest_share && plot.y.low < 1 ? highest_share : plot.y.high;
    /* A mechanism that loses much would press the others together: its curve leaves the frame. */
    plot.y.low = plot.y.low < lowest_share ? lowest_share : plot.y.low;
    free(along.numbers);
    return plot;
}

sb_plot sb_plot_of_simulation_time(const sb_simulation *simulation, sb_simulation_axis axis,
                                   const size_t *positions)
{
    sb_plot plot;
    sb_plot_init(&plot, "Time of a design", axis_label(axis), "seconds");
    cells along = cells_along(simulation, axis, positions);
    fit_axis(&plot, &along);
    plot.y.logarithmic = true;
    for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
        if (!simulation->plan.wanted[c]) {
            continue;
        }
        sb_plot_series *series = add_series(&plot, c);
        for (size_t k = 0; k < along.count; k++) {
            sb_plot_point(series, value_of(&along, k), summary_of(&along, k, c).seconds);
        }
    }
    sb_plot_fit_y(&plot);
    free(along.numbers);
    return plot;
}
