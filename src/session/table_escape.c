/* What other formats of text must not misunderstand.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "base/latex.h"
#include "session/table_list.h"

typedef struct escape {
    uint32_t character;
    const char *written;
} escape;

/* Beside what TeX itself takes for something else. */
static const escape latex[] = {
    {'[', "{[}"}, /* behind \\ it would begin an option */
    {']', "{]}"},
    {'*', "{*}"},
};

/* A pipe ends a cell; the rest could begin emphasis, code, links, headings or markup. */
static const escape markdown[] = {
    {'\\', "\\\\"}, {'|', "\\|"}, {'*', "\\*"},  {'_', "\\_"},  {'`', "\\`"},
    {'[', "\\["},   {']', "\\]"}, {'<', "&lt;"}, {'>', "&gt;"}, {'&', "&amp;"},
    {'#', "\\#"},   {'~', "\\~"}, {'$', "\\$"},
};

static const escape html[] = {
    {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"},
};

static const char *find(const escape *escapes, size_t count, uint32_t character)
{
    for (size_t k = 0; k < count; k++) {
        if (escapes[k].character == character) {
            return escapes[k].written;
        }
    }
    return NULL;
}

static const char *in_latex(uint32_t character)
{
    const char *spelling = sb_latex_spelling(character);
    return spelling != NULL ? spelling : find(latex, sizeof latex / sizeof latex[0], character);
}

static const char *in_markdown(uint32_t character)
{
    return find(markdown, sizeof markdown / sizeof markdown[0], character);
}

static const char *in_html(uint32_t character)
{
    return find(html, sizeof html / sizeof html[0], character);
}

/* written: what stands for a character; NULL: itself. */
static void add_escaped(sb_text *text, const char *words, const char *(*written)(uint32_t))
{
    for (size_t left = strlen(words); left > 0;) {
        uint32_t character = 0;
        size_t bytes = sb_text_character(words, left, &character);
        bool valid = bytes > 0 && character >= 0x20 && character != 0x7f &&
                     !(character >= 0x80 && character < 0xa0) && (character & 0xfffe) != 0xfffe;
        const char *instead = valid ? written(character) : " ";
        bytes = bytes == 0 ? 1 : bytes;
        if (instead != NULL) {
            sb_text_add(text, instead);
        } else {
            sb_text_add_part(text, words, bytes);
        }
        words += bytes;
        left -= bytes;
    }
}

void sb_escape_latex(sb_text *text, const char *words)
{
    add_escaped(text, words, in_latex);
}

void sb_escape_markdown(sb_text *text, const char *words)
{
    add_escaped(text, words, in_markdown);
}

void sb_escape_html(sb_text *text, const char *words)
{
    add_escaped(text, words, in_html);
}

void sb_escape_csv(sb_text *text, const char *field)
{
    if (strpbrk(field, ",\"\r\n") == NULL) {
        sb_text_add(text, field);
        return;
    }
    sb_text_add(text, "\"");
    while (*field != '\0') {
        size_t length = strcspn(field, "\"");
        sb_text_add_part(text, field, length);
        field += length;
        if (*field == '"') {
            sb_text_add(text, "\"\"");
            field++;
        }
    }
    sb_text_add(text, "\"");
}
