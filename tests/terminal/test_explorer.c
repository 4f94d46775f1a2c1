/* The explorer in a real pseudo-terminal: what a person sees and presses.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "terminal/terminal.h"

#define DEMO "demos/almost-independent.yaml"

static terminal *start(const terminal_options *options)
{
    char *arguments[] = {(char *)(uintptr_t)terminal_program(), (char *)(uintptr_t)DEMO, NULL};
    return terminal_start(options, arguments);
}

static terminal *start_at(int rows, int columns)
{
    terminal_options options = {.rows = rows, .columns = columns};
    terminal *t = start(&options);
    terminal_wait_for_row(t, "full surplus", "1.749");
    terminal_wait_for(t, "exact");
    return t;
}

static void quit(terminal *t)
{
    terminal_send(t, "q");
    assert_int_equal(terminal_wait_exit(t), 0);
    assert_true(terminal_is_restored(t));
    terminal_free(t);
}

static void test_edit_solve_undo(void **state)
{
    (void)state;
    terminal *t = start_at(40, 120);
    assert_true(terminal_in_alternate_screen(t));
    terminal_wait_for(t, "rank 2 of 2");
    terminal_wait_for(t, "4.0e-06");
    terminal_wait_for(t, "-62750");
    terminal_send(t, ".25\r");
    terminal_wait_for(t, "modified");
    terminal_send(t, "\033OC.25\r"); /* right */
    terminal_send(t, "\033OB.25\r"); /* down */
    terminal_send(t, "\033OD.25\r"); /* left */
    terminal_wait_for_row(t, "full surplus", "1.75");
    terminal_wait_for_row(t, "revenue", "1.5 ");
    terminal_wait_for(t, "rank 1 of 2");
    assert_false(terminal_shows(t, "1.749"));
    for (int i = 0; i < 8 && !terminal_shows(t, "full surplus   1.749"); i++) {
        terminal_send(t, "u");
        terminal_wait_for(t, "redo");
    }
    terminal_wait_for_row(t, "full surplus", "1.749");
    terminal_wait_for_row(t, "revenue", "1.749");
    terminal_wait_gone(t, "modified");
    quit(t);
}

/* The five minutes of the README, key by key. */
static void test_tour(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    terminal_wait_for_row(t, "(1, 1)", "62501");
    terminal_wait_for_row(t, "(1, 2)", "-62750");
    terminal_send(t, ".25\r\033OB\033OC.25\r"); /* the opposite corner */
    terminal_wait_for_row(t, "revenue ", " 1.5 ");
    terminal_wait_for(t, "rank 1 of 2");
    terminal_wait_for(t, "min 0 ");
    terminal_send(t, "u");
    terminal_wait_for(t, "undo 1 \xC2\xB7 redo 1");
    terminal_send(t, "u");
    terminal_wait_for_row(t, "revenue ", "1.749 ");
    terminal_send(t, "mmm<<<");
    terminal_wait_for(t, "keep both marginals \xC2\xB1"
                         "0.000001");
    terminal_send(t, "+");
    terminal_wait_for_row(t, "revenue ", "1.499 ");
    terminal_send(t, "+");
    terminal_wait_for_row(t, "revenue ", "1.748998 ");
    terminal_send(t, "--");
    terminal_wait_for_row(t, "revenue ", "1.749 ");
    terminal_send(t, "P");
    terminal_wait_for_row(t, "revenue ", "1.499 ");
    terminal_wait_for(t, "so nobody ever regrets having come.");
    terminal_send(t, "P");
    terminal_wait_for(t, "revenue is unbounded");
    terminal_wait_for(t, "with `ir: ex-ante` there is an optimum");
    terminal_send(t, "IO$R");
    terminal_wait_gone(t, "modified");
    terminal_wait_for_row(t, "revenue ", "1.749 ");
    terminal_send(t, ":payments bounded:100\r");
    terminal_wait_for_row(t, "revenue ", "1.499796 ");
    terminal_send(t, "?");
    terminal_wait_for(t, "Keys anywhere");
    terminal_send(t, "q");
    terminal_wait_gone(t, "Keys anywhere");
    terminal_send(t, "q");
    terminal_wait_for(t, "w saves them, Q leaves and gives them up");
    terminal_send(t, "Q");
    assert_int_equal(terminal_wait_exit(t), 0);
    assert_true(terminal_is_restored(t));
    terminal_free(t);
}

