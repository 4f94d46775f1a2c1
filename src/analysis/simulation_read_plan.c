/* Reading the plan in the first lines of a simulation's result.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/simulation_text.h"
#include "base/memory.h"
#include "base/text.h"

/* The words behind "# name:". */
typedef struct words {
    const char *at, *end;
} words;

static bool next_word(words *line, const char **word, size_t *length)
{
    while (line->at < line->end && *line->at == ' ') {
        line->at++;
    }
    *word = line->at;
    while (line->at < line->end && *line->at != ' ') {
        line->at++;
    }
    *length = (size_t)(line->at - *word);
    return *length > 0;
}

static size_t count_words(words line)
{
    const char *word;
    size_t length;
    size_t count = 0;
    while (next_word(&line, &word, &length)) {
        count++;
    }
    return count;
}

static sb_status bad_word(const sb_simulation_reader *reader, const char *word, size_t length)
{
    return sb_simulation_refuse(reader, "'%.*s' has no place in this line of the plan",
                                length > 40 ? 40 : (int)length, word);
}

/* ---- lists ---- */

static sb_status read_counts(const sb_simulation_reader *reader, words line, size_t **counts,
                             size_t *count)
{
    free(*counts);
    *count = 0;
    *counts = sb_allocate(count_words(line), sizeof **counts);
    if (*counts == NULL) {
        return sb_out_of_memory(reader->error);
    }
    const char *word;
    size_t length;
    while (next_word(&line, &word, &length)) {
        if (!sb_simulation_read_count(word, length, *counts + *count)) {
            return bad_word(reader, word, length);
        }
        ++*count;
    }
    return SB_OK;
}

static sb_status read_epsilons(const sb_simulation_reader *reader, words line,
                               sb_simulation_plan *plan)
{
    free(plan->epsilons);
    plan->epsilon_count = 0;
    plan->epsilons = sb_allocate(count_words(line), sizeof *plan->epsilons);
    if (plan->epsilons == NULL) {
        return sb_out_of_memory(reader->error);
    }
    const char *word;
    size_t length;
    while (next_word(&line, &word, &length)) {
        if (!sb_simulation_read_double(word, length, plan->epsilons + plan->epsilon_count)) {
            return bad_word(reader, word, length);
        }
        plan->epsilon_count++;
    }
    return SB_OK;
}

static sb_status read_rationals(const sb_simulation_reader *reader, words line, fmpq **numbers,
                                size_t *count)
{
    sb_rationals_free(*numbers, *count);
    *count = 0;
    size_t planned = count_words(line);
    *numbers = sb_rationals_new(planned);
    if (*numbers == NULL) {
        return sb_out_of_memory(reader->error);
    }
    *count = planned;
    const char *word;
    size_t length;
    for (size_t k = 0; next_word(&line, &word, &length); k++) {
        if (sb_rational_parse(*numbers + k, word, length, NULL) != SB_OK) {
            return bad_word(reader, word, length);
        }
    }
    return SB_OK;
}

/* ---- single words ---- */

static bool is_word(const char *word, size_t length, const char *name)
{
    return strlen(name) == length && memcmp(name, word, length) == 0;
}

static sb_status read_alpha(const sb_simulation_reader *reader, words line,
                            sb_simulation_plan *plan)
{
    size_t count = plan->estimate.alpha == NULL ? 0 : 1;
    sb_status status = read_rationals(reader, line, &plan->estimate.alpha, &count);
    if (status == SB_OK && count == 1) {
        return SB_OK;
    }
    sb_rationals_free(plan->estimate.alpha, count);
    plan->estimate.alpha = NULL;
    return status == SB_OK ? bad_word(reader, line.at, (size_t)(line.end - line.at)) : status;
}

static bool choose_level(const char *word, size_t length, sb_estimate_options *estimate)
{
    for (int k = SB_LEVEL_PER_ELEMENT; k <= SB_LEVEL_SIMULTANEOUS; k++) {
        if (is_word(word, length, sb_interval_level_name((sb_interval_level)k))) {
            estimate->level = (sb_interval_level)k;
            return true;
        }
    }
    return false;
}

