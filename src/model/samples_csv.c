/* Samples as CSV.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/csv.h"
#include "sidebet/samples.h"

#define MOST_BYTES 268435456 /* 256 MB; the limit on cells is met before */

static const char count_name[] = "count";

typedef struct samples_reader {
    const sb_environment *environment;
    const sb_csv_table *table;
    const char *name; /* of the file, in messages */
    sb_error *error;
} samples_reader;

static sb_status fail_at(const samples_reader *reader, const sb_csv_cell *cell, const char *hint)
{
    sb_error_set_place(reader->error, reader->name, cell->line, cell->column);
    sb_error_set_hint(reader->error, "%s", hint);
    return SB_ERROR_INPUT;
}

/* ---- reading ---- */

/* The header names the players, so that a file of another bidder is not taken for this one's. */
static sb_status check_header(const samples_reader *reader)
{
    const sb_csv_table *table = reader->table;
    const char *const expected[] = {sb_environment_player_name(reader->environment, 0),
                                    sb_environment_player_name(reader->environment, 1), count_name};
    if (table->columns != 2 && table->columns != 3) {
        sb_error_set(reader->error, SB_ERROR_INPUT, "samples have 2 or 3 columns, found %zu",
                     table->columns);
        return fail_at(reader, &table->cells[0],
                       "write one sample a line (type,signal), or one pair with its count");
    }
    for (size_t column = 0; column < table->columns; column++) {
        const sb_csv_cell *cell = &table->cells[column];
        if (strcmp(cell->text, expected[column]) != 0) {
            sb_error_set(reader->error, SB_ERROR_INPUT,
                         "expected the header '%s' here, found '%.64s'", expected[column],
                         cell->text);
            sb_error_set_place(reader->error, reader->name, cell->line, cell->column);
            sb_error_set_hint(reader->error, "begin with the line %s,%s%s", expected[0],
                              expected[1], table->columns == 3 ? ",count" : "");
            return SB_ERROR_INPUT;
        }
    }
    return SB_OK;
}

static sb_status read_label(const samples_reader *reader, const sb_csv_cell *cell, size_t player,
                            size_t *type)
{
    sb_status status =
        sb_environment_find_type(reader->environment, player, cell->text, type, reader->error);
    if (status != SB_ERROR_USAGE) {
        return status;
    }
    if (reader->error != NULL) {
        reader->error->status = SB_ERROR_INPUT; /* it is the file's fault here */
    }
    sb_error_set_place(reader->error, reader->name, cell->line, cell->column);
    return SB_ERROR_INPUT;
}

static sb_status read_count(const samples_reader *reader, const sb_csv_cell *cell, size_t *count)
{
    fmpq_t number;
    fmpq_init(number);
    sb_status status = sb_rational_parse(number, cell->text, strlen(cell->text), reader->error);
    if (status != SB_OK) {
        sb_error_set_place(reader->error, reader->name, cell->line, cell->column);
    } else if (fmpq_sgn(number) < 0 || !fmpz_is_one(fmpq_denref(number))) {
        sb_error_set(reader->error, SB_ERROR_INPUT, "the count '%.64s' is %s", cell->text,
                     fmpq_sgn(number) < 0 ? "negative" : "not a whole number");
        status = fail_at(reader, cell, "write how often the pair was seen: 0, 1, 2, ...");
    } else if (!fmpz_abs_fits_ui(fmpq_numref(number))) {
        sb_error_set(reader->error, SB_ERROR_INPUT, "the count '%.64s' is too large", cell->text);
        status = fail_at(reader, cell, "counts up to 10^18 are read");
    } else {
        *count = fmpz_get_ui(fmpq_numref(number));
    }
    fmpq_clear(number);
    return status;
}

static sb_status read_row(const samples_reader *reader, size_t row, sb_samples *samples)
{
    const sb_csv_cell *cells = &reader->table->cells[row * reader->table->columns];
    size_t type = 0;
    size_t signal = 0;
    size_t count = 1;
    sb_status status = read_label(reader, &cells[0], 0, &type);
    if (status == SB_OK) {
        status = read_label(reader, &cells[1], 1, &signal);
    }
    bool counted = reader->table->columns == 3;
    if (status == SB_OK && counted) {
        status = read_count(reader, &cells[2], &count);
    }
    if (status == SB_OK && count > SIZE_MAX - samples->total) {
        sb_error_set(reader->error, SB_ERROR_INPUT, "the counts up to here add up to too many");
        status = fail_at(reader, &cells[counted ? 2 : 0], "counts up to 10^18 are read");
    }
    if (status == SB_OK) {
        samples->counts[type * samples->signal_count + signal] += count;
        samples->total += count;
    }
    return status;
}

