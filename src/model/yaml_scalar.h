/* Writing a text as a YAML scalar.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MODEL_YAML_SCALAR_H
#define SB_MODEL_YAML_SCALAR_H

#include <stdbool.h>

#include "base/text.h"

/* Append the text so that any YAML reader gives it back: plain where that is safe inside and
 * outside of flow lists and is not a word such as yes or null, else in double quotes. */
void sb_yaml_add_scalar(sb_text *out, const char *text);

/* The same for a value on a line of its own, where commas need no quotes. */
void sb_yaml_add_block_scalar(sb_text *out, const char *text);

/* The same as a key with its colon and a blank. */
void sb_yaml_add_key(sb_text *out, const char *text);

#endif
