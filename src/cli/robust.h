/* The answer of sidebet robust: for people, for programs, for the wall.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_ROBUST_H
#define SB_CLI_ROBUST_H

#include "base/text.h"
#include "cli/options.h"
#include "sidebet/learned.h"
#include "sidebet/robust_price.h"

/* Where the set of beliefs comes from. */
typedef enum sb_set_origin {
    SB_SET_FROM_FILE,
    SB_SET_FROM_BOX,
    SB_SET_FROM_TABLES,
    SB_SET_FROM_SAMPLES
} sb_set_origin;

/* Why a run ended before its end. */
typedef enum sb_robust_stop {
    SB_ROBUST_NOT_STOPPED,
    SB_ROBUST_STOPPED_BY_ROUNDS,
    SB_ROBUST_INTERRUPTED
} sb_robust_stop;

typedef struct sb_robust_answer {
    sb_environment *environment; /* what is designed for: the estimate */
    sb_environment *truth;       /* NULL: none was given */
    const char *truth_name;      /* its file */
    sb_consistent_set set;
    sb_set_origin origin;
    sb_robust_stop stop;
    char *set_text; /* "every belief within 0.01 of the estimate" */
    bool has_estimate, has_bound, has_price, has_meeting; /* which of the parts below there are */
    bool bound_exact;
    bool steps_wanted;
    bool cut_short; /* Ctrl-C after the optimum was found: the truth was not met */

    size_t sample_count; /* has_estimate */
    sb_estimate_options estimate_options;
    sb_estimate estimate;

    sb_robust_options options;
    sb_robust_solution solution; /* where stopped: no optimum, but the work done */
    sb_robust_run *run;          /* NULL: the rounds were not looked at */
    fmpq bound;                  /* has_bound: stopped after the relaxation with this optimum */
    const char *saved;           /* where the steps were written; NULL: nowhere */
    sb_baseline bayesian, ex_post;
    fmpq full_surplus;

    sb_robust_price price; /* has_price: instead of one optimum */

    sb_misbelief meeting; /* has_meeting: of the mechanism and the truth */
    fmpq truth_surplus;   /* all there is under the truth */
    sb_learned others;    /* the mechanisms beside it */

    sb_notes notes;
    double seconds;
} sb_robust_answer;

void sb_robust_answer_init(sb_robust_answer *answer);
void sb_robust_answer_clear(sb_robust_answer *answer);

/* ---- the parts of the work, each usable once those above have succeeded ---- */

/* Options that do not go together, before anything is read. */
sb_status sb_robust_check_usage(const sb_arguments *arguments, sb_error *error);
/* The environment, at the estimate, and the set around it. */
sb_status sb_robust_read(const sb_arguments *arguments, sb_robust_answer *answer, sb_error *error);
/* The rounds one by one, or as many as there are until stopped, into `run` and `solution`. */
sb_status sb_robust_step_through(const sb_arguments *arguments, sb_robust_answer *answer,
                                 sb_error *error);
/* Read the truth, which differs from the environment in the prior alone. */
sb_status sb_robust_read_truth(const sb_arguments *arguments, sb_robust_answer *answer,
                               sb_error *error);
/* Let the mechanism, and those beside it, meet the truth. */
sb_status sb_robust_meet_truth(const sb_arguments *arguments, sb_robust_answer *answer,
                               sb_error *error);

/* ---- the answer; `whole` is an sb_robust_answer ---- */

/* What is to be seen, in one sentence of computed numbers: what robustness costs, or how the bound
 * fell. NULL when memory runs out. */
char *sb_robust_lesson(const sb_robust_answer *answer);
/* "robust revenue", "certain welfare", "robust optimum" of other objectives. Static. */
const char *sb_robust_optimum_name(const sb_robust_answer *answer);

void sb_report_robust(sb_text *text, const void *whole, size_t width);
void sb_report_robust_price(sb_text *text, const void *whole, size_t width);
void sb_report_robust_truth(sb_text *text, const sb_robust_answer *answer, size_t width);
void sb_json_robust(sb_text *text, const void *whole);
void sb_json_robust_price(sb_text *text, const void *whole);
void sb_csv_robust(sb_text *text, const void *whole);
void sb_csv_robust_price(sb_text *text, const void *whole);

#endif
