/* Finding and running commands.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/commands.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"

static const struct {
    const char *shorter, *name;
} short_names[] = {{"q", "quit"}, {"q!", "quit!"}, {"w", "save"}, {"e", "open"}, {"h", "help"}};

#define SHORT_NAME_COUNT (sizeof short_names / sizeof short_names[0])

size_t sb_command_count(void)
{
    return sb_command_table_count();
}

const sb_command_description *sb_command_at(size_t index)
{
    return &sb_command_table_at(index)->description;
}

const char *sb_command_short_name(const sb_command_description *command)
{
    for (size_t index = 0; index < SHORT_NAME_COUNT; index++) {
        if (strcmp(short_names[index].name, command->name) == 0) {
            return short_names[index].shorter;
        }
    }
    return NULL;
}

static const sb_command *find_whole(const char *name)
{
    for (size_t index = 0; index < SHORT_NAME_COUNT; index++) {
        if (strcmp(short_names[index].shorter, name) == 0) {
            name = short_names[index].name;
        }
    }
    for (size_t index = 0; index < sb_command_table_count(); index++) {
        if (strcmp(sb_command_table_at(index)->description.name, name) == 0) {
            return sb_command_table_at(index);
        }
    }
    return NULL;
}

const sb_command_description *sb_command_find(const char *name)
{
    const sb_command *command = find_whole(name);
    return command == NULL ? NULL : &command->description;
}

/* ---- a name that is not one ---- */

