/* A monkey at the explorer: events at random, kept in a log that can be played again.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "terminal/monkey.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "clock.h"
#include "terminal/monkey_cage.h"

/* ---- the log ---- */

/* Bytes as C writes them; the event must fit a line. */
static void write_bytes(char *line, size_t size, const char *bytes, size_t length)
{
    size_t used = strlen(line);
    for (size_t i = 0; i < length && used + 5 < size; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        bool plain = byte > ' ' && byte < 0x7F && byte != '\\';
        used += (size_t)(plain ? snprintf(line + used, size - used, "%c", byte)
                               : snprintf(line + used, size - used, "\\x%02x", byte));
    }
}

static size_t read_bytes(const char *text, char *bytes, size_t size)
{
    size_t length = 0;
    while (*text != '\0' && length < size) {
        unsigned value = (unsigned char)*text;
        int taken = 1;
        if (*text == '\\') {
            assert_int_equal(sscanf(text, "\\x%2x%n", &value, &taken), 1);
        }
        bytes[length++] = (char)value;
        text += taken;
    }
    return length;
}

void monkey_tell(monkey *at)
{
    if (at->log != NULL) {
        (void)fclose(at->log);
        at->log = NULL;
    }
    if (at->screen != NULL) {
        (void)fputs(terminal_text(at->screen), stderr);
    }
    (void)fprintf(stderr, "\nafter: %.200s\nkeys and files: %s\nagain: test_monkey --replay %s\n",
                  at->line, at->folder, at->log_path);
}

/* ---- doing ---- */

/* By a key; a Ctrl-C behind it, when the terminal is given back and the program not quite gone, is
 * the signal and ends it as one. */
static bool has_left(const monkey *at, int status)
{
    return at->leaves && (status == 0 || (at->interrupts && status == 1000 + SIGINT));
}

/* What a key or a command may do at any time. */
static void check_alive(monkey *at)
{
    int status = 0;
    if (terminal_has_ended(at->screen, &status) && !has_left(at, status)) {
        monkey_check_end(at, 0, status); /* a report of the sanitizer says more */
        monkey_fail(at, "the program ended by itself with %d", status);
    }
}

void monkey_send(monkey *at, const char *bytes)
{
    terminal_send(at->screen, bytes);
}

void monkey_probe(monkey *at)
{
    const double patience = 60; /* seconds; the machine may be busy */
    double begin = wall_seconds();
    double again = begin + 5;
    (void)terminal_listen(at->screen, 0);
    long before = terminal_clears(at->screen);
    monkey_send(at, "\f");
    while (terminal_unread(at->screen) > 0 || terminal_clears(at->screen) == before) {
        (void)terminal_listen(at->screen, 5);
        if (terminal_has_ended(at->screen, NULL)) {
            return; /* who asked looks why */
        }
        if (wall_seconds() > begin + patience) {
            monkey_fail(at, "no answer within %g seconds", patience);
        }
        if (wall_seconds() > again) { /* half a sequence may have swallowed the key */
            monkey_send(at, "\f");
            again += 5;
        }
    }
    double seconds = wall_seconds() - begin;
    at->count.slowest = seconds > at->count.slowest ? seconds : at->count.slowest;
    at->count.probes++;
}

static void resize(monkey *at, int rows, int columns)
{
    terminal_resize(at->screen, rows, columns);
    at->count.sizes++;
}

/* Stop the program as a shell would, and let it go on. */
static void send_signal(monkey *at, int number)
{
    terminal_signal(at->screen, number);
    if (number == SIGTSTP) {
        (void)terminal_listen(at->screen, 30);
        terminal_signal(at->screen, SIGCONT);
    }
    at->count.signals++;
}

/* Text that could end the program, if it is pressed or typed where it counts. */
static bool may_leave(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == 'q' || bytes[i] == 'Q' || bytes[i] == '\r' || bytes[i] == '\n') {
            return true; /* Enter: of a line that was completed or came from the history */
        }
    }
    return false;
}

