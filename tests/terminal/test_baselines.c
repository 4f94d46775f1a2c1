/* The baselines screen in a real pseudo-terminal.
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
static const char end[] = "\033OF";
static const char f9[] = "\033[20~";

static terminal *start(const char *demo, int rows, int columns, const char *locale,
                       const char *extra)
{
    terminal *t = terminal_open(demo, rows, columns, locale, extra);
    terminal_wait_for(t, "full surplus");
    return t;
}

/* Choose, scroll, freeze; the numbers follow the table. */
static void test_choose(void **state)
{
    (void)state;
    terminal *t = start("demos/three-bidders.yaml", 24, 80, NULL, NULL);
    terminal_send(t, f9);
    terminal_wait_for_row(t, "second-price", "2.15741 exact");
    terminal_wait_for_row(t, "myerson", "the values are correlated");
    for (int k = 0; k < 5; k++) {
        terminal_send(t, down);
    }
    terminal_wait_for(t, "1-7 of 27");
    terminal_send(t, end);
    terminal_wait_for(t, "21-27 of 27");
    terminal_send(t, ":independent\r");
    terminal_wait_for_row(t, "myerson", "exact");
    terminal_send(t, "F");
    terminal_wait_for(t, "frozen: the second-price mechanism");
    terminal_send(t, "u");
    terminal_wait_for_row(t, "myerson", "the values are correlated");
    terminal_send(t, "M");
    terminal_wait_for(t, "Belief");
    terminal_send(t, escape);
    terminal_wait_for(t, "Mechanism");
    terminal_quit(t);
}

static void test_ascii_mono_and_small(void **state)
{
    (void)state;
    terminal *t = start("demos/simple-example.yaml", 24, 80, "C", NULL);
    terminal_send(t, "E");
    terminal_wait_for_row(t, "vcg", "####");
    terminal_send(t, down);
    terminal_wait_for(t, ">full-surplus");
    terminal_resize(t, 12, 40);
    terminal_wait_for_row(t, "full-surplus", "1.75");
    terminal_quit(t);
    t = start("demos/simple-example.yaml", 40, 120, NULL, "NO_COLOR=1");
    terminal_send(t, "E");
    terminal_wait_for_row(t, "myerson", "1.5  exact");
    terminal_quit(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choose),
        cmocka_unit_test(test_ascii_mono_and_small),
    };
    return cmocka_run_group_tests_name("baselines screen in a terminal", tests, NULL, NULL);
}
