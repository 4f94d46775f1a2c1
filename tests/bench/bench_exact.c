/* How long a proof takes: from the optimal basis, in three ways, and from nothing.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of exact_tables.h. First the systems of the optimal basis (basis_system.h), then the
 * whole way to a proved optimum by sidebet, by QSopt_ex and by glpsol --exact on the exported
 * program, with what they answer. Programs that are not installed are said to be so; nothing is
 * asserted.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/basis_system.h"
#include "bench/exact_tables.h"
#include "clock.h"
#include "mechanism/design_program.h"

#define MOST_DENSE_ROWS      700
#define MOST_ELIMINATED_ROWS 80
#define SECONDS_EACH         4

static void give_up(const char *why)
{
    fprintf(stderr, "bench_exact: %s\n", why);
    exit(3);
}

/* ---- one basis, three ways ---- */

static void print_time(double seconds, bool skipped)
{
    if (skipped) {
        printf(" %12s", "-");
    } else if (seconds < 0) {
        printf(" %12s", "DIFFERENT");
    } else {
        printf(" %9.2f ms", 1e3 * seconds);
    }
    fflush(stdout);
}

static void compare_basis(const exact_table *t, bool interim)
{
    char name[64];
    exact_table_name(t, name, sizeof name);
    sb_environment *environment = exact_table_make(t);
    sb_lp_solver *solver = sb_lp_solver_new();
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_design *design = NULL;
    const sb_lp_options options = {.exact = true, .time_limit = SECONDS_EACH};
    sb_status status =
        interim ? sb_design_new_to_solve(environment, &environment->rules, 0, true, &design, NULL)
                : sb_design_new(environment, &design, NULL);
    if (status != SB_OK ||
        sb_lp_solve(sb_design_program(design), solver, &options, &result, NULL) != SB_OK) {
        give_up("not solved");
    }
    size_t rows = sb_lp_row_count(sb_design_program(design));
    printf("%-26s %-9s %5zu", name, interim ? "interim" : "payments", rows);
    if (result.proof != SB_PROOF_EXACT) {
        printf(" no optimal basis within %d s\n", SECONDS_EACH);
    } else {
        basis_system system = {0};
        system_init(&system, sb_design_program(design), solver);
        print_time(lift(&system), false);
        bool too_large = rows > MOST_DENSE_ROWS;
        print_time(too_large ? 0 : solve_dense(&system, false), too_large);
        too_large = rows > MOST_ELIMINATED_ROWS;
        print_time(too_large ? 0 : solve_dense(&system, true), too_large);
        printf("\n");
        system_clear(&system);
    }
    sb_design_free(design);
    sb_lp_result_clear(&result);
    sb_lp_solver_free(solver);
    sb_environment_free(environment);
}

/* ---- whole solves ---- */

typedef struct rival {
    const char *program, *command, *answer; /* the line that holds the objective starts so */
} rival;
/* %s: the folder of the exported program. */
static const rival rivals[] = {
    {"esolver", "cd %s && timeout %d esolver -L -O answer program.lp >log 2>&1", "\tValue ="},
    {"glpsol", "cd %s && timeout %d glpsol --lp program.lp --exact -o answer >log 2>&1",
     "Objective:  objective ="},
};
#define RIVALS (sizeof rivals / sizeof *rivals)

static bool installed(const char *program)
{
    char command[64];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", program);
    return system(command) == 0;
}

/* The number after the line's beginning; false where there is none. */
static bool read_answer(const char *folder, const char *beginning, fmpq_t value)
{
    char path[256], line[512];
    snprintf(path, sizeof path, "%s/answer", folder);
    FILE *file = fopen(path, "r");
    bool found = false;
    while (file && !found && fgets(line, sizeof line, file)) {
        if (strncmp(line, beginning, strlen(beginning)) == 0) {
            const char *text = line + strlen(beginning);
            text += strspn(text, " ");
            found = sb_rational_parse(value, text, strcspn(text, " \n"), NULL) == SB_OK;
        }
    }
    if (file) {
        fclose(file);
    }
    remove(path);
    return found;
}

/* By what the exported objective is multiplied: a comment of the file says so. */
static void read_scale(const char *text, fmpq_t scale)
{
    static const char words[] = "\\ the objective is multiplied by ";
    fmpq_one(scale);
    const char *place = strstr(text, words);
    if (place) {
        place += strlen(words);
        sb_rational_parse(scale, place, strcspn(place, "\n"), NULL);
    }
}

