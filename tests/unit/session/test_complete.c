/* Completion.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include "session/commands.h"

/* The completions, joined by blanks. */
static void expect_completions(const sb_session *session, const char *text, size_t start,
                               bool files, const char *joined)
{
    size_t found_start = 0;
    bool found_files = false;
    char **words = sb_command_complete(session, text, strlen(text), &found_start, &found_files);
    sb_text all;
    sb_text_init(&all);
    for (size_t word = 0; words != NULL && words[word] != NULL; word++) {
        sb_text_add(&all, word == 0 ? "" : " ");
        sb_text_add(&all, words[word]);
    }
    sb_completions_free(words);
    char *found = sb_text_take(&all, NULL);
    if (strcmp(found, joined) != 0 || found_start != start || found_files != files) {
        fail_msg("`%s`: `%s` from %zu, files %d", text, found, found_start, found_files);
    }
    free(found);
}

static void test_complete(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    expect_completions(session, "nu", 0, false, "nudge");
    expect_completions(
        session, "re", 0, false,
        "recent recover redo redraw reload remove-signal remove-type rename rename-good "
        "rename-type rename-use replies report report! reports reserve");
    expect_completions(session, "xyz", 0, false, "");
    expect_completions(session, "# nu", 4, false, "");
    expect_completions(session, "mass ", 5, false, "free marginals next row scale");
    expect_completions(session, "mass m", 5, false, "marginals");
    expect_completions(session, "ic ", 3, false, "bayes-nash ex-post none");
    expect_completions(session, "payments b", 9, false, "balanced bounded:");
    expect_completions(session, "rule-next ", 10, false, "deterministic ic ir objective payments");
    expect_completions(session, "open ", 5, true, "");
    expect_completions(session, "w dem", 2, true, "");
    expect_completions(session, "set 1", 4, false, "1,1 1,2");
    expect_completions(session, "nudge 2,", 6, false, "2,1 2,2");
    expect_completions(session, "value ", 6, false, "\"agent 1\" \"agent 2\"");
    expect_completions(session, "value \"ag", 6, false, "\"agent 1\" \"agent 2\"");
    expect_completions(session, "value \"agent 2\" ", 16, false, "1 2");
    expect_completions(session, "value agent 2 ", 14, false, "1 2");
    expect_completions(session, "help mas", 5, false, "mass");
    expect_completions(session, "help exit", 5, false, "exit-status");
    expect_completions(session, "help --mass", 5, false, "--mass");
    expect_completions(session, "undo ", 5, false, "");
    expect_completions(session, "show pri extra ", 15, false, "");
    sb_session_free(session);
}

static void test_signals_and_outcomes(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("weather"), false);
    expect_completions(session, "remove-signal ", 14, false, "dry rain");
    expect_completions(session, "rename-type weather r", 20, false, "rain");
    sb_session_free(session);
    session = open_session(DEMO("divorce"), false);
    expect_completions(session, "utility Alice low to", 18, false, "\"to Alice\" \"to Bob\"");
    expect_completions(session, "designer m", 9, false, "museum");
    expect_completions(session, "utility Alice low m", 18, false, "museum");
    sb_session_free(session);
    session = open_session(DEMO("division"), false);
    expect_completions(session, "value Alice road h", 17, false, "\"house sold\" house");
    sb_session_free(session);
    session = open_session(DEMO("two-items"), false);
    expect_completions(session, "reserve ", 8, false, "left right");
    sb_session_free(session);
}

static void test_what_agents_have_of_their_own(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    expect_completions(session, "ic none ", 8, false, "\"agent 1\" \"agent 2\"");
    expect_completions(session, "objective welfare ", 18, false, "");
    expect_completions(session, "reports ag", 8, false, "\"agent 1\" \"agent 2\"");
    expect_completions(session, "reports agent 1 2 ", 18, false, "also any not only");
    expect_completions(session, "reports agent 1 2 only ", 23, false, "1");
    expect_completions(session, "reports agent 1 2 only 1 ", 25, false, "");
    expect_completions(session, "reports agent 1 2 any ", 22, false, "");
    sb_session_free(session);
    session = open_session(DEMO("weather"), false); /* a signal has no rules */
    expect_completions(session, "ir none ", 8, false, "bidder");
    expect_completions(session, "rename ", 7, false, "bidder weather");
    sb_session_free(session);
    session = open_session(DEMO("division"), false);
    expect_completions(session, "rename-good ", 12, false, "car house");
    expect_completions(session, "rename-use h", 11, false, "house");
    expect_completions(session, "rename-use house ", 17, false, "sold");
    expect_completions(session, "rename-use car ", 15, false, "");
    sb_session_free(session);
}

static void test_without_environment(void **state)
{
    (void)state;
    sb_session *session = sb_session_new(false, NULL);
    expect_completions(session, "set ", 4, false, "");
    expect_completions(session, "value ", 6, false, "");
    expect_completions(NULL, "mass f", 5, false, "free");
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_complete),
        cmocka_unit_test(test_signals_and_outcomes),
        cmocka_unit_test(test_what_agents_have_of_their_own),
        cmocka_unit_test(test_without_environment),
    };
    int failed = cmocka_run_group_tests_name("complete", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
