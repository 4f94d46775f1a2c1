/* A tour being played.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A tour runs in a session of its own, which changes places with the reader's: whoever holds the
 * session keeps holding the same one. Every step is reached from the tour's beginning in a fresh
 * session, so that going back is going forth to an earlier step.
 */
#include "session/touring.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "session/state.h"
#include "session/tour_parts.h"

/* The prose of a step, its numbers computed. */
typedef struct telling {
    size_t count;
    char **paragraphs;
    char *question; /* NULL: none */
} telling;

struct sb_touring {
    sb_tour *tour; /* NULL: only a place that was left is remembered */
    size_t at;
    sb_session *aside; /* NULL: no tour is played */
    sb_session *goal;  /* where the step's tries lead; NULL: nowhere that shows */
    telling told;
    char *left_path; /* of the tour left last; NULL: none */
    size_t left_at;
};

static void telling_clear(telling *told)
{
    for (size_t k = 0; k < told->count; k++) {
        free(told->paragraphs[k]);
    }
    free(told->paragraphs);
    free(told->question);
    *told = (telling){0};
}

void sb_touring_free(sb_touring *touring)
{
    if (touring != NULL) {
        telling_clear(&touring->told);
        sb_tour_free(touring->tour);
        sb_session_free(touring->aside);
        sb_session_free(touring->goal);
        free(touring->left_path);
        free(touring);
    }
}

/* Exchange all that two sessions are, but for the tour, which stays with the one that is held. */
static void exchange(sb_session *held, sb_session *other)
{
    sb_session between = *held;
    *held = *other;
    *other = between;
    sb_touring *touring = held->touring;
    held->touring = other->touring;
    other->touring = touring;
    sb_settings *settings = held->settings;
    held->settings = other->settings;
    other->settings = settings;
}

/* ---- telling ---- */

/* What cannot be answered says so in its place: the rest is worth reading all the same. NULL when
 * memory runs out. */
static char *tell_line(const sb_tour *tour, const sb_tour_line *prose, sb_session *session)
{
    sb_error own;
    sb_error_clear(&own);
    char *text = NULL;
    sb_status status = sb_tour_tell(tour, prose, session, &text, &own);
    return status == SB_OK || status == SB_ERROR_MEMORY ? text : sb_copy_text(own.message);
}

static sb_status tell(const sb_tour *tour, size_t at, sb_session *session, telling *told,
                      sb_error *error)
{
    const sb_tour_step *step = &tour->steps[at];
    *told = (telling){0};
    told->paragraphs = sb_allocate(step->paragraph_count + 1, sizeof *told->paragraphs);
    if (told->paragraphs == NULL) {
        return sb_out_of_memory(error);
    }
    bool done = true;
    while (done && told->count < step->paragraph_count) {
        char *text = tell_line(tour, &step->paragraphs[told->count], session);
        done = text != NULL;
        told->paragraphs[told->count] = text;
        told->count += done ? 1 : 0;
    }
    if (done && step->question.text != NULL) {
        told->question = tell_line(tour, &step->question, session);
        done = told->question != NULL;
    }
    if (!done) {
        telling_clear(told);
        return sb_out_of_memory(error);
    }
    return SB_OK;
}

/* ---- going ---- */

static sb_status take_steps(const sb_tour *tour, size_t step, sb_session *walking, sb_error *error)
{
    sb_status status = SB_OK;
    for (size_t at = 0; status == SB_OK && at <= step; at++) {
        status = sb_tour_enter(tour, at, walking, error);
        for (size_t k = 0; status == SB_OK && at < step && k < tour->steps[at].try_count; k++) {
            status = sb_tour_run(tour, &tour->steps[at].tries[k], walking, error);
        }
    }
    if (status == SB_OK && sb_session_environment(walking) == NULL) {
        status = sb_error_set(error, SB_ERROR_INPUT, "this tour opens no environment");
        sb_error_set_hint(error, "give its first step a command such as `: open ../weather.yaml`");
        sb_error_set_place(error, tour->path, tour->steps[0].line, 0);
    }
    return status;
}

/* A session at a step, reached from the beginning by one who tries all that is asked for, and the
 * step's prose. */
static sb_status arrive(const sb_tour *tour, size_t step, const sb_session *like,
                        sb_session **there, telling *told, sb_error *error)
{
    sb_error own; /* whoever called may not want to know */
    sb_error_clear(&own);
    *told = (telling){0};
    sb_session *walking = sb_session_new(like->interactive, &own);
    if (walking != NULL) {
        walking->display.fractions = like->display.fractions;
        walking->exporter = like->exporter;
    }
    sb_status status = walking == NULL ? own.status : take_steps(tour, step, walking, &own);
    if (status == SB_OK) {
        status = tell(tour, step, walking, told, &own);
    }
    if (status != SB_OK) {
        sb_session_free(walking);
        if (error != NULL) {
            *error = own;
        }
        return status;
    }
    sb_session_set_message(walking, SB_MESSAGE_NONE, "%s", ""); /* of the commands on the way */
    *there = walking;
    return SB_OK;
}

/* ---- what the reader is asked to try ---- */

static bool same_table(const sb_session *left, const sb_session *right)
{
    return sb_environment_equal(sb_session_environment(left), sb_session_environment(right)) &&
           sb_robust_plan_equal(sb_session_robust_plan(left), sb_session_robust_plan(right));
}

