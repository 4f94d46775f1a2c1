/* Robust optima where probabilities differ by many powers of ten: what doubles see of a set is then
 * not the set, and only exact beliefs give the right rows.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/environment_file.h"
#include "unit/analysis/robust_cases.h"

/* The stepped run to its end: cuts from the estimate's rows on, without any guess. */
static void stepped_optimum(fmpq_t objective, const sb_environment *environment,
                            const sb_consistent_set *set)
{
    sb_robust_run *run = NULL;
    ok(sb_robust_run_new(environment, set, NULL, &run, HERE));
    ok(sb_robust_run_on(run, NULL, NULL, NULL, HERE));
    const sb_robust_round *round = sb_robust_run_round(run, sb_robust_run_current(run));
    assert_true(round->finished);
    assert_int_equal(round->proof, SB_PROOF_EXACT);
    fmpq_set(objective, &round->objective);
    sb_robust_run_free(run);
}

static void assert_all_agree(const sb_environment *environment, const char *radius)
{
    fmpq_t quick, other;
    fmpq_init(quick);
    fmpq_init(other);
    sb_consistent_set set;
    box(&set, environment, radius);
    robust_optimum(quick, environment, &set, NULL);
    stepped_optimum(other, environment, &set);
    assert_true(fmpq_equal(quick, other));
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.method = SB_ROBUST_COMPACT;
    robust_optimum(other, environment, &set, &options);
    assert_true(fmpq_equal(quick, other));
    sb_consistent_set_clear(&set);
    fmpq_clear(quick);
    fmpq_clear(other);
}

static void weights_of_very_different_size(void **state)
{
    (void)state;
    static const long sizes[] = {0, 1, 1000, 1000000, 1000000000};
    static const char *const radii[] = {"0.001", "0.01", "0.1", "0.3"};
    property_stream stream = {99};
    for (int k = 0; k < property_cases(160); k++) {
        size_t types = (size_t)property_between(&stream, 2, 4);
        size_t signals = (size_t)property_between(&stream, 2, 4);
        sb_environment *environment = random_environment(&stream, types, signals);
        fmpq *weights = sb_rationals_new(types * signals);
        for (size_t cell = 0; cell < types * signals; cell++) {
            fmpq_set_si(weights + cell, sizes[property_between(&stream, cell == 0, 4)], 1);
        }
        ok(sb_environment_set_weights(environment, weights, HERE));
        sb_rationals_free(weights, types * signals);
        assert_all_agree(environment, radii[k % 4]);
        sb_environment_free(environment);
    }
}

/* Strongly correlated normal tables: entries from 1 down to 1e-12. */
static void strongly_correlated_normal_tables(void **state)
{
    (void)state;
    static const char *const correlations[] = {"0.8", "0.9", "0.95", "0.99"};
    static const char *const radii[] = {"0.01", "0.05", "0.2"};
    for (int k = 0; k < property_cases(24); k++) {
        char text[512];
        int types = 3 + k % 4;
        int used = snprintf(text, sizeof text, "item: {bidders: [{name: b, values: [1");
        for (int value = 2; value <= types; value++) {
            used += snprintf(text + used, sizeof text - (size_t)used, ", %d", value);
        }
        used += snprintf(text + used, sizeof text - (size_t)used,
                         "]}]}\nsignal: {values: [x, y, z]}\nprior: {bivariate-normal: "
                         "{correlation: %s, from: -2, to: 2}}\n",
                         correlations[k / 4 % 4]);
        sb_environment *environment = NULL;
        ok(sb_environment_parse(text, (size_t)used, "test", &environment, NULL, HERE));
        assert_all_agree(environment, radii[k % 3]);
        sb_environment_free(environment);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_of_very_different_size),
        cmocka_unit_test(strongly_correlated_normal_tables),
    };
    int failed = cmocka_run_group_tests_name("robust scales", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
