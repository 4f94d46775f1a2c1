/* The frame around every screen: title, message, and the keys one can press now.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/keys.h"
#include "session/reporting.h"
#include "view/hidden.h"
#include "view/key_labels.h"
#include "view/number_text.h"
#include "view/palette_panel.h"
#include "view/panes.h"
#include "view/sensitivity_layer.h"
#include "view/suggestions.h"
#include "view/tour_panel.h"

enum { most_hints = 64 };

const sb_screen_view *sb_screen_view_of(sb_screen screen)
{
    static const sb_screen_view *const screens[] = {
        &sb_table_screen,     &sb_blow_up_screen,  &sb_geometry_screen,  &sb_misbelief_screen,
        &sb_robust_screen,    &sb_simulate_screen, &sb_baselines_screen, &sb_lp_screen,
        &sb_incentive_screen, &sb_help_screen};
    size_t count = sizeof screens / sizeof screens[0];
    return (size_t)screen < count ? screens[screen] : screens[0];
}

/* ---- title row ---- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL || slash[1] == '\0' ? path : slash + 1;
}

static char *title_right(const sb_session *session)
{
    const char *path = sb_session_path(session);
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, path == NULL ? "no file" : base_name(path));
    if (sb_session_modified(session)) {
        sb_text_add(&text, " \xC2\xB7 modified");
    }
    if (sb_session_undo_count(session) > 0) {
        sb_text_add_format(&text, " \xC2\xB7 undo %zu", sb_session_undo_count(session));
    }
    if (sb_session_redo_count(session) > 0) {
        sb_text_add_format(&text, " \xC2\xB7 redo %zu", sb_session_redo_count(session));
    }
    return sb_text_take(&text, NULL);
}

static void draw_title(const sb_session *session, sb_canvas *canvas)
{
    const sb_environment *environment = sb_session_environment(session);
    const char *title = environment == NULL ? "" : environment->title;
    char *right = title_right(session);
    sb_canvas_fill(canvas, 0, 0, 1, canvas->columns, SB_STYLE_TITLE);
    int right_columns = sb_canvas_text_width(canvas, right);
    int most = canvas->columns > 60 ? canvas->columns - 24 : canvas->columns * 3 / 5;
    right_columns = right_columns < most ? right_columns : most;
    int column = 1;
    column += sb_canvas_text(canvas, 0, column, canvas->columns - 1, SB_STYLE_TITLE, "sidebet");
    int room = canvas->columns - right_columns - 2 - column - 2;
    if (room >= 4) {
        sb_canvas_text(canvas, 0, column + 2, room, SB_STYLE_TITLE, title);
    }
    sb_canvas_text(canvas, 0, canvas->columns - right_columns - 1, right_columns, SB_STYLE_TITLE,
                   right);
    free(right);
}

/* ---- message row ---- */

/* Add a part if all of it still fits. */
static int add_part(sb_canvas *canvas, int row, int column, int end, sb_style style, char *part)
{
    if (part != NULL && column + sb_canvas_text_width(canvas, part) <= end) {
        column += sb_canvas_text(canvas, row, column, canvas->columns - column, style, part);
    }
    free(part);
    return column;
}

