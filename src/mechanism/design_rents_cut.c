/* Cuts of programs in rents: which types make up a report, in rationals.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What double precision says is never believed: parts must not be negative, and must add up.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "mechanism/design_rents_kernel.h"

sb_status sb_rents_add_cut(sb_rents *rents, size_t agent, size_t report, sb_rents_cut **cut,
                           sb_error *error)
{
    const sb_envelope *envelope = &rents->agents[agent].envelope;
    if (!sb_grow(&rents->cuts, &rents->cut_capacity, rents->cut_count + 1, sizeof *rents->cuts)) {
        return sb_out_of_memory(error);
    }
    sb_rents_cut *made = &rents->cuts[rents->cut_count];
    *made = (sb_rents_cut){.agent = agent, .report = report, .row = SB_NOWHERE};
    made->basis = sb_allocate(envelope->rank, sizeof *made->basis);
    if (made->basis == NULL) {
        return sb_out_of_memory(error);
    }
    for (size_t row = 0; row < envelope->rank; row++) {
        made->basis[row] = envelope->reports[report].basis[row];
    }
    rents->cut_count++;
    *cut = made;
    return SB_OK;
}

/* ---- the small system of a basis ---- */

const fmpz *sb_rents_coordinate(const sb_rents_agent *own, size_t type, size_t k)
{
    return fmpz_mat_entry(own->coordinates, (slong)type, (slong)k);
}

void sb_rents_kernel_clear(sb_rents_kernel *system)
{
    free(system->types);
    free(system->left);
    free(system->covered);
    fmpz_mat_clear(system->matrix);
    fmpz_mat_clear(system->right);
    fmpz_mat_clear(system->solution);
    fmpz_clear(system->denominator);
}

bool sb_rents_kernel_init(sb_rents_kernel *system, const sb_envelope *envelope, const size_t *basis)
{
    size_t rank = envelope->rank, left = 0;
    *system = (sb_rents_kernel){.types = sb_allocate(rank, sizeof(size_t)),
                                .left = sb_allocate(rank, sizeof(size_t)),
                                .covered = sb_allocate(rank, sizeof(bool))};
    fmpz_init(system->denominator);
    bool allocated = system->types != NULL && system->left != NULL && system->covered != NULL;
    bool *free_coordinates = sb_allocate(rank, sizeof *free_coordinates);
    allocated = allocated && free_coordinates != NULL;
    for (size_t row = 0; allocated && row < rank; row++) {
        size_t k = 0;
        while (k < rank && envelope->coordinates[k] != basis[row]) {
            k++;
        }
        if (basis[row] >= envelope->types) {
            free_coordinates[basis[row] - envelope->types] = true;
        } else if (k < rank) {
            system->covered[k] = true;
        } else {
            system->types[system->size++] = basis[row];
        }
    }
    for (size_t k = 0; allocated && k < rank; k++) {
        if (!system->covered[k] && !free_coordinates[k]) {
            system->left[left++] = k;
        }
    }
    free(free_coordinates);
    size_t size = system->size;
    fmpz_mat_init(system->matrix, (slong)size, (slong)size);
    fmpz_mat_init(system->right, (slong)size, 1);
    fmpz_mat_init(system->solution, (slong)size, 1);
    if (allocated && left != size) {
        system->size = SIZE_MAX;
    }
    return allocated;
}

bool sb_rents_kernel_solve(sb_rents_kernel *system)
{
    return system->size == 0 ||
           fmpz_mat_solve(system->solution, system->denominator, system->matrix, system->right);
}

void sb_rents_kernel_get(fmpq_t value, const sb_rents_kernel *system, size_t k)
{
    fmpq_set_fmpz_frac(value, fmpz_mat_entry(system->solution, (slong)k, 0), system->denominator);
}

/* ---- parts ---- */

/* What is left of the report's coordinate k when the parts that are set are taken off, to a scale:
 * sum_t parts[t] coordinates(t, k). */
