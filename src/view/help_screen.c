/* Help: every key by where it is in force, every command by what it is about.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Generated from the tables that dispatch them, so it cannot be out of date.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/commands.h"
#include "session/keys.h"
#include "session/own_keys.h"
#include "view/figure.h"
#include "view/help_topic.h"
#include "view/key_labels.h"
#include "view/panes.h"

enum { key_columns = 14 };

static const char *context_title(sb_key_context context)
{
    switch (context) {
    case SB_KEYS_ANYWHERE:
        return "Keys anywhere";
    case SB_KEYS_WORK:
        return "Keys on every screen but this";
    case SB_KEYS_SEARCH:
        return "Keys while a deterministic mechanism is searched for";
    case SB_KEYS_BLOW_UP:
        return "Keys on the blow-up screen";
    case SB_KEYS_GEOMETRY:
        return "Keys on the geometry screen";
    case SB_KEYS_MISBELIEF:
        return "Keys on the misbelief screen";
    case SB_KEYS_ROBUST:
        return "Keys on the robust screen";
    case SB_KEYS_SIMULATE:
        return "Keys on the simulate screen";
    case SB_KEYS_BASELINES:
        return "Keys on the baselines screen";
    case SB_KEYS_LP:
        return "Keys on the LP screen";
    case SB_KEYS_INCENTIVES:
        return "Keys on the incentive screen";
    case SB_KEYS_FILTERED:
        return "Keys on the table screen while a filter is set";
    case SB_KEYS_MARKED:
        return "Keys on the table screen where a rule is marked";
    case SB_KEYS_PALETTE:
        return "Keys while the palette is open";
    case SB_KEYS_OWN:
        return "Keys that you have bound";
    case SB_KEYS_PRESENTER:
        return "Keys while answers are hidden";
    case SB_KEYS_TABLE:
        return "Keys on the table screen";
    case SB_KEYS_PRIOR:
        return "Keys in the prior and the values";
    case SB_KEYS_LISTS:
        return "Keys in the scrolling panes";
    case SB_KEYS_TOUR:
        return "Keys while a tour is played";
    case SB_KEYS_ASKED:
        return "Keys while a tour asks";
    case SB_KEYS_ANSWERED:
        return "Keys while a tour does not ask";
    case SB_KEYS_HELP:
        return "Keys in this help";
    case SB_KEYS_ENTRY:
        return "Keys while typing a number";
    }
    return "Keys";
}

static void pad_to(sb_lines *lines, const sb_canvas *canvas, const char *text, int columns)
{
    int used = sb_canvas_text_width(canvas, text);
    sb_lines_add(lines, SB_STYLE_NORMAL, "%*s", used < columns ? columns - used : 1, "");
}

/* Add words to the line begun, which is `used` columns wide, and go on below, indented, where they
 * do not fit. */
static void flow(sb_lines *lines, const sb_canvas *canvas, sb_style style, int used, int indent,
                 int width, const char *sentence)
{
    while (*sentence != '\0') {
        size_t length = strcspn(sentence, " ");
        char *word = sb_copy_text_part(sentence, length);
        if (word == NULL) {
            return;
        }
        int columns = sb_canvas_text_width(canvas, word);
        if (used > indent && used + 1 + columns > width) {
            sb_lines_begin(lines);
            sb_lines_add(lines, style, "%*s%s", indent, "", word);
            used = indent + columns;
        } else {
            sb_lines_add(lines, style, "%s%s", used > indent ? " " : "", word);
            used += columns + (used > indent ? 1 : 0);
        }
        free(word);
        sentence += length;
        sentence += strspn(sentence, " ");
    }
}

/* The command a key runs: behind its help, or below where it does not fit. */
static void add_command(sb_lines *lines, const sb_canvas *canvas, int used, int width,
                        const char *command)
{
    if (used + 3 + sb_canvas_text_width(canvas, command) > width) {
        sb_lines_begin(lines);
        sb_lines_add(lines, SB_STYLE_DIM, "%*s:%s", key_columns + 2, "", command);
    } else {
        sb_lines_add(lines, SB_STYLE_DIM, "  :%s", command);
    }
}

