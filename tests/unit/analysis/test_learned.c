/* Mechanisms learned from an estimate: by hand, and what must hold whatever the numbers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/learned.h"

#include <math.h>

#include "sidebet/environment_file.h"
#include "unit/mechanism/environments.h"

static const sb_learned_options everything = {.wanted = {true, true, true, true}, .exact = true};

static sb_environment *bidder(const char *values, size_t signals, const char *weights)
{
    return item(1, &values, signals, NULL, weights);
}

static sb_learned compare(const sb_environment *truth, const sb_environment *estimated,
                          const char *radius, const sb_learned_options *options)
{
    sb_error error;
    sb_error_clear(&error);
    sb_consistent_set set;
    sb_consistent_set_init(&set);
    fmpq_t box;
    fmpq_init(box);
    assert_int_equal(sb_rational_parse(box, radius, strlen(radius), NULL), SB_OK);
    sb_learned learned = {.full_surplus = 0};
    if (sb_consistent_set_box(&set, estimated, box, &error) != SB_OK ||
        sb_learned_compare(truth, estimated, &set, options, &learned, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    fmpq_clear(box);
    sb_consistent_set_clear(&set);
    return learned;
}

static void assert_near(double number, double wanted, double distance)
{
    if (!(fabs(number - wanted) <= distance)) {
        print_error("number is %.17g, not %.17g\n", number, wanted);
        fail();
    }
}

/* The signal says nothing, so all that can be done is to post a price: 2 sells to two thirds of the
 * estimated and three quarters of the true bidders. */
static void a_posted_price(void **state)
{
    (void)state;
    sb_environment *truth = bidder("1 2", 2, "1 1 3 3");
    sb_environment *estimated = bidder("1 2", 2, "1 1 2 2");
    sb_learned learned = compare(truth, estimated, "0", &everything);
    assert_near(learned.full_surplus, 1.75, 1e-15);
    assert_true(learned.set_holds_truth); /* the conditionals are the same */
    for (int k = 0; k < SB_CONTENDER_COUNT; k++) {
        const sb_contender_outcome *outcome = &learned.outcomes[k];
        assert_int_equal(outcome->status, SB_LP_OPTIMAL);
        assert_int_equal(outcome->proof, SB_PROOF_EXACT);
        assert_near(outcome->designed, k == SB_CONTENDER_KNOWN_PRIOR ? 1.5 : 4.0 / 3, 1e-15);
        assert_near(outcome->revenue, 1.5, 1e-15);
        assert_int_equal(outcome->smallest_payments, k != SB_CONTENDER_ROBUST);
        assert_int_equal(outcome->truthful, 2);
        assert_int_equal(outcome->lying + outcome->absent, 0);
        assert_true(outcome->seconds >= 0);
    }
    sb_environment_free(truth);
    sb_environment_free(estimated);
}

/* The bidder believes the signal says nothing, the seller that it says much: side bets that both
 * types would like to take at the seller's cost, or would not take at all. */
static void who_believes_otherwise_does_otherwise(void **state)
{
    (void)state;
    sb_environment *truth = bidder("1 2", 2, "1 1 1 1");
    sb_environment *estimated = bidder("1 2", 2, "3 1 1 3");
    sb_learned learned = compare(truth, estimated, "0", &everything);
    assert_near(learned.outcomes[SB_CONTENDER_BAYESIAN].designed, 1.5, 1e-15);
    assert_true(learned.outcomes[SB_CONTENDER_BAYESIAN].truthful < 2);
    assert_true(learned.outcomes[SB_CONTENDER_BAYESIAN].revenue <= 1);
    assert_false(learned.set_holds_truth);
    assert_near(learned.outcomes[SB_CONTENDER_KNOWN_PRIOR].revenue, 1, 1e-15);
    /* A box of 1/4 holds the truth, at its edge: nobody lies, and the lower price is safe. */
    learned = compare(truth, estimated, "1/4", &everything);
    assert_true(learned.set_holds_truth);
    assert_int_equal(learned.outcomes[SB_CONTENDER_ROBUST].truthful, 2);
    learned = compare(truth, estimated, "0.2499", &everything);
    assert_false(learned.set_holds_truth);
    sb_environment_free(truth);
    sb_environment_free(estimated);
}

static void draw_weights(property_stream *stream, size_t count, sb_environment *environment)
{
    fmpq *weights = sb_rationals_new(count);
    for (size_t k = 0; k < count; k++) {
        fmpq_set_si(weights + k, property_between(stream, 1, 9), 1);
    }
    assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
    sb_rationals_free(weights, count);
}

/* Whatever is learned earns at most what knowledge does; ex-post rules never fail; robust ones hold
 * where the set holds the truth; and in a set of one point robust is Bayesian. */
