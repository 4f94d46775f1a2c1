/* The command line in the message row: readline does the editing, the canvas shows it.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readline runs in its callback form on bytes we queue; it neither reads from nor writes to the
 * terminal, which is curses'. It keeps more than the line: a search, a numeric argument, half a key
 * sequence, a macro being recorded, changes of lines of the history. So that nothing of it outlives
 * the line, every line ends as readline ends a line, and one given up is thrown away thereafter.
 */
#include "tui/command_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "base/memory.h"
#include "session/commands.h"
#include "tui/completion.h"
#include "tui/history_path.h"

enum { queue_bytes = 64, history_most = 1000 };

static struct {
    bool open;
    bool given_up; /* what readline hands over is not to be run */
    sb_session *session;
    unsigned char queue[queue_bytes];
    size_t queued, taken;
    char *history_path; /* NULL: not kept */
    FILE *nowhere;      /* what readline would print goes there */
    char **matches;     /* shown above the line; NULL: none */
} line;

/* ---- readline's hooks ---- */

static int next_byte(FILE *ignored)
{
    (void)ignored;
    return line.taken < line.queued ? line.queue[line.taken++] : EOF;
}

static int byte_waits(void)
{
    return line.taken < line.queued;
}

static void draw_nothing(void)
{
}

static void forget_matches(void)
{
    sb_completions_free(line.matches);
    line.matches = NULL;
}

/* Where the next key does not stand for itself. */
static const unsigned long amid_something = RL_STATE_ISEARCH | RL_STATE_NSEARCH |
                                            RL_STATE_NUMERICARG | RL_STATE_MULTIKEY |
                                            RL_STATE_CHARSEARCH | RL_STATE_VIMOTION;

/* Readline has ended the line. */
static void forget_line(void)
{
    rl_free_line_state(); /* also a macro that is being recorded */
    rl_clear_pending_input();
    rl_callback_handler_remove();
    line.open = false;
    line.queued = 0;
    line.taken = 0;
    forget_matches();
}

static void queue_bytes_of(const char *sequence)
{
    line.queued = strlen(sequence);
    memcpy(line.queue, sequence, line.queued);
    line.taken = 0;
}

/* Give the line up, whatever readline is amid. */
static void close_line(void)
{
    if (!line.open) {
        return;
    }
    while (RL_ISSTATE(amid_something)) { /* one thing may be within another */
        rl_callback_sigcleanup();
    }
    rl_free_line_state();
    rl_clear_pending_input();
    line.given_up = true;
    queue_bytes_of("\r");
    rl_callback_read_char(); /* calls accept_line */
    line.given_up = false;
    if (line.open) {
        forget_line();
    }
}

static bool only_blanks(const char *text)
{
    return text[strspn(text, " \t")] == '\0';
}

static void remember(const char *text)
{
    HIST_ENTRY *last = history_length > 0 ? history_get(history_base + history_length - 1) : NULL;
    if (last != NULL && strcmp(last->line, text) == 0) {
        return;
    }
    add_history(text);
    if (line.history_path != NULL) {
        (void)append_history(1, line.history_path);
    }
}

static void accept_line(char *text)
{
    bool run = !line.given_up && text != NULL && !only_blanks(text);
    forget_line();
    if (run) {
        remember(text);
        sb_error error;
        sb_error_clear(&error);
        /* What went wrong is the session's message already. */
        (void)sb_session_command(line.session, text, NULL, &error);
    }
    free(text);
}

static int complete(int count, int key)
{
    (void)count;
    (void)key;
    forget_matches();
    sb_completion completion;
    sb_completion_find(line.session, rl_line_buffer, (size_t)rl_point, &completion);
    if (completion.insert != NULL) {
        rl_begin_undo_group();
        (void)rl_delete_text((int)completion.start, rl_point);
        rl_point = (int)completion.start;
        (void)rl_insert_text(completion.insert);
        rl_end_undo_group();
    }
    line.matches = completion.matches;
    completion.matches = NULL;
    sb_completion_clear(&completion);
    return 0;
}

/* Readline loses what it knows of the changes to a line of the history when a search for a whole
 * text begins there: they are made final before. */
static void make_changes_final(void)
{
    if (current_history() != NULL) {
        rl_free_undo_list();
    }
}

static int search_forward(int count, int key)
{
    make_changes_final();
    return rl_noninc_forward_search(count, key);
}

static int search_backward(int count, int key)
{
    make_changes_final();
    return rl_noninc_reverse_search(count, key);
}

