/* Every screen in a real pseudo-terminal, at 80x24 and 120x40: cells compared, colours included.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A screen is written as its rows of text and, under each, the runs of cells that look alike:
 * where a run begins, its ink and paper, and b, u, r for bold, underlined and reversed. Rows that
 * tell how long something took are left out. SIDEBET_GOLDEN=write writes the files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "terminal/terminal.h"

typedef struct shot {
    const char *name, *demo, *first, *keys, *awaited;
} shot;

static const shot shots[] = {
    {"table", "almost-independent", "", "", "exact"},
    {"blow-up", "almost-independent", "", "b", "grow like"},
    {"geometry", "concave", "", "y", "Type in hand"},
    {"misbelief", "almost-independent", "z", "M", "Truth"},
    {"robust", "weather", "", "B", "round"},
    {"simulate", "weather", "", "N", "repetitions"},
    {"lp", "almost-independent", "", "L", "dual"},
    {"incentives", "almost-independent", "", "W", "stays away"},
    {"baselines", "almost-independent", "", "E", "second-price"},
    {"help", "almost-independent", "", "?", "Help"},
};

static void add_colour(FILE *out, const VTermColor *colour, bool paper)
{
    bool usual = paper ? VTERM_COLOR_IS_DEFAULT_BG(colour) : VTERM_COLOR_IS_DEFAULT_FG(colour);
    if (usual) {
        fputc('-', out);
    } else if (VTERM_COLOR_IS_INDEXED(colour)) {
        fprintf(out, "%u", colour->indexed.idx);
    } else {
        fprintf(out, "#%02x%02x%02x", colour->rgb.red, colour->rgb.green, colour->rgb.blue);
    }
}

static bool looks_like(const VTermScreenCell *left, const VTermScreenCell *right)
{
    return vterm_color_is_equal(&left->fg, &right->fg) &&
           vterm_color_is_equal(&left->bg, &right->bg) && left->attrs.bold == right->attrs.bold &&
           left->attrs.underline == right->attrs.underline &&
           left->attrs.reverse == right->attrs.reverse;
}

static void add_looks(FILE *out, terminal *t, int row)
{
    VTermScreenCell before = terminal_cell(t, row, 0);
    for (int column = 0; column < terminal_columns(t); column++) {
        VTermScreenCell cell = terminal_cell(t, row, column);
        if (column > 0 && looks_like(&before, &cell)) {
            continue;
        }
        fprintf(out, " %d:", column);
        add_colour(out, &cell.fg, false);
        fputc('/', out);
        add_colour(out, &cell.bg, true);
        fprintf(out, "%s%s%s", cell.attrs.bold ? "b" : "", cell.attrs.underline ? "u" : "",
                cell.attrs.reverse ? "r" : "");
        before = cell;
    }
    fputc('\n', out);
}

static bool tells_a_time(const char *row, size_t length)
{
    for (size_t at = 1; at + 2 < length; at++) {
        bool digit = row[at - 1] >= '0' && row[at - 1] <= '9';
        if (digit && row[at] == ' ' &&
            (strncmp(row + at + 1, "ms", 2) == 0 || strncmp(row + at + 1, "s ", 2) == 0)) {
            return true;
        }
    }
    return false;
}

/* Freed by the caller. */
static char *cells_of(terminal *t)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    assert_non_null(out);
    char *text = strdup(terminal_text(t));
    assert_non_null(text);
    const char *at = text;
    for (int row = 0; row < terminal_rows(t); row++) {
        size_t length = strcspn(at, "\n");
        if (tells_a_time(at, length)) {
            fprintf(out, "(a time)\n");
        } else {
            fprintf(out, "%.*s\n ", (int)length, at);
            add_looks(out, t, row);
        }
        at += length + (at[length] == '\n' ? 1 : 0);
    }
    free(text);
    assert_int_equal(fclose(out), 0);
    return bytes;
}

static char *golden_of(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fail_msg("there is no %s: write it with SIDEBET_GOLDEN=write", path);
    }
    const size_t most = 1 << 20;
    char *bytes = calloc(most, 1);
    assert_non_null(bytes);
    (void)fread(bytes, 1, most - 1, file);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

static void compare(terminal *t, const char *name, int rows, int columns)
{
    char path[128];
    (void)snprintf(path, sizeof path, "tests/terminal/golden/%s-%dx%d.txt", name, columns, rows);
    char *found = cells_of(t);
    const char *mode = getenv("SIDEBET_GOLDEN");
    if (mode != NULL && strcmp(mode, "write") == 0) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_true(fputs(found, file) >= 0);
        assert_int_equal(fclose(file), 0);
    }
    char *expected = golden_of(path);
    if (strcmp(found, expected) != 0) {
        print_error("%s differs:\n%s", path, found);
    }
    assert_string_equal(found, expected);
    free(expected);
    free(found);
}

/* Answers come one after another: until a while has brought nothing new. */
static void settle(terminal *t)
{
    const struct timespec pause = {.tv_nsec = 60 * 1000 * 1000};
    enum { quiet = 8, most = 400 };
    char *before = NULL;
    int same = 0;
    for (int look = 0; same < quiet && look < most; look++) {
        (void)nanosleep(&pause, NULL);
        (void)terminal_shows(t, "solving");
        char *text = cells_of(t);
        same = before != NULL && strcmp(before, text) == 0 ? same + 1 : 0;
        free(before);
        before = text;
    }
    free(before);
}

static void test_at(int rows, int columns)
{
    for (size_t k = 0; k < sizeof shots / sizeof shots[0]; k++) {
        char demo[64];
        (void)snprintf(demo, sizeof demo, "demos/%s.yaml", shots[k].demo);
        char *arguments[] = {(char *)(uintptr_t)terminal_program(), (char *)(uintptr_t) "explore",
                             demo, NULL};
        terminal_options options = {.rows = rows, .columns = columns};
        terminal *t = terminal_start(&options, arguments);
        terminal_wait_for_row(t, "full surplus", "1");
        terminal_wait_gone(t, "solving");
        if (shots[k].first[0] != '\0') { /* and what it says in the message row */
            terminal_send(t, shots[k].first);
            terminal_wait_for(t, "frozen");
        }
        terminal_send(t, shots[k].keys);
        terminal_wait_for(t, shots[k].awaited);
        terminal_wait_gone(t, "solving");
        terminal_wait_gone(t, "so far");
        settle(t);
        compare(t, shots[k].name, rows, columns);
        terminal_send(t, ":quit!\r");
        assert_int_equal(terminal_wait_exit(t), 0);
        terminal_free(t);
    }
}

static void test_small(void **state)
{
    (void)state;
    test_at(24, 80);
}

static void test_large(void **state)
{
    (void)state;
    test_at(40, 120);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small),
        cmocka_unit_test(test_large),
    };
    return cmocka_run_group_tests_name("cells of every screen", tests, NULL, NULL);
}
