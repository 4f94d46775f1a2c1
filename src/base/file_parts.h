/* Between the files that read, write and replace files. Internal.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_BASE_FILE_PARTS_H
#define SB_BASE_FILE_PARTS_H

#include <sys/types.h>

#include "sidebet/error.h"

/* "cannot WHAT 'PATH': " and what the system says of this error number. */
sb_status sb_file_refused(sb_error *error, const char *what, const char *path, int number);

/* ---- temporary_file.c ---- */

/* The part of path up to and including its last slash; "" where it has none. Freed by the caller.
 */
char *sb_folder_of(const char *path);
/* A new file beside `real`; its name in *name. Made with the permissions that the final file has
 * from the start, for a new file as the umask says, which mkstemp() followed by chmod() could only
 * do by changing the umask of the whole process for a moment. A descriptor; -1 and errno. */
int sb_temporary_open(const char *real, mode_t mode, char **name);
/* Remove what a process that was killed has left beside this file. */
void sb_temporaries_sweep(const char *real);

#endif
