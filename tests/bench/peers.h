/* Other solvers on a program as it is exported, in double precision and without a proof.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Processor time; for glpsol and clp that of reading the file is measured alone and taken off
 * (HiGHS counts its own: scipy's linprog, without reading). The limit is of processor time too, so
 * that other work on the machine makes nobody late.
 */
#ifndef SB_TESTS_PEERS_H
#define SB_TESTS_PEERS_H

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sidebet/linear_program.h"

#define HIGHS_PYTHON "/usr/bin/python3"
#define HIGHS_SCRIPT "tests/bench/highs.py"

typedef enum peer_state {
    PEER_ABSENT,    /* not installed */
    PEER_NOT_ASKED, /* above the size at which peers are asked */
    PEER_LATE,      /* no answer within the limit */
    PEER_FAILED,    /* an end without an optimum */
    PEER_ANSWERED
} peer_state;

typedef struct peer_answer {
    peer_state state;
    double seconds, objective;
    long iterations, megabytes;
} peer_answer;

/* ---- the program ---- */

static inline void write_terms(FILE *file, size_t count, const size_t *columns, const fmpq *terms)
{
    for (size_t k = 0; k < count; k++) {
        fprintf(file, " %+.17g x%zu", sb_rational_to_double(terms + k), columns[k]);
    }
}

static inline void write_row(FILE *file, size_t row, sb_lp_row_view view)
{
    bool equal = view.lower != NULL && view.upper != NULL;
    fprintf(file, "r%zu:", row);
    write_terms(file, view.count, view.columns, view.coefficients);
    fprintf(file, " %s %.17g\n",
            equal                ? "="
            : view.lower != NULL ? ">="
                                 : "<=",
            sb_rational_to_double(view.lower != NULL ? view.lower : view.upper));
}

/* CPLEX's format, one line a row, as highs.py reads it too. Rows have one side, or are equations;
 * columns are free, or at least 0. */
static inline void write_for_peers(const sb_lp *program, FILE *file)
{
    size_t columns = sb_lp_column_count(program);
    fprintf(file, "Maximize\nobj:");
    for (size_t column = 0; column < columns; column++) {
        write_terms(file, 1, &column, sb_lp_column(program, column).cost);
    }
    fprintf(file, "\nSubject To\n");
    for (size_t row = 0; row < sb_lp_row_count(program); row++) {
        write_row(file, row, sb_lp_row(program, row));
    }
    fprintf(file, "Bounds\n");
    for (size_t column = 0; column < columns; column++) {
        sb_lp_column_view view = sb_lp_column(program, column);
        if (view.lower == NULL) {
            fprintf(file, "x%zu free\n", column);
        } else if (view.upper != NULL) {
            fprintf(file, "x%zu <= %.17g\n", column, sb_rational_to_double(view.upper));
        }
    }
    fprintf(file, "End\n");
}

/* ---- running ---- */

typedef struct peer_run {
    int status; /* as of wait */
    double seconds;
    long megabytes;
} peer_run;

static inline double usage_seconds(const struct rusage *usage)
{
    return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
           1e-6 * (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec);
}

/* Run a command; every line that it prints goes to `read`, with the answer. */
static inline peer_run run_command(const char *const *command, double limit,
                                   void (*read)(const char *line, peer_answer *answer),
                                   peer_answer *answer)
{
    peer_run run = {-1, NAN, 0};
    int ends[2];
    if (pipe(ends) != 0) {
        return run;
    }
    pid_t child = fork();
    if (child == 0) {
        struct rlimit seconds = {(rlim_t)ceil(limit), (rlim_t)ceil(limit) + 1};
        setrlimit(RLIMIT_CPU, &seconds);
        int nothing = open("/dev/null", O_WRONLY);
        dup2(ends[1], STDOUT_FILENO);
        dup2(nothing, STDERR_FILENO);
        close(ends[0]);
        execvp(command[0], (char *const *)command);
        _exit(127);
    }
    close(ends[1]);
    FILE *lines = fdopen(ends[0], "r");
    char line[512];
    while (lines != NULL && fgets(line, sizeof line, lines) != NULL) {
        if (read != NULL) {
            read(line, answer);
        }
    }
    if (lines != NULL) {
        (void)fclose(lines);
    }
    struct rusage usage;
    if (child > 0 && wait4(child, &run.status, 0, &usage) == child) {
        run.seconds = usage_seconds(&usage);
        run.megabytes = usage.ru_maxrss / 1024;
    }
    return run;
}

