/* The way to a step of a tour: walked at once, or by a thread while the reader stays where he is.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_TOUR_WALK_H
#define SB_SESSION_TOUR_WALK_H

#include "session/tour.h"

/* The prose of a step, its numbers computed. */
typedef struct sb_tour_telling {
    size_t count;
    char **paragraphs;
    char *question; /* NULL: none */
} sb_tour_telling;
void sb_tour_telling_clear(sb_tour_telling *told);

/* Where a walk ends. */
typedef struct sb_tour_arrival {
    sb_session *there; /* at the step, as one who tries all that is asked for reaches it */
    sb_session *goal;  /* where the step's own tries lead; NULL: nowhere that shows */
    sb_tour_telling told;
} sb_tour_arrival;
void sb_tour_arrival_clear(sb_tour_arrival *arrival);

/* Do two sessions stand at the same place, in all that a try is about: the table, the round, the
 * screen, what is frozen and what is shown? */
bool sb_tour_same_place(const sb_session *left, const sb_session *right);

typedef struct sb_tour_walk sb_tour_walk;
/* Set out for a step of a tour, which outlives the walk, in a session that is as interactive and
 * exports as `like` does. NULL with an error. */
sb_tour_walk *sb_tour_walk_begin(const sb_tour *tour, size_t step, const sb_session *like,
                                 sb_error *error);
/* Has it ended? Wait so many seconds for that; negative: as long as it takes. */
bool sb_tour_walk_ended(const sb_tour_walk *walk, double seconds);
/* Readable once it has. */
int sb_tour_walk_descriptor(const sb_tour_walk *walk);
/* After its end: what it came to, which is the caller's. The walk is freed. */
sb_status sb_tour_walk_arrive(sb_tour_walk *walk, sb_tour_arrival *arrival, sb_error *error);
/* Turn back: what is computed is given up. NULL allowed. */
void sb_tour_walk_free(sb_tour_walk *walk);

#endif
