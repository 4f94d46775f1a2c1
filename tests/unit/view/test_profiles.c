/* Three bidders on the table screen: slices, one agent's table, the list, the filter.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "unit/view/settled_screens.h"

/* Symbols are spelt, the filter stays readable. */
static void expect_ascii(sb_session *session)
{
    char *screen = dump(session, 24, 80, true);
    assert_non_null(strstr(screen, "= Prior = Ann=2 Ben=1 Ben=3: 6 of 27 ==="));
    assert_non_null(strstr(screen, "- Mechanism - Ann=2 Ben=1 Ben=3: 6 of 27 ---"));
    for (const char *at = screen; *at != '\0'; at++) {
        assert_true((unsigned char)*at < 0x80);
    }
    free(screen);
}

static void test_list(void **state)
{
    (void)state;
    sb_session *session = session_of("three-bidders.yaml");
    expect_at(session, 24, 120, "n one agent   v list   / filter", true);
    sb_session_press(session, "v");
    expect_at(session, 40, 120, "given Ann  given Ben  given Cem", true);
    command(session, "filter Ann=2 Ben=1 Ben=3");
    compare(session, 24, 80, false, "profiles-filter-80x24");
    compare(session, 40, 120, false, "profiles-filter-120x40");
    expect_ascii(session);
    sb_session_press(session, "s");
    expect_at(session, 40, 120, "slope", true);
    sb_session_press(session, "s");
    command(session, "filter nothing");
    expect_at(session, 24, 80, "no profile passes the filter", true);
    sb_session_press(session, "Escape");
    expect_at(session, 24, 80, "no profile passes the filter", false);
    for (int rows = 12; rows < 40; rows += 3) {
        for (int columns = 40; columns < 130; columns += 11) {
            free(dump(session, rows, columns, false));
        }
    }
    sb_session_free(session);
}

static void test_one_agent(void **state)
{
    (void)state;
    sb_session *session = session_of("three-bidders.yaml");
    expect_at(session, 40, 120, "Ann pays    Ben pays     Cem pays", true);
    command(session, "agent Ben");
    compare(session, 24, 80, false, "profiles-agent-80x24");
    sb_session_press(session, "c");
    compare(session, 40, 120, false, "profiles-agent-120x40");
    expect_at(session, 40, 120, "given Ben is 1: ", true);
    expect_at(session, 40, 120, "given Ann is 1: ", false);
    expect_at(session, 40, 120, "Ann of type 1 takes part", false);
    expect_at(session, 40, 120, "Ben of type 1 takes part", true);
    sb_session_press(session, "n");
    sb_session_press(session, "n");
    expect_at(session, 40, 120, "Ann of type 1 takes part", true);
    sb_session_free(session);
}

/* Two agents: the second one's table is the first one's turned about. */
static void test_two_agents(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    command(session, "agent agent 2");
    expect_at(session, 24, 80, " agent 2      1      2     sum", true);
    command(session, "filter agent 1=2");
    expect_at(session, 24, 80, "2 of 4", true);
    command(session, "screen baselines");
    command(session, "baseline vcg");
    expect_at(session, 24, 80, "\"agent 1=2\": 2 of 4", true);
    expect_at(session, 24, 80, "agent 1 pays", false);
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_one_agent),
        cmocka_unit_test(test_two_agents),
    };
    int failed = cmocka_run_group_tests_name("profiles", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
