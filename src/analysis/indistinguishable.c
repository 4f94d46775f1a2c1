/* A sequence of priors that approaches independence, and what can be learned about it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/indistinguishable.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/reporting.h"
#include "base/memory.h"
#include "sidebet/surplus.h"
#include "sidebet/sweep.h"

typedef struct near_work {
    const sb_environment *environment;
    const sb_indistinguishable_options *options;
    sb_indistinguishable *answer;
    sb_environment **environments; /* one a prior */
    sb_mechanism **mechanisms;     /* designed there; NULL where there is no optimum */
    sb_error *error;
} near_work;

void sb_indistinguishable_init(sb_indistinguishable *answer)
{
    *answer = (sb_indistinguishable){.count = 0, .bound_at = SB_NOWHERE};
    fmpq_init(&answer->full_surplus);
}

void sb_indistinguishable_clear(sb_indistinguishable *answer)
{
    for (size_t i = 0; answer->priors != NULL && i < answer->count; i++) {
        fmpq_clear(&answer->priors[i].lambda);
        fmpq_clear(&answer->priors[i].optimum);
        fmpq_clear(&answer->priors[i].max_payment);
        fmpq_clear(&answer->priors[i].total_variation);
        fmpq_clear(&answer->priors[i].guarantee);
    }
    free(answer->priors);
    sb_samples_free(answer->sample);
    sb_rationals_free(answer->revenue, answer->count * answer->count);
    fmpq_clear(&answer->full_surplus);
    sb_indistinguishable_init(answer);
}

/* ---- what is asked ---- */

static sb_status check_question(const sb_environment *environment,
                                const sb_indistinguishable_options *options, sb_error *error)
{
    int participation = sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, 0);
    if (environment->agent_count != 1 || !environment->has_signal) {
        sb_error_set(error, SB_ERROR_USAGE, "learning is about one bidder and a signal");
        sb_error_set_hint(error, "several bidders who know the prior could be asked for it");
        return SB_ERROR_USAGE;
    }
    if (environment->rules.choice[SB_RULE_OBJECTIVE] != SB_OBJECTIVE_REVENUE) {
        sb_error_set(error, SB_ERROR_USAGE, "what cannot be learned is how to earn revenue");
        sb_error_set_hint(error, "use the rule objective: revenue");
        return SB_ERROR_USAGE;
    }
    if (participation != SB_IR_EX_INTERIM && participation != SB_IR_EX_POST) {
        sb_error_set(error, SB_ERROR_USAGE, "every type must be free to stay away");
        sb_error_set_hint(error, "use the rule ir: ex-interim or ir: ex-post");
        return SB_ERROR_USAGE;
    }
    if (sb_design_want_randomised(environment, "what samples can be worth", error) != SB_OK) {
        return SB_ERROR_USAGE;
    }
    if (options->guarantees &&
        sb_want_nested_reports(environment, "what any mechanism can promise", error) != SB_OK) {
        return SB_ERROR_USAGE;
    }
    if (options->drawn_from != SB_NOWHERE && options->drawn_from > options->lambda_count) {
        return sb_error_set(error, SB_ERROR_USAGE, "there is no prior number %zu to draw from",
                            options->drawn_from + 1);
    }
    return SB_OK;
}

static int larger_first(const void *left, const void *right)
{
    const sb_near_prior *first = left, *second = right;
    return fmpq_cmp(&second->lambda, &first->lambda);
}

