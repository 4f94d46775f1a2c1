/* Options that name a file to write.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_OUTPUTS_H
#define SB_CLI_OUTPUTS_H

#include "cli/options.h"

/* Usage error where a file to write is one that is read. */
sb_status sb_outputs_check(const sb_arguments *arguments, sb_error *error);

#endif
