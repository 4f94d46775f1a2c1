/* sidebet table, sidebet report: what is known, for a paper or for the audience.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both open a session, as the prompt does, and let it run scripts first.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/execute.h"
#include "cli/exit_status.h"
#include "cli/exporter.h"
#include "cli/lp.h"
#include "cli/program.h"
#include "cli/report_page.h"
#include "session/table_list.h"

static bool is_script(const char *path)
{
    size_t length = strlen(path);
    return length > 3 && strcmp(path + length - 3, ".sb") == 0;
}

/* Open files and run scripts, in order; the scripts' own output is not shown. */
static sb_status prepare(sb_session *session, const sb_arguments *arguments, size_t from,
                         int *exit_status, sb_error *error)
{
    sb_execution execution = {.session = session, .silent = true};
    sb_status status = SB_OK;
    for (size_t k = from; k < arguments->operand_count && status == SB_OK; k++) {
        const char *path = arguments->operands[k];
        status = is_script(path) ? sb_execute_script(&execution, path, false, error)
                                 : sb_execute_open(session, arguments, path, error);
        if (execution.exit_status != SB_EXIT_SOLVED) { /* the failure was told */
            *exit_status = execution.exit_status;
            return SB_OK;
        }
    }
    return status;
}

/* ---- table ---- */

typedef enum format { AS_TEXT, AS_LATEX, AS_MARKDOWN, AS_CSV, FORMAT_COUNT } format;

/* As --format says, else by the ending of --output, else text. */
static sb_status choose_format(const sb_arguments *arguments, format *chosen, sb_error *error)
{
    static const char *const words[FORMAT_COUNT] = {"text", "latex", "markdown", "csv"};
    const char *output = arguments->simulation.output;
    sb_table_format by_ending = SB_TABLE_CSV;
    *chosen = AS_TEXT;
    if (arguments->format == NULL) {
        if (output != NULL && sb_table_format_of(output, &by_ending)) {
            *chosen = by_ending == SB_TABLE_LATEX      ? AS_LATEX
                      : by_ending == SB_TABLE_MARKDOWN ? AS_MARKDOWN
                                                       : AS_CSV;
        }
        return SB_OK;
    }
    for (int k = 0; k < FORMAT_COUNT; k++) {
        if (strcmp(arguments->format, words[k]) == 0) {
            *chosen = (format)k;
            return SB_OK;
        }
    }
    sb_error_set(error, SB_ERROR_USAGE, "sidebet table writes no %s", arguments->format);
    sb_error_set_hint(error, "write --format text, latex, markdown or csv");
    return SB_ERROR_USAGE;
}

static sb_status write_part(sb_session *session, const char *part, format chosen, sb_text *text,
                            sb_error *error)
{
    static const sb_table_format formats[FORMAT_COUNT] = {SB_TABLE_CSV, SB_TABLE_LATEX,
                                                          SB_TABLE_MARKDOWN, SB_TABLE_CSV};
    if (chosen == AS_TEXT) {
        char *line = sb_format_text("show %s", part);
        sb_status status =
            line == NULL ? sb_out_of_memory(error) : sb_session_command(session, line, text, error);
        free(line);
        return status;
    }
    sb_table_list list;
    sb_table_list_init(&list);
    sb_status status = sb_session_tables(session, part, &list, error);
    if (status == SB_OK && list.count == 0) {
        sb_error_set(error, SB_ERROR_USAGE, "%s is no table but words", part);
        sb_error_set_hint(error, "write --format text");
        status = SB_ERROR_USAGE;
    }
    if (status == SB_OK) {
        sb_table_list_write(&list, formats[chosen], text);
    }
    sb_table_list_clear(&list);
    return status;
}

/* The prior's table and its beliefs are pictures too. */
static sb_status check_figure(const sb_arguments *arguments, sb_error *error)
{
    const char *part = arguments->operands[0];
    if (arguments->figure == NULL) {
        return SB_OK;
    }
    if (strcmp(part, "prior") != 0 && strcmp(part, "conditionals") != 0) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "--figure draws the table prior or conditionals, and "
                     "not %.80s",
                     part);
        sb_error_set_hint(error, "leave out --figure, or see sidebet help incentives, sweep, cap "
                                 "and so on");
        return SB_ERROR_USAGE;
    }
    return sb_figure_check(arguments->figure, error);
}

static sb_status draw_table(sb_session *session, const sb_arguments *arguments, sb_error *error)
{
    if (arguments->figure == NULL) {
        return SB_OK;
    }
    bool beliefs = strcmp(arguments->operands[0], "conditionals") == 0;
    sb_status status = sb_session_command(session, "screen table", NULL, error);
    if (status == SB_OK) {
        status = sb_session_command(session, beliefs ? "conditionals on" : "conditionals off", NULL,
                                    error);
    }
    return status == SB_OK ? sb_program_exporter.figure(session, arguments->figure, error) : status;
}

static sb_status print_table(const sb_arguments *arguments, sb_session *session, int *exit_status,
                             sb_error *error)
{
    format chosen = AS_TEXT;
    sb_text text;
    sb_text_init(&text);
    sb_status status = choose_format(arguments, &chosen, error);
    status = status == SB_OK ? check_figure(arguments, error) : status;
    if (status == SB_OK) {
        status = prepare(session, arguments, 1, exit_status, error);
    }
    if (status == SB_OK && *exit_status == SB_EXIT_SOLVED) {
        status = write_part(session, arguments->operands[0], chosen, &text, error);
        status = status == SB_OK ? draw_table(session, arguments, error) : status;
    }
    if (status == SB_OK && *exit_status == SB_EXIT_SOLVED) {
        status = sb_lp_output(&text, arguments->simulation.output, error);
    }
    sb_text_clear(&text);
    return status;
}

/* ---- report ---- */

static sb_status print_report(const sb_arguments *arguments, sb_session *session, int *exit_status,
                              sb_error *error)
{
    sb_text page;
    sb_text_init(&page);
    sb_status status = prepare(session, arguments, 0, exit_status, error);
    if (status == SB_OK && *exit_status == SB_EXIT_SOLVED) {
        status = sb_report_page(session, &page, error);
    }
    if (status == SB_OK && *exit_status == SB_EXIT_SOLVED) {
        status = sb_lp_output(&page, arguments->simulation.output, error);
    }
    sb_text_clear(&page);
    return status;
}

/* ---- both ---- */

static int in_session(const sb_arguments *arguments,
                      sb_status (*print)(const sb_arguments *, sb_session *, int *, sb_error *))
{
    sb_error error;
    sb_error_clear(&error);
    int exit_status = SB_EXIT_SOLVED;
    sb_session *session = sb_session_new(false, &error);
    sb_session_set_exporter(session, &sb_program_exporter);
    sb_status status =
        session == NULL ? error.status : print(arguments, session, &exit_status, &error);
    if (status != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    }
    sb_session_free(session);
    return exit_status;
}

int sb_run_table_subcommand(const sb_arguments *arguments)
{
    return in_session(arguments, print_table);
}

int sb_run_report_subcommand(const sb_arguments *arguments)
{
    return in_session(arguments, print_report);
}
