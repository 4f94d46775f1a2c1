/* The answer of sidebet solve for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/layout.h"
#include "cli/report_number.h"
#include "cli/solve.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sidebet/surplus.h"

enum { INDENT = 2, MOST_SENTENCES = 32 };

/* ---- the head: status, numbers ---- */

static void add_headline(sb_text *text, const sb_solve_answer *answer)
{
    const sb_solution *solution = answer->solution;
    const sb_rules *rules = &answer->environment->rules;
    sb_text_add(text, sb_solution_status_words(solution));
    if (solution->status == SB_LP_OPTIMAL) {
        sb_text_add_format(text, ": %s ", sb_rules_objective_noun(rules));
        sb_report_add_number(text, &solution->objective, solution->proof == SB_PROOF_EXACT);
    }
    if (solution->proof != SB_PROOF_NONE) {
        sb_text_add_format(text, " (%s)",
                           solution->incumbent ? "not proved optimal"
                                               : sb_proof_name(solution->proof));
    }
    sb_text_add(text, "\n");
    if (solution->status == SB_LP_OPTIMAL && solution->proof == SB_PROOF_FLOATING &&
        !solution->incumbent) {
        sb_text_add_format(text, "not proved; the largest violation of a rule is %.2g\n",
                           solution->largest_violation);
    }
    if (solution->reason[0] != '\0') {
        sb_text_add_format(text, "%s\n", solution->reason);
    }
}

/* Which types may report what, where something is left out. */
static void add_reports(sb_text *text, const sb_environment *environment, size_t width)
{
    for (size_t agent = 0; agent < environment->agent_count; agent++) {
        if (!sb_environment_has_reporting_sets(environment, agent)) {
            continue;
        }
        char *sets = sb_environment_format_reports(environment, agent);
        char *line = sets == NULL ? NULL
                                  : sb_format_text("reports of %s: %s",
                                                   environment->agents[agent].name, sets);
        text->failed = text->failed || line == NULL;
        sb_layout_wrap(text, line == NULL ? "" : line, 0, INDENT, width);
        sb_text_add(text, "\n");
        free(line);
        free(sets);
    }
}

static void add_rules(sb_text *text, const sb_environment *environment, size_t width)
{
    sb_text_add(text, "rules:");
    bool randomised = environment->rules.choice[SB_RULE_DETERMINISTIC] == SB_RANDOMISED;
    int rules = randomised ? SB_RULE_DETERMINISTIC : SB_RULE_COUNT;
    for (int rule = 0; rule < rules; rule++) {
        char *choice = sb_environment_format_rule(environment, (sb_rule)rule);
        text->failed = text->failed || choice == NULL;
        sb_text_add_format(text, "%s %s %s", rule > 0 ? "," : "",
                           sb_rule_describe((sb_rule)rule)->name, choice == NULL ? "" : choice);
        free(choice);
    }
    sb_text_add(text, "\n");
    add_reports(text, environment, width);
}

/* The objective stands in the headline; beside it the other of revenue and welfare, or both, and
 * how much of what there is was reached. */
static void add_surplus(sb_text *text, const sb_solve_answer *answer)
{
    const sb_solution *solution = answer->solution;
    const fmpq *surplus = answer->limit;
    bool exact = solution->proof == SB_PROOF_EXACT;
    int objective = answer->environment->rules.choice[SB_RULE_OBJECTIVE];
    bool revenue = objective == SB_OBJECTIVE_REVENUE;
    const fmpq *reached = revenue ? &solution->revenue : &solution->welfare;
    const char *verb = revenue ? "extracted" : "reached";
    if (!revenue) {
        sb_text_add(text, "revenue ");
        sb_report_add_number(text, &solution->revenue, exact);
        sb_text_add(text, "\n");
    }
    if (objective != SB_OBJECTIVE_WELFARE) {
        sb_text_add(text, "welfare ");
        sb_report_add_number(text, &solution->welfare, exact);
        sb_text_add(text, "\n");
    }
    sb_text_add_format(text, "%s ", sb_objective_limit_noun(answer->environment));
    sb_report_add_number(text, surplus, true);
    if (exact && fmpq_equal(surplus, reached)) {
        sb_text_add_format(text, ": all of it is %s", verb);
    } else if (fmpq_sgn(surplus) > 0) {
        sb_text_add(text, ": ");
        sb_report_add_percent(text, reached, surplus, exact);
        sb_text_add_format(text, "%% of it is %s", verb);
    }
    sb_text_add(text, "\n");
}

