/* Reporting sets and rules of agents' own in what is computed beside the optimum.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "unit/analysis/reports_cases.h"

#include "sidebet/auctions.h"
#include "sidebet/full_extraction.h"
#include "sidebet/indistinguishable.h"
#include "sidebet/payment_cap.h"
#include "sidebet/safe_radius.h"
#include "sidebet/sensitivity.h"
#include "sidebet/separation.h"
#include "sidebet/sufficient_correlation.h"
#include "sidebet/surplus.h"
#include "sidebet/sweep.h"

#define ok(call)                                                                                   \
    do {                                                                                           \
        sb_error error_;                                                                           \
        sb_error_clear(&error_);                                                                   \
        if ((call) != SB_OK) {                                                                     \
            print_error("%s\n", error_.message);                                                   \
            fail();                                                                                \
        }                                                                                          \
    } while (0)
#define HERE (&error_)

static void forbid(sb_environment *environment, size_t type, size_t report)
{
    ok(sb_environment_set_report(environment, 0, type, report, false, HERE));
}

/* ---- full surplus extraction ---- */

static void extract(const sb_environment *environment, sb_extraction *extraction)
{
    sb_extraction_init(extraction);
    ok(sb_full_extraction(environment, NULL, extraction, HERE));
}

/* Beliefs (.8, .2), (.5, .5), (.2, .8) of values 1, 3/2, 3: the middle one is worth less than the
 * mixture of the others, which matters only where both may report it. */
