/* The commands that check and tell single answers: in scripts and tours, every number mentioned is
 * computed.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Comparisons are exact: a floating answer is as good as its doubles and rarely meets a decimal.
 * An answer that is not as said is SB_ERROR_INPUT; a question that makes no sense SB_ERROR_USAGE.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/text_table.h"

static sb_status differs(sb_call *call, const char *what, const char *said, const char *found)
{
    return sb_error_set(call->error, SB_ERROR_INPUT, "expected %s %s, but it is %s", what, said,
                        found);
}

static sb_status answer_word(sb_call *call, const char *found)
{
    call->asked->word = sb_copy_text(found);
    return call->asked->word == NULL ? sb_out_of_memory(call->error) : SB_OK;
}

sb_status sb_expect_word(sb_call *call, const char *what, const char *const *words,
                         const char *found)
{
    if (call->asked != NULL) {
        return answer_word(call, found);
    }
    size_t said = call->count - 1;
    size_t choice = 0;
    sb_status status = sb_call_choice(call, said, words, &choice);
    if (status == SB_OK && strcmp(words[choice], found) != 0) {
        status = differs(call, what, words[choice], found);
    }
    return status;
}

sb_status sb_expect_number(sb_call *call, const char *what, const fmpq *found, const char *proof)
{
    if (call->asked != NULL) {
        call->asked->is_number = true;
        fmpq_set(call->asked->number, found);
        call->asked->proof = proof;
        return SB_OK;
    }
    fmpq_t said;
    fmpq_init(said);
    size_t last = call->count - 1;
    sb_status status = sb_call_number(call, last, said);
    if (status == SB_OK && !fmpq_equal(said, found)) {
        char *number = sb_rational_format(found, SB_NUMBER_DECIMAL);
        char *text = number == NULL ? NULL : sb_format_text("%s (%s)", number, proof);
        status = text == NULL ? sb_out_of_memory(call->error)
                              : differs(call, what, call->arguments[last], text);
        free(text);
        free(number);
    }
    fmpq_clear(said);
    return status;
}

static sb_status not_optimal(sb_call *call, const char *what, sb_lp_status status)
{
    if (call->asked != NULL) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "there is no %s: the program is %s", what,
                            sb_lp_status_name(status));
    }
    return sb_error_set(call->error, SB_ERROR_INPUT, "expected %s %s, but the program is %s", what,
                        call->arguments[call->count - 1], sb_lp_status_name(status));
}

/* ---- one question each ---- */

static sb_status missing(sb_call *call, const sb_results *results)
{
    return sb_error_set(call->error, SB_ERROR_INTERNAL, "the answer is not known: %s",
                        sb_results_failure(results));
}

static sb_status expect_of_solution(sb_call *call, const sb_results *results, const char *what)
{
    static const char *const statuses[] = {"optimal", "infeasible", "unbounded", "failed", NULL};
    static const char *const proofs[] = {"exact", "floating", "none", NULL};
    const sb_solution *solution = sb_results_solution(results);
    if (solution == NULL) {
        return missing(call, results);
    }
    const char *proof = sb_proof_name(solution->proof);
    if (strcmp(what, "status") == 0) {
        return sb_expect_word(call, what, statuses, sb_lp_status_name(solution->status));
    }
    if (strcmp(what, "proof") == 0) {
        return sb_expect_word(call, what, proofs, proof);
    }
    if (solution->status != SB_LP_OPTIMAL) {
        return not_optimal(call, what, solution->status);
    }
    const fmpq *number = strcmp(what, "revenue") == 0     ? &solution->revenue
                         : strcmp(what, "welfare") == 0   ? &solution->welfare
                         : strcmp(what, "objective") == 0 ? &solution->objective
                                                          : &solution->max_payment;
    return sb_expect_number(call, what, number, proof);
}

static sb_status expect_baseline(sb_call *call, const sb_results *results, const char *what)
{
    const sb_baseline *baseline = strcmp(what, "ex-post-optimum") == 0
                                      ? sb_results_ex_post(results)
                                      : sb_results_without_correlation(results);
    if (baseline == NULL) {
        return missing(call, results);
    }
    return baseline->status == SB_LP_OPTIMAL
               ? sb_expect_number(call, what, &baseline->objective, sb_proof_name(baseline->proof))
               : not_optimal(call, what, baseline->status);
}

static sb_status expect_fse(sb_call *call, const sb_results *results)
{
    static const char *const kinds[] = {"bayesian", "ex-post", NULL};
    static const char *const answers[] = {"yes", "no", NULL};
    const sb_extraction *extraction = sb_results_extraction(results);
    if (extraction == NULL) {
        return missing(call, results);
    }
    size_t kind = 0;
    sb_status status = sb_call_choice(call, 1, kinds, &kind);
    if (status != SB_OK) {
        return status;
    }
    sb_answer answer = kind == 0 ? extraction->bayesian : extraction->ex_post_ic;
    const char *found = answer == SB_ANSWER_YES  ? "yes"
                        : answer == SB_ANSWER_NO ? "no"
                                                 : "not confirmed";
    return sb_expect_word(call, kind == 0 ? "fse bayesian" : "fse ex-post", answers, found);
}

