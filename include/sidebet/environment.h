/* The environment: agents, types, signal, outcomes, utilities, prior, rules.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Agents i = 0..n-1 have finite type sets. An optional external signal is seen by the seller and
 * reported by nobody. Players are the agents in order and then, where there is one, the signal. A
 * profile (theta_1, .., theta_n, omega) is numbered as the entries of the nested lists of a file
 * are read: the last player varies fastest.
 *
 *     profile = ((theta_1 * |Theta_2| + theta_2) * ... ) * |Omega| + omega
 *
 * What agent i conditions on is "the others": the other agents' types and the signal. The others of
 * agent i are numbered the same way with player i left out.
 *
 * The prior is kept as weights; the probability of a profile is its weight over the sum of weights.
 */
#ifndef SIDEBET_ENVIRONMENT_H
#define SIDEBET_ENVIRONMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "sidebet/declarations.h"
#include "sidebet/error.h"
#include "sidebet/rational.h"
#include "sidebet/rules.h"
#include "sidebet/set_description.h"

SB_DECLARATIONS_BEGIN

/* Refused beyond these, with a clear sentence. */
#define SB_MAX_PROFILES  1000000
#define SB_MAX_TYPES     10000 /* of one agent */
#define SB_MAX_OUTCOMES  10000
#define SB_MAX_UTILITIES 10000000 /* types times outcomes, all agents together */
#define SB_MAX_GOODS     16       /* items of one sale, assets of one division */

/* An agent with more types can have no reporting sets. */
#define SB_MAX_REPORTING_TYPES 4096

/* Names and labels have 1 to this many bytes of UTF-8, no control characters, no blank at either
 * end, and are distinct among the players, within a player's types, and among the outcomes. */
#define SB_MAX_LABEL 64

typedef struct sb_agent {
    char *name;
    size_t type_count;
    char **types;       /* labels, distinct within the agent */
    size_t value_count; /* short forms: the numbers that describe a type; 0 in the general form */
    fmpq *values;       /* those of theta at [theta * value_count + k]; NULL in the general form */
    unsigned wants;     /* SB_FORM_ITEMS: the items (bit g: item g) of a single-minded bidder, whose
                           one value is of having them all; 0: additive, a value an item */
    fmpq *utilities;    /* u_i(theta, o) at [theta * outcome_count + o] */
    fmpq *outside;      /* utility of not taking part, by type; zeros unless given */
    bool *reports;      /* reporting sets (partial verification): type theta may report r where
                           [theta * type_count + r]; its own always; NULL: any type may report any */
} sb_agent;

/* How the environment was written, so that it can be written back. Outcomes, utilities and the
 * designer's values are always there in full; in all forms but the general one they follow from
 * fewer numbers, which are what is kept in the file and edited. */
typedef enum sb_environment_form {
    SB_FORM_ITEM,    /* one item: outcomes "NAME gets it" per agent, then "nobody gets it" */
    SB_FORM_GENERAL, /* any outcomes and utilities */
    /* k identical units, one for a bidder at most: outcomes are the sets of bidders who get one,
     * the largest sets first: "a and b get one", "a gets one", .., "nobody gets one". */
    SB_FORM_UNITS,
    /* Distinct items: outcomes are the assignments of each to a bidder or nobody, the first item's
     * slowest: "left and right to a", "left to a, right to b", .., "nobody gets anything". */
    SB_FORM_ITEMS,
    SB_FORM_PUBLIC_GOOD, /* "provided" at a cost to the designer, or "not provided" */
    SB_FORM_TRADE,       /* agents 0, the buyer with values, and 1, the seller with costs: "trade",
                            "no trade" */
    /* Assets that the agents own together: each goes to an agent or to one of its other uses
     * ("house sold"), which every agent has a value of. The first asset's choices are slowest. */
    SB_FORM_DIVISION,
    SB_FORM_COUNT
} sb_environment_form;

/* One of the items for sale, or an asset to divide. */
typedef struct sb_good {
    char *name;
    fmpq reserve;     /* an item: the seller's own value of keeping it; 0 for an asset */
    size_t use_count; /* an asset: what may become of it other than going to one agent; else 0 */
    char **uses;      /* words that come after its name: "sold" */
} sb_good;

