/* The quick start of robust design: what it finds, what it leaves to others, how it is used.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "analysis/robust_guess.h"
#include "analysis/robust_guess_parts.h"
#include "unit/analysis/robust_cases.h"

/* ---- the pieces ---- */

static void factor_solves(void **state)
{
    (void)state;
    property_stream stream = {3};
    /* sizes about the edges of blocks and tiles */
    static const size_t sizes[] = {1, 2, 5, 47, 48, 49, 97, 150};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        size_t size = sizes[k];
        double *factors = calloc(size * size, sizeof(double));
        double *matrix = calloc(size * size, sizeof(double));
        double *wanted = calloc(size, sizeof(double)), *given = calloc(size, sizeof(double));
        for (size_t i = 0; i < size; i++) {
            wanted[i] = (double)property_between(&stream, -9, 9);
            for (size_t j = 0; j <= i; j++) {
                double entry = (double)property_between(&stream, -9, 9);
                entry += i == j ? 10 * (double)size : 0;
                matrix[i * size + j] = matrix[j * size + i] = entry;
            }
        }
        for (size_t i = 0; i < size; i++) {
            for (size_t j = 0; j < size; j++) {
                given[i] += matrix[i * size + j] * wanted[j];
                factors[i * size + j] = matrix[i * size + j];
            }
        }
        sb_guess_factor(factors, size);
        sb_guess_factor_solve(factors, size, given);
        for (size_t i = 0; i < size; i++) {
            assert_true(fabs(given[i] - wanted[i]) < 1e-9);
        }
        free(factors);
        free(matrix);
        free(wanted);
        free(given);
    }
}

static void worst_belief_fills_the_cheap(void **state)
{
    (void)state;
    const double lower[] = {.1, .2, .1, .1}, width[] = {.3, .3, .3, .3};
    const double difference[] = {3, -1, 2, -1};
    sb_guess_program program = {.signals = 4};
    sb_guess_group group = {.lower = lower, .width = width, .rest = .5};
    unsigned char places[4];
    double belief[4];
    size_t order[4];
    double minimum = sb_guess_worst(&program, &group, difference, places, belief, order);
    assert_true(fabs(minimum - (.3 - .5 + .2 - .3)) < 1e-15);
    assert_int_equal(places[0], SB_GUESS_LOWER);
    assert_int_equal(places[1], SB_GUESS_UPPER); /* of two alike the first */
    assert_int_equal(places[2], SB_GUESS_LOWER);
    assert_int_equal(places[3], SB_GUESS_REMAINDER);
    assert_true(fabs(belief[1] - .5) < 1e-15 && fabs(belief[3] - .3) < 1e-15);
}

/* A belief amid a face is what its vertices and their shares add up to. */
static void mixture_adds_up(void **state)
{
    (void)state;
    enum { SIGNALS = 6 };
    const double lower[SIGNALS] = {0}, width[SIGNALS] = {.3, .3, .3, .2, .4, .3};
    double flows[SIGNALS] = {.3, .1, .2, .05, .35, 0}, masses[] = {1};
    unsigned char ties[SIGNALS] = {SB_GUESS_CHEAP, SB_GUESS_TIED, SB_GUESS_TIED,
                                   SB_GUESS_TIED,  SB_GUESS_TIED, SB_GUESS_DEAR};
    sb_guess_group group = {.lower = lower, .width = width, .rest = 1};
    sb_guess_program program = {.signals = SIGNALS, .group_count = 1, .groups = &group};
    sb_guess_interior interior = {.flows = flows, .masses = masses, .ties = ties};
    unsigned char places[(SIGNALS + 1) * SIGNALS];
    double shares[SIGNALS + 1], scratch[2 * SIGNALS], sum[SIGNALS] = {0}, total = 0;
    size_t order[SIGNALS];
    size_t count =
        sb_guess_decompose(&program, &interior, 0, SIGNALS + 1, places, shares, scratch, order);
    assert_true(count >= 2 && count <= 4);
    for (size_t part = 0; part < count; part++) {
        const unsigned char *at = places + part * SIGNALS;
        double rest = 1;
        size_t remainders = 0;
        total += shares[part];
        for (size_t w = 0; w < SIGNALS; w++) {
            rest -= at[w] == SB_GUESS_UPPER ? width[w] : 0;
            remainders += at[w] == SB_GUESS_REMAINDER;
        }
        assert_int_equal(remainders, 1);
        for (size_t w = 0; w < SIGNALS; w++) {
            sum[w] += shares[part] * (at[w] == SB_GUESS_UPPER       ? width[w]
                                      : at[w] == SB_GUESS_REMAINDER ? rest
                                                                    : 0);
        }
    }
    assert_true(fabs(total - 1) < 1e-8);
    for (size_t w = 0; w < SIGNALS; w++) {
        assert_true(fabs(sum[w] - flows[w]) < 1e-8);
    }
}

