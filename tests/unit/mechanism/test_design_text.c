/* The program for people: row by row what the program for solvers is, in words and signs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/checker.h"
#include "sidebet/design_text.h"
#include "unit/mechanism/environments.h"

/* ---- the rows are those of the program ---- */

static bool same(const sb_constraint *left, const sb_constraint *right)
{
    return left->kind == right->kind && left->profile == right->profile &&
           left->agent == right->agent && left->type == right->type &&
           left->report == right->report && left->others == right->others;
}

/* The coefficient of a column in a sum. */
static void coefficient_of(fmpq_t coefficient, const sb_design *design, const sb_design_sum *sum,
                           size_t column)
{
    fmpq_zero(coefficient);
    for (size_t g = 0; g < sum->group_count; g++) {
        for (size_t k = 0; k < sum->groups[g].count; k++) {
            const sb_design_term *term = &sum->terms[sum->groups[g].first + k];
            size_t its = term->payment
                             ? sb_design_payment_column(design, term->profile, term->index)
                             : sb_design_allocation_column(design, term->profile, term->index);
            if (its == column) {
                fmpq_addmul(coefficient, &sum->groups[g].factor, &term->coefficient);
            }
        }
    }
}

/* Interim rows of the program are in weights, those of a listing in probabilities. */
static bool in_weights(const sb_constraint *constraint)
{
    return constraint->agent != SB_NOWHERE && constraint->others == SB_NOWHERE;
}

static void assert_row(const sb_environment *environment, const sb_design *design,
                       const sb_design_listing *listing, size_t row)
{
    sb_constraint constraint = sb_design_listing_constraint(listing, row);
    assert_true(same(&constraint, sb_design_constraint(design, row)));
    assert_int_equal(sb_design_listing_find(listing, &constraint), row);
    const sb_design_block *block = &listing->blocks[sb_design_listing_block_of(listing, row)];
    assert_true(block->kind == constraint.kind && block->agent == constraint.agent);
    const sb_lp *program = sb_design_program(design);
    sb_lp_row_view view = sb_lp_row(program, row);
    sb_design_sum sum;
    sb_design_sum_init(&sum);
    assert_int_equal(sb_design_sum_of(listing, row, 0, &sum, NULL), SB_OK);
    fmpq_t number, wanted;
    fmpq_init(number);
    fmpq_init(wanted);
    size_t at = 0;
    for (size_t column = 0; column < sb_lp_column_count(program); column++) {
        fmpq_zero(wanted);
        for (at = 0; at < view.count; at++) {
            if (view.columns[at] == column) {
                fmpq_set(wanted, view.coefficients + at);
            }
        }
        coefficient_of(number, design, &sum, column);
        if (in_weights(&constraint)) {
            fmpq_mul(number, number, &environment->weight_sum);
        }
        assert_true(fmpq_equal(number, wanted));
    }
    fmpq_set(number, &sum.bound);
    if (in_weights(&constraint)) {
        fmpq_mul(number, number, &environment->weight_sum);
    }
    assert_true(fmpq_equal(number, view.lower));
    assert_true(sum.equation == (view.upper != NULL));
    char *name = sb_constraint_name(environment, &constraint);
    assert_string_equal(name, sb_lp_row_name(program, row));
    free(name);
    fmpq_clear(number);
    fmpq_clear(wanted);
    sb_design_sum_clear(&sum);
}

static void assert_objective(const sb_design *design, const sb_design_listing *listing)
{
    sb_design_sum sum;
    sb_design_sum_init(&sum);
    fmpq_t number;
    fmpq_init(number);
    assert_int_equal(sb_design_sum_of(listing, listing->row_count, 0, &sum, NULL), SB_OK);
    const sb_lp *program = sb_design_program(design);
    for (size_t column = 0; column < sb_lp_column_count(program); column++) {
        coefficient_of(number, design, &sum, column);
        assert_true(fmpq_equal(number, sb_lp_column(program, column).cost));
    }
    fmpq_clear(number);
    sb_design_sum_clear(&sum);
}

/* Some reports are out of reach of some types. */
static void restrict_reports(sb_environment *environment, property_stream *stream)
{
    size_t types = environment->agents[0].type_count;
    bool allowed[8] = {false};
    for (size_t type = 0; type < types; type++) {
        for (size_t report = 0; report < types; report++) {
            allowed[report] = report == type || property_between(stream, 0, 1) == 0;
        }
        assert_int_equal(sb_environment_set_reports(environment, 0, type, allowed, NULL), SB_OK);
    }
}

