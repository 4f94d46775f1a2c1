/* What must hold whatever a monkey has done.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "terminal/monkey.h"

#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "clock.h"

enum { most_cells = 64, longest_path = 192 };

/* ---- getting there ---- */

/* Commands, one by one, from whatever is open; answered when this returns. */
static void say(monkey *at, const char *command)
{
    char typed[256];
    (void)snprintf(typed, sizeof typed, ":%s\r", command);
    monkey_send(at, typed);
}

/* Is there a row that begins like this? The line that is typed begins otherwise. */
static bool row_begins(monkey *at, const char *text)
{
    const char *row = terminal_text(at->screen);
    while (strncmp(row, text, strlen(text)) != 0) {
        row = strchr(row, '\n');
        if (row == NULL) {
            return false;
        }
        row++;
    }
    return true;
}

/* Wait until all that was said is done, and on the screen: its rows are painted from the top, and
 * an answer stands in one of the last. */
static void await(monkey *at)
{
    const double patience = 60;
    char answer[32];
    char command[64];
    double begin = wall_seconds();
    double again = begin;
    (void)snprintf(answer, sizeof answer, " settled-%ld ", ++at->answers);
    (void)snprintf(command, sizeof command, "echo settled-%ld", at->answers);
    while (!row_begins(at, answer) && !terminal_has_ended(at->screen, NULL)) {
        if (wall_seconds() >= again) { /* and once more where something else was said after it */
            say(at, command);
            again = wall_seconds() + 5;
        }
        if (wall_seconds() > begin + patience) {
            monkey_fail(at, "no answer within %g seconds", patience);
        }
        (void)terminal_listen(at->screen, 5);
    }
}

void monkey_settle(monkey *at)
{
    terminal_resize(at->screen, 60, 200);
    for (int i = 0; i < 4; i++) { /* out of a sequence, a search, a line, an entry, a screen */
        monkey_send(at, "\033");
        (void)terminal_listen(at->screen, 40);
    }
    monkey_probe(at);
    static const char *const usual[] = {"tour leave", "presenter off", "screen table", "mouse off",
                                        "filter"};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        say(at, usual[i]);
    }
    await(at);
}

static bool ended(monkey *at)
{
    return terminal_has_ended(at->screen, NULL);
}

/* ---- files ---- */

static char *contents(monkey *at, const char *name)
{
    char path[longest_path];
    (void)snprintf(path, sizeof path, "%s/%s", at->folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        monkey_fail(at, "%s was not written", path);
    }
    enum { most = 1 << 22 };
    char *bytes = calloc(1, most + 1);
    assert_non_null(bytes);
    size_t length = fread(bytes, 1, most, file);
    bytes[length] = '\0';
    (void)fclose(file);
    return bytes;
}

/* Save, and move the file to where the program does not reach: the monkey may find the command in
 * the history and run it again. */
static void save_as(monkey *at, const char *name)
{
    char saved[longest_path];
    char kept[longest_path];
    (void)snprintf(saved, sizeof saved, "%s/work/saved.yaml", at->folder);
    (void)snprintf(kept, sizeof kept, "%s/%s", at->folder, name);
    (void)remove(saved);
    say(at, "save! saved.yaml");
    await(at);
    if (rename(saved, kept) != 0) {
        monkey_fail(at, "save! has written nothing");
    }
}

static void must_equal(monkey *at, const char *one, const char *other, const char *what)
{
    char *left = contents(at, one);
    char *right = contents(at, other);
    if (strcmp(left, right) != 0) {
        monkey_fail(at, "%s: %s and %s differ in %s", what, one, other, at->folder);
    }
    free(left);
    free(right);
}

/* ---- undo ---- */

