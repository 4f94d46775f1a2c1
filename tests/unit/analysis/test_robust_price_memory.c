/* Memory that runs out while the price of robustness is found.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * At every single request: an error, and the points so far are whole.
 */
#include "base/memory.h"
#include "sidebet/robust_price.h"
#include "unit/mechanism/environments.h"

/* Requests until the one that fails; negative: none fails. */
static long requests_left = -1;

/* Takes the place of the library's own. */
void *sb_memory_resize(void *memory, size_t bytes)
{
    if (requests_left == 0) {
        requests_left = -1;
        return NULL;
    }
    if (requests_left > 0) {
        requests_left--;
    }
    return realloc(memory, bytes > 0 ? bytes : 1);
}

static void radii_under_shortage(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2 4", 2, "4 1 2 2 1 4");
    long failures = 0;
    for (bool met = true; met; failures++) {
        fmpq *radii = NULL;
        size_t found = 0;
        requests_left = failures;
        sb_status status = sb_robust_price_radii(environment, 14, &radii, &found, NULL);
        met = requests_left < 0;
        requests_left = -1;
        assert_int_equal(status, met ? SB_ERROR_MEMORY : SB_OK);
        assert_true(met ? radii == NULL && found == 0 : found == 14);
        sb_rationals_free(radii, found);
    }
    assert_true(failures > 5);
    sb_environment_free(environment);
}

static void price_under_shortage(void **state)
{
    (void)state;
    sb_environment *environment = one_bidder_and_signal("1 2 4", 2, "4 1 2 2 1 4");
    fmpq *radii = sb_rationals_new(2);
    read_numbers("1/10 0", radii, 2);
    long step = property_cases(10) < 10 ? 29 : 1, failures = 0;
    for (bool met = true; met; failures += step) {
        sb_robust_price price;
        sb_robust_price_init(&price);
        requests_left = failures;
        sb_status status = sb_robust_price_run(environment, NULL, radii, 2, NULL, &price, NULL);
        met = requests_left < 0;
        requests_left = -1;
        /* A sentence that is not written for want of memory is no error. */
        assert_true(status == SB_OK || (met && status == SB_ERROR_MEMORY));
        assert_true(status != SB_OK || price.count == 2);
        for (size_t k = 0; k < price.count; k++) {
            assert_true(price.points[k].status == SB_LP_OPTIMAL);
            assert_true(fmpq_sgn(&price.points[k].objective) > 0);
        }
        sb_robust_price_clear(&price);
    }
    assert_true(failures > 100);
    sb_rationals_free(radii, 2);
    sb_environment_free(environment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(radii_under_shortage),
        cmocka_unit_test(price_under_shortage),
    };
    int failed = cmocka_run_group_tests_name("robust price without memory", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
