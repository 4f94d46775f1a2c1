/* Rules by agent and reporting sets: closed forms, what must hold, and what is said.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/checker.h"
#include "unit/mechanism/own.h"

static void solve(const sb_environment *environment, sb_solution *solution)
{
    sb_error error;
    sb_error_clear(&error);
    sb_solution_init(solution);
    if (sb_design_solve(environment, NULL, NULL, solution, &error) != SB_OK) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(solution->proof, SB_PROOF_EXACT);
}

static void assert_revenue(const sb_environment *environment, const char *text)
{
    sb_solution solution;
    solve(environment, &solution);
    assert_int_equal(solution.status, SB_LP_OPTIMAL);
    assert_number(&solution.objective, text);
    sb_solution_clear(&solution);
}

static bool has_note(const sb_notes *notes, const char *words)
{
    for (size_t k = 0; k < notes->count; k++) {
        if (strstr(notes->texts[k], words) != NULL) {
            return true;
        }
    }
    return false;
}

/* ---- closed forms ---- */

/* The seller who knows a bidder's value asks no virtual value of it (Myerson 1981). */
static void a_bidder_whose_type_is_known(void **state)
{
    (void)state;
    /* virtual values 4 and 2, 3 and 1 */
    sb_environment *environment = two_bidders("3 4", "2 3", "1 1 1 1");
    assert_revenue(environment, "13/4");
    set_own(environment, 0, "none", "ex-interim");
    assert_revenue(environment, "7/2");
    set_own(environment, 0, "none", "ex-post");
    assert_revenue(environment, "7/2");
    set_own(environment, 0, "bayes-nash", "ex-interim");
    set_own(environment, 1, "none", "ex-interim");
    assert_revenue(environment, "13/4");
    sb_environment_free(environment);
    /* virtual values 4 and -2, 3 and 1: only what is known of the second helps */
    environment = two_bidders("1 4", "2 3", "1 1 1 1");
    set_own(environment, 0, "none", "ex-interim");
    assert_revenue(environment, "3");
    set_own(environment, 0, "ex-post", "ex-interim");
    set_own(environment, 1, "none", "ex-interim");
    assert_revenue(environment, "13/4");
    sb_environment_free(environment);
}

/* Correlated values 10 and 100 (Myerson 1981, section 7): 70 where the bidders can be made to bet,
 * 200/3 where neither may lose. One bet alone takes one bidder's rent: half of the difference. */
static void one_bidder_may_not_lose(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("10 100", "10 100", "2 1 1 2");
    assert_revenue(environment, "70");
    set_own(environment, 0, "ex-post", "ex-post");
    assert_revenue(environment, "70");
    set_own(environment, 1, "ex-post", "ex-post");
    assert_revenue(environment, "200/3");
    sb_environment_free(environment);
}

/* One bidder alone, values 1, 2, 3, equally likely: rents u of the types by the lies that are left.
 */
static void posted_prices_and_reporting_sets(void **state)
{
    (void)state;
    static const struct {
        const char *reports, *revenue;
    } cases[] = {
        {"111 111 111", "4/3"}, /* the price 2 */
        {"100 110 111", "4/3"}, /* nobody wants to look richer */
        {"111 011 001", "2"},   /* nobody can look poorer: the full surplus */
        {"100 010 001", "2"},
        {"111 111 101", "5/3"}, /* u2 = p1, u3 = 2 p1: without the first there is no rent */
        {"111 011 111", "3/2"}, /* p1 = 1/2, so that u3 = 2 p1 = p2: a lottery is best */
        {"111 110 011", "4/3"}, /* u3 = p2 + u2, as without sets */
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        sb_environment *environment = one_bidder_and_signal("1 2 3", 1, "1 1 1");
        set_reports(environment, 0, cases[k].reports);
        set_rules(environment, "bayes-nash", "ex-interim");
        assert_revenue(environment, cases[k].revenue);
        set_rules(environment, "ex-post", "ex-post");
        assert_revenue(environment, cases[k].revenue);
        sb_environment_free(environment);
    }
}

static sb_environment *random_environment(property_stream *stream, long most)
{
    char values[2][64];
    size_t bidders = (size_t)property_between(stream, 1, 2);
    random_values(stream, (size_t)property_between(stream, 2, most), 0, 6, values[0], 64);
    random_values(stream, (size_t)property_between(stream, 2, most), 0, 6, values[1], 64);
    sb_environment *environment =
        item(bidders, (const char *const[]){values[0], values[1]}, bidders == 1 ? 3 : 0,
             property_between(stream, 0, 1) ? "3/2" : NULL, NULL);
    random_weights(environment, stream, 5);
    return environment;
}

