/* The payment-cap frontier: known tables, and against single programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/payment_cap.h"

#include "unit/analysis/reports_cases.h"

static void run(const sb_environment *environment, sb_cap *cap)
{
    sb_error error;
    sb_error_clear(&error);
    sb_cap_init(cap);
    if (sb_cap_run(environment, NULL, cap, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    assert_true(cap->complete);
    assert_int_equal(cap->proof, SB_PROOF_EXACT);
}

/* One program under payments bounded:bound. */
static sb_lp_status single_solve(fmpq_t objective, const sb_environment *environment,
                                 const fmpq_t bound)
{
    sb_rules rules;
    sb_rules_init(&rules);
    sb_rules_copy(&rules, &environment->rules);
    rules.choice[SB_RULE_PAYMENTS] = fmpq_is_zero(bound) ? SB_PAYMENTS_NONE : SB_PAYMENTS_BOUNDED;
    fmpq_set(&rules.payment_bound, bound);
    sb_lp_status lp_status = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    assert_int_equal(
        sb_design_value(environment, &rules, NULL, NULL, &lp_status, &proof, objective, NULL),
        SB_OK);
    assert_int_equal(proof, SB_PROOF_EXACT);
    sb_rules_clear(&rules);
    return lp_status;
}

static void agrees_at(const sb_environment *environment, const sb_cap *cap, const fmpq_t bound)
{
    fmpq_t read, solved;
    fmpq_init(read);
    fmpq_init(solved);
    bool known = sb_cap_at(read, cap, bound);
    sb_lp_status status = single_solve(solved, environment, bound);
    assert_int_equal(status, known ? SB_LP_OPTIMAL : SB_LP_INFEASIBLE);
    if (known) {
        assert_true(fmpq_equal(read, solved));
    }
    fmpq_clear(read);
    fmpq_clear(solved);
}

/* Increasing, strictly concave at every breakpoint (so that none is superfluous), few programs. */
static void has_the_shape(const sb_cap *cap)
{
    fmpq_t slope, before, run_length;
    fmpq_init(slope);
    fmpq_init(before);
    fmpq_init(run_length);
    assert_true(cap->count >= 1);
    for (size_t k = 1; k < cap->count; k++) {
        fmpq_sub(run_length, &cap->points[k].bound, &cap->points[k - 1].bound);
        assert_true(fmpq_sgn(run_length) > 0);
        fmpq_sub(slope, &cap->points[k].objective, &cap->points[k - 1].objective);
        fmpq_div(slope, slope, run_length);
        assert_true(fmpq_sgn(slope) > 0);
        assert_true(k == 1 || fmpq_cmp(slope, before) < 0);
        fmpq_set(before, slope);
    }
    if (cap->programs > 2 * cap->count + 3) {
        print_message("%zu programs for %zu points\n", cap->programs, cap->count);
    }
    assert_true(cap->programs <= 2 * cap->count + 3);
    fmpq_clear(slope);
    fmpq_clear(before);
    fmpq_clear(run_length);
}

#define assert_cap_at(cap, bound_text, text)                                                       \
    do {                                                                                           \
        fmpq_t bound_, objective_at_;                                                              \
        fmpq_init(bound_);                                                                         \
        fmpq_init(objective_at_);                                                                  \
        assert_int_equal(sb_rational_parse(bound_, (bound_text), strlen(bound_text), NULL),        \
                         SB_OK);                                                                   \
        assert_true(sb_cap_at(objective_at_, (cap), bound_));                                      \
        assert_number(objective_at_, (text));                                                      \
        fmpq_clear(bound_);                                                                        \
        fmpq_clear(objective_at_);                                                                 \
    } while (0)

static void the_lectures_table(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".251 .25 .25 .249");
    sb_cap cap;
    run(environment, &cap);
    has_the_shape(&cap);
    assert_true(cap.feasible_at_zero);
    assert_cap_at(&cap, "1", "499001/374500");
    assert_cap_at(&cap, "100", "374949/250000");
    assert_cap_at(&cap, "31375", "1.749");
    assert_cap_at(&cap, "1000000", "1.749");
    assert_number(&cap.points[cap.count - 1].bound, "31375");
    fmpq_t bound;
    fmpq_init(bound);
    static const char *const bounds[] = {"0.5", "1", "1.5", "2", "1000", "10000", "31374"};
    for (size_t k = 0; k < sizeof bounds / sizeof *bounds; k++) {
        assert_int_equal(sb_rational_parse(bound, bounds[k], strlen(bounds[k]), NULL), SB_OK);
        agrees_at(environment, &cap, bound);
    }
    fmpq_set_si(bound, -1, 2);
    assert_false(sb_cap_at(bound, &cap, bound));
    fmpq_clear(bound);
    sb_cap_clear(&cap);
    sb_environment_free(environment);
}

/* The last bounds are the smallest payments along .25 + d. */
static void the_last_bound(void **state)
{
    (void)state;
    static const char *const weights[] = {".35 .25 .25 .15", ".26 .25 .25 .24",
                                          ".2501 .25 .25 .2499", ".25001 .25 .25 .24999"};
    static const char *const bounds[] = {"35/8", "325", "3126250", "312512500"};
    for (size_t k = 0; k < 4; k++) {
        sb_environment *environment = two_bidders("1 2", "1 2", weights[k]);
        sb_cap cap;
        run(environment, &cap);
        has_the_shape(&cap);
        assert_number(&cap.points[cap.count - 1].bound, bounds[k]);
        sb_cap_clear(&cap);
        sb_environment_free(environment);
    }
}

