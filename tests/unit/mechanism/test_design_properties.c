/* What must hold of every optimum, on random environments.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/checker.h"
#include "unit/mechanism/environments.h"

static const char *const incentives[] = {"bayes-nash", "ex-post"};
static const char *const participations[] = {"ex-ante", "ex-interim", "ex-post"};

/* One to three players, one to three types each. */
static sb_environment *random_environment(property_stream *stream)
{
    char first[64], second[64];
    size_t bidders = (size_t)property_between(stream, 1, 2);
    size_t signals = bidders == 2 ? 0 : (size_t)property_between(stream, 1, 3);
    random_values(stream, (size_t)property_between(stream, 1, 3), 0, 5, first, sizeof first);
    random_values(stream, (size_t)property_between(stream, 1, 3), 0, 5, second, sizeof second);
    static const char *const reserves[] = {"0", "0", "2", "1/2"};
    sb_environment *environment = item(bidders, (const char *const[]){first, second}, signals,
                                       reserves[property_between(stream, 0, 3)], NULL);
    random_weights(environment, stream, 5);
    return environment;
}

static void choose_rules(sb_environment *environment, property_stream *stream)
{
    set_rules(environment, incentives[property_between(stream, 0, 1)],
              participations[property_between(stream, 0, 2)]);
}

static bool checker_accepts(const sb_environment *environment, const sb_mechanism *mechanism)
{
    fmpq_t zero;
    fmpq_init(zero);
    sb_check check;
    sb_check_init(&check);
    assert_int_equal(sb_check_mechanism(environment, mechanism, zero, &check, NULL), SB_OK);
    bool accepted = check.accepted;
    sb_check_clear(&check);
    fmpq_clear(zero);
    return accepted;
}

/* Raising one payment at a possible profile of a type that is held to its outside option, or any
 * probability, breaks a rule. */
static void the_checker_accepts_optima_and_nothing_beside(void **state)
{
    (void)state;
    property_stream stream = {11};
    for (int k = 0; k < property_cases(200); k++) {
        sb_environment *environment = random_environment(&stream);
        choose_rules(environment, &stream);
        sb_solution solution;
        sb_solution_init(&solution);
        assert_int_equal(sb_design_solve(environment, NULL, NULL, &solution, NULL), SB_OK);
        assert_int_equal(solution.status, SB_LP_OPTIMAL);
        assert_int_equal(solution.proof, SB_PROOF_EXACT);
        assert_true(checker_accepts(environment, solution.mechanism));
        sb_mechanism *spoilt = sb_mechanism_copy(solution.mechanism);
        size_t profile = (size_t)property_between(
            &stream, 0, (long)sb_environment_profile_count(environment) - 1);
        fmpq *probability = spoilt->allocation + profile * spoilt->outcome_count;
        fmpq_add_si(probability, probability, property_between(&stream, 0, 1) ? 1 : -1);
        assert_false(checker_accepts(environment, spoilt));
        sb_mechanism_free(spoilt);
        /* every agent pays 100 more wherever it is: nobody would take part */
        spoilt = sb_mechanism_copy(solution.mechanism);
        for (size_t p = 0; p < spoilt->profile_count * spoilt->agent_count; p++) {
            fmpq_add_si(spoilt->payments + p, spoilt->payments + p, 100);
        }
        assert_false(checker_accepts(environment, spoilt));
        sb_mechanism_free(spoilt);
        sb_solution_clear(&solution);
        sb_environment_free(environment);
    }
}

