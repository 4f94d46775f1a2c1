/* How long a computation may go on: until a flag is raised or a time is reached.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_LP_PATIENCE_H
#define SB_LP_PATIENCE_H

#include <stdatomic.h>

#include "base/clock.h"
#include "sidebet/error.h"

typedef struct sb_patience {
    const atomic_bool *cancel; /* NULL: never raised */
    double deadline;           /* on the clock of sb_seconds; <= 0: none */
} sb_patience;

/* SB_OK, SB_ERROR_CANCELLED or SB_ERROR_LIMIT. patience may be NULL: endless. */
sb_status sb_patience_check(const sb_patience *patience, sb_error *error);

#endif
