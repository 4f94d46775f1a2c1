/* GLPK's simplex method, in pieces that can be called off, and its words for a basis.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lp/glpk_simplex.h"

int sb_glpk_simplex(glp_prob *problem, const glp_smcp *settings, size_t most,
                    const sb_patience *patience, sb_status *status, sb_error *error)
{
    int code = GLP_EITLIM;
    do {
        code = glp_simplex(problem, settings);
        *status = sb_patience_check(patience, error);
    } while (code == GLP_EITLIM && *status == SB_OK && (size_t)glp_get_it_cnt(problem) < most);
    return code;
}

int sb_status_for_glpk(sb_variable_status status)
{
    switch (status) {
    case SB_BASIC:
        return GLP_BS;
    case SB_AT_LOWER:
        return GLP_NL;
    case SB_AT_UPPER:
        return GLP_NU;
    case SB_AT_ZERO:
        break;
    }
    return GLP_NF;
}

sb_variable_status sb_status_from_glpk(int status)
{
    switch (status) {
    case GLP_BS:
        return SB_BASIC;
    case GLP_NU:
        return SB_AT_UPPER;
    case GLP_NF:
        return SB_AT_ZERO;
    default:
        return SB_AT_LOWER;
    }
}
