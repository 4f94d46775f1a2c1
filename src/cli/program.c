/* The subcommands: one table that dispatch, the help and the manual share.
 * Copyright (C) 2026 the sidebet authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/program.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/nearest.h"
#include "cli/exit_status.h"
#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/outputs.h"
#include "sidebet/simulation.h"
#include "tui/memory_guard.h"

#define RULES  SB_OPTION_BIT(SB_OPTION_RULE)
#define CSV    SB_OPTION_BIT(SB_OPTION_PRIOR_CSV)
#define LIMIT  (SB_OPTION_BIT(SB_OPTION_TIME_LIMIT) | SB_OPTION_BIT(SB_OPTION_MEMORY_LIMIT))
#define ANSWER (CSV | LIMIT | SB_OPTION_BIT(SB_OPTION_JSON))
#define CURVES                                                                                     \
    (LIMIT | SB_OPTION_BIT(SB_OPTION_JSON) | SB_OPTION_BIT(SB_OPTION_CSV) |                        \
     SB_OPTION_BIT(SB_OPTION_FIGURE))
#define SETS                                                                                       \
    (SB_OPTION_BIT(SB_OPTION_BOX) | SB_OPTION_BIT(SB_OPTION_LOWER) |                               \
     SB_OPTION_BIT(SB_OPTION_UPPER) | SB_OPTION_BIT(SB_OPTION_SAMPLES) |                           \
     SB_OPTION_BIT(SB_OPTION_EPSILON) | SB_OPTION_BIT(SB_OPTION_ALPHA) |                           \
     SB_OPTION_BIT(SB_OPTION_LEVEL) | SB_OPTION_BIT(SB_OPTION_INTERVALS) |                         \
     SB_OPTION_BIT(SB_OPTION_DRAWS) | SB_OPTION_BIT(SB_OPTION_SEED))
#define ESTIMATES                                                                                  \
    (SB_OPTION_BIT(SB_OPTION_SAMPLES) | SB_OPTION_BIT(SB_OPTION_EPSILON) |                         \
     SB_OPTION_BIT(SB_OPTION_ALPHA) | SB_OPTION_BIT(SB_OPTION_LEVEL) |                             \
     SB_OPTION_BIT(SB_OPTION_INTERVALS) | SB_OPTION_BIT(SB_OPTION_DRAWS) |                         \
     SB_OPTION_BIT(SB_OPTION_SEED))
#define ROUNDS                                                                                     \
    (SB_OPTION_BIT(SB_OPTION_ROBUST_OBJECTIVE) | SB_OPTION_BIT(SB_OPTION_METHOD) |                 \
     SB_OPTION_BIT(SB_OPTION_CUTS) | SB_OPTION_BIT(SB_OPTION_BEGIN) |                              \
     SB_OPTION_BIT(SB_OPTION_STEPS) | SB_OPTION_BIT(SB_OPTION_ROUNDS) |                            \
     SB_OPTION_BIT(SB_OPTION_SAVE_STEPS) | SB_OPTION_BIT(SB_OPTION_REPLAY) |                       \
     SB_OPTION_BIT(SB_OPTION_PRICE) | SB_OPTION_BIT(SB_OPTION_TRUTH))
#define SIMULATED                                                                                  \
    (SB_OPTION_BIT(SB_OPTION_JSON) | SB_OPTION_BIT(SB_OPTION_CSV) |                                \
     SB_OPTION_BIT(SB_OPTION_FIGURE) | SB_OPTION_BIT(SB_OPTION_OUTPUT))
#define ALWAYS (SB_OPTION_BIT(SB_OPTION_HELP) | SB_OPTION_BIT(SB_OPTION_VERSION))

enum { MOST_FILES = 10000 }; /* of run --check */

