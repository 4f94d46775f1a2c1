/* Judging certificates.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Optimal: the mechanism passes the checker, its objective is the one claimed, and the multipliers
 * bound every mechanism by the same number. Infeasible: the multipliers bound every mechanism by a
 * negative number while the objective counts nothing. Unbounded: the mechanism passes the checker,
 * and the direction obeys the rules with zero in place of utilities and outside options and earns
 * something.
 */
#include "sidebet/certificate.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "mechanism/certificate_parts.h"
#include "sidebet/checker.h"

void sb_verdict_init(sb_verdict *verdict)
{
    *verdict = (sb_verdict){.status = SB_LP_FAILED};
    fmpq_init(&verdict->objective);
}

void sb_verdict_clear(sb_verdict *verdict)
{
    fmpq_clear(&verdict->objective);
    sb_environment_free(verdict->environment);
    sb_verdict_init(verdict);
}

void sb_verdict_complain(sb_verdict *verdict, const char *format, ...)
{
    if (verdict->complaint[0] != '\0') {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(verdict->complaint, sizeof verdict->complaint, format, arguments);
    va_end(arguments);
}

/* ---- the mechanism ---- */

sb_status sb_certificate_check_mechanism(const sb_certificate *certificate, sb_verdict *verdict,
                                         sb_error *error)
{
    const sb_environment *environment = certificate->environment;
    fmpq_t zero;
    fmpq_init(zero);
    sb_check check;
    sb_check_init(&check);
    sb_status status = sb_check_mechanism(environment, certificate->mechanism, zero, &check, error);
    if (status == SB_OK) {
        const sb_mechanism *mechanism = certificate->mechanism;
        verdict->checks +=
            check.slack_count + 1 + mechanism->profile_count * (1 + mechanism->outcome_count);
        if (!check.accepted) {
            sb_verdict_complain(verdict, "the mechanism breaks a rule: %s", check.complaint);
        }
        const fmpq *reached = &check.objective;
        if (certificate->status == SB_LP_OPTIMAL && !fmpq_equal(reached, &certificate->objective)) {
            char *text = sb_rational_approximate(reached, 10);
            const char *name = sb_rules_objective_noun(&environment->rules);
            sb_verdict_complain(verdict,
                                "the mechanism's %s is %s, which is not the objective claimed",
                                name, text == NULL ? "another" : text);
            free(text);
        }
    }
    sb_check_clear(&check);
    fmpq_clear(zero);
    return status;
}

/* ---- the direction ---- */

typedef struct direction_check {
    const sb_environment *environment;
    const sb_mechanism *direction; /* allocates nothing: a utility is less the payment */
    sb_verdict *verdict;
    fmpq_t truth, lie;
} direction_check;

/* truth >= lie, or the direction leads out of the rule. */
static void compare_truth(direction_check *check, sb_constraint rule)
{
    check->verdict->checks++;
    if (fmpq_cmp(check->truth, check->lie) < 0) {
        char *text = sb_constraint_describe(check->environment, &rule);
        sb_verdict_complain(check->verdict, "along the direction it stops being so that %.300s",
                            text == NULL ? "a rule holds" : text);
        free(text);
    }
}

static void check_incentives(direction_check *check, size_t agent)
{
    const sb_environment *environment = check->environment;
    int choice = sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, agent);
    size_t types = environment->agents[agent].type_count;
    bool interim = choice == SB_IC_BAYES_NASH;
    size_t others_count = interim ? 1 : sb_environment_others_count(environment, agent);
    for (size_t k = 0; choice != SB_IC_NONE && k < types * types * others_count; k++) {
        sb_constraint rule = {SB_CONSTRAINT_INCENTIVE,
                              SB_NOWHERE,
                              agent,
                              k / others_count / types,
                              k / others_count % types,
                              interim ? SB_NOWHERE : k % others_count};
        if (!sb_environment_may_report(environment, agent, rule.type, rule.report)) {
            continue;
        }
        if (interim) {
            sb_mechanism_interim_utility(check->truth, environment, check->direction, agent,
                                         rule.type, rule.type);
            sb_mechanism_interim_utility(check->lie, environment, check->direction, agent,
                                         rule.type, rule.report);
        } else {
            sb_mechanism_utility(check->truth, environment, check->direction, agent, rule.type,
                                 rule.type, rule.others);
            sb_mechanism_utility(check->lie, environment, check->direction, agent, rule.type,
                                 rule.report, rule.others);
        }
        compare_truth(check, rule);
    }
}

static void check_participation(direction_check *check, size_t agent)
{
    const sb_environment *environment = check->environment;
    int choice = sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, agent);
    size_t others_count =
        choice == SB_IR_EX_POST ? sb_environment_others_count(environment, agent) : 1;
    fmpq_t total;
    fmpq_init(total);
    fmpq_zero(check->lie);
    for (size_t k = 0;
         choice != SB_IR_NONE && k < environment->agents[agent].type_count * others_count; k++) {
        sb_constraint rule = {SB_CONSTRAINT_PARTICIPATION,
                              SB_NOWHERE,
                              agent,
                              k / others_count,
                              SB_NOWHERE,
                              choice == SB_IR_EX_POST ? k % others_count : SB_NOWHERE};
        if (choice == SB_IR_EX_POST) {
            sb_mechanism_utility(check->truth, environment, check->direction, agent, rule.type,
                                 rule.type, rule.others);
        } else {
            sb_mechanism_interim_utility(check->truth, environment, check->direction, agent,
                                         rule.type, rule.type);
        }
        fmpq_add(total, total, check->truth);
        if (choice != SB_IR_EX_ANTE) {
            compare_truth(check, rule);
        }
    }
    if (choice == SB_IR_EX_ANTE) {
        sb_constraint rule = {
            SB_CONSTRAINT_PARTICIPATION, SB_NOWHERE, agent, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE};
        fmpq_set(check->truth, total);
        compare_truth(check, rule);
    }
    fmpq_clear(total);
}

