/* What TeX takes for something else.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/latex.h"

#include <stddef.h>

const char *sb_latex_spelling(char byte)
{
    static const struct {
        char byte;
        const char *spelling;
    } table[] = {
        {'\\', "\\textbackslash{}"},
        {'{', "\\{"},
        {'}', "\\}"},
        {'$', "\\$"},
        {'&', "\\&"},
        {'#', "\\#"},
        {'%', "\\%"},
        {'_', "\\_"},
        {'^', "\\textasciicircum{}"},
        {'~', "\\textasciitilde{}"},
        {'<', "\\textless{}"},
        {'>', "\\textgreater{}"},
        {'|', "\\textbar{}"},
        {'"', "''"},
    };
    for (size_t k = 0; k < sizeof table / sizeof table[0]; k++) {
        if (table[k].byte == byte) {
            return table[k].spelling;
        }
    }
    return NULL;
}
