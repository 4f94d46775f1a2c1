/* The command geometry: what its screen shows, and moving the type in hand.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is shown is no part of the history; values and beliefs are, under the commands that set them
 * on the table, so that they are undone and written as such.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command.h"
#include "session/expect.h"
#include "session/text_table.h"

enum { value_steps = 100, belief_steps = 10 };

/* The picture in hand; in scripts and prompts it is computed. NULL with an error, or, in the
 * explorer, without one while it is not there. */
static const sb_geometry *picture_of(sb_call *call)
{
    sb_session *session = call->session;
    if (!(session->interactive && call->for_message)) {
        const sb_wants wants = {.geometry = true, .picture = sb_session_geometry_choice(session)};
        const sb_results *results = sb_session_wanted_results(session, &wants, call->error);
        if (results == NULL) {
            return NULL;
        }
        if (sb_results_geometry(results) == NULL) {
            sb_error_set(call->error, SB_ERROR_INTERNAL, "the picture is not known: %s",
                         sb_results_failure(results));
        }
    }
    return sb_session_geometry(session);
}

/* Which type is in hand: where none was chosen, the picture says which. */
static size_t type_in_hand(sb_call *call)
{
    if (!call->session->display.geometry_chosen) {
        (void)picture_of(call);
        sb_error_clear(call->error); /* without a picture, the first */
    }
    return sb_session_geometry_type(call->session);
}

/* ---- what is shown ---- */

static sb_status choose(sb_call *call, const sb_geometry_choice *choice)
{
    sb_status status = sb_geometry_choice_check(sb_call_environment(call), choice, call->error);
    if (status == SB_OK) {
        call->session->display.geometry = *choice;
        sb_session_want(call->session);
    }
    return status;
}

static sb_status run_agent(sb_call *call)
{
    if (call->count < 2) {
        return sb_call_wrong(call);
    }
    const sb_environment *environment = sb_call_environment(call);
    sb_geometry_choice choice = {.components = call->session->display.geometry.components};
    size_t now = sb_session_geometry_choice(call->session).agent;
    if (call->count == 2 && strcmp(call->arguments[1], "next") == 0) {
        choice.agent = (now + 1) % environment->agent_count;
    } else {
        sb_status status = sb_call_join(call, 1, call->count, " ");
        if (status == SB_OK) {
            status = sb_call_agent(call, 1, &choice.agent);
        }
        if (status != SB_OK) {
            return status;
        }
    }
    if (choice.agent == now) {
        choice = sb_session_geometry_choice(call->session);
        if (call->for_message && environment->agent_count == 1) {
            sb_text_add_format(call->output, "%s is the only agent", environment->agents[0].name);
        }
    } else {
        call->session->display.geometry_chosen = false;
        call->session->display.geometry_scroll = 0;
    }
    return choose(call, &choice);
}

static sb_status run_signals(sb_call *call)
{
    sb_geometry_choice choice = {.agent = sb_session_geometry_choice(call->session).agent};
    if (call->count < 2 || call->count > 1 + SB_GEOMETRY_MOST_SIGNALS) {
        return sb_call_wrong(call);
    }
    for (size_t k = 1; k < call->count; k++) {
        sb_status status =
            sb_geometry_find_signal(sb_call_environment(call), choice.agent, call->arguments[k],
                                    &choice.signals[choice.signal_count++], call->error);
        if (status != SB_OK) {
            return status;
        }
    }
    return choose(call, &choice);
}

static sb_status run_components(sb_call *call)
{
    sb_geometry_choice now = sb_session_geometry_choice(call->session);
    sb_geometry_choice choice = {.agent = now.agent, .components = !now.components};
    if (call->count > 1) {
        return sb_call_wrong(call);
    }
    return choose(call, &choice);
}

static sb_status run_usual(sb_call *call)
{
    sb_geometry_choice choice = {.agent = sb_session_geometry_choice(call->session).agent};
    return call->count > 1 ? sb_call_wrong(call) : choose(call, &choice);
}

static sb_status run_type(sb_call *call)
{
    if (call->count < 2) {
        return sb_call_wrong(call);
    }
    size_t agent = sb_session_geometry_choice(call->session).agent;
    size_t types = sb_call_environment(call)->agents[agent].type_count;
    size_t type = type_in_hand(call);
    sb_status status = SB_OK;
    if (strcmp(call->arguments[1], "next") == 0) {
        type = (type + 1) % types;
    } else if (strcmp(call->arguments[1], "previous") == 0) {
        type = (type + types - 1) % types;
    } else {
        status = sb_call_join(call, 1, call->count, " ");
        status = status == SB_OK ? sb_call_type(call, 1, agent, &type) : status;
    }
    if (status == SB_OK) {
        call->session->display.geometry_type = type;
        call->session->display.geometry_chosen = true;
        call->session->display.geometry_scroll = 0;
    }
    return status;
}

static sb_status run_zoom(sb_call *call)
{
    if (call->count > 1) {
        return sb_call_wrong(call);
    }
    call->session->display.geometry_close_up = !call->session->display.geometry_close_up;
    return SB_OK;
}