static void test_typing_shows_and_escape_cancels(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    terminal_send(t, "0.9");
    terminal_wait_for(t, "0.9");
    terminal_wait_for(t, "Esc cancel");
    terminal_wait_cursor(t, true);
    terminal_send(t, "\033");
    terminal_wait_gone(t, "Esc cancel");
    terminal_wait_for(t, "[0.251]");
    terminal_wait_cursor(t, false);
    quit(t);
}

static void test_resize(void **state)
{
    (void)state;
    terminal *t = start_at(40, 120);
    terminal_resize(t, 24, 80);
    terminal_wait_for_row(t, "Enter edit", "q quit");
    terminal_wait_for_row(t, "Binding rules", "1-2 of 6");
    terminal_wait_for_row(t, "revenue", "1.749");
    terminal_resize(t, 40, 120);
    terminal_wait_for_row(t, "b blow-up", "q quit");
    terminal_wait_for_row(t, "full surplus", "1.749");
    quit(t);
}

static void test_resize_storm(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    for (int i = 0; i < 300; i++) {
        terminal_resize(t, 5 + i % 50, 10 + (i * 7) % 130);
        if (i % 10 == 0) {
            terminal_send(t, "\033OC");
        }
    }
    terminal_resize(t, 24, 80);
    terminal_wait_for_row(t, "Enter edit", "q quit");
    terminal_wait_for_row(t, "sidebet", "almost-independent.yaml");
    terminal_wait_for_row(t, "full surplus", "1.749");
    quit(t);
}

static void test_too_small(void **state)
{
    (void)state;
    terminal_options options = {.rows = 8, .columns = 34};
    terminal *t = start(&options);
    terminal_wait_for(t, "sidebet needs 40 columns");
    terminal_wait_for(t, "34 and 8");
    terminal_resize(t, 24, 80);
    terminal_wait_for_row(t, "full surplus", "1.749");
    terminal_resize(t, 1, 1);
    terminal_resize(t, 24, 80);
    terminal_wait_for_row(t, "full surplus", "1.749");
    quit(t);
}

static void test_command_line(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    terminal_send(t, ":");
    terminal_wait_for_row(t, "Enter run", "Esc cancel");
    assert_false(terminal_shows(t, "q quit"));
    terminal_send(t, "ic ex\t");
    terminal_wait_for(t, ":ic ex-post");
    terminal_send(t, "\r");
    terminal_wait_for_row(t, "ic ex-post", "objective");
    terminal_wait_for(t, "modified");
    /* several completions are listed above the line; Escape closes it at once */
    terminal_send(t, ":re\t");
    terminal_wait_for_row(t, "recover", "redo");
    terminal_send(t, "\033");
    terminal_wait_gone(t, "recover");
    /* the line before comes back from the history */
    terminal_send(t, ":\033OA");
    terminal_wait_for(t, ":ic ex-post");
    terminal_send(t, "\003");
    terminal_wait_gone(t, ":ic ex-post");
    /* a wrong command is answered by one sentence */
    terminal_send(t, ":frobnicate\r");
    terminal_wait_for(t, "frobnicate");
    terminal_send(t, "uq");
    assert_int_equal(terminal_wait_exit(t), 0);
    assert_true(terminal_is_restored(t));
    assert_int_equal(access(terminal_state_path(t, "sidebet/history"), R_OK), 0);
    terminal_free(t);
}

/* Leave the line amid something, then run a command: it runs, and it alone. */
static void leave_and_run(terminal *t, const char *keys, const char *way_out, int number)
{
    char command[64];
    char echoed[32];
    (void)snprintf(echoed, sizeof echoed, "after-%d", number);
    (void)snprintf(command, sizeof command, ":echo before-%d\r", number);
    terminal_send(t, command);
    (void)snprintf(command, sizeof command, "before-%d", number);
    terminal_wait_for(t, command);
    terminal_send(t, keys);
    terminal_wait_for(t, "cancel");
    terminal_send(t, way_out);
    terminal_wait_gone(t, "cancel");
    (void)snprintf(command, sizeof command, ":echo %s\r", echoed);
    terminal_send(t, command);
    terminal_wait_for_row(t, echoed, "");
    terminal_wait_gone(t, "cancel");
    assert_false(terminal_shows(t, "echo after"));
}

