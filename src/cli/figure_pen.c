/* What every pen shares: strokes made of its own, raised digits and dashes.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/figure_pen.h"

#include <string.h>

const double sb_pen_region_opacity = 0.16;

const sb_colour sb_pen_black = {0x22, 0x22, 0x22};
const sb_colour sb_pen_grey = {0x66, 0x66, 0x66};
const sb_colour sb_pen_pale = {0xe4, 0xe4, 0xe4};
const sb_colour sb_pen_white = {0xff, 0xff, 0xff};

void sb_pen_line(const sb_pen *pen, double x0, double y0, double x1, double y1, sb_ink ink)
{
    const sb_place ends[] = {{x0, y0}, {x1, y1}};
    pen->polyline(pen->state, ends, 2, ink);
}

void sb_pen_box(const sb_pen *pen, sb_place top_left, sb_place bottom_right, sb_ink ink)
{
    const sb_place corners[] = {top_left,
                                {bottom_right.x, top_left.y},
                                bottom_right,
                                {top_left.x, bottom_right.y},
                                top_left};
    pen->polyline(pen->state, corners, 5, ink);
}

void sb_pen_fill_box(const sb_pen *pen, sb_place top_left, sb_place bottom_right, sb_colour colour,
                     const char *role)
{
    const sb_place corners[] = {
        top_left, {bottom_right.x, top_left.y}, bottom_right, {top_left.x, bottom_right.y}};
    pen->area(pen->state, corners, 4, colour, role);
}

void sb_pen_write(const sb_pen *pen, double x, double y, const char *text, double size,
                  sb_anchor anchor, sb_colour colour)
{
    pen->letters(pen->state, (sb_place){x, y}, text == NULL ? "" : text,
                 (sb_lettering){size, false, true, anchor, colour});
}

static const struct {
    uint32_t character;
    const char *plain;
} raised_characters[] = {
    {0x2070, "0"},           {0xb9, "1"},   {0xb2, "2"},   {0xb3, "3"},   {0x2074, "4"},
    {0x2075, "5"},           {0x2076, "6"}, {0x2077, "7"}, {0x2078, "8"}, {0x2079, "9"},
    {0x207b, "\xE2\x88\x92"}};

static const char *plain_form(uint32_t character)
{
    for (size_t i = 0; i < sizeof raised_characters / sizeof raised_characters[0]; i++) {
        if (raised_characters[i].character == character) {
            return raised_characters[i].plain;
        }
    }
    return NULL;
}

size_t sb_pen_next_run(const char *text, bool *raised, char *run, size_t size)
{
    size_t taken = 0;
    size_t written = 0;
    size_t left = strlen(text);
    while (left > 0) {
        uint32_t character = 0;
        size_t bytes = sb_text_character(text + taken, left, &character);
        bytes = bytes == 0 ? 1 : bytes;
        const char *plain = plain_form(character);
        if (taken > 0 && (plain != NULL) != *raised) {
            break;
        }
        *raised = plain != NULL;
        const char *source = plain != NULL ? plain : text + taken;
        size_t length = plain != NULL ? strlen(plain) : bytes;
        if (written + length + 1 > size) {
            break; /* the rest is the next run */
        }
        memcpy(run + written, source, length);
        written += length;
        taken += bytes;
        left -= bytes;
    }
    run[written] = '\0';
    return taken;
}

const double *sb_pen_dashes(sb_dash dash, int *count)
{
    static const double dashed[] = {7, 4};
    static const double dotted[] = {1.5, 3.5};
    *count = dash == SB_DASH_NONE ? 0 : 2;
    return dash == SB_DASH_DOTS ? dotted : dashed;
}
