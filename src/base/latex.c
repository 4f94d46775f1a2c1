/* What TeX takes for something else, or cannot set.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/latex.h"

#include <string.h>

const char *sb_latex_spelling(uint32_t character)
{
    static const struct {
        uint32_t character;
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
        {'`', "\\textasciigrave{}"},
        /* Greek and signs, for which text fonts have nothing */
        {0xb5, "\\ensuremath{\\mu}"},
        {0xb7, "\\ensuremath{\\cdot}"},
        {0xd7, "\\ensuremath{\\times}"},
        {0x391, "A"},
        {0x392, "B"},
        {0x393, "\\ensuremath{\\Gamma}"},
        {0x394, "\\ensuremath{\\Delta}"},
        {0x395, "E"},
        {0x396, "Z"},
        {0x397, "H"},
        {0x398, "\\ensuremath{\\Theta}"},
        {0x399, "I"},
        {0x39a, "K"},
        {0x39b, "\\ensuremath{\\Lambda}"},
        {0x39c, "M"},
        {0x39d, "N"},
        {0x39e, "\\ensuremath{\\Xi}"},
        {0x39f, "O"},
        {0x3a0, "\\ensuremath{\\Pi}"},
        {0x3a1, "P"},
        {0x3a3, "\\ensuremath{\\Sigma}"},
        {0x3a4, "T"},
        {0x3a5, "\\ensuremath{\\Upsilon}"},
        {0x3a6, "\\ensuremath{\\Phi}"},
        {0x3a7, "X"},
        {0x3a8, "\\ensuremath{\\Psi}"},
        {0x3a9, "\\ensuremath{\\Omega}"},
        {0x3b1, "\\ensuremath{\\alpha}"},
        {0x3b2, "\\ensuremath{\\beta}"},
        {0x3b3, "\\ensuremath{\\gamma}"},
        {0x3b4, "\\ensuremath{\\delta}"},
        {0x3b5, "\\ensuremath{\\varepsilon}"},
        {0x3b6, "\\ensuremath{\\zeta}"},
        {0x3b7, "\\ensuremath{\\eta}"},
        {0x3b8, "\\ensuremath{\\theta}"},
        {0x3b9, "\\ensuremath{\\iota}"},
        {0x3ba, "\\ensuremath{\\kappa}"},
        {0x3bb, "\\ensuremath{\\lambda}"},
        {0x3bc, "\\ensuremath{\\mu}"},
        {0x3bd, "\\ensuremath{\\nu}"},
        {0x3be, "\\ensuremath{\\xi}"},
        {0x3bf, "o"},
        {0x3c0, "\\ensuremath{\\pi}"},
        {0x3c1, "\\ensuremath{\\rho}"},
        {0x3c2, "\\ensuremath{\\varsigma}"},
        {0x3c3, "\\ensuremath{\\sigma}"},
        {0x3c4, "\\ensuremath{\\tau}"},
        {0x3c5, "\\ensuremath{\\upsilon}"},
        {0x3c6, "\\ensuremath{\\varphi}"},
        {0x3c7, "\\ensuremath{\\chi}"},
        {0x3c8, "\\ensuremath{\\psi}"},
        {0x3c9, "\\ensuremath{\\omega}"},
        {0x2026, "\\dots{}"},
        {0x20ac, "\\texteuro{}"},
        {0x2192, "\\ensuremath{\\to}"},
        {0x2212, "\\ensuremath{-}"},
        {0x221e, "\\ensuremath{\\infty}"},
        {0x2248, "\\ensuremath{\\approx}"},
        {0x2264, "\\ensuremath{\\le}"},
        {0x2265, "\\ensuremath{\\ge}"},
    };
    for (size_t k = 0; k < sizeof table / sizeof table[0]; k++) {
        if (table[k].character == character) {
            return table[k].spelling;
        }
    }
    return NULL;
}

/* Beyond ASCII and Latin-1: what pdfLaTeX sets from its usual T1 fonts. */
static bool has_font(uint32_t character)
{
    static const uint32_t others[] = {0x192,  0x218,  0x219,  0x21a,  0x21b,  0x2013, 0x2014,
                                      0x2018, 0x2019, 0x201a, 0x201c, 0x201d, 0x201e, 0x2020,
                                      0x2021, 0x2022, 0x2030, 0x2039, 0x203a, 0x2122};
    bool found = character < 0x180;
    for (size_t k = 0; k < sizeof others / sizeof others[0]; k++) {
        found = found || others[k] == character;
    }
    return found;
}

void sb_latex_add_needs(sb_text *text, const char *piece)
{
    bool latin = false;
    bool others = false;
    for (const char *at = piece; *at != '\0';) {
        if (*at == '%' && (at == piece || at[-1] == '\n')) { /* a comment */
            at += strcspn(at, "\n");
            continue;
        }
        uint32_t character = 0;
        size_t bytes = sb_text_character(at, strlen(at) < 4 ? strlen(at) : 4, &character);
        latin = latin || character >= 0x80;
        others = others || (character >= 0x80 && !has_font(character));
        at += bytes == 0 ? 1 : bytes;
    }
    if (others) {
        sb_text_add(text, "% With letters that pdfLaTeX has no fonts for: compile with LuaLaTeX or "
                          "XeLaTeX, and a\n% font that has them (\\usepackage{fontspec} "
                          "\\setmainfont{...}).\n");
    } else if (latin) {
        sb_text_add(text, "% \\usepackage[T1]{fontenc}\n");
    }
}
