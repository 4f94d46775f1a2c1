/* Rules for payments and objectives: theorems and closed forms that the programs must meet.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/checker.h"
#include "sidebet/environment_file.h"
#include "unit/mechanism/environments.h"

static sb_environment *parse(const char *text)
{
    sb_environment *environment = NULL;
    sb_error error;
    sb_error_clear(&error);
    if (sb_environment_parse(text, strlen(text), "test", &environment, NULL, &error) != SB_OK) {
        print_error("%d:%d: %s\n", error.line, error.column, error.message);
        fail();
    }
    return environment;
}

/* The optimum under rules written "ic ir objective payments". */
static void best_value(fmpq_t objective, const sb_environment *environment, const char *ic,
                       const char *ir, const char *goal, const char *payments)
{
    sb_rules rules;
    sb_rules_init(&rules);
    assert_int_equal(sb_rules_set(&rules, "ic", ic, NULL), SB_OK);
    assert_int_equal(sb_rules_set(&rules, "ir", ir, NULL), SB_OK);
    assert_int_equal(sb_rules_set(&rules, "objective", goal, NULL), SB_OK);
    assert_int_equal(sb_rules_set(&rules, "payments", payments, NULL), SB_OK);
    sb_lp_status status = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    assert_int_equal(
        sb_design_value(environment, &rules, NULL, NULL, &status, &proof, objective, NULL), SB_OK);
    assert_int_equal(status, SB_LP_OPTIMAL);
    assert_int_equal(proof, SB_PROOF_EXACT);
    sb_rules_clear(&rules);
}

static void full_surplus(fmpq_t surplus, const sb_environment *environment)
{
    best_value(surplus, environment, "none", "none", "welfare", "none");
}

#define assert_same(left, right)                                                                   \
    do {                                                                                           \
        if (!fmpq_equal((left), (right))) {                                                        \
            char *left_ = sb_rational_format((left), SB_NUMBER_FRACTION);                          \
            char *right_ = sb_rational_format((right), SB_NUMBER_FRACTION);                        \
            fail_msg("%s is not %s", left_, right_);                                               \
        }                                                                                          \
    } while (0)

static sb_environment *random_table(property_stream *stream)
{
    char first[64], second[64];
    snprintf(first, sizeof first, "%ld %ld %ld", property_between(stream, 0, 3),
             property_between(stream, 3, 6), property_between(stream, 6, 9));
    snprintf(second, sizeof second, "%ld %ld", property_between(stream, 0, 4),
             property_between(stream, 4, 9));
    sb_environment *environment = item(2, (const char *const[]){first, second}, 0, NULL, NULL);
    fmpq *weights = sb_rationals_new(6);
    for (size_t k = 0; k < 6; k++) {
        fmpq_set_si(weights + k, property_between(stream, 1, 9), 1);
    }
    assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
    sb_rationals_free(weights, 6);
    return environment;
}

/* ---- budget balance ---- */

/* d'Aspremont and Gerard-Varet, Arrow: with independent types the expected externality mechanism is
 * efficient, Bayes-Nash incentive compatible and balanced (and asks nobody to want to come). */
static void expected_externalities_balance_the_budget(void **state)
{
    (void)state;
    property_stream stream = {5};
    fmpq_t surplus, reached;
    fmpq_init(surplus);
    fmpq_init(reached);
    for (int k = 0; k < property_cases(60); k++) {
        sb_environment *correlated = random_table(&stream);
        sb_environment *environment = sb_environment_without_correlation(correlated);
        full_surplus(surplus, environment);
        best_value(reached, environment, "bayes-nash", "none", "welfare", "balanced");
        assert_same(surplus, reached);
        sb_environment_free(environment);
        sb_environment_free(correlated);
    }
    fmpq_clear(surplus);
    fmpq_clear(reached);
}

/* One unit, its owner's cost 0 or 4, a buyer's value 1 or 5, all equally likely. A trade's virtual
 * gain is -3, 5 and -3 at (1, 0), (5, 0) and (5, 4), its gain 1, 5, 1. Myerson and Satterthwaite:
 * the virtual gains of all trades must not sum below zero, and 5 - 3 - 3 does. So the two small
 * trades happen with probabilities that sum to 5/3: welfare (5 + 5/3) / 4 = 5/3 out of 7/4. */
