/* The config file: read line by line, each a command that changes a setting.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The explorer alone reads it: what scripts, the prompt and the other subcommands print does not
 * depend on who runs them.
 */
#include "session/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/folders.h"
#include "session/settings.h"

enum { LARGEST_CONFIG = 1024 * 1024 };

bool sb_command_is_setting(const sb_command_description *command)
{
    static const char *const others[] = {"step", "mass", "fractions", "conditionals",
                                         "payments-shown"};
    for (size_t k = 0; k < sizeof others / sizeof others[0]; k++) {
        if (strcmp(command->name, others[k]) == 0) {
            return true;
        }
    }
    return strcmp(command->group, "Settings") == 0 &&
           strncmp(command->name, "write-config", strlen("write-config")) != 0;
}

/* ---- reading ---- */

static sb_status check_command(const char *line, bool *empty, sb_error *error)
{
    sb_words words;
    sb_words_init(&words);
    sb_status status = sb_words_split(line, strlen(line), &words, error);
    *empty = status == SB_OK && words.count == 0;
    if (status == SB_OK && !*empty) {
        const sb_command *command = sb_command_lookup(words.texts[0], error);
        if (command == NULL) {
            status = SB_ERROR_USAGE;
        } else if (!sb_command_is_setting(&command->description)) {
            status = sb_error_set(error, SB_ERROR_USAGE, "`%s` is not a setting",
                                  command->description.name);
            sb_error_set_hint(error, "a config file holds settings only, such as theme or bind");
        }
    }
    sb_words_clear(&words);
    return status;
}

static void run_line(sb_session *session, const char *file, size_t number, const char *line,
                     sb_text *complaints)
{
    sb_error error;
    sb_error_clear(&error);
    bool empty = false;
    sb_status status = check_command(line, &empty, &error);
    if (status == SB_OK && !empty) {
        sb_text output;
        sb_text_init(&output);
        status = sb_session_command(session, line, &output, &error);
        sb_text_clear(&output);
    }
    if (status != SB_OK) {
        char sentence[1400];
        sb_error_set_place(&error, file, (int)number, 0);
        sb_error_format(&error, sentence, sizeof sentence);
        sb_text_add_format(complaints, "%s\n", sentence);
    }
}

static void run_lines(sb_session *session, const char *file, char *text, sb_text *complaints)
{
    size_t number = 1;
    for (char *line = text; *line != '\0'; number++) {
        size_t length = strcspn(line, "\n");
        bool last = line[length] == '\0';
        line[length] = '\0';
        if (length > 0 && line[length - 1] == '\r') {
            line[length - 1] = '\0';
        }
        run_line(session, file, number, line, complaints);
        line += length + (last ? 0 : 1);
    }
}

sb_status sb_session_configure(sb_session *session, const char *path, sb_text *complaints,
                               sb_error *error)
{
    char *usual = path == NULL ? sb_config_file("config") : NULL;
    const char *file = path == NULL ? usual : path;
    if (file == NULL || (path == NULL && access(file, F_OK) != 0 && errno == ENOENT)) {
        free(usual);
        return SB_OK;
    }
    char *text = NULL;
    size_t length = 0;
    sb_status status = sb_text_read_file(file, LARGEST_CONFIG, &text, &length, error);
    if (status == SB_OK && memchr(text, '\0', length) != NULL) {
        status = sb_error_set(error, SB_ERROR_INPUT, "the config file holds a zero byte");
        sb_error_set_place(error, file, 0, 0);
    }
    if (status == SB_OK) {
        run_lines(session, file, text, complaints);
    } else if (path == NULL) { /* the program starts all the same */
        char sentence[1400];
        sb_error_format(error, sentence, sizeof sentence);
        sb_text_add_format(complaints, "%s\n", sentence);
        status = SB_OK;
    }
    free(text);
    free(usual);
    return status;
}

/* The place before a sentence, "FILE:LINE": its length, and where the line begins; 0: none. */
static size_t place_of(const char *sentence, size_t *line)
{
    size_t end = strcspn(sentence, "\n");
    for (size_t at = 0; at < end; at++) {
        size_t digits = sentence[at] == ':' ? strspn(sentence + at + 1, "0123456789") : 0;
        if (digits > 0 && strncmp(sentence + at + 1 + digits, ": ", 2) == 0) {
            *line = at + 1;
            return at + 1 + digits;
        }
    }
    return 0;
}

