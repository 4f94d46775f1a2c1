/* Full surplus extraction: hand cases, ranks, singular values, baselines.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/full_extraction.h"
#include "sidebet/surplus.h"
#include "unit/mechanism/environments.h"

static void extract(const sb_environment *environment, sb_extraction *extraction)
{
    sb_error error;
    sb_error_clear(&error);
    sb_extraction_init(extraction);
    if (sb_full_extraction(environment, NULL, extraction, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
}

static bool near(double number, double wanted)
{
    return number > wanted * (1 - 1e-6) && number < wanted * (1 + 1e-6);
}

/* One bidder with these values; beliefs as weights. */
static void answers(const char *values, size_t signals, const char *weights, sb_answer bayesian,
                    sb_answer ex_post)
{
    sb_environment *environment = one_bidder_and_signal(values, signals, weights);
    sb_extraction extraction;
    extract(environment, &extraction);
    assert_int_equal(extraction.bayesian, bayesian);
    assert_int_equal(extraction.ex_post_ic, ex_post);
    assert_int_equal(extraction.agents[0].concave, bayesian == SB_ANSWER_YES);
    assert_int_equal(extraction.agents[0].linear, ex_post == SB_ANSWER_YES);
    assert_int_equal(extraction.reasons.count, 2);
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

static void one_schedule_for_all_reports(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, ".75 .25 .25 .75");
    sb_extraction extraction;
    extract(environment, &extraction);
    assert_int_equal(extraction.bayesian, SB_ANSWER_YES);
    assert_int_equal(extraction.ex_post_ic, SB_ANSWER_YES);
    assert_number(&extraction.full_surplus, "1.5");
    assert_number(extraction.agents[0].linear_payments, "0.5");
    assert_number(extraction.agents[0].linear_payments + 1, "2.5");
    assert_true(extraction.agents[0].full_rank);
    assert_false(extraction.some_types_not_served);
    assert_true(extraction.efficient_outcome_unique);
    assert_true(near(extraction.agents[0].smallest_singular_value, 0.5));
    assert_true(near(extraction.prior_smallest_singular_value, 0.25));
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

static void concave_and_linear_by_hand(void **state)
{
    (void)state;
    static const char *const beliefs = ".8 .2 .5 .5 .2 .8";
    answers("1 2 3", 2, beliefs, SB_ANSWER_YES, SB_ANSWER_YES);
    answers("1 2.5 3", 2, beliefs, SB_ANSWER_YES, SB_ANSWER_NO);
    answers("1 1.5 3", 2, beliefs, SB_ANSWER_NO, SB_ANSWER_NO);
    /* the type in between is worth nothing: it needs no bet; x rises from 1 - 1/3 to 2 + 1/3 */
    answers("1 0 2", 2, beliefs, SB_ANSWER_YES, SB_ANSWER_NO);
    answers("0 1 2", 2, beliefs, SB_ANSWER_YES, SB_ANSWER_YES);
    /* no signal: one value or nothing */
    answers("2", 0, "1", SB_ANSWER_YES, SB_ANSWER_YES);
    answers("0 2", 0, "1 1", SB_ANSWER_YES, SB_ANSWER_YES);
    answers("1 2", 0, "1 1", SB_ANSWER_NO, SB_ANSWER_NO);
    answers("0 0", 0, "1 1", SB_ANSWER_YES, SB_ANSWER_YES);
    /* an impossible type matters to nobody */
    answers("1 9 2", 2, "3 1 0 0 1 3", SB_ANSWER_YES, SB_ANSWER_YES);
}

/* (.5, .5) is the even mixture of (.8, .2) and (.2, .8), which is worth 2 > 1.5. */
static void the_witness_by_hand(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 1.5 3", 2, ".8 .2 .5 .5 .2 .8");
    sb_extraction extraction;
    extract(environment, &extraction);
    const sb_agent_extraction *agent = &extraction.agents[0];
    assert_int_equal(agent->failing_type, 1);
    assert_true(agent->side_bets[0].holds);
    assert_false(agent->side_bets[1].holds);
    assert_null(agent->side_bets[1].lottery);
    assert_number(agent->side_bets[1].mixture, "1/2");
    assert_number(agent->side_bets[1].mixture + 1, "0");
    assert_number(agent->side_bets[1].mixture + 2, "1/2");
    assert_number(&agent->side_bets[1].mixture_value, "2");
    assert_number(&agent->side_bets[1].own_value, "1.5");
    assert_int_equal(agent->rank, 2);
    assert_false(agent->full_rank);
    assert_true(agent->smallest_singular_value == 0);
    assert_non_null(strstr(extraction.reasons.texts[0], "agent 1 of type 2"));
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

/* Type 1, value 1, belief (.75, .25), must not attract type 2, value 2, belief (.25, .75):
 * .75 a + .25 b = 1 and .25 a + .75 b >= 2; the smallest largest payment is a = .5, b = 2.5. */
static void the_lottery_is_the_smallest(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, ".75 .25 .25 .75");
    sb_extraction extraction;
    extract(environment, &extraction);
    const sb_side_bet *bets = extraction.agents[0].side_bets;
    assert_number(bets[0].lottery, "0.5");
    assert_number(bets[0].lottery + 1, "2.5");
    assert_number(&bets[0].own_value, "1");
    assert_number(bets[1].lottery, "2"); /* a constant 2 deters type 1 */
    assert_number(bets[1].lottery + 1, "2");
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

/* Type 1 (worth 2) never sees the second signal, type 2 (worth 5) sees either. Whoever says 1 there
 * lies, and is best given nothing: z = (2, b) with 1 + b/2 >= 5/2, so b = 3; not 8, which it would
 * take if the liar got the item. */
static void liars_alone_get_nothing(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("2 5", 2, "1 0 1 1");
    sb_extraction extraction;
    extract(environment, &extraction);
    assert_int_equal(extraction.bayesian, SB_ANSWER_YES);
    assert_number(extraction.agents[0].side_bets[0].lottery, "2");
    assert_number(extraction.agents[0].side_bets[0].lottery + 1, "3");
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

/* With ties each agent alone could be left without rent under ex-post IC, not both at once. */
static void ties_couple_the_agents(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("2 1 2", "1 3 1", "2 1 3 2 1 1 2 1 2");
    sb_extraction extraction;
    extract(environment, &extraction);
    assert_int_equal(extraction.bayesian, SB_ANSWER_YES);
    assert_int_equal(extraction.ex_post_ic, SB_ANSWER_NO);
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

/* Each type alone can be given a bet, as long as ties go its way: they cannot for all. */
static void ties_conflict(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".25 .25 .25 .25");
    sb_extraction extraction;
    extract(environment, &extraction);
    assert_int_equal(extraction.bayesian, SB_ANSWER_NO);
    assert_true(extraction.agents[0].concave && extraction.agents[1].concave);
    assert_true(sb_extraction_ties_conflict(&extraction));
    assert_non_null(strstr(extraction.reasons.texts[0], "ties between outcomes"));
    sb_extraction_clear(&extraction);
    set_weights(environment, ".251 .25 .25 .249");
    extract(environment, &extraction);
    assert_false(sb_extraction_ties_conflict(&extraction));
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

static void almost_independent(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".251 .250 .250 .249");
    sb_extraction extraction;
    extract(environment, &extraction);
    assert_int_equal(extraction.bayesian, SB_ANSWER_YES);
    assert_number(&extraction.full_surplus, "1.749");
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(extraction.agents[i].rank, 2);
        assert_int_equal(extraction.agents[i].distinct_beliefs, 2);
        assert_true(near(extraction.agents[i].smallest_singular_value, 4.0000119e-6));
    }
    assert_true(near(extraction.prior_smallest_singular_value, 1.999992e-6));
    assert_false(extraction.efficient_outcome_unique); /* (1, 1) and (2, 2) tie */
    sb_extraction_clear(&extraction);
    set_weights(environment, ".25 .25 .25 .25");
    extract(environment, &extraction);
    assert_int_equal(extraction.bayesian, SB_ANSWER_NO);
    assert_int_equal(extraction.ex_post_ic, SB_ANSWER_NO);
    assert_int_equal(extraction.agents[0].rank, 1);
    assert_int_equal(extraction.agents[0].distinct_beliefs, 1);
    assert_true(extraction.agents[0].smallest_singular_value == 0);
    assert_true(extraction.prior_smallest_singular_value == 0);
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

/* The correlation is so small that a double cannot hold 1/4 + d beside 1/4: d = 1e-20. The smallest
 * singular value of the table is |determinant| / largest = d^2 / (1/2). */
static void singular_values_below_rounding(void **state)
{
    (void)state;
    sb_environment *environment =
        two_bidders("1 2", "1 2", "0.25000000000000000001 0.25 0.25 0.24999999999999999999");
    sb_extraction extraction;
    extract(environment, &extraction);
    assert_int_equal(extraction.bayesian, SB_ANSWER_YES);
    assert_true(near(extraction.prior_smallest_singular_value, 2e-40));
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

static void blocks_of_shared_beliefs(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2 3 4 5", 2, "1 3 1 1 0 0 2 6 1 2");
    sb_extraction extraction;
    extract(environment, &extraction);
    const sb_agent_extraction *agent = &extraction.agents[0];
    static const size_t blocks[] = {0, 1, SB_NOWHERE, 0, 2};
    for (size_t t = 0; t < 5; t++) {
        assert_true(agent->belief_block[t] == blocks[t]);
    }
    assert_int_equal(agent->distinct_beliefs, 3);
    assert_int_equal(agent->types_with_belief, 4);
    assert_int_equal(agent->rank, 2);
    assert_false(agent->side_bets[2].has_belief);
    /* type 1 believes what type 4 believes, which is worth 4 */
    assert_false(agent->side_bets[0].holds);
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

static void outside_options_are_left_to_the_types(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, ".75 .25 .25 .75");
    fmpq_set_si(environment->agents[0].outside, 1, 2);
    sb_extraction extraction;
    extract(environment, &extraction);
    assert_int_equal(extraction.bayesian, SB_ANSWER_YES);
    assert_int_equal(extraction.ex_post_ic, SB_ANSWER_YES);
    assert_number(&extraction.agents[0].side_bets[0].own_value, "1/2");
    assert_number(&extraction.full_surplus, "5/4");
    assert_optimum(environment, "ex-post", "ex-interim", "1.25");
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

static void an_expired_limit_confirms_nothing_false(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 1.5 3", 2, ".8 .2 .5 .5 .2 .8");
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.time_limit = 1e-9;
    sb_extraction extraction;
    sb_extraction_init(&extraction);
    assert_int_equal(sb_full_extraction(environment, &options, &extraction, NULL), SB_OK);
    assert_int_not_equal(extraction.bayesian, SB_ANSWER_YES);
    assert_int_not_equal(extraction.ex_post_ic, SB_ANSWER_YES);
    sb_extraction_clear(&extraction);
    atomic_bool cancel = true;
    options = SB_LP_OPTIONS_DEFAULT;
    options.cancel = &cancel;
    assert_int_equal(sb_full_extraction(environment, &options, &extraction, NULL),
                     SB_ERROR_CANCELLED);
    assert_null(extraction.agents);
    sb_extraction_clear(&extraction);
    sb_environment_free(environment);
}

static void gap_family(void **state)
{
    (void)state;
    static const char *const families[][3] = {
        {"1 2", "1 1", "1.5"}, {"1 2 4", "2 1 1", "2"}, {"1 2 4 8", "4 2 1 1", "2.5"}};
    for (size_t k = 0; k < 3; k++) {
        sb_environment *environment =
            item(1, (const char *const[]){families[k][0]}, 0, NULL, families[k][1]);
        fmpq_t surplus;
        fmpq_init(surplus);
        sb_full_surplus(surplus, environment);
        assert_number(surplus, families[k][2]); /* (n + 1) / 2 */
        fmpq_clear(surplus);
        sb_environment_free(environment);
    }
}

static void baselines(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".251 .250 .250 .249");
    sb_baseline baseline;
    sb_baseline_init(&baseline);
    assert_int_equal(sb_baseline_without_correlation(environment, NULL, NULL, &baseline, NULL),
                     SB_OK);
    assert_int_equal(baseline.proof, SB_PROOF_EXACT);
    assert_number(&baseline.objective, "1.499");
    assert_int_equal(sb_baseline_ex_post(environment, NULL, NULL, &baseline, NULL), SB_OK);
    assert_int_equal(baseline.status, SB_LP_OPTIMAL);
    assert_optimum(environment, "ex-post", "ex-post", "1.499");
    assert_number(&baseline.objective, "1.499");
    sb_baseline_clear(&baseline);
    sb_environment_free(environment);
    environment = two_bidders("10 100", "10 100", "2 1 1 2");
    assert_int_equal(sb_baseline_ex_post(environment, NULL, NULL, &baseline, NULL), SB_OK);
    assert_number(&baseline.objective, "200/3");
    assert_int_equal(sb_baseline_without_correlation(environment, NULL, NULL, &baseline, NULL),
                     SB_OK);
    assert_number(&baseline.objective, "75");
    sb_baseline_clear(&baseline);
    sb_environment_free(environment);
    /* under another objective both are in its unit: here welfare, 1/3 of 10 and 2/3 of 100 */
    environment = two_bidders("10 100", "10 100", "2 1 1 2");
    environment->rules.choice[SB_RULE_OBJECTIVE] = SB_OBJECTIVE_WELFARE;
    assert_int_equal(sb_baseline_ex_post(environment, NULL, NULL, &baseline, NULL), SB_OK);
    assert_number(&baseline.objective, "70");
    sb_baseline_clear(&baseline);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_schedule_for_all_reports),
        cmocka_unit_test(concave_and_linear_by_hand),
        cmocka_unit_test(the_witness_by_hand),
        cmocka_unit_test(the_lottery_is_the_smallest),
        cmocka_unit_test(liars_alone_get_nothing),
        cmocka_unit_test(ties_couple_the_agents),
        cmocka_unit_test(ties_conflict),
        cmocka_unit_test(almost_independent),
        cmocka_unit_test(singular_values_below_rounding),
        cmocka_unit_test(blocks_of_shared_beliefs),
        cmocka_unit_test(outside_options_are_left_to_the_types),
        cmocka_unit_test(an_expired_limit_confirms_nothing_false),
        cmocka_unit_test(gap_family),
        cmocka_unit_test(baselines),
    };
    return cmocka_run_group_tests_name("full extraction", tests, NULL, NULL);
}
