/* The figure of the prior: its table as a heat map.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot_prior.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/plot_matrix.h"
#include "view/plot_models.h"
#include "view/sensitivity_layer.h"

enum { number_columns = 8, few_columns = 6, many = 7 };

/* Many columns leave less room for each number. */
static int columns_of(const sb_plot_matrix *matrix)
{
    return matrix->columns < many ? number_columns : few_columns;
}

/* "Ann is 1, Bob is 3", of a table that is a slice; "" else. */
static char *slice_words(const sb_prior_table *table)
{
    sb_text text;
    sb_text_init(&text);
    for (size_t player = 0; table->sliced && player < table->row_player; player++) {
        sb_text_add_format(&text, "%s%s is %s", player > 0 ? ", " : "",
                           sb_environment_player_name(table->environment, player),
                           sb_environment_label(table->environment, player, table->types[player]));
    }
    return sb_text_take(&text, NULL);
}

static void set_derivative(sb_plot_matrix *matrix, size_t row, size_t column,
                           const sb_sensitivity_cell *cell, bool fractions)
{
    fmpq_t number;
    fmpq_init(number);
    bool known = sb_sensitivity_number(number, cell);
    sb_plot_matrix_set(matrix, row, column, known ? sb_plot_coordinate(number) : (double)NAN,
                       sb_sensitivity_text(cell, columns_of(matrix), fractions));
    fmpq_clear(number);
}

static void set_probability(sb_plot_matrix *matrix, const sb_prior_table *table, size_t row,
                            size_t column, bool conditional)
{
    fmpq_t number;
    fmpq_init(number);
    bool known = true;
    if (conditional) {
        known = sb_prior_conditional(number, table, row, column);
    } else {
        sb_prior_probability(number, table, row, column);
    }
    sb_plot_matrix_set(matrix, row, column, known ? sb_plot_coordinate(number) : (double)NAN,
                       known ? sb_number_text(number, columns_of(matrix), table->display->fractions)
                             : sb_copy_text("-"));
    fmpq_clear(number);
}

static void fill(sb_plot_matrix *matrix, const sb_prior_table *table, const sb_sensitivity *layer)
{
    bool conditional = sb_prior_can_condition(table);
    for (size_t row = 0; row < table->rows; row++) {
        matrix->row_names[row] = sb_copy_text(
            table->has_rows ? sb_environment_label(table->environment, table->row_player, row)
                            : "");
        for (size_t column = 0; column < table->columns; column++) {
            if (layer == NULL) {
                set_probability(matrix, table, row, column, conditional);
            } else {
                set_derivative(matrix, row, column,
                               &layer->cells[sb_prior_profile(table, row, column)],
                               table->display->fractions);
            }
        }
    }
    for (size_t column = 0; column < table->columns; column++) {
        matrix->column_names[column] = sb_prior_column_label(table, column);
    }
}

static char *title_of(const sb_prior_table *table, const sb_sensitivity *layer)
{
    if (layer != NULL) {
        return sb_format_text("How the %s moves with each probability",
                              sb_rules_objective_noun(&table->environment->rules));
    }
    if (sb_prior_can_condition(table)) {
        return sb_format_text("Beliefs of %s",
                              sb_environment_player_name(table->environment, table->row_player));
    }
    return sb_copy_text("Prior");
}

sb_plot sb_plot_of_prior(const sb_prior_table *table, const sb_sensitivity *layer)
{
    char *title = title_of(table, layer);
    char *columns = sb_prior_columns_name(table);
    sb_plot plot;
    sb_plot_init(&plot, title == NULL ? "" : title, columns == NULL ? "" : columns,
                 table->has_rows ? sb_environment_player_name(table->environment, table->row_player)
                                 : "");
    plot.matrix = sb_plot_matrix_new(table->rows, table->columns);
    if (plot.matrix != NULL) {
        plot.matrix->diverging = layer != NULL;
        fill(plot.matrix, table, layer);
        sb_plot_matrix_fit(plot.matrix);
    }
    free(columns);
    free(title);
    return plot;
}

char *sb_plot_prior_caption(const sb_prior_table *table, const sb_sensitivity *layer)
{
    sb_text text;
    sb_text_init(&text);
    char *slice = slice_words(table);
    if (slice != NULL && slice[0] != '\0') {
        sb_text_add_format(&text, "Where %s. ", slice);
    }
    free(slice);
    if (layer != NULL) {
        sb_text_add_format(
            &text,
            "Slopes while the other cells give way (%s); ^ a kink (the steeper side), ! "
            "a jump (its size), - cannot move, ? not confirmed.",
            sb_mass_mode_describe(layer->mode)->title);
    }
    if (table->environment->title[0] == '\0' && text.length == 0) {
        sb_text_add(&text, "The larger, the darker.");
    }
    return sb_text_take(&text, NULL);
}
