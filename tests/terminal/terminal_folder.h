/* The state folder of a program in a terminal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_TESTS_TERMINAL_FOLDER_H
#define SB_TESTS_TERMINAL_FOLDER_H

/* With all that is in it. */
void terminal_folder_remove(const char *path);
/* Files below whose name is not `except`. */
int terminal_folder_files(const char *path, const char *except);

#endif
