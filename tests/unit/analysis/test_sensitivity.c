/* Sensitivity: known slopes, jumps and kinks, and agreement with exact small differences.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sidebet/sensitivity.h"
#include "unit/analysis/reports_cases.h"

#define assert_side(side, jump_text, slope_text)                                                   \
    do {                                                                                           \
        assert_true((side)->exists && (side)->confirmed);                                          \
        assert_int_equal((side)->jump, strcmp((jump_text), "0") != 0);                             \
        assert_number(&(side)->jump_size, (jump_text));                                            \
        assert_number(&(side)->derivative, (slope_text));                                          \
    } while (0)

static void find(const sb_environment *environment, sb_mass_mode mode, sb_sensitivity *found)
{
    sb_error error;
    sb_error_clear(&error);
    if (sb_sensitivity_run(environment, mode, NULL, found, &error) != SB_OK) {
        print_error("%s\n", error.message);
        fail();
    }
    assert_int_equal(found->profile_count, sb_environment_profile_count(environment));
    assert_int_equal(found->mode, mode);
}

/* pi + t e against what sb_prior_set_cell does (free: e is the speed at weight 0). */
static void directions_are_those_of_the_editor(void **state)
{
    (void)state;
    property_stream stream = {51};
    for (int k = 0; k < property_cases(200); k++) {
        char values[64];
        random_values(&stream, (size_t)property_between(&stream, 1, 4), 0, 5, values,
                      sizeof values);
        sb_environment *environment =
            property_between(&stream, 0, 1) == 0
                ? two_bidders(values, "1 2 3", NULL)
                : one_bidder_and_signal(values, (size_t)property_between(&stream, 1, 3), NULL);
        random_weights(environment, &stream, 4);
        size_t profiles = sb_environment_profile_count(environment);
        size_t profile = (size_t)property_between(&stream, 0, (long)profiles - 1);
        sb_mass_mode mode = (sb_mass_mode)property_between(&stream, 0, SB_MASS_COUNT - 1);
        fmpq *direction = sb_rationals_new(profiles);
        sb_environment *moved = sb_environment_copy(environment);
        fmpq_t number, step, before, after;
        fmpq_init(number);
        fmpq_init(step);
        fmpq_init(before);
        fmpq_init(after);
        fmpq_set_si(step, property_between(&stream, 0, 1) == 0 ? 1 : -1, 100000);
        sb_prior_cell(number, environment, profile, mode);
        if (mode == SB_MASS_FREE) {
            fmpq_mul(after, step, &environment->weight_sum);
            fmpq_add(number, number, after);
        } else {
            fmpq_add(number, number, step);
        }
        bool possible = sb_sensitivity_direction(direction, environment, profile, mode);
        if (sb_prior_set_cell(moved, profile, number, mode, NULL) == SB_OK && possible) {
            if (mode == SB_MASS_FREE) { /* t = s / (1 + s) */
                fmpq_set_si(before, 1, 1);
                fmpq_add(before, before, step);
                fmpq_div(step, step, before);
            }
            for (size_t cell = 0; cell < profiles; cell++) {
                sb_environment_probability(before, environment, cell);
                sb_environment_probability(after, moved, cell);
                fmpq_addmul(before, step, direction + cell);
                assert_true(fmpq_equal(before, after));
            }
        } else if (!possible && mode != SB_MASS_FREE) {
            assert_int_not_equal(sb_prior_set_cell(moved, profile, number, mode, NULL), SB_OK);
        }
        fmpq_clear(number);
        fmpq_clear(step);
        fmpq_clear(before);
        fmpq_clear(after);
        sb_rationals_free(direction, profiles);
        sb_environment_free(moved);
        sb_environment_free(environment);
    }
}

/* All of the surplus is extracted: the slope is that of the surplus, here 2 less the probability of
 * (1, 1). */
