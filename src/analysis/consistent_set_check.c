/* Consistent sets: is each one there, and does it hold its estimate?
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "base/memory.h"
#include "sidebet/consistent_set.h"

/* Room for a number in a message. */
#define NUMBER 24

typedef struct checking {
    const sb_consistent_set *set;
    const sb_environment *environment;
    size_t type;
    sb_error *error;
} checking;

static const char *type_label(const checking *check)
{
    return sb_environment_label(check->environment, 0, check->type);
}

/* A number for a message, in a text that the caller frees; NULL when memory runs out. */
static char *shown(const fmpq_t value)
{
    return sb_rational_display(value, NUMBER, NULL);
}

static bool applies(const checking *check, const sb_belief_constraint *constraint)
{
    return constraint->type == check->type || constraint->type == SB_EVERY_TYPE;
}

/* The error "the consistent set of type T is empty: WHY left AND right". */
static sb_status refuse_empty(const checking *check, const char *why, const fmpq_t left,
                              const char *and, const fmpq_t right)
{
    char *first = shown(left), *second = shown(right);
    sb_status status = SB_ERROR_MEMORY;
    if (first == NULL || second == NULL) {
        (void)sb_out_of_memory(check->error);
    } else {
        status = sb_error_set(check->error, SB_ERROR_INPUT,
                              "the consistent set of type %s is empty: %s %s%s %s",
                              type_label(check), why, first, and, second);
        sb_error_set_hint(check->error, "widen the bounds of this type");
    }
    free(first);
    free(second);
    return status;
}

static sb_status check_order(const checking *check)
{
    for (size_t signal = 0; signal < check->set->signal_count; signal++) {
        size_t k = check->type * check->set->signal_count + signal;
        if (fmpq_cmp(check->set->lower + k, check->set->upper + k) > 0) {
            char *what = sb_format_text("its lower bound of signal %s,",
                                        check->environment->signals[signal]);
            sb_status status =
                what == NULL ? sb_out_of_memory(check->error)
                             : refuse_empty(check, what, check->set->lower + k,
                                            ", is above the upper one,", check->set->upper + k);
            free(what);
            return status;
        }
    }
    return SB_OK;
}

/* The bounds must leave room for numbers that sum to 1. */
static sb_status check_sums(const checking *check)
{
    size_t signals = check->set->signal_count;
    fmpq_t sum, one;
    fmpq_init(sum);
    fmpq_init(one);
    fmpq_one(one);
    sb_status status = SB_OK;
    sb_rationals_sum(sum, check->set->lower + check->type * signals, signals);
    if (fmpq_cmp(sum, one) > 0) {
        status = refuse_empty(check, "its lower bounds sum to", sum, ", which is more than", one);
    }
    if (status == SB_OK) {
        sb_rationals_sum(sum, check->set->upper + check->type * signals, signals);
        if (fmpq_cmp(sum, one) < 0) {
            status =
                refuse_empty(check, "its upper bounds sum to", sum, ", which is less than", one);
        }
    }
    fmpq_clear(sum);
    fmpq_clear(one);
    return status;
}

/* The error "the consistent set of type T does not hold its estimate: WHAT is value, RELATION
 * bound". */
static sb_status refuse_estimate(const checking *check, const char *what, const fmpq_t value,
                                 bool below, const fmpq_t bound, const char *hint)
{
    char *is = shown(value), *limit = shown(bound);
    sb_status status = SB_ERROR_MEMORY;
    if (is == NULL || limit == NULL || what == NULL) {
        (void)sb_out_of_memory(check->error);
    } else {
        status = sb_error_set(check->error, SB_ERROR_INPUT,
                              "the consistent set of type %s does not hold the estimate: %s is "
                              "%s there, %s bound %s",
                              type_label(check), what, is,
                              below ? "below the lower" : "above the upper", limit);
        sb_error_set_hint(check->error, "%s", hint);
    }
    free(is);
    free(limit);
    return status;
}

static sb_status check_estimate_in_box(const checking *check)
{
    for (size_t signal = 0; signal < check->set->signal_count; signal++) {
        size_t k = check->type * check->set->signal_count + signal;
        const fmpq *estimate = check->set->estimate + k;
        bool below = fmpq_cmp(estimate, check->set->lower + k) < 0;
        if (below || fmpq_cmp(estimate, check->set->upper + k) > 0) {
            char *what =
                sb_format_text("the chance of signal %s", check->environment->signals[signal]);
            sb_status status = refuse_estimate(check, what, estimate, below,
                                               (below ? check->set->lower : check->set->upper) + k,
                                               "widen the set, or change the prior");
            free(what);
            return status;
        }
    }
    return SB_OK;
}

