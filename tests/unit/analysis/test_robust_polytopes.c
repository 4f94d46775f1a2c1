/* Robust optima over polytopes with constraints, against a program written out vertex by vertex.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With three signals a set of beliefs is a polygon: its vertices are the points where two of its
 * bounds hold with equality. A rule holds over the polygon where it holds at each vertex. That
 * program shares nothing with the library's: every outcome has its column.
 */
#include <flint/fmpq_mat.h>

#include "unit/analysis/robust_cases.h"

#define SIGNALS  3
#define OUTCOMES 2

/* ---- polygons ---- */

typedef struct polygon {
    size_t count, room;
    fmpq *vertices; /* at [vertex * SIGNALS + signal] */
} polygon;

/* Bounds as planes a q = b: of each signal below and above, then of the constraints. */
typedef struct planes {
    size_t count;
    fmpq *normals, *levels;
} planes;

static void add_plane(planes *p, const fmpq *normal, const fmpq_t level)
{
    for (size_t signal = 0; signal < SIGNALS; signal++) {
        fmpq_set(p->normals + p->count * SIGNALS + signal, normal + signal);
    }
    fmpq_set(p->levels + p->count++, level);
}

static void collect_planes(planes *p, const sb_consistent_set *set, size_t type)
{
    p->count = 0;
    p->normals = sb_rationals_new(32 * SIGNALS);
    p->levels = sb_rationals_new(32);
    fmpq *unit = sb_rationals_new(SIGNALS);
    for (size_t signal = 0; signal < SIGNALS; signal++) {
        fmpq_one(unit + signal);
        add_plane(p, unit, set->lower + type * SIGNALS + signal);
        add_plane(p, unit, set->upper + type * SIGNALS + signal);
        fmpq_zero(unit + signal);
    }
    for (size_t k = 0; k < set->constraint_count; k++) {
        const sb_belief_constraint *constraint = &set->constraints[k];
        if (constraint->type == type || constraint->type == SB_EVERY_TYPE) {
            if (constraint->has_lower) {
                add_plane(p, constraint->coefficients, &constraint->lower);
            }
            if (constraint->has_upper) {
                add_plane(p, constraint->coefficients, &constraint->upper);
            }
        }
    }
    sb_rationals_free(unit, SIGNALS);
}

/* Where two planes meet the one on which probabilities sum to 1; false where they do not. */
static bool meet(fmpq *point, const planes *p, size_t one, size_t other)
{
    fmpq_mat_t matrix, right, solution;
    fmpq_mat_init(matrix, SIGNALS, SIGNALS);
    fmpq_mat_init(right, SIGNALS, 1);
    fmpq_mat_init(solution, SIGNALS, 1);
    for (size_t signal = 0; signal < SIGNALS; signal++) {
        fmpq_one(fmpq_mat_entry(matrix, 0, (slong)signal));
        fmpq_set(fmpq_mat_entry(matrix, 1, (slong)signal), p->normals + one * SIGNALS + signal);
        fmpq_set(fmpq_mat_entry(matrix, 2, (slong)signal), p->normals + other * SIGNALS + signal);
    }
    fmpq_one(fmpq_mat_entry(right, 0, 0));
    fmpq_set(fmpq_mat_entry(right, 1, 0), p->levels + one);
    fmpq_set(fmpq_mat_entry(right, 2, 0), p->levels + other);
    bool found = fmpq_mat_solve(solution, matrix, right) != 0;
    for (size_t signal = 0; found && signal < SIGNALS; signal++) {
        fmpq_set(point + signal, fmpq_mat_entry(solution, (slong)signal, 0));
    }
    fmpq_mat_clear(matrix);
    fmpq_mat_clear(right);
    fmpq_mat_clear(solution);
    return found;
}

