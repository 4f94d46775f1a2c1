/* The options that are rules: for all agents, or as AGENT=CHOICE for one.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A choice for all ends what agents have of their own, so those for all come first, wherever they
 * stand on the command line.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/option_values.h"

/* Split AGENT=CHOICE at its last equals sign, since a name may have one and a choice has none;
 * *agent NULL: for all. */
static sb_status split(const sb_option *option, const char *value, sb_rule_argument *argument,
                       sb_error *error)
{
    const char *sign = strrchr(value, '=');
    *argument = (sb_rule_argument){.rule = option->rule, .choice = value};
    if (sign == NULL) {
        return SB_OK;
    }
    if (!sb_rule_is_by_agent(option->rule)) {
        sb_error_set(error, SB_ERROR_USAGE, "--%s %.80s: this rule is one for all agents",
                     option->name, value);
        sb_error_set_hint(error, "only --ic and --ir take AGENT=CHOICE");
        return SB_ERROR_USAGE;
    }
    argument->choice = sign + 1;
    argument->agent = sb_copy_text_part(value, (size_t)(sign - value));
    return argument->agent == NULL ? sb_out_of_memory(error) : SB_OK;
}

sb_status sb_option_read_rule(sb_rule_arguments *list, const sb_option *option, const char *value,
                              sb_error *error)
{
    sb_rule_argument argument;
    sb_status status = split(option, value, &argument, error);
    if (status == SB_OK) {
        sb_rules rules;
        sb_rules_init(&rules);
        status = sb_rules_set(&rules, option->name, argument.choice, error);
        sb_rules_clear(&rules);
        if (status != SB_OK && option->rule == SB_RULE_OBJECTIVE && strchr(value, ':') == NULL) {
            sb_error_set_hint(error, "or, of robust, estimate or worst-case");
        }
    }
    if (status == SB_OK &&
        !sb_grow(&list->each, &list->capacity, list->count + 1, sizeof *list->each)) {
        status = sb_out_of_memory(error);
    }
    if (status != SB_OK) {
        free(argument.agent);
        return status;
    }
    size_t at = list->count++;
    while (argument.agent == NULL && at > 0 && list->each[at - 1].agent != NULL) {
        list->each[at] = list->each[at - 1];
        at--;
    }
    list->each[at] = argument;
    return SB_OK;
}

void sb_rule_arguments_clear(sb_rule_arguments *list)
{
    for (size_t k = 0; k < list->count; k++) {
        free(list->each[k].agent);
    }
    free(list->each);
    *list = (sb_rule_arguments){0};
}

bool sb_rule_arguments_have(const sb_rule_arguments *list, sb_rule rule)
{
    size_t k = 0;
    while (k < list->count && list->each[k].rule != rule) {
        k++;
    }
    return k < list->count;
}

static sb_status find_agent(const sb_environment *environment, const sb_rule_argument *argument,
                            size_t *agent, sb_error *error)
{
    const char *rule = sb_rule_describe(argument->rule)->name;
    sb_error found;
    sb_error_clear(&found);
    sb_status status = sb_environment_find_player(environment, argument->agent, agent, &found);
    if (status == SB_OK && *agent < environment->agent_count) {
        return SB_OK;
    }
    if (status == SB_OK) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "--%s %s=%s: this is the signal, which nobody reports and no rule is about",
                     rule, argument->agent, argument->choice);
    } else {
        sb_error_set(error, status, "--%s %s=%s: %s", rule, argument->agent, argument->choice,
                     found.message);
    }
    sb_error_set_hint(error, "name an agent of the file, as in --%s \"%s=%s\"", rule,
                      environment->agents[0].name, argument->choice);
    return error == NULL ? SB_ERROR_USAGE : error->status;
}

sb_status sb_rule_arguments_find(const sb_rule_argument *argument,
                                 const sb_environment *environment, size_t *agent, sb_error *error)
{
    *agent = (size_t)-1;
    return argument->agent == NULL ? SB_OK : find_agent(environment, argument, agent, error);
}

sb_status sb_rule_arguments_apply(const sb_rule_arguments *list, sb_environment *environment,
                                  sb_error *error)
{
    sb_status status = SB_OK;
    for (size_t k = 0; k < list->count && status == SB_OK; k++) {
        const sb_rule_argument *argument = &list->each[k];
        size_t agent = 0;
        status = sb_rule_arguments_find(argument, environment, &agent, error);
        if (status == SB_OK) {
            status = sb_environment_set_rule(environment, argument->rule, agent, argument->choice,
                                             error);
        }
    }
    return status;
}
