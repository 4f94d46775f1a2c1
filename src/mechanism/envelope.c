/* The simplex method on the table of one report.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/envelope.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

#define HAIR       1e-10
#define INFEASIBLE 1e-9
/* Steps for each row and column until the first improving column is taken, and until no more. */
#define STEPS_AT_WILL 4
#define STEPS_AT_MOST 40

bool sb_envelope_init(sb_envelope *envelope, size_t types, size_t rank)
{
    *envelope = (sb_envelope){.types = types, .rank = rank};
    envelope->points = sb_allocate(types * rank, sizeof *envelope->points);
    envelope->coordinates = sb_allocate(rank, sizeof *envelope->coordinates);
    envelope->may_report = sb_allocate(types * types, sizeof *envelope->may_report);
    envelope->reports = sb_allocate(types, sizeof *envelope->reports);
    return envelope->points != NULL && envelope->coordinates != NULL &&
           envelope->may_report != NULL && envelope->reports != NULL;
}

void sb_envelope_clear(sb_envelope *envelope)
{
    for (size_t report = 0; envelope->reports != NULL && report < envelope->types; report++) {
        free(envelope->reports[report].table);
        free(envelope->reports[report].basis);
    }
    free(envelope->points);
    free(envelope->coordinates);
    free(envelope->may_report);
    free(envelope->reports);
    *envelope = (sb_envelope){0};
}

/* ---- one table ---- */

typedef struct table {
    size_t types, rank, width;
    double *numbers;
    size_t *basis;
    const bool *may;
} table;

static table table_of(const sb_envelope *envelope, size_t report)
{
    return (table){.types = envelope->types,
                   .rank = envelope->rank,
                   .width = envelope->types + 1,
                   .numbers = envelope->reports[report].table,
                   .basis = envelope->reports[report].basis,
                   .may = envelope->may_report + report * envelope->types};
}

static double *row_of(const table *made, size_t row)
{
    return made->numbers + row * made->width;
}

static bool is_artificial(const table *made, size_t row)
{
    return made->basis[row] >= made->types;
}

/* The column to enter; the types' number: none. */
static size_t choose_column(const table *made, bool first)
{
    const double *costs = row_of(made, made->rank);
    size_t best = made->types;
    double most = HAIR;
    for (size_t type = 0; type < made->types && !(first && best < made->types); type++) {
        if (made->may[type] && costs[type] > most) {
            most = costs[type];
            best = type;
        }
    }
    return best;
}

/* The row to leave; the rank: none. What is artificial and zero leaves first. */
static size_t choose_row(const table *made, size_t column, bool first)
{
    size_t best = made->rank;
    double least = INFINITY;
    for (size_t row = 0; row < made->rank; row++) {
        const double *numbers = row_of(made, row);
        double entry = numbers[column], right = fmax(numbers[made->types], 0);
        bool at_zero = is_artificial(made, row) && right < HAIR;
        if (at_zero && fabs(entry) > 1e-7) {
            return row;
        }
        if (entry <= HAIR) {
            continue;
        }
        double ratio = right / entry;
        bool tie = best < made->rank && fabs(ratio - least) <= HAIR;
        bool better = tie ? (first ? made->basis[row] < made->basis[best]
                                   : entry > row_of(made, best)[column])
                          : ratio < least;
        if (better) {
            best = row;
            least = tie ? fmin(least, ratio) : ratio;
        }
    }
    return best;
}

static void pivot(const table *made, size_t row, size_t column)
{
    double *chosen = row_of(made, row);
    double entry = chosen[column];
    for (size_t k = 0; k < made->width; k++) {
        chosen[k] /= entry;
    }
    for (size_t other = 0; other <= made->rank; other++) {
        double *numbers = row_of(made, other);
        double factor = numbers[column];
        if (other != row && factor != 0) {
            for (size_t k = 0; k < made->width; k++) {
                numbers[k] -= factor * chosen[k];
            }
            numbers[column] = 0;
        }
    }
    chosen[column] = 1;
    made->basis[row] = column;
}

