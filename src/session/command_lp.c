/* The commands of the LP and the incentive screen.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/lp_rows.h"

/* ---- cursors ---- */

static size_t moved(size_t value, size_t count, long by)
{
    if (by < 0) {
        size_t down = (size_t)-by;
        return value < down ? 0 : value - down;
    }
    value += (size_t)by;
    return value < count ? value : count == 0 ? 0 : count - 1;
}

void sb_lp_scroll(sb_session *session, long lines)
{
    sb_lp_rows rows;
    if (sb_lp_rows_init(&rows, session)) {
        size_t *line = &session->display.lp_line;
        *line = moved(*line < rows.lines ? *line : rows.lines, rows.lines, lines);
    }
    sb_lp_rows_clear(&rows);
}

void sb_incentives_move(sb_session *session, long rows, long columns)
{
    sb_display *display = &session->display;
    if (sb_session_environment(session) == NULL) {
        return;
    }
    if (sb_incentives_by_edge(session)) {
        sb_incentive_graph graph;
        sb_incentives_graph(&graph, session);
        display->incentive_edge = moved(display->incentive_edge, graph.edge_count, rows);
        sb_incentive_graph_clear(&graph);
    } else {
        const sb_agent *agent = &sb_session_environment(session)->agents[display->incentive_agent];
        display->incentive_type = moved(display->incentive_type, agent->type_count, rows);
        display->incentive_report =
            moved(display->incentive_report, agent->type_count + 1, columns);
    }
}

/* ---- to the table and back ---- */

static void mark(sb_call *call, const sb_constraint *constraint)
{
    sb_display *display = &call->session->display;
    const sb_environment *environment = sb_call_environment(call);
    size_t agent = constraint->agent;
    if (agent == SB_NOWHERE) {
        sb_environment_profile_split(environment, constraint->profile, display->cursor);
    } else if (constraint->others != SB_NOWHERE) {
        size_t profile =
            sb_environment_profile_of(environment, agent, constraint->type, constraint->others);
        sb_environment_profile_split(environment, profile, display->cursor);
    } else if (constraint->type != SB_NOWHERE) {
        display->cursor[agent] = constraint->type;
    }
    display->mark_from = display->screen;
    display->mark = *constraint;
    display->marked = true;
    display->screen = SB_SCREEN_TABLE;
    display->pane = SB_PANE_PRIOR;
    call->session->entry.active = false;
    sb_session_want(call->session);
    char *name = sb_constraint_describe(environment, constraint);
    sb_text_add_format(call->output, "%s (Escape goes back)\n", name == NULL ? "" : name);
    free(name);
}

static sb_status run_lp_go(sb_call *call)
{
    sb_lp_rows rows;
    sb_status status = SB_OK;
    size_t line = call->session->display.lp_line;
    size_t row = SB_NOWHERE;
    if (!sb_lp_rows_init(&rows, call->session)) {
        status = sb_out_of_memory(call->error);
    } else if (line < rows.lines) {
        row = sb_lp_rows_at(&rows, line);
    }
    if (status == SB_OK && row >= rows.listing->row_count) {
        status = sb_error_set(call->error, SB_ERROR_USAGE,
                              "the objective is about all cells of the table");
        sb_error_set_hint(call->error, "go to a row of a rule");
    } else if (status == SB_OK) {
        sb_constraint constraint = sb_design_listing_constraint(rows.listing, row);
        mark(call, &constraint);
    }
    sb_lp_rows_clear(&rows);
    return status;
}

static sb_status run_lp_back(sb_call *call)
{
    sb_display *display = &call->session->display;
    if (display->marked) {
        display->screen = display->mark_from;
        display->marked = false;
        sb_session_want(call->session);
    }
    return SB_OK;
}

/* ---- which rows ---- */

/* The cursor stays at its row where that is still shown. */
static sb_status reorder(sb_call *call, size_t rule, bool in_order)
{
    sb_display *display = &call->session->display;
    sb_lp_rows before, after;
    size_t row = SB_NOWHERE;
    bool known = sb_lp_rows_init(&before, call->session);
    if (known && display->lp_line < before.lines) {
        row = sb_lp_rows_at(&before, display->lp_line);
    }
    display->lp_rule = rule;
    display->lp_in_order = in_order;
    known = sb_lp_rows_init(&after, call->session) && known;
    display->lp_line = known && row != SB_NOWHERE ? sb_lp_rows_line(&after, row) : 0;
    sb_lp_rows_clear(&before);
    sb_lp_rows_clear(&after);
    return SB_OK;
}

