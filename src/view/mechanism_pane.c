/* The mechanism: a line a profile, who gets what and who pays what; or why there is none.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "view/panes.h"
#include "view/profile_list.h"

static void explanation_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                              const sb_solution *solution)
{
    if (solution == NULL) {
        return;
    }
    for (size_t i = 0; i < solution->explanation.count; i++) {
        sb_lines_wrap(lines, canvas, SB_STYLE_NORMAL, 0, width, solution->explanation.texts[i]);
    }
    if (solution->status == SB_LP_FAILED && solution->reason[0] != '\0') {
        sb_lines_wrap(lines, canvas, SB_STYLE_BAD, 0, width, solution->reason);
    }
}

static const sb_solution *solution_of(const sb_session *session)
{
    const sb_results *results = sb_session_results_at_hand(session);
    return results == NULL ? NULL : sb_results_solution(results);
}

/* An unbounded program has a mechanism to start from, which is not to be shown as the best. */
static bool has_best(const sb_solution *solution)
{
    return solution->status == SB_LP_OPTIMAL && solution->mechanism != NULL;
}

int sb_mechanism_pane_rows(const sb_session *session, const sb_canvas *canvas)
{
    const sb_environment *environment = sb_session_environment(session);
    const sb_solution *solution = solution_of(session);
    if (solution != NULL && !has_best(solution)) {
        sb_lines lines;
        sb_lines_init(&lines);
        explanation_lines(&lines, canvas, 40, solution);
        int rows = 1 + (int)lines.count;
        sb_lines_clear(&lines);
        return rows > 4 ? rows : 4;
    }
    size_t profiles = 0;
    free(sb_session_filtered(session, environment, &profiles));
    return 2 + (int)(profiles < 1000 ? profiles : 1000);
}

/* Which mechanism this is: all of it, and in short. */
typedef struct kind_note {
    const char *whole, *brief;
} kind_note;

/* Smallest is said of what is known to be. */
static kind_note note_of(bool paid, sb_payments_shown wanted, sb_payments_shown shown,
                         bool complete, bool side_bets)
{
    if (!paid) {
        return (kind_note){"without payments", "without payments"};
    }
    if (shown == SB_SHOWN_SMALLEST) {
        return (kind_note){"smallest payments; negative: the agent is paid", "smallest payments"};
    }
    if (wanted == SB_SHOWN_SMALLEST && side_bets) {
        return (kind_note){complete ? "fees and side bets: the smallest are not known"
                                    : "side bets; smallest payments: computing\xE2\x80\xA6",
                           "side bets"};
    }
    if (wanted == SB_SHOWN_SMALLEST) {
        return (kind_note){complete ? "a vertex: the smallest payments are not known"
                                    : "a vertex; smallest payments: computing\xE2\x80\xA6",
                           "a vertex"};
    }
    if (side_bets) {
        return (kind_note){"fees and side bets; negative: the agent is paid", "side bets"};
    }
    return (kind_note){"a vertex; negative: the agent is paid", "a vertex"};
}

static void draw_list(const sb_session *session, sb_canvas *canvas, sb_rectangle area,
                      sb_profile_list *list, const kind_note *note)
{
    const sb_display *display = sb_session_display(session);
    bool active = display->pane == SB_PANE_MECHANISM;
    sb_rectangle below = {area.row + 1, area.column, area.rows - 1, area.columns};
    size_t shown = sb_profile_list_shown(list, below);
    list->selected = sb_selected_profile(session, list->environment);
    if (active || list->selected == SB_NOWHERE) {
        list->first = sb_clamp_scroll(display->scroll[SB_PANE_MECHANISM], shown, list->count);
    } else {
        list->first = sb_scroll_around(sb_profile_list_place(list), shown, list->count);
    }
    char *range = sb_range_text(list->first, shown, list->count);
    char *filter = sb_filter_note(session, list->count, list->mechanism->profile_count);
    char *whose = sb_whose_note(session);
    char *whole = whose == NULL ? NULL : sb_format_text("%s: %s", whose, note->whole);
    sb_heading heading = {.title = "Mechanism",
                          .note = filter != NULL  ? filter
                                  : whole != NULL ? whole
                                                  : note->whole,
                          .right = range,
                          .active = active,
                          .note_style = SB_STYLE_DIM,
                          .right_style = SB_STYLE_DIM};
    if (filter == NULL && !sb_heading_fits(canvas, area, &heading)) {
        heading.note = whose == NULL ? note->brief : whose;
    }
    if (filter == NULL && whose == NULL && range != NULL && area.columns < 64) {
        heading.note = NULL; /* where one is is worth more than the remark */
    }
    sb_draw_heading(canvas, area, &heading);
    free(whole);
    free(whose);
    free(filter);
    free(range);
    sb_profile_list_draw(list, canvas, below);
}

/* Unbounded rules have mechanisms in plenty, but none of them is best. */
static const char *heading_without(const sb_solution *solution)
{
    if (solution == NULL) {
        return "Mechanism";
    }
    return solution->status == SB_LP_UNBOUNDED ? "No best mechanism" : "No mechanism";
}

void sb_mechanism_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area)
{
    if (area.rows <= 0 || area.columns <= 0) {
        return;
    }
    const sb_display *display = sb_session_display(session);
    const sb_solution *solution = solution_of(session);
    const sb_environment *environment = sb_results_environment(session);
    bool stale = sb_view_stale(session);
    if (solution == NULL || !has_best(solution) || environment == NULL) {
        sb_lines lines;
        sb_lines_init(&lines);
        explanation_lines(&lines, canvas, area.columns - 2, solution);
        sb_heading heading = {.title = heading_without(solution),
                              .active = display->pane == SB_PANE_MECHANISM};
        sb_draw_lines_pane(canvas, area, &lines, display->scroll[SB_PANE_MECHANISM], &heading,
                           stale ? SB_STYLE_DIM : SB_STYLE_COUNT);
        sb_lines_clear(&lines);
        return;
    }
    sb_payments_shown kind = SB_SHOWN_VERTEX;
    const sb_mechanism *mechanism = sb_session_shown_mechanism(session, &kind, NULL);
    if (mechanism == NULL) {
        mechanism = solution->mechanism;
        kind = SB_SHOWN_VERTEX;
    }
    sb_profile_list list = {.environment = environment,
                            .mechanism = mechanism,
                            .agent = sb_session_whose(session, environment),
                            .stale = stale,
                            .fractions = display->fractions};
    size_t *profiles = sb_session_filtered(session, environment, &list.count);
    list.profiles = profiles;
    list.paid = environment->rules.choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_NONE;
    kind_note note =
        note_of(list.paid, display->payments_shown, kind,
                sb_results_complete(sb_session_results_at_hand(session)), solution->side_bets);
    note.whole = sb_view_sparse(session) ? note.brief : note.whole;
    draw_list(session, canvas, area, &list, &note);
    free(profiles);
}
