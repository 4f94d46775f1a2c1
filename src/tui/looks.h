/* How styles look.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TUI_LOOKS_H
#define SB_TUI_LOOKS_H

#include <curses.h>

#include "session/settings.h"
#include "view/canvas.h"

/* Curses' own macros of these names stand in the way of plain C. */
#undef lines
#undef columns

/* -1: the terminal's own colour. */
typedef struct sb_look {
    short foreground, background;
    attr_t attributes;
} sb_look;

/* A look for each style on a terminal of so many colours; NULL: attributes alone. */
const sb_look *sb_looks(sb_theme theme, int colours);
/* Where there are no colours. */
attr_t sb_look_mono(sb_style style);
/* The style that a colour of the reader's own is of. */
sb_style sb_colour_style(sb_colour_role role);

#endif
