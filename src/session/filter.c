/* Which profiles the lists show.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A compiled filter holds one flag a type: whether the type is among those said of its player; and
 * for each other word, whether the type's label holds it. So a profile costs a few look-ups.
 */
#include "session/filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* ---- words ---- */

/* PLAYER=TYPE; *found false, with SB_OK: it has no = and is a text. */
static sb_status read_condition(const sb_environment *environment, const char *word, size_t *player,
                                size_t *type, bool *found, sb_error *error)
{
    const char *sign = strrchr(word, '=');
    *found = sign != NULL;
    if (sign == NULL) {
        return SB_OK;
    }
    char *name = sb_copy_text_part(word, (size_t)(sign - word));
    if (name == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = sb_environment_find_player(environment, name, player, error);
    free(name);
    return status == SB_OK ? sb_environment_find_type(environment, *player, sign + 1, type, error)
                           : status;
}

/* Words before a word with = may be the beginning of the player's name: "agent 1=2". How many; 0:
 * none. */
static size_t words_of_name(const sb_environment *environment, char *const *words, size_t at)
{
    for (size_t from = 0; from < at; from++) {
        sb_text text;
        sb_text_init(&text);
        for (size_t word = from; word <= at; word++) {
            sb_text_add(&text, word == from ? "" : " ");
            sb_text_add(&text, words[word]);
        }
        char *joined = sb_text_take(&text, NULL);
        size_t player = 0;
        size_t type = 0;
        bool found = false;
        bool good = joined != NULL &&
                    read_condition(environment, joined, &player, &type, &found, NULL) == SB_OK &&
                    found;
        free(joined);
        if (good) {
            return at - from;
        }
    }
    return 0;
}

static sb_status add_word(const sb_environment *environment, const char *word, sb_text *text,
                          sb_error *error)
{
    size_t player = 0;
    size_t type = 0;
    bool found = false;
    sb_status status = read_condition(environment, word, &player, &type, &found, error);
    if (status == SB_OK) {
        sb_text_add(text, text->length == 0 ? "" : " ");
        sb_words_quote(text, word);
    }
    return status;
}

sb_status sb_filter_text(const sb_environment *environment, char *const *words, size_t count,
                         char **text, sb_error *error)
{
    sb_text all;
    sb_text_init(&all);
    sb_status status = SB_OK;
    size_t done = 0; /* words before it are in the text */
    for (size_t at = 0; at < count && status == SB_OK; at++) {
        if (strchr(words[at], '=') == NULL) {
            continue;
        }
        size_t before = words_of_name(environment, words + done, at - done);
        for (; done < at - before && status == SB_OK; done++) {
            status = add_word(environment, words[done], &all, error);
        }
        sb_text name;
        sb_text_init(&name);
        for (; done <= at; done++) {
            sb_text_add(&name, name.length == 0 ? "" : " ");
            sb_text_add(&name, words[done]);
        }
        char *joined = sb_text_take(&name, error);
        if (status == SB_OK) {
            status = joined == NULL ? SB_ERROR_MEMORY : add_word(environment, joined, &all, error);
        }
        free(joined);
    }
    for (; done < count && status == SB_OK; done++) {
        status = add_word(environment, words[done], &all, error);
    }
    if (status != SB_OK) {
        sb_text_clear(&all);
        return status;
    }
    *text = sb_text_take(&all, error);
    return *text == NULL ? SB_ERROR_MEMORY : SB_OK;
}

/* ---- the profiles ---- */

typedef struct compiled {
    size_t players, types; /* types: of all players together */
    size_t start[SB_MAX_PLAYERS], size[SB_MAX_PLAYERS];
    bool restricted[SB_MAX_PLAYERS]; /* something is said of the player */
    bool *allowed;                   /* one a type */
    size_t texts;
    bool *holds; /* one a text and type */
} compiled;

static void take_text(const sb_environment *environment, const char *word, compiled *filter)
{
    bool *holds = filter->holds + filter->texts * filter->types;
    for (size_t player = 0; player < filter->players; player++) {
        for (size_t type = 0; type < filter->size[player]; type++) {
            const char *label = sb_environment_label(environment, player, type);
            holds[filter->start[player] + type] = strstr(label, word) != NULL;
        }
    }
    filter->texts++;
}

/* False: a word names what is not there. */
static bool take_words(const sb_environment *environment, const sb_words *words, compiled *filter)
{
    for (size_t word = 0; word < words->count; word++) {
        size_t player = 0;
        size_t type = 0;
        bool found = false;
        if (read_condition(environment, words->texts[word], &player, &type, &found, NULL) !=
            SB_OK) {
            return false;
        }
        if (found) {
            filter->restricted[player] = true;
            filter->allowed[filter->start[player] + type] = true;
        } else {
            take_text(environment, words->texts[word], filter);
        }
    }
    return true;
}

static bool passes(const compiled *filter, const size_t *types)
{
    for (size_t player = 0; player < filter->players; player++) {
        if (filter->restricted[player] && !filter->allowed[filter->start[player] + types[player]]) {
            return false;
        }
    }
    for (size_t text = 0; text < filter->texts; text++) {
        bool held = false;
        for (size_t player = 0; player < filter->players; player++) {
            held =
                held || filter->holds[text * filter->types + filter->start[player] + types[player]];
        }
        if (!held) {
            return false;
        }
    }
    return true;
}

static size_t collect(const sb_environment *environment, const compiled *filter, size_t *profiles)
{
    size_t count = 0;
    size_t types[SB_MAX_PLAYERS] = {0};
    size_t all = sb_environment_profile_count(environment);
    for (size_t profile = 0; profile < all; profile++) {
        if (passes(filter, types)) {
            profiles[count++] = profile;
        }
        for (size_t player = filter->players; player-- > 0;) { /* the last turns fastest */
            if (++types[player] < filter->size[player]) {
                break;
            }
            types[player] = 0;
        }
    }
    return count;
}

static bool compile(const sb_environment *environment, size_t words, compiled *filter)
{
    filter->players = sb_environment_player_count(environment);
    for (size_t player = 0; player < filter->players; player++) {
        filter->start[player] = filter->types;
        filter->size[player] = sb_environment_player_size(environment, player);
        filter->types += filter->size[player];
    }
    filter->allowed = sb_allocate(filter->types, sizeof *filter->allowed);
    filter->holds = sb_allocate(filter->types * (words + 1), sizeof *filter->holds);
    return filter->allowed != NULL && filter->holds != NULL;
}

size_t *sb_filter_profiles(const sb_environment *environment, const char *text, size_t *count)
{
    *count = 0;
    sb_words words;
    sb_words_init(&words);
    compiled filter = {.types = 0};
    size_t *profiles = sb_allocate(sb_environment_profile_count(environment), sizeof *profiles);
    bool good = profiles != NULL && sb_words_split(text, strlen(text), &words, NULL) == SB_OK &&
                compile(environment, words.count, &filter);
    if (good && take_words(environment, &words, &filter)) {
        *count = collect(environment, &filter, profiles);
    }
    if (!good) {
        free(profiles);
        profiles = NULL;
    }
    free(filter.allowed);
    free(filter.holds);
    sb_words_clear(&words);
    return profiles;
}
