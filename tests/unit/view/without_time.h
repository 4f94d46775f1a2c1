/* Screens that show how long a solve took, made alike.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_WITHOUT_TIME_H
#define SB_TESTS_WITHOUT_TIME_H

#include <stddef.h>
#include <string.h>

#include "base/text.h"

/* The first number after a dot that is a time: *end is where its unit begins, " ms " or " s ". */
static inline const char *find_time(const char *screen, const char **end)
{
    const char *dot = screen;
    while ((dot = strstr(dot, "\xC2\xB7 ")) != NULL) {
        size_t digits = strspn(dot + 3, "<0123456789.");
        *end = dot + 3 + digits;
        if (digits > 0 && (strncmp(*end, " ms ", 4) == 0 || strncmp(*end, " s ", 3) == 0)) {
            return dot;
        }
        dot++;
    }
    *end = NULL;
    return NULL;
}

/* The time a solve took becomes "T ms": the heading's rule absorbs the difference. */
static inline char *without_time(const char *screen)
{
    static const char rule[] = "\xE2\x94\x80";
    const char *end = NULL;
    const char *dot = find_time(screen, &end);
    bool seconds = end != NULL && strncmp(end, " s ", 3) == 0;
    const char *status = dot;
    while (status != NULL && status > screen && strncmp(status - 3, rule, 3) != 0) {
        status--;
    }
    sb_text text;
    sb_text_init(&text);
    if (end == NULL || status == NULL) {
        sb_text_add(&text, screen);
    } else {
        int rules = (int)(end - (dot + 3)) - 1 - seconds;
        const char *start = status; /* of the blank before the status */
        for (; rules < 0 && start > screen; rules++) {
            start -= sizeof rule - 1;
        }
        sb_text_add_part(&text, screen, (size_t)(start - screen));
        for (; rules > 0; rules--) {
            sb_text_add(&text, rule);
        }
        sb_text_add_part(&text, status, (size_t)(dot + 3 - status));
        sb_text_add(&text, "T ms");
        sb_text_add(&text, end + (seconds ? 2 : 3));
    }
    return sb_text_take(&text, NULL);
}

#endif