/* Solved: slacks are the checker's, duals those of the solution. */
static void assert_solved(const sb_environment *environment, const sb_design_listing *listing)
{
    sb_solution solution;
    sb_solution_init(&solution);
    assert_int_equal(sb_design_solve(environment, NULL, NULL, &solution, NULL), SB_OK);
    fmpq_t number;
    fmpq_init(number);
    if (solution.status != SB_LP_OPTIMAL) {
        sb_constraint first = sb_design_listing_constraint(listing, 0);
        assert_false(sb_solution_dual(number, environment, &solution, &first));
    } else {
        sb_check check;
        sb_check_init(&check);
        fmpq_zero(number);
        assert_int_equal(sb_check_mechanism(environment, solution.mechanism, number, &check, NULL),
                         SB_OK);
        size_t binding = 0;
        for (size_t k = 0; k < check.slack_count; k++) {
            const sb_slack *slack = &check.slacks[k];
            sb_constraint_slack(number, environment, solution.mechanism, &slack->constraint);
            assert_true(fmpq_equal(number, &slack->slack));
            const sb_binding *found = sb_solution_binding(&solution, &slack->constraint);
            assert_true((found != NULL) == fmpq_is_zero(number));
            assert_true(sb_solution_dual(number, environment, &solution, &slack->constraint));
            assert_true(found == NULL ? fmpq_is_zero(number) : fmpq_equal(number, &found->dual));
            binding += found != NULL;
        }
        assert_int_equal(binding, solution.binding_count);
        for (size_t k = 0; k < solution.multiplier_count; k++) {
            const sb_constraint *constraint = &solution.multipliers[k].constraint;
            assert_true(sb_solution_dual(number, environment, &solution, constraint));
            if (constraint->kind == SB_CONSTRAINT_BUDGET &&
                sb_constraint_is_equation(environment, constraint)) {
                fmpq_neg(number, number);
            }
            assert_true(fmpq_equal(number, &solution.multipliers[k].value));
        }
        sb_check_clear(&check);
    }
    fmpq_clear(number);
    sb_solution_clear(&solution);
}

static void rows_are_those_of_the_program(void **state)
{
    (void)state;
    property_stream stream = {12};
    for (int k = 0; k < property_cases(144); k++) {
        char first[32], second[32];
        snprintf(first, sizeof first, "%ld %ld %ld", property_between(&stream, 0, 2),
                 property_between(&stream, 0, 3), property_between(&stream, 1, 4));
        snprintf(second, sizeof second, "%ld %ld", property_between(&stream, 0, 2),
                 property_between(&stream, 1, 4));
        sb_environment *environment = item(k % 5 == 4 ? 1 : 2, (const char *const[]){first, second},
                                           (size_t)(k % 3), "1/2", NULL);
        size_t profiles = sb_environment_profile_count(environment);
        fmpq *weights = sb_rationals_new(profiles);
        for (size_t p = 0; p < profiles; p++) {
            fmpq_set_si(weights + p, property_between(&stream, p == 0, 2), 1);
        }
        assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
        sb_rationals_free(weights, profiles);
        fmpq_set_si(environment->agents[0].outside + 1, property_between(&stream, 0, 1), 3);
        int *choice = environment->rules.choice;
        choice[SB_RULE_INCENTIVES] = k % 3;
        choice[SB_RULE_PARTICIPATION] = k / 3 % 4;
        choice[SB_RULE_PAYMENTS] = k / 12 % 6;
        choice[SB_RULE_OBJECTIVE] = k % 4;
        fmpq_one(&environment->rules.payment_bound);
        if (k % 4 == 1) {
            sb_rules_choose_own(&environment->rules, SB_RULE_INCENTIVES, 0, (k + 1) % 3);
            sb_rules_choose_own(&environment->rules, SB_RULE_PARTICIPATION, 0, (k / 3 + 1) % 4);
        }
        if (k % 2 == 1) {
            restrict_reports(environment, &stream);
        }
        sb_design *design = NULL;
        sb_design_listing *listing = NULL;
        assert_int_equal(sb_design_new(environment, &design, NULL), SB_OK);
        assert_int_equal(sb_design_listing_new(environment, &listing, NULL), SB_OK);
        assert_int_equal(listing->row_count, sb_lp_row_count(sb_design_program(design)));
        for (size_t row = 0; row < listing->row_count; row++) {
            assert_row(environment, design, listing, row);
        }
        assert_objective(design, listing);
        assert_solved(environment, listing);
        sb_design_listing_free(listing);
        sb_design_free(design);
        sb_environment_free(environment);
    }
}