static polygon vertices_of(const sb_consistent_set *set, size_t type)
{
    planes p;
    collect_planes(&p, set, type);
    polygon made = {.room = p.count * p.count * SIGNALS};
    made.vertices = sb_rationals_new(made.room);
    for (size_t one = 0; one < p.count; one++) {
        for (size_t other = 0; other < one; other++) {
            fmpq *point = made.vertices + made.count * SIGNALS;
            if (meet(point, &p, one, other) && sb_consistent_set_contains(set, type, point)) {
                made.count++;
            }
        }
    }
    sb_rationals_free(p.normals, 32 * SIGNALS);
    sb_rationals_free(p.levels, 32);
    assert_true(made.count > 0);
    return made;
}

/* ---- the program ---- */

static size_t chance(size_t type, size_t signal, size_t outcome)
{
    return (type * SIGNALS + signal) * OUTCOMES + outcome;
}

static size_t payment(size_t types, size_t type, size_t signal)
{
    return types * SIGNALS * OUTCOMES + type * SIGNALS + signal;
}

typedef struct row {
    size_t count;
    size_t columns[64];
    fmpq *coefficients;
} row;

/* weight times the utility of `type` that reports `report`, or minus that. */
static void add_utility(row *r, const sb_environment *environment, size_t type, size_t report,
                        size_t signal, const fmpq_t weight, bool negative)
{
    size_t types = environment->agents[0].type_count;
    for (size_t o = 0; o < OUTCOMES; o++) {
        fmpq *coefficient = r->coefficients + r->count;
        fmpq_mul(coefficient, environment->agents[0].utilities + type * OUTCOMES + o, weight);
        if (negative) {
            fmpq_neg(coefficient, coefficient);
        }
        r->columns[r->count++] = chance(report, signal, o);
    }
    fmpq_neg(r->coefficients + r->count, weight);
    if (negative) {
        fmpq_set(r->coefficients + r->count, weight);
    }
    r->columns[r->count++] = payment(types, report, signal);
}

static void add_vertex_rows(sb_lp *lp, const sb_environment *environment, size_t type,
                            const fmpq *belief)
{
    size_t types = environment->agents[0].type_count;
    fmpq_t zero;
    fmpq_init(zero);
    row r = {.coefficients = sb_rationals_new(64)};
    for (size_t report = 0; report < types; report++) {
        r.count = 0;
        for (size_t signal = 0; signal < SIGNALS; signal++) {
            add_utility(&r, environment, type, type, signal, belief + signal, false);
            if (report != type) {
                add_utility(&r, environment, type, report, signal, belief + signal, true);
            }
        }
        /* the row of its own report is that of taking part */
        ok(sb_lp_add_row(lp, NULL, zero, NULL, r.count, r.columns, r.coefficients, NULL, HERE));
    }
    sb_rationals_free(r.coefficients, 64);
    fmpq_clear(zero);
}

static void add_columns(sb_lp *lp, const sb_environment *environment, bool worst_case)
{
    size_t types = environment->agents[0].type_count;
    fmpq_t zero, probability;
    fmpq_init(zero);
    fmpq_init(probability);
    for (size_t k = 0; k < types * SIGNALS * OUTCOMES; k++) {
        ok(sb_lp_add_column(lp, NULL, zero, NULL, NULL, NULL, HERE));
    }
    for (size_t profile = 0; profile < types * SIGNALS; profile++) {
        sb_environment_probability(probability, environment, profile);
        ok(sb_lp_add_column(lp, NULL, NULL, NULL, worst_case ? NULL : probability, NULL, HERE));
    }
    for (size_t type = 0; worst_case && type < types; type++) {
        sb_environment_marginal(probability, environment, 0, type);
        ok(sb_lp_add_column(lp, NULL, NULL, NULL, probability, NULL, HERE));
    }
    fmpq_clear(zero);
    fmpq_clear(probability);
}

