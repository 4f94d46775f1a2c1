/* The manual pages, line by line, as they are in man/: put into the program when it is built.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_MANUAL_PAGES_H
#define SB_SESSION_MANUAL_PAGES_H

extern const char *const sb_manual_page_1[]; /* NULL-terminated */
extern const char *const sb_manual_page_5[];
extern const char *const sb_manual_page_7[];

#endif
