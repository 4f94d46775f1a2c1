/* Control sequences in what a program writes: modes that it changes, the screen that it clears.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_TERMINAL_SEQUENCES_H
#define SB_TESTS_TERMINAL_SEQUENCES_H

#include <stdbool.h>
#include <stddef.h>

enum { most_modes = 32, longest_mode = 16 };

/* Private modes of DEC and xterm that were touched: ESC [ ? NUMBER h or l. */
typedef struct terminal_mode {
    int number;
    bool set;
} terminal_mode;

/* Begins as zeros. */
typedef struct terminal_sequences {
    terminal_mode modes[most_modes];
    int mode_count;
    char sequence[longest_mode]; /* what may become such a sequence, as far as it was read */
    size_t sequence_length;
    char modes_left[most_modes * longest_mode];
    long clears;       /* how often the whole screen was cleared */
    size_t clear_seen; /* of the sequence that does it, in the bytes so far */
} terminal_sequences;

void terminal_sequences_watch(terminal_sequences *s, const char *bytes, size_t length);
/* The modes that are not as in the beginning, as the sequences that changed them; "": none. */
const char *terminal_sequences_left(terminal_sequences *s);

#endif
