/* What an open palette is made of; for the session alone.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef SB_SESSION_PALETTE_STATE_H
#define SB_SESSION_PALETTE_STATE_H

#include "session/keys.h"
#include "session/palette.h"

typedef struct sb_palette {
    char text[64]; /* UTF-8 */
    sb_palette_item *all;
    size_t all_count, all_capacity;
    sb_palette_item **shown; /* of all, those that fit the text, best first */
    size_t shown_count, chosen;
} sb_palette;

void sb_palette_free(sb_palette *palette); /* NULL allowed */
/* A key while the palette is open; binding NULL: it is typed. */
void sb_palette_press(sb_session *session, const sb_key_binding *binding, const char *key);
/* What a binding runs here, its places filled in (press.c). Freed by the caller. */
char *sb_binding_command(const sb_session *session, const sb_key_binding *binding);

#endif
