/* Inside of tours.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_TOUR_PARTS_H
#define SB_SESSION_TOUR_PARTS_H

#include "session/tour.h"

/* sb_tour_tell, which adds to *checked (may be NULL) how many answers were compared. */
sb_status sb_tour_tell_counting(const sb_tour *tour, const sb_tour_line *paragraph,
                                sb_session *session, size_t *checked, char **text, sb_error *error);
/* No digit stands outside braces and backquotes. */
sb_status sb_tour_check_prose(const sb_tour *tour, const sb_tour_line *paragraph, sb_error *error);
/* The place of a character of a text in the tour's file. */
void sb_tour_place(sb_error *error, const sb_tour *tour, const sb_tour_line *text, const char *at);
/* One command of a tour, files named from its folder; an error names the line. */
sb_status sb_tour_run(const sb_tour *tour, const sb_tour_line *command, sb_session *session,
                      sb_error *error);

#endif
