/* UTF-8 as files hold it: decoding, checking, showing in messages.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/yaml_utf8.h"

#include <string.h>

#include "base/text.h"
#include "sidebet/environment.h"

size_t sb_utf8_decode(const char *text, size_t length, uint32_t *character)
{
    static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (length == 0) {
        return 0;
    }
    unsigned char lead = (unsigned char)text[0];
    size_t size = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
    if (size == 0 || size > length || lead > 0xF4) {
        return 0;
    }
    uint32_t value = size == 1 ? lead : lead & (0xFFU >> (size + 1));
    for (size_t index = 1; index < size; index++) {
        unsigned char next = (unsigned char)text[index];
        if ((next & 0xC0U) != 0x80U) {
            return 0;
        }
        value = (value << 6) | (next & 0x3FU);
    }
    if (value < smallest[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return 0;
    }
    *character = value;
    return size;
}

bool sb_utf8_printable(uint32_t character)
{
    return !sb_character_is_control(character) && character != 0xFEFF && character != 0xFFFE &&
           character != 0xFFFF;
}

sb_status sb_utf8_check(const char *text, size_t length, const char *name, sb_error *error)
{
    int line = 1;
    int column = 1;
    for (size_t at = 0; at < length;) {
        uint32_t character = 0;
        size_t size = sb_utf8_decode(text + at, length - at, &character);
        if (size == 0) {
            sb_error_set(error, SB_ERROR_INPUT, "the byte 0x%02x is not valid UTF-8 here",
                         (unsigned)(unsigned char)text[at]);
            sb_error_set_place(error, name, line, column);
            sb_error_set_hint(error, "save the file as UTF-8 text");
            return SB_ERROR_INPUT;
        }
        bool blank = character == '\t' || character == '\n' || character == '\r' ||
                     character == 0x85 || character == 0x2028 || character == 0x2029;
        if (!blank && !sb_utf8_printable(character) && !(at == 0 && character == 0xFEFF)) {
            sb_error_set(error, SB_ERROR_INPUT, "the control character U+%04X is not allowed here",
                         (unsigned)character);
            sb_error_set_place(error, name, line, column);
            sb_error_set_hint(error, "remove it");
            return SB_ERROR_INPUT;
        }
        column = character == '\n' ? 1 : column + 1;
        line += character == '\n';
        at += size;
    }
    return SB_OK;
}

const char *sb_utf8_text_fault(const char *text, size_t length)
{
    if (length == 0) {
        return "is empty";
    }
    for (size_t at = 0; at < length;) {
        uint32_t character = 0;
        size_t size = sb_utf8_decode(text + at, length - at, &character);
        if (size == 0) {
            return "is not valid UTF-8";
        }
        if (sb_character_is_control(character)) {
            return "has a control character";
        }
        at += size;
    }
    return NULL;
}

const char *sb_utf8_label_fault(const char *text, size_t length)
{
    const char *fault = sb_utf8_text_fault(text, length);
    if (fault == NULL && length > SB_MAX_LABEL) {
        fault = "has more than 64 bytes";
    }
    if (fault == NULL && (text[0] == ' ' || text[length - 1] == ' ')) {
        fault = "begins or ends with a blank";
    }
    return fault;
}

const char *sb_utf8_quote(const char *text, size_t length, char quoted[SB_QUOTED_SIZE])
{
    const size_t room = SB_QUOTED_SIZE - 6; /* for the quotes, "..." and the terminator */
    size_t used = 0;
    size_t at = 0;
    quoted[used++] = '\'';
    while (at < length) {
        uint32_t character = 0;
        size_t size = sb_utf8_decode(text + at, length - at, &character);
        bool shown = size > 0 && !sb_character_is_control(character);
        size_t added = shown ? size : 1;
        if (used + added > room) {
            break;
        }
        if (shown) {
            memcpy(quoted + used, text + at, size);
        } else {
            quoted[used] = '?';
        }
        used += added;
        at += size > 0 ? size : 1;
    }
    if (at < length) {
        memcpy(quoted + used, "...", 3);
        used += 3;
    }
    quoted[used++] = '\'';
    quoted[used] = '\0';
    return quoted;
}
