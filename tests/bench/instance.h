/* One table under one set of rules: what sidebet and the others make of it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each answer of sidebet comes from a process of its own, whose peak memory it is. Times are the
 * medians of a few solves, in processor time: building, solving, the proof where one is asked for,
 * and the check of the mechanism.
 */
#ifndef SB_TESTS_INSTANCE_H
#define SB_TESTS_INSTANCE_H

#include "analysis/robust_solve.h"
#include "bench/peers.h"
#include "bench/robust_tables.h"
#include "clock.h"
#include "sidebet/design.h"

#define EDITS 7
/* No more repetitions of what took so long together. */
#define ENOUGH_SECONDS 1.0

typedef struct own_answer {
    bool answered;
    double cold, live; /* seconds; live: after an edit of one cell; NAN where there is none */
    double objective;  /* of the table before any edit */
    size_t rows, whole_rows, pivots, live_pivots;
    char proof[16], live_proof[16], method[16];
    bool live_agrees; /* the last edit's optimum is that of a cold solve of the same table */
    long megabytes;
    char reason[800]; /* not answered */
} own_answer;

typedef struct bench_instance {
    const char *name, *kind, *rules; /* kind and rules as in tables.h; or "robust", "compact" */
    size_t size;
    own_answer floating, exact;
    peer_answer glpsol, clp, highs;
} bench_instance;

static inline int compare_doubles(const void *left, const void *right)
{
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static inline double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_doubles);
    return count == 0 ? NAN : values[count / 2];
}

static inline bool close_to(double left, double right)
{
    return fabs(left - right) <= 1e-6 * fmax(1, fabs(right));
}

static inline sb_environment *instance_table(const bench_instance *instance)
{
    sb_environment *environment = table_of_kind(instance->kind, instance->size);
    table_rules(environment, instance->rules);
    return environment;
}

static inline bool instance_is_robust(const bench_instance *instance)
{
    return strcmp(instance->kind, "robust") == 0;
}

/* ---- sidebet ---- */

/* Seconds, or NAN with a reason. */
static inline double solve_once(const sb_environment *environment, sb_design_solver *solver,
                                bool exact, sb_solution *solution, own_answer *answer)
{
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.exact = exact;
    options.time_limit = 120;
    sb_error error = {0};
    double began = processor_seconds();
    sb_status status = sb_design_solve(environment, solver, &options, solution, &error);
    double seconds = processor_seconds() - began;
    if (status == SB_OK && solution->status == SB_LP_OPTIMAL) {
        return seconds;
    }
    (void)snprintf(answer->reason, sizeof answer->reason, "%s",
                   status == SB_OK ? solution->reason : error.message);
    return NAN;
}

static inline void measure_cold(const bench_instance *instance, bool exact, own_answer *answer)
{
    sb_environment *environment = instance_table(instance);
    double seconds[EDITS], total = 0;
    size_t count = 0;
    while (count < EDITS && total < ENOUGH_SECONDS && !isnan(total)) {
        sb_solution solution;
        sb_solution_init(&solution);
        total += seconds[count++] = solve_once(environment, NULL, exact, &solution, answer);
        answer->answered = !isnan(total);
        if (count == 1 && answer->answered) {
            answer->objective = sb_rational_to_double(&solution.objective);
            answer->rows = solution.rows;
            answer->pivots = solution.floating_iterations + solution.exact_pivots;
            (void)snprintf(answer->proof, sizeof answer->proof, "%s",
                           sb_solution_proof_words(&solution));
            (void)snprintf(answer->method, sizeof answer->method, "%s",
                           sb_method_name(solution.method));
        }
        sb_solution_clear(&solution);
    }
    answer->cold = median(seconds, count);
    answer->whole_rows = (size_t)sb_design_size_of(environment, NULL).rows;
    sb_environment_free(environment);
}

static inline void measure_live(const bench_instance *instance, bool exact, own_answer *answer)
{
    sb_environment *environment = instance_table(instance);
    sb_design_solver *solver = sb_design_solver_new();
    sb_solution solution, again;
    sb_solution_init(&solution);
    sb_solution_init(&again);
    double seconds[EDITS], total = 0;
    (void)solve_once(environment, solver, exact, &solution, answer);
    unsigned turn = 0;
    while (turn < EDITS && total < 2 * ENOUGH_SECONDS && !isnan(total)) {
        table_edit(environment, turn);
        total += seconds[turn++] = solve_once(environment, solver, exact, &solution, answer);
    }
    answer->live = isnan(total) ? NAN : median(seconds, turn);
    answer->live_pivots = solution.floating_iterations + solution.exact_pivots;
    (void)snprintf(answer->live_proof, sizeof answer->live_proof, "%s",
                   sb_solution_proof_words(&solution));
    if (!isnan(total) && !isnan(solve_once(environment, NULL, exact, &again, answer))) {
        bool both_exact = solution.proof == SB_PROOF_EXACT && again.proof == SB_PROOF_EXACT;
        answer->live_agrees = both_exact ? fmpq_equal(&solution.objective, &again.objective) != 0
                                         : close_to(sb_rational_to_double(&solution.objective),
                                                    sb_rational_to_double(&again.objective));
    }
    sb_solution_clear(&solution);
    sb_solution_clear(&again);
    sb_design_solver_free(solver);
    sb_environment_free(environment);
}

