/* Unsaved work: kept, found, brought back, removed.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include <dirent.h>
#include <sys/stat.h>

#include "session/recent.h"

static char folder[256];

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "%s", new_folder());
    setenv("XDG_STATE_HOME", folder, 1);
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, line("save %s", in(folder, "work.yaml")));
    sb_session_free(session);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    remove_folder(folder);
    return 0;
}

static size_t copies(void)
{
    DIR *open = opendir(in(folder, "sidebet/unsaved"));
    size_t count = 0;
    for (struct dirent *entry = NULL; open != NULL && (entry = readdir(open)) != NULL;) {
        count += entry->d_name[0] != '.';
    }
    if (open != NULL) {
        closedir(open);
    }
    return count;
}

static void autosave(sb_session *session)
{
    sb_error error;
    sb_error_clear(&error);
    if (sb_session_autosave(session, &error) != SB_OK) {
        fail_msg("%s", error.message);
    }
}

/* A session that ends as in a crash: its copy stays. */
static void crash_with(const char *command)
{
    sb_session *session = open_session(in(folder, "work.yaml"), false);
    autosave(session);
    run(session, command);
    autosave(session);
    sb_session_free(session);
}

static void test_nothing_unsaved(void **state)
{
    (void)state;
    sb_session *session = open_session(in(folder, "work.yaml"), false);
    autosave(session);
    assert_int_equal(copies(), 0);
    assert_null(sb_session_recovery_notice(session));
    run(session, "uniform");
    autosave(session);
    assert_int_equal(copies(), 1);
    run(session, "undo");
    autosave(session);
    assert_int_equal(copies(), 0);
    run(session, "redo");
    autosave(session);
    run(session, "save");
    autosave(session);
    assert_int_equal(copies(), 0);
    sb_session_free(session);
}

static void test_private_folder(void **state)
{
    (void)state;
    crash_with("uniform");
    struct stat found;
    assert_int_equal(stat(in(folder, "sidebet/unsaved"), &found), 0);
    assert_int_equal(found.st_mode & 0777, 0700);
    DIR *open = opendir(in(folder, "sidebet/unsaved"));
    assert_non_null(open);
    for (struct dirent *entry = NULL; (entry = readdir(open)) != NULL;) {
        if (entry->d_name[0] != '.') {
            assert_int_equal(fstatat(dirfd(open), entry->d_name, &found, 0), 0);
            assert_int_equal(found.st_mode & 0777, 0600);
        }
    }
    closedir(open);
}

static void test_recover(void **state)
{
    (void)state;
    crash_with("set 1,1 0.4");
    sb_session *session = open_session(in(folder, "work.yaml"), false);
    char *notice = sb_session_recovery_notice(session);
    assert_non_null(notice);
    assert_non_null(strstr(notice, "recover"));
    free(notice);
    autosave(session); /* nothing of ours: the copy must stay */
    assert_int_equal(copies(), 1);
    run(session, "recover");
    run(session, "expect probability 1,1 400/1149");
    assert_true(sb_session_modified(session));
    assert_null(sb_session_script(session, NULL));
    run(session, "undo");
    run(session, "expect probability 1,1 0.251");
    run(session, "redo");
    autosave(session);
    run(session, "save");
    autosave(session);
    assert_int_equal(copies(), 0);
    sb_session_free(session);
    session = open_session(in(folder, "work.yaml"), false);
    assert_null(sb_session_recovery_notice(session));
    sb_session_free(session);
}

/* Who edits without looking loses nothing: the older work steps aside. */
/* After a crash session restore, which has nothing, names the file with unsaved work. */
static void test_restore_names_it(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("weather"), false);
    assert_int_equal(sb_recent_add(in(folder, "work.yaml"), NULL), SB_OK);
    refuse(session, "session restore", "session save keeps");
    crash_with("uniform");
    refuse(session, "session restore", "work.yaml was found: open that file, and recover brings");
    sb_session *living = open_session(in(folder, "work.yaml"), false);
    run(living, "session save");
    sb_session_free(living);
    expect_output(session, "session restore", "the session is back\n");
    expect_output(session, "session restore", "recover brings it back");
    sb_session_free(session);
}

static void test_edit_before_recovering(void **state)
{
    (void)state;
    crash_with("set 1,1 0.4");
    sb_session *session = open_session(in(folder, "work.yaml"), false);
    run(session, "uniform");
    autosave(session);
    assert_int_equal(copies(), 2);
    run(session, "recover");
    run(session, "expect probability 1,1 400/1149");
    run(session, "save");
    autosave(session);
    assert_int_equal(copies(), 0);
    sb_session_free(session);
}

