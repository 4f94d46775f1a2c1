/* Commands about what the best mechanism is compared with.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/command_robust.h"
#include "session/comparison.h"
#include "session/expect.h"
#include "session/text_table.h"

static const sb_results *results_with_auctions(sb_call *call)
{
    const sb_wants wants = {.auctions = true};
    return sb_session_wanted_results(call->session, &wants, call->error);
}

static const sb_mechanism *best(const sb_session *session)
{
    return sb_session_shown_mechanism(session, NULL, NULL);
}

/* ---- show ---- */

static void add_optional(sb_text_table *table, const fmpq *number)
{
    if (number == NULL) {
        sb_text_table_add(table, "-");
    } else {
        sb_text_table_add_number(table, number, false);
    }
}

sb_status sb_show_auctions(sb_call *call)
{
    const sb_results *results = results_with_auctions(call);
    if (results == NULL) {
        return call->error->status;
    }
    const sb_rules *rules = &sb_call_environment(call)->rules;
    bool revenue = rules->choice[SB_RULE_OBJECTIVE] == SB_OBJECTIVE_REVENUE;
    sb_text_table table;
    sb_text_table_init(&table, revenue ? 4 : 5, 1);
    sb_text_table_add(&table, "");
    if (!revenue) {
        sb_text_table_add(&table, sb_rules_objective_noun(rules));
    }
    sb_text_table_add(&table, "revenue");
    sb_text_table_add(&table, "welfare");
    sb_text_table_add(&table, "proof");
    for (size_t index = 0; index < SB_COMPARISON_COUNT; index++) {
        sb_comparison row = sb_comparison_at(results, best(call->session), index);
        sb_text_table_add(&table, sb_comparison_title(index, sb_call_environment(call)));
        table.unproved = !row.exact;
        add_optional(&table, row.objective);
        if (!revenue) {
            add_optional(&table, row.revenue);
        }
        add_optional(&table, row.welfare);
        sb_text_table_add(&table, !row.known         ? "not known"
                                  : row.breaks_rules ? "breaks the rules"
                                                     : row.word);
    }
    sb_call_table(call, &table);
    for (size_t index = SB_COMPARISON_AUCTIONS; index < SB_COMPARISON_COUNT; index++) {
        char *sentence = sb_comparison_sentence(results, index);
        sb_text_add_format(call->output, "  %s: %s\n", sb_comparison_name(index),
                           sentence == NULL ? "" : sentence);
        free(sentence);
    }
    return SB_OK;
}

/* ---- expect ---- */

/* auction NAME NUMBER|none. */
sb_status sb_expect_auction(sb_call *call)
{
    const char *names[SB_AUCTION_COUNT + 1] = {NULL};
    for (size_t kind = 0; kind < SB_AUCTION_COUNT; kind++) {
        names[kind] = sb_auction_name((sb_auction_kind)kind);
    }
    size_t kind = 0;
    sb_status status =
        call->count == 3 ? sb_call_choice(call, 1, names, &kind) : sb_call_wrong(call);
    const sb_results *results = status == SB_OK ? results_with_auctions(call) : NULL;
    if (results == NULL) {
        return status == SB_OK ? call->error->status : status;
    }
    const char *said = call->arguments[2];
    sb_comparison row = sb_comparison_at(results, NULL, SB_COMPARISON_AUCTIONS + kind);
    if (!row.known) {
        return sb_error_set(call->error, SB_ERROR_INTERNAL, "the answer is not known: %s",
                            sb_results_failure(results));
    }
    if (call->asked != NULL && row.objective == NULL) {
        return sb_expect_word(call, names[kind], names, "none");
    }
    bool none = strcmp(said, "none") == 0;
    if (none != (row.objective == NULL)) {
        char *number = none ? sb_rational_format(row.objective, SB_NUMBER_DECIMAL) : NULL;
        sb_error_set(call->error, SB_ERROR_INPUT, "expected auction %s %s, but it %s%s",
                     names[kind], said, none ? "brings " : row.word, number == NULL ? "" : number);
        free(number);
        return SB_ERROR_INPUT;
    }
    return none ? SB_OK : sb_expect_number(call, names[kind], row.objective, row.word);
}

/* ---- the screen ---- */

static sb_status freeze_chosen(sb_call *call)
{
    sb_session *session = call->session;
    size_t chosen = session->display.comparison;
    if (chosen == SB_COMPARISON_OPTIMUM) {
        return sb_run_freeze(call);
    }
    const sb_results *results = session->results;
    if (sb_belief_is_early(call)) {
        return SB_ERROR_USAGE;
    }
    if (!sb_belief_must_be_known(call)) {
        results = results_with_auctions(call);
    }
    const char *name = sb_comparison_name(chosen);
    sb_comparison row = sb_comparison_at(results, NULL, chosen);
    if (row.mechanism == NULL) {
        sb_error_set(call->error, SB_ERROR_USAGE, "%s has no mechanism that could be frozen", name);
        sb_error_set_hint(call->error, "choose another: baseline NAME");
        return SB_ERROR_USAGE;
    }
    char *what = sb_format_text("the %s mechanism", name);
    char *commands = sb_format_text("baseline %s\nbaseline freeze\n", name);
    sb_status status = what == NULL || commands == NULL
                           ? sb_out_of_memory(call->error)
                           : sb_belief_freeze(call, row.mechanism, what, commands);
    free(what);
    free(commands);
    return status;
}

sb_status sb_run_baseline(sb_call *call)
{
    sb_display *display = &call->session->display;
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, call->command->description.choices, &choice);
    if (status != SB_OK) {
        return status;
    }
    const char *word = call->arguments[0];
    if (strcmp(word, "freeze") == 0) {
        return freeze_chosen(call);
    }
    size_t chosen = display->comparison;
    if (strcmp(word, "next") == 0) {
        chosen += chosen + 1 < SB_COMPARISON_COUNT ? 1 : 0;
    } else if (strcmp(word, "previous") == 0) {
        chosen -= chosen > 0 ? 1 : 0;
    } else {
        chosen = 0;
        while (strcmp(sb_comparison_name(chosen), word) != 0) {
            chosen++;
        }
    }
    if (chosen != display->comparison) {
        display->comparison_scroll = 0;
    }
    display->comparison = chosen;
    return SB_OK;
}
