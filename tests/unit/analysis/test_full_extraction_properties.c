/* Full surplus extraction against optimal revenue, on random tables, half of them with random
 * reporting sets.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/full_extraction.h"
#include "sidebet/surplus.h"
#include "unit/analysis/reports_cases.h"

typedef struct tally {
    int yes, no;
} tally;

static void count_answer(tally *counts, bool answer)
{
    counts->yes += answer;
    counts->no += !answer;
}

/* Reporting sets in every other case; rules of the agents' own, which must not matter, in some. */
static void limit_reports(sb_environment *environment, property_stream *stream, int k)
{
    if (k % 2 == 1) {
        random_reports(environment, stream);
    }
    if (k % 5 == 1) {
        odd_rules(environment);
    }
}

static void check_lottery(const sb_environment *environment, const sb_agent_extraction *extraction,
                          size_t agent, size_t type)
{
    const sb_side_bet *bet = &extraction->side_bets[type];
    fmpq *belief = sb_rationals_new(extraction->others_count);
    fmpq_t value;
    fmpq_init(value);
    assert_true(sb_environment_conditional(belief, environment, agent, type));
    sb_rationals_dot(value, bet->lottery, belief, extraction->others_count);
    assert_true(fmpq_equal(value, &bet->own_value));
    assert_true(fmpq_equal(bet->values + type, &bet->own_value));
    for (size_t s = 0; s < extraction->type_count; s++) {
        if (sb_environment_conditional(belief, environment, agent, s)) {
            sb_rationals_dot(value, bet->lottery, belief, extraction->others_count);
            assert_true(fmpq_cmp(value, bet->values + s) >= 0 ||
                        !sb_environment_may_report(environment, agent, s, type));
        }
    }
    fmpq_clear(value);
    sb_rationals_free(belief, extraction->others_count);
}

static void check_mixture(const sb_environment *environment, const sb_agent_extraction *extraction,
                          size_t agent, size_t type)
{
    const sb_side_bet *bet = &extraction->side_bets[type];
    size_t others = extraction->others_count;
    fmpq *belief = sb_rationals_new(others), *mixed = sb_rationals_new(others);
    fmpq_t sum;
    fmpq_init(sum);
    sb_rationals_sum(sum, bet->mixture, extraction->type_count);
    assert_true(fmpq_is_one(sum));
    assert_true(fmpq_is_zero(bet->mixture + type));
    for (size_t s = 0; s < extraction->type_count; s++) {
        assert_true(fmpq_sgn(bet->mixture + s) >= 0);
        assert_true(fmpq_is_zero(bet->mixture + s) ||
                    sb_environment_may_report(environment, agent, s, type));
        sb_environment_conditional(belief, environment, agent, s);
        for (size_t k = 0; k < others; k++) {
            fmpq_addmul(mixed + k, bet->mixture + s, belief + k);
        }
    }
    assert_true(sb_environment_conditional(belief, environment, agent, type));
    for (size_t k = 0; k < others; k++) {
        assert_true(fmpq_equal(mixed + k, belief + k));
    }
    assert_true(fmpq_cmp(&bet->mixture_value, &bet->own_value) > 0);
    assert_true(fmpq_equal(bet->values + type, &bet->own_value));
    sb_rationals_dot(sum, bet->mixture, bet->values, extraction->type_count);
    assert_true(fmpq_equal(sum, &bet->mixture_value));
    fmpq_clear(sum);
    sb_rationals_free(belief, others);
    sb_rationals_free(mixed, others);
}

static void check_side_bets(const sb_environment *environment, const sb_extraction *extraction)
{
    for (size_t i = 0; i < extraction->agent_count; i++) {
        const sb_agent_extraction *agent = &extraction->agents[i];
        bool all = true;
        for (size_t t = 0; t < agent->type_count; t++) {
            const sb_side_bet *bet = &agent->side_bets[t];
            if (!bet->has_belief) {
                assert_null(bet->lottery);
                assert_null(bet->mixture);
            } else if (bet->holds) {
                check_lottery(environment, agent, i, t);
            } else {
                check_mixture(environment, agent, i, t);
                all = false;
            }
        }
        assert_int_equal(agent->concave, all);
    }
}

