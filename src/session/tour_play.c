/* Playing a tour's commands, and checking a whole tour.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/commands.h"
#include "session/state.h"
#include "session/tour.h"
#include "session/tour_parts.h"
#include "session/words.h"

/* Is this word a file's name? That of an argument which takes one, or behind a word that does. */
static bool names_file(const sb_command_description *command, const sb_words *words, size_t word)
{
    size_t kinds = sizeof command->arguments / sizeof command->arguments[0];
    if (word == 0) {
        return false;
    }
    if (word - 1 < kinds && command->arguments[word - 1] == SB_ARGUMENT_FILE) {
        return true;
    }
    const char *first = words->texts[1];
    bool robust = strcmp(command->name, "robust") == 0;
    bool simulate = strcmp(command->name, "simulate") == 0;
    return (robust && strcmp(first, "tables") == 0 && (word == 2 || word == 3)) ||
           (robust && strcmp(first, "samples") == 0 && word == 2) ||
           (simulate && strcmp(first, "load") == 0 && word == 2);
}

/* The command with its file named from the tour's folder; what a tour explored before it opens
 * another file is nobody's work. NULL when memory runs out. */
static char *from_folder(const sb_tour *tour, const char *line)
{
    sb_words words;
    sb_words_init(&words);
    sb_text text;
    sb_text_init(&text);
    const sb_command_description *command = NULL;
    if (sb_words_split(line, strlen(line), &words, NULL) == SB_OK && words.count > 0) {
        command = sb_command_find(words.texts[0]);
    }
    for (size_t k = 0; command != NULL && k < words.count; k++) {
        bool file = names_file(command, &words, k);
        char *word = k == 0 && strcmp(command->name, "open") == 0 ? sb_copy_text("open!")
                     : file && words.texts[k][0] != '/'
                         ? sb_format_text("%s%s", tour->folder, words.texts[k])
                         : sb_copy_text(words.texts[k]);
        sb_text_add(&text, k == 0 ? "" : " ");
        if (word != NULL) {
            sb_words_quote(&text, word);
        }
        text.failed = text.failed || word == NULL;
        free(word);
    }
    sb_words_clear(&words);
    if (command == NULL) {
        sb_text_add(&text, line);
    }
    return sb_text_take(&text, NULL);
}

/* What such commands act on must be there, as for a reader who waits for it. */
static bool waits_for_answers(const char *line)
{
    static const char *const names[] = {"freeze", "baseline", "robust"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        if (strncmp(line, names[k], strlen(names[k])) == 0) {
            return true;
        }
    }
    return false;
}

sb_status sb_tour_run(const sb_tour *tour, const sb_tour_line *command, sb_session *session,
                      sb_error *error)
{
    char *line = from_folder(tour, command->text);
    if (line == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = SB_OK;
    if (waits_for_answers(command->text) && sb_session_environment(session) != NULL &&
        sb_session_complete_results(session, error) == NULL) {
        status = error == NULL ? SB_ERROR_INTERNAL : error->status;
    }
    sb_text output;
    sb_text_init(&output);
    if (status == SB_OK) {
        status = sb_session_command(session, line, &output, error);
    }
    sb_text_clear(&output);
    free(line);
    if (status != SB_OK) {
        if (error != NULL && error->file[0] == '\0') {
            sb_error_set_place(error, tour->path, command->line, command->column);
        }
        if (error != NULL && status == SB_ERROR_USAGE) {
            status = error->status = SB_ERROR_INPUT;
        }
    }
    return status;
}

sb_status sb_tour_enter(const sb_tour *tour, size_t step, sb_session *session, sb_error *error)
{
    const sb_tour_step *entered = &tour->steps[step];
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < entered->command_count; k++) {
        status = sb_tour_run(tour, &entered->commands[k], session, error);
    }
    return status;
}

static sb_status check_text(const sb_tour *tour, const sb_tour_line *prose, sb_session *session,
                            size_t *checked, sb_error *error)
{
    char *text = NULL;
    sb_status status = sb_tour_check_prose(tour, prose, error);
    if (status == SB_OK) {
        status = sb_tour_tell_counting(tour, prose, session, checked, &text, error);
    }
    free(text);
    return status;
}

static sb_status check_step(const sb_tour *tour, size_t step, sb_session *session, size_t *checked,
                            sb_error *error)
{
    const sb_tour_step *played = &tour->steps[step];
    sb_status status = sb_tour_enter(tour, step, session, error);
    for (size_t k = 0; status == SB_OK && k < played->paragraph_count; k++) {
        status = check_text(tour, &played->paragraphs[k], session, checked, error);
    }
    if (status == SB_OK && played->question.text != NULL) {
        status = check_text(tour, &played->question, session, checked, error);
    }
    for (size_t k = 0; status == SB_OK && k < played->try_count; k++) {
        status = sb_tour_run(tour, &played->tries[k], session, error);
    }
    return status;
}

sb_status sb_tour_check(const sb_tour *tour, size_t *checked, sb_error *error)
{
    size_t count = 0;
    sb_session *session = sb_session_new(false, error);
    sb_status status = session == NULL ? SB_ERROR_MEMORY : SB_OK;
    for (size_t step = 0; status == SB_OK && step < tour->step_count; step++) {
        status = check_step(tour, step, session, &count, error);
    }
    sb_session_free(session);
    if (checked != NULL) {
        *checked = count;
    }
    return status;
}
