/* Players and profiles: numbering, labels, finding.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With `after` the product of the sizes of the players behind player i,
 *     profile = (before * size_i + type) * after + rest,    others = before * after + rest.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/environment_parts.h"

size_t sb_environment_player_count(const sb_environment *environment)
{
    return environment->agent_count + (environment->has_signal ? 1 : 0);
}

size_t sb_environment_player_size(const sb_environment *environment, size_t player)
{
    return player < environment->agent_count ? environment->agents[player].type_count
                                             : environment->signal_count;
}

const char *sb_environment_player_name(const sb_environment *environment, size_t player)
{
    return player < environment->agent_count ? environment->agents[player].name
                                             : environment->signal_name;
}

static char *const *labels_of(const sb_environment *environment, size_t player)
{
    return player < environment->agent_count ? environment->agents[player].types
                                             : environment->signals;
}

const char *sb_environment_label(const sb_environment *environment, size_t player, size_t type)
{
    return labels_of(environment, player)[type];
}

size_t sb_environment_marginal_count(const sb_environment *environment)
{
    size_t count = 0;
    for (size_t p = 0; p < sb_environment_player_count(environment); p++) {
        count += sb_environment_player_size(environment, p);
    }
    return count;
}

size_t sb_players_product_from(const sb_environment *environment, size_t first)
{
    size_t product = 1;
    for (size_t p = first; p < sb_environment_player_count(environment); p++) {
        product *= sb_environment_player_size(environment, p);
    }
    return product;
}

size_t sb_environment_profile_count(const sb_environment *environment)
{
    return sb_players_product_from(environment, 0);
}

void sb_environment_profile_split(const sb_environment *environment, size_t profile, size_t *types)
{
    for (size_t p = sb_environment_player_count(environment); p-- > 0;) {
        size_t size = sb_environment_player_size(environment, p);
        types[p] = profile % size;
        profile /= size;
    }
}

size_t sb_environment_profile_join(const sb_environment *environment, const size_t *types)
{
    size_t profile = 0;
    for (size_t p = 0; p < sb_environment_player_count(environment); p++) {
        profile = profile * sb_environment_player_size(environment, p) + types[p];
    }
    return profile;
}

size_t sb_environment_type_at(const sb_environment *environment, size_t profile, size_t player)
{
    return profile / sb_players_product_from(environment, player + 1) %
           sb_environment_player_size(environment, player);
}

size_t sb_environment_others_count(const sb_environment *environment, size_t agent)
{
    return sb_environment_profile_count(environment) /
           sb_environment_player_size(environment, agent);
}

size_t sb_environment_profile_of(const sb_environment *environment, size_t agent, size_t type,
                                 size_t others)
{
    size_t after = sb_players_product_from(environment, agent + 1);
    size_t size = sb_environment_player_size(environment, agent);
    return (others / after * size + type) * after + others % after;
}

size_t sb_environment_others_at(const sb_environment *environment, size_t agent, size_t profile)
{
    size_t after = sb_players_product_from(environment, agent + 1);
    size_t size = sb_environment_player_size(environment, agent);
    return profile / (after * size) * after + profile % after;
}

/* ---- labels ---- */

/* The labels at a profile without player `left_out` (SIZE_MAX: all). */
static char *join_labels(const sb_environment *environment, size_t profile, size_t left_out,
                         bool parentheses)
{
    size_t types[SB_MAX_PLAYERS];
    sb_environment_profile_split(environment, profile, types);
    sb_text text;
    sb_text_init(&text);
    const char *before = parentheses ? "(" : "";
    for (size_t p = 0; p < sb_environment_player_count(environment); p++) {
        if (p != left_out) {
            sb_text_add(&text, before);
            sb_text_add(&text, sb_environment_label(environment, p, types[p]));
            before = ", ";
        }
    }
    sb_text_add(&text, parentheses ? ")" : "");
    return sb_text_take(&text, NULL);
}

char *sb_environment_profile_label(const sb_environment *environment, size_t profile)
{
    return join_labels(environment, profile, SIZE_MAX, true);
}

char *sb_environment_others_label(const sb_environment *environment, size_t agent, size_t others)
{
    return join_labels(environment, sb_environment_profile_of(environment, agent, 0, others), agent,
                       sb_environment_player_count(environment) > 2);
}

/* ---- finding ---- */

/* The number k of "#k" less one, where 1 <= k <= count; else count. */
static size_t numbered(const char *text, size_t length, size_t count)
{
    if (length < 2 || length > 9 || text[0] != '#') {
        return count;
    }
    size_t number = 0;
    for (size_t i = 1; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return count;
        }
        number = 10 * number + (size_t)(text[i] - '0');
    }
    return number >= 1 && number <= count ? number - 1 : count;
}

static sb_status find(char *const *labels, size_t count, const char *label, const char *what,
                      const char *whose, size_t *found, sb_error *error)
{
    size_t at = sb_labels_find(labels, count, label);
    if (at == count) {
        at = numbered(label, strlen(label), count);
    }
    if (at < count) {
        *found = at;
        return SB_OK;
    }
    sb_text list;
    sb_text_init(&list);
    for (size_t i = 0; i < count && i < 20; i++) {
        sb_text_add_format(&list, "%s%s", i == 0 ? "" : ", ", labels[i]);
    }
    if (count > 20) {
        sb_text_add_format(&list, ", ... (#1 to #%zu)", count);
    }
    char *all = sb_text_take(&list, error);
    if (all == NULL) {
        return SB_ERROR_MEMORY;
    }
    (void)sb_error_set(error, SB_ERROR_USAGE, "%s%s has no %s '%.64s': there is %s",
                       whose[0] == '\0' ? "the environment" : "", whose, what, label, all);
    free(all);
    return SB_ERROR_USAGE;
}