static void do_event(monkey *at)
{
    char bytes[1024];
    int one = 0;
    int two = 0;
    const char *text = at->line;
    if (strncmp(text, "keys ", 5) == 0) {
        size_t length = read_bytes(text + 5, bytes, sizeof bytes);
        at->leaves = at->leaves || may_leave(bytes, length);
        at->interrupts = at->interrupts || memchr(bytes, '\003', length) != NULL;
        terminal_send_bytes(at->screen, bytes, length);
        (void)terminal_listen(at->screen, 0);
    } else if (sscanf(text, "size %d %d", &one, &two) == 2) {
        resize(at, one, two);
    } else if (sscanf(text, "signal %d", &one) == 1) {
        send_signal(at, one);
    } else if (sscanf(text, "wait %d", &one) == 1) {
        (void)terminal_listen(at->screen, one);
    } else if (strcmp(text, "probe") == 0) {
        monkey_probe(at);
    } else if (strcmp(text, "table") == 0) {
        monkey_check_table(at);
    } else if (strcmp(text, "undo") == 0) {
        monkey_check_undo(at);
    } else {
        fail_msg("no event: %s", text);
    }
}

/* The event in at->line: into the log, then done. */
static void event(monkey *at)
{
    if (at->log != NULL) {
        (void)fprintf(at->log, "%s\n", at->line);
        (void)fflush(at->log);
    }
    do_event(at);
    check_alive(at);
}

void monkey_event(monkey *at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(at->line, sizeof at->line, format, arguments);
    va_end(arguments);
    event(at);
}

void monkey_press(monkey *at, const char *bytes, size_t length)
{
    (void)snprintf(at->line, sizeof at->line, "keys ");
    write_bytes(at->line, sizeof at->line, bytes, length);
    event(at);
}

/* ---- episodes ---- */

static const char *const demos[] = {
    "demos/almost-independent.yaml",
    "demos/simple-example.yaml",
    "demos/three-forecasts.yaml",
    "demos/weather.yaml",
    "demos/three-bidders.yaml",
    "demos/public-good.yaml",
    "demos/division.yaml",
    "demos/two-units.yaml",
    "demos/receipts.yaml",
    "demos/doubtful-bell.yaml",
    "demos/lottery.yaml",
    "demos/concave.yaml",
    "demos/two-items.yaml",
    "demos/divorce.yaml",
    "demos/doubtful-forecast.yaml",
    "demos/gaussian.yaml",
};

static const char *caged_folder; /* of the episode in hand; the child is a fork */

static void cage(const char *state_folder)
{
    const char *const folders[] = {caged_folder, state_folder};
    (void)monkey_cage(folders, 2);
    (void)chdir(caged_folder);
}

static void copy_file(const char *from, const char *to)
{
    FILE *source = fopen(from, "rb");
    FILE *target = fopen(to, "wb");
    assert_non_null(source);
    assert_non_null(target);
    char block[4096];
    for (size_t count = 0; (count = fread(block, 1, sizeof block, source)) > 0;) {
        assert_int_equal(fwrite(block, 1, count, target), count);
    }
    (void)fclose(source);
    assert_int_equal(fclose(target), 0);
}

