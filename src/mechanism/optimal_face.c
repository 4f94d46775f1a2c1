/* The optimal mechanisms of a design program, as linear conditions.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mechanism/optimal_face.h"

#include <stdlib.h>

#include "base/memory.h"

void sb_face_clear(sb_face *face)
{
    if (face->design != NULL) {
        sb_rationals_free(face->duals, sb_lp_row_count(face->program));
    }
    sb_design_free(face->design);
    free(face->columns);
    free(face->partners);
    free(face->anchors);
    free(face->parents);
    free(face->first_column);
    free(face->next_column);
    free(face->first_row);
    free(face->next_row);
    *face = (sb_face){0};
}

/* ---- multipliers to duals ---- */

static bool same_place(const sb_constraint *left, const sb_constraint *right)
{
    return left->kind == right->kind && left->profile == right->profile &&
           left->agent == right->agent && left->type == right->type &&
           left->report == right->report && left->others == right->others;
}

static void dual_of_multiplier(fmpq *dual, const sb_environment *environment,
                               const sb_multiplier *multiplier)
{
    fmpq_set(dual, &multiplier->value);
    if (multiplier->constraint.kind == SB_CONSTRAINT_PROBABILITY) {
        return;
    }
    fmpq_neg(dual, dual);
    if (multiplier->constraint.kind != SB_CONSTRAINT_BUDGET &&
        multiplier->constraint.others == SB_NOWHERE) {
        fmpq_div(dual, dual, &environment->weight_sum);
    }
}

static sb_status another_environment(sb_error *error)
{
    return sb_error_set(error, SB_ERROR_USAGE,
                        "the solution is not an exact optimum of this environment");
}

/* Multipliers come in the order of the rows. */
static sb_status read_duals(sb_face *face, const sb_environment *environment,
                            const sb_solution *solution, sb_error *error)
{
    size_t next = 0;
    for (size_t row = 0; row < sb_lp_row_count(face->program); row++) {
        if (next < solution->multiplier_count &&
            same_place(&solution->multipliers[next].constraint,
                       sb_design_constraint(face->design, row))) {
            dual_of_multiplier(face->duals + row, environment, &solution->multipliers[next++]);
        }
    }
    return next == solution->multiplier_count ? SB_OK : another_environment(error);
}

/* ---- columns ---- */

static sb_status classify_column(sb_face *face, size_t column, const fmpq *reduced_cost,
                                 sb_error *error)
{
    sb_lp_column_view view = sb_lp_column(face->program, column);
    int sign = fmpq_sgn(reduced_cost);
    if (sign == 0) {
        return SB_OK;
    }
    const fmpq *bound = sign > 0 ? view.upper : view.lower;
    if (bound == NULL) {
        return another_environment(error);
    }
    face->columns[column] = fmpq_is_zero(bound) ? SB_FACE_ZERO : SB_FACE_BOUND;
    face->any_payment_at_bound = face->any_payment_at_bound || !fmpq_is_zero(bound);
    return SB_OK;
}

/* Those from `first` on, by the sign of c_j - y a_j. */
static sb_status classify_columns(sb_face *face, size_t first, sb_error *error)
{
    size_t count = sb_lp_column_count(face->program);
    fmpq *reduced = sb_rationals_new(count);
    if (reduced == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t column = 0; column < count; column++) {
        fmpq_set(reduced + column, sb_lp_column(face->program, column).cost);
    }
    for (size_t row = 0; row < sb_lp_row_count(face->program); row++) {
        sb_lp_row_view view = sb_lp_row(face->program, row);
        for (size_t k = 0; !fmpq_is_zero(face->duals + row) && k < view.count; k++) {
            fmpq_submul(reduced + view.columns[k], face->duals + row, view.coefficients + k);
        }
    }
    sb_status status = SB_OK;
    for (size_t column = first; status == SB_OK && column < count; column++) {
        status = classify_column(face, column, reduced + column, error);
    }
    sb_rationals_free(reduced, count);
    return status;
}

/* The allocations are given. */
static sb_status fix_allocations(sb_face *face, const sb_mechanism *mechanism, sb_error *error)
{
    for (size_t column = 0; column < face->payment_start; column++) {
        const fmpq *probability = mechanism->allocation + column;
        if (!fmpq_is_zero(probability) && !fmpq_is_one(probability)) {
            return another_environment(error);
        }
        face->columns[column] = fmpq_is_zero(probability) ? SB_FACE_ZERO : SB_FACE_ONE;
    }
    return SB_OK;
}

