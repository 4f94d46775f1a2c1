/* The answer of sidebet geometry for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/geometry.h"
#include "cli/report_beliefs.h"
#include "cli/report_number.h"
#include "view/plot_geometry.h"

enum { INDENT = 2, PLACE = 10, MOST_NUMBERS = 40 };

typedef struct geometry_report {
    sb_text *text;
    const sb_geometry_answer *answer;
    const sb_geometry *geometry;
    const sb_agent *agent;
    size_t width;
} geometry_report;

static const char *label_of(const geometry_report *report, size_t type)
{
    return report->agent->types[type];
}

/* ---- the picture ---- */

static void add_corners(const geometry_report *report, sb_text *line, const char *last)
{
    for (size_t k = 0; k < report->geometry->corner_count; k++) {
        char *name = sb_geometry_answer_corner(report->answer, report->geometry, k);
        sb_text_add_format(line, "%s%s",
                           k == 0                                    ? ""
                           : k + 1 == report->geometry->corner_count ? last
                                                                     : ", ",
                           name == NULL ? "" : name);
        free(name);
    }
}

static void add_picture(const geometry_report *report)
{
    const sb_geometry *geometry = report->geometry;
    sb_text line;
    sb_text_init(&line);
    switch (geometry->projection) {
    case SB_PROJECTION_WHOLE:
    case SB_PROJECTION_COUNT:
        sb_text_add(&line, "places are the probabilities of ");
        add_corners(report, &line, " and ");
        break;
    case SB_PROJECTION_LUMPED:
        sb_text_add(&line, "places are the probabilities of ");
        add_corners(report, &line, " and ");
        sb_text_add_format(&line,
                           " together, of %zu signals; the envelope is of bets that pay the same "
                           "on all those others",
                           geometry->expected_count);
        break;
    case SB_PROJECTION_AMONG:
        sb_text_add(&line, "places are the probabilities of ");
        add_corners(report, &line, " or ");
        sb_text_add_format(&line,
                           " given that it is one of them, of %zu signals, and heights the values "
                           "over the chance of that; the envelope is of bets that pay on these "
                           "alone",
                           geometry->expected_count);
        break;
    case SB_PROJECTION_COMPONENTS:
        sb_text_add_format(&line,
                           "places are the scores on the %s in which the beliefs about %zu "
                           "signals differ most (floating), which show %.4g %% of the spread",
                           geometry->dimensions == 1 ? "one direction" : "two directions",
                           geometry->expected_count,
                           100 * (geometry->shares[0] + geometry->shares[1]));
        break;
    }
    sb_report_add_line(report->text, &line, INDENT, report->width);
    const sb_geometry_view view = {.environment = report->answer->environment,
                                   .geometry = geometry};
    for (size_t k = 0; geometry->loadings != NULL && k < geometry->dimensions; k++) {
        char *name = sb_geometry_component_name(&view, k);
        sb_text_add_format(&line, "%c: %.4g %% of the spread, %s", k == 0 ? 'x' : 'y',
                           100 * geometry->shares[k], name == NULL ? "" : name);
        sb_report_add_line(report->text, &line, INDENT, report->width);
        free(name);
    }
}

/* ---- the types ---- */

static const char *standing_of(const sb_geometry_type *type)
{
    return !type->has_belief  ? "probability zero"
           : !type->confirmed ? "not confirmed"
           : !type->needs_bet ? "needs none"
           : type->holds      ? "yes"
                              : "no";
}

static void add_table(const geometry_report *report)
{
    const sb_geometry *geometry = report->geometry;
    bool rounded = false;
    sb_table table;
    sb_table_init(&table, 4 + geometry->dimensions);
    sb_table_add(&table, "type");
    sb_table_add(&table, geometry->dimensions == 1 ? "place" : "x");
    if (geometry->dimensions > 1) {
        sb_table_add(&table, "y");
    }
    sb_table_add(&table, "worth");
    sb_table_add(&table, "envelope");
    sb_table_add(&table, "side bet");
    for (size_t t = 0; t < geometry->type_count; t++) {
        const sb_geometry_type *type = &geometry->types[t];
        sb_table_add(&table, label_of(report, t));
        for (size_t k = 0; k < geometry->dimensions; k++) {
            if (type->placed) {
                sb_table_take(&table,
                              sb_report_cell(geometry->places + t * geometry->dimensions + k, PLACE,
                                             &rounded));
            } else {
                sb_table_add(&table, "-");
            }
        }
        if (type->confirmed) {
            sb_table_take(&table, sb_report_cell(&type->value, PLACE, &rounded));
            sb_table_take(&table, sb_report_cell(&type->envelope, PLACE, &rounded));
        } else {
            sb_table_add(&table, "-");
            sb_table_add(&table, "-");
        }
        sb_table_add(&table, standing_of(type));
    }
    sb_table_print(&table, report->text, INDENT);
    sb_table_clear(&table);
}

/* ---- bets and mixtures ---- */