static const sb_subcommand subcommands[] = {
    {"explore", "[FILE]", "Open the explorer (also: sidebet FILE).",
     "The prior can be edited in place; revenue, payments and the conditions for full surplus "
     "extraction follow each change. Press ? for the keys. Without --restore FILE is needed.",
     RULES | SB_OPTION_BIT(SB_OPTION_CONFIG) | SB_OPTION_BIT(SB_OPTION_NO_CONFIG) |
         SB_OPTION_BIT(SB_OPTION_RESTORE),
     0, 1, sb_explore_run},
    {"solve", "FILE", "Find a best mechanism and print it.",
     "Prints the optimum, the full surplus beside it, the allocation and payments that are not "
     "zero, and the rules that bind. Ends with 1 where there is no optimum, and says why.",
     RULES | ANSWER | SB_OPTION_BIT(SB_OPTION_PROOF) | SB_OPTION_BIT(SB_OPTION_REPORT_PAYMENTS) |
         SB_OPTION_BIT(SB_OPTION_CERTIFICATE),
     1, 1, sb_solve_run},
    {"check", "FILE", "Can the seller extract the full surplus?",
     "Prints, for every agent, the rank of the matrix of beliefs, the side bets or the mixture of "
     "types that rules them out, and one payment schedule for all reports where there is one. "
     "Both kinds of incentive compatibility are answered, so the rules in FILE do not matter. Ends "
     "with 1 where extraction fails for Bayesian mechanisms.",
     ANSWER, 1, 1, sb_check_run},
    {"verify", "FILE", "Check a certificate of solve with fractions alone.",
     "Accepts a proof or refutes it, and says what is wrong; nothing is solved for it. The "
     "certificate carries its own environment: --against makes sure that it is the one that is "
     "meant, with the rules of the options in place of its own. Ends with 1 where the certificate "
     "is refuted.",
     RULES | SB_OPTION_BIT(SB_OPTION_AGAINST) | SB_OPTION_BIT(SB_OPTION_JSON), 1, 1, sb_verify_run},
    {"cap", "FILE", "The optimum as a function of the largest payment allowed.",
     "Prints the breakpoints of that function, which is concave and linear between them, exactly. "
     "The rule for payments does not matter here.",
     RULES | CSV | CURVES, 1, 1, sb_run_cap},
    {"sweep", "FILE", "Follow revenue and payments toward independence.",
     "Mixes the prior with the product of its marginals, lambda to 1 - lambda, from independence "
     "(0) over the prior (1) to the last mixture without a negative probability. At each point: "
     "optimum, full surplus, best under ex-post rules, the smallest largest payment and the "
     "vertex's, and how near the beliefs are to being the same. Ends with 1 where a point has no "
     "optimum.",
     RULES | CSV | CURVES | SB_OPTION_BIT(SB_OPTION_PROOF) | SB_OPTION_BIT(SB_OPTION_POINTS) |
         SB_OPTION_BIT(SB_OPTION_DECADES) | SB_OPTION_BIT(SB_OPTION_LAMBDA) |
         SB_OPTION_BIT(SB_OPTION_NO_PAYMENTS),
     1, 1, sb_run_sweep},
    {"sensitivity", "FILE", "How the optimum moves with each probability.",
     "Prints, for every profile, the slope of the optimum as its probability falls and as it "
     "grows, while the others give way as --mass says: exact, with kinks, and with the jump where "
     "the optimum jumps as independence is left. Ends with 1 where there is no optimum.",
     RULES | ANSWER | SB_OPTION_BIT(SB_OPTION_CSV) | SB_OPTION_BIT(SB_OPTION_MASS) |
         SB_OPTION_BIT(SB_OPTION_FIGURE),
     1, 1, sb_sensitivity_subcommand},
    {"misbelief", "BELIEF TRUTH", "Let a mechanism designed for one prior meet another.",
     "Freezes the best mechanism for the prior in BELIEF, and lets each type of each agent choose "
     "its best report, or stay away, by its true beliefs from TRUTH. Prints what the seller then "
     "earns, beside what was planned and what could be earned. The rules of BELIEF hold for both. "
     "Ends with 1 where there is no mechanism to freeze.",
     RULES | CURVES | SB_OPTION_BIT(SB_OPTION_PROOF) | SB_OPTION_BIT(SB_OPTION_REPORT_PAYMENTS) |
         SB_OPTION_BIT(SB_OPTION_ALONG) | SB_OPTION_BIT(SB_OPTION_SLACK),
     2, 2, sb_run_misbelief},
    {"auctions", "FILE", "Well-known mechanisms beside the best one.",
     "Prints what the pivot mechanism, the second-price and the first-price auction with the best "
     "reserve price, and for independent values Myerson's optimal auction earn at the prior, "
     "exactly, where they apply.",
     RULES | ANSWER, 1, 1, sb_run_auctions},
    {"separation", "FILE", "How far apart are the types' beliefs?",
     "Prints, for every agent, gamma: the smallest distance from a type's belief to the mixtures "
     "of "
     "the other types' beliefs, with the vector that separates them and the nearest mixture. Where "
     "it is positive, the full surplus can be extracted whatever the values are, and learned from "
     "samples. Ends with 1 where some belief is a mixture of others.",
     ANSWER | SB_OPTION_BIT(SB_OPTION_NORM) | SB_OPTION_BIT(SB_OPTION_AGENT), 1, 1,
     sb_run_separation},
    {"geometry", "FILE", "Beliefs and values, and the bets between them, as a picture.",
     "Prints, for every agent, where each type's belief stands, what the type is worth, its side "
     "bet and by how much that keeps each other type away, or the mixture of types that believes "
     "the same and is worth more; and the pieces of the concave envelope. --figure draws it. Of "
     "more than three signals --signals chooses. Ends with 1 where some type has no side bet.",
     CSV | CURVES | SB_OPTION_BIT(SB_OPTION_AGENT) | SB_OPTION_BIT(SB_OPTION_SIGNALS), 1, 1,
     sb_run_geometry},
    {"robust", "FILE", "Design a mechanism that holds for every belief in a set.",
     "One bidder and a signal. The set of beliefs is a box (--box), lies between two tables "
     "(--lower, --upper), comes from samples (--samples), or is that of FILE. Prints the robust "
     "optimum between the Bayesian and the ex-post one, with --steps the rounds of cutting planes, "
     "with --price the optimum as the box grows, with --truth what is earned under another prior. "
     "Ends with 1 where there is no optimum.",
     RULES | CSV | CURVES | SB_OPTION_BIT(SB_OPTION_PROOF) | SB_OPTION_BIT(SB_OPTION_POINTS) |
         SETS | ROUNDS,
     1, 1, sb_run_robust},
    {"sample", "FILE", "Draw samples of type and signal from the prior.",
     "One agent and a signal. Prints CSV: one sample a line, or with --counts one pair a line with "
     "how often it was drawn. The same --seed draws the same samples. For estimate, and robust "
     "--samples.",
     CSV | SB_OPTION_BIT(SB_OPTION_COUNT) | SB_OPTION_BIT(SB_OPTION_COUNTS) |
         SB_OPTION_BIT(SB_OPTION_SEED) | SB_OPTION_BIT(SB_OPTION_OUTPUT),
     1, 1, sb_run_sample},
    {"estimate", "FILE", "Estimate beliefs from samples, with intervals.",
     "One agent and a signal. Prints the posterior mean of every probability, exactly, and an "
     "interval for each signal given a type; what is assumed where there are no samples; and with "
     "--coverage how often such intervals hold the truth, the prior in FILE.",
     CSV | ESTIMATES | SB_OPTION_BIT(SB_OPTION_JSON) | SB_OPTION_BIT(SB_OPTION_CSV) |
         SB_OPTION_BIT(SB_OPTION_COUNT) | SB_OPTION_BIT(SB_OPTION_COVERAGE) |
         SB_OPTION_BIT(SB_OPTION_OUTPUT),
     1, 1, sb_run_estimate},
    {"sample-size", "FILE", "How many samples make a mechanism nearly optimal?",
     "Bounds the number of samples from which a mechanism earns the full surplus but for --within, "
     "step by step from the separation of the beliefs, shows how it depends on each number, and "
     "measures what mechanisms learned from --samples earn. The rules in FILE do not matter. Ends "
     "with 1 where no number of samples will do.",
     CSV | CURVES | SB_OPTION_BIT(SB_OPTION_WITHIN) | SB_OPTION_BIT(SB_OPTION_EPSILON) |
         SB_OPTION_BIT(SB_OPTION_SAMPLES) | SB_OPTION_BIT(SB_OPTION_REPETITIONS) |
         SB_OPTION_BIT(SB_OPTION_SEED) | SB_OPTION_BIT(SB_OPTION_ALPHA) |
         SB_OPTION_BIT(SB_OPTION_LEVEL),
     1, 1, sb_run_sample_size},
    {"learning", "FILE", "What samples can teach when the prior is nearly independent.",
     "Follows the priors of --lambda toward the product of the marginals. Prints how many samples "
     "it takes to tell each from that limit, how likely one and the same sample is under each, "
     "what "
     "the mechanism designed for one earns under another, and what no mechanism made from --count "
     "samples can promise more than. Ends with 1 where a prior has no optimum.",
     RULES | CSV | CURVES | SB_OPTION_BIT(SB_OPTION_LAMBDA) | SB_OPTION_BIT(SB_OPTION_COUNT) |
         SB_OPTION_BIT(SB_OPTION_SEED),
     1, 1, sb_run_learning},
    {"ball", "FILE", "For which beliefs near the prior is one mechanism nearly optimal?",
     "Prints the largest ball of beliefs around the prior's on which one mechanism earns the full "
     "surplus but for what --within allows, and that mechanism: once so that every type takes part "
     "and tells the truth there, once so that only the revenue is kept. Beside it, what the "
     "optimal mechanism keeps. The rules in FILE do not matter. Ends with 1 where there is no such "
     "ball.",
     CSV | CURVES | SB_OPTION_BIT(SB_OPTION_WITHIN), 1, 1, sb_run_ball},
    {"simulate", "[FILE]", "What mechanisms learned from samples earn.",
     "Draws samples from the truth, estimates the prior and its consistent set, designs every "
     "mechanism for the estimate, and lets it meet the truth; over and over, for each number of "
     "samples, epsilon, correlation and size. The truth is the prior in FILE, or a bivariate "
     "normal with values 1, 2, and so on. Results do not depend on workers, shards or "
     "interruptions. Ends with 1 where a design has no optimum.",
     RULES | CSV | SIMULATED | SB_OPTION_BIT(SB_OPTION_PROOF) | SB_OPTION_BIT(SB_OPTION_SAMPLES) |
         SB_OPTION_BIT(SB_OPTION_EPSILON) | SB_OPTION_BIT(SB_OPTION_CORRELATION) |
         SB_OPTION_BIT(SB_OPTION_TYPES) | SB_OPTION_BIT(SB_OPTION_SIGNALS) |
         SB_OPTION_BIT(SB_OPTION_REPETITIONS) | SB_OPTION_BIT(SB_OPTION_SEED) |
         SB_OPTION_BIT(SB_OPTION_MECHANISMS) | SB_OPTION_BIT(SB_OPTION_ALPHA) |
         SB_OPTION_BIT(SB_OPTION_LEVEL) | SB_OPTION_BIT(SB_OPTION_INTERVALS) |
         SB_OPTION_BIT(SB_OPTION_DRAWS) | SB_OPTION_BIT(SB_OPTION_WORKERS) |
         SB_OPTION_BIT(SB_OPTION_SHARD) | SB_OPTION_BIT(SB_OPTION_RESUME),
     0, 1, sb_run_simulate},
    {"merge", "PART ...", "Put parts of a simulation together, or show a finished one.",
     "Each PART is a file of simulate --output. Refused where two parts are of different "
     "simulations, or disagree.",
     SIMULATED, 1, SB_SIMULATION_MOST_REPETITIONS, sb_run_merge},
    {"lp", "FILE", "Print the program whose solution is the best mechanism.",
     "The objective and every rule as a person would write them: in general, and in numbers for "
     "each agent, type and report, with what the best mechanism has to spare (slack) and what "
     "relaxing the rule would be worth (dual). Or for other programs, with --format. Text ends "
     "with 1 where there is no optimum.",
     RULES | CSV | LIMIT | SB_OPTION_BIT(SB_OPTION_PROOF) | SB_OPTION_BIT(SB_OPTION_FORMAT) |
         SB_OPTION_BIT(SB_OPTION_SYMBOLIC) | SB_OPTION_BIT(SB_OPTION_OUTPUT),
     1, 1, sb_run_lp},
    {"incentives", "FILE", "Who would misreport as whom?",
     "Draws, for every agent, the incentive and participation rules that bind at the best "
     "mechanism: an arrow from a type to the report, or to staying away, that it is indifferent "
     "about, with its dual. Ends with 1 where there is no optimum.",
     RULES | ANSWER | SB_OPTION_BIT(SB_OPTION_PROOF) | SB_OPTION_BIT(SB_OPTION_AGENT) |
         SB_OPTION_BIT(SB_OPTION_FORMAT) | SB_OPTION_BIT(SB_OPTION_OUTPUT) |
         SB_OPTION_BIT(SB_OPTION_FIGURE),
     1, 1, sb_run_incentives},
    {"table", "PART FILE ...", "Print a table for a paper: LaTeX, Markdown or CSV.",
     "PART is one that the command show knows: prior, conditionals, values, results, mechanism, "
     "smallest, binding, conditions, rules, sweep, cap, auctions, robust, steps, price and so on. "
     "Scripts (FILE.sb) among the files are run first, in order.",
     RULES | SB_OPTION_BIT(SB_OPTION_FORMAT) | SB_OPTION_BIT(SB_OPTION_OUTPUT) |
         SB_OPTION_BIT(SB_OPTION_FIGURE),
     2, MOST_FILES, sb_run_table_subcommand},
    {"report", "FILE ...", "Write all that is known as one page of HTML.",
     "The table, the rules, the answers with their proofs, the mechanism, the conditions, the "
     "curves and pictures, and how to repeat it. The page needs no other file. Scripts (FILE.sb) "
     "among the files are run first, in order.",
     RULES | SB_OPTION_BIT(SB_OPTION_OUTPUT), 1, MOST_FILES, sb_run_report_subcommand},
    {"repl", "[FILE]", "Type commands at a prompt.",
     "The explorer's commands without the explorer. Type help for a list. When standard input is "
     "no terminal, commands are read from it without a prompt.",
     RULES, 0, 1, sb_repl_run},
    {"run", "FILE|TOUR", "Run a file of commands, or check scripts and tours.",
     "Stops at the first command that is refused (exit status 2) and at the first expect that "
     "does not hold (1). With --check several files may be named, and tours: by their files, or "
     "those that come with sidebet by name or number.",
     SB_OPTION_BIT(SB_OPTION_KEEP_GOING) | SB_OPTION_BIT(SB_OPTION_CHECK), 1, MOST_FILES,
     sb_script_run},
    {"tour", "[TOUR|NUMBER|FILE]", "The lecture in the explorer, step by step.",
     "Lists the tours that come with sidebet, or opens the explorer in one of them, or in a tour "
     "of "
     "one's own (FILE.sbt). In a tour ) goes on and ( goes back; whatever is tried on the way "
     "makes "
     "no difference to the next step.",
     0, 0, 1, sb_run_tour_subcommand},
    {"completions", "bash|zsh|fish", "Print completions for a shell.",
     "Installed with the program. For a program that is not: . <(sidebet completions bash), or "
     "sidebet completions fish | source.",
     0, 1, 1, sb_run_completions},
    {"help", "[TOPIC]", "Explain a subcommand or a topic, or list: commands, keys.",
     "TOPIC is a subcommand, a command of the command language, an option, a key, a section or an "
     "entry of the manual pages, or a notion such as FSE; commands and keys are lists, sidebet(7) "
     "is a page.",
     SB_OPTION_BIT(SB_OPTION_MDOC), 0, 1, sb_help_run},
};
enum { SUBCOMMAND_COUNT = sizeof subcommands / sizeof subcommands[0] };

