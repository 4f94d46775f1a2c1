/* Every command: what it does, and what it refuses.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session_help.h"

#include <unistd.h>

#include "session/commands.h"

static void test_table(void **state)
{
    (void)state;
    for (size_t index = 0; index < sb_command_count(); index++) {
        const sb_command_description *command = sb_command_at(index);
        assert_ptr_equal(sb_command_find(command->name), command);
        assert_memory_equal(command->synopsis, command->name, strlen(command->name));
        assert_true(command->summary[0] != '\0' && command->group[0] != '\0');
        for (size_t other = index + 1; other < sb_command_count(); other++) {
            assert_string_not_equal(command->name, sb_command_at(other)->name);
            /* groups stand together */
            bool left = strcmp(sb_command_at(other)->group, command->group) != 0;
            for (size_t after = other + 1; left && after < sb_command_count(); after++) {
                assert_string_not_equal(sb_command_at(after)->group, command->group);
            }
        }
    }
    assert_string_equal(sb_command_find("w")->name, "save");
    assert_string_equal(sb_command_find("q!")->name, "quit!");
    assert_string_equal(sb_command_short_name(sb_command_find("open")), "e");
    assert_null(sb_command_short_name(sb_command_find("set")));
    assert_null(sb_command_find("sav"));
}

/* The table of commands repeats the names in the table of rules; here it is held to them. */
static void test_rules_are_commands(void **state)
{
    (void)state;
    const sb_command_description *next = sb_command_find("rule-next");
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        const sb_rule_description *described = sb_rule_describe((sb_rule)rule);
        const sb_command_description *command = sb_command_find(described->name);
        assert_non_null(command);
        assert_string_equal(next->choices[rule], described->name);
        sb_text synopsis;
        sb_text_init(&synopsis);
        for (int choice = 0; choice < described->choice_count; choice++) {
            const char *takes = described->choices[choice].takes;
            const char *colon = takes != NULL ? ":" : "";
            sb_text_add_format(&synopsis, "%s%s%s%s%s", choice == 0 ? described->name : "",
                               choice == 0 ? " " : "|", described->choices[choice].name, colon,
                               takes != NULL ? takes : "");
            char word[64];
            snprintf(word, sizeof word, "%s%s", described->choices[choice].name, colon);
            assert_string_equal(command->choices[choice], word);
        }
        assert_null(command->choices[described->choice_count]);
        sb_text_add(&synopsis, sb_rule_is_by_agent((sb_rule)rule) ? " [AGENT]" : "");
        assert_string_equal(command->synopsis, synopsis.bytes);
        assert_non_null(strstr(command->summary, described->title));
        sb_text_clear(&synopsis);
    }
    assert_null(next->choices[SB_RULE_COUNT]);
}

static void test_names(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    refuse(session, "sett 1,1 .5", "did you mean `set`");
    refuse(session, "udno", "did you mean `undo`");
    refuse(session, "paymnts free", "did you mean `payments`");
    refuse(session, "abracadabra", "help");
    refuse(session, "rem bidder", "write one of remove-type, remove-signal");
    refuse(session, "undo 1 2", "usage: undo [N]");
    refuse(session, "set", "usage: set PROFILE NUMBER");
    refuse(session, "title \"a", "quotation mark");
    run(session, "unif");
    run(session, "   # nothing");
    run(session, "");
    assert_int_equal(sb_session_undo_count(session), 1);
    sb_session_free(session);
    session = sb_session_new(false, NULL);
    refuse(session, "uniform", "open FILE");
    refuse(session, "expect revenue 1", "open FILE");
    run(session, "help");
    sb_session_free(session);
}

static void test_prior(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, "set 1,1 0.25");
    run(session, "set (2, 2) 1/4");
    run(session, "expect probability 1,1 0.25");
    run(session, "expect revenue 1.5");
    run(session, "set 1 2 0.5");
    run(session, "expect probability (1,2) 0.4");
    run(session, "set #1,#2 0.25");
    refuse(session, "set 1,3 0.5", "3");
    refuse(session, "set 1 0.5", "");
    refuse(session, "set 1,1 x", "x");
    refuse(session, "set 1,1 -1", "");
    run(session, "mass marginals");
    refuse(session, "set 1,1 0.9", "");
    run(session, "set 1,1 0.3");
    run(session, "expect probability 2,2 0.3");
    run(session, "mass row");
    run(session, "set 1,1 0.1");
    run(session, "expect probability 1,2 0.4");
    run(session, "mass scale");
    run(session, "set 1,1 0.4");
    run(session, "expect probability 1,2 4/15");
    refuse(session, "mass heavy", "free, scale, row, marginals or next");
    run(session, "independent");
    run(session, "expect rank agent 1 1");
    run(session, "uniform");
    run(session, "expect probability 1,2 0.25");
    run(session, "mass free");
    run(session, "set 1,1 2");
    run(session, "normalise");
    expect_output(session, "show prior", "8/11  1/11");
    assert_int_equal(sb_session_mass_mode(session), SB_MASS_FREE);
    sb_session_free(session);
}

