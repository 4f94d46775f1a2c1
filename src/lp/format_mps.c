/* A linear program as text in free MPS format.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every reader minimises, so that a maximisation is written with its objective negated, and a
 * comment says so. As in LP format a row with a number that is no terminating decimal is multiplied
 * by its least common denominator, and a column's bound of that kind becomes a row of its own.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "lp/format_names.h"
#include "lp/program.h"
#include "sidebet/integer_program.h"

typedef struct mps_entry {
    size_t row;
    const fmpq *coefficient;
} mps_entry;

typedef struct mps_writer {
    const sb_lp *lp;
    const bool *binary; /* NULL: none */
    sb_text text;
    char **columns, **rows;
    size_t row_count, column_count;
    fmpz *scales;       /* one a row, then the objective's */
    size_t *first;      /* of each column's entries, and their number */
    mps_entry *entries; /* column by column */
} mps_writer;

static const char *column_name(const void *lp, size_t index)
{
    return sb_lp_column_name(lp, index);
}

static const char *row_name(const void *lp, size_t index)
{
    return sb_lp_row_name(lp, index);
}

/* ---- numbers ---- */

static bool terminates(const fmpq *value)
{
    return value == NULL || sb_rational_decimals(value) != SIZE_MAX;
}

static void scale_add(fmpz_t denominator, bool *decimals, const fmpq *value)
{
    if (value != NULL) {
        *decimals = *decimals && terminates(value);
        fmpz_lcm(denominator, denominator, fmpq_denref(value));
    }
}

/* What each row and the objective are multiplied by. */
static void find_scales(mps_writer *writer)
{
    for (size_t row = 0; row <= writer->row_count; row++) {
        fmpz *scale = writer->scales + row;
        bool decimals = true;
        fmpz_one(scale);
        if (row < writer->row_count) {
            sb_lp_row_view view = sb_lp_row(writer->lp, row);
            for (size_t k = 0; k < view.count; k++) {
                scale_add(scale, &decimals, &view.coefficients[k]);
            }
            scale_add(scale, &decimals, view.lower);
            scale_add(scale, &decimals, view.upper);
        } else {
            for (size_t column = 0; column < writer->column_count; column++) {
                scale_add(scale, &decimals, sb_lp_column(writer->lp, column).cost);
            }
        }
        if (decimals) {
            fmpz_one(scale);
        }
    }
}

static void add_number(mps_writer *writer, const fmpq *value, const fmpz_t scale, bool negative)
{
    fmpq_t scaled;
    fmpq_init(scaled);
    fmpq_mul_fmpz(scaled, value, scale);
    if (negative) {
        fmpq_neg(scaled, scaled);
    }
    sb_text_add_rational(&writer->text, scaled, SB_NUMBER_DECIMAL);
    fmpq_clear(scaled);
}

/* ---- columns in place of rows ---- */

static bool transpose(mps_writer *writer)
{
    const sb_lp *lp = writer->lp;
    writer->first = sb_allocate(writer->column_count + 2, sizeof *writer->first);
    writer->entries = sb_allocate(sb_lp_nonzero_count(lp), sizeof *writer->entries);
    if (writer->first == NULL || writer->entries == NULL) {
        return false;
    }
    for (size_t row = 0; row < writer->row_count; row++) {
        sb_lp_row_view view = sb_lp_row(lp, row);
        for (size_t k = 0; k < view.count; k++) {
            writer->first[view.columns[k] + 2]++;
        }
    }
    for (size_t column = 2; column < writer->column_count + 2; column++) {
        writer->first[column] += writer->first[column - 1];
    }
    for (size_t row = 0; row < writer->row_count; row++) {
        sb_lp_row_view view = sb_lp_row(lp, row);
        for (size_t k = 0; k < view.count; k++) {
            size_t at = writer->first[view.columns[k] + 1]++;
            writer->entries[at] = (mps_entry){row, &view.coefficients[k]};
        }
    }
    return true;
}

/* ---- sections ---- */

static void write_legend(mps_writer *writer, size_t count, char *const *names,
                         const char *(*given)(const void *lp, size_t index))
{
    for (size_t k = 0; k < count; k++) {
        const char *name = given(writer->lp, k);
        if (*name != '\0') {
            sb_text_add_format(&writer->text, "* %s is ", names[k]);
            for (; *name != '\0'; name++) {
                char byte[2] = {*name == '\n' || *name == '\r' ? ' ' : *name, '\0'};
                sb_text_add(&writer->text, byte);
            }
            sb_text_add(&writer->text, "\n");
        }
    }
}

static bool is_equation(const sb_lp_row_view *view)
{
    return view->lower != NULL && view->upper != NULL && fmpq_equal(view->lower, view->upper);
}

/* A column's bound that no decimal can say. */
static void each_bound_row(mps_writer *writer, void (*write)(mps_writer *writer, size_t column,
                                                             bool upper, const fmpq *bound))
{
    for (size_t column = 0; column < writer->column_count; column++) {
        sb_lp_column_view view = sb_lp_column(writer->lp, column);
        if (!terminates(view.lower)) {
            write(writer, column, false, view.lower);
        }
        if (!terminates(view.upper)) {
            write(writer, column, true, view.upper);
        }
    }
}

