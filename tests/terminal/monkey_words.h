/* What a monkey can press and type, as the program itself says.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The keys are those of `sidebet help keys` and the commands those of `sidebet help commands`, so
 * that what is new is pressed and typed too.
 */
#ifndef SB_TESTS_MONKEY_WORDS_H
#define SB_TESTS_MONKEY_WORDS_H

#include "property.h"

typedef struct monkey_words monkey_words;

/* Asks the program; fails the test where it lists too little to be true. */
monkey_words *monkey_words_new(void);
void monkey_words_free(monkey_words *words);

size_t monkey_key_count(const monkey_words *words);
size_t monkey_command_count(const monkey_words *words);
/* A screen or mode at random, one with many keys more often. */
size_t monkey_section(const monkey_words *words, property_stream *random);

/* The bytes of a random key of a section, those that leave the program left out. */
const char *monkey_key(const monkey_words *words, size_t section, property_stream *random);
/* A command with arguments that are mostly of the kind it takes, into `line`. */
void monkey_command(const monkey_words *words, property_stream *random, char *line, size_t size);
/* A number as a person may type it, sense or nonsense. */
const char *monkey_number(property_stream *random);

#endif
