/* A panel that is a table: a cell a number, darker where it is larger.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells too small for their numbers go without, all of them; those below zero have a stroke then,
 * so that the sign shows without colour.
 */
#include "cli/figure_matrix.h"

#include <math.h>

enum { SCALE_STEPS = 24 };

static const double letter_size = 13;
static const double least_size = 5;
static const double gap = 8;
static const double scale_width = 16;
static const double scale_room = 26; /* between the cells and the scale */
static const double name_height = 18;
static const double least_line = 9; /* from a row's name to the next */
static const double light = 0.55;   /* letters are white on cells this dark */

static const sb_colour none = {0xdd, 0xdd, 0xdd}; /* of a cell without a number */

static double widest_of(char *const *texts, size_t count, double size)
{
    double widest = 0;
    for (size_t k = 0; k < count; k++) {
        widest = fmax(widest, sb_panel_text_width(texts[k], size));
    }
    return widest;
}

static bool names_rows(const sb_plot *plot)
{
    return plot->y.label != NULL && plot->y.label[0] != '\0';
}

double sb_matrix_names_width(const sb_plot *plot)
{
    return widest_of(plot->matrix->row_names, plot->matrix->rows, letter_size) + 2 * gap +
           (names_rows(plot) ? name_height : 0);
}

double sb_matrix_width(const sb_plot *plot, double frame_width)
{
    const sb_plot_matrix *matrix = plot->matrix;
    double scale = fmax(sb_panel_text_width(matrix->low_text, letter_size),
                        sb_panel_text_width(matrix->high_text, letter_size));
    return sb_matrix_names_width(plot) + frame_width + scale_room + scale_width + gap + scale + gap;
}

/* The size of the numbers in the cells; 0: there is no room for them. */
static double number_size(const sb_plot_matrix *matrix, double frame_width)
{
    double widest = widest_of(matrix->texts, matrix->rows * matrix->columns, 1);
    double across = frame_width / (double)matrix->columns * 0.9 / fmax(widest, 0.1);
    double down = SB_PANEL_HEIGHT / (double)matrix->rows * 0.75;
    double size = fmin(fmin(across, down), letter_size + 1);
    return size < least_size ? 0 : size;
}

bool sb_matrix_has_numbers(const sb_plot *plot, double frame_width)
{
    return number_size(plot->matrix, frame_width) > 0;
}

typedef struct matrix_panel {
    const sb_pen *pen;
    const sb_plot_matrix *matrix;
    double left, top, width; /* of the cells */
    double size;             /* of numbers */
} matrix_panel;

static sb_colour colour_of(const sb_plot_matrix *matrix, double shade)
{
    if (!isfinite(shade)) {
        return none;
    }
    sb_plot_colour own = sb_plot_matrix_colour(matrix, shade);
    return (sb_colour){own.red, own.green, own.blue};
}

static void draw_cell(const matrix_panel *panel, size_t row, size_t column)
{
    const sb_plot_matrix *matrix = panel->matrix;
    double width = panel->width / (double)matrix->columns;
    double height = SB_PANEL_HEIGHT / (double)matrix->rows;
    double left = panel->left + (double)column * width;
    double top = panel->top + (double)row * height;
    size_t at = row * matrix->columns + column;
    double shade = sb_plot_matrix_shade(matrix, matrix->numbers[at]);
    bool dark = isfinite(shade) && fabs(shade) > light;
    sb_pen_fill_box(panel->pen, (sb_place){left, top}, (sb_place){left + width, top + height},
                    colour_of(matrix, shade), "cell");
    if (panel->size > 0) {
        sb_pen_write(panel->pen, left + width / 2, top + height / 2 + panel->size * 0.35,
                     matrix->texts[at], panel->size, SB_ANCHOR_MIDDLE,
                     dark ? sb_pen_white : sb_pen_black);
    } else if (matrix->diverging && shade < 0) {
        sb_pen_line(panel->pen, left, top + height, left + width, top,
                    (sb_ink){dark ? sb_pen_white : sb_pen_black, 0.6, SB_DASH_NONE});
    }
}

/* Every how many rows or columns a name is written. */
static size_t step_of(double room_for_all, size_t count, double room_for_one)
{
    double fit = fmax(1, floor(room_for_all / room_for_one));
    return (size_t)fmax(1, ceil((double)count / fit));
}

