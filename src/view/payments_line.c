/* The largest payments on one line: of the vertex, and of the mechanism with the smallest.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "view/number_text.h"
#include "view/panes.h"

enum { number_columns = 9 };

typedef struct sb_payments_line {
    sb_canvas *canvas;
    int row, column, end;
    bool stale, fractions;
} sb_payments_line;

static void add(sb_payments_line *line, sb_style style, const char *text)
{
    line->column += sb_canvas_text(line->canvas, line->row, line->column, line->end - line->column,
                                   sb_style_when(line->stale, style), text);
}

/* Of the smallest payments, once they are proved; NULL before. */
static const fmpq *smallest_payment(const sb_results *results)
{
    const sb_smallest_payments *smallest = sb_results_smallest(results);
    bool known =
        smallest != NULL && smallest->status == SB_LP_OPTIMAL && smallest->proof == SB_PROOF_EXACT;
    return known ? &smallest->largest : NULL;
}

/* "largest payment 31375 smallest · 62750 vertex", the one on show stronger; fewer words and digits
 * where room is short. */
static void draw_both(sb_payments_line *line, const fmpq *smallest, const sb_solution *solution,
                      sb_payments_shown shown)
{
    static const char *const labels[] = {"largest payment ", "payments ", "pays "};
    static const char *const middle = " smallest \xC2\xB7 ";
    const char *ending = solution->side_bets ? " found" : " vertex";
    int room = line->end - line->column - sb_canvas_text_width(line->canvas, middle) -
               sb_canvas_text_width(line->canvas, ending);
    char *texts[2] = {NULL, NULL};
    size_t label = 0;
    for (;; label++) {
        int left = room - (int)strlen(labels[label]);
        bool last = label == 2;
        int width = last && left / 2 < number_columns ? left / 2 : number_columns;
        free(texts[0]);
        free(texts[1]);
        texts[0] = sb_number_text(smallest, width, line->fractions);
        texts[1] = sb_number_text(&solution->max_payment, width, line->fractions);
        int wanted = sb_canvas_text_width(line->canvas, texts[0]) +
                     sb_canvas_text_width(line->canvas, texts[1]);
        if (last || wanted <= left) {
            break;
        }
    }
    bool first = shown == SB_SHOWN_SMALLEST;
    add(line, SB_STYLE_DIM, labels[label]);
    add(line, first ? SB_STYLE_STRONG : SB_STYLE_NORMAL, texts[0]);
    add(line, SB_STYLE_DIM, middle);
    add(line, first ? SB_STYLE_NORMAL : SB_STYLE_STRONG, texts[1]);
    add(line, SB_STYLE_DIM, ending);
    free(texts[0]);
    free(texts[1]);
}

void sb_payments_line_draw(const sb_session *session, sb_canvas *canvas, int row, int column,
                           int width, bool stale)
{
    const sb_results *results = sb_session_results_at_hand(session);
    const sb_solution *solution = results == NULL ? NULL : sb_results_solution(results);
    if (solution == NULL) {
        return;
    }
    sb_payments_line line = {canvas,         row,   column,
                             column + width, stale, sb_session_display(session)->fractions};
    const fmpq *smallest = smallest_payment(results);
    if (smallest != NULL) {
        sb_payments_shown shown = SB_SHOWN_VERTEX;
        (void)sb_session_shown_mechanism(session, &shown, NULL);
        draw_both(&line, smallest, solution, shown);
        return;
    }
    char *number = sb_number_text(&solution->max_payment, number_columns, line.fractions);
    add(&line, SB_STYLE_DIM, "largest payment ");
    add(&line, SB_STYLE_NORMAL, number);
    add(&line, SB_STYLE_DIM, solution->side_bets ? " (found)" : " (vertex)");
    free(number);
}
