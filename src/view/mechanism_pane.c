/* The mechanism: a line a profile, who gets what and who pays what; or why there is none.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "view/number_text.h"
#include "view/panes.h"

enum {
    label_limit = 18,
    probability_columns = 6,
    gets_limit = 24,
    gets_least = 7,
    payment_least = 8,
    payment_most = 11
};

/* ---- texts ---- */

/* Short names of outcomes: for one item the agent's name alone. */
static const char *outcome_name(const sb_environment *environment, size_t outcome)
{
    if (environment->form != SB_FORM_ITEM) {
        return environment->outcomes[outcome];
    }
    return outcome < environment->agent_count ? environment->agents[outcome].name : "nobody";
}

static char *outcome_text(const sb_environment *environment, size_t outcome,
                          const fmpq_t probability, bool fractions)
{
    if (fmpq_is_one(probability)) {
        return sb_copy_text(outcome_name(environment, outcome));
    }
    char *number = sb_number_text(probability, 6, fractions);
    char *text =
        sb_format_text("%s %s", outcome_name(environment, outcome), number == NULL ? "" : number);
    free(number);
    return text;
}

char *sb_allocation_text(const sb_environment *environment, const sb_canvas *canvas, int width,
                         const fmpq *probabilities, bool fractions)
{
    sb_text text;
    sb_text_init(&text);
    int used = 0;
    bool whole = true;
    for (size_t outcome = 0; outcome < environment->outcome_count; outcome++) {
        if (fmpq_is_zero(probabilities + outcome)) {
            continue;
        }
        bool certain = fmpq_is_one(probabilities + outcome);
        char *part = outcome_text(environment, outcome, probabilities + outcome, fractions);
        int columns = sb_canvas_text_width(canvas, part) + (used > 0 ? 2 : 0);
        if (certain || used + columns + 2 <= width) {
            sb_text_add(&text, used > 0 ? ", " : "");
            sb_text_add(&text, part == NULL ? "" : part);
            used += columns;
        } else {
            whole = false;
        }
        free(part);
    }
    if (!whole) {
        sb_text_add(&text, used > 0 ? " \xE2\x80\xA6" : "random");
    }
    return sb_text_take(&text, NULL);
}

/* ---- explanation instead of a mechanism ---- */

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
    size_t profiles = sb_environment_profile_count(environment);
    return 2 + (int)(profiles < 1000 ? profiles : 1000);
}

/* ---- the table ---- */

typedef struct sb_mechanism_drawing {
    sb_canvas *canvas;
    sb_rectangle area;
    const sb_environment *environment; /* of the results */
    const sb_mechanism *mechanism;
    bool stale, fractions, paid;   /* paid: there are payments at all */
    const char *note, *short_note; /* which mechanism this is */
    size_t first, shown, selected; /* profiles; selected may be SB_NOWHERE */
    int label, probability, gets;  /* columns of each part; 0: left out */
    int payment[SB_MAX_PLAYERS];
    size_t agents; /* agents whose payments fit */
} sb_mechanism_drawing;

static int end_of(const sb_mechanism_drawing *drawing)
{
    return drawing->area.column + drawing->area.columns;
}

/* The widest label and allocation that are shown. */
static void measure_texts(const sb_mechanism_drawing *drawing, int *label, int *gets)
{
    const sb_environment *environment = drawing->environment;
    *label = 7; /* "profile" */
    *gets = gets_least;
    for (size_t k = 0; k < drawing->shown; k++) {
        size_t profile = drawing->first + k;
        char *text = sb_environment_profile_label(environment, profile);
        int columns = sb_canvas_text_width(drawing->canvas, text);
        free(text);
        *label = columns > *label ? columns : *label;
        text = sb_allocation_text(environment, drawing->canvas, gets_limit,
                                  drawing->mechanism->allocation +
                                      profile * environment->outcome_count,
                                  drawing->fractions);
        columns = sb_canvas_text_width(drawing->canvas, text);
        free(text);
        *gets = columns > *gets ? columns : *gets;
    }
    *label = *label < label_limit ? *label : label_limit;
    *gets = *gets < gets_limit ? *gets : gets_limit;
}

