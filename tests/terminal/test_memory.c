/* The explorer when memory runs out where no error can be returned: the work is kept.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sanitizer.h"
#include "terminal/terminal.h"

/* From one edit on there is no memory for the numbers of the thread that solves. That edit is kept,
 * though the second of quiet after which work is kept has not passed. */
static void test_solving_runs_out(void **state)
{
    (void)state;
    char library[400], command[2048], trigger[300], sentence[] = "not enough memory";
    (void)snprintf(library, sizeof library, "%s", terminal_program());
    char *end = strrchr(library, '/');
    assert_non_null(end);
    (void)snprintf(end, sizeof library - (size_t)(end - library), "/tests/failing_memory.so");
    if (ADDRESS_SANITIZER || access(library, R_OK) != 0) {
        skip();
    }
    char counted[300];
    (void)snprintf(command, sizeof command,
                   "exec env LD_PRELOAD=%s FAIL_THREADS=$XDG_STATE_HOME/no-memory "
                   "COUNT_IN=$XDG_STATE_HOME/count %s demos/almost-independent.yaml",
                   library, terminal_program());
    char *arguments[] = {"/bin/sh", "-c", command, NULL};
    terminal_options options = {.rows = 24, .columns = 80};
    terminal *t = terminal_start(&options, arguments);
    terminal_wait_for(t, "1.749");
    (void)snprintf(trigger, sizeof trigger, "%s", terminal_state_path(t, "no-memory"));
    (void)snprintf(counted, sizeof counted, "%s", terminal_state_path(t, "count"));
    int file = open(trigger, O_WRONLY | O_CREAT, 0600);
    assert_true(file >= 0);
    (void)close(file);
    terminal_send(t, ":set 1,1 0.3125\r");
    assert_int_equal(terminal_wait_exit(t), 3);
    assert_true(terminal_is_restored(t));
    terminal_wait_for(t, sentence);
    char home[300];
    (void)snprintf(home, sizeof home, "XDG_STATE_HOME=%s", terminal_state_path(t, ""));
    assert_int_equal(unlink(trigger), 0);
    char *again[] = {(char *)(uintptr_t)terminal_program(), "demos/almost-independent.yaml", NULL};
    options.extra = home;
    terminal *second = terminal_start(&options, again);
    terminal_wait_for(second, ":recover brings it back");
    terminal_send(second, ":recover\r");
    terminal_wait_for(second, "unsaved work is back");
    terminal_wait_for(second, "0.2944"); /* of weights that sum to 1.0615 */
    terminal_quit(second);
    (void)unlink(counted);
    terminal_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_solving_runs_out),
    };
    return cmocka_run_group_tests_name("explorer without memory", tests, NULL, NULL);
}
