/* Reading the result of a simulation.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/simulation_text.h"
#include "base/text.h"

enum { MOST_BYTES = 1 << 30, MOST_DIGITS = 18, LONGEST_NUMBER = 63 };

/* ---- lines and numbers ---- */

bool sb_simulation_next_line(sb_simulation_reader *reader)
{
    if (reader->at == reader->end) {
        return false;
    }
    const char *stop = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
    reader->begin = reader->at;
    reader->at = stop == NULL ? reader->end : stop + 1;
    reader->length = (size_t)((stop == NULL ? reader->end : stop) - reader->begin);
    if (reader->length > 0 && reader->begin[reader->length - 1] == '\r') {
        reader->length--;
    }
    reader->line++;
    return true;
}

sb_status sb_simulation_refuse(const sb_simulation_reader *reader, const char *format, ...)
{
    char message[256];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    sb_error_set(reader->error, SB_ERROR_INPUT, "%s", message);
    sb_error_set_place(reader->error, reader->name, reader->line, 0);
    return SB_ERROR_INPUT;
}

bool sb_simulation_read_count(const char *text, size_t length, size_t *count)
{
    *count = 0;
    for (size_t k = 0; k < length; k++) {
        if (text[k] < '0' || text[k] > '9') {
            return false;
        }
        *count = *count * 10 + (size_t)(text[k] - '0');
    }
    return length > 0 && length <= MOST_DIGITS;
}

bool sb_simulation_read_double(const char *text, size_t length, double *number)
{
    char digits[LONGEST_NUMBER + 1];
    if (length == 0) {
        *number = (double)NAN;
        return true;
    }
    if (length > LONGEST_NUMBER) {
        return false;
    }
    memcpy(digits, text, length);
    digits[length] = '\0';
    char *end;
    *number = strtod(digits, &end);
    return *end == '\0' && isfinite(*number);
}

/* ---- outcomes ---- */

enum {
    FIELD_CELL,
    FIELD_REPETITION,
    FIELD_MECHANISM = 7,
    FIELD_STATUS,
    FIELD_PROOF,
    FIELD_FULL_SURPLUS,
    FIELD_COVERED,
    FIELD_DESIGNED,
    FIELD_REVENUE,
    FIELD_MAX_PAYMENT,
    FIELD_PAYMENTS,
    FIELD_TRUTHFUL,
    FIELD_LYING,
    FIELD_ABSENT,
    FIELD_SECONDS,
    FIELD_COUNT
};

typedef struct field {
    const char *text;
    size_t length;
} field;

static bool split(const sb_simulation_reader *reader, field *fields)
{
    const char *at = reader->begin;
    const char *end = reader->begin + reader->length;
    for (size_t k = 0; k < FIELD_COUNT; k++) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        if ((comma == NULL) != (k == FIELD_COUNT - 1)) {
            return false;
        }
        const char *stop = comma == NULL ? end : comma;
        fields[k] = (field){at, (size_t)(stop - at)};
        at = comma == NULL ? end : comma + 1;
    }
    return true;
}

static bool is_word(const field *here, const char *word)
{
    return strlen(word) == here->length && memcmp(word, here->text, here->length) == 0;
}

/* The number of a word in a list of names; `count` where there is none. */
static int find_contender(const field *here)
{
    int k = 0;
    while (k < SB_CONTENDER_COUNT && !is_word(here, sb_contender_name((sb_contender)k))) {
        k++;
    }
    return k;
}

static bool read_status(const field *here, sb_lp_status *status)
{
    for (int k = SB_LP_OPTIMAL; k <= SB_LP_FAILED; k++) {
        if (is_word(here, sb_lp_status_name((sb_lp_status)k))) {
            *status = (sb_lp_status)k;
            return true;
        }
    }
    return false;
}

static bool read_proof(const field *here, sb_proof *proof)
{
    for (int k = SB_PROOF_EXACT; k <= SB_PROOF_NONE; k++) {
        if (is_word(here, sb_proof_name((sb_proof)k))) {
            *proof = (sb_proof)k;
            return true;
        }
    }
    return false;
}

