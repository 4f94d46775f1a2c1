/* The rules a mechanism obeys: the table of names, and reading and writing them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The choices of each rule stand in the order of its enum.
 */
#include "sidebet/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/objective.h"

static const sb_rule_choice incentive_choices[] = {
    [SB_IC_BAYES_NASH] = {"bayes-nash",
                          "Reporting the true type is each agent's best reply on average over what "
                          "the others may be, given its own type.",
                          NULL},
    [SB_IC_EX_POST] = {"ex-post",
                       "Reporting the true type is each agent's best reply at every profile, "
                       "whatever it believes about the others.",
                       NULL},
    [SB_IC_NONE] = {"none",
                    "Agents report their true types by assumption, so nothing has to make it worth "
                    "their while.",
                    NULL},
};

static const sb_rule_choice participation_choices[] = {
    [SB_IR_EX_ANTE] = {"ex-ante",
                       "Taking part is worth at least the outside option before an agent knows its "
                       "own type, on average over everything.",
                       NULL},
    [SB_IR_EX_INTERIM] =
        {"ex-interim",
         "Taking part is worth at least the outside option to each type, on average "
         "over the others; a single profile may still cost it dearly.",
         NULL},
    [SB_IR_EX_POST] =
        {"ex-post",
         "Taking part is worth at least the outside option at every profile, so nobody "
         "ever regrets having come.",
         NULL},
    [SB_IR_NONE] = {"none", "Agents cannot stay away, whatever taking part costs them.", NULL},
};

static const sb_rule_choice objective_choices[] = {
    [SB_OBJECTIVE_REVENUE] = {"revenue",
                              "Maximise the expected payments to the seller plus the seller's own "
                              "value of the outcome.",
                              NULL},
    [SB_OBJECTIVE_WELFARE] = {"welfare",
                              "Maximise the expected value of the outcome to the agents and the "
                              "seller together; payments only move it around.",
                              NULL},
    [SB_OBJECTIVE_AGENTS] = {"agents",
                             "Maximise what the agents expect: the value of the outcome to them "
                             "less what they pay, which is welfare less revenue.",
                             NULL},
    [SB_OBJECTIVE_DESIGNER] = {"designer",
                               "Maximise the designer's own expected value of the outcome; money "
                               "does not count.",
                               NULL},
    [SB_OBJECTIVE_WEIGHTS] = {"weights",
                              "Maximise a sum of the other objectives with weights, written "
                              "revenue+1/2*agents for instance.",
                              "SUM"},
};

static const sb_rule_choice payment_choices[] = {
    [SB_PAYMENTS_FREE] = {"free", "Payments may have any size and either sign.", NULL},
    [SB_PAYMENTS_NONE] = {"none", "No money changes hands: outcomes alone must do the work.", NULL},
    [SB_PAYMENTS_BOUNDED] = {"bounded",
                             "No payment, in either direction, is larger than the given number.",
                             "NUMBER"},
    [SB_PAYMENTS_NO_SUBSIDIES] = {"no-subsidies",
                                  "Agents may have to pay at any profile but are never paid.",
                                  NULL},
    [SB_PAYMENTS_NO_DEFICIT] = {"no-deficit",
                                "At every profile the agents together pay at least nothing, so "
                                "that no money has to come from outside.",
                                NULL},
    [SB_PAYMENTS_BALANCED] = {"balanced",
                              "At every profile the payments sum to zero: what one agent pays "
                              "another gets.",
                              NULL},
};

static const sb_rule_choice deterministic_choices[] = {
    [SB_RANDOMISED] = {"false",
                       "Outcomes may be drawn by lot, so that a linear program finds the "
                       "best mechanism.",
                       NULL},
    [SB_DETERMINISTIC] = {"true",
                          "At every profile one outcome is certain: an integer program, "
                          "searched by branch and bound.",
                          NULL},
};

#define CHOICES(array) array, (int)(sizeof(array) / sizeof *(array))

static const sb_rule_description descriptions[SB_RULE_COUNT] = {
    [SB_RULE_INCENTIVES] = {"ic", "incentive compatibility",
                            "Whether, and in which sense, agents must want to report their true "
                            "types.",
                            CHOICES(incentive_choices), SB_IC_BAYES_NASH},
    [SB_RULE_PARTICIPATION] = {"ir", "individual rationality",
                               "Whether, and at which moment, agents must want to take part.",
                               CHOICES(participation_choices), SB_IR_EX_INTERIM},
    [SB_RULE_OBJECTIVE] = {"objective", "objective", "What the best mechanism is best at.",
                           CHOICES(objective_choices), SB_OBJECTIVE_REVENUE},
    [SB_RULE_PAYMENTS] = {"payments", "payments",
                          "Which payments between agents and seller are allowed.",
                          CHOICES(payment_choices), SB_PAYMENTS_FREE},
    [SB_RULE_DETERMINISTIC] = {"deterministic", "deterministic mechanisms",
                               "Whether the outcome may be drawn by lot.",
                               CHOICES(deterministic_choices), SB_RANDOMISED},
};

