/* Writing CSV: a header, then rows of as many fields.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A number takes two fields: its nearest double as the shortest decimal that reads back, and the
 * exact fraction, which is empty where the number is not proved. Fields with a comma, a quote or a
 * line break are quoted (RFC 4180); lines end with a newline alone.
 */
#ifndef SB_CLI_CSV_WRITER_H
#define SB_CLI_CSV_WRITER_H

#include "base/text.h"

typedef struct sb_csv {
    sb_text text;
    bool first; /* nothing written yet in this line */
} sb_csv;

void sb_csv_init(sb_csv *csv);
void sb_csv_field(sb_csv *csv, const char *field); /* NULL: empty */
void sb_csv_double(sb_csv *csv, double value);     /* empty unless finite */
/* Two fields; value NULL: both empty. */
void sb_csv_number(sb_csv *csv, const fmpq *value, bool exact);
/* Two columns of a header: NAME and NAME_exact. */
void sb_csv_number_name(sb_csv *csv, const char *name);
void sb_csv_end_row(sb_csv *csv);

#endif