typedef enum sb_prior_source_kind {
    SB_PRIOR_TABLE,            /* weights as written, or edited since */
    SB_PRIOR_INDEPENDENT,      /* product of one list of weights a player */
    SB_PRIOR_BIVARIATE_NORMAL, /* discretised normal on k equally spaced points, both ends included
                                */
    SB_PRIOR_RANDOM            /* seeded random weights */
} sb_prior_source_kind;

/* Where the weights came from. An edit of a weight turns it into SB_PRIOR_TABLE. */
typedef struct sb_prior_source {
    sb_prior_source_kind kind;
    sb_number_style style;      /* table: fractions if any entry was written as one */
    fmpq *marginals;            /* independent: the lists, one after another */
    fmpq correlation, from, to; /* bivariate normal */
    int digits; /* bivariate normal and random: digits after the point of each weight */
    unsigned long long seed; /* random */
} sb_prior_source;

typedef struct sb_environment {
    char *title; /* "" when none was given */
    sb_environment_form form;
    size_t agent_count;
    sb_agent *agents;
    bool has_signal;
    char *signal_name; /* NULL without a signal */
    size_t signal_count;
    char **signals; /* labels */
    size_t outcome_count;
    char **outcomes;   /* labels */
    fmpq *designer;    /* u_0(o) */
    fmpq reserve;      /* item, units: the seller's own value of keeping it, or each unit */
    fmpq cost;         /* public good: what providing it costs the designer */
    size_t unit_count; /* units: how many there are */
    size_t good_count; /* items, division */
    sb_good *goods;
    fmpq *weights;   /* one a profile, >= 0, sum > 0 */
    fmpq weight_sum; /* kept equal to their sum by every function here */
    sb_prior_source source;
    sb_rules rules;
    sb_set_description
        robust; /* one agent and a signal: the consistent set; else it says nothing */
} sb_environment;

/* ---- making and freeing ---- */

typedef struct sb_bidder_description {
    const char *name;
    size_t value_count;
    const char *const *labels; /* NULL: the values' texts (sb_environment_value_label) */
    const fmpq *values;
} sb_bidder_description;

/* One item for sale with free disposal to bidder_count bidders, and, if signal_count > 0, a signal.
 * signal_labels NULL: "1", "2", ... reserve NULL: 0. All weights start equal to 1. The caller owns
 * *environment. */
sb_status sb_environment_new_item(const sb_bidder_description *bidders, size_t bidder_count,
                                  const char *signal_name, size_t signal_count,
                                  const char *const *signal_labels, const fmpq_t reserve,
                                  sb_environment **environment, sb_error *error);

/* Any outcomes: agents with types but zero utilities, designer's values and outside options zero,
 * all weights 1; fill agents[i].utilities and so on afterwards. Labels are copied. */
typedef struct sb_agent_description {
    const char *name;
    size_t type_count;
    const char *const *types;
} sb_agent_description;
sb_status sb_environment_new_general(const sb_agent_description *agents, size_t agent_count,
                                     const char *const *outcomes, size_t outcome_count,
                                     const char *signal_name, size_t signal_count,
                                     const char *const *signal_labels, sb_environment **environment,
                                     sb_error *error);

/* Any of the forms from SB_FORM_UNITS on. */
typedef struct sb_valuer_description {
    const char *name;
    size_t type_count;
    const char *const *labels; /* NULL: the values' texts, joined by "+" where there are several */
    const fmpq *values;        /* as in sb_agent, as many a type as sb_form_value_count says */
    unsigned wants;            /* items: as in sb_agent; else 0 */
} sb_valuer_description;
typedef struct sb_form_description {
    sb_environment_form form;
    size_t agent_count; /* trade: 2 */
    const sb_valuer_description *agents;
    size_t unit_count;   /* units: 1 or more */
    const fmpq *reserve; /* units: the seller's value of each unit kept; NULL: 0 */
    const fmpq *cost;    /* public good; NULL: 0 */
    size_t good_count;   /* items, division: 1 to SB_MAX_GOODS, copied */
    const sb_good *goods;
} sb_form_description;
/* All weights start equal to 1. The caller owns *environment. */
sb_status sb_environment_new_form(const sb_form_description *form, const char *signal_name,
                                  size_t signal_count, const char *const *signal_labels,
                                  sb_environment **environment, sb_error *error);