static void add_notes(sb_text *text, const sb_notes *notes, size_t width)
{
    for (size_t i = 0; i < notes->count; i++) {
        sb_layout_wrap(text, notes->texts[i], 0, INDENT, width);
        sb_text_add(text, "\n");
    }
}

/* ---- the mechanism ---- */

/* What a column of the program means: "probability that agent 1 gets the item at (2, 1)". */
static char *describe_allocation(const sb_environment *environment, size_t outcome,
                                 const char *place)
{
    if (environment->form == SB_FORM_UNITS) { /* "a and b get one" */
        return sb_format_text("probability that %s at %s:", environment->outcomes[outcome], place);
    }
    if (environment->form != SB_FORM_ITEM) {
        return sb_format_text("probability of %s at %s:", environment->outcomes[outcome], place);
    }
    const char *owner =
        outcome < environment->agent_count ? environment->agents[outcome].name : "nobody";
    return sb_format_text("probability that %s gets the item at %s:", owner, place);
}

static char *describe_payment(const sb_environment *environment, size_t agent, const char *place)
{
    return sb_format_text("%s's payment at %s:", environment->agents[agent].name, place);
}

/* One of the numbers of a mechanism: outcome or agent `index` at a profile. */
typedef struct variables {
    const fmpq *values;
    size_t stride;
    char *(*describe)(const sb_environment *environment, size_t index, const char *place);
    bool rounded; /* a number was printed that is not exact */
} variables;

static size_t count_nonzero(const variables *all, size_t profiles)
{
    size_t count = 0;
    for (size_t i = 0; i < all->stride * profiles; i++) {
        count += !fmpq_is_zero(all->values + i);
    }
    return count;
}

static void add_sentences(sb_text *text, const sb_environment *environment, variables *all,
                          size_t width)
{
    sb_table table;
    sb_table_init(&table, 2);
    for (size_t index = 0; index < all->stride; index++) {
        for (size_t i = index; i < all->stride * sb_environment_profile_count(environment);
             i += all->stride) {
            if (fmpq_is_zero(all->values + i)) {
                continue;
            }
            char *place = sb_environment_profile_label(environment, i / all->stride);
            sb_table_take(&table, place == NULL ? NULL : all->describe(environment, index, place));
            sb_table_take(&table,
                          sb_report_cell(all->values + i, SB_REPORT_CELL_WIDTH, &all->rounded));
            free(place);
        }
    }
    if (table.failed) {
        text->failed = true;
    } else if (sb_table_width(&table, INDENT) <= width) {
        sb_table_print(&table, text, INDENT);
    } else {
        for (size_t i = 0; i + 1 < table.cell_count; i += 2) {
            sb_text_add_format(text, "%*s%s %s\n", INDENT, "", table.cells[i], table.cells[i + 1]);
        }
    }
    sb_table_clear(&table);
}