/* A type that is promised 1 for staying away, and items worth 1/4: someone must be paid 3/4. */
static void where_nothing_is_feasible_at_zero(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1/4", 0, "1");
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    assert_int_equal(sb_environment_set_outside(environment, 0, 0, one, NULL), SB_OK);
    sb_cap cap;
    run(environment, &cap);
    assert_false(cap.feasible_at_zero);
    assert_int_equal(cap.count, 1);
    assert_number(&cap.points[0].bound, "3/4");
    assert_number(&cap.points[0].objective, "-3/4");
    fmpq_set_si(one, 1, 2);
    agrees_at(environment, &cap, one);
    fmpq_clear(one);
    sb_cap_clear(&cap);
    sb_environment_free(environment);
}

static void where_there_is_no_frontier(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 1");
    set_rules(environment, "bayes-nash", "none");
    sb_cap cap;
    sb_cap_init(&cap);
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_cap_run(environment, NULL, &cap, &error), SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "unbounded"));
    sb_cap_clear(&cap);
    sb_environment_free(environment);
}

typedef struct watch {
    size_t calls, stop_after;
} watch;

static bool watching(void *context, const sb_cap *so_far)
{
    watch *seen = context;
    seen->calls++;
    assert_int_equal(so_far->count, seen->calls);
    for (size_t k = 1; k < so_far->count; k++) {
        assert_true(fmpq_cmp(&so_far->points[k - 1].bound, &so_far->points[k].bound) < 0);
    }
    return seen->calls != seen->stop_after;
}

static void stops_early_with_what_it_has(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".251 .25 .25 .249");
    watch seen = {0, 2};
    sb_cap_options options = SB_CAP_OPTIONS_DEFAULT;
    options.progress = watching;
    options.context = &seen;
    sb_cap cap;
    sb_cap_init(&cap);
    assert_int_equal(sb_cap_run(environment, &options, &cap, NULL), SB_ERROR_CANCELLED);
    assert_int_equal(cap.count, 2);
    assert_false(cap.complete);
    seen = (watch){0, 0};
    options.most_points = 3;
    assert_int_equal(sb_cap_run(environment, &options, &cap, NULL), SB_ERROR_LIMIT);
    assert_int_equal(cap.count, 3);
    for (size_t k = 0; k < cap.count; k++) {
        agrees_at(environment, &cap, &cap.points[k].bound);
    }
    atomic_bool raised = true;
    options.lp.cancel = &raised;
    assert_int_equal(sb_cap_run(environment, &options, &cap, NULL), SB_ERROR_CANCELLED);
    assert_int_equal(cap.count, 0);
    sb_cap_clear(&cap);
    sb_environment_free(environment);
}

/* Random tables of two bidders and of one with a signal, some with other rules: 50 bounds. */
static void agrees_with_single_programs(void **state)
{
    (void)state;
    property_stream stream = {424242};
    int cases = property_cases(50);
    for (int k = 0; k < cases; k++) {
        char first[64], second[64];
        size_t rows = (size_t)property_between(&stream, 2, 4);
        size_t columns = (size_t)property_between(&stream, 2, 4);
        random_values(&stream, rows, 0, 6, first, sizeof first);
        random_values(&stream, columns, 0, 6, second, sizeof second);
        sb_environment *environment = k % 2 == 0 ? two_bidders(first, second, NULL)
                                                 : one_bidder_and_signal(first, columns, NULL);
        random_weights(environment, &stream, 9);
        if (k % 5 == 4) {
            set_rules(environment, k % 10 == 4 ? "ex-post" : "bayes-nash", "ex-ante");
        }
        if (k % 3 == 2) {
            random_reports(environment, &stream);
            sb_rules_choose_own(&environment->rules, SB_RULE_INCENTIVES, 0, SB_IC_EX_POST);
        }
        sb_cap cap;
        run(environment, &cap);
        has_the_shape(&cap);
        fmpq_t bound, largest;
        fmpq_init(bound);
        fmpq_init(largest);
        /* somewhere, also beyond the last point; and just below the last: less than the optimum */
        fmpq_set_si(bound, property_between(&stream, 0, 120), 100);
        fmpq_mul(bound, bound, &cap.points[cap.count - 1].bound);
        agrees_at(environment, &cap, bound);
        if (cap.count > 1) {
            fmpq_set_si(bound, 999, 1000);
            fmpq_mul(bound, bound, &cap.points[cap.count - 1].bound);
            single_solve(largest, environment, bound);
            assert_true(fmpq_cmp(largest, &cap.points[cap.count - 1].objective) < 0);
        }
        fmpq_clear(bound);
        fmpq_clear(largest);
        sb_cap_clear(&cap);
        sb_environment_free(environment);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lectures_table),
        cmocka_unit_test(the_last_bound),
        cmocka_unit_test(where_nothing_is_feasible_at_zero),
        cmocka_unit_test(where_there_is_no_frontier),
        cmocka_unit_test(stops_early_with_what_it_has),
        cmocka_unit_test(agrees_with_single_programs),
    };
    int failed = cmocka_run_group_tests_name("payment cap", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
