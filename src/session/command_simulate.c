/* The command simulate: what is simulated, start and pause, what its screen shows.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command_simulate.h"

/* ---- running ---- */

/* What a change gave up is not lost yet. */
static void say_lost(sb_call *call)
{
    sb_simulating *state = &call->session->simulating;
    if (state->lost > 0) {
        sb_text_add_format(call->output,
                           "%zu repetition%s given up; simulate restore brings them back\n",
                           state->lost, state->lost == 1 ? " is" : "s are");
    }
    state->lost = 0;
}

static void say_done(sb_call *call)
{
    const sb_simulation *simulation = call->session->simulating.simulation;
    if (!call->for_message) {
        sb_text_add_format(call->output, "%zu of %zu repetitions are done\n",
                           sb_simulation_done(simulation), sb_simulation_total(simulation));
    }
}

/* With the table of now. */
static sb_status run_start(sb_call *call)
{
    sb_status status = sb_simulating_start(call->session, call->error);
    if (status == SB_OK) {
        say_lost(call);
        say_done(call);
    }
    return status;
}

static sb_status run_pause(sb_call *call)
{
    const sb_simulation *simulation = call->session->simulating.simulation;
    sb_simulating_pause(call->session);
    if (simulation != NULL) {
        sb_text_add_format(call->output, "paused after %zu of %zu repetitions\n",
                           sb_simulation_done(simulation), sb_simulation_total(simulation));
    }
    return SB_OK;
}

/* One key both ways never gives up what is done: it goes on with the truth of the start. */
static sb_status run_toggle(sb_call *call)
{
    sb_session *session = call->session;
    if (sb_session_simulating(session)) {
        return run_pause(call);
    }
    const sb_simulation *simulation = session->simulating.simulation;
    if (sb_session_simulation_outdated(session) &&
        sb_simulation_done(simulation) == sb_simulation_total(simulation)) {
        sb_error_set(call->error, SB_ERROR_USAGE,
                     "all repetitions are done, of the table as it was");
        sb_error_set_hint(call->error, "simulate start begins anew, with the table of now");
        return SB_ERROR_USAGE;
    }
    sb_status status = sb_simulating_go_on(session, call->error);
    if (status == SB_OK) {
        say_done(call);
    }
    return status;
}

/* The plan stays, the outcomes go. */
static sb_status run_cancel(sb_call *call)
{
    sb_simulating *state = &call->session->simulating;
    sb_simulating_pause(call->session);
    if (state->simulation == NULL) {
        return SB_OK;
    }
    sb_simulation *fresh = NULL;
    sb_status status = sb_simulation_new(&state->simulation->plan, &fresh, call->error);
    if (status == SB_OK) {
        state->lost = sb_simulation_done(state->simulation);
        sb_simulating_give_up(call->session);
        state->simulation = fresh;
        say_lost(call);
    }
    return status;
}

static sb_status run_restore(sb_call *call)
{
    sb_status status = sb_simulating_restore(call->session, call->error);
    if (status == SB_OK) {
        const sb_simulation *simulation = call->session->simulating.simulation;
        sb_text_add_format(call->output, "%zu of %zu repetitions are back\n",
                           sb_simulation_done(simulation), sb_simulation_total(simulation));
    }
    return status;
}

/* ---- the plan ---- */

typedef sb_status (*sb_plan_change)(sb_call *call, sb_simulation_plan *plan);

/* Change a copy of the plan; what is done and still true stays. */
static sb_status change_plan(sb_call *call, sb_plan_change change)
{
    sb_simulation_plan plan;
    sb_simulating *state = &call->session->simulating;
    sb_status status = sb_simulation_plan_copy(&plan, &state->simulation->plan, call->error);
    if (status != SB_OK) {
        return status;
    }
    status = change(call, &plan);
    if (status == SB_OK) {
        bool of_table =
            plan.environment != NULL &&
            (state->of_table || sb_simulating_is_table(call->session, plan.environment));
        status = sb_simulating_replan(call->session, &plan, of_table, call->error);
    }
    if (status == SB_OK) {
        say_lost(call);
    }
    sb_simulation_plan_clear(&plan);
    return status;
}

/* ---- what the screen shows ---- */

static const char *const axis_words[] = {"samples", "epsilon", "correlation", "signals",
                                         "types",   "next",    NULL};

static sb_status run_axis(sb_call *call)
{
    size_t choice = 0;
    sb_display *display = &call->session->display;
    const sb_simulation_plan *plan = &call->session->simulating.simulation->plan;
    sb_status status = sb_call_choice(call, 1, axis_words, &choice);
    if (status != SB_OK) {
        return status;
    }
    if (choice < SB_AXIS_COUNT) {
        display->simulation_axis = (sb_simulation_axis)choice;
        return SB_OK;
    }
    for (int step = 1; step < SB_AXIS_COUNT; step++) {
        int axis = ((int)display->simulation_axis + step) % SB_AXIS_COUNT;
        if (sb_simulation_axis_size(plan, (sb_simulation_axis)axis) > 1) {
            display->simulation_axis = (sb_simulation_axis)axis;
            break;
        }
    }
    return SB_OK;
}

static const char *const point_words[] = {"next", "previous", "first", "last", NULL};

static sb_status run_point(sb_call *call)
{
    size_t choice = 0;
    sb_display *display = &call->session->display;
    sb_status status = sb_call_choice(call, 1, point_words, &choice);
    size_t last = sb_simulation_axis_size(&call->session->simulating.simulation->plan,
                                          display->simulation_axis) -
                  1;
    size_t *at = &display->simulation_at[display->simulation_axis];
    if (status == SB_OK && choice == 0) {
        *at += *at < last ? 1 : 0;
    } else if (status == SB_OK && choice == 1) {
        *at -= *at > 0 ? 1 : 0;
    } else if (status == SB_OK) {
        *at = choice == 2 ? 0 : last;
    }
    return status;
}

