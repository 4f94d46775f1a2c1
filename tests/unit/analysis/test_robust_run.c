/* The stepped run: same optimum by every way, falling bounds, identical states, histories.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "unit/analysis/robust_cases.h"

static sb_robust_run *start(const sb_environment *environment, const sb_consistent_set *set,
                            const sb_robust_options *options)
{
    sb_robust_run *run = NULL;
    ok(sb_robust_run_new(environment, set, options, &run, HERE));
    return run;
}

static const sb_robust_round *current(const sb_robust_run *run)
{
    return sb_robust_run_round(run, sb_robust_run_current(run));
}

static void finish(sb_robust_run *run)
{
    ok(sb_robust_run_on(run, NULL, NULL, NULL, HERE));
    assert_true(current(run)->finished);
}

/* ---- the optimum ---- */

static void every_way_of(const sb_environment *environment, const sb_consistent_set *set,
                         sb_robust_objective objective)
{
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.objective = objective;
    fmpq_t optimal;
    fmpq_init(optimal);
    robust_optimum(optimal, environment, set, &options);
    for (int way = 0; way < 12; way++) {
        options.choice = (sb_cut_choice)(way % 3);
        options.beginning = (sb_cut_beginning)(way / 3 % 2);
        options.lp.exact = way < 6;
        sb_robust_run *run = start(environment, set, &options);
        finish(run);
        assert_int_equal(current(run)->status, SB_LP_OPTIMAL);
        if (options.lp.exact) {
            assert_int_equal(current(run)->proof, SB_PROOF_EXACT);
            assert_true(fmpq_equal(&current(run)->objective, optimal));
            bool holds = false;
            ok(sb_robust_certify(environment, set, current(run)->mechanism, &holds, NULL, HERE));
            assert_true(holds);
        } else {
            assert_close(&current(run)->objective, sb_rational_to_double(optimal), 1e-7);
        }
        sb_robust_run_free(run);
    }
    fmpq_clear(optimal);
}

static void every_way_reaches_the_optimum(void **state)
{
    (void)state;
    property_stream stream = {23};
    static const char *const radii[] = {"0", "0.03", "0.15"};
    for (int round = 0; round < property_cases(12); round++) {
        sb_environment *environment =
            random_environment(&stream, (size_t)property_between(&stream, 2, 4),
                               (size_t)property_between(&stream, 2, 4));
        sb_consistent_set set;
        box(&set, environment, radii[round % 3]);
        every_way_of(environment, &set, SB_ROBUST_ESTIMATE);
        every_way_of(environment, &set, SB_ROBUST_WORST_CASE);
        sb_consistent_set_clear(&set);
        sb_environment_free(environment);
    }
}

/* ---- round by round ---- */

/* The most violated first, one a rule, `violation` the largest. */
static void check_round(const sb_robust_run *run, const sb_robust_round *round)
{
    for (size_t k = 0; k < round->found_count; k++) {
        const sb_cut *cut = &round->found[k];
        assert_true(fmpq_sgn(&cut->violation) > 0);
        assert_true(sb_consistent_set_contains(sb_robust_run_set(run), cut->type, cut->belief));
        if (k == 0) {
            assert_true(fmpq_equal(&cut->violation, &round->violation));
            assert_true(cut->added);
        } else {
            assert_true(fmpq_cmp(&cut->violation, &cut[-1].violation) <= 0);
        }
    }
    assert_int_equal(round->finished, round->found_count == 0);
}

