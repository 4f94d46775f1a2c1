/* Settings, the presenter, the palette, the mouse and the clipboard in a real pseudo-terminal.
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
#include <unistd.h>

#include "terminal/terminal.h"

static char config[] = "/tmp/sidebet-config-XXXXXX";

static terminal *start(const char *settings, const char *extra)
{
    FILE *file = fopen(config, "w");
    assert_non_null(file);
    assert_true(fputs(settings, file) >= 0);
    assert_int_equal(fclose(file), 0);
    char *arguments[] = {(char *)(uintptr_t)terminal_program(), "explore", "--config", config,
                         "demos/almost-independent.yaml",       NULL};
    terminal_options options = {.rows = 24, .columns = 80, .extra = extra};
    terminal *t = terminal_start(&options, arguments);
    return t;
}

static void test_presenter(void **state)
{
    (void)state;
    terminal *t = start("presenter on\n", NULL);
    terminal_wait_for(t, "how much can we get?");
    assert_false(terminal_shows(t, "1.749"));
    terminal_send(t, "!");
    terminal_wait_for(t, "1.749");
    assert_true(terminal_shows(t, "who gets what"));
    terminal_send(t, "+");
    terminal_wait_for(t, "how much can we get?");
    terminal_send(t, "H");
    terminal_wait_for(t, "exact");
    terminal_quit(t);
}

static void test_broken_config(void **state)
{
    (void)state;
    terminal *t = start("bogus\ntheme projector\nbind J undo\n", NULL);
    terminal_wait_for(t, "exact");
    terminal_wait_for(t, ":1: there is no command `bogus`");
    VTermScreenCell cell = terminal_cell(t, 12, 70);
    assert_true(VTERM_COLOR_IS_INDEXED(&cell.bg));
    assert_int_equal(cell.bg.indexed.idx, 231); /* white, blank cells too */
    terminal_send(t, "+J");
    terminal_wait_for(t, "undone");
    terminal_send(t, ":theme mono\r");
    terminal_wait_gone(t, "undone");
    cell = terminal_cell(t, 12, 70);
    assert_true(VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
    terminal_quit(t);
}

