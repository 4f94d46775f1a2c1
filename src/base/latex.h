/* What TeX takes for something else.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_BASE_LATEX_H
#define SB_BASE_LATEX_H

/* How a character is spelled in LaTeX, in text; NULL: as it is. Static. */
const char *sb_latex_spelling(char byte);

#endif
