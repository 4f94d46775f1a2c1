/* The tours that come with the program: a numbered list.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_TOURS_H
#define SB_SESSION_TOURS_H

#include <stddef.h>

#include "sidebet/error.h"

typedef struct sb_tour_listed {
    long number; /* its file's name begins with it */
    char *name;  /* the rest of the file's name: "a-simple-example" */
    char *path;
    char *title; /* its first line; "" where that cannot be read */
} sb_tour_listed;

typedef struct sb_tours {
    size_t count;
    sb_tour_listed *each; /* by number */
} sb_tours;

/* Those in the first of these folders that has any: demos/tours of SIDEBET_DATA, of share/sidebet
 * beside the program's own folder, of the folder above it (as built), of /usr/local/share/sidebet
 * and of /usr/share/sidebet. None found is no error. */
sb_status sb_tours_list(sb_tours *tours, sb_error *error);
void sb_tours_clear(sb_tours *tours);

/* The file that a person means by a number, a name, the beginning of one name only, or a file's
 * name. Freed by the caller; NULL with an error. */
char *sb_tours_find(const char *word, sb_error *error);

#endif