void sb_command_line_start(void)
{
    memset(&line, 0, sizeof line);
    rl_readline_name = "sidebet";
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0;
    rl_prep_term_function = NULL;
    rl_deprep_term_function = NULL;
    rl_getc_function = next_byte;
    rl_input_available_hook = byte_waits;
    rl_redisplay_function = draw_nothing;
    line.nowhere = fopen("/dev/null", "r+");
    if (line.nowhere != NULL) {
        rl_outstream = line.nowhere;
        rl_instream = line.nowhere;
    }
    (void)rl_initialize();
    (void)rl_variable_bind("bell-style", "none");
    (void)rl_variable_bind("enable-bracketed-paste", "off");
    (void)rl_variable_bind("revert-all-at-newline", "on"); /* the history stays what was run */
    (void)rl_variable_bind("editing-mode", "emacs");       /* Escape closes the line */
    (void)rl_bind_key('\t', complete);
    (void)rl_bind_key('\r', rl_newline);
    (void)rl_bind_keyseq("\\en", search_forward);
    (void)rl_bind_keyseq("\\ep", search_backward);
    using_history();
    line.history_path = sb_history_path();
    if (line.history_path != NULL) {
        (void)read_history(line.history_path);
        (void)history_truncate_file(line.history_path, history_most);
    }
    stifle_history(history_most);
}

void sb_command_line_stop(void)
{
    close_line();
    clear_history();
    free(line.history_path);
    line.history_path = NULL;
    rl_outstream = NULL;
    rl_instream = NULL;
    if (line.nowhere != NULL) {
        (void)fclose(line.nowhere);
        line.nowhere = NULL;
    }
}

bool sb_command_line_is_open(void)
{
    return line.open;
}

void sb_command_line_open(sb_session *session, const char *text)
{
    close_line();
    line.session = session;
    line.open = true;
    (void)rl_variable_bind("editing-mode", "emacs"); /* a key may have changed it */
    rl_callback_handler_install("", accept_line);
    if (text != NULL && text[0] != '\0') {
        (void)rl_insert_text(text);
    }
}

/* Does the key stand for nothing by itself, as C-x does? */
static bool is_prefix(const sb_key *key)
{
    const unsigned char *bytes = (const unsigned char *)key->sequence;
    return bytes[0] != '\0' && bytes[1] == '\0' && rl_get_keymap()[bytes[0]].type == ISKMAP;
}

void sb_command_line_press(const sb_key *key)
{
    bool amid = RL_ISSTATE(amid_something) != 0;
    if (strcmp(key->name, "Escape") == 0 || strcmp(key->name, "C-c") == 0 ||
        (strcmp(key->name, "C-g") == 0 && !amid)) {
        close_line();
        return;
    }
    if ((strcmp(key->name, "Backspace") == 0 || strcmp(key->name, "C-h") == 0) && rl_end == 0 &&
        !amid) {
        close_line(); /* backing out of an empty line */
        return;
    }
    if (strcmp(key->name, "Tab") != 0) {
        forget_matches();
    }
    if (RL_ISSTATE(RL_STATE_ISEARCH) && is_prefix(key)) {
        return; /* readline 8.2 crashes where a search ends amid a sequence of keys */
    }
    if (RL_ISSTATE(RL_STATE_NSEARCH) &&
        (strcmp(key->name, "C-g") == 0 || strcmp(key->name, "Backspace") == 0)) {
        rl_free_undo_list(); /* a search that is given up loses its own */
    }
    queue_bytes_of(key->sequence);
    while (line.open && byte_waits()) {
        rl_callback_read_char();
    }
    if (line.open && rl_done != 0) {
        close_line();
    }
}

/* ---- drawing ---- */

static int columns_of(const sb_canvas *canvas, size_t from, size_t to)
{
    char *part = sb_copy_text_part(rl_line_buffer + from, to - from);
    int columns = sb_canvas_text_width(canvas, part);
    free(part);
    return columns;
}

static size_t next_start(size_t at)
{
    at++;
    while (((unsigned char)rl_line_buffer[at] & 0xC0U) == 0x80U) {
        at++;
    }
    return at;
}

static void draw_matches(sb_canvas *canvas, int row)
{
    if (line.matches == NULL) {
        return;
    }
    size_t count = 0;
    int widest = 1;
    while (line.matches[count] != NULL) {
        int columns = sb_canvas_text_width(canvas, line.matches[count]);
        widest = columns > widest ? columns : widest;
        count++;
    }
    int pitch = widest + 2;
    int across = (canvas->columns - 1) / pitch;
    across = across < 1 ? 1 : across;
    int needed = (int)((count + (size_t)across - 1) / (size_t)across);
    int most = canvas->rows / 2;
    int rows = needed < most ? needed : most;
    int top = row - rows;
    sb_canvas_fill(canvas, top, 0, rows, canvas->columns, SB_STYLE_NORMAL);
    size_t room = (size_t)rows * (size_t)across;
    for (size_t i = 0; i < count && i < room; i++) {
        bool last = i + 1 == room && count > room;
        char *more = last ? sb_format_text("and %zu more", count - i) : NULL;
        sb_canvas_text(canvas, top + (int)(i / (size_t)across),
                       1 + (int)(i % (size_t)across) * pitch, pitch,
                       last ? SB_STYLE_DIM : SB_STYLE_KEY, last ? more : line.matches[i]);
        free(more);
    }
}

