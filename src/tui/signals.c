/* Signals: handlers set flags, the loop acts; a crash gives the terminal back first.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tui/signals.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/terminal.h"

static volatile sig_atomic_t resized, suspended, continued, ending;

static const int polite[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT, SIGQUIT};
static const int crashes[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
enum {
    polite_count = sizeof polite / sizeof polite[0],
    crash_count = sizeof crashes / sizeof crashes[0],
    alternate_bytes = 65536
};

static struct sigaction before_polite[polite_count], before_crash[crash_count], before_pipe;
static sigset_t before_mask;
static char alternate[alternate_bytes]; /* a crash may be of the stack itself */

static void note(int number)
{
    switch (number) {
    case SIGWINCH:
        resized = 1;
        break;
    case SIGTSTP:
        suspended = 1;
        break;
    case SIGCONT:
        continued = 1;
        break;
    default:
        ending = number;
        break;
    }
}

static void crash(int number)
{
    sb_terminal_emergency();
    for (size_t i = 0; i < crash_count; i++) {
        if (crashes[i] == number) {
            (void)sigaction(number, &before_crash[i], NULL);
        }
    }
    (void)raise(number); /* blocked here: it strikes when the handler returns */
}

void sb_signals_start(sigset_t *waiting)
{
    resized = 0;
    suspended = 0;
    continued = 0;
    ending = 0;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note;
    (void)sigemptyset(&action.sa_mask);
    sigset_t blocked;
    (void)sigemptyset(&blocked);
    for (size_t i = 0; i < polite_count; i++) {
        (void)sigaddset(&blocked, polite[i]);
    }
    (void)pthread_sigmask(SIG_BLOCK, &blocked, &before_mask);
    *waiting = before_mask;
    for (size_t i = 0; i < polite_count; i++) {
        (void)sigaction(polite[i], &action, &before_polite[i]);
        (void)sigdelset(waiting, polite[i]);
    }
    stack_t stack;
    memset(&stack, 0, sizeof stack);
    stack.ss_sp = alternate;
    stack.ss_size = sizeof alternate;
    (void)sigaltstack(&stack, NULL);
    action.sa_handler = crash;
    action.sa_flags = SA_ONSTACK;
    for (size_t i = 0; i < crash_count; i++) {
        (void)sigaction(crashes[i], &action, &before_crash[i]);
    }
    action.sa_handler = SIG_IGN; /* a terminal that went away is noticed by the read */
    action.sa_flags = 0;
    (void)sigaction(SIGPIPE, &action, &before_pipe);
}

void sb_signals_stop(void)
{
    for (size_t i = 0; i < polite_count; i++) {
        (void)sigaction(polite[i], &before_polite[i], NULL);
    }
    for (size_t i = 0; i < crash_count; i++) {
        (void)sigaction(crashes[i], &before_crash[i], NULL);
    }
    (void)sigaction(SIGPIPE, &before_pipe, NULL);
    (void)pthread_sigmask(SIG_SETMASK, &before_mask, NULL);
}

static bool take(volatile sig_atomic_t *flag)
{
    bool set = *flag != 0;
    *flag = 0;
    return set;
}

bool sb_signals_take_resize(void)
{
    return take(&resized);
}

bool sb_signals_take_suspend(void)
{
    return take(&suspended);
}

bool sb_signals_take_continue(void)
{
    return take(&continued);
}

int sb_signals_ending(void)
{
    return ending;
}

void sb_signals_stop_job(void)
{
    struct sigaction normal;
    struct sigaction ours;
    memset(&normal, 0, sizeof normal);
    normal.sa_handler = SIG_DFL;
    (void)sigemptyset(&normal.sa_mask);
    (void)sigaction(SIGTSTP, &normal, &ours);
    (void)kill(getpid(), SIGTSTP);
    sigset_t stop;
    sigset_t mask;
    (void)sigemptyset(&stop);
    (void)sigaddset(&stop, SIGTSTP);
    (void)pthread_sigmask(SIG_UNBLOCK, &stop, &mask); /* stopped here until SIGCONT */
    (void)pthread_sigmask(SIG_SETMASK, &mask, NULL);
    (void)sigaction(SIGTSTP, &ours, NULL);
    suspended = 0;
}
