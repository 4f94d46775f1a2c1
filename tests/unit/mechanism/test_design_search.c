/* Deterministic mechanisms: published optima, enumeration, limits.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/certificate.h"
#include "sidebet/checker.h"
#include "sidebet/environment_file.h"
#include "sidebet/smallest_payments.h"
#include "unit/mechanism/environments.h"

static void solve(const sb_environment *environment, sb_solution *solution)
{
    sb_error error;
    sb_error_clear(&error);
    sb_solution_init(solution);
    if (sb_design_solve(environment, NULL, NULL, solution, &error) != SB_OK) {
        fail_msg("%s", error.message);
    }
}

static void set_rule(sb_environment *environment, const char *rule, const char *choice)
{
    assert_int_equal(sb_rules_set(&environment->rules, rule, choice, NULL), SB_OK);
}

static void assert_deterministic(const sb_environment *environment, const sb_solution *solution)
{
    const sb_mechanism *mechanism = solution->mechanism;
    assert_non_null(mechanism);
    for (size_t k = 0; k < mechanism->profile_count * mechanism->outcome_count; k++) {
        assert_true(fmpq_is_zero(mechanism->allocation + k) ||
                    fmpq_is_one(mechanism->allocation + k));
    }
    fmpq_t zero;
    fmpq_init(zero);
    sb_check check;
    sb_check_init(&check);
    assert_int_equal(sb_check_mechanism(environment, mechanism, zero, &check, NULL), SB_OK);
    assert_true(check.accepted);
    assert_true(fmpq_equal(&check.objective, &solution->objective));
    sb_check_clear(&check);
    fmpq_clear(zero);
}

/* The divorce settlement of the literature on automated mechanism design. */
static void the_painting(void **state)
{
    (void)state;
    static const struct {
        const char *ic, *deterministic, *welfare;
    } cases[] = {
        {"ex-post", "true", "21.6"},
        {"bayes-nash", "true", "33.16"},
        {"bayes-nash", "false", "36.56"},
    };
    sb_environment *environment = NULL;
    assert_int_equal(
        sb_environment_read(SB_SOURCE_DIR "/demos/divorce.yaml", &environment, NULL, NULL), SB_OK);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        set_rule(environment, "ic", cases[k].ic);
        set_rule(environment, "deterministic", cases[k].deterministic);
        sb_solution solution;
        solve(environment, &solution);
        assert_int_equal(solution.status, SB_LP_OPTIMAL);
        assert_int_equal(solution.proof, SB_PROOF_EXACT);
        assert_number(&solution.objective, cases[k].welfare);
        if (solution.searched) {
            assert_deterministic(environment, &solution);
            assert_true(solution.nodes > 0);
        }
        sb_solution_clear(&solution);
    }
    sb_environment_free(environment);
}

static sb_environment *random_table(property_stream *stream)
{
    char first[32], second[32], weights[64];
    snprintf(first, sizeof first, "%ld %ld", property_between(stream, 0, 3),
             property_between(stream, 3, 7));
    snprintf(second, sizeof second, "%ld %ld", property_between(stream, 0, 3),
             property_between(stream, 3, 7));
    snprintf(weights, sizeof weights, "%ld %ld %ld %ld", property_between(stream, 1, 9),
             property_between(stream, 0, 9), property_between(stream, 0, 9),
             property_between(stream, 1, 9));
    return two_bidders(first, second, weights);
}

/* Every way to give the item away, each with the best payments: a linear program whose allocation
 * columns are fixed. */
