/* Certificates of environments with rules by agent and reporting sets.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A certificate whose environment was changed in one rule of one agent, or in what one type may
 * report, is accepted only if what it claims is true there too: that is solved anew.
 */
#include "sidebet/certificate.h"
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

/* The proof of `solution` claimed of an environment, and judged. */
static bool accepted(const sb_environment *claimed, const sb_solution *solution,
                     const sb_environment *against, sb_verdict *verdict)
{
    char *text = NULL;
    sb_error error;
    sb_error_clear(&error);
    if (sb_certificate_format(claimed, solution, &text, &error) != SB_OK ||
        sb_certificate_verify_text(text, strlen(text), "c", against, verdict, &error) != SB_OK) {
        fail_msg("%s\n%s", error.message, text == NULL ? "" : text);
    }
    free(text);
    return verdict->accepted;
}

static sb_environment *random_environment(property_stream *stream)
{
    static const char *const types[] = {"low", "middle", "high, or so"};
    static const char *const outcomes[] = {"a", "b: c", "none"};
    sb_agent_description agents[2] = {
        {"Alice", (size_t)property_between(stream, 2, 3), types},
        {"Bob, the 2nd", (size_t)property_between(stream, 2, 3), types},
    };
    sb_environment *environment = NULL;
    assert_int_equal(
        sb_environment_new_general(agents, 2, outcomes, 3, NULL, 0, NULL, &environment, NULL),
        SB_OK);
    bool demanding = property_between(stream, 0, 3) == 0;
    for (size_t i = 0; i < 2; i++) {
        sb_agent *agent = &environment->agents[i];
        for (size_t k = 0; k < agent->type_count * 3; k++) {
            fmpq_set_si(agent->utilities + k, property_between(stream, -4, 8), 3);
        }
        for (size_t k = 0; demanding && k < agent->type_count; k++) {
            fmpq_set_si(agent->outside + k, property_between(stream, 0, 4), 2);
        }
    }
    random_weights(environment, stream, 5);
    return environment;
}

static void choose_rules(sb_environment *environment, property_stream *stream)
{
    static const char *const payments[] = {"free",       "free",     "none",         "bounded:1",
                                           "no-deficit", "balanced", "no-subsidies", "free"};
    static const char *const objectives[] = {"revenue", "revenue", "welfare", "agents",
                                             "weights:revenue+1/2*agents"};
    sb_rules *rules = &environment->rules;
    assert_int_equal(
        sb_rules_set(rules, "payments", payments[property_between(stream, 0, 7)], NULL), SB_OK);
    assert_int_equal(
        sb_rules_set(rules, "objective", objectives[property_between(stream, 0, 4)], NULL), SB_OK);
    random_own_rules(environment, stream, false);
    random_reports(environment, stream);
}

/* One rule of one agent, or one report of one type, is another. */
static void change_something(sb_environment *environment, property_stream *stream)
{
    size_t agent = (size_t)property_between(stream, 0, 1);
    size_t count = environment->agents[agent].type_count;
    sb_rule rule = property_between(stream, 0, 1) ? SB_RULE_INCENTIVES : SB_RULE_PARTICIPATION;
    if (property_between(stream, 0, 1)) {
        size_t type = (size_t)property_between(stream, 0, (long)count - 1);
        size_t report = (type + 1) % count;
        bool allowed = sb_environment_may_report(environment, agent, type, report);
        assert_int_equal(
            sb_environment_set_report(environment, agent, type, report, !allowed, NULL), SB_OK);
        return;
    }
    int choices = sb_rule_describe(rule)->choice_count;
    int now = sb_rules_of(&environment->rules, rule, agent);
    int other = (now + (int)property_between(stream, 1, choices - 1)) % choices;
    assert_int_equal(sb_environment_set_rule(environment, rule, agent,
                                             sb_rule_describe(rule)->choices[other].name, NULL),
                     SB_OK);
}

