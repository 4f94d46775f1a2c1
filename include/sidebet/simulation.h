/* Simulations: what mechanisms learned from samples earn, over many repetitions.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The true prior is a file's or a discretised bivariate normal of `types` by `signals` points with
 * v(theta) = theta (at correlation 0 exactly independent). A cell of the sweep fixes the number of
 * samples, the correlation, epsilon and the sizes; in each repetition samples are drawn, the prior
 * is estimated, every contender is designed and scored under the truth (learned.h). Rules and
 * reporting sets of a file hold in the designs and under the truth alike.
 *
 * The random numbers of a repetition depend on the seed, the cell's numbers and the repetition
 * alone, so that results are the same for any number of workers, order, shard or resumption (but
 * where a slow machine runs out of patience with the smallest payments: learned.h). (Of
 * the cell's numbers epsilon is left out: sets of different epsilon are built from the same
 * samples, so that a curve against epsilon shows epsilon alone.) Sums over repetitions are taken in
 * their order from the stored outcomes, so that means agree to the last digit too.
 */
#ifndef SIDEBET_SIMULATION_H
#define SIDEBET_SIMULATION_H

#include "sidebet/cancel_flag.h"
#include "sidebet/declarations.h"
#include "sidebet/learned.h"

SB_DECLARATIONS_BEGIN

typedef struct sb_simulation_plan {
    char *environment; /* YAML text of the truth as sb_environment_format writes it, and then
                          correlations, types and signals below are ignored; NULL: the bivariate
                          normal */
    size_t sample_count_count, *sample_counts; /* N */
    size_t correlation_count;
    fmpq *correlations;
    size_t epsilon_count;
    double *epsilons;
    size_t type_count_count, *type_counts;     /* |Theta| */
    size_t signal_count_count, *signal_counts; /* |Omega|; none: as many as types */
    size_t repetitions;
    uint64_t seed;
    sb_estimate_options estimate; /* epsilon as the cell says */
    bool wanted[SB_CONTENDER_COUNT];
    bool exact; /* prove every design (learned.h) */
} sb_simulation_plan;

/* Refused beyond these. */
#define SB_SIMULATION_MOST_SAMPLES     10000000
#define SB_SIMULATION_MOST_TYPES       100     /* and signals */
#define SB_SIMULATION_MOST_REPETITIONS 1000000 /* all cells together */

/* The source's set-up: correlation 1/2, 10 types and signals, epsilon .05, N = 10, 20, 50, ..,
 * 10000, 100 repetitions, every contender. Owned by the caller; cleared with _clear. */
sb_status sb_simulation_plan_init(sb_simulation_plan *plan, sb_error *error);
void sb_simulation_plan_clear(sb_simulation_plan *plan);
sb_status sb_simulation_plan_copy(sb_simulation_plan *to, const sb_simulation_plan *from,
                                  sb_error *error);
bool sb_simulation_plan_equal(const sb_simulation_plan *left, const sb_simulation_plan *right);

/* Usage error that names the first number out of its range. */
sb_status sb_simulation_plan_check(const sb_simulation_plan *plan, sb_error *error);

/* One cell: every combination, the sample count varying fastest, then epsilon, correlation, signals
 * and types. */
typedef struct sb_simulation_cell {
    size_t sample_count, type_count, signal_count;
    fmpq correlation; /* 0 where the truth is a file's */
    double epsilon;
    double full_surplus, known_prior; /* of the truth; NaN before the first repetition */
    size_t done;                      /* repetitions with an outcome */
    bool *has;                        /* one a repetition */
    sb_learned *outcomes;             /* one a repetition, valid where has */
} sb_simulation_cell;

typedef struct sb_simulation {
    sb_simulation_plan plan;
    size_t cell_count;
    sb_simulation_cell *cells;
} sb_simulation;
/* All cells, nothing done. Usage error where the plan is empty or out of range. */
sb_status sb_simulation_new(const sb_simulation_plan *plan, sb_simulation **simulation,
                            sb_error *error);
sb_simulation *sb_simulation_copy(const sb_simulation *simulation);
void sb_simulation_free(sb_simulation *simulation);          /* NULL allowed */
size_t sb_simulation_total(const sb_simulation *simulation); /* cells times repetitions */
size_t sb_simulation_done(const sb_simulation *simulation);

/* ---- what is swept ---- */

