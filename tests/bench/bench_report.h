/* What the measurements say: the table and the frames, in Markdown.
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

#endif
