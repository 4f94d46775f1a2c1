/* The separation oracle in rationals: which rules a mechanism breaks, and at which belief most.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers of a proved mechanism have thousands of digits, and to add fractions of that size is
 * to look for common divisors. So the search multiplies the mechanism by its common denominator
 * first: it then adds integers, and only the beliefs are fractions.
 */
#include <stdlib.h>

#include "analysis/robust_program.h"
#include "base/memory.h"

/* ---- the search ---- */

typedef struct search {
    const sb_robust_question *question;
    fmpq_t unit;             /* all that follows is times this */
    sb_mechanism *mechanism; /* integers */
    fmpq *worths;            /* NULL: none */
    fmpq_t more_than;
    size_t types, signals;
    fmpq *utilities;    /* U(report; type, signal) of the type at hand, report by report */
    fmpq *coefficients; /* of the rule at hand, by signal */
    fmpq *belief;
    sb_cut *found;
    size_t count, capacity;
    sb_error *error;
} search;

/* The least over all beliefs whatever. */
static void worst_signal(const search *s, fmpq_t minimum)
{
    size_t worst = 0;
    for (size_t signal = 0; signal < s->signals; signal++) {
        fmpq_zero(s->belief + signal);
        if (fmpq_cmp(s->coefficients + signal, s->coefficients + worst) < 0) {
            worst = signal;
        }
    }
    fmpq_one(s->belief + worst);
    fmpq_set(minimum, s->coefficients + worst);
}

static sb_status keep(search *s, sb_cut_kind kind, size_t type, size_t report,
                      const fmpq_t violation)
{
    if (!sb_grow(&s->found, &s->capacity, s->count + 1, sizeof *s->found)) {
        return sb_out_of_memory(s->error);
    }
    sb_cut *cut = &s->found[s->count];
    sb_cut_init(cut);
    cut->belief = sb_rationals_copy(s->belief, s->signals);
    if (cut->belief == NULL) {
        sb_cut_clear(cut, s->signals);
        return sb_out_of_memory(s->error);
    }
    cut->kind = kind;
    cut->type = type;
    cut->report = report;
    fmpq_div(&cut->violation, violation, s->unit);
    s->count++;
    return SB_OK;
}

/* Ask for the worst belief of the rule in `coefficients`, of which at least `least` is wanted. */
static sb_status ask(search *s, sb_cut_kind kind, size_t type, size_t report, const fmpq *least,
                     bool every_belief)
{
    fmpq_t minimum;
    fmpq_init(minimum);
    sb_status status = SB_OK;
    if (every_belief) {
        worst_signal(s, minimum);
    } else {
        status = sb_consistent_set_worst(s->question->set, type, s->coefficients, s->belief,
                                         minimum, s->error);
    }
    if (least != NULL && !s->question->ray) {
        fmpq_sub(minimum, minimum, least);
    }
    fmpq_neg(minimum, minimum);
    bool violated = fmpq_cmp(minimum, s->more_than) > 0;
    if (status == SB_OK && violated) {
        status = keep(s, kind, type, report, minimum);
    }
    fmpq_clear(minimum);
    return status;
}

static void fill_utilities(search *s, size_t type)
{
    for (size_t report = 0; report < s->types; report++) {
        for (size_t signal = 0; signal < s->signals; signal++) {
            sb_mechanism_utility(s->utilities + report * s->signals + signal,
                                 s->question->environment, s->mechanism, 0, type, report, signal);
        }
    }
}

static sb_status ask_incentives(search *s, size_t type, bool every_belief)
{
    sb_status status = SB_OK;
    for (size_t report = 0; status == SB_OK && report < s->types; report++) {
        if (report == type ||
            !sb_environment_may_report(s->question->environment, 0, type, report)) {
            continue;
        }
        for (size_t signal = 0; signal < s->signals; signal++) {
            fmpq_sub(s->coefficients + signal, s->utilities + type * s->signals + signal,
                     s->utilities + report * s->signals + signal);
        }
        status = ask(s, SB_CUT_INCENTIVE, type, report, NULL, every_belief);
    }
    return status;
}

