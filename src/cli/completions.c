/* sidebet completions: what a shell needs to complete the command line.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/completions.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/exit_status.h"
#include "session/manual.h"
#include "session/tours.h"

/* One of the parts between bars: a word to type, or in capitals what it stands for. */
static void read_part(sb_completion_values *values, const char *part, size_t length)
{
    static const char *const files[] = {"FILE", "ENVIRONMENT", "PART", "BELIEF", "TRUTH"};
    if (isupper((unsigned char)part[0])) {
        for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
            values->files = values->files ||
                            (strlen(files[i]) == length && memcmp(files[i], part, length) == 0);
        }
        values->topics =
            values->topics || (length == strlen("TOPIC") && memcmp(part, "TOPIC", length) == 0);
        values->tours =
            values->tours || (length == strlen("TOUR") && memcmp(part, "TOUR", length) == 0);
        return;
    }
    const char *colon = memchr(part, ':', length);
    length = colon == NULL ? length : (size_t)(colon - part) + 1;
    size_t used = strlen(values->words);
    if (used + 1 + length < sizeof values->words) {
        if (used > 0) {
            values->words[used++] = ' ';
        }
        memcpy(values->words + used, part, length);
        values->words[used + length] = '\0';
    }
}

void sb_completion_read_values(sb_completion_values *values, const char *argument)
{
    while (*argument != '\0') {
        size_t length = strcspn(argument, "|[] ");
        if (length > 0 && argument[0] != '.') {
            values->any = true;
            read_part(values, argument, length);
        }
        argument += length;
        argument += strspn(argument, "|[] ");
    }
}

static bool takes(const sb_subcommand *subcommand, const sb_option *option)
{
    const sb_option_bits always = SB_OPTION_BIT(SB_OPTION_HELP) | SB_OPTION_BIT(SB_OPTION_VERSION);
    sb_option_bits taken = subcommand == NULL ? ~(sb_option_bits)0 : subcommand->options | always;
    return option->kind != SB_OPTION_MDOC && (taken & SB_OPTION_BIT(option->kind)) != 0;
}

/* The words of --format are those that a subcommand writes. */
static void narrow(const sb_subcommand *subcommand, sb_option *option)
{
    static const char *const formats[][2] = {{"lp", "text|cplex|mps|latex"},
                                             {"incentives", "text|dot"},
                                             {"table", "text|latex|markdown|csv"}};
    bool format = subcommand != NULL && option->kind == SB_OPTION_FORMAT;
    for (size_t k = 0; format && k < sizeof formats / sizeof formats[0]; k++) {
        if (strcmp(formats[k][0], subcommand->name) == 0) {
            snprintf(option->argument, sizeof option->argument, "%s", formats[k][1]);
        }
    }
}

size_t sb_completion_options(const sb_subcommand *subcommand,
                             sb_completion_option options[SB_COMPLETION_MOST_OPTIONS])
{
    size_t count = 0;
    for (size_t i = 0; i < sb_option_count() && count < SB_COMPLETION_MOST_OPTIONS; i++) {
        sb_completion_option *next = &options[count];
        *next = (sb_completion_option){.values = {.any = false}};
        sb_option_at(i, &next->option);
        if (!takes(subcommand, &next->option)) {
            continue;
        }
        narrow(subcommand, &next->option);
        sb_completion_option *same = options;
        while (strcmp(same->option.name, next->option.name) != 0) {
            same++;
        }
        if (same == next) {
            count++;
        }
        if (same == next || subcommand != NULL) {
            sb_completion_read_values(&same->values, next->option.argument);
        }
    }
    return count;
}

/* Words that are safe in any shell. */
static bool is_plain(const char *name)
{
    return isalpha((unsigned char)name[0]) &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
               strlen(name);
}

static int in_order(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

void sb_completion_add_topics(sb_text *text)
{
    sb_manual manual;
    sb_manual_init(&manual);
    const char **names = sb_allocate(manual.count + 1, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; names != NULL && i < manual.count; i++) {
        const char *name = manual.topics[i].name + strspn(manual.topics[i].name, "-");
        if (strlen(name) > 1 && is_plain(name)) {
            names[count++] = name;
        }
    }
    if (count > 0) {
        qsort(names, count, sizeof *names, in_order);
    }
    const char *last = "";
    for (size_t i = 0; i < count; i++) {
        if (strcmp(last, names[i]) != 0) {
            sb_text_add_format(text, "%s%s", last[0] == '\0' ? "" : " ", names[i]);
            last = names[i];
        }
    }
    text->failed = text->failed || names == NULL || manual.failed;
    free(names);
    sb_manual_clear(&manual);
}

void sb_completion_add_tours(sb_text *text)
{
    sb_tours tours;
    if (sb_tours_list(&tours, NULL) != SB_OK) {
        text->failed = true;
        return;
    }
    for (size_t k = 0; k < tours.count; k++) {
        if (is_plain(tours.each[k].name)) {
            sb_text_add_format(text, "%s%s", k == 0 ? "" : " ", tours.each[k].name);
        }
    }
    sb_tours_clear(&tours);
}

void sb_completion_add_words(sb_text *text, const sb_completion_values *values)
{
    sb_text_add(text, values->words);
    if (values->topics) {
        sb_completion_add_topics(text);
    }
    if (values->tours) {
        sb_completion_add_tours(text);
    }
}

static size_t sentence_length(const char *explanation)
{
    size_t length = 0;
    for (;;) {
        length += strcspn(explanation + length, ".;");
        if (explanation[length] == '\0' || explanation[length + 1] == ' ' ||
            explanation[length + 1] == '\0') {
            return length;
        }
        length++;
    }
}

void sb_completion_add_sentence(sb_text *text, const char *explanation, const char *escaped,
                                const char *quote)
{
    size_t length = sentence_length(explanation);
    for (size_t i = 0; i < length; i++) {
        if (explanation[i] == '\'') {
            sb_text_add(text, quote);
            continue;
        }
        sb_text_add(text, strchr(escaped, explanation[i]) != NULL ? "\\" : "");
        sb_text_add_part(text, explanation + i, 1);
    }
}

int sb_run_completions(const sb_arguments *arguments)
{
    static const struct {
        const char *name;
        void (*write)(sb_text *text);
    } shells[] = {
        {"bash", sb_completion_bash}, {"zsh", sb_completion_zsh}, {"fish", sb_completion_fish}};
    sb_error error;
    sb_error_clear(&error);
    const char *shell = arguments->operands[0];
    for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++) {
        if (strcmp(shells[i].name, shell) == 0) {
            sb_text text;
            sb_text_init(&text);
            shells[i].write(&text);
            return sb_exit_print(&text, &error) == SB_OK ? SB_EXIT_SOLVED
                                                         : sb_exit_with_error(&error);
        }
    }
    sb_error_set(&error, SB_ERROR_USAGE, "there are no completions for '%.80s'", shell);
    sb_error_set_hint(&error, "choose bash, zsh or fish");
    return sb_exit_with_error(&error);
}
