/* The panel of a tour.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prose is wrapped here and not by sb_lines_wrap: numbers that were computed, and commands and keys
 * in backquotes, look different from the words around them.
 */
#include "view/tour_panel.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/settings.h"
#include "session/touring.h"

enum {
    wide = 116,         /* columns from which on the panel is a column */
    least_screen = 78,  /* of which the screen keeps so many */
    widest_panel = 50,  /* prose is hard to read in longer lines */
    least_rows_left = 9 /* above a panel at the bottom */
};

/* ---- wrapping ---- */

typedef struct flow {
    sb_lines *lines;
    const sb_canvas *canvas;
    int width, used; /* of the line begun */
    sb_style usual;  /* of the words between */
    bool number, quoted;
} flow;

/* What changes the style, and is not shown. */
static bool is_mark(char byte)
{
    return byte == SB_TOUR_NUMBER_BEGINS || byte == SB_TOUR_GIVEN_BEGINS ||
           byte == SB_TOUR_NUMBER_ENDS || byte == '`';
}

static void heed_mark(flow *text, char mark)
{
    if (mark == '`') {
        text->quoted = !text->quoted;
    } else {
        text->number = mark != SB_TOUR_NUMBER_ENDS;
    }
}

static sb_style style_of(const flow *text)
{
    return text->number ? SB_STYLE_STRONG : text->quoted ? SB_STYLE_KEY : text->usual;
}

static int width_of_word(const flow *text, const char *word, size_t length)
{
    char *shown = sb_copy_text_part(word, length);
    if (shown == NULL) {
        return 0;
    }
    size_t kept = 0;
    for (size_t k = 0; k < length; k++) {
        if (!is_mark(shown[k])) {
            shown[kept++] = shown[k];
        }
    }
    shown[kept] = '\0';
    int width = sb_canvas_text_width(text->canvas, shown);
    free(shown);
    return width;
}

static void add_word(flow *text, const char *word, size_t length)
{
    int width = width_of_word(text, word, length);
    if (text->used > 0 && text->used + 1 + width > text->width) {
        sb_lines_begin(text->lines);
        text->used = 0;
    }
    if (text->used > 0) {
        sb_lines_add(text->lines, style_of(text), " ");
        text->used++;
    }
    for (const char *end = word + length; word < end;) {
        size_t plain = 0;
        while (word + plain < end && !is_mark(word[plain])) {
            plain++;
        }
        if (plain > 0) {
            sb_lines_add(text->lines, style_of(text), "%.*s", (int)plain, word);
            word += plain;
        } else {
            heed_mark(text, *word++);
        }
    }
    text->used += width;
}

static void add_paragraph(sb_lines *lines, const sb_canvas *canvas, int width, sb_style usual,
                          const char *prose)
{
    flow text = {.lines = lines, .canvas = canvas, .width = width, .usual = usual};
    sb_lines_begin(lines);
    while (*prose != '\0') {
        size_t length = strcspn(prose, " ");
        if (length > 0) {
            add_word(&text, prose, length);
        }
        prose += length;
        prose += strspn(prose, " ");
    }
}

/* Every answer becomes a question mark, however long it is: a presenter's audience is to guess. */
static char *without_numbers(const char *prose)
{
    sb_text text;
    sb_text_init(&text);
    for (const char *at = prose; *at != '\0'; at++) {
        sb_text_add_part(&text, at, 1);
        if (*at == SB_TOUR_NUMBER_BEGINS) {
            const char *end = strchr(at, SB_TOUR_NUMBER_ENDS);
            sb_text_add(&text, "?");
            at = end == NULL ? at + strlen(at) - 1 : end - 1;
        }
    }
    return sb_text_take(&text, NULL);
}

/* ---- the text ---- */

/* A paragraph, or the question in its own style. */
static void add_told(const sb_session *session, sb_lines *lines, const sb_canvas *canvas, int width,
                     bool apart, const char *prose)
{
    bool question = prose != NULL && prose == sb_session_tour_question(session);
    char *asked = NULL;
    if (prose != NULL && !sb_session_shows(session, SB_REVEALED_ALL)) {
        prose = asked = without_numbers(prose);
    }
    if (apart) {
        sb_lines_begin(lines);
    }
    add_paragraph(lines, canvas, width, question ? SB_STYLE_STRONG : SB_STYLE_NORMAL,
                  prose == NULL ? "" : prose);
    free(asked);
}