static sb_status choose_lambdas(near_work *work)
{
    enum { DECADES = 6 }; /* of the default: 1, 1/10, .. 1/100000 */
    sb_indistinguishable *answer = work->answer;
    bool given = work->options->lambdas != NULL;
    size_t count = given ? work->options->lambda_count : DECADES;
    answer->priors = sb_allocate(count + 1, sizeof *answer->priors);
    if (answer->priors == NULL) {
        return sb_out_of_memory(work->error);
    }
    answer->count = count + 1;
    slong denominator = 1;
    for (size_t i = 0; i <= count; i++) {
        sb_near_prior *prior = &answer->priors[i];
        *prior = (sb_near_prior){.status = SB_LP_FAILED, .proof = SB_PROOF_NONE, .bound = NAN};
        fmpq_init(&prior->lambda);
        fmpq_init(&prior->optimum);
        fmpq_init(&prior->max_payment);
        fmpq_init(&prior->total_variation);
        fmpq_init(&prior->guarantee);
        if (i < count && given) {
            fmpq_set(&prior->lambda, work->options->lambdas + i);
        } else if (i < count) {
            fmpq_set_si(&prior->lambda, 1, (ulong)denominator);
            denominator *= 10;
        }
    }
    qsort(answer->priors, count, sizeof *answer->priors, larger_first);
    for (size_t i = 0; i < count; i++) { /* the last is 0 */
        if (fmpq_cmp(&answer->priors[i].lambda, &answer->priors[i + 1].lambda) <= 0) {
            return sb_error_set(work->error, SB_ERROR_USAGE,
                                "the lambdas must be above 0 and distinct: the limit is always "
                                "there");
        }
    }
    return SB_OK;
}

static sb_status make_environments(near_work *work)
{
    sb_indistinguishable *answer = work->answer;
    work->environments = sb_allocate(answer->count, sizeof(void *));
    work->mechanisms = sb_allocate(answer->count, sizeof(void *));
    answer->revenue = sb_rationals_new(answer->count * answer->count);
    if (work->environments == NULL || work->mechanisms == NULL || answer->revenue == NULL) {
        return sb_out_of_memory(work->error);
    }
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < answer->count; i++) {
        status = sb_sweep_environment(work->environment, &answer->priors[i].lambda,
                                      &work->environments[i], work->error);
    }
    return status;
}

static sb_status report_progress(const near_work *work, size_t done)
{
    const sb_indistinguishable_options *options = work->options;
    size_t planned = options->guarantees ? 2 * work->answer->count - 1 : work->answer->count;
    if (options->progress != NULL && !options->progress(options->context, done, planned)) {
        return sb_error_set(work->error, SB_ERROR_CANCELLED, "stopped");
    }
    return SB_OK;
}

/* ---- the optimum at each prior ---- */

static sb_status keep_mechanism(near_work *work, size_t i, const sb_solution *solution)
{
    sb_near_prior *prior = &work->answer->priors[i];
    sb_smallest_payments smallest;
    sb_smallest_payments_init(&smallest);
    sb_status status = SB_OK;
    if (solution->proof == SB_PROOF_EXACT) {
        status = sb_smallest_payments_find(work->environments[i], solution, NULL,
                                           &work->options->lp, &smallest, work->error);
    }
    bool found = status == SB_OK && smallest.mechanism != NULL;
    if (status == SB_OK) {
        fmpq_set(&prior->max_payment, found ? &smallest.largest : &solution->max_payment);
        work->mechanisms[i] = sb_mechanism_copy(found ? smallest.mechanism : solution->mechanism);
        status = work->mechanisms[i] == NULL ? sb_out_of_memory(work->error) : SB_OK;
    }
    sb_smallest_payments_clear(&smallest);
    return status;
}

static sb_status design_all(near_work *work)
{
    sb_indistinguishable *answer = work->answer;
    sb_full_surplus(&answer->full_surplus, work->environment);
    answer->complete = true;
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < answer->count; i++) {
        sb_near_prior *prior = &answer->priors[i];
        sb_solution solution;
        sb_solution_init(&solution);
        status = sb_design_solve(work->environments[i], NULL, &work->options->lp, &solution,
                                 work->error);
        if (status == SB_OK) {
            prior->status = solution.status;
            prior->proof = solution.proof;
        }
        if (status == SB_OK && solution.status == SB_LP_OPTIMAL) {
            fmpq_set(&prior->optimum, &solution.objective);
            prior->extracts = solution.proof == SB_PROOF_EXACT &&
                              fmpq_equal(&prior->optimum, &answer->full_surplus);
            status = keep_mechanism(work, i, &solution);
        } else {
            answer->complete = false;
        }
        if (status == SB_OK) {
            status = report_progress(work, i + 1);
        }
        sb_solution_clear(&solution);
    }
    return status;
}

