/* A growing text.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void sb_text_init(sb_text *text)
{
    memset(text, 0, sizeof *text);
}

void sb_text_clear(sb_text *text)
{
    free(text->bytes);
    sb_text_init(text);
}

/* Room for length more bytes and a terminator. */
static bool reserve(sb_text *text, size_t length)
{
    if (!text->failed && (length > SIZE_MAX - 1 - text->length ||
                          !sb_grow(&text->bytes, &text->capacity, text->length + length + 1, 1))) {
        text->failed = true;
    }
    return !text->failed;
}

void sb_text_add_part(sb_text *text, const char *bytes, size_t length)
{
    if (reserve(text, length)) {
        memcpy(text->bytes + text->length, bytes, length);
        text->length += length;
        text->bytes[text->length] = '\0';
    }
}

void sb_text_add(sb_text *text, const char *bytes)
{
    sb_text_add_part(text, bytes, strlen(bytes));
}

void sb_text_add_format(sb_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        text->failed = true;
    } else if (reserve(text, (size_t)length)) {
        va_start(arguments, format);
        (void)vsnprintf(text->bytes + text->length, (size_t)length + 1, format, arguments);
        va_end(arguments);
        text->length += (size_t)length;
    }
}

void sb_text_add_rational(sb_text *text, const fmpq_t value, sb_number_style style)
{
    char *number = text->failed ? NULL : sb_rational_format(value, style);
    if (number == NULL) {
        text->failed = true;
        return;
    }
    sb_text_add(text, number);
    free(number);
}

char *sb_text_take(sb_text *text, sb_error *error)
{
    if (reserve(text, 0)) {
        char *bytes = text->bytes;
        bytes[text->length] = '\0';
        sb_text_init(text);
        return bytes;
    }
    sb_text_clear(text);
    (void)sb_out_of_memory(error);
    return NULL;
}

void sb_format_double(char *digits, size_t size, double value)
{
    for (int precision = 1; precision <= 17; precision++) {
        (void)snprintf(digits, size, "%.*g", precision, value);
        if (strtod(digits, NULL) == value) {
            break;
        }
    }
    /* %g turns to exponents early: 62750 would be 6.275e+04. */
    if (fabs(value) < 1e15 && value == floor(value)) {
        (void)snprintf(digits, size, "%.0f", value == 0 ? 0.0 : value);
    }
}
