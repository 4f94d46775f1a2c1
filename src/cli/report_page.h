/* A whole session as one page of HTML.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_REPORT_PAGE_H
#define SB_CLI_REPORT_PAGE_H

#include "base/text.h"
#include "session/session.h"

/* The page, which needs no other file. Computes what is not known yet; the same session makes the
 * same bytes. */
sb_status sb_report_page(sb_session *session, sb_text *text, sb_error *error);

#endif
