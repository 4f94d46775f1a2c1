/* The options: one table that parsing, the help and the manual share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/options.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/nearest.h"
#include "cli/option_values.h"
#include "sidebet/sweep.h"

enum { DEFAULT_TIME_LIMIT = 60, MOST_MEGABYTES = 100000000 };

typedef struct fixed_option {
    const char *name;
    char letter;
    sb_option_kind kind;
    const char *argument;
    const char *explanation;
} fixed_option;

static const fixed_option fixed_options[] = {
    {"prior-csv", 0, SB_OPTION_PRIOR_CSV, "FILE",
     "Take the probabilities from a CSV table of the same shape instead of those in FILE."},
    {"proof", 0, SB_OPTION_PROOF, "exact|floating",
     "Prove the answer in rational numbers (exact, the default), or take the answer of the "
     "floating-point solver as it is (floating)."},
    {"certificate", 0, SB_OPTION_CERTIFICATE, "FILE",
     "Write the proof to FILE, for sidebet verify: the mechanism, and a multiplier for every rule "
     "that shows that no mechanism does better."},
    {"against", 0, SB_OPTION_AGAINST, "ENVIRONMENT",
     "Accept the certificate only if it is about the environment in this file."},
    {"mass", 0, SB_OPTION_MASS, "free|scale|row|marginals",
     "What the other probabilities do when one moves: nothing, so that all are normalised anew "
     "(free), change in proportion (scale), the rest of the row gives way (row), or every "
     "player's marginal stays (marginals, the default)."},
    {"correlation", 0, SB_OPTION_CORRELATION, "NUMBERS",
     "Of the bivariate normal that is the truth, several with commas between; the default is 0.5."},
    {"types", 0, SB_OPTION_TYPES, "NUMBERS",
     "How many types the bidder has, several with commas between; the default is 10."},
    {"signals", 0, SB_OPTION_SIGNALS, "NUMBERS|NAMES",
     "How many signals there are, several with commas between; the default is as many as types. Of "
     "geometry: the names of up to three signals to draw, with commas between, or components for "
     "the "
     "two directions in which beliefs differ most."},
    {"repetitions", 0, SB_OPTION_REPETITIONS, "NUMBER",
     "How often samples are drawn for each point; the default is 100, of sample-size 20."},
    {"mechanisms", 0, SB_OPTION_MECHANISMS, "LIST",
     "Which mechanisms are compared: known-prior, ex-post, bayesian, robust, with commas between; "
     "the default is all."},
    {"workers", 0, SB_OPTION_WORKERS, "NUMBER",
     "How many threads work; the default is one a processor. The results are the same for any."},
    {"shard", 0, SB_OPTION_SHARD, "I/N",
     "Do only the Ith of N parts of the work, and write it to the file of --output, for sidebet "
     "merge."},
    {"resume", 0, SB_OPTION_RESUME, "FILE",
     "Go on with the simulation in this file, and write it back there (or to the file of "
     "--output)."},
    {"output", 'o', SB_OPTION_OUTPUT, "FILE",
     "Of simulate: write every repetition to FILE, every few seconds and at the end, also after "
     "Ctrl-C or SIGTERM: for --resume and sidebet merge, and for programs that read CSV. Of "
     "sample: write the samples there. Of estimate: write the estimate as an environment. Of lp, "
     "incentives, table and report: write what else is printed."},
    {"norm", 0, SB_OPTION_NORM, "one|maximum",
     "How distances between beliefs are measured: the sum of the differences (one, the default), "
     "or "
     "the largest of them."},
    {"agent", 0, SB_OPTION_AGENT, "NAME", "Only this agent; the default is all."},
    {"within", 0, SB_OPTION_WITHIN, "NUMBER",
     "How much less than the full surplus may be earned. May be repeated, or several with commas "
     "between."},
    {"time-limit", 0, SB_OPTION_TIME_LIMIT, "SECONDS",
     "Give up the proof of an optimum after this time, which leaves out what floating point "
     "takes, and report the floating-point answer as floating. Of robust: all the rounds of a "
     "proof together; with --steps, or what else is about rounds, each round by itself. The "
     "default is 60; 0 means no limit."},
    {"memory-limit", 0, SB_OPTION_MEMORY_LIMIT, "MB",
     "Refuse programs that would need more memory than this, before they are built; of incentive "
     "rows that are made when they are needed, only those count. The default is 4000."},
    {"report-payments", 0, SB_OPTION_REPORT_PAYMENTS, "smallest|vertex",
     "Which of the optimal mechanisms to report: what the solver found (vertex, the default: "
     "where the simplex method stopped, or with many types fees and side bets), or one "
     "whose largest payment is smallest."},
    {"points", 0, SB_OPTION_POINTS, "NUMBER",
     "Of sweep: points for each power of ten of lambda; the default is 4. Of robust --price: "
     "points "
     "of the curve; the default is 14."},
    {"decades", 0, SB_OPTION_DECADES, "NUMBER",
     "How many powers of ten to go toward independence; the default is 6."},
    {"lambda", 0, SB_OPTION_LAMBDA, "NUMBER",
     "Only this lambda: 0 is independence, 1 the prior of FILE. May be repeated, or several with "
     "commas between."},
    {"no-payments", 0, SB_OPTION_NO_PAYMENTS, "",
     "Leave out the smallest payments, which take the most time."},
    {"along", 0, SB_OPTION_ALONG, "NUMBER",
     "Also the curve of revenue as the truth moves from BELIEF to TRUTH in this many steps, and as "
     "many beyond as there can be."},
    {"slack", 0, SB_OPTION_SLACK, "NUMBER",
     "Also the best mechanism that gives up this much in every incentive and participation rule. "
     "May be repeated, or several with commas between."},
    {"box", 0, SB_OPTION_BOX, "NUMBER",
     "Hold for every belief that differs from the estimate by at most this much in each signal. "
     "With --price several, repeated or with commas between: the points of the curve."},
    {"lower", 0, SB_OPTION_LOWER, "FILE",
     "With --upper: CSV tables of conditionals, a row for each type and a column for each signal, "
     "between which the beliefs lie."},
    {"upper", 0, SB_OPTION_UPPER, "FILE", "See --lower."},
    {"samples", 0, SB_OPTION_SAMPLES, "FILE|NUMBERS",
     "Estimate the prior, and the set around it, from samples of type and signal in a CSV table; "
     "the prior in FILE does not matter then. Of simulate and sample-size: how many samples are "
     "drawn, several "
     "with commas between; the default is 10,20,50 and so on to 10000, of sample-size the powers "
     "of "
     "ten among these."},
    {"epsilon", 0, SB_OPTION_EPSILON, "NUMBER",
     "The probability that the set may miss the truth; the default is 0.05."},
    {"alpha", 0, SB_OPTION_ALPHA, "NUMBER",
     "Concentration of the Dirichlet prior for each pair of type and signal, from 1e-6 to 1e6; the "
     "default is 1."},
    {"level", 0, SB_OPTION_LEVEL, "per-element|row|simultaneous",
     "What holds with probability 1 - epsilon: each interval by itself (per-element, the "
     "default), all intervals of a type at once (row), or all of them (simultaneous)."},
    {"intervals", 0, SB_OPTION_INTERVALS, "beta|quantiles",
     "Exact quantiles of the posterior (beta, the default), or those of random draws from it."},
    {"draws", 0, SB_OPTION_DRAWS, "NUMBER",
     "Draws for --intervals quantiles, at least 100; the default is 10000."},
    {"seed", 0, SB_OPTION_SEED, "NUMBER",
     "Where random numbers start, a whole number below 2^64: the same seed gives the same numbers; "
     "the default is 1."},
    {"count", 0, SB_OPTION_COUNT, "NUMBER",
     "How many samples to draw. Of estimate: for each repetition of --coverage, instead of as many "
     "as there are in --samples."},
    {"counts", 0, SB_OPTION_COUNTS, "",
     "Print each pair with how often it was drawn, instead of the samples in their order."},
    {"coverage", 0, SB_OPTION_COVERAGE, "NUMBER",
     "So many times, draw samples from the prior in FILE, and count how often the intervals made "
     "from them hold the truth."},
    {"truth", 0, SB_OPTION_TRUTH, "FILE",
     "Also let the mechanism, and those beside it, meet the prior in this file."},
    {"objective", 0, SB_OPTION_ROBUST_OBJECTIVE, "estimate|worst-case",
     "Robust design: the most at the estimate (estimate, the default), or the most that is certain "
     "whatever the beliefs in the set (worst-case)."},
    {"method", 0, SB_OPTION_METHOD, "cuts|compact",
     "Robust design: cutting planes (cuts, the default), or one program with the dual of each "
     "worst belief inside (compact)."},
    {"cuts", 0, SB_OPTION_CUTS, "one|type|all",
     "What a round of the stepped algorithm adds: the row that is violated most (one), that of "
     "each type (type), or all violated rows (all, the default)."},
    {"begin", 0, SB_OPTION_BEGIN, "estimate|nothing",
     "Where the stepped algorithm begins: with the rules at the estimate (estimate, the default), "
     "or without any, so that the first rounds are unbounded (nothing)."},
    {"steps", 0, SB_OPTION_STEPS, "",
     "Show every round of the cutting planes: the bound, the rule that is violated most and the "
     "belief that violates it."},
    {"rounds", 0, SB_OPTION_ROUNDS, "NUMBER",
     "Stop after this many rounds, with an upper bound instead of the optimum."},
    {"save-steps", 0, SB_OPTION_SAVE_STEPS, "FILE",
     "Write the cuts of every round to FILE, for --replay."},
    {"replay", 0, SB_OPTION_REPLAY, "FILE",
     "Add the cuts of this file in the same rounds, and check every number of it."},
    {"price", 0, SB_OPTION_PRICE, "",
     "The optimum as the box grows, from no doubt (the Bayesian optimum) to any belief (the "
     "ex-post one where every type has a positive probability)."},
    {"format", 0, SB_OPTION_FORMAT, "text|cplex|mps|latex|dot|markdown|csv",
     "How the program is written: for people (text, the default), as CPLEX LP or MPS for other "
     "solvers, or as LaTeX. Of incentives: text or dot, for graphviz. Of table: text, "
     "latex, markdown or csv."},
    {"symbolic", 0, SB_OPTION_SYMBOLIC, "",
     "Only what is maximised and the rules in general, without their rows; nothing is solved."},
    {"json", 0, SB_OPTION_JSON, "", "Print one JSON object instead of text."},
    {"csv", 0, SB_OPTION_CSV, "", "Print a CSV table with a header instead of text."},
    {"figure", 0, SB_OPTION_FIGURE, "FILE",
     "Draw a figure too: SVG, PDF or PNG, by the ending of FILE. Of table: of its parts prior "
     "and conditionals."},
    {"keep-going", 'k', SB_OPTION_KEEP_GOING, "",
     "Go on after a failed expect, and end with the number of those that held and failed."},
    {"check", 0, SB_OPTION_CHECK, "",
     "Play each FILE from beginning to end, print nothing of it, and say how many answers were "
     "checked: the expects of a script, the answers said in a tour (a FILE that ends in .sbt)."},
    {"config", 0, SB_OPTION_CONFIG, "FILE",
     "Read the settings in FILE, not those in $XDG_CONFIG_HOME/sidebet/config or "
     "~/.config/sidebet/config."},
    {"no-config", 0, SB_OPTION_NO_CONFIG, "", "Start with the usual settings."},
    {"restore", 0, SB_OPTION_RESTORE, "",
     "Go on with the exploration that the command session save kept; where FILE is given, only if "
     "it is of that file."},
    {"mdoc", 0, SB_OPTION_MDOC, "commands|keys|options",
     "Print a table of the manual page in its own language."},
    {"help", 'h', SB_OPTION_HELP, "", "Explain the program or the subcommand."},
    {"version", 'V', SB_OPTION_VERSION, "", "Print the version."},
};
enum { FIXED_COUNT = sizeof fixed_options / sizeof fixed_options[0] };

size_t sb_option_count(void)
{
    return (size_t)SB_RULE_COUNT + FIXED_COUNT;
}

/* "free|none|bounded:NUMBER", behind what stands before */
static void list_choices(char *argument, size_t size, const sb_rule_description *rule,
                         const char *before)
{
    int begun = snprintf(argument, size, "%s", before);
    size_t used = begun > 0 ? (size_t)begun : 0;
    for (int i = 0; i < rule->choice_count && used < size; i++) {
        const sb_rule_choice *choice = &rule->choices[i];
        int more =
            snprintf(argument + used, size - used, "%s%s%s%s", i > 0 ? "|" : "", choice->name,
                     choice->takes != NULL ? ":" : "", choice->takes != NULL ? choice->takes : "");
        used += more > 0 ? (size_t)more : 0;
    }
}

