/* Replaying a history: the same rows in the same rounds, each checked.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A round that was made in floating point is repeated in it: its optimum, among several, and so
 * what violates a rule most, may be another one in rationals.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/robust_history.h"
#include "analysis/robust_run.h"
#include "base/memory.h"
#include "model/csv.h"

/* Columns before the belief; one more after it. */
enum { ROUND, OBJECTIVE, KIND, TYPE, REPORT, VIOLATION, BELIEF };

/* How far two floating optima of one relaxation may lie apart, relative to 1 + their size. */
#define FLOATING_DIFFERENCE 1e-7

typedef struct replay {
    const sb_environment *environment;
    const char *name;
    sb_csv_table table;
    sb_robust_run *run;
    size_t line;    /* of the table */
    size_t checked; /* rounds whose objective was compared */
    bool ended;
    bool floating; /* some round was made in floating point */
    sb_error *error;
} replay;

static const sb_csv_cell *cell_at(const replay *r, size_t column)
{
    return &r->table.cells[r->line * r->table.columns + column];
}

/* The error at hand is that of a cell of the line at hand. */
static sb_status blame(const replay *r, size_t column)
{
    const sb_csv_cell *cell = cell_at(r, column);
    if (r->error != NULL) {
        r->error->status = SB_ERROR_INPUT; /* it is the file's fault here */
    }
    sb_error_set_place(r->error, r->name, cell->line, cell->column);
    sb_error_set_hint(r->error, "replay with the FILE, the set, --objective, --cuts and --begin "
                                "that the steps were saved with, or save them anew");
    return SB_ERROR_INPUT;
}

static sb_status refuse(const replay *r, size_t column, const char *message)
{
    sb_error_set(r->error, SB_ERROR_INPUT, "%s", message);
    return blame(r, column);
}

/* A number that is another one here. */
static sb_status refuse_number(const replay *r, size_t column, const char *what, const char *here)
{
    char message[256];
    (void)snprintf(message, sizeof message, "%s is %.64s here, not %.64s as written%s", what, here,
                   cell_at(r, column)->text,
                   r->floating ? " (in floating point, which may differ between machines)" : "");
    return refuse(r, column, message);
}

static sb_status read_number(const replay *r, size_t column, fmpq_t number)
{
    const char *text = cell_at(r, column)->text;
    sb_status status = sb_rational_parse(number, text, strlen(text), r->error);
    return status == SB_ERROR_INPUT ? blame(r, column) : status;
}

/* Floating numbers are compared as such; proved ones must be equal. */
static bool same_number(const fmpq_t written, const fmpq_t here, bool exact)
{
    if (exact) {
        return fmpq_equal(written, here) != 0;
    }
    double one = sb_rational_to_double(written), other = sb_rational_to_double(here);
    return fabs(one - other) <= FLOATING_DIFFERENCE * (1 + fabs(other));
}

/* Whether a column has a number of the round at hand. */
static sb_status check_number(const replay *r, size_t column, const char *what, const fmpq_t here)
{
    bool exact = r->run->rounds[r->run->current]->proof == SB_PROOF_EXACT;
    fmpq_t written;
    fmpq_init(written);
    sb_status status = read_number(r, column, written);
    if (status == SB_OK && !same_number(written, here, exact)) {
        char *text = sb_rational_display(here, 24, NULL);
        status = text == NULL ? sb_out_of_memory(r->error) : refuse_number(r, column, what, text);
        free(text);
    }
    fmpq_clear(written);
    return status;
}

static sb_status check_objective(const replay *r, const sb_robust_round *round)
{
    static const char what[] = "the objective of this round";
    if (round->status == SB_LP_OPTIMAL) {
        return check_number(r, OBJECTIVE, what, &round->objective);
    }
    const char *here = sb_lp_status_name(round->status);
    return strcmp(cell_at(r, OBJECTIVE)->text, here) == 0 ? SB_OK
                                                          : refuse_number(r, OBJECTIVE, what, here);
}

static bool says_exact(const replay *r)
{
    return strcmp(cell_at(r, r->table.columns - 1)->text, SB_HISTORY_EXACT) == 0;
}

static sb_status check_round(const replay *r)
{
    const sb_robust_round *round = r->run->rounds[r->run->current];
    sb_status status = check_objective(r, round);
    if (status == SB_OK && says_exact(r) != (round->proof == SB_PROOF_EXACT)) {
        char message[256];
        bool late = says_exact(r) && round->reason[0] != '\0';
        (void)snprintf(message, sizeof message, "this round is %s here, unlike what is written%s%s",
                       round->proof == SB_PROOF_EXACT ? "exact" : "not exact", late ? ": " : "",
                       late ? round->reason : "");
        status = refuse(r, r->table.columns - 1, message);
    }
    return status;
}

