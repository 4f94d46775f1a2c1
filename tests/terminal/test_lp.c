/* The LP and the incentive screen in a real pseudo-terminal.
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
static const char f7[] = "\033[18~";
static const char f8[] = "\033[19~";

static terminal *start_at(const char *file, int rows, int columns, const char *locale)
{
    terminal *t = terminal_open(file, rows, columns, locale, NULL);
    terminal_wait_for(t, "exact");
    return t;
}

/* The cell at the beginning of the row that holds a text. */
static VTermScreenCell cell_of_row(terminal *t, const char *text, int column)
{
    terminal_wait_for(t, text);
    const char *screen = terminal_text(t);
    const char *found = strstr(screen, text);
    assert_non_null(found);
    int row = 0;
    for (const char *at = screen; at < found; at++) {
        row += *at == '\n' ? 1 : 0;
    }
    return terminal_cell(t, row, column);
}

/* Rows with their numbers, the cursor's row below, the way to the table and back. */
static void test_program(void **state)
{
    (void)state;
    terminal *t = start_at("demos/almost-independent.yaml", 24, 80, NULL);
    terminal_send(t, "L");
    terminal_wait_for_row(t, "The program", "1-11 of 13");
    terminal_wait_for_row(t, "IR agent 1: 1", "1");
    terminal_wait_for(t, "What is maximised: 1.749 at the optimum (exact)");
    assert_true(cell_of_row(t, " maximise", 1).attrs.reverse);
    terminal_send(t, down);
    terminal_wait_for(t, "agent 1 of type 1 takes part");
    VTermScreenCell mark = cell_of_row(t, "IR agent 1: 1", 0);
    assert_int_equal(mark.chars[0], 0x25CF); /* binds: a mark, not a colour alone */
    assert_true(mark.attrs.reverse);
    assert_true(cell_of_row(t, "IR agent 1: 2", 0).attrs.bold);
    terminal_send(t, "\t");
    terminal_wait_for_row(t, "Probabilities", "4 rows");
    terminal_send(t, "\t");
    terminal_wait_for_row(t, "Bayes-Nash incentive compatibility of agent 1", "2 rows");
    terminal_send(t, "g");
    terminal_wait_for(t, "agent 1 of type 2 gains nothing by reporting 1");
    terminal_send(t, "\r");
    terminal_wait_for(t, "Full surplus extraction");
    terminal_wait_for(t, "\xE2\x97\x8F"
                         "2 [0.250]");
    terminal_wait_for(t, "(Escape goes back)");
    terminal_send(t, escape);
    terminal_wait_for_row(t, "Bayes-Nash incentive compatibility of agent 1", "2 rows");
    terminal_send(t, escape);
    terminal_wait_for(t, "Full surplus extraction");
    terminal_wait_gone(t, "\xE2\x97\x8F"
                          "2");
    terminal_quit(t);
}

/* A wide terminal shows whole rows; an edit there is seen in the numbers. */
static void test_program_wide(void **state)
{
    (void)state;
    terminal *t = start_at("demos/almost-independent.yaml", 40, 120, NULL);
    terminal_send(t, f7);
    terminal_wait_for_row(t, "The program", "12 rows");
    terminal_wait_for_row(t, "IR agent 1: 1", "+ 0.25 [p(agent 1 gets it");
    terminal_send(t, "I");
    terminal_wait_for_row(t, "The program", "16 rows");
    terminal_send(t, "u");
    terminal_wait_for_row(t, "The program", "12 rows");
    terminal_send(t, "f");
    terminal_wait_for(t, "251/1000");
    terminal_resize(t, 24, 80);
    terminal_wait_for_row(t, "The program", "1-11 of 13");
    terminal_resize(t, 12, 40);
    terminal_wait_for(t, "IR agent 1: 1");
    terminal_resize(t, 40, 120);
    terminal_wait_for_row(t, "The program", "12 rows");
    terminal_quit(t);
}

/* No optimum: the rows all the same, and a word where the numbers were. */
static void test_no_optimum(void **state)
{
    (void)state;
    terminal *t = start_at("demos/almost-independent.yaml", 24, 80, NULL);
    terminal_send(t, "PP");
    terminal_wait_for(t, "unbounded");
    terminal_send(t, "L");
    terminal_wait_for(t, "unbounded: no slacks, no duals");
    terminal_wait_for(t, "IC agent 1: 2 as 1");
    terminal_send(t, f8);
    terminal_wait_for(t, "The program is unbounded");
    terminal_quit(t);
}

/* Arrows of each agent; those with slack on request; to the table and back. */
static void test_incentives(void **state)
{
    (void)state;
    terminal *t = start_at("demos/almost-independent.yaml", 24, 80, NULL);
    terminal_send(t, "W");
    terminal_wait_for_row(t, "Incentives of agent 1", "1 of 2 agents");
    terminal_wait_for_row(t, "stays away", "dual");
    terminal_wait_for(t, "\xE2\x97\x80\xE2\x94\x80"); /* an arrow to the left */
    assert_true(cell_of_row(t, "\xE2\x96\xB6\xE2\x94\x8A", 9).attrs.bold); /* worth something */
    terminal_send(t, "v");
    terminal_wait_for_row(t, "dual", "slack");
    terminal_wait_for(t, "0.500992");
    terminal_send(t, "v");
    terminal_wait_gone(t, "0.500992");
    terminal_send(t, "\t");
    terminal_wait_for_row(t, "Incentives of agent 2", "2 of 2 agents");
    terminal_send(t, "jj");
    terminal_wait_for(t, "type 2 would as soon stay away: dual 1");
    terminal_send(t, "\r");
    terminal_wait_for(t, "Full surplus extraction");
    terminal_send(t, escape);
    terminal_wait_for(t, "Incentives of agent 2");
    terminal_quit(t);
}

static void test_incentives_wide(void **state)
{
    (void)state;
    terminal *t = start_at("demos/three-bidders.yaml", 40, 120, NULL);
    terminal_send(t, "IPW");
    terminal_wait_for_row(t, "Incentives of Ann", "all 9 profiles of the others");
    terminal_wait_for(t, " of 9");
    terminal_send(t, "]");
    terminal_wait_for(t, "when the others are");
    terminal_wait_gone(t, " of 9");
    terminal_quit(t);
}

static void test_matrix(void **state)
{
    (void)state;
    terminal *t = start_at("demos/gaussian.yaml", 24, 80, NULL);
    terminal_send(t, "W");
    terminal_wait_for_row(t, "10", "away");
    terminal_wait_for(t, "the truth");
    terminal_send(t, "l");
    terminal_wait_for(t, "type 1 would as soon report 2");
    terminal_quit(t);
}

static void test_ascii(void **state)
{
    (void)state;
    terminal *t = start_at("demos/almost-independent.yaml", 24, 80, "C");
    terminal_send(t, "W");
    terminal_wait_for(t, "|<-----");
    terminal_send(t, "L");
    terminal_wait_for(t, "*IR agent 1: 1");
    terminal_send(t, down);
    terminal_wait_for(t, "Sum[theta_-i] pi(theta_i, theta_-i)");
    terminal_quit(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_program),         cmocka_unit_test(test_program_wide),
        cmocka_unit_test(test_no_optimum),      cmocka_unit_test(test_incentives),
        cmocka_unit_test(test_incentives_wide), cmocka_unit_test(test_matrix),
        cmocka_unit_test(test_ascii),
    };
    return cmocka_run_group_tests_name("terminal/lp", tests, NULL, NULL);
}
