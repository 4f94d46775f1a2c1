/* Full surplus extraction: the conditions for each agent, and why they hold or fail.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/number_text.h"
#include "view/panes.h"

static const char yes_mark[] = "\xE2\x9C\x93";
static const char no_mark[] = "\xE2\x9C\x97";

static void add_mark(sb_lines *lines, bool holds, const char *yes, const char *no)
{
    sb_lines_add(lines, holds ? SB_STYLE_GOOD : SB_STYLE_BAD, "%s %s", holds ? yes_mark : no_mark,
                 holds ? yes : no);
}

static void add_answer(sb_lines *lines, const char *name, sb_answer answer)
{
    sb_lines_add(lines, SB_STYLE_NORMAL, "%s ", name);
    if (answer == SB_ANSWER_NOT_CONFIRMED) {
        sb_lines_add(lines, SB_STYLE_WARNING, "? not confirmed");
    } else {
        add_mark(lines, answer == SB_ANSWER_YES, "yes", "no");
    }
}

char *sb_witness_text(const sb_environment *environment, const sb_extraction *extraction,
                      size_t agent, size_t type)
{
    const sb_agent_extraction *about = &extraction->agents[agent];
    if (type >= about->type_count || about->side_bets[type].mixture == NULL) {
        return NULL;
    }
    const sb_side_bet *bet = &about->side_bets[type];
    char *const *types = environment->agents[agent].types;
    sb_text text;
    sb_text_init(&text);
    sb_text_add_format(&text, "%s of type %s believes what ", environment->agents[agent].name,
                       types[type]);
    size_t terms = 0;
    for (size_t other = 0; other < about->type_count; other++) {
        if (fmpq_is_zero(&bet->mixture[other])) {
            continue;
        }
        sb_text_add(&text, terms > 0 ? " + " : "");
        if (!fmpq_is_one(&bet->mixture[other])) {
            char *weight = sb_number_text(&bet->mixture[other], 9, true);
            sb_text_add_format(&text, "%s\xC2\xB7", weight == NULL ? "" : weight);
            free(weight);
        }
        sb_text_add(&text, types[other]);
        terms++;
    }
    char *more = sb_number_text(&bet->mixture_value, 9, false);
    char *own = sb_number_text(&bet->own_value, 9, false);
    sb_text_add_format(&text, " %s, worth %s > %s", terms > 1 ? "believe" : "believes",
                       more == NULL ? "" : more, own == NULL ? "" : own);
    free(more);
    free(own);
    return sb_text_take(&text, NULL);
}

static void agent_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                        const sb_environment *environment, const sb_extraction *extraction,
                        size_t agent)
{
    const sb_agent_extraction *about = &extraction->agents[agent];
    const char *name = environment->agents[agent].name;
    char *rank = sb_format_text("rank %zu of %zu", about->rank, about->types_with_belief);
    /* In ASCII sigma spelt out would not fit beside the rank. */
    const char *symbol = canvas->ascii ? "s.min" : "\xCF\x83 min";
    char *sigma = about->smallest_singular_value > 0
                      ? sb_format_text("%s %.1e", symbol, about->smallest_singular_value)
                      : sb_format_text("%s 0", symbol);
    sb_lines_begin(lines);
    sb_lines_add(lines, SB_STYLE_NORMAL, "%s  ", name);
    sb_lines_add(lines, about->full_rank ? SB_STYLE_GOOD : SB_STYLE_BAD, "%s",
                 rank == NULL ? "" : rank);
    int used = sb_canvas_text_width(canvas, name) + 4 + sb_canvas_text_width(canvas, rank);
    if (used + sb_canvas_text_width(canvas, sigma) > width) {
        sb_lines_begin(lines);
    }
    sb_lines_add(lines, SB_STYLE_DIM, "  %s", sigma == NULL ? "" : sigma);
    free(rank);
    free(sigma);
    sb_lines_begin(lines);
    sb_lines_add(lines, SB_STYLE_NORMAL, "  ");
    bool sets = sb_environment_has_reporting_sets(environment, agent);
    bool schedules = sets && environment->agent_count == 1;
    const char *what = sets ? "side bets" : "concave";
    if (sb_extraction_ties_conflict(extraction)) { /* for each type alone, not for all at once */
        sb_lines_add(lines, SB_STYLE_WARNING, "(%s) %s", yes_mark, what);
    } else {
        add_mark(lines, about->concave, what, sets ? "no side bets" : "not concave");
    }
    sb_lines_add(lines, SB_STYLE_NORMAL, "   ");
    add_mark(lines, about->linear, schedules ? "schedules" : "linear",
             schedules ? "no schedules" : "not linear");
}

