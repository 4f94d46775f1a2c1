/* Robust design under reporting sets: all ways reach one optimum, between the limits.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "unit/analysis/robust_cases.h"

#include "sidebet/robust_price.h"
#include "unit/analysis/reports_cases.h"

static const char *const radii[] = {"0", ".02", ".1", ".3", "1"};

static void random_rules(sb_environment *environment, property_stream *stream)
{
    static const char *const ics[] = {"bayes-nash", "bayes-nash", "bayes-nash", "ex-post"};
    static const char *const irs[] = {"ex-interim", "ex-interim", "ex-post"};
    set_rules(environment, ics[property_between(stream, 0, 3)],
              irs[property_between(stream, 0, 2)]);
}

static void stepped_optimum(fmpq_t objective, const sb_environment *environment,
                            const sb_consistent_set *set, const sb_robust_options *options)
{
    sb_robust_run *run = NULL;
    ok(sb_robust_run_new(environment, set, options, &run, HERE));
    ok(sb_robust_run_on(run, NULL, NULL, NULL, HERE));
    const sb_robust_round *round = sb_robust_run_round(run, sb_robust_run_current(run));
    assert_true(round->finished);
    assert_int_equal(round->status, SB_LP_OPTIMAL);
    for (size_t k = 0; k < sb_robust_run_count(run); k++) {
        const sb_robust_round *one = sb_robust_run_round(run, k);
        for (size_t found = 0; found < one->found_count; found++) {
            assert_true(one->found[found].kind != SB_CUT_INCENTIVE ||
                        sb_environment_may_report(environment, 0, one->found[found].type,
                                                  one->found[found].report));
        }
    }
    fmpq_set(objective, &round->objective);
    sb_robust_run_free(run);
}

/* cuts (a guess first, where it finds one), compact, steps; floating ones too. */
static void all_ways_agree(void **state)
{
    (void)state;
    property_stream stream = {311};
    fmpq_t cuts, compact, steps, all;
    fmpq_init(cuts);
    fmpq_init(compact);
    fmpq_init(steps);
    fmpq_init(all);
    int mattered = 0;
    for (int k = 0; k < property_cases(150); k++) {
        sb_environment *environment =
            random_environment(&stream, (size_t)property_between(&stream, 2, 5),
                               (size_t)property_between(&stream, 2, 4));
        random_rules(environment, &stream);
        sb_consistent_set set;
        box(&set, environment, radii[k % 5]);
        sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
        options.objective = k % 3 == 0 ? SB_ROBUST_WORST_CASE : SB_ROBUST_ESTIMATE;
        robust_optimum(all, environment, &set, &options);
        random_reports(environment, &stream);
        robust_optimum(cuts, environment, &set, &options);
        options.choice = (sb_cut_choice)(k % 3);
        stepped_optimum(steps, environment, &set, &options);
        options.method = SB_ROBUST_COMPACT;
        robust_optimum(compact, environment, &set, &options);
        assert_true(fmpq_equal(cuts, compact));
        assert_true(fmpq_equal(cuts, steps));
        assert_true(fmpq_cmp(cuts, all) >= 0);
        mattered += fmpq_cmp(cuts, all) > 0;
        options.lp.exact = false;
        options.method = SB_ROBUST_CUTS;
        robust_optimum(steps, environment, &set, &options);
        assert_close(steps, sb_rational_to_double(cuts), 1e-6);
        sb_consistent_set_clear(&set);
        sb_environment_free(environment);
    }
    assert_true(mattered >= property_cases(20));
    fmpq_clear(cuts);
    fmpq_clear(compact);
    fmpq_clear(steps);
    fmpq_clear(all);
}

static bool all_possible(const sb_environment *environment)
{
    fmpq_t share;
    fmpq_init(share);
    bool all = true;
    for (size_t type = 0; type < environment->agents[0].type_count; type++) {
        sb_environment_marginal(share, environment, 0, type);
        all = all && !fmpq_is_zero(share);
    }
    fmpq_clear(share);
    return all;
}