static void add_bet(const geometry_report *report, size_t t)
{
    const sb_geometry *geometry = report->geometry;
    const sb_geometry_type *type = &geometry->types[t];
    sb_text line;
    sb_text_init(&line);
    sb_text_add_format(&line, "bet of type %s: ", label_of(report, t));
    for (size_t k = 0; k < geometry->others_count; k++) {
        char *name = sb_environment_others_label(report->answer->environment, geometry->agent, k);
        sb_text_add(&line, k > 0 ? ", " : "");
        sb_report_add_short(&line, type->bet + k);
        sb_text_add_format(&line, " at %s", name == NULL ? "" : name);
        line.failed = line.failed || name == NULL;
        free(name);
    }
    const char *between = "; to spare against ";
    for (size_t s = 0; s < geometry->type_count; s++) {
        bool tempted =
            s != t && geometry->types[s].has_belief &&
            sb_environment_may_report(report->answer->environment, geometry->agent, s, t);
        if (tempted) {
            sb_text_add_format(&line, "%stype %s ", between, label_of(report, s));
            sb_report_add_short(&line, type->slack + s);
            between = ", ";
        }
    }
    sb_report_add_line(report->text, &line, INDENT, report->width);
}

static void add_mixture(const geometry_report *report, size_t t)
{
    const sb_geometry_type *type = &report->geometry->types[t];
    sb_text line;
    sb_text_init(&line);
    sb_text_add_format(&line, "no bet of type %s: ", label_of(report, t));
    sb_report_add_mixture(&line, report->agent, type->mixture);
    sb_text_add(&line, " believe the same and are worth ");
    sb_report_add_short(&line, &type->envelope);
    sb_text_add(&line, ", more than ");
    sb_report_add_short(&line, &type->value);
    sb_report_add_line(report->text, &line, INDENT, report->width);
}

/* ---- the envelope ---- */

static void add_piece(const geometry_report *report, const sb_geometry_piece *piece)
{
    sb_text line;
    sb_text_init(&line);
    sb_text_add(&line, "envelope over ");
    for (size_t k = 0; k < piece->type_count; k++) {
        sb_text_add_format(&line, "%s%s",
                           k == 0                       ? ""
                           : k + 1 == piece->type_count ? " and "
                                                        : ", ",
                           label_of(report, piece->types[k]));
    }
    sb_text_add(&line, ": ");
    sb_report_add_short(&line, &piece->plane[0]);
    fmpq_t slope;
    fmpq_init(slope);
    for (size_t k = 0; k < report->geometry->dimensions; k++) {
        sb_text_add(&line, fmpq_sgn(&piece->plane[1 + k]) < 0 ? " - " : " + ");
        fmpq_abs(slope, &piece->plane[1 + k]);
        sb_report_add_short(&line, slope);
        sb_text_add(&line, report->geometry->dimensions == 1 ? " place" : k == 0 ? " x" : " y");
    }
    fmpq_clear(slope);
    sb_report_add_line(report->text, &line, INDENT, report->width);
}

static void add_pictures(const geometry_report *report)
{
    for (size_t p = 0; p < report->geometry->picture_count; p++) {
        const sb_geometry_picture *picture = &report->geometry->pictures[p];
        bool needed = report->geometry->types[picture->type].needs_bet;
        if (!needed) {
            continue;
        }
        sb_text line;
        sb_text_init(&line);
        if (!report->geometry->shared) {
            sb_text_add_format(&line, "heights are what a report of type %s is worth:",
                               label_of(report, picture->type));
            sb_report_add_line(report->text, &line, INDENT, report->width);
        }
        if (!picture->known) {
            sb_text_add(&line, "there are too many types to find the pieces of the envelope");
            sb_report_add_line(report->text, &line, INDENT, report->width);
        }
        for (size_t k = 0; k < picture->piece_count; k++) {
            add_piece(report, &picture->pieces[k]);
        }
    }
}

static void add_agent(sb_text *text, const sb_geometry_answer *answer, size_t index, size_t width)
{
    const geometry_report report = {text, answer, &answer->geometries[index - answer->first],
                                    &answer->environment->agents[index], width};
    const sb_agent_extraction *extraction = &answer->extraction.agents[index];
    if (answer->environment->agent_count > 1) {
        sb_text_add_format(text, "\n%s\n", report.agent->name);
    }
    add_picture(&report);
    add_table(&report);
    bool few = report.geometry->type_count * report.geometry->others_count <= MOST_NUMBERS;
    for (size_t t = 0; t < report.geometry->type_count; t++) {
        const sb_geometry_type *type = &report.geometry->types[t];
        if (type->confirmed && type->needs_bet && type->holds && few) {
            add_bet(&report, t);
        } else if (type->mixture != NULL) {
            add_mixture(&report, t);
        }
    }
    if (!few) {
        sb_text_add_format(text, "%*s(the numbers of the side bets are in --json)\n", INDENT, "");
    }
    add_pictures(&report);
    sb_text_add_format(text, "%*s%s, %s\n", INDENT, "",
                       extraction->concave ? "concave G: yes" : "concave G: no",
                       extraction->linear ? "linear G: yes" : "linear G: no");
}

void sb_report_geometry(sb_text *text, const void *whole, size_t width)
{
    const sb_geometry_answer *answer = whole;
    if (answer->environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", answer->environment->title);
    }
    for (size_t i = 0; i < answer->count; i++) {
        add_agent(text, answer, answer->first + i, width);
    }
    for (size_t k = 0; k < answer->extraction.reasons.count; k++) {
        sb_text line;
        sb_text_init(&line);
        sb_text_add(&line, answer->extraction.reasons.texts[k]);
        sb_report_add_line(text, &line, 0, width);
    }
}
