/* The answer of sidebet sensitivity as JSON and as CSV.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include <math.h>

#include "cli/csv_writer.h"
#include "cli/json_solve.h"
#include "cli/json_writer.h"
#include "cli/sensitivity.h"

static void write_side(sb_json *json, const char *key, const sb_sensitivity_side *side)
{
    if (!side->exists || !side->confirmed) {
        sb_json_null(json, key);
        return;
    }
    sb_json_begin_object(json, key);
    sb_json_value(json, "derivative", &side->derivative, true);
    sb_json_value(json, "jump", side->jump ? &side->jump_size : NULL, true);
    sb_json_end_object(json);
}

void sb_json_sensitivity(sb_text *text, const void *whole)
{
    const sb_sensitivity_answer *answer = whole;
    const sb_sensitivity *sensitivity = answer->sensitivity;
    const sb_environment *environment = answer->environment;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_begin_array(&json, "cells");
    for (size_t profile = 0; profile < sensitivity->profile_count; profile++) {
        const sb_sensitivity_cell *cell = &sensitivity->cells[profile];
        sb_json_begin_object(&json, NULL);
        sb_json_begin_object(&json, "profile");
        for (size_t player = 0; player < sb_environment_player_count(environment); player++) {
            size_t type = sb_environment_type_at(environment, profile, player);
            sb_json_string(&json, sb_environment_player_name(environment, player),
                           sb_environment_label(environment, player, type));
        }
        sb_json_end_object(&json);
        sb_json_string(&json, "kind", sb_sensitivity_kind_name(cell->kind));
        write_side(&json, "down", &cell->down);
        write_side(&json, "up", &cell->up);
        sb_json_end_object(&json);
    }
    sb_json_end_array(&json);
    sb_json_string(&json, "title", environment->title);
    sb_json_string(&json, "mass", sb_mass_mode_describe(sensitivity->mode)->name);
    sb_json_bool(&json, "at_independence", sensitivity->at_independence);
    sb_json_notes(&json, "remarks", &sensitivity->remarks);
    sb_json_rules(&json, environment);
    sb_json_notes(&json, "notes", answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}

static void write_fields(sb_csv *csv, const sb_sensitivity_side *side)
{
    bool known = side->exists && side->confirmed;
    sb_csv_number(csv, known ? &side->derivative : NULL, true);
    sb_csv_number(csv, known ? &side->jump_size : NULL, true);
}

void sb_csv_sensitivity(sb_text *text, const void *whole)
{
    const sb_sensitivity_answer *answer = whole;
    const sb_environment *environment = answer->environment;
    size_t players = sb_environment_player_count(environment);
    sb_csv csv;
    sb_csv_init(&csv);
    for (size_t player = 0; player < players; player++) {
        sb_csv_field(&csv, sb_environment_player_name(environment, player));
    }
    sb_csv_field(&csv, "kind");
    sb_csv_number_name(&csv, "down");
    sb_csv_number_name(&csv, "down_jump");
    sb_csv_number_name(&csv, "up");
    sb_csv_number_name(&csv, "up_jump");
    sb_csv_end_row(&csv);
    for (size_t profile = 0; profile < answer->sensitivity->profile_count; profile++) {
        const sb_sensitivity_cell *cell = &answer->sensitivity->cells[profile];
        for (size_t player = 0; player < players; player++) {
            size_t type = sb_environment_type_at(environment, profile, player);
            sb_csv_field(&csv, sb_environment_label(environment, player, type));
        }
        sb_csv_field(&csv, sb_sensitivity_kind_name(cell->kind));
        write_fields(&csv, &cell->down);
        write_fields(&csv, &cell->up);
        sb_csv_end_row(&csv);
    }
    *text = csv.text;
}
