/* Writing certificates.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The environment is written with its prior as a table, so that nothing has to be generated to
 * check it. Numbers are fractions of any length.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "mechanism/certificate_parts.h"
#include "model/yaml_scalar.h"
#include "sidebet/environment_file.h"

static void add_number(sb_text *out, const fmpq *value)
{
    size_t digits =
        fmpz_sizeinbase(fmpq_numref(value), 10) + fmpz_sizeinbase(fmpq_denref(value), 10);
    char *text = sb_allocate(digits + 4, 1);
    if (text == NULL) {
        out->failed = true;
        return;
    }
    fmpq_get_str(text, 10, value);
    sb_text_add(out, text);
    free(text);
}

/* "[low, rain]": every player's type at a profile, player `left_out` excepted (SB_NOWHERE: none).
 */
static void add_types(sb_text *out, const sb_environment *environment, size_t profile,
                      size_t left_out)
{
    bool first = true;
    sb_text_add(out, "[");
    for (size_t player = 0; player < sb_environment_player_count(environment); player++) {
        if (player == left_out) {
            continue;
        }
        size_t type = sb_environment_type_at(environment, profile, player);
        sb_text_add(out, first ? "" : ", ");
        sb_yaml_add_scalar(out, sb_environment_label(environment, player, type));
        first = false;
    }
    sb_text_add(out, "]");
}

/* ---- the environment ---- */

static sb_status add_environment(sb_text *out, const sb_environment *environment, sb_error *error)
{
    sb_environment *copy = sb_environment_copy(environment);
    char *text = NULL;
    if (copy == NULL) {
        return sb_out_of_memory(error);
    }
    if (copy->source.kind != SB_PRIOR_TABLE) {
        copy->source.kind = SB_PRIOR_TABLE;
        copy->source.style = SB_NUMBER_DECIMAL;
    }
    sb_status status = sb_environment_format(copy, &text, error);
    sb_text_add(out, "environment: |\n");
    for (const char *line = text; status == SB_OK && *line != '\0';) {
        size_t length = strcspn(line, "\n");
        sb_text_add(out, "  ");
        sb_text_add_part(out, line, length);
        sb_text_add(out, "\n");
        line += length + (line[length] == '\n');
    }
    free(text);
    sb_environment_free(copy);
    return status;
}

/* ---- mechanisms ---- */

static void add_outcomes(sb_text *out, const sb_environment *environment, const fmpq *allocation)
{
    bool first = true;
    sb_text_add(out, "    outcomes: {");
    for (size_t o = 0; o < environment->outcome_count; o++) {
        if (!fmpq_is_zero(allocation + o)) {
            sb_text_add(out, first ? "" : ", ");
            sb_yaml_add_key(out, environment->outcomes[o]);
            add_number(out, allocation + o);
            first = false;
        }
    }
    sb_text_add(out, "}\n");
}

static void add_payments(sb_text *out, const sb_environment *environment, const fmpq *payments)
{
    sb_text_add(out, "    payments: {");
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        sb_text_add(out, agent == 0 ? "" : ", ");
        sb_yaml_add_key(out, environment->agents[agent].name);
        add_number(out, payments + agent);
    }
    sb_text_add(out, "}\n");
}

static void add_mechanism(sb_text *out, const sb_environment *environment,
                          const sb_mechanism *mechanism)
{
    bool pays = environment->rules.choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_NONE;
    sb_text_add(out, "mechanism:\n");
    for (size_t profile = 0; profile < mechanism->profile_count; profile++) {
        sb_text_add(out, "  - at: ");
        add_types(out, environment, profile, SB_NOWHERE);
        sb_text_add(out, "\n");
        add_outcomes(out, environment, mechanism->allocation + profile * mechanism->outcome_count);
        if (pays) {
            add_payments(out, environment, mechanism->payments + profile * mechanism->agent_count);
        }
    }
}

static bool all_zero(const fmpq *numbers, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (!fmpq_is_zero(numbers + k)) {
            return false;
        }
    }
    return true;
}

/* Profiles at which nothing changes are left out. */
static void add_direction(sb_text *out, const sb_environment *environment, const sb_mechanism *ray)
{
    sb_text_add(out, "direction:\n");
    for (size_t profile = 0; profile < ray->profile_count; profile++) {
        const fmpq *payments = ray->payments + profile * ray->agent_count;
        if (!all_zero(payments, ray->agent_count)) {
            sb_text_add(out, "  - at: ");
            add_types(out, environment, profile, SB_NOWHERE);
            sb_text_add(out, "\n");
            add_payments(out, environment, payments);
        }
    }
}

/* ---- multipliers ---- */

static void add_labelled(sb_text *out, const char *key, const char *label)
{
    sb_text_add_format(out, ", %s: ", key);
    sb_yaml_add_scalar(out, label);
}

static void add_multiplier(sb_text *out, const sb_environment *environment,
                           const sb_multiplier *multiplier)
{
    const sb_constraint *rule = &multiplier->constraint;
    if (rule->agent == SB_NOWHERE) {
        sb_text_add(out, "    - {at: ");
        add_types(out, environment, rule->profile, SB_NOWHERE);
    } else {
        sb_text_add(out, "    - {agent: ");
        sb_yaml_add_scalar(out, environment->agents[rule->agent].name);
        if (rule->type != SB_NOWHERE) {
            add_labelled(out, "type", environment->agents[rule->agent].types[rule->type]);
        }
        if (rule->report != SB_NOWHERE) {
            add_labelled(out, "report", environment->agents[rule->agent].types[rule->report]);
        }
        if (rule->others != SB_NOWHERE) {
            sb_text_add(out, ", others: ");
            add_types(out, environment,
                      sb_environment_profile_of(environment, rule->agent, 0, rule->others),
                      rule->agent);
        }
    }
    sb_text_add(out, ", value: ");
    add_number(out, &multiplier->value);
    sb_text_add(out, "}\n");
}

