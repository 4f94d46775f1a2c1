/* Keys as people read them.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view/key_labels.h"

#include <string.h>

#include "base/text.h"

static const struct {
    const char *name, *label, *ascii;
} special[] = {
    {"Left", "\xE2\x86\x90", "Left"}, {"Right", "\xE2\x86\x92", "Right"},
    {"Up", "\xE2\x86\x91", "Up"},     {"Down", "\xE2\x86\x93", "Down"},
    {"Escape", "Esc", "Esc"},         {"PageDown", "PgDn", "PgDn"},
    {"PageUp", "PgUp", "PgUp"},       {"Backspace", "Backsp", "Backsp"},
    {"Delete", "Del", "Del"},
};

char *sb_key_label(const char *keys, bool all, bool ascii)
{
    sb_text text;
    sb_text_init(&text);
    bool first = true;
    while (*keys != '\0') {
        size_t length = strcspn(keys, " ");
        if (length == 0) {
            keys++;
            continue;
        }
        sb_text_add(&text, first ? "" : " ");
        size_t k = 0;
        size_t count = sizeof special / sizeof special[0];
        while (k < count &&
               (strlen(special[k].name) != length || strncmp(special[k].name, keys, length) != 0)) {
            k++;
        }
        if (k < count) {
            sb_text_add(&text, ascii ? special[k].ascii : special[k].label);
        } else {
            sb_text_add_part(&text, keys, length);
        }
        first = false;
        keys += length;
        if (!all) {
            break;
        }
    }
    return sb_text_take(&text, NULL);
}
