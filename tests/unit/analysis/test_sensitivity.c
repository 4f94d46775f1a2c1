/* Derivatives of the optimum: hand cases, the jump at independence, and differences of optima.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "property.h"
#include "sidebet/environment_file.h"
#include "sidebet/sensitivity.h"

static sb_environment *read_text(const char *text)
{
    sb_environment *environment = NULL;
    sb_error error;
    sb_error_clear(&error);
    if (sb_environment_parse(text, strlen(text), "test", &environment, NULL, &error) != SB_OK) {
        fail_msg("%s", error.message);
    }
    return environment;
}

static void expect(const fmpq *number, const char *text)
{
    fmpq_t said;
    fmpq_init(said);
    assert_int_equal(sb_rational_parse(said, text, strlen(text), NULL), SB_OK);
    if (!fmpq_equal(number, said)) {
        char *found = sb_rational_format(number, SB_NUMBER_FRACTION);
        fail_msg("%s, not %s", found, text);
    }
    fmpq_clear(said);
}

#define TWO "item: {bidders: [{name: a, values: [1, 2]}, {name: b, values: [1, 2]}]}\nprior: "

/* Full extraction on both sides: the optimum is 2 - pi(1, 1). */
static void test_slopes_of_the_full_surplus(void **state)
{
    (void)state;
    sb_environment *environment = read_text(TWO "[[0.251, 0.250], [0.250, 0.249]]\n");
    sb_sensitivity sensitivity;
    sb_sensitivity_init(&sensitivity);
    assert_int_equal(sb_sensitivity_run(environment, SB_MASS_MARGINALS, NULL, &sensitivity, NULL),
                     SB_OK);
    const char *slopes[] = {"-1", "1", "1", "-1"};
    for (size_t cell = 0; cell < 4; cell++) {
        assert_int_equal(sensitivity.cells[cell].kind, SB_SENSITIVITY_SMOOTH);
        assert_true(sensitivity.cells[cell].up.confirmed);
        expect(&sensitivity.cells[cell].up.derivative, slopes[cell]);
        expect(&sensitivity.cells[cell].down.derivative, slopes[cell]);
    }
    assert_false(sensitivity.at_independence);
    /* Scale: the others fall by pi / (1 - .251) each; 2 - pi(1, 1) rises by as much. */
    assert_int_equal(sb_sensitivity_run(environment, SB_MASS_SCALE, NULL, &sensitivity, NULL),
                     SB_OK);
    expect(&sensitivity.cells[0].up.derivative, "-1");
    expect(&sensitivity.cells[1].up.derivative, "251/750");
    /* Free: per unit of weight, the same times 1 - pi. */
    assert_int_equal(sb_sensitivity_run(environment, SB_MASS_FREE, NULL, &sensitivity, NULL),
                     SB_OK);
    expect(&sensitivity.cells[0].up.derivative, "-749/1000");
    expect(&sensitivity.cells[1].up.derivative, "251/1000");
    /* Row: only the row gives way. */
    assert_int_equal(sb_sensitivity_run(environment, SB_MASS_ROW, NULL, &sensitivity, NULL), SB_OK);
    expect(&sensitivity.cells[1].up.derivative, "1");
    expect(&sensitivity.cells[3].up.derivative, "0");
    sb_sensitivity_clear(&sensitivity);
    sb_environment_free(environment);
}

static void test_jump_at_independence(void **state)
{
    (void)state;
    sb_environment *environment = read_text(TWO "[[1, 1], [1, 1]]\n");
    sb_sensitivity sensitivity;
    sb_sensitivity_init(&sensitivity);
    assert_int_equal(sb_sensitivity_run(environment, SB_MASS_MARGINALS, NULL, &sensitivity, NULL),
                     SB_OK);
    assert_true(sensitivity.at_independence);
    for (size_t cell = 0; cell < 4; cell++) {
        assert_int_equal(sensitivity.cells[cell].kind, SB_SENSITIVITY_JUMP);
        assert_true(sensitivity.cells[cell].up.jump && sensitivity.cells[cell].down.jump);
        expect(&sensitivity.cells[cell].up.jump_size, "1/4");
        expect(&sensitivity.cells[cell].down.jump_size, "1/4");
    }
    assert_int_equal(sensitivity.remarks.count, 1);
    assert_non_null(strstr(sensitivity.remarks.texts[0], "jumps by 0.25"));
    sb_sensitivity_clear(&sensitivity);
    sb_environment_free(environment);
}

/* A posted price to one bidder: the better of selling to all at 1 and to half at 2. */
static void test_kink_and_edges(void **state)
{
    (void)state;
    sb_environment *environment =
        read_text("item: {bidders: [{name: a, values: [1, 2]}]}\nprior: [1, 1]\n");
    sb_sensitivity_cell cell;
    assert_int_equal(sb_sensitivity_of_cell(environment, 1, SB_MASS_SCALE, NULL, &cell, NULL),
                     SB_OK);
    assert_int_equal(cell.kind, SB_SENSITIVITY_KINK);
    expect(&cell.up.derivative, "2");
    expect(&cell.down.derivative, "0");
    sb_sensitivity_cell_clear(&cell);
    assert_int_equal(sb_sensitivity_of_cell(environment, 1, SB_MASS_MARGINALS, NULL, &cell, NULL),
                     SB_OK);
    assert_int_equal(cell.kind, SB_SENSITIVITY_FIXED);
    sb_sensitivity_cell_clear(&cell);
    sb_environment_free(environment);
    environment = read_text("item: {bidders: [{name: a, values: [1, 2]}]}\nprior: [1, 0]\n");
    assert_int_equal(sb_sensitivity_of_cell(environment, 1, SB_MASS_SCALE, NULL, &cell, NULL),
                     SB_OK);
    assert_int_equal(cell.kind, SB_SENSITIVITY_EDGE);
    assert_false(cell.down.exists);
    sb_sensitivity_cell_clear(&cell);
    sb_environment_free(environment);
}