static void key_lines(const sb_session *session, sb_lines *lines, const sb_canvas *canvas,
                      int width)
{
    for (int context = SB_KEYS_ANYWHERE; context <= SB_KEYS_ENTRY; context++) {
        bool titled = false;
        for (size_t i = 0; i < sb_session_key_count(session); i++) {
            const sb_key_binding *key = sb_session_key_at(session, i);
            if ((int)key->context != context) {
                continue;
            }
            if (!titled) {
                sb_lines_begin(lines);
                sb_lines_begin(lines);
                sb_lines_add(lines, SB_STYLE_HEADING, "%s", context_title(key->context));
                titled = true;
            }
            char *names = sb_session_key_names(session, key);
            char *label = sb_key_label(names == NULL ? "" : names, true, canvas->ascii);
            free(names);
            sb_lines_begin(lines);
            sb_lines_add(lines, SB_STYLE_KEY, "  %s", label == NULL ? "" : label);
            pad_to(lines, canvas, label, key_columns);
            sb_lines_add(lines, SB_STYLE_NORMAL, "%s", key->help);
            bool command =
                key->command != NULL && key->command[0] != '\0' && key->context < SB_KEYS_PALETTE;
            if (command && width >= 72) {
                int used = sb_canvas_text_width(canvas, label);
                used = used < key_columns ? key_columns : used + 1;
                used += 2 + sb_canvas_text_width(canvas, key->help);
                add_command(lines, canvas, used, width, key->command);
            }
            free(label);
        }
    }
}

/* Groups in the order of their first command. */
static bool first_of_group(size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(sb_command_at(i)->group, sb_command_at(index)->group) == 0) {
            return false;
        }
    }
    return true;
}

static void command_lines(sb_lines *lines, const sb_canvas *canvas, int width)
{
    int column = width >= 72 ? 30 : 0;
    for (size_t g = 0; g < sb_command_count(); g++) {
        if (!first_of_group(g)) {
            continue;
        }
        sb_lines_begin(lines);
        sb_lines_begin(lines);
        sb_lines_add(lines, SB_STYLE_HEADING, "Commands: %s", sb_command_at(g)->group);
        for (size_t i = g; i < sb_command_count(); i++) {
            const sb_command_description *command = sb_command_at(i);
            if (strcmp(command->group, sb_command_at(g)->group) != 0) {
                continue;
            }
            sb_lines_begin(lines);
            sb_lines_add(lines, SB_STYLE_KEY, "  :%s", command->synopsis);
            if (column == 0) {
                sb_lines_wrap(lines, canvas, SB_STYLE_NORMAL, 6, width, command->summary);
            } else {
                int used = 3 + sb_canvas_text_width(canvas, command->synopsis);
                if (used > column + 2) {
                    sb_lines_begin(lines);
                    sb_lines_add(lines, SB_STYLE_NORMAL, "%*s", column + 4, "");
                } else {
                    pad_to(lines, canvas, command->synopsis, column + 1);
                }
                flow(lines, canvas, SB_STYLE_NORMAL, column + 4, column + 4, width,
                     command->summary);
            }
        }
    }
}

static void overview(const sb_session *session, sb_lines *lines, const sb_canvas *canvas, int width)
{
    sb_lines_wrap(lines, canvas, SB_STYLE_NORMAL, 0, width,
                  "Every key runs a command; : opens a line to type one. Change the prior and "
                  "watch what the best mechanism earns and charges. Payments go to the seller: "
                  "a negative one is paid by the seller. A tour explains it from the beginning: "
                  ":tour 1; :tour list lists them all. t explains a topic, / looks for a text.");
    key_lines(session, lines, canvas, width);
    command_lines(lines, canvas, width);
}

static void draw(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    const sb_display *display = sb_session_display(session);
    sb_lines lines;
    sb_lines_init(&lines);
    if (display->help_topic[0] == '\0') {
        overview(session, &lines, canvas, canvas->columns - 2);
    } else {
        sb_help_topic_lines(&lines, canvas, canvas->columns - 2, display->help_topic);
    }
    char *title =
        sb_format_text("Help%s%s", display->help_topic[0] == '\0' ? "" : ": ", display->help_topic);
    size_t first = display->help_scroll;
    char *note = sb_help_search(&lines, display, &first);
    sb_heading heading = {.title = title == NULL ? "Help" : title, .note = note, .active = true};
    sb_rectangle area = {top, 0, rows, canvas->columns};
    sb_draw_lines_pane(canvas, area, &lines, first, &heading, SB_STYLE_COUNT);
    free(title);
    free(note);
    sb_lines_clear(&lines);
}

const sb_screen_view sb_help_screen = {SB_SCREEN_HELP, "help", draw, sb_help_figure};
