/* What keeps an environment from being written: labels and numbers that no reader takes.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/environment_write.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/yaml_utf8.h"

/* Refuse labels that no reader would take: an environment made by a program may have any bytes. */
static sb_status check_labels(char *const *labels, size_t count, sb_error *error)
{
    for (size_t index = 0; index < count; index++) {
        const char *fault = sb_utf8_label_fault(labels[index], strlen(labels[index]));
        if (fault != NULL) {
            char quoted[SB_QUOTED_SIZE];
            sb_error_set(error, SB_ERROR_INPUT, "the label %s %s",
                         sb_utf8_quote(labels[index], strlen(labels[index]), quoted), fault);
            sb_error_set_hint(error, "rename it before writing");
            return SB_ERROR_INPUT;
        }
    }
    return SB_OK;
}

static sb_status check_texts(const sb_environment *environment, sb_error *error)
{
    sb_status status = SB_OK;
    if (environment->title[0] != '\0') {
        const char *fault = sb_utf8_text_fault(environment->title, strlen(environment->title));
        status = fault == NULL ? SB_OK : sb_error_set(error, SB_ERROR_INPUT, "the title %s", fault);
    }
    for (size_t index = 0; index < environment->agent_count && status == SB_OK; index++) {
        const sb_agent *agent = &environment->agents[index];
        status = check_labels(&agent->name, 1, error);
        if (status == SB_OK) {
            status = check_labels(agent->types, agent->type_count, error);
        }
    }
    if (status == SB_OK && environment->has_signal) {
        status = check_labels(&environment->signal_name, 1, error);
        if (status == SB_OK) {
            status = check_labels(environment->signals, environment->signal_count, error);
        }
    }
    for (size_t g = 0; g < environment->good_count && status == SB_OK; g++) {
        const sb_good *good = &environment->goods[g];
        status = check_labels(&good->name, 1, error);
        if (status == SB_OK) {
            status = check_labels(good->uses, good->use_count, error);
        }
    }
    if (status == SB_OK && environment->form == SB_FORM_GENERAL) {
        status = check_labels(environment->outcomes, environment->outcome_count, error);
    }
    return status;
}

/* Refuse numbers longer than a reader takes; edits can make them where files cannot. */
static sb_status check_numbers(const fmpq *numbers, size_t count, sb_error *error)
{
    const ulong surely_short = (ulong)3 * SB_RATIONAL_MAX_TEXT; /* bits; a digit is more than 3 */
    for (size_t index = 0; index < count; index++) {
        const fmpq *number = &numbers[index];
        if (fmpz_bits(fmpq_numref(number)) + fmpz_bits(fmpq_denref(number)) < surely_short) {
            continue;
        }
        char *text = sb_rational_format(number, SB_NUMBER_DECIMAL);
        if (text == NULL) {
            return sb_out_of_memory(error);
        }
        bool readable = strlen(text) <= SB_RATIONAL_MAX_TEXT;
        if (!readable) {
            sb_error_set(error, SB_ERROR_LIMIT,
                         "the number %.24s... has more than %d characters, too many for a file",
                         text, SB_RATIONAL_MAX_TEXT);
            sb_error_set_hint(error, "enter a shorter number in its place");
        }
        free(text);
        if (!readable) {
            return SB_ERROR_LIMIT;
        }
    }
    return SB_OK;
}

static sb_status check_robust(const sb_set_description *set, sb_error *error)
{
    size_t entries = set->kind == SB_SET_TABLES ? set->type_count * set->signal_count : 0;
    sb_status status = check_numbers(&set->radius, 1, error);
    if (status == SB_OK) {
        status = check_numbers(set->lower, entries, error);
    }
    if (status == SB_OK) {
        status = check_numbers(set->upper, entries, error);
    }
    for (size_t index = 0; index < set->constraint_count && status == SB_OK; index++) {
        const sb_belief_constraint *constraint = &set->constraints[index];
        status = check_numbers(constraint->coefficients, set->signal_count, error);
        if (status == SB_OK) {
            status = check_numbers(&constraint->lower, 1, error);
        }
        if (status == SB_OK) {
            status = check_numbers(&constraint->upper, 1, error);
        }
    }
    return status;
}

static sb_status check_all_numbers(const sb_environment *environment, sb_error *error)
{
    const sb_prior_source *source = &environment->source;
    sb_status status = check_numbers(&environment->reserve, 1, error);
    if (status == SB_OK) {
        status = check_numbers(&environment->cost, 1, error);
    }
    for (size_t g = 0; g < environment->good_count && status == SB_OK; g++) {
        status = check_numbers(&environment->goods[g].reserve, 1, error);
    }
    for (size_t index = 0; index < environment->agent_count && status == SB_OK; index++) {
        const sb_agent *agent = &environment->agents[index];
        size_t utilities = agent->type_count * environment->outcome_count;
        status = check_numbers(agent->outside, agent->type_count, error);
        if (status == SB_OK) {
            status =
                environment->form == SB_FORM_GENERAL
                    ? check_numbers(agent->utilities, utilities, error)
                    : check_numbers(agent->values, agent->type_count * agent->value_count, error);
        }
    }
    if (status == SB_OK && environment->form == SB_FORM_GENERAL) {
        status = check_numbers(environment->designer, environment->outcome_count, error);
    }
    if (status == SB_OK && source->kind == SB_PRIOR_TABLE) {
        status =
            check_numbers(environment->weights, sb_environment_profile_count(environment), error);
    } else if (status == SB_OK && source->kind == SB_PRIOR_INDEPENDENT) {
        status =
            check_numbers(source->marginals, sb_environment_marginal_count(environment), error);
    }
    return status == SB_OK ? check_robust(&environment->robust, error) : status;
}

sb_status sb_write_check(const sb_environment *environment, sb_error *error)
{
    sb_status status = check_texts(environment, error);
    return status == SB_OK ? check_all_numbers(environment, error) : status;
}
