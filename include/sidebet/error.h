/* What went wrong, and where.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every function that can fail returns an sb_status and fills the caller's sb_error. The library
 * never prints, exits or aborts on bad input. A caller that does not want the details passes NULL.
 */
#ifndef SIDEBET_ERROR_H
#define SIDEBET_ERROR_H

#include <stddef.h>

#include "sidebet/declarations.h"

SB_DECLARATIONS_BEGIN

typedef enum sb_status {
    SB_OK = 0,
    SB_ERROR_INPUT,  /* a file or a number is not what it should be; the error names the place */
    SB_ERROR_USAGE,  /* a command or an option is wrong */
    SB_ERROR_IO,     /* the operating system refused to read or write */
    SB_ERROR_MEMORY, /* an allocation failed: of this library, libyaml, GLPK or GSL. GMP and FLINT
                        cannot return an error, and abort() unless the program gives them other
                        functions (mp_set_memory_functions, __flint_set_memory_functions) */
    SB_ERROR_LIMIT,  /* a size or time limit was met */
    SB_ERROR_CANCELLED, /* the caller's cancel flag was raised */
    SB_ERROR_INTERNAL   /* a defect of sidebet or of a library below it */
} sb_status;

typedef struct sb_error {
    sb_status status;
    int line;          /* from 1; 0 where no place in a file is at fault */
    int column;        /* from 1; 0 where unknown */
    char file[256];    /* the input's name as the user gave it; "" where none */
    char message[768]; /* one clear sentence without a full stop: what is wrong */
    char hint[256];    /* the remedy; "" where the message says all */
} sb_error;

/* Forget what an error holds: status SB_OK, no place, empty texts. */
void sb_error_clear(sb_error *error);

/* Set status and message (printf style); place and hint are cleared. Returns status, so that a
 * function can end in `return sb_error_set(error, SB_ERROR_INPUT, ...)`. error may be NULL. */
sb_status sb_error_set(sb_error *error, sb_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Add the place at fault (file may be NULL: unchanged). error may be NULL. */
void sb_error_set_place(sb_error *error, const char *file, int line, int column);

/* Add the remedy (printf style). error may be NULL. */
void sb_error_set_hint(sb_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Write `file:line:column: message; hint` into text (at most size bytes, always terminated). */
void sb_error_format(const sb_error *error, char *text, size_t size);

/* Warnings and remarks that do not stop the work: a growing list of sentences. */
typedef struct sb_notes {
    size_t count;
    char **texts; /* owned */
} sb_notes;

void sb_notes_init(sb_notes *notes);
/* Append one sentence (printf style). notes may be NULL. A failed allocation drops the sentence. */
void sb_notes_add(sb_notes *notes, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sb_notes_clear(sb_notes *notes);

SB_DECLARATIONS_END

#endif
