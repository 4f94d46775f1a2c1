/* Laying out a figure: title, panels beside each other, caption.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "cli/figure.h"
#include "cli/figure_panel.h"
#include "cli/layout.h"

static const double frame_width = 330;
static const double wide_frame_width = 440; /* of a panel that stands alone */
static const double between = 26;
static const double edge = 18;
static const double caption_size = 13;
static const double caption_line = 18;

static double inner_width(const sb_figure *figure)
{
    return figure->panel_count == 1 ? wide_frame_width : frame_width;
}

static double head_height(const sb_figure *figure)
{
    return figure->title[0] != '\0' ? 74 : 44;
}

static double figure_width(const sb_figure *figure)
{
    double width = between / 2;
    for (size_t i = 0; i < figure->panel_count; i++) {
        width += sb_panel_width(figure->panels[i], inner_width(figure)) + (i > 0 ? between / 2 : 0);
    }
    return ceil(width);
}

/* The caption in lines that fit; cleared by the caller. *lines: how many. */
static sb_text wrapped_caption(const sb_figure *figure, size_t *lines)
{
    sb_text text;
    sb_text_init(&text);
    double columns = (figure_width(figure) - 2 * edge) / sb_panel_text_width("m", caption_size);
    sb_layout_wrap(&text, figure->caption, 0, 0, (size_t)columns);
    *lines = text.length > 0;
    for (size_t i = 0; i < text.length; i++) {
        *lines += text.bytes[i] == '\n';
    }
    return text;
}

void sb_figure_size(const sb_figure *figure, double *width, double *height)
{
    size_t lines;
    sb_text caption = wrapped_caption(figure, &lines);
    sb_text_clear(&caption);
    *width = figure_width(figure);
    *height = ceil(head_height(figure) + SB_PANEL_HEIGHT + 56 +
                   (lines > 0 ? 8 + (double)lines * caption_line : 0));
}

/* A title that is too long for the figure is set smaller. */
static double fitting_size(const char *text, double size, double room)
{
    double width = sb_panel_text_width(text, size);
    return width > room ? fmax(size * room / width, 6) : size;
}

static void draw_caption(const sb_pen *pen, const sb_figure *figure, double top)
{
    size_t lines;
    sb_text caption = wrapped_caption(figure, &lines);
    char *at = caption.bytes;
    for (size_t i = 0; i < lines && at != NULL; i++) {
        char *end = strchr(at, '\n');
        if (end != NULL) {
            *end = '\0';
        }
        sb_pen_write(pen, edge, top + (double)i * caption_line, at, caption_size, SB_ANCHOR_START,
                     sb_pen_grey);
        at = end == NULL ? NULL : end + 1;
    }
    sb_text_clear(&caption);
}

void sb_figure_draw(const sb_pen *pen, const void *drawn)
{
    const sb_figure *figure = drawn;
    double head = head_height(figure);
    pen->letters(pen->state, (sb_place){edge, 30}, figure->title,
                 (sb_lettering){fitting_size(figure->title, 18, figure_width(figure) - 2 * edge),
                                true, true, SB_ANCHOR_START, sb_pen_black});
    double left = between / 2;
    for (size_t i = 0; i < figure->panel_count; i++) {
        sb_panel_draw(pen, figure->panels[i], left, head, inner_width(figure));
        left += sb_panel_width(figure->panels[i], inner_width(figure)) + between / 2;
    }
    draw_caption(pen, figure, head + SB_PANEL_HEIGHT + 68);
}