static void test_nudge(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("simple-example"), false);
    run(session, "mass marginals");
    run(session, "nudge up");
    run(session, "expect probability 1,1 0.251");
    run(session, "nudge 2,1 up 1/100");
    run(session, "expect probability 2,1 0.259");
    run(session, "select 1,2");
    run(session, "step 0.05");
    run(session, "nudge down");
    run(session, "expect probability 1,2 0.209");
    run(session, "nudge 1 2 down .009");
    run(session, "expect probability 1,2 0.2");
    refuse(session, "nudge", "usage");
    refuse(session, "nudge 1,1", "usage");
    refuse(session, "nudge up down up", "");
    refuse(session, "nudge up 0", "larger than zero");
    refuse(session, "nudge up -1", "larger than zero");
    refuse(session, "nudge down 0.9", "");
    refuse(session, "step 0", "larger than zero");
    refuse(session, "step x", "x");
    for (int press = 0; press < 15; press++) {
        run(session, "step finer");
    }
    for (int press = 0; press < 2; press++) {
        run(session, "step coarser");
    }
    refuse(session, "step 1e-30", "small");
    refuse(session, "step 1e30", "large");
    expect_output(session, "history", "nudge 2,1 up 0.01");
    expect_output(session, "history", "nudge 1,2 down 0.05");
    sb_session_free(session);
}

static void test_types(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, "value agent 1 2 3");
    expect_output(session, "history", "value \"agent 1\" 2 3");
    refuse(session, "value agent 1 2 4", "2"); /* the label followed the value */
    refuse(session, "value agent 9 2 4", "");
    refuse(session, "value \"agent 1\" 3", "usage");
    refuse(session, "utility \"agent 1\" 3 #1 4", "value AGENT TYPE NUMBER");
    refuse(session, "designer #1 4", "");
    run(session, "reserve 0.5");
    run(session, "outside agent 1 1 0.25");
    refuse(session, "reserve x", "x");
    run(session, "add-type agent 2 5");
    run(session, "add-type agent 2 \"very high\" 10");
    refuse(session, "add-type agent 2 none", "needs a value");
    refuse(session, "add-type agent 2 5", "");
    run(session, "set 1,5 0.1");
    run(session, "rename-type agent 2 5 rather high");
    run(session, "select 1,rather high");
    assert_int_equal(sb_session_display(session)->cursor[1], 2);
    run(session, "remove-type agent 2 \"rather high\"");
    assert_int_equal(sb_session_display(session)->cursor[1], 2); /* very high moved up */
    run(session, "remove-type agent 2 \"very high\"");
    assert_int_equal(sb_session_display(session)->cursor[1], 1);
    run(session, "rename agent 2 Bob");
    run(session, "rename Bob Bob the bidder");
    expect_output(session, "show values", "Bob the bidder");
    refuse(session, "rename \"Bob the bidder\" agent 1", "");
    refuse(session, "add-signal x", "no external signal");
    refuse(session, "remove-signal x", "no external signal");
    run(session, "title A title with \"two  blanks\"");
    assert_string_equal(sb_session_environment(session)->title, "A title with two  blanks");
    run(session, "undo 100");
    assert_int_equal(sb_session_undo_count(session), 0);
    sb_session_free(session);
}

static void test_signals(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("weather"), false);
    run(session, "add-signal light snow");
    assert_int_equal(sb_session_environment(session)->signal_count, 3);
    run(session, "add-type weather fog");
    refuse(session, "add-type weather sun 3", "no value");
    refuse(session, "value weather rain 3", "signal");
    run(session, "remove-signal light snow");
    refuse(session, "remove-signal snow", "");
    refuse(session, "expect rank weather 3", "signal");
    sb_session_free(session);
}

