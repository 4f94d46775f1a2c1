/* Writing the `rules:` and `reports:` sections of an environment file.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "model/environment_write.h"
#include "model/yaml_scalar.h"

/* ---- rules ---- */

/* All agents are named: then it does not matter which choice those have that are left out. */
static void add_by_agent(sb_text *out, const sb_environment *environment, sb_rule rule)
{
    const sb_rule_description *described = sb_rule_describe(rule);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        sb_text_add(out, agent == 0 ? "{" : ", ");
        sb_yaml_add_key(out, environment->agents[agent].name);
        sb_text_add(out, described->choices[sb_rules_of(&environment->rules, rule, agent)].name);
    }
    sb_text_add(out, "}");
}

/* The first three rules always, the others where they differ from what a file without them means.
 */
void sb_write_rules(sb_text *out, const sb_environment *environment)
{
    const sb_rules *rules = &environment->rules;
    sb_text_add(out, "rules: {");
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        const sb_rule_description *description = sb_rule_describe((sb_rule)rule);
        if (rule > SB_RULE_OBJECTIVE && rules->choice[rule] == description->initial) {
            continue;
        }
        sb_text_add_format(out, "%s%s: ", rule > 0 ? ", " : "", description->name);
        if (sb_rules_differ(rules, (sb_rule)rule)) {
            add_by_agent(out, environment, (sb_rule)rule);
            continue;
        }
        char *choice = sb_rules_format(rules, (sb_rule)rule);
        out->failed = out->failed || choice == NULL;
        sb_text_add(out, choice == NULL ? "" : choice);
        free(choice);
    }
    sb_text_add(out, "}\n");
}

/* ---- reporting sets ---- */

/* "high: [low, high]" */
static void add_set(sb_text *out, const sb_environment *environment, size_t agent, size_t type)
{
    const sb_agent *reporter = &environment->agents[agent];
    const char *before = "[";
    sb_yaml_add_key(out, reporter->types[type]);
    for (size_t report = 0; report < reporter->type_count; report++) {
        if (sb_environment_may_report(environment, agent, type, report)) {
            sb_text_add(out, before);
            sb_yaml_add_scalar(out, reporter->types[report]);
            before = ", ";
        }
    }
    sb_text_add(out, "]");
}

/* Types that may report any are left out. */
static void add_sets(sb_text *out, const sb_environment *environment, size_t agent)
{
    const char *before = "{";
    for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
        if (!sb_environment_may_report_any(environment, agent, type)) {
            sb_text_add(out, before);
            add_set(out, environment, agent, type);
            before = ", ";
        }
    }
    sb_text_add(out, before[0] == '{' ? "{}" : "}");
}

char *sb_environment_format_reports(const sb_environment *environment, size_t agent)
{
    sb_text text;
    sb_text_init(&text);
    add_sets(&text, environment, agent);
    return sb_text_take(&text, NULL);
}

void sb_write_reports(sb_text *out, const sb_environment *environment)
{
    bool headed = false;
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        if (sb_environment_has_reporting_sets(environment, agent)) {
            sb_text_add(out, headed ? "  " : "reports:\n  ");
            sb_yaml_add_key(out, environment->agents[agent].name);
            add_sets(out, environment, agent);
            sb_text_add(out, "\n");
            headed = true;
        }
    }
}
