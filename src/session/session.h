/* One exploration: the environment in hand, its history, what is shown and where the cursor is.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Key -> command -> one invertible operation on the session -> solve -> screen. Every operation
 * replaces the current snapshot by another; undo and redo walk along the log of snapshots. Views
 * read a session and never change it.
 */
#ifndef SB_SESSION_SESSION_H
#define SB_SESSION_SESSION_H

#include "session/results.h"
#include "sidebet/cancel_flag.h"
#include "sidebet/prior_edit.h"
#include "sidebet/simulation.h"

typedef struct sb_session sb_session;

/* interactive: results come from the engine's thread (sb_session_refresh); else each change that
 * needs results solves at once, when somebody asks for them. */
sb_session *sb_session_new(bool interactive, sb_error *error);
void sb_session_free(sb_session *session);

/* A flag that calls off what is computed for a command, where the session is not interactive: the
 * command fails with SB_ERROR_CANCELLED. Whoever raised it takes it back. NULL: none. */
void sb_session_set_cancel(sb_session *session, const sb_cancel_flag *cancel);

/* Open a file ("-": standard input, then saved only by `save FILE`), or a made environment (taken
 * over). Clears the history. Notes of the reader become the session's message. */
sb_status sb_session_open(sb_session *session, const char *path, sb_error *error);
void sb_session_adopt(sb_session *session, sb_environment *environment, const char *path);

/* ---- reading ---- */
const sb_environment *sb_session_environment(const sb_session *session); /* NULL: nothing open */
const char *sb_session_path(const sb_session *session);                  /* NULL: none */
bool sb_session_modified(const sb_session *session); /* differs from what is on disk */
size_t sb_session_undo_count(const sb_session *session);
size_t sb_session_redo_count(const sb_session *session);
sb_mass_mode sb_session_mass_mode(const sb_session *session);
const fmpq *sb_session_step(const sb_session *session); /* of + and -, > 0 */
/* The results at hand; may belong to an earlier snapshot while the engine works: see _current. NULL
 * before the first arrive. Non-interactive sessions solve here if they must. */
const sb_results *sb_session_results(sb_session *session, sb_error *error);
const sb_results *sb_session_results_at_hand(const sb_session *session); /* never solves */
bool sb_session_results_current(const sb_session *session);
bool sb_session_solving(const sb_session *session);
/* A deterministic mechanism is searched for now; or the search was stopped before its end. */
bool sb_session_searching(const sb_session *session);
bool sb_session_search_stopped(const sb_session *session);
/* Take what the engine published; true when something on the screen may have changed. */
bool sb_session_refresh(sb_session *session);
int sb_session_descriptor(const sb_session *session); /* see sb_engine_descriptor; -1: none */

typedef enum sb_message_kind {
    SB_MESSAGE_NONE,
    SB_MESSAGE_INFO,
    SB_MESSAGE_WARNING,
    SB_MESSAGE_ERROR
} sb_message_kind;
sb_message_kind sb_session_message(const sb_session *session, const char **text);

