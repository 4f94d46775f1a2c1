/* The way to a step of a tour.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every step is reached from the tour's beginning in a fresh session, which nobody else holds until
 * it has arrived. So the walk can be a thread's: the reader's screen lives meanwhile, and whoever
 * does not want to wait turns back.
 */
#include "session/tour_walk.h"

#include <stdlib.h>
#include <string.h>

#include "base/background.h"
#include "base/memory.h"
#include "base/text.h"
#include "session/state.h"
#include "session/tour_parts.h"

struct sb_tour_walk {
    const sb_tour *tour;
    size_t step;
    bool interactive, fractions;
    const sb_exporter *exporter;

    sb_background background;
    sb_tour_arrival arrival; /* this and what is below are the thread's until it has ended */
    sb_status status;
    sb_error error;
};

void sb_tour_telling_clear(sb_tour_telling *told)
{
    for (size_t k = 0; k < told->count; k++) {
        free(told->paragraphs[k]);
    }
    free(told->paragraphs);
    free(told->question);
    *told = (sb_tour_telling){0};
}

void sb_tour_arrival_clear(sb_tour_arrival *arrival)
{
    sb_session_free(arrival->there);
    sb_session_free(arrival->goal);
    sb_tour_telling_clear(&arrival->told);
    *arrival = (sb_tour_arrival){0};
}

/* ---- telling ---- */

/* What cannot be answered says so in its place: the rest is worth reading all the same. NULL when
 * memory runs out or the walk is called off. */
static char *tell_line(const sb_tour_walk *walk, const sb_tour_line *prose, sb_session *session)
{
    sb_error own;
    sb_error_clear(&own);
    char *text = NULL;
    sb_status status = sb_tour_tell(walk->tour, prose, session, &text, &own);
    bool given_up =
        status == SB_OK || status == SB_ERROR_MEMORY || atomic_load(&walk->background.cancel);
    return given_up ? text : sb_copy_text(own.message);
}

static sb_status tell(const sb_tour_walk *walk, sb_session *session, sb_tour_telling *told,
                      sb_error *error)
{
    const sb_tour_step *step = &walk->tour->steps[walk->step];
    *told = (sb_tour_telling){0};
    told->paragraphs = sb_allocate(step->paragraph_count + 1, sizeof *told->paragraphs);
    if (told->paragraphs == NULL) {
        return sb_out_of_memory(error);
    }
    bool done = true;
    while (done && told->count < step->paragraph_count) {
        char *text = tell_line(walk, &step->paragraphs[told->count], session);
        done = text != NULL;
        told->paragraphs[told->count] = text;
        told->count += done ? 1 : 0;
    }
    if (done && step->question.text != NULL) {
        told->question = tell_line(walk, &step->question, session);
        done = told->question != NULL;
    }
    if (!done) {
        sb_tour_telling_clear(told);
        return sb_out_of_memory(error);
    }
    return SB_OK;
}

/* ---- going ---- */

static sb_session *new_session(const sb_tour_walk *walk, bool interactive, sb_error *error)
{
    sb_session *session = sb_session_new(interactive, error);
    if (session != NULL) {
        session->display.fractions = walk->fractions;
        session->exporter = walk->exporter;
        sb_session_set_cancel(session, &walk->background.cancel);
    }
    return session;
}

/* It goes to another thread: what belongs to this one stays here. */
static sb_status hand_over(sb_session *session, sb_error *error)
{
    if (session == NULL) {
        return SB_OK;
    }
    sb_session_set_cancel(session, NULL);
    return sb_engine_forget_caller(session->engine) ? SB_OK : sb_out_of_memory(error);
}

static sb_status called_off(const sb_tour_walk *walk, sb_error *error)
{
    return atomic_load(&walk->background.cancel)
               ? sb_error_set(error, SB_ERROR_CANCELLED, "the way to this step was called off")
               : SB_OK;
}

static sb_status take_steps(const sb_tour_walk *walk, sb_session *walking, sb_error *error)
{
    const sb_tour *tour = walk->tour;
    sb_status status = SB_OK;
    for (size_t at = 0; status == SB_OK && at <= walk->step; at++) {
        const sb_tour_step *step = &tour->steps[at];
        status = called_off(walk, error);
        if (status == SB_OK) {
            status = sb_tour_enter(tour, at, walking, error);
        }
        for (size_t k = 0; status == SB_OK && at < walk->step && k < step->try_count; k++) {
            status = sb_tour_run(tour, &step->tries[k], walking, error);
        }
    }
    if (status == SB_OK && sb_session_environment(walking) == NULL) {
        status = sb_error_set(error, SB_ERROR_INPUT, "this tour opens no environment");
        sb_error_set_hint(error, "give its first step a command such as `: open ../weather.yaml`");
        sb_error_set_place(error, tour->path, tour->steps[0].line, 0);
    }
    return status;
}

