/* The answer of sidebet learning for people.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "cli/learning.h"
#include "cli/report_beliefs.h"
#include "cli/report_number.h"

enum { INDENT = 2, CELL = 10 };

static void add_cell(sb_table *table, const fmpq *value, bool known)
{
    if (known) {
        sb_table_take(table, sb_report_cell(value, CELL, NULL));
    } else {
        sb_table_add(table, "-");
    }
}

/* "24", "2.7e+07", "never" */
static void format_samples(char *text, size_t size, double samples)
{
    const double plain = 1e6;
    if (!isfinite(samples)) {
        snprintf(text, size, "never");
    } else {
        snprintf(text, size, samples < plain ? "%.0f" : "%.1e", ceil(samples));
    }
}

static void add_samples(sb_table *table, double samples)
{
    char text[40];
    format_samples(text, sizeof text, samples);
    sb_table_add(table, text);
}

static void add_chance(sb_table *table, double chance)
{
    sb_table_take(table, sb_format_text("%.4f", chance));
}

/* ---- the sentence ---- */

/* The smallest and the largest optimum of the priors that the least bound is about. */
static void find_optima(const sb_indistinguishable *near, const fmpq **least, const fmpq **most)
{
    *least = *most = &near->priors[near->bound_at].optimum;
    for (size_t i = near->bound_at + 1; i + 1 < near->count; i++) {
        const fmpq *optimum = &near->priors[i].optimum;
        *least = fmpq_cmp(optimum, *least) < 0 ? optimum : *least;
        *most = fmpq_cmp(optimum, *most) > 0 ? optimum : *most;
    }
}

static void add_bound(sb_text *text, const sb_indistinguishable *near)
{
    const sb_near_prior *first = &near->priors[near->bound_at];
    const fmpq *least = NULL, *most = NULL;
    find_optima(near, &least, &most);
    sb_text_add_format(text, "From %zu samples no mechanism can promise more than %.6g",
                       near->sample->total, first->bound);
    sb_text_add(text, " over the priors with lambda ");
    sb_report_add_short(text, &first->lambda);
    sb_text_add(text, " and below, though each of them alone is worth ");
    sb_text_add(text, fmpq_equal(least, most) ? "" : "at least ");
    sb_report_add_short(text, least);
    sb_text_add(text, "; the limit is worth ");
    sb_report_add_short(text, &near->priors[near->count - 1].optimum);
}

/* Each prior alone is worth more than can be promised over all of them. */
static bool is_lesson(const sb_indistinguishable *near)
{
    if (near->bound_at == SB_NOWHERE || !near->complete) {
        return false;
    }
    const fmpq *least = NULL, *most = NULL;
    find_optima(near, &least, &most);
    return near->priors[near->bound_at].bound < sb_rational_to_double(least);
}

char *sb_learning_lesson(const sb_learning_answer *answer)
{
    const sb_indistinguishable *near = &answer->near;
    sb_text text;
    sb_text_init(&text);
    if (is_lesson(near)) {
        const sb_near_prior *last = &near->priors[near->count - 2];
        char samples[40];
        format_samples(samples, sizeof samples, last->power.samples_needed);
        add_bound(&text, near);
        sb_text_add(&text, ". To tell lambda ");
        sb_report_add_short(&text, &last->lambda);
        sb_text_add_format(&text, " from it takes at least %s samples", samples);
    }
    return sb_text_take(&text, NULL);
}

/* ---- the tables ---- */

static void add_sentence(sb_text *text, const char *sentence, size_t indent, size_t width)
{
    sb_text_add_format(text, "%*s", (int)indent, "");
    sb_layout_wrap(text, sentence, indent, indent, width);
    sb_text_add(text, "\n");
}

static void add_priors(sb_text *text, const sb_learning_answer *answer, size_t width)
{
    const sb_indistinguishable *near = &answer->near;
    static const char *const heads[] = {"lambda", "optimum", "payment", "variation",
                                        "needed", "enough",  "tell",    "posterior"};
    sb_table table;
    sb_table_init(&table, sizeof heads / sizeof heads[0]);
    for (size_t k = 0; k < sizeof heads / sizeof heads[0]; k++) {
        sb_table_add(&table, heads[k]);
    }
    for (size_t i = 0; i < near->count; i++) {
        const sb_near_prior *prior = &near->priors[i];
        bool optimal = prior->status == SB_LP_OPTIMAL;
        add_cell(&table, &prior->lambda, true);
        add_cell(&table, &prior->optimum, optimal);
        add_cell(&table, &prior->max_payment, optimal);
        add_cell(&table, &prior->total_variation, true);
        add_samples(&table, prior->power.samples_needed);
        add_samples(&table, prior->power.samples_enough);
        add_chance(&table, (1 + prior->power.most) / 2);
        add_chance(&table, prior->posterior);
    }
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    char *legend = sb_format_text(
        "(payment: the smallest largest one of an optimal mechanism; variation: from the limit; "
        "needed, enough: samples for the best test between the two to be right with probability "
        "%g, between these two numbers; tell: how often it is right at most with %zu samples; "
        "posterior: of each prior after one sample of that size, drawn from the limit)",
        1 - answer->error, near->sample->total);
    text->failed = text->failed || legend == NULL;
    add_sentence(text, legend == NULL ? "" : legend, INDENT, width);
    free(legend);
}