/* The answers must be those of the design program. */
static void agrees_with_revenue(const sb_environment *environment, tally *bayesian, tally *ex_post)
{
    sb_extraction extraction;
    sb_extraction_init(&extraction);
    sb_error error;
    sb_error_clear(&error);
    if (sb_full_extraction(environment, NULL, &extraction, &error) != SB_OK) {
        fail_msg("%s", error.message);
    }
    fmpq_t all, revenue, strict;
    fmpq_init(all);
    fmpq_init(revenue);
    fmpq_init(strict);
    sb_full_surplus(all, environment);
    optimum(revenue, environment, "bayes-nash", "ex-interim");
    optimum(strict, environment, "ex-post", "ex-interim");
    assert_true(fmpq_cmp(revenue, all) <= 0);
    assert_true(fmpq_cmp(strict, revenue) <= 0);
    assert_int_equal(extraction.bayesian, fmpq_equal(revenue, all) ? SB_ANSWER_YES : SB_ANSWER_NO);
    assert_int_equal(extraction.ex_post_ic, fmpq_equal(strict, all) ? SB_ANSWER_YES : SB_ANSWER_NO);
    if (environment->agent_count == 1 && environment->form == SB_FORM_ITEM) {
        assert_int_equal(extraction.agents[0].concave, extraction.bayesian == SB_ANSWER_YES);
        assert_int_equal(extraction.agents[0].linear, extraction.ex_post_ic == SB_ANSWER_YES);
    }
    check_side_bets(environment, &extraction);
    count_answer(bayesian, extraction.bayesian == SB_ANSWER_YES);
    count_answer(ex_post, extraction.ex_post_ic == SB_ANSWER_YES);
    fmpq_clear(all);
    fmpq_clear(revenue);
    fmpq_clear(strict);
    sb_extraction_clear(&extraction);
}

static const char *random_reserve(property_stream *stream)
{
    static const char *const reserves[] = {"0", "0", "1", "2", "3/2"};
    return reserves[property_between(stream, 0, 4)];
}

static void some_of_each(const tally *counts)
{
    for (size_t limited = 0; limited < 2; limited++) {
        assert_true(counts[limited].yes >= property_cases(8));
        assert_true(counts[limited].no >= property_cases(8));
    }
}

static void one_bidder_and_a_signal(void **state)
{
    (void)state;
    property_stream stream = {21};
    tally bayesian[2] = {{0, 0}, {0, 0}}, ex_post[2] = {{0, 0}, {0, 0}};
    for (int k = 0; k < property_cases(1500); k++) {
        char values[64];
        size_t types = (size_t)property_between(&stream, 1, 5);
        random_values(&stream, types, 0, property_between(&stream, 1, 6), values, sizeof values);
        sb_environment *environment =
            item(1, (const char *const[]){values}, (size_t)property_between(&stream, 1, 5),
                 random_reserve(&stream), NULL);
        random_weights(environment, &stream, property_between(&stream, 1, 5));
        for (size_t t = 0; k % 4 == 0 && t < types; t++) {
            fmpq_set_si(environment->agents[0].outside + t, property_between(&stream, -1, 2), 2);
        }
        limit_reports(environment, &stream, k);
        agrees_with_revenue(environment, &bayesian[k % 2], &ex_post[k % 2]);
        sb_environment_free(environment);
    }
    some_of_each(bayesian);
    some_of_each(ex_post);
}

/* Values that are linear in the beliefs up to a small change: both answers near their border. */
static void values_near_the_border(void **state)
{
    (void)state;
    property_stream stream = {22};
    tally bayesian[2] = {{0, 0}, {0, 0}}, ex_post[2] = {{0, 0}, {0, 0}};
    for (int k = 0; k < property_cases(600); k++) {
        size_t types = (size_t)property_between(&stream, 2, 5), signals = 2;
        char values[64];
        random_values(&stream, types, 1, 1, values, sizeof values);
        sb_environment *environment = one_bidder_and_signal(values, signals, NULL);
        random_weights(environment, &stream, 4);
        fmpq_t value;
        fmpq_init(value);
        long x[2] = {property_between(&stream, 0, 4), property_between(&stream, 0, 4)};
        fmpq *belief = sb_rationals_new(signals);
        for (size_t t = 0; t < types; t++) {
            sb_environment_conditional(belief, environment, 0, t);
            fmpq_mul_si(belief, belief, x[0]);
            fmpq_mul_si(belief + 1, belief + 1, x[1]);
            fmpq_add(value, belief, belief + 1);
            if (property_between(&stream, 0, 5) == 0) {
                fmpq_add_si(value, value, 1);
            }
            assert_int_equal(sb_environment_set_value(environment, 0, t, value, NULL), SB_OK);
        }
        limit_reports(environment, &stream, k);
        agrees_with_revenue(environment, &bayesian[k % 2], &ex_post[k % 2]);
        sb_rationals_free(belief, signals);
        fmpq_clear(value);
        sb_environment_free(environment);
    }
    some_of_each(bayesian);
    some_of_each(ex_post);
}