static void full_extraction_moves_with_the_surplus(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "251 250 250 249");
    sb_sensitivity found;
    sb_sensitivity_init(&found);
    static const char *const slopes[SB_MASS_COUNT][4] = {
        [SB_MASS_FREE] = {"-749/1000", "251/1000", "251/1000", "251/1000"},
        [SB_MASS_SCALE] = {"-1", "251/750", "251/750", "251/751"},
        [SB_MASS_ROW] = {"-1", "1", "0", "0"},
        [SB_MASS_MARGINALS] = {"-1", "1", "1", "-1"},
    };
    for (int mode = 0; mode < SB_MASS_COUNT; mode++) {
        find(environment, (sb_mass_mode)mode, &found);
        assert_false(found.at_independence);
        assert_int_equal(found.remarks.count, 0);
        for (size_t cell = 0; cell < 4; cell++) {
            assert_int_equal(found.cells[cell].kind, SB_SENSITIVITY_SMOOTH);
            assert_side(&found.cells[cell].down, "0", slopes[mode][cell]);
            assert_side(&found.cells[cell].up, "0", slopes[mode][cell]);
        }
    }
    sb_sensitivity_clear(&found);
    sb_environment_free(environment);
}

/* Uniform: 1.5 at independence, 1.75 as soon as it is left, and the surplus from there on. */
static void the_optimum_jumps_at_independence(void **state)
{
    (void)state;
    sb_environment *environment = two_bidders("1 2", "1 2", "1 1 1 1");
    sb_sensitivity found;
    sb_sensitivity_init(&found);
    find(environment, SB_MASS_MARGINALS, &found);
    assert_true(found.at_independence);
    static const char *const slopes[] = {"-1", "1", "1", "-1"};
    for (size_t cell = 0; cell < 4; cell++) {
        assert_int_equal(found.cells[cell].kind, SB_SENSITIVITY_JUMP);
        assert_side(&found.cells[cell].down, "1/4", slopes[cell]);
        assert_side(&found.cells[cell].up, "1/4", slopes[cell]);
    }
    assert_int_equal(found.remarks.count, 1);
    assert_non_null(strstr(found.remarks.texts[0], "jumps by 0.25"));
    /* Bounded payments cannot follow: no jump, and steeper than the surplus. */
    assert_int_equal(sb_rules_set(&environment->rules, "payments", "bounded:100", NULL), SB_OK);
    find(environment, SB_MASS_MARGINALS, &found);
    assert_true(found.at_independence);
    assert_int_equal(found.remarks.count, 0);
    for (size_t cell = 0; cell < 4; cell++) {
        assert_int_equal(found.cells[cell].kind, SB_SENSITIVITY_KINK);
        assert_true(fmpq_sgn(&found.cells[cell].up.derivative) > 0);
        assert_true(fmpq_sgn(&found.cells[cell].down.derivative) < 0);
    }
    sb_sensitivity_clear(&found);
    sb_environment_free(environment);
}

/* One bidder of values 1 and 2, no signal: the better of selling at 1 and of selling at 2 to half.
 */
static void posted_prices_have_a_kink(void **state)
{
    (void)state;
    sb_environment *environment = item(1, (const char *const[]){"1 2"}, 0, NULL, "1 1");
    sb_sensitivity found;
    sb_sensitivity_init(&found);
    find(environment, SB_MASS_SCALE, &found);
    assert_int_equal(found.cells[0].kind, SB_SENSITIVITY_KINK);
    assert_side(&found.cells[0].down, "0", "-2");
    assert_side(&found.cells[0].up, "0", "0");
    assert_side(&found.cells[1].down, "0", "0");
    assert_side(&found.cells[1].up, "0", "2");
    find(environment, SB_MASS_MARGINALS, &found); /* the only marginal is kept: nothing moves */
    assert_int_equal(found.cells[0].kind, SB_SENSITIVITY_FIXED);
    assert_false(found.cells[0].up.exists || found.cells[0].down.exists);
    set_weights(environment, "0 1");
    find(environment, SB_MASS_SCALE, &found);
    assert_int_equal(found.cells[0].kind, SB_SENSITIVITY_EDGE);
    assert_false(found.cells[0].down.exists);
    assert_side(&found.cells[0].up, "0", "-2");
    assert_int_equal(found.cells[1].kind, SB_SENSITIVITY_FIXED); /* nothing else to give way */
    sb_sensitivity_clear(&found);
    sb_environment_free(environment);
}

/* ---- against exact differences ---- */

