/* How symbols are spelt where only ASCII can be shown.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_ASCII_H
#define SB_VIEW_ASCII_H

#include <stdint.h>

/* The ASCII spelling of a character: itself where it is ASCII, a short word for the symbols the
 * screens use, "?" for everything else. Control characters are "?" too. Static. */
const char *sb_ascii_spelling(uint32_t character);

#endif
