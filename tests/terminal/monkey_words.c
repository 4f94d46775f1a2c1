/* What a monkey can press and type, as the program itself says.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "terminal/monkey_words.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "terminal/terminal.h"

enum {
    most_sections = 64,
    most_keys = 96,
    most_commands = 256,
    longest_key = 16,
    longest_line = 256
};

typedef struct section {
    char keys[most_keys][longest_key]; /* as bytes */
    size_t count;
} section;

typedef struct command {
    char usage[longest_line]; /* "save [FILE]" */
    char *words;              /* of its explanation, which names what it takes */
} command;

struct monkey_words {
    section sections[most_sections];
    size_t section_count, key_count;
    command commands[most_commands];
    size_t command_count;
};

/* ---- keys ---- */

static const struct {
    const char *name, *bytes;
} named[] = {
    {"Left", "\033OD"},    {"Right", "\033OC"},   {"Up", "\033OA"},      {"Down", "\033OB"},
    {"Home", "\033OH"},    {"End", "\033OF"},     {"PageUp", "\033[5~"}, {"PageDown", "\033[6~"},
    {"Enter", "\r"},       {"Escape", "\033"},    {"Tab", "\t"},         {"S-Tab", "\033[Z"},
    {"Backspace", "\177"}, {"Delete", "\033[3~"}, {"Space", " "},        {"Insert", "\033[2~"},
    {"F1", "\033OP"},      {"F2", "\033OQ"},      {"F3", "\033OR"},      {"F4", "\033OS"},
    {"F5", "\033[15~"},    {"F6", "\033[17~"},    {"F7", "\033[18~"},    {"F8", "\033[19~"},
    {"F9", "\033[20~"},    {"F10", "\033[21~"},   {"F11", "\033[23~"},   {"F12", "\033[24~"},
};

/* The bytes of a key by its name; false: a name that is none. */
static bool bytes_of(const char *name, char *bytes)
{
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        if (strcmp(named[i].name, name) == 0) {
            (void)snprintf(bytes, longest_key, "%s", named[i].bytes);
            return true;
        }
    }
    if (strlen(name) == 3 && strncmp(name, "C-", 2) == 0) {
        (void)snprintf(bytes, longest_key, "%c", name[2] & 0x1F);
        return true;
    }
    if (strlen(name) == 3 && strncmp(name, "M-", 2) == 0) {
        (void)snprintf(bytes, longest_key, "\033%c", name[2]);
        return true;
    }
    (void)snprintf(bytes, longest_key, "%s", name);
    return strlen(name) == 1;
}

/* "Left h" */
static void add_keys(monkey_words *words, char *line)
{
    section *at = &words->sections[words->section_count - 1];
    char *rest = NULL;
    for (char *name = strtok_r(line, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest)) {
        if (strcmp(name, "q") == 0 || strcmp(name, "Q") == 0) {
            continue; /* the end has its own place */
        }
        assert_true(at->count < most_keys);
        if (!bytes_of(name, at->keys[at->count])) {
            fail_msg("the list of keys has a key that this test cannot press: %s", name);
        }
        at->count++;
        words->key_count++;
    }
}

/* Sections at the margin, keys indented by two, what they do by six. */
static void read_keys(monkey_words *words, FILE *list)
{
    char line[longest_line];
    while (fgets(line, sizeof line, list) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        size_t indent = strspn(line, " ");
        if (indent == 0 && line[0] != '\0') {
            assert_true(words->section_count < most_sections);
            words->section_count++;
        } else if (indent == 2 && words->section_count > 0) {
            /* Keys, and what they do behind them or in the next line. */
            char *gap = strstr(line + 2, "  ");
            if (gap != NULL) {
                *gap = '\0';
            }
            add_keys(words, line + 2);
        }
    }
}

size_t monkey_section(const monkey_words *words, property_stream *random)
{
    long key = property_between(random, 0, (long)words->key_count - 1);
    size_t number = 0;
    while (key >= (long)words->sections[number].count) {
        key -= (long)words->sections[number++].count;
    }
    return number;
}