static void write_bound_row(mps_writer *writer, size_t column, bool upper, const fmpq *bound)
{
    (void)bound;
    sb_text_add_format(&writer->text, " %c _%s.%s\n", upper ? 'L' : 'G', upper ? "most" : "least",
                       writer->columns[column]);
}

static void write_bound_side(mps_writer *writer, size_t column, bool upper, const fmpq *bound)
{
    fmpz_t one;
    fmpz_init_set_ui(one, 1);
    fmpq_t numerator;
    fmpq_init(numerator);
    fmpz_set(fmpq_numref(numerator), fmpq_numref(bound));
    sb_text_add_format(&writer->text, " rhs _%s.%s ", upper ? "most" : "least",
                       writer->columns[column]);
    add_number(writer, numerator, one, false);
    sb_text_add(&writer->text, "\n");
    fmpq_clear(numerator);
    fmpz_clear(one);
}

static void write_rows(mps_writer *writer)
{
    sb_text_add(&writer->text, "ROWS\n N objective\n");
    for (size_t row = 0; row < writer->row_count; row++) {
        sb_lp_row_view view = sb_lp_row(writer->lp, row);
        char kind = is_equation(&view)   ? 'E'
                    : view.lower != NULL ? 'G'
                    : view.upper != NULL ? 'L'
                                         : 'N';
        sb_text_add_format(&writer->text, " %c %s\n", kind, writer->rows[row]);
    }
    each_bound_row(writer, write_bound_row);
}

/* The entries of a column's bounds in rows of their own: the denominator. */
static void write_bound_entries(mps_writer *writer, size_t column)
{
    sb_lp_column_view view = sb_lp_column(writer->lp, column);
    const fmpq *bounds[] = {view.lower, view.upper};
    fmpq_t denominator;
    fmpq_init(denominator);
    for (int k = 0; k < 2; k++) {
        if (!terminates(bounds[k])) {
            fmpz_set(fmpq_numref(denominator), fmpq_denref(bounds[k]));
            sb_text_add_format(&writer->text, " %s _%s.%s ", writer->columns[column],
                               k == 1 ? "most" : "least", writer->columns[column]);
            sb_text_add_rational(&writer->text, denominator, SB_NUMBER_DECIMAL);
            sb_text_add(&writer->text, "\n");
        }
    }
    fmpq_clear(denominator);
}

static void write_column(mps_writer *writer, size_t column)
{
    const char *name = writer->columns[column];
    const fmpq *cost = sb_lp_column(writer->lp, column).cost;
    bool negative = sb_lp_direction(writer->lp) == SB_MAXIMISE;
    size_t from = writer->first[column], to = writer->first[column + 1];
    if (!fmpq_is_zero(cost) || from == to) { /* every column is named here */
        sb_text_add_format(&writer->text, " %s objective ", name);
        add_number(writer, cost, writer->scales + writer->row_count, negative);
        sb_text_add(&writer->text, "\n");
    }
    for (size_t k = from; k < to; k++) {
        const mps_entry *entry = &writer->entries[k];
        sb_text_add_format(&writer->text, " %s %s ", name, writer->rows[entry->row]);
        add_number(writer, entry->coefficient, writer->scales + entry->row, false);
        sb_text_add(&writer->text, "\n");
    }
    write_bound_entries(writer, column);
}

static void write_columns(mps_writer *writer)
{
    bool inside = false;
    sb_text_add(&writer->text, "COLUMNS\n");
    for (size_t column = 0; column < writer->column_count; column++) {
        bool binary = writer->binary != NULL && writer->binary[column];
        if (binary != inside) {
            sb_text_add_format(&writer->text, " M%zu 'MARKER' '%s'\n", column + 1,
                               binary ? "INTORG" : "INTEND");
            inside = binary;
        }
        write_column(writer, column);
    }
    if (inside) {
        sb_text_add_format(&writer->text, " M%zu 'MARKER' 'INTEND'\n", writer->column_count + 1);
    }
}

static void write_sides(mps_writer *writer)
{
    sb_text_add(&writer->text, "RHS\n");
    for (size_t row = 0; row < writer->row_count; row++) {
        sb_lp_row_view view = sb_lp_row(writer->lp, row);
        const fmpq *side = view.lower != NULL ? view.lower : view.upper;
        if (side != NULL && !fmpq_is_zero(side)) {
            sb_text_add_format(&writer->text, " rhs %s ", writer->rows[row]);
            add_number(writer, side, writer->scales + row, false);
            sb_text_add(&writer->text, "\n");
        }
    }
    each_bound_row(writer, write_bound_side);
}

static void write_ranges(mps_writer *writer)
{
    bool headed = false;
    fmpq_t range;
    fmpq_init(range);
    for (size_t row = 0; row < writer->row_count; row++) {
        sb_lp_row_view view = sb_lp_row(writer->lp, row);
        if (view.lower != NULL && view.upper != NULL && !is_equation(&view)) {
            sb_text_add(&writer->text, headed ? "" : "RANGES\n");
            headed = true;
            fmpq_sub(range, view.upper, view.lower);
            sb_text_add_format(&writer->text, " range %s ", writer->rows[row]);
            add_number(writer, range, writer->scales + row, false);
            sb_text_add(&writer->text, "\n");
        }
    }
    fmpq_clear(range);
}

