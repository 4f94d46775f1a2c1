/* What the measurements say of the aims, in Markdown.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_BENCH_AIMS_H
#define SB_TESTS_BENCH_AIMS_H

#include "bench/bench_growth.h"

static inline void say_verdict(bench_report *report, bool reached)
{
    say(report, " | %s |\n", reached ? "reached" : "**not reached**");
}

static inline const bench_instance *find_instance(const measurements *measured, const char *kind,
                                                  size_t size)
{
    for (size_t k = 0; k < measured->count; k++) {
        const bench_instance *instance = measured->instances + k;
        if (strcmp(instance->kind, kind) == 0 && strcmp(instance->rules, "interim") == 0 &&
            instance->size == size && instance->exact.answered) {
            return instance;
        }
    }
    return NULL;
}

typedef enum peer_choice { CHOOSE_CLP, CHOOSE_HIGHS, CHOOSE_FASTEST } peer_choice;

typedef struct ratio_aim {
    const char *what, *kind;
    size_t size;
    peer_choice peer;
    time_of own;
    double least;
} ratio_aim;

/* The least time of the peers chosen; a late one counts with the limit (*at_least), one with
 * another optimum does not count. NAN: none. */
static inline double chosen_seconds(const bench_instance *instance, peer_choice choice,
                                    double limit, bool *at_least)
{
    const peer_answer *peers[] = {&instance->clp, &instance->highs, &instance->glpsol};
    size_t from = choice == CHOOSE_HIGHS ? 1 : 0, to = choice == CHOOSE_CLP ? 1 : 2;
    double least = NAN;
    *at_least = false;
    for (size_t k = from; k < (choice == CHOOSE_FASTEST ? 3 : to); k++) {
        bool late = peers[k]->state == PEER_LATE;
        bool counts = peers[k]->state == PEER_ANSWERED && peer_agrees(instance, peers[k]);
        double seconds = late ? limit : peers[k]->seconds;
        if ((late || counts) && !(seconds >= least)) {
            least = seconds;
            *at_least = late;
        }
    }
    return least;
}

static inline void say_ratio_aim(bench_report *report, const measurements *measured,
                                 const ratio_aim *aim)
{
    const bench_instance *instance = find_instance(measured, aim->kind, aim->size);
    say(report, "| %s | ≥ %.0f× | ", aim->what, aim->least);
    bool at_least = false;
    double seconds =
        instance == NULL ? NAN : chosen_seconds(instance, aim->peer, measured->limit, &at_least);
    if (isnan(seconds)) {
        say(report, "%s | |\n", instance == NULL ? "not in this run" : "no peer with this optimum");
        return;
    }
    double ratio = seconds / aim->own(instance);
    say(report, ratio < 100 ? "%s%.1f× (" : "%s%.0f× (", at_least ? "> " : "", ratio);
    say_seconds(report, seconds);
    say(report, " s / %.5f s)", aim->own(instance));
    say_verdict(report, ratio >= aim->least);
}

static inline void say_frame_aim(bench_report *report, const measurements *measured, size_t size,
                                 bool exact)
{
    say(report, "| edit to painted frame, %zu × %zu, %s | < 16 ms | ", size, size,
        exact ? "with the proof" : "floating");
    for (size_t k = 0; k < measured->frame_count; k++) {
        if (measured->frames[k].size == size) {
            const frame_timing *warm = &measured->frames[k].warm;
            frame_time time = exact ? warm->exact : warm->first;
            say(report, "%.2f ms of processor, %.2f ms by the clock", 1e3 * time.processor,
                1e3 * time.wall);
            say_verdict(report, time.processor >= 0 && time.processor < .016);
            return;
        }
    }
    say(report, "not in this run | |\n");
}

