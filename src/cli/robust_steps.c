/* sidebet robust, round by round: cutting planes, a history kept or repeated.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/exit_status.h"
#include "cli/progress.h"
#include "cli/robust.h"

enum { MOST_HISTORY_BYTES = 256 * 1024 * 1024 };

static bool show_progress(void *context, const sb_robust_round *round)
{
    (void)context;
    sb_progress_show("rounds", round->round + 1, 0);
    return true; /* Ctrl-C raises the flag that the solver polls */
}

/* ---- a run, new or repeated ---- */

static sb_status replay(const sb_arguments *arguments, sb_robust_answer *answer, sb_error *error)
{
    const char *path = arguments->robust.replay;
    char *text = NULL;
    size_t length = 0;
    sb_status status = sb_exit_blame_input(
        sb_text_read_file(path, MOST_HISTORY_BYTES, &text, &length, error), error);
    if (status == SB_OK) {
        status = sb_robust_history_replay(answer->environment, &answer->set, &answer->options, text,
                                          length, path, &answer->run, error);
    }
    free(text);
    if (status != SB_OK) {
        return status;
    }
    size_t count = sb_robust_run_count(answer->run);
    if (arguments->robust.rounds > 0 && arguments->robust.rounds < count) {
        sb_error_set(error, SB_ERROR_USAGE, "--rounds %zu is less than the %zu rounds of %.200s",
                     arguments->robust.rounds, count, path);
        sb_error_set_hint(error, "leave out --rounds, or write at least --rounds %zu", count);
        return SB_ERROR_USAGE;
    }
    sb_notes_add(&answer->notes, "%zu round%s repeated from %s, and every cut of them checked",
                 count, count == 1 ? " is" : "s are", path);
    return SB_OK;
}

/* As far as it goes: a limit that was asked for and Ctrl-C are no errors, once there is a round. */
static sb_status go_on(const sb_arguments *arguments, sb_robust_answer *answer, sb_error *error)
{
    size_t most = arguments->robust.rounds;
    if (most > 0 && sb_robust_run_count(answer->run) >= most) {
        const sb_robust_round *last =
            sb_robust_run_round(answer->run, sb_robust_run_count(answer->run) - 1);
        answer->stop = last->finished ? SB_ROBUST_NOT_STOPPED : SB_ROBUST_STOPPED_BY_ROUNDS;
        return SB_OK;
    }
    sb_status status = sb_robust_run_on(answer->run, NULL, show_progress, NULL, error);
    if (status == SB_ERROR_CANCELLED) {
        answer->stop = SB_ROBUST_INTERRUPTED;
    } else if (status == SB_ERROR_LIMIT && most > 0) {
        answer->stop = SB_ROBUST_STOPPED_BY_ROUNDS;
    } else {
        return status;
    }
    return SB_OK;
}

/* ---- what it came to ---- */

static void find_bound(sb_robust_answer *answer)
{
    for (size_t k = sb_robust_run_count(answer->run); !answer->has_bound && k-- > 0;) {
        const sb_robust_round *round = sb_robust_run_round(answer->run, k);
        if (round->status == SB_LP_OPTIMAL) {
            answer->has_bound = true;
            answer->bound_exact = round->proof == SB_PROOF_EXACT;
            fmpq_set(&answer->bound, &round->objective);
        }
    }
}

/* The oracle's word on the last mechanism, and its numbers. */
static sb_status certify(sb_robust_answer *answer, sb_error *error)
{
    sb_robust_solution *solution = &answer->solution;
    const sb_mechanism *mechanism = solution->mechanism;
    sb_mechanism_revenue(&solution->revenue, answer->environment, mechanism);
    sb_mechanism_max_payment(&solution->max_payment, mechanism);
    sb_cut worst;
    sb_cut_init(&worst);
    sb_status status = sb_robust_certify(answer->environment, &answer->set, mechanism,
                                         &solution->certified, &worst, error);
    if (status == SB_OK && !solution->certified) {
        solution->largest_violation = sb_rational_to_double(&worst.violation);
    }
    sb_cut_clear(&worst, answer->set.signal_count);
    if (status == SB_OK) {
        status = sb_robust_worst_case(&solution->worst_case, answer->environment, &answer->set,
                                      mechanism, error);
    }
    return status;
}

static sb_status conclude(sb_robust_answer *answer, sb_error *error)
{
    sb_robust_solution *solution = &answer->solution;
    size_t count = sb_robust_run_count(answer->run);
    const sb_robust_round *last = sb_robust_run_round(answer->run, count - 1);
    solution->method = SB_ROBUST_CUTS;
    solution->rounds = count;
    solution->cuts = last->cut_count;
    for (size_t k = 0; k < count; k++) {
        const sb_robust_round *round = sb_robust_run_round(answer->run, k);
        solution->iterations += round->iterations;
        solution->seconds += round->seconds;
    }
    if (answer->stop != SB_ROBUST_NOT_STOPPED) {
        find_bound(answer);
        return SB_OK;
    }
    solution->status = last->status;
    solution->proof = last->proof;
    memcpy(solution->reason, last->reason, sizeof solution->reason);
    if (last->status != SB_LP_OPTIMAL) {
        return SB_OK;
    }
    fmpq_set(&solution->objective, &last->objective);
    solution->mechanism = sb_mechanism_copy(last->mechanism);
    return solution->mechanism == NULL ? sb_out_of_memory(error) : certify(answer, error);
}

static sb_status save(const char *path, sb_robust_answer *answer, sb_error *error)
{
    char *text = NULL;
    sb_status status = sb_robust_history_format(answer->run, &text, error);
    if (status == SB_OK) {
        status = sb_text_write_file(path, text, strlen(text), error);
        answer->saved = path;
    }
    free(text);
    return status;
}

sb_status sb_robust_step_through(const sb_arguments *arguments, sb_robust_answer *answer,
                                 sb_error *error)
{
    sb_status status = arguments->robust.replay != NULL
                           ? replay(arguments, answer, error)
                           : sb_robust_run_new(answer->environment, &answer->set, &answer->options,
                                               &answer->run, error);
    if (status == SB_OK) {
        status = go_on(arguments, answer, error);
    }
    sb_progress_end();
    if (status == SB_OK && arguments->robust.save_steps != NULL) {
        status = save(arguments->robust.save_steps, answer, error);
    }
    return status == SB_OK ? conclude(answer, error) : status;
}
