/* Settings: keys of one's own, the config file, the palette, recent files.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "session/config.h"
#include "session/keys.h"
#include "session/palette.h"
#include "session/recent.h"
#include "session/settings.h"

static char folder[] = "/tmp/sidebet-settings-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    (void)setenv("XDG_STATE_HOME", folder, 1);
    (void)setenv("XDG_CONFIG_HOME", folder, 1);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char *command = sb_format_text("rm -r '%s'", folder);
    int status = system(command);
    free(command);
    return status;
}

static void own_keys(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    refuse(session, "bind u redo", "bound already");
    refuse(session, "bind Foo undo", "not the name of a key");
    refuse(session, "bind J bogus", "no command");
    refuse(session, "bind J set", "usage: set");
    refuse(session, "unbind :", "cannot be given up");
    refuse(session, "unbind J", "not bound");
    run(session, "bind J nudge up");
    sb_session_press(session, "J");
    assert_int_equal(sb_session_undo_count(session), 1);
    run(session, "unbind u");
    sb_session_press(session, "u");
    assert_non_null(strstr(message_of(session), "does nothing here"));
    run(session, "bind u title ...");
    sb_session_press(session, "u");
    char *line = sb_session_take_command_line(session);
    assert_string_equal(line, "title ");
    free(line);
    run(session, "bind J undo");
    sb_session_press(session, "J");
    assert_int_equal(sb_session_undo_count(session), 0);
    run(session, "unbind J");
    assert_null(sb_key_find(session, "J"));
    /* A letter goes into a cell all the same. */
    sb_session_press(session, "Enter");
    sb_session_press(session, "u");
    assert_non_null(strchr(sb_session_entry(session)->text, 'u'));
    sb_session_free(session);
}

/* A command keeps its quotes until its key runs it, and on the way through a config file. */
static void quotes_of_a_key(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, "bind J add-type \"agent 2\" \"3  # \\\"three\\\"\" 3");
    char *config = sb_session_config(session, NULL);
    assert_non_null(strstr(config, "\nbind J add-type \"agent 2\" \"3  # \\\"three\\\"\" 3\n"));
    free(config);
    sb_session_press(session, "J");
    assert_int_equal(sb_session_undo_count(session), 1);
    assert_string_equal(sb_session_environment(session)->agents[1].types[2], "3  # \"three\"");
    /* The whole command as one word means the same. */
    run(session, "bind J \"rename \\\"agent 2\\\" Bob\"");
    sb_session_press(session, "J");
    assert_string_equal(sb_session_environment(session)->agents[1].name, "Bob");
    sb_session_free(session);
}

/* What the manual gives as an example can be typed. */
static void example_of_a_key(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    const char *example = strstr(sb_command_find("bind")->details, ": bind ");
    assert_non_null(example);
    run(session, example + 2);
    sb_session_free(session);
}

static void every_key_has_a_name(void **state)
{
    (void)state;
    for (size_t k = 0; k < sb_key_count(); k++) {
        char *keys = sb_copy_text(sb_key_at(k)->keys);
        for (char *key = strtok(keys, " "); key != NULL; key = strtok(NULL, " ")) {
            assert_true(sb_key_is_name(key));
        }
        free(keys);
    }
    assert_false(sb_key_is_name(""));
    assert_false(sb_key_is_name("F13"));
    assert_false(sb_key_is_name("C-"));
    assert_false(sb_key_is_name("ab"));
    assert_true(sb_key_is_name("\xC3\xA9"));
}

static char *write_config(const char *text)
{
    char *path = sb_format_text("%s/config", folder);
    assert_int_equal(sb_text_write_file(path, text, strlen(text), NULL), SB_OK);
    return path;
}

