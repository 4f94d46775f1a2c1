/* Writing the short forms of environment files.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/environment_parts.h"
#include "model/environment_write.h"
#include "model/yaml_scalar.h"

/* Whether a plain list of the values gives these labels when it is read: it must hold no values
 * twice, since a reader takes none. */
static bool labels_are_values(const sb_agent *agent)
{
    for (size_t type = 0; type < agent->type_count; type++) {
        char *text =
            agent->value_count > SB_MOST_JOINED
                ? NULL
                : sb_label_of_values(agent->values + type * agent->value_count, agent->value_count);
        bool equal = text != NULL && strcmp(text, agent->types[type]) == 0;
        free(text);
        if (!equal) {
            return false;
        }
    }
    return true;
}

/* What one type values: a number, a list in the order of the items, a mapping by asset and use. */
static void add_values(sb_text *out, const sb_environment *environment, size_t agent, size_t type)
{
    size_t count = environment->agents[agent].value_count;
    const fmpq *values = environment->agents[agent].values + type * count;
    if (environment->form == SB_FORM_ITEMS && environment->agents[agent].wants == 0) {
        sb_write_numbers(out, values, count, SB_NUMBER_DECIMAL);
        return;
    }
    if (environment->form != SB_FORM_DIVISION) {
        sb_text_add_rational(out, values, SB_NUMBER_DECIMAL);
        return;
    }
    for (size_t k = 0; k < count; k++) {
        char *name = sb_goods_thing_name(environment->goods, environment->good_count, k);
        if (name == NULL) {
            out->failed = true;
            return;
        }
        sb_text_add(out, k > 0 ? ", " : "{");
        sb_yaml_add_key(out, name);
        sb_text_add_rational(out, values + k, SB_NUMBER_DECIMAL);
        free(name);
    }
    sb_text_add(out, "}");
}

/* "name: a, wants: [left], values: [1, 2]" */
static void add_agent(sb_text *out, const sb_environment *environment, size_t index)
{
    const sb_agent *agent = &environment->agents[index];
    sb_text_add(out, "{name: ");
    sb_yaml_add_scalar(out, agent->name);
    for (size_t g = 0, wanted = 0; g < environment->good_count; g++) {
        if ((agent->wants >> g & 1) != 0) {
            sb_text_add(out, wanted++ == 0 ? ", wants: [" : ", ");
            sb_yaml_add_scalar(out, environment->goods[g].name);
        }
    }
    sb_text_add(out, agent->wants != 0 ? "]" : "");
    sb_text_add(out, environment->form == SB_FORM_TRADE && index == 1 ? ", costs: " : ", values: ");
    bool plain = labels_are_values(agent);
    for (size_t type = 0; type < agent->type_count; type++) {
        sb_text_add(out, type > 0 ? ", " : plain ? "[" : "{");
        if (!plain) {
            sb_yaml_add_key(out, agent->types[type]);
        }
        add_values(out, environment, index, type);
    }
    sb_text_add(out, plain ? "]}\n" : "}}\n");
}

static void add_agents(sb_text *out, const sb_environment *environment, const char *key)
{
    sb_text_add_format(out, "  %s:\n", key);
    for (size_t index = 0; index < environment->agent_count; index++) {
        sb_text_add(out, "    - ");
        add_agent(out, environment, index);
    }
}

static void add_names(sb_text *out, const sb_environment *environment)
{
    sb_text_add(out, "  names: [");
    for (size_t g = 0; g < environment->good_count; g++) {
        sb_text_add(out, g > 0 ? ", " : "");
        sb_yaml_add_scalar(out, environment->goods[g].name);
    }
    sb_text_add(out, "]\n");
}

static void add_assets(sb_text *out, const sb_environment *environment)
{
    sb_text_add(out, "  assets:\n");
    for (size_t g = 0; g < environment->good_count; g++) {
        const sb_good *asset = &environment->goods[g];
        sb_text_add(out, asset->use_count > 0 ? "    - {name: " : "    - ");
        sb_yaml_add_scalar(out, asset->name);
        if (asset->use_count > 0) {
            sb_text_add(out, ", otherwise: ");
            sb_write_labels(out, asset->uses, asset->use_count);
            sb_text_add(out, "}");
        }
        sb_text_add(out, "\n");
    }
}

static void add_reserves(sb_text *out, const sb_environment *environment)
{
    bool any = false;
    for (size_t g = 0; g < environment->good_count; g++) {
        any = any || !fmpq_is_zero(&environment->goods[g].reserve);
    }
    for (size_t g = 0; any && g < environment->good_count; g++) {
        sb_text_add(out, g > 0 ? ", " : "  reserves: [");
        sb_text_add_rational(out, &environment->goods[g].reserve, SB_NUMBER_DECIMAL);
    }
    sb_text_add(out, any ? "]\n" : "");
}

static void add_reserve(sb_text *out, const sb_environment *environment)
{
    if (!fmpq_is_zero(&environment->reserve)) {
        sb_text_add(out, "  reserve: ");
        sb_text_add_rational(out, &environment->reserve, SB_NUMBER_DECIMAL);
        sb_text_add(out, "\n");
    }
}

void sb_write_form(sb_text *out, const sb_environment *environment)
{
    sb_text_add_format(out, "%s:\n", sb_form_name(environment->form));
    switch (environment->form) {
    case SB_FORM_UNITS:
        sb_text_add_format(out, "  count: %zu\n", environment->unit_count);
        add_agents(out, environment, "bidders");
        add_reserve(out, environment);
        break;
    case SB_FORM_ITEMS:
        add_names(out, environment);
        add_agents(out, environment, "bidders");
        add_reserves(out, environment);
        break;
    case SB_FORM_PUBLIC_GOOD:
        sb_text_add(out, "  cost: ");
        sb_text_add_rational(out, &environment->cost, SB_NUMBER_DECIMAL);
        sb_text_add(out, "\n");
        add_agents(out, environment, "agents");
        break;
    case SB_FORM_TRADE:
        sb_text_add(out, "  buyer: ");
        add_agent(out, environment, 0);
        sb_text_add(out, "  seller: ");
        add_agent(out, environment, 1);
        break;
    case SB_FORM_DIVISION:
        add_assets(out, environment);
        add_agents(out, environment, "agents");
        break;
    default:
        add_agents(out, environment, "bidders");
        add_reserve(out, environment);
    }
}