static void two_bidders_with_and_without_ties(void **state)
{
    (void)state;
    property_stream stream = {23};
    tally bayesian[2] = {{0, 0}, {0, 0}}, ex_post[2] = {{0, 0}, {0, 0}};
    for (int k = 0; k < property_cases(400); k++) {
        char first[64], second[64];
        bool ties = property_between(&stream, 0, 1) == 0;
        random_values(&stream, (size_t)property_between(&stream, 1, 3), 0, 5, first, sizeof first);
        random_values(&stream, (size_t)property_between(&stream, 1, 3), 0, 5, second,
                      sizeof second);
        sb_environment *environment =
            item(2, (const char *const[]){first, second}, (size_t)property_between(&stream, 0, 2),
                 random_reserve(&stream), NULL);
        fmpq_t value;
        fmpq_init(value);
        for (size_t t = 0; !ties && t < environment->agents[1].type_count; t++) {
            fmpq_set_si(value, 1, 3);
            fmpq_add(value, value, environment->agents[1].values + t);
            assert_int_equal(sb_environment_set_value(environment, 1, t, value, NULL), SB_OK);
        }
        fmpq_clear(value);
        random_weights(environment, &stream, property_between(&stream, 1, 4));
        limit_reports(environment, &stream, k);
        agrees_with_revenue(environment, &bayesian[k % 2], &ex_post[k % 2]);
        sb_environment_free(environment);
    }
    some_of_each(bayesian);
    some_of_each(ex_post);
}

static void outside_options_and_general_outcomes(void **state)
{
    (void)state;
    property_stream stream = {24};
    tally bayesian[2] = {{0, 0}, {0, 0}}, ex_post[2] = {{0, 0}, {0, 0}};
    static const char *const types[] = {"a", "b", "c"};
    static const char *const outcomes[] = {"o", "p", "q"};
    for (int k = 0; k < property_cases(500); k++) {
        size_t count = (size_t)property_between(&stream, 1, 2);
        sb_agent_description agents[] = {
            {"agent 1", (size_t)property_between(&stream, 1, 3), types},
            {"agent 2", (size_t)property_between(&stream, 1, 3), types}};
        sb_environment *environment = NULL;
        assert_int_equal(sb_environment_new_general(agents, count, outcomes, 3,
                                                    count == 1 ? "signal" : NULL,
                                                    count == 1 ? 3 : 0, NULL, &environment, NULL),
                         SB_OK);
        for (size_t i = 0; i < count; i++) {
            for (size_t u = 0; u < agents[i].type_count * 3; u++) {
                fmpq_set_si(environment->agents[i].utilities + u, property_between(&stream, -2, 3),
                            1);
            }
            for (size_t t = 0; t < agents[i].type_count; t++) {
                fmpq_set_si(environment->agents[i].outside + t, property_between(&stream, -1, 1),
                            2);
            }
        }
        fmpq_set_si(environment->designer, property_between(&stream, 0, 2), 1);
        random_weights(environment, &stream, property_between(&stream, 1, 4));
        limit_reports(environment, &stream, k);
        agrees_with_revenue(environment, &bayesian[k % 2], &ex_post[k % 2]);
        sb_environment_free(environment);
    }
    some_of_each(bayesian);
    some_of_each(ex_post);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_bidder_and_a_signal),
        cmocka_unit_test(values_near_the_border),
        cmocka_unit_test(two_bidders_with_and_without_ties),
        cmocka_unit_test(outside_options_and_general_outcomes),
    };
    return cmocka_run_group_tests_name("full extraction properties", tests, NULL, NULL);
}
