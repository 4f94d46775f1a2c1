/* The panes of the table screen. Each draws itself into a rectangle and says how much it wants.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_VIEW_PANES_H
#define SB_VIEW_PANES_H

#include "session/session.h"
#include "sidebet/sensitivity.h"
#include "view/layout.h"
#include "view/lines.h"
#include "view/view.h"

/* prior_pane.c: the table of the last two players, heat-coloured, with its sums */
int sb_prior_pane_columns(const sb_session *session, const sb_canvas *canvas, int available);
int sb_prior_pane_rows(const sb_session *session);
void sb_prior_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area);
/* The same table under another title, or of another environment, which cannot be edited. */
typedef struct sb_prior_look {
    const char *title;                 /* NULL: the pane's own */
    const sb_environment *environment; /* NULL: the one in hand */
    bool active;
} sb_prior_look;
void sb_prior_pane_draw_as(const sb_session *session, sb_canvas *canvas, sb_rectangle area,
                           const sb_prior_look *look);
/* Derivatives at hand, where they are asked for and known; else NULL. */
const sb_sensitivity *sb_view_sensitivity(const sb_session *session);

/* prior_list.c: the same as a list of profiles, with what agents believe there */
int sb_prior_list_columns(const sb_session *session, const sb_canvas *canvas);
int sb_prior_list_rows(const sb_session *session);
void sb_prior_list_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area);

/* profiles_note.c: "Ann=2: 9 of 27", where there is a filter and room is not short; else NULL */
char *sb_filter_note(const sb_session *session, size_t count, size_t all);
/* "of Ann", where one agent's numbers are shown; else NULL. Freed by the caller. */
char *sb_whose_note(const sb_session *session);
/* The profile the cursor is at, in another environment; SB_NOWHERE where that has another shape. */
size_t sb_selected_profile(const sb_session *session, const sb_environment *environment);

/* values_pane.c: what the item (or each outcome) is worth to whom */
int sb_values_pane_rows(const sb_session *session);
void sb_values_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area);

/* results_pane.c: the answer */
int sb_results_pane_rows(const sb_canvas *canvas);
void sb_results_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area);

/* search_lines.c: how far the search for a deterministic mechanism is; false, and nothing is added,
 * where there is none or it is proved */
bool sb_search_lines(sb_lines *lines, const sb_canvas *canvas, int width,
                     const sb_session *session);

/* payments_line.c: the largest payment, of both kinds once both are known; optimal answers only */
void sb_payments_line_draw(const sb_session *session, sb_canvas *canvas, int row, int column,
                           int width, bool stale);

/* mechanism_pane.c: who gets what and pays what, or why there is no mechanism */
int sb_mechanism_pane_rows(const sb_session *session, const sb_canvas *canvas);
void sb_mechanism_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area);
/* conditions_pane.c: full surplus extraction, with reasons */
int sb_conditions_pane_rows(const sb_session *session, const sb_canvas *canvas, int columns);
void sb_conditions_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area);
/* "type 2 believes what 1/2·1 + 1/2·3 believe, worth 2 > 1.5"; NULL where agent's type holds. */
char *sb_witness_text(const sb_environment *environment, const sb_extraction *extraction,
                      size_t agent, size_t type);

/* binding_pane.c: the rules that hold with equality, and their duals */
int sb_binding_pane_rows(const sb_session *session);
void sb_binding_pane_draw(const sb_session *session, sb_canvas *canvas, sb_rectangle area);

/* The environment that the results at hand belong to (not always the one in hand), or NULL. */
const sb_environment *sb_results_environment(const sb_session *session);
/* The theme has fewer words. */
bool sb_view_sparse(const sb_session *session);
/* The results at hand are not those of the environment in hand. */
bool sb_view_stale(const sb_session *session);

/* table_screen.c: the sentence where there is no environment */
void sb_draw_nothing_open(sb_canvas *canvas, int top, int rows);

extern const sb_screen_view sb_table_screen;
extern const sb_screen_view sb_blow_up_screen;
extern const sb_screen_view sb_geometry_screen;
extern const sb_screen_view sb_misbelief_screen;
extern const sb_screen_view sb_robust_screen;
extern const sb_screen_view sb_simulate_screen;
extern const sb_screen_view sb_baselines_screen;
extern const sb_screen_view sb_lp_screen;
extern const sb_screen_view sb_incentive_screen;
extern const sb_screen_view sb_help_screen;

#endif