/* Where colours are refused no theme brings them back. */
static void test_no_colour(void **state)
{
    (void)state;
    terminal *t = start("theme projector\ncolour good 40\n", "NO_COLOR=1");
    terminal_wait_for(t, "exact");
    for (int row = 0; row < 24; row++) {
        for (int column = 0; column < 80; column++) {
            VTermScreenCell cell = terminal_cell(t, row, column);
            assert_true(VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
            assert_true(VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
        }
    }
    terminal_quit(t);
}

static void test_palette(void **state)
{
    (void)state;
    terminal *t = start("", NULL);
    terminal_wait_for(t, "exact");
    terminal_send(t, "\020geo");
    terminal_wait_for(t, "Commands, keys and files");
    terminal_wait_for_row(t, "y", "screen geometry");
    terminal_send(t, "\025blow-up\r");
    terminal_wait_gone(t, "Commands, keys and files");
    terminal_send(t, "\020title\r");
    terminal_wait_for(t, ":title ");
    terminal_send(t, "\033");
    terminal_wait_gone(t, ":title ");
    terminal_quit(t);
}

static void test_mouse(void **state)
{
    (void)state;
    terminal *t = start("mouse on\n", NULL);
    terminal_wait_for(t, "exact");
    terminal_wait_for(t, "(1, 1)  probability");
    terminal_send(t, "\033[<0;22;7M\033[<0;22;7m"); /* row and column from 1 */
    terminal_wait_for(t, "(2, 2)  probability");
    terminal_send(t, "\033[<64;22;7M"); /* the wheel */
    terminal_wait_for(t, "(1, 2)  probability");
    terminal_send(t, ":copy\r");
    terminal_wait_for(t, "on its way to the clipboard");
    terminal_quit(t);
}

/* Sequences that the terminal's description does not know: no part of them is a key. */
static void test_unknown_sequences(void **state)
{
    (void)state;
    terminal *t = start("hints off\n", NULL);
    terminal_wait_for(t, "exact");
    terminal_send(t, "\033[I"); /* the window has the focus */
    terminal_send(t, "\033[99;99R");
    terminal_send(t, "\033[97;5u");
    terminal_send(t, "+");
    terminal_wait_for(t, "undo 1");
    terminal_wait_for(t, "ic bayes-nash");
    terminal_wait_for(t, "0.252");
    terminal_quit(t);
}

/* Answers to questions that were asked of the terminal: DCS, OSC, APC, PM and SOS. */
static void test_unknown_strings(void **state)
{
    (void)state;
    terminal *t = start("hints off\n", NULL);
    terminal_wait_for(t, "exact");
    terminal_send(t, "\033P1+r5463=p\033\\");
    terminal_send(t, "\033]11;rgb:fipf/ffff/ffff\a");
    terminal_send(t, "\033]52;c;cGlw\033\\");
    terminal_send(t, "\033_Gi=31;OKpi\033\\\033^pi\033\\\033Xpi\033\\");
    terminal_send(t, "\033P>|never ended pi\003"); /* a control key ends it, and is one */
    terminal_wait_for(t, "press q to quit");
    terminal_send(t, "+");
    terminal_wait_for(t, "undo 1");
    terminal_wait_for(t, "ic bayes-nash");
    terminal_wait_for(t, "0.252");
    terminal_send(t, "\033P"); /* Alt and a key alone are still keys */
    terminal_wait_for(t, "ir ex-post");
    terminal_quit(t);
}

/* A text console has no braille, and hardly any symbols: letters, light lines and blocks. */
static void test_console(void **state)
{
    (void)state;
    char *arguments[] = {(char *)(uintptr_t)terminal_program(), "explore", "--no-config",
                         "demos/almost-independent.yaml", NULL};
    terminal_options options = {.rows = 24, .columns = 80, .term = "linux"};
    terminal *t = terminal_start(&options, arguments);
    terminal_wait_for(t, "exact");
    terminal_send(t, ":title Universit\xC3\xA9\r");
    terminal_wait_for(t, "Universit\xC3\xA9");
    static const char *const screens[] = {"table", "blow-up", "geometry"};
    static const char *const words[] = {"Binding rules", "Largest payment", "Beliefs"};
    for (size_t k = 0; k < sizeof screens / sizeof screens[0]; k++) {
        char line[64];
        snprintf(line, sizeof line, ":screen %s\r", screens[k]);
        terminal_send(t, line);
        terminal_wait_for(t, words[k]);
        for (int row = 0; row < 24; row++) {
            for (int column = 0; column < 80; column++) {
                uint32_t character = terminal_cell(t, row, column).chars[0];
                assert_true(character < 0x0250 ||
                            (character >= 0x2500 && character <= 0x2593 && character != 0x2501));
            }
        }
    }
    terminal_quit(t);
}

/* What session save kept is there again, with what was changed and what was shown. */
static void test_restore(void **state)
{
    (void)state;
    char folder[] = "/tmp/sidebet-state-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char extra[64];
    snprintf(extra, sizeof extra, "XDG_STATE_HOME=%s", folder);
    terminal *t = start("mouse off\n", extra);
    terminal_wait_for(t, "exact");
    terminal_send(t, ":uniform\r");
    terminal_wait_for(t, "undo 1");
    terminal_send(t, ":screen geometry\r:session save\r");
    terminal_wait_for(t, "the session is kept");
    terminal_quit(t);
    char *arguments[] = {(char *)(uintptr_t)terminal_program(), "explore", "--no-config",
                         "--restore", NULL};
    terminal_options options = {.rows = 24, .columns = 80, .extra = extra};
    t = terminal_start(&options, arguments);
    terminal_wait_for(t, "the session is back");
    assert_true(terminal_shows(t, "modified"));
    assert_true(terminal_shows(t, "undo 1"));
    assert_true(terminal_shows(t, "Beliefs and values") || terminal_shows(t, "Geometry"));
    terminal_quit(t);
    static const char *const left[] = {"session", "recent", "history"};
    char path[96];
    for (size_t k = 0; k < sizeof left / sizeof left[0]; k++) {
        snprintf(path, sizeof path, "%s/sidebet/%s", folder, left[k]);
        (void)unlink(path);
    }
    snprintf(path, sizeof path, "%s/sidebet", folder);
    (void)rmdir(path);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    int descriptor = mkstemp(config);
    if (descriptor < 0) {
        return 1;
    }
    close(descriptor);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_presenter),       cmocka_unit_test(test_broken_config),
        cmocka_unit_test(test_no_colour),       cmocka_unit_test(test_palette),
        cmocka_unit_test(test_mouse),           cmocka_unit_test(test_unknown_sequences),
        cmocka_unit_test(test_unknown_strings), cmocka_unit_test(test_console),
        cmocka_unit_test(test_restore),
    };
    int failed = cmocka_run_group_tests_name("comfort in a terminal", tests, NULL, NULL);
    unlink(config);
    return failed;
}
