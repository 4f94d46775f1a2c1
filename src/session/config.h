/* The config file: settings commands that are run when the explorer starts.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_CONFIG_H
#define SB_SESSION_CONFIG_H

#include "base/text.h"
#include "session/commands.h"
#include "session/session.h"

/* May a config file hold this command? */
bool sb_command_is_setting(const sb_command_description *command);

/* Run the commands of a file; path NULL: the usual one, which need not be there. What is wrong with
 * a line is added to complaints, one a line, with the file and the number of the line, and the
 * other lines count all the same. */
sb_status sb_session_configure(sb_session *session, const char *path, sb_text *complaints,
                               sb_error *error);
/* The settings of now, as such a file. Freed by the caller. */
char *sb_session_config(const sb_session *session, sb_error *error);

#endif
