/* The palette: candidates, their scores, and the keys while it is open.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Candidates are made when the palette opens: the keys in force first, since they say with their
 * command what can be done here; the commands that no key runs; the recent files.
 */
#include "session/palette.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/own_keys.h"
#include "session/palette_state.h"
#include "session/recent.h"

/* ---- scores ---- */

static char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

static bool begins_word(const char *text, size_t at)
{
    return at == 0 || strchr(" -/._:", text[at - 1]) != NULL;
}

long sb_palette_score(const char *pattern, const char *text)
{
    enum { longest = 256, none = -1000000 };
    enum { letter = 1, consecutive = 15, word = 10, first = 3 };
    /* best[j]: of the pattern so far, its last letter at text[j]. */
    long best[longest] = {0};
    long before[longest];
    size_t length = strlen(text);
    length = length < longest ? length : longest;
    bool any = false;
    for (const char *at = pattern; *at != '\0'; at++) {
        if (*at == ' ') {
            continue;
        }
        long reached = none; /* the best of what ended before text[j - 1], less the gap */
        for (size_t j = 0; j < length; j++) {
            if (any && j >= 2 && before[j - 2] > reached) {
                reached = before[j - 2];
            }
            best[j] = none;
            if (lower(text[j]) != lower(*at)) {
                continue;
            }
            long bonus = letter + (begins_word(text, j) ? word : 0) + (j == 0 ? first : 0);
            long run = any && j > 0 && before[j - 1] > none ? before[j - 1] + consecutive : none;
            long start = any ? reached : 0;
            long from = run > start ? run : start;
            best[j] = from > none ? from + bonus : none;
        }
        memcpy(before, best, sizeof before);
        any = true;
    }
    if (!any) {
        return 0;
    }
    long most = none;
    for (size_t j = 0; j < length; j++) {
        most = before[j] > most ? before[j] : most;
    }
    /* Of equal finds the shorter text is meant. */
    return most <= 0 ? -1 : most * 64 - (long)(length < 63 ? length : 63);
}

/* ---- candidates ---- */

static void clear_item(sb_palette_item *item)
{
    free(item->line);
    free(item->summary);
    free(item->key);
}

void sb_palette_free(sb_palette *palette)
{
    if (palette != NULL) {
        for (size_t k = 0; k < palette->all_count; k++) {
            clear_item(&palette->all[k]);
        }
        free(palette->all);
        free(palette->shown);
        free(palette);
    }
}

/* line and key are taken over, also on failure. */
static bool add(sb_palette *palette, char *line, const char *summary, char *key, bool opens_line)
{
    sb_palette_item item = {
        .line = line, .summary = sb_copy_text(summary), .key = key, .opens_line = opens_line};
    if (line == NULL || item.summary == NULL ||
        !sb_grow((void *)&palette->all, &palette->all_capacity, palette->all_count + 1,
                 sizeof *palette->all)) {
        clear_item(&item);
        return false;
    }
    palette->all[palette->all_count++] = item;
    return true;
}

static bool add_keys(sb_palette *palette, const sb_session *session)
{
    for (size_t k = 0; k < sb_session_key_count(session); k++) {
        const sb_key_binding *binding = sb_session_key_at(session, k);
        bool apt = binding->command[0] != '\0' && strstr(binding->command, "%k") == NULL &&
                   strcmp(binding->command, "palette") != 0;
        if (!apt || !sb_key_in_force(session, binding)) {
            continue;
        }
        char *names = sb_session_key_names(session, binding);
        if (names == NULL || names[0] == '\0') {
            free(names);
            continue;
        }
        names[strcspn(names, " ")] = '\0';
        if (!add(palette, sb_binding_command(session, binding), binding->help, names,
                 binding->opens_line)) {
            return false;
        }
    }
    return true;
}

static bool is_there(const sb_palette *palette, const char *line)
{
    for (size_t k = 0; k < palette->all_count; k++) {
        if (strcmp(palette->all[k].line, line) == 0) {
            return true;
        }
    }
    return false;
}

static bool add_commands(sb_palette *palette)
{
    for (size_t k = 0; k < sb_command_table_count(); k++) {
        const sb_command *command = sb_command_table_at(k);
        bool opens_line = command->most > 0;
        char *line = sb_format_text("%s%s", command->description.name, opens_line ? " " : "");
        if (line != NULL && is_there(palette, line)) {
            free(line);
            continue;
        }
        if (!add(palette, line, command->description.summary, NULL, opens_line)) {
            return false;
        }
    }
    return true;
}

static bool add_files(sb_palette *palette)
{
    sb_recent recent;
    sb_recent_read(&recent);
    bool added = true;
    for (size_t k = 0; added && k < recent.count; k++) {
        sb_text line;
        sb_text_init(&line);
        sb_text_add(&line, "open ");
        sb_words_quote(&line, recent.paths[k]);
        added = add(palette, sb_text_take(&line, NULL), "a recent file", NULL, false);
    }
    sb_recent_clear(&recent);
    return added;
}

/* ---- what fits ---- */

static int by_score(const void *left, const void *right)
{
    const sb_palette_item *const *first = left;
    const sb_palette_item *const *second = right;
    if ((*first)->score != (*second)->score) {
        return (*first)->score > (*second)->score ? -1 : 1;
    }
    return *first < *second ? -1 : *first > *second ? 1 : 0; /* as in the list of all */
}

