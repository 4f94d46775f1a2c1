/* Balls of beliefs by hand, against best replies within them, and against linear programs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/sufficient_correlation.h"

#include "sidebet/checker.h"
#include "sidebet/full_extraction.h"
#include "sidebet/misbelief.h"
#include "unit/analysis/reports_cases.h"

static void find_ball(const sb_environment *environment, sb_ball_promise promise, const char *loss,
                      sb_correlation_ball *ball)
{
    fmpq_t k;
    fmpq_init(k);
    assert_int_equal(sb_rational_parse(k, loss, strlen(loss), NULL), SB_OK);
    sb_error error;
    sb_error_clear(&error);
    sb_correlation_ball_init(ball);
    if (sb_correlation_ball_find(environment, promise, k, NULL, ball, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    fmpq_clear(k);
}

static void find_ball_for_each_type(const sb_environment *environment, sb_ball_promise promise,
                                    const char *loss, sb_correlation_ball *ball)
{
    fmpq_t k;
    fmpq_init(k);
    assert_int_equal(sb_rational_parse(k, loss, strlen(loss), NULL), SB_OK);
    sb_correlation_ball_init(ball);
    assert_int_equal(sb_correlation_ball_for_each_type(environment, promise, k, NULL, ball, NULL),
                     SB_OK);
    fmpq_clear(k);
}

static void kept(const sb_environment *environment, const sb_mechanism *mechanism,
                 const fmpq_t least, sb_kept_ball *ball)
{
    sb_error error;
    sb_error_clear(&error);
    sb_kept_ball_init(ball);
    if (sb_keeps_optimum(environment, mechanism, least, ball, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
}

/* ---- by hand ---- */

/* Type 2 pays its value. Type 1's bet needs z . (.25, .75) = 2 + 2 M delta: with the spread M,
 * z . pi_1 grows by M at most from one belief to the other, so 1 + 2 M delta = M. */
static void two_types_by_hand(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    sb_correlation_ball ball;
    find_ball_for_each_type(environment, SB_BALL_REVENUE, ".1", &ball);
    assert_true(ball.found && ball.largest);
    assert_int_equal(ball.proof, SB_PROOF_EXACT);
    assert_number(&ball.full_surplus, "3/2");
    assert_number(&ball.spread, "1");
    assert_number(&ball.radius, ".05");
    assert_number(&ball.guaranteed, "1.4");
    assert_number(ball.margins, "0");
    assert_number(ball.mechanism->payments, ".45"); /* .5 less .05 */
    assert_number(ball.mechanism->payments + 1, "2.45");
    assert_number(ball.mechanism->payments + 2, "2");
    sb_correlation_ball_clear(&ball);

    /* expected loss delta M = .1 where M = 1 / (1 - 2 delta): delta = 1/12 */
    find_ball(environment, SB_BALL_TRUTHFUL, ".1", &ball);
    assert_true(ball.found);
    assert_number(&ball.radius, ".08333333");
    assert_false(ball.largest);
    assert_number(ball.spreads + 1, "0");
    fmpq_t number;
    fmpq_init(number);
    fmpq_mul(number, ball.spreads, &ball.radius);
    fmpq_mul_2exp(number, number, 1);
    assert_true(fmpq_equal(ball.margins, number)); /* gamma = 2 M delta */
    fmpq_set_si(number, 7, 5);
    assert_true(fmpq_cmp(&ball.guaranteed, number) >= 0);
    sb_kept_ball all;
    kept(environment, ball.mechanism, &ball.guaranteed, &all);
    assert_false(all.unlimited);
    assert_true(fmpq_equal(&all.radius, &ball.radius)); /* here the guarantee is all there is */
    sb_kept_ball_clear(&all);
    sb_correlation_ball_clear(&ball);

    /* a promise of revenue alone is kept by the same bets: type 1 loses .2 half of the time */
    find_ball(environment, SB_BALL_REVENUE, ".1", &ball);
    assert_true(ball.found);
    assert_number(&ball.radius, ".08333333");
    assert_number(&ball.each_type, ".05");
    assert_false(ball.largest);
    assert_true(fmpq_cmp(&ball.guaranteed, number) >= 0);
    assert_int_equal(ball.promise, SB_BALL_REVENUE);
    sb_correlation_ball_clear(&ball);
    fmpq_clear(number);
    sb_environment_free(environment);
}