/* ---- what is shown ---- */
typedef enum sb_screen {
    SB_SCREEN_TABLE,
    SB_SCREEN_BLOW_UP,
    SB_SCREEN_GEOMETRY,
    SB_SCREEN_MISBELIEF,
    SB_SCREEN_ROBUST,
    SB_SCREEN_SIMULATE,
    SB_SCREEN_BASELINES,
    SB_SCREEN_LP,
    SB_SCREEN_INCENTIVES,
    SB_SCREEN_HELP,
    SB_SCREEN_COUNT
} sb_screen;
typedef enum sb_pane {
    SB_PANE_PRIOR,
    SB_PANE_VALUES,
    SB_PANE_MECHANISM,
    SB_PANE_CONDITIONS,
    SB_PANE_BINDING,
    SB_PANE_COUNT
} sb_pane;
/* Which optimal mechanism is shown. */
typedef enum sb_payments_shown { SB_SHOWN_VERTEX, SB_SHOWN_SMALLEST } sb_payments_shown;
/* What stands beside the beliefs on the robust screen. */
typedef enum sb_robust_view { SB_ROBUST_BOUND, SB_ROBUST_NUMBERS, SB_ROBUST_PRICE } sb_robust_view;
typedef struct sb_display {
    sb_screen screen;
    sb_pane pane;                  /* has the keys; Tab moves on */
    size_t cursor[SB_MAX_PLAYERS]; /* the selected profile: one type a player; the table shows the
                                      last two players, the others are a slice chosen here */
    size_t value_agent, value_type, value_outcome; /* cursor of the values pane */
    size_t scroll[SB_PANE_COUNT]; /* first line shown; views clamp it to what there is */
    size_t help_scroll;
    size_t tour_scroll; /* first line of a tour's text; views clamp it */
    /* What the help screen explains ("": all keys and commands) and no fewer lines than it has. */
    char help_topic[64];
    size_t help_lines;
    /* A text that was looked for there ("": none), which of the places that have it is shown
     * (counting on in a circle), and lines from there to the first shown. */
    char help_search[64];
    long help_match, help_offset;
    size_t whose;           /* 0: everybody's numbers are shown, else those of agent whose - 1 */
    bool conditionals;      /* the prior pane shows pi(others | row type) beside the joint */
    bool list;              /* the prior pane is a list of profiles, else a table */
    bool fractions;         /* numbers as fractions where they are short */
    bool sensitivity;       /* the table's heat is the derivative of the optimum by the cell */
    bool misbelief_curve;   /* misbelief screen: the curve instead of the replies */
    bool cap_plot;          /* blow-up screen: the frontier has the cursor, else the sweep */
    bool lp_in_order;       /* LP screen: in the program's order, else binding rows first */
    bool incentive_slack;   /* incentive screen: arrows that do not bind too */
    bool incentive_replies; /* the frozen mechanism's replies under this table instead */
    bool marked;            /* the table marks what a rule is about, which another screen chose */
    /* geometry screen: the type was chosen, else the first that has no side bet, or needs one; and
     * about the beliefs, not all there could be */
    bool geometry_chosen, geometry_close_up;
    sb_payments_shown payments_shown;
    sb_screen mark_from;         /* where marked: the screen that Escape goes back to */
    size_t curve_cursor;         /* the point under the cursor of the sweep or the frontier */
    size_t misbelief_agent;      /* whose replies are shown */
    size_t misbelief_point;      /* of its curve, under the cursor, from 1; 0: where the table is */
    sb_geometry_choice geometry; /* what the geometry screen shows, as chosen */
    size_t geometry_type;        /* the type in hand */
    size_t geometry_scroll;      /* first line about the type in hand; views clamp it */
    sb_robust_view robust_view;
    bool robust_chosen; /* robust_type was chosen, else the type of the most broken row is shown */
    size_t robust_type;
    bool robust_zoom;         /* about the set of the type that is shown */
    size_t comparison;        /* of the baselines screen: which is chosen (comparison.h) */
    size_t comparison_scroll; /* the first profile of its mechanism; views clamp it */
    size_t robust_scroll;     /* the first signal in the numbers; views clamp it */
    sb_simulation_axis simulation_axis;  /* what the curves of the simulate screen are drawn
                                            against */
    size_t simulation_at[SB_AXIS_COUNT]; /* where on each axis: the point under the cursor, and
                                            which of the other axes' values are shown */
    size_t lp_line;                      /* LP screen: the line under the cursor; see lp_rows.h */
    size_t lp_rule;                      /* which rule's rows are shown, from 1; 0: all */
    size_t incentive_agent;              /* incentive screen: whose */
    size_t incentive_others;             /* at which others' profile, from 1; 0: all */
    size_t incentive_edge;               /* the arrow under the cursor */
    size_t incentive_type, incentive_report; /* the pair under the cursor of a matrix */
    sb_constraint mark;                      /* where marked: the rule */
} sb_display;
const sb_display *sb_session_display(const sb_session *session);

/* The mechanism to show now and its largest payment, as display.payments_shown says; the vertex
 * while the smallest is not known: *kind says which it is (either may be NULL). NULL: there is
 * none. */
const sb_mechanism *sb_session_shown_mechanism(const sb_session *session, sb_payments_shown *kind,
                                               const fmpq **largest);
