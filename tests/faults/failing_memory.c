/* Memory that runs out in any program: preloaded, it lets chosen requests to malloc() fail.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For GNU libc, whose allocator has second names. Requests of all libraries count, from 1.
 *
 *     FAIL_AT=n       the nth request fails
 *     FAIL_FROM=n     the nth and all after it
 *     FAIL_THREADS=f  once there is a file f: what the program itself, in threads other than the
 *                     first, asks of malloc(), which it does for GMP and FLINT alone
 *     COUNT_IN=file   how many there were is written to this file when the program ends
 */
#define _GNU_SOURCE /* gettid(), dladdr() */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <unistd.h>

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *memory, size_t bytes);

static atomic_ulong requests;
static unsigned long fail_at, fail_from;
static const char *fail_threads;
static void *program; /* where it begins in memory */

static unsigned long number(const char *name)
{
    const char *text = getenv(name);
    return text == NULL ? 0 : strtoul(text, NULL, 10);
}

__attribute__((constructor)) static void begin(void)
{
    fail_at = number("FAIL_AT");
    fail_from = number("FAIL_FROM");
    fail_threads = getenv("FAIL_THREADS");
    Dl_info place;
    if (dladdr((void *)getauxval(AT_ENTRY), &place) != 0) {
        program = place.dli_fbase;
    }
    atomic_store(&requests, 0);
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("COUNT_IN");
    int file = path == NULL ? -1 : open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (file >= 0) {
        (void)dprintf(file, "%lu\n", atomic_load(&requests));
        (void)close(file);
    }
}

static int fails(void)
{
    unsigned long mine = atomic_fetch_add(&requests, 1) + 1;
    if ((fail_at == 0 || mine != fail_at) && (fail_from == 0 || mine < fail_from)) {
        return 0;
    }
    errno = ENOMEM;
    return 1;
}

static int fails_in_thread(void *caller)
{
    Dl_info place;
    return fail_threads != NULL && gettid() != getpid() && access(fail_threads, F_OK) == 0 &&
           dladdr(caller, &place) != 0 && place.dli_fbase == program;
}

void *malloc(size_t bytes)
{
    return fails() || fails_in_thread(__builtin_return_address(0)) ? NULL : __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes)
{
    return fails() ? NULL : __libc_calloc(count, bytes);
}

void *realloc(void *memory, size_t bytes)
{
    return fails() ? NULL : __libc_realloc(memory, bytes);
}
