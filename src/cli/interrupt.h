/* Ctrl-C, or the request to end, while something is being solved.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_INTERRUPT_H
#define SB_CLI_INTERRUPT_H

#include <stdatomic.h>

/* From now on SIGINT and SIGTERM raise the flag that is returned (for sb_lp_options.cancel); a
 * second one, a quarter of a second later or more, ends the program at once. A signal that was
 * ignored by whoever started us stays ignored. */
const atomic_bool *sb_interrupt_watch(void);
/* End by the signal that raised the flag (SIGINT if none did), so that a calling shell stops too:
 * it sees 130, or 143 after SIGTERM. */
void sb_interrupt_end(void);

#endif