const char *monkey_key(const monkey_words *words, size_t section_number, property_stream *random)
{
    const section *at = &words->sections[section_number % words->section_count];
    return at->count == 0 ? "\033" : at->keys[property_between(random, 0, (long)at->count - 1)];
}

/* ---- commands ---- */

static void read_commands(monkey_words *words, FILE *list)
{
    char line[longest_line];
    while (fgets(line, sizeof line, list) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (strspn(line, " ") != 2) {
            continue;
        }
        char *gap = strstr(line + 2, "  ");
        if (gap != NULL) {
            *gap = '\0';
        }
        if (strncmp(line + 2, "quit", 4) != 0) { /* the end has its own place */
            assert_true(words->command_count < most_commands);
            command *new = &words->commands[words->command_count++];
            (void)snprintf(new->usage, sizeof new->usage, "%s", line + 2);
        }
    }
}

/* What the program says to these arguments, behind a pipe from `before`. */
static FILE *ask(const char *before, const char *what)
{
    char line[longest_line * 4];
    (void)snprintf(line, sizeof line, "%s '%s' %s 2>&1", before, terminal_program(), what);
    FILE *answer = popen(line, "r"); /* a fixed text and the program under test */
    assert_non_null(answer);
    return answer;
}

/* What `help NAME` says of commands whose words only it lists. */
static void read_words(command *about)
{
    char line[longest_line];
    (void)snprintf(line, sizeof line, "echo help %.*s |", (int)strcspn(about->usage, " "),
                   about->usage);
    FILE *answer = ask(line, "repl");
    about->words = calloc(1, 8192);
    assert_non_null(about->words);
    size_t length = fread(about->words, 1, 8191, answer);
    about->words[length] = '\0';
    while (fgetc(answer) != EOF) {
        continue;
    }
    (void)pclose(answer);
}

monkey_words *monkey_words_new(void)
{
    monkey_words *words = calloc(1, sizeof *words);
    assert_non_null(words);
    FILE *list = ask("", "help keys");
    read_keys(words, list);
    assert_int_equal(pclose(list), 0);
    list = ask("", "help commands");
    read_commands(words, list);
    assert_int_equal(pclose(list), 0);
    for (size_t i = 0; i < words->command_count; i++) {
        if (strstr(words->commands[i].usage, "WORD") != NULL) {
            read_words(&words->commands[i]);
        }
    }
    assert_true(words->section_count >= 10 && words->key_count >= 100);
    assert_true(words->command_count >= 50);
    return words;
}

void monkey_words_free(monkey_words *words)
{
    for (size_t i = 0; i < words->command_count; i++) {
        free(words->commands[i].words);
    }
    free(words);
}

size_t monkey_key_count(const monkey_words *words)
{
    return words->key_count;
}

size_t monkey_command_count(const monkey_words *words)
{
    return words->command_count;
}

/* ---- arguments ---- */

const char *monkey_number(property_stream *random)
{
    static const char *const numbers[] = {
        "0",    "1",    "2",    ".5",    ".25",    "1/3",
        "0.1",  "3",    "7",    "10",    "1/7",    "0.01",
        "-1",   "1e-9", "1e20", "4/4",   "0.2",    "12/25",
        "1e-4", "5",    "-1/2", "1e400", "1e-400", "nan",
        "inf",  "1/0",  ".",    "--",    "1..2",   "99999999999999999",
    };
    return PROPERTY_CHOOSE(random, numbers);
}

/* Names without a slash: the monkey stays in its folder. */
static const char *file_name(property_stream *random)
{
    static const char *const names[] = {
        "a.yaml",   "b.yaml",      "work.yaml", "c.csv",     "d.svg", "e.pdf",      "f.png",
        "g.tex",    "h.md",        "i.html",    "k.lp",      "l.mps", "m.txt",      "script.sb",
        "new.yaml", "samples.csv", "run.csv",   "none.yaml", "x",     "'a b.yaml'", "start.yaml",
    };
    return PROPERTY_CHOOSE(random, names);
}

