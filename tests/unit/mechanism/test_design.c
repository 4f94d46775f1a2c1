/* The design program: its shape, published optima, duals, explanations.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/checker.h"
#include "unit/mechanism/environments.h"

static void solve(const sb_environment *environment, sb_solution *solution)
{
    sb_error error;
    sb_error_clear(&error);
    sb_solution_init(solution);
    if (sb_design_solve(environment, NULL, NULL, solution, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
}

static bool has_note(const sb_notes *notes, const char *part)
{
    for (size_t k = 0; k < notes->count; k++) {
        if (strstr(notes->texts[k], part) != NULL) {
            return true;
        }
    }
    return false;
}

#define assert_note(notes, part)                                                                   \
    do {                                                                                           \
        if (!has_note((notes), (part))) {                                                          \
            for (size_t k_ = 0; k_ < (notes)->count; k_++) {                                       \
                print_error("note: %s\n", (notes)->texts[k_]);                                     \
            }                                                                                      \
            fail_msg("no note says: %s", (part));                                                  \
        }                                                                                          \
    } while (0)

/* ---- the program ---- */

/* What is counted before a program is built is what is built, under all rules. */
static void sizes_are_known_before(void **state)
{
    (void)state;
    property_stream stream = {8};
    for (int k = 0; k < property_cases(360); k++) {
        char first[32], second[32];
        snprintf(first, sizeof first, "%ld %ld %ld", property_between(&stream, 0, 2),
                 property_between(&stream, 0, 3), property_between(&stream, 1, 4));
        snprintf(second, sizeof second, "%ld %ld", property_between(&stream, 0, 2),
                 property_between(&stream, 1, 4));
        sb_environment *environment =
            item(2, (const char *const[]){first, second}, (size_t)(k % 3), NULL, NULL);
        size_t profiles = sb_environment_profile_count(environment);
        fmpq *weights = sb_rationals_new(profiles);
        for (size_t p = 0; p < profiles; p++) {
            fmpq_set_si(weights + p, property_between(&stream, p == 0, 2), 1);
        }
        assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
        sb_rationals_free(weights, profiles);
        int *choice = environment->rules.choice;
        choice[SB_RULE_INCENTIVES] = k % 3;
        choice[SB_RULE_PARTICIPATION] = k / 3 % 4;
        choice[SB_RULE_PAYMENTS] = k / 12 % 6;
        fmpq_one(&environment->rules.payment_bound);
        sb_design *design = NULL;
        assert_int_equal(sb_design_new(environment, &design, NULL), SB_OK);
        const sb_lp *program = sb_design_program(design);
        sb_design_size size = sb_design_size_of(environment, NULL);
        assert_true(size.columns == (double)sb_lp_column_count(program));
        assert_true(size.rows == (double)sb_lp_row_count(program));
        assert_true(size.nonzeros == (double)sb_lp_nonzero_count(program));
        sb_error error;
        assert_int_equal(sb_design_check_size(environment, NULL, size.bytes - 1, &error),
                         SB_ERROR_LIMIT);
        assert_non_null(strstr(error.hint, "--memory-limit"));
        bool ex_post = choice[SB_RULE_INCENTIVES] == SB_IC_EX_POST ||
                       choice[SB_RULE_PARTICIPATION] == SB_IR_EX_POST;
        assert_true((strstr(error.hint, "interim rules in place") != NULL) == ex_post);
        assert_int_equal(sb_design_check_size(environment, NULL, size.bytes, &error), SB_OK);
        sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
        options.memory_limit = size.bytes - 1;
        sb_solution solution;
        sb_solution_init(&solution);
        assert_int_equal(sb_design_solve(environment, NULL, &options, &solution, &error),
                         SB_ERROR_LIMIT);
        sb_solution_clear(&solution);
        sb_design_free(design);
        sb_environment_free(environment);
    }
}

static size_t find_row(const sb_design *design, const char *name)
{
    const sb_lp *program = sb_design_program(design);
    for (size_t row = 0; row < sb_lp_row_count(program); row++) {
        if (strcmp(sb_lp_row_name(program, row), name) == 0) {
            return row;
        }
    }
    fail_msg("no row is called %s", name);
    return 0;
}

