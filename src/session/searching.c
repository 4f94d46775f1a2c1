/* The search for a deterministic mechanism, shown while it goes on.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A round is a whole search with a limit on its time, each with more patience than the one before:
 * at the end of a round its best mechanism is published, and within it how far it is. Who stops the
 * search keeps the best mechanism of all rounds.
 */
#include <math.h>
#include <stdio.h>

#include "base/memory.h"
#include "session/solving.h"

typedef struct going_on {
    const sb_solving *work;
    sb_results **results;
    const sb_search_rounds *rounds; /* before this one */
    sb_integer_progress last;
} going_on;

/* What fails for want of memory is not shown. */
static void publish(const going_on *search, bool stopped)
{
    sb_part *part = sb_part_new(SB_PART_SEARCH);
    if (part != NULL) {
        *sb_part_search(part) = (sb_search){.progress = search->last, .stopped = stopped};
        (void)sb_solving_advance(search->work, search->results, part, false, NULL);
    }
}

/* What an earlier round knows of the bound is not forgotten, nor what the search in double
 * precision knows when the one in rationals begins at the root again. */
static void goes_on(void *context, const sb_integer_progress *progress)
{
    going_on *search = context;
    double bound = search->last.bound;
    search->last = *progress;
    search->last.bound = bound < progress->bound ? bound : progress->bound;
    search->last.nodes += search->rounds->nodes;
    search->last.seconds += search->rounds->seconds;
    const sb_solution *known = sb_results_solution(*search->results);
    if (known != NULL && known->searched && known->status == SB_LP_OPTIMAL) {
        double objective = sb_rational_to_double(&known->objective);
        sb_integer_progress *last = &search->last;
        if (!last->has_solution || last->objective < objective) {
            last->objective = objective;
        }
        last->has_solution = true;
        last->bound = known->bound < last->bound ? known->bound : last->bound;
    }
    publish(search, false);
}

/* The mechanism of this round says more than the one that is shown. */
static bool says_more(const sb_results *results, const sb_solution *found)
{
    const sb_solution *known = sb_results_solution(results);
    bool rivals = known != NULL && known->status == SB_LP_OPTIMAL && known->searched &&
                  found->proof != SB_PROOF_EXACT;
    if (!rivals) {
        return true;
    }
    int order =
        found->status == SB_LP_OPTIMAL ? fmpq_cmp(&found->objective, &known->objective) : -1;
    return order > 0 || (order == 0 && found->bound <= known->bound);
}

/* Whether it was the search alone that was stopped; then its flag is lowered. Who supersedes the
 * work raises the flag of the work first: so that is never mistaken for this. */
static bool stopped_alone(const sb_solving *work)
{
    if (work->stop_search == NULL) {
        return false;
    }
    atomic_store(work->stop_search, false);
    return !atomic_load(work->cancel);
}

bool sb_solving_searches(const sb_solving *work)
{
    const sb_rules *rules = &sb_snapshot_environment(work->snapshot)->rules;
    return rules->choice[SB_RULE_DETERMINISTIC] == SB_DETERMINISTIC;
}

sb_status sb_solving_stop(const sb_solving *work, sb_status status)
{
    return status == SB_ERROR_CANCELLED && stopped_alone(work) ? SB_OK : status;
}

sb_status sb_solving_search(const sb_solving *work, sb_results **results, sb_search_rounds *rounds,
                            sb_error *error)
{
    sb_part *part = sb_part_new(SB_PART_SOLUTION);
    if (part == NULL) {
        return sb_out_of_memory(error);
    }
    going_on search = {
        .work = work, .results = results, .rounds = rounds, .last = {.bound = INFINITY}};
    const sb_search *before = sb_results_search(*results);
    if (before != NULL) { /* for who stops before this round has anything to say */
        search.last = before->progress;
    }
    sb_solution *found = sb_part_solution(part);
    const sb_integer_options options = {.exact = true,
                                        .time_limit = rounds->patience,
                                        .cancel = work->stop_search,
                                        .progress = goes_on,
                                        .context = &search};
    sb_error cause;
    sb_error_clear(&cause);
    sb_status status =
        sb_design_search(sb_snapshot_environment(work->snapshot), &options, found, &cause);
    bool stopped = status == SB_ERROR_CANCELLED && stopped_alone(work);
    status = stopped ? SB_OK : status;
    if (status == SB_ERROR_CANCELLED || status == SB_ERROR_MEMORY) {
        sb_part_release(part);
        return sb_error_set(error, status, "%s", cause.message);
    }
    rounds->nodes = search.last.nodes > rounds->nodes ? search.last.nodes : rounds->nodes;
    rounds->seconds = search.last.seconds > rounds->seconds ? search.last.seconds : rounds->seconds;
    rounds->ended = stopped || status != SB_OK || found->proof == SB_PROOF_EXACT;
    if (stopped && found->status != SB_LP_OPTIMAL) {
        (void)snprintf(found->reason, sizeof found->reason,
                       "the search was stopped before it found a mechanism");
    }
    bool nothing = status == SB_OK && !stopped && found->proof == SB_PROOF_NONE;
    sb_status published = SB_OK;
    if (nothing || (status == SB_OK && !says_more(*results, found))) {
        sb_part_release(part); /* nothing new to show */
    } else {
        published = sb_solving_publish(work, results, part, status, &cause, error);
    }
    if (published == SB_OK && stopped) {
        publish(&search, true);
    }
    return published;
}
