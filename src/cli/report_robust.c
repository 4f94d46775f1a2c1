/* The answer of sidebet robust for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/layout.h"
#include "cli/report_number.h"
#include "cli/robust.h"

enum { INDENT = 2, MOST_PAYMENTS = 5 };

/* Take over a sentence and print it. */
static void add_sentence(sb_text *text, char *sentence, size_t width)
{
    text->failed = text->failed || sentence == NULL;
    if (sentence != NULL && sentence[0] != '\0') {
        sb_layout_wrap(text, sentence, 0, INDENT, width);
        sb_text_add(text, "\n");
    }
    free(sentence);
}

/* ---- the answer ---- */

static void add_optimum(sb_text *text, const sb_robust_answer *answer, size_t width)
{
    const sb_robust_solution *solution = &answer->solution;
    bool exact = solution->proof == SB_PROOF_EXACT;
    sb_text line;
    sb_text_init(&line);
    if (answer->stop != SB_ROBUST_NOT_STOPPED) {
        sb_text_add(&line, "stopped before the optimum");
    } else if (solution->status == SB_LP_OPTIMAL) {
        sb_text_add_format(&line, "%s ", sb_robust_optimum_name(answer));
        sb_report_add_number(&line, &solution->objective, exact);
    } else {
        sb_text_add(&line, sb_lp_status_name(solution->status));
    }
    if (solution->proof != SB_PROOF_NONE) {
        sb_text_add_format(&line, " (%s)", sb_proof_name(solution->proof));
    }
    sb_text_add_format(&line, ": %s", answer->set_text);
    add_sentence(text, sb_text_take(&line, NULL), width);
    if (solution->status == SB_LP_OPTIMAL && !exact) {
        sb_text_add_format(text, "not proved; the largest violation of a rule is %.2g\n",
                           solution->largest_violation);
    }
    if (solution->reason[0] != '\0') {
        add_sentence(text, sb_copy_text(solution->reason), width);
    }
}

static void add_limit(sb_text *text, const char *name, const sb_baseline *limit)
{
    sb_text_add_format(text, "%s ", name);
    if (limit->status == SB_LP_OPTIMAL) {
        sb_report_add_number(text, &limit->objective, limit->proof == SB_PROOF_EXACT);
    } else {
        sb_text_add(text, sb_lp_status_name(limit->status));
    }
    sb_text_add(text, "\n");
}

static void add_limits(sb_text *text, const sb_robust_answer *answer)
{
    add_limit(text, "Bayesian optimum, without doubt:", &answer->bayesian);
    add_limit(text, "ex-post optimum, whatever the beliefs:", &answer->ex_post);
    sb_text_add(text, "full surplus ");
    sb_report_add_number(text, &answer->full_surplus, true);
    sb_text_add(text, "\n");
}

/* With the objective at the estimate: what is certain; with what is certain: what the estimate
 * promises. */
static void add_other_objective(sb_text *text, const sb_robust_answer *answer, size_t width)
{
    const sb_robust_solution *solution = &answer->solution;
    bool certain = answer->options.objective == SB_ROBUST_WORST_CASE;
    bool exact = solution->proof == SB_PROOF_EXACT;
    sb_text line;
    sb_text_init(&line);
    sb_text_add(&line, certain ? "at the estimate this mechanism earns "
                               : "what the seller is sure of, whatever the beliefs in the set: ");
    sb_report_add_number(&line, certain ? &solution->revenue : &solution->worst_case, exact);
    add_sentence(text, sb_text_take(&line, NULL), width);
}

/* ---- the largest payments ---- */

/* The profile with the largest |payment| below those printed already. */
static size_t next_payment(const sb_mechanism *mechanism, const bool *printed)
{
    size_t found = SB_NOWHERE;
    fmpq_t size, largest;
    fmpq_init(size);
    fmpq_init(largest);
    for (size_t profile = 0; profile < mechanism->profile_count; profile++) {
        fmpq_abs(size, mechanism->payments + profile);
        if (!printed[profile] && fmpq_cmp(size, largest) > 0) {
            fmpq_set(largest, size);
            found = profile;
        }
    }
    fmpq_clear(size);
    fmpq_clear(largest);
    return found;
}