static void shape_and_names(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 2 3 4");
    sb_design *design = NULL;
    assert_int_equal(sb_design_new(environment, &design, NULL), SB_OK);
    const sb_lp *program = sb_design_program(design);
    assert_int_equal(sb_lp_column_count(program), 4 * 3 + 4 * 2);
    assert_int_equal(sb_lp_row_count(program), 4 + 4 + 4);
    assert_string_equal(sb_lp_column_name(program, sb_design_allocation_column(design, 2, 0)),
                        "p(agent 1 gets it | 2, 1)");
    assert_string_equal(sb_lp_column_name(program, sb_design_payment_column(design, 3, 1)),
                        "x(agent 2 | 2, 2)");
    size_t row = find_row(design, "IC agent 1: 2 as 1");
    assert_int_equal(sb_design_constraint(design, row)->kind, SB_CONSTRAINT_INCENTIVE);
    assert_int_equal(sb_design_constraint(design, row)->type, 1);
    assert_int_equal(sb_design_constraint(design, row)->report, 0);
    /* weights 3 and 4 on the truth, the same on the lie with the other sign: 8 columns */
    sb_lp_row_view view = sb_lp_row(program, row);
    assert_int_equal(view.count, 8);
    for (size_t k = 0; k < view.count; k++) {
        if (view.columns[k] == sb_design_allocation_column(design, 3, 0)) {
            assert_number(view.coefficients + k, "8");
        }
        if (view.columns[k] == sb_design_payment_column(design, 0, 0)) {
            assert_number(view.coefficients + k, "3");
        }
    }
    find_row(design, "IR agent 2: 1");
    find_row(design, "sum | 2, 1");
    sb_design_free(design);

    set_rules(environment, "ex-post", "ex-post");
    assert_int_equal(sb_rules_set(&environment->rules, "payments", "none", NULL), SB_OK);
    assert_int_equal(sb_design_new(environment, &design, NULL), SB_OK);
    assert_int_equal(sb_lp_column_count(sb_design_program(design)), 12);
    assert_int_equal(sb_lp_row_count(sb_design_program(design)), 4 + 8 + 8);
    assert_true(sb_design_payment_column(design, 0, 0) == SB_NOWHERE);
    find_row(design, "IC agent 2: 1 as 2 | 2");
    find_row(design, "IR agent 1: 2 | 1");
    sb_design_free(design);
    sb_environment_free(environment);
}

/* ---- published optima ---- */

static void three_priors_of_two_bidders(void **state)
{
    (void)state;
    static const char *const priors[][2] = {
        {".25 .25 .25 .25", "1.5"},
        {".251 .250 .250 .249", "1.749"},
        {".251001 .249999 .249999 .249001", "1.499"},
        {".26 .25 .25 .24", "1.74"},
        {".2501 .25 .25 .2499", "1.7499"},
        {".25001 .25 .25 .24999", "1.74999"},
        {".250001 .25 .25 .249999", "1.749999"},
    };
    for (size_t k = 0; k < sizeof priors / sizeof priors[0]; k++) {
        sb_environment *environment = two_bidders("1 2", "1 2", priors[k][0]);
        sb_solution solution;
        solve(environment, &solution);
        assert_int_equal(solution.status, SB_LP_OPTIMAL);
        assert_int_equal(solution.proof, SB_PROOF_EXACT);
        assert_number(&solution.objective, priors[k][1]);
        assert_number(&solution.revenue, priors[k][1]);
        assert_true(solution.binding_count > 0);
        sb_solution_clear(&solution);
        sb_environment_free(environment);
    }
}

static void myerson_1981(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("10 100", "10 100", "1/3 1/6 1/6 1/3");
    assert_optimum(environment, "bayes-nash", "ex-interim", "70");
    assert_optimum(environment, "ex-post", "ex-interim", "70");
    assert_optimum(environment, "bayes-nash", "ex-post", "200/3");
    assert_optimum(environment, "ex-post", "ex-post", "200/3");
    set_weights(environment, "1 1 1 1");
    assert_optimum(environment, "bayes-nash", "ex-interim", "75");
    assert_optimum(environment, "ex-post", "ex-interim", "75");
    assert_optimum(environment, "bayes-nash", "ex-post", "75");
    assert_optimum(environment, "ex-post", "ex-post", "75");
    sb_environment_free(environment);
}

