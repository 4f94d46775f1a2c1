/* The prompt of `sidebet repl` in a real pseudo-terminal: lines, completion, history, interrupts.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "terminal/terminal.h"

static terminal *prompt(void)
{
    char *arguments[] = {(char *)(uintptr_t)terminal_program(), (char *)(uintptr_t) "repl",
                         (char *)(uintptr_t) "demos/almost-independent.yaml", NULL};
    const terminal_options options = {.rows = 30, .columns = 100};
    terminal *t = terminal_start(&options, arguments);
    terminal_wait_for(t, "sidebet>");
    return t;
}

/* Between two lines the terminal is as it was before the program: keys are for the prompt only once
 * it is there. Waits for so many rows that begin with it. */
static void wait_for_prompts(terminal *t, int wanted)
{
    for (int turn = 0; turn < 1000; turn++) {
        int prompts = 0;
        for (const char *row = terminal_text(t); row != NULL; row = strchr(row, '\n')) {
            row += *row == '\n' ? 1 : 0;
            prompts += strncmp(row, "sidebet>", 8) == 0 ? 1 : 0;
        }
        if (prompts >= wanted) {
            return;
        }
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
        terminal_shows(t, "sidebet>"); /* takes what the program has written */
    }
    fail_msg("never %d prompts:\n%s", wanted, terminal_text(t));
}

static void leave(terminal *t)
{
    terminal_send(t, "\004");
    assert_int_equal(terminal_wait_exit(t), 0);
    assert_true(terminal_is_restored(t));
    terminal_free(t);
}

static void test_answers_and_goes_on(void **state)
{
    (void)state;
    terminal *t = prompt();
    terminal_send(t, "nonsense\r");
    terminal_wait_for(t, "there is no command `nonsense`");
    wait_for_prompts(t, 2);
    terminal_send(t, "show results\r");
    terminal_wait_for(t, "1.749");
    wait_for_prompts(t, 3);
    leave(t);
}

static void test_completes(void **state)
{
    (void)state;
    terminal *t = prompt();
    terminal_send(t, "norm\t");
    terminal_wait_for(t, "normalise");
    terminal_send(t, "\025show c\t\t");
    /* What begins so is listed, and the line stands below it once more. */
    terminal_wait_for_row(t, "conditionals", "conditions");
    terminal_send(t, "\025show prio\t\r");
    terminal_wait_for_row(t, "sidebet>", "show prior");
    terminal_wait_for(t, "0.251");
    wait_for_prompts(t, 3);
    leave(t);
}

static void test_interrupt_drops_the_line(void **state)
{
    (void)state;
    terminal *t = prompt();
    terminal_send(t, "nonsense of all kinds");
    terminal_wait_for(t, "of all kinds");
    terminal_send(t, "\003");
    wait_for_prompts(t, 2);
    terminal_send(t, "title kept\r");
    wait_for_prompts(t, 3);
    terminal_send(t, "show results\r");
    terminal_wait_for(t, "1.749");
    assert_false(terminal_shows(t, "there is no command"));
    wait_for_prompts(t, 4);
    leave(t);
}

static void test_history_is_kept(void **state)
{
    (void)state;
    terminal *t = prompt();
    terminal_send(t, "grumble\r");
    terminal_wait_for(t, "there is no command `grumble`");
    wait_for_prompts(t, 2);
    terminal_send(t, "   \r"); /* blank lines are not worth remembering */
    wait_for_prompts(t, 3);
    terminal_send(t, "normalise\r");
    wait_for_prompts(t, 4);
    terminal_send(t, "\033[A");
    terminal_wait_for_row(t, "sidebet>", "normalise");
    terminal_send(t, "\033[A");
    terminal_wait_for_row(t, "sidebet>", "grumble");
    terminal_send(t, "\025\004");
    assert_int_equal(terminal_wait_exit(t), 0);
    FILE *file = fopen(terminal_state_path(t, "sidebet/history"), "r");
    assert_non_null(file);
    char text[200];
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    assert_string_equal(text, "grumble\nnormalise\n");
    terminal_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers_and_goes_on),
        cmocka_unit_test(test_completes),
        cmocka_unit_test(test_interrupt_drops_the_line),
        cmocka_unit_test(test_history_is_kept),
    };
    return cmocka_run_group_tests_name("prompt", tests, NULL, NULL);
}
