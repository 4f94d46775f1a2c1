/* What an objective counts: the weights of payments, agents' utilities and the designer's values.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Revenue is payments + designer, welfare agents + designer, what the agents get agents - payments
 * (the designer's value cancels in welfare less revenue); a sum of objectives adds these up.
 */
#include "model/objective.h"

#include <string.h>

/* payments, agents and designer in each objective. */
static const int parts[SB_OBJECTIVE_WEIGHTS][3] = {
    [SB_OBJECTIVE_REVENUE] = {1, 0, 1},
    [SB_OBJECTIVE_WELFARE] = {0, 1, 1},
    [SB_OBJECTIVE_AGENTS] = {-1, 1, 0},
    [SB_OBJECTIVE_DESIGNER] = {0, 0, 1},
};

void sb_objective_weights_init(sb_objective_weights *weights, const sb_rules *rules)
{
    fmpq *sums[3] = {&weights->payments, &weights->agents, &weights->designer};
    int choice = rules->choice[SB_RULE_OBJECTIVE];
    fmpq_t term;
    fmpq_init(term);
    for (size_t part = 0; part < 3; part++) {
        fmpq_init(sums[part]);
        for (int k = 0; k < SB_OBJECTIVE_WEIGHTS; k++) {
            if (choice == SB_OBJECTIVE_WEIGHTS) {
                fmpq_mul_si(term, rules->weights + k, parts[k][part]);
            } else {
                fmpq_set_si(term, k == choice ? parts[k][part] : 0, 1);
            }
            fmpq_add(sums[part], sums[part], term);
        }
    }
    fmpq_clear(term);
}

void sb_objective_weights_clear(sb_objective_weights *weights)
{
    fmpq_clear(&weights->payments);
    fmpq_clear(&weights->agents);
    fmpq_clear(&weights->designer);
}

const char *sb_rules_objective_noun(const sb_rules *rules)
{
    static const char *const nouns[] = {
        [SB_OBJECTIVE_REVENUE] = "revenue",
        [SB_OBJECTIVE_WELFARE] = "welfare",
        [SB_OBJECTIVE_AGENTS] = "agents' utility",
        [SB_OBJECTIVE_DESIGNER] = "designer's value",
        [SB_OBJECTIVE_WEIGHTS] = "weighted objective",
    };
    return nouns[rules->choice[SB_RULE_OBJECTIVE]];
}

static const char *objective_name(int objective)
{
    return sb_rule_describe(SB_RULE_OBJECTIVE)->choices[objective].name;
}

static sb_status no_term(const char *text, sb_error *error)
{
    sb_error_set(error, SB_ERROR_USAGE, "'%.64s' is not a sum of objectives", text);
    sb_error_set_hint(error,
                      "write terms like 0.5*revenue joined by + or -, of revenue, welfare, agents "
                      "and designer");
    return SB_ERROR_USAGE;
}

/* One term from *place on, its sign read already; moves *place behind it. */
static sb_status read_term(const char **place, fmpq_t factor, int *objective, const char *text,
                           sb_error *error)
{
    const char *name = *place;
    fmpq_one(factor);
    if (strchr("0123456789.", *name) != NULL && *name != '\0') {
        const char *star = strchr(name, '*');
        if (star == NULL) {
            return no_term(text, error);
        }
        sb_status status = sb_rational_parse(factor, name, (size_t)(star - name), error);
        if (status != SB_OK) {
            return status;
        }
        name = star + 1;
    }
    name += strspn(name, " ");
    size_t length = strcspn(name, " +-");
    for (*objective = 0; *objective < SB_OBJECTIVE_WEIGHTS; ++*objective) {
        const char *known = objective_name(*objective);
        if (strlen(known) == length && memcmp(known, name, length) == 0) {
            *place = name + length + strspn(name + length, " ");
            return SB_OK;
        }
    }
    return no_term(text, error);
}

static sb_status read_terms(fmpq *weights, const char *text, sb_error *error)
{
    bool seen[SB_OBJECTIVE_WEIGHTS] = {false};
    fmpq_t factor;
    fmpq_init(factor);
    sb_status status = SB_OK;
    const char *place = text + strspn(text, " ");
    bool first = true;
    do {
        bool negative = *place == '-';
        if (*place == '-' || *place == '+') {
            place++;
            place += strspn(place, " ");
        } else if (!first) {
            status = no_term(text, error);
            break;
        }
        int objective = 0;
        status = read_term(&place, factor, &objective, text, error);
        if (status == SB_OK && seen[objective]) {
            status = sb_error_set(error, SB_ERROR_USAGE, "%s stands twice in '%.64s'",
                                  objective_name(objective), text);
            sb_error_set_hint(error, "write each objective once, with the sum of its weights");
        }
        if (status == SB_OK) {
            seen[objective] = true;
            fmpq_swap(weights + objective, factor);
            if (negative) {
                fmpq_neg(weights + objective, weights + objective);
            }
        }
        first = false;
    } while (status == SB_OK && *place != '\0');
    fmpq_clear(factor);
    return status;
}

sb_status sb_objective_sum_parse(fmpq *weights, const char *text, sb_error *error)
{
    fmpq *read = sb_rationals_new(SB_OBJECTIVE_WEIGHTS);
    if (read == NULL) {
        return sb_error_set(error, SB_ERROR_MEMORY, "memory ran out");
    }
    sb_status status = read_terms(read, text, error);
    bool any = false;
    for (int k = 0; k < SB_OBJECTIVE_WEIGHTS; k++) {
        any = any || !fmpq_is_zero(read + k);
    }
    if (status == SB_OK && !any) {
        status = sb_error_set(error, SB_ERROR_INPUT, "all weights in '%.64s' are zero", text);
        sb_error_set_hint(error, "give one objective a weight that is not zero, as in "
                                 "revenue+1/2*agents");
    }
    for (int k = 0; status == SB_OK && k < SB_OBJECTIVE_WEIGHTS; k++) {
        fmpq_swap(weights + k, read + k);
    }
    sb_rationals_free(read, SB_OBJECTIVE_WEIGHTS);
    return status;
}

void sb_objective_sum_add(sb_text *text, const fmpq *weights)
{
    bool first = true;
    fmpq_t size;
    fmpq_init(size);
    for (int k = 0; k < SB_OBJECTIVE_WEIGHTS; k++) {
        if (fmpq_is_zero(weights + k)) {
            continue;
        }
        bool negative = fmpq_sgn(weights + k) < 0;
        sb_text_add(text, negative ? "-" : first ? "" : "+");
        fmpq_abs(size, weights + k);
        if (!fmpq_is_one(size)) {
            sb_text_add_rational(text, size, SB_NUMBER_DECIMAL);
            sb_text_add(text, "*");
        }
        sb_text_add(text, objective_name(k));
        first = false;
    }
    fmpq_clear(size);
}
