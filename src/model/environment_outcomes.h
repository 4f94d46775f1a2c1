/* Going through the outcomes of a short form.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MODEL_ENVIRONMENT_OUTCOMES_H
#define SB_MODEL_ENVIRONMENT_OUTCOMES_H

#include "model/environment_parts.h"

/* One outcome. holders[g] is an agent, or agent_count + u: nobody, or the asset's other use u. */
typedef struct sb_allocation {
    size_t holders[SB_MAX_GOODS];
    size_t set_size; /* units: the bidders who get one, in order */
    size_t set[SB_MAX_PLAYERS];
} sb_allocation;

/* The first outcome, and the next one; of no meaning for forms without units or goods. */
void sb_allocation_begin(sb_allocation *at, const sb_form_shape *shape);
void sb_allocation_advance(sb_allocation *at, const sb_form_shape *shape);

#endif
