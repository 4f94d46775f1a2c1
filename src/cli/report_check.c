/* The answer of sidebet check for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/check.h"
#include "cli/layout.h"
#include "cli/report_number.h"

#include <stdlib.h>

#include "base/memory.h"

enum { INDENT = 2 };

static void add_line(sb_text *text, sb_text *sentence, size_t indent, size_t width)
{
    text->failed = text->failed || sentence->failed;
    sb_text_add_format(text, "%*s", (int)indent, "");
    sb_layout_wrap(text, sentence->bytes == NULL ? "" : sentence->bytes, indent, indent + INDENT,
                   width);
    sb_text_add(text, "\n");
    sb_text_clear(sentence);
}

static const char *answer_word(sb_answer answer)
{
    switch (answer) {
    case SB_ANSWER_YES:
        return "yes";
    case SB_ANSWER_NO:
        return "no";
    case SB_ANSWER_NOT_CONFIRMED:
        break;
    }
    return "not confirmed";
}

/* ---- beliefs ---- */

static void add_rank(sb_text *text, const sb_agent_extraction *extraction, size_t width)
{
    sb_text line;
    sb_text_init(&line);
    sb_text_add_format(&line, "rank %zu of %zu (%s), smallest singular value %.3g",
                       extraction->rank, extraction->types_with_belief,
                       extraction->full_rank ? "full" : "not full",
                       extraction->smallest_singular_value);
    add_line(text, &line, INDENT, width);
}

static size_t block_size(const sb_agent_extraction *extraction, size_t block)
{
    size_t size = 0;
    for (size_t type = 0; type < extraction->type_count; type++) {
        size += extraction->belief_block[type] == block;
    }
    return size;
}

static void add_block(sb_text *text, const sb_agent *agent, const sb_agent_extraction *extraction,
                      size_t block, size_t width)
{
    sb_text line;
    sb_text_init(&line);
    size_t left = block_size(extraction, block);
    sb_text_add(&line, "types ");
    for (size_t type = 0; type < extraction->type_count; type++) {
        if (extraction->belief_block[type] == block) {
            left--;
            sb_text_add_format(&line, "%s%s", agent->types[type],
                               left > 1    ? ", "
                               : left == 1 ? " and "
                                           : "");
        }
    }
    sb_text_add(&line, " share one belief");
    add_line(text, &line, INDENT, width);
}

static void add_beliefs(sb_text *text, const sb_agent *agent, const sb_agent_extraction *extraction,
                        size_t width)
{
    for (size_t block = 0; block < extraction->distinct_beliefs; block++) {
        if (block_size(extraction, block) > 1) {
            add_block(text, agent, extraction, block, width);
        }
    }
    if (extraction->distinct_beliefs == extraction->types_with_belief) {
        sb_text_add_format(text, "%*sno two types share a belief\n", INDENT, "");
    }
    for (size_t type = 0; type < extraction->type_count; type++) {
        if (extraction->belief_block[type] == SB_NOWHERE) {
            sb_text_add_format(text, "%*stype %s has probability zero and is left out\n", INDENT,
                               "", agent->types[type]);
        }
    }
}

/* ---- side bets ---- */

static void add_header(sb_table *table, const sb_environment *environment, size_t agent)
{
    size_t count = sb_environment_others_count(environment, agent);
    for (size_t others = 0; others < count; others++) {
        sb_table_take(table, sb_environment_others_label(environment, agent, others));
    }
}

static void add_row(sb_table *table, const fmpq *numbers, size_t count, size_t width)
{
    enum { LABELS = 12 }; /* about what the first column and the indent take */
    size_t cell_width = sb_report_cell_width(width > LABELS ? width - LABELS : 0, count);
    for (size_t i = 0; i < count; i++) {
        sb_table_take(table, sb_report_cell(numbers + i, cell_width, NULL));
    }
}

