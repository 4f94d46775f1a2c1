/* Programs in rents in double precision: what is extreme, and the cuts round by round.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is counted for a unit of the weight of a type, so that rare types weigh as others do.
 * Columns say how far the mechanism is from the best outcomes and from the least rents: zero is the
 * best of all where no cut is broken.
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_rents_parts.h"

/* What counts as broken, as a part of the numbers compared. */
#define HAIR 1e-9
/* Weights of a cut that count as zero. */
#define NO_WEIGHT 1e-12

bool sb_rents_has_weight(const sb_rents *rents, size_t agent, size_t type)
{
    return rents->lazy->agents[agent].totals[type] > 0;
}

size_t sb_rents_index(const sb_rents *rents, size_t agent, size_t type)
{
    return rents->agents[agent].first_rent - rents->choice_count + type;
}

size_t sb_rents_choice(const sb_rents *rents, size_t profile, size_t outcome)
{
    size_t first = rents->first_choice[profile], best = rents->best[profile];
    return first == SB_NOWHERE || outcome == best ? SB_NOWHERE : first + outcome - (outcome > best);
}

/* ---- where to start ---- */

static bool fill_envelope(sb_rents *rents, size_t agent)
{
    const sb_lazy_agent *made = &rents->lazy->agents[agent];
    const sb_interim_agent *interim = &rents->design->interim->agents[agent];
    sb_envelope *envelope = &rents->agents[agent].envelope;
    if (!sb_envelope_init(envelope, made->types, interim->rank)) {
        return false;
    }
    for (size_t k = 0; k < interim->rank; k++) {
        envelope->coordinates[k] = interim->pivot_types[k];
    }
    for (size_t k = 0; k < made->types * interim->rank; k++) {
        size_t type = k / interim->rank;
        double total = made->totals[interim->pivot_types[k % interim->rank]];
        envelope->points[k] =
            made->totals[type] > 0 ? made->combinations[k] * total / made->totals[type] : 0;
    }
    for (size_t k = 0; k < made->types * made->types; k++) {
        size_t type = k / made->types, report = k % made->types;
        envelope->may_report[report * made->types + type] = made->rules[k] != SB_NOWHERE;
    }
    return true;
}

/* The outcomes at the profiles of reports that are not extreme are chosen by the program. */
static bool classify(sb_rents *rents, size_t agent)
{
    const sb_lazy_agent *made = &rents->lazy->agents[agent];
    sb_envelope *envelope = &rents->agents[agent].envelope;
    for (size_t report = 0; report < made->types; report++) {
        if (!sb_rents_has_weight(rents, agent, report)) {
            envelope->reports[report].state = SB_ENVELOPE_EXTREME;
            continue;
        }
        if (!sb_envelope_classify(envelope, report)) {
            return false;
        }
        rents->lost = rents->lost || envelope->reports[report].state == SB_ENVELOPE_FAILED;
        if (envelope->reports[report].state == SB_ENVELOPE_MIXTURE) {
            for (size_t others = 0; others < made->others; others++) {
                rents->first_choice[made->profiles[report * made->others + others]] = 0;
            }
        }
    }
    return true;
}

static void number_columns(sb_rents *rents)
{
    size_t next = 0;
    for (size_t profile = 0; profile < rents->design->profile_count; profile++) {
        if (rents->first_choice[profile] != SB_NOWHERE) {
            rents->first_choice[profile] = next;
            next += rents->design->outcome_count - 1;
        }
    }
    rents->choice_count = next;
    for (size_t agent = 0; agent < rents->design->agent_count; agent++) {
        rents->agents[agent].first_rent = next;
        next += rents->lazy->agents[agent].types;
    }
    rents->column_count = next;
}

static void fill_choices(sb_rents *rents, size_t profile)
{
    size_t outcomes = rents->design->outcome_count;
    const fmpq *gains = rents->gains + profile * outcomes;
    double weight = sb_rational_to_double(rents->environment->weights + profile) / rents->unit;
    double most = sb_rational_to_double(gains + rents->best[profile]);
    for (size_t o = 0; o < outcomes; o++) {
        size_t column = sb_rents_choice(rents, profile, o);
        if (column != SB_NOWHERE) {
            rents->columns[column] =
                (sb_growing_column){.upper = outcomes == 2 ? 1 : INFINITY,
                                    .cost = weight * (most - sb_rational_to_double(gains + o))};
        }
    }
}

