/* Environments and sets for the tests of robust design.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_ROBUST_CASES_H
#define SB_TESTS_ROBUST_CASES_H

#include "unit/mechanism/environments.h"

#include "normal_prior.h"
#include "sidebet/robust.h"
#include "sidebet/surplus.h"

#define ok(call)                                                                                   \
    do {                                                                                           \
        sb_error error_;                                                                           \
        sb_error_clear(&error_);                                                                   \
        if ((call) != SB_OK) {                                                                     \
            print_error("%s\n", error_.message);                                                   \
            fail();                                                                                \
        }                                                                                          \
    } while (0)
/* The error of the call inside ok(). */
#define HERE (&error_)

/* The bivariate normal of correlation 1/2 on k points of -2..2, twelve digits, values 1..k. */
static inline sb_environment *normal(size_t size)
{
    char values[256] = "";
    for (size_t type = 1; type <= size; type++) {
        snprintf(values + strlen(values), sizeof values - strlen(values), "%zu ", type);
    }
    sb_environment *environment = one_bidder_and_signal(values, size, NULL);
    fmpq *weights = sb_rationals_new(size * size);
    fill_normal(weights, size, 12);
    ok(sb_environment_set_weights(environment, weights, HERE));
    sb_rationals_free(weights, size * size);
    return environment;
}

/* A small random table; every fourth has zeros. */
static inline sb_environment *random_environment(property_stream *stream, size_t types,
                                                 size_t signals)
{
    char values[64] = "", weights[256] = "";
    long value = 0;
    for (size_t type = 0; type < types; type++) {
        value += property_between(stream, type == 0 ? 0 : 1, 4);
        snprintf(values + strlen(values), sizeof values - strlen(values), "%ld ", value);
    }
    long least = property_between(stream, 0, 3) == 0 ? 0 : 1;
    for (size_t cell = 0; cell < types * signals; cell++) {
        snprintf(weights + strlen(weights), sizeof weights - strlen(weights), "%ld ",
                 cell == 0 ? 1 : property_between(stream, least, 9));
    }
    return one_bidder_and_signal(values, signals, weights);
}

static inline void box(sb_consistent_set *set, const sb_environment *environment,
                       const char *radius)
{
    fmpq *number = sb_rationals_new(1);
    read_numbers(radius, number, 1);
    sb_consistent_set_init(set);
    ok(sb_consistent_set_box(set, environment, number, HERE));
    sb_rationals_free(number, 1);
}

/* Solve and expect an optimum; proved and certified where options ask for that. */
static inline void solve_robust(const sb_environment *environment, const sb_consistent_set *set,
                                const sb_robust_options *options, sb_robust_solution *solution)
{
    sb_robust_solution_init(solution);
    ok(sb_robust_solve(environment, set, options, solution, HERE));
    assert_int_equal(solution->status, SB_LP_OPTIMAL);
    if (options == NULL || options->lp.exact) {
        assert_int_equal(solution->proof, SB_PROOF_EXACT);
        assert_true(solution->certified);
        assert_true(solution->largest_violation == 0);
    } else {
        assert_true(solution->largest_violation < 1e-7);
    }
}

/* The proved optimum alone. */
static inline void robust_optimum(fmpq_t objective, const sb_environment *environment,
                                  const sb_consistent_set *set, const sb_robust_options *options)
{
    sb_robust_solution solution;
    solve_robust(environment, set, options, &solution);
    fmpq_set(objective, &solution.objective);
    sb_robust_solution_clear(&solution);
}

#define assert_close(number, wanted, tolerance)                                                    \
    do {                                                                                           \
        double is_ = sb_rational_to_double(number), wanted_ = (wanted);                            \
        if (!(is_ - wanted_ <= (tolerance) && wanted_ - is_ <= (tolerance))) {                     \
            print_error("number is %.9f, not %.9f\n", is_, wanted_);                               \
            fail();                                                                                \
        }                                                                                          \
    } while (0)

#endif
