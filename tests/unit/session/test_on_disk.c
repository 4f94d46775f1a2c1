/* A file that another program changes while it is open: asked, not overwritten.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[256];
static const char changed[] = "was changed by another program";

static int set_up(void **state)
{
    snprintf(folder, sizeof folder, "%s", new_folder());
    setenv("XDG_STATE_HOME", folder, 1);
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, line("save %s", in(folder, "work.yaml")));
    run(session, "set 1,1 0.3");
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    sb_session_free(*state);
    remove_folder(folder);
    return 0;
}

static char *contents(const char *path)
{
    char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(sb_text_read_file(path, 1000000, &bytes, &length, NULL), SB_OK);
    return bytes;
}

static void must_hold(const char *path, const char *text)
{
    char *bytes = contents(path);
    assert_string_equal(bytes, text);
    free(bytes);
}

/* Another's text of the same length, written in the same second. */
static void test_written(void **state)
{
    char *theirs = contents(in(folder, "work.yaml"));
    theirs[0] ^= 1;
    put(in(folder, "work.yaml"), theirs);
    refuse(*state, "save", changed);
    refuse(*state, line("save %s", in(folder, "work.yaml")), changed);
    must_hold(in(folder, "work.yaml"), theirs);
    assert_true(sb_session_modified(*state));
    run(*state, line("save %s", in(folder, "other.yaml"))); /* elsewhere it may be saved */
    must_hold(in(folder, "work.yaml"), theirs);
    free(theirs);
}

static void test_replaced(void **state)
{
    char *own = contents(in(folder, "work.yaml"));
    put(in(folder, "new"), own);
    assert_int_equal(rename(in(folder, "new"), in(folder, "work.yaml")), 0);
    run(*state, "save"); /* by the same text: nothing is lost */
    run(*state, "set 1,1 0.4");
    put(in(folder, "new"), own);
    assert_int_equal(rename(in(folder, "new"), in(folder, "work.yaml")), 0);
    refuse(*state, "save", changed);
    run(*state, "save!");
    run(*state, "set 1,1 0.5");
    run(*state, "save"); /* what we wrote ourselves is no change */
    free(own);
}

static void test_deleted(void **state)
{
    assert_int_equal(unlink(in(folder, "work.yaml")), 0);
    run(*state, "save"); /* there is nothing to lose */
    assert_int_equal(access(in(folder, "work.yaml"), F_OK), 0);
}

static void test_became_a_link(void **state)
{
    char *own = contents(in(folder, "work.yaml"));
    put(in(folder, "target.yaml"), "somebody's\n");
    assert_int_equal(unlink(in(folder, "work.yaml")), 0);
    assert_int_equal(symlink("target.yaml", in(folder, "work.yaml")), 0);
    refuse(*state, "save", changed);
    must_hold(in(folder, "target.yaml"), "somebody's\n");
    put(in(folder, "target.yaml"), own); /* moved there and linked back */
    run(*state, "save");
    struct stat there;
    assert_int_equal(lstat(in(folder, "work.yaml"), &there), 0);
    assert_true(S_ISLNK(there.st_mode));
    free(own);
}

/* What the file holds can be taken, and one's own brought back over it. */
static void test_reload_takes_it(void **state)
{
    sb_session *second = open_session(in(folder, "work.yaml"), false);
    run(second, "title theirs");
    run(second, "save");
    sb_session_free(second);
    refuse(*state, "save", changed);
    run(*state, "reload");
    assert_string_equal(sb_session_environment(*state)->title, "theirs");
    assert_false(sb_session_modified(*state));
    run(*state, "undo");
    assert_true(sb_session_modified(*state));
    run(*state, "save"); /* the person has seen what the file held */
}

static void test_second_session(void **state)
{
    sb_session *second = open_session(in(folder, "work.yaml"), false);
    run(second, "uniform");
    run(*state, "save");
    refuse(second, "save", changed);
    assert_true(sb_session_modified(second));
    run(second, "reload");
    run(second, "expect probability 1,1 300/1049");
    sb_session_free(second);
}

/* ---- a disk that is full ---- */

static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* Every command that writes a file says so, leaves what was there, and the session goes on. */
static void test_full_disk(void **state)
{
    static const char *const commands[] = {
        "write-script! %s", "table! prior %s", "lp write! %s", "write-config! %s", "save! %s",
    };
    static const char *const names[] = {"a.sb", "a.csv", "a.lp", "a.config", "a.yaml"};
    char *own = contents(in(folder, "work.yaml"));
    signal(SIGXFSZ, SIG_IGN); /* as the program does */
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        put(in(folder, names[i]), "old\n");
        char command[512];
        snprintf(command, sizeof command, commands[i], in(folder, names[i]));
        limit_files(8);
        refuse(*state, command, "File too large");
        limit_files(RLIM_INFINITY);
        must_hold(in(folder, names[i]), "old\n");
        assert_true(sb_session_modified(*state));
    }
    limit_files(8);
    refuse(*state, "save", "File too large");
    refuse(*state, "session save", "File too large");
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_session_autosave(*state, &error), SB_ERROR_IO);
    assert_non_null(strstr(error.message, "File too large"));
    limit_files(RLIM_INFINITY);
    must_hold(in(folder, "work.yaml"), own);
    assert_int_equal(sb_session_autosave(*state, &error), SB_OK); /* room again */
    run(*state, "save");
    assert_false(sb_session_modified(*state));
    free(own);
    char command[512];
    snprintf(command, sizeof command, "find '%s' -name '*.tmp' | grep -q .", folder);
    assert_int_not_equal(system(command), 0); /* no temporary stays */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_deleted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_became_a_link, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reload_takes_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_second_session, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_full_disk, set_up, tear_down),
    };
    int failed = cmocka_run_group_tests_name("a file changed by others", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
