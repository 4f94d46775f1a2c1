/* A description of a consistent set follows types and signals that come and go.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "sidebet/set_description.h"

static bool says_nothing(const sb_set_description *description)
{
    return description->kind == SB_SET_NONE && description->constraint_count == 0;
}

/* ---- adding ---- */

/* A table one row or one column larger: `fresh` where the old one says nothing. */
static fmpq *grown_table(const sb_set_description *description, const fmpq *table, bool signal,
                         ulong fresh)
{
    size_t types = description->type_count + (signal ? 0 : 1);
    size_t signals = description->signal_count + (signal ? 1 : 0);
    fmpq *grown = sb_rationals_new(types * signals);
    for (size_t i = 0; grown != NULL && i < types * signals; i++) {
        size_t type = i / signals;
        size_t column = i % signals;
        if (type < description->type_count && column < description->signal_count) {
            fmpq_set(grown + i, table + type * description->signal_count + column);
        } else {
            fmpq_set_ui(grown + i, fresh, 1);
        }
    }
    return grown;
}

static void free_coefficients(sb_belief_constraint *constraints, size_t count, size_t signals)
{
    for (size_t i = 0; constraints != NULL && i < count; i++) {
        sb_rationals_free(constraints[i].coefficients, signals);
    }
}

/* The same constraints with a zero behind their coefficients, which alone are new; NULL when memory
 * runs out. */
static sb_belief_constraint *grown_constraints(const sb_set_description *description)
{
    size_t count = description->constraint_count;
    size_t signals = description->signal_count;
    sb_belief_constraint *grown = sb_allocate(count, sizeof *grown);
    for (size_t i = 0; grown != NULL && i < count; i++) {
        const sb_belief_constraint *old = &description->constraints[i];
        grown[i] = *old;
        grown[i].coefficients = sb_rationals_new(signals + 1);
        if (grown[i].coefficients == NULL) {
            free_coefficients(grown, i, signals + 1);
            free(grown);
            return NULL;
        }
        for (size_t signal = 0; signal < signals; signal++) {
            fmpq_set(grown[i].coefficients + signal, old->coefficients + signal);
        }
    }
    return grown;
}

sb_status sb_set_description_add(sb_set_description *description, bool signal, sb_error *error)
{
    if (says_nothing(description)) {
        return SB_OK;
    }
    size_t entries = description->type_count * description->signal_count;
    size_t grown_entries = entries + (signal ? description->type_count : description->signal_count);
    bool tables = description->kind == SB_SET_TABLES;
    fmpq *lower = tables ? grown_table(description, description->lower, signal, 0) : NULL;
    fmpq *upper = tables ? grown_table(description, description->upper, signal, 1) : NULL;
    sb_belief_constraint *constraints = signal ? grown_constraints(description) : NULL;
    if ((tables && (lower == NULL || upper == NULL)) || (signal && constraints == NULL)) {
        sb_rationals_free(lower, grown_entries);
        sb_rationals_free(upper, grown_entries);
        free_coefficients(constraints, description->constraint_count,
                          description->signal_count + 1);
        free(constraints);
        return sb_out_of_memory(error);
    }
    if (tables) {
        sb_rationals_free(description->lower, entries);
        sb_rationals_free(description->upper, entries);
        description->lower = lower;
        description->upper = upper;
    }
    if (signal) {
        free_coefficients(description->constraints, description->constraint_count,
                          description->signal_count);
        free(description->constraints);
        description->constraints = constraints;
        description->signal_count++;
    } else {
        description->type_count++;
    }
    return SB_OK;
}

/* ---- removing ---- */

/* Close the gaps in place: of every `stride` numbers the one at `index` goes. The last ones are
 * cleared, since the array is freed by its new length. */
static void remove_column(fmpq *numbers, size_t count, size_t stride, size_t index)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (i % stride != index) {
            fmpq_swap(numbers + kept++, numbers + i);
        }
    }
    while (kept < count) {
        fmpq_clear(numbers + kept++);
    }
}

static void remove_row(fmpq *numbers, size_t count, size_t length, size_t index)
{
    for (size_t i = index * length; i + length < count; i++) {
        fmpq_swap(numbers + i, numbers + i + length);
    }
    for (size_t i = count - length; i < count; i++) {
        fmpq_clear(numbers + i);
    }
}

static void remove_signal(sb_set_description *description, size_t index)
{
    size_t signals = description->signal_count;
    size_t entries = description->type_count * signals;
    if (description->kind == SB_SET_TABLES) {
        remove_column(description->lower, entries, signals, index);
        remove_column(description->upper, entries, signals, index);
    }
    for (size_t i = 0; i < description->constraint_count; i++) {
        remove_column(description->constraints[i].coefficients, signals, signals, index);
    }
    description->signal_count--;
}

/* Constraints of the type go with it. */
static void remove_type(sb_set_description *description, size_t index)
{
    size_t signals = description->signal_count;
    size_t entries = description->type_count * signals;
    if (description->kind == SB_SET_TABLES) {
        remove_row(description->lower, entries, signals, index);
        remove_row(description->upper, entries, signals, index);
    }
    size_t kept = 0;
    for (size_t i = 0; i < description->constraint_count; i++) {
        sb_belief_constraint *constraint = &description->constraints[i];
        if (constraint->type == index) {
            sb_rationals_free(constraint->coefficients, signals);
            fmpq_clear(&constraint->lower);
            fmpq_clear(&constraint->upper);
            continue;
        }
        if (constraint->type != SB_EVERY_TYPE && constraint->type > index) {
            constraint->type--;
        }
        description->constraints[kept++] = *constraint;
    }
    description->constraint_count = kept;
    description->type_count--;
}

static void forget_shape_of_nothing(sb_set_description *description)
{
    if (says_nothing(description)) {
        free(description->constraints);
        description->constraints = NULL;
        description->type_count = 0;
        description->signal_count = 0;
    }
}

void sb_set_description_remove(sb_set_description *description, bool signal, size_t index)
{
    if (says_nothing(description)) {
        return;
    }
    if (signal) {
        remove_signal(description, index);
    } else {
        remove_type(description, index);
    }
    forget_shape_of_nothing(description);
}
