/* The incentive rules of a design one by one, and which of them have a row.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_lazy_parts.h"

/* ---- setting up ---- */

static sb_status add_rule(void *context, const sb_constraint *constraint, sb_error *error)
{
    sb_lazy *lazy = context;
    if (!sb_grow(&lazy->rules, &lazy->rule_capacity, lazy->rule_count + 1, sizeof *lazy->rules)) {
        return sb_out_of_memory(error);
    }
    sb_lazy_rule *rule = &lazy->rules[lazy->rule_count++];
    *rule = (sb_lazy_rule){.constraint = *constraint, .row = SB_NOWHERE, .column = SB_NOWHERE};
    if (lazy->design->interim != NULL) {
        rule->column = sb_interim_decided_column(lazy->design->interim, constraint);
    }
    return SB_OK;
}

static void mark_used_columns(sb_lazy *lazy, size_t row)
{
    sb_lp_row_view view = sb_lp_row(lazy->design->program, row);
    for (size_t k = 0; k < view.count; k++) {
        lazy->used[view.columns[k]] = true;
    }
}

static void fill_doubles(double *numbers, const fmpq *rationals, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        numbers[k] = sb_rational_to_double(rationals + k);
    }
}

static bool fill_agent(sb_lazy_agent *made, const sb_lazy *lazy, size_t agent)
{
    const sb_environment *environment = lazy->environment;
    const sb_interim *interim = lazy->design->interim;
    made->types = environment->agents[agent].type_count;
    made->others = sb_environment_others_count(environment, agent);
    made->interim = sb_rules_of(lazy->design->rules, SB_RULE_INCENTIVES, agent) == SB_IC_BAYES_NASH;
    size_t rank = interim == NULL ? 0 : interim->agents[agent].rank;
    size_t outcomes = environment->outcome_count;
    made->profiles = sb_allocate(made->types * made->others, sizeof *made->profiles);
    made->weights = sb_allocate(made->types * made->others, sizeof *made->weights);
    made->totals = sb_allocate(made->types, sizeof *made->totals);
    made->utilities = sb_allocate(made->types * outcomes, sizeof *made->utilities);
    made->combinations = sb_allocate(made->types * rank, sizeof *made->combinations);
    made->rules = sb_allocate(made->types * made->types, sizeof *made->rules);
    made->expected = sb_allocate(made->types * made->types, sizeof *made->expected);
    made->last_open = sb_allocate(made->types, sizeof *made->last_open);
    if (made->profiles == NULL || made->weights == NULL || made->totals == NULL ||
        made->utilities == NULL || made->combinations == NULL || made->rules == NULL ||
        made->expected == NULL || made->last_open == NULL) {
        return false;
    }
    for (size_t k = 0; k < made->types * made->types; k++) {
        made->rules[k] = SB_NOWHERE;
    }
    for (size_t k = 0; k < made->types * made->others; k++) {
        size_t type = k / made->others;
        made->profiles[k] = sb_environment_profile_of(environment, agent, type, k % made->others);
        made->weights[k] = sb_rational_to_double(environment->weights + made->profiles[k]);
        made->totals[type] += made->weights[k];
    }
    fill_doubles(made->utilities, environment->agents[agent].utilities, made->types * outcomes);
    if (interim != NULL) {
        fill_doubles(made->combinations, interim->agents[agent].combinations, made->types * rank);
    }
    return true;
}

static sb_status list_rules(sb_lazy *lazy, sb_error *error)
{
    sb_status status = SB_OK;
    for (size_t agent = 0; status == SB_OK && agent < lazy->design->agent_count; agent++) {
        status = sb_design_visit_incentives(lazy->environment, lazy->design->rules, agent, add_rule,
                                            lazy, error);
    }
    for (size_t k = 0; status == SB_OK && k < lazy->rule_count; k++) {
        const sb_constraint *rule = &lazy->rules[k].constraint;
        sb_lazy_agent *agent = &lazy->agents[rule->agent];
        if (rule->others == SB_NOWHERE) {
            agent->rules[rule->type * agent->types + rule->report] = k;
        }
    }
    return status;
}

/* What types pay for the truth is decided by the program even where no row says so. */
static void mark_truth_columns(sb_lazy *lazy)
{
    const sb_interim *interim = lazy->design->interim;
    for (size_t agent = 0; interim != NULL && agent < lazy->design->agent_count; agent++) {
        const sb_interim_agent *pivots = &interim->agents[agent];
        for (size_t k = 0; k < pivots->rank * pivots->type_count; k++) {
            size_t type = k / pivots->rank, pivot = k % pivots->rank;
            if (!fmpq_is_zero(pivots->combinations + k)) {
                lazy->used[sb_interim_column(interim, agent, pivot, type)] = true;
            }
        }
    }
}

sb_status sb_lazy_init(sb_lazy *lazy, sb_design *design, sb_error *error)
{
    *lazy = (sb_lazy){.environment = design->environment,
                      .design = design,
                      .fixed_rows = sb_lp_row_count(design->program),
                      .column_count = sb_lp_column_count(design->program)};
    size_t chances = design->profile_count * design->outcome_count;
    lazy->used = sb_allocate(lazy->column_count, sizeof *lazy->used);
    lazy->chances = sb_allocate(lazy->column_count, sizeof *lazy->chances);
    lazy->agents = sb_allocate(design->agent_count, sizeof *lazy->agents);
    bool allocated = lazy->used != NULL && lazy->chances != NULL && lazy->agents != NULL;
    for (size_t agent = 0; allocated && agent < design->agent_count; agent++) {
        allocated = fill_agent(&lazy->agents[agent], lazy, agent);
    }
    if (!allocated) {
        return sb_out_of_memory(error);
    }
    lazy->payments = lazy->chances + chances;
    for (size_t column = 0; column < lazy->column_count; column++) {
        lazy->used[column] = !fmpq_is_zero(sb_lp_column(design->program, column).cost);
    }
    for (size_t row = 0; row < lazy->fixed_rows; row++) {
        mark_used_columns(lazy, row);
    }
    mark_truth_columns(lazy);
    return list_rules(lazy, error);
}