static void true_ones_are_accepted_and_false_ones_refused(void **state)
{
    (void)state;
    property_stream stream = {71};
    int seen[3] = {0}, refused = 0, cases = property_cases(400);
    sb_verdict verdict;
    sb_verdict_init(&verdict);
    for (int k = 0; k < cases; k++) {
        sb_environment *environment = random_environment(&stream);
        choose_rules(environment, &stream);
        sb_solution solution, anew;
        solve(environment, &solution);
        seen[solution.status]++;
        if (!accepted(environment, &solution, environment, &verdict)) {
            fail_msg("%s", verdict.complaint);
        }
        assert_true(sb_environment_equal(environment, verdict.environment));
        sb_environment *changed = sb_environment_copy(environment);
        change_something(changed, &stream);
        assert_false(accepted(environment, &solution, changed, &verdict));
        assert_non_null(strstr(verdict.complaint, "another environment: other r"));
        if (accepted(changed, &solution, NULL, &verdict)) {
            solve(changed, &anew);
            assert_int_equal(anew.status, solution.status);
            assert_true(anew.status != SB_LP_OPTIMAL ||
                        fmpq_equal(&anew.objective, &solution.objective));
            sb_solution_clear(&anew);
        } else {
            refused++;
        }
        sb_solution_clear(&solution);
        sb_environment_free(changed);
        sb_environment_free(environment);
    }
    for (int status = 0; status < 3; status++) {
        assert_true(seen[status] >= cases / 20);
    }
    assert_true(refused >= cases / 5);
    sb_verdict_clear(&verdict);
}

static void refuted(const sb_environment *claimed, const sb_solution *solution, const char *words)
{
    sb_verdict verdict;
    sb_verdict_init(&verdict);
    assert_false(accepted(claimed, solution, NULL, &verdict));
    if (strstr(verdict.complaint, words) == NULL) {
        fail_msg("%s", verdict.complaint);
    }
    sb_verdict_clear(&verdict);
}

/* Each half of a certificate is held to each agent's own rules. */
static void what_is_wrong_is_named(void **state)
{
    (void)state;
    static const char *const unknown = "no rule like that of the multiplier";
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 1");
    sb_solution solution;
    solve(environment, &solution); /* the rents of types 2 are multipliers */
    sb_environment *changed = sb_environment_copy(environment);
    set_reports(changed, 1, "11 01");
    refuted(changed, &solution, unknown);
    set_reports(changed, 1, "11 11");
    set_own(changed, 1, "none", "ex-interim");
    refuted(changed, &solution, unknown);
    set_own(changed, 1, "ex-post", "ex-interim");
    refuted(changed, &solution, unknown);
    set_own(changed, 1, "bayes-nash", "ex-ante");
    refuted(changed, &solution, unknown);
    sb_solution_clear(&solution);
    /* where the second cannot lie it pays all it has */
    set_reports(changed, 1, "10 01");
    set_own(changed, 1, "bayes-nash", "ex-interim");
    solve(changed, &solution);
    refuted(environment, &solution, "agent 2 of type 2 gains nothing by reporting 1");
    sb_solution_clear(&solution);
    /* directions too */
    set_own(changed, 0, "none", "none");
    solve(changed, &solution);
    assert_int_equal(solution.status, SB_LP_UNBOUNDED);
    set_own(changed, 0, "none", "ex-post");
    sb_verdict verdict;
    sb_verdict_init(&verdict);
    assert_false(accepted(changed, &solution, NULL, &verdict));
    assert_non_null(
        strstr(verdict.complaint, "along the direction it stops being so that agent 1"));
    sb_verdict_clear(&verdict);
    sb_solution_clear(&solution);
    sb_environment_free(changed);
    sb_environment_free(environment);
}

/* "none, the first ex-interim" and "ex-interim, the second none" are the same. */
static void which_choice_is_the_common_one_does_not_matter(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "3 1 1 2");
    assert_int_equal(sb_rules_set(&environment->rules, "objective", "welfare", NULL), SB_OK);
    sb_environment *other = sb_environment_copy(environment);
    sb_rules_choose(&environment->rules, SB_RULE_PARTICIPATION, SB_IR_NONE);
    sb_rules_choose_own(&environment->rules, SB_RULE_PARTICIPATION, 0, SB_IR_EX_INTERIM);
    sb_rules_choose(&other->rules, SB_RULE_PARTICIPATION, SB_IR_EX_INTERIM);
    sb_rules_choose_own(&other->rules, SB_RULE_PARTICIPATION, 1, SB_IR_NONE);
    assert_false(sb_rules_equal(&environment->rules, &other->rules));
    sb_solution solution;
    solve(environment, &solution);
    sb_verdict verdict;
    sb_verdict_init(&verdict);
    assert_true(accepted(environment, &solution, other, &verdict));
    sb_rules_choose(&other->rules, SB_RULE_PARTICIPATION, SB_IR_EX_INTERIM);
    assert_false(accepted(environment, &solution, other, &verdict));
    assert_non_null(strstr(verdict.complaint, "other rules"));
    sb_verdict_clear(&verdict);
    sb_solution_clear(&solution);
    sb_environment_free(other);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(true_ones_are_accepted_and_false_ones_refused),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(which_choice_is_the_common_one_does_not_matter),
    };
    int failed = cmocka_run_group_tests_name("certificates of own rules", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
