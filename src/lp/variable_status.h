/* Where a variable of a basic solution is.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_LP_VARIABLE_STATUS_H
#define SB_LP_VARIABLE_STATUS_H

typedef enum sb_variable_status {
    SB_BASIC,
    SB_AT_LOWER,
    SB_AT_UPPER,
    SB_AT_ZERO /* unbounded on both sides and not basic */
} sb_variable_status;

#endif
