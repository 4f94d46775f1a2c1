/* The help: made from the tables of subcommands, options, rules, commands and keys.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/exit_status.h"
#include "cli/layout.h"
#include "cli/pager.h"
#include "session/commands.h"
#include "session/manual.h"
#include "session/recent.h"

enum { INDENT = 2, NAME_COLUMN = 22, KEY_COLUMN = 24, MOST_RECENT_SHOWN = 10 };

static int print(sb_text *text)
{
    sb_error error;
    sb_error_clear(&error);
    return sb_exit_print(text, &error) == SB_OK ? SB_EXIT_SOLVED : sb_exit_with_error(&error);
}

static sb_option_bits visible_options(const sb_subcommand *subcommand)
{
    return subcommand->options & ~SB_OPTION_BIT(SB_OPTION_MDOC);
}

static void add_usage(sb_text *text)
{
    sb_text_add(text, "usage: sidebet FILE\n");
    for (size_t i = 0; i < sb_subcommand_count(); i++) {
        const sb_subcommand *subcommand = sb_subcommand_at(i);
        sb_text_add_format(text, "       sidebet %s %s%s\n", subcommand->name,
                           visible_options(subcommand) != 0 ? "[OPTION ...] " : "",
                           subcommand->synopsis);
    }
}

static void add_choices(sb_text *text, sb_rule rule, size_t width)
{
    const sb_rule_description *described = sb_rule_describe(rule);
    for (int i = 0; i < described->choice_count; i++) {
        char name[64];
        const sb_rule_choice *choice = &described->choices[i];
        snprintf(name, sizeof name, "%s%s%s", choice->name, choice->takes != NULL ? ":" : "",
                 choice->takes != NULL ? choice->takes : "");
        sb_layout_entry(text, name, choice->explanation, (size_t)INDENT * 3, NAME_COLUMN, width);
    }
}

static void add_option(sb_text *text, const sb_option *option, size_t width)
{
    char name[sizeof option->argument + 64];
    char letter[8] = "";
    if (option->letter != 0) {
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    }
    snprintf(name, sizeof name, "%s--%s%s%s", letter, option->name,
             option->argument[0] != '\0' ? " " : "", option->argument);
    sb_layout_entry(text, name, option->explanation, INDENT, NAME_COLUMN, width);
    if (option->kind != SB_OPTION_RULE) {
        return;
    }
    add_choices(text, option->rule, width);
}

static void add_options(sb_text *text, sb_option_bits allowed, size_t width)
{
    for (size_t i = 0; i < sb_option_count(); i++) {
        sb_option option;
        sb_option_at(i, &option);
        if ((allowed & SB_OPTION_BIT(option.kind)) != 0 && option.kind != SB_OPTION_MDOC) {
            add_option(text, &option, width);
        }
    }
}

int sb_help_print_program(void)
{
    size_t width = sb_layout_width();
    sb_text text;
    sb_text_init(&text);
    add_usage(&text);
    sb_text_add(&text, "\n");
    sb_layout_wrap(&text,
                   "Explores revenue-maximising mechanisms where valuations are correlated. FILE "
                   "describes agents, values and a prior (see sidebet(5)); - is standard input.",
                   0, 0, width);
    sb_text_add(&text, "\n\nSubcommands:\n");
    for (size_t i = 0; i < sb_subcommand_count(); i++) {
        const sb_subcommand *subcommand = sb_subcommand_at(i);
        sb_layout_entry(&text, subcommand->name, subcommand->summary, INDENT, NAME_COLUMN, width);
    }
    sb_text_add(&text, "\nOptions:\n");
    add_options(&text, ~(uint64_t)0, width);
    sb_text_add(&text, "\n");
    sb_layout_wrap(&text,
                   "Exit status: 0 solved; 1 solved with a negative answer (infeasible, unbounded, "
                   "no full surplus extraction, a failed expect); 2 bad usage or input; 3 failure.",
                   0, 0, width);
    sb_text_add(&text, "\n");
    return print(&text);
}

int sb_help_print_version(void)
{
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, "sidebet " SB_VERSION "\n");
    return print(&text);
}

/* A word as the shell reads it. */
static void add_shell_word(sb_text *text, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "/._-+,:@%=";
    if (strspn(word, plain) == strlen(word)) {
        sb_text_add(text, word);
        return;
    }
    sb_text_add(text, "'");
    for (; *word != '\0'; word++) {
        if (*word == '\'') {
            sb_text_add(text, "'\\''");
        } else {
            sb_text_add_part(text, word, 1);
        }
    }
    sb_text_add(text, "'");
}