static const char *value_of(const char *placeholder, property_stream *random)
{
    static const char *const labels[] = {"1",    "2",   "3",   "low", "high",
                                         "rain", "1,1", "2,1", "1,2", "\"x y\"",
                                         "new",  "4",   "1",   "0",   "2,2,1"};
    static const char *const texts[] = {"title",
                                        "\"two words\"",
                                        "\xC3\xA9t\xC3\xA9",
                                        "revenue",
                                        "\xE6\xBC\xA2\xE5\xAD\x97",
                                        "prior",
                                        "results",
                                        "next"};
    if (strncmp(placeholder, "FILE", 4) == 0) {
        return file_name(random);
    }
    if (strstr("NUMBER VALUE STEP N LINES OF", placeholder) != NULL) {
        return monkey_number(random);
    }
    if (strcmp(placeholder, "KEY") == 0) { /* none that the checks need */
        static const char *const keys[] = {"F10", "C-t", "V", "C-o", "M-x"};
        return PROPERTY_CHOOSE(random, keys);
    }
    if (strcmp(placeholder, "COMMAND") == 0) {
        static const char *const commands[] = {"undo", "uniform", "fractions", "title ..."};
        return PROPERTY_CHOOSE(random, commands);
    }
    if (strcmp(placeholder, "COMMAND") != 0 && strstr("TEXT WHAT PART NAME", placeholder) != NULL) {
        return PROPERTY_CHOOSE(random, texts);
    }
    return PROPERTY_CHOOSE(random, labels);
}

/* A lower-case word of an explanation, with what stands around it taken off. */
static void word_of(const char *explanation, property_stream *random, char *word, size_t size)
{
    size_t length = strlen(explanation);
    size_t at = (size_t)property_between(random, 0, length == 0 ? 0 : (long)length - 1);
    while (explanation[at] != '\0' && !isspace((unsigned char)explanation[at])) {
        at++;
    }
    at += strspn(explanation + at, " \n");
    size_t letters = strspn(explanation + at, "abcdefghijklmnopqrstuvwxyz-!");
    (void)snprintf(word, size, "%.*s", (int)letters, explanation + at);
}

/* One of a|b|c. */
static void choice_of(const char *alternatives, property_stream *random, char *word, size_t size)
{
    size_t count = 1;
    for (const char *at = alternatives; *at != '\0'; at++) {
        count += *at == '|';
    }
    long skip = property_between(random, 0, (long)count - 1);
    while (skip-- > 0) {
        alternatives = strchr(alternatives, '|') + 1;
    }
    (void)snprintf(word, size, "%.*s", (int)strcspn(alternatives, "|"), alternatives);
}

static void argument_of(const command *of, const char *placeholder, property_stream *random,
                        char *word, size_t size)
{
    char one[64];
    choice_of(placeholder, random, one, sizeof one);
    char *colon = strchr(one, ':');
    if (strcmp(one, "WORD") == 0 && of->words != NULL) {
        word_of(of->words, random, word, size);
    } else if (colon != NULL && isupper((unsigned char)colon[1])) {
        (void)snprintf(word, size, "%.*s:%s", (int)(colon - one), one, monkey_number(random));
    } else if (isupper((unsigned char)one[0])) {
        one[strcspn(one, ".=")] = '\0';
        (void)snprintf(word, size, "%s", value_of(one, random));
    } else {
        (void)snprintf(word, size, "%s", one);
    }
}

void monkey_command(const monkey_words *words, property_stream *random, char *line, size_t size)
{
    const command *of =
        &words->commands[property_between(random, 0, (long)words->command_count - 1)];
    char usage[longest_line];
    (void)snprintf(usage, sizeof usage, "%s", of->usage);
    char *rest = NULL;
    char *token = strtok_r(usage, " ", &rest);
    int length = snprintf(line, size, "%s", token);
    while ((token = strtok_r(NULL, " ", &rest)) != NULL && (size_t)length + 80 < size) {
        bool optional = token[0] == '[';
        if (optional && property_between(random, 0, 2) == 0) {
            continue;
        }
        token += optional;
        token[strcspn(token, "]")] = '\0';
        char word[64];
        argument_of(of, token, random, word, sizeof word);
        if (property_between(random, 0, 19) == 0) {
            (void)snprintf(word, sizeof word, "%s", value_of("LABEL", random));
        }
        length += snprintf(line + length, size - (size_t)length, " %s", word);
    }
}
