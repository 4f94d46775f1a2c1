/* The answer of sidebet solve as JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include "cli/json_solve.h"
#include "cli/json_writer.h"
#include "cli/solve.h"

#include <math.h>
#include <stdlib.h>

/* {label of a player: label of its type} */
static void write_profile(sb_json *json, const sb_environment *environment, size_t profile)
{
    sb_json_begin_object(json, "profile");
    size_t players = sb_environment_player_count(environment);
    for (size_t player = 0; player < players; player++) {
        size_t type = sb_environment_type_at(environment, profile, player);
        sb_json_string(json, sb_environment_player_name(environment, player),
                       sb_environment_label(environment, player, type));
    }
    sb_json_end_object(json);
}

static void write_numbers(sb_json *json, const char *key, const fmpq *numbers, size_t count,
                          const char *(*label)(const sb_environment *, size_t),
                          const sb_environment *environment, bool fractions)
{
    sb_json_begin_object(json, key);
    for (size_t i = 0; i < count; i++) {
        if (fractions) {
            sb_json_fraction(json, label(environment, i), numbers + i);
        } else {
            sb_json_number(json, label(environment, i), numbers + i);
        }
    }
    sb_json_end_object(json);
}

static const char *outcome_label(const sb_environment *environment, size_t outcome)
{
    return environment->outcomes[outcome];
}

static const char *agent_label(const sb_environment *environment, size_t agent)
{
    return environment->agents[agent].name;
}

static void write_profile_mechanism(sb_json *json, const sb_environment *environment,
                                    const sb_mechanism *mechanism, size_t profile, bool exact)
{
    const fmpq *allocation = mechanism->allocation + profile * mechanism->outcome_count;
    const fmpq *payments = mechanism->payments + profile * mechanism->agent_count;
    sb_json_begin_object(json, NULL);
    write_profile(json, environment, profile);
    fmpq_t probability;
    fmpq_init(probability);
    sb_environment_probability(probability, environment, profile);
    sb_json_fraction(json, "probability", probability);
    fmpq_clear(probability);
    for (int fractions = 0; fractions < 2; fractions++) {
        if (fractions && !exact) {
            sb_json_null(json, "exact");
            break;
        }
        if (fractions) {
            sb_json_begin_object(json, "exact");
        }
        write_numbers(json, "allocation", allocation, mechanism->outcome_count, outcome_label,
                      environment, fractions);
        write_numbers(json, "payments", payments, mechanism->agent_count, agent_label, environment,
                      fractions);
        if (fractions) {
            sb_json_end_object(json);
        }
    }
    sb_json_end_object(json);
}

void sb_json_mechanism(sb_json *json, const sb_environment *environment,
                       const sb_mechanism *mechanism, bool exact)
{
    sb_json_begin_array(json, "mechanism");
    for (size_t i = 0; mechanism != NULL && i < mechanism->profile_count; i++) {
        write_profile_mechanism(json, environment, mechanism, i, exact);
    }
    sb_json_end_array(json);
}

static void write_binding(sb_json *json, const sb_solve_answer *answer, const sb_binding *binding)
{
    const sb_environment *environment = answer->environment;
    const sb_constraint *constraint = &binding->constraint;
    char *description = sb_constraint_describe(environment, constraint);
    char *others = NULL;
    if (constraint->others != SB_NOWHERE) {
        others = sb_environment_others_label(environment, constraint->agent, constraint->others);
    }
    json->text.failed = json->text.failed || description == NULL ||
                        (constraint->others != SB_NOWHERE && others == NULL);
    const sb_agent *agent = &environment->agents[constraint->agent];
    bool incentive = constraint->kind == SB_CONSTRAINT_INCENTIVE;
    sb_json_begin_object(json, NULL);
    sb_json_string(json, "description", description);
    sb_json_string(json, "kind", incentive ? "incentive" : "participation");
    sb_json_string(json, "agent", agent->name);
    sb_json_string(json, "type",
                   constraint->type == SB_NOWHERE ? NULL : agent->types[constraint->type]);
    sb_json_string(json, "report", incentive ? agent->types[constraint->report] : NULL);
    sb_json_string(json, "others", others);
    sb_json_value(json, "dual", answer->solution->searched ? NULL : &binding->dual,
                  answer->solution->proof == SB_PROOF_EXACT);
    sb_json_end_object(json);
    free(description);
    free(others);
}

/* "ir": {"Alice": "ex-interim", "Bob": "none"} */
static void write_rule_by_agent(sb_json *json, const sb_environment *environment, sb_rule rule)
{
    const sb_rule_description *described = sb_rule_describe(rule);
    sb_json_begin_object(json, described->name);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        int choice = sb_rules_of(&environment->rules, rule, agent);
        sb_json_string(json, environment->agents[agent].name, described->choices[choice].name);
    }
    sb_json_end_object(json);
}

