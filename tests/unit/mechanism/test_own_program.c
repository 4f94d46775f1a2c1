/* The design program against one that is written here from the definitions, with other columns and
 * in conditional probabilities: rules by agent, reporting sets, payments, objectives.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both are solved exactly and must agree in status and optimum. Deterministic mechanisms are
 * enumerated.
 */
#include "unit/mechanism/own.h"

typedef struct writing {
    const sb_environment *environment;
    sb_lp *program;
    size_t columns, payments; /* how many; allocations come behind the payments */
    fmpq *row;
    size_t *all; /* 0, 1, .. */
} writing;

static size_t payment_at(const writing *work, size_t profile, size_t agent)
{
    return profile * work->environment->agent_count + agent;
}

static size_t probability_at(const writing *work, size_t profile, size_t outcome)
{
    return work->payments + profile * work->environment->outcome_count + outcome;
}

static void clear_row(writing *work)
{
    for (size_t column = 0; column < work->columns; column++) {
        fmpq_zero(work->row + column);
    }
}

/* row += factor times what `type` gets where the profile is reported. */
static void add_utility(writing *work, size_t agent, size_t type, size_t profile,
                        const fmpq_t factor)
{
    const sb_environment *environment = work->environment;
    for (size_t o = 0; o < environment->outcome_count; o++) {
        fmpq_addmul(work->row + probability_at(work, profile, o), factor,
                    environment->agents[agent].utilities + type * environment->outcome_count + o);
    }
    if (work->payments > 0) {
        fmpq *payment = work->row + payment_at(work, profile, agent);
        fmpq_sub(payment, payment, factor);
    }
}

static void add_row(writing *work, const fmpq *lower, const fmpq *upper)
{
    assert_int_equal(sb_lp_add_row(work->program, NULL, lower, upper, work->columns, work->all,
                                   work->row, NULL, NULL),
                     SB_OK);
    clear_row(work);
}

/* row += what a truthful type expects, less what it expects from a report (SB_NOWHERE: nothing),
 * given its type times `scale`; all its others or one. */
static void add_comparison(writing *work, size_t agent, size_t type, size_t report, size_t only,
                           const fmpq_t scale)
{
    const sb_environment *environment = work->environment;
    fmpq_t marginal, factor;
    fmpq_init(marginal);
    fmpq_init(factor);
    sb_environment_marginal(marginal, environment, agent, type);
    for (size_t others = 0; others < sb_environment_others_count(environment, agent); others++) {
        size_t truth = sb_environment_profile_of(environment, agent, type, others);
        if (only == SB_NOWHERE) {
            sb_environment_probability(factor, environment, truth);
            fmpq_div(factor, factor, marginal);
        } else {
            fmpq_set_si(factor, others == only, 1);
        }
        fmpq_mul(factor, factor, scale);
        add_utility(work, agent, type, truth, factor);
        if (report != SB_NOWHERE) {
            fmpq_neg(factor, factor);
            add_utility(work, agent, type,
                        sb_environment_profile_of(environment, agent, report, others), factor);
        }
    }
    fmpq_clear(marginal);
    fmpq_clear(factor);
}

static bool is_possible(const sb_environment *environment, size_t agent, size_t type)
{
    fmpq_t marginal;
    fmpq_init(marginal);
    sb_environment_marginal(marginal, environment, agent, type);
    bool possible = !fmpq_is_zero(marginal);
    fmpq_clear(marginal);
    return possible;
}

static void write_type(writing *work, size_t agent, size_t type, int incentives, int participation)
{
    const sb_environment *environment = work->environment;
    const sb_agent *described = &environment->agents[agent];
    bool possible = is_possible(environment, agent, type);
    fmpq_t zero, one;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_one(one);
    size_t count = sb_environment_others_count(environment, agent);
    for (size_t report = 0; report < described->type_count; report++) {
        bool can =
            described->reports == NULL || described->reports[type * described->type_count + report];
        if (report == type || !can) {
            continue;
        }
        if (incentives == SB_IC_BAYES_NASH && possible) {
            add_comparison(work, agent, type, report, SB_NOWHERE, one);
            add_row(work, zero, NULL);
        }
        for (size_t others = 0; incentives == SB_IC_EX_POST && others < count; others++) {
            add_comparison(work, agent, type, report, others, one);
            add_row(work, zero, NULL);
        }
    }
    if (participation == SB_IR_EX_INTERIM && possible) {
        add_comparison(work, agent, type, SB_NOWHERE, SB_NOWHERE, one);
        add_row(work, described->outside + type, NULL);
    }
    for (size_t others = 0; participation == SB_IR_EX_POST && others < count; others++) {
        add_comparison(work, agent, type, SB_NOWHERE, others, one);
        add_row(work, described->outside + type, NULL);
    }
    fmpq_clear(zero);
    fmpq_clear(one);
}

