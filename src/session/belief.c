/* The frozen belief: a prior and the mechanism that was designed for it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "session/command_robust.h"
#include "session/parts.h"

void sb_belief_thaw(sb_session *session)
{
    session->display.incentive_replies = false;
    sb_snapshot_release(session->belief);
    sb_mechanism_free(session->belief_mechanism);
    sb_snapshot_release(session->belief_origin);
    free(session->belief_commands);
    session->belief = NULL;
    session->belief_mechanism = NULL;
    session->belief_origin = NULL;
    session->belief_commands = NULL;
    session->wants.belief = NULL;
    session->wants.mechanism = NULL;
    session->requested = NULL; /* what was asked may have been about it */
    sb_results *others =
        session->results == NULL ? NULL : sb_results_without_belief(session->results);
    sb_results_release(session->results);
    session->results = others;
}

const sb_environment *sb_session_belief(const sb_session *session)
{
    return session->belief == NULL ? NULL : sb_snapshot_environment(session->belief);
}

const sb_mechanism *sb_session_belief_mechanism(const sb_session *session)
{
    return session->belief_mechanism;
}

const sb_mechanism *sb_session_shown_mechanism(const sb_session *session, sb_payments_shown *kind,
                                               const fmpq **largest)
{
    const sb_results *results = session->results;
    const sb_solution *solution = results == NULL ? NULL : sb_results_solution(results);
    const sb_smallest_payments *smallest = results == NULL ? NULL : sb_results_smallest(results);
    if (solution == NULL || solution->status != SB_LP_OPTIMAL) {
        return NULL;
    }
    bool shown = session->display.payments_shown == SB_SHOWN_SMALLEST && smallest != NULL &&
                 smallest->mechanism != NULL;
    if (kind != NULL) {
        *kind = shown ? SB_SHOWN_SMALLEST : SB_SHOWN_VERTEX;
    }
    if (largest != NULL) {
        *largest = shown ? &smallest->largest : &solution->max_payment;
    }
    return shown ? smallest->mechanism : solution->mechanism;
}

static sb_status refuse_to_freeze(sb_call *call, const sb_solution *solution)
{
    bool optimal = solution != NULL && solution->status == SB_LP_OPTIMAL;
    sb_error_set(call->error, SB_ERROR_USAGE,
                 "only a mechanism that is proved optimal can be frozen: %s",
                 solution == NULL                       ? "the program is not solved"
                 : optimal                              ? "this one is not proved"
                 : solution->status == SB_LP_INFEASIBLE ? "no mechanism obeys the rules"
                 : solution->status == SB_LP_UNBOUNDED  ? "the program is unbounded"
                                                        : "the program could not be solved");
    sb_error_set_hint(call->error, optimal ? "freeze when its proof is there"
                                           : "change the rules or the table first");
    return SB_ERROR_USAGE;
}

/* The belief is a snapshot of its own, so that what is known of it is never mistaken for facts
 * about another mechanism that was frozen at the same table. */
sb_status sb_belief_freeze(sb_call *call, const sb_mechanism *mechanism, const char *what,
                           const char *commands)
{
    sb_session *session = call->session;
    char *lines = sb_copy_text(commands);
    sb_mechanism *copy = sb_mechanism_copy(mechanism);
    sb_environment *environment = sb_environment_copy(sb_session_environment(session));
    sb_snapshot *belief = environment == NULL ? NULL : sb_snapshot_new(environment);
    if (copy == NULL || belief == NULL || lines == NULL) {
        if (belief == NULL) {
            sb_environment_free(environment);
        }
        sb_snapshot_release(belief);
        sb_mechanism_free(copy);
        free(lines);
        return sb_out_of_memory(call->error);
    }
    sb_belief_thaw(session);
    session->belief = belief;
    session->belief_mechanism = copy;
    session->belief_origin = sb_snapshot_keep(sb_session_snapshot(session));
    session->belief_commands = lines;
    sb_session_want(session);
    if (call->for_message) {
        sb_text_add_format(call->output,
                           "frozen: %s of this table; change the table to see what it does under "
                           "another truth",
                           what);
    }
    return SB_OK;
}