/* Where nobody can lie, nobody has a rent. */
static void full_verification_takes_the_full_surplus(void **state)
{
    (void)state;
    static const char *const incentives[] = {"bayes-nash", "ex-post"};
    static const char *const participations[] = {"ex-interim", "ex-post"};
    property_stream stream = {61};
    fmpq_t surplus, best, welfare;
    fmpq_init(surplus);
    fmpq_init(best);
    fmpq_init(welfare);
    for (int k = 0; k < property_cases(80); k++) {
        sb_environment *environment = random_environment(&stream, 5);
        for (size_t agent = 0; agent < environment->agent_count; agent++) {
            size_t types = environment->agents[agent].type_count;
            for (size_t pair = 0; pair < types * types; pair++) {
                if (pair / types != pair % types) {
                    assert_int_equal(sb_environment_set_report(environment, agent, pair / types,
                                                               pair % types, false, NULL),
                                     SB_OK);
                }
            }
        }
        fmpq_zero(surplus);
        for (size_t p = 0; p < sb_environment_profile_count(environment); p++) {
            for (size_t o = 0; o < environment->outcome_count; o++) {
                fmpq_set(welfare, environment->designer + o);
                for (size_t i = 0; i < environment->agent_count; i++) {
                    fmpq_add(welfare, welfare,
                             environment->agents[i].utilities +
                                 sb_environment_type_at(environment, p, i) *
                                     environment->outcome_count +
                                 o);
                }
                if (o == 0 || fmpq_cmp(welfare, best) > 0) {
                    fmpq_set(best, welfare);
                }
            }
            fmpq_addmul(surplus, environment->weights + p, best);
        }
        fmpq_div(surplus, surplus, &environment->weight_sum);
        set_rules(environment, incentives[k % 2], participations[k / 2 % 2]);
        sb_solution solution;
        solve(environment, &solution);
        assert_true(fmpq_equal(&solution.objective, surplus));
        sb_solution_clear(&solution);
        sb_environment_free(environment);
    }
    fmpq_clear(surplus);
    fmpq_clear(best);
    fmpq_clear(welfare);
}

/* ---- order ---- */

/* The optimum of a, or one that is not less than that of b: unbounded is more than all numbers. */
static void assert_at_most(const sb_environment *stricter, const sb_environment *looser)
{
    sb_solution less, more;
    solve(stricter, &less);
    solve(looser, &more);
    if (less.status == SB_LP_UNBOUNDED || more.status == SB_LP_INFEASIBLE) {
        assert_int_equal(less.status, more.status);
    } else if (less.status == SB_LP_OPTIMAL && more.status == SB_LP_OPTIMAL) {
        assert_true(fmpq_cmp(&less.objective, &more.objective) <= 0);
    }
    sb_solution_clear(&less);
    sb_solution_clear(&more);
}

static void more_reports_and_stricter_rules_earn_no_more(void **state)
{
    (void)state;
    static const char *const payments[] = {"free", "free", "no-subsidies", "no-deficit"};
    static const char *const stricter[] = {"bayes-nash", "ex-post"};
    static const char *const refusal[] = {"ex-interim", "ex-post"};
    property_stream stream = {62};
    for (int k = 0; k < property_cases(120); k++) {
        sb_environment *environment = random_environment(&stream, 4);
        assert_int_equal(sb_rules_set(&environment->rules, "payments", payments[k % 4], NULL),
                         SB_OK);
        random_own_rules(environment, &stream, k % 3 == 0);
        random_reports(environment, &stream);
        sb_environment *other = sb_environment_copy(environment);
        size_t agent = (size_t)property_between(&stream, 0, (long)environment->agent_count - 1);
        size_t last = environment->agents[agent].type_count - 1;
        assert_int_equal(sb_environment_set_report(other, agent, last, 0, true, NULL), SB_OK);
        assert_int_equal(sb_environment_set_report(other, agent, 0, last, true, NULL), SB_OK);
        assert_at_most(other, environment);
        if (k % 2 == 0) {
            assert_int_equal(
                sb_environment_set_rule(environment, SB_RULE_INCENTIVES, agent, "none", NULL),
                SB_OK);
            assert_int_equal(sb_environment_set_rule(other, SB_RULE_INCENTIVES, agent,
                                                     stricter[k / 2 % 2], NULL),
                             SB_OK);
        } else {
            assert_int_equal(
                sb_environment_set_rule(environment, SB_RULE_PARTICIPATION, agent, "none", NULL),
                SB_OK);
            assert_int_equal(sb_environment_set_rule(other, SB_RULE_PARTICIPATION, agent,
                                                     refusal[k / 2 % 2], NULL),
                             SB_OK);
        }
        assert_at_most(other, environment);
        sb_environment_free(other);
        sb_environment_free(environment);
    }
}

