/* A pen that writes SVG.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Written out rather than through cairo, so that text stays text: it can be searched, read aloud
 * and restyled, and the file does not depend on the fonts of the machine that made it.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/figure_pen.h"

enum { RUN_SIZE = 256 };
static const double raised_size = 0.72;
static const double raised_by = 0.36;

static void add_number(sb_text *out, double number)
{
    char digits[40];
    (void)snprintf(digits, sizeof digits, "%.2f", number);
    size_t length = strlen(digits);
    while (digits[length - 1] == '0') {
        length--;
    }
    length -= digits[length - 1] == '.';
    sb_text_add_part(out, strcmp(digits, "-0.00") == 0 ? "0" : digits,
                     strcmp(digits, "-0.00") == 0 ? 1 : length);
}

static void add_attribute(sb_text *out, const char *name, double number)
{
    sb_text_add_format(out, " %s=\"", name);
    add_number(out, number);
    sb_text_add(out, "\"");
}

static void add_colour(sb_text *out, const char *name, sb_colour colour)
{
    sb_text_add_format(out, " %s=\"#%02x%02x%02x\"", name, colour.red, colour.green, colour.blue);
}

static void add_escaped(sb_text *out, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        uint32_t character = 0;
        size_t bytes = sb_text_character(text, left, &character);
        bool valid = bytes > 0 && character >= 0x20 && (character & 0xfffe) != 0xfffe;
        bytes = bytes == 0 ? 1 : bytes;
        if (!valid) {
            sb_text_add(out, "\xEF\xBF\xBD");
        } else if (character == '&') {
            sb_text_add(out, "&amp;");
        } else if (character == '<') {
            sb_text_add(out, "&lt;");
        } else if (character == '>') {
            sb_text_add(out, "&gt;");
        } else {
            sb_text_add_part(out, text, bytes);
        }
        text += bytes;
        left -= bytes;
    }
}

static void add_points(sb_text *out, const sb_place *places, size_t count)
{
    sb_text_add(out, " points=\"");
    for (size_t i = 0; i < count; i++) {
        sb_text_add(out, i > 0 ? " " : "");
        add_number(out, places[i].x);
        sb_text_add(out, ",");
        add_number(out, places[i].y);
    }
    sb_text_add(out, "\"");
}

static void region(void *state, const sb_place *places, size_t count, sb_colour colour)
{
    sb_text *out = state;
    sb_text_add(out, "<polygon class=\"band\"");
    add_points(out, places, count);
    add_colour(out, "fill", colour);
    sb_text_add_format(out, " fill-opacity=\"%g\"/>\n", sb_pen_region_opacity);
}

static void area(void *state, const sb_place *places, size_t count, sb_colour colour,
                 const char *role)
{
    sb_text *out = state;
    sb_text_add_format(out, "<polygon class=\"%s\"", role);
    add_points(out, places, count);
    add_colour(out, "fill", colour);
    sb_text_add(out, "/>\n");
}

static void polyline(void *state, const sb_place *places, size_t count, sb_ink ink)
{
    sb_text *out = state;
    sb_text_add(out, "<polyline");
    add_points(out, places, count);
    sb_text_add(out, " fill=\"none\"");
    add_colour(out, "stroke", ink.colour);
    add_attribute(out, "stroke-width", ink.width);
    int dashes;
    const double *lengths = sb_pen_dashes(ink.dash, &dashes);
    if (dashes > 0) {
        sb_text_add_format(out, " stroke-dasharray=\"%g %g\"", lengths[0], lengths[1]);
    }
    sb_text_add(out, " stroke-linejoin=\"round\"/>\n");
}

static void marker(void *state, sb_place place, double radius, sb_shape shape, sb_colour colour,
                   const char *role)
{
    sb_text *out = state;
    if (shape == SB_SHAPE_DISC || shape == SB_SHAPE_RING) {
        sb_text_add_format(out, "<circle class=\"%s\"", role);
        add_attribute(out, "cx", place.x);
        add_attribute(out, "cy", place.y);
        add_attribute(out, "r", radius);
        if (shape == SB_SHAPE_DISC) {
            add_colour(out, "fill", colour);
        } else {
            sb_text_add(out, " fill=\"none\"");
            add_colour(out, "stroke", colour);
            sb_text_add(out, " stroke-width=\"1.6\"");
        }
        sb_text_add(out, "/>\n");
        return;
    }
    double across = shape == SB_SHAPE_CROSS ? radius * M_SQRT1_2 : 0;
    double along = shape == SB_SHAPE_CROSS ? radius * M_SQRT1_2 : radius;
    const double strokes[4][2] = {
        {-along, -across}, {along, across}, {-across, along}, {across, -along}};
    sb_text_add_format(out, "<path class=\"%s\" d=\"", role);
    for (int i = 0; i < 4; i++) {
        sb_text_add(out, i % 2 == 0 ? (i == 0 ? "M" : " M") : " L");
        add_number(out, place.x + strokes[i][0]);
        sb_text_add(out, ",");
        add_number(out, place.y + strokes[i][1]);
    }
    sb_text_add(out, "\"");
    add_colour(out, "stroke", colour);
    sb_text_add(out, " stroke-width=\"1.6\"/>\n");
}

static void letters(void *state, sb_place place, const char *text, sb_lettering lettering)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    sb_text *out = state;
    sb_text_add(out, "<text");
    add_attribute(out, "x", place.x);
    add_attribute(out, "y", place.y);
    add_attribute(out, "font-size", lettering.size);
    add_colour(out, "fill", lettering.colour);
    sb_text_add_format(out, " text-anchor=\"%s\"", anchors[lettering.anchor]);
    sb_text_add(out, lettering.bold ? " font-weight=\"bold\"" : "");
    if (!lettering.upright) {
        sb_text_add(out, " transform=\"rotate(-90 ");
        add_number(out, place.x);
        sb_text_add(out, " ");
        add_number(out, place.y);
        sb_text_add(out, ")\"");
    }
    sb_text_add(out, ">");
    bool raised = false;
    bool is_up = false;
    char run[RUN_SIZE];
    for (size_t taken; (taken = sb_pen_next_run(text, &raised, run, sizeof run)) > 0;
         text += taken) {
        if (raised || is_up) {
            sb_text_add(out, "<tspan");
            add_attribute(out, "dy",
                          (raised && !is_up   ? -1
                           : !raised && is_up ? 1
                                              : 0) *
                              raised_by * lettering.size);
            add_attribute(out, "font-size", lettering.size * (raised ? raised_size : 1));
            sb_text_add(out, ">");
        }
        add_escaped(out, run);
        sb_text_add(out, raised || is_up ? "</tspan>" : "");
        is_up = raised;
    }
    sb_text_add(out, "</text>\n");
}

void sb_pen_svg(sb_text *out, double width, double height, const char *title,
                sb_figure_drawer drawer, const void *figure)
{
    sb_text_add_format(out,
                       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%g\" height=\"%g\" "
                       "viewBox=\"0 0 %g %g\" role=\"img\" "
                       "font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\">\n<title>",
                       width, height, width, height);
    add_escaped(out, title);
    sb_text_add(out, "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    sb_pen pen = {out, polyline, region, area, marker, letters};
    drawer(&pen, figure);
    sb_text_add(out, "</svg>\n");
}
