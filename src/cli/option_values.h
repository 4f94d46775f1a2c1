/* Reading the values of options.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_CLI_OPTION_VALUES_H
#define SB_CLI_OPTION_VALUES_H

#include "cli/options.h"
#include "sidebet/environment.h"

/* Each is a usage error that names the option and shows how to write it where the value is not one.
 * Names are without the dashes. */
sb_status sb_option_read_seconds(double *seconds, const char *value, sb_error *error);
/* A whole number from 1 to most. */
sb_status sb_option_read_count(size_t *count, const char *name, size_t most, const char *value,
                               sb_error *error);
/* *first: whether the first of two words was given. */
sb_status sb_option_read_choice(bool *first, const char *name, const char *first_word,
                                const char *second_word, const char *value, sb_error *error);
/* One of the mass modes, by name. */
sb_status sb_option_read_mass(sb_mass_mode *mode, const char *value, sb_error *error);
/* Non-negative numbers separated by commas, added to the list. */
sb_status sb_option_read_numbers(sb_number_list *list, const char *name, const char *value,
                                 sb_error *error);
/* Which of the option's words, "one|type|all", the value is; and whether it is any of them. */
sb_status sb_option_read_word(size_t *index, const sb_option *option, const char *value,
                              sb_error *error);
bool sb_option_knows(const sb_option *option, const char *value);
sb_status sb_option_read_seed(uint64_t *seed, const char *value, sb_error *error);
/* The options of robust design. */
sb_status sb_option_read_robust(sb_robust_arguments *robust, const sb_option *option,
                                const char *value, sb_error *error);
/* The options of simulations; and a list of whole numbers from 1 to most, *counts freed by the
 * caller. */
sb_status sb_option_read_simulation(sb_simulation_arguments *simulation, const sb_option *option,
                                    const char *value, sb_error *error);
sb_status sb_option_read_counts(size_t **counts, size_t *count, const char *name, size_t most,
                                const char *value, sb_error *error);
/* A rule: "none", or "Bob=none" where agents may differ in it. */
sb_status sb_option_read_rule(sb_rule_arguments *list, const sb_option *option, const char *value,
                              sb_error *error);
void sb_rule_arguments_clear(sb_rule_arguments *list);
bool sb_rule_arguments_have(const sb_rule_arguments *list, sb_rule rule);
/* The agent that is meant, (size_t)-1 for all; usage error where the environment has none of that
 * name. */
sb_status sb_rule_arguments_find(const sb_rule_argument *argument,
                                 const sb_environment *environment, size_t *agent, sb_error *error);
/* Put the rules in place of the environment's. */
sb_status sb_rule_arguments_apply(const sb_rule_arguments *list, sb_environment *environment,
                                  sb_error *error);
void sb_number_list_clear(sb_number_list *list);

#endif
