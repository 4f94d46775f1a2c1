/* Programs in rents: answers and proofs of the whole program, where beliefs depend on each other.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables full of what is special: types with the same belief, or the same in all, mixtures, low
 * rank, cells and types without weight, reporting sets, outside options, several agents.
 */
#include "unit/mechanism/whole_program.h"

/* What type `type` of the first agent weighs at the others' profiles, made of types before it. */
static void make_special(sb_environment *environment, size_t type, bool near,
                         property_stream *stream)
{
    size_t others = sb_environment_others_count(environment, 0);
    size_t first = (size_t)property_between(stream, 0, (long)type - 1);
    size_t second = (size_t)property_between(stream, 0, (long)type - 1);
    long kind = property_between(stream, 0, 9), share = property_between(stream, 1, 4);
    for (size_t k = 0; k < others && kind < 8; k++) {
        fmpq *own = environment->weights + sb_environment_profile_of(environment, 0, type, k);
        const fmpq *of_first =
            environment->weights + sb_environment_profile_of(environment, 0, first, k);
        const fmpq *of_second =
            environment->weights + sb_environment_profile_of(environment, 0, second, k);
        if (kind == 0) {
            fmpq_zero(own);
        } else if (kind < 3) {
            fmpq_mul_si(own, of_first, share);
        } else {
            fmpq_mul_si(own, of_first, share);
            fmpq_add(own, own, of_second);
        }
    }
    if (kind == 7 && near) {
        /* A hair away: double precision cannot tell. */
        fmpq_t hair;
        fmpq_init(hair);
        fmpq_set_si(hair, 1, 1000000000000);
        fmpq *own = environment->weights + sb_environment_profile_of(environment, 0, type, 0);
        fmpq_add(own, own, hair);
        fmpq_clear(hair);
    }
    /* The same in all. */
    sb_agent *agent = &environment->agents[0];
    for (size_t o = 0; kind == 2 && o < environment->outcome_count; o++) {
        fmpq_set(agent->utilities + type * environment->outcome_count + o,
                 agent->utilities + first * environment->outcome_count + o);
    }
}

static sb_environment *special_environment(bool near, property_stream *stream)
{
    static const general_shape shapes[] = {{1, {8, 0}, 5}, {1, {7, 0}, 7}, {1, {8, 0}, 5},
                                           {1, {6, 0}, 6}, {2, {5, 4}, 0}, {2, {6, 3}, 0},
                                           {2, {3, 3}, 2}, {2, {4, 2}, 3}};
    const general_shape *shape = &shapes[property_between(stream, 0, 7)];
    bool item = property_between(stream, 0, 1);
    size_t outcome_count = item ? shape->agents + 1 : (size_t)property_between(stream, 2, 4);
    sb_environment *environment = general_environment(shape, outcome_count);
    bool outside = property_between(stream, 0, 3) == 0;
    for (size_t i = 0; i < shape->agents; i++) {
        sb_agent *agent = &environment->agents[i];
        for (size_t k = 0; k < agent->type_count * outcome_count; k++) {
            bool counts = !item || k % outcome_count == i;
            fmpq_set_si(agent->utilities + k,
                        counts ? property_between(stream, item ? 0 : -2, 9) : 0, 2);
        }
        for (size_t k = 0; k < agent->type_count && outside; k++) {
            fmpq_set_si(agent->outside + k, property_between(stream, -1, 2), 3);
        }
    }
    for (size_t o = 0; o < outcome_count && !item; o++) {
        fmpq_set_si(environment->designer + o, property_between(stream, -2, 2), 7);
    }
    bool sparse = property_between(stream, 0, 1);
    for (size_t k = 0; k < sb_environment_profile_count(environment); k++) {
        fmpq_set_si(environment->weights + k, property_between(stream, sparse ? -4 : 1, 9), 1);
        if (fmpq_sgn(environment->weights + k) < 0) {
            fmpq_zero(environment->weights + k);
        }
    }
    long plain = property_between(stream, 2, 4);
    for (size_t type = (size_t)plain; type < shape->types[0]; type++) {
        make_special(environment, type, near, stream);
    }
    fmpq_set_si(environment->weights, 1, 1);
    fmpq *weights =
        sb_rationals_copy(environment->weights, sb_environment_profile_count(environment));
    assert_int_equal(sb_environment_set_weights(environment, weights, NULL), SB_OK);
    sb_rationals_free(weights, sb_environment_profile_count(environment));
    return environment;
}

