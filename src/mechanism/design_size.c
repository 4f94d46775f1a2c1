/* How large a design program will be, counted before it is built.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The counts are those of sb_design_new, to the last nonzero: a test holds the two together. Of a
 * program whose incentive rows are made when they are needed (design_lazy.h) they are an estimate.
 */
#include <math.h>

#include "base/memory.h"
#include "mechanism/design_interim.h"
#include "mechanism/design_lazy.h"
#include "sidebet/design.h"

/* Measured on programs of up to half a million nonzeros, floating: the program, its scaled copy and
 * GLPK's. */
#define BYTES_PER_NONZERO 200.0
#define BYTES_PER_LINE    600.0
/* The same where rows are made when they are needed, measured with up to 2.4 million nonzeros: with
 * GLPK, and where the best basis is known beforehand and GLPK is not asked. */
#define BYTES_PER_MADE_NONZERO  150.0
#define BYTES_PER_MADE_LINE     400.0
#define BYTES_PER_KNOWN_NONZERO 65.0
#define BYTES_PER_KNOWN_LINE    170.0
/* Of every row of the whole program, made or not: its rule, and its line in the answer. */
#define BYTES_PER_RULE 200.0
/* Ex-post rows about one type and profile that are made: neighbours at first, then few more. */
#define MOST_EX_POST_LIES  4.0
#define BYTES_PER_MEGABYTE 1e6

/* Outcomes that a type does not value at zero. */
static double valued_outcomes(const sb_environment *environment, size_t agent, size_t type)
{
    const fmpq *utilities =
        environment->agents[agent].utilities + type * environment->outcome_count;
    double count = 0;
    for (size_t o = 0; o < environment->outcome_count; o++) {
        count += !fmpq_is_zero(utilities + o);
    }
    return count;
}

/* Others' profiles at which a type has weight. */
static double possible_others(const sb_environment *environment, size_t agent, size_t type)
{
    double count = 0;
    size_t all = sb_environment_others_count(environment, agent);
    for (size_t others = 0; others < all; others++) {
        size_t profile = sb_environment_profile_of(environment, agent, type, others);
        count += !fmpq_is_zero(environment->weights + profile);
    }
    return count;
}

/* Reports that a type may make beside the truth. */
static double possible_lies(const sb_environment *environment, size_t agent, size_t type)
{
    if (!sb_environment_has_reporting_sets(environment, agent)) {
        return (double)environment->agents[agent].type_count - 1;
    }
    double count = 0;
    for (size_t report = 0; report < environment->agents[agent].type_count; report++) {
        count += report != type && sb_environment_may_report(environment, agent, type, report);
    }
    return count;
}

/* Of participation. payments: how many payments of the agent are in a row beside each outcome's. */
static void count_participation(sb_design_size *size, const sb_environment *environment,
                                const sb_rules *rules, size_t agent, size_t type, double payments)
{
    double all = (double)sb_environment_others_count(environment, agent);
    double possible = possible_others(environment, agent, type);
    double terms = valued_outcomes(environment, agent, type) + payments;
    switch (sb_rules_of(rules, SB_RULE_PARTICIPATION, agent)) {
    case SB_IR_EX_ANTE:
        size->rows += type == 0;
        size->nonzeros += possible * terms;
        break;
    case SB_IR_EX_INTERIM:
        size->rows += possible > 0;
        size->nonzeros += possible * terms;
        break;
    case SB_IR_EX_POST:
        size->rows += all;
        size->nonzeros += all * terms;
        break;
    default:
        break;
    }
}

static void count_incentives(sb_design_size *size, const sb_environment *environment,
                             const sb_rules *rules, size_t agent, size_t type, double payments,
                             double most_lies)
{
    double all = (double)sb_environment_others_count(environment, agent);
    double possible = possible_others(environment, agent, type);
    double terms = valued_outcomes(environment, agent, type) + payments;
    double lies = possible_lies(environment, agent, type);
    int incentives = sb_rules_of(rules, SB_RULE_INCENTIVES, agent);
    if (incentives == SB_IC_BAYES_NASH && possible > 0) {
        size->rows += lies;
        size->nonzeros += lies * possible * 2 * terms;
    } else if (incentives == SB_IC_EX_POST) {
        lies = lies < most_lies ? lies : most_lies;
        size->rows += lies * all;
        size->nonzeros += lies * all * 2 * terms;
    }
}

