/* Solving design programs in rents: cuts in double precision, then the proof.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/design_rents.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "lp/integer_array.h"
#include "mechanism/design_rents_parts.h"

#define MOST_ROUNDS 200
/* Proofs, each with the cuts that the one before was found to break. */
#define MOST_PROOFS 8

/* Payments that count against the objective, or that some type must make, are left to others. */
static bool applies(const sb_lazy *lazy)
{
    const sb_design *design = lazy->design;
    int paid = fmpq_sgn(&design->objective.payments);
    bool apply = design->interim != NULL && paid >= 0;
    for (size_t agent = 0; apply && agent < design->agent_count; agent++) {
        int choice = sb_rules_of(design->rules, SB_RULE_PARTICIPATION, agent);
        apply = paid == 0 || choice == SB_IR_EX_INTERIM || choice == SB_IR_EX_ANTE;
    }
    return apply;
}

/* ---- setting up ---- */

static bool init_agent(sb_rents *rents, size_t agent)
{
    const sb_interim_agent *interim = &rents->design->interim->agents[agent];
    const sb_environment *environment = rents->environment;
    sb_rents_agent *own = &rents->agents[agent];
    const sb_lazy_agent *made = &rents->lazy->agents[agent];
    size_t types = made->types, rank = interim->rank;
    fmpz_mat_init(own->coordinates, (slong)types, (slong)rank);
    own->scales = sb_integer_array_new(types);
    own->totals = sb_rationals_new(types);
    own->worth = sb_allocate(types, sizeof *own->worth);
    fmpq *row = sb_rationals_new(rank);
    own->rents_are_free =
        sb_rules_of(rents->design->rules, SB_RULE_PARTICIPATION, agent) != SB_IR_EX_INTERIM;
    if (own->scales == NULL || own->totals == NULL || own->worth == NULL || row == NULL) {
        sb_rationals_free(row, rank);
        return false;
    }
    for (size_t k = 0; k < types * made->others; k++) {
        fmpq *total = own->totals + k / made->others;
        fmpq_add(total, total, environment->weights + made->profiles[k]);
    }
    for (size_t type = 0; type < types; type++) {
        fmpz_one(own->scales + type);
        for (size_t k = 0; k < rank; k++) {
            fmpq_mul(row + k, interim->combinations + type * rank + k,
                     own->totals + interim->pivot_types[k]);
        }
        if (rank > 0) {
            sb_integer_array_scale(fmpz_mat_entry(own->coordinates, (slong)type, 0), row, rank,
                                   own->scales + type);
        }
    }
    sb_rationals_free(row, rank);
    return true;
}

/* What counts of every outcome when all pay what they gain, and which is the best. */
static void find_best_outcomes(sb_rents *rents)
{
    size_t outcomes = rents->design->outcome_count;
    sb_objective_weights surplus;
    sb_interim_surplus_weights(&surplus, &rents->design->objective);
    for (size_t profile = 0; profile < rents->design->profile_count; profile++) {
        fmpq *gains = rents->gains + profile * outcomes;
        size_t best = 0;
        for (size_t o = 0; o < outcomes; o++) {
            sb_design_outcome_value(gains + o, rents->environment, &surplus, profile, o);
            best = fmpq_cmp(gains + o, gains + best) > 0 ? o : best;
        }
        rents->best[profile] = best;
    }
    sb_objective_weights_clear(&surplus);
}

static sb_status init(sb_rents *rents, sb_lazy *lazy, const sb_lp_options *options, sb_error *error)
{
    const sb_design *design = lazy->design;
    size_t profiles = design->profile_count, outcomes = design->outcome_count;
    *rents = (sb_rents){
        .lazy = lazy, .environment = lazy->environment, .design = lazy->design, .options = options};
    sb_lp_result_init(&rents->proved);
    rents->agents = sb_allocate(design->agent_count, sizeof *rents->agents);
    rents->best = sb_allocate(profiles, sizeof *rents->best);
    rents->gains = sb_rationals_new(profiles * outcomes);
    rents->first_choice = sb_allocate(profiles, sizeof *rents->first_choice);
    rents->unit =
        sb_rational_to_double(&rents->environment->weight_sum) / (double)design->profile_count;
    bool made = rents->agents != NULL && rents->best != NULL && rents->gains != NULL &&
                rents->first_choice != NULL;
    for (size_t agent = 0; made && agent < design->agent_count; agent++) {
        made = init_agent(rents, agent);
    }
    for (size_t profile = 0; made && profile < profiles; profile++) {
        rents->first_choice[profile] = SB_NOWHERE;
    }
    if (!made) {
        return sb_out_of_memory(error);
    }
    find_best_outcomes(rents);
    return SB_OK;
}

static void clear_agent(const sb_rents *rents, size_t agent)
{
    sb_rents_agent *own = &rents->agents[agent];
    size_t types = rents->lazy->agents[agent].types;
    sb_envelope_clear(&own->envelope);
    sb_integer_array_free(own->scales, types);
    sb_rationals_free(own->totals, types);
    free(own->worth);
    if (own->coordinates->r > 0) {
        fmpz_mat_clear(own->coordinates);
    }
}