/* An allocation that is alone in its profile is certain. */
static void find_certain_allocations(sb_face *face)
{
    for (size_t row = 0; row < sb_lp_row_count(face->program); row++) {
        if (sb_design_constraint(face->design, row)->kind != SB_CONSTRAINT_PROBABILITY) {
            continue;
        }
        sb_lp_row_view view = sb_lp_row(face->program, row);
        size_t open = 0, last = 0;
        for (size_t k = 0; k < view.count; k++) {
            if (face->columns[view.columns[k]] == SB_FACE_OPEN) {
                open++;
                last = view.columns[k];
            }
        }
        if (open == 1) {
            face->columns[last] = SB_FACE_ONE;
        }
    }
}

/* ---- rows ---- */

/* Participation rows by agent, type and others. */
typedef struct participation_index {
    size_t *rows; /* row + 1; 0: none */
    size_t *starts, *widths;
} participation_index;

static void participation_index_clear(participation_index *index)
{
    free(index->rows);
    free(index->starts);
    free(index->widths);
}

static bool participation_index_init(participation_index *index, const sb_environment *environment)
{
    size_t total = 0;
    index->starts = sb_allocate(environment->agent_count, sizeof *index->starts);
    index->widths = sb_allocate(environment->agent_count, sizeof *index->widths);
    index->rows = NULL;
    for (size_t agent = 0;
         index->starts != NULL && index->widths != NULL && agent < environment->agent_count;
         agent++) {
        index->starts[agent] = total;
        index->widths[agent] = sb_environment_others_count(environment, agent) + 1;
        total += index->widths[agent] * environment->agents[agent].type_count;
    }
    index->rows = sb_allocate(total, sizeof *index->rows);
    return index->starts != NULL && index->widths != NULL && index->rows != NULL;
}

/* The last place of a type is its interim row. */
static size_t *participation_place(const participation_index *index, const sb_constraint *rule)
{
    size_t width = index->widths[rule->agent];
    size_t others = rule->others == SB_NOWHERE ? width - 1 : rule->others;
    return index->rows + index->starts[rule->agent] + rule->type * width + others;
}

static sb_status find_partners(sb_face *face, const sb_environment *environment, sb_error *error)
{
    participation_index index;
    if (!participation_index_init(&index, environment)) {
        participation_index_clear(&index);
        return sb_out_of_memory(error);
    }
    size_t rows = sb_lp_row_count(face->program);
    for (size_t row = 0; row < rows; row++) {
        const sb_constraint *rule = sb_design_constraint(face->design, row);
        face->partners[row] = face->anchors[row] = SB_NOWHERE;
        if (rule->kind == SB_CONSTRAINT_PARTICIPATION && rule->type != SB_NOWHERE &&
            !fmpq_is_zero(face->duals + row)) {
            *participation_place(&index, rule) = row + 1;
        }
    }
    for (size_t row = 0; row < rows; row++) {
        const sb_constraint *rule = sb_design_constraint(face->design, row);
        if (rule->kind == SB_CONSTRAINT_INCENTIVE) {
            size_t partner = *participation_place(&index, rule);
            face->partners[row] = partner == 0 ? SB_NOWHERE : partner - 1;
            sb_constraint reported = *rule;
            reported.type = rule->report;
            size_t anchor =
                rule->others == SB_NOWHERE ? *participation_place(&index, &reported) : 0;
            face->anchors[row] = anchor == 0 ? SB_NOWHERE : anchor - 1;
        }
    }
    participation_index_clear(&index);
    return SB_OK;
}

/* Add the open terms of one row, times factor, and take the others from the bound. */
static size_t add_row(const sb_face *face, size_t row, const fmpq_t factor, size_t count,
                      size_t *columns, fmpq *coefficients, fmpq_t bound)
{
    sb_lp_row_view view = sb_lp_row(face->program, row);
    fmpq_t rest;
    fmpq_init(rest);
    fmpq_set(rest, view.lower);
    for (size_t k = 0; k < view.count; k++) {
        sb_face_column kind = face->columns[view.columns[k]];
        if (kind == SB_FACE_ONE) {
            fmpq_sub(rest, rest, view.coefficients + k);
        } else if (kind == SB_FACE_OPEN) {
            columns[count] = view.columns[k];
            fmpq_mul(coefficients + count, view.coefficients + k, factor);
            count++;
        }
    }
    fmpq_addmul(bound, rest, factor);
    fmpq_clear(rest);
    return count;
}

static void add_payments(fmpq_t sum, const sb_face *face, size_t count, const size_t *columns,
                         const fmpq *coefficients)
{
    for (size_t k = 0; k < count; k++) {
        if (columns[k] >= face->payment_start) {
            fmpq_add(sum, sum, coefficients + k);
        }
    }
}