static const char trade[] = "agents:\n"
                            "  - {name: buyer, types: [low, high]}\n"
                            "  - {name: owner, types: [cheap, dear]}\n"
                            "outcomes: [trade, keep]\n"
                            "utilities:\n"
                            "  buyer: {low: [1, 0], high: [5, 0]}\n"
                            "  owner: {cheap: [0, 0], dear: [-4, 0]}\n"
                            "prior: [[1, 1], [1, 1]]\n";

static void trade_is_not_efficient_without_a_subsidy(void **state)
{
    (void)state;
    sb_environment *environment = parse(trade);
    fmpq_t number;
    fmpq_init(number);
    full_surplus(number, environment);
    assert_number(number, "7/4");
    best_value(number, environment, "bayes-nash", "ex-interim", "welfare", "free");
    assert_number(number, "7/4");
    best_value(number, environment, "bayes-nash", "ex-interim", "welfare", "no-deficit");
    assert_number(number, "5/3");
    best_value(number, environment, "bayes-nash", "ex-interim", "welfare", "balanced");
    assert_number(number, "5/3");
    best_value(number, environment, "bayes-nash", "none", "welfare", "balanced");
    assert_number(number, "7/4");
    /* What a broker earns: the trade with the positive virtual gain. */
    best_value(number, environment, "bayes-nash", "ex-interim", "revenue", "free");
    assert_number(number, "5/4");
    /* The efficient mechanism that costs least loses the virtual gains: (5 - 3 - 3) / 4. */
    best_value(number, environment, "bayes-nash", "ex-interim", "weights:revenue+1000*welfare",
               "free");
    assert_number(number, "6999/4");
    /* Balanced: agents get all the welfare there is. */
    best_value(number, environment, "bayes-nash", "ex-interim", "agents", "balanced");
    assert_number(number, "5/3");
    sb_environment_free(environment);
    fmpq_clear(number);
}

/* ---- subsidies ---- */

/* One item, ex-post rules: who loses pays nothing and who wins its threshold, so that the best
 * mechanism never pays anybody. Interim rules near independence need subsidies. */
static void dominant_strategy_auctions_need_no_subsidies(void **state)
{
    (void)state;
    property_stream stream = {6};
    fmpq_t free_payments, paid;
    fmpq_init(free_payments);
    fmpq_init(paid);
    for (int k = 0; k < property_cases(60); k++) {
        sb_environment *environment = random_table(&stream);
        best_value(free_payments, environment, "ex-post", "ex-post", "revenue", "free");
        best_value(paid, environment, "ex-post", "ex-post", "revenue", "no-subsidies");
        assert_same(free_payments, paid);
        sb_environment_free(environment);
    }
    sb_environment *environment = two_bidders("1 2", "1 2", ".251 .250 .250 .249");
    best_value(free_payments, environment, "bayes-nash", "ex-interim", "revenue", "free");
    assert_number(free_payments, "1.749");
    best_value(paid, environment, "bayes-nash", "ex-interim", "revenue", "no-subsidies");
    assert_true(fmpq_cmp(paid, free_payments) < 0);
    assert_true(fmpq_cmp_si(paid, 1) > 0);
    sb_environment_free(environment);
    fmpq_clear(free_payments);
    fmpq_clear(paid);
}

/* ---- objectives ---- */

/* Under any rules: revenue and what the agents get add up to welfare, weights scale, and a sum with
 * one term is that term. */
static void sums_of_objectives(void **state)
{
    (void)state;
    property_stream stream = {7};
    static const char *const payments[] = {"free", "bounded:2", "no-subsidies", "no-deficit"};
    fmpq_t left, right;
    fmpq_init(left);
    fmpq_init(right);
    for (int k = 0; k < property_cases(40); k++) {
        sb_environment *environment = random_table(&stream);
        const char *rule = payments[k % 4];
        best_value(left, environment, "bayes-nash", "ex-interim", "weights:revenue+agents", rule);
        best_value(right, environment, "bayes-nash", "ex-interim", "welfare", rule);
        assert_same(left, right);
        best_value(left, environment, "bayes-nash", "ex-interim", "weights:3/2*revenue", rule);
        best_value(right, environment, "bayes-nash", "ex-interim", "revenue", rule);
        fmpq_mul_si(right, right, 3);
        fmpq_div_2exp(right, right, 1);
        assert_same(left, right);
        best_value(left, environment, "ex-post", "ex-post", "weights:welfare-revenue",
                   "no-deficit");
        best_value(right, environment, "ex-post", "ex-post", "agents", "no-deficit");
        assert_same(left, right);
        sb_environment_free(environment);
    }
    fmpq_clear(left);
    fmpq_clear(right);
}

