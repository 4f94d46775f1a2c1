/* What libsidebet looks like from a program of one's own.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two bidders, each worth 1 or 2 to itself, with almost independent values. The program builds the
 * table, finds a best mechanism, the one with the smallest payments, and says whether and why the
 * full surplus can be extracted. Every number is a fraction: nothing is rounded.
 */
#include <stdio.h>
#include <stdlib.h>

#include <sidebet/design.h>
#include <sidebet/full_extraction.h>
#include <sidebet/smallest_payments.h>
#include <sidebet/surplus.h>

/* Print a number as the library would write it into a file. */
static void print_number(const char *name, const fmpq *number)
{
    char *text = sb_rational_format(number, SB_NUMBER_DECIMAL);
    printf("%-18s %s\n", name, text == NULL ? "(no memory)" : text);
    free(text);
}

static sb_status build(sb_environment **environment, sb_error *error)
{
    static const char *const table[] = {"0.251", "0.250", "0.250", "0.249"};
    fmpq *values = sb_rationals_new(2);
    if (values == NULL) {
        return sb_error_set(error, SB_ERROR_MEMORY, "no memory");
    }
    fmpq_set_si(&values[0], 1, 1);
    fmpq_set_si(&values[1], 2, 1);
    const sb_bidder_description bidders[] = {
        {.name = "agent 1", .value_count = 2, .values = values},
        {.name = "agent 2", .value_count = 2, .values = values},
    };
    sb_status status = sb_environment_new_item(bidders, 2, NULL, 0, NULL, NULL, environment, error);
    sb_rationals_free(values, 2);

    /* Profiles are numbered as the table is read: (1, 1), (1, 2), (2, 1), (2, 2). */
    fmpq_t weight;
    fmpq_init(weight);
    for (size_t profile = 0; status == SB_OK && profile < 4; profile++) {
        status = sb_rational_parse(weight, table[profile], 5, error);
        if (status == SB_OK) {
            status = sb_environment_set_weight(*environment, profile, weight, error);
        }
    }
    fmpq_clear(weight);
    return status;
}

static void print_mechanism(const sb_environment *environment, const sb_mechanism *mechanism)
{
    for (size_t profile = 0; profile < mechanism->profile_count; profile++) {
        char *label = sb_environment_profile_label(environment, profile);
        const fmpq *payments = &mechanism->payments[profile * mechanism->agent_count];
        char *first = sb_rational_format(&payments[0], SB_NUMBER_DECIMAL);
        char *second = sb_rational_format(&payments[1], SB_NUMBER_DECIMAL);
        printf("at %s agent 1 pays %s, agent 2 pays %s\n", label, first, second);
        free(label);
        free(first);
        free(second);
    }
}

static sb_status explore(const sb_environment *environment, sb_error *error)
{
    sb_solution solution;
    sb_smallest_payments smallest;
    sb_extraction extraction;
    sb_solution_init(&solution);
    sb_smallest_payments_init(&smallest);
    sb_extraction_init(&extraction);

    /* NULL: nothing kept from a solve before, and every answer proved, without a limit of time. */
    sb_status status = sb_design_solve(environment, NULL, NULL, &solution, error);
    if (status == SB_OK && solution.status != SB_LP_OPTIMAL) {
        status = sb_error_set(error, SB_ERROR_INTERNAL, "there is no optimum");
    }
    if (status == SB_OK) {
        status = sb_smallest_payments_find(environment, &solution, NULL, NULL, &smallest, error);
    }
    if (status == SB_OK) {
        status = sb_full_extraction(environment, NULL, &extraction, error);
    }
    if (status == SB_OK) {
        print_number("revenue", &solution.revenue);
        print_number("full surplus", &extraction.full_surplus);
        printf("%-18s %s\n", "proof", sb_proof_name(solution.proof));
        print_number("smallest payments", &smallest.largest);
        print_mechanism(environment, smallest.mechanism);
        printf("full extraction    %s\n", extraction.bayesian == SB_ANSWER_YES ? "yes" : "no");
        for (size_t i = 0; i < extraction.reasons.count; i++) {
            printf("  %s\n", extraction.reasons.texts[i]);
        }
    }

    sb_extraction_clear(&extraction);
    sb_smallest_payments_clear(&smallest);
    sb_solution_clear(&solution);
    return status;
}

int main(void)
{
    sb_environment *environment = NULL;
    sb_error error;
    sb_error_clear(&error);
    sb_status status = build(&environment, &error);
    if (status == SB_OK) {
        status = explore(environment, &error);
    }
    sb_environment_free(environment);
    flint_cleanup(); /* FLINT keeps memory for the next number */
    if (status != SB_OK) {
        fprintf(stderr, "revenue: %s\n", error.message);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
