/* The colours of figures in files: told apart by people of every kind of colour vision.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot_palette.h"

sb_plot_colour sb_plot_colour_of(sb_style style)
{
    switch (style) {
    case SB_STYLE_BAR_REVENUE:
        return (sb_plot_colour){0x00, 0x52, 0x9b};
    case SB_STYLE_BAR_SURPLUS:
        return (sb_plot_colour){0xb8, 0x4a, 0x00};
    case SB_STYLE_BAR_OTHER:
    case SB_STYLE_GOOD:
        return (sb_plot_colour){0x10, 0x86, 0x48};
    case SB_STYLE_BAD:
        return (sb_plot_colour){0xb0, 0x20, 0x60};
    case SB_STYLE_DIM: /* outlines */
        return (sb_plot_colour){0xaa, 0xaa, 0xaa};
    default:
        return (sb_plot_colour){0x55, 0x55, 0x55};
    }
}
