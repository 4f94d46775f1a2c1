/* What the geometry screen has to say, apart from where it comes from.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_GEOMETRY_H
#define SB_VIEW_GEOMETRY_H

#include "view/lines.h"
#include "view/plot_geometry.h"

typedef struct sb_geometry_look {
    sb_geometry_view view; /* with a type in hand */
    const sb_extraction *extraction;
    bool fractions;
    size_t scroll; /* the first line about the type in hand; clamped */
} sb_geometry_look;

/* The type in hand: its belief, what it is worth, its side bet and whom it keeps away by how much,
 * or the mixture that stands above it. */
void sb_geometry_type_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                            const sb_geometry_look *look);
/* What the picture leaves out, or of whose report it is; none where there is nothing to say. */
void sb_geometry_picture_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                               const sb_geometry_look *look);
/* Whether the full surplus can be had, and why. */
void sb_geometry_answer_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                              const sb_geometry_look *look);

#endif
