/* How long a proof takes: ways to solve with the optimal basis in rationals, and whole exact
 * solves. Copyright (C) 2026 the sidebet authors SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables are priors over values 1..k for two bidders (or one bidder and a signal of k values):
 * seeded random ones of four digits, the same moved toward independence (lambda of it and the rest
 * product of marginals), discretised normals, and .25 + d .25 / .25 .25 - d.
 *
 * First table: B x = b and B^T y = c at the optimal basis, by sidebet's sparse lifting, by FLINT's
 * Dixon solver on the dense matrix and by fraction-free elimination there. Second: the whole way to
 * a proved optimum by sidebet, by QSopt_ex and by glpsol --exact on the exported program, with what
 * they answer. Programs that are not installed are said to be so; nothing is asserted.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <flint/fmpq_mat.h>
#include <flint/fmpz_mat.h>

#include "clock.h"
#include "lp/exact_basis.h"
#include "lp/integer_array.h"
#include "lp/solver.h"
#include "mechanism/design_program.h"
#include "normal_prior.h"
#include "property.h"

#define MOST_DENSE_ROWS      700
#define MOST_ELIMINATED_ROWS 80
#define SECONDS_EACH         4

static void give_up(const char *why)
{
    fprintf(stderr, "bench_exact: %s\n", why);
    exit(3);
}

/* ---- tables ---- */

typedef enum table_kind { TWO_BY_TWO, RANDOM, NORMAL } table_kind;

typedef struct table {
    table_kind kind;
    size_t bidders, size;
    const char *lambda; /* d for TWO_BY_TWO; NULL: as it is */
} table;

static void table_name(const table *t, char *text, size_t size)
{
    static const char *const names[] = {"d =", "random", "normal"};
    if (t->kind == TWO_BY_TWO) {
        snprintf(text, size, "2x2 d = %s", t->lambda);
    } else {
        snprintf(text, size, "%zux%zu %s%s%s%s", t->size, t->size, names[t->kind],
                 t->bidders == 1 ? " 1 bidder" : "", t->lambda ? " lambda " : "",
                 t->lambda ? t->lambda : "");
    }
}

static void fill(const table *t, fmpq *weights, const fmpq_t number)
{
    size_t count = t->size * t->size;
    if (t->kind == TWO_BY_TWO) {
        for (size_t cell = 0; cell < 4; cell++) {
            fmpq_set_si(weights + cell, 1, 4);
        }
        fmpq_add(weights, weights, number);
        fmpq_sub(weights + 3, weights + 3, number);
    } else if (t->kind == RANDOM) {
        property_stream stream = {t->size};
        for (size_t cell = 0; cell < count; cell++) {
            fmpq_set_si(weights + cell, property_between(&stream, 1, 9999), 10000);
        }
    } else {
        fill_normal(weights, t->size, SB_NORMAL_DIGITS);
    }
}

/* lambda times the prior and the rest its product of marginals. */
static void mix(const sb_environment *environment, fmpq *weights, const fmpq_t lambda)
{
    sb_environment *independent = sb_environment_without_correlation(environment);
    if (!independent) {
        give_up("out of memory");
    }
    fmpq_t part, rest;
    fmpq_init(part);
    fmpq_init(rest);
    fmpq_sub_si(rest, lambda, 1);
    fmpq_neg(rest, rest);
    for (size_t cell = 0; cell < sb_environment_profile_count(environment); cell++) {
        sb_environment_probability(part, environment, cell);
        fmpq_mul(weights + cell, part, lambda);
        sb_environment_probability(part, independent, cell);
        fmpq_addmul(weights + cell, part, rest);
    }
    fmpq_clear(part);
    fmpq_clear(rest);
    sb_environment_free(independent);
}

static sb_environment *make(const table *t)
{
    fmpq *values = sb_rationals_new(t->size), *weights = sb_rationals_new(t->size * t->size);
    for (size_t type = 0; type < t->size; type++) {
        fmpq_set_si(values + type, (slong)type + 1, 1);
    }
    sb_bidder_description bidders[2] = {{"agent 1", t->size, NULL, values},
                                        {"agent 2", t->size, NULL, values}};
    sb_environment *environment = NULL;
    if (sb_environment_new_item(bidders, t->bidders, t->bidders == 1 ? "signal" : NULL,
                                t->bidders == 1 ? t->size : 0, NULL, NULL, &environment,
                                NULL) != SB_OK) {
        give_up("no environment");
    }
    fmpq_t number;
    fmpq_init(number);
    if (t->lambda) {
        sb_rational_parse(number, t->lambda, strlen(t->lambda), NULL);
    }
    fill(t, weights, number);
    sb_environment_set_weights(environment, weights, NULL);
    if (t->lambda && t->kind != TWO_BY_TWO) {
        mix(environment, weights, number);
        sb_environment_set_weights(environment, weights, NULL);
    }
    fmpq_clear(number);
    sb_rationals_free(values, t->size);
    sb_rationals_free(weights, t->size * t->size);
    return environment;
}