static bool enumerate(const sb_environment *environment, fmpq_t best)
{
    enum { PROFILES = 4, OUTCOMES = 3, WAYS = 81 };
    bool found = false;
    sb_design *design = NULL;
    assert_int_equal(sb_design_new(environment, &design, NULL), SB_OK);
    sb_lp *program = NULL;
    assert_int_equal(sb_lp_copy(sb_design_program(design), &program, NULL), SB_OK);
    fmpq_t value;
    fmpq_init(value);
    for (int way = 0; way < WAYS; way++) {
        int rest = way;
        for (size_t profile = 0; profile < PROFILES; profile++) {
            for (size_t o = 0; o < OUTCOMES; o++) {
                fmpq_set_si(value, rest % OUTCOMES == (int)o, 1);
                size_t column = sb_design_allocation_column(design, profile, o);
                assert_int_equal(sb_lp_set_column_bounds(program, column, value, value, NULL),
                                 SB_OK);
            }
            rest /= OUTCOMES;
        }
        sb_lp_result result;
        sb_lp_result_init(&result);
        assert_int_equal(sb_lp_solve_exactly(program, &result, NULL), SB_OK);
        assert_int_not_equal(result.status, SB_LP_UNBOUNDED);
        if (result.status == SB_LP_OPTIMAL && (!found || fmpq_cmp(&result.objective, best) > 0)) {
            fmpq_set(best, &result.objective);
            found = true;
        }
        sb_lp_result_clear(&result);
    }
    fmpq_clear(value);
    sb_lp_free(program);
    sb_design_free(design);
    return found;
}

static void agrees_with_enumeration_and_is_at_most_the_linear_program(void **state)
{
    (void)state;
    static const char *const rules[][3] = {
        {"bayes-nash", "ex-interim", "free"},  {"ex-post", "ex-post", "free"},
        {"bayes-nash", "ex-post", "none"},     {"bayes-nash", "ex-interim", "bounded:2"},
        {"bayes-nash", "ex-post", "balanced"}, {"ex-post", "ex-interim", "no-subsidies"},
    };
    property_stream stream = {12};
    fmpq_t best;
    fmpq_init(best);
    for (int k = 0; k < property_cases(60); k++) {
        sb_environment *environment = random_table(&stream);
        set_rule(environment, "ic", rules[k % 6][0]);
        set_rule(environment, "ir", rules[k % 6][1]);
        set_rule(environment, "payments", rules[k % 6][2]);
        set_rule(environment, "objective", k % 4 == 0 ? "welfare" : "revenue");
        sb_solution linear;
        solve(environment, &linear);
        assert_int_equal(linear.status, SB_LP_OPTIMAL);
        set_rule(environment, "deterministic", "true");
        sb_solution searched;
        solve(environment, &searched);
        assert_true(enumerate(environment, best));
        assert_int_equal(searched.status, SB_LP_OPTIMAL);
        assert_int_equal(searched.proof, SB_PROOF_EXACT);
        assert_true(fmpq_equal(best, &searched.objective));
        assert_true(fmpq_cmp(&searched.objective, &linear.objective) <= 0);
        assert_deterministic(environment, &searched);
        sb_solution_clear(&linear);
        sb_solution_clear(&searched);
        sb_environment_free(environment);
    }
    fmpq_clear(best);
}

static void no_duals_are_pretended(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".251 .250 .250 .249");
    set_rule(environment, "deterministic", "true");
    sb_solution solution;
    solve(environment, &solution);
    assert_true(solution.searched);
    assert_int_equal(solution.multiplier_count, 0);
    char *text = NULL;
    sb_error error;
    assert_int_equal(sb_certificate_format(environment, &solution, &text, &error), SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "deterministic"));
    assert_null(text);
    assert_int_equal(sb_design_want_randomised(environment, "this", &error), SB_ERROR_USAGE);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

/* Whether the allocation is worth as much under |x| <= bound; the bound is the rules' own. */
static bool worth_as_much(sb_environment *environment, const sb_solution *solution,
                          const fmpq_t bound)
{
    set_rule(environment, "payments", "bounded:1");
    fmpq_set(&environment->rules.payment_bound, bound);
    sb_design *design = NULL;
    sb_lp *program = NULL;
    assert_int_equal(sb_design_new(environment, &design, NULL), SB_OK);
    assert_int_equal(sb_lp_copy(sb_design_program(design), &program, NULL), SB_OK);
    const sb_mechanism *mechanism = solution->mechanism;
    for (size_t k = 0; k < mechanism->profile_count * mechanism->outcome_count; k++) {
        const fmpq *probability = mechanism->allocation + k;
        assert_int_equal(sb_lp_set_column_bounds(program, k, probability, probability, NULL),
                         SB_OK);
    }
    sb_lp_result result;
    sb_lp_result_init(&result);
    assert_int_equal(sb_lp_solve_exactly(program, &result, NULL), SB_OK);
    bool same =
        result.status == SB_LP_OPTIMAL && fmpq_equal(&result.objective, &solution->objective);
    sb_lp_result_clear(&result);
    sb_lp_free(program);
    sb_design_free(design);
    set_rule(environment, "payments", "free");
    return same;
}