/* Columns in which an agent's payments line up, and its name stands above them. */
static int natural_payment(const sb_mechanism_drawing *drawing, size_t agent)
{
    size_t agents = drawing->environment->agent_count;
    int widest = sb_canvas_text_width(drawing->canvas, drawing->environment->agents[agent].name);
    widest = widest < payment_most ? widest : payment_most;
    char **texts = sb_allocate(drawing->shown, sizeof *texts);
    if (texts == NULL) {
        return payment_most;
    }
    sb_number_column(texts, drawing->mechanism->payments + drawing->first * agents + agent,
                     drawing->shown, agents, payment_most, drawing->fractions);
    for (size_t k = 0; k < drawing->shown; k++) {
        int columns = sb_canvas_text_width(drawing->canvas, texts[k]);
        widest = columns > widest ? columns : widest;
        free(texts[k]);
    }
    free(texts);
    return widest;
}

/* Give the payments what they want, and the rest to all alike; or all the same where that is too
 * much; or only the first agents. */
static void share_payments(sb_mechanism_drawing *drawing, int room)
{
    int wanted = 0;
    for (size_t agent = 0; agent < drawing->agents; agent++) {
        drawing->payment[agent] = natural_payment(drawing, agent);
        wanted += 1 + drawing->payment[agent];
    }
    int agents = (int)drawing->agents;
    if (agents == 0) {
        return;
    }
    if (wanted <= room) {
        int more = (room - wanted) / agents;
        for (int agent = 0; agent < agents; agent++) {
            drawing->payment[agent] += more < 5 ? more : 5;
        }
        return;
    }
    int each = room / agents - 1;
    if (each < payment_least) {
        each = payment_least;
        drawing->agents = room > 0 ? (size_t)(room / (payment_least + 1)) : 0;
    }
    for (size_t agent = 0; agent < drawing->agents; agent++) {
        drawing->payment[agent] = each < payment_most ? each : payment_most;
    }
}

/* Share the width out: payments first, then who gets it, then the probability. */
static void share_width(sb_mechanism_drawing *drawing)
{
    int gets = 0;
    measure_texts(drawing, &drawing->label, &gets);
    int room = drawing->area.columns - 1 - drawing->label;
    drawing->agents = drawing->paid ? drawing->environment->agent_count : 0;
    int wanted = (int)drawing->agents * (payment_least + 1);
    drawing->probability = probability_columns;
    if (room - wanted < 1 + probability_columns + 1 + gets_least) {
        drawing->probability = 0;
    }
    room -= drawing->probability > 0 ? 1 + drawing->probability : 0;
    drawing->gets = room - 1 - wanted;
    if (drawing->gets > gets) {
        drawing->gets = gets;
    }
    if (drawing->gets < gets_least) {
        drawing->gets = room - 1 < gets_least ? (room > 1 ? room - 1 : 0) : gets_least;
    }
    room -= 1 + drawing->gets;
    share_payments(drawing, room);
}

static int payment_column(const sb_mechanism_drawing *drawing, size_t agent)
{
    int column = drawing->area.column + 1 + drawing->label + 1 + drawing->gets;
    column += drawing->probability > 0 ? 1 + drawing->probability : 0;
    for (size_t before = 0; before < agent; before++) {
        column += drawing->payment[before] + 1;
    }
    return column + 1;
}

static void draw_header(const sb_mechanism_drawing *drawing, int row)
{
    const sb_environment *environment = drawing->environment;
    sb_canvas *canvas = drawing->canvas;
    int column = drawing->area.column + 1;
    sb_canvas_text(canvas, row, column, drawing->label, SB_STYLE_DIM, "profile");
    column += drawing->label + 1;
    if (drawing->probability > 0) {
        sb_canvas_text_right(canvas, row, column, drawing->probability, SB_STYLE_DIM, "prob");
        column += drawing->probability + 1;
    }
    sb_canvas_text(canvas, row, column, drawing->gets, SB_STYLE_DIM,
                   environment->form == SB_FORM_ITEM ? "gets it" : "outcome");
    for (size_t agent = 0; agent < drawing->agents; agent++) {
        char *pays = sb_format_text("%s pays", environment->agents[agent].name);
        bool fits = sb_canvas_text_width(canvas, pays) <= drawing->payment[agent];
        sb_canvas_text_right(canvas, row, payment_column(drawing, agent), drawing->payment[agent],
                             SB_STYLE_DIM, fits ? pays : environment->agents[agent].name);
        free(pays);
    }
    if (drawing->paid && drawing->agents < environment->agent_count) {
        sb_canvas_text(canvas, row, end_of(drawing) - 1, 1, SB_STYLE_DIM, "\xE2\x80\xBA");
    }
}