static sb_status cross_evaluate(near_work *work)
{
    sb_indistinguishable *answer = work->answer;
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && answer->complete && k < answer->count * answer->count;
         k++) {
        size_t i = k / answer->count, j = k % answer->count;
        sb_misbelief misbelief;
        sb_misbelief_init(&misbelief);
        status = sb_misbelief_evaluate(work->environments[i], work->mechanisms[i],
                                       work->environments[j], &misbelief, work->error);
        fmpq_set(answer->revenue + k, &misbelief.revenue);
        sb_misbelief_clear(&misbelief);
    }
    return status;
}

/* ---- samples ---- */

static sb_status measure_distances(near_work *work)
{
    sb_indistinguishable *answer = work->answer;
    size_t limit = answer->count - 1;
    fmpq_t gap, other;
    fmpq_init(gap);
    fmpq_init(other);
    sb_status status = SB_OK;
    for (size_t i = 0; status == SB_OK && i < answer->count; i++) {
        sb_near_prior *prior = &answer->priors[i];
        status = sb_test_power_find(work->environments[i], work->environments[limit],
                                    (double)work->options->sample_count, work->options->error,
                                    &prior->power, work->error);
        size_t profiles = sb_environment_profile_count(work->environment);
        for (size_t profile = 0; profile < profiles; profile++) {
            sb_environment_probability(gap, work->environments[i], profile);
            sb_environment_probability(other, work->environments[limit], profile);
            fmpq_sub(gap, gap, other);
            fmpq_abs(gap, gap);
            fmpq_add(&prior->total_variation, &prior->total_variation, gap);
        }
        fmpq_div_2exp(&prior->total_variation, &prior->total_variation, 1);
    }
    fmpq_clear(gap);
    fmpq_clear(other);
    return status;
}

/* The logarithm of the sample's likelihood, as the limit's plus that of the ratio, which is near 0.
 */
static double log_likelihood(const near_work *work, size_t i)
{
    const sb_environment *limit = work->environments[work->answer->count - 1];
    fmpq_t own, base;
    fmpq_init(own);
    fmpq_init(base);
    double sum = 0;
    for (size_t profile = 0; profile < sb_environment_profile_count(limit); profile++) {
        size_t count = work->answer->sample->counts[profile];
        if (count > 0) {
            sb_environment_probability(own, work->environments[i], profile);
            sb_environment_probability(base, limit, profile);
            double whole = log(sb_rational_to_double(base));
            fmpq_sub(own, own, base);
            fmpq_div(own, own, base);
            sum += (double)count * (whole + log1p(sb_rational_to_double(own)));
        }
    }
    fmpq_clear(own);
    fmpq_clear(base);
    return sum;
}

static sb_status draw_sample(near_work *work)
{
    sb_indistinguishable *answer = work->answer;
    size_t from = work->options->drawn_from;
    from = from == SB_NOWHERE ? answer->count - 1 : from;
    sb_random_stream stream;
    sb_random_stream_init(&stream, work->options->seed, NULL, 0);
    sb_status status = sb_samples_new(work->environment, &answer->sample, work->error);
    if (status == SB_OK) {
        status = sb_samples_draw(answer->sample, work->environments[from],
                                 work->options->sample_count, &stream, NULL, work->error);
    }
    double best = -INFINITY, sum = 0;
    for (size_t i = 0; status == SB_OK && i < answer->count; i++) {
        answer->priors[i].log_likelihood = log_likelihood(work, i);
        best = fmax(best, answer->priors[i].log_likelihood);
    }
    for (size_t i = 0; status == SB_OK && i < answer->count; i++) {
        answer->priors[i].posterior = exp(answer->priors[i].log_likelihood - best);
        sum += answer->priors[i].posterior;
    }
    for (size_t i = 0; status == SB_OK && i < answer->count; i++) {
        answer->priors[i].posterior /= sum;
    }
    return status;
}

/* ---- guarantees ---- */

