/* A mechanism designed for one prior meets another: by hand, and against brute force.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/misbelief.h"
#include "unit/mechanism/own.h"

static void evaluate(const sb_environment *belief, const sb_mechanism *mechanism,
                     const sb_environment *truth, sb_misbelief *misbelief)
{
    sb_error error;
    sb_error_clear(&error);
    sb_misbelief_init(misbelief);
    if (sb_misbelief_evaluate(belief, mechanism, truth, misbelief, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
}

/* Outcome probabilities and payments as texts, profile by profile. */
static sb_mechanism *mechanism_of(const sb_environment *environment, const char *allocation,
                                  const char *payments)
{
    sb_mechanism *mechanism = sb_mechanism_new(environment);
    size_t chances = mechanism->profile_count * mechanism->outcome_count;
    size_t paid = mechanism->profile_count * mechanism->agent_count;
    assert_int_equal(read_numbers(allocation, mechanism->allocation, chances), chances);
    assert_int_equal(read_numbers(payments, mechanism->payments, paid), paid);
    return mechanism;
}

static sb_mechanism *best_mechanism(const sb_environment *environment, sb_lp_status *status)
{
    sb_solution solution;
    sb_solution_init(&solution);
    assert_int_equal(sb_design_solve(environment, NULL, NULL, &solution, NULL), SB_OK);
    *status = solution.status;
    sb_mechanism *mechanism =
        solution.status == SB_LP_OPTIMAL ? sb_mechanism_copy(solution.mechanism) : NULL;
    sb_solution_clear(&solution);
    return mechanism;
}

static const sb_reply *reply_of(const sb_misbelief *misbelief, size_t agent, size_t type)
{
    return &misbelief->agents[agent].replies[type];
}

/* ---- by hand ---- */

/* For .251 .25 / .25 .249 and values 1, 2: the efficient outcome, a tossed coin where both say the
 * same. Who says 2 pays its value; who says 1 pays 31250.5 against a 1 and gets 31375 against a 2,
 * which a 1 values at .251 (.5 - 31250.5) + .25 31375 = 0, and so does a 2. */
static const char *const lecture_outcomes = ".5 .5 0  0 1 0  1 0 0  .5 .5 0";
static const char *const lecture_payments = "31250.5 31250.5  -31375 2  2 -31375  1 1";

static void the_lectures_mechanism_when_types_are_independent(void **state)
{
    (void)state;
    sb_environment *belief = two_bidders("1 2", "1 2", ".251 .25 .25 .249");
    sb_environment *truth = two_bidders("1 2", "1 2", ".25 .25 .25 .25");
    sb_mechanism *mechanism = mechanism_of(belief, lecture_outcomes, lecture_payments);
    sb_misbelief misbelief;
    evaluate(belief, mechanism, belief, &misbelief);
    assert_true(misbelief.all_truthful); /* a 2 is indifferent between 1, 2 and nothing */
    assert_number(&reply_of(&misbelief, 0, 1)->utility, "0");
    assert_number(reply_of(&misbelief, 0, 1)->report_utilities, "0");
    assert_number(&misbelief.designed_revenue, "1.749");
    assert_number(&misbelief.revenue, "1.749");
    assert_number(&misbelief.joint_revenue, "1.749");
    sb_misbelief_clear(&misbelief);

    /* A 1 gains (-31250 + 31375) / 2, a 2 that says 1 (1 - 31250.5 + 31375) / 2. The seller pays
     * each (31375 - 31250.5) / 2; two who say 1 at once pay 31250.5 each. */
    evaluate(belief, mechanism, truth, &misbelief);
    assert_false(misbelief.all_truthful);
    for (size_t agent = 0; agent < 2; agent++) {
        assert_int_equal(reply_of(&misbelief, agent, 0)->action, SB_ACTION_TRUTH);
        assert_number(&reply_of(&misbelief, agent, 0)->utility, "62.5");
        assert_int_equal(reply_of(&misbelief, agent, 1)->action, SB_ACTION_MISREPORT);
        assert_int_equal(reply_of(&misbelief, agent, 1)->report, 0);
        assert_number(&reply_of(&misbelief, agent, 1)->utility, "62.75");
        assert_number(&reply_of(&misbelief, agent, 1)->truth_utility, "0");
    }
    assert_number(&misbelief.designed_revenue, "1.749");
    assert_number(&misbelief.revenue, "-124.5");
    assert_number(&misbelief.joint_revenue, "62501");
    sb_misbelief_clear(&misbelief);
    sb_mechanism_free(mechanism);
    sb_environment_free(belief);
    sb_environment_free(truth);
}

