/* The answer of sidebet geometry as JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include <math.h>
#include <stdlib.h>

#include "cli/geometry.h"
#include "cli/report_beliefs.h"

typedef struct geometry_json {
    sb_json *json;
    const sb_geometry_answer *answer;
    const sb_geometry *geometry;
    const sb_agent *agent;
} geometry_json;

/* {"TYPE": number} of the types that are there. */
static void write_by_type(const geometry_json *out, const char *key, const fmpq *numbers,
                          const bool *has, bool fractions)
{
    if (numbers == NULL) {
        sb_json_null(out->json, key);
        return;
    }
    sb_json_begin_object(out->json, key);
    for (size_t s = 0; s < out->geometry->type_count; s++) {
        bool there = has != NULL ? has[s] : out->geometry->types[s].has_belief;
        if (there && fractions) {
            sb_json_fraction(out->json, out->agent->types[s], numbers + s);
        } else if (there) {
            sb_json_number(out->json, out->agent->types[s], numbers + s);
        }
    }
    sb_json_end_object(out->json);
}

static void write_numbers(const geometry_json *out, size_t t, bool fractions)
{
    const sb_geometry *geometry = out->geometry;
    const sb_geometry_type *type = &geometry->types[t];
    bool exact = geometry->projection != SB_PROJECTION_COMPONENTS;
    sb_json_rationals(
        out->json, "place",
        type->placed && (exact || !fractions) ? geometry->places + t * geometry->dimensions : NULL,
        geometry->dimensions, fractions);
    sb_json_rationals(out->json, "bet", type->bet, geometry->others_count, fractions);
    write_by_type(out, "slack", type->slack, NULL, fractions);
    if (type->mixture == NULL) {
        sb_json_null(out->json, "mixture");
    } else {
        sb_json_mixture(out->json, "mixture", out->agent, type->mixture, fractions);
    }
}

static void write_type(const geometry_json *out, size_t t)
{
    const sb_geometry_type *type = &out->geometry->types[t];
    bool known = type->has_belief && type->confirmed;
    sb_json_begin_object(out->json, NULL);
    sb_json_string(out->json, "type", out->agent->types[t]);
    sb_json_value(out->json, "worth", known ? &type->value : NULL, true);
    sb_json_value(out->json, "envelope", known ? &type->envelope : NULL, true);
    sb_json_string(out->json, "side_bet",
                   !type->has_belief  ? NULL
                   : !type->confirmed ? "not confirmed"
                   : !type->needs_bet ? "needs none"
                   : type->holds      ? "yes"
                                      : "no");
    if (type->confirmed) {
        sb_json_count(out->json, "picture", type->picture);
    } else {
        sb_json_null(out->json, "picture");
    }
    write_numbers(out, t, false);
    sb_json_begin_object(out->json, "exact");
    write_numbers(out, t, true);
    sb_json_end_object(out->json);
    sb_json_end_object(out->json);
}

static void write_names(const geometry_json *out, const char *key, const size_t *types,
                        size_t count)
{
    sb_json_begin_array(out->json, key);
    for (size_t k = 0; k < count; k++) {
        sb_json_string(out->json, NULL, out->agent->types[types[k]]);
    }
    sb_json_end_array(out->json);
}

static void write_picture(const geometry_json *out, const sb_geometry_picture *picture)
{
    bool exact = out->geometry->projection != SB_PROJECTION_COMPONENTS;
    sb_json_begin_object(out->json, NULL);
    sb_json_string(out->json, "type", out->agent->types[picture->type]);
    write_by_type(out, "heights", picture->heights, picture->has, false);
    write_by_type(out, "envelope", picture->known ? picture->envelope : NULL, picture->has, false);
    sb_json_begin_array(out->json, "pieces");
    for (size_t p = 0; p < picture->piece_count; p++) {
        const sb_geometry_piece *piece = &picture->pieces[p];
        sb_json_begin_object(out->json, NULL);
        write_names(out, "corners", piece->types, piece->corner_count);
        write_names(out, "types", piece->types, piece->type_count);
        sb_json_rationals(out->json, "plane", piece->plane, 1 + out->geometry->dimensions, false);
        sb_json_begin_object(out->json, "exact");
        sb_json_rationals(out->json, "plane", exact ? piece->plane : NULL,
                          1 + out->geometry->dimensions, true);
        sb_json_end_object(out->json);
        sb_json_end_object(out->json);
    }
    sb_json_end_array(out->json);
    sb_json_begin_object(out->json, "exact");
    write_by_type(out, "heights", picture->heights, picture->has, true);
    write_by_type(out, "envelope", picture->known && exact ? picture->envelope : NULL, picture->has,
                  true);
    sb_json_end_object(out->json);
    sb_json_end_object(out->json);
}

static void write_projection(const geometry_json *out)
{
    const sb_geometry *geometry = out->geometry;
    sb_json_string(out->json, "projection", sb_projection_name(geometry->projection));
    sb_json_begin_array(out->json, "corners");
    for (size_t k = 0; k < geometry->corner_count; k++) {
        char *name = sb_geometry_answer_corner(out->answer, geometry, k);
        sb_json_string(out->json, NULL, name);
        free(name);
    }
    sb_json_end_array(out->json);
    if (geometry->loadings == NULL) {
        sb_json_null(out->json, "components");
        return;
    }
    sb_json_begin_array(out->json, "components");
    for (size_t k = 0; k < geometry->dimensions; k++) {
        sb_json_begin_object(out->json, NULL);
        sb_json_double(out->json, "share", geometry->shares[k]);
        sb_json_begin_array(out->json, "loadings");
        for (size_t signal = 0; signal < geometry->others_count; signal++) {
            sb_json_double(out->json, NULL,
                           geometry->loadings[k * geometry->others_count + signal]);
        }
        sb_json_end_array(out->json);
        sb_json_end_object(out->json);
    }
    sb_json_end_array(out->json);
}

static void write_agent(sb_json *json, const sb_geometry_answer *answer, size_t index)
{
    const geometry_json out = {json, answer, &answer->geometries[index - answer->first],
                               &answer->environment->agents[index]};
    const sb_agent_extraction *extraction = &answer->extraction.agents[index];
    sb_json_begin_object(json, NULL);
    sb_json_string(json, "name", out.agent->name);
    write_projection(&out);
    sb_json_bool(json, "shared", out.geometry->shared);
    sb_json_begin_array(json, "types");
    for (size_t t = 0; t < out.geometry->type_count; t++) {
        write_type(&out, t);
    }
    sb_json_end_array(json);
    sb_json_begin_array(json, "pictures");
    for (size_t p = 0; p < out.geometry->picture_count; p++) {
        write_picture(&out, &out.geometry->pictures[p]);
    }
    sb_json_end_array(json);
    sb_json_bool(json, "concave", extraction->concave);
    sb_json_bool(json, "linear", extraction->linear);
    sb_json_others(json, "others", answer->environment, index);
    sb_json_end_object(json);
}

void sb_json_geometry(sb_text *text, const void *whole)
{
    const sb_geometry_answer *answer = whole;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_string(&json, "title", answer->environment->title);
    sb_json_begin_array(&json, "agents");
    for (size_t i = 0; i < answer->count; i++) {
        write_agent(&json, answer, answer->first + i);
    }
    sb_json_end_array(&json);
    sb_json_notes(&json, "reasons", &answer->extraction.reasons);
    sb_json_notes(&json, "notes", &answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}
