/* Keys: looked up in the one table, or fed to the number being typed.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/keys.h"

/* ---- the entry's text ---- */

static size_t character_before(const sb_entry *entry)
{
    size_t start = entry->point;
    while (start > 0) {
        start--;
        if (((unsigned char)entry->text[start] & 0xC0U) != 0x80U) {
            break;
        }
    }
    return start;
}

static size_t character_behind(const sb_entry *entry)
{
    size_t length = strlen(entry->text);
    size_t bytes = sb_text_character(entry->text + entry->point, length - entry->point, NULL);
    return entry->point + (bytes > 0 ? bytes : entry->point < length ? 1 : 0);
}

static void erase(sb_entry *entry, size_t from, size_t to)
{
    memmove(entry->text + from, entry->text + to, strlen(entry->text + to) + 1);
    entry->point = from;
}

static void insert(sb_session *session, const char *key)
{
    sb_entry *entry = &session->entry;
    const char *bytes = strcmp(key, "Space") == 0 ? " " : key;
    size_t length = strlen(bytes);
    if (sb_text_character(bytes, length, NULL) != length || !sb_text_is_printable(bytes)) {
        sb_session_set_message(session, SB_MESSAGE_INFO,
                               "Enter sets the number, Escape leaves it as it was");
        return;
    }
    size_t held = strlen(entry->text);
    if (held + length >= sizeof entry->text) {
        sb_session_set_message(session, SB_MESSAGE_ERROR, "the cell takes no longer number");
        return;
    }
    memmove(entry->text + entry->point + length, entry->text + entry->point,
            held - entry->point + 1);
    memcpy(entry->text + entry->point, bytes, length);
    entry->point += length;
}

/* ---- ending the entry ---- */

/* `set` or `value` or `utility`, for the cell under the cursor. */
static char *entry_command(const sb_session *session)
{
    const sb_environment *environment = sb_session_environment(session);
    const sb_display *display = &session->display;
    sb_text text;
    sb_text_init(&text);
    if (display->pane == SB_PANE_VALUES) {
        bool general = environment->form == SB_FORM_GENERAL;
        sb_text_add(&text, general ? "utility" : "value");
        sb_names_player(&text, environment, display->value_agent);
        sb_names_type(&text, environment, display->value_agent, display->value_type);
        if (general) {
            sb_names_outcome(&text, environment, display->value_outcome);
        } else if (sb_environment_entry_count(environment, display->value_agent) > 1) {
            sb_names_entry(&text, environment, display->value_agent, display->value_outcome);
        }
    } else {
        sb_text_add(&text, "set");
        sb_names_profile(&text, environment, sb_cursor_profile(session));
    }
    sb_text_add(&text, " ");
    sb_words_quote(&text, session->entry.text);
    return sb_text_take(&text, NULL);
}

static void commit(sb_session *session, bool go_right)
{
    bool empty = strspn(session->entry.text, " ") == strlen(session->entry.text);
    if (!empty) {
        char *command = entry_command(session);
        if (command == NULL) {
            sb_session_set_message(session, SB_MESSAGE_ERROR, "memory ran out");
            return;
        }
        sb_status status = sb_session_command(session, command, NULL, NULL);
        free(command);
        if (status != SB_OK) {
            return; /* the entry stays open under the message */
        }
    }
    session->entry.active = false;
    if (go_right) {
        sb_cursor_move(session, "right");
    }
}

static void run_entry_word(sb_session *session, const char *word)
{
    sb_entry *entry = &session->entry;
    if (strcmp(word, "commit") == 0) {
        commit(session, false);
    } else if (strcmp(word, "commit-right") == 0) {
        commit(session, true);
    } else if (strcmp(word, "cancel") == 0) {
        entry->active = false;
    } else if (strcmp(word, "left") == 0) {
        entry->point = character_before(entry);
    } else if (strcmp(word, "right") == 0) {
        entry->point = character_behind(entry);
    } else if (strcmp(word, "home") == 0) {
        entry->point = 0;
    } else if (strcmp(word, "end") == 0) {
        entry->point = strlen(entry->text);
    } else if (strcmp(word, "backspace") == 0) {
        erase(entry, character_before(entry), entry->point);
    } else if (strcmp(word, "delete") == 0) {
        erase(entry, entry->point, character_behind(entry));
    } else if (strcmp(word, "clear") == 0) {
        erase(entry, 0, strlen(entry->text));
    }
}

/* ---- what a binding stands for ---- */

static void add_place(sb_text *text, const sb_session *session, char place)
{
    const sb_environment *environment = sb_session_environment(session);
    const sb_display *display = &session->display;
    size_t player = sb_session_column_player(environment);
    size_t row = sb_session_row_player(environment);
    size_t one = sb_display_rows(display, environment);
    if (one != SB_NOWHERE) {
        player = one == player ? player - 1 : player;
        row = one;
    }
    if ((place == 'r' || place == 'R') && row != SB_NOWHERE) {
        player = row;
    }
    size_t type = display->cursor[player];
    if (display->pane == SB_PANE_VALUES) {
        player = display->value_agent;
        type = display->value_type;
    }
    sb_text word;
    sb_text_init(&word);
    if (place == 'c' || place == 'r') {
        sb_names_player(&word, environment, player);
    } else {
        sb_names_type(&word, environment, player, type);
    }
    char *name = sb_text_take(&word, NULL);
    if (name == NULL) {
        text->failed = true;
        return;
    }
    sb_text_add(text, name + 1); /* without the blank before it */
    free(name);
}

static char *expand(const sb_session *session, const char *command, const char *key)
{
    sb_text text;
    sb_text_init(&text);
    for (const char *at = command; *at != '\0'; at++) {
        if (*at != '%') {
            sb_text_add_part(&text, at, 1);
            continue;
        }
        at++;
        if (*at == 'k') {
            sb_words_quote(&text, key);
        } else if (sb_session_environment(session) != NULL) {
            add_place(&text, session, *at);
        }
    }
    return sb_text_take(&text, NULL);
}

char *sb_binding_command(const sb_session *session, const sb_key_binding *binding)
{
    return expand(session, binding->command, "");
}

void sb_session_press(sb_session *session, const char *key)
{
    const sb_key_binding *binding = sb_key_find(session, key);
    if (session->palette != NULL) {
        sb_session_set_message(session, SB_MESSAGE_NONE, "%s", "");
        sb_palette_press(session, binding, key);
        return;
    }
    if (session->entry.active) {
        sb_session_set_message(session, SB_MESSAGE_NONE, "%s", "");
        if (binding == NULL) {
            insert(session, key);
        } else {
            run_entry_word(session, binding->command);
        }
        return;
    }
    if (binding == NULL) {
        sb_session_set_message(session, SB_MESSAGE_INFO, "%s does nothing here; ? lists the keys",
                               sb_text_is_printable(key) ? key : "this key");
        return;
    }
    char *command = expand(session, binding->command, key);
    if (command == NULL) {
        sb_session_set_message(session, SB_MESSAGE_ERROR, "memory ran out");
    } else if (binding->opens_line) {
        sb_session_set_message(session, SB_MESSAGE_NONE, "%s", "");
        free(session->command_line);
        session->command_line = command;
        command = NULL;
    } else {
        sb_session_command(session, command, NULL, NULL);
    }
    free(command);
}