static sb_status check_estimate_in_constraint(const checking *check, size_t number)
{
    const sb_belief_constraint *constraint = &check->set->constraints[number];
    size_t signals = check->set->signal_count;
    fmpq_t value;
    fmpq_init(value);
    sb_rationals_dot(value, constraint->coefficients, check->set->estimate + check->type * signals,
                     signals);
    bool below = constraint->has_lower && fmpq_cmp(value, &constraint->lower) < 0;
    bool above = constraint->has_upper && fmpq_cmp(value, &constraint->upper) > 0;
    sb_status status = SB_OK;
    if (below || above) {
        char *what = sb_format_text("constraint %zu", number + 1);
        status = refuse_estimate(check, what, value, below,
                                 below ? &constraint->lower : &constraint->upper,
                                 "change the linear constraints of the set, in the file, or the "
                                 "prior");
        free(what);
    }
    fmpq_clear(value);
    return status;
}

/* Without an estimate to show that the polytope is not empty, one of its points has to be found. */
static sb_status check_polytope(const checking *check)
{
    fmpq_t minimum;
    fmpq *zeros = sb_rationals_new(check->set->signal_count);
    if (zeros == NULL) {
        return sb_out_of_memory(check->error);
    }
    fmpq_init(minimum);
    sb_status status =
        sb_consistent_set_worst(check->set, check->type, zeros, NULL, minimum, check->error);
    if (status == SB_ERROR_INPUT) {
        status = sb_error_set(check->error, SB_ERROR_INPUT,
                              "the consistent set of type %s is empty: no belief within its bounds "
                              "obeys its constraints",
                              type_label(check));
        sb_error_set_hint(check->error, "loosen the bounds or the constraints of this type");
    }
    fmpq_clear(minimum);
    sb_rationals_free(zeros, check->set->signal_count);
    return status;
}

static sb_status check_type(const checking *check)
{
    const sb_consistent_set *set = check->set;
    sb_status status = check_order(check);
    if (status == SB_OK) {
        status = check_sums(check);
    }
    if (status != SB_OK) {
        return status;
    }
    if (!set->has_estimate[check->type]) {
        return sb_consistent_set_is_box(set, check->type) ? SB_OK : check_polytope(check);
    }
    status = check_estimate_in_box(check);
    for (size_t k = 0; status == SB_OK && k < set->constraint_count; k++) {
        if (applies(check, &set->constraints[k])) {
            status = check_estimate_in_constraint(check, k);
            if (status == SB_ERROR_INPUT && check_polytope(check) == SB_ERROR_INPUT) {
                return SB_ERROR_INPUT; /* the emptiness explains more */
            }
        }
    }
    return status;
}

sb_status sb_consistent_set_check(const sb_consistent_set *set, const sb_environment *environment,
                                  sb_error *error)
{
    sb_status status = SB_OK;
    for (size_t type = 0; status == SB_OK && type < set->type_count; type++) {
        checking check = {set, environment, type, error};
        if (set->has_set[type]) {
            status = check_type(&check);
        }
    }
    return status;
}

bool sb_consistent_set_contains(const sb_consistent_set *set, size_t type, const fmpq *belief)
{
    if (!set->has_set[type]) {
        return false;
    }
    fmpq_t value;
    fmpq_init(value);
    sb_rationals_sum(value, belief, set->signal_count);
    bool inside = fmpq_is_one(value);
    for (size_t signal = 0; inside && signal < set->signal_count; signal++) {
        size_t k = type * set->signal_count + signal;
        inside = fmpq_cmp(belief + signal, set->lower + k) >= 0 &&
                 fmpq_cmp(belief + signal, set->upper + k) <= 0;
    }
    for (size_t k = 0; inside && k < set->constraint_count; k++) {
        const sb_belief_constraint *constraint = &set->constraints[k];
        if (constraint->type == type || constraint->type == SB_EVERY_TYPE) {
            sb_rationals_dot(value, constraint->coefficients, belief, set->signal_count);
            inside = (!constraint->has_lower || fmpq_cmp(value, &constraint->lower) >= 0) &&
                     (!constraint->has_upper || fmpq_cmp(value, &constraint->upper) <= 0);
        }
    }
    fmpq_clear(value);
    return inside;
}