/* How many letters must be changed, added, left out or exchanged with a neighbour. */
static size_t distance(const char *left, const char *right)
{
    size_t rows[3][64];
    size_t width = strlen(right);
    size_t height = strlen(left);
    if (width > 60 || height > 60) {
        return SIZE_MAX;
    }
    for (size_t column = 0; column <= width; column++) {
        rows[0][column] = column;
    }
    for (size_t row = 1; row <= height; row++) {
        size_t *now = rows[row % 3];
        const size_t *above = rows[(row + 2) % 3];
        now[0] = row;
        for (size_t column = 1; column <= width; column++) {
            size_t best = above[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
            best = above[column] + 1 < best ? above[column] + 1 : best;
            best = now[column - 1] + 1 < best ? now[column - 1] + 1 : best;
            if (row > 1 && column > 1 && left[row - 1] == right[column - 2] &&
                left[row - 2] == right[column - 1]) {
                size_t exchanged = rows[(row + 1) % 3][column - 2] + 1;
                best = exchanged < best ? exchanged : best;
            }
            now[column] = best;
        }
    }
    return rows[height % 3][width];
}

static const char *nearest(const char *word)
{
    const char *best = NULL;
    size_t least = 1 + strlen(word) / 3;
    for (size_t index = 0; index < sb_command_table_count(); index++) {
        const char *name = sb_command_table_at(index)->description.name;
        size_t away = distance(word, name);
        if (away < least || (away == least && best == NULL)) {
            best = name;
            least = away;
        }
    }
    return best;
}

const sb_command *sb_command_lookup(const char *word, sb_error *error)
{
    const sb_command *found = find_whole(word);
    if (found != NULL) {
        return found;
    }
    sb_text names;
    sb_text_init(&names);
    size_t count = 0;
    for (size_t index = 0; index < sb_command_table_count(); index++) {
        const sb_command *command = sb_command_table_at(index);
        const char *name = command->description.name;
        if (strncmp(name, word, strlen(word)) == 0) {
            found = command;
            sb_text_add(&names, count == 0 ? "" : ", ");
            sb_text_add(&names, name);
            count++;
        }
    }
    if (count > 1) {
        sb_error_set(error, SB_ERROR_USAGE, "`%s` is the beginning of several commands", word);
        sb_error_set_hint(error, "write one of %s", names.failed ? "them" : names.bytes);
    }
    sb_text_clear(&names);
    if (count > 0) {
        return count == 1 ? found : NULL;
    }
    const char *near = nearest(word);
    sb_error_set(error, SB_ERROR_USAGE, "there is no command `%s`", word);
    if (near != NULL) {
        sb_error_set_hint(error, "did you mean `%s`?", near);
    } else {
        sb_error_set_hint(error, "`help` lists the commands");
    }
    return NULL;
}

/* ---- the words of a line ---- */

/* Agents are often called "agent 1": two words that need no quotes where no single word is meant.
 */
static sb_status join_player(sb_words *words, const sb_session *session, const sb_command *command)
{
    const sb_environment *environment = session == NULL ? NULL : sb_session_environment(session);
    if (environment == NULL || command->description.arguments[0] != SB_ARGUMENT_PLAYER ||
        words->count < 3) {
        return SB_OK;
    }
    size_t player = 0;
    for (size_t end = 2; end <= words->count; end++) {
        sb_text name;
        sb_text_init(&name);
        for (size_t word = 1; word < end; word++) {
            sb_text_add(&name, word == 1 ? "" : " ");
            sb_text_add(&name, words->texts[word]);
        }
        char *text = sb_text_take(&name, NULL);
        bool found =
            text != NULL && sb_environment_find_player(environment, text, &player, NULL) == SB_OK;
        free(text);
        if (found) {
            return sb_words_join(words, 1, end, " ", NULL);
        }
    }
    return SB_OK;
}

/* Bring the words into the shape the command takes; usage error where they do not fit. */
static sb_status shape(sb_words *words, const sb_session *session, const sb_command *command,
                       sb_error *error)
{
    sb_status status = join_player(words, session, command);
    if (status == SB_OK && command->joined != 0) {
        size_t from = command->joined == SB_JOIN_ALL ? 0 : command->joined;
        /* Behind another argument, as of bind, a command is run later: its quotes count then. */
        bool later = from > 0 && command->description.arguments[from] == SB_ARGUMENT_COMMAND;
        status = later ? sb_words_join_quoted(words, from + 1, words->count, error)
                       : sb_words_join(words, from + 1, words->count, " ", error);
    }
    if (status != SB_OK) {
        return status;
    }
    size_t count = words->count - 1;
    if (count < command->least || count > command->most) {
        sb_error_set(error, SB_ERROR_USAGE, "%s does not take %zu argument%s",
                     command->description.name, count, count == 1 ? "" : "s");
        sb_error_set_hint(error, "usage: %s%s", command->description.synopsis,
                          count > command->most && command->most > 0
                              ? " (quotation marks keep words together)"
                              : "");
        return SB_ERROR_USAGE;
    }
    return SB_OK;
}

/* *command NULL, with SB_OK: nothing but a comment. */
static sb_status understand(const char *line, const sb_session *session, sb_words *words,
                            const sb_command **command, sb_error *error)
{
    *command = NULL;
    sb_status status = sb_words_split(line, strlen(line), words, error);
    if (status != SB_OK) {
        return status;
    }
    if (words->open_quote) {
        sb_error_set(error, SB_ERROR_USAGE, "a quotation mark is opened and not closed");
        sb_error_set_hint(error, "write \\\" for a quotation mark inside a quoted word");
        return SB_ERROR_USAGE;
    }
    if (words->count == 0) {
        return SB_OK;
    }
    const sb_command *found = sb_command_lookup(words->texts[0], error);
    if (found == NULL) {
        return SB_ERROR_USAGE;
    }
    status = shape(words, session, found, error);
    if (status == SB_OK) {
        *command = found;
    }
    return status;
}

bool sb_command_parses(const char *line, sb_error *error)
{
    sb_words words;
    sb_words_init(&words);
    const sb_command *command = NULL;
    sb_status status = understand(line, NULL, &words, &command, error);
    sb_words_clear(&words);
    return status == SB_OK;
}

/* ---- running ---- */

static sb_status run(sb_session *session, const sb_command *command, sb_words *words,
                     sb_text *output, bool for_message, sb_error *error)
{
    if (command->needs_environment && sb_session_environment(session) == NULL) {
        sb_error_set(error, SB_ERROR_USAGE, "no environment is open");
        sb_error_set_hint(error, "open one: open FILE");
        return SB_ERROR_USAGE;
    }
    sb_call call = {.session = session,
                    .command = command,
                    .count = words->count - 1,
                    .arguments = words->texts + 1,
                    .words = words,
                    .output = output,
                    .for_message = for_message,
                    .error = error};
    if (for_message) {
        sb_session_set_message(session, SB_MESSAGE_NONE, "%s", "");
    }
    sb_status status = command->run(&call);
    if (status == SB_OK && for_message && output->length > 0) {
        for (size_t at = 0; at < output->length; at++) {
            if (output->bytes[at] == '\n') {
                output->bytes[at] = at + 1 == output->length ? '\0' : ';';
            }
        }
        sb_session_set_message(session, call.warning ? SB_MESSAGE_WARNING : SB_MESSAGE_INFO, "%s",
                               output->bytes);
    }
    return status;
}

sb_status sb_session_command(sb_session *session, const char *line, sb_text *output,
                             sb_error *error)
{
    sb_error own;
    sb_error_clear(&own);
    sb_words words;
    sb_words_init(&words);
    sb_text message;
    sb_text_init(&message);
    const sb_command *command = NULL;
    const sb_snapshot *before = sb_session_snapshot(session);
    sb_status status = understand(line, session, &words, &command, &own);
    if (status == SB_OK && command != NULL) {
        bool for_message = output == NULL;
        status = run(session, command, &words, for_message ? &message : output, for_message, &own);
    }
    /* A change that was made stands, even where memory does not suffice to tell. */
    bool changed = sb_session_snapshot(session) != before;
    if (status == SB_OK && !changed && (output == NULL ? &message : output)->failed) {
        status = sb_out_of_memory(&own);
    }
    if (status != SB_OK && output == NULL) {
        sb_session_set_error_message(session, &own);
    }
    if (output == NULL && command != NULL) {
        session->message_answers = sb_command_answers(&command->description);
    }
    if (status != SB_OK && error != NULL) {
        *error = own;
    }
    sb_text_clear(&message);
    sb_words_clear(&words);
    return status;
}

/* The question is put as an expectation whose answer is left open. */
sb_status sb_session_ask(sb_session *session, const char *question, sb_asked *asked,
                         sb_error *error)
{
    sb_error own;
    sb_error_clear(&own);
    sb_words words;
    sb_words_init(&words);
    const sb_command *command = NULL;
    char *line = sb_format_text("expect %s ?", question);
    sb_status status =
        line == NULL ? sb_out_of_memory(&own) : understand(line, session, &words, &command, &own);
    if (status == SB_OK && sb_session_environment(session) == NULL) {
        status = sb_error_set(&own, SB_ERROR_USAGE, "no environment is open");
    }
    sb_text output;
    sb_text_init(&output);
    if (status == SB_OK && command != NULL) {
        sb_call call = {.session = session,
                        .command = find_whole("ask"),
                        .count = words.count - 1,
                        .arguments = words.texts + 1,
                        .words = &words,
                        .output = &output,
                        .asked = asked,
                        .error = &own};
        status = command->run(&call);
    }
    if (status != SB_OK && error != NULL) {
        *error = own;
    }
    sb_text_clear(&output);
    sb_words_clear(&words);
    free(line);
    return status;
}
