/* One line of mdoc: its macros, its punctuation, its escapes.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "session/mdoc.h"

typedef enum macro_kind {
    NO_MACRO,
    PLAIN,    /* its words as they are */
    FLAG,     /* a dash before each */
    ENCLOSE,  /* the rest of the line between two marks */
    OPENING,  /* a mark that another macro closes */
    CLOSING,  /* that one */
    NAME,     /* the program's, unless one follows */
    REFERENCE /* name and section of a page */
} macro_kind;

typedef struct macro {
    const char *name;
    macro_kind kind;
    const char *open, *close;
} macro;

static const macro macros[] = {
    {"Ar", PLAIN, "", ""},     {"Cm", PLAIN, "", ""},     {"Dv", PLAIN, "", ""},
    {"Em", PLAIN, "", ""},     {"Ev", PLAIN, "", ""},     {"Ic", PLAIN, "", ""},
    {"Li", PLAIN, "", ""},     {"No", PLAIN, "", ""},     {"Ns", PLAIN, "", ""},
    {"Pa", PLAIN, "", ""},     {"Sx", PLAIN, "", ""},     {"Sy", PLAIN, "", ""},
    {"Va", PLAIN, "", ""},     {"Er", PLAIN, "", ""},     {"An", PLAIN, "", ""},
    {"Ad", PLAIN, "", ""},     {"Ms", PLAIN, "", ""},     {"Fa", PLAIN, "", ""},
    {"Fl", FLAG, "", ""},      {"Ql", ENCLOSE, "‘", "’"}, {"Sq", ENCLOSE, "‘", "’"},
    {"Dq", ENCLOSE, "“", "”"}, {"Pq", ENCLOSE, "(", ")"}, {"Bq", ENCLOSE, "[", "]"},
    {"Op", ENCLOSE, "[", "]"}, {"Aq", ENCLOSE, "⟨", "⟩"}, {"Brq", ENCLOSE, "{", "}"},
    {"Oo", OPENING, "[", ""},  {"Oc", CLOSING, "]", ""},  {"Nm", NAME, "", ""},
    {"Xr", REFERENCE, "", ""},
};

static const macro *find_macro(const sb_mdoc_words *words, size_t index)
{
    for (size_t i = 0; !words->quoted[index] && i < sizeof macros / sizeof macros[0]; i++) {
        if (strcmp(macros[i].name, words->texts[index]) == 0) {
            return &macros[i];
        }
    }
    return NULL;
}

bool sb_mdoc_is_macro(const sb_mdoc_words *words, size_t index)
{
    return find_macro(words, index) != NULL;
}

/* ---- words ---- */

void sb_mdoc_split(sb_mdoc_words *words, const char *line)
{
    words->count = 0;
    size_t used = 0;
    line += strspn(line, " ");
    while (*line != '\0' && words->count < SB_MDOC_MOST_WORDS) {
        bool quoted = *line == '"';
        line += quoted ? 1 : 0;
        size_t length = strcspn(line, quoted ? "\"" : " ");
        if (used + length + 1 > sizeof words->bytes) {
            return;
        }
        memcpy(words->bytes + used, line, length);
        words->bytes[used + length] = '\0';
        words->texts[words->count] = words->bytes + used;
        words->quoted[words->count++] = quoted;
        used += length + 1;
        line += length + (quoted && line[length] == '"' ? 1 : 0);
        line += strspn(line, " ");
    }
}

static bool is_mark(const sb_mdoc_words *words, size_t index, const char *marks)
{
    const char *word = words->texts[index];
    return !words->quoted[index] && word[0] != '\0' && word[1] == '\0' &&
           strchr(marks, word[0]) != NULL;
}

static bool closes(const sb_mdoc_words *words, size_t index)
{
    return is_mark(words, index, ".,:;)]?!");
}

/* ---- escapes ---- */

static const struct {
    const char *name, *text;
} characters[] = {
    {"dq", "\""}, {"mi", "−"}, {"en", "–"}, {"em", "—"}, {"S2", "²"}, {"'e", "é"}, {"bu", "•"},
    {"ge", "≥"},  {"le", "≤"}, {"!=", "≠"}, {"*e", "ε"}, {"*h", "θ"}, {"*l", "λ"}, {"*d", "δ"},
    {"*p", "π"},  {"mu", "×"}, {"oq", "‘"}, {"cq", "’"}, {"->", "→"}, {"aq", "'"}, {"rs", "\\"},
    {":u", "ü"},  {":o", "ö"}, {"lq", "“"}, {"rq", "”"}, {"ti", "~"}, {"ha", "^"}, {"12", "½"},
};

static void add_character(sb_text *text, uint32_t code)
{
    char bytes[5] = {0};
    if (code < 0x80) {
        bytes[0] = (char)code;
    } else if (code < 0x800) {
        bytes[0] = (char)(0xC0 | code >> 6);
        bytes[1] = (char)(0x80 | (code & 0x3F));
    } else {
        bytes[0] = (char)(0xE0 | code >> 12);
        bytes[1] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (code & 0x3F));
    }
    sb_text_add(text, bytes);
}