const sb_rule_description *sb_rule_describe(sb_rule rule)
{
    return &descriptions[rule];
}

void sb_rules_init(sb_rules *rules)
{
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        rules->choice[rule] = descriptions[rule].initial;
    }
    memset(rules->own, 0, sizeof rules->own);
    fmpq_init(&rules->payment_bound);
    for (int k = 0; k < SB_OBJECTIVE_WEIGHTS; k++) {
        fmpq_init(rules->weights + k);
    }
}

void sb_rules_clear(sb_rules *rules)
{
    fmpq_clear(&rules->payment_bound);
    for (int k = 0; k < SB_OBJECTIVE_WEIGHTS; k++) {
        fmpq_clear(rules->weights + k);
    }
}

void sb_rules_copy(sb_rules *to, const sb_rules *from)
{
    memmove(to->choice, from->choice, sizeof to->choice);
    memmove(to->own, from->own, sizeof to->own);
    fmpq_set(&to->payment_bound, &from->payment_bound);
    for (int k = 0; k < SB_OBJECTIVE_WEIGHTS; k++) {
        fmpq_set(to->weights + k, from->weights + k);
    }
}

static bool weights_equal(const sb_rules *left, const sb_rules *right)
{
    for (int k = 0; k < SB_OBJECTIVE_WEIGHTS; k++) {
        if (!fmpq_equal(left->weights + k, right->weights + k)) {
            return false;
        }
    }
    return true;
}

static bool own_equal(const sb_rules *left, const sb_rules *right)
{
    for (int rule = 0; rule < SB_RULE_OBJECTIVE; rule++) {
        for (int agent = 0; agent < SB_MAX_PLAYERS; agent++) {
            if (left->own[rule][agent].given != right->own[rule][agent].given ||
                (left->own[rule][agent].given &&
                 left->own[rule][agent].choice != right->own[rule][agent].choice)) {
                return false;
            }
        }
    }
    return true;
}

bool sb_rules_equal(const sb_rules *left, const sb_rules *right)
{
    return memcmp(left->choice, right->choice, sizeof left->choice) == 0 &&
           own_equal(left, right) &&
           (left->choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_BOUNDED ||
            fmpq_equal(&left->payment_bound, &right->payment_bound)) &&
           (left->choice[SB_RULE_OBJECTIVE] != SB_OBJECTIVE_WEIGHTS || weights_equal(left, right));
}

/* ---- choices by agent ---- */

bool sb_rule_is_by_agent(sb_rule rule)
{
    return rule < SB_RULE_OBJECTIVE;
}

int sb_rules_of(const sb_rules *rules, sb_rule rule, size_t agent)
{
    bool own = sb_rule_is_by_agent(rule) && rules->own[rule][agent].given;
    return own ? rules->own[rule][agent].choice : rules->choice[rule];
}

bool sb_rules_any(const sb_rules *rules, sb_rule rule, size_t agent_count, int choice)
{
    for (size_t agent = 0; agent < agent_count; agent++) {
        if (sb_rules_of(rules, rule, agent) == choice) {
            return true;
        }
    }
    return false;
}

bool sb_rules_differ(const sb_rules *rules, sb_rule rule)
{
    for (size_t agent = 0; sb_rule_is_by_agent(rule) && agent < SB_MAX_PLAYERS; agent++) {
        if (rules->own[rule][agent].given) {
            return true;
        }
    }
    return false;
}

void sb_rules_choose(sb_rules *rules, sb_rule rule, int choice)
{
    rules->choice[rule] = choice;
    if (sb_rule_is_by_agent(rule)) {
        memset(rules->own[rule], 0, sizeof rules->own[rule]);
    }
}

void sb_rules_choose_own(sb_rules *rules, sb_rule rule, size_t agent, int choice)
{
    rules->own[rule][agent].given = choice != rules->choice[rule];
    rules->own[rule][agent].choice = choice;
}

/* ---- reading and writing ---- */

static const char *separator(int at, int count, const char *last)
{
    return at == 0 ? "" : at + 1 == count ? last : ", ";
}

