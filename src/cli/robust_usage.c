/* Which options of sidebet robust go together.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/curve_output.h"
#include "cli/robust.h"

typedef struct option_pair {
    sb_option_kind first, second;
    const char *why;    /* a sentence that names both */
    const char *remedy; /* what to write instead */
} option_pair;

static const char one_set[] = "choose one of --box, --lower with --upper, and --samples";
static const char one_mechanism[] = "leave it out, or leave out --price";
static const char no_rounds[] = "leave it out, or choose --method cuts";

/* Not both. */
static const option_pair conflicts[] = {
    {SB_OPTION_BOX, SB_OPTION_LOWER, "--box and --lower say the set in two ways", one_set},
    {SB_OPTION_BOX, SB_OPTION_UPPER, "--box and --upper say the set in two ways", one_set},
    {SB_OPTION_BOX, SB_OPTION_SAMPLES, "--box and --samples say the set in two ways", one_set},
    {SB_OPTION_LOWER, SB_OPTION_SAMPLES, "--lower and --samples say the set in two ways", one_set},
    {SB_OPTION_UPPER, SB_OPTION_SAMPLES, "--upper and --samples say the set in two ways", one_set},
    {SB_OPTION_PRIOR_CSV, SB_OPTION_SAMPLES, "--prior-csv and --samples say the prior in two ways",
     "leave out one of them"},
    {SB_OPTION_PRICE, SB_OPTION_LOWER, "--price grows boxes, so --lower says nothing to it",
     one_mechanism},
    {SB_OPTION_PRICE, SB_OPTION_UPPER, "--price grows boxes, so --upper says nothing to it",
     one_mechanism},
    {SB_OPTION_PRICE, SB_OPTION_SAMPLES, "--price grows boxes, so --samples says nothing to it",
     one_mechanism},
    {SB_OPTION_PRICE, SB_OPTION_TRUTH, "--truth meets one mechanism, and --price finds many",
     one_mechanism},
    {SB_OPTION_PRICE, SB_OPTION_STEPS, "--steps shows one run, and --price makes many",
     one_mechanism},
    {SB_OPTION_PRICE, SB_OPTION_ROUNDS, "--rounds stops one run, and --price makes many",
     one_mechanism},
    {SB_OPTION_PRICE, SB_OPTION_CUTS, "--cuts is about the steps, which --price does not show",
     one_mechanism},
    {SB_OPTION_PRICE, SB_OPTION_BEGIN, "--begin is about the steps, which --price does not show",
     one_mechanism},
    {SB_OPTION_PRICE, SB_OPTION_SAVE_STEPS, "--save-steps keeps one run, and --price makes many",
     one_mechanism},
    {SB_OPTION_PRICE, SB_OPTION_REPLAY, "--replay repeats one run, and --price makes many",
     one_mechanism},
};

/* The first only with the second. */
static const option_pair needs[] = {
    {SB_OPTION_LOWER, SB_OPTION_UPPER, "--lower is half of a set", "add --upper FILE"},
    {SB_OPTION_UPPER, SB_OPTION_LOWER, "--upper is half of a set", "add --lower FILE"},
    {SB_OPTION_EPSILON, SB_OPTION_SAMPLES, "--epsilon is about samples", "add --samples FILE"},
    {SB_OPTION_ALPHA, SB_OPTION_SAMPLES, "--alpha is about samples", "add --samples FILE"},
    {SB_OPTION_LEVEL, SB_OPTION_SAMPLES, "--level is about samples", "add --samples FILE"},
    {SB_OPTION_INTERVALS, SB_OPTION_SAMPLES, "--intervals is about samples", "add --samples FILE"},
    {SB_OPTION_DRAWS, SB_OPTION_INTERVALS, "--draws is about quantiles of random draws",
     "add --intervals quantiles"},
    {SB_OPTION_SEED, SB_OPTION_INTERVALS, "--seed is about quantiles of random draws",
     "add --intervals quantiles"},
    {SB_OPTION_POINTS, SB_OPTION_PRICE, "--points is about the price of robustness",
     "add --price, or leave out --points"},
};

/* Of a curve, not both. */
static const option_pair curve_conflicts[] = {
    {SB_OPTION_BOX, SB_OPTION_POINTS, "--box says itself which points the curve has",
     "leave out --points, or --box"},
};

