/* What the fuzz targets share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each fuzz_NAME.c is one target: libFuzzer calls it with made-up inputs, replay.c with the kept
 * ones. A target returns for whatever input there is; an abort is a finding.
 */
#ifndef SB_TESTS_FUZZ_H
#define SB_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "session/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Abort, and say what does not hold, unless it holds. */
void fuzz_require(int holds, const char *what);

/* ---- a folder that takes all that a command writes (scratch.c) ---- */

/* Enter it, the first time; settings and state are looked for there, and it goes at the end. Holds
 * fuzz.yaml, an example of two bidders of two types, and forecast.yaml, one of a bidder and a
 * signal. */
void fuzz_enter_scratch(void);
/* Back to those two files. */
void fuzz_clean_scratch(void);
/* A text made of the input, freed by the caller: as it is, but for what would leave the folder (a
 * slash that divides no two numbers), and digits beyond the second where a line's number could ask
 * for hours of work. */
char *fuzz_tame(const uint8_t *data, size_t size);
/* Put bytes into a file of the folder. */
void fuzz_write(const char *path, const char *bytes, size_t length);

/* ---- environments (environments.c) ---- */

/* One of the two files of the folder, freed by the caller. */
sb_environment *fuzz_example(const char *path);
/* What of it can be written reads as the same. */
void fuzz_require_reads_back(const sb_environment *environment);

#endif
