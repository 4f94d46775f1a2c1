/* Writing a text as a YAML scalar.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/yaml_scalar.h"

#include <string.h>
#include <strings.h>

#include "model/yaml_utf8.h"

/* Words that other YAML readers take for booleans and nulls; numbers stay numbers there, harmless.
 */
static bool is_reserved_word(const char *text)
{
    static const char *const words[] = {"yes",  "no",    "on",   "off", "y",    "n",
                                        "true", "false", "null", "~",   ".nan", ".inf"};
    for (size_t index = 0; index < sizeof words / sizeof words[0]; index++) {
        if (strcasecmp(text, words[index]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_plain_character(uint32_t character, bool first, bool in_flow)
{
    if (character >= 0x80) {
        return sb_utf8_printable(character);
    }
    if ((character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
        (character >= 'A' && character <= 'Z') || character == '_' || character == '.' ||
        character == '(' || character == '+' || character == '/') {
        return true;
    }
    if (character == ',' || character == '?' || character == '!') {
        return !first && !in_flow;
    }
    return !first && strchr(" -)'=$;<>^", (int)character) != NULL && character != 0;
}

static bool is_plain(const char *text, bool in_flow)
{
    size_t length = strlen(text);
    if (length == 0 || text[length - 1] == ' ' || is_reserved_word(text)) {
        return false;
    }
    size_t at = 0;
    if (text[0] == '-' && text[1] >= '0' && text[1] <= '9') {
        at = 1; /* a negative number */
    }
    for (bool first = at == 0; at < length; first = false) {
        uint32_t character = 0;
        size_t size = sb_utf8_decode(text + at, length - at, &character);
        if (size == 0 || !is_plain_character(character, first, in_flow)) {
            return false;
        }
        at += size;
    }
    return strncmp(text, "...", 3) != 0;
}

static void add_quoted(sb_text *out, const char *text)
{
    size_t length = strlen(text);
    sb_text_add(out, "\"");
    for (size_t at = 0; at < length;) {
        uint32_t character = 0;
        size_t size = sb_utf8_decode(text + at, length - at, &character);
        if (size == 0) {
            sb_text_add(out, "\\uFFFD"); /* callers refuse such texts before */
            size = 1;
        } else if (character == '"' || character == '\\') {
            sb_text_add_format(out, "\\%c", (int)character);
        } else if (!sb_utf8_printable(character)) {
            sb_text_add_format(out, "\\u%04X", (unsigned)character);
        } else {
            sb_text_add_part(out, text + at, size);
        }
        at += size;
    }
    sb_text_add(out, "\"");
}

static void add_scalar(sb_text *out, const char *text, bool in_flow)
{
    if (is_plain(text, in_flow)) {
        sb_text_add(out, text);
    } else {
        add_quoted(out, text);
    }
}

void sb_yaml_add_scalar(sb_text *out, const char *text)
{
    add_scalar(out, text, true);
}

void sb_yaml_add_block_scalar(sb_text *out, const char *text)
{
    add_scalar(out, text, false);
}

void sb_yaml_add_key(sb_text *out, const char *text)
{
    sb_yaml_add_scalar(out, text);
    sb_text_add(out, ": ");
}
