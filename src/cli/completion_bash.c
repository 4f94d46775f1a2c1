/* Completions for bash.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "cli/completions.h"

static const char beginning[] =
    "# Completions of sidebet for bash, printed by sidebet completions bash.\n"
    "# Found by bash-completion where they are installed; else: . <(sidebet completions bash)\n"
    "\n"
    "# The options of a subcommand.\n"
    "_sidebet_options() {\n"
    "    case $1 in\n";

/* Bash takes --option=value for three words, and bounded:5 too; for one where = breaks no words. */
static const char ending[] =
    "    esac\n"
    "}\n"
    "\n"
    "_sidebet() {\n"
    "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    local subcommand= option= values= whole= i\n"
    "    COMPREPLY=()\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        case ${COMP_WORDS[i]} in\n"
    "        -*) if [[ ${COMP_WORDS[i + 1]} == = ]]; then ((i += 2))\n"
    "            elif [[ -n $(_sidebet_values \"$subcommand\" \"${COMP_WORDS[i]}\") ]]; then "
    "((i++)); fi ;;\n"
    "        *) subcommand=${subcommand:-${COMP_WORDS[i]}} ;;\n"
    "        esac\n"
    "    done\n"
    "    if [[ $word == --*=* ]]; then option=${word%%=*} whole=${word%%=*}= word=${word#*=}\n"
    "    elif [[ $word == = ]]; then word= option=$before\n"
    "    elif [[ $before == = ]]; then option=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    elif [[ $before == -* ]]; then option=$before\n"
    "    elif [[ $word == : || $before == : ]]; then return; fi\n"
    "    [[ -n $option ]] && values=$(_sidebet_values \"$subcommand\" \"$option\")\n"
    "    if [[ -z $values ]]; then\n"
    "        if [[ $word == -* ]]; then values=$(_sidebet_options \"$subcommand\")\n"
    "        elif [[ -z $subcommand ]]; then values=$(_sidebet_operands; echo @files)\n"
    "        else values=$(_sidebet_operands \"$subcommand\"); fi\n"
    "    fi\n"
    "    if [[ $values == *@files* ]]; then\n"
    "        compopt -o filenames 2>/dev/null\n"
    "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
    "        values=${values/@files/}\n"
    "    fi\n"
    "    mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W \"${values/@value/}\" -- "
    "\"$word\")\n"
    "    [[ -n $whole ]] && COMPREPLY=(\"${COMPREPLY[@]/#/$whole}\")\n"
    "    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *: ]] && compopt -o nospace 2>/dev/null\n"
    "}\n"
    "\n"
    "complete -F _sidebet sidebet\n";

static void add_values(sb_text *text, const sb_completion_values *values)
{
    bool words = values->words[0] != '\0' || values->topics || values->tours;
    sb_text_add_format(text, " echo '%s%s", values->files ? "@files " : "",
                       values->any && !values->files && !words ? "@value" : "");
    sb_completion_add_words(text, values);
    sb_text_add(text, "' ;;\n");
}

static void add_names(sb_text *text, const sb_completion_option *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sb_text_add_format(text, "%s--%s", i == 0 ? "" : " ", options[i].option.name);
        if (options[i].option.letter != 0) {
            sb_text_add_format(text, " -%c", options[i].option.letter);
        }
    }
}

static void add_options(sb_text *text)
{
    sb_completion_option options[SB_COMPLETION_MOST_OPTIONS];
    for (size_t i = 0; i < sb_subcommand_count(); i++) {
        sb_text_add_format(text, "    %s) echo '", sb_subcommand_at(i)->name);
        add_names(text, options, sb_completion_options(sb_subcommand_at(i), options));
        sb_text_add(text, "' ;;\n");
    }
    sb_text_add(text, "    '') echo '");
    add_names(text, options, sb_completion_options(NULL, options));
    /* A file alone is explored. */
    sb_text_add(text, "' ;;\n    *) _sidebet_options explore ;;\n    esac\n}\n\n");
}

static void add_option_values(sb_text *text, const char *subcommand,
                              const sb_completion_option *option)
{
    sb_text_add_format(text, "    %s--%s\"", subcommand, option->option.name);
    if (option->option.letter != 0) {
        sb_text_add_format(text, " | %s-%c\"", subcommand, option->option.letter);
    }
    sb_text_add(text, ")");
    add_values(text, &option->values);
}

/* Where a subcommand takes other words than the rest: first, since the first pattern counts. */
static void add_exceptions(sb_text *text, const sb_completion_option *general, size_t count)
{
    sb_completion_option options[SB_COMPLETION_MOST_OPTIONS];
    for (size_t i = 0; i < sb_subcommand_count(); i++) {
        size_t taken = sb_completion_options(sb_subcommand_at(i), options);
        for (size_t k = 0; k < taken; k++) {
            size_t same = 0;
            while (same < count && strcmp(general[same].option.name, options[k].option.name) != 0) {
                same++;
            }
            if (same < count && strcmp(general[same].values.words, options[k].values.words) != 0) {
                char pattern[64] = "\"";
                strncat(pattern, sb_subcommand_at(i)->name, sizeof pattern - 3);
                strncat(pattern, " ", 2);
                add_option_values(text, pattern, &options[k]);
            }
        }
    }
}

void sb_completion_bash(sb_text *text)
{
    sb_text_add(text, beginning);
    add_options(text);
    sb_text_add(text, "# What an option takes: words, @files for files, @value for what is only "
                      "typed.\n"
                      "_sidebet_values() {\n    case \"$1 $2\" in\n");
    sb_completion_option options[SB_COMPLETION_MOST_OPTIONS];
    size_t count = sb_completion_options(NULL, options);
    add_exceptions(text, options, count);
    for (size_t i = 0; i < count; i++) {
        if (options[i].values.any) {
            add_option_values(text, "*\" ", &options[i]);
        }
    }
    sb_text_add(text, "    esac\n}\n\n# What stands behind a subcommand; without one: which there "
                      "are.\n_sidebet_operands() {\n    case $1 in\n");
    for (size_t i = 0; i < sb_subcommand_count(); i++) {
        sb_completion_values values = {.any = false};
        sb_completion_read_values(&values, sb_subcommand_at(i)->synopsis);
        sb_text_add_format(text, "    %s)", sb_subcommand_at(i)->name);
        add_values(text, &values);
    }
    sb_text_add(text, "    '') echo '");
    for (size_t i = 0; i < sb_subcommand_count(); i++) {
        sb_text_add_format(text, "%s%s", i == 0 ? "" : " ", sb_subcommand_at(i)->name);
    }
    sb_text_add(text, "' ;;\n");
    sb_text_add(text, ending);
}