/* In all that a try is about: the table, the round, the screen, what is frozen and what is shown.
 */
static bool same_place(const sb_session *left, const sb_session *right)
{
    const sb_display *one = &left->display;
    const sb_display *other = &right->display;
    return one->screen == other->screen && one->payments_shown == other->payments_shown &&
           one->sensitivity == other->sensitivity && one->conditionals == other->conditionals &&
           (left->belief == NULL) == (right->belief == NULL) && same_table(left, right);
}

/* Simulations say nothing of where one is, and take their time. */
static bool is_quick(const sb_tour_line *command)
{
    return strncmp(command->text, "simulate", strlen("simulate")) != 0;
}

static sb_status run_quick(const sb_tour *tour, size_t count, const sb_tour_line *commands,
                           sb_session *session)
{
    sb_status status = SB_OK;
    for (size_t k = 0; status == SB_OK && k < count; k++) {
        if (is_quick(&commands[k])) {
            status = sb_tour_run(tour, &commands[k], session, NULL);
        }
    }
    return status;
}

/* Where the tries of a step lead a reader who stands at it; NULL where that does not show, or
 * memory runs out: then nothing is said of it. */
static sb_session *find_goal(const sb_tour *tour, size_t step, const sb_session *from)
{
    if (tour->steps[step].try_count == 0) {
        return NULL;
    }
    sb_session *goal = sb_session_new(false, NULL);
    sb_status status = goal == NULL ? SB_ERROR_MEMORY : SB_OK;
    for (size_t at = 0; status == SB_OK && at <= step; at++) {
        const sb_tour_step *taken = &tour->steps[at];
        status = run_quick(tour, taken->command_count, taken->commands, goal);
        if (status == SB_OK) {
            status = run_quick(tour, taken->try_count, taken->tries, goal);
        }
    }
    if (status != SB_OK || sb_session_environment(goal) == NULL || same_place(goal, from)) {
        sb_session_free(goal);
        return NULL;
    }
    return goal;
}

bool sb_session_tour_tried(const sb_session *session)
{
    const sb_touring *touring = session->touring;
    return touring != NULL && touring->goal != NULL && same_place(session, touring->goal);
}

/* The tour stands at this step. */
static void place(sb_touring *touring, sb_session *session, size_t step, const telling *told)
{
    sb_session_free(touring->goal);
    touring->goal = find_goal(touring->tour, step, session);
    telling_clear(&touring->told);
    touring->told = *told;
    touring->at = step;
}

sb_status sb_touring_go(sb_session *session, size_t step, sb_error *error)
{
    sb_touring *touring = session->touring;
    if (touring == NULL || touring->aside == NULL) {
        sb_error_set(error, SB_ERROR_USAGE, "no tour is being played");
        sb_error_set_hint(error, "begin one: tour FILE");
        return SB_ERROR_USAGE;
    }
    if (step >= touring->tour->step_count) {
        return sb_error_set(error, SB_ERROR_USAGE, "this tour has %zu step%s",
                            touring->tour->step_count, touring->tour->step_count == 1 ? "" : "s");
    }
    telling told;
    sb_session *there = NULL;
    sb_status status = arrive(touring->tour, step, session, &there, &told, error);
    if (status != SB_OK) {
        return status;
    }
    exchange(session, there);
    sb_session_free(there);
    place(touring, session, step, &told);
    return SB_OK;
}

static sb_status ensure(sb_session *session, sb_error *error)
{
    if (session->touring == NULL) {
        session->touring = sb_allocate(1, sizeof *session->touring);
    }
    return session->touring == NULL ? sb_out_of_memory(error) : SB_OK;
}

sb_status sb_touring_begin(sb_session *session, const char *path, size_t step, sb_error *error)
{
    sb_tour *tour = NULL;
    sb_status status = sb_tour_read(path, &tour, error);
    if (status == SB_OK) {
        status = ensure(session, error);
    }
    if (status == SB_OK && step >= tour->step_count) {
        status = sb_error_set(error, SB_ERROR_USAGE, "this tour has %zu step%s", tour->step_count,
                              tour->step_count == 1 ? "" : "s");
    }
    telling told;
    sb_session *there = NULL;
    if (status == SB_OK) {
        status = arrive(tour, step, session, &there, &told, error);
    }
    if (status != SB_OK) {
        sb_tour_free(tour);
        return status;
    }
    sb_touring_leave(session);
    sb_touring *touring = session->touring;
    exchange(session, there);
    touring->aside = there;
    touring->tour = tour;
    place(touring, session, step, &told);
    return SB_OK;
}

void sb_touring_leave(sb_session *session)
{
    sb_touring *touring = session->touring;
    if (touring == NULL || touring->aside == NULL) {
        return;
    }
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
    telling_clear(&touring->told);
    sb_tour_free(touring->tour);
    touring->tour = NULL;
}

sb_status sb_touring_resume(sb_session *session, sb_error *error)
{
    const sb_touring *touring = session->touring;
    if (touring == NULL || touring->left_path == NULL) {
        sb_error_set(error, SB_ERROR_USAGE, "no tour was left that could go on");
        sb_error_set_hint(error, "begin one: tour FILE");
        return SB_ERROR_USAGE;
    }
    char *path = sb_copy_text(touring->left_path);
    sb_status status = path == NULL ? sb_out_of_memory(error)
                                    : sb_touring_begin(session, path, touring->left_at, error);
    free(path);
    return status;
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