static bool choose_intervals(const char *word, size_t length, sb_estimate_options *estimate)
{
    for (int k = SB_INTERVAL_BETA; k <= SB_INTERVAL_QUANTILES; k++) {
        if (is_word(word, length, sb_interval_method_name((sb_interval_method)k))) {
            estimate->method = (sb_interval_method)k;
            return true;
        }
    }
    return false;
}

static bool choose_proof(const char *word, size_t length, sb_simulation_plan *plan)
{
    plan->exact = is_word(word, length, "exact");
    return plan->exact || is_word(word, length, "floating");
}

static bool read_seed(const char *word, size_t length, uint64_t *seed)
{
    uint64_t value = 0;
    for (size_t k = 0; k < length; k++) {
        unsigned digit = (unsigned)(word[k] - '0');
        if (digit > 9 || value > (UINT64_MAX - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *seed = value;
    return length > 0;
}

static sb_status read_mechanisms(const sb_simulation_reader *reader, words line,
                                 sb_simulation_plan *plan)
{
    memset(plan->wanted, 0, sizeof plan->wanted);
    const char *word;
    size_t length;
    while (next_word(&line, &word, &length)) {
        int k = 0;
        while (k < SB_CONTENDER_COUNT &&
               !is_word(word, length, sb_contender_name((sb_contender)k))) {
            k++;
        }
        if (k == SB_CONTENDER_COUNT) {
            return bad_word(reader, word, length);
        }
        plan->wanted[k] = true;
    }
    return SB_OK;
}

/* ---- lines ---- */

typedef enum entry {
    ENTRY_SAMPLES,
    ENTRY_EPSILONS,
    ENTRY_REPETITIONS,
    ENTRY_SEED,
    ENTRY_ALPHA,
    ENTRY_LEVEL,
    ENTRY_INTERVALS,
    ENTRY_DRAWS,
    ENTRY_MECHANISMS,
    ENTRY_PROOF,
    ENTRY_ENVIRONMENT,
    ENTRY_CORRELATIONS,
    ENTRY_TYPES,
    ENTRY_SIGNALS,
    ENTRY_COUNT
} entry;

static const char *const entry_names[] = {
    [ENTRY_SAMPLES] = "samples",
    [ENTRY_EPSILONS] = "epsilons",
    [ENTRY_REPETITIONS] = "repetitions",
    [ENTRY_SEED] = "seed",
    [ENTRY_ALPHA] = "alpha",
    [ENTRY_LEVEL] = "level",
    [ENTRY_INTERVALS] = "intervals",
    [ENTRY_DRAWS] = "draws",
    [ENTRY_MECHANISMS] = "mechanisms",
    [ENTRY_PROOF] = "proof",
    [ENTRY_ENVIRONMENT] = "environment",
    [ENTRY_CORRELATIONS] = "correlations",
    [ENTRY_TYPES] = "types",
    [ENTRY_SIGNALS] = "signals",
};

/* Entries of one word. */
static sb_status read_single(const sb_simulation_reader *reader, entry which, words line,
                             sb_simulation_plan *plan)
{
    const char *word;
    size_t length;
    bool good = next_word(&line, &word, &length);
    if (which == ENTRY_REPETITIONS) {
        good = good && sb_simulation_read_count(word, length, &plan->repetitions);
    } else if (which == ENTRY_SEED) {
        good = good && read_seed(word, length, &plan->seed);
    } else if (which == ENTRY_DRAWS) {
        good = good && sb_simulation_read_count(word, length, &plan->estimate.draws);
    } else if (which == ENTRY_LEVEL) {
        good = good && choose_level(word, length, &plan->estimate);
    } else if (which == ENTRY_INTERVALS) {
        good = good && choose_intervals(word, length, &plan->estimate);
    } else {
        good = good && choose_proof(word, length, plan);
    }
    return good ? SB_OK : bad_word(reader, word, length);
}

static sb_status read_entry(const sb_simulation_reader *reader, entry which, words line,
                            sb_simulation_plan *plan)
{
    switch (which) {
    case ENTRY_SAMPLES:
        return read_counts(reader, line, &plan->sample_counts, &plan->sample_count_count);
    case ENTRY_TYPES:
        return read_counts(reader, line, &plan->type_counts, &plan->type_count_count);
    case ENTRY_SIGNALS:
        return read_counts(reader, line, &plan->signal_counts, &plan->signal_count_count);
    case ENTRY_EPSILONS:
        return read_epsilons(reader, line, plan);
    case ENTRY_CORRELATIONS:
        return read_rationals(reader, line, &plan->correlations, &plan->correlation_count);
    case ENTRY_ALPHA:
        return read_alpha(reader, line, plan);
    case ENTRY_MECHANISMS:
        return read_mechanisms(reader, line, plan);
    case ENTRY_REPETITIONS:
    case ENTRY_SEED:
    case ENTRY_DRAWS:
    case ENTRY_LEVEL:
    case ENTRY_INTERVALS:
    case ENTRY_PROOF:
        return read_single(reader, which, line, plan);
    case ENTRY_ENVIRONMENT:
    case ENTRY_COUNT:
        break;
    }
    return SB_OK;
}

/* "# name: words"; ENTRY_COUNT where it is none. */
static entry find_entry(const sb_simulation_reader *reader, words *line)
{
    const char *end = reader->begin + reader->length;
    const char *colon = memchr(reader->begin, ':', reader->length);
    if (reader->length < 2 || memcmp(reader->begin, "# ", 2) != 0 || colon == NULL) {
        return ENTRY_COUNT;
    }
    *line = (words){colon + 1, end};
    int k = 0;
    while (k < ENTRY_COUNT &&
           !is_word(reader->begin + 2, (size_t)(colon - reader->begin) - 2, entry_names[k])) {
        k++;
    }
    return (entry)k;
}

static bool is_line(const sb_simulation_reader *reader, const char *text)
{
    return is_word(reader->begin, reader->length, text);
}

/* A line of the truth's YAML text: "# |" and the line. */
static bool add_environment_line(const sb_simulation_reader *reader, sb_text *yaml)
{
    if (reader->length < 3 || memcmp(reader->begin, "# |", 3) != 0) {
        return false;
    }
    sb_text_add_part(yaml, reader->begin + 3, reader->length - 3);
    sb_text_add(yaml, "\n");
    return true;
}

static sb_status read_lines(sb_simulation_reader *reader, sb_simulation_plan *plan, sb_text *yaml)
{
    while (sb_simulation_next_line(reader)) {
        if (is_line(reader, sb_simulation_columns)) {
            return SB_OK;
        }
        words line;
        if (add_environment_line(reader, yaml)) {
            continue;
        }
        entry which = find_entry(reader, &line);
        if (which == ENTRY_COUNT) {
            return sb_simulation_refuse(reader, "neither a line of a simulation's plan nor the "
                                                "header of its table");
        }
        sb_status status = read_entry(reader, which, line, plan);
        if (status != SB_OK) {
            return status;
        }
    }
    return sb_simulation_refuse(reader, "the text ends before the table begins");
}

sb_status sb_simulation_read_plan(sb_simulation_reader *reader, sb_simulation_plan *plan)
{
    plan->estimate = SB_ESTIMATE_OPTIONS_DEFAULT;
    if (!sb_simulation_next_line(reader) || !is_line(reader, sb_simulation_first_line)) {
        sb_simulation_refuse(reader, "this is not the result of a simulation");
        sb_error_set_hint(reader->error, "its first line is '%s'", sb_simulation_first_line);
        return SB_ERROR_INPUT;
    }
    sb_text yaml;
    sb_text_init(&yaml);
    sb_status status = read_lines(reader, plan, &yaml);
    if (status == SB_OK && yaml.length > 0) {
        plan->environment = sb_text_take(&yaml, reader->error);
        status = plan->environment == NULL ? SB_ERROR_MEMORY : SB_OK;
    }
    sb_text_clear(&yaml);
    return status;
}
