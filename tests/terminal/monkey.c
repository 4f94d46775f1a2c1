/* A monkey at the explorer: events at random, kept in a log that can be played again.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "terminal/monkey.h"

#include <ctype.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "clock.h"
#include "terminal/monkey_cage.h"

#define CHOOSE(random, array)                                                                      \
    ((array)[property_between(random, 0, (long)(sizeof(array) / sizeof((array)[0])) - 1)])

static long between(monkey *at, long low, long high)
{
    return property_between(&at->random, low, high);
}

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

/* What a key or a command may do at any time. */
static void check_alive(monkey *at)
{
    int status = 0;
    if (terminal_has_ended(at->screen, &status) && !(status == 0 && at->leaves)) {
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

static void press(monkey *at, const char *bytes, size_t length)
{
    (void)snprintf(at->line, sizeof at->line, "keys ");
    write_bytes(at->line, sizeof at->line, bytes, length);
    event(at);
}

/* ---- choosing ---- */

static void press_key(monkey *at, size_t section)
{
    const char *key = monkey_key(at->words, section, &at->random);
    at->count.presses++;
    press(at, key, strlen(key));
}

static void press_number(monkey *at)
{
    char typed[64];
    static const char *const ends[] = {"\r", "\r", "\t", "\033", "", "\r\033OC", "\r\033OB"};
    int length = snprintf(typed, sizeof typed, "%s%s", monkey_number(&at->random),
                          CHOOSE(&at->random, ends));
    at->count.presses += length;
    press(at, typed, (size_t)length);
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
    press(at, typed, (size_t)length);
}

/* Keys of the line editor, in and out of the line. */
static void edit_line(monkey *at)
{
    static const char *const keys[] = {
        ":",     "\t",   "\t\t",   "\001",   "\005",   "\013",    "\031",  "\022s", "\033b",
        "\033f", "\x17", "\033OA", "\033OB", "\033OD", "\177",    "\024",  "\x1f",  "\0332",
        "s",     "sh",   "rob",    "a",      "\x16\t", "\030(",   "\030)", "\030e", "\r",
        "\033",  "\x03", "\x07",   " ",      "undo",   "\033\033"};
    press(at, ":", 1);
    for (long left = between(at, 1, 12); left > 0 && !terminal_has_ended(at->screen, NULL);
         left--) {
        const char *key = CHOOSE(&at->random, keys);
        at->count.typed += (long)strlen(key);
        press(at, key, strlen(key));
    }
    const char *end = between(at, 0, 1) == 0 ? "\r" : "\033";
    if (!terminal_has_ended(at->screen, NULL)) {
        press(at, end, 1);
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
    press(at, typed, (size_t)length);
}

static void use_mouse(monkey *at)
{
    char typed[64];
    int row = (int)between(at, 1, terminal_rows(at->screen) + 3);
    int column = (int)between(at, 1, terminal_columns(at->screen) + 3);
    static const int buttons[] = {0, 0, 0, 0, 2, 64, 65, 32, 35, 3, 1, 127};
    int button = CHOOSE(&at->random, buttons);
    int length = between(at, 0, 3) > 0
                     ? snprintf(typed, sizeof typed, "\033[<%d;%d;%d%c", button, column, row,
                                between(at, 0, 1) == 0 ? 'M' : 'm')
                     : snprintf(typed, sizeof typed, "\033[M%c%c%c", 32 + button % 64,
                                32 + column % 90, 32 + row % 90);
    at->count.presses++;
    press(at, typed, (size_t)length);
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
        const char *piece = between(at, 0, 2) == 0 ? CHOOSE(&at->random, pieces) : one;
        if (piece[0] == '/' || piece[0] == '~' || piece[0] == 'q' || piece[0] == 'Q') {
            continue;
        }
        size_t bytes = piece == one ? 1 : strlen(piece);
        memcpy(typed + length, piece, bytes);
        length += bytes;
    }
    at->count.presses += (long)length;
    press(at, typed, length);
}

static void change_size(monkey *at)
{
    static const int sizes[][2] = {{1, 1},    {1, 80},   {24, 1},  {2, 2},    {5, 20},
                                   {10, 40},  {24, 80},  {24, 80}, {40, 120}, {40, 120},
                                   {60, 200}, {25, 200}, {60, 30}};
    int rows = (int)between(at, 1, 60);
    int columns = (int)between(at, 1, 200);
    if (between(at, 0, 1) == 0) {
        size_t which = (size_t)between(at, 0, (long)(sizeof sizes / sizeof sizes[0]) - 1);
        rows = sizes[which][0];
        columns = sizes[which][1];
    }
    (void)snprintf(at->line, sizeof at->line, "size %d %d", rows, columns);
    event(at);
}

static void choose_signal(monkey *at)
{
    static const int signals[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGWINCH, SIGTSTP};
    (void)snprintf(at->line, sizeof at->line, "signal %d", CHOOSE(&at->random, signals));
    event(at);
}

static void simple(monkey *at, const char *line)
{
    (void)snprintf(at->line, sizeof at->line, "%s", line);
    event(at);
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
        (void)snprintf(at->line, sizeof at->line, "wait %ld", between(at, 10, 1300));
        event(at);
    } else if (choice < 995) {
        simple(at, "probe");
    } else if (choice < 996) {
        simple(at, "keys q");
    } else {
        simple(at, choice < 998 ? "table" : "undo");
    }
}

/* A function key that leads to a screen, and then its keys. */
static void visit(monkey *at, long keys)
{
    static const char *const screens[] = {"\033OQ",   "\033OR",   "\033OS",   "\033[15~",
                                          "\033[17~", "\033[18~", "\033[19~", "\033[20~",
                                          "\033OP",   "\033",     "\033",     "\033"};
    size_t screen = (size_t)between(at, 0, (long)(sizeof screens / sizeof screens[0]) - 1);
    size_t section = monkey_section(at->words, &at->random);
    press(at, screens[screen], strlen(screens[screen]));
    at->count.presses++;
    for (long left = between(at, 1, 25); left > 0; left--) {
        if (terminal_has_ended(at->screen, NULL) || at->count.presses + at->count.typed >= keys) {
            return;
        }
        act(at, section);
    }
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
    at->leaves = false;
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
        expected = 0; /* by a key or a command, before */
    } else if (number == 0) {
        monkey_settle(at);
        monkey_send(at, "Q");
        status = terminal_wait_exit(at->screen);
    } else {
        terminal_signal(at->screen, number);
        status = terminal_wait_exit(at->screen);
        if (status == 1000 + number || (status == 0 && at->leaves)) {
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
    const char *demo = CHOOSE(&at->random, demos);
    static const int sizes[][2] = {{24, 80}, {40, 120}, {60, 200}, {10, 30}};
    size_t size = (size_t)between(at, 0, 3);
    begin(at, demo, sizes[size][0], sizes[size][1]);
    at->log = fopen(at->log_path, "w");
    assert_non_null(at->log);
    (void)fprintf(at->log, "# seed %llu\nfile %s\nsize %d %d\n", (unsigned long long)seed, demo,
                  sizes[size][0], sizes[size][1]);
    simple(at, "undo"); /* also what the start is */
    long target = at->count.presses + at->count.typed + keys;
    while (at->count.presses + at->count.typed < target && !terminal_has_ended(at->screen, NULL)) {
        visit(at, target);
    }
    static const char *const last[] = {"probe", "table", "undo"};
    for (size_t i = 0; i < 3 && !terminal_has_ended(at->screen, NULL); i++) {
        simple(at, last[i]);
    }
    static const int ends[] = {0, 0, SIGTERM, SIGHUP, SIGINT};
    int number = CHOOSE(&at->random, ends);
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
