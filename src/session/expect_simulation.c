/* Questions about the simulation.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/expect.h"

/* What is running is waited for: it goes on here. */
static sb_status finish(sb_call *call)
{
    sb_session *session = call->session;
    if (session->simulating.simulation == NULL ||
        (sb_simulation_done(session->simulating.simulation) == 0 &&
         !sb_session_simulating(session))) {
        sb_error_set(call->error, SB_ERROR_USAGE, "nothing is simulated yet");
        sb_error_set_hint(call->error, "simulate start does it");
        return SB_ERROR_USAGE;
    }
    if (!sb_session_simulating(session)) {
        return SB_OK;
    }
    sb_simulating_pause(session);
    sb_simulation_options options = SB_SIMULATION_OPTIONS_DEFAULT;
    options.cancel = session->cancel;
    return sb_simulation_run(session->simulating.simulation, &options, call->error);
}

sb_status sb_expect_simulated(sb_call *call)
{
    const char *names[SB_CONTENDER_COUNT + 1] = {NULL};
    for (size_t k = 0; k < SB_CONTENDER_COUNT; k++) {
        names[k] = sb_contender_name((sb_contender)k);
    }
    size_t contender = 0;
    sb_status status =
        call->count == 3 ? sb_call_choice(call, 1, names, &contender) : sb_call_wrong(call);
    if (status == SB_OK) {
        status = finish(call);
    }
    if (status != SB_OK) {
        return status;
    }
    const sb_simulation *simulation = call->session->simulating.simulation;
    size_t cell =
        sb_simulation_cell_number(&simulation->plan, call->session->display.simulation_at);
    sb_simulation_summary summary;
    sb_simulation_summarise(&simulation->cells[cell], simulation->plan.repetitions,
                            (sb_contender)contender, &summary);
    return sb_expect_double(call, names[contender], summary.share);
}
