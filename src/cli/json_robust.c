/* The answer of sidebet robust as JSON.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members and their order are a promise (sidebet(1)): new ones are added at the end.
 */
#include <math.h>
#include <stdlib.h>

#include "cli/json_solve.h"
#include "cli/json_writer.h"
#include "cli/robust.h"

static void write_limit(sb_json *json, const char *key, const sb_baseline *limit)
{
    sb_json_value(json, key, limit->status == SB_LP_OPTIMAL ? &limit->objective : NULL,
                  limit->proof == SB_PROOF_EXACT);
}

/* ---- the rounds ---- */

static void write_cut(sb_json *json, const sb_environment *environment, const sb_cut *worst)
{
    char *const *types = environment->agents[0].types;
    bool incentive = worst != NULL && worst->kind == SB_CUT_INCENTIVE;
    sb_json_string(json, "type", worst == NULL ? NULL : types[worst->type]);
    sb_json_string(json, "report", incentive ? types[worst->report] : NULL);
    sb_json_begin_array(json, "belief");
    for (size_t signal = 0; worst != NULL && signal < environment->signal_count; signal++) {
        sb_json_value(json, NULL, worst->belief + signal, true);
    }
    sb_json_end_array(json);
    sb_json_string(json, "kind", worst == NULL ? NULL : sb_cut_kind_name(worst->kind));
}

static void write_step(sb_json *json, const sb_robust_answer *answer, size_t number)
{
    const sb_robust_round *round = sb_robust_run_round(answer->run, number);
    bool exact = round->proof == SB_PROOF_EXACT;
    sb_json_begin_object(json, NULL);
    sb_json_count(json, "round", round->round);
    sb_json_value(json, "revenue", round->status == SB_LP_OPTIMAL ? &round->objective : NULL,
                  exact);
    sb_json_value(json, "violation", &round->violation, exact);
    write_cut(json, answer->environment, round->found_count > 0 ? &round->found[0] : NULL);
    size_t added = 0;
    for (size_t k = 0; k < round->found_count; k++) {
        added += round->found[k].added;
    }
    sb_json_count(json, "found", round->found_count);
    sb_json_count(json, "added", added);
    sb_json_count(json, "cuts", round->cut_count);
    sb_json_count(json, "dropped", round->dropped);
    sb_json_string(json, "status", sb_lp_status_name(round->status));
    sb_json_string(json, "proof", sb_proof_name(round->proof));
    char *sentence = sb_robust_round_describe(answer->run, number);
    json->text.failed = json->text.failed || sentence == NULL;
    sb_json_string(json, "sentence", sentence);
    free(sentence);
    sb_json_end_object(json);
}

/* ---- the set ---- */

static void write_bounds(sb_json *json, const char *key, const fmpq *numbers,
                         const sb_consistent_set *set)
{
    sb_json_begin_array(json, key);
    for (size_t type = 0; type < set->type_count; type++) {
        if (!set->has_set[type]) {
            sb_json_null(json, NULL);
            continue;
        }
        sb_json_begin_array(json, NULL);
        for (size_t signal = 0; signal < set->signal_count; signal++) {
            sb_json_number(json, NULL, numbers + type * set->signal_count + signal);
        }
        sb_json_end_array(json);
    }
    sb_json_end_array(json);
}

static void write_set(sb_json *json, const sb_robust_answer *answer)
{
    static const char *const origins[] = {[SB_SET_FROM_FILE] = "file",
                                          [SB_SET_FROM_BOX] = "box",
                                          [SB_SET_FROM_TABLES] = "tables",
                                          [SB_SET_FROM_SAMPLES] = "samples"};
    const sb_set_description *described = &answer->environment->robust;
    bool box = answer->origin != SB_SET_FROM_SAMPLES && described->kind == SB_SET_BOX;
    sb_json_begin_object(json, "set");
    sb_json_string(json, "origin", origins[answer->origin]);
    sb_json_string(json, "description", answer->set_text);
    sb_json_value(json, "radius", box ? &described->radius : NULL, true);
    sb_json_count(json, "constraints", answer->set.constraint_count);
    write_bounds(json, "lower", answer->set.lower, &answer->set);
    write_bounds(json, "upper", answer->set.upper, &answer->set);
    sb_json_end_object(json);
}

