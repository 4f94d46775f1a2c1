/* Safe radii by hand and against linear programs over the box; slack and its cost.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/safe_radius.h"

#include "sidebet/checker.h"
#include "sidebet/smallest_payments.h"
#include "unit/analysis/reports_cases.h"

static void radius_of(const sb_environment *environment, const sb_mechanism *mechanism,
                      sb_safe_radius *radius)
{
    sb_error error;
    sb_error_clear(&error);
    sb_safe_radius_init(radius);
    if (sb_safe_radius_of(environment, mechanism, radius, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
}

static void with_slack(const sb_environment *environment, const fmpq_t slack, sb_slack_point *point)
{
    sb_error error;
    sb_error_clear(&error);
    sb_slack_point_init(point);
    if (sb_safe_radius_with_slack(environment, slack, NULL, point, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
}

/* ---- by hand ---- */

/* One type that always gets the item, worth `value`, and pays by the signal. */
static void participation_radius(const char *value, size_t signals, const char *weights,
                                 const char *payments, const char *wanted, const char *edge)
{
    sb_environment *environment = one_bidder_and_signal(value, signals, weights);
    sb_mechanism *mechanism = sb_mechanism_new(environment);
    for (size_t k = 0; k < signals; k++) {
        fmpq_one(mechanism->allocation + 2 * k);
    }
    assert_int_equal(read_numbers(payments, mechanism->payments, signals), signals);
    sb_safe_radius radius;
    radius_of(environment, mechanism, &radius);
    assert_int_equal(radius.unlimited, wanted == NULL);
    if (wanted != NULL) {
        fmpq *belief = sb_rationals_new(signals);
        assert_number(&radius.radius, wanted);
        assert_int_equal(radius.constraint.kind, SB_CONSTRAINT_PARTICIPATION);
        assert_int_equal(radius.constraint.type, 0);
        assert_int_equal(radius.others_count, signals);
        assert_int_equal(read_numbers(edge, belief, signals), signals);
        for (size_t k = 0; k < signals; k++) {
            assert_true(fmpq_equal(belief + k, radius.belief + k));
        }
        sb_rationals_free(belief, signals);
    } else {
        assert_null(radius.belief);
    }
    sb_safe_radius_clear(&radius);
    sb_mechanism_free(mechanism);
    sb_environment_free(environment);
}

static void participation_by_hand(void **state)
{
    (void)state;
    participation_radius("2", 2, "1 1", "1 2", NULL, NULL);
    participation_radius("2", 2, "1 1", "1 3", "0", ".5 .5");       /* binds */
    participation_radius("5/2", 2, "1 1", "1 3", "1/4", ".25 .75"); /* .5 - 2 delta */
    /* gains 2, -1, -3: .3 - 5 delta */
    participation_radius("2", 3, "5 4 1", "0 3 5", "3/50", ".44 .4 .16");
    /* gains 10, 1, -1: 1.9 - 11 delta to .1, where the first is used up, then .8 - 2 (delta - .1)
     */
    participation_radius("10", 3, "1 9 0", "0 9 11", "1/2", "0 1/2 1/2");
}

/* Report 2 gets the item for 1.5, report 1 nothing and a bet that pays 1.75 after the first signal
 * and costs .25 after the second. Both types believe (.25, .75), where the bet is worth .25. Type 1
 * stays: h = .25 - 2 delta. It never envies report 2, which costs it .5. Type 2 tells the truth:
 * gains .5 - 1.75 and .5 + .25, h = .25 - 2 delta too. */
