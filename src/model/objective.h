/* Weighted sums of objectives, as text.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MODEL_OBJECTIVE_H
#define SB_MODEL_OBJECTIVE_H

#include "base/text.h"
#include "sidebet/rules.h"

/* Read "revenue+0.5*agents": terms NUMBER*NAME or NAME with signs between them. Each objective at
 * most once, not all weights zero. On failure the weights (one an objective) are unchanged. */
sb_status sb_objective_sum_parse(fmpq *weights, const char *text, sb_error *error);
/* The same back; terms of weight zero are left out. */
void sb_objective_sum_add(sb_text *text, const fmpq *weights);

#endif