static void mixtures_of_those_who_may_report(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 3/2 3", 2, "8 2 5 5 2 8");
    sb_extraction extraction;
    extract(environment, &extraction);
    assert_int_equal(extraction.bayesian, SB_ANSWER_NO);
    assert_int_equal(extraction.agents[0].failing_type, 1);
    assert_number(extraction.agents[0].side_bets[1].mixture, "1/2");
    assert_null(extraction.agents[0].schedules);
    sb_extraction_clear(&extraction);

    forbid(environment, 2, 1);
    extract(environment, &extraction);
    const sb_agent_extraction *agent = &extraction.agents[0];
    assert_int_equal(extraction.bayesian, SB_ANSWER_YES);
    assert_true(agent->concave);
    fmpq_t value;
    fmpq_init(value);
    static const char *const beliefs[] = {"4/5 1/5", "1/2 1/2", "1/5 4/5"};
    fmpq *belief = sb_rationals_new(2);
    for (size_t type = 0; type < 3; type++) {
        for (size_t s = 0; s < 3; s++) {
            read_numbers(beliefs[s], belief, 2);
            sb_rationals_dot(value, agent->side_bets[type].lottery, belief, 2);
            int order = fmpq_cmp(value, environment->agents[0].values + s);
            assert_true(s == type ? order == 0 : order >= 0 || (s == 2 && type == 1));
        }
    }
    sb_rationals_free(belief, 2);
    fmpq_clear(value);
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

/* Every type is served at every signal: schedules must rise along the reports. */
static void schedules_rise_along_the_reports(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 5/2 3", 2, "8 2 5 5 2 8");
    sb_extraction extraction;
    extract(environment, &extraction); /* concave, not linear */
    assert_int_equal(extraction.bayesian, SB_ANSWER_YES);
    assert_int_equal(extraction.ex_post_ic, SB_ANSWER_NO);
    sb_extraction_clear(&extraction);
    forbid(environment, 0, 1);
    forbid(environment, 2, 1);
    extract(environment, &extraction);
    const sb_agent_extraction *agent = &extraction.agents[0];
    assert_int_equal(extraction.ex_post_ic, SB_ANSWER_NO); /* 2 pays less than 1 and 3 together */
    assert_false(agent->linear);
    sb_extraction_clear(&extraction);
    ok(sb_environment_set_report(environment, 0, 0, 1, true, HERE));
    ok(sb_environment_set_report(environment, 0, 2, 1, true, HERE));
    forbid(environment, 1, 0);
    forbid(environment, 1, 2);
    extract(environment, &extraction);
    agent = &extraction.agents[0];
    assert_int_equal(extraction.ex_post_ic, SB_ANSWER_YES); /* nobody minds paying more as 2 */
    assert_true(agent->linear);
    assert_null(agent->linear_payments);
    assert_non_null(agent->schedules);
    static const char *const beliefs[] = {"4/5 1/5", "1/2 1/2", "1/5 4/5"};
    fmpq *belief = sb_rationals_new(2);
    fmpq_t value;
    fmpq_init(value);
    for (size_t type = 0; type < 3; type++) {
        read_numbers(beliefs[type], belief, 2);
        sb_rationals_dot(value, agent->schedules + 2 * type, belief, 2);
        assert_true(fmpq_equal(value, environment->agents[0].values + type));
        for (size_t report = 0; report < 3; report++) {
            for (size_t k = 0; sb_environment_may_report(environment, 0, type, report) && k < 2;
                 k++) {
                assert_true(fmpq_cmp(agent->schedules + 2 * type + k,
                                     agent->schedules + 2 * report + k) <= 0);
            }
        }
    }
    fmpq_clear(value);
    sb_rationals_free(belief, 2);
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

/* ---- separation ---- */

static void separate(const sb_environment *environment, sb_separation *separation)
{
    sb_separation_init(separation);
    ok(sb_separation_find(environment, 0, SB_NORM_ONE, NULL, separation, HERE));
    assert_true(separation->alone || separation->proof == SB_PROOF_EXACT);
}

static void told_from_those_who_may_report(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2 3", 2, "8 2 5 5 2 8");
    sb_separation separation;
    separate(environment, &separation);
    assert_number(&separation.gamma, "0");
    assert_int_equal(separation.type, 1);
    sb_separation_clear(&separation);
    forbid(environment, 2, 1);
    separate(environment, &separation);
    assert_number(&separation.gamma, "3/5"); /* each has a neighbour at .3 + .3 */
    assert_number(&separation.types[1].distance, "3/5");
    assert_number(separation.types[1].mixture, "1");
    assert_number(separation.types[1].mixture + 2, "0");
    assert_false(separation.types[1].alone);
    sb_separation_clear(&separation);
    forbid(environment, 0, 1);
    forbid(environment, 1, 0);
    separate(environment, &separation);
    assert_true(separation.types[1].alone);
    assert_false(separation.alone);
    assert_number(&separation.types[0].distance, "6/5"); /* from the third alone */
    assert_number(&separation.types[2].distance, "3/5");
    assert_number(&separation.gamma, "3/5");
    assert_int_equal(separation.type, 2);
    sb_separation_clear(&separation);
    forbid(environment, 2, 0);
    forbid(environment, 1, 2);
    forbid(environment, 0, 2);
    separate(environment, &separation);
    assert_true(separation.alone);
    sb_separation_clear(&separation);
    sb_environment_free(environment);
}

/* gamma > 0 is enough for every choice of values. */
static void separated_beliefs_extract(void **state)
{
    (void)state;
    property_stream stream = {411};
    int separated = 0;
    for (int k = 0; k < property_cases(150); k++) {
        char values[64];
        size_t types = (size_t)property_between(&stream, 2, 5);
        random_values(&stream, types, 1, 9, values, sizeof values);
        sb_environment *environment =
            one_bidder_and_signal(values, (size_t)property_between(&stream, 2, 3), NULL);
        random_weights(environment, &stream, 4);
        random_reports_of(environment, 0, &stream, 5);
        sb_separation separation;
        separate(environment, &separation);
        if (separation.alone || !fmpq_is_zero(&separation.gamma)) {
            sb_extraction extraction;
            extract(environment, &extraction);
            assert_int_equal(extraction.bayesian, SB_ANSWER_YES);
            separated += !extraction.agents[0].full_rank;
            sb_extraction_clear(&extraction);
        }
        sb_separation_clear(&separation);
        sb_environment_free(environment);
    }
    assert_true(separated >= property_cases(10));
}

/* ---- balls ---- */

static void balls_keep_what_may_be_reported(void **state)
{
    (void)state;
    property_stream stream = {412};
    fmpq_t loss;
    fmpq_init(loss);
    fmpq_set_si(loss, 1, 2);
    int larger = 0;
    for (int k = 0; k < property_cases(40); k++) {
        char values[64];
        size_t types = (size_t)property_between(&stream, 2, 4);
        random_values(&stream, types, 1, 6, values, sizeof values);
        sb_environment *environment = one_bidder_and_signal(values, 3, NULL);
        random_weights(environment, &stream, 4);
        sb_correlation_ball all, some;
        sb_correlation_ball_init(&all);
        sb_correlation_ball_init(&some);
        ok(sb_correlation_ball_for_each_type(environment, SB_BALL_TRUTHFUL, loss, NULL, &all,
                                             HERE));
        random_reports_of(environment, 0, &stream, 5);
        ok(sb_correlation_ball_for_each_type(environment, SB_BALL_TRUTHFUL, loss, NULL, &some,
                                             HERE));
        assert_true(some.found || !all.found);
        if (some.found) {
            assert_true(!all.found || fmpq_cmp(&some.radius, &all.radius) >= 0);
            larger += !all.found || fmpq_cmp(&some.radius, &all.radius) > 0;
            sb_kept_ball kept;
            sb_kept_ball_init(&kept);
            ok(sb_keeps_optimum(environment, some.mechanism, &some.guaranteed, &kept, HERE));
            assert_true(kept.unlimited || fmpq_cmp(&kept.radius, &some.radius) >= 0);
            sb_kept_ball_clear(&kept);
        }
        sb_correlation_ball_clear(&all);
        sb_correlation_ball_clear(&some);
        sb_environment_free(environment);
    }
    assert_true(larger >= property_cases(10));
    fmpq_clear(loss);
}

/* Each type pays its value: a lie down to the lower value is worth 1 at every belief, the other one
 * costs 1. */
static void pays_its_value(sb_environment **environment, sb_mechanism **mechanism)
{
    *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    *mechanism = sb_mechanism_new(*environment);
    for (size_t profile = 0; profile < 4; profile++) {
        fmpq_one((*mechanism)->allocation + profile * (*mechanism)->outcome_count);
        fmpq_set_si((*mechanism)->payments + profile, profile < 2 ? 1 : 2, 1);
    }
}

static void radii_of_what_may_be_reported(void **state)
{
    (void)state;
    sb_environment *environment = NULL;
    sb_mechanism *mechanism = NULL;
    pays_its_value(&environment, &mechanism);
    sb_safe_radius radius;
    sb_safe_radius_init(&radius);
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_safe_radius_of(environment, mechanism, &radius, &error), SB_ERROR_INPUT);
    forbid(environment, 1, 0);
    ok(sb_safe_radius_of(environment, mechanism, &radius, HERE));
    assert_true(radius.unlimited);
    ok(sb_environment_set_report(environment, 0, 1, 0, true, HERE));
    sb_rules_choose_own(&environment->rules, SB_RULE_INCENTIVES, 0, SB_IC_NONE);
    ok(sb_safe_radius_of(environment, mechanism, &radius, HERE));
    assert_true(radius.unlimited);
    sb_safe_radius_clear(&radius);
    sb_mechanism_free(mechanism);
    sb_environment_free(environment);
}

/* ---- guarantees over priors ---- */

static void guarantee_of(fmpq_t guarantee, sb_environment *const *environments, size_t count)
{
    sb_lp_status status = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    ok(sb_guarantee_find((const sb_environment *const *)environments, count, NULL, &status, &proof,
                         guarantee, HERE));
    assert_int_equal(status, SB_LP_OPTIMAL);
    assert_int_equal(proof, SB_PROOF_EXACT);
}

static void guarantees_within_the_sets(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2 3", 2, "8 2 5 5 2 8");
    sb_environment *near[2] = {NULL, NULL};
    fmpq_t number, all, some;
    fmpq_init(number);
    fmpq_init(all);
    fmpq_init(some);
    for (size_t limited = 0; limited < 2; limited++) {
        for (size_t i = 0; i < 2; i++) {
            fmpq_set_si(number, 1, i == 0 ? 10 : 1000);
            ok(sb_sweep_environment(environment, number, &near[i], HERE));
        }
        guarantee_of(limited ? some : all, near, 2);
        optimum(number, near[1], "bayes-nash", "ex-interim");
        assert_true(fmpq_cmp(limited ? some : all, number) <= 0);
        if (limited) { /* one prior alone: its optimum */
            guarantee_of(all, near + 1, 1);
            assert_true(fmpq_equal(all, number));
        }
        sb_environment_free(near[0]);
        sb_environment_free(near[1]);
        assert_true(limited || fmpq_cmp_si(all, 2) < 0);
        for (size_t k = 0; k < 9; k++) { /* the highest types can prove what they are */
            if (!limited && k / 3 > k % 3) {
                forbid(environment, k / 3, k % 3);
            }
        }
    }
    assert_number(some, "2"); /* no type can pass for a lower one: all there is, at each prior */
    fmpq_clear(number);
    fmpq_clear(all);
    fmpq_clear(some);

    ok(sb_environment_set_report(environment, 0, 2, 1, true, HERE));
    ok(sb_environment_set_report(environment, 0, 1, 0, true, HERE));
    sb_indistinguishable answer;
    sb_indistinguishable_init(&answer);
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_indistinguishable_find(environment, NULL, &answer, &error), SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "type 3 may report 2, which may report 1, which type 3 "
                                          "may not"));
    assert_non_null(strstr(error.hint, "let type 3"));
    sb_indistinguishable_options options = SB_INDISTINGUISHABLE_OPTIONS_DEFAULT;
    options.guarantees = false;
    ok(sb_indistinguishable_find(environment, &options, &answer, HERE));
    assert_true(answer.complete);
    sb_indistinguishable_clear(&answer);
    sb_environment_free(environment);
}

