/* A mechanism designed for one prior meets another.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mechanism is frozen at a belief; the truth is another prior over the same profiles. Each type
 * of each agent computes, with its true conditional and the others truthful, what each report and
 * what staying away is worth, and takes the best: the truth where it is among the best, then taking
 * part (the first best report), then staying away. All ties are decided exactly.
 *
 * The seller's revenue: at every true profile each agent that takes part sends its chosen report
 * and pays what the mechanism then asks of it. One that stays away pays nothing and gets its
 * outside option; towards the others the mechanism is run at its true type (one bidder: simply no
 * sale), and the seller's own value counts at the outcome probabilities of that run, except that an
 * outcome's value to an absent agent is nobody's.
 */
#ifndef SIDEBET_MISBELIEF_H
#define SIDEBET_MISBELIEF_H

#include "sidebet/mechanism.h"

typedef enum sb_action { SB_ACTION_TRUTH, SB_ACTION_MISREPORT, SB_ACTION_EXIT } sb_action;
const char *sb_action_name(sb_action action); /* "truth", "misreport", "exit" */

typedef struct sb_reply {
    bool has_belief; /* the type has positive probability under the truth; else action is truth */
    sb_action action;
    size_t report;          /* the type's own under truth; SB_NOWHERE under exit */
    fmpq utility;           /* of the action, expected under the type's true conditional */
    fmpq truth_utility;     /* of telling the truth */
    fmpq *report_utilities; /* of each report, type_count numbers */
    fmpq outside;
} sb_reply;

typedef struct sb_misbelief_agent {
    size_t type_count;
    sb_reply *replies; /* one a type */
} sb_misbelief_agent;

typedef struct sb_misbelief {
    size_t agent_count;
    sb_misbelief_agent *agents;
    fmpq designed_revenue; /* at the belief, everybody truthful */
    fmpq revenue;          /* what the seller gets */
    bool all_truthful;
} sb_misbelief;
void sb_misbelief_init(sb_misbelief *misbelief);
void sb_misbelief_clear(sb_misbelief *misbelief);

/* belief and truth have the same players, type counts, outcomes and utilities (usage error that
 * names the first difference); mechanism fits them. */
sb_status sb_misbelief_evaluate(const sb_environment *belief, const sb_mechanism *mechanism,
                                const sb_environment *truth, sb_misbelief *misbelief,
                                sb_error *error);

/* truth(s) = belief + s (direction - belief) as probabilities, s rational: a new environment with
 * the belief's everything else. Input error where a probability would be negative. */
sb_status sb_misbelief_truth_along(const sb_environment *belief, const sb_environment *direction,
                                   const fmpq_t s, sb_environment **truth, sb_error *error);

#endif