static void write_bound(mps_writer *writer, const char *kind, size_t column, const fmpq *bound)
{
    sb_text_add_format(&writer->text, " %s bound %s", kind, writer->columns[column]);
    if (bound != NULL) {
        sb_text_add(&writer->text, " ");
        sb_text_add_rational(&writer->text, bound, SB_NUMBER_DECIMAL);
    }
    sb_text_add(&writer->text, "\n");
}

/* Where nothing is said a column is at least 0. */
static void write_bounds(mps_writer *writer)
{
    sb_text_add(&writer->text, "BOUNDS\n");
    for (size_t column = 0; column < writer->column_count; column++) {
        sb_lp_column_view view = sb_lp_column(writer->lp, column);
        const fmpq *lower = terminates(view.lower) ? view.lower : NULL;
        const fmpq *upper = terminates(view.upper) ? view.upper : NULL;
        if (writer->binary != NULL && writer->binary[column]) {
            write_bound(writer, "BV", column, NULL);
        } else if (lower == NULL && upper == NULL) {
            write_bound(writer, "FR", column, NULL);
        } else if (lower != NULL && upper != NULL && fmpq_equal(lower, upper)) {
            write_bound(writer, "FX", column, lower);
        } else {
            if (lower == NULL) {
                write_bound(writer, "MI", column, NULL);
            } else if (!fmpq_is_zero(lower)) {
                write_bound(writer, "LO", column, lower);
            }
            if (upper != NULL) {
                write_bound(writer, "UP", column, upper);
            }
        }
    }
}

static void write_head(mps_writer *writer, bool generic_columns, bool generic_rows)
{
    const fmpz *scale = writer->scales + writer->row_count;
    if (generic_columns) {
        write_legend(writer, writer->column_count, writer->columns, column_name);
    }
    if (generic_rows) {
        write_legend(writer, writer->row_count, writer->rows, row_name);
    }
    bool negative = sb_lp_direction(writer->lp) == SB_MAXIMISE;
    if (negative || !fmpz_is_one(scale)) {
        fmpq_t factor;
        fmpq_init(factor);
        fmpq_set_fmpz(factor, scale);
        if (negative) {
            fmpq_neg(factor, factor);
        }
        sb_text_add(&writer->text, "* to be minimised; the objective is multiplied by ");
        sb_text_add_rational(&writer->text, factor, SB_NUMBER_FRACTION);
        sb_text_add(&writer->text, "\n");
        fmpq_clear(factor);
    }
    sb_text_add(&writer->text, "NAME sidebet\n");
}

static bool prepare(mps_writer *writer, bool *generic_columns, bool *generic_rows)
{
    writer->scales = sb_allocate(writer->row_count + 1, sizeof *writer->scales);
    for (size_t k = 0; writer->scales != NULL && k <= writer->row_count; k++) {
        fmpz_init(writer->scales + k);
    }
    writer->columns =
        sb_format_names(writer->column_count, column_name, writer->lp, 'x', generic_columns);
    writer->rows = sb_format_names(writer->row_count, row_name, writer->lp, 'r', generic_rows);
    return writer->scales != NULL && writer->columns != NULL && writer->rows != NULL &&
           transpose(writer);
}

sb_status sb_integer_format_mps(const sb_lp *lp, const bool *binary, char **text, sb_error *error)
{
    *text = NULL;
    if (sb_lp_column_count(lp) == 0) {
        return sb_error_set(error, SB_ERROR_INPUT,
                            "a linear program without columns cannot be written in MPS format");
    }
    bool generic_columns = false, generic_rows = false;
    mps_writer writer = {.lp = lp,
                         .binary = binary,
                         .row_count = sb_lp_row_count(lp),
                         .column_count = sb_lp_column_count(lp)};
    sb_text_init(&writer.text);
    sb_status status = SB_OK;
    if (!prepare(&writer, &generic_columns, &generic_rows)) {
        status = sb_out_of_memory(error);
    } else {
        find_scales(&writer);
        write_head(&writer, generic_columns, generic_rows);
        write_rows(&writer);
        write_columns(&writer);
        write_sides(&writer);
        write_ranges(&writer);
        write_bounds(&writer);
        sb_text_add(&writer.text, "ENDATA\n");
        *text = sb_text_take(&writer.text, error);
        status = *text != NULL ? SB_OK : SB_ERROR_MEMORY;
    }
    sb_text_clear(&writer.text);
    for (size_t k = 0; writer.scales != NULL && k <= writer.row_count; k++) {
        fmpz_clear(writer.scales + k);
    }
    free(writer.scales);
    free(writer.first);
    free(writer.entries);
    sb_format_names_free(writer.columns, writer.column_count);
    sb_format_names_free(writer.rows, writer.row_count);
    return status;
}
