/* What a session is made of; for the files of this layer alone.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_STATE_H
#define SB_SESSION_STATE_H

#include "session/history.h"
#include "session/on_disk.h"
#include "session/palette_state.h"
#include "session/reporting.h"
#include "session/session.h"
#include "session/settings.h"
#include "session/simulator.h"
#include "session/touring.h"

/* The simulation of the session (simulating.c); not part of its history. */
typedef struct sb_simulating {
    sb_simulator *simulator;   /* NULL before one was needed */
    sb_simulation *simulation; /* NULL before one was asked for */
    bool of_table;             /* its truth is the table, else a bivariate normal */
    double started;            /* on a clock that only goes forward */
    size_t done_before;        /* repetitions, when it was started */
    size_t saved;              /* repetitions that a file holds */
    size_t lost;               /* repetitions that the last change of the plan gave up */
    sb_simulation *given_up;   /* the last one that had outcomes and was given up; NULL: none */
    bool given_up_of_table;
    size_t given_up_saved;
} sb_simulating;

struct sb_session {
    sb_engine *engine;
    sb_results *results;          /* at hand, maybe of an earlier snapshot; NULL before the first */
    const sb_snapshot *requested; /* what the engine was asked last; it keeps the reference */
    sb_wants wants;               /* and what beside it; borrowed from the fields below */

    sb_history history; /* the current snapshot is the history's */
    sb_snapshot *saved; /* what is on disk under `path`, as far as we know */
    char *path;         /* NULL: none */
    sb_on_disk on_disk; /* the file at `path` as it was read, or written, last */
    fmpq_t step;
    fmpq_t payment_bound; /* the last one given, where bound_given */

    sb_snapshot *curve;   /* where the curves of the blow-up screen start; NULL elsewhere */
    fmpq_t lambda;        /* of the table on its line, where has_lambda */
    sb_snapshot *on_line; /* the snapshot that lambda is of */
    sb_snapshot *belief;  /* frozen; NULL: nothing is */
    sb_mechanism *belief_mechanism;
    sb_snapshot *belief_origin; /* the snapshot it was frozen at, */
    char *belief_commands;      /* and the lines that freeze it there again */

    sb_simulating simulating;
    sb_touring *touring;     /* NULL: no tour was played yet */
    sb_reporting *reporting; /* a report that is written meanwhile; NULL: none */
    sb_reporting *reached;   /* what hears where a report of this session is; NULL: nobody */

    sb_palette *palette;      /* NULL: closed */
    sb_settings *settings;    /* of whoever holds the session (settings.h) */
    sb_snapshot *revealed_of; /* what a presenter has revealed, of which snapshot; NULL: none */
    sb_revealed revealed;

    sb_display display;
    const sb_exporter *exporter;  /* NULL: none */
    const sb_cancel_flag *cancel; /* calls off what is computed in the foreground; NULL: nothing */
    char *filter;                 /* of the lists of profiles (filter.h); NULL: none */
    char *message;                /* NULL: none */
    char *command_line;

    int unsaved_lock;     /* a descriptor + 1; 0: unsaved_path is not held */
    size_t recoverable;   /* copies of unsaved work that were found */
    char *clipboard;      /* for the terminal to take; NULL: nothing */
    char *unsaved_path;   /* where unsaved work is kept; NULL before it is known */
    char *recovery_path;  /* unsaved work found when the file was opened; NULL: none */
    sb_snapshot *unsaved; /* what the copy at unsaved_path holds; NULL: not written yet */

    sb_entry entry;
    sb_mass_mode mass;
    sb_message_kind message_kind;
    bool message_answers; /* the message is of a command that tells answers (presenter.c) */
    bool interactive;
    bool looking;              /* at another display for a while (looking.c) */
    bool search_stopped;       /* for a deterministic mechanism, of the table in hand */
    bool was_solving;          /* as of the last refresh */
    bool modified;             /* the current environment differs from what is saved */
    bool bound_given;          /* a payment bound was given once */
    bool quitting, discarding; /* left by quit!: unsaved work is given up */
    bool recovered;            /* what is at recovery_path was brought back */
    bool unsaved_written;      /* the copy at unsaved_path is of this session */
};

/* The snapshot in hand; NULL: nothing open. */
sb_snapshot *sb_session_snapshot(const sb_session *session);

/* After the current snapshot or what is saved changed: modified, cursor, results. */
void sb_session_changed(sb_session *session);

/* Replace the environment in hand by another (taken over, also on failure) and log the command.
 * *changed (may be NULL): false when it was equal, which is no change and not logged. */