/* V + (largest optimum - V) min(1, sum of total variations of N samples from the last). */
static sb_status bound_tail(near_work *work, size_t first)
{
    sb_indistinguishable *answer = work->answer;
    const fmpq *largest = &answer->priors[first].optimum;
    size_t last = answer->count - 2;
    double apart = 0;
    sb_status status = SB_OK;
    for (size_t i = first; status == SB_OK && i < last; i++) {
        sb_test_power power;
        status = sb_test_power_find(work->environments[i], work->environments[last],
                                    (double)work->options->sample_count, work->options->error,
                                    &power, work->error);
        apart += power.most;
        const fmpq *next = &answer->priors[i + 1].optimum;
        largest = fmpq_cmp(next, largest) > 0 ? next : largest;
    }
    sb_near_prior *prior = &answer->priors[first];
    double most = sb_rational_to_double(largest);
    double least = sb_rational_to_double(&prior->guarantee);
    prior->bound = least + (most - least) * fmin(1, apart);
    if (answer->bound_at == SB_NOWHERE || prior->bound < answer->priors[answer->bound_at].bound) {
        answer->bound_at = first;
    }
    return status;
}

/* Whether the optima from this prior on, without the limit's, are proved. */
static bool optima_are_proved(const sb_indistinguishable *answer, size_t first)
{
    bool proved = true;
    for (size_t i = first; i + 1 < answer->count; i++) {
        const sb_near_prior *prior = &answer->priors[i];
        proved = proved && prior->status == SB_LP_OPTIMAL && prior->proof == SB_PROOF_EXACT;
    }
    return proved;
}

static sb_status find_guarantees(near_work *work)
{
    sb_indistinguishable *answer = work->answer;
    size_t end = answer->count - 1; /* without the limit */
    sb_status status = SB_OK;
    size_t types = work->environment->agents[0].type_count;
    for (size_t first = 0; status == SB_OK && first < end; first++) {
        sb_near_prior *prior = &answer->priors[first];
        if (types * (end - first) > SB_MOST_PAIRS || !optima_are_proved(answer, first)) {
            continue;
        }
        sb_lp_status answer_status = SB_LP_FAILED;
        sb_proof proof = SB_PROOF_NONE;
        status = sb_guarantee_find((const sb_environment *const *)work->environments + first,
                                   end - first, &work->options->lp, &answer_status, &proof,
                                   &prior->guarantee, work->error);
        prior->has_guarantee =
            status == SB_OK && answer_status == SB_LP_OPTIMAL && proof == SB_PROOF_EXACT;
        if (prior->has_guarantee) {
            status = bound_tail(work, first);
        }
        if (status == SB_OK) {
            status = report_progress(work, answer->count + first + 1);
        }
    }
    return status;
}

/* ---- all ---- */

static sb_status answer_all(near_work *work)
{
    sb_status status = choose_lambdas(work);
    if (status == SB_OK) {
        status = make_environments(work);
    }
    if (status == SB_OK) {
        status = measure_distances(work);
    }
    if (status == SB_OK) {
        status = draw_sample(work);
    }
    if (status == SB_OK) {
        status = design_all(work);
    }
    if (status == SB_OK) {
        status = cross_evaluate(work);
    }
    return status == SB_OK && work->options->guarantees ? find_guarantees(work) : status;
}

sb_status sb_indistinguishable_find(const sb_environment *environment,
                                    const sb_indistinguishable_options *options,
                                    sb_indistinguishable *answer, sb_error *error)
{
    const sb_indistinguishable_options usual = SB_INDISTINGUISHABLE_OPTIONS_DEFAULT;
    sb_indistinguishable_clear(answer);
    near_work work = {.environment = environment,
                      .options = options == NULL ? &usual : options,
                      .answer = answer,
                      .error = error};
    sb_status status = check_question(environment, work.options, error);
    if (status == SB_OK) {
        status = answer_all(&work);
    }
    for (size_t i = 0; i < answer->count; i++) {
        sb_environment_free(work.environments == NULL ? NULL : work.environments[i]);
        sb_mechanism_free(work.mechanisms == NULL ? NULL : work.mechanisms[i]);
    }
    free(work.environments);
    free(work.mechanisms);
    if (status != SB_OK) {
        sb_indistinguishable_clear(answer);
    }
    return status;
}
