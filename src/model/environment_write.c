/* Writing environment files: the YAML text that reads back to an equal environment.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/environment_write.h"
#include "model/prior_generators.h"
#include "model/yaml_scalar.h"
#include "sidebet/environment_file.h"

/* A table is padded to the same number of digits after the point up to this many. */
#define MOST_PADDED_DIGITS 12

static void add_number(sb_text *out, const fmpq_t value)
{
    sb_text_add_rational(out, value, SB_NUMBER_DECIMAL);
}

void sb_write_labels(sb_text *out, char *const *labels, size_t count)
{
    sb_text_add(out, "[");
    for (size_t index = 0; index < count; index++) {
        sb_text_add(out, index > 0 ? ", " : "");
        sb_yaml_add_scalar(out, labels[index]);
    }
    sb_text_add(out, "]");
}

void sb_write_numbers(sb_text *out, const fmpq *numbers, size_t count, sb_number_style style)
{
    sb_text_add(out, "[");
    for (size_t index = 0; index < count; index++) {
        sb_text_add(out, index > 0 ? ", " : "");
        sb_text_add_rational(out, &numbers[index], style);
    }
    sb_text_add(out, "]");
}

/* ---- the long form ---- */

static void add_general(sb_text *out, const sb_environment *environment)
{
    sb_text_add(out, "agents:\n");
    for (size_t index = 0; index < environment->agent_count; index++) {
        const sb_agent *agent = &environment->agents[index];
        sb_text_add(out, "  - {name: ");
        sb_yaml_add_scalar(out, agent->name);
        sb_text_add(out, ", types: ");
        sb_write_labels(out, agent->types, agent->type_count);
        sb_text_add(out, "}\n");
    }
    sb_text_add(out, "outcomes: ");
    sb_write_labels(out, environment->outcomes, environment->outcome_count);
    sb_text_add(out, "\nutilities:\n");
    bool designer = false;
    for (size_t outcome = 0; outcome < environment->outcome_count; outcome++) {
        designer = designer || !fmpq_is_zero(&environment->designer[outcome]);
    }
    for (size_t index = 0; index < environment->agent_count; index++) {
        const sb_agent *agent = &environment->agents[index];
        sb_text_add(out, "  ");
        sb_yaml_add_scalar(out, agent->name);
        sb_text_add(out, ":\n");
        for (size_t type = 0; type < agent->type_count; type++) {
            sb_text_add(out, "    ");
            sb_yaml_add_key(out, agent->types[type]);
            sb_write_numbers(out, agent->utilities + type * environment->outcome_count,
                             environment->outcome_count, SB_NUMBER_DECIMAL);
            sb_text_add(out, "\n");
        }
    }
    if (designer) {
        sb_text_add(out, "designer: ");
        sb_write_numbers(out, environment->designer, environment->outcome_count, SB_NUMBER_DECIMAL);
        sb_text_add(out, "\n");
    }
}

/* ---- what both forms have ---- */

static void add_signal(sb_text *out, const sb_environment *environment)
{
    if (environment->has_signal) {
        sb_text_add(out, "signal: {name: ");
        sb_yaml_add_scalar(out, environment->signal_name);
        sb_text_add(out, ", values: ");
        sb_write_labels(out, environment->signals, environment->signal_count);
        sb_text_add(out, "}\n");
    }
}

static void add_outside(sb_text *out, const sb_environment *environment)
{
    bool headed = false;
    for (size_t index = 0; index < environment->agent_count; index++) {
        const sb_agent *agent = &environment->agents[index];
        bool opened = false;
        for (size_t type = 0; type < agent->type_count; type++) {
            if (fmpq_is_zero(&agent->outside[type])) {
                continue;
            }
            if (!opened) {
                sb_text_add(out, headed ? "  " : "outside:\n  ");
                sb_yaml_add_key(out, agent->name);
            }
            sb_text_add(out, opened ? ", " : "{");
            sb_yaml_add_key(out, agent->types[type]);
            add_number(out, &agent->outside[type]);
            headed = opened = true;
        }
        sb_text_add(out, opened ? "}\n" : "");
    }
}

/* ---- the prior ---- */

typedef struct table_writer {
    sb_text *out;
    const sb_environment *environment;
    size_t player_count;
    size_t decimals; /* zeros are added to reach as many digits */
    size_t next;     /* the next profile */
} table_writer;