/* The optimum at pi + t e. */
static bool optimum_at(fmpq_t value, const sb_environment *environment, const fmpq *direction,
                       const fmpq_t t)
{
    size_t profiles = sb_environment_profile_count(environment);
    sb_environment *moved = sb_environment_copy(environment);
    fmpq *weights = sb_rationals_new(profiles);
    for (size_t cell = 0; cell < profiles; cell++) {
        sb_environment_probability(weights + cell, environment, cell);
        fmpq_addmul(weights + cell, t, direction + cell);
    }
    bool possible = sb_environment_set_weights(moved, weights, NULL) == SB_OK;
    if (possible) {
        sb_lp_status status = SB_LP_FAILED;
        sb_proof proof = SB_PROOF_NONE;
        assert_int_equal(sb_design_value(moved, NULL, NULL, NULL, &status, &proof, value, NULL),
                         SB_OK);
        assert_int_equal(status, SB_LP_OPTIMAL);
        assert_int_equal(proof, SB_PROOF_EXACT);
    }
    sb_rationals_free(weights, profiles);
    sb_environment_free(moved);
    return possible;
}

/* |R(t) - R(0) - jump - slope t| is of the order of t^2: at t / 16 it is at most an eighth of what
 * it is at t times a sixteenth, or both are nothing. */
static void compare_with_differences(const sb_environment *environment, const fmpq *direction,
                                     const sb_sensitivity_side *side, int sign)
{
    fmpq_t t, zero, start, value, bound;
    fmpq_init(t);
    fmpq_init(zero);
    fmpq_init(start);
    fmpq_init(value);
    fmpq_init(bound);
    assert_true(optimum_at(start, environment, direction, zero));
    fmpq_add(start, start, &side->jump_size);
    double errors[2] = {0, 0};
    for (int k = 0; k < 2; k++) {
        fmpq_set_si(t, sign, 1);
        fmpq_div_2exp(t, t, (ulong)(24 + 8 * k));
        assert_true(optimum_at(value, environment, direction, t));
        fmpq_sub(value, value, start);
        fmpq_submul(value, &side->derivative, t);
        fmpq_div(value, value, t); /* O(t) */
        errors[k] = sb_rational_to_double(value);
    }
    /* 256 times smaller up to terms of third order */
    if (!(errors[1] == 0 || (errors[0] / errors[1] > 200 && errors[0] / errors[1] < 320))) {
        print_error("errors %g %g\n", errors[0], errors[1]);
        fail();
    }
    assert_true(errors[1] != 0 || errors[0] == 0);
    fmpq_clear(t);
    fmpq_clear(zero);
    fmpq_clear(start);
    fmpq_clear(value);
    fmpq_clear(bound);
}

static sb_environment *random_environment(property_stream *stream)
{
    char first[64], second[64];
    random_values(stream, (size_t)property_between(stream, 2, 3), 0, 5, first, sizeof first);
    random_values(stream, (size_t)property_between(stream, 2, 3), 0, 5, second, sizeof second);
    sb_environment *environment =
        property_between(stream, 0, 1) == 0
            ? two_bidders(first, second, NULL)
            : one_bidder_and_signal(first, (size_t)property_between(stream, 2, 3), NULL);
    random_weights(environment, stream, 5);
    if (property_between(stream, 0, 2) == 0) {
        sb_environment *independent = sb_environment_without_correlation(environment);
        sb_environment_free(environment);
        environment = independent;
    }
    static const char *const participations[] = {"ex-ante", "ex-interim", "ex-post"};
    set_rules(environment, property_between(stream, 0, 2) == 0 ? "ex-post" : "bayes-nash",
              participations[property_between(stream, 0, 2)]);
    if (property_between(stream, 0, 2) == 0) {
        random_reports(environment, stream);
        sb_rules_choose_own(&environment->rules, SB_RULE_PARTICIPATION,
                            environment->agent_count - 1, SB_IR_EX_INTERIM);
    }
    if (property_between(stream, 0, 2) == 0) {
        assert_int_equal(sb_rules_set(&environment->rules, "payments", "bounded:5", NULL), SB_OK);
    }
    return environment;
}