/* ---- counts ---- */

static void sizes_are_known_before(void **state)
{
    (void)state;
    property_stream stream = {63};
    for (int k = 0; k < property_cases(150); k++) {
        sb_environment *environment = random_environment(&stream, 4);
        environment->rules.choice[SB_RULE_PAYMENTS] = k % 6;
        fmpq_one(&environment->rules.payment_bound);
        random_own_rules(environment, &stream, false);
        random_reports(environment, &stream);
        sb_design *design = NULL;
        assert_int_equal(sb_design_new(environment, &design, NULL), SB_OK);
        const sb_lp *program = sb_design_program(design);
        sb_design_size size = sb_design_size_of(environment, NULL);
        assert_true(size.columns == (double)sb_lp_column_count(program));
        assert_true(size.rows == (double)sb_lp_row_count(program));
        assert_true(size.nonzeros == (double)sb_lp_nonzero_count(program));
        for (size_t row = 0; row < sb_lp_row_count(program); row++) {
            const sb_constraint *rule = sb_design_constraint(design, row);
            if (rule->kind == SB_CONSTRAINT_INCENTIVE) {
                assert_true(
                    sb_environment_may_report(environment, rule->agent, rule->type, rule->report));
                assert_int_equal(rule->others == SB_NOWHERE,
                                 sb_rules_of(&environment->rules, SB_RULE_INCENTIVES,
                                             rule->agent) == SB_IC_BAYES_NASH);
            }
        }
        sb_error error;
        assert_int_equal(sb_design_check_size(environment, NULL, size.bytes - 1, &error),
                         SB_ERROR_LIMIT);
        bool ex_post = false;
        for (size_t i = 0; i < environment->agent_count; i++) {
            ex_post = ex_post ||
                      sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, i) == SB_IC_EX_POST ||
                      sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, i) == SB_IR_EX_POST;
        }
        assert_int_equal(strstr(error.hint, "interim rules in place") != NULL, ex_post);
        sb_design_free(design);
        sb_environment_free(environment);
    }
}

/* ---- the checker ---- */

static void assert_checked(const sb_environment *environment, const sb_mechanism *mechanism,
                           const char *complaint)
{
    fmpq_t zero;
    fmpq_init(zero);
    sb_check check;
    sb_check_init(&check);
    assert_int_equal(sb_check_mechanism(environment, mechanism, zero, &check, NULL), SB_OK);
    assert_int_equal(check.accepted, complaint == NULL);
    if (complaint != NULL && strstr(check.complaint, complaint) == NULL) {
        fail_msg("%s", check.complaint);
    }
    sb_check_clear(&check);
    fmpq_clear(zero);
}

/* Sell to whoever reports the higher value, at it. */
static void the_checker_asks_what_an_agent_may_do(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 1");
    sb_mechanism *mechanism = sb_mechanism_new(environment);
    for (size_t profile = 0; profile < 4; profile++) {
        size_t winner = profile == 1 ? 1 : 0;
        fmpq_one(mechanism->allocation + profile * 3 + winner);
        fmpq_set_si(mechanism->payments + profile * 2 + winner, profile == 0 ? 1 : 2, 1);
    }
    assert_checked(environment, mechanism, "agent 1 of type 2 gains nothing by reporting 1");
    set_own(environment, 0, "none", "ex-interim");
    assert_checked(environment, mechanism, NULL); /* the second pays 2 for 2, or nothing */
    set_own(environment, 0, "ex-post", "ex-interim");
    assert_checked(environment, mechanism,
                   "agent 1 of type 2 gains nothing by reporting 1 when the others are 1");
    set_reports(environment, 0, "11 01");
    assert_checked(environment, mechanism, NULL);
    set_reports(environment, 0, "10 11");
    assert_checked(environment, mechanism, "agent 1 of type 2 gains nothing by reporting 1");
    set_reports(environment, 0, "10 01");
    /* once the first pays more than it has at (2, 2) */
    fmpq_set_si(mechanism->payments + 3 * 2, 5, 2);
    assert_checked(environment, mechanism, "agent 1 of type 2 takes part");
    set_own(environment, 0, "ex-post", "ex-ante");
    assert_checked(environment, mechanism, "agent 1 takes part before learning its type");
    fmpq_set_si(mechanism->payments + 2 * 2, 3, 2);
    assert_checked(environment, mechanism, NULL);
    set_own(environment, 0, "ex-post", "ex-post");
    assert_checked(environment, mechanism, "agent 1 of type 2 takes part when the others are 2");
    set_own(environment, 0, "ex-post", "none");
    assert_checked(environment, mechanism, NULL);
    sb_mechanism_free(mechanism);
    sb_environment_free(environment);
}

