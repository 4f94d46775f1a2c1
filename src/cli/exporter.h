/* What the commands `figure`, `data` and `report` are done by.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_EXPORTER_H
#define SB_CLI_EXPORTER_H

#include "cli/figure.h"
#include "session/session.h"
#include "view/figure.h"

/* For sb_session_set_exporter. */
extern const sb_exporter sb_program_exporter;

/* A screen's figure as one that pens draw; it points into both. */
sb_figure sb_exporter_figure(const sb_session *session, const sb_view_figure *shown);

#endif