static void special_rules(sb_environment *environment, property_stream *stream)
{
    static const char *const any[][2] = {{"ir", "ex-ante"},
                                         {"objective", "welfare"},
                                         {"objective", "weights:revenue+1/2*agents+2*designer"},
                                         {"objective", "agents"},
                                         {"ir", "none"}};
    long kind = property_between(stream, 0, 14);
    if (kind < 5) {
        assert_int_equal(sb_rules_set(&environment->rules, any[kind][0], any[kind][1], NULL),
                         SB_OK);
    }
    if (environment->agent_count == 2 && property_between(stream, 0, 3) == 0) {
        sb_rules_choose_own(&environment->rules, SB_RULE_PARTICIPATION, 0, SB_IR_EX_ANTE);
    }
    if (environment->agent_count == 2 && property_between(stream, 0, 5) == 0) {
        sb_rules_choose_own(&environment->rules, SB_RULE_INCENTIVES, 1, SB_IC_NONE);
    }
    for (size_t k = 0; k < 6 && property_between(stream, 0, 3) == 0; k++) {
        long last = (long)environment->agents[0].type_count - 1;
        size_t type = (size_t)property_between(stream, 0, last);
        size_t report = (size_t)property_between(stream, 0, last);
        if (type != report) {
            assert_int_equal(sb_environment_set_report(environment, 0, type, report, false, NULL),
                             SB_OK);
        }
    }
}

/* *optimal counts programs with an optimum. */
static void solve_both(const sb_environment *environment, size_t *in_rents, size_t *with_cuts,
                       size_t *optimal)
{
    answer found = {0};
    sb_error error;
    sb_error_clear(&error);
    sb_lp_result_init(&found.result);
    assert_int_equal(
        sb_design_new_to_solve(environment, &environment->rules, 0, false, &found.design, NULL),
        SB_OK);
    if (sb_lazy_solve_in_rents(found.design, NULL, &found.solved, &found.result, &found.counts,
                               &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    if (found.solved) {
        assert_int_equal(assert_answers_the_whole(environment, &found), SB_LP_OPTIMAL);
    }
    clear_answer(&found);
    *in_rents += found.solved && found.counts.in_rents;
    *with_cuts += found.solved && found.counts.rounds > 1;
    found = (answer){0};
    sb_lp_solver *solver = sb_lp_solver_new();
    solve_lazily(environment, NULL, solver, NULL, &found);
    sb_lp_solver_free(solver);
    *optimal += assert_answers_the_whole(environment, &found) == SB_LP_OPTIMAL;
    clear_answer(&found);
}

static void answers_are_those_of_the_whole_program(void **state)
{
    (void)state;
    property_stream stream = {91};
    int cases = property_cases(400);
    size_t in_rents = 0, with_cuts = 0, optimal = 0;
    for (int k = 0; k < cases; k++) {
        sb_environment *environment = special_environment(false, &stream);
        special_rules(environment, &stream);
        solve_both(environment, &in_rents, &with_cuts, &optimal);
        sb_environment_free(environment);
    }
    if (cases == 400) {
        assert_true(optimal > 300 && in_rents == optimal && with_cuts > 150);
    }
}

/* What double precision cannot tell is said by rationals, or left to the whole program. */
static void nearly_mixtures(void **state)
{
    (void)state;
    property_stream stream = {92};
    int cases = property_cases(200);
    size_t in_rents = 0, with_cuts = 0, optimal = 0;
    for (int k = 0; k < cases; k++) {
        sb_environment *environment = special_environment(true, &stream);
        solve_both(environment, &in_rents, &with_cuts, &optimal);
        sb_environment_free(environment);
    }
    if (cases == 200) {
        assert_true(optimal == 200 && in_rents < 200 && in_rents > 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_those_of_the_whole_program),
        cmocka_unit_test(nearly_mixtures),
    };
    int failed = cmocka_run_group_tests_name("mechanism/rents", tests, NULL, NULL);
    flint_cleanup_master();
    return failed;
}
