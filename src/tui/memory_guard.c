/* What happens when GMP and FLINT get no memory: the program ends in good order.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tui/memory_guard.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include <flint/flint.h>
#include <gmp.h>

#include "tui/terminal.h"

/* What keeping the work and leaving may take. */
enum { RESERVED_BYTES = 4 * 1024 * 1024 };

static int status_at_end;
static atomic_bool exploring, ran_out;
static pthread_t explorer;
static _Atomic(void *) reserve;

/* The explorer's loop heeds SIGTERM whatever it is doing; in other threads the signal is blocked.
 */
static void ask_explorer_to_leave(void)
{
    if (!atomic_exchange(&ran_out, true)) {
        (void)kill(getpid(), SIGTERM);
    }
}

static bool relieved(void)
{
    void *mine = atomic_exchange(&reserve, NULL);
    if (mine == NULL) {
        return false;
    }
    free(mine);
    ask_explorer_to_leave();
    return true;
}

static _Noreturn void end(void)
{
    if (atomic_load(&exploring) && pthread_equal(pthread_self(), explorer) == 0) {
        ask_explorer_to_leave();
        for (;;) {
            (void)pause();
        }
    }
    static const char sentence[] = "sidebet: there is not enough memory\n";
    sb_terminal_emergency();
    ssize_t written = write(STDERR_FILENO, sentence, sizeof sentence - 1);
    (void)written;
    _exit(status_at_end);
}

static void *resize(void *memory, size_t bytes)
{
    size_t asked = bytes == 0 ? 1 : bytes;
    void *grown = realloc(memory, asked);
    if (grown == NULL && relieved()) {
        grown = realloc(memory, asked);
    }
    if (grown == NULL) {
        end();
    }
    return grown;
}

static void *allocate(size_t bytes)
{
    return resize(NULL, bytes);
}

static void *allocate_zeroed(size_t count, size_t bytes)
{
    size_t asked = count == 0 || bytes == 0 ? 1 : count;
    size_t each = count == 0 || bytes == 0 ? 1 : bytes;
    void *memory = calloc(asked, each);
    if (memory == NULL && relieved()) {
        memory = calloc(asked, each);
    }
    if (memory == NULL) {
        end();
    }
    return memory;
}

static void *resize_number(void *memory, size_t old_bytes, size_t bytes)
{
    (void)old_bytes;
    return resize(memory, bytes);
}

static void release_number(void *memory, size_t bytes)
{
    (void)bytes;
    free(memory);
}

void sb_memory_guard_start(int exit_status)
{
    status_at_end = exit_status;
    mp_set_memory_functions(allocate, resize_number, release_number);
    __flint_set_memory_functions(allocate, allocate_zeroed, resize, free);
}

void sb_memory_guard_explore(void)
{
    explorer = pthread_self();
    atomic_store(&reserve, malloc(RESERVED_BYTES));
    atomic_store(&exploring, true);
}

void sb_memory_guard_leave(void)
{
    atomic_store(&exploring, false);
    free(atomic_exchange(&reserve, NULL));
}

bool sb_memory_guard_ran_out(void)
{
    return atomic_load(&ran_out);
}