/* ---- other mechanisms, other optima ---- */

static void auctions_under_reporting_sets(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 1");
    sb_auctions auctions;
    sb_auctions_init(&auctions);
    odd_rules(environment);
    ok(sb_auctions_find(environment, &auctions, HERE));
    assert_true(auctions.auctions[SB_AUCTION_MYERSON].applies);
    assert_true(auctions.auctions[SB_AUCTION_VCG].participation);
    assert_number(&auctions.auctions[SB_AUCTION_FIRST_PRICE].revenue, "3/2"); /* reserve 2 */
    for (size_t agent = 0; agent < 2; agent++) {
        ok(sb_environment_set_report(environment, agent, 1, 0, false, HERE));
    }
    ok(sb_auctions_find(environment, &auctions, HERE));
    assert_false(auctions.auctions[SB_AUCTION_MYERSON].applies);
    assert_non_null(strstr(auctions.auctions[SB_AUCTION_MYERSON].reason, "may not report"));
    assert_true(auctions.auctions[SB_AUCTION_VCG].applies);
    assert_number(&auctions.auctions[SB_AUCTION_VCG].revenue, "5/4");
    /* nobody can bid low who is worth more: the whole surplus, and the optimum */
    assert_number(&auctions.auctions[SB_AUCTION_FIRST_PRICE].revenue, "7/4");
    assert_optimum(environment, "bayes-nash", "ex-interim", "7/4");
    sb_auctions_clear(&auctions);
    sb_environment_free(environment);
}

