/* A belief and a truth must differ in the prior alone; and truths along a line from a belief.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/misbelief_compare.h"

#include <stdlib.h>

#include "base/memory.h"
#include "sidebet/misbelief.h"

/* Every error here has the same remedy. */
static sb_status refuse(sb_error *error)
{
    sb_error_set_hint(error, "copy the file of the belief and change its prior");
    return SB_ERROR_USAGE;
}

static sb_status say_differ(sb_error *error, const char *what, const char *of, size_t belief,
                            size_t truth)
{
    sb_error_set(error, SB_ERROR_USAGE,
                 "the belief has %zu %s%s%s and the truth %zu: the two may differ in the prior "
                 "alone",
                 belief, what, of[0] == '\0' ? "" : " of ", of, truth);
    return refuse(error);
}

sb_status sb_misbelief_compare_shapes(const sb_environment *belief, const sb_environment *truth,
                                      sb_error *error)
{
    if (belief->agent_count != truth->agent_count) {
        return say_differ(error, "agents", "", belief->agent_count, truth->agent_count);
    }
    if (belief->has_signal != truth->has_signal) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "the %s has a signal and the %s has none: the two may differ in the prior "
                     "alone",
                     belief->has_signal ? "belief" : "truth",
                     belief->has_signal ? "truth" : "belief");
        return refuse(error);
    }
    for (size_t player = 0; player < sb_environment_player_count(belief); player++) {
        size_t believed = sb_environment_player_size(belief, player);
        size_t true_size = sb_environment_player_size(truth, player);
        if (believed != true_size) {
            return say_differ(error, player < belief->agent_count ? "types" : "values",
                              sb_environment_player_name(belief, player), believed, true_size);
        }
    }
    return SB_OK;
}

static sb_status compare_agents(const sb_environment *belief, const sb_environment *truth,
                                size_t agent, sb_error *error)
{
    const sb_agent *believed = &belief->agents[agent], *true_agent = &truth->agents[agent];
    for (size_t type = 0; type < believed->type_count; type++) {
        for (size_t o = 0; o < belief->outcome_count; o++) {
            size_t at = type * belief->outcome_count + o;
            if (!fmpq_equal(believed->utilities + at, true_agent->utilities + at)) {
                sb_error_set(error, SB_ERROR_USAGE,
                             "%s of type %s values \"%s\" otherwise in the belief than in "
                             "the truth: the two may differ in the prior alone",
                             believed->name, believed->types[type], belief->outcomes[o]);
                return refuse(error);
            }
        }
        if (!fmpq_equal(believed->outside + type, true_agent->outside + type)) {
            sb_error_set(error, SB_ERROR_USAGE,
                         "%s of type %s has another outside option in the belief than in "
                         "the truth: the two may differ in the prior alone",
                         believed->name, believed->types[type]);
            return refuse(error);
        }
    }
    return SB_OK;
}

static sb_status compare_reports(const sb_environment *belief, const sb_environment *truth,
                                 size_t agent, sb_error *error)
{
    const sb_agent *reporter = &belief->agents[agent];
    for (size_t k = 0; k < reporter->type_count * reporter->type_count; k++) {
        size_t type = k / reporter->type_count, report = k % reporter->type_count;
        bool believed = sb_environment_may_report(belief, agent, type, report);
        if (believed != sb_environment_may_report(truth, agent, type, report)) {
            sb_error_set(error, SB_ERROR_USAGE,
                         "%s of type %s may report %s in the %s and not in the %s: the two may "
                         "differ in the prior alone",
                         reporter->name, reporter->types[type], reporter->types[report],
                         believed ? "belief" : "truth", believed ? "truth" : "belief");
            return refuse(error);
        }
    }
    return SB_OK;
}

sb_status sb_misbelief_compare_utilities(const sb_environment *belief, const sb_environment *truth,
                                         sb_error *error)
{
    if (belief->outcome_count != truth->outcome_count) {
        return say_differ(error, "outcomes", "", belief->outcome_count, truth->outcome_count);
    }
    sb_status status = SB_OK;
    for (size_t agent = 0; status == SB_OK && agent < belief->agent_count; agent++) {
        status = compare_agents(belief, truth, agent, error);
        if (status == SB_OK) {
            status = compare_reports(belief, truth, agent, error);
        }
    }
    for (size_t o = 0; status == SB_OK && o < belief->outcome_count; o++) {
        if (!fmpq_equal(belief->designer + o, truth->designer + o)) {
            sb_error_set(error, SB_ERROR_USAGE,
                         "the seller's own value of \"%s\" is another in the belief than "
                         "in the truth: the two may differ in the prior alone",
                         belief->outcomes[o]);
            status = refuse(error);
        }
    }
    return status;
}

sb_status sb_misbelief_truth_along(const sb_environment *belief, const sb_environment *direction,
                                   const fmpq_t s, sb_environment **truth, sb_error *error)
{
    *truth = NULL;
    sb_status status = sb_misbelief_compare_shapes(belief, direction, error);
    if (status != SB_OK) {
        return status;
    }
    size_t count = sb_environment_profile_count(belief);
    sb_environment *moved = sb_environment_copy(belief);
    fmpq *weights = sb_rationals_new(count);
    fmpq_t probability, step;
    fmpq_init(probability);
    fmpq_init(step);
    if (moved == NULL || weights == NULL) {
        status = sb_out_of_memory(error);
    }
    /* In the belief's own scale, so that nothing changes at s = 0. */
    for (size_t profile = 0; status == SB_OK && profile < count; profile++) {
        sb_environment_probability(probability, belief, profile);
        sb_environment_probability(step, direction, profile);
        fmpq_sub(step, step, probability);
        fmpq_addmul(probability, s, step);
        fmpq_mul(weights + profile, probability, &belief->weight_sum);
        if (fmpq_sgn(probability) < 0) {
            char *label = sb_environment_profile_label(belief, profile);
            status = label == NULL
                         ? sb_out_of_memory(error)
                         : sb_error_set(error, SB_ERROR_INPUT,
                                        "so far along the line the probability of %s is negative",
                                        label);
            free(label);
        }
    }
    if (status == SB_OK && !fmpq_is_zero(s)) {
        status = sb_environment_set_weights(moved, weights, error);
    }
    fmpq_clear(probability);
    fmpq_clear(step);
    sb_rationals_free(weights, count);
    if (status != SB_OK) {
        sb_environment_free(moved);
        return status;
    }
    *truth = moved;
    return SB_OK;
}
