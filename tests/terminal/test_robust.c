/* The robust screen in a real pseudo-terminal.
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
static const char left[] = "\033OD";
static const char right[] = "\033OC";
static const char home[] = "\033OH";
static const char end[] = "\033OF";

static terminal *start(const char *demo, int rows, int columns, const char *locale,
                       const char *extra)
{
    terminal *t = terminal_open(demo, rows, columns, locale, extra);
    terminal_wait_for(t, "full surplus");
    terminal_send(t, "B");
    terminal_wait_for_row(t, "Robust", "round 0");
    return t;
}

/* Step, step back, run: the bound falls, the sentence follows, undo walks back. */
static void test_steps(void **state)
{
    (void)state;
    terminal *t = start("demos/doubtful-forecast.yaml", 24, 80, NULL, NULL);
    terminal_wait_for_row(t, "bound 2.2", "Bayesian 2.2");
    terminal_send(t, right);
    terminal_wait_for_row(t, "bound 2.076", "broken rules 2, by 0.18");
    terminal_wait_for(t, "4 cuts take the bound from 2.2 to 2.076");
    terminal_wait_for(t, "Type 2.5 reports 1 and gains 0.18");
    terminal_send(t, left);
    terminal_wait_for_row(t, "Robust", "round 0");
    terminal_send(t, end);
    terminal_wait_for_row(t, "optimum 2.05625", "broken rules none");
    terminal_wait_for(t, "agrees: 2.05625 (exact)");
    terminal_send(t, "u");
    terminal_wait_for_row(t, "Robust", "round 0");
    terminal_send(t, "\t\t");
    terminal_wait_for(t, "The price of robustness");
    terminal_send(t, escape);
    terminal_wait_for(t, "Mechanism");
    terminal_quit(t);
}

/* A larger set, a typed one, samples, and back to the truth. */
static void test_sets(void **state)
{
    (void)state;
    terminal *t = start("demos/doubtful-forecast.yaml", 40, 120, NULL, NULL);
    terminal_send(t, end);
    terminal_wait_for(t, "optimum 2.05625");
    terminal_send(t, "+");
    terminal_wait_for_row(t,
                          "box \xC2\xB1"
                          "0.1",
                          "the last");
    terminal_wait_for(t, "optimum 1.9175");
    terminal_send(t, "x0.05\r");
    terminal_wait_for(t, "optimum 2.05625");
    terminal_send(t, "d1000 seed 7\r");
    terminal_wait_for_row(t, "Robust", "tables");
    terminal_wait_for(t, "posterior mean");
    terminal_send(t, "u");
    terminal_wait_for(t, "optimum 2.05625");
    terminal_quit(t);
}

/* A run of many rounds shows each as it comes and leaves the keys free. */
static void test_long_run(void **state)
{
    (void)state;
    terminal *t = start("demos/doubtful-bell.yaml", 24, 80, NULL, NULL);
    terminal_send(t, ":robust cuts one\r");
    terminal_wait_for(t, "cuts one");
    terminal_send(t, end);
    terminal_wait_for_row(t, "Robust", "\xE2\x80\xA6");
    terminal_send(t, "\t");
    terminal_wait_for(t, "Each type's slack");
    terminal_send(t, home);
    terminal_wait_for_row(t, "Robust", "round 0");
    terminal_quit(t);
}

static void test_ascii_and_mono(void **state)
{
    (void)state;
    terminal *t = start("demos/three-forecasts.yaml", 30, 90, "C", NULL);
    terminal_wait_for(t, "o estimate");
    terminal_send(t, right);
    terminal_wait_for(t, "x worst");
    terminal_resize(t, 12, 40);
    terminal_wait_for(t, "Robust");
    terminal_quit(t);
    t = start("demos/three-forecasts.yaml", 24, 80, NULL, "NO_COLOR=1");
    terminal_send(t, end);
    terminal_wait_for(t, "optimum 1.82");
    terminal_quit(t);
}

/* Small screens keep the round, the worst case and the sentence; keys have their names. */
static void test_small(void **state)
{
    (void)state;
    terminal *t = start("demos/doubtful-forecast.yaml", 24, 80, NULL, NULL);
    terminal_send(t, ":robust objective worst-case\r:robust begin nothing\r");
    terminal_wait_for_row(t, "Robust", "worst case");
    terminal_send(t, "\034");
    terminal_wait_for(t, "C-\\ does nothing here");
    terminal_send(t, "\035");
    terminal_wait_for(t, "C-] does nothing here");
    terminal_send(t, "uu");
    terminal_resize(t, 12, 40);
    terminal_send(t, end);
    terminal_wait_for_row(t, "Robust", "round 2, exact");
    terminal_wait_for(t, "Round 2");
    terminal_quit(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps),          cmocka_unit_test(test_sets),
        cmocka_unit_test(test_long_run),       cmocka_unit_test(test_small),
        cmocka_unit_test(test_ascii_and_mono),
    };
    return cmocka_run_group_tests_name("robust screen in a terminal", tests, NULL, NULL);
}
