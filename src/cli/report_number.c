/* Numbers in the reports for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/report_number.h"

#include <stdlib.h>
#include <string.h>

enum { SIGNIFICANT = 8, LONGEST_FRACTION = 40, LONGEST_DECIMAL = 20, GAP = 2 };

static void add_taken(sb_text *text, char *word)
{
    text->failed = text->failed || word == NULL;
    sb_text_add(text, word == NULL ? "" : word);
    free(word);
}

void sb_report_add_number(sb_text *text, const fmpq_t value, bool exact)
{
    char *fraction = sb_rational_format(value, SB_NUMBER_FRACTION);
    char *decimal = sb_rational_format(value, SB_NUMBER_DECIMAL);
    if (fraction == NULL || decimal == NULL) {
        text->failed = true;
    } else if (!exact || strlen(fraction) > LONGEST_FRACTION) {
        sb_text_add(text, exact ? "about " : "");
        add_taken(text, sb_rational_approximate(value, SIGNIFICANT));
    } else if (strchr(fraction, '/') == NULL) {
        sb_text_add(text, fraction);
    } else if (strchr(decimal, '/') == NULL && strlen(decimal) <= LONGEST_DECIMAL) {
        sb_text_add_format(text, "%s = %s", decimal, fraction);
    } else {
        sb_text_add_format(text, "%s, about ", fraction);
        add_taken(text, sb_rational_approximate(value, SIGNIFICANT));
    }
    free(fraction);
    free(decimal);
}

char *sb_report_cell(const fmpq_t value, size_t width, bool *rounded)
{
    bool exact = true;
    char *cell = sb_rational_display(value, width, &exact);
    if (rounded != NULL && !exact) {
        *rounded = true;
    }
    return cell;
}

void sb_report_add_cell(sb_text *text, const fmpq_t value)
{
    add_taken(text, sb_report_cell(value, SB_REPORT_CELL_WIDTH, NULL));
}

size_t sb_report_cell_width(size_t room, size_t columns)
{
    size_t each = columns > 0 ? room / columns : room;
    if (each < SB_REPORT_LEAST_CELL_WIDTH + GAP) {
        return SB_REPORT_LEAST_CELL_WIDTH;
    }
    return each - GAP < SB_REPORT_CELL_WIDTH ? each - GAP : SB_REPORT_CELL_WIDTH;
}

void sb_report_add_percent(sb_text *text, const fmpq_t part, const fmpq_t whole, bool exact)
{
    fmpq_t percent;
    fmpq_init(percent);
    fmpq_div(percent, part, whole);
    fmpq_mul_si(percent, percent, 100);
    char *rounded = NULL;
    for (int significant = 4; significant <= 16; significant += 4) {
        free(rounded);
        rounded = sb_rational_approximate(percent, significant);
        if (rounded == NULL || strcmp(rounded, "100") != 0 || !exact ||
            fmpq_equal_si(percent, 100)) {
            break;
        }
    }
    if (exact && rounded != NULL && strcmp(rounded, "100") == 0 && fmpq_cmp_si(percent, 100) < 0) {
        sb_text_add(text, "just under ");
    }
    add_taken(text, rounded);
    fmpq_clear(percent);
}
