/* The table screen: rules, prior, values, result, mechanism, conditions, binding rules.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/keys.h"
#include "view/figure.h"
#include "view/hidden.h"
#include "view/panes.h"

/* The key that changes a rule, "" when there is none. */
static const char *rule_key(const char *name)
{
    const char *prefix = "rule-next ";
    size_t length = strlen(prefix);
    for (size_t i = 0; i < sb_key_count(); i++) {
        const sb_key_binding *key = sb_key_at(i);
        if (strncmp(key->command, prefix, length) == 0 &&
            strcmp(key->command + length, name) == 0) {
            return key->keys;
        }
    }
    return "";
}

/* The last rule has its place on the line only where it says something. */
static int rules_shown(const sb_environment *environment)
{
    bool randomised = environment->rules.choice[SB_RULE_DETERMINISTIC] == SB_RANDOMISED;
    return randomised ? SB_RULE_DETERMINISTIC : SB_RULE_COUNT;
}

/* "ex-interim (2 differ)": a choice where there is no room for who has another. */
static char *brief_rule(const sb_environment *environment, sb_rule rule)
{
    int differ = 0;
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        differ += sb_rules_of(&environment->rules, rule, agent) != environment->rules.choice[rule];
    }
    char *common = sb_rules_format(&environment->rules, rule);
    if (differ == 0 || common == NULL) {
        return common;
    }
    char *text = sb_format_text("%s (%d %s)", common, differ, differ == 1 ? "differs" : "differ");
    free(common);
    return text;
}

/* What stands on the line for each of the rules, freed by the caller. */
static void rule_texts(const sb_environment *environment, const sb_canvas *canvas, int columns,
                       int rules, char **choices)
{
    int width = 0;
    for (int rule = 0; rule < rules; rule++) {
        choices[rule] = sb_environment_format_rule(environment, (sb_rule)rule);
        width += 2 + sb_canvas_text_width(canvas, choices[rule] == NULL ? "" : choices[rule]);
    }
    for (int rule = 0; rule < rules && width > columns; rule++) {
        free(choices[rule]);
        choices[rule] = brief_rule(environment, (sb_rule)rule);
    }
}

/* "reports of Alice, Bob limited", behind the rules. */
static void draw_reporting_sets(const sb_environment *environment, sb_canvas *canvas, int row,
                                int column, int end)
{
    if (!sb_environment_has_reporting_sets(environment, (size_t)-1)) {
        return;
    }
    sb_text text;
    sb_text_init(&text);
    const char *before = "reports of ";
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        if (sb_environment_has_reporting_sets(environment, agent)) {
            sb_text_add(&text, before);
            sb_text_add(&text, environment->agents[agent].name);
            before = ", ";
        }
    }
    sb_text_add(&text, " limited");
    char *line = sb_text_take(&text, NULL);
    if (line != NULL && sb_canvas_text_width(canvas, line) > end - column) {
        free(line);
        line = sb_copy_text("reports limited");
    }
    sb_canvas_text(canvas, row, column, end - column, SB_STYLE_DIM, line == NULL ? "" : line);
    free(line);
}

/* "I ic bayes-nash   P ir ex-interim   ..."; first the names, then the keys are left out where the
 * row is short. */
static void draw_rules(const sb_environment *environment, sb_canvas *canvas, sb_rectangle area)
{
    if (area.rows <= 0) {
        return;
    }
    char *choices[SB_RULE_COUNT];
    int whole = 1;
    int keyed = 1;
    int bare = 1;
    int rules = rules_shown(environment);
    rule_texts(environment, canvas, area.columns, rules, choices);
    for (int rule = 0; rule < rules; rule++) {
        const char *name = sb_rule_describe((sb_rule)rule)->name;
        int choice = sb_canvas_text_width(canvas, choices[rule]);
        whole += choice + 5 + sb_canvas_text_width(canvas, name) +
                 sb_canvas_text_width(canvas, rule_key(name));
        keyed += choice + 3 + sb_canvas_text_width(canvas, rule_key(name));
        bare += choice + 2;
    }
    bool names = whole <= area.columns + 3;
    bool keys = names || keyed <= area.columns + 2;
    int gap = names ? 3 : 2;
    if (!keys && bare > area.columns + 2) {
        gap = 1;
    }
    int column = area.column + 1;
    int end = area.column + area.columns;
    for (int rule = 0; rule < rules; rule++) {
        const char *name = sb_rule_describe((sb_rule)rule)->name;
        if (keys) {
            column += sb_canvas_text(canvas, area.row, column, end - column, SB_STYLE_KEY,
                                     rule_key(name));
            column++;
        }
        if (names) {
            column += sb_canvas_text(canvas, area.row, column, end - column, SB_STYLE_DIM, name);
            column++;
        }
        column +=
            sb_canvas_text(canvas, area.row, column, end - column, SB_STYLE_NORMAL, choices[rule]);
        column += gap;
        free(choices[rule]);
    }
    draw_reporting_sets(environment, canvas, area.row, column, end);
}

