/* The monkey's cage: a program that cannot write outside two folders.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Random keys type random names of files. Where the kernel has Landlock, the program may make,
 * change and remove files in these folders alone; where it has not, the names that are typed hold
 * no slash, so that they lie in the working directory.
 */
#ifndef SB_TESTS_MONKEY_CAGE_H
#define SB_TESTS_MONKEY_CAGE_H

#include <stdbool.h>

/* For this process and what it starts; false: the kernel cannot. */
bool monkey_cage(const char *const *folders, int count);

#endif
