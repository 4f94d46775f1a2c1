/* Many profiles in a real pseudo-terminal: the list, the filter, one agent's numbers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "terminal/terminal.h"

static const char escape[] = "\033";
static const char down[] = "\033OB";

static terminal *start(const char *demo, int rows, int columns, const char *locale,
                       const char *extra)
{
    terminal *t = terminal_open(demo, rows, columns, locale, extra);
    terminal_wait_for(t, "full surplus");
    return t;
}

/* Filter with completion, edit in the list, look at one agent, end the filter. */
static void test_filter(void **state)
{
    (void)state;
    terminal *t = start("demos/three-bidders.yaml", 40, 120, NULL, NULL);
    terminal_wait_for_row(t, "one agent", "filter");
    terminal_send(t, "v");
    terminal_wait_for_row(t, "given Ann", "given Cem");
    terminal_send(t, "/Ann=2 Ben=1 Ben=3\r");
    terminal_wait_for_row(t, "Prior", "Ann=2 Ben=1 Ben=3: 6 of 27");
    terminal_wait_for_row(t, "Mechanism", "6 of 27");
    terminal_send(t, down);
    terminal_send(t, "\r");
    terminal_send(t, "\025"
                     "0.1\r");
    terminal_wait_for_row(t, "(2, 1, 2)", "0.094");
    terminal_send(t, "nn");
    terminal_wait_for_row(t, "Mechanism", "6 of 27");
    terminal_wait_for_row(t, "extraction", "of Ben");
    terminal_send(t, "/Dan=1\r");
    terminal_wait_for(t, "has no player 'Dan'");
    terminal_wait_for_row(t, "Mechanism", "6 of 27");
    terminal_send(t, escape);
    terminal_wait_gone(t, "Ben=3: 6 of 27");
    terminal_send(t, "v");
    terminal_wait_for(t, "Ann, Cem");
    terminal_quit(t);
}

static void test_ascii_mono_and_small(void **state)
{
    (void)state;
    terminal *t = start("demos/three-bidders.yaml", 24, 80, "C", NULL);
    terminal_send(t, "v/Ann=2\r");
    terminal_wait_for_row(t, "= Prior =", "Ann=2: 9 of 27");
    terminal_resize(t, 12, 40);
    terminal_wait_for_row(t, "Prior", "Ann=2: 9 of 27");
    terminal_quit(t);
    t = start("demos/two-items.yaml", 24, 80, NULL, "NO_COLOR=1");
    terminal_send(t, "v");
    terminal_wait_for_row(t, "profile", "given");
    terminal_quit(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filter),
        cmocka_unit_test(test_ascii_mono_and_small),
    };
    return cmocka_run_group_tests_name("many profiles in a terminal", tests, NULL, NULL);
}
