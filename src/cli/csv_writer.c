/* Writing CSV: a header, then rows of as many fields.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/csv_writer.h"

#include <math.h>
#include <string.h>

void sb_csv_init(sb_csv *csv)
{
    sb_text_init(&csv->text);
    csv->first = true;
}

static void separate(sb_csv *csv)
{
    sb_text_add(&csv->text, csv->first ? "" : ",");
    csv->first = false;
}

void sb_csv_field(sb_csv *csv, const char *field)
{
    separate(csv);
    if (field == NULL) {
        return;
    }
    if (strpbrk(field, ",\"\r\n") == NULL) {
        sb_text_add(&csv->text, field);
        return;
    }
    sb_text_add(&csv->text, "\"");
    while (*field != '\0') {
        size_t length = strcspn(field, "\"");
        sb_text_add_part(&csv->text, field, length);
        field += length;
        if (*field == '"') {
            sb_text_add(&csv->text, "\"\"");
            field++;
        }
    }
    sb_text_add(&csv->text, "\"");
}

void sb_csv_double(sb_csv *csv, double value)
{
    separate(csv);
    if (isfinite(value)) {
        char digits[40];
        sb_format_double(digits, sizeof digits, value);
        sb_text_add(&csv->text, digits);
    }
}

void sb_csv_number(sb_csv *csv, const fmpq *value, bool exact)
{
    sb_csv_double(csv, value == NULL ? (double)NAN : sb_rational_to_double(value));
    separate(csv);
    if (value != NULL && exact) {
        sb_text_add_rational(&csv->text, value, SB_NUMBER_FRACTION);
    }
}

void sb_csv_number_name(sb_csv *csv, const char *name)
{
    sb_csv_field(csv, name);
    separate(csv);
    sb_text_add_format(&csv->text, "%s_exact", name);
}

void sb_csv_end_row(sb_csv *csv)
{
    sb_text_add(&csv->text, "\n");
    csv->first = true;
}
