/* The cell buffer painted with curses.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tui/paint.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "tui/looks.h"

static const sb_look *looks; /* NULL: attributes alone */
static bool coloured;        /* the terminal has colours, and they are not refused */
static unsigned shown_version;

static void choose(const sb_settings *settings)
{
    shown_version = settings->version;
    looks = coloured ? sb_looks(settings->theme, COLORS) : NULL;
    for (int style = 0; looks != NULL && style < SB_STYLE_COUNT; style++) {
        short foreground = looks[style].foreground;
        for (int role = 0; role < SB_COLOUR_COUNT; role++) {
            short own = settings->colours[role];
            if ((int)sb_colour_style((sb_colour_role)role) == style && own != SB_COLOUR_OF_THEME &&
                own - SB_COLOUR_FIRST < COLORS) {
                foreground = own == SB_COLOUR_OF_TERMINAL ? -1 : (short)(own - SB_COLOUR_FIRST);
            }
        }
        if (init_pair((short)(style + 1), foreground, looks[style].background) == ERR) {
            looks = NULL;
        }
    }
}

void sb_paint_start(const sb_settings *settings)
{
    const char *no_colour = getenv("NO_COLOR");
    coloured = (no_colour == NULL || no_colour[0] == '\0') && has_colors();
    if (coloured) {
        start_color();
        (void)use_default_colors();
    }
    choose(settings);
}

bool sb_paint_choose(const sb_settings *settings)
{
    if (settings->version == shown_version) {
        return false;
    }
    choose(settings);
    clearok(curscr, TRUE);
    return true;
}

static void look_of(const sb_cell *cell, attr_t *attributes, short *pair)
{
    if (looks == NULL) {
        *attributes = sb_look_mono((sb_style)cell->style);
        *pair = 0;
    } else {
        *attributes = looks[cell->style].attributes;
        *pair = (short)(cell->style + 1);
    }
    if (cell->reverse) {
        *attributes = (*attributes ^ A_REVERSE) | A_BOLD;
    }
}

static void paint_cell(int row, int column, const sb_cell *cell)
{
    wchar_t wide[CCHARW_MAX + 1] = {0};
    mbstate_t state;
    memset(&state, 0, sizeof state);
    const char *bytes = cell->bytes;
    size_t count = mbsrtowcs(wide, &bytes, CCHARW_MAX, &state);
    if (count == (size_t)-1 || count == 0) {
        wide[0] = L'?';
        count = 1;
    }
    wide[count] = L'\0';
    attr_t attributes = 0;
    short pair = 0;
    look_of(cell, &attributes, &pair);
    cchar_t character;
    if (setcchar(&character, wide, attributes, pair, NULL) == OK) {
        (void)mvadd_wch(row, column,
                        &character); /* ERR at the last cell: it is written all the same */
    }
}

void sb_paint(const sb_canvas *canvas)
{
    for (int row = 0; row < canvas->rows; row++) {
        for (int column = 0; column < canvas->columns; column++) {
            const sb_cell *cell =
                &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
            if (cell->width > 0) {
                paint_cell(row, column, cell);
            }
        }
    }
    bool shown = canvas->cursor_row >= 0 && canvas->cursor_column >= 0;
    if (shown) {
        (void)move(canvas->cursor_row, canvas->cursor_column);
    }
    (void)refresh();
    /* After the refresh: some terminals keep whether the cursor shows with the screen they leave.
     */
    (void)curs_set(shown ? 1 : 0);
}
