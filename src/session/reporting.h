/* A report that is written while the explorer goes on.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_REPORTING_H
#define SB_SESSION_REPORTING_H

#include "session/session.h"

typedef struct sb_reporting sb_reporting;

/* Write the session as it is now by its exporter, in a thread; it waits a moment, so that what is
 * quick is done on return. *done: it is, else sb_reporting_refresh tells the end. Usage error while
 * another is written. */
sb_status sb_reporting_begin(sb_session *session, const char *path, bool *done, sb_error *error);
/* Take what happened meanwhile: the end becomes the message. True: something changed. */
bool sb_reporting_refresh(sb_session *session);
/* Give up the report that is written: its file stays as it was. False: none is. */
bool sb_reporting_stop(sb_session *session);
/* Likewise without a word; NULL allowed. */
void sb_reporting_free(sb_reporting *reporting);

/* The file that is written; NULL: none. */
const char *sb_session_reporting(const sb_session *session);
/* A sentence on how far it is, freed by the caller; NULL: none is written. */
char *sb_session_reporting_words(const sb_session *session);
/* Readable when there is something to refresh; -1: no report is written. */
int sb_session_reporting_descriptor(const sb_session *session);

#endif
