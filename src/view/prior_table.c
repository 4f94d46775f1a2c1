/* The numbers of the prior's table.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/prior_table.h"

#include <string.h>

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
    return table;
}

sb_prior_table sb_prior_table_of(const sb_session *session)
{
    return sb_prior_table_of_environment(sb_session_environment(session),
                                         sb_session_display(session));
}

size_t sb_prior_profile(const sb_prior_table *table, size_t row, size_t column)
{
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
