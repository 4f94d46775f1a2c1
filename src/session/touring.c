/* A tour being played.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A tour runs in a session of its own, which changes places with the reader's: whoever holds the
 * session keeps holding the same one. Every step is reached anew (tour_walk.h), so that going back
 * is going forth to an earlier step.
 */
#include "session/touring.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/state.h"
#include "session/tour_walk.h"

struct sb_touring {
    sb_tour *tour; /* NULL: only a place that was left is remembered */
    size_t at;
    sb_session *aside; /* NULL: no tour is played */
    sb_session *goal;  /* where the step's tries lead; NULL: nowhere that shows */
    sb_tour_telling told;
    char *left_path; /* of the tour left last; NULL: none */
    size_t left_at;

    sb_tour_walk *walk; /* on the way to another step; NULL: nobody is */
    sb_tour *walked;    /* that step's tour, where it begins there; NULL: the one that is played */
    size_t walked_to;
};

/* The screen waits so long for a step before the reader is left where he is meanwhile. */
static const double patience_seconds = 0.3;

static void turn_back(sb_touring *touring)
{
    sb_tour_walk_free(touring->walk);
    sb_tour_free(touring->walked);
    touring->walk = NULL;
    touring->walked = NULL;
}

void sb_touring_free(sb_touring *touring)
{
    if (touring != NULL) {
        turn_back(touring);
        sb_tour_telling_clear(&touring->told);
        sb_tour_free(touring->tour);
        sb_session_free(touring->aside);
        sb_session_free(touring->goal);
        free(touring->left_path);
        free(touring);
    }
}

/* Exchange all that two sessions are, but for the tour, the settings, a report that is being
 * written and what calls computing off, which stay with the one that is held. */
static void exchange(sb_session *held, sb_session *other)
{
    sb_session between = *held;
    *held = *other;
    *other = between;
    sb_touring *touring = held->touring;
    held->touring = other->touring;
    other->touring = touring;
    sb_reporting *reporting = held->reporting;
    held->reporting = other->reporting;
    other->reporting = reporting;
    sb_settings *settings = held->settings;
    held->settings = other->settings;
    other->settings = settings;
    sb_session_set_cancel(held, other->cancel);
    sb_session_set_cancel(other, NULL);
}

bool sb_session_tour_tried(const sb_session *session)
{
    const sb_touring *touring = session->touring;
    return touring != NULL && touring->goal != NULL && sb_tour_same_place(session, touring->goal);
}

/* ---- going ---- */

/* The walk has ended: be there. */
static sb_status arrive(sb_session *session, sb_error *error)
{
    sb_touring *touring = session->touring;
    sb_tour *tour = touring->walked;
    sb_tour_arrival arrival;
    sb_status status = sb_tour_walk_arrive(touring->walk, &arrival, error);
    touring->walk = NULL;
    touring->walked = NULL;
    if (status != SB_OK) {
        sb_tour_free(tour);
        return status;
    }
    if (tour != NULL) {
        sb_touring_leave(session);
    }
    exchange(session, arrival.there);
    if (tour != NULL) {
        touring->aside = arrival.there;
        touring->tour = tour;
    } else {
        sb_session_free(arrival.there);
    }
    sb_session_free(touring->goal);
    touring->goal = arrival.goal;
    sb_tour_telling_clear(&touring->told);
    touring->told = arrival.told;
    touring->at = touring->walked_to;
    return SB_OK;
}

static sb_status no_such_step(const sb_tour *tour, sb_error *error)
{
    return sb_error_set(error, SB_ERROR_USAGE, "this tour has %zu step%s", tour->step_count,
                        tour->step_count == 1 ? "" : "s");
}

/* Set out for a step: of the tour that is played, or of `begun`, which is taken over. */
static sb_status set_out(sb_session *session, sb_tour *begun, size_t step, sb_error *error)
{
    sb_touring *touring = session->touring;
    const sb_tour *tour = begun != NULL ? begun : touring->tour;
    sb_status status = SB_OK;
    if (touring->walk != NULL) {
        status = sb_error_set(error, SB_ERROR_USAGE, "still on the way to step %zu",
                              touring->walked_to + 1);
        sb_error_set_hint(error, "Ctrl-C stays here");
    } else if (step >= tour->step_count) {
        status = no_such_step(tour, error);
    } else {
        sb_error own;
        sb_error_clear(&own);
        touring->walk = sb_tour_walk_begin(tour, step, session, &own);
        status = own.status;
        if (status != SB_OK && error != NULL) {
            *error = own;
        }
    }
    if (status != SB_OK) {
        sb_tour_free(begun);
        return status;
    }
    touring->walked = begun;
    touring->walked_to = step;
    return SB_OK;
}

static sb_status set_out_here(sb_session *session, size_t step, sb_error *error)
{
    if (sb_session_tour(session, NULL) == NULL) {
        sb_error_set(error, SB_ERROR_USAGE, "no tour is being played");
        sb_error_set_hint(error, "begin one: tour FILE");
        return SB_ERROR_USAGE;
    }
    return set_out(session, NULL, step, error);
}

/* NULL with an error when memory runs out. */
static sb_touring *ensure(sb_session *session, sb_error *error)
{
    if (session->touring == NULL) {
        session->touring = sb_allocate(1, sizeof *session->touring);
    }
    if (session->touring == NULL) {
        sb_out_of_memory(error);
    }
    return session->touring;
}

