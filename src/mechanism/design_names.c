/* Names of columns and rows that people can read.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "mechanism/design_rows.h"

/* The labels of a profile with commas, one player left out (or SB_NOWHERE). */
static char *labels_at(const sb_environment *environment, size_t profile, size_t without,
                       sb_error *error)
{
    sb_text text;
    sb_text_init(&text);
    size_t players = sb_environment_player_count(environment);
    bool first = true;
    for (size_t player = 0; player < players; player++) {
        if (player != without) {
            size_t type = sb_environment_type_at(environment, profile, player);
            sb_text_add_format(&text, first ? "%s" : ", %s",
                               sb_environment_label(environment, player, type));
            first = false;
        }
    }
    return sb_text_take(&text, error);
}

char *sb_design_row_name(const sb_environment *environment, const sb_constraint *constraint,
                         sb_error *error)
{
    char *place = NULL;
    if (constraint->agent == SB_NOWHERE) {
        place = labels_at(environment, constraint->profile, SB_NOWHERE, error);
    } else if (constraint->others != SB_NOWHERE) {
        size_t profile = sb_environment_profile_of(environment, constraint->agent, constraint->type,
                                                   constraint->others);
        place = labels_at(environment, profile, constraint->agent, error);
    } else {
        place = sb_copy_text("");
    }
    if (place == NULL) {
        sb_out_of_memory(error);
        return NULL;
    }
    char *name = NULL;
    const char *bar = place[0] == '\0' ? "" : " | ";
    if (constraint->agent == SB_NOWHERE) {
        bool budget = constraint->kind == SB_CONSTRAINT_BUDGET;
        name = sb_format_text(budget ? "budget%s%s" : "sum%s%s", bar, place);
    } else {
        const char *agent = sb_environment_player_name(environment, constraint->agent);
        const char *type =
            constraint->type == SB_NOWHERE
                ? ""
                : sb_environment_label(environment, constraint->agent, constraint->type);
        if (constraint->kind == SB_CONSTRAINT_INCENTIVE) {
            name = sb_format_text(
                "IC %s: %s as %s%s%s", agent, type,
                sb_environment_label(environment, constraint->agent, constraint->report), bar,
                place);
        } else if (constraint->type == SB_NOWHERE) {
            name = sb_format_text("IR %s", agent);
        } else {
            name = sb_format_text("IR %s: %s%s%s", agent, type, bar, place);
        }
    }
    free(place);
    if (name == NULL) {
        sb_out_of_memory(error);
    }
    return name;
}

char *sb_design_column_name(const sb_environment *environment, const char *kind, const char *what,
                            size_t profile, sb_error *error)
{
    char *place = labels_at(environment, profile, SB_NOWHERE, error);
    if (place == NULL) {
        return NULL;
    }
    char *name = sb_format_text("%s(%s | %s)", kind, what, place);
    free(place);
    if (name == NULL) {
        sb_out_of_memory(error);
    }
    return name;
}