static void add_up(fmpq_t sum, const sb_rents_agent *own, const fmpq *parts, size_t k)
{
    fmpq_t term;
    fmpq_init(term);
    fmpq_zero(sum);
    for (size_t type = 0; type < own->envelope.types; type++) {
        const fmpz *entry = sb_rents_coordinate(own, type, k);
        if (!fmpq_is_zero(parts + type) && !fmpz_is_zero(entry)) {
            fmpq_div_fmpz(term, parts + type, own->scales + type);
            fmpq_mul_fmpz(term, term, entry);
            fmpq_add(sum, sum, term);
        }
    }
    fmpq_clear(term);
}

/* No part is negative, and they add up to the report. */
static bool parts_do(const sb_rents_agent *own, const fmpq *parts, size_t report)
{
    fmpq_t sum, wanted;
    fmpq_init(sum);
    fmpq_init(wanted);
    bool good = true;
    for (size_t type = 0; good && type < own->envelope.types; type++) {
        good = fmpq_sgn(parts + type) >= 0;
    }
    for (size_t k = 0; good && k < own->envelope.rank; k++) {
        add_up(sum, own, parts, k);
        fmpq_set_fmpz_frac(wanted, sb_rents_coordinate(own, report, k), own->scales + report);
        good = fmpq_equal(sum, wanted);
    }
    fmpq_clear(sum);
    fmpq_clear(wanted);
    return good;
}

/* Of the types that are not independent from the small system, of the others what is left. */
static void solve_parts(const sb_rents_agent *own, sb_rents_kernel *system, size_t report,
                        fmpq *parts)
{
    fmpq_t sum;
    fmpq_init(sum);
    for (size_t k = 0; k < system->size * system->size; k++) {
        size_t row = k / system->size, column = k % system->size;
        fmpz_set(fmpz_mat_entry(system->matrix, (slong)row, (slong)column),
                 sb_rents_coordinate(own, system->types[column], system->left[row]));
    }
    for (size_t k = 0; k < system->size; k++) {
        fmpz_set(fmpz_mat_entry(system->right, (slong)k, 0),
                 sb_rents_coordinate(own, report, system->left[k]));
    }
    if (sb_rents_kernel_solve(system)) {
        for (size_t k = 0; k < system->size; k++) {
            size_t type = system->types[k];
            sb_rents_kernel_get(parts + type, system, k);
            fmpq_mul_fmpz(parts + type, parts + type, own->scales + type);
            fmpq_div_fmpz(parts + type, parts + type, own->scales + report);
        }
        for (size_t k = 0; k < own->envelope.rank; k++) {
            size_t type = own->envelope.coordinates[k];
            if (system->covered[k]) {
                add_up(sum, own, parts, k);
                fmpq_set_fmpz_frac(parts + type, sb_rents_coordinate(own, report, k),
                                   own->scales + report);
                fmpq_sub(parts + type, parts + type, sum);
                fmpq_div(parts + type, parts + type, own->totals + type);
            }
        }
    }
    fmpq_clear(sum);
}

sb_status sb_rents_make_parts(const sb_rents *rents, sb_rents_cut *cut, bool *made, sb_error *error)
{
    const sb_rents_agent *own = &rents->agents[cut->agent];
    sb_rents_kernel system;
    fmpq *parts = sb_rationals_new(own->envelope.types);
    bool allocated = sb_rents_kernel_init(&system, &own->envelope, cut->basis) && parts != NULL;
    *made = allocated && system.size != SIZE_MAX;
    if (*made) {
        solve_parts(own, &system, cut->report, parts);
        *made = parts_do(own, parts, cut->report);
    }
    sb_rents_kernel_clear(&system);
    if (*made) {
        cut->parts = parts;
    } else {
        sb_rationals_free(parts, own->envelope.types);
    }
    return allocated ? SB_OK : sb_out_of_memory(error);
}
