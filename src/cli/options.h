/* The options: one table that parsing, the help and the manual share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules come first in the table, made from sb_rule_describe: a new rule is an option at once.
 */
#ifndef SB_CLI_OPTIONS_H
#define SB_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sidebet/error.h"
#include "sidebet/estimate.h"
#include "sidebet/prior_edit.h"
#include "sidebet/rational.h"
#include "sidebet/robust.h"
#include "sidebet/rules.h"
#include "sidebet/separation.h"

typedef enum sb_option_kind {
    SB_OPTION_RULE,
    SB_OPTION_JSON,
    SB_OPTION_CSV,
    SB_OPTION_FIGURE,
    SB_OPTION_PRIOR_CSV,
    SB_OPTION_REPORT_PAYMENTS,
    SB_OPTION_POINTS,
    SB_OPTION_DECADES,
    SB_OPTION_LAMBDA,
    SB_OPTION_NO_PAYMENTS,
    SB_OPTION_ALONG,
    SB_OPTION_SLACK,
    SB_OPTION_PROOF,
    SB_OPTION_CERTIFICATE,
    SB_OPTION_AGAINST,
    SB_OPTION_MASS,
    SB_OPTION_BOX,
    SB_OPTION_LOWER,
    SB_OPTION_UPPER,
    SB_OPTION_SAMPLES,
    SB_OPTION_EPSILON,
    SB_OPTION_ALPHA,
    SB_OPTION_LEVEL,
    SB_OPTION_INTERVALS,
    SB_OPTION_DRAWS,
    SB_OPTION_SEED,
    SB_OPTION_TRUTH,
    SB_OPTION_COUNT,
    SB_OPTION_COUNTS,
    SB_OPTION_COVERAGE,
    SB_OPTION_ROBUST_OBJECTIVE, /* --objective, with words that are no rule's */
    SB_OPTION_METHOD,
    SB_OPTION_CUTS,
    SB_OPTION_BEGIN,
    SB_OPTION_STEPS,
    SB_OPTION_ROUNDS,
    SB_OPTION_SAVE_STEPS,
    SB_OPTION_REPLAY,
    SB_OPTION_PRICE,
    SB_OPTION_CORRELATION,
    SB_OPTION_TYPES,
    SB_OPTION_SIGNALS,
    SB_OPTION_REPETITIONS,
    SB_OPTION_MECHANISMS,
    SB_OPTION_WORKERS,
    SB_OPTION_SHARD,
    SB_OPTION_RESUME,
    SB_OPTION_OUTPUT,
    SB_OPTION_NORM,
    SB_OPTION_AGENT,
    SB_OPTION_WITHIN,
    SB_OPTION_TIME_LIMIT,
    SB_OPTION_MEMORY_LIMIT,
    SB_OPTION_KEEP_GOING,
    SB_OPTION_CHECK,
    SB_OPTION_CONFIG,
    SB_OPTION_NO_CONFIG,
    SB_OPTION_RESTORE,
    SB_OPTION_FORMAT,
    SB_OPTION_SYMBOLIC,
    SB_OPTION_MDOC, /* hidden: for the manual */
    SB_OPTION_HELP,
    SB_OPTION_VERSION
} sb_option_kind;
typedef uint64_t sb_option_bits; /* a set of kinds; at most 64 */
#define SB_OPTION_BIT(kind) (UINT64_C(1) << (kind))
_Static_assert(SB_OPTION_VERSION < 64, "every kind of option needs a bit of sb_option_bits");

typedef struct sb_option {
    const char *name; /* without the dashes */
    char letter;      /* short form; 0: none */
    sb_option_kind kind;
    sb_rule rule;          /* SB_OPTION_RULE only */
    char argument[96];     /* "FILE"; words to choose from: "exact|floating"; "" for none */
    char explanation[320]; /* sentences */
} sb_option;

size_t sb_option_count(void);
void sb_option_at(size_t index, sb_option *option);
/* The first option of a kind. */
bool sb_option_find(sb_option_kind kind, sb_option *option);

/* A rule that stands in place of what FILE says, for all agents or for one. */
typedef struct sb_rule_argument {
    sb_rule rule;
    char *agent; /* NULL: all */
    const char *choice;
} sb_rule_argument;
typedef struct sb_rule_arguments {
    size_t count, capacity;
    sb_rule_argument *each; /* those for all agents first */
} sb_rule_arguments;

/* Numbers of an option that may be repeated, each time with several separated by commas. */
typedef struct sb_number_list {
    size_t count, capacity;
    fmpq *numbers;
} sb_number_list;

/* Which beliefs a mechanism must hold for, and how it is found. */
typedef struct sb_robust_arguments {
    sb_number_list radii, epsilons, alphas; /* --box, --epsilon, --alpha */
    const char *lower, *upper, *samples, *truth;
    sb_interval_level level;
    sb_interval_method intervals;
    size_t draws; /* 0: not given */
    uint64_t seed;
    sb_robust_objective objective;
    sb_robust_method method;
    sb_cut_choice cuts;
    sb_cut_beginning beginning;
    size_t rounds; /* 0: no limit */
    const char *save_steps, *replay;
} sb_robust_arguments;

/* What is simulated, and how the work is spread. */
typedef struct sb_simulation_arguments {
    sb_number_list correlations;
    const char *types, *signals, *mechanisms; /* lists; NULL: not given */
    size_t repetitions, workers;              /* 0: not given */
    size_t shard, shards;                     /* shards 0: not given; shard from 0 */
    const char *resume, *output;
} sb_simulation_arguments;

/* The command line, read. Texts point into argv. */
typedef struct sb_arguments {
    sb_option_bits given; /* SB_OPTION_BIT of every option there was */
    sb_rule_arguments rules;
    const char *prior_csv;
    const char *certificate; /* where to write it */
    const char *against;     /* the environment that a certificate must be about */
    sb_mass_mode mass;       /* marginals unless given */
    sb_norm norm;            /* 1-norm unless given */
    const char *agent;       /* by name; NULL: all */
    const char *mdoc;
    const char *config; /* NULL: the usual one */
    const char *format; /* a word of --format; NULL: not given */
    bool exact;
    bool smallest_payments;        /* which optimal mechanism is reported */
    double time_limit;             /* seconds; 0: none */
    size_t memory_limit;           /* megabytes; 0: the default */
    const char *figure;            /* its ending is one that can be drawn */
    size_t points, decades, along; /* 0: not given */
    size_t count, coverage;        /* samples, repetitions; 0: not given */
    sb_number_list lambdas, slacks, withins;
    sb_robust_arguments robust;
    sb_simulation_arguments simulation;
    size_t operand_count;
    const char **operands; /* owned array */
} sb_arguments;

/* Read argv[1..argc). Options and operands may be mixed; everything behind "--" is an operand, and
 * so is "-". Names and values of options are checked here, whether an option belongs to the
 * subcommand is not. */
sb_status sb_arguments_parse(sb_arguments *arguments, int argc, char **argv, sb_error *error);
void sb_arguments_clear(sb_arguments *arguments);
/* Refuse options that are not in `allowed` (bits); subcommand is named in the message. */
sb_status sb_arguments_allow(const sb_arguments *arguments, const char *subcommand,
                             sb_option_bits allowed, sb_error *error);

#endif
