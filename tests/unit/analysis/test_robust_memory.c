/* Memory that runs out at every single request of robust design: an error, and nothing leaks.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/memory.h"
#include "unit/analysis/robust_cases.h"

/* Requests until the one that fails; negative: none fails. */
static long requests_left = -1;

/* Takes the place of the library's own. */
void *sb_memory_resize(void *memory, size_t bytes)
{
    if (requests_left == 0) {
        requests_left = -1;
        return NULL;
    }
    if (requests_left > 0) {
        requests_left--;
    }
    return realloc(memory, bytes > 0 ? bytes : 1);
}

typedef struct work {
    sb_environment *environment;
    sb_consistent_set set;
    sb_robust_options options;
} work;

typedef sb_status (*attempt)(const work *w);

/* Every request in turn fails (every seventh only under slow tools) until all are granted. */
static void again_and_again(attempt tried, const work *w, long at_least)
{
    long step = property_cases(10) < 10 ? 7 : 1, failures = 0;
    for (bool met = true; met; failures += step) {
        requests_left = failures;
        sb_status status = tried(w);
        met = requests_left < 0;
        requests_left = -1;
        assert_int_equal(status, met ? SB_ERROR_MEMORY : SB_OK);
    }
    assert_true(failures > at_least);
}

static sb_status make_sets(const work *w)
{
    sb_consistent_set set, copy;
    sb_consistent_set_init(&set);
    sb_consistent_set_init(&copy);
    fmpq *radius = sb_rationals_new(1);
    sb_status status = radius != NULL ? SB_OK : SB_ERROR_MEMORY;
    if (status == SB_OK) {
        fmpq_set_si(radius, 1, 10);
        status = sb_consistent_set_box(&set, w->environment, radius, NULL);
    }
    if (status == SB_OK && w->set.constraint_count > 0) {
        status = sb_consistent_set_constrain(&set, w->environment, w->set.constraint_count,
                                             w->set.constraints, NULL);
    }
    if (status == SB_OK) {
        status = sb_consistent_set_copy(&copy, &set, NULL);
    }
    sb_rationals_free(radius, 1);
    sb_consistent_set_clear(&set);
    sb_consistent_set_clear(&copy);
    return status;
}

static sb_status solve(const work *w)
{
    sb_robust_solution solution;
    sb_robust_solution_init(&solution);
    sb_status status = sb_robust_solve(w->environment, &w->set, &w->options, &solution, NULL);
    assert_true(status != SB_OK || solution.status == SB_LP_OPTIMAL);
    assert_true(status == SB_OK || solution.mechanism == NULL);
    sb_robust_solution_clear(&solution);
    return status;
}

/* A run, its history, and the history once more. */
static sb_status run_and_replay(const work *w)
{
    sb_robust_run *run = NULL, *again = NULL;
    char *text = NULL, *sentence = NULL;
    sb_status status = sb_robust_run_new(w->environment, &w->set, &w->options, &run, NULL);
    if (status == SB_OK) {
        status = sb_robust_run_on(run, NULL, NULL, NULL, NULL);
    }
    if (status == SB_OK) {
        status = sb_robust_history_format(run, &text, NULL);
    }
    if (status == SB_OK) {
        status = sb_robust_history_replay(w->environment, &w->set, &w->options, text, strlen(text),
                                          "history", &again, NULL);
    }
    if (status == SB_OK) {
        sentence = sb_robust_round_describe(run, 0);
        status = sentence != NULL ? SB_OK : SB_ERROR_MEMORY;
    }
    free(sentence);
    free(text);
    sb_robust_run_free(run);
    sb_robust_run_free(again);
    return status;
}

/* A step that failed can be taken again, and leads where it would have led. */
static void a_failed_step_goes_on(const work *w)
{
    sb_robust_run *straight = NULL;
    ok(sb_robust_run_new(w->environment, &w->set, &w->options, &straight, HERE));
    ok(sb_robust_run_on(straight, NULL, NULL, NULL, HERE));
    size_t last = sb_robust_run_current(straight);
    for (long failure = 0; failure < 200; failure += 23) {
        sb_robust_run *run = NULL;
        ok(sb_robust_run_new(w->environment, &w->set, &w->options, &run, HERE));
        requests_left = failure;
        sb_status status = sb_robust_run_step(run, NULL);
        requests_left = -1;
        assert_true(status == SB_OK || sb_robust_run_count(run) == 1);
        ok(sb_robust_run_on(run, NULL, NULL, NULL, HERE));
        assert_int_equal(sb_robust_run_current(run), last);
        assert_true(fmpq_equal(&sb_robust_run_round(run, last)->objective,
                               &sb_robust_run_round(straight, last)->objective));
        sb_robust_run_free(run);
    }
    sb_robust_run_free(straight);
}

static void begin(work *w, bool constrained)
{
    w->environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    box(&w->set, w->environment, ".1");
    w->options = SB_ROBUST_OPTIONS_DEFAULT;
    if (constrained) {
        sb_belief_constraint constraint = {
            .type = SB_EVERY_TYPE, .coefficients = sb_rationals_new(2), .has_upper = true};
        fmpq_init(&constraint.lower);
        fmpq_init(&constraint.upper);
        fmpq_one(constraint.coefficients);
        fmpq_set_si(&constraint.upper, 4, 5);
        ok(sb_consistent_set_constrain(&w->set, w->environment, 1, &constraint, HERE));
        fmpq_clear(&constraint.lower);
        fmpq_clear(&constraint.upper);
        sb_rationals_free(constraint.coefficients, 2);
    }
}

static void end(work *w)
{
    sb_consistent_set_clear(&w->set);
    sb_environment_free(w->environment);
}

static void sets(void **state)
{
    (void)state;
    work w;
    for (int constrained = 0; constrained < 2; constrained++) {
        begin(&w, constrained == 1);
        again_and_again(make_sets, &w, 10);
        end(&w);
    }
}

static void optima(void **state)
{
    (void)state;
    work w;
    for (int way = 0; way < 8; way++) {
        begin(&w, way % 2 == 1);
        w.options.method = (sb_robust_method)(way / 2 % 2);
        w.options.objective = (sb_robust_objective)(way / 4);
        again_and_again(solve, &w, 50);
        end(&w);
    }
    begin(&w, true);
    w.options.lp.exact = false;
    again_and_again(solve, &w, 50);
    end(&w);
}

static void stepped(void **state)
{
    (void)state;
    work w;
    begin(&w, false);
    again_and_again(run_and_replay, &w, 200);
    a_failed_step_goes_on(&w);
    w.options.beginning = SB_CUTS_FROM_NOTHING;
    w.options.objective = SB_ROBUST_WORST_CASE;
    again_and_again(run_and_replay, &w, 200);
    end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets),
        cmocka_unit_test(optima),
        cmocka_unit_test(stepped),
    };
    return cmocka_run_group_tests_name("robust design without memory", tests, NULL, NULL);
}
