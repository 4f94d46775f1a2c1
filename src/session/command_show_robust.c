/* What `show` prints and `expect` compares of the robust run.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "session/command_robust.h"
#include "session/expect.h"
#include "session/text_table.h"

/* Results with the rounds, and the price where it is asked for; NULL with an error. */
static const sb_results *results_for(sb_call *call, bool price, bool to_the_end)
{
    if (sb_robust_require_form(call) != SB_OK) {
        return NULL;
    }
    sb_wants wants = {.robust = !price, .price = price};
    wants.plan = *sb_session_robust_plan(call->session);
    if (to_the_end) {
        wants.plan.round = SB_ROBUST_LAST;
        wants.plan.enough = 0;
    }
    const sb_results *results = sb_session_wanted_results(call->session, &wants, call->error);
    const sb_robust_steps *steps = results == NULL || price ? NULL : sb_results_robust(results);
    if (results != NULL && !price && (steps == NULL || steps->problem[0] != '\0')) {
        sb_error_set(call->error, SB_ERROR_USAGE, "there is no robust run: %s",
                     steps == NULL ? sb_results_failure(results) : steps->problem);
        return NULL;
    }
    return results;
}

/* ---- show ---- */

static void add_line(sb_text_table *table, const char *name, const fmpq *number, const char *word)
{
    sb_text_table_add(table, name);
    table->unproved = strcmp(word, "floating") == 0;
    sb_text_table_add_number(table, number, false);
    sb_text_table_add(table, word);
}

static void add_words(sb_text_table *table, const char *name, const char *value, const char *word)
{
    sb_text_table_add(table, name);
    sb_text_table_add(table, value);
    sb_text_table_add(table, word);
}

static void add_check(sb_call *call, const sb_robust_check *check)
{
    if (check == NULL) {
        return;
    }
    sb_text_add(call->output, check->certified
                                  ? "  certified: in rationals no belief of any set objects\n"
                                  : "  not certified in rationals\n");
    if (!check->compared) {
        sb_text_add_format(call->output, "  not compared with the compact program: %s\n",
                           check->reason);
    } else if (check->compact.status == SB_LP_OPTIMAL) {
        sb_text_add(call->output, "  the compact program's optimum: ");
        sb_text_add_number(call->output, &check->compact.objective);
        sb_text_add_format(call->output, " (%s)\n", sb_proof_name(check->compact.proof));
    } else {
        sb_text_add_format(call->output, "  the compact program is %s\n",
                           sb_lp_status_name(check->compact.status));
    }
}

static void add_limit(sb_text_table *table, const char *name, sb_lp_status status, sb_proof proof,
                      const fmpq *objective)
{
    if (status == SB_LP_OPTIMAL) {
        add_line(table, name, objective, sb_proof_name(proof));
    } else {
        add_words(table, name, sb_lp_status_name(status), sb_proof_name(proof));
    }
}

static void show_round(sb_call *call, const sb_results *results)
{
    const sb_robust_step *step = sb_session_robust_step(call->session);
    const sb_robust_plan *plan = sb_session_robust_plan(call->session);
    char *set = sb_robust_set_text(&sb_call_environment(call)->robust);
    sb_text_add_format(call->output, "set: %s; objective %s, cuts %s, begun from %s\n%s\n",
                       set == NULL ? "" : set, sb_robust_objective_name(plan->objective),
                       sb_cut_choice_name(plan->choice), sb_cut_beginning_name(plan->beginning),
                       step->sentence);
    free(set);
    sb_text_table table;
    static const char *const headings[] = {"answer", "value", "proof"};
    sb_text_table_init(&table, 3, 1);
    table.headings = headings;
    char *round = sb_format_text("%zu%s", step->round, step->finished ? ", the last" : "");
    char *cuts = sb_format_text("%zu", step->cut_count);
    char *found = sb_format_text("%zu", step->found_count);
    add_words(&table, "round", round, sb_proof_name(step->proof));
    add_limit(&table, "bound", step->status, step->proof, &step->objective);
    add_words(&table, "cuts so far", cuts, "");
    add_words(&table, "broken rules", found, "");
    add_line(&table, "largest violation", &step->violation, "");
    free(found);
    free(cuts);
    free(round);
    const sb_solution *solution = sb_results_solution(results);
    if (solution != NULL) {
        add_limit(&table, "Bayesian optimum", solution->status, solution->proof,
                  &solution->objective);
    }
    const sb_baseline *ex_post = sb_results_ex_post(results);
    if (ex_post != NULL) {
        add_limit(&table, "ex-post optimum", ex_post->status, ex_post->proof, &ex_post->objective);
    }
    sb_call_table(call, &table);
    if (step->finished) {
        add_check(call, sb_results_robust_check(results));
    }
}

/* "2 reports 1", "2 stays away" */
static char *row_text(const sb_environment *environment, const sb_robust_step *step)
{
    if (step->worst == SB_NOWHERE) {
        return sb_copy_text("-");
    }
    const char *type = sb_environment_label(environment, 0, step->worst);
    const sb_robust_row *row = &step->rows[step->worst];
    return row->kind == SB_CUT_INCENTIVE
               ? sb_format_text("%s reports %s", type,
                                sb_environment_label(environment, 0, row->report))
           : row->kind == SB_CUT_PARTICIPATION ? sb_format_text("%s stays away", type)
                                               : sb_format_text("%s's revenue", type);
}

