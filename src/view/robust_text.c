/* The robust screen's words.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/number_text.h"
#include "view/robust.h"

enum { number_columns = 8, gap = 2 };

/* ---- the numbers ---- */

/* Pairs of a name and a number on one line, as many as fit. */
typedef struct sb_pairs {
    sb_lines *lines;
    const sb_canvas *canvas;
    int width, used;
} sb_pairs;

static void add_pair(sb_pairs *pairs, sb_style style, const char *name, const char *value)
{
    const char *text = value == NULL ? "" : value;
    int columns =
        sb_canvas_text_width(pairs->canvas, name) + 1 + sb_canvas_text_width(pairs->canvas, text);
    if (pairs->used == 0 || pairs->used + gap + columns > pairs->width) {
        sb_lines_begin(pairs->lines);
        pairs->used = 0;
    } else {
        sb_lines_add(pairs->lines, SB_STYLE_NORMAL, "%*s", gap, "");
        pairs->used += gap;
    }
    sb_lines_add(pairs->lines, SB_STYLE_DIM, "%s ", name);
    sb_lines_add(pairs->lines, style, "%s", text);
    pairs->used += columns;
}

static void add_number(sb_pairs *pairs, sb_style style, const char *name, const fmpq *number,
                       bool fractions)
{
    char *text = sb_number_text(number, number_columns, fractions);
    add_pair(pairs, style, name, text);
    free(text);
}

static void add_limits(sb_pairs *pairs, const sb_robust_look *look)
{
    if (look->bayesian != NULL && look->bayesian->status == SB_LP_OPTIMAL) {
        add_number(pairs, SB_STYLE_NORMAL, "Bayesian", &look->bayesian->objective, look->fractions);
    }
    bool comparable = look->plan->objective == SB_ROBUST_ESTIMATE;
    if (look->ex_post != NULL && look->ex_post->status == SB_LP_OPTIMAL) {
        add_number(pairs, SB_STYLE_NORMAL, comparable ? "ex-post" : "ex-post at the estimate",
                   &look->ex_post->objective, look->fractions);
    }
}

static void add_numbers(sb_lines *lines, const sb_canvas *canvas, int width,
                        const sb_robust_look *look)
{
    const sb_robust_step *step = look->step;
    sb_pairs pairs = {.lines = lines, .canvas = canvas, .width = width};
    const char *bound = step->finished ? "optimum" : "bound";
    if (step->status == SB_LP_OPTIMAL) {
        bool proved = step->finished && look->check != NULL && look->check->proved;
        add_number(&pairs, SB_STYLE_STRONG, bound,
                   proved ? &look->check->optimum : &step->objective, look->fractions);
    } else {
        add_pair(&pairs, SB_STYLE_BAD, bound, sb_lp_status_name(step->status));
    }
    add_limits(&pairs, look);
    if (step->found_count > 0) {
        bool ray = step->status == SB_LP_UNBOUNDED;
        char *violation = sb_number_text(&step->violation, number_columns, look->fractions);
        char *text = ray ? sb_format_text("%zu along a ray", step->found_count)
                         : sb_format_text("%zu, by %s", step->found_count,
                                          violation == NULL ? "" : violation);
        add_pair(&pairs, SB_STYLE_BAD, "broken rules", text);
        free(text);
        free(violation);
    } else if (step->status == SB_LP_OPTIMAL) {
        add_pair(&pairs, SB_STYLE_GOOD, "broken rules", "none");
    }
}

/* Whether a number's text is all of it. */
static bool is_whole(const char *text, const fmpq *number)
{
    fmpq_t shown;
    fmpq_init(shown);
    sb_error ignored;
    sb_error_clear(&ignored);
    bool whole = text != NULL && sb_rational_parse(shown, text, strlen(text), &ignored) == SB_OK &&
                 fmpq_equal(shown, number);
    fmpq_clear(shown);
    return whole;
}