static void add_revenues(sb_text *text, const sb_indistinguishable *near, size_t width)
{
    size_t cell_width = sb_report_cell_width(width > CELL ? width - CELL : 0, near->count);
    sb_text_add(text, "\n");
    add_sentence(text, "what the mechanism for the lambda on the left earns at the one above", 0,
                 width);
    sb_table table;
    sb_table_init(&table, near->count + 1);
    sb_table_add(&table, "lambda");
    for (size_t j = 0; j < near->count; j++) {
        add_cell(&table, &near->priors[j].lambda, true);
    }
    for (size_t i = 0; i < near->count; i++) {
        add_cell(&table, &near->priors[i].lambda, true);
        for (size_t j = 0; j < near->count; j++) {
            sb_table_take(&table,
                          sb_report_cell(near->revenue + i * near->count + j, cell_width, NULL));
        }
    }
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
}

/* Some type may do better by staying away, whatever it is offered for the item. */
static bool may_be_better_off_away(const sb_environment *environment)
{
    const sb_agent *agent = &environment->agents[0];
    bool found = false;
    for (size_t type = 0; type < agent->type_count; type++) {
        found = found || fmpq_sgn(agent->outside + type) > 0;
    }
    return found;
}

static void add_promises(sb_text *text, const sb_learning_answer *answer, size_t width)
{
    const sb_indistinguishable *near = &answer->near;
    sb_text_add(text, "\n");
    add_sentence(text,
                 "what a mechanism can promise over this lambda and all smaller ones but the limit",
                 0, width);
    sb_table table;
    sb_table_init(&table, 3);
    sb_table_add(&table, "lambda");
    sb_table_add(&table, "without samples");
    sb_table_take(&table, sb_format_text("with %zu, at most", near->sample->total));
    bool missing = false;
    for (size_t i = 0; i + 1 < near->count; i++) {
        const sb_near_prior *prior = &near->priors[i];
        missing = missing || !prior->has_guarantee;
        add_cell(&table, &prior->lambda, true);
        add_cell(&table, &prior->guarantee, prior->has_guarantee);
        sb_table_take(&table, prior->has_guarantee ? sb_format_text("%.8g", prior->bound)
                                                   : sb_copy_text("-"));
    }
    sb_table_print(&table, text, INDENT);
    sb_table_clear(&table);
    if (missing) {
        add_sentence(text, "(-: not proved in time, or too many types and priors)", INDENT, width);
    }
    if (may_be_better_off_away(answer->environment)) {
        add_sentence(text, "(of the mechanisms in which every type takes part)", INDENT, width);
    }
}

void sb_report_learning(sb_text *text, const void *whole, size_t width)
{
    const sb_learning_answer *answer = whole;
    const sb_indistinguishable *near = &answer->near;
    if (answer->environment->title[0] != '\0') {
        sb_text_add_format(text, "%s\n", answer->environment->title);
    }
    sb_text_add(text, "full surplus ");
    sb_report_add_number(text, &near->full_surplus, true);
    sb_text_add(text, "\n");
    add_sentence(text,
                 "lambda pi + (1 - lambda) the product of its marginals; lambda 0, the limit, "
                 "is independent",
                 0, width);
    add_priors(text, answer, width);
    if (near->complete) {
        add_revenues(text, near, width);
    }
    if (near->bound_at != SB_NOWHERE) {
        add_promises(text, answer, width);
    }
    char *lesson = sb_learning_lesson(answer);
    text->failed = text->failed || lesson == NULL;
    if (lesson != NULL && lesson[0] != '\0') {
        sb_text_add(text, "\n");
        sb_layout_wrap(text, lesson, 0, 0, width);
        sb_text_add(text, ".\n");
    }
    free(lesson);
}
