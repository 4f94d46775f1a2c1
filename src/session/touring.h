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
/* The file and the step of the tour that was left last; NULL with an error where none was. It is of
 * the session until a tour is left again. */
const char *sb_touring_left(const sb_session *session, size_t *step, sb_error *error);

/* The same without waiting long: to a step of the tour in this file, or (path NULL) of the one that
 * is played. Where that takes its time the reader stays where he is meanwhile, and
 * sb_touring_refresh arrives (true: something changed; its error becomes the message). Usage error
 * while another step is walked to. */
sb_status sb_touring_set_out(sb_session *session, const char *path, size_t step, sb_error *error);
bool sb_touring_refresh(sb_session *session);
/* Stay here: the step that is walked to is given up. False: none is. */
bool sb_touring_stay(sb_session *session);
/* The step that is walked to; false: none. */
bool sb_session_tour_walks(const sb_session *session, size_t *step);
/* Readable when sb_touring_refresh would arrive; -1: it cannot now. */
int sb_session_tour_descriptor(const sb_session *session);

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
