/* How a file or a person describes the consistent set of one bidder's beliefs.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The `robust:` key of an environment with one agent and a signal: a box of one radius around every
 * conditional, or explicit lower and upper tables, each possibly cut by linear constraints. A
 * description is only data; whether the set it stands for holds the estimate is decided where it is
 * used (consistent_set.h), since the prior may be edited meanwhile.
 */
#ifndef SIDEBET_SET_DESCRIPTION_H
#define SIDEBET_SET_DESCRIPTION_H

#include <stdbool.h>
#include <stddef.h>

#include "sidebet/declarations.h"
#include "sidebet/error.h"
#include "sidebet/rational.h"

SB_DECLARATIONS_BEGIN

typedef enum sb_set_kind {
    SB_SET_NONE,  /* the file says nothing: the point set */
    SB_SET_BOX,   /* |q(omega) - estimate(omega | theta)| <= radius */
    SB_SET_TABLES /* lower(theta, omega) <= q(omega) <= upper(theta, omega) */
} sb_set_kind;

#define SB_EVERY_TYPE ((size_t)-1)

/* lower <= sum_omega coefficients[omega] q(omega) <= upper for the belief q of a type. */
typedef struct sb_belief_constraint {
    size_t type;        /* SB_EVERY_TYPE: of each type */
    fmpq *coefficients; /* signal_count of them, owned */
    bool has_lower, has_upper;
    fmpq lower, upper;
} sb_belief_constraint;

typedef struct sb_set_description {
    sb_set_kind kind;
    size_t type_count, signal_count; /* of the environment it belongs to; 0 while kind is
                                        SB_SET_NONE and there are no constraints */
    fmpq radius;                     /* SB_SET_BOX: >= 0 */
    fmpq *lower, *upper; /* SB_SET_TABLES: at [type * signal_count + signal]; else NULL */
    size_t constraint_count;
    sb_belief_constraint *constraints;
} sb_set_description;

void sb_set_description_init(sb_set_description *description); /* SB_SET_NONE */
void sb_set_description_clear(sb_set_description *description);
/* to is initialised; on failure it is unchanged. */
sb_status sb_set_description_copy(sb_set_description *to, const sb_set_description *from,
                                  sb_error *error);
bool sb_set_description_equal(const sb_set_description *left, const sb_set_description *right);
/* Become a box (radius >= 0, else an input error) or tables (type_count * signal_count entries
 * each, 0 <= lower <= upper <= 1, else an input error that names the entry by numbers). Constraints
 * are kept where the shape is the same, else dropped. */
sb_status sb_set_description_box(sb_set_description *description, size_t type_count,
                                 size_t signal_count, const fmpq_t radius, sb_error *error);
sb_status sb_set_description_tables(sb_set_description *description, size_t type_count,
                                    size_t signal_count, const fmpq *lower, const fmpq *upper,
                                    sb_error *error);
/* Append a constraint; lower or upper NULL: none on that side (one of them is needed). */
sb_status sb_set_description_constrain(sb_set_description *description, size_t type_count,
                                       size_t signal_count, size_t type, const fmpq *coefficients,
                                       const fmpq *lower, const fmpq *upper, sb_error *error);
/* The environment lost or gained a type (the signal: player 1) at `index`: tables and constraints
 * follow; new entries are unrestricted (0 .. 1, coefficient 0). */
sb_status sb_set_description_add(sb_set_description *description, bool signal, sb_error *error);
void sb_set_description_remove(sb_set_description *description, bool signal, size_t index);

SB_DECLARATIONS_END

#endif
