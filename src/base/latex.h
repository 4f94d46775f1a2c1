/* What TeX takes for something else, or cannot set.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_BASE_LATEX_H
#define SB_BASE_LATEX_H

#include "base/text.h"

/* How a character is spelled in LaTeX, in text or in \text; NULL: as it is. Static. */
const char *sb_latex_spelling(uint32_t character);

/* What must be known to compile a piece of LaTeX, as lines of comment: T1 fonts for Latin letters
 * beyond ASCII, another program for letters that pdfLaTeX has no fonts for. Nothing where there is
 * nothing to know. */
void sb_latex_add_needs(sb_text *text, const char *piece);

#endif
