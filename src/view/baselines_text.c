/* What the baselines screen says, apart from how it is laid out.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "view/baselines.h"
#include "view/number_text.h"

/* Why there is no number: it is being computed, there is none, it does not apply. */
static const char *word_of(const sb_baselines_look *look, const sb_comparison *row, size_t index)
{
    if (!row->known) {
        return look->solving ? "computing\xE2\x80\xA6" : "not known";
    }
    if (index < SB_COMPARISON_AUCTIONS) {
        return row->word;
    }
    const sb_auction *auction =
        &sb_results_auctions(look->results)->auctions.auctions[index - SB_COMPARISON_AUCTIONS];
    return auction->reason;
}

static sb_style style_of(size_t index)
{
    return index == SB_COMPARISON_OPTIMUM        ? SB_STYLE_BAR_REVENUE
           : index == SB_COMPARISON_FULL_SURPLUS ? SB_STYLE_BAR_SURPLUS
                                                 : SB_STYLE_BAR_OTHER;
}

void sb_baselines_bars(const sb_baselines_look *look, sb_bar bars[SB_COMPARISON_COUNT])
{
    for (size_t index = 0; index < SB_COMPARISON_COUNT; index++) {
        sb_comparison row = sb_comparison_at(look->results, look->best, index);
        sb_bar *bar = &bars[index];
        *bar = (sb_bar){.label = sb_comparison_title(index, look->environment),
                        .style = style_of(index),
                        .number = row.objective,
                        .word = word_of(look, &row, index),
                        .note = row.word,
                        .note_style = row.exact ? SB_STYLE_GOOD : SB_STYLE_WARNING};
        if (row.incumbent) {
            bar->label = "best found";
        }
        if (row.breaks_rules) {
            bar->note = "breaks rules";
            bar->note_style = SB_STYLE_BAD;
        }
    }
}

/* "Revenue 1.25, welfare 1.75, 71.43 % of the optimum." */
static void numbers_line(sb_lines *lines, const sb_baselines_look *look, const sb_comparison *row)
{
    if (row->revenue == NULL || row->welfare == NULL) {
        return;
    }
    char *revenue = sb_number_text(row->revenue, 12, look->fractions);
    char *welfare = sb_number_text(row->welfare, 12, look->fractions);
    sb_lines_begin(lines);
    sb_lines_add(lines, SB_STYLE_DIM, "revenue ");
    sb_lines_add(lines, SB_STYLE_STRONG, "%s", revenue == NULL ? "" : revenue);
    sb_lines_add(lines, SB_STYLE_DIM, "   welfare ");
    sb_lines_add(lines, SB_STYLE_STRONG, "%s", welfare == NULL ? "" : welfare);
    free(revenue);
    free(welfare);
    sb_comparison optimum = sb_comparison_at(look->results, look->best, SB_COMPARISON_OPTIMUM);
    bool share_says = optimum.objective != NULL && fmpq_sgn(row->objective) >= 0;
    if (share_says && look->chosen != SB_COMPARISON_OPTIMUM) {
        char *share = sb_share_text(row->objective, optimum.objective, 4);
        if (share != NULL && share[0] != '\0') {
            sb_lines_add(lines, SB_STYLE_DIM, "   %s of the %s", share,
                         optimum.incumbent ? "best found" : "optimum");
        }
        free(share);
    }
}

void sb_baselines_words(sb_lines *lines, const sb_canvas *canvas, int width,
                        const sb_baselines_look *look)
{
    sb_comparison row = sb_comparison_at(look->results, look->best, look->chosen);
    numbers_line(lines, look, &row);
    char *sentence = sb_comparison_sentence(look->results, look->chosen);
    sb_lines_wrap(lines, canvas, row.breaks_rules ? SB_STYLE_WARNING : SB_STYLE_NORMAL, 0, width,
                  sentence == NULL ? "" : sentence);
    free(sentence);
    bool program =
        look->chosen == SB_COMPARISON_EX_POST || look->chosen == SB_COMPARISON_NO_CORRELATION;
    if (program) {
        sb_lines_wrap(lines, canvas, SB_STYLE_DIM, 0, width,
                      look->chosen == SB_COMPARISON_EX_POST
                          ? "Its mechanism: :ic ex-post and :ir ex-post."
                          : "Its mechanism: :independent, which undo takes back.");
    }
}