static void incentives_by_hand(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "1 3 1 3");
    sb_mechanism *mechanism = sb_mechanism_new(environment);
    assert_int_equal(read_numbers("0 1 0 1 1 0 1 0", mechanism->allocation, 8), 8);
    assert_int_equal(read_numbers("-1.75 .25 1.5 1.5", mechanism->payments, 4), 4);
    sb_safe_radius radius;
    radius_of(environment, mechanism, &radius);
    assert_number(&radius.radius, "1/8");
    assert_int_equal(radius.constraint.kind, SB_CONSTRAINT_PARTICIPATION);
    assert_int_equal(radius.constraint.type, 0);
    assert_number(radius.belief, "1/8");
    sb_safe_radius_clear(&radius);

    set_rules(environment, "bayes-nash", "none");
    radius_of(environment, mechanism, &radius);
    assert_number(&radius.radius, "1/8");
    assert_int_equal(radius.constraint.kind, SB_CONSTRAINT_INCENTIVE);
    assert_int_equal(radius.constraint.type, 1);
    assert_int_equal(radius.constraint.report, 0);
    assert_number(radius.belief, "3/8");
    sb_safe_radius_clear(&radius);

    set_weights(environment, "1 3 0 0"); /* an impossible type has no belief */
    radius_of(environment, mechanism, &radius);
    assert_true(radius.unlimited);
    sb_safe_radius_clear(&radius);

    set_weights(environment, "1 3 3 1");
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_safe_radius_of(environment, mechanism, &radius, &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "agent 1 of type 2 gains nothing by reporting 1"));
    set_rules(environment, "ex-post", "ex-post"); /* no belief matters, broken or not */
    radius_of(environment, mechanism, &radius);
    assert_true(radius.unlimited);
    sb_safe_radius_clear(&radius);
    sb_environment *other = one_bidder_and_signal("1 2", 3, NULL);
    assert_int_equal(sb_safe_radius_of(other, mechanism, &radius, NULL), SB_ERROR_USAGE);
    sb_safe_radius_clear(&radius);
    sb_environment_free(other);
    sb_mechanism_free(mechanism);
    sb_environment_free(environment);
}

/* Values 1 and 2 at even odds, no signal. Slack s: both incentive rows together ask for
 * P(2) - P(1) >= 2 s. At 1/2 type 1 gets nothing and 1/2 in money, type 2 the item for 1. */
static void slack_by_hand(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 0, "1 1");
    fmpq_t slack;
    fmpq_init(slack);
    sb_slack_point point;
    with_slack(environment, slack, &point);
    assert_int_equal(point.proof, SB_PROOF_EXACT);
    assert_number(&point.objective, "1");
    assert_number(&point.cost, "0");
    sb_slack_point_clear(&point);
    fmpq_set_si(slack, 1, 2);
    with_slack(environment, slack, &point);
    assert_int_equal(point.status, SB_LP_OPTIMAL);
    assert_number(&point.slack, "1/2");
    assert_number(&point.objective, "1/4");
    assert_number(&point.cost, "3/4");
    assert_number(&point.largest_payment, "1");
    assert_number(point.mechanism->payments, "-1/2");
    assert_true(point.radius.unlimited);
    sb_slack_point_clear(&point);
    fmpq_set_si(slack, 3, 5);
    with_slack(environment, slack, &point);
    assert_int_equal(point.status, SB_LP_INFEASIBLE);
    assert_int_equal(point.proof, SB_PROOF_EXACT);
    assert_null(point.mechanism);
    fmpq_set_si(slack, -1, 5);
    assert_int_equal(sb_safe_radius_with_slack(environment, slack, NULL, &point, NULL),
                     SB_ERROR_USAGE);
    sb_slack_point_clear(&point);
    fmpq_clear(slack);
    sb_environment_free(environment);
}

/* ---- against linear programs ---- */

/* The smallest q . gains over the box, by a linear program. */
static void smallest_over_box(fmpq_t smallest, const fmpq *belief, const fmpq *gains, size_t count,
                              const fmpq_t delta)
{
    sb_lp *lp = sb_lp_new(SB_MINIMISE);
    size_t *columns = calloc(count, sizeof *columns);
    fmpq *ones = sb_rationals_new(count);
    fmpq_t lower, upper;
    fmpq_init(lower);
    fmpq_init(upper);
    for (size_t k = 0; k < count; k++) {
        fmpq_sub(lower, belief + k, delta);
        fmpq_add(upper, belief + k, delta);
        if (fmpq_sgn(lower) < 0) {
            fmpq_zero(lower);
        }
        fmpq_one(ones + k);
        assert_int_equal(sb_lp_add_column(lp, NULL, lower, upper, gains + k, columns + k, NULL),
                         SB_OK);
    }
    assert_int_equal(sb_lp_add_row(lp, NULL, ones, ones, count, columns, ones, NULL, NULL), SB_OK);
    sb_lp_result result;
    sb_lp_result_init(&result);
    assert_int_equal(sb_lp_solve(lp, NULL, NULL, &result, NULL), SB_OK);
    assert_int_equal(result.status, SB_LP_OPTIMAL);
    assert_int_equal(result.proof, SB_PROOF_EXACT);
    fmpq_set(smallest, &result.objective);
    sb_lp_result_clear(&result);
    sb_lp_free(lp);
    free(columns);
    sb_rationals_free(ones, count);
    fmpq_clear(lower);
    fmpq_clear(upper);
}

