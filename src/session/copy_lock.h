/* Who is writing a copy of unsaved work: held while a session lives, given up when it dies.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_COPY_LOCK_H
#define SB_SESSION_COPY_LOCK_H

#include <stdbool.h>

/* Hold the copy at path: a descriptor, or -1 where another session holds it (or nothing can be
 * held). The folder is there. */
int sb_copy_lock_take(const char *path);
/* descriptor -1: nothing is held. */
void sb_copy_lock_give_up(const char *path, int descriptor);
bool sb_copy_lock_is_held(const char *path);

#endif