/* ---- what the reader is asked to try ---- */

static bool same_table(const sb_session *left, const sb_session *right)
{
    return sb_environment_equal(sb_session_environment(left), sb_session_environment(right)) &&
           sb_robust_plan_equal(sb_session_robust_plan(left), sb_session_robust_plan(right));
}

bool sb_tour_same_place(const sb_session *left, const sb_session *right)
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
static sb_session *find_goal(const sb_tour_walk *walk, const sb_session *from)
{
    const sb_tour *tour = walk->tour;
    if (tour->steps[walk->step].try_count == 0) {
        return NULL;
    }
    sb_session *goal = new_session(walk, false, NULL);
    sb_status status = goal == NULL ? SB_ERROR_MEMORY : SB_OK;
    for (size_t at = 0; status == SB_OK && at <= walk->step; at++) {
        const sb_tour_step *taken = &tour->steps[at];
        status = run_quick(tour, taken->command_count, taken->commands, goal);
        if (status == SB_OK) {
            status = run_quick(tour, taken->try_count, taken->tries, goal);
        }
    }
    if (status != SB_OK || sb_session_environment(goal) == NULL || sb_tour_same_place(goal, from)) {
        sb_session_free(goal);
        return NULL;
    }
    return goal;
}

/* ---- the walk ---- */

static sb_status walk_there(const sb_tour_walk *walk, sb_tour_arrival *arrival, sb_error *error)
{
    arrival->there = new_session(walk, walk->interactive, error);
    sb_status status = arrival->there == NULL ? error->status : SB_OK;
    if (status == SB_OK) {
        status = take_steps(walk, arrival->there, error);
    }
    if (status == SB_OK) {
        status = tell(walk, arrival->there, &arrival->told, error);
    }
    if (status == SB_OK) {
        arrival->goal = find_goal(walk, arrival->there);
        status = called_off(walk, error);
    }
    if (status == SB_OK) { /* of the commands on the way nothing is said any more */
        sb_session_set_message(arrival->there, SB_MESSAGE_NONE, "%s", "");
        status = hand_over(arrival->there, error);
    }
    if (status == SB_OK) {
        status = hand_over(arrival->goal, error);
    }
    if (status != SB_OK) {
        sb_tour_arrival_clear(arrival);
    }
    return status;
}

static void work(void *context)
{
    sb_tour_walk *walk = context;
    walk->status = walk_there(walk, &walk->arrival, &walk->error);
}

sb_tour_walk *sb_tour_walk_begin(const sb_tour *tour, size_t step, const sb_session *like,
                                 sb_error *error)
{
    sb_tour_walk *walk = sb_allocate(1, sizeof *walk);
    if (walk == NULL) {
        sb_out_of_memory(error);
        return NULL;
    }
    *walk = (sb_tour_walk){.tour = tour,
                           .step = step,
                           .interactive = like->interactive,
                           .fractions = like->display.fractions,
                           .exporter = like->exporter};
    sb_error_clear(&walk->error);
    if (!sb_background_start(&walk->background, work, walk)) {
        sb_tour_walk_free(walk);
        sb_error_set(error, SB_ERROR_LIMIT, "the system gives no thread to walk through a tour in");
        return NULL;
    }
    return walk;
}

bool sb_tour_walk_ended(const sb_tour_walk *walk, double seconds)
{
    return sb_background_ended(&walk->background, seconds);
}

int sb_tour_walk_descriptor(const sb_tour_walk *walk)
{
    return sb_background_descriptor(&walk->background);
}

sb_status sb_tour_walk_arrive(sb_tour_walk *walk, sb_tour_arrival *arrival, sb_error *error)
{
    sb_background_join(&walk->background);
    sb_status status = walk->status;
    *arrival = walk->arrival;
    walk->arrival = (sb_tour_arrival){0};
    if (status != SB_OK && error != NULL) {
        *error = walk->error;
    }
    sb_tour_walk_free(walk);
    return status;
}

void sb_tour_walk_free(sb_tour_walk *walk)
{
    if (walk == NULL) {
        return;
    }
    sb_background_call_off(&walk->background);
    sb_tour_arrival_clear(&walk->arrival);
    free(walk);
}