static void what_is_not_there_is_not_found(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 2 0 0");
    sb_design_listing *listing = NULL;
    assert_int_equal(sb_design_listing_new(environment, &listing, NULL), SB_OK);
    sb_constraint constraint = {SB_CONSTRAINT_INCENTIVE, SB_NOWHERE, 0, 1, 0, SB_NOWHERE};
    assert_true(sb_design_listing_find(listing, &constraint) == SB_NOWHERE); /* probability 0 */
    constraint.type = 0;
    constraint.report = 0;
    assert_true(sb_design_listing_find(listing, &constraint) == SB_NOWHERE);
    constraint.report = 1;
    assert_true(sb_design_listing_find(listing, &constraint) != SB_NOWHERE);
    constraint =
        (sb_constraint){SB_CONSTRAINT_BUDGET, 0, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE};
    assert_true(sb_design_listing_find(listing, &constraint) == SB_NOWHERE);
    sb_design_listing_free(listing);
    sb_environment_free(environment);
}

/* ---- texts ---- */

/* No-break spaces as blanks. */
static char *plain(char *text)
{
    assert_non_null(text);
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (strncmp(from, "\xC2\xA0", 2) == 0) {
            *to++ = ' ';
            from++;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return text;
}

static void assert_row_text(const sb_design_listing *listing, const sb_constraint *constraint,
                            size_t most, const char *wanted)
{
    char *text = plain(sb_design_row_text(listing, sb_design_listing_find(listing, constraint),
                                          SB_NUMBER_DECIMAL, 0, most));
    assert_string_equal(text, wanted);
    free(text);
}

static void a_row_as_a_person_writes_it(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "0.251 0.25 0.25 0.249");
    sb_design_listing *listing = NULL;
    assert_int_equal(sb_design_listing_new(environment, &listing, NULL), SB_OK);
    sb_constraint constraint = {SB_CONSTRAINT_INCENTIVE, SB_NOWHERE, 0, 1, 0, SB_NOWHERE};
    assert_row_text(
        listing, &constraint, 0,
        "0.25 [2 p(agent 1 gets it | 2, 1) \xE2\x88\x92 x(agent 1 | 2, 1) \xE2\x88\x92 2 p(agent 1 "
        "gets it | 1, 1) + x(agent 1 | 1, 1)] + 0.249 [2 p(agent 1 gets it | 2, 2) \xE2\x88\x92 "
        "x(agent 1 | 2, 2) \xE2\x88\x92 2 p(agent 1 gets it | 1, 2) + x(agent 1 | 1, 2)] "
        "\xE2\x89\xA5 0");
    assert_row_text(listing, &constraint, 1,
                    "0.25 [2 p(agent 1 gets it | 2, 1) \xE2\x88\x92 x(agent 1 | 2, 1) "
                    "\xE2\x88\x92 2 p(agent 1 gets it | 1, 1) + x(agent 1 | 1, 1)] + \xE2\x80\xA6 "
                    "(1 of 2 profiles left out) \xE2\x89\xA5 0");
    constraint = (sb_constraint){
        SB_CONSTRAINT_PROBABILITY, 2, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE};
    assert_row_text(listing, &constraint, 0,
                    "p(agent 1 gets it | 2, 1) + p(agent 2 gets it | 2, 1) + p(nobody gets it | 2, "
                    "1) = 1");
    char *text = plain(sb_design_row_text(listing, listing->row_count, SB_NUMBER_FRACTION, 0, 1));
    assert_string_equal(text, "251/1000 [x(agent 1 | 1, 1) + x(agent 2 | 1, 1)] + \xE2\x80\xA6 (3 "
                              "of 4 profiles left out)");
    free(text);
    sb_design_listing_free(listing);
    sb_environment_free(environment);
    environment = one_bidder_and_signal("1 2", 2, "1 1 1 4");
    assert_int_equal(sb_design_listing_new(environment, &listing, NULL), SB_OK);
    text = plain(sb_design_row_text(listing, listing->row_count, SB_NUMBER_DECIMAL, 5, 2));
    assert_string_equal(text,
                        "1/7 x(agent 1 | 1, 1) + 1/7 x(agent 1 | 1, 2) + \xE2\x80\xA6 (2 of 4 "
                        "profiles left out)");
    free(text);
    set_weights(environment, "1 1000000 1 1");
    text = plain(sb_design_row_text(listing, listing->row_count, SB_NUMBER_DECIMAL, 5, 1));
    assert_string_equal(text, "1e-06 x(agent 1 | 1, 1) + \xE2\x80\xA6 (3 of 4 profiles left out)");
    free(text);
    sb_design_listing_free(listing);
    sb_environment_free(environment);
}