/* ---- one basis, three ways ---- */

typedef struct basis_system {
    sb_lp_integers program;
    sb_exact_basis basis;
    sb_exact_vector x, y;
    fmpz *right, *cost;
} basis_system;

/* The right side: minus the nonbasic columns times their bounds, made integral. */
static void set_right_side(basis_system *system, const sb_lp_solver *solver)
{
    const sb_lp_integers *program = &system->program;
    fmpz_t scale, factor;
    fmpz_init_set_ui(scale, 1);
    fmpz_init(factor);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t variable = 0; variable < program->columns + program->rows; variable++) {
            const sb_lp_bounds *bounds = &program->bounds[variable];
            sb_variable_status status = solver->statuses[variable];
            if (status != SB_AT_LOWER && status != SB_AT_UPPER) {
                continue;
            }
            const fmpq *bound = status == SB_AT_LOWER ? &bounds->lower : &bounds->upper;
            if (pass == 0) {
                fmpz_lcm(scale, scale, fmpq_denref(bound));
            } else if (!fmpq_is_zero(bound)) {
                fmpz_divexact(factor, scale, fmpq_denref(bound));
                fmpz_mul(factor, factor, fmpq_numref(bound));
                fmpz_neg(factor, factor);
                sb_exact_column_add(system->right, program, variable, factor);
            }
        }
    }
    fmpz_clear(scale);
    fmpz_clear(factor);
}

static void system_init(basis_system *system, const sb_lp *lp, const sb_lp_solver *solver)
{
    if (sb_lp_integers_init(&system->program, lp, NULL) != SB_OK ||
        sb_exact_basis_init(&system->basis, &system->program, NULL) != SB_OK) {
        give_up("out of memory");
    }
    size_t rows = system->program.rows, position = 0;
    system->right = sb_integer_array_new(rows);
    system->cost = sb_integer_array_new(rows);
    sb_exact_vector_init(&system->x, rows);
    sb_exact_vector_init(&system->y, rows);
    for (size_t variable = 0; variable < system->program.columns + rows; variable++) {
        if (solver->statuses[variable] == SB_BASIC && position < rows) {
            if (variable < system->program.columns) {
                fmpz_set(system->cost + position, system->program.cost + variable);
            }
            system->basis.head[position++] = variable;
        }
    }
    set_right_side(system, solver);
}

static void system_clear(basis_system *system)
{
    sb_integer_array_free(system->right, system->program.rows);
    sb_integer_array_free(system->cost, system->program.rows);
    sb_exact_vector_clear(&system->x);
    sb_exact_vector_clear(&system->y);
    sb_exact_basis_clear(&system->basis);
    sb_lp_integers_clear(&system->program);
}

/* Fast things are done up to five times and the best is taken: other programs run too. */
static bool once_more(int turn, double best)
{
    return turn == 0 || (turn < 5 && best < 0.05);
}

static double smaller(int turn, double best, double seconds)
{
    return turn == 0 || seconds < best ? seconds : best;
}

static double lift_once(basis_system *system)
{
    double start = wall_seconds();
    size_t *removed = malloc((system->program.rows + 1) * sizeof *removed);
    size_t removed_count = 0;
    if (!removed || sb_exact_basis_factor(&system->basis, removed, &removed_count, NULL) != SB_OK ||
        sb_exact_basis_solve(&system->basis, system->right, &system->x, NULL, NULL) != SB_OK ||
        sb_exact_basis_solve_transposed(&system->basis, system->cost, &system->y, NULL, NULL) !=
            SB_OK) {
        give_up("lifting failed");
    }
    free(removed);
    return wall_seconds() - start;
}

static double lift(basis_system *system)
{
    double best = 0;
    for (int turn = 0; once_more(turn, best); turn++) {
        best = smaller(turn, best, lift_once(system));
    }
    return best;
}

