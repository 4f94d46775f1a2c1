/* Where files of the reader's own are: settings and state, as XDG says.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_FOLDERS_H
#define SB_SESSION_FOLDERS_H

#include "sidebet/error.h"

/* $XDG_CONFIG_HOME/sidebet/NAME, else ~/.config/sidebet/NAME; NULL where there is no home. Freed by
 * the caller, as the next. */
char *sb_config_file(const char *name);
/* $XDG_STATE_HOME/sidebet/NAME, else ~/.local/state/sidebet/NAME. */
char *sb_state_file(const char *name);
/* Make the folder a file is in, and those above it, for the user alone. path is as before
 * thereafter. */
sb_status sb_make_folders(char *path, const char *purpose, sb_error *error);

#endif