/* "undo 3" in the first row; 0 where there is no such word. */
static long count_of(monkey *at, const char *word)
{
    const char *text = terminal_text(at->screen);
    char row[2048];
    (void)snprintf(row, sizeof row, "%.*s", (int)strcspn(text, "\n"), text);
    const char *last = NULL; /* a title may say such things too */
    for (const char *found = row; (found = strstr(found, word)) != NULL; found++) {
        last = found;
    }
    return last == NULL ? 0 : strtol(last + strlen(word), NULL, 10);
}

static void walk(monkey *at, const char *way, const char *word)
{
    for (int i = 0; i < 50; i++) { /* more than one step where the row was cut */
        long count = count_of(at, word);
        if (count == 0) {
            return;
        }
        char command[64];
        (void)snprintf(command, sizeof command, "%s %ld", way, count);
        say(at, command);
        await(at);
        at->count.steps += count;
    }
    monkey_fail(at, "%s does not come to an end", way);
}

/* Changes when the program opens a file. */
static long long last_opened(monkey *at)
{
    struct stat list;
    if (stat(terminal_state_path(at->screen, "sidebet/recent"), &list) != 0) {
        return 0;
    }
    return (long long)list.st_mtim.tv_sec * 1000000000 + list.st_mtim.tv_nsec;
}

void monkey_check_undo(monkey *at)
{
    monkey_settle(at);
    if (ended(at)) {
        return;
    }
    long redo = count_of(at, "redo ");
    walk(at, "redo", "redo ");
    save_as(at, "last.yaml");
    walk(at, "undo", "undo ");
    save_as(at, "first.yaml");
    long long opened = last_opened(at);
    if (at->start_known && opened == at->opened) {
        must_equal(at, "first.yaml", "start.yaml", "undo does not lead to the start");
    }
    save_as(at, "start.yaml");
    at->start_known = true;
    at->opened = opened;
    walk(at, "redo", "redo ");
    save_as(at, "again.yaml");
    must_equal(at, "again.yaml", "last.yaml", "redo does not lead back");
    if (redo > 0) {
        char command[64];
        (void)snprintf(command, sizeof command, "undo %ld", redo);
        say(at, command);
    }
    say(at, "save! work.yaml");
    await(at);
    at->count.undos++;
}

/* ---- the table ---- */

/* The numbers of a row of a CSV table of two players: LABEL,DECIMAL,FRACTION,DECIMAL,... */
static size_t read_row(char *line, char **label, double *values)
{
    size_t count = 0;
    *label = line;
    char *at = strchr(line, ',');
    while (at != NULL && count < most_cells) {
        *at = '\0';
        values[count++] = strtod(at + 1, NULL);
        at = strchr(at + 1, ','); /* the fraction says it once more */
        at = at == NULL ? NULL : strchr(at + 1, ',');
    }
    return count;
}

/* The row of the screen that begins with this label, behind it; NULL: none. */
static const char *find_row(const char *pane, const char *label, char *row, size_t size)
{
    size_t length = strlen(label);
    while (*pane != '\0') {
        size_t columns = strcspn(pane, "\n");
        (void)snprintf(row, size, "%.*s", (int)columns, pane);
        char *text = row + strspn(row, " ");
        bool begins = strncmp(text, label, length) == 0 && strchr(" [", text[length]) != NULL;
        /* Behind the label a number: "3 (b)" is another. */
        if (begins && strspn(text + length + strspn(text + length, " ["), "0123456789.-") > 0) {
            return text + length;
        }
        if (strstr(row, " Values ") != NULL) {
            return NULL;
        }
        pane += columns + (pane[columns] == '\n');
    }
    return NULL;
}

/* Is what is shown the value, as far as digits are shown? */
static bool shows(const char *text, char **end, double value)
{
    double number = strtod(text, end);
    if (*end == text) {
        return false;
    }
    const char *point = memchr(text, '.', (size_t)(*end - text));
    const char *power = memchr(text, 'e', (size_t)(*end - text));
    const char *last = power != NULL ? power : *end;
    int decimals = point == NULL ? 0 : (int)(last - point) - 1;
    int exponent = power == NULL ? 0 : (int)strtol(power + 1, NULL, 10);
    double unit = pow(10, exponent - decimals);
    return fabs(number - value) <= 0.5001 * unit + 1e-12 * fabs(value);
}