/* "(1, 1)  probability 0.251 = 251/1000   given agent 1 is 1: 0.501" */
static void draw_selected(const sb_session *session, sb_canvas *canvas, int row)
{
    const sb_environment *environment = sb_session_environment(session);
    const sb_display *display = sb_session_display(session);
    for (size_t p = 0; p < sb_environment_player_count(environment); p++) {
        if (display->cursor[p] >= sb_environment_player_size(environment, p)) {
            return;
        }
    }
    int end = canvas->columns - 1 - sb_suggestions_columns(session, canvas);
    size_t profile = sb_environment_profile_join(environment, display->cursor);
    int column = add_part(canvas, row, 1, end, SB_STYLE_NORMAL,
                          sb_environment_profile_label(environment, profile));
    fmpq_t number;
    fmpq_init(number);
    sb_environment_probability(number, environment, profile);
    char *decimal = sb_number_text(number, 14, false);
    char *fraction = sb_rational_format(number, SB_NUMBER_FRACTION);
    if (decimal != NULL && fraction != NULL) {
        bool same = strcmp(decimal, fraction) == 0 || strlen(fraction) > 24;
        column = add_part(canvas, row, column, end, SB_STYLE_DIM,
                          sb_format_text("  probability %s%s%s", decimal, same ? "" : " = ",
                                         same ? "" : fraction));
    }
    free(decimal);
    free(fraction);
    if (!fmpq_is_one(&environment->weight_sum)) {
        char *weight = sb_number_text(&environment->weights[profile], 12, display->fractions);
        column =
            add_part(canvas, row, column, end, SB_STYLE_DIM, sb_format_text("  weight %s", weight));
        free(weight);
    }
    fmpq_t marginal;
    fmpq_init(marginal);
    size_t whose = sb_session_whose(session, environment);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        size_t type = display->cursor[agent];
        if (whose == SB_NOWHERE ? sb_view_sparse(session) : whose != agent) {
            continue;
        }
        sb_environment_marginal(marginal, environment, agent, type);
        if (fmpq_is_zero(marginal) || sb_environment_player_count(environment) < 2) {
            continue;
        }
        fmpq_div(marginal, number, marginal);
        char *text = sb_number_text(marginal, 8, display->fractions);
        column = add_part(canvas, row, column, end, SB_STYLE_DIM,
                          sb_format_text("  given %s is %s: %s", environment->agents[agent].name,
                                         environment->agents[agent].types[type],
                                         text == NULL ? "" : text));
        free(text);
    }
    fmpq_clear(marginal);
    fmpq_clear(number);
}

/* A sentence too long for its row takes as many as it needs, up to a quarter of the screen, from
 * the panes above; it goes with the next key. */
static void draw_long_message(sb_canvas *canvas, int row, sb_style style, const char *text)
{
    sb_lines lines;
    sb_lines_init(&lines);
    sb_lines_wrap(&lines, canvas, style, 0, canvas->columns - 2, text);
    int most = canvas->rows / 4;
    int rows = lines.count < (size_t)most ? (int)lines.count : most;
    int top = row - rows + 1;
    sb_canvas_fill(canvas, top, 0, rows, canvas->columns, SB_STYLE_NORMAL);
    sb_lines_draw(&lines, canvas, top, 1, rows, canvas->columns - 2, 0, SB_STYLE_COUNT);
    if (lines.count > (size_t)rows) {
        sb_canvas_text(canvas, row, canvas->columns - 1, 1, style, "\xE2\x80\xA6");
    }
    sb_lines_clear(&lines);
}

/* "(1, 1)  revenue: slope 1.25 ..."; false where the derivatives are not on show. */
static bool draw_sensitivity(const sb_session *session, sb_canvas *canvas, int row)
{
    const sb_sensitivity *sensitivity = sb_view_sensitivity(session);
    const sb_environment *environment = sb_session_environment(session);
    size_t profile = sb_environment_profile_join(environment, sb_session_display(session)->cursor);
    if (sensitivity == NULL || sb_view_stale(session) || profile >= sensitivity->profile_count) {
        return false;
    }
    char *label = sb_environment_profile_label(environment, profile);
    char *sentence = sb_sensitivity_sentence(
        &sensitivity->cells[profile], sb_rules_objective_noun(&environment->rules),
        sensitivity->at_independence, sb_session_display(session)->fractions);
    char *text =
        sb_format_text("%s  %s", label == NULL ? "" : label, sentence == NULL ? "" : sentence);
    if (sb_canvas_text_width(canvas, text) > canvas->columns - 2) {
        draw_long_message(canvas, row, SB_STYLE_NORMAL, text);
    } else {
        sb_canvas_text(canvas, row, 1, canvas->columns - 2, SB_STYLE_NORMAL, text);
    }
    free(text);
    free(sentence);
    free(label);
    return true;
}