/* The digits after the point that the table's decimals share, or 0 for no padding. */
static size_t shared_decimals(const sb_environment *environment)
{
    size_t most = 0;
    if (environment->source.style == SB_NUMBER_FRACTION) {
        return 0;
    }
    for (size_t profile = 0; profile < sb_environment_profile_count(environment); profile++) {
        size_t decimals = sb_rational_decimals(&environment->weights[profile]);
        if (decimals > MOST_PADDED_DIGITS) {
            return 0;
        }
        most = decimals > most ? decimals : most;
    }
    return most;
}

static void add_row(table_writer *table)
{
    size_t size = sb_environment_player_size(table->environment, table->player_count - 1);
    sb_text_add(table->out, "[");
    for (size_t index = 0; index < size; index++) {
        const fmpq *weight = &table->environment->weights[table->next++];
        sb_text_add(table->out, index > 0 ? ", " : "");
        if (table->decimals == 0) {
            sb_text_add_rational(table->out, weight, table->environment->source.style);
            continue;
        }
        char *text = sb_rational_format_padded(weight, table->decimals);
        if (text == NULL) {
            table->out->failed = true;
            return;
        }
        sb_text_add(table->out, text);
        free(text);
    }
    sb_text_add(table->out, "]\n");
}

/* Levels above the last one are block lists: "- - [..]" opens two at once. */
static void add_level(table_writer *table, size_t level)
{
    if (level + 1 == table->player_count) {
        add_row(table);
        return;
    }
    size_t size = sb_environment_player_size(table->environment, level);
    for (size_t type = 0; type < size; type++) {
        for (size_t indent = 0; type > 0 && indent <= level; indent++) {
            sb_text_add(table->out, "  ");
        }
        sb_text_add(table->out, "- ");
        add_level(table, level + 1);
    }
}

static void add_table(sb_text *out, const sb_environment *environment)
{
    table_writer table = {
        .out = out,
        .environment = environment,
        .player_count = sb_environment_player_count(environment),
        .decimals = shared_decimals(environment),
    };
    sb_text_add(out, table.player_count == 1 ? "prior: " : "prior:\n  ");
    add_level(&table, 0);
}

static void add_prior(sb_text *out, const sb_environment *environment)
{
    const sb_prior_source *source = &environment->source;
    size_t offset = 0;
    switch (source->kind) {
    case SB_PRIOR_INDEPENDENT:
        sb_text_add(out, "prior:\n  independent:\n");
        for (size_t player = 0; player < sb_environment_player_count(environment); player++) {
            size_t size = sb_environment_player_size(environment, player);
            sb_text_add(out, "    - ");
            sb_write_numbers(out, source->marginals + offset, size, source->style);
            sb_text_add(out, "\n");
            offset += size;
        }
        break;
    case SB_PRIOR_BIVARIATE_NORMAL:
        sb_text_add(out, "prior:\n  bivariate-normal: {correlation: ");
        add_number(out, &source->correlation);
        sb_text_add(out, ", from: ");
        add_number(out, &source->from);
        sb_text_add(out, ", to: ");
        add_number(out, &source->to);
        if (source->digits != SB_NORMAL_DIGITS) {
            sb_text_add_format(out, ", digits: %d", source->digits);
        }
        sb_text_add(out, "}\n");
        break;
    case SB_PRIOR_RANDOM:
        sb_text_add_format(out, "prior:\n  random: {seed: %llu, digits: %d}\n", source->seed,
                           source->digits);
        break;
    default:
        add_table(out, environment);
    }
}

sb_status sb_environment_format(const sb_environment *environment, char **text, sb_error *error)
{
    *text = NULL;
    sb_status status = sb_write_check(environment, error);
    if (status != SB_OK) {
        return status;
    }
    sb_text out;
    sb_text_init(&out);
    if (environment->title[0] != '\0') {
        sb_text_add(&out, "title: ");
        sb_yaml_add_block_scalar(&out, environment->title);
        sb_text_add(&out, "\n");
    }
    if (environment->form == SB_FORM_GENERAL) {
        add_general(&out, environment);
    } else {
        sb_write_form(&out, environment);
    }
    add_signal(&out, environment);
    add_outside(&out, environment);
    sb_write_reports(&out, environment);
    add_prior(&out, environment);
    sb_write_rules(&out, environment);
    sb_write_robust(&out, environment);
    *text = sb_text_take(&out, error);
    sb_text_clear(&out);
    return *text != NULL ? SB_OK : SB_ERROR_MEMORY;
}

sb_status sb_environment_save(const sb_environment *environment, const char *path, sb_error *error)
{
    char *text = NULL;
    sb_status status = sb_environment_format(environment, &text, error);
    if (status == SB_OK) {
        status = sb_text_write_file(path, text, strlen(text), error);
    }
    free(text);
    return status;
}
