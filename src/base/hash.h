/* FNV-1a: a hash that is the same in every run, and on every machine.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_BASE_HASH_H
#define SB_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Of nothing; sb_hash goes on from it. */
#define SB_HASH_EMPTY UINT64_C(14695981039346656037)

static inline uint64_t sb_hash(uint64_t before, const void *bytes, size_t length)
{
    for (const unsigned char *at = bytes; length > 0; length--, at++) {
        before = (before ^ *at) * UINT64_C(1099511628211);
    }
    return before;
}

#endif
