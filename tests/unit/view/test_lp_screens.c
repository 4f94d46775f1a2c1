/* The LP and the incentive screen: as they should look, at every size, and on the way to the table.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "settled_screens.h"

#include <stdio.h>
#include <unistd.h>

#include "session/lp_rows.h"
#include "view/incentive_diagram.h"

static void press(sb_session *session, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        settle(session); /* some keys act on what was solved */
        sb_session_press(session, *keys);
    }
}
#define PRESS(session, ...) press((session), (const char *const[]){__VA_ARGS__, NULL})

static void the_program(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    PRESS(session, "L");
    compare(session, 24, 80, false, "lp-80x24");
    compare(session, 40, 120, false, "lp-120x40");
    PRESS(session, "Down", "Down");
    compare(session, 24, 80, true, "lp-ascii-80x24");
    PRESS(session, "Tab", "Tab");
    expect_at(session, 24, 80, "Bayes-Nash incentive compatibility of agent 1", true);
    expect_at(session, 24, 80, "2 rows", true);
    expect_at(session, 24, 80, "maximise", false);
    PRESS(session, "f");
    expect_at(session, 40, 120, "251/1000 [p(agent 1 gets it | 1, 1)", true);
    sb_session_free(session);
}

/* The cursor stays at its row when rows are ordered otherwise or others are shown. */
static void the_order_of_rows(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    PRESS(session, "L", "End");
    expect_at(session, 24, 80, "agent 2 of type 1 gains nothing by reporting 2", true);
    PRESS(session, "v");
    expect_at(session, 24, 80, "agent 2 of type 1 gains nothing by reporting 2", true);
    PRESS(session, "End");
    expect_at(session, 24, 80, "agent 2 of type 2 takes part", true);
    PRESS(session, "S-Tab");
    expect_at(session, 24, 80, "Ex-interim individual rationality of agent 2", true);
    expect_at(session, 24, 80, "agent 2 of type 2 takes part", true);
    sb_session_free(session);
}

/* Lines and rows are the same seen from both sides, whatever is put first. */
static void lines_and_rows(void **state)
{
    (void)state;
    static const char *const demos[] = {"almost-independent.yaml", "three-bidders.yaml",
                                        "lottery.yaml", "weather.yaml"};
    for (size_t k = 0; k < sizeof demos / sizeof demos[0]; k++) {
        sb_session *session = session_of(demos[k]);
        command(session, "lp");
        if (k % 2 == 1) {
            command(session, "ic ex-post");
        }
        for (int step = 0; step < 12; step++) {
            settle(session);
            sb_lp_rows rows;
            assert_true(sb_lp_rows_init(&rows, session));
            bool *seen = sb_allocate(rows.listing->row_count + 1, sizeof *seen);
            bool slack = false;
            for (size_t line = 0; line < rows.lines; line++) {
                size_t row = sb_lp_rows_at(&rows, line);
                assert_true(row <= rows.listing->row_count);
                assert_false(seen[row]);
                seen[row] = true;
                if (row == rows.listing->row_count) {
                    continue;
                }
                assert_int_equal(sb_lp_rows_line(&rows, row), line);
                sb_constraint constraint = sb_design_listing_constraint(rows.listing, row);
                bool binds = sb_solution_binding(rows.solution, &constraint) != NULL;
                assert_false(binds && slack && rows.front_count > 0);
                slack = slack || !binds;
            }
            free(seen);
            sb_lp_rows_clear(&rows);
            command(session, step % 3 == 2 ? "lp order" : "lp rule next");
        }
        sb_session_free(session);
    }
}

