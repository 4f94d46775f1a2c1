/* What the commands `figure`, `data` and `report` are done by.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/exporter.h"

#include <string.h>

#include "base/memory.h"
#include "cli/report_page.h"
#include "session/table_list.h"

sb_figure sb_exporter_figure(const sb_session *session, const sb_view_figure *shown)
{
    const sb_environment *environment = sb_session_environment(session);
    sb_figure figure = {.title = environment == NULL ? "" : environment->title,
                        .caption = shown->caption == NULL ? "" : shown->caption,
                        .panel_count = shown->count};
    for (size_t k = 0; k < shown->count; k++) {
        figure.panels[k] = &shown->plots[k];
    }
    return figure;
}

static sb_status no_figure(const sb_view_figure *shown, sb_error *error)
{
    return sb_error_set(error, SB_ERROR_USAGE, "%s",
                        shown->missing == NULL ? "there is no plot" : shown->missing);
}

static sb_status write_figure(sb_session *session, const char *path, sb_error *error)
{
    sb_status status = sb_figure_check(path, error);
    status = status == SB_OK ? sb_session_complete_display(session, error) : status;
    if (status != SB_OK) {
        return status;
    }
    sb_view_figure shown;
    sb_view_figure_of(session, &shown);
    if (shown.count == 0) {
        status = no_figure(&shown, error);
    } else {
        sb_figure figure = sb_exporter_figure(session, &shown);
        status = sb_figure_write(&figure, path, error);
    }
    sb_view_figure_clear(&shown);
    return status;
}

static sb_status write_data(sb_session *session, const char *path, sb_error *error)
{
    if (!sb_text_path_ends_in(path, ".csv")) {
        sb_error_set(error, SB_ERROR_USAGE, "data are written as CSV, and '%.200s' does not say so",
                     path);
        sb_error_set_hint(error, "write data FILE.csv");
        return SB_ERROR_USAGE;
    }
    sb_status status = sb_session_complete_display(session, error);
    if (status != SB_OK) {
        return status;
    }
    sb_view_figure shown;
    sb_view_figure_of(session, &shown);
    status = shown.count == 0 ? no_figure(&shown, error) : SB_OK;
    if (status == SB_OK) {
        sb_text text;
        sb_text_init(&text);
        sb_table_write(sb_view_figure_numbers(&shown), SB_TABLE_CSV, &text);
        status = text.failed || shown.data.failed
                     ? sb_out_of_memory(error)
                     : sb_text_write_file(path, text.bytes, text.length, error);
        sb_text_clear(&text);
    }
    sb_view_figure_clear(&shown);
    return status;
}

static sb_status write_report(sb_session *session, const char *path, sb_error *error)
{
    if (!sb_text_path_ends_in(path, ".html") && !sb_text_path_ends_in(path, ".htm")) {
        sb_error_set(error, SB_ERROR_USAGE, "a report is HTML, and '%.200s' does not say so", path);
        sb_error_set_hint(error, "write report FILE.html");
        return SB_ERROR_USAGE;
    }
    sb_text page;
    sb_text_init(&page);
    sb_status status = sb_report_page(session, &page, error);
    if (status == SB_OK) {
        status = sb_session_report_reaches(session, NULL, error);
    }
    if (status == SB_OK) {
        status = page.failed ? sb_out_of_memory(error)
                             : sb_text_write_file(path, page.bytes, page.length, error);
    }
    sb_text_clear(&page);
    return status;
}

const sb_exporter sb_program_exporter = {write_figure, write_data, write_report};