/* One price for all, or nobody to sell to. */
static void without_a_bet(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("2 2", 2, "1 1 1 1");
    for (int promise = 0; promise < SB_BALL_PROMISE_COUNT; promise++) {
        sb_correlation_ball ball;
        find_ball(environment, (sb_ball_promise)promise, ".1", &ball);
        assert_true(ball.found && ball.largest);
        assert_number(&ball.radius, "2");
        assert_number(&ball.spread, "0");
        assert_number(&ball.guaranteed, "2");
        sb_kept_ball all;
        kept(environment, ball.mechanism, &ball.guaranteed, &all);
        assert_true(all.unlimited);
        sb_kept_ball_clear(&all);
        sb_correlation_ball_clear(&ball);
    }
    sb_environment_free(environment);

    environment = one_bidder_and_signal("0 0", 2, "1 1 1 1");
    sb_correlation_ball ball;
    find_ball(environment, SB_BALL_REVENUE, ".1", &ball);
    assert_false(ball.found);
    assert_non_null(strstr(ball.reason, "no type is worth serving"));
    assert_null(ball.mechanism);
    sb_correlation_ball_clear(&ball);
    sb_environment_free(environment);
}

static void who_stops_it(void **state)
{
    (void)state;
    /* the middle of (.8, .2) and (.2, .8), worth less than their mean */
    sb_environment *environment = one_bidder_and_signal("1 3/2 3", 2, "8 2 5 5 2 8");
    sb_correlation_ball ball;
    for (int promise = 0; promise < SB_BALL_PROMISE_COUNT; promise++) {
        find_ball(environment, (sb_ball_promise)promise, ".1", &ball);
        assert_false(ball.found);
        assert_non_null(strstr(ball.reason, "type 2 has no side bet"));
        sb_correlation_ball_clear(&ball);
    }
    sb_environment_free(environment);
    /* worth just as much: no margin, and yet revenue can be kept */
    environment = one_bidder_and_signal("1 2 3", 2, "8 2 5 5 2 8");
    find_ball(environment, SB_BALL_TRUTHFUL, ".1", &ball);
    assert_false(ball.found);
    assert_non_null(strstr(ball.reason, "what type 2 believes and is worth just as much"));
    sb_correlation_ball_clear(&ball);
    find_ball(environment, SB_BALL_REVENUE, ".1", &ball);
    assert_true(ball.found);
    assert_number(&ball.spread, "10/6"); /* the slope of the line through all three, times 1/2 */
    assert_number(&ball.radius, ".03");
    sb_correlation_ball_clear(&ball);
    sb_environment_free(environment);
    /* type 1 worth less than the item is to the seller: it must not buy, but cannot be kept off */
    environment = item(1, (const char *const[]){"1 2 3"}, 2, "3/2", "8 2 5 5 2 8");
    for (int promise = 0; promise < SB_BALL_PROMISE_COUNT; promise++) {
        find_ball(environment, (sb_ball_promise)promise, ".1", &ball);
        assert_false(ball.found);
        assert_non_null(strstr(ball.reason, "worth just as much"));
        assert_non_null(strstr(ball.reason, "some type must not buy"));
        sb_correlation_ball_clear(&ball);
    }
    sb_environment_free(environment);
}

static void questions_refused(void **state)
{
    (void)state;
    fmpq_t loss;
    fmpq_init(loss);
    sb_correlation_ball ball;
    sb_correlation_ball_init(&ball);
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    assert_int_equal(
        sb_correlation_ball_find(environment, SB_BALL_TRUTHFUL, loss, NULL, &ball, NULL),
        SB_ERROR_USAGE);
    fmpq_one(loss);
    assert_int_equal(sb_environment_set_outside(environment, 0, 1, loss, NULL), SB_OK);
    assert_int_equal(
        sb_correlation_ball_find(environment, SB_BALL_TRUTHFUL, loss, NULL, &ball, NULL),
        SB_ERROR_USAGE);
    sb_environment_free(environment);
    environment = two_bidders("1 2", "1 2", NULL);
    assert_int_equal(
        sb_correlation_ball_find(environment, SB_BALL_TRUTHFUL, loss, NULL, &ball, NULL),
        SB_ERROR_USAGE);
    sb_mechanism *mechanism = sb_mechanism_new(environment);
    sb_kept_ball all;
    sb_kept_ball_init(&all);
    assert_int_equal(sb_keeps_optimum(environment, mechanism, loss, &all, NULL), SB_ERROR_USAGE);
    sb_environment_free(environment);
    environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    assert_int_equal(sb_keeps_optimum(environment, mechanism, loss, &all, NULL), SB_ERROR_USAGE);
    sb_mechanism_free(mechanism);
    mechanism = sb_mechanism_new(environment); /* sells nothing, earns nothing */
    assert_int_equal(sb_keeps_optimum(environment, mechanism, loss, &all, NULL), SB_ERROR_INPUT);
    fmpq_set_si(mechanism->payments, 1, 1);
    fmpq_zero(loss);
    sb_error error;
    assert_int_equal(sb_keeps_optimum(environment, mechanism, loss, &all, &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "type 1 gains nothing by reporting 2"));
    sb_mechanism_free(mechanism);
    sb_kept_ball_clear(&all);
    sb_environment_free(environment);
    fmpq_clear(loss);
}