/* ---- the whole ---- */

/* Every cut's belief lies in its set, and the numbers are those of the proved optimum. */
static void check_guess(const sb_robust_guess *guess, const sb_environment *environment,
                        const sb_consistent_set *set, sb_robust_objective objective)
{
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.objective = objective;
    sb_robust_solution solution;
    solve_robust(environment, set, &options, &solution);
    assert_close(&solution.objective, guess->objective, 1e-7);
    assert_true(guess->violation < 1e-7);
    assert_int_equal(solution.rounds, 1);
    assert_int_equal(solution.exact_pivots, 0);
    for (size_t k = 0; k < guess->cut_count; k++) {
        assert_true(sb_consistent_set_contains(set, guess->cuts[k].type, guess->cuts[k].belief));
    }
    sb_robust_solution_clear(&solution);
}

static void normal_tables_need_one_round(void **state)
{
    (void)state;
    static const char *const radii[] = {".001", ".01", ".03", ".1", "1"};
    for (size_t k = 0; k < sizeof radii / sizeof *radii; k++) {
        sb_environment *environment = normal(8);
        sb_consistent_set set;
        box(&set, environment, radii[k]);
        for (int worst = 0; worst < 2; worst++) {
            sb_robust_objective objective = worst ? SB_ROBUST_WORST_CASE : SB_ROBUST_ESTIMATE;
            sb_robust_guess guess;
            sb_robust_guess_init(&guess);
            ok(sb_robust_guess_find(&guess, environment, &set, objective, NULL, HERE));
            assert_true(guess.found);
            assert_string_equal(guess.reason, "");
            check_guess(&guess, environment, &set, objective);
            sb_robust_guess_clear(&guess);
        }
        sb_consistent_set_clear(&set);
        sb_environment_free(environment);
    }
}

/* Whatever the guess is worth, both methods agree exactly; it is mostly worth a lot. */
static void methods_agree_under_any_rules(void **state)
{
    (void)state;
    static const char *const incentives[] = {"bayes-nash", "ex-post", "none"};
    static const char *const participation[] = {"ex-interim", "ex-post"};
    static const char *const payments[] = {"free", "bounded:3"};
    static const char *const objectives[] = {"revenue", "weights:revenue+0.5*agents"};
    static const char *const radii[] = {"0", ".002", ".05", ".3"};
    property_stream stream = {11};
    size_t single = 0, all = (size_t)property_cases(120);
    for (size_t k = 0; k < all; k++) {
        sb_environment *environment =
            random_environment(&stream, (size_t)property_between(&stream, 2, 4),
                               (size_t)property_between(&stream, 2, 4));
        sb_rules *rules = &environment->rules;
        ok(sb_rules_set(rules, "ic", incentives[property_between(&stream, 0, 2)], HERE));
        ok(sb_rules_set(rules, "ir", participation[property_between(&stream, 0, 1)], HERE));
        ok(sb_rules_set(rules, "payments", payments[property_between(&stream, 0, 1)], HERE));
        ok(sb_rules_set(rules, "objective", objectives[property_between(&stream, 0, 1)], HERE));
        sb_consistent_set set;
        box(&set, environment, radii[property_between(&stream, 0, 3)]);
        sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
        options.objective =
            property_between(&stream, 0, 1) ? SB_ROBUST_ESTIMATE : SB_ROBUST_WORST_CASE;
        sb_robust_solution cuts, compact;
        solve_robust(environment, &set, &options, &cuts);
        options.method = SB_ROBUST_COMPACT;
        solve_robust(environment, &set, &options, &compact);
        assert_true(fmpq_equal(&cuts.objective, &compact.objective));
        single += cuts.rounds == 1 && cuts.exact_pivots == 0;
        sb_robust_solution_clear(&cuts);
        sb_robust_solution_clear(&compact);
        sb_consistent_set_clear(&set);
        sb_environment_free(environment);
    }
    assert_true(single * 10 >= all * 9);
}

