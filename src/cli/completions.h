/* Completions for shells, made from the tables of subcommands and options.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_COMPLETIONS_H
#define SB_CLI_COMPLETIONS_H

#include "base/text.h"
#include "cli/program.h"

enum { SB_COMPLETION_MOST_OPTIONS = 128 };

/* What may be typed for an option's value or as an operand. */
typedef struct sb_completion_values {
    bool any;        /* there is a value at all */
    bool files;      /* it can be the name of a file */
    bool topics;     /* what help explains */
    bool tours;      /* the tours that come with the program */
    char words[256]; /* what it can be chosen from, with blanks between: "exact floating" */
} sb_completion_values;

/* An option as a subcommand takes it. Two of one name are one here, with the words of both. */
typedef struct sb_completion_option {
    sb_option option;
    sb_completion_values values;
} sb_completion_option;

/* Those that a subcommand takes, help and version too; of NULL: every option, the first of each
 * name. Returns how many there are. */
size_t sb_completion_options(const sb_subcommand *subcommand,
                             sb_completion_option options[SB_COMPLETION_MOST_OPTIONS]);
/* Of an argument as the tables write it: "FILE", "exact|floating", "bounded:NUMBER", "". */
void sb_completion_read_values(sb_completion_values *values, const char *argument);
/* The words that help takes. */
void sb_completion_add_topics(sb_text *text);
/* The names of the tours. */
void sb_completion_add_tours(sb_text *text);
/* All words that a value can be, whatever they come from. */
void sb_completion_add_words(sb_text *text, const sb_completion_values *values);
/* The first sentence of an explanation, in 'single quotes', each of `escaped` behind a backslash;
 * `quote` is what stands for a single quote inside. */
void sb_completion_add_sentence(sb_text *text, const char *explanation, const char *escaped,
                                const char *quote);

/* The scripts. */
void sb_completion_bash(sb_text *text);
void sb_completion_zsh(sb_text *text);
void sb_completion_fish(sb_text *text);

#endif
