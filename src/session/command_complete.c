/* Completing the word under the cursor of a command line.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/manual.h"
#include "session/tours.h"

/* Beyond this many profiles a list of them helps nobody. */
#define MOST_PROFILES 10000

typedef struct candidates {
    const char *begun; /* the word so far, without quotes */
    char **words;
    size_t count, capacity;
    bool failed;
} candidates;

static void offer(candidates *found, const char *word)
{
    if (strncmp(word, found->begun, strlen(found->begun)) != 0) {
        return;
    }
    sb_text text;
    sb_text_init(&text);
    sb_words_quote(&text, word);
    char *quoted = sb_text_take(&text, NULL);
    /* One more for the NULL at the end. */
    if (quoted == NULL ||
        !sb_grow(&found->words, &found->capacity, found->count + 2, sizeof *found->words)) {
        free(quoted);
        found->failed = true;
        return;
    }
    found->words[found->count++] = quoted;
}

static void offer_all(candidates *found, const char *const *words)
{
    for (size_t index = 0; words != NULL && words[index] != NULL; index++) {
        offer(found, words[index]);
    }
}

static void offer_commands(candidates *found)
{
    for (size_t index = 0; index < sb_command_count(); index++) {
        offer(found, sb_command_at(index)->name);
    }
}

/* What help explains. An option has its dashes where they are typed. */
static void offer_topics(candidates *found)
{
    sb_manual manual;
    sb_manual_init(&manual);
    for (size_t i = 0; i < manual.count; i++) {
        const char *name = manual.topics[i].name;
        if (strlen(name) > 1) {
            offer(found, found->begun[0] == '-' ? name : name + strspn(name, "-"));
        }
    }
    found->failed = found->failed || manual.failed;
    sb_manual_clear(&manual);
}

static void offer_profiles(candidates *found, const sb_environment *environment)
{
    size_t count = sb_environment_profile_count(environment);
    for (size_t profile = 0; profile < count && count <= MOST_PROFILES; profile++) {
        sb_text text;
        sb_text_init(&text);
        for (size_t player = 0; player < sb_environment_player_count(environment); player++) {
            size_t type = sb_environment_type_at(environment, profile, player);
            sb_text_add(&text, player == 0 ? "" : ",");
            sb_text_add(&text, sb_environment_label(environment, player, type));
        }
        char *word = sb_text_take(&text, NULL);
        if (word != NULL) {
            offer(found, word);
        }
        free(word);
    }
}

static void offer_types(candidates *found, const sb_environment *environment, const char *name)
{
    size_t player = 0;
    if (sb_environment_find_player(environment, name, &player, NULL) != SB_OK) {
        return;
    }
    for (size_t type = 0; type < sb_environment_player_size(environment, player); type++) {
        offer(found, sb_environment_label(environment, player, type));
    }
}

/* The signal has no rules and reports nothing. */
static bool is_of_agents(const sb_command_description *command)
{
    return strcmp(command->name, "ic") == 0 || strcmp(command->name, "ir") == 0 ||
           strcmp(command->name, "reports") == 0;
}

static void offer_players(candidates *found, const sb_environment *environment,
                          const sb_command_description *command)
{
    size_t count =
        is_of_agents(command) ? environment->agent_count : sb_environment_player_count(environment);
    for (size_t player = 0; player < count; player++) {
        offer(found, sb_environment_player_name(environment, player));
    }
}

/* `rename-type agent 1 2`: the player's two words count as one argument. */
static void join_player(sb_words *words, const sb_environment *environment)
{
    size_t player = 0;
    for (size_t end = 2; end <= words->count; end++) {
        sb_text text;
        sb_text_init(&text);
        for (size_t word = 1; word < end; word++) {
            sb_text_add(&text, word == 1 ? "" : " ");
            sb_text_add(&text, words->texts[word]);
        }
        char *name = sb_text_take(&text, NULL);
        bool is_player =
            name != NULL && sb_environment_find_player(environment, name, &player, NULL) == SB_OK;
        free(name);
        if (is_player) {
            sb_words_join(words, 1, end, " ", NULL);
            return;
        }
    }
}

/* The signal's labels, for the commands that name no player. */
static void offer_signals(candidates *found, const sb_environment *environment)
{
    for (size_t signal = 0; environment->has_signal && signal < environment->signal_count;
         signal++) {
        offer(found, environment->signals[signal]);
    }
}

/* "Ann=2", for every type of every player. */
static void offer_conditions(candidates *found, const sb_environment *environment)
{
    for (size_t player = 0; player < sb_environment_player_count(environment); player++) {
        size_t size = sb_environment_player_size(environment, player);
        for (size_t type = 0; type < size && size <= MOST_PROFILES; type++) {
            char *word = sb_format_text("%s=%s", sb_environment_player_name(environment, player),
                                        sb_environment_label(environment, player, type));
            if (word != NULL) {
                offer(found, word);
            }
            free(word);
        }
    }
}

