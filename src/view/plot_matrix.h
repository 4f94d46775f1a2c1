/* A table as a picture: a cell a number, darker where it is larger.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each cell may have its number as text, so that nobody has to read it off a colour.
 */
#ifndef SB_VIEW_PLOT_MATRIX_H
#define SB_VIEW_PLOT_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "view/plot_palette.h"

typedef struct sb_plot_matrix {
    size_t rows, columns;
    char **row_names, **column_names;
    char **texts;    /* of the cells, row by row */
    double *numbers; /* NaN: not known */
    bool diverging;  /* numbers have signs that matter: as dark as they are far from 0 */
    double low, high;
    char *low_text, *high_text;
} sb_plot_matrix;

/* NULL when memory runs out. All names and texts are NULL, all numbers NaN. */
sb_plot_matrix *sb_plot_matrix_new(size_t rows, size_t columns);
void sb_plot_matrix_free(sb_plot_matrix *matrix); /* NULL: nothing */
/* A cell's number and its text, which is taken. */
void sb_plot_matrix_set(sb_plot_matrix *matrix, size_t row, size_t column, double number,
                        char *text);
/* The range of the numbers as its limits; of diverging ones, as far below 0 as above. */
void sb_plot_matrix_fit(sb_plot_matrix *matrix);
/* Where a number lies: 0 at the low limit to 1 at the high one; of diverging ones -1 to 1. */
double sb_plot_matrix_shade(const sb_plot_matrix *matrix, double number);
/* The colour of a shade: the same order of lightness for every kind of colour vision, and in grey.
 */
sb_plot_colour sb_plot_matrix_colour(const sb_plot_matrix *matrix, double shade);

#endif