size_t sb_subcommand_count(void)
{
    return SUBCOMMAND_COUNT;
}

const sb_subcommand *sb_subcommand_at(size_t index)
{
    return &subcommands[index];
}

const sb_subcommand *sb_subcommand_find(const char *name)
{
    for (size_t i = 0; i < SUBCOMMAND_COUNT; i++) {
        if (strcmp(subcommands[i].name, name) == 0) {
            return &subcommands[i];
        }
    }
    return NULL;
}

/* A word that names neither a subcommand nor a file: say so, and what was probably meant. */
static sb_status unknown_word(const char *word, sb_error *error)
{
    sb_error_set(error, SB_ERROR_USAGE, "there is no subcommand and no file '%.200s'", word);
    sb_nearest nearest;
    sb_nearest_init(&nearest, word);
    for (size_t i = 0; i < SUBCOMMAND_COUNT; i++) {
        sb_nearest_offer(&nearest, subcommands[i].name);
    }
    if (nearest.best != NULL) {
        sb_error_set_hint(error, "did you mean sidebet %s? See sidebet --help", nearest.best);
    } else {
        sb_error_set_hint(error, "see sidebet --help");
    }
    return SB_ERROR_USAGE;
}

/* Which subcommand the operands mean; its name is taken off them. FILE alone means explore. */
static sb_status choose(sb_arguments *arguments, const sb_subcommand **chosen, sb_error *error)
{
    if (arguments->operand_count == 0 &&
        (arguments->given & SB_OPTION_BIT(SB_OPTION_RESTORE)) != 0) {
        *chosen = sb_subcommand_find("explore"); /* sidebet --restore */
        return SB_OK;
    }
    if (arguments->operand_count == 0) {
        sb_error_set(error, SB_ERROR_USAGE, "a file or a subcommand is missing");
        sb_error_set_hint(error, "see sidebet --help");
        return SB_ERROR_USAGE;
    }
    const char *word = arguments->operands[0];
    *chosen = sb_subcommand_find(word);
    if (*chosen == NULL) {
        if (strcmp(word, "-") != 0 && access(word, F_OK) != 0) {
            return unknown_word(word, error);
        }
        *chosen = sb_subcommand_find("explore");
        return SB_OK;
    }
    arguments->operand_count--;
    memmove(arguments->operands, arguments->operands + 1,
            arguments->operand_count * sizeof *arguments->operands);
    return SB_OK;
}

