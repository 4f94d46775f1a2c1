/* Tables of six kinds against other solvers, cold and after an edit, in processor time.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sidebet: building, solving, the proof in rationals and the check of the mechanism. glpsol, clp
 * and HiGHS (python3-scipy), where installed: solving alone, without a proof. Ratios are theirs to
 * sidebet's. Run it where the source is.
 *
 *   bench_speed                                  the table
 *   bench_speed KIND RULES SIZE                  one line of it
 *   bench_speed KIND RULES SIZE floating|exact   where the time of one kind goes (tables.h)
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "bench/peers.h"
#include "bench/tables.h"

#define EDITS 3

static double processor_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double solve(const sb_environment *environment, sb_design_solver *solver, bool exact,
                    sb_solution *solution)
{
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.exact = exact;
    options.time_limit = 60;
    sb_error error;
    double began = processor_seconds();
    if (sb_design_solve(environment, solver, &options, solution, &error) != SB_OK) {
        fprintf(stderr, "bench_speed: %s\n", error.message);
        exit(3);
    }
    return processor_seconds() - began;
}

static long peak_memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

/* ---- one kind ---- */

static void explain(const char *kind, const char *rules, size_t size, bool exact)
{
    sb_environment *environment = table_of_kind(kind, size);
    table_rules(environment, rules);
    sb_design_solver *solver = sb_design_solver_new();
    sb_solution solution;
    sb_solution_init(&solution);
    for (unsigned turn = 0; turn < EDITS; turn++) {
        double whole = solve(environment, solver, exact, &solution);
        printf("%-4s %9.4f s: built %8.4f floating %8.4f (%5zu) exact %8.4f (%4zu)  rows %6zu "
               "columns %6zu nonzeros %8zu rounds %3zu %s %s %.9g\n",
               turn == 0 ? "cold" : "warm", whole, solution.build_seconds,
               solution.floating_seconds, solution.floating_iterations, solution.exact_seconds,
               solution.exact_pivots, solution.rows, solution.columns, solution.nonzeros,
               solution.rounds, sb_lp_status_name(solution.status), sb_proof_name(solution.proof),
               sb_rational_to_double(&solution.objective));
        table_edit(environment, turn);
    }
    printf("peak memory %ld MB\n", peak_memory());
    sb_solution_clear(&solution);
    sb_design_solver_free(solver);
    sb_environment_free(environment);
}

/* ---- the table ---- */

static void print_peer(peer_answer answer, double own, double objective)
{
    if (isnan(answer.seconds)) {
        printf("  %8s %6s ", "-", "");
        return;
    }
    bool agrees = fabs(answer.objective - objective) <= 1e-5 * (1 + fabs(objective));
    printf("  %8.4f %5.0fx%s", answer.seconds, answer.seconds / own, agrees ? " " : "!");
}

static void compare(const char *kind, const char *rules, size_t size)
{
    sb_environment *environment = table_of_kind(kind, size);
    table_rules(environment, rules);
    sb_design_solver *solver = sb_design_solver_new();
    sb_solution solution;
    sb_solution_init(&solution);
    char path[] = "/tmp/sidebet-bench-XXXXXX.lp";
    int descriptor = mkstemps(path, 3);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    sb_design *design = NULL;
    if (file == NULL || sb_design_new(environment, &design, NULL) != SB_OK) {
        fprintf(stderr, "bench_speed: no program, or no place for it\n");
        exit(3);
    }
    double cold = solve(environment, solver, true, &solution), warm = 0;
    double objective = sb_rational_to_double(&solution.objective);
    printf("%-9s %-10s %3zu  %5zu of %6zu %3zu %8s  %8.4f", kind, rules, size, solution.rows,
           sb_lp_row_count(sb_design_program(design)), solution.rounds,
           sb_proof_name(solution.proof), cold);
    write_for_peers(sb_design_program(design), file);
    (void)fclose(file);
    sb_design_free(design);
    for (unsigned turn = 0; turn < EDITS; turn++) {
        table_edit(environment, turn);
        warm += solve(environment, solver, true, &solution) / EDITS;
    }
    printf(" %8.4f", warm);
    print_peer(ask_glpsol(path), cold, objective);
    print_peer(ask_clp(path), cold, objective);
    print_peer(ask_highs(path), cold, objective);
    printf(" %5ld MB\n", peak_memory());
    (void)fflush(stdout);
    unlink(path);
    sb_solution_clear(&solution);
    sb_design_solver_free(solver);
    sb_environment_free(environment);
}

static void compare_all(void)
{
    static const struct {
        const char *kind, *rules;
        size_t sizes[4];
    } rows[] = {{"full", "interim", {10, 20, 30, 50}},
                {"gaussian", "interim", {10, 20, 30, 50}},
                {"mixtures", "interim", {10, 20, 30, 50}},
                {"rank", "interim", {10, 20, 30, 50}},
                {"two", "interim", {10, 20, 30}},
                {"three", "interim", {3, 5}},
                {"full", "ex-post", {10, 20, 30}},
                {"full", "ex-post-ir", {10, 20}},
                {"two", "ex-post", {10, 15}},
                {"three", "ex-post", {3, 5}}};
    printf("processor seconds; ratios to sidebet cold; !: another objective\n"
           "kind      rules     size   rows made   rounds proof      cold     warm           glpsol"
           "              clp            HiGHS   peak\n");
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        for (size_t size = 0; size < 4 && rows[k].sizes[size] > 0; size++) {
            compare(rows[k].kind, rows[k].rules, rows[k].sizes[size]);
        }
    }
}

int main(int count, char **arguments)
{
    if (count == 5) {
        explain(arguments[1], arguments[2], strtoul(arguments[3], NULL, 10),
                strcmp(arguments[4], "exact") == 0);
    } else if (count == 4) {
        compare(arguments[1], arguments[2], strtoul(arguments[3], NULL, 10));
    } else {
        compare_all();
    }
    flint_cleanup();
    return 0;
}