static void add_worth_row(sb_lp *lp, size_t types, size_t type, const fmpq *belief)
{
    fmpq *coefficients = sb_rationals_new(SIGNALS + 1);
    size_t columns[SIGNALS + 1];
    fmpq_t zero;
    fmpq_init(zero);
    for (size_t signal = 0; signal < SIGNALS; signal++) {
        fmpq_set(coefficients + signal, belief + signal);
        columns[signal] = payment(types, type, signal);
    }
    fmpq_set_si(coefficients + SIGNALS, -1, 1);
    columns[SIGNALS] = payment(types, types, 0) + type;
    ok(sb_lp_add_row(lp, NULL, zero, NULL, SIGNALS + 1, columns, coefficients, NULL, HERE));
    fmpq_clear(zero);
    sb_rationals_free(coefficients, SIGNALS + 1);
}

static void independent_optimum(fmpq_t objective, const sb_environment *environment,
                                const sb_consistent_set *set, bool worst_case)
{
    size_t types = environment->agents[0].type_count;
    sb_lp *lp = sb_lp_new(SB_MAXIMISE);
    add_columns(lp, environment, worst_case);
    fmpq *ones = sb_rationals_new(OUTCOMES);
    fmpq_one(ones);
    fmpq_one(ones + 1);
    for (size_t profile = 0; profile < types * SIGNALS; profile++) {
        ok(sb_lp_add_row(lp, NULL, ones, ones, OUTCOMES,
                         (size_t[]){profile * OUTCOMES, profile * OUTCOMES + 1}, ones, NULL, HERE));
    }
    for (size_t type = 0; type < types; type++) {
        polygon beliefs = vertices_of(set, type);
        for (size_t k = 0; k < beliefs.count; k++) {
            add_vertex_rows(lp, environment, type, beliefs.vertices + k * SIGNALS);
            if (worst_case) {
                add_worth_row(lp, types, type, beliefs.vertices + k * SIGNALS);
            }
        }
        sb_rationals_free(beliefs.vertices, beliefs.room);
    }
    sb_lp_result result;
    sb_lp_result_init(&result);
    ok(sb_lp_solve_exactly(lp, &result, HERE));
    assert_int_equal(result.status, SB_LP_OPTIMAL);
    fmpq_set(objective, &result.objective);
    sb_lp_result_clear(&result);
    sb_rationals_free(ones, OUTCOMES);
    sb_lp_free(lp);
}

/* ---- the cases ---- */

/* A random half plane that holds the estimate, some way off. */
static void constrain(sb_consistent_set *set, const sb_environment *environment, size_t type,
                      property_stream *stream)
{
    sb_belief_constraint constraint = {.type = type,
                                       .coefficients = sb_rationals_new(SIGNALS),
                                       .has_lower = property_between(stream, 0, 1) == 1};
    constraint.has_upper = !constraint.has_lower || property_between(stream, 0, 1) == 1;
    fmpq_init(&constraint.lower);
    fmpq_init(&constraint.upper);
    fmpq_t value, slack;
    fmpq_init(value);
    fmpq_init(slack);
    for (size_t signal = 0; signal < SIGNALS; signal++) {
        fmpq_set_si(constraint.coefficients + signal, property_between(stream, -3, 3), 1);
    }
    fmpq_set_si(slack, property_between(stream, 0, 10), 100);
    /* of every type: the widest values that the estimates take */
    for (size_t t = 0; t < set->type_count; t++) {
        if (type != SB_EVERY_TYPE && t != type) {
            continue;
        }
        bool first = type != SB_EVERY_TYPE || t == 0;
        sb_rationals_dot(value, constraint.coefficients, set->estimate + t * SIGNALS, SIGNALS);
        if (first || fmpq_cmp(value, &constraint.lower) < 0) {
            fmpq_set(&constraint.lower, value);
        }
        if (first || fmpq_cmp(value, &constraint.upper) > 0) {
            fmpq_set(&constraint.upper, value);
        }
    }
    fmpq_sub(&constraint.lower, &constraint.lower, slack);
    fmpq_add(&constraint.upper, &constraint.upper, slack);
    ok(sb_consistent_set_constrain(set, environment, 1, &constraint, HERE));
    fmpq_clear(value);
    fmpq_clear(slack);
    fmpq_clear(&constraint.lower);
    fmpq_clear(&constraint.upper);
    sb_rationals_free(constraint.coefficients, SIGNALS);
}

