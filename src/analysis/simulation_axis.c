/* What a simulation sweeps.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/simulation.h"

const char *sb_simulation_axis_name(sb_simulation_axis axis)
{
    static const char *const names[] = {[SB_AXIS_SAMPLES] = "samples",
                                        [SB_AXIS_EPSILON] = "epsilon",
                                        [SB_AXIS_CORRELATION] = "correlation",
                                        [SB_AXIS_SIGNALS] = "signals",
                                        [SB_AXIS_TYPES] = "types"};
    return names[axis];
}

size_t sb_simulation_axis_size(const sb_simulation_plan *plan, sb_simulation_axis axis)
{
    bool generated = plan->environment == NULL;
    switch (axis) {
    case SB_AXIS_SAMPLES:
        return plan->sample_count_count;
    case SB_AXIS_EPSILON:
        return plan->epsilon_count;
    case SB_AXIS_CORRELATION:
        return generated ? plan->correlation_count : 1;
    case SB_AXIS_SIGNALS:
        return generated && plan->signal_count_count > 0 ? plan->signal_count_count : 1;
    case SB_AXIS_TYPES:
        return generated ? plan->type_count_count : 1;
    case SB_AXIS_COUNT:
        break;
    }
    return 1;
}

sb_simulation_axis sb_simulation_first_axis(const sb_simulation_plan *plan)
{
    for (int axis = 0; axis < SB_AXIS_COUNT; axis++) {
        if (sb_simulation_axis_size(plan, (sb_simulation_axis)axis) > 1) {
            return (sb_simulation_axis)axis;
        }
    }
    return SB_AXIS_SAMPLES;
}

size_t sb_simulation_cell_number(const sb_simulation_plan *plan, const size_t *positions)
{
    size_t number = 0;
    for (int axis = SB_AXIS_COUNT; axis-- > 0;) {
        number = number * sb_simulation_axis_size(plan, (sb_simulation_axis)axis) + positions[axis];
    }
    return number;
}

double sb_simulation_axis_value(const sb_simulation_cell *cell, sb_simulation_axis axis)
{
    switch (axis) {
    case SB_AXIS_SAMPLES:
        return (double)cell->sample_count;
    case SB_AXIS_EPSILON:
        return cell->epsilon;
    case SB_AXIS_CORRELATION:
        return sb_rational_to_double(&cell->correlation);
    case SB_AXIS_SIGNALS:
        return (double)cell->signal_count;
    case SB_AXIS_TYPES:
        return (double)cell->type_count;
    case SB_AXIS_COUNT:
        break;
    }
    return 0;
}
