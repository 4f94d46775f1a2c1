/* The command robust: the sets of beliefs, given or estimated from samples.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A set is part of the environment, as the prior is. From samples both follow: the prior becomes
 * the posterior mean, the set its intervals.
 */
#include <stdlib.h>
#include <string.h>

#include "model/csv.h"
#include "session/command_robust.h"
#include "sidebet/estimate.h"

/* ---- boxes ---- */

static sb_status set_box(sb_call *call, const fmpq_t radius, const char *command)
{
    sb_environment *copy = NULL;
    sb_text text;
    sb_status status = sb_call_begin_named(call, command, &copy, &text);
    if (status != SB_OK) {
        return status;
    }
    if (strcmp(command, "robust box") == 0) {
        sb_names_number(&text, radius);
    }
    status = sb_set_description_box(&copy->robust, copy->agents[0].type_count, copy->signal_count,
                                    radius, call->error);
    return sb_call_commit(call, copy, &text, status);
}

sb_status sb_robust_box(sb_call *call)
{
    if (call->count != 2) {
        return sb_call_wrong(call);
    }
    fmpq_t radius;
    fmpq_init(radius);
    sb_status status = sb_call_number(call, 1, radius);
    if (status == SB_OK) {
        status = set_box(call, radius, "robust box");
    }
    fmpq_clear(radius);
    return status;
}

sb_status sb_robust_everything(sb_call *call)
{
    fmpq_t radius;
    fmpq_init(radius);
    fmpq_one(radius);
    sb_status status = set_box(call, radius, "robust box");
    fmpq_clear(radius);
    return status;
}

sb_status sb_robust_none(sb_call *call)
{
    sb_environment *copy = NULL;
    sb_text text;
    sb_status status = sb_call_begin_named(call, "robust none", &copy, &text);
    if (status == SB_OK) {
        sb_set_description_clear(&copy->robust);
        sb_set_description_init(&copy->robust);
        status = sb_call_commit(call, copy, &text, SB_OK);
    }
    return status;
}

/* The sizes that + and - go through. */
static const ulong ladder[][2] = {{0, 1},   {1, 1000}, {2, 1000}, {5, 1000}, {1, 100},
                                  {2, 100}, {3, 100},  {5, 100},  {1, 10},   {3, 20},
                                  {1, 5},   {3, 10},   {1, 2},    {1, 1}};

enum { ladder_count = sizeof ladder / sizeof ladder[0] };

static sb_status climb(sb_call *call, bool wider)
{
    const sb_set_description *set = &sb_call_environment(call)->robust;
    if (set->kind == SB_SET_TABLES) {
        sb_error_set(call->error, SB_ERROR_USAGE,
                     "the set is given by tables, which have no one size");
        sb_error_set_hint(call->error, "robust box 0.01 makes it a box");
        return SB_ERROR_USAGE;
    }
    fmpq_t radius;
    fmpq_t rung;
    fmpq_init(radius);
    fmpq_init(rung);
    bool found = false;
    for (size_t k = 0; k < ladder_count; k++) {
        size_t index = wider ? k : ladder_count - 1 - k;
        fmpq_set_si(rung, (slong)ladder[index][0], ladder[index][1]);
        int order = set->kind == SB_SET_BOX ? fmpq_cmp(rung, &set->radius) : fmpq_sgn(rung);
        if (!found && (wider ? order > 0 : order < 0)) {
            fmpq_set(radius, rung);
            found = true;
        }
    }
    sb_status status = SB_OK;
    if (found) {
        status = set_box(call, radius, "robust box");
    } else if (call->for_message) {
        sb_text_add(call->output, wider ? "the set holds every belief already"
                                        : "the set is the estimate alone already");
    }
    fmpq_clear(rung);
    fmpq_clear(radius);
    return status;
}

sb_status sb_robust_wider(sb_call *call)
{
    return climb(call, true);
}

sb_status sb_robust_narrower(sb_call *call)
{
    return climb(call, false);
}

/* ---- tables ---- */

/* `robust tables LOWER UPPER`: CSV files of conditionals, one row a type. */
sb_status sb_robust_tables(sb_call *call)
{
    if (call->count != 3) {
        return sb_call_wrong(call);
    }
    sb_environment *copy = NULL;
    sb_text text;
    sb_status status = sb_call_begin_named(call, "robust tables", &copy, &text);
    if (status != SB_OK) {
        return status;
    }
    size_t types = copy->agents[0].type_count;
    size_t cells = types * copy->signal_count;
    fmpq *bounds[2] = {sb_rationals_new(cells), sb_rationals_new(cells)};
    if (bounds[0] == NULL || bounds[1] == NULL) {
        status = sb_out_of_memory(call->error);
    }
    for (size_t side = 0; side < 2 && status == SB_OK; side++) {
        bool fraction = false;
        sb_text_add(&text, " ");
        sb_words_quote(&text, call->arguments[side + 1]);
        char *path = sb_call_file(call, side + 1);
        status = path == NULL ? call->error->status
                              : sb_call_blame(call, sb_csv_read_weights(copy, path, bounds[side],
                                                                        &fraction, call->error));
        free(path);
    }
    if (status == SB_OK) {
        status = sb_set_description_tables(&copy->robust, types, copy->signal_count, bounds[0],
                                           bounds[1], call->error);
    }
    sb_rationals_free(bounds[0], cells);
    sb_rationals_free(bounds[1], cells);
    return sb_call_commit(call, copy, &text, status);
}

/* ---- samples ---- */

