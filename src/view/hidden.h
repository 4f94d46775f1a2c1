/* What stands where a presenter hides an answer.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_HIDDEN_H
#define SB_VIEW_HIDDEN_H

#include "session/settings.h"
#include "view/widgets.h"

/* What each pane of the table screen and each screen belongs to. */
sb_revealed sb_pane_stage(sb_pane pane);

/* A pane whose heading stands and whose answer is a question. */
void sb_hidden_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area,
                         sb_pane pane);
/* The results, likewise: how much can we get? */
void sb_hidden_results_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area);
/* A whole screen: the prior, and the question beside or below it. */
void sb_hidden_screen_draw(const sb_session *session, sb_canvas *canvas, int top, int rows);
/* "! reveals the answers", freed by the caller. */
char *sb_hidden_note(const sb_session *session, bool ascii);

#endif