static void baselines_leave_no_own_rule(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "3 1 1 3");
    sb_baseline plain, own;
    sb_baseline_init(&plain);
    sb_baseline_init(&own);
    ok(sb_baseline_ex_post(environment, NULL, NULL, &plain, HERE));
    odd_rules(environment);
    ok(sb_baseline_ex_post(environment, NULL, NULL, &own, HERE));
    assert_true(fmpq_equal(&plain.objective, &own.objective));
    sb_extraction extraction;
    extract(environment, &extraction);
    assert_int_equal(extraction.bayesian, SB_ANSWER_YES);
    sb_extraction_clear(&extraction);
    ok(sb_environment_set_report(environment, 0, 1, 0, false, HERE));
    ok(sb_baseline_ex_post(environment, NULL, NULL, &own, HERE));
    assert_true(fmpq_cmp(&own.objective, &plain.objective) > 0);
    sb_baseline_clear(&plain);
    sb_baseline_clear(&own);
    sb_environment_free(environment);
}

/* The frontier ends at the optimum under the sets, and the slopes are those of that optimum. */
static void frontiers_and_slopes(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 3", "3 2 1 3");
    set_rules(environment, "ex-post", "ex-post");
    ok(sb_environment_set_report(environment, 1, 1, 0, false, HERE));
    sb_rules_choose_own(&environment->rules, SB_RULE_INCENTIVES, 0, SB_IC_BAYES_NASH);
    sb_lp_status status = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    fmpq_t value, moved;
    fmpq_init(value);
    fmpq_init(moved);
    ok(sb_design_value(environment, NULL, NULL, NULL, &status, &proof, value, HERE));
    sb_cap cap;
    sb_cap_init(&cap);
    ok(sb_cap_run(environment, NULL, &cap, HERE));
    assert_true(cap.complete);
    assert_true(fmpq_equal(&cap.points[cap.count - 1].objective, value));
    sb_cap_clear(&cap);
    sb_sensitivity_cell cell;
    sb_sensitivity_cell_init(&cell);
    ok(sb_sensitivity_of_cell(environment, 0, SB_MASS_SCALE, NULL, &cell, HERE));
    assert_true(cell.up.exists && cell.up.confirmed && !cell.up.jump);
    fmpq_t step;
    fmpq_init(step);
    fmpq_set_si(step, 1, 100000);
    fmpq_addmul(value, step, &cell.up.derivative);
    sb_prior_cell(moved, environment, 0, SB_MASS_SCALE);
    fmpq_add(step, step, moved);
    ok(sb_prior_set_cell(environment, 0, step, SB_MASS_SCALE, HERE));
    ok(sb_design_value(environment, NULL, NULL, NULL, &status, &proof, moved, HERE));
    double difference = sb_rational_to_double(moved) - sb_rational_to_double(value);
    assert_true(difference < 1e-8 && difference > -1e-8);
    assert_true(!fmpq_is_zero(&cell.up.derivative));
    sb_sensitivity_cell_clear(&cell);
    fmpq_clear(step);
    fmpq_clear(value);
    fmpq_clear(moved);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mixtures_of_those_who_may_report),
        cmocka_unit_test(schedules_rise_along_the_reports),
        cmocka_unit_test(told_from_those_who_may_report),
        cmocka_unit_test(separated_beliefs_extract),
        cmocka_unit_test(balls_keep_what_may_be_reported),
        cmocka_unit_test(radii_of_what_may_be_reported),
        cmocka_unit_test(guarantees_within_the_sets),
        cmocka_unit_test(auctions_under_reporting_sets),
        cmocka_unit_test(baselines_leave_no_own_rule),
        cmocka_unit_test(frontiers_and_slopes),
    };
    return cmocka_run_group_tests_name("reporting sets in the analyses", tests, NULL, NULL);
}