static void test_outcomes(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("divorce"), false);
    run(session, "expect objective 36.56");
    run(session, "utility Alice low museum 2");
    run(session, "utility Alice low \"to Bob\" 1");
    run(session, "utility Alice low #3 1.5");
    run(session, "designer museum 1");
    refuse(session, "utility Alice low zoo 2", "to Alice");
    refuse(session, "utility Alice low #9 2", "#9");
    refuse(session, "value Alice low 2", "utility AGENT");
    refuse(session, "add-type Alice middle 3", "no value");
    run(session, "add-type Alice middle");
    run(session, "undo 5");
    run(session, "expect objective 36.56");
    expect_output(session, "show values", "pieces to Bob");
    sb_session_free(session);
    session = open_session(DEMO("division"), false);
    expect_output(session, "show values", "house sold");
    run(session, "value Alice road \"house sold\" 4");
    run(session, "value Alice road #2 5");
    refuse(session, "value Alice road 4", "of what");
    refuse(session, "value Alice road boat 4", "house");
    refuse(session, "utility Alice road #1 4", "value AGENT TYPE OF NUMBER");
    refuse(session, "reserve house 4", "items for sale");
    refuse(session, "reserve boat 4", "boat");
    refuse(session, "cost 4", "public good");
    refuse(session, "designer #1 4", "division");
    sb_session_free(session);
}

static void test_rules(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, "ir ex-post");
    run(session, "ic ex-post");
    run(session, "expect revenue 1.499");
    refuse(session, "ic sometimes", "ex-post");
    refuse(session, "payments bounded", "");
    refuse(session, "payments bounded:0", "");
    run(session, "ic bayes-nash");
    run(session, "ir ex-interim");
    run(session, "payments bounded:31375");
    run(session, "expect revenue 1.749");
    run(session, "payments bounded:1000");
    run(session, "expect proof exact");
    expect_output(session, "show rules", "bounded:1000");
    run(session, "ir none");
    run(session, "payments free");
    run(session, "expect status unbounded");
    refuse(session, "expect revenue 3", "unbounded");
    refuse(session, "show mechanism", "unbounded");
    expect_output(session, "show results", "unbounded");
    expect_output(session, "solve", "unbounded, exact: ");
    run(session, "rule-next payments");
    run(session, "rule-next payments");
    expect_output(session, "show rules", "payments bounded:1000");
    refuse(session, "rule-next weather", "payments");
    sb_session_free(session);
}

static void test_history(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    refuse(session, "undo", "nothing to undo");
    refuse(session, "redo", "nothing to redo");
    expect_output(session, "history", "nothing was changed");
    run(session, "set 1,1 0.251"); /* what it was */
    run(session, "ic bayes-nash");
    run(session, "title \"Almost independent\"");
    assert_int_equal(sb_session_undo_count(session), 0);
    run(session, "set 1,1 0.3");
    run(session, "ic none");
    expect_output(session, "undo", "undone: ic none");
    assert_int_equal(sb_session_redo_count(session), 1);
    expect_output(session, "history", "ic none  (undone)");
    expect_output(session, "redo", "done again: ic none");
    expect_output(session, "undo 2", "2 changes");
    assert_false(sb_session_modified(session));
    refuse(session, "undo x", "whole number");
    refuse(session, "redo 0", "whole number");
    refuse(session, "redo 99999999999999999999999", "whole number");
    run(session, "uniform");
    assert_int_equal(sb_session_redo_count(session), 0);
    sb_session_free(session);
}

static void test_screen(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("gaussian"), false);
    const sb_display *display = sb_session_display(session);
    run(session, "move last");
    assert_true(display->cursor[0] == 9 && display->cursor[1] == 9);
    run(session, "move right");
    run(session, "move up");
    run(session, "move row-first");
    assert_true(display->cursor[0] == 8 && display->cursor[1] == 0);
    run(session, "move column-first");
    run(session, "move column-last");
    run(session, "move page-up");
    assert_true(display->cursor[0] == 0);
    refuse(session, "move sideways", "left");
    run(session, "pane mechanism");
    run(session, "scroll 7");
    run(session, "move up");
    assert_int_equal(display->scroll[SB_PANE_MECHANISM], 6);
    run(session, "scroll 100000");
    assert_true(display->scroll[SB_PANE_MECHANISM] < 200);
    run(session, "scroll -100000");
    assert_int_equal(display->scroll[SB_PANE_MECHANISM], 0);
    refuse(session, "scroll x", "usage");
    refuse(session, "scroll 1.5", "usage");
    refuse(session, "edit", "pane prior");
    run(session, "pane next");
    assert_int_equal(display->pane, SB_PANE_CONDITIONS);
    run(session, "pane previous");
    refuse(session, "pane window", "mechanism");
    run(session, "screen help");
    run(session, "scroll 3");
    assert_int_equal(display->help_scroll, 3);
    run(session, "screen table");
    refuse(session, "screen plot", "table, blow-up, geometry, misbelief, ");
    run(session, "conditionals");
    run(session, "conditionals on");
    assert_true(display->conditionals);
    run(session, "fractions off");
    assert_false(display->fractions);
    refuse(session, "fractions maybe", "on or off");
    run(session, "select 3,4");
    assert_true(display->pane == SB_PANE_PRIOR && display->cursor[0] == 2);
    run(session, "edit 0.5");
    assert_true(sb_session_entry(session)->active);
    run(session, "redraw");
    run(session, "command set 1,1");
    char *opened = sb_session_take_command_line(session);
    assert_string_equal(opened, "set 1,1");
    free(opened);
    assert_int_equal(sb_session_undo_count(session), 0);
    sb_session_free(session);
}

