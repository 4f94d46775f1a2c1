/* How styles look: a table for each theme and number of colours.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Colours are of the blue-orange axis, which every common kind of colour blindness can tell apart,
 * and no meaning hangs on a colour alone: signs, words and marks say the same. In the default theme
 * whether the terminal is light or dark is not known: a colour on its own background has a contrast
 * of 3.8 at least, of 4.4 where it is not bold, both to black and to white. Of eight colours only
 * magenta does. The projector theme brings its own white background, on which every colour has a
 * contrast of 7 at least; the light theme is for a background that is white already: 5.5.
 */
#include "tui/looks.h"

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

/* Of sixteen colours the second eight are bright; blue and yellow are too far from one background
 * or the other as text, but not under text. */
static const sb_look looks_16[SB_STYLE_COUNT] = {
    [SB_STYLE_NORMAL] = {-1, -1, 0},
    [SB_STYLE_DIM] = {8, -1, 0},
    [SB_STYLE_HEADING] = {-1, -1, A_BOLD},
    [SB_STYLE_HEADING_ACTIVE] = {15, COLOR_BLUE, A_BOLD},
    [SB_STYLE_TITLE] = {15, COLOR_BLUE, A_BOLD},
    [SB_STYLE_STRONG] = {-1, -1, A_BOLD},
    [SB_STYLE_GOOD] = {-1, -1, A_BOLD},
    [SB_STYLE_BAD] = {COLOR_MAGENTA, -1, A_BOLD},
    [SB_STYLE_WARNING] = {COLOR_MAGENTA, -1, 0},
    [SB_STYLE_ERROR] = {COLOR_MAGENTA, -1, A_BOLD},
    [SB_STYLE_NEGATIVE] = {COLOR_MAGENTA, -1, 0},
    [SB_STYLE_KEY] = {-1, -1, A_BOLD},
    [SB_STYLE_HINT] = {-1, -1, 0},
    [SB_STYLE_ENTRY] = {COLOR_BLACK, 15, 0},
    [SB_STYLE_BAR_REVENUE] = {COLOR_MAGENTA, -1, 0},
    [SB_STYLE_BAR_SURPLUS] = {-1, -1, 0},
    [SB_STYLE_BAR_OTHER] = {8, -1, 0},
    [SB_STYLE_HEAT_0] = {15, COLOR_BLUE, 0},
    [SB_STYLE_HEAT_1] = {15, COLOR_BLUE, 0},
    [SB_STYLE_HEAT_2] = {COLOR_BLACK, COLOR_CYAN, 0},
    [SB_STYLE_HEAT_3] = {COLOR_BLACK, COLOR_WHITE, 0},
    [SB_STYLE_HEAT_4] = {COLOR_BLACK, 15, 0},
    [SB_STYLE_HEAT_5] = {COLOR_BLACK, COLOR_YELLOW, 0},
    [SB_STYLE_HEAT_6] = {COLOR_BLACK, COLOR_YELLOW, 0},
};

/* Black on white, bold, nothing dim: read from the last row in a room that is not dark. */
static const sb_look projector_256[SB_STYLE_COUNT] = {
    [SB_STYLE_NORMAL] = {16, 231, A_BOLD},
    [SB_STYLE_DIM] = {16, 231, 0},
    [SB_STYLE_HEADING] = {16, 231, A_BOLD},
    [SB_STYLE_HEADING_ACTIVE] = {231, 18, A_BOLD},
    [SB_STYLE_TITLE] = {231, 16, A_BOLD},
    [SB_STYLE_STRONG] = {16, 231, A_BOLD},
    [SB_STYLE_GOOD] = {18, 231, A_BOLD},
    [SB_STYLE_BAD] = {88, 231, A_BOLD},
    [SB_STYLE_WARNING] = {88, 231, A_BOLD},
    [SB_STYLE_ERROR] = {231, 88, A_BOLD},
    [SB_STYLE_NEGATIVE] = {88, 231, A_BOLD},
    [SB_STYLE_KEY] = {18, 231, A_BOLD},
    [SB_STYLE_HINT] = {16, 231, 0},
    [SB_STYLE_ENTRY] = {16, 229, A_BOLD},
    [SB_STYLE_BAR_REVENUE] = {88, 231, A_BOLD},
    [SB_STYLE_BAR_SURPLUS] = {18, 231, A_BOLD},
    [SB_STYLE_BAR_OTHER] = {16, 231, 0},
    [SB_STYLE_HEAT_0] = {231, 18, A_BOLD},
    [SB_STYLE_HEAT_1] = {16, 110, A_BOLD},
    [SB_STYLE_HEAT_2] = {16, 153, A_BOLD},
    [SB_STYLE_HEAT_3] = {16, 255, A_BOLD},
    [SB_STYLE_HEAT_4] = {16, 230, A_BOLD},
    [SB_STYLE_HEAT_5] = {16, 222, A_BOLD},
    [SB_STYLE_HEAT_6] = {16, 214, A_BOLD},
};

