/* Commands that explain: help, and looking for a text in it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "session/command.h"
#include "session/keys.h"
#include "session/manual.h"

enum { WIDTH = 80, LEAST_LINE = 24 };

static void list_commands(sb_call *call)
{
    size_t width = 0;
    for (size_t index = 0; index < sb_command_count(); index++) {
        size_t length = strlen(sb_command_at(index)->name);
        width = length > width ? length : width;
    }
    const char *group = "";
    for (size_t index = 0; index < sb_command_count(); index++) {
        const sb_command_description *command = sb_command_at(index);
        if (strcmp(group, command->group) != 0) {
            sb_text_add_format(call->output, "%s%s\n", index == 0 ? "" : "\n", command->group);
            group = command->group;
        }
        sb_text_add_format(call->output, "  %-*s  %s\n", (int)width, command->name,
                           command->summary);
    }
    sb_text_add(call->output,
                "\n`help TOPIC` says more: of a command, an option, a key, a file, a notion.\n");
}

/* The explorer shows the topic on its help screen, which finds it again when it paints. */
static void show_topic(sb_call *call, const char *topic, const sb_manual_text *text)
{
    sb_display *display = &call->session->display;
    sb_help_open(display);
    memcpy(display->help_topic, topic, strlen(topic) + 1);
    size_t lines = 0;
    for (size_t i = 0; i < text->count; i++) {
        lines += 2 + strlen(text->blocks[i].text) / LEAST_LINE;
    }
    display->help_lines = lines;
    call->session->entry.active = false;
}

void sb_help_open(sb_display *display)
{
    display->screen = SB_SCREEN_HELP;
    display->help_topic[0] = '\0';
    display->help_search[0] = '\0';
    display->help_scroll = 0;
    display->help_lines = sb_key_count() + 2 * sb_command_count() + 40;
}

static sb_status explain(sb_call *call, const char *topic)
{
    /* A short name, too, is a command's. */
    const sb_command_description *command = strlen(topic) > 1 ? sb_command_find(topic) : NULL;
    topic = command != NULL ? command->name : topic;
    if (strlen(topic) >= sizeof call->session->display.help_topic) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "no topic has so long a name");
    }
    sb_manual manual;
    sb_manual_text text;
    sb_manual_init(&manual);
    sb_manual_text_init(&text);
    sb_status status = sb_manual_explain(&manual, topic, &text, call->error);
    if (status == SB_OK && call->for_message) {
        show_topic(call, topic, &text);
    } else if (status == SB_OK) {
        sb_manual_format(&text, WIDTH, call->output);
    }
    sb_manual_text_clear(&text);
    sb_manual_clear(&manual);
    return status;
}

sb_status sb_run_help(sb_call *call)
{
    if (call->count > 0) {
        return explain(call, call->arguments[0]);
    }
    if (call->for_message) {
        sb_help_open(&call->session->display);
        call->session->entry.active = false;
    } else {
        list_commands(call);
    }
    return SB_OK;
}

sb_status sb_run_find(sb_call *call)
{
    sb_display *display = &call->session->display;
    const char *text = call->arguments[0];
    if (!call->for_message || display->screen != SB_SCREEN_HELP) {
        sb_error_set(call->error, SB_ERROR_USAGE, "there is nothing to search but the help screen");
        sb_error_set_hint(call->error, "? opens it");
        return SB_ERROR_USAGE;
    }
    bool next = strcmp(text, "next") == 0;
    if (next || strcmp(text, "previous") == 0) {
        if (display->help_search[0] == '\0') {
            sb_error_set(call->error, SB_ERROR_USAGE, "nothing was searched for");
            sb_error_set_hint(call->error, "/ asks for a text");
            return SB_ERROR_USAGE;
        }
        display->help_match += next ? 1 : -1;
    } else if (strlen(text) >= sizeof display->help_search) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "the text to search for is too long");
    } else {
        memcpy(display->help_search, text, strlen(text) + 1);
        display->help_match = 0;
    }
    display->help_offset = 0;
    return SB_OK;
}
