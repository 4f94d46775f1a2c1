/* Simulations: the same numbers however the work is spread, stopped and put together again.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/simulation.h"

#include <math.h>
#include <unistd.h>

#include "base/memory.h"
#include "unit/mechanism/environments.h"

/* Small and quick: 3 types, 2 cells of samples, 2 of correlation, 6 repetitions. */
static void small_plan(sb_simulation_plan *plan)
{
    assert_int_equal(sb_simulation_plan_init(plan, NULL), SB_OK);
    plan->sample_count_count = 2;
    plan->sample_counts[0] = 10;
    plan->sample_counts[1] = 100;
    plan->type_counts[0] = 3;
    sb_rationals_free(plan->correlations, plan->correlation_count);
    plan->correlations = sb_rationals_new(2);
    plan->correlation_count = 2;
    fmpq_set_si(plan->correlations, 1, 2);
    fmpq_set_si(plan->correlations + 1, -1, 5);
    plan->repetitions = 6;
}

static sb_simulation *start(const sb_simulation_plan *plan)
{
    sb_simulation *simulation = NULL;
    sb_error error;
    sb_error_clear(&error);
    if (sb_simulation_new(plan, &simulation, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    return simulation;
}

static void run(sb_simulation *simulation, const sb_simulation_options *options)
{
    sb_error error;
    sb_error_clear(&error);
    if (sb_simulation_run(simulation, options, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
}

/* The text without the last column, which holds times. */
static char *without_times(const sb_simulation *simulation)
{
    char *text = NULL;
    assert_int_equal(sb_simulation_format(simulation, &text, NULL), SB_OK);
    char *to = text;
    for (char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        size_t kept = length;
        while (line[0] != '#' && kept > 0 && line[kept] != ',') {
            kept--;
        }
        memmove(to, line, kept);
        to += kept;
        *to++ = '\n';
        line += length + 1;
    }
    *to = '\0';
    return text;
}

static void assert_same(const sb_simulation *left, const sb_simulation *right)
{
    char *one = without_times(left), *other = without_times(right);
    assert_string_equal(one, other);
    free(one);
    free(other);
}

static sb_simulation *finished(const sb_simulation_plan *plan)
{
    sb_simulation *simulation = start(plan);
    run(simulation, &(sb_simulation_options){.workers = 1});
    assert_int_equal(sb_simulation_done(simulation), sb_simulation_total(simulation));
    return simulation;
}

static void workers_change_nothing(void **state)
{
    (void)state;
    sb_simulation_plan plan;
    small_plan(&plan);
    sb_simulation *one = finished(&plan);
    assert_int_equal(one->cell_count, 4);
    assert_int_equal(sb_simulation_total(one), 24);
    for (size_t workers = 0; workers <= 5; workers += workers == 0 ? 2 : 3) {
        sb_simulation *several = start(&plan);
        run(several, &(sb_simulation_options){.workers = workers});
        assert_same(one, several);
        sb_simulation_free(several);
    }
    plan.seed = 2;
    sb_simulation *other = finished(&plan);
    char *left = without_times(one), *right = without_times(other);
    assert_string_not_equal(strchr(left, 'c'), strchr(right, 'c'));
    free(left);
    free(right);
    sb_simulation_free(other);
    sb_simulation_free(one);
    sb_simulation_plan_clear(&plan);
}

/* Cells do not know what else is swept: another order of the same numbers gives the same outcomes.
 */
static void cells_stand_alone(void **state)
{
    (void)state;
    sb_simulation_plan plan;
    small_plan(&plan);
    sb_simulation *all = finished(&plan);
    plan.sample_count_count = 1;
    plan.sample_counts[0] = 100;
    plan.repetitions = 3;
    sb_simulation *some = finished(&plan);
    for (size_t k = 0; k < 2; k++) {
        for (size_t r = 0; r < 3; r++) {
            const sb_learned *left = &all->cells[2 * k + 1].outcomes[r];
            const sb_learned *right = &some->cells[k].outcomes[r];
            for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
                assert_true(left->outcomes[c].revenue == right->outcomes[c].revenue);
            }
        }
    }
    sb_simulation_free(some);
    sb_simulation_free(all);
    sb_simulation_plan_clear(&plan);
}

/* Sets of another epsilon are built from the same samples, so only the robust mechanism moves. */
static void epsilon_moves_the_set_alone(void **state)
{
    (void)state;
    sb_simulation_plan plan;
    small_plan(&plan);
    free(plan.epsilons);
    plan.epsilons = sb_allocate(2, sizeof *plan.epsilons);
    plan.epsilons[0] = 0.05;
    plan.epsilons[1] = 0.5;
    plan.epsilon_count = 2;
    sb_simulation *simulation = finished(&plan);
    bool moved = false;
    for (size_t r = 0; r < plan.repetitions; r++) {
        size_t at[SB_AXIS_COUNT] = {1, 0, 0, 0, 0};
        const sb_learned *small =
            &simulation->cells[sb_simulation_cell_number(&simulation->plan, at)].outcomes[r];
        at[SB_AXIS_EPSILON] = 1;
        const sb_learned *large =
            &simulation->cells[sb_simulation_cell_number(&simulation->plan, at)].outcomes[r];
        assert_true(small->outcomes[SB_CONTENDER_BAYESIAN].revenue ==
                    large->outcomes[SB_CONTENDER_BAYESIAN].revenue);
        double safe = small->outcomes[SB_CONTENDER_ROBUST].designed;
        double bold = large->outcomes[SB_CONTENDER_ROBUST].designed;
        assert_true(safe <= bold + 1e-12); /* the larger set is within the smaller one's rows */
        moved = moved || safe < bold;
    }
    assert_true(moved);
    sb_simulation_free(simulation);
    sb_simulation_plan_clear(&plan);
}

/* ---- parts ---- */

static void shards_put_together(void **state)
{
    (void)state;
    sb_simulation_plan plan;
    small_plan(&plan);
    sb_simulation *whole = finished(&plan);
    sb_simulation *merged = start(&plan);
    size_t planned = 0;
    for (size_t shard = 0; shard < 3; shard++) {
        sb_simulation *part = start(&plan);
        sb_simulation_options options = {.workers = 2, .shard = shard, .shards = 3};
        size_t here = sb_simulation_planned(part, &options);
        run(part, &options);
        assert_int_equal(sb_simulation_done(part), here);
        assert_int_equal(sb_simulation_planned(part, &options), 0);
        planned += here;
        char *text = NULL;
        assert_int_equal(sb_simulation_format(part, &text, NULL), SB_OK);
        sb_simulation *again = NULL;
        assert_int_equal(sb_simulation_parse(text, strlen(text), "text", &again, NULL), SB_OK);
        assert_same(part, again);
        assert_int_equal(sb_simulation_merge(merged, again, NULL), SB_OK);
        assert_int_equal(sb_simulation_merge(merged, again, NULL), SB_OK); /* twice is once */
        sb_simulation_free(again);
        sb_simulation_free(part);
        free(text);
    }
    assert_int_equal(planned, 24);
    assert_same(whole, merged);
    sb_simulation_free(merged);
    sb_error error;
    sb_simulation *none = start(&plan);
    assert_int_equal(
        sb_simulation_run(none, &(sb_simulation_options){.shard = 3, .shards = 3}, &error),
        SB_ERROR_USAGE);
    sb_simulation_free(none);
    sb_simulation_free(whole);
    sb_simulation_plan_clear(&plan);
}

static bool stop_after_some(void *context, const sb_simulation *so_far)
{
    size_t *calls = context;
    ++*calls;
    return sb_simulation_done(so_far) < 5;
}

/* So many repetitions that the one that is stopped cannot come to its end first. */
static void stopped_and_resumed(void **state)
{
    (void)state;
    sb_simulation_plan plan;
    small_plan(&plan);
    sb_simulation *whole = finished(&plan);
    plan.repetitions = 20000;
    sb_simulation *part = start(&plan);
    size_t calls = 0;
    sb_simulation_options options = {
        .workers = 1, .progress = stop_after_some, .context = &calls, .interval = 0};
    sb_error error;
    assert_int_equal(sb_simulation_run(part, &options, &error), SB_ERROR_CANCELLED);
    assert_true(calls >= 1);
    size_t done = sb_simulation_done(part);
    assert_true(done >= 5 && done < 80000);
    assert_non_null(strstr(error.message, "of 80000 repetitions"));
    char *text = NULL;
    assert_int_equal(sb_simulation_format(part, &text, NULL), SB_OK);
    sb_simulation_free(part);
    assert_int_equal(sb_simulation_parse(text, strlen(text), "text", &part, NULL), SB_OK);
    free(text);
    assert_int_equal(sb_simulation_done(part), done);
    /* What is done of the long one is the beginning of the short one. */
    plan.repetitions = 6;
    sb_simulation *resumed = start(&plan);
    size_t adopted = sb_simulation_adopt(resumed, part);
    assert_true(adopted >= 5 && adopted <= done);
    run(resumed, NULL);
    assert_same(whole, resumed);
    sb_simulation *copy = sb_simulation_copy(resumed);
    assert_same(copy, resumed);
    sb_simulation_free(copy);
    sb_simulation_free(resumed);
    sb_simulation_free(part);
    sb_simulation_free(whole);
    sb_simulation_plan_clear(&plan);
}

static void cancelled_before_it_began(void **state)
{
    (void)state;
    sb_simulation_plan plan;
    small_plan(&plan);
    atomic_bool cancel = true;
    sb_simulation *never = start(&plan);
    sb_error error;
    assert_int_equal(
        sb_simulation_run(never, &(sb_simulation_options){.workers = 2, .cancel = &cancel}, &error),
        SB_ERROR_CANCELLED);
    assert_int_equal(sb_simulation_done(never), 0);
    sb_simulation_free(never);
    sb_simulation_plan_clear(&plan);
}

static void parts_that_disagree(void **state)
{
    (void)state;
    sb_simulation_plan plan;
    small_plan(&plan);
    sb_simulation *one = finished(&plan);
    sb_simulation *other = sb_simulation_copy(one);
    sb_error error;
    other->cells[2].outcomes[4].outcomes[SB_CONTENDER_ROBUST].seconds += 1;
    assert_int_equal(sb_simulation_merge(one, other, &error), SB_OK);
    other->cells[2].outcomes[4].outcomes[SB_CONTENDER_ROBUST].revenue += 1e-9;
    assert_int_equal(sb_simulation_merge(one, other, &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "disagree in repetition 5 of cell 3"));
    sb_simulation_free(other);
    plan.seed = 2;
    other = start(&plan);
    assert_int_equal(sb_simulation_merge(one, other, &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "different simulations"));
    sb_simulation_free(other);
    sb_simulation_free(one);
    sb_simulation_plan_clear(&plan);
}

/* ---- texts ---- */

static void a_truth_of_its_own(void **state)
{
    (void)state;
    sb_simulation_plan plan;
    small_plan(&plan);
    plan.environment =
        sb_copy_text("title: a # b\nitem:\n  bidders:\n    - {name: x, values: [1, 3]}"
                     "\nsignal: {name: s, values: [u, v, w]}\n"
                     "prior: [[2, 1, 1], [1, 1, 4]]\n");
    fmpq *alpha = sb_rationals_new(1);
    fmpq_set_si(alpha, 1, 3);
    plan.estimate.alpha = alpha;
    plan.estimate.level = SB_LEVEL_SIMULTANEOUS;
    plan.wanted[SB_CONTENDER_EX_POST] = false;
    sb_simulation *simulation = finished(&plan);
    assert_int_equal(simulation->cell_count, 2); /* correlations do not matter */
    assert_int_equal(simulation->cells[1].type_count, 2);
    assert_int_equal(simulation->cells[1].signal_count, 3);
    assert_true(fabs(simulation->cells[0].full_surplus - 2.2) < 1e-12);
    char *text = NULL;
    assert_int_equal(sb_simulation_format(simulation, &text, NULL), SB_OK);
    sb_simulation *again = NULL;
    assert_int_equal(sb_simulation_parse(text, strlen(text), "text", &again, NULL), SB_OK);
    assert_true(sb_simulation_plan_equal(&again->plan, &simulation->plan));
    assert_string_equal(again->plan.environment, plan.environment);
    assert_same(again, simulation);
    sb_simulation_free(again);
    free(text);
    sb_simulation_free(simulation);
    sb_simulation_plan_clear(&plan);
}

static void assert_refused(const char *text, const char *message, int line)
{
    sb_simulation *simulation = NULL;
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_simulation_parse(text, strlen(text), "a.csv", &simulation, &error),
                     SB_ERROR_INPUT);
    if (strstr(error.message, message) == NULL || error.line != line) {
        print_error("line %d: %s\n", error.line, error.message);
        fail();
    }
    assert_string_equal(error.file, "a.csv");
}

/* The text with the first occurrence of one word replaced by another. */
static char *changed(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    assert_non_null(at);
    return sb_format_text("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void texts_that_are_wrong(void **state)
{
    (void)state;
    sb_simulation_plan plan;
    small_plan(&plan);
    plan.repetitions = 1;
    plan.wanted[SB_CONTENDER_ROBUST] = false;
    sb_simulation *simulation = finished(&plan);
    char *text = NULL;
    assert_int_equal(sb_simulation_format(simulation, &text, NULL), SB_OK);
    static const struct {
        const char *from, *to, *message;
        int line;
    } cases[] = {
        {"# sidebet simulation 1", "# sidebet simulation 2", "not the result of a simulation", 1},
        {"# samples: 10", "# samples: ten", "'ten' has no place", 2},
        {"# epsilons: 0.05", "# epsilons: 1.5", "epsilon 1.5 is not between", 0},
        {"# seed: 1", "# seed: 99999999999999999999", "has no place", 5},
        {"# level: per-element", "# level: every", "'every' has no place", 7},
        {"bayesian\n", "bayesian best\n", "'best' has no place", 10},
        {"# correlations:", "# colours:", "neither a line", 12},
        {"\n1,1,", "\n9,1,", "there is no cell '9': the plan above has 4", 16},
        {"\n1,1,", "\n1,2,", "there is no repetition '2'", 16},
        {"ex-post,optimal", "ex-post,best", "a field of the line", 17},
        {",exact,", ",exactly,", "a field of the line", 16},
        {",smallest,", ",small,", "a field of the line", 16},
        {"bayesian,optimal", "ex-post,optimal", "not the next one", 18},
        {"ex-post,optimal,exact,", "ex-post,optimal,exact,9", "differ in full_surplus", 17},
        {"\n1,1,", "\n1,1", "has not 20 fields", 16},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        char *wrong = changed(text, cases[k].from, cases[k].to);
        assert_refused(wrong, cases[k].message, cases[k].line);
        free(wrong);
    }
    assert_refused("", "not the result of a simulation", 0);
    char *half = sb_copy_text(text);
    *(strstr(half, "\n4,1,") + 1) = '\0';
    sb_simulation *part = NULL;
    assert_int_equal(sb_simulation_parse(half, strlen(half), "x", &part, NULL), SB_OK);
    assert_int_equal(sb_simulation_done(part), 3);
    sb_simulation_free(part);
    free(half);
    half = sb_copy_text(text);
    *(strstr(half, "\n4,1,") + 1 + strcspn(strstr(half, "\n4,1,") + 1, "\n") + 1) = '\0';
    assert_refused(half, "the last repetition is not whole", 25);
    free(half);
    free(text);
    sb_simulation_free(simulation);
    sb_simulation_plan_clear(&plan);
}

/* ---- plans ---- */

static void assert_bad_plan(const sb_simulation_plan *plan, const char *message)
{
    sb_simulation *simulation = NULL;
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_simulation_new(plan, &simulation, &error), SB_ERROR_USAGE);
    if (strstr(error.message, message) == NULL) {
        print_error("%s\n", error.message);
        fail();
    }
}

static void plans_that_are_wrong(void **state)
{
    (void)state;
    sb_simulation_plan plan;
    small_plan(&plan);
    plan.sample_counts[1] = 0;
    assert_bad_plan(&plan, "0 samples");
    plan.sample_counts[1] = 10;
    assert_bad_plan(&plan, "10 samples are given twice");
    plan.sample_counts[1] = 20;
    plan.epsilons[0] = 1;
    assert_bad_plan(&plan, "epsilon 1");
    plan.epsilons[0] = 0.1;
    plan.type_counts[0] = 1;
    assert_bad_plan(&plan, "1 types");
    plan.type_counts[0] = 3;
    fmpq_set_si(plan.correlations, 1, 1);
    assert_bad_plan(&plan, "correlation 1");
    fmpq_set(plan.correlations, plan.correlations + 1);
    assert_bad_plan(&plan, "the correlation -0.2 is given twice");
    fmpq_set_si(plan.correlations, 1, 3);
    double twice[] = {0.1, 0.05, 0.1};
    sb_simulation_plan repeated = plan;
    repeated.epsilons = twice;
    repeated.epsilon_count = 3;
    assert_bad_plan(&repeated, "epsilon 0.1 is given twice");
    size_t types[] = {3, 4, 3};
    repeated = plan;
    repeated.type_counts = types;
    repeated.type_count_count = 3;
    assert_bad_plan(&repeated, "3 types are given twice");
    repeated = plan;
    repeated.signal_counts = types;
    repeated.signal_count_count = 3;
    assert_bad_plan(&repeated, "3 signals are given twice");
    plan.repetitions = 0;
    assert_bad_plan(&plan, "nothing to do");
    plan.repetitions = 250001;
    assert_bad_plan(&plan, "more than 1000000 repetitions");
    plan.repetitions = 1;
    memset(plan.wanted, 0, sizeof plan.wanted);
    assert_bad_plan(&plan, "compares no mechanism");
    plan.wanted[0] = true;
    plan.environment = sb_copy_text("item: {bidders: [{name: a, values: [1]}, {name: b, values: "
                                    "[1]}]}\nprior: [[1]]\n");
    assert_bad_plan(&plan, "one bidder and a signal");
    sb_simulation_plan_clear(&plan);
}

static void cells_in_order(void **state)
{
    (void)state;
    sb_simulation_plan plan;
    small_plan(&plan);
    free(plan.type_counts);
    plan.type_counts = sb_allocate(2, sizeof *plan.type_counts);
    plan.type_count_count = 2;
    plan.type_counts[0] = 4;
    plan.type_counts[1] = 3;
    sb_simulation *simulation = start(&plan);
    assert_int_equal(simulation->cell_count, 8);
    assert_int_equal(sb_simulation_first_axis(&plan), SB_AXIS_SAMPLES);
    for (size_t k = 0; k < 8; k++) {
        const sb_simulation_cell *cell = &simulation->cells[k];
        size_t at[SB_AXIS_COUNT] = {k % 2, 0, k / 2 % 2, 0, k / 4};
        assert_int_equal(sb_simulation_cell_number(&plan, at), k);
        assert_int_equal(cell->sample_count, k % 2 == 0 ? 10 : 100);
        assert_true(sb_simulation_axis_value(cell, SB_AXIS_CORRELATION) ==
                    (k / 2 % 2 == 0 ? 0.5 : -0.2));
        assert_int_equal(cell->type_count, k < 4 ? 4 : 3);
        assert_int_equal(cell->signal_count, cell->type_count);
        assert_true(isnan(cell->full_surplus));
    }
    sb_simulation_free(simulation);
    sb_simulation_plan_clear(&plan);
}

/* ---- summaries ---- */

/* Revenues 1, 2, 3, 6 of a full surplus of 4: mean 3, deviations -2, -1, 0, 3, so s^2 = 14/3, the
 * error sqrt(14/12), and Student's quantile for 3 degrees of freedom 3.182446. */
static void a_summary_by_hand(void **state)
{
    (void)state;
    static const double revenues[] = {1, 2, 3, 6};
    sb_simulation_plan plan;
    small_plan(&plan);
    sb_simulation *simulation = start(&plan);
    sb_simulation_cell *cell = &simulation->cells[0];
    sb_simulation_summary summary;
    sb_simulation_summarise(cell, 6, SB_CONTENDER_ROBUST, &summary);
    assert_int_equal(summary.repetitions, 0);
    assert_true(isnan(summary.mean) && isnan(summary.covered));
    cell->full_surplus = 4;
    for (size_t k = 0; k < 4; k++) {
        cell->has[k + 1] = true; /* the first one is missing */
        cell->outcomes[k + 1].set_holds_truth = k < 3;
        cell->outcomes[k + 1].outcomes[SB_CONTENDER_ROBUST] =
            (sb_contender_outcome){.status = SB_LP_OPTIMAL,
                                   .revenue = revenues[k],
                                   .designed = 5,
                                   .max_payment = revenues[k],
                                   .smallest_payments = k > 0,
                                   .truthful = k,
                                   .lying = 1,
                                   .absent = 3 - k,
                                   .seconds = (double)k};
        if (k == 0) {
            sb_simulation_summarise(cell, 6, SB_CONTENDER_ROBUST, &summary);
            assert_true(summary.mean == 1 && isnan(summary.standard_error));
        }
    }
    cell->has[5] = true; /* a design that failed */
    cell->outcomes[5].outcomes[SB_CONTENDER_ROBUST].status = SB_LP_FAILED;
    sb_simulation_summarise(cell, 6, SB_CONTENDER_ROBUST, &summary);
    assert_int_equal(summary.repetitions, 4);
    assert_int_equal(summary.failed, 1);
    assert_true(fabs(summary.mean - 3) < 1e-15);
    assert_true(fabs(summary.standard_error - sqrt(14.0 / 12)) < 1e-15);
    assert_true(fabs(summary.share - 0.75) < 1e-15);
    double width = 3.182446305 * sqrt(14.0 / 12) / 4;
    assert_true(fabs(summary.share_lower - (0.75 - width)) < 1e-8);
    assert_true(fabs(summary.share_upper - (0.75 + width)) < 1e-8);
    assert_true(summary.designed == 5 && summary.seconds == 1.5);
    assert_true(fabs(summary.covered - 3.0 / 5) < 1e-15);
    assert_true(summary.max_payment == 3 && summary.truthful == 1.5);
    assert_true(summary.lying == 1 && summary.absent == 1.5);
    assert_int_equal(summary.vertices, 1);
    sb_simulation_free(simulation);
    sb_simulation_plan_clear(&plan);
}

/* The picture of the literature in small: five types, and no samples short. */
static void more_samples_earn_more(void **state)
{
    (void)state;
    sb_simulation_plan plan;
    assert_int_equal(sb_simulation_plan_init(&plan, NULL), SB_OK);
    plan.sample_count_count = 2;
    plan.sample_counts[0] = 30;
    plan.sample_counts[1] = 3000;
    plan.type_counts[0] = 5;
    plan.repetitions = (size_t)property_cases(20);
    sb_simulation *simulation = start(&plan);
    run(simulation, NULL);
    sb_simulation_summary few[SB_CONTENDER_COUNT], many[SB_CONTENDER_COUNT];
    for (int c = 0; c < SB_CONTENDER_COUNT; c++) {
        sb_simulation_summarise(&simulation->cells[0], plan.repetitions, (sb_contender)c, &few[c]);
        sb_simulation_summarise(&simulation->cells[1], plan.repetitions, (sb_contender)c, &many[c]);
        assert_int_equal(few[c].failed + many[c].failed, 0);
    }
    assert_true(fabs(few[SB_CONTENDER_KNOWN_PRIOR].share - 1) < 1e-12);
    assert_true(many[SB_CONTENDER_ROBUST].mean > few[SB_CONTENDER_ROBUST].mean);
    assert_true(many[SB_CONTENDER_ROBUST].mean > many[SB_CONTENDER_EX_POST].mean);
    assert_true(many[SB_CONTENDER_ROBUST].share < 1);
    assert_true(few[SB_CONTENDER_BAYESIAN].mean < few[SB_CONTENDER_EX_POST].mean);
    sb_simulation_free(simulation);
    sb_simulation_plan_clear(&plan);
}

/* Correlation 0 is meant exactly: nothing is left for side bets, and a posted price is best. */
static void no_correlation_at_all(void **state)
{
    (void)state;
    sb_simulation_plan plan;
    small_plan(&plan);
    fmpq_zero(plan.correlations);
    plan.type_counts[0] = 4;
    plan.repetitions = 1;
    sb_simulation *simulation = finished(&plan);
    const sb_learned *learned = &simulation->cells[0].outcomes[0];
    const sb_contender_outcome *known = &learned->outcomes[SB_CONTENDER_KNOWN_PRIOR];
    /* Weights of the types exp(-x^2 / 2) at -2, -2/3, 2/3, 2: prices 2 and 3 sell to the upper
     * three and to the upper two. */
    double tail = exp(-2), middle = exp(-2.0 / 9);
    double price_of_two = 2 * (2 * middle + tail) / (2 * middle + 2 * tail);
    assert_true(fabs(known->revenue - price_of_two) < 1e-6 && price_of_two > 1.5);
    sb_simulation_free(simulation);
    sb_simulation_plan_clear(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workers_change_nothing),
        cmocka_unit_test(cells_stand_alone),
        cmocka_unit_test(epsilon_moves_the_set_alone),
        cmocka_unit_test(shards_put_together),
        cmocka_unit_test(stopped_and_resumed),
        cmocka_unit_test(cancelled_before_it_began),
        cmocka_unit_test(parts_that_disagree),
        cmocka_unit_test(a_truth_of_its_own),
        cmocka_unit_test(texts_that_are_wrong),
        cmocka_unit_test(plans_that_are_wrong),
        cmocka_unit_test(cells_in_order),
        cmocka_unit_test(a_summary_by_hand),
        cmocka_unit_test(more_samples_earn_more),
        cmocka_unit_test(no_correlation_at_all),
    };
    int failed = cmocka_run_group_tests_name("simulation", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