static void bounds_fall(void **state)
{
    (void)state;
    sb_environment *environment = normal(10);
    sb_consistent_set set;
    box(&set, environment, ".01");
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.lp.exact = false;
    sb_robust_run *run = start(environment, &set, &options);
    assert_close(&current(run)->objective, 5.5, 1e-7);
    finish(run);
    assert_close(&current(run)->objective, 5.1153, 5e-5);
    size_t count = sb_robust_run_count(run);
    assert_in_range(count, 5, 60);
    for (size_t number = 0; number < count; number++) {
        const sb_robust_round *round = sb_robust_run_round(run, number);
        assert_int_equal(round->round, number);
        assert_int_equal(round->status, SB_LP_OPTIMAL);
        check_round(run, round);
        if (number > 0) {
            double before = sb_rational_to_double(&sb_robust_run_round(run, number - 1)->objective);
            assert_true(sb_rational_to_double(&round->objective) <= before + 1e-9);
        }
    }
    sb_robust_run_free(run);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

static void exact_bounds_fall(void **state)
{
    (void)state;
    sb_environment *environment = normal(5);
    sb_consistent_set set;
    box(&set, environment, ".03");
    for (int choice = SB_CUTS_ONE; choice <= SB_CUTS_ALL; choice++) {
        sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
        options.choice = (sb_cut_choice)choice;
        sb_robust_run *run = start(environment, &set, &options);
        finish(run);
        for (size_t number = 1; number < sb_robust_run_count(run); number++) {
            const sb_robust_round *round = sb_robust_run_round(run, number);
            const sb_robust_round *before = sb_robust_run_round(run, number - 1);
            check_round(run, before);
            assert_true(fmpq_cmp(&round->objective, &before->objective) <= 0);
            size_t added = 0;
            for (size_t k = 0; k < before->found_count; k++) {
                added += before->found[k].added ? 1 : 0;
            }
            if (choice == SB_CUTS_ONE) {
                assert_int_equal(added, 1);
            } else if (choice == SB_CUTS_PER_TYPE) {
                assert_in_range(added, 1, 5);
            } else {
                assert_int_equal(added, before->found_count);
            }
            assert_int_equal(round->cut_count + round->dropped, before->cut_count + added);
        }
        sb_robust_run_free(run);
    }
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

/* ---- identical states ---- */

static void assert_same_numbers(const fmpq *one, const fmpq *other, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        assert_true(fmpq_equal(one + k, other + k));
    }
}

static void assert_same_round(const sb_robust_round *one, const sb_robust_round *other,
                              size_t signals)
{
    assert_int_equal(one->round, other->round);
    assert_int_equal(one->status, other->status);
    assert_int_equal(one->proof, other->proof);
    assert_true(fmpq_equal(&one->objective, &other->objective));
    assert_int_equal(one->cut_count, other->cut_count);
    assert_int_equal(one->dropped, other->dropped);
    assert_int_equal(one->iterations, other->iterations);
    assert_int_equal(one->found_count, other->found_count);
    assert_int_equal(one->mechanism == NULL, other->mechanism == NULL);
    if (one->mechanism != NULL) {
        size_t profiles = one->mechanism->profile_count;
        assert_same_numbers(one->mechanism->payments, other->mechanism->payments, profiles);
        assert_same_numbers(one->mechanism->allocation, other->mechanism->allocation,
                            profiles * one->mechanism->outcome_count);
    }
    for (size_t k = 0; k < one->found_count; k++) {
        assert_int_equal(one->found[k].kind, other->found[k].kind);
        assert_int_equal(one->found[k].type, other->found[k].type);
        assert_int_equal(one->found[k].report, other->found[k].report);
        assert_int_equal(one->found[k].added, other->found[k].added);
        assert_true(fmpq_equal(&one->found[k].violation, &other->found[k].violation));
        assert_same_numbers(one->found[k].belief, other->found[k].belief, signals);
    }
}

static void same_states(bool exact, sb_cut_beginning beginning)
{
    sb_environment *environment = normal(6);
    sb_consistent_set set;
    box(&set, environment, ".02");
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.lp.exact = exact;
    options.beginning = beginning;
    sb_robust_run *walked = start(environment, &set, &options);
    sb_robust_run *straight = start(environment, &set, &options);
    assert_false(sb_robust_run_back(walked));
    /* three forward, two back, and again, to the end */
    while (!current(walked)->finished) {
        for (int step = 0; step < 3; step++) {
            ok(sb_robust_run_step(walked, HERE));
        }
        for (int step = 0; step < 2; step++) {
            size_t at = sb_robust_run_current(walked);
            const sb_robust_round *before = sb_robust_run_round(walked, at - 1);
            assert_true(sb_robust_run_back(walked));
            assert_ptr_equal(current(walked), before);
        }
        ok(sb_robust_run_step(walked, HERE));
        ok(sb_robust_run_step(walked, HERE));
    }
    finish(straight);
    size_t count = sb_robust_run_count(straight);
    assert_int_equal(sb_robust_run_count(walked), count);
    for (size_t number = 0; number < count; number++) {
        assert_same_round(sb_robust_run_round(walked, number),
                          sb_robust_run_round(straight, number), 6);
    }
    /* a step from the end changes nothing */
    ok(sb_robust_run_step(walked, HERE));
    assert_int_equal(sb_robust_run_current(walked), count - 1);
    assert_null(sb_robust_run_round(walked, count));
    sb_robust_run_free(walked);
    sb_robust_run_free(straight);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

static void back_and_forward_is_the_same(void **state)
{
    (void)state;
    same_states(false, SB_CUTS_FROM_ESTIMATE);
    same_states(true, SB_CUTS_FROM_ESTIMATE);
    same_states(true, SB_CUTS_FROM_NOTHING);
}

/* ---- from nothing ---- */

static void first_rounds_are_unbounded(void **state)
{
    (void)state;
    for (int exact = 0; exact < 2; exact++) {
        sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
        sb_consistent_set set;
        box(&set, environment, ".1");
        sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
        options.beginning = SB_CUTS_FROM_NOTHING;
        options.lp.exact = exact == 1;
        sb_robust_run *run = start(environment, &set, &options);
        const sb_robust_round *round = current(run);
        assert_int_equal(round->status, SB_LP_UNBOUNDED);
        assert_int_equal(round->proof, SB_PROOF_EXACT);
        assert_false(round->finished);
        assert_true(round->found_count > 0);
        /* along the ray nothing is allocated, and revenue grows */
        fmpq_t revenue;
        fmpq_init(revenue);
        sb_mechanism_revenue(revenue, environment, round->mechanism);
        assert_true(fmpq_sgn(revenue) > 0);
        fmpq_clear(revenue);
        char *sentence = sb_robust_round_describe(run, 0);
        assert_non_null(strstr(sentence, "unbounded"));
        assert_non_null(strstr(sentence, "without end"));
        free(sentence);
        finish(run);
        assert_int_equal(current(run)->status, SB_LP_OPTIMAL);
        fmpq_t optimal;
        fmpq_init(optimal);
        robust_optimum(optimal, environment, &set, NULL);
        assert_close(&current(run)->objective, sb_rational_to_double(optimal), 1e-9);
        fmpq_clear(optimal);
        sb_robust_run_free(run);
        sb_consistent_set_clear(&set);
        sb_environment_free(environment);
    }
}

static void runs_without_an_optimum(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    sb_consistent_set set;
    box(&set, environment, ".1");
    set_rules(environment, "bayes-nash", "none");
    sb_robust_run *run = start(environment, &set, NULL);
    finish(run);
    assert_int_equal(current(run)->status, SB_LP_UNBOUNDED);
    char *sentence = sb_robust_round_describe(run, sb_robust_run_current(run));
    assert_non_null(strstr(sentence, "no optimum"));
    free(sentence);
    sb_robust_run_free(run);
    set_rules(environment, "bayes-nash", "ex-interim");
    ok(sb_rules_set(&environment->rules, "payments", "none", HERE));
    fmpq *outside = sb_rationals_new(1);
    read_numbers("3", outside, 1);
    ok(sb_environment_set_outside(environment, 0, 0, outside, HERE));
    run = start(environment, &set, NULL);
    assert_true(current(run)->finished);
    assert_int_equal(current(run)->status, SB_LP_INFEASIBLE);
    sentence = sb_robust_round_describe(run, 0);
    assert_non_null(strstr(sentence, "none is robust"));
    free(sentence);
    sb_robust_run_free(run);
    sb_rationals_free(outside, 1);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

/* ---- words, limits ---- */

static void sentences(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2", 2, "3 1 1 3");
    sb_consistent_set set;
    box(&set, environment, ".1");
    sb_robust_run *run = start(environment, &set, NULL);
    finish(run);
    size_t last = sb_robust_run_count(run) - 1;
    assert_true(last > 0);
    char *sentence = sb_robust_round_describe(run, 0);
    assert_non_null(strstr(sentence, "Round 0: the beginning bounds the objective by 1.5; type "));
    assert_non_null(strstr(sentence, " of belief (0."));
    free(sentence);
    sentence = sb_robust_round_describe(run, 1);
    assert_non_null(strstr(sentence, "the bound from 1.5 to "));
    free(sentence);
    sentence = sb_robust_round_describe(run, last);
    assert_non_null(strstr(sentence, "this is the robust optimum."));
    free(sentence);
    assert_null(sb_robust_round_describe(run, last + 1));
    sb_cut cut;
    sb_cut_init(&cut);
    cut.type = 1;
    cut.report = 0;
    sentence = sb_cut_describe(environment, &cut);
    assert_string_equal(sentence, "type 2, report 1");
    free(sentence);
    cut.kind = SB_CUT_PARTICIPATION;
    sentence = sb_cut_describe(environment, &cut);
    assert_string_equal(sentence, "type 2, staying away");
    free(sentence);
    sb_cut_clear(&cut, 2);
    sb_robust_run_free(run);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

static void names(void **state)
{
    (void)state;
    assert_string_equal(sb_robust_objective_name(SB_ROBUST_WORST_CASE), "worst-case");
    assert_string_equal(sb_robust_method_name(SB_ROBUST_COMPACT), "compact");
    assert_string_equal(sb_cut_choice_name(SB_CUTS_PER_TYPE), "type");
    assert_string_equal(sb_cut_beginning_name(SB_CUTS_FROM_NOTHING), "nothing");
}

static bool count_two(void *context, const sb_robust_round *round)
{
    size_t *calls = context;
    assert_int_equal(round->round, *calls + 1);
    return ++*calls < 2;
}

static void runs_that_stop_early(void **state)
{
    (void)state;
    sb_environment *environment = normal(5);
    sb_consistent_set set;
    box(&set, environment, ".01");
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.most_rounds = 4;
    sb_robust_run *run = start(environment, &set, &options);
    size_t calls = 0;
    sb_error error;
    assert_int_equal(sb_robust_run_on(run, NULL, count_two, &calls, &error), SB_ERROR_CANCELLED);
    assert_int_equal(sb_robust_run_count(run), 3);
    /* until the largest violation is small enough */
    fmpq_t enough;
    fmpq_init(enough);
    fmpq_set(enough, &current(run)->violation);
    ok(sb_robust_run_on(run, enough, NULL, NULL, HERE));
    assert_int_equal(sb_robust_run_current(run), 2);
    fmpq_clear(enough);
    assert_int_equal(sb_robust_run_on(run, NULL, NULL, NULL, &error), SB_ERROR_LIMIT);
    assert_int_equal(sb_robust_run_count(run), 5);
    sb_robust_run_free(run);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

/* ---- histories ---- */

typedef struct told {
    sb_environment *environment;
    sb_consistent_set set;
    sb_robust_options options;
    char *text;
} told;

static void tell(told *t, sb_robust_objective objective, sb_cut_beginning beginning, bool exact)
{
    t->environment = one_bidder_and_signal("1 2 4", 3, "5 2 1 2 4 2 1 3 6");
    box(&t->set, t->environment, ".05");
    t->options = SB_ROBUST_OPTIONS_DEFAULT;
    t->options.objective = objective;
    t->options.beginning = beginning;
    t->options.choice = SB_CUTS_PER_TYPE;
    t->options.lp.exact = exact;
    sb_robust_run *run = start(t->environment, &t->set, &t->options);
    finish(run);
    assert_true(sb_robust_run_count(run) > 2);
    ok(sb_robust_history_format(run, &t->text, HERE));
    sb_robust_run_free(run);
}

static void forget(told *t)
{
    free(t->text);
    sb_consistent_set_clear(&t->set);
    sb_environment_free(t->environment);
}

static sb_status replay(const told *t, const char *text, sb_robust_run **run, sb_error *error)
{
    sb_error_clear(error);
    return sb_robust_history_replay(t->environment, &t->set, &t->options, text, strlen(text),
                                    "history.csv", run, error);
}

static void histories_come_back(void **state)
{
    (void)state;
    for (int way = 0; way < 8; way++) {
        told t;
        tell(&t, (sb_robust_objective)(way % 2), (sb_cut_beginning)(way / 2 % 2), way < 4);
        /* the rows are the history's, whatever the options would choose */
        t.options.choice = SB_CUTS_ALL;
        sb_robust_run *run = NULL;
        ok(replay(&t, t.text, &run, HERE));
        assert_true(current(run)->finished);
        char *again = NULL;
        ok(sb_robust_history_format(run, &again, HERE));
        assert_string_equal(again, t.text);
        free(again);
        /* a history of the first rounds is one too */
        while (sb_robust_run_current(run) > 1) {
            assert_true(sb_robust_run_back(run));
        }
        ok(sb_robust_history_format(run, &again, HERE));
        assert_true(strlen(again) < strlen(t.text));
        sb_robust_run *shorter = NULL;
        ok(replay(&t, again, &shorter, HERE));
        assert_int_equal(sb_robust_run_current(shorter), 1);
        ok(sb_robust_run_on(shorter, NULL, NULL, NULL, HERE));
        assert_close(&current(shorter)->objective,
                     sb_rational_to_double(
                         &sb_robust_run_round(run, sb_robust_run_count(run) - 1)->objective),
                     1e-9);
        free(again);
        sb_robust_run_free(shorter);
        sb_robust_run_free(run);
        forget(&t);
    }
}

/* In the arithmetic it was made in, whatever is asked of what follows; without a limit of rounds.
 */
static void arithmetic_is_the_histories(void **state)
{
    (void)state;
    for (int way = 0; way < 8; way++) {
        told t;
        bool exact = way < 4;
        tell(&t, (sb_robust_objective)(way % 2), (sb_cut_beginning)(way / 2 % 2), exact);
        t.options.lp.exact = !exact;
        t.options.most_rounds = 1;
        sb_robust_run *run = NULL;
        ok(replay(&t, t.text, &run, HERE));
        assert_int_equal(current(run)->proof, exact ? SB_PROOF_EXACT : SB_PROOF_FLOATING);
        char *again = NULL;
        ok(sb_robust_history_format(run, &again, HERE));
        assert_string_equal(again, t.text);
        free(again);
        sb_robust_run_free(run);
        forget(&t);
    }
}

/* The start of a line and the length with its end; lines count from 0. */
static const char *line_of(const char *text, size_t line, size_t *length)
{
    for (; line > 0; line--) {
        text = strchr(text, '\n') + 1;
    }
    *length = (size_t)(strchr(text, '\n') - text) + 1;
    return text;
}

/* The text with one field of a line replaced (NULL: without the line). Freed by the caller. */
static char *tampered(const char *text, size_t line, size_t field, const char *by)
{
    size_t length = 0;
    const char *at = line_of(text, line, &length), *rest = at + length;
    char *made = malloc(strlen(text) + 64);
    size_t before = (size_t)(at - text);
    memcpy(made, text, before);
    made[before] = '\0';
    if (by != NULL) {
        for (; field > 0; field--) {
            at = strchr(at, ',') + 1;
        }
        size_t kept = (size_t)(at - text);
        memcpy(made, text, kept);
        sprintf(made + kept, "%s%s", by, at + strcspn(at, ",\n"));
    } else {
        strcpy(made + before, rest);
    }
    return made;
}

static void tampering_is_refused(void **state)
{
    (void)state;
    told t;
    tell(&t, SB_ROBUST_ESTIMATE, SB_CUTS_FROM_ESTIMATE, true);
    size_t lines = 0;
    for (const char *at = t.text; *at != '\0'; at++) {
        lines += *at == '\n' ? 1 : 0;
    }
    const struct {
        size_t line, field;
        const char *by, *words;
        int place;
    } cases[] = {
        {0, 0, NULL, "expected the header 'round' here, found '0'", 1},
        {0, 6, "belief 2", "expected the header 'belief 1' here", 1},
        {1, 1, "9", "the objective of this round is ", 2},
        {1, 1, "9", " here, not 9 as written", 2},
        {1, 5, "0.001", "the violation of this rule is ", 2},
        {1, 5, "0.001", " here, not 0.001 as written", 2},
        {lines - 1, 5, "1", "the largest violation of this round is 0 here, not 1", (int)lines},
        {lines - 1, 7, "1", "the end line has no type", (int)lines},
        {1, 9, "blah", "'blah' says neither", 2},
        {2, 9, "no", "this round is exact here", 3},
        {lines - 1, 1, "1.2345", "objective", (int)lines},
        {1, 0, "1", "does not follow", 2},
        {1, 2, "lies", "kind", 2},
        {1, 3, "7", "has no type '7': there is 1, 2, 3", 2},
        {1, 6, "0.9", "not in the consistent set", 2},
        {1, 7, "many", "", 2},
        {lines - 1, 0, NULL, "no end line", 0},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char *text = tampered(t.text, cases[k].line, cases[k].field, cases[k].by);
        sb_robust_run *run = NULL;
        sb_error error;
        assert_int_equal(replay(&t, text, &run, &error), SB_ERROR_INPUT);
        assert_null(run);
        if (strstr(error.message, cases[k].words) == NULL || error.line != cases[k].place) {
            print_error("case %zu: line %d: %s\n", k, error.line, error.message);
            fail();
        }
        assert_string_not_equal(error.hint, "");
        free(text);
    }
    /* a row that is missing changes the next bound, a row said twice is none */
    sb_robust_run *run = NULL;
    sb_error error;
    char *text = tampered(t.text, 1, 0, NULL);
    assert_int_equal(replay(&t, text, &run, &error), SB_ERROR_INPUT);
    free(text);
    size_t length = 0;
    const char *first = line_of(t.text, 1, &length);
    size_t end = (size_t)(first - t.text) + length;
    text = malloc(strlen(t.text) + length + 1);
    memcpy(text, t.text, end);
    memcpy(text + end, first, length);
    strcpy(text + end + length, t.text + end);
    assert_int_equal(replay(&t, text, &run, &error), SB_ERROR_INPUT);
    assert_non_null(strstr(error.message, "twice"));
    free(text);
    /* another set: its beliefs are not those */
    sb_consistent_set_clear(&t.set);
    box(&t.set, t.environment, ".01");
    assert_int_equal(replay(&t, t.text, &run, &error), SB_ERROR_INPUT);
    forget(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_reaches_the_optimum),
        cmocka_unit_test(bounds_fall),
        cmocka_unit_test(exact_bounds_fall),
        cmocka_unit_test(back_and_forward_is_the_same),
        cmocka_unit_test(first_rounds_are_unbounded),
        cmocka_unit_test(runs_without_an_optimum),
        cmocka_unit_test(sentences),
        cmocka_unit_test(names),
        cmocka_unit_test(runs_that_stop_early),
        cmocka_unit_test(histories_come_back),
        cmocka_unit_test(arithmetic_is_the_histories),
        cmocka_unit_test(tampering_is_refused),
    };
    return cmocka_run_group_tests_name("stepped robust design", tests, NULL, NULL);
}