static const char *const rule_words[] = {"next", "previous", "all", NULL};

static sb_status run_lp_rule(sb_call *call)
{
    size_t choice = 0;
    sb_design_listing *listing = NULL;
    sb_status status = sb_call_choice(call, 1, rule_words, &choice);
    if (status == SB_OK) {
        status = sb_design_listing_new(sb_call_environment(call), &listing, call->error);
    }
    if (status == SB_OK) {
        size_t count = listing->block_count + 1;
        size_t rule = call->session->display.lp_rule % count;
        rule = choice == 0 ? (rule + 1) % count : choice == 1 ? (rule + count - 1) % count : 0;
        status = reorder(call, rule, call->session->display.lp_in_order);
    }
    sb_design_listing_free(listing);
    return status;
}

static sb_status run_lp_order(sb_call *call)
{
    return reorder(call, call->session->display.lp_rule, !call->session->display.lp_in_order);
}

/* ---- files ---- */

static bool ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path), end = strlen(ending);
    return length > end && strcmp(path + length - end, ending) == 0;
}

static sb_status format_program(sb_call *call, const char *path, char **text)
{
    const sb_environment *environment = sb_call_environment(call);
    bool mps = ends_in(path, ".mps");
    if (mps || ends_in(path, ".lp")) {
        return sb_design_format_solver(environment, mps, 0, text, call->error);
    }
    if (!ends_in(path, ".tex") && !ends_in(path, ".txt")) {
        sb_error_set(call->error, SB_ERROR_USAGE,
                     "the ending of `%s` does not say how to write the program", path);
        sb_error_set_hint(call->error, ".txt is for people, .lp and .mps are for other solvers, "
                                       ".tex is LaTeX");
        return SB_ERROR_USAGE;
    }
    sb_design_listing *listing = NULL;
    sb_status status = sb_design_listing_new(environment, &listing, call->error);
    if (status == SB_OK) {
        status = ends_in(path, ".tex") ? sb_design_format_latex(listing, text, call->error)
                                       : sb_lp_format_text(call, listing, text);
    }
    sb_design_listing_free(listing);
    return status;
}

static sb_status run_lp_write(sb_call *call)
{
    bool anyway = strcmp(call->arguments[0], "write!") == 0;
    char *path = sb_call_new_file(call, 1, anyway, "lp write!");
    if (path == NULL) {
        return call->error->status;
    }
    char *text = NULL;
    sb_status status = format_program(call, path, &text);
    if (status == SB_OK) {
        status = sb_text_write_file(path, text, strlen(text), call->error);
    }
    if (status == SB_OK) {
        sb_text_add_format(call->output, "written: %s\n", path);
    }
    free(text);
    free(path);
    return status;
}

/* ---- incentives ---- */

static sb_status run_agent(sb_call *call)
{
    sb_display *display = &call->session->display;
    size_t count = sb_call_environment(call)->agent_count;
    size_t agent = display->incentive_agent;
    if (strcmp(call->arguments[1], "next") == 0) {
        agent = (agent + 1) % count;
    } else if (strcmp(call->arguments[1], "previous") == 0) {
        agent = (agent + count - 1) % count;
    } else {
        sb_status status = sb_call_agent(call, 1, &agent);
        if (status != SB_OK) {
            return status;
        }
    }
    display->incentive_agent = agent;
    display->incentive_edge = 0;
    display->incentive_type = 0;
    display->incentive_report = 0;
    display->incentive_others = 0;
    return SB_OK;
}

static sb_status run_others(sb_call *call)
{
    sb_display *display = &call->session->display;
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 1, rule_words, &choice);
    if (status == SB_OK) {
        size_t count =
            sb_environment_others_count(sb_call_environment(call), display->incentive_agent) + 1;
        size_t others = display->incentive_others % count;
        display->incentive_others = choice == 0   ? (others + 1) % count
                                    : choice == 1 ? (others + count - 1) % count
                                                  : 0;
        display->incentive_edge = 0;
    }
    return status;
}

static sb_status run_slack(sb_call *call)
{
    call->session->display.incentive_slack = !call->session->display.incentive_slack;
    call->session->display.incentive_edge = 0;
    return SB_OK;
}

