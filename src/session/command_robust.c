/* The command robust: which round is in hand, how the run goes, what its screen shows.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Step, step back and run move a position that belongs to the session's history, as every other
 * change does; the rounds themselves are results. What the sets are is in command_robust_set.c.
 */
#include <stdlib.h>
#include <string.h>

#include "session/command_robust.h"

#define MOST_ROUNDS 1000000

static const double most_wait = 2; /* seconds that saving may take in the explorer */

sb_status sb_robust_require_form(sb_call *call)
{
    const sb_environment *environment = sb_call_environment(call);
    if (environment->agent_count == 1 && environment->has_signal) {
        return SB_OK;
    }
    sb_error_set(call->error, SB_ERROR_USAGE,
                 "robust mechanisms are for one bidder and a signal, and this environment has %zu "
                 "agents%s",
                 environment->agent_count, environment->has_signal ? "" : " and no signal");
    sb_error_set_hint(call->error, "open one, such as demos/weather.yaml");
    return SB_ERROR_USAGE;
}

/* ---- where one is ---- */

static sb_robust_plan plan_of(const sb_call *call)
{
    return *sb_snapshot_plan(sb_session_snapshot(call->session));
}

/* The rounds of the plan in hand; in scripts and prompts as many as it asks for. NULL with an
 * error, or, in the explorer, without one while they are not there. */
static const sb_robust_steps *steps_of(sb_call *call)
{
    sb_session *session = call->session;
    if (session->interactive && call->for_message) {
        return sb_session_robust_steps(session);
    }
    const sb_wants wants = {.robust = true, .plan = plan_of(call)};
    const sb_results *results = sb_session_wanted_results(session, &wants, call->error);
    return results == NULL ? NULL : sb_results_robust(results);
}

static sb_status replan(sb_call *call, const sb_robust_plan *plan, const char *command)
{
    bool changed = false;
    sb_status status = sb_session_replan(call->session, plan, command, &changed, call->error);
    if (status == SB_OK && !changed && call->for_message) {
        sb_text_add(call->output, "nothing changes: it was so already");
    }
    return status;
}

/* The argument after the word: how many rounds; 1 where it is left out. */
static sb_status round_count(sb_call *call, size_t least, size_t *count)
{
    *count = 1;
    return call->count < 2 ? SB_OK : sb_call_count(call, 1, least, MOST_ROUNDS, count);
}

static sb_status refuse_problem(sb_call *call, const sb_robust_steps *steps)
{
    return sb_error_set(call->error, SB_ERROR_USAGE, "there is no robust run: %s", steps->problem);
}

static sb_status go_to(sb_call *call, size_t round)
{
    sb_robust_plan plan = plan_of(call);
    plan.round = round;
    plan.enough = 0;
    char *command = sb_format_text("robust round %zu", round);
    sb_status status =
        command == NULL ? sb_out_of_memory(call->error) : replan(call, &plan, command);
    free(command);
    return status;
}

static sb_status run_step(sb_call *call)
{
    size_t count = 0;
    sb_status status = round_count(call, 1, &count);
    if (status != SB_OK) {
        return status;
    }
    const sb_robust_steps *steps = steps_of(call);
    if (steps == NULL && call->error->status != SB_OK) {
        return call->error->status;
    }
    sb_robust_plan plan = plan_of(call);
    if (steps != NULL && steps->problem[0] != '\0') {
        return refuse_problem(call, steps);
    }
    size_t round = steps == NULL ? plan.round : sb_robust_steps_at(steps, &plan);
    bool known = steps != NULL && round < steps->count;
    if (known && steps->items[round]->finished) {
        sb_text_add_format(call->output, "round %zu is the last: %s\n", round,
                           steps->items[round]->status == SB_LP_OPTIMAL
                               ? "the oracle finds no broken row"
                               : sb_lp_status_name(steps->items[round]->status));
        return SB_OK;
    }
    if (steps == NULL || !sb_robust_steps_reach(steps, &plan)) {
        /* The rounds asked for are still coming: go on from what was asked, not what is seen. */
        if (plan.round == SB_ROBUST_LAST) {
            sb_text_add(call->output, "the run is going on by itself");
            return SB_OK;
        }
        round = plan.round;
    }
    return go_to(call, round + count);
}

static sb_status run_back(sb_call *call)
{
    size_t count = 0;
    sb_status status = round_count(call, 1, &count);
    if (status != SB_OK) {
        return status;
    }
    const sb_robust_steps *steps = steps_of(call);
    if (steps == NULL && call->error->status != SB_OK) {
        return call->error->status;
    }
    const sb_robust_plan plan = plan_of(call);
    size_t round = steps == NULL ? 0 : sb_robust_steps_at(steps, &plan);
    if (round == 0) {
        return sb_error_set(call->error, SB_ERROR_USAGE, "this is the first round");
    }
    return go_to(call, round > count ? round - count : 0);
}