/* Does any interim row break within the box? */
static bool breaks_within(const sb_environment *environment, const sb_mechanism *mechanism,
                          const fmpq_t delta)
{
    bool breaks = false;
    fmpq_t smallest;
    fmpq_init(smallest);
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        size_t count = sb_environment_others_count(environment, agent);
        size_t types = environment->agents[agent].type_count;
        fmpq *belief = sb_rationals_new(count), *gains = sb_rationals_new(count);
        for (size_t k = 0; k < types * types; k++) {
            size_t type = k / types, report = k % types;
            if (!sb_environment_conditional(belief, environment, agent, type) ||
                !sb_environment_may_report(environment, agent, type, report)) {
                continue;
            }
            for (size_t others = 0; others < count; others++) { /* report == type: participation */
                sb_mechanism_utility(smallest, environment, mechanism, agent, type, report, others);
                sb_mechanism_utility(gains + others, environment, mechanism, agent, type, type,
                                     others);
                fmpq_sub(gains + others, gains + others,
                         report == type ? environment->agents[agent].outside + type : smallest);
            }
            smallest_over_box(smallest, belief, gains, count, delta);
            breaks = breaks || fmpq_sgn(smallest) < 0;
        }
        sb_rationals_free(belief, count);
        sb_rationals_free(gains, count);
    }
    fmpq_clear(smallest);
    return breaks;
}

static sb_environment *random_environment(property_stream *stream, int k)
{
    char first[64], second[64];
    size_t rows = (size_t)property_between(stream, 2, 4);
    size_t columns = (size_t)property_between(stream, 2, 4);
    random_values(stream, rows, 0, 6, first, sizeof first);
    random_values(stream, columns, 0, 6, second, sizeof second);
    sb_environment *environment =
        k % 2 == 0 ? two_bidders(first, second, NULL) : one_bidder_and_signal(first, columns, NULL);
    random_weights(environment, stream, 9);
    if (k % 3 == 2) {
        random_reports(environment, stream);
    }
    return environment;
}

static void check_radius(const sb_environment *environment, const sb_mechanism *mechanism,
                         const sb_safe_radius *radius)
{
    fmpq_t delta, value;
    fmpq_init(delta);
    fmpq_init(value);
    if (radius->unlimited) {
        fmpq_one(delta);
        assert_false(breaks_within(environment, mechanism, delta));
    } else {
        assert_false(breaks_within(environment, mechanism, &radius->radius));
        fmpq_set_si(delta, 1, 1000000000);
        fmpq_add(delta, delta, &radius->radius);
        assert_true(breaks_within(environment, mechanism, delta));
        /* the belief is in the box, and the row holds with equality at it */
        const sb_constraint *row = &radius->constraint;
        fmpq *belief = sb_rationals_new(radius->others_count);
        assert_true(sb_environment_conditional(belief, environment, row->agent, row->type));
        sb_rationals_sum(value, radius->belief, radius->others_count);
        assert_true(fmpq_is_one(value));
        fmpq_zero(value);
        for (size_t k = 0; k < radius->others_count; k++) {
            assert_true(fmpq_sgn(radius->belief + k) >= 0);
            fmpq_sub(delta, radius->belief + k, belief + k);
            fmpq_abs(delta, delta);
            assert_true(fmpq_cmp(delta, &radius->radius) <= 0);
            sb_mechanism_utility(delta, environment, mechanism, row->agent, row->type, row->type,
                                 k);
            fmpq_addmul(value, radius->belief + k, delta);
            if (row->kind == SB_CONSTRAINT_INCENTIVE) {
                sb_mechanism_utility(delta, environment, mechanism, row->agent, row->type,
                                     row->report, k);
            } else {
                fmpq_set(delta, environment->agents[row->agent].outside + row->type);
            }
            fmpq_submul(value, radius->belief + k, delta);
        }
        assert_true(fmpq_is_zero(value));
        sb_rationals_free(belief, radius->others_count);
    }
    fmpq_clear(delta);
    fmpq_clear(value);
}