static void add_check(sb_lines *lines, const sb_canvas *canvas, int width,
                      const sb_robust_look *look)
{
    const sb_robust_check *check = look->check;
    if (!look->step->finished || look->step->status != SB_LP_OPTIMAL) {
        return;
    }
    if (check == NULL) {
        sb_lines_begin(lines);
        sb_lines_add(lines, SB_STYLE_DIM, "checking\xE2\x80\xA6");
        return;
    }
    const char *certified =
        check->certified ? "Certified in rationals: no belief of any set objects"
        : check->proved  ? "The optimum is proved in rationals; this mechanism is floating"
                         : "Floating: no belief objects beyond rounding, which "
                           "is not certified in rationals";
    if (!check->compared || check->compact.status != SB_LP_OPTIMAL) {
        char *text = sb_format_text("%s; %s.", certified,
                                    check->compared ? sb_lp_status_name(check->compact.status)
                                                    : check->reason);
        sb_lines_wrap(lines, canvas,
                      check->certified || check->proved ? SB_STYLE_GOOD : SB_STYLE_WARNING, 0,
                      width, text == NULL ? "" : text);
        free(text);
        return;
    }
    double difference = sb_rational_to_double(&check->compact.objective) -
                        sb_rational_to_double(&look->step->objective);
    double size = sb_rational_to_double(&look->step->objective);
    bool agrees = difference < 1e-6 * (1 + (size < 0 ? -size : size)) &&
                  -difference < 1e-6 * (1 + (size < 0 ? -size : size));
    char *number = sb_number_text(&check->compact.objective, number_columns, look->fractions);
    char *text = sb_format_text("%s; the compact program %s: %s%s (%s).", certified,
                                agrees ? "agrees" : "DISAGREES",
                                is_whole(number, &check->compact.objective) ? "" : "about ",
                                number == NULL ? "" : number, sb_proof_name(check->compact.proof));
    bool good = agrees && (check->certified || check->proved);
    sb_lines_wrap(lines, canvas,
                  good     ? SB_STYLE_GOOD
                  : agrees ? SB_STYLE_WARNING
                           : SB_STYLE_BAD,
                  0, width, text == NULL ? "" : text);
    free(text);
    free(number);
}

void sb_robust_head_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                          const sb_robust_look *look)
{
    if (look->steps != NULL && look->steps->problem[0] != '\0') {
        sb_lines_wrap(lines, canvas, SB_STYLE_BAD, 0, width, look->steps->problem);
        return;
    }
    if (look->step == NULL) {
        sb_lines_begin(lines);
        sb_lines_add(lines, SB_STYLE_DIM, "computing\xE2\x80\xA6");
        return;
    }
    add_numbers(lines, canvas, width, look);
    bool claim = look->step->status == SB_LP_INFEASIBLE && look->step->proof != SB_PROOF_EXACT;
    sb_lines_wrap(lines, canvas, claim ? SB_STYLE_WARNING : SB_STYLE_NORMAL, 0, width,
                  claim
                      ? "In floating point this relaxation looks infeasible, which is not proved: "
                        "the numbers may be beyond the solver's precision."
                      : look->step->sentence);
    add_check(lines, canvas, width, look);
}

/* ---- a row ---- */

static double rounding(const sb_robust_look *look)
{
    double objective = sb_rational_to_double(&look->step->objective);
    bool exact = look->step->proof == SB_PROOF_EXACT;
    return exact ? 0 : 1e-8 * (1 + (objective < 0 ? -objective : objective));
}

bool sb_robust_broken(const sb_robust_look *look, const sb_robust_row *row)
{
    return row->known && sb_rational_to_double(&row->slack) < -rounding(look);
}

bool sb_robust_tight(const sb_robust_look *look, const sb_robust_row *row)
{
    return row->known && !sb_robust_broken(look, row) &&
           sb_rational_to_double(&row->slack) <= rounding(look);
}

char *sb_robust_row_words(const sb_robust_look *look, const sb_robust_row *row)
{
    switch (row->kind) {
    case SB_CUT_INCENTIVE:
        return sb_format_text("reports %s",
                              sb_environment_label(look->environment, 0, row->report));
    case SB_CUT_PARTICIPATION:
        return sb_copy_text("stays away");
    case SB_CUT_OBJECTIVE:
        return sb_copy_text("brings less");
    }
    return NULL;
}

char *sb_robust_row_title(const sb_robust_look *look)
{
    const char *label = sb_environment_label(look->environment, 0, look->type);
    const sb_robust_row *row = look->step == NULL ? NULL : &look->step->rows[look->type];
    if (row == NULL || !row->known) {
        return sb_format_text("Type %s", label);
    }
    char *words = sb_robust_row_words(look, row);
    bool broken = sb_robust_broken(look, row);
    bool ray = look->step->status == SB_LP_UNBOUNDED;
    fmpq_t amount;
    fmpq_init(amount);
    fmpq_abs(amount, &row->slack);
    char *number = sb_number_text(amount, number_columns, look->fractions);
    fmpq_clear(amount);
    const char *shown = number == NULL ? "" : number;
    char *text = NULL;
    if (broken && ray) {
        text = sb_format_text("Type %s %s, gaining without end", label, words);
    } else if (broken && row->kind == SB_CUT_OBJECTIVE) {
        text = sb_format_text("Type %s brings %s less", label, shown);
    } else if (broken) {
        text = sb_format_text("Type %s %s and gains %s", label, words, shown);
    } else if (sb_robust_tight(look, row)) {
        text = sb_format_text("Type %s: indifferent if it %s", label, words);
    } else {
        text = sb_format_text("Type %s: loses %s if it %s", label, shown, words);
    }
    free(number);
    free(words);
    return text;
}
