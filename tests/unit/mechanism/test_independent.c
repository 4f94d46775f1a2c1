/* The known optimum of independent types: number for number what the program gives, also after
 * edits with a kept solver.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/design_program.h"
#include "unit/mechanism/environments.h"

/* ---- random environments ---- */

static sb_environment *random_environment(property_stream *stream)
{
    static const general_shape shapes[] = {{1, {6, 0}, 6}, {1, {6, 0}, 9}, {2, {5, 5}, 0},
                                           {2, {4, 3}, 2}, {2, {3, 3}, 4}, {1, {7, 0}, 6},
                                           {2, {4, 5}, 0}};
    const general_shape *shape = &shapes[property_between(stream, 0, 6)];
    sb_environment *environment =
        general_environment(shape, (size_t)property_between(stream, 2, 4));
    bool outside = property_between(stream, 0, 1), single = property_between(stream, 0, 1);
    random_utilities(environment, stream, single, outside);
    random_weights(environment, stream, property_between(stream, 0, 1) ? 9 : 9999);
    return environment;
}

static void set_rule(sb_environment *environment, const char *rule, const char *choice)
{
    assert_int_equal(sb_rules_set(&environment->rules, rule, choice, NULL), SB_OK);
}

static void edit_reports(sb_environment *environment, property_stream *stream)
{
    size_t agent = (size_t)property_between(stream, 0, (long)environment->agent_count - 1);
    long last = (long)environment->agents[agent].type_count - 1;
    size_t type = (size_t)property_between(stream, 0, last);
    size_t report = (size_t)property_between(stream, 0, last);
    if (type != report) {
        bool allowed = sb_environment_may_report(environment, agent, type, report);
        assert_int_equal(
            sb_environment_set_report(environment, agent, type, report, !allowed, NULL), SB_OK);
    }
}

static void edit_cell(sb_environment *environment, property_stream *stream)
{
    size_t profiles = sb_environment_profile_count(environment);
    size_t profile = (size_t)property_between(stream, 0, (long)profiles - 1);
    fmpq_t weight;
    fmpq_init(weight);
    fmpq_set_si(weight, property_between(stream, 0, 20), (ulong)property_between(stream, 1, 30));
    (void)sb_environment_set_weight(environment, profile, weight, NULL);
    fmpq_clear(weight);
}

static void edit_value(sb_environment *environment, property_stream *stream)
{
    size_t agent = (size_t)property_between(stream, 0, (long)environment->agent_count - 1);
    sb_agent *edited = &environment->agents[agent];
    long count = (long)(edited->type_count * environment->outcome_count);
    fmpq_set_si(edited->utilities + property_between(stream, 0, count - 1),
                property_between(stream, -2, 9), (ulong)property_between(stream, 1, 4));
}

static void edit_rules(sb_environment *environment, property_stream *stream)
{
    static const char *const objectives[] = {"revenue", "welfare", "agents",
                                             "weights:revenue+1/2*agents+2*designer"};
    static const char *const incentives[] = {"bayes-nash", "none", "bayes-nash"};
    if (property_between(stream, 0, 1)) {
        set_rule(environment, "objective", objectives[property_between(stream, 0, 3)]);
    } else {
        set_rule(environment, "ic", incentives[property_between(stream, 0, 2)]);
    }
}

static void edit(sb_environment *environment, property_stream *stream)
{
    switch (property_between(stream, 0, 9)) {
    case 0:
        edit_reports(environment, stream);
        break;
    case 1:
        edit_value(environment, stream);
        break;
    case 2:
        edit_rules(environment, stream);
        break;
    case 3:
        fmpq_set_si(environment->designer, property_between(stream, -3, 3), 5);
        break;
    case 4:
        fmpq_set_si(environment->agents[0].outside + 1, property_between(stream, -3, 3), 4);
        break;
    case 5:
        edit_cell(environment, stream);
        edit_cell(environment, stream);
        break;
    case 6:
        random_weights(environment, stream, 99);
        break;
    default:
        edit_cell(environment, stream);
    }
}

/* ---- against the program ---- */

static void assert_same(const sb_solution *known, const sb_solution *solved)
{
    assert_int_equal(known->status, solved->status);
    assert_int_equal(known->proof, solved->proof);
    assert_true(fmpq_equal(&known->objective, &solved->objective));
    assert_true(fmpq_equal(&known->revenue, &solved->revenue));
    assert_true(fmpq_equal(&known->welfare, &solved->welfare));
    assert_true(fmpq_equal(&known->max_payment, &solved->max_payment));
    assert_int_equal(known->remarks.count, solved->remarks.count);
    const sb_mechanism *one = known->mechanism, *other = solved->mechanism;
    for (size_t k = 0; k < one->profile_count * one->outcome_count; k++) {
        assert_true(fmpq_equal(one->allocation + k, other->allocation + k));
    }
    for (size_t k = 0; k < one->profile_count * one->agent_count; k++) {
        assert_true(fmpq_equal(one->payments + k, other->payments + k));
    }
    assert_int_equal(known->binding_count, solved->binding_count);
    for (size_t k = 0; k < known->binding_count; k++) {
        assert_same_constraint(&known->bindings[k].constraint, &solved->bindings[k].constraint);
        assert_true(fmpq_equal(&known->bindings[k].dual, &solved->bindings[k].dual));
    }
    assert_int_equal(known->multiplier_count, solved->multiplier_count);
    for (size_t k = 0; k < known->multiplier_count; k++) {
        assert_same_constraint(&known->multipliers[k].constraint,
                               &solved->multipliers[k].constraint);
        assert_true(fmpq_equal(&known->multipliers[k].value, &solved->multipliers[k].value));
    }
}