const char *const sb_robust_estimate_words[] = {"epsilon", "alpha", "level",
                                                "method",  "seed",  NULL};

typedef struct sb_sample_words {
    sb_estimate_options options;
    fmpq alpha;
    fmpq epsilon;
    uint64_t seed;
} sb_sample_words;

static sb_status read_level(sb_call *call, size_t argument, sb_sample_words *words)
{
    static const char *const levels[] = {"per-element", "row", "simultaneous", NULL};
    size_t choice = 0;
    sb_status status = sb_call_choice(call, argument, levels, &choice);
    words->options.level = (sb_interval_level)choice;
    return status;
}

static sb_status read_method(sb_call *call, size_t argument, sb_sample_words *words)
{
    static const char *const methods[] = {"beta", "quantiles", NULL};
    size_t choice = 0;
    sb_status status = sb_call_choice(call, argument, methods, &choice);
    words->options.method = (sb_interval_method)choice;
    return status;
}

/* The pairs of a word and a value behind the first two arguments. */
static sb_status read_words(sb_call *call, sb_sample_words *words)
{
    sb_status status = call->count % 2 == 0 ? SB_OK : sb_call_wrong(call);
    for (size_t at = 2; at + 1 < call->count && status == SB_OK; at += 2) {
        size_t choice = 0;
        size_t seed = 0;
        status = sb_call_choice(call, at, sb_robust_estimate_words, &choice);
        if (status != SB_OK) {
            break;
        }
        switch (choice) {
        case 0:
            status = sb_call_number(call, at + 1, &words->epsilon);
            words->options.epsilon = sb_rational_to_double(&words->epsilon);
            break;
        case 1:
            status = sb_call_number(call, at + 1, &words->alpha);
            break;
        case 2:
            status = read_level(call, at + 1, words);
            break;
        case 3:
            status = read_method(call, at + 1, words);
            break;
        default:
            status = sb_call_count(call, at + 1, 0, SIZE_MAX / 16, &seed);
            words->seed = seed;
            break;
        }
    }
    words->options.alpha = &words->alpha;
    words->options.seed = words->seed;
    return status;
}

static void say_estimate(sb_call *call, const sb_samples *samples, const sb_estimate *estimate)
{
    if (!call->for_message) {
        return;
    }
    sb_text_add_format(call->output,
                       "%zu samples: the prior is now the posterior mean, each interval of the "
                       "sets has level %.4g; undo brings the truth back",
                       samples->total, estimate->level);
    for (size_t remark = 0; remark < estimate->remarks.count; remark++) {
        call->warning = true;
        sb_text_add_format(call->output, "; %s", estimate->remarks.texts[remark]);
    }
}

/* The environment becomes what the samples say of it. */
static sb_status adopt(sb_call *call, const sb_samples *samples, const sb_sample_words *words,
                       const char *command)
{
    const sb_environment *environment = sb_call_environment(call);
    sb_estimate estimate;
    sb_estimate_init(&estimate);
    sb_environment *estimated = NULL;
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, command);
    sb_status status =
        sb_estimate_from_samples(environment, samples, &words->options, &estimate, call->error);
    if (status == SB_OK) {
        status = sb_estimate_environment(environment, &estimate, &estimated, call->error);
    }
    status = sb_call_commit(call, estimated, &text, status);
    if (status == SB_OK) {
        say_estimate(call, samples, &estimate);
    }
    sb_estimate_clear(&estimate);
    return status;
}

/* The command as it was typed, but for abbreviations. */
static char *typed(const sb_call *call)
{
    sb_text text;
    sb_text_init(&text);
    sb_text_add(&text, "robust");
    for (size_t argument = 0; argument < call->count; argument++) {
        sb_text_add(&text, " ");
        sb_words_quote(&text, call->arguments[argument]);
    }
    return sb_text_take(&text, call->error);
}

static sb_status from_samples(sb_call *call, bool draw)
{
    if (call->count < 2) {
        return sb_call_wrong(call);
    }
    const sb_environment *environment = sb_call_environment(call);
    sb_sample_words words = {.options = SB_ESTIMATE_OPTIONS_DEFAULT, .seed = 1};
    fmpq_init(&words.epsilon);
    fmpq_init(&words.alpha);
    fmpq_one(&words.alpha);
    size_t count = 0;
    sb_samples *samples = NULL;
    sb_status status = read_words(call, &words);
    if (status == SB_OK && draw) {
        status = sb_call_count(call, 1, 1, 100000000, &count);
    }
    if (status == SB_OK && draw) {
        sb_random_stream stream;
        sb_random_stream_init(&stream, words.seed, NULL, 0);
        status = sb_samples_new(environment, &samples, call->error);
        if (status == SB_OK) {
            status = sb_samples_draw(samples, environment, count, &stream, NULL, call->error);
        }
    } else if (status == SB_OK) {
        char *path = sb_call_file(call, 1);
        status =
            path == NULL
                ? call->error->status
                : sb_call_blame(call, sb_samples_read(path, environment, &samples, call->error));
        free(path);
    }
    char *command = status == SB_OK ? typed(call) : NULL;
    if (status == SB_OK) {
        status = command == NULL ? SB_ERROR_MEMORY : adopt(call, samples, &words, command);
    }
    free(command);
    sb_samples_free(samples);
    fmpq_clear(&words.alpha);
    fmpq_clear(&words.epsilon);
    return status;
}

sb_status sb_robust_samples(sb_call *call)
{
    return from_samples(call, false);
}

sb_status sb_robust_draw(sb_call *call)
{
    return from_samples(call, true);
}