/* The worst of all tables under interim rules at a size: its seconds, or its megabytes. */
static inline void say_worst_aim(bench_report *report, const measurements *measured, size_t size,
                                 bool memory)
{
    const bench_instance *worst = NULL;
    bool all_exact = true;
    for (size_t k = 0; k < measured->count; k++) {
        const bench_instance *instance = measured->instances + k;
        if (instance->size != size || (!memory && strcmp(instance->rules, "interim") != 0)) {
            continue;
        }
        all_exact = all_exact && strcmp(instance->exact.proof, "exact") == 0;
        if (worst == NULL || (memory ? instance->exact.megabytes > worst->exact.megabytes
                                     : instance->exact.cold > worst->exact.cold)) {
            worst = instance;
        }
    }
    say(report,
        memory ? "| memory, %zu × %zu | < 200 MB | " : "| exact word, %zu × %zu | ≤ 0.25 s | ",
        size, size);
    if (worst == NULL) {
        say(report, "not in this run | |\n");
    } else if (memory) {
        say(report, "at most %ld MB (%s, %s)", worst->exact.megabytes, worst->name, worst->rules);
        say_verdict(report, worst->exact.megabytes < 200);
    } else {
        say(report, "at most %.4f s (%s)%s", worst->exact.cold, worst->name,
            all_exact ? "" : ", not all proved");
        say_verdict(report, all_exact && worst->exact.cold <= .25);
    }
}

static inline void say_largest_aim(bench_report *report, const measurements *measured,
                                   const char *name, const char *kind)
{
    const bench_instance *instance = find_instance(measured, kind, 100);
    say(report, "| 100 × 100, %s | solved | ", name);
    if (instance == NULL) {
        say(report, "not in this run | |\n");
        return;
    }
    say(report, "%s in %.3f s, %.3f s after an edit, %ld MB", instance->exact.proof,
        instance->exact.cold, instance->exact.live, instance->exact.megabytes);
    say_verdict(report, strcmp(instance->exact.proof, "exact") == 0);
}

static inline void say_aims(bench_report *report, const measurements *measured)
{
    static const ratio_aim aims[] = {
        {"cold 30 × 30 to HiGHS, full rank", "full", 30, CHOOSE_HIGHS, cold_exact, 10},
        {"cold 30 × 30 to HiGHS, Gaussian", "gaussian", 30, CHOOSE_HIGHS, cold_exact, 10},
        {"cold 30 × 30 to HiGHS, mixtures", "mixtures", 30, CHOOSE_HIGHS, cold_exact, 10},
        {"cold 30 × 30 to HiGHS, rank 3", "rank", 30, CHOOSE_HIGHS, cold_exact, 10},
        {"cold 30 × 30 to clp, full rank", "full", 30, CHOOSE_CLP, cold_exact, 5},
        {"cold 30 × 30 to clp, Gaussian", "gaussian", 30, CHOOSE_CLP, cold_exact, 5},
        {"cold 30 × 30 to clp, mixtures", "mixtures", 30, CHOOSE_CLP, cold_exact, 5},
        {"cold 30 × 30 to clp, rank 3", "rank", 30, CHOOSE_CLP, cold_exact, 5},
        {"cold 50 × 50 to HiGHS, full rank", "full", 50, CHOOSE_HIGHS, cold_exact, 1000},
        {"cold 50 × 50 to HiGHS, Gaussian", "gaussian", 50, CHOOSE_HIGHS, cold_exact, 1000},
        {"cold 50 × 50 to HiGHS, mixtures", "mixtures", 50, CHOOSE_HIGHS, cold_exact, 10},
        {"cold 50 × 50 to HiGHS, rank 3", "rank", 50, CHOOSE_HIGHS, cold_exact, 10},
        {"live 30 × 30 to the fastest cold, full rank", "full", 30, CHOOSE_FASTEST, live_exact, 50},
        {"the same, floating", "full", 30, CHOOSE_FASTEST, live_floating, 50},
        {"live 30 × 30 to the fastest cold, Gaussian", "gaussian", 30, CHOOSE_FASTEST, live_exact,
         50},
        {"live 30 × 30 to the fastest cold, mixtures", "mixtures", 30, CHOOSE_FASTEST, live_exact,
         50},
        {"live 30 × 30 to the fastest cold, rank 3", "rank", 30, CHOOSE_FASTEST, live_exact, 50},
    };
    say(report, "\nThe aims, with the proof unless it says floating; peers with another optimum do "
                "not count:\n\n| aim | | measured | |\n|---|---|---|---|\n");
    for (size_t k = 0; k < sizeof aims / sizeof *aims; k++) {
        say_ratio_aim(report, measured, &aims[k]);
    }
    say_frame_aim(report, measured, 30, false);
    say_frame_aim(report, measured, 10, true);
    say_worst_aim(report, measured, 20, false);
    say_worst_aim(report, measured, 50, true);
    say_largest_aim(report, measured, "full rank", "full");
    say_largest_aim(report, measured, "Gaussian", "gaussian");
}

#endif
