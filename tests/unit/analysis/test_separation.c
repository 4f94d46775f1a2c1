/* Separation of beliefs: by hand, and vector against mixture on random tables.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/separation.h"

#include "unit/mechanism/environments.h"

static void separate(const sb_environment *environment, size_t agent, sb_norm norm,
                     sb_separation *separation)
{
    sb_error error;
    sb_error_clear(&error);
    sb_separation_init(separation);
    if (sb_separation_find(environment, agent, norm, NULL, separation, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
}

/* ---- by hand ---- */

/* One bidder whose distances are `distances`, one a type. */
static void expect_distances(const char *weights, size_t types, size_t signals, sb_norm norm,
                             const char *distances, const char *gamma, size_t at)
{
    static const char values[] = "1 2 3 4 5 6 7 8";
    char few[16];
    snprintf(few, sizeof few, "%.*s", (int)(2 * types - 1), values);
    sb_environment *environment = one_bidder_and_signal(few, signals, weights);
    sb_separation separation;
    separate(environment, 0, norm, &separation);
    fmpq *wanted = sb_rationals_new(types);
    assert_int_equal(read_numbers(distances, wanted, types), types);
    assert_false(separation.alone);
    assert_int_equal(separation.norm, norm);
    assert_int_equal(separation.proof, SB_PROOF_EXACT);
    for (size_t type = 0; type < types; type++) {
        assert_true(separation.types[type].has_belief);
        assert_true(fmpq_equal(&separation.types[type].distance, wanted + type));
    }
    assert_number(&separation.gamma, gamma);
    assert_int_equal(separation.type, at);
    sb_rationals_free(wanted, types);
    sb_separation_clear(&separation);
    sb_environment_free(environment);
}

static void distances_by_hand(void **state)
{
    (void)state;
    /* two signals: beliefs are points of a segment */
    expect_distances("3 1 1 3", 2, 2, SB_NORM_ONE, "1 1", "1", 0);
    expect_distances("3 1 1 3", 2, 2, SB_NORM_MAXIMUM, "1/2 1/2", "1/2", 0);
    expect_distances("8 2 5 5 2 8", 3, 2, SB_NORM_ONE, ".6 0 .6", "0", 1);
    expect_distances("8 2 5 5 2 8", 3, 2, SB_NORM_MAXIMUM, ".3 0 .3", "0", 1);
    expect_distances("8 2 9 1 2 8", 3, 2, SB_NORM_ONE, "0 .2 1.2", "0", 0);
    expect_distances("1 1 1 1", 2, 2, SB_NORM_ONE, "0 0", "0", 0);
    /* the corners of a triangle: from (1, 0, 0) to (0, 1/2, 1/2) all mass moves */
    expect_distances("1 0 0 0 1 0 0 0 1", 3, 3, SB_NORM_ONE, "2 2 2", "2", 0);
    expect_distances("1 0 0 0 1 0 0 0 1", 3, 3, SB_NORM_MAXIMUM, "1 1 1", "1", 0);
    /* the middle of the triangle lies within; (.6, .2, .2) to the line from (0,1,0) to (0,0,1)
     * moves .6 out of the first signal */
    expect_distances("6 2 2 0 1 0 0 0 1", 3, 3, SB_NORM_ONE, "1.2 1.6 1.6", "1.2", 0);
    expect_distances("1 1 1 1 0 0 0 1 0 0 0 1", 4, 3, SB_NORM_ONE, "0 4/3 4/3 4/3", "0", 0);
}

static void who_is_alone(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2 3", 2, "1 3 0 0 0 0");
    sb_separation separation;
    separate(environment, 0, SB_NORM_ONE, &separation);
    assert_true(separation.alone);
    assert_true(separation.types[0].has_belief);
    assert_false(separation.types[1].has_belief);
    sb_separation_clear(&separation);

    set_weights(environment, "1 3 0 0 3 1"); /* an impossible type separates from nobody */
    separate(environment, 0, SB_NORM_ONE, &separation);
    assert_false(separation.alone);
    assert_false(separation.types[1].has_belief);
    assert_number(&separation.gamma, "1");
    assert_number(separation.types[0].mixture + 1, "0");
    assert_number(separation.types[0].mixture + 2, "1");
    sb_separation_clear(&separation);
    assert_int_equal(sb_separation_find(environment, 1, SB_NORM_ONE, NULL, &separation, NULL),
                     SB_ERROR_USAGE);
    sb_environment_free(environment);
}

