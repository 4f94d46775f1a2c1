/* Other solvers on the program in payments, as it is exported, in double precision.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Processor time; for glpsol and clp that of reading the file is measured alone and taken off.
 */
#ifndef SB_TESTS_PEERS_H
#define SB_TESTS_PEERS_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "sidebet/design.h"

typedef struct peer_answer {
    double seconds, objective; /* NAN: not there, or no answer in time */
} peer_answer;

static inline void write_terms(FILE *file, size_t count, const size_t *columns, const fmpq *terms)
{
    for (size_t k = 0; k < count; k++) {
        fprintf(file, " %+.17g x%zu", sb_rational_to_double(terms + k),
                columns == NULL ? k : columns[k]);
    }
}

/* One line a row, as highs.py reads it too. */
static inline void write_for_peers(const sb_lp *program, FILE *file)
{
    size_t columns = sb_lp_column_count(program);
    fprintf(file, "Maximize\nobj:");
    for (size_t column = 0; column < columns; column++) {
        write_terms(file, 1, &column, sb_lp_column(program, column).cost);
    }
    fprintf(file, "\nSubject To\n");
    for (size_t row = 0; row < sb_lp_row_count(program); row++) {
        sb_lp_row_view view = sb_lp_row(program, row);
        fprintf(file, "r%zu:", row);
        write_terms(file, view.count, view.columns, view.coefficients);
        fprintf(file, " %s %.17g\n",
                view.upper != NULL ? "=" : ">=", sb_rational_to_double(view.lower));
    }
    fprintf(file, "Bounds\n");
    for (size_t column = 0; column < columns; column++) {
        if (sb_lp_column(program, column).lower == NULL) {
            fprintf(file, "x%zu free\n", column);
        }
    }
    fprintf(file, "End\n");
}

static inline double children_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return (double)usage.ru_utime.tv_sec + 1e-6 * (double)usage.ru_utime.tv_usec;
}

/* The numbers that a command prints on its first line: how many were read. */
static inline int run_peer(const char *command, const char *path, double *seconds, double *first,
                           double *second)
{
    char line[1024];
    (void)snprintf(line, sizeof line, command, path);
    double began = children_seconds();
    FILE *pipe = popen(line, "r"); /* NOLINT(cert-env33-c): the programs measured */
    int read = 0;
    if (pipe != NULL) {
        if (fgets(line, sizeof line, pipe) != NULL) {
            read = sscanf(line, "%lf %lf", first, second);
        }
        pclose(pipe);
    }
    *seconds = children_seconds() - began;
    return read;
}

static inline peer_answer ask_peer(const char *solving, const char *reading, const char *path)
{
    double alone = 0, whole = 0, objective = NAN, none = 0;
    run_peer(reading, path, &alone, &none, &none);
    if (run_peer(solving, path, &whole, &objective, &none) < 1) {
        return (peer_answer){NAN, NAN};
    }
    return (peer_answer){whole - alone, fabs(objective)};
}

static inline peer_answer ask_glpsol(const char *path)
{
    return ask_peer("timeout 60 glpsol --lp %s -o /dev/stdout 2>/dev/null | sed -n 's/^Objective:.*"
                    " = \\([-0-9.e+]*\\).*/\\1/p'",
                    "timeout 60 glpsol --lp %s --check >/dev/null 2>&1", path);
}

static inline peer_answer ask_clp(const char *path)
{
    return ask_peer("timeout 60 clp %s -solve 2>/dev/null | sed -n 's/^Optimal objective "
                    "\\([-0-9.e+]*\\).*/\\1/p'",
                    "timeout 60 clp %s -quit >/dev/null 2>&1", path);
}

static inline peer_answer ask_highs(const char *path)
{
    double seconds = 0;
    peer_answer answer = {NAN, NAN};
    if (run_peer("timeout 120 /usr/bin/python3 tests/bench/highs.py %s 60 2>/dev/null", path,
                 &seconds, &answer.seconds, &answer.objective) < 2) {
        return (peer_answer){NAN, NAN};
    }
    return answer;
}

#endif
