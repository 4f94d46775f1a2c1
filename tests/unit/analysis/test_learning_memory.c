/* Memory that runs out while separating, betting and learning: an error, no leak.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * At every single request.
 */
#include "base/memory.h"
#include "sidebet/indistinguishable.h"
#include "sidebet/sample_size.h"
#include "unit/mechanism/environments.h"

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

typedef sb_status (*work)(const sb_environment *environment);

/* Work until no request fails; every seventh request only under slow tools. */
static void again_and_again(const sb_environment *environment, work once, long least)
{
    sb_status status = SB_ERROR_MEMORY;
    bool met = true;
    long step = property_cases(10) < 10 ? 7 : 1, failures = 0;
    for (; met; failures += step) {
        requests_left = failures;
        status = once(environment);
        met = requests_left < 0;
        requests_left = -1;
        assert_int_equal(status, met ? SB_ERROR_MEMORY : SB_OK);
    }
    assert_true(failures > least);
}

static sb_status separate(const sb_environment *environment)
{
    sb_separation separation;
    sb_separation_init(&separation);
    sb_status status = sb_separation_find(environment, 0, SB_NORM_MAXIMUM, NULL, &separation, NULL);
    assert_int_equal(status == SB_OK, separation.types != NULL);
    sb_separation_clear(&separation);
    return status;
}

static sb_status find_ball(const sb_environment *environment)
{
    fmpq_t loss;
    fmpq_init(loss);
    fmpq_set_si(loss, 1, 2);
    sb_correlation_ball ball;
    sb_correlation_ball_init(&ball);
    sb_status status =
        sb_correlation_ball_find(environment, SB_BALL_REVENUE, loss, NULL, &ball, NULL);
    assert_int_equal(status == SB_OK, ball.mechanism != NULL);
    if (status == SB_OK) {
        sb_kept_ball kept;
        sb_kept_ball_init(&kept);
        fmpq_zero(loss);
        sb_mechanism *nothing = sb_mechanism_new(environment); /* sells and pays nothing */
        status = nothing == NULL ? SB_ERROR_MEMORY
                                 : sb_keeps_optimum(environment, nothing, loss, &kept, NULL);
        sb_mechanism_free(nothing);
        sb_kept_ball_clear(&kept);
    }
    sb_correlation_ball_clear(&ball);
    fmpq_clear(loss);
    return status;
}

static sb_status find_bound(const sb_environment *environment)
{
    fmpq_t loss;
    fmpq_init(loss);
    fmpq_set_si(loss, 1, 2);
    sb_sample_bound bound;
    sb_sample_bound_init(&bound);
    sb_status status = sb_sample_bound_find(environment, loss, .05, NULL, &bound, NULL);
    assert_true(status == SB_OK || !bound.found);
    sb_sample_bound_clear(&bound);
    fmpq_clear(loss);
    return status;
}

static sb_status learn(const sb_environment *environment)
{
    fmpq *lambdas = sb_rationals_new(2);
    if (lambdas == NULL) {
        return SB_ERROR_MEMORY;
    }
    fmpq_one(lambdas);
    fmpq_set_si(lambdas + 1, 1, 3);
    sb_indistinguishable_options options = SB_INDISTINGUISHABLE_OPTIONS_DEFAULT;
    options.lambda_count = 2;
    options.lambdas = lambdas;
    sb_indistinguishable answer;
    sb_indistinguishable_init(&answer);
    sb_status status = sb_indistinguishable_find(environment, &options, &answer, NULL);
    assert_int_equal(answer.count, status == SB_OK ? 3 : 0);
    sb_indistinguishable_clear(&answer);
    sb_rationals_free(lambdas, 2);
    return status;
}

static void memory_runs_out(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    again_and_again(environment, separate, 20);
    again_and_again(environment, find_ball, 20);
    again_and_again(environment, find_bound, 50);
    again_and_again(environment, learn, 200);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_runs_out),
    };
    int failed = cmocka_run_group_tests_name("analysis/learning memory", tests, NULL, NULL);
    flint_cleanup_master(); /* what FLINT keeps for reuse would count as leaked */
    return failed;
}
