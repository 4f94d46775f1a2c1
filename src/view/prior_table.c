/* The numbers of the prior's table.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/prior_table.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"

enum { heat_steps = 7 };

static void take_agent(sb_prior_table *table, size_t agent)
{
    const sb_environment *environment = table->environment;
    size_t last = sb_environment_player_count(environment) - 1;
    table->one_agent = true;
    table->sliced = false;
    table->row_player = agent;
    table->column_player = agent == last ? last - 1 : last;
    table->rows = sb_environment_player_size(environment, agent);
    table->columns = sb_environment_others_count(environment, agent);
    table->cursor_row = table->types[agent];
    table->cursor_column = sb_environment_others_at(
        environment, agent, sb_environment_profile_join(environment, table->types));
}

/* "(1, 2)" as "1,2": cells are narrow. */
static char *compact(char *label)
{
    char *to = label;
    for (const char *at = label; at != NULL && *at != '\0'; at++) {
        bool edge = (at == label && *at == '(') || (*at == ')' && at[1] == '\0');
        bool blank = *at == ' ' && at > label && at[-1] == ',';
        if (!edge && !blank) {
            *to++ = *at;
        }
    }
    if (label != NULL) {
        *to = '\0';
    }
    return label;
}

char *sb_prior_column_label(const sb_prior_table *table, size_t column)
{
    const sb_environment *environment = table->environment;
    if (!table->one_agent) {
        return sb_copy_text(sb_environment_label(environment, table->column_player, column));
    }
    char *label = sb_environment_others_label(environment, table->row_player, column);
    return sb_environment_player_count(environment) > 2 ? compact(label) : label;
}

char *sb_prior_columns_name(const sb_prior_table *table)
{
    const sb_environment *environment = table->environment;
    size_t players = sb_environment_player_count(environment);
    if (!table->one_agent) {
        return sb_copy_text(sb_environment_player_name(environment, table->column_player));
    }
    sb_text names;
    sb_text_init(&names);
    for (size_t player = 0; player < players; player++) {
        if (player != table->row_player) {
            sb_text_add(&names, names.length > 0 ? ", " : "");
            sb_text_add(&names, sb_environment_player_name(environment, player));
        }
    }
    return sb_text_take(&names, NULL);
}

sb_prior_table sb_prior_table_of_environment(const sb_environment *environment,
                                             const sb_display *display)
{
    sb_prior_table table = {.environment = environment, .display = display};
    size_t players = sb_environment_player_count(table.environment);
    for (size_t player = 0; player < players; player++) {
        size_t size = sb_environment_player_size(table.environment, player);
        size_t at = table.display->cursor[player];
        table.types[player] = at < size ? at : size - 1;
    }
    table.has_rows = players >= 2;
    table.sliced = players > 2;
    table.column_player = players - 1;
    table.row_player = table.has_rows ? players - 2 : 0;
    table.columns = sb_environment_player_size(table.environment, table.column_player);
    table.rows =
        table.has_rows ? sb_environment_player_size(table.environment, table.row_player) : 1;
    table.cursor_column = table.types[table.column_player];
    table.cursor_row = table.has_rows ? table.types[table.row_player] : 0;
    size_t agent = sb_display_rows(display, environment);
    if (agent != SB_NOWHERE) {
        take_agent(&table, agent);
    }
    return table;
}

sb_prior_table sb_prior_table_of(const sb_session *session)
{
    return sb_prior_table_of_environment(sb_session_environment(session),
                                         sb_session_display(session));
}

size_t sb_prior_profile(const sb_prior_table *table, size_t row, size_t column)
{
    if (table->one_agent) {
        return sb_environment_profile_of(table->environment, table->row_player, row, column);
    }
    size_t types[SB_MAX_PLAYERS];
    memcpy(types, table->types, sizeof types);
    if (table->has_rows) {
        types[table->row_player] = row;
    }
    types[table->column_player] = column;
    return sb_environment_profile_join(table->environment, types);
}

void sb_prior_probability(fmpq_t probability, const sb_prior_table *table, size_t row,
                          size_t column)
{
    sb_environment_probability(probability, table->environment,
                               sb_prior_profile(table, row, column));
}

void sb_prior_sum(fmpq_t sum, const sb_prior_table *table, bool row, size_t index)
{
    fmpq_t weights;
    fmpq_init(weights);
    size_t count = row ? table->columns : table->rows;
    for (size_t k = 0; k < count; k++) {
        size_t profile =
            row ? sb_prior_profile(table, index, k) : sb_prior_profile(table, k, index);
        fmpq_add(weights, weights, &table->environment->weights[profile]);
    }
    fmpq_div(sum, weights, &table->environment->weight_sum);
    fmpq_clear(weights);
}

bool sb_prior_conditional(fmpq_t conditional, const sb_prior_table *table, size_t row,
                          size_t column)
{
    fmpq_t marginal;
    fmpq_init(marginal);
    sb_environment_marginal(marginal, table->environment, table->row_player, row);
    bool possible = !fmpq_is_zero(marginal);
    if (possible) {
        sb_prior_probability(conditional, table, row, column);
        fmpq_div(conditional, conditional, marginal);
    }
    fmpq_clear(marginal);
    return possible;
}

bool sb_prior_can_condition(const sb_prior_table *table)
{
    return table->display->conditionals && table->has_rows &&
           table->row_player < table->environment->agent_count;
}

sb_style sb_prior_heat(const fmpq_t weight, const fmpq_t low, const fmpq_t high)
{
    double range = sb_rational_to_double(high) - sb_rational_to_double(low);
    if (!(range > 0)) {
        return SB_STYLE_HEAT_3;
    }
    fmpq_t above;
    fmpq_init(above);
    fmpq_sub(above, weight, low);
    int step = (int)(sb_rational_to_double(above) / range * heat_steps);
    fmpq_clear(above);
    step = step < 0 ? 0 : step;
    step = step >= heat_steps ? heat_steps - 1 : step;
    return (sb_style)(SB_STYLE_HEAT_0 + step);
}
