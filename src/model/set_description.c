/* How a file or a person describes the consistent set of one bidder's beliefs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A description that says something has the shape of its environment even where it is a box alone,
 * so that constraints can be added and types follow without asking the environment.
 */
#include "sidebet/set_description.h"

#include <stdlib.h>

#include "base/memory.h"

void sb_set_description_init(sb_set_description *description)
{
    *description = (sb_set_description){.kind = SB_SET_NONE};
    fmpq_init(&description->radius);
}

static void constraint_clear(sb_belief_constraint *constraint, size_t signal_count)
{
    sb_rationals_free(constraint->coefficients, signal_count);
    fmpq_clear(&constraint->lower);
    fmpq_clear(&constraint->upper);
}

static void drop_constraints(sb_set_description *description)
{
    for (size_t i = 0; i < description->constraint_count; i++) {
        constraint_clear(&description->constraints[i], description->signal_count);
    }
    free(description->constraints);
    description->constraints = NULL;
    description->constraint_count = 0;
}

static void drop_tables(sb_set_description *description)
{
    size_t entries = description->type_count * description->signal_count;
    sb_rationals_free(description->lower, entries);
    sb_rationals_free(description->upper, entries);
    description->lower = NULL;
    description->upper = NULL;
}

void sb_set_description_clear(sb_set_description *description)
{
    drop_constraints(description);
    drop_tables(description);
    fmpq_clear(&description->radius);
    *description = (sb_set_description){.kind = SB_SET_NONE};
}

/* ---- copying and comparing ---- */

static bool copy_constraint(sb_belief_constraint *to, const sb_belief_constraint *from,
                            size_t signal_count)
{
    *to = (sb_belief_constraint){
        .type = from->type, .has_lower = from->has_lower, .has_upper = from->has_upper};
    fmpq_init(&to->lower);
    fmpq_init(&to->upper);
    fmpq_set(&to->lower, &from->lower);
    fmpq_set(&to->upper, &from->upper);
    to->coefficients = sb_rationals_copy(from->coefficients, signal_count);
    return to->coefficients != NULL;
}

static bool copy_constraints(sb_set_description *to, const sb_set_description *from)
{
    if (from->constraint_count == 0) {
        return true;
    }
    to->constraints = sb_allocate(from->constraint_count, sizeof *to->constraints);
    bool done = to->constraints != NULL;
    for (size_t i = 0; done && i < from->constraint_count; i++) {
        to->constraint_count = i + 1; /* even after a failure: it is to be cleared */
        done = copy_constraint(&to->constraints[i], &from->constraints[i], from->signal_count);
    }
    return done;
}

sb_status sb_set_description_copy(sb_set_description *to, const sb_set_description *from,
                                  sb_error *error)
{
    sb_set_description copy;
    sb_set_description_init(&copy);
    copy.kind = from->kind;
    copy.type_count = from->type_count;
    copy.signal_count = from->signal_count;
    fmpq_set(&copy.radius, &from->radius);
    bool done = true;
    if (from->kind == SB_SET_TABLES) {
        size_t entries = from->type_count * from->signal_count;
        copy.lower = sb_rationals_copy(from->lower, entries);
        copy.upper = sb_rationals_copy(from->upper, entries);
        done = copy.lower != NULL && copy.upper != NULL;
    }
    if (!done || !copy_constraints(&copy, from)) {
        sb_set_description_clear(&copy);
        return sb_out_of_memory(error);
    }
    sb_set_description_clear(to);
    *to = copy;
    return SB_OK;
}

static bool numbers_equal(const fmpq *left, const fmpq *right, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!fmpq_equal(left + i, right + i)) {
            return false;
        }
    }
    return true;
}

static bool constraints_equal(const sb_belief_constraint *left, const sb_belief_constraint *right,
                              size_t signal_count)
{
    return left->type == right->type && left->has_lower == right->has_lower &&
           left->has_upper == right->has_upper &&
           (!left->has_lower || fmpq_equal(&left->lower, &right->lower)) &&
           (!left->has_upper || fmpq_equal(&left->upper, &right->upper)) &&
           numbers_equal(left->coefficients, right->coefficients, signal_count);
}

bool sb_set_description_equal(const sb_set_description *left, const sb_set_description *right)
{
    if (left->kind != right->kind || left->type_count != right->type_count ||
        left->signal_count != right->signal_count ||
        left->constraint_count != right->constraint_count ||
        (left->kind == SB_SET_BOX && !fmpq_equal(&left->radius, &right->radius))) {
        return false;
    }
    size_t entries = left->type_count * left->signal_count;
    if (left->kind == SB_SET_TABLES && (!numbers_equal(left->lower, right->lower, entries) ||
                                        !numbers_equal(left->upper, right->upper, entries))) {
        return false;
    }
    for (size_t i = 0; i < left->constraint_count; i++) {
        if (!constraints_equal(&left->constraints[i], &right->constraints[i], left->signal_count)) {
            return false;
        }
    }
    return true;
}

/* ---- saying something ---- */

static void take_shape(sb_set_description *description, size_t type_count, size_t signal_count)
{
    if (description->type_count != type_count || description->signal_count != signal_count) {
        drop_constraints(description);
    }
    description->type_count = type_count;
    description->signal_count = signal_count;
}