/* ---- best replies within the ball ---- */

/* Within radius of the type's belief, in the 1-norm: takes mass from signals in a random order. */
static void move_belief(property_stream *stream, fmpq *belief, size_t count, const fmpq_t radius,
                        bool to_the_edge)
{
    fmpq_t left, part;
    fmpq_init(left);
    fmpq_init(part);
    fmpq_div_2exp(left, radius, 1);
    if (!to_the_edge) {
        fmpq_set_si(part, property_between(stream, 0, 100), 100);
        fmpq_mul(left, left, part);
    }
    size_t target = (size_t)property_between(stream, 0, (long)count - 1);
    size_t from = (size_t)property_between(stream, 0, (long)count - 1);
    for (size_t k = 0; k < count; k++) {
        fmpq *mass = belief + (from + k) % count;
        fmpq_set(part, fmpq_cmp(left, mass) < 0 ? left : mass);
        fmpq_sub(mass, mass, part);
        fmpq_add(belief + target, belief + target, part);
        fmpq_sub(left, left, part);
    }
    fmpq_clear(left);
    fmpq_clear(part);
}

/* The same types as often, with beliefs elsewhere in the ball. */
static sb_environment *nearby(property_stream *stream, const sb_environment *environment,
                              const fmpq_t radius, bool to_the_edge)
{
    sb_environment *truth = sb_environment_copy(environment);
    size_t signals = environment->signal_count, types = environment->agents[0].type_count;
    fmpq *weights = sb_rationals_new(types * signals);
    fmpq_t share;
    fmpq_init(share);
    for (size_t type = 0; type < types; type++) {
        fmpq *row = weights + type * signals;
        if (sb_environment_conditional(row, environment, 0, type)) {
            move_belief(stream, row, signals, radius, to_the_edge);
        }
        sb_environment_marginal(share, environment, 0, type);
        for (size_t k = 0; k < signals; k++) {
            fmpq_mul(row + k, row + k, share);
        }
    }
    assert_int_equal(sb_environment_set_weights(truth, weights, NULL), SB_OK);
    sb_rationals_free(weights, types * signals);
    fmpq_clear(share);
    return truth;
}

static void expect_kept_promise(property_stream *stream, const sb_environment *environment,
                                const sb_correlation_ball *ball)
{
    fmpq_t least;
    fmpq_init(least);
    fmpq_sub(least, &ball->full_surplus, &ball->loss);
    assert_true(fmpq_cmp(&ball->guaranteed, least) >= 0);
    for (int k = 0; k < 8; k++) {
        sb_environment *truth = nearby(stream, environment, &ball->radius, k % 2 == 0);
        sb_misbelief misbelief;
        sb_misbelief_init(&misbelief);
        assert_int_equal(
            sb_misbelief_evaluate(environment, ball->mechanism, truth, &misbelief, NULL), SB_OK);
        assert_true(fmpq_cmp(&misbelief.revenue, &ball->guaranteed) >= 0);
        assert_true(misbelief.all_truthful || ball->promise == SB_BALL_REVENUE);
        sb_misbelief_clear(&misbelief);
        sb_environment_free(truth);
    }
    if (ball->promise == SB_BALL_TRUTHFUL) {
        sb_kept_ball all;
        kept(environment, ball->mechanism, &ball->guaranteed, &all);
        assert_true(all.unlimited || fmpq_cmp(&all.radius, &ball->radius) >= 0);
        sb_kept_ball_clear(&all);
    }
    fmpq_clear(least);
}