void sb_draw_nothing_open(sb_canvas *canvas, int top, int rows)
{
    const char *text = "Nothing is open: type :open FILE and press Enter.";
    sb_canvas_text(canvas, top + rows / 2, 2, canvas->columns - 4, SB_STYLE_NORMAL, text);
}

enum { hidden_rows = 3 }; /* of a pane whose answer a presenter hides, whatever that is */

static void draw_answer(const sb_session *session, sb_canvas *canvas, const sb_layout *layout,
                        sb_pane pane,
                        void (*pane_draw)(const sb_session *, sb_canvas *, sb_rectangle))
{
    bool shown = sb_session_shows(session, sb_pane_stage(pane));
    if (shown) {
        pane_draw(session, canvas, layout->pane[pane]);
    } else {
        sb_hidden_pane_draw(session, canvas, layout->pane[pane], pane);
    }
}

static void draw(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    const sb_environment *environment = sb_session_environment(session);
    if (environment == NULL) {
        sb_draw_nothing_open(canvas, top, rows);
        return;
    }
    int columns = canvas->columns;
    int beside = columns * 7 / 15; /* what the conditions will have beside the mechanism, about */
    sb_measures measures = {
        .prior_columns = sb_prior_pane_columns(session, canvas, columns - 38),
        .results_rows = sb_results_pane_rows(canvas),
    };
    if (measures.prior_columns > columns - 38) {
        measures.prior_columns = sb_prior_pane_columns(session, canvas, columns);
    }
    measures.rows[SB_PANE_PRIOR] = sb_prior_pane_rows(session);
    if (sb_session_display(session)->list && measures.rows[SB_PANE_PRIOR] > 2 + rows / 3) {
        measures.rows[SB_PANE_PRIOR] = 2 + rows / 3; /* a list leaves room for the others */
    }
    measures.rows[SB_PANE_VALUES] = sb_values_pane_rows(session);
    measures.rows[SB_PANE_MECHANISM] = sb_mechanism_pane_rows(session, canvas);
    measures.rows[SB_PANE_CONDITIONS] =
        sb_conditions_pane_rows(session, canvas, columns < 72 ? columns : beside);
    measures.rows[SB_PANE_BINDING] = sb_binding_pane_rows(session);
    for (int pane = 0; pane < SB_PANE_COUNT; pane++) {
        if (!sb_session_shows(session, sb_pane_stage((sb_pane)pane))) {
            measures.rows[pane] = hidden_rows;
        }
    }
    sb_layout layout;
    sb_layout_compute(&layout, &measures, sb_session_display(session)->pane, top, rows, columns);
    draw_rules(environment, canvas, layout.rules);
    for (int pane = 0; pane < SB_PANE_COUNT; pane++) {
        static const char *const commands[SB_PANE_COUNT] = {
            "pane prior", "pane values", "pane mechanism", "pane conditions", "pane binding"};
        sb_rectangle area = layout.pane[pane];
        sb_canvas_target(canvas, area.row, area.column, area.rows, area.columns, false,
                         commands[pane]);
    }
    sb_prior_pane_draw(session, canvas, layout.pane[SB_PANE_PRIOR]);
    sb_values_pane_draw(session, canvas, layout.pane[SB_PANE_VALUES]);
    if (sb_session_shows(session, SB_REVEALED_REVENUE)) {
        sb_results_pane_draw(session, canvas, layout.results);
    } else {
        sb_hidden_results_draw(session, canvas, layout.results);
    }
    draw_answer(session, canvas, &layout, SB_PANE_MECHANISM, sb_mechanism_pane_draw);
    draw_answer(session, canvas, &layout, SB_PANE_CONDITIONS, sb_conditions_pane_draw);
    draw_answer(session, canvas, &layout, SB_PANE_BINDING, sb_binding_pane_draw);
}

const sb_screen_view sb_table_screen = {SB_SCREEN_TABLE, "table", draw, sb_table_figure};