/* How many numbers describe a type: 1 for one item, units, a public good, trade and a single-minded
 * bidder; one an item for an additive one; one an asset and one an other use in a division. */
size_t sb_form_value_count(sb_environment_form form, const sb_good *goods, size_t good_count,
                           unsigned wants);
/* "item", "units", "items", "public-good", "trade", "division", "agents": the key in a file. */
const char *sb_form_name(sb_environment_form form);

void sb_environment_free(sb_environment *environment); /* NULL allowed */
/* A deep copy; NULL when memory runs out. */
sb_environment *sb_environment_copy(const sb_environment *environment);
/* The same labels, numbers, source (its kind and what that kind is made from; not the style in
 * which a table is written), rules and description of a consistent set. */
bool sb_environment_equal(const sb_environment *left, const sb_environment *right);

/* ---- players and profiles ---- */

size_t sb_environment_player_count(const sb_environment *environment);
size_t sb_environment_player_size(const sb_environment *environment, size_t player);
const char *sb_environment_player_name(const sb_environment *environment, size_t player);
const char *sb_environment_label(const sb_environment *environment, size_t player, size_t type);
size_t sb_environment_profile_count(const sb_environment *environment);
/* types has one entry a player. */
void sb_environment_profile_split(const sb_environment *environment, size_t profile, size_t *types);
size_t sb_environment_profile_join(const sb_environment *environment, const size_t *types);
/* The type of one player at a profile. */
size_t sb_environment_type_at(const sb_environment *environment, size_t profile, size_t player);
/* How many others' profiles an agent conditions on: the columns of Gamma_i. */
size_t sb_environment_others_count(const sb_environment *environment, size_t agent);
/* The profile at which the agent has `type` and the others are number `others`. */
size_t sb_environment_profile_of(const sb_environment *environment, size_t agent, size_t type,
                                 size_t others);
/* The others' number at a profile. */
size_t sb_environment_others_at(const sb_environment *environment, size_t agent, size_t profile);
/* "(2, 1)", "(high, low, rain)": freed by the caller; NULL when memory runs out. */
char *sb_environment_profile_label(const sb_environment *environment, size_t profile);
/* The same with player `agent` left out: "1" for one other, "(low, rain)" for several, "" for none.
 */
char *sb_environment_others_label(const sb_environment *environment, size_t agent, size_t others);
/* Find by label (or by "#k", counting from 1). Usage error that lists what there is. */
sb_status sb_environment_find_player(const sb_environment *environment, const char *name,
                                     size_t *player, sb_error *error);
sb_status sb_environment_find_type(const sb_environment *environment, size_t player,
                                   const char *label, size_t *type, sb_error *error);
sb_status sb_environment_find_outcome(const sb_environment *environment, const char *label,
                                      size_t *outcome, sb_error *error);
/* A profile as labels (or "#k") separated by commas; blanks around each and one pair of parentheses
 * around all are allowed: "1,2", "(low, rain)". Labels may contain commas and parentheses. */
sb_status sb_environment_find_profile(const sb_environment *environment, const char *labels,
                                      size_t *profile, sb_error *error);

/* ---- what a type may report (partial verification) ---- */

/* Whether a type of an agent may report `report`: its reporting set has it. A mechanism must make
 * the truth best among these reports alone. Without reporting sets, any type may report any. */
bool sb_environment_may_report(const sb_environment *environment, size_t agent, size_t type,
                               size_t report);
/* Whether a type may report every type. */
bool sb_environment_may_report_any(const sb_environment *environment, size_t agent, size_t type);
/* Whether an agent's reporting sets (agent (size_t)-1: any agent's) leave something
 * out. */