static void add_recent(sb_text *text)
{
    sb_recent recent = {.count = 0};
    sb_recent_read(&recent);
    size_t count = recent.count < MOST_RECENT_SHOWN ? recent.count : MOST_RECENT_SHOWN;
    if (count > 0) {
        sb_text_add(text, "\nRecent files:\n");
    }
    for (size_t k = 0; k < count; k++) {
        sb_text_add_format(text, "%*ssidebet explore ", INDENT, "");
        add_shell_word(text, recent.paths[k]);
        sb_text_add(text, "\n");
    }
    if (count > 0) {
        sb_text_add(text, "\n");
    }
    sb_recent_clear(&recent);
}

int sb_help_print_usage(void)
{
    sb_text text;
    sb_text_init(&text);
    add_usage(&text);
    add_recent(&text);
    sb_text_add(&text, "sidebet: a file or a subcommand is missing; see sidebet --help\n");
    sb_error error;
    char *bytes = sb_text_take(&text, &error);
    if (bytes == NULL) {
        return sb_exit_with_error(&error);
    }
    fputs(bytes, stderr);
    free(bytes);
    return SB_EXIT_BAD_INPUT;
}

int sb_help_print_subcommand(const sb_subcommand *subcommand)
{
    size_t width = sb_layout_width();
    sb_text text;
    sb_text_init(&text);
    sb_text_add_format(&text, "usage: sidebet %s %s%s\n\n", subcommand->name,
                       visible_options(subcommand) != 0 ? "[OPTION ...] " : "",
                       subcommand->synopsis);
    sb_layout_wrap(&text, subcommand->summary, 0, 0, width);
    sb_text_add(&text, "\n");
    sb_layout_wrap(&text, subcommand->details, 0, 0, width);
    sb_text_add(&text, "\n");
    if (visible_options(subcommand) != 0) {
        sb_text_add(&text, "\nOptions:\n");
        add_options(&text, subcommand->options, width);
    }
    return print(&text);
}

/* ---- commands, keys, topics ---- */

static int print_commands(void)
{
    size_t width = sb_layout_width();
    sb_text text;
    sb_text_init(&text);
    const char *group = "";
    for (size_t i = 0; i < sb_command_count(); i++) {
        const sb_command_description *command = sb_command_at(i);
        if (strcmp(group, command->group) != 0) {
            sb_text_add_format(&text, "%s%s:\n", i > 0 ? "\n" : "", command->group);
            group = command->group;
        }
        sb_layout_entry(&text, command->synopsis, command->summary, INDENT, KEY_COLUMN + INDENT,
                        width);
    }
    return print(&text);
}