sb_status sb_session_replace(sb_session *session, sb_environment *environment, const char *command,
                             bool *changed, sb_error *error);

/* Replace the plan of the robust run and log the command. */
sb_status sb_session_replan(sb_session *session, const sb_robust_plan *plan, const char *command,
                            bool *changed, sb_error *error);

/* Ask the engine for what the display shows now, where that is not asked already. */
void sb_session_want(sb_session *session);
/* Current results in which the wanted parts are known too; computes them in scripts and prompts.
 * wants NULL: only what every environment has. */
const sb_results *sb_session_wanted_results(sb_session *session, const sb_wants *wants,
                                            sb_error *error);

/* The same with a snapshot, which may be one that was current before. */
sb_status sb_session_advance(sb_session *session, sb_snapshot *snapshot, const char *command,
                             bool *changed, sb_error *error);

/* What is shown of the table in hand from now on, while a presenter hides answers. */
void sb_presenter_reveal(sb_session *session, sb_revealed stage);

void sb_session_set_message(sb_session *session, sb_message_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* An error as the message, with its place and its hint. */
void sb_session_set_error_message(sb_session *session, const sb_error *error);

/* The current results with everything known; computes or waits for them. Owned by the session. */
const sb_results *sb_session_complete_results(sb_session *session, sb_error *error);

/* The line of the blow-up screen (line.c). */
void sb_line_enter(sb_session *session);
void sb_line_leave(sb_session *session);
/* After the curves grew or the table changed: the cursor's point. */
void sb_line_find_cursor(sb_session *session);
/* Move the cursor along the curve that has it; the table follows. */
void sb_line_move(sb_session *session, const char *word);
/* The frozen belief (belief.c). */
void sb_belief_thaw(sb_session *session);

/* The simulation. _ensure makes one of the usual plan where there is none; _replan keeps what is
 * done and still true, and goes on where it ran; _go_on runs in the background, and where the
 * session is not interactive to its end. Outcomes are under the truth of their start: _start is
 * _go_on, but begins anew where the table is another now. */
sb_status sb_simulating_ensure(sb_session *session, sb_error *error);
sb_status sb_simulating_replan(sb_session *session, const sb_simulation_plan *plan, bool of_table,
                               sb_error *error);
sb_status sb_simulating_start(sb_session *session, sb_error *error);
sb_status sb_simulating_go_on(sb_session *session, sb_error *error);
/* Leave no simulation; one with outcomes can be brought back, until another is given up. */
void sb_simulating_give_up(sb_session *session);
/* Exchange the simulation and the one that was given up; usage error where none was. */
sb_status sb_simulating_restore(sb_session *session, sb_error *error);
/* Seconds of designing whose outcomes no file holds. */
double sb_simulating_unsaved(const sb_session *session);
/* Whether this is the text of the table in hand. */
bool sb_simulating_is_table(const sb_session *session, const char *text);
void sb_simulating_pause(sb_session *session);
void sb_simulating_forget(sb_session *session);
/* Take what was done meanwhile; true when something was. */
bool sb_simulating_refresh(sb_session *session);
/* The table's text, for a truth; NULL with an error where it has not one bidder and a signal. */
char *sb_simulating_table(sb_session *session, sb_error *error);

/* Pick what belongs on the display (cursor.c). */
void sb_cursor_clamp(sb_session *session);
size_t sb_cursor_profile(const sb_session *session);
/* One step of `move`, in the pane in hand; false: no such word. */
bool sb_cursor_move(sb_session *session, const char *word);
void sb_cursor_scroll(sb_session *session, long lines);
/* The cursors of the LP and the incentive screen (command_lp.c). */
void sb_lp_scroll(sb_session *session, long lines);
void sb_incentives_move(sb_session *session, long rows, long columns);

/* Unsaved work (autosave.c). */
void sb_unsaved_look(sb_session *session);   /* after opening: is there work to recover? */
void sb_unsaved_unlock(sb_session *session); /* before unsaved_path goes */
void sb_unsaved_forget(sb_session *session);
/* The work is saved or given up: the copies of it go, those of others stay. */
void sb_unsaved_settle(sb_session *session);
/* The file that was opened last of those with unsaved work to recover; NULL: none is known. Freed
 * by the caller. */
char *sb_unsaved_of_recent(void);
sb_status sb_unsaved_discard(sb_session *session, sb_error *error);
sb_status sb_unsaved_read(sb_session *session, sb_environment **environment, sb_error *error);

#endif
