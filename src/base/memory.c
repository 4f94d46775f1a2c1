/* Allocation that can be made to fail in tests, and growing arrays.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((weak)) void *sb_memory_resize(void *memory, size_t bytes)
{
    return realloc(memory, bytes == 0 ? 1 : bytes);
}

void *sb_allocate(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    size_t bytes = count * size;
    void *memory = sb_memory_resize(NULL, bytes);
    if (memory != NULL) {
        memset(memory, 0, bytes);
    }
    return memory;
}

char *sb_copy_text_part(const char *text, size_t length)
{
    size_t copied = strnlen(text, length);
    char *copy = sb_allocate(copied + 1, 1);
    if (copy != NULL) {
        memcpy(copy, text, copied);
    }
    return copy;
}

char *sb_copy_text(const char *text)
{
    return sb_copy_text_part(text, strlen(text));
}

char *sb_format_text(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        return NULL;
    }
    char *text = sb_allocate((size_t)length + 1, 1);
    if (text != NULL) {
        va_start(arguments, format);
        (void)vsnprintf(text, (size_t)length + 1, format, arguments);
        va_end(arguments);
    }
    return text;
}

bool sb_grow(void *items, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity) {
        return true;
    }
    size_t grown = *capacity + *capacity / 2;
    if (grown < needed || grown < *capacity) {
        grown = needed;
    }
    if (grown < 8) {
        grown = 8;
    }
    if (size != 0 && grown > SIZE_MAX / size) {
        return false;
    }
    /* items points to a pointer of unknown type: read and written as bytes. */
    void *old = NULL;
    memcpy(&old, items, sizeof old);
    char *memory = sb_memory_resize(old, grown * size);
    if (memory == NULL) {
        return false;
    }
    memset(memory + *capacity * size, 0, (grown - *capacity) * size);
    memcpy(items, &memory, sizeof memory);
    *capacity = grown;
    return true;
}

sb_status sb_out_of_memory(sb_error *error)
{
    (void)sb_error_set(error, SB_ERROR_MEMORY, "there is not enough memory");
    return SB_ERROR_MEMORY;
}