static void draw_names(const matrix_panel *panel, const sb_plot *plot)
{
    const sb_plot_matrix *matrix = panel->matrix;
    double width = panel->width / (double)matrix->columns;
    double height = SB_PANEL_HEIGHT / (double)matrix->rows;
    double bottom = panel->top + SB_PANEL_HEIGHT;
    double row_size = fmin(letter_size, fmax(height, least_line));
    size_t step = step_of(SB_PANEL_HEIGHT, matrix->rows, least_line);
    for (size_t row = 0; row < matrix->rows; row += step) {
        sb_pen_write(panel->pen, panel->left - gap, panel->top + ((double)row + 0.5) * height + 4.5,
                     matrix->row_names[row], row_size, SB_ANCHOR_END, sb_pen_black);
    }
    double widest = widest_of(matrix->column_names, matrix->columns, 1);
    double size = fmin(letter_size, fmax(0.9 * width / fmax(widest, 0.1), 7));
    step = step_of(panel->width, matrix->columns, widest * size + 3);
    for (size_t column = 0; column < matrix->columns; column += step) {
        sb_pen_write(panel->pen, panel->left + ((double)column + 0.5) * width, bottom + 17,
                     matrix->column_names[column], size, SB_ANCHOR_MIDDLE, sb_pen_black);
    }
    sb_pen_write(panel->pen, panel->left + panel->width / 2, bottom + 40, plot->x.label,
                 letter_size, SB_ANCHOR_MIDDLE, sb_pen_black);
    if (names_rows(plot)) {
        panel->pen->letters(
            panel->pen->state,
            (sb_place){panel->left - sb_matrix_names_width(plot) + name_height - 4,
                       panel->top + SB_PANEL_HEIGHT / 2},
            plot->y.label,
            (sb_lettering){letter_size, false, false, SB_ANCHOR_MIDDLE, sb_pen_black});
    }
}

static void draw_scale(const matrix_panel *panel)
{
    const sb_plot_matrix *matrix = panel->matrix;
    double left = panel->left + panel->width + scale_room;
    double right = left + scale_width;
    double step = SB_PANEL_HEIGHT / SCALE_STEPS;
    double bottom = panel->top + SB_PANEL_HEIGHT;
    for (int k = 0; k < SCALE_STEPS; k++) {
        double share = (k + 0.5) / SCALE_STEPS;
        double shade = matrix->diverging ? 2 * share - 1 : share;
        sb_pen_fill_box(panel->pen, (sb_place){left, bottom - (k + 1) * step},
                        (sb_place){right, bottom - k * step}, colour_of(matrix, shade), "scale");
    }
    sb_pen_box(panel->pen, (sb_place){left, panel->top}, (sb_place){right, bottom},
               (sb_ink){sb_pen_black, 1, SB_DASH_NONE});
    sb_pen_write(panel->pen, right + gap, panel->top + 10, matrix->high_text, letter_size,
                 SB_ANCHOR_START, sb_pen_black);
    sb_pen_write(panel->pen, right + gap, bottom, matrix->low_text, letter_size, SB_ANCHOR_START,
                 sb_pen_black);
    if (matrix->diverging) {
        sb_pen_write(panel->pen, right + gap, (panel->top + bottom) / 2 + 4.5, "0", letter_size,
                     SB_ANCHOR_START, sb_pen_black);
    }
}

void sb_matrix_draw_panel(const sb_pen *pen, const sb_plot *plot, double left, double top,
                          double frame_width)
{
    const sb_plot_matrix *matrix = plot->matrix;
    matrix_panel panel = {.pen = pen,
                          .matrix = matrix,
                          .left = left + sb_matrix_names_width(plot),
                          .top = top,
                          .width = frame_width,
                          .size = number_size(matrix, frame_width)};
    for (size_t row = 0; row < matrix->rows; row++) {
        for (size_t column = 0; column < matrix->columns; column++) {
            draw_cell(&panel, row, column);
        }
    }
    sb_pen_box(pen, (sb_place){panel.left, top},
               (sb_place){panel.left + frame_width, top + SB_PANEL_HEIGHT},
               (sb_ink){sb_pen_black, 1, SB_DASH_NONE});
    draw_names(&panel, plot);
    draw_scale(&panel);
}
