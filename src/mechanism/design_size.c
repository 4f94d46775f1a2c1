/* How large a design program will be, counted before it is built.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The counts are those of sb_design_new, to the last nonzero: a test holds the two together.
 */
#include "base/memory.h"
#include "sidebet/design.h"

/* Measured on programs of up to half a million nonzeros, floating: the program, its scaled copy and
 * GLPK's. */
#define BYTES_PER_NONZERO 200.0
#define BYTES_PER_LINE    600.0

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
    double count = 0;
    for (size_t report = 0; report < environment->agents[agent].type_count; report++) {
        count += report != type && sb_environment_may_report(environment, agent, type, report);
    }
    return count;
}

static void count_type(sb_design_size *size, const sb_environment *environment,
                       const sb_rules *rules, size_t agent, size_t type, double payments)
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
        size->rows += lies * all;
        size->nonzeros += lies * all * 2 * terms;
    }
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

sb_design_size sb_design_size_of(const sb_environment *environment, const sb_rules *rules)
{
    rules = rules == NULL ? &environment->rules : rules;
    double profiles = (double)sb_environment_profile_count(environment);
    double outcomes = (double)environment->outcome_count;
    double agents = (double)environment->agent_count;
    int choice = rules->choice[SB_RULE_PAYMENTS];
    double payments = choice != SB_PAYMENTS_NONE;
    sb_design_size size = {.columns = profiles * (outcomes + payments * agents),
                           .rows = profiles,
                           .nonzeros = profiles * outcomes};
    if (choice == SB_PAYMENTS_NO_DEFICIT || choice == SB_PAYMENTS_BALANCED) {
        size.rows += profiles;
        size.nonzeros += profiles * agents;
    }
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
            count_type(&size, environment, rules, agent, type, payments);
        }
    }
    size.bytes = BYTES_PER_NONZERO * size.nonzeros + BYTES_PER_LINE * (size.columns + size.rows);
    return size;
}

sb_status sb_design_check_size(const sb_environment *environment, const sb_rules *rules,
                               double memory_limit, sb_error *error)
{
    const double mega = 1e6;
    sb_design_size size = sb_design_size_of(environment, rules);
    double limit = memory_limit > 0 ? memory_limit : SB_DESIGN_MEMORY_LIMIT;
    if (size.bytes <= limit) {
        return SB_OK;
    }
    sb_error_set(
        error, SB_ERROR_LIMIT,
        "the program would have %.0f variables, %.0f rows and %.0f nonzeros and need about "
        "%.0f MB, more than the limit of %.0f MB",
        size.columns, size.rows, size.nonzeros, size.bytes / mega, limit / mega);
    rules = rules == NULL ? &environment->rules : rules;
    size_t agents = environment->agent_count;
    bool ex_post = sb_rules_any(rules, SB_RULE_INCENTIVES, agents, SB_IC_EX_POST) ||
                   sb_rules_any(rules, SB_RULE_PARTICIPATION, agents, SB_IR_EX_POST);
    sb_error_set_hint(error, "fewer types%s make it smaller; --memory-limit raises the limit",
                      ex_post ? ", or interim rules in place of ex-post ones," : "");
    return SB_ERROR_LIMIT;
}
