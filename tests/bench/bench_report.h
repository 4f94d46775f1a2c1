/* What the measurements say: the table, how times grow, and the aims, in Markdown.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_BENCH_REPORT_H
#define SB_TESTS_BENCH_REPORT_H

#include <stdarg.h>

#include "bench/instance.h"
#include "bench/painted_frame.h"

#define MOST_INSTANCES   96
#define MOST_FRAME_SIZES 8

typedef struct measured_frames {
    size_t size;
    frame_timing cold, warm;
} measured_frames;

typedef struct measurements {
    size_t count, frame_count;
    bench_instance instances[MOST_INSTANCES];
    measured_frames frames[MOST_FRAME_SIZES];
    double limit;
} measurements;

/* ---- the report: on the screen as it is made, and kept ---- */

typedef struct bench_report {
    FILE *kept;
    char *text;
    size_t length;
} bench_report;

static inline void say(bench_report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static inline void say(bench_report *report, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    (void)vprintf(format, arguments);
    (void)vfprintf(report->kept, format, again);
    va_end(again);
    va_end(arguments);
    (void)fflush(stdout);
}

static inline void say_seconds(bench_report *report, double seconds)
{
    if (isnan(seconds)) {
        say(report, "-");
    } else if (seconds < 0.1) {
        say(report, "%.4f", seconds);
    } else {
        say(report, seconds < 10 ? "%.2f" : "%.0f", seconds);
    }
}

/* ---- the table ---- */

static inline bool peer_agrees(const bench_instance *instance, const peer_answer *peer)
{
    return close_to(peer->objective, instance->exact.objective);
}

/* "0.28, 140x, 812": seconds, how many times sidebet's with the proof, iterations. */
static inline void say_peer(bench_report *report, const bench_instance *instance,
                            const peer_answer *peer, double limit)
{
    switch (peer->state) {
    case PEER_ABSENT:
        say(report, " not installed |");
        return;
    case PEER_NOT_ASKED:
        say(report, " not asked |");
        return;
    case PEER_LATE:
        say(report, " > %.0f, > %.0f× |", limit, limit / instance->exact.cold);
        return;
    case PEER_FAILED:
        say(report, " no optimum |");
        return;
    case PEER_ANSWERED:
        break;
    }
    say(report, " ");
    say_seconds(report, peer->seconds);
    double ratio = peer->seconds / instance->exact.cold;
    say(report, ratio < 10 ? ", %.1f×" : ", %.0f×", ratio);
    if (peer->iterations >= 0) {
        say(report, ", %ld", peer->iterations);
    }
    if (!peer_agrees(instance, peer)) {
        say(report, " **≠** %+.0e", peer->objective / instance->exact.objective - 1);
    }
    say(report, " |");
}

static inline void say_heading(bench_report *report)
{
    say(report,
        "| table | rules | k | rows | live | live, floating | cold | cold, floating | pivots | "
        "proof | MB | glpsol | clp | HiGHS |\n"
        "|---|---|--:|--:|--:|--:|--:|--:|--:|---|--:|--:|--:|--:|\n");
}

static inline void say_instance(bench_report *report, const bench_instance *instance, double limit)
{
    const own_answer *exact = &instance->exact, *floating = &instance->floating;
    say(report, "| %s | %s | %zu | ", instance->name, instance->rules, instance->size);
    if (!exact->answered) {
        say(report, "| | | no answer: %s | | | | | | | |\n", exact->reason);
        return;
    }
    if (strcmp(exact->method, "independent") == 0) {
        say(report, "none of %zu | ", exact->whole_rows);
    } else if (exact->rows < exact->whole_rows) {
        say(report, "%zu of %zu | ", exact->rows, exact->whole_rows);
    } else {
        say(report, "%zu | ", exact->rows);
    }
    say_seconds(report, exact->live);
    say(report, "%s | ", isnan(exact->live) || exact->live_agrees ? "" : " **≠**");
    say_seconds(report, floating->live);
    say(report, "%s | ", isnan(floating->live) || floating->live_agrees ? "" : " **≠**");
    say_seconds(report, exact->cold);
    say(report, " | ");
    say_seconds(report, floating->cold);
    bool agrees = floating->answered && close_to(floating->objective, exact->objective);
    say(report, "%s | %zu, live %zu | %s", agrees ? "" : " **≠**", exact->pivots,
        exact->live_pivots, exact->proof);
    if (exact->live_proof[0] != '\0' && strcmp(exact->proof, exact->live_proof) != 0) {
        say(report, ", live %s", exact->live_proof);
    }
    say(report, " | %ld |", exact->megabytes);
    say_peer(report, instance, &instance->glpsol, limit);
    say_peer(report, instance, &instance->clp, limit);
    say_peer(report, instance, &instance->highs, limit);
    say(report, "\n");
}

/* ---- growth ---- */

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

/* ---- frames ---- */

static inline void say_frame(bench_report *report, frame_time time)
{
    if (time.wall < 0) {
        say(report, " > %.0f s |", FRAME_LIMIT_SECONDS);
    } else {
        say(report, " %.2f, %.2f |", 1e3 * time.processor, 1e3 * time.wall);
    }
}

static inline void say_frames(bench_report *report, const measurements *measured)
{
    say(report, "\nFrom a key to a painted frame, two bidders, milliseconds: processor time of "
                "both threads, wall time:\n\n"
                "| k | from nothing: first frame | proved | all known | after an edit: first frame "
                "| proved | all known |\n|--:|--:|--:|--:|--:|--:|--:|\n");
    for (size_t k = 0; k < measured->frame_count; k++) {
        const measured_frames *frames = measured->frames + k;
        say(report, "| %zu |", frames->size);
        say_frame(report, frames->cold.first);
        say_frame(report, frames->cold.exact);
        say_frame(report, frames->cold.complete);
        say_frame(report, frames->warm.first);
        say_frame(report, frames->warm.exact);
        say_frame(report, frames->warm.complete);
        say(report, "\n");
    }
}

/* ---- the aims ---- */

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