static void two_types_share_a_belief(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 5 6", "0 3", "1 3 2 2 2 2");
    assert_optimum(environment, "bayes-nash", "ex-interim", "25/6");
    assert_optimum(environment, "bayes-nash", "ex-post", "49/12");
    sb_environment_free(environment);
}

/* Published: 35.71 under dominant strategies; 36.56 is an independent recomputation. */
static void divorce_arbitration(void **state)
{
    (void)state;
    sb_environment *environment = divorce("100 0 40 -9 -10", "2 0 1.5 -9 -10");
    assert_optimum(environment, "bayes-nash", "none", "36.56");
    assert_optimum(environment, "ex-post", "none", "35.71");
    sb_environment_free(environment);
}

/* 5509.818 (whose exact value is derived here), 5328, 4320, and 5688 net of payments; burning is
 * worth 0 to both. */
static void divorce_with_dollars(void **state)
{
    (void)state;
    sb_environment *environment = divorce("11000 1000 6000 0 0", "1200 1000 1100 0 0");
    assert_optimum(environment, "bayes-nash", "none", "60608/11");
    assert_optimum(environment, "ex-post", "none", "5328");
    assert_int_equal(sb_rules_set(&environment->rules, "payments", "free", NULL), SB_OK);
    assert_int_equal(sb_rules_set(&environment->rules, "objective", "revenue", NULL), SB_OK);
    assert_optimum(environment, "bayes-nash", "ex-interim", "4320");
    assert_int_equal(sb_rules_set(&environment->rules, "payments", "no-subsidies", NULL), SB_OK);
    assert_int_equal(sb_rules_set(&environment->rules, "objective", "agents", NULL), SB_OK);
    assert_optimum(environment, "bayes-nash", "none", "5688");
    assert_optimum(environment, "ex-post", "none", "5688");
    sb_environment_free(environment);
}

/* Two bidders, two items, additive values uniform on {1, 2}; an outcome says who gets which. */
static void two_items(void **state)
{
    (void)state;
    static const char *const types[] = {"11", "12", "21", "22"};
    static const char *const outcomes[] = {"--", "-1", "-2", "1-", "11", "12", "2-", "21", "22"};
    sb_agent_description agents[] = {{"agent 1", 4, types}, {"agent 2", 4, types}};
    sb_environment *environment = NULL;
    assert_int_equal(
        sb_environment_new_general(agents, 2, outcomes, 9, NULL, 0, NULL, &environment, NULL),
        SB_OK);
    for (size_t k = 0; k < 2 * 4 * 9; k++) {
        size_t agent = k / 36, type = k / 9 % 4, o = k % 9;
        bool first = o / 3 == agent + 1, second = o % 3 == agent + 1;
        fmpq_set_si(environment->agents[agent].utilities + type * 9 + o,
                    (first ? 1 + (long)(type / 2) : 0) + (second ? 1 + (long)(type % 2) : 0), 1);
    }
    assert_optimum(environment, "ex-post", "ex-post", "3.125");
    assert_optimum(environment, "ex-post", "ex-interim", "3.125");
    assert_optimum(environment, "bayes-nash", "ex-post", "3.1875");
    assert_optimum(environment, "bayes-nash", "ex-interim", "3.1875");
    sb_environment_free(environment);
}

static void gap_of_ex_post_against_full_surplus(void **state)
{
    (void)state;
    /* P(v >= 2^k) = 2^-k for k < n: selling at any value earns 1 */
    static const char *const families[][3] = {
        {"1 2", "1 1", "1"}, {"1 2 4", "2 1 1", "1"}, {"1 2 4 8", "4 2 1 1", "1"}};
    for (size_t k = 0; k < 3; k++) {
        sb_environment *environment =
            item(1, (const char *const[]){families[k][0]}, 0, NULL, families[k][1]);
        assert_optimum(environment, "bayes-nash", "ex-interim", families[k][2]);
        assert_optimum(environment, "ex-post", "ex-post", families[k][2]);
        sb_environment_free(environment);
    }
}

/* ---- other rules ---- */

