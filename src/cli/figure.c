/* Figures in files: SVG, PDF or PNG.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/figure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

static const char *ending(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash == NULL ? path : slash, '.');
    return dot == NULL ? "" : dot;
}

static bool ends_in(const char *path, const char *wanted)
{
    return strcasecmp(ending(path), wanted) == 0;
}

static sb_status cannot_write(const char *path, const char *reason, sb_error *error)
{
    sb_error_set(error, SB_ERROR_IO, "the figure cannot be written to '%.200s': %s", path, reason);
    sb_error_set_hint(error, "name a file in a folder that exists and can be written to");
    return SB_ERROR_IO;
}

sb_status sb_figure_check(const char *path, sb_error *error)
{
    if (!ends_in(path, ".svg") && !ends_in(path, ".pdf") && !ends_in(path, ".png")) {
        sb_error_set(error, SB_ERROR_USAGE, "the ending of '%.200s' names no kind of figure", path);
        sb_error_set_hint(error, "name FILE.svg, FILE.pdf or FILE.png");
        return SB_ERROR_USAGE;
    }
    struct stat about;
    if (stat(path, &about) == 0) {
        if (S_ISDIR(about.st_mode)) {
            return cannot_write(path, strerror(EISDIR), error);
        }
        if (access(path, W_OK) != 0) {
            return cannot_write(path, strerror(errno), error);
        }
        return SB_OK;
    }
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL   ? sb_copy_text(".")
                   : slash == path ? sb_copy_text("/")
                                   : sb_copy_text_part(path, (size_t)(slash - path));
    if (folder == NULL) {
        return sb_out_of_memory(error);
    }
    int number = access(folder, W_OK | X_OK) == 0 ? 0 : errno;
    free(folder);
    return number == 0 ? SB_OK : cannot_write(path, strerror(number), error);
}

sb_status sb_figure_write(const sb_figure *figure, const char *path, sb_error *error)
{
    double width;
    double height;
    sb_figure_size(figure, &width, &height);
    sb_text bytes;
    sb_text_init(&bytes);
    const char *reason = "";
    bool drawn = true;
    if (ends_in(path, ".pdf")) {
        drawn = sb_pen_pdf(&bytes, width, height, figure->title, sb_figure_draw, figure, &reason);
    } else if (ends_in(path, ".png")) {
        drawn = sb_pen_png(&bytes, width, height, sb_figure_draw, figure, &reason);
    } else {
        sb_pen_svg(&bytes, width, height, figure->title, sb_figure_draw, figure);
    }
    sb_status status = SB_OK;
    if (bytes.failed) {
        status = sb_out_of_memory(error);
    } else if (!drawn) {
        status =
            sb_error_set(error, SB_ERROR_INTERNAL, "the figure could not be drawn: %s", reason);
    } else {
        status = sb_text_write_file(path, bytes.bytes, bytes.length, error);
    }
    sb_text_clear(&bytes);
    return status;
}