static sb_environment *random_environment(property_stream *stream)
{
    char values[64];
    size_t rows = (size_t)property_between(stream, 2, 5);
    size_t columns = (size_t)property_between(stream, 2, 6);
    random_values(stream, rows, 0, 6, values, sizeof values);
    sb_environment *environment = item(1, (const char *const[]){values}, columns,
                                       property_between(stream, 0, 2) == 0 ? "3/2" : NULL, NULL);
    random_weights(environment, stream, 9);
    if (property_between(stream, 0, 2) == 0) {
        random_reports(environment, stream);
    }
    return environment;
}

static bool extracts(const sb_environment *environment)
{
    sb_extraction extraction;
    sb_extraction_init(&extraction);
    assert_int_equal(sb_full_extraction(environment, NULL, &extraction, NULL), SB_OK);
    bool yes = extraction.bayesian == SB_ANSWER_YES;
    sb_extraction_clear(&extraction);
    return yes;
}

static void promises_are_kept(void **state)
{
    (void)state;
    property_stream stream = {314159};
    int cases = property_cases(60), found = 0, missing = 0;
    for (int k = 0; k < cases; k++) {
        sb_environment *environment = random_environment(&stream);
        static const char *const losses[] = {"1/10", "1/5", "3"};
        fmpq_t before;
        fmpq_init(before);
        for (int promise = 0; promise < SB_BALL_PROMISE_COUNT; promise++) {
            fmpq_zero(before);
            for (size_t l = 0; l < sizeof losses / sizeof losses[0]; l++) {
                sb_correlation_ball ball;
                find_ball(environment, (sb_ball_promise)promise, losses[l], &ball);
                if (ball.found) {
                    expect_kept_promise(&stream, environment, &ball);
                    assert_true(fmpq_sgn(&ball.radius) > 0);
                    assert_true(fmpq_cmp(&ball.radius, before) >= 0); /* more loss, more room */
                    fmpq_set(before, &ball.radius);
                    found++;
                } else {
                    assert_true(ball.reason[0] != '\0');
                    missing++;
                }
                bool worth = strstr(ball.reason, "worth serving") == NULL;
                if (promise == SB_BALL_REVENUE && fmpq_is_zero(&environment->reserve) && worth) {
                    assert_int_equal(ball.found, extracts(environment));
                }
                sb_correlation_ball_clear(&ball);
            }
        }
        fmpq_clear(before);
        sb_environment_free(environment);
    }
    assert_true(found > 2 * cases && missing > cases / 4);
}

/* Whoever keeps every rule earns as much as who keeps revenue alone. And only the loss for each
 * type bounds the loss whatever their probabilities are. */
static void revenue_is_the_weaker_promise(void **state)
{
    (void)state;
    property_stream stream = {1618};
    int cases = property_cases(60), larger = 0, apart = 0, proved = 0;
    for (int k = 0; k < cases; k++) {
        sb_environment *environment = random_environment(&stream);
        const char *loss = k % 2 == 0 ? "1/10" : "1";
        sb_correlation_ball truthful, revenue, each;
        find_ball(environment, SB_BALL_TRUTHFUL, loss, &truthful);
        find_ball(environment, SB_BALL_REVENUE, loss, &revenue);
        find_ball_for_each_type(environment, SB_BALL_REVENUE, loss, &each);
        assert_true(revenue.found || !truthful.found);
        assert_int_equal(revenue.found, each.found);
        if (truthful.found) {
            int order = fmpq_cmp(&revenue.radius, &truthful.radius);
            assert_true(order >= 0);
            larger += order > 0;
            apart += order == 0 && fmpq_cmp(&each.radius, &revenue.radius) < 0;
            /* exactly the largest, not merely to a millionth */
            assert_true(!revenue.largest || order > 0 || truthful.largest);
        }
        if (revenue.found) {
            assert_true(fmpq_cmp(&revenue.radius, &each.radius) >= 0);
            assert_true(fmpq_equal(&revenue.each_type, &each.radius) && each.largest);
            expect_kept_promise(&stream, environment, &revenue);
            expect_kept_promise(&stream, environment, &each);
            proved += revenue.largest;
        }
        sb_correlation_ball_clear(&truthful);
        sb_correlation_ball_clear(&revenue);
        sb_correlation_ball_clear(&each);
        sb_environment_free(environment);
    }
    assert_true(larger > cases / 20 && apart > cases / 20 && proved > cases / 20);
}

/* ---- the kept ball against linear programs ---- */

