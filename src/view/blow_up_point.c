/* The blow-up screen's point under the cursor, in exact numbers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "view/blow_up.h"
#include "view/number_text.h"

enum { number_columns = 12 };

/* Groups that stay together, on as many lines as they take. */
typedef struct sb_groups {
    sb_lines *lines;
    const sb_canvas *canvas;
    int width, used;
} sb_groups;

/* Begin a group that will take `columns`: on this line if it fits. */
static void begin_group(sb_groups *groups, int columns)
{
    bool first = groups->used == 0;
    if (first || groups->used + 2 + columns > groups->width) {
        sb_lines_begin(groups->lines);
        groups->used = 0;
    } else {
        sb_lines_add(groups->lines, SB_STYLE_NORMAL, "  ");
        groups->used += 2;
    }
    groups->used += columns;
}

/* "revenue 1.749" with its number in a style. */
static void add_pair(sb_groups *groups, sb_style style, const char *name, const char *number)
{
    const char *text = number == NULL ? "" : number;
    begin_group(groups, sb_canvas_text_width(groups->canvas, name) + 1 +
                            sb_canvas_text_width(groups->canvas, text));
    sb_lines_add(groups->lines, SB_STYLE_DIM, "%s ", name);
    sb_lines_add(groups->lines, style, "%s", text);
}

static void add_number(sb_groups *groups, sb_style style, const char *name, const fmpq_t number,
                       bool fractions)
{
    char *text = sb_number_text(number, number_columns, fractions);
    add_pair(groups, style, name, text);
    free(text);
}

static void add_proof(sb_groups *groups, sb_proof proof)
{
    const char *word = proof == SB_PROOF_NONE ? "failed" : sb_proof_name(proof);
    sb_style style = proof == SB_PROOF_EXACT      ? SB_STYLE_GOOD
                     : proof == SB_PROOF_FLOATING ? SB_STYLE_WARNING
                                                  : SB_STYLE_BAD;
    begin_group(groups, (int)strlen(word));
    sb_lines_add(groups->lines, style, "%s", word);
}

static void add_sweep_point(sb_groups *groups, const sb_blow_up *blow_up, const char *objective)
{
    const sb_sweep *sweep = blow_up->sweep;
    size_t cursor = blow_up->cursor < sweep->count ? blow_up->cursor : sweep->count - 1;
    const sb_sweep_point *point = &sweep->points[cursor];
    bool fractions = blow_up->fractions;
    add_number(groups, SB_STYLE_STRONG, "\xCE\xBB =", &point->lambda, fractions);
    if (point->status != SB_LP_OPTIMAL) {
        add_pair(groups, SB_STYLE_BAD, objective, sb_lp_status_name(point->status));
        add_proof(groups, point->proof);
        return;
    }
    add_number(groups, SB_STYLE_STRONG, objective, &point->revenue, fractions);
    add_proof(groups, point->proof);
    if (point->has_smallest_payment) {
        add_number(groups, SB_STYLE_NORMAL, "smallest payments", &point->smallest_payment,
                   fractions);
        add_number(groups, SB_STYLE_NORMAL, "vertex payments", &point->vertex_payment, fractions);
    } else {
        add_number(groups, SB_STYLE_NORMAL, "payments at the vertex", &point->vertex_payment,
                   fractions);
    }
    char *sigma = sb_format_text("%.1e", point->smallest_singular_value);
    add_pair(groups, SB_STYLE_NORMAL, "\xCF\x83 min", sigma);
    free(sigma);
}

/* What one unit of room more earns beyond a breakpoint. */
static void add_slope(sb_groups *groups, const sb_cap_point *point, const sb_cap_point *after)
{
    fmpq_t gain;
    fmpq_t units;
    fmpq_init(gain);
    fmpq_init(units);
    fmpq_sub(gain, &after->objective, &point->objective);
    fmpq_sub(units, &after->bound, &point->bound);
    if (!fmpq_is_zero(units)) {
        fmpq_div(gain, gain, units);
        char *text = sb_rational_approximate(gain, 3);
        add_pair(groups, SB_STYLE_NORMAL, "beyond, one unit more earns", text);
        free(text);
    }
    fmpq_clear(units);
    fmpq_clear(gain);
}

static void add_cap_point(sb_groups *groups, const sb_blow_up *blow_up, const char *objective)
{
    const sb_cap *cap = blow_up->cap;
    size_t cursor = blow_up->cursor < cap->count ? blow_up->cursor : cap->count - 1;
    const sb_cap_point *point = &cap->points[cursor];
    add_number(groups, SB_STYLE_STRONG, "B =", &point->bound, blow_up->fractions);
    add_number(groups, SB_STYLE_STRONG, objective, &point->objective, blow_up->fractions);
    add_proof(groups, cap->proof);
    char *place = sb_format_text("%zu of %zu", cursor + 1, cap->count);
    add_pair(groups, SB_STYLE_NORMAL, "breakpoint", place);
    free(place);
    if (cursor + 1 < cap->count) {
        add_slope(groups, point, &cap->points[cursor + 1]);
    } else if (cap->complete) {
        add_pair(groups, SB_STYLE_NORMAL, "more room earns", "nothing");
    }
}

void sb_blow_up_point_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                            const sb_blow_up *blow_up)
{
    const char *objective = sb_rules_objective_noun(blow_up->rules);
    sb_groups groups = {.lines = lines, .canvas = canvas, .width = width};
    if (blow_up->on_cap && blow_up->cap != NULL && blow_up->cap->count > 0) {
        add_cap_point(&groups, blow_up, objective);
    } else if (!blow_up->on_cap && blow_up->sweep != NULL && blow_up->sweep->count > 0) {
        add_sweep_point(&groups, blow_up, objective);
    }
}