/* Print a table whose first row and column are labels; where it is too wide, one line a cell. */
static void print_table(sb_text *text, const sb_table *table, size_t width)
{
    size_t indent = (size_t)INDENT * 2;
    if (table->failed || sb_table_width(table, indent) <= width) {
        sb_table_print(table, text, indent);
        return;
    }
    for (size_t i = table->columns; i < table->cell_count; i++) {
        size_t column = i % table->columns;
        if (column > 0) {
            sb_text_add_format(text, "%*s%s at %s: %s\n", (int)indent, "", table->cells[i - column],
                               table->cells[column], table->cells[i]);
        }
    }
}

/* "G" is one function of beliefs only where any type may report any. */
static const char *condition_name(const sb_check_answer *answer, size_t index, const char *name)
{
    return sb_environment_has_reporting_sets(answer->environment, index) ? "" : name;
}

static void add_side_bets(sb_text *text, const sb_check_answer *answer, size_t index, size_t width)
{
    const sb_agent *agent = &answer->environment->agents[index];
    const sb_agent_extraction *extraction = &answer->extraction->agents[index];
    sb_text_add_format(text, "%*sa side bet for every type%s: yes\n", INDENT, "",
                       condition_name(answer, index, " (concave G)"));
    sb_table table;
    sb_table_init(&table, extraction->others_count + 1);
    sb_table_add(&table, "type");
    add_header(&table, answer->environment, index);
    for (size_t type = 0; type < extraction->type_count; type++) {
        if (extraction->side_bets[type].lottery != NULL) {
            sb_table_add(&table, agent->types[type]);
            add_row(&table, extraction->side_bets[type].lottery, extraction->others_count, width);
        }
    }
    print_table(text, &table, width);
    sb_table_clear(&table);
}

/* "0.5 of type 1 and 0.5 of type 3" */
static void add_mixture(sb_text *line, const sb_agent *agent, const fmpq *mixture)
{
    size_t left = 0;
    for (size_t type = 0; type < agent->type_count; type++) {
        left += !fmpq_is_zero(mixture + type);
    }
    for (size_t type = 0; type < agent->type_count; type++) {
        if (fmpq_is_zero(mixture + type)) {
            continue;
        }
        left--;
        sb_report_add_cell(line, mixture + type);
        sb_text_add_format(line, " of type %s%s", agent->types[type],
                           left > 1    ? ", "
                           : left == 1 ? " and "
                                       : "");
    }
}

static void add_witness(sb_text *text, const sb_check_answer *answer, size_t index, size_t width)
{
    const sb_agent *agent = &answer->environment->agents[index];
    const sb_agent_extraction *extraction = &answer->extraction->agents[index];
    sb_text line;
    sb_text_init(&line);
    sb_text_add_format(&line, "a side bet for every type%s: no",
                       condition_name(answer, index, " (concave G)"));
    if (extraction->failing_type != SB_NOWHERE) {
        const sb_side_bet *bet = &extraction->side_bets[extraction->failing_type];
        const char *type = agent->types[extraction->failing_type];
        if (bet->mixture != NULL) {
            bool sets = sb_environment_has_reporting_sets(answer->environment, index);
            sb_text_add(&line, "; the mixture ");
            add_mixture(&line, agent, bet->mixture);
            sb_text_add_format(&line, "%s believes what type %s believes, yet is worth ",
                               sets ? ", of types that may report it," : "", type);
            sb_report_add_cell(&line, &bet->mixture_value);
            sb_text_add(&line, ", more than its ");
            sb_report_add_cell(&line, &bet->own_value);
        } else {
            sb_text_add_format(&line, "; type %s has none", type);
        }
    }
    add_line(text, &line, INDENT, width);
}

/* One bidder whose reporting sets let each report have its own schedule. */
static bool schedules_by_report(const sb_check_answer *answer)
{
    return answer->environment->agent_count == 1 && answer->environment->form == SB_FORM_ITEM &&
           sb_environment_has_reporting_sets(answer->environment, 0);
}

