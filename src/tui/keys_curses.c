/* Curses' keys by the names the table of keys uses.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An escape byte followed at once by a printing character is that character with Alt; otherwise it
 * is Escape. A whole control sequence that curses does not know, such as Ctrl-Right where TERM says
 * nothing of it, is no key: its letters must not act as keys. Nor is a string that the terminal
 * sends, the answer to a question that another program asked it: it is read to its end, or as long
 * as it keeps coming, up to a bound.
 */
#include "tui/keys_curses.h"

#include <curses.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

typedef struct sb_named_key {
    wint_t code;
    const char *name, *sequence;
} sb_named_key;

static const sb_named_key function_keys[] = {
    {KEY_LEFT, "Left", "\033[D"},
    {KEY_RIGHT, "Right", "\033[C"},
    {KEY_UP, "Up", "\033[A"},
    {KEY_DOWN, "Down", "\033[B"},
    {KEY_HOME, "Home", "\033[H"},
    {KEY_END, "End", "\033[F"},
    {KEY_PPAGE, "PageUp", ""},
    {KEY_NPAGE, "PageDown", ""},
    {KEY_BACKSPACE, "Backspace", "\177"},
    {KEY_DC, "Delete", "\033[3~"},
    {KEY_IC, "Insert", ""},
    {KEY_BTAB, "S-Tab", ""},
    {KEY_ENTER, "Enter", "\r"},
    {KEY_SLEFT, "S-Left", ""},
    {KEY_SRIGHT, "S-Right", ""},
    {KEY_SR, "S-Up", ""},
    {KEY_SF, "S-Down", ""},
};

static const sb_named_key control_keys[] = {
    {L'\t', "Tab", "\t"},     {L'\r', "Enter", "\r"},      {L'\n', "Enter", "\r"},
    {0x1B, "Escape", "\033"}, {0x7F, "Backspace", "\177"},
};

static bool fill(sb_key *key, const sb_named_key *table, size_t count, wint_t code)
{
    for (size_t i = 0; i < count; i++) {
        if (table[i].code == code) {
            (void)snprintf(key->name, sizeof key->name, "%s", table[i].name);
            (void)snprintf(key->sequence, sizeof key->sequence, "%s", table[i].sequence);
            return true;
        }
    }
    return false;
}

static void name_character(sb_key *key, wint_t code)
{
    if (fill(key, control_keys, sizeof control_keys / sizeof control_keys[0], code)) {
        return;
    }
    if (code < 0x20) {
        bool letter = code >= 1 && code <= 26;
        (void)snprintf(key->name, sizeof key->name, "C-%c",
                       (char)(code | (letter ? 0x60U : 0x40U)));
        key->sequence[0] = (char)code;
        return;
    }
    char bytes[MB_LEN_MAX + 1] = "";
    mbstate_t state;
    memset(&state, 0, sizeof state);
    size_t length = wcrtomb(bytes, (wchar_t)code, &state);
    if (length >= sizeof bytes) { /* also (size_t)-1: not a character */
        return;
    }
    bytes[length] = '\0';
    (void)snprintf(key->name, sizeof key->name, "%s", bytes);
    (void)snprintf(key->sequence, sizeof key->sequence, "%s", bytes);
}

/* The wheel is the keys up and down; a click has a place. */
static void name_mouse(sb_key *key)
{
    MEVENT event;
    if (getmouse(&event) != OK) {
        return;
    }
    bool up = (event.bstate & BUTTON4_PRESSED) != 0;
    bool down = (event.bstate & BUTTON5_PRESSED) != 0;
    bool click = (event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED)) != 0;
    (void)snprintf(key->name, sizeof key->name, "%s",
                   up      ? "Up"
                   : down  ? "Down"
                   : click ? "Click"
                           : "");
    key->row = event.y;
    key->column = event.x;
}

static void name_function_key(sb_key *key, wint_t code)
{
    if (fill(key, function_keys, sizeof function_keys / sizeof function_keys[0], code)) {
        return;
    }
    if (code == KEY_MOUSE) {
        name_mouse(key);
        return;
    }
    if (code > KEY_F0 && code <= KEY_F(12)) {
        (void)snprintf(key->name, sizeof key->name, "F%d", (int)(code - KEY_F0));
    }
}

enum {
    sequence_wait = 50,      /* milliseconds between the parts of one sequence */
    longest_sequence = 65536 /* characters: what comes after them are keys again */
};

/* The next code of a sequence that has begun; what is no character is put back. */
static bool next_of_sequence(wint_t *code)
{
    wtimeout(stdscr, sequence_wait);
    int kind = get_wch(code);
    nodelay(stdscr, TRUE);
    if (kind == KEY_CODE_YES) {
        (void)ungetch((int)*code);
    }
    return kind == OK;
}

/* The rest of a control sequence after its escape byte and `introducer`; false: there is none. */
static bool skip_control(wint_t introducer)
{
    wint_t code = 0;
    bool more = next_of_sequence(&code);
    if (!more) {
        return false;
    }
    if (code < 0x20 || code > 0x7E) {
        (void)unget_wch((wchar_t)code);
        return false;
    }
    for (int k = 0; more && introducer == L'[' && code < 0x40 && k < longest_sequence; k++) {
        more = next_of_sequence(&code);
    }
    return true;
}

/* The same of a string, which ends in BEL or ESC \; a control key ends it too, and stays a key. */
static bool skip_string(void)
{
    wint_t code = 0;
    int k = 0;
    for (; k < longest_sequence && next_of_sequence(&code) && code != L'\a'; k++) {
        if (code >= 0x20) {
            continue;
        }
        wint_t last = 0;
        if (code == 0x1B && next_of_sequence(&last)) {
            if (last == L'\\') {
                return true;
            }
            (void)unget_wch((wchar_t)last);
        }
        (void)unget_wch((wchar_t)code);
        break;
    }
    return k > 0 || code == L'\a';
}

/* What follows an escape byte and `introducer` where these begin a sequence: false, they are keys.
 * Strings are those of DCS, SOS, OSC, PM and APC. */
static bool skip_sequence(wint_t introducer)
{
    switch (introducer) {
    case L'[':
    case L'O':
        return skip_control(introducer);
    case L'P':
    case L'X':
    case L']':
    case L'^':
    case L'_':
        return skip_string();
    default:
        return false;
    }
}

bool sb_key_read(sb_key *key)
{
    memset(key, 0, sizeof *key);
    wint_t code = 0;
    int kind = get_wch(&code);
    if (kind == ERR) {
        return false;
    }
    if (kind == KEY_CODE_YES) {
        name_function_key(key, code);
        return true;
    }
    if (code != 0x1B) {
        name_character(key, code);
        return true;
    }
    wint_t next = 0;
    int following = get_wch(&next);
    sb_key plain;
    memset(&plain, 0, sizeof plain);
    if (following == OK && skip_sequence(next)) {
        return true;
    }
    if (following == OK && next >= 0x20) {
        name_character(&plain, next);
    }
    if (plain.name[0] == '\0') {
        if (following == KEY_CODE_YES) {
            (void)ungetch((int)next);
        } else if (following == OK) {
            (void)unget_wch((wchar_t)next);
        }
        name_character(key, code);
        return true;
    }
    (void)snprintf(key->name, sizeof key->name, "M-%.*s", (int)sizeof key->name - 3, plain.name);
    (void)snprintf(key->sequence, sizeof key->sequence, "\033%.*s", (int)sizeof key->sequence - 2,
                   plain.sequence);
    return true;
}
