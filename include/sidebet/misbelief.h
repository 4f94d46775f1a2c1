/* A mechanism designed for one prior meets another.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mechanism is frozen at a belief; the truth is another prior over the same profiles. Each type
 * of each agent computes, with its true conditional and the others truthful, what each report and
 * what staying away is worth, and takes the best: the truth where it is among the best, then taking
 * part (the first best report), then staying away. All ties are decided exactly.
 *
 * What an agent may do follows from its reporting sets and from the rules that the mechanism was
 * designed under for this agent (the belief's), so that a mechanism at its own belief finds
 * everybody truthful: a type sends what it may report; an agent without incentive compatibility
 * cannot misreport and one without individual rationality cannot stay away; under ex-ante
 * individual rationality an agent decides before it knows its type, so that either all its types
 * stay away (where its expected utility at its best reports is below that of its outside options)
 * or none.
 *
 * The seller's revenue is counted in the same way, each agent's reply against truthful others: an
 * agent that takes part pays what the mechanism asks of its report there, one that stays away pays
 * nothing and gets its outside option; towards the others the mechanism is run at its true type. To
 * these payments come the seller's own value of the truthful outcomes and the changes in it that
 * each reply brings alone; an item that would go to an absent bidder is kept (one bidder: simply no
 * sale).
 *
 * With several agents there is a second number, what the seller gets when all replies are sent at
 * once. No agent expects that: payments of opposite signs near independence then no longer cancel,
 * and two liars may both pay tens of thousands. With one agent the two are the same.
 */
#ifndef SIDEBET_MISBELIEF_H
#define SIDEBET_MISBELIEF_H

#include "sidebet/declarations.h"
#include "sidebet/mechanism.h"

SB_DECLARATIONS_BEGIN

typedef enum sb_action { SB_ACTION_TRUTH, SB_ACTION_MISREPORT, SB_ACTION_EXIT } sb_action;
const char *sb_action_name(sb_action action); /* "truth", "misreport", "exit" */

typedef struct sb_reply {
    bool has_belief; /* the type has positive probability under the truth; else action is truth and
                        all numbers but outside are zero */
    sb_action action;
    size_t report;          /* the type's own under truth; (size_t)-1 under exit */
    fmpq utility;           /* of the action, expected under the type's true conditional */
    fmpq truth_utility;     /* of telling the truth */
    fmpq *report_utilities; /* of each report, type_count numbers, also of those that the type may
                               not make */
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
    fmpq revenue;          /* what the seller gets, each reply against truthful others */
    fmpq joint_revenue;    /* when all replies are sent at once */
    bool all_truthful;
} sb_misbelief;
void sb_misbelief_init(sb_misbelief *misbelief);
void sb_misbelief_clear(sb_misbelief *misbelief);

/* belief and truth have as many players, types and outcomes, and the same utilities, outside
 * options, reporting sets and designer's values (usage error that names the first difference;
 * labels and rules may differ); mechanism fits them. */
sb_status sb_misbelief_evaluate(const sb_environment *belief, const sb_mechanism *mechanism,
                                const sb_environment *truth, sb_misbelief *misbelief,
                                sb_error *error);
/* The same for mechanisms in floating numbers, where a posted price may come out as 5 - 1e-15:
 * nobody lies or stays away for a gain of at most tolerance (>= 0; NULL: 0), so that ties fall as
 * the designer meant them to. */
sb_status sb_misbelief_evaluate_within(const sb_environment *belief, const sb_mechanism *mechanism,
                                       const sb_environment *truth, const fmpq *tolerance,
                                       sb_misbelief *misbelief, sb_error *error);

/* truth(s) = belief + s (direction - belief) as probabilities, s rational: a new environment with
 * the belief's everything else. Input error where a probability would be negative, usage error
 * where the two differ in players or types. */
sb_status sb_misbelief_truth_along(const sb_environment *belief, const sb_environment *direction,
                                   const fmpq_t s, sb_environment **truth, sb_error *error);

SB_DECLARATIONS_END

#endif
