/* The program in rents in rationals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its columns and first rows are those of the program in double precision: how much of an outcome
 * there is in place of the best, and how far rents, in weights, are above outside options. Of the
 * cuts only those that held with equality there are rows; that the others hold is seen when
 * payments are found.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_rents_parts.h"

/* ---- making ---- */

static sb_status add_choice_columns(sb_rents *rents, sb_error *error)
{
    size_t outcomes = rents->design->outcome_count;
    fmpq_t zero, one, cost, probability;
    fmpq_init(zero);
    fmpq_init(one);
    fmpq_one(one);
    fmpq_init(cost);
    fmpq_init(probability);
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < rents->design->profile_count * outcomes; k++) {
        size_t profile = k / outcomes;
        if (sb_rents_choice(rents, profile, k % outcomes) != SB_NOWHERE) {
            sb_environment_probability(probability, rents->environment, profile);
            fmpq_sub(cost, rents->gains + k,
                     rents->gains + profile * outcomes + rents->best[profile]);
            fmpq_mul(cost, cost, probability);
            status = sb_lp_add_column(rents->program, NULL, zero, outcomes == 2 ? one : NULL, cost,
                                      NULL, error);
        }
    }
    fmpq_clear(zero);
    fmpq_clear(one);
    fmpq_clear(cost);
    fmpq_clear(probability);
    return status;
}

void sb_rents_rent_cost(fmpq_t cost, const sb_rents *rents)
{
    fmpq_div(cost, &rents->design->objective.payments, &rents->environment->weight_sum);
    fmpq_neg(cost, cost);
}

static sb_status add_rent_columns(sb_rents *rents, sb_error *error)
{
    fmpq_t zero, cost;
    fmpq_init(zero);
    fmpq_init(cost);
    sb_rents_rent_cost(cost, rents);
    sb_status status = SB_OK;
    for (size_t agent = 0; agent < rents->design->agent_count; agent++) {
        for (size_t type = 0; status == SB_OK && type < rents->lazy->agents[agent].types; type++) {
            bool weighs = sb_rents_has_weight(rents, agent, type);
            bool bounded = !weighs || !rents->agents[agent].rents_are_free;
            status = sb_lp_add_column(rents->program, NULL, bounded ? zero : NULL,
                                      weighs ? NULL : zero, cost, NULL, error);
        }
    }
    fmpq_clear(zero);
    fmpq_clear(cost);
    return status;
}

/* The rows at the start have coefficients that are all the same. */
static sb_status add_start_row(sb_rents *rents, const size_t *columns, size_t count, bool ex_ante,
                               sb_error *error)
{
    fmpq *ones = sb_rationals_new(count);
    if (ones == NULL) {
        return sb_out_of_memory(error);
    }
    fmpq_t bound;
    fmpq_init(bound);
    fmpq_set_ui(bound, !ex_ante, 1);
    for (size_t k = 0; k < count; k++) {
        fmpq_one(ones + k);
    }
    sb_status status = sb_lp_add_row(rents->program, NULL, ex_ante ? bound : NULL,
                                     ex_ante ? NULL : bound, count, columns, ones, NULL, error);
    fmpq_clear(bound);
    sb_rationals_free(ones, count);
    return status;
}

static sb_status add_start_rows(sb_rents *rents, sb_error *error)
{
    size_t *columns = sb_allocate(rents->column_count, sizeof *columns);
    sb_status status = columns != NULL ? SB_OK : sb_out_of_memory(error);
    for (size_t agent = 0; status == SB_OK && agent < rents->design->agent_count; agent++) {
        size_t count = 0;
        for (size_t type = 0; type < rents->lazy->agents[agent].types; type++) {
            if (sb_rents_has_weight(rents, agent, type)) {
                columns[count++] = rents->agents[agent].first_rent + type;
            }
        }
        if (sb_rules_of(rents->design->rules, SB_RULE_PARTICIPATION, agent) == SB_IR_EX_ANTE) {
            status = add_start_row(rents, columns, count, true, error);
        }
    }
    size_t others = rents->design->outcome_count - 1;
    for (size_t profile = 0;
         status == SB_OK && others > 1 && profile < rents->design->profile_count; profile++) {
        for (size_t k = 0; k < others; k++) {
            columns[k] = rents->first_choice[profile] + k;
        }
        if (rents->first_choice[profile] != SB_NOWHERE) {
            status = add_start_row(rents, columns, others, false, error);
        }
    }
    free(columns);
    return status;
}

