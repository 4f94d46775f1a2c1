/* Writing JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/json_writer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sb_json_init(sb_json *json)
{
    sb_text_init(&json->text);
    json->first = true;
}

void sb_json_clear(sb_json *json)
{
    sb_text_clear(&json->text);
}

static void add_string(sb_text *text, const char *value)
{
    size_t left = strlen(value);
    sb_text_add(text, "\"");
    while (left > 0) {
        uint32_t character = 0;
        size_t bytes = sb_text_character(value, left, &character);
        if (bytes == 0) {
            sb_text_add(text, "\\ufffd");
            bytes = 1;
        } else if (character == '"' || character == '\\') {
            sb_text_add_format(text, "\\%c", (char)character);
        } else if (character < 0x20 || character == 0x7f) {
            sb_text_add_format(text, "\\u%04x", (unsigned)character);
        } else {
            sb_text_add_part(text, value, bytes);
        }
        value += bytes;
        left -= bytes;
    }
    sb_text_add(text, "\"");
}

/* What comes before any value: the comma and the key. */
static void begin_value(sb_json *json, const char *key)
{
    if (!json->first) {
        sb_text_add(&json->text, ", ");
    }
    json->first = false;
    if (key != NULL) {
        add_string(&json->text, key);
        sb_text_add(&json->text, ": ");
    }
}

static void begin_nested(sb_json *json, const char *key, const char *bracket)
{
    begin_value(json, key);
    sb_text_add(&json->text, bracket);
    json->first = true;
}

static void end_nested(sb_json *json, const char *bracket)
{
    sb_text_add(&json->text, bracket);
    json->first = false;
}

void sb_json_begin_object(sb_json *json, const char *key)
{
    begin_nested(json, key, "{");
}

void sb_json_end_object(sb_json *json)
{
    end_nested(json, "}");
}

void sb_json_begin_array(sb_json *json, const char *key)
{
    begin_nested(json, key, "[");
}

void sb_json_end_array(sb_json *json)
{
    end_nested(json, "]");
}

void sb_json_null(sb_json *json, const char *key)
{
    begin_value(json, key);
    sb_text_add(&json->text, "null");
}

void sb_json_bool(sb_json *json, const char *key, bool value)
{
    begin_value(json, key);
    sb_text_add(&json->text, value ? "true" : "false");
}

void sb_json_count(sb_json *json, const char *key, size_t value)
{
    begin_value(json, key);
    sb_text_add_format(&json->text, "%zu", value);
}

void sb_json_double(sb_json *json, const char *key, double value)
{
    if (!isfinite(value)) {
        sb_json_null(json, key);
        return;
    }
    char digits[40];
    sb_format_double(digits, sizeof digits, value);
    begin_value(json, key);
    sb_text_add(&json->text, digits);
}

void sb_json_number(sb_json *json, const char *key, const fmpq_t value)
{
    sb_json_double(json, key, sb_rational_to_double(value));
}

void sb_json_fraction(sb_json *json, const char *key, const fmpq_t value)
{
    begin_value(json, key);
    sb_text_add(&json->text, "\"");
    sb_text_add_rational(&json->text, value, SB_NUMBER_FRACTION);
    sb_text_add(&json->text, "\"");
}

void sb_json_string(sb_json *json, const char *key, const char *value)
{
    if (value == NULL) {
        sb_json_null(json, key);
        return;
    }
    begin_value(json, key);
    add_string(&json->text, value);
}

void sb_json_value(sb_json *json, const char *key, const fmpq *value, bool exact)
{
    if (value == NULL) {
        sb_json_null(json, key);
        return;
    }
    sb_json_begin_object(json, key);
    sb_json_number(json, "value", value);
    if (exact) {
        sb_json_fraction(json, "exact", value);
    } else {
        sb_json_null(json, "exact");
    }
    sb_json_end_object(json);
}

void sb_json_notes(sb_json *json, const char *key, const sb_notes *notes)
{
    sb_json_begin_array(json, key);
    for (size_t i = 0; i < notes->count; i++) {
        sb_json_string(json, NULL, notes->texts[i]);
    }
    sb_json_end_array(json);
}
