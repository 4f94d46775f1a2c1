/* The figures of a simulation.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_PLOT_SIMULATION_H
#define SB_VIEW_PLOT_SIMULATION_H

#include "sidebet/simulation.h"
#include "view/plot.h"

/* Each against an axis of the sweep, the other axes at these positions (one an axis; that of the
 * axis itself does not matter). Cells without an outcome leave gaps. Cleared by the caller. */

/* Mean revenue over the full surplus, with 95 % bands, of every mechanism. */
sb_plot sb_plot_of_simulation_revenue(const sb_simulation *simulation, sb_simulation_axis axis,
                                      const size_t *positions);
/* Mean time of a design. */
sb_plot sb_plot_of_simulation_time(const sb_simulation *simulation, sb_simulation_axis axis,
                                   const size_t *positions);

#endif
