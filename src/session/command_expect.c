/* The commands that check and tell single answers: in scripts and tours, every number mentioned is
 * computed.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Comparisons are exact: a floating answer is as good as its doubles and rarely meets a decimal.
 * An answer that is not as said is SB_ERROR_INPUT; a question that makes no sense SB_ERROR_USAGE.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/expect.h"
#include "session/text_table.h"

#define SB_QUESTION_NAME(name, which, words, about, run) name,
const char *const sb_expect_words[] = {SB_QUESTIONS(SB_QUESTION_NAME) NULL};

typedef struct sb_question {
    const char *name, *which;
    size_t words; /* at least so many behind the name, and one where an agent has one */
    sb_status (*run)(sb_call *call);
} sb_question;
#define SB_QUESTION_ENTRY(name, which, words, about, run) {name, which, words, run},
static const sb_question questions[] = {SB_QUESTIONS(SB_QUESTION_ENTRY)};

/* ---- comparing, or telling ---- */

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
    const char *said = call->arguments[call->count - 1];
    size_t choice = 0;
    sb_status status =
        words == NULL ? SB_OK : sb_call_choice(call, call->count - 1, words, &choice);
    if (status == SB_OK && strcmp(said, found) != 0) {
        status = differs(call, what, said, found);
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

sb_status sb_expect_count(sb_call *call, const char *what, size_t found)
{
    fmpq_t number;
    fmpq_init(number);
    fmpq_set_ui(number, found, 1);
    sb_status status = sb_expect_number(call, what, number, "exact");
    fmpq_clear(number);
    return status;
}

sb_status sb_expect_double(sb_call *call, const char *what, double found)
{
    if (!isfinite(found)) {
        return sb_expect_word(call, what, NULL, isnan(found) ? "none" : "infinite");
    }
    fmpq_t number;
    fmpq_init(number);
    sb_rational_from_double(number, found);
    sb_status status = sb_expect_number(call, what, number, "floating");
    fmpq_clear(number);
    return status;
}

sb_status sb_expect_not_optimal(sb_call *call, const char *what, sb_lp_status status)
{
    if (call->asked != NULL) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "there is no %s: the program is %s", what,
                            sb_lp_status_name(status));
    }
    return sb_error_set(call->error, SB_ERROR_INPUT, "expected %s %s, but the program is %s", what,
                        call->arguments[call->count - 1], sb_lp_status_name(status));
}

sb_status sb_expect_missing(sb_call *call, const sb_results *results)
{
    return sb_error_set(call->error, SB_ERROR_INTERNAL, "the answer is not known: %s",
                        sb_results_failure(results));
}

/* ---- the question ---- */

sb_status sb_expect_agent(sb_call *call, size_t behind, size_t *agent)
{
    if (call->count < behind + 3) {
        return sb_call_wrong(call);
    }
    sb_status status = sb_call_join(call, 1, call->count - 1 - behind, " ");
    return status == SB_OK ? sb_call_agent(call, 1, agent) : status;
}

sb_status sb_expect_type(sb_call *call, size_t behind, size_t *agent, size_t *type)
{
    sb_status status = sb_expect_agent(call, behind, agent);
    return status == SB_OK ? sb_call_type(call, 2, *agent, type) : status;
}

static sb_status takes_otherwise(sb_call *call, const sb_question *asked)
{
    sb_error_set(call->error, SB_ERROR_USAGE, "%s cannot be asked for like this", asked->name);
    sb_error_set_hint(call->error, "usage: %s %s%s%s", call->asked == NULL ? "expect" : "ask",
                      asked->name, asked->which, call->asked == NULL ? " ANSWER" : "");
    return SB_ERROR_USAGE;
}

/* While a presenter hides answers, silence would tell as much as a complaint. */
static bool would_tell(const sb_call *call)
{
    return call->for_message && sb_session_hides(call->session) &&
           !sb_session_shows(call->session, SB_REVEALED_ALL);
}

sb_status sb_run_expect(sb_call *call)
{
    if (would_tell(call)) {
        sb_error_set(call->error, SB_ERROR_USAGE, "the answers are hidden");
        sb_error_set_hint(call->error, "presenter all reveals them");
        return SB_ERROR_USAGE;
    }
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, sb_expect_words, &choice);
    if (status != SB_OK) {
        return status;
    }
    const sb_question *asked = &questions[choice];
    size_t words = call->count - 2; /* without the name and the answer */
    if (words < asked->words || (asked->words == 0 && words > 0)) {
        return takes_otherwise(call, asked);
    }
    return asked->run(call);
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
