/* What types gain by lying: in double precision to choose rows, in rationals to prove.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_lazy_parts.h"
#include "mechanism/interim_utilities.h"

/* What counts as broken in double precision, as a part of the numbers compared. */
#define HAIR 1e-9
/* Rows added at a time about one report: see README.md here. */
#define MOST_A_REPORT 4

/* ---- in double precision ---- */

static double utility_at(const sb_lazy *lazy, size_t agent, size_t type, size_t profile)
{
    size_t outcomes = lazy->design->outcome_count;
    const double *utilities = lazy->agents[agent].utilities + type * outcomes;
    const double *chances = lazy->chances + profile * outcomes;
    double sum = 0;
    for (size_t o = 0; o < outcomes; o++) {
        sum += utilities[o] * chances[o];
    }
    if (lazy->design->has_payments) {
        sum -= lazy->payments[profile * lazy->design->agent_count + agent];
    }
    return sum;
}

static void expect(sb_lazy *lazy, size_t agent)
{
    sb_lazy_agent *made = &lazy->agents[agent];
    for (size_t k = 0; k < made->types * made->types; k++) {
        size_t type = k / made->types, report = k % made->types;
        const double *weights = made->weights + type * made->others;
        double sum = 0;
        for (size_t others = 0; others < made->others; others++) {
            if (weights[others] != 0) {
                sum += weights[others] * utility_at(lazy, agent, type,
                                                    made->profiles[report * made->others + others]);
            }
        }
        made->expected[k] = sum;
    }
    if (lazy->design->interim != NULL) {
        sb_lazy_pay(lazy, agent);
    }
}

/* How much better the truth is, in utility. */
static double advantage(const sb_lazy *lazy, const sb_constraint *rule, double *size)
{
    const sb_lazy_agent *made = &lazy->agents[rule->agent];
    double truth, lie;
    if (rule->others == SB_NOWHERE) {
        const double *expected = made->expected + rule->type * made->types;
        truth = expected[rule->type] / made->totals[rule->type];
        lie = expected[rule->report] / made->totals[rule->type];
    } else {
        truth = utility_at(lazy, rule->agent, rule->type,
                           made->profiles[rule->type * made->others + rule->others]);
        lie = utility_at(lazy, rule->agent, rule->type,
                         made->profiles[rule->report * made->others + rule->others]);
    }
    *size = 1 + fabs(truth);
    return truth - lie;
}

/* Whether few of the rules about the same report are broken more. */
static bool is_among_the_most_broken(const sb_lazy *lazy, size_t index)
{
    const sb_lazy_rule *rule = &lazy->rules[index];
    const sb_lazy_agent *made = &lazy->agents[rule->constraint.agent];
    if (rule->constraint.others != SB_NOWHERE) {
        return true;
    }
    size_t more = 0;
    for (size_t type = 0; type < made->types; type++) {
        size_t other = made->rules[type * made->types + rule->constraint.report];
        if (other != SB_NOWHERE) {
            double gain = lazy->rules[other].gain;
            more += gain > rule->gain || (gain == rule->gain && other < index);
        }
    }
    return more < MOST_A_REPORT;
}

size_t sb_lazy_separate(sb_lazy *lazy, const fmpq *columns)
{
    for (size_t column = 0; column < lazy->column_count; column++) {
        lazy->chances[column] = sb_rational_to_double(columns + column);
    }
    for (size_t agent = 0; agent < lazy->design->agent_count; agent++) {
        if (lazy->agents[agent].interim) {
            expect(lazy, agent);
        }
    }
    size_t broken = 0;
    for (size_t k = 0; k < lazy->rule_count; k++) {
        sb_lazy_rule *rule = &lazy->rules[k];
        double size = 1;
        double more = rule->row == SB_NOWHERE ? advantage(lazy, &rule->constraint, &size) : 0;
        rule->gain = more < -HAIR * size ? -more : 0;
        broken += rule->gain > 0;
    }
    for (size_t k = 0; k < lazy->rule_count; k++) {
        lazy->rules[k].wanted = lazy->rules[k].gain > 0 && is_among_the_most_broken(lazy, k);
    }
    return broken;
}