void sb_option_at(size_t index, sb_option *option)
{
    *option = (sb_option){.rule = SB_RULE_COUNT};
    if (index < SB_RULE_COUNT) {
        const sb_rule_description *rule = sb_rule_describe((sb_rule)index);
        option->name = rule->name;
        option->kind = SB_OPTION_RULE;
        option->rule = (sb_rule)index;
        bool by_agent = sb_rule_is_by_agent((sb_rule)index);
        list_choices(option->argument, sizeof option->argument, rule, by_agent ? "[AGENT=]" : "");
        snprintf(option->explanation, sizeof option->explanation,
                 "%s, in place of what FILE says%s.", rule->title,
                 by_agent ? "; with AGENT= for this agent alone. May be repeated" : "");
        option->explanation[0] = (char)toupper((unsigned char)option->explanation[0]);
        return;
    }
    const fixed_option *fixed = &fixed_options[index - SB_RULE_COUNT];
    option->name = fixed->name;
    option->letter = fixed->letter;
    option->kind = fixed->kind;
    snprintf(option->argument, sizeof option->argument, "%s", fixed->argument);
    snprintf(option->explanation, sizeof option->explanation, "%s", fixed->explanation);
}

bool sb_option_find(sb_option_kind kind, sb_option *option)
{
    for (size_t i = 0; i < sb_option_count(); i++) {
        sb_option_at(i, option);
        if (option->kind == kind) {
            return true;
        }
    }
    return false;
}

