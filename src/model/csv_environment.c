/* Environments and priors out of CSV tables.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/csv.h"
#include "model/environment_read.h"
#include "model/yaml_utf8.h"
#include "sidebet/environment_file.h"

/* Whether a cell can be the label of a player's type: it is one, or at least it is no number, so
 * that a line too many of numbers is not taken for labels. label may be NULL. */
static bool may_be_label(const sb_csv_cell *cell, const char *label)
{
    return !sb_csv_is_number(cell) || (label != NULL && strcmp(cell->text, label) == 0);
}

/* Whether the first row and the first column of a table, where skipped, can be labels. */
static bool headers_fit(const sb_csv_table *table, size_t skipped_rows, size_t skipped_columns,
                        const sb_environment *environment)
{
    size_t players = sb_environment_player_count(environment);
    bool fit = true;
    for (size_t column = skipped_columns; skipped_rows > 0 && column < table->columns; column++) {
        const char *label =
            sb_environment_label(environment, players - 1, column - skipped_columns);
        fit = fit && may_be_label(&table->cells[column], label);
    }
    for (size_t row = skipped_rows; skipped_columns > 0 && row < table->rows; row++) {
        const char *label =
            players == 2 ? sb_environment_label(environment, 0, row - skipped_rows) : NULL;
        fit = fit && may_be_label(&table->cells[row * table->columns], label);
    }
    return fit;
}

/* The place among a player's types of the one that a cell names; count when it names none. */
static size_t type_named(const sb_environment *environment, size_t player, size_t count,
                         const sb_csv_cell *cell)
{
    size_t type = 0;
    while (type < count &&
           strcmp(cell->text, sb_environment_label(environment, player, type)) != 0) {
        type++;
    }
    return type;
}

/* Refuse labels that name the types of a player in another order: numbers would land in the wrong
 * cells. Numbers count as labels only where all types are named, else they are a line too many. */
static sb_status check_label_order(const sb_csv_cell *cells, size_t step, size_t count,
                                   const sb_environment *environment, size_t player,
                                   const char *path, sb_error *error)
{
    size_t misplaced = count;
    size_t named = 0;
    for (size_t index = 0; index < count; index++) {
        size_t type = type_named(environment, player, count, &cells[index * step]);
        bool repeated = false;
        for (size_t before = 0; before < index && !repeated; before++) {
            repeated = strcmp(cells[before * step].text, cells[index * step].text) == 0;
        }
        named += type < count && !repeated;
        if (type < count && type != index && misplaced == count) {
            misplaced = index;
        }
    }
    if (misplaced == count || (named < count && sb_csv_is_number(&cells[misplaced * step]))) {
        return SB_OK;
    }
    const sb_csv_cell *cell = &cells[misplaced * step];
    sb_error_set(error, SB_ERROR_INPUT, "the label '%.40s' stands where '%.40s' belongs",
                 cell->text, sb_environment_label(environment, player, misplaced));
    sb_error_set_place(error, path, cell->line, cell->column);
    sb_error_set_hint(error, "put the rows and columns in the order of the types of '%.40s'",
                      sb_environment_player_name(environment, player));
    return SB_ERROR_INPUT;
}

static sb_status check_header_order(const sb_csv_table *table, size_t skipped_rows,
                                    size_t skipped_columns, const sb_environment *environment,
                                    const char *path, sb_error *error)
{
    size_t players = sb_environment_player_count(environment);
    sb_status status = SB_OK;
    if (skipped_rows > 0) {
        status =
            check_label_order(&table->cells[skipped_columns], 1, table->columns - skipped_columns,
                              environment, players - 1, path, error);
    }
    if (status == SB_OK && skipped_columns > 0 && players == 2) {
        status = check_label_order(&table->cells[skipped_rows * table->columns], table->columns,
                                   table->rows - skipped_rows, environment, 0, path, error);
    }
    return status;
}