static void stricter_rules_earn_no_more(void **state)
{
    (void)state;
    property_stream stream = {12};
    fmpq_t looser, stricter;
    fmpq_init(looser);
    fmpq_init(stricter);
    for (int k = 0; k < property_cases(150); k++) {
        sb_environment *environment = random_environment(&stream);
        for (size_t ir = 0; ir < 3; ir++) {
            optimum(looser, environment, "bayes-nash", participations[ir]);
            optimum(stricter, environment, "ex-post", participations[ir]);
            assert_true(fmpq_cmp(stricter, looser) <= 0);
        }
        for (size_t ic = 0; ic < 2; ic++) {
            optimum(looser, environment, incentives[ic], "ex-ante");
            optimum(stricter, environment, incentives[ic], "ex-interim");
            assert_true(fmpq_cmp(stricter, looser) <= 0);
            optimum(looser, environment, incentives[ic], "ex-post");
            assert_true(fmpq_cmp(looser, stricter) <= 0);
        }
        sb_environment_free(environment);
    }
    fmpq_clear(looser);
    fmpq_clear(stricter);
}

static void permute(fmpq *numbers, size_t count, size_t width, const size_t *order)
{
    fmpq *copy = sb_rationals_copy(numbers, count * width);
    for (size_t k = 0; k < count * width; k++) {
        fmpq_set(numbers + k, copy + order[k / width] * width + k % width);
    }
    sb_rationals_free(copy, count * width);
}

/* The first agent's types in another order: the same optimum; the optimal mechanism, permuted, is
 * accepted there and earns as much. */
static void relabelling_changes_nothing(void **state)
{
    (void)state;
    property_stream stream = {13};
    for (int k = 0; k < property_cases(150); k++) {
        sb_environment *environment = random_environment(&stream);
        choose_rules(environment, &stream);
        sb_environment *permuted = sb_environment_copy(environment);
        size_t types = environment->agents[0].type_count;
        size_t order[3] = {0, 1, 2};
        for (size_t t = types - 1; t > 0; t--) {
            size_t other = (size_t)property_between(&stream, 0, (long)t), kept = order[t];
            order[t] = order[other];
            order[other] = kept;
        }
        size_t width = sb_environment_profile_count(environment) / types;
        permute(permuted->weights, types, width, order);
        permute(permuted->agents[0].utilities, types, environment->outcome_count, order);
        permute(permuted->agents[0].values, types, 1, order);
        sb_solution here, there;
        sb_solution_init(&here);
        sb_solution_init(&there);
        assert_int_equal(sb_design_solve(environment, NULL, NULL, &here, NULL), SB_OK);
        assert_int_equal(sb_design_solve(permuted, NULL, NULL, &there, NULL), SB_OK);
        assert_true(fmpq_equal(&here.revenue, &there.revenue));
        permute(here.mechanism->allocation, types, width * environment->outcome_count, order);
        permute(here.mechanism->payments, types, width * environment->agent_count, order);
        assert_true(checker_accepts(permuted, here.mechanism));
        fmpq_t revenue;
        fmpq_init(revenue);
        sb_mechanism_revenue(revenue, permuted, here.mechanism);
        assert_true(fmpq_equal(revenue, &there.revenue));
        fmpq_clear(revenue);
        sb_solution_clear(&here);
        sb_solution_clear(&there);
        sb_environment_free(permuted);
        sb_environment_free(environment);
    }
}

static void scaling_values_scales_revenue(void **state)
{
    (void)state;
    property_stream stream = {14};
    fmpq_t factor, before, after;
    fmpq_init(factor);
    fmpq_init(before);
    fmpq_init(after);
    for (int k = 0; k < property_cases(150); k++) {
        sb_environment *environment = random_environment(&stream);
        const char *ic = incentives[property_between(&stream, 0, 1)];
        const char *ir = participations[property_between(&stream, 0, 2)];
        optimum(before, environment, ic, ir);
        fmpq_set_si(factor, property_between(&stream, 1, 9), 7);
        size_t outcomes = environment->outcome_count;
        for (size_t o = 0; o < outcomes; o++) {
            fmpq_mul(environment->designer + o, environment->designer + o, factor);
        }
        for (size_t i = 0; i < environment->agent_count; i++) {
            sb_agent *agent = &environment->agents[i];
            for (size_t u = 0; u < agent->type_count * outcomes; u++) {
                fmpq_mul(agent->utilities + u, agent->utilities + u, factor);
            }
        }
        /* and the weights times anything are the same prior */
        for (size_t p = 0; p < sb_environment_profile_count(environment); p++) {
            fmpq_mul(environment->weights + p, environment->weights + p, factor);
        }
        fmpq_mul(&environment->weight_sum, &environment->weight_sum, factor);
        optimum(after, environment, ic, ir);
        fmpq_mul(before, before, factor);
        assert_true(fmpq_equal(before, after));
        sb_environment_free(environment);
    }
    fmpq_clear(factor);
    fmpq_clear(before);
    fmpq_clear(after);
}