/* Every interim rule is kept with the slack, times the type's probability. */
static void check_slack(const sb_environment *environment, const sb_slack_point *point)
{
    sb_check check;
    fmpq_t zero, wanted;
    fmpq_init(zero);
    fmpq_init(wanted);
    sb_check_init(&check);
    assert_int_equal(sb_check_mechanism(environment, point->mechanism, zero, &check, NULL), SB_OK);
    assert_true(check.accepted);
    for (size_t k = 0; k < check.slack_count; k++) {
        sb_environment_marginal(wanted, environment, check.slacks[k].constraint.agent,
                                check.slacks[k].constraint.type);
        fmpq_mul(wanted, wanted, &point->slack);
        assert_true(fmpq_cmp(&check.slacks[k].slack, wanted) >= 0);
    }
    assert_true(fmpq_equal(&check.revenue, &point->objective));
    sb_mechanism_max_payment(wanted, point->mechanism);
    assert_true(fmpq_equal(wanted, &point->largest_payment));
    sb_check_clear(&check);
    fmpq_clear(zero);
    fmpq_clear(wanted);
}

static void radii_agree_with_linear_programs(void **state)
{
    (void)state;
    property_stream stream = {90210};
    int cases = property_cases(40), limited = 0;
    fmpq_t slack;
    fmpq_init(slack);
    for (int k = 0; k < cases; k++) {
        sb_environment *environment = random_environment(&stream, k);
        fmpq_set_si(slack, property_between(&stream, 0, 20), 100);
        sb_slack_point point;
        with_slack(environment, slack, &point);
        if (point.status == SB_LP_OPTIMAL) {
            assert_int_equal(point.proof, SB_PROOF_EXACT);
            check_slack(environment, &point);
            check_radius(environment, point.mechanism, &point.radius);
            assert_true(point.radius.unlimited || fmpq_is_zero(slack) ||
                        fmpq_sgn(&point.radius.radius) > 0);
            limited += !point.radius.unlimited && fmpq_sgn(&point.radius.radius) > 0;
        }
        sb_slack_point_clear(&point);
        sb_environment_free(environment);
    }
    assert_true(limited > cases / 8); /* there was something to test */
    fmpq_clear(slack);
}

/* Without slack: the optimum and its smallest payments; with more: less, and at a growing price. */
static void slack_costs_ever_more(void **state)
{
    (void)state;
    property_stream stream = {8};
    int cases = property_cases(20);
    fmpq_t slack, step, before, twice;
    fmpq_init(slack);
    fmpq_init(step);
    fmpq_init(before);
    fmpq_init(twice);
    fmpq_set_si(step, 1, 20);
    for (int k = 0; k < cases; k++) {
        sb_environment *environment = random_environment(&stream, k);
        sb_solution solution;
        sb_smallest_payments smallest;
        sb_solution_init(&solution);
        sb_smallest_payments_init(&smallest);
        assert_int_equal(sb_design_solve(environment, NULL, NULL, &solution, NULL), SB_OK);
        assert_int_equal(
            sb_smallest_payments_find(environment, &solution, NULL, NULL, &smallest, NULL), SB_OK);
        fmpq *costs = sb_rationals_new(4);
        fmpq_zero(slack);
        for (size_t j = 0; j < 4; j++) {
            sb_slack_point point;
            with_slack(environment, slack, &point);
            if (point.status != SB_LP_OPTIMAL) {
                assert_int_equal(point.status, SB_LP_INFEASIBLE);
                assert_true(j > 0);
                sb_slack_point_clear(&point);
                break;
            }
            fmpq_set(costs + j, &point.cost);
            fmpq_add(before, &point.cost, &point.objective);
            assert_true(fmpq_equal(before, &solution.objective));
            if (j == 0) {
                assert_true(fmpq_is_zero(&point.cost));
                assert_true(fmpq_equal(&point.largest_payment, &smallest.largest));
            } else {
                assert_true(fmpq_cmp(costs + j, costs + j - 1) > 0);
            }
            if (j > 1) { /* convex */
                fmpq_add(before, costs + j, costs + j - 2);
                fmpq_add(twice, costs + j - 1, costs + j - 1);
                assert_true(fmpq_cmp(before, twice) >= 0);
            }
            fmpq_add(slack, slack, step);
            sb_slack_point_clear(&point);
        }
        sb_rationals_free(costs, 4);
        sb_smallest_payments_clear(&smallest);
        sb_solution_clear(&solution);
        sb_environment_free(environment);
    }
    fmpq_clear(slack);
    fmpq_clear(step);
    fmpq_clear(before);
    fmpq_clear(twice);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(participation_by_hand), cmocka_unit_test(incentives_by_hand),
        cmocka_unit_test(slack_by_hand),         cmocka_unit_test(radii_agree_with_linear_programs),
        cmocka_unit_test(slack_costs_ever_more),
    };
    int failed = cmocka_run_group_tests_name("safe radius", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