const char *sb_help_context_title(sb_key_context context)
{
    switch (context) {
    case SB_KEYS_ANYWHERE:
        return "Anywhere";
    case SB_KEYS_WORK:
        return "On every screen but the help";
    case SB_KEYS_SEARCH:
        return "While a deterministic mechanism is searched for";
    case SB_KEYS_BLOW_UP:
        return "On the blow-up screen";
    case SB_KEYS_GEOMETRY:
        return "On the geometry screen";
    case SB_KEYS_MISBELIEF:
        return "On the misbelief screen";
    case SB_KEYS_SIMULATE:
        return "On the simulate screen";
    case SB_KEYS_BASELINES:
        return "On the baselines screen";
    case SB_KEYS_ROBUST:
        return "On the robust screen";
    case SB_KEYS_LP:
        return "On the LP screen";
    case SB_KEYS_INCENTIVES:
        return "On the incentive screen";
    case SB_KEYS_FILTERED:
        return "On the table screen while a filter is set";
    case SB_KEYS_MARKED:
        return "On the table screen where a rule is marked";
    case SB_KEYS_PALETTE:
        return "While the palette is open";
    case SB_KEYS_OWN:
        return "Bound by the reader";
    case SB_KEYS_PRESENTER:
        return "While answers are hidden";
    case SB_KEYS_TABLE:
        return "On the table screen";
    case SB_KEYS_PRIOR:
        return "In the panes of the prior and the values";
    case SB_KEYS_LISTS:
        return "In the panes that scroll";
    case SB_KEYS_TOUR:
        return "While a tour is played";
    case SB_KEYS_ASKED:
        return "While a tour asks";
    case SB_KEYS_ANSWERED:
        return "While a tour does not ask";
    case SB_KEYS_HELP:
        return "On the help screen";
    case SB_KEYS_ENTRY:
        return "While typing a number";
    }
    return "Elsewhere";
}

static int print_keys(void)
{
    size_t width = sb_layout_width();
    sb_text text;
    sb_text_init(&text);
    for (int context = SB_KEYS_ANYWHERE; context <= SB_KEYS_ENTRY; context++) {
        bool headed = false;
        for (size_t i = 0; i < sb_key_count(); i++) {
            const sb_key_binding *binding = sb_key_at(i);
            if (binding->context != (sb_key_context)context) {
                continue;
            }
            if (!headed) {
                sb_text_add_format(&text, "%s%s:\n", text.length > 0 ? "\n" : "",
                                   sb_help_context_title(binding->context));
                headed = true;
            }
            sb_layout_entry(&text, binding->keys, binding->help, INDENT, KEY_COLUMN, width);
        }
    }
    return print(&text);
}

/* From the manual. */
static int explain(const char *topic)
{
    sb_error error;
    sb_error_clear(&error);
    sb_manual manual;
    sb_manual_text explained;
    sb_text text;
    sb_manual_init(&manual);
    sb_manual_text_init(&explained);
    sb_text_init(&text);
    sb_status status = sb_manual_explain(&manual, topic, &explained, &error);
    if (status == SB_OK) {
        sb_manual_format(&explained, sb_layout_width(), &text);
        status = sb_pager_print(&text, &error);
    }
    sb_text_clear(&text);
    sb_manual_text_clear(&explained);
    sb_manual_clear(&manual);
    return status == SB_OK ? SB_EXIT_SOLVED : sb_exit_with_error(&error);
}

static int print_mdoc(const char *table)
{
    static const struct {
        const char *name;
        void (*write)(sb_text *text);
    } tables[] = {
        {"commands", sb_mdoc_commands}, {"keys", sb_mdoc_keys}, {"options", sb_mdoc_options}};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (strcmp(tables[i].name, table) == 0) {
            sb_text text;
            sb_text_init(&text);
            tables[i].write(&text);
            return print(&text);
        }
    }
    sb_error error;
    sb_error_set(&error, SB_ERROR_USAGE, "the manual has no table '%.80s'", table);
    sb_error_set_hint(&error, "choose commands, keys or options");
    return sb_exit_with_error(&error);
}

int sb_help_run(const sb_arguments *arguments)
{
    if (arguments->mdoc != NULL) {
        return print_mdoc(arguments->mdoc);
    }
    if (arguments->operand_count == 0) {
        return sb_help_print_program();
    }
    const char *topic = arguments->operands[0];
    if (strcmp(topic, "commands") == 0) {
        return print_commands();
    }
    if (strcmp(topic, "keys") == 0) {
        return print_keys();
    }
    const sb_subcommand *subcommand = sb_subcommand_find(topic);
    return subcommand != NULL ? sb_help_print_subcommand(subcommand) : explain(topic);
}
