/* Names written so that a command finds them again.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A label is used where it leads back to what it names; where it does not (it holds a comma, or
 * looks like a number of another), the position does: #2.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"

static void add_word(sb_text *text, const char *word)
{
    sb_text_add(text, " ");
    sb_words_quote(text, word);
}

static void add_position(sb_text *text, size_t index)
{
    char position[32];
    snprintf(position, sizeof position, "#%zu", index + 1);
    add_word(text, position);
}

void sb_names_player(sb_text *text, const sb_environment *environment, size_t player)
{
    const char *name = sb_environment_player_name(environment, player);
    size_t found = 0;
    if (sb_environment_find_player(environment, name, &found, NULL) == SB_OK && found == player) {
        add_word(text, name);
    } else {
        add_position(text, player);
    }
}

void sb_names_type(sb_text *text, const sb_environment *environment, size_t player, size_t type)
{
    const char *label = sb_environment_label(environment, player, type);
    size_t found = 0;
    if (sb_environment_find_type(environment, player, label, &found, NULL) == SB_OK &&
        found == type) {
        add_word(text, label);
    } else {
        add_position(text, type);
    }
}

void sb_names_profile(sb_text *text, const sb_environment *environment, size_t profile)
{
    for (int positions = 0; positions < 2; positions++) {
        sb_text labels;
        sb_text_init(&labels);
        for (size_t player = 0; player < sb_environment_player_count(environment); player++) {
            size_t type = sb_environment_type_at(environment, profile, player);
            sb_text_add(&labels, player == 0 ? "" : ",");
            if (positions == 0) {
                sb_text_add(&labels, sb_environment_label(environment, player, type));
            } else {
                sb_text_add_format(&labels, "#%zu", type + 1);
            }
        }
        char *word = sb_text_take(&labels, NULL);
        size_t found = 0;
        if (word == NULL) {
            text->failed = true;
            return;
        }
        bool good = positions == 1 ||
                    (sb_environment_find_profile(environment, word, &found, NULL) == SB_OK &&
                     found == profile);
        if (good) {
            add_word(text, word);
        }
        free(word);
        if (good) {
            return;
        }
    }
}

sb_status sb_names_find_outcome(const sb_environment *environment, const char *label,
                                size_t *outcome, sb_error *error)
{
    for (size_t index = 0; index < environment->outcome_count; index++) {
        if (strcmp(environment->outcomes[index], label) == 0) {
            *outcome = index;
            return SB_OK;
        }
    }
    char *end = NULL;
    unsigned long position = label[0] == '#' ? strtoul(label + 1, &end, 10) : 0;
    if (position >= 1 && position <= environment->outcome_count && *end == '\0') {
        *outcome = position - 1;
        return SB_OK;
    }
    sb_error_set(error, SB_ERROR_USAGE, "there is no outcome `%s`", label);
    sb_error_set_hint(error, "the first is `%s`, the last `%s`; #2 is the second",
                      environment->outcomes[0],
                      environment->outcomes[environment->outcome_count - 1]);
    return SB_ERROR_USAGE;
}

void sb_names_outcome(sb_text *text, const sb_environment *environment, size_t outcome)
{
    size_t found = 0;
    if (sb_names_find_outcome(environment, environment->outcomes[outcome], &found, NULL) == SB_OK &&
        found == outcome) {
        add_word(text, environment->outcomes[outcome]);
    } else {
        add_position(text, outcome);
    }
}

void sb_names_entry(sb_text *text, const sb_environment *environment, size_t agent, size_t entry)
{
    size_t found = 0;
    char *name = sb_environment_entry_name(environment, agent, entry);
    if (name != NULL &&
        sb_environment_find_entry(environment, agent, name, &found, NULL) == SB_OK &&
        found == entry) {
        add_word(text, name);
    } else {
        add_position(text, entry);
    }
    free(name);
}

void sb_names_number(sb_text *text, const fmpq_t number)
{
    sb_text_add(text, " ");
    sb_text_add_rational(text, number, SB_NUMBER_DECIMAL);
}
