/* Reading the manual's source: sections, lists, displays.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/mdoc.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void sb_manual_text_init(sb_manual_text *text)
{
    *text = (sb_manual_text){.blocks = NULL};
}

void sb_manual_text_clear(sb_manual_text *text)
{
    for (size_t i = 0; i < text->count; i++) {
        free(text->blocks[i].text);
    }
    free(text->blocks);
    sb_manual_text_init(text);
}

void sb_manual_text_add(sb_manual_text *text, sb_manual_kind kind, int depth, bool apart,
                        const char *words)
{
    char *copy = sb_copy_text(words);
    if (copy == NULL ||
        !sb_grow(&text->blocks, &text->capacity, text->count + 1, sizeof *text->blocks)) {
        free(copy);
        text->failed = true;
        return;
    }
    sb_manual_block block = {kind, depth, apart && text->count > 0, copy};
    text->blocks[text->count++] = block;
}

typedef struct reader {
    sb_manual_text *text;
    sb_mdoc_flow flow; /* the paragraph begun */
    int depth;
    bool apart;    /* the next block has an empty line before it */
    bool literal;  /* inside a display */
    bool synopsis; /* every name begins a line */
} reader;

static void flush(reader *r)
{
    if (r->flow.text.length > 0) {
        sb_manual_text_add(r->text, SB_MANUAL_PARAGRAPH, r->depth, r->apart, r->flow.text.bytes);
        r->apart = false;
    }
    r->text->failed = r->text->failed || r->flow.text.failed;
    sb_text_clear(&r->flow.text);
    r->flow.joined = false;
}

/* A block of its own: a heading, a tag, a line of a display. */
static void add_block(reader *r, sb_manual_kind kind, int depth, const char *arguments)
{
    flush(r);
    if (r->literal) {
        sb_mdoc_add_literal(&r->flow.text, arguments);
    } else {
        sb_mdoc_add_macros(&r->flow, arguments);
    }
    const char *words = r->flow.text.bytes == NULL ? "" : r->flow.text.bytes;
    sb_manual_text_add(r->text, kind, depth, r->apart || kind < SB_MANUAL_PARAGRAPH, words);
    r->text->failed = r->text->failed || r->flow.text.failed;
    sb_text_clear(&r->flow.text);
    r->flow.joined = false;
    r->apart = false;
}

/* %A, %T, %J, %D of a reference. */
static void add_reference(reader *r, char part, const char *words)
{
    bool title = part == 'T';
    if (r->flow.text.length > 0) {
        sb_text_add(&r->flow.text, part == 'A' ? " and " : ", ");
    }
    sb_text_add(&r->flow.text, title ? "“" : "");
    sb_mdoc_add_literal(&r->flow.text, words);
    sb_text_add(&r->flow.text, title ? "”" : "");
}

static bool begins(const char *line, const char *name, const char **arguments)
{
    size_t length = strlen(name);
    if (strncmp(line, name, length) != 0 || (line[length] != '\0' && line[length] != ' ')) {
        return false;
    }
    *arguments = line + length + strspn(line + length, " ");
    return true;
}

/* Macros that are no running text; false: another. */
static bool read_structure(reader *r, const char *line)
{
    const char *rest = line;
    if (begins(line, "Sh", &rest) || begins(line, "Ss", &rest)) {
        bool section = line[1] == 'h';
        r->depth = 0;
        add_block(r, section ? SB_MANUAL_SECTION : SB_MANUAL_SUBSECTION, 0, rest);
        r->synopsis = section && strcmp(rest, "SYNOPSIS") == 0;
    } else if (begins(line, "It", &rest)) {
        add_block(r, SB_MANUAL_TAG, r->depth - 1, *rest == '\0' ? "\\(bu" : rest);
    } else if (begins(line, "Bl", &rest)) {
        flush(r);
        r->depth++;
    } else if (begins(line, "El", &rest)) {
        flush(r);
        r->depth--;
    } else if (begins(line, "Pp", &rest)) {
        flush(r);
        r->apart = true;
    } else if (begins(line, "Bd", &rest)) {
        flush(r);
        r->literal = true;
        r->apart = true;
    } else if (begins(line, "Dl", &rest)) {
        add_block(r, SB_MANUAL_LITERAL, r->depth + 1, rest);
    } else if (begins(line, "Rs", &rest) || begins(line, "Re", &rest)) {
        sb_text_add(&r->flow.text, line[1] == 'e' ? "." : "");
        flush(r);
        r->apart = true;
    } else {
        return begins(line, "Dd", &rest) || begins(line, "Dt", &rest) || begins(line, "Os", &rest);
    }
    return true;
}

static void read_line(reader *r, const char *line)
{
    const char *rest = line;
    if (r->literal) {
        if (begins(line, ".Ed", &rest)) {
            r->literal = false;
        } else {
            add_block(r, SB_MANUAL_LITERAL, r->depth + 1, line);
        }
        return;
    }
    if (line[0] != '.') {
        sb_mdoc_add_text(&r->flow, line);
        return;
    }
    line++;
    if (line[0] == '%' && line[1] != '\0') {
        add_reference(r, line[1], line + 2 + strspn(line + 2, " "));
    } else if (begins(line, "Nd", &rest)) {
        sb_mdoc_add_text(&r->flow, "–");
        sb_mdoc_add_text(&r->flow, rest);
    } else if (!read_structure(r, line)) {
        if (r->synopsis && begins(line, "Nm", &rest)) {
            flush(r);
        }
        sb_mdoc_add_macros(&r->flow, line);
    }
}

void sb_mdoc_read(const char *const *page, size_t from, size_t to, sb_manual_text *text)
{
    reader r = {.text = text};
    sb_text_init(&r.flow.text);
    r.apart = text->count > 0;
    for (size_t i = from; i < to && page[i] != NULL; i++) {
        read_line(&r, page[i]);
    }
    flush(&r);
}
