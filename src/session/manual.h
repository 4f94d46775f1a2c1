/* The manual inside the program: what `help TOPIC` finds, from the source of the manual pages.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Topics are the sections and the entries of lists in sidebet(1), (5) and (7): subcommands,
 * commands, options, keys, what a file may hold, notions. An entry is found by any of its names,
 * in capitals or not, with or without the dashes of an option, a blank as good as a hyphen. Members
 * of JSON are none.
 */
#ifndef SB_SESSION_MANUAL_H
#define SB_SESSION_MANUAL_H

#include "session/mdoc.h"

typedef struct sb_manual_topic {
    char *name;      /* as it is typed: "solve", "--ic", "exit-status", "b" */
    int page;        /* 1, 5, 7 */
    size_t from, to; /* lines of the page */
    size_t section;  /* the line of the section it is in */
    size_t part;     /* that of the subsection or entry around it; the section's where none is */
} sb_manual_topic;

typedef struct sb_manual {
    sb_manual_topic *topics;
    size_t count, capacity;
    bool failed; /* memory ran out */
} sb_manual;

/* Read the topics of all pages. */
void sb_manual_init(sb_manual *manual);
void sb_manual_clear(sb_manual *manual);

/* All that is said about a topic, commands first. Where no topic has the name, the only one that
 * begins so, or has these words in its name. Usage error that lists what there is, or names the
 * nearest. "sidebet(7)" is a whole page. */
sb_status sb_manual_explain(const sb_manual *manual, const char *topic, sb_manual_text *text,
                            sb_error *error);

/* As plain text, wrapped at `width` columns. */
void sb_manual_format(const sb_manual_text *manual, size_t width, sb_text *text);

#endif