static void write_samples(sb_json *json, const sb_robust_answer *answer)
{
    if (!answer->has_estimate) {
        sb_json_null(json, "samples");
        return;
    }
    const sb_estimate_options *options = &answer->estimate_options;
    sb_json_begin_object(json, "samples");
    sb_json_count(json, "total", answer->sample_count);
    sb_json_count(json, "unseen_types", answer->estimate.unseen_count);
    sb_json_double(json, "epsilon", options->epsilon);
    sb_json_double(json, "alpha",
                   options->alpha == NULL ? 1 : sb_rational_to_double(options->alpha));
    sb_json_string(json, "level", sb_interval_level_name(options->level));
    sb_json_string(json, "intervals", sb_interval_method_name(options->method));
    sb_json_double(json, "element_level", answer->estimate.level);
    sb_json_end_object(json);
}

/* ---- the truth ---- */

static void write_contender(sb_json *json, const sb_robust_answer *answer, sb_contender contender)
{
    const sb_contender_outcome *outcome = &answer->others.outcomes[contender];
    bool optimal = outcome->status == SB_LP_OPTIMAL;
    sb_json_begin_object(json, NULL);
    sb_json_string(json, "name", sb_contender_name(contender));
    sb_json_double(json, "revenue", optimal ? outcome->revenue : (double)NAN);
    sb_json_double(json, "designed_revenue", optimal ? outcome->designed : (double)NAN);
    sb_json_double(json, "max_payment", optimal ? outcome->max_payment : (double)NAN);
    sb_json_count(json, "truthful", outcome->truthful);
    sb_json_count(json, "lying", outcome->lying);
    sb_json_count(json, "absent", outcome->absent);
    sb_json_string(json, "status", sb_lp_status_name(outcome->status));
    sb_json_string(json, "proof", sb_proof_name(outcome->proof));
    sb_json_string(json, "payments",
                   !optimal                     ? NULL
                   : outcome->smallest_payments ? "smallest"
                                                : "vertex");
    sb_json_end_object(json);
}

static void write_replies(sb_json *json, const sb_robust_answer *answer, bool exact)
{
    const sb_agent *agent = &answer->environment->agents[0];
    sb_json_begin_array(json, "types");
    for (size_t type = 0; type < agent->type_count; type++) {
        const sb_reply *reply = &answer->meeting.agents[0].replies[type];
        bool present = reply->has_belief && reply->action != SB_ACTION_EXIT;
        sb_json_begin_object(json, NULL);
        sb_json_string(json, "type", agent->types[type]);
        sb_json_string(json, "action", reply->has_belief ? sb_action_name(reply->action) : NULL);
        sb_json_string(json, "report", present ? agent->types[reply->report] : NULL);
        sb_json_value(json, "utility", reply->has_belief ? &reply->utility : NULL, exact);
        sb_json_end_object(json);
    }
    sb_json_end_array(json);
}

static void write_truth(sb_json *json, const sb_robust_answer *answer)
{
    if (!answer->has_meeting) {
        sb_json_null(json, "truth");
        return;
    }
    bool exact = answer->solution.proof == SB_PROOF_EXACT;
    sb_json_begin_object(json, "truth");
    sb_json_value(json, "revenue", &answer->meeting.revenue, exact);
    sb_json_value(json, "full_surplus", &answer->truth_surplus, true);
    sb_json_bool(json, "in_set", answer->others.set_holds_truth);
    write_replies(json, answer, exact);
    sb_json_begin_array(json, "contenders");
    write_contender(json, answer, SB_CONTENDER_KNOWN_PRIOR);
    write_contender(json, answer, SB_CONTENDER_BAYESIAN);
    write_contender(json, answer, SB_CONTENDER_EX_POST);
    sb_json_end_array(json);
    sb_json_end_object(json);
}

/* ---- all ---- */

static const char *status_name(const sb_robust_answer *answer)
{
    switch (answer->stop) {
    case SB_ROBUST_STOPPED_BY_ROUNDS:
        return "stopped";
    case SB_ROBUST_INTERRUPTED:
        return "interrupted";
    case SB_ROBUST_NOT_STOPPED:
        break;
    }
    return sb_lp_status_name(answer->solution.status);
}

