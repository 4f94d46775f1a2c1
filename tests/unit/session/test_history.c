/* Properties of the log: undoing all leads to the start, redoing all to the end, and the script to
 * an equal environment.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include "property.h"

/* One random command; many are refused, which is as good. */
static void random_command(property_stream *stream, sb_session *session, char *text, size_t size)
{
    static const char *const modes[] = {"free", "scale", "row", "marginals", "next"};
    static const char *const rules[] = {"ic", "ir", "objective", "payments"};
    static const char *const labels[] = {"1",     "2",         "3", "a b",  "x,y", "#2",
                                         "(low)", "\\\"q\\\"", "#", "\\\\", "é",   ""};
    const sb_environment *environment = sb_session_environment(session);
    size_t players = sb_environment_player_count(environment);
    long player = property_between(stream, 1, (long)players);
    long type = property_between(stream, 1,
                                 (long)sb_environment_player_size(environment, (size_t)player - 1));
    long number = property_between(stream, 0, 40);
    const char *label = labels[property_between(stream, 0, 11)];
    char profile[64] = "";
    for (size_t each = 0; each < players; each++) {
        long at = property_between(stream, 1, (long)sb_environment_player_size(environment, each));
        snprintf(profile + strlen(profile), sizeof profile - strlen(profile), "%s#%ld",
                 each == 0 ? "" : ",", at);
    }
    switch (property_between(stream, 0, 18)) {
    case 18:
        snprintf(text, size, "lambda %ld/20", number);
        break;
    case 0:
    case 1:
        snprintf(text, size, "set %s %ld/40", profile, number);
        break;
    case 2:
        snprintf(text, size, "nudge %s", number % 2 == 0 ? "up" : "down");
        break;
    case 3:
        snprintf(text, size, "nudge %s up 1/7", profile);
        break;
    case 4:
        snprintf(text, size, "mass %s", modes[number % 5]);
        break;
    case 5:
        snprintf(text, size, "step %ld/100", number);
        break;
    case 6:
        snprintf(text, size, "value #%ld #%ld %ld", player, type, number);
        break;
    case 7:
        snprintf(text, size, "add-type #%ld \"%s\" %ld", player, label, number);
        break;
    case 8:
        snprintf(text, size, "remove-type #%ld #%ld", player, type);
        break;
    case 9:
        snprintf(text, size, "rename-type #%ld #%ld \"%s\"", player, type, label);
        break;
    case 10:
        snprintf(text, size, "rename #%ld \"%s\"", player, label);
        break;
    case 11:
        snprintf(text, size, "rule-next %s", rules[number % 4]);
        break;
    case 12:
        snprintf(text, size, "%s",
                 number % 3 == 0   ? "uniform"
                 : number % 3 == 1 ? "independent"
                                   : "normalise");
        break;
    case 13:
        snprintf(text, size, "select %s", profile);
        break;
    case 14:
        snprintf(text, size, "undo %ld", 1 + number % 3);
        break;
    case 15:
        snprintf(text, size, "redo %ld", 1 + number % 3);
        break;
    case 16:
        snprintf(text, size, "title \"%s\"", label);
        break;
    default:
        snprintf(text, size, "payments bounded:%ld", number);
        break;
    }
}

static void replay(sb_session *session, const char *script)
{
    for (const char *at = script; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        char *text = malloc(length + 1);
        assert_non_null(text);
        memcpy(text, at, length);
        text[length] = '\0';
        run(session, text);
        free(text);
        at += length + (at[length] == '\n');
    }
}

/* Returns how many changes were made. */
static size_t walk_and_check(property_stream *stream, const char *path)
{
    sb_session *session = open_session(path, false);
    sb_environment *start = sb_environment_copy(sb_session_environment(session));
    char text[300];
    for (int step = 0; step < 30; step++) {
        random_command(stream, session, text, sizeof text);
        size_t before = sb_session_undo_count(session);
        const sb_environment *environment = sb_session_environment(session);
        sb_error error;
        sb_error_clear(&error);
        if (sb_session_command(session, text, NULL, &error) != SB_OK) {
            assert_true(error.message[0] != '\0');
            assert_int_equal(sb_session_undo_count(session), before);
            assert_ptr_equal(sb_session_environment(session), environment);
        }
    }
    sb_environment *end = sb_environment_copy(sb_session_environment(session));
    sb_mass_mode mass = sb_session_mass_mode(session);
    sb_error error;
    sb_error_clear(&error);
    char *script = sb_session_script(session, &error);
    assert_non_null(script);

    sb_session *other = sb_session_new(false, NULL);
    replay(other, script);
    if (!sb_environment_equal(sb_session_environment(other), end)) {
        fail_msg("the script leads elsewhere:\n%s", script);
    }
    assert_int_equal(sb_session_mass_mode(other), mass);
    assert_true(fmpq_equal(sb_session_step(other), sb_session_step(session)));
    assert_int_equal(sb_session_undo_count(other), sb_session_undo_count(session));
    sb_session_free(other);
    free(script);

    size_t done = sb_session_undo_count(session);
    if (done > 0) {
        run(session, "undo 1000");
        assert_true(sb_environment_equal(sb_session_environment(session), start));
        assert_false(sb_session_modified(session));
        snprintf(text, sizeof text, "redo %zu", done);
        run(session, text);
        assert_true(sb_environment_equal(sb_session_environment(session), end));
    }
    sb_environment_free(start);
    sb_environment_free(end);
    sb_session_free(session);
    return done;
}

static void test_random_walks(void **state)
{
    (void)state;
    static const char *const paths[] = {DEMO("almost-independent"), DEMO("weather"),
                                        DEMO("divorce"), DEMO("shared-belief")};
    property_stream stream = {.state = 20};
    int cases = property_cases(2000);
    size_t changes = 0;
    for (int index = 0; index < cases; index++) {
        changes += walk_and_check(&stream, paths[index % 4]);
    }
    assert_true(changes > 5 * (size_t)cases); /* most commands do something */
}

static void test_script_after_save(void **state)
{
    (void)state;
    const char *folder = new_folder();
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, "mass marginals");
    run(session, "nudge 1,1 up 0.01");
    run(session, line("save %s", in(folder, "x.yaml")));
    run(session, "nudge 1,1 up 0.01");
    char *script = sb_session_script(session, NULL);
    char expected[600];
    snprintf(expected, sizeof expected, "open %s\nmass marginals\nnudge 1,1 up 0.01\n",
             in(folder, "x.yaml"));
    assert_string_equal(script, expected);
    free(script);
    run(session, "undo 2");
    sb_error error;
    sb_error_clear(&error);
    assert_null(sb_session_script(session, &error));
    assert_non_null(strstr(error.hint, "save first"));
    run(session, "reload");
    script = sb_session_script(session, NULL);
    assert_null(strstr(script, "nudge"));
    free(script);
    run(session, "step 1/8");
    script = sb_session_script(session, NULL);
    assert_non_null(strstr(script, "\nstep 0.125\n"));
    free(script);
    sb_session_free(session);
    remove_folder(folder);
}

static void test_reload_keeps_script(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, "set 1,1 0.3");
    run(session, "reload");
    assert_int_equal(sb_session_undo_count(session), 2);
    assert_false(sb_session_modified(session));
    run(session, "undo");
    char *script = sb_session_script(session, NULL);
    assert_non_null(strstr(script, "set 1,1 0.3"));
    free(script);
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_walks),
        cmocka_unit_test(test_script_after_save),
        cmocka_unit_test(test_reload_keeps_script),
    };
    int failed = cmocka_run_group_tests_name("history", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
