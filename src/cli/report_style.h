/* How the page of a report looks.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_REPORT_STYLE_H
#define SB_CLI_REPORT_STYLE_H

/* The style sheet: on a light or a dark screen, and on paper. Static. */
const char *sb_report_style(void);

#endif
