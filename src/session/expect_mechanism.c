/* Questions about the mechanism that is shown, and the frozen one.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/expect.h"
#include "sidebet/safe_radius.h"

/* NULL with an error where there is none. */
static const sb_mechanism *shown(sb_call *call, const char **proof)
{
    const sb_wants wants = {.smallest = true};
    const sb_results *results = sb_session_wanted_results(call->session, &wants, call->error);
    if (results == NULL) {
        return NULL;
    }
    const sb_solution *solution = sb_results_solution(results);
    const sb_mechanism *mechanism = sb_session_shown_mechanism(call->session, NULL, NULL);
    if (solution == NULL) {
        sb_expect_missing(call, results);
    } else if (mechanism == NULL) {
        sb_expect_not_optimal(call, call->arguments[0], solution->status);
    } else {
        *proof = sb_proof_name(solution->proof);
    }
    return solution == NULL ? NULL : mechanism;
}

sb_status sb_expect_payment(sb_call *call)
{
    size_t agent = 0;
    size_t profile = 0;
    sb_status status = sb_expect_agent(call, 1, &agent);
    if (status == SB_OK) {
        status = sb_call_profile(call, 2, 3, &profile);
    }
    const char *proof = "";
    const sb_mechanism *mechanism = status == SB_OK ? shown(call, &proof) : NULL;
    if (mechanism == NULL) {
        return status == SB_OK ? call->error->status : status;
    }
    return sb_expect_number(call, call->arguments[0],
                            &mechanism->payments[profile * mechanism->agent_count + agent], proof);
}

sb_status sb_expect_allocation(sb_call *call)
{
    size_t outcome = 0;
    size_t profile = 0;
    sb_status status = sb_call_join(call, 1, call->count - 2, " ");
    if (status == SB_OK) {
        status = sb_names_find_outcome(sb_call_environment(call), call->arguments[1], &outcome,
                                       call->error);
    }
    if (status == SB_OK) {
        status = sb_call_profile(call, 2, 3, &profile);
    }
    const char *proof = "";
    const sb_mechanism *mechanism = status == SB_OK ? shown(call, &proof) : NULL;
    if (mechanism == NULL) {
        return status == SB_OK ? call->error->status : status;
    }
    return sb_expect_number(call, call->arguments[0],
                            &mechanism->allocation[profile * mechanism->outcome_count + outcome],
                            proof);
}

static sb_status find_rent(sb_call *call, size_t agent, size_t type, fmpq_t rent,
                           const char **proof)
{
    const sb_mechanism *mechanism = shown(call, proof);
    if (mechanism == NULL) {
        return call->error->status;
    }
    const sb_environment *environment = sb_call_environment(call);
    sb_status status = SB_OK;
    fmpq_t marginal;
    fmpq_init(marginal);
    sb_environment_marginal(marginal, environment, agent, type);
    if (fmpq_is_zero(marginal)) {
        status =
            sb_error_set(call->error, SB_ERROR_USAGE, "a type of probability zero expects nothing");
    } else {
        sb_mechanism_interim_utility(rent, environment, mechanism, agent, type, type);
        fmpq_div(rent, rent, marginal);
    }
    fmpq_clear(marginal);
    return status;
}

sb_status sb_expect_rent(sb_call *call)
{
    size_t agent = 0;
    size_t type = 0;
    sb_status status = sb_expect_type(call, 1, &agent, &type);
    if (status != SB_OK) {
        return status;
    }
    const char *proof = "";
    fmpq_t rent;
    fmpq_init(rent);
    status = find_rent(call, agent, type, rent, &proof);
    if (status == SB_OK) {
        status = sb_expect_number(call, call->arguments[0], rent, proof);
    }
    fmpq_clear(rent);
    return status;
}

sb_status sb_expect_safe_radius(sb_call *call)
{
    const sb_session *session = call->session;
    if (session->belief == NULL) {
        sb_error_set(call->error, SB_ERROR_USAGE, "no mechanism is frozen");
        sb_error_set_hint(call->error, "freeze keeps the one that is shown");
        return SB_ERROR_USAGE;
    }
    sb_safe_radius radius;
    sb_safe_radius_init(&radius);
    sb_status status = sb_safe_radius_of(sb_session_belief(session), session->belief_mechanism,
                                         &radius, call->error);
    if (status == SB_OK) {
        status = radius.unlimited
                     ? sb_expect_word(call, call->arguments[0], NULL, "unlimited")
                     : sb_expect_number(call, call->arguments[0], &radius.radius, "exact");
    }
    sb_safe_radius_clear(&radius);
    return status;
}
