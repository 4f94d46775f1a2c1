/* Beliefs, bets and mixtures of types in the answers: for people and for programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/report_beliefs.h"

#include <stdlib.h>

#include "cli/report_number.h"

void sb_report_add_line(sb_text *text, sb_text *sentence, size_t indent, size_t width)
{
    text->failed = text->failed || sentence->failed;
    sb_text_add_format(text, "%*s", (int)indent, "");
    sb_layout_wrap(text, sentence->bytes == NULL ? "" : sentence->bytes, indent, indent + 2, width);
    sb_text_add(text, "\n");
    sb_text_clear(sentence);
}

void sb_report_add_short(sb_text *text, const fmpq_t value)
{
    enum { SHORT = 8 };
    char *cell = sb_report_cell(value, SHORT, NULL);
    text->failed = text->failed || cell == NULL;
    sb_text_add(text, cell == NULL ? "" : cell);
    free(cell);
}

void sb_report_add_mixture(sb_text *text, const sb_agent *agent, const fmpq *mixture)
{
    size_t left = 0;
    for (size_t type = 0; type < agent->type_count; type++) {
        left += !fmpq_is_zero(mixture + type);
    }
    for (size_t type = 0; type < agent->type_count; type++) {
        if (fmpq_is_zero(mixture + type)) {
            continue;
        }
        left--;
        if (!fmpq_is_one(mixture + type)) {
            sb_report_add_short(text, mixture + type);
            sb_text_add(text, " of ");
        }
        sb_text_add_format(text, "type %s%s", agent->types[type],
                           left > 1    ? ", "
                           : left == 1 ? " and "
                                       : "");
    }
}

/* ---- a table ---- */

static void print_table(sb_text *text, const sb_table *table, size_t indent, size_t width)
{
    if (table->failed || sb_table_width(table, indent) <= width) {
        sb_table_print(table, text, indent);
        return;
    }
    for (size_t i = table->columns; i < table->cell_count; i++) {
        size_t column = i % table->columns;
        if (column > 0) {
            sb_text_add_format(text, "%*s%s at %s: %s\n", (int)indent, "", table->cells[i - column],
                               table->cells[column], table->cells[i]);
        }
    }
}

void sb_report_add_belief_table(sb_text *text, const sb_environment *environment, size_t agent,
                                const fmpq *numbers, const bool *has, size_t indent, size_t width)
{
    enum { LABELS = 12 }; /* about what the first column takes */
    size_t others_count = sb_environment_others_count(environment, agent);
    size_t room = width > indent + LABELS ? width - indent - LABELS : 0;
    size_t cell_width = sb_report_cell_width(room, others_count);
    sb_table table;
    sb_table_init(&table, others_count + 1);
    sb_table_add(&table, "type");
    for (size_t others = 0; others < others_count; others++) {
        sb_table_take(&table, sb_environment_others_label(environment, agent, others));
    }
    for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
        if (has != NULL && !has[type]) {
            continue;
        }
        sb_table_add(&table, environment->agents[agent].types[type]);
        for (size_t others = 0; others < others_count; others++) {
            sb_table_take(&table,
                          sb_report_cell(numbers + type * others_count + others, cell_width, NULL));
        }
    }
    print_table(text, &table, indent, width);
    sb_table_clear(&table);
}

/* ---- JSON ---- */

void sb_json_rationals(sb_json *json, const char *key, const fmpq *numbers, size_t count,
                       bool fractions)
{
    if (numbers == NULL) {
        sb_json_null(json, key);
        return;
    }
    sb_json_begin_array(json, key);
    for (size_t i = 0; i < count; i++) {
        if (fractions) {
            sb_json_fraction(json, NULL, numbers + i);
        } else {
            sb_json_number(json, NULL, numbers + i);
        }
    }
    sb_json_end_array(json);
}

void sb_json_mixture(sb_json *json, const char *key, const sb_agent *agent, const fmpq *mixture,
                     bool fractions)
{
    sb_json_begin_object(json, key);
    for (size_t type = 0; mixture != NULL && type < agent->type_count; type++) {
        if (fmpq_is_zero(mixture + type)) {
            continue;
        }
        if (fractions) {
            sb_json_fraction(json, agent->types[type], mixture + type);
        } else {
            sb_json_number(json, agent->types[type], mixture + type);
        }
    }
    sb_json_end_object(json);
}

void sb_json_others(sb_json *json, const char *key, const sb_environment *environment, size_t agent)
{
    sb_json_begin_array(json, key);
    size_t count = sb_environment_others_count(environment, agent);
    for (size_t others = 0; others < count; others++) {
        char *label = sb_environment_others_label(environment, agent, others);
        json->text.failed = json->text.failed || label == NULL;
        sb_json_string(json, NULL, label);
        free(label);
    }
    sb_json_end_array(json);
}
