/* The simulate screen in a real pseudo-terminal.
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

static terminal *start(const char *demo, int rows, int columns, const char *locale,
                       const char *extra)
{
    terminal *t = terminal_open(demo, rows, columns, locale, extra);
    terminal_wait_for(t, "full surplus");
    terminal_send(t, "N");
    terminal_wait_for(t, "Simulate");
    return t;
}

/* A small sweep from typed numbers to its end; the points, the table and back. */
static void test_a_small_sweep(void **state)
{
    (void)state;
    terminal *t = start("demos/weather.yaml", 24, 80, NULL, NULL);
    terminal_send(t, "n20,100\r");
    terminal_wait_for(t, "samples 20,100");
    terminal_send(t, "r4\r");
    terminal_send(t, " ");
    terminal_wait_for(t, "8 of 8 repetitions, done");
    terminal_wait_for_row(t, "20 samples", "4 repetitions");
    terminal_wait_for_row(t, "known-prior", "1.6667");
    terminal_send(t, right);
    terminal_wait_for_row(t, "100 samples", "4 repetitions");
    terminal_send(t, escape);
    terminal_wait_for(t, "Mechanism");
    terminal_quit(t);
}

/* A long one: paused, gone on with, left alone while the table is edited, and left for good. */
static void test_pause_and_leave(void **state)
{
    (void)state;
    terminal *t = start("demos/gaussian.yaml", 40, 120, NULL, NULL);
    terminal_send(t, "Y");
    terminal_send(t, "ex-post,bayesian\r");
    terminal_send(t, " ");
    terminal_wait_for(t, "left");
    terminal_send(t, " ");
    terminal_wait_for(t, "paused");
    terminal_send(t, " ");
    terminal_wait_gone(t, "paused");
    terminal_resize(t, 24, 80);
    terminal_wait_for(t, "Simulate");
    terminal_send(t, escape);
    terminal_wait_for(t, "Mechanism");
    terminal_send(t, "N");
    terminal_wait_for(t, "repetitions");
    terminal_quit(t);
}

static void test_ascii_and_mono(void **state)
{
    (void)state;
    terminal *t = start("demos/weather.yaml", 24, 80, "C", NULL);
    terminal_send(t, "n20\rr3\r ");
    terminal_wait_for(t, "3 of 3 repetitions, done");
    terminal_resize(t, 12, 40);
    terminal_wait_for(t, "Simulate");
    terminal_quit(t);
    t = start("demos/weather.yaml", 24, 80, NULL, "NO_COLOR=1");
    terminal_send(t, "n20\rr3\r ");
    terminal_wait_for(t, "3 of 3 repetitions, done");
    terminal_quit(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_small_sweep),
        cmocka_unit_test(test_pause_and_leave),
        cmocka_unit_test(test_ascii_and_mono),
    };
    return cmocka_run_group_tests_name("simulate", tests, NULL, NULL);
}
