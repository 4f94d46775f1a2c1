/* How long from one edit to a painted frame, and to the proved answer.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The real pipeline without the terminal's own time: a key is pressed in an interactive session,
 * the engine's thread publishes, the frame is drawn into a 120x40 canvas at each publication.
 * Tables are two bidders with values 1..k and a seeded random prior of four digits. Wall time, and
 * the processor time of all threads together, which other work on the machine leaves alone.
 */
#ifndef SB_TESTS_PAINTED_FRAME_H
#define SB_TESTS_PAINTED_FRAME_H

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/tables.h"
#include "clock.h"
#include "session/session.h"
#include "view/view.h"

#define FRAME_LIMIT_SECONDS 60.0

typedef struct frame_time {
    double wall, processor; /* < 0: not within the limit */
} frame_time;

typedef struct frame_timing {
    frame_time first;    /* a frame with the new revenue, proved or not */
    frame_time exact;    /* a frame with the proved revenue */
    frame_time complete; /* conditions and baselines too */
} frame_timing;

static inline frame_time frame_now(void)
{
    return (frame_time){wall_seconds(), processor_seconds()};
}

static inline void note_frame(frame_time *noted, frame_time start)
{
    if (noted->wall < 0) {
        frame_time now = frame_now();
        *noted = (frame_time){now.wall - start.wall, now.processor - start.processor};
    }
}

/* Follow the engine from `start` until everything is known. */
static inline frame_timing follow_frames(sb_session *session, sb_canvas *canvas, frame_time start)
{
    frame_timing result = {{-1, -1}, {-1, -1}, {-1, -1}};
    while (frame_now().wall - start.wall < FRAME_LIMIT_SECONDS) {
        struct pollfd descriptor = {sb_session_descriptor(session), POLLIN, 0};
        poll(&descriptor, 1, 100);
        sb_session_refresh(session);
        const sb_results *results = sb_session_results_at_hand(session);
        if (!results || !sb_session_results_current(session)) {
            continue;
        }
        sb_view_draw(session, canvas);
        const sb_solution *solution = sb_results_solution(results);
        if (solution) {
            note_frame(&result.first, start);
        }
        if (solution && solution->proof == SB_PROOF_EXACT) {
            note_frame(&result.exact, start);
        }
        if (sb_results_complete(results)) {
            note_frame(&result.complete, start);
            break;
        }
    }
    return result;
}

static inline int compare_frames(const void *left, const void *right)
{
    double difference =
        ((const frame_time *)left)->processor - ((const frame_time *)right)->processor;
    return (difference > 0) - (difference < 0);
}

#define MOST_FRAMES 21

static inline frame_time median_frame(const frame_timing *timings, size_t count, size_t offset)
{
    frame_time times[MOST_FRAMES];
    for (size_t k = 0; k < count; k++) {
        times[k] = *(const frame_time *)(const void *)((const char *)(timings + k) + offset);
    }
    qsort(times, count, sizeof *times, compare_frames);
    return times[count / 2];
}

static inline frame_timing median_timing(const frame_timing *timings, size_t count)
{
    return (frame_timing){median_frame(timings, count, offsetof(frame_timing, first)),
                          median_frame(timings, count, offsetof(frame_timing, exact)),
                          median_frame(timings, count, offsetof(frame_timing, complete))};
}

/* The median of some repetitions, from nothing and after one edit. */
static inline void measure_frames(size_t size, frame_timing *cold, frame_timing *warm)
{
    sb_canvas canvas;
    sb_error error;
    if (!sb_canvas_init(&canvas, 40, 120, false)) {
        exit(3);
    }
    size_t repetitions = size <= 5 ? MOST_FRAMES : size <= 10 ? 7 : size <= 20 ? 5 : 3;
    frame_timing colds[MOST_FRAMES], warms[MOST_FRAMES];
    for (size_t turn = 0; turn < repetitions; turn++) {
        frame_time start = frame_now();
        sb_session *session = sb_session_new(true, &error);
        if (!session) {
            exit(3);
        }
        sb_session_adopt(session, random_table(size), NULL);
        colds[turn] = follow_frames(session, &canvas, start);
        start = frame_now();
        sb_session_press(session, "+");
        warms[turn] = follow_frames(session, &canvas, start);
        sb_session_free(session);
    }
    *cold = median_timing(colds, repetitions);
    *warm = median_timing(warms, repetitions);
    sb_canvas_clear(&canvas);
}

#endif
