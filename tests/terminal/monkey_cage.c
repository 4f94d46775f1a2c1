/* The monkey's cage: a program that cannot write outside two folders.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "terminal/monkey_cage.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#if defined(__linux__) && defined(__has_include)
#if __has_include(<linux/landlock.h>)
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#define HAVE_LANDLOCK 1
#endif
#endif

#ifdef HAVE_LANDLOCK

static const uint64_t writes = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                               LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                               LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                               LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                               LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

static bool allow(int rules, const char *folder, uint64_t what)
{
    struct landlock_path_beneath_attr below = {
        .allowed_access = what, .parent_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (below.parent_fd < 0) {
        return false;
    }
    bool added = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0;
    (void)close(below.parent_fd);
    return added;
}

bool monkey_cage(const char *const *folders, int count)
{
    const struct landlock_ruleset_attr all = {.handled_access_fs = writes};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (rules < 0) {
        return false;
    }
    bool caged = allow(rules, "/dev", LANDLOCK_ACCESS_FS_WRITE_FILE); /* the terminal itself */
    for (int i = 0; i < count; i++) {
        caged = caged && allow(rules, folders[i], writes);
    }
    caged = caged && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
            syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    (void)close(rules);
    return caged;
}

#else

bool monkey_cage(const char *const *folders, int count)
{
    (void)folders;
    (void)count;
    return false;
}

#endif
