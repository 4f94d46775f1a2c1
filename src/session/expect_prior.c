/* Questions about the table itself: probabilities, beliefs, values.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "session/expect.h"

/* "probability (1, 2)": what is compared, with the words that say which. */
static sb_status compare(sb_call *call, const fmpq *found)
{
    sb_text text;
    sb_text_init(&text);
    for (size_t k = 0; k + 1 < call->count; k++) {
        sb_text_add_format(&text, "%s%s", k == 0 ? "" : " ", call->arguments[k]);
    }
    char *what = sb_text_take(&text, call->error);
    sb_status status =
        what == NULL ? SB_ERROR_MEMORY : sb_expect_number(call, what, found, "exact");
    free(what);
    return status;
}

sb_status sb_expect_probability(sb_call *call)
{
    size_t profile = 0;
    sb_status status = sb_call_profile(call, 1, call->count - 1, &profile);
    if (status != SB_OK) {
        return status;
    }
    fmpq_t probability;
    fmpq_init(probability);
    sb_environment_probability(probability, sb_call_environment(call), profile);
    status = compare(call, probability);
    fmpq_clear(probability);
    return status;
}

sb_status sb_expect_marginal(sb_call *call)
{
    size_t player = 0;
    size_t type = 0;
    sb_status status = sb_call_join(call, 1, call->count - 2, " ");
    if (status == SB_OK) {
        status = sb_call_player(call, 1, &player);
    }
    if (status == SB_OK) {
        status = sb_call_type(call, 2, player, &type);
    }
    if (status != SB_OK) {
        return status;
    }
    fmpq_t probability;
    fmpq_init(probability);
    sb_environment_marginal(probability, sb_call_environment(call), player, type);
    status = compare(call, probability);
    fmpq_clear(probability);
    return status;
}

static sb_status find_belief(sb_call *call, size_t agent, size_t profile, fmpq_t belief)
{
    const sb_environment *environment = sb_call_environment(call);
    fmpq_t marginal;
    fmpq_init(marginal);
    sb_environment_marginal(marginal, environment, agent,
                            sb_environment_type_at(environment, profile, agent));
    sb_environment_probability(belief, environment, profile);
    sb_status status = SB_OK;
    if (fmpq_is_zero(marginal)) {
        status =
            sb_error_set(call->error, SB_ERROR_USAGE, "a type of probability zero has no belief");
    } else {
        fmpq_div(belief, belief, marginal);
    }
    fmpq_clear(marginal);
    return status;
}

sb_status sb_expect_belief(sb_call *call)
{
    size_t agent = 0;
    size_t profile = 0;
    sb_status status = sb_expect_agent(call, 1, &agent);
    if (status == SB_OK) {
        status = sb_call_profile(call, 2, 3, &profile);
    }
    if (status != SB_OK) {
        return status;
    }
    fmpq_t belief;
    fmpq_init(belief);
    status = find_belief(call, agent, profile, belief);
    if (status == SB_OK) {
        status = compare(call, belief);
    }
    fmpq_clear(belief);
    return status;
}

sb_status sb_expect_value(sb_call *call)
{
    size_t agent = 0;
    size_t type = 0;
    sb_status status = sb_expect_type(call, 1, &agent, &type);
    if (status != SB_OK) {
        return status;
    }
    const sb_environment *environment = sb_call_environment(call);
    if (sb_environment_entry_count(environment, agent) != 1) {
        return sb_error_set(call->error, SB_ERROR_USAGE,
                            "%s has more than one number a type, so there is no one value",
                            environment->agents[agent].name);
    }
    return compare(call, sb_environment_entry(environment, agent, type, 0));
}