void sb_session_warn(sb_session *session, const char *sentences)
{
    enum { most_lines = 4 };
    size_t line = 0;
    size_t place = place_of(sentences, &line);
    size_t named = 0;
    size_t more = 0;
    sb_text also;
    sb_text_init(&also);
    for (const char *at = strchr(sentences, '\n'); at != NULL && at[1] != '\0';
         at = strchr(at + 1, '\n')) {
        size_t other = 0;
        size_t end = place_of(at + 1, &other);
        if (place > 0 && end > 0 && other == line && named < most_lines &&
            strncmp(at + 1, sentences, line) == 0) {
            sb_text_add_format(&also, "%s%.*s", named == 0 ? " (also " : ", ", (int)(end - other),
                               at + 1 + other);
            named++;
        } else {
            more++;
        }
    }
    if (more > 0) {
        sb_text_add_format(&also, "%s%zu more", named == 0 ? " (and " : " and ", more);
    }
    const char *said = also.bytes == NULL ? "" : also.bytes;
    const char *close = said[0] == '\0' ? "" : ")";
    int length = (int)strcspn(sentences, "\n") - (int)place;
    if (named > 0) { /* where the message is cut the places are not */
        sb_session_set_message(session, SB_MESSAGE_WARNING, "%.*s%s%s%.*s", (int)place, sentences,
                               said, close, length, sentences + place);
    } else {
        sb_session_set_message(session, SB_MESSAGE_WARNING, "%.*s%s%s", length + (int)place,
                               sentences, said, close);
    }
    sb_text_clear(&also);
}

/* ---- writing ---- */

static const char *switched(bool on)
{
    return on ? "on" : "off";
}

static void add_keys(sb_text *text, const sb_own_keys *keys)
{
    for (size_t k = 0; k < keys->unbound_count; k++) {
        sb_text_add(text, "unbind ");
        sb_words_quote(text, keys->unbound[k]);
        sb_text_add(text, "\n");
    }
    for (size_t k = 0; k < keys->bound_count; k++) {
        sb_text_add(text, "bind ");
        sb_words_quote(text, keys->bound[k].key);
        sb_text_add_format(text, " %s%s\n", keys->bound[k].command,
                           keys->bound[k].binding.opens_line ? "..." : "");
    }
}

char *sb_session_config(const sb_session *session, sb_error *error)
{
    static const char *const masses[] = {"free", "scale", "row", "marginals"};
    const sb_settings *settings = session->settings;
    sb_text text;
    sb_text_init(&text);
    sb_text_add_format(&text, "# Settings of sidebet, run when the explorer starts.\ntheme %s\n",
                       sb_theme_describe(settings->theme)->name);
    for (int role = 0; role < SB_COLOUR_COUNT; role++) {
        const char *name = sb_colour_role_name((sb_colour_role)role);
        if (settings->colours[role] >= SB_COLOUR_FIRST) {
            sb_text_add_format(&text, "colour %s %d\n", name,
                               settings->colours[role] - SB_COLOUR_FIRST);
        } else if (settings->colours[role] == SB_COLOUR_OF_TERMINAL) {
            sb_text_add_format(&text, "colour %s terminal\n", name);
        }
    }
    sb_text_add_format(&text, "presenter %s\nhints %s\nmouse %s\n", switched(settings->presenter),
                       switched(settings->hints), switched(settings->mouse));
    sb_text_add(&text, "step ");
    sb_text_add_rational(&text, session->step, SB_NUMBER_FRACTION);
    sb_text_add_format(&text, "\nmass %s\nfractions %s\nconditionals %s\npayments-shown %s\n",
                       masses[session->mass], switched(session->display.fractions),
                       switched(session->display.conditionals),
                       session->display.payments_shown == SB_SHOWN_SMALLEST ? "smallest"
                                                                            : "vertex");
    add_keys(&text, &settings->keys);
    return sb_text_take(&text, error);
}

static sb_status write_config(sb_call *call, bool anyway)
{
    char *path = call->count > 0 ? sb_call_new_file(call, 0, anyway, "write-config!")
                                 : sb_config_file("config");
    if (path == NULL) {
        return call->count > 0
                   ? call->error->status
                   : sb_error_set(call->error, SB_ERROR_USAGE,
                                  "neither XDG_CONFIG_HOME nor HOME is set: name a file");
    }
    sb_status status = SB_OK;
    if (call->count == 0 && !anyway && sb_text_file_exists(path)) {
        status = sb_error_set(call->error, SB_ERROR_USAGE, "`%s` exists already", path);
        sb_error_set_hint(call->error, "to replace it, say write-config!");
    }
    if (status == SB_OK && call->count == 0) {
        status = sb_make_folders(path, "settings", call->error);
    }
    char *text = status == SB_OK ? sb_session_config(call->session, call->error) : NULL;
    if (status == SB_OK && text == NULL) {
        status = SB_ERROR_MEMORY;
    }
    if (status == SB_OK) {
        status = sb_text_write_file(path, text, strlen(text), call->error);
    }
    if (status == SB_OK) {
        sb_text_add_format(call->output, "settings written to %s\n", path);
    }
    free(text);
    free(path);
    return status;
}

sb_status sb_run_write_config(sb_call *call)
{
    return write_config(call, false);
}

sb_status sb_run_write_config_anyway(sb_call *call)
{
    return write_config(call, true);
}