static void test_slices(void **state)
{
    (void)state;
    static const char text[] =
        "item: {bidders: [{name: a, values: [1, 2]}, {name: b, values: [1, 2, 3]}]}\n"
        "signal: {name: s, values: [x, y]}\n"
        "prior: [[[1, 2], [3, 4], [5, 6]], [[7, 8], [9, 10], [11, 12]]]\n";
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_parse(text, strlen(text), "text", &environment, NULL, NULL),
                     SB_OK);
    sb_session *session = sb_session_new(false, NULL);
    sb_session_adopt(session, environment, NULL);
    assert_null(sb_session_path(session));
    run(session, "move slice-next");
    assert_int_equal(sb_session_display(session)->cursor[0], 1);
    run(session, "move slice-next");
    assert_int_equal(sb_session_display(session)->cursor[0], 0);
    run(session, "move slice-previous");
    run(session, "move down");
    run(session, "move right");
    run(session, "set 2 2 y 20");
    run(session, "expect probability 2,2,y 20/88");
    expect_output(session, "show prior", "at a 2\n");
    refuse(session, "save", "save FILE");
    refuse(session, "reload", "no file");
    sb_session_free(session);
}

static void test_show_and_expect(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("not-concave"), false);
    run(session, "expect fse bayesian no");
    run(session, "expect fse ex-post no");
    refuse(session, "expect fse bayesian yes", "expected fse bayesian yes, but it is no");
    refuse(session, "expect fse maybe yes", "bayesian or ex-post");
    refuse(session, "expect fse yes", "usage");
    refuse(session, "expect happiness 3", "revenue, ");
    refuse(session, "expect revenue", "usage");
    refuse(session, "expect revenue 1 2", "usage");
    refuse(session, "expect revenue x", "x");
    refuse(session, "expect full-surplus 1", "expected full-surplus 1, but it is 11/6 (exact)");
    run(session, "expect rank bidder 2");
    refuse(session, "expect rank bidder 3", "expected rank bidder 3, but it is 2 (exact)");
    refuse(session, "expect status infeasible", "but it is optimal");
    expect_output(session, "show conditions", "mixture");
    run(session, "open " DEMO("almost-independent"));
    run(session, "expect ex-post-optimum 1.499");
    run(session, "expect no-correlation 1.499");
    run(session, "expect welfare 1.749");
    run(session, "expect max-payment 62750");
    run(session, "expect fse bayesian yes");
    refuse(session, "expect revenue 1.7490001", "but it is 1.749 (exact)");
    expect_output(session, "show mechanism", "-62750");
    expect_output(session, "show binding", "agent 1 of type 1 takes part");
    expect_output(session, "show conditions", "rank 2 of 2");
    expect_output(session, "show results", "full surplus");
    expect_output(session, "solve", "optimal, exact: revenue 1.749");
    refuse(session, "show everything", "prior, conditionals, results");
    expect_output(session, "echo a  b", "a b");
    expect_output(session, "help", "Prior");
    expect_output(session, "help mass", "marginals");
    expect_output(session, "help q", "Leave");
    expect_output(session, "help payments", "bounded:NUMBER\n");
    refuse(session, "help nonsense", "no help on 'nonsense'");
    sb_session_free(session);
}

static void test_ask(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    expect_output(session, "ask revenue", "1.749 (exact)");
    expect_output(session, "ask smallest-payment", "31375 (exact)");
    expect_output(session, "ask rank agent 1", "2 (exact)");
    expect_output(session, "ask fse bayesian", "yes");
    expect_output(session, "ask auction vcg", "1.249 (exact)");
    expect_output(session, "ask auction myerson", "none");
    refuse(session, "ask nonsense", "ask does not know `nonsense`");
    refuse(session, "ask rank", "usage: ask rank AGENT");
    run(session, "payments none");
    run(session, "freeze");
    run(session, "ic none");
    run(session, "ir none");
    run(session, "payments free");
    refuse(session, "ask revenue", "there is no revenue: the program is unbounded");
    sb_session_free(session);
}

