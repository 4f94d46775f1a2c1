/* Figures, data, tables and reports from the explorer, in a real pseudo-terminal.
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

#include "terminal/terminal.h"

/* Whether a file in the state folder has this text in its first 100,000 bytes. */
static bool holds(const terminal *t, const char *name, const char *text)
{
    FILE *file = fopen(terminal_state_path(t, name), "rb");
    if (file == NULL) {
        return false;
    }
    static char bytes[100001];
    size_t length = fread(bytes, 1, sizeof bytes - 1, file);
    fclose(file);
    for (size_t k = 0; k < length; k++) {
        bytes[k] = bytes[k] == '\0' ? ' ' : bytes[k];
    }
    bytes[length] = '\0';
    return strstr(bytes, text) != NULL;
}

static void command(terminal *t, const char *words, const char *name)
{
    char line[1000];
    snprintf(line, sizeof line, ":%s %s\r", words, terminal_state_path(t, name));
    terminal_send(t, line);
}

static void test_export(void **state)
{
    (void)state;
    char *arguments[] = {(char *)(uintptr_t)terminal_program(),
                         (char *)(uintptr_t) "demos/almost-independent.yaml", NULL};
    const terminal_options options = {.rows = 30, .columns = 110};
    terminal *t = terminal_start(&options, arguments);
    terminal_wait_for(t, "31375 smallest");
    command(t, "figure", "a.svg");
    terminal_wait_for(t, "figure written to");
    assert_true(holds(t, "a.svg", "class=\"cell\""));
    terminal_send(t, "L");
    terminal_wait_for(t, "The program");
    command(t, "figure", "lp.svg");
    terminal_wait_for(t, "the screen lp is a program in words and has no plot");
    terminal_send(t, "b");
    terminal_wait_for(t, "payments grow like");
    terminal_wait_gone(t, "computing");
    terminal_wait_gone(t, "points so far");
    command(t, "figure", "sweep.svg");
    terminal_wait_for(t, "figure written to");
    assert_true(holds(t, "sweep.svg", "Largest payment"));
    command(t, "figure", "sweep.svg");
    terminal_wait_for(t, "exists already");
    command(t, "figure!", "sweep.svg");
    terminal_wait_for(t, "figure written to");
    command(t, "figure", "sweep.png");
    terminal_wait_for(t, "sweep.png");
    terminal_wait_for(t, "figure written to");
    assert_true(holds(t, "sweep.png", "PNG"));
    command(t, "data", "sweep.csv");
    terminal_wait_for(t, "data written to");
    assert_true(holds(t, "sweep.csv", "1749/1000"));
    command(t, "table mechanism", "m.tex");
    terminal_wait_for(t, "table written to");
    assert_true(holds(t, "m.tex", "\\toprule"));
    command(t, "report", "r.html");
    terminal_wait_for(t, "report written to");
    assert_true(holds(t, "r.html", "Full surplus extraction"));
    /* The report looked at other screens; this one is as it was. */
    assert_true(terminal_shows(t, "Largest payment"));
    terminal_send(t, "Q");
    assert_int_equal(terminal_wait_exit(t), 0);
    assert_true(terminal_is_restored(t));
    terminal_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_export)};
    return cmocka_run_group_tests_name("export in a terminal", tests, NULL, NULL);
}