static void draw_profile(const sb_mechanism_drawing *drawing, int row, size_t profile)
{
    const sb_environment *environment = drawing->environment;
    sb_canvas *canvas = drawing->canvas;
    bool possible = !fmpq_is_zero(&environment->weights[profile]);
    bool selected = profile == drawing->selected;
    sb_style style = sb_style_when(drawing->stale || !possible, SB_STYLE_NORMAL);
    int column = drawing->area.column;
    if (selected) {
        sb_canvas_text(canvas, row, column, 1, SB_STYLE_STRONG, "\xE2\x96\xB8");
    }
    column++;
    char *label = sb_environment_profile_label(environment, profile);
    sb_canvas_text(canvas, row, column, drawing->label,
                   selected && !drawing->stale ? SB_STYLE_STRONG : style, label);
    free(label);
    column += drawing->label + 1;
    if (drawing->probability > 0) {
        fmpq_t probability;
        fmpq_init(probability);
        sb_environment_probability(probability, environment, profile);
        char *text = sb_number_text(probability, drawing->probability, drawing->fractions);
        sb_draw_number(canvas, row, column, drawing->probability, sb_style_when(true, SB_STYLE_DIM),
                       text);
        free(text);
        fmpq_clear(probability);
        column += drawing->probability + 1;
    }
    char *gets = sb_allocation_text(
        environment, canvas, drawing->gets,
        drawing->mechanism->allocation + profile * environment->outcome_count, drawing->fractions);
    sb_canvas_text(canvas, row, column, drawing->gets, style, gets);
    free(gets);
}

static void draw_probabilities(const sb_mechanism_drawing *drawing, int row)
{
    char **texts = sb_allocate(drawing->shown, sizeof *texts);
    fmpq *probabilities = sb_rationals_new(drawing->shown);
    if (texts != NULL && probabilities != NULL) {
        for (size_t k = 0; k < drawing->shown; k++) {
            sb_environment_probability(probabilities + k, drawing->environment, drawing->first + k);
        }
        sb_number_column(texts, probabilities, drawing->shown, 1, drawing->probability,
                         drawing->fractions);
        for (size_t k = 0; k < drawing->shown; k++) {
            sb_draw_number(drawing->canvas, row + (int)k,
                           drawing->area.column + 1 + drawing->label + 1, drawing->probability,
                           SB_STYLE_DIM, texts[k]);
            free(texts[k]);
        }
    }
    free(texts);
    sb_rationals_free(probabilities, drawing->shown);
}

static void draw_payments(const sb_mechanism_drawing *drawing, int row, size_t agent)
{
    size_t agents = drawing->environment->agent_count;
    char **texts = sb_allocate(drawing->shown, sizeof *texts);
    if (texts == NULL) {
        return;
    }
    const fmpq *payments = drawing->mechanism->payments + drawing->first * agents + agent;
    sb_number_column(texts, payments, drawing->shown, agents, drawing->payment[agent],
                     drawing->fractions);
    for (size_t k = 0; k < drawing->shown; k++) {
        const fmpq *payment = payments + k * agents;
        bool possible = !fmpq_is_zero(&drawing->environment->weights[drawing->first + k]);
        sb_style style = fmpq_sgn(payment) < 0 ? SB_STYLE_NEGATIVE : SB_STYLE_NORMAL;
        sb_draw_number(drawing->canvas, row + (int)k, payment_column(drawing, agent),
                       drawing->payment[agent], sb_style_when(drawing->stale || !possible, style),
                       texts[k]);
        free(texts[k]);
    }
    free(texts);
}

/* The profile the cursor is at, in the results' environment; SB_NOWHERE where that has another
 * shape. */
