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
#include "cli/nearest.h"
#include "cli/option_values.h"
#include "sidebet/sweep.h"

enum { DEFAULT_TIME_LIMIT = 60 };

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
    {"time-limit", 0, SB_OPTION_TIME_LIMIT, "SECONDS",
     "Give up the proof after this time and report the floating-point answer as floating. The "
     "default is 60; 0 means no limit."},
    {"report-payments", 0, SB_OPTION_REPORT_PAYMENTS, "smallest|vertex",
     "Which of the optimal mechanisms to report: where the simplex method stopped (vertex, the "
     "default), or one whose largest payment is smallest."},
    {"points", 0, SB_OPTION_POINTS, "NUMBER",
     "Points for each power of ten of lambda; the default is 4."},
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
    {"json", 0, SB_OPTION_JSON, "", "Print one JSON object instead of text."},
    {"csv", 0, SB_OPTION_CSV, "", "Print a CSV table with a header instead of text."},
    {"figure", 0, SB_OPTION_FIGURE, "FILE",
     "Draw a figure too: SVG, PDF or PNG, by the ending of FILE."},
    {"keep-going", 'k', SB_OPTION_KEEP_GOING, "",
     "Go on after a failed expect, and end with the number of those that held and failed."},
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

/* "free|none|bounded:NUMBER" */
static void list_choices(char *argument, size_t size, const sb_rule_description *rule)
{
    size_t used = 0;
    argument[0] = '\0';
    for (int i = 0; i < rule->choice_count && used < size; i++) {
        const sb_rule_choice *choice = &rule->choices[i];
        int more = snprintf(argument + used, size - used, "%s%s%s", i > 0 ? "|" : "", choice->name,
                            choice->takes_number ? ":NUMBER" : "");
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
        list_choices(option->argument, sizeof option->argument, rule);
        snprintf(option->explanation, sizeof option->explanation, "%s, in place of what FILE says.",
                 rule->title);
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

/* ---- values ---- */

static sb_status read_rule(sb_arguments *arguments, const sb_option *option, const char *value,
                           sb_error *error)
{
    sb_rules rules;
    sb_rules_init(&rules);
    sb_status status = sb_rules_set(&rules, option->name, value, error);
    sb_rules_clear(&rules);
    arguments->rules[option->rule] = value;
    return status;
}

static sb_status apply(sb_arguments *arguments, const sb_option *option, const char *value,
                       sb_error *error)
{
    arguments->given |= SB_OPTION_BIT(option->kind);
    switch (option->kind) {
    case SB_OPTION_RULE:
        return read_rule(arguments, option, value, error);
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
    case SB_OPTION_MDOC:
        arguments->mdoc = value;
        return SB_OK;
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
    case SB_OPTION_LAMBDA:
        return sb_option_read_numbers(&arguments->lambdas, "lambda", value, error);
    case SB_OPTION_SLACK:
        return sb_option_read_numbers(&arguments->slacks, "slack", value, error);
    case SB_OPTION_FIGURE:
        arguments->figure = value;
        return SB_OK;
    case SB_OPTION_JSON:
    case SB_OPTION_CSV:
    case SB_OPTION_NO_PAYMENTS:
    case SB_OPTION_KEEP_GOING:
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
    return apply(arguments, &option, value == NULL ? "" : value, error);
}

/* A group of letters; none of them takes a value. */
static sb_status read_letters(sb_arguments *arguments, const char *word, sb_error *error)
{
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        sb_option option;
        if (!find_letter(*letter, &option)) {
            return unknown_option(word, error);
        }
        sb_status status = apply(arguments, &option, "", error);
        if (status != SB_OK) {
            return status;
        }
    }
    return SB_OK;
}

sb_status sb_arguments_parse(sb_arguments *arguments, int argc, char **argv, sb_error *error)
{
    *arguments =
        (sb_arguments){.exact = true, .time_limit = DEFAULT_TIME_LIMIT, .mass = SB_MASS_MARGINALS};
    arguments->operands = sb_allocate((size_t)argc + 1, sizeof *arguments->operands);
    if (arguments->operands == NULL) {
        return sb_out_of_memory(error);
    }
    bool operands_only = false;
    for (int at = 1; at < argc; at++) {
        const char *word = argv[at];
        sb_status status = SB_OK;
        if (operands_only || word[0] != '-' || word[1] == '\0') {
            arguments->operands[arguments->operand_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            operands_only = true;
        } else if (word[1] == '-') {
            status = read_long(arguments, argc, argv, &at, error);
        } else {
            status = read_letters(arguments, word, error);
        }
        if (status != SB_OK) {
            return status;
        }
    }
    return SB_OK;
}

void sb_arguments_clear(sb_arguments *arguments)
{
    sb_number_list_clear(&arguments->lambdas);
    sb_number_list_clear(&arguments->slacks);
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
            given = arguments->rules[option.rule] != NULL;
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
