/* The table of keys: every binding means something, and none clashes with another.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include "session/commands.h"
#include "session/keys.h"

static char *with_key(const char *command)
{
    sb_text text;
    sb_text_init(&text);
    for (; *command != '\0'; command++) {
        if (*command == '%') {
            sb_text_add(&text, "1");
            command++;
        } else {
            sb_text_add_part(&text, command, 1);
        }
    }
    return sb_text_take(&text, NULL);
}

static void test_commands_parse(void **state)
{
    (void)state;
    for (size_t index = 0; index < sb_key_count(); index++) {
        const sb_key_binding *binding = sb_key_at(index);
        if (binding->context == SB_KEYS_ENTRY || binding->context == SB_KEYS_PALETTE) {
            continue;
        }
        char *command = with_key(binding->command);
        sb_error error;
        sb_error_clear(&error);
        if (binding->opens_line) { /* a beginning: its first word is a command */
            char *blank = strchr(command, ' ');
            if (blank != NULL) {
                *blank = '\0';
            }
            assert_true(command[0] == '\0' || sb_command_find(command) != NULL);
        } else if (!sb_command_parses(command, &error)) {
            fail_msg("%s: %s: %s", binding->keys, command, error.message);
        }
        free(command);
    }
}

static void test_described(void **state)
{
    (void)state;
    for (size_t index = 0; index < sb_key_count(); index++) {
        const sb_key_binding *binding = sb_key_at(index);
        assert_true(binding->label[0] != '\0' && strlen(binding->label) <= 12);
        assert_true(binding->help[0] != '\0');
        assert_true(binding->importance >= 0 && binding->importance <= 100);
    }
}

/* Can both be in force at once? */
static bool overlap(sb_key_context left, sb_key_context right)
{
    if (left == right) {
        return true;
    }
    if (left == SB_KEYS_ENTRY || right == SB_KEYS_ENTRY || left == SB_KEYS_PALETTE ||
        right == SB_KEYS_PALETTE) {
        return false;
    }
    if (left == SB_KEYS_ANYWHERE || right == SB_KEYS_ANYWHERE) {
        return true;
    }
    if (left == SB_KEYS_HELP || right == SB_KEYS_HELP) {
        return false;
    }
    bool asked = left == SB_KEYS_ASKED || right == SB_KEYS_ASKED;
    bool answered = left == SB_KEYS_ANSWERED || right == SB_KEYS_ANSWERED;
    if (asked || answered) {
        return !(asked && answered);
    }
    if (left == SB_KEYS_TOUR || right == SB_KEYS_TOUR || left == SB_KEYS_PRESENTER ||
        right == SB_KEYS_PRESENTER) {
        return true;
    }
    if (left == SB_KEYS_WORK || right == SB_KEYS_WORK || left == SB_KEYS_SEARCH ||
        right == SB_KEYS_SEARCH) {
        return true;
    }
    if (left == SB_KEYS_ROBUST || right == SB_KEYS_ROBUST || left == SB_KEYS_SIMULATE ||
        right == SB_KEYS_SIMULATE || left == SB_KEYS_GEOMETRY || right == SB_KEYS_GEOMETRY ||
        left == SB_KEYS_BASELINES || right == SB_KEYS_BASELINES || left == SB_KEYS_LP ||
        right == SB_KEYS_LP || left == SB_KEYS_INCENTIVES || right == SB_KEYS_INCENTIVES) {
        return false;
    }
    bool blow_up = left == SB_KEYS_BLOW_UP || right == SB_KEYS_BLOW_UP;
    bool misbelief = left == SB_KEYS_MISBELIEF || right == SB_KEYS_MISBELIEF;
    if (blow_up || misbelief) { /* the truth is edited with the keys of the prior */
        return misbelief && (left == SB_KEYS_PRIOR || right == SB_KEYS_PRIOR);
    }
    bool filtered = left == SB_KEYS_FILTERED || right == SB_KEYS_FILTERED;
    bool marked = left == SB_KEYS_MARKED || right == SB_KEYS_MARKED;
    if (filtered && marked) {
        return false;
    }
    return left == SB_KEYS_TABLE || right == SB_KEYS_TABLE || marked || filtered;
}

static bool has_key(const char *keys, const char *key, size_t length)
{
    for (const char *at = keys; *at != '\0'; at += strcspn(at, " "), at += strspn(at, " ")) {
        if (strcspn(at, " ") == length && memcmp(at, key, length) == 0) {
            return true;
        }
    }
    return false;
}

static void test_no_clash(void **state)
{
    (void)state;
    for (size_t left = 0; left < sb_key_count(); left++) {
        const char *keys = sb_key_at(left)->keys;
        for (const char *at = keys; *at != '\0'; at += strcspn(at, " "), at += strspn(at, " ")) {
            size_t length = strcspn(at, " ");
            for (size_t right = left + 1; right < sb_key_count(); right++) {
                if (overlap(sb_key_at(left)->context, sb_key_at(right)->context) &&
                    has_key(sb_key_at(right)->keys, at, length)) {
                    fail_msg("%.*s is bound twice", (int)length, at);
                }
            }
        }
    }
}

/* Rules are marked from the LP screen and from the incentive graph: Escape goes back to either. */
static void test_back_names_no_screen(void **state)
{
    (void)state;
    size_t found = 0;
    for (size_t i = 0; i < sb_key_count(); i++) {
        if (strcmp(sb_key_at(i)->command, "lp back") == 0) {
            assert_string_equal(sb_key_at(i)->label, "back");
            found++;
        }
    }
    assert_int_equal(found, 1);
}

static void test_find(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    assert_string_equal(sb_key_find(session, "h")->command, "move left");
    assert_string_equal(sb_key_find(session, "?")->command, "screen help");
    assert_null(sb_key_find(session, "Space"));
    assert_null(sb_key_find(session, "nonsense"));
    assert_null(sb_key_find(session, ""));
    run(session, "pane mechanism");
    assert_string_equal(sb_key_find(session, "j")->command, "scroll 1");
    assert_string_equal(sb_key_find(session, " ")->command, "move page-down");
    assert_null(sb_key_find(session, "5"));
    run(session, "screen help");
    assert_string_equal(sb_key_find(session, "q")->command, "screen table");
    assert_null(sb_key_find(session, "u"));
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands_parse), cmocka_unit_test(test_described),
        cmocka_unit_test(test_no_clash),       cmocka_unit_test(test_back_names_no_screen),
        cmocka_unit_test(test_find),
    };
    int failed = cmocka_run_group_tests_name("keys", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