/* What every program has: probabilities, budgets. */
static sb_design_size count_frame(const sb_environment *environment, const sb_rules *rules,
                                  double payments)
{
    double profiles = (double)sb_environment_profile_count(environment);
    double outcomes = (double)environment->outcome_count;
    double agents = (double)environment->agent_count;
    int choice = rules->choice[SB_RULE_PAYMENTS];
    sb_design_size size = {.columns = profiles * (outcomes + payments * agents),
                           .rows = profiles,
                           .nonzeros = profiles * outcomes};
    if (choice == SB_PAYMENTS_NO_DEFICIT || choice == SB_PAYMENTS_BALANCED) {
        size.rows += profiles;
        size.nonzeros += profiles * agents;
    }
    return size;
}

static sb_design_size whole_size(const sb_environment *environment, const sb_rules *rules)
{
    double payments = rules->choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_NONE;
    sb_design_size size = count_frame(environment, rules, payments);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
            count_incentives(&size, environment, rules, agent, type, payments, INFINITY);
            count_participation(&size, environment, rules, agent, type, payments);
        }
    }
    size.bytes = BYTES_PER_NONZERO * size.nonzeros + BYTES_PER_LINE * (size.columns + size.rows);
    return size;
}

sb_design_size sb_design_size_of(const sb_environment *environment, const sb_rules *rules)
{
    return whole_size(environment, rules == NULL ? &environment->rules : rules);
}

/* ---- rows that are made when they are needed ---- */

/* In payments of every profile. */
static sb_design_size size_in_payments(const sb_environment *environment, const sb_rules *rules)
{
    double payments = rules->choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_NONE;
    sb_design_size size = count_frame(environment, rules, payments);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
            count_incentives(&size, environment, rules, agent, type, payments, MOST_EX_POST_LIES);
            count_participation(&size, environment, rules, agent, type, payments);
        }
    }
    return size;
}

/* In interim payments: an agent whose types are all independent has no incentive rows, and of one
 * whose types are not, any may be needed. *known: the best basis is known. */
static sb_design_size size_in_interim_payments(const sb_environment *environment,
                                               const sb_rules *rules, const sb_interim *interim,
                                               bool *known)
{
    sb_objective_weights weights;
    sb_objective_weights_init(&weights, rules);
    sb_design_size size = count_frame(environment, rules, 0);
    *known = sb_interim_has_full_rank(interim) && fmpq_sgn(&weights.payments) >= 0;
    sb_objective_weights_clear(&weights);
    size.columns += (double)interim->column_count;
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        const sb_interim_agent *payments = &interim->agents[agent];
        *known = *known && sb_rules_of(rules, SB_RULE_PARTICIPATION, agent) == SB_IR_EX_INTERIM;
        for (size_t type = 0; type < payments->type_count; type++) {
            *known = *known && possible_others(environment, agent, type) > 0;
            count_participation(&size, environment, rules, agent, type, 0);
            size.nonzeros += (double)payments->rank;
            if (payments->rank < payments->type_count) {
                double rows = size.rows;
                count_incentives(&size, environment, rules, agent, type, 0, INFINITY);
                size.nonzeros += (size.rows - rows) * 2 * (double)payments->rank;
            }
        }
    }
    return size;
}

