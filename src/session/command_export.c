/* Commands that write what is known into files: figures, their data, tables, reports.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"

void sb_session_set_exporter(sb_session *session, const sb_exporter *exporter)
{
    if (session != NULL) {
        session->exporter = exporter;
    }
}

/* ---- figures, data, reports: by whoever draws ---- */

typedef sb_status exported(sb_call *call, const char *path);

static sb_status cannot_export(sb_call *call)
{
    return sb_error_set(call->error, SB_ERROR_USAGE, "nothing here can draw figures or pages");
}

static sb_status export_figure(sb_call *call, const char *path)
{
    return call->session->exporter->figure(call->session, path, call->error);
}

static sb_status export_data(sb_call *call, const char *path)
{
    return call->session->exporter->data(call->session, path, call->error);
}

static sb_status export_report(sb_call *call, const char *path)
{
    return call->session->exporter->report(call->session, path, call->error);
}

/* In the explorer, which goes on meanwhile. */
static sb_status begin_report(sb_call *call, const char *path, bool *done)
{
    if (call->session->interactive && sb_session_environment(call->session) != NULL) {
        return sb_reporting_begin(call->session, path, done, call->error);
    }
    *done = true;
    return export_report(call, path);
}

/* The file is asked about before anything is computed. */
static sb_status write_to(sb_call *call, bool anyway, const char *again, const char *what,
                          exported *write)
{
    if (call->session->exporter == NULL) {
        return cannot_export(call);
    }
    char *path = sb_call_new_file(call, 0, anyway, again);
    if (path == NULL) {
        return call->error->status;
    }
    sb_status status = write(call, path);
    if (status == SB_OK) {
        sb_text_add_format(call->output, "%s written to %s\n", what, path);
    }
    free(path);
    return status;
}

sb_status sb_run_figure(sb_call *call)
{
    return write_to(call, false, "figure!", "figure", export_figure);
}

sb_status sb_run_figure_anyway(sb_call *call)
{
    return write_to(call, true, "figure!", "figure", export_figure);
}

sb_status sb_run_data(sb_call *call)
{
    return write_to(call, false, "data!", "data", export_data);
}

sb_status sb_run_data_anyway(sb_call *call)
{
    return write_to(call, true, "data!", "data", export_data);
}

static sb_status write_report(sb_call *call, bool anyway)
{
    if (call->session->exporter == NULL) {
        return cannot_export(call);
    }
    char *path = sb_call_new_file(call, 0, anyway, "report!");
    if (path == NULL) {
        return call->error->status;
    }
    bool done = false;
    sb_status status = begin_report(call, path, &done);
    if (status == SB_OK && done) {
        sb_text_add_format(call->output, "report written to %s\n", path);
    }
    free(path);
    return status;
}

sb_status sb_run_report(sb_call *call)
{
    return write_report(call, false);
}

sb_status sb_run_report_anyway(sb_call *call)
{
    return write_report(call, true);
}

/* ---- tables ---- */

void sb_call_table(sb_call *call, sb_text_table *table)
{
    if (call->tables == NULL) {
        sb_text_table_write(table, call->output);
    } else {
        char *before = sb_text_take(call->output, NULL);
        call->tables->failed = call->tables->failed || before == NULL;
        sb_table_list_add(call->tables, before, table);
        free(before);
    }
    sb_text_table_clear(table);
}

/* Where there is no exporter and no command: the same call, its words apart from its tables. */
static sb_status collect(sb_call *call, const char *part, sb_table_list *list)
{
    sb_text words;
    sb_text_init(&words);
    sb_call inner = *call;
    inner.output = &words;
    inner.tables = list;
    inner.for_message = false;
    sb_status status = sb_show_part(&inner, part);
    char *after = sb_text_take(&words, NULL);
    if (status == SB_OK) {
        sb_table_list_end(list, after);
        status = list->failed ? sb_out_of_memory(call->error) : SB_OK;
    }
    free(after);
    return status;
}

sb_status sb_session_tables(sb_session *session, const char *part, sb_table_list *list,
                            sb_error *error)
{
    sb_error own;
    sb_error_clear(&own);
    bool known = false;
    for (const char *const *at = sb_show_parts(); *at != NULL; at++) {
        known = known || strcmp(*at, part) == 0;
    }
    sb_status status = SB_OK;
    if (!known) {
        status = sb_error_set(&own, SB_ERROR_USAGE, "there is no part `%s`", part);
    } else if (sb_session_environment(session) == NULL) {
        status = sb_error_set(&own, SB_ERROR_USAGE, "no environment is open");
    } else {
        sb_call call = {.session = session, .error = &own};
        status = collect(&call, part, list);
    }
    if (status != SB_OK && error != NULL) {
        *error = own;
    }
    return status;
}

static sb_status write_tables(sb_call *call, const char *path, sb_table_format format)
{
    sb_table_list list;
    sb_table_list_init(&list);
    sb_text text;
    sb_text_init(&text);
    sb_status status = collect(call, call->arguments[0], &list);
    if (status == SB_OK && list.count == 0) {
        status = sb_error_set(call->error, SB_ERROR_USAGE,
                              "%s is no table but words: show %s prints them", call->arguments[0],
                              call->arguments[0]);
    }
    if (status == SB_OK) {
        sb_table_list_write(&list, format, &text);
        status = text.failed ? sb_out_of_memory(call->error)
                             : sb_text_write_file(path, text.bytes, text.length, call->error);
    }
    if (status == SB_OK) {
        sb_text_add_format(call->output, "table written to %s\n", path);
    }
    sb_text_clear(&text);
    sb_table_list_clear(&list);
    return status;
}

static sb_status run_table(sb_call *call, bool anyway)
{
    size_t choice = 0;
    sb_table_format format = SB_TABLE_CSV;
    sb_status status = sb_call_choice(call, 0, call->command->description.choices, &choice);
    if (status != SB_OK) {
        return status;
    }
    if (!sb_table_format_of(call->arguments[1], &format)) {
        sb_error_set(call->error, SB_ERROR_USAGE, "the ending of `%s` names no format",
                     call->arguments[1]);
        sb_error_set_hint(call->error, "write FILE.tex, FILE.md or FILE.csv");
        return SB_ERROR_USAGE;
    }
    char *path = sb_call_new_file(call, 1, anyway, "table! PART");
    if (path == NULL) {
        return call->error->status;
    }
    status = write_tables(call, path, format);
    free(path);
    return status;
}

sb_status sb_run_table(sb_call *call)
{
    return run_table(call, false);
}

sb_status sb_run_table_anyway(sb_call *call)
{
    return run_table(call, true);
}