static sb_status check_operands(const sb_arguments *arguments, const sb_subcommand *subcommand,
                                sb_error *error)
{
    size_t count = arguments->operand_count;
    if (count < subcommand->least_operands) {
        sb_error_set(error, SB_ERROR_USAGE, "sidebet %s needs %s%s", subcommand->name,
                     strchr(subcommand->synopsis, '|') != NULL ? "one of " : "a ",
                     subcommand->synopsis);
    } else if (count > subcommand->most_operands) {
        sb_error_set(error, SB_ERROR_USAGE, "'%.200s' is one argument too many for sidebet %s",
                     arguments->operands[subcommand->most_operands], subcommand->name);
    } else {
        return SB_OK;
    }
    sb_error_set_hint(error, "write sidebet %s %s; see sidebet help %s", subcommand->name,
                      subcommand->synopsis, subcommand->name);
    return SB_ERROR_USAGE;
}

static int dispatch(sb_arguments *arguments)
{
    sb_error error;
    sb_error_clear(&error);
    bool wants_help = (arguments->given & SB_OPTION_BIT(SB_OPTION_HELP)) != 0;
    if (wants_help && arguments->operand_count == 0) {
        return sb_help_print_program();
    }
    if ((arguments->given & SB_OPTION_BIT(SB_OPTION_VERSION)) != 0) {
        return sb_help_print_version();
    }
    if (arguments->operand_count == 0 && arguments->given == 0) {
        return sb_help_print_usage(); /* sidebet alone: what it wants, on standard error */
    }
    const sb_subcommand *subcommand;
    if (choose(arguments, &subcommand, &error) != SB_OK) {
        return sb_exit_with_error(&error);
    }
    if (wants_help) {
        return sb_help_print_subcommand(subcommand);
    }
    if (sb_arguments_allow(arguments, subcommand->name, subcommand->options | ALWAYS, &error) !=
            SB_OK ||
        check_operands(arguments, subcommand, &error) != SB_OK ||
        sb_outputs_check(arguments, &error) != SB_OK) {
        return sb_exit_with_error(&error);
    }
    return subcommand->run(arguments);
}

int sb_program_run(int argc, char **argv)
{
    /* A closed pipe, or a file that may not grow further, is an error that is reported, not a
     * silent end. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    sb_memory_guard_start(SB_EXIT_FAILURE);
    sb_error error;
    sb_error_clear(&error);
    sb_arguments arguments;
    int exit_status;
    if (sb_arguments_parse(&arguments, argc, argv, &error) != SB_OK) {
        exit_status = sb_exit_with_error(&error);
    } else {
        exit_status = dispatch(&arguments);
    }
    sb_arguments_clear(&arguments);
    exit_status = sb_exit_close(exit_status);
    if (exit_status == SB_EXIT_INTERRUPTED) {
        sb_interrupt_end();
    }
    return exit_status;
}
