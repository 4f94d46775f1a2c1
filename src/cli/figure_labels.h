/* Labels beside the points of a figure.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_FIGURE_LABELS_H
#define SB_CLI_FIGURE_LABELS_H

#include "cli/figure_pen.h"

typedef struct sb_point_label {
    sb_place point;
    const char *text;
    sb_colour colour;
} sb_point_label;

/* What labels keep clear of: the frame, and lines, two places each. */
typedef struct sb_label_room {
    sb_place top_left, bottom_right;
    const sb_place *lines;
    size_t line_count;
} sb_label_room;

/* Each label right of its point, or at another side of it where it would otherwise lie upon a point
 * or another label, leave the frame, or cross more lines. */
void sb_point_labels_draw(const sb_pen *pen, const sb_point_label *labels, size_t count,
                          const sb_label_room *room);

#endif