static void show_steps(sb_call *call, const sb_robust_steps *steps)
{
    static const char *const headings[] = {"round",  "bound",     "proof", "cuts",
                                           "broken", "violation", "worst"};
    enum { columns = sizeof headings / sizeof headings[0] };
    const sb_environment *environment = sb_call_environment(call);
    size_t last = sb_robust_steps_at(steps, sb_session_robust_plan(call->session));
    sb_text_table table;
    sb_text_table_init(&table, columns, 0);
    for (size_t k = 0; k < columns; k++) {
        sb_text_table_add(&table, headings[k]);
    }
    for (size_t index = 0; index <= last; index++) {
        const sb_robust_step *step = steps->items[index];
        char *round = sb_format_text("%zu", step->round);
        char *cuts = sb_format_text("%zu", step->cut_count);
        char *found = sb_format_text("%zu", step->found_count);
        char *row = row_text(environment, step);
        sb_text_table_add(&table, round);
        table.unproved = step->proof != SB_PROOF_EXACT;
        if (step->status == SB_LP_OPTIMAL) {
            sb_text_table_add_number(&table, &step->objective, false);
        } else {
            sb_text_table_add(&table, sb_lp_status_name(step->status));
        }
        sb_text_table_add(&table, sb_proof_name(step->proof));
        sb_text_table_add(&table, cuts);
        sb_text_table_add(&table, found);
        sb_text_table_add_number(&table, &step->violation, false);
        sb_text_table_add(&table, row);
        free(row);
        free(found);
        free(cuts);
        free(round);
    }
    sb_call_table(call, &table);
}

static sb_status show_price(sb_call *call, const sb_price_curve *curve)
{
    static const char *const headings[] = {"box", "revenue", "proof", "rounds"};
    if (curve == NULL || curve->problem[0] != '\0') {
        return sb_error_set(call->error, SB_ERROR_USAGE, "there is no price of robustness: %s",
                            curve == NULL ? "it is not known" : curve->problem);
    }
    sb_text_table table;
    sb_text_table_init(&table, 4, 0);
    for (size_t k = 0; k < sizeof headings / sizeof headings[0]; k++) {
        sb_text_table_add(&table, headings[k]);
    }
    for (size_t index = 0; index < curve->price.count; index++) {
        const sb_price_point *point = &curve->price.points[index];
        char *rounds = sb_format_text("%zu", point->rounds);
        table.unproved = false;
        sb_text_table_add_number(&table, &point->radius, false);
        table.unproved = point->proof != SB_PROOF_EXACT;
        if (point->status == SB_LP_OPTIMAL) {
            sb_text_table_add_number(&table, &point->objective, false);
        } else {
            sb_text_table_add(&table, sb_lp_status_name(point->status));
        }
        sb_text_table_add(&table, sb_proof_name(point->proof));
        sb_text_table_add(&table, rounds);
        free(rounds);
    }
    sb_text_add_format(call->output,
                       "the robust optimum (objective %s) against the box's radius:\n",
                       sb_robust_objective_name(curve->objective));
    sb_call_table(call, &table);
    return SB_OK;
}

bool sb_show_is_robust(const char *what)
{
    return strcmp(what, "robust") == 0 || strcmp(what, "steps") == 0 || strcmp(what, "price") == 0;
}

sb_status sb_show_robust(sb_call *call, const char *what)
{
    bool price = strcmp(what, "price") == 0;
    const sb_results *results = results_for(call, price, false);
    if (results == NULL) {
        return call->error->status;
    }
    if (price) {
        return show_price(call, sb_results_price(results));
    }
    if (strcmp(what, "steps") == 0) {
        show_steps(call, sb_results_robust(results));
    } else {
        show_round(call, results);
    }
    return SB_OK;
}

/* ---- expect ---- */

sb_status sb_expect_robust_round(sb_call *call)
{
    const char *what = call->arguments[0];
    static const char *const answers[] = {"yes", "no", NULL};
    bool to_the_end = strcmp(what, "robust-optimum") == 0;
    const sb_results *results = results_for(call, false, to_the_end);
    if (results == NULL) {
        return call->error->status;
    }
    const sb_robust_steps *steps = sb_results_robust(results);
    const sb_robust_step *step =
        to_the_end ? steps->items[steps->count - 1] : sb_session_robust_step(call->session);
    const char *proof = sb_proof_name(step->proof);
    if (strcmp(what, "robust-finished") == 0) {
        return sb_expect_word(call, what, answers, step->finished ? "yes" : "no");
    }
    if (strcmp(what, "robust-violation") == 0) {
        return sb_expect_number(call, what, &step->violation, proof);
    }
    if (strcmp(what, "robust-round") == 0) {
        fmpq_t round;
        fmpq_init(round);
        fmpq_set_si(round, (slong)step->round, 1);
        sb_status status = sb_expect_number(call, what, round, "exact");
        fmpq_clear(round);
        return status;
    }
    if (step->status != SB_LP_OPTIMAL) {
        return sb_error_set(call->error, SB_ERROR_INPUT, "expected %s %s, but the relaxation is %s",
                            what, call->arguments[call->count - 1],
                            sb_lp_status_name(step->status));
    }
    return sb_expect_number(call, what, &step->objective, proof);
}
