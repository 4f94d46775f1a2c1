/* What a monkey does next: keys, commands, the mouse, other windows, signals, questions.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "terminal/monkey.h"

#include <signal.h>
#include <string.h>

static long between(monkey *at, long low, long high)
{
    return property_between(&at->random, low, high);
}

static void press_key(monkey *at, size_t section)
{
    const char *key = monkey_key(at->words, section, &at->random);
    at->count.presses++;
    monkey_press(at, key, strlen(key));
}

static void press_number(monkey *at)
{
    char typed[64];
    static const char *const ends[] = {"\r", "\r", "\t", "\033", "", "\r\033OC", "\r\033OB"};
    int length = snprintf(typed, sizeof typed, "%s%s", monkey_number(&at->random),
                          PROPERTY_CHOOSE(&at->random, ends));
    at->count.presses += length;
    monkey_press(at, typed, (size_t)length);
}

static void type_command(monkey *at)
{
    char command[512];
    monkey_command(at->words, &at->random, command, sizeof command);
    char typed[600];
    int length = snprintf(typed, sizeof typed, "\033:%s\r", command);
    if (strncmp(command, "session r", 9) == 0 || strncmp(command, "recover", 7) == 0) {
        at->start_known = false; /* other work */
    }
    at->count.typed += length;
    monkey_press(at, typed, (size_t)length);
}

/* Keys of the line editor, in and out of the line. */
static void edit_line(monkey *at)
{
    static const char *const keys[] = {
        ":",     "\t",   "\t\t",   "\001",   "\005",   "\013",    "\031",  "\022s", "\033b",
        "\033f", "\x17", "\033OA", "\033OB", "\033OD", "\177",    "\024",  "\x1f",  "\0332",
        "s",     "sh",   "rob",    "a",      "\x16\t", "\030(",   "\030)", "\030e", "\r",
        "\033",  "\x03", "\x07",   " ",      "undo",   "\033\033"};
    monkey_press(at, ":", 1);
    for (long left = between(at, 1, 12); left > 0 && !terminal_has_ended(at->screen, NULL);
         left--) {
        const char *key = PROPERTY_CHOOSE(&at->random, keys);
        at->count.typed += (long)strlen(key);
        monkey_press(at, key, strlen(key));
    }
    const char *end = between(at, 0, 1) == 0 ? "\r" : "\033";
    if (!terminal_has_ended(at->screen, NULL)) {
        monkey_press(at, end, 1);
    }
}

static void use_palette(monkey *at)
{
    char typed[32];
    int length = snprintf(typed, sizeof typed, "\033\x10");
    for (long left = between(at, 0, 4); left > 0; left--) {
        length += snprintf(typed + length, sizeof typed - (size_t)length, "%c",
                           (char)between(at, 'a', 'z'));
    }
    for (long left = between(at, 0, 4); left > 0; left--) {
        length += snprintf(typed + length, sizeof typed - (size_t)length, "\033OB");
    }
    length += snprintf(typed + length, sizeof typed - (size_t)length, "%s",
                       between(at, 0, 2) == 0 ? "\033" : "\r");
    at->count.presses += length;
    monkey_press(at, typed, (size_t)length);
}

static void use_mouse(monkey *at)
{
    char typed[64];
    int row = (int)between(at, 1, terminal_rows(at->screen) + 3);
    int column = (int)between(at, 1, terminal_columns(at->screen) + 3);
    static const int buttons[] = {0, 0, 0, 0, 2, 64, 65, 32, 35, 3, 1, 127};
    int button = PROPERTY_CHOOSE(&at->random, buttons);
    int length = between(at, 0, 3) > 0
                     ? snprintf(typed, sizeof typed, "\033[<%d;%d;%d%c", button, column, row,
                                between(at, 0, 1) == 0 ? 'M' : 'm')
                     : snprintf(typed, sizeof typed, "\033[M%c%c%c", 32 + button % 64,
                                32 + column % 90, 32 + row % 90);
    at->count.presses++;
    monkey_press(at, typed, (size_t)length);
}

