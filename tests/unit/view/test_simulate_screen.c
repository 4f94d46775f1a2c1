/* The simulate screen: what it says, and every size without a fault.
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

#include "view/plot_simulation.h"
#include "view/view.h"

static void command(sb_session *session, const char *line)
{
    sb_error error;
    sb_error_clear(&error);
    if (sb_session_command(session, line, NULL, &error) != SB_OK) {
        fail_msg("%s: %s", line, error.message);
    }
}

static sb_session *session_of_weather(void)
{
    sb_error error;
    sb_session *session = sb_session_new(false, &error);
    assert_non_null(session);
    assert_int_equal(sb_session_open(session, SB_SOURCE_DIR "/demos/weather.yaml", &error), SB_OK);
    command(session, "simulate samples 10,100");
    command(session, "simulate repetitions 5");
    command(session, "screen simulate");
    return session;
}

static char *dump(sb_session *session, int rows, int columns, bool ascii)
{
    sb_canvas canvas;
    assert_true(sb_canvas_init(&canvas, rows, columns, ascii));
    sb_view_draw(session, &canvas);
    char *text = sb_canvas_dump(&canvas);
    sb_canvas_clear(&canvas);
    assert_non_null(text);
    return text;
}

static void expect(sb_session *session, bool ascii, const char *words, bool shown)
{
    char *screen = dump(session, 30, 100, ascii);
    if ((strstr(screen, words) != NULL) != shown) {
        fail_msg("\"%s\" is %son the screen:\n%s", words, shown ? "not " : "", screen);
    }
    free(screen);
}

static void what_is_said(void **state)
{
    (void)state;
    sb_session *session = session_of_weather();
    expect(session, false, "Truth: the table; samples 10,100; epsilon 0.05 (per-element); seed 1",
           true);
    expect(session, false, "0 of 10 repetitions: Space starts", true);
    expect(session, false, "10 samples", true);
    command(session, "simulate toggle");
    expect(session, false, "10 of 10 repetitions, done", true);
    expect(session, false, "\xC2\xB1 half a 95 % interval    revenue", true);
    expect(session, false, "known-prior", true);
    expect(session, false, "0.8333 \xC2\xB1 0.0000", true);
    expect(session, false, "the set holds the truth in", true);
    expect(session, false, "\xE2\x96\x88\xE2\x96\x88", true);
    expect(session, true, "########################", true);
    command(session, "simulate point last");
    expect(session, false, "100 samples", true);
    command(session, "uniform");
    expect(session, false, "the table as it was", true);
    command(session, "simulate truth normal");
    expect(session, false, "Truth: a bivariate normal, correlation 0.5, types 10", true);
    command(session, "simulate types 3,4");
    expect(session, false, "types 3,4", true);
    expect(session, false, "at types 3", true);
    command(session, "simulate mechanisms robust");
    expect(session, false, "bayesian", false);
    sb_session_free(session);
}

/* Where there is no room for sentences, how far it is stands in the heading; no name is far from
 * its curve. */
static void on_a_small_terminal(void **state)
{
    (void)state;
    sb_session *session = session_of_weather();
    char *screen = dump(session, 12, 40, false);
    assert_non_null(strstr(screen, "Simulate \xE2\x94\x80 0 of 10, Space starts"));
    free(screen);
    command(session, "simulate start");
    screen = dump(session, 12, 40, false);
    assert_non_null(strstr(screen, "Simulate \xE2\x94\x80 10 of 10, done"));
    free(screen);
    sb_session_free(session);
    session = sb_session_new(false, NULL);
    assert_int_equal(sb_session_open(session, SB_SOURCE_DIR "/demos/doubtful-bell.yaml", NULL),
                     SB_OK);
    command(session, "simulate samples 10,100,1000");
    command(session, "simulate repetitions 3");
    command(session, "simulate mechanisms known-prior,ex-post,robust");
    command(session, "screen simulate");
    command(session, "simulate start");
    screen = dump(session, 12, 40, false);
    const char *zero = strstr(screen, "\n0 ");
    for (const char *row = zero; row != NULL; row = strchr(row + 1, '\n')) {
        assert_null(strstr(row, "ex-post"));
    }
    free(screen);
    sb_session_free(session);
}

static void every_size(void **state)
{
    (void)state;
    sb_session *session = session_of_weather();
    for (int done = 0; done < 2; done++) {
        for (int rows = 1; rows <= 50; rows += rows < 30 ? 1 : 10) {
            for (int columns = 1; columns <= 160; columns += columns < 40 ? 13 : 20) {
                free(dump(session, rows, columns, rows % 2 == 0));
            }
        }
        command(session, "simulate start");
    }
    sb_session_free(session);
}

/* Against what is swept, from the smallest to the largest whatever the order of the list. */
static void curves(void **state)
{
    (void)state;
    sb_session *session = session_of_weather();
    command(session, "simulate samples 100,10,50");
    command(session, "simulate start");
    static const size_t first[SB_AXIS_COUNT] = {0};
    const sb_simulation *simulation = sb_session_simulation(session);
    sb_plot plot = sb_plot_of_simulation_revenue(simulation, SB_AXIS_SAMPLES, first);
    assert_true(plot.x.logarithmic && plot.x.low == 10 && plot.x.high == 100);
    assert_int_equal(plot.series_count, SB_CONTENDER_COUNT);
    for (size_t k = 0; k < plot.series_count; k++) {
        const sb_plot_series *series = &plot.series[k];
        assert_int_equal(series->count, 3);
        assert_true(series->x[0] == 10 && series->x[1] == 50 && series->x[2] == 100);
        sb_simulation_summary summary;
        sb_simulation_summarise(&simulation->cells[0], 5, (sb_contender)k, &summary);
        assert_true(series->y[2] == summary.share && series->low[2] == summary.share_lower &&
                    series->high[2] == summary.share_upper);
    }
    sb_plot_clear(&plot);
    plot = sb_plot_of_simulation_time(simulation, SB_AXIS_SAMPLES, first);
    assert_true(plot.y.logarithmic && plot.series[SB_CONTENDER_ROBUST].y[0] > 0);
    sb_plot_clear(&plot);
    sb_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said),
        cmocka_unit_test(on_a_small_terminal),
        cmocka_unit_test(every_size),
        cmocka_unit_test(curves),
    };
    return cmocka_run_group_tests_name("the simulate screen", tests, NULL, NULL);
}
