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

enum { DEFAULT_TIME_LIMIT = 60, LONGEST_TIME_LIMIT = 1000000000 };

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
    {"time-limit", 0, SB_OPTION_TIME_LIMIT, "SECONDS",
     "Give up the proof after this time and report the floating-point answer as floating. The "
     "default is 60; 0 means no limit."},
    {"json", 0, SB_OPTION_JSON, "", "Print one JSON object instead of text."},
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

static sb_status read_time_limit(sb_arguments *arguments, const char *value, sb_error *error)
{
    char *end;
    double seconds = strtod(value, &end);
    bool plain = strspn(value, "0123456789.") == strlen(value); /* no inf, nan, hex or sign */
    if (end == value || *end != '\0' || !plain || seconds > LONGEST_TIME_LIMIT) {
        sb_error_set(error, SB_ERROR_USAGE, "the time limit '%.80s' is not a number of seconds",
                     value);
        sb_error_set_hint(error, "write it like --time-limit 10 (0: no limit)");
        return SB_ERROR_USAGE;
    }
    arguments->time_limit = seconds;
    return SB_OK;
}

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
    case SB_OPTION_MDOC:
        arguments->mdoc = value;
        return SB_OK;
    case SB_OPTION_TIME_LIMIT:
        return read_time_limit(arguments, value, error);
    case SB_OPTION_PROOF:
        arguments->exact = strcmp(value, "exact") == 0;
        if (!arguments->exact && strcmp(value, "floating") != 0) {
            sb_error_set(error, SB_ERROR_USAGE, "--proof knows no '%.80s'", value);
            sb_error_set_hint(error, "choose exact or floating");
            return SB_ERROR_USAGE;
        }
        return SB_OK;
    case SB_OPTION_JSON:
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
    *arguments = (sb_arguments){.exact = true, .time_limit = DEFAULT_TIME_LIMIT};
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
    free(arguments->operands);
    arguments->operands = NULL;
}

sb_status sb_arguments_allow(const sb_arguments *arguments, const char *subcommand,
                             unsigned allowed, sb_error *error)
{
    for (size_t i = 0; i < sb_option_count(); i++) {
        sb_option option;
        sb_option_at(i, &option);
        unsigned bit = SB_OPTION_BIT(option.kind);
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
