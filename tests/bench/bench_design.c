/* Automated mechanism design in general: linear and integer programs against other solvers.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The exported program of each instance is given to glpsol and clp, where installed (reading it is
 * in their time; ours includes building it). Instances are seeded: values 1..k for each bidder and
 * random weights of four digits.
 *
 *   bench_design
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/tables.h"
#include "clock.h"
#include "sidebet/design.h"

static void give_up(const char *what)
{
    fprintf(stderr, "bench_design: %s\n", what);
    exit(3);
}

/* Weights that sum to 10^7, so that probabilities are decimals and the exported objective needs no
 * common denominator. */
static void round_to_a_power_of_ten(fmpq *weights, size_t count)
{
    fmpq_t sum;
    fmpz_t whole, left;
    fmpq_init(sum);
    fmpz_init(whole);
    fmpz_init_set_ui(left, 10000000);
    sb_rationals_sum(sum, weights, count);
    for (size_t k = 0; k < count; k++) {
        fmpq_mul_si(weights + k, weights + k, 10000000);
        fmpq_div(weights + k, weights + k, sum);
        fmpz_fdiv_q(whole, fmpq_numref(weights + k), fmpq_denref(weights + k));
        fmpz_sub(left, left, whole);
        fmpq_set_fmpz(weights + k, whole);
    }
    fmpq_add_fmpz(weights, weights, left);
    fmpq_clear(sum);
    fmpz_clear(whole);
    fmpz_clear(left);
}

static sb_environment *auction(size_t bidders, size_t types, unsigned seed)
{
    sb_environment *environment = blank_table(bidders, types, false);
    size_t profiles = sb_environment_profile_count(environment);
    property_stream stream = {seed};
    fmpq *weights = sb_rationals_new(profiles);
    for (size_t p = 0; p < profiles; p++) {
        fmpq_set_si(weights + p, property_between(&stream, 1, 9999), 1);
    }
    round_to_a_power_of_ten(weights, profiles);
    sb_environment_set_weights(environment, weights, NULL);
    sb_rationals_free(weights, profiles);
    return environment;
}

/* ---- others ---- */

static void write_program(const sb_environment *environment, const char *path)
{
    sb_design *design = NULL;
    char *text = NULL;
    if (sb_design_new(environment, &design, NULL) != SB_OK) {
        give_up("no program");
    }
    const sb_lp *program = sb_design_program(design);
    size_t columns = sb_lp_column_count(program);
    bool *binary = calloc(columns, sizeof *binary);
    size_t allocations = sb_environment_profile_count(environment) * environment->outcome_count;
    bool integer = environment->rules.choice[SB_RULE_DETERMINISTIC] == SB_DETERMINISTIC;
    for (size_t column = 0; binary != NULL && integer && column < allocations; column++) {
        binary[column] = true;
    }
    if (binary == NULL || sb_integer_format_cplex(program, binary, &text, NULL) != SB_OK) {
        give_up("the program could not be written");
    }
    FILE *file = fopen(path, "w");
    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
        give_up("no temporary file");
    }
    free(text);
    free(binary);
    sb_design_free(design);
}

/* Run a solver; print its seconds and its objective as the command's output gives it. */
static void run_other(const char *command, const char *path)
{
    char line[512];
    (void)snprintf(line, sizeof line, command, path);
    double began = wall_seconds();
    FILE *pipe = popen(line, "r"); /* NOLINT(cert-env33-c): the programs measured */
    double objective = NAN;
    if (pipe == NULL || fgets(line, sizeof line, pipe) == NULL ||
        sscanf(line, "%lf", &objective) != 1) {
        objective = NAN;
    }
    if (pipe != NULL) {
        pclose(pipe);
    }
    if (isnan(objective)) {
        printf("  %21s", "-");
    } else {
        printf("  %8.3f s %11.6g", wall_seconds() - began, fabs(objective));
    }
}

/* ---- sidebet ---- */

static void run_own(const sb_environment *environment, bool exact)
{
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.exact = exact;
    options.time_limit = 60;
    sb_solution solution;
    sb_solution_init(&solution);
    double began = wall_seconds();
    if (sb_design_solve(environment, NULL, &options, &solution, NULL) != SB_OK) {
        give_up("no solution");
    }
    printf("  %8.3f s %8s", wall_seconds() - began, sb_proof_name(solution.proof));
    if (exact) {
        printf(" %11.6g", sb_rational_to_double(&solution.objective));
    }
    sb_solution_clear(&solution);
}

typedef struct instance {
    const char *name;
    size_t bidders, types;
    const char *ir, *objective, *payments, *deterministic;
} instance;

static void measure(const instance *chosen)
{
    sb_environment *environment = auction(chosen->bidders, chosen->types, 17);
    sb_rules_set(&environment->rules, "ir", chosen->ir, NULL);
    sb_rules_set(&environment->rules, "objective", chosen->objective, NULL);
    sb_rules_set(&environment->rules, "payments", chosen->payments, NULL);
    sb_rules_set(&environment->rules, "deterministic", chosen->deterministic, NULL);
    sb_design_size size = sb_design_size_of(environment, NULL);
    printf("%-30s %6.0f x %-5.0f", chosen->name, size.rows, size.columns);
    run_own(environment, false);
    run_own(environment, true);
    char path[] = "/tmp/sidebet-bench-XXXXXX.lp";
    int descriptor = mkstemps(path, 3);
    if (descriptor < 0) {
        give_up("no temporary file");
    }
    close(descriptor);
    write_program(environment, path);
    run_other("timeout 60 glpsol --lp %s -o /dev/stdout 2>/dev/null | sed -n 's/^Objective:.* = "
              "\\([-0-9.e+]*\\).*/\\1/p'",
              path);
    /* clp knows no binary columns: for integer programs it would solve the relaxation. */
    bool integer = strcmp(chosen->deterministic, "true") == 0;
    run_other(integer ? "false %s"
                      : "timeout 60 clp %s -solve 2>/dev/null | sed -n 's/^Optimal objective "
                        "\\([-0-9.e+]*\\).*/\\1/p'",
              path);
    printf("\n");
    fflush(stdout);
    unlink(path);
    sb_environment_free(environment);
}

int main(void)
{
    static const instance instances[] = {
        {"2 agents x 10 types", 2, 10, "ex-interim", "revenue", "free", "false"},
        {"2 x 10, ex-post IR", 2, 10, "ex-post", "revenue", "free", "false"},
        {"2 x 10, balanced", 2, 10, "ex-interim", "welfare", "balanced", "false"},
        {"3 agents x 5 types", 3, 5, "ex-interim", "revenue", "free", "false"},
        {"3 x 5, ex-post IR", 3, 5, "ex-post", "revenue", "free", "false"},
        {"3 x 5, no subsidies", 3, 5, "ex-interim", "revenue", "no-subsidies", "false"},
        {"2 x 3, deterministic", 2, 3, "ex-interim", "revenue", "free", "true"},
        {"2 x 3, deterministic, ex-post IR", 2, 3, "ex-post", "revenue", "free", "true"},
        {"2 x 3, deterministic, |x| <= 1", 2, 3, "ex-interim", "revenue", "bounded:1", "true"},
    };
    printf("%-30s %14s  %19s  %31s  %22s  %22s\n", "instance", "rows x columns", "floating",
           "exact", "glpsol", "clp");
    for (size_t k = 0; k < sizeof instances / sizeof *instances; k++) {
        measure(&instances[k]);
    }
    flint_cleanup();
    return 0;
}
