/* The table of keys.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No key is bound twice where two bindings could be in force at once. Letters that act on columns
 * act on rows as capitals (a/A, x/X); the rules have capitals of their own.
 */
#include "session/keys.h"

#include <string.h>

#define PRIOR SB_KEYS_PRIOR
#define TABLE SB_KEYS_TABLE
#define LISTS SB_KEYS_LISTS
#define ENTRY SB_KEYS_ENTRY

static const sb_key_binding bindings[] = {
    /* the numbers: prior and values */
    {"Left h", PRIOR, "move left", false, "left", "one column to the left", 0},
    {"Right l", PRIOR, "move right", false, "right", "one column to the right", 0},
    {"Up k", PRIOR, "move up", false, "up", "one row up", 0},
    {"Down j", PRIOR, "move down", false, "down", "one row down", 0},
    {"Home", PRIOR, "move row-first", false, "row start", "first column", 0},
    {"End", PRIOR, "move row-last", false, "row end", "last column", 0},
    {"PageUp", PRIOR, "move page-up", false, "page up", "ten rows up", 0},
    {"PageDown", PRIOR, "move page-down", false, "page down", "ten rows down", 0},
    {"g", PRIOR, "move first", false, "first", "first row and column", 0},
    {"G", PRIOR, "move last", false, "last", "last row and column", 0},
    {"[", PRIOR, "move slice-previous", false, "slice", "previous slice (three players or more)",
     10},
    {"]", PRIOR, "move slice-next", false, "slice", "next slice (three players or more)", 0},
    {"Enter e i", PRIOR, "edit", false, "edit", "edit the number under the cursor", 90},
    {"0 1 2 3 4 5 6 7 8 9 .", PRIOR, "edit %k", false, "type", "type a new number", 0},
    {"+ =", PRIOR, "nudge up", false, "nudge up", "add the step", 85},
    {"- _", PRIOR, "nudge down", false, "nudge down", "subtract the step", 84},
    {"<", PRIOR, "step finer", false, "finer step", "divide the step by ten", 30},
    {">", PRIOR, "step coarser", false, "larger step", "multiply the step by ten", 29},
    {"a", PRIOR, "add-type %c ", true, "add type", "add a type to the column player", 40},
    {"A", PRIOR, "add-type %r ", true, "add row", "add a type to the row player", 0},
    {"x", PRIOR, "remove-type %c %C", true, "remove", "remove the column's type", 39},
    {"X", PRIOR, "remove-type %r %R", true, "remove row", "remove the row's type", 0},
    {"r", PRIOR, "rename-type %c %C ", true, "rename", "rename the column's type", 38},

    /* the panes that scroll */
    {"Up k", LISTS, "scroll -1", false, "up", "one line up", 0},
    {"Down j", LISTS, "scroll 1", false, "scroll", "one line down", 60},
    {"PageUp", LISTS, "move page-up", false, "page up", "ten lines up", 0},
    {"PageDown Space", LISTS, "move page-down", false, "page down", "ten lines down", 0},
    {"Home g", LISTS, "move first", false, "top", "first line", 0},
    {"End G", LISTS, "move last", false, "bottom", "last line", 0},

    /* the table screen */
    {"Tab", TABLE, "pane next", false, "next pane", "go to the next pane", 70},
    {"S-Tab", TABLE, "pane previous", false, "pane back", "go to the previous pane", 0},
    {"u", TABLE, "undo", false, "undo", "take back the last change", 80},
    {"C-r U", TABLE, "redo", false, "redo", "do again what was undone", 50},
    {"m", TABLE, "mass next", false, "mass mode", "what the other cells do when one is set", 65},
    {"I", TABLE, "rule-next ic", false, "ic", "next choice of incentive compatibility", 48},
    {"P", TABLE, "rule-next ir", false, "ir",
     "next choice of individual rationality (participation)", 47},
    {"O", TABLE, "rule-next objective", false, "objective", "next objective", 46},
    {"$", TABLE, "rule-next payments", false, "payments", "next choice of payments", 45},
    {"c", TABLE, "conditionals", false, "beliefs", "show what each row's type believes", 43},
    {"f", TABLE, "fractions", false, "fractions", "decimals or fractions", 42},
    {"R", TABLE, "reload", false, "reload", "go back to the file (undo brings the changes back)",
     20},
    {"w", TABLE, "save", false, "save", "write to the file", 55},
    {"S", TABLE, "save ", true, "save as", "write to another file", 19},
    {"o", TABLE, "open ", true, "open", "open another file", 18},
    {":", TABLE, "", true, "command", "type a command", 88},
    {"? F1", TABLE, "screen help", false, "help", "all keys and commands", 95},
    {"q", TABLE, "quit", false, "quit", "leave (refused while changes are unsaved)", 92},
    {"Q", TABLE, "quit!", false, "quit!", "leave and give up unsaved changes", 0},

    /* the help screen */
    {"Escape q ? F1 Enter", SB_KEYS_HELP, "screen table", false, "back", "back to the table", 90},
    {"Up k", SB_KEYS_HELP, "scroll -1", false, "up", "one line up", 0},
    {"Down j", SB_KEYS_HELP, "scroll 1", false, "scroll", "one line down", 80},
    {"PageUp", SB_KEYS_HELP, "move page-up", false, "page up", "ten lines up", 0},
    {"PageDown Space", SB_KEYS_HELP, "move page-down", false, "page down", "ten lines down", 70},
    {"Home g", SB_KEYS_HELP, "move first", false, "top", "first line", 0},
    {"End G", SB_KEYS_HELP, "move last", false, "bottom", "last line", 0},
    {":", SB_KEYS_HELP, "", true, "command", "type a command", 60},

    /* anywhere */
    {"C-l", SB_KEYS_ANYWHERE, "redraw", false, "redraw", "paint the screen afresh", 0},

    /* while typing a number */
    {"Enter", ENTRY, "commit", false, "set", "set the number", 90},
    {"Tab", ENTRY, "commit-right", false, "set, right", "set the number and go on to the right",
     80},
    {"Escape C-g", ENTRY, "cancel", false, "cancel", "leave the number as it was", 85},
    {"Left C-b", ENTRY, "left", false, "left", "one character to the left", 0},
    {"Right C-f", ENTRY, "right", false, "right", "one character to the right", 0},
    {"Home C-a", ENTRY, "home", false, "start", "to the start of the text", 0},
    {"End C-e", ENTRY, "end", false, "end", "to the end of the text", 0},
    {"Backspace C-h", ENTRY, "backspace", false, "erase", "erase the character on the left", 50},
    {"Delete C-d", ENTRY, "delete", false, "delete", "erase the character under the cursor", 0},
    {"C-u", ENTRY, "clear", false, "clear", "erase all", 60},
};

