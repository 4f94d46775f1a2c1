/* The terminal: refused with a sentence where it cannot do, taken over, given back in every case.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tui/terminal.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

/* Curses' own macros of these names stand in the way of plain C. */
#undef lines
#undef columns

static SCREEN *screen;
static struct termios original; /* as it was before curses */
static bool original_known;
static char farewell[256]; /* what the terminal is sent in an emergency, without delays */
static size_t farewell_length;
static volatile bool taken; /* the terminal is ours now */

/* A string capability, or NULL where the terminal has none (tigetstr says that in two ways). */
static const char *capability_of(const char *name)
{
    const char *text = tigetstr((NCURSES_CONST char *)name);
    return (intptr_t)text == -1 ? NULL : text;
}

sb_status sb_terminal_check(sb_error *error)
{
    if (isatty(STDOUT_FILENO) == 0 || isatty(STDIN_FILENO) == 0) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "the explorer needs a terminal, and standard %s is not one",
                     isatty(STDIN_FILENO) == 0 ? "input" : "output");
        sb_error_set_hint(error, "start it in a terminal, or use `sidebet solve FILE`");
        return SB_ERROR_USAGE;
    }
    const char *name = getenv("TERM");
    int found = 0;
    if (name == NULL || name[0] == '\0') {
        sb_error_set(error, SB_ERROR_USAGE,
                     "the explorer does not know this terminal: TERM is not set");
        sb_error_set_hint(error,
                          "set TERM (for example TERM=xterm-256color), or use `sidebet repl FILE`");
        return SB_ERROR_USAGE;
    }
    if (setupterm(NULL, STDOUT_FILENO, &found) != OK || found != 1) {
        sb_error_set(error, SB_ERROR_USAGE, "the explorer does not know the terminal TERM=%.60s",
                     name);
        sb_error_set_hint(error,
                          "set TERM to a known terminal (for example xterm-256color), or use "
                          "`sidebet repl FILE`");
        return SB_ERROR_USAGE;
    }
    bool able = capability_of("cup") != NULL;
    del_curterm(cur_term);
    if (!able) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "the explorer cannot place the cursor on the terminal TERM=%.60s", name);
        sb_error_set_hint(error, "use `sidebet repl FILE` or `sidebet solve FILE` here");
        return SB_ERROR_USAGE;
    }
    return SB_OK;
}

static void append_farewell(const char *capability)
{
    const char *text = capability_of(capability);
    while (text != NULL && *text != '\0' && farewell_length < sizeof farewell) {
        const char *close = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;
        if (close != NULL) { /* a delay of old hardware */
            text = close + 1;
            continue;
        }
        farewell[farewell_length++] = *text++;
    }
}

static void configure(void)
{
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    meta(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    scrollok(stdscr, FALSE);
    leaveok(stdscr, FALSE);
    set_escdelay(25);
}

sb_status sb_terminal_start(sb_error *error)
{
    (void)setlocale(LC_ALL, "");
    (void)setlocale(LC_NUMERIC, "C");
    /* Stale values would override what the kernel says after a resize. */
    unsetenv("LINES");
    unsetenv("COLUMNS");
    original_known = tcgetattr(STDIN_FILENO, &original) == 0;
    screen = newterm(NULL, stdout, stdin);
    if (screen == NULL) {
        sb_error_set(error, SB_ERROR_USAGE, "the terminal could not be taken over");
        sb_error_set_hint(error, "check TERM, or use `sidebet repl FILE`");
        return SB_ERROR_USAGE;
    }
    set_term(screen);
    taken = true;
    farewell_length = 0;
    append_farewell("sgr0");
    append_farewell("rmkx");
    append_farewell("rmm");
    append_farewell("cnorm");
    append_farewell("rmcup");
    configure();
    return SB_OK;
}

/* A terminal without a second screen keeps ours: the prompt must not run into its last row. */
static void clear_last_row(void)
{
    if (capability_of("rmcup") == NULL) {
        (void)move(LINES - 1, 0);
        (void)clrtoeol();
        (void)refresh();
    }
}

/* Eight-bit input is not taken back by curses itself. */
static void hand_back(void)
{
    clear_last_row();
    curs_set(1);
    (void)meta(stdscr, FALSE);
    endwin();
}

void sb_terminal_stop(void)
{
    if (screen == NULL) {
        return;
    }
    if (taken) {
        hand_back();
    }
    taken = false;
    if (original_known) {
        (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &original);
    }
    delscreen(screen);
    screen = NULL;
}

void sb_terminal_leave(void)
{
    if (!taken) {
        return;
    }
    hand_back();
    taken = false;
    if (original_known) {
        (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &original);
    }
}

void sb_terminal_return(void)
{
    if (screen == NULL) {
        return;
    }
    taken = true;
    (void)reset_prog_mode();
    configure();
    sb_terminal_resize();
}

void sb_terminal_resize(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 &&
        (size.ws_row != LINES || size.ws_col != COLS)) {
        (void)resizeterm(size.ws_row, size.ws_col);
    }
    clearok(curscr, TRUE);
}

void sb_terminal_size(int *rows, int *columns)
{
    *rows = LINES;
    *columns = COLS;
}

static bool is_unicode(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* The kernel's own terminal: "linux", "linux-16color". */
static bool is_console(void)
{
    const char *name = getenv("TERM");
    return name != NULL && strncmp(name, "linux", 5) == 0;
}

bool sb_terminal_is_ascii(void)
{
    return !is_unicode() || is_console();
}

bool sb_terminal_has_letters(void)
{
    return is_unicode() && is_console();
}

void sb_terminal_emergency(void)
{
    if (!taken) {
        return;
    }
    taken = false;
    size_t sent = 0;
    while (sent < farewell_length) {
        ssize_t count = write(STDOUT_FILENO, farewell + sent, farewell_length - sent);
        if (count <= 0) {
            break;
        }
        sent += (size_t)count;
    }
    if (original_known) {
        (void)tcsetattr(STDIN_FILENO, TCSANOW, &original);
    }
}

/* ---- clipboard and mouse ---- */

static void put_base64(const char *text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *bytes = (const unsigned char *)text;
    for (size_t left = strlen(text); left > 0;) {
        unsigned group = (unsigned)bytes[0] << 16U;
        group |= left > 1 ? (unsigned)bytes[1] << 8U : 0U;
        group |= left > 2 ? (unsigned)bytes[2] : 0U;
        (void)putchar(digits[group >> 18U]);
        (void)putchar(digits[(group >> 12U) & 63U]);
        (void)putchar(left > 1 ? digits[(group >> 6U) & 63U] : '=');
        (void)putchar(left > 2 ? digits[group & 63U] : '=');
        bytes += 3;
        left = left > 3 ? left - 3 : 0;
    }
}

void sb_terminal_copy(const char *text)
{
    if (!taken) {
        return;
    }
    const char *tmux = getenv("TMUX");
    bool through = tmux != NULL && tmux[0] != '\0';
    (void)fflush(stdout);
    (void)fputs(through ? "\033Ptmux;\033\033]52;c;" : "\033]52;c;", stdout);
    put_base64(text);
    (void)fputs(through ? "\a\033\\" : "\a", stdout);
    if (through) { /* tmux keeps a copy of its own, and passes it on where set-clipboard is on */
        (void)fputs("\033]52;c;", stdout);
        put_base64(text);
        (void)fputs("\a", stdout);
    }
    (void)fflush(stdout);
}

void sb_terminal_mouse(bool on)
{
    (void)mousemask(on ? BUTTON1_CLICKED | BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0,
                    NULL);
    (void)mouseinterval(0); /* a press acts at once */
}