/* A cap at the smallest payments keeps what the allocation is worth; a lower one does not. */
static void smallest_payments_at_the_outcomes_found(void **state)
{
    (void)state;
    static const char *const incentives[] = {"bayes-nash", "ex-post", "none"};
    static const char *const participations[] = {"ex-interim", "ex-post", "ex-ante"};
    property_stream stream = {13};
    fmpq_t lower;
    fmpq_init(lower);
    int positive = 0;
    for (int k = 0; k < property_cases(60); k++) {
        sb_environment *environment = random_table(&stream);
        set_rule(environment, "ic", incentives[k % 3]);
        set_rule(environment, "ir", participations[k / 3 % 3]);
        set_rule(environment, "objective", k % 4 == 0 ? "welfare" : "revenue");
        set_rule(environment, "deterministic", "true");
        sb_solution solution;
        solve(environment, &solution);
        assert_true(solution.searched);
        sb_smallest_payments smallest;
        sb_smallest_payments_init(&smallest);
        sb_error error;
        sb_error_clear(&error);
        if (sb_smallest_payments_find(environment, &solution, NULL, NULL, &smallest, &error) !=
            SB_OK) {
            fail_msg("%s", error.message);
        }
        assert_int_equal(smallest.status, SB_LP_OPTIMAL);
        assert_int_equal(smallest.proof, SB_PROOF_EXACT);
        assert_true(fmpq_cmp(&smallest.largest, &solution.max_payment) <= 0);
        for (size_t p = 0; p < 12; p++) {
            assert_true(
                fmpq_equal(smallest.mechanism->allocation + p, solution.mechanism->allocation + p));
        }
        if (fmpq_sgn(&smallest.largest) > 0) {
            positive++;
            assert_true(worth_as_much(environment, &solution, &smallest.largest));
            fmpq_set_si(lower, 999999, 1000000);
            fmpq_mul(lower, lower, &smallest.largest);
            assert_false(worth_as_much(environment, &solution, lower));
        }
        sb_smallest_payments_clear(&smallest);
        sb_solution_clear(&solution);
        sb_environment_free(environment);
    }
    assert_true(positive > property_cases(60) / 2);
    fmpq_clear(lower);
}

static void smallest_payments_of_another_environment(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "3 1 1 2");
    set_rule(environment, "deterministic", "true");
    sb_solution solution;
    solve(environment, &solution);
    sb_smallest_payments smallest;
    sb_smallest_payments_init(&smallest);
    sb_error error;
    sb_environment *other = two_bidders("1 2 3", "1 2", NULL);
    assert_int_equal(sb_smallest_payments_find(other, &solution, NULL, NULL, &smallest, &error),
                     SB_ERROR_USAGE);
    set_weights(environment, "1 1 1 1");
    assert_int_equal(
        sb_smallest_payments_find(environment, &solution, NULL, NULL, &smallest, &error),
        SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "not an exact optimum"));
    sb_smallest_payments_clear(&smallest);
    sb_solution_clear(&solution);
    sb_environment_free(other);
    sb_environment_free(environment);
}