/* The lecture's table: agent 1 of type 1 believes (251, 250)/501, of type 2 (250, 249)/499. */
static void two_bidders_almost_independent(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", ".251 .25 .25 .249");
    for (size_t agent = 0; agent < 2; agent++) {
        sb_separation separation;
        separate(environment, agent, SB_NORM_ONE, &separation);
        assert_number(&separation.gamma, "2/249999"); /* 2 (250/499 - 251/501) */
        sb_separation_clear(&separation);
        separate(environment, agent, SB_NORM_MAXIMUM, &separation);
        assert_number(&separation.gamma, "1/249999");
        sb_separation_clear(&separation);
    }
    sb_environment_free(environment);
}

/* ---- random tables ---- */

static void norm_of(fmpq_t size, const fmpq *vector, size_t count, sb_norm norm)
{
    fmpq_t entry;
    fmpq_init(entry);
    fmpq_zero(size);
    for (size_t k = 0; k < count; k++) {
        fmpq_abs(entry, vector + k);
        if (norm == SB_NORM_ONE) {
            fmpq_add(size, size, entry);
        } else if (fmpq_cmp(entry, size) > 0) {
            fmpq_set(size, entry);
        }
    }
    fmpq_clear(entry);
}

/* The mixture is at the distance, so the distance is no larger; the vector separates by it, so it
 * is no smaller. */
static void check_type(const sb_environment *environment, size_t agent,
                       const sb_separation *separation, size_t type)
{
    const sb_type_separation *one = &separation->types[type];
    size_t others = separation->others_count;
    fmpq *own = sb_rationals_new(others), *other = sb_rationals_new(others),
         *gap = sb_rationals_new(others);
    fmpq_t number, least;
    fmpq_init(number);
    fmpq_init(least);
    assert_true(sb_environment_conditional(own, environment, agent, type));
    norm_of(number, one->separating, others,
            separation->norm == SB_NORM_ONE ? SB_NORM_MAXIMUM : SB_NORM_ONE);
    assert_true(fmpq_cmp_si(number, 1) <= 0);
    bool first = true;
    for (size_t s = 0; s < separation->type_count; s++) {
        bool possible = sb_environment_conditional(other, environment, agent, s);
        assert_true(fmpq_sgn(one->mixture + s) >= 0);
        assert_true(fmpq_is_zero(one->mixture + s) || (possible && s != type));
        for (size_t k = 0; k < others; k++) {
            fmpq_addmul(gap + k, one->mixture + s, other + k);
            fmpq_sub(other + k, other + k, own + k);
        }
        sb_rationals_dot(number, one->separating, other, others);
        if (possible && s != type && (first || fmpq_cmp(number, least) < 0)) {
            fmpq_set(least, number);
            first = false;
        }
    }
    assert_true(fmpq_equal(least, &one->distance));
    sb_rationals_sum(number, one->mixture, separation->type_count);
    assert_true(fmpq_is_one(number));
    for (size_t k = 0; k < others; k++) {
        fmpq_sub(gap + k, gap + k, own + k);
    }
    norm_of(number, gap, others, separation->norm);
    assert_true(fmpq_equal(number, &one->distance));
    sb_rationals_free(own, others);
    sb_rationals_free(other, others);
    sb_rationals_free(gap, others);
    fmpq_clear(number);
    fmpq_clear(least);
}

