/* Questions about how far apart an agent's beliefs are, and what that asks of samples.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "session/expect.h"
#include "sidebet/sample_size.h"
#include "sidebet/separation.h"

/* The agent's conditions, and "rank agent 1": freed by the caller. NULL with an error. */
static const sb_agent_extraction *conditions(sb_call *call, char **what)
{
    size_t agent = 0;
    *what = NULL;
    const sb_results *results = sb_expect_agent(call, 0, &agent) == SB_OK
                                    ? sb_session_complete_results(call->session, call->error)
                                    : NULL;
    const sb_extraction *extraction = results == NULL ? NULL : sb_results_extraction(results);
    if (extraction == NULL) {
        if (results != NULL) {
            sb_expect_missing(call, results);
        }
        return NULL;
    }
    *what =
        sb_format_text("%s %s", call->arguments[0], sb_call_environment(call)->agents[agent].name);
    if (*what == NULL) {
        sb_out_of_memory(call->error);
        return NULL;
    }
    return &extraction->agents[agent];
}

sb_status sb_expect_rank(sb_call *call)
{
    char *what = NULL;
    const sb_agent_extraction *agent = conditions(call, &what);
    sb_status status =
        agent == NULL ? call->error->status : sb_expect_count(call, what, agent->rank);
    free(what);
    return status;
}

sb_status sb_expect_distinct(sb_call *call)
{
    char *what = NULL;
    const sb_agent_extraction *agent = conditions(call, &what);
    sb_status status =
        agent == NULL ? call->error->status : sb_expect_count(call, what, agent->distinct_beliefs);
    free(what);
    return status;
}

sb_status sb_expect_singular_value(sb_call *call)
{
    char *what = NULL;
    const sb_agent_extraction *agent = conditions(call, &what);
    sb_status status = agent == NULL ? call->error->status
                                     : sb_expect_double(call, what, agent->smallest_singular_value);
    free(what);
    return status;
}

sb_status sb_expect_separation(sb_call *call)
{
    size_t agent = 0;
    sb_status status = sb_expect_agent(call, 0, &agent);
    if (status != SB_OK) {
        return status;
    }
    sb_separation separation;
    sb_separation_init(&separation);
    status = sb_separation_find(sb_call_environment(call), agent, SB_NORM_ONE, NULL, &separation,
                                call->error);
    if (status == SB_OK) {
        status = separation.alone ? sb_expect_word(call, call->arguments[0], NULL, "none")
                                  : sb_expect_number(call, call->arguments[0], &separation.gamma,
                                                     sb_proof_name(separation.proof));
    }
    sb_separation_clear(&separation);
    return status;
}

static sb_status find_bound(sb_call *call, const fmpq_t loss, double epsilon)
{
    sb_sample_bound bound;
    sb_sample_bound_init(&bound);
    sb_status status =
        sb_sample_bound_find(sb_call_environment(call), loss, epsilon, NULL, &bound, call->error);
    if (status == SB_OK) {
        status =
            sb_expect_double(call, call->arguments[0], bound.found ? ceil(bound.total) : INFINITY);
    }
    sb_sample_bound_clear(&bound);
    return status;
}

sb_status sb_expect_sample_size(sb_call *call)
{
    if (call->count != 4) {
        return sb_call_wrong(call);
    }
    fmpq_t loss, epsilon;
    fmpq_init(loss);
    fmpq_init(epsilon);
    sb_status status = sb_call_number(call, 1, loss);
    if (status == SB_OK) {
        status = sb_call_number(call, 2, epsilon);
    }
    if (status == SB_OK) {
        status = find_bound(call, loss, sb_rational_to_double(epsilon));
    }
    fmpq_clear(epsilon);
    fmpq_clear(loss);
    return status;
}