/* Letters strewn over a sentence mean nothing: of a summary they must stand together. */
static bool contains(const char *text, const char *pattern)
{
    for (; *text != '\0'; text++) {
        size_t k = 0;
        while (pattern[k] != '\0' && lower(text[k]) == lower(pattern[k])) {
            k++;
        }
        if (pattern[k] == '\0') {
            return true;
        }
    }
    return pattern[0] == '\0';
}

static void find(sb_palette *palette)
{
    palette->shown_count = 0;
    palette->chosen = 0;
    for (size_t k = 0; k < palette->all_count; k++) {
        sb_palette_item *item = &palette->all[k];
        long line = sb_palette_score(palette->text, item->line);
        long summary = contains(item->summary, palette->text)
                           ? sb_palette_score(palette->text, item->summary) / 2
                           : -1;
        item->score = line > summary ? line : summary;
        if (item->score >= 0) {
            palette->shown[palette->shown_count++] = item;
        }
    }
    if (palette->text[0] != '\0') {
        qsort(palette->shown, palette->shown_count, sizeof(sb_palette_item *), by_score);
    }
}

sb_status sb_run_palette(sb_call *call)
{
    sb_session *session = call->session;
    if (!call->for_message) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "the palette is in the explorer alone");
    }
    sb_palette_free(session->palette);
    session->palette = NULL;
    sb_palette *palette = sb_allocate(1, sizeof *palette);
    bool made = palette != NULL && add_keys(palette, session) && add_commands(palette) &&
                add_files(palette);
    if (made) {
        palette->shown = sb_allocate(palette->all_count, sizeof(sb_palette_item *));
    }
    if (!made || palette->shown == NULL) {
        sb_palette_free(palette);
        return sb_out_of_memory(call->error);
    }
    find(palette);
    session->palette = palette;
    session->entry.active = false;
    return SB_OK;
}

/* ---- keys ---- */

static void close_palette(sb_session *session)
{
    sb_palette_free(session->palette);
    session->palette = NULL;
}

static void accept(sb_session *session)
{
    sb_palette *palette = session->palette;
    if (palette->chosen >= palette->shown_count) {
        return;
    }
    const sb_palette_item *item = palette->shown[palette->chosen];
    char *line = sb_copy_text(item->line);
    bool opens_line = item->opens_line;
    close_palette(session);
    if (line == NULL) {
        sb_session_set_message(session, SB_MESSAGE_ERROR, "memory ran out");
    } else if (opens_line) {
        free(session->command_line);
        session->command_line = line;
        line = NULL;
    } else {
        (void)sb_session_command(session, line, NULL, NULL);
    }
    free(line);
}

static void type(sb_palette *palette, const char *key)
{
    const char *bytes = strcmp(key, "Space") == 0 ? " " : key;
    size_t length = strlen(bytes);
    size_t held = strlen(palette->text);
    if (sb_text_character(bytes, length, NULL) != length || !sb_text_is_printable(bytes) ||
        held + length >= sizeof palette->text) {
        return;
    }
    memcpy(palette->text + held, bytes, length + 1);
    find(palette);
}

static void erase(sb_palette *palette)
{
    size_t length = strlen(palette->text);
    while (length > 0 && ((unsigned char)palette->text[length - 1] & 0xC0U) == 0x80U) {
        length--;
    }
    palette->text[length > 0 ? length - 1 : 0] = '\0';
    find(palette);
}

void sb_palette_press(sb_session *session, const sb_key_binding *binding, const char *key)
{
    sb_palette *palette = session->palette;
    const char *word = binding == NULL ? "" : binding->command;
    enum { page = 10 };
    size_t last = palette->shown_count > 0 ? palette->shown_count - 1 : 0;
    if (binding == NULL) {
        type(palette, key);
    } else if (strcmp(word, "accept") == 0) {
        accept(session);
    } else if (strcmp(word, "close") == 0) {
        close_palette(session);
    } else if (strcmp(word, "up") == 0) {
        palette->chosen = palette->chosen > 0 ? palette->chosen - 1 : last;
    } else if (strcmp(word, "down") == 0) {
        palette->chosen = palette->chosen < last ? palette->chosen + 1 : 0;
    } else if (strcmp(word, "page-up") == 0) {
        palette->chosen = palette->chosen > page ? palette->chosen - page : 0;
    } else if (strcmp(word, "page-down") == 0) {
        palette->chosen = palette->chosen + page < last ? palette->chosen + page : last;
    } else if (strcmp(word, "erase") == 0) {
        erase(palette);
    } else if (strcmp(word, "clear") == 0) {
        palette->text[0] = '\0';
        find(palette);
    }
}

/* ---- reading ---- */

bool sb_palette_is_open(const sb_session *session)
{
    return session->palette != NULL;
}

const char *sb_palette_text(const sb_session *session)
{
    return session->palette == NULL ? NULL : session->palette->text;
}

size_t sb_palette_count(const sb_session *session)
{
    return session->palette == NULL ? 0 : session->palette->shown_count;
}

const sb_palette_item *sb_palette_at(const sb_session *session, size_t index)
{
    return session->palette->shown[index];
}

size_t sb_palette_chosen(const sb_session *session)
{
    return session->palette == NULL ? 0 : session->palette->chosen;
}
