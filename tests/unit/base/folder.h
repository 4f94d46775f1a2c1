/* A folder of a test's own, and the whole files in it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_BASE_FOLDER_H
#define SB_TESTS_BASE_FOLDER_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

static char folder[64];

/* A path in the folder; a few at a time. */
static inline const char *in_folder(const char *name)
{
    static char paths[4][512];
    static int next;
    char *path = paths[next++ % 4];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static inline int make_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/sidebet-test-XXXXXX");
    return mkdtemp(folder) == NULL ? -1 : 0;
}

/* How many entries the folder has: no temporary may be left behind. */
static inline int entries(void)
{
    DIR *open = opendir(folder);
    assert_non_null(open);
    int count = 0;
    for (struct dirent *entry = readdir(open); entry != NULL; entry = readdir(open)) {
        count += entry->d_name[0] != '.';
    }
    closedir(open);
    return count;
}

/* Fails where something is hidden in it. */
static inline int remove_folder(void **state)
{
    (void)state;
    DIR *open = opendir(folder);
    for (struct dirent *entry = readdir(open); entry != NULL; entry = readdir(open)) {
        if (entry->d_name[0] != '.') {
            (void)remove(in_folder(entry->d_name));
        }
    }
    closedir(open);
    return rmdir(folder);
}

static inline void write_text(const char *path, const char *text)
{
    sb_error error;
    sb_error_clear(&error);
    if (sb_text_write_file(path, text, strlen(text), &error) != SB_OK) {
        fail_msg("%s", error.message);
    }
}

static inline void assert_file(const char *path, const char *expected)
{
    char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(sb_text_read_file(path, 1000000, &bytes, &length, NULL), SB_OK);
    assert_int_equal(length, strlen(expected));
    assert_string_equal(bytes, expected);
    free(bytes);
}

#endif
