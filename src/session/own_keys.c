/* Keys of the reader's own: bind and unbind.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A key that does something already is not bound over by mistake: it is unbound first.
 */
#include "session/own_keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/settings.h"

static void clear_own(sb_own_key *own)
{
    free(own->key);
    free(own->command);
    free(own->label);
}

void sb_own_keys_clear(sb_own_keys *keys)
{
    for (size_t k = 0; k < keys->bound_count; k++) {
        clear_own(&keys->bound[k]);
    }
    for (size_t k = 0; k < keys->unbound_count; k++) {
        free(keys->unbound[k]);
    }
    free(keys->bound);
    free(keys->unbound);
    memset(keys, 0, sizeof *keys);
}

/* ---- names ---- */

static bool is_character(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && strcmp(text, " ") != 0 &&
           sb_text_character(text, length, NULL) == length && sb_text_is_printable(text);
}

bool sb_key_is_name(const char *key)
{
    static const char *const names[] = {"Left",   "Right",  "Up",    "Down",    "Home",
                                        "End",    "PageUp", "Tab",   "S-Tab",   "PageDown",
                                        "Enter",  "Escape", "Space", "S-Left",  "Backspace",
                                        "Delete", "Insert", "S-Up",  "S-Right", "S-Down"};
    if (is_character(key)) {
        return true;
    }
    if (key[0] == 'C' && key[1] == '-') {
        return key[2] >= 'a' && key[2] <= 'z' && key[3] == '\0';
    }
    if (key[0] == 'M' && key[1] == '-') {
        return is_character(key + 2);
    }
    if (key[0] == 'F' && key[1] >= '1' && key[1] <= '9') {
        return key[2] == '\0' ||
               (key[1] == '1' && key[2] >= '0' && key[2] <= '2' && key[3] == '\0');
    }
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        if (strcmp(names[k], key) == 0) {
            return true;
        }
    }
    return false;
}

bool sb_key_names(const sb_key_binding *binding, const char *key)
{
    size_t length = strlen(key);
    for (const char *at = binding->keys; *at != '\0';) {
        size_t word = strcspn(at, " ");
        if (word == length && memcmp(at, key, length) == 0) {
            return true;
        }
        at += word;
        at += strspn(at, " ");
    }
    return false;
}

/* ---- reading ---- */

bool sb_key_is_unbound(const sb_session *session, const char *key)
{
    const sb_own_keys *keys = &sb_session_settings(session)->keys;
    for (size_t k = 0; k < keys->unbound_count; k++) {
        if (strcmp(keys->unbound[k], key) == 0) {
            return true;
        }
    }
    return false;
}

const sb_key_binding *sb_own_key_find(const sb_session *session, const char *key)
{
    const sb_own_keys *keys = &sb_session_settings(session)->keys;
    for (size_t k = 0; k < keys->bound_count; k++) {
        if (strcmp(keys->bound[k].key, key) == 0) {
            return &keys->bound[k].binding;
        }
    }
    return NULL;
}

size_t sb_session_key_count(const sb_session *session)
{
    return sb_key_count() + sb_session_settings(session)->keys.bound_count;
}

const sb_key_binding *sb_session_key_at(const sb_session *session, size_t index)
{
    const sb_own_keys *keys = &sb_session_settings(session)->keys;
    return index < sb_key_count() ? sb_key_at(index) : &keys->bound[index - sb_key_count()].binding;
}

char *sb_session_key_names(const sb_session *session, const sb_key_binding *binding)
{
    bool own = binding->context == SB_KEYS_OWN;
    sb_text text;
    sb_text_init(&text);
    for (const char *at = binding->keys; *at != '\0';) {
        size_t word = strcspn(at, " ");
        char *key = sb_copy_text_part(at, word);
        if (key != NULL && (own || !sb_key_is_unbound(session, key))) {
            sb_text_add(&text, text.length > 0 ? " " : "");
            sb_text_add(&text, key);
        }
        free(key);
        at += word;
        at += strspn(at, " ");
    }
    return sb_text_take(&text, NULL);
}

char *sb_session_key_for(const sb_session *session, const char *command)
{
    for (size_t k = sb_session_key_count(session); k > 0; k--) {
        const sb_key_binding *binding = sb_session_key_at(session, k - 1);
        if (strcmp(binding->command, command) != 0 || !sb_key_in_force(session, binding)) {
            continue;
        }
        char *names = sb_session_key_names(session, binding);
        if (names != NULL && names[0] != '\0') {
            names[strcspn(names, " ")] = '\0';
            return names;
        }
        free(names);
    }
    return NULL;
}

/* ---- the commands ---- */

static const sb_key_binding *in_table(const char *key)
{
    for (size_t k = 0; k < sb_key_count(); k++) {
        if (sb_key_at(k)->context < SB_KEYS_PALETTE && sb_key_names(sb_key_at(k), key)) {
            return sb_key_at(k);
        }
    }
    return NULL;
}

