/* Completions for fish.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>

#include "cli/completions.h"

static void add_words(sb_text *text, const sb_completion_values *values)
{
    if (values->topics || values->tours || values->words[0] != '\0') {
        sb_text_add(text, " -a '");
        sb_completion_add_words(text, values);
        sb_text_add(text, "'");
    }
}

static void add_sentence(sb_text *text, const char *explanation)
{
    sb_text_add(text, " -d '");
    sb_completion_add_sentence(text, explanation, "\\", "\\'");
    sb_text_add(text, "'\n");
}

static void add_options(sb_text *text, const sb_subcommand *subcommand, const char *condition)
{
    sb_completion_option options[SB_COMPLETION_MOST_OPTIONS];
    size_t count = sb_completion_options(subcommand, options);
    for (size_t i = 0; i < count; i++) {
        const sb_option *option = &options[i].option;
        const sb_completion_values *values = &options[i].values;
        sb_text_add_format(text, "complete -c sidebet -n '%s'", condition);
        if (option->letter != 0) {
            sb_text_add_format(text, " -s %c", option->letter);
        }
        sb_text_add_format(text, " -l %s%s", option->name,
                           !values->any    ? ""
                           : values->files ? " -rF"
                                           : " -x");
        add_words(text, values);
        add_sentence(text, option->explanation);
    }
}

static void add_subcommand(sb_text *text, const sb_subcommand *subcommand)
{
    char condition[96];
    snprintf(condition, sizeof condition, "__fish_seen_subcommand_from %s", subcommand->name);
    sb_completion_values values = {.any = false};
    sb_completion_read_values(&values, subcommand->synopsis);
    sb_text_add(text, "\n");
    if (!values.files || values.tours) {
        sb_text_add_format(text, "complete -c sidebet -n '%s'%s", condition,
                           values.files ? "" : " -f");
        add_words(text, &values);
        sb_text_add(text, "\n");
    }
    add_options(text, subcommand, condition);
}

void sb_completion_fish(sb_text *text)
{
    sb_text_add(text,
                "# Completions of sidebet for fish, printed by sidebet completions fish.\n"
                "# Found in a folder of fish_complete_path under the name sidebet.fish; else:\n"
                "# sidebet completions fish | source\n\n");
    sb_text_add(text, "set -l subcommands");
    for (size_t i = 0; i < sb_subcommand_count(); i++) {
        sb_text_add_format(text, " %s", sb_subcommand_at(i)->name);
    }
    sb_text_add(text, "\n\n");
    for (size_t i = 0; i < sb_subcommand_count(); i++) {
        sb_text_add_format(text, "complete -c sidebet -n __fish_use_subcommand -a %s",
                           sb_subcommand_at(i)->name);
        add_sentence(text, sb_subcommand_at(i)->summary);
    }
    sb_text_add(text, "\n# A file alone is explored.\n"
                      "set -l alone \"not __fish_seen_subcommand_from $subcommands\"\n");
    for (size_t i = 0; i < sb_subcommand_count(); i++) {
        add_subcommand(text, sb_subcommand_at(i));
    }
    sb_text_add(text, "\n");
    add_options(text, sb_subcommand_find("explore"), "'\"$alone\"'");
}