/* Value 2 pays 1 after the first signal and 3 after the second, even odds believed. With odds 3 to
 * 1 for the second it expects to pay 2.5, and walks away; with 3 to 1 for the first it stays. */
static void one_bidder_walks_away(void **state)
{
    (void)state;
    sb_environment *belief = item(1, (const char *const[]){"2"}, 2, "1/3", "1 1");
    sb_environment *gloomy = item(1, (const char *const[]){"2"}, 2, "1/3", "1 3");
    sb_environment *bright = item(1, (const char *const[]){"2"}, 2, "1/3", "3 1");
    sb_mechanism *mechanism = mechanism_of(belief, "1 0 1 0", "1 3");
    sb_misbelief misbelief;
    evaluate(belief, mechanism, gloomy, &misbelief);
    assert_int_equal(reply_of(&misbelief, 0, 0)->action, SB_ACTION_EXIT);
    assert_true(reply_of(&misbelief, 0, 0)->report == SB_NOWHERE);
    assert_number(&reply_of(&misbelief, 0, 0)->utility, "0");
    assert_number(&reply_of(&misbelief, 0, 0)->truth_utility, "-1/2");
    assert_number(&misbelief.designed_revenue, "2");
    assert_number(&misbelief.revenue, "1/3"); /* the seller keeps the item */
    assert_number(&misbelief.joint_revenue, "1/3");
    sb_misbelief_clear(&misbelief);
    evaluate(belief, mechanism, bright, &misbelief);
    assert_true(misbelief.all_truthful);
    assert_number(&reply_of(&misbelief, 0, 0)->utility, "1/2");
    assert_number(&misbelief.revenue, "3/2");
    sb_misbelief_clear(&misbelief);

    /* without participation it cannot leave; ex ante it leaves before it knows its type */
    set_rules(belief, "bayes-nash", "none");
    evaluate(belief, mechanism, gloomy, &misbelief);
    assert_int_equal(reply_of(&misbelief, 0, 0)->action, SB_ACTION_TRUTH);
    assert_number(&misbelief.revenue, "2.5");
    sb_misbelief_clear(&misbelief);
    set_rules(belief, "bayes-nash", "ex-ante");
    evaluate(belief, mechanism, gloomy, &misbelief);
    assert_int_equal(reply_of(&misbelief, 0, 0)->action, SB_ACTION_EXIT);
    sb_misbelief_clear(&misbelief);
    sb_mechanism_free(mechanism);
    sb_environment_free(belief);
    sb_environment_free(gloomy);
    sb_environment_free(bright);
}

/* Two types without a signal: report 1 costs 1, report 2 costs 3, both buy. Type 2 (worth 3) would
 * rather say 1; type 1 (worth 1) gains 0 by the truth, as much as by staying away. */