/* The smallest q . numbers over the ball and the simplex: q = belief - out + in. */
static void smallest_over_ball(fmpq_t smallest, const fmpq *belief, const fmpq *numbers,
                               size_t count, const fmpq_t radius)
{
    sb_lp *program = sb_lp_new(SB_MINIMISE);
    size_t *columns = calloc(2 * count, sizeof *columns);
    fmpq *row = sb_rationals_new(2 * count);
    fmpq_t zero, cost, half;
    fmpq_init(zero);
    fmpq_init(cost);
    fmpq_init(half);
    fmpq_div_2exp(half, radius, 1);
    for (size_t k = 0; k < count; k++) {
        fmpq_neg(cost, numbers + k);
        assert_int_equal(sb_lp_add_column(program, NULL, zero, belief + k, cost, columns + k, NULL),
                         SB_OK);
        fmpq_one(row + k);
    }
    for (size_t k = 0; k < count; k++) {
        assert_int_equal(
            sb_lp_add_column(program, NULL, zero, NULL, numbers + k, columns + count + k, NULL),
            SB_OK);
        fmpq_set_si(row + count + k, -1, 1);
    }
    assert_int_equal(sb_lp_add_row(program, NULL, zero, zero, 2 * count, columns, row, NULL, NULL),
                     SB_OK);
    assert_int_equal(sb_lp_add_row(program, NULL, NULL, half, count, columns, row, NULL, NULL),
                     SB_OK);
    sb_lp_result result;
    sb_lp_result_init(&result);
    assert_int_equal(sb_lp_solve_exactly(program, &result, NULL), SB_OK);
    assert_int_equal(result.status, SB_LP_OPTIMAL);
    sb_rationals_dot(smallest, belief, numbers, count);
    fmpq_add(smallest, smallest, &result.objective);
    sb_lp_result_clear(&result);
    sb_lp_free(program);
    free(columns);
    sb_rationals_free(row, 2 * count);
    fmpq_clear(zero);
    fmpq_clear(cost);
    fmpq_clear(half);
}

/* Do all rules and the revenue hold on the ball? */
static bool holds_within(const sb_environment *environment, const sb_mechanism *mechanism,
                         const fmpq_t least, const fmpq_t radius)
{
    size_t count = environment->signal_count, types = environment->agents[0].type_count;
    fmpq *belief = sb_rationals_new(count), *numbers = sb_rationals_new(count);
    fmpq_t smallest, lie, revenue;
    fmpq_init(smallest);
    fmpq_init(lie);
    fmpq_init(revenue);
    bool holds = true;
    for (size_t k = 0; k < types * types; k++) { /* report == type: participation */
        size_t type = k / types, report = k % types;
        if (!sb_environment_conditional(belief, environment, 0, type) ||
            !sb_environment_may_report(environment, 0, type, report)) {
            continue;
        }
        for (size_t s = 0; s < count; s++) {
            sb_mechanism_utility(numbers + s, environment, mechanism, 0, type, type, s);
            sb_mechanism_utility(lie, environment, mechanism, 0, type, report, s);
            fmpq_sub(numbers + s, numbers + s,
                     report == type ? environment->agents[0].outside + type : lie);
        }
        smallest_over_ball(smallest, belief, numbers, count, radius);
        holds = holds && fmpq_sgn(smallest) >= 0;
        if (report == type) {
            for (size_t s = 0; s < count; s++) {
                size_t profile = sb_environment_profile_of(environment, 0, type, s);
                fmpq_mul(numbers + s, &environment->reserve,
                         mechanism->allocation + 2 * profile + 1);
                fmpq_add(numbers + s, numbers + s, mechanism->payments + profile);
            }
            smallest_over_ball(smallest, belief, numbers, count, radius);
            sb_environment_marginal(lie, environment, 0, type);
            fmpq_addmul(revenue, smallest, lie);
        }
    }
    holds = holds && fmpq_cmp(revenue, least) >= 0;
    sb_rationals_free(belief, count);
    sb_rationals_free(numbers, count);
    fmpq_clear(smallest);
    fmpq_clear(lie);
    fmpq_clear(revenue);
    return holds;
}

