/* A mechanism out of the columns of a robust program.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "analysis/robust_program.h"
#include "base/memory.h"

static void read_profile(const sb_robust_program *program, const fmpq *columns, size_t profile,
                         bool ray, sb_mechanism *mechanism)
{
    fmpq *allocation = mechanism->allocation + profile * (program->outcomes + 1);
    fmpq *last = allocation + program->outcomes;
    if (!ray) {
        fmpq_one(last);
    }
    for (size_t o = 0; o < program->outcomes; o++) {
        fmpq_set(allocation + o, columns + profile * program->outcomes + o);
        fmpq_sub(last, last, allocation + o);
    }
    if (program->has_payments) {
        fmpq_set(mechanism->payments + profile, columns + program->first_payment + profile);
    }
}

sb_status sb_robust_program_read(const sb_robust_program *program, const fmpq *columns, bool ray,
                                 sb_mechanism **mechanism, fmpq **worths, sb_error *error)
{
    bool has_worths = program->objective == SB_ROBUST_WORST_CASE;
    *worths = has_worths ? sb_rationals_new(program->types) : NULL;
    *mechanism = sb_mechanism_new(program->environment);
    if (*mechanism == NULL || (has_worths && *worths == NULL)) {
        sb_mechanism_free(*mechanism);
        sb_rationals_free(*worths, program->types);
        *mechanism = NULL;
        *worths = NULL;
        return sb_out_of_memory(error);
    }
    for (size_t profile = 0; profile < program->types * program->signals; profile++) {
        read_profile(program, columns, profile, ray, *mechanism);
    }
    for (size_t type = 0; has_worths && type < program->types; type++) {
        if (program->worths[type] != SB_NOWHERE) {
            fmpq_set(*worths + type, columns + program->worths[type]);
        }
    }
    return SB_OK;
}