static void dense(fmpz_mat_t matrix, const basis_system *system)
{
    const sb_lp_integers *program = &system->program;
    for (size_t position = 0; position < program->rows; position++) {
        size_t variable = system->basis.head[position];
        if (variable >= program->columns) {
            fmpz_set_si(
                fmpz_mat_entry(matrix, (slong)(variable - program->columns), (slong)position), -1);
            continue;
        }
        for (size_t k = program->starts[variable]; k < program->starts[variable + 1]; k++) {
            fmpz_set(fmpz_mat_entry(matrix, (slong)program->entry_rows[k], (slong)position),
                     program->entries + k);
        }
    }
}

static bool same(const fmpq_mat_t solution, const sb_exact_vector *vector)
{
    fmpq_t value;
    fmpq_init(value);
    bool equal = true;
    for (size_t k = 0; equal && k < vector->size; k++) {
        sb_exact_vector_get(value, vector, k);
        equal = fmpq_equal(value, fmpq_mat_entry(solution, (slong)k, 0)) != 0;
    }
    fmpq_clear(value);
    return equal;
}

/* Both systems on the dense matrix; < 0 where an answer differs. */
static double solve_dense_once(const basis_system *system, bool eliminate)
{
    slong size = (slong)system->program.rows;
    fmpz_mat_t matrix, side;
    fmpq_mat_t solution;
    fmpz_mat_init(matrix, size, size);
    fmpz_mat_init(side, size, 1);
    fmpq_mat_init(solution, size, 1);
    dense(matrix, system);
    bool right = true;
    double start = wall_seconds();
    for (int transposed = 0; transposed < 2; transposed++) {
        const fmpz *numbers = transposed ? system->cost : system->right;
        for (slong k = 0; k < size; k++) {
            fmpz_set(fmpz_mat_entry(side, k, 0), numbers + k);
        }
        if (transposed) {
            fmpz_mat_transpose(matrix, matrix);
        }
        if (eliminate) {
            fmpq_mat_solve_fmpz_mat_fraction_free(solution, matrix, side);
        } else {
            fmpq_mat_solve_fmpz_mat_dixon(solution, matrix, side);
        }
        right = right && same(solution, transposed ? &system->y : &system->x);
    }
    double elapsed = wall_seconds() - start;
    fmpz_mat_clear(matrix);
    fmpz_mat_clear(side);
    fmpq_mat_clear(solution);
    return right ? elapsed : -1;
}

static double solve_dense(const basis_system *system, bool eliminate)
{
    double best = 0;
    for (int turn = 0; once_more(turn, best); turn++) {
        best = smaller(turn, best, solve_dense_once(system, eliminate));
    }
    return best;
}

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

static void compare_basis(const table *t, bool interim)
{
    char name[64];
    table_name(t, name, sizeof name);
    sb_environment *environment = make(t);
    sb_design_solver *solver = sb_design_solver_new();
    sb_lp_result result;
    sb_lp_result_init(&result);
    sb_design *design = NULL;
    sb_lp_solver *used = solver->solver;
    const sb_lp_options options = {.exact = true, .time_limit = SECONDS_EACH};
    if (interim) {
        sb_solution solution;
        sb_solution_init(&solution);
        used = solver->interim_solver;
        if (sb_design_solve(environment, solver, &options, &solution, NULL) != SB_OK ||
            sb_design_new_to_solve(environment, &environment->rules, 0, true, &design, NULL) !=
                SB_OK) {
            give_up("not solved");
        }
        sb_solution_clear(&solution);
    } else if (sb_design_new(environment, &design, NULL) != SB_OK ||
               sb_lp_solve(sb_design_program(design), used, &options, &result, NULL) != SB_OK) {
        give_up("not solved");
    }
    size_t rows = sb_lp_row_count(sb_design_program(design));
    printf("%-26s %-9s %5zu", name, interim ? "interim" : "payments", rows);
    if (!interim && result.proof != SB_PROOF_EXACT) {
        printf(" no optimal basis within %d s\n", SECONDS_EACH);
    } else {
        basis_system system = {0};
        system_init(&system, sb_design_program(design), used);
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
    sb_design_solver_free(solver);
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

static void compare_solves(const table *t, const char *folder)
{
    char name[64], path[256], *text = NULL;
    table_name(t, name, sizeof name);
    sb_environment *environment = make(t);
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

static const table tables[] = {
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
