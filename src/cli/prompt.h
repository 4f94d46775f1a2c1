/* The prompt: one line at a time from a person, with completion and history.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_PROMPT_H
#define SB_CLI_PROMPT_H

#include "session/session.h"

/* Set up completion for a session and read the history, if it can be read. Until the prompt is
 * closed Ctrl-C ends what a line computes, and not the program. */
void sb_prompt_open(sb_session *session);
/* The next line, without its end, freed by the caller; NULL at the end of input. Ctrl-C drops what
 * was typed. Lines that are not blank go to the history. */
char *sb_prompt_read(void);
void sb_prompt_close(sb_session *session);

#endif