/* What follows a backslash; returns how many bytes that was. */
static size_t add_escape(sb_text *text, const char *rest)
{
    switch (rest[0]) {
    case '&':
        return 1;
    case 'e':
        sb_text_add(text, "\\");
        return 1;
    case '(':
        for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++) {
            if (rest[1] != '\0' && strncmp(rest + 1, characters[i].name, 2) == 0) {
                sb_text_add(text, characters[i].text);
                return 3;
            }
        }
        return 1;
    case '[':
        if (rest[1] == 'u') {
            char *end = NULL;
            add_character(text, (uint32_t)strtoul(rest + 2, &end, 16));
            return (size_t)(end - rest) + (*end == ']' ? 1 : 0);
        }
        return 1;
    case '\0':
        return 0;
    default: /* the character itself: \- and "\ " */
        sb_text_add_part(text, rest, 1);
        return 1;
    }
}

void sb_mdoc_add_literal(sb_text *text, const char *line)
{
    while (*line != '\0') {
        size_t length = strcspn(line, "\\");
        sb_text_add_part(text, line, length);
        line += length;
        if (*line == '\\') {
            line += 1 + add_escape(text, line + 1);
        }
    }
}

/* ---- macros ---- */

static void add_mark(sb_mdoc_flow *flow, const char *word)
{
    sb_mdoc_add_literal(&flow->text, word);
    flow->joined = false;
}

static void add_blank(sb_mdoc_flow *flow)
{
    if (flow->text.length > 0 && !flow->joined) {
        sb_text_add(&flow->text, " ");
    }
    flow->joined = false;
}

static void add_opening(sb_mdoc_flow *flow, const char *mark)
{
    add_blank(flow);
    sb_text_add(&flow->text, mark);
    flow->joined = true;
}

static void add_word(sb_mdoc_flow *flow, const sb_mdoc_words *words, size_t index,
                     const char *before)
{
    const char *word = words->texts[index];
    if (closes(words, index)) {
        add_mark(flow, word);
        return;
    }
    add_blank(flow);
    sb_text_add(&flow->text, is_mark(words, index, "([|") ? "" : before);
    sb_mdoc_add_literal(&flow->text, word);
    flow->joined = is_mark(words, index, "([");
}

static void add_range(sb_mdoc_flow *flow, const sb_mdoc_words *words, size_t from, size_t to);

/* The words of a macro that ends where the next begins; returns where. */
static size_t add_arguments(sb_mdoc_flow *flow, const sb_mdoc_words *words, size_t from, size_t to,
                            const macro *by)
{
    size_t at = from;
    for (; at < to && find_macro(words, at) == NULL; at++) {
        add_word(flow, words, at, by->kind == FLAG ? "-" : "");
    }
    if (at == from && by->kind == FLAG) {
        add_blank(flow);
        sb_text_add(&flow->text, "-");
    }
    return at;
}

/* The rest of the line, but for the punctuation at its end. */
static size_t enclose(sb_mdoc_flow *flow, const sb_mdoc_words *words, size_t from, size_t to,
                      const macro *by)
{
    size_t end = to;
    while (end > from && closes(words, end - 1)) {
        end--;
    }
    add_opening(flow, by->open);
    add_range(flow, words, from, end);
    add_mark(flow, by->close);
    return end;
}

static size_t add_macro(sb_mdoc_flow *flow, const sb_mdoc_words *words, size_t at, size_t to)
{
    const macro *by = find_macro(words, at++);
    switch (by->kind) {
    case ENCLOSE:
        return enclose(flow, words, at, to, by);
    case OPENING:
        add_opening(flow, by->open);
        return at;
    case CLOSING:
        add_mark(flow, by->open);
        return at;
    case NAME:
        if (at == to || find_macro(words, at) != NULL || closes(words, at)) {
            add_blank(flow);
            sb_text_add(&flow->text, "sidebet");
        }
        return at;
    case REFERENCE:
        if (at + 1 < to) {
            add_word(flow, words, at, "");
            sb_text_add_format(&flow->text, "(%s)", words->texts[at + 1]);
            return at + 2;
        }
        return at;
    case PLAIN:
        flow->joined = flow->joined || strcmp(by->name, "Ns") == 0;
        break;
    case FLAG:
    case NO_MACRO:
        break;
    }
    return add_arguments(flow, words, at, to, by);
}

static void add_range(sb_mdoc_flow *flow, const sb_mdoc_words *words, size_t from, size_t to)
{
    while (from < to) {
        if (find_macro(words, from) != NULL) {
            from = add_macro(flow, words, from, to);
        } else {
            add_word(flow, words, from, "");
            from++;
        }
    }
}

void sb_mdoc_add_macros(sb_mdoc_flow *flow, const char *line)
{
    sb_mdoc_words words;
    sb_mdoc_split(&words, line);
    add_range(flow, &words, 0, words.count);
}

void sb_mdoc_add_text(sb_mdoc_flow *flow, const char *line)
{
    line += strspn(line, " ");
    if (*line != '\0') {
        add_blank(flow);
        sb_mdoc_add_literal(&flow->text, line);
    }
}
