/* The misbelief panel: the warning in words, who does what, losses that can be seen.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sidebet/environment_file.h"
#include "view/misbelief_panel.h"

/* An evaluation of the two-bidder example, as two actions for each of two agents. */
typedef struct sb_fixture {
    sb_environment *truth;
    sb_misbelief misbelief;
    sb_misbelief_agent agents[2];
    sb_reply replies[2][2];
    fmpq optimum;
    sb_safe_radius radius;
    sb_slack_point slack[2];
    sb_misbelief_panel panel;
} sb_fixture;

static void set(fmpq_t number, const char *text)
{
    fmpq_init(number);
    assert_int_equal(sb_rational_parse(number, text, strlen(text), NULL), SB_OK);
}

static void make(sb_fixture *fixture, const char *revenue, const sb_action *actions)
{
    memset(fixture, 0, sizeof *fixture);
    sb_error error;
    char *path = sb_format_text("%s/demos/almost-independent.yaml", SB_SOURCE_DIR);
    assert_int_equal(sb_environment_read(path, &fixture->truth, NULL, &error), SB_OK);
    free(path);
    for (size_t i = 0; i < 2; i++) {
        for (size_t t = 0; t < 2; t++) {
            sb_reply *reply = &fixture->replies[i][t];
            reply->has_belief = true;
            reply->action = actions[2 * i + t];
            reply->report = reply->action == SB_ACTION_MISREPORT ? 1 - t : t;
            set(&reply->utility, reply->action == SB_ACTION_MISREPORT ? "0.5" : "0");
            set(&reply->truth_utility, reply->action == SB_ACTION_TRUTH ? "0" : "-62.5");
            fmpq_init(&reply->outside);
        }
        fixture->agents[i] = (sb_misbelief_agent){2, fixture->replies[i]};
    }
    fixture->misbelief.agent_count = 2;
    fixture->misbelief.agents = fixture->agents;
    set(&fixture->misbelief.designed_revenue, "1.749");
    set(&fixture->misbelief.revenue, revenue);
    set(&fixture->misbelief.joint_revenue, "-77");
    set(&fixture->optimum, "1.5");
    set(&fixture->radius.radius, "0");
    fixture->radius.constraint =
        (sb_constraint){SB_CONSTRAINT_PARTICIPATION, SB_NOWHERE, 0, 1, SB_NOWHERE, SB_NOWHERE};
    for (size_t k = 0; k < 2; k++) {
        sb_slack_point *point = &fixture->slack[k];
        set(&point->slack, k == 0 ? "0.01" : "5");
        set(&point->objective, "1.729");
        set(&point->cost, "0.02");
        set(&point->largest_payment, "31370");
        set(&point->radius.radius, "1/4000000");
        point->status = k == 0 ? SB_LP_OPTIMAL : SB_LP_INFEASIBLE;
    }
    fixture->panel = (sb_misbelief_panel){.truth = fixture->truth,
                                          .misbelief = &fixture->misbelief,
                                          .truth_optimum = &fixture->optimum,
                                          .radius = &fixture->radius,
                                          .slack = fixture->slack,
                                          .slack_count = 2};
}

static void clear(sb_fixture *fixture)
{
    for (size_t i = 0; i < 2; i++) {
        for (size_t t = 0; t < 2; t++) {
            fmpq_clear(&fixture->replies[i][t].utility);
            fmpq_clear(&fixture->replies[i][t].truth_utility);
            fmpq_clear(&fixture->replies[i][t].outside);
        }
        fmpq_clear(&fixture->slack[i].slack);
        fmpq_clear(&fixture->slack[i].objective);
        fmpq_clear(&fixture->slack[i].cost);
        fmpq_clear(&fixture->slack[i].largest_payment);
        fmpq_clear(&fixture->slack[i].radius.radius);
    }
    fmpq_clear(&fixture->misbelief.designed_revenue);
    fmpq_clear(&fixture->misbelief.revenue);
    fmpq_clear(&fixture->misbelief.joint_revenue);
    fmpq_clear(&fixture->optimum);
    fmpq_clear(&fixture->radius.radius);
    sb_environment_free(fixture->truth);
}

static char *dump(const sb_fixture *fixture, int rows, int columns, bool ascii)
{
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, rows, columns, ascii));
    sb_misbelief_panel_draw(&fixture->panel, &canvas, (sb_rectangle){0, 0, rows, columns});
    char *text = sb_canvas_dump(&canvas);
    sb_canvas_clear(&canvas);
    return text;
}

static void expect(const sb_fixture *fixture, const char *text)
{
    char *screen = dump(fixture, 24, 46, false);
    if (strstr(screen, text) == NULL) {
        fail_msg("\"%s\" is not on the panel:\n%s", text, screen);
    }
    free(screen);
}

static void expect_sentence(const char *revenue, const sb_action *actions, bool bad,
                            const char *expected)
{
    sb_fixture fixture;
    make(&fixture, revenue, actions);
    bool is_bad = !bad;
    char *sentence = sb_misbelief_sentence(&fixture.misbelief, false, &is_bad);
    assert_string_equal(sentence, expected);
    assert_int_equal(is_bad, bad);
    free(sentence);
    clear(&fixture);
}

static const sb_action truthful[4] = {SB_ACTION_TRUTH, SB_ACTION_TRUTH, SB_ACTION_TRUTH,
                                      SB_ACTION_TRUTH};
static const sb_action mixed[4] = {SB_ACTION_EXIT, SB_ACTION_MISREPORT, SB_ACTION_EXIT,
                                   SB_ACTION_TRUTH};