/* A box that is a point, and one that is everything, with the same sets. */
static void limits_are_exact(void **state)
{
    (void)state;
    property_stream stream = {312};
    fmpq_t point, everything;
    fmpq_init(point);
    fmpq_init(everything);
    int apart = 0;
    for (int k = 0; k < property_cases(60); k++) {
        sb_environment *environment =
            random_environment(&stream, (size_t)property_between(&stream, 2, 4),
                               (size_t)property_between(&stream, 2, 3));
        random_reports_of(environment, 0, &stream, 5);
        if (k % 4 == 0) { /* one agent's own choice is the choice */
            sb_rules_choose_own(&environment->rules, SB_RULE_PARTICIPATION, 0, SB_IR_EX_POST);
        }
        sb_consistent_set set;
        box(&set, environment, "0");
        robust_optimum(point, environment, &set, NULL);
        sb_consistent_set_clear(&set);
        box(&set, environment, "1");
        robust_optimum(everything, environment, &set, NULL);
        sb_consistent_set_clear(&set);
        sb_baseline bayesian, ex_post;
        sb_baseline_init(&bayesian);
        sb_baseline_init(&ex_post);
        ok(sb_robust_limits(environment, NULL, &bayesian, &ex_post, HERE));
        assert_true(fmpq_equal(&bayesian.objective, point));
        fmpq_t again;
        fmpq_init(again);
        optimum(again, environment, "bayes-nash", k % 4 == 0 ? "ex-post" : "ex-interim");
        assert_true(fmpq_equal(again, point));
        fmpq_clear(again);
        assert_true(fmpq_cmp(&ex_post.objective, everything) <= 0);
        if (all_possible(environment)) { /* an impossible type has no box; ex-post rules ask it */
            assert_true(fmpq_equal(&ex_post.objective, everything));
        }
        apart += fmpq_cmp(point, everything) > 0;
        sb_baseline_clear(&bayesian);
        sb_baseline_clear(&ex_post);
        sb_environment_free(environment);
    }
    assert_true(apart >= property_cases(20));
    fmpq_clear(point);
    fmpq_clear(everything);
}

/* Each type pays its value, of which no type but the highest may tell the truth by choice: robust
 * where a higher type may not report a lower one, else not. */
static void certificates_ask_of_what_may_be_reported(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    sb_mechanism *mechanism = sb_mechanism_new(environment);
    for (size_t profile = 0; profile < 4; profile++) {
        fmpq_one(mechanism->allocation + profile * mechanism->outcome_count);
        fmpq_set_si(mechanism->payments + profile, profile < 2 ? 1 : 2, 1);
    }
    sb_consistent_set set;
    box(&set, environment, ".1");
    bool holds = true;
    sb_cut worst;
    sb_cut_init(&worst);
    ok(sb_robust_certify(environment, &set, mechanism, &holds, &worst, HERE));
    assert_false(holds);
    assert_int_equal(worst.type, 1);
    assert_int_equal(worst.report, 0);
    assert_number(&worst.violation, "1");
    ok(sb_environment_set_report(environment, 0, 1, 0, false, HERE));
    ok(sb_robust_certify(environment, &set, mechanism, &holds, NULL, HERE));
    assert_true(holds);
    fmpq_t revenue;
    fmpq_init(revenue);
    robust_optimum(revenue, environment, &set, NULL);
    assert_number(revenue, "3/2"); /* the full surplus, whatever is believed */
    fmpq_clear(revenue);
    sb_cut_clear(&worst, 2);
    sb_consistent_set_clear(&set);
    sb_mechanism_free(mechanism);
    sb_environment_free(environment);
}

/* A history of cuts that the sets do not ask for is refused. */
static void foreign_cuts_are_refused(void **state)
{
    (void)state;
    sb_environment *environment = normal(4);
    sb_consistent_set set;
    box(&set, environment, ".05");
    sb_robust_run *run = NULL;
    ok(sb_robust_run_new(environment, &set, NULL, &run, HERE));
    ok(sb_robust_run_on(run, NULL, NULL, NULL, HERE));
    char *text = NULL;
    ok(sb_robust_history_format(run, &text, HERE));
    const sb_robust_round *first = sb_robust_run_round(run, 0);
    size_t k = 0;
    while (k < first->found_count && first->found[k].kind != SB_CUT_INCENTIVE) {
        k++;
    }
    assert_true(k < first->found_count && first->found[k].added);
    ok(sb_environment_set_report(environment, 0, first->found[k].type, first->found[k].report,
                                 false, HERE));
    sb_robust_run *again = NULL;
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_robust_history_replay(environment, &set, NULL, text, strlen(text), "a file",
                                              &again, &error),
                     SB_ERROR_INPUT);
    assert_null(again);
    free(text);
    sb_robust_run_free(run);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_ways_agree),
        cmocka_unit_test(limits_are_exact),
        cmocka_unit_test(certificates_ask_of_what_may_be_reported),
        cmocka_unit_test(foreign_cuts_are_refused),
    };
    return cmocka_run_group_tests_name("robust design under reporting sets", tests, NULL, NULL);
}
