/* A topic of the manual on the help screen, and the search for a text there.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/help_topic.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/manual.h"

enum { STEP = 3, LINES_BEFORE = 2 };

static void add_block(sb_lines *lines, const sb_canvas *canvas, int width,
                      const sb_manual_block *block)
{
    int indent = block->depth > 0 ? block->depth * STEP : 0;
    if (block->apart) {
        sb_lines_begin(lines);
    }
    switch (block->kind) {
    case SB_MANUAL_SECTION:
    case SB_MANUAL_SUBSECTION:
        sb_lines_wrap(lines, canvas, SB_STYLE_HEADING, 0, width, block->text);
        break;
    case SB_MANUAL_TAG:
        sb_lines_wrap(lines, canvas, SB_STYLE_KEY, indent, width, block->text);
        break;
    case SB_MANUAL_PARAGRAPH:
        sb_lines_wrap(lines, canvas, SB_STYLE_NORMAL, indent, width, block->text);
        break;
    case SB_MANUAL_LITERAL:
        sb_lines_begin(lines);
        sb_lines_add(lines, SB_STYLE_NORMAL, "%*s%s", indent, "", block->text);
        break;
    }
}

void sb_help_topic_lines(sb_lines *lines, const sb_canvas *canvas, int width, const char *topic)
{
    sb_manual manual;
    sb_manual_text text;
    sb_error error;
    sb_manual_init(&manual);
    sb_manual_text_init(&text);
    sb_error_clear(&error);
    if (sb_manual_explain(&manual, topic, &text, &error) != SB_OK) {
        sb_lines_wrap(lines, canvas, SB_STYLE_ERROR, 0, width, error.message);
    }
    for (size_t i = 0; i < text.count; i++) {
        add_block(lines, canvas, width, &text.blocks[i]);
    }
    sb_manual_text_clear(&text);
    sb_manual_clear(&manual);
}

/* ---- search ---- */

static bool contains(const char *text, const char *wanted)
{
    for (; *text != '\0'; text++) {
        size_t i = 0;
        while (wanted[i] != '\0' &&
               tolower((unsigned char)text[i]) == tolower((unsigned char)wanted[i])) {
            i++;
        }
        if (wanted[i] == '\0') {
            return true;
        }
    }
    return false;
}

static bool line_contains(const sb_lines *lines, size_t index, const char *wanted)
{
    char *text = sb_lines_text(lines, index);
    bool found = text != NULL && contains(text, wanted);
    free(text);
    return found;
}

char *sb_help_search(sb_lines *lines, const sb_display *display, size_t *first)
{
    const char *wanted = display->help_search;
    if (wanted[0] == '\0') {
        return NULL;
    }
    long count = 0;
    for (size_t i = 0; i < lines->count; i++) {
        count += line_contains(lines, i, wanted) ? 1 : 0;
    }
    if (count == 0) {
        return sb_format_text("no '%s' here", wanted);
    }
    long chosen = ((display->help_match % count) + count) % count;
    size_t line = 0;
    for (long seen = -1; line < lines->count; line++) {
        seen += line_contains(lines, line, wanted) ? 1 : 0;
        if (seen == chosen) {
            break;
        }
    }
    for (size_t span = 0; span < lines->items[line].count; span++) {
        lines->items[line].spans[span].style = SB_STYLE_ENTRY;
    }
    long shown = (long)line - LINES_BEFORE + display->help_offset;
    *first = shown < 0 ? 0 : (size_t)shown;
    return sb_format_text("'%s' %ld of %ld", wanted, chosen + 1, count);
}
