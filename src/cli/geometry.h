/* The answer of sidebet geometry: for people, for programs, for the wall.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_GEOMETRY_H
#define SB_CLI_GEOMETRY_H

#include "base/text.h"
#include "sidebet/geometry.h"

typedef struct sb_geometry_answer {
    sb_environment *environment; /* owned */
    sb_extraction extraction;
    size_t first, count; /* the agents looked at */
    sb_geometry *geometries;
    sb_notes notes; /* of the reader */
    double seconds;
} sb_geometry_answer;

/* "low", "low, rain", "all others": what is at a corner. Freed by the caller; NULL when memory runs
 * out. */
char *sb_geometry_answer_corner(const sb_geometry_answer *answer, const sb_geometry *geometry,
                                size_t corner);
/* Whether bets are planes of the picture. */
bool sb_geometry_answer_draws_bets(const sb_geometry *geometry);

/* `whole` is an sb_geometry_answer. */
void sb_report_geometry(sb_text *text, const void *whole, size_t width);
void sb_json_geometry(sb_text *text, const void *whole);
void sb_csv_geometry(sb_text *text, const void *whole);

#endif
