/* Reading a tour.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/command.h"
#include "session/commands.h"
#include "session/tour.h"
#include "session/words.h"

enum { LARGEST_TOUR = 1024 * 1024 };

typedef struct reading {
    sb_tour *tour;
    const char *path;
    int line, column; /* of what is looked at */
    sb_text paragraph;
    sb_tour_line begun; /* where the paragraph began */
    sb_error *error;
} reading;

static sb_status fail(const reading *work, const char *message, const char *hint)
{
    sb_error_set(work->error, SB_ERROR_INPUT, "%s", message);
    sb_error_set_hint(work->error, "%s", hint);
    sb_error_set_place(work->error, work->path, work->line, work->column);
    return SB_ERROR_INPUT;
}

/* ---- freeing ---- */

static void lines_free(sb_tour_line *lines, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        free(lines[k].text);
    }
    free(lines);
}

void sb_tour_free(sb_tour *tour)
{
    if (tour == NULL) {
        return;
    }
    for (size_t k = 0; k < tour->step_count; k++) {
        sb_tour_step *step = &tour->steps[k];
        free(step->title);
        lines_free(step->commands, step->command_count);
        lines_free(step->tries, step->try_count);
        free(step->question.text);
        lines_free(step->paragraphs, step->paragraph_count);
    }
    free(tour->steps);
    free(tour->title);
    free(tour->path);
    free(tour->folder);
    free(tour);
}

/* ---- growing ---- */

static sb_status add_line(const reading *work, sb_tour_line **lines, size_t *count,
                          const char *text, sb_tour_line place)
{
    sb_tour_line *longer = sb_memory_resize(*lines, (*count + 1) * sizeof *longer);
    if (longer == NULL) {
        return sb_out_of_memory(work->error);
    }
    *lines = longer;
    place.text = sb_copy_text(text);
    longer[*count] = place;
    if (longer[*count].text == NULL) {
        return sb_out_of_memory(work->error);
    }
    (*count)++;
    return SB_OK;
}

static sb_tour_step *last_step(const reading *work)
{
    return work->tour->step_count == 0 ? NULL : &work->tour->steps[work->tour->step_count - 1];
}

static sb_status end_paragraph(reading *work)
{
    if (work->paragraph.length == 0 && !work->paragraph.failed) {
        return SB_OK;
    }
    sb_tour_step *step = last_step(work);
    char *text = sb_text_take(&work->paragraph, work->error);
    sb_status status =
        text == NULL ? SB_ERROR_MEMORY
                     : add_line(work, &step->paragraphs, &step->paragraph_count, text, work->begun);
    free(text);
    return status;
}

static sb_status begin_step(reading *work, const char *title)
{
    sb_tour *tour = work->tour;
    if (*title == '\0') {
        return fail(work, "a step has no title", "write: step How much can we get?");
    }
    sb_tour_step *longer = sb_memory_resize(tour->steps, (tour->step_count + 1) * sizeof *longer);
    if (longer == NULL) {
        return sb_out_of_memory(work->error);
    }
    tour->steps = longer;
    longer[tour->step_count] = (sb_tour_step){.title = sb_copy_text(title), .line = work->line};
    tour->step_count++;
    return longer[tour->step_count - 1].title == NULL ? sb_out_of_memory(work->error) : SB_OK;
}

/* ---- commands ---- */

/* What a tour may give is said by the table of commands; what is not named there is refused. */
static bool may_come(const sb_command_description *described, const sb_words *words)
{
    for (size_t k = 0; k < sb_command_table_count(); k++) {
        const sb_command *command = sb_command_table_at(k);
        if (&command->description == described) {
            return sb_command_in_tours(command, words->count > 1 ? words->texts[1] : NULL);
        }
    }
    return false;
}

/* What is wrong with a command is wrong with the tour. */
static sb_status blame(const reading *work, sb_error *own)
{
    if (own->status != SB_ERROR_MEMORY) {
        own->status = SB_ERROR_INPUT;
        sb_error_set_place(own, work->path, work->line, work->column);
    }
    if (work->error != NULL) {
        *work->error = *own;
    }
    return own->status;
}

static sb_status check_command(const reading *work, const char *line)
{
    sb_error own;
    sb_error_clear(&own);
    sb_words words;
    sb_words_init(&words);
    sb_status status = sb_words_split(line, strlen(line), &words, &own);
    const sb_command_description *command =
        status == SB_OK && words.count > 0 ? sb_command_find(words.texts[0]) : NULL;
    if (status != SB_OK || !sb_command_parses(line, &own)) {
        status = blame(work, &own);
    } else if (command == NULL) {
        status = fail(work, "a command is missing, or not written in full",
                      "write the whole name of a command, as in `: set 1,1 0.251`");
    } else if (!may_come(command, &words)) {
        status = fail(work, "a tour neither writes a file, nor leaves, nor changes settings",
                      "leave this command out; the reader can give it");
    }
    sb_words_clear(&words);
    return status;
}

/* ---- lines ---- */

/* What follows a word and blanks at the beginning of a line; NULL: another word. */
static const char *after(const char *line, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(line, word, length) != 0 || (line[length] != ' ' && line[length] != '\0')) {
        return NULL;
    }
    line += length;
    return line + strspn(line, " ");
}

/* Line breaks and indentation are kept, so that every word's place is known. */
static sb_status read_prose(reading *work, const char *line)
{
    if (work->paragraph.length == 0) {
        work->begun = (sb_tour_line){.line = work->line, .column = work->column};
    } else {
        sb_text_add_format(&work->paragraph, "\n%*s", work->column - 1, "");
    }
    sb_text_add(&work->paragraph, line);
    return work->paragraph.failed ? sb_out_of_memory(work->error) : SB_OK;
}

