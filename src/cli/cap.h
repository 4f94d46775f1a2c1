/* The answer of sidebet cap: for people, for programs, for the wall.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_CAP_H
#define SB_CLI_CAP_H

#include "base/text.h"
#include "sidebet/payment_cap.h"

typedef struct sb_cap_answer {
    const sb_environment *environment;
    const sb_cap *cap;
    const sb_notes *notes; /* of the reader */
    double seconds;
} sb_cap_answer;

/* What is to be seen, in one sentence of computed numbers; NULL when memory runs out. */
char *sb_cap_lesson(const sb_cap_answer *answer);

/* `whole` is an sb_cap_answer. */
void sb_report_cap(sb_text *text, const void *whole, size_t width);
void sb_json_cap(sb_text *text, const void *whole);
void sb_csv_cap(sb_text *text, const void *whole);

#endif