static void write_ex_ante(writing *work, size_t agent)
{
    const sb_environment *environment = work->environment;
    fmpq_t outside, marginal;
    fmpq_init(outside);
    fmpq_init(marginal);
    for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
        if (is_possible(environment, agent, type)) {
            sb_environment_marginal(marginal, environment, agent, type);
            add_comparison(work, agent, type, SB_NOWHERE, SB_NOWHERE, marginal);
            fmpq_addmul(outside, marginal, environment->agents[agent].outside + type);
        }
    }
    add_row(work, outside, NULL);
    fmpq_clear(outside);
    fmpq_clear(marginal);
}

static void write_profile(writing *work, size_t profile)
{
    const sb_environment *environment = work->environment;
    int payments = environment->rules.choice[SB_RULE_PAYMENTS];
    fmpq_t zero, one;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_one(one);
    for (size_t o = 0; o < environment->outcome_count; o++) {
        fmpq_one(work->row + probability_at(work, profile, o));
    }
    add_row(work, one, one);
    if (payments == SB_PAYMENTS_NO_DEFICIT || payments == SB_PAYMENTS_BALANCED) {
        for (size_t agent = 0; agent < environment->agent_count; agent++) {
            fmpq_one(work->row + payment_at(work, profile, agent));
        }
        add_row(work, zero, payments == SB_PAYMENTS_BALANCED ? zero : NULL);
    }
    fmpq_clear(zero);
    fmpq_clear(one);
}

/* cost: what one unit of the column adds to the objective. */
static void cost_of(fmpq_t cost, const writing *work, size_t column)
{
    const sb_environment *environment = work->environment;
    int objective = environment->rules.choice[SB_RULE_OBJECTIVE];
    bool allocation = column >= work->payments;
    size_t width = allocation ? environment->outcome_count : environment->agent_count;
    size_t place = allocation ? column - work->payments : column;
    size_t profile = place / width, outcome = place % width;
    fmpq_t probability;
    fmpq_init(probability);
    sb_environment_probability(probability, environment, profile);
    fmpq_zero(cost);
    if (!allocation) {
        fmpq_set_si(cost,
                    objective == SB_OBJECTIVE_REVENUE  ? 1
                    : objective == SB_OBJECTIVE_AGENTS ? -1
                                                       : 0,
                    1);
    } else {
        if (objective != SB_OBJECTIVE_AGENTS) {
            fmpq_set(cost, environment->designer + outcome);
        }
        for (size_t i = 0; i < environment->agent_count && objective != SB_OBJECTIVE_REVENUE &&
                           objective != SB_OBJECTIVE_DESIGNER;
             i++) {
            size_t type = sb_environment_type_at(environment, profile, i);
            fmpq_add(cost, cost, environment->agents[i].utilities + type * width + outcome);
        }
    }
    fmpq_mul(cost, cost, probability);
    fmpq_clear(probability);
}

static void write_columns(writing *work)
{
    const sb_rules *rules = &work->environment->rules;
    int payments = rules->choice[SB_RULE_PAYMENTS];
    fmpq_t zero, least, cost;
    fmpq_init(zero);
    fmpq_init(least);
    fmpq_init(cost);
    fmpq_neg(least, &rules->payment_bound);
    for (size_t column = 0; column < work->columns; column++) {
        bool payment = column < work->payments;
        bool bounded = payment && payments == SB_PAYMENTS_BOUNDED;
        const fmpq *lower = bounded                                           ? least
                            : payment && payments != SB_PAYMENTS_NO_SUBSIDIES ? NULL
                                                                              : zero;
        cost_of(cost, work, column);
        assert_int_equal(sb_lp_add_column(work->program, NULL, lower,
                                          bounded ? &rules->payment_bound : NULL, cost, NULL, NULL),
                         SB_OK);
    }
    fmpq_clear(zero);
    fmpq_clear(least);
    fmpq_clear(cost);
}

