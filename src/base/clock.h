/* The clock that durations are measured by.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_BASE_CLOCK_H
#define SB_BASE_CLOCK_H

/* Seconds on a clock that only goes forward. */
double sb_seconds(void);

#endif
