/* The command simulate: what is simulated.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/command_simulate.h"

/* All arguments behind the word, at commas and blanks, into an array of *count numbers that the
 * caller frees with sb_rationals_free. */
static sb_status read_list(sb_call *call, fmpq **numbers, size_t *count)
{
    *numbers = NULL;
    *count = 0;
    sb_status status = sb_call_join(call, 1, call->count, ",");
    if (status != SB_OK) {
        return status;
    }
    const char *text = call->arguments[1];
    size_t most = strlen(text) + 1;
    fmpq *read = sb_rationals_new(most);
    if (read == NULL) {
        return sb_out_of_memory(call->error);
    }
    for (const char *at = text; status == SB_OK && *at != '\0';) {
        size_t length = strcspn(at, ", ");
        if (length > 0) {
            status = sb_rational_parse(read + *count, at, length, call->error);
            *count += 1;
        }
        at += length + (at[length] != '\0' ? 1 : 0);
    }
    fmpq *fitting = status == SB_OK ? sb_rationals_copy(read, *count) : NULL;
    sb_rationals_free(read, most);
    if (status == SB_OK && fitting == NULL) {
        return sb_out_of_memory(call->error);
    }
    *numbers = fitting;
    return status;
}

/* A whole number that is not negative. */
static bool read_whole(const fmpq_t number, size_t *whole)
{
    bool fits = fmpz_is_one(fmpq_denref(number)) && fmpq_sgn(number) >= 0 &&
                fmpz_abs_fits_ui(fmpq_numref(number));
    *whole = fits ? fmpz_get_ui(fmpq_numref(number)) : 0;
    return fits;
}

static sb_status set_counts(sb_call *call, size_t **counts, size_t *count)
{
    fmpq *numbers = NULL;
    size_t found = 0;
    sb_status status = read_list(call, &numbers, &found);
    if (status != SB_OK) {
        return status;
    }
    size_t *fresh = sb_allocate(found, sizeof *fresh);
    if (fresh == NULL) {
        sb_rationals_free(numbers, found);
        return sb_out_of_memory(call->error);
    }
    bool whole = true;
    for (size_t k = 0; k < found; k++) {
        whole = read_whole(numbers + k, &fresh[k]) && whole;
    }
    sb_rationals_free(numbers, found);
    if (!whole) {
        free(fresh);
        return sb_error_set(call->error, SB_ERROR_USAGE, "%s are whole numbers",
                            call->arguments[0]);
    }
    free(*counts);
    *counts = fresh;
    *count = found;
    return SB_OK;
}

sb_status sb_simulate_set_samples(sb_call *call, sb_simulation_plan *plan)
{
    return set_counts(call, &plan->sample_counts, &plan->sample_count_count);
}

sb_status sb_simulate_set_types(sb_call *call, sb_simulation_plan *plan)
{
    return set_counts(call, &plan->type_counts, &plan->type_count_count);
}

/* `simulate signals types`: as many as types. */
sb_status sb_simulate_set_signals(sb_call *call, sb_simulation_plan *plan)
{
    if (strcmp(call->arguments[1], "types") == 0) {
        plan->signal_count_count = 0;
        return SB_OK;
    }
    return set_counts(call, &plan->signal_counts, &plan->signal_count_count);
}

sb_status sb_simulate_set_epsilon(sb_call *call, sb_simulation_plan *plan)
{
    fmpq *numbers = NULL;
    size_t count = 0;
    sb_status status = read_list(call, &numbers, &count);
    if (status != SB_OK) {
        return status;
    }
    double *epsilons = sb_allocate(count, sizeof *epsilons);
    for (size_t k = 0; epsilons != NULL && k < count; k++) {
        epsilons[k] = sb_rational_to_double(numbers + k);
    }
    sb_rationals_free(numbers, count);
    if (epsilons == NULL) {
        return sb_out_of_memory(call->error);
    }
    free(plan->epsilons);
    plan->epsilons = epsilons;
    plan->epsilon_count = count;
    return SB_OK;
}

sb_status sb_simulate_set_correlation(sb_call *call, sb_simulation_plan *plan)
{
    fmpq *numbers = NULL;
    size_t count = 0;
    sb_status status = read_list(call, &numbers, &count);
    if (status == SB_OK) {
        sb_rationals_free(plan->correlations, plan->correlation_count);
        plan->correlations = numbers;
        plan->correlation_count = count;
    }
    return status;
}

sb_status sb_simulate_set_repetitions(sb_call *call, sb_simulation_plan *plan)
{
    return sb_call_count(call, 1, 1, SB_SIMULATION_MOST_REPETITIONS, &plan->repetitions);
}

sb_status sb_simulate_set_seed(sb_call *call, sb_simulation_plan *plan)
{
    size_t seed = 0;
    sb_status status = sb_call_count(call, 1, 0, SIZE_MAX, &seed);
    plan->seed = seed;
    return status;
}

sb_status sb_simulate_set_mechanisms(sb_call *call, sb_simulation_plan *plan)
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

const char *const sb_simulate_level_words[] = {"per-element", "row", "simultaneous", NULL};
const char *const sb_simulate_truth_words[] = {"table", "normal", NULL};

sb_status sb_simulate_set_level(sb_call *call, sb_simulation_plan *plan)
{
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 1, sb_simulate_level_words, &choice);
    plan->estimate.level = (sb_interval_level)choice;
    return status;
}

sb_status sb_simulate_set_truth(sb_call *call, sb_simulation_plan *plan)
{
    size_t choice = 0;
    sb_status status = sb_call_choice(call, 1, sb_simulate_truth_words, &choice);
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