/* A folder of its own, the example in it, and the program on that. */
static void begin(monkey *at, const char *demo, int rows, int columns)
{
    const char *temporary = getenv("TMPDIR");
    (void)snprintf(at->folder, sizeof at->folder, "%.40s/sidebet-monkey-XXXXXX",
                   temporary == NULL ? "/tmp" : temporary);
    assert_non_null(mkdtemp(at->folder));
    (void)snprintf(at->log_path, sizeof at->log_path, "%s/keys.log", at->folder);
    char path[128];
    (void)snprintf(path, sizeof path, "%s/work", at->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    (void)snprintf(path, sizeof path, "%s/work/work.yaml", at->folder);
    copy_file(demo, path);
    static char options[256]; /* what terminal_start hands on */
    (void)snprintf(options, sizeof options, "log_path=%s/work/sanitizer:detect_leaks=1%s",
                   at->folder, at->replaying ? ":fast_unwind_on_malloc=0" : "");
    (void)setenv("ASAN_OPTIONS", options, 1);
    (void)setenv("UBSAN_OPTIONS", options, 1);
    static char folder[96];
    (void)snprintf(folder, sizeof folder, "%s/work", at->folder);
    caged_folder = folder;
    char *arguments[] = {(char *)(uintptr_t)terminal_program(), "work.yaml", NULL};
    const terminal_options start = {.rows = rows, .columns = columns, .prepare = cage};
    at->screen = terminal_start(&start, arguments);
    at->leaves = at->interrupts = false;
    at->start_known = false;
    at->opened = 0;
    at->count.episodes++;
    double end = wall_seconds() + 60;
    while (!terminal_in_alternate_screen(at->screen)) {
        (void)terminal_listen(at->screen, 20);
        if (wall_seconds() > end || terminal_has_ended(at->screen, NULL)) {
            monkey_fail(at, "the program does not start");
        }
    }
}

static void end(monkey *at, int number)
{
    int status = 0;
    int expected = number == 0 ? 0 : 128 + number;
    if (terminal_has_ended(at->screen, &status)) {
        expected = has_left(at, status) ? status : 0; /* by a key or a command, before */
    } else if (number == 0) {
        monkey_settle(at);
        monkey_send(at, "Q");
        status = terminal_wait_exit(at->screen);
    } else {
        terminal_signal(at->screen, number);
        status = terminal_wait_exit(at->screen);
        if (status == 1000 + number || has_left(at, status)) {
            expected = status; /* the signal itself, as shells want it, or a key was faster */
        }
    }
    monkey_check_end(at, expected, status);
    terminal_free(at->screen);
    at->screen = NULL;
}

static void remove_all(monkey *at)
{
    char line[128];
    (void)snprintf(line, sizeof line, "rm -rf '%s'", at->folder);
    assert_int_equal(system(line), 0); /* a name from mkdtemp */
}

void monkey_episode(monkey *at, uint64_t seed, long keys)
{
    at->random = (property_stream){seed};
    const char *demo = PROPERTY_CHOOSE(&at->random, demos);
    static const int sizes[][2] = {{24, 80}, {40, 120}, {60, 200}, {10, 30}};
    const int *size = PROPERTY_CHOOSE(&at->random, sizes);
    begin(at, demo, size[0], size[1]);
    at->log = fopen(at->log_path, "w");
    assert_non_null(at->log);
    (void)fprintf(at->log, "# seed %llu\nfile %s\nsize %d %d\n", (unsigned long long)seed, demo,
                  size[0], size[1]);
    monkey_event(at, "undo"); /* also what the start is */
    long target = at->count.presses + at->count.typed + keys;
    while (at->count.presses + at->count.typed < target && !terminal_has_ended(at->screen, NULL)) {
        monkey_visit(at, target);
    }
    static const char *const last[] = {"probe", "table", "undo"};
    for (size_t i = 0; i < 3 && !terminal_has_ended(at->screen, NULL); i++) {
        monkey_event(at, "%s", last[i]);
    }
    static const int ends[] = {0, 0, SIGTERM, SIGHUP, SIGINT};
    int number = PROPERTY_CHOOSE(&at->random, ends);
    (void)snprintf(at->line, sizeof at->line, "end %d", number);
    (void)fprintf(at->log, "%s\n", at->line);
    (void)fflush(at->log);
    end(at, number);
    (void)fclose(at->log);
    at->log = NULL;
    remove_all(at);
}

void monkey_replay(monkey *at, const char *path)
{
    FILE *log = fopen(path, "r");
    if (log == NULL) {
        fail_msg("cannot read %s", path);
        return;
    }
    char demo[256] = "";
    int rows = 0;
    int columns = 0;
    if (fscanf(log, "# seed %*s file %255s size %d %d ", demo, &rows, &columns) != 3) {
        fail_msg("%s is no log of a monkey", path);
    }
    at->replaying = true;
    begin(at, demo, rows, columns);
    int number = -1;
    while (fgets(at->line, sizeof at->line, log) != NULL) {
        at->line[strcspn(at->line, "\n")] = '\0';
        if (sscanf(at->line, "end %d", &number) == 1 || terminal_has_ended(at->screen, NULL)) {
            break;
        }
        event(at);
    }
    (void)fclose(log);
    end(at, number < 0 ? SIGTERM : number);
    remove_all(at);
}
