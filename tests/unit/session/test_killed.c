/* Killed at any moment of a save: the old file or the new one, never less.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A child writes two texts in turn, of a table large enough that writing takes a while, and is
 * killed as kill -9 does. SIDEBET_KILLS (default 25) is how often each kind of file is tried.
 */
#include "session_help.h"

#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include "property.h"

enum { types = 60 };

static char folder[256];
static int left_behind; /* temporaries of killed children: kills that struck while writing */

static void write_table(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("title: A\nitem:\n  bidders:\n", file);
    for (int player = 0; player < 2; player++) {
        fprintf(file, "    - {name: b%d, values: [", player);
        for (int type = 0; type < types; type++) {
            fprintf(file, "%s%d", type == 0 ? "" : ", ", type + 1);
        }
        fputs("]}\n", file);
    }
    fputs("prior:\n", file);
    for (int row = 0; row < types; row++) {
        for (int column = 0; column < types; column++) {
            fprintf(file, "%s%d", column == 0 ? "  - [" : ", ",
                    (row * 7919 + column * 104729) % 9973);
        }
        fputs("]\n", file);
    }
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "%s", new_folder());
    setenv("XDG_STATE_HOME", folder, 1);
    write_table(in(folder, "work.yaml"));
    left_behind = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    remove_folder(folder);
    return 0;
}

static int kills(void)
{
    const char *asked = getenv("SIDEBET_KILLS");
    return property_cases(asked == NULL ? 25 : (int)strtol(asked, NULL, 10));
}

typedef void written(sb_session *session);

/* The child's life: two texts in turn, until it is killed. */
static void write_on(written *write)
{
    sb_session *session = sb_session_new(false, NULL);
    if (sb_session_open(session, in(folder, "work.yaml"), NULL) != SB_OK) {
        _exit(3);
    }
    for (;;) {
        (void)sb_session_command(session, "title B", NULL, NULL);
        write(session);
        (void)sb_session_command(session, "title A", NULL, NULL);
        write(session);
    }
}

/* Kill a child that writes, at a random moment. */
static void kill_one(written *write, property_stream *random)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        write_on(write);
    }
    usleep((useconds_t)property_between(random, 5000, 90000));
    assert_int_equal(kill(child, SIGKILL), 0);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status)); /* it did not end before */
}

/* Temporaries in a folder, which are made old, so that they are known as abandoned. */
static int temporaries(const char *path)
{
    DIR *open = opendir(path);
    int count = 0;
    for (struct dirent *entry = NULL; open != NULL && (entry = readdir(open)) != NULL;) {
        if (strstr(entry->d_name, ".tmp") != NULL) {
            char temporary[700];
            snprintf(temporary, sizeof temporary, "%s/%s", path, entry->d_name);
            struct utimbuf times = {1000000000, 1000000000};
            assert_int_equal(utime(temporary, &times), 0);
            count++;
        }
    }
    if (open != NULL) {
        closedir(open);
    }
    return count;
}

/* The file is a whole environment: the table is there, and the title one of the two. */
static void must_be_whole(const char *path)
{
    sb_error error;
    sb_error_clear(&error);
    sb_environment *environment = NULL;
    if (sb_environment_read(path, &environment, NULL, &error) != SB_OK) {
        fail_msg("%s: %s", path, error.message);
    }
    assert_int_equal(sb_environment_player_size(environment, 0), types);
    assert_true(strcmp(environment->title, "A") == 0 || strcmp(environment->title, "B") == 0);
    sb_environment_free(environment);
}

static void save(sb_session *session)
{
    (void)sb_session_command(session, "save!", NULL, NULL);
}

static void test_save(void **state)
{
    (void)state;
    property_stream random = {11};
    for (int i = 0; i < kills(); i++) {
        kill_one(save, &random);
        must_be_whole(in(folder, "work.yaml"));
        left_behind += temporaries(folder);
    }
    sb_session *session = open_session(in(folder, "work.yaml"), false);
    save(session); /* takes away what killed ones left */
    sb_session_free(session);
    assert_int_equal(temporaries(folder), 0);
    print_message("# %d of %d kills left a temporary\n", left_behind, kills());
}

static void autosave(sb_session *session)
{
    (void)sb_session_autosave(session, NULL);
}

static void test_autosave(void **state)
{
    (void)state;
    property_stream random = {12};
    int found = 0;
    for (int i = 0; i < kills(); i++) {
        kill_one(autosave, &random);
        must_be_whole(in(folder, "work.yaml"));
        left_behind += temporaries(in(folder, "sidebet/unsaved"));
        sb_session *session = open_session(in(folder, "work.yaml"), false);
        char *notice = sb_session_recovery_notice(session);
        if (notice != NULL) { /* none where the last text was the file's own */
            run(session, "recover");
            assert_string_equal(sb_session_environment(session)->title, "B");
            found++;
        }
        free(notice);
        sb_session_free(session);
        assert_int_equal(temporaries(in(folder, "sidebet/unsaved")), 0);
    }
    assert_true(found > 0);
    print_message("# %d of %d kills left a temporary, %d unsaved work\n", left_behind, kills(),
                  found);
}

static void save_session(sb_session *session)
{
    (void)sb_session_command(session, "session save", NULL, NULL);
}

static void test_session(void **state)
{
    (void)state;
    property_stream random = {13};
    int restored = 0;
    for (int i = 0; i < kills(); i++) {
        kill_one(save_session, &random);
        left_behind += temporaries(in(folder, "sidebet"));
        if (access(in(folder, "sidebet/session"), F_OK) == 0) {
            sb_session *session = open_session(DEMO("weather"), false);
            expect_output(session, "session restore", "the session is back");
            const char *title = sb_session_environment(session)->title;
            assert_true(strcmp(title, "A") == 0 || strcmp(title, "B") == 0);
            sb_session_free(session);
            restored++;
        }
    }
    assert_true(restored > 0);
    print_message("# %d of %d kills left a temporary, %d a session\n", left_behind, kills(),
                  restored);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_save, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_autosave, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_session, set_up, tear_down),
    };
    int failed = cmocka_run_group_tests_name("killed while saving", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
