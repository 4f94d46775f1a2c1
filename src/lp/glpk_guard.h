/* GLPK kept quiet, and its abort() turned into a return value.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_LP_GLPK_GUARD_H
#define SB_LP_GLPK_GUARD_H

#include <stdbool.h>

/* Run work(context), which may call GLPK. False when GLPK gave up (wrong use, no memory, a defect):
 * work was then left by longjmp, so what it keeps must be reachable from context, and no GLPK
 * object it made may be touched again. GLPK's environment is per thread; it is freed afterwards
 * unless this thread held GLPK objects before. The thread's own GLPK error and terminal hooks are
 * reset. */
bool sb_glpk_guard(void (*work)(void *context), void *context);

#endif