static const sb_look projector_8[SB_STYLE_COUNT] = {
    [SB_STYLE_NORMAL] = {COLOR_BLACK, COLOR_WHITE, 0},
    [SB_STYLE_DIM] = {COLOR_BLACK, COLOR_WHITE, 0},
    [SB_STYLE_HEADING] = {COLOR_BLACK, COLOR_WHITE, A_UNDERLINE},
    [SB_STYLE_HEADING_ACTIVE] = {COLOR_WHITE, COLOR_BLUE, A_BOLD},
    [SB_STYLE_TITLE] = {COLOR_WHITE, COLOR_BLACK, A_BOLD},
    [SB_STYLE_STRONG] = {COLOR_BLACK, COLOR_WHITE, 0},
    [SB_STYLE_GOOD] = {COLOR_BLUE, COLOR_WHITE, 0},
    [SB_STYLE_BAD] = {COLOR_RED, COLOR_WHITE, A_UNDERLINE},
    [SB_STYLE_WARNING] = {COLOR_RED, COLOR_WHITE, 0},
    [SB_STYLE_ERROR] = {COLOR_WHITE, COLOR_RED, A_BOLD},
    [SB_STYLE_NEGATIVE] = {COLOR_RED, COLOR_WHITE, 0},
    [SB_STYLE_KEY] = {COLOR_BLUE, COLOR_WHITE, 0},
    [SB_STYLE_HINT] = {COLOR_BLACK, COLOR_WHITE, 0},
    [SB_STYLE_ENTRY] = {COLOR_BLACK, COLOR_YELLOW, 0},
    [SB_STYLE_BAR_REVENUE] = {COLOR_RED, COLOR_WHITE, 0},
    [SB_STYLE_BAR_SURPLUS] = {COLOR_BLUE, COLOR_WHITE, 0},
    [SB_STYLE_BAR_OTHER] = {COLOR_BLACK, COLOR_WHITE, 0},
    [SB_STYLE_HEAT_0] = {COLOR_WHITE, COLOR_BLUE, A_BOLD},
    [SB_STYLE_HEAT_1] = {COLOR_WHITE, COLOR_BLUE, A_BOLD},
    [SB_STYLE_HEAT_2] = {COLOR_BLACK, COLOR_CYAN, 0},
    [SB_STYLE_HEAT_3] = {COLOR_BLACK, COLOR_WHITE, 0},
    [SB_STYLE_HEAT_4] = {COLOR_BLACK, COLOR_WHITE, 0},
    [SB_STYLE_HEAT_5] = {COLOR_BLACK, COLOR_YELLOW, 0},
    [SB_STYLE_HEAT_6] = {COLOR_BLACK, COLOR_YELLOW, 0},
};

static const sb_look light_256[SB_STYLE_COUNT] = {
    [SB_STYLE_NORMAL] = {-1, -1, 0},       [SB_STYLE_DIM] = {240, -1, 0},
    [SB_STYLE_HEADING] = {-1, -1, A_BOLD}, [SB_STYLE_HEADING_ACTIVE] = {231, 24, A_BOLD},
    [SB_STYLE_TITLE] = {16, 153, A_BOLD},  [SB_STYLE_STRONG] = {-1, -1, A_BOLD},
    [SB_STYLE_GOOD] = {25, -1, A_BOLD},    [SB_STYLE_BAD] = {124, -1, A_BOLD},
    [SB_STYLE_WARNING] = {94, -1, 0},      [SB_STYLE_ERROR] = {124, -1, A_BOLD},
    [SB_STYLE_NEGATIVE] = {94, -1, 0},     [SB_STYLE_KEY] = {25, -1, A_BOLD},
    [SB_STYLE_HINT] = {-1, -1, 0},         [SB_STYLE_ENTRY] = {16, 229, 0},
    [SB_STYLE_BAR_REVENUE] = {130, -1, 0}, [SB_STYLE_BAR_SURPLUS] = {25, -1, 0},
    [SB_STYLE_BAR_OTHER] = {240, -1, 0},   [SB_STYLE_HEAT_0] = {231, 25, 0},
    [SB_STYLE_HEAT_1] = {16, 74, 0},       [SB_STYLE_HEAT_2] = {16, 153, 0},
    [SB_STYLE_HEAT_3] = {16, 254, 0},      [SB_STYLE_HEAT_4] = {16, 230, 0},
    [SB_STYLE_HEAT_5] = {16, 223, 0},      [SB_STYLE_HEAT_6] = {16, 215, 0},
};

const sb_look *sb_looks(sb_theme theme, int colours)
{
    switch (theme) {
    case SB_THEME_MONO:
        return NULL;
    case SB_THEME_PROJECTOR:
        return colours >= 256 ? projector_256 : colours >= 8 ? projector_8 : NULL;
    case SB_THEME_LIGHT:
        if (colours >= 256) {
            return light_256;
        }
        break;
    case SB_THEME_DEFAULT:
    case SB_THEME_COUNT:
        break;
    }
    return colours >= 256 ? looks_256 : colours >= 16 ? looks_16 : colours >= 8 ? looks_8 : NULL;
}

attr_t sb_look_mono(sb_style style)
{
    return looks_mono[style];
}

sb_style sb_colour_style(sb_colour_role role)
{
    static const sb_style styles[SB_COLOUR_COUNT] = {
        [SB_COLOUR_GOOD] = SB_STYLE_GOOD,
        [SB_COLOUR_BAD] = SB_STYLE_BAD,
        [SB_COLOUR_WARNING] = SB_STYLE_WARNING,
        [SB_COLOUR_ERROR] = SB_STYLE_ERROR,
        [SB_COLOUR_NEGATIVE] = SB_STYLE_NEGATIVE,
        [SB_COLOUR_DIM] = SB_STYLE_DIM,
        [SB_COLOUR_KEY] = SB_STYLE_KEY,
        [SB_COLOUR_REVENUE] = SB_STYLE_BAR_REVENUE,
        [SB_COLOUR_SURPLUS] = SB_STYLE_BAR_SURPLUS,
        [SB_COLOUR_OTHER] = SB_STYLE_BAR_OTHER,
    };
    return styles[role];
}