/* Two players: one table an index, the first player's types down, the second's across. */
static void fill_matrix(sb_table *table, const sb_environment *environment, variables *all,
                        size_t index, size_t cell_width)
{
    size_t rows = sb_environment_player_size(environment, 0);
    size_t columns = sb_environment_player_size(environment, 1);
    sb_table_add(table, "");
    for (size_t column = 0; column < columns; column++) {
        sb_table_add(table, sb_environment_label(environment, 1, column));
    }
    for (size_t row = 0; row < rows; row++) {
        sb_table_add(table, sb_environment_label(environment, 0, row));
        for (size_t column = 0; column < columns; column++) {
            size_t profile = row * columns + column;
            const fmpq *value = all->values + profile * all->stride + index;
            sb_table_take(table, fmpq_is_zero(value)
                                     ? sb_copy_text(".")
                                     : sb_report_cell(value, cell_width, &all->rounded));
        }
    }
}

/* The table's heading: what is the same in all its cells. */
static void add_matrix_heading(sb_text *text, const sb_environment *environment,
                               const variables *all, size_t index)
{
    char *place = sb_format_text("(%s down, %s across)", sb_environment_player_name(environment, 0),
                                 sb_environment_player_name(environment, 1));
    char *heading = place == NULL ? NULL : all->describe(environment, index, place);
    text->failed = text->failed || heading == NULL;
    sb_text_add_format(text, "%*s%s\n", INDENT, "", heading == NULL ? "" : heading);
    free(place);
    free(heading);
}

