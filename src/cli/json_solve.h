/* Members that several JSON answers share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_JSON_SOLVE_H
#define SB_CLI_JSON_SOLVE_H

#include "cli/json_writer.h"
#include "sidebet/rules.h"

/* "rules": the name of each rule and its choice. */
void sb_json_rules(sb_json *json, const sb_rules *rules);

#endif