void sb_lazy_clear(sb_lazy *lazy)
{
    for (size_t agent = 0; lazy->agents != NULL && agent < lazy->design->agent_count; agent++) {
        sb_lazy_agent *made = &lazy->agents[agent];
        free(made->profiles);
        free(made->weights);
        free(made->totals);
        free(made->utilities);
        free(made->combinations);
        free(made->rules);
        free(made->expected);
        free(made->last_open);
    }
    free(lazy->agents);
    free(lazy->rules);
    free(lazy->used);
    free(lazy->chances);
    *lazy = (sb_lazy){0};
}

/* ---- rows ---- */

static sb_status add_row(sb_lazy *lazy, sb_lazy_rule *rule, sb_error *error)
{
    size_t row = sb_lp_row_count(lazy->design->program);
    sb_status status = sb_design_add_incentive_row(lazy->design, &rule->constraint, error);
    rule->wanted = false;
    if (status == SB_OK) {
        rule->row = row;
        mark_used_columns(lazy, row);
    }
    return status;
}

sb_status sb_lazy_add_rows_in_order(sb_lazy *lazy, const size_t *rules, size_t count,
                                    sb_error *error)
{
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < count; k++) {
        status = add_row(lazy, &lazy->rules[rules[k]], error);
    }
    return status;
}

sb_status sb_lazy_add_rows(sb_lazy *lazy, sb_lp_solver *solver, sb_error *error)
{
    const sb_lp *program = lazy->design->program;
    size_t before = sb_lp_row_count(program);
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < lazy->rule_count; k++) {
        sb_lazy_rule *rule = &lazy->rules[k];
        if (rule->wanted && rule->row == SB_NOWHERE) {
            status = add_row(lazy, rule, error);
        }
    }
    for (size_t k = 0; status == SB_OK && k < lazy->rule_count; k++) {
        sb_lazy_rule *rule = &lazy->rules[k];
        if (rule->row == SB_NOWHERE && rule->column != SB_NOWHERE && lazy->used[rule->column]) {
            status = add_row(lazy, rule, error);
        }
    }
    for (size_t k = 0; solver != NULL && status == SB_OK && k < lazy->rule_count; k++) {
        const sb_lazy_rule *rule = &lazy->rules[k];
        if (rule->row != SB_NOWHERE && rule->row >= before && rule->column != SB_NOWHERE) {
            status = sb_lp_solver_enter(solver, program, rule->row, rule->column, error);
        }
    }
    return status;
}

/* ---- where to start ---- */

typedef struct ranked_type {
    double worth;
    size_t type;
} ranked_type;

static int by_worth(const void *left, const void *right)
{
    const ranked_type *first = left, *second = right;
    if (first->worth != second->worth) {
        return first->worth < second->worth ? -1 : 1;
    }
    return (first->type > second->type) - (first->type < second->type);
}

/* places[type]: how many types outcomes are worth less to. */
static bool rank_types(size_t *places, const sb_lazy_agent *agent, size_t outcomes)
{
    ranked_type *ranked = sb_allocate(agent->types, sizeof *ranked);
    if (ranked == NULL) {
        return false;
    }
    for (size_t type = 0; type < agent->types; type++) {
        ranked[type].type = type;
        for (size_t o = 0; o < outcomes; o++) {
            ranked[type].worth += agent->utilities[type * outcomes + o];
        }
    }
    qsort(ranked, agent->types, sizeof *ranked, by_worth);
    for (size_t place = 0; place < agent->types; place++) {
        places[ranked[place].type] = place;
    }
    free(ranked);
    return true;
}

static sb_status want_neighbours_of(sb_lazy *lazy, size_t agent, sb_error *error)
{
    const sb_lazy_agent *made = &lazy->agents[agent];
    size_t *places = sb_allocate(made->types, sizeof *places);
    if (places == NULL || !rank_types(places, made, lazy->environment->outcome_count)) {
        free(places);
        return sb_out_of_memory(error);
    }
    for (size_t k = 0; k < lazy->rule_count; k++) {
        const sb_constraint *rule = &lazy->rules[k].constraint;
        if (rule->agent == agent) {
            size_t here = places[rule->type], there = places[rule->report];
            lazy->rules[k].wanted = here + 1 == there || there + 1 == here;
        }
    }
    free(places);
    return SB_OK;
}

void sb_lazy_want_all(sb_lazy *lazy)
{
    for (size_t k = 0; k < lazy->rule_count; k++) {
        lazy->rules[k].wanted = true;
    }
}

sb_status sb_lazy_want_neighbours(sb_lazy *lazy, sb_error *error)
{
    sb_status status = SB_OK;
    for (size_t agent = 0; status == SB_OK && agent < lazy->design->agent_count; agent++) {
        status = want_neighbours_of(lazy, agent, error);
    }
    return status;
}
