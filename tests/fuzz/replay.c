/* A fuzz target without a fuzzer: each kept input once, so that what was found stays found.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * replay NAME FOLDER: every file in the folder. Output: TAP.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "fuzz.h"

enum { LARGEST_INPUT = 16 * 1024 * 1024 };

typedef struct inputs {
    size_t count, capacity;
    struct input {
        char *bytes;
        size_t length;
    } * each;
} inputs;

static int read_one(inputs *all, const char *folder, const char *name)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    if (all->count == all->capacity) {
        all->capacity = 2 * all->capacity + 64;
        all->each = realloc(all->each, all->capacity * sizeof *all->each);
    }
    if (all->each == NULL) {
        return 0;
    }
    struct input *input = &all->each[all->count];
    sb_error error;
    if (sb_text_read_file(path, LARGEST_INPUT, &input->bytes, &input->length, &error) != SB_OK) {
        (void)fprintf(stderr, "%s\n", error.message);
        return 0;
    }
    all->count++;
    return 1;
}

int main(int count, char **arguments)
{
    inputs all = {0};
    DIR *folder = count == 3 ? opendir(arguments[2]) : NULL;
    if (folder == NULL) {
        (void)fprintf(stderr, "usage: replay NAME FOLDER\n");
        return 2;
    }
    int good = 1;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        good = entry->d_name[0] == '.' || (read_one(&all, arguments[2], entry->d_name) && good);
    }
    (void)closedir(folder);
    /* All were read before the first runs: a target may change the current folder. */
    for (size_t k = 0; k < all.count; k++) {
        (void)LLVMFuzzerTestOneInput((const uint8_t *)all.each[k].bytes, all.each[k].length);
        free(all.each[k].bytes);
    }
    free(all.each);
    (void)printf("1..1\n%s 1 - %s: %zu inputs\n", good && all.count > 0 ? "ok" : "not ok",
                 arguments[1], all.count);
    return good && all.count > 0 ? 0 : 1;
}
