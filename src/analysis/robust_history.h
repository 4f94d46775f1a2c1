/* What writing and replaying a history share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_ROBUST_HISTORY_H
#define SB_ANALYSIS_ROBUST_HISTORY_H

#include "sidebet/robust.h"

/* The kind of the last line, which holds the round a history ends in. */
#define SB_HISTORY_END "end"

/* "incentive", "participation", "objective". */
const char *sb_cut_kind_name(sb_cut_kind kind);

#endif