static bool read_payments(const field *here, bool *smallest)
{
    *smallest = is_word(here, sb_simulation_payments[1]);
    return *smallest || is_word(here, sb_simulation_payments[0]);
}

static bool read_number(const field *here, double *number)
{
    return sb_simulation_read_double(here->text, here->length, number);
}

static bool read_count(const field *here, size_t *count)
{
    return sb_simulation_read_count(here->text, here->length, count);
}

static bool read_outcome(const field *fields, sb_contender_outcome *outcome)
{
    bool good = read_status(&fields[FIELD_STATUS], &outcome->status) &&
                read_proof(&fields[FIELD_PROOF], &outcome->proof) &&
                read_number(&fields[FIELD_DESIGNED], &outcome->designed) &&
                read_number(&fields[FIELD_REVENUE], &outcome->revenue) &&
                read_number(&fields[FIELD_MAX_PAYMENT], &outcome->max_payment) &&
                read_payments(&fields[FIELD_PAYMENTS], &outcome->smallest_payments) &&
                read_count(&fields[FIELD_TRUTHFUL], &outcome->truthful) &&
                read_count(&fields[FIELD_LYING], &outcome->lying) &&
                read_count(&fields[FIELD_ABSENT], &outcome->absent) &&
                read_number(&fields[FIELD_SECONDS], &outcome->seconds);
    bool optimal = outcome->status == SB_LP_OPTIMAL;
    return good && optimal == !isnan(outcome->designed) && optimal == !isnan(outcome->revenue) &&
           outcome->seconds >= 0;
}

/* How much of a field a message quotes. */
static int shown(const field *here)
{
    return here->length > MOST_DIGITS ? MOST_DIGITS : (int)here->length;
}

/* The cell and the repetition of a line; NULL and an error where there are none. */
static sb_simulation_cell *find_place(const sb_simulation_reader *reader,
                                      const sb_simulation *simulation, const field *fields,
                                      size_t *repetition)
{
    size_t cell;
    size_t number;
    if (!read_count(&fields[FIELD_CELL], &cell) || cell < 1 || cell > simulation->cell_count) {
        sb_simulation_refuse(reader, "there is no cell '%.*s': the plan above has %zu",
                             shown(&fields[FIELD_CELL]), fields[FIELD_CELL].text,
                             simulation->cell_count);
        return NULL;
    }
    if (!read_count(&fields[FIELD_REPETITION], &number) || number < 1 ||
        number > simulation->plan.repetitions) {
        sb_simulation_refuse(reader, "there is no repetition '%.*s': the plan above has %zu",
                             shown(&fields[FIELD_REPETITION]), fields[FIELD_REPETITION].text,
                             simulation->plan.repetitions);
        return NULL;
    }
    *repetition = number - 1;
    return &simulation->cells[cell - 1];
}

/* Which contender a line must be about: those wanted come in order, a repetition together. */
typedef struct progress {
    sb_simulation_cell *cell;
    size_t repetition;
    int seen; /* contenders of the repetition so far; SB_CONTENDER_COUNT: all */
} progress;

static int next_wanted(const sb_simulation *simulation, int after)
{
    while (after < SB_CONTENDER_COUNT && !simulation->plan.wanted[after]) {
        after++;
    }
    return after;
}

/* The lines of a repetition repeat what is true of all of it. */
static bool agrees(const sb_learned *learned, double full_surplus, bool covered)
{
    bool unknown = isnan(learned->full_surplus) && isnan(full_surplus);
    return (unknown || learned->full_surplus == full_surplus) &&
           learned->set_holds_truth == covered;
}