static sb_status ask_participation(search *s, size_t type, bool every_belief)
{
    for (size_t signal = 0; signal < s->signals; signal++) {
        fmpq_set(s->coefficients + signal, s->utilities + type * s->signals + signal);
    }
    fmpq_t outside;
    fmpq_init(outside);
    fmpq_mul(outside, s->question->environment->agents[0].outside + type, s->unit);
    sb_status status = ask(s, SB_CUT_PARTICIPATION, type, SB_NOWHERE, outside, every_belief);
    fmpq_clear(outside);
    return status;
}

/* What the objective counts of an outcome (not of payments). */
static void worth_of_outcome(fmpq_t value, const sb_environment *environment,
                             const sb_objective_weights *weights, size_t type, size_t outcome)
{
    fmpq_mul(value, &weights->agents,
             environment->agents[0].utilities + type * environment->outcome_count + outcome);
    fmpq_addmul(value, &weights->designer, environment->designer + outcome);
}

/* What the objective counts of the last outcome, which the worths leave out. */
static void set_base(fmpq_t base, const sb_robust_question *question, size_t type)
{
    if (question->ray) {
        fmpq_zero(base);
    } else {
        worth_of_outcome(base, question->environment, question->weights, type,
                         question->environment->outcome_count - 1);
    }
}

static sb_status ask_objective(search *s, size_t type)
{
    const sb_robust_question *question = s->question;
    fmpq_t base;
    fmpq_init(base);
    set_base(base, question, type);
    fmpq_mul(base, base, s->unit);
    fmpq_add(base, base, s->worths + type);
    sb_robust_expectations(s->coefficients, question->environment, question->weights, s->mechanism,
                           type);
    for (size_t signal = 0; signal < s->signals; signal++) {
        fmpq_sub(s->coefficients + signal, s->coefficients + signal, base);
    }
    fmpq_clear(base);
    return ask(s, SB_CUT_OBJECTIVE, type, SB_NOWHERE, NULL, false);
}

static sb_status ask_type(search *s, size_t type)
{
    const sb_robust_question *question = s->question;
    bool has_set = question->set->has_set[type];
    bool incentives = question->ex_post_incentives || (question->incentives && has_set);
    bool participation = question->ex_post_participation || (question->participation && has_set);
    sb_status status = SB_OK;
    if (incentives || participation) {
        fill_utilities(s, type);
    }
    if (incentives) {
        status = ask_incentives(s, type, question->ex_post_incentives);
    }
    if (status == SB_OK && participation) {
        status = ask_participation(s, type, question->ex_post_participation);
    }
    if (status == SB_OK && question->worths != NULL && question->set->has_estimate[type]) {
        status = ask_objective(s, type);
    }
    return status;
}

sb_status sb_robust_violation(fmpq_t violation, const sb_robust_question *question,
                              const sb_cut *cut, sb_error *error)
{
    const sb_environment *environment = question->environment;
    size_t signals = environment->signal_count;
    fmpq *values = sb_rationals_new(signals);
    if (values == NULL) {
        return sb_out_of_memory(error);
    }
    fmpq_t value, wanted;
    fmpq_init(value);
    fmpq_init(wanted);
    fmpq_zero(violation);
    if (cut->kind == SB_CUT_OBJECTIVE) {
        sb_robust_expectations(values, environment, question->weights, question->mechanism,
                               cut->type);
        set_base(wanted, question, cut->type);
        fmpq_add(wanted, wanted, question->worths + cut->type);
    } else if (cut->kind == SB_CUT_PARTICIPATION && !question->ray) {
        fmpq_set(wanted, environment->agents[0].outside + cut->type);
    }
    for (size_t signal = 0; signal < signals; signal++) {
        if (cut->kind != SB_CUT_OBJECTIVE) {
            sb_mechanism_utility(values + signal, environment, question->mechanism, 0, cut->type,
                                 cut->type, signal);
        }
        if (cut->kind == SB_CUT_INCENTIVE) {
            sb_mechanism_utility(value, environment, question->mechanism, 0, cut->type, cut->report,
                                 signal);
            fmpq_sub(values + signal, values + signal, value);
        }
        fmpq_sub(values + signal, values + signal, wanted);
        fmpq_submul(violation, values + signal, cut->belief + signal);
    }
    sb_rationals_free(values, signals);
    fmpq_clear(value);
    fmpq_clear(wanted);
    return SB_OK;
}

