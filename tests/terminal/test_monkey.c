/* The monkey test: random keys, windows and signals, and what must hold nevertheless.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *     test_monkey                        a short one, always the same, and earlier findings
 *     test_monkey --keys N [--seed S]    so many keys, in episodes of some hundred
 *     test_monkey --seconds N ...        and no longer than that
 *     test_monkey --replay FILE          the log that a failure left
 *
 * With --keys the figures are printed at the end. Build with MODE=sanitize for what it is worth.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "clock.h"
#include "terminal/monkey.h"

static struct {
    long keys;
    uint64_t seed;
    double seconds;
    const char *replay;
} asked = {.keys = 700, .seed = 1, .seconds = 25};

static monkey ape;

static void test_monkey(void **state)
{
    (void)state;
    monkey_words *words = monkey_words_new();
    ape.words = words;
    double end = wall_seconds() + asked.seconds;
    if (asked.replay != NULL) {
        monkey_replay(&ape, asked.replay);
    }
    for (uint64_t k = 0; asked.replay == NULL && wall_seconds() < end; k++) {
        long left = asked.keys - ape.count.presses - ape.count.typed;
        if (left <= 0) {
            break;
        }
        property_stream seeds = {asked.seed};
        seeds.state += k * UINT64_C(0x2545f4914f6cdd1d);
        long most = property_between(&seeds, 60, 400);
        monkey_episode(&ape, property_next(&seeds), left < most ? left : most);
    }
    monkey_words_free(words);
}

/* What earlier monkeys found, shortened: must hold from now on. */
static void test_findings(void **state)
{
    (void)state;
    static const char folder[] = "tests/terminal/monkey_findings";
    DIR *findings = opendir(folder);
    assert_non_null(findings);
    int count = 0;
    for (struct dirent *entry = NULL; (entry = readdir(findings)) != NULL;) {
        char path[512];
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (strstr(entry->d_name, ".log") != NULL) {
            monkey again = {.replaying = true};
            monkey_replay(&again, path);
            count++;
        }
    }
    (void)closedir(findings);
    assert_true(count > 0);
}

static void print_figures(double seconds)
{
    const monkey_count *count = &ape.count;
    (void)printf("# seed %llu: %ld keys (%ld pressed, %ld typed) in %ld episodes, %.0f s; "
                 "%ld windows, %ld signals; %ld answers, the slowest after %.1f s; "
                 "%ld tables compared (%ld cells), %ld times undone and redone (%ld steps)\n",
                 (unsigned long long)asked.seed, count->presses + count->typed, count->presses,
                 count->typed, count->episodes, seconds, count->sizes, count->signals,
                 count->probes, count->slowest, count->tables, count->cells, count->undos,
                 count->steps);
}

static bool read_arguments(int count, char **arguments)
{
    for (int i = 1; i < count; i += 2) {
        const char *value = i + 1 < count ? arguments[i + 1] : NULL;
        if (value == NULL) {
            return false;
        }
        if (strcmp(arguments[i], "--keys") == 0) {
            asked.keys = strtol(value, NULL, 10);
            asked.seconds = 1e9;
        } else if (strcmp(arguments[i], "--seed") == 0) {
            asked.seed = strtoull(value, NULL, 10);
        } else if (strcmp(arguments[i], "--seconds") == 0) {
            asked.seconds = strtod(value, NULL);
        } else if (strcmp(arguments[i], "--replay") == 0) {
            asked.replay = value;
        } else {
            return false;
        }
    }
    return true;
}

int main(int count, char **arguments)
{
    if (!read_arguments(count, arguments)) {
        (void)fprintf(stderr, "test_monkey [--keys N] [--seed S] [--seconds N] [--replay FILE]\n");
        return 2;
    }
    char *program = realpath(terminal_program(), NULL); /* it starts elsewhere */
    if (program != NULL) {
        (void)setenv("SIDEBET_PROGRAM", program, 1);
    }
    free(program);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_monkey),
                                       cmocka_unit_test(test_findings)};
    const struct CMUnitTest one[] = {cmocka_unit_test(test_monkey)};
    double begin = wall_seconds();
    int failed = asked.replay == NULL ? cmocka_run_group_tests_name("monkey", tests, NULL, NULL)
                                      : cmocka_run_group_tests_name("monkey", one, NULL, NULL);
    print_figures(wall_seconds() - begin);
    return failed;
}
