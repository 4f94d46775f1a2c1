/* UTF-8 as files hold it: decoding, checking, showing in messages.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MODEL_YAML_UTF8_H
#define SB_MODEL_YAML_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sidebet/error.h"

/* Read one character at text; its length in bytes, or 0 when the bytes are not valid UTF-8. */
size_t sb_utf8_decode(const char *text, size_t length, uint32_t *character);

/* Whether a file or a YAML scalar may hold the character unescaped. */
bool sb_utf8_printable(uint32_t character);

/* Refuse invalid UTF-8 and control characters other than tab and line ends, naming the place. */
sb_status sb_utf8_check(const char *text, size_t length, const char *name, sb_error *error);

/* Whether a text is empty, has a control character or is not UTF-8: what is wrong, or NULL. */
const char *sb_utf8_text_fault(const char *text, size_t length);

/* The same for a name or label, which also has a largest length and no blanks at its ends. */
const char *sb_utf8_label_fault(const char *text, size_t length);

/* The text for a message, in single quotes, shortened and with control characters replaced. */
#define SB_QUOTED_SIZE 64
const char *sb_utf8_quote(const char *text, size_t length, char quoted[SB_QUOTED_SIZE]);

#endif
