/* The answer of sidebet check as JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include "cli/check.h"
#include "cli/json_writer.h"

#include <math.h>
#include <stdlib.h>

static void write_array(sb_json *json, const char *key, const fmpq *numbers, size_t count,
                        bool fractions)
{
    if (numbers == NULL) {
        sb_json_null(json, key);
        return;
    }
    sb_json_begin_array(json, key);
    for (size_t i = 0; i < count; i++) {
        if (fractions) {
            sb_json_fraction(json, NULL, numbers + i);
        } else {
            sb_json_number(json, NULL, numbers + i);
        }
    }
    sb_json_end_array(json);
}

static void write_side_bets(sb_json *json, const char *key, const sb_agent_extraction *agent,
                            bool fractions)
{
    sb_json_begin_array(json, key);
    for (size_t type = 0; type < agent->type_count; type++) {
        write_array(json, NULL, agent->side_bets[type].lottery, agent->others_count, fractions);
    }
    sb_json_end_array(json);
}

static void write_schedule_list(sb_json *json, const char *key,
                                const sb_agent_extraction *extraction, bool fractions)
{
    size_t others = extraction->others_count;
    sb_json_begin_array(json, key);
    for (size_t type = 0; type < extraction->type_count; type++) {
        write_array(json, NULL, extraction->schedules + type * others, others, fractions);
    }
    sb_json_end_array(json);
}

/* One a report; null where there are none. */
static void write_schedules(sb_json *json, const sb_agent_extraction *extraction)
{
    if (extraction->schedules == NULL) {
        sb_json_null(json, "schedules");
        return;
    }
    sb_json_begin_object(json, "schedules");
    write_schedule_list(json, "payments", extraction, false);
    write_schedule_list(json, "exact", extraction, true);
    sb_json_end_object(json);
}

static void write_mixture(sb_json *json, const sb_agent *agent, const sb_side_bet *bet,
                          bool fractions)
{
    sb_json_begin_object(json, "mixture");
    for (size_t type = 0; bet->mixture != NULL && type < agent->type_count; type++) {
        if (fmpq_is_zero(bet->mixture + type)) {
            continue;
        }
        if (fractions) {
            sb_json_fraction(json, agent->types[type], bet->mixture + type);
        } else {
            sb_json_number(json, agent->types[type], bet->mixture + type);
        }
    }
    sb_json_end_object(json);
}

static void write_witness(sb_json *json, const sb_agent *agent,
                          const sb_agent_extraction *extraction)
{
    if (extraction->failing_type == SB_NOWHERE) {
        sb_json_null(json, "witness");
        return;
    }
    const sb_side_bet *bet = &extraction->side_bets[extraction->failing_type];
    sb_json_begin_object(json, "witness");
    sb_json_string(json, "type", agent->types[extraction->failing_type]);
    write_mixture(json, agent, bet, false);
    sb_json_number(json, "mixture_value", &bet->mixture_value);
    sb_json_number(json, "own_value", &bet->own_value);
    sb_json_begin_object(json, "exact");
    write_mixture(json, agent, bet, true);
    sb_json_fraction(json, "mixture_value", &bet->mixture_value);
    sb_json_fraction(json, "own_value", &bet->own_value);
    sb_json_end_object(json);
    sb_json_end_object(json);
}

/* [["1", "2"], ["3"]]: types that share a belief stand together. */
static void write_blocks(sb_json *json, const sb_agent *agent,
                         const sb_agent_extraction *extraction)
{
    sb_json_begin_array(json, "belief_blocks");
    for (size_t block = 0; block < extraction->distinct_beliefs; block++) {
        sb_json_begin_array(json, NULL);
        for (size_t type = 0; type < agent->type_count; type++) {
            if (extraction->belief_block[type] == block) {
                sb_json_string(json, NULL, agent->types[type]);
            }
        }
        sb_json_end_array(json);
    }
    sb_json_end_array(json);
}

static void write_others(sb_json *json, const sb_environment *environment, size_t agent)
{
    sb_json_begin_array(json, "others");
    size_t count = sb_environment_others_count(environment, agent);
    for (size_t others = 0; others < count; others++) {
        char *label = sb_environment_others_label(environment, agent, others);
        json->text.failed = json->text.failed || label == NULL;
        sb_json_string(json, NULL, label);
        free(label);
    }
    sb_json_end_array(json);
}

static void write_types_without_belief(sb_json *json, const sb_agent *agent,
                                       const sb_agent_extraction *extraction)
{
    sb_json_begin_array(json, "types_of_probability_zero");
    for (size_t type = 0; type < agent->type_count; type++) {
        if (extraction->belief_block[type] == SB_NOWHERE) {
            sb_json_string(json, NULL, agent->types[type]);
        }
    }
    sb_json_end_array(json);
}

static void write_agent(sb_json *json, const sb_check_answer *answer, size_t index)
{
    const sb_agent *agent = &answer->environment->agents[index];
    const sb_agent_extraction *extraction = &answer->extraction->agents[index];
    sb_json_begin_object(json, NULL);
    sb_json_string(json, "name", agent->name);
    sb_json_count(json, "types", extraction->type_count);
    sb_json_count(json, "signals", extraction->others_count);
    sb_json_count(json, "rank", extraction->rank);
    sb_json_bool(json, "full_rank", extraction->full_rank);
    sb_json_double(json, "smallest_singular_value", extraction->smallest_singular_value);
    sb_json_begin_object(json, "concave");
    sb_json_bool(json, "holds", extraction->concave);
    if (extraction->concave) {
        write_side_bets(json, "side_bets", extraction, false);
        write_side_bets(json, "exact", extraction, true);
    } else {
        write_witness(json, agent, extraction);
    }
    sb_json_end_object(json);
    sb_json_begin_object(json, "linear");
    sb_json_bool(json, "holds", extraction->linear);
    write_array(json, "payments", extraction->linear_payments, extraction->others_count, false);
    write_array(json, "exact", extraction->linear_payments, extraction->others_count, true);
    sb_json_end_object(json);
    write_blocks(json, agent, extraction);
    write_types_without_belief(json, agent, extraction);
    write_others(json, answer->environment, index);
    write_schedules(json, extraction);
    sb_json_end_object(json);
}

static void write_answer(sb_json *json, const char *key, sb_answer answer)
{
    if (answer == SB_ANSWER_NOT_CONFIRMED) {
        sb_json_null(json, key);
    } else {
        sb_json_bool(json, key, answer == SB_ANSWER_YES);
    }
}

void sb_json_check(sb_text *text, const sb_check_answer *answer)
{
    const sb_extraction *extraction = answer->extraction;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_string(&json, "title", answer->environment->title);
    sb_json_value(&json, "full_surplus", &extraction->full_surplus, true);
    sb_json_begin_array(&json, "agents");
    for (size_t i = 0; i < extraction->agent_count; i++) {
        write_agent(&json, answer, i);
    }
    sb_json_end_array(&json);
    sb_json_begin_object(&json, "fse");
    write_answer(&json, "bayesian", extraction->bayesian);
    write_answer(&json, "ex_post_ic", extraction->ex_post_ic);
    sb_json_end_object(&json);
    sb_json_double(&json, "prior_smallest_singular_value",
                   extraction->prior_smallest_singular_value);
    sb_json_bool(&json, "efficient_outcome_unique", extraction->efficient_outcome_unique);
    sb_json_notes(&json, "reasons", &extraction->reasons);
    sb_json_notes(&json, "notes", answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}
