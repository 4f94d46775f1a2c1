/* Do a belief and a truth speak of the same thing?
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MECHANISM_MISBELIEF_COMPARE_H
#define SB_MECHANISM_MISBELIEF_COMPARE_H

#include "sidebet/environment.h"

/* Usage error that names the first difference in players and numbers of types. */
sb_status sb_misbelief_compare_shapes(const sb_environment *belief, const sb_environment *truth,
                                      sb_error *error);
/* Likewise in outcomes, utilities, outside options and designer's values; shapes agree already. */
sb_status sb_misbelief_compare_utilities(const sb_environment *belief, const sb_environment *truth,
                                         sb_error *error);

#endif
