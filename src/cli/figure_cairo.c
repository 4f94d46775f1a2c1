/* Pens that write PDF and PNG, by cairo.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <cairo/cairo-pdf.h>
#include <cairo/cairo.h>
#include <fontconfig/fontconfig.h>
#include <math.h>
#include <stdlib.h>

#include "cli/figure_pen.h"

enum { RUN_SIZE = 256, PIXELS_PER_POINT = 2 };
static const double raised_size = 0.72;
static const double raised_by = 0.36;

static void use_colour(cairo_t *cairo, sb_colour colour)
{
    cairo_set_source_rgb(cairo, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
}

static void polyline(void *state, const sb_place *places, size_t count, sb_ink ink)
{
    cairo_t *cairo = state;
    int dashes;
    const double *lengths = sb_pen_dashes(ink.dash, &dashes);
    cairo_set_dash(cairo, lengths, dashes, 0);
    cairo_set_line_width(cairo, ink.width);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    use_colour(cairo, ink.colour);
    for (size_t i = 0; i < count; i++) {
        cairo_line_to(cairo, places[i].x, places[i].y);
    }
    cairo_stroke(cairo);
}

static void fill(cairo_t *cairo, const sb_place *places, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cairo_line_to(cairo, places[i].x, places[i].y);
    }
    cairo_close_path(cairo);
    cairo_fill(cairo);
}

static void region(void *state, const sb_place *places, size_t count, sb_colour colour)
{
    cairo_t *cairo = state;
    cairo_set_source_rgba(cairo, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0,
                          sb_pen_region_opacity);
    fill(cairo, places, count);
}

static void area(void *state, const sb_place *places, size_t count, sb_colour colour,
                 const char *role)
{
    (void)role;
    use_colour(state, colour);
    fill(state, places, count);
}

static void marker(void *state, sb_place place, double radius, sb_shape shape, sb_colour colour,
                   const char *role)
{
    (void)role;
    cairo_t *cairo = state;
    cairo_set_dash(cairo, NULL, 0, 0);
    cairo_set_line_width(cairo, 1.6);
    use_colour(cairo, colour);
    double diagonal = radius * M_SQRT1_2;
    switch (shape) {
    case SB_SHAPE_DISC:
        cairo_arc(cairo, place.x, place.y, radius, 0, 2 * M_PI);
        cairo_fill(cairo);
        return;
    case SB_SHAPE_RING:
        cairo_new_sub_path(cairo);
        cairo_arc(cairo, place.x, place.y, radius, 0, 2 * M_PI);
        break;
    case SB_SHAPE_CROSS:
        cairo_move_to(cairo, place.x - diagonal, place.y - diagonal);
        cairo_line_to(cairo, place.x + diagonal, place.y + diagonal);
        cairo_move_to(cairo, place.x - diagonal, place.y + diagonal);
        cairo_line_to(cairo, place.x + diagonal, place.y - diagonal);
        break;
    case SB_SHAPE_PLUS:
        cairo_move_to(cairo, place.x - radius, place.y);
        cairo_line_to(cairo, place.x + radius, place.y);
        cairo_move_to(cairo, place.x, place.y - radius);
        cairo_line_to(cairo, place.x, place.y + radius);
        break;
    }
    cairo_stroke(cairo);
}

/* Measure (show false) or show; returns the width. */
static double set_runs(cairo_t *cairo, const char *text, double size, bool show)
{
    double width = 0;
    bool raised = false;
    char run[RUN_SIZE];
    for (size_t taken; (taken = sb_pen_next_run(text, &raised, run, sizeof run)) > 0;
         text += taken) {
        cairo_set_font_size(cairo, raised ? size * raised_size : size);
        cairo_text_extents_t extents;
        cairo_text_extents(cairo, run, &extents);
        if (show) {
            cairo_rel_move_to(cairo, 0, raised ? -size * raised_by : 0);
            cairo_show_text(cairo, run);
            cairo_rel_move_to(cairo, 0, raised ? size * raised_by : 0);
        }
        width += extents.x_advance;
    }
    return width;
}

static void letters(void *state, sb_place place, const char *text, sb_lettering lettering)
{
    cairo_t *cairo = state;
    cairo_save(cairo);
    cairo_select_font_face(cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           lettering.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    use_colour(cairo, lettering.colour);
    double width = set_runs(cairo, text, lettering.size, false);
    cairo_translate(cairo, place.x, place.y);
    if (!lettering.upright) {
        cairo_rotate(cairo, -M_PI_2);
    }
    double before = lettering.anchor == SB_ANCHOR_START    ? 0
                    : lettering.anchor == SB_ANCHOR_MIDDLE ? width / 2
                                                           : width;
    cairo_move_to(cairo, -before, 0);
    (void)set_runs(cairo, text, lettering.size, true);
    cairo_new_path(cairo);
    cairo_restore(cairo);
}

static cairo_status_t keep_bytes(void *closure, const unsigned char *bytes, unsigned length)
{
    sb_text *out = closure;
    sb_text_add_part(out, (const char *)bytes, length);
    return out->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static cairo_status_t draw(cairo_surface_t *surface, double scale, sb_figure_drawer drawer,
                           const void *figure)
{
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, scale, scale);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    sb_pen pen = {cairo, polyline, region, area, marker, letters};
    drawer(&pen, figure);
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    return status;
}

static bool finish(sb_text *out, cairo_surface_t *surface, cairo_status_t status,
                   const char **reason)
{
    cairo_surface_finish(surface);
    status = status != CAIRO_STATUS_SUCCESS ? status : cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    /* What both keep for a next time would look lost to a program that watches memory. */
    cairo_debug_reset_static_data();
    FcFini();
    out->failed = out->failed || status == CAIRO_STATUS_NO_MEMORY;
    *reason = cairo_status_to_string(status);
    return status == CAIRO_STATUS_SUCCESS;
}

bool sb_pen_pdf(sb_text *out, double width, double height, const char *title,
                sb_figure_drawer drawer, const void *figure, const char **reason)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(keep_bytes, out, width, height);
    /* The same numbers make the same bytes: no time of day. */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_status_t status = draw(surface, 1, drawer, figure);
    return finish(out, surface, status, reason);
}

bool sb_pen_png(sb_text *out, double width, double height, sb_figure_drawer drawer,
                const void *figure, const char **reason)
{
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)(width * PIXELS_PER_POINT), (int)(height * PIXELS_PER_POINT));
    cairo_status_t status = draw(surface, PIXELS_PER_POINT, drawer, figure);
    if (status == CAIRO_STATUS_SUCCESS) {
        status = cairo_surface_write_to_png_stream(surface, keep_bytes, out);
    }
    return finish(out, surface, status, reason);
}
