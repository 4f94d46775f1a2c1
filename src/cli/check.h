/* The answer of sidebet check, for people and for programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_CHECK_H
#define SB_CLI_CHECK_H

#include "base/text.h"
#include "sidebet/full_extraction.h"

typedef struct sb_check_answer {
    const sb_environment *environment;
    const sb_extraction *extraction;
    const sb_notes *notes; /* of the reader */
    double seconds;
} sb_check_answer;

/* Plain text, at most width columns where that can be. */
void sb_report_check(sb_text *text, const sb_check_answer *answer, size_t width);
/* One JSON object and a newline; see sidebet(1). */
void sb_json_check(sb_text *text, const sb_check_answer *answer);

#endif
