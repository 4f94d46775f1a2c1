/* A linear program as text in CPLEX LP format.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The format knows decimals only. A row with a number that is no terminating decimal is multiplied
 * by the least common denominator of the row, its bounds included; so is the objective, and a
 * comment says by what. A column's bound of that kind becomes a row of its own, and a row with two
 * different bounds becomes two rows: not every reader knows ranges.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "lp/format_names.h"
#include "lp/program.h"
#include "sidebet/integer_program.h"

#define LINE_WIDTH 90

typedef struct lp_writer {
    const sb_lp *lp;
    sb_text text;
    size_t line_start;
    char **columns, **rows;
    const bool *binary; /* NULL: none */
} lp_writer;

static const char *column_name(const void *lp, size_t index)
{
    return sb_lp_column_name(lp, index);
}

static const char *row_name(const void *lp, size_t index)
{
    return sb_lp_row_name(lp, index);
}

static void end_line(lp_writer *writer)
{
    sb_text_add(&writer->text, "\n");
    writer->line_start = writer->text.length;
}

static bool terminates(const fmpq *value)
{
    return value == NULL || sb_rational_decimals(value) != SIZE_MAX;
}

static void add_number(lp_writer *writer, const fmpq *value, const fmpz_t scale)
{
    fmpq_t scaled;
    fmpq_init(scaled);
    fmpq_mul_fmpz(scaled, value, scale);
    sb_text_add_rational(&writer->text, scaled, SB_NUMBER_DECIMAL);
    fmpq_clear(scaled);
}

/* ` + 3 x`, on a new line where the old one is full. */
static void add_term(lp_writer *writer, const fmpq *coefficient, const fmpz_t scale, size_t column)
{
    fmpq_t absolute;
    fmpq_init(absolute);
    fmpq_abs(absolute, coefficient);
    if (writer->text.length - writer->line_start > LINE_WIDTH) {
        end_line(writer);
        sb_text_add(&writer->text, "  ");
    }
    sb_text_add(&writer->text, fmpq_sgn(coefficient) < 0 ? " - " : " + ");
    add_number(writer, absolute, scale);
    sb_text_add(&writer->text, " ");
    sb_text_add(&writer->text, writer->columns[column]);
    fmpq_clear(absolute);
}

/* The least common denominator, or 1 where all numbers are decimals. */
typedef struct common_scale {
    fmpz_t denominator;
    bool decimals;
} common_scale;

static void scale_init(common_scale *scale)
{
    fmpz_init_set_ui(scale->denominator, 1);
    scale->decimals = true;
}

static void scale_add(common_scale *scale, const fmpq *value)
{
    if (value != NULL) {
        scale->decimals = scale->decimals && terminates(value);
        fmpz_lcm(scale->denominator, scale->denominator, fmpq_denref(value));
    }
}

static void scale_finish(common_scale *scale)
{
    if (scale->decimals) {
        fmpz_one(scale->denominator);
    }
}

static void write_objective(lp_writer *writer)
{
    const sb_lp *lp = writer->lp;
    common_scale scale;
    scale_init(&scale);
    for (size_t column = 0; column < sb_lp_column_count(lp); column++) {
        scale_add(&scale, sb_lp_column(lp, column).cost);
    }
    scale_finish(&scale);
    if (!fmpz_is_one(scale.denominator)) {
        fmpq_t factor;
        fmpq_init(factor);
        fmpq_set_fmpz(factor, scale.denominator);
        sb_text_add(&writer->text, "\\ the objective is multiplied by ");
        sb_text_add_rational(&writer->text, factor, SB_NUMBER_FRACTION);
        end_line(writer);
        fmpq_clear(factor);
    }
    sb_text_add(&writer->text, sb_lp_direction(lp) == SB_MAXIMISE ? "Maximize" : "Minimize");
    end_line(writer);
    sb_text_add(&writer->text, " objective:");
    bool any = false;
    for (size_t column = 0; column < sb_lp_column_count(lp); column++) {
        const fmpq *cost = sb_lp_column(lp, column).cost;
        if (!fmpq_is_zero(cost)) {
            add_term(writer, cost, scale.denominator, column);
            any = true;
        }
    }
    if (!any) {
        sb_text_add(&writer->text, " 0 ");
        sb_text_add(&writer->text, writer->columns[0]);
    }
    end_line(writer);
    fmpz_clear(scale.denominator);
}

/* One inequality or equation of a row. */
static void write_relation(lp_writer *writer, const char *name, const char *suffix,
                           const sb_lp_row_view *view, const char *relation, const fmpq *bound,
                           const fmpz_t scale)
{
    sb_text_add_format(&writer->text, " %s%s:", name, suffix);
    for (size_t k = 0; k < view->count; k++) {
        add_term(writer, &view->coefficients[k], scale, view->columns[k]);
    }
    if (view->count == 0) {
        sb_text_add(&writer->text, " 0 ");
        sb_text_add(&writer->text, writer->columns[0]);
    }
    sb_text_add_format(&writer->text, " %s ", relation);
    add_number(writer, bound, scale);
    end_line(writer);
}

static void write_row_view(lp_writer *writer, const char *name, const sb_lp_row_view *view)
{
    common_scale scale;
    scale_init(&scale);
    for (size_t k = 0; k < view->count; k++) {
        scale_add(&scale, &view->coefficients[k]);
    }
    scale_add(&scale, view->lower);
    scale_add(&scale, view->upper);
    scale_finish(&scale);
    if (view->lower != NULL && view->upper != NULL && fmpq_equal(view->lower, view->upper)) {
        write_relation(writer, name, "", view, "=", view->lower, scale.denominator);
    } else {
        bool both = view->lower != NULL && view->upper != NULL;
        if (view->lower != NULL) {
            write_relation(writer, name, both ? ".low" : "", view, ">=", view->lower,
                           scale.denominator);
        }
        if (view->upper != NULL) {
            write_relation(writer, name, both ? ".high" : "", view, "<=", view->upper,
                           scale.denominator);
        }
    }
    fmpz_clear(scale.denominator);
}

