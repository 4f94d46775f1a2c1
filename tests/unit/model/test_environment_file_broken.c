/* Broken files: every one is refused with the sentence beside it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/broken holds NAME.yaml or NAME.csv and NAME.expected, one line. The files are read from
 * within that folder, so that the messages name them without a path.
 */
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

#include "sidebet/environment_file.h"

#define FEWEST_FILES 20

static int enter_folder(void **state)
{
    (void)state;
    return chdir(SB_SOURCE_DIR "/tests/broken");
}

static int is_broken_file(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot != NULL && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".csv") == 0);
}

static int is_expectation(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot != NULL && strcmp(dot, ".expected") == 0;
}

static void read_expected(const char *file, char *line, size_t size)
{
    char path[300];
    int stem = (int)(strrchr(file, '.') - file);
    assert_true((size_t)snprintf(path, sizeof path, "%.*s.expected", stem, file) < sizeof path);
    FILE *stream = fopen(path, "r");
    if (stream == NULL || fgets(line, (int)size, stream) == NULL) {
        fail_msg("%s cannot be read", path);
    }
    fclose(stream);
    line[strcspn(line, "\n")] = '\0';
}

static void broken_files_are_refused(void **state)
{
    (void)state;
    struct dirent **entries = NULL;
    int count = scandir(".", &entries, is_broken_file, alphasort);
    assert_true(count >= FEWEST_FILES);
    for (int index = 0; index < count; index++) {
        char expected[2048];
        char message[2048];
        sb_environment *environment = NULL;
        sb_error error;
        sb_error_clear(&error);
        read_expected(entries[index]->d_name, expected, sizeof expected);
        sb_status status = sb_environment_read(entries[index]->d_name, &environment, NULL, &error);
        if (status == SB_OK) {
            fail_msg("%s was read", entries[index]->d_name);
        }
        assert_null(environment);
        assert_int_equal(status, error.status);
        sb_error_format(&error, message, sizeof message);
        assert_string_equal(message, expected);
        /* Nobody has to ask for the details. */
        assert_int_equal(sb_environment_read(entries[index]->d_name, &environment, NULL, NULL),
                         status);
        free(entries[index]);
    }
    free(entries);
}

static void every_expectation_has_a_file(void **state)
{
    (void)state;
    struct dirent **files = NULL;
    struct dirent **expectations = NULL;
    int file_count = scandir(".", &files, is_broken_file, alphasort);
    int expectation_count = scandir(".", &expectations, is_expectation, alphasort);
    assert_int_equal(file_count, expectation_count);
    for (int index = 0; index < file_count; index++) {
        free(files[index]);
        free(expectations[index]);
    }
    free(files);
    free(expectations);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_files_are_refused),
        cmocka_unit_test(every_expectation_has_a_file),
    };
    int failed = cmocka_run_group_tests_name("broken environment files", tests, enter_folder, NULL);
    flint_cleanup();
    return failed;
}
