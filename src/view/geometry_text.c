/* What the geometry screen says in words.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/geometry.h"
#include "view/number_text.h"

enum { number_columns = 8, name_columns = 12, most_signals = 6 };

static const sb_geometry_type *type_of(const sb_geometry_look *look)
{
    return &look->view.geometry->types[look->view.type];
}

static const char *label_of(const sb_geometry_look *look, size_t type)
{
    return sb_environment_label(look->view.environment, look->view.geometry->agent, type);
}

static void add_number(sb_text *text, const sb_geometry_look *look, const fmpq *number)
{
    char *shown = sb_number_text(number, number_columns, look->fractions);
    sb_text_add(text, shown == NULL ? "" : shown);
    free(shown);
}

static void wrap(sb_lines *lines, const sb_canvas *canvas, sb_style style, int indent, int width,
                 sb_text *text)
{
    char *sentence = sb_text_take(text, NULL);
    sb_lines_wrap(lines, canvas, style, indent, width, sentence == NULL ? "" : sentence);
    free(sentence);
}

/* ---- numbers of each signal ---- */

/* "low 0.5, high 0.5": numbers of the signals that some type expects, the first few of many. */
static void add_signals(sb_text *text, const sb_geometry_look *look, const fmpq *numbers,
                        bool skip_zeros)
{
    const sb_geometry *geometry = look->view.geometry;
    const sb_environment *environment = look->view.environment;
    size_t shown = 0;
    for (size_t k = 0; k < geometry->others_count; k++) {
        if (skip_zeros && fmpq_is_zero(numbers + k)) {
            continue;
        }
        if (shown == most_signals) {
            sb_text_add(text, ", \xE2\x80\xA6");
            return;
        }
        char *label = sb_environment_others_label(environment, geometry->agent, k);
        sb_text_add_format(text, "%s%s: ", shown++ > 0 ? ", " : "", label == NULL ? "" : label);
        add_number(text, look, numbers + k);
        free(label);
    }
}

static void belief_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                         const sb_geometry_look *look)
{
    const sb_geometry *geometry = look->view.geometry;
    fmpq *belief = sb_rationals_new(geometry->others_count);
    if (belief == NULL) {
        return;
    }
    sb_text text;
    sb_text_init(&text);
    sb_environment_conditional(belief, look->view.environment, geometry->agent, look->view.type);
    sb_text_add(&text, "believes ");
    add_signals(&text, look, belief, true);
    wrap(lines, canvas, SB_STYLE_NORMAL, 1, width, &text);
    sb_rationals_free(belief, geometry->others_count);
}

/* ---- the side bet ---- */

/* How wide the names of the types are, as far as there is room. */
static int names_width(const sb_geometry_look *look, const sb_canvas *canvas)
{
    int widest = 1;
    for (size_t s = 0; s < look->view.geometry->type_count; s++) {
        int width = sb_canvas_text_width(canvas, label_of(look, s));
        widest = width > widest ? width : widest;
    }
    return widest < name_columns ? widest : name_columns;
}

/* A line a type that might report the one in hand: by how much its bet keeps that type away. */
static void slack_lines(sb_lines *lines, const sb_canvas *canvas, const sb_geometry_look *look)
{
    const sb_geometry *geometry = look->view.geometry;
    const sb_geometry_type *type = type_of(look);
    const sb_environment *environment = look->view.environment;
    int columns = names_width(look, canvas);
    for (size_t s = 0; s < geometry->type_count; s++) {
        if (s == look->view.type || !geometry->types[s].has_belief) {
            continue;
        }
        const char *name = label_of(look, s);
        int used = sb_canvas_text_width(canvas, name);
        sb_lines_begin(lines);
        sb_lines_add(lines, SB_STYLE_NORMAL, "  %s%*s ", name, used < columns ? columns - used : 0,
                     "");
        if (!sb_environment_may_report(environment, geometry->agent, s, look->view.type)) {
            sb_lines_add(lines, SB_STYLE_DIM, "may not report it");
            continue;
        }
        fmpq_t pays;
        fmpq_init(pays);
        fmpq_add(pays, type->values + s, type->slack + s);
        char *cost = sb_number_text(pays, number_columns, look->fractions);
        char *gain = sb_number_text(type->values + s, number_columns, look->fractions);
        bool tight = fmpq_is_zero(type->slack + s);
        sb_lines_add(lines, SB_STYLE_NORMAL, "%s %s %s", cost == NULL ? "" : cost,
                     tight ? "=" : ">", gain == NULL ? "" : gain);
        sb_lines_add(lines, SB_STYLE_DIM, tight ? " tight" : "");
        free(cost);
        free(gain);
        fmpq_clear(pays);
    }
}