static sb_status run_round(sb_call *call)
{
    if (call->count < 2) {
        return sb_call_wrong(call);
    }
    size_t round = 0;
    sb_status status = sb_call_count(call, 1, 0, MOST_ROUNDS, &round);
    const sb_robust_steps *steps = sb_session_robust_steps(call->session);
    bool ended = steps != NULL && sb_robust_steps_finished(steps);
    if (status == SB_OK && ended && round >= steps->count) {
        round = steps->count - 1;
        sb_text_add_format(call->output, "the run ends with round %zu\n", round);
    }
    return status == SB_OK ? go_to(call, round) : status;
}

/* `robust run [VIOLATION]` */
static sb_status run_on(sb_call *call)
{
    const sb_robust_steps *steps = sb_session_robust_steps(call->session);
    if (steps != NULL && steps->problem[0] != '\0') {
        return refuse_problem(call, steps);
    }
    fmpq_t enough;
    fmpq_init(enough);
    sb_text command;
    sb_text_init(&command);
    sb_text_add(&command, "robust run");
    sb_status status = call->count < 2 ? SB_OK : sb_call_number(call, 1, enough);
    if (status == SB_OK && fmpq_sgn(enough) < 0) {
        status = sb_error_set(call->error, SB_ERROR_USAGE, "a violation is not below 0");
    }
    if (status == SB_OK && call->count > 1) {
        sb_names_number(&command, enough);
    }
    sb_robust_plan plan = plan_of(call);
    plan.round = SB_ROBUST_LAST;
    plan.enough = sb_rational_to_double(enough);
    char *line = status == SB_OK ? sb_text_take(&command, call->error) : NULL;
    if (status == SB_OK) {
        status = line == NULL ? SB_ERROR_MEMORY : replan(call, &plan, line);
    }
    free(line);
    sb_text_clear(&command);
    fmpq_clear(enough);
    return status;
}

/* ---- how the run goes ---- */

/* The argument after the word, one of the choices, or `next`. */
static sb_status setting(sb_call *call, const char *const *choices, size_t now, size_t *choice)
{
    size_t count = 0;
    while (choices[count + 1] != NULL) { /* the last is `next` */
        count++;
    }
    if (call->count != 2) {
        return sb_call_wrong(call);
    }
    sb_status status = sb_call_choice(call, 1, choices, choice);
    if (status == SB_OK && *choice == count) {
        *choice = (now + 1) % count;
    }
    return status;
}

/* Another run begins at its beginning, unless the end is in hand. */
static sb_status change_run(sb_call *call, sb_robust_plan *plan, const char *value)
{
    if (plan->round != SB_ROBUST_LAST) {
        plan->round = 0;
    }
    char *command = sb_format_text("robust %s %s", call->arguments[0], value);
    sb_status status =
        command == NULL ? sb_out_of_memory(call->error) : replan(call, plan, command);
    if (status == SB_OK && call->for_message && call->output->length == 0) {
        sb_text_add_format(call->output, "%s: %s", call->arguments[0], value);
    }
    free(command);
    return status;
}

const char *const sb_robust_objective_words[] = {"estimate", "worst-case", "next", NULL};
const char *const sb_robust_cut_words[] = {"one", "type", "all", "next", NULL};
const char *const sb_robust_begin_words[] = {"estimate", "nothing", "next", NULL};

static sb_status run_objective(sb_call *call)
{
    sb_robust_plan plan = plan_of(call);
    size_t choice = 0;
    sb_status status = setting(call, sb_robust_objective_words, plan.objective, &choice);
    plan.objective = (sb_robust_objective)choice;
    return status == SB_OK ? change_run(call, &plan, sb_robust_objective_name(plan.objective))
                           : status;
}

static sb_status run_cuts(sb_call *call)
{
    sb_robust_plan plan = plan_of(call);
    size_t choice = 0;
    sb_status status = setting(call, sb_robust_cut_words, plan.choice, &choice);
    plan.choice = (sb_cut_choice)choice;
    return status == SB_OK ? change_run(call, &plan, sb_cut_choice_name(plan.choice)) : status;
}

static sb_status run_begin(sb_call *call)
{
    sb_robust_plan plan = plan_of(call);
    size_t choice = 0;
    sb_status status = setting(call, sb_robust_begin_words, plan.beginning, &choice);
    plan.beginning = (sb_cut_beginning)choice;
    return status == SB_OK ? change_run(call, &plan, sb_cut_beginning_name(plan.beginning))
                           : status;
}

/* ---- what the screen shows ---- */

static sb_status run_type(sb_call *call)
{
    sb_display *display = &call->session->display;
    size_t types = sb_call_environment(call)->agents[0].type_count;
    if (call->count != 2) {
        return sb_call_wrong(call);
    }
    const char *word = call->arguments[1];
    size_t type = sb_session_robust_type(call->session);
    if (strcmp(word, "worst") == 0) {
        display->robust_chosen = false;
        return SB_OK;
    }
    sb_status status = SB_OK;
    if (strcmp(word, "next") == 0) {
        type = (type + 1) % types;
    } else if (strcmp(word, "previous") == 0) {
        type = (type + types - 1) % types;
    } else {
        status = sb_call_type(call, 1, 0, &type);
    }
    if (status == SB_OK) {
        display->robust_chosen = true;
        display->robust_type = type;
    }
    return status;
}