/* The designer likes the museum; types that must not gain by lying do not keep it from choosing. */
static void the_designers_own_value(void **state)
{
    (void)state;
    sb_environment *environment = parse("agents:\n"
                                        "  - {name: one, types: [a, b]}\n"
                                        "outcomes: [left, museum]\n"
                                        "utilities:\n"
                                        "  one: {a: [3, 0], b: [1, 0]}\n"
                                        "designer: [0, 2]\n"
                                        "prior: [1, 3]\n");
    fmpq_t number;
    fmpq_init(number);
    best_value(number, environment, "bayes-nash", "none", "designer", "none");
    assert_number(number, "2");
    /* welfare: left for a (3 > 2), the museum for b */
    best_value(number, environment, "none", "none", "welfare", "none");
    assert_number(number, "9/4");
    /* agents: left for both */
    best_value(number, environment, "none", "none", "agents", "none");
    assert_number(number, "3/2");
    best_value(number, environment, "none", "none", "weights:agents+3/4*designer", "none");
    assert_number(number, "15/8");
    sb_environment_free(environment);
    fmpq_clear(number);
}

static void an_objective_without_bound_is_said(void **state)
{
    (void)state;
    sb_environment *environment = parse(trade);
    assert_int_equal(sb_rules_set(&environment->rules, "objective", "agents", NULL), SB_OK);
    sb_solution solution;
    sb_solution_init(&solution);
    assert_int_equal(sb_design_solve(environment, NULL, NULL, &solution, NULL), SB_OK);
    assert_int_equal(solution.status, SB_LP_UNBOUNDED);
    assert_non_null(strstr(solution.explanation.texts[0], "the payments to"));
    assert_non_null(strstr(solution.explanation.texts[0], "the objective"));
    bool remedy = false;
    for (size_t k = 0; k < solution.explanation.count; k++) {
        remedy = remedy || strstr(solution.explanation.texts[k], "`payments: no-deficit`") != NULL;
    }
    assert_true(remedy);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

/* ---- the checker ---- */

static void the_checker_knows_the_rules_for_payments(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        long buyer, owner;
        const char *complaint;
    } cases[] = {
        {"no-subsidies", 1, -1, "an agent is paid"},
        {"no-subsidies", 1, 0, NULL},
        {"no-deficit", 1, -2, "the payments leave a deficit"},
        {"no-deficit", 1, -1, NULL},
        {"balanced", 1, 0, "the payments do not sum to zero"},
        {"balanced", 1, -1, NULL},
        {"none", 1, -1, "none is allowed"},
        {"bounded:1", -2, 0, "exceeds the bound"},
        {"bounded:2", -2, 2, NULL},
    };
    sb_environment *environment = parse(trade);
    assert_int_equal(sb_rules_set(&environment->rules, "ic", "none", NULL), SB_OK);
    assert_int_equal(sb_rules_set(&environment->rules, "ir", "none", NULL), SB_OK);
    sb_mechanism *mechanism = sb_mechanism_new(environment);
    for (size_t profile = 0; profile < 4; profile++) {
        fmpq_one(mechanism->allocation + 2 * profile);
    }
    fmpq_t zero;
    fmpq_init(zero);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        assert_int_equal(sb_rules_set(&environment->rules, "payments", cases[k].rule, NULL), SB_OK);
        fmpq_set_si(mechanism->payments + 4, cases[k].buyer, 1);
        fmpq_set_si(mechanism->payments + 5, cases[k].owner, 1);
        sb_check check;
        sb_check_init(&check);
        assert_int_equal(sb_check_mechanism(environment, mechanism, zero, &check, NULL), SB_OK);
        assert_int_equal(check.accepted, cases[k].complaint == NULL);
        if (cases[k].complaint != NULL) {
            assert_non_null(strstr(check.complaint, cases[k].complaint));
            assert_non_null(strstr(check.complaint, "(high, cheap)"));
        }
        sb_check_clear(&check);
    }
    fmpq_clear(zero);
    sb_mechanism_free(mechanism);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expected_externalities_balance_the_budget),
        cmocka_unit_test(trade_is_not_efficient_without_a_subsidy),
        cmocka_unit_test(dominant_strategy_auctions_need_no_subsidies),
        cmocka_unit_test(sums_of_objectives),
        cmocka_unit_test(the_designers_own_value),
        cmocka_unit_test(an_objective_without_bound_is_said),
        cmocka_unit_test(the_checker_knows_the_rules_for_payments),
    };
    return cmocka_run_group_tests_name("payment rules", tests, NULL, NULL);
}