static size_t widest_label(const sb_environment *environment, size_t player)
{
    size_t widest = 0;
    for (size_t type = 0; type < sb_environment_player_size(environment, player); type++) {
        size_t width = sb_text_width(sb_environment_label(environment, player, type));
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* Tables are shorter to read than many sentences, where there are two players and they fit. False:
 * they do not. */
static bool add_matrices(sb_text *text, const sb_environment *environment, variables *all,
                         size_t width)
{
    if (sb_environment_player_count(environment) != 2) {
        return false;
    }
    size_t widest = widest_label(environment, 0);
    size_t columns = sb_environment_player_size(environment, 1);
    size_t taken = (size_t)INDENT * 2 + widest;
    size_t cell_width = sb_report_cell_width(width > taken ? width - taken : 0, columns);
    sb_text tables;
    sb_text_init(&tables);
    bool fits = true;
    for (size_t index = 0; index < all->stride && fits; index++) {
        bool nonzero = false;
        for (size_t i = index; i < all->stride * sb_environment_profile_count(environment);
             i += all->stride) {
            nonzero = nonzero || !fmpq_is_zero(all->values + i);
        }
        if (!nonzero) {
            continue;
        }
        sb_table table;
        sb_table_init(&table, columns + 1);
        fill_matrix(&table, environment, all, index, cell_width);
        fits = sb_table_width(&table, (size_t)INDENT * 2) <= width;
        add_matrix_heading(&tables, environment, all, index);
        sb_table_print(&table, &tables, (size_t)INDENT * 2);
        sb_table_clear(&table);
    }
    text->failed = text->failed || tables.failed;
    if (fits && tables.bytes != NULL) {
        sb_text_add(text, tables.bytes);
    }
    sb_text_clear(&tables);
    return fits;
}

static void add_variables(sb_text *text, const sb_environment *environment, variables *all,
                          const char *heading, const char *none, size_t width)
{
    size_t count = count_nonzero(all, sb_environment_profile_count(environment));
    if (count == 0) {
        sb_text_add_format(text, "\n%s\n", none);
        return;
    }
    sb_text_add_format(text, "\n%s\n", heading);
    if (count <= MOST_SENTENCES || !add_matrices(text, environment, all, width)) {
        add_sentences(text, environment, all, width);
    }
    if (all->rounded) {
        sb_text_add_format(text, "%*s(rounded; --json prints more digits)\n", INDENT, "");
    }
}

static void add_mechanism(sb_text *text, const sb_solve_answer *answer, size_t width)
{
    const sb_mechanism *mechanism = answer->solution->mechanism;
    const sb_environment *environment = answer->environment;
    variables allocation = {mechanism->allocation, mechanism->outcome_count, describe_allocation,
                            false};
    add_variables(text, environment, &allocation,
                  "Allocation, where not zero:", "Nothing is allocated.", width);
    variables payments = {mechanism->payments, mechanism->agent_count, describe_payment, false};
    add_variables(
        text, environment, &payments,
        "Payments, where not zero (negative: the agent is paid):", "Nobody pays anything.", width);
}

/* ---- binding rules ---- */

/* Where many rules bind, only those that cost something are listed. */
static void add_bindings(sb_text *text, const sb_solve_answer *answer, size_t width)
{
    const sb_solution *solution = answer->solution;
    sb_text_add_format(text, "\nBinding rules%s\n",
                       solution->binding_count == 0 ? ": none"
                       : solution->searched         ? ":"
                                                    : ", and what relaxing each by 1 is worth:");
    bool all = solution->searched || solution->binding_count <= MOST_SENTENCES;
    size_t left_out = 0;
    sb_table table;
    /* A search has no duals. */
    sb_table_init(&table, solution->searched ? 1 : 2);
    for (size_t i = 0; i < solution->binding_count; i++) {
        const sb_binding *binding = &solution->bindings[i];
        if (!all && fmpq_is_zero(&binding->dual)) {
            left_out++;
            continue;
        }
        sb_table_take(&table, sb_constraint_describe(answer->environment, &binding->constraint));
        if (!solution->searched) {
            sb_table_take(&table, sb_report_cell(&binding->dual, SB_REPORT_CELL_WIDTH, NULL));
        }
    }
    if (table.failed || sb_table_width(&table, INDENT) <= width) {
        sb_table_print(&table, text, INDENT);
    } else {
        for (size_t i = 0; i + table.columns <= table.cell_count; i += table.columns) {
            sb_text_add_format(text, "%*s%s%s%s\n", INDENT, "", table.cells[i],
                               table.columns > 1 ? ": " : "",
                               table.columns > 1 ? table.cells[i + 1] : "");
        }
    }
    if (left_out > 0) {
        sb_text_add_format(text, "%*sand %zu more that are worth nothing\n", INDENT, "", left_out);
    }
    sb_table_clear(&table);
}

static void add_largest_payment(sb_text *text, const sb_solve_answer *answer, size_t width)
{
    if (answer->environment->rules.choice[SB_RULE_PAYMENTS] == SB_PAYMENTS_NONE) {
        return;
    }
    if (fmpq_is_zero(&answer->solution->max_payment)) {
        sb_text_add(text, "nobody pays anything\n");
        return;
    }
    sb_text line;
    sb_text_init(&line);
    sb_text_add(&line, "largest payment ");
    sb_report_add_number(&line, &answer->solution->max_payment,
                         answer->solution->proof == SB_PROOF_EXACT);
    const char *here = answer->solution->side_bets
                           ? " in this mechanism; other optimal mechanisms may pay less"
                           : " at this vertex; other optimal mechanisms may pay less";
    sb_text_add(&line, !answer->smallest ? here
                       : answer->solution->searched
                           ? ", the smallest of optimal mechanisms with these outcomes"
                           : ", the smallest of all optimal mechanisms");
    text->failed = text->failed || line.failed;
    sb_layout_wrap(text, line.bytes == NULL ? "" : line.bytes, 0, INDENT, width);
    sb_text_add(text, "\n");
    sb_text_clear(&line);
}

void sb_report_solve(sb_text *text, const sb_solve_answer *answer, size_t width)
{
    const sb_solution *solution = answer->solution;
    if (answer->environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", answer->environment->title);
    }
    add_headline(text, answer);
    if (solution->status == SB_LP_OPTIMAL) {
        add_surplus(text, answer);
        add_largest_payment(text, answer, width);
    }
    add_rules(text, answer->environment, width);
    add_notes(text, &solution->explanation, width);
    if (solution->mechanism != NULL) {
        add_mechanism(text, answer, width);
        add_bindings(text, answer, width);
    }
}
