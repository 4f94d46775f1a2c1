/* Cuts: their storage, their order, and which of them a round adds.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "analysis/robust_program.h"
#include "base/memory.h"

void sb_cut_init(sb_cut *cut)
{
    *cut = (sb_cut){.kind = SB_CUT_INCENTIVE, .type = SB_NOWHERE, .report = SB_NOWHERE};
    fmpq_init(&cut->violation);
}

void sb_cut_clear(sb_cut *cut, size_t signal_count)
{
    sb_rationals_free(cut->belief, signal_count);
    fmpq_clear(&cut->violation);
    sb_cut_init(cut);
}

void sb_cuts_free(sb_cut *cuts, size_t count, size_t signal_count)
{
    for (size_t k = 0; k < count; k++) {
        sb_cut_clear(&cuts[k], signal_count);
    }
    free(cuts);
}

sb_status sb_cut_copy(sb_cut *to, const sb_cut *from, size_t signal_count, sb_error *error)
{
    fmpq *belief = sb_rationals_copy(from->belief, signal_count);
    if (belief == NULL) {
        return sb_out_of_memory(error);
    }
    sb_cut_clear(to, signal_count);
    to->kind = from->kind;
    to->type = from->type;
    to->report = from->report;
    to->belief = belief;
    to->added = from->added;
    fmpq_set(&to->violation, &from->violation);
    return SB_OK;
}

static int place(size_t left, size_t right)
{
    return (left > right) - (left < right);
}

/* The most violated first; ties by kind, type and report. */
static int by_violation(const void *left, const void *right)
{
    const sb_cut *one = left, *other = right;
    int order = fmpq_cmp(&other->violation, &one->violation);
    if (order == 0) {
        order = (one->kind > other->kind) - (one->kind < other->kind);
    }
    if (order == 0) {
        order = place(one->type, other->type);
    }
    return order != 0 ? order : place(one->report, other->report);
}

void sb_cuts_sort(sb_cut *cuts, size_t count)
{
    if (count > 0) {
        qsort(cuts, count, sizeof *cuts, by_violation);
    }
}

void sb_robust_choose(sb_cut *found, size_t count, sb_cut_choice choice)
{
    for (size_t k = 0; k < count; k++) {
        bool first_of_type = true;
        for (size_t before = 0; choice == SB_CUTS_PER_TYPE && before < k; before++) {
            first_of_type = first_of_type && found[before].type != found[k].type;
        }
        found[k].added = choice == SB_CUTS_ALL || (choice == SB_CUTS_ONE && k == 0) ||
                         (choice == SB_CUTS_PER_TYPE && first_of_type);
    }
}
