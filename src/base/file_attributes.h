/* What a file is beside its text, owner and permissions.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_BASE_FILE_ATTRIBUTES_H
#define SB_BASE_FILE_ATTRIBUTES_H

#include <stdbool.h>

/* Give the open file the access list and the user's own attributes of the file at this path. False:
 * there is an access list that the open file cannot have. Systems without either: true. */
bool sb_file_attributes_copy(const char *path, int file);

#endif
