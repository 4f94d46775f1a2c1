/* The search for a deterministic mechanism in a real pseudo-terminal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "terminal/terminal.h"

/* 5 x 5 types: minutes of search. */
static const char hard[] = "item:\n"
                           "  bidders:\n"
                           "    - {name: ann, values: [1, 3, 4, 7, 9]}\n"
                           "    - {name: bob, values: [2, 3, 5, 6, 8]}\n"
                           "prior:\n"
                           "  - [9, 2, 7, 1, 3]\n"
                           "  - [3, 8, 2, 5, 6]\n"
                           "  - [1, 4, 9, 3, 2]\n"
                           "  - [6, 1, 2, 8, 5]\n"
                           "  - [4, 7, 1, 2, 9]\n"
                           "rules: {ir: ex-post, payments: \"bounded:3\", deterministic: true}\n";

static terminal *start(int rows, int columns, const char *locale, const char *extra)
{
    char path[] = "/tmp/sidebet-search-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, hard, sizeof hard - 1), sizeof hard - 1);
    close(file);
    terminal *t = terminal_open(path, rows, columns, locale, extra);
    terminal_wait_for(t, ": best"); /* searching or proving */
    unlink(path);
    return t;
}

/* Bound, gap and nodes while it goes on; the keys stay free; stopped, the best is kept. */
static void test_stop(void **state)
{
    (void)state;
    terminal *t = start(24, 80, NULL, NULL);
    terminal_wait_for(t, "gap");
    terminal_wait_for(t, "nodes");
    terminal_wait_for_row(t, "revenue", "not proved");
    terminal_wait_for(t, "rank 5 of 5"); /* does not wait for the search */
    terminal_send(t, "K");
    terminal_wait_for(t, "stopped: best");
    terminal_wait_for_row(t, "revenue", "not proved");
    terminal_send(t, "K");
    terminal_wait_gone(t, "stopped: best");
    terminal_send(t, "D");
    terminal_wait_gone(t, ": best");
    terminal_wait_for(t, "exact");
    terminal_quit(t);
}

static void test_ascii_mono_and_leaving(void **state)
{
    (void)state;
    terminal *t = start(40, 120, "C", NULL);
    terminal_wait_for(t, "gap");
    terminal_wait_for_row(t, "revenue", "not proved");
    terminal_resize(t, 12, 40);
    terminal_wait_for(t, "not proved");
    terminal_quit(t); /* in the middle of the search */
    t = start(24, 80, NULL, "NO_COLOR=1");
    terminal_wait_for(t, "gap");
    terminal_quit(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stop),
        cmocka_unit_test(test_ascii_mono_and_leaving),
    };
    return cmocka_run_group_tests_name("search in a terminal", tests, NULL, NULL);
}