/* Under the table in hand, which is the truth there. */
static sb_status run_replies(sb_call *call)
{
    sb_display *display = &call->session->display;
    if (!display->incentive_replies && sb_session_belief(call->session) == NULL) {
        sb_error_set(call->error, SB_ERROR_USAGE, "no mechanism is frozen");
        sb_error_set_hint(call->error, "freeze one: freeze");
        return SB_ERROR_USAGE;
    }
    display->incentive_replies = !display->incentive_replies;
    display->incentive_edge = 0;
    sb_session_want(call->session);
    return SB_OK;
}

/* What is under the cursor; false: nothing. */
static bool constraint_under_cursor(const sb_session *session, sb_constraint *constraint)
{
    const sb_display *display = sb_session_display(session);
    sb_incentive_graph graph;
    bool found = sb_incentives_graph(&graph, session);
    if (found && sb_incentives_by_edge(session)) {
        found = display->incentive_edge < graph.edge_count;
        if (found) {
            *constraint =
                sb_incentive_edge_constraint(&graph, &graph.edges[display->incentive_edge]);
        }
    } else if (found) {
        bool away = display->incentive_report >= graph.type_count;
        sb_incentive_edge pair = {.type = display->incentive_type,
                                  .report = away ? SB_NOWHERE : display->incentive_report};
        found = pair.type < graph.type_count && pair.type != pair.report;
        *constraint = sb_incentive_edge_constraint(&graph, &pair);
    }
    sb_incentive_graph_clear(&graph);
    return found;
}

static sb_status run_incentives_go(sb_call *call)
{
    sb_constraint constraint;
    if (!constraint_under_cursor(call->session, &constraint)) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "there is no rule under the cursor");
    }
    mark(call, &constraint);
    return SB_OK;
}

/* ---- words ---- */

typedef struct lp_word {
    const char *command, *word;
    sb_status (*run)(sb_call *call);
    size_t arguments; /* the word itself included */
    const char *const *choices;
    bool file;
} lp_word;

static const char *const agent_words[] = {"next", "previous", NULL};

static const lp_word words[] = {
    {"lp", "rule", run_lp_rule, 2, rule_words, false},
    {"lp", "order", run_lp_order, 1, NULL, false},
    {"lp", "go", run_lp_go, 1, NULL, false},
    {"lp", "back", run_lp_back, 1, NULL, false},
    {"lp", "write", run_lp_write, 2, NULL, true},
    {"lp", "write!", run_lp_write, 2, NULL, true},
    {"incentives", "agent", run_agent, 2, agent_words, false},
    {"incentives", "others", run_others, 2, rule_words, false},
    {"incentives", "slack", run_slack, 1, NULL, false},
    {"incentives", "replies", run_replies, 1, NULL, false},
    {"incentives", "go", run_incentives_go, 1, NULL, false},
};
enum { WORD_COUNT = sizeof words / sizeof words[0] };

const char *const *sb_lp_words_after(const char *word, bool *file)
{
    for (size_t k = 0; k < WORD_COUNT; k++) {
        if (strcmp(words[k].word, word) == 0) {
            *file = words[k].file;
            return words[k].choices;
        }
    }
    return NULL;
}

/* In scripts and at prompts: what the screen would show is known before a word acts on it. */
static sb_status ensure_known(sb_call *call, sb_screen screen)
{
    sb_session *session = call->session;
    bool replies = screen == SB_SCREEN_INCENTIVES && session->display.incentive_replies;
    sb_wants wants = {.belief = replies ? session->belief : NULL,
                      .mechanism = replies ? session->belief_mechanism : NULL};
    if (session->interactive || sb_session_wanted_results(session, &wants, call->error) != NULL) {
        return SB_OK;
    }
    return call->error->status;
}

static sb_status run_word(sb_call *call, sb_screen screen)
{
    if (call->count == 0) {
        call->session->display.screen = screen;
        call->session->display.marked = false;
        call->session->entry.active = false;
        sb_session_want(call->session);
        return SB_OK;
    }
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, call->command->description.choices, &choice);
    if (status == SB_OK) {
        status = ensure_known(call, screen);
    }
    for (size_t k = 0; status == SB_OK && k < WORD_COUNT; k++) {
        if (strcmp(words[k].command, call->command->description.name) == 0 &&
            strcmp(words[k].word, call->arguments[0]) == 0) {
            return call->count == words[k].arguments ? words[k].run(call) : sb_call_wrong(call);
        }
    }
    return status;
}

sb_status sb_run_lp_word(sb_call *call)
{
    return run_word(call, SB_SCREEN_LP);
}

sb_status sb_run_incentives_word(sb_call *call)
{
    return run_word(call, SB_SCREEN_INCENTIVES);
}