/* The arithmetic that the round of the line at hand was made in. A floating run proves relaxations
 * without an optimum too. */
static bool was_exact(const replay *r)
{
    return says_exact(r) && (!r->floating || sb_csv_is_number(cell_at(r, OBJECTIVE)));
}

/* Bring the run to the round of the line at hand: the one at hand or the next. */
static sb_status reach_round(replay *r)
{
    char expected[24];
    const char *text = cell_at(r, ROUND)->text;
    (void)snprintf(expected, sizeof expected, "%zu", r->run->current);
    sb_status status = SB_OK;
    if (strcmp(text, expected) != 0) {
        (void)snprintf(expected, sizeof expected, "%zu", r->run->current + 1);
        /* The next round exists only where the one at hand was seen and added something. */
        if (strcmp(text, expected) != 0 || r->checked != r->run->current + 1 ||
            r->run->rounds[r->run->current]->finished) {
            return refuse(r, ROUND, "this line's round does not follow the round before");
        }
        r->run->options.lp.exact = was_exact(r);
        sb_robust_tolerance(&r->run->tolerance, r->environment, &r->run->options);
        status = sb_robust_run_step(r->run, r->error);
    }
    if (status == SB_OK && r->checked == r->run->current) {
        const sb_robust_round *round = r->run->rounds[r->run->current];
        status = check_round(r);
        r->checked++;
        if (status == SB_OK && strcmp(cell_at(r, KIND)->text, SB_HISTORY_END) != 0) {
            for (size_t k = 0; k < round->found_count; k++) {
                round->found[k].added = false;
            }
        }
        return status;
    }
    return status == SB_OK ? check_round(r) : status;
}

static sb_status read_kind(const replay *r, sb_cut *cut)
{
    const char *text = cell_at(r, KIND)->text;
    for (int kind = SB_CUT_INCENTIVE; kind <= SB_CUT_OBJECTIVE; kind++) {
        if (strcmp(text, sb_cut_kind_name((sb_cut_kind)kind)) == 0) {
            cut->kind = (sb_cut_kind)kind;
            return SB_OK;
        }
    }
    return refuse(r, KIND, "a cut is of kind incentive, participation or objective");
}

static sb_status read_type(const replay *r, size_t column, size_t *type)
{
    sb_status status =
        sb_environment_find_type(r->environment, 0, cell_at(r, column)->text, type, r->error);
    return status == SB_ERROR_USAGE || status == SB_ERROR_INPUT ? blame(r, column) : status;
}

static sb_status read_cut(const replay *r, sb_cut *cut)
{
    sb_status status = read_kind(r, cut);
    if (status == SB_OK) {
        status = read_type(r, TYPE, &cut->type);
    }
    if (status == SB_OK && cut->kind == SB_CUT_INCENTIVE) {
        status = read_type(r, REPORT, &cut->report);
    } else if (status == SB_OK && cell_at(r, REPORT)->text[0] != '\0') {
        status = refuse(r, REPORT, "only a cut of kind incentive has a report");
    }
    if (status == SB_OK &&
        !sb_robust_program_asks(&r->run->relaxation.program, cut->kind, cut->type, cut->report)) {
        status = refuse(r, KIND, "this rule is not asked of this type");
    }
    cut->belief = sb_rationals_new(r->environment->signal_count);
    if (status == SB_OK && cut->belief == NULL) {
        status = sb_out_of_memory(r->error);
    }
    for (size_t signal = 0; status == SB_OK && signal < r->environment->signal_count; signal++) {
        status = read_number(r, BELIEF + signal, cut->belief + signal);
    }
    return status;
}

/* Put the cut in the place of what the oracle found for its rule. */
static sb_status keep_cut(replay *r, sb_cut *cut)
{
    sb_robust_round *round = r->run->rounds[r->run->current];
    size_t signals = r->environment->signal_count, place = 0;
    while (place < round->found_count &&
           !(round->found[place].kind == cut->kind && round->found[place].type == cut->type &&
             round->found[place].report == cut->report)) {
        place++;
    }
    if (place < round->found_count && round->found[place].added) {
        return refuse(r, KIND, "this round adds this rule twice");
    }
    if (place == round->found_count) {
        size_t capacity = place;
        if (!sb_grow(&round->found, &capacity, place + 1, sizeof *round->found)) {
            return sb_out_of_memory(r->error);
        }
        sb_cut_init(&round->found[round->found_count++]);
    }
    cut->added = true;
    sb_status status = sb_cut_copy(&round->found[place], cut, signals, r->error);
    sb_cuts_sort(round->found, round->found_count);
    return status;
}