static void add_tries(const sb_session *session, const sb_tour_step *step, sb_lines *lines,
                      bool apart)
{
    bool done = sb_session_tour_tried(session);
    if (apart && step->try_count > 0) {
        sb_lines_begin(lines);
    }
    for (size_t k = 0; k < step->try_count; k++) {
        sb_lines_begin(lines);
        sb_lines_add(lines, SB_STYLE_HEADING, "%s", k == 0 ? "Try: " : "     ");
        sb_lines_add(lines, SB_STYLE_KEY, ":%s", step->tries[k].text);
    }
    if (step->try_count > 0 && done) {
        sb_lines_begin(lines);
        sb_lines_add(lines, SB_STYLE_GOOD, "     \xE2\x9C\x93 done: that is it");
    }
}

/* apart: with empty lines between paragraphs. */
static void add_step(const sb_session *session, const sb_canvas *canvas, int width, bool apart,
                     sb_lines *lines)
{
    size_t at = 0;
    const sb_tour *tour = sb_session_tour(session, &at);
    const sb_tour_step *step = &tour->steps[at];
    char *title = sb_format_text("%zu of %zu: %s", at + 1, tour->step_count, step->title);
    sb_lines_wrap(lines, canvas, SB_STYLE_HEADING, 0, width, title == NULL ? "" : title);
    free(title);
    for (size_t k = 0; k < step->paragraph_count; k++) {
        add_told(session, lines, canvas, width, apart, sb_session_tour_paragraph(session, k));
    }
    if (step->question.text != NULL) {
        add_told(session, lines, canvas, width, apart, sb_session_tour_question(session));
    }
    add_tries(session, step, lines, apart);
}

/* ---- the panel ---- */

sb_rectangle sb_tour_panel_place(const sb_session *session, const sb_canvas *canvas, int top,
                                 int rows)
{
    sb_rectangle nowhere = {0};
    if (sb_session_tour(session, NULL) == NULL ||
        sb_session_display(session)->screen == SB_SCREEN_HELP) {
        return nowhere;
    }
    if (canvas->columns >= wide) {
        int columns = canvas->columns / 3;
        columns = columns < widest_panel ? columns : widest_panel;
        int most = canvas->columns - least_screen;
        columns = columns < most ? columns : most;
        return (sb_rectangle){top, canvas->columns - columns, rows, columns};
    }
    sb_lines lines;
    sb_lines_init(&lines);
    add_step(session, canvas, canvas->columns - 2, false, &lines);
    int wanted = (lines.count < 1000 ? (int)lines.count : 1000) + 1;
    sb_lines_clear(&lines);
    int most = rows * 2 / 5 < rows - least_rows_left ? rows * 2 / 5 : rows - least_rows_left;
    wanted = wanted < most ? wanted : most;
    return wanted < 3 ? nowhere : (sb_rectangle){top + rows - wanted, 0, wanted, canvas->columns};
}

void sb_tour_panel_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area)
{
    const sb_tour *tour = sb_session_tour(session, NULL);
    if (tour == NULL || area.rows <= 0) {
        return;
    }
    bool column = area.column > 0;
    sb_canvas_fill(canvas, area.row, area.column, area.rows, area.columns, SB_STYLE_NORMAL);
    for (int row = 0; column && row < area.rows; row++) {
        sb_canvas_text(canvas, area.row + row, area.column, 1, SB_STYLE_DIM, "\xE2\x94\x82");
    }
    if (column) {
        area.column++;
        area.columns--;
    }
    sb_lines lines;
    sb_lines_init(&lines);
    add_step(session, canvas, area.columns - 2, column, &lines);
    size_t next = 0;
    char *walks = sb_session_tour_walks(session, &next)
                      ? sb_format_text("computing step %zu\xE2\x80\xA6", next + 1)
                      : NULL;
    sb_heading heading = {.title = tour->title, .right = walks, .right_style = SB_STYLE_WARNING};
    sb_draw_lines_pane(canvas, area, &lines, sb_session_display(session)->tour_scroll, &heading,
                       SB_STYLE_COUNT);
    sb_lines_clear(&lines);
    free(walks);
}
