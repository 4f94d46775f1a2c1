/* Whole files: read in full, replaced in one step or not at all.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "folder.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

static mode_t mode_of(const char *path)
{
    struct stat there;
    assert_int_equal(lstat(path, &there), 0);
    return there.st_mode & 07777;
}

static void files_are_made_and_replaced(void **state)
{
    (void)state;
    mode_t before = umask(027);
    write_text(in_folder("a"), "one\n");
    assert_int_equal(mode_of(in_folder("a")), 0640);
    umask(before);
    assert_file(in_folder("a"), "one\n");
    assert_int_equal(chmod(in_folder("a"), 0604), 0);
    write_text(in_folder("a"), "a longer text\n");
    assert_file(in_folder("a"), "a longer text\n");
    assert_int_equal(mode_of(in_folder("a")), 0604);
    write_text(in_folder("a"), "");
    assert_file(in_folder("a"), "");
    assert_int_equal(entries(), 1);
}

static void links_are_followed(void **state)
{
    (void)state;
    write_text(in_folder("target"), "old");
    assert_int_equal(symlink("target", in_folder("link")), 0);
    assert_int_equal(symlink("link", in_folder("link2")), 0);
    write_text(in_folder("link2"), "new");
    assert_file(in_folder("target"), "new");
    struct stat there;
    assert_int_equal(lstat(in_folder("link2"), &there), 0);
    assert_true(S_ISLNK(there.st_mode));
    /* a link to a file that does not exist yet */
    assert_int_equal(symlink("later", in_folder("early")), 0);
    write_text(in_folder("early"), "made");
    assert_file(in_folder("later"), "made");
    assert_int_equal(lstat(in_folder("early"), &there), 0);
    assert_true(S_ISLNK(there.st_mode));
    assert_int_equal(symlink("round", in_folder("round")), 0);
    sb_error error;
    assert_int_equal(sb_text_write_file(in_folder("round"), "x", 1, &error), SB_ERROR_IO);
    assert_non_null(strstr(error.message, "round"));
}

static void a_relative_path_without_a_folder(void **state)
{
    (void)state;
    char here[4096];
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(folder), 0);
    write_text("plain", "x");
    assert_int_equal(chdir(here), 0);
    assert_file(in_folder("plain"), "x");
}

static void refusals_leave_nothing_behind(void **state)
{
    (void)state;
    sb_error error;
    int before = entries();
    assert_int_equal(sb_text_write_file(in_folder("no/such"), "x", 1, &error), SB_ERROR_IO);
    assert_non_null(strstr(error.message, "No such file or directory"));
    assert_non_null(strstr(error.message, "no/such"));
    assert_int_equal(sb_text_write_file(folder, "x", 1, &error), SB_ERROR_IO);
    assert_non_null(strstr(error.message, "Is a directory"));
    assert_int_equal(sb_text_write_file("", "x", 1, &error), SB_ERROR_IO);
    assert_int_equal(entries(), before);
}

static void a_full_disk_keeps_the_old_file(void **state)
{
    (void)state;
    write_text(in_folder("kept"), "the old text");
    int before = entries();
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    struct rlimit small = {.rlim_cur = 1000, .rlim_max = limit.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    char *large = calloc(1, 100000);
    assert_non_null(large);
    sb_error error;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    sb_status status = sb_text_write_file(in_folder("kept"), large, 100000, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    (void)signal(SIGXFSZ, handler);
    free(large);
    assert_int_equal(status, SB_ERROR_IO);
    assert_non_null(strstr(error.message, "File too large"));
    assert_file(in_folder("kept"), "the old text");
    assert_int_equal(entries(), before);
}

static void a_read_only_file_is_refused(void **state)
{
    (void)state;
    if (geteuid() == 0) {
        skip(); /* root may write anywhere */
    }
    write_text(in_folder("fixed"), "x");
    assert_int_equal(chmod(in_folder("fixed"), 0444), 0);
    sb_error error;
    assert_int_equal(sb_text_write_file(in_folder("fixed"), "y", 1, &error), SB_ERROR_IO);
    assert_file(in_folder("fixed"), "x");
}

static void a_device_is_written_to(void **state)
{
    (void)state;
    write_text("/dev/null", "gone");
    struct stat there;
    assert_int_equal(stat("/dev/null", &there), 0);
    assert_true(S_ISCHR(there.st_mode));
}

static void reading(void **state)
{
    (void)state;
    char *bytes = NULL;
    size_t length = 77;
    sb_error error;
    assert_int_equal(sb_text_read_file(in_folder("absent"), 10, &bytes, &length, &error),
                     SB_ERROR_IO);
    assert_non_null(strstr(error.message, "absent"));
    assert_int_equal(sb_text_read_file(folder, 10, &bytes, &length, &error), SB_ERROR_IO);
    assert_int_equal(sb_text_write_file(in_folder("b"), "a\0b", 3, NULL), SB_OK);
    assert_int_equal(sb_text_read_file(in_folder("b"), 2, &bytes, &length, &error), SB_ERROR_LIMIT);
    assert_null(bytes);
    assert_int_equal(length, 77);
    assert_int_equal(sb_text_read_file(in_folder("b"), 3, &bytes, &length, &error), SB_OK);
    assert_int_equal(length, 3);
    assert_memory_equal(bytes, "a\0b", 4);
    free(bytes);
    size_t size = 100003;
    char *large = malloc(size);
    assert_non_null(large);
    for (size_t i = 0; i < size; i++) {
        large[i] = (char)(i * 7);
    }
    assert_int_equal(sb_text_write_file(in_folder("b"), large, size, NULL), SB_OK);
    assert_int_equal(sb_text_read_file(in_folder("b"), size, &bytes, &length, &error), SB_OK);
    assert_int_equal(length, size);
    assert_memory_equal(bytes, large, size);
    free(bytes);
    free(large);
}

static void standard_input(void **state)
{
    (void)state;
    write_text(in_folder("input"), "from outside");
    assert_non_null(freopen(in_folder("input"), "r", stdin));
    assert_file("-", "from outside");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_made_and_replaced),
        cmocka_unit_test(links_are_followed),
        cmocka_unit_test(a_relative_path_without_a_folder),
        cmocka_unit_test(refusals_leave_nothing_behind),
        cmocka_unit_test(a_full_disk_keeps_the_old_file),
        cmocka_unit_test(a_read_only_file_is_refused),
        cmocka_unit_test(a_device_is_written_to),
        cmocka_unit_test(reading),
        cmocka_unit_test(standard_input),
    };
    return cmocka_run_group_tests_name("text file", tests, make_folder, remove_folder);
}