/* Bounds of columns that no decimal can say. */
static void write_bound_rows(lp_writer *writer)
{
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    for (size_t column = 0; column < sb_lp_column_count(writer->lp); column++) {
        sb_lp_column_view view = sb_lp_column(writer->lp, column);
        sb_lp_row_view row = {.count = 1,
                              .columns = &column,
                              .coefficients = one,
                              .lower = terminates(view.lower) ? NULL : view.lower,
                              .upper = terminates(view.upper) ? NULL : view.upper};
        if (row.lower != NULL || row.upper != NULL) {
            char *name = sb_format_text("_bound.%s", writer->columns[column]);
            if (name == NULL) {
                writer->text.failed = true;
            } else {
                write_row_view(writer, name, &row);
            }
            free(name);
        }
    }
    fmpq_clear(one);
}

static void write_bounds(lp_writer *writer)
{
    fmpz_t one;
    fmpz_init_set_ui(one, 1);
    sb_text_add(&writer->text, "Bounds");
    end_line(writer);
    for (size_t column = 0; column < sb_lp_column_count(writer->lp); column++) {
        sb_lp_column_view view = sb_lp_column(writer->lp, column);
        const fmpq *lower = terminates(view.lower) ? view.lower : NULL;
        const fmpq *upper = terminates(view.upper) ? view.upper : NULL;
        const char *name = writer->columns[column];
        if (lower == NULL && upper == NULL) {
            sb_text_add_format(&writer->text, " %s free", name);
        } else if (lower != NULL && upper != NULL && fmpq_equal(lower, upper)) {
            sb_text_add_format(&writer->text, " %s = ", name);
            add_number(writer, lower, one);
        } else {
            sb_text_add(&writer->text, " ");
            if (lower != NULL) {
                add_number(writer, lower, one);
            } else {
                sb_text_add(&writer->text, "-inf");
            }
            sb_text_add_format(&writer->text, " <= %s", name);
            if (upper != NULL) {
                sb_text_add(&writer->text, " <= ");
                add_number(writer, upper, one);
            }
        }
        end_line(writer);
    }
    fmpz_clear(one);
}

/* What the numbered names stand for. */
static void write_legend(lp_writer *writer, size_t count, char *const *names,
                         const char *(*given)(const void *lp, size_t index))
{
    for (size_t k = 0; k < count; k++) {
        const char *name = given(writer->lp, k);
        if (*name != '\0') {
            sb_text_add_format(&writer->text, "\\ %s is ", names[k]);
            for (; *name != '\0'; name++) {
                char byte[2] = {*name == '\n' || *name == '\r' ? ' ' : *name, '\0'};
                sb_text_add(&writer->text, byte);
            }
            end_line(writer);
        }
    }
}

/* One name a line: lines have a largest length in some readers. */
static void write_binary(lp_writer *writer)
{
    bool headed = false;
    for (size_t column = 0; column < sb_lp_column_count(writer->lp); column++) {
        if (writer->binary != NULL && writer->binary[column]) {
            sb_text_add_format(&writer->text, headed ? "  %s\n" : "Binary\n  %s\n",
                               writer->columns[column]);
            headed = true;
        }
    }
}

static void write_program(lp_writer *writer, bool generic_columns, bool generic_rows)
{
    const sb_lp *lp = writer->lp;
    if (generic_columns) {
        write_legend(writer, sb_lp_column_count(lp), writer->columns, column_name);
    }
    if (generic_rows) {
        write_legend(writer, sb_lp_row_count(lp), writer->rows, row_name);
    }
    write_objective(writer);
    sb_text_add(&writer->text, "Subject To");
    end_line(writer);
    for (size_t row = 0; row < sb_lp_row_count(lp); row++) {
        sb_lp_row_view view = sb_lp_row(lp, row);
        write_row_view(writer, writer->rows[row], &view);
    }
    write_bound_rows(writer);
    write_bounds(writer);
    write_binary(writer);
    sb_text_add(&writer->text, "End\n");
}

sb_status sb_lp_format_cplex(const sb_lp *lp, char **text, sb_error *error)
{
    return sb_integer_format_cplex(lp, NULL, text, error);
}

sb_status sb_integer_format_cplex(const sb_lp *lp, const bool *binary, char **text, sb_error *error)
{
    *text = NULL;
    if (sb_lp_column_count(lp) == 0) {
        return sb_error_set(error, SB_ERROR_INPUT,
                            "a linear program without columns cannot be written in LP format");
    }
    bool generic_columns = false;
    bool generic_rows = false;
    lp_writer writer = {.lp = lp, .binary = binary};
    sb_text_init(&writer.text);
    writer.columns =
        sb_format_names(sb_lp_column_count(lp), column_name, lp, 'x', &generic_columns);
    writer.rows = sb_format_names(sb_lp_row_count(lp), row_name, lp, 'r', &generic_rows);
    sb_status status = SB_OK;
    if (writer.columns == NULL || writer.rows == NULL) {
        status = sb_out_of_memory(error);
    } else {
        write_program(&writer, generic_columns, generic_rows);
        *text = sb_text_take(&writer.text, error);
        status = *text != NULL ? SB_OK : SB_ERROR_MEMORY;
    }
    sb_text_clear(&writer.text);
    sb_format_names_free(writer.columns, sb_lp_column_count(lp));
    sb_format_names_free(writer.rows, sb_lp_row_count(lp));
    return status;
}
