/* What the parts of the environment writer share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MODEL_ENVIRONMENT_WRITE_H
#define SB_MODEL_ENVIRONMENT_WRITE_H

#include "base/text.h"
#include "sidebet/environment.h"

/* Refuse an environment whose text would not be read back. */
sb_status sb_write_check(const sb_environment *environment, sb_error *error);

/* Flow lists. */
void sb_write_labels(sb_text *out, char *const *labels, size_t count);
void sb_write_numbers(sb_text *out, const fmpq *numbers, size_t count, sb_number_style style);

/* The section of a short form (environment_write_form.c). */
void sb_write_form(sb_text *out, const sb_environment *environment);

/* Reporting sets, where there are some, and rules (environment_write_rules.c). */
void sb_write_reports(sb_text *out, const sb_environment *environment);
void sb_write_rules(sb_text *out, const sb_environment *environment);

/* The description of a consistent set, where there is one (environment_write_robust.c). */
void sb_write_robust(sb_text *out, const sb_environment *environment);

#endif