/* ---- values ---- */

static sb_status read_norm(sb_arguments *arguments, const char *value, sb_error *error)
{
    bool one = true;
    sb_status status = sb_option_read_choice(&one, "norm", "one", "maximum", value, error);
    arguments->norm = one ? SB_NORM_ONE : SB_NORM_MAXIMUM;
    return status;
}

static sb_status apply(sb_arguments *arguments, const sb_option *option, const char *value,
                       sb_error *error)
{
    arguments->given |= SB_OPTION_BIT(option->kind);
    switch (option->kind) {
    case SB_OPTION_RULE:
        return sb_option_read_rule(&arguments->rules, option, value, error);
    case SB_OPTION_PRIOR_CSV:
        arguments->prior_csv = value;
        return SB_OK;
    case SB_OPTION_CERTIFICATE:
        arguments->certificate = value;
        return SB_OK;
    case SB_OPTION_AGAINST:
        arguments->against = value;
        return SB_OK;
    case SB_OPTION_MASS:
        return sb_option_read_mass(&arguments->mass, value, error);
    case SB_OPTION_NORM:
        return read_norm(arguments, value, error);
    case SB_OPTION_AGENT:
        arguments->agent = value;
        return SB_OK;
    case SB_OPTION_MDOC:
        arguments->mdoc = value;
        return SB_OK;
    case SB_OPTION_MEMORY_LIMIT:
        return sb_option_read_count(&arguments->memory_limit, "memory-limit", MOST_MEGABYTES, value,
                                    error);
    case SB_OPTION_TIME_LIMIT:
        return sb_option_read_seconds(&arguments->time_limit, value, error);
    case SB_OPTION_PROOF:
        return sb_option_read_choice(&arguments->exact, "proof", "exact", "floating", value, error);
    case SB_OPTION_REPORT_PAYMENTS:
        return sb_option_read_choice(&arguments->smallest_payments, "report-payments", "smallest",
                                     "vertex", value, error);
    case SB_OPTION_POINTS:
        return sb_option_read_count(&arguments->points, "points", SB_SWEEP_MAX_POINTS, value,
                                    error);
    case SB_OPTION_DECADES:
        return sb_option_read_count(&arguments->decades, "decades", SB_SWEEP_MAX_DECADES, value,
                                    error);
    case SB_OPTION_ALONG:
        return sb_option_read_count(&arguments->along, "along", 100000, value, error);
    case SB_OPTION_COUNT:
        return sb_option_read_count(&arguments->count, "count", 999999999, value, error);
    case SB_OPTION_COVERAGE:
        return sb_option_read_count(&arguments->coverage, "coverage", 10000000, value, error);
    case SB_OPTION_LAMBDA:
        return sb_option_read_numbers(&arguments->lambdas, "lambda", value, error);
    case SB_OPTION_WITHIN:
        return sb_option_read_numbers(&arguments->withins, "within", value, error);
    case SB_OPTION_SLACK:
        return sb_option_read_numbers(&arguments->slacks, "slack", value, error);
    case SB_OPTION_BOX:
    case SB_OPTION_LOWER:
    case SB_OPTION_UPPER:
    case SB_OPTION_SAMPLES:
    case SB_OPTION_EPSILON:
    case SB_OPTION_ALPHA:
    case SB_OPTION_LEVEL:
    case SB_OPTION_INTERVALS:
    case SB_OPTION_DRAWS:
    case SB_OPTION_SEED:
    case SB_OPTION_TRUTH:
    case SB_OPTION_ROBUST_OBJECTIVE:
    case SB_OPTION_METHOD:
    case SB_OPTION_CUTS:
    case SB_OPTION_BEGIN:
    case SB_OPTION_ROUNDS:
    case SB_OPTION_SAVE_STEPS:
    case SB_OPTION_REPLAY:
        return sb_option_read_robust(&arguments->robust, option, value, error);
    case SB_OPTION_CORRELATION:
    case SB_OPTION_TYPES:
    case SB_OPTION_SIGNALS:
    case SB_OPTION_REPETITIONS:
    case SB_OPTION_MECHANISMS:
    case SB_OPTION_WORKERS:
    case SB_OPTION_SHARD:
    case SB_OPTION_RESUME:
    case SB_OPTION_OUTPUT:
        return sb_option_read_simulation(&arguments->simulation, option, value, error);
    case SB_OPTION_CONFIG:
        arguments->config = value;
        return SB_OK;
    case SB_OPTION_FIGURE:
        arguments->figure = value;
        return SB_OK;
    case SB_OPTION_FORMAT:
        arguments->format = value;
        return sb_option_read_word(&(size_t){0}, option, value, error);
    case SB_OPTION_JSON:
    case SB_OPTION_CSV:
    case SB_OPTION_NO_PAYMENTS:
    case SB_OPTION_STEPS:
    case SB_OPTION_PRICE:
    case SB_OPTION_COUNTS:
    case SB_OPTION_KEEP_GOING:
    case SB_OPTION_CHECK:
    case SB_OPTION_NO_CONFIG:
    case SB_OPTION_RESTORE:
    case SB_OPTION_SYMBOLIC:
    case SB_OPTION_HELP:
    case SB_OPTION_VERSION:
        break;
    }
    return SB_OK;
}