sb_status sb_csv_read_weights(const sb_environment *environment, const char *path, fmpq *weights,
                              bool *fraction, sb_error *error)
{
    char *text = NULL;
    size_t length = 0;
    sb_status status = sb_text_read_file(path, SB_YAML_MAX_BYTES, &text, &length, error);
    if (status != SB_OK) {
        return status;
    }
    sb_csv_table table;
    status = sb_csv_parse(text, length, path, &table, error);
    free(text);
    if (status != SB_OK) {
        return status;
    }
    size_t players = sb_environment_player_count(environment);
    size_t columns = sb_environment_player_size(environment, players - 1);
    size_t rows = sb_environment_profile_count(environment) / columns;
    size_t skipped_rows = table.rows == rows + 1;
    size_t skipped_columns = table.columns == columns + 1;
    bool shape_fits =
        table.rows == rows + skipped_rows && table.columns == columns + skipped_columns;
    if (shape_fits) {
        status =
            check_header_order(&table, skipped_rows, skipped_columns, environment, path, error);
    }
    if (status != SB_OK) {
        sb_csv_clear(&table);
        return status;
    }
    if (!shape_fits || !headers_fit(&table, skipped_rows, skipped_columns, environment)) {
        status = sb_error_set(error, SB_ERROR_INPUT,
                              "the table has %zu row%s and %zu column%s, the prior has %zu and %zu",
                              table.rows, table.rows == 1 ? "" : "s", table.columns,
                              table.columns == 1 ? "" : "s", rows, columns);
        sb_error_set_place(error, path, 1, 1);
        sb_error_set_hint(error, "one more row or column may hold the labels of the types");
    } else {
        status =
            sb_csv_weights(&table, path, skipped_rows, skipped_columns, weights, fraction, error);
    }
    sb_csv_clear(&table);
    return status;
}

sb_status sb_environment_import_csv(sb_environment *environment, const char *path, sb_error *error)
{
    fmpq *weights = sb_rationals_new(sb_environment_profile_count(environment));
    if (weights == NULL) {
        return sb_out_of_memory(error);
    }
    bool fraction = false;
    sb_status status = sb_csv_read_weights(environment, path, weights, &fraction, error);
    if (status == SB_OK) {
        status = sb_environment_set_weights(environment, weights, error);
        if (status == SB_OK) {
            environment->source.style = fraction ? SB_NUMBER_FRACTION : SB_NUMBER_DECIMAL;
        } else {
            sb_error_set_place(error, path, 0, 0);
        }
    }
    sb_rationals_free(weights, sb_environment_profile_count(environment));
    return status;
}

/* ---- an environment out of a bare table ---- */

/* Which of the first row and the first column are labels: see sidebet(5). */
static void find_headers(const sb_csv_table *table, size_t *row, size_t *column)
{
    bool row_is_text = true;
    bool column_is_text = true;
    for (size_t index = 0; index < table->columns && row_is_text; index++) {
        row_is_text = !sb_csv_is_number(&table->cells[index]);
    }
    for (size_t index = 0; index < table->rows && column_is_text; index++) {
        column_is_text = !sb_csv_is_number(&table->cells[index * table->columns]);
    }
    bool corner_is_empty = table->cells[0].text[0] == '\0';
    bool corner_is_text = !sb_csv_is_number(&table->cells[0]);
    bool both = table->rows > 1 && table->columns > 1 &&
                (corner_is_empty || (corner_is_text && !row_is_text && !column_is_text));
    *row = both || (row_is_text && table->rows > 1);
    *column = both || (column_is_text && table->columns > 1);
}

/* The labels and values of one bidder: cells[0], cells[step], .. (NULL: no labels). */
static sb_status read_axis(const sb_csv_cell *cells, size_t step, size_t count, const char *name,
                           const char **labels, fmpq *values, sb_error *error)
{
    bool numbers = cells != NULL;
    for (size_t index = 0; index < count; index++) {
        fmpq_set_ui(&values[index], (ulong)index + 1, 1);
        if (cells == NULL) {
            continue;
        }
        const sb_csv_cell *cell = &cells[index * step];
        const char *fault = sb_utf8_label_fault(cell->text, strlen(cell->text));
        if (fault != NULL) {
            sb_error_set(error, SB_ERROR_INPUT, "the label of this row or column %s", fault);
            sb_error_set_place(error, name, cell->line, cell->column);
            sb_error_set_hint(error, "give every row and column a label, or none");
            return SB_ERROR_INPUT;
        }
        labels[index] = cell->text;
        numbers = numbers && sb_csv_is_number(cell);
    }
    for (size_t index = 0; index < count && numbers; index++) {
        const char *text = cells[index * step].text;
        sb_status status = sb_rational_parse(&values[index], text, strlen(text), error);
        if (status != SB_OK) {
            return status;
        }
    }
    return SB_OK;
}