/* Without proofs the guess itself is the answer. */
static void floating_answer(void **state)
{
    (void)state;
    sb_environment *environment = normal(10);
    sb_consistent_set set;
    box(&set, environment, ".1");
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.lp.exact = false;
    for (int worst = 0; worst < 2; worst++) {
        options.objective = worst ? SB_ROBUST_WORST_CASE : SB_ROBUST_ESTIMATE;
        sb_robust_solution solution;
        solve_robust(environment, &set, &options, &solution);
        assert_int_equal(solution.proof, SB_PROOF_FLOATING);
        assert_int_equal(solution.iterations, 0);
        assert_close(&solution.objective, worst ? 3.397905707 : 3.540125142, 1e-8);
        if (worst) {
            fmpq_sub(&solution.worst_case, &solution.worst_case, &solution.objective);
            assert_close(&solution.worst_case, 0, 1e-8);
        }
        sb_robust_solution_clear(&solution);
    }
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

static void refusals(void **state)
{
    (void)state;
    sb_environment *environment = normal(3);
    sb_consistent_set set;
    box(&set, environment, ".1");
    sb_robust_guess guess;
    sb_robust_guess_init(&guess);
    ok(sb_rules_set(&environment->rules, "payments", "none", HERE));
    ok(sb_robust_guess_find(&guess, environment, &set, SB_ROBUST_ESTIMATE, NULL, HERE));
    assert_false(guess.found);
    assert_string_equal(guess.reason, "no payments, or payments of one sign");
    ok(sb_rules_set(&environment->rules, "payments", "free", HERE));
    ok(sb_rules_set(&environment->rules, "ir", "none", HERE));
    ok(sb_robust_guess_find(&guess, environment, &set, SB_ROBUST_ESTIMATE, NULL, HERE));
    assert_false(guess.found);
    ok(sb_rules_set(&environment->rules, "ir", "ex-interim", HERE));
    fmpq *ones = sb_rationals_new(4);
    for (size_t k = 0; k < 4; k++) {
        fmpq_one(ones + k);
    }
    sb_belief_constraint constraint = {.type = 0, .coefficients = ones, .has_upper = true};
    fmpq_init(&constraint.lower);
    fmpq_init(&constraint.upper);
    fmpq_set(&constraint.upper, ones);
    ok(sb_consistent_set_constrain(&set, environment, 1, &constraint, HERE));
    ok(sb_robust_guess_find(&guess, environment, &set, SB_ROBUST_ESTIMATE, NULL, HERE));
    assert_false(guess.found);
    assert_string_equal(guess.reason, "sets that are no boxes");
    fmpq_clear(&constraint.lower);
    fmpq_clear(&constraint.upper);
    sb_rationals_free(ones, 4);
    sb_robust_guess_clear(&guess);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

static void cancelling(void **state)
{
    (void)state;
    sb_environment *environment = normal(4);
    sb_consistent_set set;
    box(&set, environment, ".1");
    atomic_bool cancel = true;
    sb_robust_guess guess;
    sb_robust_guess_init(&guess);
    sb_error error;
    assert_int_equal(
        sb_robust_guess_find(&guess, environment, &set, SB_ROBUST_ESTIMATE, &cancel, &error),
        SB_ERROR_CANCELLED);
    assert_false(guess.found);
    sb_robust_guess_clear(&guess);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factor_solves),
        cmocka_unit_test(worst_belief_fills_the_cheap),
        cmocka_unit_test(mixture_adds_up),
        cmocka_unit_test(normal_tables_need_one_round),
        cmocka_unit_test(methods_agree_under_any_rules),
        cmocka_unit_test(floating_answer),
        cmocka_unit_test(refusals),
        cmocka_unit_test(cancelling),
    };
    return cmocka_run_group_tests_name("robust guess", tests, NULL, NULL);
}