/* ---- files ---- */

typedef sb_status (*sb_simulation_formatter)(const sb_simulation *simulation, char **text,
                                             sb_error *error);

/* The words are csv and save; with a `!` they replace a file. */
static sb_status write_file(sb_call *call, sb_simulation_formatter format, const char *again)
{
    const char *word = call->arguments[0];
    char *path = sb_call_new_file(call, 1, word[strlen(word) - 1] == '!', again);
    if (path == NULL) {
        return call->error->status;
    }
    char *text = NULL;
    sb_status status = format(call->session->simulating.simulation, &text, call->error);
    if (status == SB_OK && text != NULL) {
        status = sb_text_write_file(path, text, strlen(text), call->error);
    }
    if (status == SB_OK) {
        sb_text_add_format(call->output, "written: %s\n", path);
    }
    free(text);
    free(path);
    return status;
}

static sb_status run_save(sb_call *call)
{
    size_t done = sb_simulation_done(call->session->simulating.simulation);
    sb_status status = write_file(call, sb_simulation_format, "simulate save!");
    if (status == SB_OK) {
        call->session->simulating.saved = done;
    }
    return status;
}

static sb_status run_csv(sb_call *call)
{
    return write_file(call, sb_simulation_format_summary, "simulate csv!");
}

static sb_status run_load(sb_call *call)
{
    char *path = sb_call_file(call, 1);
    if (path == NULL) {
        return call->error->status;
    }
    sb_simulation *simulation = NULL;
    sb_status status = sb_call_blame(call, sb_simulation_read(path, &simulation, call->error));
    free(path);
    if (status != SB_OK || simulation == NULL) {
        return status;
    }
    sb_simulating *state = &call->session->simulating;
    sb_simulating_give_up(call->session);
    status = sb_simulating_replan(
        call->session, &simulation->plan,
        sb_simulating_is_table(call->session, simulation->plan.environment), call->error);
    if (status == SB_OK) {
        state->saved = sb_simulation_adopt(state->simulation, simulation);
        sb_text_add_format(call->output, "%zu of %zu repetitions\n", sb_simulation_done(simulation),
                           sb_simulation_total(simulation));
    }
    sb_simulation_free(simulation);
    return status;
}

/* ---- the command ---- */

typedef struct sb_simulate_word {
    const char *word;
    sb_status (*run)(sb_call *call); /* or */
    sb_plan_change change;
    size_t least, most; /* arguments, the word counted */
    const char *const *choices;
} sb_simulate_word;

static const sb_simulate_word words[] = {
    {"start", run_start, NULL, 1, 1, NULL},
    {"pause", run_pause, NULL, 1, 1, NULL},
    {"toggle", run_toggle, NULL, 1, 1, NULL},
    {"cancel", run_cancel, NULL, 1, 1, NULL},
    {"restore", run_restore, NULL, 1, 1, NULL},
    {"truth", NULL, sb_simulate_set_truth, 2, 2, sb_simulate_truth_words},
    {"samples", NULL, sb_simulate_set_samples, 2, SB_ANY_COUNT, NULL},
    {"epsilon", NULL, sb_simulate_set_epsilon, 2, SB_ANY_COUNT, NULL},
    {"correlation", NULL, sb_simulate_set_correlation, 2, SB_ANY_COUNT, NULL},
    {"types", NULL, sb_simulate_set_types, 2, SB_ANY_COUNT, NULL},
    {"signals", NULL, sb_simulate_set_signals, 2, SB_ANY_COUNT, NULL},
    {"repetitions", NULL, sb_simulate_set_repetitions, 2, 2, NULL},
    {"seed", NULL, sb_simulate_set_seed, 2, 2, NULL},
    {"mechanisms", NULL, sb_simulate_set_mechanisms, 2, SB_ANY_COUNT, NULL},
    {"level", NULL, sb_simulate_set_level, 2, 2, sb_simulate_level_words},
    {"axis", run_axis, NULL, 2, 2, axis_words},
    {"point", run_point, NULL, 2, 2, point_words},
    {"csv", run_csv, NULL, 2, 2, NULL},
    {"csv!", run_csv, NULL, 2, 2, NULL},
    {"save", run_save, NULL, 2, 2, NULL},
    {"save!", run_save, NULL, 2, 2, NULL},
    {"load", run_load, NULL, 2, 2, NULL},
};

const char *const *sb_simulate_words_after(const char *word, bool *file)
{
    static const char *const with_file[] = {"csv", "csv!", "save", "save!", "load"};
    *file = false;
    for (size_t index = 0; index < sizeof with_file / sizeof with_file[0]; index++) {
        *file = *file || strcmp(with_file[index], word) == 0;
    }
    for (size_t index = 0; index < sizeof words / sizeof words[0]; index++) {
        if (strcmp(words[index].word, word) == 0) {
            return words[index].choices;
        }
    }
    return NULL;
}

sb_status sb_run_simulate_word(sb_call *call)
{
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, call->command->description.choices, &choice);
    if (status == SB_OK) {
        status = sb_simulating_ensure(call->session, call->error);
    }
    for (size_t index = 0; status == SB_OK && index < sizeof words / sizeof words[0]; index++) {
        const sb_simulate_word *word = &words[index];
        if (strcmp(word->word, call->arguments[0]) != 0) {
            continue;
        }
        if (call->count < word->least || call->count > word->most) {
            return sb_call_wrong(call);
        }
        return word->run != NULL ? word->run(call) : change_plan(call, word->change);
    }
    return status;
}