static void draw_idle(const sb_session *session, sb_canvas *canvas, int row)
{
    const sb_display *display = sb_session_display(session);
    if (sb_session_environment(session) == NULL) {
        return;
    }
    bool sparse = sb_view_sparse(session);
    if (display->screen == SB_SCREEN_MISBELIEF && sb_session_belief(session) != NULL) {
        draw_selected(session, canvas, row);
    }
    bool table = display->screen == SB_SCREEN_TABLE;
    bool profile = table && (display->pane == SB_PANE_PRIOR || display->pane == SB_PANE_MECHANISM);
    if (sparse && !profile) {
        return; /* sentences are left to the speaker */
    }
    if (display->screen == SB_SCREEN_GEOMETRY) {
        sb_canvas_text(canvas, row, 1, canvas->columns - 2, SB_STYLE_DIM,
                       "a side bet is a plane (a line) through its type and below no other");
    }
    if (display->screen == SB_SCREEN_ROBUST) {
        sb_canvas_text(canvas, row, 1, canvas->columns - 2, SB_STYLE_DIM,
                       "each step adds the worst beliefs' rows; the bound falls to the optimum");
    }
    if (display->screen == SB_SCREEN_LP || display->screen == SB_SCREEN_INCENTIVES) {
        bool replies = display->screen == SB_SCREEN_INCENTIVES && display->incentive_replies;
        sb_canvas_text(canvas, row, 1, canvas->columns - 2, SB_STYLE_DIM,
                       replies
                           ? "gain: what a type expects of its reply beyond the truth, given itself"
                           : "dual: what relaxing the rule by one unit would add to the objective");
    }
    if (!table) {
        return;
    }
    const char *text = NULL;
    switch (display->pane) {
    case SB_PANE_PRIOR:
        if (!draw_sensitivity(session, canvas, row)) {
            draw_selected(session, canvas, row);
        }
        return;
    case SB_PANE_MECHANISM:
        draw_selected(session, canvas, row);
        return;
    case SB_PANE_VALUES:
        text = "what each type is worth to its agent; payments are in the same unit";
        break;
    case SB_PANE_CONDITIONS:
        text = "can the seller get the full surplus? rank and \xCF\x83 are of the types' beliefs";
        break;
    case SB_PANE_BINDING:
        text = "dual: what relaxing the rule by one unit would add to the objective";
        break;
    case SB_PANE_COUNT:
        break;
    }
    sb_canvas_text(canvas, row, 1, canvas->columns - 2, SB_STYLE_DIM, text);
}

/* A report that is being written, where there is nothing else to say. */
static bool draw_reporting(const sb_session *session, sb_canvas *canvas, int row)
{
    char *words = sb_session_reporting_words(session);
    if (words != NULL) {
        sb_canvas_text(canvas, row, 1, canvas->columns - 2, SB_STYLE_NORMAL, words);
    }
    bool drawn = words != NULL;
    free(words);
    return drawn;
}

static void draw_message(const sb_session *session, sb_canvas *canvas, int row)
{
    const char *text = NULL;
    sb_message_kind kind = sb_session_message(session, &text);
    sb_style style = SB_STYLE_NORMAL;
    if (kind != SB_MESSAGE_NONE && sb_session_message_answers(session) &&
        !sb_session_shows(session, SB_REVEALED_ALL)) {
        char *note = sb_hidden_note(session, canvas->ascii);
        sb_canvas_text(canvas, row, 1, canvas->columns - 2, SB_STYLE_DIM, note);
        free(note);
        return;
    }
    switch (kind) {
    case SB_MESSAGE_NONE:
        if (draw_reporting(session, canvas, row)) {
            return;
        }
        draw_idle(session, canvas, row);
        sb_suggestions_draw(session, canvas, row);
        return;
    case SB_MESSAGE_INFO:
        break;
    case SB_MESSAGE_WARNING:
        style = SB_STYLE_WARNING;
        break;
    case SB_MESSAGE_ERROR:
        style = SB_STYLE_ERROR;
        break;
    }
    if (sb_canvas_text_width(canvas, text) > canvas->columns - 2) {
        draw_long_message(canvas, row, style, text);
    } else {
        sb_canvas_text(canvas, row, 1, canvas->columns - 2, style, text);
    }
}