static void write_rest(sb_json *json, const sb_robust_answer *answer)
{
    const sb_robust_solution *solution = &answer->solution;
    bool optimal = answer->stop == SB_ROBUST_NOT_STOPPED && solution->status == SB_LP_OPTIMAL;
    bool exact = solution->proof == SB_PROOF_EXACT;
    sb_json_string(json, "status", status_name(answer));
    sb_json_string(json, "title", answer->environment->title);
    sb_json_string(json, "objective_kind", sb_robust_objective_name(answer->options.objective));
    sb_json_value(json, "objective", optimal ? &solution->objective : NULL, exact);
    sb_json_value(json, "worst_case", optimal ? &solution->worst_case : NULL, exact);
    sb_json_value(json, "max_payment", optimal ? &solution->max_payment : NULL, exact);
    sb_json_value(json, "bound", answer->has_bound ? &answer->bound : NULL, answer->bound_exact);
    sb_json_bool(json, "certified", solution->certified);
    sb_json_double(json, "largest_violation", solution->largest_violation);
    sb_json_string(json, "reason", solution->reason[0] == '\0' ? NULL : solution->reason);
    write_set(json, answer);
    write_samples(json, answer);
    write_truth(json, answer);
    sb_json_rules(json, answer->environment);
    sb_json_notes(json, "notes", &answer->notes);
    sb_json_begin_object(json, "size");
    sb_json_count(json, "columns", solution->columns);
    sb_json_count(json, "rows", solution->rows);
    sb_json_count(json, "nonzeros", solution->nonzeros);
    sb_json_count(json, "floating_iterations", solution->iterations);
    sb_json_count(json, "exact_pivots", solution->exact_pivots);
    sb_json_end_object(json);
    sb_json_double(json, "time_ms", round(answer->seconds * 1e6) / 1e3);
}

void sb_json_robust(sb_text *text, const void *whole)
{
    const sb_robust_answer *answer = whole;
    const sb_robust_solution *solution = &answer->solution;
    bool exact = solution->proof == SB_PROOF_EXACT;
    bool optimal = answer->stop == SB_ROBUST_NOT_STOPPED && solution->status == SB_LP_OPTIMAL;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_value(&json, "revenue", optimal ? &solution->revenue : NULL, exact);
    sb_json_string(&json, "proof", sb_proof_name(solution->proof));
    sb_json_string(&json, "method", sb_robust_method_name(answer->options.method));
    sb_json_count(&json, "rounds", solution->rounds);
    sb_json_count(&json, "cuts", solution->cuts);
    write_limit(&json, "bayesian", &answer->bayesian);
    write_limit(&json, "ex_post", &answer->ex_post);
    sb_json_value(&json, "full_surplus", &answer->full_surplus, true);
    sb_json_mechanism(&json, answer->environment, solution->mechanism, exact);
    if (answer->steps_wanted && answer->run != NULL) {
        sb_json_begin_array(&json, "steps");
        for (size_t k = 0; k < sb_robust_run_count(answer->run); k++) {
            write_step(&json, answer, k);
        }
        sb_json_end_array(&json);
    }
    write_rest(&json, answer);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}

/* ---- the price of robustness ---- */

static void write_point(sb_json *json, const sb_price_point *point)
{
    bool optimal = point->status == SB_LP_OPTIMAL;
    bool exact = point->proof == SB_PROOF_EXACT;
    sb_json_begin_object(json, NULL);
    sb_json_value(json, "radius", &point->radius, true);
    sb_json_value(json, "revenue", optimal ? &point->objective : NULL, exact);
    sb_json_value(json, "worst_case", optimal ? &point->worst_case : NULL, exact);
    sb_json_value(json, "max_payment", optimal ? &point->max_payment : NULL, exact);
    sb_json_count(json, "rounds", point->rounds);
    sb_json_string(json, "status", sb_lp_status_name(point->status));
    sb_json_string(json, "proof", sb_proof_name(point->proof));
    sb_json_string(json, "reason", point->reason[0] == '\0' ? NULL : point->reason);
    sb_json_end_object(json);
}

void sb_json_robust_price(sb_text *text, const void *whole)
{
    const sb_robust_answer *answer = whole;
    const sb_robust_price *price = &answer->price;
    sb_json json;
    sb_json_init(&json);
    sb_json_begin_object(&json, NULL);
    sb_json_begin_array(&json, "points");
    for (size_t k = 0; k < price->count; k++) {
        write_point(&json, &price->points[k]);
    }
    sb_json_end_array(&json);
    write_limit(&json, "bayesian", &price->bayesian);
    write_limit(&json, "ex_post", &price->ex_post);
    sb_json_value(&json, "full_surplus", &price->full_surplus, true);
    sb_json_string(&json, "title", answer->environment->title);
    sb_json_string(&json, "method", sb_robust_method_name(answer->options.method));
    sb_json_string(&json, "objective_kind", sb_robust_objective_name(answer->options.objective));
    sb_json_bool(&json, "interrupted", answer->stop == SB_ROBUST_INTERRUPTED);
    sb_json_rules(&json, answer->environment);
    sb_json_notes(&json, "notes", &answer->notes);
    sb_json_double(&json, "time_ms", round(answer->seconds * 1e6) / 1e3);
    sb_json_end_object(&json);
    sb_text_add(&json.text, "\n");
    *text = json.text;
}
