/* Screenshots of the real program in a real pseudo-terminal, as SVG: those that README.md shows.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each is drawn anew, cell by cell with its colours, and compared with the file in demos/figures;
 * SIDEBET_GOLDEN=write writes the files (demos/figures/make.sh). How long solving took is left out,
 * so that the same program makes the same picture.
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

enum { WIDTH = 9, HEIGHT = 19, BASELINE = 14, EDGE = 10, MOST_COLUMNS = 200 };

typedef struct picture {
    terminal *t;
    char *bytes;
    size_t length;
    FILE *out;
} picture;

/* ---- colours ---- */

static unsigned rgb(unsigned red, unsigned green, unsigned blue)
{
    return red << 16 | green << 8 | blue;
}

/* The usual 256: 16 named ones, a cube of 6 by 6 by 6, 24 greys. */
static unsigned indexed(unsigned index)
{
    static const unsigned named[16] = {0x1e1e1e, 0xcd3131, 0x0dbc79, 0xe5e510, 0x2472c8, 0xbc3fbc,
                                       0x11a8cd, 0xe5e5e5, 0x666666, 0xf14c4c, 0x23d18b, 0xf5f543,
                                       0x3b8eea, 0xd670d6, 0x29b8db, 0xffffff};
    static const unsigned steps[6] = {0, 95, 135, 175, 215, 255};
    if (index < 16) {
        return named[index];
    }
    if (index < 232) {
        index -= 16;
        return rgb(steps[index / 36], steps[index / 6 % 6], steps[index % 6]);
    }
    unsigned grey = 8 + 10 * (index - 232);
    return rgb(grey, grey, grey);
}

static unsigned colour_of(const VTermColor *colour, bool paper)
{
    bool usual = paper ? VTERM_COLOR_IS_DEFAULT_BG(colour) : VTERM_COLOR_IS_DEFAULT_FG(colour);
    if (usual) {
        return paper ? 0x1e1e1e : 0xe5e5e5;
    }
    return VTERM_COLOR_IS_INDEXED(colour)
               ? indexed(colour->indexed.idx)
               : rgb(colour->rgb.red, colour->rgb.green, colour->rgb.blue);
}

typedef struct look {
    unsigned ink, paper;
    bool bold;
} look;

static look look_of(const VTermScreenCell *cell)
{
    look found = {colour_of(&cell->fg, false), colour_of(&cell->bg, true), cell->attrs.bold != 0};
    if (cell->attrs.reverse) {
        found = (look){found.paper, found.ink, found.bold};
    }
    return found;
}

/* ---- cells ---- */

static void rectangle(const picture *to, double x, double y, double width, double height,
                      unsigned colour)
{
    fprintf(to->out, "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" fill=\"#%06x\"/>\n", x, y,
            width, height, colour);
}

/* Blocks, rules and braille are drawn, so that they join whatever the font is. */
static bool drawn(const picture *to, uint32_t character, double x, double y, unsigned ink)
{
    if (character >= 0x2588 && character <= 0x258f) { /* from the left, in eighths */
        rectangle(to, x, y, WIDTH * (0x2590 - character) / 8.0, HEIGHT, ink);
    } else if (character >= 0x2581 && character <= 0x2587) { /* from below */
        double height = HEIGHT * (character - 0x2580) / 8.0;
        rectangle(to, x, y + HEIGHT - height, WIDTH, height, ink);
    } else if (character == 0x2580) {
        rectangle(to, x, y, WIDTH, HEIGHT / 2.0, ink);
    } else if (character == 0x2500 || character == 0x2501) {
        double thick = character == 0x2501 ? 2.5 : 1;
        rectangle(to, x, y + HEIGHT / 2.0 - thick / 2, WIDTH, thick, ink);
    } else if (character > 0x2800 && character <= 0x28ff) {
        static const unsigned char places[8][2] = {{0, 0}, {0, 1}, {0, 2}, {1, 0},
                                                   {1, 1}, {1, 2}, {0, 3}, {1, 3}};
        for (unsigned dot = 0; dot < 8; dot++) {
            if ((character - 0x2800) >> dot & 1) {
                rectangle(to, x + 1 + places[dot][0] * WIDTH / 2.0,
                          y + 1 + places[dot][1] * HEIGHT / 4.0, 2.4, 2.4, ink);
            }
        }
    } else {
        return character == 0x2800;
    }
    return true;
}