static void payment_bounds_bind(void **state)
{
    (void)state;
    static const char *const bounds[][2] = {{"bounded:1", "499001/374500"},
                                            {"bounded:1.5", "1.499008"},
                                            {"bounded:31374", "438997/251000"},
                                            {"bounded:31375", "1.749"}};
    sb_environment *environment = two_bidders("1 2", "1 2", ".251 .250 .250 .249");
    for (size_t k = 0; k < 4; k++) {
        assert_int_equal(sb_rules_set(&environment->rules, "payments", bounds[k][0], NULL), SB_OK);
        assert_optimum(environment, "bayes-nash", "ex-interim", bounds[k][1]);
    }
    assert_int_equal(sb_rules_set(&environment->rules, "payments", "none", NULL), SB_OK);
    assert_optimum(environment, "bayes-nash", "ex-interim", "0");
    sb_environment_free(environment);
}

static void welfare_is_the_full_surplus(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 3", "1 2 3 4");
    assert_int_equal(sb_rules_set(&environment->rules, "objective", "welfare", NULL), SB_OK);
    assert_optimum(environment, "bayes-nash", "ex-interim", "2.5"); /* (1 + 2*3 + 3*2 + 4*3) / 10 */
    assert_optimum(environment, "none", "none", "2.5");
    sb_environment_free(environment);
}

static void ex_ante_takes_everything(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 1");
    assert_optimum(environment, "bayes-nash", "ex-ante", "1.75");
    assert_optimum(environment, "ex-post", "ex-ante", "1.75");
    assert_optimum(environment, "none", "ex-post", "1.75");
    sb_environment_free(environment);
}

/* Low (3/4) and high (1/4), values 1 and 2: sold to both at 1. Relaxing the low type's row by e
 * (in units multiplied by its probability) raises the one price by e / (3/4) for everybody. */
static void duals_are_in_units_of_probability(void **state)
{
    (void)state;
    static const char *const weights[] = {"3 1", "21 7", ".75 .25"};
    for (size_t k = 0; k < 3; k++) {
        sb_environment *environment = item(1, (const char *const[]){"1 2"}, 0, NULL, weights[k]);
        sb_solution solution;
        solve(environment, &solution);
        assert_number(&solution.revenue, "1");
        size_t participation = 0;
        for (size_t b = 0; b < solution.binding_count; b++) {
            if (solution.bindings[b].constraint.kind == SB_CONSTRAINT_PARTICIPATION) {
                participation++;
                assert_int_equal(solution.bindings[b].constraint.type, 0);
                assert_number(&solution.bindings[b].dual, "4/3");
            }
        }
        assert_int_equal(participation, 1);
        sb_solution_clear(&solution);
        sb_environment_free(environment);
    }
}

static void an_outside_option_costs_the_seller(void **state)
{
    (void)state;
    sb_environment *environment = item(1, (const char *const[]){"1 2"}, 0, NULL, "3 1");
    fmpq_set_si(environment->agents[0].outside, 1, 8);
    assert_optimum(environment, "bayes-nash", "ex-interim", "7/8");
    fmpq_set_si(environment->agents[0].outside, 0, 1);
    fmpq_set_si(environment->agents[0].outside + 1, 1, 8);
    assert_optimum(environment, "bayes-nash", "ex-interim", "1"); /* has a rent of 1 anyhow */
    sb_environment_free(environment);
}

/* ---- what is said ---- */

