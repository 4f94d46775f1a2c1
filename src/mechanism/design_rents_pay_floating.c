/* Payments of programs in rents, in double precision: where nothing was proved.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_rents_parts.h"

/* z(k) at the basis of the envelope, all of them raised until the truth pays what it should. */
static void pay_mixture(const sb_rents *rents, size_t agent, size_t report, double truth,
                        double *payments)
{
    const sb_rents_agent *own = &rents->agents[agent];
    const sb_envelope *envelope = &own->envelope;
    const sb_envelope_report *made = &envelope->reports[report];
    double value = 0;
    for (size_t k = 0; k < envelope->rank; k++) {
        payments[k] = 0;
        for (size_t row = 0; row < envelope->rank; row++) {
            if (made->basis[row] < envelope->types) {
                payments[k] += own->worth[made->basis[row]] *
                               made->table[row * (envelope->types + 1) + envelope->coordinates[k]];
            }
        }
        value += payments[k] * envelope->points[report * envelope->rank + k];
    }
    for (size_t k = 0; k < envelope->rank; k++) {
        payments[k] += truth - value;
    }
}

static void pay_extreme(const sb_rents *rents, size_t agent, size_t report, double truth,
                        double *payments)
{
    const sb_rents_agent *own = &rents->agents[agent];
    const sb_envelope *envelope = &own->envelope;
    const bool *may = envelope->may_report + report * envelope->types;
    double most = -INFINITY, side = 0;
    for (size_t type = 0; type < envelope->types; type++) {
        most = may[type] ? fmax(most, own->worth[type]) : most;
    }
    bool weighs = sb_rents_has_weight(rents, agent, report);
    if (!weighs) {
        truth = isinf(most) ? 0 : most;
    }
    bool needed = weighs && most > truth;
    if (needed) {
        sb_envelope_separate(envelope, report, payments);
        for (size_t k = 0; k < envelope->rank; k++) {
            side += payments[k] * envelope->points[report * envelope->rank + k];
        }
    }
    double base = needed ? most : truth, times = needed ? (truth - most) / side : 0;
    for (size_t k = 0; k < envelope->rank; k++) {
        payments[k] = base + (needed ? times * payments[k] : 0);
    }
}

static void pay_report(const sb_rents *rents, size_t agent, size_t report, const double *z,
                       double *payments)
{
    const sb_rents_agent *own = &rents->agents[agent];
    sb_rents_fill_worths(rents, agent, report, z);
    double truth = sb_rents_has_weight(rents, agent, report)
                       ? sb_rents_worth(rents, agent, report, report, z)
                       : 0;
    if (own->envelope.reports[report].state == SB_ENVELOPE_MIXTURE) {
        pay_mixture(rents, agent, report, truth, payments);
    } else {
        pay_extreme(rents, agent, report, truth, payments);
    }
}

sb_status sb_rents_pay(const sb_rents *rents, const double *z, fmpq *columns, sb_error *error)
{
    const sb_interim *interim = rents->design->interim;
    for (size_t agent = 0; agent < rents->design->agent_count; agent++) {
        const sb_interim_agent *pivots = &interim->agents[agent];
        double *payments = sb_allocate(pivots->rank, sizeof *payments);
        if (payments == NULL) {
            return sb_out_of_memory(error);
        }
        for (size_t report = 0; report < pivots->type_count; report++) {
            pay_report(rents, agent, report, z, payments);
            for (size_t k = 0; k < pivots->rank; k++) {
                double total = rents->lazy->agents[agent].totals[pivots->pivot_types[k]];
                sb_rational_from_double(columns + sb_interim_column(interim, agent, k, report),
                                        total * payments[k]);
            }
        }
        free(payments);
    }
    return SB_OK;
}
