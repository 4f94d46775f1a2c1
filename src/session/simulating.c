/* The simulation of a session.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It belongs to no table: it is not undone, and goes on while tables are edited. Where its truth is
 * the table, that is the table as it was at the last start.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "session/state.h"
#include "sidebet/environment_file.h"

/* ---- reading ---- */

const sb_simulation *sb_session_simulation(const sb_session *session)
{
    return session->simulating.simulation;
}

bool sb_session_simulation_of_table(const sb_session *session)
{
    return session->simulating.of_table;
}

bool sb_session_simulating(const sb_session *session)
{
    const sb_simulating *state = &session->simulating;
    return state->simulator != NULL && sb_simulator_running(state->simulator);
}

double sb_session_simulation_seconds_left(const sb_session *session)
{
    const sb_simulating *state = &session->simulating;
    if (state->simulation == NULL || !sb_session_simulating(session)) {
        return (double)NAN;
    }
    size_t done = sb_simulation_done(state->simulation);
    if (done <= state->done_before) {
        return (double)NAN;
    }
    double each = (sb_seconds() - state->started) / (double)(done - state->done_before);
    return each * (double)(sb_simulation_total(state->simulation) - done);
}

int sb_session_simulation_descriptor(const sb_session *session)
{
    const sb_simulator *simulator = session->simulating.simulator;
    return simulator == NULL ? -1 : sb_simulator_descriptor(simulator);
}

bool sb_simulating_is_table(const sb_session *session, const char *text)
{
    const sb_environment *environment = sb_session_environment(session);
    char *table = NULL;
    bool same = text != NULL && environment != NULL &&
                sb_environment_format(environment, &table, NULL) == SB_OK &&
                strcmp(table, text) == 0;
    free(table);
    return same;
}

/* The truth is a table of the session, but not the one in hand. */
static bool table_differs(const sb_session *session)
{
    const sb_simulating *state = &session->simulating;
    return state->simulation != NULL && state->of_table &&
           sb_session_environment(session) != NULL &&
           !sb_simulating_is_table(session, state->simulation->plan.environment);
}

/* Where nothing is done yet the next start follows the table: nothing is outdated. */
bool sb_session_simulation_outdated(const sb_session *session)
{
    const sb_simulation *simulation = session->simulating.simulation;
    return simulation != NULL &&
           (sb_simulation_done(simulation) > 0 || sb_session_simulating(session)) &&
           table_differs(session);
}

double sb_simulating_unsaved(const sb_session *session)
{
    const sb_simulating *state = &session->simulating;
    size_t done = state->simulation == NULL ? 0 : sb_simulation_done(state->simulation);
    if (done <= state->saved) {
        return 0;
    }
    double seconds = 0;
    for (size_t k = 0; k < state->simulation->cell_count; k++) {
        const sb_simulation_cell *cell = &state->simulation->cells[k];
        for (size_t r = 0; r < state->simulation->plan.repetitions; r++) {
            for (int c = 0; cell->has[r] && c < SB_CONTENDER_COUNT; c++) {
                seconds += cell->outcomes[r].outcomes[c].seconds;
            }
        }
    }
    return seconds * (double)(done - state->saved) / (double)done;
}

/* ---- the plan ---- */

char *sb_simulating_table(sb_session *session, sb_error *error)
{
    const sb_environment *environment = sb_session_environment(session);
    if (environment == NULL || environment->agent_count != 1 || !environment->has_signal) {
        sb_error_set(error, SB_ERROR_USAGE, "the table is not one of one bidder and a signal");
        sb_error_set_hint(error, "simulate a bivariate normal: simulate truth normal");
        return NULL;
    }
    char *text = NULL;
    return sb_environment_format(environment, &text, error) == SB_OK ? text : NULL;
}

/* What is shown stays within the axes. */
static void clamp(sb_session *session)
{
    sb_display *display = &session->display;
    const sb_simulation_plan *plan = &session->simulating.simulation->plan;
    for (int axis = 0; axis < SB_AXIS_COUNT; axis++) {
        size_t size = sb_simulation_axis_size(plan, (sb_simulation_axis)axis);
        if (display->simulation_at[axis] >= size) {
            display->simulation_at[axis] = size - 1;
        }
    }
    if (sb_simulation_axis_size(plan, display->simulation_axis) == 1) {
        display->simulation_axis = sb_simulation_first_axis(plan);
    }
}

sb_status sb_simulating_replan(sb_session *session, const sb_simulation_plan *plan, bool of_table,
                               sb_error *error)
{
    sb_simulating *state = &session->simulating;
    sb_simulation *made = NULL;
    sb_status status = sb_simulation_new(plan, &made, error);
    if (status != SB_OK) {
        return status;
    }
    bool ran = sb_session_simulating(session);
    sb_simulating_pause(session);
    size_t before = state->simulation == NULL ? 0 : sb_simulation_done(state->simulation);
    size_t kept = before == 0 ? 0 : sb_simulation_adopt(made, state->simulation);
    size_t saved = state->saved == before ? kept : 0;
    if (kept < before) {
        sb_simulating_give_up(session);
    } else {
        sb_simulation_free(state->simulation);
    }
    state->simulation = made;
    state->of_table = of_table;
    state->saved = saved;
    state->lost = before - kept;
    clamp(session);
    return ran ? sb_simulating_go_on(session, error) : SB_OK;
}

