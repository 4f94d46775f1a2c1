/* The answer of sidebet geometry as CSV: points and lines to draw.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row is a point. Rows of one kind, picture and number that follow one another are the corners of
 * a piece of the envelope, or a bet's values at the corners of the picture.
 */
#include <stdio.h>

#include "cli/csv_writer.h"
#include "cli/geometry.h"

typedef struct geometry_csv {
    sb_csv *csv;
    const sb_geometry *geometry;
    const sb_agent *agent;
} geometry_csv;

static void begin_row(const geometry_csv *out, const char *kind, size_t picture, size_t number,
                      size_t type)
{
    char text[32];
    sb_csv_field(out->csv, out->agent->name);
    sb_csv_field(out->csv, kind);
    (void)snprintf(text, sizeof text, "%zu", picture);
    sb_csv_field(out->csv, picture == SB_NOWHERE ? "" : text);
    (void)snprintf(text, sizeof text, "%zu", number);
    sb_csv_field(out->csv, number == SB_NOWHERE ? "" : text);
    sb_csv_field(out->csv, type == SB_NOWHERE ? "" : out->agent->types[type]);
}

static void write_place(const geometry_csv *out, size_t t)
{
    const sb_geometry *geometry = out->geometry;
    bool exact = geometry->projection != SB_PROJECTION_COMPONENTS;
    const fmpq *place =
        geometry->types[t].placed ? geometry->places + t * geometry->dimensions : NULL;
    sb_csv_number(out->csv, place, exact);
    sb_csv_number(out->csv, place != NULL && geometry->dimensions > 1 ? place + 1 : NULL, exact);
}

/* Every type in the picture it is judged by, then the mixture above it. */
static void write_types(const geometry_csv *out)
{
    const sb_geometry *geometry = out->geometry;
    bool exact = geometry->projection != SB_PROJECTION_COMPONENTS;
    fmpq_t above;
    fmpq_init(above);
    for (size_t p = 0; p < geometry->picture_count; p++) {
        const sb_geometry_picture *picture = &geometry->pictures[p];
        for (size_t t = 0; t < geometry->type_count; t++) {
            if (picture->has[t]) {
                begin_row(out, "type", p, SB_NOWHERE, t);
                write_place(out, t);
                sb_csv_number(out->csv, picture->heights + t, true);
                sb_csv_number(out->csv, picture->known ? picture->envelope + t : NULL, exact);
                sb_csv_end_row(out->csv);
            }
        }
    }
    for (size_t t = 0; t < geometry->type_count; t++) {
        const sb_geometry_type *type = &geometry->types[t];
        if (type->mixture != NULL && type->placed) {
            fmpq_div(above, &type->envelope, geometry->chances + t);
            begin_row(out, "mixture", type->picture, SB_NOWHERE, t);
            write_place(out, t);
            sb_csv_number(out->csv, above, true);
            sb_csv_number(out->csv, NULL, false);
            sb_csv_end_row(out->csv);
        }
    }
    fmpq_clear(above);
}

static void write_pieces(const geometry_csv *out)
{
    for (size_t p = 0; p < out->geometry->picture_count; p++) {
        const sb_geometry_picture *picture = &out->geometry->pictures[p];
        for (size_t k = 0; k < picture->piece_count; k++) {
            const sb_geometry_piece *piece = &picture->pieces[k];
            for (size_t c = 0; c < piece->corner_count; c++) {
                begin_row(out, "envelope", p, k, piece->types[c]);
                write_place(out, piece->types[c]);
                sb_csv_number(out->csv, picture->heights + piece->types[c], true);
                sb_csv_number(out->csv, NULL, false);
                sb_csv_end_row(out->csv);
            }
        }
    }
}

static void write_bet(const geometry_csv *out, const char *kind, size_t picture, size_t type,
                      const fmpq *bet)
{
    const sb_geometry *geometry = out->geometry;
    fmpq_t share;
    fmpq_init(share);
    for (size_t c = 0; c < geometry->corner_count; c++) {
        begin_row(out, kind, picture, SB_NOWHERE, type);
        for (size_t k = 0; k < 2; k++) {
            fmpq_set_si(share, c == k, 1);
            sb_csv_number(out->csv, k < geometry->dimensions ? share : NULL, true);
        }
        sb_csv_number(out->csv, bet + geometry->corners[c], true);
        sb_csv_number(out->csv, NULL, false);
        sb_csv_end_row(out->csv);
    }
    fmpq_clear(share);
}

static void write_bets(const geometry_csv *out, const sb_geometry_answer *answer, size_t index)
{
    const sb_geometry *geometry = out->geometry;
    const fmpq *linear = answer->extraction.agents[index].linear_payments;
    if (!sb_geometry_answer_draws_bets(geometry)) {
        return;
    }
    for (size_t t = 0; t < geometry->type_count; t++) {
        if (geometry->types[t].bet != NULL && geometry->types[t].needs_bet) {
            write_bet(out, "bet", geometry->types[t].picture, t, geometry->types[t].bet);
        }
    }
    bool one = answer->environment->agent_count == 1 && answer->environment->form == SB_FORM_ITEM;
    if (linear != NULL && one) {
        write_bet(out, "linear", SB_NOWHERE, SB_NOWHERE, linear);
    }
}

void sb_csv_geometry(sb_text *text, const void *whole)
{
    static const char *const words[] = {"agent", "kind", "picture", "number", "type"};
    static const char *const numbers[] = {"x", "y", "height", "envelope"};
    const sb_geometry_answer *answer = whole;
    sb_csv csv;
    sb_csv_init(&csv);
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++) {
        sb_csv_field(&csv, words[k]);
    }
    for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++) {
        sb_csv_number_name(&csv, numbers[k]);
    }
    sb_csv_end_row(&csv);
    for (size_t i = 0; i < answer->count; i++) {
        const geometry_csv out = {&csv, &answer->geometries[i],
                                  &answer->environment->agents[answer->first + i]};
        write_types(&out);
        write_pieces(&out);
        write_bets(&out, answer, answer->first + i);
    }
    *text = csv.text;
}