static void fill_rents(sb_rents *rents, size_t agent)
{
    const sb_lazy_agent *made = &rents->lazy->agents[agent];
    double paid = sb_rational_to_double(&rents->design->objective.payments);
    for (size_t type = 0; type < made->types; type++) {
        bool weighs = sb_rents_has_weight(rents, agent, type);
        rents->columns[rents->agents[agent].first_rent + type] =
            (sb_growing_column){.upper = weighs ? INFINITY : 0,
                                .free = weighs && rents->agents[agent].rents_are_free,
                                .cost = paid * made->totals[type] / rents->unit};
    }
}

/* Of all types together: its first type's rent makes up for the others'. */
static bool add_ex_ante_row(sb_rents *rents, size_t agent)
{
    const sb_lazy_agent *made = &rents->lazy->agents[agent];
    sb_new_rows *rows = &rents->growing.start;
    bool added = true, basic = false;
    for (size_t type = 0; added && type < made->types; type++) {
        size_t column = rents->agents[agent].first_rent + type;
        if (sb_rents_has_weight(rents, agent, type)) {
            added = sb_new_rows_entry(rows, column, made->totals[type] / rents->unit);
            rents->columns[column].basic = !basic;
            basic = true;
        }
    }
    rents->tight_start[rows->count] = true;
    return added && sb_new_rows_end(rows, 0, INFINITY);
}

static bool add_start_rows(sb_rents *rents)
{
    size_t outcomes = rents->design->outcome_count;
    sb_new_rows *rows = &rents->growing.start;
    bool added = true;
    for (size_t agent = 0; added && agent < rents->design->agent_count; agent++) {
        if (sb_rules_of(rents->design->rules, SB_RULE_PARTICIPATION, agent) == SB_IR_EX_ANTE) {
            added = add_ex_ante_row(rents, agent);
        }
    }
    for (size_t profile = 0; outcomes > 2 && profile < rents->design->profile_count; profile++) {
        for (size_t k = 0; added && rents->first_choice[profile] != SB_NOWHERE && k < outcomes - 1;
             k++) {
            added = sb_new_rows_entry(rows, rents->first_choice[profile] + k, 1);
        }
        if (added && rents->first_choice[profile] != SB_NOWHERE) {
            added = sb_new_rows_end(rows, -INFINITY, 1);
        }
    }
    return added;
}

sb_status sb_rents_begin(sb_rents *rents, sb_error *error)
{
    const sb_design *design = rents->design;
    bool allocated = true;
    for (size_t agent = 0; allocated && agent < design->agent_count; agent++) {
        allocated = fill_envelope(rents, agent) && classify(rents, agent);
    }
    number_columns(rents);
    rents->columns = sb_allocate(rents->column_count, sizeof *rents->columns);
    rents->tight_start =
        sb_allocate(design->agent_count + design->profile_count, sizeof *rents->tight_start);
    if (!allocated || rents->columns == NULL || rents->tight_start == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t profile = 0; profile < design->profile_count; profile++) {
        fill_choices(rents, profile);
    }
    for (size_t agent = 0; agent < design->agent_count; agent++) {
        fill_rents(rents, agent);
    }
    rents->growing.column_count = rents->column_count;
    rents->growing.columns = rents->columns;
    rents->growing.tight_start = rents->tight_start;
    rents->growing.break_rows = sb_rents_break;
    rents->growing.context = rents;
    return add_start_rows(rents) ? SB_OK : sb_out_of_memory(error);
}

/* ---- cuts ---- */

static void fill_chances(const sb_rents *rents, const double *z)
{
    size_t outcomes = rents->design->outcome_count;
    for (size_t profile = 0; profile < rents->design->profile_count; profile++) {
        double *chances = rents->lazy->chances + profile * outcomes;
        double left = 1;
        for (size_t o = 0; o < outcomes; o++) {
            size_t column = sb_rents_choice(rents, profile, o);
            chances[o] = column == SB_NOWHERE ? 0 : fmax(z[column], 0);
            left -= chances[o];
        }
        chances[rents->best[profile]] = fmax(left, 0);
    }
}

double sb_rents_worth(const sb_rents *rents, size_t agent, size_t type, size_t report,
                      const double *z)
{
    const sb_lazy_agent *made = &rents->lazy->agents[agent];
    size_t outcomes = rents->design->outcome_count;
    const double *utilities = made->utilities + type * outcomes;
    const double *weights = made->weights + type * made->others;
    const size_t *profiles = made->profiles + report * made->others;
    double sum = 0;
    for (size_t o = 0; o < outcomes; o++) {
        double of_outcome = 0;
        for (size_t others = 0; utilities[o] != 0 && others < made->others; others++) {
            of_outcome += weights[others] * rents->lazy->chances[profiles[others] * outcomes + o];
        }
        sum += utilities[o] * of_outcome;
    }
    return sum / made->totals[type] -
           sb_rational_to_double(rents->environment->agents[agent].outside + type) -
           z[rents->agents[agent].first_rent + type];
}

