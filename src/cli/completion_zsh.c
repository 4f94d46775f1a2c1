/* Completions for zsh.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "cli/completions.h"

static const char beginning[] =
    "#compdef sidebet\n"
    "# Completions of sidebet for zsh, printed by sidebet completions zsh.\n"
    "# Found in a folder of fpath under the name _sidebet; else: . <(sidebet completions zsh)\n"
    "\n"
    "_sidebet() {\n"
    "    local curcontext=$curcontext state line\n"
    "    local -a subcommands\n"
    "    subcommands=(\n";

static const char middle[] = "    )\n"
                             "    _arguments -C ': :->first' '*:: :->rest' && return\n"
                             "    case $state in\n"
                             "    first)\n"
                             "        _describe -t subcommands subcommand subcommands\n"
                             "        _files\n"
                             "        ;;\n"
                             "    rest)\n"
                             "        case $words[1] in\n";

static const char ending[] = "        esac\n"
                             "        ;;\n"
                             "    esac\n"
                             "}\n"
                             "\n"
                             "if [[ $funcstack[1] == _sidebet ]]; then\n"
                             "    _sidebet \"$@\"\n"
                             "else\n"
                             "    compdef _sidebet sidebet\n"
                             "fi\n";

/* ":what it is:how it is completed" */
static void add_values(sb_text *text, const sb_completion_values *values, const char *what)
{
    sb_text_add_format(text, ":%s:", what);
    if (values->topics) {
        sb_text_add(text, "(");
        sb_completion_add_topics(text);
        sb_text_add(text, ")");
    } else if (values->tours) {
        sb_text_add(text, "{compadd -- ");
        sb_completion_add_tours(text);
        sb_text_add(text, "; _files}");
    } else if (values->words[0] != '\0') {
        sb_text_add(text, "(");
        for (const char *word = values->words; *word != '\0'; word++) {
            sb_text_add(text, *word == ':' ? "\\" : "");
            sb_text_add_part(text, word, 1);
        }
        sb_text_add(text, ")");
    } else if (values->files) {
        sb_text_add(text, "_files");
    } else {
        sb_text_add(text, " ");
    }
}

/* '--ic=[explanation]:value:(bayes-nash ex-post none)' */
static void add_option(sb_text *text, const sb_completion_option *option)
{
    const sb_option *described = &option->option;
    bool repeated = strstr(described->explanation, "repeated") != NULL;
    const char *joint = option->values.any ? "=" : "";
    sb_text_add(text, " \\\n            ");
    if (described->letter != 0) {
        sb_text_add_format(text, "'(-%c --%s)'{-%c%s,--%s%s}'[", described->letter, described->name,
                           described->letter, option->values.any ? "+" : "", described->name,
                           joint);
    } else {
        sb_text_add_format(text, "'%s--%s%s[", repeated ? "*" : "", described->name, joint);
    }
    sb_completion_add_sentence(text, described->explanation, "[]:\\", "'\\''");
    sb_text_add(text, "]");
    if (option->values.any) {
        add_values(text, &option->values, "value");
    }
    sb_text_add(text, "'");
}

static void add_subcommand(sb_text *text, const sb_subcommand *subcommand, const char *pattern)
{
    sb_text_add_format(text, "        %s)\n            _arguments -S", pattern);
    sb_completion_option options[SB_COMPLETION_MOST_OPTIONS];
    size_t count = sb_completion_options(subcommand, options);
    for (size_t i = 0; i < count; i++) {
        add_option(text, &options[i]);
    }
    sb_completion_values values = {.any = false};
    sb_completion_read_values(&values, subcommand->synopsis);
    sb_text_add(text, " \\\n            '*");
    add_values(text, &values, "argument");
    sb_text_add(text, "' ;;\n");
}

void sb_completion_zsh(sb_text *text)
{
    sb_text_add(text, beginning);
    for (size_t i = 0; i < sb_subcommand_count(); i++) {
        sb_text_add_format(text, "        '%s:", sb_subcommand_at(i)->name);
        sb_completion_add_sentence(text, sb_subcommand_at(i)->summary, ":\\", "'\\''");
        sb_text_add(text, "'\n");
    }
    sb_text_add(text, middle);
    for (size_t i = 0; i < sb_subcommand_count(); i++) {
        add_subcommand(text, sb_subcommand_at(i), sb_subcommand_at(i)->name);
    }
    /* A file alone is explored. */
    add_subcommand(text, sb_subcommand_find("explore"), "*");
    sb_text_add(text, ending);
}
