/* The command simulate: what is simulated, start and pause, what its screen shows.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"

/* ---- running ---- */

static sb_status run_start(sb_call *call)
{
    sb_status status = sb_simulating_start(call->session, call->error);
    const sb_simulation *simulation = call->session->simulating.simulation;
    if (status == SB_OK && !call->for_message) {
        sb_text_add_format(call->output, "%zu of %zu repetitions are done\n",
                           sb_simulation_done(simulation), sb_simulation_total(simulation));
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

static sb_status run_toggle(sb_call *call)
{
    return sb_session_simulating(call->session) ? run_pause(call) : run_start(call);
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
        sb_simulation_free(state->simulation);
        state->simulation = fresh;
        sb_text_add(call->output, "the simulation is given up\n");
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
        status = sb_simulating_replan(call->session, &plan, plan.environment != NULL, call->error);
    }
    sb_simulation_plan_clear(&plan);
    return status;
}

/* All arguments behind the word, at commas and blanks. Freed by the caller with
 * sb_rationals_free(numbers, *count). */
static fmpq *read_list(sb_call *call, size_t *count)
{
    char *text = NULL;
    *count = 0;
    if (sb_call_join(call, 1, call->count, ",") != SB_OK ||
        (text = sb_copy_text(call->arguments[1])) == NULL) {
        return NULL;
    }
    size_t most = strlen(text) + 1;
    fmpq *numbers = sb_rationals_new(most);
    for (char *at = text; numbers != NULL && *at != '\0';) {
        size_t length = strcspn(at, ", ");
        if (length > 0 && sb_rational_parse(numbers + *count, at, length, call->error) != SB_OK) {
            sb_rationals_free(numbers, most);
            numbers = NULL;
            break;
        }
        *count += length > 0 ? 1 : 0;
        at += length + (at[length] != '\0' ? 1 : 0);
    }
    free(text);
    if (numbers == NULL && call->error->status == SB_OK) {
        sb_out_of_memory(call->error);
    }
    /* The rest of the array is small zeros, which hold no memory. */
    return numbers;
}

static sb_status set_counts(sb_call *call, size_t **counts, size_t *count)
{
    size_t found = 0;
    fmpq *numbers = read_list(call, &found);
    size_t *fresh = numbers == NULL ? NULL : sb_allocate(found, sizeof *fresh);
    sb_status status = SB_OK;
    if (fresh == NULL) {
        status = numbers == NULL ? call->error->status : sb_out_of_memory(call->error);
    }
    for (size_t k = 0; status == SB_OK && k < found; k++) {
        if (!fmpz_is_one(fmpq_denref(numbers + k)) || fmpq_sgn(numbers + k) < 0 ||
            !fmpz_abs_fits_ui(fmpq_numref(numbers + k))) {
            status = sb_error_set(call->error, SB_ERROR_USAGE, "%s are whole numbers",
                                  call->arguments[0]);
        } else {
            fresh[k] = fmpz_get_ui(fmpq_numref(numbers + k));
        }
    }
    if (status == SB_OK) {
        free(*counts);
        *counts = fresh;
        *count = found;
    } else {
        free(fresh);
    }
    sb_rationals_free(numbers, numbers == NULL ? 0 : found);
    return status;
}

static sb_status set_samples(sb_call *call, sb_simulation_plan *plan)
{
    return set_counts(call, &plan->sample_counts, &plan->sample_count_count);
}

static sb_status set_types(sb_call *call, sb_simulation_plan *plan)
{
    return set_counts(call, &plan->type_counts, &plan->type_count_count);
}

/* `simulate signals types`: as many as types. */
static sb_status set_signals(sb_call *call, sb_simulation_plan *plan)
{
    if (strcmp(call->arguments[1], "types") == 0) {
        plan->signal_count_count = 0;
        return SB_OK;
    }
    return set_counts(call, &plan->signal_counts, &plan->signal_count_count);
}

static sb_status set_epsilon(sb_call *call, sb_simulation_plan *plan)
{
    size_t count = 0;
    fmpq *numbers = read_list(call, &count);
    double *epsilons = numbers == NULL ? NULL : sb_allocate(count, sizeof *epsilons);
    if (epsilons == NULL) {
        sb_rationals_free(numbers, numbers == NULL ? 0 : count);
        return numbers == NULL ? call->error->status : sb_out_of_memory(call->error);
    }
    for (size_t k = 0; k < count; k++) {
        epsilons[k] = sb_rational_to_double(numbers + k);
    }
    sb_rationals_free(numbers, count);
    free(plan->epsilons);
    plan->epsilons = epsilons;
    plan->epsilon_count = count;
    return SB_OK;
}

static sb_status set_correlation(sb_call *call, sb_simulation_plan *plan)
{
    size_t count = 0;
    fmpq *numbers = read_list(call, &count);
    if (numbers == NULL) {
        return call->error->status;
    }
    sb_rationals_free(plan->correlations, plan->correlation_count);
    plan->correlations = numbers;
    plan->correlation_count = count;
    return SB_OK;
}

static sb_status set_repetitions(sb_call *call, sb_simulation_plan *plan)
{
    return sb_call_count(call, 1, 1, SB_SIMULATION_MOST_REPETITIONS, &plan->repetitions);
}

static sb_status set_seed(sb_call *call, sb_simulation_plan *plan)
{
    size_t seed = 0;
    sb_status status = sb_call_count(call, 1, 0, SIZE_MAX, &seed);
    plan->seed = seed;
    return status;
}

static sb_status set_mechanisms(sb_call *call, sb_simulation_plan *plan)
{
    sb_status status = sb_call_join(call, 1, call->count, ",");
    memset(plan->wanted, 0, sizeof plan->wanted);
    for (const char *at = call->arguments[1]; status == SB_OK && *at != '\0';) {
        size_t length = strcspn(at, ", ");
        int k = 0;
        while (k < SB_CONTENDER_COUNT &&
               (strlen(sb_contender_name((sb_contender)k)) != length ||
                memcmp(sb_contender_name((sb_contender)k), at, length) != 0)) {
            k++;
        }
        if (k < SB_CONTENDER_COUNT) {
            plan->wanted[k] = true;
        } else if (length > 0) {
            status = sb_error_set(call->error, SB_ERROR_USAGE, "there is no mechanism '%.*s'",
                                  length > 60 ? 60 : (int)length, at);
            sb_error_set_hint(call->error, "choose among known-prior, ex-post, bayesian, robust");
        }
        at += length + (at[length] != '\0' ? 1 : 0);
    }
    return status;
}

static const char *const level_words[] = {"per-element", "row", "simultaneous", NULL};
static const char *const truth_words[] = {"table", "normal", NULL};

static sb_status set_level(sb_call *call, sb_simulation_plan *plan)
{
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 1, level_words, &choice);
    plan->estimate.level = (sb_interval_level)choice;
    return status;
}

