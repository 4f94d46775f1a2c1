/* The terminal: refused with a sentence where it cannot do, taken over, given back in every case.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The only global state of sidebet is here and in signals.c: there is one terminal.
 */
#ifndef SB_TUI_TERMINAL_H
#define SB_TUI_TERMINAL_H

#include <stdbool.h>

#include "sidebet/error.h"

/* Look before touching: is there a terminal at both ends, and can it place the cursor? */
sb_status sb_terminal_check(sb_error *error);
/* Take the terminal over (curses, raw keys). */
sb_status sb_terminal_start(sb_error *error);
/* Give it back as it was. Safe to call twice. */
void sb_terminal_stop(void);
/* Give it back for a while (suspend), and take it over again with everything painted afresh. */
void sb_terminal_leave(void);
void sb_terminal_return(void);
/* Learn the present size; the next painting is of everything, since the terminal may have dropped
 * what it showed even where the size is the old one again. */
void sb_terminal_resize(void);
void sb_terminal_size(int *rows, int *columns);
/* Ask the terminal to put a text on its clipboard (OSC 52; through tmux where that is between). */
void sb_terminal_copy(const char *text);
/* Whether clicks and the wheel come as keys; otherwise the terminal selects text with them. */
void sb_terminal_mouse(bool on);
/* Only ASCII can be shown: the locale's character set is not UTF-8, or this is a text console,
 * whose font has no braille and few symbols. */
bool sb_terminal_is_ascii(void);
/* Such a console, with letters, light lines and blocks all the same. */
bool sb_terminal_has_letters(void);
/* What a handler of a crash may do: async-signal-safe. */
void sb_terminal_emergency(void);

#endif
