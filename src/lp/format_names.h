/* Names for the rows and columns of a written linear program.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_LP_FORMAT_NAMES_H
#define SB_LP_FORMAT_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* The given names with what the format cannot take replaced by `_`, or, where two of those would be
 * equal or one is empty, prefix and number for all (*generic). NULL when memory runs out. */
char **sb_format_names(size_t count, const char *(*name)(const void *lp, size_t index),
                       const void *lp, char prefix, bool *generic);
void sb_format_names_free(char **names, size_t count);

#endif
