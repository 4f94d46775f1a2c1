/* Beliefs: the matrix of conditionals of one agent, its rank, and which types share a belief.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "analysis/extraction.h"
#include "analysis/singular_values.h"
#include "base/memory.h"

sb_status sb_beliefs_find(sb_beliefs *beliefs, const sb_environment *environment, size_t agent,
                          sb_error *error)
{
    size_t types = environment->agents[agent].type_count;
    size_t others = sb_environment_others_count(environment, agent);
    *beliefs = (sb_beliefs){.agent = agent, .type_count = types, .others_count = others};
    beliefs->has_belief = sb_allocate(types, sizeof *beliefs->has_belief);
    beliefs->conditional = sb_rationals_new(types * others);
    if (beliefs->has_belief == NULL || beliefs->conditional == NULL) {
        sb_beliefs_clear(beliefs);
        return sb_out_of_memory(error);
    }
    for (size_t type = 0; type < types; type++) {
        beliefs->has_belief[type] = sb_environment_conditional(beliefs->conditional + type * others,
                                                               environment, agent, type);
    }
    return SB_OK;
}

void sb_beliefs_clear(sb_beliefs *beliefs)
{
    free(beliefs->has_belief);
    sb_rationals_free(beliefs->conditional, beliefs->type_count * beliefs->others_count);
    *beliefs = (sb_beliefs){.agent = 0};
}

const fmpq *sb_belief_of(const sb_beliefs *beliefs, size_t type)
{
    return beliefs->conditional + type * beliefs->others_count;
}

bool sb_beliefs_expect(const sb_beliefs *beliefs, size_t others)
{
    for (size_t type = 0; type < beliefs->type_count; type++) {
        if (!fmpq_is_zero(sb_belief_of(beliefs, type) + others)) {
            return true;
        }
    }
    return false;
}

static bool same_belief(const sb_beliefs *beliefs, size_t left, size_t right)
{
    const fmpq *first = sb_belief_of(beliefs, left), *second = sb_belief_of(beliefs, right);
    for (size_t k = 0; k < beliefs->others_count; k++) {
        if (!fmpq_equal(first + k, second + k)) {
            return false;
        }
    }
    return true;
}

static void find_blocks(const sb_beliefs *beliefs, sb_agent_extraction *extraction)
{
    for (size_t type = 0; type < beliefs->type_count; type++) {
        size_t *block = &extraction->belief_block[type];
        *block = SB_NOWHERE;
        if (!beliefs->has_belief[type]) {
            continue;
        }
        for (size_t before = 0; *block == SB_NOWHERE && before < type; before++) {
            if (beliefs->has_belief[before] && same_belief(beliefs, before, type)) {
                *block = extraction->belief_block[before];
            }
        }
        if (*block == SB_NOWHERE) {
            *block = extraction->distinct_beliefs++;
        }
        extraction->types_with_belief++;
    }
}

sb_status sb_beliefs_describe(const sb_beliefs *beliefs, sb_agent_extraction *extraction,
                              sb_error *error)
{
    extraction->type_count = beliefs->type_count;
    extraction->others_count = beliefs->others_count;
    extraction->belief_block = sb_allocate(beliefs->type_count, sizeof *extraction->belief_block);
    if (extraction->belief_block == NULL) {
        return sb_out_of_memory(error);
    }
    find_blocks(beliefs, extraction);
    extraction->rank = sb_rank(beliefs->conditional, beliefs->type_count, beliefs->others_count);
    extraction->full_rank = extraction->rank == extraction->types_with_belief;
    extraction->smallest_singular_value = 0;
    if (!extraction->full_rank) {
        return SB_OK;
    }
    size_t count = extraction->types_with_belief, row = 0;
    fmpq *rows = sb_rationals_new(count * beliefs->others_count);
    if (rows == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t type = 0; type < beliefs->type_count; type++) {
        for (size_t k = 0; beliefs->has_belief[type] && k < beliefs->others_count; k++) {
            fmpq_set(rows + row++, sb_belief_of(beliefs, type) + k);
        }
    }
    sb_status status = sb_smallest_singular_value(&extraction->smallest_singular_value, rows, count,
                                                  beliefs->others_count, error);
    sb_rationals_free(rows, count * beliefs->others_count);
    return status;
}
