/* Fixed workloads whose instructions are counted (tests/bench/instructions.sh).
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A workload is prepared, then run inside measured_workload, where alone callgrind collects.
 *
 *   instructions              the names, one a line
 *   instructions WORKLOAD     run it
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/painted_frame.h"
#include "bench/robust_tables.h"
#include "sidebet/checker.h"
#include "sidebet/design.h"
#include "sidebet/environment_file.h"
#include "sidebet/sweep.h"

typedef struct workload_subject {
    sb_environment *environment;
    sb_design_solver *solver;
    sb_solution solution;
    sb_session *session;
    sb_canvas canvas;
    char *text;
} workload_subject;

static void want(bool well, const char *what)
{
    if (!well) {
        fprintf(stderr, "instructions: %s failed\n", what);
        exit(3);
    }
}

static void solve_subject(workload_subject *subject, bool exact)
{
    sb_lp_options options = SB_LP_OPTIONS_DEFAULT;
    options.exact = exact;
    sb_error error;
    want(sb_design_solve(subject->environment, subject->solver, &options, &subject->solution,
                         &error) == SB_OK &&
             subject->solution.status == SB_LP_OPTIMAL,
         "solving");
}

/* ---- preparations ---- */

static void full_10(workload_subject *subject)
{
    subject->environment = table_of_kind("full", 10);
}
static void full_20(workload_subject *subject)
{
    subject->environment = table_of_kind("full", 20);
}
static void mixtures_10(workload_subject *subject)
{
    subject->environment = table_of_kind("mixtures", 10);
}
static void mixtures_20(workload_subject *subject)
{
    subject->environment = table_of_kind("mixtures", 20);
}
static void ex_post_10(workload_subject *subject)
{
    subject->environment = table_of_kind("full", 10);
    table_rules(subject->environment, "ex-post");
}
static void two_10(workload_subject *subject)
{
    subject->environment = table_of_kind("two", 10);
}
static void edited(workload_subject *subject)
{
    subject->solver = sb_design_solver_new();
    solve_subject(subject, true);
    table_edit(subject->environment, 0);
}
static void full_20_edited(workload_subject *subject)
{
    full_20(subject);
    edited(subject);
}
static void mixtures_20_edited(workload_subject *subject)
{
    mixtures_20(subject);
    edited(subject);
}
static void mixtures_10_solved(workload_subject *subject)
{
    mixtures_10(subject);
    solve_subject(subject, true);
}
static void full_3(workload_subject *subject)
{
    subject->environment = table_of_kind("full", 3);
}
static void robust_5(workload_subject *subject)
{
    subject->environment = robust_table(5, true);
}
static void text_20(workload_subject *subject)
{
    full_20(subject);
    want(sb_environment_format(subject->environment, &subject->text, NULL) == SB_OK, "writing");
}
static void session_10(workload_subject *subject)
{
    subject->session = sb_session_new(true, NULL);
    want(subject->session != NULL && sb_canvas_init(&subject->canvas, 40, 120, false), "a session");
    sb_session_adopt(subject->session, random_table(10), NULL);
    frame_timing timing = follow_frames(subject->session, &subject->canvas, frame_now());
    want(timing.complete.wall >= 0, "following the session");
    sb_view_draw(subject->session, &subject->canvas);
}

/* ---- what is counted ---- */

static void solve_exact(workload_subject *subject)
{
    solve_subject(subject, true);
}
static void solve_floating(workload_subject *subject)
{
    solve_subject(subject, false);
}
static void check_mechanism(workload_subject *subject)
{
    sb_check check;
    sb_check_init(&check);
    fmpq_t tolerance;
    fmpq_init(tolerance);
    want(sb_check_mechanism(subject->environment, subject->solution.mechanism, tolerance, &check,
                            NULL) == SB_OK &&
             check.accepted,
         "checking");
    fmpq_clear(tolerance);
    sb_check_clear(&check);
}
static void run_sweep(workload_subject *subject)
{
    sb_sweep_options options = SB_SWEEP_OPTIONS_DEFAULT;
    options.points = 1;
    options.decades = 3;
    sb_sweep sweep;
    sb_sweep_init(&sweep);
    want(sb_sweep_run(subject->environment, &options, &sweep, NULL) == SB_OK, "the sweep");
    sb_sweep_clear(&sweep);
}
static void run_robust(workload_subject *subject)
{
    sb_consistent_set set;
    robust_box(&set, subject->environment, true);
    sb_robust_options options = SB_ROBUST_OPTIONS_DEFAULT;
    sb_robust_run *run = NULL;
    want(sb_robust_run_new(subject->environment, &set, &options, &run, NULL) == SB_OK &&
             sb_robust_run_on(run, NULL, NULL, NULL, NULL) == SB_OK,
         "the robust run");
    sb_robust_run_free(run);
    sb_consistent_set_clear(&set);
}
static void parse_text(workload_subject *subject)
{
    sb_environment *read = NULL;
    want(sb_environment_parse(subject->text, strlen(subject->text), "text", &read, NULL, NULL) ==
             SB_OK,
         "reading");
    sb_environment_free(read);
}
static void paint_frame(workload_subject *subject)
{
    sb_view_draw(subject->session, &subject->canvas);
}

static const struct workload {
    const char *name;
    void (*prepare)(workload_subject *subject);
    void (*run)(workload_subject *subject);
} workloads[] = {
    {"solve-full-10", full_10, solve_exact},
    {"solve-full-20", full_20, solve_exact},
    {"solve-two-agents-10", two_10, solve_exact},
    {"solve-mixtures-10", mixtures_10, solve_exact},
    {"solve-mixtures-20", mixtures_20, solve_exact},
    {"solve-mixtures-20-floating", mixtures_20, solve_floating},
    {"solve-ex-post-10", ex_post_10, solve_exact},
    {"edit-full-20", full_20_edited, solve_exact},
    {"edit-mixtures-20", mixtures_20_edited, solve_exact},
    {"check-mixtures-10", mixtures_10_solved, check_mechanism},
    {"sweep-full-3", full_3, run_sweep},
    {"robust-normal-5", robust_5, run_robust},
    {"read-yaml-20", text_20, parse_text},
    {"paint-frame-10", session_10, paint_frame},
};

/* callgrind's --toggle-collect knows the name: it must be a function that is called. */
__attribute__((noinline)) void measured_workload(const struct workload *workload,
                                                 workload_subject *subject);
__attribute__((noinline)) void measured_workload(const struct workload *workload,
                                                 workload_subject *subject)
{
    workload->run(subject);
    __asm__ volatile("" ::: "memory");
}

static void run_workload(const struct workload *workload)
{
    workload_subject subject = {0};
    sb_solution_init(&subject.solution);
    workload->prepare(&subject);
    measured_workload(workload, &subject);
    if (subject.session != NULL) {
        sb_session_free(subject.session);
        sb_canvas_clear(&subject.canvas);
    }
    sb_solution_clear(&subject.solution);
    sb_design_solver_free(subject.solver);
    sb_environment_free(subject.environment);
    free(subject.text);
}

int main(int count, char **arguments)
{
    bool found = count < 2;
    for (size_t k = 0; k < sizeof workloads / sizeof *workloads; k++) {
        if (count < 2) {
            puts(workloads[k].name);
        } else if (strcmp(arguments[1], workloads[k].name) == 0) {
            run_workload(&workloads[k]);
            found = true;
        }
    }
    flint_cleanup();
    want(found, "finding the workload");
    return 0;
}