static void clear(sb_rents *rents)
{
    const sb_design *design = rents->design;
    size_t chances = design->profile_count * design->outcome_count;
    for (size_t k = 0; k < rents->cut_count; k++) {
        const sb_rents_cut *cut = &rents->cuts[k];
        free(cut->basis);
        sb_rationals_free(cut->parts, rents->lazy->agents[cut->agent].types);
    }
    size_t types = 0;
    for (size_t agent = 0; rents->agents != NULL && agent < design->agent_count; agent++) {
        types += rents->lazy->agents[agent].types;
        clear_agent(rents, agent);
    }
    free(rents->agents);
    free(rents->best);
    sb_rationals_free(rents->gains, chances);
    free(rents->first_choice);
    free(rents->columns);
    sb_new_rows_clear(&rents->growing.start);
    free(rents->tight_start);
    free(rents->cuts);
    sb_growing_answer_clear(&rents->answer);
    sb_lp_free(rents->program);
    sb_lp_solver_free(rents->solver);
    sb_lp_result_clear(&rents->proved);
    sb_rationals_free(rents->allocation, chances);
    sb_rationals_free(rents->rents, types);
    sb_rationals_free(rents->payments, design->interim == NULL ? 0 : design->interim->column_count);
}

/* ---- the proof ---- */

typedef struct proving {
    double until; /* <= 0: for ever */
    size_t pivots, iterations;
} proving;

static sb_status prove_once(sb_rents *rents, proving *proof, size_t *broken, sb_error *error)
{
    sb_lp_options options = *rents->options;
    options.exact = true;
    options.bare = true;
    if (proof->until > 0) {
        const double least = 1e-9;
        double left = proof->until - sb_seconds();
        options.time_limit = left > least ? left : least;
    }
    sb_status status = sb_lp_solve(rents->program, rents->solver, &options, &rents->proved, error);
    proof->pivots += rents->proved.exact_pivots;
    proof->iterations += rents->proved.floating_iterations;
    if (status != SB_OK || rents->proved.proof != SB_PROOF_EXACT ||
        rents->proved.status != SB_LP_OPTIMAL) {
        return status;
    }
    sb_rents_read(rents);
    return sb_rents_pay_exactly(rents, broken, error);
}

/* *proved false: no proof was found in time, or nothing can be said (rents->lost). */
static sb_status prove(sb_rents *rents, proving *proof, bool *proved, sb_error *error)
{
    const sb_design *design = rents->design;
    *proved = false;
    rents->allocation = sb_rationals_new(design->profile_count * design->outcome_count);
    rents->rents = sb_rationals_new(rents->column_count - rents->choice_count);
    rents->payments = sb_rationals_new(design->interim->column_count);
    if (rents->allocation == NULL || rents->rents == NULL || rents->payments == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = sb_rents_make_program(rents, error);
    for (size_t turn = 0; status == SB_OK && !rents->lost && !*proved; turn++) {
        size_t broken = 0, first = 0;
        status = prove_once(rents, proof, &broken, error);
        if (status != SB_OK || rents->proved.proof != SB_PROOF_EXACT) {
            return status;
        }
        rents->lost = rents->lost || turn == MOST_PROOFS || rents->proved.status != SB_LP_OPTIMAL;
        *proved = broken == 0 && !rents->lost;
        first = rents->cut_count - broken;
        for (size_t k = first; status == SB_OK && !rents->lost && k < rents->cut_count; k++) {
            status = sb_rents_add_cut_row(rents, &rents->cuts[k], error);
        }
    }
    return status;
}

/* ---- all ---- */

static sb_status solve_and_prove(sb_rents *rents, bool *solved, sb_lp_result *result,
                                 sb_lazy_counts *counts, sb_error *error)
{
    double began = sb_seconds();
    sb_status status = sb_rents_begin(rents, error);
    if (status == SB_OK && !rents->lost) {
        sb_patience patience = {rents->options->cancel, 0};
        status = sb_growing_solve(&rents->growing, &patience, MOST_ROUNDS, &rents->answer, error);
    }
    if (status != SB_OK || rents->lost || !rents->answer.optimal) {
        return status;
    }
    double proof_began = sb_seconds();
    double limit = rents->options->time_limit;
    proving proof = {.until = limit > 0 ? proof_began + limit : 0};
    bool proved = false;
    if (rents->options->exact) {
        status = prove(rents, &proof, &proved, error);
    }
    if (status != SB_OK || rents->lost) {
        return status;
    }
    status = proved ? sb_rents_answer(rents, result, error)
                    : sb_rents_answer_in_doubles(rents, result, error);
    if (rents->options->exact && !proved) {
        (void)snprintf(result->reason, sizeof result->reason,
                       "the exact part met its time limit of %g s", limit);
    }
    *solved = status == SB_OK;
    result->floating_seconds = proof_began - began;
    result->exact_seconds = sb_seconds() - proof_began;
    result->floating_iterations = rents->answer.iterations + proof.iterations;
    result->exact_pivots = proof.pivots;
    counts->rounds = rents->answer.rounds;
    counts->rows = rents->answer.row_count;
    counts->nonzeros = rents->answer.entry_count;
    counts->in_rents = true;
    return status;
}

sb_status sb_rents_solve(sb_lazy *lazy, const sb_lp_options *options, bool *solved,
                         sb_lp_result *result, sb_lazy_counts *counts, sb_error *error)
{
    *solved = false;
    if (!applies(lazy)) {
        return SB_OK;
    }
    sb_rents rents;
    sb_status status = init(&rents, lazy, options, error);
    if (status == SB_OK) {
        status = solve_and_prove(&rents, solved, result, counts, error);
    }
    clear(&rents);
    return status;
}
