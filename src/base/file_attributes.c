/* What a file is beside its text, owner and permissions.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An access list must be kept: without it its mask would stand as the group's permissions, which
 * may be more than the group had. The user's own attributes (labels of file managers and the like)
 * are kept where that is possible.
 */
#include "base/file_attributes.h"

#if defined(__linux__)

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/xattr.h>

#include "base/memory.h"

enum { longest_value = 65536 };

static const char access_list[] = "system.posix_acl_access";

static bool copy_one(const char *path, int file, const char *name)
{
    char *value = sb_allocate(1, longest_value);
    ssize_t length = value == NULL ? -1 : getxattr(path, name, value, longest_value);
    bool copied = length >= 0 && fsetxattr(file, name, value, (size_t)length, 0) == 0;
    bool none = value != NULL && length < 0 && (errno == ENODATA || errno == ENOTSUP);
    free(value);
    return copied || none;
}

static void copy_own(const char *path, int file)
{
    char *names = sb_allocate(1, longest_value);
    ssize_t length = names == NULL ? -1 : listxattr(path, names, longest_value);
    for (ssize_t at = 0; at < length; at += (ssize_t)strlen(names + at) + 1) {
        if (strncmp(names + at, "user.", 5) == 0) {
            (void)copy_one(path, file, names + at);
        }
    }
    free(names);
}

bool sb_file_attributes_copy(const char *path, int file)
{
    copy_own(path, file);
    return copy_one(path, file, access_list);
}

#else

bool sb_file_attributes_copy(const char *path, int file)
{
    (void)path;
    (void)file;
    return true;
}

#endif