static sb_status check_name(sb_call *call)
{
    if (sb_key_is_name(call->arguments[0])) {
        return SB_OK;
    }
    sb_error_set(call->error, SB_ERROR_USAGE, "`%.40s` is not the name of a key",
                 call->arguments[0]);
    sb_error_set_hint(call->error, "keys are called a, A, F2, C-t (with Ctrl), M-t (with Alt), "
                                   "Space, Left, PageUp and so on");
    return SB_ERROR_USAGE;
}

/* Two words of the command at most stand on the bottom row. */
static char *label_of(const char *command)
{
    size_t first = strcspn(command, " ");
    size_t second = command[first] == '\0' ? 0 : 1 + strcspn(command + first + 1, " ");
    size_t length = first + second > 14 ? first : first + second;
    return sb_copy_text_part(command, length < 14 ? length : 14);
}

static void take_away(sb_own_keys *keys, size_t index)
{
    clear_own(&keys->bound[index]);
    keys->bound[index] = keys->bound[--keys->bound_count];
}

static bool forget(sb_own_keys *keys, const char *key)
{
    for (size_t k = 0; k < keys->bound_count; k++) {
        if (strcmp(keys->bound[k].key, key) == 0) {
            take_away(keys, k);
            /* moved entries keep pointing at their own texts */
            return true;
        }
    }
    return false;
}

static sb_status add_own(sb_call *call, const char *key, const char *command, bool opens_line)
{
    sb_own_keys *keys = &call->session->settings->keys;
    sb_own_key own = {.key = sb_copy_text(key),
                      .command = sb_format_text("%s%s", command, opens_line ? " " : ""),
                      .label = label_of(command)};
    if (own.key == NULL || own.command == NULL || own.label == NULL ||
        !sb_grow((void *)&keys->bound, &keys->bound_capacity, keys->bound_count + 1,
                 sizeof *keys->bound)) {
        clear_own(&own);
        return sb_out_of_memory(call->error);
    }
    (void)forget(keys, key);
    own.binding = (sb_key_binding){.keys = own.key,
                                   .command = own.command,
                                   .label = own.label,
                                   .help = "bound by you",
                                   .context = SB_KEYS_OWN,
                                   .importance = 75,
                                   .opens_line = opens_line};
    keys->bound[keys->bound_count++] = own;
    return SB_OK;
}

sb_status sb_run_bind(sb_call *call)
{
    sb_status status = check_name(call);
    if (status != SB_OK) {
        return status;
    }
    const char *key = call->arguments[0];
    const sb_key_binding *taken = in_table(key);
    if (taken != NULL && !sb_key_is_unbound(call->session, key)) {
        sb_error_set(call->error, SB_ERROR_USAGE, "%s is bound already: %s", key, taken->help);
        sb_error_set_hint(call->error, "unbind %s first, or choose another key", key);
        return SB_ERROR_USAGE;
    }
    char *command = sb_copy_text(call->arguments[1]);
    if (command == NULL) {
        return sb_out_of_memory(call->error);
    }
    size_t length = strlen(command);
    bool opens_line = length > 4 && strcmp(command + length - 4, " ...") == 0;
    if (opens_line) {
        command[length - 4] = '\0';
        char *name = sb_copy_text_part(command, strcspn(command, " "));
        status =
            name == NULL || sb_command_lookup(name, call->error) == NULL ? SB_ERROR_USAGE : SB_OK;
        free(name);
    } else if (!sb_command_parses(command, call->error)) {
        status = SB_ERROR_USAGE;
    }
    if (status == SB_OK) {
        status = add_own(call, key, command, opens_line);
    }
    free(command);
    return status;
}

sb_status sb_run_unbind(sb_call *call)
{
    static const char *const needed[] = {":", "Escape", "Enter"};
    sb_status status = check_name(call);
    if (status != SB_OK) {
        return status;
    }
    const char *key = call->arguments[0];
    sb_own_keys *keys = &call->session->settings->keys;
    if (forget(keys, key)) {
        return SB_OK;
    }
    for (size_t k = 0; k < sizeof needed / sizeof needed[0]; k++) {
        if (strcmp(needed[k], key) == 0) {
            return sb_error_set(call->error, SB_ERROR_USAGE, "%s cannot be given up", key);
        }
    }
    if (in_table(key) == NULL || sb_key_is_unbound(call->session, key)) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "%s is not bound", key);
    }
    char *copy = sb_copy_text(key);
    if (copy == NULL || !sb_grow((void *)&keys->unbound, &keys->unbound_capacity,
                                 keys->unbound_count + 1, sizeof *keys->unbound)) {
        free(copy);
        return sb_out_of_memory(call->error);
    }
    keys->unbound[keys->unbound_count++] = copy;
    return SB_OK;
}