/* What readline was amid does not outlive the line. */
static void test_command_line_leaves_nothing(void **state)
{
    (void)state;
    static const char *const amid[] = {
        ":\022echo",        /* C-r */
        ":\023echo",        /* C-s */
        ":\033necho",       /* Alt-n */
        ":\033pecho",       /* Alt-p */
        ":\0335",           /* Alt-5 */
        ":\0335\022echo",   /* the two */
        ":\030",            /* C-x */
        ":ab\035",          /* C-]: to a character */
        ":ab\021",          /* C-q: the next as it is */
        ":\030(echo",       /* C-x (: a macro */
        ":\030(\022echo",   /* and a search in it */
        ":ab cd\027",       /* C-w: a kill */
        ":\033OAxyz\033OA", /* a changed line of the history */
    };
    terminal *t = start_at(24, 80);
    for (size_t i = 0; i < sizeof amid / sizeof amid[0]; i++) {
        leave_and_run(t, amid[i], i % 2 == 0 ? "\033" : "\003", (int)i);
    }
    terminal_send(t, ":\033OA\033OA"); /* the changed line is what it was */
    terminal_wait_for_row(t, ":echo before-12 ", "");
    terminal_send(t, "\003");
    quit(t);
}

/* A search shows that it is one, and C-g ends it alone. */
static void test_command_line_searches(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    terminal_send(t, ":echo one\r:echo two\r:par");
    terminal_wait_for(t, ":par");
    terminal_send(t, "\022on");
    terminal_wait_for(t, ":(reverse-i-search)`on': echo one");
    terminal_wait_for(t, "C-g end search");
    terminal_send(t, "\007");
    terminal_wait_for_row(t, ":par", "");
    terminal_send(t, "\025\022one\r"); /* C-u: an empty line */
    terminal_wait_gone(t, "cancel");
    terminal_wait_for(t, "one");
    terminal_send(t, ":\0335");
    terminal_wait_for(t, ":(arg: 5)");
    terminal_send(t, "\007\033pone");
    terminal_wait_for(t, ":(history search) one");
    terminal_send(t, "\r");
    terminal_wait_for(t, ":echo one");
    terminal_send(t, "\r");
    terminal_wait_gone(t, "cancel");
    terminal_resize(t, 24, 40);
    terminal_send(t, ":\022two");
    terminal_wait_for(t, ":`two': echo two");
    terminal_send(t, "\003");
    quit(t);
}

static void test_command_line_completes_files(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    terminal_send(t, ":open demos/\t");
    terminal_wait_for_row(t, "demos/bilateral-trade/", "demos/concave.yaml");
    terminal_send(t, "nearby\t");
    terminal_wait_for(t, ":open demos/nearby-independent.yaml");
    terminal_send(t, "\r");
    terminal_wait_for(t, "one millionth");
    terminal_wait_for_row(t, "revenue", "1.499");
    quit(t);
}

static void test_command_line_scrolls(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    terminal_send(t, ":title ");
    for (int i = 0; i < 20; i++) {
        terminal_send(t, "\xC3\xA4\xE6\xBC\xA2word"); /* a narrow and a wide letter */
    }
    terminal_wait_for(t, ":<");
    terminal_send(t, "end");
    terminal_wait_for(t, "wordend");
    terminal_send(t, "\001"); /* to the start of the line */
    terminal_wait_for(t, ":title ");
    terminal_send(t, "\033");
    terminal_wait_gone(t, ":title");
    quit(t);
}

static void test_help(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    terminal_send(t, "?");
    terminal_wait_for(t, "Keys anywhere");
    terminal_send(t, " ");
    terminal_wait_gone(t, "Keys anywhere");
    terminal_send(t, "\033");
    terminal_wait_for_row(t, "full surplus", "1.749");
    quit(t);
}