static void slopes_agree_with_exact_differences(void **state)
{
    (void)state;
    property_stream stream = {52};
    size_t kinds[SB_SENSITIVITY_UNKNOWN + 1] = {0};
    sb_sensitivity found;
    sb_sensitivity_init(&found);
    for (int k = 0; k < property_cases(60); k++) {
        sb_environment *environment = random_environment(&stream);
        sb_mass_mode mode = (sb_mass_mode)property_between(&stream, 0, SB_MASS_COUNT - 1);
        find(environment, mode, &found);
        fmpq *direction = sb_rationals_new(found.profile_count);
        for (size_t cell = 0; cell < found.profile_count; cell++) {
            const sb_sensitivity_cell *here = &found.cells[cell];
            kinds[here->kind]++;
            if (!sb_sensitivity_direction(direction, environment, cell, mode)) {
                assert_int_equal(here->kind, SB_SENSITIVITY_FIXED);
                continue;
            }
            if (here->up.exists) {
                assert_true(here->up.confirmed);
                compare_with_differences(environment, direction, &here->up, 1);
            }
            if (here->down.exists) {
                assert_true(here->down.confirmed);
                compare_with_differences(environment, direction, &here->down, -1);
            }
        }
        sb_rationals_free(direction, found.profile_count);
        sb_environment_free(environment);
    }
    assert_int_equal(kinds[SB_SENSITIVITY_UNKNOWN], 0);
    assert_true(kinds[SB_SENSITIVITY_SMOOTH] > 0);
    if (property_cases(60) == 60) {
        for (int kind = 0; kind < SB_SENSITIVITY_UNKNOWN; kind++) {
            assert_true(kinds[kind] > 0);
        }
    }
    sb_sensitivity_clear(&found);
}

/* ---- limits ---- */

static void one_cell_is_the_same_as_in_the_table(void **state)
{
    (void)state;
    property_stream stream = {53};
    sb_sensitivity found;
    sb_sensitivity_init(&found);
    sb_sensitivity_cell cell;
    sb_sensitivity_cell_init(&cell);
    for (int k = 0; k < property_cases(20); k++) {
        sb_environment *environment = random_environment(&stream);
        find(environment, SB_MASS_MARGINALS, &found);
        size_t profile = (size_t)property_between(&stream, 0, (long)found.profile_count - 1);
        assert_int_equal(
            sb_sensitivity_of_cell(environment, profile, SB_MASS_MARGINALS, NULL, &cell, NULL),
            SB_OK);
        const sb_sensitivity_cell *other = &found.cells[profile];
        assert_int_equal(cell.kind, other->kind);
        assert_true(fmpq_equal(&cell.up.derivative, &other->up.derivative));
        assert_true(fmpq_equal(&cell.down.derivative, &other->down.derivative));
        assert_true(fmpq_equal(&cell.up.jump_size, &other->up.jump_size));
        sb_environment_free(environment);
    }
    sb_sensitivity_cell_clear(&cell);
    sb_sensitivity_clear(&found);
}

static void it_can_be_cancelled_and_limited(void **state)
{
    (void)state;
    property_stream stream = {54};
    sb_environment *environment = two_bidders("1 2 3 4 5 6 7 8", "1 2 3 4 5 6 7 8", NULL);
    random_weights(environment, &stream, 50);
    atomic_bool cancel;
    atomic_init(&cancel, true);
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.cancel = &cancel;
    sb_sensitivity found;
    sb_sensitivity_init(&found);
    sb_error error;
    assert_int_equal(sb_sensitivity_run(environment, SB_MASS_SCALE, &options, &found, &error),
                     SB_ERROR_CANCELLED);
    assert_int_equal(found.profile_count, 0);
    sb_environment_free(environment);

    environment = two_bidders("1 2", "1 2", "1 1 1 1");
    set_rules(environment, "bayes-nash", "none");
    assert_int_equal(sb_sensitivity_run(environment, SB_MASS_SCALE, NULL, &found, &error),
                     SB_ERROR_USAGE);
    assert_int_equal(found.profile_count, 0);
    sb_sensitivity_clear(&found);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(directions_are_those_of_the_editor),
        cmocka_unit_test(full_extraction_moves_with_the_surplus),
        cmocka_unit_test(the_optimum_jumps_at_independence),
        cmocka_unit_test(posted_prices_have_a_kink),
        cmocka_unit_test(slopes_agree_with_exact_differences),
        cmocka_unit_test(one_cell_is_the_same_as_in_the_table),
        cmocka_unit_test(it_can_be_cancelled_and_limited),
    };
    return cmocka_run_group_tests_name("sensitivity", tests, NULL, NULL);
}