static size_t selected_profile(const sb_session *session, const sb_environment *environment)
{
    const sb_environment *in_hand = sb_session_environment(session);
    const sb_display *display = sb_session_display(session);
    size_t players = sb_environment_player_count(environment);
    if (in_hand == NULL || players != sb_environment_player_count(in_hand)) {
        return SB_NOWHERE;
    }
    for (size_t player = 0; player < players; player++) {
        if (display->cursor[player] >= sb_environment_player_size(environment, player)) {
            return SB_NOWHERE;
        }
    }
    return sb_environment_profile_join(environment, display->cursor);
}

/* Smallest is said of what is known to be. */
static void note_kind(sb_mechanism_drawing *drawing, sb_payments_shown wanted,
                      sb_payments_shown shown, bool complete)
{
    if (!drawing->paid) {
        drawing->note = "without payments";
        drawing->short_note = drawing->note;
    } else if (shown == SB_SHOWN_SMALLEST) {
        drawing->note = "smallest payments; negative: the seller pays";
        drawing->short_note = "smallest payments";
    } else if (wanted == SB_SHOWN_SMALLEST) {
        drawing->note = complete ? "a vertex: the smallest payments are not known"
                                 : "a vertex; smallest payments: computing\xE2\x80\xA6";
        drawing->short_note = "a vertex";
    } else {
        drawing->note = "a vertex; negative: the seller pays";
        drawing->short_note = "a vertex";
    }
}

static void draw_table(const sb_session *session, sb_mechanism_drawing *drawing, bool active)
{
    const sb_display *display = sb_session_display(session);
    size_t profiles = drawing->mechanism->profile_count;
    size_t rows = drawing->area.rows > 2 ? (size_t)(drawing->area.rows - 2) : 0;
    drawing->shown = rows < profiles ? rows : profiles;
    drawing->selected = selected_profile(session, drawing->environment);
    if (active || drawing->selected == SB_NOWHERE) {
        drawing->first =
            sb_clamp_scroll(display->scroll[SB_PANE_MECHANISM], drawing->shown, profiles);
    } else {
        drawing->first = sb_scroll_around(drawing->selected, drawing->shown, profiles);
    }
    char *range = sb_range_text(drawing->first, drawing->shown, profiles);
    sb_heading heading = {.title = "Mechanism",
                          .note = drawing->note,
                          .right = range,
                          .active = active,
                          .note_style = SB_STYLE_DIM,
                          .right_style = SB_STYLE_DIM};
    if (!sb_heading_fits(drawing->canvas, drawing->area, &heading)) {
        heading.note = drawing->short_note;
    }
    if (range != NULL && drawing->area.columns < 64) {
        heading.note = NULL; /* where one is is worth more than the remark */
    }
    sb_draw_heading(drawing->canvas, drawing->area, &heading);
    free(range);
    if (drawing->area.rows < 2) {
        return;
    }
    share_width(drawing);
    draw_header(drawing, drawing->area.row + 1);
    for (size_t k = 0; k < drawing->shown; k++) {
        draw_profile(drawing, drawing->area.row + 2 + (int)k, drawing->first + k);
    }
    if (drawing->probability > 0) {
        draw_probabilities(drawing, drawing->area.row + 2);
    }
    for (size_t agent = 0; agent < drawing->agents; agent++) {
        draw_payments(drawing, drawing->area.row + 2, agent);
    }
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
    bool active = display->pane == SB_PANE_MECHANISM;
    bool stale = sb_view_stale(session);
    if (solution == NULL || !has_best(solution) || environment == NULL) {
        sb_lines lines;
        sb_lines_init(&lines);
        explanation_lines(&lines, canvas, area.columns - 2, solution);
        sb_heading heading = {.title = heading_without(solution), .active = active};
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
    sb_mechanism_drawing drawing = {.canvas = canvas,
                                    .area = area,
                                    .environment = environment,
                                    .mechanism = mechanism,
                                    .stale = stale,
                                    .fractions = display->fractions};
    drawing.paid = environment->rules.choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_NONE;
    note_kind(&drawing, display->payments_shown, kind,
              sb_results_complete(sb_session_results_at_hand(session)));
    draw_table(session, &drawing, active);
}