static int coloured_cells(terminal *t)
{
    int count = 0;
    for (int row = 0; row < terminal_rows(t); row++) {
        for (int column = 0; column < terminal_columns(t); column++) {
            VTermScreenCell cell = terminal_cell(t, row, column);
            bool plain = VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) && VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
            count += plain ? 0 : 1;
        }
    }
    return count;
}

static void test_colours(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    assert_true(coloured_cells(t) > 100);
    quit(t);
    terminal_options options = {.rows = 24, .columns = 80, .extra = "NO_COLOR=1"};
    t = start(&options);
    terminal_wait_for_row(t, "full surplus", "1.749");
    assert_int_equal(coloured_cells(t), 0);
    quit(t);
    options = (terminal_options){.rows = 24, .columns = 80, .term = "vt100"};
    t = start(&options);
    terminal_wait_for_row(t, "full surplus", "1.749");
    assert_int_equal(coloured_cells(t), 0);
    quit(t);
    options = (terminal_options){.rows = 24, .columns = 80, .term = "xterm"}; /* 8 colours */
    t = start(&options);
    terminal_wait_for_row(t, "full surplus", "1.749");
    assert_true(coloured_cells(t) > 100);
    quit(t);
}

/* ---- legibility ---- */

/* Relative luminance of one of the 240 colours that do not depend on the user's settings. */
static double luminance(int index)
{
    static const int levels[] = {0, 95, 135, 175, 215, 255};
    int grey = 8 + 10 * (index - 232);
    int cube = index - 16;
    const int parts[3] = {index >= 232 ? grey : levels[cube / 36],
                          index >= 232 ? grey : levels[cube / 6 % 6],
                          index >= 232 ? grey : levels[cube % 6]};
    static const double weights[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int k = 0; k < 3; k++) {
        double part = parts[k] / 255.0;
        sum += weights[k] * (part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(double one, double other)
{
    return one > other ? (one + 0.05) / (other + 0.05) : (other + 0.05) / (one + 0.05);
}

/* The program cannot know whether the terminal is light or dark. */
static void expect_legible(terminal *t)
{
    int seen = 0;
    for (int row = 0; row < terminal_rows(t); row++) {
        for (int column = 0; column < terminal_columns(t); column++) {
            VTermScreenCell cell = terminal_cell(t, row, column);
            if (VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || cell.chars[0] == 0 || cell.chars[0] == ' ') {
                continue;
            }
            assert_true(VTERM_COLOR_IS_INDEXED(&cell.fg) && cell.fg.indexed.idx >= 16);
            double text = luminance(cell.fg.indexed.idx);
            double least = cell.attrs.bold ? 3.8 : 4.4;
            if (VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)) {
                bool bar = cell.chars[0] >= 0x2580 && cell.chars[0] <= 0x259F;
                assert_true(contrast(text, 0) >= (bar ? 3 : least));
                assert_true(contrast(text, 1) >= (bar ? 3 : least));
            } else {
                assert_true(contrast(text, luminance(cell.bg.indexed.idx)) >= 4.5);
            }
            seen++;
        }
    }
    assert_true(seen > 100);
}

static void test_contrast(void **state)
{
    (void)state;
    terminal *t = start_at(40, 120);
    expect_legible(t);
    terminal_send(t, "P");
    terminal_send(t, "P");
    terminal_wait_for(t, "revenue is unbounded");
    expect_legible(t);
    terminal_send(t, ":frobnicate\r");
    terminal_wait_for(t, "no command");
    expect_legible(t);
    terminal_send(t, ":undo 2\r7");
    terminal_wait_for(t, "Esc cancel");
    expect_legible(t);
    terminal_send(t, "\033");
    terminal_wait_gone(t, "Esc cancel");
    quit(t);
}

static void test_ascii_locale(void **state)
{
    (void)state;
    terminal_options options = {
        .rows = 24, .columns = 80, .locale = "C", .term = "screen-256color"};
    terminal *t = start(&options);
    terminal_wait_for_row(t, "full surplus", "1.749");
    terminal_wait_for_row(t, "rank 2 of 2", "s.min");
    for (const char *byte = terminal_text(t); *byte != '\0'; byte++) {
        assert_true((unsigned char)*byte < 0x80);
    }
    terminal_send(t, "?");
    terminal_wait_for(t, "Keys anywhere");
    terminal_send(t, "q");
    terminal_wait_for(t, "full surplus");
    quit(t);
}

static void refused(const terminal_options *options, const char *sentence)
{
    terminal *t = start(options);
    assert_int_equal(terminal_wait_exit(t), 2);
    assert_true(terminal_shows(t, sentence));
    assert_true(terminal_is_restored(t));
    terminal_free(t);
}

static void test_terminals_that_cannot(void **state)
{
    (void)state;
    terminal_options dumb = {.rows = 24, .columns = 200, .term = "dumb"};
    refused(&dumb, "cannot place the cursor on the terminal TERM=dumb");
    terminal_options unknown = {.rows = 24, .columns = 200, .term = "no-such-terminal"};
    refused(&unknown, "does not know the terminal TERM=no-such-terminal");
}

static void test_no_terminal(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        int nothing = open("/dev/null", O_RDONLY);
        (void)dup2(nothing, STDIN_FILENO);
        (void)dup2(ends[1], STDOUT_FILENO);
        (void)dup2(ends[1], STDERR_FILENO);
        (void)close(ends[0]);
        (void)close(ends[1]);
        (void)execl(terminal_program(), "sidebet", DEMO, (char *)NULL);
        _exit(127);
    }
    (void)close(ends[1]);
    char text[4096] = "";
    size_t length = 0;
    ssize_t count = 0;
    while ((count = read(ends[0], text + length, sizeof text - 1 - length)) > 0) {
        length += (size_t)count;
    }
    (void)close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 2);
    assert_non_null(strstr(text, "needs a terminal"));
    assert_null(strchr(text, '\033'));
}

