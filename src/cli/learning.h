/* The answer of sidebet learning, for people and for programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_LEARNING_H
#define SB_CLI_LEARNING_H

#include "base/text.h"
#include "sidebet/indistinguishable.h"

typedef struct sb_learning_answer {
    sb_environment *environment;
    sb_indistinguishable near;
    double error; /* of the best test, that numbers of samples are given for */
    sb_notes notes;
    double seconds;
} sb_learning_answer;

/* What is to be seen, in one sentence of computed numbers; NULL when memory runs out. */
char *sb_learning_lesson(const sb_learning_answer *answer);

/* `whole` is an sb_learning_answer. */
void sb_report_learning(sb_text *text, const void *whole, size_t width);
void sb_json_learning(sb_text *text, const void *whole);
void sb_csv_learning(sb_text *text, const void *whole);

#endif