static void compare_row(monkey *at, const char *row, const char *label, const double *values,
                        size_t count)
{
    for (size_t k = 0; k < count; k++) {
        row += strspn(row, " []"); /* the cursor */
        char *end = NULL;
        if (!shows(row, &end, values[k])) {
            monkey_fail(at, "cell %zu of row %s is %.17g in the file, and shown as %.12s", k + 1,
                        label, values[k], row);
        }
        row = end;
        at->count.cells++;
    }
}

/* Only whole tables of two players that fit can be read off the screen. */
static void compare_tables(monkey *at, FILE *csv)
{
    char line[8192];
    const char *pane = strstr(terminal_text(at->screen), " Prior ");
    if (pane == NULL || fgets(line, sizeof line, csv) == NULL || line[0] != ',' ||
        strstr(line, "_exact") == NULL) {
        return;
    }
    while (fgets(line, sizeof line, csv) != NULL) {
        double values[most_cells];
        char *label = NULL;
        char row[4096];
        line[strcspn(line, "\n")] = '\0';
        size_t count = read_row(line, &label, values);
        const char *found = find_row(pane, label, row, sizeof row);
        if (found != NULL && count <= 10 && label[0] != '\0') {
            compare_row(at, found, label, values, count);
        }
    }
}

void monkey_check_table(monkey *at)
{
    monkey_settle(at);
    if (ended(at)) {
        return;
    }
    static const char *const usual[] = {"fractions off",   "conditionals off", "list off",
                                        "sensitivity off", "agent all",        "select 1,1"};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        say(at, usual[i]);
    }
    save_as(at, "shown.yaml");
    (void)terminal_listen(at->screen, 100);
    char command[longest_path * 2];
    (void)snprintf(command, sizeof command, "'%s' table prior '%s/shown.yaml' --format csv",
                   terminal_program(), at->folder);
    FILE *csv = popen(command, "r");
    assert_non_null(csv);
    compare_tables(at, csv);
    char rest[4096];
    while (fread(rest, 1, sizeof rest, csv) > 0) {
        continue;
    }
    if (pclose(csv) != 0) {
        monkey_fail(at, "what was saved cannot be read: %s", command);
    }
    at->count.tables++;
}

/* ---- the end ---- */

/* Reports of the sanitizers, temporaries that stayed. */
static void look_for_leftovers(monkey *at)
{
    char path[longest_path];
    (void)snprintf(path, sizeof path, "%s/work", at->folder);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry = NULL; (entry = readdir(folder)) != NULL;) {
        if (strncmp(entry->d_name, "sanitizer", 9) == 0) {
            char name[longest_path];
            (void)snprintf(name, sizeof name, "work/%.100s", entry->d_name);
            char *report = contents(at, name);
            (void)fprintf(stderr, "%s\n", report);
            free(report);
            monkey_fail(at, "a sanitizer complains: %s/%s", path, entry->d_name);
        }
        if (strstr(entry->d_name, ".tmp") != NULL) {
            monkey_fail(at, "a temporary stayed: %s/%s", path, entry->d_name);
        }
    }
    (void)closedir(folder);
}

void monkey_check_end(monkey *at, int expected, int status)
{
    look_for_leftovers(at);
    if (status != expected) {
        monkey_fail(at, "the program ended with %d, not %d", status, expected);
    }
    if (!terminal_is_restored(at->screen)) {
        monkey_fail(at, "the terminal is not as it was");
    }
    if (terminal_modes_left(at->screen)[0] != '\0') {
        monkey_fail(at, "modes of the terminal stay: %s", terminal_modes_left(at->screen));
    }
}
