/* The command that plays tours.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/touring.h"
#include "session/tours.h"

enum { MOST_LINES = 10000 }; /* of a step's text: views clamp what is scrolled */

static void tell_prose(sb_call *call, const char *prose)
{
    char *plain = prose == NULL ? NULL : sb_copy_text(prose);
    if (plain != NULL) {
        sb_tour_plain(plain);
        sb_text_add_format(call->output, "\n%s\n", plain);
        free(plain);
    }
}

/* At the prompt and in scripts the step is printed; in the explorer it is on the screen. */
static void tell(sb_call *call)
{
    size_t at = 0;
    const sb_tour *tour = sb_session_tour(call->session, &at);
    if (tour == NULL || call->for_message) {
        return;
    }
    const sb_tour_step *step = &tour->steps[at];
    sb_text_add_format(call->output, "%s (%zu of %zu): %s\n", tour->title, at + 1, tour->step_count,
                       step->title);
    for (size_t k = 0; k < step->paragraph_count; k++) {
        tell_prose(call, sb_session_tour_paragraph(call->session, k));
    }
    if (step->question.text != NULL) {
        tell_prose(call, sb_session_tour_question(call->session));
    }
    for (size_t k = 0; k < step->try_count; k++) {
        sb_text_add_format(call->output, "%s    %s\n", k == 0 ? "\nTry:\n" : "",
                           step->tries[k].text);
    }
}

/* To a step of the tour in this file; path NULL: of the one that is played. */
static sb_status go(sb_call *call, const char *path, size_t step)
{
    sb_session *session = call->session;
    if (!call->for_message || !session->interactive) {
        return path == NULL ? sb_touring_go(session, step, call->error)
                            : sb_touring_begin(session, path, step, call->error);
    }
    sb_status status = sb_touring_set_out(session, path, step, call->error);
    if (status == SB_OK && sb_session_tour_walks(session, NULL)) {
        sb_text_add_format(call->output, "computing step %zu of the tour; Ctrl-C stays here",
                           step + 1);
    }
    return status;
}

static sb_status turn(sb_call *call, bool back)
{
    size_t at = 0;
    const sb_tour *tour = sb_session_tour(call->session, &at);
    if (!back && call->for_message && sb_session_asked(call->session)) {
        sb_presenter_reveal(call->session, SB_REVEALED_ALL);
        return SB_OK;
    }
    if (tour != NULL && back && at == 0) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "this is the first step of the tour");
    }
    if (tour != NULL && !back && at + 1 == tour->step_count) {
        sb_error_set(call->error, SB_ERROR_USAGE, "this is the last step of the tour");
        sb_error_set_hint(call->error, "tour leave goes back to where you were");
        return SB_ERROR_USAGE;
    }
    return go(call, NULL, back ? at - 1 : at + 1);
}

static sb_status go_to(sb_call *call)
{
    const sb_tour *tour = sb_session_tour(call->session, NULL);
    size_t step = 1;
    sb_status status = call->count == 2 ? SB_OK : sb_call_wrong(call);
    if (status == SB_OK && tour != NULL) {
        status = sb_call_count(call, 1, 1, tour->step_count, &step);
    }
    return status == SB_OK ? go(call, NULL, step - 1) : status;
}

static sb_status resume(sb_call *call)
{
    size_t step = 0;
    const char *left = sb_touring_left(call->session, &step, call->error);
    char *path = left == NULL ? NULL : sb_copy_text(left);
    sb_status status = path != NULL   ? go(call, path, step)
                       : left == NULL ? call->error->status
                                      : sb_out_of_memory(call->error);
    free(path);
    return status;
}

static sb_status stay(sb_call *call)
{
    if (!sb_touring_stay(call->session)) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "no step is being computed");
    }
    if (call->for_message) {
        sb_text_add(call->output, "the step is given up");
    }
    return SB_OK;
}

static sb_status leave(sb_call *call)
{
    if (sb_session_tour(call->session, NULL) == NULL) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "no tour is being played");
    }
    sb_touring_leave(call->session);
    if (call->for_message) {
        sb_text_add(call->output, "the tour is left; tour resume goes on with it");
    }
    return SB_OK;
}

static sb_status begin(sb_call *call)
{
    char *word = sb_call_file(call, 0);
    char *path = word == NULL ? NULL : sb_tours_find(word, call->error);
    free(word);
    if (path == NULL) {
        return call->error->status;
    }
    sb_status status = go(call, path, 0);
    free(path);
    return status;
}

static sb_status list(sb_call *call)
{
    sb_tours tours;
    sb_status status = sb_tours_list(&tours, call->error);
    if (status != SB_OK) {
        return status;
    }
    if (tours.count == 0) {
        sb_text_add(call->output, "no tours are installed\n");
    }
    for (size_t k = 0; k < tours.count; k++) {
        sb_text_add_format(call->output, call->for_message ? "%ld %s\n" : "%3ld  %s\n",
                           tours.each[k].number, tours.each[k].title);
    }
    sb_tours_clear(&tours);
    return SB_OK;
}

/* The text of the step moves by some lines in its panel. */
static sb_status scroll(sb_call *call, bool up)
{
    enum { STRIDE = 3 };
    size_t *first = &call->session->display.tour_scroll;
    if (sb_session_tour(call->session, NULL) == NULL) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "no tour is being played");
    }
    *first = up ? (*first > STRIDE ? *first - STRIDE : 0)
                : (*first < MOST_LINES ? *first + STRIDE : *first);
    return SB_OK;
}

sb_status sb_run_tour(sb_call *call)
{
    const char *word = call->count == 0 ? "resume" : call->arguments[0];
    sb_status status = SB_OK;
    if (strcmp(word, "leave") == 0) {
        return leave(call);
    }
    if (strcmp(word, "list") == 0) {
        return list(call);
    }
    if (strcmp(word, "stay") == 0) {
        return stay(call);
    }
    if (strcmp(word, "up") == 0 || strcmp(word, "down") == 0) {
        return scroll(call, word[0] == 'u');
    }
    if (strcmp(word, "next") == 0 || strcmp(word, "back") == 0) {
        status = turn(call, word[0] == 'b');
    } else if (strcmp(word, "step") == 0) {
        status = go_to(call);
    } else if (strcmp(word, "resume") == 0) {
        status = resume(call);
    } else {
        status = begin(call);
    }
    if (status == SB_OK) {
        tell(call);
    }
    return status;
}