static void ties_and_rules(void **state)
{
    (void)state;
    sb_environment *belief = one_bidder_and_signal("1 3", 0, "1 1");
    sb_mechanism *mechanism = mechanism_of(belief, "1 0 1 0", "1 3");
    sb_misbelief misbelief;
    evaluate(belief, mechanism, belief, &misbelief);
    assert_int_equal(reply_of(&misbelief, 0, 0)->action, SB_ACTION_TRUTH);
    assert_int_equal(reply_of(&misbelief, 0, 1)->action, SB_ACTION_MISREPORT);
    assert_number(&misbelief.designed_revenue, "2");
    assert_number(&misbelief.revenue, "1");
    sb_misbelief_clear(&misbelief);
    set_rules(belief, "none", "ex-interim"); /* types are known: nobody can lie */
    evaluate(belief, mechanism, belief, &misbelief);
    assert_true(misbelief.all_truthful);
    assert_number(&misbelief.revenue, "2");
    sb_misbelief_clear(&misbelief);
    set_rules(belief, "bayes-nash", "ex-interim");
    sb_mechanism_free(mechanism);
    sb_environment_free(belief);

    /* Reports 1 and 2 are equally good for type 3, and better than the truth: the first is sent. As
     * good as staying away: it takes part. */
    belief = one_bidder_and_signal("1 1 1", 0, "1 1 1");
    mechanism = mechanism_of(belief, "1 0 1 0 1 0", "1 1 2");
    evaluate(belief, mechanism, belief, &misbelief);
    assert_int_equal(reply_of(&misbelief, 0, 1)->action, SB_ACTION_TRUTH);
    assert_int_equal(reply_of(&misbelief, 0, 2)->action, SB_ACTION_MISREPORT);
    assert_int_equal(reply_of(&misbelief, 0, 2)->report, 0);
    assert_number(&reply_of(&misbelief, 0, 2)->utility, "0");
    sb_misbelief_clear(&misbelief);
    sb_mechanism_free(mechanism);
    sb_environment_free(belief);
}

static void types_of_probability_zero(void **state)
{
    (void)state;
    sb_environment *belief = one_bidder_and_signal("1 3", 2, "1 1 1 1");
    sb_environment *truth = one_bidder_and_signal("1 3", 2, "1 2 0 0");
    sb_mechanism *mechanism = mechanism_of(belief, "1 0 1 0 1 0 1 0", "1 1 9 9");
    sb_misbelief misbelief;
    evaluate(belief, mechanism, truth, &misbelief);
    assert_true(reply_of(&misbelief, 0, 0)->has_belief);
    assert_false(reply_of(&misbelief, 0, 1)->has_belief);
    assert_int_equal(reply_of(&misbelief, 0, 1)->action, SB_ACTION_TRUTH);
    assert_int_equal(reply_of(&misbelief, 0, 1)->report, 1);
    assert_true(misbelief.all_truthful);
    assert_number(&misbelief.revenue, "1");
    sb_misbelief_clear(&misbelief);
    sb_mechanism_free(mechanism);
    sb_environment_free(belief);
    sb_environment_free(truth);
}

static void differences_are_named(void **state)
{
    (void)state;
    sb_environment *belief = two_bidders("1 2", "1 2", "1 1 1 1");
    sb_environment *others[] = {
        two_bidders("1 2", "1 2 3", "1 1 1 1 1 1"),
        two_bidders("1 2", "1 3", "1 1 1 1"),
        item(2, (const char *const[]){"1 2", "1 2"}, 2, NULL, "1 1 1 1 1 1 1 1"),
        one_bidder_and_signal("1 2", 2, "1 1 1 1"),
        item(2, (const char *const[]){"1 2", "1 2"}, 0, "1/2", "1 1 1 1"),
        two_bidders("1 2", "1 2", "1 1 1 1"),
        two_bidders("1 2", "1 2", "1 1 1 1"),
    };
    static const char *const words[] = {"2 types of agent 2",
                                        "of type 2 values",
                                        "has a signal",
                                        "2 agents",
                                        "nobody gets it",
                                        "outside option",
                                        ("agent 2 of type 2 may report 1 in the belief and not "
                                         "in the truth")};
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    assert_int_equal(sb_environment_set_outside(others[5], 0, 1, one, NULL), SB_OK);
    set_reports(others[6], 1, "11 01");
    sb_mechanism *mechanism = sb_mechanism_new(belief);
    sb_misbelief misbelief;
    sb_misbelief_init(&misbelief);
    sb_error error;
    for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
        sb_error_clear(&error);
        assert_int_equal(sb_misbelief_evaluate(belief, mechanism, others[k], &misbelief, &error),
                         SB_ERROR_USAGE);
        if (strstr(error.message, words[k]) == NULL) {
            print_error("%s\n", error.message);
            fail();
        }
        sb_environment_free(others[k]);
    }
    sb_mechanism_free(mechanism);
    sb_environment *other = one_bidder_and_signal("1 2", 0, "1 1");
    mechanism = sb_mechanism_new(other);
    assert_int_equal(sb_misbelief_evaluate(belief, mechanism, belief, &misbelief, &error),
                     SB_ERROR_USAGE);
    sb_misbelief_clear(&misbelief);
    sb_mechanism_free(mechanism);
    sb_environment_free(other);
    sb_environment_free(belief);
    fmpq_clear(one);
}

