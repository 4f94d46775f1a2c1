/* Screens of interactive sessions, drawn when everything on show has been computed.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SIDEBET_GOLDEN=write writes the golden files instead of comparing.
 */
#ifndef SB_TESTS_SETTLED_SCREENS_H
#define SB_TESTS_SETTLED_SCREENS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/touring.h"
#include "unit/view/golden.h"
#include "view/panes.h"
#include "view/view.h"

static inline sb_session *session_of(const char *demo)
{
    sb_error error;
    sb_session *session = sb_session_new(true, &error);
    assert_non_null(session);
    char *path = sb_format_text("%s/demos/%s", SB_SOURCE_DIR, demo);
    assert_int_equal(sb_session_open(session, path, &error), SB_OK);
    free(path);
    return session;
}

static inline void command(sb_session *session, const char *line)
{
    sb_error error;
    if (sb_session_command(session, line, NULL, &error) != SB_OK) {
        fail_msg("%s: %s", line, error.message);
    }
}

/* Until everything that is on show has been computed: what a screen shows is only wanted there. */
static inline void settle(sb_session *session)
{
    (void)sb_session_refresh(session);
    while (sb_session_tour_walks(session, NULL) || sb_session_solving(session) ||
           !sb_session_results_current(session) ||
           !sb_results_complete(sb_session_results_at_hand(session))) {
        struct pollfd ready = {sb_session_descriptor(session), POLLIN, 0};
        (void)poll(&ready, 1, sb_session_tour_walks(session, NULL) ? 1 : 50);
        (void)sb_session_refresh(session);
    }
}

static inline char *dump(sb_session *session, int rows, int columns, bool ascii)
{
    settle(session);
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, rows, columns, ascii));
    sb_view_draw(session, &canvas);
    char *text = sb_canvas_dump(&canvas);
    sb_canvas_clear(&canvas);
    return text;
}

static inline void compare(sb_session *session, int rows, int columns, bool ascii, const char *name)
{
    compare_with_golden(dump(session, rows, columns, ascii), ascii, name);
}

static inline void expect_at(sb_session *session, int rows, int columns, const char *text,
                             bool there)
{
    char *screen = dump(session, rows, columns, false);
    if ((strstr(screen, text) != NULL) != there) {
        print_error("%s\n", screen);
        fail_msg("\"%s\" is%s on the screen", text, there ? " not" : "");
    }
    free(screen);
}

/* After each key, at every size: whatever is on show, no fault. */
static inline void draw_at_every_size(const char *demo, const char *const *keys, size_t key_count)
{
    sb_session *session = session_of(demo);
    for (size_t k = 0; k < key_count; k++) {
        sb_session_press(session, keys[k]);
        for (int rows = 12; rows <= 50; rows += 9) {
            for (int columns = 40; columns <= 130; columns += 13) {
                free(dump(session, rows, columns, (rows + columns) % 3 == 0));
            }
        }
    }
    sb_session_free(session);
}

#endif