static void test_interrupt_key(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    terminal_send(t, "\003");
    terminal_wait_for(t, "press q to quit");
    terminal_send(t, "5\003"); /* while typing a number: like Escape */
    terminal_wait_for(t, "[0.251]");
    quit(t);
}

static void ended_by(int number)
{
    terminal *t = start_at(24, 80);
    terminal_send(t, ".3\r");
    terminal_wait_for(t, "modified");
    terminal_signal(t, number);
    int status = terminal_wait_exit(t);
    /* SIGINT may be passed on, so that a shell script above ends as well. */
    assert_true(status == 128 + number || (number == SIGINT && status == 1000 + SIGINT));
    assert_true(terminal_is_restored(t));
    assert_true(terminal_state_files(t, "history") >= 1);
    terminal_free(t);
}

static void test_ending_signals(void **state)
{
    (void)state;
    ended_by(SIGTERM);
    ended_by(SIGHUP);
    ended_by(SIGINT);
}

/* Ended from outside where unsaved work cannot be kept: it says so, on the screen it leaves. */
static void test_work_that_cannot_be_kept(void **state)
{
    (void)state;
    terminal *t = terminal_open(DEMO, 24, 80, NULL, "XDG_STATE_HOME=/dev/null");
    terminal_wait_for_row(t, "full surplus", "1.749");
    terminal_send(t, ".25\r");
    terminal_wait_for(t, "modified");
    terminal_signal(t, SIGTERM);
    assert_int_equal(terminal_wait_exit(t), 3);
    assert_true(terminal_shows(t, "unsaved work"));
    assert_true(terminal_is_restored(t));
    terminal_free(t);
}

static void test_crash_restores(void **state)
{
    (void)state;
    const int numbers[] = {SIGSEGV, SIGABRT};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        terminal *t = start_at(24, 80);
        terminal_signal(t, numbers[i]);
        int status = terminal_wait_exit(t);
        /* a sanitizer turns the signal into an exit status of its own */
        assert_true(status == 1000 + numbers[i] || (status > 0 && status < 1000));
        assert_true(terminal_is_restored(t));
        terminal_free(t);
    }
}

/* ---- unsaved work ---- */

