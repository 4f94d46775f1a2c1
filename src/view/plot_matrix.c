/* A table as a picture: a cell a number, darker where it is larger.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/plot_matrix.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "view/plot_ticks.h"

sb_plot_matrix *sb_plot_matrix_new(size_t rows, size_t columns)
{
    sb_plot_matrix *matrix = sb_allocate(1, sizeof *matrix);
    if (matrix == NULL) {
        return NULL;
    }
    *matrix = (sb_plot_matrix){.rows = rows, .columns = columns};
    matrix->row_names = sb_allocate(rows, sizeof *matrix->row_names);
    matrix->column_names = sb_allocate(columns, sizeof *matrix->column_names);
    matrix->texts = sb_allocate(rows * columns, sizeof *matrix->texts);
    matrix->numbers = sb_allocate(rows * columns, sizeof *matrix->numbers);
    if (matrix->row_names == NULL || matrix->column_names == NULL || matrix->texts == NULL ||
        matrix->numbers == NULL) {
        sb_plot_matrix_free(matrix);
        return NULL;
    }
    for (size_t k = 0; k < rows * columns; k++) {
        matrix->numbers[k] = (double)NAN;
    }
    return matrix;
}

static void free_all(char **texts, size_t count)
{
    for (size_t k = 0; texts != NULL && k < count; k++) {
        free(texts[k]);
    }
    free(texts);
}

void sb_plot_matrix_free(sb_plot_matrix *matrix)
{
    if (matrix != NULL) {
        free_all(matrix->row_names, matrix->rows);
        free_all(matrix->column_names, matrix->columns);
        free_all(matrix->texts, matrix->rows * matrix->columns);
        free(matrix->numbers);
        free(matrix->low_text);
        free(matrix->high_text);
        free(matrix);
    }
}

void sb_plot_matrix_set(sb_plot_matrix *matrix, size_t row, size_t column, double number,
                        char *text)
{
    size_t at = row * matrix->columns + column;
    free(matrix->texts[at]);
    matrix->texts[at] = text;
    matrix->numbers[at] = number;
}

static char *limit_text(double limit)
{
    char digits[40];
    sb_plot_number(digits, sizeof digits, limit);
    return sb_copy_text(digits);
}

void sb_plot_matrix_fit(sb_plot_matrix *matrix)
{
    bool any = false;
    for (size_t k = 0; k < matrix->rows * matrix->columns; k++) {
        double number = matrix->numbers[k];
        if (isfinite(number)) {
            matrix->low = any ? fmin(matrix->low, number) : number;
            matrix->high = any ? fmax(matrix->high, number) : number;
            any = true;
        }
    }
    if (matrix->diverging) {
        matrix->high = fmax(fabs(matrix->low), fabs(matrix->high));
        matrix->low = -matrix->high;
    }
    free(matrix->low_text);
    free(matrix->high_text);
    matrix->low_text = limit_text(matrix->low);
    matrix->high_text = limit_text(matrix->high);
}

double sb_plot_matrix_shade(const sb_plot_matrix *matrix, double number)
{
    if (!isfinite(number)) {
        return (double)NAN;
    }
    if (matrix->diverging) {
        return matrix->high > 0 ? number / matrix->high : 0;
    }
    double range = matrix->high - matrix->low;
    return range > 0 ? (number - matrix->low) / range : 0.5;
}

static sb_plot_colour between(const sb_plot_colour *stops, double at)
{
    int k = at < 0.5 ? 0 : 1;
    double share = 2 * at - k;
    const sb_plot_colour *from = &stops[k];
    const sb_plot_colour *to = &stops[k + 1];
    return (sb_plot_colour){(unsigned char)lround(from->red + share * (to->red - from->red)),
                            (unsigned char)lround(from->green + share * (to->green - from->green)),
                            (unsigned char)lround(from->blue + share * (to->blue - from->blue))};
}

sb_plot_colour sb_plot_matrix_colour(const sb_plot_matrix *matrix, double shade)
{
    static const sb_plot_colour blue[] = {
        {0xf7, 0xfb, 0xff}, {0x6b, 0xae, 0xd6}, {0x08, 0x30, 0x6b}};
    static const sb_plot_colour orange[] = {
        {0xff, 0xfa, 0xf5}, {0xf0, 0x9a, 0x4a}, {0x7f, 0x30, 0x04}};
    bool below = matrix->diverging && shade < 0;
    return between(below ? orange : blue, fmin(fabs(shade), 1));
}
