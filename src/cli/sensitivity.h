/* The answer of sidebet sensitivity: for people and for programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_SENSITIVITY_H
#define SB_CLI_SENSITIVITY_H

#include "base/text.h"
#include "sidebet/sensitivity.h"

typedef struct sb_sensitivity_answer {
    const sb_environment *environment;
    const sb_sensitivity *sensitivity;
    const sb_notes *notes; /* of the reader */
    double seconds;
} sb_sensitivity_answer;

/* `answer` is an sb_sensitivity_answer. */
void sb_report_sensitivity(sb_text *text, const void *whole, size_t width);
void sb_json_sensitivity(sb_text *text, const void *whole);
void sb_csv_sensitivity(sb_text *text, const void *whole);

#endif