static void compare(const sb_environment *environment, const sb_consistent_set *set)
{
    fmpq_t wanted, found;
    fmpq_init(wanted);
    fmpq_init(found);
    for (int way = 0; way < 4; way++) {
        sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
        options.objective = (sb_robust_objective)(way % 2);
        options.method = (sb_robust_method)(way / 2);
        independent_optimum(wanted, environment, set, way % 2 == 1);
        robust_optimum(found, environment, set, &options);
        if (!fmpq_equal(found, wanted)) {
            print_error("%s, %s: %.9f, not %.9f\n", sb_robust_method_name(options.method),
                        sb_robust_objective_name(options.objective), sb_rational_to_double(found),
                        sb_rational_to_double(wanted));
            fail();
        }
        options.lp.exact = false;
        sb_robust_solution solution;
        solve_robust(environment, set, &options, &solution);
        assert_close(&solution.objective, sb_rational_to_double(wanted), 1e-7);
        sb_robust_solution_clear(&solution);
    }
    fmpq_clear(wanted);
    fmpq_clear(found);
}

static sb_environment *positive_environment(property_stream *stream)
{
    char weights[64] = "";
    for (size_t cell = 0; cell < 9; cell++) {
        snprintf(weights + strlen(weights), sizeof weights - strlen(weights), "%ld ",
                 property_between(stream, 1, 9));
    }
    return one_bidder_and_signal("1 2 4", SIGNALS, weights);
}

static void boxes_vertex_by_vertex(void **state)
{
    (void)state;
    property_stream stream = {29};
    static const char *const radii[] = {"0.02", "0.1", "0.35"};
    for (int round = 0; round < property_cases(9); round++) {
        sb_environment *environment = positive_environment(&stream);
        sb_consistent_set set;
        box(&set, environment, radii[round % 3]);
        compare(environment, &set);
        sb_consistent_set_clear(&set);
        sb_environment_free(environment);
    }
}

static void polytopes_vertex_by_vertex(void **state)
{
    (void)state;
    property_stream stream = {31};
    for (int round = 0; round < property_cases(16); round++) {
        sb_environment *environment = positive_environment(&stream);
        sb_consistent_set set;
        box(&set, environment, round % 2 == 0 ? "0.15" : "1");
        constrain(&set, environment, (size_t)property_between(&stream, 0, 2), &stream);
        constrain(&set, environment, SB_EVERY_TYPE, &stream);
        compare(environment, &set);
        sb_consistent_set_clear(&set);
        sb_environment_free(environment);
    }
}

static void stepped_over_a_polytope(void **state)
{
    (void)state;
    property_stream stream = {37};
    sb_environment *environment = positive_environment(&stream);
    sb_consistent_set set;
    box(&set, environment, "0.2");
    constrain(&set, environment, SB_EVERY_TYPE, &stream);
    fmpq_t wanted;
    fmpq_init(wanted);
    independent_optimum(wanted, environment, &set, false);
    sb_robust_run *run = NULL;
    ok(sb_robust_run_new(environment, &set, NULL, &run, HERE));
    ok(sb_robust_run_on(run, NULL, NULL, NULL, HERE));
    const sb_robust_round *last = sb_robust_run_round(run, sb_robust_run_current(run));
    assert_true(last->finished);
    assert_true(fmpq_equal(&last->objective, wanted));
    sb_robust_run_free(run);
    fmpq_clear(wanted);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boxes_vertex_by_vertex),
        cmocka_unit_test(polytopes_vertex_by_vertex),
        cmocka_unit_test(stepped_over_a_polytope),
    };
    return cmocka_run_group_tests_name("robust optima over polytopes", tests, NULL, NULL);
}
