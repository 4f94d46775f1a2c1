/* The answer of sidebet separation, for people and for programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_SEPARATION_H
#define SB_CLI_SEPARATION_H

#include "base/text.h"
#include "sidebet/separation.h"

typedef struct sb_separation_answer {
    sb_environment *environment;
    size_t first, count; /* the agents looked at */
    sb_separation *separations;
    sb_notes notes; /* of the reader */
    double seconds;
} sb_separation_answer;

/* Plain text, at most width columns where that can be. */
void sb_report_separation(sb_text *text, const sb_separation_answer *answer, size_t width);
/* One JSON object and a newline; see sidebet(1). */
void sb_json_separation(sb_text *text, const sb_separation_answer *answer);

#endif