static void bet_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                      const sb_geometry_look *look)
{
    sb_lines_begin(lines);
    sb_lines_add(lines, SB_STYLE_GOOD, "\xE2\x9C\x93 has a side bet");
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, "pays ");
    add_signals(&text, look, type_of(look)->bet, false);
    wrap(lines, canvas, SB_STYLE_NORMAL, 1, width, &text);
    sb_lines_wrap(lines, canvas, SB_STYLE_DIM, 1, width,
                  "others would pay, and it is worth to them:");
    slack_lines(lines, canvas, look);
}

static void mixture_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                          const sb_geometry_look *look)
{
    const sb_geometry_type *type = type_of(look);
    fmpq_t above;
    fmpq_init(above);
    fmpq_sub(above, &type->envelope, &type->value);
    sb_lines_begin(lines);
    sb_lines_add(lines, SB_STYLE_BAD, "\xE2\x9C\x97 has no side bet");
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, "the concave envelope lies ");
    add_number(&text, look, above);
    sb_text_add(&text, " above it:");
    wrap(lines, canvas, SB_STYLE_NORMAL, 1, width, &text);
    fmpq_clear(above);
    size_t terms = 0;
    for (size_t s = 0; s < look->view.geometry->type_count; s++) {
        if (fmpq_is_zero(type->mixture + s)) {
            continue;
        }
        sb_text_add(&text, terms++ > 0 ? " + " : "");
        if (!fmpq_is_one(type->mixture + s)) {
            char *weight = sb_number_text(type->mixture + s, number_columns, true);
            sb_text_add_format(&text, "%s\xC2\xB7", weight == NULL ? "" : weight);
            free(weight);
        }
        sb_text_add(&text, label_of(look, s));
    }
    sb_text_add_format(&text, " %s the same and %s worth ", terms > 1 ? "believe" : "believes",
                       terms > 1 ? "are" : "is");
    add_number(&text, look, &type->envelope);
    sb_text_add(&text, " > ");
    add_number(&text, look, &type->value);
    wrap(lines, canvas, SB_STYLE_NORMAL, 1, width, &text);
}

void sb_geometry_type_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                            const sb_geometry_look *look)
{
    const sb_geometry_type *type = type_of(look);
    sb_lines_begin(lines);
    sb_lines_add(lines, SB_STYLE_STRONG, "\xE2\x96\xB8 %s", label_of(look, look->view.type));
    if (!type->has_belief) {
        sb_lines_wrap(lines, canvas, SB_STYLE_NORMAL, 1, width,
                      "has probability zero: it has no belief");
        return;
    }
    if (type->confirmed) {
        char *value = sb_number_text(&type->value, number_columns, look->fractions);
        sb_lines_add(lines, SB_STYLE_STRONG, "  worth %s", value == NULL ? "" : value);
        free(value);
    }
    belief_lines(lines, canvas, width, look);
    if (!type->confirmed) {
        sb_lines_wrap(lines, canvas, SB_STYLE_WARNING, 0, width,
                      "whether it has a side bet is not confirmed");
    } else if (!type->needs_bet) {
        sb_lines_wrap(lines, canvas, SB_STYLE_GOOD, 0, width,
                      "\xE2\x97\x8B needs no side bet: not served, it pays nothing, and nobody "
                      "gains by reporting it");
    } else if (type->holds) {
        bet_lines(lines, canvas, width, look);
    } else {
        mixture_lines(lines, canvas, width, look);
    }
}