/* Whether any multiple of the payments of a profile obeys the rule for payments. */
static bool payments_go_on(int choice, const fmpq *payments, size_t count)
{
    fmpq_t sum;
    fmpq_init(sum);
    sb_rationals_sum(sum, payments, count);
    int total = fmpq_sgn(sum);
    fmpq_clear(sum);
    bool none = true, positive = true;
    for (size_t agent = 0; agent < count; agent++) {
        none = none && fmpq_is_zero(payments + agent);
        positive = positive && fmpq_sgn(payments + agent) >= 0;
    }
    switch (choice) {
    case SB_PAYMENTS_FREE:
        return true;
    case SB_PAYMENTS_NO_SUBSIDIES:
        return positive;
    case SB_PAYMENTS_NO_DEFICIT:
        return total >= 0;
    case SB_PAYMENTS_BALANCED:
        return total == 0;
    default:
        return none;
    }
}

static void check_gain(direction_check *check)
{
    const sb_mechanism *direction = check->direction;
    int choice = check->environment->rules.choice[SB_RULE_PAYMENTS];
    for (size_t profile = 0; profile < direction->profile_count; profile++) {
        check->verdict->checks++;
        if (!payments_go_on(choice, direction->payments + profile * direction->agent_count,
                            direction->agent_count)) {
            sb_verdict_complain(check->verdict,
                                "payments cannot go on for ever under the rule for payments");
        }
    }
    fmpq_t gain;
    fmpq_init(gain);
    sb_mechanism_objective(gain, check->environment, direction);
    check->verdict->checks++;
    if (fmpq_sgn(gain) <= 0) {
        sb_verdict_complain(check->verdict, "the direction does not improve the objective");
    }
    fmpq_clear(gain);
}

sb_status sb_certificate_check_direction(const sb_certificate *certificate, sb_verdict *verdict,
                                         sb_error *error)
{
    (void)error;
    direction_check check = {.environment = certificate->environment,
                             .direction = certificate->direction,
                             .verdict = verdict};
    fmpq_init(check.truth);
    fmpq_init(check.lie);
    for (size_t agent = 0; agent < certificate->environment->agent_count; agent++) {
        check_incentives(&check, agent);
        check_participation(&check, agent);
    }
    check_gain(&check);
    fmpq_clear(check.truth);
    fmpq_clear(check.lie);
    return SB_OK;
}

/* ---- the whole ---- */

static sb_status judge(const sb_certificate *certificate, const sb_environment *against,
                       sb_verdict *verdict, sb_error *error)
{
    verdict->status = certificate->status;
    fmpq_set(&verdict->objective, &certificate->objective);
    if (against != NULL) {
        const char *difference = sb_certificate_difference(certificate->environment, against);
        verdict->checks++;
        if (difference != NULL) {
            sb_verdict_complain(verdict, "the certificate is about another environment: other %s",
                                difference);
        }
    }
    sb_status status = SB_OK;
    if (certificate->status != SB_LP_INFEASIBLE) {
        status = sb_certificate_check_mechanism(certificate, verdict, error);
    }
    if (status == SB_OK && certificate->status != SB_LP_UNBOUNDED) {
        status = sb_certificate_check_multipliers(certificate, verdict, error);
    }
    if (status == SB_OK && certificate->status == SB_LP_UNBOUNDED) {
        status = sb_certificate_check_direction(certificate, verdict, error);
    }
    verdict->accepted = status == SB_OK && verdict->complaint[0] == '\0';
    return status;
}

sb_status sb_certificate_verify_text(const char *text, size_t length, const char *name,
                                     const sb_environment *against, sb_verdict *verdict,
                                     sb_error *error)
{
    sb_verdict_clear(verdict);
    sb_certificate certificate;
    sb_certificate_init(&certificate);
    sb_status status = sb_certificate_parse(text, length, name, &certificate, error);
    if (status == SB_OK) {
        status = judge(&certificate, against, verdict, error);
    }
    verdict->environment = certificate.environment;
    certificate.environment = NULL;
    sb_certificate_clear(&certificate);
    return status;
}

sb_status sb_certificate_verify(const char *path, const sb_environment *against,
                                sb_verdict *verdict, sb_error *error)
{
    char *text = NULL;
    size_t length = 0;
    sb_verdict_clear(verdict);
    sb_status status = sb_text_read_file(path, SB_YAML_MAX_BYTES, &text, &length, error);
    if (status == SB_OK) {
        const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
        status = sb_certificate_verify_text(text, length, name, against, verdict, error);
    }
    free(text);
    return status;
}