static void optimum_at(fmpq_t optimum, const sb_environment *environment, const fmpq *direction,
                       const fmpq_t t)
{
    size_t count = sb_environment_profile_count(environment);
    fmpq *weights = sb_rationals_new(count);
    for (size_t cell = 0; cell < count; cell++) {
        sb_environment_probability(&weights[cell], environment, cell);
        fmpq_addmul(&weights[cell], t, &direction[cell]);
    }
    sb_environment *moved = sb_environment_copy(environment);
    assert_int_equal(sb_environment_set_weights(moved, weights, NULL), SB_OK);
    sb_lp_status status;
    sb_proof proof;
    assert_int_equal(sb_design_value(moved, NULL, NULL, NULL, &status, &proof, optimum, NULL),
                     SB_OK);
    assert_int_equal(status, SB_LP_OPTIMAL);
    assert_int_equal(proof, SB_PROOF_EXACT);
    sb_environment_free(moved);
    sb_rationals_free(weights, count);
}

/* Confirmed derivatives agree with the difference of exact optima, to within a bend of that step.
 */
static void test_differences_of_optima(void **state)
{
    (void)state;
    property_stream stream = {.state = 20};
    int confirmed = 0;
    for (int turn = 0; turn < property_cases(60); turn++) {
        sb_text text;
        sb_text_init(&text);
        sb_text_add_format(&text,
                           "item: {bidders: [{name: a, values: [1, 2, %ld]}]}\n"
                           "signal: {name: s, values: [x, y]}\nprior: [",
                           property_between(&stream, 3, 6));
        for (int row = 0; row < 3; row++) {
            sb_text_add_format(&text, "%s[%ld, %ld]", row == 0 ? "" : ", ",
                               property_between(&stream, 1, 9), property_between(&stream, 1, 9));
        }
        sb_text_add(&text, "]\n");
        sb_environment *environment = read_text(text.bytes);
        sb_text_clear(&text);
        sb_mass_mode mode = (sb_mass_mode)(turn % SB_MASS_COUNT);
        size_t profile = (size_t)property_between(&stream, 0, 5);
        sb_sensitivity_cell cell;
        assert_int_equal(sb_sensitivity_of_cell(environment, profile, mode, NULL, &cell, NULL),
                         SB_OK);
        fmpq *direction = sb_rationals_new(6);
        assert_true(sb_sensitivity_direction(direction, environment, profile, mode));
        fmpq_t here;
        fmpq_t there;
        fmpq_t step;
        fmpq_init(here);
        fmpq_init(there);
        fmpq_init(step);
        optimum_at(here, environment, direction, step);
        for (int sign = -1; sign <= 1; sign += 2) {
            const sb_sensitivity_side *side = sign < 0 ? &cell.down : &cell.up;
            fmpq_set_si(step, sign, 100000000);
            optimum_at(there, environment, direction, step);
            fmpq_sub(there, there, here);
            fmpq_div(there, there, step);
            fmpq_sub(there, there, &side->derivative);
            double difference = sb_rational_to_double(there);
            if (side->exists && !side->jump && (difference > 1e-4 || difference < -1e-4)) {
                fail_msg("turn %d, side %d: off by %g", turn, sign, difference);
            }
            confirmed += side->confirmed ? 1 : 0;
        }
        fmpq_clear(here);
        fmpq_clear(there);
        fmpq_clear(step);
        sb_rationals_free(direction, 6);
        sb_sensitivity_cell_clear(&cell);
        sb_environment_free(environment);
    }
    assert_true(confirmed > property_cases(60)); /* most of the two sides of each */
}

static void test_no_optimum(void **state)
{
    (void)state;
    sb_environment *environment = read_text(TWO "[[1, 1], [1, 2]]\nrules: {ir: none}\n");
    sb_sensitivity sensitivity;
    sb_sensitivity_init(&sensitivity);
    sb_error error;
    sb_error_clear(&error);
    assert_int_equal(sb_sensitivity_run(environment, SB_MASS_FREE, NULL, &sensitivity, &error),
                     SB_ERROR_USAGE);
    assert_non_null(strstr(error.message, "unbounded"));
    sb_sensitivity_clear(&sensitivity);
    sb_environment_free(environment);
}

static int release_numbers(void **state)
{
    (void)state;
    flint_cleanup();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slopes_of_the_full_surplus),
        cmocka_unit_test(test_jump_at_independence),
        cmocka_unit_test(test_kink_and_edges),
        cmocka_unit_test(test_differences_of_optima),
        cmocka_unit_test(test_no_optimum),
    };
    return cmocka_run_group_tests_name("sensitivity", tests, NULL, release_numbers);
}
