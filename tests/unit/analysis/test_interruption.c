/* Long computations that are cancelled, or given no time: they return soon, and claim nothing.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A second thread raises the cancel flag after a while. What is measured is the processor time
 * between then and the return, which a busy machine does not lengthen.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "clock.h"
#include "property.h"
#include "sidebet/environment_file.h"
#include "sidebet/full_extraction.h"
#include "sidebet/payment_cap.h"
#include "sidebet/robust.h"
#include "sidebet/simulation.h"
#include "sidebet/smallest_payments.h"
#include "sidebet/sufficient_correlation.h"
#include "sidebet/sweep.h"

static const double patience = 1.0; /* seconds of processor time; about a tenth is usual */

/* ---- environments that take a while ---- */

static sb_environment *environment_of(const char *text)
{
    sb_environment *environment = NULL;
    sb_error error;
    sb_error_clear(&error);
    sb_status status = sb_environment_parse(text, strlen(text), "test", &environment, NULL, &error);
    if (status != SB_OK) {
        print_error("%s\n", error.message);
    }
    assert_int_equal(status, SB_OK);
    return environment;
}

#define BIDDERS                                                                                    \
    "item: {bidders: [{values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]},"                          \
    " {values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}]}\n"                                       \
    "prior: {random: {seed: 7}}\n"
#define SIGNAL                                                                                     \
    "item: {bidders: [{values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}]}\n"                       \
    "signal: {values: [a, b, c, d, e, f, g, h, i, j, k, l]}\n"                                     \
    "prior: {bivariate-normal: {correlation: 0.5, from: -2, to: 2}}\n"
#define CHOICES                                                                                    \
    "item: {bidders: [{values: [1, 2, 3, 4]}, {values: [1, 2, 3, 5]}]}\n"                          \
    "prior: {random: {seed: 7}}\n"                                                                 \
    "rules: {ic: ex-post, payments: bounded:3, deterministic: true}\n"

/* ---- the computations ---- */

typedef sb_status (*computation)(const sb_environment *environment, const sb_lp_options *options,
                                 sb_error *error);

/* Whatever happens, an optimum comes with a mechanism, and neither without an answer. */
static void look_at(sb_status status, const sb_solution *solution, bool timed)
{
    bool optimal = solution->status == SB_LP_OPTIMAL && solution->mechanism != NULL;
    if (status == SB_OK) { /* the programs here have optima, whether or not time sufficed */
        assert_true(solution->status == SB_LP_FAILED ? timed : optimal);
    } else {
        assert_true(solution->mechanism == NULL || solution->incumbent ||
                    solution->proof != SB_PROOF_EXACT);
    }
}

static sb_status design(const sb_environment *environment, const sb_lp_options *options,
                        sb_error *error)
{
    sb_solution solution;
    sb_solution_init(&solution);
    sb_status status = sb_design_solve(environment, NULL, options, &solution, error);
    look_at(status, &solution, options->time_limit > 0);
    sb_solution_clear(&solution);
    return status;
}

static sb_status smallest(const sb_environment *environment, const sb_lp_options *options,
                          sb_error *error)
{
    sb_solution solution;
    sb_solution_init(&solution);
    sb_smallest_payments found;
    sb_smallest_payments_init(&found);
    sb_status status = sb_design_solve(environment, NULL, options, &solution, error);
    if (status == SB_OK && solution.proof == SB_PROOF_EXACT) {
        status = sb_smallest_payments_find(environment, &solution, NULL, options, &found, error);
        assert_true(status == SB_OK || found.mechanism == NULL);
    }
    sb_smallest_payments_clear(&found);
    sb_solution_clear(&solution);
    return status;
}

static sb_status sweep(const sb_environment *environment, const sb_lp_options *options,
                       sb_error *error)
{
    sb_sweep_options how = SB_SWEEP_OPTIONS_DEFAULT;
    how.lp = *options;
    how.decades = 1;
    sb_sweep points;
    sb_sweep_init(&points);
    sb_status status = sb_sweep_run(environment, &how, &points, error);
    sb_sweep_clear(&points);
    return status;
}

