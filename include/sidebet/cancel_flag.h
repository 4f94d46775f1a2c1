/* A flag that one thread raises to make another's call return.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The atomic boolean of the language: atomic_store(&flag, true) in C, flag.store(true) in C++. Both
 * are the same object for the library (C++23 says so, compilers did before). Options that hold a
 * pointer to one poll it: when it is raised, the call returns SB_ERROR_CANCELLED. NULL: never.
 */
#ifndef SIDEBET_CANCEL_FLAG_H
#define SIDEBET_CANCEL_FLAG_H

#ifdef __cplusplus
#include <atomic>
typedef std::atomic<bool> sb_cancel_flag;
static_assert(sizeof(sb_cancel_flag) == sizeof(bool), "an atomic boolean is laid out as in C");
#else
#include <stdatomic.h>
typedef atomic_bool sb_cancel_flag;
_Static_assert(sizeof(sb_cancel_flag) == sizeof(_Bool), "an atomic boolean is laid out as in C++");
#endif

#endif