/* ---- the row of a cut ---- */

typedef struct cut_row {
    const sb_rents *rents;
    const sb_rents_cut *cut;
    size_t count;
    size_t *columns;
    fmpq *entries;
    fmpq_t bound, term, sum;
} cut_row;

/* What the outcome at a profile is to the report less what it is to the parts, in weights: in
 * row->sum. */
static void balance(cut_row *row, size_t others, size_t outcome)
{
    const sb_rents *rents = row->rents;
    const sb_rents_cut *cut = row->cut;
    const sb_lazy_agent *made = &rents->lazy->agents[cut->agent];
    const sb_agent *agent = &rents->environment->agents[cut->agent];
    size_t outcomes = rents->design->outcome_count;
    fmpq_mul(row->sum,
             rents->environment->weights + made->profiles[cut->report * made->others + others],
             agent->utilities + cut->report * outcomes + outcome);
    for (size_t type = 0; type < made->types; type++) {
        const fmpq *utility = agent->utilities + type * outcomes + outcome;
        if (!fmpq_is_zero(cut->parts + type) && !fmpq_is_zero(utility)) {
            fmpq_mul(row->term, cut->parts + type, utility);
            fmpq_mul(row->term, row->term,
                     rents->environment->weights + made->profiles[type * made->others + others]);
            fmpq_sub(row->sum, row->sum, row->term);
        }
    }
}

/* The bound is what the best outcomes leave. */
static void collect_choices(cut_row *row)
{
    const sb_rents *rents = row->rents;
    const sb_lazy_agent *made = &rents->lazy->agents[row->cut->agent];
    fmpq_t best;
    fmpq_init(best);
    for (size_t others = 0; others < made->others; others++) {
        size_t profile = made->profiles[row->cut->report * made->others + others];
        balance(row, others, rents->best[profile]);
        fmpq_set(best, row->sum);
        fmpq_sub(row->bound, row->bound, best);
        for (size_t o = 0; o < rents->design->outcome_count; o++) {
            size_t column = sb_rents_choice(rents, profile, o);
            if (column != SB_NOWHERE) {
                balance(row, others, o);
                row->columns[row->count] = column;
                fmpq_sub(row->entries + row->count++, row->sum, best);
            }
        }
    }
    fmpq_clear(best);
}

static void collect_rents(cut_row *row)
{
    const sb_rents *rents = row->rents;
    const sb_rents_cut *cut = row->cut;
    const sb_lazy_agent *made = &rents->lazy->agents[cut->agent];
    for (size_t type = 0; type < made->types; type++) {
        if (type != cut->report && fmpq_is_zero(cut->parts + type)) {
            continue;
        }
        fmpq *entry = row->entries + row->count;
        row->columns[row->count++] = rents->agents[cut->agent].first_rent + type;
        fmpq_set_si(entry, type == cut->report ? -1 : 0, 1);
        fmpq_add(entry, entry, cut->parts + type);
        /* The outside option is part of every rent. */
        fmpq_mul(row->term, entry, rents->agents[cut->agent].totals + type);
        fmpq_mul(row->term, row->term, rents->environment->agents[cut->agent].outside + type);
        fmpq_sub(row->bound, row->bound, row->term);
    }
}