/* A robust design has no solver that is kept: every answer is one from nothing. */
static inline void measure_robust(const bench_instance *instance, bool exact, own_answer *answer)
{
    sb_environment *environment = robust_table(instance->size, true);
    sb_consistent_set set;
    robust_box(&set, environment, true);
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    options.method = SB_ROBUST_COMPACT;
    options.lp.exact = exact;
    options.lp.time_limit = 120;
    sb_robust_solution solution;
    sb_robust_solution_init(&solution);
    sb_error error = {0};
    double began = processor_seconds();
    sb_status status = sb_robust_solve(environment, &set, &options, &solution, &error);
    answer->cold = processor_seconds() - began;
    answer->answered = status == SB_OK && solution.status == SB_LP_OPTIMAL;
    (void)snprintf(answer->reason, sizeof answer->reason, "%s",
                   status == SB_OK ? solution.reason : error.message);
    answer->objective = sb_rational_to_double(&solution.objective);
    answer->rows = answer->whole_rows = solution.rows;
    answer->pivots = solution.iterations + solution.exact_pivots;
    (void)snprintf(answer->proof, sizeof answer->proof, "%s", sb_proof_name(solution.proof));
    (void)snprintf(answer->method, sizeof answer->method, "program");
    sb_robust_solution_clear(&solution);
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
}

/* In a process of its own. */
static inline own_answer measure_own(const bench_instance *instance, bool exact)
{
    own_answer answer = {.cold = NAN, .live = NAN, .objective = NAN};
    int ends[2];
    if (pipe(ends) != 0) {
        return answer;
    }
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (instance_is_robust(instance)) {
            measure_robust(instance, exact, &answer);
        } else {
            measure_cold(instance, exact, &answer);
            measure_live(instance, exact, &answer);
        }
        _exit(write(ends[1], &answer, sizeof answer) == (ssize_t)sizeof answer ? 0 : 1);
    }
    close(ends[1]);
    struct rusage usage = {0};
    int status = 0;
    if (child < 0 || read(ends[0], &answer, sizeof answer) != (ssize_t)sizeof answer) {
        (void)snprintf(answer.reason, sizeof answer.reason, "it ended early");
    }
    close(ends[0]);
    wait4(child, &status, 0, &usage);
    answer.megabytes = usage.ru_maxrss / 1024;
    return answer;
}

/* ---- the others ---- */

/* The constant that the program leaves out of the objective. */
static inline double write_robust(const bench_instance *instance, FILE *file)
{
    sb_environment *environment = robust_table(instance->size, true);
    sb_consistent_set set;
    robust_box(&set, environment, true);
    sb_robust_program program;
    double constant = NAN;
    if (sb_robust_program_init(&program, environment, &set, SB_ROBUST_OPTIONS_DEFAULT.objective,
                               NULL) == SB_OK) {
        if (sb_robust_program_add_compact(&program, NULL) == SB_OK) {
            write_for_peers(program.lp, file);
            constant = sb_rational_to_double(&program.constant);
        }
        sb_robust_program_clear(&program);
    }
    sb_consistent_set_clear(&set);
    sb_environment_free(environment);
    return constant;
}

static inline double write_instance(const bench_instance *instance, FILE *file)
{
    if (instance_is_robust(instance)) {
        return write_robust(instance, file);
    }
    sb_environment *environment = instance_table(instance);
    sb_design *design = NULL;
    double constant = NAN;
    if (sb_design_new(environment, &design, NULL) == SB_OK) {
        write_for_peers(sb_design_program(design), file);
        constant = 0;
    }
    sb_design_free(design);
    sb_environment_free(environment);
    return constant;
}

/* In a process of its own, so that the program's memory is not that of the next instance. */
static inline double write_apart(const bench_instance *instance, FILE *file)
{
    int ends[2];
    double constant = NAN;
    if (pipe(ends) != 0) {
        return NAN;
    }
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        constant = write_instance(instance, file);
        bool written = fflush(file) == 0 &&
                       write(ends[1], &constant, sizeof constant) == (ssize_t)sizeof constant;
        _exit(written ? 0 : 1);
    }
    close(ends[1]);
    if (child < 0 || read(ends[0], &constant, sizeof constant) != (ssize_t)sizeof constant) {
        constant = NAN;
    }
    close(ends[0]);
    waitpid(child, NULL, 0);
    return constant;
}

static inline void measure_peers(bench_instance *instance, double limit)
{
    char path[] = "/tmp/sidebet-bench-XXXXXX.lp";
    int descriptor = mkstemps(path, 3);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    double constant = file == NULL ? NAN : write_apart(instance, file);
    if (file == NULL || fclose(file) != 0 || isnan(constant)) {
        fprintf(stderr, "bench_speed: no program, or no place for it in /tmp\n");
        exit(3);
    }
    instance->glpsol = ask_glpsol(path, limit);
    instance->clp = ask_clp(path, limit);
    instance->highs = ask_highs(path, limit);
    instance->glpsol.objective += constant;
    instance->clp.objective += constant;
    instance->highs.objective += constant;
    unlink(path);
}

#endif