/* ---- moving the type in hand ---- */

/* The argument after the word: 1 for the first of two directions, -1 for the other. Who is moved
 * stays in hand. */
static sb_status direction(sb_call *call, const char *const *words, long *sign)
{
    size_t choice = 0;
    if (call->count != 2) {
        return sb_call_wrong(call);
    }
    call->session->display.geometry_type = type_in_hand(call);
    call->session->display.geometry_chosen = true;
    sb_status status = sb_call_choice(call, 1, words, &choice);
    *sign = choice == 0 ? 1 : -1;
    return status;
}

static sb_status run_value(sb_call *call)
{
    static const char *const words[] = {"up", "down", NULL};
    const sb_environment *environment = sb_call_environment(call);
    size_t agent = sb_session_geometry_choice(call->session).agent;
    long sign = 0;
    sb_status status = direction(call, words, &sign);
    if (status != SB_OK) {
        return status;
    }
    size_t type = sb_session_geometry_type(call->session);
    if (sb_environment_entry_count(environment, agent) != 1) {
        sb_error_set(call->error, SB_ERROR_USAGE, "a type of %s has several values",
                     environment->agents[agent].name);
        sb_error_set_hint(call->error, "change one on the table: pane values");
        return SB_ERROR_USAGE;
    }
    fmpq_t value;
    fmpq_t by;
    fmpq_init(value);
    fmpq_init(by);
    fmpq_set_si(by, sign * value_steps, 1);
    fmpq_mul(by, by, call->session->step);
    fmpq_add(value, sb_environment_entry(environment, agent, type, 0), by);
    status = sb_set_entry(call, agent, type, 0, value);
    fmpq_clear(value);
    fmpq_clear(by);
    return status;
}

/* The corner that is to the right: the first on a line, the second of a triangle. */
static size_t right_corner(const sb_geometry *geometry)
{
    return geometry->corner_count == SB_GEOMETRY_MOST_SIGNALS ? 1 : 0;
}

static sb_status cannot_move(sb_call *call, const char *why)
{
    sb_error_set(call->error, SB_ERROR_USAGE, "the belief cannot be moved here: %s", why);
    sb_error_set_hint(call->error, "change the prior on the table: pane prior");
    return SB_ERROR_USAGE;
}

/* Set the chance of a signal given the type, while the type's own stays: as on the table, in the
 * mode that keeps the row. */
static sb_status set_belief(sb_call *call, size_t type, size_t signal, const fmpq_t chance)
{
    sb_session *session = call->session;
    const sb_environment *environment = sb_call_environment(call);
    size_t agent = sb_session_geometry_choice(session).agent;
    fmpq_t number;
    fmpq_init(number);
    sb_environment_marginal(number, environment, agent, type);
    fmpq_mul(number, number, chance);
    sb_text command;
    sb_text_init(&command);
    sb_text_add(&command, "set");
    sb_names_profile(&command, environment,
                     sb_environment_profile_of(environment, agent, type, signal));
    sb_names_number(&command, number);
    char *line = sb_text_take(&command, call->error);
    fmpq_clear(number);
    if (line == NULL) {
        return SB_ERROR_MEMORY;
    }
    sb_mass_mode mass = session->mass;
    session->mass = SB_MASS_ROW;
    sb_status status = sb_session_command(session, line, call->output, call->error);
    session->mass = mass;
    free(line);
    return status;
}

static sb_status move_belief(sb_call *call, const sb_geometry *geometry, long sign)
{
    const sb_environment *environment = sb_call_environment(call);
    size_t type = sb_session_geometry_type(call->session);
    size_t right = right_corner(geometry);
    size_t signal = geometry->corners[sign > 0 || geometry->dimensions == 1 ? right : 0];
    if (!geometry->types[type].has_belief) {
        return cannot_move(call, "the type has probability zero");
    }
    if (signal == SB_NOWHERE) {
        return cannot_move(call, "that corner is several signals together");
    }
    fmpq *belief = sb_rationals_new(geometry->others_count);
    if (belief == NULL) {
        return sb_out_of_memory(call->error);
    }
    fmpq_t by;
    fmpq_init(by);
    fmpq_set_si(by, (geometry->dimensions == 1 ? sign : 1) * belief_steps, 1);
    fmpq_mul(by, by, call->session->step);
    sb_environment_conditional(belief, environment, geometry->agent, type);
    fmpq_add(by, by, belief + signal);
    if (fmpq_sgn(by) < 0) {
        fmpq_zero(by);
    }
    if (fmpq_cmp_ui(by, 1) > 0) {
        fmpq_one(by);
    }
    bool end = fmpq_equal(by, belief + signal);
    /* From certainty there is nothing in proportion to which the rest could grow. */
    if (!end && fmpq_is_one(belief + signal) && geometry->corners[1] != SB_NOWHERE) {
        signal = geometry->corners[1];
        fmpq_sub_si(by, by, 1);
        fmpq_neg(by, by);
    }
    sb_status status =
        end ? cannot_move(call, "it is at the end") : set_belief(call, type, signal, by);
    fmpq_clear(by);
    sb_rationals_free(belief, geometry->others_count);
    return status;
}