const char *const sb_robust_view_words[] = {"bound", "numbers", "price", "next", NULL};

static sb_status run_view(sb_call *call)
{
    sb_display *display = &call->session->display;
    size_t choice = 0;
    sb_status status = setting(call, sb_robust_view_words, display->robust_view, &choice);
    if (status == SB_OK) {
        display->robust_view = (sb_robust_view)choice;
    }
    return status;
}

static sb_status run_zoom(sb_call *call)
{
    static const char *const names[] = {"off", "on", "next", NULL};
    bool *zoom = &call->session->display.robust_zoom;
    size_t choice = *zoom ? 0 : 1;
    sb_status status = call->count == 1 ? SB_OK : setting(call, names, *zoom, &choice);
    if (status == SB_OK) {
        *zoom = choice == 1;
    }
    return status;
}

/* `robust save FILE`: the history up to the round in hand. Only where it takes no time to go
 * through the rounds once more, as this happens while one waits. */
static sb_status run_save(sb_call *call)
{
    if (call->count != 2) {
        return sb_call_wrong(call);
    }
    const sb_robust_steps *steps = steps_of(call);
    if (steps == NULL || steps->count == 0) {
        return call->error->status != SB_OK ? call->error->status
               : steps != NULL
                   ? refuse_problem(call, steps)
                   : sb_error_set(call->error, SB_ERROR_USAGE, "the rounds are not there yet");
    }
    const sb_robust_plan plan = plan_of(call);
    size_t last = sb_robust_steps_at(steps, &plan);
    double seconds = 0;
    for (size_t round = 0; round <= last; round++) {
        seconds += steps->items[round]->seconds;
    }
    if (call->for_message && seconds > most_wait) {
        sb_error_set(call->error, SB_ERROR_USAGE, "going through the rounds takes %.0f s", seconds);
        sb_error_set_hint(call->error, "sidebet robust --save-steps FILE does it outside");
        return SB_ERROR_USAGE;
    }
    bool anyway = strcmp(call->arguments[0], "save!") == 0;
    char *path = sb_call_new_file(call, 1, anyway, "robust save!");
    if (path == NULL) {
        return call->error->status;
    }
    sb_status status =
        sb_robust_steps_save(steps, sb_call_environment(call), last, path, call->error);
    if (status == SB_OK && call->for_message) {
        sb_text_add_format(call->output, "rounds 0 to %zu saved in %s", last, path);
    }
    free(path);
    return status;
}

static sb_status run_freeze(sb_call *call)
{
    const sb_robust_steps *steps = steps_of(call);
    if (steps == NULL && call->error->status != SB_OK) {
        return call->error->status;
    }
    return sb_belief_freeze_robust(call, sb_session_robust_step(call->session));
}

/* ---- the command ---- */

static const char *const switch_words[] = {"on", "off", NULL};

typedef struct sb_robust_word {
    const char *word;
    sb_status (*run)(sb_call *call);
    size_t most; /* arguments, the word counted */
    const char *const *choices;
} sb_robust_word;

static const sb_robust_word words[] = {
    {"step", run_step, 2, NULL},
    {"back", run_back, 2, NULL},
    {"run", run_on, 2, NULL},
    {"round", run_round, 2, NULL},
    {"box", sb_robust_box, 2, NULL},
    {"wider", sb_robust_wider, 1, NULL},
    {"narrower", sb_robust_narrower, 1, NULL},
    {"none", sb_robust_none, 1, NULL},
    {"everything", sb_robust_everything, 1, NULL},
    {"tables", sb_robust_tables, 3, NULL},
    {"samples", sb_robust_samples, SB_ANY_COUNT, sb_robust_estimate_words},
    {"draw", sb_robust_draw, SB_ANY_COUNT, sb_robust_estimate_words},
    {"objective", run_objective, 2, sb_robust_objective_words},
    {"cuts", run_cuts, 2, sb_robust_cut_words},
    {"begin", run_begin, 2, sb_robust_begin_words},
    {"type", run_type, 2, NULL},
    {"freeze", run_freeze, 1, NULL},
    {"save", run_save, 2, NULL},
    {"save!", run_save, 2, NULL},
    {"zoom", run_zoom, 2, switch_words},
    {"view", run_view, 2, sb_robust_view_words},
};

const char *const *sb_robust_words_after(const char *word)
{
    for (size_t index = 0; index < sizeof words / sizeof words[0]; index++) {
        if (strcmp(words[index].word, word) == 0) {
            return words[index].choices;
        }
    }
    return NULL;
}

sb_status sb_run_robust_word(sb_call *call)
{
    sb_status status = sb_robust_require_form(call);
    size_t choice = 0;
    if (status == SB_OK) {
        status = sb_call_choice(call, 0, call->command->description.choices, &choice);
    }
    if (status != SB_OK) {
        return status;
    }
    for (size_t index = 0; index < sizeof words / sizeof words[0]; index++) {
        if (strcmp(words[index].word, call->arguments[0]) == 0) {
            return call->count > words[index].most ? sb_call_wrong(call) : words[index].run(call);
        }
    }
    return sb_call_wrong(call);
}