static void solve(const sb_environment *environment, sb_design_solver *solver,
                  sb_solution *solution)
{
    sb_error error;
    sb_error_clear(&error);
    if (sb_design_solve(environment, solver, NULL, solution, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
}

/* Returns whether the optimum was known without a program. */
static bool compare(const sb_environment *environment, sb_design_solver *solver)
{
    sb_solution known, solved;
    sb_solution_init(&known);
    sb_solution_init(&solved);
    sb_design_solver *programs = sb_design_solver_new();
    programs->programs_only = true;
    solve(environment, solver, &known);
    solve(environment, programs, &solved);
    bool without = known.method == SB_METHOD_INDEPENDENT;
    assert_true(solved.method != SB_METHOD_INDEPENDENT);
    if (without) {
        assert_same(&known, &solved);
    }
    assert_true(fmpq_equal(&known.objective, &solved.objective));
    fmpq_t value;
    fmpq_init(value);
    sb_lp_status status = SB_LP_FAILED;
    sb_proof proof = SB_PROOF_NONE;
    assert_int_equal(sb_design_value(environment, NULL, solver, NULL, &status, &proof, value, NULL),
                     SB_OK);
    assert_int_equal(status, solved.status);
    assert_true(status != SB_LP_OPTIMAL || fmpq_equal(value, &solved.objective));
    fmpq_clear(value);
    sb_design_solver_free(programs);
    sb_solution_clear(&known);
    sb_solution_clear(&solved);
    return without;
}

static void the_program_agrees(void **state)
{
    (void)state;
    size_t known = 0, cases = 0;
    const char *asked = getenv("SIDEBET_CASES"); /* more, in a long run */
    long seeds = asked == NULL ? property_cases(25) : atol(asked);
    for (long seed = 0; seed < seeds; seed++) {
        property_stream stream = {(uint64_t)seed * 7919 + 1};
        sb_environment *environment = random_environment(&stream);
        sb_design_solver *solver = sb_design_solver_new();
        for (int turn = 0; turn < 10; turn++) {
            known += compare(environment, solver);
            cases++;
            edit(environment, &stream);
        }
        sb_design_solver_free(solver);
        sb_environment_free(environment);
    }
    assert_true(known < cases);
    assert_true(cases < 200 || known > cases / 8); /* few cases may all be dependent */
}

/* A cell that changes back and forth, and one that makes types dependent. */
static void edits_and_reverts(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders(
        "1 2 3 4 5", "1 3 4 6 7", "9 1 2 3 1  2 7 1 1 3  1 1 8 2 2  3 2 1 9 1  1 2 2 1 7");
    sb_design_solver *solver = sb_design_solver_new();
    fmpq_t weight;
    fmpq_init(weight);
    for (int turn = 0; turn < 40; turn++) {
        assert_true(compare(environment, solver));
        fmpq_set_si(weight, turn % 2 == 0 ? 1000001 : 9, turn % 2 == 0 ? 1000 : 1);
        assert_int_equal(sb_environment_set_weight(environment, 0, weight, NULL), SB_OK);
    }
    const size_t first_row[] = {18, 2, 4, 6, 2};
    for (int turn = 0; turn < 3; turn++) {
        for (size_t k = 0; k < 5; k++) {
            fmpq_set_si(weight, (slong)first_row[k] + (turn == 1 && k == 3), 2);
            assert_int_equal(sb_environment_set_weight(environment, 5 + k, weight, NULL), SB_OK);
        }
        assert_int_equal(compare(environment, solver), turn == 1);
    }
    fmpq_clear(weight);
    sb_design_solver_free(solver);
    sb_environment_free(environment);
}

/* As near independence as numbers get, and independence itself. */
static void near_independence(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2 3 4 5", "1 2 3 4 5", NULL);
    sb_design_solver *solver = sb_design_solver_new();
    fmpq_t weight;
    fmpq_init(weight);
    fmpz_t tiny;
    fmpz_init(tiny);
    for (unsigned exponent = 3; exponent < 90; exponent += 29) {
        fmpz_set_ui(tiny, 10);
        fmpz_pow_ui(tiny, tiny, exponent);
        for (size_t type = 0; type < 5; type++) {
            fmpq_set_si(weight, 1, 1);
            fmpz_add_ui(fmpq_numref(weight), tiny, 1);
            fmpz_set(fmpq_denref(weight), tiny);
            assert_int_equal(sb_environment_set_weight(environment, 6 * type, weight, NULL), SB_OK);
        }
        assert_true(compare(environment, solver));
    }
    fmpq_set_si(weight, 1, 1);
    for (size_t type = 0; type < 5; type++) {
        assert_int_equal(sb_environment_set_weight(environment, 6 * type, weight, NULL), SB_OK);
    }
    assert_false(compare(environment, solver));
    fmpz_clear(tiny);
    fmpq_clear(weight);
    sb_design_solver_free(solver);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_program_agrees),
        cmocka_unit_test(edits_and_reverts),
        cmocka_unit_test(near_independence),
    };
    int failed = cmocka_run_group_tests_name("mechanism/independent", tests, NULL, NULL);
    flint_cleanup_master();
    return failed;
}