static void truths_along_a_line(void **state)
{
    (void)state;
    sb_environment *belief = two_bidders("1 2", "1 2", "2 1 1 0");
    sb_environment *direction = two_bidders("1 2", "1 2", "1 1 1 1");
    sb_environment *truth = NULL;
    fmpq_t s, probability;
    fmpq_init(s);
    fmpq_init(probability);
    assert_int_equal(sb_misbelief_truth_along(belief, direction, s, &truth, NULL), SB_OK);
    assert_true(sb_environment_equal(belief, truth));
    sb_environment_free(truth);
    fmpq_set_si(s, 1, 2);
    assert_int_equal(sb_misbelief_truth_along(belief, direction, s, &truth, NULL), SB_OK);
    static const char *const wanted[] = {"3/8", "1/4", "1/4", "1/8"};
    for (size_t k = 0; k < 4; k++) {
        sb_environment_probability(probability, truth, k);
        assert_number(probability, wanted[k]);
    }
    sb_environment_free(truth);
    fmpq_set_si(s, -1, 100);
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_misbelief_truth_along(belief, direction, s, &truth, &error),
                     SB_ERROR_INPUT);
    assert_null(truth);
    assert_non_null(strstr(error.message, "(2, 2)"));
    sb_environment *other = two_bidders("1 2", "1", "1 1");
    assert_int_equal(sb_misbelief_truth_along(belief, other, s, &truth, &error), SB_ERROR_USAGE);
    sb_environment_free(other);
    sb_environment_free(belief);
    sb_environment_free(direction);
    fmpq_clear(s);
    fmpq_clear(probability);
}

/* ---- against brute force ---- */

static void sparse_weights(sb_environment *environment, property_stream *stream)
{
    size_t count = sb_environment_profile_count(environment);
    fmpq *weights = sb_rationals_new(count);
    for (size_t k = 0; k < count; k++) {
        long weight = property_between(stream, -2, 9);
        fmpq_set_si(weights + k, weight < 0 ? 0 : weight, 1);
    }
    fmpq_add_si(weights, weights, 1);
    assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
    sb_rationals_free(weights, count);
}

/* Small payments in halves make many ties. */
static sb_mechanism *random_mechanism(const sb_environment *environment, property_stream *stream)
{
    sb_mechanism *mechanism = sb_mechanism_new(environment);
    for (size_t profile = 0; profile < mechanism->profile_count; profile++) {
        fmpq *allocation = mechanism->allocation + profile * mechanism->outcome_count;
        size_t first = (size_t)property_between(stream, 0, (long)mechanism->outcome_count - 1);
        size_t second = (size_t)property_between(stream, 0, (long)mechanism->outcome_count - 1);
        fmpq_set_si(allocation + first, 1, 2);
        fmpq_add(allocation + second, allocation + second, allocation + first);
        if (second != first) {
            fmpq_set_si(allocation + second, 1, 2);
        } else {
            fmpq_one(allocation + first);
        }
        for (size_t agent = 0; agent < mechanism->agent_count; agent++) {
            fmpq_set_si(mechanism->payments + profile * mechanism->agent_count + agent,
                        property_between(stream, -2, 4), 2);
        }
    }
    return mechanism;
}

