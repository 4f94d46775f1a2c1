/* How far apart the types' beliefs are, and how many samples that asks for.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beliefs are gamma-separated where some vector separates each type's conditional from the convex
 * hull of the others by gamma:
 *
 *     gamma(theta) = the distance, in the given norm, from pi(. | theta) to conv { pi(. | s), s !=
 * theta } = max over z, dual norm of z at most 1, of  min_s z.pi(. | s) - z.pi(. | theta)
 *
 * An exact linear program a type; its dual solution is the separating vector. The dual norm of the
 * 1-norm is the maximum norm and the other way round. gamma = the smallest over all types of
 * positive probability.
 */
#ifndef SIDEBET_SEPARATION_H
#define SIDEBET_SEPARATION_H

#include "sidebet/environment.h"
#include "sidebet/linear_program.h"

typedef enum sb_norm { SB_NORM_ONE, SB_NORM_MAXIMUM } sb_norm;
const char *sb_norm_name(sb_norm norm); /* "1-norm", "maximum norm" */

typedef struct sb_type_separation {
    bool has_belief; /* the type has positive probability; else nothing below is set */
    fmpq distance;
    fmpq *separating; /* others_count numbers: z */
    fmpq *mixture;    /* type_count weights of the nearest point of the hull (0 at the type) */
} sb_type_separation;

typedef struct sb_separation {
    sb_norm norm;
    size_t type_count, others_count;
    sb_type_separation *types;
    bool alone; /* fewer than two types of positive probability: nothing to separate from */
    fmpq gamma;
    size_t type; /* at which it is attained */
} sb_separation;
void sb_separation_init(sb_separation *separation);
void sb_separation_clear(sb_separation *separation);

/* Of an agent's conditionals (any number of agents). */
sb_status sb_separation_find(const sb_environment *environment, size_t agent, sb_norm norm,
                             const sb_lp_options *options, sb_separation *separation,
                             sb_error *error);

#endif
