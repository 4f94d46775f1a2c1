/* sidebet and other solvers side by side, on the same tables in one run.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Solves from nothing and after an edit of one cell, floating and with the proof, against glpsol,
 * clp and HiGHS (python3-scipy) from nothing; how all of it grows; from a key to a painted frame;
 * and whether the aims are reached. Run it where the source is.
 *
 *   bench_speed                        everything: some minutes
 *   bench_speed quick                  small sizes, peers with 10 s: a minute or two
 *   bench_speed write FILE             everything, put into FILE between the lines
 *                                      <!-- bench: begin --> and <!-- bench: end -->
 *   bench_speed KIND RULES SIZE        one line of it
 *   bench_speed KIND RULES SIZE floating|exact   where the time of one kind goes (tables.h)
 *
 * BENCH_SIZES="5 10" takes those sizes alone; BENCH_LIMIT=60 is a peer's limit in seconds.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bench/bench_aims.h"

#define TURNS 3

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
    own_answer answer = {0};
    sb_solution solution;
    sb_solution_init(&solution);
    for (unsigned turn = 0; turn < TURNS; turn++) {
        double whole = solve_once(environment, solver, exact, &solution, &answer);
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

/* ---- everything ---- */

typedef struct bench_row {
    const char *name, *kind, *rules;
    size_t sizes[6];
    size_t peers_up_to;
} bench_row;

static const bench_row bench_rows[] = {
    {"full rank", "full", "interim", {5, 10, 20, 30, 50, 100}, 50},
    {"Gaussian", "gaussian", "interim", {5, 10, 20, 30, 50, 100}, 50},
    {"mixtures", "mixtures", "interim", {5, 10, 20, 30, 50}, 50},
    {"rank 3", "rank", "interim", {5, 10, 20, 30, 50}, 50},
    {"two agents", "two", "interim", {5, 10, 20, 30, 50}, 30},
    {"three agents", "three", "interim", {3, 5, 10}, 5},
    {"full rank", "full", "ex-post", {5, 10, 20, 30, 50}, 30},
    {"full rank", "full", "ex-post-ir", {5, 10, 20, 30}, 30},
    {"two agents", "two", "ex-post", {5, 10, 15, 20}, 15},
    {"three agents", "three", "ex-post", {3, 5}, 5},
    {"robust", "robust", "compact", {5, 10}, 10},
};

static bench_instance measure(const bench_row *row, size_t size, double limit)
{
    bench_instance measured = {
        .name = row->name, .kind = row->kind, .rules = row->rules, .size = size};
    measured.floating = measure_own(&measured, false);
    measured.exact = measure_own(&measured, true);
    peer_answer not_asked = {PEER_NOT_ASKED, NAN, NAN, -1, 0};
    measured.glpsol = measured.clp = measured.highs = not_asked;
    if (size <= row->peers_up_to) {
        measure_peers(&measured, limit);
    }
    return measured;
}

/* Whether a list as of BENCH_SIZES has the size. */
static bool listed(const char *list, size_t size)
{
    char *end = NULL;
    for (const char *at = list; at != NULL; at = end) {
        size_t number = strtoul(at, &end, 10);
        if (end == at) {
            return false;
        }
        if (number == size) {
            return true;
        }
    }
    return true;
}

/* The line of a solver that says which it is. */
static void say_version(bench_report *report, const char *command)
{
    char line[256];
    FILE *pipe = popen(command, "r"); /* NOLINT(cert-env33-c): the programs measured */
    if (pipe != NULL && fgets(line, sizeof line, pipe) != NULL) {
        say(report, "%.*s; ", (int)strcspn(line, ",\n"), line);
    }
    if (pipe != NULL) {
        pclose(pipe);
    }
}

static void say_setting(bench_report *report, double limit)
{
    double load = 0;
    (void)getloadavg(&load, 1);
    say(report, "Processor seconds, medians; sidebet with the proof and the check unless it says "
                "floating, the others solving alone, without a proof. ");
    say_version(report, "glpsol --version 2>/dev/null");
    say_version(report, "echo | clp -quit 2>/dev/null");
    say_version(report, HIGHS_PYTHON " " HIGHS_SCRIPT " 2>/dev/null");
    say(report, "a peer's limit %.0f s; %ld processors, load %.1f at the beginning.\n\n", limit,
        sysconf(_SC_NPROCESSORS_ONLN), load);
    say(report, "A peer's cell: seconds, how many times sidebet's from nothing, iterations; ≠: "
                "another optimum (by more than 10⁻⁶). *Live*: after an edit of one cell. *Rows*: "
                "those made of those there are.\n\n");
}

