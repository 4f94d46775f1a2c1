/* Long text on a terminal, a screen at a time.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_PAGER_H
#define SB_CLI_PAGER_H

#include "base/text.h"

/* Print the text and clear it, as sb_exit_print does: through $PAGER, or less, where standard
 * output is a terminal that has fewer lines. */
sb_status sb_pager_print(sb_text *text, sb_error *error);

#endif
