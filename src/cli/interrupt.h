/* Ctrl-C while something is being solved.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_INTERRUPT_H
#define SB_CLI_INTERRUPT_H

#include <stdatomic.h>

/* From now on SIGINT raises the flag that is returned (for sb_lp_options.cancel); a second one ends
 * the program at once. Where SIGINT was ignored by whoever started us it stays ignored. */
const atomic_bool *sb_interrupt_watch(void);
/* End the way a program does that Ctrl-C ended, so that a calling shell stops too (it sees 130). */
void sb_interrupt_end(void);

#endif