static void to_the_table_and_back(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    PRESS(session, "L", "Tab", "Tab", "Enter");
    assert_int_equal(sb_session_display(session)->screen, SB_SCREEN_TABLE);
    assert_int_equal(sb_session_display(session)->cursor[0], 1);
    expect_at(session, 24, 80,
              "\xE2\x97\x8F"
              "2",
              true);
    expect_at(session, 24, 80,
              "\xE2\x97\x8B"
              "1",
              true);
    PRESS(session, "Escape");
    assert_int_equal(sb_session_display(session)->screen, SB_SCREEN_LP);
    expect_at(session, 24, 80, "agent 1 of type 2 gains nothing by reporting 1", true);
    PRESS(session, "Escape", "Escape"); /* no mark is left: Escape does nothing */
    assert_int_equal(sb_session_display(session)->screen, SB_SCREEN_TABLE);
    expect_at(session, 24, 80,
              "\xE2\x97\x8B"
              "1",
              false);
    PRESS(session, "L", "S-Tab", "S-Tab", "Home", "Enter"); /* the objective: nowhere to go */
    assert_int_equal(sb_session_display(session)->screen, SB_SCREEN_LP);
    sb_session_free(session);
}

/* The agent of a rule may be neither the table's rows nor its columns. */
static void a_slice_is_marked(void **state)
{
    (void)state;
    sb_session *session = session_of("three-bidders.yaml");
    PRESS(session, "L", "Tab", "Tab", "Enter");
    expect_at(session, 40, 120, "Ann is \xE2\x97\x8F", true);
    PRESS(session, "Escape", "Escape");
    expect_at(session, 40, 120, "Ann is \xE2\x97\x8F", false);
    sb_session_free(session);
}

static void without_an_optimum(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    command(session, "ir none");
    PRESS(session, "L");
    expect_at(session, 24, 80, "unbounded: no slacks, no duals", true);
    expect_at(session, 24, 80, "IC agent 1: 2 as 1", true);
    PRESS(session, "W");
    expect_at(session, 24, 80, "The program is unbounded", true);
    PRESS(session, "Enter", "Down", "v"); /* nothing to act on */
    command(session, "undo");
    settle(session);
    PRESS(session, "L");
    expect_at(session, 24, 80, "unbounded", false);
    command(session, "deterministic true");
    expect_at(session, 24, 80, "no duals: a search", true);
    sb_session_free(session);
}

static void incentives(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    PRESS(session, "W");
    compare(session, 24, 80, false, "incentives-80x24");
    PRESS(session, "v");
    compare(session, 40, 120, false, "incentives-slack-120x40");
    PRESS(session, "v", "Down");
    compare(session, 24, 80, true, "incentives-ascii-80x24");
    PRESS(session, "Enter");
    assert_int_equal(sb_session_display(session)->cursor[0], 1);
    PRESS(session, "Escape");
    assert_int_equal(sb_session_display(session)->screen, SB_SCREEN_INCENTIVES);
    PRESS(session, "Tab");
    expect_at(session, 24, 80, "Incentives of agent 2", true);
    sb_session_free(session);
}

static void ex_post_incentives(void **state)
{
    (void)state;
    sb_session *session = session_of("three-bidders.yaml");
    command(session, "ic ex-post");
    command(session, "ir ex-post");
    PRESS(session, "W");
    /* Which optimum is found is the solver's business; some rule binds at some profile. */
    expect_at(session, 24, 80, "all 9 profiles of the others", true);
    expect_at(session, 24, 80, " of 9", true);
    PRESS(session, "]");
    expect_at(session, 24, 80, "when the others are (1, 1)", true);
    expect_at(session, 24, 80, " of 9", false);
    PRESS(session, "[", "[");
    expect_at(session, 24, 80, "when the others are (3, 3)", true);
    sb_session_free(session);
}