static void config_files(void **state)
{
    (void)state;
    sb_error error;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    char *path = write_config("# mine\n\ntheme light\nbogus\nset 1 1 2\nstep 1/8\r\n"
                              "bind u redo\nbind J undo\ncolour good 40\nfractions on");
    sb_text complaints;
    sb_text_init(&complaints);
    assert_int_equal(sb_session_configure(session, path, &complaints, &error), SB_OK);
    assert_non_null(strstr(complaints.bytes, "config:4: there is no command `bogus`"));
    assert_non_null(strstr(complaints.bytes, "config:5: `set` is not a setting"));
    assert_non_null(strstr(complaints.bytes, "config:7: u is bound already"));
    assert_null(strstr(complaints.bytes, "config:8"));
    assert_int_equal(sb_session_settings(session)->theme, SB_THEME_LIGHT);
    assert_int_equal(sb_session_settings(session)->colours[SB_COLOUR_GOOD], SB_COLOUR_FIRST + 40);
    assert_true(sb_session_display(session)->fractions);
    assert_true(fmpq_cmp_si(sb_session_step(session), 1) < 0);
    assert_non_null(sb_key_find(session, "J"));
    assert_int_equal(sb_session_undo_count(session), 0);
    /* What is written is what is read. */
    char *first = sb_session_config(session, &error);
    free(path);
    path = write_config(first);
    sb_session *other = open_session(DEMO("almost-independent"), false);
    sb_text_clear(&complaints);
    sb_text_init(&complaints);
    assert_int_equal(sb_session_configure(other, path, &complaints, &error), SB_OK);
    assert_int_equal(complaints.length, 0);
    char *second = sb_session_config(other, &error);
    assert_string_equal(first, second);
    free(first);
    free(second);
    free(path);
    assert_int_equal(sb_session_configure(other, "/nowhere/at/all", &complaints, &error),
                     SB_ERROR_IO);
    sb_text_clear(&complaints);
    sb_session_free(other);
    sb_session_free(session);
}

static const char *warned(sb_session *session, const char *sentences)
{
    sb_session_warn(session, sentences);
    return message_of(session);
}

/* Several wrong lines are all named, up to a few. */
static void places_in_the_config(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    assert_string_equal(warned(session, "/a:b/c:4: no.\n"), "/a:b/c:4: no.");
    assert_string_equal(warned(session, "/a:b/c:4: no.\n/a:b/c:17: x: no.\n/a:b/c:20: no.\n"),
                        "/a:b/c:4 (also 17, 20): no.");
    assert_string_equal(warned(session, "c:1: no.\nc:2: a.\nc:3: a.\nc:4: a.\nc:5: a.\nc:6: a.\n"
                                        "d: a.\n"),
                        "c:1 (also 2, 3, 4, 5 and 2 more): no.");
    assert_string_equal(warned(session, "not repeated: x\nagain\n"),
                        "not repeated: x (and 1 more)");
    sb_session_free(session);
}

/* Where the config file should be there is a folder: that is said, and stops nothing. */
static void config_that_is_no_file(void **state)
{
    (void)state;
    sb_error error;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    char *path = sb_format_text("%s/sidebet", folder);
    char *config = sb_format_text("%s/sidebet/config", folder);
    (void)unlink(config);
    (void)mkdir(path, 0700);
    sb_text complaints;
    sb_text_init(&complaints);
    assert_int_equal(sb_session_configure(session, NULL, &complaints, &error), SB_OK);
    assert_int_equal(complaints.length, 0);
    assert_int_equal(mkdir(config, 0700), 0);
    assert_int_equal(sb_session_configure(session, NULL, &complaints, &error), SB_OK);
    assert_non_null(complaints.bytes);
    assert_non_null(strstr(complaints.bytes, "directory"));
    assert_int_equal(rmdir(config), 0);
    sb_text_clear(&complaints);
    free(config);
    free(path);
    sb_session_free(session);
}

static void writing_the_config(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, "write-config");
    refuse(session, "write-config", "exists already");
    run(session, "write-config!");
    char *path = sb_format_text("%s/sidebet/config", folder);
    assert_true(sb_text_file_exists(path));
    free(path);
    sb_session_free(session);
}

static void scores(void **state)
{
    (void)state;
    assert_int_equal(sb_palette_score("", "anything"), 0);
    assert_true(sb_palette_score("xyz", "screen geometry") < 0);
    assert_true(sb_palette_score("yg", "geometry") < 0); /* in this order */
    assert_true(sb_palette_score("und", "undo") > sb_palette_score("und", "unbind"));
    assert_true(sb_palette_score("sg", "screen geometry") > sb_palette_score("sg", "easy going"));
    assert_true(sb_palette_score("geo", "screen geometry") > sb_palette_score("geo", "get me one"));
    assert_true(sb_palette_score("REDO", "redo") == sb_palette_score("redo", "redo"));
    assert_true(sb_palette_score("save", "save") > sb_palette_score("save", "save all of it"));
    char text[2000];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_true(sb_palette_score("aaaa", text) > 0);
}