static sb_lp *write_program(const sb_environment *environment, size_t *first_probability)
{
    size_t profiles = sb_environment_profile_count(environment);
    bool pays = environment->rules.choice[SB_RULE_PAYMENTS] != SB_PAYMENTS_NONE;
    writing work = {.environment = environment,
                    .program = sb_lp_new(SB_MAXIMISE),
                    .payments = pays ? profiles * environment->agent_count : 0};
    work.columns = work.payments + profiles * environment->outcome_count;
    work.row = sb_rationals_new(work.columns);
    work.all = malloc(work.columns * sizeof *work.all);
    for (size_t column = 0; column < work.columns; column++) {
        work.all[column] = column;
    }
    write_columns(&work);
    for (size_t agent = environment->agent_count; agent-- > 0;) {
        int incentives = sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, agent);
        int participation = sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, agent);
        for (size_t type = 0; type < environment->agents[agent].type_count; type++) {
            write_type(&work, agent, type, incentives, participation);
        }
        if (participation == SB_IR_EX_ANTE) {
            write_ex_ante(&work, agent);
        }
    }
    for (size_t profile = 0; profile < profiles; profile++) {
        write_profile(&work, profile);
    }
    *first_probability = work.payments;
    sb_rationals_free(work.row, work.columns);
    free(work.all);
    return work.program;
}

/* The best of all certain allocations, each a program of its own. */
static sb_lp_status enumerate(const sb_environment *environment, sb_lp *program, size_t first,
                              fmpq_t best)
{
    size_t profiles = sb_environment_profile_count(environment);
    size_t outcomes = environment->outcome_count, ways = 1;
    sb_lp_status answer = SB_LP_INFEASIBLE;
    fmpq_t value;
    fmpq_init(value);
    for (size_t profile = 0; profile < profiles; profile++) {
        ways *= outcomes;
    }
    for (size_t way = 0; way < ways && answer != SB_LP_UNBOUNDED; way++) {
        size_t rest = way;
        for (size_t k = 0; k < profiles * outcomes; k++) {
            fmpq_set_si(value, rest % outcomes == k % outcomes, 1);
            assert_int_equal(sb_lp_set_column_bounds(program, first + k, value, value, NULL),
                             SB_OK);
            rest = k % outcomes + 1 == outcomes ? rest / outcomes : rest;
        }
        sb_lp_result result;
        sb_lp_result_init(&result);
        assert_int_equal(sb_lp_solve_exactly(program, &result, NULL), SB_OK);
        assert_int_equal(result.proof, SB_PROOF_EXACT);
        if (result.status == SB_LP_UNBOUNDED) {
            answer = SB_LP_UNBOUNDED;
        } else if (result.status == SB_LP_OPTIMAL &&
                   (answer == SB_LP_INFEASIBLE || fmpq_cmp(&result.objective, best) > 0)) {
            answer = SB_LP_OPTIMAL;
            fmpq_set(best, &result.objective);
        }
        sb_lp_result_clear(&result);
    }
    fmpq_clear(value);
    return answer;
}

static sb_environment *random_environment(property_stream *stream, const size_t *shape)
{
    static const char *const labels[] = {"1", "2", "3", "4", "5", "6"};
    static const char *const names[] = {"one", "two", "three"};
    sb_agent_description agents[3] = {
        {names[0], shape[1], labels}, {names[1], shape[2], labels}, {names[2], shape[3], labels}};
    sb_environment *environment = NULL;
    assert_int_equal(sb_environment_new_general(agents, shape[0], labels, shape[5],
                                                shape[4] > 0 ? "signal" : NULL, shape[4], labels,
                                                &environment, NULL),
                     SB_OK);
    bool demanding = property_between(stream, 0, 2) == 0;
    for (size_t i = 0; i < environment->agent_count; i++) {
        sb_agent *agent = &environment->agents[i];
        for (size_t k = 0; k < agent->type_count * shape[5]; k++) {
            fmpq_set_si(agent->utilities + k, property_between(stream, -2, 9), 1);
        }
        for (size_t k = 0; k < agent->type_count; k++) {
            fmpq_set_si(agent->outside + k, demanding ? property_between(stream, 0, 5) : 0, 1);
        }
    }
    for (size_t o = 0; o < shape[5]; o++) {
        fmpq_set_si(environment->designer + o, property_between(stream, -2, 2), 2);
    }
    random_weights(environment, stream, 5);
    return environment;
}

