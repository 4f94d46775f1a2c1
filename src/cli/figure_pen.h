/* What a figure is drawn with: a few strokes that every kind of file can do.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lengths are points, x grows to the right and y downwards. The same calls make the same figure in
 * each format; nothing of the machine (paths, time, fonts' measures) enters the layout.
 */
#ifndef SB_CLI_FIGURE_PEN_H
#define SB_CLI_FIGURE_PEN_H

#include "base/text.h"

typedef struct sb_place {
    double x, y;
} sb_place;

typedef struct sb_colour {
    unsigned char red, green, blue;
} sb_colour;

typedef enum sb_dash { SB_DASH_NONE, SB_DASH_LONG, SB_DASH_DOTS } sb_dash;

typedef struct sb_ink {
    sb_colour colour;
    double width;
    sb_dash dash;
} sb_ink;

typedef enum sb_shape { SB_SHAPE_DISC, SB_SHAPE_RING, SB_SHAPE_CROSS, SB_SHAPE_PLUS } sb_shape;

typedef enum sb_anchor { SB_ANCHOR_START, SB_ANCHOR_MIDDLE, SB_ANCHOR_END } sb_anchor;

typedef struct sb_lettering {
    double size;
    bool bold;
    bool upright; /* false: reads upwards, turned by a quarter */
    sb_anchor anchor;
    sb_colour colour;
} sb_lettering;

extern const double sb_pen_region_opacity;
extern const sb_colour sb_pen_black, sb_pen_grey, sb_pen_pale, sb_pen_white;

/* A back end; `state` is its own. */
typedef struct sb_pen {
    void *state;
    void (*polyline)(void *state, const sb_place *places, size_t count, sb_ink ink);
    /* A filled region, so pale that lines behind it show. */
    void (*region)(void *state, const sb_place *places, size_t count, sb_colour colour);
    /* A filled region that hides what is behind it. role: as of markers */
    void (*area)(void *state, const sb_place *places, size_t count, sb_colour colour,
                 const char *role);
    /* role: what it is in the file, "point" for one of the data */
    void (*marker)(void *state, sb_place centre, double radius, sb_shape shape, sb_colour colour,
                   const char *role);
    /* On the baseline at `place`; digits and signs that are raised in Unicode are set raised. */
    void (*letters)(void *state, sb_place place, const char *text, sb_lettering lettering);
} sb_pen;

void sb_pen_line(const sb_pen *pen, double x0, double y0, double x1, double y1, sb_ink ink);
/* A rectangle's outline, and what is inside. */
void sb_pen_box(const sb_pen *pen, sb_place top_left, sb_place bottom_right, sb_ink ink);
void sb_pen_fill_box(const sb_pen *pen, sb_place top_left, sb_place bottom_right, sb_colour colour,
                     const char *role);
/* Upright letters that are not bold. text NULL: none */
void sb_pen_write(const sb_pen *pen, double x, double y, const char *text, double size,
                  sb_anchor anchor, sb_colour colour);

/* A piece of a text that is raised or not: its bytes, with raised characters written plainly.
 * Returns how many bytes of `text` it takes; 0 at the end. */
size_t sb_pen_next_run(const char *text, bool *raised, char *run, size_t size);

/* Dots and dashes of a dash, in points; *count numbers, 0 for a full line. */
const double *sb_pen_dashes(sb_dash dash, int *count);

typedef void (*sb_figure_drawer)(const sb_pen *pen, const void *figure);

/* Draw with a pen that writes a format; the bytes are added to `out`. False: cairo failed (its
 * reason in *reason); exhausted memory marks `out` instead. */
void sb_pen_svg(sb_text *out, double width, double height, const char *title,
                sb_figure_drawer drawer, const void *figure);
bool sb_pen_pdf(sb_text *out, double width, double height, const char *title,
                sb_figure_drawer drawer, const void *figure, const char **reason);
bool sb_pen_png(sb_text *out, double width, double height, sb_figure_drawer drawer,
                const void *figure, const char **reason);

#endif
