/* The binding rules: what holds with equality, and what relaxing it would be worth.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "view/number_text.h"
#include "view/panes.h"

enum { dual_columns = 10, most_columns = 88 };

static const sb_solution *solution_of(const sb_session *session)
{
    const sb_results *results = sb_session_results_at_hand(session);
    return results == NULL ? NULL : sb_results_solution(results);
}

/* Everybody's rules, or those of the agent whose numbers are shown. */
static bool is_shown(const sb_binding *binding, size_t whose)
{
    return whose == SB_NOWHERE || binding->constraint.agent == whose;
}

static size_t count_shown(const sb_solution *solution, size_t whose)
{
    size_t count = 0;
    for (size_t i = 0; solution != NULL && i < solution->binding_count; i++) {
        count += is_shown(&solution->bindings[i], whose) ? 1 : 0;
    }
    return count;
}

static size_t whose_of(const sb_session *session)
{
    const sb_environment *environment = sb_results_environment(session);
    return environment == NULL ? SB_NOWHERE : sb_session_whose(session, environment);
}

int sb_binding_pane_rows(const sb_session *session)
{
    size_t count = count_shown(solution_of(session), whose_of(session));
    return 2 + (int)(count < 1000 ? count : 1000);
}

static char *range_and_unit(size_t first, size_t shown, size_t all)
{
    char *range = sb_range_text(first, shown, all);
    char *text = range == NULL ? sb_copy_text("dual") : sb_format_text("dual \xC2\xB7 %s", range);
    free(range);
    return text;
}

/* The index of the k-th line: rules that are worth something first, else in the order of the rows.
 */
static size_t line_at(const sb_solution *solution, size_t whose, size_t k)
{
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < solution->binding_count; i++) {
            bool worth = !fmpq_is_zero(&solution->bindings[i].dual);
            if (worth == (pass == 0) && is_shown(&solution->bindings[i], whose) && k-- == 0) {
                return i;
            }
        }
    }
    return 0;
}

void sb_binding_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area)
{
    if (area.rows <= 0 || area.columns <= 0) {
        return;
    }
    const sb_display *display = sb_session_display(session);
    const sb_solution *solution = solution_of(session);
    const sb_environment *environment = sb_results_environment(session);
    bool stale = sb_view_stale(session);
    size_t whose = whose_of(session);
    size_t all = count_shown(solution, whose);
    size_t shown = (size_t)(area.rows - 1);
    shown = shown < all ? shown : all;
    size_t first = sb_clamp_scroll(display->scroll[SB_PANE_BINDING], shown, all);
    char *right = range_and_unit(first, shown, all);
    char *note = sb_whose_note(session);
    sb_heading heading = {.title = "Binding rules",
                          .note = note != NULL ? note
                                  : area.columns >= 72 && !sb_view_sparse(session)
                                      ? "hold with equality"
                                      : NULL,
                          .right = right,
                          .active = display->pane == SB_PANE_BINDING,
                          .note_style = SB_STYLE_DIM,
                          .right_style = SB_STYLE_DIM};
    sb_draw_heading(canvas, area, &heading);
    free(note);
    free(right);
    int width = area.columns < most_columns ? area.columns : most_columns;
    int text_columns = width - 1 - dual_columns - 1;
    if (all == 0 && area.rows > 1) {
        const char *none = solution == NULL ? "not known yet" : "none";
        sb_canvas_text(canvas, area.row + 1, area.column + 1, area.columns - 1, SB_STYLE_DIM, none);
    }
    for (size_t k = 0; k < shown && environment != NULL; k++) {
        const sb_binding *binding = &solution->bindings[line_at(solution, whose, first + k)];
        int row = area.row + 1 + (int)k;
        char *text = sb_constraint_describe(environment, &binding->constraint);
        sb_canvas_text(canvas, row, area.column + 1, text_columns,
                       sb_style_when(stale, SB_STYLE_NORMAL), text);
        free(text);
        text = sb_number_text(&binding->dual, dual_columns, display->fractions);
        bool worth = !fmpq_is_zero(&binding->dual);
        sb_draw_number(canvas, row, area.column + width - dual_columns, dual_columns,
                       sb_style_when(stale || !worth, SB_STYLE_NORMAL), text);
        free(text);
    }
}
