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
/* The labels of a plain list of values, value_count a type: their texts joined by "+", or "1", "2",
 * .. for more than SB_MOST_JOINED values. */
#define SB_MOST_JOINED ((size_t)3)
char **sb_labels_of_values(const fmpq *values, size_t value_count, size_t count);
/* The text that the label of one type would be, value_count at most SB_MOST_JOINED. */
char *sb_label_of_values(const fmpq *values, size_t value_count);
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

/* ---- reporting sets (environment_reports.c) ---- */

/* Sets of type_count by type_count that leave nothing out are freed and become NULL. */
void sb_reports_drop_full(bool **reports, size_t type_count);

/* ---- short forms (environment_outcomes.c) ---- */

/* What outcomes follow from. */
typedef struct sb_form_shape {
    sb_environment_form form; /* not the general one */
    size_t agent_count, unit_count, good_count;
    const sb_good *goods;
    const char *names[SB_MAX_PLAYERS];
} sb_form_shape;
void sb_form_shape_of(sb_form_shape *shape, const sb_environment *environment);
/* Exact up to SB_MAX_OUTCOMES, else any number beyond. */
size_t sb_form_outcome_count(const sb_form_shape *shape);
/* (environment_outcome_labels.c) */
sb_status sb_form_outcome_labels(const sb_form_shape *shape, char ***labels, sb_error *error);
/* The utilities of one type with these values, one an outcome. */
void sb_form_utilities(const sb_form_shape *shape, size_t agent, unsigned wants, const fmpq *values,
                       fmpq *utilities);
/* Fill in the designer's values. */
void sb_form_designer(sb_environment *environment);

/* The agent and its type exist (environment_changes.c). */
sb_status sb_agent_type_check(const sb_environment *environment, size_t agent, size_t type,
                              sb_error *error);

/* ---- goods (environment_form.c) ---- */

sb_good *sb_goods_copy(const sb_good *goods, size_t count); /* NULL when memory runs out */
void sb_goods_free(sb_good *goods, size_t count);           /* goods may be NULL */
bool sb_goods_equal(const sb_good *left, const sb_good *right, size_t count);
/* "house", "house sold", "car": what a type has a value of. NULL when memory runs out. */
char *sb_goods_thing_name(const sb_good *goods, size_t count, size_t thing);
/* How many of those there are. */
size_t sb_goods_thing_count(const sb_good *goods, size_t count);

/* Names of goods and things are labels, and distinct; and there are not too many. */
sb_status sb_goods_check(sb_environment_form form, const sb_good *goods, size_t good_count,
                         sb_error *error);

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