/* What makes a condition fail: shared beliefs, a mixture that believes the same and is worth more.
 */
static void failure_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                          const sb_environment *environment, const sb_extraction *extraction,
                          size_t agent)
{
    const sb_agent_extraction *about = &extraction->agents[agent];
    if (about->distinct_beliefs < about->types_with_belief) {
        char *blocks =
            sb_format_text("%s: %zu types share %zu belief%s", environment->agents[agent].name,
                           about->types_with_belief, about->distinct_beliefs,
                           about->distinct_beliefs == 1 ? "" : "s");
        sb_lines_wrap(lines, canvas, SB_STYLE_NORMAL, 0, width, blocks == NULL ? "" : blocks);
        free(blocks);
    }
    char *witness = sb_witness_text(environment, extraction, agent, about->failing_type);
    if (witness != NULL) {
        sb_lines_wrap(lines, canvas, SB_STYLE_NORMAL, 0, width, witness);
        free(witness);
    }
}

/* whose: SB_NOWHERE: everybody's */
static void answer_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                         const sb_environment *environment, const sb_extraction *extraction,
                         size_t whose)
{
    sb_lines_begin(lines);
    add_answer(lines, "Bayesian", extraction->bayesian);
    sb_lines_add(lines, SB_STYLE_NORMAL, "   ");
    add_answer(lines, "ex-post IC", extraction->ex_post_ic);
    for (size_t agent = 0; agent < extraction->agent_count; agent++) {
        if (whose == SB_NOWHERE || whose == agent) {
            agent_lines(lines, canvas, width, environment, extraction, agent);
        }
    }
    for (size_t agent = 0; agent < extraction->agent_count; agent++) {
        if (whose == SB_NOWHERE || whose == agent) {
            failure_lines(lines, canvas, width, environment, extraction, agent);
        }
    }
}

static void pane_lines(const sb_session *session, const sb_canvas *canvas, int width,
                       sb_lines *lines)
{
    const sb_results *results = sb_session_results_at_hand(session);
    const sb_environment *environment = sb_results_environment(session);
    const sb_extraction *extraction = results == NULL ? NULL : sb_results_extraction(results);
    if (extraction != NULL && environment != NULL) {
        answer_lines(lines, canvas, width, environment, extraction,
                     sb_session_whose(session, environment));
        for (size_t i = 0; i < extraction->reasons.count && !sb_view_sparse(session); i++) {
            sb_lines_wrap(lines, canvas, SB_STYLE_DIM, 0, width, extraction->reasons.texts[i]);
        }
    } else {
        sb_lines_begin(lines);
        sb_lines_add(lines, SB_STYLE_DIM,
                     sb_session_solving(session) ? "working\xE2\x80\xA6" : "not known");
    }
    const sb_solution *solution = results == NULL ? NULL : sb_results_solution(results);
    for (size_t i = 0; solution != NULL && i < solution->remarks.count; i++) {
        sb_lines_wrap(lines, canvas, SB_STYLE_WARNING, 0, width, solution->remarks.texts[i]);
    }
}

int sb_conditions_pane_rows(const sb_session *session, const sb_canvas *canvas, int columns)
{
    sb_lines lines;
    sb_lines_init(&lines);
    pane_lines(session, canvas, columns - 1, &lines);
    int rows = 1 + (int)(lines.count < 1000 ? lines.count : 1000);
    sb_lines_clear(&lines);
    return rows;
}

void sb_conditions_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area)
{
    if (area.rows <= 0 || area.columns <= 0) {
        return;
    }
    const sb_display *display = sb_session_display(session);
    sb_lines lines;
    sb_lines_init(&lines);
    pane_lines(session, canvas, area.columns - 1, &lines);
    char *whose = sb_whose_note(session);
    sb_heading heading = {.title = "Full surplus extraction",
                          .note = whose,
                          .note_style = SB_STYLE_NORMAL,
                          .active = display->pane == SB_PANE_CONDITIONS};
    if (whose != NULL && !sb_heading_fits(canvas, area, &heading)) {
        heading.title = "Extraction"; /* whose matters more */
    }
    sb_draw_lines_pane(canvas, area, &lines, display->scroll[SB_PANE_CONDITIONS], &heading,
                       sb_view_stale(session) ? SB_STYLE_DIM : SB_STYLE_COUNT);
    free(whose);
    sb_lines_clear(&lines);
}
