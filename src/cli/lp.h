/* What sidebet lp and incentives share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_LP_H
#define SB_CLI_LP_H

#include "base/text.h"

/* Print a finished text, or write it to a file (NULL, "-": none); clears it. */
sb_status sb_lp_output(sb_text *text, const char *path, sb_error *error);

#endif
