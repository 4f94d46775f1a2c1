/* The command language: one table that dispatch, completion, help and the manual share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line is one command: words separated by blanks; "double quotes" keep blanks in a word (\" and
 * \\ inside); # starts a comment. Rules are commands too: `ic ex-post`, `payments bounded:100`.
 */
#ifndef SB_SESSION_COMMANDS_H
#define SB_SESSION_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/session.h"

typedef enum sb_argument_kind { /* what completion offers */
                                SB_ARGUMENT_NONE,
                                SB_ARGUMENT_FILE,
                                SB_ARGUMENT_PROFILE,
                                SB_ARGUMENT_PLAYER,
                                SB_ARGUMENT_TYPE, /* of the player named before it */
                                SB_ARGUMENT_OUTCOME,
                                SB_ARGUMENT_COMMAND, /* a topic of help */
                                SB_ARGUMENT_CHOICE,  /* one of the words in `choices` */
                                SB_ARGUMENT_NUMBER,
                                SB_ARGUMENT_TEXT
} sb_argument_kind;

typedef struct sb_command_description {
    const char *name;
    const char
        *group; /* heading in the help: "Prior", "Types", "Rules", "File", "Screen", "Session" */
    const char *synopsis; /* "set PROFILE NUMBER" */
    const char *summary;  /* one line */
    const char *details;  /* "" or more sentences, shown by `help NAME` and in the manual */
    sb_argument_kind arguments[4];
    const char *const *choices; /* NULL-terminated, for SB_ARGUMENT_CHOICE; NULL otherwise */
} sb_command_description;

size_t sb_command_count(void);
const sb_command_description *sb_command_at(size_t index);
/* By the whole name or a short one (q, q!, w, e, h); NULL: none. */
const sb_command_description *sb_command_find(const char *name);
/* The short name of a command, or NULL. */
const char *sb_command_short_name(const sb_command_description *command);
/* Would this line be understood: a known command with a possible number of words? */
bool sb_command_parses(const char *line, sb_error *error);

/* Completions of the word that ends at byte `point` of line: whole replacement words, sorted, the
 * array NULL-terminated; NULL when there are none. *start is where the word begins. Files are left
 * to the caller: *files is set. Freed with sb_completions_free. */
char **sb_command_complete(const sb_session *session, const char *line, size_t point, size_t *start,
                           bool *files);
void sb_completions_free(char **words);

#endif