/* Leaving this work, saved or given up, takes its own copy away and nobody else's. */
static void test_other_work_stays(void **state)
{
    (void)state;
    static const char *const ways[] = {"open! \"%s\"", "save! \"%s\""};
    for (size_t way = 0; way < 2; way++) {
        crash_with("set 1,1 0.4");
        sb_session *session = open_session(in(folder, "work.yaml"), false);
        run(session, "uniform");
        autosave(session);
        assert_int_equal(copies(), 2);
        run(session, line(ways[way], in(folder, way == 0 ? "work.yaml" : "new.yaml")));
        assert_int_equal(copies(), 1);
        sb_session_free(session);
        session = open_session(in(folder, "work.yaml"), false);
        run(session, "recover");
        run(session, "expect probability 1,1 400/1149");
        run(session, "recover discard");
        assert_int_equal(copies(), 0);
        sb_session_free(session);
    }
}

static void test_open_takes_the_copy_away(void **state)
{
    (void)state;
    sb_session *session = open_session(in(folder, "work.yaml"), false);
    run(session, "uniform");
    autosave(session);
    run(session, "undo"); /* and before the next autosave: */
    run(session, line("open \"%s\"", in(folder, "work.yaml")));
    assert_int_equal(copies(), 0);
    sb_session_free(session);
}

static void test_discard(void **state)
{
    (void)state;
    crash_with("set 1,1 0.4");
    sb_session *session = open_session(in(folder, "work.yaml"), false);
    refuse(session, "recover everything", "discard");
    run(session, "recover discard");
    assert_int_equal(copies(), 0);
    refuse(session, "recover", "no unsaved work");
    refuse(session, "recover discard", "no unsaved work");
    run(session, "uniform");
    autosave(session);
    assert_int_equal(copies(), 1);
    run(session, "quit!");
    autosave(session);
    assert_int_equal(copies(), 0);
    sb_session_free(session);
}

static void test_copy_equal_to_file(void **state)
{
    (void)state;
    crash_with("set 1,1 0.4");
    sb_session *session = open_session(in(folder, "work.yaml"), false);
    run(session, "set 1,1 0.4");
    run(session, "save");
    sb_session_free(session);
    session = open_session(in(folder, "work.yaml"), false);
    assert_null(sb_session_recovery_notice(session));
    sb_session_free(session);
}

static void test_no_place(void **state)
{
    (void)state;
    setenv("XDG_STATE_HOME", in(folder, "work.yaml"), 1); /* a file, not a folder */
    sb_session *session = open_session(in(folder, "work.yaml"), false);
    run(session, "uniform");
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_session_autosave(session, &error), SB_ERROR_IO);
    assert_non_null(strstr(error.message, "unsaved work"));
    sb_session_free(session);
}

static void test_nothing_open(void **state)
{
    (void)state;
    sb_session *session = sb_session_new(false, NULL);
    autosave(session);
    assert_null(sb_session_recovery_notice(session));
    sb_session_free(session);
}

/* Two explorers on one file: neither takes the other's work for lost, and both are found. */
static void test_two_at_once(void **state)
{
    (void)state;
    sb_session *first = open_session(in(folder, "work.yaml"), false);
    run(first, "uniform");
    autosave(first);
    sb_session *second = open_session(in(folder, "work.yaml"), false);
    assert_null(sb_session_recovery_notice(second)); /* it is being worked on */
    run(second, "set 1,1 0.4");
    autosave(second);
    assert_int_equal(copies(), 2);
    run(first, "set 1,1 0.7");
    autosave(first);
    assert_int_equal(copies(), 2);
    sb_session_free(first); /* both crash */
    sb_session_free(second);
    sb_session *third = open_session(in(folder, "work.yaml"), false);
    char *notice = sb_session_recovery_notice(third);
    assert_non_null(notice);
    assert_non_null(strstr(notice, "2 copies"));
    free(notice);
    run(third, "recover discard");
    assert_int_equal(copies(), 1);
    sb_session_free(third);
    third = open_session(in(folder, "work.yaml"), false);
    run(third, "recover discard");
    assert_int_equal(copies(), 0);
    sb_session_free(third);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing_unsaved, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_private_folder, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_recover, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_restore_names_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_edit_before_recovering, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_work_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_open_takes_the_copy_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_discard, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_copy_equal_to_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_open, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_two_at_once, set_up, tear_down),
    };
    int failed = cmocka_run_group_tests_name("autosave", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
