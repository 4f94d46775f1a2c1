/* How long a computation may go on: until a flag is raised or a time is reached.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/patience.h"

#include <stddef.h>

sb_status sb_patience_check(const sb_patience *patience, sb_error *error)
{
    if (patience == NULL) {
        return SB_OK;
    }
    if (patience->cancel != NULL && atomic_load_explicit(patience->cancel, memory_order_relaxed)) {
        return sb_error_set(error, SB_ERROR_CANCELLED, "cancelled");
    }
    if (patience->deadline > 0 && sb_seconds() > patience->deadline) {
        return sb_error_set(error, SB_ERROR_LIMIT, "the time limit was met");
    }
    return SB_OK;
}
