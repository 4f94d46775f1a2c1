/* Commands that change the prior.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "session/command.h"

/* Set the cell unless it shows this number already: in the mass modes that normalise first, setting
 * what is there would change weights and no probability. */
static sb_status set_cell(sb_call *call, size_t profile, const fmpq_t number, sb_text *command)
{
    sb_environment *copy = sb_call_begin(call);
    if (copy == NULL) {
        sb_text_clear(command);
        return SB_ERROR_MEMORY;
    }
    sb_mass_mode mass = call->session->mass;
    fmpq_t present;
    fmpq_init(present);
    sb_prior_cell(present, copy, profile, mass);
    sb_status status = fmpq_equal(present, number)
                           ? SB_OK
                           : sb_prior_set_cell(copy, profile, number, mass, call->error);
    fmpq_clear(present);
    return sb_call_commit(call, copy, command, status);
}

sb_status sb_run_set(sb_call *call)
{
    size_t profile = 0;
    fmpq_t number;
    fmpq_init(number);
    sb_status status = sb_call_profile(call, 0, call->count - 1, &profile);
    if (status == SB_OK) {
        status = sb_call_number(call, 1, number);
    }
    if (status == SB_OK) {
        sb_text command;
        sb_text_init(&command);
        sb_text_add(&command, "set");
        sb_names_profile(&command, sb_call_environment(call), profile);
        sb_names_number(&command, number);
        status = set_cell(call, profile, number, &command);
    }
    fmpq_clear(number);
    return status;
}

/* The number under the cursor of the values pane, through the command that sets it. */
static sb_status nudge_value(sb_call *call, const fmpq_t by)
{
    const sb_display *display = &call->session->display;
    fmpq_t number;
    fmpq_init(number);
    fmpq_add(number,
             sb_environment_entry(sb_call_environment(call), display->value_agent,
                                  display->value_type, display->value_outcome),
             by);
    sb_status status = sb_set_entry(call, display->value_agent, display->value_type,
                                    display->value_outcome, number);
    fmpq_clear(number);
    return status;
}

static sb_status nudge_cell(sb_call *call, size_t profile, bool up, const fmpq_t step)
{
    const sb_environment *environment = sb_call_environment(call);
    fmpq_t number;
    fmpq_init(number);
    sb_prior_cell(number, environment, profile, call->session->mass);
    if (up) {
        fmpq_add(number, number, step);
    } else {
        fmpq_sub(number, number, step);
    }
    sb_text command;
    sb_text_init(&command);
    sb_text_add(&command, "nudge");
    sb_names_profile(&command, environment, profile);
    sb_text_add(&command, up ? " up" : " down");
    sb_names_number(&command, step);
    sb_status status = set_cell(call, profile, number, &command);
    fmpq_clear(number);
    return status;
}

static bool is_direction(const char *word)
{
    return strcmp(word, "up") == 0 || strcmp(word, "down") == 0;
}

/* The direction is the last word, or the last but one when a step follows. */
static bool find_direction(const sb_call *call, size_t *at)
{
    for (size_t back = 1; back <= 2 && back <= call->count; back++) {
        if (is_direction(call->arguments[call->count - back])) {
            *at = call->count - back;
            return true;
        }
    }
    return false;
}

sb_status sb_run_nudge(sb_call *call)
{
    size_t direction = 0;
    if (!find_direction(call, &direction)) {
        return sb_call_wrong(call);
    }
    bool up = strcmp(call->arguments[direction], "up") == 0;
    fmpq_t step;
    fmpq_init(step);
    fmpq_set(step, call->session->step);
    sb_status status = SB_OK;
    if (direction + 1 < call->count) {
        status = sb_call_number(call, direction + 1, step);
    }
    if (status == SB_OK && fmpq_sgn(step) <= 0) {
        status = sb_error_set(call->error, SB_ERROR_USAGE, "a step is larger than zero");
    }
    if (status == SB_OK && direction > 0) {
        size_t profile = 0;
        status = sb_call_profile(call, 0, direction, &profile);
        if (status == SB_OK) {
            status = nudge_cell(call, profile, up, step);
        }
    } else if (status == SB_OK && call->session->display.pane == SB_PANE_VALUES) {
        if (!up) {
            fmpq_neg(step, step);
        }
        status = nudge_value(call, step);
    } else if (status == SB_OK) {
        status = nudge_cell(call, sb_cursor_profile(call->session), up, step);
    }
    fmpq_clear(step);
    return status;
}