static void bounds_on_random_tables(void **state)
{
    (void)state;
    static const char *const radii[] = {"0", "0.05", "0.2", "1"};
    property_stream stream = {5};
    size_t held = 0;
    int cases = property_cases(120);
    for (int k = 0; k < cases; k++) {
        sb_environment *truth = bidder("1 2 4", 3, NULL);
        sb_environment *estimated = bidder("1 2 4", 3, NULL);
        draw_weights(&stream, 9, truth);
        draw_weights(&stream, 9, estimated);
        sb_learned learned =
            compare(truth, k % 5 == 4 ? truth : estimated, radii[k % 4], &everything);
        const sb_contender_outcome *outcomes = learned.outcomes;
        double known = outcomes[SB_CONTENDER_KNOWN_PRIOR].revenue;
        assert_near(known, outcomes[SB_CONTENDER_KNOWN_PRIOR].designed, 1e-12);
        assert_true(known <= learned.full_surplus + 1e-12);
        for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
            assert_true(outcomes[c].revenue <= known + 1e-12);
            assert_int_equal(outcomes[c].truthful + outcomes[c].lying + outcomes[c].absent, 3);
        }
        assert_int_equal(outcomes[SB_CONTENDER_EX_POST].truthful, 3);
        if (learned.set_holds_truth) {
            held++;
            assert_int_equal(outcomes[SB_CONTENDER_ROBUST].truthful, 3);
        }
        if (k % 4 == 0) {
            assert_near(outcomes[SB_CONTENDER_ROBUST].designed,
                        outcomes[SB_CONTENDER_BAYESIAN].designed, 1e-12);
        }
        if (k % 4 == 3) {
            assert_near(outcomes[SB_CONTENDER_ROBUST].designed,
                        outcomes[SB_CONTENDER_EX_POST].designed, 1e-12);
        }
        sb_environment_free(truth);
        sb_environment_free(estimated);
    }
    assert_true(held >= (size_t)cases / 4);
}

/* A bell curve of five by five and an estimate beside it. Posted prices tie exactly; in doubles
 * they nearly do, and the tolerance decides as fractions decide. */
static void floating_designs_fall_the_same_way(void **state)
{
    (void)state;
    static const char text[] = "item: {bidders: [{name: b, values: [1, 2, 3, 4, 5]}]}\n"
                               "signal: {name: s, values: [1, 2, 3, 4, 5]}\n"
                               "prior: {bivariate-normal: {correlation: 0.5, from: -2, to: 2}}\n";
    sb_environment *truth = NULL;
    assert_int_equal(sb_environment_parse(text, strlen(text), "text", &truth, NULL, NULL), SB_OK);
    sb_environment *estimated = sb_environment_copy(truth);
    set_weights(estimated, "3 2 2 1 1  3 5 4 3 1  2 3 7 5 2  1 2 4 6 3  1 1 1 3 4");
    sb_learned_options options = everything;
    sb_learned exact = compare(truth, estimated, "0.03", &options);
    options.exact = false;
    sb_learned floating = compare(truth, estimated, "0.03", &options);
    for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
        assert_int_equal(exact.outcomes[c].proof, SB_PROOF_EXACT);
        assert_int_equal(floating.outcomes[c].proof, SB_PROOF_FLOATING);
        assert_false(floating.outcomes[c].smallest_payments);
        assert_near(floating.outcomes[c].designed, exact.outcomes[c].designed, 1e-6);
    }
    static const sb_contender decided[] = {SB_CONTENDER_KNOWN_PRIOR, SB_CONTENDER_EX_POST};
    for (size_t k = 0; k < 2; k++) {
        const sb_contender_outcome *left = &exact.outcomes[decided[k]];
        const sb_contender_outcome *right = &floating.outcomes[decided[k]];
        assert_near(left->revenue, right->revenue, 1e-6);
        assert_int_equal(left->truthful, 5);
        assert_int_equal(right->truthful, 5);
    }
    sb_environment_free(truth);
    sb_environment_free(estimated);
}

static void only_what_is_wanted(void **state)
{
    (void)state;
    sb_environment *truth = bidder("1 2", 2, "3 1 1 3");
    sb_learned_options options = {.wanted = {[SB_CONTENDER_BAYESIAN] = true}, .exact = true};
    sb_learned learned;
    assert_int_equal(sb_learned_compare(truth, truth, NULL, &options, &learned, NULL), SB_OK);
    assert_int_equal(learned.outcomes[SB_CONTENDER_BAYESIAN].status, SB_LP_OPTIMAL);
    assert_near(learned.outcomes[SB_CONTENDER_BAYESIAN].revenue, 1.5, 1e-15);
    assert_int_equal(learned.outcomes[SB_CONTENDER_EX_POST].truthful, 0);
    sb_error error;
    options.wanted[SB_CONTENDER_ROBUST] = true;
    assert_int_equal(sb_learned_compare(truth, truth, NULL, &options, &learned, &error),
                     SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "needs a consistent set"));
    atomic_bool cancel = true;
    options = everything;
    options.wanted[SB_CONTENDER_ROBUST] = false;
    options.cancel = &cancel;
    assert_int_equal(sb_learned_compare(truth, truth, NULL, &options, &learned, &error),
                     SB_ERROR_CANCELLED);
    sb_environment_free(truth);
}