/* What a type of the agent has values of. */
static void offer_entries(candidates *found, const sb_environment *environment, const char *name)
{
    size_t agent = 0;
    if (sb_environment_find_player(environment, name, &agent, NULL) != SB_OK ||
        agent >= environment->agent_count || environment->agents[agent].value_count < 2) {
        return;
    }
    for (size_t entry = 0; entry < environment->agents[agent].value_count; entry++) {
        char *text = sb_environment_entry_name(environment, agent, entry);
        if (text != NULL) {
            offer(found, text);
        }
        free(text);
    }
}

/* Behind a word of robust: its choices, a type, or files. */
static void offer_robust(candidates *found, const sb_environment *environment,
                         const sb_words *words, bool *files)
{
    const char *word = words->texts[1];
    bool second = words->count == 2;
    if (strcmp(word, "tables") == 0 || strcmp(word, "save") == 0 || strcmp(word, "save!") == 0 ||
        (second && strcmp(word, "samples") == 0)) {
        *files = true;
        return;
    }
    if (second && strcmp(word, "draw") == 0) {
        return;
    }
    if (strcmp(word, "type") == 0 && environment != NULL) {
        offer_types(found, environment, environment->agents[0].name);
    }
    const char *const *choices = sb_robust_words_after(word);
    if (choices != NULL) {
        offer_all(found, choices);
    }
}

/* Behind a word of geometry: an agent, a type, signals, or a direction. */
static void offer_geometry(candidates *found, const sb_session *session, const sb_words *words)
{
    static const char *const next[] = {"next", NULL};
    static const char *const along[] = {"next", "previous", NULL};
    static const char *const upright[] = {"up", "down", NULL};
    static const char *const level[] = {"left", "right", NULL};
    const char *word = words->texts[1];
    const sb_environment *environment = session == NULL ? NULL : sb_session_environment(session);
    if (environment == NULL) {
        return;
    }
    size_t agent = sb_session_geometry_choice(session).agent;
    if (strcmp(word, "agent") == 0) {
        for (size_t k = 0; k < environment->agent_count; k++) {
            offer(found, environment->agents[k].name);
        }
        offer_all(found, next);
    } else if (strcmp(word, "type") == 0) {
        offer_types(found, environment, environment->agents[agent].name);
        offer_all(found, along);
    } else if (strcmp(word, "signals") == 0) {
        for (size_t k = 0; k < sb_environment_others_count(environment, agent); k++) {
            char *label = sb_environment_others_label(environment, agent, k);
            if (label != NULL) {
                offer(found, label);
            }
            free(label);
        }
    } else if (strcmp(word, "value") == 0) {
        offer_all(found, upright);
    } else if (strcmp(word, "belief") == 0) {
        offer_all(found, level);
    }
}

static void offer_simulate(candidates *found, const sb_words *words, bool *files)
{
    const char *const *choices = sb_simulate_words_after(words->texts[1], files);
    if (choices != NULL) {
        offer_all(found, choices);
    }
}

/* The items or assets, or what else becomes of the one that was named. */
static void offer_goods(candidates *found, const sb_environment *environment, const char *asset)
{
    for (size_t g = 0; g < environment->good_count; g++) {
        const sb_good *good = &environment->goods[g];
        if (asset == NULL) {
            offer(found, good->name);
        }
        for (size_t use = 0;
             asset != NULL && strcmp(good->name, asset) == 0 && use < good->use_count; use++) {
            offer(found, good->uses[use]);
        }
    }
}

/* Behind `reports AGENT TYPE only`: types, but those that are there already. */
static void offer_reports(candidates *found, const sb_environment *environment,
                          const sb_words *words)
{
    size_t agent = 0;
    if (strcmp(words->texts[3], "any") == 0 ||
        sb_environment_find_player(environment, words->texts[1], &agent, NULL) != SB_OK ||
        agent >= environment->agent_count) {
        return;
    }
    for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
        const char *label = environment->agents[agent].types[type];
        bool there = strcmp(label, words->texts[2]) == 0;
        for (size_t word = 4; word < words->count && !there; word++) {
            there = strcmp(label, words->texts[word]) == 0;
        }
        if (!there) {
            offer(found, label);
        }
    }
}

/* The words of lp and incentives, agents among them. */
static void offer_lp(candidates *found, const sb_environment *environment, const sb_words *words,
                     bool *files)
{
    const char *word = words->texts[1];
    const char *const *choices = sb_lp_words_after(word, files);
    if (choices != NULL) {
        offer_all(found, choices);
    }
    for (size_t agent = 0;
         strcmp(word, "agent") == 0 && environment != NULL && agent < environment->agent_count;
         agent++) {
        offer(found, environment->agents[agent].name);
    }
}

static void offer_tours(candidates *found)
{
    sb_tours tours;
    if (sb_tours_list(&tours, NULL) == SB_OK) {
        for (size_t k = 0; k < tours.count; k++) {
            offer(found, tours.each[k].name);
        }
        sb_tours_clear(&tours);
    }
}