bool sb_environment_has_reporting_sets(const sb_environment *environment, size_t agent);
/* Whether the revelation principle holds for an agent's reporting sets: whatever a type's reports
 * may report, the type may report itself (the nested range condition of Green and Laffont 1986).
 * Where it does not, a mechanism that is not truthful may do better than the best truthful one,
 * which is what is computed. On false one triple that breaks it: type may report `between`, which
 * may report `report`, which type may not. The pointers may be NULL. */
bool sb_environment_reports_are_nested(const sb_environment *environment, size_t agent,
                                       size_t *type, size_t *between, size_t *report);

/* An agent's reporting sets as they stand in files, types that may report any left out:
 * "{high: [low, high]}"; "{}" without sets. Freed by the caller; NULL when memory runs out. */
char *sb_environment_format_reports(const sb_environment *environment, size_t agent);

/* What comes of an outcome when some agents stay away (away[i]): what they would get is kept, and
 * there is no trade. The same outcome in the other forms, where that is not said. */
size_t sb_environment_outcome_without(const sb_environment *environment, size_t outcome,
                                      const bool *away);

/* ---- what a type is described by: its values, or in the general form its utilities ---- */

/* How many entries each type of the agent has. */
size_t sb_environment_entry_count(const sb_environment *environment, size_t agent);
const fmpq *sb_environment_entry(const sb_environment *environment, size_t agent, size_t type,
                                 size_t entry);
/* What entry k is about: "value", "cost" (a seller's), an item or all that a single-minded bidder
 * wants, an asset, an asset and another use ("house sold"), or an outcome. Freed by the caller;
 * NULL when memory runs out. */
char *sb_environment_entry_name(const sb_environment *environment, size_t agent, size_t entry);
/* By name or "#k", counting from 1. Usage error that lists what there is. */
sb_status sb_environment_find_entry(const sb_environment *environment, size_t agent,
                                    const char *name, size_t *entry, sb_error *error);
/* What follows from an edited value follows; a label that was the old values' text becomes the new
 * values'. */
sb_status sb_environment_set_entry(sb_environment *environment, size_t agent, size_t type,
                                   size_t entry, const fmpq_t number, sb_error *error);

/* ---- the prior ---- */

/* weight / sum of weights */
void sb_environment_probability(fmpq_t probability, const sb_environment *environment,
                                size_t profile);
/* The probability of one player's type. */
void sb_environment_marginal(fmpq_t probability, const sb_environment *environment, size_t player,
                             size_t type);
/* pi(others | type), an array of others_count in `conditional`; false (and zeros) when the type has
 * probability zero. */
bool sb_environment_conditional(fmpq *conditional, const sb_environment *environment, size_t agent,
                                size_t type);
/* A copy whose prior is the product of the marginals: the same marginals, no correlation. Its
 * source is SB_PRIOR_INDEPENDENT. NULL when memory runs out. */
sb_environment *sb_environment_without_correlation(const sb_environment *environment);

/* ---- changes: each leaves the environment valid or, on failure, unchanged ---- */

sb_status sb_environment_set_weight(sb_environment *environment, size_t profile,
                                    const fmpq_t weight, sb_error *error);
/* Replace all weights (profile_count of them) at once. */
sb_status sb_environment_set_weights(sb_environment *environment, const fmpq *weights,
                                     sb_error *error);
/* The product of one list of weights a player, the lists one after another in `marginals`; the
 * source becomes SB_PRIOR_INDEPENDENT and keeps them. */
sb_status sb_environment_set_independent(sb_environment *environment, const fmpq *marginals,
                                         sb_error *error);
/* All player sizes added up: the length of such lists. */
size_t sb_environment_marginal_count(const sb_environment *environment);
/* Where one value describes a type (single item, units, ..): an agent's value of a type; utilities
 * follow. A label that was the old value's text becomes the new value's. */
sb_status sb_environment_set_value(sb_environment *environment, size_t agent, size_t type,
                                   const fmpq_t value, sb_error *error);
/* Single item, units: what keeping it, or each unit, is worth to the seller; the designer's values
 * follow. */
