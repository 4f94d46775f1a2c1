/* Keys as people read them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_KEY_LABELS_H
#define SB_VIEW_KEY_LABELS_H

#include <stdbool.h>
#include <stddef.h>

/* The first key of a binding's list ("Left h"), or all of them with blanks between ("← h"), with
 * arrows as arrows ("Left" stays a word in ASCII). Freed by the caller; NULL when memory runs out.
 */
char *sb_key_label(const char *keys, bool all, bool ascii);

#endif