static void add_schedules(sb_text *text, const sb_check_answer *answer, size_t index, size_t width)
{
    const sb_agent *agent = &answer->environment->agents[index];
    const sb_agent_extraction *extraction = &answer->extraction->agents[index];
    sb_text_add_format(text, "%*spayments, a schedule for each report, that tempt nobody: %s\n",
                       INDENT, "", extraction->linear ? "yes" : "no");
    if (extraction->schedules == NULL) {
        return;
    }
    sb_table table;
    sb_table_init(&table, extraction->others_count + 1);
    sb_table_add(&table, "report");
    add_header(&table, answer->environment, index);
    for (size_t type = 0; type < extraction->type_count; type++) {
        sb_table_add(&table, agent->types[type]);
        add_row(&table, extraction->schedules + type * extraction->others_count,
                extraction->others_count, width);
    }
    print_table(text, &table, width);
    sb_table_clear(&table);
}

static void add_linear(sb_text *text, const sb_check_answer *answer, size_t index, size_t width)
{
    const sb_agent_extraction *extraction = &answer->extraction->agents[index];
    if (schedules_by_report(answer)) {
        add_schedules(text, answer, index, width);
        return;
    }
    const char *schedule = answer->extraction->agent_count > 1
                               ? "one fee schedule for all reports, on top of the pivot mechanism"
                               : "one payment schedule for all reports";
    sb_text_add_format(text, "%*s%s%s: %s\n", INDENT, "", schedule,
                       condition_name(answer, index, " (linear G)"),
                       extraction->linear ? "yes" : "no");
    if (extraction->linear_payments == NULL) {
        return;
    }
    sb_table table;
    sb_table_init(&table, extraction->others_count + 1);
    sb_table_add(&table, "");
    add_header(&table, answer->environment, index);
    sb_table_add(&table, "pays");
    add_row(&table, extraction->linear_payments, extraction->others_count, width);
    print_table(text, &table, width);
    sb_table_clear(&table);
}

static void add_agent(sb_text *text, const sb_check_answer *answer, size_t index, size_t width)
{
    const sb_agent *agent = &answer->environment->agents[index];
    const sb_agent_extraction *extraction = &answer->extraction->agents[index];
    sb_text_add_format(text, "\n%s: %zu type%s, beliefs about %zu signal%s\n", agent->name,
                       extraction->type_count, extraction->type_count == 1 ? "" : "s",
                       extraction->others_count, extraction->others_count == 1 ? "" : "s");
    add_rank(text, extraction, width);
    add_beliefs(text, agent, extraction, width);
    if (extraction->concave) {
        add_side_bets(text, answer, index, width);
    } else {
        add_witness(text, answer, index, width);
    }
    add_linear(text, answer, index, width);
}

void sb_report_check(sb_text *text, const sb_check_answer *answer, size_t width)
{
    const sb_extraction *extraction = answer->extraction;
    if (answer->environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", answer->environment->title);
    }
    sb_text_add(text, "full surplus ");
    sb_report_add_number(text, &extraction->full_surplus, true);
    sb_text_add_format(text, "\nsmallest singular value of the prior %.3g",
                       extraction->prior_smallest_singular_value);
    sb_text_add_format(text,
                       "\nextracted by a Bayesian mechanism: %s\nextracted under ex-post IC: %s\n",
                       answer_word(extraction->bayesian), answer_word(extraction->ex_post_ic));
    for (size_t i = 0; i < extraction->reasons.count; i++) {
        sb_text_add(text, "  ");
        sb_layout_wrap(text, extraction->reasons.texts[i], INDENT, (size_t)INDENT * 2, width);
        sb_text_add(text, "\n");
    }
    if (extraction->some_types_not_served) {
        sb_text_add(text, "  types not worth serving need no side bet of their own\n");
    }
    for (size_t i = 0; i < extraction->agent_count; i++) {
        add_agent(text, answer, i, width);
    }
}
