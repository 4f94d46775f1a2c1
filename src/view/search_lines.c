/* The search for a deterministic mechanism: its best, its bound, the gap between them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/number_text.h"
#include "view/panes.h"

/* "3.9 %"; an absolute number where the best is 0. */
static void add_gap(sb_text *text, double objective, double bound)
{
    double gap = bound - objective;
    gap = gap > 0 ? gap : 0;
    if (fabs(objective) > 1e-9) {
        sb_text_add_format(text, ", gap %.3g %%", 100 * gap / fabs(objective));
    } else {
        sb_text_add_format(text, ", gap %.3g", gap);
    }
}

/* candidate: better than the best, known in double precision alone; NAN: there is none. */
static char *sentence_of(const sb_integer_progress *progress, const char *beginning,
                         double candidate)
{
    sb_text text;
    sb_text_init(&text);
    sb_text_add_format(&text, "%s: ", beginning);
    if (progress->has_solution) {
        sb_text_add_format(&text, "best %.6g", progress->objective);
    } else {
        sb_text_add(&text, "no mechanism yet");
    }
    if (!isnan(candidate)) {
        sb_text_add_format(&text, ", %.6g to be checked", candidate);
    }
    if (isfinite(progress->bound)) {
        sb_text_add_format(&text, ", bound %.6g", progress->bound);
        if (progress->has_solution) {
            add_gap(&text, progress->objective, progress->bound);
        }
    }
    char *time = sb_duration_text(progress->seconds);
    sb_text_add_format(&text, "; %zu node%s", progress->nodes, progress->nodes == 1 ? "" : "s");
    if (progress->seconds > 0) {
        sb_text_add_format(&text, ", %s", time == NULL ? "" : time);
    }
    free(time);
    return sb_text_take(&text, NULL);
}

/* By more than the last digits of a double. */
static bool is_better(double candidate, double best)
{
    const double digits = 1e-7;
    return candidate - best > digits * fmax(1, fabs(best));
}

bool sb_search_lines(sb_lines *lines, const sb_canvas *canvas, int width, const sb_session *session)
{
    const sb_results *results = sb_session_results_at_hand(session);
    const sb_environment *environment = sb_results_environment(session);
    const sb_solution *solution = results == NULL ? NULL : sb_results_solution(results);
    const sb_search *search = results == NULL ? NULL : sb_results_search(results);
    bool deterministic =
        environment != NULL && environment->rules.choice[SB_RULE_DETERMINISTIC] == SB_DETERMINISTIC;
    bool open = solution == NULL || solution->proof != SB_PROOF_EXACT;
    bool found = solution != NULL && solution->searched && solution->status == SB_LP_OPTIMAL;
    if (!deterministic || !open || (search == NULL && !found)) {
        return false;
    }
    sb_integer_progress progress = {.bound = INFINITY};
    if (search != NULL) {
        progress = search->progress;
    } else {
        progress.nodes = solution->nodes;
    }
    double candidate = NAN;
    if (found) { /* the best is the mechanism that is shown, in the headline too */
        double objective = sb_rational_to_double(&solution->objective);
        if (progress.has_solution && is_better(progress.objective, objective) &&
            sb_session_searching(session)) {
            candidate = progress.objective;
        }
        progress.objective = objective;
        progress.has_solution = true;
        progress.bound = solution->bound < progress.bound ? solution->bound : progress.bound;
    }
    if (!found && search != NULL && search->stopped) {
        progress.has_solution = false; /* a proposal in double precision is not kept */
    }
    const char *beginning = !sb_session_searching(session) ? "not proved"
                            : progress.proving             ? "proving"
                                                           : "searching";
    beginning = search != NULL && search->stopped ? "stopped" : beginning;
    char *sentence = sentence_of(&progress, beginning, candidate);
    sb_lines_wrap(lines, canvas, SB_STYLE_WARNING, 0, width, sentence == NULL ? "" : sentence);
    free(sentence);
    return true;
}