static sb_status make_environment(const sb_csv_table *table, const char *name,
                                  sb_environment **environment, sb_error *error)
{
    size_t header_row = 0;
    size_t header_column = 0;
    find_headers(table, &header_row, &header_column);
    size_t sizes[2] = {table->rows - header_row, table->columns - header_column};
    const sb_csv_cell *axes[2] = {
        header_column > 0 ? &table->cells[header_row * table->columns] : NULL,
        header_row > 0 ? &table->cells[header_column] : NULL,
    };
    size_t steps[2] = {table->columns, 1};
    const char **labels[2] = {NULL, NULL};
    fmpq *values[2] = {NULL, NULL};
    static const char *const names[2] = {"agent 1", "agent 2"};
    sb_bidder_description bidders[2];
    sb_status status = SB_OK;
    if (sizes[0] == 0 || sizes[1] == 0) {
        status = sb_error_set(error, SB_ERROR_INPUT, "the table has no numbers");
        sb_error_set_place(error, name, 1, 1);
    } else if (sizes[0] > SB_MAX_PROFILES / sizes[1]) {
        status = sb_error_set(error, SB_ERROR_LIMIT, "the table has more than %d numbers",
                              SB_MAX_PROFILES);
        sb_error_set_place(error, name, 0, 0);
    } else if (sizes[0] > SB_MAX_TYPES || sizes[1] > SB_MAX_TYPES) {
        status = sb_error_set(error, SB_ERROR_LIMIT, "the table has more than %d %s", SB_MAX_TYPES,
                              sizes[0] > SB_MAX_TYPES ? "rows" : "columns");
        sb_error_set_place(error, name, 0, 0);
        sb_error_set_hint(error, "each is a type of a bidder: use fewer");
    }
    for (size_t axis = 0; axis < 2 && status == SB_OK; axis++) {
        labels[axis] = sb_allocate(sizes[axis], sizeof *labels[axis]);
        values[axis] = sb_rationals_new(sizes[axis]);
        status = labels[axis] == NULL || values[axis] == NULL
                     ? sb_out_of_memory(error)
                     : read_axis(axes[axis], steps[axis], sizes[axis], name, labels[axis],
                                 values[axis], error);
        bidders[axis] = (sb_bidder_description){
            .name = names[axis],
            .value_count = sizes[axis],
            .labels = axes[axis] != NULL ? labels[axis] : NULL,
            .values = values[axis],
        };
    }
    if (status == SB_OK) {
        status = sb_environment_new_item(bidders, 2, NULL, 0, NULL, NULL, environment, error);
        if (status != SB_OK) {
            sb_error_set_place(error, name, 1, 1);
        }
    }
    bool fraction = false;
    fmpq *weights = status == SB_OK ? sb_rationals_new(sizes[0] * sizes[1]) : NULL;
    if (status == SB_OK) {
        status = weights == NULL ? sb_out_of_memory(error)
                                 : sb_csv_weights(table, name, header_row, header_column, weights,
                                                  &fraction, error);
    }
    if (status == SB_OK) {
        status = sb_environment_set_weights(*environment, weights, error);
        (*environment)->source.style = fraction ? SB_NUMBER_FRACTION : SB_NUMBER_DECIMAL;
        if (status != SB_OK) {
            sb_error_set_place(error, name, 1, 1);
        }
    }
    for (size_t axis = 0; axis < 2; axis++) {
        free(labels[axis]);
        sb_rationals_free(values[axis], sizes[axis]);
    }
    sb_rationals_free(weights, sizes[0] * sizes[1]);
    return status;
}

sb_status sb_environment_parse_csv(const char *text, size_t length, const char *name,
                                   sb_environment **environment, sb_notes *notes, sb_error *error)
{
    *environment = NULL;
    sb_csv_table table;
    sb_environment *made = NULL;
    sb_status status = sb_csv_parse(text, length, name, &table, error);
    if (status != SB_OK) {
        return status;
    }
    status = make_environment(&table, name, &made, error);
    sb_csv_clear(&table);
    if (status != SB_OK) {
        sb_environment_free(made);
        return status;
    }
    sb_read_note_sum(&made->weight_sum, "the prior", notes);
    sb_read_note_prior(made, notes);
    *environment = made;
    return SB_OK;
}