/* What the frozen mechanism's types do under another table. */
static void replies(void **state)
{
    (void)state;
    sb_session *session = session_of("almost-independent.yaml");
    PRESS(session, "W", "r");
    assert_false(sb_session_display(session)->incentive_replies); /* nothing is frozen */
    PRESS(session, "z", "r");
    expect_at(session, 24, 80, "Replies of agent 1 to the frozen mechanism", true);
    expect_at(session, 24, 80, "All its types tell the truth.", true);
    command(session, "uniform");
    compare(session, 24, 80, false, "incentives-replies-80x24");
    expect_at(session, 24, 80, "type 2 reports 1 and gains", true);
    PRESS(session, "Enter");
    assert_int_equal(sb_session_display(session)->cursor[0], 1);
    PRESS(session, "Escape", "r");
    expect_at(session, 24, 80, "Incentives of agent 1", true);
    PRESS(session, "r");
    command(session, "thaw");
    expect_at(session, 24, 80, "Incentives of agent 1", true);
    sb_session_free(session);
}

static void many_types(void **state)
{
    (void)state;
    sb_session *session = session_of("gaussian.yaml");
    PRESS(session, "W", "Down", "Right");
    compare(session, 24, 80, false, "incentives-matrix-80x24");
    expect_at(session, 24, 80, "the truth", true);
    PRESS(session, "End");
    expect_at(session, 24, 80, "type 10 would as soon stay away", true);
    PRESS(session, "Enter");
    assert_int_equal(sb_session_display(session)->cursor[0], 9);
    sb_session_free(session);
}

/* Every size draws without a fault, also those that are too small. */
static void every_size(void **state)
{
    (void)state;
    static const char *const demos[] = {"almost-independent.yaml", "gaussian.yaml",
                                        "three-bidders.yaml", "divorce.yaml"};
    for (size_t k = 0; k < sizeof demos / sizeof demos[0]; k++) {
        sb_session *session = session_of(demos[k]);
        for (int screen = 0; screen < 2; screen++) {
            command(session, screen == 0 ? "lp" : "incentives");
            PRESS(session, "Down");
            for (int rows = 8; rows <= 40; rows += 5) {
                for (int columns = 20; columns <= 140; columns += 13) {
                    free(dump(session, rows, columns, columns % 2 == 0));
                }
            }
        }
        sb_session_free(session);
    }
}

static void written_files(void **state)
{
    (void)state;
    char path[64];
    sb_session *session = session_of("almost-independent.yaml");
    settle(session);
    static const struct {
        const char *ending, *part;
    } files[] = {{"txt", "optimum 1.749"},
                 {"lp", "Subject To"},
                 {"mps", "ENDATA"},
                 {"tex", "\\begin{align*}"}};
    for (size_t k = 0; k < sizeof files / sizeof files[0]; k++) {
        snprintf(path, sizeof path, "/tmp/sidebet-program-%d.%s", (int)getpid(), files[k].ending);
        char *line = sb_format_text("lp write %s", path);
        command(session, line);
        char *bytes = NULL;
        size_t length = 0;
        assert_int_equal(sb_text_read_file(path, 1 << 20, &bytes, &length, NULL), SB_OK);
        assert_non_null(strstr(bytes, files[k].part));
        free(bytes);
        assert_int_not_equal(sb_session_command(session, line, NULL, NULL), SB_OK);
        free(line);
        line = sb_format_text("lp write! %s", path);
        command(session, line);
        free(line);
        assert_int_equal(remove(path), 0);
    }
    assert_int_not_equal(sb_session_command(session, "lp write /tmp/program.xyz", NULL, NULL),
                         SB_OK);
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_program),       cmocka_unit_test(the_order_of_rows),
        cmocka_unit_test(lines_and_rows),    cmocka_unit_test(to_the_table_and_back),
        cmocka_unit_test(a_slice_is_marked), cmocka_unit_test(without_an_optimum),
        cmocka_unit_test(incentives),        cmocka_unit_test(ex_post_incentives),
        cmocka_unit_test(replies),           cmocka_unit_test(many_types),
        cmocka_unit_test(every_size),        cmocka_unit_test(written_files),
    };
    int failed = cmocka_run_group_tests_name("view/lp_screens", tests, NULL, NULL);
    flint_cleanup_master();
    return failed;
}