/* ---- in rationals ---- */

/* The utilities of one agent in weights; in interim payments without what is paid. */
static fmpq *exact_expectations(const sb_lazy *lazy, const sb_mechanism *mechanism, size_t agent)
{
    size_t count = lazy->agents[agent].types * lazy->agents[agent].types;
    fmpq *expected = sb_rationals_new(count);
    if (expected != NULL &&
        !sb_interim_utilities_in_weights(expected, lazy->environment, mechanism, agent)) {
        sb_rationals_free(expected, count);
        return NULL;
    }
    return expected;
}

static void separate_interim(sb_lazy *lazy, size_t agent, const fmpq *expected, size_t *broken)
{
    size_t types = lazy->agents[agent].types;
    for (size_t k = 0; k < lazy->rule_count; k++) {
        const sb_constraint *rule = &lazy->rules[k].constraint;
        if (rule->agent == agent && lazy->rules[k].row == SB_NOWHERE) {
            const fmpq *row = expected + rule->type * types;
            lazy->rules[k].wanted = fmpq_cmp(row + rule->type, row + rule->report) < 0;
            *broken += lazy->rules[k].wanted;
        }
    }
}

static void separate_ex_post(sb_lazy *lazy, const sb_mechanism *mechanism, size_t agent,
                             size_t *broken)
{
    fmpq_t truth, lie;
    fmpq_init(truth);
    fmpq_init(lie);
    for (size_t k = 0; k < lazy->rule_count; k++) {
        const sb_constraint *rule = &lazy->rules[k].constraint;
        if (rule->agent == agent && lazy->rules[k].row == SB_NOWHERE) {
            sb_mechanism_utility(truth, lazy->environment, mechanism, agent, rule->type, rule->type,
                                 rule->others);
            sb_mechanism_utility(lie, lazy->environment, mechanism, agent, rule->type, rule->report,
                                 rule->others);
            lazy->rules[k].wanted = fmpq_cmp(truth, lie) < 0;
            *broken += lazy->rules[k].wanted;
        }
    }
    fmpq_clear(truth);
    fmpq_clear(lie);
}

static sb_mechanism *mechanism_of(const sb_lazy *lazy, const fmpq *columns)
{
    const sb_design *design = lazy->design;
    sb_mechanism *mechanism = sb_mechanism_new(lazy->environment);
    if (mechanism == NULL) {
        return NULL;
    }
    size_t chances = design->profile_count * design->outcome_count;
    for (size_t k = 0; k < chances; k++) {
        fmpq_set(mechanism->allocation + k, columns + k);
    }
    for (size_t k = 0; design->has_payments && k < design->profile_count * design->agent_count;
         k++) {
        fmpq_set(mechanism->payments + k, columns + chances + k);
    }
    return mechanism;
}

static sb_status look_at_agent(sb_lazy *lazy, const sb_mechanism *mechanism, size_t agent,
                               fmpq *columns, bool separate, size_t *broken, sb_error *error)
{
    if (!lazy->agents[agent].interim) {
        if (separate) {
            separate_ex_post(lazy, mechanism, agent, broken);
        }
        return SB_OK;
    }
    fmpq *expected = exact_expectations(lazy, mechanism, agent);
    if (expected == NULL) {
        return sb_out_of_memory(error);
    }
    if (lazy->design->interim != NULL) {
        sb_lazy_pay_exactly(lazy, agent, expected, columns);
    }
    if (separate) {
        separate_interim(lazy, agent, expected, broken);
    }
    sb_rationals_free(expected, lazy->agents[agent].types * lazy->agents[agent].types);
    return SB_OK;
}

sb_status sb_lazy_complete(sb_lazy *lazy, fmpq *columns, bool separate, size_t *broken,
                           sb_error *error)
{
    *broken = 0;
    sb_mechanism *mechanism = mechanism_of(lazy, columns);
    if (mechanism == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = SB_OK;
    for (size_t agent = 0; status == SB_OK && agent < lazy->design->agent_count; agent++) {
        status = look_at_agent(lazy, mechanism, agent, columns, separate, broken, error);
    }
    sb_mechanism_free(mechanism);
    return status;
}
