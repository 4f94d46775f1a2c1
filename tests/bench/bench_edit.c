/* How long from one edit to a painted frame (painted_frame.h), cold and warm.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   bench_edit [k ...]        default 2 5 10 20
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "bench/painted_frame.h"

static void print_time(frame_time time)
{
    if (time.wall < 0) {
        printf(" %20s", "> 60 s");
    } else {
        printf(" %8.2f (%8.2f)", 1e3 * time.wall, 1e3 * time.processor);
    }
}

static void print_timing(size_t size, const char *name, const frame_timing *timing)
{
    printf("%2zux%-2zu  %s ", size, size, name);
    print_time(timing->first);
    print_time(timing->exact);
    print_time(timing->complete);
    printf("\n");
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
    printf("one edit to a painted frame; two bidders, random four-digit priors; median\n"
           "milliseconds, wall (processor, all threads)\n"
           "table  start         first frame          exact frame            all known\n");
    for (size_t index = 0; index < count; index++) {
        frame_timing cold, warm;
        measure_frames(sizes[index], &cold, &warm);
        print_timing(sizes[index], "cold", &cold);
        print_timing(sizes[index], "warm", &warm);
        (void)fflush(stdout);
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory %ld MB\n", usage.ru_maxrss / 1024);
    return 0;
}
