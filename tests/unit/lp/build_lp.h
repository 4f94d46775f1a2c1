/* Small programs for tests, written as text of numbers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef TESTS_UNIT_LP_BUILD_LP_H
#define TESTS_UNIT_LP_BUILD_LP_H

#include <string.h>

#include "sidebet/linear_program.h"

/* A number for a test: "1/3"; NULL or "-" for none. At most a few are alive at a time. */
static inline const fmpq *number(fmpq *store, const char *text)
{
    if (text == NULL || strcmp(text, "-") == 0) {
        return NULL;
    }
    assert_int_equal(sb_rational_parse(store, text, strlen(text), NULL), SB_OK);
    return store;
}

static inline void column(sb_lp *lp, const char *lower, const char *upper, const char *cost)
{
    fmpq store[3];
    for (int k = 0; k < 3; k++) {
        fmpq_init(&store[k]);
    }
    assert_int_equal(sb_lp_add_column(lp, NULL, number(&store[0], lower), number(&store[1], upper),
                                      number(&store[2], cost), NULL, NULL),
                     SB_OK);
    for (int k = 0; k < 3; k++) {
        fmpq_clear(&store[k]);
    }
}

/* Coefficients of the first columns, separated by blanks. */
static inline void row(sb_lp *lp, const char *lower, const char *coefficients, const char *upper)
{
    enum { MOST = 64 };
    fmpq values[MOST];
    size_t columns[MOST];
    size_t count = 0;
    fmpq store[2];
    fmpq_init(&store[0]);
    fmpq_init(&store[1]);
    const char *at = coefficients + strspn(coefficients, " ");
    while (*at != '\0') {
        assert_true(count < MOST);
        size_t length = strcspn(at, " ");
        fmpq_init(&values[count]);
        columns[count] = count;
        assert_int_equal(sb_rational_parse(&values[count], at, length, NULL), SB_OK);
        count++;
        at += length;
        at += strspn(at, " ");
    }
    assert_int_equal(sb_lp_add_row(lp, NULL, number(&store[0], lower), number(&store[1], upper),
                                   count, columns, values, NULL, NULL),
                     SB_OK);
    for (size_t k = 0; k < count; k++) {
        fmpq_clear(&values[k]);
    }
    fmpq_clear(&store[0]);
    fmpq_clear(&store[1]);
}

static inline void assert_number(const fmpq *value, const char *expected)
{
    char *text = sb_rational_format(value, SB_NUMBER_FRACTION);
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

#endif
