/* What writing and replaying a history share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_ROBUST_HISTORY_H
#define SB_ANALYSIS_ROBUST_HISTORY_H

#include "base/text.h"
#include "model/csv.h"
#include "sidebet/robust.h"

/* The kind of the last line, which holds the round a history ends in. */
#define SB_HISTORY_END "end"

/* The last column: whether the round's optimum was proved. */
#define SB_HISTORY_EXACT    "yes"
#define SB_HISTORY_FLOATING "no"

/* "round,objective,kind,type,report,violation,belief 1,...,exact", without the end of the line. */
void sb_history_add_header(sb_text *text, size_t signal_count);
/* The header, the shape and the last column of such a table; the name stands for the file in
 * messages. *floating: whether some round was made in floating point. */
sb_status sb_history_check_table(const sb_csv_table *table, size_t signal_count, const char *name,
                                 bool *floating, sb_error *error);

#endif