static void add_multipliers(sb_text *out, const sb_environment *environment,
                            const sb_solution *solution)
{
    static const char *const keys[] = {
        [SB_CONSTRAINT_PROBABILITY] = "probabilities",
        [SB_CONSTRAINT_INCENTIVE] = "incentives",
        [SB_CONSTRAINT_PARTICIPATION] = "participation",
        [SB_CONSTRAINT_BUDGET] = "budgets",
    };
    sb_text_add(out, solution->multiplier_count > 0 ? "multipliers:\n" : "multipliers: {}\n");
    for (size_t kind = 0; kind < sizeof keys / sizeof keys[0]; kind++) {
        bool headed = false;
        for (size_t k = 0; k < solution->multiplier_count; k++) {
            const sb_multiplier *multiplier = &solution->multipliers[k];
            if ((size_t)multiplier->constraint.kind == kind) {
                if (!headed) {
                    sb_text_add_format(out, "  %s:\n", keys[kind]);
                    headed = true;
                }
                add_multiplier(out, environment, multiplier);
            }
        }
    }
}

/* ---- the whole ---- */

static void add_head(sb_text *out, const sb_solution *solution)
{
    static const char *const how[] = {
        [SB_LP_OPTIMAL] =
            "# The mechanism obeys the rules and reaches the objective; the multipliers show that\n"
            "# no mechanism that obeys them reaches more.\n",
        [SB_LP_INFEASIBLE] = "# The multipliers show that no mechanism obeys the rules.\n",
        [SB_LP_UNBOUNDED] =
            "# The mechanism obeys the rules, and so does the mechanism with any multiple of the\n"
            "# direction added to its payments, which improves the objective for ever.\n",
    };
    sb_text_add(out,
                "# sidebet verify checks this file with fractions alone; sidebet(5) says how.\n");
    sb_text_add(out, how[solution->status]);
    sb_text_add_format(out, SB_CERTIFICATE_KEY ": %d\nstatus: %s\n", SB_CERTIFICATE_VERSION,
                       sb_lp_status_name(solution->status));
    if (solution->status == SB_LP_OPTIMAL) {
        sb_text_add(out, "objective: ");
        add_number(out, &solution->objective);
        sb_text_add(out, "\n");
    }
}

static sb_status check_provable(const sb_solution *solution, sb_error *error)
{
    if (solution->searched) {
        sb_error_set(error, SB_ERROR_USAGE,
                     "a search of deterministic mechanisms leaves no multipliers to certify");
        sb_error_set_hint(error, "choose deterministic: false");
        return SB_ERROR_USAGE;
    }
    if (solution->status == SB_LP_FAILED || solution->proof != SB_PROOF_EXACT) {
        sb_error_set(error, SB_ERROR_USAGE, "an answer that is not proved has no certificate");
        sb_error_set_hint(error, "solve it exactly, with more time or without --proof floating");
        return SB_ERROR_USAGE;
    }
    bool complete = true;
    if (solution->status == SB_LP_OPTIMAL) {
        complete = solution->mechanism != NULL;
    } else if (solution->status == SB_LP_UNBOUNDED) {
        const sb_mechanism *ray = solution->ray;
        complete = solution->start != NULL && ray != NULL &&
                   all_zero(ray->allocation, ray->profile_count * ray->outcome_count);
    }
    return complete
               ? SB_OK
               : sb_error_set(error, SB_ERROR_INTERNAL, "the solution lacks a part of its proof");
}

sb_status sb_certificate_format(const sb_environment *environment, const sb_solution *solution,
                                char **text, sb_error *error)
{
    *text = NULL;
    sb_status status = check_provable(solution, error);
    if (status != SB_OK) {
        return status;
    }
    sb_text out;
    sb_text_init(&out);
    add_head(&out, solution);
    status = add_environment(&out, environment, error);
    if (status == SB_OK && solution->status != SB_LP_INFEASIBLE) {
        bool optimal = solution->status == SB_LP_OPTIMAL;
        add_mechanism(&out, environment, optimal ? solution->mechanism : solution->start);
    }
    if (status == SB_OK && solution->status == SB_LP_UNBOUNDED) {
        add_direction(&out, environment, solution->ray);
    }
    if (status == SB_OK && solution->status != SB_LP_UNBOUNDED) {
        add_multipliers(&out, environment, solution);
    }
    if (status == SB_OK) {
        *text = sb_text_take(&out, error);
        status = *text == NULL ? SB_ERROR_MEMORY : SB_OK;
    }
    sb_text_clear(&out);
    return status;
}

sb_status sb_certificate_save(const sb_environment *environment, const sb_solution *solution,
                              const char *path, sb_error *error)
{
    char *text = NULL;
    sb_status status = sb_certificate_format(environment, solution, &text, error);
    if (status == SB_OK) {
        status = sb_text_write_file(path, text, strlen(text), error);
    }
    free(text);
    return status;
}