/* In the order in which they vary from cell to cell, the fastest first. */
typedef enum sb_simulation_axis {
    SB_AXIS_SAMPLES,
    SB_AXIS_EPSILON,
    SB_AXIS_CORRELATION,
    SB_AXIS_SIGNALS, /* of their own; as many as types otherwise */
    SB_AXIS_TYPES,
    SB_AXIS_COUNT
} sb_simulation_axis;
const char *sb_simulation_axis_name(sb_simulation_axis axis); /* "samples", "epsilon", ... */
/* How many values it has in a plan: 1 where it is not swept. */
size_t sb_simulation_axis_size(const sb_simulation_plan *plan, sb_simulation_axis axis);
/* The first axis with several values; SB_AXIS_SAMPLES where there is none. */
sb_simulation_axis sb_simulation_first_axis(const sb_simulation_plan *plan);
/* The number of the cell at these positions, one an axis, each below its size. */
size_t sb_simulation_cell_number(const sb_simulation_plan *plan, const size_t *positions);
double sb_simulation_axis_value(const sb_simulation_cell *cell, sb_simulation_axis axis);

/* ---- running ---- */

typedef struct sb_simulation_options {
    size_t workers;       /* threads; 0: one a processor */
    size_t shard, shards; /* this run does the repetitions r with (cell + r) mod shards = shard;
                             shards 0 or 1: all */
    const sb_cancel_flag *cancel; /* raised: SB_ERROR_CANCELLED, what is done is kept */
    /* Called from the calling thread after outcomes arrived, at most every `interval` seconds and
     * at the end; false stops as cancel does. May be NULL. */
    bool (*progress)(void *context, const sb_simulation *so_far);
    void *context;
    double interval; /* 0: after each */
} sb_simulation_options;
#define SB_SIMULATION_OPTIONS_DEFAULT ((sb_simulation_options){.workers = 0, .interval = 0.1})
/* How many repetitions a run with these options would do. */
size_t sb_simulation_planned(const sb_simulation *simulation, const sb_simulation_options *options);
/* Do what is not done yet. A repetition whose design failed is an outcome with that status. */
sb_status sb_simulation_run(sb_simulation *simulation, const sb_simulation_options *options,
                            sb_error *error);

/* ---- results ---- */

/* A contender in a cell. */
typedef struct sb_simulation_summary {
    size_t repetitions;              /* with an optimal design */
    size_t failed;                   /* without */
    double mean;                     /* of revenue under the truth */
    double standard_error;           /* of that mean; NaN below two repetitions */
    double share;                    /* mean over the full surplus */
    double share_lower, share_upper; /* 95 % confidence band of the share (Student's t); NaN below
                                        two repetitions */
    double designed;                 /* mean of what it expected */
    double seconds;                  /* mean of a design */
    double covered;                  /* share of repetitions whose set holds the truth */
    double max_payment;              /* mean of a design's largest */
    double truthful, lying, absent;  /* mean number of types */
    size_t vertices; /* designs whose payments are not the smallest (learned.h): what those earn is
                        the solver's doing too */
} sb_simulation_summary;
/* Over the repetitions of a cell that there are; numbers that need more of them are NaN. */
void sb_simulation_summarise(const sb_simulation_cell *cell, size_t repetitions,
                             sb_contender contender, sb_simulation_summary *summary);

/* The summaries as CSV: a line a cell and contender, empty where there is no number yet. Freed by
 * the caller. */
sb_status sb_simulation_format_summary(const sb_simulation *simulation, char **text,
                                       sb_error *error);

/* A partial or whole result as text (the plan in leading comment lines, then CSV, one line a
 * repetition and contender), to be resumed or merged. Doubles are written so that they read back
 * the same. */
sb_status sb_simulation_format(const sb_simulation *simulation, char **text, sb_error *error);
sb_status sb_simulation_read(const char *path, sb_simulation **simulation, sb_error *error);
sb_status sb_simulation_parse(const char *text, size_t length, const char *name,
                              sb_simulation **simulation, sb_error *error);
/* Take over the outcomes of another result of the same plan (input error where the plans differ, or
 * where both have an outcome and the two disagree; times are not compared). */
sb_status sb_simulation_merge(sb_simulation *into, const sb_simulation *from, sb_error *error);
/* Take over what is true under another plan too, so that a sweep can be changed without losing what
 * is done: outcomes of cells with the same numbers, if truth, seed, estimate and proof are the same
 * and no mechanism is missing. Returns how many repetitions. */
size_t sb_simulation_adopt(sb_simulation *into, const sb_simulation *from);

SB_DECLARATIONS_END

#endif