/* Five outcomes: one gets it, the other does, a museum does, and twice nobody. */
static void the_painting_in_dollars(void **state)
{
    (void)state;
    sb_environment *environment = divorce("11000 1000 6000 0 0", "1200 1000 1100 0 0");
    static const struct {
        const char *ic, *objective, *payments, *optimum;
    } cases[] = {
        {"bayes-nash", "welfare", "none", "5248"},
        {"ex-post", "welfare", "none", "4160"},
        {"bayes-nash", "agents", "no-subsidies", "5688"},
        {"ex-post", "agents", "no-subsidies", "5688"},
    };
    set_rule(environment, "ir", "none");
    set_rule(environment, "deterministic", "true");
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        set_rule(environment, "ic", cases[k].ic);
        set_rule(environment, "objective", cases[k].objective);
        set_rule(environment, "payments", cases[k].payments);
        sb_solution solution;
        solve(environment, &solution);
        assert_int_equal(solution.status, SB_LP_OPTIMAL);
        assert_int_equal(solution.proof, SB_PROOF_EXACT);
        assert_number(&solution.objective, cases[k].optimum);
        assert_deterministic(environment, &solution);
        sb_solution_clear(&solution);
    }
    sb_environment_free(environment);
}

static void no_optimum_is_explained(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 1");
    set_rule(environment, "deterministic", "true");
    set_rule(environment, "ir", "none");
    sb_solution solution;
    solve(environment, &solution);
    assert_int_equal(solution.status, SB_LP_UNBOUNDED);
    assert_int_equal(solution.proof, SB_PROOF_EXACT);
    bool remedy = false;
    for (size_t k = 0; k < solution.explanation.count; k++) {
        remedy = remedy || strstr(solution.explanation.texts[k], "`ir: ex-post`") != NULL;
    }
    assert_true(remedy);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

static void raise_flag(void *context, const sb_integer_progress *progress)
{
    if (progress->has_solution) {
        atomic_store((atomic_bool *)context, true);
    }
}

/* 5 x 5 types: long enough to be broken off, and the best mechanism so far is kept. */
static void a_cancelled_search_keeps_its_best(void **state)
{
    (void)state;
    sb_environment *environment =
        two_bidders("1 3 4 7 9", "2 3 5 6 8", "9 2 7 1 3 3 8 2 5 6 1 4 9 3 2 6 1 2 8 5 4 7 1 2 9");
    set_rule(environment, "ir", "ex-post");
    set_rule(environment, "payments", "bounded:3");
    atomic_bool cancel = false;
    sb_integer_options options = {
        .exact = true, .cancel = &cancel, .progress = raise_flag, .context = &cancel};
    sb_solution solution;
    sb_solution_init(&solution);
    sb_status status = sb_design_search(environment, &options, &solution, NULL);
    if (atomic_load(&cancel)) {
        assert_int_equal(status, SB_ERROR_CANCELLED);
        assert_int_equal(solution.status, SB_LP_OPTIMAL);
        assert_int_equal(solution.proof, SB_PROOF_FLOATING);
        assert_true(solution.incumbent);
        assert_string_equal(sb_solution_status_name(&solution), "incumbent");
        assert_string_equal(sb_solution_status_words(&solution), "best found");
        set_rule(environment, "deterministic", "true");
        assert_deterministic(environment, &solution);
        assert_true(solution.bound >= sb_rational_to_double(&solution.objective) - 1e-9);
        assert_ptr_equal(strstr(solution.reason, "the search was stopped"), solution.reason);
        assert_non_null(strstr(solution.reason, "; no deterministic mechanism does better than "));
    } else {
        assert_int_equal(status, SB_OK);
        skip(); /* too fast a machine to be interrupted */
    }
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_painting),
        cmocka_unit_test(agrees_with_enumeration_and_is_at_most_the_linear_program),
        cmocka_unit_test(no_duals_are_pretended),
        cmocka_unit_test(smallest_payments_at_the_outcomes_found),
        cmocka_unit_test(smallest_payments_of_another_environment),
        cmocka_unit_test(the_painting_in_dollars),
        cmocka_unit_test(no_optimum_is_explained),
        cmocka_unit_test(a_cancelled_search_keeps_its_best),
    };
    int failed = cmocka_run_group_tests_name("design search", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