static void the_palette(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), true);
    sb_session_press(session, "C-p");
    assert_true(sb_palette_is_open(session));
    size_t all = sb_palette_count(session);
    assert_true(all > sb_command_count() / 2);
    static const char *const typed[] = {"c", "o", "n", "d", "i"};
    for (size_t k = 0; k < sizeof typed / sizeof typed[0]; k++) {
        sb_session_press(session, typed[k]);
    }
    assert_true(sb_palette_count(session) < all);
    assert_string_equal(sb_palette_at(session, 0)->line, "conditionals");
    assert_string_equal(sb_palette_at(session, 0)->key, "c");
    sb_session_press(session, "Enter");
    assert_false(sb_palette_is_open(session));
    assert_true(sb_session_display(session)->conditionals);
    /* More must be said: the command line. */
    sb_session_press(session, "C-p");
    static const char *const add[] = {"t", "i", "t", "l", "e", "Enter"};
    for (size_t k = 0; k < sizeof add / sizeof add[0]; k++) {
        sb_session_press(session, add[k]);
    }
    char *line = sb_session_take_command_line(session);
    assert_string_equal(line, "title ");
    free(line);
    sb_session_press(session, "C-p");
    sb_session_press(session, "Up");
    assert_int_equal(sb_palette_chosen(session), sb_palette_count(session) - 1);
    sb_session_press(session, "Down");
    assert_int_equal(sb_palette_chosen(session), 0);
    sb_session_press(session, "Escape");
    assert_false(sb_palette_is_open(session));
    sb_session_free(session);
}

static mode_t mode_of(const char *name)
{
    struct stat found;
    char *path = sb_format_text("%s/sidebet/%s", folder, name);
    assert_int_equal(stat(path, &found), 0);
    free(path);
    return found.st_mode & 0777U;
}

static void recent_files(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    expect_output(session, "recent", "no file was opened lately");
    refuse(session, "recent 1", "no file was opened lately");
    assert_int_equal(sb_recent_add(DEMO("weather"), NULL), SB_OK);
    assert_int_equal(sb_recent_add(DEMO("lottery"), NULL), SB_OK);
    assert_int_equal(sb_recent_add(DEMO("weather"), NULL), SB_OK);
    sb_recent recent;
    sb_recent_read(&recent);
    assert_int_equal(recent.count, 2);
    assert_non_null(strstr(recent.paths[0], "weather.yaml"));
    sb_recent_clear(&recent);
    assert_int_equal(mode_of("recent"), 0600);
    run(session, "recent 2");
    assert_non_null(strstr(sb_session_path(session), "lottery.yaml"));
    refuse(session, "recent 3", "2");
    sb_session_free(session);

    /* On one line names are short, but no two are the same. */
    assert_int_equal(sb_recent_add(SB_SOURCE_DIR "/README.md", NULL), SB_OK);
    assert_int_equal(sb_recent_add(SB_SOURCE_DIR "/demos/README.md", NULL), SB_OK);
    session = open_session(DEMO("almost-independent"), true);
    assert_int_equal(sb_session_command(session, "recent", NULL, NULL), SB_OK);
    const char *message = NULL;
    (void)sb_session_message(session, &message);
    assert_non_null(strstr(message, "/demos/README.md  "));
    assert_non_null(strstr(message, " lottery.yaml"));
    sb_session_free(session);
}

static void copies(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    expect_output(session, "copy", "0.251");
    expect_output(session, "copy csv", "1,2,0.25");
    expect_output(session, "copy latex", "tabular");
    expect_output(session, "copy script", "open ");
    refuse(session, "copy nonsense", "nonsense");
    assert_null(sb_session_take_clipboard(session));
    sb_session_free(session);
    session = open_session(DEMO("almost-independent"), true);
    assert_int_equal(sb_session_command(session, "copy number", NULL, NULL), SB_OK);
    char *text = sb_session_take_clipboard(session);
    assert_string_equal(text, "0.251");
    assert_null(sb_session_take_clipboard(session));
    free(text);
    sb_session_free(session);
}