/* Bytes of any kind, but for those that could name a file elsewhere. */
static void paste(monkey *at)
{
    char typed[200];
    size_t length = 0;
    size_t wanted = (size_t)between(at, 4, 120);
    static const char *const pieces[] = {"\xC3\xA9",    "\xE6\xBC\xA2", "\xF0\x9F\x98\x80",
                                         "\xCC\x81",    "\xFF",         "\xC0\x80",
                                         "\033[200~",   "\033[201~",    "\033]0;x\a",
                                         "\033[1;2A",   "\033[I",       "0.3\t",
                                         "1,2\n",       "a: b\n",       "- x\n",
                                         "\033[99999~", "\xE2\x80\x8B", "\033[",
                                         "\033O",       "\t",           "\x01"};
    while (length < wanted) {
        char one[2] = {(char)between(at, 0, 255), '\0'};
        const char *piece = between(at, 0, 2) == 0 ? PROPERTY_CHOOSE(&at->random, pieces) : one;
        if (piece[0] == '/' || piece[0] == '~' || piece[0] == 'q' || piece[0] == 'Q') {
            continue;
        }
        size_t bytes = piece == one ? 1 : strlen(piece);
        memcpy(typed + length, piece, bytes);
        length += bytes;
    }
    at->count.presses += (long)length;
    monkey_press(at, typed, length);
}

static void change_size(monkey *at)
{
    static const int sizes[][2] = {{1, 1},    {1, 80},   {24, 1},  {2, 2},    {5, 20},
                                   {10, 40},  {24, 80},  {24, 80}, {40, 120}, {40, 120},
                                   {60, 200}, {25, 200}, {60, 30}};
    int rows = (int)between(at, 1, 60);
    int columns = (int)between(at, 1, 200);
    if (between(at, 0, 1) == 0) {
        const int *size = PROPERTY_CHOOSE(&at->random, sizes);
        rows = size[0];
        columns = size[1];
    }
    monkey_event(at, "size %d %d", rows, columns);
}

static void choose_signal(monkey *at)
{
    static const int signals[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGWINCH, SIGTSTP};
    monkey_event(at, "signal %d", PROPERTY_CHOOSE(&at->random, signals));
}

static void act(monkey *at, size_t section)
{
    long choice = between(at, 0, 999);
    if (choice < 560) {
        press_key(at, section);
    } else if (choice < 700) {
        press_key(at, (size_t)between(at, 0, 2)); /* what works nearly everywhere */
    } else if (choice < 780) {
        press_number(at);
    } else if (choice < 860) {
        type_command(at);
    } else if (choice < 880) {
        edit_line(at);
    } else if (choice < 905) {
        use_palette(at);
    } else if (choice < 925) {
        use_mouse(at);
    } else if (choice < 935) {
        paste(at);
    } else if (choice < 965) {
        change_size(at);
    } else if (choice < 975) {
        choose_signal(at);
    } else if (choice < 985) {
        monkey_event(at, "wait %ld", between(at, 10, 1300));
    } else if (choice < 995) {
        monkey_event(at, "probe");
    } else if (choice < 996) {
        monkey_event(at, "keys q");
    } else {
        monkey_event(at, choice < 998 ? "table" : "undo");
    }
}

void monkey_visit(monkey *at, long keys)
{
    static const char *const screens[] = {"\033OQ",   "\033OR",   "\033OS",   "\033[15~",
                                          "\033[17~", "\033[18~", "\033[19~", "\033[20~",
                                          "\033OP",   "\033",     "\033",     "\033"};
    const char *screen = PROPERTY_CHOOSE(&at->random, screens);
    size_t section = monkey_section(at->words, &at->random);
    monkey_press(at, screen, strlen(screen));
    at->count.presses++;
    for (long left = between(at, 1, 25); left > 0; left--) {
        if (terminal_has_ended(at->screen, NULL) || at->count.presses + at->count.typed >= keys) {
            return;
        }
        act(at, section);
    }
}