static void without_an_optimum(void **state)
{
    (void)state;
    sb_environment *truth = bidder("1 2", 2, "3 1 1 3");
    assert_int_equal(sb_rules_set(&truth->rules, "ir", "none", NULL), SB_OK);
    sb_learned learned = compare(truth, truth, "0", &everything);
    assert_int_equal(learned.outcomes[SB_CONTENDER_BAYESIAN].status, SB_LP_UNBOUNDED);
    assert_true(isnan(learned.outcomes[SB_CONTENDER_BAYESIAN].revenue));
    assert_int_equal(learned.outcomes[SB_CONTENDER_EX_POST].status, SB_LP_OPTIMAL);
    sb_environment_free(truth);
}

/* Both types' bets by hand: with beliefs (3/4, 1/4) and (1/4, 3/4) and values 1 and 2 the low type
 * pays 1 on average and the high one, by the low one's report, 2 at least, so x = (1/2, 5/2); the
 * high type pays 2 whatever the signal is. No optimum pays less at most than 5/2. */
static void of_many_optima_the_smallest_payments(void **state)
{
    (void)state;
    sb_environment *truth = bidder("1 2", 2, "3 1 1 3");
    sb_learned learned = compare(truth, truth, "0", &everything);
    assert_true(learned.outcomes[SB_CONTENDER_BAYESIAN].smallest_payments);
    assert_near(learned.outcomes[SB_CONTENDER_BAYESIAN].max_payment, 2.5, 1e-15);
    assert_near(learned.outcomes[SB_CONTENDER_KNOWN_PRIOR].max_payment, 2.5, 1e-15);
    /* What that mechanism earns where beliefs are (5/8, 3/8) and (3/8, 5/8): the low type would pay
     * 5/4 and stays away; the high one pays 2, and would pay 7/4 as the low one. */
    sb_environment *other = bidder("1 2", 2, "5 3 3 5");
    learned = compare(other, truth, "0", &everything);
    assert_near(learned.outcomes[SB_CONTENDER_BAYESIAN].revenue, 0.875, 1e-15);
    assert_int_equal(learned.outcomes[SB_CONTENDER_BAYESIAN].absent, 1);
    assert_int_equal(learned.outcomes[SB_CONTENDER_BAYESIAN].lying, 1);
    sb_environment_free(truth);
    sb_environment_free(other);
}

/* Deterministic mechanisms are searched for, and stay what the search found. */
static void a_search_keeps_what_it_found(void **state)
{
    (void)state;
    sb_environment *truth = bidder("1 2", 2, "3 1 1 3");
    assert_int_equal(sb_rules_set(&truth->rules, "deterministic", "true", NULL), SB_OK);
    sb_learned_options options = {.wanted = {[SB_CONTENDER_BAYESIAN] = true}, .exact = true};
    sb_learned learned;
    assert_int_equal(sb_learned_compare(truth, truth, NULL, &options, &learned, NULL), SB_OK);
    assert_near(learned.outcomes[SB_CONTENDER_BAYESIAN].revenue, 1.5, 1e-15);
    assert_false(learned.outcomes[SB_CONTENDER_BAYESIAN].smallest_payments);
    sb_environment_free(truth);
}

static void names(void **state)
{
    (void)state;
    assert_string_equal(sb_contender_name(SB_CONTENDER_KNOWN_PRIOR), "known-prior");
    assert_string_equal(sb_contender_name(SB_CONTENDER_EX_POST), "ex-post");
    assert_string_equal(sb_contender_name(SB_CONTENDER_BAYESIAN), "bayesian");
    assert_string_equal(sb_contender_name(SB_CONTENDER_ROBUST), "robust");
    for (int k = 0; k < SB_CONTENDER_COUNT; k++) {
        assert_true(strlen(sb_contender_explain((sb_contender)k)) > 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_posted_price),
        cmocka_unit_test(who_believes_otherwise_does_otherwise),
        cmocka_unit_test(bounds_on_random_tables),
        cmocka_unit_test(floating_designs_fall_the_same_way),
        cmocka_unit_test(only_what_is_wanted),
        cmocka_unit_test(without_an_optimum),
        cmocka_unit_test(of_many_optima_the_smallest_payments),
        cmocka_unit_test(a_search_keeps_what_it_found),
        cmocka_unit_test(names),
    };
    int failed = cmocka_run_group_tests_name("learned", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