/* ---- finding options ---- */

static bool find_long(const char *name, size_t length, sb_option *option)
{
    for (size_t i = 0; i < sb_option_count(); i++) {
        sb_option_at(i, option);
        if (strlen(option->name) == length && memcmp(option->name, name, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool find_letter(char letter, sb_option *option)
{
    for (size_t i = 0; i < sb_option_count(); i++) {
        sb_option_at(i, option);
        if (option->letter != 0 && option->letter == letter) {
            return true;
        }
    }
    return false;
}

static sb_status unknown_option(const char *word, sb_error *error)
{
    sb_error_set(error, SB_ERROR_USAGE, "there is no option %.80s", word);
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word + strspn(word, "-"), "="),
             word + strspn(word, "-"));
    sb_nearest nearest;
    sb_nearest_init(&nearest, name);
    for (size_t i = 0; i < sb_option_count(); i++) {
        sb_option option;
        sb_option_at(i, &option);
        if (option.kind != SB_OPTION_MDOC) {
            sb_nearest_offer(&nearest, option.name);
        }
    }
    if (nearest.best != NULL) {
        sb_error_set_hint(error, "did you mean --%s? See sidebet --help", nearest.best);
    } else {
        sb_error_set_hint(error, "see sidebet --help");
    }
    return SB_ERROR_USAGE;
}

static sb_status missing_value(const sb_option *option, sb_error *error)
{
    sb_error_set(error, SB_ERROR_USAGE, "--%s needs a value", option->name);
    sb_error_set_hint(error, "write --%s %s", option->name, option->argument);
    return SB_ERROR_USAGE;
}

/* ---- words ---- */

static sb_status read_long(sb_arguments *arguments, int argc, char **argv, int *at, sb_error *error)
{
    const char *word = argv[*at];
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    sb_option option;
    if (!find_long(name, length, &option)) {
        return unknown_option(word, error);
    }
    const char *value = name[length] == '=' ? name + length + 1 : NULL;
    if (option.argument[0] == '\0' && value != NULL) {
        sb_error_set(error, SB_ERROR_USAGE, "--%s takes no value", option.name);
        sb_error_set_hint(error, "write --%s alone", option.name);
        return SB_ERROR_USAGE;
    }
    if (option.argument[0] != '\0' && value == NULL) {
        if (*at + 1 >= argc) {
            return missing_value(&option, error);
        }
        value = argv[++*at];
    }
    /* One name, two options: the words are those of the rule or of robust design. */
    sb_option other;
    if (option.kind == SB_OPTION_RULE && option.rule == SB_RULE_OBJECTIVE && value != NULL &&
        sb_option_find(SB_OPTION_ROBUST_OBJECTIVE, &other) && sb_option_knows(&other, value)) {
        option = other;
    }
    return apply(arguments, &option, value == NULL ? "" : value, error);
}

/* A group of letters; the value of one that takes a value is the rest, or the next word. */
static sb_status read_letters(sb_arguments *arguments, int argc, char **argv, int *at,
                              sb_error *error)
{
    const char *word = argv[*at];
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        sb_option option;
        if (!find_letter(*letter, &option)) {
            return unknown_option(word, error);
        }
        const char *value = "";
        bool takes_value = option.argument[0] != '\0';
        if (takes_value && letter[1] != '\0') {
            value = letter + 1;
        } else if (takes_value) {
            if (*at + 1 >= argc) {
                return missing_value(&option, error);
            }
            value = argv[++*at];
        }
        sb_status status = apply(arguments, &option, value, error);
        if (status != SB_OK || takes_value) {
            return status;
        }
    }
    return SB_OK;
}

/* After help, an option is what is asked about. */
static bool is_topic(const sb_arguments *arguments, const char *word)
{
    sb_option hidden;
    bool asks = arguments->operand_count == 1 && strcmp(arguments->operands[0], "help") == 0;
    return asks && strcmp(word, "--") != 0 && strcmp(word, "-h") != 0 &&
           strcmp(word, "--help") != 0 && strcmp(word, "--version") != 0 &&
           !(sb_option_find(SB_OPTION_MDOC, &hidden) && word[1] == '-' &&
             strncmp(word + 2, hidden.name, strlen(hidden.name)) == 0);
}

sb_status sb_arguments_parse(sb_arguments *arguments, int argc, char **argv, sb_error *error)
{
    *arguments = (sb_arguments){.exact = true,
                                .time_limit = DEFAULT_TIME_LIMIT,
                                .mass = SB_MASS_MARGINALS,
                                .robust = {.cuts = SB_CUTS_ALL, .seed = 1}};
    arguments->operands = sb_allocate((size_t)argc + 1, sizeof *arguments->operands);
    if (arguments->operands == NULL) {
        return sb_out_of_memory(error);
    }
    bool operands_only = false;
    for (int at = 1; at < argc; at++) {
        const char *word = argv[at];
        sb_status status = SB_OK;
        if (operands_only || word[0] != '-' || word[1] == '\0' || is_topic(arguments, word)) {
            arguments->operands[arguments->operand_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            operands_only = true;
        } else if (word[1] == '-') {
            status = read_long(arguments, argc, argv, &at, error);
        } else {
            status = read_letters(arguments, argc, argv, &at, error);
        }
        if (status != SB_OK) {
            return status;
        }
    }
    return SB_OK;
}

void sb_arguments_clear(sb_arguments *arguments)
{
    sb_rule_arguments_clear(&arguments->rules);
    sb_number_list_clear(&arguments->lambdas);
    sb_number_list_clear(&arguments->slacks);
    sb_number_list_clear(&arguments->withins);
    sb_number_list_clear(&arguments->simulation.correlations);
    sb_number_list_clear(&arguments->robust.radii);
    sb_number_list_clear(&arguments->robust.epsilons);
    sb_number_list_clear(&arguments->robust.alphas);
    free(arguments->operands);
    arguments->operands = NULL;
}

sb_status sb_arguments_allow(const sb_arguments *arguments, const char *subcommand,
                             sb_option_bits allowed, sb_error *error)
{
    for (size_t i = 0; i < sb_option_count(); i++) {
        sb_option option;
        sb_option_at(i, &option);
        sb_option_bits bit = SB_OPTION_BIT(option.kind);
        bool given = (arguments->given & bit) != 0;
        if (option.kind == SB_OPTION_RULE) {
            given = sb_rule_arguments_have(&arguments->rules, option.rule);
        }
        if (given && (allowed & bit) == 0) {
            sb_error_set(error, SB_ERROR_USAGE, "sidebet %s takes no option --%s", subcommand,
                         option.name);
            sb_error_set_hint(error, "see sidebet help %s", subcommand);
            return SB_ERROR_USAGE;
        }
    }
    return SB_OK;
}
