/* The explorer in a terminal: wait, read all that was typed, draw once.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * After an edit the screen waits up to a frame for the answer, so that a quick solve shows neither
 * stale numbers nor a flicker; typing ends the wait at once.
 */
#include "tui/tui.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "session/keys.h"
#include "session/palette.h"
#include "session/reporting.h"
#include "session/settings.h"
#include "session/touring.h"
#include "tui/command_line.h"
#include "tui/keys_curses.h"
#include "tui/memory_guard.h"
#include "tui/paint.h"
#include "tui/signals.h"
#include "tui/terminal.h"
#include "view/view.h"

static const double frame_seconds = 0.030;  /* wait this long for an answer before drawing */
static const double autosave_seconds = 1.0; /* of quiet, then unsaved work is kept */
enum { batch_keys = 4096 };                 /* signals are looked at in between */

typedef struct sb_loop {
    sb_session *session;
    sb_canvas canvas;
    sigset_t waiting;
    bool draw;      /* something changed that is not on the screen */
    double draw_at; /* not before this time, unless the answer is complete */
    bool unkept;    /* edited since the last autosave */
    double keep_at;
    const sb_environment *kept; /* the environment in hand at the last look */
    bool told;                  /* that unsaved work cannot be kept: once is enough */
    bool mouse;                 /* its clicks are ours now */
    bool hung_up;               /* the terminal went away */
} sb_loop;

/* ---- drawing ---- */

static void draw(sb_loop *loop)
{
    int rows = 0;
    int columns = 0;
    sb_terminal_size(&rows, &columns);
    if (rows != loop->canvas.rows || columns != loop->canvas.columns ||
        loop->canvas.cells == NULL) {
        sb_canvas_clear(&loop->canvas);
        if (!sb_canvas_init(&loop->canvas, rows, columns, sb_terminal_is_ascii())) {
            return;
        }
        loop->canvas.letters = sb_terminal_has_letters();
    }
    (void)sb_paint_choose(sb_session_settings(loop->session));
    sb_view_draw(loop->session, &loop->canvas);
    sb_command_line_draw(&loop->canvas);
    sb_paint(&loop->canvas);
    loop->draw = false;
}

/* ---- keys ---- */

/* Say something in the message row. */
static void say(sb_session *session, const char *text)
{
    char line[1024] = "echo \"";
    size_t length = strlen(line);
    for (const char *at = text; *at != '\0' && length + 4 < sizeof line; at++) {
        if (*at == '"' || *at == '\\') {
            line[length++] = '\\';
        }
        line[length++] = *at;
    }
    line[length++] = '"';
    line[length] = '\0';
    sb_error error;
    sb_error_clear(&error);
    (void)sb_session_command(session, line, NULL, &error);
}

/* What a command asks of the terminal. */
static void follow(sb_loop *loop)
{
    char *text = sb_session_take_clipboard(loop->session);
    if (text != NULL) {
        sb_terminal_copy(text);
        free(text);
    }
    bool mouse = sb_session_settings(loop->session)->mouse;
    if (mouse != loop->mouse) {
        sb_terminal_mouse(mouse);
        loop->mouse = mouse;
    }
}

static void press_name(sb_loop *loop, const char *name)
{
    sb_session_press(loop->session, name);
    follow(loop);
    char *line = sb_session_take_command_line(loop->session);
    if (line != NULL) {
        sb_command_line_open(loop->session, line);
        free(line);
    }
}

static void interrupt(sb_loop *loop)
{
    if (sb_session_entry(loop->session)->active) {
        sb_session_press(loop->session, "Escape");
        return;
    }
    if (sb_session_tour_walks(loop->session, NULL)) {
        (void)sb_session_command(loop->session, "tour stay", NULL, NULL);
        return;
    }
    if (!sb_reporting_stop(loop->session)) {
        say(loop->session, "press q to quit");
    }
}

static void suspend(void)
{
    sb_terminal_leave();
    sb_signals_stop_job();
    sb_terminal_return();
}