sb_status sb_rents_add_cut_row(sb_rents *rents, sb_rents_cut *cut, sb_error *error)
{
    const sb_lazy_agent *made = &rents->lazy->agents[cut->agent];
    size_t most = made->others * rents->design->outcome_count + made->types;
    cut_row row = {.rents = rents,
                   .cut = cut,
                   .columns = sb_allocate(most, sizeof(size_t)),
                   .entries = sb_rationals_new(most)};
    fmpq_init(row.bound);
    fmpq_init(row.term);
    fmpq_init(row.sum);
    sb_status status = SB_OK;
    if (row.columns == NULL || row.entries == NULL) {
        status = sb_out_of_memory(error);
    } else {
        collect_choices(&row);
        collect_rents(&row);
        status = sb_lp_add_row(rents->program, NULL, row.bound, NULL, row.count, row.columns,
                               row.entries, &cut->row, error);
    }
    free(row.columns);
    sb_rationals_free(row.entries, most);
    fmpq_clear(row.bound);
    fmpq_clear(row.term);
    fmpq_clear(row.sum);
    return status;
}

/* ---- the basis ---- */

/* Rows of cuts that did not hold with equality are left out, and leave the basis. */
static sb_status take_basis(sb_rents *rents, sb_error *error)
{
    size_t row_count = sb_lp_row_count(rents->program);
    bool *columns = sb_allocate(rents->column_count, sizeof *columns);
    bool *upper = sb_allocate(rents->column_count, sizeof *upper);
    bool *rows = sb_allocate(row_count, sizeof *rows);
    sb_status status = SB_OK;
    if (columns == NULL || upper == NULL || rows == NULL) {
        status = sb_out_of_memory(error);
    } else {
        for (size_t column = 0; column < rents->column_count; column++) {
            columns[column] = rents->answer.columns[column] == SB_BASIC;
            upper[column] = rents->answer.columns[column] == SB_AT_UPPER;
        }
        for (size_t row = 0; row < rents->start_rows; row++) {
            rows[row] = rents->answer.rows[row] == SB_BASIC;
        }
        status = sb_lp_solver_trust(rents->solver, rents->program, columns, rows, upper, error);
    }
    free(columns);
    free(upper);
    free(rows);
    return status;
}

sb_status sb_rents_make_program(sb_rents *rents, sb_error *error)
{
    rents->program = sb_lp_new(SB_MAXIMISE);
    rents->solver = sb_lp_solver_new();
    rents->start_rows = rents->growing.start.count;
    if (rents->program == NULL || rents->solver == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = add_choice_columns(rents, error);
    if (status == SB_OK) {
        status = add_rent_columns(rents, error);
    }
    if (status == SB_OK) {
        status = add_start_rows(rents, error);
    }
    for (size_t k = 0; status == SB_OK && !rents->lost && k < rents->cut_count; k++) {
        if (rents->answer.rows[rents->start_rows + k] != SB_BASIC) {
            bool made = false;
            status = sb_rents_make_parts(rents, &rents->cuts[k], &made, error);
            rents->lost = rents->lost || !made;
            if (status == SB_OK && made) {
                status = sb_rents_add_cut_row(rents, &rents->cuts[k], error);
            }
        }
    }
    return status == SB_OK && !rents->lost ? take_basis(rents, error) : status;
}

/* ---- reading ---- */

void sb_rents_read(sb_rents *rents)
{
    size_t outcomes = rents->design->outcome_count;
    const fmpq *columns = rents->proved.columns;
    for (size_t profile = 0; profile < rents->design->profile_count; profile++) {
        fmpq *best = rents->allocation + profile * outcomes + rents->best[profile];
        fmpq_one(best);
        for (size_t o = 0; o < outcomes; o++) {
            size_t column = sb_rents_choice(rents, profile, o);
            fmpq *chance = rents->allocation + profile * outcomes + o;
            if (column != SB_NOWHERE) {
                fmpq_set(chance, columns + column);
                fmpq_sub(best, best, chance);
            } else if (o != rents->best[profile]) {
                fmpq_zero(chance);
            }
        }
    }
    for (size_t agent = 0; agent < rents->design->agent_count; agent++) {
        for (size_t type = 0; type < rents->lazy->agents[agent].types; type++) {
            fmpq *rent = rents->rents + sb_rents_index(rents, agent, type);
            fmpq_mul(rent, rents->agents[agent].totals + type,
                     rents->environment->agents[agent].outside + type);
            fmpq_add(rent, rent, columns + rents->agents[agent].first_rent + type);
        }
    }
}