static sb_status set_out_in(sb_session *session, const char *path, size_t step, sb_error *error)
{
    if (ensure(session, error) == NULL) {
        return SB_ERROR_MEMORY;
    }
    sb_tour *tour = NULL;
    sb_status status = sb_tour_read(path, &tour, error);
    return status == SB_OK ? set_out(session, tour, step, error) : status;
}

/* However long it takes, unless the session's computing is called off. */
static sb_status wait_for(sb_session *session, sb_error *error)
{
    static const double moment = 0.05;
    const sb_cancel_flag *cancel = session->cancel;
    while (!sb_tour_walk_ended(session->touring->walk, cancel == NULL ? -1 : moment)) {
        if (cancel != NULL && atomic_load(cancel)) {
            turn_back(session->touring);
            return sb_error_set(error, SB_ERROR_CANCELLED, "the way to this step was called off");
        }
    }
    return arrive(session, error);
}

sb_status sb_touring_go(sb_session *session, size_t step, sb_error *error)
{
    sb_status status = set_out_here(session, step, error);
    return status == SB_OK ? wait_for(session, error) : status;
}

sb_status sb_touring_begin(sb_session *session, const char *path, size_t step, sb_error *error)
{
    sb_status status = set_out_in(session, path, step, error);
    return status == SB_OK ? wait_for(session, error) : status;
}

sb_status sb_touring_set_out(sb_session *session, const char *path, size_t step, sb_error *error)
{
    sb_status status =
        path == NULL ? set_out_here(session, step, error) : set_out_in(session, path, step, error);
    bool ended = status == SB_OK && sb_tour_walk_ended(session->touring->walk, patience_seconds);
    return ended ? arrive(session, error) : status;
}

/* Where something is being typed, it is finished first. */
static bool may_arrive(const sb_session *session)
{
    const sb_touring *touring = session->touring;
    return touring != NULL && touring->walk != NULL && !session->entry.active &&
           session->palette == NULL && !session->looking;
}

bool sb_touring_refresh(sb_session *session)
{
    if (!may_arrive(session) || !sb_tour_walk_ended(session->touring->walk, 0)) {
        return false;
    }
    sb_error error;
    sb_error_clear(&error);
    if (arrive(session, &error) != SB_OK) {
        sb_session_set_error_message(session, &error);
    }
    return true;
}

int sb_session_tour_descriptor(const sb_session *session)
{
    return may_arrive(session) ? sb_tour_walk_descriptor(session->touring->walk) : -1;
}

bool sb_session_tour_walks(const sb_session *session, size_t *step)
{
    const sb_touring *touring = session->touring;
    bool walks = touring != NULL && touring->walk != NULL;
    if (step != NULL) {
        *step = walks ? touring->walked_to : 0;
    }
    return walks;
}

bool sb_touring_stay(sb_session *session)
{
    bool walks = sb_session_tour_walks(session, NULL);
    if (walks) {
        turn_back(session->touring);
    }
    return walks;
}

void sb_touring_leave(sb_session *session)
{
    sb_touring *touring = session->touring;
    if (touring == NULL || touring->aside == NULL) {
        return;
    }
    turn_back(touring);
    free(touring->left_path);
    touring->left_path = sb_copy_text(touring->tour->path);
    touring->left_at = touring->at;
    /* Where nothing was explored before, the tour's own environment is better than nothing. */
    if (sb_session_environment(touring->aside) != NULL) {
        exchange(session, touring->aside);
    }
    sb_session_free(touring->aside);
    touring->aside = NULL;
    sb_session_free(touring->goal);
    touring->goal = NULL;
    sb_tour_telling_clear(&touring->told);
    sb_tour_free(touring->tour);
    touring->tour = NULL;
}

const char *sb_touring_left(const sb_session *session, size_t *step, sb_error *error)
{
    const sb_touring *touring = session->touring;
    if (touring == NULL || touring->left_path == NULL) {
        sb_error_set(error, SB_ERROR_USAGE, "no tour was left that could go on");
        sb_error_set_hint(error, "begin one: tour FILE");
        return NULL;
    }
    *step = touring->left_at;
    return touring->left_path;
}

/* ---- reading ---- */

const sb_tour *sb_session_tour(const sb_session *session, size_t *step)
{
    const sb_touring *touring = session->touring;
    bool playing = touring != NULL && touring->aside != NULL;
    if (step != NULL) {
        *step = playing ? touring->at : 0;
    }
    return playing ? touring->tour : NULL;
}

const char *sb_session_tour_paragraph(const sb_session *session, size_t paragraph)
{
    const sb_touring *touring = session->touring;
    return touring == NULL || paragraph >= touring->told.count
               ? NULL
               : touring->told.paragraphs[paragraph];
}

const char *sb_session_tour_question(const sb_session *session)
{
    return session->touring == NULL ? NULL : session->touring->told.question;
}

const sb_session *sb_session_aside(const sb_session *session)
{
    return session->touring == NULL ? NULL : session->touring->aside;
}

sb_session *sb_touring_own(sb_session *session)
{
    bool playing = session->touring != NULL && session->touring->aside != NULL;
    return playing ? session->touring->aside : session;
}