static sb_status cap(const sb_environment *environment, const sb_lp_options *options,
                     sb_error *error)
{
    sb_cap_options how = SB_CAP_OPTIONS_DEFAULT;
    how.lp = *options;
    sb_cap frontier;
    sb_cap_init(&frontier);
    sb_status status = sb_cap_run(environment, &how, &frontier, error);
    assert_true(status == SB_OK || !frontier.complete);
    sb_cap_clear(&frontier);
    return status;
}

static sb_status extraction(const sb_environment *environment, const sb_lp_options *options,
                            sb_error *error)
{
    sb_extraction answer;
    sb_extraction_init(&answer);
    sb_status status = sb_full_extraction(environment, options, &answer, error);
    sb_extraction_clear(&answer);
    return status;
}

static sb_status robust_by(const sb_environment *environment, const sb_lp_options *options,
                           sb_robust_method method, sb_error *error)
{
    sb_robust_options how = SB_ROBUST_OPTIONS_DEFAULT;
    how.lp = *options;
    how.method = method;
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    fmpq *radius = sb_rationals_new(1);
    fmpq_set_si(radius, 1, 50);
    sb_robust_solution solution;
    sb_robust_solution_init(&solution);
    assert_int_equal(sb_consistent_set_box(&set, environment, radius, NULL), SB_OK);
    sb_status status = sb_robust_solve(environment, &set, &how, &solution, error);
    if (status == SB_OK) {
        bool optimal = solution.status == SB_LP_OPTIMAL;
        assert_true(optimal || (options->time_limit > 0 && solution.status == SB_LP_FAILED));
    }
    sb_robust_solution_clear(&solution);
    sb_rationals_free(radius, 1);
    sb_consistent_set_clear(&set);
    return status;
}

static sb_status robust_cuts(const sb_environment *environment, const sb_lp_options *options,
                             sb_error *error)
{
    return robust_by(environment, options, SB_ROBUST_CUTS, error);
}

static sb_status robust_compact(const sb_environment *environment, const sb_lp_options *options,
                                sb_error *error)
{
    return robust_by(environment, options, SB_ROBUST_COMPACT, error);
}

static sb_status ball(const sb_environment *environment, const sb_lp_options *options,
                      sb_error *error)
{
    fmpq *loss = sb_rationals_new(1);
    fmpq_set_si(loss, 1, 10);
    sb_correlation_ball found;
    sb_correlation_ball_init(&found);
    sb_status status =
        sb_correlation_ball_find(environment, (sb_ball_promise)0, loss, options, &found, error);
    sb_correlation_ball_clear(&found);
    sb_rationals_free(loss, 1);
    return status;
}

static sb_status simulate(const sb_environment *environment, const sb_lp_options *options,
                          sb_error *error)
{
    (void)environment;
    sb_simulation_plan plan;
    assert_int_equal(sb_simulation_plan_init(&plan, NULL), SB_OK);
    sb_simulation *simulation = NULL;
    assert_int_equal(sb_simulation_new(&plan, &simulation, NULL), SB_OK);
    sb_simulation_plan_clear(&plan);
    sb_simulation_options how = {.workers = 1, .cancel = options->cancel};
    sb_status status = sb_simulation_run(simulation, &how, error);
    sb_simulation_free(simulation);
    return status;
}

static const struct {
    const char *name;
    computation compute;
    const char *text;
    bool limited; /* ends by the time limit of its options as a whole */
} long_ones[] = {
    {"design", design, BIDDERS, true},
    {"design, bounded", design, BIDDERS "rules: {payments: bounded:40}\n", true},
    {"design, ex-post", design, BIDDERS "rules: {ic: ex-post, ir: ex-post}\n", true},
    {"deterministic", design, CHOICES, true},
    {"smallest payments", smallest, SIGNAL, true},
    {"sweep", sweep, SIGNAL, false},
    {"cap", cap, SIGNAL, true},
    {"extraction", extraction, SIGNAL, true},
    {"robust, cuts", robust_cuts, SIGNAL, true},
    {"robust, compact", robust_compact, SIGNAL, true},
    {"ball", ball, SIGNAL, true},
    {"simulation", simulate, SIGNAL, false},
};