static void measure_all(measurements *measured, bench_report *report, const char *sizes)
{
    say_heading(report);
    for (size_t k = 0; k < sizeof bench_rows / sizeof *bench_rows; k++) {
        for (size_t s = 0; s < 6 && bench_rows[k].sizes[s] > 0; s++) {
            if (listed(sizes, bench_rows[k].sizes[s]) && measured->count < MOST_INSTANCES) {
                bench_instance *next = measured->instances + measured->count++;
                *next = measure(&bench_rows[k], bench_rows[k].sizes[s], measured->limit);
                say_instance(report, next, measured->limit);
            }
        }
    }
    static const size_t frame_sizes[] = {5, 10, 20, 30};
    for (size_t k = 0; k < sizeof frame_sizes / sizeof *frame_sizes; k++) {
        if (listed(sizes, frame_sizes[k])) {
            measured_frames *next = measured->frames + measured->frame_count++;
            next->size = frame_sizes[k];
            measure_frames(next->size, &next->cold, &next->warm);
        }
    }
}

static void bench(bench_report *report, const char *sizes, double limit)
{
    measurements *measured = calloc(1, sizeof *measured);
    if (measured == NULL) {
        exit(3);
    }
    measured->limit = limit;
    say_setting(report, limit);
    measure_all(measured, report, sizes);
    say_frames(report, measured);
    say_growth(report, measured);
    say_aims(report, measured);
    free(measured);
}

/* ---- into a file ---- */

static const char begin_line[] = "<!-- bench: begin -->\n", end_line[] = "<!-- bench: end -->";

static char *whole_file(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return NULL;
    }
    char *text = NULL;
    long length = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (length >= 0 && fseek(file, 0, SEEK_SET) == 0) {
        text = calloc((size_t)length + 1, 1);
    }
    if (text != NULL && fread(text, 1, (size_t)length, file) != (size_t)length) {
        free(text);
        text = NULL;
    }
    (void)fclose(file);
    return text;
}

static bool write_between(const char *path, const char *report)
{
    char *text = whole_file(path), *begin = text == NULL ? NULL : strstr(text, begin_line);
    char *end = begin == NULL ? NULL : strstr(begin, end_line);
    FILE *file = end == NULL ? NULL : fopen(path, "w");
    bool written = file != NULL;
    if (written) {
        begin += sizeof begin_line - 1;
        written = fprintf(file, "%.*s%s%s", (int)(begin - text), text, report, end) > 0;
        written = fclose(file) == 0 && written;
    }
    free(text);
    return written;
}

static int run_bench(bool quick, const char *path)
{
    const char *sizes = getenv("BENCH_SIZES"), *limit = getenv("BENCH_LIMIT");
    if (access(HIGHS_SCRIPT, R_OK) != 0) {
        fprintf(stderr, "bench_speed: no " HIGHS_SCRIPT " here: run it where the source is\n");
        return 2;
    }
    bench_report report = {0};
    report.kept = open_memstream(&report.text, &report.length);
    if (report.kept == NULL) {
        return 3;
    }
    bench(&report,
          sizes != NULL ? sizes
          : quick       ? "3 5 10 15 20 30"
                        : NULL,
          limit != NULL ? strtod(limit, NULL)
          : quick       ? 10
                        : 60);
    (void)fclose(report.kept);
    bool written = path == NULL || write_between(path, report.text);
    free(report.text);
    if (!written) {
        fprintf(stderr, "bench_speed: nothing written: %s must have the lines %s and %s\n", path,
                "<!-- bench: begin -->", end_line);
        return 3;
    }
    return 0;
}

static void bench_line(const char *kind, const char *rules, size_t size)
{
    bench_row row = {kind, kind, rules, {size}, size};
    bench_report report = {0};
    report.kept = open_memstream(&report.text, &report.length);
    if (report.kept == NULL) {
        exit(3);
    }
    bench_instance measured = measure(&row, size, 60);
    say_heading(&report);
    say_instance(&report, &measured, 60);
    (void)fclose(report.kept);
    free(report.text);
}

int main(int count, char **arguments)
{
    int status = 0;
    if (count == 5) {
        explain(arguments[1], arguments[2], strtoul(arguments[3], NULL, 10),
                strcmp(arguments[4], "exact") == 0);
    } else if (count == 4) {
        bench_line(arguments[1], arguments[2], strtoul(arguments[3], NULL, 10));
    } else {
        bool quick = count > 1 && strcmp(arguments[1], "quick") == 0;
        bool writes = count == 3 && strcmp(arguments[1], "write") == 0;
        status = run_bench(quick, writes ? arguments[2] : NULL);
    }
    flint_cleanup();
    return status;
}