/* Rounds of cutting planes: the compact program has none. */
static const option_pair rounds[] = {
    {SB_OPTION_STEPS, SB_OPTION_METHOD, "the compact program has no --steps", no_rounds},
    {SB_OPTION_ROUNDS, SB_OPTION_METHOD, "the compact program has no --rounds", no_rounds},
    {SB_OPTION_CUTS, SB_OPTION_METHOD, "the compact program has no --cuts", no_rounds},
    {SB_OPTION_BEGIN, SB_OPTION_METHOD, "the compact program has no --begin", no_rounds},
    {SB_OPTION_SAVE_STEPS, SB_OPTION_METHOD, "the compact program has no steps to save", no_rounds},
    {SB_OPTION_REPLAY, SB_OPTION_METHOD, "the compact program has no steps to replay", no_rounds},
};
static const option_pair round_outputs[] = {
    {SB_OPTION_CSV, SB_OPTION_METHOD, "--csv prints the rounds, and the compact program has none",
     "leave it out, add --price, or choose --method cuts"},
    {SB_OPTION_FIGURE, SB_OPTION_METHOD,
     "--figure draws the rounds, and the compact program has none",
     "leave it out, add --price, or choose --method cuts"},
};

static sb_status refuse(const option_pair *pair, sb_error *error)
{
    sb_error_set(error, SB_ERROR_USAGE, "%s", pair->why);
    sb_error_set_hint(error, "%s", pair->remedy);
    return SB_ERROR_USAGE;
}

/* The first pair whose two options are given, or whose first is given and not the second. */
static sb_status check_pairs(const sb_arguments *arguments, const option_pair *pairs, size_t count,
                             bool second_given, sb_error *error)
{
    for (size_t k = 0; k < count; k++) {
        if (sb_arguments_has(arguments, pairs[k].first) &&
            sb_arguments_has(arguments, pairs[k].second) == second_given) {
            return refuse(&pairs[k], error);
        }
    }
    return SB_OK;
}
#define CHECK(pairs, second_given)                                                                 \
    check_pairs(arguments, pairs, sizeof(pairs) / sizeof(pairs)[0], second_given, error)

static sb_status check_method(const sb_arguments *arguments, sb_error *error)
{
    if (arguments->robust.method != SB_ROBUST_COMPACT) {
        return SB_OK;
    }
    sb_status status = CHECK(rounds, true);
    if (status == SB_OK && !sb_arguments_has(arguments, SB_OPTION_PRICE)) {
        status = CHECK(round_outputs, true);
    }
    return status;
}

static sb_status check_one(const sb_number_list *list, const char *name, const char *remedy,
                           sb_error *error)
{
    if (list->count <= 1) {
        return SB_OK;
    }
    sb_error_set(error, SB_ERROR_USAGE, "--%s takes one number here, not %zu", name, list->count);
    sb_error_set_hint(error, "%s", remedy);
    return SB_ERROR_USAGE;
}

static sb_status check_numbers(const sb_arguments *arguments, sb_error *error)
{
    const sb_robust_arguments *robust = &arguments->robust;
    bool price = sb_arguments_has(arguments, SB_OPTION_PRICE);
    sb_status status = price ? SB_OK
                             : check_one(&robust->radii, "box",
                                         "write one, or add --price for a curve of several", error);
    if (status == SB_OK) {
        status = check_one(&robust->epsilons, "epsilon", "write one", error);
    }
    if (status == SB_OK) {
        status = check_one(&robust->alphas, "alpha", "write one", error);
    }
    bool drawn = sb_arguments_has(arguments, SB_OPTION_INTERVALS) &&
                 robust->intervals == SB_INTERVAL_QUANTILES;
    if (status == SB_OK && !drawn &&
        (sb_arguments_has(arguments, SB_OPTION_DRAWS) ||
         sb_arguments_has(arguments, SB_OPTION_SEED))) {
        sb_error_set(error, SB_ERROR_USAGE, "--intervals beta draws nothing at random");
        sb_error_set_hint(error, "leave out --draws and --seed, or choose --intervals quantiles");
        return SB_ERROR_USAGE;
    }
    return status;
}

sb_status sb_robust_check_usage(const sb_arguments *arguments, sb_error *error)
{
    sb_status status = CHECK(conflicts, true);
    if (status == SB_OK) {
        status = CHECK(needs, false);
    }
    if (status == SB_OK) {
        status = CHECK(curve_conflicts, true);
    }
    if (status == SB_OK) {
        status = check_numbers(arguments, error);
    }
    if (status == SB_OK) {
        status = check_method(arguments, error);
    }
    return status == SB_OK ? sb_curve_output_check(arguments, error) : status;
}