static void outside_options_and_budgets(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "1 1 1 1");
    set_rules(environment, "ex-post", "ex-post");
    assert_int_equal(sb_rules_set(&environment->rules, "payments", "balanced", NULL), SB_OK);
    fmpq_set_si(environment->agents[0].outside, -1, 3);
    sb_design_listing *listing = NULL;
    assert_int_equal(sb_design_listing_new(environment, &listing, NULL), SB_OK);
    sb_constraint constraint = {SB_CONSTRAINT_PARTICIPATION, SB_NOWHERE, 0, 0, SB_NOWHERE, 1};
    assert_row_text(listing, &constraint, 0,
                    "p(agent 1 gets it | 1, 2) \xE2\x88\x92 x(agent 1 | 1, 2) \xE2\x89\xA5 "
                    "\xE2\x88\x92"
                    "1/3");
    constraint =
        (sb_constraint){SB_CONSTRAINT_BUDGET, 3, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE, SB_NOWHERE};
    assert_row_text(listing, &constraint, 0, "x(agent 1 | 2, 2) = 0");
    sb_design_listing_free(listing);
    sb_environment_free(environment);
}

static void assert_budget_dual(const char *payments, const char *objective, bool equation)
{
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "1 1 1 1");
    set_rules(environment, "none", "none");
    assert_int_equal(sb_rules_set(&environment->rules, "payments", payments, NULL), SB_OK);
    assert_int_equal(sb_rules_set(&environment->rules, "objective", objective, NULL), SB_OK);
    sb_solution solution;
    sb_solution_init(&solution);
    assert_int_equal(sb_design_solve(environment, NULL, NULL, &solution, NULL), SB_OK);
    fmpq_t dual;
    fmpq_init(dual);
    for (size_t profile = 0; profile < 4; profile++) {
        sb_constraint budget = {SB_CONSTRAINT_BUDGET, profile,    SB_NOWHERE,
                                SB_NOWHERE,           SB_NOWHERE, SB_NOWHERE};
        assert_int_equal(sb_constraint_is_equation(environment, &budget), equation);
        assert_int_equal(sb_solution_binds(environment, &solution, &budget), !equation);
        assert_true(sb_solution_dual(dual, environment, &solution, &budget));
        assert_true(fmpz_is_one(fmpq_numref(dual)) && *fmpq_denref(dual) == 4);
    }
    fmpq_clear(dual);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

/* One unit more in each profile of probability 1/4: to the seller where payments balance, from the
 * seller where there may be no deficit. */
static void duals_of_budgets(void **state)
{
    (void)state;
    assert_budget_dual("balanced", "revenue", true);
    assert_budget_dual("no-deficit", "agents", false);
}

/* One block after another: heading, formula, formula in LaTeX. */
static void assert_blocks(const sb_environment *environment, size_t count,
                          const char *const (*wanted)[3])
{
    sb_design_listing *listing = NULL;
    assert_int_equal(sb_design_listing_new(environment, &listing, NULL), SB_OK);
    assert_int_equal(listing->block_count, count);
    for (size_t block = 0; block < count; block++) {
        char *texts[] = {sb_design_heading(listing, block),
                         sb_design_formula(listing, block, SB_NOTATION_TEXT),
                         sb_design_formula(listing, block, SB_NOTATION_LATEX)};
        for (int k = 0; k < 3; k++) {
            assert_non_null(texts[k]);
            assert_string_equal(texts[k], wanted[block][k]);
            free(texts[k]);
        }
    }
    sb_design_listing_free(listing);
}