/* What was drawn there acts; a cell that is being typed into stays. */
static void click(sb_loop *loop, const sb_key *key)
{
    const sb_target *target = sb_canvas_target_at(&loop->canvas, key->row, key->column);
    bool busy = sb_session_entry(loop->session)->active || sb_palette_is_open(loop->session);
    if (target == NULL || (busy && !target->is_key)) {
        return;
    }
    char *text = sb_copy_text(target->text); /* drawing anew forgets the target */
    if (text != NULL && target->is_key) {
        press_name(loop, text);
    } else if (text != NULL) {
        (void)sb_session_command(loop->session, text, NULL, NULL);
    }
    free(text);
}

static void press(sb_loop *loop, const sb_key *key)
{
    if (strcmp(key->name, "C-z") == 0) {
        suspend();
        return;
    }
    if (strcmp(key->name, "C-l") == 0) {
        sb_terminal_return(); /* paint everything afresh */
    }
    if (sb_command_line_is_open()) {
        sb_command_line_press(key);
        follow(loop);
        return;
    }
    if (key->name[0] == '\0') {
        return;
    }
    if (strcmp(key->name, "Click") == 0) {
        click(loop, key);
        return;
    }
    if (strncmp(key->name, "M-", 2) == 0 && sb_key_find(loop->session, key->name) == NULL) {
        press_name(loop, "Escape"); /* Escape and a key typed in quick succession */
        press_name(loop, key->name + 2);
        return;
    }
    if (strcmp(key->name, "C-c") == 0 && sb_key_find(loop->session, "C-c") == NULL) {
        interrupt(loop);
        return;
    }
    press_name(loop, key->name);
}

static void read_keys(sb_loop *loop)
{
    sb_key key;
    bool any = false;
    for (int i = 0; i < batch_keys && sb_signals_ending() == 0; i++) {
        if (sb_session_quitting(loop->session) || !sb_key_read(&key)) {
            break;
        }
        press(loop, &key);
        any = true;
    }
    if (!any) {
        return;
    }
    if (!loop->draw) {
        loop->draw_at = sb_seconds() + frame_seconds;
    }
    loop->draw = true;
    if (sb_session_environment(loop->session) != loop->kept) {
        loop->kept = sb_session_environment(loop->session);
        loop->unkept = true;
        loop->keep_at = sb_seconds() + autosave_seconds;
    }
}

/* ---- waiting ---- */

/* Nothing more can be gained by waiting with the next frame. */
static bool answer_is_there(const sb_session *session)
{
    if (!sb_session_solving(session)) {
        return true;
    }
    const sb_results *results = sb_session_results_at_hand(session);
    return results != NULL && sb_session_results_current(session) && sb_results_complete(results);
}

/* How long to sleep; negative: until something happens. */
static double patience(const sb_loop *loop)
{
    double until = -1;
    if (loop->draw) {
        until = loop->draw_at;
    }
    if (loop->unkept && (until < 0 || loop->keep_at < until)) {
        until = loop->keep_at;
    }
    if (until < 0) {
        return -1;
    }
    double left = until - sb_seconds();
    return left > 0 ? left : 0;
}

static void wait_for_something(sb_loop *loop)
{
    /* -1 where nothing is waited for */
    const int waited[] = {STDIN_FILENO, sb_session_descriptor(loop->session),
                          sb_session_simulation_descriptor(loop->session),
                          sb_session_tour_descriptor(loop->session),
                          sb_session_reporting_descriptor(loop->session)};
    fd_set ready;
    FD_ZERO(&ready);
    int most = -1;
    for (size_t k = 0; k < sizeof waited / sizeof waited[0]; k++) {
        if (waited[k] >= 0 && waited[k] < FD_SETSIZE) {
            FD_SET(waited[k], &ready);
            most = waited[k] > most ? waited[k] : most;
        }
    }
    double seconds = patience(loop);
    struct timespec limit = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    int count = pselect(most + 1, &ready, NULL, NULL, seconds < 0 ? NULL : &limit, &loop->waiting);
    if (count < 0) {
        loop->hung_up = errno != EINTR;
        return;
    }
    bool typed = FD_ISSET(STDIN_FILENO, &ready);
    if (count > (typed ? 1 : 0) && sb_session_refresh(loop->session)) {
        loop->draw = true; /* draw_at stays: the frame an edit has begun, or the past */
    }
    if (typed) {
        bool before = loop->draw;
        loop->draw = false;
        read_keys(loop);
        if (!loop->draw && isatty(STDIN_FILENO) == 0) {
            loop->hung_up = true; /* readable without a key: the end of the terminal */
        }
        loop->draw = loop->draw || before;
    }
}