/* ---- the picture ---- */

static void lumped_words(sb_text *text, const sb_geometry_look *look)
{
    const sb_geometry *geometry = look->view.geometry;
    sb_text_add_format(text, "of %zu signals: ", geometry->expected_count);
    for (size_t k = 0; k < geometry->corner_count; k++) {
        char *name = sb_geometry_corner_name(&look->view, k);
        bool last = k + 1 == geometry->corner_count;
        sb_text_add_format(text, "%s%s",
                           k == 0 ? ""
                           : last ? (geometry->projection == SB_PROJECTION_AMONG ? " or " : " and ")
                                  : ", ",
                           name == NULL ? "" : name);
        free(name);
    }
    sb_text_add(text, geometry->projection == SB_PROJECTION_AMONG
                          ? ", given that it is one of them, values over the chance of that: bets "
                            "that pay on these alone"
                          : " as one: bets that pay the same on all those");
}

void sb_geometry_picture_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                               const sb_geometry_look *look)
{
    const sb_geometry *geometry = look->view.geometry;
    sb_text text;
    sb_text_init(&text);
    switch (geometry->projection) {
    case SB_PROJECTION_COMPONENTS:
        sb_text_add_format(
            &text,
            "of %zu signals: the %s in which beliefs differ most, %.3g %% of the spread; whether "
            "there is a bet is of all signals",
            geometry->expected_count,
            geometry->dimensions == 1 ? "one direction" : "two directions",
            100 * (geometry->shares[0] + geometry->shares[1]));
        break;
    case SB_PROJECTION_LUMPED:
    case SB_PROJECTION_AMONG:
        lumped_words(&text, look);
        break;
    case SB_PROJECTION_WHOLE:
    case SB_PROJECTION_COUNT:
        break;
    }
    size_t picture = sb_geometry_view_picture(&look->view);
    if (!geometry->shared && picture != SB_NOWHERE) {
        sb_text_add_format(&text, "%sheights: what reporting %s is worth to each type",
                           text.length > 0 ? "; " : "",
                           label_of(look, geometry->pictures[picture].type));
    }
    if (picture != SB_NOWHERE && !geometry->pictures[picture].known) {
        sb_text_add_format(&text, "%stoo many types to draw the envelope",
                           text.length > 0 ? "; " : "");
    }
    if (text.length > 0) {
        wrap(lines, canvas, SB_STYLE_DIM, 0, width, &text);
    }
    sb_text_clear(&text);
}

/* ---- the answer ---- */

/* What holds for each type alone, and not for all at once, is in brackets. */
static void add_mark(sb_lines *lines, const char *name, bool holds, bool alone)
{
    sb_style style = !holds ? SB_STYLE_BAD : alone ? SB_STYLE_WARNING : SB_STYLE_GOOD;
    sb_lines_add(lines, style, "%s%s%s %s%s", alone ? "(" : "",
                 holds ? "\xE2\x9C\x93" : "\xE2\x9C\x97", alone ? ")" : "", holds ? "" : "not ",
                 name);
}

void sb_geometry_answer_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                              const sb_geometry_look *look)
{
    const sb_agent_extraction *about = look->view.extraction;
    sb_lines_begin(lines);
    add_mark(lines, "concave", about->concave, sb_extraction_ties_conflict(look->extraction));
    sb_lines_add(lines, SB_STYLE_NORMAL, "   ");
    add_mark(lines, "linear", about->linear, false);
    for (size_t k = 0; k < look->extraction->reasons.count; k++) {
        sb_lines_wrap(lines, canvas, SB_STYLE_NORMAL, 0, width, look->extraction->reasons.texts[k]);
    }
}
