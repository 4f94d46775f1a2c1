/* Which rows the design program has, known without building it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order is that of design_rows.c; the tests compare the two, row by row. Rows are found by
 * arithmetic on how many each type has, so that a listing is small whatever the program's size.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_rows.h"
#include "sidebet/design_text.h"

/* ---- blocks ---- */

static bool type_has_weight(const sb_environment *environment, size_t agent, size_t type)
{
    size_t count = sb_environment_others_count(environment, agent);
    for (size_t others = 0; others < count; others++) {
        size_t profile = sb_environment_profile_of(environment, agent, type, others);
        if (!fmpq_is_zero(environment->weights + profile)) {
            return true;
        }
    }
    return false;
}

/* How many reports but the truth a type has. */
static size_t report_count(const sb_environment *environment, size_t agent, size_t type)
{
    const sb_agent *who = &environment->agents[agent];
    if (who->reports == NULL) {
        return who->type_count - 1;
    }
    size_t count = 0;
    for (size_t report = 0; report < who->type_count; report++) {
        count +=
            report != type && sb_environment_may_report(environment, agent, type, report) ? 1 : 0;
    }
    return count;
}

/* The report that has so many before it. */
static size_t report_at(const sb_environment *environment, size_t agent, size_t type, size_t number)
{
    if (environment->agents[agent].reports == NULL) {
        return number < type ? number : number + 1;
    }
    for (size_t report = 0;; report++) {
        if (report != type && sb_environment_may_report(environment, agent, type, report) &&
            number-- == 0) {
            return report;
        }
    }
}

static size_t report_number(const sb_environment *environment, size_t agent, size_t type,
                            size_t wanted)
{
    size_t number = 0;
    if (environment->agents[agent].reports == NULL) {
        return wanted < type ? wanted : wanted - 1;
    }
    for (size_t report = 0; report < wanted; report++) {
        bool may = report != type && sb_environment_may_report(environment, agent, type, report);
        number += may ? 1 : 0;
    }
    return number;
}

/* Count what each type has; whether types of probability zero have none. */
static bool count_types(const sb_environment *environment, sb_design_block *block, bool interim)
{
    size_t types = environment->agents[block->agent].type_count;
    block->before = sb_allocate(types + 1, sizeof *block->before);
    if (block->before == NULL) {
        return false;
    }
    for (size_t type = 0; type < types; type++) {
        bool none = interim && !type_has_weight(environment, block->agent, type);
        size_t count = block->kind == SB_CONSTRAINT_INCENTIVE
                           ? report_count(environment, block->agent, type)
                           : 1;
        block->before[type + 1] = block->before[type] + (none ? 0 : count);
    }
    block->row_count = block->before[types] * block->places;
    return true;
}

/* A block with rows becomes the last one; one without is dropped. */
static bool finish(sb_design_listing *listing, sb_design_block *block)
{
    if (block->row_count == 0) {
        free(block->before);
        return true;
    }
    block->first_row = listing->row_count;
    listing->row_count += block->row_count;
    listing->blocks[listing->block_count++] = *block;
    return true;
}

static bool add_incentives(sb_design_listing *listing, size_t agent)
{
    const sb_environment *environment = listing->environment;
    int choice = sb_rules_of(&environment->rules, SB_RULE_INCENTIVES, agent);
    if (choice == SB_IC_NONE) {
        return true;
    }
    bool ex_post = choice == SB_IC_EX_POST;
    sb_design_block block = {.kind = SB_CONSTRAINT_INCENTIVE, .agent = agent, .choice = choice};
    block.places = ex_post ? sb_environment_others_count(environment, agent) : 1;
    return count_types(environment, &block, !ex_post) && finish(listing, &block);
}

static bool add_participation(sb_design_listing *listing, size_t agent)
{
    const sb_environment *environment = listing->environment;
    int choice = sb_rules_of(&environment->rules, SB_RULE_PARTICIPATION, agent);
    sb_design_block block = {
        .kind = SB_CONSTRAINT_PARTICIPATION, .agent = agent, .choice = choice, .places = 1};
    switch (choice) {
    case SB_IR_EX_ANTE:
        block.row_count = 1;
        return finish(listing, &block);
    case SB_IR_EX_INTERIM:
        return count_types(environment, &block, true) && finish(listing, &block);
    case SB_IR_EX_POST:
        block.places = sb_environment_others_count(environment, agent);
        return count_types(environment, &block, false) && finish(listing, &block);
    default:
        return true;
    }
}

static bool add_profiles(sb_design_listing *listing, sb_constraint_kind kind, int choice)
{
    sb_design_block block = {.kind = kind, .agent = SB_NOWHERE, .choice = choice, .places = 1};
    block.row_count = sb_environment_profile_count(listing->environment);
    return finish(listing, &block);
}

