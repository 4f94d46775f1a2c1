/* Allocation that can be made to fail in tests, and growing arrays.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_BASE_MEMORY_H
#define SB_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "sidebet/error.h"

/* Where all memory of sidebet itself comes from: realloc(), as a weak symbol, so that a test
 * program can define its own and let chosen requests fail. (FLINT and the other libraries allocate
 * by themselves.) Never NULL for 0 bytes unless memory runs out. */
void *sb_memory_resize(void *memory, size_t bytes);

/* Zeroed memory for count items of size bytes; NULL when memory runs out or the product overflows.
 * Never NULL for count 0. Freed with free(). */
void *sb_allocate(size_t count, size_t size);
/* A copy of a text, of at most length bytes of it; NULL when memory runs out. */
char *sb_copy_text(const char *text);
char *sb_copy_text_part(const char *text, size_t length);
/* A printf-style text, freed by the caller; NULL when memory runs out. */
char *sb_format_text(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Make the array that `items` points to (the address of its pointer; *capacity items of size bytes)
 * hold at least `needed`; grows by half. New memory is zeroed. False, and nothing changed, when
 * memory runs out. */
bool sb_grow(void *items, size_t *capacity, size_t needed, size_t size);
sb_status sb_out_of_memory(sb_error *error);

#endif
