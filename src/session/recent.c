/* Recent files: a list of paths, one a line, written whole.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A path that holds a newline cannot be written so and is not remembered.
 */
#include "session/recent.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/command.h"
#include "session/folders.h"

enum { LARGEST_LIST = 1024 * 1024 };

void sb_recent_clear(sb_recent *recent)
{
    for (size_t k = 0; k < recent->count; k++) {
        free(recent->paths[k]);
    }
    recent->count = 0;
}

/* path is taken over. */
static void append(sb_recent *recent, char *path)
{
    for (size_t k = 0; path != NULL && k < recent->count; k++) {
        if (strcmp(recent->paths[k], path) == 0) {
            free(path);
            return;
        }
    }
    if (path == NULL || recent->count == SB_MOST_RECENT) {
        free(path);
        return;
    }
    recent->paths[recent->count++] = path;
}

static void read_list(sb_recent *recent)
{
    char *file = sb_state_file("recent");
    char *text = NULL;
    size_t length = 0;
    if (file != NULL && sb_text_read_file(file, LARGEST_LIST, &text, &length, NULL) == SB_OK) {
        for (const char *line = text; *line != '\0';) {
            size_t bytes = strcspn(line, "\n");
            char *path = line[0] == '/' ? sb_copy_text_part(line, bytes) : NULL;
            if (path != NULL && access(path, R_OK) != 0) {
                free(path);
                path = NULL;
            }
            append(recent, path);
            line += bytes + (line[bytes] == '\n' ? 1 : 0);
        }
    }
    free(text);
    free(file);
}

void sb_recent_read(sb_recent *recent)
{
    recent->count = 0;
    read_list(recent);
}

sb_status sb_recent_add(const char *path, sb_error *error)
{
    char *real = realpath(path, NULL);
    char *file = sb_state_file("recent");
    if (real == NULL || file == NULL || strchr(real, '\n') != NULL) {
        free(real);
        free(file);
        return SB_OK; /* nowhere to write, or nothing that can be written */
    }
    sb_recent recent = {.count = 0};
    append(&recent, real);
    read_list(&recent);
    sb_text text;
    sb_text_init(&text);
    for (size_t k = 0; k < recent.count; k++) {
        sb_text_add_format(&text, "%s\n", recent.paths[k]);
    }
    sb_status status = sb_make_folders(file, "recent files", error);
    if (status == SB_OK) {
        status = text.failed ? sb_out_of_memory(error)
                             : sb_text_write_private_file(file, text.bytes, text.length, error);
    }
    sb_text_clear(&text);
    sb_recent_clear(&recent);
    free(file);
    return status;
}

/* The name of a file without its folders, or all of its path where another has the same name. */
static const char *shortest_name(const sb_recent *recent, size_t k)
{
    const char *name = strrchr(recent->paths[k], '/') + 1;
    for (size_t other = 0; other < recent->count; other++) {
        if (other != k && strcmp(strrchr(recent->paths[other], '/') + 1, name) == 0) {
            return recent->paths[k];
        }
    }
    return name;
}

static sb_status list(sb_call *call, const sb_recent *recent)
{
    for (size_t k = 0; k < recent->count; k++) {
        const char *name = shortest_name(recent, k);
        if (call->for_message) {
            sb_text_add_format(call->output, "%s%zu %s", k == 0 ? "" : "  ", k + 1, name);
        } else {
            sb_text_add_format(call->output, "%3zu  %s\n", k + 1, recent->paths[k]);
        }
    }
    if (recent->count == 0) {
        sb_text_add(call->output, "no file was opened lately\n");
    }
    return SB_OK;
}

sb_status sb_run_recent(sb_call *call)
{
    sb_recent recent;
    sb_recent_read(&recent);
    size_t number = 0;
    sb_status status = SB_OK;
    if (call->count == 0) {
        status = list(call, &recent);
    } else if (recent.count == 0) {
        status = sb_error_set(call->error, SB_ERROR_USAGE, "no file was opened lately");
    } else {
        status = sb_call_count(call, 0, 1, recent.count, &number);
    }
    if (status == SB_OK && number > 0) {
        sb_text line;
        sb_text_init(&line);
        sb_text_add(&line, "open ");
        sb_words_quote(&line, recent.paths[number - 1]);
        char *command = sb_text_take(&line, call->error);
        status = command == NULL
                     ? SB_ERROR_MEMORY
                     : sb_session_command(call->session, command,
                                          call->for_message ? NULL : call->output, call->error);
        free(command);
    }
    sb_recent_clear(&recent);
    return status;
}
