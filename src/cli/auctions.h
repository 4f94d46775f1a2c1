/* The answer of sidebet auctions, for people and for programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_AUCTIONS_H
#define SB_CLI_AUCTIONS_H

#include "base/text.h"
#include "sidebet/auctions.h"
#include "sidebet/surplus.h"

typedef struct sb_auctions_answer {
    sb_environment *environment;
    sb_baseline optimum; /* under the rules in force */
    sb_baseline ex_post; /* under ex-post IC and IR */
    fmpq full_surplus;
    sb_auctions auctions;
    sb_notes notes; /* of the reader */
    double seconds;
} sb_auctions_answer;

/* Plain text, at most width columns where that can be. */
void sb_report_auctions(sb_text *text, const sb_auctions_answer *answer, size_t width);
/* One JSON object and a newline; see sidebet(1). */
void sb_json_auctions(sb_text *text, const sb_auctions_answer *answer);

#endif