static inline bool run_found_nothing(peer_run run)
{
    return run.status == -1 || (WIFEXITED(run.status) && WEXITSTATUS(run.status) == 127);
}

static inline void settle_answer(peer_answer *answer, peer_run run, double limit)
{
    answer->megabytes = run.megabytes;
    if (answer->state == PEER_ABSENT) {
        return;
    }
    if (run_found_nothing(run)) {
        answer->state = PEER_ABSENT;
    } else if (WIFSIGNALED(run.status) || answer->seconds > limit) {
        answer->state = PEER_LATE;
    } else if (WEXITSTATUS(run.status) == 0 && !isnan(answer->objective)) {
        answer->state = PEER_ANSWERED;
    }
}

static inline peer_answer ask_peer(const char *const *solving, const char *const *reading,
                                   void (*read)(const char *line, peer_answer *answer),
                                   double limit)
{
    peer_answer answer = {PEER_FAILED, NAN, NAN, -1, 0};
    peer_run alone = run_command(reading, limit, NULL, NULL);
    if (run_found_nothing(alone)) {
        answer.state = PEER_ABSENT;
        return answer;
    }
    peer_run whole = run_command(solving, limit + alone.seconds, read, &answer);
    answer.seconds = fmax(whole.seconds - alone.seconds, 0);
    settle_answer(&answer, whole, limit);
    return answer;
}

/* ---- who ---- */

/* The last line of its simplex method has the optimum: "*   165: obj =   2.609e+00 inf = ..." */
static inline void read_glpsol(const char *line, peer_answer *answer)
{
    double objective = NAN;
    long iterations = 0;
    if ((line[0] == '*' || line[0] == '#') &&
        sscanf(line + 1, "%ld: obj = %lf", &iterations, &objective) == 2) {
        answer->objective = objective;
        answer->iterations = iterations;
    }
    if (strstr(line, "UNBOUNDED") != NULL || strstr(line, "HAS NO") != NULL) {
        answer->objective = NAN;
    }
}

static inline peer_answer ask_glpsol(const char *path, double limit)
{
    const char *solving[] = {"glpsol", "--lp", path, NULL};
    const char *reading[] = {"glpsol", "--lp", path, "--check", NULL};
    return ask_peer(solving, reading, read_glpsol, limit);
}

static inline void read_clp(const char *line, peer_answer *answer)
{
    double objective = NAN;
    long iterations = 0;
    if (sscanf(line, "Optimal objective %lf - %ld iterations", &objective, &iterations) == 2) {
        answer->objective = objective;
        answer->iterations = iterations;
    }
}

static inline peer_answer ask_clp(const char *path, double limit)
{
    const char *solving[] = {"clp", path, "-solve", NULL};
    const char *reading[] = {"clp", path, "-quit", NULL};
    return ask_peer(solving, reading, read_clp, limit);
}

static inline void read_highs(const char *line, peer_answer *answer)
{
    if (strncmp(line, "absent", 6) == 0) {
        answer->state = PEER_ABSENT;
    } else {
        (void)sscanf(line, "%lf %lf %ld", &answer->seconds, &answer->objective,
                     &answer->iterations);
    }
}

static inline peer_answer ask_highs(const char *path, double limit)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%.0f", limit);
    const char *solving[] = {HIGHS_PYTHON, HIGHS_SCRIPT, path, text, NULL};
    peer_answer answer = {PEER_FAILED, NAN, NAN, -1, 0};
    /* Half a minute more for Python, numpy and reading; highs.py limits solving by itself. */
    peer_run run = run_command(solving, limit + 30, read_highs, &answer);
    settle_answer(&answer, run, limit);
    return answer;
}

#endif