/* What agent gets (in weights) when it is `type` and says `report`, summed over whole profiles. */
static void expected_gain(fmpq_t gain, const sb_environment *truth, const sb_mechanism *mechanism,
                          size_t agent, size_t type, size_t report)
{
    fmpq_zero(gain);
    for (size_t profile = 0; profile < mechanism->profile_count; profile++) {
        size_t types[SB_MAX_PLAYERS];
        sb_environment_profile_split(truth, profile, types);
        if (types[agent] != type) {
            continue;
        }
        types[agent] = report;
        size_t at = sb_environment_profile_join(truth, types);
        for (size_t o = 0; o < mechanism->outcome_count; o++) {
            fmpq_t part;
            fmpq_init(part);
            fmpq_mul(part, mechanism->allocation + at * mechanism->outcome_count + o,
                     truth->agents[agent].utilities + type * mechanism->outcome_count + o);
            fmpq_addmul(gain, truth->weights + profile, part);
            fmpq_clear(part);
        }
        fmpq_submul(gain, truth->weights + profile,
                    mechanism->payments + at * mechanism->agent_count + agent);
    }
}

/* The seller's profit at a profile of reports; bidders marked absent leave the item. */
static void profit_of(fmpq_t own, const sb_environment *truth, const sb_mechanism *mechanism,
                      size_t at, const bool *absent)
{
    fmpq_zero(own);
    for (size_t o = 0; o < mechanism->outcome_count; o++) {
        bool kept = o + 1 == mechanism->outcome_count || absent[o];
        if (kept) {
            fmpq_addmul(own, mechanism->allocation + at * mechanism->outcome_count + o,
                        &truth->reserve);
        }
    }
}

