/* Names of columns and rows that people can read.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "mechanism/design_rows.h"

/* What stands between labels in a name, outside of parentheses, would be taken for that. */
static bool is_ambiguous(const char *label)
{
    static const char *const between[] = {" | ", ", ", " as ", ": "};
    int depth = 0;
    for (const char *at = label; *at != '\0'; at++) {
        depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
        bool found = *at == '"';
        for (size_t k = 0; k < sizeof between / sizeof between[0] && depth == 0; k++) {
            found = found || strncmp(at, between[k], strlen(between[k])) == 0;
        }
        if (found) {
            return true;
        }
    }
    return depth != 0;
}

/* A label as it is, or in quotes, its own quotes doubled, where it could be misread. */
static void add_label(sb_text *text, const char *label)
{
    if (!is_ambiguous(label)) {
        sb_text_add(text, label);
        return;
    }
    sb_text_add(text, "\"");
    for (const char *at = label; *at != '\0'; at++) {
        sb_text_add(text, *at == '"' ? "\"" : "");
        sb_text_add_part(text, at, 1);
    }
    sb_text_add(text, "\"");
}

static char *quoted(const char *label)
{
    sb_text text;
    sb_text_init(&text);
    add_label(&text, label);
    return sb_text_take(&text, NULL);
}

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
            sb_text_add(&text, first ? "" : ", ");
            add_label(&text, sb_environment_label(environment, player, type));
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
        char *agent = quoted(sb_environment_player_name(environment, constraint->agent));
        char *type =
            quoted(constraint->type == SB_NOWHERE
                       ? ""
                       : sb_environment_label(environment, constraint->agent, constraint->type));
        char *report =
            quoted(constraint->report == SB_NOWHERE || constraint->kind != SB_CONSTRAINT_INCENTIVE
                       ? ""
                       : sb_environment_label(environment, constraint->agent, constraint->report));
        if (agent == NULL || type == NULL || report == NULL) {
            name = NULL;
        } else if (constraint->kind == SB_CONSTRAINT_INCENTIVE) {
            name = sb_format_text("IC %s: %s as %s%s%s", agent, type, report, bar, place);
        } else if (constraint->type == SB_NOWHERE) {
            name = sb_format_text("IR %s", agent);
        } else {
            name = sb_format_text("IR %s: %s%s%s", agent, type, bar, place);
        }
        free(agent);
        free(type);
        free(report);
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
    char *shown = quoted(what);
    char *name = shown == NULL ? NULL : sb_format_text("%s(%s | %s)", kind, shown, place);
    free(shown);
    free(place);
    if (name == NULL) {
        sb_out_of_memory(error);
    }
    return name;
}