static void wait_for_files(terminal *t, const char *except, int count)
{
    for (int i = 0; i < 1500 && terminal_state_files(t, except) != count; i++) {
        (void)poll(NULL, 0, 10);
        (void)terminal_text(t);
    }
    assert_int_equal(terminal_state_files(t, except), count);
}

static void test_quit_takes_the_copy_away(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    terminal_send(t, ".3\r");
    wait_for_files(t, "history", 1);
    terminal_send(t, "q");
    terminal_wait_for(t, "w saves them, Q leaves");
    terminal_send(t, "Q");
    assert_int_equal(terminal_wait_exit(t), 0);
    assert_true(terminal_is_restored(t));
    assert_int_equal(terminal_state_files(t, "history"), 0);
    terminal_free(t);
}

/* Save under a new name, edit, be killed; the next session finds the work and the history. */
static void test_kill_and_recover(void **state)
{
    (void)state;
    terminal *first = start_at(24, 80);
    char work[300];
    char keys[400];
    char home[300];
    (void)snprintf(work, sizeof work, "%s", terminal_state_path(first, "work.yaml"));
    (void)snprintf(home, sizeof home, "XDG_STATE_HOME=%s", terminal_state_path(first, ""));
    (void)snprintf(keys, sizeof keys, "S%s\r", work);
    terminal_send(first, keys);
    terminal_wait_for(first, "saved in");
    assert_int_equal(access(work, R_OK), 0);
    terminal_send(first, ":title Mine\r");
    terminal_wait_for(first, "Mine");
    wait_for_files(first, "work.yaml", 2); /* the history and the copy */
    terminal_signal(first, SIGKILL);
    assert_int_equal(terminal_wait_exit(first), 1000 + SIGKILL);

    char *arguments[] = {(char *)(uintptr_t)terminal_program(), work, NULL};
    terminal_options options = {.rows = 24, .columns = 80, .extra = home};
    terminal *second = terminal_start(&options, arguments);
    terminal_wait_for(second, ":recover brings it back");
    terminal_wait_for(second, "Almost independent");
    terminal_send(second, ":\033OA");
    terminal_wait_for(second, ":title Mine");
    terminal_send(second, "\033");
    terminal_wait_gone(second, ":title Mine");
    terminal_send(second, ":recover\r");
    terminal_wait_for(second, "unsaved work is back");
    terminal_wait_for_row(second, "Mine", "modified");
    terminal_send(second, "q");
    terminal_wait_for(second, "there are unsaved changes");
    terminal_send(second, "w");
    terminal_wait_for(second, "saved in");
    terminal_wait_gone(second, "modified");
    quit(second);
    wait_for_files(first, "work.yaml", 1); /* the copy has served */
    terminal_free(first);
}

/* ---- a long solve ---- */

/* Rows that share one of three beliefs: no full extraction, so that a solve takes its time. */
enum { large = 30 };

static void write_large(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fprintf(file, "title: Large\nitem:\n  bidders:\n");
    for (int agent = 0; agent < 2; agent++) {
        (void)fprintf(file, "    - {name: agent %d, values: [1", agent + 1);
        for (int type = 2; type <= large; type++) {
            (void)fprintf(file, ", %d", type);
        }
        (void)fprintf(file, "]}\n");
    }
    (void)fprintf(file, "prior:\n");
    for (int row = 0; row < large; row++) {
        for (int column = 0; column < large; column++) {
            (void)fprintf(file, "%s%d", column == 0 ? "  - [" : ", ",
                          100 + (row % 3 * column * 7 + row % 3 * 11 + 3 * column) % 37);
        }
        (void)fprintf(file, "]\n");
    }
    assert_int_equal(fclose(file), 0);
}