sb_status sb_simulating_ensure(sb_session *session, sb_error *error)
{
    if (session->simulating.simulation != NULL) {
        return SB_OK;
    }
    sb_simulation_plan plan;
    sb_status status = sb_simulation_plan_init(&plan, error);
    if (status != SB_OK) {
        return status;
    }
    sb_error ignored;
    plan.environment = sb_simulating_table(session, &ignored);
    status = sb_simulating_replan(session, &plan, plan.environment != NULL, error);
    sb_simulation_plan_clear(&plan);
    return status;
}

void sb_simulating_forget(sb_session *session)
{
    sb_simulating_pause(session);
    sb_simulation_free(session->simulating.simulation);
    sb_simulation_free(session->simulating.given_up);
    session->simulating.simulation = NULL;
    session->simulating.given_up = NULL;
    session->simulating.of_table = false;
    session->simulating.saved = 0;
}

void sb_simulating_give_up(sb_session *session)
{
    sb_simulating *state = &session->simulating;
    sb_simulating_pause(session);
    if (state->simulation != NULL && sb_simulation_done(state->simulation) > 0) {
        sb_simulation_free(state->given_up);
        state->given_up = state->simulation;
        state->given_up_of_table = state->of_table;
        state->given_up_saved = state->saved;
    } else {
        sb_simulation_free(state->simulation);
    }
    state->simulation = NULL;
    state->saved = 0;
}

sb_status sb_simulating_restore(sb_session *session, sb_error *error)
{
    sb_simulating *state = &session->simulating;
    if (state->given_up == NULL) {
        return sb_error_set(error, SB_ERROR_USAGE, "no simulation was given up");
    }
    sb_simulation *back = state->given_up;
    bool of_table = state->given_up_of_table;
    size_t saved = state->given_up_saved;
    state->given_up = NULL;
    sb_simulating_give_up(session);
    state->simulation = back;
    state->of_table = of_table;
    state->saved = saved;
    clamp(session);
    return SB_OK;
}

/* ---- running ---- */

/* The table as it is now becomes the truth. */
static sb_status follow_table(sb_session *session, sb_error *error)
{
    sb_simulation_plan plan;
    sb_status status = sb_simulation_plan_copy(&plan, &session->simulating.simulation->plan, error);
    if (status != SB_OK) {
        return status;
    }
    free(plan.environment);
    plan.environment = sb_simulating_table(session, error);
    status = plan.environment == NULL ? error->status
                                      : sb_simulating_replan(session, &plan, true, error);
    sb_simulation_plan_clear(&plan);
    return status;
}

sb_status sb_simulating_start(sb_session *session, sb_error *error)
{
    sb_status status = sb_simulating_ensure(session, error);
    if (status == SB_OK && table_differs(session)) {
        sb_simulating_pause(session);
        status = follow_table(session, error);
    }
    return status == SB_OK ? sb_simulating_go_on(session, error) : status;
}

sb_status sb_simulating_go_on(sb_session *session, sb_error *error)
{
    sb_simulating *state = &session->simulating;
    sb_status status = sb_simulating_ensure(session, error);
    if (status == SB_OK && table_differs(session) && !sb_session_simulation_outdated(session)) {
        status = follow_table(session, error);
    }
    if (status != SB_OK) {
        return status;
    }
    if (!session->interactive) {
        sb_simulation_options options = SB_SIMULATION_OPTIONS_DEFAULT;
        options.cancel = session->cancel;
        return sb_simulation_run(state->simulation, &options, error);
    }
    if (state->simulator == NULL) {
        state->simulator = sb_simulator_new();
    }
    if (state->simulator == NULL) {
        return sb_out_of_memory(error);
    }
    sb_simulating_pause(session); /* what a running one has done is not lost */
    state->started = sb_seconds();
    state->done_before = sb_simulation_done(state->simulation);
    return sb_simulator_start(state->simulator, state->simulation, error);
}

void sb_simulating_pause(sb_session *session)
{
    sb_simulating *state = &session->simulating;
    if (state->simulator != NULL) {
        sb_simulator_stop(state->simulator);
        (void)sb_simulating_refresh(session);
    }
}

bool sb_simulating_refresh(sb_session *session)
{
    sb_simulating *state = &session->simulating;
    if (state->simulator == NULL) {
        return false;
    }
    sb_error error;
    sb_error_clear(&error);
    bool grown = sb_simulator_take(state->simulator, state->simulation, &error);
    if (error.status != SB_OK) {
        sb_session_set_message(session, SB_MESSAGE_ERROR, "the simulation stopped: %s",
                               error.message);
    }
    return grown;
}