static sb_status set_truth(sb_call *call, sb_simulation_plan *plan)
{
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 1, truth_words, &choice);
    if (status != SB_OK) {
        return status;
    }
    free(plan->environment);
    plan->environment = NULL;
    if (choice == 0) {
        plan->environment = sb_simulating_table(call->session, call->error);
        status = plan->environment == NULL ? call->error->status : SB_OK;
    }
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

static sb_status write_file(sb_call *call, sb_simulation_formatter format)
{
    char *path = sb_call_file(call, 1);
    char *text = NULL;
    sb_status status = path == NULL
                           ? call->error->status
                           : format(call->session->simulating.simulation, &text, call->error);
    if (status == SB_OK) {
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
    return write_file(call, sb_simulation_format);
}

static sb_status run_csv(sb_call *call)
{
    return write_file(call, sb_simulation_format_summary);
}

static sb_status run_load(sb_call *call)
{
    char *path = sb_call_file(call, 1);
    sb_simulation *simulation = NULL;
    sb_status status =
        path == NULL ? call->error->status
                     : sb_call_blame(call, sb_simulation_read(path, &simulation, call->error));
    if (status == SB_OK) {
        sb_simulating_forget(call->session);
        status = sb_simulating_replan(call->session, &simulation->plan,
                                      simulation->plan.environment != NULL, call->error);
    }
    if (status == SB_OK) {
        (void)sb_simulation_adopt(call->session->simulating.simulation, simulation);
        sb_text_add_format(call->output, "%zu of %zu repetitions\n", sb_simulation_done(simulation),
                           sb_simulation_total(simulation));
    }
    sb_simulation_free(simulation);
    free(path);
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
    {"truth", NULL, set_truth, 2, 2, truth_words},
    {"samples", NULL, set_samples, 2, SB_ANY_COUNT, NULL},
    {"epsilon", NULL, set_epsilon, 2, SB_ANY_COUNT, NULL},
    {"correlation", NULL, set_correlation, 2, SB_ANY_COUNT, NULL},
    {"types", NULL, set_types, 2, SB_ANY_COUNT, NULL},
    {"signals", NULL, set_signals, 2, SB_ANY_COUNT, NULL},
    {"repetitions", NULL, set_repetitions, 2, 2, NULL},
    {"seed", NULL, set_seed, 2, 2, NULL},
    {"mechanisms", NULL, set_mechanisms, 2, SB_ANY_COUNT, NULL},
    {"level", NULL, set_level, 2, 2, level_words},
    {"axis", run_axis, NULL, 2, 2, axis_words},
    {"point", run_point, NULL, 2, 2, point_words},
    {"csv", run_csv, NULL, 2, 2, NULL},
    {"save", run_save, NULL, 2, 2, NULL},
    {"load", run_load, NULL, 2, 2, NULL},
};

const char *const *sb_simulate_words_after(const char *word, bool *file)
{
    *file = strcmp(word, "csv") == 0 || strcmp(word, "save") == 0 || strcmp(word, "load") == 0;
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
