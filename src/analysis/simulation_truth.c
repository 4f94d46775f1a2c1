/* The truths of a simulation.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/simulation_parts.h"
#include "base/memory.h"
#include "base/text.h"
#include "sidebet/environment_file.h"

sb_status sb_simulation_parse_truth(const char *text, sb_environment **truth, sb_error *error)
{
    sb_status status =
        sb_environment_parse(text, strlen(text), "the simulation's truth", truth, NULL, error);
    if (status == SB_OK && ((*truth)->agent_count != 1 || !(*truth)->has_signal)) {
        sb_environment_free(*truth);
        *truth = NULL;
        status = sb_error_set(error, SB_ERROR_USAGE,
                              "a simulation needs a truth with one bidder and a signal");
        sb_error_set_hint(error, "give the file one agent and a `signal:`");
    }
    return status;
}

static void list_numbers(sb_text *text, size_t count)
{
    for (size_t k = 1; k <= count; k++) {
        sb_text_add_format(text, "%s%zu", k > 1 ? ", " : "", k);
    }
}

/* Rounded entries of an independent table are not quite a product, and to exact arithmetic the rest
 * of 1e-12 is a correlation like any other: correlation 0 is meant exactly. */
static sb_status remove_correlation(sb_environment **truth, sb_error *error)
{
    sb_environment *independent = sb_environment_without_correlation(*truth);
    sb_environment_free(*truth);
    *truth = independent;
    return independent == NULL ? sb_out_of_memory(error) : SB_OK;
}

/* v(theta) = theta, and the density of a bivariate normal on equally spaced points of [-2, 2]. */
static sb_status parse_normal(const sb_simulation_cell *cell, sb_environment **truth,
                              sb_error *error)
{
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, "item: {bidders: [{name: bidder, values: [");
    list_numbers(&text, cell->type_count);
    sb_text_add(&text, "]}]}\nsignal: {name: signal, values: [");
    list_numbers(&text, cell->signal_count);
    sb_text_add(&text, "]}\nprior: {bivariate-normal: {correlation: ");
    sb_text_add_rational(&text, &cell->correlation, SB_NUMBER_FRACTION);
    sb_text_add(&text, ", from: -2, to: 2}}\n");
    char *yaml = sb_text_take(&text, error);
    sb_status status =
        yaml == NULL ? SB_ERROR_MEMORY : sb_simulation_parse_truth(yaml, truth, error);
    free(yaml);
    return status == SB_OK && fmpq_is_zero(&cell->correlation) ? remove_correlation(truth, error)
                                                               : status;
}

sb_status sb_simulation_truths_new(const sb_simulation *simulation, sb_simulation_truth **truths,
                                   size_t *count, sb_error *error)
{
    const sb_simulation_plan *plan = &simulation->plan;
    size_t cells_each = plan->sample_count_count * plan->epsilon_count;
    size_t planned = simulation->cell_count / cells_each;
    sb_simulation_truth *made = sb_allocate(planned, sizeof *made);
    if (made == NULL) {
        return sb_out_of_memory(error);
    }
    sb_status status = SB_OK;
    size_t done = 0;
    for (; status == SB_OK && done < planned; done++) {
        pthread_mutex_init(&made[done].lock, NULL);
        status = plan->environment != NULL
                     ? sb_simulation_parse_truth(plan->environment, &made[done].environment, error)
                     : parse_normal(&simulation->cells[done * cells_each], &made[done].environment,
                                    error);
    }
    if (status != SB_OK) {
        sb_simulation_truths_free(made, done);
        return status;
    }
    *truths = made;
    *count = planned;
    return SB_OK;
}

void sb_simulation_truths_free(sb_simulation_truth *truths, size_t count)
{
    for (size_t k = 0; truths != NULL && k < count; k++) {
        sb_environment_free(truths[k].environment);
        pthread_mutex_destroy(&truths[k].lock);
    }
    free(truths);
}
