/* What the parts of the environment reader share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_MODEL_ENVIRONMENT_READ_H
#define SB_MODEL_ENVIRONMENT_READ_H

#include "model/environment_parts.h"
#include "model/yaml_tree.h"

typedef struct sb_reader {
    const char *name; /* the file in messages, and what relative paths are beside */
    sb_notes *notes;  /* may be NULL */
    sb_error *error;  /* may be NULL */
} sb_reader;

/* ---- environment_read_node.c: one node ---- */

/* Report SB_ERROR_INPUT at a node (NULL: at no place); hint may be NULL. Returns the status. */
sb_status sb_read_fail(const sb_reader *reader, const sb_yaml_node *at, const char *hint,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Give an error that a function below reported the place of a node. Returns the status. */
sb_status sb_read_place(const sb_reader *reader, const sb_yaml_node *at, sb_status status);

/* "a list of 3 entries", "nothing", "'abc'": what stands at a node. */
const char *sb_read_found(const sb_yaml_node *node, char found[96]);

/* The node is a list of at least one entry; `what` names it: "the values of 'agent 1'". */
sb_status sb_read_want_list(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                            const char *hint);
sb_status sb_read_want_mapping(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                               const char *hint);

/* Every key of the mapping is among the known ones; else an error at the key that lists them. */
sb_status sb_read_check_keys(const sb_reader *reader, const sb_yaml_node *mapping,
                             const char *where, const char *const *known, size_t count);

/* The known text nearest to a mistyped one, at most two edits away, or NULL. */
const char *sb_read_suggest(const char *text, const char *const *known, size_t count);

/* A number. fraction (may be NULL) is set when it was written as one, else left alone. */
sb_status sb_read_number(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                         fmpq_t value, bool *fraction);
/* A whole number from least to limit. */
sb_status sb_read_whole(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                        unsigned long long least, unsigned long long limit,
                        unsigned long long *value);

/* A text without control characters, and the same as a name or label. They belong to the tree. */
sb_status sb_read_text(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                       const char **text);
sb_status sb_read_label(const sb_reader *reader, const sb_yaml_node *node, const char *what,
                        const char **label);
/* Distinct labels out of nodes[0..count), the array freed by the caller, the texts the tree's. */
sb_status sb_read_labels(const sb_reader *reader, const sb_yaml_node *nodes, size_t count,
                         const char *what, const char ***labels);

/* ---- environment_read_players.c: what both forms have ---- */

typedef struct sb_read_signal {
    const char *name; /* "signal" when none was given; texts are the tree's */
    size_t count;     /* 0: no signal */
    const char **labels;
} sb_read_signal;
/* The `signal:` section, if there is one. labels are freed by the caller. */
sb_status sb_read_signal_section(const sb_reader *reader, const sb_yaml_node *root,
                                 sb_read_signal *signal);

/* The name of an agent: as given in the mapping, or "agent k". Freed by the caller. */
sb_status sb_read_agent_name(const sb_reader *reader, const sb_yaml_node *mapping, size_t agent,
                             const char *alone, char **name);

/* Names are distinct, and players and profiles within the limits. sizes has one entry an agent. */
sb_status sb_read_check_players(const sb_reader *reader, const sb_yaml_node *section,
                                char *const *names, const size_t *sizes, size_t agent_count,
                                const sb_read_signal *signal);

/* The `outside:` section, if there is one, into agents[i].outside. */
sb_status sb_read_outside(const sb_reader *reader, const sb_yaml_node *root,
                          sb_environment *environment);
/* An error at a label that is none of these: "SENTENCE 'label'", with the nearest and a list. */
sb_status sb_read_fail_label(const sb_reader *reader, const sb_yaml_node *node,
                             const char *sentence, const char *const *labels, size_t count);
/* Every key of a mapping by agent or by type is one of the labels there. */
sb_status sb_read_check_labels(const sb_reader *reader, const sb_yaml_node *mapping,
                               const char *what, const char *const *labels, size_t count);
/* The names of the agents as an array, freed by the caller; the texts are the environment's. */
const char **sb_read_agent_names(const sb_environment *environment);

/* ---- environment_read_valuers.c: agents described by what they value ---- */

/* How a list of them is written, for messages and for reading. */
typedef struct sb_read_kind {
    const char *role; /* "bidder", "agent" */
    const char *key;  /* "values" or "costs" */
    const char *hint, *list_hint, *values_hint;
    bool role_alone;    /* "the buyer", not "buyer 1" */
    bool wants;         /* single-minded ones may say what they want */
    size_t thing_count; /* what a type has a value of each; 0: it has one value */
    char *const *things;
} sb_read_kind;

typedef struct sb_read_valuer {
    char *name;
    size_t type_count, value_count;
    fmpq *values;
    const char **labels; /* NULL where the values are a plain list; the texts are the tree's */
    unsigned wants;
} sb_read_valuer;
typedef struct sb_read_valuers {
    size_t count;
    sb_read_valuer *each;
} sb_read_valuers;
sb_status sb_read_valuers_init(sb_read_valuers *valuers, size_t count, sb_error *error);
void sb_read_valuers_clear(sb_read_valuers *valuers);
/* One of them; alone: the name where none is given, NULL for "agent k". */
sb_status sb_read_valuer_node(const sb_reader *reader, const sb_yaml_node *node,
                              const sb_read_kind *kind, size_t index, const char *alone,
                              sb_read_valuer *valuer);
/* A list of them; alone is the name of a single one. */
sb_status sb_read_valuer_list(const sb_reader *reader, const sb_yaml_node *list,
                              const sb_read_kind *kind, const char *alone,
                              sb_read_valuers *valuers);
sb_status sb_read_check_valuers(const sb_reader *reader, const sb_yaml_node *section,
                                const sb_read_valuers *valuers, const sb_read_signal *signal);

/* ---- the sections ---- */

sb_status sb_read_item(const sb_reader *reader, const sb_yaml_node *root,
                       sb_environment **environment);
sb_status sb_read_general(const sb_reader *reader, const sb_yaml_node *root,
                          sb_environment **environment);
/* The section of any other short form (environment_read_form.c). */
sb_status sb_read_form(const sb_reader *reader, const sb_yaml_node *root, sb_environment_form form,
                       sb_environment **environment);
sb_status sb_read_prior(const sb_reader *reader, const sb_yaml_node *node,
                        sb_environment *environment);
/* The `rules:` section (environment_read_rules.c). */
sb_status sb_read_rules(const sb_reader *reader, const sb_yaml_node *rules,
                        sb_environment *environment);
/* The `reports:` section, if there is one (environment_read_reports.c). */
sb_status sb_read_reports(const sb_reader *reader, const sb_yaml_node *root,
                          sb_environment *environment);
/* The `robust:` section (environment_read_robust.c). */
sb_status sb_read_robust(const sb_reader *reader, const sb_yaml_node *section,
                         sb_environment *environment);

/* A note that a prior (or one list of it) does not sum to 1, if it does not. */
void sb_read_note_sum(const fmpq_t sum, const char *what, sb_notes *notes);
/* Notes about the prior of a finished environment: types of probability zero. */
void sb_read_note_prior(const sb_environment *environment, sb_notes *notes);

#endif