static void choose_rules(sb_environment *environment, property_stream *stream, bool interim)
{
    static const char *const payments[] = {"free",         "none",       "bounded:3/2",
                                           "no-subsidies", "no-deficit", "balanced"};
    static const char *const objectives[] = {"revenue", "welfare", "agents", "designer"};
    sb_rules *rules = &environment->rules;
    long pay = interim ? 0 : property_between(stream, 0, 5);
    assert_int_equal(sb_rules_set(rules, "payments", payments[pay], NULL), SB_OK);
    assert_int_equal(
        sb_rules_set(rules, "objective", objectives[property_between(stream, 0, 3)], NULL), SB_OK);
    random_own_rules(environment, stream, interim);
    random_reports(environment, stream);
}

/* seen: how many of each status. */
static void compare(const sb_environment *environment, sb_design_solver *solver, bool deterministic,
                    int *seen)
{
    size_t first = 0;
    sb_lp *program = write_program(environment, &first);
    sb_error error;
    sb_error_clear(&error);
    sb_solution solution;
    sb_solution_init(&solution);
    if (sb_design_solve(environment, solver, NULL, &solution, &error) != SB_OK) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(solution.proof, SB_PROOF_EXACT);
    sb_lp_result result;
    sb_lp_result_init(&result);
    if (deterministic) {
        result.status = enumerate(environment, program, first, &result.objective);
    } else {
        assert_int_equal(sb_lp_solve_exactly(program, &result, NULL), SB_OK);
    }
    assert_string_equal(sb_lp_status_name(solution.status), sb_lp_status_name(result.status));
    assert_true(solution.status != SB_LP_OPTIMAL ||
                fmpq_equal(&solution.objective, &result.objective));
    seen[solution.status]++;
    sb_lp_result_clear(&result);
    sb_solution_clear(&solution);
    sb_lp_free(program);
}

static void compare_many(const size_t (*shapes)[6], size_t shape_count, int cases, bool interim,
                         bool deterministic)
{
    property_stream stream = {(uint64_t)(81 + shape_count * 2 + deterministic)};
    sb_design_solver *solver = sb_design_solver_new();
    int seen[3] = {0};
    for (int k = 0; k < cases; k++) {
        sb_environment *environment = random_environment(
            &stream, shapes[property_between(&stream, 0, (long)shape_count - 1)]);
        choose_rules(environment, &stream, interim);
        environment->rules.choice[SB_RULE_DETERMINISTIC] = deterministic;
        compare(environment, solver, deterministic, seen);
        sb_environment_free(environment);
    }
    assert_true(seen[SB_LP_OPTIMAL] > cases / 4 && seen[SB_LP_UNBOUNDED] > 0);
    assert_true(interim || seen[SB_LP_INFEASIBLE] > 0);
    sb_design_solver_free(solver);
}

/* agents, types of each, signals, outcomes */
static void in_payments(void **state)
{
    (void)state;
    static const size_t shapes[][6] = {
        {2, 2, 3, 0, 0, 3}, {2, 2, 2, 0, 2, 3}, {3, 2, 2, 2, 0, 2}, {1, 4, 0, 0, 3, 3}};
    compare_many(shapes, 4, property_cases(200), false, false);
}

/* More than 32 payments: what is solved has other columns. */
static void in_interim_payments(void **state)
{
    (void)state;
    static const size_t shapes[][6] = {{2, 4, 5, 0, 0, 2}, {2, 3, 3, 0, 2, 2}, {3, 2, 3, 2, 0, 2}};
    compare_many(shapes, 3, property_cases(50), true, false);
}

static void deterministic_mechanisms(void **state)
{
    (void)state;
    static const size_t shapes[][6] = {{2, 2, 2, 0, 0, 2}, {1, 2, 0, 0, 2, 3}};
    compare_many(shapes, 2, property_cases(60), false, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_payments),
        cmocka_unit_test(in_interim_payments),
        cmocka_unit_test(deterministic_mechanisms),
    };
    int failed = cmocka_run_group_tests_name("own program", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