/* The belief is in the ball, and the rule holds with equality at it. */
static void check_edge(const sb_environment *environment, const sb_mechanism *mechanism,
                       const sb_kept_ball *ball)
{
    const sb_constraint *rule = &ball->constraint;
    size_t count = environment->signal_count;
    fmpq *belief = sb_rationals_new(count);
    fmpq_t number, sum, gain;
    fmpq_init(number);
    fmpq_init(sum);
    fmpq_init(gain);
    assert_int_equal(ball->signal_count, count);
    assert_true(sb_environment_conditional(belief, environment, 0, rule->type));
    for (size_t k = 0; k < count; k++) {
        assert_true(fmpq_sgn(ball->belief + k) >= 0);
        fmpq_sub(number, ball->belief + k, belief + k);
        fmpq_abs(number, number);
        fmpq_add(sum, sum, number);
        sb_mechanism_utility(number, environment, mechanism, 0, rule->type, rule->type, k);
        fmpq_addmul(gain, ball->belief + k, number);
        if (rule->kind == SB_CONSTRAINT_INCENTIVE) {
            sb_mechanism_utility(number, environment, mechanism, 0, rule->type, rule->report, k);
        } else {
            fmpq_set(number, environment->agents[0].outside + rule->type);
        }
        fmpq_submul(gain, ball->belief + k, number);
    }
    assert_true(fmpq_cmp(sum, &ball->radius) <= 0);
    assert_true(fmpq_is_zero(gain));
    sb_rationals_sum(sum, ball->belief, count);
    assert_true(fmpq_is_one(sum));
    sb_rationals_free(belief, count);
    fmpq_clear(number);
    fmpq_clear(sum);
    fmpq_clear(gain);
}

/* Truthful balls' mechanisms with a revenue that they exceed by some: a rule or the revenue may be
 * the first to go. */
static void kept_balls_agree_with_programs(void **state)
{
    (void)state;
    property_stream stream = {2};
    int cases = property_cases(80), by_rule = 0, by_revenue = 0;
    for (int k = 0; k < cases; k++) {
        sb_environment *environment = random_environment(&stream);
        sb_correlation_ball ball;
        find_ball(environment, SB_BALL_TRUTHFUL, k % 2 == 0 ? "1/3" : "1", &ball);
        if (ball.found) {
            fmpq_t least, more;
            fmpq_init(least);
            fmpq_init(more);
            sb_mechanism_revenue(least, environment, ball.mechanism);
            fmpq_set_si(more, property_between(&stream, 0, 40), 100);
            fmpq_sub(least, least, more);
            sb_kept_ball all;
            kept(environment, ball.mechanism, least, &all);
            if (all.unlimited) {
                fmpq_set_si(more, 2, 1);
                assert_true(holds_within(environment, ball.mechanism, least, more));
            } else {
                assert_true(holds_within(environment, ball.mechanism, least, &all.radius));
                fmpq_set_si(more, 1, 1000000000);
                fmpq_add(more, more, &all.radius);
                assert_false(holds_within(environment, ball.mechanism, least, more));
                by_revenue += all.by_revenue;
                by_rule += !all.by_revenue;
                assert_int_equal(all.by_revenue, all.belief == NULL);
            }
            if (!all.unlimited && !all.by_revenue) {
                check_edge(environment, ball.mechanism, &all);
            }
            sb_kept_ball_clear(&all);
            fmpq_clear(least);
            fmpq_clear(more);
        }
        sb_correlation_ball_clear(&ball);
        sb_environment_free(environment);
    }
    assert_true(by_rule > cases / 10 && by_revenue > cases / 10);
}

/* An optimal vertex has binding rules: no ball at all. */
static void optimal_vertices_keep_nothing(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    sb_solution solution;
    sb_solution_init(&solution);
    assert_int_equal(sb_design_solve(environment, NULL, NULL, &solution, NULL), SB_OK);
    fmpq_t least;
    fmpq_init(least);
    fmpq_set_si(least, 7, 5);
    sb_kept_ball all;
    kept(environment, solution.mechanism, least, &all);
    assert_false(all.unlimited);
    assert_number(&all.radius, "0");
    assert_false(all.by_revenue);
    sb_kept_ball_clear(&all);
    fmpq_clear(least);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_types_by_hand),
        cmocka_unit_test(without_a_bet),
        cmocka_unit_test(who_stops_it),
        cmocka_unit_test(questions_refused),
        cmocka_unit_test(promises_are_kept),
        cmocka_unit_test(revenue_is_the_weaker_promise),
        cmocka_unit_test(kept_balls_agree_with_programs),
        cmocka_unit_test(optimal_vertices_keep_nothing),
    };
    return cmocka_run_group_tests_name("sufficient correlation", tests, NULL, NULL);
}
