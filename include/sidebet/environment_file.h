/* Reading and writing environments: YAML, and CSV tables.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The format is described in sidebet(5). Scalars are read as written, so 0.251 and 1/4 stay exact.
 * Unknown keys, wrong shapes, negative or non-numeric entries are errors with file, line, column
 * and a remedy.
 */
#ifndef SIDEBET_ENVIRONMENT_FILE_H
#define SIDEBET_ENVIRONMENT_FILE_H

#include "sidebet/declarations.h"
#include "sidebet/environment.h"

SB_DECLARATIONS_BEGIN

/* Read a file; "-" is standard input. Remarks (weights that do not sum to 1, types of probability
 * zero) go to notes (may be NULL). The caller owns *environment. A path ending in .csv is read as a
 * bare table of two bidders: see sb_environment_parse_csv. */
sb_status sb_environment_read(const char *path, sb_environment **environment, sb_notes *notes,
                              sb_error *error);

/* The same from memory; name stands for the file in messages, and relative paths inside the text
 * (prior: {csv: FILE}) are looked up beside it. */
sb_status sb_environment_parse(const char *text, size_t length, const char *name,
                               sb_environment **environment, sb_notes *notes, sb_error *error);

/* A table: optional header row and header column of labels, then numbers; comma, semicolon or tab
 * separates. Rows are bidder 1, columns bidder 2; labels that are numbers are their values, other
 * labels (or none) get values 1, 2, .. The first row holds labels when none of its fields is a
 * number, the first column likewise, and both when the corner is empty or the only field of its row
 * and column that is no number. The caller owns *environment. */
sb_status sb_environment_parse_csv(const char *text, size_t length, const char *name,
                                   sb_environment **environment, sb_notes *notes, sb_error *error);

/* Replace the weights by a CSV table: the last player's types are the columns, the combinations of
 * the others the rows. One more row or column is skipped where it holds the labels of the types or
 * no numbers. On failure the environment is unchanged. */
sb_status sb_environment_import_csv(sb_environment *environment, const char *path, sb_error *error);

/* The YAML text: reading it back gives an equal environment. Freed by the caller. */
sb_status sb_environment_format(const sb_environment *environment, char **text, sb_error *error);

/* Write the YAML text to a temporary file beside path, flush it to disk and rename it: path holds
 * the old or the new text, never less. Permissions of an existing file are kept; a symbolic link is
 * followed. */
sb_status sb_environment_save(const sb_environment *environment, const char *path, sb_error *error);

SB_DECLARATIONS_END

#endif
