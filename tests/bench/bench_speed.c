/* One table of each kind, cold and after edits, in processor time: where a solve spends it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   bench_speed [KIND RULES SIZE floating|exact]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "bench/tables.h"
#include "sidebet/design.h"

static double processor_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void measure(const char *kind, const char *rules, size_t size, bool exact)
{
    sb_environment *environment = table_of_kind(kind, size);
    table_rules(environment, rules);
    sb_design_solver *solver = sb_design_solver_new();
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.exact = exact;
    options.time_limit = 60;
    sb_solution solution;
    sb_solution_init(&solution);
    for (int turn = 0; turn < 3; turn++) {
        double began = processor_seconds();
        sb_error error;
        if (sb_design_solve(environment, solver, &options, &solution, &error) != SB_OK) {
            fprintf(stderr, "%s\n", error.message);
            exit(3);
        }
        double whole = processor_seconds() - began;
        printf("%-9s %-9s %3zu %-8s %-4s %9.4f s: built %8.4f floating %8.4f (%5zu) exact %8.4f "
               "(%4zu)  rows %6zu columns %6zu nonzeros %8zu %s %s %.9g %s\n",
               kind, rules, size, exact ? "exact" : "floating", turn == 0 ? "cold" : "warm", whole,
               solution.build_seconds, solution.floating_seconds, solution.floating_iterations,
               solution.exact_seconds, solution.exact_pivots, solution.rows, solution.columns,
               solution.nonzeros, sb_lp_status_name(solution.status), sb_proof_name(solution.proof),
               sb_rational_to_double(&solution.objective), solution.reason);
        fflush(stdout);
        table_edit(environment, (unsigned)turn);
    }
    sb_solution_clear(&solution);
    sb_design_solver_free(solver);
    sb_environment_free(environment);
}

int main(int count, char **arguments)
{
    if (count == 5) {
        measure(arguments[1], arguments[2], strtoul(arguments[3], NULL, 10),
                strcmp(arguments[4], "exact") == 0);
        flint_cleanup();
        return 0;
    }
    static const char *const kinds[] = {"full", "gaussian", "mixtures", "rank", "two", "three"};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        for (size_t size = 10; size <= 20; size += 10) {
            size_t types = strcmp(kinds[k], "three") == 0 ? size / 10 + 3 : size;
            measure(kinds[k], "interim", types, false);
            measure(kinds[k], "interim", types, true);
        }
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory %ld MB\n", usage.ru_maxrss / 1024);
    flint_cleanup();
    return 0;
}
