/* Numbers below each other, with bars that compare them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/bars.h"

#include <stdlib.h>

#include "base/memory.h"
#include "view/number_text.h"

enum { number_columns = 9 };

static double scale_of(const sb_bars *bars)
{
    double largest = 0;
    for (size_t i = 0; i < bars->count; i++) {
        const fmpq *number = bars->list[i].number;
        double value = number == NULL ? 0 : sb_rational_to_double(number);
        largest = value > largest ? value : largest;
    }
    return largest;
}

/* Texts of the bars' numbers with their points above each other; NULL where there is none. */
static char **number_texts(const sb_bars *bars)
{
    char **texts = sb_allocate(bars->count, sizeof *texts);
    char **dense = sb_allocate(bars->count, sizeof *dense);
    size_t *place = sb_allocate(bars->count, sizeof *place);
    fmpq *numbers = sb_rationals_new(bars->count);
    size_t count = 0;
    bool whole = texts != NULL && dense != NULL && place != NULL && numbers != NULL;
    for (size_t i = 0; whole && i < bars->count; i++) {
        if (bars->list[i].number != NULL) {
            fmpq_set(numbers + count, bars->list[i].number);
            place[count++] = i;
        }
    }
    if (count > 0) {
        sb_number_column(dense, numbers, count, 1, number_columns, bars->fractions);
    }
    for (size_t k = 0; k < count; k++) {
        texts[place[k]] = dense[k];
    }
    sb_rationals_free(numbers, bars->count);
    free(place);
    free(dense);
    return texts;
}

static void draw_bar(const sb_bars *bars, sb_canvas *canvas, sb_rectangle row, size_t index,
                     double scale, const char *text)
{
    const sb_bar *bar = &bars->list[index];
    bool chosen = index == bars->chosen;
    int end = row.column + row.columns;
    int column = row.column + 1;
    if (chosen) {
        sb_canvas_text(canvas, row.row, row.column, 1, SB_STYLE_STRONG, "\xE2\x96\xB8");
    }
    sb_canvas_text(canvas, row.row, column, bars->label_columns,
                   chosen ? SB_STYLE_STRONG : SB_STYLE_DIM, bar->label);
    column += bars->label_columns + 1;
    if (bar->number == NULL) {
        sb_canvas_text(canvas, row.row, column, end - column, SB_STYLE_DIM, bar->word);
        return;
    }
    sb_draw_number(canvas, row.row, column, number_columns,
                   sb_style_when(bars->stale, chosen ? SB_STYLE_STRONG : SB_STYLE_NORMAL), text);
    column += number_columns + 1;
    if (bars->note_columns > 0) {
        sb_canvas_text(canvas, row.row, column, bars->note_columns,
                       sb_style_when(bars->stale, bar->note_style), bar->note);
        column += bars->note_columns + 1;
    }
    if (scale > 0 && column < end) {
        sb_canvas_bar(canvas, row.row, column, end - column,
                      sb_rational_to_double(bar->number) / scale,
                      sb_style_when(bars->stale, bar->style));
    }
}

int sb_bars_draw(const sb_bars *bars, sb_canvas *canvas, sb_rectangle area)
{
    char **texts = number_texts(bars);
    double scale = scale_of(bars);
    int drawn = 0;
    for (size_t i = bars->first; texts != NULL && i < bars->count && drawn < area.rows; i++) {
        sb_rectangle row = {area.row + drawn, area.column, 1, area.columns};
        draw_bar(bars, canvas, row, i, scale, texts[i]);
        drawn++;
    }
    for (size_t i = 0; texts != NULL && i < bars->count; i++) {
        free(texts[i]);
    }
    free(texts);
    return drawn;
}