sb_status sb_environment_find_player(const sb_environment *environment, const char *name,
                                     size_t *player, sb_error *error)
{
    char *names[SB_MAX_PLAYERS];
    for (size_t i = 0; i < environment->agent_count; i++) {
        names[i] = environment->agents[i].name;
    }
    if (environment->has_signal) {
        names[environment->agent_count] = environment->signal_name;
    }
    return find(names, sb_environment_player_count(environment), name, "player", "", player, error);
}

sb_status sb_environment_find_type(const sb_environment *environment, size_t player,
                                   const char *label, size_t *type, sb_error *error)
{
    return find(labels_of(environment, player), sb_environment_player_size(environment, player),
                label, player < environment->agent_count ? "type" : "value",
                sb_environment_player_name(environment, player), type, error);
}

sb_status sb_environment_find_outcome(const sb_environment *environment, const char *label,
                                      size_t *outcome, sb_error *error)
{
    return find(environment->outcomes, environment->outcome_count, label, "outcome", "", outcome,
                error);
}

static const char *skip_blanks(const char *text)
{
    while (*text == ' ' || *text == '\t') {
        text++;
    }
    return text;
}

/* Match labels of the players from `player` on against text. Labels may contain commas, so the
 * first label that fits need not be the right one: try them all, within a budget of attempts. */
static bool match_labels(const sb_environment *environment, size_t player, const char *text,
                         size_t *types, size_t *budget)
{
    text = skip_blanks(text);
    bool last = player + 1 == sb_environment_player_count(environment);
    size_t size = sb_environment_player_size(environment, player);
    char *const *labels = labels_of(environment, player);
    size_t number_length = text[0] == '#' ? 1 + strspn(text + 1, "0123456789") : 0;
    size_t number = numbered(text, number_length, size);
    /* All labels, and then "#k". */
    for (size_t t = 0; t <= size && *budget > 0; t++) {
        size_t length = t < size ? strlen(labels[t]) : number_length;
        if (t < size ? strncmp(text, labels[t], length) != 0 : number == size) {
            continue;
        }
        const char *rest = skip_blanks(text + length);
        if (*rest != (last ? '\0' : ',')) {
            continue;
        }
        (*budget)--;
        types[player] = t < size ? t : number;
        if (last || match_labels(environment, player + 1, rest + 1, types, budget)) {
            return true;
        }
    }
    return false;
}

/* Why a text is no profile: the number of its parts, or the first part that is no label. */
static sb_status explain_profile(const sb_environment *environment, const char *text,
                                 sb_error *error)
{
    size_t players = sb_environment_player_count(environment);
    size_t parts = 1;
    for (const char *c = text; *c != '\0'; c++) {
        parts += *c == ',';
    }
    if (parts != players) {
        (void)sb_error_set(error, SB_ERROR_USAGE,
                           "a profile has one label a player, %zu with commas between: '%.64s' has "
                           "%zu",
                           players, text, parts);
        char *example = sb_environment_profile_label(environment, 0);
        sb_error_set_hint(error, "write it as in %s", example == NULL ? "(1, 2)" : example);
        free(example);
        return SB_ERROR_USAGE;
    }
    const char *part = text;
    for (size_t p = 0; p < players; p++) {
        part = skip_blanks(part);
        size_t length = strcspn(part, ",");
        size_t kept = length;
        while (kept > 0 && (part[kept - 1] == ' ' || part[kept - 1] == '\t')) {
            kept--;
        }
        char *label = sb_copy_text_part(part, kept);
        if (label == NULL) {
            return sb_out_of_memory(error);
        }
        size_t type = 0;
        sb_status status = sb_environment_find_type(environment, p, label, &type, error);
        free(label);
        if (status != SB_OK) {
            return status;
        }
        part += length + (part[length] == ',' ? 1 : 0);
    }
    return sb_error_set(error, SB_ERROR_USAGE, "'%.64s' is not a profile", text);
}

sb_status sb_environment_find_profile(const sb_environment *environment, const char *labels,
                                      size_t *profile, sb_error *error)
{
    size_t types[SB_MAX_PLAYERS];
    size_t budget = 10000;
    /* As it stands first: the last label may itself end with a parenthesis. */
    if (match_labels(environment, 0, labels, types, &budget)) {
        *profile = sb_environment_profile_join(environment, types);
        return SB_OK;
    }
    const char *start = skip_blanks(labels);
    size_t length = strlen(start);
    while (length > 0 && (start[length - 1] == ' ' || start[length - 1] == '\t')) {
        length--;
    }
    bool enclosed = length >= 2 && start[0] == '(' && start[length - 1] == ')';
    char *inner = enclosed ? sb_copy_text_part(start + 1, length - 2) : sb_copy_text(labels);
    if (inner == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = SB_OK;
    budget = 10000;
    if (enclosed && match_labels(environment, 0, inner, types, &budget)) {
        *profile = sb_environment_profile_join(environment, types);
    } else {
        status = explain_profile(environment, inner, error);
    }
    free(inner);
    return status;
}