/* The multiple of the anchor after which payments sum to zero. */
static void anchor_factor(fmpq_t factor, const sb_face *face, size_t row, size_t count,
                          const size_t *columns, const fmpq *coefficients)
{
    sb_lp_row_view anchor = sb_lp_row(face->program, face->anchors[row]);
    fmpq_t sum;
    fmpq_init(sum);
    fmpq_zero(factor);
    add_payments(factor, face, count, columns, coefficients);
    add_payments(sum, face, anchor.count, anchor.columns, anchor.coefficients);
    if (!fmpq_is_zero(sum)) {
        fmpq_div(factor, factor, sum);
        fmpq_neg(factor, factor);
    } else {
        fmpq_zero(factor);
    }
    fmpq_clear(sum);
}

size_t sb_face_row(const sb_face *face, size_t row, size_t *columns, fmpq *coefficients,
                   fmpq_t bound, bool *equation)
{
    fmpq_t factor;
    fmpq_init(factor);
    fmpq_one(factor);
    fmpq_zero(bound);
    size_t count = add_row(face, row, factor, 0, columns, coefficients, bound);
    if (face->partners[row] != SB_NOWHERE) {
        fmpq_neg(factor, factor);
        count = add_row(face, face->partners[row], factor, count, columns, coefficients, bound);
    }
    if (face->anchors[row] != SB_NOWHERE) {
        anchor_factor(factor, face, row, count, columns, coefficients);
        if (!fmpq_is_zero(factor)) {
            count = add_row(face, face->anchors[row], factor, count, columns, coefficients, bound);
        }
    }
    *equation = !fmpq_is_zero(face->duals + row) || sb_lp_row(face->program, row).upper != NULL;
    fmpq_clear(factor);
    return count;
}

size_t sb_face_row_room(const sb_face *face)
{
    size_t most = 0;
    for (size_t row = 0; row < sb_lp_row_count(face->program); row++) {
        size_t count = sb_lp_row(face->program, row).count;
        most = count > most ? count : most;
    }
    return 3 * most;
}

/* ---- the whole ---- */

static sb_status allocate(sb_face *face, const sb_environment *environment, sb_error *error)
{
    *face = (sb_face){0};
    sb_status status = sb_design_new(environment, &face->design, error);
    if (status != SB_OK) {
        return status;
    }
    face->program = sb_design_program(face->design);
    size_t columns = sb_lp_column_count(face->program), rows = sb_lp_row_count(face->program);
    size_t first = sb_design_payment_column(face->design, 0, 0);
    face->payment_start = first == SB_NOWHERE ? columns : first;
    face->duals = sb_rationals_new(rows);
    face->columns = sb_allocate(columns, sizeof *face->columns);
    face->partners = sb_allocate(rows, sizeof *face->partners);
    face->anchors = sb_allocate(rows, sizeof *face->anchors);
    face->parents = sb_allocate(columns, sizeof *face->parents);
    face->first_column = sb_allocate(columns, sizeof *face->first_column);
    face->next_column = sb_allocate(columns, sizeof *face->next_column);
    face->first_row = sb_allocate(columns, sizeof *face->first_row);
    face->next_row = sb_allocate(rows, sizeof *face->next_row);
    if (face->duals == NULL || face->columns == NULL || face->partners == NULL ||
        face->anchors == NULL || face->parents == NULL || face->first_column == NULL ||
        face->next_column == NULL || face->first_row == NULL || face->next_row == NULL) {
        status = sb_out_of_memory(error);
    }
    return status;
}

/* What is left once duals and columns are known; with status, clean up where that is a failure. */
static sb_status finish(sb_face *face, const sb_environment *environment, sb_status status,
                        sb_error *error)
{
    if (status == SB_OK) {
        status = find_partners(face, environment, error);
    }
    if (status == SB_OK) {
        status = sb_face_find_blocks(face, error);
    }
    if (status != SB_OK) {
        sb_face_clear(face);
    }
    return status;
}

sb_status sb_face_init(sb_face *face, const sb_environment *environment,
                       const sb_solution *solution, sb_error *error)
{
    *face = (sb_face){0};
    if (solution->status != SB_LP_OPTIMAL || solution->proof != SB_PROOF_EXACT) {
        return another_environment(error);
    }
    sb_status status = allocate(face, environment, error);
    if (status == SB_OK) {
        status = read_duals(face, environment, solution, error);
    }
    if (status == SB_OK) {
        status = classify_columns(face, 0, error);
    }
    if (status == SB_OK) {
        find_certain_allocations(face);
    }
    return finish(face, environment, status, error);
}

sb_status sb_face_init_at(sb_face *face, const sb_environment *environment,
                          const sb_mechanism *mechanism, const fmpq *duals, sb_error *error)
{
    sb_status status = allocate(face, environment, error);
    for (size_t row = 0; status == SB_OK && row < sb_lp_row_count(face->program); row++) {
        fmpq_set(face->duals + row, duals + row);
    }
    if (status == SB_OK) {
        status = classify_columns(face, face->payment_start, error);
    }
    if (status == SB_OK) {
        status = fix_allocations(face, mechanism, error);
    }
    return finish(face, environment, status, error);
}