/* ---- what is said ---- */

static void the_agent_without_participation_is_named(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 1");
    set_own(environment, 1, "bayes-nash", "none");
    sb_solution solution;
    solve(environment, &solution);
    assert_int_equal(solution.status, SB_LP_UNBOUNDED);
    const sb_notes *notes = &solution.explanation;
    assert_true(has_note(notes, "without individual rationality the payments of agent 2 can grow"));
    assert_true(has_note(notes, "with `ir: ex-interim` for agent 2 there is an optimum: 1.5"));
    assert_true(has_note(notes, "with `ir: ex-post` for agent 2 there is an optimum: 1.5"));
    assert_true(has_note(notes, "with `ir: ex-ante` there is an optimum: 1.75"));
    assert_true(has_note(notes, "with `ir: ex-ante` for agent 2 there is an optimum: 1.75"));
    assert_false(has_note(notes, "with `ir: ex-interim` there")); /* the same, said already */
    assert_false(has_note(notes, "`ic: "));
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

static void a_single_agents_rule_is_the_remedy(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 1");
    fmpq_set_si(environment->agents[0].outside, 5, 1);
    assert_int_equal(sb_rules_set(&environment->rules, "payments", "none", NULL), SB_OK);
    set_own(environment, 1, "bayes-nash", "ex-post");
    sb_solution solution;
    solve(environment, &solution);
    assert_int_equal(solution.status, SB_LP_INFEASIBLE);
    assert_true(has_note(&solution.explanation, "agent 1 of type 1 takes part"));
    assert_true(
        has_note(&solution.explanation, "with `ir: none` for agent 1 there is an optimum: 0"));
    assert_true(has_note(&solution.explanation, "with `ir: none` there is an optimum: 0"));
    assert_false(has_note(&solution.explanation, "for agent 2"));
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

static void remarks_follow_each_agents_rules(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2 9", "1 2 9", "1 1 0 1 1 0 0 0 0");
    set_own(environment, 0, "ex-post", "ex-post");
    set_own(environment, 1, "bayes-nash", "ex-interim");
    sb_solution solution;
    solve(environment, &solution);
    assert_int_equal(solution.remarks.count, 1);
    assert_true(has_note(&solution.remarks,
                         "agent 2 of type 3 has probability zero and so no "
                         "interim row: the mechanism promises this type nothing"));
    sb_solution_clear(&solution);
    set_own(environment, 1, "bayes-nash", "ex-post");
    solve(environment, &solution);
    assert_true(has_note(&solution.remarks, "only the ex-post rule holds for this type"));
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

static void sets_that_are_not_nested_are_remarked_on(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2 3", "1 2", "1 1 1 1 1 1");
    sb_solution solution;
    set_reports(environment, 0, "100 110 111");
    solve(environment, &solution);
    assert_int_equal(solution.remarks.count, 0);
    sb_solution_clear(&solution);
    set_reports(environment, 0, "100 110 011");
    static const char *const words = "the reporting sets of agent 1 are not nested (3 may report "
                                     "2, which may report 1, which 3 may not)";
    for (int deterministic = 0; deterministic < 2; deterministic++) {
        environment->rules.choice[SB_RULE_DETERMINISTIC] = deterministic;
        solve(environment, &solution);
        assert_int_equal(solution.remarks.count, 1);
        assert_true(has_note(&solution.remarks, words));
        sb_solution_clear(&solution);
    }
    set_own(environment, 0, "none", "ex-interim");
    solve(environment, &solution);
    assert_int_equal(solution.remarks.count, 0);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bidder_whose_type_is_known),
        cmocka_unit_test(one_bidder_may_not_lose),
        cmocka_unit_test(posted_prices_and_reporting_sets),
        cmocka_unit_test(full_verification_takes_the_full_surplus),
        cmocka_unit_test(more_reports_and_stricter_rules_earn_no_more),
        cmocka_unit_test(sizes_are_known_before),
        cmocka_unit_test(the_checker_asks_what_an_agent_may_do),
        cmocka_unit_test(the_agent_without_participation_is_named),
        cmocka_unit_test(a_single_agents_rule_is_the_remedy),
        cmocka_unit_test(remarks_follow_each_agents_rules),
        cmocka_unit_test(sets_that_are_not_nested_are_remarked_on),
    };
    int failed = cmocka_run_group_tests_name("own rules", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