/* ---- keys row ---- */

/* Bindings with the same label share one hint: the keys that move, the keys that nudge. */
typedef struct sb_hint {
    const char *label;
    char *keys;
    char *pressed;    /* the first of them by its name */
    int label_length; /* bytes: "nudge up" and "nudge down" share "nudge" */
    int importance;
    int columns;
    bool shown;
} sb_hint;

static void join_keys(const sb_session *session, sb_hint *hint, const sb_key_binding *key,
                      bool ascii)
{
    char *names = sb_session_key_names(session, key);
    char *label = names == NULL || names[0] == '\0' ? NULL : sb_key_label(names, false, ascii);
    if (label != NULL && hint->pressed == NULL) {
        hint->pressed = sb_copy_text_part(names, strcspn(names, " "));
    }
    free(names);
    if (label == NULL) {
        return;
    }
    char *joined = label;
    if (hint->keys != NULL) {
        const char *between = ascii && strlen(label) > 1 ? " " : "";
        joined = sb_format_text("%s%s%s", hint->keys, between, label);
        free(label);
        free(hint->keys);
    }
    if (joined != NULL && strcmp(joined, "Left Right Up Down") == 0) {
        free(joined); /* in ASCII: four words would leave no room for the other keys */
        joined = sb_copy_text("arrows");
    }
    hint->keys = joined;
}

/* Bytes of the label two bindings can share: all of it, or the first of several words; else 0. */
static size_t shared_length(const char *left, const char *right)
{
    if (strcmp(left, right) == 0) {
        return strlen(left);
    }
    size_t word = strcspn(left, " ");
    bool same = word == strcspn(right, " ") && strncmp(left, right, word) == 0;
    return same && left[word] == ' ' && right[word] == ' ' ? word : 0;
}

static size_t collect_hints(const sb_session *session, const sb_canvas *canvas, sb_hint *hints)
{
    size_t count = 0;
    int least = sb_view_sparse(session) ? 60 : 1;
    for (size_t i = 0; i < sb_session_key_count(session); i++) {
        const sb_key_binding *key = sb_session_key_at(session, i);
        if (key->importance < least || !sb_key_in_force(session, key)) {
            continue;
        }
        size_t k = 0;
        while (k < count && shared_length(hints[k].label, key->label) == 0) {
            k++;
        }
        if (k == count) {
            if (count == most_hints) {
                continue;
            }
            hints[count++] =
                (sb_hint){.label = key->label, .label_length = (int)strlen(key->label)};
        }
        hints[k].label_length = (int)shared_length(hints[k].label, key->label);
        join_keys(session, &hints[k], key, canvas->ascii);
        hints[k].importance =
            key->importance > hints[k].importance ? key->importance : hints[k].importance;
    }
    for (size_t k = 0; k < count; k++) {
        if (hints[k].keys == NULL) { /* unbound, all of them */
            hints[k].shown = true;
            continue;
        }
        hints[k].columns =
            sb_canvas_text_width(canvas, hints[k].keys) + 1 + hints[k].label_length + 2;
    }
    return count;
}

