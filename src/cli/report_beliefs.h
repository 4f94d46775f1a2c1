/* Beliefs, bets and mixtures of types in the answers: for people and for programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_REPORT_BELIEFS_H
#define SB_CLI_REPORT_BELIEFS_H

#include "cli/json_writer.h"
#include "cli/layout.h"
#include "sidebet/environment.h"

/* A sentence as a paragraph: wrapped, later lines indented by two more; the sentence is cleared. */
void sb_report_add_line(sb_text *text, sb_text *sentence, size_t indent, size_t width);

/* A number in at most eight characters. */
void sb_report_add_short(sb_text *text, const fmpq_t value);

/* "0.5 of type 1 and 0.5 of type 3" */
void sb_report_add_mixture(sb_text *text, const sb_agent *agent, const fmpq *mixture);

/* A table with one row a type and one column a profile of the others (for one bidder: the signal).
 * numbers at [type * others_count + others]; has NULL: every type. Where it is too wide, one line a
 * cell. */
void sb_report_add_belief_table(sb_text *text, const sb_environment *environment, size_t agent,
                                const fmpq *numbers, const bool *has, size_t indent, size_t width);

/* An array of numbers, or of fractions; NULL: null. */
void sb_json_rationals(sb_json *json, const char *key, const fmpq *numbers, size_t count,
                       bool fractions);
/* {"TYPE": weight}, the weights that are not 0. */
void sb_json_mixture(sb_json *json, const char *key, const sb_agent *agent, const fmpq *mixture,
                     bool fractions);
/* The labels of the profiles of the others. */
void sb_json_others(sb_json *json, const char *key, const sb_environment *environment,
                    size_t agent);

#endif
