/* Keys that fit what is seen.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One table: what must be seen, the command that leads on from it, and the words. The key is looked
 * up, so that a key that was bound otherwise is suggested as it is.
 */
#include "view/suggestions.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/own_keys.h"
#include "session/settings.h"
#include "view/key_labels.h"
#include "view/panes.h"

/* Payments this many times what there is to earn are what a lecture is about. */
static const slong huge_payments = 20;

static const sb_solution *solution_of(const sb_session *session)
{
    return sb_results_solution(sb_session_results_at_hand(session));
}

static bool is_hidden(const sb_session *session)
{
    return !sb_session_shows(session, SB_REVEALED_REVENUE);
}

static bool is_infeasible(const sb_session *session)
{
    return sb_session_shows(session, SB_REVEALED_REVENUE) &&
           solution_of(session)->status == SB_LP_INFEASIBLE;
}

static bool fails_extraction(const sb_session *session)
{
    const sb_extraction *extraction = sb_results_extraction(sb_session_results_at_hand(session));
    if (!sb_session_shows(session, SB_REVEALED_ALL) || extraction == NULL) {
        return false;
    }
    return extraction->bayesian == SB_ANSWER_NO;
}

static bool has_huge_payments(const sb_session *session)
{
    const fmpq *largest = NULL;
    const fmpq *surplus = sb_results_full_surplus(sb_session_results_at_hand(session));
    const sb_mechanism *mechanism = sb_session_shown_mechanism(session, NULL, &largest);
    if (!sb_session_shows(session, SB_REVEALED_PAYMENTS) || mechanism == NULL || largest == NULL ||
        surplus == NULL || fmpq_sgn(surplus) <= 0) {
        return false;
    }
    fmpq_t many;
    fmpq_init(many);
    fmpq_mul_si(many, surplus, huge_payments);
    bool huge = fmpq_cmp(largest, many) > 0;
    fmpq_clear(many);
    return huge;
}

static bool has_belief(const sb_session *session)
{
    return sb_session_belief(session) != NULL;
}

static const struct {
    bool (*fits)(const sb_session *session);
    sb_suggestion suggestion;
} situations[] = {
    {is_hidden, {"presenter next", "how much can we get?"}},
    {is_infeasible, {"screen lp", "the rules that conflict"}},
    {has_belief, {"screen misbelief", "what the frozen mechanism earns here"}},
    {fails_extraction, {"screen geometry", "why full surplus fails"}},
    {has_huge_payments, {"screen blow-up", "payments near independence"}},
};

size_t sb_suggestions(const sb_session *session, sb_suggestion *suggestions)
{
    const sb_results *results = sb_session_results_at_hand(session);
    bool table = sb_session_display(session)->screen == SB_SCREEN_TABLE;
    if (!sb_session_settings(session)->hints || sb_view_sparse(session) || !table ||
        results == NULL || !sb_session_results_current(session) ||
        sb_results_solution(results) == NULL || sb_session_entry(session)->active) {
        return 0;
    }
    size_t count = 0;
    for (size_t k = 0; k < sizeof situations / sizeof situations[0]; k++) {
        if (count < SB_MOST_SUGGESTIONS && situations[k].fits(session)) {
            suggestions[count++] = situations[k].suggestion;
        }
    }
    return count;
}

/* The first column of a row behind which nothing stands. */
static int end_of_row(const sb_canvas *canvas, int row)
{
    int end = canvas->columns;
    while (end > 0) {
        const sb_cell *cell =
            &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)end - 1];
        if (cell->bytes[0] != ' ' && cell->width > 0) {
            break;
        }
        end--;
    }
    return end;
}

static int columns_of(const sb_session *session, const sb_canvas *canvas,
                      const sb_suggestion *suggestion, char **label)
{
    char *key = sb_session_key_for(session, suggestion->command);
    *label = key == NULL ? NULL : sb_key_label(key, false, canvas->ascii);
    free(key);
    return *label == NULL ? 0
                          : sb_canvas_text_width(canvas, *label) + 1 +
                                sb_canvas_text_width(canvas, suggestion->words);
}

int sb_suggestions_columns(const sb_session *session, const sb_canvas *canvas)
{
    enum { least_left = 44 }; /* for the profile and its probability */
    sb_suggestion suggestions[SB_MOST_SUGGESTIONS];
    if (sb_suggestions(session, suggestions) == 0) {
        return 0;
    }
    char *label = NULL;
    int columns = columns_of(session, canvas, &suggestions[0], &label);
    free(label);
    return columns > 0 && canvas->columns - columns - 2 >= least_left ? columns + 2 : 0;
}

void sb_suggestions_draw(const sb_session *session, sb_canvas *canvas, int row)
{
    sb_suggestion suggestions[SB_MOST_SUGGESTIONS];
    size_t count = sb_suggestions(session, suggestions);
    int end = canvas->columns - 1;
    int least = end_of_row(canvas, row) + 2;
    for (size_t k = 0; k < count; k++) {
        char *label = NULL;
        int columns = columns_of(session, canvas, &suggestions[k], &label);
        if (columns > 0 && end - columns >= least) {
            int used = sb_canvas_text(canvas, row, end - columns, columns, SB_STYLE_KEY, label);
            sb_canvas_text(canvas, row, end - columns + used + 1, columns - used - 1, SB_STYLE_DIM,
                           suggestions[k].words);
            end -= columns + 2;
        }
        free(label);
    }
}