/* Where the curves of the blow-up screen start (lambda = 1): the environment at hand when the
 * screen was entered. Moving the cursor there changes the table, not the curves. NULL elsewhere. */
const sb_environment *sb_session_curve_environment(const sb_session *session);
/* Which pi_lambda of the curve environment the table is; NULL: none that a command chose. */
const fmpq *sb_session_lambda(const sb_session *session);
/* What `freeze` froze: NULL when nothing is. */
const sb_environment *sb_session_belief(const sb_session *session);
const sb_mechanism *sb_session_belief_mechanism(const sb_session *session);

/* The geometry screen: what it shows (where the choice does not suit the table any more, the usual
 * picture), the picture of this table (NULL while it is not known), and the type in hand. */
sb_geometry_choice sb_session_geometry_choice(const sb_session *session);
const sb_geometry *sb_session_geometry(const sb_session *session);
size_t sb_session_geometry_type(const sb_session *session);

/* The robust run: which it is, its rounds (NULL while none of this table and plan are known; in
 * sessions that are not interactive NULL before a command asked for them), the round in hand and
 * the type that is shown. */
const sb_robust_plan *sb_session_robust_plan(const sb_session *session); /* NULL: nothing open */
const sb_robust_steps *sb_session_robust_steps(const sb_session *session);
const sb_robust_step *sb_session_robust_step(const sb_session *session);
size_t sb_session_robust_type(const sb_session *session);

/* The simulation: its plan and what is done of it (NULL before there is one), whether its truth is
 * the table as it was at the start, whether it runs now, and how long it will (NaN: not known). */
const sb_simulation *sb_session_simulation(const sb_session *session);
bool sb_session_simulation_of_table(const sb_session *session);
bool sb_session_simulation_outdated(const sb_session *session); /* the table was changed since */
bool sb_session_simulating(const sb_session *session);
double sb_session_simulation_seconds_left(const sb_session *session);
int sb_session_simulation_descriptor(const sb_session *session); /* -1: none; as _descriptor */

/* ---- figures and files ---- */

/* What draws and writes for the commands `figure`, `data` and `report`: of a layer above, which
 * sets it once after the session is made (NULL: there is none, and they say so). Static.
 * session NULL: nothing. */
typedef struct sb_exporter {
    /* The plot, or its numbers, of the screen in hand, after sb_session_complete_display. */
    sb_status (*figure)(sb_session *session, const char *path, sb_error *error);
    sb_status (*data)(sb_session *session, const char *path, sb_error *error);
    /* The whole session as one page; may look at screens (sb_session_look). */
    sb_status (*report)(sb_session *session, const char *path, sb_error *error);
} sb_exporter;
void sb_session_set_exporter(sb_session *session, const sb_exporter *exporter);
/* A report says which part it begins (title: static; NULL: none, it is about to be written), and
 * hears whether it is called off: SB_ERROR_CANCELLED. */
sb_status sb_session_report_reaches(sb_session *session, const char *title, sb_error *error);
/* What calls off the command in hand; NULL: nothing. */
const sb_cancel_flag *sb_session_cancel(const sb_session *session);

/* Compute all that the display shows, in prompts and scripts; in the explorer that comes by itself.
 */
sb_status sb_session_complete_display(sb_session *session, sb_error *error);

/* Make the display another for a while: keep it, show what it should, and put it back. Between
 * them sb_session_look changes the screen and computes all that it shows; nothing else of the
 * session changes. */
typedef struct sb_session_view sb_session_view;
sb_session_view *sb_session_keep_view(sb_session *session); /* NULL when memory runs out */
void sb_session_restore_view(sb_session *session, sb_session_view *view); /* freed */
sb_status sb_session_look(sb_session *session, sb_screen screen, sb_error *error);
/* On the blow-up screen: the frontier has the cursor; on the robust screen: this view. */
void sb_session_look_at(sb_session *session, bool cap, sb_robust_view robust);
/* On the incentive screen: this agent, all profiles of the others, at the optimum. */
void sb_session_look_at_agent(sb_session *session, size_t agent);

/* A part that `show` knows as tables; see table_list.h. */
struct sb_table_list;
sb_status sb_session_tables(sb_session *session, const char *part, struct sb_table_list *list,
                            sb_error *error);