sb_status sb_set_description_box(sb_set_description *description, size_t type_count,
                                 size_t signal_count, const fmpq_t radius, sb_error *error)
{
    if (fmpq_sgn(radius) < 0) {
        sb_error_set(error, SB_ERROR_INPUT, "the radius of a box is negative");
        sb_error_set_hint(error, "write how far a belief may be from the estimate: 0 or more");
        return SB_ERROR_INPUT;
    }
    fmpq_set(&description->radius, radius);
    drop_tables(description);
    take_shape(description, type_count, signal_count);
    description->kind = SB_SET_BOX;
    return SB_OK;
}

static sb_status check_tables(const fmpq *lower, const fmpq *upper, size_t type_count,
                              size_t signal_count, sb_error *error)
{
    for (size_t i = 0; i < type_count * signal_count; i++) {
        const char *fault = NULL;
        if (fmpq_sgn(lower + i) < 0) {
            fault = "the lower bound is negative";
        } else if (fmpq_cmp_ui(upper + i, 1) > 0) {
            fault = "the upper bound is larger than 1";
        } else if (fmpq_cmp(lower + i, upper + i) > 0) {
            fault = "the lower bound is larger than the upper one";
        }
        if (fault != NULL) {
            sb_error_set(error, SB_ERROR_INPUT, "%s for type %zu and signal %zu", fault,
                         i / signal_count + 1, i % signal_count + 1);
            sb_error_set_hint(error, "bounds of a probability: 0 <= lower <= upper <= 1");
            return SB_ERROR_INPUT;
        }
    }
    return SB_OK;
}

sb_status sb_set_description_tables(sb_set_description *description, size_t type_count,
                                    size_t signal_count, const fmpq *lower, const fmpq *upper,
                                    sb_error *error)
{
    sb_status status = check_tables(lower, upper, type_count, signal_count, error);
    if (status != SB_OK) {
        return status;
    }
    fmpq *lower_copy = sb_rationals_copy(lower, type_count * signal_count);
    fmpq *upper_copy = sb_rationals_copy(upper, type_count * signal_count);
    if (lower_copy == NULL || upper_copy == NULL) {
        sb_rationals_free(lower_copy, type_count * signal_count);
        sb_rationals_free(upper_copy, type_count * signal_count);
        return sb_out_of_memory(error);
    }
    drop_tables(description);
    take_shape(description, type_count, signal_count);
    fmpq_zero(&description->radius);
    description->lower = lower_copy;
    description->upper = upper_copy;
    description->kind = SB_SET_TABLES;
    return SB_OK;
}

static sb_status check_constraint(size_t type_count, size_t type, const fmpq *lower,
                                  const fmpq *upper, sb_error *error)
{
    if (type != SB_EVERY_TYPE && type >= type_count) {
        return sb_error_set(error, SB_ERROR_INPUT,
                            "there is no type number %zu to constrain: they end at %zu", type + 1,
                            type_count);
    }
    if (lower == NULL && upper == NULL) {
        sb_error_set(error, SB_ERROR_INPUT, "a constraint has no bound");
        sb_error_set_hint(error, "say what it is at least, at most, or both");
        return SB_ERROR_INPUT;
    }
    if (lower != NULL && upper != NULL && fmpq_cmp(lower, upper) > 0) {
        sb_error_set(error, SB_ERROR_INPUT,
                     "a constraint's lower bound is larger than its upper "
                     "one: no belief satisfies it");
        sb_error_set_hint(error, "exchange the two bounds");
        return SB_ERROR_INPUT;
    }
    return SB_OK;
}

/* The description may still say nothing, or have another shape: then its tables do not go with the
 * constraint, which is an error of the caller. */
sb_status sb_set_description_constrain(sb_set_description *description, size_t type_count,
                                       size_t signal_count, size_t type, const fmpq *coefficients,
                                       const fmpq *lower, const fmpq *upper, sb_error *error)
{
    sb_status status = check_constraint(type_count, type, lower, upper, error);
    if (status != SB_OK) {
        return status;
    }
    bool reshaped =
        description->type_count != type_count || description->signal_count != signal_count;
    if (reshaped && description->kind == SB_SET_TABLES) {
        return sb_error_set(error, SB_ERROR_INTERNAL,
                            "a constraint of another shape than the tables of its set");
    }
    size_t count = reshaped ? 0 : description->constraint_count;
    sb_belief_constraint *grown = sb_allocate(count + 1, sizeof *grown);
    fmpq *copy = sb_rationals_copy(coefficients, signal_count);
    if (grown == NULL || copy == NULL) {
        free(grown);
        sb_rationals_free(copy, signal_count);
        return sb_out_of_memory(error);
    }
    take_shape(description, type_count, signal_count);
    for (size_t i = 0; i < count; i++) {
        grown[i] = description->constraints[i];
    }
    sb_belief_constraint *added = &grown[count];
    *added = (sb_belief_constraint){
        .type = type, .coefficients = copy, .has_lower = lower != NULL, .has_upper = upper != NULL};
    fmpq_init(&added->lower);
    fmpq_init(&added->upper);
    if (lower != NULL) {
        fmpq_set(&added->lower, lower);
    }
    if (upper != NULL) {
        fmpq_set(&added->upper, upper);
    }
    free(description->constraints);
    description->constraints = grown;
    description->constraint_count = count + 1;
    return SB_OK;
}