static void sessions(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    refuse(session, "session restore", "no session was kept");
    run(session, "freeze");
    run(session, "set 1,1 0.4");
    run(session, "mass scale");
    run(session, "ic ex-post");
    run(session, "uniform");
    run(session, "undo");
    run(session, "select 2 1");
    run(session, "screen misbelief");
    run(session, "list on");
    run(session, "session save");
    assert_int_equal(mode_of("session"), 0600);
    refuse(session, "session restore", "unsaved changes");
    sb_session *later = open_session(DEMO("weather"), false);
    run(later, "session restore");
    assert_true(
        sb_environment_equal(sb_session_environment(session), sb_session_environment(later)));
    assert_int_equal(sb_session_undo_count(later), sb_session_undo_count(session));
    assert_int_equal(sb_session_redo_count(later), 1);
    assert_int_equal(sb_session_display(later)->cursor[0], 1);
    assert_int_equal(sb_session_display(later)->screen, SB_SCREEN_MISBELIEF);
    assert_true(sb_session_display(later)->list);
    assert_int_equal(sb_session_mass_mode(later), SB_MASS_SCALE);
    assert_non_null(sb_session_belief(later));
    assert_true(sb_environment_equal(sb_session_belief(later), sb_session_belief(session)));
    sb_session_free(later);
    sb_session_free(session);
}

/* A file of nothing but comments is no session. */
static void empty_session(void **state)
{
    (void)state;
    char *path = sb_format_text("%s/sidebet/session", folder);
    sb_session *session = open_session(DEMO("weather"), false);
    static const char *const texts[] = {"", "\n# nothing\n  \n"};
    for (size_t k = 0; k < 2; k++) {
        assert_int_equal(sb_text_write_file(path, texts[k], strlen(texts[k]), NULL), SB_OK);
        refuse(session, "session restore", "the session that was kept is empty");
    }
    (void)unlink(path);
    sb_session_free(session);
    free(path);
}

/* What was frozen is frozen again: that mechanism, and while the engine is still at work. */
static void frozen_in_sessions(void **state)
{
    (void)state;
    static const struct {
        const char *file, *commands[4];
    } cases[] = {
        {DEMO("almost-independent"), {"payments-shown smallest", "freeze", "uniform"}},
        {DEMO("almost-independent"), {"freeze", "uniform", "payments-shown smallest"}},
        {DEMO("almost-independent"), {"baseline second-price", "baseline freeze", "uniform"}},
        {DEMO("doubtful-forecast"), {"robust step", "robust step", "robust freeze", "uniform"}},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        sb_session *session = open_session(cases[k].file, false);
        for (size_t c = 0; c < 4 && cases[k].commands[c] != NULL; c++) {
            run(session, cases[k].commands[c]);
        }
        run(session, "session save");
        char *shown = output_of(session, "show misbelief");
        sb_session *later = open_session(DEMO("weather"), true);
        expect_output(later, "session restore", "the session is back\n");
        char *again = output_of(later, "show misbelief");
        assert_string_equal(again, shown);
        free(again);
        free(shown);
        sb_session_free(later);
        sb_session_free(session);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_keys),
        cmocka_unit_test(quotes_of_a_key),
        cmocka_unit_test(example_of_a_key),
        cmocka_unit_test(every_key_has_a_name),
        cmocka_unit_test(config_files),
        cmocka_unit_test(places_in_the_config),
        cmocka_unit_test(config_that_is_no_file),
        cmocka_unit_test(empty_session),
        cmocka_unit_test(writing_the_config),
        cmocka_unit_test(scores),
        cmocka_unit_test(the_palette),
        cmocka_unit_test(recent_files),
        cmocka_unit_test(copies),
        cmocka_unit_test(sessions),
        cmocka_unit_test(frozen_in_sessions),
    };
    return cmocka_run_group_tests_name("settings", tests, set_up, tear_down);
}