static sb_status unknown_rule(const char *rule, sb_error *error)
{
    sb_text list;
    sb_text_init(&list);
    for (int i = 0; i < SB_RULE_COUNT; i++) {
        sb_text_add(&list, separator(i, SB_RULE_COUNT, " and "));
        sb_text_add(&list, descriptions[i].name);
    }
    char *names = sb_text_take(&list, error);
    if (names == NULL) {
        return SB_ERROR_MEMORY;
    }
    (void)sb_error_set(error, SB_ERROR_USAGE, "there is no rule '%.64s': the rules are %s", rule,
                       names);
    free(names);
    return SB_ERROR_USAGE;
}

static sb_status unknown_choice(const sb_rule_description *description, const char *choice,
                                sb_error *error)
{
    sb_text list;
    sb_text_init(&list);
    for (int i = 0; i < description->choice_count; i++) {
        sb_text_add(&list, separator(i, description->choice_count, " or "));
        sb_text_add(&list, description->choices[i].name);
        if (description->choices[i].takes != NULL) {
            sb_text_add_format(&list, ":%s", description->choices[i].takes);
        }
    }
    char *names = sb_text_take(&list, error);
    if (names == NULL) {
        return SB_ERROR_MEMORY;
    }
    (void)sb_error_set(error, SB_ERROR_USAGE, "%s cannot be '%.64s': it is one of %s",
                       description->name, choice, names);
    free(names);
    return SB_ERROR_USAGE;
}

/* Set *bound to the number behind the colon. */
static sb_status read_bound(fmpq_t bound, const char *choice, const char *number, sb_error *error)
{
    if (*number == '\0') {
        return sb_error_set(error, SB_ERROR_USAGE, "%s needs a number, as in %s:100", choice,
                            choice);
    }
    sb_status status = sb_rational_parse(bound, number + 1, strlen(number + 1), error);
    if (status == SB_OK && fmpq_sgn(bound) <= 0) {
        status = sb_error_set(error, SB_ERROR_INPUT,
                              "the number in %s%.64s must be greater than zero", choice, number);
        sb_error_set_hint(error, "write the most that anybody may pay or be paid, as in %s:100",
                          choice);
    }
    return status;
}

/* What stands behind the colon of a choice. */
static sb_status read_parameter(sb_rules *rules, sb_rule rule, const char *choice, const char *rest,
                                sb_error *error)
{
    if (rule == SB_RULE_OBJECTIVE) {
        if (*rest == '\0') {
            return sb_error_set(error, SB_ERROR_USAGE,
                                "%s needs a sum of objectives, as in %s:revenue+0.5*agents", choice,
                                choice);
        }
        return sb_objective_sum_parse(rules->weights, rest + 1, error);
    }
    fmpq_t bound;
    fmpq_init(bound);
    sb_status status = read_bound(bound, choice, rest, error);
    if (status == SB_OK) {
        fmpq_swap(&rules->payment_bound, bound);
    }
    fmpq_clear(bound);
    return status;
}

sb_status sb_rules_set(sb_rules *rules, const char *rule, const char *choice, sb_error *error)
{
    int which = 0;
    while (which < SB_RULE_COUNT && strcmp(descriptions[which].name, rule) != 0) {
        which++;
    }
    if (which == SB_RULE_COUNT) {
        return unknown_rule(rule, error);
    }
    const sb_rule_description *description = &descriptions[which];
    size_t length = strcspn(choice, ":");
    for (int i = 0; i < description->choice_count; i++) {
        const sb_rule_choice *candidate = &description->choices[i];
        if (strlen(candidate->name) != length || memcmp(candidate->name, choice, length) != 0 ||
            (choice[length] == ':' && candidate->takes == NULL)) {
            continue;
        }
        sb_status status =
            candidate->takes == NULL
                ? SB_OK
                : read_parameter(rules, (sb_rule)which, candidate->name, choice + length, error);
        if (status == SB_OK) {
            sb_rules_choose(rules, (sb_rule)which, i);
        }
        return status;
    }
    return unknown_choice(description, choice, error);
}

char *sb_rules_format(const sb_rules *rules, sb_rule rule)
{
    const sb_rule_choice *choice = &descriptions[rule].choices[rules->choice[rule]];
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, choice->name);
    if (choice->takes != NULL && rule == SB_RULE_OBJECTIVE) {
        sb_text_add(&text, ":");
        sb_objective_sum_add(&text, rules->weights);
    } else if (choice->takes != NULL) {
        sb_text_add(&text, ":");
        sb_text_add_rational(&text, &rules->payment_bound, SB_NUMBER_DECIMAL);
    }
    return sb_text_take(&text, NULL);
}
