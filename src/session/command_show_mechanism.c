/* A mechanism as a table of text: who gets what and who pays what, at every profile.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/text_table.h"

/* Outcomes that never happen need no column. */
static bool ever_happens(const sb_mechanism *mechanism, size_t outcome)
{
    for (size_t profile = 0; profile < mechanism->profile_count; profile++) {
        if (!fmpq_is_zero(&mechanism->allocation[profile * mechanism->outcome_count + outcome])) {
            return true;
        }
    }
    return false;
}

static void add_rows(sb_call *call, const sb_mechanism *mechanism, bool unproved,
                     sb_text_table *table)
{
    const sb_environment *environment = sb_call_environment(call);
    fmpq_t probability;
    fmpq_init(probability);
    size_t count = 0;
    size_t *profiles = sb_session_filtered(call->session, environment, &count);
    size_t whose = sb_session_whose(call->session, environment);
    for (size_t k = 0; k < count; k++) {
        size_t profile = profiles == NULL ? k : profiles[k];
        char *label = sb_environment_profile_label(environment, profile);
        sb_text_table_add(table, label);
        free(label);
        sb_environment_probability(probability, environment, profile);
        table->unproved = false;
        sb_text_table_add_number(table, probability, false);
        table->unproved = unproved;
        for (size_t outcome = 0; outcome < mechanism->outcome_count; outcome++) {
            if (ever_happens(mechanism, outcome)) {
                sb_text_table_add_number(
                    table, &mechanism->allocation[profile * mechanism->outcome_count + outcome],
                    false);
            }
        }
        for (size_t agent = 0; agent < mechanism->agent_count; agent++) {
            if (whose == SB_NOWHERE || whose == agent) {
                sb_text_table_add_number(
                    table, &mechanism->payments[profile * mechanism->agent_count + agent], true);
            }
        }
    }
    free(profiles);
    fmpq_clear(probability);
}

void sb_show_mechanism(sb_call *call, const sb_mechanism *mechanism, sb_proof proof)
{
    const sb_environment *environment = sb_call_environment(call);
    size_t outcomes = 0;
    for (size_t outcome = 0; outcome < mechanism->outcome_count; outcome++) {
        outcomes += ever_happens(mechanism, outcome) ? 1 : 0;
    }
    sb_text_table table;
    size_t whose = sb_session_whose(call->session, environment);
    size_t payers = whose == SB_NOWHERE ? mechanism->agent_count : 1;
    sb_text_table_init(&table, 2 + outcomes + payers, 1);
    sb_text_table_add(&table, "profile");
    sb_text_table_add(&table, "probability");
    for (size_t outcome = 0; outcome < mechanism->outcome_count; outcome++) {
        if (ever_happens(mechanism, outcome)) {
            sb_text_table_add(&table, environment->outcomes[outcome]);
        }
    }
    for (size_t agent = 0; agent < mechanism->agent_count; agent++) {
        if (whose != SB_NOWHERE && whose != agent) {
            continue;
        }
        char *heading = sb_format_text("%s pays", environment->agents[agent].name);
        sb_text_table_add(&table, heading);
        free(heading);
    }
    add_rows(call, mechanism, proof != SB_PROOF_EXACT, &table);
    sb_call_table(call, &table);
}
