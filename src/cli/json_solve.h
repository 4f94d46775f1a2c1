/* Members that several JSON answers share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_JSON_SOLVE_H
#define SB_CLI_JSON_SOLVE_H

#include "cli/json_writer.h"
#include "sidebet/mechanism.h"

/* "rules": the name of each rule and its choice, or, where agents differ in it, an object with the
 * choice of each; and "reports" where there are reporting sets. */
void sb_json_rules(sb_json *json, const sb_environment *environment);

/* "mechanism": for each profile its labels, its probability, the allocation and the payments, and
 * where it is exact the same as fractions. mechanism NULL: an empty list. */
void sb_json_mechanism(sb_json *json, const sb_environment *environment,
                       const sb_mechanism *mechanism, bool exact);

#endif