static void heed_signals(sb_loop *loop)
{
    if (sb_signals_take_suspend()) {
        suspend();
        loop->draw = true;
    }
    if (sb_signals_take_continue()) {
        sb_terminal_return();
        loop->draw = true;
    }
    if (sb_signals_take_resize()) {
        sb_terminal_resize();
        loop->draw = true;
    }
}

static sb_status keep_work(sb_loop *loop, sb_error *error)
{
    sb_error_clear(error);
    sb_status status = sb_session_autosave(loop->session, error);
    loop->unkept = false; /* tried again after the next change */
    if (status != SB_OK && !loop->told) {
        char sentence[1024];
        sb_error_format(error, sentence, sizeof sentence);
        say(loop->session, sentence);
        loop->told = true;
        loop->draw = true;
    }
    return status;
}

static void run(sb_loop *loop)
{
    loop->draw = true;
    loop->draw_at = sb_seconds() + frame_seconds;
    loop->kept = sb_session_environment(loop->session);
    while (!sb_session_quitting(loop->session) && sb_signals_ending() == 0 && !loop->hung_up) {
        heed_signals(loop);
        if (loop->draw && (sb_seconds() >= loop->draw_at || answer_is_there(loop->session))) {
            draw(loop);
        }
        if (loop->unkept && sb_seconds() >= loop->keep_at) {
            sb_error error;
            (void)keep_work(loop, &error);
        }
        wait_for_something(loop);
    }
}

/* "unsaved work was found": said at the start, in the message row. */
static void show_recovery_notice(sb_session *session)
{
    const char *present = NULL;
    if (sb_session_message(session, &present) != SB_MESSAGE_NONE) {
        return;
    }
    char *notice = sb_session_recovery_notice(session);
    if (notice == NULL) {
        return;
    }
    say(session, notice);
    free(notice);
}

sb_status sb_tui_run(sb_session *session, int *exit_status, sb_error *error)
{
    *exit_status = 0;
    sb_status status = sb_terminal_check(error);
    if (status != SB_OK) {
        return status;
    }
    sb_command_line_start();
    sb_loop loop = {.session = session};
    sb_signals_start(&loop.waiting); /* first: curses brings handlers where there are none */
    status = sb_terminal_start(error);
    if (status != SB_OK) {
        sb_signals_stop();
        sb_command_line_stop();
        return status;
    }
    sb_paint_start(sb_session_settings(session));
    sb_memory_guard_explore();
    show_recovery_notice(session);
    follow(&loop);
    run(&loop);
    bool ran_out = sb_memory_guard_ran_out();
    int signal = sb_signals_ending();
    if (signal == 0 && loop.hung_up) {
        signal = SIGHUP;
    }
    /* After a quit there is nothing to keep, and the copy goes; where work is lost that is told. */
    sb_error unkept;
    status = keep_work(&loop, &unkept);
    if (signal != 0) {
        *exit_status = 128 + signal;
    }
    sb_terminal_stop();
    sb_signals_stop();
    sb_command_line_stop();
    sb_memory_guard_leave();
    sb_canvas_clear(&loop.canvas);
    if (status != SB_OK) {
        *error = unkept;
    }
    return ran_out ? sb_out_of_memory(error) : status;
}