static void write_character(FILE *out, uint32_t character)
{
    if (character == '<' || character == '>' || character == '&') {
        fprintf(out, "&#%u;", (unsigned)character);
    } else if (character < 0x80) {
        fputc((int)character, out);
    } else if (character < 0x800) {
        fputc((int)(0xc0 | character >> 6), out);
        fputc((int)(0x80 | (character & 0x3f)), out);
    } else {
        fputc((int)(0xe0 | character >> 12), out);
        fputc((int)(0x80 | (character >> 6 & 0x3f)), out);
        fputc((int)(0x80 | (character & 0x3f)), out);
    }
}

static bool is_letter(const VTermScreenCell *cell)
{
    uint32_t character = cell->chars[0];
    return character > ' ' && character != (uint32_t)-1 &&
           !(character >= 0x2580 && character <= 0x258f) && character != 0x2500 &&
           character != 0x2501 && !(character >= 0x2800 && character <= 0x28ff);
}

static bool alike(const VTermScreenCell *left, const VTermScreenCell *right)
{
    look a = look_of(left);
    look b = look_of(right);
    return a.ink == b.ink && a.bold == b.bold;
}

/* Letters of one look, each at its own place. */
static int write_run(const picture *to, const VTermScreenCell *row, int from, int columns,
                     double top)
{
    int end = from;
    while (end < columns && is_letter(&row[end]) && alike(&row[from], &row[end])) {
        end++;
    }
    look own = look_of(&row[from]);
    fprintf(to->out, "<text y=\"%g\" fill=\"#%06x\"%s x=\"", top + BASELINE, own.ink,
            own.bold ? " font-weight=\"bold\"" : "");
    for (int column = from; column < end; column++) {
        fprintf(to->out, "%s%d", column > from ? " " : "", EDGE + column * WIDTH);
    }
    fputs("\">", to->out);
    for (int column = from; column < end; column++) {
        write_character(to->out, row[column].chars[0]);
    }
    fputs("</text>\n", to->out);
    return end;
}

static void write_row(const picture *to, const VTermScreenCell *row, int columns, int number)
{
    double top = EDGE + number * HEIGHT;
    for (int column = 0; column < columns;) {
        unsigned paper = look_of(&row[column]).paper;
        int end = column;
        while (end < columns && look_of(&row[end]).paper == paper) {
            end++;
        }
        if (paper != 0x1e1e1e) {
            rectangle(to, EDGE + column * WIDTH, top, (end - column) * WIDTH, HEIGHT, paper);
        }
        column = end;
    }
    for (int column = 0; column < columns;) {
        if (is_letter(&row[column])) {
            column = write_run(to, row, column, columns, top);
        } else {
            (void)drawn(to, row[column].chars[0], EDGE + column * WIDTH, top,
                        look_of(&row[column]).ink);
            column++;
        }
    }
}

static bool is_digit(const VTermScreenCell *cell)
{
    return (cell->chars[0] >= '0' && cell->chars[0] <= '9') || cell->chars[0] == '.';
}

/* " · 3 ms" goes, and the rule before the heading's end grows by as much. */
static void leave_out_time(VTermScreenCell *row, int columns)
{
    for (int at = columns - 4; at > 4; at--) {
        if (row[at].chars[0] != 'm' || row[at + 1].chars[0] != 's' || row[at + 2].chars[0] != ' ' ||
            row[at - 1].chars[0] != ' ') {
            continue;
        }
        int from = at - 2;
        while (from > 3 && is_digit(&row[from])) {
            from--;
        }
        int gone = from == at - 2 || row[from - 1].chars[0] != 0xb7 ? 0 : at + 2 - (from - 2);
        int start = from - 3;
        while (gone > 0 && start > 0 && row[start].chars[0] != 0x2500 &&
               row[start].chars[0] != 0x2501) {
            start--;
        }
        if (gone > 0 && start > 0) {
            memmove(row + start + 1 + gone, row + start + 1,
                    (size_t)(from - 3 - start) * sizeof *row);
            for (int k = 1; k <= gone; k++) {
                row[start + k] = row[start];
            }
        }
    }
}

/* ---- the whole ---- */