/* "reports": {"Alice": {"high": ["low", "high"]}}, types that may report any left out */
static void write_reports(sb_json *json, const sb_environment *environment)
{
    sb_json_begin_object(json, "reports");
    for (size_t index = 0; index < environment->agent_count; index++) {
        const sb_agent *agent = &environment->agents[index];
        if (!sb_environment_has_reporting_sets(environment, index)) {
            continue;
        }
        sb_json_begin_object(json, agent->name);
        for (size_t type = 0; type < agent->type_count; type++) {
            if (sb_environment_may_report_any(environment, index, type)) {
                continue;
            }
            sb_json_begin_array(json, agent->types[type]);
            for (size_t report = 0; report < agent->type_count; report++) {
                if (sb_environment_may_report(environment, index, type, report)) {
                    sb_json_string(json, NULL, agent->types[report]);
                }
            }
            sb_json_end_array(json);
        }
        sb_json_end_object(json);
    }
    sb_json_end_object(json);
}

void sb_json_rules(sb_json *json, const sb_environment *environment)
{
    sb_json_begin_object(json, "rules");
    for (int rule = 0; rule < SB_RULE_COUNT; rule++) {
        if (sb_rules_differ(&environment->rules, (sb_rule)rule)) {
            write_rule_by_agent(json, environment, (sb_rule)rule);
            continue;
        }
        char *choice = sb_rules_format(&environment->rules, (sb_rule)rule);
        json->text.failed = json->text.failed || choice == NULL;
        sb_json_string(json, sb_rule_describe((sb_rule)rule)->name, choice);
        free(choice);
    }
    if (sb_environment_has_reporting_sets(environment, SB_NOWHERE)) {
        write_reports(json, environment);
    }
    sb_json_end_object(json);
}

static void write_additions(sb_json *json, const sb_solve_answer *answer)
{
    const sb_solution *solution = answer->solution;
    sb_notes notes; /* of the reader and of the program, in that order */
    sb_notes_init(&notes);
    for (size_t i = 0; i < answer->notes->count; i++) {
        sb_notes_add(&notes, "%s", answer->notes->texts[i]);
    }
    for (size_t i = 0; i < solution->remarks.count; i++) {
        sb_notes_add(&notes, "%s", solution->remarks.texts[i]);
    }
    sb_json_notes(json, "explanation", &solution->explanation);
    sb_json_notes(json, "notes", &notes);
    sb_notes_clear(&notes);
    sb_json_string(json, "reason", solution->reason[0] == '\0' ? NULL : solution->reason);
    sb_json_double(json, "largest_violation", solution->largest_violation);
    sb_json_rules(json, answer->environment);
    sb_json_begin_object(json, "size");
    sb_json_count(json, "columns", solution->columns);
    sb_json_count(json, "rows", solution->rows);
    sb_json_count(json, "nonzeros", solution->nonzeros);
    sb_json_count(json, "floating_iterations", solution->floating_iterations);
    sb_json_count(json, "exact_pivots", solution->exact_pivots);
    sb_json_count(json, "rounds", solution->rounds);
    sb_json_string(json, "method", sb_method_name(solution->method));
    sb_json_end_object(json);
    if (solution->searched) {
        sb_json_begin_object(json, "search");
        sb_json_double(json, "bound", solution->bound);
        sb_json_count(json, "nodes", solution->nodes);
        if (solution->status == SB_LP_OPTIMAL) {
            sb_json_double(json, "gap",
                           fabs(solution->bound - sb_rational_to_double(&solution->objective)));
        } else {
            sb_json_null(json, "gap");
        }
        sb_json_end_object(json);
    }
    sb_json_string(json, "payments_kind",
                   solution->status != SB_LP_OPTIMAL ? NULL
                   : answer->smallest                ? "smallest"
                                                     : "vertex");
}

void sb_json_solve(sb_text *text, const sb_solve_answer *answer)
{
    const sb_solution *solution = answer->solution;
    bool optimal = solution->status == SB_LP_OPTIMAL;
    bool exact = solution->proof == SB_PROOF_EXACT;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_string(&json, "title", answer->environment->title);
    sb_json_string(&json, "status", sb_solution_status_name(solution));
    sb_json_string(&json, "proof", sb_proof_name(solution->proof));
    sb_json_value(&json, "objective", optimal ? &solution->objective : NULL, exact);
    sb_json_value(&json, "revenue", optimal ? &solution->revenue : NULL, exact);
    sb_json_value(&json, "welfare", optimal ? &solution->welfare : NULL, exact);
    /* Summed in rationals whatever the solver did. */
    sb_json_value(&json, "full_surplus", answer->full_surplus, true);
    sb_json_value(&json, "max_payment", optimal ? &solution->max_payment : NULL, exact);
    sb_json_mechanism(&json, answer->environment, solution->mechanism, exact);
    sb_json_begin_array(&json, "binding");
    for (size_t i = 0; i < solution->binding_count; i++) {
        write_binding(&json, answer, &solution->bindings[i]);
    }
    sb_json_end_array(&json);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    write_additions(&json, answer);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}
