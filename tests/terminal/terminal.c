/* A real pseudo-terminal with an emulator behind it, for tests of the explorer.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "terminal/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "clock.h"
#include "terminal/terminal_folder.h"
#include "terminal/terminal_sequences.h"

static const double deadline_seconds = 30;

struct terminal {
    VTerm *emulator;
    VTermScreen *screen;
    VTermScreenCallbacks callbacks;
    int rows, columns;
    int master, slave; /* the slave is kept open, so that its modes outlive the program */
    pid_t child;
    bool ended;
    int status;
    struct termios before;
    bool alternate, cursor;
    terminal_sequences sequences;
    char folder[64];
    char path[256];
    char *text;
};

const char *terminal_program(void)
{
    const char *program = getenv("SIDEBET_PROGRAM");
    return program != NULL ? program : "build/sidebet";
}

static int property_changed(VTermProp property, VTermValue *value, void *user)
{
    terminal *t = user;
    if (property == VTERM_PROP_ALTSCREEN) {
        t->alternate = value->boolean != 0;
    } else if (property == VTERM_PROP_CURSORVISIBLE) {
        t->cursor = value->boolean != 0;
    }
    return 1;
}

static void set_environment(const terminal *t, const terminal_options *options)
{
    const char *keep[] = {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TERMINFO", "TERMINFO_DIRS"};
    char *kept[sizeof keep / sizeof keep[0]];
    for (size_t i = 0; i < sizeof keep / sizeof keep[0]; i++) {
        const char *value = getenv(keep[i]);
        kept[i] = value == NULL ? NULL : strdup(value);
    }
    (void)clearenv();
    for (size_t i = 0; i < sizeof keep / sizeof keep[0]; i++) {
        if (kept[i] != NULL) {
            (void)setenv(keep[i], kept[i], 1);
        }
    }
    (void)setenv("TERM", options->term != NULL ? options->term : "xterm-256color", 1);
    (void)setenv("LC_ALL", options->locale != NULL ? options->locale : "C.UTF-8", 1);
    (void)setenv("TZ", "UTC", 1);
    (void)setenv("HOME", t->folder, 1);
    (void)setenv("XDG_STATE_HOME", t->folder, 1);
    (void)unsetenv("XDG_CONFIG_HOME");
    (void)setenv("INPUTRC", "/dev/null", 1);
    /* Stale values must not confuse the program. */
    (void)setenv("LINES", "7", 1);
    (void)setenv("COLUMNS", "21", 1);
    if (options->extra != NULL) {
        (void)putenv(strdup(options->extra));
    }
}

static void run_child(const terminal *t, const terminal_options *options, char *const *arguments)
{
    (void)setsid();
    (void)ioctl(t->slave, TIOCSCTTY, 0);
    (void)dup2(t->slave, STDIN_FILENO);
    (void)dup2(t->slave, STDOUT_FILENO);
    (void)dup2(t->slave, STDERR_FILENO);
    (void)close(t->slave);
    (void)close(t->master);
    set_environment(t, options);
    if (options->prepare != NULL) {
        options->prepare(t->folder);
    }
    (void)execvp(arguments[0], arguments);
    _exit(127);
}

terminal *terminal_start(const terminal_options *options, char *const *arguments)
{
    terminal *t = calloc(1, sizeof *t);
    assert_non_null(t);
    t->rows = options->rows;
    t->columns = options->columns;
    (void)snprintf(t->folder, sizeof t->folder, "/tmp/sidebet-test-XXXXXX");
    assert_non_null(mkdtemp(t->folder));
    struct winsize size = {(unsigned short)t->rows, (unsigned short)t->columns, 0, 0};
    assert_int_equal(openpty(&t->master, &t->slave, NULL, NULL, &size), 0);
    assert_int_equal(tcgetattr(t->slave, &t->before), 0);
    (void)fcntl(t->master, F_SETFL, O_NONBLOCK); /* a program that does not read must not stop us */
    t->emulator = vterm_new(t->rows, t->columns);
    vterm_set_utf8(t->emulator, 1);
    t->screen = vterm_obtain_screen(t->emulator);
    vterm_screen_enable_altscreen(t->screen, 1);
    t->callbacks.settermprop = property_changed;
    vterm_screen_set_callbacks(t->screen, &t->callbacks, t);
    vterm_screen_reset(t->screen, 1);
    t->child = fork();
    assert_true(t->child >= 0);
    if (t->child == 0) {
        run_child(t, options, arguments);
    }
    return t;
}

void terminal_free(terminal *t)
{
    if (!t->ended) {
        (void)kill(t->child, SIGKILL);
        (void)waitpid(t->child, NULL, 0);
    }
    (void)close(t->master);
    (void)close(t->slave);
    vterm_free(t->emulator);
    terminal_folder_remove(t->folder);
    free(t->text);
    free(t);
}

long terminal_clears(const terminal *t)
{
    return t->sequences.clears;
}

const char *terminal_modes_left(const terminal *t)
{
    terminal *changed = (terminal *)(uintptr_t)t;
    return terminal_sequences_left(&changed->sequences);
}

/* ---- bytes ---- */

/* Feed the emulator what the program wrote within the next milliseconds. */
static bool take_output(terminal *t, int milliseconds)
{
    bool any = false;
    struct pollfd ready = {t->master, POLLIN, 0};
    while (poll(&ready, 1, milliseconds) > 0) {
        char bytes[65536];
        ssize_t count = read(t->master, bytes, sizeof bytes);
        if (count <= 0) {
            break;
        }
        any = true;
        terminal_sequences_watch(&t->sequences, bytes, (size_t)count);
        (void)vterm_input_write(t->emulator, bytes, (size_t)count);
        char answer[256];
        size_t length = vterm_output_read(t->emulator, answer, sizeof answer);
        if (length > 0) {
            (void)!write(t->master, answer, length);
        }
        milliseconds = 0;
    }
    vterm_screen_flush_damage(t->screen);
    return any;
}

void terminal_send_bytes(terminal *t, const char *bytes, size_t length)
{
    double end = wall_seconds() + deadline_seconds;
    while (length > 0) {
        ssize_t count = write(t->master, bytes, length);
        if (count < 0 && errno != EAGAIN && errno != EINTR) {
            fail_msg("the terminal takes no keys: %s", strerror(errno));
        }
        if (count > 0) {
            bytes += count;
            length -= (size_t)count;
            (void)take_output(t, 0);
        } else if (wall_seconds() > end || terminal_has_ended(t, NULL)) {
            fail_msg("the program reads no keys:\n%s", terminal_text(t));
        } else {
            (void)take_output(t, 20);
        }
    }
}

void terminal_send(terminal *t, const char *keys)
{
    terminal_send_bytes(t, keys, strlen(keys));
}

int terminal_unread(const terminal *t)
{
    int count = 0;
    return ioctl(t->slave, FIONREAD, &count) == 0 ? count : 0;
}

bool terminal_listen(terminal *t, int milliseconds)
{
    bool any = false;
    while (take_output(t, milliseconds)) {
        any = true;
    }
    return any;
}

void terminal_resize(terminal *t, int rows, int columns)
{
    struct winsize size = {(unsigned short)rows, (unsigned short)columns, 0, 0};
    t->rows = rows;
    t->columns = columns;
    vterm_set_size(t->emulator, rows, columns);
    assert_int_equal(ioctl(t->master, TIOCSWINSZ, &size), 0);
}

void terminal_signal(terminal *t, int number)
{
    assert_int_equal(kill(t->child, number), 0);
}

pid_t terminal_child(const terminal *t)
{
    return t->child;
}

static size_t put_utf8(char *bytes, uint32_t character)
{
    if (character < 0x80) {
        bytes[0] = (char)character;
        return 1;
    }
    if (character < 0x800) {
        bytes[0] = (char)(0xC0 | (character >> 6));
        bytes[1] = (char)(0x80 | (character & 0x3F));
        return 2;
    }
    if (character < 0x10000) {
        bytes[0] = (char)(0xE0 | (character >> 12));
        bytes[1] = (char)(0x80 | ((character >> 6) & 0x3F));
        bytes[2] = (char)(0x80 | (character & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | (character >> 18));
    bytes[1] = (char)(0x80 | ((character >> 12) & 0x3F));
    bytes[2] = (char)(0x80 | ((character >> 6) & 0x3F));
    bytes[3] = (char)(0x80 | (character & 0x3F));
    return 4;
}

const char *terminal_text(terminal *t)
{
    free(t->text);
    t->text =
        calloc((size_t)t->rows * ((size_t)t->columns * 4 * VTERM_MAX_CHARS_PER_CELL + 1) + 1, 1);
    assert_non_null(t->text);
    size_t length = 0;
    for (int row = 0; row < t->rows; row++) {
        for (int column = 0; column < t->columns; column++) {
            VTermScreenCell cell = terminal_cell(t, row, column);
            if (cell.chars[0] == (uint32_t)-1) {
                continue; /* behind a wide character */
            }
            if (cell.chars[0] == 0) {
                t->text[length++] = ' ';
            }
            for (int k = 0; k < VTERM_MAX_CHARS_PER_CELL && cell.chars[k] != 0; k++) {
                length += put_utf8(t->text + length, cell.chars[k]);
            }
        }
        t->text[length++] = '\n';
    }
    return t->text;
}

VTermScreenCell terminal_cell(terminal *t, int row, int column)
{
    VTermScreenCell cell;
    memset(&cell, 0, sizeof cell);
    VTermPos place = {row, column};
    (void)vterm_screen_get_cell(t->screen, place, &cell);
    return cell;
}

int terminal_rows(const terminal *t)
{
    return t->rows;
}

int terminal_columns(const terminal *t)
{
    return t->columns;
}

bool terminal_in_alternate_screen(const terminal *t)
{
    return t->alternate;
}

static bool row_has_both(const char *text, const char *first, const char *second)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        char *row = strndup(text, length);
        bool both = row != NULL && strstr(row, first) != NULL && strstr(row, second) != NULL;
        free(row);
        if (both) {
            return true;
        }
        text += length + (text[length] == '\n' ? 1 : 0);
    }
    return false;
}

static bool look(terminal *t)
{
    if (!t->ended && waitpid(t->child, &t->status, WNOHANG) == t->child) {
        t->ended = true;
    }
    return !t->ended;
}

static void wait_until(terminal *t, const char *first, const char *second, bool wanted)
{
    double end = wall_seconds() + deadline_seconds;
    while (row_has_both(terminal_text(t), first, second) != wanted) {
        bool alive = look(t);
        if (wall_seconds() > end || !alive) {
            (void)take_output(t, 100);
            if (row_has_both(terminal_text(t), first, second) == wanted) {
                return;
            }
            (void)fputs(terminal_text(t), stderr); /* longer than cmocka's messages may be */
            fail_msg("%s \"%s\" \"%s\" on the screen above%s", wanted ? "never" : "still", first,
                     second, alive ? "" : " (the program ended)");
        }
        (void)take_output(t, 20);
    }
}

void terminal_wait_for(terminal *t, const char *text)
{
    wait_until(t, text, "", true);
}

void terminal_wait_gone(terminal *t, const char *text)
{
    wait_until(t, text, "", false);
}

void terminal_wait_for_row(terminal *t, const char *first, const char *second)
{
    wait_until(t, first, second, true);
}

bool terminal_shows(terminal *t, const char *text)
{
    (void)take_output(t, 0);
    return strstr(terminal_text(t), text) != NULL;
}

static void wait_property(terminal *t, const bool *property, bool wanted)
{
    double end = wall_seconds() + deadline_seconds;
    while (*property != wanted) {
        assert_true(wall_seconds() < end);
        (void)take_output(t, 20);
    }
}

void terminal_wait_alternate_screen(terminal *t, bool in)
{
    wait_property(t, &t->alternate, in);
}

void terminal_wait_cursor(terminal *t, bool shown)
{
    wait_property(t, &t->cursor, shown);
}

static int status_of(const terminal *t)
{
    return WIFEXITED(t->status) ? WEXITSTATUS(t->status) : 1000 + WTERMSIG(t->status);
}

int terminal_wait_exit(terminal *t)
{
    double end = wall_seconds() + deadline_seconds;
    while (look(t)) {
        if (wall_seconds() > end) {
            fail_msg("the program does not end:\n%s", terminal_text(t));
        }
        (void)take_output(t, 20);
    }
    (void)take_output(t, 50);
    return status_of(t);
}

bool terminal_has_ended(terminal *t, int *status)
{
    if (look(t)) {
        return false;
    }
    (void)take_output(t, 50);
    if (status != NULL) {
        *status = status_of(t);
    }
    return true;
}

bool terminal_is_restored(const terminal *t)
{
    struct termios after;
    if (tcgetattr(t->slave, &after) != 0 || t->alternate || !t->cursor) {
        return false;
    }
    return after.c_iflag == t->before.c_iflag && after.c_oflag == t->before.c_oflag &&
           after.c_cflag == t->before.c_cflag && after.c_lflag == t->before.c_lflag &&
           memcmp(after.c_cc, t->before.c_cc, sizeof after.c_cc) == 0;
}

const char *terminal_state_path(const terminal *t, const char *name)
{
    terminal *changed = (terminal *)(uintptr_t)t;
    (void)snprintf(changed->path, sizeof changed->path, "%s/%s", t->folder, name);
    return t->path;
}

int terminal_state_files(const terminal *t, const char *except)
{
    return terminal_folder_files(t->folder, except);
}

terminal *terminal_open(const char *file, int rows, int columns, const char *locale,
                        const char *extra)
{
    char *arguments[] = {(char *)(uintptr_t)terminal_program(), (char *)(uintptr_t)file, NULL};
    const terminal_options options = {
        .rows = rows, .columns = columns, .locale = locale, .extra = extra};
    return terminal_start(&options, arguments);
}

void terminal_quit(terminal *t)
{
    terminal_send(t, "Q");
    assert_int_equal(terminal_wait_exit(t), 0);
    assert_true(terminal_is_restored(t));
    terminal_free(t);
}