sb_status sb_design_size_to_solve(const sb_environment *environment, const sb_rules *rules,
                                  sb_design_size *size, bool *lazily, sb_error *error)
{
    rules = rules == NULL ? &environment->rules : rules;
    sb_design_size whole = whole_size(environment, rules);
    *size = whole;
    *lazily = rules->choice[SB_RULE_DETERMINISTIC] != SB_DETERMINISTIC &&
              sb_lazy_applies(environment, rules);
    if (!*lazily) {
        return SB_OK;
    }
    bool known = false;
    if (sb_interim_applies(environment, rules)) {
        sb_interim *interim = sb_interim_new(environment, 0);
        if (interim == NULL) {
            return sb_out_of_memory(error);
        }
        *size = size_in_interim_payments(environment, rules, interim, &known);
        sb_interim_free(interim);
    } else {
        *size = size_in_payments(environment, rules);
    }
    double nonzero = known ? BYTES_PER_KNOWN_NONZERO : BYTES_PER_MADE_NONZERO;
    double line = known ? BYTES_PER_KNOWN_LINE : BYTES_PER_MADE_LINE;
    size->bytes = nonzero * size->nonzeros + line * (size->columns + size->rows) +
                  BYTES_PER_RULE * whole.rows;
    if (size->bytes > whole.bytes) {
        size->bytes = whole.bytes;
    }
    return SB_OK;
}

/* ---- the limit ---- */

static void set_hint(const sb_environment *environment, const sb_rules *rules, sb_error *error)
{
    size_t agents = environment->agent_count;
    bool ex_post = sb_rules_any(rules, SB_RULE_INCENTIVES, agents, SB_IC_EX_POST) ||
                   sb_rules_any(rules, SB_RULE_PARTICIPATION, agents, SB_IR_EX_POST);
    sb_error_set_hint(error, "fewer types%s make it smaller; --memory-limit raises the limit",
                      ex_post ? ", or interim rules in place of ex-post ones," : "");
}

sb_status sb_design_check_size(const sb_environment *environment, const sb_rules *rules,
                               double memory_limit, sb_error *error)
{
    rules = rules == NULL ? &environment->rules : rules;
    sb_design_size size = whole_size(environment, rules);
    double limit = memory_limit > 0 ? memory_limit : SB_DESIGN_MEMORY_LIMIT;
    if (size.bytes <= limit) {
        return SB_OK;
    }
    sb_error_set(
        error, SB_ERROR_LIMIT,
        "the program would have %.0f variables, %.0f rows and %.0f nonzeros and need about "
        "%.0f MB, more than the limit of %.0f MB",
        size.columns, size.rows, size.nonzeros, size.bytes / BYTES_PER_MEGABYTE,
        limit / BYTES_PER_MEGABYTE);
    set_hint(environment, rules, error);
    return SB_ERROR_LIMIT;
}

sb_status sb_design_check_size_to_solve(const sb_environment *environment, const sb_rules *rules,
                                        double memory_limit, sb_error *error)
{
    rules = rules == NULL ? &environment->rules : rules;
    sb_design_size whole = whole_size(environment, rules);
    double limit = memory_limit > 0 ? memory_limit : SB_DESIGN_MEMORY_LIMIT;
    if (whole.bytes <= limit) {
        return SB_OK; /* most programs: the ranks need not be known */
    }
    sb_design_size size;
    bool lazily = false;
    sb_status status = sb_design_size_to_solve(environment, rules, &size, &lazily, error);
    if (status != SB_OK || size.bytes <= limit) {
        return status;
    }
    if (!lazily) {
        return sb_design_check_size(environment, rules, memory_limit, error);
    }
    sb_error_set(error, SB_ERROR_LIMIT,
                 "the whole program would have %.0f variables, %.0f rows and %.0f nonzeros (about "
                 "%.0f MB); with its incentive rows made when they are needed it would need about "
                 "%.0f MB, more than the limit of %.0f MB",
                 whole.columns, whole.rows, whole.nonzeros, whole.bytes / BYTES_PER_MEGABYTE,
                 size.bytes / BYTES_PER_MEGABYTE, limit / BYTES_PER_MEGABYTE);
    set_hint(environment, rules, error);
    return SB_ERROR_LIMIT;
}
