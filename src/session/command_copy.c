/* copy: what is seen, for the clipboard of the terminal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Outside of the explorer, where no terminal is at hand, it is printed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/table_list.h"

/* What a terminal takes at once: xterm refuses more than about 100000 bytes in base64. */
enum { LARGEST_COPY = 74000 };

/* The number under the cursor: of the values pane, or a probability. */
static sb_status add_number(sb_call *call, sb_text *text)
{
    const sb_environment *environment = sb_call_environment(call);
    const sb_display *display = &call->session->display;
    sb_number_style style = display->fractions ? SB_NUMBER_FRACTION : SB_NUMBER_DECIMAL;
    fmpq_t number;
    fmpq_init(number);
    if (display->pane == SB_PANE_VALUES) {
        fmpq_set(number, sb_environment_entry(environment, display->value_agent,
                                              display->value_type, display->value_outcome));
    } else {
        sb_environment_probability(number, environment, sb_cursor_profile(call->session));
    }
    sb_text_add_rational(text, number, style);
    fmpq_clear(number);
    return SB_OK;
}

/* Every profile, one a line: its types and its probability. */
static void fill_table(sb_text_table *table, const sb_environment *environment,
                       sb_number_style style)
{
    size_t players = sb_environment_player_count(environment);
    for (size_t player = 0; player < players; player++) {
        sb_text_table_add(table, sb_environment_player_name(environment, player));
    }
    sb_text_table_add(table, "probability");
    fmpq_t number;
    fmpq_init(number);
    for (size_t profile = 0; profile < sb_environment_profile_count(environment); profile++) {
        for (size_t player = 0; player < players; player++) {
            size_t type = sb_environment_type_at(environment, profile, player);
            sb_text_table_add(table, sb_environment_label(environment, player, type));
        }
        sb_environment_probability(number, environment, profile);
        char *text = sb_rational_format(number, style);
        sb_text_table_add(table, text);
        free(text);
    }
    fmpq_clear(number);
}

static sb_status add_table(sb_call *call, sb_table_format format, sb_text *text)
{
    const sb_environment *environment = sb_call_environment(call);
    size_t players = sb_environment_player_count(environment);
    bool fractions = call->session->display.fractions;
    sb_text_table table;
    sb_text_table_init(&table, players + 1, players);
    fill_table(&table, environment, fractions ? SB_NUMBER_FRACTION : SB_NUMBER_DECIMAL);
    sb_status status = table.failed ? sb_out_of_memory(call->error) : SB_OK;
    if (status == SB_OK) {
        sb_table_write(&table, format, text);
    }
    sb_text_table_clear(&table);
    return status;
}

static sb_status add_output(sb_call *call, const char *line, sb_text *text)
{
    return sb_session_command(call->session, line, text, call->error);
}

static sb_status add_script(sb_call *call, sb_text *text)
{
    char *script = sb_session_script(call->session, call->error);
    if (script == NULL) {
        return call->error->status;
    }
    sb_text_add(text, script);
    free(script);
    return SB_OK;
}

sb_status sb_run_copy(sb_call *call)
{
    enum { number, table, csv, latex, markdown, mechanism, script };
    static const char *const words[] = {"number",   "table",     "csv",    "latex",
                                        "markdown", "mechanism", "script", NULL};
    size_t choice = number;
    sb_status status = call->count == 0 ? SB_OK : sb_call_choice(call, 0, words, &choice);
    if (status != SB_OK) {
        return status;
    }
    sb_text text;
    sb_text_init(&text);
    status = choice == number      ? add_number(call, &text)
             : choice == table     ? add_output(call, "show prior", &text)
             : choice == mechanism ? add_output(call, "show mechanism", &text)
             : choice == script    ? add_script(call, &text)
             : choice == csv       ? add_table(call, SB_TABLE_CSV, &text)
             : choice == latex     ? add_table(call, SB_TABLE_LATEX, &text)
                                   : add_table(call, SB_TABLE_MARKDOWN, &text);
    if (status == SB_OK && text.failed) {
        status = sb_out_of_memory(call->error);
    }
    if (status == SB_OK && call->for_message && text.length > LARGEST_COPY) {
        status = sb_error_set(call->error, SB_ERROR_USAGE,
                              "that is %zu bytes, more than terminals take (%d)", text.length,
                              LARGEST_COPY);
        sb_error_set_hint(call->error, "write it to a file: table FILE, write-script FILE");
    }
    if (status == SB_OK && call->for_message) {
        sb_text_add_format(call->output, "the %s is on its way to the clipboard", words[choice]);
        free(call->session->clipboard);
        call->session->clipboard = sb_text_take(&text, NULL);
    } else if (status == SB_OK) {
        sb_text_add(call->output, text.bytes);
        if (text.length > 0 && text.bytes[text.length - 1] != '\n') {
            sb_text_add(call->output, "\n");
        }
    }
    sb_text_clear(&text);
    return status;
}

char *sb_session_take_clipboard(sb_session *session)
{
    char *text = session->clipboard;
    session->clipboard = NULL;
    return text;
}
