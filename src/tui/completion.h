/* What Tab does on the command line.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TUI_COMPLETION_H
#define SB_TUI_COMPLETION_H

#include <stddef.h>

#include "session/session.h"

typedef struct sb_completion {
    size_t start;   /* the word to replace begins here and ends at the cursor */
    char *insert;   /* what replaces it; NULL: nothing */
    char **matches; /* several: to be shown, freed with sb_completions_free; else NULL */
} sb_completion;

/* Commands, rules, labels and files that the word before byte `point` may become. */
void sb_completion_find(const sb_session *session, const char *text, size_t point,
                        sb_completion *completion);
void sb_completion_clear(sb_completion *completion);

#endif