/* Single item, no ex-ante participation: choices and revenue by enumerating. */
static void compare_with_brute_force(const sb_environment *belief, const sb_environment *truth,
                                     const sb_mechanism *mechanism)
{
    size_t agents = truth->agent_count;
    long choice[SB_MAX_PLAYERS][8]; /* a report, or -1 for staying away */
    sb_misbelief misbelief;
    evaluate(belief, mechanism, truth, &misbelief);
    fmpq_t gain, best, outside, revenue, joint, part;
    fmpq_init(gain);
    fmpq_init(best);
    fmpq_init(outside);
    fmpq_init(revenue);
    fmpq_init(joint);
    fmpq_init(part);
    for (size_t agent = 0; agent < agents; agent++) {
        for (size_t type = 0; type < truth->agents[agent].type_count; type++) {
            const sb_reply *reply = reply_of(&misbelief, agent, type);
            sb_environment_marginal(outside, truth, agent, type);
            choice[agent][type] = (long)type;
            if (fmpq_is_zero(outside)) {
                assert_false(reply->has_belief);
                continue;
            }
            fmpq_mul(outside, outside, &truth->weight_sum);
            fmpq_set(part, outside); /* the type's weight */
            fmpq_mul(outside, outside, truth->agents[agent].outside + type);
            expected_gain(best, truth, mechanism, agent, type, type);
            bool lies = sb_rules_of(&belief->rules, SB_RULE_INCENTIVES, agent) != SB_IC_NONE;
            bool leaves = sb_rules_of(&belief->rules, SB_RULE_PARTICIPATION, agent) != SB_IR_NONE;
            for (size_t report = 0; lies && report < truth->agents[agent].type_count; report++) {
                const bool *set = truth->agents[agent].reports;
                expected_gain(gain, truth, mechanism, agent, type, report);
                bool allowed = set == NULL || set[type * truth->agents[agent].type_count + report];
                if (allowed && fmpq_cmp(gain, best) > 0) {
                    fmpq_set(best, gain);
                    choice[agent][type] = (long)report;
                }
            }
            if (leaves && fmpq_cmp(best, outside) < 0) {
                fmpq_set(best, outside);
                choice[agent][type] = -1;
            }
            fmpq_div(best, best, part);
            assert_true(fmpq_equal(best, &reply->utility));
            assert_int_equal(reply->action, choice[agent][type] < 0 ? SB_ACTION_EXIT
                                            : choice[agent][type] == (long)type
                                                ? SB_ACTION_TRUTH
                                                : SB_ACTION_MISREPORT);
            assert_int_equal((long)reply->report, choice[agent][type]);
        }
    }
    for (size_t profile = 0; profile < mechanism->profile_count; profile++) {
        size_t types[SB_MAX_PLAYERS], all[SB_MAX_PLAYERS], alone[SB_MAX_PLAYERS];
        bool nobody[SB_MAX_PLAYERS] = {false}, absent[SB_MAX_PLAYERS] = {false};
        const fmpq *weight = truth->weights + profile;
        sb_environment_profile_split(truth, profile, types);
        memcpy(all, types, sizeof types);
        profit_of(part, truth, mechanism, profile, nobody);
        fmpq_addmul(revenue, weight, part);
        for (size_t agent = 0; agent < agents; agent++) {
            long chosen = choice[agent][types[agent]];
            bool only[SB_MAX_PLAYERS] = {false};
            memcpy(alone, types, sizeof types);
            only[agent] = absent[agent] = chosen < 0;
            if (chosen >= 0) {
                alone[agent] = all[agent] = (size_t)chosen;
            }
            size_t at = sb_environment_profile_join(truth, alone);
            profit_of(part, truth, mechanism, profile, nobody);
            fmpq_submul(revenue, weight, part);
            profit_of(part, truth, mechanism, at, only);
            fmpq_addmul(revenue, weight, part);
            if (chosen >= 0) {
                fmpq_addmul(revenue, weight, mechanism->payments + at * agents + agent);
            }
        }
        size_t at = sb_environment_profile_join(truth, all);
        profit_of(part, truth, mechanism, at, absent);
        fmpq_addmul(joint, weight, part);
        for (size_t agent = 0; agent < agents; agent++) {
            if (!absent[agent]) {
                fmpq_addmul(joint, weight, mechanism->payments + at * agents + agent);
            }
        }
    }
    fmpq_div(revenue, revenue, &truth->weight_sum);
    fmpq_div(joint, joint, &truth->weight_sum);
    assert_true(fmpq_equal(revenue, &misbelief.revenue));
    assert_true(fmpq_equal(joint, &misbelief.joint_revenue));
    if (agents == 1) {
        assert_true(fmpq_equal(joint, revenue));
    }
    sb_misbelief_clear(&misbelief);
    fmpq_clear(gain);
    fmpq_clear(best);
    fmpq_clear(outside);
    fmpq_clear(revenue);
    fmpq_clear(joint);
    fmpq_clear(part);
}

static void agrees_with_brute_force(void **state)
{
    (void)state;
    property_stream stream = {20261};
    static const char *const values[] = {"1 2", "1 2 3", "0 1/2 2"};
    int cases = property_cases(300);
    for (int k = 0; k < cases; k++) {
        size_t agents = k % 3 == 0 ? 1 : k % 3 == 1 ? 2 : 3;
        const char *chosen[3];
        for (size_t i = 0; i < 3; i++) {
            chosen[i] = values[property_between(&stream, 0, 2)];
        }
        size_t signals = agents == 1 ? 3 : (size_t)property_between(&stream, 0, 1) * 2;
        sb_environment *belief = item(agents, chosen, signals, k % 2 == 0 ? "1/2" : NULL, NULL);
        if (k % 4 == 0) {
            fmpq_t outside;
            fmpq_init(outside);
            fmpq_set_si(outside, property_between(&stream, -1, 1), 2);
            assert_int_equal(sb_environment_set_outside(belief, 0, 1, outside, NULL), SB_OK);
            fmpq_clear(outside);
        }
        if (k % 3 == 0) {
            random_reports(belief, &stream);
        }
        sb_environment *truth = sb_environment_copy(belief);
        static const char *const incentives[] = {"bayes-nash", "ex-post", "none"};
        static const char *const participations[] = {"ex-interim", "ex-post", "none"};
        for (size_t i = 0; k % 2 == 0 && i < agents; i++) {
            set_own(belief, i, incentives[property_between(&stream, 0, 2)],
                    participations[property_between(&stream, 0, 2)]);
        }
        sparse_weights(belief, &stream);
        sparse_weights(truth, &stream);
        sb_mechanism *mechanism = random_mechanism(belief, &stream);
        compare_with_brute_force(belief, truth, mechanism);
        sb_mechanism_free(mechanism);
        sb_environment_free(belief);
        sb_environment_free(truth);
    }
}