static sb_status read_line(const sb_simulation_reader *reader, sb_simulation *simulation,
                           progress *state)
{
    field fields[FIELD_COUNT];
    if (!split(reader, fields)) {
        return sb_simulation_refuse(reader, "the line has not %d fields", (int)FIELD_COUNT);
    }
    size_t repetition = 0;
    sb_simulation_cell *cell = find_place(reader, simulation, fields, &repetition);
    if (cell == NULL) {
        return SB_ERROR_INPUT;
    }
    bool fresh = state->seen == SB_CONTENDER_COUNT;
    int contender = find_contender(&fields[FIELD_MECHANISM]);
    if (cell->has[repetition] ||
        (!fresh && (cell != state->cell || repetition != state->repetition)) ||
        contender == SB_CONTENDER_COUNT ||
        contender != next_wanted(simulation, fresh ? 0 : state->seen)) {
        return sb_simulation_refuse(reader, "the line is not the next one of its repetition");
    }
    sb_learned *learned = &cell->outcomes[repetition];
    double full_surplus;
    size_t covered;
    if (!read_number(&fields[FIELD_FULL_SURPLUS], &full_surplus) ||
        !read_count(&fields[FIELD_COVERED], &covered) || covered > 1 ||
        !read_outcome(fields, &learned->outcomes[contender])) {
        return sb_simulation_refuse(reader, "a field of the line is not what it should be");
    }
    if (!fresh && !agrees(learned, full_surplus, covered == 1)) {
        return sb_simulation_refuse(
            reader, "the lines of one repetition differ in full_surplus or covered");
    }
    learned->full_surplus = full_surplus;
    learned->set_holds_truth = covered == 1;
    *state = (progress){cell, repetition, next_wanted(simulation, contender + 1)};
    if (state->seen == SB_CONTENDER_COUNT) {
        sb_simulation_put(cell, repetition, learned);
    }
    return SB_OK;
}

static sb_status read_outcomes(sb_simulation_reader *reader, sb_simulation *simulation)
{
    progress state = {.seen = SB_CONTENDER_COUNT};
    while (sb_simulation_next_line(reader)) {
        sb_status status = read_line(reader, simulation, &state);
        if (status != SB_OK) {
            return status;
        }
    }
    if (state.seen != SB_CONTENDER_COUNT) {
        return sb_simulation_refuse(reader, "the last repetition is not whole");
    }
    return SB_OK;
}

/* ---- whole ---- */

static sb_status refuse_zero_byte(const sb_simulation_reader *reader)
{
    sb_error_set(reader->error, SB_ERROR_INPUT, "the file holds a zero byte, so it is no text");
    sb_error_set_place(reader->error, reader->name, 0, 0);
    sb_error_set_hint(reader->error, "give a file that sidebet simulate wrote");
    return SB_ERROR_INPUT;
}

sb_status sb_simulation_parse(const char *text, size_t length, const char *name,
                              sb_simulation **simulation, sb_error *error)
{
    sb_simulation_reader reader = {
        .name = name, .at = text, .end = text + length, .begin = text, .error = error};
    sb_simulation_plan plan = {.environment = NULL};
    sb_simulation *made = NULL;
    sb_status status = memchr(text, '\0', length) == NULL ? sb_simulation_read_plan(&reader, &plan)
                                                          : refuse_zero_byte(&reader);
    if (status == SB_OK) {
        status = sb_simulation_new(&plan, &made, error);
        if (status == SB_ERROR_USAGE) {
            status = SB_ERROR_INPUT;
            if (error != NULL) {
                error->status = status;
                sb_error_set_place(error, name, 0, 0);
            }
        }
    }
    if (status == SB_OK) {
        status = read_outcomes(&reader, made);
    }
    sb_simulation_plan_clear(&plan);
    if (status != SB_OK) {
        sb_simulation_free(made);
        return status;
    }
    *simulation = made;
    return SB_OK;
}

sb_status sb_simulation_read(const char *path, sb_simulation **simulation, sb_error *error)
{
    char *bytes = NULL;
    size_t length = 0;
    sb_status status = sb_text_read_file(path, MOST_BYTES, &bytes, &length, error);
    if (status == SB_OK) {
        status = sb_simulation_parse(bytes, length, path, simulation, error);
    }
    free(bytes);
    return status;
}
