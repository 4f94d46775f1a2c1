/* What the files of the environment share: labels, and the blank environment.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MODEL_ENVIRONMENT_PARTS_H
#define SB_MODEL_ENVIRONMENT_PARTS_H

#include "sidebet/environment.h"

/* ---- labels (environment_labels.c) ---- */

char **sb_labels_copy(const char *const *labels, size_t count); /* NULL when memory runs out */
/* "1", "2", .. */
char **sb_labels_number(size_t count);
/* The labels of a plain list of values. */
char **sb_labels_of_values(const fmpq *values, size_t count);
void sb_labels_free(char **labels, size_t count); /* labels may be NULL */
/* The position of a label, or count. */
size_t sb_labels_find(char *const *labels, size_t count, const char *label);
/* A copy of base, or "base (b)", "base (c)", .. : the first that differs from all labels but the
 * one at `except`. NULL when memory runs out. */
char *sb_label_unique(const char *base, char *const *labels, size_t count, size_t except);
/* Whether label is base or that with a suffix of sb_label_unique's. */
bool sb_label_repeats(const char *label, const char *base);
/* A name or label by itself; `what` names it in the message ("a type's label"). */
sb_status sb_label_check(const char *label, const char *what, sb_error *error);
/* All of a list, and that they are distinct. */
sb_status sb_labels_check(char *const *labels, size_t count, const char *what, const char *whose,
                          sb_error *error);

/* ---- profiles (players.c) ---- */

/* The product of the sizes of the players from `first` on: how far apart profiles are that differ
 * by one in the type of the player before `first`. */
size_t sb_players_product_from(const sb_environment *environment, size_t first);

/* ---- the whole (environment.c) ---- */

/* No agents, no outcomes, all numbers zero, initial rules, title NULL; freed by sb_environment_free
 * at any stage of being filled. NULL when memory runs out. */
sb_environment *sb_environment_blank(void);
/* The outcome at which this bidder gets the item. NULL when memory runs out. */
char *sb_item_outcome_label(const char *name);
/* Whether a bidder may be called so: "nobody gets it" is taken. */
sb_status sb_item_name_check(const char *name, sb_error *error);
/* The weights are now a plain table: forget how they were generated. */
void sb_prior_source_become_table(sb_environment *environment);

#endif
