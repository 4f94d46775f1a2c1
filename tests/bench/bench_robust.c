/* How long a robust design takes: by cuts and by the compact program, floating and proved.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of robust_tables.h; then the stepped run at ten types by which violated rows a round
 * adds. Nothing is asserted.
 *
 *     bench_robust [LARGEST [SECONDS]]   LARGEST: types (30); SECONDS: a line whose smaller sibling
 *                                        took a tenth of that is left out (60)
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench/robust_tables.h"
#include "clock.h"

static void give_up(const char *why)
{
    fprintf(stderr, "bench_robust: %s\n", why);
    exit(3);
}

/* Seconds it took. */
static double measure(size_t size, bool normal, sb_robust_method method, bool exact)
{
    sb_environment *environment = robust_table(size, normal);
    sb_consistent_set set;
    robust_box(&set, environment, normal);
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.method = method;
    options.lp.exact = exact;
    sb_robust_solution solution;
    sb_robust_solution_init(&solution);
    sb_error error;
    double start = wall_seconds();
    if (sb_robust_solve(environment, &set, &options, &solution, &error) != SB_OK) {
        give_up(error.message);
    }
    double seconds = wall_seconds() - start;
    printf("%2zux%-2zu %-6s %-7s %-8s %9.3f s  %4zu rounds %6zu cuts %6zu rows %7zu pivots  %-8s "
           "%.6f  violation %.1e\n",
           size, size, normal ? "normal" : "random", sb_robust_method_name(method),
           exact ? "exact" : "floating", seconds, solution.rounds, solution.cuts, solution.rows,
           solution.iterations + solution.exact_pivots, sb_proof_name(solution.proof),
           sb_rational_to_double(&solution.objective), solution.largest_violation);
    fflush(stdout);
    sb_robust_solution_clear(&solution);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
    return seconds;
}

/* The stepped run: how the choice of rows tells. */
static void measure_choice(size_t size, sb_cut_choice choice, bool exact)
{
    sb_environment *environment = robust_table(size, true);
    sb_consistent_set set;
    robust_box(&set, environment, true);
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.choice = choice;
    options.lp.exact = exact;
    sb_robust_run *run = NULL;
    sb_error error;
    double start = wall_seconds();
    if (sb_robust_run_new(environment, &set, &options, &run, &error) != SB_OK ||
        sb_robust_run_on(run, NULL, NULL, NULL, &error) != SB_OK) {
        give_up(error.message);
    }
    double seconds = wall_seconds() - start;
    size_t added = 0, iterations = 0;
    for (size_t number = 0; number < sb_robust_run_count(run); number++) {
        const sb_robust_round *round = sb_robust_run_round(run, number);
        iterations += round->iterations;
        for (size_t k = 0; k < round->found_count; k++) {
            added += round->found[k].added ? 1 : 0;
        }
    }
    const sb_robust_round *last = sb_robust_run_round(run, sb_robust_run_count(run) - 1);
    printf("%2zux%-2zu adding %-4s %-8s %9.3f s  %4zu rounds %6zu cuts added %6zu kept %7zu pivots "
           " %.6f\n",
           size, size, sb_cut_choice_name(choice), exact ? "exact" : "floating", seconds,
           sb_robust_run_count(run), added, last->cut_count, iterations,
           sb_rational_to_double(&last->objective));
    fflush(stdout);
    sb_robust_run_free(run);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

int main(int count, char **arguments)
{
    static const size_t sizes[] = {5, 10, 15, 20, 30};
    size_t largest = count > 1 ? strtoul(arguments[1], NULL, 10) : 30;
    double patience = count > 2 ? strtod(arguments[2], NULL) : 60;
    double last[8] = {0};
    printf("robust optima\n");
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes && sizes[k] <= largest; k++) {
        for (size_t line = 0; line < 8; line++) {
            sb_robust_method method = line % 4 < 2 ? SB_ROBUST_CUTS : SB_ROBUST_COMPACT;
            /* Growing from one size to the next costs tenfold at least. */
            if (10 * last[line] <= patience) {
                last[line] = measure(sizes[k], line < 4, method, line % 2 == 1);
            } else {
                printf("%2zux%-2zu %-6s %-7s left out\n", sizes[k], sizes[k],
                       line < 4 ? "normal" : "random", sb_robust_method_name(method));
                last[line] = patience;
            }
        }
    }
    printf("stepped runs\n");
    for (int choice = SB_CUTS_ONE; choice <= SB_CUTS_ALL; choice++) {
        measure_choice(10, (sb_cut_choice)choice, false);
        measure_choice(10, (sb_cut_choice)choice, true);
    }
    flint_cleanup();
    return 0;
}