static void rules_in_general(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", NULL);
    static const char *const two[][3] = {
        {"Probabilities", "\xCE\xA3[o] p(o | \xCF\x88) = 1  at every profile \xCF\x88",
         "\\sum_{o} p(o \\mid \\psi) = 1\\quad \\text{at every profile }\\psi"},
        {"Bayes-Nash incentive compatibility of agent 1",
         "\xCE\xA3[\xCE\xB8_-i] \xCF\x80(\xCE\xB8_i, \xCE\xB8_-i) [U_i(\xCE\xB8_i; \xCE\xB8_i, "
         "\xCE\xB8_-i) \xE2\x88\x92 U_i(r; \xCE\xB8_i, \xCE\xB8_-i)] \xE2\x89\xA5 0  for all types "
         "\xCE\xB8_i and reports r \xE2\x89\xA0 \xCE\xB8_i",
         "\\sum_{\\theta_{-i}} \\pi(\\theta_i, \\theta_{-i}) [U_i(\\theta_i; \\theta_i, "
         "\\theta_{-i}) - U_i(r; \\theta_i, \\theta_{-i})] \\ge 0\\quad \\text{for all types "
         "}\\theta_i\\text{ and reports }r \\ne \\theta_i"},
        {"Ex-post incentive compatibility of agent 2",
         "U_i(\xCE\xB8_i; \xCE\xB8_i, \xCE\xB8_-i) \xE2\x88\x92 U_i(r; \xCE\xB8_i, \xCE\xB8_-i) "
         "\xE2\x89\xA5 0  for all types \xCE\xB8_i, reports r \xE2\x89\xA0 \xCE\xB8_i and all "
         "\xCE\xB8_-i",
         "U_i(\\theta_i; \\theta_i, \\theta_{-i}) - U_i(r; \\theta_i, \\theta_{-i}) \\ge "
         "0\\quad \\text{for all types }\\theta_i\\text{, reports }r \\ne \\theta_i\\text{ and all "
         "}\\theta_{-i}"},
        {"Ex-ante individual rationality of agent 1",
         "\xCE\xA3[\xCE\xB8_i] \xCE\xA3[\xCE\xB8_-i] \xCF\x80(\xCE\xB8_i, \xCE\xB8_-i) "
         "U_i(\xCE\xB8_i; \xCE\xB8_i, \xCE\xB8_-i) \xE2\x89\xA5 0",
         "\\sum_{\\theta_i} \\sum_{\\theta_{-i}} \\pi(\\theta_i, \\theta_{-i}) U_i(\\theta_i; "
         "\\theta_i, \\theta_{-i}) \\ge 0"},
        {"Ex-ante individual rationality of agent 2",
         "\xCE\xA3[\xCE\xB8_i] \xCE\xA3[\xCE\xB8_-i] \xCF\x80(\xCE\xB8_i, \xCE\xB8_-i) "
         "U_i(\xCE\xB8_i; \xCE\xB8_i, \xCE\xB8_-i) \xE2\x89\xA5 0",
         "\\sum_{\\theta_i} \\sum_{\\theta_{-i}} \\pi(\\theta_i, \\theta_{-i}) U_i(\\theta_i; "
         "\\theta_i, \\theta_{-i}) \\ge 0"},
        {"No deficit", "\xCE\xA3[i] x_i(\xCF\x88) \xE2\x89\xA5 0  at every profile \xCF\x88",
         "\\sum_{i} x_i(\\psi) \\ge 0\\quad \\text{at every profile }\\psi"},
    };
    sb_rules_choose_own(&environment->rules, SB_RULE_INCENTIVES, 1, SB_IC_EX_POST);
    assert_int_equal(sb_rules_set(&environment->rules, "ir", "ex-ante", NULL), SB_OK);
    assert_int_equal(sb_rules_set(&environment->rules, "payments", "no-deficit", NULL), SB_OK);
    assert_blocks(environment, 6, two);
    sb_environment_free(environment);
    environment = one_bidder_and_signal("1 2", 2, NULL);
    fmpq_one(environment->agents[0].outside);
    static const char *const one[][3] = {
        {"Probabilities", "\xCE\xA3[o] p(o | \xCF\x88) = 1  at every profile \xCF\x88",
         "\\sum_{o} p(o \\mid \\psi) = 1\\quad \\text{at every profile }\\psi"},
        {"Bayes-Nash incentive compatibility of agent 1",
         "\xCE\xA3[\xCF\x89] \xCF\x80(\xCE\xB8, \xCF\x89) [U(\xCE\xB8; \xCE\xB8, \xCF\x89) "
         "\xE2\x88\x92 U(r; \xCE\xB8, \xCF\x89)] \xE2\x89\xA5 0  for all types \xCE\xB8 and "
         "reports "
         "r \xE2\x89\xA0 \xCE\xB8",
         "\\sum_{\\omega} \\pi(\\theta, \\omega) [U(\\theta; \\theta, \\omega) - U(r; \\theta, "
         "\\omega)] \\ge 0\\quad \\text{for all types }\\theta\\text{ and reports }r \\ne \\theta"},
        {"Ex-interim individual rationality of agent 1",
         "\xCE\xA3[\xCF\x89] \xCF\x80(\xCE\xB8, \xCF\x89) [U(\xCE\xB8; \xCE\xB8, \xCF\x89) "
         "\xE2\x88\x92 w(\xCE\xB8)] \xE2\x89\xA5 0  for all types \xCE\xB8",
         "\\sum_{\\omega} \\pi(\\theta, \\omega) [U(\\theta; \\theta, \\omega) - w(\\theta)] \\ge "
         "0\\quad \\text{for all types }\\theta"},
    };
    assert_blocks(environment, 3, one);
    sb_environment_free(environment);
}