static sb_status expect_rank(sb_call *call, const sb_results *results)
{
    const sb_extraction *extraction = sb_results_extraction(results);
    if (extraction == NULL) {
        return missing(call, results);
    }
    size_t agent = 0;
    sb_status status = sb_call_join(call, 1, call->count - 1, " ");
    if (status == SB_OK) {
        status = sb_call_agent(call, 1, &agent);
    }
    if (status != SB_OK) {
        return status;
    }
    char *what = sb_format_text("rank %s", sb_call_environment(call)->agents[agent].name);
    fmpq_t rank;
    fmpq_init(rank);
    fmpq_set_si(rank, (slong)extraction->agents[agent].rank, 1);
    status =
        what == NULL ? sb_out_of_memory(call->error) : sb_expect_number(call, what, rank, "exact");
    fmpq_clear(rank);
    free(what);
    return status;
}

static sb_status expect_probability(sb_call *call)
{
    size_t profile = 0;
    sb_status status = sb_call_profile(call, 1, call->count - 1, &profile);
    if (status != SB_OK) {
        return status;
    }
    char *what = sb_format_text("probability %s", call->arguments[1]);
    fmpq_t probability;
    fmpq_init(probability);
    sb_environment_probability(probability, sb_call_environment(call), profile);
    status = what == NULL ? sb_out_of_memory(call->error)
                          : sb_expect_number(call, what, probability, "exact");
    fmpq_clear(probability);
    free(what);
    return status;
}

sb_status sb_run_expect(sb_call *call)
{
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, call->command->description.choices, &choice);
    if (status != SB_OK) {
        return status;
    }
    const char *what = call->arguments[0];
    bool which = strcmp(what, "rank") == 0 || strcmp(what, "fse") == 0 ||
                 strcmp(what, "probability") == 0 || strcmp(what, "reply") == 0 ||
                 strcmp(what, "envelope") == 0 || strcmp(what, "auction") == 0 ||
                 strcmp(what, "dual") == 0 || strcmp(what, "slack") == 0;
    if (which ? call->count < 3 : call->count != 2) {
        return sb_call_wrong(call);
    }
    if (strcmp(what, "probability") == 0) {
        return expect_probability(call);
    }
    if (strcmp(what, "auction") == 0) {
        return sb_expect_auction(call);
    }
    if (strcmp(what, "dual") == 0 || strcmp(what, "slack") == 0) {
        return sb_expect_incentive(call, what);
    }
    if (strcmp(what, "smallest-payment") == 0) {
        return sb_expect_smallest(call);
    }
    if (strcmp(what, "misbelief-revenue") == 0) {
        return sb_expect_misbelief(call);
    }
    if (strcmp(what, "envelope") == 0) {
        return sb_expect_envelope(call);
    }
    if (strcmp(what, "reply") == 0) {
        return sb_expect_reply(call);
    }
    if (sb_expect_is_robust(what)) {
        return sb_expect_robust(call, what);
    }
    const sb_results *results = sb_session_complete_results(call->session, call->error);
    if (results == NULL) {
        return call->error->status;
    }
    if (strcmp(what, "full-surplus") == 0) {
        return sb_expect_number(call, what, sb_results_full_surplus(results), "exact");
    }
    if (strcmp(what, "ex-post-optimum") == 0 || strcmp(what, "no-correlation") == 0) {
        return expect_baseline(call, results, what);
    }
    if (strcmp(what, "fse") == 0) {
        return call->count == 3 ? expect_fse(call, results) : sb_call_wrong(call);
    }
    return strcmp(what, "rank") == 0 ? expect_rank(call, results)
                                     : expect_of_solution(call, results, what);
}

/* ---- asking ---- */

sb_status sb_run_ask(sb_call *call)
{
    sb_text question;
    sb_text_init(&question);
    for (size_t k = 0; k < call->count; k++) {
        sb_text_add(&question, k == 0 ? "" : " ");
        sb_words_quote(&question, call->arguments[k]);
    }
    sb_asked asked;
    sb_asked_init(&asked);
    char *line = sb_text_take(&question, call->error);
    sb_status status =
        line == NULL ? SB_ERROR_MEMORY : sb_session_ask(call->session, line, &asked, call->error);
    if (status == SB_OK) {
        if (asked.is_number) {
            sb_text_add_rational(call->output, asked.number, SB_NUMBER_DECIMAL);
        } else {
            sb_text_add(call->output, asked.word);
        }
        if (asked.proof != NULL) {
            sb_text_add_format(call->output, " (%s)", asked.proof);
        }
        sb_text_add(call->output, "\n");
    }
    free(line);
    sb_asked_clear(&asked);
    return status;
}

void sb_asked_init(sb_asked *asked)
{
    *asked = (sb_asked){.is_number = false};
    fmpq_init(asked->number);
}

void sb_asked_clear(sb_asked *asked)
{
    fmpq_clear(asked->number);
    free(asked->word);
    sb_asked_init(asked);
}
