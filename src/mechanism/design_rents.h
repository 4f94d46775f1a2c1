/* Design programs in rents: payments projected out, one cut at a time.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Under interim rules with free payments let U(t) be what type t of an agent gains by the truth, in
 * weights, and A(t, r) what the outcomes of report r are worth to it. A payment for the report r
 * exists, that leaves r the rent U(r) and gains nobody else by reporting it, if and only if
 *     sum_t m(t) (A(t, r) - U(t)) <= A(r, r) - U(r)
 * for every way sum_t m(t) w(t, .) = w(r, .), m >= 0, in which other types together believe what r
 * believes. An extreme type has none: a side bet deters all others at no cost. So what is left is a
 * program in rents and in the outcomes at reports that are not extreme, and these cuts are made as
 * they are broken: the most broken one of a report is the value of a concave envelope (envelope.h).
 * All of it in double precision; then the cuts that bind are made again in rationals, the program
 * is proved, and payments for every report are found and held against every rule in rationals.
 *
 * A multiplier of a cut, times m(t), is that of the rule against t reporting r; whatever else a
 * proof of the whole program needs follows from these.
 */
#ifndef SB_MECHANISM_DESIGN_RENTS_H
#define SB_MECHANISM_DESIGN_RENTS_H

#include "mechanism/design_lazy_parts.h"

/* Like sb_lazy_solve, with columns and duals of the whole program in interim payments; options are
 * the caller's. *solved false: nothing was said, and the design is as it was. */
sb_status sb_rents_solve(sb_lazy *lazy, const sb_lp_options *options, bool *solved,
                         sb_lp_result *result, sb_lazy_counts *counts, sb_error *error);

#endif