static char *picture_of(terminal *t, const char *title)
{
    picture to = {.t = t};
    to.out = open_memstream(&to.bytes, &to.length);
    assert_non_null(to.out);
    int rows = terminal_rows(t);
    int columns = terminal_columns(t);
    assert_true(columns <= MOST_COLUMNS);
    int width = 2 * EDGE + columns * WIDTH;
    int height = 2 * EDGE + rows * HEIGHT;
    fprintf(to.out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\" role=\"img\" font-size=\"14.5\" "
            "font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\">\n<title>%s</title>\n"
            "<rect width=\"100%%\" height=\"100%%\" rx=\"6\" fill=\"#1e1e1e\"/>\n",
            width, height, width, height, title);
    for (int row = 0; row < rows; row++) {
        VTermScreenCell cells[MOST_COLUMNS];
        for (int column = 0; column < columns; column++) {
            cells[column] = terminal_cell(t, row, column);
        }
        leave_out_time(cells, columns);
        write_row(&to, cells, columns, row);
    }
    fputs("</svg>\n", to.out);
    fclose(to.out);
    return to.bytes;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    char *bytes = NULL;
    size_t length = 0;
    ssize_t read = getdelim(&bytes, &length, '\0', file);
    fclose(file);
    if (read < 0) {
        free(bytes);
        return NULL;
    }
    return bytes;
}

static bool same(const char *left, const char *right)
{
    return left != NULL && right != NULL && strcmp(left, right) == 0;
}

/* A quarter of a second in which the program may go on. */
static void let_it_go_on(terminal *t)
{
    const struct timespec pause = {0, 250000000};
    nanosleep(&pause, NULL);
    (void)terminal_shows(t, "");
}

/* Until the picture is the one kept; where it is to be written, until it does not change any more.
 */
static void settle(terminal *t, const char *title, const char *kept, char **found)
{
    enum { most = 40, still = 4 };
    int unchanged = 0;
    for (int k = 0; k < most && !same(*found, kept) && unchanged < still; k++) {
        let_it_go_on(t);
        char *next = picture_of(t, title);
        unchanged = kept == NULL && same(*found, next) ? unchanged + 1 : 0;
        free(*found);
        *found = next;
    }
}

static void compare(terminal *t, const char *name, const char *title)
{
    char path[256];
    snprintf(path, sizeof path, "demos/figures/%s.svg", name);
    const char *golden = getenv("SIDEBET_GOLDEN");
    bool written = golden != NULL && strcmp(golden, "write") == 0;
    char *kept = written ? NULL : read_file(path);
    char *found = NULL;
    settle(t, title, kept, &found);
    if (written) {
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fputs(found, file);
        fclose(file);
    } else if (!same(kept, found)) {
        fail_msg("%s is not what the program shows now (demos/figures/make.sh draws it anew):\n%s",
                 path, terminal_text(t));
    }
    free(kept);
    free(found);
    terminal_send(t, ":quit!\r");
    assert_int_equal(terminal_wait_exit(t), 0);
    terminal_free(t);
}

static terminal *start(const char *demo, int rows, int columns)
{
    terminal *t = terminal_open(demo, rows, columns, NULL, NULL);
    terminal_wait_for(t, "full surplus");
    return t;
}

/* What comes last on each screen is waited for. */
static void test_table(void **state)
{
    (void)state;
    terminal *t = start("demos/almost-independent.yaml", 24, 80);
    terminal_wait_for(t, "31375 smallest");
    terminal_wait_for(t, "every agent have full rank");
    terminal_wait_gone(t, "solving");
    compare(t, "screen-table", "The table screen of sidebet");
}

static void test_blow_up(void **state)
{
    (void)state;
    terminal *t = start("demos/almost-independent.yaml", 34, 110);
    terminal_wait_for(t, "31375 smallest");
    terminal_send(t, ":screen blow-up\r");
    terminal_wait_for(t, "Revenue under a payment cap");
    terminal_wait_gone(t, "computing");
    terminal_wait_for(t, "no cap");
    terminal_wait_gone(t, "points so far");
    compare(t, "screen-blow-up", "The blow-up screen of sidebet");
}

static void test_geometry(void **state)
{
    (void)state;
    terminal *t = start("demos/not-concave.yaml", 28, 100);
    terminal_send(t, ":screen geometry\r");
    terminal_wait_for(t, "Type in hand");
    terminal_wait_gone(t, "computing");
    compare(t, "screen-geometry", "The geometry screen of sidebet");
}

static void test_robust(void **state)
{
    (void)state;
    terminal *t = start("demos/doubtful-forecast.yaml", 30, 110);
    terminal_send(t, ":screen robust\r");
    terminal_wait_for(t, "The falling bound");
    terminal_send(t, ":robust run\r");
    terminal_wait_for(t, "the last");
    terminal_send(t, ":robust view price\r");
    terminal_wait_for(t, "The price of robustness");
    terminal_wait_gone(t, "computing");
    terminal_wait_for(t, "the last, exact");
    compare(t, "screen-robust", "The robust screen of sidebet");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_blow_up),
        cmocka_unit_test(test_geometry),
        cmocka_unit_test(test_robust),
    };
    return cmocka_run_group_tests_name("screenshots", tests, NULL, NULL);
}
