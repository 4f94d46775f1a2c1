/* Certificates: those of proved answers are accepted, whatever was tampered with is not.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a changed text is accepted after all, what it claims must be true: its environment is
 * solved anew and must have that status and that objective.
 */
#include "sidebet/certificate.h"
#include "sidebet/environment_file.h"
#include "unit/mechanism/environments.h"

#include <ctype.h>

/* ---- making certificates ---- */

static char *certificate_of(const sb_environment *environment, sb_lp_status *status)
{
    sb_solution solution;
    sb_solution_init(&solution);
    sb_error error;
    sb_error_clear(&error);
    char *text = NULL;
    if (sb_design_solve(environment, NULL, NULL, &solution, &error) != SB_OK ||
        sb_certificate_format(environment, &solution, &text, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    if (status != NULL) {
        *status = solution.status;
    }
    sb_solution_clear(&solution);
    return text;
}

static sb_environment *environment_of(const char *text)
{
    sb_environment *environment = NULL;
    sb_error error;
    sb_error_clear(&error);
    if (sb_environment_parse(text, strlen(text), "test", &environment, NULL, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    return environment;
}

typedef enum judgement { ACCEPTED, REFUTED, UNREADABLE } judgement;

static judgement judge(const char *text, size_t length, const sb_environment *against,
                       sb_verdict *verdict, sb_error *error)
{
    sb_error_clear(error);
    sb_status status = sb_certificate_verify_text(text, length, "c", against, verdict, error);
    if (status == SB_OK) {
        assert_int_equal(verdict->accepted, verdict->complaint[0] == '\0');
        assert_non_null(verdict->environment);
        return verdict->accepted ? ACCEPTED : REFUTED;
    }
    assert_false(verdict->accepted);
    assert_int_equal(status, error->status);
    assert_true(status == SB_ERROR_INPUT || status == SB_ERROR_LIMIT);
    assert_true(strlen(error->message) > 0);
    return UNREADABLE;
}

static judgement judge_text(const char *text, const sb_environment *against)
{
    sb_verdict verdict;
    sb_error error;
    sb_verdict_init(&verdict);
    judgement judged = judge(text, strlen(text), against, &verdict, &error);
    sb_verdict_clear(&verdict);
    return judged;
}

/* Judge a text that was changed: not accepted, or what it claims is true. */
static judgement judge_changed(const char *text, size_t length)
{
    sb_verdict verdict;
    sb_error error;
    sb_verdict_init(&verdict);
    judgement judged = judge(text, length, NULL, &verdict, &error);
    if (judged == ACCEPTED) {
        sb_solution solution;
        sb_solution_init(&solution);
        assert_int_equal(sb_design_solve(verdict.environment, NULL, NULL, &solution, NULL), SB_OK);
        assert_int_equal(solution.status, verdict.status);
        assert_true(solution.status != SB_LP_OPTIMAL ||
                    fmpq_equal(&solution.objective, &verdict.objective));
        sb_solution_clear(&solution);
    }
    sb_verdict_clear(&verdict);
    return judged;
}

/* The text with the nth occurrence of `from` replaced. */
static char *with(const char *text, const char *from, size_t nth, const char *to)
{
    const char *at = strstr(text, from);
    for (size_t k = 0; k < nth && at != NULL; k++) {
        at = strstr(at + 1, from);
    }
    if (at == NULL) {
        print_error("no %s in\n%s\n", from, text);
        fail();
        return NULL;
    }
    size_t before = (size_t)(at - text);
    size_t size = strlen(text) + strlen(to) + 1;
    char *changed = malloc(size);
    snprintf(changed, size, "%.*s%s%s", (int)before, text, to, at + strlen(from));
    return changed;
}

/* ---- what must be accepted ---- */

static const char almost_independent[] = "item:\n"
                                         "  bidders:\n"
                                         "    - {name: agent 1, values: [1, 2]}\n"
                                         "    - {name: agent 2, values: [1, 2]}\n"
                                         "prior: [[0.251, 0.25], [0.25, 0.249]]\n"
                                         "rules: {ic: bayes-nash, ir: ex-interim}\n";

static void every_status_is_certified(void **state)
{
    (void)state;
    sb_environment *environment = environment_of(almost_independent);
    sb_verdict verdict;
    sb_error error;
    sb_verdict_init(&verdict);
    char *text = certificate_of(environment, NULL);
    assert_int_equal(judge(text, strlen(text), environment, &verdict, &error), ACCEPTED);
    assert_int_equal(verdict.status, SB_LP_OPTIMAL);
    assert_number(&verdict.objective, "1749/1000");
    /* 8 + 4 + 1 primal rules and sums, 4 * 4 probabilities; dual: signs, columns, bound */
    assert_true(verdict.checks > 45);
    free(text);

    set_rules(environment, "bayes-nash", "none");
    text = certificate_of(environment, NULL);
    assert_int_equal(judge(text, strlen(text), environment, &verdict, &error), ACCEPTED);
    assert_int_equal(verdict.status, SB_LP_UNBOUNDED);
    free(text);

    set_rules(environment, "bayes-nash", "ex-interim");
    assert_int_equal(sb_rules_set(&environment->rules, "payments", "none", NULL), SB_OK);
    fmpq_set_si(environment->agents[0].outside + 0, 5, 1);
    text = certificate_of(environment, NULL);
    assert_int_equal(judge(text, strlen(text), environment, &verdict, &error), ACCEPTED);
    assert_int_equal(verdict.status, SB_LP_INFEASIBLE);
    free(text);
    sb_verdict_clear(&verdict);
    sb_environment_free(environment);
}

static void unproved_answers_have_no_certificate(void **state)
{
    (void)state;
    sb_environment *environment = environment_of(almost_independent);
    sb_solution solution;
    sb_solution_init(&solution);
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.exact = false;
    assert_int_equal(sb_design_solve(environment, NULL, &options, &solution, NULL), SB_OK);
    sb_error error;
    char *text = NULL;
    assert_int_equal(sb_certificate_format(environment, &solution, &text, &error), SB_ERROR_USAGE);
    assert_null(text);
    assert_true(strlen(error.hint) > 0);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

/* 1 / base^2000 */
static void raise_denominator(fmpq_t value, ulong base)
{
    fmpq_one(value);
    fmpz_set_ui(fmpq_denref(value), base);
    fmpz_pow_ui(fmpq_denref(value), fmpq_denref(value), 2000);
}

/* Long numbers: one step of 10^-k from independence. */
static void payments_of_any_length_are_certified(void **state)
{
    (void)state;
    sb_environment *environment = environment_of(almost_independent);
    for (int k = 3; k <= 15; k += 6) {
        char weights[120];
        snprintf(weights, sizeof weights, "0.25%0*d 0.25 0.25 0.24%0*d", k - 2, 1, k - 2, 0);
        for (char *digit = strrchr(weights, '4') + 1; *digit != '\0'; digit++) {
            *digit = '9';
        }
        set_weights(environment, weights);
        char *text = certificate_of(environment, NULL);
        assert_int_equal(judge_text(text, environment), ACCEPTED);
        free(text);
    }
    sb_environment_free(environment);
    /* longer than numbers of environment files may be */
    environment = one_bidder_and_signal("1 2", 2, "1 2 2 1");
    fmpq_t tiny;
    fmpq_init(tiny);
    raise_denominator(tiny, 7);
    fmpq_add(environment->weights + 0, environment->weights + 0, tiny);
    fmpq_add(&environment->weight_sum, &environment->weight_sum, tiny);
    raise_denominator(tiny, 3);
    fmpq_add(environment->weights + 3, environment->weights + 3, tiny);
    fmpq_add(&environment->weight_sum, &environment->weight_sum, tiny);
    fmpq_clear(tiny);
    char *text = certificate_of(environment, NULL);
    size_t longest = 0;
    for (const char *digits = text; *digits != '\0';) {
        size_t length = strspn(digits, "0123456789/");
        longest = length > longest ? length : longest;
        digits += length > 0 ? length : 1;
    }
    assert_true(longest > SB_RATIONAL_MAX_TEXT);
    assert_int_equal(judge_text(text, NULL), ACCEPTED);
    free(text);
    sb_environment_free(environment);
}

/* Any outcomes, any labels, outside options, an impossible type now and then. */
static sb_environment *random_general(property_stream *stream)
{
    static const char *const types[] = {"low", "a, (b)", "- x: \"y\" #", "true"};
    static const char *const signals[] = {"rain", "1", "{dry}"};
    static const char *const outcomes[] = {"null", "to: B", "'", "\xc3\xa9 [z]"};
    sb_agent_description agents[2] = {
        {"Zo\xc3\xab, the 1st", (size_t)property_between(stream, 1, 3), types},
        {"~", (size_t)property_between(stream, 1, 3), types + 1},
    };
    size_t count = (size_t)property_between(stream, 1, 2);
    size_t signal_count = count == 1 ? (size_t)property_between(stream, 1, 3) : 0;
    size_t outcome_count = (size_t)property_between(stream, 1, 4);
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_new_general(agents, count, outcomes, outcome_count,
                                                signal_count > 0 ? "sky" : NULL, signal_count,
                                                signals, &environment, NULL),
                     SB_OK);
    for (size_t i = 0; i < count; i++) {
        sb_agent *agent = &environment->agents[i];
        for (size_t k = 0; k < agent->type_count * outcome_count; k++) {
            fmpq_set_si(agent->utilities + k, property_between(stream, -4, 8), 3);
        }
        for (size_t k = 0; k < agent->type_count; k++) {
            fmpq_set_si(agent->outside + k, property_between(stream, -1, 3), 2);
        }
    }
    for (size_t o = 0; o < outcome_count; o++) {
        fmpq_set_si(environment->designer + o, property_between(stream, -2, 2), 7);
    }
    random_weights(environment, stream, 5);
    return environment;
}

static sb_environment *random_item(property_stream *stream)
{
    char first[64], second[64];
    size_t bidders = (size_t)property_between(stream, 1, 2);
    size_t signals = bidders == 2 ? 0 : (size_t)property_between(stream, 1, 3);
    random_values(stream, (size_t)property_between(stream, 1, 3), 0, 5, first, sizeof first);
    random_values(stream, (size_t)property_between(stream, 1, 3), 0, 5, second, sizeof second);
    sb_environment *environment = item(bidders, (const char *const[]){first, second}, signals,
                                       property_between(stream, 0, 1) == 0 ? "1/2" : "0", NULL);
    random_weights(environment, stream, 5);
    return environment;
}

/* The kth combination of the rules' choices, of those that are linear programs; there are as many
 * as this returns. */
static size_t choose_rules(sb_environment *environment, size_t k)
{
    size_t combinations = 1;
    for (int rule = 0; rule < SB_RULE_DETERMINISTIC; rule++) {
        const sb_rule_description *description = sb_rule_describe((sb_rule)rule);
        size_t count = (size_t)description->choice_count;
        const sb_rule_choice *choice = &description->choices[k / combinations % count];
        char text[64];
        const char *given = choice->takes == NULL       ? ""
                            : rule == SB_RULE_OBJECTIVE ? ":revenue+1/2*agents+2*designer"
                                                        : ":3/2";
        snprintf(text, sizeof text, "%s%s", choice->name, given);
        assert_int_equal(sb_rules_set(&environment->rules, description->name, text, NULL), SB_OK);
        combinations *= count;
    }
    return combinations;
}

static void certificates_of_all_rules_are_accepted(void **state)
{
    (void)state;
    property_stream stream = {31};
    size_t seen[3] = {0};
    sb_environment *first = random_item(&stream);
    size_t combinations = choose_rules(first, 0);
    sb_environment_free(first);
    size_t cases = (size_t)property_cases((int)combinations * 8);
    assert_true(combinations * 8 >= 300);
    for (size_t k = 0; k < cases; k++) {
        sb_environment *environment =
            k / combinations % 2 == 0 ? random_general(&stream) : random_item(&stream);
        choose_rules(environment, k);
        sb_lp_status status = SB_LP_FAILED;
        char *text = certificate_of(environment, &status);
        sb_verdict verdict;
        sb_error error;
        sb_verdict_init(&verdict);
        if (judge(text, strlen(text), environment, &verdict, &error) != ACCEPTED) {
            print_error("%s%s\n%s\n", verdict.complaint, error.message, text);
            fail();
        }
        assert_int_equal(verdict.status, status);
        seen[status]++;
        sb_verdict_clear(&verdict);
        free(text);
        sb_environment_free(environment);
    }
    for (size_t status = 0; status < 3; status++) {
        assert_true(seen[status] >= cases / 40);
    }
}

/* ---- what must not be accepted ---- */

typedef struct tampering {
    const char *kind;
    const char *from;
    size_t nth;
    const char *to;
    judgement expected;
} tampering;

static void refuse(const char *text, const tampering *changes, size_t count,
                   const sb_environment *against)
{
    for (size_t k = 0; k < count; k++) {
        char *changed = with(text, changes[k].from, changes[k].nth, changes[k].to);
        judgement judged = judge_text(changed, against);
        if (judged != changes[k].expected) {
            print_error("%s: %d\n%s\n", changes[k].kind, (int)judged, changed);
            fail();
        }
        if (judged == ACCEPTED) {
            judge_changed(changed, strlen(changed));
        }
        free(changed);
    }
}

/* The lecture's own table; its certificate is fixed here, so that the solver may change. */
static const char lecture[] = "certificate: 1\n"
                              "status: optimal\n"
                              "objective: 1749/1000\n"
                              "environment: |\n"
                              "  item:\n"
                              "    bidders:\n"
                              "      - {name: agent 1, values: [1, 2]}\n"
                              "      - {name: agent 2, values: [1, 2]}\n"
                              "  prior:\n"
                              "    - [0.251, 0.250]\n"
                              "    - [0.250, 0.249]\n"
                              "  rules: {ic: bayes-nash, ir: ex-interim, objective: revenue}\n"
                              "mechanism:\n"
                              "  - at: [1, 1]\n"
                              "    outcomes: {agent 1 gets it: 1}\n"
                              "    payments: {agent 1: 62501, agent 2: 0}\n"
                              "  - at: [1, 2]\n"
                              "    outcomes: {agent 2 gets it: 1}\n"
                              "    payments: {agent 1: -62750, agent 2: 2}\n"
                              "  - at: [2, 1]\n"
                              "    outcomes: {agent 1 gets it: 1}\n"
                              "    payments: {agent 1: 499/125, agent 2: 0}\n"
                              "  - at: [2, 2]\n"
                              "    outcomes: {agent 1 gets it: 1}\n"
                              "    payments: {agent 1: 0, agent 2: 0}\n"
                              "multipliers:\n"
                              "  probabilities:\n"
                              "    - {at: [1, 1], value: 251/1000}\n"
                              "    - {at: [1, 2], value: 1/2}\n"
                              "    - {at: [2, 1], value: 1/2}\n"
                              "    - {at: [2, 2], value: 249/500}\n"
                              "  participation:\n"
                              "    - {agent: agent 1, type: 1, value: 1}\n"
                              "    - {agent: agent 1, type: 2, value: 1}\n"
                              "    - {agent: agent 2, type: 1, value: 1}\n"
                              "    - {agent: agent 2, type: 2, value: 1}\n";

static const tampering of_the_lecture[] = {
    {"version", "certificate: 1", 0, "certificate: 2", UNREADABLE},
    {"no version", "certificate: 1\n", 0, "", UNREADABLE},
    {"another status", "optimal", 0, "infeasible", UNREADABLE},
    {"unknown status", "optimal", 0, "failed", UNREADABLE},
    {"a better objective", "1749/1000", 0, "1750/1000", REFUTED},
    {"a worse objective", "1749/1000", 0, "1499/1000", REFUTED},
    {"the objective as a decimal", "1749/1000", 0, "1.749", ACCEPTED},
    {"no objective", "objective: 1749/1000\n", 0, "", UNREADABLE},
    {"not a number", "1749/1000", 0, "1749/0", UNREADABLE},
    {"values", "[1, 2]", 0, "[1, 3]", UNREADABLE},
    {"a label with its value", "  - {name: agent 2, values: [1, 2]}", 0,
     "  - {name: agent 2, values: {1: 1, 2: 3}}", REFUTED},
    {"prior", "0.251, 0.250", 0, "0.252, 0.249", REFUTED},
    {"prior within the marginals", "[0.251, 0.250]\n    - [0.250, 0.249]", 0,
     "[0.252, 0.249]\n    - [0.249, 0.250]", REFUTED},
    {"weights scaled: the same prior", "[0.251, 0.250]\n    - [0.250, 0.249]", 0,
     "[251, 250]\n    - [250, 249]", ACCEPTED},
    {"incentive rule, looser optimum", "bayes-nash", 0, "none", ACCEPTED},
    {"incentive rule", "bayes-nash", 0, "ex-post", REFUTED},
    {"participation rule", "ex-interim", 0, "ex-post", REFUTED},
    {"participation rule, no such multipliers", "ex-interim", 0, "ex-ante", REFUTED},
    {"no participation", "ex-interim", 0, "none", REFUTED},
    {"objective rule", "objective: revenue", 0, "objective: welfare", REFUTED},
    {"payments bounded", "revenue}", 0, "revenue, payments: bounded:62749}", REFUTED},
    {"payments bounded loosely", "revenue}", 0, "revenue, payments: bounded:62750}", ACCEPTED},
    {"no payments", "revenue}", 0, "revenue, payments: none}", REFUTED},
    {"broken environment", "  item:", 0, "  itme:", UNREADABLE},
    {"prior from a file", "prior:\n    - [0.251, 0.250]\n    - [0.250, 0.249]", 0,
     "prior: {csv: other.csv}", UNREADABLE},
    {"swapped winners", "{agent 2 gets it: 1}", 0, "{agent 1 gets it: 1}", REFUTED},
    {"nobody gets it", "{agent 1 gets it: 1}", 0, "{nobody gets it: 1}", REFUTED},
    {"a probability left out", "{agent 1 gets it: 1}", 0, "{}", REFUTED},
    {"probabilities over 1", "{agent 1 gets it: 1}", 0,
     "{agent 1 gets it: 1, nobody gets it: 1/1000000}", REFUTED},
    {"a negative probability", "{agent 1 gets it: 1}", 0,
     "{agent 1 gets it: 2, nobody gets it: -1}", REFUTED},
    {"unknown outcome", "agent 1 gets it", 0, "agent 3 gets it", UNREADABLE},
    {"an outcome twice", "{agent 1 gets it: 1}", 0, "{agent 1 gets it: 1, agent 1 gets it: 1}",
     UNREADABLE},
    {"a payment with another sign", "agent 1: -62750", 0, "agent 1: 62750", REFUTED},
    {"a payment left out", "agent 1: -62750, ", 0, "", REFUTED},
    {"a payment of zero left out", ", agent 2: 0", 0, "", ACCEPTED},
    {"payments swapped", "{agent 1: -62750, agent 2: 2}", 0, "{agent 1: 2, agent 2: -62750}",
     REFUTED},
    {"a payment to nobody known", "agent 2: 2", 0, "agent 4: 2", UNREADABLE},
    {"a profile twice", "  - at: [1, 2]", 0, "  - at: [1, 1]", UNREADABLE},
    {"profiles swapped",
     "  - at: [1, 1]\n    outcomes: {agent 1 gets it: 1}\n    payments: "
     "{agent 1: 62501, agent 2: 0}\n  - at: [1, 2]\n",
     0,
     "  - at: [1, 2]\n    outcomes: {agent 1 gets it: 1}\n    payments: {agent 1: 62501, agent 2: "
     "0}\n  - at: [1, 1]\n",
     REFUTED},
    {"a profile left out",
     "  - at: [2, 2]\n    outcomes: {agent 1 gets it: 1}\n    payments: "
     "{agent 1: 0, agent 2: 0}\n",
     0, "", UNREADABLE},
    {"unknown type", "  - at: [1, 2]", 0, "  - at: [1, 4]", UNREADABLE},
    {"type by number", "  - at: [1, 2]", 0, "  - at: [1, \"#2\"]", UNREADABLE},
    {"a label too many", "  - at: [1, 2]", 0, "  - at: [1, 2, 1]", UNREADABLE},
    {"no place", "  - at: [1, 2]\n    outcomes", 0, "  - outcomes", UNREADABLE},
    {"an unknown key at a profile", "    outcomes", 0, "    outcome", UNREADABLE},
    {"no mechanism", "mechanism:\n", 0, "mechanism: []\nx:\n", UNREADABLE},
    {"extra key", "mechanism:\n", 0, "proof: 1\nmechanism:\n", UNREADABLE},
    {"a direction too", "mechanism:\n", 0, "direction: []\nmechanism:\n", UNREADABLE},
    {"a multiplier dropped", "    - {agent: agent 2, type: 1, value: 1}\n", 0, "", REFUTED},
    {"a price dropped", "    - {at: [1, 2], value: 1/2}\n", 0, "", REFUTED},
    {"a wrong sign", "type: 1, value: 1", 0, "type: 1, value: -1", REFUTED},
    {"a price with a wrong sign", "value: 1/2", 0, "value: -1/2", REFUTED},
    {"labels swapped", "type: 1, value: 1", 1, "type: 2, value: 1", UNREADABLE},
    {"a rule twice", "    - {agent: agent 2, type: 1, value: 1}\n", 0,
     "    - {agent: agent 2, type: 1, value: 1}\n    - {agent: agent 2, type: 1, value: 1}\n",
     UNREADABLE},
    {"halves of a multiplier", "    - {agent: agent 2, type: 1, value: 1}\n", 0,
     "    - {agent: agent 2, type: 1, value: 1/2}\n    - {agent: agent 2, type: 1, value: 1/2}\n",
     UNREADABLE},
    {"a multiplier of zero more", "  participation:", 0,
     "  incentives:\n    - {agent: agent 1, type: 2, report: 1, value: 0}\n  participation:",
     ACCEPTED},
    {"a rule that is none: ex-post", "type: 1, value: 1", 0, "type: 1, others: [1], value: 1",
     REFUTED},
    {"a rule that is none: ex-ante", "agent 1, type: 1, value: 1", 0, "agent 1, value: 1", REFUTED},
    {"no value", "type: 1, value: 1", 0, "type: 1", UNREADABLE},
    {"unknown agent", "agent: agent 2", 0, "agent: agent 3", UNREADABLE},
    {"prices swapped", "[1, 1], value: 251/1000}\n    - {at: [1, 2], value: 1/2", 0,
     "[1, 2], value: 251/1000}\n    - {at: [1, 1], value: 1/2", REFUTED},
    {"unknown list", "participation:", 0, "individual-rationality:", UNREADABLE},
    {"two documents", "multipliers:", 0, "---\nmultipliers:", UNREADABLE},
    {"an anchor", "value: 1/2", 0, "value: &a 1/2", UNREADABLE},
    {"the multipliers twice", "multipliers:", 0, "multipliers: {}\nmultipliers:", UNREADABLE},
};

static void tampered_optima_are_refuted(void **state)
{
    (void)state;
    sb_environment *environment = environment_of(almost_independent);
    assert_int_equal(judge_text(lecture, environment), ACCEPTED);
    enum { KINDS = sizeof of_the_lecture / sizeof of_the_lecture[0] };
    assert_true(KINDS >= 40);
    refuse(lecture, of_the_lecture, KINDS, NULL);
    /* harmless in itself, but about something else */
    char *changed = with(lecture, "revenue}", 0, "revenue, payments: bounded:62750}");
    assert_int_equal(judge_text(changed, NULL), ACCEPTED);
    assert_int_equal(judge_text(changed, environment), REFUTED);
    free(changed);
    sb_environment_free(environment);
}

static void another_environment_is_refuted(void **state)
{
    (void)state;
    static const tampering changes[] = {
        {"player", "agent 1", 0, "agent 3", REFUTED},
        {"value", "[1, 2]", 0, "[1, 3]", REFUTED},
        {"labels", "[1, 2]", 0, "{1: 1, two: 2}", REFUTED},
        {"types", "[1, 2]}\nprior: [[0.251, 0.25], [0.25, 0.249]]", 0,
         "[1, 2, 3]}\nprior: [[0.251, 0.25, 0], [0.25, 0.249, 0]]", REFUTED},
        {"reserve", "prior", 0, "  reserve: 1/10\nprior", REFUTED},
        {"outside", "prior", 0, "outside: {agent 1: {1: 1}}\nprior", REFUTED},
        {"prior", "0.249", 0, "0.2490001", REFUTED},
        {"scale", "[[0.251, 0.25], [0.25, 0.249]]", 0, "[[251, 250], [250, 249]]", ACCEPTED},
        {"title", "item:", 0, "title: another\nitem:", ACCEPTED},
        {"incentives", "bayes-nash", 0, "ex-post", REFUTED},
        {"bound", "ex-interim", 0, "ex-interim, payments: bounded:100000", REFUTED},
    };
    for (size_t k = 0; k < sizeof changes / sizeof changes[0]; k++) {
        char *text = with(almost_independent, changes[k].from, changes[k].nth, changes[k].to);
        sb_environment *environment = environment_of(text);
        assert_int_equal(judge_text(lecture, environment), changes[k].expected);
        sb_environment_free(environment);
        free(text);
    }
}

static const char impossible[] = "certificate: 1\n"
                                 "status: infeasible\n"
                                 "environment: |\n"
                                 "  item: {bidders: [{name: b, values: [1, 2]}]}\n"
                                 "  outside: {b: {1: 3/2}}\n"
                                 "  prior: [1/2, 1/2]\n"
                                 "  rules: {payments: none}\n"
                                 "multipliers:\n"
                                 "  probabilities: [{at: [1], value: 1}]\n"
                                 "  participation: [{agent: b, type: 1, value: 2}]\n";

static const char endless[] = "certificate: 1\n"
                              "status: unbounded\n"
                              "environment: |\n"
                              "  item: {bidders: [{name: b, values: [1, 2]}]}\n"
                              "  prior: [1/2, 1/2]\n"
                              "  rules: {ir: none}\n"
                              "mechanism:\n"
                              "  - {at: [1], outcomes: {nobody gets it: 1}}\n"
                              "  - {at: [2], outcomes: {nobody gets it: 1}}\n"
                              "direction:\n"
                              "  - {at: [1], payments: {b: 1}}\n"
                              "  - {at: [2], payments: {b: 1}}\n";

static void tampered_contradictions_are_refuted(void **state)
{
    (void)state;
    assert_int_equal(judge_text(impossible, NULL), ACCEPTED);
    static const tampering changes[] = {
        {"bound of zero", "3/2", 0, "1", REFUTED},
        {"a price too low", "value: 1}", 0, "value: 999999/1000000}", REFUTED},
        {"a price too high", "value: 1}", 0, "value: 3/2}", REFUTED},
        {"a price that is high enough", "value: 1}", 0, "value: 5/4}", ACCEPTED},
        {"the other type", "type: 1", 0, "type: 2", REFUTED},
        {"wrong sign", "value: 2}", 0, "value: -2}", REFUTED},
        {"an objective", "status", 0, "objective: 1\nstatus", UNREADABLE},
        {"payments allowed", "payments: none", 0, "payments: free", REFUTED},
        {"payments bounded", "payments: none", 0, "payments: bounded:1/2", REFUTED},
        {"payments bounded tightly", "payments: none", 0, "payments: bounded:1/3", ACCEPTED},
        {"impossible type", "[1/2, 1/2]", 0, "[0, 1]", REFUTED},
        {"nothing",
         "  probabilities: [{at: [1], value: 1}]\n  participation: [{agent: b, type: 1, "
         "value: 2}]",
         0, " {}", REFUTED},
    };
    refuse(impossible, changes, sizeof changes / sizeof changes[0], NULL);
    static const tampering directions[] = {
        {"individual rationality", "ir: none", 0, "ir: ex-ante", REFUTED},
        {"participation of each", "ir: none", 0, "ir: ex-interim", REFUTED},
        {"participation always", "ir: none", 0, "ir: ex-post", REFUTED},
        {"a lie that saves", "[2], payments: {b: 1}", 0, "[2], payments: {b: 2}", REFUTED},
        {"nobody asks", "ir: none}\nmechanism", 0, "ir: none, ic: none}\nmechanism", ACCEPTED},
        {"a profile left out", "  - {at: [2], payments: {b: 1}}\n", 0, "", REFUTED},
        {"downwards", "b: 1}}\n  - {at: [2], payments: {b: 1", 0,
         "b: -1}}\n  - {at: [2], payments: {b: -1", REFUTED},
        {"a cap", "ir: none", 0, "ir: none, payments: bounded:100", REFUTED},
        {"no money", "ir: none", 0, "ir: none, payments: none", REFUTED},
        {"another objective", "ir: none", 0, "ir: none, objective: welfare", REFUTED},
        {"outcomes", "b: 1}}", 0, "b: 1}, outcomes: {}}", UNREADABLE},
        {"a mechanism that is none", "nobody gets it: 1}", 0, "nobody gets it: 1/2}", REFUTED},
        {"ex-post lies", "ir: none", 0, "ir: none, ic: ex-post", ACCEPTED},
    };
    assert_int_equal(judge_text(endless, NULL), ACCEPTED);
    refuse(endless, directions, sizeof directions / sizeof directions[0], NULL);
}

/* Every number behind the head moved by a millionth, up and down; those at the ends of a label are
 * no longer labels. Returns how many were still accepted. */
static size_t move_every_number(const char *text, const char *from, size_t *moved)
{
    size_t accepted = 0;
    *moved = 0;
    for (const char *at = strstr(text, from); *at != '\0';) {
        size_t length = strspn(at, "0123456789./");
        bool starts = length > 0 && isdigit((unsigned char)*at) &&
                      (at[-1] == ' ' || at[-1] == '[' || at[-1] == '-' || at[-1] == ':');
        bool ends = length > 0 && strchr(",}]\n", at[length]) != NULL;
        if (!starts || !ends) {
            at += length > 0 ? length : 1;
            continue;
        }
        for (int sign = -1; sign <= 1; sign += 2) {
            fmpq_t number, step;
            fmpq_init(number);
            fmpq_init(step);
            assert_int_equal(sb_rational_parse(number, at, length, NULL), SB_OK);
            fmpq_set_si(step, sign, 1000000);
            fmpq_add(number, number, step);
            char *moved_number = sb_rational_format(number, SB_NUMBER_FRACTION);
            size_t size = strlen(text) + strlen(moved_number) + 1;
            char *changed = malloc(size);
            snprintf(changed, size, "%.*s%s%s", (int)(at - text), text, moved_number, at + length);
            ++*moved;
            accepted += judge_changed(changed, strlen(changed)) == ACCEPTED;
            free(changed);
            free(moved_number);
            fmpq_clear(number);
            fmpq_clear(step);
        }
        at += length;
    }
    return accepted;
}

static void moved_numbers_are_refuted(void **state)
{
    (void)state;
    size_t moved = 0;
    assert_int_equal(move_every_number(lecture, "objective", &moved), 0);
    assert_true(moved >= 80);
    /* The tight price cannot fall; the other three numbers have room by the contradiction's size,
     * and so have the two outside options and probabilities. */
    size_t accepted = move_every_number(impossible, "environment", &moved);
    assert_true(accepted > 0 && accepted < moved);
    property_stream stream = {32};
    size_t optima = 0;
    for (int k = 0; k < property_cases(40); k++) {
        sb_environment *environment = random_item(&stream);
        choose_rules(environment, (size_t)property_between(&stream, 0, 71));
        sb_lp_status status = SB_LP_FAILED;
        char *text = certificate_of(environment, &status);
        /* Nothing is asserted of how many: judge_changed checks that what is accepted is true. */
        move_every_number(text, "environment", &moved);
        optima += status == SB_LP_OPTIMAL;
        free(text);
        sb_environment_free(environment);
    }
    assert_true(optima > 0);
}

/* ---- noise ---- */

static void cut_texts_are_not_accepted(void **state)
{
    (void)state;
    for (size_t length = 0; length + 1 < strlen(lecture); length++) {
        if (judge_changed(lecture, length) == ACCEPTED) {
            print_error("accepted at %zu bytes\n", length);
            fail();
        }
    }
}

static void mutated_texts_never_claim_what_is_false(void **state)
{
    (void)state;
    static const char *const sources[] = {lecture, impossible, endless};
    property_stream stream = {33};
    size_t counts[3] = {0};
    for (int k = 0; k < property_cases(3000); k++) {
        const char *source = sources[k % 3];
        size_t length = strlen(source);
        char *text = malloc(length + 8);
        memcpy(text, source, length + 1);
        long changes = property_between(&stream, 1, 2);
        for (long change = 0; change < changes; change++) {
            size_t at = (size_t)property_between(&stream, 0, (long)length - 1);
            static const char bytes[] = "0123456789/-.,:[]{} \n\"'#&*|\t\xc3\xff";
            switch (property_between(&stream, 0, 3)) {
            case 0: /* another byte */
                text[at] = (char)property_between(&stream, 0, 255);
                break;
            case 1: /* another byte that means something */
                text[at] = bytes[property_between(&stream, 0, (long)sizeof bytes - 2)];
                break;
            case 2: /* one byte less */
                memmove(text + at, text + at + 1, length - at);
                length--;
                break;
            default: /* one byte more */
                memmove(text + at + 1, text + at, length - at + 1);
                text[at] = bytes[property_between(&stream, 0, (long)sizeof bytes - 2)];
                length++;
            }
        }
        counts[judge_changed(text, length)]++;
        free(text);
    }
    assert_true(counts[ACCEPTED] > 0 && counts[REFUTED] > 0 && counts[UNREADABLE] > 0);
}

/* ---- places, files ---- */

static void errors_name_the_place_in_the_file(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        int line, column;
    } cases[] = {
        {"0.249", "0.2x9", 11, 15},
        {"certificate: 1", "certificate: 3", 1, 14},
        {"agent 2: 2", "agent 4: 2", 19, 33},
        {"value: 249/500", "value: two", 31, 27},
        {"  - at: [2, 1]", "  - at: [9, 1]", 20, 10},
        {"  item:", "  thing:", 5, 3},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        char *text = with(lecture, cases[k].from, 0, cases[k].to);
        sb_verdict verdict;
        sb_error error;
        sb_verdict_init(&verdict);
        assert_int_equal(judge(text, strlen(text), NULL, &verdict, &error), UNREADABLE);
        if (error.line != cases[k].line || error.column != cases[k].column) {
            print_error("%s at %d:%d\n", error.message, error.line, error.column);
            fail();
        }
        assert_string_equal(error.file, "c");
        sb_verdict_clear(&verdict);
        free(text);
    }
}

static void files_are_written_and_read(void **state)
{
    (void)state;
    char path[] = "/tmp/sidebet-certificate-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    FILE *stream = fdopen(file, "w");
    fclose(stream);
    sb_environment *environment = environment_of(almost_independent);
    sb_solution solution;
    sb_solution_init(&solution);
    assert_int_equal(sb_design_solve(environment, NULL, NULL, &solution, NULL), SB_OK);
    assert_int_equal(sb_certificate_save(environment, &solution, path, NULL), SB_OK);
    sb_verdict verdict;
    sb_verdict_init(&verdict);
    assert_int_equal(sb_certificate_verify(path, environment, &verdict, NULL), SB_OK);
    assert_true(verdict.accepted);
    remove(path);
    sb_error error;
    assert_int_equal(sb_certificate_verify(path, environment, &verdict, &error), SB_ERROR_IO);
    assert_false(verdict.accepted);
    assert_null(verdict.environment);
    sb_verdict_clear(&verdict);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_is_certified),
        cmocka_unit_test(unproved_answers_have_no_certificate),
        cmocka_unit_test(payments_of_any_length_are_certified),
        cmocka_unit_test(certificates_of_all_rules_are_accepted),
        cmocka_unit_test(tampered_optima_are_refuted),
        cmocka_unit_test(another_environment_is_refuted),
        cmocka_unit_test(tampered_contradictions_are_refuted),
        cmocka_unit_test(moved_numbers_are_refuted),
        cmocka_unit_test(cut_texts_are_not_accepted),
        cmocka_unit_test(mutated_texts_never_claim_what_is_false),
        cmocka_unit_test(errors_name_the_place_in_the_file),
        cmocka_unit_test(files_are_written_and_read),
    };
    return cmocka_run_group_tests_name("certificate", tests, NULL, NULL);
}
