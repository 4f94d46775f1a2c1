/* The manual as plain text.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/manual.h"

enum { INDENT = 2, STEP = 4 };

static void wrap(sb_text *text, const char *words, size_t indent, size_t width)
{
    size_t column = 0;
    while (*words != '\0') {
        size_t length = strcspn(words, " ");
        char *word = sb_copy_text_part(words, length);
        if (word == NULL) {
            text->failed = true;
            return;
        }
        size_t columns = sb_text_width(word);
        if (column > indent && column + 1 + columns > width) {
            sb_text_add(text, "\n");
            column = 0;
        }
        if (column == 0) {
            sb_text_add_format(text, "%*s%s", (int)indent, "", word);
            column = indent + columns;
        } else {
            sb_text_add_format(text, " %s", word);
            column += 1 + columns;
        }
        free(word);
        words += length;
        words += strspn(words, " ");
    }
    sb_text_add(text, "\n");
}

void sb_manual_format(const sb_manual_text *manual, size_t width, sb_text *text)
{
    for (size_t i = 0; i < manual->count; i++) {
        const sb_manual_block *block = &manual->blocks[i];
        size_t depth = block->depth > 0 ? (size_t)block->depth : 0;
        sb_text_add(text, block->apart ? "\n" : "");
        switch (block->kind) {
        case SB_MANUAL_SECTION:
        case SB_MANUAL_SUBSECTION:
            wrap(text, block->text, 0, width);
            break;
        case SB_MANUAL_TAG:
        case SB_MANUAL_PARAGRAPH:
            wrap(text, block->text, INDENT + STEP * depth, width);
            break;
        case SB_MANUAL_LITERAL:
            sb_text_add_format(text, "%*s%s\n", (int)(INDENT + STEP * depth), "", block->text);
            break;
        }
    }
}