/* Before it knows its type one agent weighs its reports, and the other each type for itself. */
static void each_agent_decides_by_its_own_rules(void **state)
{
    (void)state;
    sb_environment *belief = two_bidders("1 2", "1 2", "1 1 1 1");
    sb_mechanism *mechanism = sb_mechanism_new(belief);
    for (size_t profile = 0; profile < 4; profile++) {
        fmpq_one(mechanism->allocation + profile * 3 + 2);
        /* a low type pays 1 for nothing, a high one is paid 2 */
        for (size_t agent = 0; agent < 2; agent++) {
            size_t type = sb_environment_type_at(belief, profile, agent);
            fmpq_set_si(mechanism->payments + profile * 2 + agent, type == 0 ? 1 : -2, 1);
        }
    }
    set_own(belief, 0, "none", "ex-ante");
    set_own(belief, 1, "none", "ex-interim");
    sb_misbelief misbelief;
    evaluate(belief, mechanism, belief, &misbelief);
    assert_int_equal(reply_of(&misbelief, 0, 0)->action, SB_ACTION_TRUTH);
    assert_int_equal(reply_of(&misbelief, 0, 1)->action, SB_ACTION_TRUTH);
    assert_int_equal(reply_of(&misbelief, 1, 0)->action, SB_ACTION_EXIT);
    assert_int_equal(reply_of(&misbelief, 1, 1)->action, SB_ACTION_TRUTH);
    assert_number(&misbelief.revenue, "-3/2"); /* 1/2 - 2/2 - 2/2 */
    sb_misbelief_clear(&misbelief);
    set_own(belief, 1, "bayes-nash", "ex-interim");
    evaluate(belief, mechanism, belief, &misbelief);
    assert_int_equal(reply_of(&misbelief, 1, 0)->action, SB_ACTION_MISREPORT);
    assert_int_equal(reply_of(&misbelief, 0, 0)->action, SB_ACTION_TRUTH);
    sb_misbelief_clear(&misbelief);
    set_reports(belief, 1, "10 11");
    evaluate(belief, mechanism, belief, &misbelief);
    assert_int_equal(reply_of(&misbelief, 1, 0)->action, SB_ACTION_EXIT);
    assert_number(&reply_of(&misbelief, 1, 0)->report_utilities[1], "2"); /* what it cannot say */
    sb_misbelief_clear(&misbelief);
    sb_mechanism_free(mechanism);
    sb_environment_free(belief);
}

