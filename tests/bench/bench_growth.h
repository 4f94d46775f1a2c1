/* What the measurements say of how times grow: exponents, in Markdown.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_BENCH_GROWTH_H
#define SB_TESTS_BENCH_GROWTH_H

#include "bench/bench_report.h"

typedef double (*time_of)(const bench_instance *instance);

static inline double peer_seconds(const peer_answer *peer)
{
    return peer->state == PEER_ANSWERED ? peer->seconds : NAN;
}
static inline double live_exact(const bench_instance *instance)
{
    return instance->exact.live;
}
static inline double live_floating(const bench_instance *instance)
{
    return instance->floating.live;
}
static inline double cold_exact(const bench_instance *instance)
{
    return instance->exact.cold;
}
static inline double cold_floating(const bench_instance *instance)
{
    return instance->floating.cold;
}
static inline double glpsol_seconds(const bench_instance *instance)
{
    return peer_seconds(&instance->glpsol);
}
static inline double clp_seconds(const bench_instance *instance)
{
    return peer_seconds(&instance->clp);
}
static inline double highs_seconds(const bench_instance *instance)
{
    return peer_seconds(&instance->highs);
}

/* Times of the others below this are mostly the error of taking off their beginning. */
#define LEAST_FITTED_PEER 0.002
/* Smaller tables are solved in other ways; left out where there are three larger ones. */
#define LEAST_FITTED_SIZE 10

typedef struct growing_time {
    time_of time;
    bool peer;
} growing_time;

static inline size_t fitted_count(const bench_instance *first, size_t count, growing_time growing,
                                  size_t least_size)
{
    size_t fitted = 0;
    for (size_t k = 0; k < count; k++) {
        double seconds = growing.time(first + k);
        bool counts =
            first[k].size >= least_size && seconds > (growing.peer ? LEAST_FITTED_PEER : 0);
        fitted += counts ? 1 : 0;
    }
    return fitted;
}

/* The slope of log time on log size by least squares; " -" with fewer than three sizes. */
static inline void say_exponent(bench_report *report, const bench_instance *first, size_t count,
                                growing_time growing)
{
    bool large = fitted_count(first, count, growing, LEAST_FITTED_SIZE) >= 3;
    size_t least = large ? LEAST_FITTED_SIZE : 0;
    size_t n = fitted_count(first, count, growing, least);
    if (n < 3) {
        say(report, " - |");
        return;
    }
    double x = 0, y = 0, xx = 0, xy = 0;
    for (size_t k = 0; k < count; k++) {
        if (fitted_count(first + k, 1, growing, least) == 1) {
            double u = log((double)first[k].size), v = log(growing.time(first + k));
            x += u;
            y += v;
            xx += u * u;
            xy += u * v;
        }
    }
    double many = (double)n;
    say(report, " %.1f (%zu) |", (many * xy - x * y) / (many * xx - x * x), n);
}

static inline bool same_kind(const bench_instance *left, const bench_instance *right)
{
    return strcmp(left->kind, right->kind) == 0 && strcmp(left->rules, right->rules) == 0;
}

static inline void say_growth(bench_report *report, const measurements *measured)
{
    static const growing_time times[] = {{live_exact, false},    {live_floating, false},
                                         {cold_exact, false},    {cold_floating, false},
                                         {glpsol_seconds, true}, {clp_seconds, true},
                                         {highs_seconds, true}};
    say(report,
        "\nTime grows as k to the power of (least squares of logarithms, in brackets the number of "
        "sizes; sizes below %d left out where three are larger, and times of the others below %.0f "
        "ms):\n\n"
        "| table | rules | live | live, floating | cold | cold, floating | glpsol | clp | "
        "HiGHS |\n|---|---|--:|--:|--:|--:|--:|--:|--:|\n",
        LEAST_FITTED_SIZE, 1e3 * LEAST_FITTED_PEER);
    for (size_t first = 0, after; first < measured->count; first = after) {
        const bench_instance *kind = measured->instances + first;
        for (after = first; after < measured->count && same_kind(kind, measured->instances + after);
             after++) {
        }
        say(report, "| %s | %s |", kind->name, kind->rules);
        for (size_t k = 0; k < sizeof times / sizeof *times; k++) {
            say_exponent(report, kind, after - first, times[k]);
        }
        say(report, "\n");
    }
}

#endif