static void run_rival(const rival *other, const char *folder, const fmpq_t objective,
                      const fmpq_t scale)
{
    char command[512];
    if (!installed(other->program)) {
        printf(" %22s", "not installed");
        return;
    }
    snprintf(command, sizeof command, other->command, folder, SECONDS_EACH);
    double start = wall_seconds();
    int status = system(command);
    double elapsed = wall_seconds() - start;
    fmpq_t value;
    fmpq_init(value);
    if (!read_answer(folder, other->answer, value)) {
        printf(" %22s", elapsed >= SECONDS_EACH ? "no answer in 4 s"
                        : status != 0           ? "failed"
                                                : "no answer");
    } else {
        fmpq_div(value, value, scale);
        double right = sb_rational_to_double(objective), is = sb_rational_to_double(value);
        bool agrees = fabs(is - right) <= 1e-7 * (1 + fabs(right));
        printf(" %9.2f ms %9s", 1e3 * elapsed, agrees ? "right" : "WRONG");
    }
    fmpq_clear(value);
    fflush(stdout);
}

static void compare_solves(const exact_table *t, const char *folder)
{
    char name[64], path[256], *text = NULL;
    exact_table_name(t, name, sizeof name);
    sb_environment *environment = exact_table_make(t);
    sb_solution solution;
    sb_solution_init(&solution);
    double best = 0;
    for (int turn = 0; once_more(turn, best); turn++) {
        double start = wall_seconds();
        if (sb_design_solve(environment, NULL, NULL, &solution, NULL) != SB_OK) {
            give_up("not solved");
        }
        best = smaller(turn, best, wall_seconds() - start);
    }
    printf("%-26s %9.2f ms %s", name, 1e3 * best, sb_proof_name(solution.proof));
    sb_design *design = NULL;
    if (sb_design_new(environment, &design, NULL) != SB_OK ||
        sb_lp_format_cplex(sb_design_program(design), &text, NULL) != SB_OK) {
        give_up("not exported");
    }
    snprintf(path, sizeof path, "%s/program.lp", folder);
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
        give_up("cannot write the exported program");
    }
    fmpq_t scale;
    fmpq_init(scale);
    read_scale(text, scale);
    for (size_t k = 0; k < RIVALS; k++) {
        run_rival(&rivals[k], folder, &solution.objective, scale);
    }
    printf("\n");
    fmpq_clear(scale);
    free(text);
    sb_design_free(design);
    sb_solution_clear(&solution);
    sb_environment_free(environment);
}

static const exact_table tables[] = {
    {TWO_BY_TWO, 2, 2, "1e-3"},  {TWO_BY_TWO, 2, 2, "1e-6"},  {TWO_BY_TWO, 2, 2, "1e-9"},
    {TWO_BY_TWO, 2, 2, "1e-12"}, {TWO_BY_TWO, 2, 2, "1e-15"}, {RANDOM, 2, 5, NULL},
    {RANDOM, 2, 5, "1e-6"},      {RANDOM, 2, 5, "1e-12"},     {NORMAL, 2, 5, NULL},
    {RANDOM, 2, 10, NULL},       {RANDOM, 2, 10, "1e-6"},     {RANDOM, 2, 10, "1e-12"},
    {NORMAL, 1, 10, NULL},       {NORMAL, 2, 10, NULL},       {NORMAL, 2, 15, NULL},
    {RANDOM, 2, 20, NULL},
};

int main(void)
{
    size_t count = sizeof tables / sizeof *tables;
    printf("both systems of the optimal basis, exactly (dense: up to %d rows, elimination: %d)\n",
           MOST_DENSE_ROWS, MOST_ELIMINATED_ROWS);
    printf("%-26s %-9s %5s %12s %12s %12s\n", "table", "program", "rows", "lifting", "dense Dixon",
           "elimination");
    for (size_t k = 0; k < count; k++) {
        compare_basis(&tables[k], false);
        if (tables[k].size > 4) {
            compare_basis(&tables[k], true);
        }
    }
    char folder[] = "/tmp/bench_exact.XXXXXX";
    if (!mkdtemp(folder)) {
        give_up("no folder for exported programs");
    }
    printf("\nfrom the prior to the proved optimum (at most %d s each)\n", SECONDS_EACH);
    printf("%-26s %18s %22s %22s\n", "table", "sidebet", "QSopt_ex", "glpsol --exact");
    for (size_t k = 0; k < count; k++) {
        compare_solves(&tables[k], folder);
    }
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command) == 0 ? 0 : 3;
}
