/* The topics of the manual.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "session/manual.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/nearest.h"
#include "session/manual_pages.h"

static const struct {
    int number;
    const char *name;
    const char *const *lines;
} pages[] = {{1, "sidebet(1)", sb_manual_page_1},
             {7, "sidebet(7)", sb_manual_page_7},
             {5, "sidebet(5)", sb_manual_page_5}};
enum { PAGE_COUNT = sizeof pages / sizeof pages[0] };

static const char *const *page_lines(int number)
{
    size_t i = 0;
    while (pages[i].number != number) {
        i++;
    }
    return pages[i].lines;
}

static bool is_line(const char *line, const char *macro)
{
    size_t length = strlen(macro);
    return strncmp(line, macro, length) == 0 && (line[length] == ' ' || line[length] == '\0');
}

/* ---- collecting ---- */

enum { DEEPEST = 8 };

typedef struct collector {
    sb_manual *manual;
    int page;
    const char *const *lines;
    size_t section, part;
    size_t depth;            /* how many lists the line is inside of */
    size_t entries[DEEPEST]; /* the last entry of each */
} collector;

static void add_topic(collector *c, char *name, size_t from, size_t to)
{
    sb_manual *manual = c->manual;
    if (name == NULL ||
        !sb_grow(&manual->topics, &manual->capacity, manual->count + 1, sizeof *manual->topics)) {
        free(name);
        manual->failed = true;
        return;
    }
    size_t part = c->depth > 1 && c->depth <= DEEPEST ? c->entries[c->depth - 2] : c->part;
    manual->topics[manual->count++] = (sb_manual_topic){name, c->page, from, to, c->section, part};
}

/* A name as it is typed: hyphens for blanks, small letters where there are several. */
static char *typed(const char *prefix, const char *words)
{
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, prefix);
    sb_mdoc_add_literal(&text, words);
    char *name = sb_text_take(&text, NULL);
    bool key = name != NULL && strlen(name) == 1;
    bool shouted = name != NULL && isupper((unsigned char)name[strlen(prefix)]);
    for (char *at = name; at != NULL && *at != '\0'; at++) {
        if (*at == ' ') {
            *at = '-';
        } else if (!key && shouted && strcmp(words, "FSE") != 0) {
            *at = (char)tolower((unsigned char)*at);
        }
    }
    return name;
}

static size_t section_end(const char *const *lines, size_t at, bool subsection)
{
    for (at++; lines[at] != NULL; at++) {
        if (is_line(lines[at], ".Sh") || (subsection && is_line(lines[at], ".Ss"))) {
            break;
        }
    }
    return at;
}

/* Where the entry that begins here ends: at the next of its list, or the list's end. */
static size_t entry_end(const char *const *lines, size_t at)
{
    int depth = 0;
    for (at++; lines[at] != NULL; at++) {
        bool end = is_line(lines[at], ".El");
        if (depth == 0 && (end || is_line(lines[at], ".It"))) {
            break;
        }
        depth += is_line(lines[at], ".Bl") ? 1 : end ? -1 : 0;
    }
    return at;
}

/* One name out of the words of an entry, from a macro on; returns where the words go on. */
static size_t add_name(collector *c, const sb_mdoc_words *words, size_t at, size_t line, bool keys)
{
    bool option = strcmp(words->texts[at], "Fl") == 0;
    sb_text name;
    sb_text_init(&name);
    sb_text_add(&name, option ? "-" : "");
    /* What the notions are called may have blanks; a command's arguments are macros of their own.
     */
    for (at++; at < words->count && !sb_mdoc_is_macro(words, at) &&
               strcmp(words->texts[at], ",") != 0 && strcmp(words->texts[at], ":") != 0;
         at++) {
        sb_text_add(&name, name.length > 0 && !(option && name.length == 1) ? " " : "");
        sb_text_add(&name, words->texts[at]);
    }
    char *bytes = sb_text_take(&name, NULL);
    char *typed_name = bytes == NULL ? NULL : typed("", bytes);
    free(bytes);
    bool letter =
        typed_name != NULL && (isalpha((unsigned char)typed_name[0]) || typed_name[0] == '-' ||
                               (unsigned char)typed_name[0] >= 0x80);
    if (typed_name != NULL && (typed_name[0] == '\0' || (!letter && !keys))) {
        free(typed_name);
    } else {
        add_topic(c, typed_name, line, entry_end(c->lines, line));
    }
    return at;
}