static const sb_action one_lie[4] = {SB_ACTION_TRUTH, SB_ACTION_MISREPORT, SB_ACTION_TRUTH,
                                     SB_ACTION_TRUTH};

static void test_sentences(void **state)
{
    (void)state;
    expect_sentence("-31.25", mixed, true,
                    "The seller LOSES 31.25 where 1.749 was promised: 2 of 4 types walk away, 1 "
                    "lies.");
    expect_sentence("0.5", one_lie, true,
                    "The seller earns 0.5 where 1.749 was promised: 1 of 4 types lies.");
    expect_sentence("1.749", truthful, false,
                    "Every type tells the truth and the seller earns 1.749, as designed.");
    expect_sentence("1.5", truthful, true,
                    "The seller earns 1.5 where 1.749 was promised, though every type still tells "
                    "the truth.");
    expect_sentence("2", one_lie, false,
                    "The seller earns 2, no less than designed: 1 of 4 types lies.");
}

static void test_panel(void **state)
{
    (void)state;
    sb_fixture fixture;
    make(&fixture, "-31.25", mixed);
    expect(&fixture, " agent 1 does ");
    expect(&fixture, "all these replies at once: -77");
    expect(&fixture, "as designed         1.749");
    expect(&fixture, "now                -31.25 \xE2\x96\x88");
    expect(&fixture, "best for truth        1.5");
    expect(&fixture, "\xE2\x9C\x97 1     walks away             0       -62.5");
    expect(&fixture, "\xE2\x86\x92 2     reports 1            0.5       -62.5");
    expect(&fixture, "\xE2\x9C\x93 2     truth                  0");
    expect(&fixture, "\xC2\xB1"
                     "0 in each belief; first to break:");
    expect(&fixture, "slack 0.01: radius .00000025, costs");
    expect(&fixture, "slack 5: infeasible");
    clear(&fixture);
}

static void rename_to(char **label, const char *name)
{
    free(*label);
    *label = sb_copy_text(name);
}

/* What is cut says so. */
static void test_long_labels(void **state)
{
    (void)state;
    sb_fixture fixture;
    make(&fixture, "-31.25", mixed);
    rename_to(&fixture.truth->agents[0].name, "the incumbent operator");
    rename_to(&fixture.truth->agents[0].types[0], "very optimistic about demand");
    expect(&fixture, " the incumbent\xE2\x80\xA6 does ");
    expect(&fixture, "\xE2\x9C\x97 very optimi\xE2\x80\xA6 walks away ");
    expect(&fixture, "\xE2\x86\x92 2            reports very o\xE2\x80\xA6 ");
    char *screen = dump(&fixture, 24, 46, true);
    assert_non_null(strstr(screen, "very optimi~ "));
    free(screen);
    clear(&fixture);
}

/* A loss is drawn to the left of zero, a gain to the right, in columns that say so in mono too. */
static void test_signed_bars(void **state)
{
    (void)state;
    sb_fixture fixture;
    make(&fixture, "-1.749", mixed);
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, 24, 60, true));
    sb_misbelief_panel_draw(&fixture.panel, &canvas, (sb_rectangle){0, 0, 24, 60});
    int first[3] = {-1, -1, -1};
    int last[3] = {-1, -1, -1};
    for (int row = 0; row < 3; row++) {
        for (int column = 20; column < 60; column++) {
            if (canvas.cells[(row + 1) * 60 + column].bytes[0] == '#') {
                first[row] = first[row] < 0 ? column : first[row];
                last[row] = column;
            }
        }
    }
    assert_true(first[0] > 0 && first[1] > 0 && first[2] > 0);
    assert_true(last[1] < first[0] && first[0] == first[2]);
    assert_true(last[0] > last[2]); /* 1.749 is more than 1.5 */
    sb_canvas_clear(&canvas);
    clear(&fixture);
}

static void test_unknown(void **state)
{
    (void)state;
    sb_fixture fixture;
    make(&fixture, "1", truthful);
    fixture.panel.truth_optimum = NULL;
    fixture.panel.radius = NULL;
    expect(&fixture, "best for truth ...");
    expect(&fixture, "computing");
    fixture.panel.misbelief = NULL;
    expect(&fixture, "computing");
    clear(&fixture);
}

static void test_every_size(void **state)
{
    (void)state;
    sb_fixture fixture;
    make(&fixture, "-31.25", mixed);
    const double s[] = {0, 0.5, 1, 2};
    const double frozen[] = {1.749, -10, -31.25, -80};
    const double optimum[] = {1.749, 1.7, 1.5, 1.4};
    fixture.panel.curve_s = s;
    fixture.panel.curve_frozen = frozen;
    fixture.panel.curve_optimum = optimum;
    for (int curve = 0; curve < 3; curve++) {
        fixture.panel.show_curve = curve > 0;
        fixture.panel.curve_count = curve > 1 ? 4 : 0;
        for (int rows = 0; rows <= 40; rows++) {
            for (int columns = 0; columns <= 100; columns += 3) {
                free(dump(&fixture, rows, columns, (rows + columns) % 2 == 0));
            }
        }
    }
    expect(&fixture, "best for truth");
    expect(&fixture, "Revenue as the truth moves away");
    clear(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentences),   cmocka_unit_test(test_panel),
        cmocka_unit_test(test_signed_bars), cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_every_size),  cmocka_unit_test(test_long_labels),
    };
    int failed = cmocka_run_group_tests_name("misbelief_panel", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
