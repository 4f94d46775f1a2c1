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
    wait_for_prompts(t, 4); /* the list of matches shows one twice */
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

/* A search among deterministic mechanisms that takes hours. */
static void write_long_search(const char *path)
{
    enum { types = 24 };
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("item:\n  bidders:\n", file);
    for (int player = 0; player < 2; player++) {
        fprintf(file, "    - {name: b%d, values: [", player);
        for (int type = 1; type <= types; type++) {
            fprintf(file, "%d%s", type, type < types ? ", " : "]}\n");
        }
    }
    fputs("prior:\n", file);
    for (int row = 0; row < types; row++) {
        for (int column = 0; column < types; column++) {
            int weight = (row * 7919 + column * 104729 + row * row * column * 31) % 9973 + 1;
            fprintf(file, "%s%d%s", column == 0 ? "  - [" : ", ", weight,
                    column + 1 < types ? "" : "]\n");
        }
    }
    fputs("rules: {deterministic: true, payments: {bounded: 3}}\n", file);
    assert_int_equal(fclose(file), 0);
}

/* Ctrl-C ends what a command computes, and neither the program nor the work. */
static void test_interrupt_ends_a_solve(void **state)
{
    (void)state;
    terminal *t = prompt();
    char path[512];
    snprintf(path, sizeof path, "%s", terminal_state_path(t, "long.yaml"));
    write_long_search(path);
    char line[600];
    snprintf(line, sizeof line, "open %s\r", path);
    terminal_send(t, line);
    wait_for_prompts(t, 2);
    terminal_send(t, "title kept\r");
    wait_for_prompts(t, 3);
    terminal_send(t, "show results\r");
    nanosleep(&(struct timespec){.tv_nsec = 600000000}, NULL); /* it is at work by then */
    terminal_send(t, "\003");
    terminal_wait_for(t, "cancelled");
    wait_for_prompts(t, 4);
    terminal_send(t, "quit\r");
    terminal_wait_for(t, "there are unsaved changes");
    wait_for_prompts(t, 5);
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
        cmocka_unit_test(test_interrupt_ends_a_solve),
        cmocka_unit_test(test_history_is_kept),
    };
    return cmocka_run_group_tests_name("prompt", tests, NULL, NULL);
}