static sb_status read_question(const reading *work, sb_tour_step *step, const char *text)
{
    if (*text == '\0') {
        return fail(work, "a question is missing", "write: ask How much can we get?");
    }
    if (step->question.text != NULL) {
        return fail(work, "this step asks a second question", "begin another step with it");
    }
    step->question =
        (sb_tour_line){.text = sb_copy_text(text), .line = work->line, .column = work->column};
    return step->question.text == NULL ? sb_out_of_memory(work->error) : SB_OK;
}

static sb_status read_of_step(reading *work, const char *line)
{
    sb_tour_step *step = last_step(work);
    const char *command = after(line, ":");
    const char *asked = after(line, "try");
    const char *question = after(line, "ask");
    if (command == NULL && asked == NULL && question == NULL) {
        return read_prose(work, line);
    }
    sb_status status = end_paragraph(work);
    const char *text = question != NULL ? question : command != NULL ? command : asked;
    work->column += (int)(text - line);
    if (status == SB_OK && question != NULL) {
        return read_question(work, step, question);
    }
    if (status == SB_OK) {
        status = check_command(work, text);
    }
    if (status != SB_OK) {
        return status;
    }
    const sb_tour_line place = {.line = work->line, .column = work->column};
    return command != NULL ? add_line(work, &step->commands, &step->command_count, text, place)
                           : add_line(work, &step->tries, &step->try_count, text, place);
}

/* In characters from 1, where a line stops to be text that is shown as it is read. */
static int first_unprintable(const char *line)
{
    int column = 1;
    uint32_t character = 0;
    size_t bytes = 0;
    for (size_t left = strlen(line); left > 0; left -= bytes, line += bytes, column++) {
        bytes = sb_text_character(line, left, &character);
        if (bytes == 0 || sb_character_is_control(character)) {
            break;
        }
    }
    return column;
}

static sb_status read_line(reading *work, const char *line)
{
    if (!sb_text_is_printable(line)) {
        work->column = first_unprintable(line);
        return fail(work, "this is not UTF-8 text, or a control character",
                    "remove it; control characters are also those that turn the text's direction");
    }
    size_t indent = strspn(line, " ");
    work->column = (int)indent + 1;
    line += indent;
    if (*line == '#') {
        return SB_OK;
    }
    if (*line == '\0') {
        return last_step(work) == NULL ? SB_OK : end_paragraph(work);
    }
    const char *title = after(line, "tour");
    if (work->tour->title == NULL) {
        if (title == NULL || *title == '\0') {
            return fail(work, "a tour begins with its title", "write: tour A simple example");
        }
        work->tour->title = sb_copy_text(title);
        return work->tour->title == NULL ? sb_out_of_memory(work->error) : SB_OK;
    }
    const char *step = after(line, "step");
    if (step != NULL) {
        sb_status status = last_step(work) == NULL ? SB_OK : end_paragraph(work);
        return status == SB_OK ? begin_step(work, step) : status;
    }
    if (last_step(work) == NULL) {
        return fail(work, "nothing comes between the title of a tour and its first step",
                    "write: step How much can we get?");
    }
    return read_of_step(work, line);
}

/* ---- the whole ---- */

static sb_status read_lines(reading *work, char *text)
{
    sb_status status = SB_OK;
    const char *mark = "\xEF\xBB\xBF"; /* of byte order, which some editors write first */
    text += strncmp(text, mark, strlen(mark)) == 0 ? strlen(mark) : 0;
    for (char *line = text; status == SB_OK && line != NULL;) {
        char *end = strchr(line, '\n');
        if (end != NULL) {
            *end = '\0';
        }
        size_t length = strlen(line);
        if (length > 0 && line[length - 1] == '\r') {
            line[length - 1] = '\0';
        }
        work->line++;
        status = read_line(work, line);
        line = end == NULL ? NULL : end + 1;
    }
    if (status == SB_OK && last_step(work) != NULL) {
        status = end_paragraph(work);
    }
    work->column = 0;
    if (status == SB_OK && work->tour->step_count == 0) {
        status = fail(work, "this tour has no step", "write: step How much can we get?");
    }
    return status;
}

static sb_status name_tour(sb_tour *tour, const char *path, sb_error *error)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash + 1 - path);
    tour->path = sb_copy_text(path);
    tour->folder = sb_format_text("%.*s", (int)length, path);
    return tour->path == NULL || tour->folder == NULL ? sb_out_of_memory(error) : SB_OK;
}

sb_status sb_tour_read(const char *path, sb_tour **tour, sb_error *error)
{
    *tour = NULL;
    char *text = NULL;
    size_t length = 0;
    sb_status status = sb_text_read_file(path, LARGEST_TOUR, &text, &length, error);
    if (status != SB_OK) {
        return status;
    }
    reading work = {.tour = sb_allocate(1, sizeof *work.tour), .path = path, .error = error};
    if (work.tour == NULL) {
        free(text);
        return sb_out_of_memory(error);
    }
    sb_text_init(&work.paragraph);
    if (memchr(text, '\0', length) != NULL) {
        status = fail(&work, "this file holds a zero byte, so it is no text", "give a tour: *.sbt");
    } else {
        status = name_tour(work.tour, path, error);
    }
    if (status == SB_OK) {
        status = read_lines(&work, text);
    }
    sb_text_clear(&work.paragraph);
    free(text);
    if (status != SB_OK) {
        sb_tour_free(work.tour);
        work.tour = NULL;
    }
    *tour = work.tour;
    return status;
}