static void take_denominators(fmpz_t common, const fmpq *numbers, size_t count)
{
    for (size_t k = 0; numbers != NULL && k < count; k++) {
        if (!fmpz_divisible(common, fmpq_denref(numbers + k))) {
            fmpz_lcm(common, common, fmpq_denref(numbers + k));
        }
    }
}

static void multiply(fmpq *numbers, size_t count, const fmpz_t factor)
{
    for (size_t k = 0; numbers != NULL && k < count; k++) {
        fmpq_mul_fmpz(numbers + k, numbers + k, factor);
    }
}

/* The question in integers. */
static sb_status scale(search *s)
{
    const sb_robust_question *question = s->question;
    s->mechanism = sb_mechanism_copy(question->mechanism);
    s->worths = question->worths != NULL ? sb_rationals_copy(question->worths, s->types) : NULL;
    if (s->mechanism == NULL || (question->worths != NULL && s->worths == NULL)) {
        return sb_out_of_memory(s->error);
    }
    size_t probabilities = s->mechanism->profile_count * s->mechanism->outcome_count;
    size_t payments = s->mechanism->profile_count * s->mechanism->agent_count;
    fmpz_t common;
    fmpz_init_set_ui(common, 1);
    take_denominators(common, s->mechanism->allocation, probabilities);
    take_denominators(common, s->mechanism->payments, payments);
    take_denominators(common, s->worths, s->types);
    multiply(s->mechanism->allocation, probabilities, common);
    multiply(s->mechanism->payments, payments, common);
    multiply(s->worths, s->types, common);
    fmpq_set_fmpz(s->unit, common);
    if (question->more_than != NULL) {
        fmpq_mul(s->more_than, question->more_than, s->unit);
    }
    fmpz_clear(common);
    return SB_OK;
}

static sb_status search_begin(search *s)
{
    fmpq_init(s->unit);
    fmpq_init(s->more_than);
    s->utilities = sb_rationals_new(s->types * s->signals);
    s->coefficients = sb_rationals_new(s->signals);
    s->belief = sb_rationals_new(s->signals);
    if (s->utilities == NULL || s->coefficients == NULL || s->belief == NULL) {
        return sb_out_of_memory(s->error);
    }
    return scale(s);
}

static void search_end(search *s)
{
    sb_rationals_free(s->utilities, s->types * s->signals);
    sb_rationals_free(s->coefficients, s->signals);
    sb_rationals_free(s->belief, s->signals);
    sb_rationals_free(s->worths, s->types);
    sb_mechanism_free(s->mechanism);
    fmpq_clear(s->unit);
    fmpq_clear(s->more_than);
}

sb_status sb_robust_find(const sb_robust_question *question, sb_cut **found, size_t *count,
                         sb_error *error)
{
    search s = {.question = question,
                .types = question->set->type_count,
                .signals = question->set->signal_count,
                .error = error};
    *found = NULL;
    *count = 0;
    sb_status status = search_begin(&s);
    for (size_t type = 0; status == SB_OK && type < s.types; type++) {
        status = ask_type(&s, type);
    }
    search_end(&s);
    if (status != SB_OK) {
        sb_cuts_free(s.found, s.count, s.signals);
        return status;
    }
    sb_cuts_sort(s.found, s.count);
    *found = s.found;
    *count = s.count;
    return SB_OK;
}

/* ---- of a mechanism ---- */

void sb_robust_expectations(fmpq *values, const sb_environment *environment,
                            const sb_objective_weights *weights, const sb_mechanism *mechanism,
                            size_t type)
{
    fmpq_t worth;
    fmpq_init(worth);
    for (size_t signal = 0; signal < environment->signal_count; signal++) {
        size_t profile = type * environment->signal_count + signal;
        fmpq_mul(values + signal, &weights->payments, mechanism->payments + profile);
        for (size_t o = 0; o < environment->outcome_count; o++) {
            worth_of_outcome(worth, environment, weights, type, o);
            fmpq_addmul(values + signal, worth,
                        mechanism->allocation + profile * environment->outcome_count + o);
        }
    }
    fmpq_clear(worth);
}
