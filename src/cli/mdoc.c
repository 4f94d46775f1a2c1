/* The manual's tables in mdoc, from the tables that dispatch.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Clean for mandoc's linter: one sentence a line, no line beyond 80 bytes, nothing that could be
 * taken for a macro.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "cli/help.h"
#include "session/commands.h"

enum { LINE_LENGTH = 78 };

/* One word of running text or of a macro's arguments, with what mdoc would interpret escaped. */
static void escape(sb_text *out, const char *word, size_t length, bool argument)
{
    /* A short word may be a macro's name (No, Op, Ar), and a mark alone may be a delimiter. */
    if ((argument && length <= 3) || word[0] == '.' || word[0] == '\'') {
        sb_text_add(out, "\\&");
    }
    while (length > 0) {
        uint32_t character = 0;
        size_t bytes = sb_text_character(word, length, &character);
        bytes = bytes == 0 ? 1 : bytes;
        if (character == '\\') {
            sb_text_add(out, "\\e");
        } else if (character == '"') {
            sb_text_add(out, "\\(dq");
        } else if (character == '-' && argument) {
            sb_text_add(out, "\\-");
        } else if (character >= 0x80) {
            sb_text_add_format(out, "\\[u%04X]", (unsigned)character);
        } else {
            sb_text_add_part(out, word, bytes);
        }
        word += bytes;
        length -= bytes;
        if (argument && length == 0 && character < 0x80 &&
            strchr(".,:;)]?!", (int)character) != NULL) {
            sb_text_add(out, "\\&"); /* part of the word, not punctuation behind it */
        }
    }
}

static bool ends_sentence(const char *word, size_t length, const char *next)
{
    char last = length > 0 ? word[length - 1] : ' ';
    return (last == '.' || last == '?' || last == '!' ||
            (length > 1 && last == ')' && word[length - 2] == '.')) &&
           (isupper((unsigned char)*next) || *next == '\0' || *next == '`' ||
            (unsigned char)*next >= 0x80);
}

/* Sentences as running text; each starts a line. */
static void paragraph(sb_text *out, const char *sentences)
{
    size_t column = 0;
    const char *rest = sentences + strspn(sentences, " \n");
    while (*rest != '\0') {
        const char *word = rest;
        size_t length = strcspn(word, " \n");
        rest = word + length;
        rest += strspn(rest, " \n");
        sb_text escaped;
        sb_text_init(&escaped);
        escape(&escaped, word, length, false);
        if (column > 0 && column + 1 + escaped.length > LINE_LENGTH) {
            sb_text_add(out, "\n");
            column = 0;
        }
        if (column > 0) {
            sb_text_add(out, " ");
            column++;
        }
        sb_text_add_part(out, escaped.bytes == NULL ? "" : escaped.bytes, escaped.length);
        out->failed = out->failed || escaped.failed;
        column += escaped.length;
        sb_text_clear(&escaped);
        if (ends_sentence(word, length, rest)) {
            sb_text_add(out, "\n");
            column = 0;
        }
    }
    if (column > 0) {
        sb_text_add(out, "\n");
    }
}

/* The arguments of a synopsis: CAPITALS stand for something, other words are typed as they are;
 * brackets enclose what may be left out, | separates choices. */
static void synopsis_word(sb_text *out, const char *word, size_t length)
{
    const char *end = word + length;
    while (word < end) {
        size_t part = strcspn(word, "[]| ");
        part = part > (size_t)(end - word) ? (size_t)(end - word) : part;
        if (part == 0) {
            sb_text_add(out, *word == '['   ? " Oo"
                             : *word == ']' ? " Oc"
                             : *word == '|' ? " |"
                                            : "");
            word++;
            continue;
        }
        sb_text_add(out, strncmp(word, "...", 3) == 0      ? " No "
                         : isupper((unsigned char)word[0]) ? " Ar "
                                                           : " Cm ");
        escape(out, word, part, true);
        word += part;
    }
}

/* A summary, "find a best mechanism", as a sentence. */
static void summary(sb_text *out, const char *words)
{
    size_t length = strlen(words);
    char last = length > 0 ? words[length - 1] : '.';
    char *sentence = sb_format_text("%s%s", words, strchr(".?!", last) != NULL ? "" : ".");
    if (sentence == NULL) {
        out->failed = true;
        return;
    }
    sentence[0] = (char)toupper((unsigned char)sentence[0]);
    paragraph(out, sentence);
    free(sentence);
}