static void test_files(void **state)
{
    (void)state;
    const char *folder = new_folder();
    sb_session *session = open_session(DEMO("almost-independent"), false);
    run(session, line("save \"%s\"", in(folder, "a file.yaml")));
    assert_string_equal(sb_session_path(session), in(folder, "a file.yaml"));
    run(session, "set 1,1 0.3");
    assert_true(sb_session_modified(session));
    refuse(session, "open " DEMO("weather"), "open!");
    refuse(session, "quit", "quit!");
    run(session, "save");
    assert_false(sb_session_modified(session));
    run(session, "undo");
    assert_true(sb_session_modified(session)); /* the file holds something else now */
    run(session, "reload");
    run(session, "expect probability 1,1 300/1049");
    assert_false(sb_session_modified(session));
    run(session, "undo");
    run(session, "expect probability 1,1 0.251");
    run(session, "w");
    refuse(session, line("save %s", DEMO("weather")), "save!");
    refuse(session, line("save %s", in(folder, "x.csv")), ".yaml");
    refuse(session, line("save %s", in(folder, "no/such/folder.yaml")), "");
    refuse(session, "save \"\"", "name");
    run(session, line("save! \"%s\"", in(folder, "a file.yaml")));
    put(in(folder, "prior.csv"), "1,2\n3,4\n");
    run(session, line("import %s", in(folder, "prior.csv")));
    run(session, "expect probability 2,2 0.4");
    refuse(session, line("import %s", in(folder, "none.csv")), "");
    refuse(session, line("open! %s", in(folder, "none.yaml")), "");
    assert_true(sb_session_modified(session));
    refuse(session, line("write-script \"%s\"", in(folder, "a file.yaml")), "own file");
    refuse(session, line("write-script! \"%s\"", in(folder, "a file.yaml")), "own file");
    assert_int_equal(link(in(folder, "a file.yaml"), in(folder, "same.yaml")), 0);
    refuse(session, line("write-script! %s", in(folder, "same.yaml")), "own file");
    refuse(session, line("simulate csv! %s", in(folder, "same.yaml")), "own file");
    assert_int_equal(unlink(in(folder, "same.yaml")), 0);
    run(session, line("write-script %s", in(folder, "script.sb")));
    refuse(session, line("write-script %s", in(folder, "script.sb")), "write-script! FILE");
    run(session, line("write-script! %s", in(folder, "script.sb")));
    run(session, "open! " DEMO("weather"));
    assert_int_equal(sb_session_undo_count(session), 0);
    refuse(session, "recover", "no unsaved work");
    run(session, "quit");
    assert_true(sb_session_quitting(session));
    sb_session_free(session);
    remove_folder(folder);
}

static void test_messages(void **state)
{
    (void)state;
    sb_session *session = open_session(DEMO("almost-independent"), false);
    assert_int_equal(sb_session_command(session, "undo", NULL, NULL), SB_ERROR_USAGE);
    assert_int_equal(sb_session_message(session, NULL), SB_MESSAGE_ERROR);
    assert_string_equal(message_of(session), "there is nothing to undo");
    assert_int_equal(sb_session_command(session, "uniform", NULL, NULL), SB_OK);
    assert_int_equal(sb_session_message(session, NULL), SB_MESSAGE_NONE);
    assert_int_equal(sb_session_command(session, "uniform", NULL, NULL), SB_OK);
    assert_non_null(strstr(message_of(session), "nothing changes"));
    assert_int_equal(sb_session_command(session, "show mechanism", NULL, NULL), SB_OK);
    assert_int_equal(sb_session_display(session)->pane, SB_PANE_MECHANISM);
    assert_int_equal(sb_session_command(session, "help", NULL, NULL), SB_OK);
    assert_int_equal(sb_session_display(session)->screen, SB_SCREEN_HELP);
    assert_int_equal(sb_session_command(session, "show rules", NULL, NULL), SB_OK);
    assert_non_null(strstr(message_of(session), "ic bayes-nash, ir ex-interim"));
    assert_null(strchr(message_of(session), '\n'));
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_rules_are_commands),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_prior),
        cmocka_unit_test(test_nudge),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_outcomes),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_history),
        cmocka_unit_test(test_screen),
        cmocka_unit_test(test_slices),
        cmocka_unit_test(test_show_and_expect),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_ask),
        cmocka_unit_test(test_messages),
    };
    int failed = cmocka_run_group_tests_name("commands", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
