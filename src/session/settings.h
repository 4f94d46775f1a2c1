/* What the reader has chosen about looks, keys and manners; nothing of it changes an answer.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings belong to whoever holds the session: they stay when another file is opened and when a
 * tour is played. The commands that change them are those that a config file may hold (config.h).
 */
#ifndef SB_SESSION_SETTINGS_H
#define SB_SESSION_SETTINGS_H

#include "session/own_keys.h"
#include "session/session.h"

typedef enum sb_theme {
    SB_THEME_DEFAULT,
    SB_THEME_PROJECTOR,
    SB_THEME_LIGHT,
    SB_THEME_MONO,
    SB_THEME_COUNT
} sb_theme;

typedef struct sb_theme_description {
    const char *name, *summary;
    bool sparse; /* fewer words: what is not a number, a name or a key is left out */
} sb_theme_description;
const sb_theme_description *sb_theme_describe(sb_theme theme);

/* How much of the answer the presenter has shown. */
typedef enum sb_revealed {
    SB_REVEALED_NOTHING,
    SB_REVEALED_REVENUE,  /* what there is to earn, now and in the baselines */
    SB_REVEALED_PAYMENTS, /* and the mechanism: who gets what, who pays what, which rules bind */
    SB_REVEALED_ALL       /* and why: the conditions, and what every other screen says */
} sb_revealed;

/* What may have a colour of the reader's own. */
typedef enum sb_colour_role {
    SB_COLOUR_GOOD,
    SB_COLOUR_BAD,
    SB_COLOUR_WARNING,
    SB_COLOUR_ERROR,
    SB_COLOUR_NEGATIVE,
    SB_COLOUR_DIM,
    SB_COLOUR_KEY,
    SB_COLOUR_REVENUE,
    SB_COLOUR_SURPLUS,
    SB_COLOUR_OTHER,
    SB_COLOUR_COUNT
} sb_colour_role;
enum { SB_COLOUR_OF_THEME = 0, SB_COLOUR_OF_TERMINAL = 1, SB_COLOUR_FIRST = 2 };
const char *sb_colour_role_name(sb_colour_role role);

typedef struct sb_settings {
    sb_theme theme;
    bool presenter; /* answers are hidden until they are revealed */
    bool hints;     /* the message row suggests keys where it has nothing else to say */
    bool mouse;     /* clicks and the wheel are ours, else the terminal's */
    short colours[SB_COLOUR_COUNT]; /* the theme's, the terminal's, or SB_COLOUR_FIRST + number */
    sb_own_keys keys;
    unsigned version; /* grows with each change of looks */
} sb_settings;

/* The usual settings; NULL when memory runs out. */
sb_settings *sb_settings_new(void);
void sb_settings_free(sb_settings *settings); /* NULL allowed */

const sb_settings *sb_session_settings(const sb_session *session);

/* Put sentences, one a line, into the message: the first, and how many more there are. */
void sb_session_warn(sb_session *session, const char *sentences);

/* Are answers hidden until they are revealed: by a presenter, or by a tour that asks? */
bool sb_session_hides(const sb_session *session);
/* May a view show what belongs to this stage? Always, unless it is hidden. */
bool sb_session_shows(const sb_session *session, sb_revealed stage);
/* The stage that what a screen shows belongs to; nothing for the table, whose panes differ. */
sb_revealed sb_screen_stage(sb_screen screen);
/* The message at hand may tell an answer: the command that left it asks for some. */
bool sb_session_message_answers(const sb_session *session);

#endif