void sb_rents_fill_worths(const sb_rents *rents, size_t agent, size_t report, const double *z)
{
    const sb_rents_agent *own = &rents->agents[agent];
    size_t types = own->envelope.types;
    const bool *may = own->envelope.may_report + report * types;
    for (size_t type = 0; type < types; type++) {
        own->worth[type] = may[type] ? sb_rents_worth(rents, agent, type, report, z) : 0;
    }
}

/* What one more of an outcome in place of the best is to a type, a unit of its weight. */
static double gain_of(const sb_rents *rents, size_t agent, size_t type, size_t others,
                      size_t outcome, size_t best)
{
    const sb_lazy_agent *made = &rents->lazy->agents[agent];
    const double *utilities = made->utilities + type * rents->design->outcome_count;
    return made->weights[type * made->others + others] * (utilities[outcome] - utilities[best]) /
           made->totals[type];
}

static bool add_choice_entry(const sb_rents *rents, size_t agent, size_t report, size_t others,
                             size_t outcome, const double *z, sb_new_rows *rows, double *activity)
{
    const sb_lazy_agent *made = &rents->lazy->agents[agent];
    const sb_envelope *envelope = &rents->agents[agent].envelope;
    size_t profile = made->profiles[report * made->others + others];
    size_t column = sb_rents_choice(rents, profile, outcome);
    if (column == SB_NOWHERE) {
        return true;
    }
    size_t best = rents->best[profile];
    double entry = gain_of(rents, agent, report, others, outcome, best);
    for (size_t row = 0; row < envelope->rank; row++) {
        size_t type = envelope->reports[report].basis[row];
        double weight = sb_envelope_weight(envelope, report, row);
        if (type < made->types && weight > NO_WEIGHT) {
            entry -= weight * gain_of(rents, agent, type, others, outcome, best);
        }
    }
    *activity += entry * z[column];
    return entry == 0 || sb_new_rows_entry(rows, column, entry);
}

/* The row of the cut at the envelope's basis; broken: by how much z breaks it. */
static sb_status add_row(sb_rents *rents, size_t agent, size_t report, const double *z,
                         double broken, sb_new_rows *rows, sb_error *error)
{
    const sb_lazy_agent *made = &rents->lazy->agents[agent];
    const sb_envelope *envelope = &rents->agents[agent].envelope;
    size_t first = rents->agents[agent].first_rent;
    double activity = -z[first + report];
    bool added = sb_new_rows_entry(rows, first + report, -1);
    for (size_t k = 0; added && k < made->others * rents->design->outcome_count; k++) {
        added = add_choice_entry(rents, agent, report, k / rents->design->outcome_count,
                                 k % rents->design->outcome_count, z, rows, &activity);
    }
    for (size_t row = 0; added && row < envelope->rank; row++) {
        size_t type = envelope->reports[report].basis[row];
        double weight = sb_envelope_weight(envelope, report, row);
        if (type < made->types && weight > NO_WEIGHT) {
            activity += weight * z[first + type];
            added = sb_new_rows_entry(rows, first + type, weight);
        }
    }
    sb_rents_cut *cut = NULL;
    if (!added || !sb_new_rows_end(rows, activity + broken, INFINITY)) {
        return sb_out_of_memory(error);
    }
    return sb_rents_add_cut(rents, agent, report, &cut, error);
}

static sb_status break_report(sb_rents *rents, size_t agent, size_t report, const double *z,
                              sb_new_rows *rows, sb_error *error)
{
    sb_rents_agent *own = &rents->agents[agent];
    sb_rents_fill_worths(rents, agent, report, z);
    double truth = sb_rents_worth(rents, agent, report, report, z);
    double value = sb_envelope_value(&own->envelope, report, own->worth);
    if (own->envelope.reports[report].state == SB_ENVELOPE_FAILED) {
        rents->lost = true;
        return SB_OK;
    }
    bool broken = value > truth + HAIR * (1 + fabs(truth));
    return broken ? add_row(rents, agent, report, z, value - truth, rows, error) : SB_OK;
}

sb_status sb_rents_break(void *context, const double *z, sb_new_rows *rows, sb_error *error)
{
    sb_rents *rents = context;
    sb_status status = SB_OK;
    fill_chances(rents, z);
    for (size_t agent = 0; status == SB_OK && agent < rents->design->agent_count; agent++) {
        const sb_envelope *envelope = &rents->agents[agent].envelope;
        for (size_t report = 0; status == SB_OK && report < envelope->types; report++) {
            if (envelope->reports[report].state == SB_ENVELOPE_MIXTURE) {
                status = break_report(rents, agent, report, z, rows, error);
            }
        }
    }
    return status;
}