static void draw_keys(const sb_session *session, sb_canvas *canvas, int row)
{
    sb_hint hints[most_hints];
    size_t count = collect_hints(session, canvas, hints);
    int left = canvas->columns; /* the last hint needs no gap behind it */
    for (;;) {
        size_t best = count;
        for (size_t k = 0; k < count; k++) {
            bool candidate = !hints[k].shown && hints[k].columns <= left;
            if (candidate && (best == count || hints[k].importance > hints[best].importance)) {
                best = k;
            }
        }
        if (best == count) {
            break;
        }
        hints[best].shown = true;
        left -= hints[best].columns;
    }
    int column = 1;
    for (size_t k = 0; k < count; k++) {
        if (hints[k].shown && hints[k].keys != NULL) {
            int room = canvas->columns - column;
            int used = sb_canvas_text(canvas, row, column, room, SB_STYLE_KEY, hints[k].keys);
            char *label = sb_copy_text_part(hints[k].label, (size_t)hints[k].label_length);
            sb_canvas_text(canvas, row, column + used + 1, room - used - 1, SB_STYLE_HINT, label);
            free(label);
            if (hints[k].pressed != NULL) {
                sb_canvas_target(canvas, row, column, 1, hints[k].columns - 1, true,
                                 hints[k].pressed);
            }
            column += hints[k].columns;
        }
        free(hints[k].keys);
        free(hints[k].pressed);
    }
}

/* ---- the whole ---- */

static void draw_too_small(sb_canvas *canvas)
{
    char *text =
        sb_format_text("sidebet needs %d columns and %d rows; this terminal has %d and %d.",
                       SB_VIEW_MIN_COLUMNS, SB_VIEW_MIN_ROWS, canvas->columns, canvas->rows);
    sb_lines lines;
    sb_lines_init(&lines);
    sb_lines_wrap(&lines, canvas, SB_STYLE_NORMAL, 0, canvas->columns, text == NULL ? "" : text);
    sb_lines_draw(&lines, canvas, 0, 0, canvas->rows, canvas->columns, 0, SB_STYLE_COUNT);
    sb_lines_clear(&lines);
    free(text);
}

static void draw_screen(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    sb_screen screen = sb_session_display(session)->screen;
    if (sb_session_shows(session, sb_screen_stage(screen))) {
        sb_screen_view_of(screen)->draw(session, canvas, top, rows);
    } else {
        sb_hidden_screen_draw(session, canvas, top, rows);
    }
}

/* The screen in the columns at the left alone. */
static void draw_narrower(const sb_session *session, sb_canvas *canvas, int top, int rows,
                          int columns)
{
    sb_canvas part;
    if (!sb_canvas_init(&part, canvas->rows, columns, canvas->ascii)) {
        return;
    }
    part.letters = canvas->letters;
    draw_screen(session, &part, top, rows);
    for (int row = top; row < top + rows; row++) {
        memcpy(&canvas->cells[(size_t)row * (size_t)canvas->columns],
               &part.cells[(size_t)row * (size_t)columns], (size_t)columns * sizeof *part.cells);
    }
    canvas->cursor_row = part.cursor_row;
    canvas->cursor_column = part.cursor_column;
    for (size_t k = 0; k < part.target_count; k++) {
        const sb_target *target = &part.targets[k];
        sb_canvas_target(canvas, target->row, target->column, target->rows, target->columns,
                         target->is_key, target->text);
    }
    sb_canvas_clear(&part);
}

/* The screen in hand, and a tour's panel beside or below it. */
static void draw_body(const sb_session *session, sb_canvas *canvas, int top, int rows)
{
    sb_rectangle panel = sb_tour_panel_place(session, canvas, top, rows);
    if (panel.rows > 0 && panel.column > 0) {
        draw_narrower(session, canvas, top, rows, panel.column);
    } else {
        draw_screen(session, canvas, top, rows - panel.rows);
    }
    sb_tour_panel_draw(session, canvas, panel);
}

void sb_view_draw(const sb_session *session, sb_canvas *canvas)
{
    sb_canvas_erase(canvas);
    if (canvas->rows < SB_VIEW_MIN_ROWS || canvas->columns < SB_VIEW_MIN_COLUMNS) {
        draw_too_small(canvas);
        return;
    }
    draw_title(session, canvas);
    draw_body(session, canvas, 1, canvas->rows - 3);
    sb_palette_panel_draw(session, canvas, 1, canvas->rows - 3);
    draw_message(session, canvas, canvas->rows - 2);
    draw_keys(session, canvas, canvas->rows - 1);
}
