/* Figures in files: SVG, PDF or PNG.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_FIGURE_H
#define SB_CLI_FIGURE_H

#include "cli/figure_pen.h"
#include "view/plot.h"

enum { SB_FIGURE_MOST_PANELS = 2 };

typedef struct sb_figure {
    const char *title;   /* above all panels; "" for none */
    const char *caption; /* below; "" for none */
    size_t panel_count;  /* beside each other, 1 or 2 */
    const sb_plot *panels[SB_FIGURE_MOST_PANELS];
} sb_figure;

/* Whether a figure could be written there, before anything is computed: usage error where the
 * ending is none of .svg, .pdf, .png; output error where the folder is missing or closed. */
sb_status sb_figure_check(const char *path, sb_error *error);
/* Draw and write: the file holds the old or the new figure, never less. */
sb_status sb_figure_write(const sb_figure *figure, const char *path, sb_error *error);

/* For the pens: its size in points, and drawing it (`drawn` is an sb_figure). */
void sb_figure_size(const sb_figure *figure, double *width, double *height);
void sb_figure_draw(const sb_pen *pen, const void *drawn);

#endif
