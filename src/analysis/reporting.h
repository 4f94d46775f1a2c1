/* What only holds under reporting sets of some kind.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_ANALYSIS_REPORTING_H
#define SB_ANALYSIS_REPORTING_H

#include "sidebet/environment.h"

/* Usage error, with the reports that would mend it, unless the revelation principle holds for every
 * agent's reporting sets. `what` begins the sentence: "a guarantee over all mechanisms". */
sb_status sb_want_nested_reports(const sb_environment *environment, const char *what,
                                 sb_error *error);

#endif