bool sb_belief_must_be_known(const sb_call *call)
{
    return call->session->interactive && call->for_message;
}

bool sb_belief_is_early(sb_call *call)
{
    bool early = sb_belief_must_be_known(call) && !sb_session_results_current(call->session);
    if (early) {
        sb_error_set(call->error, SB_ERROR_USAGE, "the mechanism of this table is not there yet");
        sb_error_set_hint(call->error, "freeze when it is");
    }
    return early;
}

sb_status sb_run_freeze(sb_call *call)
{
    sb_session *session = call->session;
    bool small = session->display.payments_shown == SB_SHOWN_SMALLEST;
    const sb_wants wants = {.smallest = small};
    const sb_results *results = session->results;
    if (sb_belief_is_early(call)) {
        return SB_ERROR_USAGE;
    }
    if (!sb_belief_must_be_known(call)) {
        results = sb_session_wanted_results(session, &wants, call->error);
    }
    if (results == NULL) {
        return call->error->status;
    }
    const sb_solution *solution = sb_results_solution(results);
    bool exact =
        solution != NULL && solution->status == SB_LP_OPTIMAL && solution->proof == SB_PROOF_EXACT;
    sb_payments_shown kind = SB_SHOWN_VERTEX;
    const sb_mechanism *mechanism = sb_session_shown_mechanism(session, &kind, NULL);
    if (!exact || mechanism == NULL) {
        return refuse_to_freeze(call, solution);
    }
    return kind == SB_SHOWN_SMALLEST
               ? sb_belief_freeze(call, mechanism, "the smallest-payments mechanism",
                                  "payments-shown smallest\nfreeze\n")
               : sb_belief_freeze(call, mechanism, "the vertex mechanism",
                                  "payments-shown vertex\nfreeze\n");
}

sb_status sb_belief_freeze_robust(sb_call *call, const sb_robust_step *step)
{
    if (step == NULL || step->status != SB_LP_OPTIMAL || step->mechanism == NULL) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "this round has no mechanism to freeze");
    }
    return sb_belief_freeze(call, step->mechanism,
                            step->finished ? "the robust mechanism" : "this round's mechanism",
                            "robust freeze\n");
}

sb_status sb_run_thaw(sb_call *call)
{
    sb_belief_thaw(call->session);
    sb_session_want(call->session);
    return SB_OK;
}

sb_status sb_run_payments_shown(sb_call *call)
{
    static const char *const names[] = {"vertex", "smallest", "next", NULL};
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, names, &choice);
    if (status != SB_OK) {
        return status;
    }
    sb_payments_shown *shown = &call->session->display.payments_shown;
    bool smallest = choice == 2 ? *shown == SB_SHOWN_VERTEX : choice == 1;
    *shown = smallest ? SB_SHOWN_SMALLEST : SB_SHOWN_VERTEX;
    if (call->for_message) {
        sb_text_add(call->output, smallest ? "payments shown: an optimal mechanism whose largest "
                                             "payment is as small as can be"
                                           : "payments shown: where the simplex method stopped, a "
                                             "vertex; other optimal mechanisms pay otherwise");
    }
    return SB_OK;
}

sb_status sb_run_sensitivity(sb_call *call)
{
    sb_status status = sb_call_switch(call, &call->session->display.sensitivity);
    sb_session_want(call->session);
    return status;
}

/* The next or previous agent of the misbelief screen, or its curve. */
sb_status sb_run_replies(sb_call *call)
{
    static const char *const names[] = {"next", "previous", "curve", NULL};
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, names, &choice);
    sb_display *display = &call->session->display;
    size_t agents = sb_call_environment(call)->agent_count;
    if (status == SB_OK && choice == 2) {
        display->misbelief_curve = !display->misbelief_curve;
    } else if (status == SB_OK) {
        size_t step = choice == 0 ? 1 : agents - 1;
        display->misbelief_agent = (display->misbelief_agent + step) % agents;
    }
    return status;
}