static void add_payments(sb_text *text, const sb_robust_answer *answer)
{
    const sb_mechanism *mechanism = answer->solution.mechanism;
    bool *printed = sb_allocate(mechanism->profile_count, sizeof *printed);
    if (printed == NULL) {
        text->failed = true;
        return;
    }
    bool rounded = false;
    sb_table table;
    sb_table_init(&table, 2);
    for (int k = 0; k < MOST_PAYMENTS; k++) {
        size_t profile = next_payment(mechanism, printed);
        if (profile == SB_NOWHERE) {
            break;
        }
        printed[profile] = true;
        char *place = sb_environment_profile_label(answer->environment, profile);
        sb_table_take(&table, place == NULL
                                  ? NULL
                                  : sb_format_text("%s's payment at %s:",
                                                   answer->environment->agents[0].name, place));
        sb_table_take(
            &table, sb_report_cell(mechanism->payments + profile, SB_REPORT_CELL_WIDTH, &rounded));
        free(place);
    }
    sb_text_add(text, table.cell_count > 0
                          ? "\nThe largest payments (negative: the bidder is paid):\n"
                          : "\nNobody pays anything.\n");
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    sb_text_add(text, rounded ? "  (rounded; --json prints the whole mechanism)\n"
                              : "  (--json prints the whole mechanism)\n");
    free(printed);
}

/* ---- the work ---- */

static void add_work(sb_text *text, const sb_robust_answer *answer, size_t width)
{
    const sb_robust_solution *solution = &answer->solution;
    if (answer->stop != SB_ROBUST_NOT_STOPPED && answer->run == NULL) {
        return; /* nothing to tell of what was not finished */
    }
    sb_text line;
    sb_text_init(&line);
    if (solution->method == SB_ROBUST_COMPACT) {
        sb_text_add_format(&line, "one program of %zu columns and %zu rows", solution->columns,
                           solution->rows);
    } else {
        sb_text_add_format(&line, "%zu round%s of cutting planes, %zu cut%s at the end",
                           solution->rounds, solution->rounds == 1 ? "" : "s", solution->cuts,
                           solution->cuts == 1 ? "" : "s");
    }
    sb_text_add_format(&line, "; %.3g s", solution->seconds);
    if (solution->certified) {
        sb_text_add(&line, "; the exact oracle finds no rule that a belief in the set breaks");
    }
    if (answer->saved != NULL) {
        sb_text_add_format(&line, "; the steps are in %s", answer->saved);
    }
    sb_text_add(text, "\n");
    add_sentence(text, sb_text_take(&line, NULL), width);
}

static void add_steps(sb_text *text, const sb_robust_answer *answer, size_t width)
{
    sb_text_add(text, "\n");
    for (size_t k = 0; k < sb_robust_run_count(answer->run); k++) {
        add_sentence(text, sb_robust_round_describe(answer->run, k), width);
    }
}

void sb_report_robust(sb_text *text, const void *whole, size_t width)
{
    const sb_robust_answer *answer = whole;
    if (answer->environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", answer->environment->title);
    }
    add_optimum(text, answer, width);
    add_limits(text, answer);
    char *lesson = sb_robust_lesson(answer);
    add_sentence(text,
                 lesson == NULL || lesson[0] == '\0' ? sb_copy_text("")
                                                     : sb_format_text("%s.", lesson),
                 width);
    free(lesson);
    if (answer->solution.status == SB_LP_OPTIMAL && answer->solution.mechanism != NULL) {
        add_other_objective(text, answer, width);
        add_payments(text, answer);
    }
    sb_report_robust_truth(text, answer, width);
    add_work(text, answer, width);
    if (answer->steps_wanted && answer->run != NULL) {
        add_steps(text, answer, width);
    }
}
