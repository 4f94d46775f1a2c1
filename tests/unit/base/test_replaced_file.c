/* A file that is replaced stays what it was beside its text.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "folder.h"

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <utime.h>
#ifdef __linux__
#include <sys/xattr.h>
#endif

static struct stat look(const char *path)
{
    struct stat there;
    assert_int_equal(lstat(path, &there), 0);
    return there;
}

static void all_names_of_a_file_have_the_new_text(void **state)
{
    (void)state;
    write_text(in_folder("one"), "a text that is longer than the next");
    assert_int_equal(link(in_folder("one"), in_folder("two")), 0);
    write_text(in_folder("one"), "short");
    assert_file(in_folder("two"), "short");
    assert_int_equal(look(in_folder("one")).st_ino, look(in_folder("two")).st_ino);
    write_text(in_folder("two"), "and longer than before");
    assert_file(in_folder("one"), "and longer than before");
    assert_int_equal(look(in_folder("one")).st_nlink, 2);
    assert_int_equal(entries(), 2);
}

/* Written by somebody else who may: in a child, as only root can become another. */
static void an_owner_is_kept(void **state)
{
    (void)state;
    if (geteuid() != 0) {
        skip(); /* only root can make a file of another */
    }
    const uid_t other = 65534;
    write_text(in_folder("theirs"), "old");
    assert_int_equal(chown(in_folder("theirs"), 1, 1), 0);
    assert_int_equal(chmod(in_folder("theirs"), 0646), 0);
    assert_int_equal(chmod(folder, 0777), 0);
    pid_t child = fork();
    if (child == 0) {
        bool done = setgid(other) == 0 && setuid(other) == 0 &&
                    sb_text_write_file(in_folder("theirs"), "new", 3, NULL) == SB_OK;
        _exit(done ? 0 : 1);
    }
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_file(in_folder("theirs"), "new");
    struct stat there = look(in_folder("theirs"));
    assert_int_equal(there.st_uid, 1);
    assert_int_equal(there.st_gid, 1);
    assert_int_equal(there.st_mode & 07777, 0646);
    write_text(in_folder("theirs"), "root's"); /* who can give the new file away */
    assert_int_equal(look(in_folder("theirs")).st_uid, 1);
    assert_int_equal(entries(), 1);
}

static void attributes_are_kept(void **state)
{
    (void)state;
#ifdef __linux__
    write_text(in_folder("file"), "old");
    if (setxattr(in_folder("file"), "user.label", "red", 3, 0) != 0) {
        skip(); /* this file system has none */
    }
    write_text(in_folder("file"), "new");
    char value[8] = "";
    assert_int_equal(getxattr(in_folder("file"), "user.label", value, sizeof value), 3);
    assert_memory_equal(value, "red", 3);
#else
    skip();
#endif
}

/* Somebody else may read, the group may not: version 2, then tag, permissions and number of each.
 */
static void an_access_list_is_kept(void **state)
{
    (void)state;
#ifdef __linux__
    static const unsigned char list[] = {
        2, 0,    0,    0,   0x01, 0,    6,    0, 255, 255, 255, 255, 0x02, 0,    4,
        0, 0xFE, 0xFF, 0,   0,    0x04, 0,    0, 0,   255, 255, 255, 255,  0x10, 0,
        4, 0,    255,  255, 255,  255,  0x20, 0, 0,   0,   255, 255, 255,  255,
    };
    write_text(in_folder("file"), "old");
    if (setxattr(in_folder("file"), "system.posix_acl_access", list, sizeof list, 0) != 0) {
        skip(); /* this file system has none */
    }
    write_text(in_folder("file"), "new");
    unsigned char kept[128];
    assert_int_equal(getxattr(in_folder("file"), "system.posix_acl_access", kept, sizeof kept),
                     sizeof list);
    assert_memory_equal(kept, list, sizeof list);
    assert_file(in_folder("file"), "new");
#else
    skip();
#endif
}

static void a_name_may_be_as_long_as_names_are(void **state)
{
    (void)state;
    char name[256];
    memset(name, 'x', 255);
    name[255] = '\0';
    write_text(in_folder(name), "one");
    write_text(in_folder(name), "two");
    assert_file(in_folder(name), "two");
    assert_int_equal(entries(), 1);
}

static void make(const char *name, bool old)
{
    FILE *file = fopen(in_folder(name), "w");
    assert_non_null(file);
    (void)fclose(file);
    struct utimbuf times = {1000000000, 1000000000};
    assert_int_equal(old ? utime(in_folder(name), &times) : 0, 0);
}

/* The number of a process that is not any more. */
static long ended_process(void)
{
    pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    return (long)child;
}

static void what_a_killed_process_left_goes(void **state)
{
    (void)state;
    long ended = ended_process();
    char left[64];
    char young[64];
    char ours[64];
    (void)snprintf(left, sizeof left, "file.%ld-0.tmp", ended);
    (void)snprintf(young, sizeof young, "file.%ld-1.tmp", ended);
    (void)snprintf(ours, sizeof ours, "file.%ld-0.tmp", (long)getpid());
    make(left, true);
    make(young, false); /* maybe of another machine */
    make(ours, true);
    static const char *const others[] = {"file.tmp",    "file.1-2-3.tmp",
                                         "file.txt",    "files.99999999-0.tmp",
                                         "file.-0.tmp", "file.0-0.tmp"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        make(others[i], true);
    }
    assert_true(sb_text_is_abandoned(in_folder(left)));
    write_text(in_folder("file"), "text");
    assert_int_equal(access(in_folder(left), F_OK), -1);
    assert_int_equal(access(in_folder(young), F_OK), 0);
    assert_int_equal(access(in_folder(ours), F_OK), 0);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_int_equal(access(in_folder(others[i]), F_OK), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_names_of_a_file_have_the_new_text, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(an_owner_is_kept, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(attributes_are_kept, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(an_access_list_is_kept, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_name_may_be_as_long_as_names_are, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(what_a_killed_process_left_goes, make_folder,
                                        remove_folder),
    };
    return cmocka_run_group_tests_name("a file that is replaced", tests, NULL, NULL);
}