/* The best mechanism at its own belief, under every pair of rules. */
static void truthful_at_its_own_belief(void **state)
{
    (void)state;
    static const char *const incentives[] = {"bayes-nash", "ex-post", "none"};
    static const char *const participation[] = {"ex-interim", "ex-ante", "ex-post"};
    property_stream stream = {77};
    int cases = property_cases(45);
    for (int k = 0; k < cases; k++) {
        sb_environment *belief = k % 2 == 0 ? one_bidder_and_signal("1 2 4", 3, NULL)
                                            : two_bidders("1 2 3", "2 5", NULL);
        sparse_weights(belief, &stream);
        set_rules(belief, incentives[k % 3], participation[k / 3 % 3]);
        sb_lp_status status = SB_LP_FAILED;
        sb_mechanism *mechanism = best_mechanism(belief, &status);
        assert_int_equal(status, SB_LP_OPTIMAL);
        sb_misbelief misbelief;
        evaluate(belief, mechanism, belief, &misbelief);
        assert_true(misbelief.all_truthful);
        assert_true(fmpq_equal(&misbelief.revenue, &misbelief.designed_revenue));
        assert_true(fmpq_equal(&misbelief.joint_revenue, &misbelief.designed_revenue));
        sb_misbelief_clear(&misbelief);
        sb_mechanism_free(mechanism);
        sb_environment_free(belief);
    }
}

/* A price of 5 that came out as 5 + 1e-15: type 5 would stay away for nothing. And a report that is
 * better by 1e-15: nobody lies for that, but for 1e-3 it does. */
static void ties_within_a_tolerance(void **state)
{
    (void)state;
    const char *values[] = {"3 5"};
    sb_environment *belief = item(1, values, 1, NULL, "1 1");
    sb_mechanism *mechanism = mechanism_of(belief, "0 1  1 0", "0  5000000000000001e-15");
    sb_misbelief misbelief;
    sb_error error;
    fmpq_t tolerance;
    fmpq_init(tolerance);
    fmpq_set_si(tolerance, 1, 1000000);
    evaluate(belief, mechanism, belief, &misbelief);
    assert_int_equal(reply_of(&misbelief, 0, 1)->action, SB_ACTION_MISREPORT);
    sb_misbelief_clear(&misbelief);
    sb_misbelief_init(&misbelief);
    assert_int_equal(
        sb_misbelief_evaluate_within(belief, mechanism, belief, tolerance, &misbelief, &error),
        SB_OK);
    assert_true(misbelief.all_truthful);
    sb_mechanism_free(mechanism);
    /* Reporting 3 costs money as well: staying away is better by 1e-15, and by 2e-3. */
    mechanism = mechanism_of(belief, "0 1  1 0", "1e-15  5000000000000002e-15");
    assert_int_equal(
        sb_misbelief_evaluate_within(belief, mechanism, belief, NULL, &misbelief, &error), SB_OK);
    assert_int_equal(reply_of(&misbelief, 0, 0)->action, SB_ACTION_EXIT);
    assert_int_equal(reply_of(&misbelief, 0, 1)->action, SB_ACTION_EXIT);
    assert_int_equal(
        sb_misbelief_evaluate_within(belief, mechanism, belief, tolerance, &misbelief, &error),
        SB_OK);
    assert_true(misbelief.all_truthful);
    fmpq_set_si(mechanism->payments + 1, 5002, 1000);
    assert_int_equal(
        sb_misbelief_evaluate_within(belief, mechanism, belief, tolerance, &misbelief, &error),
        SB_OK);
    assert_int_equal(reply_of(&misbelief, 0, 1)->action, SB_ACTION_MISREPORT);
    assert_int_equal(reply_of(&misbelief, 0, 1)->report, 0);
    fmpq_clear(tolerance);
    sb_misbelief_clear(&misbelief);
    sb_mechanism_free(mechanism);
    sb_environment_free(belief);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lectures_mechanism_when_types_are_independent),
        cmocka_unit_test(one_bidder_walks_away),
        cmocka_unit_test(ties_and_rules),
        cmocka_unit_test(types_of_probability_zero),
        cmocka_unit_test(differences_are_named),
        cmocka_unit_test(truths_along_a_line),
        cmocka_unit_test(ties_within_a_tolerance),
        cmocka_unit_test(agrees_with_brute_force),
        cmocka_unit_test(each_agent_decides_by_its_own_rules),
        cmocka_unit_test(truthful_at_its_own_belief),
    };
    int failed = cmocka_run_group_tests_name("misbelief", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
