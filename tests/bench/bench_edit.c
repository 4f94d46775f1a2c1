/* How long from one edit to a painted frame, and to the proved answer: warm against cold.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The real pipeline without the terminal's own time: a key is pressed in an interactive session,
 * the engine's thread publishes, the frame is drawn into an 120x40 canvas at each publication.
 * Tables are two bidders with values 1..k and a seeded random prior of four digits.
 *
 *   bench_edit [k ...]        default 2 5 10 20
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "bench/random_table.h"
#include "session/session.h"
#include "view/view.h"

typedef struct timing {
    double first;    /* a frame with the new revenue, proved or not */
    double exact;    /* a frame with the proved revenue; < 0: not within the limit */
    double complete; /* conditions and baselines too */
} timing;

#define LIMIT_SECONDS 60.0

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Follow the engine from `start` until everything is known. */
static timing follow(sb_session *session, sb_canvas *canvas, double start)
{
    timing result = {-1, -1, -1};
    while (now() - start < LIMIT_SECONDS) {
        struct pollfd descriptor = {sb_session_descriptor(session), POLLIN, 0};
        poll(&descriptor, 1, 100);
        sb_session_refresh(session);
        const sb_results *results = sb_session_results_at_hand(session);
        if (!results || !sb_session_results_current(session)) {
            continue;
        }
        sb_view_draw(session, canvas);
        const sb_solution *solution = sb_results_solution(results);
        double elapsed = now() - start;
        if (solution && result.first < 0) {
            result.first = elapsed;
        }
        if (solution && solution->proof == SB_PROOF_EXACT && result.exact < 0) {
            result.exact = elapsed;
        }
        if (sb_results_complete(results)) {
            result.complete = elapsed;
            break;
        }
    }
    return result;
}

static int by_first(const void *left, const void *right)
{
    double difference = ((const timing *)left)->first - ((const timing *)right)->first;
    return (difference > 0) - (difference < 0);
}

static void print_milliseconds(double seconds)
{
    if (seconds < 0) {
        printf(" %11s", "> 60 s");
    } else {
        printf(" %8.2f ms", 1e3 * seconds);
    }
}

static void measure(size_t size)
{
    sb_canvas canvas;
    sb_error error;
    if (!sb_canvas_init(&canvas, 40, 120, false)) {
        exit(3);
    }
    int repetitions = size <= 5 ? 21 : size <= 10 ? 7 : 3;
    timing warm[21], cold[21];
    for (int turn = 0; turn < repetitions; turn++) {
        double start = now();
        sb_session *session = sb_session_new(true, &error);
        if (!session) {
            exit(3);
        }
        sb_session_adopt(session, random_table(size), NULL);
        cold[turn] = follow(session, &canvas, start);
        start = now();
        sb_session_press(session, "+");
        warm[turn] = follow(session, &canvas, start);
        sb_session_free(session);
    }
    qsort(warm, (size_t)repetitions, sizeof warm[0], by_first);
    qsort(cold, (size_t)repetitions, sizeof cold[0], by_first);
    const timing *rows[2] = {&cold[repetitions / 2], &warm[repetitions / 2]};
    const char *names[2] = {"cold", "warm"};
    for (int row = 0; row < 2; row++) {
        printf("%2zux%-2zu  %s ", size, size, names[row]);
        print_milliseconds(rows[row]->first);
        print_milliseconds(rows[row]->exact);
        print_milliseconds(rows[row]->complete);
        printf("\n");
    }
    fflush(stdout);
    sb_canvas_clear(&canvas);
}

int main(int argument_count, char **arguments)
{
    size_t sizes[16] = {2, 5, 10, 20};
    size_t count = 4;
    if (argument_count > 1) {
        count = 0;
        for (int argument = 1; argument < argument_count && count < 16; argument++) {
            sizes[count++] = strtoul(arguments[argument], NULL, 10);
        }
    }
    printf("one edit to a painted frame; median; two bidders, random four-digit priors\n");
    printf("table  start  first frame  exact frame    all known\n");
    for (size_t index = 0; index < count; index++) {
        measure(sizes[index]);
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory %ld MB\n", usage.ru_maxrss / 1024);
    return 0;
}
