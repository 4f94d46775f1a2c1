/* Work in a thread: waiting for it, hearing from it, calling it off.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <poll.h>

#include "base/background.h"
#include "base/clock.h"

typedef struct job {
    sb_background background;
    sb_cancel_flag may_end;
    bool heeded; /* that it was called off */
} job;

static void be_quick(void *context)
{
    job *mine = context;
    mine->heeded = true;
}

static void say_and_wait(void *context)
{
    job *mine = context;
    sb_background_say(&mine->background);
    while (!atomic_load(&mine->may_end) && !atomic_load(&mine->background.cancel)) {
        (void)poll(NULL, 0, 1);
    }
    mine->heeded = atomic_load(&mine->background.cancel);
}

static bool is_readable(const job *errand)
{
    struct pollfd pipe = {.fd = sb_background_descriptor(&errand->background), .events = POLLIN};
    return poll(&pipe, 1, 10000) == 1;
}

static void test_quick_work_is_waited_for(void **state)
{
    (void)state;
    job errand = {.heeded = false};
    assert_true(sb_background_start(&errand.background, be_quick, &errand));
    assert_true(sb_background_ended(&errand.background, -1));
    assert_true(sb_background_ended(&errand.background, 0)); /* asked again */
    sb_background_join(&errand.background);
    assert_true(errand.heeded);
    sb_background_join(&errand.background); /* there is nothing left to join */
}

static void test_word_comes_before_the_end(void **state)
{
    (void)state;
    job errand = {.heeded = false};
    bool ended = true;
    assert_true(sb_background_start(&errand.background, say_and_wait, &errand));
    assert_true(is_readable(&errand));
    assert_true(sb_background_hear(&errand.background, &ended));
    assert_false(ended);
    assert_false(sb_background_hear(&errand.background, &ended)); /* it was taken */
    assert_false(ended);
    atomic_store(&errand.may_end, true);
    assert_true(is_readable(&errand));
    assert_true(sb_background_hear(&errand.background, &ended));
    assert_true(ended);
    sb_background_join(&errand.background);
    assert_false(errand.heeded);
}

static void test_patience_has_an_end(void **state)
{
    (void)state;
    job errand = {.heeded = false};
    assert_true(sb_background_start(&errand.background, say_and_wait, &errand));
    double before = sb_seconds();
    assert_false(sb_background_ended(&errand.background, 0.05));
    assert_true(sb_seconds() - before >= 0.05);
    sb_background_call_off(&errand.background);
    assert_true(errand.heeded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quick_work_is_waited_for),
        cmocka_unit_test(test_word_comes_before_the_end),
        cmocka_unit_test(test_patience_has_an_end),
    };
    return cmocka_run_group_tests_name("background", tests, NULL, NULL);
}