/* ---- cancelling ---- */

typedef struct alarm_clock {
    sb_cancel_flag cancel;
    double after; /* of the processor's time */
    double raised_at;
    atomic_bool over;
} alarm_clock;

static void *raise_flag(void *context)
{
    alarm_clock *a = context;
    const struct timespec moment = {0, 200000};
    while (!atomic_load(&a->over) && processor_seconds() < a->after) {
        (void)nanosleep(&moment, NULL);
    }
    a->raised_at = processor_seconds();
    atomic_store(&a->cancel, true);
    return NULL;
}

/* How long one cancelled run goes on; negative: it was over before. */
static double cancelled_after(computation compute, const sb_environment *environment, double after)
{
    alarm_clock a = {.after = processor_seconds() + after};
    atomic_init(&a.cancel, false);
    atomic_init(&a.over, false);
    sb_environment *before = sb_environment_copy(environment);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, raise_flag, &a), 0);
    sb_lp_options options = {.exact = true, .cancel = &a.cancel};
    sb_error error;
    sb_error_clear(&error);
    sb_status status = compute(environment, &options, &error);
    double ended = processor_seconds();
    atomic_store(&a.over, true);
    (void)pthread_join(thread, NULL);
    if (status != SB_OK && status != SB_ERROR_CANCELLED) {
        print_error("cancelled: status %d, %s\n", (int)status, error.message);
    }
    assert_true(status == SB_OK || status == SB_ERROR_CANCELLED);
    assert_true(sb_environment_equal(before, environment));
    sb_environment_free(before);
    return status == SB_ERROR_CANCELLED ? ended - a.raised_at : -1;
}

/* At moments of all of the time that it takes uninterrupted. */
static void interrupt(const char *name, computation compute, const char *text)
{
    sb_environment *environment = environment_of(text);
    property_stream stream = {42};
    double begun = processor_seconds();
    (void)cancelled_after(compute, environment, 0.4);
    double whole = processor_seconds() - begun;
    int runs = whole > 0.3 ? 3 : property_cases(10), cancelled = 0;
    double worst = 0;
    for (int run = 0; run < runs; run++) {
        double moment = (double)property_between(&stream, 0, run == 0 ? 0 : 900) * 1e-3;
        double late = cancelled_after(compute, environment, moment * whole);
        cancelled += late >= 0;
        worst = late > worst ? late : worst;
    }
    print_message("%s: %.1f ms, %d of %d cancelled, at most %.1f ms late\n", name, 1e3 * whole,
                  cancelled, runs, 1e3 * worst);
    assert_true(cancelled > 0 || whole < 0.05);
    assert_true(worst < patience);
    sb_environment_free(environment);
}

static void test_cancelling(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof long_ones / sizeof long_ones[0]; k++) {
        interrupt(long_ones[k].name, long_ones[k].compute, long_ones[k].text);
    }
}

/* ---- no time ---- */

static void hurry(const char *name, computation compute, const char *text)
{
    sb_environment *environment = environment_of(text);
    sb_lp_options options = {.exact = true, .time_limit = 1e-3};
    sb_error error;
    sb_error_clear(&error);
    double begun = processor_seconds();
    sb_status status = compute(environment, &options, &error);
    print_message("%s: %.0f ms with a limit of 1 ms\n", name, 1e3 * (processor_seconds() - begun));
    assert_true(status == SB_OK || status == SB_ERROR_LIMIT);
    sb_environment_free(environment);
}

static void test_no_time(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof long_ones / sizeof long_ones[0]; k++) {
        if (long_ones[k].limited) {
            hurry(long_ones[k].name, long_ones[k].compute, long_ones[k].text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cancelling),
        cmocka_unit_test(test_no_time),
    };
    return cmocka_run_group_tests_name("interruption", tests, NULL, NULL);
}
