/* How far apart the types' beliefs are.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beliefs are gamma-separated where some vector separates each type's conditional from the convex
 * hull of the others by gamma:
 *
 *     gamma(t) = the distance, in the given norm, from pi(. | t) to conv { pi(. | s), s != t }
 *              = the largest  min_s z . pi(. | s) - z . pi(. | t)  over z of dual norm at most 1
 *
 * An exact linear program a type: z is its solution, the mixture of the nearest point its dual one.
 * The dual norm of the 1-norm is the maximum norm and the other way round. gamma is the smallest
 * over all types of positive probability. gamma > 0 suffices for full surplus extraction whatever
 * the values are, and bounds the bets it takes: scaled by (v(s) - v(t)) / gamma, z keeps everybody
 * from imitating t.
 *
 * Where reporting sets say what a type may report, the others of t are those that may report t: the
 * rest need not be kept from it, whatever they believe. A type that no other may report is told
 * from nobody, and says nothing about gamma. gamma > 0 still suffices for full surplus extraction
 * whatever the values are. With larger sets the hulls grow and the distances shrink.
 */
#ifndef SIDEBET_SEPARATION_H
#define SIDEBET_SEPARATION_H

#include "sidebet/declarations.h"
#include "sidebet/environment.h"
#include "sidebet/linear_program.h"

SB_DECLARATIONS_BEGIN

typedef enum sb_norm { SB_NORM_ONE, SB_NORM_MAXIMUM, SB_NORM_COUNT } sb_norm;
const char *sb_norm_name(sb_norm norm); /* "1-norm", "maximum norm" */

typedef struct sb_type_separation {
    bool has_belief; /* the type has positive probability; else nothing below is set */
    bool alone;      /* no other type of positive probability may report it: no distance */
    fmpq distance;
    fmpq *separating; /* z, others_count numbers */
    fmpq *mixture; /* type_count weights of the nearest point of the hull (0 at the type); sum 1 */
} sb_type_separation;

typedef struct sb_separation {
    sb_norm norm;
    size_t type_count, others_count;
    sb_type_separation *types;
    bool alone;     /* every type is: fewer than two have positive probability, or none may report
                       another; nothing to separate, and nothing below is set */
    sb_proof proof; /* the weakest of all types'; none where a program had no answer */
    fmpq gamma;
    size_t type; /* the first at which it is attained */
} sb_separation;
void sb_separation_init(sb_separation *separation);
void sb_separation_clear(sb_separation *separation);

/* Of an agent's conditionals (any number of agents). options NULL: the default. Usage error where
 * there is no such agent. */
sb_status sb_separation_find(const sb_environment *environment, size_t agent, sb_norm norm,
                             const sb_lp_options *options, sb_separation *separation,
                             sb_error *error);

SB_DECLARATIONS_END

#endif
