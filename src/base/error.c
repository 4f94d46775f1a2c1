/* What went wrong, and where.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/error.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

void sb_error_clear(sb_error *error)
{
    if (error != NULL) {
        memset(error, 0, sizeof *error);
    }
}

/* Length of the longest start of text that ends between two UTF-8 characters; text was cut. */
static size_t whole_characters(const char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0U) == 0x80U) {
        start--;
    }
    if (start == 0) {
        return length;
    }
    unsigned char lead = (unsigned char)text[start - 1];
    size_t expected = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : lead >= 0xC0U ? 2 : 1;
    return length - (start - 1) < expected ? start - 1 : length;
}

/* Copy what fits, never half a character. from and to may overlap. */
static void copy_fitting(char *to, size_t size, const char *from)
{
    size_t length = strnlen(from, size);
    if (length == size) {
        length = whole_characters(from, size - 1);
    }
    memmove(to, from, length);
    to[length] = '\0';
}

static void format_fitting(char *to, size_t size, const char *format, va_list arguments)
{
    /* Through a copy: the arguments may point into the error that is being written. */
    char text[1024];
    int written = vsnprintf(text, sizeof text, format, arguments);
    copy_fitting(to, size, written < 0 ? "(unprintable message)" : text);
}

sb_status sb_error_set(sb_error *error, sb_status status, const char *format, ...)
{
    if (error == NULL) {
        return status;
    }
    va_list arguments;
    va_start(arguments, format);
    format_fitting(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    error->status = status;
    error->line = 0;
    error->column = 0;
    error->file[0] = '\0';
    error->hint[0] = '\0';
    return status;
}

void sb_error_set_place(sb_error *error, const char *file, int line, int column)
{
    if (error == NULL) {
        return;
    }
    if (file != NULL) {
        copy_fitting(error->file, sizeof error->file, file);
    }
    error->line = line;
    error->column = column;
}

void sb_error_set_hint(sb_error *error, const char *format, ...)
{
    if (error == NULL) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    format_fitting(error->hint, sizeof error->hint, format, arguments);
    va_end(arguments);
}

void sb_error_format(const sb_error *error, char *text, size_t size)
{
    if (size == 0) {
        return;
    }
    char line[32] = "";
    char column[32] = "";
    bool named = error->file[0] != '\0';
    if (error->line > 0) {
        (void)snprintf(line, sizeof line, named ? ":%d" : "line %d", error->line);
        if (error->column > 0) {
            (void)snprintf(column, sizeof column, named ? ":%d" : ", column %d", error->column);
        }
    }
    char whole[sizeof error->file + sizeof error->message + sizeof error->hint + 96];
    (void)snprintf(whole, sizeof whole, "%s%s%s%s%s%s%s", error->file, line, column,
                   named || line[0] != '\0' ? ": " : "", error->message,
                   error->hint[0] != '\0' ? "; " : "", error->hint);
    /* A message may repeat what somebody else wrote, and is shown on terminals. */
    sb_text_make_printable(whole, "");
    copy_fitting(text, size, whole);
}

void sb_notes_init(sb_notes *notes)
{
    notes->count = 0;
    notes->texts = NULL;
}

void sb_notes_add(sb_notes *notes, const char *format, ...)
{
    if (notes == NULL) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = length < 0 ? NULL : sb_allocate((size_t)length + 1, 1);
    if (text == NULL) {
        return;
    }
    va_start(arguments, format);
    (void)vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    char **texts = sb_memory_resize(notes->texts, (notes->count + 1) * sizeof *texts);
    if (texts == NULL) {
        free(text);
        return;
    }
    texts[notes->count++] = text;
    notes->texts = texts;
}

void sb_notes_clear(sb_notes *notes)
{
    if (notes == NULL) {
        return;
    }
    for (size_t i = 0; i < notes->count; i++) {
        free(notes->texts[i]);
    }
    free(notes->texts);
    sb_notes_init(notes);
}
