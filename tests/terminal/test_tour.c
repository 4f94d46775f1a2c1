/* A tour played in a real pseudo-terminal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "terminal/terminal.h"

static terminal *start(const char *first, const char *second, int rows, int columns)
{
    char *arguments[] = {(char *)(uintptr_t)terminal_program(), (char *)(uintptr_t)first,
                         (char *)(uintptr_t)second, NULL};
    terminal_options options = {.rows = rows, .columns = columns, .extra = "SIDEBET_DATA=."};
    return terminal_start(&options, arguments);
}

static void end(terminal *t)
{
    assert_int_equal(terminal_wait_exit(t), 0);
    assert_true(terminal_is_restored(t));
    terminal_free(t);
}

/* From the shell: on, type along, back, resize, leave with q, and out with q. */
static void test_from_the_shell(void **state)
{
    (void)state;
    terminal *t = start("tour", "1", 24, 80);
    terminal_wait_for(t, "1 of 7: Two bidders, one item");
    terminal_wait_for(t,
                      "how much can we get?"); /* the answer is not there before it is asked for */
    terminal_wait_for_row(t, "full surplus", "?");
    terminal_send(t, ")");
    terminal_wait_for_row(t, "revenue", "1.5");
    terminal_wait_for(t, "1 of 7: Two bidders, one item");
    terminal_send(t, ")");
    terminal_wait_for(t, "2 of 7: All there is");
    terminal_send(t, ")");
    terminal_wait_for(t, "3 of 7: A second-price auction");
    terminal_wait_for(t, "brings ?");
    terminal_send(t, "!!!");
    terminal_wait_for(t, "brings 1.5");
    for (int k = 4; k <= 6; k++) {
        char place[] = "k of 7: ";
        place[0] = (char)('0' + k);
        terminal_send(t, ")");
        terminal_wait_for(t, place);
    }
    terminal_wait_for(t, "6 of 7: Your turn");
    terminal_send(t, ":mass scale\r");
    terminal_send(t, ":set 2,2 0.4\r");
    terminal_wait_for(t, "done");
    terminal_wait_for_row(t, "revenue", "1.8");
    terminal_send(t, ")");
    terminal_wait_for(t, "7 of 7: What moved");
    terminal_send(t, ")");
    terminal_wait_for(t, "this is the last step");
    terminal_send(t, "(");
    terminal_wait_for(t, "6 of 7: Your turn");
    terminal_wait_gone(t, "done");
    terminal_resize(t, 40, 120);
    terminal_wait_for_row(t, "6 of 7", "\xE2\x94\x82");
    terminal_resize(t, 12, 40);
    terminal_wait_for(t, "sidebet");
    terminal_resize(t, 24, 80);
    terminal_wait_for(t, "6 of 7: Your turn");
    terminal_send(t, "q");
    terminal_wait_for(t, "the tour is left");
    terminal_wait_gone(t, "6 of 7");
    terminal_send(t, ":tour\r");
    terminal_wait_for(t, "6 of 7: Your turn");
    terminal_send(t, "\x18");
    terminal_wait_gone(t, "6 of 7");
    terminal_send(t, "q");
    end(t);
}

/* While a step is computed the screen lives: it says so, changes its size, and Ctrl-C stays. */
static void test_slow_step(void **state)
{
    (void)state;
    char path[] = "/tmp/sidebet-slow-XXXXXX.sbt";
    int descriptor = mkstemps(path, 4);
    assert_true(descriptor >= 0);
    char folder[4096];
    assert_non_null(getcwd(folder, sizeof folder));
    dprintf(descriptor,
            "tour Slow\nstep One\n: open %s/demos/doubtful-forecast.yaml\nNothing.\nstep Two\n"
            ": simulate truth table\n: simulate samples 100\n: simulate repetitions 100000\n"
            ": simulate start\nIt is {simulated bayesian to 1}.\n",
            folder);
    close(descriptor);
    terminal *t = start("tour", path, 24, 80);
    terminal_wait_for(t, "1 of 2: One");
    terminal_send(t, ")");
    terminal_wait_for(t, "computing step 2\xE2\x80\xA6");
    terminal_wait_for(t, "Ctrl-C stays here");
    terminal_resize(t, 40, 120);
    terminal_wait_for_row(t, "Slow", "computing step 2");
    terminal_wait_for_row(t, "1 of 2: One", "\xE2\x94\x82");
    terminal_send(t, "\x03");
    terminal_wait_for(t, "the step is given up");
    terminal_wait_gone(t, "computing step 2");
    terminal_send(t, ")");
    terminal_wait_for(t, "computing step 2\xE2\x80\xA6");
    terminal_send(t, "q"); /* the tour */
    terminal_send(t, "q");
    end(t);
    unlink(path);
}

/* Unsaved work is put aside and comes back as it was; it is what a signal keeps. */
static void test_work_put_aside(void **state)
{
    (void)state;
    terminal *t = start("explore", "demos/weather.yaml", 24, 80);
    terminal_wait_for(t, "full surplus");
    terminal_send(t, ":set 1,rain 0.2\r");
    terminal_wait_for(t, "modified");
    terminal_send(t, ":tour 3\r");
    terminal_wait_for(t, "1 of 7: The nearest independent table");
    terminal_wait_gone(t, "modified");
    terminal_send(t, ":set 1,1 0.3\r");
    terminal_wait_for(t, "modified");
    terminal_send(t, "w");
    terminal_wait_for(t, "example");
    terminal_send(t, "\x18");
    terminal_wait_for_row(t, "weather.yaml", "undo 1");
    terminal_send(t, ":tour\r");
    terminal_wait_for(t, "1 of 7");
    terminal_signal(t, SIGTERM);
    assert_int_equal(terminal_wait_exit(t), 128 + SIGTERM);
    assert_true(terminal_is_restored(t));
    assert_int_equal(terminal_state_files(t, "history"), 1); /* of the weather, not of the tour */
    terminal_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_from_the_shell),
        cmocka_unit_test(test_slow_step),
        cmocka_unit_test(test_work_put_aside),
    };
    return cmocka_run_group_tests_name("tour terminal", tests, NULL, NULL);
}