typedef struct sb_hint {
    const char *key, *ascii, *label;
} sb_hint;

/* The bottom row shows the keys of the moment: here those of the line. */
static void draw_keys(sb_canvas *canvas)
{
    static const sb_hint editing[] = {
        {"Enter", "Enter", "run"},
        {"Tab", "Tab", "complete"},
        {"\xE2\x86\x91\xE2\x86\x93", "Up Down", "history"},
        {"Esc", "Esc", "cancel"},
        {NULL, NULL, NULL},
    };
    static const sb_hint incremental[] = {
        {"Enter", "Enter", "run"},    {"C-r", "C-r", "earlier"}, {"C-s", "C-s", "later"},
        {"C-g", "C-g", "end search"}, {"Esc", "Esc", "cancel"},  {NULL, NULL, NULL},
    };
    static const sb_hint whole[] = {
        {"Enter", "Enter", "search"},
        {"C-g", "C-g", "end search"},
        {"Esc", "Esc", "cancel"},
        {NULL, NULL, NULL},
    };
    const sb_hint *hints = RL_ISSTATE(RL_STATE_ISEARCH)   ? incremental
                           : RL_ISSTATE(RL_STATE_NSEARCH) ? whole
                                                          : editing;
    int row = canvas->rows - 1;
    int column = 1;
    sb_canvas_fill(canvas, row, 0, 1, canvas->columns, SB_STYLE_NORMAL);
    for (size_t i = 0; hints[i].key != NULL; i++) {
        const char *key = canvas->ascii ? hints[i].ascii : hints[i].key;
        int columns = sb_canvas_text_width(canvas, key) + 1 + (int)strlen(hints[i].label);
        if (column + columns > canvas->columns) {
            break;
        }
        column +=
            sb_canvas_text(canvas, row, column, canvas->columns - column, SB_STYLE_KEY, key) + 1;
        column += sb_canvas_text(canvas, row, column, canvas->columns - column, SB_STYLE_HINT,
                                 hints[i].label) +
                  2;
    }
}

/* What readline says before the text: the search and what is sought, the numeric argument. */
static const char *notice(const sb_canvas *canvas)
{
    if (RL_ISSTATE(RL_STATE_NSEARCH)) {
        return "(history search) "; /* readline's own looks like the line's colon */
    }
    const char *words = rl_display_prompt == NULL ? "" : rl_display_prompt;
    const char *sought = strchr(words, '`');
    bool wide = sb_canvas_text_width(canvas, words) > canvas->columns / 2;
    return wide && sought != NULL ? sought : words;
}

/* The text from this column; scrolled by columns so that the cursor stays in sight, with marks for
 * what is out of it. */
static void draw_text(sb_canvas *canvas, int row, int column)
{
    int room = canvas->columns - column - 2;
    size_t point = (size_t)rl_point;
    size_t end = (size_t)rl_end;
    size_t first = 0;
    while (first < point && columns_of(canvas, first, point) > room - 1) {
        first = next_start(first);
    }
    size_t last = end;
    if (columns_of(canvas, first, end) > room) {
        last = first;
        while (last < end && columns_of(canvas, first, next_start(last)) <= room) {
            last = next_start(last);
        }
    }
    int mark = first > 0 ? 1 : 0;
    char *shown = sb_copy_text_part(rl_line_buffer + first, last - first);
    sb_canvas_text(canvas, row, column + mark, room, SB_STYLE_NORMAL, shown);
    free(shown);
    if (first > 0) {
        sb_canvas_text(canvas, row, column, 1, SB_STYLE_DIM, "<");
    }
    if (last < end) {
        sb_canvas_text(canvas, row, canvas->columns - 1, 1, SB_STYLE_DIM, ">");
    }
    canvas->cursor_row = row;
    canvas->cursor_column = column + mark + columns_of(canvas, first, point);
}

void sb_command_line_draw(sb_canvas *canvas)
{
    if (!line.open) {
        return;
    }
    int row = canvas->rows >= 2 ? canvas->rows - 2 : canvas->rows - 1;
    if (canvas->rows >= 2) {
        draw_keys(canvas);
    }
    draw_matches(canvas, row);
    sb_canvas_fill(canvas, row, 0, 1, canvas->columns, SB_STYLE_NORMAL);
    sb_canvas_text(canvas, row, 0, 1, SB_STYLE_KEY, ":");
    const char *words = notice(canvas);
    int most = canvas->columns / 2;
    draw_text(canvas, row, 1 + sb_canvas_text(canvas, row, 1, most, SB_STYLE_DIM, words));
}
