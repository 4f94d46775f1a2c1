/* The environment: copying and comparing.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "base/memory.h"
#include "model/environment_parts.h"

/* ---- copying ---- */

static bool copy_agent(sb_agent *to, const sb_agent *from, size_t outcome_count)
{
    to->type_count = from->type_count;
    to->name = sb_copy_text(from->name);
    to->types = sb_labels_copy((const char *const *)from->types, from->type_count);
    to->utilities = sb_rationals_copy(from->utilities, from->type_count * outcome_count);
    to->outside = sb_rationals_copy(from->outside, from->type_count);
    to->value_count = from->value_count;
    to->wants = from->wants;
    if (from->values != NULL) {
        to->values = sb_rationals_copy(from->values, from->type_count * from->value_count);
    }
    if (from->reports != NULL) {
        size_t pairs = from->type_count * from->type_count;
        to->reports = sb_allocate(pairs, sizeof *to->reports);
        if (to->reports == NULL) {
            return false;
        }
        memcpy(to->reports, from->reports, pairs * sizeof *to->reports);
    }
    return to->name != NULL && to->types != NULL && to->utilities != NULL && to->outside != NULL &&
           (to->values != NULL || from->values == NULL);
}

static bool copy_prior(sb_environment *to, const sb_environment *from)
{
    to->weights = sb_rationals_copy(from->weights, sb_environment_profile_count(from));
    fmpq_set(&to->weight_sum, &from->weight_sum);
    to->source.kind = from->source.kind;
    to->source.style = from->source.style;
    fmpq_set(&to->source.correlation, &from->source.correlation);
    fmpq_set(&to->source.from, &from->source.from);
    fmpq_set(&to->source.to, &from->source.to);
    to->source.digits = from->source.digits;
    to->source.seed = from->source.seed;
    if (from->source.marginals != NULL) {
        to->source.marginals =
            sb_rationals_copy(from->source.marginals, sb_environment_marginal_count(from));
    }
    return to->weights != NULL && (to->source.marginals != NULL || from->source.marginals == NULL);
}

static bool copy_whole(sb_environment *to, const sb_environment *from)
{
    to->agents = sb_allocate(from->agent_count, sizeof *to->agents);
    if (to->agents == NULL) {
        return false;
    }
    to->form = from->form;
    to->agent_count = from->agent_count;
    to->has_signal = from->has_signal;
    to->outcome_count = from->outcome_count;
    bool done = true;
    for (size_t i = 0; i < from->agent_count; i++) {
        /* Even after a failure: freeing needs the number of types. */
        done = copy_agent(&to->agents[i], &from->agents[i], from->outcome_count) && done;
    }
    if (from->has_signal) {
        to->signal_count = from->signal_count;
        to->signal_name = sb_copy_text(from->signal_name);
        to->signals = sb_labels_copy((const char *const *)from->signals, from->signal_count);
        done = done && to->signal_name != NULL && to->signals != NULL;
    }
    to->title = sb_copy_text(from->title);
    to->outcomes = sb_labels_copy((const char *const *)from->outcomes, from->outcome_count);
    to->designer = sb_rationals_copy(from->designer, from->outcome_count);
    fmpq_set(&to->reserve, &from->reserve);
    fmpq_set(&to->cost, &from->cost);
    to->unit_count = from->unit_count;
    if (from->good_count > 0) {
        to->goods = sb_goods_copy(from->goods, from->good_count);
        to->good_count = to->goods == NULL ? 0 : from->good_count;
        done = done && to->goods != NULL;
    }
    sb_rules_copy(&to->rules, &from->rules);
    done = copy_prior(to, from) && done;
    done = sb_set_description_copy(&to->robust, &from->robust, NULL) == SB_OK && done;
    return done && to->title != NULL && to->outcomes != NULL && to->designer != NULL;
}

sb_environment *sb_environment_copy(const sb_environment *environment)
{
    sb_environment *copy = sb_environment_blank();
    if (copy != NULL && !copy_whole(copy, environment)) {
        sb_environment_free(copy);
        copy = NULL;
    }
    return copy;
}

/* ---- comparing ---- */

static bool labels_equal(char *const *left, char *const *right, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(left[i], right[i]) != 0) {
            return false;
        }
    }
    return true;
}

static bool numbers_equal(const fmpq *left, const fmpq *right, size_t count)
{
    if (left == NULL || right == NULL) {
        return left == right;
    }
    for (size_t i = 0; i < count; i++) {
        if (!fmpq_equal(left + i, right + i)) {
            return false;
        }
    }
    return true;
}

static bool reports_equal(const sb_agent *left, const sb_agent *right)
{
    if (left->reports == NULL || right->reports == NULL) {
        return left->reports == right->reports;
    }
    return memcmp(left->reports, right->reports,
                  left->type_count * left->type_count * sizeof *left->reports) == 0;
}

static bool agents_equal(const sb_agent *left, const sb_agent *right, size_t outcome_count)
{
    size_t types = left->type_count;
    return types == right->type_count && strcmp(left->name, right->name) == 0 &&
           labels_equal(left->types, right->types, types) &&
           left->value_count == right->value_count && left->wants == right->wants &&
           numbers_equal(left->values, right->values, types * left->value_count) &&
           numbers_equal(left->utilities, right->utilities, types * outcome_count) &&
           numbers_equal(left->outside, right->outside, types) && reports_equal(left, right);
}

static bool sources_equal(const sb_environment *left, const sb_environment *right)
{
    const sb_prior_source *one = &left->source;
    const sb_prior_source *other = &right->source;
    if (one->kind != other->kind) {
        return false;
    }
    switch (one->kind) {
    case SB_PRIOR_INDEPENDENT:
        return numbers_equal(one->marginals, other->marginals, sb_environment_marginal_count(left));
    case SB_PRIOR_BIVARIATE_NORMAL:
        return fmpq_equal(&one->correlation, &other->correlation) &&
               fmpq_equal(&one->from, &other->from) && fmpq_equal(&one->to, &other->to) &&
               one->digits == other->digits;
    case SB_PRIOR_RANDOM:
        return one->seed == other->seed && one->digits == other->digits;
    case SB_PRIOR_TABLE:
        break;
    }
    return true;
}

bool sb_environment_equal(const sb_environment *left, const sb_environment *right)
{
    if (left->form != right->form || left->agent_count != right->agent_count ||
        left->has_signal != right->has_signal || left->signal_count != right->signal_count ||
        left->outcome_count != right->outcome_count || left->unit_count != right->unit_count ||
        left->good_count != right->good_count || strcmp(left->title, right->title) != 0) {
        return false;
    }
    for (size_t i = 0; i < left->agent_count; i++) {
        if (!agents_equal(&left->agents[i], &right->agents[i], left->outcome_count)) {
            return false;
        }
    }
    return (!left->has_signal ||
            (strcmp(left->signal_name, right->signal_name) == 0 &&
             labels_equal(left->signals, right->signals, left->signal_count))) &&
           labels_equal(left->outcomes, right->outcomes, left->outcome_count) &&
           numbers_equal(left->designer, right->designer, left->outcome_count) &&
           fmpq_equal(&left->reserve, &right->reserve) && fmpq_equal(&left->cost, &right->cost) &&
           sb_goods_equal(left->goods, right->goods, left->good_count) &&
           numbers_equal(left->weights, right->weights, sb_environment_profile_count(left)) &&
           sources_equal(left, right) && sb_rules_equal(&left->rules, &right->rules) &&
           sb_set_description_equal(&left->robust, &right->robust);
}
