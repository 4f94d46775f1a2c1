/* The rules a mechanism obeys, as data.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One table (sb_rule_describe) names every rule and every choice. The file reader, the command
 * line, the command language, the keys, the help and the manual all read that table: a new choice
 * is a new line there and the rows it stands for in the design program.
 */
#ifndef SIDEBET_RULES_H
#define SIDEBET_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "sidebet/declarations.h"
#include "sidebet/error.h"
#include "sidebet/rational.h"

SB_DECLARATIONS_BEGIN

/* Agents and the signal together; more are refused. */
#define SB_MAX_PLAYERS 16

typedef enum sb_rule {
    SB_RULE_INCENTIVES,    /* "ic"; an agent may have a choice of its own */
    SB_RULE_PARTICIPATION, /* "ir"; an agent may have a choice of its own */
    SB_RULE_OBJECTIVE,     /* "objective" */
    SB_RULE_PAYMENTS,      /* "payments" */
    SB_RULE_DETERMINISTIC, /* "deterministic" */
    SB_RULE_COUNT
} sb_rule;

/* Incentive compatibility. */
typedef enum sb_incentives { SB_IC_BAYES_NASH, SB_IC_EX_POST, SB_IC_NONE } sb_incentives;
/* Individual rationality. */
typedef enum sb_participation {
    SB_IR_EX_ANTE,
    SB_IR_EX_INTERIM,
    SB_IR_EX_POST,
    SB_IR_NONE
} sb_participation;
typedef enum sb_objective {
    SB_OBJECTIVE_REVENUE,
    SB_OBJECTIVE_WELFARE,
    SB_OBJECTIVE_AGENTS,   /* what the agents get: welfare less revenue */
    SB_OBJECTIVE_DESIGNER, /* the designer's own value of the outcome alone */
    SB_OBJECTIVE_WEIGHTS   /* a weighted sum of these four */
} sb_objective;
typedef enum sb_payments {
    SB_PAYMENTS_FREE,
    SB_PAYMENTS_NONE,
    SB_PAYMENTS_BOUNDED,      /* |x_i(psi)| <= B */
    SB_PAYMENTS_NO_SUBSIDIES, /* x_i(psi) >= 0 */
    SB_PAYMENTS_NO_DEFICIT,   /* sum_i x_i(psi) >= 0 */
    SB_PAYMENTS_BALANCED      /* sum_i x_i(psi) = 0 */
} sb_payments;

typedef enum sb_randomisation {
    SB_RANDOMISED,   /* p(o|psi) may be any probability: a linear program */
    SB_DETERMINISTIC /* p(o|psi) is 0 or 1: an integer program, in general hard */
} sb_randomisation;

typedef struct sb_rule_choice {
    const char *name;        /* as written in files and commands: "bayes-nash" */
    const char *explanation; /* one sentence */
    const char *takes;       /* what is written behind a colon: "NUMBER" as in bounded:100, "SUM" as
                                in weights:revenue+0.5*agents; NULL: nothing */
} sb_rule_choice;

typedef struct sb_rule_description {
    const char *name;  /* "ic" */
    const char *title; /* "incentive compatibility" */
    const char *explanation;
    const sb_rule_choice *choices;
    int choice_count;
    int initial; /* the choice of a file that says nothing */
} sb_rule_description;

typedef struct sb_rules {
    int choice[SB_RULE_COUNT]; /* an index into the rule's choices: one of the enums above. Of the
                                  rules an agent may have a choice of its own of, the common one:
                                  what holds for an agent is said by sb_rules_of */
    struct {
        bool given;
        int choice;
    } own[SB_RULE_OBJECTIVE][SB_MAX_PLAYERS]; /* by rule and agent; never the common choice */
    fmpq payment_bound; /* B in |x| <= B; read only under SB_PAYMENTS_BOUNDED; > 0 there */
    fmpq weights[SB_OBJECTIVE_WEIGHTS]; /* of revenue, welfare, ..; read only under
                                           SB_OBJECTIVE_WEIGHTS; not all zero there */
} sb_rules;

/* The description of a rule; static. */
const sb_rule_description *sb_rule_describe(sb_rule rule);

/* Bayes-Nash, ex-interim, revenue, payments free. */
void sb_rules_init(sb_rules *rules);
void sb_rules_clear(sb_rules *rules);
void sb_rules_copy(sb_rules *to, const sb_rules *from); /* both initialised */
bool sb_rules_equal(const sb_rules *left, const sb_rules *right);

/* The objective is, summed over profiles with their probabilities,
 *
 *     payments sum_i x_i + sum_o p(o) [agents sum_i u_i(o) + designer u_0(o)],
 *
 * with the three numbers below, which follow from the choice. */
typedef struct sb_objective_weights {
    fmpq payments, agents, designer;
} sb_objective_weights;
void sb_objective_weights_init(sb_objective_weights *weights, const sb_rules *rules);
void sb_objective_weights_clear(sb_objective_weights *weights);

/* What the objective is called in a sentence: "revenue", "welfare", "agents' utility",
 * "designer's value", "weighted objective". Static. */
const char *sb_rules_objective_noun(const sb_rules *rules);

/* Whether agents may have choices of their own of this rule: ic and ir. */
bool sb_rule_is_by_agent(sb_rule rule);
/* The choice that holds for an agent. */
int sb_rules_of(const sb_rules *rules, sb_rule rule, size_t agent);
/* Whether one of the agents 0..agent_count-1 has this choice. */
bool sb_rules_any(const sb_rules *rules, sb_rule rule, size_t agent_count, int choice);
/* Whether any agent has a choice of its own of this rule. */
bool sb_rules_differ(const sb_rules *rules, sb_rule rule);
/* The common choice; no agent keeps one of its own. */
void sb_rules_choose(sb_rules *rules, sb_rule rule, int choice);
/* One agent's own choice, of a rule that is by agent; the common one ends what it had. */
void sb_rules_choose_own(sb_rules *rules, sb_rule rule, size_t agent, int choice);

/* Set one rule by names ("ic", "ex-post"; "payments", "bounded:100"; "objective",
 * "weights:revenue+0.5*agents"), for all agents alike: none keeps a choice of its own. On failure
 * rules are unchanged and the message lists the choices. */
sb_status sb_rules_set(sb_rules *rules, const char *rule, const char *choice, sb_error *error);

/* The common choice of a rule as sb_rules_set reads it, freed by the caller. */
char *sb_rules_format(const sb_rules *rules, sb_rule rule);

SB_DECLARATIONS_END

#endif