sb_status sb_run_step(sb_call *call)
{
    fmpq_t step;
    fmpq_t ten;
    fmpq_init(step);
    fmpq_init(ten);
    fmpq_set_si(ten, 10, 1);
    sb_status status = SB_OK;
    if (strcmp(call->arguments[0], "finer") == 0) {
        fmpq_div(step, call->session->step, ten);
    } else if (strcmp(call->arguments[0], "coarser") == 0) {
        fmpq_mul(step, call->session->step, ten);
    } else {
        status = sb_call_number(call, 0, step);
    }
    if (status == SB_OK && fmpq_sgn(step) <= 0) {
        status = sb_error_set(call->error, SB_ERROR_USAGE, "a step is larger than zero");
    }
    /* Bounded so that finer and coarser, pressed for ever, stay readable. */
    if (status == SB_OK &&
        (fmpz_bits(fmpq_numref(step)) > 64 || fmpz_bits(fmpq_denref(step)) > 64)) {
        status = sb_error_set(call->error, SB_ERROR_LIMIT, "a step so %s is of no use here",
                              fmpz_bits(fmpq_numref(step)) > 64 ? "large" : "small");
    }
    if (status == SB_OK) {
        fmpq_set(call->session->step, step);
        if (call->for_message) {
            sb_text_add(call->output, "the step is");
            sb_names_number(call->output, step);
        }
    }
    fmpq_clear(ten);
    fmpq_clear(step);
    return status;
}

sb_status sb_run_mass(sb_call *call)
{
    const char *names[SB_MASS_COUNT + 2] = {NULL};
    for (int mode = 0; mode < SB_MASS_COUNT; mode++) {
        names[mode] = sb_mass_mode_describe((sb_mass_mode)mode)->name;
    }
    names[SB_MASS_COUNT] = "next";
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, names, &choice);
    if (status != SB_OK) {
        return status;
    }
    int mode =
        choice == SB_MASS_COUNT ? ((int)call->session->mass + 1) % (int)SB_MASS_COUNT : (int)choice;
    call->session->mass = (sb_mass_mode)mode;
    sb_session_want(call->session); /* derivatives are of the mode */
    if (call->for_message) {
        const sb_mass_mode_description *described = sb_mass_mode_describe(call->session->mass);
        sb_text_add_format(call->output, "%s: %s", described->title, described->explanation);
    }
    return SB_OK;
}

sb_status sb_run_uniform(sb_call *call)
{
    sb_environment *copy = sb_call_begin(call);
    if (copy == NULL) {
        return SB_ERROR_MEMORY;
    }
    sb_text command;
    sb_text_init(&command);
    sb_text_add(&command, "uniform");
    size_t count = sb_environment_profile_count(copy);
    fmpq *weights = sb_rationals_new(count);
    sb_status status = SB_ERROR_MEMORY;
    if (weights != NULL) {
        for (size_t profile = 0; profile < count; profile++) {
            fmpq_set_si(&weights[profile], 1, count);
        }
        status = sb_environment_set_weights(copy, weights, call->error);
        sb_rationals_free(weights, count);
    }
    return sb_call_commit(call, copy, &command, status);
}

sb_status sb_run_independent(sb_call *call)
{
    sb_environment *copy = sb_environment_without_correlation(sb_call_environment(call));
    sb_text command;
    sb_text_init(&command);
    if (copy == NULL) {
        return sb_error_set(call->error, SB_ERROR_MEMORY, "memory ran out");
    }
    sb_text_add(&command, "independent");
    return sb_call_commit(call, copy, &command, SB_OK);
}

sb_status sb_run_normalise(sb_call *call)
{
    sb_environment *copy = sb_call_begin(call);
    if (copy == NULL) {
        return SB_ERROR_MEMORY;
    }
    sb_text command;
    sb_text_init(&command);
    sb_text_add(&command, "normalise");
    size_t count = sb_environment_profile_count(copy);
    sb_status status = SB_OK;
    if (!fmpq_is_one(&copy->weight_sum)) {
        fmpq *weights = sb_rationals_new(count);
        status = SB_ERROR_MEMORY;
        if (weights != NULL) {
            for (size_t profile = 0; profile < count; profile++) {
                sb_environment_probability(&weights[profile], copy, profile);
            }
            status = sb_environment_set_weights(copy, weights, call->error);
            sb_rationals_free(weights, count);
        }
    }
    return sb_call_commit(call, copy, &command, status);
}