#define BINDING_COUNT (sizeof bindings / sizeof bindings[0])

size_t sb_key_count(void)
{
    return BINDING_COUNT;
}

const sb_key_binding *sb_key_at(size_t index)
{
    return &bindings[index];
}

bool sb_key_in_force(const sb_session *session, const sb_key_binding *binding)
{
    const sb_display *display = sb_session_display(session);
    bool typing = sb_session_entry(session)->active;
    bool table = display->screen == SB_SCREEN_TABLE;
    bool numbers = display->pane == SB_PANE_PRIOR || display->pane == SB_PANE_VALUES;
    switch (binding->context) {
    case SB_KEYS_ENTRY:
        return typing;
    case SB_KEYS_ANYWHERE:
        return !typing;
    case SB_KEYS_TABLE:
        return !typing && table;
    case SB_KEYS_PRIOR:
        return !typing && table && numbers;
    case SB_KEYS_LISTS:
        return !typing && table && !numbers;
    case SB_KEYS_HELP:
        return !typing && display->screen == SB_SCREEN_HELP;
    }
    return false;
}

static bool names_key(const char *keys, const char *key)
{
    size_t length = strlen(key);
    for (const char *at = keys; *at != '\0';) {
        size_t word = strcspn(at, " ");
        if (word == length && memcmp(at, key, length) == 0) {
            return true;
        }
        at += word;
        at += strspn(at, " ");
    }
    return false;
}

const sb_key_binding *sb_key_find(const sb_session *session, const char *key)
{
    const char *name = strcmp(key, " ") == 0 ? "Space" : key;
    for (size_t index = 0; index < BINDING_COUNT; index++) {
        if (sb_key_in_force(session, &bindings[index]) && names_key(bindings[index].keys, name)) {
            return &bindings[index];
        }
    }
    return NULL;
}