/* Weak duality from the other side: an outside option that costs e more changes the optimum by at
 * least dual times e times the type's probability. */
static void duals_bound_the_cost_of_outside_options(void **state)
{
    (void)state;
    property_stream stream = {15};
    fmpq_t after, cost, bound, step;
    fmpq_init(after);
    fmpq_init(cost);
    fmpq_init(bound);
    fmpq_init(step);
    fmpq_set_si(step, 1, 3);
    for (int k = 0; k < property_cases(100); k++) {
        sb_environment *environment = random_environment(&stream);
        set_rules(environment, incentives[property_between(&stream, 0, 1)], "ex-interim");
        sb_solution solution;
        sb_solution_init(&solution);
        assert_int_equal(sb_design_solve(environment, NULL, NULL, &solution, NULL), SB_OK);
        for (size_t b = 0; b < solution.binding_count; b++) {
            const sb_binding *binding = &solution.bindings[b];
            if (binding->constraint.kind != SB_CONSTRAINT_PARTICIPATION) {
                continue;
            }
            size_t agent = binding->constraint.agent, type = binding->constraint.type;
            fmpq *outside = environment->agents[agent].outside + type;
            fmpq_set(outside, step);
            optimum(after, environment, incentives[environment->rules.choice[SB_RULE_INCENTIVES]],
                    "ex-interim");
            fmpq_zero(outside);
            fmpq_sub(cost, &solution.objective, after);
            sb_environment_marginal(bound, environment, agent, type);
            fmpq_mul(bound, bound, step);
            fmpq_mul(bound, bound, &binding->dual);
            assert_true(fmpq_cmp(cost, bound) >= 0);
        }
        sb_solution_clear(&solution);
        sb_environment_free(environment);
    }
    fmpq_clear(after);
    fmpq_clear(cost);
    fmpq_clear(bound);
    fmpq_clear(step);
}

static void without_participation_revenue_is_unbounded(void **state)
{
    (void)state;
    property_stream stream = {16};
    for (int k = 0; k < property_cases(40); k++) {
        sb_environment *environment = random_environment(&stream);
        set_rules(environment, incentives[property_between(&stream, 0, 1)], "none");
        sb_solution solution;
        sb_solution_init(&solution);
        assert_int_equal(sb_design_solve(environment, NULL, NULL, &solution, NULL), SB_OK);
        assert_int_equal(solution.status, SB_LP_UNBOUNDED);
        assert_true(solution.explanation.count >= 2);
        assert_non_null(strstr(solution.explanation.texts[0],
                               "without individual rationality the payments of agent "));
        sb_solution_clear(&solution);
        sb_environment_free(environment);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checker_accepts_optima_and_nothing_beside),
        cmocka_unit_test(stricter_rules_earn_no_more),
        cmocka_unit_test(relabelling_changes_nothing),
        cmocka_unit_test(scaling_values_scales_revenue),
        cmocka_unit_test(duals_bound_the_cost_of_outside_options),
        cmocka_unit_test(without_participation_revenue_is_unbounded),
    };
    return cmocka_run_group_tests_name("design properties", tests, NULL, NULL);
}
