/* Control sequences in what a program writes: modes that it changes, the screen that it clears.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "terminal/terminal_sequences.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void note_mode(terminal_sequences *s, int number, bool set)
{
    for (int i = 0; i < s->mode_count; i++) {
        if (s->modes[i].number == number) {
            s->modes[i].set = set;
            return;
        }
    }
    if (s->mode_count < most_modes) {
        s->modes[s->mode_count++] = (terminal_mode){number, set};
    }
}

/* ESC [ ? 1000 ; 1006 h has been read, into its last byte. */
static void note_modes(terminal_sequences *s, bool set)
{
    char *at = s->sequence + 3;
    for (char *end = at; *at != '\0'; at = end + (*end == ';')) {
        note_mode(s, (int)strtol(at, &end, 10), set);
        if (end == at) {
            return;
        }
    }
}

static void watch_clears(terminal_sequences *s, const char *bytes, size_t length)
{
    static const char clear[] = "\033[2J";
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != clear[s->clear_seen]) {
            s->clear_seen = bytes[i] == clear[0] ? 1 : 0;
        } else if (clear[++s->clear_seen] == '\0') {
            s->clears++;
            s->clear_seen = 0;
        }
    }
}

static void watch_modes(terminal_sequences *s, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        size_t at = s->sequence_length;
        bool begins = at < 3 && bytes[i] == "\033[?"[at];
        bool goes_on = at >= 3 && strchr("0123456789;", bytes[i]) != NULL && bytes[i] != '\0';
        if ((begins || goes_on) && at + 1 < sizeof s->sequence) {
            s->sequence[s->sequence_length++] = bytes[i];
            continue;
        }
        s->sequence[at] = '\0';
        if (at >= 3 && (bytes[i] == 'h' || bytes[i] == 'l')) {
            note_modes(s, bytes[i] == 'h');
        }
        s->sequence_length = bytes[i] == '\033' ? 1 : 0;
        s->sequence[0] = '\033';
    }
}

void terminal_sequences_watch(terminal_sequences *s, const char *bytes, size_t length)
{
    watch_modes(s, bytes, length);
    watch_clears(s, bytes, length);
}

const char *terminal_sequences_left(terminal_sequences *s)
{
    size_t length = 0;
    s->modes_left[0] = '\0';
    for (int i = 0; i < s->mode_count; i++) {
        /* Lines that wrap and a cursor that is shown are how a terminal begins. */
        bool usual = s->modes[i].number == 7 || s->modes[i].number == 25;
        if (s->modes[i].set != usual) {
            int count = snprintf(s->modes_left + length, sizeof s->modes_left - length, "?%d%c ",
                                 s->modes[i].number, s->modes[i].set ? 'h' : 'l');
            length += (size_t)count;
        }
    }
    return s->modes_left;
}