static void objectives_and_ranges(void **state)
{
    (void)state;
    static const char *const cases[][4] = {
        {"objective", "revenue",
         "\xCE\xA3[\xCF\x88] \xCF\x80(\xCF\x88) [\xCE\xA3[i] x_i(\xCF\x88)]",
         "p(o | \xCF\x88) \xE2\x89\xA5 0, x_i(\xCF\x88) of either sign"},
        {"objective", "welfare",
         "\xCE\xA3[\xCF\x88] \xCF\x80(\xCF\x88) [\xCE\xA3[o] \xCE\xA3[i] p(o | \xCF\x88) "
         "u_i(\xCE\xB8_i, o)]",
         "p(o | \xCF\x88) \xE2\x89\xA5 0, x_i(\xCF\x88) of either sign"},
        {"objective", "agents",
         "\xCE\xA3[\xCF\x88] \xCF\x80(\xCF\x88) [\xE2\x88\x92\xCE\xA3[i] x_i(\xCF\x88) + "
         "\xCE\xA3[o] \xCE\xA3[i] p(o | \xCF\x88) u_i(\xCE\xB8_i, o)]",
         "p(o | \xCF\x88) \xE2\x89\xA5 0, x_i(\xCF\x88) of either sign"},
        {"objective", "designer", "\xCE\xA3[\xCF\x88] \xCF\x80(\xCF\x88) [0]",
         "p(o | \xCF\x88) \xE2\x89\xA5 0, x_i(\xCF\x88) of either sign"},
        {"objective", "weights:revenue+0.5*agents",
         "\xCE\xA3[\xCF\x88] \xCF\x80(\xCF\x88) [0.5 \xCE\xA3[i] x_i(\xCF\x88) + 0.5 \xCE\xA3[o] "
         "\xCE\xA3[i] p(o | \xCF\x88) u_i(\xCE\xB8_i, o)]",
         "p(o | \xCF\x88) \xE2\x89\xA5 0, x_i(\xCF\x88) of either sign"},
        {"payments", "bounded:10",
         "\xCE\xA3[\xCF\x88] \xCF\x80(\xCF\x88) [\xCE\xA3[i] x_i(\xCF\x88)]",
         "p(o | \xCF\x88) \xE2\x89\xA5 0, |x_i(\xCF\x88)| \xE2\x89\xA4 10"},
        {"payments", "no-subsidies",
         "\xCE\xA3[\xCF\x88] \xCF\x80(\xCF\x88) [\xCE\xA3[i] x_i(\xCF\x88)]",
         "p(o | \xCF\x88) \xE2\x89\xA5 0, x_i(\xCF\x88) \xE2\x89\xA5 0"},
        {"payments", "none", "\xCE\xA3[\xCF\x88] \xCF\x80(\xCF\x88) [0]",
         "p(o | \xCF\x88) \xE2\x89\xA5 0, no payments"},
        {"deterministic", "true",
         "\xCE\xA3[\xCF\x88] \xCF\x80(\xCF\x88) [\xCE\xA3[i] x_i(\xCF\x88)]",
         "p(o | \xCF\x88) in {0, 1}, x_i(\xCF\x88) of either sign"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        sb_environment *environment = two_bidders("1 2", "1 2", NULL);
        assert_int_equal(sb_rules_set(&environment->rules, cases[k][0], cases[k][1], NULL), SB_OK);
        sb_design_listing *listing = NULL;
        assert_int_equal(sb_design_listing_new(environment, &listing, NULL), SB_OK);
        char *objective = sb_design_objective_formula(listing, SB_NOTATION_TEXT);
        char *range = sb_design_range_formula(listing, SB_NOTATION_TEXT);
        assert_string_equal(objective, cases[k][2]);
        assert_string_equal(range, cases[k][3]);
        free(objective);
        free(range);
        sb_design_listing_free(listing);
        sb_environment_free(environment);
    }
}

/* ---- LaTeX ---- */

static void latex_escapes(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"plain 1, (2)", "plain 1, (2)"},
        {"50% & more_#1", "50\\% \\& more\\_\\#1"},
        {"a\\b{c}$d", "a\\textbackslash{}b\\{c\\}\\$d"},
        {"^~<>|\"",
         "\\textasciicircum{}\\textasciitilde{}\\textless{}\\textgreater{}\\textbar{}''"},
        {"\xC3\xA9t\xC3\xA9", "\xC3\xA9t\xC3\xA9"},
        {"", ""},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        char *escaped = sb_latex_escape(cases[k][0]);
        assert_string_equal(escaped, cases[k][1]);
        free(escaped);
    }
}