static void impossible_types_are_remarked_on(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2 9", "1 2", "1 1 1 1 0 0");
    sb_solution solution;
    solve(environment, &solution);
    assert_number(&solution.revenue, "1.5");
    assert_note(&solution.remarks, "agent 1 of type 3 has probability zero");
    assert_int_equal(solution.remarks.count, 1);
    assert_int_equal(solution.rows, 6 + 4 + 2 + 2 + 2);
    sb_solution_clear(&solution);
    set_rules(environment, "ex-post", "ex-post");
    solve(environment, &solution);
    assert_int_equal(solution.remarks.count, 0);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

static void unbounded_is_explained(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 1");
    set_rules(environment, "bayes-nash", "none");
    sb_solution solution;
    solve(environment, &solution);
    assert_int_equal(solution.status, SB_LP_UNBOUNDED);
    assert_null(solution.mechanism);
    assert_note(&solution.explanation, "without individual rationality the payments of agent ");
    assert_note(&solution.explanation, "can grow without limit");
    assert_note(&solution.explanation, "with `ir: ex-interim` there is an optimum");
    assert_note(&solution.explanation, "with `ir: ex-ante` there is an optimum");
    assert_note(&solution.explanation, "with `ir: ex-post` there is an optimum");
    assert_note(&solution.explanation, "with `objective: welfare` there is an optimum");
    assert_note(&solution.explanation, "with `payments: none` there is an optimum");
    assert_note(&solution.explanation, "with `payments: bounded:1` there is an optimum: 2");
    assert_false(has_note(&solution.explanation, "`ic: "));
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

static void infeasible_is_explained(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 1");
    fmpq_set_si(environment->agents[0].outside, 5, 1);
    assert_int_equal(sb_rules_set(&environment->rules, "payments", "none", NULL), SB_OK);
    sb_solution solution;
    solve(environment, &solution);
    assert_int_equal(solution.status, SB_LP_INFEASIBLE);
    assert_note(&solution.explanation,
                "no mechanism obeys these rules together with `payments: none`");
    assert_note(&solution.explanation, "agent 1 of type 1 takes part");
    assert_note(&solution.explanation, "with `payments: free` there is an optimum");
    assert_note(&solution.explanation, "with `ir: none` there is an optimum");
    assert_false(has_note(&solution.explanation, "`payments: bounded:1`"));
    assert_false(has_note(&solution.explanation, "`ir: ex-post`"));
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

static void a_warm_solver_answers_the_same(void **state)
{
    (void)state;
    sb_design_solver *solver = sb_design_solver_new();
    static const char *const priors[][2] = {{".251 .250 .250 .249", "1.749"},
                                            {".25 .25 .25 .25", "1.5"},
                                            {".26 .25 .25 .24", "1.74"},
                                            {".25 .25 .25 .25", "1.5"}};
    sb_environment *environment = two_bidders("1 2", "1 2", NULL);
    for (size_t k = 0; k < 4; k++) {
        set_weights(environment, priors[k][0]);
        sb_solution solution;
        sb_solution_init(&solution);
        assert_int_equal(sb_design_solve(environment, solver, NULL, &solution, NULL), SB_OK);
        assert_int_equal(solution.proof, SB_PROOF_EXACT);
        assert_number(&solution.revenue, priors[k][1]);
        sb_solution_clear(&solution);
    }
    sb_environment_free(environment);
    sb_design_solver_free(solver);
}

static void cancelling_is_reported(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", NULL);
    atomic_bool cancel = true;
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.cancel = &cancel;
    sb_solution solution;
    sb_solution_init(&solution);
    assert_int_equal(sb_design_solve(environment, NULL, &options, &solution, NULL),
                     SB_ERROR_CANCELLED);
    assert_null(solution.mechanism);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

static void floating_answers_are_checked_too(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", NULL);
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.exact = false;
    sb_solution solution;
    sb_solution_init(&solution);
    assert_int_equal(sb_design_solve(environment, NULL, &options, &solution, NULL), SB_OK);
    assert_int_equal(solution.status, SB_LP_OPTIMAL);
    assert_int_equal(solution.proof, SB_PROOF_FLOATING);
    assert_true(solution.largest_violation < 1e-9);
    double revenue = sb_rational_to_double(&solution.revenue);
    assert_true(revenue > 1.5 - 1e-9 && revenue < 1.5 + 1e-9);
    assert_true(solution.binding_count > 0);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_known_before),
        cmocka_unit_test(shape_and_names),
        cmocka_unit_test(three_priors_of_two_bidders),
        cmocka_unit_test(myerson_1981),
        cmocka_unit_test(two_types_share_a_belief),
        cmocka_unit_test(divorce_arbitration),
        cmocka_unit_test(divorce_with_dollars),
        cmocka_unit_test(two_items),
        cmocka_unit_test(gap_of_ex_post_against_full_surplus),
        cmocka_unit_test(payment_bounds_bind),
        cmocka_unit_test(welfare_is_the_full_surplus),
        cmocka_unit_test(ex_ante_takes_everything),
        cmocka_unit_test(duals_are_in_units_of_probability),
        cmocka_unit_test(an_outside_option_costs_the_seller),
        cmocka_unit_test(impossible_types_are_remarked_on),
        cmocka_unit_test(unbounded_is_explained),
        cmocka_unit_test(infeasible_is_explained),
        cmocka_unit_test(a_warm_solver_answers_the_same),
        cmocka_unit_test(cancelling_is_reported),
        cmocka_unit_test(floating_answers_are_checked_too),
    };
    return cmocka_run_group_tests_name("design", tests, NULL, NULL);
}
