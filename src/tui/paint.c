/* The cell buffer painted with curses.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Colours are of the blue-orange axis, which every common kind of colour blindness can tell apart,
 * and no meaning hangs on a colour alone: signs, words and marks say the same. Whether the terminal
 * is light or dark is not known: a colour on its own background has a contrast of 3.8 at least, of
 * 4.4 where it is not bold, both to black and to white. Of eight colours only magenta does.
 */
#include "tui/paint.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* -1: the terminal's own colour. */
typedef struct sb_look {
    short foreground, background;
    attr_t attributes;
} sb_look;

static const sb_look looks_256[SB_STYLE_COUNT] = {
    [SB_STYLE_NORMAL] = {-1, -1, 0},       [SB_STYLE_DIM] = {243, -1, 0},
    [SB_STYLE_HEADING] = {-1, -1, A_BOLD}, [SB_STYLE_HEADING_ACTIVE] = {231, 25, A_BOLD},
    [SB_STYLE_TITLE] = {231, 24, A_BOLD},  [SB_STYLE_STRONG] = {-1, -1, A_BOLD},
    [SB_STYLE_GOOD] = {32, -1, A_BOLD},    [SB_STYLE_BAD] = {166, -1, A_BOLD},
    [SB_STYLE_WARNING] = {130, -1, 0},     [SB_STYLE_ERROR] = {166, -1, A_BOLD},
    [SB_STYLE_NEGATIVE] = {130, -1, 0},    [SB_STYLE_KEY] = {32, -1, A_BOLD},
    [SB_STYLE_HINT] = {-1, -1, 0},         [SB_STYLE_ENTRY] = {16, 229, 0},
    [SB_STYLE_BAR_REVENUE] = {166, -1, 0}, [SB_STYLE_BAR_SURPLUS] = {32, -1, 0},
    [SB_STYLE_BAR_OTHER] = {243, -1, 0},   [SB_STYLE_HEAT_0] = {231, 25, 0},
    [SB_STYLE_HEAT_1] = {16, 67, 0},       [SB_STYLE_HEAT_2] = {16, 110, 0},
    [SB_STYLE_HEAT_3] = {16, 252, 0},      [SB_STYLE_HEAT_4] = {16, 222, 0},
    [SB_STYLE_HEAT_5] = {16, 215, 0},      [SB_STYLE_HEAT_6] = {16, 208, 0},
};

static const sb_look looks_8[SB_STYLE_COUNT] = {
    [SB_STYLE_NORMAL] = {-1, -1, 0},
    [SB_STYLE_DIM] = {-1, -1, A_DIM},
    [SB_STYLE_HEADING] = {-1, -1, A_BOLD},
    [SB_STYLE_HEADING_ACTIVE] = {COLOR_WHITE, COLOR_BLUE, A_BOLD},
    [SB_STYLE_TITLE] = {COLOR_WHITE, COLOR_BLUE, A_BOLD},
    [SB_STYLE_STRONG] = {-1, -1, A_BOLD},
    [SB_STYLE_GOOD] = {-1, -1, A_BOLD},
    [SB_STYLE_BAD] = {COLOR_MAGENTA, -1, A_BOLD},
    [SB_STYLE_WARNING] = {COLOR_MAGENTA, -1, 0},
    [SB_STYLE_ERROR] = {COLOR_MAGENTA, -1, A_BOLD},
    [SB_STYLE_NEGATIVE] = {COLOR_MAGENTA, -1, 0},
    [SB_STYLE_KEY] = {-1, -1, A_BOLD},
    [SB_STYLE_HINT] = {-1, -1, 0},
    [SB_STYLE_ENTRY] = {COLOR_BLACK, COLOR_WHITE, 0},
    [SB_STYLE_BAR_REVENUE] = {COLOR_MAGENTA, -1, 0},
    [SB_STYLE_BAR_SURPLUS] = {-1, -1, 0},
    [SB_STYLE_BAR_OTHER] = {-1, -1, A_DIM},
    [SB_STYLE_HEAT_0] = {COLOR_WHITE, COLOR_BLUE, 0},
    [SB_STYLE_HEAT_1] = {COLOR_WHITE, COLOR_BLUE, 0},
    [SB_STYLE_HEAT_2] = {COLOR_BLACK, COLOR_CYAN, 0},
    [SB_STYLE_HEAT_3] = {COLOR_BLACK, COLOR_WHITE, 0},
    [SB_STYLE_HEAT_4] = {COLOR_BLACK, COLOR_WHITE, 0},
    [SB_STYLE_HEAT_5] = {COLOR_BLACK, COLOR_YELLOW, 0},
    [SB_STYLE_HEAT_6] = {COLOR_BLACK, COLOR_YELLOW, 0},
};

static const attr_t looks_mono[SB_STYLE_COUNT] = {
    [SB_STYLE_DIM] = A_DIM,
    [SB_STYLE_HEADING] = A_BOLD,
    [SB_STYLE_HEADING_ACTIVE] = A_BOLD | A_REVERSE,
    [SB_STYLE_TITLE] = A_REVERSE,
    [SB_STYLE_STRONG] = A_BOLD,
    [SB_STYLE_GOOD] = A_BOLD,
    [SB_STYLE_BAD] = A_BOLD | A_UNDERLINE,
    [SB_STYLE_WARNING] = A_UNDERLINE,
    [SB_STYLE_ERROR] = A_BOLD | A_UNDERLINE,
    [SB_STYLE_NEGATIVE] = A_UNDERLINE,
    [SB_STYLE_KEY] = A_BOLD,
    [SB_STYLE_ENTRY] = A_UNDERLINE,
    [SB_STYLE_HEAT_0] = A_DIM,
    [SB_STYLE_HEAT_1] = A_DIM,
    [SB_STYLE_HEAT_5] = A_BOLD,
    [SB_STYLE_HEAT_6] = A_BOLD,
};

static const sb_look *looks; /* NULL: attributes alone */

void sb_paint_start(void)
{
    const char *no_colour = getenv("NO_COLOR");
    looks = NULL;
    if ((no_colour != NULL && no_colour[0] != '\0') || !has_colors()) {
        return;
    }
    start_color();
    (void)use_default_colors();
    looks = COLORS >= 256 ? looks_256 : looks_8;
    for (int style = 0; style < SB_STYLE_COUNT; style++) {
        const sb_look *look = &looks[style];
        if (init_pair((short)(style + 1), look->foreground, look->background) == ERR) {
            looks = NULL;
            return;
        }
    }
}

static void look_of(const sb_cell *cell, attr_t *attributes, short *pair)
{
    if (looks == NULL) {
        *attributes = looks_mono[cell->style];
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