/* False: no end was found. */
static bool optimise(const table *made)
{
    size_t size = made->types + made->rank;
    for (size_t step = 0; step < STEPS_AT_MOST * size; step++) {
        bool first = step >= STEPS_AT_WILL * size;
        size_t column = choose_column(made, first);
        if (column == made->types) {
            return true;
        }
        size_t row = choose_row(made, column, first);
        if (row == made->rank) {
            return false;
        }
        pivot(made, row, column);
    }
    return false;
}

/* ---- reports ---- */

/* The unit vectors' types are basic where they may be, else artificial ones. */
static bool begin(sb_envelope *envelope, size_t report)
{
    sb_envelope_report *made = &envelope->reports[report];
    size_t width = envelope->types + 1, rank = envelope->rank;
    made->table = sb_allocate((rank + 1) * width, sizeof *made->table);
    made->basis = sb_allocate(rank, sizeof *made->basis);
    if (made->table == NULL || made->basis == NULL) {
        return false;
    }
    table work = table_of(envelope, report);
    double *costs = row_of(&work, rank);
    for (size_t row = 0; row < rank; row++) {
        double *numbers = row_of(&work, row);
        double right = envelope->points[report * rank + row];
        double sign = right < 0 ? -1 : 1;
        for (size_t type = 0; type < envelope->types; type++) {
            numbers[type] = sign * envelope->points[type * rank + row];
        }
        numbers[envelope->types] = sign * right;
        bool basic = sign > 0 && work.may[envelope->coordinates[row]];
        made->basis[row] = basic ? envelope->coordinates[row] : envelope->types + row;
        for (size_t k = 0; !basic && k < width; k++) {
            costs[k] += numbers[k];
        }
    }
    return true;
}

bool sb_envelope_classify(sb_envelope *envelope, size_t report)
{
    sb_envelope_report *made = &envelope->reports[report];
    if (made->state != SB_ENVELOPE_UNKNOWN) {
        return true;
    }
    if (!begin(envelope, report)) {
        return false;
    }
    table work = table_of(envelope, report);
    made->state = SB_ENVELOPE_FAILED;
    if (optimise(&work)) {
        double missing = 0;
        for (size_t row = 0; row < work.rank; row++) {
            missing += is_artificial(&work, row) ? row_of(&work, row)[work.types] : 0;
        }
        made->extremeness = missing;
        made->state = missing > INFEASIBLE ? SB_ENVELOPE_EXTREME : SB_ENVELOPE_MIXTURE;
    }
    return true;
}

/* The reduced costs of the basis for these worths. */
static void price(const table *made, const double *worth)
{
    double *costs = row_of(made, made->rank);
    for (size_t type = 0; type < made->types; type++) {
        costs[type] = made->may[type] ? worth[type] : 0;
    }
    costs[made->types] = 0;
    for (size_t row = 0; row < made->rank; row++) {
        double of_basis = is_artificial(made, row) ? 0 : worth[made->basis[row]];
        const double *numbers = row_of(made, row);
        for (size_t k = 0; of_basis != 0 && k < made->width; k++) {
            costs[k] -= of_basis * numbers[k];
        }
    }
}

double sb_envelope_value(sb_envelope *envelope, size_t report, const double *worth)
{
    table work = table_of(envelope, report);
    price(&work, worth);
    if (!optimise(&work)) {
        envelope->reports[report].state = SB_ENVELOPE_FAILED;
    }
    return -row_of(&work, work.rank)[work.types];
}

double sb_envelope_weight(const sb_envelope *envelope, size_t report, size_t row)
{
    const sb_envelope_report *made = &envelope->reports[report];
    return made->table[row * (envelope->types + 1) + envelope->types];
}

void sb_envelope_separate(const sb_envelope *envelope, size_t report, double *function)
{
    table work = table_of(envelope, report);
    /* The sum of the rows without a type is at most zero at those that may report; half of what it
     * is at the report, taken off everywhere, leaves both sides clear of zero. */
    double half = envelope->reports[report].extremeness / 2;
    for (size_t k = 0; k < work.rank; k++) {
        function[k] = half;
        for (size_t row = 0; row < work.rank; row++) {
            if (is_artificial(&work, row)) {
                function[k] -= row_of(&work, row)[envelope->coordinates[k]];
            }
        }
    }
}