static sb_status run_belief(sb_call *call)
{
    static const char *const words[] = {"right", "left", NULL};
    const sb_environment *environment = sb_call_environment(call);
    long sign = 0;
    sb_status status = direction(call, words, &sign);
    if (status != SB_OK) {
        return status;
    }
    if (sb_environment_player_count(environment) != 2 ||
        sb_session_geometry_choice(call->session).agent != 0) {
        return cannot_move(call, "that is for the agent of the table's rows");
    }
    const sb_geometry *geometry = picture_of(call);
    if (geometry == NULL) { /* or it is there in a moment */
        sb_text_add(call->output, "the picture of this table is still being computed");
        return call->error->status;
    }
    return geometry->corner_count < 2 ? cannot_move(call, "the axes are no signals")
                                      : move_belief(call, geometry, sign);
}

/* ---- the command ---- */

sb_status sb_run_geometry_word(sb_call *call)
{
    static sb_status (*const runs[])(sb_call * call) = {run_agent,  run_signals, run_components,
                                                        run_usual,  run_type,    run_value,
                                                        run_belief, run_zoom};
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 0, call->command->description.choices, &choice);
    return status == SB_OK ? runs[choice](call) : status;
}

/* ---- show and expect ---- */

static void add_heading(sb_call *call, const sb_geometry *geometry)
{
    const sb_environment *environment = sb_call_environment(call);
    sb_text_add_format(call->output, "%s, %s picture", environment->agents[geometry->agent].name,
                       sb_projection_name(geometry->projection));
    for (size_t k = 0; k < geometry->corner_count; k++) {
        char *label =
            geometry->corners[k] == SB_NOWHERE
                ? sb_copy_text("all others")
                : sb_environment_others_label(environment, geometry->agent, geometry->corners[k]);
        sb_text_add_format(call->output, "%s%s", k == 0 ? ": " : ", ", label == NULL ? "" : label);
        call->output->failed = call->output->failed || label == NULL;
        free(label);
    }
    if (geometry->projection == SB_PROJECTION_COMPONENTS) {
        sb_text_add_format(call->output, ": %.4g %%", 100 * geometry->shares[0]);
        if (geometry->dimensions > 1) {
            sb_text_add_format(call->output, " and %.4g %%", 100 * geometry->shares[1]);
        }
        sb_text_add(call->output, " of the spread");
    }
    sb_text_add(call->output, "\n");
}

static void add_row(sb_call *call, sb_text_table *table, const sb_geometry *geometry, size_t t)
{
    const sb_geometry_type *type = &geometry->types[t];
    sb_text_table_add(table, sb_environment_label(sb_call_environment(call), geometry->agent, t));
    for (size_t k = 0; k < geometry->dimensions; k++) {
        if (type->placed) {
            sb_text_table_add_number(table, geometry->places + t * geometry->dimensions + k, false);
        } else {
            sb_text_table_add(table, "-");
        }
    }
    if (type->confirmed) {
        sb_text_table_add_number(table, &type->value, false);
        sb_text_table_add_number(table, &type->envelope, false);
    } else {
        sb_text_table_add(table, "-");
        sb_text_table_add(table, "-");
    }
    sb_text_table_add(table, !type->has_belief  ? "probability zero"
                             : !type->confirmed ? "not confirmed"
                             : !type->needs_bet ? "needs none"
                             : type->holds      ? "yes"
                                                : "no");
}

sb_status sb_show_geometry(sb_call *call)
{
    const sb_geometry *geometry = picture_of(call);
    if (geometry == NULL) {
        return call->error->status;
    }
    sb_text_table table;
    sb_text_table_init(&table, 4 + geometry->dimensions, 1);
    sb_text_table_add(&table, "type");
    sb_text_table_add(&table, "x");
    if (geometry->dimensions > 1) {
        sb_text_table_add(&table, "y");
    }
    sb_text_table_add(&table, "value");
    sb_text_table_add(&table, "envelope");
    sb_text_table_add(&table, "side bet");
    for (size_t t = 0; t < geometry->type_count; t++) {
        add_row(call, &table, geometry, t);
    }
    add_heading(call, geometry);
    sb_call_table(call, &table);
    return SB_OK;
}

/* envelope AGENT TYPE NUMBER */
sb_status sb_expect_envelope(sb_call *call)
{
    sb_geometry_choice choice = {.agent = 0};
    size_t type = 0;
    sb_status status = sb_expect_type(call, 1, &choice.agent, &type);
    if (status != SB_OK) {
        return status;
    }
    const sb_wants wants = {.geometry = true, .picture = choice};
    const sb_results *results = sb_session_wanted_results(call->session, &wants, call->error);
    const sb_geometry *geometry = results == NULL ? NULL : sb_results_geometry(results);
    if (geometry == NULL || !geometry->types[type].confirmed) {
        return results == NULL
                   ? call->error->status
                   : sb_error_set(call->error, SB_ERROR_INPUT,
                                  "the envelope at type %s is not known", call->arguments[2]);
    }
    return sb_expect_number(call, "envelope", &geometry->types[type].envelope, "exact");
}
