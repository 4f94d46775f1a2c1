/* How far the work is, on a terminal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { bar_width = 20, minute = 60, hour = 3600 };
static const double longest_rest = 1e9;

/* Back to the line's begin and erase it: every terminal that shows a cursor knows this. */
static const char over[] = "\r\033[K";

void sb_progress_show(const char *what, size_t done, size_t planned)
{
    if (!isatty(STDERR_FILENO)) {
        return;
    }
    if (planned > 0) {
        fprintf(stderr, "%s%s: %zu of %zu", over, what, done, planned);
    } else {
        fprintf(stderr, "%s%s: %zu", over, what, done);
    }
    fflush(stderr);
}

/* "3 s", "2 min 5 s", "1 h 20 min" */
static void format_duration(char *text, size_t size, double seconds)
{
    unsigned long whole = (unsigned long)(seconds + 0.5);
    if (whole < minute) {
        (void)snprintf(text, size, "%lu s", whole);
    } else if (whole < hour) {
        (void)snprintf(text, size, "%lu min %lu s", whole / minute, whole % minute);
    } else {
        (void)snprintf(text, size, "%lu h %lu min", whole / hour, whole % hour / minute);
    }
}

void sb_progress_bar(const char *what, size_t done, size_t planned, double elapsed)
{
    if (!isatty(STDERR_FILENO) || planned == 0) {
        return;
    }
    char bar[bar_width + 1];
    size_t full = done * bar_width / planned;
    for (size_t k = 0; k < bar_width; k++) {
        bar[k] = k < full ? '#' : '-';
    }
    bar[bar_width] = '\0';
    fprintf(stderr, "%s%s: [%s] %zu of %zu", over, what, bar, done, planned);
    if (done > 0 && done < planned) {
        char left[32];
        double rest = elapsed / (double)done * (double)(planned - done);
        format_duration(left, sizeof left, rest < longest_rest ? rest : longest_rest);
        fprintf(stderr, ", %s left", left);
    }
    fflush(stderr);
}

void sb_progress_line(const char *line)
{
    if (isatty(STDERR_FILENO)) {
        fprintf(stderr, "%s%s", over, line);
        fflush(stderr);
    }
}

void sb_progress_end(void)
{
    if (isatty(STDERR_FILENO)) {
        fputs(over, stderr);
        fflush(stderr);
    }
}
