/* Which profiles the lists show.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A filter is words: PLAYER=TYPE keeps the profiles at which the player is of that type (or of one
 * of those said of the same player); any other word keeps those with a type whose label holds it.
 */
#ifndef SB_SESSION_FILTER_H
#define SB_SESSION_FILTER_H

#include "session/words.h"
#include "sidebet/environment.h"

/* The words as a text that is split back into the same: "Ann=2 high". Usage error where they name
 * what is not there. Freed by the caller. */
sb_status sb_filter_text(const sb_environment *environment, char *const *words, size_t count,
                         char **text, sb_error *error);

/* The profiles that pass, in order, in an array freed by the caller; NULL when memory runs out.
 * Words that name what this environment has not got let nothing pass. */
size_t *sb_filter_profiles(const sb_environment *environment, const char *text, size_t *count);

#endif