static size_t occurrences(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

/* Braces, environments and delimiters match, labels are escaped, and every row is there. */
static void a_whole_program_in_latex(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 4");
    assert_int_equal(sb_environment_rename_type(environment, 0, 0, "a_b & 5%", NULL), SB_OK);
    sb_design_listing *listing = NULL;
    assert_int_equal(sb_design_listing_new(environment, &listing, NULL), SB_OK);
    char *text = NULL;
    assert_int_equal(sb_design_format_latex(listing, &text, NULL), SB_OK);
    long depth = 0;
    for (const char *at = text; *at != '\0'; at++) {
        bool escaped = at > text && at[-1] == '\\';
        depth += !escaped && *at == '{' ? 1 : !escaped && *at == '}' ? -1 : 0;
        assert_true(depth >= 0);
        assert_true((unsigned char)*at < 128);
    }
    assert_int_equal(depth, 0);
    assert_int_equal(occurrences(text, "\\begin{align*}"), listing->block_count + 1);
    assert_int_equal(occurrences(text, "\\end{align*}"), listing->block_count + 1);
    assert_int_equal(occurrences(text, "\\bigl["), occurrences(text, "\\bigr]"));
    assert_int_equal(occurrences(text, "\n  & "), listing->row_count + 1);
    assert_int_equal(occurrences(text, "$") % 2, 0);
    assert_non_null(strstr(text, "\\text{a\\_b \\& 5\\%}"));
    assert_null(strstr(text, "a_b"));
    assert_non_null(strstr(text, "\\tfrac{4}{7}\\,\\bigl["));
    free(text);
    sb_design_listing_free(listing);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_those_of_the_program),
        cmocka_unit_test(what_is_not_there_is_not_found),
        cmocka_unit_test(a_row_as_a_person_writes_it),
        cmocka_unit_test(outside_options_and_budgets),
        cmocka_unit_test(duals_of_budgets),
        cmocka_unit_test(rules_in_general),
        cmocka_unit_test(objectives_and_ranges),
        cmocka_unit_test(latex_escapes),
        cmocka_unit_test(a_whole_program_in_latex),
    };
    int failed = cmocka_run_group_tests_name("mechanism/design_text", tests, NULL, NULL);
    flint_cleanup_master();
    return failed;
}