/* Is the belief of a type a mixture of those of others? By a program of its own. */
static bool lies_in_hull(const sb_environment *environment, size_t agent, size_t type)
{
    size_t others = sb_environment_others_count(environment, agent);
    size_t types = environment->agents[agent].type_count;
    fmpq *beliefs = sb_rationals_new(types * others), *row = sb_rationals_new(types);
    size_t *columns = calloc(types, sizeof *columns);
    sb_lp *program = sb_lp_new(SB_MAXIMISE);
    fmpq_t zero, one;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_one(one);
    for (size_t s = 0; s < types; s++) {
        bool possible =
            sb_environment_conditional(beliefs + s * others, environment, agent, s) && s != type;
        assert_int_equal(
            sb_lp_add_column(program, NULL, zero, possible ? one : zero, NULL, columns + s, NULL),
            SB_OK);
        fmpq_one(row + s);
    }
    assert_int_equal(sb_lp_add_row(program, NULL, one, one, types, columns, row, NULL, NULL),
                     SB_OK);
    for (size_t k = 0; k < others; k++) {
        for (size_t s = 0; s < types; s++) {
            fmpq_set(row + s, beliefs + s * others + k);
        }
        const fmpq *own = beliefs + type * others + k;
        assert_int_equal(sb_lp_add_row(program, NULL, own, own, types, columns, row, NULL, NULL),
                         SB_OK);
    }
    sb_lp_result result;
    sb_lp_result_init(&result);
    assert_int_equal(sb_lp_solve_exactly(program, &result, NULL), SB_OK);
    assert_int_equal(result.proof, SB_PROOF_EXACT);
    bool within = result.status == SB_LP_OPTIMAL;
    sb_lp_result_clear(&result);
    sb_lp_free(program);
    sb_rationals_free(beliefs, types * others);
    sb_rationals_free(row, types);
    free(columns);
    fmpq_clear(zero);
    fmpq_clear(one);
    return within;
}

static size_t types_with_belief(const sb_separation *separation)
{
    size_t count = 0;
    for (size_t type = 0; type < separation->type_count; type++) {
        count += separation->types[type].has_belief;
    }
    return count;
}

static void vector_and_mixture_agree(void **state)
{
    (void)state;
    property_stream stream = {20261124};
    int cases = property_cases(80), apart = 0, within = 0;
    for (int k = 0; k < cases; k++) {
        char first[64], second[64];
        size_t rows = (size_t)property_between(&stream, 2, 5);
        size_t columns = (size_t)property_between(&stream, 2, 5);
        random_values(&stream, rows, 0, 6, first, sizeof first);
        random_values(&stream, columns, 0, 6, second, sizeof second);
        sb_environment *environment = k % 2 == 0 ? two_bidders(first, second, NULL)
                                                 : one_bidder_and_signal(first, columns, NULL);
        random_weights(environment, &stream, 9);
        size_t agent = k % 4 == 0 ? 1 : 0;
        fmpq_t both[SB_NORM_COUNT];
        for (int norm = 0; norm < SB_NORM_COUNT; norm++) {
            sb_separation separation;
            separate(environment, agent, (sb_norm)norm, &separation);
            fmpq_init(both[norm]);
            fmpq_set(both[norm], &separation.gamma);
            assert_int_equal(separation.alone, types_with_belief(&separation) < 2);
            for (size_t type = 0; !separation.alone && type < separation.type_count; type++) {
                if (separation.types[type].has_belief) {
                    check_type(environment, agent, &separation, type);
                    bool inside = lies_in_hull(environment, agent, type);
                    assert_int_equal(inside, fmpq_is_zero(&separation.types[type].distance));
                    assert_true(fmpq_cmp(&separation.gamma, &separation.types[type].distance) <= 0);
                    apart += !inside;
                    within += inside;
                }
            }
            sb_separation_clear(&separation);
        }
        /* a difference of distributions has at most half its 1-norm in one entry */
        fmpq_mul_si(both[SB_NORM_MAXIMUM], both[SB_NORM_MAXIMUM], 2);
        assert_true(fmpq_cmp(both[SB_NORM_MAXIMUM], both[SB_NORM_ONE]) <= 0);
        fmpq_clear(both[SB_NORM_ONE]);
        fmpq_clear(both[SB_NORM_MAXIMUM]);
        sb_environment_free(environment);
    }
    assert_true(apart > cases / 2 && within > cases / 4); /* there was something to test */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_by_hand),
        cmocka_unit_test(who_is_alone),
        cmocka_unit_test(two_bidders_almost_independent),
        cmocka_unit_test(vector_and_mixture_agree),
    };
    return cmocka_run_group_tests_name("separation", tests, NULL, NULL);
}