static sb_status read_table(const samples_reader *reader, sb_samples *samples)
{
    sb_status status = check_header(reader);
    for (size_t row = 1; row < reader->table->rows && status == SB_OK; row++) {
        status = read_row(reader, row, samples);
    }
    return status;
}

/* What the table's reader cannot know: what stands in this one. */
static void mend_hint(sb_status status, const char *text, size_t length, sb_error *error)
{
    bool empty = true;
    for (size_t i = 0; i < length && empty; i++) {
        empty = strchr(" \t\r\n\xEF\xBB\xBF", text[i]) != NULL;
    }
    if (status == SB_ERROR_LIMIT) {
        sb_error_set_hint(error, "write one pair a line, with its count in a third column");
    } else if (status == SB_ERROR_INPUT && empty) {
        sb_error_set_hint(error, "begin with a line of the agent's and the signal's name");
    }
}

sb_status sb_samples_parse(const char *text, size_t length, const char *name,
                           const sb_environment *environment, sb_samples **samples, sb_error *error)
{
    sb_samples *made = NULL;
    sb_status status = sb_samples_new(environment, &made, error);
    *samples = NULL;
    if (status != SB_OK) {
        return status;
    }
    sb_csv_table table;
    status = sb_csv_parse(text, length, name, &table, error);
    if (status != SB_OK) {
        mend_hint(status, text, length, error);
        sb_samples_free(made);
        return status;
    }
    const samples_reader reader = {environment, &table, name, error};
    status = read_table(&reader, made);
    sb_csv_clear(&table);
    if (status != SB_OK) {
        sb_samples_free(made);
        return status;
    }
    *samples = made;
    return SB_OK;
}

sb_status sb_samples_read(const char *path, const sb_environment *environment, sb_samples **samples,
                          sb_error *error)
{
    *samples = NULL;
    char *text = NULL;
    size_t length = 0;
    sb_status status = sb_text_read_file(path, MOST_BYTES, &text, &length, error);
    if (status == SB_OK) {
        const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
        status = sb_samples_parse(text, length, name, environment, samples, error);
    }
    free(text);
    return status;
}

/* ---- writing ---- */

/* Quoted also for a semicolon: in the first line it would be taken for the separator. */
static void add_field(sb_text *text, const char *field)
{
    if (strpbrk(field, ",;\"") == NULL) {
        sb_text_add(text, field);
        return;
    }
    sb_text_add(text, "\"");
    for (const char *byte = field; *byte != '\0'; byte++) {
        sb_text_add_part(text, byte, 1);
        if (*byte == '"') {
            sb_text_add(text, "\"");
        }
    }
    sb_text_add(text, "\"");
}

static void add_pair(sb_text *text, const sb_environment *environment, size_t pair)
{
    add_field(text, sb_environment_label(environment, 0, pair / environment->signal_count));
    sb_text_add(text, ",");
    add_field(text, sb_environment_label(environment, 1, pair % environment->signal_count));
}

sb_status sb_samples_format(const sb_samples *samples, const sb_environment *environment,
                            const size_t *sequence, size_t count, char **text, sb_error *error)
{
    sb_text out;
    sb_text_init(&out);
    add_field(&out, sb_environment_player_name(environment, 0));
    sb_text_add(&out, ",");
    add_field(&out, sb_environment_player_name(environment, 1));
    if (sequence != NULL) {
        sb_text_add(&out, "\n");
        for (size_t i = 0; i < count && !out.failed; i++) {
            add_pair(&out, environment, sequence[i]);
            sb_text_add(&out, "\n");
        }
    } else {
        sb_text_add_format(&out, ",%s\n", count_name);
        for (size_t pair = 0; pair < samples->type_count * samples->signal_count; pair++) {
            if (samples->counts[pair] > 0) {
                add_pair(&out, environment, pair);
                sb_text_add_format(&out, ",%zu\n", samples->counts[pair]);
            }
        }
    }
    *text = sb_text_take(&out, error);
    sb_text_clear(&out);
    return *text != NULL ? SB_OK : SB_ERROR_MEMORY;
}