sb_status sb_environment_set_reserve(sb_environment *environment, const fmpq_t reserve,
                                     sb_error *error);
/* Items: the same of one of them. */
sb_status sb_environment_set_good_reserve(sb_environment *environment, size_t good,
                                          const fmpq_t reserve, sb_error *error);
/* Public good: what providing it costs the designer. */
sb_status sb_environment_set_cost(sb_environment *environment, const fmpq_t cost, sb_error *error);
/* The label a plain list of values gives this one: its decimal text, rounded where that has more
 * than SB_MAX_LABEL bytes. Freed by the caller. A second type of the same text is called "1 (b)".
 */
char *sb_environment_value_label(const fmpq_t value);
/* Short forms: whether an agent's labels are the ones a plain list of its values would give. */
bool sb_environment_labels_are_values(const sb_environment *environment, size_t agent);
/* General form only (in the short forms it follows from the values). */
sb_status sb_environment_set_utility(sb_environment *environment, size_t agent, size_t type,
                                     size_t outcome, const fmpq_t utility, sb_error *error);
/* General form only: the designer's own value of an outcome. */
sb_status sb_environment_set_designer(sb_environment *environment, size_t outcome,
                                      const fmpq_t value, sb_error *error);
/* The utility of not taking part. */
sb_status sb_environment_set_outside(sb_environment *environment, size_t agent, size_t type,
                                     const fmpq_t utility, sb_error *error);
/* Whether a type may report another; refused for its own, which it always may. Sets that leave
 * nothing out are no sets. */
sb_status sb_environment_set_report(sb_environment *environment, size_t agent, size_t type,
                                    size_t report, bool allowed, sb_error *error);
/* All that a type may report at once: allowed[r] for each type r; its own counts as allowed. */
sb_status sb_environment_set_reports(sb_environment *environment, size_t agent, size_t type,
                                     const bool *allowed, sb_error *error);
/* A rule by names, as sb_rules_set reads them, for all agents or, where the rule is by agent, for
 * one alone. agent (size_t)-1: all. The common choice is then the one that most agents have (of
 * those equally many the rule's initial one, else the first agent's), so that environments whose
 * rules say the same of every agent are equal. */
sb_status sb_environment_set_rule(sb_environment *environment, sb_rule rule, size_t agent,
                                  const char *choice, sb_error *error);
/* "ex-interim", "ex-interim (Bob: none)": freed by the caller; NULL when memory runs out. */
char *sb_environment_format_rule(const sb_environment *environment, sb_rule rule);
/* Rename a player's type or a signal. */
sb_status sb_environment_rename_type(sb_environment *environment, size_t player, size_t type,
                                     const char *label, sb_error *error);
/* Short forms: the labels of outcomes follow. */
sb_status sb_environment_rename_player(sb_environment *environment, size_t player, const char *name,
                                       sb_error *error);
/* Items, division: the labels of outcomes follow. */
sb_status sb_environment_rename_good(sb_environment *environment, size_t good, const char *name,
                                     sb_error *error);
/* Division: one of the other uses of an asset, in words that come after its name. */
sb_status sb_environment_rename_use(sb_environment *environment, size_t good, size_t use,
                                    const char *words, sb_error *error);
/* General form only. */
sb_status sb_environment_rename_outcome(sb_environment *environment, size_t outcome,
                                        const char *label, sb_error *error);
/* Any UTF-8 text without control characters; "" for none. */
sb_status sb_environment_set_title(sb_environment *environment, const char *title, sb_error *error);
/* A new last type or signal with weight zero everywhere. value: where one value describes a type,
 * else NULL; utilities of the general form, and several values of a type, start at zero. label
 * NULL: the value's text, or the type's number. */
sb_status sb_environment_add_type(sb_environment *environment, size_t player, const char *label,
                                  const fmpq_t value, sb_error *error);
/* Refused for the last type, and where no weight would be left. */
sb_status sb_environment_remove_type(sb_environment *environment, size_t player, size_t type,
                                     sb_error *error);

SB_DECLARATIONS_END

#endif