/* ".It Fl o , Fl -output Ar FILE": its first name, and those behind commas. */
static void add_entry(collector *c, size_t line)
{
    bool keys = is_line(c->lines[c->section], ".Sh KEYS");
    sb_mdoc_words words;
    sb_mdoc_split(&words, c->lines[line] + strlen(".It"));
    bool wanted = true;
    for (size_t at = 0; at < words.count;) {
        bool named = wanted && sb_mdoc_is_macro(&words, at) && strcmp(words.texts[at], "Pa") != 0;
        wanted = strcmp(words.texts[at], ",") == 0;
        at = named ? add_name(c, &words, at, line, keys) : at + 1;
    }
}

/* Subsections whose names say little by themselves. */
static const char *prefix_of(const char *section)
{
    return strcmp(section, ".Sh JSON") == 0   ? "json-"
           : strcmp(section, ".Sh KEYS") == 0 ? "keys-"
                                              : "";
}

static void collect_heading(collector *c, size_t line)
{
    bool section = is_line(c->lines[line], ".Sh");
    c->section = section ? line : c->section;
    c->part = line;
    const char *prefix = section ? "" : prefix_of(c->lines[c->section]);
    add_topic(c, typed(prefix, c->lines[line] + 4), line, section_end(c->lines, line, !section));
}

static void collect_page(collector *c)
{
    for (size_t at = 0; c->lines[at] != NULL; at++) {
        const char *line = c->lines[at];
        if (is_line(line, ".Sh") || is_line(line, ".Ss")) {
            collect_heading(c, at);
        } else if (is_line(line, ".Bl")) {
            c->depth++;
        } else if (is_line(line, ".El")) {
            c->depth--;
        } else if (is_line(line, ".It") && c->depth > 0 && c->depth <= DEEPEST) {
            c->entries[c->depth - 1] = at;
            if (strcmp(c->lines[c->section], ".Sh JSON") != 0) {
                add_entry(c, at);
            }
        }
    }
}

void sb_manual_init(sb_manual *manual)
{
    *manual = (sb_manual){.topics = NULL};
    for (size_t i = 0; i < PAGE_COUNT; i++) {
        collector c = {.manual = manual, .page = pages[i].number, .lines = pages[i].lines};
        size_t lines = 0;
        while (pages[i].lines[lines] != NULL) {
            lines++;
        }
        add_topic(&c, sb_copy_text(pages[i].name), 0, lines);
        collect_page(&c);
    }
}

void sb_manual_clear(sb_manual *manual)
{
    for (size_t i = 0; i < manual->count; i++) {
        free(manual->topics[i].name);
    }
    free(manual->topics);
    *manual = (sb_manual){.topics = NULL};
}

/* ---- finding ---- */

/* How well a name is what was asked for. */
typedef enum match { NO_MATCH, WORD_MATCH, BEGINNING, EXACT } match;

static char folded(char character)
{
    return character == ' ' || character == '_' ? '-' : (char)tolower((unsigned char)character);
}

/* Whether name begins with word, but for capitals and the like. */
static bool begins_with(const char *name, const char *word)
{
    while (*word != '\0' && folded(*name) == folded(*word)) {
        name++;
        word++;
    }
    return *word == '\0';
}

static const char *without_dashes(const char *name)
{
    const char *bare = name + strspn(name, "-");
    return *bare == '\0' ? name : bare;
}

static match compare(const char *name, const char *word)
{
    name = without_dashes(name);
    word = without_dashes(word);
    if (strlen(word) < 2 || strlen(name) < 2) {
        return strcmp(name, word) == 0 ? EXACT : NO_MATCH; /* keys: h is not H */
    }
    if (begins_with(name, word)) {
        return strlen(name) == strlen(word) ? EXACT : BEGINNING;
    }
    for (const char *at = strchr(name, '-'); at != NULL; at = strchr(at + 1, '-')) {
        if (strlen(word) > 2 && begins_with(at + 1, word)) {
            return WORD_MATCH;
        }
    }
    return NO_MATCH;
}

static bool same_name(const char *left, const char *right)
{
    return compare(left, right) == EXACT;
}

static bool is_repeated(const sb_manual *manual, size_t index)
{
    size_t i = 0;
    while (!same_name(manual->topics[i].name, manual->topics[index].name)) {
        i++;
    }
    return i < index;
}

/* The name that all the best matches have; NULL: they have several, which go into `names`. */
static const char *best_name(const sb_manual *manual, const char *word, sb_text *names)
{
    match best = NO_MATCH;
    for (size_t i = 0; i < manual->count; i++) {
        match found = compare(manual->topics[i].name, word);
        best = found > best ? found : best;
    }
    const char *name = NULL;
    size_t different = 0;
    for (size_t i = 0; best != NO_MATCH && i < manual->count; i++) {
        const char *candidate = manual->topics[i].name;
        if (compare(candidate, word) != best || is_repeated(manual, i)) {
            continue;
        }
        name = candidate;
        sb_text_add_format(names, "%s%s", different > 0 ? ", " : "", without_dashes(candidate));
        different++;
    }
    return different == 1 || best == EXACT ? name : NULL;
}

