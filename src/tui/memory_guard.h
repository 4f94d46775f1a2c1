/* What happens when GMP and FLINT get no memory: they cannot return an error.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both would abort() the program. Left to them is to end it: with a sentence and an exit status,
 * the terminal given back, and in the explorer the unsaved work kept. Jumping out of them instead
 * would leave their numbers and pools in any state.
 */
#ifndef SB_TUI_MEMORY_GUARD_H
#define SB_TUI_MEMORY_GUARD_H

#include <stdbool.h>

/* Take the place of their allocation; called once, before their first. When memory runs out, the
 * program says so and ends with this status. */
void sb_memory_guard_start(int exit_status);
/* The explorer runs in this thread: some memory is set aside. When memory runs out it is given
 * back, and SIGTERM makes the explorer keep the unsaved work and leave; another thread that has run
 * out waits meanwhile, for ever. */
void sb_memory_guard_explore(void);
void sb_memory_guard_leave(void);
/* Memory ran out: leave, and leave what other threads use as it is. */
bool sb_memory_guard_ran_out(void);

#endif
