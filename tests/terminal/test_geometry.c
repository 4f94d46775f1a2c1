/* The geometry screen in a real pseudo-terminal.
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
static const char right[] = "\033OC";
static const char down[] = "\033OB";

static terminal *start(const char *demo, int rows, int columns, const char *locale)
{
    terminal *t = terminal_open(demo, rows, columns, locale, NULL);
    terminal_wait_for(t, "full surplus");
    terminal_send(t, "y");
    terminal_wait_for(t, "Beliefs and values of bidder");
    return t;
}

/* The type without a side bet, raised onto the envelope and above it, undone, moved aside. */
static void test_line(void **state)
{
    (void)state;
    terminal *t = start("demos/not-concave.yaml", 24, 80, NULL);
    terminal_wait_for(t, "has no side bet");
    terminal_wait_for(t, "worth 1.5");
    terminal_send(t, ":step 0.005\r+");
    terminal_wait_for_row(t, "concave", "\xE2\x9C\x93 linear");
    terminal_send(t, "+");
    terminal_wait_for_row(t, "concave", "\xE2\x9C\x97 not linear");
    terminal_send(t, "uu");
    terminal_wait_for(t, "1/2\xC2\xB7pessimist +");
    terminal_send(t, ":step 0.015\r");
    terminal_wait_for(t, "the step is 0.015");
    terminal_send(t, right);
    terminal_wait_for(t, "believes low: 0.65");
    terminal_wait_for(t, "has a side bet");
    terminal_send(t, escape);
    terminal_wait_for(t, "Mechanism");
    terminal_quit(t);
}

/* Three signals, in ASCII, on a large terminal. */
static void test_triangle(void **state)
{
    (void)state;
    terminal *t = start("demos/three-forecasts.yaml", 40, 120, "C");
    terminal_wait_for(t, "middle: 2");
    terminal_wait_for_row(t, "rain", "fog");
    terminal_wait_for_row(t, "low", "worth 1");
    terminal_send(t, down);
    terminal_wait_for(t, "pays rain: 1, fog: -9, dry: 11");
    terminal_send(t, "s\025geometry signals dry\r");
    terminal_wait_for(t, "dry and all others as one");
    terminal_send(t, "c");
    terminal_wait_for(t, "component 1");
    terminal_quit(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_line),
                                       cmocka_unit_test(test_triangle)};
    return cmocka_run_group_tests_name("geometry in a terminal", tests, NULL, NULL);
}
