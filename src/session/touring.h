/* A tour being played: the reader's own exploration is put aside and comes back unchanged.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_TOURING_H
#define SB_SESSION_TOURING_H

#include "session/tour.h"

typedef struct sb_touring sb_touring;

/* Begin a tour at a step (from 0). What is explored now is put aside. A step that cannot be entered
 * leaves everything as it was. */
sb_status sb_touring_begin(sb_session *session, const char *path, size_t step, sb_error *error);
/* Go to a step of the tour that is played: the tour's own way there is gone again, so that what a
 * reader tried on the way makes no difference. Usage error where there is no such step. */
sb_status sb_touring_go(sb_session *session, size_t step, sb_error *error);
/* Leave the tour: what was put aside comes back; where nothing was open before, the tour's own
 * environment stays. The place in the tour is remembered. */
void sb_touring_leave(sb_session *session);
/* Go on with the tour that was left last, where it was left; usage error where none was. */
sb_status sb_touring_resume(sb_session *session, sb_error *error);

/* The tour that is played and the step in hand; NULL: none. */
const sb_tour *sb_session_tour(const sb_session *session, size_t *step);
/* The prose of the step in hand, its numbers computed; NULL beyond the last paragraph. */
const char *sb_session_tour_paragraph(const sb_session *session, size_t paragraph);
/* The question that the step in hand asks, likewise; NULL: none. Until all is revealed it hides
 * answers as a presenter does (settings.h): sb_session_asked says that it still waits. */
const char *sb_session_tour_question(const sb_session *session);
bool sb_session_asked(const sb_session *session);
/* Has the reader reached what the step asks to try? False where it asks for nothing that shows. */
bool sb_session_tour_tried(const sb_session *session);
/* The exploration that was put aside; NULL outside of tours. */
const sb_session *sb_session_aside(const sb_session *session);

/* ---- for session.c ---- */
void sb_touring_free(sb_touring *touring); /* what was put aside too; NULL allowed */
/* The session whose unsaved work matters: the one put aside in a tour. */
sb_session *sb_touring_own(sb_session *session);

#endif
