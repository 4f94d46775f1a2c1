/* Geometry: beliefs as points, what types are worth above them, side bets as planes that touch.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One agent's types stand at their beliefs pi(.|s), points of a simplex whose corners are the
 * others' profiles (with one bidder: the signals). In the picture of a type t, type s has height
 * W(s|t), what a report of t is worth to s (full_extraction.h); where one item is sold to one
 * bidder that is v(s) in the picture of every type worth serving, which is then one picture. A side
 * bet z_t is a plane that passes through t's point and lies below no other point; so there is one
 * if and only if t's point is on the concave envelope of the points, the lowest concave function
 * that lies below none of them. Where it is not, a mixture of other types stands right above it.
 * With reporting sets, only those types that may report t are in its picture.
 *
 * Only beliefs about at most three signals can be drawn as they are. Of more, a picture shows one
 * of
 *
 *  - lumped: one or two signals, and all the others as if they were one. These are the bets that
 * pay the same on all the others: a type that has its place on this envelope has it on the whole
 * one.
 *  - among: three signals, given that it is one of them, the value divided by the chance of that:
 *    the bets that pay on these three alone. The same is true of it.
 *  - components: the two directions in which the beliefs differ most (the singular value
 *    decomposition of the conditionals less their mean), in floating point. The same is true of it,
 *    but for rounding.
 *
 * Whether a type has a side bet is never read off such a picture: it is full_extraction.h's answer.
 * "Signal" below is short for a profile of the others.
 */
#ifndef SIDEBET_GEOMETRY_H
#define SIDEBET_GEOMETRY_H

#include "sidebet/declarations.h"
#include "sidebet/full_extraction.h"

SB_DECLARATIONS_BEGIN

enum { SB_GEOMETRY_MOST_SIGNALS = 3 };

/* What to draw. */
typedef struct sb_geometry_choice {
    size_t agent;
    size_t signal_count; /* 0: the usual picture; else this many signals are named, in order */
    size_t signals[SB_GEOMETRY_MOST_SIGNALS];
    bool components; /* principal components, however many signals there are */
} sb_geometry_choice;
bool sb_geometry_choice_equal(const sb_geometry_choice *left, const sb_geometry_choice *right);
/* Usage error where there is no such agent, or a named signal is none that some type expects, or is
 * named twice. */
sb_status sb_geometry_choice_check(const sb_environment *environment,
                                   const sb_geometry_choice *choice, sb_error *error);
/* A signal by its label, "low, rain" or "(low, rain)" where several others make it up, or by "#k",
 * counting from 1. Usage error that lists what there is. */
sb_status sb_geometry_find_signal(const sb_environment *environment, size_t agent,
                                  const char *label, size_t *signal, sb_error *error);

typedef enum sb_projection {
    SB_PROJECTION_WHOLE, /* nothing is left out */
    SB_PROJECTION_LUMPED,
    SB_PROJECTION_AMONG,
    SB_PROJECTION_COMPONENTS,
    SB_PROJECTION_COUNT
} sb_projection;
const char *sb_projection_name(sb_projection projection); /* "whole", "lumped", ... */

/* A flat piece of the concave envelope: over the polygon (segment, point) of the types that span it
 * the envelope is plane[0] + plane[1] x + plane[2] y. Two signals: plane[1] is its slope. */
typedef struct sb_geometry_piece {
    fmpq plane[3];
    size_t corner_count; /* of `types`, the first that many, in order around */
    size_t type_count;
    size_t *types; /* all whose points are on the piece */
} sb_geometry_piece;

/* Heights, and their envelope: of one type, or of several for which they are the same. */
typedef struct sb_geometry_picture {
    size_t type;   /* the first whose picture it is */
    bool *has;     /* one a type: it stands in this picture */
    fmpq *heights; /* one a type */
    bool known;    /* the envelope: false where there are too many types to find it */
    size_t piece_count;
    sb_geometry_piece *pieces;
    fmpq *envelope; /* one a type: of this picture at its place; nowhere below its height */
} sb_geometry_picture;

typedef struct sb_geometry_type {
    bool has_belief; /* positive probability: else nothing below is set */
    bool placed;     /* has a place in this projection */
    bool confirmed;  /* whether there is a side bet is proved: else nothing below is set */
    bool holds;      /* there is */
    bool needs_bet;  /* false: paying nothing keeps all others away, and takes all there is of it */
    size_t picture;  /* index of its picture; SB_NOWHERE where it is not confirmed */
    fmpq value;      /* W(t|t) */
    fmpq *values;    /* one a type s: W(s|t) */
    fmpq *bet;       /* z_t, others_count numbers: NULL where it does not hold */
    fmpq envelope;   /* of all signals, at its belief: `value` where it holds, else more */
    fmpq *mixture;   /* weights of types that attain it: NULL where it holds */
    fmpq *slack;     /* one a type s: z_t . pi(.|s) - W(s|t), 0 at t; NULL as bet */
} sb_geometry_type;

typedef struct sb_geometry {
    sb_geometry_choice choice; /* as asked for */
    size_t agent, type_count, others_count;
    size_t expected_count; /* signals that some type expects */
    sb_projection projection;
    size_t corner_count;                      /* 1 to 3 signals at the corners; 0: components */
    size_t corners[SB_GEOMETRY_MOST_SIGNALS]; /* SB_NOWHERE: all others together */
    size_t dimensions;                        /* numbers of a place: 1 or 2 */
    fmpq *places;     /* at [type * dimensions + k]: the probability of corner k (dimensions 1:
                         of corner 0), or the score on component k */
    fmpq *chances;    /* one a type: of the three signals (among), else 1: heights are divided by it
                       */
    double shares[2]; /* components: of the spread (sum of squares) that each shows */
    double *loadings; /* components: at [k * others_count + signal]; NULL else */
    bool reporting_sets;
    bool shared; /* all types that need a bet have one picture */
    size_t picture_count;
    sb_geometry_picture *pictures;
    sb_geometry_type *types;
} sb_geometry;
void sb_geometry_init(sb_geometry *geometry);
void sb_geometry_clear(sb_geometry *geometry);

/* The picture of an agent, from what full_extraction found about the same environment. options are
 * for the programs of failing types; NULL: the default. */
sb_status sb_geometry_find(const sb_environment *environment, const sb_extraction *extraction,
                           const sb_geometry_choice *choice, const sb_lp_options *options,
                           sb_geometry *geometry, sb_error *error);

/* The concave envelope of count points, exactly: points[k * length .. ] is a belief, heights[k]
 * above it, has[k] whether it counts (NULL: all do). *inside: whether `belief` is a mixture of
 * those points; then *value is the largest value of such a mixture, and weights (NULL: not wanted)
 * one that attains it. Anything but a proved answer is an error. */
sb_status sb_concave_envelope_at(const fmpq *points, const fmpq *heights, const bool *has,
                                 size_t count, size_t length, const fmpq *belief,
                                 const sb_lp_options *options, bool *inside, fmpq_t value,
                                 fmpq *weights, sb_error *error);

SB_DECLARATIONS_END

#endif
