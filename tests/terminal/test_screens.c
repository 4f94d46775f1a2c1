/* The blow-up and the misbelief screen in a real pseudo-terminal.
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

#define DEMO "demos/almost-independent.yaml"

static const char escape[] = "\033";
static const char left[] = "\033OD";
static const char home[] = "\033OH";

static terminal *start_at(int rows, int columns)
{
    terminal *t = terminal_open(DEMO, rows, columns, NULL, NULL);
    terminal_wait_for_row(t, "full surplus", "1.749");
    terminal_wait_for(t, "exact");
    return t;
}

/* Both plots, the jump in words, the cursor's numbers; the table follows the cursor. */
static void test_blow_up(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    terminal_send(t, "b");
    terminal_wait_for_row(t, "Revenue", "Largest payment");
    terminal_wait_for(t, "1.499 at \xCE\xBB = 0");
    terminal_wait_for(t, "grow like");
    terminal_wait_gone(t, "points so far");
    terminal_send(t, home);
    terminal_wait_for_row(t, "\xCE\xBB = 0", "revenue 1.49");
    terminal_send(t, "\t");
    terminal_wait_for_row(t, "Revenue", "under a payment cap");
    terminal_wait_for(t, "B =");
    terminal_send(t, "\t");
    terminal_wait_for_row(t, "Revenue", "Largest payment");
    terminal_send(t, left);
    terminal_send(t, escape);
    terminal_wait_for(t, "Mechanism");
    terminal_quit(t);
}

/* Beside the frontier where there is room, and back through a resize. */
static void test_blow_up_wide(void **state)
{
    (void)state;
    terminal *t = start_at(40, 120);
    terminal_send(t, "b");
    terminal_wait_for_row(t, "Revenue", "under a payment cap");
    terminal_wait_for(t, "Largest payment");
    terminal_wait_for(t, "drops to 1.499");
    terminal_resize(t, 24, 80);
    terminal_wait_for_row(t, "Revenue", "Largest payment");
    terminal_resize(t, 12, 40);
    terminal_wait_gone(t, "Largest payment");
    terminal_resize(t, 40, 120);
    terminal_wait_for_row(t, "Revenue", "under a payment cap");
    terminal_quit(t);
}

/* Freeze, change the truth, see the loss; the frozen belief stays as it was. */
static void test_misbelief(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    terminal_send(t, "M");
    terminal_wait_for(t, "Nothing is frozen: press z");
    terminal_send(t, escape);
    terminal_wait_for(t, "Mechanism");
    terminal_send(t, "z");
    terminal_send(t, "M");
    terminal_wait_for(t, "Belief");
    terminal_wait_for(t, "Truth");
    terminal_wait_for(t, "as designed.");
    terminal_send(t, ".25\r");
    terminal_wait_for(t, "The seller LOSES");
    terminal_wait_for_row(t, "as designed", "1.749");
    assert_true(terminal_shows(t, "0.251"));
    terminal_send(t, "u");
    terminal_wait_gone(t, "LOSES");
    terminal_send(t, escape);
    terminal_wait_for(t, "Mechanism");
    terminal_quit(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blow_up),
        cmocka_unit_test(test_blow_up_wide),
        cmocka_unit_test(test_misbelief),
    };
    return cmocka_run_group_tests_name("screens in a terminal", tests, NULL, NULL);
}