static sb_status take_cut(replay *r)
{
    sb_robust_run *run = r->run;
    const sb_robust_round *round = run->rounds[run->current];
    if (round->mechanism == NULL || round->finished) {
        return refuse(r, KIND, "nothing is left to cut in this round");
    }
    sb_cut cut;
    sb_cut_init(&cut);
    sb_status status = read_cut(r, &cut);
    if (status == SB_OK && !sb_consistent_set_contains(&run->set, cut.type, cut.belief)) {
        status = refuse(r, BELIEF, "this belief is not in the consistent set of its type");
    }
    if (status == SB_OK) {
        sb_robust_question question = sb_robust_program_question(&run->relaxation.program);
        question.mechanism = round->mechanism;
        question.worths = run->worths;
        question.ray = round->status == SB_LP_UNBOUNDED;
        status = sb_robust_violation(&cut.violation, &question, &cut, r->error);
    }
    if (status == SB_OK && fmpq_sgn(&cut.violation) <= 0) {
        status = refuse(r, VIOLATION, "the mechanism of this round does not break this rule");
    }
    if (status == SB_OK) {
        status = check_number(r, VIOLATION, "the violation of this rule", &cut.violation);
    }
    if (status == SB_OK) {
        status = keep_cut(r, &cut);
    }
    sb_cut_clear(&cut, r->environment->signal_count);
    return status;
}

/* The end line: what the oracle finds in its round, and nothing else. */
static sb_status take_end(replay *r)
{
    for (size_t column = TYPE; column + 1 < r->table.columns; column++) {
        if (column != VIOLATION && cell_at(r, column)->text[0] != '\0') {
            return refuse(r, column, "the end line has no type, no report and no belief");
        }
    }
    r->ended = true;
    return check_number(r, VIOLATION, "the largest violation of this round",
                        &r->run->rounds[r->run->current]->violation);
}

static sb_status replay_lines(replay *r)
{
    sb_status status = SB_OK;
    for (r->line = 1; status == SB_OK && r->line < r->table.rows; r->line++) {
        if (r->ended) {
            return refuse(r, ROUND, "a history stops at its end line");
        }
        status = reach_round(r);
        if (status == SB_OK && strcmp(cell_at(r, KIND)->text, SB_HISTORY_END) == 0) {
            status = take_end(r);
        } else if (status == SB_OK) {
            status = take_cut(r);
        }
    }
    if (status == SB_OK && !r->ended) {
        status = sb_error_set(r->error, SB_ERROR_INPUT, "the history has no end line");
        sb_error_set_place(r->error, r->name, 0, 0);
        sb_error_set_hint(r->error, "the file is cut short: save the steps anew");
    }
    return status;
}

/* ---- the whole ---- */

static sb_status replay_table(replay *r, const sb_consistent_set *set,
                              const sb_robust_options *options)
{
    sb_status status = sb_history_check_table(&r->table, r->environment->signal_count, r->name,
                                              &r->floating, r->error);
    if (status != SB_OK) {
        return status;
    }
    sb_robust_options chosen = options != NULL ? *options : SB_ROBUST_OPTIONS_DEFAULT;
    const sb_robust_options later = chosen;
    r->line = 1;
    chosen.lp.exact = was_exact(r);
    chosen.most_rounds = 0;
    status = sb_robust_run_new(r->environment, set, &chosen, &r->run, r->error);
    if (status == SB_OK) {
        status = replay_lines(r);
    }
    if (status == SB_OK) {
        r->run->options = later;
        sb_robust_tolerance(&r->run->tolerance, r->environment, &later);
    }
    return status;
}

sb_status sb_robust_history_replay(const sb_environment *environment, const sb_consistent_set *set,
                                   const sb_robust_options *options, const char *text,
                                   size_t length, const char *name, sb_robust_run **run,
                                   sb_error *error)
{
    *run = NULL;
    replay r = {.environment = environment, .name = name, .error = error};
    sb_status status = sb_robust_check_form(environment, set, error);
    if (status == SB_OK) {
        status = sb_csv_parse(text, length, name, &r.table, error);
    }
    if (status != SB_OK) {
        return status;
    }
    status = replay_table(&r, set, options);
    sb_csv_clear(&r.table);
    if (status != SB_OK) {
        sb_robust_run_free(r.run);
        return status;
    }
    *run = r.run;
    return SB_OK;
}
