/* Virtual values, raw and ironed.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The values of positive probability in descending order are points (q, v q) with q the chance of a
 * value at least v. Raw virtual values are the slopes between neighbouring points, starting from
 * (0, 0); ironed ones are the slopes of their upper concave hull.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "sidebet/auctions.h"

/* One distinct value of positive probability. */
typedef struct level {
    const fmpq *value;
    fmpq probability;
    fmpq chance, revenue; /* of a value at least this one; that times the value */
    fmpq raw, ironed;
} level;

static int descending(const void *left, const void *right)
{
    return fmpq_cmp(((const level *)right)->value, ((const level *)left)->value);
}

static void level_init(level *made, const fmpq *value)
{
    *made = (level){.value = value};
    fmpq_init(&made->probability);
    fmpq_init(&made->chance);
    fmpq_init(&made->revenue);
    fmpq_init(&made->raw);
    fmpq_init(&made->ironed);
}

static void level_clear(level *made)
{
    fmpq_clear(&made->probability);
    fmpq_clear(&made->chance);
    fmpq_clear(&made->revenue);
    fmpq_clear(&made->raw);
    fmpq_clear(&made->ironed);
}

/* The distinct values of positive probability, highest first. Returns how many. */
static size_t collect(level *levels, const sb_environment *environment, size_t agent)
{
    const sb_agent *bidder = &environment->agents[agent];
    size_t count = 0;
    fmpq_t probability;
    fmpq_init(probability);
    for (size_t type = 0; type < bidder->type_count; type++) {
        sb_environment_marginal(probability, environment, agent, type);
        if (fmpq_is_zero(probability)) {
            continue;
        }
        size_t at = 0;
        while (at < count && !fmpq_equal(levels[at].value, bidder->values + type)) {
            at++;
        }
        if (at == count) {
            level_init(&levels[count++], bidder->values + type);
        }
        fmpq_add(&levels[at].probability, &levels[at].probability, probability);
    }
    fmpq_clear(probability);
    qsort(levels, count, sizeof *levels, descending);
    return count;
}

/* The slope from the point before `first` (the origin before 0) to the point `last`. */
static void slope(fmpq_t result, const level *levels, size_t first, size_t last)
{
    fmpq_t width;
    fmpq_init(width);
    fmpq_set(result, &levels[last].revenue);
    fmpq_set(width, &levels[last].chance);
    if (first > 0) {
        fmpq_sub(result, result, &levels[first - 1].revenue);
        fmpq_sub(width, width, &levels[first - 1].chance);
    }
    fmpq_div(result, result, width);
    fmpq_clear(width);
}

/* From each corner of the hull the next is the point of the steepest slope, the farthest of those.
 */
static void iron(level *levels, size_t count)
{
    fmpq_t steepest, tried;
    fmpq_init(steepest);
    fmpq_init(tried);
    for (size_t first = 0; first < count;) {
        size_t corner = first;
        slope(steepest, levels, first, first);
        for (size_t last = first + 1; last < count; last++) {
            slope(tried, levels, first, last);
            if (fmpq_cmp(tried, steepest) >= 0) {
                fmpq_set(steepest, tried);
                corner = last;
            }
        }
        for (; first <= corner; first++) {
            fmpq_set(&levels[first].ironed, steepest);
        }
    }
    fmpq_clear(steepest);
    fmpq_clear(tried);
}

static void find_slopes(level *levels, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        fmpq_set(&levels[k].chance, &levels[k].probability);
        if (k > 0) {
            fmpq_add(&levels[k].chance, &levels[k].chance, &levels[k - 1].chance);
        }
        fmpq_mul(&levels[k].revenue, &levels[k].chance, levels[k].value);
        slope(&levels[k].raw, levels, k, k);
    }
    iron(levels, count);
}

sb_status sb_virtual_values(const sb_environment *environment, size_t agent, fmpq *raw,
                            fmpq *ironed, bool *has_virtual, sb_error *error)
{
    if (environment->form != SB_FORM_ITEM) {
        return sb_error_set(error, SB_ERROR_USAGE, "virtual values are for one item only");
    }
    const sb_agent *bidder = &environment->agents[agent];
    level *levels = sb_allocate(bidder->type_count, sizeof *levels);
    if (levels == NULL) {
        return sb_out_of_memory(error);
    }
    size_t count = collect(levels, environment, agent);
    find_slopes(levels, count);
    for (size_t type = 0; type < bidder->type_count; type++) {
        size_t at = 0; /* the highest value that is not above this one */
        while (at < count && fmpq_cmp(levels[at].value, bidder->values + type) > 0) {
            at++;
        }
        has_virtual[type] = at < count;
        if (at < count) {
            fmpq_set(ironed + type, &levels[at].ironed);
        }
        if (at < count && raw != NULL) {
            fmpq_set(raw + type, &levels[at].raw);
        }
    }
    for (size_t k = 0; k < count; k++) {
        level_clear(&levels[k]);
    }
    free(levels);
    return SB_OK;
}