static const char *nearest(const sb_manual *manual, const char *word)
{
    sb_nearest near;
    sb_nearest_init(&near, word);
    for (size_t i = 0; i < manual->count; i++) {
        sb_nearest_offer(&near, without_dashes(manual->topics[i].name));
    }
    return near.best;
}

static sb_status unknown(const sb_manual *manual, const char *topic, const sb_text *names,
                         sb_error *error)
{
    if (names->length > 0) {
        sb_error_set(error, SB_ERROR_USAGE, "'%.100s' may be several topics", topic);
        sb_error_set_hint(error, "write one of %.200s", names->bytes);
        return SB_ERROR_USAGE;
    }
    const char *near = nearest(manual, topic);
    sb_error_set(error, SB_ERROR_USAGE, "there is no help on '%.100s'", topic);
    if (near != NULL) {
        sb_error_set_hint(error, "did you mean %s?", near);
    } else {
        sb_error_set_hint(error, "help lists commands and keys; try a command, an option, a key, a "
                                 "word of a file, or a notion such as FSE");
    }
    return SB_ERROR_USAGE;
}

/* ---- what is said ---- */

/* "COMMANDS, Answers · sidebet(1)" */
static void add_place(const sb_manual_topic *topic, sb_manual_text *text)
{
    const char *const *lines = page_lines(topic->page);
    sb_text place;
    sb_text_init(&place);
    sb_mdoc_add_literal(&place, lines[topic->section] + 4);
    if (topic->part != topic->section) {
        sb_mdoc_flow part;
        sb_text_init(&part.text);
        part.joined = false;
        sb_mdoc_add_macros(&part, lines[topic->part] + 4);
        sb_text_add_format(&place, ", %s", part.text.bytes == NULL ? "" : part.text.bytes);
        sb_text_clear(&part.text);
    }
    sb_text_add_format(&place, " · sidebet(%d)", topic->page);
    sb_manual_text_add(text, SB_MANUAL_SECTION, 0, true, place.bytes == NULL ? "" : place.bytes);
    sb_text_clear(&place);
}

static bool is_command(const sb_manual_topic *topic)
{
    return topic->page == 1 && is_line(page_lines(1)[topic->section], ".Sh COMMANDS");
}

/* Entries one after another may be explained together: an entry without words goes with those
 * below. */
static size_t whole_end(const sb_manual_topic *topic)
{
    const char *const *lines = page_lines(topic->page);
    size_t end = topic->to;
    while (end == topic->from + 1 && lines[end] != NULL && is_line(lines[end], ".It")) {
        end = entry_end(lines, end);
    }
    return end;
}

static void add_topic_text(const sb_manual_topic *topic, sb_manual_text *text)
{
    const char *const *lines = page_lines(topic->page);
    bool entry = is_line(lines[topic->from], ".It");
    bool page = topic->from == 0;
    if (!page) {
        add_place(topic, text);
    }
    size_t first = text->count;
    /* The heading of a section says no more than the place does. */
    sb_mdoc_read(lines, topic->from + (entry || page ? 0 : 1), whole_end(topic), text);
    for (size_t i = first; entry && i < text->count; i++) {
        text->blocks[i].depth++; /* as a list of one */
    }
    if (first < text->count && !page) {
        text->blocks[first].apart = false;
    }
}

/* Whether what is said about a topic is part of, or the same as, what is said about another one of
 * the name: an entry in a section that is called the same. */
static bool is_inside_another(const sb_manual *manual, size_t index)
{
    const sb_manual_topic *topic = &manual->topics[index];
    for (size_t i = 0; i < manual->count; i++) {
        const sb_manual_topic *other = &manual->topics[i];
        bool larger = other->from < topic->from || (other->from == topic->from && i < index);
        if (larger && other->page == topic->page && topic->to <= other->to &&
            same_name(other->name, topic->name)) {
            return true;
        }
    }
    return false;
}

sb_status sb_manual_explain(const sb_manual *manual, const char *topic, sb_manual_text *text,
                            sb_error *error)
{
    sb_text names;
    sb_text_init(&names);
    const char *name = best_name(manual, topic, &names);
    sb_status status = name == NULL ? unknown(manual, topic, &names, error) : SB_OK;
    sb_text_clear(&names);
    for (int commands = 1; name != NULL && commands >= 0; commands--) {
        for (size_t i = 0; i < manual->count; i++) {
            const sb_manual_topic *found = &manual->topics[i];
            if (same_name(found->name, name) && is_command(found) == (commands == 1) &&
                !is_inside_another(manual, i)) {
                add_topic_text(found, text);
            }
        }
    }
    return manual->failed || text->failed ? sb_out_of_memory(error) : status;
}
