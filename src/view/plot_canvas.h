/* A figure drawn into a canvas, in braille cells of 2 by 4 dots or in ASCII.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the top: a heading with the plot's title; where it has a cursor, the values of the series
 * there; the curves, the y axis on their left, each line's name at its end; the x axis and its
 * numbers. What finds no room is left out in whole; nothing is drawn outside the area.
 */
#ifndef SB_VIEW_PLOT_CANVAS_H
#define SB_VIEW_PLOT_CANVAS_H

#include "view/plot.h"
#include "view/widgets.h"

/* active: its cursor has the keys. note: beside the title, may be NULL; stale: dimmed. */
void sb_plot_draw(const sb_plot *plot, sb_canvas *canvas, sb_rectangle area, bool active,
                  const char *note, bool stale);

#endif
