/* Writing JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members come out in the order they are written, so the output is stable, and a number is the
 * shortest decimal that reads back to the same double (1.749, not 1.7490000000000001). The style is
 * {"name": value, "name": [value, value]} on one line.
 */
#ifndef SB_CLI_JSON_WRITER_H
#define SB_CLI_JSON_WRITER_H

#include "base/text.h"

typedef struct sb_json {
    sb_text text;
    bool first; /* nothing written yet inside the innermost object or array */
} sb_json;

void sb_json_init(sb_json *json);
void sb_json_clear(sb_json *json);

/* key NULL: an element of an array (or the whole document). */
void sb_json_begin_object(sb_json *json, const char *key);
void sb_json_end_object(sb_json *json);
void sb_json_begin_array(sb_json *json, const char *key);
void sb_json_end_array(sb_json *json);
void sb_json_null(sb_json *json, const char *key);
void sb_json_bool(sb_json *json, const char *key, bool value);
void sb_json_count(sb_json *json, const char *key, size_t value);
/* null for a NaN or an infinity, which JSON does not have. */
void sb_json_double(sb_json *json, const char *key, double value);
/* The nearest double of a rational. */
void sb_json_number(sb_json *json, const char *key, const fmpq_t value);
/* A rational as a text in lowest terms: "1749/1000". */
void sb_json_fraction(sb_json *json, const char *key, const fmpq_t value);
/* NULL: null. Bytes that are not UTF-8 become U+FFFD. */
void sb_json_string(sb_json *json, const char *key, const char *value);
/* {"value": number, "exact": "fraction"}; "exact" is null unless exact. value NULL: null. */
void sb_json_value(sb_json *json, const char *key, const fmpq *value, bool exact);
/* An array of sentences. */
void sb_json_notes(sb_json *json, const char *key, const sb_notes *notes);

#endif