/* The cell being typed into. */
typedef struct sb_entry {
    bool active;
    char text[128]; /* UTF-8 */
    size_t point;   /* bytes before the cursor */
} sb_entry;
const sb_entry *sb_session_entry(const sb_session *session);
/* The players that are the rows and the columns of the table: the last two. A single player has
 * columns and no rows (SB_NOWHERE). */
size_t sb_session_row_player(const sb_environment *environment);
size_t sb_session_column_player(const sb_environment *environment);
/* The same for one agent's table: the agent, against what all others are (the columns of its
 * Gamma). SB_NOWHERE: everybody's numbers are shown, and the table is that of the last two. */
size_t sb_display_rows(const sb_display *display, const sb_environment *environment);

/* Whose numbers are shown: an agent of this environment, or SB_NOWHERE for everybody's. */
size_t sb_session_whose(const sb_session *session, const sb_environment *environment);
/* The filter of the lists of profiles as it is written; NULL: none. */
const char *sb_session_filter(const sb_session *session);
/* The profiles of an environment that the lists show, freed by the caller; NULL: all *count. */
size_t *sb_session_filtered(const sb_session *session, const sb_environment *environment,
                            size_t *count);

/* A command line asked for by a key (":" or one with a text to complete, such as "rename "): the
 * terminal opens its line editor with this text. NULL when none; taking it clears it. */
char *sb_session_take_command_line(sb_session *session); /* freed by the caller */
/* A text that `copy` wants on the clipboard, as that. */
char *sb_session_take_clipboard(sb_session *session);
bool sb_session_quitting(const sb_session *session);

/* ---- acting ---- */

/* One key, by name: "a", "+", "Up", "Enter", "Escape", "Tab", "S-Tab", "C-r", "Backspace",
 * "PageDown", "Home", "F1" and so on, or any UTF-8 character. Looks the key up in the one table of
 * keys (keys.h) for the screen and pane at hand, or feeds the entry. Outcome is in the message. */
void sb_session_press(sb_session *session, const char *key);

/* Run one command line (see commands.h). Output meant for a person goes to `output` if not NULL
 * (the prompt, scripts), else becomes the message, as does an error. On failure nothing has
 * changed. An `expect` that does not hold is SB_ERROR_INPUT. With output NULL commands act as in
 * the explorer: `show` goes to a pane, `help` to a screen, `solve` does not wait. */
struct sb_text;
sb_status sb_session_command(sb_session *session, const char *line, struct sb_text *output,
                             sb_error *error);

/* What a question of `expect` is answered by. */
typedef struct sb_asked {
    bool is_number;
    fmpq_t number;
    char *word;        /* where it is none: "optimal", "yes", .. */
    const char *proof; /* "exact", "floating"; static; NULL: the word speaks for itself */
} sb_asked;
void sb_asked_init(sb_asked *asked);
void sb_asked_clear(sb_asked *asked);
/* Answer a question as `expect` takes it, less the answer: "revenue", "rank agent 1", "probability
 * 1,2". Computes what it needs; an error where there is no such number. */
sb_status sb_session_ask(sb_session *session, const char *question, sb_asked *asked,
                         sb_error *error);

/* The commands that brought the session here from the file, one a line: a script that replays it.
 * Freed by the caller. */
char *sb_session_script(const sb_session *session, sb_error *error);
/* What was done since the file was opened and not undone: how many commands, the environment after
 * so many of them, and the one that follows it (k < count). Owned by the session. */
size_t sb_session_done_count(const sb_session *session);
const sb_environment *sb_session_done_environment(const sb_session *session, size_t k);
const char *sb_session_done_command(const sb_session *session, size_t k);

/* ---- unsaved work ---- */
/* Keep a copy of modified work in the state directory (XDG_STATE_HOME or ~/.local/state, sidebet/),
 * or remove that copy when there is nothing unsaved. Called by the terminal after changes and on
 * signals; `recover` brings it back. */
sb_status sb_session_autosave(sb_session *session, sb_error *error);
/* A sentence to show at the start when unsaved work of this file was found; NULL when none. */
char *sb_session_recovery_notice(const sb_session *session);

#endif
