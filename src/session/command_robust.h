/* What the files of the command robust share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_COMMAND_ROBUST_H
#define SB_SESSION_COMMAND_ROBUST_H

#include "base/memory.h"
#include "session/command.h"

/* Usage error unless the environment has one agent and a signal. */
sb_status sb_robust_require_form(sb_call *call);

/* Freeze any mechanism of the table in hand (what: its name in the message; commands: the lines
 * that freeze it again), or that of a round (belief.c). */
sb_status sb_belief_freeze(sb_call *call, const sb_mechanism *mechanism, const char *what,
                           const char *commands);
/* While the explorer is in hand nobody is kept waiting: what is frozen must be there. */
bool sb_belief_must_be_known(const sb_call *call);
/* Whether it must, and the mechanism of this table is still to come: an error that says so. */
bool sb_belief_is_early(sb_call *call);
sb_status sb_belief_freeze_robust(sb_call *call, const sb_robust_step *step);

/* command_robust_set.c: what the sets are. These change the environment. */
extern const char *const sb_robust_estimate_words[];
sb_status sb_robust_box(sb_call *call);
sb_status sb_robust_wider(sb_call *call);
sb_status sb_robust_narrower(sb_call *call);
sb_status sb_robust_none(sb_call *call);
sb_status sb_robust_everything(sb_call *call);
sb_status sb_robust_tables(sb_call *call);
sb_status sb_robust_samples(sb_call *call);
sb_status sb_robust_draw(sb_call *call);

#endif