sb_status sb_design_listing_new(const sb_environment *environment, sb_design_listing **listing,
                                sb_error *error)
{
    *listing = NULL;
    sb_design_listing *made = sb_allocate(1, sizeof *made);
    if (made == NULL) {
        return sb_out_of_memory(error);
    }
    made->environment = environment;
    made->blocks = sb_allocate(2 * environment->agent_count + 2, sizeof *made->blocks);
    bool done = made->blocks != NULL && add_profiles(made, SB_CONSTRAINT_PROBABILITY, 0);
    for (size_t agent = 0; done && agent < environment->agent_count; agent++) {
        done = add_incentives(made, agent);
    }
    for (size_t agent = 0; done && agent < environment->agent_count; agent++) {
        done = add_participation(made, agent);
    }
    int payments = environment->rules.choice[SB_RULE_PAYMENTS];
    if (done && (payments == SB_PAYMENTS_NO_DEFICIT || payments == SB_PAYMENTS_BALANCED)) {
        done = add_profiles(made, SB_CONSTRAINT_BUDGET, payments);
    }
    if (!done) {
        sb_design_listing_free(made);
        return sb_out_of_memory(error);
    }
    *listing = made;
    return SB_OK;
}

void sb_design_listing_free(sb_design_listing *listing)
{
    if (listing == NULL) {
        return;
    }
    for (size_t k = 0; listing->blocks != NULL && k < listing->block_count; k++) {
        free(listing->blocks[k].before);
    }
    free(listing->blocks);
    free(listing);
}

/* ---- rows ---- */

size_t sb_design_listing_block_of(const sb_design_listing *listing, size_t row)
{
    size_t block = 0;
    while (row >= listing->blocks[block].first_row + listing->blocks[block].row_count) {
        block++;
    }
    return block;
}

/* The type that pair number `pair` is of. */
static size_t type_of_pair(const sb_design_block *block, size_t type_count, size_t pair)
{
    size_t low = 0, high = type_count; /* before[low] <= pair < before[high] */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (block->before[middle] <= pair) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

sb_constraint sb_design_listing_constraint(const sb_design_listing *listing, size_t row)
{
    const sb_environment *environment = listing->environment;
    const sb_design_block *block = &listing->blocks[sb_design_listing_block_of(listing, row)];
    size_t number = row - block->first_row;
    sb_constraint constraint = {block->kind, SB_NOWHERE, block->agent,
                                SB_NOWHERE,  SB_NOWHERE, SB_NOWHERE};
    if (block->agent == SB_NOWHERE) {
        constraint.profile = number;
        return constraint;
    }
    if (block->before == NULL) {
        return constraint;
    }
    size_t pair = number / block->places;
    size_t types = environment->agents[block->agent].type_count;
    constraint.type = type_of_pair(block, types, pair);
    bool ex_post = block->kind == SB_CONSTRAINT_INCENTIVE ? block->choice == SB_IC_EX_POST
                                                          : block->choice == SB_IR_EX_POST;
    if (ex_post) {
        constraint.others = number % block->places;
    }
    if (block->kind == SB_CONSTRAINT_INCENTIVE) {
        constraint.report = report_at(environment, block->agent, constraint.type,
                                      pair - block->before[constraint.type]);
    }
    return constraint;
}

static size_t row_in_block(const sb_design_listing *listing, const sb_design_block *block,
                           const sb_constraint *constraint)
{
    if (block->agent == SB_NOWHERE) {
        return block->first_row + constraint->profile;
    }
    if (block->before == NULL) {
        return block->first_row;
    }
    size_t type = constraint->type;
    if (type >= listing->environment->agents[block->agent].type_count ||
        block->before[type] == block->before[type + 1]) {
        return SB_NOWHERE;
    }
    size_t pair = block->before[type];
    if (block->kind == SB_CONSTRAINT_INCENTIVE) {
        if (constraint->report == type ||
            !sb_environment_may_report(listing->environment, block->agent, type,
                                       constraint->report)) {
            return SB_NOWHERE;
        }
        pair += report_number(listing->environment, block->agent, type, constraint->report);
    }
    size_t place = constraint->others == SB_NOWHERE ? 0 : constraint->others;
    return place < block->places ? block->first_row + pair * block->places + place : SB_NOWHERE;
}

size_t sb_design_listing_find(const sb_design_listing *listing, const sb_constraint *constraint)
{
    for (size_t k = 0; k < listing->block_count; k++) {
        const sb_design_block *block = &listing->blocks[k];
        if (block->kind == constraint->kind && block->agent == constraint->agent) {
            return row_in_block(listing, block, constraint);
        }
    }
    return SB_NOWHERE;
}