static void test_typing_while_solving(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    char path[300];
    char text[400];
    (void)snprintf(path, sizeof path, "%s", terminal_state_path(t, "large.yaml"));
    write_large(path);
    (void)snprintf(text, sizeof text, ":open %s\r", path);
    terminal_send(t, text);
    terminal_wait_for_row(t, "Result", "optimal");
    terminal_wait_for(t, "Large");
    int meanwhile = 0;
    for (int i = 1; i <= 20; i++) {
        terminal_send(t, "+");
        (void)snprintf(text, sizeof text, "undo %d", i);
        terminal_wait_for(t, text);
        meanwhile += terminal_shows(t, "solving") ? 1 : 0;
    }
    assert_true(meanwhile > 10); /* each key was answered before its solve was */
    terminal_send(t, "l");
    terminal_wait_for(t, "(1, 2)");
    terminal_wait_gone(t, "solving"); /* and the last edit's answer comes by itself */
    terminal_wait_for_row(t, "Result", "optimal");
    terminal_send(t, ":undo 20\r");
    terminal_wait_for(t, "redo 20");
    quit(t);
}

static void test_suspend_and_continue(void **state)
{
    (void)state;
    /* Job control needs a shell above the program. */
    char *arguments[] = {(char *)(uintptr_t) "bash", (char *)(uintptr_t) "--norc",
                         (char *)(uintptr_t) "--noprofile", (char *)(uintptr_t) "-i", NULL};
    terminal_options options = {.rows = 24, .columns = 80, .extra = "PS1=prompt> "};
    terminal *t = terminal_start(&options, arguments);
    terminal_wait_for(t, "prompt> ");
    char line[512];
    (void)snprintf(line, sizeof line, "%s %s; echo left $?\r", terminal_program(), DEMO);
    terminal_send(t, line);
    terminal_wait_alternate_screen(t, true);
    terminal_wait_for_row(t, "full surplus", "1.749");
    for (int i = 0; i < 2; i++) {
        terminal_send(t, "\032");
        terminal_wait_alternate_screen(t, false);
        terminal_wait_for(t, "Stopped");
        terminal_wait_cursor(t, true);
        terminal_send(t, "fg\r");
        terminal_wait_alternate_screen(t, true);
        terminal_wait_for_row(t, "full surplus", "1.749");
        terminal_wait_for_row(t, "Enter edit", "q quit");
    }
    terminal_send(t, "q");
    terminal_wait_alternate_screen(t, false);
    terminal_send(t, "exit\r");
    (void)terminal_wait_exit(t);
    terminal_free(t);
}

static void test_stop_from_outside(void **state)
{
    (void)state;
    terminal *t = start_at(24, 80);
    terminal_signal(t, SIGSTOP);
    int status = 0;
    assert_int_equal(waitpid(terminal_child(t), &status, WUNTRACED), terminal_child(t));
    assert_true(WIFSTOPPED(status));
    terminal_resize(t, 30, 100);
    terminal_signal(t, SIGCONT);
    terminal_wait_for_row(t, "m mass mode", "q quit");
    terminal_send(t, "?");
    terminal_wait_for(t, "Keys anywhere");
    terminal_send(t, "q");
    quit(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edit_solve_undo),
        cmocka_unit_test(test_tour),
        cmocka_unit_test(test_typing_shows_and_escape_cancels),
        cmocka_unit_test(test_resize),
        cmocka_unit_test(test_resize_storm),
        cmocka_unit_test(test_too_small),
        cmocka_unit_test(test_command_line),
        cmocka_unit_test(test_command_line_leaves_nothing),
        cmocka_unit_test(test_command_line_searches),
        cmocka_unit_test(test_command_line_completes_files),
        cmocka_unit_test(test_command_line_scrolls),
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_contrast),
        cmocka_unit_test(test_ascii_locale),
        cmocka_unit_test(test_terminals_that_cannot),
        cmocka_unit_test(test_no_terminal),
        cmocka_unit_test(test_interrupt_key),
        cmocka_unit_test(test_ending_signals),
        cmocka_unit_test(test_work_that_cannot_be_kept),
        cmocka_unit_test(test_crash_restores),
        cmocka_unit_test(test_quit_takes_the_copy_away),
        cmocka_unit_test(test_kill_and_recover),
        cmocka_unit_test(test_typing_while_solving),
        cmocka_unit_test(test_suspend_and_continue),
        cmocka_unit_test(test_stop_from_outside),
    };
    return cmocka_run_group_tests_name("explorer in a terminal", tests, NULL, NULL);
}
