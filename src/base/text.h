/* A growing text.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Appending never fails visibly: after a failed allocation `failed` is set and further appends do
 * nothing, so that a long writer checks once at the end.
 */
#ifndef SB_BASE_TEXT_H
#define SB_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sidebet/error.h"
#include "sidebet/rational.h"

typedef struct sb_text {
    char *bytes; /* always terminated once anything was added; may be NULL before */
    size_t length, capacity;
    bool failed;
} sb_text;

void sb_text_init(sb_text *text);
void sb_text_clear(sb_text *text);
void sb_text_add(sb_text *text, const char *bytes);
void sb_text_add_part(sb_text *text, const char *bytes, size_t length);
void sb_text_add_format(sb_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void sb_text_add_rational(sb_text *text, const fmpq_t value, sb_number_style style);
/* The shortest decimal that reads back as this finite number, without an exponent where it is a
 * whole one below 1e15. */
void sb_format_double(char *digits, size_t size, double value);
/* Hand over the bytes ("" when nothing was added), or NULL and an error when an append failed. The
 * text is empty afterwards. */
char *sb_text_take(sb_text *text, sb_error *error);

/* The bytes of the UTF-8 character at the start of bytes[0..length): 1 to 4, and its code point in
 * *character (may be NULL); 0 where there is no valid character. */
size_t sb_text_character(const char *bytes, size_t length, uint32_t *character);
/* Columns one character takes: 0 for combining marks, 2 for wide ones, else 1; the same in every
 * locale. */
size_t sb_character_width(uint32_t character);
/* Columns a UTF-8 text takes on a terminal (control and invalid bytes count 1). */
size_t sb_text_width(const char *utf8);
/* Whether a character must not reach a terminal or a person as it is: C0, DEL and C1, the line and
 * paragraph separators, and those that turn the direction of what stands around them. */
bool sb_character_is_control(uint32_t character);
/* Put "?" for each control character and each byte that is not UTF-8, in place; but for those in
 * `allowed`, such as "\n". */
void sb_text_make_printable(char *utf8, const char *allowed);
/* Whether the text is valid UTF-8 without control characters. */
bool sb_text_is_printable(const char *utf8);

/* Read all of a file ("-": standard input). *length excludes the added terminator. Refuses more
 * than limit bytes. The caller frees *bytes. */
sb_status sb_text_read_file(const char *path, size_t limit, char **bytes, size_t *length,
                            sb_error *error);
/* Write to a temporary beside path, flush it to disk and rename it: path holds the old or the new
 * text, never less. Permissions, access lists and the owner of an existing file are kept, a
 * symbolic link is followed; a device or a pipe is written to directly. A file with several names,
 * or with an owner that we cannot give to another, is written over with the whole new text beside
 * it until that is done. On failure the temporary is removed, and so is, later, that of a process
 * that was killed. */
sb_status sb_text_write_file(const char *path, const char *bytes, size_t length, sb_error *error);
/* The same of a file that nobody but its owner may read. */
sb_status sb_text_write_private_file(const char *path, const char *bytes, size_t length,
                                     sb_error *error);
/* Whether this is such a temporary of a process that is not any more. */
bool sb_text_is_abandoned(const char *path);
/* Whether both names are of one file that exists, not a device or a pipe. */
bool sb_text_same_file(const char *left, const char *right);
/* Whether there is such a file, not a device or a pipe, so that writing would replace it. */
bool sb_text_file_exists(const char *path);
/* Whether a path ends in an ending such as ".csv", in whatever case, and is more than that. */
bool sb_text_path_ends_in(const char *path, const char *ending);

#endif