static void begin_list(sb_text *out)
{
    sb_text_add(out, ".Bl -tag -width Ds\n");
}

/* Its first word may be a macro's name: In, On. */
static void heading(sb_text *out, const char *words)
{
    size_t first = strcspn(words, " ");
    sb_text_add(out, ".Ss ");
    escape(out, words, first, true);
    sb_text_add_format(out, "%s\n", words + first);
}

void sb_mdoc_commands(sb_text *text)
{
    const char *group = NULL;
    for (size_t i = 0; i < sb_command_count(); i++) {
        const sb_command_description *command = sb_command_at(i);
        if (group == NULL || strcmp(group, command->group) != 0) {
            sb_text_add(text, group == NULL ? "" : ".El\n");
            heading(text, command->group);
            begin_list(text);
            group = command->group;
        }
        sb_text_add(text, ".It");
        synopsis_word(text, command->synopsis, strlen(command->synopsis));
        const char *shorter = sb_command_short_name(command);
        if (shorter != NULL) {
            sb_text_add(text, " , Cm ");
            escape(text, shorter, strlen(shorter), true);
        }
        sb_text_add(text, "\n");
        summary(text, command->summary);
        paragraph(text, command->details);
    }
    sb_text_add(text, group == NULL ? "" : ".El\n");
}

static void key_names(sb_text *text, const char *keys)
{
    sb_text_add(text, ".It");
    const char *separator = "";
    while (*keys != '\0') {
        size_t length = strcspn(keys, " ");
        if (length > 0) {
            sb_text_add_format(text, "%s Sy ", separator);
            escape(text, keys, length, true);
            separator = " ,";
        }
        keys += length;
        keys += strspn(keys, " ");
    }
    sb_text_add(text, "\n");
}

void sb_mdoc_keys(sb_text *text)
{
    for (int context = SB_KEYS_ANYWHERE; context <= SB_KEYS_ENTRY; context++) {
        bool headed = false;
        for (size_t i = 0; i < sb_key_count(); i++) {
            const sb_key_binding *binding = sb_key_at(i);
            if (binding->context != (sb_key_context)context) {
                continue;
            }
            if (!headed) {
                heading(text, sb_help_context_title(binding->context));
                begin_list(text);
                headed = true;
            }
            key_names(text, binding->keys);
            summary(text, binding->help);
        }
        sb_text_add(text, headed ? ".El\n" : "");
    }
}

static void rule_choices(sb_text *text, const sb_rule_description *rule)
{
    begin_list(text);
    for (int i = 0; i < rule->choice_count; i++) {
        const sb_rule_choice *choice = &rule->choices[i];
        sb_text_add(text, ".It Cm ");
        escape(text, choice->name, strlen(choice->name), true);
        if (choice->takes != NULL) {
            sb_text_add_format(text, " : Ns Ar %s", choice->takes);
        }
        sb_text_add(text, "\n");
        summary(text, choice->explanation);
    }
    sb_text_add(text, ".El\n");
}

void sb_mdoc_options(sb_text *text)
{
    begin_list(text);
    for (size_t i = 0; i < sb_option_count(); i++) {
        sb_option option;
        sb_option_at(i, &option);
        if (option.kind == SB_OPTION_MDOC) {
            continue;
        }
        sb_text_add(text, ".It");
        if (option.letter != 0) {
            sb_text_add_format(text, " Fl %c ,", option.letter);
        }
        sb_text_add(text, " Fl -");
        escape(text, option.name, strlen(option.name), true);
        const char *argument = option.kind != SB_OPTION_RULE      ? option.argument
                               : sb_rule_is_by_agent(option.rule) ? "[AGENT=] CHOICE"
                                                                  : "CHOICE";
        synopsis_word(text, argument, strlen(argument));
        sb_text_add(text, "\n");
        paragraph(text, option.explanation);
        if (option.kind == SB_OPTION_RULE) {
            rule_choices(text, sb_rule_describe(option.rule));
        }
    }
    sb_text_add(text, ".El\n");
}
