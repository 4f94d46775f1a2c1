/* A folder of its own for targets whose commands may write.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing outside can be reached: the folder is the current one, and no text that a target runs has
 * a slash but in fractions.
 */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

static char scratch[64];
/* In it, each after the one that it is in. */
static const char *const folders[] = {"state", "state/sidebet", "state/sidebet/unsaved", "config",
                                      "config/sidebet"};
enum { FOLDERS = sizeof folders / sizeof folders[0] };

static const char two_bidders[] =
    "item: {bidders: [{name: Ann, values: [1, 2]}, {name: Bob, values: [1, 2]}]}\n"
    "prior: [[3/8, 1/8], [1/8, 3/8]]\n";
static const char forecast[] = "item: {bidders: [{name: Ann, values: [1, 2]}]}\n"
                               "signal: {name: sky, values: [sun, rain]}\n"
                               "prior: [[3/8, 1/8], [1/8, 3/8]]\n"
                               "robust: {box: 1/20}\n";

void fuzz_require(int holds, const char *what)
{
    if (!holds) {
        (void)fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

void fuzz_write(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    fuzz_require(file != NULL && fwrite(bytes, 1, length, file) == length && fclose(file) == 0,
                 "the scratch folder can be written to");
}

/* What is in a folder, but for folders. */
static void empty(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return;
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char name[512];
        (void)snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        (void)unlink(name);
    }
    (void)closedir(folder);
}

void fuzz_clean_scratch(void)
{
    empty(".");
    for (size_t k = 0; k < FOLDERS; k++) {
        empty(folders[k]);
    }
    fuzz_write("fuzz.yaml", two_bidders, sizeof two_bidders - 1);
    fuzz_write("forecast.yaml", forecast, sizeof forecast - 1);
}

static void leave(void)
{
    empty(".");
    for (size_t k = FOLDERS; k-- > 0;) {
        empty(folders[k]);
        (void)rmdir(folders[k]);
    }
    (void)(chdir("/") == 0 && rmdir(scratch) == 0);
}

void fuzz_enter_scratch(void)
{
    if (scratch[0] != '\0') {
        return;
    }
    bool memory = access("/dev/shm", W_OK) == 0;
    (void)snprintf(scratch, sizeof scratch, "%s/sidebet-fuzz-XXXXXX", memory ? "/dev/shm" : "/tmp");
    fuzz_require(mkdtemp(scratch) != NULL && chdir(scratch) == 0, "there is a scratch folder");
    (void)atexit(leave);
    for (size_t k = 0; k < FOLDERS; k++) {
        fuzz_require(mkdir(folders[k], 0700) == 0, "the scratch folder can be filled");
    }
    char path[128];
    (void)snprintf(path, sizeof path, "%s/state", scratch);
    (void)setenv("XDG_STATE_HOME", path, 1);
    (void)snprintf(path, sizeof path, "%s/config", scratch);
    (void)setenv("XDG_CONFIG_HOME", path, 1);
    (void)setenv("HOME", scratch, 1);
    (void)setenv("SIDEBET_DATA", scratch, 1);
    int nothing = open("/dev/null", O_RDONLY);
    fuzz_require(nothing >= 0 && dup2(nothing, STDIN_FILENO) == STDIN_FILENO, "nothing to read");
    (void)close(nothing);
    fuzz_clean_scratch();
}

static char *find(char *text, size_t length, const char *word)
{
    size_t size = strlen(word);
    for (size_t at = 0; at + size <= length; at++) {
        if (memcmp(text + at, word, size) == 0) {
            return text + at;
        }
    }
    return NULL;
}

/* Commands whose numbers are amounts of work. */
static bool is_laborious(char *line, size_t length)
{
    static const char *const words[] = {"simulate", "robust", "search", "screen", "show",
                                        "table",    "data",   "ask",    "expect", "{"};
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++) {
        if (find(line, length, words[k]) != NULL) {
            return true;
        }
    }
    return false;
}

/* Running a simulation takes as long as its plan says, and tells nothing about reading. */
static void never_start(char *line, size_t length)
{
    static const char *const words[] = {"start", "toggle"};
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++) {
        for (char *at = NULL; (at = find(line, length, words[k])) != NULL;) {
            *at = '_';
        }
    }
}

static void tame_line(char *line, size_t length)
{
    bool laborious = is_laborious(line, length);
    never_start(line, length);
    size_t digits = 0;
    for (size_t at = 0; at < length; at++) {
        bool digit = isdigit((unsigned char)line[at]);
        digits = digit ? digits + 1 : 0;
        if (laborious && (digits > 2 || line[at] == 'e' || line[at] == 'E') && at > 0 &&
            isdigit((unsigned char)line[at - 1])) {
            line[at] = '.';
        }
        if (line[at] == '/' && !(at > 0 && isdigit((unsigned char)line[at - 1]) &&
                                 at + 1 < length && isdigit((unsigned char)line[at + 1]))) {
            line[at] = '_';
        }
    }
}

char *fuzz_tame(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    fuzz_require(text != NULL, "there is memory");
    memcpy(text, data, size);
    text[size] = '\0';
    for (size_t at = 0; at < size;) {
        char *end = memchr(text + at, '\n', size - at);
        size_t length = end == NULL ? size - at : (size_t)(end - text) - at;
        tame_line(text + at, length);
        at += length + 1;
    }
    return text;
}