static void offer_argument(candidates *found, const sb_session *session,
                           const sb_environment *environment, const sb_command_description *command,
                           const sb_words *words, bool *files)
{
    size_t argument = words->count - 1;
    size_t kinds = sizeof command->arguments / sizeof command->arguments[0];
    if (environment != NULL && strcmp(command->name, "reports") == 0 && argument >= 3) {
        offer_reports(found, environment, words);
        return;
    }
    sb_argument_kind kind = argument < kinds ? command->arguments[argument] : SB_ARGUMENT_NONE;
    switch (kind) {
    case SB_ARGUMENT_FILE:
        *files = true;
        if (strcmp(command->name, "tour") == 0) {
            offer_all(found, command->choices);
            offer_tours(found);
        }
        break;
    case SB_ARGUMENT_COMMAND:
        offer_topics(found);
        break;
    case SB_ARGUMENT_CHOICE:
        offer_all(found, command->choices);
        break;
    case SB_ARGUMENT_PROFILE:
        offer_all(found, command->choices);
        if (environment != NULL) {
            offer_profiles(found, environment);
        }
        break;
    case SB_ARGUMENT_PLAYER:
        offer_all(found, argument == 0 ? command->choices : NULL);
        if (environment != NULL) {
            offer_players(found, environment, command);
        }
        break;
    case SB_ARGUMENT_TYPE:
        if (environment != NULL) {
            offer_types(found, environment, words->texts[argument]);
        }
        break;
    case SB_ARGUMENT_OUTCOME:
        for (size_t outcome = 0; environment != NULL && outcome < environment->outcome_count;
             outcome++) {
            offer(found, environment->outcomes[outcome]);
        }
        break;
    case SB_ARGUMENT_TEXT:
        if (environment != NULL && strcmp(command->name, "remove-signal") == 0) {
            offer_signals(found, environment);
        }
        if (environment != NULL && strcmp(command->name, "filter") == 0) {
            offer_conditions(found, environment);
        }
        if (environment != NULL && strcmp(command->name, "value") == 0) {
            offer_entries(found, environment, words->texts[1]);
        }
        if (environment != NULL && argument == 0 &&
            (strcmp(command->name, "reserve") == 0 || strcmp(command->name, "rename-good") == 0 ||
             strcmp(command->name, "rename-use") == 0)) {
            offer_goods(found, environment, NULL);
        }
        if (environment != NULL && argument == 1 && strcmp(command->name, "rename-use") == 0) {
            offer_goods(found, environment, words->texts[1]);
        }
        if (strcmp(command->name, "robust") == 0) {
            offer_robust(found, environment, words, files);
        }
        if (strcmp(command->name, "geometry") == 0) {
            offer_geometry(found, session, words);
        }
        if (strcmp(command->name, "lp") == 0 || strcmp(command->name, "incentives") == 0) {
            offer_lp(found, environment, words, files);
        }
        if (strcmp(command->name, "simulate") == 0) {
            offer_simulate(found, words, files);
        }
        break;
    case SB_ARGUMENT_NONE:
    case SB_ARGUMENT_NUMBER:
        break;
    }
}

static int compare(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void leave_out_repeated(candidates *found)
{
    size_t kept = 1;
    for (size_t i = 1; i < found->count; i++) {
        if (strcmp(found->words[i], found->words[kept - 1]) == 0) {
            free(found->words[i]);
        } else {
            found->words[kept++] = found->words[i];
        }
    }
    found->words[kept] = NULL;
    found->count = kept;
}

/* Take the word being typed off the words before it. */
static char *take_begun(sb_words *words, size_t point, size_t *start)
{
    bool typing = words->count > 0 && words->open_word;
    *start = typing ? words->starts[words->count - 1] : point;
    if (!typing) {
        return sb_copy_text("");
    }
    words->count--;
    return words->texts[words->count];
}

char **sb_command_complete(const sb_session *session, const char *line, size_t point, size_t *start,
                           bool *files)
{
    *files = false;
    *start = point;
    sb_words words;
    sb_words_init(&words);
    if (sb_words_split(line, point, &words, NULL) != SB_OK || words.comment) {
        sb_words_clear(&words);
        return NULL;
    }
    const sb_environment *environment = session == NULL ? NULL : sb_session_environment(session);
    char *begun = take_begun(&words, point, start);
    candidates found = {.begun = begun == NULL ? "" : begun};
    if (words.count == 0) {
        offer_commands(&found);
    } else {
        const sb_command *command = sb_command_lookup(words.texts[0], NULL);
        if (command != NULL) {
            if (environment != NULL && command->description.arguments[0] == SB_ARGUMENT_PLAYER) {
                join_player(&words, environment);
            }
            offer_argument(&found, session, environment, &command->description, &words, files);
        }
    }
    if (found.count > 0) {
        qsort(found.words, found.count, sizeof *found.words, compare);
        leave_out_repeated(&found);
    }
    free(begun);
    sb_words_clear(&words);
    return found.words;
}

void sb_completions_free(char **words)
{
    for (char **word = words; word != NULL && *word != NULL; word++) {
        free(*word);
    }
    free(words);
}
